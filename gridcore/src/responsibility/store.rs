//! Duties as arrays by position in the tree, and the kernel of every question: who answers here.

use std::cmp::Reverse;
use std::ops::Range;

use super::chains::Chains;
use super::rows::{AbsenceRow, AssignmentRow, DeputyRow, DutyTables, HoldingRow, PersonRow, Role, TeamRow};
use super::rules::PostRule;
use crate::id::{Domain, GridCode, Mode, PersonId, PostId, TeamId};
use crate::tree::{FrontCode, GridTree};

/// Every domain, every mode; no front, no post, no reason.
pub(super) const ANY: u32 = u32::MAX;
/// A name that no row has: only rows for every domain or mode match it.
pub(super) const NAMELESS: u32 = u32::MAX - 1;
/// A grid that the tree does not have.
pub(super) const LOST: u32 = u32::MAX - 1;
/// A time before and after all others; the door keeps bounds well within.
pub(super) const START: i64 = i64::MIN;
pub(super) const END: i64 = i64::MAX;

/// One assignment inside.
#[derive(Clone, Debug)]
pub(super) struct Duty {
    /// Where in the tree; the place in [`Store::lost`] for a stray.
    pub(super) position: u32,
    /// A person, or a team beyond the people.
    pub(super) party: u32,
    pub(super) domain: u32,
    pub(super) mode: u32,
    pub(super) front: u32,
    pub(super) post: u32,
    pub(super) reason: u32,
    pub(super) role: Role,
    /// Not-a-number for none.
    pub(super) share: f64,
    pub(super) from: i64,
    pub(super) until: i64,
    pub(super) row: u32,
}

impl Duty {
    /// How specific it is: the lower comes first.
    pub(super) fn rank(&self) -> u8 {
        let within = match (self.front == ANY, self.domain == ANY) {
            (true, false) => 0,
            (false, false) => 1,
            (false, true) => 2,
            (true, true) => 3,
        };
        within + if self.mode == ANY { 4 } else { 0 }
    }

    /// Whether it makes somebody head of the grid: accountable for the whole of it, in every mode.
    pub(super) fn is_head(&self) -> bool {
        self.role == Role::Accountable && self.rank() == 7
    }

    pub(super) fn covers(&self, domain: u32, mode: u32) -> bool {
        (self.domain == ANY || self.domain == domain) && (self.mode == ANY || self.mode == mode)
    }

    pub(super) fn in_force(&self, at: i64) -> bool {
        self.from <= at && at < self.until
    }

    /// By place and rank; among equals the one that starts last comes first, then by content.
    fn order(&self) -> impl Ord {
        let content = (self.domain, self.mode, self.front, self.until, self.post, self.reason);
        let share = self.share.to_bits();
        let party = (Reverse(self.from), self.party);
        (self.position, self.role, self.rank(), party, content, share, self.row)
    }
}

/// A deputy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Deputy {
    pub(super) holder: u32,
    /// The later in preorder is the nearer; those for all grids come last.
    pub(super) everywhere: bool,
    pub(super) position: Reverse<u32>,
    pub(super) domain_any: bool,
    pub(super) order: u32,
    pub(super) person: u32,
    pub(super) domain: u32,
    pub(super) from: i64,
    pub(super) until: i64,
    pub(super) grid: Option<GridCode>,
    pub(super) row: u32,
}

/// A post that somebody holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Holding {
    pub(super) position: u32,
    pub(super) grid: GridCode,
    pub(super) post: u32,
    pub(super) person: u32,
    pub(super) from: i64,
    pub(super) until: i64,
    pub(super) row: u32,
}

/// A member of a team.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Member {
    pub(super) team: u32,
    pub(super) person: u32,
    pub(super) lead: bool,
    pub(super) row: u32,
}

/// A stretch of a person's absence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Away {
    pub(super) person: u32,
    pub(super) from: i64,
    pub(super) until: i64,
    pub(super) row: u32,
}

/// A person whom the office knows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Known {
    pub(super) person: u32,
    /// Not-a-number for one that was not given.
    pub(super) capacity: f64,
}

/// A rule beside what it names.
#[derive(Clone, Debug)]
pub(super) struct Ruled {
    pub(super) rule: PostRule,
    pub(super) post: u32,
    pub(super) domains: Vec<u32>,
}

/// All that is known of duties over one tree.
#[derive(Debug)]
pub(super) struct Store {
    pub(super) tree: GridTree,
    pub(super) people: Vec<PersonId>,
    pub(super) teams: Vec<TeamId>,
    pub(super) domains: Vec<Domain>,
    pub(super) modes: Vec<Mode>,
    pub(super) fronts: Vec<FrontCode>,
    pub(super) posts: Vec<PostId>,
    pub(super) reasons: Vec<String>,
    /// Accountable assignments by position.
    pub(super) accountable: ByPosition,
    /// Supporting and supervising ones.
    pub(super) others: ByPosition,
    /// Those at grids that the tree does not have.
    pub(super) strays: Vec<Duty>,
    pub(super) lost: Vec<GridCode>,
    pub(super) away: Vec<Away>,
    /// For each person, stretches of absence that neither meet nor overlap.
    pub(super) absent: Spans,
    pub(super) deputies: Vec<Deputy>,
    pub(super) deputies_of: Vec<u32>,
    pub(super) holdings: Vec<Holding>,
    /// Their places by person, then post.
    pub(super) holdings_by_person: Vec<u32>,
    pub(super) members: Vec<Member>,
    /// The lead of each team.
    pub(super) leads: Vec<u32>,
    pub(super) known: Vec<Known>,
    pub(super) rules: Vec<Ruled>,
    pub(super) chains: Chains,
    pub(super) timed: bool,
    /// Whether some post is held for a time only.
    pub(super) timed_posts: bool,
}

/// Assignments in order, with where those of each position start.
#[derive(Debug, Default)]
pub(super) struct ByPosition {
    pub(super) duties: Vec<Duty>,
    starts: Vec<u32>,
}

/// The starts of each group in a sorted list of group numbers.
pub(super) fn starts(groups: usize, of: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut starts = vec![0_u32; groups + 1];
    for group in of {
        starts[group as usize + 1] += 1;
    }
    for place in 1..starts.len() {
        starts[place] += starts[place - 1];
    }
    starts
}

impl ByPosition {
    pub(super) fn new(grids: usize, mut duties: Vec<Duty>) -> Self {
        sort(&mut duties);
        let starts = starts(grids, duties.iter().map(|duty| duty.position));
        Self { duties, starts }
    }

    pub(super) fn range(&self, position: usize) -> Range<usize> {
        self.starts[position] as usize..self.starts[position + 1] as usize
    }

    pub(super) fn at(&self, position: usize) -> &[Duty] {
        &self.duties[self.range(position)]
    }
}

/// Sorts assignments by place, rank and content.
pub(super) fn sort(duties: &mut [Duty]) {
    duties.sort_by(|a, b| a.order().cmp(&b.order()));
}

/// For each of a number of things, intervals in ascending order that neither meet nor overlap.
#[derive(Debug, Default)]
pub(super) struct Spans {
    starts: Vec<u32>,
    list: Vec<(i64, i64)>,
}

impl Spans {
    /// Joins intervals, which come by group and start.
    pub(super) fn new(groups: usize, sorted: impl Iterator<Item = (u32, i64, i64)>) -> Self {
        let mut list: Vec<(i64, i64)> = Vec::new();
        let mut of: Vec<u32> = Vec::new();
        for (group, from, until) in sorted {
            match list.last_mut() {
                Some(open) if of.last() == Some(&group) && from <= open.1 => open.1 = open.1.max(until),
                _ => {
                    list.push((from, until));
                    of.push(group);
                }
            }
        }
        Self { starts: starts(groups, of.into_iter()), list }
    }

    pub(super) fn of(&self, group: u32) -> &[(i64, i64)] {
        &self.list[self.starts[group as usize] as usize..self.starts[group as usize + 1] as usize]
    }

    pub(super) fn contains(&self, group: u32, at: i64) -> bool {
        if self.list.is_empty() {
            return false;
        }
        let spans = self.of(group);
        let next = spans.partition_point(|&(from, _)| from <= at);
        next > 0 && at < spans[next - 1].1
    }
}

/// What a question is about, beside the grid.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    pub(super) domain: u32,
    pub(super) mode: u32,
    pub(super) at: i64,
}

/// Who answers for an assignment at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Holder,
    /// This person, for the holder.
    Deputy(u32),
    Nobody,
}

/// An assignment that answers, and who stands in for its holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The place in the list of accountable assignments.
    pub(super) duty: u32,
    pub(super) deputy: Option<u32>,
}

impl Store {
    /// How many assignments there are.
    pub(super) fn assignments(&self) -> usize {
        self.accountable.duties.len() + self.others.duties.len() + self.strays.len()
    }

    pub(super) fn is_person(&self, party: u32) -> bool {
        (party as usize) < self.people.len()
    }

    /// The person that a party is, or that leads it.
    pub(super) fn person_of(&self, party: u32) -> Option<u32> {
        if self.is_person(party) {
            return Some(party);
        }
        let lead = self.leads[party as usize - self.people.len()];
        (lead != ANY).then_some(lead)
    }

    pub(super) fn team_of(&self, party: u32) -> Option<&TeamId> {
        (party as usize).checked_sub(self.people.len()).map(|team| &self.teams[team])
    }

    /// The number of a domain; `*` is every domain.
    pub(super) fn domain_id(&self, domain: &str) -> u32 {
        if domain == "*" {
            return ANY;
        }
        self.domains.binary_search_by(|other| other.as_str().cmp(domain)).map_or(NAMELESS, |id| id as u32)
    }

    pub(super) fn mode_id(&self, mode: &str) -> u32 {
        self.modes.binary_search_by(|other| other.as_str().cmp(mode)).map_or(NAMELESS, |id| id as u32)
    }

    /// The deputies of a person, in the order in which they are asked.
    pub(super) fn deputies_of(&self, person: u32) -> &[Deputy] {
        let person = person as usize;
        &self.deputies[self.deputies_of[person] as usize..self.deputies_of[person + 1] as usize]
    }

    /// Whether a deputy stands in for duties at a position, in a domain.
    pub(super) fn stands_in(&self, deputy: &Deputy, position: usize, domain: u32) -> bool {
        let there = deputy.everywhere
            || (deputy.position.0 != LOST && {
                let scope = self.tree.at(deputy.position.0 as usize);
                let grid = self.tree.at(position);
                scope.zip(grid).is_some_and(|(scope, grid)| self.tree.is_ancestor(scope, grid))
            });
        there && (deputy.domain == ANY || deputy.domain == domain)
    }

    /// Who answers for an assignment: its holder, a deputy, or nobody who is there.
    pub(super) fn presence(&self, duty: &Duty, context: &Context) -> Presence {
        if !self.is_person(duty.party) || !self.absent.contains(duty.party, context.at) {
            return Presence::Holder;
        }
        let at = context.at;
        let deputy = self.deputies_of(duty.party).iter().find(|deputy| {
            deputy.from <= at
                && at < deputy.until
                && self.stands_in(deputy, duty.position as usize, context.domain)
                && !self.absent.contains(deputy.person, at)
        });
        deputy.map_or(Presence::Nobody, |deputy| Presence::Deputy(deputy.person))
    }

    /// The assignment at a grid that answers, if one does.
    pub(super) fn here(&self, position: usize, context: &Context) -> Option<Found> {
        for place in self.accountable.range(position) {
            let duty = &self.accountable.duties[place];
            if !duty.covers(context.domain, context.mode) || !duty.in_force(context.at) {
                continue;
            }
            match self.presence(duty, context) {
                Presence::Holder => return Some(Found { duty: place as u32, deputy: None }),
                Presence::Deputy(person) => return Some(Found { duty: place as u32, deputy: Some(person) }),
                Presence::Nobody => {}
            }
        }
        None
    }

    /// The nearest assignment that answers, from a grid up to the root.
    pub(super) fn nearest(&self, position: usize, context: &Context) -> Option<Found> {
        let mut at = self.tree.at(position)?;
        loop {
            match self.here(at.get(), context) {
                Some(found) => return Some(found),
                None => at = self.tree.parent(at)?,
            }
        }
    }

    /// The rule for a grid, if there is one: that for its kind before that for any.
    pub(super) fn rule_of(&self, position: usize) -> Option<&Ruled> {
        let grid = self.tree.at(position)?;
        let (level, kind) = (self.tree.level(grid), self.tree.kind(grid));
        let from = self.rules.partition_point(|ruled| ruled.rule.level < level);
        let of_level = self.rules[from..].iter().take_while(|ruled| ruled.rule.level == level);
        let mut general = None;
        for ruled in of_level {
            match ruled.rule.kind.as_deref() {
                None => general = Some(ruled),
                of if of == kind => return Some(ruled),
                Some(_) => {}
            }
        }
        general
    }

    fn code_of(&self, position: u32) -> String {
        let grid = self.tree.at(position as usize).unwrap_or(self.tree.root());
        self.tree.code(grid).to_string()
    }

    /// An assignment as a row again.
    fn to_row(&self, duty: &Duty, grid: String) -> AssignmentRow {
        AssignmentRow {
            grid,
            person: self.people.get(duty.party as usize).map(|person| person.as_str().to_owned()),
            team: self.team_of(duty.party).map(ToString::to_string),
            domain: text(&self.domains, duty.domain),
            mode: text(&self.modes, duty.mode),
            from: bound(duty.from),
            until: bound(duty.until),
            role: (duty.role != Role::Accountable).then(|| duty.role.id().to_owned()),
            share: (!duty.share.is_nan()).then_some(duty.share),
            post: text(&self.posts, duty.post),
            front: text(&self.fronts, duty.front),
            reason: self.reasons.get(duty.reason as usize).cloned(),
        }
    }

    /// All tables, each in its one order.
    pub(super) fn to_tables(&self) -> DutyTables {
        let inside = self.accountable.duties.iter().chain(&self.others.duties);
        let inside = inside.map(|duty| self.to_row(duty, self.code_of(duty.position)));
        let lost =
            self.strays.iter().map(|duty| self.to_row(duty, self.lost[duty.position as usize].to_string()));
        let token = |person: u32| self.people[person as usize].as_str().to_owned();
        DutyTables {
            assignments: inside.chain(lost).collect(),
            absences: self
                .away
                .iter()
                .map(|away| AbsenceRow {
                    person: token(away.person),
                    from: bound(away.from),
                    until: bound(away.until),
                })
                .collect(),
            deputies: self
                .deputies
                .iter()
                .map(|deputy| DeputyRow {
                    person: token(deputy.person),
                    deputy_of: token(deputy.holder),
                    grid: deputy.grid.as_ref().map(ToString::to_string),
                    domain: text(&self.domains, deputy.domain),
                    order: (deputy.order > 0).then_some(deputy.order),
                    from: bound(deputy.from),
                    until: bound(deputy.until),
                })
                .collect(),
            holdings: self
                .holdings
                .iter()
                .map(|holding| HoldingRow {
                    person: token(holding.person),
                    post: self.posts[holding.post as usize].to_string(),
                    grid: holding.grid.to_string(),
                    from: bound(holding.from),
                    until: bound(holding.until),
                })
                .collect(),
            rules: self.rules.iter().map(|ruled| ruled.rule.clone()).collect(),
            teams: self
                .members
                .iter()
                .map(|member| TeamRow {
                    team: self.teams[member.team as usize].to_string(),
                    person: token(member.person),
                    lead: member.lead.then_some(true),
                })
                .collect(),
            people: self
                .known
                .iter()
                .map(|known| PersonRow {
                    person: token(known.person),
                    capacity: (!known.capacity.is_nan()).then_some(known.capacity),
                })
                .collect(),
            chains: self.chains.to_rows(self),
        }
    }
}

/// A bound as it stands in a row.
pub(super) fn bound(at: i64) -> Option<i64> {
    (at != START && at != END).then_some(at)
}

/// The text of a name, if there is one.
fn text<T: ToString>(names: &[T], id: u32) -> Option<String> {
    names.get(id as usize).map(ToString::to_string)
}
