//! The solvers: columns of whole numbers in, columns and their proofs out.

use gridcore::solve::assignment::{self, Assigned, AssignmentError, Candidates, CostMatrix};
use gridcore::solve::flow::{self, Arc, Flow, FlowError, Network, UNLIMITED};
use gridcore::solve::matching;
use js_sys::{BigInt64Array, Object, Reflect, Uint32Array};
use wasm_bindgen::prelude::*;

use crate::argument::{OBJECT, present, wrong};
use crate::column::{positions, whole_numbers};
use crate::error::{Answer, INFEASIBLE, because, refused, thrown};
use crate::report::plain;
use crate::watch::Watch;

/// Sets the keys of a new object.
fn object(fields: impl IntoIterator<Item = (&'static str, JsValue)>) -> Answer {
    let object = Object::new();
    for (key, value) in fields {
        Reflect::set(&object, &key.into(), &value)?;
    }
    Ok(object.into())
}

fn field(object: &JsValue, name: &str, key: &str) -> Answer {
    if !object.is_object() {
        return Err(wrong(name, object, OBJECT));
    }
    Reflect::get(object, &JsValue::from_str(key))
}

fn unassignable(error: AssignmentError) -> JsValue {
    match error {
        AssignmentError::Unassignable(ref hall) => {
            let hall = hall.clone();
            because(INFEASIBLE, error, &[hall])
        }
        _ => refused(error),
    }
}

fn no_flow(error: FlowError) -> JsValue {
    match error {
        FlowError::Infeasible(ref cut) => {
            let cut = cut.clone();
            because(INFEASIBLE, error, &[cut])
        }
        FlowError::Unbounded(ref cycle) => {
            let cycle = cycle.clone();
            because(INFEASIBLE, error, &[cycle])
        }
        _ => refused(error),
    }
}

fn assigned(answer: &Assigned) -> Answer {
    object([
        ("columns", Uint32Array::from(&answer.columns[..]).into()),
        ("cost", JsValue::from(answer.cost)),
        ("rowDuals", BigInt64Array::from(&answer.row_duals[..]).into()),
        ("columnDuals", BigInt64Array::from(&answer.column_duals[..]).into()),
    ])
}

fn size(name: &str, value: &JsValue) -> Result<u32, JsValue> {
    let count = crate::argument::whole(name, value, crate::argument::COUNT)?;
    u32::try_from(count).map_err(|_| wrong(name, value, ("a whole number below 2^32", "小于 2^32 的整数")))
}

fn matrix(rows: &JsValue, columns: &JsValue, costs: &JsValue) -> Result<CostMatrix, JsValue> {
    let (rows, columns) = (size("rows", rows)?, size("columns", columns)?);
    CostMatrix::new(rows, columns, whole_numbers("costs", costs)?).map_err(unassignable)
}

fn candidates(problem: &JsValue) -> Result<Candidates, JsValue> {
    let get = |key: &str| field(problem, "problem", key);
    let (rows, columns) = (size("rows", &get("rows")?)?, size("columns", &get("columns")?)?);
    let row = positions("row", &get("row")?)?;
    let column = positions("column", &get("column")?)?;
    let cost = match present(get("cost")?) {
        Some(cost) => whole_numbers("cost", &cost)?,
        None => vec![0; row.len()],
    };
    same_length(row.len(), &[("column", column.len()), ("cost", cost.len())])?;
    let arcs: Vec<(u32, u32, i64)> =
        row.into_iter().zip(column).zip(cost).map(|((row, column), cost)| (row, column, cost)).collect();
    Candidates::from_arcs(rows, columns, &arcs).map_err(unassignable)
}

/// Refuses columns that are not as long as the first.
fn same_length(first: usize, others: &[(&str, usize)]) -> Result<(), JsValue> {
    match others.iter().find(|(_, length)| *length != first) {
        None => Ok(()),
        Some((name, length)) => Err(crate::error::faulty(gridcore::Fault {
            code: "length_mismatch".to_owned(),
            column: Some((*name).to_owned()),
            found: Some(length.to_string()),
            wanted: Some(first.to_string()),
            message: format!("{name} has {length} values where {first} are wanted"),
            message_zh: format!("{name} 有 {length} 个值，应为 {first} 个"),
            remedy: "pass columns of one length".to_owned(),
            remedy_zh: "各列长度须一致".to_owned(),
            ..gridcore::Fault::default()
        })),
    }
}

/// Assigns every row of a matrix a column of its own, at the least cost.
#[wasm_bindgen(js_name = solveAssignDense)]
pub fn assign_dense(rows: &JsValue, columns: &JsValue, costs: &JsValue, watch: &JsValue) -> Answer {
    let matrix = matrix(rows, columns, costs)?;
    let answer = Watch::new(watch).run(|control| assignment::assign_dense(&matrix, control))?;
    assigned(&answer.map_err(unassignable)?)
}

/// Assigns every row one of its candidate columns, at the least cost.
#[wasm_bindgen(js_name = solveAssign)]
pub fn assign(problem: &JsValue, watch: &JsValue) -> Answer {
    let candidates = candidates(problem)?;
    let answer = Watch::new(watch).run(|control| assignment::assign(&candidates, control))?;
    assigned(&answer.map_err(unassignable)?)
}

/// Assigns again from an earlier answer.
#[wasm_bindgen(js_name = solveReassign)]
pub fn reassign(problem: &JsValue, from: &JsValue, watch: &JsValue) -> Answer {
    let candidates = candidates(problem)?;
    let from = read_assigned(from, false)?;
    let answer = Watch::new(watch).run(|control| assignment::reassign(&candidates, &from, control))?;
    assigned(&answer.map_err(unassignable)?)
}

/// The most rows that can have a candidate column of their own.
#[wasm_bindgen(js_name = solveMaximumMatching)]
pub fn maximum_matching(problem: &JsValue, watch: &JsValue) -> Answer {
    let candidates = candidates(problem)?;
    let matching = Watch::new(watch).run(|control| matching::maximum_matching(&candidates, control))?;
    plain(&matching.map_err(AssignmentError::Stopped).map_err(unassignable)?)
}

/// Answers as the core has them.
fn read_assigned(answer: &JsValue, cost: bool) -> Result<Assigned, JsValue> {
    let get = |key: &str| field(answer, "answer", key);
    Ok(Assigned {
        columns: positions("columns", &get("columns")?)?,
        cost: if cost { exact("cost", &get("cost")?)? } else { 0 },
        row_duals: whole_numbers("rowDuals", &get("rowDuals")?)?,
        column_duals: whole_numbers("columnDuals", &get("columnDuals")?)?,
    })
}

fn read_flow(answer: &JsValue, cost: bool) -> Result<Flow, JsValue> {
    let get = |key: &str| field(answer, "answer", key);
    let (flows, potentials) = (get("flows")?, get("potentials")?);
    let cost = if cost { exact("cost", &get("cost")?)? } else { 0 };
    Ok(Flow::from_parts(whole_numbers("flows", &flows)?, whole_numbers("potentials", &potentials)?, cost))
}

/// A whole number of any size that an objective can have.
fn exact(name: &str, value: &JsValue) -> Result<i128, JsValue> {
    if let Some(number) = value.as_f64()
        && number.fract() == 0.0
        && number.abs() <= crate::argument::MOST
    {
        return Ok(number as i128);
    }
    i128::try_from(value.clone()).map_err(|_| wrong(name, value, ("a whole number", "整数")))
}

/// Throws what is wrong with an answer.
fn unproved(violation: impl std::fmt::Display) -> JsValue {
    let message = violation.to_string();
    thrown("not_proved", &message, &message, &[])
}

/// Checks an assignment of a matrix and its prices.
#[wasm_bindgen(js_name = solveVerifyDense)]
pub fn verify_dense(
    rows: &JsValue,
    columns: &JsValue,
    costs: &JsValue,
    answer: &JsValue,
) -> Result<(), JsValue> {
    read_assigned(answer, true)?.verify_dense(&matrix(rows, columns, costs)?).map_err(unproved)
}

/// Checks an assignment and its prices.
#[wasm_bindgen(js_name = solveVerifyAssigned)]
pub fn verify_assigned(problem: &JsValue, answer: &JsValue) -> Result<(), JsValue> {
    read_assigned(answer, true)?.verify(&candidates(problem)?).map_err(unproved)
}

/// Checks a matching and what proves that there is no larger one.
#[wasm_bindgen(js_name = solveVerifyMatching)]
pub fn verify_matching(problem: &JsValue, answer: &JsValue) -> Result<(), JsValue> {
    let answer: matching::Matching = crate::argument::read("answer", answer)?;
    answer.verify(&candidates(problem)?).map_err(unproved)
}

/// Checks a flow and its prices.
#[wasm_bindgen(js_name = solveVerifyFlow)]
pub fn verify_flow(problem: &JsValue, answer: &JsValue) -> Result<(), JsValue> {
    read_flow(answer, true)?.verify(&network(problem)?).map_err(unproved)
}

fn network(problem: &JsValue) -> Result<Network, JsValue> {
    let get = |key: &str| field(problem, "problem", key);
    let supplies = whole_numbers("supplies", &get("supplies")?)?;
    let tail = positions("tail", &get("tail")?)?;
    let head = positions("head", &get("head")?)?;
    let or = |key: &str, value: i64| match present(get(key)?) {
        Some(column) => whole_numbers(key, &column),
        None => Ok(vec![value; tail.len()]),
    };
    let (lower, capacity, cost) = (or("lower", 0)?, or("capacity", UNLIMITED)?, or("cost", 0)?);
    let lengths =
        [("head", head.len()), ("lower", lower.len()), ("capacity", capacity.len()), ("cost", cost.len())];
    same_length(tail.len(), &lengths)?;
    let arc = |at: usize| Arc {
        tail: tail[at],
        head: head[at],
        lower: lower[at],
        capacity: capacity[at],
        cost: cost[at],
    };
    Network::new(supplies, (0..tail.len()).map(arc).collect()).map_err(no_flow)
}

fn flowing(flow: &Flow) -> Answer {
    object([
        ("flows", BigInt64Array::from(&flow.flows[..]).into()),
        ("potentials", BigInt64Array::from(&flow.potentials[..]).into()),
        ("cost", JsValue::from(flow.cost)),
    ])
}

/// The cheapest flow of a network.
#[wasm_bindgen(js_name = solveMinCostFlow)]
pub fn min_cost_flow(problem: &JsValue, watch: &JsValue) -> Answer {
    let network = network(problem)?;
    let flow = Watch::new(watch).run(|control| flow::min_cost_flow(&network, control))?;
    flowing(&flow.map_err(no_flow)?)
}

/// The cheapest flow, from that of a like network.
#[wasm_bindgen(js_name = solveReflow)]
pub fn reflow(problem: &JsValue, from: &JsValue, watch: &JsValue) -> Answer {
    let network = network(problem)?;
    let from = read_flow(from, false)?;
    let flow = Watch::new(watch).run(|control| flow::reflow(&network, &from, control))?;
    flowing(&flow.map_err(no_flow)?)
}
