//! Roll-ups: a table of rows in, a table of grids out.

use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array};
use gridcore::GridIndex;
use gridcore::tree::{Column, How, Measure, RolledValues};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::arrow::Table;
use crate::columns::{Held, values_of};
use crate::report::or_refuse;
use crate::tree::Tree;

#[pymethods]
impl Tree {
    /// Rolls columns of a table up the tree.
    ///
    /// `by` names the column of codes; each measure is the column, how its values become one, and the column of weights.
    fn rollup(
        &self,
        py: Python<'_>,
        table: &Bound<'_, PyAny>,
        by: &str,
        measures: Vec<(String, String, Option<String>)>,
    ) -> PyResult<Table> {
        let held = Held::read(table)?;
        let at = self.places(py, &held, by)?;
        let measures: Vec<(String, How, Option<String>)> = measures
            .into_iter()
            .map(|(name, how, weights)| Ok((name, read_how(&how)?, weights)))
            .collect::<PyResult<_>>()?;
        let rolled = py.detach(|| {
            let mut wanted = Vec::with_capacity(measures.len());
            for (name, how, weights) in &measures {
                let mut measure = Measure::new(name, *how, values_of(held.column(name), name)?);
                if let Some(weights) = weights {
                    measure = measure.weighted_by(values_of(held.column(weights), weights)?);
                }
                wanted.push(measure);
            }
            Ok::<_, PyErr>(self.core.rollup(&at, &wanted))
        });
        let rolled = or_refuse(py, rolled?)?;
        let all: Vec<GridIndex> = self.core.indices().collect();
        let mut columns = vec![("code".to_owned(), self.code_column(&all))];
        for column in rolled.columns() {
            let array: ArrayRef = match column.values() {
                RolledValues::Integers(values) => Arc::new(Int64Array::from(values.clone())),
                RolledValues::Floats(values) => Arc::new(Float64Array::from(values.clone())),
                RolledValues::SomeIntegers(values) => Arc::new(Int64Array::from(values.clone())),
                RolledValues::SomeFloats(values) => Arc::new(Float64Array::from(values.clone())),
                _ => return Err(PyTypeError::new_err("values of a kind that this version does not know")),
            };
            columns.push((column.name().to_owned(), array));
        }
        Table::new(columns)
    }

    /// The totals of a weight that the tree has: the code of each grid and the sum over it and all beneath it.
    fn total(&self, py: Python<'_>, weight: &str) -> PyResult<Table> {
        let totals = or_refuse(py, self.core.total(weight))?;
        let all: Vec<GridIndex> = self.core.indices().collect();
        let values: ArrayRef = Arc::new(Float64Array::from(totals));
        Table::new(vec![("code".to_owned(), self.code_column(&all)), (weight.to_owned(), values)])
    }
}

impl Tree {
    /// The positions of a column of codes in a table.
    fn places(&self, py: Python<'_>, held: &Held, by: &str) -> PyResult<Vec<GridIndex>> {
        let found = match held.column(by) {
            Some(Column::Texts(texts)) => {
                self.core.index((0..texts.rows()).map(|row| texts.text(row).unwrap_or("")))
            }
            Some(Column::Cells(cells)) => self.core.index(cells.iter().map(|cell| match cell {
                gridcore::tree::Cell::Text(text) => text.as_str(),
                _ => "",
            })),
            Some(other) => {
                let kind = other.kind().to_owned();
                return Err(PyTypeError::new_err(format!(
                    "the column {by:?} holds {kind}; codes as text are wanted"
                )));
            }
            None => return Err(PyValueError::new_err(format!("the table has no column {by:?}"))),
        };
        or_refuse(py, found)
    }
}

fn read_how(how: &str) -> PyResult<How> {
    serde_json::from_value(serde_json::Value::from(how))
        .map_err(|_| PyValueError::new_err(format!("how: {how:?} is none of sum, count, min, max, mean")))
}
