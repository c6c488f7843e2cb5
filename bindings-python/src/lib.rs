//! gridcore in Python: each function converts, calls the core and converts back.

mod arrow;
mod columns;
mod error;
mod id;
mod report;
mod reports;
mod rollup;
mod tree;
mod walk;

use pyo3::pymodule;

#[pymodule]
mod _gridcore {
    #[pymodule_export]
    use super::arrow::Table;
    #[pymodule_export]
    use super::error::{BuildError, GridcoreError};
    #[pymodule_export]
    use super::id::{grid_code, version};
    #[pymodule_export]
    use super::tree::Tree;
}
