//! How an error becomes a JavaScript `Error` with `.code`, `.faults` and the message in Chinese.

use gridcore::{Fault, Lang, Problem};
use js_sys::{Array, Error, Reflect};
use wasm_bindgen::prelude::*;

use crate::report::plain;

/// What every function gives back: a value, or the error to throw.
pub(crate) type Answer = Result<JsValue, JsValue>;

/// The error of a problem that the core found.
#[expect(clippy::needless_pass_by_value, reason = "it is what map_err hands over")]
pub(crate) fn refused(problem: impl Problem) -> JsValue {
    thrown(problem.code(), &problem.text(Lang::En), &problem.text(Lang::Zh), &problem.faults())
}

/// The error of a problem that has a named cause: what lacks what, as `cause` (the first) and `causes` (all of them).
#[cfg(feature = "solve")]
pub(crate) fn because<C: serde::Serialize>(name: &str, problem: impl Problem, causes: &[C]) -> JsValue {
    let error = refused(problem);
    let all = plain(causes).unwrap_or_else(|_| Array::new().into());
    let first = Reflect::get_u32(&all, 0).unwrap_or(JsValue::NULL);
    let first = if first.is_undefined() { JsValue::NULL } else { first };
    for (key, value) in [("name", JsValue::from_str(name)), ("cause", first), ("causes", all)] {
        // A fresh error is extensible, so this cannot fail; should it, the message still says it.
        let _ = Reflect::set(&error, &JsValue::from_str(key), &value);
    }
    error
}

/// What an error is called that names who lacks what.
#[cfg(feature = "solve")]
pub(crate) const INFEASIBLE: &str = "Infeasible";

/// The error of one fault.
pub(crate) fn faulty(fault: Fault) -> JsValue {
    thrown(&fault.code.clone(), &fault.text(Lang::En), &fault.text(Lang::Zh), &[fault])
}

/// Builds the error to throw; the faults are flat records with the core's own field names.
pub(crate) fn thrown(code: &str, message: &str, message_zh: &str, faults: &[Fault]) -> JsValue {
    let error = Error::new(message);
    error.set_name("GridcoreError");
    let list = plain(&faults).unwrap_or_else(|_| Array::new().into());
    let code = JsValue::from_str(code);
    for (key, value) in [("code", code), ("faults", list), ("message_zh", JsValue::from_str(message_zh))] {
        // A fresh error is extensible, so this cannot fail; should it, the message still arrives.
        let _ = Reflect::set(&error, &JsValue::from_str(key), &value);
    }
    error.into()
}
