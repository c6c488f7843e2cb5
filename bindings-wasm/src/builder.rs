//! What a tree is to be built with, and what is built: from records, columns, CSV.

use gridcore::tree::Lossy;
use gridcore::{CodeScheme, Fault, GridCode, GridTree as Core, GridTreeBuilder, LevelSchema, Problem, Root};
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::argument::{Options, array, field, items, read, text, wrong};
use crate::error::{Answer, faulty, refused};
use crate::report::plain;
use crate::rows::Table;
use crate::tree::RawTree;

/// The wishes of a caller.
pub(crate) struct Wishes {
    pub(crate) builder: GridTreeBuilder,
    weights: Vec<String>,
}

impl Wishes {
    pub(crate) fn read(options: &JsValue) -> Result<Self, JsValue> {
        let options = Options::new("options", options, &["schema", "codeScheme", "root", "weights"])?;
        let mut builder = Core::builder();
        if let Some(schema) = options.get("schema")? {
            builder = builder.schema(level_schema(&schema)?);
        }
        if let Some(scheme) = options.get("codeScheme")? {
            builder = builder.scheme(code_scheme(&scheme)?);
        }
        if let Some(value) = options.get("root")? {
            builder = builder.root(root(&value)?);
        }
        let mut weights = Vec::new();
        if let Some(names) = options.get("weights")? {
            for name in items(&array("weights", &names)?) {
                weights.push(text("weights", &name)?);
            }
        }
        Ok(Self { builder: builder.weights(weights.iter().cloned()), weights })
    }
}

/// A schema by its name, or by its definition.
fn level_schema(value: &JsValue) -> Result<LevelSchema, JsValue> {
    let Some(name) = value.as_string() else { return read("schema", value) };
    match name.as_str() {
        "four_level" => Ok(LevelSchema::four_level()),
        "national" => Ok(LevelSchema::national()),
        "free" => Ok(LevelSchema::free()),
        _ => Err(unknown_name("schema", &name, "four_level, national, free")),
    }
}

/// A code scheme by its name, or by its definition.
pub(crate) fn code_scheme(value: &JsValue) -> Result<CodeScheme, JsValue> {
    let Some(name) = value.as_string() else { return read("codeScheme", value) };
    CodeScheme::builtin(&name)
        .ok_or_else(|| unknown_name("codeScheme", &name, "nbs, beijing_db11, cjt_349, free_text"))
}

fn root(value: &JsValue) -> Result<Root, JsValue> {
    if value.is_string() {
        return Ok(Root::Existing(code("root", value)?));
    }
    if !value.is_object() {
        return Err(wrong(
            "root",
            value,
            ("a code, or an object with code and name", "编码，或含 code、name 的对象"),
        ));
    }
    let code = code("root.code", &field(value, &JsValue::from_str("code"))?)?;
    let name = text("root.name", &field(value, &JsValue::from_str("name"))?)?;
    Ok(Root::Named { code, name })
}

/// A text that can be a code.
pub(crate) fn code(name: &str, value: &JsValue) -> Result<GridCode, JsValue> {
    text(name, value)?.parse().map_err(|error| malformed(name, error))
}

/// The error of a text that can be no code.
pub(crate) fn malformed(name: &str, error: gridcore::MalformedCode) -> JsValue {
    let mut faults = gridcore::SchemeFault::Malformed(error).faults();
    for fault in &mut faults {
        fault.column = Some(name.to_owned());
    }
    faults.into_iter().next().map_or(JsValue::UNDEFINED, faulty)
}

/// The error of a name that stands for nothing built in.
pub(crate) fn unknown_name(option: &str, found: &str, known: &str) -> JsValue {
    let found: String = found.chars().take(40).collect();
    faulty(Fault {
        code: "unknown_name".to_owned(),
        column: Some(option.to_owned()),
        found: Some(found.clone()),
        wanted: Some(known.to_owned()),
        message: format!("{option} has nothing built in by the name {found:?}"),
        message_zh: format!("{option} 没有名为 {found:?} 的内置项"),
        remedy: format!("pass one of {known}"),
        remedy_zh: format!("请传入 {known} 之一"),
        ..Fault::default()
    })
}

pub(crate) fn built(tree: Result<Core, gridcore::BuildError>) -> Result<RawTree, JsValue> {
    tree.map(RawTree::from).map_err(refused)
}

/// What a lossy build gives: `tree`, `faults`, `rejected`.
pub(crate) fn parts(lossy: Lossy) -> Answer {
    let faults: Vec<Fault> = lossy.faults.iter().map(gridcore::tree::BuildFault::to_fault).collect();
    let answer = Object::new();
    let tree = lossy.tree.map_or(JsValue::NULL, |tree| RawTree::from(tree).into());
    for (key, value) in [("tree", tree), ("faults", plain(&faults)?), ("rejected", plain(&lossy.rejected)?)] {
        Reflect::set(&answer, &JsValue::from_str(key), &value)?;
    }
    Ok(answer.into())
}

#[wasm_bindgen]
impl RawTree {
    /// Builds a tree from records.
    #[wasm_bindgen(js_name = fromRecords)]
    pub fn from_records(rows: &JsValue, options: &JsValue) -> Result<RawTree, JsValue> {
        let wishes = Wishes::read(options)?;
        let table = Table::from_records(rows, &wishes.weights)?;
        built(wishes.builder.from_columns(&table.columns()))
    }

    /// Builds what can be built from records.
    #[wasm_bindgen(js_name = fromRecordsLossy)]
    pub fn from_records_lossy(rows: &JsValue, options: &JsValue) -> Answer {
        let wishes = Wishes::read(options)?;
        let table = Table::from_records(rows, &wishes.weights)?;
        parts(wishes.builder.from_columns_lossy(&table.columns()))
    }

    /// Builds a tree from columns.
    #[wasm_bindgen(js_name = fromColumns)]
    pub fn from_columns(columns: &JsValue, options: &JsValue) -> Result<RawTree, JsValue> {
        let wishes = Wishes::read(options)?;
        let table = Table::from_columns(columns, &wishes.weights)?;
        built(wishes.builder.from_columns(&table.columns()))
    }

    /// Builds what can be built from columns.
    #[wasm_bindgen(js_name = fromColumnsLossy)]
    pub fn from_columns_lossy(columns: &JsValue, options: &JsValue) -> Answer {
        let wishes = Wishes::read(options)?;
        let table = Table::from_columns(columns, &wishes.weights)?;
        parts(wishes.builder.from_columns_lossy(&table.columns()))
    }
}
