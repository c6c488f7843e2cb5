//! Laws of edits, and edits against a plain list of rows.

#[path = "oracle/edit.rs"]
mod oracle;
#[path = "oracle/random_tree.rs"]
mod random_tree;

use std::collections::BTreeSet;

use gridcore::tree::{Beneath, Edit, EditMap, NewGrid, Part};
use gridcore::{GridCode, GridRow, GridTree, Problem};
use oracle::Rows;
use proptest::prelude::*;
use proptest::sample::Index;

fn code(text: &str) -> GridCode {
    text.parse().expect("a code")
}

fn new(text: &str, name: &str) -> NewGrid {
    NewGrid::new(code(text), name)
}

/// A small tree with whole-number weights, so that no sum is ever rounded.
fn any_city() -> impl Strategy<Value = GridTree> {
    let seed = (any::<Index>(), prop::option::of(0..1000_i32), prop::option::of(0..2_u8));
    prop::collection::vec(seed, 2..14).prop_map(|seeds| {
        let row = |(number, (pick, households, kind)): (usize, &(Index, Option<i32>, Option<u8>))| {
            let mut row = GridRow::new(format!("g{number}"), format!("name {number}"));
            if number > 0 {
                row = row.under(format!("g{}", pick.index(number)));
            }
            if let Some(households) = households {
                row = row.weight("households", f64::from(*households) * 64.0);
            }
            if number % 3 == 0 {
                row = row.weight("area", 128.0).footprint("{}");
            }
            row.kind = kind.map(|kind| format!("kind {kind}")).into();
            row
        };
        GridTree::from_rows(seeds.iter().enumerate().map(row)).expect("the rows were made to fit")
    })
}

type Step = (u8, [Index; 6], bool);

/// An edit that mostly fits the rows as they are.
fn edit_for(rows: &Rows, (kind, picks, flag): &Step, number: usize) -> Edit {
    let all: Vec<GridCode> = rows.0.keys().cloned().collect();
    let some = |place: usize| picks[place].get(&all).clone();
    let fresh = |letter: char| {
        if *flag && picks[5].index(4) == 0 { some(4) } else { code(&format!("{letter}{number}")) }
    };
    let named = |letter: char| new(fresh(letter).to_string().as_str(), &format!("new {letter}{number}"));
    let grid = some(0);
    let children = rows.children(&grid);
    match kind % 8 {
        0 => Edit::rename(grid, format!("name {}", picks[1].index(20))),
        1 => Edit::recode_all([(grid, fresh('r')), (some(1), if *flag { some(0) } else { fresh('s') })]),
        2 => Edit::move_to(grid, some(1)),
        3 | 4 => {
            let middle = picks[1].index(children.len() + 1);
            let (left, right) = children.split_at(middle);
            let eighths = picks[2].index(9) as f64 / 8.0;
            let keeps = if *flag { grid.to_string() } else { fresh('p').to_string() };
            let mut one = Part::new(new(&keeps, &format!("new p{number}"))).children(left.to_vec());
            let mut other = Part::new(named('q')).children(right.to_vec());
            if picks[3].index(4) == 0 {
                for (name, value) in &rows.0[&grid].weights {
                    one.grid.weights.insert(name.clone(), value / 4.0);
                    other.grid.weights.insert(name.clone(), value * 3.0 / 4.0);
                }
            } else {
                (one.share, other.share) = (Some(eighths), Some(1.0 - eighths));
            }
            Edit::split(grid, [one, other])
        }
        5 => {
            let siblings = rows.0[&grid].parent.as_ref().map_or(vec![], |parent| rows.children(parent));
            let other = if *flag || siblings.is_empty() { some(1) } else { picks[1].get(&siblings).clone() };
            let into = if picks[2].index(2) == 0 {
                new(&grid.to_string(), &format!("new m{number}"))
            } else {
                named('m')
            };
            let parent = (picks[3].index(3) == 0).then(|| some(3));
            Edit::Merge { grids: vec![grid, other], into: into.kind("kind 0"), parent }
        }
        6 => {
            let beneath = [Beneath::None, Beneath::Remove, Beneath::ToParent][picks[1].index(3)];
            Edit::Remove { grid, beneath }
        }
        _ => {
            let middle = picks[1].index(children.len() + 1);
            let children = if *flag { children[..middle].to_vec() } else { Vec::new() };
            Edit::Insert { grid: named('i').weight("households", 8.0), parent: grid, level: None, children }
        }
    }
}

/// Edits, each of them made to fit the rows that those before it leave; those that cannot be made are among them.
fn edits_for(tree: &GridTree, steps: &[Step]) -> Vec<Edit> {
    let mut rows = Rows::of(tree);
    let mut edits = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let edit = edit_for(&rows, step, number);
        if let Some(next) = rows.apply(&edit) {
            rows = next;
        }
        edits.push(edit);
    }
    edits
}

/// Only the edits that can be made, one after the other, to a tree that is valid in the end.
fn good_edits(tree: &GridTree, steps: &[Step]) -> Vec<Edit> {
    let mut rows = Rows::of(tree);
    let mut edits = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let edit = edit_for(&rows, step, number);
        if let Some(next) = rows.apply(&edit).filter(|next| next.tree().is_some()) {
            rows = next;
            edits.push(edit);
        }
    }
    edits
}

fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((any::<u8>(), any::<[Index; 6]>(), prop::bool::weighted(0.3)), 0..=most)
}

fn total(tree: &GridTree, weight: &str) -> f64 {
    tree.indices().filter_map(|grid| tree.weight(grid, weight)).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn edits_do_what_an_office_does_with_a_list_of_rows(tree in any_city(), steps in steps(5)) {
        let edits = edits_for(&tree, &steps);
        let mut rows = Some(Rows::of(&tree));
        for edit in &edits {
            rows = rows.and_then(|rows| rows.apply(edit));
        }
        let wanted = rows.as_ref().and_then(Rows::tree);
        match tree.edit(&edits) {
            Ok(edited) => {
                let (Some(wanted), Some(rows)) = (wanted, rows) else { panic!("{edits:?} cannot be made") };
                prop_assert_eq!(edited.tree.to_rows().collect::<Vec<_>>(), wanted.to_rows().collect::<Vec<_>>());
                prop_assert_eq!(&edited.tree, &wanted);
                for grid in tree.indices() {
                    let old = tree.code(grid);
                    let new: Vec<GridCode> = edited.map.translate(&old).into_iter().map(|new| new.code).collect();
                    prop_assert_eq!(new, rows.successors(&old));
                }
                let inserted: BTreeSet<GridCode> =
                    rows.0.iter().filter(|(_, row)| row.origins.is_empty()).map(|(code, _)| code.clone()).collect();
                let listed = edited.map.changes().iter().filter(|change| change.old.is_none());
                prop_assert_eq!(listed.map(|change| change.new[0].code.clone()).collect::<BTreeSet<_>>(), inserted);
            }
            Err(error) => {
                prop_assert!(wanted.is_none(), "{error}\n{edits:?}");
                prop_assert!(!error.list().is_empty());
                for fault in error.list() {
                    prop_assert!(fault.edit.is_some_and(|edit| edit < edits.len()), "{fault:?}");
                }
            }
        }
    }

    #[test]
    fn weights_and_counts_are_conserved(tree in any_city(), steps in steps(8)) {
        let edits: Vec<Edit> = good_edits(&tree, &steps);
        let keeps = |edit: &Edit| !matches!(edit, Edit::Remove { .. } | Edit::Insert { .. });
        prop_assume!(edits.iter().all(keeps));
        let edited = tree.edit(&edits).expect("they are good");
        for weight in ["households", "area"] {
            prop_assert_eq!(total(&edited.tree, weight).to_bits(), total(&tree, weight).to_bits());
        }
        let mut count = tree.len();
        for edit in &edits {
            match edit {
                Edit::Split { into, .. } => count += into.len() - 1,
                Edit::Merge { grids, .. } => count -= grids.len() - 1,
                _ => {}
            }
        }
        prop_assert_eq!(edited.tree.len(), count);
    }

    #[test]
    fn shares_of_an_old_grid_add_up_to_one(tree in any_city(), steps in steps(8)) {
        let edits = good_edits(&tree, &steps);
        prop_assume!(!edits.iter().any(|edit| matches!(edit, Edit::Remove { .. })));
        let map = tree.edit(&edits).expect("they are good").map;
        for grid in tree.indices() {
            let new = map.translate(&tree.code(grid));
            let shares: Vec<f64> = new.iter().filter_map(|new| new.share).collect();
            if shares.len() == new.len() {
                prop_assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{new:?}");
            }
        }
    }

    #[test]
    fn one_list_is_two_lists_one_after_the_other(tree in any_city(), steps in steps(6), cut in any::<Index>()) {
        let edits = good_edits(&tree, &steps);
        let (first, second) = edits.split_at(cut.index(edits.len() + 1));
        let whole = tree.edit(&edits).expect("they are good");
        let half = tree.edit(first).expect("they are good");
        let rest = half.tree.edit(second).expect("they are good");
        prop_assert_eq!(&rest.tree, &whole.tree);
        let joined = half.map.then(&rest.map);
        for grid in tree.indices() {
            let old = tree.code(grid);
            let (one, two) = (whole.map.translate(&old), joined.translate(&old));
            prop_assert_eq!(one.len(), two.len());
            for (one, two) in one.iter().zip(&two) {
                prop_assert_eq!(&one.code, &two.code);
                for weight in ["households", "area"] {
                    match (one.share_of(weight), two.share_of(weight)) {
                        (Some(one), Some(two)) => prop_assert!((one - two).abs() < 1e-9, "{one} {two}"),
                        (one, two) => prop_assert_eq!(one, two),
                    }
                }
            }
        }
        let inserted = |map: &EditMap| -> Vec<GridCode> {
            map.changes().iter().filter(|change| change.old.is_none()).map(|change| change.new[0].code.clone()).collect()
        };
        prop_assert_eq!(inserted(&joined), inserted(&whole.map));
    }

    #[test]
    fn an_edit_and_its_inverse_leave_no_trace(tree in any_city(), step in (any::<u8>(), any::<[Index; 6]>(), Just(false))) {
        let rows = Rows::of(&tree);
        let edit = edit_for(&rows, &step, 0);
        prop_assume!(rows.apply(&edit).and_then(|rows| rows.tree()).is_some());
        let inverse = match &edit {
            Edit::Rename { grid, .. } => Edit::rename(grid.clone(), rows.0[grid].name.clone()),
            Edit::Recode { codes, .. } => Edit::recode_all(codes.iter().map(|(old, new)| (new.clone(), old.clone()))),
            Edit::Move { grid, .. } => Edit::move_to(grid.clone(), rows.0[grid].parent.clone().expect("it moved")),
            Edit::Split { grid, into } => {
                let old = &rows.0[grid];
                let mut back = new(&grid.to_string(), &old.name);
                (back.kind, back.footprint) = (old.kind.clone(), old.footprint.clone());
                Edit::merge(into.iter().map(|part| part.grid.code.clone()), back)
            }
            Edit::Merge { grids, into, parent } => {
                prop_assume!(parent.is_none() || *parent == rows.0[&grids[0]].parent);
                prop_assume!(grids.iter().all(|grid| rows.0[grid].parent == rows.0[&grids[0]].parent));
                let parts = grids.iter().map(|grid| {
                    let old = &rows.0[grid];
                    let mut back = new(&grid.to_string(), &old.name);
                    (back.kind, back.footprint, back.weights) = (old.kind.clone(), old.footprint.clone(), old.weights.clone());
                    Part::new(back).children(rows.children(grid))
                });
                // A part without a kind would take the merged grid's.
                prop_assume!(grids.iter().all(|grid| rows.0[grid].kind.is_some()));
                Edit::split(into.code.clone(), parts)
            }
            Edit::Insert { grid, .. } => Edit::Remove { grid: grid.code.clone(), beneath: Beneath::ToParent },
            _ => return Ok(()), // what was removed can't be brought back by one edit
        };
        let split_after_merge = matches!(edit, Edit::Merge { .. });
        let edits = [edit, inverse];
        let edited = tree.edit(&edits).expect("both can be made");
        prop_assert_eq!(&edited.tree, &tree, "{:?}", edits);
        // What was merged can't be told apart any more: its parts all go back to both.
        prop_assert!(edited.map.is_empty() || split_after_merge, "{:?}", edited.map);
    }

    #[test]
    fn independent_edits_may_come_in_any_order(tree in any_city(), turn in any::<Index>(), kinds in prop::collection::vec(0..5_u8, 14)) {
        let mut edits = Vec::new();
        for (number, grid) in tree.indices().enumerate().skip(1) {
            let grid = tree.code(grid);
            let place = tree.find(&grid.to_string()).expect("it is there");
            edits.push(match kinds[number] {
                0 => Edit::rename(grid, format!("renamed {number}")),
                1 => Edit::recode(grid, code(&format!("r{number}"))),
                2 => Edit::move_to(grid, tree.code(tree.root())),
                3 if tree.is_leaf(place) => Edit::split(grid, [
                    Part::new(new(&format!("p{number}"), &format!("p{number}"))).share(0.25),
                    Part::new(new(&format!("q{number}"), &format!("q{number}"))).share(0.75),
                ]),
                _ => continue,
            });
        }
        let there = tree.edit(&edits).expect("they do not meet");
        let count = edits.len().max(1);
        edits.rotate_left(turn.index(count) % count);
        edits.reverse();
        let back = tree.edit(&edits).expect("they do not meet");
        prop_assert_eq!(&back.tree, &there.tree);
        prop_assert_eq!(&back.map, &there.map);
    }

    #[test]
    fn the_order_in_which_merged_grids_are_named_has_no_meaning(values in prop::collection::vec(-1e9..1e9_f64, 2..6), turn in any::<Index>()) {
        let rows = values.iter().enumerate().map(|(number, value)| GridRow::new(format!("{}", 10 + number), format!("{number}")).under("1").weight("area", *value));
        let tree = GridTree::from_rows(std::iter::once(GridRow::new("1", "city")).chain(rows)).expect("a tree");
        let mut grids: Vec<GridCode> = tree.children(tree.root()).map(|grid| tree.code(grid)).collect();
        let one = tree.edit(&[Edit::merge(grids.clone(), new("99", "all"))]).expect("siblings");
        let middle = turn.index(grids.len());
        grids.rotate_left(middle);
        let other = tree.edit(&[Edit::merge(grids, new("99", "all"))]).expect("siblings");
        prop_assert_eq!(one, other);
    }

    #[test]
    fn what_comes_out_is_valid_or_a_report(tree in random_tree::any_tree(), steps in steps(6)) {
        let edits = edits_for(&tree, &steps);
        match tree.edit(&edits) {
            Ok(edited) => {
                let again = edited.tree.edit(&[]).expect("nothing to do");
                prop_assert_eq!(&again.tree, &edited.tree);
                prop_assert!(again.map.is_empty());
                #[cfg(feature = "serde")]
                prop_assert_eq!(&GridTree::from_json(&edited.tree.to_json()).expect("it is valid"), &edited.tree);
                for change in edited.map.changes() {
                    prop_assert!(change.old.as_ref().is_none_or(|old| tree.find(&old.to_string()).is_some()));
                    for new in &change.new {
                        prop_assert!(edited.tree.find(&new.code.to_string()).is_some());
                    }
                }
                prop_assert_eq!(edited.tree.row(edited.tree.root()).is_none(), tree.row(tree.root()).is_none());
            }
            Err(error) => {
                prop_assert_eq!(error.faults().len(), error.list().len());
                for fault in error.faults() {
                    prop_assert!(!fault.message.is_empty() && !fault.message_zh.is_empty(), "{fault:?}");
                    prop_assert!(fault.row.is_some_and(|edit| edit < edits.len()), "{fault:?}");
                }
            }
        }
    }
}
