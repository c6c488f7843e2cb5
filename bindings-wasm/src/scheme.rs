//! Code schemes: built in by name, or from a definition.

use gridcore::{CodeScheme as Core, GridCode};
use js_sys::{Array, Object};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::argument::{COUNT, OBJECT, all_wrong, array, items, mistyped, text, whole, wrong};
use crate::builder::{code_scheme, malformed};
use crate::error::{Answer, refused};
use crate::report::plain;

/// A code scheme (编码方案): what codes look like, and which lie beneath which.
#[wasm_bindgen]
pub struct RawScheme {
    core: Core,
}

#[wasm_bindgen]
impl RawScheme {
    /// The scheme of a name, or of a definition.
    pub fn of(scheme: &JsValue) -> Result<RawScheme, JsValue> {
        Ok(Self { core: code_scheme(scheme)? })
    }

    /// The definition, as data.
    pub fn definition(&self) -> Answer {
        plain(self.core.definition())
    }

    /// The lengths that a code can have, ascending; none where any will do.
    pub fn lengths(&self) -> Answer {
        plain(&self.core.lengths())
    }

    /// Whether the code of a grid begins with that of its parent.
    #[must_use]
    pub fn nests(&self) -> bool {
        self.core.nests()
    }

    /// Whether codes may come as numbers.
    #[wasm_bindgen(js_name = takesIntegers)]
    #[must_use]
    pub fn takes_integers(&self) -> bool {
        self.core.takes_integers()
    }

    /// Refuses a text that is no code of the scheme.
    pub fn check(&self, code: &JsValue) -> Result<(), JsValue> {
        self.core.check(&text("code", code)?).map_err(refused)
    }

    /// Takes a code apart.
    pub fn parse(&self, code: &JsValue) -> Answer {
        plain(&self.core.parse(&text("code", code)?).map_err(refused)?)
    }

    /// The code that a code lies beneath; null for the topmost, and where the scheme does not nest.
    #[wasm_bindgen(js_name = parentOf)]
    pub fn parent_of(&self, code: &JsValue) -> Answer {
        let code = code_in("code", code)?;
        plain(&self.core.parent_of(&code))
    }

    /// Puts a code together from its segments.
    pub fn format(&self, parts: &JsValue) -> Result<String, JsValue> {
        let mut pairs = Vec::new();
        for (name, value) in entries("parts", parts)? {
            pairs.push((name, text("parts", &value)?));
        }
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Ok(self.core.format(&pairs).map_err(refused)?.to_string())
    }

    /// Whether a code begins with another and is one segment or more longer.
    pub fn extends(&self, parent: &JsValue, child: &JsValue) -> Result<bool, JsValue> {
        Ok(self.core.extends(&text("parent", parent)?, &text("child", child)?))
    }

    /// The code that a number stands for, with the zeros that it lost; null if none.
    #[wasm_bindgen(js_name = fromInteger)]
    pub fn of_integer(&self, number: &JsValue) -> Answer {
        plain(&self.core.from_integer(whole("number", number, COUNT)?))
    }

    /// Takes the zeros off that fill a code up.
    pub fn strip(&self, code: &JsValue) -> Result<String, JsValue> {
        Ok(self.core.strip(&text("code", code)?).map_err(refused)?.to_string())
    }

    /// Whether each parent's children can be numbered.
    #[wasm_bindgen(js_name = capacityCheck)]
    pub fn capacity_check(&self, children: &JsValue) -> Answer {
        let mut counts: Vec<(GridCode, u64)> = Vec::new();
        for (code, count) in entries("children", children)? {
            let code = code.parse().map_err(|error| malformed("children", error))?;
            counts.push((code, whole("children", &count, COUNT)?));
        }
        plain(&self.core.capacity_check(&counts))
    }

    /// Whether a total can be numbered if it is spread evenly over so many parents.
    #[wasm_bindgen(js_name = spreadCheck)]
    pub fn spread_check(&self, total: &JsValue, parents: &JsValue) -> Answer {
        plain(&self.core.spread_check(whole("total", total, COUNT)?, whole("parents", parents, COUNT)?))
    }
}

fn code_in(name: &str, value: &JsValue) -> Result<GridCode, JsValue> {
    crate::builder::code(name, value)
}

/// The pairs of an object, or of an array of pairs.
fn entries(name: &str, value: &JsValue) -> Result<Vec<(String, JsValue)>, JsValue> {
    if !value.is_object() {
        return Err(wrong(name, value, OBJECT));
    }
    let pairs = match value.dyn_ref::<Array>() {
        Some(pairs) => pairs.clone(),
        None if js_sys::try_iter(value)?.is_some() => array(name, value)?,
        None => Object::entries(value.unchecked_ref()),
    };
    let mut found = Vec::new();
    let mut faults = Vec::new();
    for (row, pair) in items(&pairs).enumerate() {
        let pair = pair.dyn_into::<Array>().unwrap_or_default();
        match pair.get(0).as_string() {
            Some(key) if pair.length() == 2 => found.push((key, pair.get(1))),
            _ => faults.push(mistyped(
                name,
                Some(row),
                &pair.get(0),
                ("a pair of a text and a value", "文本与值的二元数组"),
            )),
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(all_wrong(&faults)) }
}
