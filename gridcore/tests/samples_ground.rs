//! The invented footprints tile: checked corner by corner on whole numbers, apart from the code that made them.
#![cfg(all(feature = "samples", feature = "serde"))]

use std::collections::BTreeMap;

use gridcore::samples::{self, Sample};
use gridcore::{GridIndex, GridTree};
use proptest::prelude::*;
use serde_json::Value;

type Point = (i64, i64);

/// The rings of a geometry in hundred-thousandths of a degree, each without its last corner.
fn rings(text: &str) -> Vec<Vec<Point>> {
    let geometry: Value = serde_json::from_str(text).expect("GeoJSON");
    let polygons: Vec<Value> = match geometry["type"].as_str() {
        Some("Polygon") => vec![geometry["coordinates"].clone()],
        Some("MultiPolygon") => geometry["coordinates"].as_array().expect("polygons").clone(),
        other => panic!("not a polygon: {other:?}"),
    };
    let units = |value: &Value| (value.as_f64().expect("a number") * 1e5).round() as i64;
    let ring = |ring: &Value| {
        let mut points: Vec<Point> = ring
            .as_array()
            .expect("a ring")
            .iter()
            .map(|point| (units(&point[0]), units(&point[1])))
            .collect();
        assert_eq!(points.first(), points.last(), "a ring is closed");
        points.pop();
        assert!(points.len() >= 3);
        points
    };
    polygons.iter().flat_map(|polygon| polygon.as_array().expect("rings").iter().map(ring)).collect()
}

fn edges(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// Twice the area: positive where the ring runs counter-clockwise.
fn doubled_area(ring: &[Point]) -> i128 {
    edges(ring).map(|(a, b)| i128::from(a.0) * i128::from(b.1) - i128::from(b.0) * i128::from(a.1)).sum()
}

/// The children's edges, less those that two of them share in opposite directions, must be their parent's.
fn fill(parent: &[Vec<Point>], children: &[Vec<Vec<Point>>]) {
    let mut open: BTreeMap<(Point, Point), usize> = BTreeMap::new();
    for edge in children.iter().flatten().flat_map(|ring| edges(ring)) {
        assert_eq!(open.insert(edge, 1), None, "two children lie on the same side of an edge");
    }
    let inner: Vec<(Point, Point)> =
        open.keys().copied().filter(|&(a, b)| open.contains_key(&(b, a))).collect();
    for edge in inner {
        open.remove(&edge);
    }
    let border: BTreeMap<(Point, Point), usize> =
        parent.iter().flat_map(|ring| edges(ring)).map(|edge| (edge, 1)).collect();
    assert_eq!(open, border);
    let area = |rings: &[Vec<Point>]| rings.iter().map(|ring| doubled_area(ring)).sum::<i128>();
    assert_eq!(children.iter().map(|child| area(child)).sum::<i128>(), area(parent));
    assert!(children.iter().all(|child| area(child) > 0));
}

fn footprint(city: &Sample, tree: &GridTree, grid: GridIndex) -> Vec<Vec<Point>> {
    rings(tree.footprint(grid).unwrap_or_else(|| city.outline()))
}

fn check(city: &Sample) -> usize {
    let tree = city.tree();
    let shapes: Vec<Vec<Vec<Point>>> = tree.indices().map(|grid| footprint(city, tree, grid)).collect();
    for grid in tree.indices().filter(|&grid| !tree.is_leaf(grid)) {
        let children: Vec<Vec<Vec<Point>>> =
            tree.children(grid).map(|child| shapes[child.get()].clone()).collect();
        fill(&shapes[grid.get()], &children);
    }
    // A leaf has six corners, and no two of its edges cross: all turns around its middle go the same way.
    for leaf in tree.leaves(tree.root()) {
        let [ring] = &shapes[leaf.get()][..] else { panic!("a leaf has one ring") };
        assert_eq!(ring.len(), 6);
        let sum = ring.iter().fold((0, 0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
        let from = |point: Point| (6 * point.0 - sum.0, 6 * point.1 - sum.1);
        assert!(edges(ring).all(|(a, b)| {
            let (a, b) = (from(a), from(b));
            a.0 * b.1 > b.0 * a.1
        }));
    }
    shapes.iter().filter(|rings| rings.len() > 1).count()
}

#[test]
fn the_default_ground_tiles_and_every_grid_is_in_one_piece() {
    assert_eq!(check(&samples::zhongshan()), 0);
}

#[test]
fn the_city_has_about_its_size() {
    let rings = rings(samples::zhongshan().outline());
    // A hundred-thousandth of a degree is 1.106 m northwards and 1.029 m eastwards at 22.5 degrees north.
    let square_kilometres = doubled_area(&rings[0]) as f64 / 2.0 * 1.106 * 1.029 / 1e6;
    assert!((1700.0..1900.0).contains(&square_kilometres), "{square_kilometres}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2))]

    #[test]
    fn the_ground_of_any_seed_tiles(seed in any::<u64>()) {
        let pieces = check(&samples::zhongshan_with(seed));
        prop_assert!(pieces == 0, "{} grids in pieces", pieces);
    }
}

#[cfg(feature = "geo")]
#[test]
fn the_geometry_room_finds_nothing_either() {
    let report = samples::zhongshan().footprints().check_tiling(0.5);
    assert!(report.is_sound(), "{:?}", report.faults().first());
    assert_eq!(report.without_outline().len(), 1); // the city, which is no row
}
