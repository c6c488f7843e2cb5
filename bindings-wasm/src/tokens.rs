//! Keyed tokens in the place of identity numbers.

use gridcore::roster::{FieldKind, RosterTable, TokenAlgorithm, TokenKey as Core};
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::argument::{present, read, wrong};
use crate::column::Held;
use crate::error::{Answer, refused};
use crate::report::plain;

/// A secret key, in the module's memory alone.
#[wasm_bindgen]
pub struct RawTokenKey {
    core: Core,
}

#[wasm_bindgen]
impl RawTokenKey {
    /// Takes the bytes of a key.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &JsValue) -> Result<Self, JsValue> {
        let bytes = bytes.dyn_ref::<Uint8Array>().ok_or_else(|| wrong("key", bytes, ("bytes", "字节")))?;
        Ok(Self { core: Core::new(&bytes.to_vec()).map_err(refused)? })
    }

    /// The tokens of a column.
    pub fn tokenize(&self, column: &JsValue, kind: &JsValue, algorithm: &JsValue) -> Answer {
        let kind: FieldKind = read("kind", kind)?;
        let algorithm: TokenAlgorithm = present(algorithm.clone())
            .map_or_else(|| Ok(TokenAlgorithm::default()), |name| read("algorithm", &name))?;
        let held = Held::read("column", column)?;
        let table = RosterTable::new(held.rows()).with("column", held.view());
        let cells = (0..table.rows()).map(|row| table.columns()[0].cell(row));
        plain(&self.core.tokenize_column(cells, kind, algorithm))
    }

    /// What two offices compare to find out whether they have the same key.
    #[wasm_bindgen(js_name = checkValue)]
    #[must_use]
    pub fn check_value(&self) -> String {
        self.core.check_value()
    }
}
