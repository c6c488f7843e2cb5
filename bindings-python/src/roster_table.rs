//! Rosters of whatever kind the caller has, as the core reads them: cell by cell, without a copy where Arrow has them.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal128Type, Decimal256Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt64Type,
};
use arrow_array::{Array, ArrayRef, Date32Array, Int64Array, LargeStringArray};
use arrow_schema::{DataType, TimeUnit};
use gridcore::Fault;
use gridcore::roster::{RosterCell, RosterColumn, RosterTable};
use gridcore::tree::Cell;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyInt, PyList, PyString};

use crate::arrow::{Chunks, Table, import_column, import_table};
use crate::columns::{HeldColumn, cell, columns_of_dicts, hear, is_text};
use crate::error::Unfit;
use crate::wall::wall_times;

/// A roster, held for the time of one call.
pub(crate) struct HeldRoster {
    rows: usize,
    columns: Vec<(String, HeldCells)>,
}

/// One column of a roster.
pub(crate) enum HeldCells {
    /// Texts and numbers.
    Plain(HeldColumn),
    /// Days since 1970-01-01.
    Days(Vec<Option<i32>>),
    /// Anything, cell by cell.
    Each(Vec<Held>),
}

/// A roster of the core as a table on its way out; the first cell of a column that is none missing says what it holds.
pub(crate) fn table_of(roster: &RosterTable<'_>) -> PyResult<Table> {
    let rows = roster.rows();
    let column = |column: &RosterColumn<'_>| {
        let cells = || (0..rows).map(|row| column.cell(row));
        let array: ArrayRef = match cells().find(|cell| *cell != RosterCell::Missing) {
            Some(RosterCell::Day(_)) => Arc::new(cells().map(day_of).collect::<Date32Array>()),
            Some(RosterCell::Integer(_)) => Arc::new(cells().map(integer_of).collect::<Int64Array>()),
            _ => Arc::new(cells().map(text_of).collect::<LargeStringArray>()),
        };
        (column.name().to_owned(), array)
    };
    Table::new(roster.columns().iter().map(column).collect())
}

fn day_of(cell: RosterCell<'_>) -> Option<i32> {
    if let RosterCell::Day(day) = cell { i32::try_from(day).ok() } else { None }
}

fn integer_of(cell: RosterCell<'_>) -> Option<i64> {
    if let RosterCell::Integer(number) = cell { Some(number) } else { None }
}

fn text_of(cell: RosterCell<'_>) -> Option<&str> {
    if let RosterCell::Text(text) = cell { Some(text) } else { None }
}

/// One cell.
#[derive(Clone, Debug)]
pub(crate) enum Held {
    Missing,
    Text(String),
    Integer(i64),
    Float(f64),
    Day(i64),
    Other(String),
}

impl HeldRoster {
    /// Reads what a caller passed as a roster: an Arrow producer, a list of dicts, or a dict of columns.
    pub(crate) fn read(name: &str, table: &Bound<'_, PyAny>) -> PyResult<Self> {
        let (rows, columns) = if let Ok(rows) = table.cast::<PyList>() {
            let columns = columns_of_dicts(rows, &[], &Held::Missing, held)?;
            let columns = columns.into_iter().map(|(name, cells)| (name, HeldCells::Each(cells)));
            (Some(rows.len()), columns.collect())
        } else if let Ok(columns) = table.cast::<PyDict>() {
            let mut found = Vec::with_capacity(columns.len());
            for (column, values) in columns {
                let column: String = column.extract()?;
                // A text would be read letter by letter.
                let text = values.is_instance_of::<PyString>();
                if text || !(values.hasattr("__arrow_c_array__")? || values.try_iter().is_ok()) {
                    let found = if text { "text" } else { "one value" };
                    return Err(refused(
                        table.py(),
                        "wrong_shape",
                        name,
                        &column,
                        &[found, "a column of values"],
                    ));
                }
                found.push((column, HeldCells::read(&values)?));
            }
            (None, found)
        } else {
            let columns = import_table(table)?;
            let held = |(name, chunks): (String, Chunks)| Ok((name, HeldCells::new(table.py(), &chunks)?));
            (None, columns.into_iter().map(held).collect::<PyResult<_>>()?)
        };
        let rows = rows.or_else(|| columns.first().map(|(_, cells)| cells.len())).unwrap_or(0);
        if let Some((column, cells)) = columns.iter().find(|(_, cells)| cells.len() != rows) {
            let (found, wanted) = (cells.len().to_string(), rows.to_string());
            return Err(refused(table.py(), "wrong_length", name, column, &[&found, &wanted]));
        }
        Ok(Self { rows, columns })
    }

    /// The roster as the core reads it.
    pub(crate) fn table(&self) -> RosterTable<'_> {
        self.columns.iter().fold(RosterTable::new(self.rows), |table, (name, cells)| match cells {
            HeldCells::Plain(column) => table.with(name, column.view()),
            other => table.column(name, |row| other.cell(row)),
        })
    }
}

/// The exception of a column that does not fit: what was found, and what is wanted.
fn refused(py: Python<'_>, code: &str, table: &str, column: &str, [found, wanted]: &[&str; 2]) -> PyErr {
    let fault = Fault {
        code: code.to_owned(),
        column: Some(format!("{table}.{column}")),
        found: Some((*found).to_owned()),
        wanted: Some((*wanted).to_owned()),
        ..Fault::default()
    };
    let fault = if code == "wrong_length" {
        Fault {
            message: format!("the column has {found} values, and the first has {wanted}"),
            message_zh: format!("该列有 {found} 个值，而首列有 {wanted} 个"),
            remedy: "give columns of the same length".to_owned(),
            remedy_zh: "各列长度须一致".to_owned(),
            ..fault
        }
    } else {
        Fault {
            message: format!("this is {found} where {wanted} is wanted"),
            message_zh: format!("内容不符（{found}）"),
            remedy: "rename or convert the column".to_owned(),
            remedy_zh: "请改列名或转换该列".to_owned(),
            ..fault
        }
    };
    Unfit::error(py, vec![fault])
}

impl HeldCells {
    /// One column by itself: an Arrow column, or anything to walk through.
    pub(crate) fn read(column: &Bound<'_, PyAny>) -> PyResult<Self> {
        if column.hasattr("__arrow_c_stream__")? || column.hasattr("__arrow_c_array__")? {
            return Self::new(column.py(), &import_column(column)?);
        }
        let mut cells = Vec::new();
        for value in column.try_iter()? {
            hear(column.py(), cells.len())?;
            cells.push(held(&value?));
        }
        Ok(Self::Each(cells))
    }

    /// An Arrow column.
    fn new(py: Python<'_>, chunks: &Chunks) -> PyResult<Self> {
        use DataType as T;
        if let Some(walls) = wall_times(py, chunks)? {
            return Self::new(py, &walls);
        }
        Ok(match &chunks.data_type {
            kind if is_text(kind) => Self::Plain(HeldColumn::new(chunks)),
            T::Date32 | T::Date64 | T::Timestamp(..) => {
                if let Some(days) = days(&chunks.arrays) {
                    Self::Days(days)
                } else {
                    Self::Each(each(py, &chunks.arrays)?)
                }
            }
            T::Boolean | T::UInt64 | T::Decimal128(..) | T::Decimal256(..) | T::Dictionary(..) => {
                Self::Each(each(py, &chunks.arrays)?)
            }
            _ => Self::Plain(HeldColumn::new(chunks)),
        })
    }

    /// How many cells there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Plain(column) => column.view().rows(),
            Self::Days(days) => days.len(),
            Self::Each(cells) => cells.len(),
        }
    }

    /// The cell in a row.
    pub(crate) fn cell(&self, row: usize) -> RosterCell<'_> {
        use gridcore::tree::Column;
        match self {
            Self::Plain(column) => match column.view() {
                Column::Texts(texts) => texts.text(row).into(),
                Column::Integers(numbers) => numbers.number(row).into(),
                Column::Floats(numbers) => numbers.number(row).into(),
                Column::Cells(cells) => (&cells[row]).into(),
                Column::Other { kind, .. } => RosterCell::Other(kind),
                _ => RosterCell::Other("another kind of value"),
            },
            Self::Days(days) => days[row].map_or(RosterCell::Missing, |day| RosterCell::Day(day.into())),
            Self::Each(cells) => match &cells[row] {
                Held::Missing => RosterCell::Missing,
                Held::Text(text) => RosterCell::Text(text),
                Held::Integer(number) => RosterCell::Integer(*number),
                Held::Float(number) => RosterCell::Float(*number),
                Held::Day(day) => RosterCell::Day(*day),
                Held::Other(kind) => RosterCell::Other(kind),
            },
        }
    }
}

const SECONDS_OF_DAY: i64 = 86_400;

/// A column of dates, or of times that are all the first of their day, as days; nothing if some are not.
fn days(arrays: &[ArrayRef]) -> Option<Vec<Option<i32>>> {
    let mut days = Vec::with_capacity(arrays.iter().map(Array::len).sum());
    for array in arrays {
        for row in 0..array.len() {
            days.push(if array.is_null(row) { None } else { Some(day_at(array, row)?) });
        }
    }
    Some(days)
}

fn day_at(array: &ArrayRef, row: usize) -> Option<i32> {
    let whole = |value: i64, of: i64| {
        let day = (value.rem_euclid(of) == 0).then(|| value.div_euclid(of))?;
        i32::try_from(day).ok()
    };
    match array.data_type() {
        DataType::Date32 => Some(array.as_primitive::<Date32Type>().value(row)),
        DataType::Date64 => {
            let day = array.as_primitive::<Date64Type>().value(row).div_euclid(1_000 * SECONDS_OF_DAY);
            i32::try_from(day).ok()
        }
        DataType::Timestamp(unit, _) => match unit {
            TimeUnit::Second => whole(array.as_primitive::<TimestampSecondType>().value(row), SECONDS_OF_DAY),
            TimeUnit::Millisecond => {
                whole(array.as_primitive::<TimestampMillisecondType>().value(row), 1_000 * SECONDS_OF_DAY)
            }
            TimeUnit::Microsecond => {
                whole(array.as_primitive::<TimestampMicrosecondType>().value(row), 1_000_000 * SECONDS_OF_DAY)
            }
            TimeUnit::Nanosecond => {
                let nanoseconds = 1_000_000_000 * SECONDS_OF_DAY;
                whole(array.as_primitive::<TimestampNanosecondType>().value(row), nanoseconds)
            }
        },
        _ => None,
    }
}

fn each(py: Python<'_>, arrays: &[ArrayRef]) -> PyResult<Vec<Held>> {
    let mut cells = Vec::with_capacity(arrays.iter().map(Array::len).sum());
    for array in arrays {
        if let Some(dictionary) = array.as_any_dictionary_opt() {
            let values = Chunks {
                data_type: dictionary.values().data_type().clone(),
                arrays: vec![dictionary.values().clone()],
            };
            let values = HeldCells::new(py, &values)?;
            // A dictionary without values has no keys to look up either.
            let keys = if values.len() == 0 { vec![0; array.len()] } else { dictionary.normalized_keys() };
            let cell =
                |row: usize| if array.is_null(row) { Held::Missing } else { values.cell(keys[row]).into() };
            cells.extend((0..array.len()).map(cell));
        } else {
            cells.extend((0..array.len()).map(|row| held_at(array, row)));
        }
    }
    Ok(cells)
}

impl From<RosterCell<'_>> for Held {
    fn from(cell: RosterCell<'_>) -> Self {
        match cell {
            RosterCell::Missing => Self::Missing,
            RosterCell::Text(text) => Self::Text(text.to_owned()),
            RosterCell::Integer(number) => Self::Integer(number),
            RosterCell::Float(number) => Self::Float(number),
            RosterCell::Day(day) => Self::Day(day),
            RosterCell::Other(kind) => Self::Other(kind.to_owned()),
        }
    }
}

/// A cell of an Arrow column that is no text and no number of 64 bits.
fn held_at(array: &ArrayRef, row: usize) -> Held {
    use DataType as T;
    if array.is_null(row) {
        return Held::Missing;
    }
    // A time of day is told from another by its text.
    macro_rules! time {
        ($kind:ty) => {
            array.as_primitive::<$kind>().value_as_datetime(row).map(|time| format!("{time:?}"))
        };
    }
    let text = match array.data_type() {
        T::Boolean => Some(array.as_boolean().value(row).to_string()),
        T::UInt64 => {
            let value = array.as_primitive::<UInt64Type>().value(row);
            return i64::try_from(value).map_or_else(|_| Held::Text(value.to_string()), Held::Integer);
        }
        T::Decimal128(..) => Some(array.as_primitive::<Decimal128Type>().value_as_string(row)),
        T::Decimal256(..) => Some(array.as_primitive::<Decimal256Type>().value_as_string(row)),
        T::Date64 => time!(Date64Type),
        T::Timestamp(TimeUnit::Second, _) => time!(TimestampSecondType),
        T::Timestamp(TimeUnit::Millisecond, _) => time!(TimestampMillisecondType),
        T::Timestamp(TimeUnit::Microsecond, _) => time!(TimestampMicrosecondType),
        T::Timestamp(TimeUnit::Nanosecond, _) => time!(TimestampNanosecondType),
        _ => None,
    };
    text.map_or_else(|| Held::Other(format!("{}", array.data_type()).to_lowercase()), Held::Text)
}

/// The number that Python's calendar gives to 1970-01-01.
const DAYS_BEFORE_1970: i64 = 719_163;

/// A Python value as a cell: truth values, decimals and times with an hour are told apart by their text.
fn held(value: &Bound<'_, PyAny>) -> Held {
    let kind = match cell(value) {
        Cell::Missing => return Held::Missing,
        Cell::Text(text) => return Held::Text(text),
        Cell::Integer(number) => return Held::Integer(number),
        Cell::Float(number) => return Held::Float(number),
        Cell::Other(kind) => kind,
        _ => return Held::Other("another kind of value".to_owned()),
    };
    let text = |value: &Bound<'_, PyAny>| value.str().map(|text| text.to_string());
    let read = || -> PyResult<Held> {
        if let Ok(flag) = value.cast::<PyBool>() {
            return Ok(Held::Text(flag.is_true().to_string()));
        }
        if value.is_instance_of::<PyInt>() || kind == "Decimal" {
            return Ok(Held::Text(text(value)?));
        }
        if kind == "NAType" || (value.hasattr("toordinal")? && !value.eq(value)?) {
            return Ok(Held::Missing); // pandas' NA and NaT
        }
        if value.hasattr("utcoffset")? && value.hasattr("toordinal")? {
            let wall = value.call_method0("time")?.call_method0("isoformat")?;
            if wall.extract::<String>()? != "00:00:00" {
                let fields = PyDict::new(value.py());
                fields.set_item("tzinfo", value.py().None())?;
                let wall = value.call_method("replace", (), Some(&fields))?;
                return Ok(Held::Text(wall.call_method0("isoformat")?.extract()?));
            }
        }
        if value.hasattr("toordinal")? {
            let day: i64 = value.call_method0("toordinal")?.extract()?;
            return Ok(Held::Day(day - DAYS_BEFORE_1970));
        }
        // NumPy's scalars, but no arrays.
        if value.hasattr("item")? && value.getattr("ndim")?.extract::<usize>()? == 0 {
            let inner = value.call_method0("item")?;
            if !inner.get_type().is(value.get_type()) {
                return Ok(held(&inner));
            }
        }
        Ok(Held::Other(kind.clone()))
    };
    read().unwrap_or_else(|_| Held::Other(kind.clone()))
}
