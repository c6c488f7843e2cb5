//! gridcore in Python: each function converts, calls the core and converts back.

mod arrow;
mod columns;
mod error;
mod fronts;
mod geo;
mod id;
mod map;
mod notation;
mod report;
mod reports;
mod rollup;
mod samples;
mod scheme;
mod tree;
mod walk;

use pyo3::pymodule;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[pymodule]
mod _gridcore {
    #[pymodule_export]
    use super::arrow::Table;
    #[pymodule_export]
    use super::error::{BuildError, GridcoreError};
    #[pymodule_export]
    use super::fronts::Fronts;
    #[pymodule_export]
    use super::geo::{Footprints, area, convert, distances};
    #[pymodule_export]
    use super::id::{grid_code, version};
    #[pymodule_export]
    use super::notation::{
        apportion, check_claim, check_layout, layout_of_counts, layout_of_text, read_claim, scaled_weights,
    };
    #[pymodule_export]
    use super::samples::{register, register_csv, register_editions, zhongshan};
    #[pymodule_export]
    use super::scheme::Scheme;
    #[pymodule_export]
    use super::tree::Tree;
}
