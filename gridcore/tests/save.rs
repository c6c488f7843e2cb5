//! What is saved comes back; what is no saved tree is refused with its reason.
#![cfg(feature = "serde")]

#[path = "oracle/random_tree.rs"]
mod random_tree;

use gridcore::tree::{Cell, LoadError};
use gridcore::{CodeScheme, GridRow, GridTree, Lang, LevelSchema, Problem, Root};
use proptest::prelude::*;
use random_tree::any_tree;

proptest! {
    #[test]
    fn round_trip(tree in any_tree()) {
        let text = tree.to_json();
        let again = GridTree::from_json(&text).expect("it was just saved");
        prop_assert_eq!(&again, &tree);
        prop_assert_eq!(again.to_json(), text);
        prop_assert_eq!(again.row(again.root()).is_none(), tree.row(tree.root()).is_none());
        let by_serde: GridTree = serde_json::from_str(&tree.to_json()).expect("the same door");
        prop_assert_eq!(by_serde, tree);
    }

    #[test]
    fn equal_trees_are_written_alike(tree in any_tree(), turn in any::<prop::sample::Index>()) {
        // The rows in another order, the root a row like any other where it may be.
        prop_assume!(tree.row(tree.root()).is_some());
        let mut rows: Vec<GridRow> = tree.to_rows().collect();
        let middle = turn.index(rows.len());
        rows.rotate_left(middle);
        let mut builder = GridTree::builder().schema(tree.schema().clone());
        if let Some(scheme) = tree.scheme() {
            builder = builder.scheme(scheme.clone());
        }
        let other = builder.from_rows(rows).expect("the same grids");
        prop_assert_eq!(other.to_json(), tree.to_json());
    }

    #[test]
    fn rows_come_back(tree in any_tree()) {
        let rows: Vec<GridRow> = tree.to_rows().collect();
        let text = serde_json::to_string(&rows).expect("rows of a tree are finite");
        prop_assert_eq!(serde_json::from_str::<Vec<GridRow>>(&text).expect("just written"), rows);
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,80}", cut in any::<prop::sample::Index>(), tree in any_tree()) {
        let saved = tree.to_json();
        let mut place = cut.index(saved.len());
        while !saved.is_char_boundary(place) {
            place -= 1;
        }
        let error = GridTree::from_json(&saved[..place]).expect_err("the end is missing");
        prop_assert_eq!(error.code(), "not_json");
        prop_assert!(GridTree::from_json(&text).is_err());
        let patched = format!("{}{text}{}", &saved[..place], &saved[place..]);
        if let Err(error) = GridTree::from_json(&patched) {
            prop_assert!(!error.faults().is_empty());
        }
    }
}

#[test]
fn a_named_root_is_exempt_again_and_stands_where_it_stood() {
    let saved = |rows: Vec<GridRow>| {
        let root = Root::Named { code: "442000".parse().expect("a code"), name: "中山市".into() };
        let schema = LevelSchema::national();
        GridTree::builder()
            .schema(schema)
            .scheme(CodeScheme::nbs())
            .root(root)
            .from_rows(rows)
            .expect("a tree")
    };
    // The towns stand on level 4 of the national table, so the city that is named above them on level 3.
    let tree = saved(vec![
        GridRow::new("442000001", "石岐街道").level(4),
        GridRow::new("442000001007", "桂园社区").under("442000001").level(5),
    ]);
    assert_eq!(tree.level(tree.root()), 3);
    let again = GridTree::from_json(&tree.to_json()).expect("a saved tree");
    assert_eq!(again.row(again.root()), None);
    assert_eq!(again.counts(), [0, 0, 0, 1, 1, 1]);
    assert_eq!(again, tree);
    // A named root need not begin the codes beneath it: as a row it would be refused.
    let root = Root::Named { code: "全市".parse().expect("a code"), name: "中山市".into() };
    let rows = || vec![GridRow::new("442000001", "石岐街道"), GridRow::new("442000002", "东区街道")];
    let tree = GridTree::builder().scheme(CodeScheme::nbs()).root(root).from_rows(rows()).expect("a tree");
    assert_eq!(GridTree::from_json(&tree.to_json()).expect("a saved tree"), tree);
}

#[test]
fn a_named_root_keeps_its_level_when_a_lossy_build_drops_the_child_that_set_it() {
    let root = Root::Named { code: "1".parse().expect("a code"), name: "city".into() };
    let rows = [GridRow::new("2", "").level(3), GridRow::new("3", "kept").level(4)];
    let schema = LevelSchema::free().allow_skips(true);
    let tree =
        GridTree::builder().schema(schema).root(root).from_rows_lossy(rows).tree.expect("one row is left");
    assert_eq!(tree.level(tree.root()), 2);
    assert_eq!(GridTree::from_json(&tree.to_json()).expect("a saved tree"), tree);
}

#[test]
fn rules_are_part_of_equality() {
    let rows = || [GridRow::new("44", "广东省"), GridRow::new("4420", "中山市").under("44")];
    let free = GridTree::from_rows(rows()).expect("a tree");
    let nbs = GridTree::builder().scheme(CodeScheme::nbs()).from_rows(rows()).expect("a tree");
    assert_ne!(free, nbs);
    let again = GridTree::from_json(&nbs.to_json()).expect("a saved tree");
    assert_eq!(again.scheme().map(CodeScheme::name), Some("nbs"));
    let schema = LevelSchema::four_level().allow_skips(true);
    let tree = GridTree::builder().schema(schema.clone()).from_rows(rows()).expect("a tree");
    assert_eq!(*GridTree::from_json(&tree.to_json()).expect("a saved tree").schema(), schema);
}

#[test]
fn every_fault_of_a_loaded_table_is_reported() {
    let text = r#"{"format":"gridcore.tree","version":1,"rows":[
        {"code":"1","name":"city"},
        {"code":11,"parent":"1","name":"number"},
        {"code":"12","parent":"9","name":"lost"},
        {"code":"13","parent":"1","name":true},
        {"code":"14","parent":"1","name":["a","b"]}]}"#;
    let error = GridTree::from_json(text).expect_err("four faults");
    assert!(matches!(error, LoadError::Build(_)));
    let found: Vec<_> =
        error.faults().into_iter().map(|fault| (fault.row, fault.code, fault.found)).collect();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        found,
        [
            (Some(1), "numeric_code".to_owned(), text("numbers")),
            (Some(2), "unknown_parent".to_owned(), text("9")),
            (Some(3), "wrong_kind".to_owned(), text("boolean")),
            (Some(4), "wrong_kind".to_owned(), text("list")),
        ]
    );
    // Under a scheme with fixed widths a number is a code.
    let text = r#"{"format":"gridcore.tree","version":1,"scheme":SCHEME,"rows":[
        {"code":44,"name":"广东省"},{"code":4420,"parent":44,"name":"中山市","weights":{"towns":23,"none":null}}]}"#;
    let scheme = serde_json::to_string(&CodeScheme::nbs()).expect("it has a saved form");
    let tree = GridTree::from_json(&text.replace("SCHEME", &scheme)).expect("a tree");
    assert_eq!(tree.weight(tree.find("4420").expect("it is there"), "towns"), Some(23.0));
    assert_eq!(tree.weight_names().collect::<Vec<_>>(), ["towns"]);
}

#[test]
fn what_is_no_saved_tree_says_why() {
    let refused = |text: &str| {
        let error = GridTree::from_json(text).expect_err("it is no saved tree");
        (error.code(), error.text(Lang::En))
    };
    assert_eq!(refused("").0, "not_json");
    assert_eq!(refused("{\"format\":").0, "not_json");
    assert_eq!(
        refused("{}"),
        (
            "unknown_format",
            "the format is \"nothing\", not \"gridcore.tree\"; pass a tree that was saved by this library"
                .into()
        )
    );
    assert_eq!(refused(r#"{"format":"gridcore.plan","version":1}"#).0, "unknown_format");
    // A later version may have fields that this one does not know; the version is what is said to be wrong.
    assert_eq!(
        refused(r#"{"fronts":[],"version":7,"rows":[],"format":"gridcore.tree"}"#),
        (
            "unknown_version",
            "the tree was saved in version 7 of the format; save it in version 1, or load it with a later release"
                .into()
        )
    );
    let (code, text) =
        refused("{\"format\":\"gridcore.tree\",\"version\":1,\n\"rows\":[{\"code\":\"1\",\"nam\":\"x\"}]}");
    assert_eq!(code, "bad_field");
    assert!(text.starts_with("the saved tree is wrong at line 2, column 25: unknown field `nam`"), "{text}");
    assert!(!text.contains("at line 2 column"), "{text}");
    let (code, text) = refused(r#"{"format":"gridcore.tree","version":1,"rows":[7]}"#);
    assert_eq!(code, "bad_field");
    assert!(text.contains("expected a grid as a row") && !text.contains("GridRow"), "{text}");
    let (code, text) =
        refused(r#"{"format":"gridcore.tree","version":1,"rows":[{"weights":{"area":"secret"}}]}"#);
    assert_eq!(code, "bad_field");
    assert!(
        text.contains("the weight is text where a number is wanted") && !text.contains("secret"),
        "{text}"
    );
    let (_, text) = refused(
        r#"{"format":"gridcore.tree","version":1,"root":{"code":"1","name":"x","level":"secret"},"rows":[]}"#,
    );
    assert!(
        text.contains("expected a whole number from 0 to 255") && !text.contains("secret"),
        "{text} is the reason"
    );
    assert_eq!(refused(r#"{"format":"gridcore.tree","version":1,"rows":[]}"#).0, "build_error");
    assert_eq!(refused("[1]").0, "bad_field");
    let error = GridTree::from_json("{").expect_err("cut off");
    assert_eq!(error.text(Lang::Zh), "文本自第 1 行第 1 列起不是 JSON；请检查文件是否完整");
}

#[test]
fn values_without_a_saved_form_are_refused_not_lost() {
    let refused = |row: &GridRow| serde_json::to_string(row).is_err();
    assert!(refused(&GridRow::new("1", "x").weight("households", f64::NAN)));
    assert!(refused(&GridRow::new("1", "x").weight("households", f64::INFINITY)));
    assert!(refused(&GridRow::new(Cell::Other("date".into()), "x")));
    assert!(refused(&GridRow::new(Cell::Float(f64::NEG_INFINITY), "x")));
    let row = GridRow::new(Cell::Integer(7), "x").under(Cell::Float(0.5)).level(3).weight("households", 1.5);
    assert_eq!(
        serde_json::to_string(&row).expect("it has a saved form"),
        r#"{"code":7,"parent":0.5,"name":"x","level":3,"weights":{"households":1.5}}"#
    );
}
