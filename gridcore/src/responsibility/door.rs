//! The door: every row is read and every fault noted; what is read goes on to be numbered.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::chains::Chains;
use super::fault::{DutyError, DutyFault, DutyFaultKind as K, DutyTable as T};
use super::names::Names;
use super::rows::{DutyTables, Role};
use super::rules::PostRule;
use super::store::{ANY, Away, Deputy, Duty, END, Holding, Known, LOST, Member, Ruled, START, Store};
use crate::id::{GridCode, MalformedCode};
use crate::tree::GridTree;

/// Times beyond it are refused: not every language can hold them, and beyond it lie the open bounds.
const MOST_SECONDS: i64 = (1 << 53) - 1;
/// Half of the numbers, so that people and teams together stay below the highest bit.
const MOST_ROWS: usize = 1 << 28;
/// Marks a team among parties while names are met.
pub(super) const TEAM: u32 = 1 << 31;

/// What is read so far.
pub(super) struct Reader<'r> {
    tree: &'r GridTree,
    faults: Vec<DutyFault>,
    people: Names<'r>,
    teams: Names<'r>,
    domains: Names<'r>,
    modes: Names<'r>,
    fronts: Names<'r>,
    posts: Names<'r>,
    reasons: Names<'r>,
    lost: Names<'r>,
}

/// An optional cell: one that is empty is none, and so is `*` where it stands for all.
fn given(cell: Option<&String>, star: bool) -> Option<&str> {
    cell.map(String::as_str).filter(|text| !(text.is_empty() || star && *text == "*"))
}

impl<'r> Reader<'r> {
    fn new(tree: &'r GridTree) -> Self {
        Self {
            tree,
            faults: Vec::new(),
            people: Names::default(),
            teams: Names::default(),
            domains: Names::default(),
            modes: Names::default(),
            fronts: Names::default(),
            posts: Names::default(),
            reasons: Names::default(),
            lost: Names::default(),
        }
    }

    pub(super) fn fault(&mut self, table: T, row: usize, kind: K) {
        self.faults.push(DutyFault { table, row, kind });
    }

    /// A text that must be a name.
    pub(super) fn name(&mut self, table: T, row: usize, column: &'static str, text: &str) -> bool {
        match MalformedCode::of(text) {
            None => true,
            Some(reason) => {
                self.fault(table, row, K::of(reason, column));
                false
            }
        }
    }

    /// The number of a domain that a row names.
    pub(super) fn domain(&mut self, table: T, row: usize, cell: Option<&'r String>) -> u32 {
        match given(cell, true) {
            Some(domain) if self.name(table, row, "domain", domain) => self.domains.id(domain),
            _ => ANY,
        }
    }

    fn person(&mut self, table: T, row: usize, column: &'static str, text: &'r str) -> u32 {
        if self.name(table, row, column, text) { self.people.id(text) } else { 0 }
    }

    /// The position of a grid; [`LOST`] if the tree does not have it.
    fn position(&mut self, table: T, row: usize, code: &'r str) -> u32 {
        if let Some(grid) = self.tree.find(code) {
            return grid.get() as u32;
        }
        self.name(table, row, "grid", code);
        LOST
    }

    fn interval(&mut self, table: T, row: usize, from: Option<i64>, until: Option<i64>) -> (i64, i64) {
        for (column, at) in [("from", from), ("until", until)] {
            if at.is_some_and(|at| !(-MOST_SECONDS..=MOST_SECONDS).contains(&at)) {
                self.fault(table, row, K::TimeOutOfRange { column });
                return (START, END);
            }
        }
        let (from, until) = (from.unwrap_or(START), until.unwrap_or(END));
        if from >= until {
            self.fault(table, row, K::EmptyInterval);
        }
        (from, until)
    }

    fn assignments(&mut self, tables: &'r DutyTables) -> Vec<Duty> {
        const TABLE: T = T::Assignments;
        let mut duties = Vec::with_capacity(tables.assignments.len());
        for (number, row) in tables.assignments.iter().enumerate() {
            let mut position = self.position(TABLE, number, &row.grid);
            if position == LOST {
                // Strays stand behind the tree.
                position = (self.tree.len() as u32).saturating_add(self.lost.id(&row.grid));
            }
            let (person, team) = (given(row.person.as_ref(), false), given(row.team.as_ref(), false));
            // A team is told from a person by the highest bit until all people are known.
            let party = match (person, team) {
                (Some(person), None) => self.person(TABLE, number, "person", person),
                (None, Some(team)) => {
                    if self.name(TABLE, number, "team", team) {
                        self.teams.id(team) | TEAM
                    } else {
                        0
                    }
                }
                (None, None) => {
                    self.fault(TABLE, number, K::NoParty);
                    0
                }
                (Some(_), Some(_)) => {
                    self.fault(TABLE, number, K::TwoParties);
                    0
                }
            };
            let role = match given(row.role.as_ref(), false) {
                None => Role::Accountable,
                Some(role) => Role::of(role).unwrap_or_else(|| {
                    self.fault(TABLE, number, K::UnknownRole);
                    // The share was meant for a role that nobody knows: no second fault.
                    Role::Supporting
                }),
            };
            let share = match row.share {
                Some(share) if !(share > 0.0 && share <= 1.0) => {
                    self.fault(TABLE, number, K::BadShare);
                    f64::NAN
                }
                Some(_) if role != Role::Supporting => {
                    self.fault(TABLE, number, K::ShareOnRole);
                    f64::NAN
                }
                Some(share) => share,
                None => f64::NAN,
            };
            let domain = self.domain(TABLE, number, row.domain.as_ref());
            let mode = match given(row.mode.as_ref(), true) {
                Some(mode) if self.name(TABLE, number, "mode", mode) => self.modes.id(mode),
                _ => ANY,
            };
            let post = match given(row.post.as_ref(), false) {
                Some(post) if self.name(TABLE, number, "post", post) => self.posts.id(post),
                _ => ANY,
            };
            let front = match given(row.front.as_ref(), false) {
                Some(front) if self.name(TABLE, number, "front", front) => self.fronts.id(front),
                _ => ANY,
            };
            let reason = given(row.reason.as_ref(), false).map_or(ANY, |reason| self.reasons.id(reason));
            let (from, until) = self.interval(TABLE, number, row.from, row.until);
            let row = number as u32;
            duties.push(Duty {
                position,
                party,
                domain,
                mode,
                front,
                post,
                reason,
                role,
                share,
                from,
                until,
                row,
            });
        }
        duties
    }

    fn absences(&mut self, tables: &'r DutyTables) -> Vec<Away> {
        let mut list = Vec::with_capacity(tables.absences.len());
        for (number, row) in tables.absences.iter().enumerate() {
            let person = self.person(T::Absences, number, "person", &row.person);
            let (from, until) = self.interval(T::Absences, number, row.from, row.until);
            list.push(Away { person, from, until, row: number as u32 });
        }
        list
    }

    fn deputies(&mut self, tables: &'r DutyTables) -> Vec<Deputy> {
        const TABLE: T = T::Deputies;
        let mut list = Vec::with_capacity(tables.deputies.len());
        for (number, row) in tables.deputies.iter().enumerate() {
            let before = self.faults.len();
            let person = self.person(TABLE, number, "person", &row.person);
            let holder = self.person(TABLE, number, "deputy_of", &row.deputy_of);
            if self.faults.len() == before && person == holder {
                self.fault(TABLE, number, K::OwnDeputy);
            }
            let code = given(row.grid.as_ref(), false);
            let position = code.map_or(ANY, |code| self.position(TABLE, number, code));
            let domain = self.domain(TABLE, number, row.domain.as_ref());
            let (from, until) = self.interval(TABLE, number, row.from, row.until);
            list.push(Deputy {
                holder,
                everywhere: code.is_none(),
                position: Reverse(position),
                domain_any: domain == ANY,
                order: row.order.unwrap_or(0),
                person,
                domain,
                from,
                until,
                grid: code.and_then(|code| code.parse().ok()),
                row: number as u32,
            });
        }
        list
    }

    fn holdings(&mut self, tables: &'r DutyTables) -> Vec<Holding> {
        const TABLE: T = T::Holdings;
        let mut list = Vec::with_capacity(tables.holdings.len());
        for (number, row) in tables.holdings.iter().enumerate() {
            let person = self.person(TABLE, number, "person", &row.person);
            let post = if self.name(TABLE, number, "post", &row.post) { self.posts.id(&row.post) } else { 0 };
            let position = self.position(TABLE, number, &row.grid);
            let (from, until) = self.interval(TABLE, number, row.from, row.until);
            let Ok(grid) = row.grid.parse::<GridCode>() else { continue };
            list.push(Holding { position, grid, post, person, from, until, row: number as u32 });
        }
        list
    }

    fn teams(&mut self, tables: &'r DutyTables) -> Vec<Member> {
        const TABLE: T = T::Teams;
        let mut list = Vec::with_capacity(tables.teams.len());
        let (mut seen, mut leads) = (HashMap::new(), HashMap::new());
        for (number, row) in tables.teams.iter().enumerate() {
            let before = self.faults.len();
            let team = if self.name(TABLE, number, "team", &row.team) { self.teams.id(&row.team) } else { 0 };
            let person = self.person(TABLE, number, "person", &row.person);
            if self.faults.len() > before {
                continue;
            }
            let first = *seen.entry((team, person)).or_insert(number);
            if first != number {
                self.fault(TABLE, number, K::Duplicate { first, grid: None });
                continue;
            }
            let lead = row.lead.unwrap_or(false);
            if lead {
                let first = *leads.entry(team).or_insert(number);
                if first != number {
                    self.fault(TABLE, number, K::TwoLeads { first });
                }
            }
            list.push(Member { team, person, lead, row: number as u32 });
        }
        list
    }

    fn known(&mut self, tables: &'r DutyTables) -> Vec<Known> {
        let mut list = Vec::with_capacity(tables.people.len());
        let mut seen = HashMap::new();
        for (number, row) in tables.people.iter().enumerate() {
            let before = self.faults.len();
            let person = self.person(T::People, number, "person", &row.person);
            let first =
                if self.faults.len() == before { *seen.entry(person).or_insert(number) } else { number };
            if first != number {
                self.fault(T::People, number, K::Duplicate { first, grid: None });
            }
            if row.capacity.is_some_and(|capacity| !capacity.is_finite() || capacity < 0.0) {
                self.fault(T::People, number, K::BadCapacity);
            }
            // Adding zero turns -0 into 0: the two are equal, so they are saved as one.
            list.push(Known { person, capacity: row.capacity.map_or(f64::NAN, |capacity| capacity + 0.0) });
        }
        list
    }

    fn rules(&mut self, tables: &'r DutyTables) -> Vec<Ruled> {
        let mut list = Vec::with_capacity(tables.rules.len());
        let mut seen = HashMap::new();
        for (number, rule) in tables.rules.iter().enumerate() {
            let kind = given(rule.kind.as_ref(), false);
            let first = *seen.entry((rule.level, kind)).or_insert(number);
            if first != number {
                self.fault(T::Rules, number, K::Duplicate { first, grid: None });
            }
            let post = match given(rule.post.as_ref(), false) {
                Some(post) if self.name(T::Rules, number, "post", post) => self.posts.id(post),
                _ => ANY,
            };
            let mut domains = Vec::new();
            for domain in &rule.domains {
                if self.name(T::Rules, number, "domains", domain) {
                    domains.push(domain.as_str());
                }
            }
            domains.sort_unstable();
            domains.dedup();
            let rule = PostRule {
                kind: kind.map(str::to_owned),
                post: given(rule.post.as_ref(), false).map(str::to_owned),
                title: rule.title.clone(),
                domains: domains.iter().map(|&domain| domain.to_owned()).collect(),
                ..*rule
            };
            let domains = domains.iter().map(|domain| self.domains.id(domain)).collect();
            list.push(Ruled { rule, post, domains });
        }
        list.sort_by(|a, b| (a.rule.level, &a.rule.kind).cmp(&(b.rule.level, &b.rule.kind)));
        list
    }
}

/// What was read, its names numbered as they were met.
pub(super) struct Draft<'r> {
    pub(super) people: Names<'r>,
    pub(super) teams: Names<'r>,
    pub(super) domains: Names<'r>,
    pub(super) modes: Names<'r>,
    pub(super) fronts: Names<'r>,
    pub(super) posts: Names<'r>,
    pub(super) reasons: Names<'r>,
    pub(super) lost: Names<'r>,
    pub(super) duties: Vec<Duty>,
    pub(super) away: Vec<Away>,
    pub(super) deputies: Vec<Deputy>,
    pub(super) holdings: Vec<Holding>,
    pub(super) members: Vec<Member>,
    pub(super) known: Vec<Known>,
    pub(super) rules: Vec<Ruled>,
    pub(super) chains: Chains,
}

/// Reads all tables.
pub(super) fn read(tree: &GridTree, tables: &DutyTables) -> Result<Store, DutyError> {
    let mut reader = Reader::new(tree);
    let lengths = [
        (T::Assignments, tables.assignments.len()),
        (T::Absences, tables.absences.len()),
        (T::Deputies, tables.deputies.len()),
        (T::Holdings, tables.holdings.len()),
        (T::Rules, tables.rules.len()),
        (T::Teams, tables.teams.len()),
        (T::People, tables.people.len()),
        (T::Chains, tables.chains.len()),
    ];
    for (table, rows) in lengths {
        if rows > MOST_ROWS {
            reader.fault(table, MOST_ROWS, K::TooManyRows);
        }
    }
    if !reader.faults.is_empty() {
        return Err(DutyError { faults: reader.faults });
    }
    let duties = reader.assignments(tables);
    let away = reader.absences(tables);
    let deputies = reader.deputies(tables);
    let holdings = reader.holdings(tables);
    let members = reader.teams(tables);
    let known = reader.known(tables);
    let rules = reader.rules(tables);
    let chains = Chains::read(tree, &tables.chains, &mut reader);
    let Reader { mut faults, people, teams, domains, modes, fronts, posts, reasons, lost, .. } = reader;
    if !faults.is_empty() {
        faults.sort_by_key(|fault| (fault.table, fault.row));
        return Err(DutyError { faults });
    }
    let draft = Draft {
        people,
        teams,
        domains,
        modes,
        fronts,
        posts,
        reasons,
        lost,
        duties,
        away,
        deputies,
        holdings,
        members,
        known,
        rules,
        chains,
    };
    Ok(draft.numbered(tree))
}
