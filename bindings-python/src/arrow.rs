//! Tables and columns across the Arrow C data interface (the `PyCapsule` protocol), in and out.
//!
//! <https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html>

use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{Array, ArrayReader, ArrayRef, RecordBatch, RecordBatchIterator, StructArray, make_array};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDate, PyDelta, PyDict, PyList, PyTuple};

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";

/// One column: its chunks, all of one type.
#[derive(Clone)]
pub(crate) struct Chunks {
    pub data_type: DataType,
    pub arrays: Vec<ArrayRef>,
}

/// Reads a table from any object with `__arrow_c_stream__` or `__arrow_c_array__`.
pub(crate) fn import_table(object: &Bound<'_, PyAny>) -> PyResult<Vec<(String, Chunks)>> {
    let chunks = import_column(object)?;
    let DataType::Struct(fields) = &chunks.data_type else {
        return Err(PyTypeError::new_err("an Arrow table is wanted, and this is an Arrow column"));
    };
    let column = |(place, field): (usize, &Arc<Field>)| {
        let part = |array: &ArrayRef| -> Option<ArrayRef> {
            array.as_any().downcast_ref::<StructArray>().map(|array| Arc::clone(array.column(place)))
        };
        let arrays = chunks.arrays.iter().filter_map(part).collect();
        (field.name().clone(), Chunks { data_type: field.data_type().clone(), arrays })
    };
    Ok(fields.iter().enumerate().map(column).collect())
}

/// Reads a column (or a table as a column of structs) from any Arrow producer.
pub(crate) fn import_column(object: &Bound<'_, PyAny>) -> PyResult<Chunks> {
    if object.hasattr("__arrow_c_stream__")? {
        let capsule: Bound<'_, PyCapsule> = object.call_method0("__arrow_c_stream__")?.cast_into()?;
        let pointer = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
        // SAFETY: the capsule bears the name that the protocol gives to a valid stream; it is moved out once.
        let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr()) };
        return read_stream(stream);
    }
    if object.hasattr("__arrow_c_array__")? {
        let pair: Bound<'_, PyTuple> = object.call_method0("__arrow_c_array__")?.cast_into()?;
        let schema: Bound<'_, PyCapsule> = pair.get_item(0)?.cast_into()?;
        let array: Bound<'_, PyCapsule> = pair.get_item(1)?.cast_into()?;
        let schema = schema.pointer_checked(Some(SCHEMA))?.cast::<FFI_ArrowSchema>();
        let array = array.pointer_checked(Some(ARRAY))?.cast::<FFI_ArrowArray>();
        // SAFETY: both capsules bear the protocol's names; the array is moved out once, the schema is borrowed.
        let data = unsafe { from_ffi(FFI_ArrowArray::from_raw(array.as_ptr()), schema.as_ref()) };
        let array = make_array(data.map_err(arrow_error)?);
        return Ok(Chunks { data_type: array.data_type().clone(), arrays: vec![array] });
    }
    Err(PyTypeError::new_err("the object offers neither __arrow_c_stream__ nor __arrow_c_array__"))
}

/// A stream of batches (a table, as structs) or of arrays (a column).
fn read_stream(stream: FFI_ArrowArrayStream) -> PyResult<Chunks> {
    let reader = ArrayStreamReader::try_new(stream).map_err(arrow_error)?;
    let data_type = reader.field().data_type().clone();
    let arrays = reader.collect::<Result<Vec<_>, ArrowError>>().map_err(arrow_error)?;
    Ok(Chunks { data_type, arrays })
}

#[expect(clippy::needless_pass_by_value, reason = "it is what map_err hands over")]
fn arrow_error(error: ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// A table on its way out: any Arrow consumer reads it without a copy.
#[pyclass(frozen, module = "gridcore._gridcore")]
pub(crate) struct Table {
    batch: RecordBatch,
}

impl Table {
    pub(crate) fn new(columns: Vec<(String, ArrayRef)>) -> PyResult<Self> {
        let field = |(name, array): &(String, ArrayRef)| Field::new(name, array.data_type().clone(), true);
        let schema = Schema::new(columns.iter().map(field).collect::<Vec<_>>());
        let arrays = columns.into_iter().map(|(_, array)| array).collect();
        let batch = RecordBatch::try_new(Arc::new(schema), arrays).map_err(arrow_error)?;
        Ok(Self { batch })
    }
}

#[pymethods]
impl Table {
    /// The table as a capsule that holds an Arrow C stream.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema; // the protocol lets a producer ignore the wish
        let schema = self.batch.schema();
        let batches = RecordBatchIterator::new([Ok(self.batch.clone())], schema);
        let stream = FFI_ArrowArrayStream::new(Box::new(batches));
        PyCapsule::new_with_value(py, stream, STREAM)
    }

    /// The names of the columns.
    fn names(&self) -> Vec<String> {
        self.batch.schema_ref().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The rows as dicts.
    fn rows<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let rows = PyList::empty(py);
        for row in 0..self.batch.num_rows() {
            let dict = PyDict::new(py);
            for (field, array) in self.batch.schema_ref().fields().iter().zip(self.batch.columns()) {
                dict.set_item(field.name(), value(py, array, row)?)?;
            }
            rows.append(dict)?;
        }
        Ok(rows)
    }

    /// One column as a list.
    fn column<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        let column = self
            .batch
            .column_by_name(name)
            .ok_or_else(|| PyValueError::new_err(format!("no column {name:?}")))?;
        let values = PyList::empty(py);
        for row in 0..column.len() {
            values.append(value(py, column, row)?)?;
        }
        Ok(values)
    }

    /// How many rows the table has.
    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }
}

/// One value of a column as a Python object.
fn value<'py>(py: Python<'py>, array: &ArrayRef, row: usize) -> PyResult<Bound<'py, PyAny>> {
    use arrow_array::types::{Float64Type, Int64Type, UInt8Type, UInt32Type, UInt64Type};
    if array.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    Ok(match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).into_pyobject(py)?.into_any(),
        DataType::LargeUtf8 => array.as_string::<i64>().value(row).into_pyobject(py)?.into_any(),
        DataType::UInt8 => array.as_primitive::<UInt8Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::UInt32 => array.as_primitive::<UInt32Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::UInt64 => array.as_primitive::<UInt64Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::Date32 => {
            let day = array.as_primitive::<arrow_array::types::Date32Type>().value(row);
            let start = PyDate::new(py, 1970, 1, 1)?;
            start.add(PyDelta::new(py, day, 0, 0, true)?)?
        }
        DataType::List(_) => {
            let list = array.as_list::<i32>().value(row);
            let values: PyResult<Vec<_>> = (0..list.len()).map(|place| value(py, &list, place)).collect();
            PyList::new(py, values?)?.into_any()
        }
        DataType::Boolean => array.as_boolean().value(row).into_pyobject(py)?.to_owned().into_any(),
        other => return Err(PyTypeError::new_err(format!("a column of {other} has no Python form"))),
    })
}
