//! Whatever comes in, an answer comes out: which row, which column, what was found, what was wanted; soon, and no more
//! of the input in it than a code.

use gridcore::tree::{BuildFaultKind, Cell, Column, TextColumn};
use gridcore::{BuildError, Fault, GridColumns, GridRow, GridTree, Lang, Problem, Root};

/// A million rows; without optimisation a tenth of them, so that the tests stay quick: `--release` has them all.
const MANY: usize = if cfg!(debug_assertions) { 100_000 } else { 1_000_000 };
/// No message need be longer, whatever it is about.
const LONGEST_MESSAGE: usize = 600;
/// Stands in every name: no message may hold it.
const SECRET: &str = "张三丰";

/// Checks what holds for every error: short texts in both languages, and nothing out of a name.
fn check(error: &dyn Problem) -> Vec<Fault> {
    let faults = error.faults();
    assert!(!faults.is_empty());
    for fault in &faults {
        for lang in [Lang::En, Lang::Zh] {
            let text = fault.text(lang);
            assert!(text.chars().count() <= LONGEST_MESSAGE, "{} characters: {}", text.len(), fault.code);
            assert!(!text.contains(SECRET), "{text}");
        }
        assert!(!fault.message.is_empty() && !fault.message_zh.is_empty(), "{fault:?}");
        assert!(!fault.remedy.is_empty() && !fault.remedy_zh.is_empty(), "{fault:?}");
        let record = format!("{fault:?}");
        assert!(!record.contains(SECRET), "{record}");
        // Rows that belong to the fault are numbers, as many as there are.
        assert!(record.len() <= 12 * LONGEST_MESSAGE + 12 * fault.related.len(), "{} bytes", record.len());
    }
    for text in [error.to_string(), error.text(Lang::Zh)] {
        assert!(text.chars().count() <= 11 * LONGEST_MESSAGE, "{} bytes", text.len());
        assert!(!text.contains(SECRET), "{text}");
    }
    faults
}

/// Builds a table that must fail; what is known of each fault: name, row, column, found, wanted.
fn refused(rows: Vec<GridRow>) -> Vec<(String, Option<usize>, String, String, String)> {
    let error = GridTree::from_rows(rows).expect_err("bad input");
    assert!(!format!("{error:?}").contains(SECRET));
    let flat = |fault: Fault| {
        let text = |field: Option<String>| field.unwrap_or_default();
        (fault.code, fault.row, text(fault.column), text(fault.found), text(fault.wanted))
    };
    check(&error).into_iter().map(flat).collect()
}

fn child(code: &str) -> GridRow {
    GridRow::new(code, format!("{SECRET}{code}")).under("1")
}

fn one_bad(row: GridRow) -> (String, String, String, String) {
    let found = refused(vec![GridRow::new("1", SECRET), child("11"), row]);
    let [(code, Some(2), column, found, wanted)] = &found[..] else {
        panic!("one fault in row 2: {found:?}")
    };
    (code.clone(), column.clone(), found.clone(), wanted.clone())
}

fn four(code: &str, column: &str, found: &str, wanted: &str) -> (String, String, String, String) {
    (code.to_owned(), column.to_owned(), found.to_owned(), wanted.to_owned())
}

#[test]
fn a_wrong_type_names_row_column_what_was_found_and_what_was_wanted() {
    let mut bad = child("12");
    bad.code = Cell::Integer(12);
    assert_eq!(one_bad(bad), four("numeric_code", "code", "numbers", "text"));
    let mut bad = child("12");
    bad.code = Cell::Other("boolean".into());
    assert_eq!(
        one_bad(bad),
        four("wrong_kind", "code", "boolean", "text, or whole numbers under a code scheme with fixed widths")
    );
    let mut bad = child("12");
    bad.name = Cell::Float(1.0);
    assert_eq!(one_bad(bad), four("wrong_kind", "name", "float", "text"));
    let mut bad = child("12");
    bad.kind = Cell::Integer(3);
    assert_eq!(one_bad(bad), four("wrong_kind", "kind", "integer", "text"));
    let mut bad = child("12");
    bad.footprint = Cell::Other("list".into());
    assert_eq!(one_bad(bad), four("wrong_kind", "footprint", "list", "text"));
}

#[test]
fn a_level_that_is_no_level_is_named_by_its_kind_not_its_value() {
    let with_level = |level: Cell| {
        let mut bad = child("12");
        bad.level = level;
        let found = refused(vec![GridRow::new("1", SECRET).level(0), child("11").level(1), bad]);
        let [(code, Some(2), column, found, wanted)] = &found[..] else { panic!("one fault: {found:?}") };
        four(code, column, found, wanted)
    };
    assert_eq!(with_level(SECRET.into()), four("wrong_kind", "level", "text", "a whole number"));
    assert_eq!(
        with_level(1.5.into()),
        four("wrong_kind", "level", "a number with a fraction", "a whole number")
    );
    assert_eq!(with_level(f64::NAN.into()), four("no_level", "level", "nothing", "a level"));
    assert_eq!(
        with_level(i64::MIN.into()),
        four("unknown_level", "level", &i64::MIN.to_string(), "0 to 255")
    );
    assert_eq!(with_level(f64::INFINITY.into()).0, "wrong_kind");
}

#[test]
fn a_weight_that_is_no_number_is_a_fault_and_never_nought() {
    for weight in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(
            one_bad(child("12").weight("households", weight)),
            four("not_finite", "households", "infinite or not a number", "a finite number, or nothing")
        );
    }
}

#[test]
fn a_column_that_is_not_there_is_named_with_all_others() {
    let names = [SECRET, SECRET];
    let columns = GridColumns::new()
        .with("name", Column::Texts(&names))
        .with("level", Column::Texts(&names))
        .weight("households", Column::Other { kind: "list", rows: 2 });
    let faults = check(&GridTree::from_columns(&columns).expect_err("bad columns"));
    let found: Vec<_> =
        faults.iter().map(|fault| (fault.code.as_str(), fault.column.as_deref().unwrap_or(""))).collect();
    assert_eq!(
        found,
        [
            ("missing_column", "code"),
            ("missing_column", "parent"),
            ("wrong_kind", "level"),
            ("wrong_kind", "households")
        ]
    );
    let nothing = check(&GridTree::from_columns(&GridColumns::new()).expect_err("no columns"));
    assert_eq!(nothing.len(), 3);
}

#[test]
fn an_empty_table_is_one_fault() {
    assert_eq!(
        refused(vec![]),
        [("empty_table".into(), None, String::new(), "0 rows".into(), "at least one row".into())]
    );
    let lossy = GridTree::builder().from_rows_lossy([]);
    assert_eq!((lossy.tree, lossy.faults.len(), lossy.rejected.len()), (None, 1, 0));
}

#[test]
fn ten_megabytes_in_any_cell_make_a_short_message() {
    let huge = || SECRET.repeat(10_000_000 / SECRET.len());
    assert_eq!(one_bad(GridRow::new("12", huge()).under("1")).0, "too_long");
    assert_eq!(one_bad(GridRow::new("7".repeat(10_000_000), SECRET).under("1")).0, "malformed_code");
    let mut bad = child("12");
    bad.code = huge().into();
    assert_eq!(one_bad(bad).0, "malformed_code");
    assert_eq!(one_bad(child("12").under(huge())).0, "malformed_code");
    assert_eq!(one_bad(child("12").kind(huge())).0, "too_long");
    let mut bad = child("12");
    bad.name = Cell::Other("x".repeat(10_000_000));
    assert_eq!(one_bad(bad).0, "wrong_kind");
    assert_eq!(one_bad(child("12").weight("w".repeat(10_000_000), f64::NAN)).0, "not_finite");
    // As a name for the root it can't be a fault of a row, and it is taken; no message holds it.
    let root = Root::Named { code: "1".parse().expect("a code"), name: huge() };
    let error = GridTree::builder().root(root).from_rows([child("11"), child("11")]).expect_err("twice");
    assert_eq!(check(&error).len(), 1);
}

/// A column of texts that are made when asked for, so that a million rows take no time to write down.
struct Made(Vec<String>);

impl Made {
    fn new(text: impl Fn(usize) -> String) -> Self {
        Self((0..MANY).map(text).collect())
    }
}

impl TextColumn for Made {
    fn rows(&self) -> usize {
        self.0.len()
    }

    fn text(&self, row: usize) -> Option<&str> {
        Some(&self.0[row])
    }
}

fn table<'a>(code: &'a Made, parent: &'a Made, name: &'a Made) -> GridColumns<'a> {
    GridColumns::new()
        .with("code", Column::Texts(code))
        .with("parent", Column::Texts(parent))
        .with("name", Column::Texts(name))
}

fn strict_and_lossy(columns: &GridColumns<'_>, root: Root) -> (BuildError, gridcore::Lossy) {
    let builder = GridTree::builder().root(root);
    let error = builder.from_columns(columns).expect_err("bad input");
    let lossy = builder.from_columns_lossy(columns);
    assert_eq!(lossy.faults, error.list());
    let kept = lossy
        .tree
        .iter()
        .flat_map(GridTree::indices)
        .filter(|&grid| lossy.tree.as_ref().is_some_and(|tree| tree.row(grid).is_some()));
    assert_eq!(kept.count() + lossy.rejected.len(), MANY);
    assert!(lossy.rejected.windows(2).all(|pair| pair[0].row < pair[1].row));
    (error, lossy)
}

#[test]
fn a_million_rows_under_one_parent_are_a_tree() {
    let number = |row: usize| (MANY + row).to_string();
    let code = Made::new(number);
    let parent = Made::new(|row| if row == 0 { String::new() } else { MANY.to_string() });
    let tree = GridTree::from_columns(&table(&code, &parent, &code)).expect("a star is a tree");
    assert_eq!(tree.counts(), [1, MANY - 1]);
    let page = tree.children_page(tree.root(), MANY - 3, 10);
    assert_eq!(
        page.rows.iter().map(|row| row.code.to_string()).collect::<Vec<_>>(),
        [number(MANY - 2), number(MANY - 1)]
    );
    let last = tree.find(&number(MANY - 1)).expect("it is there");
    assert_eq!((tree.distance(last, tree.root()), tree.siblings(last).count()), (1, MANY - 2));
    assert_eq!(tree.search(number(MANY - 1))[0].grid, last);
}

#[test]
fn a_chain_a_million_deep_keeps_the_256_that_fit() {
    let number = |row: usize| (MANY + row).to_string();
    let code = Made::new(number);
    let parent = Made::new(|row| if row == 0 { String::new() } else { number(row - 1) });
    let (error, lossy) = strict_and_lossy(&table(&code, &parent, &code), Root::Only);
    assert_eq!(check(&error)[0].row, Some(256));
    assert_eq!(lossy.tree.expect("the upper part").len(), 256);
    assert!(lossy.rejected.iter().all(|row| row.cause == 256));
}

#[test]
fn a_ring_of_a_million_is_one_fault_even_when_the_root_stands_in_it() {
    let number = |row: usize| (MANY + row).to_string();
    let code = Made::new(number);
    let parent = Made::new(|row| number((row + MANY - 1) % MANY));
    let names = Made::new(|row| format!("{SECRET}{row}"));
    let columns = table(&code, &parent, &names);
    let (error, lossy) = strict_and_lossy(&columns, Root::Only);
    let faults = check(&error);
    assert_eq!(faults.iter().map(|fault| fault.code.as_str()).collect::<Vec<_>>(), ["no_root", "cycle"]);
    assert_eq!(faults[1].related.len(), MANY);
    assert!(matches!(&error.list()[1].kind, BuildFaultKind::Cycle { members, .. } if members.len() == MANY));
    assert_eq!((lossy.tree, lossy.rejected.len()), (None, MANY));
    let (error, _) = strict_and_lossy(&columns, Root::Existing(number(5).parse().expect("a code")));
    let found: Vec<_> = check(&error).into_iter().map(|fault| (fault.row, fault.code)).collect();
    // The walk down from that root is too long besides.
    let wanted = [(Some(0), "cycle"), (Some(5), "root_has_parent"), (Some(261), "too_deep")];
    assert_eq!(found, wanted.map(|(row, code)| (row, code.to_owned())));
}

#[test]
fn a_million_duplicates_are_a_million_faults_and_one_row_stays() {
    let code = Made::new(|row| if row == 0 { "1".to_owned() } else { "11".to_owned() });
    let parent = Made::new(|row| if row == 0 { String::new() } else { "1".to_owned() });
    let names = Made::new(|row| format!("{SECRET}{:07}", MANY - row));
    let (error, lossy) = strict_and_lossy(&table(&code, &parent, &names), Root::Only);
    assert_eq!(error.list().len(), MANY - 2);
    assert!(error.list().iter().all(|fault| fault.code() == "duplicate_code"));
    for text in [error.to_string(), error.text(Lang::Zh)] {
        assert!(text.len() < 11 * LONGEST_MESSAGE && !text.contains(SECRET), "{text}");
    }
    let tree = lossy.tree.expect("the root and one child");
    assert_eq!(tree.len(), 2);
    // The smallest name stays, wherever it stands.
    assert_eq!(tree.indices().map(|grid| tree.row(grid)).collect::<Vec<_>>(), [Some(0), Some(MANY - 1)]);
}

#[test]
fn a_million_unknown_codes_of_a_column_are_all_named() {
    let tree = GridTree::from_rows([GridRow::new("1", SECRET)]).expect("a tree");
    let error = tree.index((0..100_000).map(|row| if row == 7 { "1" } else { "2" })).expect_err("unknown");
    assert_eq!(error.rows().len(), 99_999);
    let long = tree.index(["x".repeat(10_000_000)]).expect_err("unknown");
    check(&long);
    assert!(format!("{long:?}").len() < LONGEST_MESSAGE);
}

#[cfg(feature = "csv")]
#[test]
fn bytes_that_are_no_table_are_explained_and_not_repeated() {
    let refused = |bytes: &[u8]| {
        let error = GridTree::builder().from_csv(bytes).expect_err("no table");
        assert!(!format!("{error:?}").contains(SECRET));
        check(&error).remove(0).code
    };
    assert_eq!(refused(b""), "empty_table");
    assert_eq!(refused(b"code,parent,name\n"), "empty_table");
    // 中山 in GBK.
    assert_eq!(refused(b"code,parent,name\n1,,\xD6\xD0\xC9\xBD\n"), "not_utf8");
    assert_eq!(refused(format!("code,parent,name\n1,,\"{SECRET}").as_bytes()), "unclosed_quote");
    assert_eq!(refused(format!("code,parent,name\n1,,{SECRET},{SECRET}\n").as_bytes()), "ragged_row");
    assert_eq!(refused(format!("code,parent,name,level\n1,,x,{SECRET}\n").as_bytes()), "wrong_kind");
    refused(&vec![0; 1_000_000]);
    refused(&vec![b'"'; 1_000_001]);
    refused(&vec![b','; 1_000_000]);
    refused(format!("{SECRET}\n").repeat(100_000).as_bytes());
    let marked =
        GridTree::builder().from_csv(b"\xEF\xBB\xBFcode,parent,name\n1,,a\n").expect("a mark is no fault");
    assert_eq!(marked.len(), 1);
}

#[cfg(feature = "serde")]
#[test]
fn text_that_is_no_saved_tree_is_explained_and_not_repeated() {
    let saved =
        |field: &str| format!(r#"{{"format":"gridcore.tree","version":1,"rows":[{{"code":"1",{field}}}]}}"#);
    assert!(GridTree::from_json(&saved(r#""name":"a""#)).is_ok());
    let texts = [
        String::new(),
        "[".repeat(1_000_000),
        r#"{"format":"#.repeat(100_000),
        format!(r#"{{"format":"{}"}}"#, "x".repeat(10_000_000)),
        format!(r#""{SECRET}""#),
        saved(&format!(r#""name":"a","level":"{SECRET}""#)),
        saved(&format!(r#""name":"a","kind":["{SECRET}"]"#)),
        saved(&format!(r#""name":["{SECRET}"]"#)),
        saved(&format!(r#""name":"{SECRET}","weights":{{"w":"{SECRET}"}}"#)),
        saved(&format!(r#""name":"{SECRET}","{}":"{SECRET}""#, "x".repeat(10_000_000))),
        saved(&format!(r#""name":"{}""#, SECRET.repeat(1_000_000))),
        saved(&format!(r#""name":"{SECRET}","level":1e400"#)),
    ];
    for text in texts {
        let error = GridTree::from_json(&text).expect_err("no tree");
        check(&error);
        assert!(!format!("{error:?}").contains(SECRET), "{error:?}");
    }
}
