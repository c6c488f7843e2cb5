//! Codes and the version.

use gridcore::GridCode;
use pyo3::prelude::*;

use crate::error::raised;

/// The version of the package, the same in Rust, Python and JavaScript.
#[pyfunction]
pub(crate) fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// Checks that a text can be the code (编码) of a grid and returns it.
#[pyfunction]
#[pyo3(signature = (text, /))]
pub(crate) fn grid_code(py: Python<'_>, text: &str) -> PyResult<String> {
    match text.parse::<GridCode>() {
        Ok(code) => Ok(code.to_string()),
        Err(error) => Err(raised(py, "malformed_code", error.to_string(), &[])),
    }
}
