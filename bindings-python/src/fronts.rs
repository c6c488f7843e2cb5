//! Fronts: named overlays over any grids.

use gridcore::tree::{FrontRow, Fronts as Core};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::report::{from_json, or_refuse, to_json};
use crate::tree::{Tree, pack};

/// Fronts (战线) over a tree: they never count in its totals.
#[pyclass(frozen, module = "gridcore._gridcore")]
pub(crate) struct Fronts {
    core: Core,
}

#[pymethods]
impl Tree {
    /// Lays fronts over the tree, from JSON rows.
    fn fronts(&self, py: Python<'_>, rows: &str) -> PyResult<Fronts> {
        let rows: Vec<FrontRow> = from_json("rows", rows)?;
        Ok(Fronts { core: or_refuse(py, Core::from_rows(&self.core, rows))? })
    }
}

#[pymethods]
impl Fronts {
    /// The fronts with their members, as JSON rows.
    fn rows(&self) -> PyResult<String> {
        to_json(&self.core.to_rows())
    }

    /// How many grids of each level each front has, directly and in all it reaches, as JSON rows.
    fn counts(&self) -> PyResult<String> {
        to_json(&self.core.count_rows())
    }

    /// The codes of the fronts that the grid at a position belongs to, with the grid that brings it in, as JSON.
    fn of(&self, position: u32) -> PyResult<String> {
        #[derive(serde::Serialize)]
        struct Row {
            front: String,
            grid: String,
        }
        let tree = self.core.tree();
        let grid = tree.at(position as usize).ok_or_else(|| crate::tree::no_such_position(position, None))?;
        let row = |found: gridcore::tree::InFront<'_>| Row {
            front: found.front.code().as_str().to_owned(),
            grid: tree.code(found.from).to_string(),
        };
        to_json(&self.core.of(grid).into_iter().map(row).collect::<Vec<_>>())
    }

    /// The positions of the members of a front; None if there is no such front.
    fn members<'py>(&self, py: Python<'py>, front: &str) -> Option<Bound<'py, PyBytes>> {
        let members = self.core.get(front)?.members();
        Some(pack(py, members.iter().map(|grid| grid.get() as u32)))
    }
}
