//! All pairs that were weighed and kept, settled or not: what a matcher is judged by.

use super::pairs::level;
use super::weigh::probability;
use super::{Reconciliation, RosterSide};

/// A candidate pair with what its comparison says, whether it was settled on or not (候选对).
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PairRow {
    /// The row of the left table.
    pub left_row: usize,
    /// The row of the right table; in a deduplication another of the left.
    pub right_row: usize,
    /// log2 of the odds that they are the same person.
    pub weight: f64,
    /// The probability of the same.
    pub probability: f64,
    /// The level of each comparison of the model: 1 is the strongest agreement, 0 a missing value.
    pub levels: Vec<u8>,
}

impl Reconciliation {
    /// The candidate pairs that came near a match, those of two true counterparts and of one duplicate alike, in the order of
    /// their record ids' hashes. Pairs that are far from a match are not kept.
    ///
    /// # Complexity
    /// O(p) time for p pairs; no space beside the rows.
    #[must_use]
    pub fn pairs(&self) -> impl ExactSizeIterator<Item = PairRow> + '_ {
        let inner = &*self.inner;
        let right = inner.side(if inner.single { RosterSide::Left } else { RosterSide::Right });
        let left = inner.side(RosterSide::Left);
        let comparisons = inner.model.comparisons.len();
        inner.pairs.iter().map(move |pair| PairRow {
            left_row: left.order[pair.left as usize] as usize,
            right_row: right.order[pair.right as usize] as usize,
            weight: pair.weight,
            probability: probability(pair.weight),
            levels: (0..comparisons).map(|place| level(pair.levels, place) as u8).collect(),
        })
    }
}
