//! The fewest extra grids by trying every shape, and a check of a plan that trusts nothing it says of itself.

use std::collections::BTreeMap;

use gridcore::tree::{SpanProfile, SupervisorPlan};
use gridcore::{GridRow, GridTree};

/// The fewest extra grids beneath one that leads `span` children, none leading more than `bound`: the children are
/// shared among up to `bound` branches in every way, and a branch of two or more needs a supervisor of its own.
pub(crate) fn fewest(span: usize, bound: usize, known: &mut BTreeMap<usize, usize>) -> usize {
    if span <= bound {
        return 0;
    }
    if let Some(&extra) = known.get(&span) {
        return extra;
    }
    let extra = best_shares(span, bound, span - 1, bound, known);
    known.insert(span, extra);
    extra
}

/// The fewest extra grids in up to `branches` branches of at most `largest` children each.
fn best_shares(
    children: usize,
    branches: usize,
    largest: usize,
    bound: usize,
    known: &mut BTreeMap<usize, usize>,
) -> usize {
    if children == 0 {
        return 0;
    }
    if branches == 0 {
        return usize::MAX / 2;
    }
    let mut best = usize::MAX / 2;
    for share in 1..=largest.min(children) {
        let own = if share == 1 { 0 } else { 1 + fewest(share, bound, known) };
        best = best.min(own + best_shares(children - share, branches - 1, share, bound, known));
    }
    best
}

/// Carries a plan out: a tree in which each supervisor is a grid, `S…`; level and name play no part.
pub(crate) fn carried_out(tree: &GridTree, plan: &SupervisorPlan) -> GridTree {
    let mut parent: BTreeMap<String, String> = tree
        .indices()
        .filter_map(|grid| Some((tree.code(grid).to_string(), tree.code(tree.parent(grid)?).to_string())))
        .collect();
    for row in plan.rows() {
        let supervisor = |number: usize| format!("S{}:{number}", row.grid);
        let above = row.under.map_or(row.grid.to_string(), supervisor);
        parent.insert(supervisor(row.supervisor), above);
        for child in &row.children {
            let before = parent.insert(child.to_string(), supervisor(row.supervisor));
            assert_eq!(
                before,
                Some(row.grid.to_string()),
                "only a child of the grid may be led by its supervisor"
            );
        }
    }
    let root = tree.code(tree.root()).to_string();
    let rows =
        parent.iter().map(|(code, parent)| GridRow::new(code.as_str(), code.as_str()).under(parent.as_str()));
    GridTree::from_rows(std::iter::once(GridRow::new(root.as_str(), root.as_str())).chain(rows))
        .expect("a plan that is carried out leaves a tree")
}

/// Whether a tree has a span above the bound.
pub(crate) fn is_too_wide(tree: &GridTree, bound: usize) -> bool {
    let profile = SpanProfile::new(None, None, bound).expect("the bound is above 0");
    tree.indices().any(|grid| profile.judge(tree.children(grid).count()).is_some())
}
