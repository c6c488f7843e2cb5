//! Shift rosters: checkpoints staffed in every shift, with rests.

use gridcore::deployment::{ShiftRoster as Core, ShiftRules, ShiftShortage, ShiftTables, ShiftsError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::control::Reins;
use crate::error::{infeasible, refused};
use crate::report::{or_refuse, to_json};
use crate::rows::{record, table_rows};
use crate::tree::Tree;

/// A roster of shifts (排班).
#[pyclass(frozen, module = "gridcore._gridcore")]
pub(crate) struct ShiftRoster {
    core: Core,
}

#[pymethods]
impl Tree {
    /// Staffs checkpoints in every shift.
    fn shifts(
        &self,
        py: Python<'_>,
        tables: &Bound<'_, PyDict>,
        rules: &Bound<'_, PyAny>,
        reins: Reins,
    ) -> PyResult<ShiftRoster> {
        let tables = ShiftTables {
            shifts: table_rows(tables, "shifts", None)?.unwrap_or_default(),
            checkpoints: table_rows(tables, "checkpoints", None)?.unwrap_or_default(),
            people: table_rows(tables, "people", None)?.unwrap_or_default(),
            wishes: table_rows(tables, "wishes", None)?.unwrap_or_default(),
        };
        let rules: ShiftRules = record("rules", rules)?;
        match reins.run(py, |control| Core::plan(&self.core, &tables, &rules, control))? {
            Ok(core) => Ok(ShiftRoster { core }),
            Err(error) => Err(match &error {
                ShiftsError::Impossible(shortage) => infeasible(py, &error, &[shortage]),
                ShiftsError::Exhausted => infeasible::<ShiftShortage>(py, &error, &[]),
                _ => refused(py, &error),
            }),
        }
    }

    /// Loads a roster from its JSON.
    fn shifts_from_json(&self, py: Python<'_>, text: &str) -> PyResult<ShiftRoster> {
        Ok(ShiftRoster { core: or_refuse(py, py.detach(|| Core::from_json(&self.core, text)))? })
    }
}

#[pymethods]
impl ShiftRoster {
    /// Who is where in which shift, as JSON rows.
    fn duties(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.duties()))
    }

    /// How many shifts each person has, as JSON rows.
    fn loads(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.loads()))
    }

    /// The cost, the bound that is proved, the gap between them, as JSON.
    fn report(&self) -> PyResult<String> {
        to_json(&self.core.report())
    }

    /// The prices that prove the bound, as JSON rows.
    fn prices(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.prices()))
    }

    /// Raises what is wrong with the roster or its proof.
    fn verify(&self, py: Python<'_>) -> PyResult<()> {
        let checked = py.detach(|| self.core.verify());
        checked.map_err(|violation| crate::error::raised(py, "not_proved", violation.to_string(), &[]))
    }

    /// The roster as versioned JSON.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.core.to_json())
    }
}
