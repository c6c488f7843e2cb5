//! Tables that are no tables of grids: records or columns, read column by column under names that the caller chooses.

use gridcore::tree::{Cell, MeasureValues};
use gridcore::{Fault, GridIndex, GridTree};
use js_sys::{Array, Int32Array, Uint32Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::argument::{OBJECT, TEXT, Wanted, all_wrong, array, field, items, mistyped, present, wrong};
use crate::asked::{by_codes, by_positions};
use crate::column::Held;
use crate::error::faulty;

const NUMBERS: Wanted = ("a number", "数");

/// A table as it came.
pub(crate) enum Table {
    Records(Array),
    Columns(JsValue),
}

impl Table {
    /// An array (or anything that can be iterated) of records, or an object of columns.
    pub(crate) fn read(value: &JsValue) -> Result<Self, JsValue> {
        if !value.is_object() || js_sys::ArrayBuffer::is_view(value) {
            return Err(wrong(
                "table",
                value,
                ("an array of records or an object of columns", "记录数组或由列组成的对象"),
            ));
        }
        if !Array::is_array(value) && js_sys::try_iter(value)?.is_none() {
            return Ok(Self::Columns(value.clone()));
        }
        let rows = array("table", value)?;
        let faults: Vec<Fault> = items(&rows)
            .enumerate()
            .filter(|(_, row)| !row.is_object() || Array::is_array(row))
            .take(10_000)
            .map(|(number, row)| mistyped("table", Some(number), &row, OBJECT))
            .collect();
        if faults.is_empty() { Ok(Self::Records(rows)) } else { Err(all_wrong(&faults)) }
    }

    /// One column as JavaScript has it.
    fn raw(&self, name: &str) -> Result<JsValue, JsValue> {
        let key = JsValue::from_str(name);
        match self {
            Self::Columns(columns) => present(field(columns, &key)?).ok_or_else(|| missing(name)),
            Self::Records(rows) => {
                let values = Array::new();
                let mut any = rows.length() == 0;
                for row in items(rows) {
                    let value = field(&row, &key)?;
                    any |= !value.is_undefined();
                    values.push(&value);
                }
                if any { Ok(values.into()) } else { Err(missing(name)) }
            }
        }
    }

    /// A column of codes, or of positions in a typed array, as grids of a tree; every row has one.
    pub(crate) fn grids(&self, tree: &GridTree, name: &str) -> Result<Vec<GridIndex>, JsValue> {
        let column = self.raw(name)?;
        let grids = if let Some(positions) = column.dyn_ref::<Int32Array>() {
            by_positions(tree, name, positions.to_vec())?
        } else if let Some(positions) = column.dyn_ref::<Uint32Array>() {
            by_positions(tree, name, positions.to_vec().into_iter().map(u32::cast_signed).collect())?
        } else if let Some(codes) = column.dyn_ref::<Array>() {
            by_codes(tree, name, codes)?
        } else {
            return Err(wrong(name, &column, ("an array of codes", "编码数组")));
        };
        let none = |(row, grid): (usize, &Option<GridIndex>)| {
            grid.is_none().then(|| mistyped(name, Some(row), &JsValue::NULL, TEXT))
        };
        let faults: Vec<Fault> = grids.iter().enumerate().filter_map(none).take(10_000).collect();
        if faults.is_empty() { Ok(grids.into_iter().flatten().collect()) } else { Err(all_wrong(&faults)) }
    }

    /// A column of texts, one in every row.
    #[cfg(feature = "map")]
    pub(crate) fn texts(&self, name: &str) -> Result<Vec<String>, JsValue> {
        let column = array(name, &self.raw(name)?)?;
        let mut faults = Vec::new();
        let mut texts = Vec::new();
        for (row, value) in items(&column).enumerate() {
            match value.as_string() {
                Some(text) => texts.push(text),
                None if faults.len() < 10_000 => faults.push(mistyped(name, Some(row), &value, TEXT)),
                None => {}
            }
        }
        if faults.is_empty() { Ok(texts) } else { Err(all_wrong(&faults)) }
    }

    /// A column of numbers.
    pub(crate) fn values(&self, name: &str) -> Result<Values, JsValue> {
        Values::read(name, &self.raw(name)?)
    }
}

fn missing(name: &str) -> JsValue {
    let name: String = name.chars().take(40).collect();
    faulty(Fault {
        code: "missing_column".to_owned(),
        column: Some(name.clone()),
        message: format!("the table has no column {name:?}"),
        message_zh: format!("表中没有列 {name:?}"),
        remedy: "name a column that the table has".to_owned(),
        remedy_zh: "请指明表中已有的列".to_owned(),
        ..Fault::default()
    })
}

/// A column of numbers, held for the time of one call.
pub(crate) enum Values {
    Integers(Vec<i64>),
    /// Of a typed array: not-a-number stands for none.
    Floats(Vec<f64>),
    SomeIntegers(Vec<Option<i64>>),
    SomeFloats(Vec<Option<f64>>),
}

impl Values {
    pub(crate) fn read(name: &str, column: &JsValue) -> Result<Self, JsValue> {
        let cells = match Held::read(name, column)? {
            Held::Integers(values) => return Ok(Self::Integers(values)),
            Held::Floats(values) => return Ok(Self::Floats(values.0)),
            Held::SomeIntegers(values) => return Ok(Self::SomeIntegers(values)),
            Held::SomeFloats(values) => return Ok(Self::SomeFloats(values)),
            held => held.into_cells(),
        };
        let mut faults = Vec::new();
        let mut values = Vec::with_capacity(cells.len());
        for (row, cell) in cells.into_iter().enumerate() {
            values.push(match cell {
                Cell::Integer(value) => Some(value as f64),
                Cell::Float(value) => Some(value),
                Cell::Missing => None,
                other => {
                    let mut fault = mistyped(name, Some(row), &JsValue::NULL, NUMBERS);
                    fault.message = format!("{name} is {} where a number is wanted", other.kind());
                    fault.message_zh = format!("{name} 应为数，实为 {}", other.kind());
                    fault.found = Some(other.kind().to_owned());
                    if faults.len() < 10_000 {
                        faults.push(fault);
                    }
                    None
                }
            });
        }
        if faults.is_empty() { Ok(Self::SomeFloats(values)) } else { Err(all_wrong(&faults)) }
    }

    /// The numbers as a roll-up reads them.
    pub(crate) fn view(&self) -> MeasureValues<'_> {
        match self {
            Self::Integers(values) => MeasureValues::Integers(values),
            Self::Floats(values) => MeasureValues::FloatsOrNan(values),
            Self::SomeIntegers(values) => MeasureValues::SomeIntegers(values),
            Self::SomeFloats(values) => MeasureValues::SomeFloats(values),
        }
    }

    /// The numbers as floats; not-a-number where there is none.
    #[cfg(feature = "map")]
    pub(crate) fn into_floats(self) -> Vec<f64> {
        match self {
            Self::Integers(values) => values.into_iter().map(|value| value as f64).collect(),
            Self::Floats(values) => values,
            Self::SomeIntegers(values) => {
                values.into_iter().map(|value| value.map_or(f64::NAN, |value| value as f64)).collect()
            }
            Self::SomeFloats(values) => values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect(),
        }
    }
}
