//! Laws of supervisors: the fewest there can be, by a search over every shape, and a check of every plan.
#[path = "oracle/city.rs"]
mod city;
#[path = "oracle/supervisors.rs"]
mod oracle;

use std::collections::BTreeMap;

use city::{any_tree, tree_of};
use gridcore::tree::SupervisorPlan;
use gridcore::{GridTree, Lang, Problem};
use oracle::{carried_out, fewest, is_too_wide};
use proptest::prelude::*;

/// Checks everything that a plan promises, except that fewer would not do.
fn check(tree: &GridTree, plan: &SupervisorPlan) {
    let bound = plan.bound();
    let after = carried_out(tree, plan);
    assert!(!is_too_wide(&after, bound), "a span is above the bound");
    assert_eq!(after.len(), tree.len() + plan.total(), "the total is the number of grids that came in");
    for grid in plan.grids() {
        assert!(grid.certificate().holds() && grid.certificate().fewest == grid.extra());
        let spans: Vec<usize> =
            grid.supervisors().map(|one| one.span()).chain(std::iter::once(grid.new_span())).collect();
        let (least, most) = (spans.iter().min(), spans.iter().max());
        assert!(most.zip(least).is_some_and(|(most, least)| most - least <= 1), "{spans:?} are not even");
        // Through all its supervisors, each leads neighbours: in the new tree, whose codes say nothing of order, the
        // children beneath a supervisor are a stretch of the old order.
        let order: Vec<String> =
            tree.children(grid.grid()).map(|child| tree.code(child).to_string()).collect();
        for supervisor in grid.supervisors() {
            let code = format!("S{}:{}", tree.code(grid.grid()), supervisor.number());
            let at = after.find(&code).expect("it has come in");
            let mut places: Vec<usize> = order
                .iter()
                .enumerate()
                .filter(|(_, child)| after.find(child).is_some_and(|child| after.is_ancestor(at, child)))
                .map(|(place, _)| place)
                .collect();
            places.sort_unstable();
            assert!(places.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{code} leads a scattered flock");
        }
    }
}

fn star(span: usize) -> GridTree {
    tree_of(&vec![0; span])
}

#[test]
fn no_shape_needs_fewer() {
    for bound in 2..=7 {
        let mut known = BTreeMap::new();
        for span in 0..=18 {
            let tree = star(span);
            let plan = tree.supervisors(bound).expect("the bound is 2 or more");
            assert_eq!(plan.total(), fewest(span, bound, &mut known), "span {span}, bound {bound}");
            check(&tree, &plan);
        }
    }
}

#[test]
fn twenty_three_towns_need_three() {
    let tree = city::city();
    let plan = tree.supervisors(7).expect("the bound is 2 or more");
    let root = &plan.grids()[0];
    assert_eq!((root.grid(), root.span(), root.extra(), root.new_span()), (tree.root(), 23, 3, 7));
    assert_eq!(
        root.certificate().text(Lang::En),
        "each extra grid lowers the span by at most 6: from 23 to 7 takes at least 3"
    );
    check(&tree, &plan);
    // By hand: the city 3; the towns 2 (Torch, 18), 4 (Cuiheng, 26) and 21 × 1 (11 or 12); level 2 none in Torch (5 or 6)
    // and 1 in each of 26 + 243 (11 or 12); level 3 1 in each of Torch's 99 (11 or 12), none elsewhere (5 at most).
    assert_eq!(plan.total(), 3 + 2 + 4 + 21 + 26 + 243 + 99);
}

#[test]
fn a_few_levels_of_supervisors_are_nested() {
    let tree = star(100);
    let plan = tree.supervisors(3).expect("the bound is 2 or more");
    assert_eq!(plan.total(), 49); // ⌈97 ÷ 2⌉
    check(&tree, &plan);
    let after = carried_out(&tree, &plan);
    let deepest = after.indices().map(|grid| after.depth(grid)).max();
    assert_eq!(deepest, Some(5)); // 3⁴ = 81 < 100 ≤ 3⁵
}

#[test]
fn many_children_under_one_grid_are_no_trouble() {
    let tree = star(200_000);
    for bound in [2, 7, 199_999] {
        let plan = tree.supervisors(bound).expect("the bound is 2 or more");
        assert_eq!(plan.total(), (200_000 - bound).div_ceil(bound - 1));
        let led: usize = plan.grids()[0].supervisors().map(|one| one.children().len()).sum();
        assert_eq!(led + plan.grids()[0].direct().len(), 200_000);
    }
    assert_eq!(tree.supervisors(200_000).expect("the bound is 2 or more").total(), 0);
}

#[test]
fn a_bound_below_two_is_refused() {
    for bound in [0, 1] {
        let error = star(3).supervisors(bound).expect_err("it is too small");
        assert_eq!(error.code(), "bound_too_small");
    }
}

proptest! {
    #[test]
    fn every_plan_holds_what_it_promises(tree in any_tree(), bound in 2..6_usize) {
        let plan = tree.supervisors(bound).expect("the bound is 2 or more");
        check(&tree, &plan);
        let mut known = BTreeMap::new();
        let fewest: usize = tree.indices().map(|grid| {
            let span = tree.children(grid).count();
            if span > 16 { (span - bound).div_ceil(bound - 1) } else { fewest(span, bound, &mut known) }
        }).sum();
        prop_assert_eq!(plan.total(), fewest);
    }

    #[test]
    fn a_plan_carried_out_needs_no_other(tree in any_tree(), bound in 2..6_usize) {
        let plan = tree.supervisors(bound).expect("the bound is 2 or more");
        let after = carried_out(&tree, &plan);
        prop_assert_eq!(after.supervisors(bound).expect("the bound is 2 or more").total(), 0);
    }
}
