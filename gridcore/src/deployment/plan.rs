//! A plan: who goes where, what it costs, and the proof that nothing is cheaper.

use std::fmt;
use std::sync::Arc;

use super::fault::{DeployError, DeployFaultKind};
use super::infeasible::{Infeasible, Shortage};
use super::model::{Model, NO_GRID, PlanKind, Weights, Why};
use super::proof::{self, PlanViolation, Prices};
use super::rows::PairRow;
use super::run::{Solved, Warm};
use super::who::Who;
use crate::id::{GridCode, GridIndex, UnitId};
use crate::tree::GridTree;

/// One row of a plan: who goes where, and how many.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PlanRow {
    /// Who is sent.
    pub who: Who,
    /// The unit that sends them, where the table of people says so.
    pub unit: Option<UnitId>,
    /// The grid.
    pub grid: GridCode,
    /// The name of the need, where the grid has several.
    pub need: Option<String>,
    /// The day, if the plan has days.
    pub day: Option<i64>,
    /// How many: 1 for a person, person-times for a unit.
    pub amount: i64,
    /// What that costs.
    pub cost: f64,
    /// Why they are sent there.
    pub why: Why,
    /// The grid a transfer begins at, if it is one.
    pub via: Option<GridCode>,
    /// How many of them were not sent there before; 0 in a first plan.
    pub changed: i64,
}

/// What a grid gets.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct GridLoad {
    /// The grid.
    pub grid: GridCode,
    /// The name of the need, where the grid has several.
    pub need: Option<String>,
    /// The day, if the plan has days.
    pub day: Option<i64>,
    /// The fewest it needs.
    pub at_least: i64,
    /// The most it takes.
    pub at_most: i64,
    /// How many it gets.
    pub amount: i64,
    /// How many it lacks.
    pub missing: i64,
}

/// What somebody has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SourceLoad {
    /// Who it is.
    pub who: Who,
    /// The unit that sends them, where the table of people says so.
    pub unit: Option<UnitId>,
    /// The day, if the supply has days.
    pub day: Option<i64>,
    /// The fewest places.
    pub at_least: i64,
    /// The most places.
    pub at_most: i64,
    /// The places they have.
    pub amount: i64,
}

/// The price of somebody, or of a grid, in a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PriceRow {
    /// Whose price it is; nobody's for a grid, and for anyone of a pool.
    pub who: Option<Who>,
    /// The grid whose price it is.
    pub grid: Option<GridCode>,
    /// The name of the need, where the grid has several.
    pub need: Option<String>,
    /// The day, if it has one.
    pub day: Option<i64>,
    /// The price in units of the plan.
    pub price: i64,
}

/// The proof that no plan is cheaper: prices under which every plan costs at least `bound`, which is what this one costs.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PlanCertificate {
    /// What is proven: `least_cost`, or `least_cost_and_changes` with a cost per change.
    pub kind: &'static str,
    /// A unit is 10 to the power of −`decimals` of the tables' costs.
    pub decimals: u8,
    /// How often the cost counts in what is minimised; 1 unless points of a frontier are asked for.
    pub cost_weight: i64,
    /// What one change counts in what is minimised, in units; 0 in a first plan.
    pub change_weight: i64,
    /// What is minimised, for this plan, in units.
    pub primal: i64,
    /// What no plan can be below, in units.
    pub bound: i64,
    /// Whether the check of bounds and prices, in whole numbers and without the solver, holds.
    pub verified: bool,
    /// The greatest load, if it was made as small as can be.
    pub greatest_load: Option<i64>,
    /// Why it can't be smaller: the sets that would need more than they share. Empty if a bound of a row forbids it.
    pub load_bound: Vec<Shortage>,
    /// The prices.
    pub prices: Vec<PriceRow>,
}

struct Inner {
    model: Arc<Model>,
    weights: Weights,
    amounts: Vec<i64>,
    prices: Prices,
    warm: Option<Warm>,
    cost: i64,
    primal: i64,
    verified: Result<(), PlanViolation>,
    load_bound: Option<Infeasible>,
}

/// A plan (方案): who goes where at the least cost, with its proof; immutable, cheap to clone.
///
/// `Debug` shows how large it is, never who is in it.
#[derive(Clone)]
pub struct Plan {
    inner: Arc<Inner>,
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan")
            .field("kind", &self.kind())
            .field("sources", &self.inner.model.sources.len())
            .field("sinks", &self.inner.model.sinks.len())
            .field("cost", &self.cost())
            .finish_non_exhaustive()
    }
}

impl Plan {
    /// Adds up and checks what a solver found.
    pub(super) fn finish(
        model: Arc<Model>,
        weights: Weights,
        solved: Solved,
        load_bound: Option<Infeasible>,
    ) -> Result<Self, DeployError> {
        let Solved { amounts, prices, warm } = solved;
        let too_large = |_| DeployError::one(None, "costs", DeployFaultKind::Overflow);
        let cost = i64::try_from(model.cost(&amounts)).map_err(too_large)?;
        let primal = i64::try_from(proof::objective(&model, weights, &amounts)).map_err(too_large)?;
        let verified = Ok(());
        let mut inner = Inner { model, weights, amounts, prices, warm, cost, primal, verified, load_bound };
        inner.verified = inner.check();
        Ok(Self { inner: Arc::new(inner) })
    }

    pub(super) fn model(&self) -> &Arc<Model> {
        &self.inner.model
    }

    pub(super) fn amounts(&self) -> &[i64] {
        &self.inner.amounts
    }

    pub(super) fn warm(&self) -> Option<&Warm> {
        self.inner.warm.as_ref()
    }

    #[cfg(feature = "serde")]
    pub(super) fn prices(&self) -> &Prices {
        &self.inner.prices
    }

    #[cfg(feature = "serde")]
    pub(super) fn weights(&self) -> Weights {
        self.inner.weights
    }

    pub(super) fn load_bound(&self) -> Option<&Infeasible> {
        self.inner.load_bound.as_ref()
    }

    /// Which problem it solves.
    #[must_use]
    pub fn kind(&self) -> PlanKind {
        self.inner.model.kind
    }

    /// The tree it is made for.
    #[must_use]
    pub fn tree(&self) -> &GridTree {
        &self.inner.model.tree
    }

    /// What it costs, changes not counted.
    #[must_use]
    pub fn cost(&self) -> f64 {
        self.in_tables(self.inner.cost)
    }

    /// What it costs in whole units of 10 to the power of −[`decimals`](Self::decimals), exactly.
    #[must_use]
    pub fn cost_units(&self) -> i64 {
        self.inner.cost
    }

    /// The decimals to which costs are kept.
    #[must_use]
    pub fn decimals(&self) -> u8 {
        self.inner.model.decimals
    }

    /// Units as a cost of the tables.
    pub(super) fn in_tables(&self, units: i64) -> f64 {
        units as f64 / super::scale_of(self.inner.model.decimals) as f64
    }

    /// How many are sent where they were not sent before; 0 in a first plan.
    #[must_use]
    pub fn changes(&self) -> i64 {
        self.inner.model.changes(&self.inner.amounts)
    }

    pub(super) fn code(&self, grid: GridIndex) -> GridCode {
        self.inner.model.tree.code(grid)
    }

    /// Who goes where: in the order of the tree, then of names.
    #[must_use]
    pub fn rows(&self) -> Vec<PlanRow> {
        let model = &*self.inner.model;
        let mut rows = Vec::new();
        for (place, sink) in model.sinks.iter().enumerate() {
            for link in model.links.of(place) {
                let amount = self.inner.amounts[link];
                let source = &model.sources[model.links.source[link] as usize];
                if amount == 0 || source.who == Who::Nobody {
                    continue;
                }
                let units = i128::from(model.links.cost[link]) * i128::from(amount);
                let via = model.links.via[link];
                rows.push(PlanRow {
                    who: source.who.clone(),
                    unit: source.unit.clone(),
                    grid: self.code(sink.grid),
                    need: sink.name.as_deref().map(str::to_owned),
                    day: sink.day.or(source.day),
                    amount,
                    cost: units as f64 / super::scale_of(model.decimals) as f64,
                    why: model.links.why[link],
                    via: (via != NO_GRID).then(|| self.code(GridIndex::new(via as usize))),
                    changed: if model.counts(link) { (amount - model.kept_room(link)).max(0) } else { 0 },
                });
            }
        }
        rows
    }

    /// What each grid gets, in the order of the tree.
    #[must_use]
    pub fn by_grid(&self) -> Vec<GridLoad> {
        let model = &*self.inner.model;
        let real = |link: &usize| model.sources[model.links.source[*link] as usize].who != Who::Nobody;
        let load = |(place, sink): (usize, &super::model::Sink)| {
            let amount: i64 = model.links.of(place).filter(real).map(|link| self.inner.amounts[link]).sum();
            GridLoad {
                grid: self.code(sink.grid),
                need: sink.name.as_deref().map(str::to_owned),
                day: sink.day,
                at_least: sink.at_least,
                at_most: sink.at_most,
                amount,
                missing: (sink.at_least - amount).max(0),
            }
        };
        model.sinks.iter().enumerate().map(load).collect()
    }

    /// What everybody has to do, in the order of names, idle ones among them.
    #[must_use]
    pub fn loads(&self) -> Vec<SourceLoad> {
        let model = &*self.inner.model;
        let sources = model.sources.iter().zip(model.loads(&self.inner.amounts));
        let sources = sources.filter(|(source, _)| source.who != Who::Nobody);
        let load = |(source, amount): (&super::model::Source, i64)| SourceLoad {
            who: source.who.clone(),
            unit: source.unit.clone(),
            day: source.day,
            at_least: source.at_least,
            at_most: source.at_most,
            amount,
        };
        sources.map(load).collect()
    }

    /// The pairings of a plan of units, to be used in a surge.
    #[must_use]
    pub fn pairs(&self) -> Vec<PairRow> {
        let units = self.rows().into_iter().filter_map(|row| match row.who {
            Who::Unit(unit) => Some(PairRow::new(unit.as_str(), row.grid.to_string())),
            _ => None,
        });
        let mut pairs: Vec<PairRow> = units.collect();
        pairs.dedup();
        pairs
    }

    /// The proof that nothing is cheaper.
    #[must_use]
    pub fn certificate(&self) -> PlanCertificate {
        let Inner { model, weights, prices, .. } = &*self.inner;
        let bound = proof::bound(model, *weights, prices);
        let sources = model.sources.iter().zip(&prices.source).map(|(source, &price)| PriceRow {
            who: Some(source.who.clone()),
            grid: None,
            need: None,
            day: source.day,
            price,
        });
        let sinks = model.sinks.iter().zip(&prices.sink).map(|(sink, &price)| PriceRow {
            who: None,
            grid: Some(self.code(sink.grid)),
            need: sink.name.as_deref().map(str::to_owned),
            day: sink.day,
            price,
        });
        PlanCertificate {
            kind: if weights.change == 0 { "least_cost" } else { "least_cost_and_changes" },
            decimals: model.decimals,
            cost_weight: weights.cost,
            change_weight: weights.change,
            primal: self.inner.primal,
            // A bound that does not fit is no bound at all; then `verified` is false.
            bound: bound.and_then(|bound| i64::try_from(bound).ok()).unwrap_or(i64::MIN),
            verified: self.inner.verified.is_ok(),
            greatest_load: model.most_load,
            load_bound: self
                .inner
                .load_bound
                .as_ref()
                .map_or_else(Vec::new, |causes| causes.causes().to_vec()),
            prices: sources.chain(sinks).collect(),
        }
    }

    /// Checks every bound, the cost, and the proof that nothing is cheaper, in whole numbers and without the solver.
    ///
    /// # Errors
    /// The first [`PlanViolation`].
    ///
    /// # Complexity
    /// O(people + grids + candidates).
    pub fn verify(&self) -> Result<(), PlanViolation> {
        self.inner.check()
    }
}

impl Inner {
    fn check(&self) -> Result<(), PlanViolation> {
        let Self { model, weights, amounts, prices, load_bound, .. } = self;
        proof::verify(model, *weights, amounts, prices)?;
        if model.cost(amounts) != i128::from(self.cost) {
            return Err(PlanViolation::Cost);
        }
        let proven = match (model.most_load, load_bound) {
            (None, _) => true,
            (Some(load), None) => load <= model.forced_load(),
            // That one place less is too few, by a count of its own.
            (Some(load), Some(causes)) => causes.load_limit() == Some(load - 1) && causes.verify(),
        };
        if proven { Ok(()) } else { Err(PlanViolation::Gap) }
    }
}
