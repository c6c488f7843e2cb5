//! Plans: people and units sent to grids, with their proof, and what becomes of them when people fall out.

use std::collections::HashMap;

use gridcore::deployment::{
    Aid, CandidateColumns, CostColumn, DeployError, Deployment, NeedRow, Pairing, PersonRow, Plan as Core,
    Replan as CoreReplan, ReplanOptions, Spread, Staffing, Surge,
};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde::de::DeserializeOwned;

use crate::control::Reins;
use crate::error::{infeasible, refused};
use crate::numbers::Reader;
use crate::report::{or_refuse, to_json};
use crate::rows::{record, rows, table_rows};
use crate::tree::Tree;

/// A plan: who goes where, at the least cost.
#[pyclass(frozen, module = "gridcore._gridcore")]
pub(crate) struct Plan {
    core: Core,
}

/// A plan to be made again: without some, or with other demand.
#[pyclass(frozen, module = "gridcore._gridcore")]
pub(crate) struct Replan {
    core: CoreReplan,
}

/// The plan, or the exception of what kept it from being made.
fn planned(py: Python<'_>, plan: Result<Core, DeployError>) -> PyResult<Plan> {
    Ok(Plan { core: or_short(py, plan)? })
}

fn or_short<T>(py: Python<'_>, done: Result<T, DeployError>) -> PyResult<T> {
    done.map_err(|error| match error.infeasible() {
        Some(short) => infeasible(py, &error, short.causes()),
        None => refused(py, &error),
    })
}

/// A request: the options that Python names, and tables read apart, so that their faults name rows.
struct Request<'py> {
    tables: &'py Bound<'py, PyDict>,
}

impl Request<'_> {
    fn rows<T: DeserializeOwned>(&self, name: &str) -> PyResult<Vec<T>> {
        Ok(self.some(name)?.unwrap_or_default())
    }

    fn some<T: DeserializeOwned>(&self, name: &str) -> PyResult<Option<Vec<T>>> {
        table_rows(self.tables, name, None)
    }

    /// Candidates by their places in the tables of needs and people.
    fn columns(&self) -> PyResult<Option<CandidateColumns>> {
        let py = self.tables.py();
        let Some(columns) = self.tables.get_item("columns")? else { return Ok(None) };
        let columns = columns.cast_into::<PyDict>()?;
        let column = |name: &str| {
            let missing = || pyo3::exceptions::PyKeyError::new_err(name.to_owned());
            columns.get_item(name)?.ok_or_else(missing)
        };
        let mut reader = Reader::default();
        let need = reader.positions("need", &column("need")?)?;
        let person = reader.positions("person", &column("person")?)?;
        let cost = column("cost")?;
        let cost = match reader.decimals("cost", &cost)? {
            Some(decimals) => CostColumn::Decimal(decimals),
            None => CostColumn::Whole(reader.integers("cost", &cost, None)?),
        };
        reader.finish(py)?;
        Ok(Some(CandidateColumns { need, person, cost }))
    }
}

impl Tree {
    fn deployment(&self, py: Python<'_>, request: &Request<'_>, decimals: u8) -> PyResult<Deployment> {
        let deployment = Deployment::new(&self.core).decimals(decimals);
        match request.some("positions")? {
            Some(positions) => or_short(py, deployment.on_plane(&positions)),
            None => Ok(deployment),
        }
    }
}

#[pymethods]
impl Tree {
    /// Sends people to grids.
    #[pyo3(signature = (options, tables, decimals, cost, reins))]
    fn deploy_assign(
        &self,
        py: Python<'_>,
        options: &Bound<'_, PyAny>,
        tables: &Bound<'_, PyDict>,
        decimals: u8,
        cost: Option<&Bound<'_, PyAny>>,
        reins: Reins,
    ) -> PyResult<Plan> {
        let request = Request { tables };
        let deployment = self.deployment(py, &request, decimals)?;
        let mut staffing: Staffing = record("options", options)?;
        staffing.people = request.rows("people")?;
        staffing.needs = request.rows("needs")?;
        staffing.candidates = request.some("candidates")?;
        staffing.columns = request.columns()?;
        if let Some(cost) = cost {
            return assign_by(&deployment, &staffing, cost);
        }
        let plan = reins.run(py, |control| deployment.assign_with(&staffing, control))?;
        planned(py, plan)
    }

    /// Pairs units with grids.
    fn deploy_pair(
        &self,
        py: Python<'_>,
        options: &Bound<'_, PyAny>,
        tables: &Bound<'_, PyDict>,
        decimals: u8,
        reins: Reins,
    ) -> PyResult<Plan> {
        let request = Request { tables };
        let deployment = self.deployment(py, &request, decimals)?;
        let mut pairing: Pairing = record("options", options)?;
        pairing.units = request.rows("units")?;
        pairing.costs = request.rows("costs")?;
        let plan = reins.run(py, |control| deployment.pair_with(&pairing, control))?;
        planned(py, plan)
    }

    /// Sends person-times of units to grids over days.
    fn deploy_surge(
        &self,
        py: Python<'_>,
        options: &Bound<'_, PyAny>,
        tables: &Bound<'_, PyDict>,
        decimals: u8,
        reins: Reins,
    ) -> PyResult<Plan> {
        let request = Request { tables };
        let deployment = self.deployment(py, &request, decimals)?;
        let mut surge: Surge = record("options", options)?;
        surge.supply = request.rows("supply")?;
        surge.demand = request.rows("demand")?;
        surge.pairs = request.rows("pairs")?;
        surge.edges = request.rows("edges")?;
        surge.units = request.rows("units")?;
        let plan = reins.run(py, |control| deployment.surge_with(&surge, control))?;
        planned(py, plan)
    }

    /// Sends spare people to the nearest grids that lack them.
    fn deploy_aid(
        &self,
        py: Python<'_>,
        options: &Bound<'_, PyAny>,
        tables: &Bound<'_, PyDict>,
        decimals: u8,
        reins: Reins,
    ) -> PyResult<Plan> {
        let request = Request { tables };
        let deployment = self.deployment(py, &request, decimals)?;
        let mut aid: Aid = record("options", options)?;
        aid.spares = request.rows("spares")?;
        aid.demand = request.rows("demand")?;
        aid.edges = request.some("edges")?;
        let plan = reins.run(py, |control| deployment.aid_with(&aid, control))?;
        planned(py, plan)
    }

    /// Spreads people evenly over grids.
    fn deploy_spread(
        &self,
        py: Python<'_>,
        options: &Bound<'_, PyAny>,
        tables: &Bound<'_, PyDict>,
        decimals: u8,
        reins: Reins,
    ) -> PyResult<Plan> {
        let request = Request { tables };
        let deployment = self.deployment(py, &request, decimals)?;
        let mut spread: Spread = record("options", options)?;
        spread.people = request.some("people")?;
        let plan = reins.run(py, |control| deployment.spread_with(&spread, control))?;
        planned(py, plan)
    }

    /// Loads a plan from its JSON.
    fn plan_from_json(&self, py: Python<'_>, text: &str) -> PyResult<Plan> {
        Ok(Plan { core: or_refuse(py, py.detach(|| Core::from_json(&self.core, text)))? })
    }
}

/// Sends people by a function of the caller's: it gets a person and a need, and says the cost, or None for a pair that may
/// not be.
fn assign_by(deployment: &Deployment, staffing: &Staffing, cost: &Bound<'_, PyAny>) -> PyResult<Plan> {
    let py = cost.py();
    let loads = py.import("json")?.getattr("loads")?;
    let read = |row: String| loads.call1((row,)).map(Bound::unbind);
    let mut people: HashMap<String, Py<PyAny>> = HashMap::new();
    let mut needs: HashMap<(String, Option<String>), Py<PyAny>> = HashMap::new();
    for person in &staffing.people {
        people.insert(person.person.clone(), read(to_json(person)?)?);
    }
    for need in &staffing.needs {
        needs.insert((need.grid.clone(), need.name.clone()), read(to_json(need)?)?);
    }
    let mut raised = None;
    let plan = deployment.assign_at(staffing, |person: &PersonRow, need: &NeedRow| {
        if raised.is_some() {
            return None;
        }
        let person = people.get(&person.person)?;
        let need = needs.get(&(need.grid.clone(), need.name.clone()))?;
        match cost.call1((person, need)).and_then(|cost| cost.extract::<Option<f64>>()) {
            Ok(cost) => cost,
            Err(error) => {
                raised = Some(error);
                None
            }
        }
    });
    match raised {
        Some(error) => Err(error),
        None => planned(py, plan),
    }
}

#[pymethods]
impl Plan {
    /// What kind of problem it answers.
    fn kind(&self) -> PyResult<String> {
        to_json(&self.core.kind())
    }

    /// What it costs, in the unit of the tables.
    fn cost(&self) -> f64 {
        self.core.cost()
    }

    /// What it costs in whole units of the last decimal.
    fn cost_units(&self) -> i64 {
        self.core.cost_units()
    }

    /// How many decimals of costs count.
    fn decimals(&self) -> u8 {
        self.core.decimals()
    }

    /// How many person-times changed from the plan before.
    fn changes(&self) -> i64 {
        self.core.changes()
    }

    /// Who goes where, as JSON rows.
    fn rows(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.rows()))
    }

    /// How many each need gets, as JSON rows.
    fn by_grid(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.by_grid()))
    }

    /// How many each sends or serves, as JSON rows.
    fn loads(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.loads()))
    }

    /// Pairs of units and grids, as JSON rows.
    fn pairs(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.pairs()))
    }

    /// The proof, as JSON.
    fn certificate(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.certificate()))
    }

    /// Raises what is wrong with the plan or its proof.
    fn verify(&self, py: Python<'_>) -> PyResult<()> {
        or_refuse(py, py.detach(|| self.core.verify()))
    }

    /// Where people are missing, with everything above, as JSON rows.
    fn gaps(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.gaps()))
    }

    /// Who keeps the one they had in the plan before, as JSON.
    #[pyo3(signature = (weight))]
    fn kept(&self, py: Python<'_>, weight: Option<&str>) -> PyResult<String> {
        to_json(&or_short(py, py.detach(|| self.core.kept(weight)))?)
    }

    /// The least cost for each number of changes, as JSON rows.
    fn frontier(&self, py: Python<'_>, reins: Reins) -> PyResult<String> {
        let rows = reins.run(py, |control| self.core.frontier_with(control))?;
        to_json(&or_short(py, rows)?)
    }

    /// The plan, to be made again.
    fn again(&self) -> Replan {
        Replan { core: self.core.again() }
    }

    /// The plan as versioned JSON.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.core.to_json())
    }
}

#[pymethods]
impl Replan {
    /// Without some people, units or grids.
    #[expect(clippy::needless_pass_by_value, reason = "Python hands its arguments over")]
    fn without(&self, who: Vec<String>) -> Self {
        Self { core: self.core.clone().without(&who) }
    }

    /// With other demand.
    fn with_demand(&self, py: Python<'_>, demand: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self { core: self.core.clone().with_demand(rows(py, demand, None)?) })
    }

    /// Where people are missing before anything is repaired, as JSON rows.
    fn gaps(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.gaps()))
    }

    /// The plan made again.
    fn replan(&self, py: Python<'_>, options: &Bound<'_, PyAny>, reins: Reins) -> PyResult<Plan> {
        let options: ReplanOptions = record("options", options)?;
        let plan = reins.run(py, |control| self.core.replan_with(options, control))?;
        planned(py, plan)
    }

    /// The least cost for each number of changes, as JSON rows.
    fn frontier(&self, py: Python<'_>, reins: Reins) -> PyResult<String> {
        let rows = reins.run(py, |control| self.core.frontier_with(control))?;
        to_json(&or_short(py, rows)?)
    }
}
