//! Rounded claims: `1万多个`, `over 10,000`.

use gridcore::{Claim, ClaimRule};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::argument::{COUNT, text, whole};
use crate::error::{Answer, refused};
use crate::report::plain;

#[derive(Serialize)]
struct Read<'c> {
    text: &'c str,
    low: u64,
    high: Option<u64>,
    rule: ClaimRule,
    measure: &'c str,
}

fn claim(value: &JsValue) -> Result<Claim, JsValue> {
    text("claim", value)?.parse().map_err(refused)
}

/// Reads a claim into the interval that it allows.
#[wasm_bindgen(js_name = claimRead)]
pub fn claim_read(value: &JsValue) -> Answer {
    let claim = claim(value)?;
    plain(&Read {
        text: claim.text(),
        low: claim.low(),
        high: claim.high(),
        rule: claim.rule(),
        measure: claim.measure(),
    })
}

/// Whether a count agrees with a claim.
#[wasm_bindgen(js_name = claimAdmits)]
pub fn claim_admits(value: &JsValue, count: &JsValue) -> Result<bool, JsValue> {
    Ok(claim(value)?.admits(whole("count", count, COUNT)?))
}

/// Holds a count against a claim.
#[wasm_bindgen(js_name = claimCheck)]
pub fn claim_check(value: &JsValue, count: &JsValue) -> Answer {
    plain(&claim(value)?.check(whole("count", count, COUNT)?))
}
