//! Why a row came to its state.

use super::{CandidateRow, RowExplanation};
use crate::roster::MissReason;
use crate::roster::RosterSide;
use crate::roster::outcome::place::State;
use crate::roster::run::{Inner, Reconciliation};
use crate::roster::weigh::probability;

/// The most candidates that are shown.
const MOST: usize = 5;

impl Inner {
    /// The likely pairs of a row, the strongest first: the other row's position and the weight.
    fn candidates(&self, side: RosterSide, at: u32) -> Vec<(u32, f64)> {
        let other = |left: u32, right: u32| match side {
            RosterSide::Left if left == at => Some(right),
            _ if right == at && (self.single || side == RosterSide::Right) => Some(left),
            _ => None,
        };
        let mut found: Vec<(u32, f64)> = match side {
            RosterSide::Left if !self.single => {
                let start = self.pairs.partition_point(|pair| pair.left < at);
                let own = self.pairs[start..].iter().take_while(|pair| pair.left == at);
                own.map(|pair| (pair.right, pair.weight)).collect()
            }
            _ => self
                .pairs
                .iter()
                .filter_map(|pair| Some((other(pair.left, pair.right)?, pair.weight)))
                .collect(),
        };
        found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    }

    fn with(&self, side: RosterSide, at: u32) -> Option<String> {
        let (side, with) = match self.states(side)[at as usize] {
            State::Matched(with) => (side.other(), with),
            State::Review(with) => (if self.single { side } else { side.other() }, with),
            State::Duplicate { of, .. } => (side, of),
            State::Alone => return None,
        };
        Some(self.side(side).id(with).to_owned())
    }

    fn explain_row(&self, side: RosterSide, at: u32) -> RowExplanation {
        let candidates = self.candidates(side, at);
        let (id, row) = self.named(side, at);
        let alone = matches!(self.states(side)[at as usize], State::Alone) && !self.single;
        let reason: Option<MissReason> =
            alone.then(|| self.miss_reason(side, at, candidates.iter().copied()));
        let other = if self.single { side } else { side.other() };
        let rows = candidates.iter().take(MOST).map(|&(candidate, weight)| {
            let (id, row) = self.named(other, candidate);
            CandidateRow {
                id,
                row,
                weight,
                probability: probability(weight),
                state: self.state(other, candidate),
                with: self.with(other, candidate),
            }
        });
        RowExplanation {
            side,
            id,
            row,
            state: self.state(side, at),
            with: self.with(side, at),
            reason,
            candidates: rows.collect(),
        }
    }
}

impl Reconciliation {
    /// Why a row came to its state: what it was put with, why it stands alone if it does, and which rows of the other side
    /// come nearest, at most five. None if the side has no such record.
    ///
    /// A row without candidates shares no blocking key with any row of the other side, or is too unlike all that share one.
    ///
    /// # Complexity
    /// O(log n) on the left, O(p) on the right for p likely pairs.
    #[must_use]
    pub fn explain_row(&self, side: RosterSide, id: &str) -> Option<RowExplanation> {
        let at = self.inner.side(side).find(id)?;
        Some(self.inner.explain_row(side, at))
    }
}
