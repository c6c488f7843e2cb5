//! Questions about places: columns of positions in, columns out.

use gridcore::tree::{Ragged, TooManyValues};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::report::or_refuse;
use crate::tree::{Tree, pack, pack_options};

/// Lists as two columns: where each begins (one more than there are lists), and all values one behind the other.
type Lists<'py> = (Vec<usize>, Bound<'py, PyBytes>);

#[pymethods]
impl Tree {
    /// The parents of positions.
    fn parents<'py>(&self, py: Python<'py>, positions: &[u8]) -> PyResult<Bound<'py, PyBytes>> {
        let grids = self.grids(positions)?;
        Ok(pack_options(py, grids.into_iter().map(|grid| self.core.parent(grid?))))
    }

    /// The grids on a level that positions lie in.
    fn ancestors_at<'py>(
        &self,
        py: Python<'py>,
        positions: &[u8],
        level: u8,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let grids = self.grids(positions)?;
        Ok(pack_options(py, grids.into_iter().map(|grid| self.core.ancestor_at(grid?, level))))
    }

    /// The lowest grids that both columns lie in.
    fn lcas<'py>(&self, py: Python<'py>, a: &[u8], b: &[u8]) -> PyResult<Bound<'py, PyBytes>> {
        let (a, b) = self.pairs(a, b)?;
        Ok(pack_options(py, a.into_iter().zip(b).map(|(a, b)| Some(self.core.lca(a?, b?)))))
    }

    /// Whether each of the first is its counterpart in the second or lies above it; None where one is none.
    fn are_ancestors(&self, above: &[u8], below: &[u8]) -> PyResult<Vec<Option<bool>>> {
        let (above, below) = self.pairs(above, below)?;
        Ok(above.into_iter().zip(below).map(|(a, b)| Some(self.core.is_ancestor(a?, b?))).collect())
    }

    /// How many steps lead from each of the first to its counterpart; None where one is none.
    fn distances(&self, a: &[u8], b: &[u8]) -> PyResult<Vec<Option<usize>>> {
        let (a, b) = self.pairs(a, b)?;
        Ok(a.into_iter().zip(b).map(|(a, b)| Some(self.core.distance(a?, b?))).collect())
    }

    /// How many steps each lies below the root; None for none.
    fn depths(&self, positions: &[u8]) -> PyResult<Vec<Option<usize>>> {
        Ok(self.grids(positions)?.into_iter().map(|grid| Some(self.core.depth(grid?))).collect())
    }

    /// The children of each.
    fn children_of<'py>(&self, py: Python<'py>, positions: &[u8]) -> PyResult<Lists<'py>> {
        lists(py, self.core.children_of(&self.whole(positions)?))
    }

    /// The way from the root to each.
    fn paths_of<'py>(&self, py: Python<'py>, positions: &[u8]) -> PyResult<Lists<'py>> {
        lists(py, self.core.paths_of(&self.whole(positions)?))
    }

    /// Everything beneath each; on one level, if one is given.
    #[pyo3(signature = (positions, level = None))]
    fn descendants_of<'py>(
        &self,
        py: Python<'py>,
        positions: &[u8],
        level: Option<u8>,
    ) -> PyResult<Lists<'py>> {
        let grids = self.whole(positions)?;
        lists(
            py,
            match level {
                Some(level) => self.core.descendants_at_of(&grids, level),
                None => self.core.descendants_of(&grids),
            },
        )
    }

    /// The leaves beneath each.
    fn leaves_of<'py>(&self, py: Python<'py>, positions: &[u8]) -> PyResult<Lists<'py>> {
        lists(py, self.core.leaves_of(&self.whole(positions)?))
    }

    /// The siblings of each.
    fn siblings_of<'py>(&self, py: Python<'py>, positions: &[u8]) -> PyResult<Lists<'py>> {
        lists(py, self.core.siblings_of(&self.whole(positions)?))
    }
}

fn lists(py: Python<'_>, found: Result<Ragged, TooManyValues>) -> PyResult<Lists<'_>> {
    let (offsets, values) = or_refuse(py, found)?.into_parts();
    Ok((offsets, pack(py, values.into_iter().map(|grid| grid.get() as u32))))
}
