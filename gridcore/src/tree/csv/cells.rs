//! The cells of a file as columns of texts and of numbers.

use super::scan::Span;
use crate::tree::rows::{Cell, Column, Numbers, Texts};

/// A column of cells beside the texts it points into.
pub(super) struct TextCells<'t> {
    pub cells: &'t [Span],
    pub file: &'t str,
    pub rewritten: &'t str,
}

impl Texts for TextCells<'_> {
    fn rows(&self) -> usize {
        self.cells.len()
    }

    fn text(&self, row: usize) -> Option<&str> {
        Some(self.cells[row].text(self.file, self.rewritten))
    }
}

/// The whole number that stands for an empty cell; a cell that says it makes its column a mixed one.
const NO_INTEGER: i64 = i64::MIN;

/// A column of cells that should be numbers.
pub(super) enum NumberCells {
    Integers(Integers),
    Floats(Floats),
    /// Not all cells are numbers: each as it stands, for the fault that it is.
    Mixed(Vec<Cell>),
}

pub(super) struct Integers(Vec<i64>);

/// Floats, not-a-number where a cell is empty.
pub(super) struct Floats(Vec<f64>);

impl Numbers<i64> for Integers {
    fn rows(&self) -> usize {
        self.0.len()
    }

    fn number(&self, row: usize) -> Option<i64> {
        (self.0[row] != NO_INTEGER).then_some(self.0[row])
    }
}

impl Numbers<f64> for Floats {
    fn rows(&self) -> usize {
        self.0.len()
    }

    fn number(&self, row: usize) -> Option<f64> {
        (!self.0[row].is_nan()).then_some(self.0[row])
    }
}

impl NumberCells {
    /// Reads cells that should be whole numbers.
    pub(super) fn integers(texts: &TextCells<'_>) -> Self {
        let read = |text: &str| match text {
            "" => Some(NO_INTEGER),
            text => whole(text).filter(|&number| number != NO_INTEGER),
        };
        match each(texts, read) {
            Some(numbers) => Self::Integers(Integers(numbers)),
            None => Self::mixed(texts, |text| whole(text).map(Cell::Integer)),
        }
    }

    /// Reads cells that should be numbers of any kind.
    pub(super) fn floats(texts: &TextCells<'_>) -> Self {
        let read = |text: &str| match text {
            "" => Some(f64::NAN),
            text => float(text).filter(|number| !number.is_nan()),
        };
        match each(texts, read) {
            Some(numbers) => Self::Floats(Floats(numbers)),
            None => Self::mixed(texts, |_| None),
        }
    }

    fn mixed(texts: &TextCells<'_>, whole: impl Fn(&str) -> Option<Cell>) -> Self {
        let cell = |row| match texts.text(row) {
            None | Some("") => Cell::Missing,
            Some(text) => {
                whole(text).or_else(|| float(text).map(Cell::Float)).unwrap_or(Cell::Text(String::new()))
            } // only its kind will be told
        };
        Self::Mixed((0..texts.rows()).map(cell).collect())
    }

    pub(super) fn column(&self) -> Column<'_> {
        match self {
            Self::Integers(numbers) => Column::Integers(numbers),
            Self::Floats(numbers) => Column::Floats(numbers),
            Self::Mixed(cells) => Column::Cells(cells),
        }
    }
}

/// Reads all cells, or nothing if one cannot be read.
fn each<T>(texts: &TextCells<'_>, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let mut numbers = Vec::with_capacity(texts.rows());
    for cell in texts.cells {
        numbers.push(read(cell.text(texts.file, texts.rewritten))?);
    }
    Some(numbers)
}

fn whole(text: &str) -> Option<i64> {
    match digits(text) {
        Some(number) => Some(number.cast_signed()),
        None => text.parse().ok(),
    }
}

fn float(text: &str) -> Option<f64> {
    match digits(text) {
        Some(number) => Some(number as f64), // exact: below 10^15
        None => text.parse().ok(),
    }
}

/// The number in one to fifteen digits.
fn digits(text: &str) -> Option<u64> {
    if text.is_empty() || text.len() > 15 {
        return None;
    }
    let mut number = 0;
    for byte in text.bytes() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = number * 10 + u64::from(digit);
    }
    Some(number)
}
