//! Laws of adjacency; the oracle compares every pair of rectangles in whole numbers.
#![cfg(feature = "geo")]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod geo_town;

use std::collections::BTreeMap;

use geo_town::{Rectangle, Town, towns};
use gridcore::geo::{Adjacency, AdjacencyOptions, Contiguity, Footprints, Point, Reference};
use gridcore::{GridIndex, GridTree};
use proptest::prelude::*;

/// The stretch that the borders of two rectangles with no common inside share; its ends are equal for a point.
fn shared([w, s, e, n]: Rectangle, [w2, s2, e2, n2]: Rectangle) -> Option<[[i32; 2]; 2]> {
    let (west, east, south, north) = (w.max(w2), e.min(e2), s.max(s2), n.min(n2));
    (west <= east && south <= north).then_some([[west, south], [east, north]])
}

/// All pairs of a level, with the length of their common border by a measure of stretches.
fn oracle(
    tree: &GridTree,
    town: &Town,
    level: u8,
    contiguity: Contiguity,
    measure: impl Fn([i32; 2], [i32; 2]) -> f64,
) -> BTreeMap<(GridIndex, GridIndex), f64> {
    let grids: Vec<(GridIndex, Rectangle)> = town
        .rectangles()
        .into_iter()
        .map(|(code, rectangle)| (tree.find(&code).unwrap(), rectangle))
        .filter(|&(grid, _)| tree.level(grid) == level)
        .collect();
    let mut pairs = BTreeMap::new();
    for &(a, one) in &grids {
        for &(b, other) in &grids {
            if let Some([from, to]) = shared(one, other)
                && a < b
                && (from != to || contiguity == Contiguity::Queen)
            {
                pairs.insert((a, b), measure(from, to));
            }
        }
    }
    pairs
}

fn found(adjacency: &Adjacency) -> BTreeMap<(GridIndex, GridIndex), f64> {
    adjacency.borders().map(|(a, b, metres)| ((a, b), metres)).collect()
}

fn euclidean([x1, y1]: [i32; 2], [x2, y2]: [i32; 2]) -> f64 {
    f64::from((x2 - x1).abs() + (y2 - y1).abs()) // a stretch along an axis
}

proptest! {
    /// Borders and their lengths are the oracle's, to the last bit in a plane.
    #[test]
    fn agrees_with_the_oracle(town in towns(), level in 0..3_u8, queen in any::<bool>()) {
        let footprints = town.footprints();
        let contiguity = if queen { Contiguity::Queen } else { Contiguity::Rook };
        let adjacency = footprints.adjacency(level, &AdjacencyOptions::new().contiguity(contiguity));
        prop_assert_eq!(found(&adjacency), oracle(footprints.tree(), &town, level, contiguity, euclidean));
    }

    /// On the earth and askew, where corners meet edges only to rounding, the same pairs share the geodesic lengths.
    #[test]
    fn askew_towns_have_the_same_neighbours(town in towns(), level in 0..3_u8, queen in any::<bool>()) {
        let place = |[x, y]: [i32; 2]| {
            let (x, y) = (f64::from(x), f64::from(y));
            Point::new(Reference::Wgs84, 113.3 + (x + y / 3.0) * 1e-4, 22.5 + (y - x / 7.0) * 1e-4).unwrap()
        };
        let footprints = town.askew();
        let contiguity = if queen { Contiguity::Queen } else { Contiguity::Rook };
        let adjacency = footprints.adjacency(level, &AdjacencyOptions::new().contiguity(contiguity));
        let geodesic = |from, to| place(from).distance_m(&place(to)).unwrap();
        let wanted = oracle(footprints.tree(), &town, level, contiguity, geodesic);
        let found = found(&adjacency);
        prop_assert_eq!(found.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>());
        for (pair, metres) in found {
            prop_assert!((metres - wanted[&pair]).abs() < 1e-4, "{} {}", metres, wanted[&pair]);
        }
    }

    /// Neighbours are so both ways; islands are the grids without any; the graph has one node for each grid.
    #[test]
    fn neighbourhood_is_mutual(town in towns()) {
        let footprints = town.footprints();
        let tree = footprints.tree();
        let adjacency = footprints.adjacency(2, &AdjacencyOptions::new());
        let cells: Vec<_> = tree.indices().filter(|&grid| tree.level(grid) == 2).collect();
        prop_assert_eq!(adjacency.graph().node_weights().copied().collect::<Vec<_>>(), cells.clone());
        let lonely: Vec<_> = cells.iter().copied().filter(|&cell| adjacency.neighbours(cell).is_empty()).collect();
        prop_assert_eq!(adjacency.islands().collect::<Vec<_>>(), lonely);
        for cell in cells {
            for other in adjacency.neighbours(cell) {
                prop_assert!(other != cell && adjacency.neighbours(other).contains(&cell));
            }
        }
        prop_assert!(adjacency.neighbours(tree.root()).is_empty());
    }

    /// The border of a cell is as long as what it shares with its neighbours and with the outside.
    #[test]
    fn borders_make_up_the_outline(town in towns()) {
        let footprints = town.footprints();
        let adjacency = footprints.adjacency(2, &AdjacencyOptions::new());
        let mut inner: BTreeMap<GridIndex, f64> = BTreeMap::new();
        for (a, b, metres) in adjacency.borders() {
            *inner.entry(a).or_default() += metres;
            *inner.entry(b).or_default() += metres;
        }
        let total: f64 = inner.values().sum();
        let perimeters: i32 = town.districts.iter().flat_map(|(_, cells)| cells).map(|[w, s, e, n]| 2 * (e - w + n - s)).sum();
        prop_assert!((total - f64::from(perimeters - 4 * 24)).abs() < 1e-9, "{} {}", total, perimeters);
    }
}

fn pair(gap: f64) -> Footprints {
    let tree = GridTree::from_rows([
        gridcore::GridRow::new("1", "city"),
        gridcore::GridRow::new("11", "west").under("1"),
        gridcore::GridRow::new("12", "east").under("1"),
        gridcore::GridRow::new("13", "unknown").under("1"),
    ])
    .unwrap();
    let squares = [("11".to_owned(), [0, 0, 10, 10]), ("12".to_owned(), [10, 5, 20, 15])];
    geo_town::footprints(&tree, &squares, "metres:local", |[x, y]| {
        [if x > 10.0 || y > 10.0 { x + gap } else { x }, y]
    })
}

#[test]
fn tolerance_and_least_border() {
    let borders = |gap, options: AdjacencyOptions| {
        pair(gap).adjacency(1, &options).borders().map(|b| b.2).collect::<Vec<_>>()
    };
    assert_eq!(borders(0.0, AdjacencyOptions::new()), [5.0]);
    assert_eq!(borders(0.0, AdjacencyOptions::new().least_border_m(5.0)), [5.0]);
    assert!(borders(0.0, AdjacencyOptions::new().least_border_m(5.1)).is_empty());
    let adjacency = pair(0.0).adjacency(1, &AdjacencyOptions::new());
    let unknown = pair(0.0).tree().find("13").unwrap();
    assert_eq!(adjacency.without_outline(), [unknown]);
    assert_eq!(pair(0.0).adjacency(0, &AdjacencyOptions::new()).graph().node_count(), 0);
}
