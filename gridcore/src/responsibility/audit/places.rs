//! Rows that name what is not known: grids, people, teams, posts.

use super::stretch::{Stretch, clip, minus};
use super::{AuditKind as K, AuditRow, Auditor, Place, Severity};
use crate::id::GridCode;
use crate::responsibility::fault::DutyTable;
use crate::responsibility::rows::Role;
use crate::responsibility::store::{ANY, Duty, LOST};

impl Auditor<'_> {
    /// Looks at each row by itself.
    pub(super) fn places(&mut self) {
        let store = self.store;
        for duty in &store.strays {
            let code = store.lost[duty.position as usize].clone();
            if let Some(cut) = clip((duty.from, duty.until), self.window) {
                let mut row = Self::lost(&code, cut, DutyTable::Assignments, duty.row);
                self.party(&mut row, duty.party);
                self.scope(&mut row, duty);
                self.note(Place::Lost(code.clone()), row);
            }
            self.named(duty, &Place::Lost(code));
        }
        for deputy in store.deputies.iter().filter(|deputy| deputy.position.0 == LOST) {
            let Some(cut) = clip((deputy.from, deputy.until), self.window) else { continue };
            let Some(code) = deputy.grid.clone() else { continue };
            let mut row = Self::lost(&code, cut, DutyTable::Deputies, deputy.row);
            row.persons.push(store.people[deputy.person as usize].clone());
            self.note(Place::Lost(code), row);
        }
        for holding in store.holdings.iter().filter(|holding| holding.position == LOST) {
            let Some(cut) = clip((holding.from, holding.until), self.window) else { continue };
            let code = holding.grid.clone();
            let mut row = Self::lost(&code, cut, DutyTable::Holdings, holding.row);
            row.persons.push(store.people[holding.person as usize].clone());
            row.post = store.posts.get(holding.post as usize).cloned();
            self.note(Place::Lost(code), row);
        }
        for duty in store.accountable.duties.iter().chain(&store.others.duties) {
            self.named(duty, &Place::Grid(duty.position));
        }
        self.strangers();
    }

    /// A finding about a grid that the tree does not have.
    fn lost(code: &GridCode, cut: Stretch, table: DutyTable, row: u32) -> AuditRow {
        let mut found = Self::row(K::UnknownGrid, Severity::Violation, cut);
        found.grid = Some(code.clone());
        found.table = table;
        found.rows.push(row as usize);
        found
    }

    /// Looks at whom an assignment names, and by which post.
    fn named(&mut self, duty: &Duty, place: &Place) {
        let store = self.store;
        let Some(cut) = clip((duty.from, duty.until), self.window) else { return };
        if let Some(team) = (duty.party as usize).checked_sub(store.people.len()) {
            if store.members.is_empty() {
                return;
            }
            let members = store.members.partition_point(|member| (member.team as usize) < team);
            let known = store.members.get(members).is_some_and(|member| member.team as usize == team);
            if !known {
                self.about(duty, place, K::UnknownTeam, Severity::Violation, cut);
            } else if duty.role == Role::Accountable && store.leads[team] == ANY {
                self.about(duty, place, K::NoLead, Severity::Warning, cut);
            }
            return;
        }
        if !store.known.is_empty() && !self.knows(duty.party) {
            self.about(duty, place, K::UnknownPerson, Severity::Violation, cut);
        }
        if duty.post != ANY && !store.holdings.is_empty() {
            for without in minus(&[cut], &store.held(duty.party, duty.post, None)) {
                self.about(duty, place, K::PostNotHeld, Severity::Violation, without);
            }
        }
    }

    fn about(&mut self, duty: &Duty, place: &Place, kind: K, severity: Severity, cut: Stretch) {
        let mut row = Self::row(kind, severity, cut);
        row.rows.push(duty.row as usize);
        self.party(&mut row, duty.party);
        self.scope(&mut row, duty);
        if kind == K::PostNotHeld {
            row.post = self.store.posts.get(duty.post as usize).cloned();
        }
        match place {
            Place::Grid(position) => self.at_grid(*position, row),
            place => {
                if let Place::Lost(code) = place {
                    row.grid = Some(code.clone());
                }
                self.note(place.clone(), row);
            }
        }
    }

    fn knows(&self, person: u32) -> bool {
        self.store.known.binary_search_by_key(&person, |known| known.person).is_ok()
    }

    /// Finds rows beside the assignments that name somebody whom the table of people does not have.
    fn strangers(&mut self) {
        let store = self.store;
        if store.known.is_empty() {
            return;
        }
        let mut strange: Vec<(DutyTable, u32, u32, Stretch)> = Vec::new();
        for away in &store.away {
            strange.push((DutyTable::Absences, away.row, away.person, (away.from, away.until)));
        }
        for deputy in &store.deputies {
            let time = (deputy.from, deputy.until);
            strange.push((DutyTable::Deputies, deputy.row, deputy.person, time));
            strange.push((DutyTable::Deputies, deputy.row, deputy.holder, time));
        }
        for holding in &store.holdings {
            strange.push((DutyTable::Holdings, holding.row, holding.person, (holding.from, holding.until)));
        }
        for member in &store.members {
            strange.push((DutyTable::Teams, member.row, member.person, self.window));
        }
        for (table, number, person, time) in strange {
            let Some(cut) = clip(time, self.window).filter(|_| !self.knows(person)) else { continue };
            let mut row = Self::row(K::UnknownPerson, Severity::Violation, cut);
            row.table = table;
            row.rows.push(number as usize);
            row.persons.push(store.people[person as usize].clone());
            self.note(Place::Nowhere, row);
        }
    }
}
