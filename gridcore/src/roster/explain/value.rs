//! Packed values as texts, masked or shown.

use super::Masking;
use crate::roster::normal::{date, identity, phone};
use crate::roster::side::{Field, LONG_NAME, Side, Values};

/// The value of a field in a row as it may be shown; none where it is missing. Texts are those that were compared:
/// simplified characters, dates and numbers in one form; of an address the building, unit and room.
pub(crate) fn value(field: &Field, values: &Values, at: u32, masking: Masking) -> Option<String> {
    let at = at as usize;
    let text = match values {
        Values::Id(ids) => match *ids.get(at)? {
            0 => return None,
            id => identity::text(id).unwrap_or_else(|| "*".to_owned()),
        },
        Values::Token(tokens) => match *tokens.get(at)? {
            0 => return None,
            token => format!("{token:032x}"),
        },
        Values::Name { chars, pool, .. } => match *chars.get(at)? {
            0 => return None,
            long if long >= LONG_NAME => pool.text(long as u32).to_owned(),
            chars => packed(chars),
        },
        Values::Phone(phones) => match *phones.get(at)? {
            0 => return None,
            number => phone::text(number),
        },
        Values::Birth(days) => match *days.get(at)? {
            0 => return None,
            day => {
                let (year, month, day) = date::parts(day);
                format!("{year:04}-{month:02}-{day:02}")
            }
        },
        Values::Sex(sexes) => match *sexes.get(at)? {
            0 => return None,
            1 => "male".to_owned(),
            _ => "female".to_owned(),
        },
        Values::Address(addresses) => match *addresses.get(at)? {
            0 => return None,
            address => parts(address),
        },
        Values::Code { number, pool } | Values::Text { number, pool } => match *number.get(at)? {
            0 => return None,
            number => pool.text(number).to_owned(),
        },
    };
    Some(masking.show(field.kind, &text))
}

/// The values of several fields of a row, those that are there, as one text.
pub(super) fn values(fields: &[(&Field, usize)], side: &Side, at: u32, masking: Masking) -> Option<String> {
    let each =
        fields.iter().filter_map(|&(field, place)| value(field, side.columns.get(place)?, at, masking));
    let text = each.collect::<Vec<_>>().join(" / ");
    (!text.is_empty()).then_some(text)
}

/// The characters of a packed name, the last of which is lowest.
fn packed(chars: u64) -> String {
    let letter =
        |place: u32| char::from_u32((chars >> (16 * place)) as u32 & 0xFFFF).filter(|&letter| letter != '\0');
    (0..4).rev().filter_map(letter).collect()
}

/// Building, unit and room of a packed address, see `side::Values::Address`; the road is kept as a hash alone.
fn parts(address: u64) -> String {
    let (building, unit, room) = (address >> 20 & 0xF_FFFF, address >> 14 & 0x3F, address & 0x3FFF);
    let known = |part: u64| if part == 0 { "?".to_owned() } else { part.to_string() };
    [building, unit, room].map(known).join("-")
}
