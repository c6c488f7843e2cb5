//! Assignment, matching and flow on bare numbers: columns in, packed columns out.

use gridcore::control::Control;
use gridcore::solve::assignment::{Assigned, AssignmentError, Candidates, CostMatrix};
use gridcore::solve::flow::{Arc, Flow as Core, FlowError, Network, UNLIMITED};
use gridcore::solve::matching::Matching;
use gridcore::solve::{assignment, flow, matching};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::control::Reins;
use crate::error::{infeasible, refused};
use crate::numbers::{Reader, packed, unpacked};
use crate::report::{or_refuse, to_json};
use crate::tree::pack;

/// The columns of candidates, as Python hands them over.
#[derive(FromPyObject)]
pub(crate) struct Pairs<'py> {
    #[pyo3(item)]
    row: Bound<'py, PyAny>,
    #[pyo3(item)]
    column: Bound<'py, PyAny>,
    #[pyo3(item)]
    cost: Option<Bound<'py, PyAny>>,
}

impl Pairs<'_> {
    fn read(self, py: Python<'_>, rows: u32, columns: u32) -> PyResult<Candidates> {
        let mut reader = Reader::default();
        let row = reader.positions("row", &self.row)?;
        let column = reader.positions("column", &self.column)?;
        let cost = match &self.cost {
            Some(cost) => reader.integers("cost", cost, None)?,
            None => vec![0; row.len()],
        };
        reader.same_length(("row", row.len()), &[("column", column.len()), ("cost", cost.len())]);
        reader.finish(py)?;
        let made = py.detach(|| {
            let pairs = row.iter().zip(&column).zip(&cost);
            let arcs: Vec<(u32, u32, i64)> =
                pairs.map(|((&row, &column), &cost)| (row, column, cost)).collect();
            Candidates::from_arcs(rows, columns, &arcs)
        });
        or_refuse(py, made)
    }
}

/// The columns of a network's arcs, as Python hands them over.
#[derive(FromPyObject)]
pub(crate) struct Arcs<'py> {
    #[pyo3(item)]
    tail: Bound<'py, PyAny>,
    #[pyo3(item)]
    head: Bound<'py, PyAny>,
    #[pyo3(item)]
    lower: Option<Bound<'py, PyAny>>,
    #[pyo3(item)]
    capacity: Option<Bound<'py, PyAny>>,
    #[pyo3(item)]
    cost: Option<Bound<'py, PyAny>>,
}

impl Arcs<'_> {
    fn read(self, py: Python<'_>, supplies: &Bound<'_, PyAny>) -> PyResult<Network> {
        let mut reader = Reader::default();
        let supplies = reader.integers("supplies", supplies, None)?;
        let tail = reader.positions("tail", &self.tail)?;
        let head = reader.positions("head", &self.head)?;
        let mut terms = |name: &str, column: &Option<Bound<'_, PyAny>>, missing: i64| match column {
            Some(column) => reader.integers(name, column, Some(missing)),
            None => Ok(vec![missing; tail.len()]),
        };
        let lower = terms("lower", &self.lower, 0)?;
        let capacity = terms("capacity", &self.capacity, UNLIMITED)?;
        let cost = terms("cost", &self.cost, 0)?;
        let others = [
            ("head", head.len()),
            ("lower", lower.len()),
            ("capacity", capacity.len()),
            ("cost", cost.len()),
        ];
        reader.same_length(("tail", tail.len()), &others);
        reader.finish(py)?;
        let arc = |place: usize| Arc {
            tail: tail[place],
            head: head[place],
            lower: lower[place],
            capacity: capacity[place],
            cost: cost[place],
        };
        or_refuse(py, py.detach(|| Network::new(supplies, (0..tail.len()).map(arc).collect())))
    }
}

/// Columns, cost, prices of rows, prices of columns.
type AssignedParts<'py> = (Bound<'py, PyBytes>, i128, Bound<'py, PyBytes>, Bound<'py, PyBytes>);
/// Flows, potentials, cost, and the flow itself for the next start.
type FlowParts<'py> = (Bound<'py, PyBytes>, Bound<'py, PyBytes>, i128, Flow);

/// A flow as it was found: the next one starts from its last tree.
#[pyclass(frozen, module = "gridcore._gridcore")]
pub(crate) struct Flow {
    core: Core,
}

/// A flow from before: as it was found, or its parts.
#[derive(FromPyObject)]
pub(crate) enum FlowBefore<'py> {
    Kept(Bound<'py, Flow>),
    Parts(Bound<'py, PyBytes>, Bound<'py, PyBytes>, i128),
}

impl FlowBefore<'_> {
    fn read(self) -> Core {
        match self {
            Self::Kept(flow) => flow.get().core.clone(),
            Self::Parts(flows, potentials, cost) => {
                Core::from_parts(unpacked(flows.as_bytes()), unpacked(potentials.as_bytes()), cost)
            }
        }
    }
}

fn assigned(py: Python<'_>, found: Result<Assigned, AssignmentError>) -> PyResult<AssignedParts<'_>> {
    match found {
        Ok(found) => Ok((
            pack(py, found.columns.iter().copied()),
            found.cost,
            packed(py, &found.row_duals),
            packed(py, &found.column_duals),
        )),
        Err(error) => Err(match &error {
            AssignmentError::Unassignable(hall) => infeasible(py, &error, &[hall]),
            _ => refused(py, &error),
        }),
    }
}

fn flowed(py: Python<'_>, found: Result<Core, FlowError>) -> PyResult<FlowParts<'_>> {
    match found {
        Ok(core) => Ok((packed(py, &core.flows), packed(py, &core.potentials), core.cost, Flow { core })),
        Err(error) => Err(match &error {
            FlowError::Infeasible(cut) => infeasible(py, &error, &[cut]),
            FlowError::Unbounded(ring) => infeasible(py, &error, &[ring]),
            _ => refused(py, &error),
        }),
    }
}

/// An earlier answer, as Python hands it back.
#[derive(FromPyObject)]
pub(crate) struct Earlier<'py>(Bound<'py, PyBytes>, i128, Bound<'py, PyBytes>, Bound<'py, PyBytes>);

impl Earlier<'_> {
    fn read(self) -> Assigned {
        let words = self.0.as_bytes().as_chunks::<4>().0;
        Assigned {
            columns: words.iter().map(|&word| u32::from_le_bytes(word)).collect(),
            cost: self.1,
            row_duals: unpacked(self.2.as_bytes()),
            column_duals: unpacked(self.3.as_bytes()),
        }
    }
}

fn matrix(py: Python<'_>, rows: u32, columns: u32, costs: &Bound<'_, PyAny>) -> PyResult<CostMatrix> {
    let mut reader = Reader::default();
    let costs = reader.integers("costs", costs, None)?;
    reader.finish(py)?;
    or_refuse(py, CostMatrix::new(rows, columns, costs))
}

/// Assigns every row of a matrix a column.
#[pyfunction]
pub(crate) fn assign_dense<'py>(
    py: Python<'py>,
    rows: u32,
    columns: u32,
    costs: &Bound<'py, PyAny>,
    reins: Reins,
) -> PyResult<AssignedParts<'py>> {
    let costs = matrix(py, rows, columns, costs)?;
    let found = reins.run(py, |control| assignment::assign_dense(&costs, control))?;
    assigned(py, found)
}

/// Assigns every row a column among candidates; from an earlier answer, if there is one.
#[pyfunction]
#[pyo3(signature = (rows, columns, pairs, earlier, reins))]
pub(crate) fn assign<'py>(
    py: Python<'py>,
    rows: u32,
    columns: u32,
    pairs: Pairs<'py>,
    earlier: Option<Earlier<'py>>,
    reins: Reins,
) -> PyResult<AssignedParts<'py>> {
    let candidates = pairs.read(py, rows, columns)?;
    let earlier = earlier.map(Earlier::read);
    let found = reins.run(py, |control: &mut Control<'_>| match &earlier {
        Some(earlier) => assignment::reassign(&candidates, earlier, control),
        None => assignment::assign(&candidates, control),
    })?;
    assigned(py, found)
}

/// Checks an answer against a matrix.
#[pyfunction]
pub(crate) fn verify_dense(
    py: Python<'_>,
    rows: u32,
    columns: u32,
    costs: &Bound<'_, PyAny>,
    answer: Earlier<'_>,
) -> PyResult<()> {
    let costs = matrix(py, rows, columns, costs)?;
    or_refuse(py, answer.read().verify_dense(&costs))
}

/// Checks an answer against its candidates.
#[pyfunction]
pub(crate) fn verify_assigned(
    py: Python<'_>,
    rows: u32,
    columns: u32,
    pairs: Pairs<'_>,
    answer: Earlier<'_>,
) -> PyResult<()> {
    let candidates = pairs.read(py, rows, columns)?;
    or_refuse(py, answer.read().verify(&candidates))
}

/// Gives as many rows as possible a column: the answer as JSON.
#[pyfunction]
pub(crate) fn maximum_matching(
    py: Python<'_>,
    rows: u32,
    columns: u32,
    pairs: Pairs<'_>,
    reins: Reins,
) -> PyResult<String> {
    let candidates = pairs.read(py, rows, columns)?;
    let found = reins.run(py, |control| matching::maximum_matching(&candidates, control))?;
    to_json(&or_refuse(py, found)?)
}

/// Checks a matching (JSON) against its candidates.
#[pyfunction]
pub(crate) fn verify_matching(
    py: Python<'_>,
    rows: u32,
    columns: u32,
    pairs: Pairs<'_>,
    answer: &str,
) -> PyResult<()> {
    let candidates = pairs.read(py, rows, columns)?;
    let answer: Matching = crate::report::from_json("answer", answer)?;
    or_refuse(py, answer.verify(&candidates))
}

/// The cheapest flow; from an earlier one, if there is one.
#[pyfunction]
#[pyo3(signature = (supplies, arcs, earlier, reins))]
pub(crate) fn min_cost_flow<'py>(
    py: Python<'py>,
    supplies: &Bound<'py, PyAny>,
    arcs: Arcs<'py>,
    earlier: Option<FlowBefore<'py>>,
    reins: Reins,
) -> PyResult<FlowParts<'py>> {
    let network = arcs.read(py, supplies)?;
    let earlier = earlier.map(FlowBefore::read);
    let found = reins.run(py, |control: &mut Control<'_>| match &earlier {
        Some(earlier) => flow::reflow(&network, earlier, control),
        None => flow::min_cost_flow(&network, control),
    })?;
    flowed(py, found)
}

/// Checks a flow against its network.
#[pyfunction]
pub(crate) fn verify_flow(
    py: Python<'_>,
    supplies: &Bound<'_, PyAny>,
    arcs: Arcs<'_>,
    answer: FlowBefore<'_>,
) -> PyResult<()> {
    let network = arcs.read(py, supplies)?;
    answer
        .read()
        .verify(&network)
        .map_err(|violation| crate::error::raised(py, "not_proved", violation.to_string(), &[]))
}

/// Whole numbers of any kind as packed 64-bit numbers.
#[pyfunction]
pub(crate) fn pack_integers<'py>(
    py: Python<'py>,
    column: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyBytes>> {
    let mut reader = Reader::default();
    let values = reader.integers("answer", column, None)?;
    reader.finish(py)?;
    Ok(packed(py, &values))
}
