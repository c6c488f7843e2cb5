//! The ledger of eligibility: who was to be reached, who was, and who is behind each number.

use gridcore::roster::{EligibilityRow, Ledger as Core, LedgerNumber, LedgerRule};
use pyo3::prelude::*;

use crate::report::{or_refuse, to_json};
use crate::rows::{record, rows};
use crate::tree::Tree;

/// A ledger of eligibility (应检台账).
#[pyclass(frozen, module = "gridcore._gridcore")]
pub(crate) struct Ledger {
    core: Core,
}

#[pymethods]
impl Tree {
    /// Reads a ledger from a table.
    #[pyo3(signature = (table, rule))]
    fn ledger(
        &self,
        py: Python<'_>,
        table: &Bound<'_, PyAny>,
        rule: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Ledger> {
        let rule: LedgerRule = rule.map_or_else(|| Ok(LedgerRule::default()), |rule| record("rule", rule))?;
        let rows: Vec<EligibilityRow> = rows(py, table, None)?;
        let core = py.detach(|| Core::read(rows, &self.core, rule));
        Ok(Ledger { core: or_refuse(py, core)? })
    }
}

#[pymethods]
impl Ledger {
    /// The numbers of a grid with everything beneath it, or of all, as JSON.
    #[pyo3(signature = (grid))]
    fn count(&self, py: Python<'_>, grid: Option<&str>) -> PyResult<String> {
        match grid {
            Some(grid) => to_json(&or_refuse(py, self.core.count(grid))?),
            None => to_json(&self.core.total()),
        }
    }

    /// The numbers of each grid, as JSON rows.
    fn by_grid(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.by_grid()))
    }

    /// The people behind a number of a grid, as JSON rows.
    fn behind(&self, py: Python<'_>, grid: &str, number: &Bound<'_, PyAny>) -> PyResult<String> {
        let number: LedgerNumber = record("number", number)?;
        let rows = or_refuse(py, py.detach(|| self.core.behind(grid, number)))?;
        py.detach(|| to_json(&rows))
    }

    /// Everybody, as JSON rows.
    fn rows(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.rows()))
    }

    /// The numbers of all grids, fit to be published, as JSON rows.
    fn published(&self, py: Python<'_>, min_cell: usize) -> PyResult<String> {
        py.detach(|| to_json(&self.core.published(min_cell)))
    }
}
