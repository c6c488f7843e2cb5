//! Seats shared out by weight.

use gridcore::{Apportion, ApportionMethod, ApportionParty, scaled_weights};
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::argument::{COUNT, Options, array, items, number, present, whole, wrong};
use crate::builder::unknown_name;
use crate::error::{Answer, refused};
use crate::report::plain;

/// Shares seats out among parties by their weights.
#[wasm_bindgen]
pub fn apportion(seats: &JsValue, weights: &JsValue, options: &JsValue) -> Answer {
    let seats = whole("seats", seats, COUNT)?;
    let options = Options::new("options", options, &["method", "minimum", "minimums", "caps", "decimals"])?;
    let name = options.text("method")?.unwrap_or_default();
    let method = ApportionMethod::from_name(&name).ok_or_else(|| {
        let known = ApportionMethod::ALL.map(ApportionMethod::name).join(", ");
        unknown_name("method", &name, &known)
    })?;
    let weights = list("weights", weights)?;
    let weights = match options.get("decimals")? {
        None => {
            items(&weights).map(|weight| whole("weights", &weight, COUNT)).collect::<Result<Vec<_>, _>>()?
        }
        Some(decimals) => {
            let decimals = u32::try_from(whole("decimals", &decimals, COUNT)?).unwrap_or(u32::MAX);
            let numbers =
                items(&weights).map(|weight| number("weights", &weight)).collect::<Result<Vec<_>, _>>()?;
            scaled_weights(&numbers, decimals).map_err(refused)?
        }
    };
    let mut parties: Vec<ApportionParty> =
        weights.into_iter().map(|weight| ApportionParty { weight, ..ApportionParty::default() }).collect();
    if let Some(minimums) = bounds(&options, "minimums", parties.len())? {
        for (party, minimum) in parties.iter_mut().zip(minimums) {
            party.minimum = minimum.unwrap_or(0);
        }
    }
    if let Some(caps) = bounds(&options, "caps", parties.len())? {
        for (party, cap) in parties.iter_mut().zip(caps) {
            party.cap = cap;
        }
    }
    let mut question = Apportion::new(seats, method);
    if let Some(minimum) = options.get("minimum")? {
        question = question.minimum(whole("minimum", &minimum, COUNT)?);
    }
    plain(&question.among_parties(&parties).map_err(refused)?)
}

/// An array, or a typed array.
fn list(name: &str, value: &JsValue) -> Result<Array, JsValue> {
    if js_sys::ArrayBuffer::is_view(value) && !value.is_instance_of::<js_sys::DataView>() {
        return Ok(Array::from(value));
    }
    array(name, value)
}

/// A bound for each party; none where nothing is given.
fn bounds(options: &Options, name: &str, parties: usize) -> Result<Option<Vec<Option<u64>>>, JsValue> {
    let Some(value) = options.get(name)? else { return Ok(None) };
    let bounds = list(name, &value)?;
    if bounds.length() as usize != parties {
        return Err(wrong(name, &value, ARRAY_AS_LONG));
    }
    let read = items(&bounds).map(|bound| present(bound).map(|bound| whole(name, &bound, COUNT)).transpose());
    read.collect::<Result<Vec<_>, _>>().map(Some)
}

const ARRAY_AS_LONG: (&str, &str) = ("an array as long as weights", "与 weights 等长的数组");
