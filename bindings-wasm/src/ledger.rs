//! The ledger of eligibility.

use gridcore::roster::{EligibilityRow, Ledger as Core, LedgerNumber, LedgerRule};
use wasm_bindgen::prelude::*;

use crate::argument::{array, present, read, size, text};
use crate::error::{Answer, refused};
use crate::report::plain;
use crate::tree::RawTree;

/// A ledger of eligibility (应检台账).
#[wasm_bindgen]
pub struct RawLedger {
    core: Core,
}

#[wasm_bindgen]
impl RawTree {
    /// Reads a ledger over the tree.
    pub fn ledger(&self, rows: &JsValue, rule: &JsValue) -> Result<RawLedger, JsValue> {
        let rows: Vec<EligibilityRow> = read("rows", &array("rows", rows)?.into())?;
        let rule =
            present(rule.clone()).map_or_else(|| Ok(LedgerRule::default()), |rule| read("rule", &rule))?;
        Ok(RawLedger { core: Core::read(rows, &self.core, rule).map_err(refused)? })
    }
}

#[wasm_bindgen]
impl RawLedger {
    /// The numbers of all.
    pub fn total(&self) -> Answer {
        plain(&self.core.total())
    }

    /// The numbers of a grid with everything beneath it.
    pub fn count(&self, grid: &JsValue) -> Answer {
        plain(&self.core.count(&text("grid", grid)?).map_err(refused)?)
    }

    /// The numbers of each grid where somebody is.
    #[wasm_bindgen(js_name = byGrid)]
    pub fn by_grid(&self) -> Answer {
        plain(&self.core.by_grid())
    }

    /// The people behind a number of a grid.
    pub fn behind(&self, grid: &JsValue, number: &JsValue) -> Answer {
        let number: LedgerNumber = read("number", number)?;
        plain(&self.core.behind(&text("grid", grid)?, number).map_err(refused)?)
    }

    /// Everybody.
    pub fn rows(&self) -> Answer {
        plain(&self.core.rows())
    }

    /// The numbers, fit to be published.
    pub fn published(&self, min_cell: &JsValue) -> Answer {
        plain(&self.core.published(size("minCell", min_cell)?))
    }
}
