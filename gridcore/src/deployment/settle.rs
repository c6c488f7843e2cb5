//! From a model to a plan: what may stay empty, how loads are kept fair, then the least cost.

use std::sync::Arc;

use super::fair::least_greatest_load;
use super::fault::DeployError;
use super::infeasible::Infeasible;
use super::model::{Links, Model, NO_GRID, Source, Weights, Why};
use super::plan::Plan;
use super::run::{Warm, solve};
use super::who::Who;
use crate::control::Control;

/// What stands before the cost.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Settle {
    pub(super) min_max: bool,
    pub(super) allow_gaps: bool,
}

/// The model with its empty places and its greatest load settled.
pub(super) struct Settled {
    pub(super) model: Arc<Model>,
    /// Why the greatest load can't be smaller.
    pub(super) load_bound: Option<Infeasible>,
    /// Where to start from.
    pub(super) warm: Option<Warm>,
}

pub(super) fn settle(
    model: Model,
    how: Settle,
    warm: Option<&Warm>,
    control: &mut Control<'_>,
) -> Result<Plan, DeployError> {
    settle_weighted(model, how, Weights::COST, warm, control)
}

pub(super) fn settle_weighted(
    model: Model,
    how: Settle,
    weights: Weights,
    warm: Option<&Warm>,
    control: &mut Control<'_>,
) -> Result<Plan, DeployError> {
    if !how.min_max && !how.allow_gaps {
        let model = Arc::new(model);
        let solved = solve(&model, weights, warm, control)?;
        return Plan::finish(model, weights, solved, None);
    }
    let Settled { model, load_bound, .. } = prepare(model, how, control)?;
    let solved = solve(&model, weights, warm, control)?;
    Plan::finish(model, weights, solved, load_bound)
}

/// Settles what stands before the cost.
pub(super) fn prepare(
    mut model: Model,
    how: Settle,
    control: &mut Control<'_>,
) -> Result<Settled, DeployError> {
    let mut load_bound = None;
    if how.allow_gaps {
        model = with_fewest_gaps(model, control)?;
    }
    if how.min_max {
        // Without a bound first, so that what is impossible anyway is named as such.
        let shared = Arc::new(model);
        solve(&shared, Weights { cost: 0, change: 0 }, None, control)?;
        model = Arc::unwrap_or_clone(shared);
        let (load, proof) = least_greatest_load(&model, control)?;
        (model.most_load, load_bound) = (Some(load), proof);
    }
    Ok(Settled { model: Arc::new(model), load_bound, warm: None })
}

/// Lets nobody take as few places as can be; unchanged if every place can be taken.
fn with_fewest_gaps(model: Model, control: &mut Control<'_>) -> Result<Model, DeployError> {
    let all: i64 = model.sinks.iter().fold(0, |sum, sink| sum.saturating_add(sink.at_least));
    let mut open = with_nobody(&model, all);
    let nobody = (open.sources.len() - 1) as u32;
    let links = Arc::make_mut(&mut open.links);
    for (cost, &source) in links.cost.iter_mut().zip(&links.source) {
        *cost = i64::from(source == nobody);
    }
    open.steps.clear();
    let open = Arc::new(open);
    let solved = solve(&open, Weights::COST, None, control)?;
    let missing = i64::try_from(open.cost(&solved.amounts)).unwrap_or(all);
    if missing == 0 {
        return Ok(model);
    }
    Ok(with_nobody(&model, missing))
}

/// The model with somebody who stands for empty places, last of all sources.
fn with_nobody(model: &Model, most: i64) -> Model {
    let nobody = model.sources.len() as u32;
    let mut sources = model.sources.clone();
    sources.push(Source { who: Who::Nobody, unit: None, day: None, at_least: 0, at_most: most });
    let mut links = Links::begin();
    let mut before: Option<Vec<i64>> = model.before.as_ref().map(|_| Vec::new());
    for (sink, bounds) in model.sinks.iter().enumerate() {
        for link in model.links.of(sink) {
            let old = &model.links;
            links.push(old.source[link], old.capacity[link], old.cost[link], old.why[link], old.via[link]);
            if let (Some(before), Some(old)) = (&mut before, &model.before) {
                before.push(old[link]);
            }
        }
        links.push(nobody, bounds.at_least.min(most), 0, Why::Candidate, NO_GRID);
        if let Some(before) = &mut before {
            before.push(0);
        }
        links.close();
    }
    Model { sources, links: links.into(), before: before.map(Into::into), ..model.clone() }
}

/// The model without that.
pub(super) fn without_nobody(model: &Model) -> Model {
    if model.sources.last().is_none_or(|last| last.who != Who::Nobody) {
        return model.clone();
    }
    let nobody = (model.sources.len() - 1) as u32;
    let mut sources = model.sources.clone();
    sources.pop();
    let mut links = Links::begin();
    let mut before: Option<Vec<i64>> = model.before.as_ref().map(|_| Vec::new());
    for sink in 0..model.sinks.len() {
        for link in model.links.of(sink).filter(|&link| model.links.source[link] != nobody) {
            let old = &model.links;
            links.push(old.source[link], old.capacity[link], old.cost[link], old.why[link], old.via[link]);
            if let (Some(before), Some(old)) = (&mut before, &model.before) {
                before.push(old[link]);
            }
        }
        links.close();
    }
    Model { sources, links: links.into(), before: before.map(Into::into), ..model.clone() }
}
