//! Two staff rosters compared.

use gridcore::roster::{StaffChange, StaffDiff as Core, StaffRow, StaffRules, staff_diff};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::report::{or_refuse, to_json};
use crate::rows::{record, table_rows};
use crate::tree::Tree;

/// Who joined, left and moved between two staff rosters.
#[pyclass(frozen, module = "gridcore._gridcore")]
pub(crate) struct StaffDiff {
    core: Core,
}

#[pymethods]
impl Tree {
    /// Who joined, left and moved between the tables `old` and `new`.
    fn staff_diff(
        &self,
        py: Python<'_>,
        tables: &Bound<'_, PyDict>,
        rules: &Bound<'_, PyAny>,
    ) -> PyResult<StaffDiff> {
        let rules: StaffRules = record("rules", rules)?;
        let old: Vec<StaffRow> = table_rows(tables, "old", None)?.unwrap_or_default();
        let new: Vec<StaffRow> = table_rows(tables, "new", None)?.unwrap_or_default();
        let diff = py.detach(|| staff_diff(old, new, &self.core, &rules));
        Ok(StaffDiff { core: or_refuse(py, diff)? })
    }
}

#[pymethods]
impl StaffDiff {
    /// All of it, as JSON.
    fn report(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core))
    }

    /// The changes of one kind, as JSON rows.
    fn of(&self, change: &Bound<'_, PyAny>) -> PyResult<String> {
        let change: StaffChange = record("change", change)?;
        to_json(&self.core.of(change).collect::<Vec<_>>())
    }
}
