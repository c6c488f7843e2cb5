//! Laws of the strength map over footprints.
#![cfg(feature = "geo")]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod geo_town;

use geo_town::{Town, towns};
use gridcore::geo::{FootprintOptions, Footprints};
use gridcore::map::{CountRow, MapCells, MapOptions, StrengthMap};
use gridcore::{GridTree, Lang, Problem};
use proptest::prelude::*;
use serde_json::Value;

/// Counts that depend on the place of a grid: some with nobody, some at inner grids.
fn strength(tree: &GridTree, salt: usize) -> StrengthMap {
    let rows = tree.indices().flat_map(|grid| {
        let (code, n) = (tree.code(grid).to_string(), grid.get() * 7 + salt);
        [("head", n % 2), ("worker", n % 11)]
            .map(|(role, count)| CountRow::new(code.clone(), role, count as f64))
    });
    StrengthMap::new(tree, rows).unwrap()
}

fn read(map: &StrengthMap, footprints: &Footprints, options: &MapOptions) -> (Vec<Value>, Value) {
    let mut whole: Value = serde_json::from_str(&map.to_geojson(footprints, options).unwrap()).unwrap();
    let features = whole["features"].take();
    (features.as_array().unwrap().clone(), whole)
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The features of a level hold the roster, less those openly kept apart above it.
    #[test]
    fn nobody_is_lost(town in towns(), salt in 0..100_usize) {
        let footprints = town.footprints();
        let (tree, map) = (footprints.tree(), strength(footprints.tree(), salt));
        for cells in [MapCells::Leaves, MapCells::Level(0), MapCells::Level(1), MapCells::Level(2)] {
            let (features, whole) = read(&map, &footprints, &MapOptions::new().cells(cells));
            let total: u64 = features.iter().map(|feature| number(&feature["properties"]["total"])).sum();
            prop_assert_eq!(total, number(&whole["in_features"]));
            prop_assert_eq!(total + number(&whole["above"]), map.roster_size());
        }
        let (features, whole) = read(&map, &footprints, &MapOptions::new().cells(MapCells::All));
        prop_assert_eq!(features.len(), tree.len());
        let own: u64 = features.iter().map(|feature| number(&feature["properties"]["own"])).sum();
        prop_assert_eq!(own, map.roster_size());
        prop_assert_eq!(number(&whole["above"]), 0);
        for (feature, grid) in features.iter().zip(tree.indices()) {
            let properties = &feature["properties"];
            prop_assert_eq!(properties["code"].as_str().unwrap(), tree.code(grid).to_string());
            let roles: u64 = properties["total_by_role"].as_object().unwrap().values().map(number).sum();
            prop_assert_eq!(roles, number(&properties["total"]));
            prop_assert_eq!(properties["path"].as_array().unwrap().len(), tree.path(grid).len());
        }
    }

    /// The features read back as the footprints they were written from.
    #[test]
    fn outlines_survive(town in towns(), salt in 0..100_usize) {
        let footprints = town.askew();
        let map = strength(footprints.tree(), salt);
        let text = map.to_geojson(&footprints, &MapOptions::new().cells(MapCells::All)).unwrap();
        let again = Footprints::from_geojson(footprints.tree(), &text, &FootprintOptions::new()).unwrap();
        prop_assert_eq!(again.to_geojson(), footprints.to_geojson());
    }

    /// A picture has the outline of each cell, within its frame.
    #[test]
    fn every_cell_is_drawn(town in towns(), salt in 0..100_usize, level in 0..3_u8) {
        let footprints = town.askew();
        let map = strength(footprints.tree(), salt);
        let svg = map.to_svg_over(&footprints, &MapOptions::new().cells(MapCells::Level(level)).size(400.0, 300.0)).unwrap();
        prop_assert_eq!(svg.matches("data-code=").count(), footprints.tree().counts()[usize::from(level)]);
        for data in svg.split(" d=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            for point in data.split(['M', 'L', 'Z']).filter(|point| !point.is_empty()) {
                let (x, y) = point.split_once(' ').unwrap();
                let (x, y): (f64, f64) = (x.parse().unwrap(), y.parse().unwrap());
                prop_assert!((15.9..=384.1).contains(&x) && (43.9..=256.0).contains(&y), "{} {}", x, y);
            }
        }
    }

    /// Where a level has no outlines the highest ones below it are drawn in their stead.
    #[test]
    fn children_stand_in(town in towns(), salt in 0..100_usize) {
        let tree = town.tree();
        let cells: Vec<_> = town.rectangles().into_iter().filter(|(code, _)| code.len() == 5).collect();
        let footprints = geo_town::footprints(&tree, &cells, "metres:local", |at| at);
        let map = strength(&tree, salt);
        let svg = map.to_svg_over(&footprints, &MapOptions::new().cells(MapCells::Level(1))).unwrap();
        prop_assert_eq!(svg.matches("data-code=").count(), cells.len());
    }
}

fn town() -> Town {
    let districts = vec![
        ([0, 0, 12, 24], vec![[0, 0, 12, 24]]),
        ([12, 0, 24, 24], vec![[12, 0, 24, 9], [12, 9, 24, 24]]),
    ];
    Town { whole: [0, 0, 24, 24], districts }
}

#[test]
fn invented_outlines_say_so() {
    let town = town();
    let text = town.askew().to_geojson();
    let invented =
        Footprints::from_geojson(&town.tree(), &text, &FootprintOptions::new().invented(true)).unwrap();
    let map = strength(&town.tree(), 1);
    let (features, whole) = read(&map, &invented, &MapOptions::new());
    assert!(features.iter().all(|feature| feature["properties"]["invented"] == Value::Bool(true)));
    assert_eq!(whole["invented"], Value::Bool(true));
    assert_eq!(whole["reference"], "wgs84");
    let note = |lang| map.to_svg_over(&invented, &MapOptions::new().lang(lang)).unwrap();
    assert!(note(Lang::Zh).contains("边界为虚构，不代表真实界线。"));
    assert!(note(Lang::En).contains("The outlines are invented: they show no real border."));
    assert!(!map.to_svg_over(&town.askew(), &MapOptions::new()).unwrap().contains("invented"));
}

#[test]
fn small_numbers_are_withheld() {
    let town = town();
    let rows =
        [("10000", 4.0), ("10100", 6.0), ("10101", 9.0)].map(|(code, n)| CountRow::new(code, "resident", n));
    let map = StrengthMap::new(&town.tree(), rows).unwrap();
    let (features, _) = read(&map, &town.askew(), &MapOptions::new().cells(MapCells::All).min_cell(5));
    let totals: Vec<&Value> = features.iter().map(|feature| &feature["properties"]["total"]).collect();
    // Four is too few; six goes with it, or the sum would tell.
    assert_eq!(totals, [&Value::Null, &Value::Null, &Value::from(9)]);
    assert!(features.iter().all(|feature| feature["properties"].get("own").is_none()));
    assert_eq!(features[0]["properties"]["withheld"], Value::Bool(true));
}

#[test]
fn without_outlines_there_is_the_treemap() {
    let town = town();
    let map = strength(&town.tree(), 3);
    let none =
        Footprints::from_geojson(&town.tree(), &geo_town::collection(&[]), &FootprintOptions::new()).unwrap();
    let options = MapOptions::new();
    assert_eq!(map.to_svg_over(&none, &options).unwrap(), map.to_svg(&options).unwrap());
    let (features, _) = read(&map, &none, &options);
    assert!(features.iter().all(|feature| feature["geometry"].is_null()));
    let other = GridTree::from_rows([gridcore::GridRow::new("9", "elsewhere")]).unwrap();
    let error = strength(&other, 1).to_geojson(&none, &options).unwrap_err();
    assert_eq!(error.faults()[0].code, "other_tree");
}
