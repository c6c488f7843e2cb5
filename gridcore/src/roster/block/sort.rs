//! Rows by key: groups of rows that share one.

use std::cmp::Ordering;

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

/// Rows that share a key, by where they stand in the sorted lists. There are millions of blocks: what can be looked up is
/// not kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    pub(crate) left: u32,
    pub(crate) left_rows: u32,
    pub(crate) right: u32,
    pub(crate) right_rows: u32,
}

/// The end of the run of one key that begins at `start`.
fn run(entries: &[Entry], start: usize) -> usize {
    let first = key(entries[start]);
    let mut end = start + 1;
    while end < entries.len() && key(entries[end]) == first {
        end += 1;
    }
    end
}

/// The blocks of two sorted lists: one for each key that both have.
pub(crate) fn between(left: &[Entry], right: &[Entry], blocks: &mut Vec<Block>) {
    blocks.clear();
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        match key(left[i]).cmp(&key(right[j])) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                let (end_left, end_right) = (run(left, i), run(right, j));
                let (left_rows, right_rows) = ((end_left - i) as u32, (end_right - j) as u32);
                blocks.push(Block { left: i as u32, left_rows, right: j as u32, right_rows });
                (i, j) = (end_left, end_right);
            }
        }
    }
}

/// The blocks of one sorted list: one for each key that two rows at least have.
pub(crate) fn within(rows: &[Entry], blocks: &mut Vec<Block>) {
    blocks.clear();
    let mut start = 0;
    while start < rows.len() {
        let end = run(rows, start);
        if end - start > 1 {
            let (first, rows) = (start as u32, (end - start) as u32);
            blocks.push(Block { left: first, left_rows: rows, right: first, right_rows: rows });
        }
        start = end;
    }
}
