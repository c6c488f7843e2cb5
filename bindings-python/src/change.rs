//! Change sets: all effects with a ledger, or none with the reasons.

use gridcore::change::{self, Change, ChangeOptions};
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::report::{or_refuse, to_json};
use crate::responsibility::Duty;
use crate::rows::{record, records};
use crate::tree::Tree;

/// Applies changes to duties and the tree beneath them: the new tree and duties, the ledger, the way from old codes to new
/// ones, and the grids that need a holder, the last three as JSON.
#[pyfunction]
pub(crate) fn apply_changes(
    py: Python<'_>,
    duty: &Duty,
    changes: &Bound<'_, PyList>,
    options: &Bound<'_, PyAny>,
) -> PyResult<(Tree, Duty, String, String, String)> {
    let changes: Vec<Change> = records("changes", changes)?;
    let options: ChangeOptions = record("options", options)?;
    let after = or_refuse(py, py.detach(|| change::apply(&duty.core, &changes, &options)))?;
    let (ledger, map) = (to_json(&after.ledger)?, to_json(&after.map.changes())?);
    let needs_holder = to_json(&after.needs_holder)?;
    Ok((Tree { core: after.tree }, Duty { core: after.duty }, ledger, map, needs_holder))
}

/// What differs between two states of duties, as JSON rows.
#[pyfunction]
pub(crate) fn diff_duties(py: Python<'_>, before: &Duty, after: &Duty) -> PyResult<String> {
    py.detach(|| to_json(&change::diff(&before.core, &after.core)))
}
