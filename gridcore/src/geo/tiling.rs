//! Do the grids under each grid tile it: no overlap, no hole, nothing beyond its border?

use i_overlay::i_shape::int::shape::{IntContour, IntShapes};

use crate::id::GridIndex;

use super::bounds::Bounds;
use super::footprint::Footprints;
use super::geodesic::signed_area_m2;
use super::plane::{Lattice, SetOperation, apply, oriented};

/// One place where grids do not tile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TilingFault {
    /// What is wrong.
    pub kind: TilingFaultKind,
    /// The area in question, in square metres.
    pub area_m2: f64,
    /// The rectangle around it, to look at on a map.
    pub bounds: Bounds,
}

/// What is wrong with a tiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TilingFaultKind {
    /// Two grids under one parent lie over each other.
    Overlap {
        /// The first in preorder.
        one: GridIndex,
        /// The other.
        other: GridIndex,
    },
    /// A part of a grid lies in none of the grids under it.
    Hole {
        /// The grid.
        parent: GridIndex,
    },
    /// A part of a grid lies outside the grid above it.
    Overhang {
        /// The grid.
        child: GridIndex,
        /// The grid above it.
        parent: GridIndex,
    },
}

/// What a check of the tiling found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TilingReport {
    faults: Vec<TilingFault>,
    checked: usize,
    without_outline: Vec<GridIndex>,
}

impl TilingReport {
    /// Every fault: by parent in preorder, overlaps before holes before overhangs.
    #[must_use]
    pub fn faults(&self) -> &[TilingFault] {
        &self.faults
    }

    /// Whether no fault was found in what could be checked.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    /// How many grids were compared with the grids under them.
    #[must_use]
    pub fn checked(&self) -> usize {
        self.checked
    }

    /// The grids without an outline beside siblings with one, or above grids with one: what could not be checked.
    #[must_use]
    pub fn without_outline(&self) -> &[GridIndex] {
        &self.without_outline
    }
}

/// The outlines under one parent on a common lattice.
struct Family<'f> {
    footprints: &'f Footprints,
    tolerance_m2: f64,
    lattice: Lattice,
    parent: Option<Vec<IntContour>>,
    /// Each child with its rectangle and its contours.
    children: Vec<(GridIndex, Bounds, Vec<IntContour>)>,
}

impl Family<'_> {
    /// The pieces of a result that are larger than the tolerance: their area and the rectangle around them.
    fn weigh(&self, shapes: &IntShapes) -> Option<(f64, Bounds)> {
        let (mut sum, mut bounds) = (0.0, Bounds::NOTHING);
        for shape in shapes {
            let rings: Vec<_> = shape.iter().map(|contour| self.lattice.ring(contour)).collect();
            let mut areas = rings.iter().map(|ring| signed_area_m2(self.footprints.reference(), ring).abs());
            let area = areas.next().unwrap_or(0.0) - areas.sum::<f64>();
            if area > self.tolerance_m2 {
                sum += area;
                bounds = rings.iter().flatten().fold(bounds, |bounds, &at| bounds.with(at));
            }
        }
        (sum > 0.0).then_some((sum, bounds))
    }

    fn compare(
        &self,
        operation: SetOperation,
        first: &[IntContour],
        second: &[IntContour],
    ) -> Option<(f64, Bounds)> {
        self.weigh(&apply(operation, first, second))
    }

    /// Pairs of children whose rectangles meet, from west to east.
    fn overlaps(&self) -> Vec<TilingFault> {
        let mut order: Vec<usize> = (0..self.children.len()).collect();
        order.sort_by(|&a, &b| self.children[a].1.west.total_cmp(&self.children[b].1.west));
        let mut open: Vec<usize> = Vec::new();
        let mut pairs = Vec::new();
        for i in order {
            let bounds = &self.children[i].1;
            open.retain(|&j| self.children[j].1.east >= bounds.west);
            pairs.extend(
                open.iter().filter(|&&j| self.children[j].1.meets(bounds)).map(|&j| (i.min(j), i.max(j))),
            );
            open.push(i);
        }
        pairs.sort_unstable();
        let fault = |(i, j): (usize, usize)| {
            let ((one, _, first), (other, _, second)) = (&self.children[i], &self.children[j]);
            let (area_m2, bounds) = self.compare(SetOperation::Common, first, second)?;
            Some(TilingFault { kind: TilingFaultKind::Overlap { one: *one, other: *other }, area_m2, bounds })
        };
        pairs.into_iter().filter_map(fault).collect()
    }

    /// What of the parent no child covers, and what of the children the parent does not.
    fn against_parent(&self, grid: GridIndex, whole: &[IntContour]) -> Vec<TilingFault> {
        let mut faults = Vec::new();
        let all: Vec<IntContour> =
            self.children.iter().flat_map(|(_, _, contours)| contours.clone()).collect();
        if let Some((area_m2, bounds)) = self.compare(SetOperation::Less, whole, &all) {
            faults.push(TilingFault { kind: TilingFaultKind::Hole { parent: grid }, area_m2, bounds });
        }
        if self.compare(SetOperation::Less, &all, whole).is_some() {
            for (child, _, contours) in &self.children {
                if let Some((area_m2, bounds)) = self.compare(SetOperation::Less, contours, whole) {
                    let kind = TilingFaultKind::Overhang { child: *child, parent: grid };
                    faults.push(TilingFault { kind, area_m2, bounds });
                }
            }
        }
        faults
    }
}

impl Footprints {
    /// The contours of an outline on a lattice.
    fn contours(&self, lattice: &Lattice, slot: usize) -> Vec<IntContour> {
        let shapes = &self.inner.shapes;
        oriented(
            shapes
                .polygons(slot)
                .map(|polygon| polygon.map(|ring| lattice.contour(ring)).collect())
                .collect(),
        )
    }

    /// Checks that the grids under each grid tile it: they do not overlap, leave no hole and do not reach beyond it.
    ///
    /// A piece of at most `tolerance_m2` square metres is let pass; 1 is a good value. Outlines are compared on a lattice of
    /// 2³⁰ steps over the parent, 0.1 mm for a city, in integers alone, so that every platform finds the same. Where the
    /// parent has no outline its children are still compared with each other.
    ///
    /// ```
    /// use gridcore::geo::{FootprintOptions, Footprints, Reference, TilingFaultKind};
    /// use gridcore::{GridRow, GridTree};
    /// let across = |w: u8, e: u8| format!(r#"{{"type":"Polygon","coordinates":[[[{w},0],[{e},0],[{e},10],[{w},10],[{w},0]]]}}"#);
    /// let tree = GridTree::from_rows([
    ///     GridRow::new("1", "city").footprint(across(0, 30)),
    ///     GridRow::new("11", "west").under("1").footprint(across(0, 12)),
    ///     GridRow::new("12", "middle").under("1").footprint(across(10, 20)),
    ///     GridRow::new("13", "east").under("1").footprint(across(25, 40)),
    /// ])?;
    /// let metres = FootprintOptions::new().reference(Reference::metres("local")?);
    /// let report = Footprints::from_tree(&tree, &metres)?.check_tiling(1.0);
    /// let areas: Vec<f64> = report.faults().iter().map(|fault| fault.area_m2.round()).collect();
    /// assert_eq!(areas, [20.0, 50.0, 100.0]); // an overlap, a hole, an overhang
    /// assert!(matches!(report.faults()[1].kind, TilingFaultKind::Hole { parent } if parent == tree.root()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    /// O(n log n) time in the number of corners for outlines that tile or nearly so.
    #[must_use]
    pub fn check_tiling(&self, tolerance_m2: f64) -> TilingReport {
        let (tree, shapes) = (self.tree(), &self.inner.shapes);
        let mut report = TilingReport::default();
        for grid in tree.indices().filter(|&grid| !tree.is_leaf(grid)) {
            let slots: Vec<(GridIndex, Option<usize>)> =
                tree.children(grid).map(|child| (child, shapes.slot(child))).collect();
            if slots.iter().all(|(_, slot)| slot.is_none()) {
                continue;
            }
            report
                .without_outline
                .extend(slots.iter().filter(|(_, slot)| slot.is_none()).map(|&(child, _)| child));
            let own = shapes.slot(grid);
            if own.is_none() {
                report.without_outline.push(grid);
            }
            let with_outline = || slots.iter().filter_map(|&(child, slot)| Some((child, slot?)));
            let bounds = with_outline()
                .map(|(_, slot)| slot)
                .chain(own)
                .fold(Bounds::NOTHING, |bounds, slot| bounds.join(shapes.bounds(slot)));
            let lattice = Lattice::over(bounds);
            let family = Family {
                footprints: self,
                tolerance_m2: tolerance_m2.max(0.0),
                lattice,
                parent: own.map(|slot| self.contours(&lattice, slot)),
                children: with_outline()
                    .map(|(child, slot)| (child, shapes.bounds(slot), self.contours(&lattice, slot)))
                    .collect(),
            };
            report.checked += 1;
            report.faults.extend(family.overlaps());
            if let Some(whole) = &family.parent {
                report.faults.extend(family.against_parent(grid, whole));
            }
        }
        report.without_outline.sort_unstable();
        report.without_outline.dedup();
        report
    }
}
