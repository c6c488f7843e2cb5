//! Re-planning: people fall out, demand changes, and as little else as possible.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::door::MOST_PEOPLE;
use super::fault::{DeployError, DeployFault, DeployFaultKind, Refused};
use super::gap::{GapRow, gaps};
use super::model::{Model, Weights};
use super::plan::Plan;
use super::rows::DemandRow;
use super::run::solve;
use super::settle::{Settle, Settled, prepare, without_nobody};
use crate::control::Control;

/// What one change costs, in the unit of the tables' costs: how much cheaper a plan must be to be worth a new face.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ChangeCost(pub u32);

/// How a plan is repaired.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct ReplanOptions {
    /// What one change costs.
    pub change_cost: ChangeCost,
    /// The fewest changes first, then the cost; a cost per change does not matter then.
    pub fewest_changes: bool,
    /// Whether places may stay empty: then as few as can be, before anything else.
    pub allow_gaps: bool,
}

/// A plan that no longer holds, beside what has changed: people who fell out, demand that is new.
///
/// Unknown names are reported when it is solved. A change is somebody sent where they were not before.
///
/// ```
/// use gridcore::deployment::{CandidateRow, ChangeCost, Deployment, NeedRow, PersonRow, Staffing};
/// use gridcore::{GridRow, GridTree};
/// let tree = GridTree::from_rows([
///     GridRow::new("1", "city"),
///     GridRow::new("11", "north").under("1"),
///     GridRow::new("12", "south").under("1"),
/// ])?;
/// let costs = [("11", "a", 1.0), ("12", "b", 1.0), ("11", "b", 2.0), ("11", "c", 9.0), ("12", "c", 3.0)];
/// let plan = Deployment::new(&tree).assign(
///     &Staffing::new(["a", "b", "c"].map(PersonRow::new), [NeedRow::new("11"), NeedRow::new("12")])
///         .candidates(costs.map(|(grid, person, cost)| CandidateRow::new(grid, person, cost))),
/// )?;
/// let ill = plan.without(["a"]);
/// assert_eq!(ill.gaps()[1].grid, "11");
/// let cheapest = ill.replan(ChangeCost(0))?;
/// assert_eq!((cheapest.cost(), cheapest.changes()), (5.0, 2)); // b moves north, c goes south
/// let steady = ill.replan(ChangeCost(10))?;
/// assert_eq!((steady.cost(), steady.changes()), (10.0, 1)); // c goes north
/// assert_eq!(steady.kept(None)?.kept, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Replan {
    plan: Plan,
    gone: BTreeSet<u32>,
    demand: BTreeMap<u32, (i64, i64)>,
    faults: Vec<DeployFault>,
}

impl fmt::Debug for Replan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replan")
            .field("plan", &self.plan)
            .field("gone", &self.gone.len())
            .field("demand", &self.demand.len())
            .finish_non_exhaustive()
    }
}

/// Re-planning.
impl Plan {
    /// The plan when these people (or units, or spare grids) fall out.
    #[must_use]
    pub fn without<S: AsRef<str>>(&self, who: impl IntoIterator<Item = S>) -> Replan {
        self.again().without(who)
    }

    /// The plan when grids need other numbers of people.
    #[must_use]
    pub fn with_demand(&self, rows: impl IntoIterator<Item = DemandRow>) -> Replan {
        self.again().with_demand(rows)
    }

    /// The plan as it stands, to be solved again; with nothing changed it comes back as it is.
    #[must_use]
    pub fn again(&self) -> Replan {
        Replan { plan: self.clone(), gone: BTreeSet::new(), demand: BTreeMap::new(), faults: Vec::new() }
    }
}

impl Replan {
    /// More who fall out.
    #[must_use]
    pub fn without<S: AsRef<str>>(mut self, who: impl IntoIterator<Item = S>) -> Self {
        let model = self.plan.model();
        for (row, name) in who.into_iter().enumerate() {
            let places = model.sources_named(name.as_ref());
            if places.is_empty() {
                let kind = DeployFaultKind::UnknownName;
                self.faults.push(DeployFault { row: Some(row), column: "without", kind });
            }
            self.gone.extend(places);
        }
        self
    }

    /// Other numbers of people for needs that the plan has.
    #[must_use]
    pub fn with_demand(mut self, rows: impl IntoIterator<Item = DemandRow>) -> Self {
        let model = self.plan.model().clone();
        let mut first = BTreeMap::new();
        for (row, demand) in rows.into_iter().enumerate() {
            let before = self.faults.len();
            let mut note = |column, kind| self.faults.push(DeployFault { row: Some(row), column, kind });
            let at_most = demand.at_most.unwrap_or(demand.at_least);
            if demand.at_least < 0 {
                note("demand.at_least", DeployFaultKind::Negative);
            }
            if at_most < demand.at_least {
                let kind = DeployFaultKind::Bounds { at_least: demand.at_least, at_most };
                note("demand.at_least", kind);
            }
            if at_most > MOST_PEOPLE {
                note("demand.at_most", DeployFaultKind::TooLarge);
            }
            let Some(grid) = model.tree.find(&demand.grid) else {
                note("demand.grid", DeployFaultKind::UnknownGrid { code: demand.grid });
                continue;
            };
            let from = model.sinks.partition_point(|sink| sink.grid < grid);
            let mut of_grid = (from as u32..)
                .zip(&model.sinks[from..])
                .take_while(|(_, sink)| sink.grid == grid)
                .filter(|(_, sink)| sink.name.as_deref() == demand.need.as_deref() && sink.day == demand.day);
            match of_grid.next() {
                None => note("demand.grid", DeployFaultKind::UnknownName),
                Some((sink, _)) => {
                    if let Some(&first) = first.get(&sink) {
                        note("demand.grid", DeployFaultKind::Duplicate { first });
                    }
                    first.entry(sink).or_insert(row);
                    // Gaps may be asked for before the faults are told: what is no number of people stays out of them.
                    if self.faults.len() == before {
                        self.demand.insert(sink, (demand.at_least, at_most));
                    }
                }
            }
        }
        self
    }

    /// What is missing as long as nobody is sent anew: every grid that lacks people and every grid above one.
    #[must_use]
    pub fn gaps(&self) -> Vec<GapRow> {
        let mut model = Model::clone(self.plan.model());
        for (&sink, &(at_least, at_most)) in &self.demand {
            let sink = &mut model.sinks[sink as usize];
            (sink.at_least, sink.at_most) = (at_least, at_most);
        }
        let mut amounts = self.plan.amounts().to_vec();
        for (amount, source) in amounts.iter_mut().zip(&model.links.source) {
            if self.gone.contains(source) {
                *amount = 0;
            }
        }
        gaps(&model, &amounts)
    }

    /// The repaired plan, at the least cost with this cost per change.
    ///
    /// # Errors
    /// As [`Deployment::assign`](super::Deployment::assign); names that the plan does not have are faults.
    ///
    /// # Complexity
    /// An assignment starts from the duals of the old plan and augments once for each row that has lost its pair (A.
    /// Mills-Tettey, A. Stentz and M. B. Dias, The dynamic Hungarian algorithm, 2007).
    pub fn replan(&self, change_cost: ChangeCost) -> Result<Plan, DeployError> {
        self.replan_with(ReplanOptions { change_cost, ..ReplanOptions::default() }, &mut Control::free())
    }

    /// The repaired plan with the fewest changes, and among those the cheapest.
    ///
    /// # Errors
    /// As [`replan`](Self::replan).
    pub fn fewest_changes(&self) -> Result<Plan, DeployError> {
        let options = ReplanOptions { fewest_changes: true, ..ReplanOptions::default() };
        self.replan_with(options, &mut Control::free())
    }

    /// The repaired plan, under a limit or a watch.
    ///
    /// # Errors
    /// As [`replan`](Self::replan), and [`DeployError::Stopped`].
    pub fn replan_with(
        &self,
        options: ReplanOptions,
        control: &mut Control<'_>,
    ) -> Result<Plan, DeployError> {
        let settled = self.prepare(options.allow_gaps, control)?;
        if options.fewest_changes {
            return settled.fewest(control);
        }
        let scale = super::scale_of(settled.model.decimals);
        let change = i64::from(options.change_cost.0).checked_mul(scale);
        let change =
            change.ok_or_else(|| DeployError::one(None, "change_cost", DeployFaultKind::TooLarge))?;
        settled.weighted(Weights { cost: 1, change }, control)
    }

    /// The problem as it is now, with what stands before the cost settled.
    pub(super) fn prepare(
        &self,
        allow_gaps: bool,
        control: &mut Control<'_>,
    ) -> Result<Settled, DeployError> {
        if !self.faults.is_empty() {
            return Err(DeployError::Refused(Refused { faults: self.faults.clone() }));
        }
        let old = self.plan.model();
        let mut model = without_nobody(old);
        let amounts = self.plan.amounts();
        let before: Vec<i64> = if model.sources.len() < old.sources.len() {
            let nobody = model.sources.len() as u32;
            let real = amounts.iter().zip(&old.links.source).filter(|(_, source)| **source != nobody);
            real.map(|(&amount, _)| amount).collect()
        } else {
            amounts.to_vec()
        };
        for &place in &self.gone {
            if let Some(source) = model.sources.get_mut(place as usize) {
                (source.at_least, source.at_most) = (0, 0);
            }
        }
        for (&place, &(at_least, at_most)) in &self.demand {
            let sink = &mut model.sinks[place as usize];
            (sink.at_least, sink.at_most) = (at_least, at_most);
        }
        // A link of a person carries one; one of units carries as much as its ends allow.
        let one = model.kind.one_a_link();
        for (&sink, &(_, most)) in &self.demand {
            for link in model.links.of(sink as usize) {
                let source = model.links.source[link] as usize;
                let room = model.sources[source].at_most.min(most);
                let room = if one { room.min(1) } else { room };
                if model.links.capacity[link] != room {
                    Arc::make_mut(&mut model.links).capacity[link] = room;
                }
            }
        }
        model.before = Some(before.into());
        let min_max = model.most_load.take().is_some();
        let settled = prepare(model, Settle { min_max, allow_gaps }, control)?;
        Ok(Settled { warm: self.plan.warm().cloned(), ..settled })
    }
}

/// The plans at the ends and along the frontier.
impl Settled {
    /// The best plan by these weights, from where the old plan ended.
    pub(super) fn weighted(&self, weights: Weights, control: &mut Control<'_>) -> Result<Plan, DeployError> {
        let solved = solve(&self.model, weights, self.warm.as_ref(), control)?;
        Plan::finish(self.model.clone(), weights, solved, self.load_bound.clone())
    }

    /// The fewest changes first, then the cost, with weights that prove both at once.
    ///
    /// The least number of changes comes from a problem of its own; then a change is made dearer until the cheapest plan has
    /// no more than that.
    pub(super) fn fewest(&self, control: &mut Control<'_>) -> Result<Plan, DeployError> {
        let least = solve(&self.model, Weights { cost: 0, change: 1 }, None, control)?;
        let least = self.model.changes(&least.amounts);
        let mut change = self.model.links.cost.iter().copied().max().unwrap_or(0).saturating_add(1);
        loop {
            let plan = self.weighted(Weights { cost: 1, change }, control)?;
            if plan.changes() == least {
                return Ok(plan);
            }
            let dearer = change.checked_mul(8);
            change = dearer.ok_or_else(|| DeployError::one(None, "costs", DeployFaultKind::Overflow))?;
        }
    }

    /// The least cost first, then the fewest changes.
    pub(super) fn cheapest(&self, control: &mut Control<'_>) -> Result<Plan, DeployError> {
        let least = self.weighted(Weights::COST, control)?.cost_units();
        let mut cost = 2_i64;
        loop {
            let plan = self.weighted(Weights { cost, change: 1 }, control)?;
            if plan.cost_units() == least {
                return Ok(plan);
            }
            let dearer = cost.checked_mul(8);
            cost = dearer.ok_or_else(|| DeployError::one(None, "costs", DeployFaultKind::Overflow))?;
        }
    }
}
