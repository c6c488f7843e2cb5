//! Teams (小组, 突击队) from a pool of people by rules of composition: all that are wanted, or as many as there can be.

mod count;
mod door;
mod fault;
mod form;
mod rows;
#[cfg(feature = "serde")]
mod save;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::PersonRow;
use crate::control::Control;
use crate::error::Fault;
use crate::id::{GridCode, PersonId, Skill};
use crate::solve::flow::Flow;
use crate::tree::GridTree;
use door::{Model, Team};

pub use fault::{TeamFault, TeamFaultKind, TeamTable, TeamsError};
pub use rows::{RoleBand, TeamRow, TeamRule};
#[cfg(feature = "serde")]
pub use save::TeamsLoadError;

/// The most roles that all rules may name together: each set of them is counted.
const MOST_ROLES: usize = 16;

/// A member of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MemberRow {
    /// The team.
    pub team: String,
    /// The rule it follows.
    pub rule: String,
    /// The grid it goes to.
    pub grid: Option<GridCode>,
    /// The role that the member has in it.
    pub role: Skill,
    /// The member.
    pub person: PersonId,
}

/// Roles that have too few people between them for the teams wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TeamShortage {
    /// The roles.
    pub roles: Vec<Skill>,
    /// How many people have one of them.
    pub people: u64,
    /// How many members with one of them the teams need.
    pub needed: u64,
}

impl TeamShortage {
    fn describe(&self, fault: Fault) -> Fault {
        let Self { roles, people, needed } = self;
        let list = roles.iter().map(Skill::as_str).collect::<Vec<_>>().join(", ");
        let zh = roles.iter().map(Skill::as_str).collect::<Vec<_>>().join("、");
        let there = if *people == 1 { "1 person".to_owned() } else { format!("{people} people") };
        let wanted = if *needed == 1 { "1 is".to_owned() } else { format!("{needed} are") };
        let en = match roles.len() {
            1 => format!("the role {list} has only {there}, {wanted} needed"),
            _ => format!("the roles {list} share only {there}, {wanted} needed"),
        };
        fault
            .found(people, needed)
            .says(en, format!("角色 {zh} 合计只有 {people} 人，需要 {needed} 人"))
            .remedy(
                match needed.saturating_sub(*people) {
                    1 => "find one more person with one of these roles, or want fewer teams".to_owned(),
                    more => format!("find {more} more people with one of these roles, or want fewer teams"),
                },
                format!("请再找 {} 名有其中角色的人员，或减少小组", needed.saturating_sub(*people)),
            )
    }
}

/// Why there is no further team: roles that have too few people between them for one more.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TeamLimit {
    /// The roles.
    pub roles: Vec<Skill>,
    /// How many people have one of them.
    pub people: u64,
    /// How many members with one of them each team needs.
    pub per_team: u64,
    /// How many teams there are; one more would need more people.
    pub teams: u64,
}

/// Teams in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TeamsReport {
    /// How many teams there are.
    pub teams: usize,
    /// How many people are in one.
    pub members: usize,
    /// How many people with a role are in none.
    pub spare: usize,
    /// Steps in the tree from the homes of all members to the grids of their teams: no other choice needs fewer.
    pub distance: u64,
    /// Why there is no further team, where as many were asked for as there can be: every set of roles that forbids one.
    pub limits: Vec<TeamLimit>,
}

/// What [`Teams`] get wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TeamViolation {
    /// A member is not among the people, or lacks the role.
    Member,
    /// A person is in two teams.
    Twice,
    /// A team has too few or too many members, in all or in a role, or does not exist.
    Band,
    /// Other teams would be nearer to their members' homes, or more people could be in one where all should.
    Distance,
    /// One more team would be possible, or the count of people is another.
    Limit,
}

/// What teams are formed from.
///
/// ```
/// use gridcore::deployment::{PersonRow, TeamRow, TeamRule, TeamTables};
/// let tables = TeamTables {
///     people: vec![PersonRow::new("p-1").skill("medic")],
///     rules: vec![TeamRule::of_one_each("alone", ["medic"])],
///     teams: vec![TeamRow::new("t-1", "alone")],
///     fill: false,
/// };
/// assert_eq!(tables.people.len(), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
pub struct TeamTables {
    /// The pool: of each person the token, the skills, the home, and whether they may take a place.
    pub people: Vec<PersonRow>,
    /// The rules.
    pub rules: Vec<TeamRule>,
    /// The teams wanted.
    pub teams: Vec<TeamRow>,
    /// Whether as many people as the rules allow join a team; else each team has no more than it must.
    pub fill: bool,
}

/// Teams from a pool of people: immutable, cheap to clone.
///
/// ```
/// use gridcore::control::Control;
/// use gridcore::deployment::{PersonRow, TeamRule, Teams};
/// use gridcore::{GridRow, GridTree};
/// let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
/// let people = vec![
///     PersonRow::new("a").skill("medic").skill("police"),
///     PersonRow::new("b").skill("medic").skill("police"),
///     PersonRow::new("c").skill("medic").skill("police"),
///     PersonRow::new("d").skill("community_worker"),
///     PersonRow::new("e").skill("community_worker"),
/// ];
/// let three = TeamRule::of_one_each("three", ["medic", "police", "community_worker"]);
/// let teams = Teams::most(&tree, &people, &three, &mut Control::free())?;
/// assert_eq!(teams.report().teams, 1);
/// let limit = &teams.report().limits[0]; // three people share two roles: a second team would need four
/// assert_eq!((limit.people, limit.per_team, limit.teams), (3, 2, 1));
/// assert_eq!(teams.verify(), Ok(()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Teams {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    tree: GridTree,
    tables: TeamTables,
    /// Whether as many teams were asked for as there can be.
    most: bool,
    model: Model,
    flow: Flow,
    members: Vec<MemberRow>,
}

impl Teams {
    /// Forms all teams that are wanted: everybody is in one team at most, in one role that they have, and the sum of
    /// the steps from homes to the teams' grids is the least.
    ///
    /// Of people who are alike the first tokens go to the first teams by name.
    ///
    /// # Errors
    /// [`TeamsError::Rows`] with every fault of every table; [`TeamsError::Impossible`] with every smallest set of roles that
    /// has too few people between them; [`TeamsError::TooLarge`]; [`TeamsError::Stopped`].
    ///
    /// # Complexity
    /// O(2^r · (r + rules)) for r roles, to see whether it is possible; then a minimum-cost flow with an arc for each kind of people
    /// (same home, same roles) and each role of a team that they can take.
    ///
    /// ```
    /// use gridcore::control::Control;
    /// use gridcore::deployment::{PersonRow, TeamRow, TeamRule, TeamTables, Teams, TeamsError};
    /// use gridcore::{GridRow, GridTree, Problem};
    /// let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
    /// let tables = TeamTables {
    ///     people: vec![PersonRow::new("a").skill("medic").skill("police")],
    ///     rules: vec![TeamRule::of_one_each("pair", ["medic", "police"])],
    ///     teams: vec![TeamRow::new("t", "pair").grid("1")],
    ///     fill: false,
    /// };
    /// let error = Teams::form(&tree, &tables, &mut Control::free()).expect_err("nobody is two");
    /// assert_eq!(error.faults()[0].message, "the roles medic, police share only 1 person, 2 are needed");
    /// # Ok::<(), gridcore::BuildError>(())
    /// ```
    pub fn form(tree: &GridTree, tables: &TeamTables, control: &mut Control<'_>) -> Result<Self, TeamsError> {
        let model = door::read(tree, &tables.people, &tables.rules, &tables.teams)?;
        let mut wanted = vec![0_u64; model.rules.len()];
        model.teams.iter().for_each(|team| wanted[team.rule] += 1);
        let people = count::people_of(&model);
        let needed = |set: usize| -> u64 {
            let rules = model.rules.iter().zip(&wanted);
            rules
                .map(|(rule, teams)| teams.saturating_mul(count::need_of(rule, set)))
                .fold(0, u64::saturating_add)
        };
        let short = count::smallest((1..people.len()).filter(|&set| needed(set) > people[set]));
        if !short.is_empty() {
            let row = |&set: &usize| TeamShortage {
                roles: named(&model, set),
                people: people[set],
                needed: needed(set),
            };
            return Err(TeamsError::Impossible(short.iter().map(row).collect()));
        }
        Self::of(tree, tables.clone(), false, model, control)
    }

    /// Forms as many teams by one rule as there can be, named `1`, `2` and so on, each with no more members than it must have.
    ///
    /// The number is the least, over all sets of roles, of the people who have one of them by what a team needs of them; the
    /// sets that decide are named in the [report](Self::report).
    ///
    /// # Errors
    /// As [`form`](Self::form), but for the shortage: there may be no team at all.
    ///
    /// # Complexity
    /// As [`form`](Self::form).
    pub fn most(
        tree: &GridTree,
        people: &[PersonRow],
        rule: &TeamRule,
        control: &mut Control<'_>,
    ) -> Result<Self, TeamsError> {
        let rules = vec![rule.clone()];
        let mut model = door::read(tree, people, &rules, &[])?;
        let count = most_of(&model);
        // Names of one length, so that their order is that of the numbers.
        let digits = count.checked_ilog10().unwrap_or(0) as usize + 1;
        let teams: Vec<TeamRow> =
            (1..=count).map(|number| TeamRow::new(format!("{number:0digits$}"), &rule.rule)).collect();
        model.teams =
            teams.iter().map(|team| Team { name: team.team.clone(), rule: 0, grid: None }).collect();
        let tables = TeamTables { people: people.to_vec(), rules, teams, fill: false };
        Self::of(tree, tables, true, model, control)
    }

    fn of(
        tree: &GridTree,
        tables: TeamTables,
        most: bool,
        model: Model,
        control: &mut Control<'_>,
    ) -> Result<Self, TeamsError> {
        let drawn = form::draw(tree, &model, tables.fill)?;
        let flow = form::solve(&drawn, control)?;
        let members = form::members(tree, &model, &drawn, &flow);
        Ok(Self { inner: Arc::new(Inner { tree: tree.clone(), tables, most, model, flow, members }) })
    }

    /// Every member, by team, role and token.
    #[must_use]
    pub fn members(&self) -> &[MemberRow] {
        &self.inner.members
    }

    /// The teams in numbers.
    #[must_use]
    pub fn report(&self) -> TeamsReport {
        let Inner { model, members, most, .. } = &*self.inner;
        let limits = if *most { limits_of(model, model.teams.len() as u64) } else { Vec::new() };
        TeamsReport {
            teams: model.teams.len(),
            members: members.len(),
            spare: model.people.len() - members.len(),
            distance: self.distance(),
            limits,
        }
    }

    fn distance(&self) -> u64 {
        let Inner { tree, model, members, .. } = &*self.inner;
        let step = |member: &MemberRow| {
            let person = model.people.binary_search_by(|person| person.id.cmp(&member.person)).ok()?;
            let team = model.teams.binary_search_by(|team| team.name.as_str().cmp(&member.team)).ok()?;
            Some(tree.distance(model.people[person].home?, model.teams[team].grid?) as u64)
        };
        members.iter().filter_map(step).sum()
    }

    /// Counts again that every team keeps its rule and nobody is in two, that no choice is nearer to the members' homes, and,
    /// where as many teams were asked for as there can be, that one more is impossible.
    ///
    /// # Errors
    /// The first [`TeamViolation`].
    pub fn verify(&self) -> Result<(), TeamViolation> {
        let Inner { tree, tables, most, model, flow, members } = &*self.inner;
        let mut placed = BTreeSet::new();
        let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
        for member in members {
            let person = model.people.iter().find(|person| person.id == member.person);
            let role = model.roles.iter().position(|role| *role == member.role);
            let able = person.zip(role).is_some_and(|(person, role)| person.roles >> role & 1 == 1);
            if !able {
                return Err(TeamViolation::Member);
            }
            if !placed.insert(&member.person) {
                return Err(TeamViolation::Twice);
            }
            *counts.entry((&member.team, member.role.as_str())).or_default() += 1;
        }
        let mut counted = 0;
        for team in &model.teams {
            let rule = &model.rules[team.rule];
            let mut size = 0;
            for band in &rule.bands {
                let name = model.roles[band.role].as_str();
                let here = counts.get(&(team.name.as_str(), name)).copied().unwrap_or(0);
                if here < band.at_least || here > band.at_most {
                    return Err(TeamViolation::Band);
                }
                size += here;
            }
            if size < rule.at_least || size > rule.at_most {
                return Err(TeamViolation::Band);
            }
            counted += size;
        }
        if counted != members.len() as u64 {
            return Err(TeamViolation::Band);
        }
        let drawn = form::draw(tree, model, tables.fill).map_err(|_| TeamViolation::Distance)?;
        let spare = if tables.fill { form::SPARE * (model.people.len() as u64 - counted) } else { 0 };
        let proved = flow.verify(&drawn.network).is_ok() && flow.cost == i128::from(self.distance() + spare);
        if !proved {
            return Err(TeamViolation::Distance);
        }
        let teams = model.teams.len() as u64;
        if *most
            && !limits_of(model, teams)
                .iter()
                .any(|limit| limit.people < limit.per_team.saturating_mul(teams + 1))
        {
            return Err(TeamViolation::Limit);
        }
        Ok(())
    }
}

/// As many teams by the only rule as there can be.
fn most_of(model: &Model) -> u64 {
    let people = count::people_of(model);
    let each = |set: usize| people[set].checked_div(count::need_of(&model.rules[0], set));
    (1..people.len()).filter_map(each).min().unwrap_or(0)
}

/// The smallest sets of roles that forbid one team more.
fn limits_of(model: &Model, teams: u64) -> Vec<TeamLimit> {
    let people = count::people_of(model);
    let need = |set: usize| count::need_of(&model.rules[0], set);
    let tight = (1..people.len()).filter(|&set| need(set).saturating_mul(teams + 1) > people[set]);
    let row =
        |set: usize| TeamLimit { roles: named(model, set), people: people[set], per_team: need(set), teams };
    count::smallest(tight).into_iter().map(row).collect()
}

fn named(model: &Model, set: usize) -> Vec<Skill> {
    model
        .roles
        .iter()
        .enumerate()
        .filter(|(role, _)| set >> role & 1 == 1)
        .map(|(_, role)| role.clone())
        .collect()
}
