//! Flat rows of the core as Arrow columns: for tables with a row for each person, where JSON would be most of the work.

use std::fmt;
use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Float64Builder, Int64Builder, LargeStringBuilder, ListBuilder, StringBuilder,
};
use arrow_array::{ArrayRef, LargeStringArray};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde::de::{DeserializeOwned, Deserializer, Visitor};
use serde::ser::{Impossible, Serialize, SerializeSeq, SerializeStruct, Serializer};

use crate::arrow::Table;

/// Rows as a table; where there is none, its columns are those of the row's fields.
pub(crate) fn table<T: Serialize + DeserializeOwned>(rows: impl IntoIterator<Item = T>) -> PyResult<Table> {
    let mut columns = Columns { rows: 0, columns: Vec::new() };
    for name in names_of::<T>() {
        columns.columns.push(Column { name: (*name).to_owned(), rows: 0, cells: Cells::Nothing });
    }
    for row in rows {
        row.serialize(RowIn { columns: &mut columns, next: 0 })
            .map_err(|error| PyValueError::new_err(error.to_string()))?;
        columns.rows += 1;
    }
    let rows = columns.rows;
    let finished = columns.columns.into_iter().map(|mut column| {
        column.pad(rows);
        (column.name, column.cells.finish(rows))
    });
    Table::new(finished.collect())
}

struct Columns {
    rows: usize,
    columns: Vec<Column>,
}

impl Columns {
    /// The column of a name, ready for the cell of the row that is being read; in most rows columns come in one order.
    fn cells(&mut self, next: usize, name: &str) -> &mut Column {
        let found = match self.columns.get(next) {
            Some(column) if column.name == name => Some(next),
            _ => self.columns.iter().position(|column| column.name == name),
        };
        let place = found.unwrap_or_else(|| {
            self.columns.push(Column { name: name.to_owned(), rows: 0, cells: Cells::Nothing });
            self.columns.len() - 1
        });
        let rows = self.rows;
        let column = &mut self.columns[place];
        column.pad(rows);
        column
    }
}

struct Column {
    name: String,
    rows: usize,
    cells: Cells,
}

impl Column {
    /// What no row said is nothing.
    fn pad(&mut self, rows: usize) {
        while self.rows < rows {
            self.cells.nothing();
            self.rows += 1;
        }
    }
}

enum Cells {
    /// Nothing so far.
    Nothing,
    Flags(BooleanBuilder),
    Whole(Int64Builder),
    Numbers(Float64Builder),
    Texts(LargeStringBuilder),
    Lists(ListBuilder<StringBuilder>),
}

impl Cells {
    fn nothing(&mut self) {
        match self {
            Self::Nothing => {}
            Self::Flags(cells) => cells.append_null(),
            Self::Whole(cells) => cells.append_null(),
            Self::Numbers(cells) => cells.append_null(),
            Self::Texts(cells) => cells.append_null(),
            Self::Lists(cells) => cells.append_null(),
        }
    }

    fn finish(self, rows: usize) -> ArrayRef {
        match self {
            Self::Nothing => Arc::new(LargeStringArray::new_null(rows)),
            Self::Flags(mut cells) => Arc::new(cells.finish()),
            Self::Whole(mut cells) => Arc::new(cells.finish()),
            Self::Numbers(mut cells) => Arc::new(cells.finish()),
            Self::Texts(mut cells) => Arc::new(cells.finish()),
            Self::Lists(mut cells) => Arc::new(cells.finish()),
        }
    }
}

/// A row of the core that is not flat.
#[derive(Debug)]
struct NotFlat(String);

impl fmt::Display for NotFlat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotFlat {}

impl serde::ser::Error for NotFlat {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self(text.to_string())
    }
}

impl serde::de::Error for NotFlat {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self(text.to_string())
    }
}

fn not_flat<T>() -> Result<T, NotFlat> {
    Err(NotFlat("a cell is no text, number, truth value or list of texts".to_owned()))
}

type Never = Impossible<(), NotFlat>;

/// Refuses the kinds of value that are listed.
macro_rules! refused {
    ($($name:ident($($argument:ty),*) -> $out:ty;)*) => {
        $(fn $name(self, $(_: $argument),*) -> Result<$out, NotFlat> {
            not_flat()
        })*
    };
}

/// Refuses what neither a row nor a cell can be.
macro_rules! refused_everywhere {
    () => {
        refused! {
            serialize_bytes(&[u8]) -> ();
            serialize_unit_struct(&'static str) -> ();
            serialize_tuple(usize) -> Never;
            serialize_tuple_struct(&'static str, usize) -> Never;
            serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Never;
            serialize_struct_variant(&'static str, u32, &'static str, usize) -> Never;
            serialize_map(Option<usize>) -> Never;
        }

        fn serialize_newtype_variant<T: Serialize + ?Sized>(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: &T,
        ) -> Result<(), NotFlat> {
            not_flat()
        }

        fn serialize_newtype_struct<T: Serialize + ?Sized>(
            self,
            _: &'static str,
            value: &T,
        ) -> Result<(), NotFlat> {
            value.serialize(self)
        }

        fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), NotFlat> {
            value.serialize(self)
        }
    };
}

/// Takes one row into the columns.
struct RowIn<'c> {
    columns: &'c mut Columns,
    next: usize,
}

impl Serializer for RowIn<'_> {
    type Ok = ();
    type Error = NotFlat;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Self;
    type SerializeStructVariant = Never;

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, NotFlat> {
        Ok(self)
    }

    refused_everywhere!();

    refused! {
        serialize_bool(bool) -> ();
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i32(i32) -> ();
        serialize_i64(i64) -> ();
        serialize_u8(u8) -> ();
        serialize_u16(u16) -> ();
        serialize_u32(u32) -> ();
        serialize_u64(u64) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_str(&str) -> ();
        serialize_none() -> ();
        serialize_unit() -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_seq(Option<usize>) -> Never;
    }
}

impl SerializeStruct for RowIn<'_> {
    type Ok = ();
    type Error = NotFlat;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), NotFlat> {
        let cells = self.columns.cells(self.next, name);
        self.next += 1;
        value.serialize(cells)
    }

    fn end(self) -> Result<(), NotFlat> {
        Ok(())
    }
}

/// Appends a cell to the builder of its kind; the first cell of a column decides which that is.
macro_rules! append {
    ($column:ident, $variant:ident, $builder:expr, $value:expr) => {{
        if matches!($column.cells, Cells::Nothing) {
            $column.cells = Cells::$variant($builder);
            for _ in 0..$column.rows {
                $column.cells.nothing();
            }
        }
        let Cells::$variant(cells) = &mut $column.cells else { return not_flat() };
        cells.append_value($value);
        $column.rows += 1;
        Ok(())
    }};
}

macro_rules! whole {
    ($($name:ident($kind:ty);)*) => {
        $(fn $name(self, value: $kind) -> Result<(), NotFlat> {
            self.serialize_i64(value.into())
        })*
    };
}

impl<'c> Serializer for &'c mut Column {
    type Ok = ();
    type Error = NotFlat;
    type SerializeSeq = ListIn<'c>;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    fn serialize_bool(self, value: bool) -> Result<(), NotFlat> {
        append!(self, Flags, BooleanBuilder::new(), value)
    }

    fn serialize_i64(self, value: i64) -> Result<(), NotFlat> {
        append!(self, Whole, Int64Builder::new(), value)
    }

    whole! {
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
    }

    fn serialize_u64(self, value: u64) -> Result<(), NotFlat> {
        i64::try_from(value).map_or_else(|_| not_flat(), |value| self.serialize_i64(value))
    }

    fn serialize_f32(self, value: f32) -> Result<(), NotFlat> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), NotFlat> {
        append!(self, Numbers, Float64Builder::new(), value)
    }

    fn serialize_char(self, value: char) -> Result<(), NotFlat> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), NotFlat> {
        append!(self, Texts, LargeStringBuilder::new(), value)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Result<(), NotFlat> {
        self.serialize_str(name)
    }

    fn serialize_none(self) -> Result<(), NotFlat> {
        self.cells.nothing();
        self.rows += 1;
        Ok(())
    }

    fn serialize_unit(self) -> Result<(), NotFlat> {
        self.serialize_none()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<ListIn<'c>, NotFlat> {
        Ok(ListIn { column: self, texts: Vec::new() })
    }

    refused_everywhere!();

    refused! {
        serialize_struct(&'static str, usize) -> Never;
    }
}

/// Takes a list of texts into a column.
struct ListIn<'c> {
    column: &'c mut Column,
    texts: Vec<Option<String>>,
}

impl SerializeSeq for ListIn<'_> {
    type Ok = ();
    type Error = NotFlat;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotFlat> {
        let mut cell = Column { name: String::new(), rows: 0, cells: Cells::Nothing };
        value.serialize(&mut cell)?;
        let Cells::Texts(mut cells) = cell.cells else { return not_flat() };
        self.texts.extend(cells.finish().iter().map(|text| text.map(str::to_owned)));
        Ok(())
    }

    fn end(self) -> Result<(), NotFlat> {
        let column = self.column;
        append!(column, Lists, ListBuilder::new(StringBuilder::new()), self.texts)
    }
}

/// The names of a row's fields.
fn names_of<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut names: &'static [&'static str] = &[];
    // The row itself can't be made from nothing; its names are told on the way.
    let _ = T::deserialize(Names { names: &mut names });
    names
}

struct Names<'n> {
    names: &'n mut &'static [&'static str],
}

impl<'de> Deserializer<'de> for Names<'_> {
    type Error = NotFlat;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, NotFlat> {
        *self.names = fields;
        not_flat()
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NotFlat> {
        not_flat()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
