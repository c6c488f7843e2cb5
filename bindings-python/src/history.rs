//! The history of a reconciliation: decisions, later rows, what is taken back, the log; saved and loaded.

use gridcore::roster::{DecisionRow, LogRow, Reconciliation as Core, Stamp, Update, verify_log};
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::control::Reins;
use crate::report::{or_refuse, to_json};
use crate::roster::Reconciliation;
use crate::roster_table::HeldRoster;
use crate::rows::{record, records, rows};
use crate::tree::Tree;

/// Loads a run from its JSON and the tables of that time.
#[pyfunction]
#[pyo3(signature = (text, left, right, tree, reins))]
pub(crate) fn load_reconciliation(
    py: Python<'_>,
    text: &str,
    left: &Bound<'_, PyAny>,
    right: Option<&Bound<'_, PyAny>>,
    tree: Option<&Tree>,
    reins: Reins,
) -> PyResult<Reconciliation> {
    let left = HeldRoster::read("left", left)?;
    let right = right.map(|right| HeldRoster::read("right", right)).transpose()?;
    let tree = tree.map(|tree| &tree.core);
    let done = reins.run(py, |control| {
        let right = right.as_ref().map(HeldRoster::table);
        Core::load(text, &left.table(), right.as_ref(), tree, control)
    })?;
    Ok(Reconciliation { core: or_refuse(py, done)? })
}

/// Raises what is wrong with a log.
#[pyfunction]
pub(crate) fn verify_roster_log(py: Python<'_>, log: &Bound<'_, PyList>) -> PyResult<()> {
    let log: Vec<LogRow> = records("log", log)?;
    or_refuse(py, verify_log(&log))
}

#[pymethods]
impl Reconciliation {
    /// Takes decisions about pairs over.
    fn decide(
        &self,
        py: Python<'_>,
        decisions: &Bound<'_, PyAny>,
        stamp: &Bound<'_, PyAny>,
        reins: Reins,
    ) -> PyResult<Self> {
        let stamp: Stamp = record("stamp", stamp)?;
        let decisions: Vec<DecisionRow> = rows(py, decisions, None)?;
        let done = reins.run(py, |control| self.core.decide(&decisions, &stamp, control))?;
        Ok(Self { core: or_refuse(py, done)? })
    }

    /// Adds, replaces and removes rows.
    #[pyo3(signature = (left, right, remove_left, remove_right, stamp, reins))]
    #[expect(clippy::too_many_arguments, reason = "both sides have rows to come and rows to go")]
    fn update(
        &self,
        py: Python<'_>,
        left: Option<&Bound<'_, PyAny>>,
        right: Option<&Bound<'_, PyAny>>,
        remove_left: Vec<String>,
        remove_right: Vec<String>,
        stamp: &Bound<'_, PyAny>,
        reins: Reins,
    ) -> PyResult<Self> {
        let stamp: Stamp = record("stamp", stamp)?;
        let left = left.map(|left| HeldRoster::read("left", left)).transpose()?;
        let right = right.map(|right| HeldRoster::read("right", right)).transpose()?;
        let done = reins.run(py, |control| {
            let update = Update {
                left: left.as_ref().map(HeldRoster::table),
                right: right.as_ref().map(HeldRoster::table),
                remove_left,
                remove_right,
            };
            self.core.update(&update, &stamp, control)
        })?;
        Ok(Self { core: or_refuse(py, done)? })
    }

    /// Reconciles other tables with the same columns under what this run has learnt.
    #[pyo3(signature = (left, right, reins))]
    fn rerun(
        &self,
        py: Python<'_>,
        left: &Bound<'_, PyAny>,
        right: Option<&Bound<'_, PyAny>>,
        reins: Reins,
    ) -> PyResult<Self> {
        let left = HeldRoster::read("left", left)?;
        let right = right.map(|right| HeldRoster::read("right", right)).transpose()?;
        let done = reins.run(py, |control| {
            let right = right.as_ref().map(HeldRoster::table);
            self.core.rerun(&left.table(), right.as_ref(), control)
        })?;
        Ok(Self { core: or_refuse(py, done)? })
    }

    /// Takes back the last change that holds.
    fn undo(&self, py: Python<'_>, stamp: &Bound<'_, PyAny>, reins: Reins) -> PyResult<Self> {
        let stamp: Stamp = record("stamp", stamp)?;
        let done = reins.run(py, |control| self.core.undo(&stamp, control))?;
        Ok(Self { core: or_refuse(py, done)? })
    }

    /// The log, as JSON rows.
    fn log(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.log()))
    }

    /// Every decision that was ever made, as JSON rows.
    fn decisions(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.decisions()))
    }

    /// The run as versioned JSON, without the rows.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.core.to_json())
    }
}
