//! Modes: layers of duties that are laid over a base and taken away again.

use gridcore::responsibility::{ModeLayer, SurgePairing};
use pyo3::prelude::*;

use crate::report::{or_refuse, to_json};
use crate::responsibility::Duty;
use crate::rows::{record, some_rows};

#[pymethods]
impl Duty {
    /// Lays a layer over the duties: its mode, scope and interval, and tables of rows, members and pairings.
    #[pyo3(signature = (layer, rows, teams, pairings, zone))]
    fn enter(
        &self,
        py: Python<'_>,
        layer: &Bound<'_, PyAny>,
        rows: Option<&Bound<'_, PyAny>>,
        teams: Option<&Bound<'_, PyAny>>,
        pairings: Option<&Bound<'_, PyAny>>,
        zone: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let mut layer: ModeLayer = record("layer", layer)?;
        layer.rows = some_rows(py, rows, zone)?;
        layer.teams = some_rows(py, teams, zone)?;
        let pairings: Vec<SurgePairing> = some_rows(py, pairings, zone)?;
        let entered = py.detach(|| self.core.enter(layer.surge(self.core.tree(), pairings)));
        Ok(Self { core: or_refuse(py, entered)? })
    }

    /// Takes a layer away.
    fn leave(&self, py: Python<'_>, mode: &str, scope: &str) -> PyResult<Self> {
        Ok(Self { core: or_refuse(py, py.detach(|| self.core.leave(mode, scope)))? })
    }

    /// The duties without any layer.
    fn base(&self) -> Self {
        Self { core: self.core.base() }
    }

    /// The layers that are on, in the order in which they were entered, as JSON.
    fn layers(&self) -> PyResult<String> {
        to_json(&self.core.layers())
    }

    /// Which layer a row of the active tables came from, as JSON; null for a row of the base.
    fn source_of(&self, row: usize) -> PyResult<String> {
        to_json(&self.core.source_of(row))
    }
}
