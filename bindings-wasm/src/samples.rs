//! The sample city.

use gridcore::samples;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::argument::{COUNT, present, whole};
use crate::error::{Answer, refused};
use crate::report::plain;
use crate::tree::RawTree;

fn year(value: &JsValue) -> Result<u16, JsValue> {
    // A year that is too large for any edition is as unknown as another.
    Ok(u16::try_from(whole("year", value, ("a year", "年份"))?).unwrap_or(u16::MAX))
}

/// The years of the register's editions.
#[wasm_bindgen(js_name = sampleEditions)]
pub fn editions() -> Answer {
    plain(&samples::EDITIONS)
}

/// The tree of one edition of the register.
#[wasm_bindgen(js_name = sampleRegister)]
pub fn register(edition: &JsValue) -> Result<RawTree, JsValue> {
    samples::register(year(edition)?).map(RawTree::from).map_err(refused)
}

/// One edition of the register as CSV.
#[wasm_bindgen(js_name = sampleRegisterCsv)]
pub fn register_csv(edition: &JsValue) -> Result<String, JsValue> {
    samples::register_csv(year(edition)?).map(str::to_owned).map_err(refused)
}

/// The sample city.
#[wasm_bindgen(js_name = sampleZhongshan)]
pub fn zhongshan(seed: &JsValue) -> Answer {
    let city = match present(seed.clone()) {
        None => samples::zhongshan(),
        Some(seed) => samples::zhongshan_with(whole("seed", &seed, COUNT)?),
    };
    let answer = Object::new();
    for (key, value) in [
        ("tree", RawTree::from(city.tree().clone()).into()),
        ("cover", plain(city.cover())?),
        ("fronts", plain(&city.fronts().to_rows())?),
        ("staff", plain(city.staff())?),
        ("strength", plain(&city.strength_rows())?),
    ] {
        Reflect::set(&answer, &JsValue::from_str(key), &value)?;
    }
    Ok(answer.into())
}
