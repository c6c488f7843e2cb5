//! Tables of any kind as the core's own rows: each cell goes straight into its field, and what does not fit is named.
//!
//! No message shows a value, since it may be about a person: only its kind, its row and its column.

use std::fmt;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Float32Type, Float64Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};
use gridcore::Fault;
use gridcore::tree::Cell;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyList, PyString, PyTuple};
use serde::de::value::{MapAccessDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Expected, IntoDeserializer, MapAccess, Unexpected,
    Visitor,
};

use crate::arrow::import_table;
use crate::columns::{cell, integers, is_text, spelled_out};
use crate::error::Unfit;

/// Reads a table as rows: an Arrow producer, a list of dicts, or a dict of columns. Missing cells count as left out.
///
/// Times with a zone become UTC seconds, dates the days since 1970-01-01; `zone` (a `tzinfo`) is that of times without one.
pub(crate) fn rows<T: DeserializeOwned>(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    zone: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<T>> {
    rows_of(py, "", table, zone)
}

/// The rows of one of several tables, by its name; none if it is left out.
pub(crate) fn table_rows<T: DeserializeOwned>(
    tables: &Bound<'_, PyDict>,
    name: &str,
    zone: Option<&Bound<'_, PyAny>>,
) -> PyResult<Option<Vec<T>>> {
    let table = tables.get_item(name)?;
    table.map(|table| rows_of(tables.py(), &format!("{name}."), &table, zone)).transpose()
}

fn rows_of<T: DeserializeOwned>(
    py: Python<'_>,
    prefix: &str,
    table: &Bound<'_, PyAny>,
    zone: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<T>> {
    let mut reader = Reader { prefix, rows: Vec::new(), faults: Vec::new() };
    if let Ok(list) = table.cast::<PyList>() {
        for (number, row) in list.iter().enumerate() {
            let Ok(row) = row.cast::<PyDict>() else {
                let table = prefix.strip_suffix('.').filter(|name| !name.is_empty()).map(str::to_owned);
                let text = format!("this is {} where a dict is wanted", kind_of(&row));
                reader.faults.push(unfit_fault(Some(number), table, &text, false));
                continue;
            };
            let mut cells = Vec::with_capacity(row.len());
            for (name, value) in row {
                cells.push((name.extract::<String>()?, value_of(&value, zone)?));
            }
            reader.row(number, cells);
        }
    } else if let Ok(columns) = table.cast::<PyDict>() {
        let mut names: Vec<String> = Vec::with_capacity(columns.len());
        let mut values = Vec::with_capacity(columns.len());
        for (name, column) in columns {
            let name: String = name.extract()?;
            // A text would be read letter by letter.
            let cells = if column.is_instance_of::<PyString>() { None } else { column.try_iter().ok() };
            if let Some(cells) = cells {
                names.push(name);
                values.push(cells.collect::<PyResult<Vec<_>>>()?);
            } else {
                let text = format!("this is {} where a column of values is wanted", kind_of(&column));
                reader.faults.push(unfit_fault(None, Some(format!("{prefix}{name}")), &text, false));
            }
        }
        Unfit::refuse(py, std::mem::take(&mut reader.faults))?;
        let most = values.iter().map(Vec::len).max().unwrap_or(0);
        for (name, column) in names.iter().zip(&values).filter(|(_, column)| column.len() < most) {
            let text = format!("the column has {} values, and another has {most}", column.len());
            reader.faults.push(unfit_fault(None, Some(format!("{prefix}{name}")), &text, false));
        }
        Unfit::refuse(py, std::mem::take(&mut reader.faults))?;
        for number in 0..most {
            let mut cells = Vec::with_capacity(names.len());
            for (name, column) in names.iter().zip(&values) {
                let value = column.get(number).map_or(Ok(Value::Missing), |value| value_of(value, zone))?;
                cells.push((name.clone(), value));
            }
            reader.row(number, cells);
        }
    } else {
        let columns = import_table(table)?;
        let chunks = columns.first().map_or(0, |(_, column)| column.arrays.len());
        let mut number = 0;
        for chunk in 0..chunks {
            let arrays: Vec<(&str, ArrayRef)> =
                columns.iter().map(|(name, column)| (name.as_str(), plain(&column.arrays[chunk]))).collect();
            for row in 0..arrays.first().map_or(0, |(_, array)| array.len()) {
                let cells = arrays.iter().map(|(name, array)| (*name, value_at(array, row)));
                reader.row(number, cells);
                number += 1;
            }
        }
    }
    Unfit::refuse(py, reader.faults)?;
    Ok(reader.rows)
}

/// What a caller defines (options, a profile), from a dict.
pub(crate) fn record<T: DeserializeOwned>(what: &str, value: &Bound<'_, PyAny>) -> PyResult<T> {
    let value_in = value_of(value, None)?;
    T::deserialize(value_in).map_err(|unfit: Misfit| {
        let column = unfit.column.map_or_else(|| what.to_owned(), |column| format!("{what}.{column}"));
        let fault = unfit_fault(None, Some(column), &unfit.text, unfit.naive);
        Unfit::error(value.py(), vec![fault])
    })
}

/// What a caller defines several of (changes), from a list of dicts; a fault says which of them it is about.
pub(crate) fn records<T: DeserializeOwned>(what: &str, list: &Bound<'_, PyList>) -> PyResult<Vec<T>> {
    let mut found = Vec::with_capacity(list.len());
    let mut faults = Vec::new();
    for (number, value) in list.iter().enumerate() {
        match T::deserialize(value_of(&value, None)?) {
            Ok(value) => found.push(value),
            Err(Misfit { column, text, naive }) => {
                let column = column.map_or_else(|| what.to_owned(), |column| format!("{what}.{column}"));
                faults.push(unfit_fault(Some(number), Some(column), &text, naive));
            }
        }
    }
    Unfit::refuse(list.py(), faults)?;
    Ok(found)
}

struct Reader<'p, T> {
    /// What stands before the name of a column in a fault.
    prefix: &'p str,
    rows: Vec<T>,
    faults: Vec<Fault>,
}

impl<T: DeserializeOwned> Reader<'_, T> {
    fn row<'a, N: AsRef<str>>(&mut self, number: usize, cells: impl IntoIterator<Item = (N, Value<'a>)>) {
        let cells = Cells { cells: cells.into_iter(), next: None };
        match T::deserialize(MapAccessDeserializer::new(cells)) {
            Ok(row) => self.rows.push(row),
            Err(Misfit { column, text, naive }) => {
                let column = column.map(|column| format!("{}{column}", self.prefix));
                self.faults.push(unfit_fault(Some(number), column, &text, naive));
            }
        }
    }
}

fn unfit_fault(row: Option<usize>, column: Option<String>, text: &str, naive: bool) -> Fault {
    let fault = Fault { row, column: column.clone(), ..Fault::default() };
    if naive {
        return Fault {
            code: "naive_time".to_owned(),
            message: "the time has no zone".to_owned(),
            message_zh: "时间没有时区".to_owned(),
            remedy: "pass tz=, times with a zone, or UTC seconds".to_owned(),
            remedy_zh: "请给出 tz=、带时区的时间或 UTC 秒数".to_owned(),
            ..fault
        };
    }
    let at = column.map_or_else(String::new, |column| format!("{column}: "));
    Fault {
        code: "wrong_shape".to_owned(),
        message: format!("{at}{text}"),
        message_zh: format!("{at}内容不符（{text}）"),
        remedy: "rename or convert the column".to_owned(),
        remedy_zh: "请改列名或转换该列".to_owned(),
        ..fault
    }
}

/// One cell.
#[derive(Clone, Debug)]
pub(crate) enum Value<'a> {
    Missing,
    Flag(bool),
    Integer(i64),
    Float(f64),
    Borrowed(&'a str),
    Text(String),
    List(Vec<Value<'static>>),
    Map(Vec<(String, Value<'static>)>),
    /// A time without a zone.
    Naive,
    /// A value of a kind that no field has.
    Other(String),
}

fn kind_of(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "object".to_owned(), |name| name.to_string())
}

/// A Python value as a cell.
fn value_of(value: &Bound<'_, PyAny>, zone: Option<&Bound<'_, PyAny>>) -> PyResult<Value<'static>> {
    match cell(value) {
        Cell::Missing => return Ok(Value::Missing),
        Cell::Integer(whole) => return Ok(Value::Integer(whole)),
        Cell::Float(number) => return Ok(Value::Float(number)),
        Cell::Text(text) => return Ok(Value::Text(text)),
        _ => {}
    }
    if let Ok(flag) = value.cast::<PyBool>() {
        return Ok(Value::Flag(flag.is_true()));
    }
    if let Ok(map) = value.cast::<PyDict>() {
        let entry = |(name, value): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
            Ok((name.extract::<String>()?, value_of(&value, zone)?))
        };
        return Ok(Value::Map(map.iter().map(entry).collect::<PyResult<_>>()?));
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        return values_of(value, zone);
    }
    if value.hasattr("utcoffset")? {
        return time_of(value, zone);
    }
    if value.hasattr("toordinal")? {
        let day: i64 = value.call_method0("toordinal")?.extract()?;
        return Ok(Value::Integer(day - DAYS_BEFORE_1970));
    }
    // NumPy's arrays and scalars, sets, series.
    if value.hasattr("tolist")? {
        return value_of(&value.call_method0("tolist")?, zone);
    }
    if !value.is_instance_of::<PyString>() && value.try_iter().is_ok() {
        return values_of(value, zone);
    }
    Ok(Value::Other(kind_of(value)))
}

/// The number that Python's calendar gives to 1970-01-01.
const DAYS_BEFORE_1970: i64 = 719_163;

fn values_of(list: &Bound<'_, PyAny>, zone: Option<&Bound<'_, PyAny>>) -> PyResult<Value<'static>> {
    Ok(Value::List(list.try_iter()?.map(|value| value_of(&value?, zone)).collect::<PyResult<_>>()?))
}

fn time_of(time: &Bound<'_, PyAny>, zone: Option<&Bound<'_, PyAny>>) -> PyResult<Value<'static>> {
    if !time.eq(time)? {
        return Ok(Value::Missing); // pandas' NaT
    }
    let zoned = match (time.getattr("tzinfo")?.is_none(), zone) {
        (false, _) => time.clone(),
        (true, None) => return Ok(Value::Naive),
        (true, Some(zone)) => {
            let fields = PyDict::new(time.py());
            fields.set_item("tzinfo", zone)?;
            time.call_method("replace", (), Some(&fields))?
        }
    };
    if !zoned.hasattr("timestamp")? {
        return Ok(Value::Other(kind_of(time)));
    }
    let seconds: f64 = zoned.call_method0("timestamp")?.extract()?;
    Ok(Value::Integer(seconds.floor() as i64))
}

/// An array whose texts are no dictionary.
fn plain(array: &ArrayRef) -> ArrayRef {
    match array.data_type() {
        DataType::Dictionary(..) if is_text(array.data_type()) => std::sync::Arc::new(spelled_out(array)),
        DataType::Int8
        | DataType::Int16
        | DataType::Int32
        | DataType::UInt8
        | DataType::UInt16
        | DataType::UInt32 => {
            let nulls = array.logical_nulls();
            std::sync::Arc::new(arrow_array::Int64Array::new(integers(array), nulls))
        }
        _ => array.clone(),
    }
}

/// A cell of an Arrow column.
fn value_at(array: &ArrayRef, row: usize) -> Value<'_> {
    use DataType as T;
    if array.is_null(row) {
        return Value::Missing;
    }
    match array.data_type() {
        T::Utf8 => Value::Borrowed(array.as_string::<i32>().value(row)),
        T::LargeUtf8 => Value::Borrowed(array.as_string::<i64>().value(row)),
        T::Utf8View => Value::Borrowed(array.as_string_view().value(row)),
        T::Boolean => Value::Flag(array.as_boolean().value(row)),
        T::Int64 => Value::Integer(array.as_primitive::<Int64Type>().value(row)),
        T::UInt64 => {
            let value = array.as_primitive::<UInt64Type>().value(row);
            i64::try_from(value)
                .map_or_else(|_| Value::Other("integer beyond 64 bits".to_owned()), Value::Integer)
        }
        T::Float64 => Value::Float(array.as_primitive::<Float64Type>().value(row)),
        T::Float32 => Value::Float(f64::from(array.as_primitive::<Float32Type>().value(row))),
        T::Date32 => Value::Integer(i64::from(array.as_primitive::<Date32Type>().value(row))),
        T::Timestamp(_, None) => Value::Naive,
        T::Timestamp(unit, Some(_)) => Value::Integer(match unit {
            TimeUnit::Second => array.as_primitive::<TimestampSecondType>().value(row),
            TimeUnit::Millisecond => {
                array.as_primitive::<TimestampMillisecondType>().value(row).div_euclid(1_000)
            }
            TimeUnit::Microsecond => {
                array.as_primitive::<TimestampMicrosecondType>().value(row).div_euclid(1_000_000)
            }
            TimeUnit::Nanosecond => {
                array.as_primitive::<TimestampNanosecondType>().value(row).div_euclid(1_000_000_000)
            }
        }),
        T::List(_) => listed(&array.as_list::<i32>().value(row)),
        T::LargeList(_) => listed(&array.as_list::<i64>().value(row)),
        T::Struct(_) => fields(array, row),
        T::Null => Value::Missing,
        other => Value::Other(format!("{other}").to_lowercase()),
    }
}

fn listed(array: &ArrayRef) -> Value<'static> {
    let array = plain(array);
    Value::List((0..array.len()).map(|row| value_at(&array, row).owned()).collect())
}

/// A cell with fields: a dict. Fields that are missing are left out.
fn fields(array: &ArrayRef, row: usize) -> Value<'static> {
    let structs = array.as_struct();
    let field = |(name, values): (&str, &ArrayRef)| {
        let values = plain(&values.slice(row, 1));
        (name.to_owned(), value_at(&values, 0).owned())
    };
    Value::Map(structs.column_names().into_iter().zip(structs.columns()).map(field).collect())
}

/// Why a row does not fit.
#[derive(Debug)]
pub(crate) struct Misfit {
    column: Option<String>,
    text: String,
    naive: bool,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Misfit {}

impl serde::de::Error for Misfit {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self { column: None, text: text.to_string(), naive: false }
    }

    fn invalid_type(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        let found = match found {
            Unexpected::Bool(_) => "a truth value",
            Unexpected::Unsigned(_) | Unexpected::Signed(_) => "a whole number",
            Unexpected::Float(_) => "a number with a fraction",
            Unexpected::Str(_) | Unexpected::Char(_) => "text",
            Unexpected::Option | Unexpected::Unit => "nothing",
            Unexpected::Seq => "a list",
            Unexpected::Map => "a dict",
            Unexpected::Other(kind) => {
                return Self::custom(format_args!(
                    "this is {kind} where {} is wanted",
                    plainly(&wanted.to_string())
                ));
            }
            _ => "another kind of value",
        };
        Self::custom(format_args!("this is {found} where {} is wanted", plainly(&wanted.to_string())))
    }

    fn invalid_value(_: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::custom(format_args!(
            "the value is out of range where {} is wanted",
            plainly(&wanted.to_string())
        ))
    }

    fn unknown_variant(_: &str, wanted: &'static [&'static str]) -> Self {
        Self::custom(format_args!("the value is none of {}", wanted.join(", ")))
    }

    fn unknown_field(name: &str, wanted: &'static [&'static str]) -> Self {
        let known = wanted.join(", ");
        Self {
            column: Some(name.to_owned()),
            ..Self::custom(format_args!("no such column; there are {known}"))
        }
    }

    fn missing_field(name: &'static str) -> Self {
        Self { column: Some(name.to_owned()), ..Self::custom("nothing is there, and something must be") }
    }
}

/// What serde wants, without the names of Rust's types.
fn plainly(wanted: &str) -> String {
    match wanted {
        "a string" | "string" => "text",
        "i8" | "i16" | "i32" | "i64" | "i128" => "a whole number",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0 on",
        "f64" | "f32" => "a number",
        "a boolean" => "a truth value",
        "a sequence" => "a list",
        other if other.starts_with("struct ") => "a dict",
        other if other.starts_with("enum ") => "one of its names",
        other => return other.to_owned(),
    }
    .to_owned()
}

/// The cells of a row that are not missing.
struct Cells<I, N, V> {
    cells: I,
    next: Option<(N, V)>,
}

impl<'de, 'a, N: AsRef<str>, I: Iterator<Item = (N, Value<'a>)>> MapAccess<'de> for Cells<I, N, Value<'a>> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        self.next = self.cells.by_ref().find(|(_, value)| !value.is_missing());
        match &self.next {
            None => Ok(None),
            Some((name, _)) => seed.deserialize(StrDeserializer::new(name.as_ref())).map(Some),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Misfit> {
        let (name, value) = self.next.take().expect("serde asks for a value after its key");
        seed.deserialize(value).map_err(|misfit| {
            let inner = misfit.column.map_or_else(String::new, |column| format!(".{column}"));
            Misfit { column: Some(format!("{}{inner}", name.as_ref())), ..misfit }
        })
    }
}

impl Value<'_> {
    /// Whether nothing is there; a NaN from a list stays, for the core to refuse.
    fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    fn owned(self) -> Value<'static> {
        match self {
            Self::Borrowed(text) => Value::Text(text.to_owned()),
            Self::Missing => Value::Missing,
            Self::Flag(flag) => Value::Flag(flag),
            Self::Integer(value) => Value::Integer(value),
            Self::Float(value) => Value::Float(value),
            Self::Text(text) => Value::Text(text),
            Self::List(values) => Value::List(values),
            Self::Map(values) => Value::Map(values),
            Self::Naive => Value::Naive,
            Self::Other(kind) => Value::Other(kind),
        }
    }
}

impl IntoDeserializer<'_, Misfit> for Value<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Value<'_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        use serde::de::Error as _;
        match self {
            Self::Missing => visitor.visit_unit(),
            Self::Flag(flag) => visitor.visit_bool(flag),
            Self::Integer(value) => visitor.visit_i64(value),
            // A column of whole numbers with gaps arrives as floats from pandas.
            Self::Float(value) if value.fract() == 0.0 && value.abs() < 9.0e15 => {
                visitor.visit_i64(value as i64)
            }
            Self::Float(value) => visitor.visit_f64(value),
            Self::Borrowed(text) => visitor.visit_str(text),
            Self::Text(text) => visitor.visit_string(text),
            Self::List(values) => visitor.visit_seq(SeqDeserializer::new(values.into_iter())),
            Self::Map(entries) => visitor.visit_map(Cells { cells: entries.into_iter(), next: None }),
            Self::Naive => Err(Misfit { naive: true, ..Misfit::custom("the time has no zone") }),
            Self::Other(kind) => Err(Misfit::invalid_type(Unexpected::Other(&kind), &visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.is_missing() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self {
            Self::Borrowed(text) => visitor.visit_enum(text.into_deserializer()),
            Self::Text(text) => visitor.visit_enum(text.into_deserializer()),
            Self::Map(entries) => visitor
                .visit_enum(MapAccessDeserializer::new(Cells { cells: entries.into_iter(), next: None })),
            other => {
                let _ = (name, variants);
                other.deserialize_any(visitor)
            }
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}
