//! The last change that holds is taken back.

use std::sync::Arc;

use super::apply::apply;
use super::fault::{RosterChangeError, RosterChangeFaultKind as K};
use super::print::Print;
use super::rows::{ChangeKind, Stamp};
use super::splice::Numbering;
use super::state::Change;
use crate::control::Control;
use crate::roster::run::Reconciliation;
use crate::roster::side::Side;

/// What undoes an update: the rows that went, and the record ids of those that came.
pub(super) struct Delta {
    pub(super) back: [Side; 2],
    pub(super) came: [Vec<String>; 2],
}

impl Reconciliation {
    /// Takes back the last change that holds: decisions, or an update. The log keeps both, and says so.
    ///
    /// What was taken back is no change any more: undoing again takes back the one before it.
    ///
    /// # Errors
    ///
    /// [`RosterChangeError`] if no change is left, if it was an update before the run was saved, whose rows were not saved,
    /// or when `control` stops the work.
    ///
    /// # Complexity
    ///
    /// As [`decide`](Self::decide) or [`update`](Self::update).
    pub fn undo(&self, stamp: &Stamp, control: &mut Control<'_>) -> Result<Self, RosterChangeError> {
        let inner = &*self.inner;
        let mut held = inner.held();
        let Some(undone) = held.pop() else { return Err(RosterChangeError::one(K::NothingToUndo)) };
        let standing = inner.decisions_of(&held);
        let mut next = match inner.history.changes.get(undone) {
            Some(Change::Updated(Some(delta))) => {
                let sides = [&inner.left, &inner.right];
                let gone = [0, 1].map(|side: usize| {
                    let mut gone: Vec<u32> =
                        delta.came[side].iter().filter_map(|id| sides[side].find(id)).collect();
                    gone.sort_unstable();
                    gone
                });
                let back = [&delta.back[0], &delta.back[1]];
                apply(inner, [&gone[0], &gone[1]], back, &Numbering::AsTheyStand, control)?.next
            }
            Some(Change::Updated(None)) => return Err(RosterChangeError::one(K::NotKept)),
            _ => inner.clone(),
        };
        next.set_decisions(&standing);
        next.settle(control)?;
        let mut entry = next.entry(ChangeKind::Undone, stamp, &standing);
        entry.undoes = Some(undone);
        entry.content = Print::of("gridcore.roster.undo 1").finish();
        next.record(inner, entry, Change::Plain);
        Ok(Self { inner: Arc::new(next) })
    }
}
