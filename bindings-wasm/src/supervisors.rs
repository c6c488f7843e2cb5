//! The fewest supervisors that bring every span to a bound.

use gridcore::tree::{SupervisorCertificate, SupervisorRow};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::argument::{COUNT, whole};
use crate::error::{Answer, refused};
use crate::report::plain;
use crate::tree::RawTree;

#[derive(Serialize)]
struct Plan {
    bound: u64,
    total: usize,
    grids: Vec<Supervision>,
    rows: Vec<SupervisorRow>,
}

#[derive(Serialize)]
struct Supervision {
    grid: gridcore::GridCode,
    span: usize,
    extra: usize,
    new_span: usize,
    direct: Vec<gridcore::GridCode>,
    certificate: SupervisorCertificate,
}

#[wasm_bindgen]
impl RawTree {
    /// The fewest extra grids, and where, so that nobody has more than so many directly beneath.
    pub fn supervisors(&self, bound: &JsValue, grid: &JsValue) -> Answer {
        let asked = whole("bound", bound, COUNT)?;
        // No grid has more children than memory has room for, so that the greatest number stands for any greater.
        let bound = usize::try_from(asked).unwrap_or(usize::MAX);
        let plan = self.core.supervisors_under(self.grid_or_root(grid)?, bound).map_err(refused)?;
        let grids = plan.grids().iter().map(|plan| Supervision {
            grid: self.core.code(plan.grid()),
            span: plan.span(),
            extra: plan.extra(),
            new_span: plan.new_span(),
            direct: self.core.codes(plan.direct()),
            certificate: plan.certificate(),
        });
        plain(&Plan {
            bound: asked,
            total: plan.total(),
            grids: grids.collect(),
            rows: plan.rows().collect(),
        })
    }
}
