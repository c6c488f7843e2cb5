//! The one form of a value as a text.

use super::name::{Name, Part};
use super::{address, date, identity, missing, name, phone, sex, text};
use crate::roster::FieldKind;

/// The one form of a value, as a text: two ways to write the same give the same, doing it twice changes nothing. Nothing if
/// the text says nothing, or nothing of this kind.
///
/// Identity numbers get 18 digits, names simplified characters without titles, dates the form `YYYYMMDD`, a sex `1` or `2`;
/// an address becomes a number in hexadecimal digits, which stands for its road, house, building, unit and room, and can't
/// be read again.
///
/// ```
/// use gridcore::roster::{FieldKind, canonical};
/// assert_eq!(canonical(FieldKind::Name, " 張 三先生").as_deref(), Some("张三"));
/// assert_eq!(canonical(FieldKind::Id, "110105491231002").as_deref(), Some("11010519491231002X"));
/// assert_eq!(canonical(FieldKind::Birth, "2020年1月2日").as_deref(), Some("20200102"));
/// assert_eq!(canonical(FieldKind::Phone, "+86 138-1234-5678").as_deref(), Some("13812345678"));
/// assert_eq!(canonical(FieldKind::Phone, "无"), None);
/// ```
#[must_use]
pub fn canonical(kind: FieldKind, value: &str) -> Option<String> {
    let value = missing::present(value)?;
    let mut out = String::new();
    let one = match kind {
        FieldKind::Id => match identity::read(value) {
            identity::Id::Read(id) => identity::text(id).or_else(|| {
                // Capitals first: some letters become two by it, and the length is held to afterwards.
                text::fold_code(&value.to_uppercase(), &mut out);
                Some(out.to_uppercase())
            }),
            _ => None,
        },
        FieldKind::Phone => match phone::read(value) {
            phone::Phone::Read(number, _) => Some(phone::text(number)),
            _ => None,
        },
        FieldKind::Birth => match date::read(value) {
            date::Date::Read(packed) => Some(format!("{packed:08x}")),
            date::Date::Either(day, month, year) => Some(format!("{year:04}{month:02}{day:02}")),
            date::Date::Nothing => None,
        },
        FieldKind::Sex => match sex::read(value) {
            sex::Sex::Read(sex) => Some(sex.to_string()),
            _ => None,
        },
        FieldKind::Name | FieldKind::Given | FieldKind::Family => {
            let part = match kind {
                FieldKind::Given => Part::Given,
                FieldKind::Family => Part::Family,
                _ => Part::Whole,
            };
            match name::read(value, part, &mut out) {
                Name::Packed { chars, .. } => Some(name::text(chars)),
                Name::Long { .. } => Some(out),
                Name::Nothing => None,
            }
        }
        FieldKind::Address => Some(address::read(value).pack())
            .filter(|packed| *packed != 0)
            .map(|packed| format!("{packed:016x}")),
        FieldKind::Text => {
            text::fold(value, &mut out);
            Some(out).filter(|out| !out.is_empty())
        }
        // As rosters keep them: trees of grids tell codes apart by their capitals.
        FieldKind::Grid | FieldKind::Household => {
            text::tidy_code(value, &mut out);
            Some(out)
        }
        FieldKind::Record | FieldKind::Token | FieldKind::Exact => {
            text::fold_code(value, &mut out);
            Some(out)
        }
    }?;
    // What is left may say nothing: `(无)`.
    missing::present(&one).map(str::to_owned)
}
