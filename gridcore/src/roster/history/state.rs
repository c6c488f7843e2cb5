//! What a reconciliation remembers of its changes, and what they come to.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::log::{append, standing};
use super::print::{self, Print};
use super::rows::{ChangeKind, Decision, DecisionRow, LogRow, Stamp, StandingDecision};
use super::settings;
use super::undo::Delta;
use crate::roster::outcome::place::State;
use crate::roster::run::{Inner, Reconciliation};
use crate::roster::settle::Decisions;
use crate::roster::side::Side;

/// One change, beyond what the log says of it.
#[derive(Clone)]
pub(super) enum Change {
    Decided(Arc<[DecisionRow]>),
    /// What undoing it takes; none after a run was saved and loaded.
    Updated(Option<Arc<Delta>>),
    /// The run itself, and what takes back: the log says all.
    Plain,
}

/// The changes since a run, and its fingerprints once they were asked for.
#[derive(Clone, Default)]
pub(crate) struct History {
    /// Empty until it is asked for: the fingerprints of the first entry take a pass over all rows.
    pub(super) log: OnceLock<Arc<Vec<LogRow>>>,
    /// By entry of the log.
    pub(super) changes: Vec<Change>,
    pub(super) prints: Prints,
}

/// The fingerprints of the parts.
#[derive(Clone, Default)]
pub(super) struct Prints {
    pub(super) sides: [OnceLock<Arc<str>>; 2],
    tree: OnceLock<Option<Arc<str>>>,
    settings: OnceLock<Arc<str>>,
}

/// The decisions that hold, by pair, each with the entry of the log that made it.
pub(super) type Standing = BTreeMap<(String, String), (Decision, usize)>;

/// The pair of a decision, so that each pair has one name: in one roster the lower record id comes first.
pub(super) fn pair_of(row: &DecisionRow, single: bool) -> (String, String) {
    let (left, right) = (row.left.clone(), row.right.clone());
    if single && right < left { (right, left) } else { (left, right) }
}

impl Inner {
    pub(super) fn print_of(&self, side: usize) -> Arc<str> {
        let of = [&self.left, &self.right][side];
        let print = &self.history.prints.sides[side];
        Arc::clone(print.get_or_init(|| print::of_side(&self.fields, of).into()))
    }

    pub(super) fn print_of_tree(&self) -> Option<Arc<str>> {
        let print = || self.tree.as_ref().map(|tree| print::of_tree(tree).into());
        self.history.prints.tree.get_or_init(print).clone()
    }

    fn print_of_settings(&self) -> Arc<str> {
        Arc::clone(self.history.prints.settings.get_or_init(|| settings::print_of_settings(self).into()))
    }

    /// The fingerprint of what workers elsewhere are given, with the keys that are cut.
    pub(crate) fn print_of_kernel(&self, cut: &[u64]) -> String {
        let mut print = Print::of("gridcore.roster.kernel 1");
        print.text(self.print_of_tree().as_deref().unwrap_or_default());
        print.text(&self.print_of_settings());
        for &key in cut {
            print.number(key);
        }
        print.finish()
    }

    /// The fingerprint of all that the answer hangs on.
    pub(super) fn fingerprint(&self, decisions: &Standing) -> String {
        let mut print = Print::of("gridcore.roster.run 1");
        print.text(&self.print_of(0));
        print.text(&self.print_of(1));
        print.text(self.print_of_tree().as_deref().unwrap_or_default());
        print.text(&self.print_of_settings());
        for ((left, right), (decision, _)) in decisions {
            print.text(left);
            print.text(right);
            print.text(decision.id());
        }
        print.finish()
    }

    pub(super) fn log(&self) -> &Arc<Vec<LogRow>> {
        self.history.log.get_or_init(|| {
            let what = if self.single { ChangeKind::Deduplicated } else { ChangeKind::Reconciled };
            let mut log = Vec::new();
            append(&mut log, self.entry(what, &Stamp::default(), &Standing::new()));
            Arc::new(log)
        })
    }

    /// The entries that hold; those of a log that was checked always can be told.
    pub(super) fn held(&self) -> Vec<usize> {
        standing(self.log()).unwrap_or_default()
    }

    /// The decisions of some entries, the later above the earlier.
    pub(super) fn decisions_of(&self, held: &[usize]) -> Standing {
        let mut standing = Standing::new();
        for &seq in held {
            if let Some(Change::Decided(rows)) = self.history.changes.get(seq) {
                for row in rows.iter() {
                    take(&mut standing, pair_of(row, self.single), row.decision, seq);
                }
            }
        }
        standing
    }

    /// Puts decisions on record ids into positions; those about rows that are not there wait.
    pub(super) fn set_decisions(&mut self, standing: &Standing) {
        let mut decisions = Decisions::default();
        let second: &Side = if self.single { &self.left } else { &self.right };
        for ((left, right), (decision, _)) in standing {
            let (Some(l), Some(r)) = (self.left.find(left), second.find(right)) else { continue };
            let pair = if self.single { (l.min(r), l.max(r)) } else { (l, r) };
            match decision {
                Decision::Same => decisions.same.push(pair),
                Decision::Different => decisions.different.push(pair),
                Decision::Open => {}
            }
        }
        decisions.same.sort_unstable();
        decisions.different.sort_unstable();
        self.decisions = decisions;
    }

    /// An entry of the log about this state, without number and hashes.
    pub(super) fn entry(&self, what: ChangeKind, stamp: &Stamp, decisions: &Standing) -> LogRow {
        let states = &self.placed.states;
        let count =
            |side: usize, is: fn(&State) -> bool| states[side].iter().filter(|state| is(state)).count();
        let both = |is| count(0, is) + count(1, is);
        let alone = |state: &State| matches!(state, State::Alone);
        LogRow {
            seq: 0,
            what,
            at: stamp.at,
            by: stamp.by.clone(),
            undoes: None,
            same: 0,
            different: 0,
            open: 0,
            added_left: 0,
            replaced_left: 0,
            removed_left: 0,
            added_right: 0,
            replaced_right: 0,
            removed_right: 0,
            left: self.left.rows as usize,
            right: self.right.rows as usize,
            matched: both(|state| matches!(state, State::Matched(_))),
            missing: count(0, alone),
            extra: count(1, alone),
            duplicates: both(|state| matches!(state, State::Duplicate { .. })),
            review: both(|state| matches!(state, State::Review(_))),
            content: String::new(),
            fingerprint: self.fingerprint(decisions),
            previous: String::new(),
            hash: String::new(),
        }
    }

    /// Adds an entry to the log of `before`, and its change.
    pub(super) fn record(&mut self, before: &Self, entry: LogRow, change: Change) {
        let mut log = before.log().to_vec();
        append(&mut log, entry);
        self.history.changes.resize(log.len() - 1, Change::Plain);
        self.history.changes.push(change);
        self.history.log = OnceLock::from(Arc::new(log));
    }
}

/// Takes one decision over.
pub(super) fn take(standing: &mut Standing, pair: (String, String), decision: Decision, seq: usize) {
    if decision == Decision::Open {
        standing.remove(&pair);
    } else {
        standing.insert(pair, (decision, seq));
    }
}

impl Reconciliation {
    /// The log of this reconciliation, from the run on: it is only ever added to.
    ///
    /// ```
    /// use gridcore::control::Control;
    /// use gridcore::roster::{Decision, DecisionRow, RosterCell, RosterTable, Rules, Stamp, Tier};
    /// use gridcore::roster::{reconcile, verify_log};
    /// let table = |id| RosterTable::new(1).column("rid", move |_| RosterCell::Text(id)).column("姓名", |_| RosterCell::Text("李四"));
    /// let answer = reconcile(&table("r-1"), &table("v-1"), &Rules::default(), None, &mut Control::free())?;
    /// let rows = [DecisionRow::new("r-1", "v-1", Decision::Same)];
    /// let stamp = Stamp { at: Some(1_700_000_000), by: Some("p-7".parse()?) };
    /// let decided = answer.decide(&rows, &stamp, &mut Control::free())?;
    /// assert_eq!(decided.matched().next().map(|pair| pair.tier), Some(Tier::Decided));
    /// assert_eq!(decided.log()[1].same, 1);
    /// assert_eq!(verify_log(decided.log()), Ok(()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// O(cells) time when it is first asked for, then O(1).
    #[must_use]
    pub fn log(&self) -> &[LogRow] {
        self.inner.log()
    }

    /// Every decision that was ever made, in the order of the log, and whether it still holds.
    ///
    /// # Complexity
    ///
    /// O(d log d) for d decisions.
    #[must_use]
    pub fn decisions(&self) -> Vec<StandingDecision> {
        let inner = &*self.inner;
        let standing = inner.decisions_of(&inner.held());
        let mut all = Vec::new();
        for (seq, change) in inner.history.changes.iter().enumerate() {
            let (Change::Decided(rows), Some(entry)) = (change, inner.log().get(seq)) else { continue };
            all.extend(rows.iter().map(|row| {
                let holds = standing.get(&pair_of(row, inner.single)).is_some_and(|&(_, by)| by == seq);
                let DecisionRow { left, right, decision } = row.clone();
                let holds = holds && decision != Decision::Open;
                StandingDecision { seq, left, right, decision, at: entry.at, by: entry.by.clone(), holds }
            }));
        }
        all
    }
}
