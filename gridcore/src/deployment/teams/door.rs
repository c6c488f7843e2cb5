//! Reads people, rules and teams: every fault of every row, or a model in which the order of rows is gone.

use std::collections::BTreeMap;

use super::MOST_ROLES;
use super::fault::{TeamFault, TeamFaultKind as K, TeamTable, TeamsError};
use super::rows::{TeamRow, TeamRule};
use crate::deployment::PersonRow;
use crate::id::{GridIndex, MalformedCode, PersonId, Skill};
use crate::tree::GridTree;

/// A role of a rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Band {
    /// Its position among all roles.
    pub(super) role: usize,
    pub(super) at_least: u64,
    pub(super) at_most: u64,
}

/// A rule with its bands tightened.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) name: String,
    pub(super) bands: Vec<Band>,
    pub(super) at_least: u64,
    pub(super) at_most: u64,
}

/// A team wanted.
#[derive(Clone, Debug)]
pub(super) struct Team {
    pub(super) name: String,
    pub(super) rule: usize,
    pub(super) grid: Option<GridIndex>,
}

/// A person with the roles that a rule knows, as a mask.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) id: PersonId,
    pub(super) home: Option<GridIndex>,
    pub(super) roles: u32,
}

/// People by token, roles and rules by name, teams by name.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) roles: Vec<Skill>,
    pub(super) rules: Vec<Rule>,
    pub(super) teams: Vec<Team>,
    pub(super) people: Vec<Person>,
}

pub(super) fn read(
    tree: &GridTree,
    people: &[PersonRow],
    rules: &[TeamRule],
    teams: &[TeamRow],
) -> Result<Model, TeamsError> {
    let mut faults = Vec::new();
    let (skills, known) = read_rules(rules, &mut faults);
    let people = read_people(tree, people, &skills, &mut faults);
    // Rules that name too many roles are not read, which is no fault of the teams that follow them.
    let rules = (!known.is_empty() || rules.is_empty()).then_some(known.as_slice());
    let teams = read_teams(tree, teams, rules, &mut faults);
    if faults.is_empty() {
        Ok(Model { roles: skills, rules: known, teams, people })
    } else {
        faults.sort_by_key(|fault| (fault.table.name(), fault.row));
        Err(TeamsError::Rows(faults))
    }
}

fn malformed(
    table: TeamTable,
    row: usize,
    column: &'static str,
    text: &str,
    faults: &mut Vec<TeamFault>,
) -> bool {
    let reason = MalformedCode::of(text);
    faults.extend(reason.map(|reason| TeamFault { table, row, kind: K::Malformed { column, reason } }));
    reason.is_some()
}

fn find(
    tree: &GridTree,
    table: TeamTable,
    row: usize,
    column: &'static str,
    code: Option<&String>,
    faults: &mut Vec<TeamFault>,
) -> Option<GridIndex> {
    let code = code?;
    let found = tree.find(code);
    if found.is_none() {
        faults.push(TeamFault { table, row, kind: K::UnknownGrid { column, code: code.clone() } });
    }
    found
}

fn read_rules(rows: &[TeamRule], faults: &mut Vec<TeamFault>) -> (Vec<Skill>, Vec<Rule>) {
    let table = TeamTable::Rules;
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let mut roles: BTreeMap<&str, Skill> = BTreeMap::new();
    for (row, given) in rows.iter().enumerate() {
        malformed(table, row, "rule", &given.rule, faults);
        if let Some(&first) = names.get(given.rule.as_str()) {
            faults.push(TeamFault { table, row, kind: K::Duplicate { column: "rule", first } });
        } else {
            names.insert(&given.rule, row);
        }
        for band in &given.roles {
            match band.role.parse() {
                Ok(role) => drop(roles.insert(&band.role, role)),
                Err(reason) => {
                    faults.push(TeamFault { table, row, kind: K::Malformed { column: "roles", reason } });
                }
            }
        }
    }
    if roles.len() > MOST_ROLES {
        faults.push(TeamFault { table, row: 0, kind: K::TooManyRoles { roles: roles.len() } });
        return (Vec::new(), Vec::new());
    }
    let places: BTreeMap<&str, usize> = roles.keys().copied().zip(0..).collect();
    let mut list = Vec::with_capacity(rows.len());
    for &row in names.values() {
        let given = &rows[row];
        let mut note = |kind| faults.push(TeamFault { table, row, kind });
        let room = given.size_at_most.map_or(u64::from(u32::MAX), u64::from);
        let mut bands: Vec<Band> = Vec::with_capacity(given.roles.len());
        for band in &given.roles {
            let Some(&role) = places.get(band.role.as_str()) else { continue };
            if bands.iter().any(|other| other.role == role) {
                note(K::Duplicate { column: "roles", first: row });
                continue;
            }
            let at_least = u64::from(band.at_least);
            let at_most = band.at_most.map_or(room, u64::from);
            if at_most < at_least {
                note(K::EmptyBand { column: "roles", at_least, at_most });
            }
            bands.push(Band { role, at_least, at_most: at_most.min(room) });
        }
        bands.sort_by_key(|band| band.role);
        let fewest: u64 = bands.iter().map(|band| band.at_least).sum();
        let most: u64 = bands.iter().map(|band| band.at_most).sum();
        let at_least = given.size_at_least.map_or(0, u64::from).max(fewest);
        let at_most = room.min(most);
        if at_least == 0 {
            note(K::NobodyNeeded);
        } else if at_least > at_most {
            note(K::EmptyBand { column: "size_at_most", at_least, at_most });
        }
        list.push(Rule { name: given.rule.clone(), bands, at_least, at_most });
    }
    (roles.into_values().collect(), list)
}

fn read_people(
    tree: &GridTree,
    rows: &[PersonRow],
    roles: &[Skill],
    faults: &mut Vec<TeamFault>,
) -> Vec<Person> {
    let table = TeamTable::People;
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut people = Vec::with_capacity(rows.len());
    for (row, given) in rows.iter().enumerate() {
        if let Some(&first) = seen.get(given.person.as_str()) {
            faults.push(TeamFault { table, row, kind: K::Duplicate { column: "person", first } });
        } else {
            seen.insert(&given.person, row);
        }
        let home = find(tree, table, row, "home", given.home.as_ref(), faults);
        let mut mask = 0;
        for skill in &given.skills {
            if malformed(table, row, "skills", skill, faults) {
                continue;
            }
            if let Ok(role) = roles.binary_search_by(|role| role.as_str().cmp(skill)) {
                mask |= 1 << role;
            }
        }
        match given.person.parse() {
            // Whoever may take no place, or has no role, is in nobody's way.
            Ok(id) if mask != 0 && given.at_most.is_none_or(|most| most > 0) => {
                people.push(Person { id, home, roles: mask });
            }
            Ok(_) => {}
            Err(reason) => {
                faults.push(TeamFault { table, row, kind: K::Malformed { column: "person", reason } });
            }
        }
    }
    people.sort_by(|a, b| a.id.cmp(&b.id));
    people
}

fn read_teams(
    tree: &GridTree,
    rows: &[TeamRow],
    rules: Option<&[Rule]>,
    faults: &mut Vec<TeamFault>,
) -> Vec<Team> {
    let table = TeamTable::Teams;
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut teams = Vec::with_capacity(rows.len());
    for (row, given) in rows.iter().enumerate() {
        malformed(table, row, "team", &given.team, faults);
        if let Some(&first) = seen.get(given.team.as_str()) {
            faults.push(TeamFault { table, row, kind: K::Duplicate { column: "team", first } });
        } else {
            seen.insert(&given.team, row);
        }
        let grid = find(tree, table, row, "grid", given.grid.as_ref(), faults);
        let Some(rules) = rules else { continue };
        match rules.binary_search_by(|rule| rule.name.as_str().cmp(&given.rule)) {
            Ok(rule) => teams.push(Team { name: given.team.clone(), rule, grid }),
            Err(_) => faults.push(TeamFault { table, row, kind: K::UnknownRule }),
        }
    }
    teams.sort_by(|a, b| a.name.cmp(&b.name));
    teams
}
