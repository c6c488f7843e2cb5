//! Footprints (网格范围): the outlines of grids, beside their tree.

mod fault;
mod options;
mod read;
mod write;

use std::fmt;
use std::sync::Arc;

use crate::id::GridIndex;
use crate::tree::GridTree;

use super::bounds::Bounds;
use super::geodesic::signed_area_m2;
use super::position::PositionError;
use super::reference::{Reference, convert, convertible};

pub use fault::{FootprintError, FootprintFault, FootprintFaultKind};
pub use options::FootprintOptions;

/// The outlines of the grids of a tree: validated, immutable, cheap to clone.
///
/// Not every grid needs one. An outline is one polygon or several, each with or without holes; its edges are straight in
/// its coordinates, as RFC 7946 says. All outlines share one [`Reference`].
///
/// ```
/// use gridcore::geo::{FootprintOptions, Footprints};
/// use gridcore::{GridRow, GridTree};
///
/// let tree = GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "north").under("1")])?;
/// let text = r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"code": "11"},
///   "geometry": {"type": "Polygon", "coordinates": [[[113.0, 22.0], [113.01, 22.0], [113.0, 22.01], [113.0, 22.0]]]}}]}"#;
/// let footprints = Footprints::from_geojson(&tree, text, &FootprintOptions::new())?;
/// let north = footprints.get(tree.find("11").expect("it is in the tree")).expect("it has an outline");
/// assert!((north.area_m2() - 571_699.0).abs() < 1.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Footprints {
    pub(super) inner: Arc<Inner>,
}

/// Flat arrays: grid → polygons → rings → corners, each by the place where it begins.
pub(super) struct Inner {
    pub(super) tree: GridTree,
    pub(super) reference: Reference,
    pub(super) invented: bool,
    pub(super) shapes: Shapes,
}

#[derive(Default)]
pub(super) struct Shapes {
    /// The grids that have an outline, ascending.
    pub(super) grids: Vec<GridIndex>,
    /// For each of them where its polygons end.
    polygons: Vec<u32>,
    /// For each polygon where its rings end.
    rings: Vec<u32>,
    /// For each ring where its corners end; the last corner repeats the first.
    corners: Vec<u32>,
    positions: Vec<[f64; 2]>,
    bounds: Vec<Bounds>,
}

/// The part of a list of ends that belongs to the `i`-th.
fn part(ends: &[u32], i: usize) -> std::ops::Range<usize> {
    let start = if i == 0 { 0 } else { ends[i - 1] as usize };
    start..ends[i] as usize
}

impl Shapes {
    /// Adds the outline of a grid; grids come in ascending order.
    fn push(&mut self, grid: GridIndex, outline: &[Vec<Vec<[f64; 2]>>]) {
        let mut bounds = Bounds::NOTHING;
        for polygon in outline {
            for ring in polygon {
                self.positions.extend_from_slice(ring);
                self.corners.push(self.positions.len() as u32);
                bounds = ring.iter().fold(bounds, |bounds, &at| bounds.with(at));
            }
            self.rings.push(self.corners.len() as u32);
        }
        self.polygons.push(self.rings.len() as u32);
        self.grids.push(grid);
        self.bounds.push(bounds);
    }

    pub(super) fn bounds(&self, slot: usize) -> Bounds {
        self.bounds[slot]
    }

    fn ring(&self, ring: usize) -> &[[f64; 2]] {
        &self.positions[part(&self.corners, ring)]
    }

    /// The polygons of an outline, each its outer ring and its holes.
    pub(super) fn polygons(&self, slot: usize) -> impl Iterator<Item = impl Iterator<Item = &[[f64; 2]]>> {
        part(&self.polygons, slot).map(|polygon| part(&self.rings, polygon).map(|ring| self.ring(ring)))
    }

    /// All rings of an outline.
    pub(super) fn all_rings(&self, slot: usize) -> impl Iterator<Item = &[[f64; 2]]> {
        self.polygons(slot).flatten()
    }

    /// The place of a grid in the list of outlines.
    pub(super) fn slot(&self, grid: GridIndex) -> Option<usize> {
        self.grids.binary_search(&grid).ok()
    }
}

impl Footprints {
    fn new(tree: &GridTree, reference: Reference, invented: bool, shapes: Shapes) -> Self {
        Self { inner: Arc::new(Inner { tree: tree.clone(), reference, invented, shapes }) }
    }

    /// The tree whose grids these are.
    #[must_use]
    pub fn tree(&self) -> &GridTree {
        &self.inner.tree
    }

    /// What the coordinates are measured in.
    #[must_use]
    pub fn reference(&self) -> &Reference {
        &self.inner.reference
    }

    /// Whether the outlines are made up, as those of the sample city are; whatever shows them must say so.
    #[must_use]
    pub fn is_invented(&self) -> bool {
        self.inner.invented
    }

    /// How many grids have an outline.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inner.shapes.grids.len()
    }

    /// Whether no grid has an outline.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inner.shapes.grids.is_empty()
    }

    /// The grids that have an outline, in preorder.
    pub fn grids(&self) -> impl Iterator<Item = GridIndex> + '_ {
        self.inner.shapes.grids.iter().copied()
    }

    /// The outline of a grid, if it has one.
    #[must_use]
    pub fn get(&self, grid: GridIndex) -> Option<Footprint<'_>> {
        let slot = self.inner.shapes.slot(grid)?;
        Some(Footprint { footprints: self, slot })
    }

    /// The rectangle around all outlines, if there is any.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        self.inner.shapes.bounds.iter().copied().reduce(Bounds::join)
    }

    /// The area of each grid in square metres, by position in preorder; none where it has no outline.
    ///
    /// ```
    /// # use gridcore::geo::{FootprintOptions, Footprints, Reference};
    /// # use gridcore::{GridRow, GridTree};
    /// let field = r#"{"type": "Polygon", "coordinates": [[[0, 0], [30, 0], [30, 20], [0, 20], [0, 0]]]}"#;
    /// let tree = GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "field").under("1").footprint(field)])?;
    /// let metres = FootprintOptions::new().reference(Reference::metres("local")?);
    /// assert_eq!(Footprints::from_tree(&tree, &metres)?.areas_m2(), [None, Some(600.0)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    /// O(n) time in the number of corners.
    #[must_use]
    pub fn areas_m2(&self) -> Vec<Option<f64>> {
        let mut areas = vec![None; self.tree().len()];
        for (slot, &grid) in self.inner.shapes.grids.iter().enumerate() {
            areas[grid.get()] = Some(Footprint { footprints: self, slot }.area_m2());
        }
        areas
    }

    /// The same outlines in another reference; see [`Point::to`](super::Point::to).
    ///
    /// Corners move, edges stay straight: a corner of one outline on an edge of another may leave it by up to a
    /// millimetre for an edge of a kilometre.
    ///
    /// ```
    /// # use gridcore::geo::{FootprintOptions, Footprints, Reference};
    /// # use gridcore::{GridRow, GridTree};
    /// let square = r#"{"type": "Polygon", "coordinates": [[[113, 22], [114, 22], [114, 23], [113, 23], [113, 22]]]}"#;
    /// let tree = GridTree::from_rows([GridRow::new("1", "city").footprint(square)])?;
    /// let footprints = Footprints::from_tree(&tree, &FootprintOptions::new())?;
    /// let shifted = footprints.to(&Reference::Gcj02)?;
    /// let west = |footprints: &Footprints| footprints.bounds().map(|bounds| bounds.west);
    /// assert!(west(&shifted) > west(&footprints)); // the shift goes east
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`PositionError::NoConversion`] if either reference is a plane in metres and they differ.
    ///
    /// # Complexity
    /// O(n) time and space in the number of corners.
    pub fn to(&self, reference: &Reference) -> Result<Self, PositionError> {
        convertible(self.reference(), reference)?;
        if self.reference() == reference {
            return Ok(self.clone());
        }
        let old = &self.inner.shapes;
        let moved = |&at: &[f64; 2]| convert(self.reference(), reference, at);
        let mut shapes = Shapes {
            grids: old.grids.clone(),
            polygons: old.polygons.clone(),
            rings: old.rings.clone(),
            corners: old.corners.clone(),
            positions: old.positions.iter().map(moved).collect(),
            bounds: Vec::new(),
        };
        shapes.bounds = (0..shapes.grids.len())
            .map(|slot| shapes.all_rings(slot).flatten().fold(Bounds::NOTHING, |bounds, &at| bounds.with(at)))
            .collect();
        Ok(Self::new(self.tree(), reference.clone(), self.is_invented(), shapes))
    }
}

impl fmt::Debug for Footprints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Footprints")
            .field("grids", &self.len())
            .field("reference", &self.inner.reference)
            .field("invented", &self.inner.invented)
            .finish_non_exhaustive()
    }
}

/// The outline of one grid.
///
/// ```
/// # use gridcore::geo::{FootprintOptions, Footprints};
/// # use gridcore::{GridRow, GridTree};
/// let square = r#"{"type": "Polygon", "coordinates": [[[113, 22], [114, 22], [114, 23], [113, 23], [113, 22]]]}"#;
/// let tree = GridTree::from_rows([GridRow::new("1", "city").footprint(square)])?;
/// let footprints = Footprints::from_tree(&tree, &FootprintOptions::new())?;
/// let city = footprints.get(tree.root()).expect("it has an outline");
/// assert_eq!(city.polygons().next().expect("one polygon")[0].len(), 5);
/// assert_eq!(city.bounds().north, 23.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Footprint<'f> {
    footprints: &'f Footprints,
    slot: usize,
}

impl<'f> Footprint<'f> {
    /// The grid.
    #[must_use]
    pub fn grid(&self) -> GridIndex {
        self.footprints.inner.shapes.grids[self.slot]
    }

    /// The rectangle around it.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        self.footprints.inner.shapes.bounds(self.slot)
    }

    /// Its polygons, each the outer ring and then the holes; the last corner of a ring repeats the first.
    pub fn polygons(&self) -> impl Iterator<Item = Vec<&'f [[f64; 2]]>> + use<'f> {
        self.footprints.inner.shapes.polygons(self.slot).map(Iterator::collect)
    }

    /// Its area in square metres: on WGS-84, or in the plane.
    ///
    /// # Complexity
    /// O(n) time in the number of corners.
    #[must_use]
    pub fn area_m2(&self) -> f64 {
        let reference = self.footprints.reference();
        let of_polygon = |polygon: Vec<&[[f64; 2]]>| {
            let mut areas = polygon.into_iter().map(|ring| signed_area_m2(reference, ring).abs());
            let outer = areas.next().unwrap_or(0.0);
            outer - areas.sum::<f64>()
        };
        self.polygons().map(of_polygon).sum()
    }
}
