//! Laws of footprints: what is read, what is refused, what is written.
#![cfg(feature = "geo")]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod geo_town;

use geo_town::{collection, feature, towns};
use gridcore::geo::{FootprintOptions, Footprints, Reference};
use gridcore::{GridRow, GridTree, Problem};
use proptest::prelude::*;

fn tree() -> GridTree {
    GridTree::from_rows([
        GridRow::new("1", "city"),
        GridRow::new("11", "north").under("1"),
        GridRow::new("12", "south").under("1"),
    ])
    .unwrap()
}

/// The faults of a text: feature, name.
fn faults(text: &str, options: &FootprintOptions) -> Vec<(Option<usize>, String)> {
    let error = Footprints::from_geojson(&tree(), text, options).unwrap_err();
    error.faults().into_iter().map(|fault| (fault.row, fault.code)).collect()
}

fn fault_of(geometry: &str) -> String {
    let found = faults(&collection(&[feature("11", geometry)]), &FootprintOptions::new());
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].1.clone()
}

fn polygon(rings: &str) -> String {
    format!(r#"{{"type":"Polygon","coordinates":[{rings}]}}"#)
}

const SQUARE: &str = "[[0,0],[4,0],[4,4],[0,4],[0,0]]";

#[test]
fn each_bad_geometry_has_its_name() {
    let cases = [
        ("null", "no_geometry"),
        (r#"{"type":"Point","coordinates":[0,0]}"#, "wrong_geometry"),
        (r#"{"type":"LineString","coordinates":[[0,0],[1,1]]}"#, "wrong_geometry"),
        (r#"{"type":"GeometryCollection","geometries":[]}"#, "wrong_geometry"),
        ("[]", "wrong_geometry"),
        ("{}", "wrong_geometry"),
        (r#"{"type":"Polygon"}"#, "malformed_geometry"),
        (r#"{"type":"Polygon","coordinates":[[["0",0],[4,0],[4,4],[0,0]]]}"#, "malformed_geometry"),
        (r#"{"type":"Polygon","coordinates":[[0,0],[4,0],[4,4],[0,0]]}"#, "malformed_geometry"),
        (r#"{"type":"Polygon","coordinates":[[[0],[4,0],[4,4],[0,0]]]}"#, "malformed_geometry"),
        (r#"{"type":"Polygon","coordinates":[]}"#, "empty_geometry"),
        (r#"{"type":"MultiPolygon","coordinates":[]}"#, "empty_geometry"),
        (r#"{"type":"MultiPolygon","coordinates":[[]]}"#, "malformed_geometry"),
        (r#"{"type":"Polygon","coordinates":[[]]}"#, "short_ring"),
        (r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[0,0]]]}"#, "short_ring"),
        (r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4]]]}"#, "open_ring"),
        (r#"{"type":"Polygon","coordinates":[[[0,0],[181,0],[4,4],[0,0]]]}"#, "out_of_range"),
        (r#"{"type":"Polygon","coordinates":[[[22,113],[23,113],[23,114],[22,113]]]}"#, "out_of_range"),
        (r#"{"type":"Polygon","coordinates":[[[0,0],[1,1],[2,2],[0,0]]]}"#, "flat_ring"),
        (r#"{"type":"Polygon","coordinates":[[[1,1],[1,1],[1,1],[1,1]]]}"#, "flat_ring"),
        // A bow tie; one whose loops balance; one that meets itself in a corner; a square run through twice.
        (r#"{"type":"Polygon","coordinates":[[[0,0],[4,4],[4,0],[0,3],[0,0]]]}"#, "self_intersecting"),
        (
            r#"{"type":"Polygon","coordinates":[[[0,0],[2,2],[4,4],[4,0],[2,2],[0,3],[0,0]]]}"#,
            "self_intersecting",
        ),
        (
            r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0],[4,0],[4,4],[0,4],[0,0]]]}"#,
            "self_intersecting",
        ),
    ];
    for (geometry, wanted) in cases {
        assert_eq!(fault_of(geometry), wanted, "{geometry}");
    }
}

#[test]
fn rings_of_one_outline_keep_apart() {
    let bad = [
        // A hole as large as its polygon, one outside, one across the edge, one in another hole, two alike, a part in another, two that overlap.
        polygon(&format!("{SQUARE},{SQUARE}")),
        polygon(&format!("{SQUARE},[[5,5],[6,5],[6,6],[5,5]]")),
        polygon(&format!("{SQUARE},[[3,1],[5,1],[5,2],[3,1]]")),
        polygon(&format!("{SQUARE},[[1,1],[3,1],[3,3],[1,3],[1,1]],[[1.5,1.5],[2,1.5],[2,2],[1.5,1.5]]")),
        polygon(&format!("{SQUARE},[[1,1],[3,1],[3,3],[1,1]],[[1,1],[3,1],[3,3],[1,1]]")),
        format!(r#"{{"type":"MultiPolygon","coordinates":[[{SQUARE}],[[[1,1],[2,1],[2,2],[1,1]]]]}}"#),
        format!(r#"{{"type":"MultiPolygon","coordinates":[[{SQUARE}],[[[3,3],[6,3],[6,6],[3,6],[3,3]]]]}}"#),
    ];
    for geometry in bad {
        assert_eq!(fault_of(&geometry), "rings_overlap", "{geometry}");
    }
    let good = [
        // A hole that touches the edge in a point; parts that touch in a corner; an island in a hole; a spike.
        (polygon(&format!("{SQUARE},[[0,0],[1,2],[2,1],[0,0]]")), 16.0 - 1.5),
        (
            format!(r#"{{"type":"MultiPolygon","coordinates":[[{SQUARE}],[[[4,4],[6,4],[6,6],[4,4]]]]}}"#),
            18.0,
        ),
        (
            format!(
                r#"{{"type":"MultiPolygon","coordinates":[[{SQUARE},[[1,1],[1,3],[3,3],[3,1],[1,1]]],[[[2,2],[2.5,2],[2.5,2.5],[2,2]]]]}}"#
            ),
            16.0 - 4.0 + 0.125,
        ),
        (polygon("[[0,0],[4,0],[4,2],[7,2],[4,2],[4,4],[0,4],[0,0]]"), 16.0),
    ];
    let options = FootprintOptions::new().reference(Reference::metres("local").unwrap());
    for (geometry, area) in good {
        let footprints =
            Footprints::from_geojson(&tree(), &collection(&[feature("11", &geometry)]), &options).unwrap();
        let grid = footprints.tree().find("11").unwrap();
        assert_eq!(footprints.get(grid).unwrap().area_m2().to_string(), area.to_string(), "{geometry}");
        assert_eq!(footprints.areas_m2(), [None, Some(area), None]);
    }
}

#[test]
fn every_fault_is_reported_with_its_feature() {
    let text = collection(&[
        feature("11", &polygon(SQUARE)),
        feature("13", "null"),
        r#"{"type":"Feature","properties":null,"geometry":null}"#.to_owned(),
        r#"{"type":"Feature","properties":{"code":true}}"#.to_owned(),
        "7".to_owned(),
        feature("11", &polygon("[[0,0],[4,0],[4,95],[0,0]],[[0,0],[1,0],[0,0]]")),
    ]);
    let wanted = [
        (Some(1), "unknown_grid"),
        (Some(1), "no_geometry"),
        (Some(2), "no_code"),
        (Some(2), "no_geometry"),
        (Some(3), "code_kind"),
        (Some(3), "no_geometry"),
        (Some(4), "not_a_feature"),
        (Some(5), "duplicate_grid"),
        (Some(5), "out_of_range"),
        (Some(5), "short_ring"),
    ];
    assert_eq!(faults(&text, &FootprintOptions::new()), wanted.map(|(row, code)| (row, code.to_owned())));
}

#[test]
fn whole_texts_that_are_something_else() {
    let one = |text: &str| {
        let found = faults(text, &FootprintOptions::new());
        assert_eq!((found.len(), found[0].0), (1, None), "{text}");
        found[0].1.clone()
    };
    assert_eq!(one(""), "not_json");
    assert_eq!(one("{"), "not_json");
    assert_eq!(one(&"[".repeat(100_000)), "not_json");
    assert_eq!(one(r#"{"type":"FeatureCollection","features":[1e999]}"#), "not_json");
    assert_eq!(one("[]"), "not_a_collection");
    assert_eq!(one(&polygon(SQUARE)), "not_a_collection");
    assert_eq!(one(r#"{"type":"FeatureCollection"}"#), "not_a_collection");
    assert_eq!(one(r#"{"type":"FeatureCollection","features":[],"reference":"mars"}"#), "unknown_reference");
    assert_eq!(one(r#"{"type":"FeatureCollection","features":[],"reference":7}"#), "unknown_reference");
    let gcj02 = FootprintOptions::new().reference(Reference::Gcj02);
    let old = r#"{"type":"FeatureCollection","features":[],"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}}"#;
    assert_eq!(faults(old, &gcj02), [(None, "reference_mismatch".to_owned())]);
    let tight = FootprintOptions::new().most_positions(4);
    assert_eq!(
        faults(&collection(&[feature("11", &polygon(SQUARE))]), &tight),
        [(None, "too_many_positions".to_owned())]
    );
}

#[test]
fn what_is_forgiven_and_what_is_told() {
    let open = collection(&[feature("11", &polygon("[[0,0,7],[4,0,7],[4,4,7]]"))]);
    let read =
        |text: &str, options: &FootprintOptions| Footprints::from_geojson(&tree(), text, options).unwrap();
    let closed = read(&open, &FootprintOptions::new().close_rings(true));
    assert_eq!(closed.len(), 1);
    assert!(!closed.is_invented());
    assert_eq!(*closed.reference(), Reference::Wgs84);
    let told = format!("\u{feff}{}", open.replace("{\"code\"", "{\"invented\":true,\"code\""));
    assert!(read(&told, &FootprintOptions::new().close_rings(true)).is_invented());
    let number = open.replace("\"11\"", "11");
    assert_eq!(read(&number, &FootprintOptions::new().close_rings(true)).len(), 1);
    let named = open
        .replace("\"code\"", "\"gridCode\"")
        .replace("{\"type\":\"FeatureCollection\"", "{\"reference\":\"bd09\",\"type\":\"FeatureCollection\"");
    let named = read(&named, &FootprintOptions::new().code_property("gridCode").close_rings(true));
    assert_eq!(*named.reference(), Reference::Bd09);
}

#[test]
fn the_column_of_the_tree_reports_rows() {
    let bad = GridTree::from_rows([
        GridRow::new("1", "city").footprint("{"),
        GridRow::new("12", "south").under("1").footprint(r#"{"type":"Point","coordinates":[1,2]}"#),
        GridRow::new("11", "north").under("1").footprint(polygon(SQUARE)),
    ])
    .unwrap();
    let faults = Footprints::from_tree(&bad, &FootprintOptions::new()).unwrap_err().faults();
    let found: Vec<_> = faults.iter().map(|f| (f.row, f.code.as_str(), f.grid.as_deref())).collect();
    assert_eq!(found, [(Some(0), "not_json", Some("1")), (Some(1), "wrong_geometry", Some("12"))]);
    assert_eq!(faults[0].remedy_zh, "请以 UTF-8 重新导出为 GeoJSON");
}

/// A ring of many corners with no crossing is read; a hostile one ends with a fault, soon.
#[test]
fn large_and_hostile_outlines() {
    let circle: Vec<[f64; 2]> = (0..=50_000)
        .map(|i| f64::from(i % 50_000) / 50_000.0 * std::f64::consts::TAU)
        .map(|t| [113.0 + 0.1 * t.cos(), 22.0 + 0.1 * t.sin() * (1.0 + 0.1 * (40.0 * t).sin())])
        .collect();
    let text = collection(&[feature("11", &polygon(&format!("{circle:?}")))]);
    assert_eq!(Footprints::from_geojson(&tree(), &text, &FootprintOptions::new()).unwrap().len(), 1);
    let star: Vec<[f64; 2]> = (0..=50_001)
        .map(|i| f64::from(i % 50_001) * 25_000.0 / 50_001.0 * std::f64::consts::TAU)
        .map(|t| [113.0 + t.cos(), 22.0 + t.sin()])
        .collect();
    assert_eq!(fault_of(&polygon(&format!("{star:?}"))), "self_intersecting");
    let comb: Vec<[f64; 2]> = (0..20_000)
        .map(|i| [113.0 + f64::from(i % 2), 22.0 + f64::from(i) * 1e-5])
        .chain([[112.0, 22.5], [113.0, 22.0]])
        .collect();
    assert_eq!(fault_of(&polygon(&format!("{comb:?}"))), "too_intricate");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What is written reads back as the same text, in every reference.
    #[test]
    fn geojson_round_trip(town in towns()) {
        for footprints in [town.footprints(), town.askew(), town.askew().to(&Reference::Bd09).unwrap()] {
            let text = footprints.to_geojson();
            let again = Footprints::from_geojson(footprints.tree(), &text, &FootprintOptions::new()).unwrap();
            prop_assert_eq!(again.reference(), footprints.reference());
            prop_assert_eq!(again.to_geojson(), text);
        }
    }

    /// The areas of cells have together the area of their district, those of districts that of the town.
    #[test]
    fn areas_add_up(town in towns()) {
        for footprints in [town.footprints(), town.askew()] {
            let (tree, areas) = (footprints.tree(), footprints.areas_m2());
            for grid in tree.indices().filter(|&grid| !tree.is_leaf(grid)) {
                let whole = areas[grid.get()].unwrap();
                let parts: f64 = tree.children(grid).map(|child| areas[child.get()].unwrap()).sum();
                prop_assert!((whole - parts).abs() < 1e-3, "{} {}", whole, parts);
            }
        }
    }

    /// Whatever the text, there is an answer and no panic.
    #[test]
    fn any_text_is_answered(text in r#"[\[\]{}",:0-9a-z.eE-]{0,80}"#) {
        let _ = Footprints::from_geojson(&tree(), &text, &FootprintOptions::new());
    }

    /// Whatever the corners, a ring is either refused or has the area that even–odd filling gives it.
    #[test]
    fn any_ring_is_answered(corners in prop::collection::vec((0..6_i32, 0..6_i32), 3..8)) {
        let ring: Vec<[i32; 2]> = corners.iter().chain(&corners[..1]).map(|&(x, y)| [x, y]).collect();
        let text = collection(&[feature("11", &polygon(&format!("{ring:?}")))]);
        let options = FootprintOptions::new().reference(Reference::metres("local").unwrap());
        if let Ok(footprints) = Footprints::from_geojson(&tree(), &text, &options) {
            // Sampled at points whose coordinates are no multiples of anything an edge can hit.
            let steps = 120;
            let mut inside = 0;
            for i in 0..steps * 5 {
                for j in 0..steps * 5 {
                    if i % 10 == 0 && j % 10 == 0 {
                        let (x, y) = (f64::from(i) / f64::from(steps) + 0.00371, f64::from(j) / f64::from(steps) + 0.00173);
                        let crossings = ring.windows(2).filter(|edge| {
                            let [[x1, y1], [x2, y2]] = [edge[0].map(f64::from), edge[1].map(f64::from)];
                            (y1 > y) != (y2 > y) && x < x1 + (x2 - x1) * (y - y1) / (y2 - y1)
                        });
                        inside += crossings.count() % 2;
                    }
                }
            }
            let sampled = inside as f64 / 144.0;
            let area = footprints.areas_m2()[1].unwrap();
            prop_assert!((sampled - area).abs() < 1.6, "{} {}", sampled, area);
        }
    }
}
