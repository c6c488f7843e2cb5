//! How an error of the core becomes a JavaScript `Error` with `.code` and `.faults`.

use gridcore::Fault;
use js_sys::{Array, Error, Reflect};
use wasm_bindgen::prelude::*;

/// Builds the error to throw; the faults are flat records with the core's own field names.
pub(crate) fn thrown(code: &str, message: &str, faults: &[Fault]) -> JsValue {
    let error = Error::new(message);
    error.set_name("GridcoreError");
    let list = serde_wasm_bindgen::to_value(faults).unwrap_or_else(|_| Array::new().into());
    for (key, value) in [("code", JsValue::from_str(code)), ("faults", list)] {
        // A fresh error is extensible, so this cannot fail; should it, the message still arrives.
        let _ = Reflect::set(&error, &JsValue::from_str(key), &value);
    }
    error.into()
}
