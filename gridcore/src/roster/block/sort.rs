//! Rows by key: groups of rows that share one.

/// A row under its key: the key in the high 32 bits, the row in the low ones.
pub(crate) type Entry = u64;

/// Packs a key and a row.
pub(crate) const fn entry(key: u32, row: u32) -> Entry {
    (key as u64) << 32 | row as u64
}

/// The key of an entry.
pub(crate) const fn key(entry: Entry) -> u32 {
    (entry >> 32) as u32
}

/// Sorts entries whose rows ascend already: by key, and rows of one key stay in order. `spare` is room to work in.
///
/// # Complexity
///
/// O(n): three passes over the key's digits of eleven bits.
pub(crate) fn sort(entries: &mut Vec<Entry>, spare: &mut Vec<Entry>) {
    const BITS: u32 = 11;
    const SIZE: usize = 1 << BITS;
    if entries.len() < 4096 {
        entries.sort_unstable();
        return;
    }
    spare.clear();
    spare.resize(entries.len(), 0);
    for pass in 0..3 {
        let shift = 32 + BITS * pass;
        let digit = |entry: Entry| (entry >> shift) as usize & (SIZE - 1);
        let mut ends = [0_usize; SIZE];
        for &entry in entries.iter() {
            ends[digit(entry)] += 1;
        }
        let mut start = 0;
        for end in &mut ends {
            (start, *end) = (start + *end, start);
        }
        for &entry in entries.iter() {
            let place = &mut ends[digit(entry)];
            spare[*place] = entry;
            *place += 1;
        }
        std::mem::swap(entries, spare);
    }
}

/// The blocks of two sorted lists: for each key that both have, where its rows stand in either.
pub(crate) fn blocks(left: &[Entry], right: &[Entry]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        let (a, b) = (key(left[i]), key(right[j]));
        if a < b {
            i += 1;
        } else if a > b {
            j += 1;
        } else {
            let (start_left, start_right) = (i as u32, j as u32);
            while i < left.len() && key(left[i]) == a {
                i += 1;
            }
            while j < right.len() && key(right[j]) == a {
                j += 1;
            }
            blocks.push(Block { key: a, left: (start_left, i as u32), right: (start_right, j as u32) });
        }
    }
    blocks
}

/// Rows of both sides that share a key, by where they stand in the sorted lists.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    pub(crate) key: u32,
    pub(crate) left: (u32, u32),
    pub(crate) right: (u32, u32),
}

impl Block {
    /// The number of pairs.
    pub(crate) const fn pairs(&self) -> u64 {
        (self.left.1 - self.left.0) as u64 * (self.right.1 - self.right.0) as u64
    }
}
