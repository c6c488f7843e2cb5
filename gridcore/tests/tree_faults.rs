//! Every fault of a table is found, with its row.
use gridcore::tree::{BuildFault, BuildFaultKind, Cell, Column};
use gridcore::{CodeScheme, GridColumns, GridRow, GridTree, Lang, LevelSchema, Problem, Root};

fn row(code: &str, parent: &str, name: &str) -> GridRow {
    GridRow::new(code, name).under(parent)
}

fn faults(rows: Vec<GridRow>) -> Vec<(Option<usize>, &'static str)> {
    let error = GridTree::from_rows(rows).expect_err("there are faults");
    error.list().iter().map(|fault| (fault.row, fault.code())).collect()
}

#[test]
fn all_faults_of_a_table_stand_in_one_report() {
    let rows = vec![
        row("1", "", "city"),
        row("11", "1", "north"),
        row("12", "1", "north"),
        row("11", "1", "north again"),
        row("", "1", "no code"),
        row(" 13", "1", "padded"),
        row("14", "9", "lost"),
        row("15", "16", "ring"),
        row("16", "15", "ring"),
        row("17", "1", ""),
        row("18", "1", "endless").weight("households", f64::INFINITY),
    ];
    assert_eq!(
        faults(rows),
        [
            (Some(2), "duplicate_name"),
            (Some(3), "duplicate_code"),
            (Some(4), "empty_code"),
            (Some(5), "malformed_code"),
            (Some(6), "unknown_parent"),
            (Some(7), "cycle"),
            (Some(9), "empty_name"),
            (Some(10), "not_finite"),
        ]
    );
}

#[test]
fn a_ring_names_its_members_in_the_direction_of_parents() {
    let rows =
        [row("1", "", "a"), row("4", "2", "b"), row("2", "3", "c"), row("3", "4", "d"), row("5", "3", "e")];
    let error = GridTree::from_rows(rows).expect_err("there is a ring");
    let [fault] = error.list() else { panic!("one fault: {error}") };
    let BuildFaultKind::Cycle { members, rows } = &fault.kind else { panic!("a ring: {error}") };
    assert_eq!(members.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2", "3", "4"]);
    assert_eq!(rows, &[2, 3, 1]);
}

#[test]
fn without_a_root_the_fault_names_the_unlisted_parent() {
    let rows = || [row("442000001", "442000", "石岐街道"), row("442000002", "442000", "东区街道")];
    let error = GridTree::from_rows(rows()).expect_err("442000 is not listed");
    let texts: Vec<String> = error.faults().iter().map(|fault| fault.text(Lang::En)).collect();
    assert_eq!(
        texts[0],
        "no row is the root: the rows share the unlisted parent 442000; name the root: code 442000 and its name"
    );
    assert_eq!(texts.len(), 3);
    let root = Root::Named { code: "442000".parse().expect("a code"), name: "中山市".into() };
    let tree = GridTree::builder().root(root).scheme(CodeScheme::nbs()).from_rows(rows()).expect("a tree");
    assert_eq!(tree.counts(), [1, 2]);
    assert_eq!(tree.name(tree.root()), "中山市");
    assert_eq!(tree.row(tree.root()), None);
}

#[test]
fn lossy_keeps_the_largest_tree_and_names_the_cause_of_each_loss() {
    let rows = vec![
        row("1", "", "small"),
        row("2", "", "large"),
        row("21", "2", "x"),
        row("22", "2", "x"),
        row("221", "22", "beneath a bad row"),
        row("211", "21", "y"),
        row("11", "1", "z"),
    ];
    let lossy = GridTree::builder().from_rows_lossy(rows);
    let tree = lossy.tree.expect("there is one");
    assert_eq!(tree.counts(), [1, 1, 1]);
    let rejected: Vec<_> = lossy.rejected.iter().map(|row| (row.row, row.cause)).collect();
    assert_eq!(rejected, [(0, 0), (3, 3), (4, 3), (6, 0)]);
}

#[test]
fn which_duplicate_stays_depends_on_content() {
    let mut rows =
        vec![row("1", "", "a"), row("2", "1", "zeta"), row("2", "1", "alpha"), row("3", "2", "leaf")];
    for _ in 0..rows.len() {
        rows.rotate_left(1);
        let tree = GridTree::builder().from_rows_lossy(rows.clone()).tree.expect("there is one");
        assert_eq!(tree.name(tree.find("2").expect("it stays")), "alpha");
        assert_eq!(tree.len(), 3);
    }
}

#[test]
fn levels_and_kinds_are_held_to_the_schema() {
    let rows = vec![
        GridRow::new("1", "city").level(0).kind("city"),
        GridRow::new("2", "skip").under("1").level(2).kind("village"),
        GridRow::new("3", "upside down").under("2").level(1).kind("town"),
        GridRow::new("4", "odd kind").under("1").level(1).kind("ship"),
        GridRow::new("5", "no kind").under("1").level(1),
        GridRow::new("6", "too low").under("1").level(9).kind("leaf"),
        GridRow::new("7", "none").under("1").kind("town"),
    ];
    let error =
        GridTree::builder().schema(LevelSchema::four_level()).from_rows(rows).expect_err("there are faults");
    let found: Vec<_> = error.list().iter().map(|fault| (fault.row, fault.code())).collect();
    assert_eq!(
        found,
        [
            (Some(1), "level_skip"),
            (Some(2), "level_inversion"),
            (Some(3), "forbidden_kind"),
            (Some(4), "forbidden_kind"),
            (Some(5), "unknown_level"),
            (Some(6), "no_level"),
        ]
    );
}

#[test]
fn numbers_are_codes_only_under_a_scheme() {
    let codes = vec![442_000_001_i64, 442_000_002];
    let parents = vec![442_000_i64, 442_000];
    let names = vec!["石岐街道", "东区街道"];
    let columns = GridColumns::new()
        .with("code", Column::Integers(&codes))
        .with("parent", Column::Integers(&parents))
        .with("name", Column::Texts(&names));
    let builder = GridTree::builder()
        .root(Root::Named { code: "442000".parse().expect("a code"), name: "中山市".into() });
    let error = builder.from_columns(&columns).expect_err("no scheme");
    assert_eq!(error.list().iter().map(BuildFault::code).collect::<Vec<_>>(), ["numeric_code"; 2]);
    let tree = builder.scheme(CodeScheme::nbs()).from_columns(&columns).expect("a tree");
    assert!(tree.find("442000002").is_some());
    let rows = [GridRow::new(Cell::Float(442_000_000.5), "half").under("442000")];
    let builder = GridTree::builder()
        .scheme(CodeScheme::nbs())
        .root(Root::Named { code: "442000".parse().expect("a code"), name: "中山市".into() });
    let error = builder.from_rows(rows).expect_err("a fraction");
    assert_eq!(error.list()[0].code(), "bad_number");
}

#[test]
fn a_chain_a_million_deep_is_one_fault() {
    let rows = (0..1_000_000).map(|number| {
        let row = GridRow::new((number + 1_000_000).to_string(), "link");
        if number == 0 { row } else { row.under((number + 999_999).to_string()) }
    });
    let error = GridTree::from_rows(rows).expect_err("too deep");
    assert_eq!(error.list().iter().map(|f| (f.row, f.code())).collect::<Vec<_>>(), [(Some(256), "too_deep")]);
}

#[test]
fn the_shape_of_the_table_is_checked_first() {
    let codes = vec!["1", "2"];
    let names = vec!["a"];
    let numbers = vec![1.0, 2.0];
    let columns = GridColumns::new()
        .with("code", Column::Texts(&codes))
        .with("name", Column::Texts(&names))
        .with("kind", Column::Floats(&numbers));
    let error = GridTree::from_columns(&columns).expect_err("three faults");
    let found: Vec<_> = error.list().iter().map(BuildFault::code).collect();
    assert_eq!(found, ["column_length", "missing_column", "wrong_kind"]);
    assert_eq!(GridTree::from_rows([]).expect_err("empty").list()[0].code(), "empty_table");
}

#[test]
fn a_tree_whose_root_was_named_comes_back_from_its_rows() {
    let builder = GridTree::builder().schema(LevelSchema::four_level());
    let root = Root::Named { code: "442000".parse().expect("a code"), name: "中山市".into() };
    let tree =
        builder.clone().root(root).from_rows([row("1", "442000", "town").kind("town")]).expect("a tree");
    let again = builder.from_rows(tree.to_rows()).expect("its root needs no kind");
    assert_eq!(again.to_rows().collect::<Vec<_>>(), tree.to_rows().collect::<Vec<_>>());
}
