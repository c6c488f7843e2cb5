//! Trees straight from CSV files.

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::argument::wrong;
use crate::builder::{Wishes, built, parts};
use crate::error::Answer;
use crate::tree::RawTree;

/// Bytes, or a text as its UTF-8.
fn bytes(name: &str, value: &JsValue) -> Result<Vec<u8>, JsValue> {
    if let Some(text) = value.as_string() {
        return Ok(text.into_bytes());
    }
    if let Some(buffer) = value.dyn_ref::<js_sys::ArrayBuffer>() {
        return Ok(Uint8Array::new(buffer).to_vec());
    }
    match value.dyn_ref::<Uint8Array>() {
        Some(bytes) => Ok(bytes.to_vec()),
        None => Err(wrong(name, value, ("a Uint8Array or text", " Uint8Array 或文本"))),
    }
}

#[wasm_bindgen]
impl RawTree {
    /// Builds a tree from a CSV file.
    #[wasm_bindgen(js_name = fromCsv)]
    pub fn from_csv(csv: &JsValue, options: &JsValue) -> Result<RawTree, JsValue> {
        let wishes = Wishes::read(options)?;
        built(wishes.builder.from_csv(&bytes("csv", csv)?))
    }

    /// Builds what can be built from a CSV file.
    #[wasm_bindgen(js_name = fromCsvLossy)]
    pub fn from_csv_lossy(csv: &JsValue, options: &JsValue) -> Answer {
        let wishes = Wishes::read(options)?;
        parts(wishes.builder.from_csv_lossy(&bytes("csv", csv)?))
    }
}
