//! Which grid does a place lie in?

use std::sync::Arc;

use geo_index::rtree::sort::HilbertSort;
use geo_index::rtree::{RTree, RTreeBuilder, RTreeIndex};

use crate::id::GridIndex;

use super::footprint::Footprints;
use super::position::{Point, Points, PositionError, same};

/// An index over outlines that answers which grid a place lies in; immutable, cheap to clone.
///
/// A grid holds its border. A place on the border of several grids lies in the first of them in preorder, so that it
/// lies in exactly one; where grids tile, the answers for two levels then agree, because the first leaf at a place
/// stands under the first grid of any level there.
///
/// ```
/// use gridcore::geo::{FootprintOptions, Footprints, Point, Reference};
/// use gridcore::{GridRow, GridTree};
/// let square = |x: u8| format!(r#"{{"type":"Polygon","coordinates":[[[{x},0],[{0},0],[{0},1],[{x},1],[{x},0]]]}}"#, x + 1);
/// let tree = GridTree::from_rows([
///     GridRow::new("1", "city"),
///     GridRow::new("11", "west").under("1").footprint(square(0)),
///     GridRow::new("12", "east").under("1").footprint(square(1)),
/// ])?;
/// let locator = Footprints::from_tree(&tree, &FootprintOptions::new())?.locator(None);
/// let at = |x, y| locator.locate(&Point::new(Reference::Wgs84, x, y)?);
/// assert_eq!(at(1.5, 0.5)?, tree.find("12"));
/// assert_eq!(at(1.0, 0.5)?, tree.find("11")); // on the border: the first in preorder
/// assert_eq!(at(3.0, 0.5)?, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Locator {
    inner: Arc<Inner>,
}

struct Inner {
    footprints: Footprints,
    /// The outlines to look in, each with the grid it answers for, in preorder.
    entries: Vec<(usize, GridIndex)>,
    /// Their rectangles; none if there is no outline.
    index: Option<RTree<f64>>,
}

impl Footprints {
    /// The outlines that make up some grids, none of which lies under another: the grid's own, or else the highest
    /// ones below it. They come in preorder, each with the grid that it belongs to.
    pub(super) fn pieces(&self, is_wanted: impl Fn(GridIndex) -> bool) -> Vec<(usize, GridIndex)> {
        let tree = self.tree();
        let mut pieces = Vec::new();
        // The last grid that was wanted, and the last whose outline was taken.
        let (mut owner, mut taken): (Option<GridIndex>, Option<GridIndex>) = (None, None);
        for grid in tree.indices() {
            if is_wanted(grid) {
                owner = Some(grid);
            }
            let holds = |above: GridIndex| above == grid || tree.is_ancestor(above, grid);
            let Some(owner) = owner.filter(|&owner| holds(owner)) else { continue };
            if taken.is_some_and(holds) {
                continue;
            }
            if let Some(slot) = self.inner.shapes.slot(grid) {
                pieces.push((slot, owner));
                taken = Some(grid);
            }
        }
        pieces
    }

    /// Makes an index over the grids of a level, or over the leaves of the tree.
    ///
    /// A grid of that level without an outline of its own lies where the highest outlines below it lie.
    ///
    /// # Complexity
    /// O(n log n) time and O(n) space in the number of outlines.
    #[must_use]
    pub fn locator(&self, level: Option<u8>) -> Locator {
        let tree = self.tree();
        let entries = self.pieces(|grid| match level {
            Some(level) => tree.level(grid) == level,
            None => tree.is_leaf(grid),
        });
        let index = (!entries.is_empty()).then(|| {
            let mut builder = RTreeBuilder::new(entries.len() as u32);
            for &(slot, _) in &entries {
                let bounds = self.inner.shapes.bounds(slot);
                builder.add(bounds.west, bounds.south, bounds.east, bounds.north);
            }
            builder.finish::<HilbertSort>()
        });
        Locator { inner: Arc::new(Inner { footprints: self.clone(), entries, index }) }
    }
}

impl Locator {
    /// The footprints it looks in.
    #[must_use]
    pub fn footprints(&self) -> &Footprints {
        &self.inner.footprints
    }

    /// The grid that a place lies in, if it lies in any.
    ///
    /// # Errors
    /// [`PositionError::Mixed`] if the point is in another reference than the footprints.
    ///
    /// # Complexity
    /// O(log n + k) time, with k the corners of the outlines whose rectangles hold the place.
    pub fn locate(&self, point: &Point) -> Result<Option<GridIndex>, PositionError> {
        same(point.reference(), self.inner.footprints.reference())?;
        Ok(self.at([point.x(), point.y()]))
    }

    /// The grid that each of many places lies in, in the order of the places.
    ///
    /// ```
    /// # use gridcore::geo::{FootprintOptions, Footprints, Points, Reference};
    /// # use gridcore::{GridRow, GridTree};
    /// let square = r#"{"type": "Polygon", "coordinates": [[[113, 22], [114, 22], [114, 23], [113, 23], [113, 22]]]}"#;
    /// let tree = GridTree::from_rows([GridRow::new("1", "city").footprint(square)])?;
    /// let locator = Footprints::from_tree(&tree, &FootprintOptions::new())?.locator(None);
    /// let places = Points::new(Reference::Wgs84, vec![113.5, 115.0], vec![22.5, 22.5])?;
    /// assert_eq!(locator.locate_all(&places)?, [Some(tree.root()), None]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`locate`](Self::locate).
    ///
    /// # Complexity
    /// As [`locate`](Self::locate), for each place.
    pub fn locate_all(&self, points: &Points) -> Result<Vec<Option<GridIndex>>, PositionError> {
        same(points.reference(), self.inner.footprints.reference())?;
        Ok(points.x().iter().zip(points.y()).map(|(&x, &y)| self.at([x, y])).collect())
    }

    fn at(&self, at: [f64; 2]) -> Option<GridIndex> {
        let inner = &*self.inner;
        let mut found = inner.index.as_ref()?.search(at[0], at[1], at[0], at[1]);
        found.sort_unstable();
        let holds = |&entry: &u32| {
            let (slot, grid) = inner.entries[entry as usize];
            holds(inner.footprints.inner.shapes.all_rings(slot), at).then_some(grid)
        };
        found.iter().find_map(holds)
    }
}

/// Whether closed rings, filled by the even–odd rule, hold a place; their border belongs to them.
///
/// An edge is looked at from its lower end, whichever way round its ring runs, so that two outlines that share it
/// agree to the last bit on which side a place lies.
fn holds<'r>(rings: impl Iterator<Item = &'r [[f64; 2]]>, [x, y]: [f64; 2]) -> bool {
    let mut inside = false;
    for ring in rings {
        for edge in ring.windows(2) {
            let (mut low, mut high) = (edge[0], edge[1]);
            if (low[1], low[0]) > (high[1], high[0]) {
                (low, high) = (high, low);
            }
            if y < low[1] || y > high[1] {
                continue;
            }
            let side = (high[0] - low[0]) * (y - low[1]) - (high[1] - low[1]) * (x - low[0]);
            let between = x >= low[0].min(high[0]) && x <= low[0].max(high[0]);
            if side == 0.0 && between {
                return true;
            }
            // The upper end is left to the edge above it.
            if y < high[1] && side > 0.0 {
                inside = !inside;
            }
        }
    }
    inside
}
