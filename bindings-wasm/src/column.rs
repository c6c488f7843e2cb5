//! One column on its way in: texts in one buffer, numbers as they lie in typed arrays, or cells of mixed kinds.

use gridcore::Fault;
use gridcore::tree::{Cell, Column, Numbers, TextColumn};
use js_sys::{
    Array, BigInt64Array, BigUint64Array, Float32Array, Float64Array, Int8Array, Int16Array, Int32Array,
    JsString, Uint8Array, Uint8ClampedArray, Uint16Array, Uint32Array,
};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::argument::{MOST, kind, wrong};
use crate::error::faulty;

/// Texts one behind the other, and where each ends; some may be missing.
#[derive(Default)]
pub(crate) struct Strings {
    text: String,
    ends: Vec<usize>,
    /// Whether there is a text, by row.
    present: Vec<bool>,
}

impl Strings {
    pub(crate) fn push(&mut self, text: Option<&str>) {
        self.text.push_str(text.unwrap_or_default());
        self.ends.push(self.text.len());
        self.present.push(text.is_some());
    }

    fn into_cells(self) -> Vec<Cell> {
        (0..self.rows()).map(|row| self.text(row).into()).collect()
    }
}

impl TextColumn for Strings {
    fn rows(&self) -> usize {
        self.ends.len()
    }

    fn text(&self, row: usize) -> Option<&str> {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.present[row].then(|| &self.text[start..self.ends[row]])
    }
}

/// Numbers of a typed array; not-a-number stands for none.
pub(crate) struct Floats(pub Vec<f64>);

impl Numbers<f64> for Floats {
    fn rows(&self) -> usize {
        self.0.len()
    }

    fn number(&self, row: usize) -> Option<f64> {
        (!self.0[row].is_nan()).then_some(self.0[row])
    }
}

/// A column, held for the time of one call.
pub(crate) enum Held {
    Texts(Strings),
    Integers(Vec<i64>),
    Floats(Floats),
    /// Of an array that holds whole numbers alone.
    SomeIntegers(Vec<Option<i64>>),
    /// Of an array that holds numbers alone; not-a-number is one of them, and a fault.
    SomeFloats(Vec<Option<f64>>),
    Cells(Vec<Cell>),
}

impl Default for Held {
    fn default() -> Self {
        Self::Texts(Strings::default())
    }
}

impl Held {
    /// A column of cells, for values that are rarely texts.
    pub(crate) fn mixed() -> Self {
        Self::Cells(Vec::new())
    }

    /// Reads an array, a typed array, or anything that can be iterated.
    pub(crate) fn read(name: &str, values: &JsValue) -> Result<Self, JsValue> {
        if let Some(held) = Self::typed(values) {
            return Ok(held);
        }
        let array = values
            .dyn_ref::<Array>()
            .ok_or_else(|| wrong(name, values, ("an array or a typed array", "数组或类型化数组")))?;
        let mut held = Self::default();
        held.reserve(array.length() as usize)?;
        for value in crate::argument::items(array) {
            held.push(&value);
        }
        Ok(held.settled())
    }

    fn typed(values: &JsValue) -> Option<Self> {
        macro_rules! integers {
            ($($array:ty),*) => { $(
                if let Some(values) = values.dyn_ref::<$array>() {
                    return Some(Self::Integers(values.to_vec().into_iter().map(i64::from).collect()));
                }
            )* };
        }
        if let Some(values) = values.dyn_ref::<Float64Array>() {
            return Some(Self::Floats(Floats(values.to_vec())));
        }
        if let Some(values) = values.dyn_ref::<Float32Array>() {
            return Some(Self::Floats(Floats(values.to_vec().into_iter().map(f64::from).collect())));
        }
        integers!(Int32Array, Uint32Array, Uint8Array, Uint8ClampedArray, Int8Array, Int16Array, Uint16Array);
        if let Some(values) = values.dyn_ref::<BigInt64Array>() {
            return Some(Self::Integers(values.to_vec()));
        }
        let values = values.dyn_ref::<BigUint64Array>()?.to_vec();
        let cell = |value: u64| i64::try_from(value).map_or_else(|_| beyond(), Cell::Integer);
        Some(Self::Cells(values.into_iter().map(cell).collect()))
    }

    /// Makes room for rows, or says that there is none.
    pub(crate) fn reserve(&mut self, rows: usize) -> Result<(), JsValue> {
        let room = match self {
            Self::Texts(texts) => {
                texts.ends.try_reserve_exact(rows).and_then(|()| texts.present.try_reserve_exact(rows))
            }
            Self::Cells(cells) => cells.try_reserve_exact(rows),
            _ => Ok(()),
        };
        room.map_err(|_| no_room(rows))
    }

    pub(crate) fn rows(&self) -> usize {
        match self {
            Self::Texts(texts) => texts.rows(),
            Self::Integers(numbers) => numbers.len(),
            Self::Floats(numbers) => numbers.rows(),
            Self::SomeIntegers(numbers) => numbers.len(),
            Self::SomeFloats(numbers) => numbers.len(),
            Self::Cells(cells) => cells.len(),
        }
    }

    /// Whether no row has a value.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Self::Texts(texts) => !texts.present.contains(&true),
            Self::Cells(cells) => cells.iter().all(|cell| *cell == Cell::Missing),
            _ => false,
        }
    }

    /// Adds one value.
    pub(crate) fn push(&mut self, value: &JsValue) {
        self.push_cell(cell(value));
    }

    /// Adds one value that is read already.
    pub(crate) fn push_cell(&mut self, cell: Cell) {
        match (&mut *self, cell) {
            (Self::Texts(texts), Cell::Text(text)) => texts.push(Some(&text)),
            (Self::Texts(texts), Cell::Missing) => texts.push(None),
            (Self::Cells(cells), cell) => cells.push(cell),
            // The first value of another kind: from here on every row is a cell.
            (_, cell) => {
                let mut cells = std::mem::take(self).into_cells();
                cells.push(cell);
                *self = Self::Cells(cells);
            }
        }
    }

    /// A column of cells that are numbers alone is one of numbers.
    pub(crate) fn settled(self) -> Self {
        let Self::Cells(cells) = self else { return self };
        let whole = |cell: &Cell| matches!(cell, Cell::Integer(_) | Cell::Missing);
        let number = |cell: &Cell| whole(cell) || matches!(cell, Cell::Float(_));
        if !cells.iter().all(number) || cells.iter().all(|cell| *cell == Cell::Missing) {
            return Self::Cells(cells);
        }
        if cells.iter().all(whole) {
            let value = |cell| if let Cell::Integer(value) = cell { Some(value) } else { None };
            return Self::SomeIntegers(cells.into_iter().map(value).collect());
        }
        let value = |cell| match cell {
            Cell::Integer(value) => Some(value as f64),
            Cell::Float(value) => Some(value),
            _ => None,
        };
        Self::SomeFloats(cells.into_iter().map(value).collect())
    }

    /// Adds rows without a value until there are so many.
    pub(crate) fn pad(&mut self, rows: usize) {
        while self.rows() < rows {
            self.push_cell(Cell::Missing);
        }
    }

    pub(crate) fn into_cells(self) -> Vec<Cell> {
        match self {
            Self::Texts(texts) => texts.into_cells(),
            Self::Integers(numbers) => numbers.into_iter().map(Cell::Integer).collect(),
            Self::Floats(Floats(numbers)) => numbers.into_iter().map(Cell::Float).collect(),
            Self::SomeIntegers(numbers) => numbers.into_iter().map(Cell::from).collect(),
            Self::SomeFloats(numbers) => numbers.into_iter().map(Cell::from).collect(),
            Self::Cells(cells) => cells,
        }
    }

    /// The column as the core reads it.
    pub(crate) fn view(&self) -> Column<'_> {
        match self {
            Self::Texts(texts) => Column::Texts(texts),
            Self::Integers(numbers) => Column::Integers(numbers),
            Self::Floats(numbers) => Column::Floats(numbers),
            Self::SomeIntegers(numbers) => Column::Integers(numbers),
            Self::SomeFloats(numbers) => Column::Floats(numbers),
            Self::Cells(cells) => Column::Cells(cells),
        }
    }
}

/// A column of whole numbers, none missing.
#[cfg(feature = "solve")]
pub(crate) fn whole_numbers(name: &str, values: &JsValue) -> Result<Vec<i64>, JsValue> {
    const WHOLE: crate::argument::Wanted = ("a whole number", "整数");
    let number = |cell: Cell| match cell {
        Cell::Integer(value) => Some(value),
        Cell::Float(value) if value.fract() == 0.0 && value.abs() <= MOST => Some(value as i64),
        _ => None,
    };
    match Held::read(name, values)? {
        Held::Integers(numbers) => Ok(numbers),
        held => {
            let numbers: Vec<Option<i64>> = held.into_cells().into_iter().map(number).collect();
            let fault = |(row, number): (usize, &Option<i64>)| {
                let value = || js_sys::Reflect::get_u32(values, u32::try_from(row).unwrap_or(u32::MAX));
                number.is_none().then(|| {
                    crate::argument::mistyped(name, Some(row), &value().unwrap_or(JsValue::UNDEFINED), WHOLE)
                })
            };
            let faults: Vec<Fault> = numbers.iter().enumerate().filter_map(fault).take(10_000).collect();
            if faults.is_empty() {
                return Ok(numbers.into_iter().flatten().collect());
            }
            Err(crate::argument::all_wrong(&faults))
        }
    }
}

/// A column of positions from 0, none missing.
#[cfg(feature = "solve")]
pub(crate) fn positions(name: &str, values: &JsValue) -> Result<Vec<u32>, JsValue> {
    const POSITION: crate::argument::Wanted = ("a position from 0 to 4294967295", "0 至 4294967295 的位置");
    if let Some(values) = values.dyn_ref::<Uint32Array>() {
        return Ok(values.to_vec());
    }
    let numbers = whole_numbers(name, values)?;
    let fault = |(row, number): (usize, &i64)| {
        u32::try_from(*number)
            .is_err()
            .then(|| crate::argument::mistyped(name, Some(row), &JsValue::from(*number), POSITION))
    };
    let faults: Vec<Fault> = numbers.iter().enumerate().filter_map(fault).take(10_000).collect();
    if faults.is_empty() {
        return Ok(numbers.into_iter().filter_map(|number| u32::try_from(number).ok()).collect());
    }
    Err(crate::argument::all_wrong(&faults))
}

/// One JavaScript value as a cell: whole numbers up to 2⁵³ − 1 as integers, others as they are.
pub(crate) fn cell(value: &JsValue) -> Cell {
    if let Some(text) = value.as_string() {
        // A lone surrogate arrives as the replacement character; only then is it worth a second look.
        let whole =
            !text.contains('\u{FFFD}') || value.dyn_ref::<JsString>().is_some_and(JsString::is_valid_utf16);
        return if whole {
            Cell::Text(text)
        } else {
            Cell::Other("text that is no valid Unicode".to_owned())
        };
    }
    if let Some(number) = value.as_f64() {
        let whole = number.fract() == 0.0 && number.abs() <= MOST;
        return if whole { Cell::Integer(number as i64) } else { Cell::Float(number) };
    }
    if value.is_undefined() || value.is_null() {
        return Cell::Missing;
    }
    if value.is_bigint() {
        return i64::try_from(value.clone()).map_or_else(|_| beyond(), Cell::Integer);
    }
    Cell::Other(kind(value).to_owned())
}

fn beyond() -> Cell {
    Cell::Other("integer beyond 64 bits".to_owned())
}

/// The error of an array that is longer than there is memory.
pub(crate) fn no_room(rows: usize) -> JsValue {
    faulty(Fault {
        code: "out_of_memory".to_owned(),
        found: Some(rows.to_string()),
        message: format!("there is no memory for {rows} rows"),
        message_zh: format!("内存不足以容纳 {rows} 行"),
        remedy: "pass fewer rows".to_owned(),
        remedy_zh: "请减少行数".to_owned(),
        ..Fault::default()
    })
}
