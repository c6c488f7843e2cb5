//! Edits: what they make of small trees, and of the real register, by hand.

use gridcore::tree::{Beneath, Edit, EditEvent, EditMap, NewGrid, Part};
use gridcore::{CodeScheme, GridCode, GridRow, GridTree, Lang, LevelSchema, Problem, Root};

fn code(text: &str) -> GridCode {
    text.parse().expect("a code")
}

fn codes<const N: usize>(texts: [&str; N]) -> [GridCode; N] {
    texts.map(code)
}

fn new(text: &str, name: &str) -> NewGrid {
    NewGrid::new(code(text), name)
}

/// The new codes of an old one.
fn now(map: &EditMap, old: &str) -> Vec<String> {
    map.translate(&code(old)).iter().map(|new| new.code.to_string()).collect()
}

fn events(map: &EditMap, old: &str) -> Vec<EditEvent> {
    map.get(&code(old)).map_or_else(Vec::new, |change| change.events.clone())
}

/// The faults of an edit that must fail: its number, its code.
fn refused(tree: &GridTree, edits: &[Edit]) -> Vec<(Option<usize>, &'static str)> {
    let error = tree.edit(edits).expect_err("the edits cannot be made");
    for fault in error.faults() {
        assert!(!fault.message.is_empty() && !fault.message_zh.is_empty(), "{fault:?}");
        assert!(!fault.remedy.is_empty() && !fault.remedy_zh.is_empty(), "{fault:?}");
    }
    error.list().iter().map(|fault| (fault.edit, fault.code())).collect()
}

/// A city of two towns: `11` with the villages 111 and 112, `12` with 121, each with households.
fn city() -> GridTree {
    let row = |code: &str, parent: &str, households: f64| {
        GridRow::new(code, format!("grid {code}")).under(parent).weight("households", households)
    };
    GridTree::from_rows([
        GridRow::new("1", "city"),
        row("11", "1", 10.0),
        row("111", "11", 300.0),
        row("112", "11", 200.0),
        row("12", "1", 20.0),
        row("121", "12", 100.0),
    ])
    .expect("a tree")
}

#[test]
fn a_split_shares_weights_and_hands_children_over() {
    let parts = [
        Part::new(new("13", "upper")).share(0.25).children(codes(["111"])),
        Part::new(new("14", "lower")).share(0.75).children(codes(["112"])),
    ];
    let edited = city().edit(&[Edit::split(code("11"), parts)]).expect("it can be split");
    let tree = &edited.tree;
    assert_eq!(tree.counts(), [1, 3, 3]);
    let weight = |text: &str| tree.weight(tree.find(text).expect("it is there"), "households");
    assert_eq!((weight("13"), weight("14"), weight("111")), (Some(2.5), Some(7.5), Some(300.0)));
    assert!(tree.find("11").is_none());
    let change = edited.map.get(&code("11")).expect("it was split");
    assert_eq!(change.events, [EditEvent::Split]);
    let shares: Vec<_> = change.new.iter().map(|new| (new.code.to_string(), new.share)).collect();
    assert_eq!(shares, [("13".to_owned(), Some(0.25)), ("14".to_owned(), Some(0.75))]);
    assert_eq!(events(&edited.map, "111"), [EditEvent::Moved]);
    assert_eq!(edited.map.changes().len(), 3);
}

#[test]
fn a_part_may_keep_the_old_code_and_then_its_children_have_not_moved() {
    let parts = [
        Part::new(new("11", "grid 11").weight("households", 4.0)).children(codes(["111"])),
        Part::new(new("13", "new town").weight("households", 6.0)).children(codes(["112"])),
    ];
    let edited = city().edit(&[Edit::split(code("11"), parts)]).expect("it can be split");
    assert_eq!(events(&edited.map, "11"), [EditEvent::Split]);
    assert_eq!(now(&edited.map, "11"), ["11", "13"]);
    assert_eq!(events(&edited.map, "111"), []);
    assert_eq!(events(&edited.map, "112"), [EditEvent::Moved]);
    let new = &edited.map.translate(&code("11"))[0];
    assert_eq!((new.share, new.share_of("households"), new.share_of("area")), (None, Some(0.4), None));
}

#[test]
fn a_merge_adds_weights_up_and_takes_children_over() {
    let edited =
        city().edit(&[Edit::merge(codes(["12", "11"]), new("13", "one"))]).expect("they can be merged");
    let tree = &edited.tree;
    assert_eq!(tree.counts(), [1, 1, 3]);
    assert_eq!(tree.weight(tree.find("13").expect("it is there"), "households"), Some(30.0));
    for old in ["11", "12"] {
        assert_eq!(now(&edited.map, old), ["13"]);
        assert_eq!(events(&edited.map, old), [EditEvent::Merged]);
    }
    assert_eq!(edited.map.translate(&code("11"))[0].share, Some(1.0));
    assert_eq!(events(&edited.map, "121"), [EditEvent::Moved]);
    // One may absorb the other: then only the other's children have moved.
    let edited =
        city().edit(&[Edit::merge(codes(["12", "11"]), new("11", "one"))]).expect("they can be merged");
    assert_eq!(events(&edited.map, "111"), []);
    assert_eq!(events(&edited.map, "121"), [EditEvent::Moved]);
}

#[test]
fn grids_of_two_towns_merge_under_the_parent_that_is_named() {
    let merge = |parent: Option<&str>| Edit::Merge {
        grids: codes(["112", "121"]).to_vec(),
        into: new("199", "border village"),
        parent: parent.map(code),
    };
    assert_eq!(refused(&city(), &[merge(None)]), [(Some(0), "parent_needed")]);
    let edited = city().edit(&[merge(Some("12"))]).expect("a parent is named");
    let village = edited.tree.find("199").expect("it is there");
    assert_eq!(edited.tree.code(edited.tree.parent(village).expect("a town")), "12");
    assert_eq!(edited.tree.weight(village, "households"), Some(300.0));
    assert_eq!(events(&edited.map, "112"), [EditEvent::Moved, EditEvent::Merged]);
    assert_eq!(events(&edited.map, "121"), [EditEvent::Merged]);
}

#[test]
fn a_removal_says_what_becomes_of_the_children() {
    let remove = |beneath| [Edit::Remove { grid: code("11"), beneath }];
    assert_eq!(refused(&city(), &remove(Beneath::None)), [(Some(0), "has_children")]);
    let edited = city().edit(&remove(Beneath::Remove)).expect("a branch");
    assert_eq!(edited.tree.counts(), [1, 1, 1]);
    assert_eq!(now(&edited.map, "112"), [""; 0]);
    assert_eq!(events(&edited.map, "112"), [EditEvent::Removed]);
    let edited = city().edit(&remove(Beneath::ToParent)).expect("the children stay");
    assert_eq!(edited.tree.counts(), [1, 3, 1]);
    assert_eq!(events(&edited.map, "112"), [EditEvent::Moved]);
    assert_eq!(events(&edited.map, "11"), [EditEvent::Removed]);
}

#[test]
fn an_insert_between_pushes_a_branch_one_level_down() {
    let insert = Edit::Insert {
        grid: new("10", "district"),
        parent: code("1"),
        level: None,
        children: codes(["11"]).to_vec(),
    };
    let edited = city().edit(&[insert]).expect("it fits between");
    assert_eq!(edited.tree.counts(), [1, 2, 2, 2]);
    let new: Vec<_> =
        edited.map.changes().iter().map(|change| (change.old.clone(), change.events.clone())).collect();
    assert_eq!(new, [(Some(code("11")), vec![EditEvent::Moved]), (None, vec![EditEvent::Inserted])]);
}

#[test]
fn two_codes_may_swap_in_one_edit_but_not_in_two() {
    let swap = Edit::recode_all([(code("11"), code("12")), (code("12"), code("11"))]);
    let edited = city().edit(&[swap]).expect("all at once");
    assert_eq!((now(&edited.map, "11"), now(&edited.map, "12")), (vec!["12".into()], vec!["11".into()]));
    assert_eq!(edited.tree.name(edited.tree.find("12").expect("it is there")), "grid 11");
    let in_turn = [Edit::recode(code("11"), code("12")), Edit::recode(code("12"), code("11"))];
    assert_eq!(refused(&city(), &in_turn), [(Some(0), "code_taken"), (Some(1), "code_taken")]);
}

#[test]
fn codes_beneath_follow_where_the_scheme_nests() {
    let tree = GridTree::builder()
        .scheme(CodeScheme::nbs())
        .from_rows([
            GridRow::new("442000", "中山市"),
            GridRow::new("442000113", "南朗镇").under("442000"),
            GridRow::new("442000113001", "南朗社区").under("442000113"),
        ])
        .expect("a tree");
    let alone =
        tree.edit(&[Edit::recode(code("442000113"), code("442000008"))]).expect_err("a village is left");
    assert_eq!(alone.list()[0].code(), "not_prefixed");
    assert_eq!((alone.list()[0].edit, &alone.list()[0].grid), (Some(0), &Some(code("442000113001"))));
    let edited = tree
        .edit(&[
            Edit::recode_branch(code("442000113"), code("442000008")),
            Edit::rename(code("442000008"), "南朗街道"),
        ])
        .expect("the village follows");
    assert_eq!(now(&edited.map, "442000113001"), ["442000008001"]);
    assert_eq!(events(&edited.map, "442000113"), [EditEvent::Renamed, EditEvent::Recoded]);
    // The village has a new code and the same town above it: it has not moved.
    assert_eq!(events(&edited.map, "442000113001"), [EditEvent::Recoded]);
    assert_eq!(
        refused(&city(), &[Edit::recode_branch(code("11"), code("19"))]),
        [(Some(0), "codes_do_not_nest")]
    );
}

#[test]
fn levels_that_are_types_stay_with_their_grids() {
    let tree = GridTree::builder()
        .schema(LevelSchema::free().allow_skips(true))
        .from_rows([
            GridRow::new("1", "city").level(0),
            GridRow::new("2", "town").under("1").level(1),
            GridRow::new("3", "leaf").under("2").level(4),
        ])
        .expect("a tree");
    let insert = |level| Edit::Insert {
        grid: new("4", "village"),
        parent: code("2"),
        level,
        children: codes(["3"]).to_vec(),
    };
    assert_eq!(tree.edit(&[insert(None)]).expect("it fits").tree.counts(), [1, 1, 1, 0, 1]);
    assert_eq!(tree.edit(&[insert(Some(3))]).expect("it fits").tree.counts(), [1, 1, 0, 1, 1]);
    assert_eq!(refused(&tree, &[insert(Some(4))]), [(Some(0), "level_inversion")]);
}

#[test]
fn a_part_of_a_tree_is_edited_on_the_levels_it_has() {
    let town = city().extract(city().find("11").expect("it is there"));
    assert_eq!(town.counts(), [0, 1, 2]);
    let edited = town.edit(&[Edit::insert(new("1111", "leaf"), code("111"))]).expect("a leaf");
    assert_eq!(edited.tree.counts(), [0, 1, 2, 1]);
}

#[test]
fn a_named_root_stays_named() {
    let root = Root::Named { code: code("442000"), name: "中山市".into() };
    let tree = GridTree::builder()
        .scheme(CodeScheme::nbs())
        .root(root)
        .from_rows([GridRow::new("442000001", "石岐街道"), GridRow::new("442000002", "东区街道")])
        .expect("a tree");
    let edited = tree
        .edit(&[Edit::rename(code("442000"), "中山"), Edit::recode(code("442000"), code("全市"))])
        .expect("its code is exempt");
    assert_eq!(edited.tree.row(edited.tree.root()), None);
    assert_eq!(edited.tree.name(edited.tree.root()), "中山");
    assert_eq!(edited.tree.counts(), [1, 2]);
    assert_eq!(now(&edited.map, "442000"), ["全市"]);
    assert_eq!(events(&edited.map, "442000001"), []);
}

#[test]
fn every_edit_that_fails_is_reported_and_nothing_is_changed() {
    let tree = city();
    let parts = |a: Part, b: Part| Edit::split(code("11"), [a, b]);
    let edits = [
        Edit::rename(code("99"), "x"),
        Edit::recode(code("11"), code("12")),
        Edit::move_to(code("11"), code("111")),
        Edit::move_to(code("1"), code("11")),
        Edit::remove(code("11")),
        Edit::merge(codes(["11", "121"]), new("13", "x")),
        Edit::merge(codes(["11", "11"]), new("14", "x")),
        Edit::rename(code("13"), "y"),
        parts(
            Part::new(new("15", "a")).children(codes(["111", "111"])),
            Part::new(new("15", "b")).children(codes(["121"])),
        ),
        parts(
            Part::new(new("16", "a")).share(0.5).children(codes(["111", "112"])),
            Part::new(new("17", "b")).share(0.6),
        ),
        parts(
            Part::new(new("16", "a").weight("households", 4.0)).children(codes(["111", "112"])),
            Part::new(new("17", "b")),
        ),
        parts(
            Part::new(new("16", "a")).share(-0.5).children(codes(["111", "112"])),
            Part::new(new("17", "b")).share(1.5),
        ),
        Edit::insert(new("111", "x"), code("12")),
        Edit::rename(code("111"), "fine"),
    ];
    assert_eq!(
        refused(&tree, &edits),
        [
            (Some(0), "unknown_grid"),
            (Some(1), "code_taken"),
            (Some(2), "inside_itself"),
            (Some(3), "root_stays"),
            (Some(4), "has_children"),
            (Some(5), "levels_differ"),
            (Some(5), "parent_needed"),
            (Some(6), "grid_twice"),
            (Some(7), "awaits_edit"),
            (Some(8), "code_twice"),
            (Some(8), "grid_twice"),
            (Some(8), "not_a_child"),
            (Some(8), "children_left"),
            (Some(8), "no_share"),
            (Some(9), "shares_not_one"),
            (Some(10), "weights_not_conserved"),
            (Some(11), "bad_share"),
            (Some(11), "bad_share"),
            (Some(12), "code_taken"),
        ]
    );
    assert_eq!(tree, city());
    let error = tree.edit(&edits[7..8]).expect_err("there is no 13");
    assert_eq!(
        error.text(Lang::En),
        "row 0: the tree has no grid 13 at this point; use the code that the grid has after the edits before this one"
    );
}

#[test]
fn faults_of_the_new_tree_name_the_edit_that_led_to_them() {
    let schema = LevelSchema::four_level();
    let tree = GridTree::builder()
        .schema(schema)
        .from_rows([
            GridRow::new("1", "city").kind("city"),
            GridRow::new("11", "north").under("1").kind("town"),
            GridRow::new("111", "mill").under("11").kind("village"),
            GridRow::new("12", "south").under("1").kind("town"),
            GridRow::new("121", "mill").under("12").kind("village"),
        ])
        .expect("a tree");
    let faults = refused(
        &tree,
        &[
            Edit::rename(code("12"), "southern"),
            Edit::move_to(code("121"), code("11")),
            Edit::insert(new("122", "odd").kind("ship"), code("12")),
            Edit::insert(new("123", "").kind("village"), code("12")),
            Edit::insert(
                new("124", "endless").kind("village").weight("households", f64::INFINITY),
                code("12"),
            ),
        ],
    );
    assert_eq!(
        faults,
        [
            (Some(1), "duplicate_name"),
            (Some(2), "forbidden_kind"),
            (Some(3), "empty_name"),
            (Some(4), "not_finite"),
        ]
    );
    // A branch that moves one level down takes along what its new levels forbid: the branch's edit is named.
    let faults =
        refused(&tree, &[Edit::rename(code("12"), "southern"), Edit::move_to(code("12"), code("11"))]);
    assert_eq!(faults, [(Some(1), "forbidden_kind"), (Some(1), "forbidden_kind")]);
    let error = tree.edit(&[Edit::move_to(code("121"), code("11"))]).expect_err("two of one name");
    assert_eq!(error.text(Lang::Zh), "第 0 行（从 0 起）：同级网格 111 名称相同；请在同一批变更中为其一更名");
}

#[test]
fn the_last_share_takes_what_rounding_leaves() {
    let tree = GridTree::from_rows([
        GridRow::new("1", "city"),
        GridRow::new("11", "town").under("1").weight("area", 0.7),
    ])
    .expect("a tree");
    let part = |code: &str, share| Part::new(new(code, code)).share(share);
    let parts = [part("12", 0.1), part("13", 0.2), part("14", 0.7), part("15", 0.0)];
    let edited = tree.edit(&[Edit::split(code("11"), parts)]).expect("a split");
    let area = |code: &str| {
        edited.tree.weight(edited.tree.find(code).expect("it is there"), "area").expect("an area")
    };
    assert_eq!(area("14").to_bits(), (0.7_f64 - 0.7 * 0.1 - 0.7 * 0.2).to_bits());
    assert_eq!(area("15").to_bits(), 0.0_f64.to_bits());
}

#[test]
fn a_tree_keeps_at_least_one_grid_under_a_named_root() {
    let root = Root::Named { code: code("1"), name: "city".into() };
    let tree = GridTree::builder().root(root).from_rows([GridRow::new("2", "town")]).expect("a tree");
    assert_eq!(
        refused(&tree, &[Edit::rename(code("2"), "x"), Edit::remove(code("2"))]),
        [(Some(1), "empty_table")]
    );
}

#[cfg(feature = "serde")]
#[test]
fn edits_and_maps_are_rows_too() {
    let text = r#"[
        {"op":"rename","grid":"11","name":"north"},
        {"op":"recode","codes":{"12":"13"}},
        {"op":"split","grid":"11","into":[
            {"grid":{"code":"14","name":"a"},"share":0.5,"children":["111","112"]},
            {"grid":{"code":"15","name":"b","kind":"town"},"share":0.5}]},
        {"op":"remove","grid":"13","beneath":"to_parent"}]"#;
    let edits: Vec<Edit> = serde_json::from_str(text).expect("edits");
    let again: Vec<Edit> =
        serde_json::from_str(&serde_json::to_string(&edits).expect("text")).expect("edits");
    assert_eq!(again, edits);
    let edited = city().edit(&edits).expect("they can be made");
    let map = serde_json::to_string(&edited.map).expect("text");
    assert!(map.starts_with(r#"[{"old":"11","new":[{"code":"14","share":0.5}"#), "{map}");
    assert_eq!(serde_json::from_str::<EditMap>(&map).expect("a map"), edited.map);
    assert!(serde_json::from_str::<Edit>(r#"{"op":"rename","grid":"11","nam":"x"}"#).is_err());
}

#[cfg(feature = "samples")]
#[test]
fn the_register_of_2020_becomes_that_of_2021() {
    let (old, new_edition) = (
        gridcore::samples::register(2020).expect("an edition"),
        gridcore::samples::register(2021).expect("an edition"),
    );
    let towns = [
        ("442000100", "442000118"),
        ("442000104", "442000118"),
        ("442000102", "442000007"),
        ("442000113", "442000008"),
    ];
    let mut recodes = std::collections::BTreeMap::from([
        (code("442000102"), code("442000007")),
        (code("442000113"), code("442000008")),
    ]);
    for (from, to) in towns {
        let (from, to) = (old.find(from).expect("a town"), new_edition.find(to).expect("a town"));
        for village in old.children(from) {
            let same = new_edition.children(to).find(|&other| new_edition.name(other) == old.name(village));
            recodes.insert(old.code(village), new_edition.code(same.expect("its name is the same")));
        }
    }
    assert_eq!(recodes.len(), 2 + 63);
    let edited = old
        .edit(&[
            Edit::merge(codes(["442000100", "442000104"]), new("442000118", "小榄镇")),
            Edit::recode_all(recodes.clone()),
            Edit::rename(code("442000007"), "民众街道"),
            Edit::rename(code("442000008"), "南朗街道"),
            Edit::insert(new("442000002022", "远洋社区居民委员会").kind("village"), code("442000002")),
            Edit::insert(new("442000106002", "溪角社区居民委员会").kind("village"), code("442000106")),
        ])
        .expect("the office made them too");
    assert_eq!(edited.tree, new_edition);
    // 4 towns, 63 villages, 2 new ones; the other 20 towns and their villages go unmentioned.
    assert_eq!(edited.map.changes().len(), 4 + 63 + 2);
    for (from, to) in &recodes {
        assert_eq!(edited.map.translate(from)[0].code, *to);
    }
    assert_eq!(events(&edited.map, "442000100"), [EditEvent::Merged]);
    assert_eq!(events(&edited.map, "442000102"), [EditEvent::Renamed, EditEvent::Recoded]);
    // A village of a merged town has another town above it; one of a recoded town has the same under a new code.
    for (town, wanted) in
        [("442000104", vec![EditEvent::Recoded, EditEvent::Moved]), ("442000102", vec![EditEvent::Recoded])]
    {
        let village = old.children(old.find(town).expect("a town")).next().expect("a village");
        assert_eq!(events(&edited.map, &old.code(village).to_string()), wanted);
    }
}
