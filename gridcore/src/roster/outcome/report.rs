//! What a reconciliation did, in figures.

use std::fmt;

use super::rows::flat_row;
use crate::roster::Settle;
use crate::roster::run::Reconciliation;

flat_row! {
    /// What a reconciliation did, in figures.
    ReconciliationReport {
        /// Rows of the left.
        left_rows: usize, shown;
        /// Rows of the right.
        right_rows: usize, shown;
        /// Pairs that share a blocking key, known before any was compared; one counts under each key that it shares.
        estimated_pairs: u64, shown;
        /// Pairs that were compared, each once.
        compared_pairs: u64, shown;
        /// Of them those likely enough to be kept.
        kept_pairs: usize, shown;
        /// Blocks that were too large.
        cut_blocks: u64, shown;
        /// The pairs in them: those that share another key were compared all the same.
        cut_pairs: u64, shown;
        /// How many counterparts a row may have.
        settle: Settle, shown;
        /// The probability from which on a pair is a match.
        match_at: f64, shown;
        /// The probability from which on a pair that is no match is to be looked at.
        review_at: f64, shown;
        /// Groups of pairs that hang together and were settled each for itself.
        groups: u32, shown;
        /// The pairs of the largest of them.
        largest_group: u32, shown;
        /// Groups too large for the best choice to be found in the work allowed, which were settled greedily.
        greedy_groups: u32, shown;
        /// By how much the choice may fall short of the best, as a part of it; 0 when it is the best. None of clusters:
        /// nothing is proved of them.
        gap: Option<f64>, shown;
        /// Rows that were compared with nobody, because all their blocks were too large and the pairs allowed were used up.
        uncompared_rows: usize, shown;
    }
}

impl Reconciliation {
    /// What was compared, cut and settled, in figures.
    ///
    /// # Complexity
    /// O(k) for k blocking keys; after an update the first call goes through the keys again, O(k·n) for n rows.
    #[must_use]
    pub fn report(&self) -> ReconciliationReport {
        let inner = &*self.inner;
        let rules = self.blocking().iter();
        ReconciliationReport {
            left_rows: inner.left.rows as usize,
            right_rows: inner.right.rows as usize,
            estimated_pairs: inner.blocking.estimate,
            compared_pairs: rules.clone().map(|rule| rule.pairs).sum(),
            kept_pairs: inner.pairs.len(),
            cut_blocks: rules.clone().map(|rule| rule.cut_blocks).sum(),
            cut_pairs: rules.map(|rule| rule.cut_pairs).sum(),
            settle: inner.rules.settle,
            match_at: inner.rules.match_at,
            review_at: inner.rules.review_at,
            groups: inner.settled.components,
            largest_group: inner.settled.largest,
            greedy_groups: inner.settled.cut,
            gap: inner.settled.gap(),
            uncompared_rows: inner.blocking.uncompared.iter().map(Vec::len).sum(),
        }
    }
}
