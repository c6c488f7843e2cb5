//! Rosters on their way in: records or an object of columns, under whatever names they have.

use std::collections::BTreeMap;

use gridcore::Fault;
use gridcore::roster::RosterTable;
use gridcore::tree::Cell;
use js_sys::{Array, Date, Object};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::argument::{Wanted, all_wrong, array, field, items, mistyped, wrong};
use crate::column::{Held, cell};

const RECORDS: Wanted = ("an array of records or an object of columns", "记录数组或由列组成的对象");
/// How many rows that are no rows are listed.
const MOST_FAULTS: usize = 10_000;
const MILLISECONDS_OF_DAY: f64 = 86_400_000.0;

/// A roster, held for the time of one call.
pub(crate) struct Roster {
    rows: usize,
    columns: Vec<(String, Held)>,
}

impl Roster {
    /// Reads records or columns; `name` is the argument.
    pub(crate) fn read(name: &str, value: &JsValue) -> Result<Self, JsValue> {
        if !value.is_object() || js_sys::ArrayBuffer::is_view(value) {
            return Err(wrong(name, value, RECORDS));
        }
        if Array::is_array(value) || js_sys::try_iter(value)?.is_some() {
            return Self::records(name, &array(name, value)?);
        }
        let mut columns = Vec::new();
        for entry in items(&Object::entries(value.unchecked_ref::<Object>())) {
            let entry: &Array = entry.unchecked_ref();
            let column = entry.get(0).as_string().unwrap_or_default();
            let values = match entry.get(1).dyn_into::<Array>() {
                Ok(values) => spelled(&format!("{name}.{column}"), &values)?,
                Err(values) => Held::read(&format!("{name}.{column}"), &values)?,
            };
            columns.push((column, values));
        }
        let rows = columns.iter().map(|(_, values)| values.rows()).max().unwrap_or(0);
        let short = columns.iter().filter(|(_, values)| values.rows() < rows);
        let faults: Vec<_> = short
            .map(|(column, values)| {
                let found = JsValue::from_f64(values.rows() as f64);
                mistyped(
                    &format!("{name}.{column}"),
                    None,
                    &found,
                    ("a column as long as the others", "与其他列等长的列"),
                )
            })
            .collect();
        if faults.is_empty() { Ok(Self { rows, columns }) } else { Err(all_wrong(&faults)) }
    }

    fn records(name: &str, records: &Array) -> Result<Self, JsValue> {
        let rows = records.length() as usize;
        let mut columns: Vec<(String, Held)> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut faults = Vec::new();
        for (number, record) in items(records).enumerate() {
            if faults.len() == MOST_FAULTS {
                break;
            }
            if !record.is_object() || Array::is_array(&record) {
                faults.push(mistyped(name, Some(number), &record, ("an object", "对象")));
                continue;
            }
            for key in items(&Object::keys(record.unchecked_ref::<Object>())) {
                let column = key.as_string().unwrap_or_default();
                let place = *places.entry(column).or_insert_with_key(|column| {
                    columns.push((column.clone(), Held::default()));
                    columns.len() - 1
                });
                let (column, values) = &mut columns[place];
                values.pad(number);
                match spell(&field(&record, &key)?) {
                    Some(cell) => values.push_cell(cell),
                    None => faults.push(no_day(&format!("{name}.{column}"), number)),
                }
            }
        }
        if !faults.is_empty() {
            return Err(all_wrong(&faults));
        }
        for (_, values) in &mut columns {
            values.pad(rows);
        }
        let columns = columns.into_iter().map(|(column, values)| (column, values.settled())).collect();
        Ok(Self { rows, columns })
    }

    /// The roster as the core reads it.
    pub(crate) fn table(&self) -> RosterTable<'_> {
        let table = RosterTable::new(self.rows);
        self.columns.iter().fold(table, |table, (name, column)| table.with(name.clone(), column.view()))
    }
}

fn spelled(name: &str, values: &Array) -> Result<Held, JsValue> {
    let mut held = Held::default();
    held.reserve(values.length() as usize)?;
    let mut faults = Vec::new();
    for (number, value) in items(values).enumerate() {
        if faults.len() == MOST_FAULTS {
            break;
        }
        match spell(&value) {
            Some(cell) => held.push_cell(cell),
            None => faults.push(no_day(name, number)),
        }
    }
    if faults.is_empty() { Ok(held.settled()) } else { Err(all_wrong(&faults)) }
}

/// A value as a cell; days and booleans have a form that a roster can compare. Nothing for a `Date` that is no day.
fn spell(value: &JsValue) -> Option<Cell> {
    if let Some(flag) = value.as_bool() {
        return Some(Cell::Text(flag.to_string()));
    }
    match value.dyn_ref::<Date>() {
        Some(date) if !date.get_time().is_nan() => {
            // Midnight of another place than Greenwich may be of the day before there: a birth would shift.
            if date.get_time() % MILLISECONDS_OF_DAY != 0.0 {
                return None;
            }
            let text = String::from(date.to_iso_string());
            Some(Cell::Text(text.split('T').next().unwrap_or_default().to_owned()))
        }
        _ => Some(cell(value)),
    }
}

fn no_day(name: &str, row: usize) -> Fault {
    let found = "a Date that is not midnight in UTC";
    Fault {
        code: "wrong_type".to_owned(),
        row: Some(row),
        column: Some(name.to_owned()),
        found: Some(found.to_owned()),
        wanted: Some("a day as text".to_owned()),
        message: format!("{name} is {found}: which day it is depends on the place"),
        message_zh: format!("{name} 为非 UTC 零点的 Date：日期因时区而异"),
        remedy: "pass a text such as 1990-03-07, or new Date(Date.UTC(1990, 2, 7))".to_owned(),
        remedy_zh: "请传入 1990-03-07 之类的文本，或 new Date(Date.UTC(1990, 2, 7))".to_owned(),
        ..Fault::default()
    }
}
