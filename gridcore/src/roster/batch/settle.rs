//! From the pairs of all batches to the answer.

use std::sync::Arc;

use super::{BatchKernel, BatchPair};
use crate::control::Control;
use crate::roster::fault::{RosterFault, RosterFaultKind};
use crate::roster::history::History;
use crate::roster::run::Reconciliation;
use crate::roster::settle::Decisions;
use crate::roster::side::Side;
use crate::roster::{ReconcileError, RosterError, RosterSide, RosterTable};

impl BatchKernel {
    /// Settles the pairs that the batches led to, of all rows: the answer of one call that compares the same rows under this
    /// kernel, bit for bit, however many batches there were and in whatever order their pairs come.
    ///
    /// Pairs are of the rows of the tables given here, which are whole. They are weighed again, so that only their rows count;
    /// a pair that comes twice counts once. What batches can't see is sought here: doubles within either side, and
    /// counterparts of rows all of whose keys are [cut](Self::cut). The kernel of a deduplication takes one table, and pairs
    /// of its rows. The log of the answer begins anew.
    ///
    /// # Errors
    ///
    /// [`ReconcileError`] with every fault of the tables, for pairs of rows that they don't have, or when `control` stops the
    /// work.
    ///
    /// # Complexity
    ///
    /// O(k·n + p log p) for n rows, k keys and p pairs, besides settling.
    pub fn settle(
        &self,
        left: &RosterTable<'_>,
        right: Option<&RosterTable<'_>>,
        pairs: &[BatchPair],
        control: &mut Control<'_>,
    ) -> Result<Reconciliation, ReconcileError> {
        let mut next = (*self.inner).clone();
        next.history = History::default();
        next.decisions = Decisions::default();
        next.read(left, right, control)?;
        let second: &Side = if next.single { &next.left } else { &next.right };
        let pairs = positions(pairs, &next.left, second, next.single)?;
        next.seek(Some((&pairs, &self.cut)), control)?;
        next.settle(control)?;
        Ok(Reconciliation { inner: Arc::new(next) })
    }
}

/// The pairs by canonical position, each once, by left and then right.
fn positions(
    pairs: &[BatchPair],
    left: &Side,
    right: &Side,
    single: bool,
) -> Result<Vec<(u32, u32)>, RosterError> {
    let places = [left, right].map(Side::places);
    let place = |side: usize, row: usize| places[side].get(row).copied();
    let mut found = Vec::with_capacity(pairs.len());
    let mut unknown = [Vec::new(), Vec::new()];
    for (at, pair) in pairs.iter().enumerate() {
        match (place(0, pair.left), place(1, pair.right)) {
            (Some(l), Some(r)) if single => found.push((l.min(r), l.max(r))),
            (Some(l), Some(r)) => found.push((l, r)),
            (l, r) => {
                if l.is_none() {
                    unknown[0].push(at);
                }
                if r.is_none() {
                    unknown[1].push(at);
                }
            }
        }
    }
    let faults: Vec<RosterFault> = RosterSide::ALL
        .into_iter()
        .zip(unknown)
        .filter(|(_, pairs)| !pairs.is_empty())
        .map(|(side, mut pairs)| {
            let count = pairs.len();
            pairs.truncate(MOST_NAMED);
            RosterFault::new(side, RosterFaultKind::UnknownPair).on_rows(pairs, count)
        })
        .collect();
    if !faults.is_empty() {
        return Err(RosterError { faults });
    }
    found.sort_unstable();
    found.dedup();
    found.retain(|&(l, r)| !single || l != r);
    Ok(found)
}

/// No fault names more pairs.
const MOST_NAMED: usize = 10;
