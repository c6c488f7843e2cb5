//! gridcore in Python: each function converts, calls the core and converts back.

mod error;
mod id;

use pyo3::pymodule;

#[pymodule]
mod _gridcore {
    #[pymodule_export]
    use super::error::GridcoreError;
    #[pymodule_export]
    use super::id::{grid_code, version};
}
