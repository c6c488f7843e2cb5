//! Who joins which team in which role: a minimum-cost flow from people that are alike to the roles of teams.

use std::collections::{BTreeMap, VecDeque};

use super::MemberRow;
use super::door::Model;
use super::fault::{TeamsError, TeamsError as E};
use crate::control::Control;
use crate::id::GridIndex;
use crate::solve::flow::{Arc, Flow, FlowError, Network, min_cost_flow};
use crate::tree::GridTree;

/// The most arcs.
const MOST_ARCS: usize = 1 << 23;

/// What it costs to be left over where all should join: more than any two grids of a tree are apart.
pub(super) const SPARE: u64 = 2 * u8::MAX as u64 + 1;

/// Where an arc that people take leads.
enum Way {
    /// From people that are alike to a role of a team.
    Direct { class: usize, place: usize },
    /// From people that are alike to all teams without a grid, in a role.
    Hub { class: usize, role: usize },
    /// From there to a role of a team.
    Out { role: usize, place: usize },
}

/// The network of a model: people that are alike (same home, same roles) send, roles of teams take.
pub(super) struct Drawn {
    pub(super) network: Network,
    ways: Vec<(u32, Way)>,
    classes: Vec<Vec<usize>>,
    /// Team and role of each place.
    places: Vec<(usize, usize)>,
}

/// Draws the network; with `all` whoever is left over costs more than any way.
pub(super) fn draw(tree: &GridTree, model: &Model, all: bool) -> Result<Drawn, TeamsError> {
    let mut alike: BTreeMap<(u32, Option<GridIndex>), Vec<usize>> = BTreeMap::new();
    // Without a grid to go to, the way from home is no matter.
    let far = model.teams.iter().any(|team| team.grid.is_some());
    for (at, person) in model.people.iter().enumerate() {
        alike.entry((person.roles, person.home.filter(|_| far))).or_default().push(at);
    }
    let keys: Vec<(u32, Option<GridIndex>)> = alike.keys().copied().collect();
    let classes: Vec<Vec<usize>> = alike.into_values().collect();
    let mut places = Vec::new();
    for (team, given) in model.teams.iter().enumerate() {
        places.extend(model.rules[given.rule].bands.iter().map(|band| (team, band.role)));
    }
    let direct = places.iter().filter(|&&(team, _)| model.teams[team].grid.is_some()).count();
    if classes.len().saturating_mul(direct + model.roles.len()) + places.len() * 2 > MOST_ARCS {
        return Err(E::TooLarge);
    }
    let node = |count: usize| u32::try_from(count).map_err(|_| E::TooLarge);
    let (hubs, first_place) = (classes.len(), classes.len() + model.roles.len());
    let first_team = first_place + places.len();
    let (sink, nodes) = (first_team + model.teams.len(), first_team + model.teams.len() + 1);
    let mut supplies = vec![0_i64; nodes];
    let (mut arcs, mut ways) = (Vec::new(), Vec::new());
    let spare = if all { SPARE.cast_signed() } else { 0 };
    for (class, (people, &(roles, home))) in classes.iter().zip(&keys).enumerate() {
        let count = people.len() as u32;
        supplies[class] = i64::from(count);
        supplies[sink] -= i64::from(count);
        arcs.push(Arc::new(node(class)?, node(sink)?).cost(spare));
        for role in (0..model.roles.len()).filter(|role| roles >> role & 1 == 1) {
            ways.push((node(arcs.len())?, Way::Hub { class, role }));
            arcs.push(Arc::new(node(class)?, node(hubs + role)?));
        }
        for (place, &(team, role)) in places.iter().enumerate() {
            let Some(grid) = model.teams[team].grid.filter(|_| roles >> role & 1 == 1) else { continue };
            let steps = home.map_or(0, |home| tree.distance(home, grid) as u32);
            ways.push((node(arcs.len())?, Way::Direct { class, place }));
            arcs.push(Arc::new(node(class)?, node(first_place + place)?).cost(i64::from(steps)));
        }
    }
    let wide = |number: u64| i64::try_from(number).map_err(|_| E::TooLarge);
    for (place, &(team, role)) in places.iter().enumerate() {
        let rule = &model.rules[model.teams[team].rule];
        if model.teams[team].grid.is_none() {
            ways.push((node(arcs.len())?, Way::Out { role, place }));
            arcs.push(Arc::new(node(hubs + role)?, node(first_place + place)?));
        }
        let band = rule.bands.iter().find(|band| band.role == role);
        let (least, most) = band.map_or((0, 0), |band| (band.at_least, band.at_most));
        arcs.push(
            Arc::new(node(first_place + place)?, node(first_team + team)?)
                .lower(wide(least)?)
                .capacity(wide(most)?),
        );
    }
    for (team, given) in model.teams.iter().enumerate() {
        let rule = &model.rules[given.rule];
        arcs.push(
            Arc::new(node(first_team + team)?, node(sink)?)
                .lower(wide(rule.at_least)?)
                .capacity(wide(rule.at_most)?),
        );
    }
    let network = Network::new(supplies, arcs).map_err(|_| E::TooLarge)?;
    Ok(Drawn { network, ways, classes, places })
}

/// The cheapest flow; the count of roles has shown that there is one.
pub(super) fn solve(drawn: &Drawn, control: &mut Control<'_>) -> Result<Flow, TeamsError> {
    min_cost_flow(&drawn.network, control).map_err(|error| match error {
        FlowError::Stopped(stopped) => E::Stopped(stopped),
        _ => E::TooLarge,
    })
}

/// Names the people: of those that are alike, the first tokens go to the first teams.
pub(super) fn members(tree: &GridTree, model: &Model, drawn: &Drawn, flow: &Flow) -> Vec<MemberRow> {
    let mut queues: Vec<VecDeque<usize>> =
        drawn.classes.iter().map(|people| people.iter().copied().collect()).collect();
    let mut waiting: Vec<VecDeque<usize>> = vec![VecDeque::new(); model.roles.len()];
    let mut members = Vec::new();
    let mut join = |place: usize, person: usize| {
        let (team, role) = drawn.places[place];
        let given = &model.teams[team];
        members.push(MemberRow {
            team: given.name.clone(),
            rule: model.rules[given.rule].name.clone(),
            grid: given.grid.map(|grid| tree.code(grid)),
            role: model.roles[role].clone(),
            person: model.people[person].id.clone(),
        });
    };
    // Hubs stand after classes and before the ways out of them, so that whoever waits has arrived.
    for (arc, way) in &drawn.ways {
        for _ in 0..flow.flows[*arc as usize] {
            match *way {
                Way::Direct { class, place } => {
                    queues[class].pop_front().into_iter().for_each(|one| join(place, one));
                }
                Way::Hub { class, role } => waiting[role].extend(queues[class].pop_front()),
                Way::Out { role, place } => {
                    waiting[role].pop_front().into_iter().for_each(|one| join(place, one));
                }
            }
        }
    }
    members.sort_by(|a, b| (&a.team, &a.role, &a.person).cmp(&(&b.team, &b.role, &b.person)));
    members
}
