//! Assignment, matching and flow on bare numbers.

use gridcore::control::Control;
use gridcore::solve::assignment::{
    Assigned, AssignmentError, Candidates, CostMatrix, assign, assign_dense, reassign,
};
use gridcore::solve::flow::{self, Arc, Flow, FlowError, Network, UNLIMITED};
use gridcore::solve::matching::maximum_matching;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Op;
use super::duty::refused;
use crate::input::{json, wrong};
use crate::{Answer, Input, Stop};

pub(super) const OPS: &[(&str, Op)] = &[
    ("solve.assign_dense", |input| {
        let costs = matrix(input)?;
        let found = assign_dense(&costs, &mut Control::free())?;
        found.verify_dense(&costs).map_err(wrong)?;
        Ok(assigned(&found))
    }),
    ("solve.assign", |input| {
        let candidates = candidates(input, "arcs")?;
        let found = assign(&candidates, &mut Control::free())?;
        found.verify(&candidates).map_err(wrong)?;
        Ok(assigned(&found))
    }),
    ("solve.reassign", |input| {
        let before = assign(&candidates(input, "earlier")?, &mut Control::free())?;
        let candidates = candidates(input, "arcs")?;
        let found = reassign(&candidates, &before, &mut Control::free())?;
        found.verify(&candidates).map_err(wrong)?;
        Ok(assigned(&found))
    }),
    ("solve.maximum_matching", |input| {
        let candidates = candidates(input, "arcs")?;
        let found = maximum_matching(&candidates, &mut Control::free()).map_err(wrong)?;
        found.verify(&candidates).map_err(wrong)?;
        json(found)
    }),
    ("solve.min_cost_flow", |input| {
        let network = network(input, "supplies", "arcs")?;
        let found = flow::min_cost_flow(&network, &mut Control::free())?;
        found.verify(&network).map_err(wrong)?;
        Ok(flowed(&found))
    }),
    ("solve.reflow", |input| {
        let before = flow::min_cost_flow(&network(input, "supplies", "earlier")?, &mut Control::free())?;
        let network = network(input, "later_supplies", "arcs")?;
        let found = flow::reflow(&network, &before, &mut Control::free())?;
        found.verify(&network).map_err(wrong)?;
        Ok(flowed(&found))
    }),
    ("solve.infeasible", infeasible),
];

fn infeasible(input: &Input<'_>) -> Answer {
    let error = match input.get::<String>("problem")?.as_str() {
        "assign" => match assign(&candidates(input, "arcs")?, &mut Control::free()) {
            Err(AssignmentError::Unassignable(hall)) => refused("unassignable", [hall])?,
            other => return Err(wrong(format!("not infeasible: {other:?}"))),
        },
        "min_cost_flow" => {
            match flow::min_cost_flow(&network(input, "supplies", "arcs")?, &mut Control::free()) {
                Err(FlowError::Infeasible(cut)) => refused("infeasible", [cut])?,
                Err(FlowError::Unbounded(ring)) => refused("unbounded", [ring])?,
                other => return Err(wrong(format!("not infeasible: {other:?}"))),
            }
        }
        other => return Err(wrong(format!("no problem has the name {other}"))),
    };
    Ok(error)
}

fn matrix(input: &Input<'_>) -> Result<CostMatrix, Stop> {
    let costs: Vec<Vec<i64>> = input.get("costs")?;
    let columns = u32::try_from(costs.first().map_or(0, Vec::len)).map_err(wrong)?;
    Ok(CostMatrix::new(u32::try_from(costs.len()).map_err(wrong)?, columns, costs.concat())?)
}

/// Columns of candidates; without a column of costs they are free.
#[derive(Deserialize)]
struct Pairs {
    row: Vec<u32>,
    column: Vec<u32>,
    cost: Option<Vec<i64>>,
}

fn candidates(input: &Input<'_>, name: &str) -> Result<Candidates, Stop> {
    let Pairs { row, column, cost } = input.get(name)?;
    let cost = cost.unwrap_or_else(|| vec![0; row.len()]);
    let arcs: Vec<_> =
        row.into_iter().zip(column).zip(cost).map(|((row, column), cost)| (row, column, cost)).collect();
    Ok(Candidates::from_arcs(input.get("rows")?, input.get("columns")?, &arcs)?)
}

/// Columns of arcs; a capacity that is missing is no limit.
#[derive(Deserialize)]
struct Arcs {
    tail: Vec<u32>,
    head: Vec<u32>,
    lower: Option<Vec<i64>>,
    capacity: Option<Vec<Option<i64>>>,
    cost: Option<Vec<i64>>,
}

fn network(input: &Input<'_>, supplies: &str, arcs: &str) -> Result<Network, Stop> {
    let Arcs { tail, head, lower, capacity, cost } = input.get(arcs)?;
    let of = |column: &Option<Vec<i64>>, place: usize| column.as_ref().map_or(0, |column| column[place]);
    let arc = |(place, (tail, head)): (usize, (u32, u32))| Arc {
        tail,
        head,
        lower: of(&lower, place),
        capacity: capacity.as_ref().and_then(|column| column[place]).unwrap_or(UNLIMITED),
        cost: of(&cost, place),
    };
    let arcs = tail.into_iter().zip(head).enumerate().map(arc).collect();
    Ok(Network::new(input.get(supplies)?, arcs)?)
}

/// The columns and the cost, beside what the prices add up to, which proves it.
fn assigned(found: &Assigned) -> Value {
    let Assigned { columns, cost, row_duals, column_duals } = found;
    let bound: i128 = row_duals.iter().chain(column_duals).copied().map(i128::from).sum();
    json!({ "columns": columns, "cost": *cost as i64, "bound": bound as i64 })
}

fn flowed(found: &Flow) -> Value {
    json!({ "flows": found.flows, "cost": found.cost as i64 })
}
