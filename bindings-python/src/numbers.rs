//! Columns of whole numbers: in as bytes, lists or Arrow columns, out as packed 64-bit numbers.

use arrow_array::cast::AsArray;
use arrow_array::types::UInt64Type;
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use gridcore::Fault;
use gridcore::tree::Cell;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyTuple};

use crate::arrow::import_column;
use crate::columns::{cell, integers};
use crate::error::Unfit;

/// Reads columns, and notes every value that is no whole number.
#[derive(Default)]
pub(crate) struct Reader {
    faults: Vec<Fault>,
}

impl Reader {
    /// A column of whole numbers: a pair of NumPy's kind and bytes, a list, or an Arrow column.
    ///
    /// `missing` stands where a value is missing; without one, a missing value is a fault.
    pub(crate) fn integers(
        &mut self,
        name: &str,
        column: &Bound<'_, PyAny>,
        missing: Option<i64>,
    ) -> PyResult<Vec<i64>> {
        if let Ok(pair) = column.cast::<PyTuple>() {
            let (kind, bytes): (String, Bound<'_, PyBytes>) = pair.extract()?;
            let (words, _) = bytes.as_bytes().as_chunks::<8>();
            return Ok(match kind.as_str() {
                "f" => {
                    self.each(name, words.iter().map(|&word| Cell::Float(f64::from_le_bytes(word))), missing)
                }
                "u" => self.each(name, words.iter().map(|&word| unsigned(u64::from_le_bytes(word))), missing),
                _ => words.iter().map(|&word| i64::from_le_bytes(word)).collect(),
            });
        }
        if let Ok(list) = column.cast::<PyList>() {
            return Ok(self.each(name, list.iter().map(|value| cell(&value)), missing));
        }
        let chunks = import_column(column)?;
        let mut all = Vec::with_capacity(chunks.arrays.iter().map(Array::len).sum());
        for array in &chunks.arrays {
            self.chunk(name, array, missing, &mut all);
        }
        Ok(all)
    }

    fn chunk(&mut self, name: &str, array: &ArrayRef, missing: Option<i64>, all: &mut Vec<i64>) {
        use DataType as T;
        let first = all.len();
        match array.data_type() {
            T::Int8 | T::Int16 | T::Int32 | T::Int64 | T::UInt8 | T::UInt16 | T::UInt32 => {
                let values = integers(array);
                if array.null_count() == 0 {
                    all.extend_from_slice(&values);
                } else {
                    let cell =
                        |row| if array.is_null(row) { Cell::Missing } else { Cell::Integer(values[row]) };
                    all.extend(self.each_from(first, name, (0..array.len()).map(cell), missing));
                }
            }
            T::UInt64 => {
                let values = array.as_primitive::<UInt64Type>();
                let cells = values.iter().map(|value| value.map_or(Cell::Missing, unsigned));
                all.extend(self.each_from(first, name, cells, missing));
            }
            T::Float32 | T::Float64 => {
                let values = crate::columns::floats(array);
                let cell = |row| if array.is_null(row) { Cell::Missing } else { Cell::Float(values[row]) };
                all.extend(self.each_from(first, name, (0..array.len()).map(cell), missing));
            }
            T::Null => {
                let cells = (0..array.len()).map(|_| Cell::Missing);
                all.extend(self.each_from(first, name, cells, missing));
            }
            other => {
                let kind = format!("{other}").to_lowercase();
                let cells = (0..array.len()).map(|_| Cell::Other(kind.clone()));
                all.extend(self.each_from(first, name, cells, missing));
            }
        }
    }

    fn each(&mut self, name: &str, cells: impl Iterator<Item = Cell>, missing: Option<i64>) -> Vec<i64> {
        self.each_from(0, name, cells, missing)
    }

    fn each_from(
        &mut self,
        first: usize,
        name: &str,
        cells: impl Iterator<Item = Cell>,
        missing: Option<i64>,
    ) -> Vec<i64> {
        let whole = |(row, cell): (usize, Cell)| match (cell, missing) {
            (Cell::Integer(value), _) | (Cell::Missing, Some(value)) => value,
            (Cell::Float(value), _) if value.fract() == 0.0 && value.abs() < EXACT => value as i64,
            (cell, _) => {
                self.note(first + row, name, &cell);
                0
            }
        };
        cells.enumerate().map(whole).collect()
    }

    fn note(&mut self, row: usize, name: &str, cell: &Cell) {
        let (code, found) = match cell {
            Cell::Missing => ("missing_value", "nothing"),
            Cell::Float(value) if !value.is_finite() => ("not_finite", "a number that is not finite"),
            Cell::Float(value) if value.abs() >= EXACT => ("out_of_range", "a number too large to be exact"),
            Cell::Float(_) => ("not_whole", "a number with a fraction"),
            Cell::Text(_) => ("wrong_type", "text"),
            Cell::Other(kind) => ("wrong_type", kind.as_str()),
            _ => ("wrong_type", "another kind of value"),
        };
        let found_zh = match code {
            "missing_value" => "缺失",
            "not_finite" => "不是有限数",
            "out_of_range" => "数值过大",
            "not_whole" => "带小数",
            _ => "类型不符",
        };
        self.faults.push(Fault {
            code: code.to_owned(),
            row: Some(row),
            column: Some(name.to_owned()),
            found: Some(found.to_owned()),
            wanted: Some("a whole number".to_owned()),
            message: format!("{name}: a whole number is wanted, and this is {found}"),
            message_zh: format!("{name}：须为整数，此处{found_zh}"),
            remedy: "give a whole number; scale fractions by a power of ten first".to_owned(),
            remedy_zh: "请给出整数；小数请先乘以 10 的幂".to_owned(),
            ..Fault::default()
        });
    }

    /// A column of numbers if any may have decimals; nothing if all are whole.
    ///
    /// A missing number stands as NaN, for the core to refuse.
    pub(crate) fn decimals(&mut self, name: &str, column: &Bound<'_, PyAny>) -> PyResult<Option<Vec<f64>>> {
        if let Ok(pair) = column.cast::<PyTuple>() {
            let (kind, bytes): (String, Bound<'_, PyBytes>) = pair.extract()?;
            let (words, _) = bytes.as_bytes().as_chunks::<8>();
            return Ok((kind == "f").then(|| words.iter().map(|&word| f64::from_le_bytes(word)).collect()));
        }
        if let Ok(list) = column.cast::<PyList>() {
            let cells: Vec<Cell> = list.iter().map(|value| cell(&value)).collect();
            if !cells.iter().any(|cell| matches!(cell, Cell::Float(_))) {
                return Ok(None);
            }
            let number = |(row, cell): (usize, Cell)| match cell {
                Cell::Float(value) => value,
                Cell::Integer(value) => value as f64,
                Cell::Missing => f64::NAN,
                other => {
                    self.note(row, name, &other);
                    f64::NAN
                }
            };
            return Ok(Some(cells.into_iter().enumerate().map(number).collect()));
        }
        let chunks = import_column(column)?;
        if !matches!(chunks.data_type, DataType::Float32 | DataType::Float64) {
            return Ok(None);
        }
        let mut all = Vec::with_capacity(chunks.arrays.iter().map(Array::len).sum());
        for array in &chunks.arrays {
            let values = crate::columns::floats(array);
            all.extend((0..array.len()).map(|row| if array.is_null(row) { f64::NAN } else { values[row] }));
        }
        Ok(Some(all))
    }

    /// A column of positions from 0.
    pub(crate) fn positions(&mut self, name: &str, column: &Bound<'_, PyAny>) -> PyResult<Vec<u32>> {
        let values = self.integers(name, column, None)?;
        Ok(values.into_iter().enumerate().map(|(row, value)| self.position(row, name, value)).collect())
    }

    fn position(&mut self, row: usize, name: &str, value: i64) -> u32 {
        u32::try_from(value).unwrap_or_else(|_| {
            self.faults.push(Fault {
                code: "out_of_range".to_owned(),
                row: Some(row),
                column: Some(name.to_owned()),
                found: Some(value.to_string()),
                wanted: Some("a number from 0 to 4294967295".to_owned()),
                message: format!("{value} numbers nothing"),
                message_zh: format!("{value} 不是有效的编号"),
                remedy: "number from 0".to_owned(),
                remedy_zh: "请从 0 起编号".to_owned(),
                ..Fault::default()
            });
            0
        })
    }

    /// Columns of one table must have as many values as each other.
    pub(crate) fn same_length(&mut self, first: (&str, usize), others: &[(&str, usize)]) {
        for &(name, rows) in others {
            if rows != first.1 {
                self.faults.push(Fault {
                    code: "wrong_length".to_owned(),
                    column: Some(name.to_owned()),
                    found: Some(rows.to_string()),
                    wanted: Some(first.1.to_string()),
                    message: format!(
                        "the column has {rows} values, and the column {} has {}",
                        first.0, first.1
                    ),
                    message_zh: format!("该列有 {rows} 个值，而列 {} 有 {} 个", first.0, first.1),
                    remedy: "give columns of the same length".to_owned(),
                    remedy_zh: "各列长度须一致".to_owned(),
                    ..Fault::default()
                });
            }
        }
    }

    /// The faults as an exception, if there are any.
    pub(crate) fn finish(self, py: Python<'_>) -> PyResult<()> {
        Unfit::refuse(py, self.faults)
    }
}

/// From here on a float may stand for several whole numbers.
const EXACT: f64 = 9_007_199_254_740_992.0;

fn unsigned(value: u64) -> Cell {
    i64::try_from(value).map_or_else(|_| Cell::Other("integer beyond 64 bits".to_owned()), Cell::Integer)
}

/// Whole numbers as packed little-endian 64-bit numbers.
pub(crate) fn packed<'py>(py: Python<'py>, values: &[i64]) -> Bound<'py, PyBytes> {
    let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    PyBytes::new(py, &bytes)
}

/// Packed 64-bit numbers.
pub(crate) fn unpacked(bytes: &[u8]) -> Vec<i64> {
    bytes.as_chunks::<8>().0.iter().map(|&word| i64::from_le_bytes(word)).collect()
}
