//! What the tree reports: search, pages, spans, supervisors, declared counts.

use gridcore::GridCode;
use gridcore::tree::{DeclaredRow, Search, SpanProfile, SupervisorCertificate};
use pyo3::prelude::*;
use serde::Serialize;

use crate::report::{from_json, or_refuse, to_json};
use crate::tree::Tree;

#[pymethods]
impl Tree {
    /// The grids that answer a text, the best first, as JSON rows.
    #[pyo3(signature = (text, limit = None, level = None, under = None))]
    fn search(
        &self,
        py: Python<'_>,
        text: &str,
        limit: Option<usize>,
        level: Option<u8>,
        under: Option<u32>,
    ) -> PyResult<String> {
        let mut search = Search::new(text);
        if let Some(limit) = limit {
            search = search.limit(limit);
        }
        if let Some(level) = level {
            search = search.level(level);
        }
        if let Some(position) = under {
            search = search.under(self.grid(position)?);
        }
        let rows = py.detach(|| self.core.hit_rows(&self.core.search(search)));
        to_json(&rows)
    }

    /// A part of the children of a position, and how many there are, as JSON.
    fn children_page(&self, position: u32, offset: usize, limit: usize) -> PyResult<String> {
        to_json(&self.core.children_page(self.grid(position)?, offset, limit))
    }

    /// The spans of control of the subtree at a position, and who breaks the profile, as JSON.
    #[pyo3(signature = (position, profile = None))]
    fn spans(&self, position: u32, profile: Option<&str>) -> PyResult<String> {
        #[derive(Serialize)]
        struct Report<'a, R: Serialize> {
            profile: SpanProfile,
            levels: &'a [gridcore::tree::LevelSpan],
            offenders: R,
        }
        let profile = match profile {
            Some(text) => from_json("profile", text)?,
            None => SpanProfile::ics(),
        };
        let spans = self.core.spans_under(self.grid(position)?, &profile);
        let offenders: Vec<_> = spans.offender_rows().collect();
        to_json(&Report { profile, levels: spans.levels(), offenders })
    }

    /// Declared counts (JSON rows) beside the registered ones, as JSON rows.
    fn declared(&self, py: Python<'_>, rows: &str) -> PyResult<String> {
        let rows: Vec<DeclaredRow> = from_json("rows", rows)?;
        to_json(&or_refuse(py, self.core.declared(rows.iter().cloned()))?.lines())
    }

    /// The fewest extra grids that bring every span of the subtree at a position to a bound, as JSON.
    fn supervisors(&self, py: Python<'_>, position: u32, bound: usize) -> PyResult<String> {
        #[derive(Serialize)]
        struct Supervision {
            grid: GridCode,
            span: usize,
            extra: usize,
            new_span: usize,
            direct: Vec<GridCode>,
            certificate: SupervisorCertificate,
        }
        #[derive(Serialize)]
        struct Report<R: Serialize> {
            bound: usize,
            total: usize,
            grids: Vec<Supervision>,
            rows: R,
        }
        let plan = or_refuse(py, self.core.supervisors_under(self.grid(position)?, bound))?;
        let rows: Vec<_> = plan.rows().collect();
        let grids = plan.grids().iter().map(|plan| Supervision {
            grid: self.core.code(plan.grid()),
            span: plan.span(),
            extra: plan.extra(),
            new_span: plan.new_span(),
            direct: self.core.codes(plan.direct()),
            certificate: plan.certificate(),
        });
        to_json(&Report { bound: plan.bound(), total: plan.total(), grids: grids.collect(), rows })
    }
}
