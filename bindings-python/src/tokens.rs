//! Keyed tokens in the place of identity numbers, phones and names.

use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};
use gridcore::roster::{FieldKind, Token, TokenAlgorithm, TokenKey as Core};
use pyo3::prelude::*;

use crate::arrow::Table;
use crate::report::or_refuse;
use crate::roster_table::HeldCells;
use crate::rows::record;

/// A secret key from which tokens are made.
#[pyclass(frozen, module = "gridcore._gridcore")]
pub(crate) struct TokenKey {
    core: Core,
}

fn algorithm_of(algorithm: Option<&Bound<'_, PyAny>>) -> PyResult<TokenAlgorithm> {
    algorithm.map_or_else(|| Ok(TokenAlgorithm::default()), |algorithm| record("algorithm", algorithm))
}

#[pymethods]
impl TokenKey {
    /// Takes a key.
    #[new]
    fn new(py: Python<'_>, key: &[u8]) -> PyResult<Self> {
        Ok(Self { core: or_refuse(py, Core::new(key))? })
    }

    /// The token of one value; None if there is no value of that kind in the text.
    #[pyo3(signature = (value, kind, algorithm))]
    fn tokenize(
        &self,
        value: &str,
        kind: &Bound<'_, PyAny>,
        algorithm: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Option<String>> {
        let kind: FieldKind = record("kind", kind)?;
        let token = self.core.tokenize(value, kind, algorithm_of(algorithm)?);
        Ok(token.as_ref().map(Token::to_text))
    }

    /// The tokens of a column, the rows that can't be read, and those that have lost digits.
    #[pyo3(signature = (column, kind, algorithm))]
    fn tokenize_column(
        &self,
        py: Python<'_>,
        column: &Bound<'_, PyAny>,
        kind: &Bound<'_, PyAny>,
        algorithm: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<(Table, Vec<usize>, Vec<usize>)> {
        let (kind, algorithm): (FieldKind, _) = (record("kind", kind)?, algorithm_of(algorithm)?);
        let cells = HeldCells::read(column)?;
        let (tokens, unreadable, lost_digits) = py.detach(|| {
            let cells = (0..cells.len()).map(|row| cells.cell(row));
            let made = self.core.tokenize_column(cells, kind, algorithm);
            let tokens: StringArray =
                made.tokens.iter().map(|token| token.as_ref().map(Token::to_text)).collect();
            (tokens, made.unreadable, made.lost_digits)
        });
        let tokens: ArrayRef = Arc::new(tokens);
        Ok((Table::new(vec![("token".to_owned(), tokens)])?, unreadable, lost_digits))
    }

    /// A text by which two offices find out whether they have the same key, without showing it.
    fn check_value(&self) -> String {
        self.core.check_value()
    }
}
