//! What comes in at the door: rows, or columns that any table maps onto.

use std::collections::BTreeMap;

use crate::id::GridCode;

/// A value as it stood in one cell, before anything was checked.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Cell {
    /// Nothing.
    #[default]
    Missing,
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
    /// Anything else; the name of its kind.
    Other(String),
}

impl Cell {
    /// What kind of value it is, for a message.
    #[must_use]
    pub fn kind(&self) -> &str {
        match self {
            Self::Missing => "nothing",
            Self::Text(_) => "text",
            Self::Integer(_) => "integer",
            Self::Float(_) => "float",
            Self::Other(kind) => kind,
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<GridCode> for Cell {
    fn from(code: GridCode) -> Self {
        Self::Text(code.to_string())
    }
}

impl From<&GridCode> for Cell {
    fn from(code: &GridCode) -> Self {
        Self::Text(code.to_string())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Float(number)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}

/// One grid (网格) as a row.
///
/// ```
/// use gridcore::GridRow;
/// let row = GridRow::new("442000001007", "桂园社区").under("442000001").kind("community").weight("households", 812.0);
/// assert_eq!(row.weights["households"], 812.0);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridRow {
    /// The code, as a text; or as a number, where a code scheme with fixed widths is set.
    pub code: Cell,
    /// The code of the parent; missing for the root.
    pub parent: Cell,
    /// The name, unique among siblings.
    pub name: Cell,
    /// The level; where no row has one, it is the depth.
    pub level: Cell,
    /// The kind, one that the level allows.
    pub kind: Cell,
    /// The footprint: a `GeoJSON` geometry as a text.
    pub footprint: Cell,
    /// Numbers to roll up or to share by, each with a name.
    pub weights: BTreeMap<String, f64>,
}

impl GridRow {
    /// A row with a code and a name.
    #[must_use]
    pub fn new(code: impl Into<Cell>, name: impl Into<Cell>) -> Self {
        Self { code: code.into(), name: name.into(), ..Self::default() }
    }

    /// Sets the parent.
    #[must_use]
    pub fn under(mut self, parent: impl Into<Cell>) -> Self {
        self.parent = parent.into();
        self
    }

    /// Sets the level.
    #[must_use]
    pub fn level(mut self, level: u8) -> Self {
        self.level = Cell::Integer(i64::from(level));
        self
    }

    /// Sets the kind.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<Cell>) -> Self {
        self.kind = kind.into();
        self
    }

    /// Sets the footprint.
    #[must_use]
    pub fn footprint(mut self, geometry: impl Into<Cell>) -> Self {
        self.footprint = geometry.into();
        self
    }

    /// Sets one weight.
    #[must_use]
    pub fn weight(mut self, name: impl Into<String>, value: f64) -> Self {
        self.weights.insert(name.into(), value);
        self
    }
}

/// A column of texts, held by the caller.
pub trait Texts {
    /// How many rows it has.
    fn rows(&self) -> usize;
    /// The text in a row below [`rows`](Self::rows), if there is one.
    fn text(&self, row: usize) -> Option<&str>;
    /// The texts of as many rows as `block` has places, from row `first` on.
    ///
    /// A table is read by the block, so that one call through a `dyn` serves many rows; there is no need to write it anew.
    fn texts<'t>(&'t self, first: usize, block: &mut [Option<&'t str>]) {
        for (row, text) in (first..).zip(block) {
            *text = self.text(row);
        }
    }
}

/// A column of numbers, held by the caller.
pub trait Numbers<T> {
    /// How many rows it has.
    fn rows(&self) -> usize;
    /// The number in a row below [`rows`](Self::rows), if there is one.
    fn number(&self, row: usize) -> Option<T>;
    /// The numbers of as many rows as `block` has places, from row `first` on, as [`Texts::texts`] gives texts.
    fn numbers(&self, first: usize, block: &mut [Option<T>]) {
        for (row, number) in (first..).zip(block) {
            *number = self.number(row);
        }
    }
}

/// A value that is a text, or none.
pub trait TextItem {
    /// The text.
    fn as_text(&self) -> Option<&str>;
}

/// A value that is a number, or none.
pub trait NumberItem<T> {
    /// The number.
    fn as_number(&self) -> Option<T>;
}

impl TextItem for &str {
    fn as_text(&self) -> Option<&str> {
        Some(self)
    }
}

impl TextItem for String {
    fn as_text(&self) -> Option<&str> {
        Some(self)
    }
}

impl<S: TextItem> TextItem for Option<S> {
    fn as_text(&self) -> Option<&str> {
        self.as_ref().and_then(TextItem::as_text)
    }
}

impl NumberItem<i64> for i64 {
    fn as_number(&self) -> Option<i64> {
        Some(*self)
    }
}

impl NumberItem<f64> for f64 {
    fn as_number(&self) -> Option<f64> {
        Some(*self)
    }
}

impl<T, N: NumberItem<T>> NumberItem<T> for Option<N> {
    fn as_number(&self) -> Option<T> {
        self.as_ref().and_then(NumberItem::as_number)
    }
}

impl<S: TextItem> Texts for Vec<S> {
    fn rows(&self) -> usize {
        self.len()
    }
    fn text(&self, row: usize) -> Option<&str> {
        self[row].as_text()
    }
}

impl<S: TextItem, const ROWS: usize> Texts for [S; ROWS] {
    fn rows(&self) -> usize {
        ROWS
    }
    fn text(&self, row: usize) -> Option<&str> {
        self[row].as_text()
    }
}

impl<T, N: NumberItem<T>> Numbers<T> for Vec<N> {
    fn rows(&self) -> usize {
        self.len()
    }
    fn number(&self, row: usize) -> Option<T> {
        self[row].as_number()
    }
}

impl<T, N: NumberItem<T>, const ROWS: usize> Numbers<T> for [N; ROWS] {
    fn rows(&self) -> usize {
        ROWS
    }
    fn number(&self, row: usize) -> Option<T> {
        self[row].as_number()
    }
}

/// One column of a table, of whatever kind the caller has.
#[non_exhaustive]
pub enum Column<'a> {
    /// Texts.
    Texts(&'a dyn Texts),
    /// Whole numbers.
    Integers(&'a dyn Numbers<i64>),
    /// Floating-point numbers.
    Floats(&'a dyn Numbers<f64>),
    /// Values of mixed kinds.
    Cells(&'a [Cell]),
    /// A column that can be none of these: the name of its kind, and its rows.
    Other {
        /// The name of its kind.
        kind: &'a str,
        /// How many rows it has.
        rows: usize,
    },
}

impl Column<'_> {
    /// How many rows it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        match self {
            Self::Texts(texts) => texts.rows(),
            Self::Integers(numbers) => numbers.rows(),
            Self::Floats(numbers) => numbers.rows(),
            Self::Cells(cells) => cells.len(),
            Self::Other { rows, .. } => *rows,
        }
    }

    /// What kind of values it has, for a message.
    #[must_use]
    pub fn kind(&self) -> &str {
        match self {
            Self::Texts(_) => "text",
            Self::Integers(_) => "integer",
            Self::Floats(_) => "float",
            Self::Cells(_) => "mixed",
            Self::Other { kind, .. } => kind,
        }
    }
}

/// A table of grids as columns: `code`, `parent`, `name` and, if present, `level`, `kind`, `footprint`, and the weights.
///
/// ```
/// use gridcore::{GridColumns, GridTree};
/// use gridcore::tree::Column;
///
/// let columns = GridColumns::new()
///     .with("code", Column::Texts(&["1", "11", "12"]))
///     .with("parent", Column::Texts(&[None, Some("1"), Some("1")]))
///     .with("name", Column::Texts(&["city", "north", "south"]))
///     .weight("households", Column::Floats(&[None, Some(300.0), Some(420.0)]));
/// let tree = GridTree::from_columns(&columns)?;
/// assert_eq!(tree.counts(), [1, 2]);
/// # Ok::<(), gridcore::BuildError>(())
/// ```
#[derive(Default)]
pub struct GridColumns<'a> {
    pub(crate) columns: Vec<(String, Column<'a>)>,
    pub(crate) weights: Vec<String>,
}

impl<'a> GridColumns<'a> {
    /// A table without columns.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a column; columns that the tree has no use for are ignored.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, column: Column<'a>) -> Self {
        self.columns.push((name.into(), column));
        self
    }

    /// Adds a column of numbers to keep as a weight under its name; a missing value counts as none.
    #[must_use]
    pub fn weight(mut self, name: impl Into<String>, column: Column<'a>) -> Self {
        let name = name.into();
        self.weights.push(name.clone());
        self.columns.push((name, column));
        self
    }

    /// The column of that name, the first if there are several.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column<'a>> {
        self.columns.iter().find(|(other, _)| other == name).map(|(_, column)| column)
    }
}

/// Rows turned into columns that [`GridColumns`] can borrow.
#[derive(Default)]
pub(crate) struct RowStore {
    code: Vec<Cell>,
    parent: Vec<Cell>,
    name: Vec<Cell>,
    level: Vec<Cell>,
    kind: Vec<Cell>,
    footprint: Vec<Cell>,
    weights: BTreeMap<String, Vec<Option<f64>>>,
}

impl RowStore {
    pub(crate) fn new(rows: impl IntoIterator<Item = GridRow>) -> Self {
        let mut store = Self::default();
        for (number, row) in rows.into_iter().enumerate() {
            store.code.push(row.code);
            store.parent.push(row.parent);
            store.name.push(row.name);
            store.level.push(row.level);
            store.kind.push(row.kind);
            store.footprint.push(row.footprint);
            for (name, value) in row.weights {
                let column = store.weights.entry(name).or_default();
                column.resize(number, None);
                column.push(Some(value));
            }
        }
        for column in store.weights.values_mut() {
            column.resize(store.code.len(), None);
        }
        store
    }

    pub(crate) fn columns(&self) -> GridColumns<'_> {
        let mut columns = GridColumns::new()
            .with("code", Column::Cells(&self.code))
            .with("parent", Column::Cells(&self.parent))
            .with("name", Column::Cells(&self.name))
            .with("level", Column::Cells(&self.level))
            .with("kind", Column::Cells(&self.kind))
            .with("footprint", Column::Cells(&self.footprint));
        for (name, values) in &self.weights {
            columns = columns.weight(name.clone(), Column::Floats(values));
        }
        columns
    }
}
