//! One column of values from cells.

use super::cell::{Cell, Cells, look};
use super::pool::Growing;
use super::tally::Tally;
use crate::roster::normal::name::{Name, Part};
use crate::roster::normal::phone::Phone;
use crate::roster::normal::sex::Sex;
use crate::roster::normal::{address, date, identity, letter, name, phone, sex, text};
use crate::roster::side::LONG_NAME;
use crate::roster::{FieldKind, Token, TokenAlgorithm};

/// What was decided about a column from all its cells, and holds for later rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Habits {
    /// Dates such as 02/01/2020 have the month first.
    pub(crate) month_first: bool,
    /// A sex of 0 is female.
    pub(crate) zero_is_female: bool,
    /// The algorithm of the tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) tokens: Option<TokenAlgorithm>,
}

/// The cells that make one value: one column, or the family and the given name.
#[derive(Clone, Copy)]
pub(super) enum Source<'t> {
    One(&'t dyn Cells),
    Names { family: &'t dyn Cells, given: &'t dyn Cells },
}

/// Values in the order of the table.
pub(super) enum Raw {
    Wide(Vec<u128>),
    Names(Vec<u64>, Vec<u64>),
    Long(Vec<u64>),
    Short(Vec<u32>),
    Tiny(Vec<u8>),
}

/// Reads a column. `habits` are those of earlier rows, if there were any.
pub(super) fn read(
    source: Source<'_>,
    kind: FieldKind,
    rows: usize,
    pool: &mut Growing,
    habits: Option<Habits>,
    tally: &mut Tally,
) -> (Raw, Habits) {
    let mut found = habits.unwrap_or_default();
    let raw = match kind {
        FieldKind::Id => Raw::Wide(each(source, rows, tally, id)),
        FieldKind::Token => {
            let raw = each(source, rows, tally, |_, text, tally, row| token(text, tally, row));
            let seen = TokenAlgorithm::ALL.into_iter().zip(&tally.tokens).find(|(_, met)| met.count > 0);
            found.tokens = seen.map(|(algorithm, _)| algorithm).or(found.tokens);
            Raw::Wide(raw)
        }
        FieldKind::Name | FieldKind::Given | FieldKind::Family => names(source, kind, rows, pool, tally),
        FieldKind::Phone => {
            Raw::Long(each(source, rows, tally, |_, text, tally, row| match phone::read(text) {
                Phone::Read(number, several) => {
                    if several {
                        tally.several.at(row);
                    }
                    number
                }
                Phone::Placeholder => {
                    tally.placeholder.at(row);
                    0
                }
                Phone::Rounded => {
                    tally.rounded.at(row);
                    0
                }
                Phone::Nothing => {
                    tally.unreadable.at(row);
                    0
                }
            }))
        }
        FieldKind::Birth => births(source, rows, tally, habits, &mut found),
        FieldKind::Sex => sexes(source, rows, tally, habits, &mut found),
        FieldKind::Address => Raw::Long(each(source, rows, tally, |_, text, tally, row| {
            let read = address::read(text).pack();
            if read == 0 {
                tally.unreadable.at(row);
            }
            read
        })),
        FieldKind::Record | FieldKind::Grid | FieldKind::Household | FieldKind::Exact => {
            let mut folded = String::new();
            Raw::Short(each(source, rows, tally, |_, text, _, _| {
                if is_plain_code(text) {
                    return pool.number(text);
                }
                match kind {
                    FieldKind::Grid | FieldKind::Household => text::tidy_code(text, &mut folded),
                    _ => text::fold_code(text, &mut folded),
                }
                pool.number(&folded)
            }))
        }
        FieldKind::Text => {
            let mut folded = String::new();
            Raw::Short(each(source, rows, tally, |_, text, tally, row| {
                text::fold(text, &mut folded);
                if folded.is_empty() {
                    tally.unreadable.at(row);
                    return 0;
                }
                pool.number(&folded)
            }))
        }
    };
    (raw, found)
}

/// Reads each cell that has a text; the rest is the default, which means missing.
fn each<T: Copy + Default>(
    source: Source<'_>,
    rows: usize,
    tally: &mut Tally,
    mut read: impl FnMut(Cell<'_>, &str, &mut Tally, usize) -> T,
) -> Vec<T> {
    let mut values = vec![T::default(); rows];
    let mut scratch = String::new();
    for (row, value) in values.iter_mut().enumerate() {
        let cell = match source {
            Source::One(column) => look(column, row),
            Source::Names { family, given } => {
                let (family, given) = (look(family, row), look(given, row));
                let mut other = String::new();
                let (Some(family), Some(given)) = (family.text(&mut scratch), given.text(&mut other)) else {
                    let one = if family == Cell::Missing { given } else { family };
                    count(one, tally, row);
                    let mut text = String::new();
                    if let Some(text) = one.text(&mut text) {
                        *value = read(one, text, tally, row);
                    }
                    continue;
                };
                tally.texts += 1;
                let han = family.chars().chain(given.chars()).any(letter::is_han);
                let joined = if han { format!("{family}{given}") } else { format!("{given} {family}") };
                *value = read(Cell::Text(&joined), &joined, tally, row);
                continue;
            }
        };
        count(cell, tally, row);
        if let Some(text) = cell.text(&mut scratch) {
            *value = read(cell, text, tally, row);
        }
    }
    values
}

fn count(cell: Cell<'_>, tally: &mut Tally, row: usize) {
    match cell {
        Cell::Missing => {}
        Cell::Text(_) => tally.texts += 1,
        Cell::Number(_) | Cell::Fraction(_) => tally.numbers += 1,
        Cell::Day(_) => tally.days += 1,
        Cell::Rounded => tally.rounded.at(row),
        Cell::Other => {
            tally.others += 1;
            tally.unreadable.at(row);
        }
    }
}

/// Whether folding a code would leave it as it is.
fn is_plain_code(text: &str) -> bool {
    text.len() <= text::MOST_CHARS
        && text.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase())
}

fn id(_: Cell<'_>, text: &str, tally: &mut Tally, row: usize) -> u128 {
    match identity::read(text) {
        identity::Id::Read(id) => {
            if identity::is_national(id) {
                tally.long_ids += 1;
                if id.trailing_zeros() >= 12 {
                    tally.zeros.at(row);
                }
                if !identity::is_sound(id) {
                    tally.unsound.at(row);
                }
            }
            id
        }
        identity::Id::Placeholder => {
            tally.placeholder.at(row);
            0
        }
        identity::Id::Rounded => {
            tally.rounded.at(row);
            0
        }
        identity::Id::Nothing => {
            tally.unreadable.at(row);
            0
        }
    }
}

/// The first 128 bits of a token: a keyed one's digest, hexadecimal digits as they are, anything else by its hash.
fn token(text: &str, tally: &mut Tally, row: usize) -> u128 {
    if let Ok(token) = text.parse::<Token>() {
        tally.tokens[token.algorithm() as usize].at(row);
        return token.head().max(1);
    }
    let head = text.get(..32).filter(|_| text.len() >= 32);
    let value = head.and_then(|head| u128::from_str_radix(head, 16).ok());
    value.unwrap_or_else(|| identity::hashed(text)).max(1)
}

fn names(source: Source<'_>, kind: FieldKind, rows: usize, pool: &mut Growing, tally: &mut Tally) -> Raw {
    let part = match kind {
        FieldKind::Given => Part::Given,
        FieldKind::Family => Part::Family,
        _ => Part::Whole,
    };
    let mut folded = String::new();
    let mut sounds = vec![0; rows];
    let chars = each(source, rows, tally, |_, text, tally, row| match name::read(text, part, &mut folded) {
        Name::Packed { chars, sound } => {
            sounds[row] = sound;
            chars
        }
        Name::Long { sound } => {
            sounds[row] = sound;
            LONG_NAME | u64::from(pool.number(&folded))
        }
        Name::Nothing => {
            tally.unreadable.at(row);
            0
        }
    });
    Raw::Names(chars, sounds)
}

fn births(
    source: Source<'_>,
    rows: usize,
    tally: &mut Tally,
    habits: Option<Habits>,
    found: &mut Habits,
) -> Raw {
    let mut open: Vec<(usize, u8, u8, u16)> = Vec::new();
    let mut values = each(source, rows, tally, |cell, text, tally, row| {
        let read = match cell {
            Cell::Number(number) => date::of_number(number),
            Cell::Day(day) => date::of_day(day).map_or(date::Date::Nothing, date::Date::Read),
            _ => date::read(text),
        };
        match read {
            date::Date::Read(packed) => packed,
            date::Date::Either(first, second, year) => {
                open.push((row, first, second, year));
                0
            }
            date::Date::Nothing => {
                tally.unreadable.at(row);
                0
            }
        }
    });
    let day_first = open.iter().filter(|date| date.1 > 12).count();
    let month_first = open.iter().filter(|date| date.2 > 12).count();
    if habits.is_none() {
        found.month_first = month_first > day_first;
        if month_first == day_first {
            open.iter().filter(|date| date.1 != date.2).for_each(|date| tally.day_or_month.at(date.0));
        }
    }
    for (row, first, second, year) in open {
        let month_first = second > 12 || (found.month_first && first <= 12);
        let (day, month) = if month_first { (second, first) } else { (first, second) };
        values[row] = date::pack(u32::from(year), u32::from(month), u32::from(day));
    }
    for (row, &value) in values.iter().enumerate().filter(|(_, value)| **value != 0) {
        if date::is_partial(value) {
            tally.partial.at(row);
        } else if !date::is_possible(value) {
            tally.impossible.at(row);
        }
    }
    Raw::Short(values)
}

fn sexes(
    source: Source<'_>,
    rows: usize,
    tally: &mut Tally,
    habits: Option<Habits>,
    found: &mut Habits,
) -> Raw {
    const ZERO: u8 = 3;
    let (mut ones, mut zeros, mut others) = (0, 0, 0);
    let mut values = each(source, rows, tally, |_, text, tally, row| match sex::read(text) {
        Sex::Read(value) => {
            if text == "1" {
                ones += 1;
            } else {
                others += 1;
            }
            value
        }
        Sex::Unknown if text == "0" => {
            zeros += 1;
            ZERO
        }
        Sex::Unknown => 0,
        Sex::Nothing => {
            tally.unreadable.at(row);
            0
        }
    });
    if habits.is_none() {
        // 0 is "not known" in the standards; where no 2 is seen and it is not rare, it stands for the other sex.
        found.zero_is_female = others == 0 && ones > 0 && zeros * 5 >= ones;
    }
    for (row, value) in values.iter_mut().enumerate().filter(|(_, value)| **value == ZERO) {
        *value = if found.zero_is_female { 2 } else { 0 };
        if found.zero_is_female {
            tally.zero_female.at(row);
        }
    }
    Raw::Tiny(values)
}
