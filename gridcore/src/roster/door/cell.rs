//! Cells as texts, without a copy where they are texts.

use std::fmt::Write as _;

use crate::roster::normal::date;
use crate::roster::normal::missing::present;
use crate::roster::{RosterCell, RosterColumn, RosterTable};

/// 2^53: from here on not every whole number has a floating-point number of its own.
pub(super) const FLOAT_LIMIT: f64 = 9_007_199_254_740_992.0;

/// A column, whatever its cells borrow from.
pub(super) trait Cells {
    fn name(&self) -> &str;
    fn cell(&self, row: usize) -> RosterCell<'_>;
}

impl Cells for RosterColumn<'_> {
    fn name(&self) -> &str {
        self.name()
    }

    fn cell(&self, row: usize) -> RosterCell<'_> {
        self.cell(row)
    }
}

/// A table, whatever its cells borrow from: two tables need not borrow from the same.
#[derive(Clone, Default)]
pub(super) struct Table<'t> {
    pub(super) rows: usize,
    pub(super) columns: Vec<&'t dyn Cells>,
}

impl<'t> Table<'t> {
    pub(super) fn of(table: &'t RosterTable<'_>) -> Self {
        let columns = table.columns().iter().map(|column| column as &dyn Cells);
        Self { rows: table.rows(), columns: columns.collect() }
    }
}

/// What a cell is, once texts that say nothing are taken out.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Cell<'c> {
    Missing,
    Text(&'c str),
    /// A whole number, also one that came as a floating-point number.
    Number(i64),
    /// Another floating-point number.
    Fraction(f64),
    Day(i64),
    /// A whole number beyond 2^53 in a floating-point cell.
    Rounded,
    Other,
}

/// Looks at a cell.
pub(super) fn look(column: &dyn Cells, row: usize) -> Cell<'_> {
    match column.cell(row) {
        RosterCell::Missing => Cell::Missing,
        RosterCell::Text(text) => present(text).map_or(Cell::Missing, Cell::Text),
        RosterCell::Integer(number) => Cell::Number(number),
        RosterCell::Float(number) if number.is_nan() => Cell::Missing,
        RosterCell::Float(number) if number.abs() >= FLOAT_LIMIT => Cell::Rounded,
        #[expect(clippy::float_cmp, reason = "a whole number is one exactly")]
        RosterCell::Float(number) if number.trunc() == number => Cell::Number(number as i64),
        RosterCell::Float(number) => Cell::Fraction(number),
        RosterCell::Day(day) => Cell::Day(day),
        RosterCell::Other(_) => Cell::Other,
    }
}

impl Cell<'_> {
    /// The cell as a text; one that is no text is written to `scratch`.
    pub(super) fn text<'s>(&'s self, scratch: &'s mut String) -> Option<&'s str> {
        scratch.clear();
        // Writing to a String does not fail.
        let _ = match *self {
            Self::Text(text) => return Some(text),
            Self::Number(number) => write!(scratch, "{number}"),
            Self::Fraction(number) => write!(scratch, "{number}"),
            Self::Day(day) => {
                let (year, month, day) = date::parts(date::of_day(day)?);
                write!(scratch, "{year:04}-{month:02}-{day:02}")
            }
            Self::Missing | Self::Rounded | Self::Other => return None,
        };
        Some(scratch)
    }
}
