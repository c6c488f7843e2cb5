//! Exact arithmetic on outlines: coordinates on an integer lattice, set operations between outlines.
//!
//! Each operation lays its own lattice, 2³⁰ steps wide, over what it compares: 0.1 mm for a city. On it the set
//! operations (the `i_overlay` crate) work in integers alone, and the two conversions are a power of two and a
//! rounding, so that every platform agrees bit for bit.

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{Overlay, ShapeType};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::{IntContour, IntShapes};

use super::bounds::Bounds;

/// A lattice over a rectangle.
#[derive(Clone, Copy)]
pub(super) struct Lattice {
    origin: [f64; 2],
    /// Steps per unit, a power of two.
    steps: f64,
}

impl Lattice {
    /// Lays 2³⁰ steps over the longer side of a rectangle.
    pub(super) fn over(bounds: Bounds) -> Self {
        const FINEST: i32 = 52;
        let half = ((bounds.east - bounds.west) / 2.0).max((bounds.north - bounds.south) / 2.0);
        let (_, exponent) = libm::frexp(half);
        let origin = [f64::midpoint(bounds.west, bounds.east), f64::midpoint(bounds.south, bounds.north)];
        Self { origin, steps: libm::ldexp(1.0, (29 - exponent).min(FINEST)) }
    }

    fn point(&self, at: [f64; 2]) -> IntPoint {
        let step = |i: usize| libm::round((at[i] - self.origin[i]) * self.steps) as i32;
        IntPoint::new(step(0), step(1))
    }

    /// A closed ring as a contour, whose last corner is not repeated.
    pub(super) fn contour(&self, ring: &[[f64; 2]]) -> IntContour {
        let open = ring.split_last().map_or(ring, |(_, open)| open);
        let mut contour: IntContour = open.iter().map(|&at| self.point(at)).collect();
        contour.dedup();
        contour
    }

    /// A contour as a closed ring.
    pub(super) fn ring(&self, contour: &IntContour) -> Vec<[f64; 2]> {
        let back = |p: &IntPoint| {
            [f64::from(p.x) / self.steps + self.origin[0], f64::from(p.y) / self.steps + self.origin[1]]
        };
        contour.iter().chain(contour.first()).map(back).collect()
    }
}

/// Twice the area within a contour, in square steps; positive if it runs against the clock.
pub(super) fn doubled_area(contour: &[IntPoint]) -> i128 {
    let mut sum = 0_i128;
    for (i, p) in contour.iter().enumerate() {
        let q = contour[(i + 1) % contour.len()];
        sum += i128::from(p.x) * i128::from(q.y) - i128::from(q.x) * i128::from(p.y);
    }
    sum
}

/// Twice the area of what a set operation yields, in square steps; holes count against it.
fn doubled_area_of(shapes: &IntShapes) -> i128 {
    let of_shape = |shape: &Vec<IntContour>| {
        let mut areas = shape.iter().map(|contour| doubled_area(contour).abs());
        let outer = areas.next().unwrap_or(0);
        outer - areas.sum::<i128>()
    };
    shapes.iter().map(of_shape).sum()
}

/// What two sets of contours have to do with each other.
#[derive(Clone, Copy)]
pub(super) enum SetOperation {
    /// In both.
    Common,
    /// In the first, not in the second.
    Less,
}

/// Turns the rings of polygons so that outer ones run against the clock and holes with it.
pub(super) fn oriented(polygons: Vec<Vec<IntContour>>) -> Vec<IntContour> {
    let mut contours = Vec::new();
    for polygon in polygons {
        for (i, mut contour) in polygon.into_iter().enumerate() {
            if (doubled_area(&contour) < 0) == (i == 0) {
                contour.reverse();
            }
            contours.push(contour);
        }
    }
    contours
}

/// Applies a set operation to two sides of [`oriented`] contours, each the union of its polygons.
pub(super) fn apply(operation: SetOperation, first: &[IntContour], second: &[IntContour]) -> IntShapes {
    let mut overlay = Overlay::new(first.len() + second.len());
    overlay.add_contours(first, ShapeType::Subject);
    overlay.add_contours(second, ShapeType::Clip);
    let rule = match operation {
        SetOperation::Common => OverlayRule::Intersect,
        SetOperation::Less => OverlayRule::Difference,
    };
    overlay.overlay(rule, FillRule::NonZero)
}

/// Twice the area that contours fill by a rule, in square steps.
fn doubled_filled(contours: &[IntContour], fill: FillRule) -> i128 {
    let mut overlay = Overlay::new(contours.len());
    overlay.add_contours(contours, ShapeType::Subject);
    doubled_area_of(&overlay.overlay(OverlayRule::Subject, fill))
}

fn cross(a: IntPoint, b: IntPoint, c: IntPoint) -> i128 {
    let along = |p: i32, q: i32| i128::from(q) - i128::from(p);
    along(a.x, b.x) * along(a.y, c.y) - along(a.y, b.y) * along(a.x, c.x)
}

/// Whether two edges cross in a point inner to both.
fn cross_properly([a, b]: [IntPoint; 2], [c, d]: [IntPoint; 2]) -> bool {
    let opposite = |p: i128, q: i128| (p > 0 && q < 0) || (p < 0 && q > 0);
    opposite(cross(a, b, c), cross(a, b, d)) && opposite(cross(c, d, a), cross(c, d, b))
}

/// What is wrong with the outline of a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tangle {
    /// A ring crosses, overlaps or doubles itself.
    Ring(usize),
    /// Two rings cross, a hole lies outside its polygon, in another hole or fills it, or two parts overlap.
    Rings,
    /// There is no area within a ring.
    Flat(usize),
    /// There are too many close edges to compare.
    Costly,
}

/// How many pairs of edges may still be compared: what keeps a hostile file from taking for ever.
pub(super) struct Budget(pub(super) u64);

/// Looks for edges that cross, from west to east; each with its ring.
fn crossing(contours: &[IntContour], budget: &mut Budget) -> Result<(), Tangle> {
    let mut edges = Vec::new();
    for (ring, contour) in contours.iter().enumerate() {
        for (i, &p) in contour.iter().enumerate() {
            let q = contour[(i + 1) % contour.len()];
            edges.push(([p.min(q), p.max(q)], ring));
        }
    }
    edges.sort_unstable_by_key(|&([west, _], _)| west.x);
    let mut open: Vec<([IntPoint; 2], usize)> = Vec::new();
    for (edge, ring) in edges {
        open.retain(|&([_, east], _)| east.x > edge[0].x);
        budget.0 = budget.0.checked_sub(open.len() as u64).ok_or(Tangle::Costly)?;
        for &(other, of) in &open {
            if cross_properly(edge, other) {
                return Err(if ring == of { Tangle::Ring(ring) } else { Tangle::Rings });
            }
        }
        open.push((edge, ring));
    }
    Ok(())
}

/// Whether a contour only ever turns one way, and only once around.
fn is_convex(contour: &[IntPoint]) -> bool {
    let n = contour.len();
    let (mut left, mut right, mut turns) = (false, false, 0);
    for (i, &p) in contour.iter().enumerate() {
        let (q, r) = (contour[(i + 1) % n], contour[(i + 2) % n]);
        let bend = cross(p, q, r);
        let ahead = (i128::from(q.x) - i128::from(p.x)) * (i128::from(r.x) - i128::from(q.x))
            + (i128::from(q.y) - i128::from(p.y)) * (i128::from(r.y) - i128::from(q.y));
        if bend == 0 && ahead < 0 {
            return false;
        }
        left |= bend > 0;
        right |= bend < 0;
        turns += usize::from((p <= q) != (q <= r));
    }
    left != right && turns <= 2
}

/// Finds out whether an outline is sound: each polygon its outer ring and its holes.
///
/// Rings may touch themselves and each other in single points; they may not cross, overlap or run double. The test is by
/// area: a sound ring winds once around everything within it, so that the areas of positive and of negative winding are
/// its own and none; sound rings fill what the outer ones hold less what the holes do.
pub(super) fn check(polygons: &[Vec<IntContour>], budget: &mut Budget) -> Result<(), Tangle> {
    let contours: Vec<IntContour> = polygons.iter().flatten().cloned().collect();
    if let Some(flat) = contours.iter().position(|contour| contour.len() < 3) {
        return Err(Tangle::Flat(flat));
    }
    crossing(&contours, budget)?;
    if let Some(flat) = contours.iter().position(|contour| doubled_area(contour) == 0) {
        return Err(Tangle::Flat(flat));
    }
    // Within a strip of one step along all edges rounding may have moved area.
    let slack = |contours: &[IntContour]| -> i128 {
        let length = |contour: &IntContour| -> i128 {
            let next = contour.iter().cycle().skip(1);
            let side = |(p, q): (&IntPoint, &IntPoint)| {
                (i128::from(p.x) - i128::from(q.x)).abs() + (i128::from(p.y) - i128::from(q.y)).abs()
            };
            contour.iter().zip(next).map(side).sum()
        };
        contours.iter().map(length).sum::<i128>() * 2
    };
    for (ring, contour) in contours.iter().enumerate() {
        if is_convex(contour) {
            continue;
        }
        let one = std::slice::from_ref(contour);
        let (area, slack) = (doubled_area(contour).abs(), slack(one));
        let (positive, negative) =
            (doubled_filled(one, FillRule::Positive), doubled_filled(one, FillRule::Negative));
        if positive.min(negative) > slack || (positive.max(negative) - area).abs() > slack {
            return Err(Tangle::Ring(ring));
        }
    }
    if contours.len() > 1 {
        let of_polygon = |polygon: &Vec<IntContour>| {
            let mut areas = polygon.iter().map(|contour| doubled_area(contour).abs());
            let outer = areas.next().unwrap_or(0);
            outer - areas.sum::<i128>()
        };
        let wanted: i128 = polygons.iter().map(of_polygon).sum();
        let found = doubled_filled(&contours, FillRule::EvenOdd);
        if found == 0 || (found - wanted).abs() > slack(&contours) {
            return Err(Tangle::Rings);
        }
    }
    Ok(())
}
