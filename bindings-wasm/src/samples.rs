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

fn city(seed: &JsValue) -> Result<samples::Sample, JsValue> {
    Ok(match present(seed.clone()) {
        None => samples::zhongshan(),
        Some(seed) => samples::zhongshan_with(whole("seed", &seed, COUNT)?),
    })
}

/// Who answers for what in the sample city.
#[cfg(feature = "responsibility")]
#[wasm_bindgen(js_name = sampleZhongshanDuty)]
pub fn zhongshan_duty(seed: &JsValue) -> Answer {
    plain(&city(seed)?.duty_tables())
}

/// People, units, needs, places and borders of the sample city to send help over.
#[cfg(feature = "deployment")]
#[wasm_bindgen(js_name = sampleZhongshanDeployment)]
pub fn zhongshan_deployment(seed: &JsValue, nearest: &JsValue) -> Answer {
    let city = city(seed)?;
    let nearest = crate::argument::size("nearest", nearest)?;
    let answer = Object::new();
    for (key, value) in [
        ("positions", plain(&city.positions())?),
        ("edges", plain(&city.edges())?),
        ("people", plain(&city.people())?),
        ("needs", plain(&city.needs())?),
        ("candidates", plain(&city.candidates(nearest))?),
        ("units", plain(&city.units())?),
        ("supply", plain(&city.supply())?),
        ("demand", plain(&city.demand())?),
    ] {
        Reflect::set(&answer, &JsValue::from_str(key), &value)?;
    }
    Ok(answer.into())
}

/// The sample city.
#[wasm_bindgen(js_name = sampleZhongshan)]
pub fn zhongshan(seed: &JsValue) -> Answer {
    let city = city(seed)?;
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
