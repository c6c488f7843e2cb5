//! What JavaScript passes, read with care: whatever has the wrong type is refused by name, never trapped.

use std::cell::RefCell;
use std::rc::Rc;

use gridcore::Fault;
use js_sys::{Array, JSON, Object, Reflect};
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::error::{Answer, faulty, thrown};

/// The largest whole number that a JavaScript number holds with all its neighbours apart: 2⁵³ − 1.
pub(crate) const MOST: f64 = 9_007_199_254_740_991.0;

/// What is wanted, in English and Chinese.
pub(crate) type Wanted = (&'static str, &'static str);

pub(crate) const TEXT: Wanted = ("text", "文本");
pub(crate) const ARRAY: Wanted = ("an array", "数组");
pub(crate) const OBJECT: Wanted = ("an object", "对象");
pub(crate) const COUNT: Wanted = ("a whole number from 0", "非负整数");
#[cfg(feature = "geo")]
pub(crate) const JSON_TEXT: Wanted = ("GeoJSON, as text or as an object", " GeoJSON 文本或对象");
pub(crate) const LEVEL: Wanted = ("a level from 0 to 255", "0 至 255 的层级");

/// What kind of value it is, for a message.
pub(crate) fn kind(value: &JsValue) -> &'static str {
    if value.is_undefined() {
        "undefined"
    } else if value.is_null() {
        "null"
    } else if value.is_string() {
        "text"
    } else if let Some(number) = value.as_f64() {
        if number.is_nan() { "not a number" } else { "number" }
    } else if value.as_bool().is_some() {
        "boolean"
    } else if value.is_bigint() {
        "bigint"
    } else if value.is_symbol() {
        "symbol"
    } else if value.is_function() {
        "function"
    } else if Array::is_array(value) {
        "array"
    } else if js_sys::ArrayBuffer::is_view(value) {
        "typed array"
    } else {
        "object"
    }
}

/// The fault of a value of the wrong type; `name` is the argument, the option or the column.
pub(crate) fn mistyped(name: &str, row: Option<usize>, found: &JsValue, wanted: Wanted) -> Fault {
    let found = kind(found);
    Fault {
        code: "wrong_type".to_owned(),
        row,
        column: Some(name.to_owned()),
        found: Some(found.to_owned()),
        wanted: Some(wanted.0.to_owned()),
        message: format!("{name} is {found} where {} is wanted", wanted.0),
        message_zh: format!("{name} 应为{}，实为 {found}", wanted.1),
        remedy: format!("pass {}", wanted.0),
        remedy_zh: format!("请传入{}", wanted.1),
        ..Fault::default()
    }
}

/// The error of one value of the wrong type.
pub(crate) fn wrong(name: &str, found: &JsValue, wanted: Wanted) -> JsValue {
    faulty(mistyped(name, None, found, wanted))
}

/// The error of values of the wrong type in several rows.
pub(crate) fn all_wrong(faults: &[Fault]) -> JsValue {
    let (count, first) = (faults.len(), faults.first().cloned().unwrap_or_default());
    if count == 1 {
        return faulty(first);
    }
    let en = format!("{count} values have the wrong type; the first: {}", first.text(gridcore::Lang::En));
    let zh = format!("{count} 个值的类型有误；第一个：{}", first.text(gridcore::Lang::Zh));
    thrown("wrong_type", &en, &zh, faults)
}

/// A text.
pub(crate) fn text(name: &str, value: &JsValue) -> Result<String, JsValue> {
    value.as_string().ok_or_else(|| wrong(name, value, TEXT))
}

/// A whole number from 0, in the range where JavaScript has all of them.
pub(crate) fn whole(name: &str, value: &JsValue, wanted: Wanted) -> Result<u64, JsValue> {
    if let Some(number) = value.as_f64()
        && let Some(whole) = as_whole(number)
    {
        return Ok(whole);
    }
    if value.is_bigint()
        && let Ok(whole) = u64::try_from(value.clone())
    {
        return Ok(whole);
    }
    let mut fault = mistyped(name, None, value, wanted);
    if let Some(number) = value.as_f64() {
        fault.found = Some(number.to_string());
        fault.message = format!("{name} is {number} where {} is wanted", wanted.0);
        fault.message_zh = format!("{name} 应为{}，实为 {number}", wanted.1);
    }
    Err(faulty(fault))
}

/// A number as a whole number, if it is one from 0 to 2⁵³ − 1.
#[expect(clippy::cast_sign_loss, reason = "negative numbers are refused")]
pub(crate) fn as_whole(number: f64) -> Option<u64> {
    (number.fract() == 0.0 && (0.0..=MOST).contains(&number)).then_some(number as u64)
}

/// A time in UTC seconds, before 1970 as well.
#[cfg(feature = "responsibility")]
pub(crate) fn seconds(name: &str, value: &JsValue) -> Result<i64, JsValue> {
    signed(name, value, ("a time in whole UTC seconds", "以整秒计的 UTC 时间"))
}

/// A whole number, below zero as well.
#[cfg(any(feature = "responsibility", feature = "deployment"))]
pub(crate) fn signed(name: &str, value: &JsValue, wanted: Wanted) -> Result<i64, JsValue> {
    if let Some(number) = value.as_f64()
        && number.fract() == 0.0
        && number.abs() <= MOST
    {
        return Ok(number as i64);
    }
    if value.is_bigint()
        && let Ok(whole) = i64::try_from(value.clone())
    {
        return Ok(whole);
    }
    Err(wrong(name, value, wanted))
}

/// A whole number that fits a size; a greater one stands for the greatest.
pub(crate) fn size(name: &str, value: &JsValue) -> Result<usize, JsValue> {
    Ok(usize::try_from(whole(name, value, COUNT)?).unwrap_or(usize::MAX))
}

/// A level.
pub(crate) fn level(name: &str, value: &JsValue) -> Result<u8, JsValue> {
    u8::try_from(whole(name, value, LEVEL)?).map_err(|_| wrong(name, value, LEVEL))
}

/// A finite or infinite number, but a number.
#[cfg(any(feature = "map", feature = "notation"))]
pub(crate) fn number(name: &str, value: &JsValue) -> Result<f64, JsValue> {
    value.as_f64().ok_or_else(|| wrong(name, value, ("a number", "数")))
}

/// Something that is there, or nothing for `undefined` and `null`.
pub(crate) fn present(value: JsValue) -> Option<JsValue> {
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// An array, or what can be iterated; a text is no list of its characters.
pub(crate) fn array(name: &str, value: &JsValue) -> Result<Array, JsValue> {
    if let Some(array) = value.dyn_ref::<Array>() {
        return Ok(array.clone());
    }
    if value.is_object()
        && let Some(items) = js_sys::try_iter(value)?
    {
        let array = Array::new();
        for item in items {
            array.push(&item?);
        }
        return Ok(array);
    }
    Err(wrong(name, value, ARRAY))
}

/// The items of an array by place; holes are `undefined`.
pub(crate) fn items(array: &Array) -> impl Iterator<Item = JsValue> + '_ {
    (0..array.length()).map(|place| array.get(place))
}

/// Options of a call: an object whose keys are all known, or nothing.
pub(crate) struct Options(Option<Object>);

impl Options {
    /// Reads options; a key that is not known is refused, so that a misspelt one is not lost in silence.
    pub(crate) fn new(name: &str, value: &JsValue, known: &[&str]) -> Result<Self, JsValue> {
        if value.is_undefined() || value.is_null() {
            return Ok(Self(None));
        }
        if !value.is_object() || Array::is_array(value) {
            return Err(wrong(name, value, OBJECT));
        }
        let object: &Object = value.unchecked_ref();
        for key in items(&Object::keys(object)) {
            let key = key.as_string().unwrap_or_default();
            if !known.contains(&key.as_str()) {
                return Err(unknown_option(&key, known));
            }
        }
        Ok(Self(Some(object.clone())))
    }

    /// The value of an option, if it is given.
    pub(crate) fn get(&self, key: &str) -> Result<Option<JsValue>, JsValue> {
        let Some(object) = &self.0 else { return Ok(None) };
        Ok(present(Reflect::get(object, &JsValue::from_str(key))?))
    }

    /// An option that is a time in UTC seconds.
    #[cfg(feature = "responsibility")]
    pub(crate) fn seconds(&self, key: &str) -> Result<Option<i64>, JsValue> {
        self.get(key)?.map(|value| seconds(key, &value)).transpose()
    }

    /// An option that is a text.
    #[cfg(any(feature = "map", feature = "notation", feature = "responsibility"))]
    pub(crate) fn text(&self, key: &str) -> Result<Option<String>, JsValue> {
        self.get(key)?.map(|value| text(key, &value)).transpose()
    }

    /// An option that is a level.
    pub(crate) fn level(&self, key: &str) -> Result<Option<u8>, JsValue> {
        self.get(key)?.map(|value| level(key, &value)).transpose()
    }

    /// An option that is a whole number.
    pub(crate) fn size(&self, key: &str) -> Result<Option<usize>, JsValue> {
        self.get(key)?.map(|value| size(key, &value)).transpose()
    }

    /// An option that is a number.
    #[cfg(feature = "geo")]
    pub(crate) fn number(&self, key: &str) -> Result<Option<f64>, JsValue> {
        self.get(key)?.map(|value| number(key, &value)).transpose()
    }

    /// An option that is a boolean.
    #[cfg(feature = "map")]
    pub(crate) fn flag(&self, key: &str) -> Result<Option<bool>, JsValue> {
        let Some(value) = self.get(key)? else { return Ok(None) };
        value.as_bool().map(Some).ok_or_else(|| wrong(key, &value, ("true or false", " true 或 false")))
    }
}

fn unknown_option(key: &str, known: &[&str]) -> JsValue {
    let key: String = key.chars().take(40).collect();
    let known = known.join(", ");
    faulty(Fault {
        code: "unknown_option".to_owned(),
        column: Some(key.clone()),
        found: Some(key.clone()),
        wanted: Some(known.clone()),
        message: format!("there is no option {key:?}"),
        message_zh: format!("没有选项 {key:?}"),
        remedy: format!("the options are {known}"),
        remedy_zh: format!("可用的选项：{known}"),
        ..Fault::default()
    })
}

/// A plain object read into a value of the core.
///
/// It goes through JSON: that refuses rings and bottomless nesting, which a walk over the objects would fall into.
pub(crate) fn read<T: DeserializeOwned>(name: &str, value: &JsValue) -> Result<T, JsValue> {
    let (text, odd) = written(value).ok_or_else(|| misfit(name, ("it has no JSON form", "无法写成 JSON")))?;
    match (serde_json::from_str(&text), odd) {
        (Ok(value), None) => Ok(value),
        (Ok(_), Some(key)) => Err(misfit(&format!("{name}.{key}"), NOT_FINITE)),
        (Err(error), odd) => {
            let (row, mut names) = place(&text, error.column());
            let reason = error.to_string();
            let missing = reason.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
            names.extend(missing.map(str::to_owned));
            let column = if names.is_empty() { name.to_owned() } else { names.join(".") };
            if odd.is_some() {
                return Err(unread(row, &column, NOT_FINITE));
            }
            let (reason, reason_zh) = worded(&reason);
            Err(unread(row, &column, (&reason, &reason_zh)))
        }
    }
}

const NOT_FINITE: (&str, &str) = ("the number is infinite or not a number", "数值为无穷或不是数值");

/// A value as JSON, and the key of a number in it that JSON can't hold, whose place an object has taken.
///
/// JSON would make nothing of such a number, and nothing often means "no limit". Only a text with a null in it is
/// written twice.
fn written(value: &JsValue) -> Option<(String, Option<String>)> {
    let text = JSON::stringify(value).ok()?.as_string()?;
    if !text.contains("null") {
        return Some((text, None));
    }
    let found = Rc::new(RefCell::new(None));
    let noted = Rc::clone(&found);
    let replacer =
        Closure::<dyn FnMut(JsValue, JsValue) -> JsValue>::new(move |key: JsValue, value: JsValue| {
            if value.as_f64().is_none_or(f64::is_finite) {
                return value;
            }
            noted.borrow_mut().get_or_insert_with(|| key.as_string().unwrap_or_default());
            Object::new().into()
        });
    let again = JSON::stringify_with_replacer(value, replacer.as_ref()).ok()?.as_string()?;
    let odd = found.take();
    Some(if odd.is_some() { (again, odd) } else { (text, None) })
}

fn misfit(name: &str, reason: (&str, &str)) -> JsValue {
    unread(None, name, reason)
}

fn unread(row: Option<usize>, column: &str, (reason, reason_zh): (&str, &str)) -> JsValue {
    faulty(Fault {
        code: "wrong_shape".to_owned(),
        row,
        column: Some(column.to_owned()),
        found: Some(reason.to_owned()),
        message: format!("{column} does not fit: {reason}"),
        message_zh: format!("{column} 不合要求：{reason_zh}"),
        remedy: "correct the value, or leave it out".to_owned(),
        remedy_zh: "请更正该值，或将其省去".to_owned(),
        ..Fault::default()
    })
}

/// Where in a JSON text of one line the reader stopped: the place in the outermost list, and the names on the way.
///
/// The reader says only how many bytes it had read.
fn place(text: &str, read: usize) -> (Option<usize>, Vec<String>) {
    enum Step {
        Item(usize),
        Entry(String),
    }
    let bytes = text.as_bytes();
    let end = read.min(bytes.len());
    let mut steps: Vec<Step> = Vec::new();
    let (mut at, mut names) = (0, false);
    while at < end {
        match bytes[at] {
            b'{' => {
                steps.push(Step::Entry(String::new()));
                names = true;
            }
            b'[' => {
                steps.push(Step::Item(0));
                names = false;
            }
            b'}' | b']' => {
                steps.pop();
                names = false;
            }
            b',' => match steps.last_mut() {
                Some(Step::Item(item)) => *item += 1,
                _ => names = true,
            },
            b'"' => {
                let start = at + 1;
                at = start;
                while at < end && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                if let (true, Some(Step::Entry(name))) = (names, steps.last_mut()) {
                    text.get(start..at).unwrap_or_default().clone_into(name);
                    names = false;
                }
            }
            _ => {}
        }
        at += 1;
    }
    let row = steps.iter().find_map(|step| if let Step::Item(item) = step { Some(*item) } else { None });
    let keys = steps.into_iter().filter_map(|step| match step {
        Step::Entry(name) if !name.is_empty() => Some(name),
        _ => None,
    });
    (row, keys.collect())
}

/// The reader's own words in both languages, without the value, which may be about a person.
fn worded(reason: &str) -> (String, String) {
    let reason = reason.rsplit_once(" at line ").map_or(reason, |(reason, _)| reason);
    if let Some((found, wanted)) = reason.rsplit_once(", expected ") {
        let wanted = plainly(wanted);
        if found.starts_with("unknown variant ") {
            let wanted = wanted.strip_prefix("one of ").unwrap_or(&wanted);
            return (format!("the value is none of {wanted}"), format!("取值须为 {wanted}"));
        }
        if let Some(kind) =
            found.strip_prefix("invalid type: ").or_else(|| found.strip_prefix("invalid value: "))
        {
            let (kind, kind_zh) = match kind.split(' ').next() {
                Some("string" | "character") => ("text", "文字"),
                Some("integer") => ("a whole number", "整数"),
                Some("floating") => ("a number with a fraction", "小数"),
                Some("boolean") => ("true or false", "真假值"),
                Some("sequence") => ("a list", "列表"),
                Some("map") => ("an object", "对象"),
                Some("null") => ("nothing", "空值"),
                _ => ("another kind of value", "其他类型的值"),
            };
            return (
                format!("{kind} is there where {wanted} is wanted"),
                format!("此处为{kind_zh}，须为 {wanted}"),
            );
        }
    }
    let reason = plainly(reason);
    (reason.clone(), reason)
}

/// The same without the names of Rust's types.
fn plainly(reason: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    let mut skip = false;
    for word in reason.split(' ') {
        let bare = word.trim_end_matches([',', '.']);
        if skip {
            skip = false;
        } else if matches!(bare, "struct" | "enum" | "variant") {
            words.push("an object");
            skip = true;
        } else if matches!(bare, "u8" | "u16" | "u32" | "u64" | "usize" | "i32" | "i64") {
            words.push("a whole number");
        } else if matches!(bare, "f32" | "f64") {
            words.push("a number");
        } else if bare == "sequence" {
            words.push("list");
        } else {
            words.push(word);
        }
    }
    words.join(" ")
}

/// A key of an object; `undefined` if it has none.
pub(crate) fn field(object: &JsValue, key: &JsValue) -> Answer {
    Reflect::get(object, key)
}
