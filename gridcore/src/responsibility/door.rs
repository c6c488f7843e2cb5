//! The door: every row is read, every fault noted; then names become numbers and rows arrays.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::str::FromStr;

use super::chains::Chains;
use super::fault::{DutyError, DutyFault, DutyFaultKind as K, DutyTable as T};
use super::rows::{DutyTables, Role};
use super::rules::PostRule;
use super::store::{
    ANY, Away, ByPosition, Deputy, Duty, END, Holding, Known, LOST, Member, Ruled, START, Spans, Store, sort,
    starts,
};
use crate::id::{GridCode, MalformedCode};
use crate::tree::GridTree;

/// Times beyond it are refused: not every language can hold them, and beyond it lie the open bounds.
const MOST_SECONDS: i64 = (1 << 53) - 1;

/// Names in the order in which they are met, each once.
#[derive(Default)]
struct Names<'r> {
    ids: HashMap<&'r str, u32>,
    list: Vec<&'r str>,
}

impl<'r> Names<'r> {
    fn id(&mut self, name: &'r str) -> u32 {
        let next = self.list.len() as u32;
        let id = *self.ids.entry(name).or_insert(next);
        if id == next {
            self.list.push(name);
        }
        id
    }

    /// The names in order, and the place of each that was met.
    fn sorted<N: FromStr<Err = MalformedCode>>(&self) -> (Vec<N>, Places) {
        let (texts, places) = self.sorted_texts();
        (
            texts.into_iter().map(|text| text.parse().expect("it was checked when it was met")).collect(),
            places,
        )
    }

    fn sorted_texts(&self) -> (Vec<&'r str>, Places) {
        let mut order: Vec<u32> = (0..self.list.len() as u32).collect();
        order.sort_unstable_by_key(|&id| self.list[id as usize]);
        let mut places = vec![0; order.len()];
        for (place, &id) in order.iter().enumerate() {
            places[id as usize] = place as u32;
        }
        (order.iter().map(|&id| self.list[id as usize]).collect(), Places(places))
    }
}

/// Where each name that was met stands in order.
struct Places(Vec<u32>);

impl Places {
    fn of(&self, id: u32) -> u32 {
        self.0.get(id as usize).copied().unwrap_or(ANY)
    }
}

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
fn given<'r>(cell: Option<&'r String>, star: bool) -> Option<&'r str> {
    cell.map(String::as_str).filter(|text| !text.is_empty() && !(star && *text == "*"))
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
        match self.tree.find(code) {
            Some(grid) => grid.get() as u32,
            None => {
                self.name(table, row, "grid", code);
                LOST
            }
        }
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

/// Marks a team among parties while names are met.
const TEAM: u32 = 1 << 31;

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
    // Half of the numbers, so that people and teams together stay below the highest bit.
    const MOST_ROWS: usize = 1 << 28;
    for (table, rows) in lengths {
        if rows > MOST_ROWS {
            reader.fault(table, MOST_ROWS, K::TooManyRows);
        }
    }
    if !reader.faults.is_empty() {
        return Err(DutyError { faults: reader.faults });
    }
    let mut duties = reader.assignments(tables);
    let mut away = reader.absences(tables);
    let mut deputies = reader.deputies(tables);
    let mut holdings = reader.holdings(tables);
    let mut members = reader.teams(tables);
    let mut known = reader.known(tables);
    let mut rules = reader.rules(tables);
    let mut chains = Chains::read(tree, &tables.chains, &mut reader);
    if !reader.faults.is_empty() {
        reader.faults.sort_by_key(|fault| (fault.table, fault.row));
        return Err(DutyError { faults: reader.faults });
    }

    let (people, person) = reader.people.sorted();
    let (teams, team) = reader.teams.sorted();
    let (domains, domain) = reader.domains.sorted();
    let (modes, mode) = reader.modes.sorted();
    let (fronts, front) = reader.fronts.sorted();
    let (posts, post) = reader.posts.sorted();
    let (reasons, reason) = reader.reasons.sorted_texts();
    let (mut lost, _) = reader.lost.sorted::<GridCode>();
    lost.sort_unstable();
    let grids = tree.len() as u32;
    for duty in &mut duties {
        duty.party = match duty.party {
            id if id & TEAM != 0 => people.len() as u32 + team.of(id & !TEAM),
            id => person.of(id),
        };
        duty.domain = domain.of(duty.domain);
        duty.mode = mode.of(duty.mode);
        duty.front = front.of(duty.front);
        duty.post = post.of(duty.post);
        duty.reason = reason.of(duty.reason);
        if duty.position >= grids {
            let code = reader.lost.list[(duty.position - grids) as usize];
            let code: GridCode = code.parse().expect("it was checked when it was met");
            let place = lost.binary_search(&code).expect("every code that was met is in the list");
            duty.position = grids + place as u32;
        }
    }
    away.iter_mut().for_each(|away| away.person = person.of(away.person));
    for deputy in &mut deputies {
        (deputy.holder, deputy.person) = (person.of(deputy.holder), person.of(deputy.person));
        deputy.domain = domain.of(deputy.domain);
    }
    for holding in &mut holdings {
        (holding.person, holding.post) = (person.of(holding.person), post.of(holding.post));
    }
    for member in &mut members {
        (member.team, member.person) = (team.of(member.team), person.of(member.person));
    }
    known.iter_mut().for_each(|known| known.person = person.of(known.person));
    for ruled in &mut rules {
        ruled.post = post.of(ruled.post);
        ruled.domains.iter_mut().for_each(|id| *id = domain.of(*id));
        ruled.domains.sort_unstable();
    }
    chains.rename(|id| domain.of(id));
    away.sort_unstable();
    deputies.sort_unstable();
    holdings.sort_unstable();
    members.sort_unstable();
    known.sort_unstable_by_key(|known| known.person);

    let bounded = |from: i64, until: i64| from != START || until != END;
    let timed = duties.iter().any(|duty| bounded(duty.from, duty.until))
        || away.iter().any(|away| bounded(away.from, away.until))
        || deputies.iter().any(|deputy| bounded(deputy.from, deputy.until));
    let timed_posts = holdings.iter().any(|holding| bounded(holding.from, holding.until));
    let mut holdings_by_person: Vec<u32> = (0..holdings.len() as u32).collect();
    holdings_by_person.sort_by_key(|&place| {
        let holding = &holdings[place as usize];
        (holding.person, holding.post)
    });
    let mut strays = duties.extract_if(.., |duty| duty.position >= grids).collect::<Vec<_>>();
    strays.iter_mut().for_each(|duty| duty.position -= grids);
    sort(&mut strays);
    let (accountable, others) = duties.into_iter().partition(|duty| duty.role == Role::Accountable);
    let mut leads = vec![ANY; teams.len()];
    members
        .iter()
        .filter(|member| member.lead)
        .for_each(|member| leads[member.team as usize] = member.person);
    Ok(Store {
        tree: tree.clone(),
        accountable: ByPosition::new(tree.len(), accountable),
        others: ByPosition::new(tree.len(), others),
        absent: Spans::new(people.len(), away.iter().map(|away| (away.person, away.from, away.until))),
        deputies_of: starts(people.len(), deputies.iter().map(|deputy| deputy.holder)),
        people,
        teams,
        domains,
        modes,
        fronts,
        posts,
        reasons: reasons.into_iter().map(str::to_owned).collect(),
        strays,
        lost,
        away,
        deputies,
        holdings,
        holdings_by_person,
        members,
        leads,
        known,
        rules,
        chains,
        timed,
        timed_posts,
    })
}
