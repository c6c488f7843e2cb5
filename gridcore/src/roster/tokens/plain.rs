//! The one form of a value from which its token is made.

use crate::roster::normal::date;
use crate::roster::normal::missing::present;
use crate::roster::{FieldKind, RosterCell, canonical};

/// What is in a cell.
#[derive(PartialEq, Eq)]
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

crate::roster::veil::veiled!(Plain);

/// From here on floating point leaves whole numbers out.
const FLOAT_LIMIT: f64 = 9_007_199_254_740_992.0;

pub(super) fn of_cell(cell: RosterCell<'_>, kind: FieldKind) -> Plain {
    match cell {
        RosterCell::Missing => Plain::Missing,
        RosterCell::Text(text) => of_text(text, kind),
        RosterCell::Integer(number) => of_number(number, kind),
        RosterCell::Float(number) if number.is_nan() => Plain::Missing,
        RosterCell::Float(number) if number.abs() >= FLOAT_LIMIT => Plain::LostDigits,
        #[expect(clippy::float_cmp, reason = "a whole number is one exactly")]
        RosterCell::Float(number) if number.trunc() == number => of_number(number as i64, kind),
        RosterCell::Float(number) => of_text(&number.to_string(), kind),
        RosterCell::Day(day) if kind == FieldKind::Birth => {
            date::of_day(day).map_or(Plain::Unreadable, birth)
        }
        RosterCell::Day(_) | RosterCell::Other(_) => Plain::Unreadable,
    }
}

fn of_number(number: i64, kind: FieldKind) -> Plain {
    if kind == FieldKind::Birth
        && let date::Date::Read(packed) = date::of_number(number)
    {
        return birth(packed);
    }
    of_text(&number.to_string(), kind)
}

pub(super) fn of_text(text: &str, kind: FieldKind) -> Plain {
    match present(text) {
        None => Plain::Missing,
        Some(text) => canonical(kind, text).map_or(Plain::Unreadable, Plain::Value),
    }
}

/// A date as [`canonical`] writes it.
fn birth(packed: u32) -> Plain {
    Plain::Value(format!("{packed:08x}"))
}

#[cfg(test)]
mod tests {
    use super::{Plain, of_cell, of_text};
    use crate::roster::{FieldKind as F, RosterCell};

    fn value(text: &str, kind: F) -> String {
        match of_text(text, kind) {
            Plain::Value(value) => value,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn one_form_of_each_value() {
        for text in [
            "11010519491231002x",
            " １１０１０５１９４９１２３１００２Ｘ",
            "110105 19491231 002X",
            "110105491231002",
        ] {
            assert_eq!(value(text, F::Id), "11010519491231002X");
        }
        assert_eq!(value("军字第1234567号", F::Id), "军字第1234567号");
        assert_eq!(value("+86 138-0013-8000", F::Phone), "13800138000");
        assert_eq!(value("張三豐", F::Name), value("张三丰", F::Name));
        assert_eq!(value("José  Álvarez", F::Name), value("jose alvarez", F::Name));
        assert_eq!(value("1949年12月31日", F::Birth), "19491231");
        assert_eq!(of_cell(RosterCell::Integer(19_491_231), F::Birth), Plain::Value("19491231".to_owned()));
        assert_eq!(of_cell(RosterCell::Day(-7306), F::Birth), Plain::Value("19491231".to_owned()));
        assert_eq!(value("女", F::Sex), "2");
        assert_eq!(value(" ４４-A ", F::Household), "44-A");
    }

    #[test]
    fn what_is_no_value() {
        assert_eq!(of_text("无", F::Id), Plain::Missing);
        assert_eq!(of_text("000000000000000000", F::Id), Plain::Unreadable);
        assert_eq!(of_text("1.10105E+17", F::Id), Plain::Unreadable);
        assert_eq!(of_cell(RosterCell::Float(1.101_051_949e17), F::Id), Plain::LostDigits);
        assert_eq!(
            of_cell(RosterCell::Float(13_800_138_000.0), F::Phone),
            Plain::Value("13800138000".to_owned())
        );
        assert_eq!(of_cell(RosterCell::Other("list"), F::Name), Plain::Unreadable);
        assert_eq!(of_text("some day", F::Birth), Plain::Unreadable);
    }
}
