//! Laws of distances and areas; the oracle is the `geographiclib-rs` crate.
#![cfg(feature = "geo")]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use geographiclib_rs::{Geodesic, InverseGeodesic, PolygonArea, Winding};
use gridcore::geo::{Point, Points, Reference};
use proptest::prelude::*;

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let point = |(x, y)| Point::new(Reference::Wgs84, x, y).unwrap();
    point(a).distance_m(&point(b)).unwrap()
}

fn oracle(a: (f64, f64), b: (f64, f64)) -> f64 {
    Geodesic::wgs84().inverse(a.1, a.0, b.1, b.0)
}

fn area(reference: Reference, ring: &[(f64, f64)]) -> f64 {
    let (xs, ys) = ring.iter().copied().unzip();
    Points::new(reference, xs, ys).unwrap().ring_area_m2()
}

/// Hard cases: poles, the equator, meridians, the date line, antipodes and their neighbourhood.
#[test]
fn special_places() {
    let xs =
        [-180.0, -179.999, -90.0, 0.0, 1e-13, 1e-9, 0.3, 90.0, 179.3, 179.394_813, 179.5, 179.999_999, 180.0];
    let ys = [-90.0, -89.999_999_9, -45.0, -1e-13, 0.0, 1e-13, 1e-9, 0.5, 30.0, 45.0, 89.999_999_9, 90.0];
    for &x1 in &xs {
        for &y1 in &ys {
            for &x2 in &xs {
                for &y2 in &ys {
                    let (found, wanted) = (distance((x1, y1), (x2, y2)), oracle((x1, y1), (x2, y2)));
                    assert!((found - wanted).abs() < 1e-7, "{x1} {y1} {x2} {y2}: {found} {wanted}");
                }
            }
        }
    }
}

#[test]
fn known_lengths() {
    // The quarter meridian and the equator of WGS-84.
    assert!((distance((7.0, 0.0), (7.0, 90.0)) - 10_001_965.729_3).abs() < 1e-4);
    assert!((distance((0.0, 0.0), (90.0, 0.0)) - 6_378_137.0 * std::f64::consts::FRAC_PI_2).abs() < 1e-8);
    let local = Reference::metres("local").unwrap();
    let from = Point::new(local.clone(), 1.0, 1.0).unwrap();
    assert_eq!(from.distance_m(&Point::new(local, 4.0, 5.0).unwrap()).unwrap().to_bits(), 5.0_f64.to_bits());
}

/// Distances in a shifted reference are those between the true places.
#[test]
fn shifted_points_are_taken_back_first() {
    let places = Points::new(Reference::Wgs84, vec![113.2, 113.5], vec![22.3, 22.7]).unwrap();
    let shown = places.to(&Reference::Bd09).unwrap();
    let point = |points: &Points, i: usize| {
        Point::new(points.reference().clone(), points.x()[i], points.y()[i]).unwrap()
    };
    let truly = point(&places, 0).distance_m(&point(&places, 1)).unwrap();
    let found = point(&shown, 0).distance_m(&point(&shown, 1)).unwrap();
    assert!((truly - found).abs() < 1e-4, "{truly} {found}");
}

/// A place anywhere, or near the antipode of another.
fn pairs() -> impl Strategy<Value = ((f64, f64), (f64, f64))> {
    let place = (-180.0..180.0_f64, -90.0..90.0_f64);
    let antipodal = (place.clone(), -0.6..0.6_f64, -0.6..0.6_f64).prop_map(|((x, y), dx, dy)| {
        let opposite = if x > 0.0 { x - 180.0 } else { x + 180.0 };
        ((x, y), ((opposite + dx).clamp(-180.0, 180.0), (-y + dy).clamp(-90.0, 90.0)))
    });
    let close = (place.clone(), -0.01..0.01_f64, -0.01..0.01_f64)
        .prop_map(|((x, y), dx, dy)| ((x, y), ((x + dx).clamp(-180.0, 180.0), (y + dy).clamp(-90.0, 90.0))));
    prop_oneof![(place.clone(), place), antipodal, close]
}

/// The area between geodesics through the corners of a ring, each edge cut into pieces, of the smaller side.
fn cut_area(ring: &[(f64, f64)], pieces: i32) -> f64 {
    let geodesic = Geodesic::wgs84();
    let mut polygon = PolygonArea::new(&geodesic, Winding::CounterClockwise);
    for (i, &(x1, y1)) in ring.iter().enumerate() {
        let (x2, y2) = ring[(i + 1) % ring.len()];
        for piece in 0..pieces {
            let t = f64::from(piece) / f64::from(pieces);
            polygon.add_point(y1 + (y2 - y1) * t, x1 + (x2 - x1) * t);
        }
    }
    let (_, area, _) = polygon.compute(true);
    area
}

/// The oracle for areas: with more pieces the geodesics come closer to the straight edges, as the square of their
/// number; two numbers of pieces tell where that leads (Richardson's extrapolation).
fn straight_area(ring: &[(f64, f64)]) -> f64 {
    ((4.0 * cut_area(ring, 400) - cut_area(ring, 200)) / 3.0).abs()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Every distance is the oracle's to within a hundred nanometres.
    #[test]
    fn distances_agree_with_the_oracle((a, b) in pairs()) {
        prop_assert!((distance(a, b) - oracle(a, b)).abs() < 1e-7, "{} {}", distance(a, b), oracle(a, b));
    }

    /// A distance is the same from both ends, and nothing but from a place to itself.
    #[test]
    fn distances_are_symmetric((a, b) in pairs()) {
        prop_assert!((distance(a, b) - distance(b, a)).abs() < 1e-8);
        prop_assert_eq!(distance(a, a).to_bits(), 0);
        prop_assert!(distance(a, b) < 20_003_931.5);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Triangles of a few degrees have the area that the oracle finds for densified edges.
    #[test]
    fn areas_agree_with_the_oracle(x in -170.0..170.0_f64, y in -80.0..80.0_f64, corners in prop::collection::vec((-2.0..2.0_f64, -2.0..2.0_f64), 3)) {
        let ring: Vec<_> = corners.iter().map(|&(dx, dy)| (x + dx, y + dy)).collect();
        let (found, wanted) = (area(Reference::Wgs84, &ring), straight_area(&ring));
        prop_assert!((found - wanted).abs() < 0.1, "{} {}", found, wanted);
    }

    /// The parts of a rectangle, cut by a line with a corner in it, have together its area.
    #[test]
    fn areas_add_up(x in 73.0..135.0_f64, y in 18.0..53.0_f64, size in 0.001..1.0_f64, t in 0.1..0.9_f64, dy in -0.4..0.4_f64) {
        let (x2, y2) = (x + size, y + size);
        let at = |t: f64| y + size * t;
        let bend = (x + size / 2.0, at(t) + dy * size * t.min(1.0 - t));
        let whole = [(x, y), (x2, y), (x2, y2), (x, y2)];
        let south = [(x, y), (x2, y), (x2, at(t)), bend, (x, at(t))];
        let north = [(x, at(t)), bend, (x2, at(t)), (x2, y2), (x, y2)];
        for reference in [Reference::Wgs84, Reference::Cgcs2000] {
            let sum = area(reference.clone(), &south) + area(reference.clone(), &north);
            let whole = area(reference, &whole);
            prop_assert!((sum - whole).abs() < 1e-9 * whole + 1e-6, "{} {}", sum, whole);
        }
    }

    /// Direction, starting corner and a repeated last corner do not matter.
    #[test]
    fn areas_do_not_depend_on_the_way_round(corners in prop::collection::vec((113.0..114.0_f64, 22.0..23.0_f64), 3..9), turn in 0..9_usize) {
        let wanted = area(Reference::Wgs84, &corners);
        let mut ring = corners.clone();
        ring.rotate_left(turn % corners.len());
        prop_assert!((area(Reference::Wgs84, &ring) - wanted).abs() < 1e-3);
        ring.reverse();
        ring.push(ring[0]);
        prop_assert!((area(Reference::Wgs84, &ring) - wanted).abs() < 1e-3);
    }
}
