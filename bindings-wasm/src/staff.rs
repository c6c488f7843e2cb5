//! Two staff rosters compared.

use gridcore::roster::{StaffRow, StaffRules, staff_diff};
use wasm_bindgen::prelude::*;

use crate::argument::{array, present, read};
use crate::error::{Answer, refused};
use crate::report::plain;
use crate::tree::RawTree;

#[wasm_bindgen]
impl RawTree {
    /// Compares two staff rosters over the tree.
    #[wasm_bindgen(js_name = staffDiff)]
    pub fn staff_diff(&self, old: &JsValue, new: &JsValue, rules: &JsValue) -> Answer {
        let rules: StaffRules = present(rules.clone())
            .map_or_else(|| Ok(StaffRules::default()), |rules| read("rules", &rules))?;
        let rows =
            |name: &str, rows| -> Result<Vec<StaffRow>, JsValue> { read(name, &array(name, rows)?.into()) };
        let (old, new) = (rows("old", old)?, rows("new", new)?);
        plain(&staff_diff(old, new, &self.core, &rules).map_err(refused)?)
    }
}
