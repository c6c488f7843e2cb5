//! Laws of comparing two staff rosters.
#![cfg(feature = "roster")]

use std::collections::BTreeMap;

use gridcore::roster::{StaffChange, StaffChangeRow, StaffDiff, StaffRow, StaffRules, staff_diff};
use gridcore::{GridRow, GridTree, Lang, LevelSchema, Problem};
use proptest::prelude::*;

#[path = "oracle/staff.rs"]
mod oracle;

/// A city, two towns, a community in each and two grids in one of them.
fn tree() -> GridTree {
    let rows = [
        GridRow::new("1", "city").level(0),
        GridRow::new("11", "north").under("1").level(1),
        GridRow::new("12", "south").under("1").level(1),
        GridRow::new("111", "mill").under("11").level(2),
        GridRow::new("121", "quay").under("12").level(2),
        GridRow::new("1111", "a").under("111").level(3),
        GridRow::new("1112", "b").under("111").level(3),
    ];
    GridTree::builder().schema(LevelSchema::four_level()).from_rows(rows).expect("it is sound")
}

fn diff(old: &[StaffRow], new: &[StaffRow]) -> StaffDiff {
    staff_diff(old.to_vec(), new.to_vec(), &tree(), &StaffRules::default()).expect("the rows are sound")
}

fn any_roster() -> impl Strategy<Value = Vec<StaffRow>> {
    const GRIDS: [&str; 7] = ["1", "11", "12", "111", "121", "1111", "1112"];
    let row =
        (0..7_usize, 0..5_u8, 0..3_u8, prop::option::of(0..2_u8)).prop_map(|(grid, person, post, unit)| {
            let row = StaffRow::new(format!("p-{person}"), GRIDS[grid], format!("post-{post}"));
            unit.into_iter().fold(row, |row, unit| row.unit(format!("u-{unit}")))
        });
    prop::collection::vec(row, 0..14)
}

/// A post as changes tell it.
type Seat = (String, Option<String>, Option<String>, Option<String>);

fn before(row: &StaffChangeRow) -> Seat {
    let unit = row.from_unit.as_ref().map(ToString::to_string);
    let post = row.from_post.as_ref().map(|post| post.as_str().to_owned());
    (row.person.as_str().to_owned(), row.from_grid.as_ref().map(ToString::to_string), post, unit)
}

fn after(row: &StaffChangeRow) -> Seat {
    let unit = row.to_unit.as_ref().map(ToString::to_string);
    let post = row.to_post.as_ref().map(|post| post.as_str().to_owned());
    (row.person.as_str().to_owned(), row.to_grid.as_ref().map(ToString::to_string), post, unit)
}

fn seats(rows: &[StaffRow]) -> BTreeMap<Seat, usize> {
    let seat = |row: &StaffRow| {
        (row.person.clone(), Some(row.grid.clone()), Some(row.post.clone()), row.unit.clone())
    };
    rows.iter().map(|row| (seat(row), 1)).collect()
}

/// A report without the numbers of rows.
fn without_rows(mut diff: StaffDiff) -> StaffDiff {
    for row in &mut diff.changes {
        (row.old_row, row.new_row) = (row.old_row.map(|_| 0), row.new_row.map(|_| 0));
    }
    diff.orphaned.iter_mut().for_each(|row| row.old_rows.clear());
    diff.vacated.iter_mut().for_each(|row| row.old_rows.clear());
    diff.several_posts.iter_mut().chain(&mut diff.shared_posts).for_each(|row| row.new_row = 0);
    diff.repeated.clear();
    diff
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Every count of every grid and level is what the long way finds, and adds up.
    #[test]
    fn counts_are_those_of_the_long_way(old in any_roster(), new in any_roster()) {
        let (tree, diff) = (tree(), diff(&old, &new));
        prop_assert_eq!(diff.total, oracle::count(&old, &new, &tree, |_| true));
        for grid in tree.indices() {
            let told = diff.by_grid.iter().find(|row| row.grid == tree.code(grid));
            let told = told.map(|row| row.count).unwrap_or_default();
            let within = |at| at == grid || tree.is_ancestor(grid, at);
            prop_assert_eq!(told, oracle::count(&old, &new, &tree, within));
            prop_assert_eq!(told.before + told.joined + told.came, told.after + told.left + told.went);
        }
        for row in &diff.by_level {
            prop_assert_eq!(row.count, oracle::count(&old, &new, &tree, |at| tree.level(at) == row.level));
        }
        let orphaned: Vec<_> = oracle::orphaned(&old, &new, &tree).into_iter().map(|grid| tree.code(grid)).collect();
        prop_assert_eq!(diff.orphaned.iter().map(|row| row.grid.clone()).collect::<Vec<_>>(), orphaned);
        prop_assert!(diff.orphaned.iter().all(|row| row.path.last() == Some(&row.grid)));
    }

    /// The changes, applied to the old roster, give the new one; and each is of the kind that it says.
    #[test]
    fn changes_lead_from_old_to_new(old in any_roster(), new in any_roster()) {
        let mut posts = seats(&old);
        for row in &diff(&old, &new).changes {
            if row.from_grid.is_some() {
                prop_assert_eq!(posts.remove(&before(row)), Some(1));
            }
            let known = |rows: &[StaffRow]| rows.iter().any(|other| other.person == row.person.as_str());
            let (grid, post) = (row.from_grid == row.to_grid, row.from_post == row.to_post);
            let sound = match row.change {
                StaffChange::Joined => !known(&old) && row.old_row.is_none(),
                StaffChange::Left => !known(&new) && row.new_row.is_none(),
                StaffChange::TookUp => known(&old) && row.old_row.is_none(),
                StaffChange::GaveUp => known(&new) && row.new_row.is_none(),
                StaffChange::Transferred => row.from_grid.is_some() && row.to_grid.is_some() && !grid,
                StaffChange::PostChanged => row.from_grid.is_some() && grid && !post,
                StaffChange::UnitChanged => row.from_grid.is_some() && grid && post,
                _ => false,
            };
            prop_assert!(sound, "a change of another kind");
        }
        for row in &diff(&old, &new).changes {
            if row.to_grid.is_some() {
                prop_assert_eq!(posts.insert(after(row), 1), None);
            }
        }
        prop_assert_eq!(posts, seats(&new));
    }

    /// No person both takes up and gives up posts: such a pair is one change.
    #[test]
    fn nothing_is_told_twice(old in any_roster(), new in any_roster()) {
        let diff = diff(&old, &new);
        for row in diff.of(StaffChange::TookUp) {
            prop_assert!(diff.of(StaffChange::GaveUp).all(|other| other.person != row.person));
        }
    }

    /// Seen from the other side, every change is its reverse.
    #[test]
    fn the_way_back_is_the_reverse(old in any_roster(), new in any_roster()) {
        let reverse = |change| match change {
            StaffChange::Joined => StaffChange::Left,
            StaffChange::Left => StaffChange::Joined,
            StaffChange::TookUp => StaffChange::GaveUp,
            StaffChange::GaveUp => StaffChange::TookUp,
            same => same,
        };
        let mut there: Vec<_> =
            diff(&old, &new).changes.iter().map(|row| (row.change, before(row), after(row))).collect();
        let mut back: Vec<_> =
            diff(&new, &old).changes.iter().map(|row| (reverse(row.change), after(row), before(row))).collect();
        there.sort();
        back.sort();
        prop_assert_eq!(there, back);
    }

    /// The order of rows has no meaning.
    #[test]
    fn order_of_rows_has_no_meaning(
        (old, shuffled) in any_roster().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        new in any_roster(),
    ) {
        prop_assert_eq!(without_rows(diff(&old, &new)), without_rows(diff(&shuffled, &new)));
        prop_assert_eq!(without_rows(diff(&new, &old)), without_rows(diff(&new, &shuffled)));
    }
}

#[test]
fn one_person_several_posts_and_one_post_several_people() {
    let head = "直接责任人"; // what the schema calls the post of a level-4 grid; level 3 here has another
    let old = [StaffRow::new("p-1", "1111", "worker")];
    let new = [
        StaffRow::new("p-1", "1111", "worker").name("冯月南"),
        StaffRow::new("p-1", "111", "secretary"),
        StaffRow::new("p-2", "1111", "worker"),
        StaffRow::new("p-2", "1111", "worker"),
        StaffRow::new("p-3", "1111", head),
        StaffRow::new("p-4", "1111", head),
    ];
    let told = diff(&old, &new);
    assert_eq!((told.total.after, told.total.posts_after), (4, 5)); // headcount is not posts
    let several: Vec<_> = told.several_posts.iter().map(|row| (row.new_row, row.of)).collect();
    assert_eq!(several, [(1, 2), (0, 2)]);
    assert_eq!(told.shared_posts, []); // 直接责任人 is single on level 4 alone
    assert_eq!((told.repeated[0].row, told.repeated[0].same_as), (3, 2));
    let rules = StaffRules { single: vec!["worker".to_owned(), head.to_owned()] };
    let told = staff_diff(old, new.clone(), &tree(), &rules).expect("the rows are sound");
    assert_eq!(told.shared_posts.iter().map(|row| row.new_row).collect::<Vec<_>>(), [0, 2, 4, 5]);
    // The schema's own name of the post of a level is single without being told.
    let secretary = "村（社区）党组织书记";
    let two = [StaffRow::new("p-1", "111", secretary), StaffRow::new("p-2", "111", secretary)];
    assert_eq!(diff(&[], &two).shared_posts.len(), 2);
    assert!(!format!("{told:?}{new:?}").contains("冯月南"));
    assert!(!format!("{told:?}").contains("p-1"));
}

#[test]
fn all_faults_at_once_and_nobody_named() {
    let old = [StaffRow::new("secret", "9", "worker"), StaffRow::new("", "11", "")];
    let new = [StaffRow::new(" secret", "11", "worker").unit("a\tb")];
    let error = staff_diff(old, new, &tree(), &StaffRules::default()).expect_err("five faults");
    let told: Vec<_> = error
        .faults()
        .into_iter()
        .map(|fault| (fault.code, fault.column.unwrap_or_default(), fault.row))
        .collect();
    let fault = |code: &str, column: &str, row| (code.to_owned(), column.to_owned(), Some(row));
    assert_eq!(
        told,
        [
            fault("unknown_grid", "old.grid", 0),
            fault("empty_cell", "old.person", 1),
            fault("empty_cell", "old.post", 1),
            fault("malformed_cell", "new.person", 0),
            fault("malformed_cell", "new.unit", 0),
        ]
    );
    for lang in [Lang::En, Lang::Zh] {
        assert!(!error.text(lang).contains("secret"));
    }
}

#[test]
fn reports_survive_json() {
    let old = [StaffRow::new("p-1", "1111", "worker").unit("u-1")];
    let new = [StaffRow::new("p-1", "1112", "worker"), StaffRow::new("p-2", "12", "head")];
    let told = diff(&old, &new);
    let text = serde_json::to_string(&told).expect("it is data");
    assert!(text.contains(r#""change":"transferred""#) && text.contains(r#""orphaned":1"#));
    assert_eq!(serde_json::from_str::<StaffDiff>(&text).expect("it is ours"), told);
}
