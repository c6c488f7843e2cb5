//! What comes out of a roll-up: columns by position, values by grid, rows by code.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::super::GridTree;
use super::door::How;
use crate::id::{GridCode, GridIndex};

/// One value of a roll-up.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(untagged))]
pub enum RolledValue {
    /// A whole number.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
}

/// The values of one measure, by position in preorder.
///
/// ```
/// use gridcore::tree::{RolledValue, RolledValues};
/// let ages = RolledValues::SomeIntegers(vec![Some(81), None]);
/// assert_eq!((ages.get(0), ages.get(1)), (Some(RolledValue::Integer(81)), None));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum RolledValues {
    /// Counts, and sums of whole numbers.
    Integers(Vec<i64>),
    /// Sums of floating-point numbers.
    Floats(Vec<f64>),
    /// The least or greatest of whole numbers; nothing where there is none.
    SomeIntegers(Vec<Option<i64>>),
    /// Means, and the least or greatest of floating-point numbers; nothing where there is none.
    SomeFloats(Vec<Option<f64>>),
}

impl RolledValues {
    /// The value at a position, if there are that many positions and it has one.
    #[must_use]
    pub fn get(&self, position: usize) -> Option<RolledValue> {
        match self {
            Self::Integers(values) => values.get(position).copied().map(RolledValue::Integer),
            Self::Floats(values) => values.get(position).copied().map(RolledValue::Float),
            Self::SomeIntegers(values) => values.get(position).copied().flatten().map(RolledValue::Integer),
            Self::SomeFloats(values) => values.get(position).copied().flatten().map(RolledValue::Float),
        }
    }
}

/// One measure, rolled up.
#[derive(Clone, Debug, PartialEq)]
pub struct RolledColumn {
    pub(super) name: String,
    pub(super) how: How,
    pub(super) values: RolledValues,
}

impl RolledColumn {
    /// The name of the measure.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How its values became one.
    #[must_use]
    pub fn how(&self) -> How {
        self.how
    }

    /// The values by position, of whichever kind they are.
    #[must_use]
    pub fn values(&self) -> &RolledValues {
        &self.values
    }

    /// The values by position, if they are whole numbers and none is missing: counts, and sums of whole numbers.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([
    /// #     GridRow::new("1", "city"),
    /// #     GridRow::new("11", "north").under("1"),
    /// #     GridRow::new("12", "south").under("1"),
    /// # ])?;
    /// use gridcore::tree::Measure;
    /// let rollup = tree.rollup(&[tree.root()], &[Measure::rows("visits"), Measure::sum("hours", &[1.5])])?;
    /// assert_eq!(rollup.columns()[0].integers(), Some(&[1, 0, 0][..]));
    /// assert_eq!(rollup.columns()[1].integers(), None);
    /// assert_eq!(rollup.columns()[1].floats(), Some(&[1.5, 0.0, 0.0][..]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn integers(&self) -> Option<&[i64]> {
        if let RolledValues::Integers(values) = &self.values { Some(values) } else { None }
    }

    /// The values by position, if they are floating-point numbers and none is missing: sums of such.
    #[must_use]
    pub fn floats(&self) -> Option<&[f64]> {
        if let RolledValues::Floats(values) = &self.values { Some(values) } else { None }
    }
}

/// A grid with its rolled-up values.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RollupRow {
    /// The code of the grid.
    pub grid: GridCode,
    /// Its level.
    pub level: u8,
    /// The value of each measure; nothing where there is none.
    pub values: BTreeMap<String, Option<RolledValue>>,
}

/// Columns rolled up a tree: immutable, cheap to clone.
///
/// ```
/// # use gridcore::{GridRow, GridTree};
/// # let tree = GridTree::from_rows([
/// #     GridRow::new("1", "city"),
/// #     GridRow::new("11", "north").under("1"),
/// #     GridRow::new("12", "south").under("1"),
/// # ])?;
/// use gridcore::tree::{Measure, RolledValue};
/// let at: Vec<_> = tree.indices().collect();
/// let rollup = tree.rollup(&at, &[Measure::sum("households", &[0, 300, 420])])?;
/// assert_eq!(rollup.get("households", tree.root()), Some(RolledValue::Integer(720)));
/// let south = rollup.rows().last().expect("there are three");
/// assert_eq!((south.grid.to_string(), south.level), ("12".to_owned(), 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Rollup {
    pub(super) tree: GridTree,
    pub(super) columns: Arc<[RolledColumn]>,
}

impl Rollup {
    /// The tree that was rolled up.
    #[must_use]
    pub fn tree(&self) -> &GridTree {
        &self.tree
    }

    /// The measures, in the order they were given.
    #[must_use]
    pub fn columns(&self) -> &[RolledColumn] {
        &self.columns
    }

    /// One measure, if there is one of that name.
    #[must_use]
    pub fn column(&self, measure: &str) -> Option<&RolledColumn> {
        self.columns.iter().find(|column| column.name == measure)
    }

    /// The value of a measure for a grid and everything beneath it; none if there is no such measure, or no value.
    #[must_use]
    pub fn get(&self, measure: &str, grid: GridIndex) -> Option<RolledValue> {
        self.column(measure)?.values.get(grid.get())
    }

    /// The same, if it is a whole number.
    #[must_use]
    pub fn integer(&self, measure: &str, grid: GridIndex) -> Option<i64> {
        if let Some(RolledValue::Integer(value)) = self.get(measure, grid) { Some(value) } else { None }
    }

    /// The same, as a floating-point number, whatever it is.
    #[must_use]
    pub fn float(&self, measure: &str, grid: GridIndex) -> Option<f64> {
        self.get(measure, grid).map(|value| match value {
            RolledValue::Integer(value) => value as f64,
            RolledValue::Float(value) => value,
        })
    }

    /// One row for each grid, in preorder.
    pub fn rows(&self) -> impl Iterator<Item = RollupRow> {
        self.tree.indices().map(|grid| RollupRow {
            grid: self.tree.code(grid),
            level: self.tree.level(grid),
            values: self
                .columns
                .iter()
                .map(|column| (column.name.clone(), column.values.get(grid.get())))
                .collect(),
        })
    }
}

impl fmt::Debug for Rollup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.columns.iter().map(RolledColumn::name).collect();
        f.debug_struct("Rollup").field("tree", &self.tree).field("columns", &names).finish()
    }
}
