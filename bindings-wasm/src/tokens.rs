//! Keyed tokens in the place of identity numbers.

use gridcore::roster::{FieldKind, RosterTable, Token, TokenAlgorithm, TokenKey as Core};
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::argument::{present, read, text, wrong};
use crate::column::Held;
use crate::error::{Answer, refused};
use crate::report::plain;

/// A secret key, in the module's memory alone.
#[wasm_bindgen]
pub struct RawTokenKey {
    core: Core,
}

fn algorithm_of(algorithm: &JsValue) -> Result<TokenAlgorithm, JsValue> {
    present(algorithm.clone())
        .map_or_else(|| Ok(TokenAlgorithm::default()), |algorithm| read("algorithm", &algorithm))
}

#[wasm_bindgen]
impl RawTokenKey {
    /// Takes the bytes of a key.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &JsValue) -> Result<Self, JsValue> {
        let bytes = bytes.dyn_ref::<Uint8Array>().ok_or_else(|| wrong("key", bytes, ("bytes", "字节")))?;
        Ok(Self { core: Core::new(&bytes.to_vec()).map_err(refused)? })
    }

    /// The token of one value; null if there is no value of that kind in the text.
    pub fn token(&self, value: &JsValue, kind: &JsValue, algorithm: &JsValue) -> Answer {
        let (value, kind): (_, FieldKind) = (text("value", value)?, read("kind", kind)?);
        let token = self.core.tokenize(&value, kind, algorithm_of(algorithm)?);
        plain(&token.as_ref().map(Token::to_text))
    }

    /// The tokens of a column.
    pub fn tokenize(&self, column: &JsValue, kind: &JsValue, algorithm: &JsValue) -> Answer {
        let (kind, algorithm): (FieldKind, _) = (read("kind", kind)?, algorithm_of(algorithm)?);
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
