//! Who answers for what: questions, columns of questions, the audit.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, StringArray, UInt8Array, UInt64Array};
use gridcore::GridCode;
use gridcore::responsibility::{Answers, Ask, AuditOptions, DutyTables, PostRule, Responsibility};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arrow::Table;
use crate::control::Reins;
use crate::report::{or_refuse, to_json};
use crate::rows::{record, table_rows};
use crate::tree::Tree;

/// Who answers for what over a tree (责任体系).
#[pyclass(frozen, module = "gridcore._gridcore")]
pub(crate) struct Duty {
    pub(crate) core: Responsibility,
}

/// The rules of post of a city with four levels, as JSON.
#[pyfunction]
pub(crate) fn four_level_rules() -> PyResult<String> {
    to_json(&PostRule::four_level())
}

#[pymethods]
impl Tree {
    /// Reads duties from tables, by their names.
    #[pyo3(signature = (tables, zone))]
    fn duty(
        &self,
        py: Python<'_>,
        tables: &Bound<'_, PyDict>,
        zone: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Duty> {
        let tables = DutyTables {
            assignments: table_rows(tables, "assignments", zone)?.unwrap_or_default(),
            absences: table_rows(tables, "absences", zone)?.unwrap_or_default(),
            deputies: table_rows(tables, "deputies", zone)?.unwrap_or_default(),
            holdings: table_rows(tables, "holdings", zone)?.unwrap_or_default(),
            rules: table_rows(tables, "rules", zone)?.unwrap_or_default(),
            teams: table_rows(tables, "teams", zone)?.unwrap_or_default(),
            people: table_rows(tables, "people", zone)?.unwrap_or_default(),
            chains: table_rows(tables, "chains", zone)?.unwrap_or_default(),
        };
        let core = py.detach(|| Responsibility::from_tables(&self.core, &tables));
        Ok(Duty { core: or_refuse(py, core)? })
    }

    /// Loads duties from their JSON.
    fn duty_from_json(&self, py: Python<'_>, text: &str) -> PyResult<Duty> {
        let core = py.detach(|| Responsibility::from_json(&self.core, text));
        Ok(Duty { core: or_refuse(py, core)? })
    }
}

#[pymethods]
impl Duty {
    /// The tree beneath the duties.
    fn tree(&self) -> Tree {
        Tree { core: self.core.tree().clone() }
    }

    /// Who is accountable for a grid, or why nobody is, as JSON.
    #[pyo3(signature = (grid, domain, at, mode))]
    fn accountable(
        &self,
        py: Python<'_>,
        grid: &str,
        domain: &str,
        at: Option<i64>,
        mode: Option<String>,
    ) -> PyResult<String> {
        to_json(&or_refuse(py, self.ask(at, mode).accountable(grid, domain))?.to_row())
    }

    /// Who is accountable for each of a column of positions.
    #[pyo3(signature = (positions, domain, at, mode))]
    fn accountable_at(
        &self,
        py: Python<'_>,
        positions: &[u8],
        domain: &str,
        at: Option<i64>,
        mode: Option<String>,
    ) -> PyResult<Table> {
        let grids = self.tree().whole(positions)?;
        let ask = self.ask(at, mode);
        let answers = or_refuse(py, py.detach(|| ask.accountable_at(&grids, domain)))?;
        py.detach(|| table(&answers))
    }

    /// Who supports a grid, as JSON rows.
    #[pyo3(signature = (grid, domain, at, mode))]
    fn supporting(
        &self,
        py: Python<'_>,
        grid: &str,
        domain: &str,
        at: Option<i64>,
        mode: Option<String>,
    ) -> PyResult<String> {
        to_json(&or_refuse(py, self.ask(at, mode).supporting(grid, domain))?)
    }

    /// Who supervises a grid, as JSON rows.
    #[pyo3(signature = (grid, domain, at, mode))]
    fn supervising(
        &self,
        py: Python<'_>,
        grid: &str,
        domain: &str,
        at: Option<i64>,
        mode: Option<String>,
    ) -> PyResult<String> {
        to_json(&or_refuse(py, self.ask(at, mode).supervising(grid, domain))?)
    }

    /// The escalation path from a grid, as JSON rows.
    #[pyo3(signature = (grid, domain, at, mode))]
    fn chain(
        &self,
        py: Python<'_>,
        grid: &str,
        domain: &str,
        at: Option<i64>,
        mode: Option<String>,
    ) -> PyResult<String> {
        to_json(&or_refuse(py, self.ask(at, mode).chain(grid, domain))?)
    }

    /// Heads, posts and the people who hold them, counted, as JSON.
    #[pyo3(signature = (at))]
    fn headcount(&self, py: Python<'_>, at: Option<i64>) -> PyResult<String> {
        let ask = self.ask(at, None);
        to_json(&or_refuse(py, py.detach(|| ask.headcount()))?)
    }

    /// The mode in force at a grid; None if none is.
    #[pyo3(signature = (grid, at))]
    fn mode_at(&self, py: Python<'_>, grid: &str, at: Option<i64>) -> PyResult<Option<String>> {
        let mode = or_refuse(py, self.ask(at, None).mode_at(grid))?;
        Ok(mode.map(|mode| mode.to_string()))
    }

    /// Everything that is wrong over a window of time, or at one second, as JSON.
    #[pyo3(signature = (options, at, reins))]
    fn audit(
        &self,
        py: Python<'_>,
        options: &Bound<'_, PyAny>,
        at: Option<i64>,
        reins: Reins,
    ) -> PyResult<String> {
        let options: AuditOptions = record("options", options)?;
        let options = match at {
            Some(at) => options.at(at),
            None => options,
        };
        let audit = reins.run(py, |control| self.core.audit_within(&options, control))?;
        let audit = or_refuse(py, audit)?;
        py.detach(|| to_json(&audit.rows))
    }

    /// Every domain that a row names.
    fn domains(&self) -> Vec<String> {
        self.core.domains().iter().map(ToString::to_string).collect()
    }

    /// Every mode that a row names.
    fn modes(&self) -> Vec<String> {
        self.core.modes().iter().map(ToString::to_string).collect()
    }

    /// Every person that a row names, by their tokens.
    fn people(&self) -> Vec<String> {
        self.core.people().iter().map(|person| person.as_str().to_owned()).collect()
    }

    /// Whether an answer depends on the time.
    fn is_timed(&self) -> bool {
        self.core.is_timed()
    }

    /// The tables of the base, as JSON.
    fn tables(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.to_tables()))
    }

    /// The tables with the rows of every mode that is on, as JSON.
    fn active_tables(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.active_tables()))
    }

    /// The duties as versioned JSON.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.core.to_json())
    }

    /// Whether two have the same rows over equal trees.
    fn __eq__(&self, other: &Self) -> bool {
        self.core == other.core
    }
}

impl Duty {
    fn ask(&self, at: Option<i64>, mode: Option<String>) -> Ask {
        self.core.ask(at, mode)
    }
}

/// Answers as columns.
fn table(answers: &Answers) -> PyResult<Table> {
    fn texts<T>(values: &[Option<T>], text: impl Fn(&T) -> &str) -> ArrayRef {
        Arc::new(values.iter().map(|value| value.as_ref().map(&text)).collect::<StringArray>())
    }
    fn codes<'a>(values: impl Iterator<Item = Option<&'a GridCode>>) -> ArrayRef {
        Arc::new(values.map(|code| code.map(ToString::to_string)).collect::<StringArray>())
    }
    let rows = answers.row.iter().map(|row| row.map(|row| row as u64)).collect::<UInt64Array>();
    Table::new(vec![
        ("grid".to_owned(), codes(answers.grid.iter().map(Some))),
        ("person".to_owned(), texts(&answers.person, |person| person.as_str())),
        ("team".to_owned(), texts(&answers.team, |team| team.as_str())),
        ("from_grid".to_owned(), codes(answers.from_grid.iter().map(Option::as_ref))),
        ("level".to_owned(), Arc::new(answers.level.iter().copied().collect::<UInt8Array>())),
        ("rule".to_owned(), texts(&answers.rule, |rule| rule.id())),
        ("inherited".to_owned(), Arc::new(BooleanArray::from(answers.inherited.clone()))),
        ("deputy_for".to_owned(), texts(&answers.deputy_for, |person| person.as_str())),
        ("row".to_owned(), Arc::new(rows)),
    ])
}
