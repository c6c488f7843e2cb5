//! The same run on other tables, under what it has learnt.

use std::sync::{Arc, OnceLock};

use super::splice::{self, Plan};
use super::state::History;
use super::update::read;
use crate::control::Control;
use crate::roster::block;
use crate::roster::compare::Comparisons;
use crate::roster::door::{self, Watch};
use crate::roster::fault::{RosterFault, RosterFaultKind};
use crate::roster::run::{self, Blocking, Blocks, Inner, Reconciliation, SOUGHT, Sought};
use crate::roster::settle::Decisions;
use crate::roster::side::Side;
use crate::roster::{ReconcileError, RosterError, RosterSide, RosterTable};

impl Reconciliation {
    /// Reconciles other tables with the same columns under what this run has learnt: its rules, model, tables of frequency,
    /// caps of blocks and tree. Decisions are not taken over, and the log begins anew.
    ///
    /// [`update`](Self::update) leads to the same answer step by step. The right is not looked at where there is one roster.
    ///
    /// # Errors
    ///
    /// [`ReconcileError`] with every fault of the tables; one is a column that this run had and they have not,
    /// another a right roster that is missing where there were two.
    ///
    /// # Complexity
    ///
    /// As [`reconcile`](super::super::reconcile), without learning.
    pub fn rerun(
        &self,
        left: &RosterTable<'_>,
        right: Option<&RosterTable<'_>>,
        control: &mut Control<'_>,
    ) -> Result<Self, ReconcileError> {
        let mut next = (*self.inner).clone();
        next.history = History::default();
        next.decisions = Decisions::default();
        next.read(left, right, control)?;
        next.seek(None, control)?;
        next.settle(control)?;
        Ok(Self { inner: Arc::new(next) })
    }
}

impl Inner {
    /// Reads both sides as the columns are known.
    pub(crate) fn read(
        &mut self,
        left: &RosterTable<'_>,
        right: Option<&RosterTable<'_>>,
        control: &mut Control<'_>,
    ) -> Result<(), ReconcileError> {
        let mut sides = [Side::default(), Side::default()];
        let (mut notes, mut faults) = (Vec::new(), Vec::new());
        let right = right.filter(|_| !self.single);
        if right.is_none() && !self.single {
            faults.push(RosterFault::new(RosterSide::Right, RosterFaultKind::RosterNeeded));
        }
        let watch = Watch::new(control);
        let given = [
            Some(read(self, &watch.table(left), RosterSide::Left)),
            right.map(|right| read(self, &watch.table(right), RosterSide::Right)),
        ];
        watch.end()?;
        for (side, given) in sides.iter_mut().zip(given) {
            match given {
                None => {}
                Some(Ok((rows, more))) => {
                    *side = rows;
                    notes.extend(more);
                }
                Some(Err(error)) => faults.extend(error.faults),
            }
        }
        if !faults.is_empty() {
            return Err(RosterError { faults }.into());
        }
        let all = |side: &Side| (0..side.rows).collect::<Vec<u32>>();
        let rows = [all(&sides[0]), all(&sides[1])];
        let plans = [Plan::some(&sides[0], &rows[0]), Plan::some(&sides[1], &rows[1])];
        let [left, right] = splice::sides([&plans[0], &plans[1]]);
        self.repairs = door::all_repairs(&self.known, &left, &right);
        self.notes = notes;
        (self.left, self.right) = (Arc::new(left), Arc::new(right));
        Ok(())
    }

    /// Seeks and weighs all pairs of the rows that are there, under the caps and the model that are; those between both sides
    /// may have been found elsewhere, and the keys that were cut there.
    pub(crate) fn seek(
        &mut self,
        elsewhere: Option<block::Elsewhere<'_>>,
        control: &mut Control<'_>,
    ) -> Result<(), ReconcileError> {
        let (left, right) = (Arc::clone(&self.left), Arc::clone(&self.right));
        let second = if self.single { &left } else { &right };
        let comparisons = Comparisons::new(&self.fields, &left, second, self.tree.as_ref());
        for sought in SOUGHT {
            let Some(which) = sought.sides(&self.rules, self.single, &left, &right) else { continue };
            let caps = &self.blocks[sought as usize].caps;
            let given = elsewhere.filter(|_| sought == Sought::Main);
            let found = match given {
                Some(given) => block::elsewhere(&self.fields, &comparisons, which, caps, given, control)?,
                None => block::again(&self.fields, &comparisons, which, caps, control)?,
            };
            let (side, model) = match sought {
                Sought::Main => (&left, &self.model),
                Sought::InLeft => (&left, &self.within_models[0]),
                Sought::InRight => (&right, &self.within_models[1]),
            };
            let pairs = Arc::new(run::scored(&found, model, &self.rarity, side, &self.rules, control)?);
            self.blocks[sought as usize] = Blocks::of(&found);
            match sought {
                Sought::Main => {
                    self.blocking = Blocking::of(&found);
                    if given.is_some() {
                        // How many pairs each key led to is known elsewhere.
                        self.blocking.by_rule = OnceLock::new();
                    }
                    self.pairs = pairs;
                }
                Sought::InLeft => self.within[0] = pairs,
                Sought::InRight => self.within[1] = pairs,
            }
        }
        Ok(())
    }
}
