//! Tables of grids on their way in: records, or an object of columns.

use std::collections::BTreeMap;

use gridcore::GridColumns;
use gridcore::tree::Cell;
use js_sys::{Array, JSON, Object};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::argument::{OBJECT, all_wrong, array, field, items, mistyped, present, wrong};
use crate::column::{Held, cell};

/// The columns of a grid that are texts, in the core's own names; `level` comes beside them.
const TEXTS: [&str; 5] = ["code", "parent", "name", "kind", "footprint"];
/// What a table can't do without.
const NEEDED: [&str; 3] = ["code", "parent", "name"];

/// How many rows that are no rows are listed: a list of millions would take more memory than there is.
const MOST_FAULTS: usize = 10_000;

/// A table, held for the time of one call.
pub(crate) struct Table {
    columns: Vec<(&'static str, Held)>,
    weights: BTreeMap<String, Held>,
}

impl Table {
    /// Reads records: one object a row. `weights` names further keys to read; they may also lie in a `weights` object.
    pub(crate) fn from_records(rows: &JsValue, weights: &[String]) -> Result<Self, JsValue> {
        let rows = array("rows", rows)?;
        let count = rows.length() as usize;
        let mut columns = Vec::with_capacity(TEXTS.len() + 1);
        for name in TEXTS {
            let mut column = Held::default();
            column.reserve(count)?;
            columns.push((JsValue::from_str(name), name, column));
        }
        columns.push((JsValue::from_str("level"), "level", Held::mixed()));
        let named: Vec<(JsValue, &String)> =
            weights.iter().map(|name| (JsValue::from_str(name), name)).collect();
        let nested = JsValue::from_str("weights");
        let mut found: BTreeMap<String, Held> = BTreeMap::new();
        let mut faults = Vec::new();
        for (number, row) in items(&rows).enumerate() {
            if faults.len() == MOST_FAULTS {
                break;
            }
            if !row.is_object() || Array::is_array(&row) {
                faults.push(mistyped("rows", Some(number), &row, OBJECT));
                continue;
            }
            for (key, name, column) in &mut columns {
                let value = field(&row, key)?;
                column.push_cell(if *name == "footprint" { geometry(&value) } else { cell(&value) });
            }
            for (key, name) in &named {
                weigh(&mut found, name, number, &field(&row, key)?);
            }
            let Some(object) = present(field(&row, &nested)?) else { continue };
            if !object.is_object() || Array::is_array(&object) {
                faults.push(mistyped("weights", Some(number), &object, OBJECT));
                continue;
            }
            for entry in items(&Object::entries(object.unchecked_ref())) {
                let entry: &Array = entry.unchecked_ref();
                weigh(&mut found, &entry.get(0).as_string().unwrap_or_default(), number, &entry.get(1));
            }
        }
        if !faults.is_empty() {
            return Err(all_wrong(&faults));
        }
        for column in found.values_mut() {
            column.pad(count);
        }
        let columns = columns.into_iter().map(|(_, name, column)| (name, column.settled())).collect();
        Ok(Self::of(columns, found.into_iter().map(|(name, column)| (name, column.settled())).collect()))
    }

    /// Reads an object of columns. `weights` names further columns to read; they may also lie in a `weights` object.
    pub(crate) fn from_columns(table: &JsValue, weights: &[String]) -> Result<Self, JsValue> {
        if !table.is_object() || Array::is_array(table) {
            return Err(wrong("columns", table, ("an object of columns", "由列组成的对象")));
        }
        let mut columns = Vec::new();
        for name in TEXTS.into_iter().chain(["level"]) {
            if let Some(values) = present(field(table, &JsValue::from_str(name))?) {
                columns.push((name, Held::read(name, &values)?));
            }
        }
        let mut found = BTreeMap::new();
        for name in weights {
            if let Some(values) = present(field(table, &JsValue::from_str(name))?) {
                found.insert(name.clone(), Held::read(name, &values)?);
            }
        }
        if let Some(object) = present(field(table, &JsValue::from_str("weights"))?) {
            if !object.is_object() || Array::is_array(&object) {
                return Err(wrong("weights", &object, ("an object of columns", "由列组成的对象")));
            }
            for entry in items(&Object::entries(object.unchecked_ref())) {
                let entry: &Array = entry.unchecked_ref();
                let name = entry.get(0).as_string().unwrap_or_default();
                let column = Held::read(&name, &entry.get(1))?;
                found.insert(name, column);
            }
        }
        Ok(Self { columns, weights: found })
    }

    /// Leaves out what no row has, unless a table needs it.
    fn of(mut columns: Vec<(&'static str, Held)>, weights: BTreeMap<String, Held>) -> Self {
        columns.retain(|(name, column)| NEEDED.contains(name) || !column.is_blank());
        Self { columns, weights }
    }

    /// The columns as the core reads them.
    pub(crate) fn columns(&self) -> GridColumns<'_> {
        let mut columns = GridColumns::new();
        for (name, column) in &self.columns {
            columns = columns.with(*name, column.view());
        }
        for (name, column) in &self.weights {
            columns = columns.weight(name.clone(), column.view());
        }
        columns
    }
}

/// Adds the weight of one row; a value that is not there leaves an earlier one standing.
fn weigh(found: &mut BTreeMap<String, Held>, name: &str, row: usize, value: &JsValue) {
    if value.is_undefined() || value.is_null() {
        return;
    }
    if !found.contains_key(name) {
        found.insert(name.to_owned(), Held::mixed());
    }
    if let Some(column) = found.get_mut(name).filter(|column| column.rows() <= row) {
        column.pad(row);
        column.push(value);
    }
}

/// A footprint: a text, or a geometry as the object that it is in JavaScript.
fn geometry(value: &JsValue) -> Cell {
    if value.is_object()
        && let Ok(text) = JSON::stringify(value)
    {
        return cell(&text.into());
    }
    cell(value)
}
