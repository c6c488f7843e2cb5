//! Laws of the coordinate references.
#![cfg(feature = "geo")]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use gridcore::Problem;
use gridcore::geo::{Point, Points, PositionError, Reference};
use proptest::prelude::*;

const SHIFTED: [Reference; 3] = [Reference::Wgs84, Reference::Gcj02, Reference::Bd09];

fn moved(from: &Reference, to: &Reference, x: f64, y: f64) -> (f64, f64) {
    let point = Point::new(from.clone(), x, y).unwrap().to(to).unwrap();
    (point.x(), point.y())
}

fn near(found: (f64, f64), wanted: (f64, f64), within: f64) {
    assert!((found.0 - wanted.0).abs() < within, "{found:?} {wanted:?}");
    assert!((found.1 - wanted.1).abs() < within, "{found:?} {wanted:?}");
}

/// The one point that most open converters quote in their tests: Tiananmen.
#[test]
fn agrees_with_the_published_test_points() {
    let (x, y) = (116.404, 39.915);
    near(
        moved(&Reference::Wgs84, &Reference::Gcj02, x, y),
        (116.410_244_499_169_38, 39.916_404_281_501_64),
        1e-12,
    );
    near(
        moved(&Reference::Gcj02, &Reference::Bd09, x, y),
        (116.410_369_493_710_29, 39.921_336_993_510_21),
        1e-12,
    );
    // The published inverses take one step only, and so lie within a metre of the true ones.
    near(
        moved(&Reference::Gcj02, &Reference::Wgs84, x, y),
        (116.397_755_500_830_61, 39.913_595_718_498_36),
        2e-5,
    );
    near(
        moved(&Reference::Bd09, &Reference::Gcj02, x, y),
        (116.397_627_291_193_15, 39.908_656_739_576_31),
        2e-5,
    );
}

#[test]
fn outside_the_box_the_three_coincide() {
    for (x, y) in [(-0.1276, 51.5072), (151.2, -33.9), (138.0, 36.0), (100.0, 0.5), (72.0, 30.0)] {
        for from in &SHIFTED {
            for to in &SHIFTED {
                assert_eq!(moved(from, to, x, y), (x, y));
            }
        }
    }
}

#[test]
fn a_plane_has_no_conversion_and_references_do_not_mix() {
    let plane = Reference::metres("EPSG:4547").unwrap();
    let there = Point::new(plane.clone(), 500_000.0, 2_491_000.0).unwrap();
    let error = there.to(&Reference::Wgs84).unwrap_err();
    assert_eq!(error.code(), "no_conversion");
    assert_eq!(there.to(&plane).unwrap(), there);
    let here = Point::new(Reference::Gcj02, 113.4, 22.5).unwrap();
    let error = Point::new(Reference::Wgs84, 113.4, 22.5).unwrap().distance_m(&here).unwrap_err();
    assert!(matches!(error, PositionError::Mixed { .. }));
    assert_eq!(error.to_string(), "coordinates in gcj02 meet coordinates in wgs84; convert one side first");
}

#[test]
fn every_wrong_coordinate_is_reported() {
    let xs = vec![f64::NAN, 181.0, 113.0, 113.0];
    let ys = vec![f64::INFINITY, 22.0, -90.5, 22.0];
    let faults = Points::new(Reference::Wgs84, xs.clone(), ys.clone()).unwrap_err().faults();
    let found: Vec<_> =
        faults.iter().map(|f| (f.row.unwrap(), f.column.as_deref().unwrap(), f.code.as_str())).collect();
    assert_eq!(
        found,
        [(0, "x", "not_finite"), (0, "y", "not_finite"), (1, "x", "out_of_range"), (2, "y", "out_of_range")]
    );
    assert_eq!(Points::new(Reference::metres("local").unwrap(), xs, ys).unwrap_err().faults().len(), 2);
    assert_eq!(Points::new(Reference::Wgs84, vec![1.0], vec![]).unwrap_err().code(), "column_lengths");
}

#[test]
fn names_read_as_they_are_written() {
    for text in ["wgs84", "cgcs2000", "gcj02", "bd09", "metres:EPSG:4547", "metres:local"] {
        let reference: Reference = text.parse().unwrap();
        assert_eq!(reference.to_string(), text);
        let json = serde_json::to_string(&reference).unwrap();
        assert_eq!(json, format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<Reference>(&json).unwrap(), reference);
    }
    for text in ["", "EPSG:4547", "metres:", "metres:two words", "mars"] {
        assert!(text.parse::<Reference>().is_err(), "{text}");
    }
}

proptest! {
    /// There and back again is where one was, to within 10⁻⁹ degree, away from the edge of the box.
    #[test]
    fn round_trip(x in 72.05..137.8, y in 0.87..55.8, a in 0..3_usize, b in 0..3_usize) {
        let (x2, y2) = moved(&SHIFTED[a], &SHIFTED[b], x, y);
        let (x3, y3) = moved(&SHIFTED[b], &SHIFTED[a], x2, y2);
        prop_assert!((x - x3).abs() < 1e-9 && (y - y3).abs() < 1e-9, "{} {}", x - x3, y - y3);
    }

    /// A detour over a third reference changes nothing.
    #[test]
    fn conversions_compose(x in 72.05..137.8, y in 0.87..55.8) {
        let (x1, y1) = moved(&Reference::Wgs84, &Reference::Bd09, x, y);
        let (x2, y2) = moved(&Reference::Wgs84, &Reference::Gcj02, x, y);
        prop_assert_eq!((x1, y1), moved(&Reference::Gcj02, &Reference::Bd09, x2, y2));
    }

    /// In China each shift is between 10 and 1200 metres: large enough to matter, too small to be a blunder.
    #[test]
    fn the_shift_has_the_known_size(x in 98.0..122.0, y in 22.0..42.0) {
        let here = Point::new(Reference::Wgs84, x, y).unwrap();
        let read_wrongly = |to: &Reference| {
            let (x, y) = moved(&Reference::Wgs84, to, x, y);
            here.distance_m(&Point::new(Reference::Wgs84, x, y).unwrap()).unwrap()
        };
        prop_assert!((10.0..1200.0).contains(&read_wrongly(&Reference::Gcj02)));
        prop_assert!((300.0..2500.0).contains(&read_wrongly(&Reference::Bd09)));
    }

    /// Columns convert as points do.
    #[test]
    fn columns_are_points(places in prop::collection::vec((-180.0..180.0, -90.0..90.0), 0..20), a in 0..3_usize, b in 0..3_usize) {
        let (xs, ys): (Vec<f64>, Vec<f64>) = places.iter().copied().unzip();
        let columns = Points::new(SHIFTED[a].clone(), xs, ys).unwrap().to(&SHIFTED[b]).unwrap();
        for (row, (x, y)) in places.into_iter().enumerate() {
            prop_assert_eq!((columns.x()[row], columns.y()[row]), moved(&SHIFTED[a], &SHIFTED[b], x, y));
        }
    }
}
