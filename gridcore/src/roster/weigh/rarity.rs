//! Rare values: agreement on a rare name says more than agreement on a common one.

use sha2::{Digest, Sha256};

use super::super::pairs::level;

/// The part of the full adjustment that is applied: values are written down wrongly and hang together in families, so that
/// the whole of it says too much.
const SHRUNK: f64 = 0.6;
/// No adjustment is larger, in bits.
const MOST: f64 = 8.0;

/// How often each value of the comparisons with term frequencies occurs, on both sides together.
///
/// The adjustment of Winkler (1989), as Splink applies it: log2 of how often two values agree by chance on the whole over how
/// often this one occurs, here shrunk.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rarity {
    pub(crate) tables: Vec<Table>,
}

/// The counts of one field's values.
#[derive(Clone)]
pub(crate) struct Table {
    /// The place of the comparison.
    pub(crate) comparison: usize,
    /// The place of the field.
    pub(crate) field: usize,
    counts: Counts,
    /// The bits of a value that occurs once.
    once: f64,
    /// Whether it was saved once: then it knows values by their hash alone.
    hashed: bool,
}

/// A table as it is saved: values that occur several times, by their hash, and how often. One that is not there occurs once.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedTable {
    comparison: usize,
    field: usize,
    once: f64,
    hashes: Vec<String>,
    counts: Vec<u32>,
}

/// A hash, so that the value does not stand there to be read. It has no secret: who tries out names finds those that are there.
fn hash(value: u64) -> u64 {
    let digest: [u8; 32] = Sha256::digest(value.to_le_bytes()).into();
    let first = digest.first_chunk().copied().unwrap_or_default();
    u64::from_be_bytes(first).max(1)
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("values", &self.counts.used).finish_non_exhaustive()
    }
}

impl Table {
    /// Counts `values`, of which 0 is missing.
    pub(crate) fn new(comparison: usize, field: usize, values: impl Iterator<Item = u64>) -> Self {
        let mut counts = Counts::default();
        let mut rows = 0_u64;
        for value in values.filter(|&value| value != 0) {
            counts.add(value, 1);
            rows += 1;
        }
        // The sum of squares is of whole numbers, so that the order of the table does not matter.
        let squares: u128 = counts.times.iter().map(|&count| u128::from(count) * u128::from(count)).sum();
        let once = if rows == 0 { 0.0 } else { libm::log2(squares as f64 / rows as f64) };
        Self { comparison, field, counts, once, hashed: false }
    }

    /// The table as it is saved.
    pub(crate) fn save(&self) -> SavedTable {
        let key = |value| if self.hashed { value } else { hash(value) };
        let counts = self.counts.values.iter().zip(&self.counts.times);
        let mut several: Vec<(u64, u32)> =
            counts.filter(|&(_, &count)| count > 1).map(|(&value, &count)| (key(value), count)).collect();
        several.sort_unstable();
        let (hashes, counts) = several.iter().map(|&(hash, count)| (format!("{hash:016x}"), count)).unzip();
        SavedTable { comparison: self.comparison, field: self.field, once: self.once, hashes, counts }
    }

    /// A table that was saved; hashes that are none are passed over.
    pub(crate) fn load(saved: &SavedTable) -> Self {
        let mut counts = Counts::default();
        for (hash, &count) in saved.hashes.iter().zip(&saved.counts) {
            match u64::from_str_radix(hash, 16) {
                Ok(hash) if hash != 0 => counts.add(hash, count),
                _ => {}
            }
        }
        Self { comparison: saved.comparison, field: saved.field, counts, once: saved.once, hashed: true }
    }

    /// What agreement on a value adds, in bits.
    pub(crate) fn bits(&self, value: u64) -> f64 {
        if value == 0 {
            return 0.0;
        }
        let count = self.counts.of(if self.hashed { hash(value) } else { value }).max(1);
        (SHRUNK * (self.once - libm::log2(f64::from(count)))).clamp(-MOST, MOST)
    }

    /// The most that any agreement adds.
    fn most(&self) -> f64 {
        (SHRUNK * self.once).clamp(0.0, MOST)
    }
}

impl Rarity {
    /// The most that any values of a pair add to its weight.
    pub(crate) fn most_of(&self, levels: u64) -> f64 {
        let agreed = self.tables.iter().filter(|table| level(levels, table.comparison) == 1);
        agreed.map(Table::most).sum()
    }

    /// What the values of a pair add to its weight: `value(field)` is the packed value on either side where both agree.
    pub(crate) fn bits(&self, levels: u64, value: impl Fn(usize) -> u64) -> f64 {
        let agreed = self.tables.iter().filter(|table| level(levels, table.comparison) == 1);
        agreed.map(|table| table.bits(value(table.field))).sum()
    }
}

/// A count for each value, by open addressing; values are not 0.
#[derive(Clone, Default)]
struct Counts {
    values: Vec<u64>,
    times: Vec<u32>,
    used: usize,
}

impl Counts {
    fn slot(&self, value: u64) -> usize {
        let mask = self.values.len() - 1;
        let mixed = (value ^ (value >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut slot = (mixed >> 20) as usize & mask;
        while self.values[slot] != 0 && self.values[slot] != value {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn add(&mut self, value: u64, count: u32) {
        if 2 * (self.used + 1) > self.values.len() {
            self.grow();
        }
        let slot = self.slot(value);
        if self.values[slot] == 0 {
            self.values[slot] = value;
            self.used += 1;
        }
        self.times[slot] = self.times[slot].saturating_add(count);
    }

    fn grow(&mut self) {
        let size = (2 * self.values.len()).max(64);
        let values = std::mem::replace(&mut self.values, vec![0; size]);
        let times = std::mem::replace(&mut self.times, vec![0; size]);
        for (value, count) in values.into_iter().zip(times).filter(|&(value, _)| value != 0) {
            let slot = self.slot(value);
            (self.values[slot], self.times[slot]) = (value, count);
        }
    }

    fn of(&self, value: u64) -> u32 {
        if self.values.is_empty() { 0 } else { self.times[self.slot(value)] }
    }
}
