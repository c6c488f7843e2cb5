//! From a model to its cheapest plan: as a sparse assignment where everybody takes one place, else as a flow.

use std::sync::Arc;

use super::fault::{DeployError, DeployFaultKind};
use super::infeasible::Infeasible;
use super::model::{Model, Weights};
use super::proof::Prices;
use crate::control::Control;
use crate::solve::assignment::{Assigned, AssignmentError, Candidates, assign, reassign};
use crate::solve::flow::{self, Flow, FlowError, Network, min_cost_flow, reflow};
use crate::solve::matching::{HallSet, maximum_matching};

/// What a solver leaves behind for the next, similar problem.
#[derive(Clone, Debug)]
pub(super) enum Warm {
    Assigned(Arc<Assigned>),
    Flow(Arc<Flow>),
}

/// A cheapest plan with the prices that prove it.
#[derive(Clone, Debug)]
pub(super) struct Solved {
    pub(super) amounts: Vec<i64>,
    pub(super) prices: Prices,
    pub(super) warm: Option<Warm>,
}

fn overflow() -> DeployError {
    DeployError::one(None, "costs", DeployFaultKind::Overflow)
}

/// What one link costs beyond what it carried before, and within.
fn link_costs(model: &Model, weights: Weights, link: usize) -> Option<(i64, i64)> {
    let cost = model.links.cost[link].checked_mul(weights.cost)?;
    let change = if model.counts(link) { weights.change } else { 0 };
    Some((cost, cost.checked_add(change)?))
}

/// The cheapest plan of a model, or every cause found why there is none.
pub(super) fn solve(
    model: &Arc<Model>,
    weights: Weights,
    warm: Option<&Warm>,
    control: &mut Control<'_>,
) -> Result<Solved, DeployError> {
    match solve_once(model, weights, warm, control) {
        Err(DeployError::Infeasible(causes)) => {
            Err(DeployError::Infeasible(all_causes(model, causes, control)?))
        }
        answer => answer,
    }
}

/// Lets what is known to be impossible be, and looks for causes elsewhere; a cut names but one at a time.
fn all_causes(
    model: &Arc<Model>,
    mut causes: Infeasible,
    control: &mut Control<'_>,
) -> Result<Infeasible, DeployError> {
    const ROUNDS: usize = 16;
    let mut relaxed = Model::clone(model);
    for _ in 0..ROUNDS {
        causes.relax(&mut relaxed);
        let shared = Arc::new(relaxed);
        match solve_once(&shared, Weights { cost: 0, change: 0 }, None, control) {
            Err(DeployError::Infeasible(more)) => {
                if !causes.extend(&more) {
                    break;
                }
            }
            Err(DeployError::Stopped(stopped)) => return Err(stopped.into()),
            Err(DeployError::Refused(_)) | Ok(_) => break,
        }
        relaxed = Arc::unwrap_or_clone(shared);
    }
    Ok(causes)
}

/// The cheapest plan of a model.
///
/// Ties go by the solvers, which depend on the order of sources, sinks and links alone; that is the order of names.
pub(super) fn solve_once(
    model: &Arc<Model>,
    weights: Weights,
    warm: Option<&Warm>,
    control: &mut Control<'_>,
) -> Result<Solved, DeployError> {
    if is_assignment(model) {
        by_assignment(model, weights, warm, control)
    } else {
        by_flow(model, weights, warm, control)
    }
}

/// Whether every sink takes one (costs are never below 0, so that more than the fewest is never cheaper) and no source sends
/// more than one.
fn is_assignment(model: &Model) -> bool {
    model.steps.is_empty()
        && model.sinks.iter().all(|sink| sink.at_least == 1)
        && (0..model.sources.len())
            .all(|source| model.sources[source].at_least == 0 && model.most(source) <= 1)
}

fn by_assignment(
    model: &Arc<Model>,
    weights: Weights,
    warm: Option<&Warm>,
    control: &mut Control<'_>,
) -> Result<Solved, DeployError> {
    let open: Vec<bool> = (0..model.sources.len()).map(|source| model.most(source) > 0).collect();
    let mut arcs = Vec::with_capacity(model.links.len());
    for sink in 0..model.sinks.len() {
        for link in model.links.of(sink) {
            let source = model.links.source[link];
            if model.links.capacity[link] > 0 && open[source as usize] {
                let (kept, new) = link_costs(model, weights, link).ok_or_else(overflow)?;
                let cost = if model.kept_room(link) > 0 { kept } else { new };
                arcs.push((sink as u32, source, cost));
            }
        }
    }
    let (rows, columns) = (model.sinks.len() as u32, model.sources.len() as u32);
    let candidates = Candidates::from_arcs(rows, columns, &arcs).map_err(|_| overflow())?;
    drop(arcs);
    let answer = match warm {
        Some(Warm::Assigned(from))
            if from.columns.len() == model.sinks.len() && from.column_duals.len() == model.sources.len() =>
        {
            reassign(&candidates, from, control)
        }
        _ => assign(&candidates, control),
    };
    let assigned = match answer {
        Ok(assigned) => assigned,
        Err(AssignmentError::Stopped(stopped)) => return Err(stopped.into()),
        Err(AssignmentError::Unassignable(hall)) => {
            let sinks = lacking(&candidates, &hall, control)?;
            let sources = vec![true; model.sources.len()];
            return Err(DeployError::Infeasible(Infeasible::of(model.clone(), &sinks, &sources)));
        }
        Err(_) => return Err(overflow()),
    };
    let mut amounts = vec![0; model.links.len()];
    for (sink, &column) in assigned.columns.iter().enumerate() {
        let links = model.links.of(sink);
        let at = model.links.source[links.clone()].binary_search(&column);
        let at = at.expect("the answer's pairs are among the links, which ascend by source");
        amounts[links.start + at] = 1;
    }
    let mut prices = Prices {
        source: assigned.column_duals.iter().map(|&price| -price).collect(),
        sink: assigned.row_duals.clone(),
    };
    // The solver does not know who may take no place: they are dear enough that nobody misses them.
    for sink in 0..model.sinks.len() {
        for link in model.links.of(sink) {
            let source = model.links.source[link] as usize;
            if !open[source] {
                let least =
                    prices.sink[sink].saturating_sub(model.links.cost[link].saturating_mul(weights.cost));
                prices.source[source] = prices.source[source].max(least);
            }
        }
    }
    Ok(Solved { amounts, prices, warm: Some(Warm::Assigned(Arc::new(assigned))) })
}

/// Every row that lacks a column in some largest matching: from each row left over along a candidate, back along a pair.
fn lacking(
    candidates: &Candidates,
    hall: &HallSet,
    control: &mut Control<'_>,
) -> Result<Vec<bool>, DeployError> {
    let largest = maximum_matching(candidates, control)?;
    let mut row_of = vec![None; candidates.columns() as usize];
    for (row, column) in (0_u32..).zip(&largest.columns) {
        if let Some(column) = column {
            row_of[*column as usize] = Some(row);
        }
    }
    let mut lacking = vec![false; candidates.rows() as usize];
    let left = (0_u32..).zip(&largest.columns).filter(|(_, column)| column.is_none()).map(|(row, _)| row);
    let mut open: Vec<u32> = left.chain(hall.rows.iter().copied()).collect();
    while let Some(row) = open.pop() {
        if std::mem::replace(&mut lacking[row as usize], true) {
            continue;
        }
        for &column in candidates.row(row).0 {
            open.extend(row_of[column as usize].filter(|&row| !lacking[row as usize]));
        }
    }
    Ok(lacking)
}

fn by_flow(
    model: &Arc<Model>,
    weights: Weights,
    warm: Option<&Warm>,
    control: &mut Control<'_>,
) -> Result<Solved, DeployError> {
    let (sources, sinks, links) = (model.sources.len(), model.sinks.len(), model.links.len());
    let hub = (sources + sinks) as u32;
    let mut arcs = Vec::with_capacity(links + sources + sinks);
    let arc = |tail, head, lower, capacity, cost| flow::Arc { tail, head, lower, capacity, cost };
    for sink in 0..sinks {
        let node = (sources + sink) as u32;
        for link in model.links.of(sink) {
            let (kept, new) = link_costs(model, weights, link).ok_or_else(overflow)?;
            let room = model.kept_room(link);
            let cost = if room > 0 { kept } else { new };
            let capacity = if room > 0 { room } else { model.links.capacity[link] };
            arcs.push(arc(model.links.source[link], node, 0, capacity, cost));
        }
    }
    for sink in 0..sinks {
        let bounds = &model.sinks[sink];
        arcs.push(arc((sources + sink) as u32, hub, bounds.at_least, bounds.at_most, 0));
    }
    for source in 0..sources {
        for (fewest, most, step) in model.load_pieces(source) {
            let step = step.checked_mul(weights.cost).ok_or_else(overflow)?;
            arcs.push(arc(hub, source as u32, fewest, most, step));
        }
    }
    // What a link may carry beyond what it carried before stands last, so that arcs keep their places between re-plans.
    let mut beyond = Vec::new();
    for sink in 0..sinks {
        for link in model.links.of(sink) {
            let room = model.kept_room(link);
            let rest = model.links.capacity[link] - room;
            if room > 0 && rest > 0 {
                let (_, new) = link_costs(model, weights, link).ok_or_else(overflow)?;
                arcs.push(arc(model.links.source[link], (sources + sink) as u32, 0, rest, new));
                beyond.push(link);
            }
        }
    }
    let first_beyond = arcs.len() - beyond.len();
    let network = Network::new(vec![0; sources + sinks + 1], arcs).map_err(|_| overflow())?;
    let answer = match warm {
        Some(Warm::Flow(from))
            if from.flows.len() == network.arcs().len() && from.potentials.len() == network.nodes() =>
        {
            reflow(&network, from, control)
        }
        _ => min_cost_flow(&network, control),
    };
    let flow = match answer {
        Ok(flow) => flow,
        Err(FlowError::Stopped(stopped)) => return Err(stopped.into()),
        Err(FlowError::Infeasible(cut)) => {
            let mut inside = vec![false; sources + sinks + 1];
            for node in cut.nodes {
                inside[node as usize] = true;
            }
            let causes = Infeasible::of(model.clone(), &inside[sources..sources + sinks], &inside[..sources]);
            return Err(DeployError::Infeasible(causes));
        }
        Err(_) => return Err(overflow()),
    };
    let mut amounts = flow.flows[..links].to_vec();
    for (&link, &amount) in beyond.iter().zip(&flow.flows[first_beyond..]) {
        amounts[link] += amount;
    }
    let level = flow.potentials[hub as usize];
    let price = |&price: &i64| price.checked_sub(level).ok_or_else(overflow);
    let prices = Prices {
        source: flow.potentials[..sources].iter().map(price).collect::<Result<_, _>>()?,
        sink: flow.potentials[sources..sources + sinks].iter().map(price).collect::<Result<_, _>>()?,
    };
    Ok(Solved { amounts, prices, warm: Some(Warm::Flow(Arc::new(flow))) })
}
