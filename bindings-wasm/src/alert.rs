//! Alerts: what a level of a scale asks of each grid, and what changes from one level to another.

use gridcore::responsibility::{AlertRow, AlertScale, Alerts as Core};
use wasm_bindgen::prelude::*;

use crate::argument::{array, present, read, seconds, text};
use crate::asked::one;
use crate::error::{Answer, refused};
use crate::report::plain;
use crate::tree::RawTree;

/// Alerts (预警) over a tree.
#[wasm_bindgen]
pub struct RawAlerts {
    core: Core,
}

fn level(name: &str, value: &JsValue) -> Result<Option<String>, JsValue> {
    present(value.clone()).map(|value| text(name, &value)).transpose()
}

#[wasm_bindgen]
impl RawTree {
    /// Reads which alert holds where and when.
    pub fn alerts(&self, scales: &JsValue, rows: &JsValue) -> Result<RawAlerts, JsValue> {
        let scales: Vec<AlertScale> = read("scales", &array("scales", scales)?.into())?;
        let rows: Vec<AlertRow> = read("rows", &array("rows", rows)?.into())?;
        Ok(RawAlerts { core: Core::from_rows(&self.core, &scales, rows).map_err(refused)? })
    }

    /// What a level asks of a grid and all beneath it.
    #[wasm_bindgen(js_name = alertNeeds)]
    pub fn alert_needs(&self, scale: &JsValue, grid: &JsValue, level: &JsValue) -> Answer {
        let scale: AlertScale = read("scale", scale)?;
        plain(&scale.needs(&self.core, &text("grid", grid)?, &text("level", level)?).map_err(refused)?)
    }

    /// What changes from one level to another.
    #[wasm_bindgen(js_name = alertDelta)]
    pub fn alert_delta(&self, scale: &JsValue, grid: &JsValue, from: &JsValue, to: &JsValue) -> Answer {
        let scale: AlertScale = read("scale", scale)?;
        let (from, to) = (level("from", from)?, level("to", to)?);
        let rows = scale.delta(&self.core, &text("grid", grid)?, from.as_deref(), to.as_deref());
        plain(&rows.map_err(refused)?)
    }
}

/// A scale of three levels, from yellow to red.
#[wasm_bindgen(js_name = threeLevelScale)]
pub fn three_level_scale(name: &JsValue) -> Answer {
    plain(&AlertScale::three_levels(text("name", name)?))
}

/// A scale of four levels, from blue to red.
#[wasm_bindgen(js_name = fourLevelScale)]
pub fn four_level_scale(name: &JsValue) -> Answer {
    plain(&AlertScale::four_levels(text("name", name)?))
}

/// Checks a scale.
#[wasm_bindgen(js_name = checkScale)]
pub fn check_scale(scale: &JsValue) -> Result<(), JsValue> {
    read::<AlertScale>("scale", scale)?.check().map_err(refused)
}

#[wasm_bindgen]
impl RawAlerts {
    /// The level in force at a grid and a time; null if there is none.
    pub fn level(&self, scale: &JsValue, grid: &JsValue, at: &JsValue) -> Answer {
        let grid = one(self.core.tree(), "grid", grid)?;
        plain(&self.core.level(&text("scale", scale)?, grid, seconds("at", at)?))
    }

    /// The levels at a grid, one after the other.
    pub fn steps(&self, scale: &JsValue, grid: &JsValue) -> Answer {
        let grid = one(self.core.tree(), "grid", grid)?;
        plain(&self.core.steps(&text("scale", scale)?, grid))
    }
}
