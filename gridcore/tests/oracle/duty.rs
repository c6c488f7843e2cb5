//! The duties as a clerk would work them out: from the rows, second by second, written to be read.

use std::collections::{BTreeMap, BTreeSet};

use gridcore::responsibility::{
    AssignmentRow, AuditOptions, DeputyRow, DutyTables, PostRule, Requires, Strength,
};
use gridcore::tree::SpanBreach;
use gridcore::{GridIndex, GridTree};

/// All bounds of the tests lie between 0 and 8; what holds at these ends holds for ever.
pub(crate) const EARLY: i64 = -3;
pub(crate) const LATE: i64 = 13;

/// A finding reduced to what the clerk works out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    pub(crate) kind: &'static str,
    pub(crate) severity: &'static str,
    pub(crate) grid: Option<String>,
    pub(crate) domain: String,
    pub(crate) mode: Option<String>,
    pub(crate) from: i64,
    pub(crate) until: i64,
    pub(crate) above: Option<&'static str>,
    pub(crate) persons: Vec<String>,
    pub(crate) table: &'static str,
    pub(crate) rows: Vec<usize>,
    /// In quarters.
    pub(crate) amount: Option<i64>,
}

pub(crate) struct Clerk<'a> {
    pub(crate) tree: &'a GridTree,
    pub(crate) tables: &'a DutyTables,
}

/// Who answers: the rows that are equally good, and the deputy, if one speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spokesman {
    pub(crate) grid: GridIndex,
    pub(crate) rows: Vec<usize>,
    pub(crate) deputy: Option<String>,
}

fn wild(cell: Option<&String>) -> Option<&str> {
    cell.map(String::as_str).filter(|text| *text != "*")
}

pub(crate) fn holds(from: Option<i64>, until: Option<i64>, at: i64) -> bool {
    from.is_none_or(|from| from <= at) && until.is_none_or(|until| at < until)
}

pub(crate) fn role(row: &AssignmentRow) -> &str {
    row.role.as_deref().unwrap_or("accountable")
}

/// Mode-specific before direct before front before wildcard; in a mode the same order again.
fn rank(row: &AssignmentRow) -> (bool, u8) {
    let within = match (&row.front, wild(row.domain.as_ref())) {
        (None, Some(_)) => 0,
        (Some(_), Some(_)) => 1,
        (Some(_), None) => 2,
        (None, None) => 3,
    };
    (wild(row.mode.as_ref()).is_none(), within)
}

pub(crate) fn rule_name(row: &AssignmentRow) -> &'static str {
    match rank(row) {
        (false, _) => "mode_specific",
        (true, 0) => "direct",
        (true, 1 | 2) => "front",
        (true, _) => "wildcard",
    }
}

fn party(row: &AssignmentRow) -> (bool, String) {
    match (&row.person, &row.team) {
        (Some(person), _) => (false, person.clone()),
        (_, Some(team)) => (true, team.clone()),
        _ => unreachable!("each row names somebody"),
    }
}

fn is_head(row: &AssignmentRow) -> bool {
    role(row) == "accountable" && rank(row) == (true, 3)
}

/// What makes rows of one grid compete.
fn slot(row: &AssignmentRow) -> (Option<String>, Option<String>, bool) {
    let name = |cell: Option<&String>| wild(cell).map(str::to_owned);
    (name(row.mode.as_ref()), name(row.domain.as_ref()), row.front.is_some())
}

/// Stretches of seconds of which something is true.
pub(crate) fn runs(window: (i64, i64), truth: impl Fn(i64) -> bool) -> Vec<(i64, i64)> {
    let mut found: Vec<(i64, i64)> = Vec::new();
    for at in (window.0..window.1).filter(|&at| truth(at)) {
        match found.last_mut() {
            Some(run) if run.1 == at => run.1 = at + 1,
            _ => found.push((at, at + 1)),
        }
    }
    found
}

impl Clerk<'_> {
    fn assignments(&self) -> impl Iterator<Item = (usize, &AssignmentRow)> {
        self.tables.assignments.iter().enumerate()
    }

    fn at_grid(&self, grid: GridIndex) -> Vec<(usize, &AssignmentRow)> {
        let code = self.tree.code(grid).to_string();
        self.assignments().filter(|(_, row)| row.grid == code).collect()
    }

    fn absent(&self, person: &str, at: i64) -> bool {
        self.tables.absences.iter().any(|row| row.person == person && holds(row.from, row.until, at))
    }

    fn lead(&self, team: &str) -> Option<String> {
        let lead = self.tables.teams.iter().find(|row| row.team == team && row.lead == Some(true));
        lead.map(|row| row.person.clone())
    }

    pub(crate) fn person_of(&self, row: &AssignmentRow) -> Option<String> {
        row.person.clone().or_else(|| self.lead(row.team.as_ref()?))
    }

    /// The deputy who speaks for a holder.
    fn deputy(&self, holder: &str, grid: GridIndex, domain: &str, at: i64) -> Option<String> {
        let stands_in = |row: &&DeputyRow| {
            let there = row.grid.as_ref().is_none_or(|code| {
                self.tree.find(code).is_some_and(|scope| self.tree.is_ancestor(scope, grid))
            });
            row.deputy_of == holder
                && there
                && wild(row.domain.as_ref()).is_none_or(|own| own == domain)
                && holds(row.from, row.until, at)
                && !self.absent(&row.person, at)
        };
        let order = |row: &&DeputyRow| {
            let depth =
                row.grid.as_ref().and_then(|code| self.tree.find(code)).map(|grid| self.tree.depth(grid));
            let nearness = depth.map_or(usize::MAX, |depth| 100 - depth);
            let general = wild(row.domain.as_ref()).is_none();
            (nearness, general, row.order.unwrap_or(0), row.person.clone())
        };
        self.tables.deputies.iter().filter(stands_in).min_by_key(order).map(|row| row.person.clone())
    }

    fn covers(row: &AssignmentRow, domain: &str, mode: Option<&str>) -> bool {
        role(row) == "accountable"
            && wild(row.domain.as_ref()).is_none_or(|own| own == domain)
            && wild(row.mode.as_ref()).is_none_or(|own| Some(own) == mode)
    }

    /// Who answers at a grid itself.
    pub(crate) fn here(
        &self,
        grid: GridIndex,
        domain: &str,
        mode: Option<&str>,
        at: i64,
    ) -> Option<Spokesman> {
        type Key = ((bool, u8), i64, (bool, String));
        let mut best: Option<(Key, Spokesman)> = None;
        for (number, row) in self.at_grid(grid) {
            if !Self::covers(row, domain, mode) || !holds(row.from, row.until, at) {
                continue;
            }
            let mut deputy = None;
            if let Some(person) = row.person.as_ref().filter(|person| self.absent(person, at)) {
                deputy = self.deputy(person, grid, domain, at);
                if deputy.is_none() {
                    continue;
                }
            }
            // The latest start first.
            let start = -row.from.unwrap_or(EARLY);
            let key = (rank(row), start, party(row));
            match &mut best {
                Some((known, found)) if *known == key => found.rows.push(number),
                Some((known, _)) if *known < key => {}
                _ => best = Some((key, Spokesman { grid, rows: vec![number], deputy })),
            }
        }
        best.map(|(_, found)| found)
    }

    /// Who answers for a grid: here, or at the nearest grid above.
    pub(crate) fn answers(
        &self,
        grid: GridIndex,
        domain: &str,
        mode: Option<&str>,
        at: i64,
    ) -> Option<Spokesman> {
        let mut next = Some(grid);
        while let Some(here) = next {
            if let Some(found) = self.here(here, domain, mode, at) {
                return Some(found);
            }
            next = self.tree.parent(here);
        }
        None
    }

    fn rule(&self, grid: GridIndex) -> Option<&PostRule> {
        let of_level = || self.tables.rules.iter().filter(|rule| rule.level == self.tree.level(grid));
        let own = of_level().find(|rule| rule.kind.is_some() && rule.kind.as_deref() == self.tree.kind(grid));
        own.or_else(|| of_level().find(|rule| rule.kind.is_none()))
    }

    fn holds_post(&self, person: &str, post: &str, grid: Option<&str>, at: i64) -> bool {
        self.tables.holdings.iter().any(|row| {
            row.person == person
                && row.post == post
                && grid.is_none_or(|grid| row.grid == grid)
                && holds(row.from, row.until, at)
        })
    }

    pub(crate) fn domains(&self) -> Vec<String> {
        let rows = self.assignments().filter_map(|(_, row)| wild(row.domain.as_ref()));
        let deputies = self.tables.deputies.iter().filter_map(|row| wild(row.domain.as_ref()));
        let rules = self.tables.rules.iter().flat_map(|rule| rule.domains.iter().map(String::as_str));
        let all: BTreeSet<&str> = rows.chain(deputies).chain(rules).collect();
        all.into_iter().map(str::to_owned).collect()
    }

    pub(crate) fn modes(&self) -> Vec<String> {
        let all: BTreeSet<&str> = self.assignments().filter_map(|(_, row)| wild(row.mode.as_ref())).collect();
        all.into_iter().map(str::to_owned).collect()
    }

    fn finding(kind: &'static str, severity: &'static str, (from, until): (i64, i64)) -> Finding {
        Finding {
            kind,
            severity,
            grid: None,
            domain: "*".to_owned(),
            mode: Some("*".to_owned()),
            from,
            until,
            above: None,
            persons: Vec::new(),
            table: "assignments",
            rows: Vec::new(),
            amount: None,
        }
    }

    /// A finding about some rows of one slot: their domain and mode, and whom they name.
    fn about(&self, mut finding: Finding, rows: &[(usize, &AssignmentRow)]) -> Finding {
        let persons: BTreeSet<String> = rows.iter().filter_map(|(_, row)| self.person_of(row)).collect();
        finding.persons = persons.into_iter().collect();
        finding.rows = rows.iter().map(|(number, _)| *number).collect();
        let (_, first) = rows[0];
        wild(first.domain.as_ref()).unwrap_or("*").clone_into(&mut finding.domain);
        finding.mode = Some(wild(first.mode.as_ref()).unwrap_or("*").to_owned());
        finding.grid = Some(first.grid.clone());
        finding
    }

    /// Everything an audit finds, sorted; what is missing stands once for each domain and mode.
    pub(crate) fn audit(&self, window: (i64, i64), options: &AuditOptions) -> Vec<Finding> {
        let mut found = Vec::new();
        for grid in self.tree.indices() {
            self.missing(grid, window, options.every_level, &mut found);
            self.crowds(grid, window, &mut found);
            self.posts(grid, window, &mut found);
        }
        self.unknown(window, &mut found);
        self.shares(window, &mut found);
        self.spans(window, options, &mut found);
        found.sort();
        found
    }

    fn missing(&self, grid: GridIndex, window: (i64, i64), every_level: bool, found: &mut Vec<Finding>) {
        let rule = self.rule(grid);
        let mut domains = self.domains();
        if domains.is_empty() {
            domains.push("any".to_owned());
        }
        let modes = self.modes();
        for domain in &domains {
            for mode in std::iter::once(None).chain(modes.iter().map(|mode| Some(mode.as_str()))) {
                let rows: Vec<_> = self
                    .at_grid(grid)
                    .into_iter()
                    .filter(|(_, row)| Self::covers(row, domain, mode))
                    .collect();
                let named = |at: i64| rows.iter().any(|(_, row)| holds(row.from, row.until, at));
                let present = |at: i64| self.here(grid, domain, mode, at).is_some();
                let above = |at: i64| {
                    self.tree
                        .parent(grid)
                        .is_some_and(|above| self.answers(above, domain, mode, at).is_some())
                };
                let covered = |run: (i64, i64)| {
                    if (run.0..run.1).all(above) {
                        "throughout"
                    } else if (run.0..run.1).any(above) {
                        "partly"
                    } else {
                        "never"
                    }
                };
                let wants_direct = rule.is_some_and(|rule| {
                    rule.requires == Requires::Direct
                        && (rule.domains.is_empty() || rule.domains.contains(domain))
                });
                let wants_head = rule.is_some_and(|rule| rule.requires == Requires::Head);
                let looks_for_gaps = !wants_direct
                    && !wants_head
                    && (rule.is_some() || every_level || self.tree.is_leaf(grid));
                let mut note = |kind, severity, run, rows: Vec<usize>, persons: Vec<String>| {
                    let mut finding = Self::finding(kind, severity, run);
                    finding.grid = Some(self.tree.code(grid).to_string());
                    finding.domain = if self.domains().is_empty() { "*".to_owned() } else { domain.clone() };
                    finding.mode = mode.map(str::to_owned);
                    (finding.rows, finding.persons) = (rows, persons);
                    finding.above = Some(covered(run));
                    found.push(finding);
                };
                if wants_direct {
                    for run in runs(window, |at| !named(at)) {
                        note("no_direct_holder", "violation", run, Vec::new(), Vec::new());
                    }
                }
                if looks_for_gaps {
                    for run in runs(window, |at| !named(at) && !above(at)) {
                        note("gap", "violation", run, Vec::new(), Vec::new());
                    }
                }
                for run in runs(window, |at| named(at) && !present(at)) {
                    let grave = wants_direct || covered(run) != "throughout";
                    let there = |row: &AssignmentRow| (run.0..run.1).any(|at| holds(row.from, row.until, at));
                    let away: Vec<_> = rows.iter().filter(|(_, row)| there(row)).collect();
                    let persons: BTreeSet<String> =
                        away.iter().filter_map(|(_, row)| self.person_of(row)).collect();
                    let numbers = away.iter().map(|(number, _)| *number).collect();
                    let severity = if grave { "violation" } else { "warning" };
                    note("absent_without_deputy", severity, run, numbers, persons.into_iter().collect());
                }
            }
        }
        if rule.is_some_and(|rule| rule.requires == Requires::Head) {
            let heads: Vec<_> = self.at_grid(grid).into_iter().filter(|(_, row)| is_head(row)).collect();
            for run in runs(window, |at| !heads.iter().any(|(_, row)| holds(row.from, row.until, at))) {
                let mut finding = Self::finding("head_missing", "violation", run);
                finding.grid = Some(self.tree.code(grid).to_string());
                found.push(finding);
            }
        }
    }

    fn crowds(&self, grid: GridIndex, window: (i64, i64), found: &mut Vec<Finding>) {
        let mut slots: BTreeMap<_, Vec<(usize, &AssignmentRow)>> = BTreeMap::new();
        for (number, row) in self.at_grid(grid).into_iter().filter(|(_, row)| role(row) == "accountable") {
            slots.entry(slot(row)).or_default().push((number, row));
        }
        for rows in slots.values() {
            let there = |at: i64| rows.iter().filter(move |(_, row)| holds(row.from, row.until, at));
            let in_run = |run: (i64, i64)| -> Vec<(usize, &AssignmentRow)> {
                let some = |row: &AssignmentRow| (run.0..run.1).any(|at| holds(row.from, row.until, at));
                rows.iter().filter(|(_, row)| some(row)).copied().collect()
            };
            let parties = |at: i64| there(at).map(|(_, row)| party(row)).collect::<BTreeSet<_>>();
            for run in runs(window, |at| parties(at).len() > 1) {
                let kind = if is_head(rows[0].1) { "head_doubled" } else { "overlap" };
                found.push(self.about(Self::finding(kind, "violation", run), &in_run(run)));
            }
            let everybody: BTreeSet<_> = rows.iter().map(|(_, row)| party(row)).collect();
            for one in everybody {
                let twice = |at: i64| there(at).filter(|(_, row)| party(row) == one).count() > 1;
                for run in runs(window, twice) {
                    let mut own = in_run(run);
                    own.retain(|(_, row)| party(row) == one);
                    found.push(self.about(Self::finding("duplicate", "warning", run), &own));
                }
            }
            let last = rows.iter().map(|(_, row)| row.until.unwrap_or(LATE)).max().unwrap_or(LATE);
            if last <= window.0 {
                let over: Vec<_> = rows.iter().filter(|(_, row)| row.until == Some(last)).copied().collect();
                let from = over.iter().map(|(_, row)| row.from.unwrap_or(EARLY)).min().unwrap_or(last);
                found.push(self.about(Self::finding("expired", "warning", (from, last)), &over));
            }
        }
    }

    fn posts(&self, grid: GridIndex, window: (i64, i64), found: &mut Vec<Finding>) {
        let Some(rule) = self.rule(grid) else { return };
        let Some(post) = &rule.post else { return };
        let code = self.tree.code(grid).to_string();
        for (number, row) in self.at_grid(grid).into_iter().filter(|(_, row)| is_head(row)) {
            let breach = |at: i64| {
                let person = self.person_of(row);
                holds(row.from, row.until, at)
                    && row.post.as_ref() != Some(post)
                    && !person.is_some_and(|person| self.holds_post(&person, post, Some(&code), at))
            };
            for run in runs(window, breach) {
                let severity = match (rule.strength, &row.reason) {
                    (Strength::Strict, _) => "violation",
                    (Strength::Default, None) => "warning",
                    (Strength::Default, Some(_)) => "noted",
                };
                found.push(self.about(Self::finding("post_breach", severity, run), &[(number, row)]));
            }
        }
    }

    fn unknown(&self, window: (i64, i64), found: &mut Vec<Finding>) {
        let tables = self.tables;
        let cut = |from: Option<i64>, until: Option<i64>| runs(window, |at| holds(from, until, at));
        let known: BTreeSet<&str> = tables.people.iter().map(|row| row.person.as_str()).collect();
        let strange = |person: &str| !known.is_empty() && !known.contains(person);
        for (number, row) in self.assignments() {
            for run in cut(row.from, row.until) {
                let mut note = |kind, severity| {
                    found.push(self.about(Self::finding(kind, severity, run), &[(number, row)]));
                };
                if self.tree.find(&row.grid).is_none() {
                    note("unknown_grid", "violation");
                }
                if row.person.as_ref().is_some_and(|person| strange(person)) {
                    note("unknown_person", "violation");
                }
                if let Some(team) = row.team.as_ref().filter(|_| !tables.teams.is_empty()) {
                    if !tables.teams.iter().any(|member| member.team == *team) {
                        note("unknown_team", "violation");
                    } else if role(row) == "accountable" && self.lead(team).is_none() {
                        note("no_lead", "warning");
                    }
                }
            }
            if let (Some(post), Some(person), false) = (&row.post, &row.person, tables.holdings.is_empty()) {
                let without =
                    |at: i64| holds(row.from, row.until, at) && !self.holds_post(person, post, None, at);
                for run in runs(window, without) {
                    found
                        .push(self.about(Self::finding("post_not_held", "violation", run), &[(number, row)]));
                }
            }
        }
        let mut note = |kind, table, number, run, grid: Option<&String>, person: &str| {
            let mut finding = Self::finding(kind, "violation", run);
            (finding.table, finding.rows, finding.grid) = (table, vec![number], grid.cloned());
            finding.persons.push(person.to_owned());
            found.push(finding);
        };
        for (number, row) in tables.deputies.iter().enumerate() {
            for run in cut(row.from, row.until) {
                if let Some(grid) = row.grid.as_ref().filter(|code| self.tree.find(code).is_none()) {
                    note("unknown_grid", "deputies", number, run, Some(grid), &row.person);
                }
                for person in [&row.person, &row.deputy_of].into_iter().filter(|person| strange(person)) {
                    note("unknown_person", "deputies", number, run, None, person);
                }
            }
        }
        for (number, row) in tables.holdings.iter().enumerate() {
            for run in cut(row.from, row.until) {
                if self.tree.find(&row.grid).is_none() {
                    note("unknown_grid", "holdings", number, run, Some(&row.grid), &row.person);
                }
                if strange(&row.person) {
                    note("unknown_person", "holdings", number, run, None, &row.person);
                }
            }
        }
        for (number, row) in tables.absences.iter().enumerate().filter(|(_, row)| strange(&row.person)) {
            for run in cut(row.from, row.until) {
                note("unknown_person", "absences", number, run, None, &row.person);
            }
        }
        for (number, row) in tables.teams.iter().enumerate().filter(|(_, row)| strange(&row.person)) {
            note("unknown_person", "teams", number, window, None, &row.person);
        }
    }

    /// Shares of the tests are quarters, so that sums are exact.
    fn shares(&self, window: (i64, i64), found: &mut Vec<Finding>) {
        let quarters = |share: f64| (share * 4.0) as i64;
        let people: BTreeSet<&String> =
            self.assignments().filter_map(|(_, row)| row.person.as_ref()).collect();
        for person in people {
            let capacity = self.tables.people.iter().find(|row| row.person == *person);
            let capacity = quarters(capacity.and_then(|row| row.capacity).unwrap_or(1.0));
            let sum = |mode: Option<&str>, at: i64| -> i64 {
                let own = self.assignments().filter(|(_, row)| row.person.as_ref() == Some(person));
                let there = own.filter(|(_, row)| holds(row.from, row.until, at));
                let there =
                    there.filter(|(_, row)| wild(row.mode.as_ref()).is_none_or(|own| Some(own) == mode));
                there.map(|(_, row)| quarters(row.share.unwrap_or(0.0))).sum()
            };
            let over = |mode: Option<&str>, at: i64| sum(mode, at) > capacity;
            let modes = self.modes();
            for mode in std::iter::once(None).chain(modes.iter().map(|mode| Some(mode.as_str()))) {
                for run in runs(window, |at| over(mode, at)) {
                    let rows = self.assignments().filter(|(_, row)| {
                        row.share.is_some()
                            && row.person.as_ref() == Some(person)
                            && wild(row.mode.as_ref()).is_none_or(|own| Some(own) == mode)
                            && (run.0..run.1).any(|at| holds(row.from, row.until, at))
                    });
                    let rows: Vec<usize> = rows.map(|(number, _)| number).collect();
                    // What is too much outside of any mode is so in each.
                    for piece in runs(run, |at| mode.is_none() || !over(None, at)) {
                        let mut finding = Self::finding("over_capacity", "violation", piece);
                        finding.mode = Some(mode.unwrap_or("*").to_owned());
                        finding.persons.push(person.clone());
                        finding.rows.clone_from(&rows);
                        finding.amount = (run.0..run.1).map(|at| sum(mode, at)).max();
                        found.push(finding);
                    }
                }
            }
        }
    }

    fn spans(&self, window: (i64, i64), options: &AuditOptions, found: &mut Vec<Finding>) {
        let Some(profile) = options.span else { return };
        let heads = |grid: GridIndex, at: i64| -> Vec<(usize, String)> {
            let here = self.at_grid(grid).into_iter();
            let here = here.filter(|(_, row)| is_head(row) && holds(row.from, row.until, at));
            here.filter_map(|(number, row)| Some((number, self.person_of(row)?))).collect()
        };
        let headed = |person: &str, at: i64| -> Vec<GridIndex> {
            let own = |grid: &GridIndex| heads(*grid, at).iter().any(|(_, head)| head == person);
            self.tree.indices().filter(own).collect()
        };
        // The span, and the first grid that it is noted at.
        let span = |person: &str, at: i64| -> Option<(usize, GridIndex)> {
            let own = headed(person, at);
            let beneath = own.iter().flat_map(|&grid| self.tree.children(grid));
            Some((beneath.filter(|child| !own.contains(child)).count(), *own.first()?))
        };
        let people: BTreeSet<String> =
            self.assignments().filter_map(|(_, row)| self.person_of(row)).collect();
        for person in &people {
            let mut from = window.0;
            while from < window.1 {
                let now = span(person, from);
                let until = (from..window.1).find(|&at| span(person, at) != now).unwrap_or(window.1);
                if let Some((wide, grid)) = now
                    && let Some(breach) = profile.judge(wide)
                {
                    assert!(matches!(breach, SpanBreach::TooWide | SpanBreach::TooNarrow));
                    let mut finding = Self::finding("span", "warning", (from, until));
                    finding.grid = Some(self.tree.code(grid).to_string());
                    finding.persons.push(person.clone());
                    finding.amount = i64::try_from(4 * wide).ok();
                    let mut rows = BTreeSet::new();
                    for grid in self.tree.indices() {
                        for at in from..until {
                            let own = heads(grid, at).into_iter().filter(|(_, head)| head == person);
                            rows.extend(own.map(|(number, _)| number));
                        }
                    }
                    finding.rows = rows.into_iter().collect();
                    found.push(finding);
                }
                from = until;
            }
        }
    }
}
