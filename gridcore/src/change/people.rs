//! People who join and people who leave.

use super::fault::ChangeFaultKind as K;
use super::ledger::{LedgerAction as A, LedgerItem};
use super::state::{State, derived};
use crate::responsibility::{AssignmentRow, DeputyRow, DerivedRow, HoldingRow, PersonRow, TeamRow};

/// The first second of a row, and the first after it.
type Bounds = (Option<i64>, Option<i64>);

/// A row before and after the second at which somebody leaves it.
struct Parts {
    /// What stays with them, if anything does.
    stays: Option<Bounds>,
    /// What is left of it.
    left: Option<Bounds>,
}

/// Cuts an interval at a second; without one, nothing stays.
fn cut(from: Option<i64>, until: Option<i64>, at: Option<i64>) -> Parts {
    let Some(at) = at else { return Parts { stays: None, left: Some((from, until)) } };
    let over = until.is_some_and(|until| until <= at);
    let begun = from.is_none_or(|from| from < at);
    let stays = begun.then_some((from, if over { until } else { Some(at) }));
    let left = (!over).then_some((if begun { Some(at) } else { from }, until));
    Parts { stays, left }
}

impl State<'_> {
    pub(super) fn join(
        &mut self,
        person: &PersonRow,
        assignments: &[AssignmentRow],
        holdings: &[HoldingRow],
    ) {
        if self.tables.people.iter().any(|known| known.person == person.person) {
            self.fault(K::PersonKnown);
        } else if !self.tables.people.is_empty() {
            self.tables.people.push(person.clone());
            self.log(A::Added, None, None, Some(LedgerItem::Person { row: person.clone() }));
        } else if person.capacity.is_some() {
            // One person alone in the list would make all others unknown.
            self.fault(K::NoPeople);
        }
        for row in assignments {
            let nobody = |cell: &Option<String>| cell.as_ref().is_none_or(String::is_empty);
            let mut row = row.clone();
            if nobody(&row.person) && nobody(&row.team) {
                row.person = Some(person.person.clone());
            } else if row.person.as_ref() != Some(&person.person) {
                self.fault(K::OtherPerson);
            }
            self.assign(&row);
        }
        for row in holdings {
            let mut row = row.clone();
            if row.person.is_empty() {
                row.person.clone_from(&person.person);
            } else if row.person != person.person {
                self.fault(K::OtherPerson);
            }
            self.log(A::Added, None, None, Some(LedgerItem::Holding { row: row.clone() }));
            self.tables.holdings.push(row);
        }
    }

    /// What becomes of one assignment when a person leaves; nothing, if it is not theirs.
    fn handed(
        &mut self,
        row: &DerivedRow,
        person: &str,
        at: Option<i64>,
        to: Option<&str>,
        mode: Option<&str>,
    ) -> Option<Vec<DerivedRow>> {
        if row.assignment.person.as_deref() != Some(person) {
            return None;
        }
        let parts = cut(row.assignment.from, row.assignment.until, at);
        let mut rows = Vec::new();
        if let Some((_, until)) = parts.stays {
            let mut stays = row.clone();
            stays.assignment.until = until;
            if parts.left.is_some() {
                self.log(A::Changed, mode, derived(row), derived(&stays));
            }
            rows.push(stays);
        }
        if let Some((from, _)) = parts.left {
            if let Some(to) = to {
                let mut taken = row.clone();
                taken.assignment.person = Some(to.to_owned());
                taken.assignment.from = from;
                // The reason for an exception was about the old holder.
                taken.assignment.reason = None;
                let before = if rows.is_empty() { derived(row) } else { None };
                let action = if before.is_some() { A::Changed } else { A::Added };
                self.log(action, mode, before, derived(&taken));
                rows.push(taken);
            } else if rows.is_empty() {
                self.log(A::Released, mode, derived(row), None);
            }
        }
        Some(rows)
    }

    pub(super) fn depart(&mut self, person: &str, at: Option<i64>, to: Option<&str>) {
        if to == Some(person) {
            self.fault(K::SamePerson);
            return;
        }
        let mut found = false;
        for row in std::mem::take(&mut self.tables.assignments) {
            let row = DerivedRow::from(row);
            if let Some(rows) = self.handed(&row, person, at, to, None) {
                found = true;
                self.tables.assignments.extend(rows.into_iter().map(|row| row.assignment));
            } else {
                self.tables.assignments.push(row.assignment);
            }
        }
        let mut layers = std::mem::take(&mut self.layers);
        for layer in &mut layers {
            for row in std::mem::take(&mut layer.rows) {
                // A row of a layer may be wider than the layer; a part of it that never holds is not kept.
                let kept = self.handed(&row, person, at, to, Some(&layer.mode));
                found |= kept.is_some();
                let holds = |row: &DerivedRow| {
                    let from = row.assignment.from.max(layer.from);
                    let ends = [row.assignment.until, layer.until].into_iter().flatten().min();
                    from.zip(ends).is_none_or(|(from, until)| from < until)
                };
                layer.rows.extend(
                    kept.map_or_else(
                        || vec![row],
                        |rows| rows.into_iter().filter(|row| holds(row)).collect(),
                    ),
                );
            }
            let mode = layer.mode.clone();
            found |= self.leave_teams(&mut layer.teams, person, at, to, Some(&mode));
        }
        self.layers = layers;
        let mut teams = std::mem::take(&mut self.tables.teams);
        found |= self.leave_teams(&mut teams, person, at, to, None);
        self.tables.teams = teams;
        found |= self.leave_posts(person, at, to);
        found |= self.leave_deputies(person, at);
        if at.is_none() {
            for row in std::mem::take(&mut self.tables.absences) {
                if row.person == person {
                    found = true;
                    self.log(A::Released, None, Some(LedgerItem::Absence { row }), None);
                } else {
                    self.tables.absences.push(row);
                }
            }
        }
        for row in std::mem::take(&mut self.tables.people) {
            found |= row.person == person;
            if at.is_none() && row.person == person {
                self.log(A::Removed, None, Some(LedgerItem::Person { row }), None);
            } else {
                self.tables.people.push(row);
            }
        }
        if !found {
            self.fault(K::UnknownPerson);
        }
    }

    /// Takes a person out of teams, or puts another in their place; says whether they were in any.
    fn leave_teams(
        &mut self,
        teams: &mut Vec<TeamRow>,
        person: &str,
        at: Option<i64>,
        to: Option<&str>,
        mode: Option<&str>,
    ) -> bool {
        let mut found = false;
        let others = teams.clone();
        for row in std::mem::take(teams) {
            if row.person != person {
                teams.push(row);
                continue;
            }
            found = true;
            if at.is_some() {
                teams.push(row);
                continue;
            }
            let item = |row: &TeamRow| Some(LedgerItem::Member { row: row.clone() });
            match to.filter(|to| !others.iter().any(|one| one.team == row.team && one.person == *to)) {
                Some(to) => {
                    let taken = TeamRow { person: to.to_owned(), ..row.clone() };
                    self.log(A::Changed, mode, item(&row), item(&taken));
                    teams.push(taken);
                }
                None => self.log(A::Released, mode, item(&row), None),
            }
        }
        found
    }

    fn leave_posts(&mut self, person: &str, at: Option<i64>, to: Option<&str>) -> bool {
        let item = |row: &HoldingRow| Some(LedgerItem::Holding { row: row.clone() });
        let mut found = false;
        for row in std::mem::take(&mut self.tables.holdings) {
            if row.person != person {
                self.tables.holdings.push(row);
                continue;
            }
            found = true;
            let parts = cut(row.from, row.until, at);
            let stays = parts.stays.map(|(_, until)| HoldingRow { until, ..row.clone() });
            let taken = parts.left.zip(to).map(|((from, _), to)| HoldingRow {
                person: to.to_owned(),
                from,
                ..row.clone()
            });
            match (&stays, &taken) {
                (Some(stays), _) if parts.left.is_some() => {
                    self.log(A::Changed, None, item(&row), item(stays));
                }
                (None, None) => self.log(A::Released, None, item(&row), None),
                _ => {}
            }
            if let Some(taken) = &taken {
                let before = if stays.is_some() { None } else { item(&row) };
                let action = if before.is_some() { A::Changed } else { A::Added };
                self.log(action, None, before, item(taken));
            }
            self.tables.holdings.extend(stays.into_iter().chain(taken));
        }
        found
    }

    /// Deputies of a person and those whose deputy they are: who stands in for whom is not handed over.
    fn leave_deputies(&mut self, person: &str, at: Option<i64>) -> bool {
        let mut found = false;
        for row in std::mem::take(&mut self.tables.deputies) {
            if row.person != person && row.deputy_of != person {
                self.tables.deputies.push(row);
                continue;
            }
            found = true;
            let parts = cut(row.from, row.until, at);
            let before = Some(LedgerItem::Deputy { row: row.clone() });
            match parts.stays {
                Some((_, until)) => {
                    let stays = DeputyRow { until, ..row };
                    if parts.left.is_some() {
                        let after = Some(LedgerItem::Deputy { row: stays.clone() });
                        self.log(A::Changed, None, before, after);
                    }
                    self.tables.deputies.push(stays);
                }
                None => self.log(A::Released, None, before, None),
            }
        }
        found
    }
}
