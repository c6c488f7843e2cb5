//! Random pairs: how often different people agree by chance.

use super::super::pairs::Patterns;
use super::stream::Stream;
use super::tally::Tally;

/// Splitmix64: the next of a fixed row of numbers. Steele, Lea & Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let x = (*state ^ *state >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ x >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ x >> 31
}

/// A row below `rows`.
fn row(state: &mut u64, rows: u32) -> u32 {
    (((next(state) >> 32) * u64::from(rows)) >> 32) as u32
}

/// The patterns of random pairs of rows from a fixed seed, about two for each row. All pairs, where that is no more.
///
/// # Complexity
///
/// O(n), 500,000 pairs at most.
pub(super) fn of_lines(stream: &Stream<'_>) -> Patterns {
    let (left, right) = (stream.left.rows, stream.right.rows);
    let pairs = (2 * (u64::from(left) + u64::from(right))).clamp(FEWEST, MOST);
    let mut memo = stream.all.memo();
    let mut levels = |l, r| stream.levels(l, r, &mut memo);
    if u64::from(left) * u64::from(right) > pairs {
        return draw(left, right, 1, pairs, |pairs| stream.touch(pairs), levels);
    }
    let mut tally = Tally::default();
    for l in 0..left {
        for r in 0..right {
            if !stream.inside || l != r {
                tally.count(levels(l, r));
            }
        }
    }
    tally.patterns()
}

/// Random pairs that are compared to see how often people agree by chance.
const FEWEST: u64 = 100_000;
const MOST: u64 = 500_000;

fn draw(
    left: u32,
    right: u32,
    seed: u64,
    pairs: u64,
    touch: impl Fn(&[(u32, u32)]),
    mut levels: impl FnMut(u32, u32) -> u64,
) -> Patterns {
    let mut tally = Tally::default();
    if left > 0 && right > 0 {
        let mut state = seed;
        let mut left_over = pairs;
        let mut some = Vec::new();
        while left_over > 0 {
            let count = left_over.min(64);
            some.clear();
            some.extend((0..count).map(|_| (row(&mut state, left), row(&mut state, right))));
            touch(&some);
            for &(l, r) in &some {
                tally.count(levels(l, r));
            }
            left_over -= count;
        }
    }
    tally.patterns()
}
