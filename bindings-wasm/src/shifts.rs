//! Shift rosters: checkpoints staffed in every shift, with rests.

use gridcore::deployment::{ShiftRoster as Core, ShiftRules, ShiftTables, ShiftsError};
use wasm_bindgen::prelude::*;

use crate::argument::{read, text};
use crate::error::{Answer, INFEASIBLE, because, refused, thrown};
use crate::report::plain;
use crate::tree::RawTree;
use crate::watch::Watch;

/// A roster of shifts (排班).
#[wasm_bindgen]
pub struct RawShifts {
    core: Core,
}

fn undone(error: ShiftsError) -> JsValue {
    match error {
        ShiftsError::Impossible(ref shortage) => {
            let shortage = shortage.clone();
            because(INFEASIBLE, error, &[shortage])
        }
        _ => refused(error),
    }
}

#[wasm_bindgen]
impl RawTree {
    /// Staffs checkpoints in every shift.
    #[wasm_bindgen(js_name = deployShifts)]
    pub fn deploy_shifts(
        &self,
        tables: &JsValue,
        rules: &JsValue,
        watch: &JsValue,
    ) -> Result<RawShifts, JsValue> {
        let (tables, rules): (ShiftTables, ShiftRules) = (read("tables", tables)?, read("rules", rules)?);
        let roster = Watch::new(watch).run(|control| Core::plan(&self.core, &tables, &rules, control))?;
        Ok(RawShifts { core: roster.map_err(undone)? })
    }

    /// Loads a roster that `toJson` saved.
    #[wasm_bindgen(js_name = shiftsFromJson)]
    pub fn shifts_from_json(&self, json: &JsValue) -> Result<RawShifts, JsValue> {
        Ok(RawShifts { core: Core::from_json(&self.core, &text("json", json)?).map_err(refused)? })
    }
}

#[wasm_bindgen]
impl RawShifts {
    /// Who is where in which shift.
    pub fn duties(&self) -> Answer {
        plain(self.core.duties())
    }

    /// How many shifts each person has.
    pub fn loads(&self) -> Answer {
        plain(&self.core.loads())
    }

    /// The cost, the bound that is proved, the gap between them.
    pub fn report(&self) -> Answer {
        plain(&self.core.report())
    }

    /// The prices that prove the bound.
    pub fn prices(&self) -> Answer {
        plain(&self.core.prices())
    }

    /// Throws what is wrong with the roster or its proof.
    pub fn verify(&self) -> Result<(), JsValue> {
        self.core.verify().map_err(|violation| {
            let message = violation.to_string();
            thrown("not_proved", &message, &message, &[])
        })
    }

    /// The roster as JSON.
    #[wasm_bindgen(js_name = toJson)]
    #[must_use]
    pub fn to_json(&self) -> String {
        self.core.to_json()
    }
}
