//! Rows all of whose blocks were too large: compared with their neighbours in some order, so that no row goes uncompared.

use std::cmp::Ordering;

use super::super::compare::{Line, mixed};
use super::sort::{Block, Entry};
use super::stream::{Sorted, Stream};
use crate::control::{Control, Stopped};

/// On either side of a row's place among the other side's rows, so many are compared.
const REACH: usize = 4;

/// Which rows are in some block that is compared in full.
pub(super) struct Covered {
    left: Vec<u64>,
    right: Vec<u64>,
}

impl Covered {
    pub(super) fn new(left: u32, right: u32) -> Self {
        let words = |rows: u32| vec![0; rows.div_ceil(64) as usize];
        Self { left: words(left), right: words(right) }
    }

    /// Marks the rows of a block.
    pub(super) fn mark(&mut self, sorted: &Sorted, block: &Block) {
        for &entry in sorted.left(block) {
            self.left[entry as u32 as usize / 64] |= 1 << (entry % 64);
        }
        for &entry in sorted.right(block) {
            self.right[entry as u32 as usize / 64] |= 1 << (entry % 64);
        }
    }
}

fn has(bits: &[u64], row: u32) -> bool {
    bits[row as usize / 64] >> (row % 64) & 1 == 1
}

/// Rows of the left and of the right that were compared with none, ascending.
type Missed = [Vec<u32>; 2];

/// What rows are put in order by.
type Order = fn(&Line) -> [u64; 3];

/// A pair for a row, and how far from its place the other stands.
type Near = (u32, u32, u8);

/// Pairs for the rows that no whole block covers: in the first of its cut blocks each row meets those nearest to it, once in
/// the order of sound, birth and address and once in that of birth, address and sound. Sorted neighbourhoods: Hernández &
/// Stolfo, "The Merge/Purge Problem for Large Databases", SIGMOD 1995. At most `most` pairs, ascending, the nearest of all
/// rows before any row's second; and the rows of the left and of the right that were left without any.
///
/// # Errors
///
/// [`Stopped`] as the control says.
pub(super) fn pairs(
    stream: &Stream<'_>,
    covered: &Covered,
    most: u64,
    control: &mut Control<'_>,
) -> Result<(Vec<(u32, u32)>, Missed), Stopped> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut pairs: Vec<Near> = Vec::new();
    let mut met = Covered { left: covered.left.clone(), right: covered.right.clone() };
    let mut sorted = Sorted::default();
    for rule in 0..stream.cut.len() {
        if stream.cut[rule].is_empty() {
            continue;
        }
        stream.sort(rule, &mut sorted);
        for block in sorted.blocks.iter().filter(|block| stream.is_cut(rule, sorted.key(block))) {
            let rows =
                |entries: &[Entry]| -> Vec<u32> { entries.iter().map(|&entry| entry as u32).collect() };
            let (left, right) = (rows(sorted.left(block)), rows(sorted.right(block)));
            let open_left: Vec<bool> = left.iter().map(|&row| !has(&met.left, row)).collect();
            let open_right: Vec<bool> = right.iter().map(|&row| !has(&met.right, row)).collect();
            if !open_left.contains(&true) && !open_right.contains(&true) {
                continue;
            }
            for (order, turn) in [(by_sound as Order, 0), (by_birth, 1)] {
                let a = placed(&left, &stream.left_lines, order);
                let b = placed(&right, stream.right_lines(), order);
                let mut pair = |x: u32, y: u32, far: u8| match (stream.inside, x.cmp(&y)) {
                    (false, _) | (true, Ordering::Less) => pairs.push((x, y, far)),
                    (true, Ordering::Greater) => pairs.push((y, x, far)),
                    (true, Ordering::Equal) => {}
                };
                // All that is nearest in the first order goes before all that is in the second.
                let mut pair = |x: u32, y: u32, far: u8| pair(x, y, 2 * far + turn);
                neighbours(&a, &b, |row| !has(&met.left, row), &mut pair);
                neighbours(&b, &a, |row| !has(&met.right, row), |y, x, far| pair(x, y, far));
            }
            met.mark(&sorted, block);
            control.spend(0, None)?;
            if pairs.len() / 2 > most {
                keep_nearest(&mut pairs, most);
            }
        }
    }
    keep_nearest(&mut pairs, most);
    let mut compared = Covered { left: covered.left.clone(), right: covered.right.clone() };
    for &(l, r, _) in &pairs {
        compared.left[l as usize / 64] |= 1 << (l % 64);
        let right = if stream.inside { &mut compared.left } else { &mut compared.right };
        right[r as usize / 64] |= 1 << (r % 64);
    }
    let missed = |rows: u32, met: &[u64], compared: &[u64]| -> Vec<u32> {
        (0..rows).filter(|&row| has(met, row) && !has(compared, row)).collect()
    };
    let left = missed(stream.left.rows, &met.left, &compared.left);
    let right =
        if stream.inside { Vec::new() } else { missed(stream.right.rows, &met.right, &compared.right) };
    Ok((pairs.into_iter().map(|(l, r, _)| (l, r)).collect(), [left, right]))
}

/// Keeps each pair once, and of all pairs the nearest; those equally near are taken without regard to where they stand.
fn keep_nearest(pairs: &mut Vec<Near>, most: usize) {
    pairs.sort_unstable();
    pairs.dedup_by_key(|pair| (pair.0, pair.1));
    if pairs.len() > most {
        pairs.sort_unstable_by_key(|&(l, r, far)| (far, mixed(l.into(), r.into()), l, r));
        pairs.truncate(most);
        pairs.sort_unstable();
    }
}

fn by_sound(line: &Line) -> [u64; 3] {
    [line.sound, line.birth.into(), mixed(line.address, line.phone)]
}

fn by_birth(line: &Line) -> [u64; 3] {
    [line.birth.into(), line.address, mixed(line.sound, line.phone)]
}

/// Rows in an order of their values.
fn placed(rows: &[u32], lines: &[Line], order: Order) -> Vec<([u64; 3], u32)> {
    let mut placed: Vec<_> = rows.iter().map(|&row| (order(&lines[row as usize]), row)).collect();
    placed.sort_unstable();
    placed
}

/// Pairs each open row of `ones` with the nearest of `others`; rows with the same value go side by side.
fn neighbours(
    ones: &[([u64; 3], u32)],
    others: &[([u64; 3], u32)],
    open: impl Fn(u32) -> bool,
    mut pair: impl FnMut(u32, u32, u8),
) {
    let mut start = 0;
    let mut low = 0;
    while start < ones.len() {
        let value = ones[start].0;
        let end = start + ones[start..].iter().take_while(|one| one.0 == value).count();
        low += others[low..].iter().take_while(|other| other.0 < value).count();
        let equal = others[low..].iter().take_while(|other| other.0 == value).count();
        for (turn, one) in ones[start..end].iter().enumerate().filter(|(_, one)| open(one.1)) {
            // Both are below 2³², but not their product.
            let share = turn as u64 * equal as u64 / (end - start) as u64;
            let middle = low + share as usize;
            let start = middle.saturating_sub(REACH);
            let near = &others[start..(middle + REACH).min(others.len())];
            for (other, place) in near.iter().zip(start..) {
                pair(one.1, other.1, place.abs_diff(middle) as u8);
            }
        }
        start = end;
    }
}
