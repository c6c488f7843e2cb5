//! Alerts: scales as data, what a level asks for, which level holds where and when.

use gridcore::responsibility::{AlertScale, Alerts as Core};
use pyo3::prelude::*;

use crate::report::{or_refuse, to_json};
use crate::rows::{record, rows};
use crate::tree::Tree;

/// Alerts as they are announced.
#[pyclass(frozen, module = "gridcore._gridcore")]
pub(crate) struct Alerts {
    core: Core,
}

/// A scale of three or four levels without staffing or tasks, as JSON.
#[pyfunction]
pub(crate) fn alert_scale(name: &str, blue: bool) -> PyResult<String> {
    to_json(&if blue { AlertScale::four_levels(name) } else { AlertScale::three_levels(name) })
}

/// Raises everything that is wrong with a scale.
#[pyfunction]
pub(crate) fn check_alert_scale(py: Python<'_>, scale: &Bound<'_, PyAny>) -> PyResult<()> {
    or_refuse(py, record::<AlertScale>("scale", scale)?.check())
}

#[pymethods]
impl Tree {
    /// What a level asks of each grid of a subtree, as JSON rows.
    fn alert_needs(
        &self,
        py: Python<'_>,
        scale: &Bound<'_, PyAny>,
        grid: &str,
        level: &str,
    ) -> PyResult<String> {
        let scale: AlertScale = record("scale", scale)?;
        let rows = or_refuse(py, py.detach(|| scale.needs(&self.core, grid, level)))?;
        py.detach(|| to_json(&rows))
    }

    /// What changes from one level to another in a subtree, as JSON rows.
    #[pyo3(signature = (scale, grid, before, after))]
    fn alert_delta(
        &self,
        py: Python<'_>,
        scale: &Bound<'_, PyAny>,
        grid: &str,
        before: Option<&str>,
        after: Option<&str>,
    ) -> PyResult<String> {
        let scale: AlertScale = record("scale", scale)?;
        to_json(&or_refuse(py, py.detach(|| scale.delta(&self.core, grid, before, after)))?)
    }

    /// Reads alerts under scales from a table.
    #[pyo3(signature = (scales, table, zone))]
    fn alerts(
        &self,
        py: Python<'_>,
        scales: &Bound<'_, PyAny>,
        table: &Bound<'_, PyAny>,
        zone: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Alerts> {
        let scales: Vec<AlertScale> = record("scales", scales)?;
        let core = Core::from_rows(&self.core, &scales, rows(py, table, zone)?);
        Ok(Alerts { core: or_refuse(py, core)? })
    }
}

#[pymethods]
impl Alerts {
    /// The level that holds at a position at a second; None if none does.
    fn level(&self, scale: &str, position: u32, at: i64) -> PyResult<Option<String>> {
        let grid = self.core.tree().at(position as usize);
        let grid = grid.ok_or_else(|| crate::tree::no_such_position(position, None))?;
        Ok(self.core.level(scale, grid, at))
    }

    /// When the level at a position changes, as JSON rows.
    fn steps(&self, scale: &str, position: u32) -> PyResult<String> {
        let grid = self.core.tree().at(position as usize);
        let grid = grid.ok_or_else(|| crate::tree::no_such_position(position, None))?;
        to_json(&self.core.steps(scale, grid))
    }

    /// The scales, as JSON.
    fn scales(&self) -> PyResult<String> {
        to_json(&self.core.scales())
    }
}
