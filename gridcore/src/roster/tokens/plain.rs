//! The one form of a value from which its token is made.

use crate::roster::{FieldKind, RosterCell};

/// What is in a cell.
pub(super) enum Plain {
    /// Nothing.
    Missing,
    /// Something that is no value of its kind.
    Unreadable,
    /// A floating-point number too long for its kind.
    LostDigits,
    /// The value in its one form.
    Value(String),
}

/// The most that floating point counts without leaving one out.
const MOST_EXACT: f64 = 9_007_199_254_740_992.0;

pub(super) fn of_cell(cell: RosterCell<'_>, kind: FieldKind) -> Plain {
    match cell {
        RosterCell::Missing => Plain::Missing,
        RosterCell::Text(text) => of_text(text, kind),
        RosterCell::Integer(number) => of_text(&number.to_string(), kind),
        RosterCell::Float(number) if number.is_nan() => Plain::Missing,
        RosterCell::Float(number) if number.abs() > MOST_EXACT => Plain::LostDigits,
        RosterCell::Float(number) => of_text(&number.to_string(), kind),
        RosterCell::Day(_) | RosterCell::Other(_) => Plain::Unreadable,
    }
}

pub(super) fn of_text(text: &str, _kind: FieldKind) -> Plain {
    if text.trim().is_empty() {
        return Plain::Missing;
    }
    Plain::Value(text.trim().to_uppercase())
}
