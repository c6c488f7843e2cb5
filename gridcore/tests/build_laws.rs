//! A build reports what a slow validator reports, keeps what it keeps, and does not care how rows are ordered.

#[path = "oracle/build.rs"]
mod oracle;

use std::collections::BTreeSet;

use gridcore::tree::{Cell, Column, Level, TextColumn};
use gridcore::{CodeScheme, GridColumns, GridRow, GridTree, GridTreeBuilder, LevelSchema, Lossy, Root};
use oracle::{Row, Verdict, validate};
use proptest::prelude::*;

fn to_row(row: &Row) -> GridRow {
    let mut out = GridRow::new(row.code.as_str(), row.name.as_str()).under(row.parent.as_str());
    out.level = row.level.into();
    out.kind = row.kind.clone().into();
    if let Some(weight) = row.weight {
        out = out.weight("households", weight);
    }
    out
}

fn to_rows(rows: &[Row]) -> Vec<GridRow> {
    rows.iter().map(to_row).collect()
}

/// Three levels; the two below the root allow only some kinds.
fn strict_schema(skips: bool) -> LevelSchema {
    let levels = [
        Level::new("市", "city"),
        Level::new("镇", "town").kind("t", "镇", "town"),
        Level::new("村", "village").kind("v", "村", "village").kind("w", "社区", "community"),
    ];
    LevelSchema::new(levels).expect("a schema").allow_skips(skips)
}

fn any_setting() -> impl Strategy<Value = (LevelSchema, Root)> {
    let schema = prop_oneof![
        Just(LevelSchema::free()),
        Just(LevelSchema::free().allow_skips(true)),
        Just(strict_schema(false)),
        Just(strict_schema(true)),
    ];
    let root = prop_oneof![
        3 => Just(Root::Only),
        1 => "[1-3]".prop_map(|code| Root::Existing(code.parse().expect("a code"))),
        1 => prop_oneof!["[1-3]", "r"]
            .prop_map(|code| Root::Named { code: code.parse().expect("a code"), name: "root".into() }),
    ];
    (schema, root)
}

/// A few rows over so few codes and names that they collide in every way.
fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    let code = |wild: &'static str| prop_oneof![14 => "[1-7]", 2 => "[1-3][1-3]", 2 => "[ab]", 1 => wild, 1 => Just(" 1".to_owned())];
    let parent = prop_oneof![6 => code("9"), 1 => Just(String::new())];
    let name = prop_oneof![12 => "[p-z]", 3 => "[p-q]", 1 => Just(String::new())];
    let level = prop_oneof![8 => (0..4_i64).prop_map(Some), 1 => Just(None), 1 => Just(Some(-1)), 1 => Just(Some(300))];
    let kind = prop_oneof![
        Just(None),
        Just(Some("t".to_owned())),
        Just(Some("v".to_owned())),
        Just(Some("w".to_owned()))
    ];
    let weight = prop_oneof![3 => Just(None), 3 => Just(Some(2.5)), 2 => Just(Some(-0.5)), 1 => Just(Some(f64::INFINITY))];
    let row = (code(""), parent, name, level, kind, weight).prop_map(
        |(code, parent, name, level, kind, weight)| Row { code, parent, name, level, kind, weight },
    );
    (prop::collection::vec(row, 1..12), any::<bool>(), any::<bool>()).prop_map(|(mut rows, levels, kinds)| {
        for row in &mut rows {
            row.level = row.level.filter(|_| levels);
            row.kind = row.kind.take().filter(|_| kinds);
        }
        rows
    })
}

fn builder(setting: &(LevelSchema, Root)) -> GridTreeBuilder {
    GridTree::builder().schema(setting.0.clone()).root(setting.1.clone())
}

fn found(lossy: &Lossy) -> Verdict {
    Verdict {
        faults: lossy.faults.iter().map(|fault| (fault.row, fault.code().to_owned())).collect(),
        kept: kept(lossy),
        rejected: lossy.rejected.iter().map(|row| (row.row, row.cause)).collect(),
    }
}

fn kept(lossy: &Lossy) -> BTreeSet<usize> {
    lossy.tree.iter().flat_map(|tree| tree.indices().filter_map(|grid| tree.row(grid))).collect()
}

/// A valid table: each row hangs under one before it; no two names are the same.
fn valid_rows() -> impl Strategy<Value = Vec<Row>> {
    let codes = prop::collection::btree_set(prop_oneof!["[1-9][0-9]{0,2}", "[a-d]{1,2}"], 1..20);
    let picks = prop::collection::vec(any::<prop::sample::Index>(), 20);
    (codes, picks).prop_map(|(codes, picks)| {
        let codes: Vec<String> = codes.into_iter().collect();
        let row = |place: usize| Row {
            code: codes[place].clone(),
            parent: if place == 0 { String::new() } else { codes[picks[place].index(place)].clone() },
            name: format!("grid {place}"),
            level: None,
            kind: None,
            weight: Some(place as f64),
        };
        (0..codes.len()).map(row).collect()
    })
}

/// A row that may be changed without touching another: no other hangs under it.
fn leaf(rows: &[Row]) -> usize {
    let is_leaf = |row: &usize| rows.iter().all(|other| other.parent != rows[*row].code);
    (0..rows.len()).rev().find(is_leaf).expect("every tree has a leaf")
}

/// What is wrong, as rows and names of faults.
fn faults(builder: &GridTreeBuilder, rows: Vec<GridRow>) -> Vec<(Option<usize>, String)> {
    let error = builder.from_rows(rows).expect_err("a mutated table");
    error.list().iter().map(|fault| (fault.row, fault.code().to_owned())).collect()
}

/// Rows with their depths as levels.
fn with_levels(rows: &[Row]) -> Vec<Row> {
    let tree = GridTree::from_rows(to_rows(rows)).expect("a valid table");
    let mut rows = rows.to_vec();
    for grid in tree.indices() {
        rows[tree.row(grid).expect("every grid is a row")].level = Some(i64::from(tree.level(grid)));
    }
    rows
}

type Mutation = (&'static str, fn(&mut Vec<Row>, usize));

/// Each makes one fault, of this name, in the row it is given.
const IN_A_LEAF: [Mutation; 9] = [
    ("empty_code", |rows, leaf| rows[leaf].code.clear()),
    ("malformed_code", |rows, leaf| rows[leaf].code.push('\u{7}')),
    ("malformed_code", |rows, leaf| rows[leaf].parent.insert(0, ' ')),
    ("empty_name", |rows, leaf| rows[leaf].name.clear()),
    ("too_long", |rows, leaf| rows[leaf].name = "长".repeat(2_000)),
    ("unknown_parent", |rows, leaf| rows[leaf].parent = "nowhere".into()),
    ("cycle", |rows, leaf| rows[leaf].parent = rows[leaf].code.clone()),
    ("not_finite", |rows, leaf| rows[leaf].weight = Some(f64::NAN)),
    ("not_finite", |rows, leaf| rows[leaf].weight = Some(f64::NEG_INFINITY)),
];

/// The same, for rows that have their depths as levels.
const IN_A_LEAF_WITH_LEVEL: [Mutation; 4] = [
    ("unknown_level", |rows, leaf| rows[leaf].level = Some(256)),
    ("unknown_level", |rows, leaf| rows[leaf].level = Some(-1)),
    ("no_level", |rows, leaf| rows[leaf].level = None),
    ("level_skip", |rows, leaf| rows[leaf].level = rows[leaf].level.map(|level| level + 1)),
];

/// Each adds rows at the end, the last of which has the fault.
const AT_THE_END: [Mutation; 4] = [
    ("duplicate_code", |rows, leaf| rows.push(Row { name: "zz".into(), ..rows[leaf].clone() })),
    ("duplicate_name", |rows, root| {
        for code in ["zzy", "zzz"] {
            let (parent, name) = (rows[root].code.clone(), "twin".to_owned());
            rows.push(Row { code: code.into(), parent, name, ..rows[root].clone() });
        }
    }),
    ("level_inversion", |rows, leaf| {
        let parent = rows[leaf].code.clone();
        rows.push(Row { code: "zzz".into(), parent, ..rows[leaf].clone() });
    }),
    ("too_deep", |rows, root| {
        let depth = |number: usize| format!("deep {number}");
        for number in 1..=256 {
            let parent = if number == 1 { rows[root].code.clone() } else { depth(number - 1) };
            rows.push(Row { code: depth(number), parent, name: depth(number), ..rows[root].clone() });
        }
    }),
];

/// A valid table under a nested code scheme, three levels, kinds and all.
fn register() -> Vec<GridRow> {
    vec![
        GridRow::new("442000", "中山市"),
        GridRow::new("442000001", "石岐街道").under("442000").kind("t"),
        GridRow::new("442000001007", "桂园社区").under("442000001").kind("w").weight("households", 812.0),
        GridRow::new("442000001008", "民族社区").under("442000001").kind("v"),
    ]
}

fn register_builder() -> GridTreeBuilder {
    GridTree::builder().schema(strict_schema(false)).scheme(CodeScheme::nbs())
}

#[test]
fn of_two_rows_alike_but_for_a_cell_that_cannot_be_read_the_sound_one_stays() {
    let (sound, broken) =
        (GridRow::new("2", "a").under("1"), GridRow::new("2", "a").under("1").weight("w", f64::INFINITY));
    for (twins, kept) in [([&sound, &broken], 1), ([&broken, &sound], 2)] {
        let rows = [GridRow::new("1", "root")].into_iter().chain(twins.map(GridRow::clone));
        let lossy = GridTree::builder().from_rows_lossy(rows);
        let tree = lossy.tree.expect("a root and a child");
        assert_eq!(tree.indices().map(|grid| tree.row(grid)).collect::<Vec<_>>(), [Some(0), Some(kept)]);
    }
}

#[test]
fn each_fault_of_a_register_is_reported_alone() {
    let found = |change: &dyn Fn(&mut GridRow)| {
        let mut rows = register();
        change(&mut rows[2]);
        faults(&register_builder(), rows)
    };
    let alone = |name: &str| vec![(Some(2), name.to_owned())];
    assert_eq!(register_builder().from_rows(register()).expect("it is valid").counts(), [1, 1, 2]);
    assert_eq!(found(&|row| row.kind = "t".into()), alone("forbidden_kind"));
    assert_eq!(found(&|row| row.kind = Cell::Missing), alone("forbidden_kind"));
    assert_eq!(found(&|row| row.code = "442000002007".into()), alone("not_prefixed"));
    assert_eq!(found(&|row| row.code = "44200000100x".into()), alone("outside_scheme"));
    assert_eq!(found(&|row| row.code = Cell::Float(442_000_001_007.5)), alone("bad_number"));
    assert_eq!(found(&|row| row.code = Cell::Integer(-1)), alone("bad_number"));
    assert_eq!(found(&|row| row.name = Cell::Integer(7)), alone("wrong_kind"));
    assert_eq!(found(&|row| row.code = Cell::Other("boolean".into())), alone("wrong_kind"));
    let mut row = register();
    row[2].kind = Cell::Float(0.5);
    assert_eq!(faults(&GridTree::builder(), row.clone()), alone("wrong_kind"));
    let mut row = register();
    row[2].code = Cell::Integer(442_000_001_007);
    assert_eq!(faults(&GridTree::builder(), row.clone()), alone("numeric_code"));
    assert!(register_builder().from_rows(row).is_ok());
}

/// A column that says it has more rows than a tree can hold.
struct Endless;

impl TextColumn for Endless {
    fn rows(&self) -> usize {
        usize::MAX
    }

    fn text(&self, row: usize) -> Option<&str> {
        unreachable!("row {row} was asked for")
    }
}

static TEXTS: [&str; 1] = ["1"];
static NONE: [Option<&str>; 1] = [None];
static EMPTY: [&str; 0] = [];
static TWO: [f64; 2] = [1.0, 2.0];

#[test]
fn each_fault_of_a_whole_table_is_reported_alone() {
    let found = |change: &dyn Fn(GridColumns<'static>) -> GridColumns<'static>| -> Vec<_> {
        let error = GridTree::from_columns(&change(GridColumns::new())).expect_err("a mutated table");
        error.list().iter().map(|fault| (fault.row, fault.code())).collect()
    };
    let good = |columns: GridColumns<'static>| {
        columns
            .with("code", Column::Texts(&TEXTS))
            .with("parent", Column::Texts(&NONE))
            .with("name", Column::Texts(&TEXTS))
    };
    assert!(GridTree::from_columns(&good(GridColumns::new())).is_ok());
    assert_eq!(
        found(&|columns| columns.with("code", Column::Texts(&TEXTS)).with("parent", Column::Texts(&NONE))),
        [(None, "missing_column")]
    );
    assert_eq!(found(&|columns| good(columns).weight("w", Column::Floats(&TWO))), [(None, "column_length")]);
    assert_eq!(
        found(&|columns| good(columns).with("kind", Column::Other { kind: "boolean", rows: 1 })),
        [(None, "wrong_kind")]
    );
    let all = |columns: GridColumns<'static>, texts: &'static dyn TextColumn| {
        columns
            .with("code", Column::Texts(texts))
            .with("parent", Column::Texts(texts))
            .with("name", Column::Texts(texts))
    };
    assert_eq!(found(&|columns| all(columns, &EMPTY)), [(None, "empty_table")]);
    assert_eq!(found(&|columns| all(columns, &Endless)), [(None, "too_many_rows")]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn faults_kept_and_rejected_rows_are_those_of_the_slow_validator(rows in any_rows(), setting in any_setting()) {
        let lossy = builder(&setting).from_rows_lossy(to_rows(&rows));
        prop_assert_eq!(found(&lossy), validate(&rows, &setting.0, &setting.1));
    }

    #[test]
    fn strict_is_lossy_without_faults(rows in any_rows(), setting in any_setting()) {
        let lossy = builder(&setting).from_rows_lossy(to_rows(&rows));
        match builder(&setting).from_rows(to_rows(&rows)) {
            Ok(tree) => {
                prop_assert_eq!(lossy.faults, []);
                prop_assert_eq!(lossy.rejected, []);
                prop_assert_eq!(lossy.tree, Some(tree));
            }
            Err(error) => {
                prop_assert!(!error.list().is_empty());
                prop_assert_eq!(lossy.faults, error.list());
            }
        }
    }

    #[test]
    fn every_row_is_kept_or_rejected_and_none_is_given_another_parent(rows in any_rows(), setting in any_setting()) {
        let lossy = builder(&setting).from_rows_lossy(to_rows(&rows));
        let mut all: Vec<usize> = lossy.rejected.iter().map(|row| row.row).chain(kept(&lossy)).collect();
        all.sort_unstable();
        prop_assert_eq!(all, (0..rows.len()).collect::<Vec<_>>());
        prop_assert_eq!(lossy.tree.is_some(), !kept(&lossy).is_empty());
        if let Some(tree) = &lossy.tree {
            prop_assert_eq!(tree.counts().iter().sum::<usize>(), tree.len());
            for grid in tree.indices() {
                let Some(row) = tree.row(grid) else { continue };
                prop_assert_eq!(tree.code(grid).to_string(), rows[row].code.as_str());
                prop_assert_eq!(tree.name(grid), rows[row].name.as_str());
                prop_assert_eq!(tree.weight(grid, "households"), rows[row].weight);
                if let Some(parent) = tree.parent(grid) {
                    let text = rows[row].parent.as_str();
                    prop_assert!(tree.code(parent) == text || (text.is_empty() && tree.row(parent).is_none()));
                }
            }
        }
    }

    #[test]
    fn the_order_of_rows_means_nothing((rows, setting, shuffled) in (any_rows(), any_setting()).prop_flat_map(|(rows, setting)| {
        let places: Vec<usize> = (0..rows.len()).collect();
        (Just(rows), Just(setting), Just(places).prop_shuffle())
    })) {
        let moved: Vec<Row> = shuffled.iter().map(|&place| rows[place].clone()).collect();
        let (one, other) = (builder(&setting).from_rows_lossy(to_rows(&rows)), builder(&setting).from_rows_lossy(to_rows(&moved)));
        // Rows that say the same are told apart by nothing else: compare what they say, not where they stand.
        let say = |lossy: &Lossy, rows: &[Row]| {
            let text = |row: Option<usize>| row.map(|row| format!("{:?}", rows[row]));
            let mut faults: Vec<_> = lossy.faults.iter().map(|fault| (text(fault.row), fault.code())).collect();
            let mut rejected: Vec<_> =
                lossy.rejected.iter().map(|row| (text(Some(row.row)), text(Some(row.cause)))).collect();
            faults.sort();
            rejected.sort();
            (faults, rejected)
        };
        prop_assert_eq!(say(&one, &rows), say(&other, &moved));
        prop_assert_eq!(one.tree, other.tree);
    }

    #[test]
    fn a_valid_table_comes_back_as_it_was(rows in valid_rows()) {
        let tree = GridTree::from_rows(to_rows(&rows)).expect("a valid table");
        prop_assert_eq!(tree.len(), rows.len());
        let again: Vec<GridRow> = tree.to_rows().collect();
        prop_assert_eq!(&GridTree::from_rows(again.clone()).expect("still valid"), &tree);
        for (mut row, grid) in again.into_iter().zip(tree.indices()) {
            let before = &rows[tree.row(grid).expect("every grid is a row")];
            row.level = Cell::Missing;
            if before.parent.is_empty() {
                row.parent = Cell::Text(String::new());
            }
            prop_assert_eq!(row, to_row(before));
        }
    }

    #[test]
    fn columns_build_what_rows_build(rows in any_rows(), setting in any_setting()) {
        let text = |of: &dyn Fn(&Row) -> String| -> Vec<Option<String>> {
            rows.iter().map(|row| Some(of(row)).filter(|text| !text.is_empty())).collect()
        };
        let (code, parent) = (text(&|row| row.code.clone()), text(&|row| row.parent.clone()));
        let (name, kind) = (text(&|row| row.name.clone()), text(&|row| row.kind.clone().unwrap_or_default()));
        let level: Vec<Option<i64>> = rows.iter().map(|row| row.level).collect();
        let weight: Vec<Option<f64>> = rows.iter().map(|row| row.weight).collect();
        let columns = GridColumns::new()
            .weight("households", Column::Floats(&weight))
            .with("level", Column::Integers(&level))
            .with("kind", Column::Texts(&kind))
            .with("name", Column::Texts(&name))
            .with("parent", Column::Texts(&parent))
            .with("code", Column::Texts(&code));
        let (by_rows, by_columns) = (
            builder(&setting).from_rows_lossy(to_rows(&rows)),
            builder(&setting).from_columns_lossy(&columns),
        );
        prop_assert_eq!(found(&by_rows), found(&by_columns));
        prop_assert_eq!(by_rows.tree, by_columns.tree);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn each_change_to_a_valid_table_is_reported_and_nothing_else(rows in valid_rows()) {
        prop_assume!(rows.len() > 1);
        let leaf = leaf(&rows);
        let plain = GridTree::builder();
        let alone = |row: usize, name: &str| vec![(Some(row), name.to_owned())];
        for (name, change) in IN_A_LEAF {
            let mut rows = rows.clone();
            change(&mut rows, leaf);
            prop_assert_eq!(faults(&plain, to_rows(&rows)), alone(leaf, name));
        }
        for (name, change) in IN_A_LEAF_WITH_LEVEL {
            let mut rows = with_levels(&rows);
            change(&mut rows, leaf);
            prop_assert_eq!(faults(&plain, to_rows(&rows)), alone(leaf, name));
        }
        for (name, change) in AT_THE_END {
            let is_about_levels = name == "level_inversion";
            let mut rows = if is_about_levels { with_levels(&rows) } else { rows.clone() };
            change(&mut rows, if name == "duplicate_code" || is_about_levels { leaf } else { 0 });
            let plain = plain.clone().schema(LevelSchema::free().allow_skips(true));
            prop_assert_eq!(faults(&plain, to_rows(&rows)), alone(rows.len() - 1, name));
        }
    }

    #[test]
    fn each_change_to_the_root_of_a_valid_table_is_reported_and_nothing_else(rows in valid_rows()) {
        prop_assume!(rows.len() > 1);
        let leaf = leaf(&rows);
        let code = |row: usize| rows[row].code.parse().expect("a code");
        let root = |root: Root| faults(&GridTree::builder().root(root), to_rows(&rows));
        let several = || (Some(0), "several_roots".to_owned());
        prop_assert_eq!(root(Root::Existing("nowhere".parse().expect("a code"))), [(None, "unknown_root".to_owned())]);
        prop_assert_eq!(
            root(Root::Named { code: code(leaf), name: "root".into() }),
            [(Some(leaf), "root_is_a_row".to_owned())]
        );
        // That a grid with a parent is no root also leaves the true root beside it.
        prop_assert_eq!(root(Root::Existing(code(leaf))), [several(), (Some(leaf), "root_has_parent".to_owned())]);
        let mut two = rows.clone();
        two.push(Row { code: "zzz".into(), name: "another".into(), ..rows[0].clone() });
        let last = Some(rows.len());
        prop_assert_eq!(faults(&GridTree::builder(), to_rows(&two)), [several(), (last, "several_roots".to_owned())]);
        // Where the root's parent is not listed, that is a fault, and that no row is the root is another.
        let mut none = rows.clone();
        none[0].parent = "nowhere".into();
        prop_assert_eq!(
            faults(&GridTree::builder(), to_rows(&none)),
            [(None, "no_root".to_owned()), (Some(0), "unknown_parent".to_owned())]
        );
    }
}
