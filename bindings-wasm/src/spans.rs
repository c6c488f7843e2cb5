//! Spans of control.

use gridcore::tree::{LevelSpan, SpanOffenderRow, SpanProfile};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::argument::{present, read};
use crate::builder::unknown_name;
use crate::error::Answer;
use crate::report::plain;
use crate::tree::RawTree;

#[derive(Serialize)]
struct Report<'s> {
    profile: SpanProfile,
    levels: &'s [LevelSpan],
    offenders: Vec<SpanOffenderRow>,
}

/// A profile by its name, or as an object with `min`, `best` and `max`; the Incident Command System's without one.
fn profile(value: &JsValue) -> Result<SpanProfile, JsValue> {
    let Some(value) = present(value.clone()) else { return Ok(SpanProfile::ics()) };
    match value.as_string() {
        Some(name) if name == "ics" => Ok(SpanProfile::ics()),
        Some(name) => Err(unknown_name("profile", &name, "ics")),
        None => read("profile", &value),
    }
}

#[wasm_bindgen]
impl RawTree {
    /// The spans per level, and the offenders against a profile.
    pub fn spans(&self, profile_: &JsValue, grid: &JsValue) -> Answer {
        let spans = self.core.spans_under(self.grid_or_root(grid)?, &profile(profile_)?);
        plain(&Report {
            profile: spans.profile(),
            levels: spans.levels(),
            offenders: spans.offender_rows().collect(),
        })
    }
}
