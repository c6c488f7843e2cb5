//! What edits of the tree do to duties.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::{ChangeFault, ChangeFaultKind as K};
use super::ledger::{LedgerAction as A, LedgerItem};
use super::state::{State, derived, is_head, plain};
use super::{Change, Decision, Others, Undecided};
use crate::Interval;
use crate::id::GridCode;
use crate::responsibility::{AssignmentRow, DerivedRow, Role};
use crate::tree::{Edit, EditMap, GridTree};

/// A run of edits and what it does to codes.
pub(super) struct Run<'r> {
    old: &'r GridTree,
    map: &'r EditMap,
    first: usize,
    changes: &'r [Change],
    decisions: &'r BTreeMap<GridCode, (usize, &'r Decision)>,
    /// The old grids of each new code that a merge or a split makes, in the order of [`Run::order`].
    pub(super) made: BTreeMap<GridCode, Vec<GridCode>>,
}

/// Where rows of a grid go.
pub(super) enum Way {
    /// The tree had no such grid, or nothing happened to it.
    Stays,
    /// Nowhere: the grid is no more.
    Gone,
    /// To these.
    To(Vec<GridCode>),
}

/// A row on its way to its new grid.
struct Bound {
    row: DerivedRow,
    /// The row as it was.
    was: DerivedRow,
    /// The old grid.
    origin: GridCode,
    /// Whether it comes from a grid that was split.
    split: bool,
    /// Whether it is for another part than the one that keeps the code.
    part: bool,
}

impl<'r> Run<'r> {
    fn new(
        state: &State<'_>,
        old: &'r GridTree,
        map: &'r EditMap,
        (first, changes): (usize, &'r [Change]),
        decisions: &'r BTreeMap<GridCode, (usize, &'r Decision)>,
    ) -> Self {
        let mut made: BTreeMap<GridCode, BTreeSet<GridCode>> = BTreeMap::new();
        let mut of_split: BTreeSet<GridCode> = BTreeSet::new();
        for change in map.changes() {
            let Some(old) = &change.old else { continue };
            for new in &change.new {
                made.entry(new.code.clone()).or_default().insert(old.clone());
                if change.new.len() > 1 {
                    of_split.insert(new.code.clone());
                }
            }
        }
        // An old grid of which nothing is said goes on under its code.
        for (new, from) in &mut made {
            if old.find(&new.to_string()).is_some() && map.get(new).is_none() {
                from.insert(new.clone());
            }
        }
        made.retain(|new, from| from.len() > 1 || of_split.contains(new));
        let mut run = Self { old, map, first, changes, decisions, made: BTreeMap::new() };
        for (new, from) in made {
            let order = run.order(state, &new, from);
            run.made.insert(new, order);
        }
        run
    }

    /// Old grids from the one whose duties come first to the last: the heir, then by weight, then by code.
    fn order(&self, state: &State<'_>, new: &GridCode, from: BTreeSet<GridCode>) -> Vec<GridCode> {
        let heir = self.decisions.get(new).and_then(|(_, decision)| decision.heir.as_ref());
        let weight = |code: &GridCode| -> f64 {
            let (Some(name), Some(grid)) = (&state.options.weight, self.old.find(&code.to_string())) else {
                return 0.0;
            };
            self.old.subtree(grid).filter_map(|grid| self.old.weight(grid, name)).sum()
        };
        let mut from: Vec<(bool, f64, GridCode)> =
            from.into_iter().map(|code| (heir != Some(&code), weight(&code), code)).collect();
        from.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
        from.into_iter().map(|(_, _, code)| code).collect()
    }

    pub(super) fn way(&self, code: &str) -> Way {
        let Ok(code) = code.parse::<GridCode>() else { return Way::Stays };
        if self.old.find(&code.to_string()).is_none() {
            return Way::Stays;
        }
        let mut to: Vec<GridCode> = self.map.translate(&code).into_iter().map(|new| new.code).collect();
        to.sort();
        if to.is_empty() { Way::Gone } else { Way::To(to) }
    }

    /// The change that is to blame for what happens to an old grid: the last that names it, else the first of the run.
    fn blame(&self, code: &str) -> (usize, &'static str) {
        let named = |edit: &Edit| match edit {
            Edit::Rename { grid, .. }
            | Edit::Move { grid, .. }
            | Edit::Split { grid, .. }
            | Edit::Remove { grid, .. } => grid == code,
            Edit::Recode { codes, .. } => codes.keys().any(|old| old == code),
            Edit::Merge { grids, .. } => grids.iter().any(|grid| grid == code),
            _ => false,
        };
        let above: Vec<String> = self.old.find(code).map_or_else(Vec::new, |grid| {
            let way = self.old.ancestors(grid);
            way.map(|grid| self.old.code(grid).to_string()).collect()
        });
        let edits = || {
            self.changes.iter().enumerate().filter_map(|(number, change)| match change {
                Change::Edit { edit, .. } => Some((number, change, edit)),
                _ => None,
            })
        };
        let own = edits().rfind(|(_, _, edit)| named(edit));
        // Grids beneath one that is recoded, moved or removed are changed along with it.
        let along = || {
            edits().find(|(_, _, edit)| match edit {
                Edit::Move { grid, .. } | Edit::Remove { grid, .. } => {
                    above.iter().any(|code| grid == code.as_str())
                }
                Edit::Recode { codes, descendants: true } => {
                    above.iter().any(|code| codes.keys().any(|old| old == code.as_str()))
                }
                _ => false,
            })
        };
        match own.or_else(along).or_else(|| edits().next()) {
            Some((number, change, _)) => (self.first + number, change.op()),
            None => (self.first, ""),
        }
    }
}

/// What is left of an interval without others, and what they take of it.
fn cut(whole: Interval, taken: &[Interval]) -> (Vec<Interval>, Vec<Interval>) {
    let mut free = vec![whole];
    let mut lost = Vec::new();
    for other in taken {
        let mut rest = Vec::new();
        for piece in free {
            let Some(both) = piece.intersect(*other) else {
                rest.push(piece);
                continue;
            };
            lost.push(both);
            let before = both.from().and_then(|from| piece.intersect(Interval::new(None, Some(from)).ok()?));
            let after =
                both.until().and_then(|until| piece.intersect(Interval::new(Some(until), None).ok()?));
            rest.extend(before.into_iter().chain(after));
        }
        free = rest;
    }
    lost.sort();
    (free, lost)
}

fn same_party(a: &AssignmentRow, b: &AssignmentRow) -> bool {
    (&a.person, &a.team) == (&b.person, &b.team)
}

fn within(mut row: DerivedRow, piece: Interval) -> DerivedRow {
    (row.assignment.from, row.assignment.until) = (piece.from(), piece.until());
    row
}

/// What a row is accountable for within its grid.
fn key(row: &AssignmentRow) -> (Option<String>, Option<String>, Option<String>) {
    let row = plain(row);
    (row.domain, row.mode, row.front)
}

impl State<'_> {
    /// Takes duties along from the tree before a run of edits to the one after.
    pub(super) fn transfer(
        &mut self,
        old: &GridTree,
        map: &EditMap,
        changes: (usize, &[Change]),
        decisions: &BTreeMap<GridCode, (usize, &Decision)>,
    ) {
        let run = Run::new(self, old, map, changes, decisions);
        self.check_decisions(&run);
        for change in map.changes() {
            let code = change.old.as_ref().or(change.new.first().map(|new| &new.code));
            let Some(code) = code else { continue };
            self.set_cause(&run, &code.to_string());
            let grid = |code: &GridCode| Some(LedgerItem::Grid { code: code.clone() });
            match (&change.old, change.new.as_slice()) {
                (Some(old), []) => self.log(A::Removed, None, grid(old), None),
                (old, new) => {
                    for new in new {
                        let action = if old.is_some() { A::Changed } else { A::Added };
                        self.log(action, None, old.as_ref().and_then(grid), grid(&new.code));
                    }
                }
            }
        }
        let waiting = std::mem::take(&mut self.needs_holder);
        for code in waiting {
            self.needs_holder.extend(map.translate(&code).into_iter().map(|new| new.code));
        }
        let rows = std::mem::take(&mut self.tables.assignments);
        let rows = self.carry(&run, rows.into_iter().map(DerivedRow::from).collect(), None);
        self.tables.assignments = rows.into_iter().map(|row| row.assignment).collect();
        self.carry_holdings(&run);
        self.carry_deputies(&run);
        self.carry_chains(&run);
        self.carry_layers(&run);
    }

    pub(super) fn set_cause(&mut self, run: &Run<'_>, code: &str) {
        (self.change, self.cause) = run.blame(code);
    }

    fn check_decisions(&mut self, run: &Run<'_>) {
        for (grid, (number, decision)) in run.decisions {
            self.change = *number;
            let grid = grid.clone();
            match run.made.get(&grid) {
                None => self.fault(K::DecisionUnknown { grid: grid.clone() }),
                Some(from) if decision.heir.as_ref().is_some_and(|heir| !from.contains(heir)) => {
                    self.fault(K::DecisionHeir { grid: grid.clone() });
                }
                Some(_) => {}
            }
            let parties = usize::from(decision.person.is_some()) + usize::from(decision.team.is_some());
            if parties > 1 || (parties == 0 && decision.heir.is_none()) {
                self.fault(K::DecisionParty { grid });
            }
        }
    }

    pub(super) fn undecided(&mut self, kind: K) {
        if self.options.undecided == Undecided::Refuse {
            let fault = ChangeFault { change: Some(self.change), kind };
            // One grid is asked about once, however many rows it has.
            if !self.faults.contains(&fault) {
                self.faults.push(fault);
            }
        }
    }

    /// Assignments of the base, or of the layers of one mode.
    pub(super) fn carry(
        &mut self,
        run: &Run<'_>,
        rows: Vec<DerivedRow>,
        mode: Option<&str>,
    ) -> Vec<DerivedRow> {
        let mut kept = Vec::with_capacity(rows.len());
        let mut bound: BTreeMap<GridCode, Vec<Bound>> = BTreeMap::new();
        for was in rows {
            let code = was.assignment.grid.clone();
            match run.way(&code) {
                Way::Stays => kept.push(was),
                Way::Gone => {
                    self.set_cause(run, &code);
                    if let Ok(grid) = code.parse() {
                        self.undecided(K::UndecidedRemoval { grid });
                    }
                    self.log(A::Released, mode, derived(&was), None);
                }
                Way::To(to) => {
                    let Ok(origin) = code.parse::<GridCode>() else { continue };
                    let mut left = was.assignment.share;
                    let parts = to.len();
                    for (place, new) in to.into_iter().enumerate() {
                        let mut row = was.clone();
                        row.assignment.grid = new.to_string();
                        if let (Some(share), Some(rest)) = (was.assignment.share, left) {
                            // The last part takes what rounding leaves.
                            let own = if place + 1 == parts { rest } else { share / parts as f64 };
                            (row.assignment.share, left) = (Some(own), Some(rest - own));
                        }
                        if !run.made.contains_key(&new) {
                            if row != was {
                                self.set_cause(run, &code);
                                self.log(A::Moved, mode, derived(&was), derived(&row));
                            }
                            kept.push(row);
                            continue;
                        }
                        let (split, part) = (parts > 1, parts > 1 && new != origin);
                        let (was, origin) = (was.clone(), origin.clone());
                        bound.entry(new).or_default().push(Bound { row, was, origin, split, part });
                    }
                }
            }
        }
        for grid in run.made.keys() {
            let rows = bound.remove(grid).unwrap_or_default();
            kept.extend(self.settle(run, grid, rows, mode));
        }
        kept
    }

    /// The assignments of one grid that a merge or a split makes.
    fn settle(
        &mut self,
        run: &Run<'_>,
        grid: &GridCode,
        mut rows: Vec<Bound>,
        mode: Option<&str>,
    ) -> Vec<DerivedRow> {
        let from = &run.made[grid];
        let decision = run.decisions.get(grid).map(|(number, decision)| (*number, *decision));
        let party = decision.and_then(|(number, decision)| {
            let person = decision.person.as_ref().map(|person| person.as_str().to_owned());
            let team = decision.team.as_ref().map(ToString::to_string);
            (person.is_some() || team.is_some()).then_some((number, person, team))
        });
        // A layer has no heads of its own: whom a decision names heads the grid in the base.
        let party = party.filter(|_| mode.is_none());
        let is_named = |row: &AssignmentRow| {
            party.as_ref().is_some_and(|(_, person, team)| (&row.person, &row.team) == (person, team))
        };
        let rank = |bound: &Bound| {
            let place = from.iter().position(|old| *old == bound.origin).unwrap_or(from.len());
            (!(is_named(&bound.row.assignment) && is_head(&bound.row.assignment)), place)
        };
        rows.sort_by_key(rank);
        let mut settled: Vec<DerivedRow> = Vec::new();
        if let Some((number, person, team)) = &party
            && !rows.iter().any(|bound| is_named(&bound.row.assignment) && is_head(&bound.row.assignment))
        {
            let mut row = AssignmentRow::new(grid.to_string());
            (row.person, row.team) = (person.clone(), team.clone());
            let row = DerivedRow::from(row);
            let cause = run.changes[number - run.first].op();
            (self.change, self.cause) = (*number, cause);
            self.log(A::Added, mode, None, derived(&row));
            settled.push(row);
        }
        for bound in rows {
            self.set_cause(run, &bound.origin.to_string());
            let accountable = plain(&bound.row.assignment).role.is_none();
            if accountable {
                self.settle_accountable(
                    grid,
                    &bound,
                    party.is_some(),
                    decision.is_some(),
                    mode,
                    &mut settled,
                );
                continue;
            }
            let twin =
                settled.iter().any(|other| *other == bound.row && bound.row.assignment.share.is_none());
            if twin {
                self.log(A::Joined, mode, derived(&bound.was), derived(&bound.row));
                continue;
            }
            let action = if bound.part { A::Inherited } else { A::Moved };
            if bound.row != bound.was || bound.part {
                self.log(action, mode, derived(&bound.was), derived(&bound.row));
            }
            settled.push(bound.row);
        }
        settled
    }

    /// One who was accountable for an old grid, against those whom the new one has by now.
    fn settle_accountable(
        &mut self,
        grid: &GridCode,
        bound: &Bound,
        named: bool,
        decided: bool,
        mode: Option<&str>,
        settled: &mut Vec<DerivedRow>,
    ) {
        let row = &bound.row;
        let own = Interval::new(row.assignment.from, row.assignment.until).unwrap_or(Interval::ALWAYS);
        let rivals = |settled: &[DerivedRow]| -> Vec<DerivedRow> {
            let same = |other: &&DerivedRow| {
                plain(&other.assignment).role.is_none() && key(&other.assignment) == key(&row.assignment)
            };
            settled.iter().filter(same).cloned().collect()
        };
        let rivals = rivals(settled);
        let taken: Vec<Interval> = rivals
            .iter()
            .filter_map(|other| Interval::new(other.assignment.from, other.assignment.until).ok())
            .collect();
        let (free, lost) = cut(own, &taken);
        if free.as_slice() == [own] {
            if bound.part {
                if !decided {
                    self.undecided(K::UndecidedSplit { grid: grid.clone() });
                    if mode.is_none() {
                        self.needs_holder.insert(grid.clone());
                    }
                }
                self.log(A::Inherited, mode, derived(&bound.was), derived(row));
            } else if *row != bound.was {
                self.log(A::Moved, mode, derived(&bound.was), derived(row));
            }
            settled.push(row.clone());
            return;
        }
        let others: Vec<&DerivedRow> =
            rivals.iter().filter(|other| !same_party(&other.assignment, &row.assignment)).collect();
        if !decided && !others.is_empty() {
            self.undecided(K::UndecidedMerge { grid: grid.clone() });
        }
        for piece in free {
            let row = within(row.clone(), piece);
            self.log(A::Changed, mode, derived(&bound.was), derived(&row));
            settled.push(row);
        }
        for piece in lost {
            let mine = rivals.iter().find(|other| {
                let interval = Interval::new(other.assignment.from, other.assignment.until);
                same_party(&other.assignment, &row.assignment)
                    && interval.is_ok_and(|interval| interval.intersect(piece) == Some(piece))
            });
            if let Some(mine) = mine {
                self.log(A::Joined, mode, derived(&bound.was), derived(mine));
                continue;
            }
            // A part whose holder was named owes the old one nothing: they stay with the other parts.
            if (bound.split && named) || self.options.others == Others::Release {
                self.log(A::Released, mode, derived(&bound.was), None);
                continue;
            }
            let mut below = within(row.clone(), piece);
            below.assignment.role = Some(Role::Supporting.id().to_owned());
            below.assignment.reason = None;
            if settled.contains(&below) {
                self.log(A::Joined, mode, derived(&bound.was), derived(&below));
                continue;
            }
            self.log(A::Demoted, mode, derived(&bound.was), derived(&below));
            settled.push(below);
        }
    }
}
