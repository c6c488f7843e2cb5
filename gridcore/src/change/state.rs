//! The copy that a change set works on.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::{ChangeError, ChangeFault, ChangeFaultKind as K};
use super::ledger::{LedgerAction, LedgerItem, LedgerRow};
use super::{Change, ChangeOptions, Changed, Decision};
use crate::id::GridCode;
use crate::responsibility::{AssignmentRow, DerivedRow, DutyTables, ModeLayer, Responsibility, Role};
use crate::tree::{Edit, EditMap, GridTree};

/// Tree, tables and layers as they are after the changes so far, and what is said of these.
pub(super) struct State<'o> {
    pub(super) options: &'o ChangeOptions,
    pub(super) tree: GridTree,
    pub(super) tables: DutyTables,
    pub(super) layers: Vec<ModeLayer>,
    /// The change that entered each layer, if one did.
    pub(super) entered: Vec<Option<usize>>,
    pub(super) ledger: Vec<LedgerRow>,
    pub(super) faults: Vec<ChangeFault>,
    pub(super) needs_holder: BTreeSet<GridCode>,
    map: EditMap,
    /// Whether an edit has failed, so that nobody knows which grids there would be.
    broken: bool,
    /// The change in hand.
    pub(super) change: usize,
    pub(super) cause: &'static str,
}

/// The cells of a row as they are read: what says nothing is none.
pub(super) fn plain(row: &AssignmentRow) -> AssignmentRow {
    let named = |cell: &Option<String>| cell.clone().filter(|text| !text.is_empty());
    let starred = |cell: &Option<String>| named(cell).filter(|text| text != "*");
    AssignmentRow {
        person: named(&row.person),
        team: named(&row.team),
        domain: starred(&row.domain),
        mode: starred(&row.mode),
        role: named(&row.role).filter(|role| role != Role::Accountable.id()),
        post: named(&row.post),
        front: named(&row.front),
        reason: named(&row.reason),
        ..row.clone()
    }
}

/// Whether a row makes somebody head of a grid: accountable for the whole of it.
pub(super) fn is_head(row: &AssignmentRow) -> bool {
    let row = plain(row);
    row.role.is_none() && row.domain.is_none() && row.mode.is_none() && row.front.is_none()
}

#[expect(clippy::unnecessary_wraps, reason = "a ledger row takes an item that may be missing")]
pub(super) fn assignment(row: &AssignmentRow) -> Option<LedgerItem> {
    Some(LedgerItem::Assignment { row: row.clone(), source: None })
}

#[expect(clippy::unnecessary_wraps, reason = "a ledger row takes an item that may be missing")]
pub(super) fn derived(row: &DerivedRow) -> Option<LedgerItem> {
    Some(LedgerItem::Assignment { row: row.assignment.clone(), source: row.source.clone() })
}

impl<'o> State<'o> {
    pub(super) fn new(duty: &Responsibility, options: &'o ChangeOptions) -> Self {
        Self {
            options,
            tree: duty.tree().clone(),
            tables: duty.to_tables(),
            layers: duty.layers().to_vec(),
            entered: vec![None; duty.layers().len()],
            ledger: Vec::new(),
            faults: Vec::new(),
            needs_holder: BTreeSet::new(),
            map: EditMap::default(),
            broken: false,
            change: 0,
            cause: "",
        }
    }

    pub(super) fn fault(&mut self, kind: K) {
        self.faults.push(ChangeFault { change: Some(self.change), kind });
    }

    pub(super) fn log(
        &mut self,
        action: LedgerAction,
        mode: Option<&str>,
        before: Option<LedgerItem>,
        after: Option<LedgerItem>,
    ) {
        let (change, cause, mode) = (self.change, self.cause.to_owned(), mode.map(str::to_owned));
        self.ledger.push(LedgerRow { change, cause, action, mode, before, after });
    }

    fn check_grid(&mut self, code: &str) {
        if !self.broken && self.tree.find(code).is_none() {
            self.fault(K::UnknownGrid { code: code.to_owned() });
        }
    }

    /// A run of edits, the first of which has this number.
    pub(super) fn edit(&mut self, first: usize, run: &[Change]) {
        let mut edits: Vec<Edit> = Vec::with_capacity(run.len());
        let mut decisions: BTreeMap<GridCode, (usize, &Decision)> = BTreeMap::new();
        let mut doubled = Vec::new();
        for (number, change) in (first..).zip(run) {
            let Change::Edit { edit, decisions: named } = change else { continue };
            edits.push(edit.clone());
            for decision in named {
                if decisions.insert(decision.grid.clone(), (number, decision)).is_some() {
                    doubled.push((number, decision.grid.clone()));
                }
            }
        }
        for (number, grid) in doubled {
            self.change = number;
            self.fault(K::DecisionTwice { grid });
        }
        if self.broken {
            // What the tree would be by now nobody knows.
            return;
        }
        match self.tree.edit(&edits) {
            Err(error) => {
                self.broken = true;
                for fault in error.list() {
                    let change = fault.edit.map(|edit| first + edit);
                    self.faults.push(ChangeFault { change, kind: K::Edit(fault.clone()) });
                }
            }
            Ok(edited) => {
                let old = std::mem::replace(&mut self.tree, edited.tree);
                self.transfer(&old, &edited.map, (first, run), &decisions);
                self.map = self.map.then(&edited.map);
            }
        }
    }

    /// A change that is no edit.
    pub(super) fn one(&mut self, number: usize, change: &Change) {
        (self.change, self.cause) = (number, change.op());
        match change {
            Change::Edit { .. } => {}
            Change::Join { person, assignments, holdings } => self.join(person, assignments, holdings),
            Change::Depart { person, at, to } => {
                self.depart(person.as_str(), *at, to.as_ref().map(crate::PersonId::as_str));
            }
            Change::Assign { row } => self.assign(row),
            Change::Withdraw { row } => {
                if self.withdraw(row).is_some() {
                    self.log(LedgerAction::Removed, None, assignment(row), None);
                }
            }
            Change::Replace { row, by } => {
                self.check_grid(&by.grid);
                if self.withdraw(row).is_some() {
                    self.named(by);
                    self.tables.assignments.push(by.clone());
                    self.log(LedgerAction::Changed, None, assignment(row), assignment(by));
                }
            }
            Change::EnterMode { layer } => {
                let item = LedgerItem::Layer { mode: layer.mode.clone(), scope: layer.scope.clone() };
                self.log(LedgerAction::Added, Some(&layer.mode), None, Some(item));
                for row in &layer.rows {
                    self.log(LedgerAction::Added, Some(&layer.mode), None, derived(row));
                }
                self.layers.push(layer.clone());
                self.entered.push(Some(number));
            }
            Change::LeaveMode { mode, scope } => {
                let found = self.layers.iter().position(|layer| &layer.mode == mode && &layer.scope == scope);
                let Some(place) = found else {
                    self.fault(K::NotEntered { scope: scope.clone() });
                    return;
                };
                let layer = self.layers.remove(place);
                self.entered.remove(place);
                for row in &layer.rows {
                    self.log(LedgerAction::Removed, Some(mode), derived(row), None);
                }
                let item = LedgerItem::Layer { mode: mode.clone(), scope: scope.clone() };
                self.log(LedgerAction::Removed, Some(mode), Some(item), None);
            }
        }
    }

    /// Somebody was named: the grid needs nobody any more.
    fn named(&mut self, row: &AssignmentRow) {
        if let (true, Ok(code)) = (is_head(row), row.grid.parse::<GridCode>()) {
            self.needs_holder.remove(&code);
        }
    }

    pub(super) fn assign(&mut self, row: &AssignmentRow) {
        self.check_grid(&row.grid);
        if self.tables.assignments.iter().any(|other| plain(other) == plain(row)) {
            self.fault(K::RowThere { grid: row.grid.clone() });
            return;
        }
        self.named(row);
        self.tables.assignments.push(row.clone());
        self.log(LedgerAction::Added, None, None, assignment(row));
    }

    fn withdraw(&mut self, row: &AssignmentRow) -> Option<AssignmentRow> {
        let found = self.tables.assignments.iter().position(|other| plain(other) == plain(row));
        let Some(place) = found else {
            self.fault(K::RowMissing { grid: row.grid.clone() });
            return None;
        };
        Some(self.tables.assignments.remove(place))
    }

    /// The whole is built through the doors that any duties come in by.
    pub(super) fn finish(mut self, before: &Responsibility) -> Result<Changed, ChangeError> {
        if !self.faults.is_empty() {
            return Err(ChangeError::new(self.faults));
        }
        let base = match Responsibility::from_tables(&self.tree, &self.tables) {
            Ok(base) => base,
            Err(error) => {
                let fault = |fault: &_| ChangeFault { change: None, kind: K::Duty(Clone::clone(fault)) };
                return Err(ChangeError::new(error.list().iter().map(fault).collect()));
            }
        };
        let entered = self.entered;
        let duty = base.with_layers(self.layers).map_err(|error| {
            let fault = |fault: &crate::responsibility::ModeFault| ChangeFault {
                change: entered.get(fault.layer).copied().flatten(),
                kind: K::Mode(fault.clone()),
            };
            ChangeError::new(error.list().iter().map(fault).collect())
        })?;
        // An empty list is no reason to give equal duties another handle.
        let duty = if self.ledger.is_empty() && duty == *before { before.clone() } else { duty };
        self.needs_holder.retain(|code| self.tree.find(&code.to_string()).is_some());
        Ok(Changed {
            tree: self.tree,
            duty,
            ledger: self.ledger,
            map: self.map,
            needs_holder: self.needs_holder.into_iter().collect(),
        })
    }
}
