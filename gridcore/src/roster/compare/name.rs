//! Names: up to four characters in one word of memory, or a text of any length.

use std::borrow::Cow;

use super::metric::{likeness, plain_bytes, within_one_edit};
use crate::roster::side::{LONG_NAME, Pool};

/// The levels of a name.
pub(crate) const NAME_LEVELS: [&str; 6] = ["exact", "same_sound", "one_character", "similar", "half", "else"];

/// What a name column's values need to be compared: its texts.
#[derive(Clone, Default)]
pub(crate) struct NameTable {
    pool: std::sync::Arc<Pool>,
    /// By number in the pool: a hash of the text that is the same in every run.
    hashes: Vec<u64>,
}

crate::roster::veil::veiled!(NameTable);

impl NameTable {
    pub(crate) fn new(pool: std::sync::Arc<Pool>) -> Self {
        let hashes = pool.texts.iter().map(|text| super::text_hash(text)).collect();
        Self { pool, hashes }
    }

    /// A hash of the value that does not depend on the numbers of the pool.
    pub(crate) fn hash(&self, chars: u64) -> u64 {
        if chars < LONG_NAME {
            return chars;
        }
        self.hashes.get(((chars as u32).wrapping_sub(1)) as usize).copied().unwrap_or(chars)
    }

    pub(crate) fn text(&self, chars: u64) -> Cow<'_, str> {
        if chars >= LONG_NAME {
            Cow::Borrowed(self.pool.text(chars as u32))
        } else {
            Cow::Owned(packed_chars(chars).collect())
        }
    }

    /// The level of two names: 1 exact, 2 the same sound, 3 one character differs, is dropped or swapped with its neighbour
    /// while two at least stay, 4 alike (a syllable differs, another order, a part, Jaro–Winkler 0.88), 5 half of two
    /// characters or Jaro–Winkler 0.8, 6 else. Each is its characters and its sound.
    #[inline]
    pub(crate) fn level(&self, a: (u64, u64), b: (u64, u64)) -> u8 {
        if a.0 == 0 || b.0 == 0 {
            return 0;
        }
        if a.0 == b.0 {
            return 1;
        }
        if a.1 == b.1 && a.1 != 0 {
            return 2;
        }
        if a.0 < LONG_NAME && b.0 < LONG_NAME { packed_level(a, b) } else { self.long_level(a.0, b.0) }
    }

    #[cold]
    fn long_level(&self, a: u64, b: u64) -> u8 {
        text_level(&self.text(a), &self.text(b))
    }
}

/// The characters of a packed name.
fn packed_chars(chars: u64) -> impl Iterator<Item = char> {
    (0..4)
        .rev()
        .map(move |place| (chars >> (16 * place)) as u16)
        .skip_while(|unit| *unit == 0)
        .map(|unit| char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER))
}

/// The level of two names of more than four characters, or of which one is.
pub(crate) fn text_level(a: &str, b: &str) -> u8 {
    if a == b {
        return 1;
    }
    if one_character(a, b) {
        return 3;
    }
    let alike = likeness(a, b);
    // Two texts of one word each are no parts of each other: they are not the same.
    let parted = || a.contains(is_between) || b.contains(is_between);
    if alike >= 0.88 || parted() && (is_part(a, b) || is_part(b, a)) {
        4
    } else if alike >= 0.8 {
        5
    } else {
        6
    }
}

/// Whether one character is replaced, dropped, added or swapped with its neighbour while two at least stay.
fn one_character(a: &str, b: &str) -> bool {
    fn of<T: PartialEq>(x: &[T], y: &[T]) -> bool {
        x.len().min(y.len()) >= 2 && x.len().max(y.len()) > 2 && within_one_edit(x, y)
    }
    if let Some((x, y)) = plain_bytes(a, b) {
        return of(x, y);
    }
    of(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
}

/// Whether a character parts the words of a name.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '·' | '-' | '.' | ',' | '\'')
}

/// Whether all words of one name are in the other: another order, or a part of it.
fn is_part(part: &str, whole: &str) -> bool {
    let mut words = part.split(is_between).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some_and(|first| first.chars().nth(1).is_some())
        && words.all(|word| whole.split(is_between).any(|other| other == word))
}

const LANES: u64 = 0x0001_0001_0001_0001;

/// One bit for each 16-bit lane in which two words differ, at the lane's lowest bit.
const fn lanes(a: u64, b: u64) -> u64 {
    let x = a ^ b;
    let x = x | x >> 8;
    let x = x | x >> 4;
    let x = x | x >> 2;
    // The shifts above run over a lane's lower border only into bits that the mask drops.
    (x | x >> 1) & LANES
}

const fn length(word: u64) -> u32 {
    (64 - word.leading_zeros()).div_ceil(16)
}

/// Two names of up to four characters, neither the same nor of the same sound.
fn packed_level((a, sound_a): (u64, u64), (b, sound_b): (u64, u64)) -> u8 {
    let (short, long) = { if length(a) <= length(b) { (a, b) } else { (b, a) } };
    let (shorter, longer) = (length(short), length(long));
    if one_edit(a, b) {
        return if longer > 2 && shorter >= 2 { 3 } else { 5 };
    }
    if sound_a != 0 && sound_b != 0 && longer > 2 && shorter >= 2 && one_edit(sound_a, sound_b) {
        return 4;
    }
    if shorter == longer && same_characters(a, b) {
        return 4;
    }
    if shorter >= 2 && shorter < longer {
        let tail = long & ((1 << (16 * shorter)) - 1);
        if tail == short || long >> (16 * (longer - shorter)) == short {
            return 4;
        }
    }
    6
}

/// Whether one lane is replaced, dropped or added, or two neighbours are swapped.
fn one_edit(a: u64, b: u64) -> bool {
    let (short, long) = if length(a) <= length(b) { (a, b) } else { (b, a) };
    match length(long) - length(short) {
        0 => {
            let differ = lanes(a, b);
            if differ & differ.wrapping_sub(1) == 0 {
                return true;
            }
            let low = differ.trailing_zeros();
            differ == 0x1_0001 << low
                && a >> low & 0xFFFF == b >> (low + 16) & 0xFFFF
                && a >> (low + 16) & 0xFFFF == b >> low & 0xFFFF
        }
        1 => (0..length(long)).any(|lane| {
            let below = long & ((1 << (16 * lane)) - 1);
            (long >> (16 * lane) >> 16) << (16 * lane) | below == short
        }),
        _ => false,
    }
}

/// Whether two names of the same length hold the same characters in another order.
fn same_characters(a: u64, b: u64) -> bool {
    let sorted = |word: u64| {
        let mut units = [word as u16, (word >> 16) as u16, (word >> 32) as u16, (word >> 48) as u16];
        units.sort_unstable();
        units
    };
    sorted(a) == sorted(b)
}
