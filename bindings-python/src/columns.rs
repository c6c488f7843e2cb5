//! Arrow columns and Python values as the columns that the core reads.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, LargeStringArray, StringArray, StringViewArray};
use arrow_buffer::{ArrowNativeType, NullBuffer, ScalarBuffer};
use arrow_schema::DataType;
use gridcore::tree::{Cell, Column, MeasureValues, Numbers, TextColumn};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString};

use crate::arrow::{Chunks, import_table};

/// A table, held for the time of one call.
pub(crate) struct Held {
    columns: Vec<(String, HeldColumn)>,
}

/// One column, held for the time of one call.
pub(crate) enum HeldColumn {
    Texts(ChunkedTexts),
    Integers(Chunked<i64>),
    Floats(Chunked<f64>),
    ListedIntegers(Vec<Option<i64>>),
    ListedFloats(Vec<Option<f64>>),
    Cells(Vec<Cell>),
    Other { kind: String, rows: usize },
}

impl Held {
    /// Reads what a caller passed as a table: an Arrow producer, a list of dicts, or a dict of lists.
    pub(crate) fn read(table: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(rows) = table.cast::<PyList>() {
            return Self::from_dicts(rows);
        }
        if let Ok(columns) = table.cast::<PyDict>() {
            return Self::from_lists(columns);
        }
        let columns = import_table(table)?;
        Ok(Self {
            columns: columns.into_iter().map(|(name, chunks)| (name, HeldColumn::new(&chunks))).collect(),
        })
    }

    fn from_dicts(rows: &Bound<'_, PyList>) -> PyResult<Self> {
        // A key that a row lacks is a missing value, as in the core's own rows, and no missing column.
        let columns = columns_of_dicts(rows, &["code", "parent", "name"], &Cell::Missing, cell)?;
        Ok(Self { columns: columns.into_iter().map(|(name, cells)| (name, settled(cells))).collect() })
    }

    fn from_lists(columns: &Bound<'_, PyDict>) -> PyResult<Self> {
        let mut held = Vec::with_capacity(columns.len());
        for (name, values) in columns {
            let cells = values.try_iter()?.map(|value| Ok(cell(&value?))).collect::<PyResult<Vec<_>>>()?;
            held.push((name.extract()?, settled(cells)));
        }
        Ok(Self { columns: held })
    }

    /// The column of a name.
    pub(crate) fn column(&self, name: &str) -> Option<Column<'_>> {
        self.columns.iter().find(|(other, _)| other == name).map(|(_, column)| column.view())
    }

    /// The columns as the core reads them.
    pub(crate) fn columns(&self) -> impl Iterator<Item = (&str, Column<'_>)> {
        self.columns.iter().map(|(name, column)| (name.as_str(), column.view()))
    }
}

/// The columns of a list of dicts: those of some names first, and then each key in the order in which it turns up.
///
/// A key that a row lacks is `missing` there.
pub(crate) fn columns_of_dicts<C: Clone>(
    rows: &Bound<'_, PyList>,
    first: &[&str],
    missing: &C,
    cell: impl Fn(&Bound<'_, PyAny>) -> C,
) -> PyResult<Vec<(String, Vec<C>)>> {
    let mut columns: Vec<(String, Vec<C>)> =
        first.iter().map(|name| ((*name).to_owned(), Vec::new())).collect();
    for (number, row) in rows.iter().enumerate() {
        hear(rows.py(), number)?;
        let row = row.cast_into::<PyDict>().map_err(|error| {
            let kind =
                error.into_inner().get_type().name().map_or_else(|_| "?".to_owned(), |name| name.to_string());
            PyTypeError::new_err(format!("row {number}: a dict is wanted, and this is a {kind}"))
        })?;
        for (key, value) in &row {
            let key: String = key.extract()?;
            let place = columns.iter().position(|(name, _)| *name == key).unwrap_or_else(|| {
                columns.push((key, Vec::new()));
                columns.len() - 1
            });
            let column = &mut columns[place].1;
            column.resize(number, missing.clone());
            column.push(cell(&value));
        }
    }
    for (_, column) in &mut columns {
        column.resize(rows.len(), missing.clone());
    }
    Ok(columns)
}

/// Asks now and then whether a signal has come in: a large table is read value by value.
pub(crate) fn hear(py: Python<'_>, number: usize) -> PyResult<()> {
    if number % 4096 == 4095 { py.check_signals() } else { Ok(()) }
}

/// Whether a column of this type holds texts, plain or as a dictionary.
pub(crate) fn is_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

impl HeldColumn {
    /// An Arrow column.
    pub(crate) fn new(chunks: &Chunks) -> Self {
        use DataType as T;
        match &chunks.data_type {
            other if is_text(other) => Self::Texts(ChunkedTexts::new(&chunks.arrays)),
            T::Int8 | T::Int16 | T::Int32 | T::Int64 | T::UInt8 | T::UInt16 | T::UInt32 | T::UInt64 => {
                Self::Integers(Chunked::new(&chunks.arrays, integers))
            }
            T::Float32 | T::Float64 => Self::Floats(Chunked::new(&chunks.arrays, floats)),
            T::Null => Self::Cells(vec![Cell::Missing; chunks.arrays.iter().map(Array::len).sum()]),
            other => {
                let kind = format!("{other}").to_lowercase();
                Self::Other { kind, rows: chunks.arrays.iter().map(Array::len).sum() }
            }
        }
    }

    /// The column as the core reads it.
    pub(crate) fn view(&self) -> Column<'_> {
        match self {
            Self::Texts(texts) => Column::Texts(texts),
            Self::Integers(numbers) => Column::Integers(numbers),
            Self::Floats(numbers) => Column::Floats(numbers),
            Self::ListedIntegers(numbers) => Column::Integers(numbers),
            Self::ListedFloats(numbers) => Column::Floats(numbers),
            Self::Cells(cells) => Column::Cells(cells),
            Self::Other { kind, rows } => Column::Other { kind, rows: *rows },
        }
    }
}

/// A column of numbers as the core measures it.
pub(crate) fn values_of<'a>(column: Option<Column<'a>>, name: &str) -> PyResult<MeasureValues<'a>> {
    match column {
        Some(Column::Integers(numbers)) => Ok(MeasureValues::SomeIntegers(numbers)),
        Some(Column::Floats(numbers)) => Ok(MeasureValues::SomeFloats(numbers)),
        Some(other) => {
            let kind = other.kind();
            Err(PyTypeError::new_err(format!("the column {name:?} holds {kind}; numbers are wanted")))
        }
        None => Err(PyValueError::new_err(format!("the table has no column {name:?}"))),
    }
}

/// Cells that are all whole numbers, or all numbers, as a column of these.
fn settled(cells: Vec<Cell>) -> HeldColumn {
    let whole = |cell: &Cell| matches!(cell, Cell::Integer(_) | Cell::Missing);
    let number = |cell: &Cell| whole(cell) || matches!(cell, Cell::Float(_));
    if !cells.iter().all(number) || cells.iter().all(|cell| *cell == Cell::Missing) {
        return HeldColumn::Cells(cells);
    }
    if cells.iter().all(whole) {
        let values =
            cells.iter().map(|cell| if let Cell::Integer(value) = cell { Some(*value) } else { None });
        return HeldColumn::ListedIntegers(values.collect());
    }
    let values = cells.iter().map(|cell| match cell {
        Cell::Integer(value) => Some(*value as f64),
        Cell::Float(value) => Some(*value),
        _ => None,
    });
    HeldColumn::ListedFloats(values.collect())
}

/// One Python value as a cell.
pub(crate) fn cell(value: &Bound<'_, PyAny>) -> Cell {
    if value.is_none() {
        Cell::Missing
    } else if let Ok(text) = value.cast::<PyString>() {
        // A lone surrogate can't be UTF-8.
        text.extract::<String>()
            .map_or_else(|_| Cell::Other("text that is no valid Unicode".to_owned()), Cell::Text)
    } else if value.is_instance_of::<PyBool>() {
        Cell::Other("bool".to_owned())
    } else if value.is_instance_of::<PyInt>() {
        value.extract().map_or_else(|_| Cell::Other("integer beyond 64 bits".to_owned()), Cell::Integer)
    } else if let Ok(number) = value.cast::<PyFloat>() {
        let number: f64 = number.extract().unwrap_or(f64::NAN);
        Cell::Float(number)
    } else if let Ok(whole) = value.call_method0("__index__").and_then(|whole| whole.extract()) {
        Cell::Integer(whole) // NumPy's integers
    } else {
        Cell::Other(value.get_type().name().map_or_else(|_| "object".to_owned(), |name| name.to_string()))
    }
}

/// Chunks laid one behind the other: which chunk a row is in, and where.
struct Starts(Vec<usize>);

impl Starts {
    fn new(arrays: &[ArrayRef]) -> Self {
        let mut rows = 0;
        let mut starts = vec![0];
        for array in arrays {
            rows += array.len();
            starts.push(rows);
        }
        Self(starts)
    }

    fn rows(&self) -> usize {
        self.0[self.0.len() - 1]
    }

    fn find(&self, row: usize) -> (usize, usize) {
        if self.0.len() == 2 {
            return (0, row);
        }
        let chunk = self.0.partition_point(|&start| start <= row) - 1;
        (chunk, row - self.0[chunk])
    }
}

/// A column of texts, whatever layout its producer chose.
pub(crate) struct ChunkedTexts {
    chunks: Vec<TextChunk>,
    starts: Starts,
}

enum TextChunk {
    Small(StringArray),
    Large(LargeStringArray),
    View(StringViewArray),
}

impl TextChunk {
    /// A chunk of texts; a dictionary is spelled out.
    fn new(array: &ArrayRef) -> Self {
        match array.data_type() {
            DataType::Utf8 => Self::Small(array.as_string::<i32>().clone()),
            DataType::LargeUtf8 => Self::Large(array.as_string::<i64>().clone()),
            DataType::Utf8View => Self::View(array.as_string_view().clone()),
            _ => Self::Small(spelled_out(array)),
        }
    }

    fn text(&self, row: usize) -> Option<&str> {
        match self {
            Self::Small(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Large(array) => array.is_valid(row).then(|| array.value(row)),
            Self::View(array) => array.is_valid(row).then(|| array.value(row)),
        }
    }
}

impl ChunkedTexts {
    pub(crate) fn new(arrays: &[ArrayRef]) -> Self {
        Self { chunks: arrays.iter().map(TextChunk::new).collect(), starts: Starts::new(arrays) }
    }
}

/// A dictionary column as plain texts; nothing of any other kind.
pub(crate) fn spelled_out(array: &ArrayRef) -> StringArray {
    let Some(dictionary) = array.as_any_dictionary_opt().filter(|dictionary| !dictionary.values().is_empty())
    else {
        return StringArray::new_null(array.len());
    };
    let values = TextChunk::new(dictionary.values());
    let keys = dictionary.normalized_keys();
    (0..array.len()).map(|row| if array.is_valid(row) { values.text(keys[row]) } else { None }).collect()
}

impl TextColumn for ChunkedTexts {
    fn rows(&self) -> usize {
        self.starts.rows()
    }

    fn text(&self, row: usize) -> Option<&str> {
        let (chunk, row) = self.starts.find(row);
        self.chunks[chunk].text(row)
    }
}

/// A column of numbers, widened to 64 bits.
pub(crate) struct Chunked<T: ArrowNativeType> {
    values: Vec<(ScalarBuffer<T>, Option<NullBuffer>)>,
    starts: Starts,
}

impl<T: ArrowNativeType> Chunked<T> {
    fn new(arrays: &[ArrayRef], read: fn(&ArrayRef) -> ScalarBuffer<T>) -> Self {
        let starts = Starts::new(arrays);
        let values = arrays.iter().map(|array| (read(array), array.logical_nulls())).collect();
        Self { values, starts }
    }
}

impl<T: ArrowNativeType> Numbers<T> for Chunked<T> {
    fn rows(&self) -> usize {
        self.starts.rows()
    }

    fn number(&self, row: usize) -> Option<T> {
        let (chunk, row) = self.starts.find(row);
        let (values, nulls) = &self.values[chunk];
        if nulls.as_ref().is_some_and(|nulls| nulls.is_null(row)) { None } else { Some(values[row]) }
    }
}

fn widened<P: ArrowPrimitiveType, T: ArrowNativeType>(
    array: &ArrayRef,
    widen: fn(P::Native) -> T,
) -> ScalarBuffer<T> {
    array.as_primitive::<P>().values().iter().map(|&value| widen(value)).collect()
}

pub(crate) fn integers(array: &ArrayRef) -> ScalarBuffer<i64> {
    use DataType as T;
    match array.data_type() {
        T::Int8 => widened::<Int8Type, _>(array, i64::from),
        T::Int16 => widened::<Int16Type, _>(array, i64::from),
        T::Int32 => widened::<Int32Type, _>(array, i64::from),
        T::UInt8 => widened::<UInt8Type, _>(array, i64::from),
        T::UInt16 => widened::<UInt16Type, _>(array, i64::from),
        T::UInt32 => widened::<UInt32Type, _>(array, i64::from),
        // What is beyond i64 is no code and no level: a negative number stands for it and is refused.
        T::UInt64 => widened::<UInt64Type, _>(array, |value| i64::try_from(value).unwrap_or(-1)),
        _ => array.as_primitive::<Int64Type>().values().clone(), // no copy: the buffer is shared
    }
}

pub(crate) fn floats(array: &ArrayRef) -> ScalarBuffer<f64> {
    match array.data_type() {
        DataType::Float32 => widened::<Float32Type, _>(array, f64::from),
        _ => array.as_primitive::<Float64Type>().values().clone(),
    }
}
