//! How an error of the core becomes a Python exception with `.code` and `.faults`.

use gridcore::{Fault, Problem};
use pyo3::PyTypeInfo;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

pyo3::create_exception!(
    gridcore,
    GridcoreError,
    PyValueError,
    "What the core refuses: `code` is the stable name, `faults` lists every fault behind it."
);

pyo3::create_exception!(
    gridcore,
    BuildError,
    GridcoreError,
    "A table that makes no tree: `faults` lists every fault."
);

pyo3::create_exception!(
    gridcore,
    Infeasible,
    GridcoreError,
    "A problem without an answer: `cause` is the named set that forbids one, `causes` are all of them."
);

/// Values that can't be what the core reads: every fault.
#[derive(Debug)]
pub(crate) struct Unfit(Vec<Fault>);

impl Unfit {
    /// The exception of the faults, if there are any.
    pub(crate) fn refuse(py: Python<'_>, faults: Vec<Fault>) -> PyResult<()> {
        if faults.is_empty() { Ok(()) } else { Err(Self::error(py, faults)) }
    }

    /// The exception of the faults.
    pub(crate) fn error(py: Python<'_>, faults: Vec<Fault>) -> PyErr {
        refused(py, &Self(faults))
    }
}

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text(gridcore::Lang::En))
    }
}

impl std::error::Error for Unfit {}

impl Problem for Unfit {
    fn code(&self) -> &'static str {
        "wrong_shape"
    }

    fn faults(&self) -> Vec<Fault> {
        self.0.clone()
    }
}

/// The exception of a problem without an answer, with its causes as Python values.
///
/// There are none where a search through everything found no answer, and no single set shows why.
pub(crate) fn infeasible<C: serde::Serialize>(py: Python<'_>, problem: &dyn Problem, causes: &[C]) -> PyErr {
    let error = raise::<Infeasible>(py, problem.code(), problem.to_string(), &problem.faults());
    let read = || -> PyResult<()> {
        let causes = py.import("json")?.call_method1("loads", (crate::report::to_json(&causes)?,))?;
        error.value(py).setattr("cause", causes.try_iter()?.next().transpose()?)?;
        error.value(py).setattr("causes", causes)
    };
    match read() {
        Ok(()) => error,
        Err(other) => other,
    }
}

/// The exception of an error of the core.
pub(crate) fn refused(py: Python<'_>, problem: &impl Problem) -> PyErr {
    raise::<GridcoreError>(py, problem.code(), problem.to_string(), &problem.faults())
}

/// The exception of a table that makes no tree.
pub(crate) fn not_built(py: Python<'_>, error: &gridcore::BuildError) -> PyErr {
    raise::<BuildError>(py, error.code(), error.to_string(), &error.faults())
}

/// The exception of a fault that has a name and no list of faults.
pub(crate) fn raised(py: Python<'_>, code: &str, message: String, faults: &[Fault]) -> PyErr {
    raise::<GridcoreError>(py, code, message, faults)
}

/// The exception of one fault.
pub(crate) fn fault_error(py: Python<'_>, fault: &Fault) -> PyErr {
    raise::<GridcoreError>(py, &fault.code, fault.text(gridcore::Lang::En), std::slice::from_ref(fault))
}

/// Builds the exception; an error while building it takes its place.
fn raise<E: PyTypeInfo>(py: Python<'_>, code: &str, message: String, faults: &[Fault]) -> PyErr {
    let error = PyErr::from_type(E::type_object(py), message);
    match fill(error.value(py), code, faults) {
        Ok(()) => error,
        Err(other) => other,
    }
}

fn fill(value: &Bound<'_, PyAny>, code: &str, faults: &[Fault]) -> PyResult<()> {
    let list = PyList::empty(value.py());
    for fault in faults {
        list.append(record(value.py(), fault)?)?;
    }
    value.setattr("code", code)?;
    value.setattr("faults", list)
}

/// A fault as a flat record with the core's own field names.
pub(crate) fn record<'py>(py: Python<'py>, fault: &Fault) -> PyResult<Bound<'py, PyDict>> {
    let row = PyDict::new(py);
    row.set_item("code", &fault.code)?;
    row.set_item("row", fault.row)?;
    row.set_item("column", fault.column.as_deref())?;
    row.set_item("grid", fault.grid.as_deref())?;
    row.set_item("found", fault.found.as_deref())?;
    row.set_item("wanted", fault.wanted.as_deref())?;
    row.set_item("related", &fault.related)?;
    row.set_item("message", &fault.message)?;
    row.set_item("message_zh", &fault.message_zh)?;
    row.set_item("remedy", &fault.remedy)?;
    row.set_item("remedy_zh", &fault.remedy_zh)?;
    Ok(row)
}
