//! A roster as it comes: columns whose cells are asked for one by one, so that nothing is copied at the door.

use std::fmt;

use crate::tree::{Cell, Column};

/// One cell of a roster.
#[derive(Clone, Copy, PartialEq)]
pub enum RosterCell<'a> {
    /// Nothing.
    Missing,
    /// A text.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
    /// A day, counted from 1970-01-01.
    Day(i64),
    /// Anything else; the name of its kind.
    Other(&'a str),
}

impl<'a> From<Option<&'a str>> for RosterCell<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Missing, Self::Text)
    }
}

impl From<Option<i64>> for RosterCell<'_> {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::Missing, Self::Integer)
    }
}

impl From<Option<f64>> for RosterCell<'_> {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::Missing, Self::Float)
    }
}

impl<'a> From<&'a Cell> for RosterCell<'a> {
    fn from(cell: &'a Cell) -> Self {
        match cell {
            Cell::Missing => Self::Missing,
            Cell::Text(text) => Self::Text(text),
            Cell::Integer(number) => Self::Integer(*number),
            Cell::Float(number) => Self::Float(*number),
            Cell::Other(kind) => Self::Other(kind),
        }
    }
}

/// One column of a roster: its name, and its cell in a row.
pub struct RosterColumn<'a> {
    name: String,
    cell: Box<dyn Fn(usize) -> RosterCell<'a> + 'a>,
}

impl<'a> RosterColumn<'a> {
    /// The column's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The cell in a row.
    #[must_use]
    pub fn cell(&self, row: usize) -> RosterCell<'a> {
        (self.cell)(row)
    }
}

impl fmt::Debug for RosterColumn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RosterColumn").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A roster (名册): a number of rows, and columns.
///
/// ```
/// use gridcore::roster::{RosterCell, RosterTable};
/// let people = [("r-1", "张三"), ("r-2", "李四")];
/// let table = RosterTable::new(people.len())
///     .column("rid", |row| RosterCell::Text(people[row].0))
///     .column("姓名", |row| RosterCell::Text(people[row].1));
/// assert_eq!((table.rows(), table.columns().len()), (2, 2));
/// ```
#[derive(Debug)]
pub struct RosterTable<'a> {
    rows: usize,
    columns: Vec<RosterColumn<'a>>,
}

impl<'a> RosterTable<'a> {
    /// A roster of so many rows, without columns yet.
    #[must_use]
    pub fn new(rows: usize) -> Self {
        Self { rows, columns: Vec::new() }
    }

    /// Adds a column: `cell` is asked for each row, 0 to `rows - 1`, any number of times.
    #[must_use]
    pub fn column(mut self, name: impl Into<String>, cell: impl Fn(usize) -> RosterCell<'a> + 'a) -> Self {
        self.columns.push(RosterColumn { name: name.into(), cell: Box::new(cell) });
        self
    }

    /// Adds a column as tables of grids have them.
    ///
    /// ```
    /// use gridcore::roster::{RosterCell, RosterTable};
    /// use gridcore::tree::Column;
    /// let table = RosterTable::new(2).with("name", Column::Texts(&[Some("张三"), None]));
    /// assert!(table.columns()[0].cell(0) == RosterCell::Text("张三"));
    /// assert!(table.columns()[0].cell(1) == RosterCell::Missing);
    /// ```
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a column is a handle, given away as other columns are"
    )]
    pub fn with(self, name: impl Into<String>, column: Column<'a>) -> Self {
        match column {
            Column::Texts(texts) => self.column(name, |row| texts.text(row).into()),
            Column::Integers(numbers) => self.column(name, |row| numbers.number(row).into()),
            Column::Floats(numbers) => self.column(name, |row| numbers.number(row).into()),
            Column::Cells(cells) => self.column(name, |row| (&cells[row]).into()),
            Column::Other { kind, .. } => self.column(name, move |_| RosterCell::Other(kind)),
        }
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The columns, in their order.
    #[must_use]
    pub fn columns(&self) -> &[RosterColumn<'a>] {
        &self.columns
    }
}
