//! Codes and the version.

use gridcore::{GridCode, Lang, Problem, SchemeFault};
use wasm_bindgen::prelude::*;

use crate::error::thrown;

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
    let text = crate::argument::text("text", text)?;
    match text.parse::<GridCode>() {
        Ok(code) => Ok(code.to_string()),
        // One text has no row and no column: the message says all there is.
        Err(error) => {
            let message_zh = SchemeFault::Malformed(error).text(Lang::Zh);
            Err(thrown("malformed_code", &error.to_string(), &message_zh, &[]))
        }
    }
}
