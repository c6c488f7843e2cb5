//! Laws of the tiling check: what tiles is sound, and what is moved is found with its area.
#![cfg(feature = "geo")]

mod geo_town;

use std::collections::BTreeMap;

use geo_town::{Rectangle, towns};
use gridcore::GridTree;
use gridcore::geo::{TilingFaultKind, TilingReport};
use proptest::prelude::*;

/// The faults of a report by kind and codes, with their areas in whole square metres.
fn listed(tree: &GridTree, report: &TilingReport) -> BTreeMap<String, i64> {
    let code = |grid| tree.code(grid).to_string();
    let line = |fault: &gridcore::geo::TilingFault| {
        let name = match fault.kind {
            TilingFaultKind::Overlap { one, other } => format!("overlap {} {}", code(one), code(other)),
            TilingFaultKind::Hole { parent } => format!("hole {}", code(parent)),
            TilingFaultKind::Overhang { child, parent } => {
                format!("overhang {} {}", code(child), code(parent))
            }
            _ => "another".to_owned(),
        };
        (name, fault.area_m2.round() as i64)
    };
    report.faults().iter().map(line).collect()
}

/// The oracle: rectangles painted on squared paper.
fn oracle(all: &[(String, Rectangle)]) -> BTreeMap<String, i64> {
    let parent_of = |code: &str| match code.len() {
        1 => None,
        3 => Some("1".to_owned()),
        _ => Some(code[..3].to_owned()),
    };
    let holds = |[w, s, e, n]: Rectangle, x: i32, y: i32| w <= x && x < e && s <= y && y < n;
    let mut found = BTreeMap::new();
    for (parent, whole) in all {
        let children: Vec<_> =
            all.iter().filter(|(code, _)| parent_of(code).as_ref() == Some(parent)).collect();
        if children.is_empty() {
            continue;
        }
        for x in -30..60 {
            for y in -30..60 {
                let here: Vec<_> = children.iter().filter(|(_, rectangle)| holds(*rectangle, x, y)).collect();
                let mut count = |name: String| *found.entry(name).or_insert(0) += 1;
                if holds(*whole, x, y) && here.is_empty() {
                    count(format!("hole {parent}"));
                }
                for (i, (one, _)) in here.iter().enumerate() {
                    if !holds(*whole, x, y) {
                        count(format!("overhang {one} {parent}"));
                    }
                    for (other, _) in &here[i + 1..] {
                        count(format!("overlap {one} {other}"));
                    }
                }
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Towns that tile have no fault, in a plane, on the earth and askew.
    #[test]
    fn what_tiles_is_sound(town in towns()) {
        for footprints in [town.footprints(), town.askew()] {
            let report = footprints.check_tiling(1e-3);
            prop_assert!(report.is_sound(), "{:?}", listed(footprints.tree(), &report));
            prop_assert_eq!(report.checked(), 1 + town.districts.len());
            prop_assert!(report.without_outline().is_empty());
        }
    }

    /// One rectangle moved or resized: every overlap, hole and overhang is the one that squared paper shows.
    #[test]
    fn what_is_moved_is_found(town in towns(), which in any::<prop::sample::Index>(), by in prop::array::uniform4(-5..6_i32)) {
        let mut all = town.rectangles();
        let rectangle = &mut which.get_mut(&mut all).1;
        for (side, by) in rectangle.iter_mut().zip(by) {
            *side += by;
        }
        prop_assume!(rectangle[0] < rectangle[2] && rectangle[1] < rectangle[3]);
        let tree = town.tree();
        let footprints = geo_town::footprints(&tree, &all, "metres:local", |at| at);
        prop_assert_eq!(listed(&tree, &footprints.check_tiling(1e-3)), oracle(&all));
        // The tolerance lets small pieces pass, and only those.
        let lenient = listed(&tree, &footprints.check_tiling(1e9));
        prop_assert!(lenient.is_empty());
    }

    /// Grids without an outline are named; the others are checked all the same.
    #[test]
    fn missing_outlines_are_named(town in towns(), which in any::<prop::sample::Index>()) {
        let tree = town.tree();
        let mut all = town.rectangles();
        let gone = tree.find(&all.remove(which.index(all.len())).0).unwrap();
        let footprints = geo_town::footprints(&tree, &all, "metres:local", |at| at);
        let report = footprints.check_tiling(1e-3);
        let siblings_known = tree.siblings(gone).any(|grid| footprints.get(grid).is_some());
        let children_known = tree.children(gone).any(|grid| footprints.get(grid).is_some());
        let wanted: Vec<_> = (siblings_known || children_known).then_some(gone).into_iter().collect();
        prop_assert_eq!(report.without_outline(), &wanted);
        let leaf_hole = report.faults().iter().all(|fault| {
            matches!(fault.kind, TilingFaultKind::Hole { parent } if tree.parent(gone) == Some(parent))
        });
        prop_assert!(leaf_hole, "{:?}", listed(&tree, &report));
    }
}
