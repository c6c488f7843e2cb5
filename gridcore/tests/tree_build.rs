//! A tree is the same whatever way its table takes: any order of rows, any kind of column, any way through the build.

#[path = "oracle/placing.rs"]
mod oracle;

use gridcore::tree::Column;
use gridcore::{
    CodeScheme, CodeSegment, GridColumns, GridRow, GridTree, GridTreeBuilder, LevelSchema, Root,
    SchemeDefinition,
};
use oracle::{Row, Rules};
use proptest::prelude::*;

/// Codes of one, two or three digits, each segment one of them.
fn scheme() -> CodeScheme {
    ["one", "two", "three"]
        .into_iter()
        .fold(SchemeDefinition::nested("three", "三"), |scheme, name| {
            scheme.segment(CodeSegment::digits(name, name, 1))
        })
        .build()
        .expect("it is sound")
}

fn builder(rules: Rules) -> GridTreeBuilder {
    let builder = GridTree::builder();
    let builder = if rules.nests { builder.scheme(scheme()) } else { builder };
    builder.schema(LevelSchema::free().allow_skips(rules.skips))
}

/// Tables that are trees but for a few changes: most codes begin with their parent's, some are letters.
fn tables() -> impl Strategy<Value = Vec<Row>> {
    let grids = prop::collection::btree_set("[1-3]{0,2}", 0..10);
    let changes = prop::collection::vec((any::<prop::sample::Index>(), 0..6_u8, "[1-3]{1,2}|z"), 0..3);
    (grids, changes, any::<bool>(), any::<bool>()).prop_map(|(grids, changes, levels, letters)| {
        let mut rows: Vec<Row> = std::iter::once(String::new())
            .chain(grids.into_iter().filter(|code| !code.is_empty()))
            .map(|tail| Row {
                code: format!("1{tail}"),
                parent: if tail.is_empty() { String::new() } else { format!("1{}", &tail[..tail.len() - 1]) },
                name: format!("grid {tail}"),
                level: levels.then_some(tail.len() as u8),
            })
            .collect();
        for (place, change, value) in changes {
            let row = place.get(&rows).clone();
            let at = place.index(rows.len());
            match change {
                0 => rows[at].parent = format!("1{value}"),
                1 => rows[at].parent = value,
                2 => "grid 1".clone_into(&mut rows[at].name),
                3 => rows[at].level = row.level.map(|level| level + 1),
                4 => rows[at].code = format!("1{value}"),
                _ => rows.push(row),
            }
        }
        if letters {
            for row in &mut rows {
                row.code = row.code.replace('3', "c");
                row.parent = row.parent.replace('3', "c");
            }
        }
        rows
    })
}

fn is_digits(code: &str) -> bool {
    code.bytes().all(|byte| byte.is_ascii_digit())
}

fn grid_rows(rows: &[Row]) -> impl Iterator<Item = GridRow> {
    rows.iter().map(|row| {
        let grid = GridRow::new(row.code.as_str(), row.name.as_str()).under(row.parent.as_str());
        match row.level {
            Some(level) => grid.level(level),
            None => grid,
        }
    })
}

fn from_columns(builder: &GridTreeBuilder, rows: &[Row]) -> Result<GridTree, gridcore::BuildError> {
    let texts = |of: fn(&Row) -> &str| rows.iter().map(|row| of(row).to_owned()).collect::<Vec<String>>();
    let (code, parent, name) = (texts(|row| &row.code), texts(|row| &row.parent), texts(|row| &row.name));
    let level: Vec<Option<i64>> = rows.iter().map(|row| row.level.map(i64::from)).collect();
    let columns = GridColumns::new()
        .with("code", Column::Texts(&code))
        .with("parent", Column::Texts(&parent))
        .with("name", Column::Texts(&name))
        .with("level", Column::Integers(&level));
    builder.from_columns(&columns)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_table_is_taken_if_it_is_sound_and_then_stands_in_preorder(
        rows in tables(),
        rules in (any::<bool>(), any::<bool>()).prop_map(|(nests, skips)| Rules { nests, skips }),
    ) {
        // The scheme knows digits alone.
        let rules = Rules { nests: rules.nests && rows.iter().all(|row| is_digits(&row.code)), ..rules };
        let sound = oracle::is_sound(&rows, rules) && (!rules.nests || rows.iter().all(|row| row.code.len() <= 3));
        for tree in [builder(rules).from_rows(grid_rows(&rows)), from_columns(&builder(rules), &rows)] {
            prop_assert_eq!(tree.is_ok(), sound, "{:?}", tree);
            let Ok(tree) = tree else { continue };
            let placed: Vec<_> = tree
                .indices()
                .map(|grid| oracle::Placed {
                    row: tree.row(grid).expect("every grid is a row"),
                    parent: tree.parent(grid).unwrap_or(grid).get(),
                    end: grid.get() + tree.subtree(grid).len(),
                })
                .collect();
            prop_assert_eq!(placed, oracle::preorder(&rows));
            for grid in tree.indices() {
                let row = &rows[tree.row(grid).expect("every grid is a row")];
                prop_assert_eq!(tree.code(grid), row.code.as_str());
                prop_assert_eq!(tree.name(grid), row.name.as_str());
                prop_assert_eq!(usize::from(tree.level(grid)), row.level.map_or(tree.depth(grid), usize::from));
            }
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing(rows in tables(), seed in any::<prop::sample::Index>()) {
        let mut turned = rows.clone();
        turned.rotate_left(seed.index(rows.len()));
        let lossy = |rows: &[Row]| GridTree::builder().from_rows_lossy(grid_rows(rows));
        let (one, other) = (lossy(&rows), lossy(&turned));
        prop_assert_eq!(&one.tree, &other.tree);
        let codes = |faults: &[gridcore::tree::BuildFault]| {
            let mut codes: Vec<_> = faults.iter().map(|fault| (fault.code(), fault.grid.clone())).collect();
            codes.sort();
            codes
        };
        prop_assert_eq!(codes(&one.faults), codes(&other.faults));
        prop_assert_eq!(one.rejected.len(), other.rejected.len());
    }

    #[test]
    fn a_root_beside_the_rows_stands_above_what_a_row_would(rows in tables(), levels in any::<bool>()) {
        // The same table twice: with its root as a row, and with the root named and its row left out.
        let rows: Vec<Row> = rows.into_iter().map(|row| Row { level: row.level.filter(|_| levels), ..row }).collect();
        let whole = GridTree::from_rows(grid_rows(&rows));
        let Some(root) = rows.iter().find(|row| row.parent.is_empty()).filter(|_| rows.len() > 1) else {
            return Ok(());
        };
        let others: Vec<Row> = rows.iter().filter(|row| !row.parent.is_empty()).cloned().collect();
        let named = Root::Named { code: root.code.parse().expect("a code"), name: root.name.clone() };
        let beside = from_columns(&GridTree::builder().root(named), &others);
        if let (Ok(whole), Ok(beside)) = (&whole, &beside) {
            prop_assert!(whole.indices().eq(beside.indices()));
            for grid in whole.indices() {
                prop_assert_eq!(whole.code(grid), beside.code(grid));
                prop_assert_eq!(whole.parent(grid), beside.parent(grid));
            }
        }
        prop_assert!(whole.is_err() || beside.is_ok(), "{:?}", beside);
    }

    #[test]
    fn numbers_make_the_tree_that_texts_do(rows in tables()) {
        let rows: Vec<Row> = rows.into_iter().filter(|row| is_digits(&row.code) && is_digits(&row.parent)).collect();
        let numbers = |of: fn(&Row) -> &str| rows.iter().map(|row| of(row).parse().ok()).collect::<Vec<Option<i64>>>();
        let (code, parent) = (numbers(|row| &row.code), numbers(|row| &row.parent));
        let name: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
        let builder = GridTree::builder().scheme(scheme());
        let columns = GridColumns::new()
            .with("code", Column::Integers(&code))
            .with("parent", Column::Integers(&parent))
            .with("name", Column::Texts(&name));
        let texts: Vec<Row> = rows.iter().map(|row| Row { level: None, ..row.clone() }).collect();
        match (builder.from_columns(&columns), builder.from_rows(grid_rows(&texts))) {
            (Ok(one), Ok(other)) => prop_assert_eq!(one, other),
            (one, other) => prop_assert_eq!(one.is_ok(), other.is_ok()),
        }
    }
}

#[test]
fn a_root_in_another_table_is_taken_whichever_way_the_codes_are_ordered() {
    for (root, child) in [("4420", "442000"), ("9", "1"), ("zhongshan", "a")] {
        let rows = [GridRow::new(root, "city").under("44"), GridRow::new(child, "district").under(root)];
        let tree = GridTree::builder()
            .root(Root::Existing(root.parse().expect("a code")))
            .from_rows(rows)
            .expect("a tree");
        assert_eq!(tree.counts(), [1, 1]);
        assert_eq!(tree.code(tree.root()), root);
    }
}

#[test]
fn names_that_hash_alike_are_still_told_apart_among_many() {
    let rows = std::iter::once(GridRow::new("1", "city")).chain(
        (0..200_000)
            .map(|number| GridRow::new((1_000_000 + number).to_string(), number.to_string()).under("1")),
    );
    assert_eq!(GridTree::from_rows(rows).expect("a tree").counts(), [1, 200_000]);
}
