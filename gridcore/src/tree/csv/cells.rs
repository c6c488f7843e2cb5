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
    /// Starts a column of numbers of any kind, or of whole ones.
    pub(super) fn start(any: bool, rows: usize) -> Self {
        if any {
            Self::Floats(Floats(Vec::with_capacity(rows)))
        } else {
            Self::Integers(Integers(Vec::with_capacity(rows)))
        }
    }

    /// Adds a cell; says whether it is such a number, or empty.
    #[inline]
    pub(super) fn push(&mut self, text: &str) -> bool {
        match self {
            Self::Integers(Integers(numbers)) => {
                let number =
                    if text.is_empty() { Some(NO_INTEGER) } else { whole(text).filter(|&n| n != NO_INTEGER) };
                numbers.push(number.unwrap_or(NO_INTEGER));
                number.is_some()
            }
            Self::Floats(Floats(numbers)) => {
                let number =
                    if text.is_empty() { Some(f64::NAN) } else { float(text).filter(|n| !n.is_nan()) };
                numbers.push(number.unwrap_or(f64::NAN));
                number.is_some()
            }
            Self::Mixed(_) => false,
        }
    }

    pub(super) fn rows(&self) -> usize {
        match self {
            Self::Integers(Integers(numbers)) => numbers.len(),
            Self::Floats(Floats(numbers)) => numbers.len(),
            Self::Mixed(cells) => cells.len(),
        }
    }

    /// Reads cells that should be numbers of any kind, or whole ones.
    pub(super) fn read(any: bool, texts: &TextCells<'_>) -> Self {
        let mut numbers = Self::start(any, texts.rows());
        if texts.cells.iter().all(|cell| numbers.push(cell.text(texts.file, texts.rewritten))) {
            return numbers;
        }
        Self::mixed(texts, |text| if any { None } else { whole(text).map(Cell::Integer) })
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
