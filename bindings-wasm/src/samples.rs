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

/// Residents of the sample city, visits to them, whom each visit met and whether they had moved.
#[cfg(feature = "roster")]
#[wasm_bindgen(js_name = sampleZhongshanVisits)]
pub fn zhongshan_visits(people: &JsValue, seed: &JsValue) -> Answer {
    let (people, seed) = (crate::argument::size("people", people)?, whole("seed", seed, COUNT)?);
    let register = samples::zhongshan().residents(people, seed);
    let visits = register.visits(seed);
    let answer = Object::new();
    for (key, value) in [
        ("register", columns_of(&register.table())?),
        ("visits", columns_of(&visits.table())?),
        ("truth", plain(visits.truth())?),
        ("moved", plain(visits.moved())?),
    ] {
        Reflect::set(&answer, &JsValue::from_str(key), &value)?;
    }
    Ok(answer.into())
}

/// A roster as an object of columns.
#[cfg(feature = "roster")]
fn columns_of(table: &gridcore::roster::RosterTable<'_>) -> Answer {
    use gridcore::roster::RosterCell;
    let columns = Object::new();
    for column in table.columns() {
        let value = |row| match column.cell(row) {
            RosterCell::Text(text) => JsValue::from_str(text),
            RosterCell::Integer(number) | RosterCell::Day(number) => JsValue::from_f64(number as f64),
            RosterCell::Float(number) => JsValue::from_f64(number),
            _ => JsValue::NULL,
        };
        let values: js_sys::Array = (0..table.rows()).map(value).collect();
        Reflect::set(&columns, &JsValue::from_str(column.name()), &values)?;
    }
    Ok(columns.into())
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
