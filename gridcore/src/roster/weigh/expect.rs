//! The expectation of one round: which part of each pattern's pairs is of which class.

use super::super::pairs::MOST_COMPARISONS;
use super::anchor::Known;

/// Slots of a table of probabilities: 16 levels for each comparison, the first of which is "missing", with probability 1.
pub(super) const SLOTS: usize = 16 * MOST_COMPARISONS;

/// One pattern: its slot of each comparison, and how many pairs have it.
pub(super) struct Seen {
    pub(super) slots: [u8; MOST_COMPARISONS],
    pub(super) count: f64,
    pub(super) known: Known,
}

/// What a round of expectation found.
pub(super) struct Expected {
    /// By class: its pairs in each slot.
    pub(super) sums: Vec<Vec<f64>>,
    /// By class: its pairs.
    pub(super) weight: Vec<f64>,
}

/// The pairs of each class, the first of which is that of the same person, by the shares of the classes and their
/// probabilities.
pub(super) fn expect<'c>(
    rows: &[Seen],
    places: usize,
    classes: impl ExactSizeIterator<Item = (f64, &'c [f64])>,
) -> Expected {
    if classes.len() <= 8 {
        in_lanes::<8>(rows, places, classes)
    } else {
        in_lanes::<16>(rows, places, classes)
    }
}

/// The same with so many classes at most, side by side, so that one instruction works on several of them. Each class is
/// summed up in the order of the rows, whatever the number of lanes.
fn in_lanes<'c, const LANES: usize>(
    rows: &[Seen],
    places: usize,
    classes: impl ExactSizeIterator<Item = (f64, &'c [f64])>,
) -> Expected {
    let count = classes.len().min(LANES);
    let mut shares = [0.0; LANES];
    let mut table = [[0.0; LANES]; SLOTS];
    for (lane, (share, p)) in classes.take(LANES).enumerate() {
        shares[lane] = share;
        for (slot, &p) in table.iter_mut().zip(p) {
            slot[lane] = p;
        }
    }
    let mut sums = [[0.0; LANES]; SLOTS];
    let mut weight = [0.0; LANES];
    for row in rows {
        let slots = &row.slots[..places];
        let mut part = shares;
        for &slot in slots {
            let p = &table[usize::from(slot)];
            for (part, p) in part.iter_mut().zip(p) {
                *part *= p;
            }
        }
        let mut whole: f64 = part[..count].iter().sum();
        match row.known {
            Known::Open => {}
            Known::Same => {
                part.fill(0.0);
                (part[0], whole) = (1.0, 1.0);
            }
            Known::Different => {
                whole -= part[0];
                part[0] = 0.0;
            }
        }
        if whole <= 0.0 {
            continue;
        }
        let scale = row.count / whole;
        for (part, weight) in part.iter_mut().zip(&mut weight) {
            *part *= scale;
            *weight += *part;
        }
        for &slot in slots {
            for (sum, part) in sums[usize::from(slot)].iter_mut().zip(&part) {
                *sum += part;
            }
        }
    }
    Expected {
        sums: (0..count).map(|lane| sums.iter().map(|slot| slot[lane]).collect()).collect(),
        weight: weight[..count].to_vec(),
    }
}
