//! Person-times against persons.

use gridcore::deployment::{AttendanceRow, PersonCount, PersonTimes, PersonTimesOptions};
use pyo3::prelude::*;

use crate::report::{or_refuse, to_json};
use crate::rows::{record, rows};
use crate::tree::Tree;

#[pymethods]
impl Tree {
    /// Counts an attendance list: a report as JSON.
    fn person_times(
        &self,
        py: Python<'_>,
        table: &Bound<'_, PyAny>,
        options: &Bound<'_, PyAny>,
    ) -> PyResult<String> {
        let options: PersonTimesOptions = record("options", options)?;
        let rows: Vec<AttendanceRow> = rows(py, table, None)?;
        let counted = py.detach(|| PersonTimes::count(&self.core, rows, &options));
        to_json(&or_refuse(py, counted)?)
    }
}

/// The bounds of a bare total, as JSON; null if no day can hold it.
#[pyfunction]
pub(crate) fn person_count(person_times: u64, days: u64, most_per_day: u64) -> PyResult<String> {
    to_json(&PersonCount::of(person_times, days, most_per_day))
}
