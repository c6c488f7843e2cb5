//! Two staff rosters compared.

use gridcore::roster::{StaffRow, StaffRules, staff_diff};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::report::{or_refuse, to_json};
use crate::rows::{record, table_rows};
use crate::tree::Tree;

#[pymethods]
impl Tree {
    /// Who joined, left and moved between the tables `old` and `new`: a report as JSON.
    fn staff_diff(
        &self,
        py: Python<'_>,
        tables: &Bound<'_, PyDict>,
        rules: &Bound<'_, PyAny>,
    ) -> PyResult<String> {
        let rules: StaffRules = record("rules", rules)?;
        let old: Vec<StaffRow> = table_rows(tables, "old", None)?.unwrap_or_default();
        let new: Vec<StaffRow> = table_rows(tables, "new", None)?.unwrap_or_default();
        let diff = py.detach(|| staff_diff(old, new, &self.core, &rules));
        let diff = or_refuse(py, diff)?;
        py.detach(|| to_json(&diff))
    }
}
