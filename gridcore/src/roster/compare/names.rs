//! Given and family names in columns of their own.

use super::mixed;
use super::name::NameTable;

/// The levels of a given and a family name together.
pub(crate) const NAMES_LEVELS: [&str; 8] =
    ["exact", "swapped", "one_alike", "part", "alike", "given", "family", "else"];

/// A given and a family name, each with its sound.
#[derive(Clone, Copy, Default)]
pub(super) struct FullName {
    pub(super) given: (u64, u64),
    pub(super) family: (u64, u64),
}

crate::roster::veil::veiled!(FullName);

impl FullName {
    /// One word for both names.
    pub(super) fn key(&self) -> u64 {
        mixed(self.given.0, self.family.0)
    }
}

/// The level of two full names: 1 both exact, 2 swapped, 3 one exact and the other alike, 4 one exact and the other missing,
/// 5 both alike, or alike when swapped, 6 the given name alone exact, 7 the family name alone exact, 8 else.
pub(super) fn names_level(given: &NameTable, family: &NameTable, a: &FullName, b: &FullName) -> u8 {
    let (first, last) = (given.level(a.given, b.given), family.level(a.family, b.family));
    let alike = |level: u8| (1..=4).contains(&level);
    match (first, last) {
        (1, 1) => return 1,
        (1, 2..=4) | (2..=4, 1) => return 3,
        _ => {}
    }
    // The two columns have pools of their own: a swapped name is the same text, not the same number.
    let same = |one: &NameTable, a: (u64, u64), other: &NameTable, b: (u64, u64)| {
        a.0 != 0 && b.0 != 0 && one.hash(a.0) == other.hash(b.0)
    };
    if same(given, a.given, family, b.family) && same(family, a.family, given, b.given) {
        return 2;
    }
    let crossed_alike = || {
        alike(crossed(given, a.given, family, b.family)) && alike(crossed(family, a.family, given, b.given))
    };
    let uncrossed = || {
        let missing = |a: (u64, u64), b: (u64, u64)| a.0 == 0 || b.0 == 0;
        missing(a.given, b.family) && missing(a.family, b.given)
    };
    match (first, last) {
        (1, 0) | (0, 1) => 4,
        (first, last) if alike(first) && (alike(last) || last == 0) || first == 0 && alike(last) => 5,
        _ if crossed_alike() => 5,
        (0, 0) if uncrossed() => 0,
        (1, _) => 6,
        (_, 1) => 7,
        _ => 8,
    }
}

/// The level of a name of one column against a name of another.
fn crossed(one: &NameTable, a: (u64, u64), other: &NameTable, b: (u64, u64)) -> u8 {
    if a.0 == 0 || b.0 == 0 {
        return 0;
    }
    if one.hash(a.0) == other.hash(b.0) {
        return 1;
    }
    if a.1 == b.1 && a.1 != 0 {
        return 2;
    }
    super::name::text_level(&one.text(a.0), &other.text(b.0))
}
