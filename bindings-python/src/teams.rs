//! Teams from a pool of people, by rules of composition.

use gridcore::deployment::{PersonRow, TeamRule, TeamTables, Teams as Core, TeamsError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::control::Reins;
use crate::error::{infeasible, raised, refused};
use crate::report::{or_refuse, to_json};
use crate::rows::{record, rows, table_rows};
use crate::tree::Tree;

/// Teams (小组) and their members.
#[pyclass(frozen, module = "gridcore._gridcore")]
pub(crate) struct Teams {
    core: Core,
}

fn formed(py: Python<'_>, teams: Result<Core, TeamsError>) -> PyResult<Teams> {
    match teams {
        Ok(core) => Ok(Teams { core }),
        Err(error) => Err(match &error {
            TeamsError::Impossible(short) => infeasible(py, &error, short),
            _ => refused(py, &error),
        }),
    }
}

#[pymethods]
impl Tree {
    /// Forms the teams that are wanted.
    fn teams(&self, py: Python<'_>, tables: &Bound<'_, PyDict>, fill: bool, reins: Reins) -> PyResult<Teams> {
        let tables = TeamTables {
            people: table_rows(tables, "people", None)?.unwrap_or_default(),
            rules: table_rows(tables, "rules", None)?.unwrap_or_default(),
            teams: table_rows(tables, "teams", None)?.unwrap_or_default(),
            fill,
        };
        let teams = reins.run(py, |control| Core::form(&self.core, &tables, control))?;
        formed(py, teams)
    }

    /// Forms as many teams of one rule as there can be.
    fn most_teams(
        &self,
        py: Python<'_>,
        people: &Bound<'_, PyAny>,
        rule: &Bound<'_, PyAny>,
        reins: Reins,
    ) -> PyResult<Teams> {
        let people: Vec<PersonRow> = rows(py, people, None)?;
        let rule: TeamRule = record("rule", rule)?;
        let teams = reins.run(py, |control| Core::most(&self.core, &people, &rule, control))?;
        formed(py, teams)
    }

    /// Loads teams from their JSON.
    fn teams_from_json(&self, py: Python<'_>, text: &str) -> PyResult<Teams> {
        Ok(Teams { core: or_refuse(py, py.detach(|| Core::from_json(&self.core, text)))? })
    }
}

#[pymethods]
impl Teams {
    /// Who is in which team, as JSON rows.
    fn members(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.members()))
    }

    /// How many teams, members and spare people there are, and what forbids one more team, as JSON.
    fn report(&self) -> PyResult<String> {
        to_json(&self.core.report())
    }

    /// Raises what is wrong with the teams.
    fn verify(&self, py: Python<'_>) -> PyResult<()> {
        let checked = py.detach(|| self.core.verify());
        checked.map_err(|violation| raised(py, "not_proved", violation.to_string(), &[]))
    }

    /// The teams as versioned JSON.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.core.to_json())
    }
}
