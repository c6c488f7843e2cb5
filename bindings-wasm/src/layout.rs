//! Layout notation, `1+26+307+1307`.

use gridcore::Layout;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::argument::{COUNT, array, items, whole};
use crate::error::{Answer, refused};
use crate::report::plain;

#[derive(Serialize)]
struct Read<'l> {
    text: String,
    counts: &'l [u64],
    total: u64,
    fan_outs: Vec<Option<f64>>,
}

fn layout(value: &JsValue) -> Result<Layout, JsValue> {
    match value.as_string() {
        Some(text) => text.parse().map_err(refused),
        None => Layout::new(counts("layout", value)?).map_err(refused),
    }
}

/// Counts per level: an array, or a typed array.
fn counts(name: &str, value: &JsValue) -> Result<Vec<u64>, JsValue> {
    let list =
        if js_sys::ArrayBuffer::is_view(value) { js_sys::Array::from(value) } else { array(name, value)? };
    items(&list).map(|count| whole(name, &count, COUNT)).collect()
}

/// Reads a layout from its text or its counts.
#[wasm_bindgen(js_name = layoutRead)]
pub fn layout_read(value: &JsValue) -> Answer {
    let layout = layout(value)?;
    plain(&Read {
        text: layout.to_string(),
        counts: layout.counts(),
        total: layout.total(),
        fan_outs: layout.fan_outs(),
    })
}

/// Every level where counts differ from a layout.
#[wasm_bindgen(js_name = layoutCheck)]
pub fn layout_check(value: &JsValue, counted: &JsValue) -> Answer {
    plain(&layout(value)?.check(&counts("counts", counted)?))
}
