//! A run's kernel over batches of rows, for an engine that holds the rows in partitions.

use gridcore::roster::{BatchKernel as Core, BatchKey, BatchPair};
use wasm_bindgen::prelude::*;

use crate::argument::{array, present, read, text};
use crate::error::{Answer, refused};
use crate::report::plain;
use crate::roster::{RawReconciliation, given};
use crate::roster_table::Roster;
use crate::watch::Watch;

/// What a run has learnt, frozen.
#[wasm_bindgen]
pub struct RawBatchKernel {
    core: Core,
}

#[wasm_bindgen]
impl RawReconciliation {
    /// The kernel of this run; with keys to cut instead of its own.
    #[wasm_bindgen(js_name = batchKernel)]
    pub fn batch_kernel(&self, cut: &JsValue) -> Result<RawBatchKernel, JsValue> {
        let core = self.core.batch_kernel();
        let cut = present(cut.clone())
            .map(|cut| read::<Vec<u64>>("cut", &array("cut", &cut)?.into()))
            .transpose()?;
        Ok(RawBatchKernel { core: if let Some(cut) = cut { core.with_cut(cut) } else { core } })
    }
}

#[wasm_bindgen]
impl RawBatchKernel {
    /// Loads a kernel that `toJson` saved.
    #[wasm_bindgen(js_name = fromJson)]
    pub fn from_json(json: &JsValue) -> Result<Self, JsValue> {
        Ok(Self { core: Core::from_json(&text("json", json)?).map_err(refused)? })
    }

    /// The kernel as JSON.
    #[wasm_bindgen(js_name = toJson)]
    #[must_use]
    pub fn to_json(&self) -> String {
        self.core.to_json()
    }

    /// The keys whose blocks are cut.
    pub fn cut(&self) -> Answer {
        plain(self.core.cut())
    }

    /// The keys of all rows of a table.
    pub fn keys(&self, table: &JsValue, side: &JsValue) -> Answer {
        let held = Roster::read("table", table)?;
        plain(&self.core.keys(&held.table(), read("side", side)?).map_err(refused)?)
    }

    /// The pairs of a batch, scored.
    pub fn score(
        &self,
        left: &JsValue,
        left_keys: &JsValue,
        right: &JsValue,
        right_keys: &JsValue,
        watch: &JsValue,
    ) -> Answer {
        let keys =
            |name: &str, keys| -> Result<Vec<BatchKey>, JsValue> { read(name, &array(name, keys)?.into()) };
        let (left_keys, right_keys) = (keys("leftKeys", left_keys)?, keys("rightKeys", right_keys)?);
        let (left, right) = (Roster::read("left", left)?, Roster::read("right", right)?);
        let pairs = Watch::new(watch).run(|control| {
            self.core.score((&left.table(), &left_keys), (&right.table(), &right_keys), control)
        })?;
        plain(&pairs.map_err(refused)?)
    }

    /// The pairs of all batches, settled; without a right in a deduplication.
    pub fn settle(
        &self,
        left: &JsValue,
        right: &JsValue,
        pairs: &JsValue,
        watch: &JsValue,
    ) -> Result<RawReconciliation, JsValue> {
        let pairs: Vec<BatchPair> = read("pairs", &array("pairs", pairs)?.into())?;
        let (left, right) = (Roster::read("left", left)?, given("right", right)?);
        let right = right.as_ref().map(Roster::table);
        let core = Watch::new(watch)
            .run(|control| self.core.settle(&left.table(), right.as_ref(), &pairs, control))?;
        Ok(RawReconciliation { core: core.map_err(refused)? })
    }
}
