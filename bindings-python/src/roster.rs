//! Rosters reconciled: every row accounted for, every decision explained.

use gridcore::Lang;
use gridcore::roster::{
    ByGrid, Masking, Model, Reconciliation as Core, RosterSide, RowState, Rules, deduplicate, estimate,
    reconcile,
};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};
use serde::Deserialize;

use crate::arrow::Table;
use crate::control::Reins;
use crate::error;
use crate::flat;
use crate::report::{or_refuse, to_json};
use crate::roster_table::HeldRoster;
use crate::rows::record;
use crate::tree::Tree;

/// What came of a reconciliation (核对结果).
#[pyclass(frozen, module = "gridcore._gridcore")]
pub(crate) struct Reconciliation {
    pub(crate) core: Core,
}

/// Reconciles two rosters.
#[pyfunction]
#[pyo3(signature = (left, right, rules, tree, reins))]
pub(crate) fn reconcile_rosters(
    py: Python<'_>,
    left: &Bound<'_, PyAny>,
    right: &Bound<'_, PyAny>,
    rules: &Bound<'_, PyAny>,
    tree: Option<&Tree>,
    reins: Reins,
) -> PyResult<Reconciliation> {
    let rules: Rules = record("rules", rules)?;
    let (left, right) = (HeldRoster::read("left", left)?, HeldRoster::read("right", right)?);
    let tree = tree.map(|tree| &tree.core);
    let done = reins.run(py, |control| reconcile(&left.table(), &right.table(), &rules, tree, control))?;
    Ok(Reconciliation { core: or_refuse(py, done)? })
}

/// Finds the doubles of one roster.
#[pyfunction]
#[pyo3(signature = (roster, rules, tree, reins))]
pub(crate) fn deduplicate_roster(
    py: Python<'_>,
    roster: &Bound<'_, PyAny>,
    rules: &Bound<'_, PyAny>,
    tree: Option<&Tree>,
    reins: Reins,
) -> PyResult<Reconciliation> {
    let rules: Rules = record("rules", rules)?;
    let roster = HeldRoster::read("roster", roster)?;
    let tree = tree.map(|tree| &tree.core);
    let done = reins.run(py, |control| deduplicate(&roster.table(), &rules, tree, control))?;
    Ok(Reconciliation { core: or_refuse(py, done)? })
}

/// What a run would compare and cut, as JSON; of one roster alone what freeing it of doubles would.
#[pyfunction]
#[pyo3(signature = (left, right, rules, reins))]
pub(crate) fn estimate_rosters(
    py: Python<'_>,
    left: &Bound<'_, PyAny>,
    right: Option<&Bound<'_, PyAny>>,
    rules: &Bound<'_, PyAny>,
    reins: Reins,
) -> PyResult<String> {
    let rules: Rules = record("rules", rules)?;
    let left = HeldRoster::read("left", left)?;
    let right = right.map(|right| HeldRoster::read("right", right)).transpose()?;
    let done = reins.run(py, |control| {
        let right = right.as_ref().map(HeldRoster::table);
        estimate(&left.table(), right.as_ref(), &rules, control)
    })?;
    to_json(&or_refuse(py, done)?)
}

/// Rules to start from, by their name, as JSON.
#[pyfunction]
pub(crate) fn roster_rules(name: &str) -> PyResult<String> {
    to_json(&match name {
        "residents" => Rules::residents(),
        "visits" => Rules::visits(),
        "lists" => Rules::lists(),
        _ => return Err(PyKeyError::new_err(name.to_owned())),
    })
}

/// A model from the settings of Splink, as JSON.
#[pyfunction]
pub(crate) fn model_from_splink(py: Python<'_>, settings: &str) -> PyResult<String> {
    to_json(&or_refuse(py, Model::from_splink(settings))?)
}

/// The settings of Splink of a model, as JSON.
#[pyfunction]
pub(crate) fn model_to_splink(py: Python<'_>, model: &Bound<'_, PyAny>) -> PyResult<String> {
    let model: Model = record("model", model)?;
    or_refuse(py, model.check())?;
    Ok(model.to_splink())
}

/// How much speaks for the same person, from the levels of all comparisons; None if the model has no such levels.
#[pyfunction]
pub(crate) fn model_weight(
    py: Python<'_>,
    model: &Bound<'_, PyAny>,
    levels: &Bound<'_, PyAny>,
) -> PyResult<Option<f64>> {
    let model: Model = record("model", model)?;
    or_refuse(py, model.check())?;
    let levels: Vec<usize> = record("levels", levels)?;
    Ok(model.weight(&levels))
}

fn lang_of(lang: &Bound<'_, PyAny>) -> PyResult<Lang> {
    #[derive(Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Name {
        En,
        Zh,
    }
    Ok(match record("lang", lang)? {
        Name::En => Lang::En,
        Name::Zh => Lang::Zh,
    })
}

const fn masking(shown: bool) -> Masking {
    if shown { Masking::Shown } else { Masking::Masked }
}

#[pymethods]
impl Reconciliation {
    /// A table of the outcome by its name.
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Table> {
        let core = &self.core;
        py.detach(|| match name {
            "matched" => flat::table(core.matched()),
            "missing" => flat::table(core.missing()),
            "extra" => flat::table(core.extra()),
            "duplicates" => flat::table(core.duplicates()),
            "review" => flat::table(core.review()),
            "clusters" => flat::table(core.clusters()),
            "conflicts" => flat::table(core.conflicts()),
            "moved" => flat::table(core.moved()),
            "households" => flat::table(core.households()),
            "counts" => flat::table(core.counts()),
            _ => Err(PyKeyError::new_err(name.to_owned())),
        })
    }

    /// What came of the rows of each grid: of those that rows name, of a level of the tree, or of all of the tree.
    #[pyo3(signature = (level, all, tree))]
    fn by(&self, py: Python<'_>, level: Option<u8>, all: bool, tree: Option<&Tree>) -> PyResult<Table> {
        let by = match level {
            Some(level) => ByGrid::Level(level),
            None if all => ByGrid::All,
            None => ByGrid::Named,
        };
        let tree = tree.map(|tree| &tree.core);
        py.detach(|| flat::table(self.core.by(by, tree)))
    }

    /// The identity numbers that could be mended.
    fn repairs(&self, py: Python<'_>, shown: bool) -> PyResult<Table> {
        py.detach(|| flat::table(self.core.repairs(masking(shown))))
    }

    /// What came of each row of a side, in the order of its table.
    fn states<'py>(&self, py: Python<'py>, side: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        let side: RosterSide = record("side", side)?;
        let names: Vec<_> =
            RowState::ALL.iter().map(|state| (*state, PyString::new(py, state.id()))).collect();
        let states = py.detach(|| self.core.states(side));
        let name = |state: RowState| names.iter().find(|(other, _)| *other == state).map(|(_, name)| name);
        PyList::new(py, states.into_iter().map(name))
    }

    /// Why two rows were put together or not, two of one side if `side` says which: a report as JSON, a sentence and a
    /// picture; None if there is no such record.
    #[pyo3(signature = (left, right, side, lang, shown))]
    fn explain_pair(
        &self,
        py: Python<'_>,
        left: &str,
        right: &str,
        side: Option<&Bound<'_, PyAny>>,
        lang: &Bound<'_, PyAny>,
        shown: bool,
    ) -> PyResult<Option<(String, String, String)>> {
        let lang = lang_of(lang)?;
        let masking = masking(shown);
        let side: Option<RosterSide> = side.map(|side| record("side", side)).transpose()?;
        let found = py.detach(|| match side {
            Some(side) => self.core.explain_sides((side, left), (side, right), masking),
            None => self.core.explain(left, right, masking),
        });
        found.map(|found| Ok((to_json(&found)?, found.sentence(lang), found.waterfall(lang)))).transpose()
    }

    /// Why a row came to its state: a report as JSON and a sentence; None if there is no such record.
    #[pyo3(signature = (id, side, lang))]
    fn explain_row(
        &self,
        py: Python<'_>,
        id: &str,
        side: &Bound<'_, PyAny>,
        lang: &Bound<'_, PyAny>,
    ) -> PyResult<Option<(String, String)>> {
        let lang = lang_of(lang)?;
        let side: RosterSide = record("side", side)?;
        let found = py.detach(|| self.core.explain_row(side, id));
        found.map(|found| Ok((to_json(&found)?, found.sentence(lang)))).transpose()
    }

    /// What became of each column, as JSON rows.
    fn columns(&self) -> PyResult<String> {
        to_json(&self.core.columns())
    }

    /// The model by which pairs were weighed, as JSON.
    fn model(&self) -> PyResult<String> {
        to_json(self.core.model())
    }

    /// The rules, with the defaults that applied, as JSON.
    fn rules(&self) -> PyResult<String> {
        to_json(self.core.rules())
    }

    /// What was found wrong in the tables without keeping them from being read: faults, as exceptions list them.
    fn notes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let notes = self.core.notes().iter().map(|note| error::record(py, note));
        PyList::new(py, notes.collect::<PyResult<Vec<_>>>()?)
    }

    /// The blocking keys, and what became of each, as JSON rows.
    fn blocking(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.blocking()))
    }

    /// Blocks that were cut, as JSON rows.
    fn cut(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.cut()))
    }

    /// What was compared, cut and settled, in figures, as JSON.
    fn report(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| to_json(&self.core.report()))
    }
}
