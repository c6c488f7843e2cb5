//! Events: reported, filed, handled and closed, each in its time.

use gridcore::responsibility::{
    EventProfile, EventReportRow, EventRow, EventTotals, EventWindow, Events as Core,
};
use pyo3::prelude::*;

use crate::report::{or_refuse, to_json};
use crate::responsibility::Duty;
use crate::rows::{record, rows};
use crate::tree::Tree;

/// The events of a city under one profile.
#[pyclass(frozen, module = "gridcore._gridcore")]
pub(crate) struct Events {
    core: Core,
}

/// The stages of an office that has not said its own, as JSON.
#[pyfunction]
pub(crate) fn standard_event_profile() -> PyResult<String> {
    to_json(&EventProfile::standard())
}

#[pymethods]
impl Tree {
    /// Reads events from a table.
    #[pyo3(signature = (table, profile, zone))]
    fn events(
        &self,
        py: Python<'_>,
        table: &Bound<'_, PyAny>,
        profile: Option<&Bound<'_, PyAny>>,
        zone: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Events> {
        let profile =
            profile.map_or_else(|| Ok(EventProfile::standard()), |profile| record("profile", profile))?;
        let rows: Vec<EventRow> = rows(py, table, zone)?;
        let core = py.detach(|| Core::from_rows(&self.core, &profile, rows));
        Ok(Events { core: or_refuse(py, core)? })
    }

    /// Loads events from their JSON.
    fn events_from_json(&self, py: Python<'_>, text: &str) -> PyResult<Events> {
        Ok(Events { core: or_refuse(py, py.detach(|| Core::from_json(&self.core, text)))? })
    }
}

#[pymethods]
impl Events {
    /// How many there are.
    fn __len__(&self) -> usize {
        self.core.len()
    }

    /// The profile they run by, as JSON.
    fn profile(&self) -> PyResult<String> {
        to_json(self.core.profile())
    }

    /// The events as JSON rows.
    fn rows(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.to_rows()))
    }

    /// The counts of all events in a window, with their rates, as JSON.
    fn totals(&self, py: Python<'_>, window: &Bound<'_, PyAny>) -> PyResult<String> {
        let window: EventWindow = record("window", window)?;
        py.detach(|| to_json(&EventTotals::from(self.core.totals(&window))))
    }

    /// The counts by grid and domain, with their rates, as JSON rows.
    fn report(&self, py: Python<'_>, window: &Bound<'_, PyAny>) -> PyResult<String> {
        let window: EventWindow = record("window", window)?;
        py.detach(|| {
            let rows: Vec<EventReportRow> = self.core.report(&window);
            to_json(&rows)
        })
    }

    /// What is overdue, or will be within so many seconds, as JSON rows.
    fn breaches(&self, py: Python<'_>, now: i64, within: i64) -> PyResult<String> {
        py.detach(|| to_json(&self.core.breaches(now, within)))
    }

    /// The same with whoever hears of each by the duties, as JSON rows.
    fn escalations(&self, py: Python<'_>, duty: &Duty, now: i64, within: i64) -> PyResult<String> {
        let rows = py.detach(|| self.core.escalations(&duty.core, now, within));
        to_json(&or_refuse(py, rows)?)
    }

    /// The events as versioned JSON.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.core.to_json())
    }
}
