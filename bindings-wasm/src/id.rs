//! Codes and the version.

use wasm_bindgen::prelude::*;

use crate::builder::code;

/// The version of the package, the same in Rust, Python and JavaScript.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Checks that a text can be the code (编码) of a grid and returns it.
///
/// # Errors
/// Throws a `GridcoreError` with the code `malformed_code`.
#[wasm_bindgen(js_name = gridCode)]
pub fn grid_code(text: &JsValue) -> Result<String, JsValue> {
    Ok(code("text", text)?.to_string())
}
