//! Columns read by the block: fast where no cell has a fault, and nothing otherwise.
//!
//! Whoever gets nothing reads the column again cell by cell, and finds the faults.

use super::builder::Options;
use super::fault::MAX_NAME_BYTES;
use super::intake::{NO_KEY, NO_VALUE, TextStore};
use super::rows::{Column, Numbers, Texts};
use crate::id::pack;

/// Rows that are asked for at once.
const BLOCK: usize = 256;
/// The most digits of a packed code.
const MAX_DIGITS: usize = 18;

/// Hands over each text of a column, an empty one where there is none, until one is refused; says whether none was.
fn each_text<'t>(texts: &'t dyn Texts, rows: usize, mut take: impl FnMut(&'t str) -> bool) -> bool {
    let mut block = [None; BLOCK];
    (0..rows).step_by(BLOCK).all(|first| {
        let block = &mut block[..BLOCK.min(rows - first)];
        texts.texts(first, block);
        block.iter().all(|text| take(text.unwrap_or("")))
    })
}

/// Hands over each number of a column until one is refused; says whether none was.
fn each_number<T: Copy>(
    numbers: &dyn Numbers<T>,
    rows: usize,
    mut take: impl FnMut(Option<T>) -> bool,
) -> bool {
    let mut block = [None; BLOCK];
    (0..rows).step_by(BLOCK).all(|first| {
        let block = &mut block[..BLOCK.min(rows - first)];
        numbers.numbers(first, block);
        block.iter().all(|&number| take(number))
    })
}

/// The keys of a column of codes that are all digits and follow the scheme.
pub(super) fn keys(column: &Column<'_>, is_code: bool, rows: usize, options: &Options) -> Option<Vec<u64>> {
    let mut keys = Vec::with_capacity(rows);
    let read = match column {
        Column::Texts(texts) => {
            let allowed = if is_code { options.scheme.digit_lengths()? } else { u32::MAX };
            each_text(*texts, rows, |text| {
                let key = if text.is_empty() && !is_code { Some(NO_KEY) } else { pack(text) };
                keys.extend(key);
                key.is_some() && allowed >> text.len() & 1 == 1
            })
        }
        Column::Integers(numbers) => {
            let mut widths = Widths::new(options);
            each_number(*numbers, rows, |number| {
                let key = match number {
                    Some(number) => u64::try_from(number).ok().and_then(|number| widths.key(number)),
                    None => (!is_code).then_some(NO_KEY),
                };
                keys.extend(key);
                key.is_some()
            })
        }
        _ => false,
    };
    read.then_some(keys)
}

/// How wide a code is that comes as a number.
struct Widths<'a> {
    options: &'a Options,
    /// The numbers with as many digits as the last one.
    same: std::ops::Range<u64>,
    /// What makes a key of such a number.
    more: u64,
}

impl<'a> Widths<'a> {
    fn new(options: &'a Options) -> Self {
        Self { options, same: 0..0, more: 0 }
    }

    fn key(&mut self, number: u64) -> Option<u64> {
        if !self.same.contains(&number) {
            let digits = number.checked_ilog10().unwrap_or(0);
            let code = self.options.scheme.code_of(number)?;
            let least = if digits == 0 { 0 } else { 10_u64.pow(digits) };
            self.same = least..10_u64.checked_pow(digits + 1)?;
            self.more = code.packed()? - number;
        }
        Some(self.more + number)
    }
}

/// The texts of a column and, for names, a hash of each, which tells siblings apart.
pub(super) fn texts(column: &Column<'_>, is_name: bool, rows: usize) -> Option<(TextStore, Vec<u32>)> {
    let Column::Texts(texts) = column else { return None };
    let mut sample = [None; BLOCK];
    let sample = &mut sample[..BLOCK.min(rows)];
    texts.texts(0, sample);
    let bytes: usize = sample.iter().flatten().map(|text| text.len().min(MAX_NAME_BYTES) + 1).sum();
    let mut store = TextStore::with_capacity(rows + 1, bytes * rows.div_ceil(BLOCK) / 32 * 33);
    // A root that is no row will need a place more.
    let mut hashes = Vec::with_capacity(if is_name { rows + 1 } else { 0 });
    let read = each_text(*texts, rows, |text| {
        if is_name {
            hashes.push(hash(text));
        }
        let fits = store.fits(text.len()) && !(is_name && (text.is_empty() || text.len() > MAX_NAME_BYTES));
        if fits {
            store.push(text);
        }
        fits
    });
    read.then_some((store, hashes))
}

/// The levels of a column, all of them there and none beyond the schema's deepest.
pub(super) fn levels(column: &Column<'_>, rows: usize, deepest: u8) -> Option<Vec<u32>> {
    let Column::Integers(numbers) = column else { return None };
    let mut levels = Vec::with_capacity(rows);
    let read = each_number(*numbers, rows, |number| {
        let level = number.and_then(|number| u8::try_from(number).ok()).filter(|&level| level <= deepest);
        levels.push(level.map_or(NO_VALUE, u32::from));
        level.is_some()
    });
    read.then_some(levels)
}

/// The numbers of a column, all of them finite, not-a-number where there is none.
pub(super) fn weights(column: &Column<'_>, rows: usize) -> Option<Vec<f64>> {
    let mut values = Vec::with_capacity(rows);
    let read = match column {
        Column::Integers(numbers) => each_number(*numbers, rows, |number| {
            values.push(number.map_or(f64::NAN, |number| number as f64));
            true
        }),
        Column::Floats(numbers) => each_number(*numbers, rows, |number| {
            values.push(number.unwrap_or(f64::NAN));
            number.is_none_or(f64::is_finite)
        }),
        _ => false,
    };
    read.then_some(values)
}

/// A hash of a text; only ever compared within one build.
pub(super) fn hash(text: &str) -> u32 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |state: u64, word: u64| {
        let mixed = (state ^ word).wrapping_mul(FACTOR);
        mixed ^ mixed >> 32
    };
    let bytes = text.as_bytes();
    let mut state = bytes.len() as u64;
    let mut rest = bytes;
    while let Some((chunk, after)) = rest.split_first_chunk::<8>() {
        state = mix(state, u64::from_le_bytes(*chunk));
        rest = after;
    }
    if !rest.is_empty() {
        // The last eight bytes, of which some were mixed in before; or all of a shorter text.
        let word = match bytes.last_chunk::<8>() {
            Some(last) => u64::from_le_bytes(*last),
            None => rest.iter().fold(0, |word, &byte| word << 8 | u64::from(byte)),
        };
        state = mix(state, word);
    }
    (state.wrapping_mul(FACTOR) >> 32) as u32
}

/// The lengths of up to [`MAX_DIGITS`] as bits.
pub(super) fn length_bits(lengths: impl IntoIterator<Item = usize>) -> u32 {
    lengths.into_iter().filter(|&length| length <= MAX_DIGITS).fold(0, |bits, length| bits | 1 << length)
}
