//! Counts of people per grid and role.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::error::shortened;
use crate::id::GridIndex;
use crate::tree::GridTree;

use super::fault::{StrengthError, StrengthFault, StrengthFaultKind as Kind};

/// The most people that one row may count.
const MOST: f64 = 1e9;

/// How many people of a role stand directly at a grid.
///
/// ```
/// use gridcore::map::CountRow;
/// let row = CountRow::new("442000001007", "网格员", 3.0);
/// assert_eq!(row.role, "网格员");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CountRow {
    /// The code of the grid.
    pub code: String,
    /// The role: grid head (网格长), grid worker (网格员), volunteer, whatever the caller counts.
    pub role: String,
    /// How many people; a whole number, as a table's column of numbers has it.
    pub count: f64,
}

impl CountRow {
    /// A row of its three parts.
    #[must_use]
    pub fn new(code: impl Into<String>, role: impl Into<String>, count: f64) -> Self {
        Self { code: code.into(), role: role.into(), count }
    }
}

/// How many people of each role stand in each grid; immutable, cheap to clone.
///
/// People stand where their row says: at a leaf, or at an inner grid such as a town, whose office is theirs. So each grid has
/// two numbers, `own` for those directly at it and `total` with all grids below. The sum of `own` over all grids is the size of
/// the roster; the sum of `total` over one level is that less the people at grids above.
///
/// ```
/// use gridcore::map::{CountRow, StrengthMap};
/// use gridcore::{GridRow, GridTree};
/// let tree = GridTree::from_rows([
///     GridRow::new("1", "city"),
///     GridRow::new("11", "north").under("1"),
///     GridRow::new("12", "south").under("1"),
/// ])?;
/// let map = StrengthMap::new(&tree, [
///     CountRow::new("1", "head", 1.0),
///     CountRow::new("11", "head", 1.0),
///     CountRow::new("11", "worker", 4.0),
/// ])?;
/// let north = tree.find("11").expect("a grid");
/// assert_eq!(map.roster_size(), 6);
/// assert_eq!((map.own(tree.root(), None), map.total(tree.root(), None)), (1, 6));
/// assert_eq!(map.total(north, Some("worker")), 4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct StrengthMap {
    inner: Arc<Inner>,
}

struct Inner {
    tree: GridTree,
    /// Sorted.
    roles: Vec<String>,
    /// For each role and at last for all together: the people before each position in preorder, and all at the end.
    before: Vec<Vec<u64>>,
}

impl StrengthMap {
    /// Counts people from rows; a grid and role without a row has nobody.
    ///
    /// # Errors
    /// [`StrengthError`] with every fault: a code the tree does not have, a role that is empty, a count that is not a
    /// whole number from 0 to 10⁹, two rows of one grid and role.
    ///
    /// # Complexity
    /// O(n + m log m) time and O(r (n + 1) + m) space for m rows, r roles and n grids.
    pub fn new(tree: &GridTree, rows: impl IntoIterator<Item = CountRow>) -> Result<Self, StrengthError> {
        let mut intake = Intake::new(tree);
        for (row, CountRow { code, role, count }) in rows.into_iter().enumerate() {
            intake.take(row, &code, &role, count);
        }
        intake.finish()
    }

    /// Counts people from three columns of one length: codes of grids, roles, counts.
    ///
    /// ```
    /// use gridcore::map::StrengthMap;
    /// use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
    /// let map = StrengthMap::from_columns(&tree, &["1", "1"], &["head", "worker"], &[1.0, 7.0])?;
    /// assert_eq!(map.roles(), ["head", "worker"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`new`](Self::new), and if the columns differ in length.
    ///
    /// # Complexity
    /// As [`new`](Self::new).
    pub fn from_columns<C: AsRef<str>, R: AsRef<str>>(
        tree: &GridTree,
        codes: &[C],
        roles: &[R],
        counts: &[f64],
    ) -> Result<Self, StrengthError> {
        for (column, found) in [("role", roles.len()), ("count", counts.len())] {
            if found != codes.len() {
                let kind = Kind::ColumnLength { column, found, wanted: codes.len() };
                return Err(StrengthError { faults: vec![StrengthFault { row: None, grid: None, kind }] });
            }
        }
        let mut intake = Intake::new(tree);
        for (row, ((code, role), &count)) in codes.iter().zip(roles).zip(counts).enumerate() {
            intake.take(row, code.as_ref(), role.as_ref(), count);
        }
        intake.finish()
    }

    /// The tree whose grids are counted.
    #[must_use]
    pub fn tree(&self) -> &GridTree {
        &self.inner.tree
    }

    /// The roles that have a row, sorted.
    #[must_use]
    pub fn roles(&self) -> &[String] {
        &self.inner.roles
    }

    /// How many people there are in all.
    #[must_use]
    pub fn roster_size(&self) -> u64 {
        self.total(self.tree().root(), None)
    }

    /// How many people of a role, or of all, stand directly at a grid; none of a role without a row.
    #[must_use]
    pub fn own(&self, grid: GridIndex, role: Option<&str>) -> u64 {
        self.between(role, grid.get(), grid.get() + 1)
    }

    /// How many people of a role, or of all, stand at a grid or below it; none of a role without a row.
    #[must_use]
    pub fn total(&self, grid: GridIndex, role: Option<&str>) -> u64 {
        self.between(role, grid.get(), grid.get() + self.tree().subtree(grid).len())
    }

    fn between(&self, role: Option<&str>, start: usize, end: usize) -> u64 {
        let inner = &*self.inner;
        let column = match role {
            None => Some(inner.roles.len()),
            Some(role) => inner.roles.binary_search_by(|other| other.as_str().cmp(role)).ok(),
        };
        column.map_or(0, |column| inner.before[column][end] - inner.before[column][start])
    }
}

impl fmt::Debug for StrengthMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StrengthMap")
            .field("roles", &self.inner.roles)
            .field("roster_size", &self.roster_size())
            .finish_non_exhaustive()
    }
}

/// What is gathered while rows are read.
struct Intake<'t> {
    tree: &'t GridTree,
    faults: Vec<StrengthFault>,
    /// By role and grid: the row it came from and the people.
    counts: BTreeMap<String, BTreeMap<GridIndex, (usize, u64)>>,
}

impl<'t> Intake<'t> {
    fn new(tree: &'t GridTree) -> Self {
        Self { tree, faults: Vec::new(), counts: BTreeMap::new() }
    }

    #[expect(clippy::cast_sign_loss, reason = "a negative count is a fault")]
    fn take(&mut self, row: usize, code: &str, role: &str, count: f64) {
        let mut fault =
            |kind| self.faults.push(StrengthFault { row: Some(row), grid: Some(shortened(code)), kind });
        let grid = self.tree.find(code);
        if grid.is_none() {
            fault(Kind::UnknownGrid);
        }
        let named = !role.trim().is_empty();
        if !named {
            fault(Kind::EmptyRole);
        }
        let bad = if !count.is_finite() {
            Some("no finite number")
        } else if count < 0.0 {
            Some("a negative number")
        } else if count > MOST {
            Some("more than 10⁹")
        } else if count.fract() != 0.0 {
            Some("a fraction")
        } else {
            None
        };
        if let Some(found) = bad {
            fault(Kind::BadCount { found });
            return;
        }
        let (Some(grid), true) = (grid, named) else { return };
        if !self.counts.contains_key(role) {
            self.counts.insert(role.to_owned(), BTreeMap::new());
        }
        if let Some(of_role) = self.counts.get_mut(role) {
            let (first, _) = *of_role.entry(grid).or_insert((row, count as u64));
            if first != row {
                fault(Kind::Duplicate { first });
            }
        }
    }

    fn finish(self) -> Result<StrengthMap, StrengthError> {
        if !self.faults.is_empty() {
            return Err(StrengthError { faults: self.faults });
        }
        let length = self.tree.len() + 1;
        let mut before: Vec<Vec<u64>> = Vec::with_capacity(self.counts.len() + 1);
        let mut all = vec![0; length];
        for of_role in self.counts.values() {
            let mut column = vec![0; length];
            for (grid, &(_, people)) in of_role {
                column[grid.get() + 1] = people;
            }
            // At most 2³² rows of at most 10⁹ people: no overflow.
            for place in 1..length {
                column[place] += column[place - 1];
                all[place] += column[place];
            }
            before.push(column);
        }
        before.push(all);
        let roles = self.counts.into_keys().collect();
        Ok(StrengthMap { inner: Arc::new(Inner { tree: self.tree.clone(), roles, before }) })
    }
}
