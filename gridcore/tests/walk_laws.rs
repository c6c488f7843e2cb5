//! Every question about places is answered as a map of parents answers it, one at a time and by the column.

#[path = "oracle/walk.rs"]
mod oracle;

use std::collections::BTreeMap;

use gridcore::{GridIndex, GridRow, GridTree, LevelSchema, Problem, Ragged};
use oracle::Naive;
use proptest::prelude::*;

/// A tree of up to 23 grids with codes of digits or letters, in any order, its levels the depths or further apart.
fn any_tree() -> impl Strategy<Value = (Naive, Vec<GridRow>)> {
    let code = prop_oneof!["[0-9]{1,4}", "[a-c0-9]{1,3}"];
    let codes = prop::collection::btree_set(code, 1..24);
    let picks = prop::collection::vec((any::<prop::sample::Index>(), 1..4_u8), 24);
    (codes, picks, any::<bool>(), any::<u64>()).prop_map(|(codes, picks, with_levels, shuffle)| {
        // Which code becomes whose parent is chosen over a shuffled list: each hangs under one before it.
        let mut order: Vec<String> = codes.into_iter().collect();
        order.sort_by_key(|code| {
            (shuffle, code).1.bytes().fold(shuffle, |mix, byte| mix.rotate_left(7) ^ u64::from(byte))
        });
        let mut naive = Naive { parent: BTreeMap::new(), level: BTreeMap::new() };
        for (place, (code, (pick, gap))) in order.iter().zip(&picks).enumerate() {
            let parent = (place > 0).then(|| order[pick.index(place)].clone());
            if with_levels {
                let above = parent.as_ref().map_or(0, |parent| naive.level[parent]);
                naive.level.insert(code.clone(), above + gap);
            }
            naive.parent.insert(code.clone(), parent);
        }
        let rows = naive.parent.iter().map(|(code, parent)| {
            let mut row = GridRow::new(code.clone(), format!("grid {code}"));
            row.parent = parent.clone().into();
            if with_levels { row.level(naive.level[code]) } else { row }
        });
        let rows = rows.collect();
        (naive, rows)
    })
}

fn build(rows: Vec<GridRow>) -> GridTree {
    GridTree::builder().schema(LevelSchema::free().allow_skips(true)).from_rows(rows).expect("a valid table")
}

fn texts(tree: &GridTree, grids: impl IntoIterator<Item = GridIndex>) -> Vec<String> {
    grids.into_iter().map(|grid| tree.code(grid).to_string()).collect()
}

fn lists(tree: &GridTree, ragged: Result<Ragged, gridcore::TooManyValues>) -> Vec<Vec<String>> {
    let ragged = ragged.expect("few values");
    assert_eq!(ragged.len(), ragged.offsets().len() - 1);
    assert_eq!(ragged.offsets().last(), Some(&ragged.values().len()));
    ragged.iter().map(|row| texts(tree, row.iter().copied())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn one_grid_is_answered_as_the_map_answers((naive, rows) in any_tree(), page in (0..6_usize, 0..6_usize)) {
        let tree = build(rows);
        let one = |grid: Option<GridIndex>| grid.map(|grid| tree.code(grid).to_string());
        let root = naive.codes().into_iter().find(|code| naive.parent(code).is_none()).expect("a root");
        prop_assert_eq!(one(Some(tree.root())), Some(root.clone()));
        prop_assert_eq!(texts(&tree, tree.indices()), naive.subtree(&root));
        prop_assert_eq!(tree.counts(), naive.counts_under(&root));
        for code in naive.codes() {
            let grid = tree.find(&code).expect("every row is in the tree");
            prop_assert_eq!(tree.at(grid.get()), Some(grid));
            prop_assert_eq!(tree.name(grid), format!("grid {code}"));
            prop_assert_eq!(tree.level(grid), naive.level(&code));
            prop_assert_eq!(one(tree.parent(grid)), naive.parent(&code));
            prop_assert_eq!(texts(&tree, tree.children(grid)), naive.children(&code));
            prop_assert_eq!(texts(&tree, tree.ancestors(grid)), naive.ancestors(&code));
            prop_assert_eq!(texts(&tree, tree.path(grid)), naive.path(&code));
            prop_assert_eq!(tree.depth(grid), naive.depth(&code));
            prop_assert_eq!(texts(&tree, tree.subtree(grid)), naive.subtree(&code));
            prop_assert_eq!(texts(&tree, tree.descendants(grid)), naive.descendants(&code));
            prop_assert_eq!(texts(&tree, tree.leaves(grid)), naive.leaves(&code));
            prop_assert_eq!(texts(&tree, tree.siblings(grid)), naive.siblings(&code));
            prop_assert_eq!(tree.is_leaf(grid), naive.is_leaf(&code));
            prop_assert_eq!(tree.counts_under(grid), naive.counts_under(&code));
            for level in 0..8 {
                prop_assert_eq!(one(tree.ancestor_at(grid, level)), naive.ancestor_at(&code, level));
                prop_assert_eq!(texts(&tree, tree.descendants_at(grid, level)), naive.descendants_at(&code, level));
            }
            let children = naive.children(&code);
            prop_assert_eq!(tree.child_count(grid), children.len());
            let shown = tree.children_page(grid, page.0, page.1);
            prop_assert_eq!(shown.total, children.len());
            let shown: Vec<_> = shown.rows.into_iter().map(|row| (row.code.to_string(), row.children)).collect();
            let wanted: Vec<_> = children.into_iter().skip(page.0).take(page.1)
                .map(|child| (child.clone(), naive.children(&child).len()))
                .collect();
            prop_assert_eq!(shown, wanted);
        }
    }

    #[test]
    fn two_grids_are_answered_as_the_map_answers((naive, rows) in any_tree()) {
        let tree = build(rows);
        for a in naive.codes() {
            for b in naive.codes() {
                let (x, y) = (tree.find(&a).expect("it is there"), tree.find(&b).expect("it is there"));
                prop_assert_eq!(tree.code(tree.lca(x, y)).to_string(), naive.lca(&a, &b));
                prop_assert_eq!(tree.is_ancestor(x, y), naive.is_ancestor(&a, &b));
                prop_assert_eq!(tree.distance(x, y), naive.distance(&a, &b));
            }
        }
    }

    #[test]
    fn a_column_is_answered_as_each_of_its_rows(
        (naive, rows) in any_tree(),
        picks in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
        level in 0..8_u8,
    ) {
        let tree = build(rows);
        let codes: Vec<String> = picks.iter().map(|pick| pick.get(&naive.codes()).clone()).collect();
        let others: Vec<String> = codes.iter().rev().cloned().collect();
        let (grids, beside) = (tree.index(&codes).expect("all there"), tree.index(&others).expect("all there"));
        let each = |ask: &dyn Fn(&str) -> Vec<String>| codes.iter().map(|code| ask(code)).collect::<Vec<_>>();
        let some = |grids: Vec<Option<GridIndex>>| -> Vec<Option<String>> {
            grids.into_iter().map(|grid| grid.map(|grid| tree.code(grid).to_string())).collect()
        };
        prop_assert_eq!(texts(&tree, grids.clone()), codes.clone());
        prop_assert_eq!(tree.codes(&grids).iter().map(ToString::to_string).collect::<Vec<_>>(), codes.clone());
        prop_assert_eq!(tree.names(&grids), codes.iter().map(|code| format!("grid {code}")).collect::<Vec<_>>());
        prop_assert_eq!(tree.depths(&grids), codes.iter().map(|code| naive.depth(code)).collect::<Vec<_>>());
        prop_assert_eq!(tree.levels(&grids), codes.iter().map(|code| naive.level(code)).collect::<Vec<_>>());
        prop_assert_eq!(some(tree.parents(&grids)), codes.iter().map(|code| naive.parent(code)).collect::<Vec<_>>());
        prop_assert_eq!(
            some(tree.ancestors_at(&grids, level)),
            codes.iter().map(|code| naive.ancestor_at(code, level)).collect::<Vec<_>>()
        );
        let pairs = || codes.iter().zip(&others);
        prop_assert_eq!(texts(&tree, tree.lcas(&grids, &beside)), pairs().map(|(a, b)| naive.lca(a, b)).collect::<Vec<_>>());
        prop_assert_eq!(tree.are_ancestors(&grids, &beside), pairs().map(|(a, b)| naive.is_ancestor(a, b)).collect::<Vec<_>>());
        prop_assert_eq!(tree.distances(&grids, &beside), pairs().map(|(a, b)| naive.distance(a, b)).collect::<Vec<_>>());
        prop_assert_eq!(lists(&tree, tree.children_of(&grids)), each(&|code| naive.children(code)));
        prop_assert_eq!(lists(&tree, tree.paths_of(&grids)), each(&|code| naive.path(code)));
        prop_assert_eq!(lists(&tree, tree.ancestors_of(&grids)), each(&|code| naive.ancestors(code)));
        prop_assert_eq!(lists(&tree, tree.descendants_of(&grids)), each(&|code| naive.descendants(code)));
        prop_assert_eq!(lists(&tree, tree.descendants_at_of(&grids, level)), each(&|code| naive.descendants_at(code, level)));
        prop_assert_eq!(lists(&tree, tree.leaves_of(&grids)), each(&|code| naive.leaves(code)));
        prop_assert_eq!(lists(&tree, tree.siblings_of(&grids)), each(&|code| naive.siblings(code)));
    }

    #[test]
    fn every_unknown_code_of_a_column_is_named(
        (naive, rows) in any_tree(),
        column in prop::collection::vec("[a-d0-9]{0,4}", 0..12),
    ) {
        let tree = build(rows);
        let unknown: Vec<(usize, String)> = column.iter().cloned().enumerate()
            .filter(|(_, code)| !naive.parent.contains_key(code))
            .collect();
        match tree.index(&column) {
            Ok(found) => {
                prop_assert_eq!(unknown, []);
                prop_assert_eq!(texts(&tree, found), column);
            }
            Err(error) => {
                prop_assert_eq!(error.rows(), &unknown[..]);
                prop_assert_eq!(error.faults().len(), unknown.len());
            }
        }
    }
}

#[test]
fn an_answer_too_long_for_memory_is_refused_before_it_is_made() {
    let rows = (1_000..40_000).map(|code| GridRow::new(code.to_string(), code.to_string()).under("1"));
    let tree = build(rows.chain([GridRow::new("1", "root")]).collect());
    let roots = vec![tree.root(); 10_000];
    for refused in [tree.children_of(&roots), tree.descendants_of(&roots), tree.leaves_of(&roots)] {
        let error = refused.expect_err("390 million values");
        assert_eq!(error.row(), 6_882); // 6 882 rows of 39 000 are 268 398 000 values, below 2^28; one more is above
        assert_eq!(error.code(), "too_many_values");
    }
    let leaves: Vec<GridIndex> = tree.leaves(tree.root()).take(10_000).collect();
    assert!(tree.siblings_of(&leaves).is_err());
    assert_eq!(tree.parents(&leaves), vec![Some(tree.root()); 10_000]);
}
