//! Modes: layers of duties that are laid over a base and taken away again.

use gridcore::responsibility::{ModeLayer, SurgePairing};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::report::{or_refuse, to_json};
use crate::responsibility::Duty;
use crate::rows::{record, table_rows};

#[pymethods]
impl Duty {
    /// Lays a layer over the duties: its mode, scope and interval, and tables of rows, members and pairings.
    #[pyo3(signature = (layer, tables, zone))]
    fn enter(
        &self,
        py: Python<'_>,
        layer: &Bound<'_, PyAny>,
        tables: &Bound<'_, PyDict>,
        zone: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let mut layer: ModeLayer = record("layer", layer)?;
        layer.rows = table_rows(tables, "rows", zone)?.unwrap_or_default();
        layer.teams = table_rows(tables, "teams", zone)?.unwrap_or_default();
        let pairings: Vec<SurgePairing> = table_rows(tables, "pairings", zone)?.unwrap_or_default();
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
