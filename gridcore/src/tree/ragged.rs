//! Questions with a list for an answer, asked of a whole column: one list a row.

use std::fmt;

use super::GridTree;
use crate::error::{Fault, Lang, Problem};
use crate::id::{GridCode, GridIndex};

/// The most values that one answer may hold: 2²⁸, which take a gibibyte.
const MOST_VALUES: usize = 1 << 28;

/// A list of grids for each row: all values one behind the other, and where each row's begin.
///
/// This is how Arrow lays out a column of lists.
///
/// ```
/// use gridcore::{GridRow, GridTree};
/// let tree = GridTree::from_rows([
///     GridRow::new("1", "city"),
///     GridRow::new("11", "north").under("1"),
///     GridRow::new("12", "south").under("1"),
/// ])?;
/// let grids = tree.index(["1", "12"])?;
/// let children = tree.children_of(&grids)?;
/// assert_eq!(children.offsets(), [0, 2, 2]);
/// assert_eq!(tree.codes(children.row(0)), ["11", "12"]);
/// assert_eq!(tree.codes(children.row(1)), [""; 0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ragged {
    offsets: Vec<usize>,
    values: Vec<GridIndex>,
}

impl Ragged {
    /// Where each row's values begin, and where the last row's end: one more than there are rows.
    #[must_use]
    pub fn offsets(&self) -> &[usize] {
        &self.offsets
    }

    /// The values of all rows.
    #[must_use]
    pub fn values(&self) -> &[GridIndex] {
        &self.values
    }

    /// Gives up the offsets and the values.
    #[must_use]
    pub fn into_parts(self) -> (Vec<usize>, Vec<GridIndex>) {
        (self.offsets, self.values)
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The values of one row.
    ///
    /// # Panics
    /// Like a slice, if there are not that many rows.
    #[must_use]
    pub fn row(&self, row: usize) -> &[GridIndex] {
        &self.values[self.offsets[row]..self.offsets[row + 1]]
    }

    /// The values of each row.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[GridIndex]> {
        self.offsets.windows(2).map(|row| &self.values[row[0]..row[1]])
    }
}

/// An answer would hold more than 2²⁸ values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyValues {
    row: usize,
}

impl TooManyValues {
    /// The row with which it became too many.
    #[must_use]
    pub fn row(&self) -> usize {
        self.row
    }
}

impl fmt::Display for TooManyValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for TooManyValues {}

impl Problem for TooManyValues {
    fn code(&self) -> &'static str {
        "too_many_values"
    }

    fn faults(&self) -> Vec<Fault> {
        let fault = Fault::new("too_many_values")
            .at(self.row)
            .found("a longer answer", format!("at most {MOST_VALUES} values"))
            .says(
                format!("up to this row the answer has more than {MOST_VALUES} values"),
                format!("到此行为止，结果已超过 {MOST_VALUES} 个值"),
            )
            .remedy("ask for fewer rows at a time", "请减少每次查询的行数");
        vec![fault]
    }
}

/// One question about a column of grids, a list for each.
///
/// Each is O(values) time and space, unless it says otherwise.
impl GridTree {
    /// [`children`](Self::children) of each.
    ///
    /// # Errors
    /// [`TooManyValues`] if the answer would hold more than 2²⁸.
    pub fn children_of(&self, grids: &[GridIndex]) -> Result<Ragged, TooManyValues> {
        ragged(grids, |grid| self.child_count(grid), |grid| self.children(grid))
    }

    /// [`path`](Self::path) of each: from the root to the grid, both among it.
    ///
    /// # Errors
    /// [`TooManyValues`] if the answer would hold more than 2²⁸.
    pub fn paths_of(&self, grids: &[GridIndex]) -> Result<Ragged, TooManyValues> {
        ragged(grids, |grid| self.depth(grid) + 1, |grid| self.path(grid))
    }

    /// [`ancestors`](Self::ancestors) of each: from the parent to the root.
    ///
    /// # Errors
    /// [`TooManyValues`] if the answer would hold more than 2²⁸.
    pub fn ancestors_of(&self, grids: &[GridIndex]) -> Result<Ragged, TooManyValues> {
        ragged(grids, |grid| self.depth(grid), |grid| self.ancestors(grid))
    }

    /// [`descendants`](Self::descendants) of each.
    ///
    /// # Errors
    /// [`TooManyValues`] if the answer would hold more than 2²⁸.
    pub fn descendants_of(&self, grids: &[GridIndex]) -> Result<Ragged, TooManyValues> {
        ragged(grids, |grid| self.descendants(grid).len(), |grid| self.descendants(grid))
    }

    /// [`descendants_at`](Self::descendants_at) of each: what lies on one level beneath it.
    ///
    /// # Errors
    /// [`TooManyValues`] if the answer would hold more than 2²⁸.
    ///
    /// # Complexity
    /// O(n + values) time for a tree of n grids.
    pub fn descendants_at_of(&self, grids: &[GridIndex], level: u8) -> Result<Ragged, TooManyValues> {
        self.chosen_under(grids, |grid| self.level(grid) == level)
    }

    /// [`leaves`](Self::leaves) of each.
    ///
    /// # Errors
    /// [`TooManyValues`] if the answer would hold more than 2²⁸.
    ///
    /// # Complexity
    /// O(n + values) time for a tree of n grids.
    pub fn leaves_of(&self, grids: &[GridIndex]) -> Result<Ragged, TooManyValues> {
        self.chosen_under(grids, |grid| self.is_leaf(grid))
    }

    /// [`siblings`](Self::siblings) of each.
    ///
    /// # Errors
    /// [`TooManyValues`] if the answer would hold more than 2²⁸.
    pub fn siblings_of(&self, grids: &[GridIndex]) -> Result<Ragged, TooManyValues> {
        let count = |grid| self.parent(grid).map_or(0, |parent| self.child_count(parent) - 1);
        ragged(grids, count, |grid| self.siblings(grid))
    }

    /// What a choice picks from the subtree of each: listed once for the tree, then a range of that list.
    fn chosen_under(
        &self,
        grids: &[GridIndex],
        choose: impl Fn(GridIndex) -> bool,
    ) -> Result<Ragged, TooManyValues> {
        let chosen: Vec<GridIndex> = self.indices().filter(|&grid| choose(grid)).collect();
        let range = |grid: GridIndex| {
            let end = self.inner.end[grid.get()] as usize;
            chosen.partition_point(|&other| other < grid)..chosen.partition_point(|&other| other.get() < end)
        };
        ragged(grids, |grid| range(grid).len(), |grid| chosen[range(grid)].iter().copied())
    }

    /// [`depth`](Self::depth) of each.
    #[must_use]
    pub fn depths(&self, grids: &[GridIndex]) -> Vec<usize> {
        grids.iter().map(|&grid| self.depth(grid)).collect()
    }

    /// [`level`](Self::level) of each.
    #[must_use]
    pub fn levels(&self, grids: &[GridIndex]) -> Vec<u8> {
        grids.iter().map(|&grid| self.level(grid)).collect()
    }

    /// [`code`](Self::code) of each.
    #[must_use]
    pub fn codes(&self, grids: &[GridIndex]) -> Vec<GridCode> {
        grids.iter().map(|&grid| self.code(grid)).collect()
    }

    /// [`name`](Self::name) of each.
    #[must_use]
    pub fn names(&self, grids: &[GridIndex]) -> Vec<&str> {
        grids.iter().map(|&grid| self.name(grid)).collect()
    }
}

/// Counts first, so that an answer that is too long is refused before it is made.
fn ragged<L: IntoIterator<Item = GridIndex>>(
    grids: &[GridIndex],
    count: impl Fn(GridIndex) -> usize,
    list: impl Fn(GridIndex) -> L,
) -> Result<Ragged, TooManyValues> {
    let mut offsets = Vec::with_capacity(grids.len() + 1);
    let mut total = 0_usize;
    offsets.push(total);
    for (row, &grid) in grids.iter().enumerate() {
        total = total.saturating_add(count(grid));
        if total > MOST_VALUES {
            return Err(TooManyValues { row });
        }
        offsets.push(total);
    }
    let mut values = Vec::with_capacity(total);
    for &grid in grids {
        values.extend(list(grid));
    }
    Ok(Ragged { offsets, values })
}
