//! A run's kernel over batches of rows, for an engine that holds the rows in partitions.

use gridcore::roster::{BatchKernel as Core, BatchKey, BatchPair, RosterSide};
use pyo3::prelude::*;

use crate::arrow::Table;
use crate::control::Reins;
use crate::flat;
use crate::report::or_refuse;
use crate::roster::Reconciliation;
use crate::roster_table::HeldRoster;
use crate::rows::{record, rows};

/// What a run has learnt, frozen.
#[pyclass(frozen, module = "gridcore._gridcore")]
pub(crate) struct BatchKernel {
    core: Core,
}

#[pymethods]
impl Reconciliation {
    /// The kernel of this run; with keys to cut instead of its own.
    #[pyo3(signature = (cut))]
    fn batch_kernel(&self, cut: Option<Vec<u64>>) -> BatchKernel {
        let core = self.core.batch_kernel();
        BatchKernel { core: if let Some(cut) = cut { core.with_cut(cut) } else { core } }
    }
}

#[pymethods]
impl BatchKernel {
    /// Loads a kernel that `to_json` saved.
    #[staticmethod]
    fn from_json(py: Python<'_>, text: &str) -> PyResult<Self> {
        Ok(Self { core: or_refuse(py, py.detach(|| Core::from_json(text)))? })
    }

    /// The kernel as JSON.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.core.to_json())
    }

    /// The keys whose blocks are cut.
    fn cut(&self) -> Vec<u64> {
        self.core.cut().to_vec()
    }

    /// The keys of all rows of a table.
    fn keys(&self, py: Python<'_>, table: &Bound<'_, PyAny>, side: &Bound<'_, PyAny>) -> PyResult<Table> {
        let side: RosterSide = record("side", side)?;
        let held = HeldRoster::read("table", table)?;
        let keys = py.detach(|| self.core.keys(&held.table(), side));
        flat::table(or_refuse(py, keys)?)
    }

    /// The pairs of a batch, scored.
    fn score(
        &self,
        py: Python<'_>,
        left: &Bound<'_, PyAny>,
        left_keys: &Bound<'_, PyAny>,
        right: &Bound<'_, PyAny>,
        right_keys: &Bound<'_, PyAny>,
        reins: Reins,
    ) -> PyResult<Table> {
        let (left, right) = (HeldRoster::read("left", left)?, HeldRoster::read("right", right)?);
        let left_keys: Vec<BatchKey> = rows(py, left_keys, None)?;
        let right_keys: Vec<BatchKey> = rows(py, right_keys, None)?;
        let done = reins.run(py, |control| {
            self.core.score((&left.table(), &left_keys), (&right.table(), &right_keys), control)
        })?;
        flat::table(or_refuse(py, done)?)
    }

    /// The pairs of all batches, as columns of rows, settled; without a right in a deduplication.
    #[pyo3(signature = (left, right, pairs, reins))]
    fn settle(
        &self,
        py: Python<'_>,
        left: &Bound<'_, PyAny>,
        right: Option<&Bound<'_, PyAny>>,
        pairs: &Bound<'_, PyAny>,
        reins: Reins,
    ) -> PyResult<Reconciliation> {
        let left = HeldRoster::read("left", left)?;
        let right = right.map(|right| HeldRoster::read("right", right)).transpose()?;
        let pairs: Vec<BatchPair> = rows(py, pairs, None)?;
        let done = reins.run(py, |control| {
            let right = right.as_ref().map(HeldRoster::table);
            self.core.settle(&left.table(), right.as_ref(), &pairs, control)
        })?;
        Ok(Reconciliation { core: or_refuse(py, done)? })
    }
}
