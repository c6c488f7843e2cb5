//! Reports of the core on their way to Python: plain JSON, which the package reads into dicts and lists.

use gridcore::Problem;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{raised, refused};

/// A report as JSON.
pub(crate) fn to_json(report: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(report).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// What a caller defines, from JSON.
pub(crate) fn from_json<T: DeserializeOwned>(what: &str, text: &str) -> PyResult<T> {
    serde_json::from_str(text).map_err(|error| {
        let message = format!("{what} does not fit: {error}");
        Python::attach(|py| raised(py, "wrong_shape", message, &[]))
    })
}

/// The value, or the exception of the core's error.
pub(crate) fn or_refuse<T, E: Problem>(py: Python<'_>, result: Result<T, E>) -> PyResult<T> {
    result.map_err(|error| refused(py, &error))
}
