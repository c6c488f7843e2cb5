//! Overlapping lists as one roster, with provenance.

use std::sync::Arc;

use arrow_array::{ArrayRef, LargeStringArray};
use gridcore::roster::{MergeDoubt, MergeRules, MergedRoster as Core, SourceList, merge};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arrow::Table;
use crate::control::Reins;
use crate::flat;
use crate::report::{or_refuse, to_json};
use crate::roster_table::HeldRoster;
use crate::rows::record;
use crate::tree::Tree;

/// One roster made of several lists.
#[pyclass(frozen, module = "gridcore._gridcore")]
pub(crate) struct MergedRoster {
    core: Core,
}

/// Merges lists, by their names, into one roster.
#[pyfunction]
#[pyo3(signature = (lists, rules, tree, reins))]
pub(crate) fn merge_rosters(
    py: Python<'_>,
    lists: &Bound<'_, PyDict>,
    rules: &Bound<'_, PyAny>,
    tree: Option<&Tree>,
    reins: Reins,
) -> PyResult<MergedRoster> {
    let rules: MergeRules = record("rules", rules)?;
    let mut held = Vec::with_capacity(lists.len());
    for (name, table) in lists {
        let name: String = name.extract()?;
        held.push((HeldRoster::read(&name, &table)?, name));
    }
    let tree = tree.map(|tree| &tree.core);
    let done = reins.run(py, |control| {
        let lists: Vec<_> =
            held.iter().map(|(table, name)| SourceList::new(name.clone(), table.table())).collect();
        merge(&lists, &rules, tree, control)
    })?;
    Ok(MergedRoster { core: or_refuse(py, done)? })
}

#[pymethods]
impl MergedRoster {
    /// How many people it has.
    fn __len__(&self) -> usize {
        self.core.len()
    }

    /// The names of the lists.
    fn lists(&self) -> Vec<String> {
        self.core.lists().to_vec()
    }

    /// One row for each person with the value that was kept of each column.
    fn roster(&self, py: Python<'_>) -> PyResult<Table> {
        py.detach(|| {
            let column = |name: &str| {
                let array: ArrayRef = Arc::new(self.core.column(name).collect::<LargeStringArray>());
                (name.to_owned(), array)
            };
            Table::new(self.core.columns().map(column).collect())
        })
    }

    /// A table of where people and values come from, by its name.
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Table> {
        let core = &self.core;
        py.detach(|| match name {
            "people" => flat::table(core.people()),
            "sources" => flat::table(core.sources()),
            "values" => flat::table(core.values()),
            "conflicts" => flat::table(core.conflicts()),
            "doubts" => flat::table::<MergeDoubt>(core.doubts().iter().cloned()),
            "without_key" => flat::table(core.without_key()),
            _ => Err(PyKeyError::new_err(name.to_owned())),
        })
    }

    /// Each list, counted, as JSON rows.
    fn by_list(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.by_list()))
    }

    /// How many people each two lists have in common, as JSON rows.
    fn overlaps(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.overlaps()))
    }
}
