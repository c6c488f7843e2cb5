//! The tree in Python: positions cross the border as packed 32-bit numbers, tables as Arrow.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, Float64Array, LargeStringArray, UInt8Array};
use arrow_buffer::{Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use gridcore::tree::{CodeScheme, Edit, EditMap, GridTable, LoadError, Lossy, TextArray};
use gridcore::{GridCode, GridColumns, GridIndex, GridTree as Core, GridTreeBuilder, LevelSchema, Root};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyString};

use crate::arrow::{Table, import_column};
use crate::columns::{ChunkedTexts, Held, is_text};
use crate::error::{fault_error, not_built, raised, record, refused};
use crate::report::{from_json, or_refuse, to_json};

/// A position that stands for "none".
const NONE: u32 = u32::MAX;

/// The tree of grids (网格体系): validated, immutable.
#[pyclass(frozen, module = "gridcore._gridcore", name = "Tree")]
pub(crate) struct Tree {
    pub(crate) core: Core,
}

/// What a tree is to be built with, as Python says it.
#[derive(FromPyObject)]
struct Wishes {
    #[pyo3(item)]
    schema: Option<String>,
    #[pyo3(item)]
    code_scheme: Option<String>,
    #[pyo3(item)]
    root_code: Option<String>,
    #[pyo3(item)]
    root_name: Option<String>,
    #[pyo3(item)]
    weights: Vec<String>,
}

impl Wishes {
    fn builder(&self, py: Python<'_>) -> PyResult<GridTreeBuilder> {
        let mut builder = Core::builder().weights(self.weights.iter().cloned());
        if let Some(schema) = &self.schema {
            builder = builder.schema(read_json(
                py,
                "schema",
                schema,
                LevelSchema::builtin,
                &LevelSchema::BUILTINS,
            )?);
        }
        if let Some(scheme) = &self.code_scheme {
            builder = builder.scheme(read_json(
                py,
                "code_scheme",
                scheme,
                CodeScheme::builtin,
                &CodeScheme::BUILTINS,
            )?);
        }
        if let Some(code) = &self.root_code {
            let code = read_code(py, code)?;
            builder = builder.root(match &self.root_name {
                Some(name) => Root::Named { code, name: name.clone() },
                None => Root::Existing(code),
            });
        }
        Ok(builder)
    }
}

fn columns(held: &Held) -> GridColumns<'_> {
    held.columns().fold(GridColumns::new(), |columns, (name, column)| columns.with(name, column))
}

/// A tree or None, the faults, the rejected rows with their causes.
type LossyParts<'py> = (Option<Tree>, Bound<'py, PyList>, Bound<'py, PyList>);

fn lossy_parts(py: Python<'_>, lossy: Lossy) -> PyResult<LossyParts<'_>> {
    let records = PyList::empty(py);
    for fault in &lossy.faults {
        records.append(record(py, &fault.to_fault())?)?;
    }
    let rows = PyList::empty(py);
    for lost in &lossy.rejected {
        let row = PyDict::new(py);
        row.set_item("row", lost.row)?;
        row.set_item("cause", lost.cause)?;
        rows.append(row)?;
    }
    Ok((lossy.tree.map(|core| Tree { core }), records, rows))
}

/// A code from Python.
pub(crate) fn read_code(py: Python<'_>, text: &str) -> PyResult<GridCode> {
    text.parse()
        .map_err(|error: gridcore::MalformedCode| raised(py, "malformed_code", error.to_string(), &[]))
}

/// The name of something built in, or its definition as JSON.
pub(crate) fn read_json<T: serde::de::DeserializeOwned>(
    py: Python<'_>,
    what: &str,
    text: &str,
    builtin: fn(&str) -> Option<T>,
    known: &[&str],
) -> PyResult<T> {
    if let Some(known) = builtin(text) {
        return Ok(known);
    }
    if !text.starts_with('{') {
        let message = format!("{what} is none of {}, and no definition", known.join(", "));
        return Err(raised(py, "unknown_name", message, &[]));
    }
    from_json(what, text)
}

#[pymethods]
#[expect(clippy::needless_pass_by_value, reason = "Python hands its arguments over")]
impl Tree {
    /// Builds a tree from a table.
    #[staticmethod]
    fn build(py: Python<'_>, table: &Bound<'_, PyAny>, wishes: Wishes) -> PyResult<Self> {
        let (held, builder) = (Held::read(table)?, wishes.builder(py)?);
        match py.detach(|| builder.from_columns(&columns(&held))) {
            Ok(core) => Ok(Self { core }),
            Err(error) => Err(not_built(py, &error)),
        }
    }

    /// Builds a tree from the bytes of a CSV file.
    #[staticmethod]
    fn from_csv(py: Python<'_>, bytes: &[u8], wishes: Wishes) -> PyResult<Self> {
        let builder = wishes.builder(py)?;
        match py.detach(|| builder.from_csv(bytes)) {
            Ok(core) => Ok(Self { core }),
            Err(error) => Err(not_built(py, &error)),
        }
    }

    /// Builds what can be built: a tree or None, the faults, the rejected rows with their causes.
    #[staticmethod]
    fn build_lossy<'py>(
        py: Python<'py>,
        table: &Bound<'py, PyAny>,
        wishes: Wishes,
    ) -> PyResult<LossyParts<'py>> {
        let (held, builder) = (Held::read(table)?, wishes.builder(py)?);
        lossy_parts(py, py.detach(|| builder.from_columns_lossy(&columns(&held))))
    }

    /// Builds what can be built of the bytes of a CSV file.
    #[staticmethod]
    fn from_csv_lossy<'py>(py: Python<'py>, bytes: &[u8], wishes: Wishes) -> PyResult<LossyParts<'py>> {
        let builder = wishes.builder(py)?;
        lossy_parts(py, py.detach(|| builder.from_csv_lossy(bytes)))
    }

    /// The tree as versioned JSON, by code; equal trees give equal bytes.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.core.to_json())
    }

    /// Loads a tree from its JSON.
    #[staticmethod]
    fn from_json(py: Python<'_>, text: &str) -> PyResult<Self> {
        match py.detach(|| Core::from_json(text)) {
            Ok(core) => Ok(Self { core }),
            Err(LoadError::Build(error)) => Err(not_built(py, &error)),
            Err(error) => Err(refused(py, &error)),
        }
    }

    /// Applies edits (a JSON list), all or none: the new tree, and the way from old codes to new ones as JSON.
    fn edit(&self, py: Python<'_>, edits: &str) -> PyResult<(Self, String)> {
        let edits: Vec<Edit> = from_json("edits", edits)?;
        let edited = or_refuse(py, py.detach(|| self.core.edit(&edits)))?;
        let map = to_json(&edited.map.changes())?;
        Ok((Self { core: edited.tree }, map))
    }

    /// Joins the changes of two edits, one after the other, into one list. Both, and the answer, are JSON.
    #[staticmethod]
    fn join_edits(first: &str, later: &str) -> PyResult<String> {
        let (first, later): (EditMap, EditMap) = (from_json("first", first)?, from_json("later", later)?);
        to_json(&first.then(&later))
    }

    /// The subtree at a position as a tree of its own.
    fn extract(&self, position: u32) -> PyResult<Self> {
        Ok(Self { core: self.core.extract(self.grid(position)?) })
    }

    /// Whether two trees have the same grids in the same places.
    fn __eq__(&self, other: &Self) -> bool {
        self.core == other.core
    }

    /// The schema, the code scheme and the names of the weights, as JSON.
    fn about(&self) -> PyResult<String> {
        #[derive(serde::Serialize)]
        struct About<'a> {
            schema: &'a LevelSchema,
            code_scheme: Option<&'a CodeScheme>,
            weights: Vec<&'a str>,
        }
        let (schema, code_scheme) = (self.core.schema(), self.core.scheme());
        to_json(&About { schema, code_scheme, weights: self.core.weight_names().collect() })
    }

    /// How many grids there are.
    fn __len__(&self) -> usize {
        self.core.len()
    }

    /// The number of grids on each level of the subtree at a position, from level 0.
    fn counts(&self, position: u32) -> PyResult<Vec<usize>> {
        Ok(self.core.counts_under(self.grid(position)?))
    }

    /// The positions of codes: of a list of str, or of an Arrow column of text.
    fn index<'py>(&self, py: Python<'py>, codes: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
        let found = if let Ok(list) = codes.cast::<PyList>() {
            let mut texts = Vec::with_capacity(list.len());
            for (row, code) in list.iter().enumerate() {
                let code = code
                    .cast_into::<PyString>()
                    .map_err(|_| PyTypeError::new_err(format!("row {row}: a code as text is wanted")))?;
                texts.push(code.to_cow()?.into_owned());
            }
            py.detach(|| self.core.index(&texts))
        } else {
            use gridcore::tree::TextColumn;
            let column = import_column(codes)?;
            if !is_text(&column.data_type) {
                let kind = format!("{}", column.data_type).to_lowercase();
                return Err(PyTypeError::new_err(format!(
                    "codes as text are wanted; this column holds {kind}"
                )));
            }
            let texts = ChunkedTexts::new(&column.arrays);
            py.detach(|| self.core.index((0..texts.rows()).map(|row| texts.text(row).unwrap_or(""))))
        };
        match found {
            Ok(grids) => Ok(pack(py, grids.iter().map(|grid| grid.get() as u32))),
            Err(error) => Err(refused(py, &error)),
        }
    }

    /// All grids as a table: code, parent, name, level, kind, footprint if any has one, and the weights.
    #[pyo3(signature = (position = None))]
    fn table(&self, py: Python<'_>, position: Option<u32>) -> PyResult<Table> {
        let grid = self.grid(position.unwrap_or(0))?;
        let GridTable { code, parent, name, level, kind, footprint, weights, .. } =
            py.detach(|| self.core.subtree_table(grid));
        let has_footprints = footprint.iter().any(|text| text.is_some());
        let mut columns: Vec<(String, ArrayRef)> = vec![
            ("code".to_owned(), text_array(code)?),
            ("parent".to_owned(), text_array(parent)?),
            ("name".to_owned(), text_array(name)?),
            ("level".to_owned(), Arc::new(UInt8Array::from(level))),
            ("kind".to_owned(), text_array(kind)?),
        ];
        if has_footprints {
            columns.push(("footprint".to_owned(), text_array(footprint)?));
        }
        for (name, values) in weights {
            let values: Float64Array =
                values.into_values().into_iter().map(|value| (!value.is_nan()).then_some(value)).collect();
            columns.push((name, Arc::new(values)));
        }
        Table::new(columns)
    }

    /// One grid as a JSON row.
    fn row(&self, position: u32) -> PyResult<String> {
        to_json(&self.core.to_row(self.grid(position)?))
    }

    /// The codes at positions, null where a position stands for none.
    fn codes(&self, positions: &[u8]) -> PyResult<Table> {
        let mut codes = StringBuilder::new();
        for grid in self.grids(positions)? {
            match grid {
                Some(grid) => self.core.code(grid).with_str(|code| codes.append_value(code)),
                None => codes.append_null(),
            }
        }
        Table::new(vec![("code".to_owned(), Arc::new(codes.finish()))])
    }
}

impl Tree {
    pub(crate) fn grid(&self, position: u32) -> PyResult<GridIndex> {
        self.core.at(position as usize).ok_or_else(|| no_such_position(position, None))
    }

    pub(crate) fn grids(&self, positions: &[u8]) -> PyResult<Vec<Option<GridIndex>>> {
        let (words, rest) = positions.as_chunks::<4>();
        if !rest.is_empty() {
            return Err(PyValueError::new_err("positions are 32-bit numbers"));
        }
        let grid = |(row, word): (usize, &[u8; 4])| match u32::from_le_bytes(*word) {
            NONE => Ok(None),
            position => {
                self.core.at(position as usize).map(Some).ok_or_else(|| no_such_position(position, Some(row)))
            }
        };
        words.iter().enumerate().map(grid).collect()
    }

    #[expect(clippy::type_complexity, reason = "two columns of the same kind")]
    pub(crate) fn pairs(
        &self,
        a: &[u8],
        b: &[u8],
    ) -> PyResult<(Vec<Option<GridIndex>>, Vec<Option<GridIndex>>)> {
        if a.len() != b.len() {
            let (a, b) = (a.len() / 4, b.len() / 4);
            return Err(PyValueError::new_err(format!(
                "the columns have {a} and {b} rows; they must have the same"
            )));
        }
        Ok((self.grids(a)?, self.grids(b)?))
    }

    /// The codes of grids.
    pub(crate) fn code_column(&self, grids: &[GridIndex]) -> ArrayRef {
        let mut codes = StringBuilder::with_capacity(grids.len(), grids.len() * 12);
        for &grid in grids {
            self.core.code(grid).with_str(|code| codes.append_value(code));
        }
        Arc::new(codes.finish())
    }

    /// The grids at positions, none of which may be none.
    pub(crate) fn whole(&self, positions: &[u8]) -> PyResult<Vec<GridIndex>> {
        let whole =
            |(row, grid): (usize, Option<GridIndex>)| grid.ok_or_else(|| no_such_position(NONE, Some(row)));
        self.grids(positions)?.into_iter().enumerate().map(whole).collect()
    }
}

/// A column of texts, handed over without a copy of the text.
fn text_array(texts: TextArray) -> PyResult<ArrayRef> {
    let (bytes, offsets, present) = texts.into_parts();
    let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
    let nulls = present.map(NullBuffer::from);
    let array = LargeStringArray::try_new(offsets, Buffer::from_vec(bytes), nulls);
    Ok(Arc::new(array.map_err(|error| PyValueError::new_err(error.to_string()))?))
}

/// The exception of a position that no grid has.
pub(crate) fn no_such_position(position: u32, row: Option<usize>) -> PyErr {
    let position = if position == NONE { "-1 (none)".to_owned() } else { position.to_string() };
    let fault = gridcore::Fault {
        code: "unknown_position".to_owned(),
        row,
        found: Some(position.clone()),
        message: format!("the tree has no position {position}"),
        message_zh: format!("网格体系中没有位置 {position}"),
        remedy: "use positions that this tree gave".to_owned(),
        remedy_zh: "请用本网格体系给出的位置".to_owned(),
        ..gridcore::Fault::default()
    };
    Python::attach(|py| fault_error(py, &fault))
}

/// Positions as packed little-endian 32-bit numbers.
pub(crate) fn pack(py: Python<'_>, positions: impl Iterator<Item = u32>) -> Bound<'_, PyBytes> {
    let bytes: Vec<u8> = positions.flat_map(u32::to_le_bytes).collect();
    PyBytes::new(py, &bytes)
}

pub(crate) fn pack_options(
    py: Python<'_>,
    grids: impl Iterator<Item = Option<GridIndex>>,
) -> Bound<'_, PyBytes> {
    pack(py, grids.map(|grid| grid.map_or(NONE, |grid| grid.get() as u32)))
}
