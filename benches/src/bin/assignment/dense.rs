//! Dense matrices: drawn costs, metres, and the products that are hard for shortest paths (Machol and Wien).

use std::path::Path;

use gridcore::control::Control;
use gridcore::solve::assignment::{CostMatrix, assign_dense};
use gridcore_benches::{cpu, instances};

use crate::{Done, say};

const INSTANCES: [(&str, u32); 8] = [
    ("uniform", 1000),
    ("uniform", 2000),
    ("uniform", 5000),
    ("euclidean", 1000),
    ("euclidean", 2000),
    ("euclidean", 5000),
    ("product", 1000),
    ("product", 2000),
];

pub(crate) fn measure(folder: &Path) -> Done {
    for (kind, size) in INSTANCES {
        let costs = CostMatrix::new(size, size, instances::dense(folder, kind, size)?)?;
        let runs = if size > 2000 { 3 } else { 5 };
        let (seconds, found) = cpu::best(runs, || assign_dense(&costs, &mut Control::free()));
        let found = found?;
        found.verify_dense(&costs)?;
        say("gridcore, Rust", &format!("dense {kind} {size}"), seconds, found.cost);
    }
    Ok(())
}
