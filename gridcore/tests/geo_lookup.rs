//! Laws of point lookup; the oracle compares whole numbers, rectangle by rectangle.
#![cfg(feature = "geo")]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod geo_town;

use geo_town::{Rectangle, collection, feature, towns};
use gridcore::geo::{FootprintOptions, Footprints, Point, Points, Reference};
use gridcore::{GridIndex, GridTree, Problem};
use proptest::prelude::*;

/// The grids that are asked for, in preorder, with their rectangles.
fn asked(
    tree: &GridTree,
    rectangles: &[(String, Rectangle)],
    level: Option<u8>,
) -> Vec<(GridIndex, Rectangle)> {
    let wanted = |grid| level.map_or(tree.is_leaf(grid), |level| tree.level(grid) == level);
    let mut asked: Vec<_> =
        rectangles.iter().map(|(code, rectangle)| (tree.find(code).unwrap(), *rectangle)).collect();
    asked.retain(|&(grid, _)| wanted(grid));
    asked.sort_unstable();
    asked
}

/// The first of them whose closed rectangle holds the place.
fn oracle(asked: &[(GridIndex, Rectangle)], [x, y]: [f64; 2]) -> Option<GridIndex> {
    let holds = |[w, s, e, n]: [f64; 4]| w <= x && x <= e && s <= y && y <= n;
    asked.iter().find(|(_, rectangle)| holds(rectangle.map(f64::from))).map(|&(grid, _)| grid)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Every place of a half-step lattice over the town and around it: inside, on borders, in corners, outside.
    #[test]
    fn agrees_with_the_oracle(town in towns()) {
        let footprints = town.footprints();
        let (tree, rectangles) = (footprints.tree(), town.rectangles());
        let places: Vec<[f64; 2]> =
            (-1..50).flat_map(|x| (-1..50).map(move |y| [f64::from(x) / 2.0, f64::from(y) / 2.0])).collect();
        let (xs, ys) = places.iter().map(|&[x, y]| (x, y)).unzip();
        let points = Points::new(footprints.reference().clone(), xs, ys).unwrap();
        for level in [Some(0), Some(1), Some(2), None, Some(3)] {
            let locator = footprints.locator(level);
            let found = locator.locate_all(&points).unwrap();
            let asked = asked(tree, &rectangles, level);
            for (place, found) in places.iter().zip(&found) {
                prop_assert_eq!(*found, oracle(&asked, *place), "{:?} {:?}", level, place);
            }
            let first = Point::new(footprints.reference().clone(), places[0][0], places[0][1]).unwrap();
            prop_assert_eq!(locator.locate(&first).unwrap(), found[0]);
        }
    }

    /// Every place of the town lies in exactly one leaf, whose ancestor is the grid found one level above.
    #[test]
    fn levels_agree(town in towns()) {
        let footprints = town.footprints();
        let tree = footprints.tree();
        let (xs, ys) = (0..=48).flat_map(|x| (0..=48).map(move |y| (f64::from(x) / 2.0, f64::from(y) / 2.0))).unzip();
        let points = Points::new(footprints.reference().clone(), xs, ys).unwrap();
        let leaves = footprints.locator(None).locate_all(&points).unwrap();
        let districts = footprints.locator(Some(1)).locate_all(&points).unwrap();
        for (leaf, district) in leaves.into_iter().zip(districts) {
            prop_assert_eq!(tree.ancestor_at(leaf.unwrap(), 1), district);
        }
    }

    /// Corners of an askew town, each on the border of several grids, lie in some grid that has them as a corner.
    #[test]
    fn corners_are_held(town in towns()) {
        let footprints = town.askew();
        let locator = footprints.locator(None);
        for grid in footprints.grids() {
            for ring in footprints.get(grid).unwrap().polygons().flatten() {
                for &[x, y] in ring {
                    let point = Point::new(Reference::Wgs84, x, y).unwrap();
                    prop_assert!(locator.locate(&point).unwrap().is_some());
                }
            }
        }
    }

    /// A grid without an outline of its own lies where its children lie.
    #[test]
    fn children_stand_in(town in towns()) {
        let all = town.rectangles();
        let (tree, place) = (town.tree(), |at| at);
        let cells: Vec<_> = all.iter().filter(|(code, _)| code.len() == 5).cloned().collect();
        let with_all = geo_town::footprints(&tree, &all, "metres:local", place);
        let with_cells = geo_town::footprints(&tree, &cells, "metres:local", place);
        let (xs, ys) = (-1..50).flat_map(|x| (-1..50).map(move |y| (f64::from(x) / 2.0, f64::from(y) / 2.0))).unzip();
        let points = Points::new(with_all.reference().clone(), xs, ys).unwrap();
        for level in 0..3 {
            prop_assert_eq!(
                with_all.locator(Some(level)).locate_all(&points).unwrap(),
                with_cells.locator(Some(level)).locate_all(&points).unwrap()
            );
        }
    }
}

#[test]
fn holes_and_parts() {
    let tree = GridTree::from_rows([gridcore::GridRow::new("1", "city")]).unwrap();
    let ring = "[[0,0],[9,0],[9,9],[0,9],[0,0]],[[3,3],[6,3],[6,6],[3,6],[3,3]]";
    let parts =
        format!(r#"{{"type":"MultiPolygon","coordinates":[[{ring}],[[[4,4],[5,4],[5,5],[4,5],[4,4]]]]}}"#);
    let footprints =
        Footprints::from_geojson(&tree, &collection(&[feature("1", &parts)]), &FootprintOptions::new())
            .unwrap();
    let locator = footprints.locator(None);
    let held = |x, y| locator.locate(&Point::new(Reference::Wgs84, x, y).unwrap()).unwrap().is_some();
    for (x, y, wanted) in [
        (1.0, 1.0, true),
        (3.5, 3.5, false),
        (3.0, 4.0, true), // the border of the hole
        (4.5, 4.5, true), // the island in it
        (5.0, 5.0, true),
        (5.5, 5.5, false),
        (9.0, 9.0, true),
        (9.0, 9.000_000_1, false),
        (-1.0, 0.0, false),
        (10.0, 0.0, false),
    ] {
        assert_eq!(held(x, y), wanted, "{x} {y}");
    }
    let elsewhere = Point::new(Reference::Gcj02, 1.0, 1.0).unwrap();
    assert_eq!(locator.locate(&elsewhere).unwrap_err().code(), "mixed_references");
}

#[test]
fn no_outline_holds_nothing() {
    let tree = GridTree::from_rows([gridcore::GridRow::new("1", "city")]).unwrap();
    let footprints = Footprints::from_geojson(&tree, &collection(&[]), &FootprintOptions::new()).unwrap();
    let point = Point::new(Reference::Wgs84, 1.0, 1.0).unwrap();
    assert_eq!(footprints.locator(None).locate(&point).unwrap(), None);
    assert!(footprints.is_empty() && footprints.bounds().is_none());
}
