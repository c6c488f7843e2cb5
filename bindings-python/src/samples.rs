//! The sample city.

use gridcore::samples;
use pyo3::prelude::*;

use crate::arrow::Table;
use crate::report::{or_refuse, to_json};
use crate::roster_table::table_of;
use crate::tree::Tree;

/// The years of the register's editions.
#[pyfunction]
pub(crate) fn register_editions() -> Vec<u16> {
    samples::EDITIONS.to_vec()
}

/// The tree of one edition of the register.
#[pyfunction]
pub(crate) fn register(py: Python<'_>, year: u16) -> PyResult<Tree> {
    Ok(Tree { core: or_refuse(py, samples::register(year))? })
}

/// One edition of the register as CSV text.
#[pyfunction]
pub(crate) fn register_csv(py: Python<'_>, year: u16) -> PyResult<&'static str> {
    or_refuse(py, samples::register_csv(year))
}

/// The sample city: its tree, and its cover, fronts, staff and strength as JSON rows.
#[pyfunction]
pub(crate) fn zhongshan(
    py: Python<'_>,
    seed: Option<u64>,
) -> PyResult<(Tree, String, String, String, String)> {
    let city = py.detach(|| city(seed));
    let tree = Tree { core: city.tree().clone() };
    let rows = (
        to_json(&city.cover())?,
        to_json(&city.fronts().to_rows())?,
        to_json(&city.staff())?,
        to_json(&city.strength_rows())?,
    );
    Ok((tree, rows.0, rows.1, rows.2, rows.3))
}

/// The tables of who answers for what in the sample city, as JSON.
#[pyfunction]
pub(crate) fn zhongshan_duty(py: Python<'_>, seed: Option<u64>) -> PyResult<String> {
    py.detach(|| to_json(&city(seed).duty_tables()))
}

/// People, units, needs, places and borders of the sample city to send help over, as JSON.
#[pyfunction]
pub(crate) fn zhongshan_deployment(py: Python<'_>, seed: Option<u64>, nearest: usize) -> PyResult<String> {
    #[derive(serde::Serialize)]
    struct Tables {
        positions: Vec<gridcore::deployment::PositionRow>,
        edges: Vec<gridcore::deployment::EdgeRow>,
        people: Vec<gridcore::deployment::PersonRow>,
        needs: Vec<gridcore::deployment::NeedRow>,
        candidates: Vec<gridcore::deployment::CandidateRow>,
        units: Vec<gridcore::deployment::UnitRow>,
        supply: Vec<gridcore::deployment::SupplyRow>,
        demand: Vec<gridcore::deployment::DemandRow>,
    }
    py.detach(|| {
        let city = city(seed);
        to_json(&Tables {
            positions: city.positions(),
            edges: city.edges(),
            people: city.people(),
            needs: city.needs(),
            candidates: city.candidates(nearest),
            units: city.units(),
            supply: city.supply(),
            demand: city.demand(),
        })
    })
}

fn city(seed: Option<u64>) -> samples::Sample {
    seed.map_or_else(samples::zhongshan, samples::zhongshan_with)
}

/// The tables of a register and of visits, and what is true of each visit.
type Visited = (Table, Table, Vec<Option<u32>>, Vec<bool>);

/// Residents of the sample city, visits to them, whom each visit met and whether they had moved.
#[pyfunction]
pub(crate) fn zhongshan_visits(py: Python<'_>, people: usize, seed: u64) -> PyResult<Visited> {
    py.detach(|| {
        let register = samples::zhongshan().residents(people, seed);
        let visits = register.visits(seed);
        let tables = (table_of(&register.table())?, table_of(&visits.table())?);
        Ok((tables.0, tables.1, visits.truth().to_vec(), visits.moved().to_vec()))
    })
}
