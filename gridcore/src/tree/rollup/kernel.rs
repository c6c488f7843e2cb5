//! The arithmetic of a roll-up over the preorder arrays: no names, no messages.
//!
//! In preorder a parent stands before its children, so one pass from the last position to the first carries every
//! value up to the root.

use std::cell::OnceCell;

use crate::id::GridIndex;

/// Which position each row belongs to.
pub(super) struct Places<'a> {
    at: &'a [GridIndex],
    /// How many positions there are.
    len: usize,
    /// Whether row `i` is position `i`, for all of them.
    aligned: bool,
    /// Where the rows of each position begin once they are put in order; nothing if no position has two.
    starts: OnceCell<Option<Vec<usize>>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(at: &'a [GridIndex], len: usize) -> Self {
        // Without a way out the loop is one of vector instructions.
        let in_order = |at: &[GridIndex]| {
            at.iter().enumerate().fold(true, |in_order, (row, grid)| in_order & (grid.get() == row))
        };
        Self { at, len, aligned: at.len() == len && in_order(at), starts: OnceCell::new() }
    }

    /// Whether every row's position lies in the tree.
    pub(super) fn are_inside(&self) -> bool {
        self.aligned || self.at.iter().fold(true, |inside, grid| inside & (grid.get() < self.len))
    }

    /// Joins the values of each position in the order of rows.
    fn gather<T: Copy>(
        &self,
        nothing: T,
        values: impl Iterator<Item = T>,
        join: impl Fn(T, T) -> T,
    ) -> Vec<T> {
        if self.aligned {
            return values.map(|value| join(nothing, value)).collect();
        }
        let mut gathered = vec![nothing; self.len];
        for (grid, value) in self.at.iter().zip(values) {
            let place = &mut gathered[grid.get()];
            *place = join(*place, value);
        }
        gathered
    }

    fn starts(&self) -> Option<&[usize]> {
        let find = || {
            let mut seen = vec![0_u64; self.len.div_ceil(64)];
            let is_new = |grid: &GridIndex| {
                let (word, bit) = (&mut seen[grid.get() / 64], 1 << (grid.get() % 64));
                let is_new = *word & bit == 0;
                *word |= bit;
                is_new
            };
            if self.aligned || self.at.iter().all(is_new) {
                return None;
            }
            let mut starts = vec![0_usize; self.len + 1];
            for grid in self.at {
                starts[grid.get() + 1] += 1;
            }
            for position in 0..self.len {
                starts[position + 1] += starts[position];
            }
            Some(starts)
        };
        self.starts.get_or_init(find).as_deref()
    }

    /// Adds the values of each position from the least to the greatest; not-a-number is nothing.
    fn gather_floats(&self, values: &[f64]) -> Vec<f64> {
        let present = |value: f64| if value.is_nan() { 0.0 } else { value };
        let Some(starts) = self.starts() else {
            return self.gather(0.0, values.iter().map(|&value| present(value)), |sum, value| sum + value);
        };
        let mut next = starts[..self.len].to_vec();
        let mut grouped = vec![0.0; values.len()];
        for (grid, &value) in self.at.iter().zip(values) {
            let place = &mut next[grid.get()];
            grouped[*place] = present(value);
            *place += 1;
        }
        let sum = |span: &[usize]| {
            let own = &mut grouped[span[0]..span[1]];
            if own.len() > 1 {
                own.sort_unstable_by(f64::total_cmp);
            }
            own.iter().fold(0.0, |sum, &value| sum + value)
        };
        starts.windows(2).map(sum).collect()
    }
}

/// Carries values up: each position is joined with its children, from the last to the first.
fn climb<T: Copy>(parent: &[u32], values: &mut [T], join: impl Fn(T, T) -> T) {
    let mut position = parent.len();
    while position > 1 {
        position -= 1;
        let above = parent[position] as usize;
        let mut joined = join(values[above], values[position]);
        // Siblings without children stand side by side: they need not each wait until the last one's is stored.
        while position > 1 && parent[position - 1] as usize == above {
            position -= 1;
            joined = join(joined, values[position]);
        }
        values[above] = joined;
    }
}

/// Sums of whole numbers; or the positions whose sum no `i64` holds.
///
/// If as many of the largest as there are rows fit, no step can overflow. Otherwise the sums are made in 128 bits,
/// which no table can exceed.
pub(super) fn sum_integers(
    parent: &[u32],
    end: &[u32],
    places: &Places<'_>,
    values: &[i64],
) -> Result<Vec<i64>, Vec<usize>> {
    let cannot_overflow = |bits: u64| (u128::from(bits) + 1) * (values.len() as u128) <= i64::MAX as u128;
    if places.aligned {
        let (sums, bits) = add_up(parent, values);
        if cannot_overflow(bits) {
            return Ok(sums);
        }
    } else {
        let mut bits = 0;
        let seen = values.iter().map(|&value| {
            bits |= size_bits(value);
            value
        });
        let mut sums = places.gather(0, seen, i64::wrapping_add);
        if cannot_overflow(bits) {
            climb(parent, &mut sums, i64::wrapping_add);
            return Ok(sums);
        }
    }
    let wide = wide_sums(parent, places, values);
    let sums: Vec<i64> = wide.iter().map_while(|&sum| i64::try_from(sum).ok()).collect();
    if sums.len() == wide.len() {
        return Ok(sums);
    }
    Err(lowest(end, |position| i64::try_from(wide[position]).is_err()))
}

/// The bits that a number needs, as far as the highest of them goes.
fn size_bits(value: i64) -> u64 {
    (value ^ (value >> 63)).cast_unsigned()
}

/// Sums of one number for each position, wrapped, and the bits of all numbers.
///
/// One pass forward, for at 20 million positions the memory is what takes time: each number is read once and each sum
/// written while its place is still in the cache. A grid's sum goes to its parent when the grid's subtree ends; leaves
/// that stand side by side are added together.
fn add_up(parent: &[u32], values: &[i64]) -> (Vec<i64>, u64) {
    let mut sums: Vec<i64> = Vec::with_capacity(values.len());
    let mut bits = 0;
    // The grids that lie above the position at hand, from the root down.
    let mut open: Vec<usize> = Vec::new();
    let is_leaf = |position: usize| parent.get(position + 1).is_none_or(|&above| above as usize != position);
    let mut position = 0;
    while let Some(&value) = values.get(position) {
        let above = parent[position] as usize;
        while let [.., outer, inner] = open[..]
            && inner != above
        {
            sums[outer] = sums[outer].wrapping_add(sums[inner]);
            open.pop();
        }
        if position == 0 || !is_leaf(position) {
            bits |= size_bits(value);
            sums.push(value);
            open.push(position);
            position += 1;
            continue;
        }
        let first = position;
        position += 1;
        while position < values.len() && parent[position] as usize == above && is_leaf(position) {
            position += 1;
        }
        let leaves = &values[first..position];
        sums.extend_from_slice(leaves);
        let mut sum = sums[above];
        for &value in leaves {
            sum = sum.wrapping_add(value);
            bits |= size_bits(value);
        }
        sums[above] = sum;
    }
    while let [.., outer, inner] = open[..] {
        sums[outer] = sums[outer].wrapping_add(sums[inner]);
        open.pop();
    }
    (sums, bits)
}

/// Sums of whole numbers in 128 bits.
pub(super) fn wide_sums(parent: &[u32], places: &Places<'_>, values: &[i64]) -> Vec<i128> {
    let mut sums = places.gather(0, values.iter().map(|&value| i128::from(value)), i128::wrapping_add);
    climb(parent, &mut sums, i128::wrapping_add);
    sums
}

/// How many values each position and all beneath it have.
pub(super) fn count(parent: &[u32], places: &Places<'_>, present: impl Iterator<Item = bool>) -> Vec<i64> {
    let mut counts = places.gather(0, present.map(i64::from), i64::wrapping_add);
    climb(parent, &mut counts, i64::wrapping_add);
    counts
}

/// Sums of finite numbers, not-a-number for none, in an order that the order of rows has no part in; or the
/// positions whose sum is not finite.
///
/// The values of one position are added from the least to the greatest (by [`f64::total_cmp`]), then the sums of its
/// children from the last to the first.
pub(super) fn sum_floats(
    parent: &[u32],
    end: &[u32],
    places: &Places<'_>,
    values: &[f64],
) -> Result<Vec<f64>, Vec<usize>> {
    let mut sums = places.gather_floats(values);
    climb(parent, &mut sums, |sum, value| sum + value);
    if sums.iter().fold(true, |finite, sum| finite & sum.is_finite()) {
        return Ok(sums);
    }
    Err(lowest(end, |position| !sums[position].is_finite()))
}

/// What stands for no number where the least is sought.
pub(super) const NONE: i64 = i64::MAX;

/// The least number of each position and all beneath it; [`NONE`] for nothing (or for a number of that size).
pub(super) fn least(parent: &[u32], places: &Places<'_>, values: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut found = places.gather(NONE, values, Ord::min);
    climb(parent, &mut found, Ord::min);
    found
}

/// A whole number that stands among others as the float does under [`f64::total_cmp`]; the function is its own inverse.
pub(super) fn ordered(bits: i64) -> i64 {
    bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()
}

/// The positions at fault beneath which none is, ascending.
fn lowest(end: &[u32], is_bad: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut lowest = Vec::new();
    let mut nearest = usize::MAX;
    for position in (0..end.len()).rev().filter(|&position| is_bad(position)) {
        if nearest >= end[position] as usize {
            lowest.push(position);
        }
        nearest = position;
    }
    lowest.reverse();
    lowest
}
