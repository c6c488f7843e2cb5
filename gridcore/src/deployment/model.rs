//! One model under every problem: sources that send, sinks that take, links between them, each with its bounds and cost.
//!
//! ```text
//!        at_least..at_most            0..capacity, cost          at_least..at_most
//! hub ─────────────────────▶ source ─────────────────────▶ sink ─────────────────────▶ hub
//!        steps: the k-th place of a load costs more, never less
//! ```

use std::cmp::Ordering;
use std::sync::Arc;

use super::who::Who;
use crate::id::{GridIndex, Skill, UnitId};
use crate::tree::GridTree;

/// No grid.
pub(super) const NO_GRID: u32 = u32::MAX;

/// Which problem a plan solves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum PlanKind {
    /// People to grids.
    Assignment,
    /// Units paired with grids.
    Pairing,
    /// Person-times of units to grids over days.
    Surge,
    /// Spare people of grids to other grids.
    Aid,
    /// People spread evenly over the grids of a subtree.
    Spread,
}

impl PlanKind {
    /// Whether a link carries one at most: a person has one place at a need, a unit is paired with a grid once.
    pub(super) const fn one_a_link(self) -> bool {
        matches!(self, Self::Assignment | Self::Pairing)
    }
}

/// Why somebody is sent where they are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Why {
    /// The two were named as candidates, or meet what is required.
    Candidate,
    /// The unit is paired with the grid.
    Paired,
    /// The unit is paired with a grid that a declared edge joins to this one.
    Neighbour,
    /// Neither pairing nor edge leads there, and it is allowed.
    Anywhere,
    /// It is the cheapest spare capacity.
    Spare,
    /// Everybody is spread evenly.
    Even,
}

/// One that sends.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) who: Who,
    pub(super) unit: Option<UnitId>,
    pub(super) day: Option<i64>,
    pub(super) at_least: i64,
    pub(super) at_most: i64,
}

/// One that takes.
#[derive(Clone, Debug)]
pub(super) struct Sink {
    pub(super) grid: GridIndex,
    pub(super) name: Option<Arc<str>>,
    pub(super) day: Option<i64>,
    pub(super) at_least: i64,
    pub(super) at_most: i64,
    pub(super) skills: Vec<Skill>,
}

/// The links, sink by sink and by source within a sink; columns of equal length.
#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    /// Where the links of each sink begin; one more than there are sinks.
    pub(super) starts: Vec<u32>,
    pub(super) source: Vec<u32>,
    pub(super) capacity: Vec<i64>,
    pub(super) cost: Vec<i64>,
    pub(super) why: Vec<Why>,
    /// The grid a transfer begins at, or [`NO_GRID`].
    pub(super) via: Vec<u32>,
}

impl Links {
    /// The links of a sink.
    pub(super) fn of(&self, sink: usize) -> std::ops::Range<usize> {
        self.starts[sink] as usize..self.starts[sink + 1] as usize
    }

    pub(super) fn len(&self) -> usize {
        self.source.len()
    }

    pub(super) fn push(&mut self, source: u32, capacity: i64, cost: i64, why: Why, via: u32) {
        self.source.push(source);
        self.capacity.push(capacity);
        self.cost.push(cost);
        self.why.push(why);
        self.via.push(via);
    }

    /// Ends the links of the sink at hand.
    pub(super) fn close(&mut self) {
        self.starts.push(self.source.len() as u32);
    }

    /// No links yet.
    pub(super) fn begin() -> Self {
        Self { starts: vec![0], ..Self::default() }
    }
}

/// What one unit of cost and one change weigh in what is minimised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub(super) struct Weights {
    pub(super) cost: i64,
    pub(super) change: i64,
}

impl Weights {
    pub(super) const COST: Self = Self { cost: 1, change: 0 };
}

/// The whole problem in whole numbers; costs in units of 10 to the power of −`decimals`.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) tree: GridTree,
    pub(super) kind: PlanKind,
    pub(super) decimals: u8,
    /// By name, then day.
    pub(super) sources: Vec<Source>,
    /// By place in the tree, then name, then day.
    pub(super) sinks: Vec<Sink>,
    /// Shared by a plan and its re-plans.
    pub(super) links: Arc<Links>,
    /// What the first, second, … place of a source costs besides; the last holds for all further ones. Never falling.
    pub(super) steps: Vec<i64>,
    /// The most places of any source, if the greatest load was made as small as it can be.
    pub(super) most_load: Option<i64>,
    /// What each link carried in the plan before, if there was one.
    pub(super) before: Option<Arc<[i64]>>,
}

impl Model {
    /// The most that a source may send.
    pub(super) fn most(&self, source: usize) -> i64 {
        let Source { who, at_most, .. } = &self.sources[source];
        let load = self.most_load.filter(|_| *who != Who::Nobody);
        load.map_or(*at_most, |load| load.min(*at_most))
    }

    /// The places that somebody must take whatever else holds: no greatest load is smaller.
    pub(super) fn forced_load(&self) -> i64 {
        let real = self.sources.iter().filter(|source| source.who != Who::Nobody);
        real.map(|source| source.at_least).max().unwrap_or(0)
    }

    /// The sources of a name, one for each of its days; they stand together, since sources are in the order of names.
    pub(super) fn sources_named(&self, name: &str) -> std::ops::Range<u32> {
        // `Nobody` stands last and has no name.
        let order = |source: &Source| match &source.who {
            Who::Person(person) => person.as_str().cmp(name),
            Who::Unit(unit) => unit.as_str().cmp(name),
            Who::Grid(grid) => grid.with_str(|code| code.len().cmp(&name.len()).then_with(|| code.cmp(name))),
            Who::Anyone | Who::Nobody => Ordering::Greater,
        };
        let from = self.sources.partition_point(|source| order(source) == Ordering::Less);
        let until = self.sources.partition_point(|source| order(source) != Ordering::Greater);
        from as u32..until as u32
    }

    /// How much of a link's capacity carries what it carried before, so that it is no change.
    pub(super) fn kept_room(&self, link: usize) -> i64 {
        let room = self.links.capacity[link];
        self.before.as_ref().map_or(0, |before| before[link].min(room))
    }

    /// Whether more on this link than before counts as a change: where nobody is sent, nobody changes.
    pub(super) fn counts(&self, link: usize) -> bool {
        self.before.is_some() && self.sources[self.links.source[link] as usize].who != Who::Nobody
    }

    /// The sink of each link.
    pub(super) fn sink_of_links(&self) -> Vec<u32> {
        let mut sinks = Vec::with_capacity(self.links.len());
        for sink in 0..self.sinks.len() {
            sinks.resize(self.links.starts[sink + 1] as usize, sink as u32);
        }
        sinks
    }

    /// The places of a load as (fewest, most, cost of one): the first steps one by one, the last for all the rest.
    ///
    /// Costs never fall, so that the pieces fill in their order.
    pub(super) fn load_pieces(&self, source: usize) -> impl Iterator<Item = (i64, i64, i64)> + '_ {
        let (fewest, most) = (self.sources[source].at_least, self.most(source));
        let (costs, dearest) = self.steps_of(source);
        let singles =
            costs.iter().zip(0..most).map(move |(&cost, place)| (i64::from(place < fewest), 1, cost));
        let used = (0..most).zip(costs).count();
        let used = i64::try_from(used).unwrap_or(most);
        let rest = (used < most || used == 0).then_some(((fewest - used).max(0), most - used, dearest));
        singles.chain(rest)
    }

    /// The steps of single places, and that of every further one.
    fn steps_of(&self, source: usize) -> (&[i64], i64) {
        match self.steps.split_last() {
            Some((&dearest, singles)) if self.sources[source].who != Who::Nobody => (singles, dearest),
            _ => (&[], 0),
        }
    }

    /// What a load of `places` costs a source besides.
    pub(super) fn load_cost(&self, source: usize, places: i64) -> i128 {
        let (costs, dearest) = self.steps_of(source);
        let mut left = places;
        let mut sum = 0_i128;
        for &cost in costs {
            if left == 0 {
                break;
            }
            sum += i128::from(cost);
            left -= 1;
        }
        sum + i128::from(left) * i128::from(dearest)
    }

    /// What each source sends.
    pub(super) fn loads(&self, amounts: &[i64]) -> Vec<i64> {
        let mut loads = vec![0_i64; self.sources.len()];
        for (&source, &amount) in self.links.source.iter().zip(amounts) {
            loads[source as usize] += amount;
        }
        loads
    }

    /// What a plan costs, in units.
    pub(super) fn cost(&self, amounts: &[i64]) -> i128 {
        let links = self.links.cost.iter().zip(amounts);
        let links: i128 = links.map(|(&cost, &amount)| i128::from(cost) * i128::from(amount)).sum();
        let loads: i128 = if self.steps.is_empty() {
            0
        } else {
            let loads = self.loads(amounts);
            loads.iter().enumerate().map(|(source, &places)| self.load_cost(source, places)).sum()
        };
        links + loads
    }

    /// How many are sent where they were not before.
    pub(super) fn changes(&self, amounts: &[i64]) -> i64 {
        let links = (0..amounts.len()).filter(|&link| self.counts(link));
        links.map(|link| (amounts[link] - self.kept_room(link)).max(0)).sum()
    }
}
