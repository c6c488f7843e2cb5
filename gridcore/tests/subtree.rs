//! A part of a tree is the tree that its own rows make; a table makes the tree it came from.

#[path = "oracle/random_tree.rs"]
mod random_tree;

use gridcore::tree::TextArray;
use gridcore::{CodeScheme, GridRow, GridTree};
use proptest::prelude::*;
use random_tree::any_tree;

/// The rows of a part, the root's parent taken away, built as any table is.
fn rebuilt(tree: &GridTree, rows: Vec<GridRow>) -> GridTree {
    let mut builder = GridTree::builder().schema(tree.schema().clone());
    if let Some(scheme) = tree.scheme() {
        builder = builder.scheme(scheme.clone());
    }
    builder.from_rows(rows).expect("a part of a valid tree is valid")
}

proptest! {
    #[test]
    fn a_part_is_what_its_rows_make(tree in any_tree(), pick in any::<prop::sample::Index>()) {
        let top = tree.at(1 + pick.index(tree.len() - 1)).expect("below the length");
        let part = tree.extract(top);
        let mut rows: Vec<GridRow> = tree.subtree(top).map(|grid| tree.to_row(grid)).collect();
        rows[0].parent = gridcore::tree::Cell::Missing;
        prop_assert_eq!(part.to_rows().collect::<Vec<_>>(), rows.clone());
        prop_assert_eq!(&rebuilt(&tree, rows), &part);
        for (place, grid) in tree.subtree(top).enumerate() {
            let there = part.find(&tree.code(grid).to_string()).expect("it is part of it");
            prop_assert_eq!((there.get(), part.row(there)), (place, Some(place)));
            prop_assert_eq!(part.subtree(there).len(), tree.subtree(grid).len());
        }
        prop_assert!(part.find(&tree.code(tree.root()).to_string()).is_none());
    }

    #[test]
    fn parts_of_parts_are_parts(tree in any_tree(), pick in any::<prop::sample::Index>()) {
        let low = tree.at(pick.index(tree.len())).expect("below the length");
        let direct = tree.extract(low);
        for above in tree.ancestors(low) {
            let part = tree.extract(above);
            let there = part.find(&tree.code(low).to_string()).expect("it is part of it");
            prop_assert_eq!(&part.extract(there), &direct);
        }
    }

    #[test]
    fn a_table_says_what_rows_say(tree in any_tree(), pick in any::<prop::sample::Index>()) {
        let top = tree.at(pick.index(tree.len())).expect("below the length");
        let table = tree.subtree_table(top);
        prop_assert_eq!(table.len(), tree.subtree(top).len());
        for (row, grid) in tree.subtree(top).enumerate() {
            let code = tree.code(grid).to_string();
            let parent = tree.parent(grid).filter(|_| grid != top).map(|parent| tree.code(parent).to_string());
            prop_assert_eq!(table.code.get(row), Some(code.as_str()));
            prop_assert_eq!(table.parent.get(row), parent.as_deref());
            prop_assert_eq!(table.name.get(row), Some(tree.name(grid)));
            prop_assert_eq!(table.level[row], tree.level(grid));
            prop_assert_eq!(table.kind.get(row), tree.kind(grid));
            prop_assert_eq!(table.footprint.get(row), tree.footprint(grid));
            for (name, values) in &table.weights {
                prop_assert_eq!(values.get(row), tree.weight(grid, name));
            }
        }
        let mut builder = GridTree::builder().schema(tree.schema().clone());
        if let Some(scheme) = tree.scheme().filter(|scheme| scheme.check(table.code.get(0).unwrap()).is_ok()) {
            builder = builder.scheme(scheme.clone());
        }
        let again = builder.from_columns(&table.columns()).expect("the table of a valid tree");
        prop_assert_eq!(again.to_rows().collect::<Vec<_>>(), tree.extract(top).to_rows().map(|mut row| {
            if row.code == gridcore::tree::Cell::from(tree.code(top)) { row.parent = gridcore::tree::Cell::Missing; }
            row
        }).collect::<Vec<_>>());
    }

    #[test]
    fn a_text_array_keeps_what_was_put_in(texts in prop::collection::vec(prop::option::of(".{0,6}"), 0..20)) {
        let array: TextArray = texts.iter().map(Option::as_deref).collect();
        prop_assert_eq!(array.iter().collect::<Vec<_>>(), texts.iter().map(Option::as_deref).collect::<Vec<_>>());
        prop_assert_eq!(array.get(texts.len()), None);
        prop_assert_eq!(array.present().is_none(), texts.iter().all(Option::is_some));
        let (bytes, offsets, present) = array.into_parts();
        prop_assert_eq!(offsets.len(), texts.len() + 1);
        prop_assert_eq!(offsets.last().copied(), Some(i64::try_from(bytes.len()).unwrap()));
        prop_assert!(present.is_none_or(|present| present.len() == texts.len()));
    }
}

#[test]
fn a_town_of_the_register_stands_alone() {
    let tree = GridTree::builder()
        .scheme(CodeScheme::nbs())
        .from_rows([
            GridRow::new("442000", "中山市"),
            GridRow::new("442000001", "石岐街道").under("442000").kind("town"),
            GridRow::new("442000001007", "桂园社区")
                .under("442000001")
                .kind("village")
                .weight("households", 812.0),
            GridRow::new("442000002", "东区街道").under("442000").kind("town"),
        ])
        .expect("a tree");
    let town = tree.extract(tree.find("442000001").expect("it is there"));
    assert_eq!(town.counts(), [0, 1, 1]);
    assert_eq!(town.parent(town.root()), None);
    assert_eq!(town.scheme(), tree.scheme());
    let table = town.to_table();
    assert_eq!(table.parent.iter().collect::<Vec<_>>(), [None, Some("442000001")]);
    assert_eq!(table.kind.iter().collect::<Vec<_>>(), [Some("town"), Some("village")]);
    assert_eq!(table.weights[0].1.get(1), Some(812.0));
    assert_eq!(table.footprint.get(0), None);
}
