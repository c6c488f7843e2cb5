//! Laws of change sets on random trees, duties, layers and edits.
#![cfg(feature = "serde")]

#[path = "oracle/city.rs"]
mod city;

use std::collections::BTreeSet;

use gridcore::change::{self, Change, ChangeOptions, Changed, DiffKind, LedgerItem, LedgerRow, Others};
use gridcore::responsibility::{
    AssignmentRow, AuditKind, AuditOptions, DerivedRow, ModeLayer, Responsibility,
};
use gridcore::tree::{Beneath, Edit, NewGrid, Part};
use gridcore::{GridCode, GridIndex, GridTree, PersonId};
use proptest::prelude::*;
use proptest::sample::Index;

/// An assignment in the making: grid, person, domain, mode, role, whether it has a share, which half of time.
type RowSeed = (Index, u8, Option<bool>, bool, u8, bool);

fn row_seed() -> impl Strategy<Value = RowSeed> {
    (
        any::<Index>(),
        0..8_u8,
        prop::option::weighted(0.3, any::<bool>()),
        any::<bool>(),
        0..6_u8,
        any::<bool>(),
    )
}

fn row(grid: String, (_, who, domain, second, role, share): &RowSeed) -> AssignmentRow {
    let mut row = AssignmentRow::new(grid).person(format!("p{who}"));
    row.domain = domain.map(|fire| if fire { "fire" } else { "flood" }.to_owned());
    match role {
        0 => {
            row.role = Some("supporting".to_owned());
            row.share = share.then_some(0.25);
        }
        1 => row.role = Some("supervising".to_owned()),
        2 | 3 => {
            row.from = second.then_some(50);
            row.until = (!second).then_some(50);
        }
        _ => {}
    }
    row
}

/// Rows of which no two are accountable at once for the same.
fn without_overlaps(rows: Vec<AssignmentRow>) -> Vec<AssignmentRow> {
    let mut kept: Vec<AssignmentRow> = Vec::new();
    for row in rows {
        let rival = |other: &AssignmentRow| {
            let ends = |row: &AssignmentRow| gridcore::Interval::new(row.from, row.until).expect("sound");
            (&other.grid, &other.domain, &other.role) == (&row.grid, &row.domain, &row.role)
                && row.role.is_none()
                && ends(other).overlaps(ends(&row))
        };
        if !kept.iter().any(|other| rival(other) || *other == row) {
            kept.push(row);
        }
    }
    kept
}

/// A tree, duties without overlaps over it, and layers of modes.
fn any_duty() -> impl Strategy<Value = Responsibility> {
    let layer = (any::<bool>(), any::<Index>(), prop::collection::vec(row_seed(), 0..5));
    (city::any_tree(), prop::collection::vec(row_seed(), 0..16), prop::collection::vec(layer, 0..4)).prop_map(
        |(tree, rows, layers)| {
            let all: Vec<GridIndex> = tree.indices().collect();
            let code = |grid: GridIndex| tree.code(grid).to_string();
            let rows = rows.iter().map(|seed| row(code(*seed.0.get(&all)), seed)).collect();
            let base = Responsibility::resolve(&tree, without_overlaps(rows)).expect("the rows are sound");
            let mut taken = BTreeSet::new();
            let mut on = Vec::new();
            for (war, scope, rows) in layers {
                let (mode, scope) = (if war { "wartime" } else { "lockdown" }, *scope.get(&all));
                if !taken.insert((mode, scope)) {
                    continue;
                }
                let within: Vec<GridIndex> = tree.subtree(scope).collect();
                let rows = rows.iter().map(|seed| row(code(*seed.0.get(&within)), seed)).collect();
                let mut layer = ModeLayer::new(mode, code(scope));
                for row in without_overlaps(rows) {
                    layer.rows.push(DerivedRow::new(row, "a pairing"));
                }
                on.push(layer);
            }
            base.with_layers(on).expect("the layers fit")
        },
    )
}

type EditSeed = (u8, [Index; 3], bool);

/// An edit of a tree that can be made, if the seed leads to one.
fn edit(tree: &GridTree, (kind, picks, flag): &EditSeed, number: usize) -> Option<Edit> {
    let all: Vec<GridIndex> = tree.indices().collect();
    let grid = *picks[0].get(&all);
    let code = |grid: GridIndex| tree.code(grid);
    let fresh = |letter: char| -> GridCode { format!("{letter}{number}").parse().expect("a code") };
    let named = |code: GridCode| NewGrid::new(code.clone(), format!("new {code}"));
    let edit = match kind % 5 {
        0 => Edit::recode(code(grid), fresh('r')),
        1 => Edit::move_to(code(grid), code(*picks[1].get(&all))),
        2 => {
            let siblings: Vec<GridIndex> = tree.siblings(grid).filter(|&other| other != grid).collect();
            let other = (!siblings.is_empty()).then(|| *picks[1].get(&siblings))?;
            let into = if *flag { code(grid) } else { fresh('m') };
            Edit::merge([code(grid), code(other)], named(into))
        }
        3 => {
            let children: Vec<GridCode> = tree.children(grid).map(code).collect();
            let (left, right) = children.split_at(picks[1].index(children.len() + 1));
            let first = if *flag { code(grid) } else { fresh('s') };
            let parts = [(first, left), (fresh('t'), right)];
            Edit::split(
                code(grid),
                parts.map(|(code, children)| Part::new(named(code)).share(0.5).children(children.to_vec())),
            )
        }
        _ => {
            let beneath = if *flag { Beneath::ToParent } else { Beneath::Remove };
            Edit::Remove { grid: code(grid), beneath }
        }
    };
    tree.edit(std::slice::from_ref(&edit)).is_ok().then_some(edit)
}

/// Edits that can be made one after the other.
fn edits(tree: &GridTree, seeds: &[EditSeed]) -> Vec<Edit> {
    let mut tree = tree.clone();
    let mut made = Vec::new();
    for (number, seed) in seeds.iter().enumerate() {
        if let Some(edit) = edit(&tree, seed, number) {
            tree = tree.edit(std::slice::from_ref(&edit)).expect("it was tried").tree;
            made.push(edit);
        }
    }
    made
}

fn edit_seeds() -> impl Strategy<Value = Vec<EditSeed>> {
    prop::collection::vec((any::<u8>(), any::<[Index; 3]>(), any::<bool>()), 0..5)
}

/// A change that is no edit and can be made, if the seed leads to one.
fn other_change(duty: &Responsibility, (kind, picks, flag): &EditSeed) -> Option<Change> {
    let rows = duty.to_tables().assignments;
    let grids: Vec<GridIndex> = duty.tree().indices().collect();
    let change = match kind % 4 {
        0 => {
            let people = duty.base().people().to_vec();
            let person = (!people.is_empty()).then(|| picks[0].get(&people).clone())?;
            let to: PersonId = format!("q{}", picks[1].index(3)).parse().expect("a token");
            Change::Depart { person, at: (*flag).then_some(40), to: (picks[2].index(2) == 0).then_some(to) }
        }
        1 => {
            let grid = duty.tree().code(*picks[0].get(&grids)).to_string();
            Change::Assign { row: AssignmentRow::new(grid).person(format!("new {}", picks[1].index(100))) }
        }
        2 => Change::Withdraw { row: (!rows.is_empty()).then(|| picks[0].get(&rows).clone())? },
        _ => {
            let row = (!rows.is_empty()).then(|| picks[0].get(&rows).clone())?;
            let by = AssignmentRow { person: Some(format!("new {}", picks[1].index(100))), ..row.clone() };
            Change::Replace { row, by }
        }
    };
    let tried = change::apply(duty, std::slice::from_ref(&change), &ChangeOptions::default());
    tried.is_ok().then_some(change)
}

/// The assignments of the base and of the layers, each with the mode of its layer.
fn rows_of(duty: &Responsibility) -> Vec<(Option<String>, AssignmentRow)> {
    let base = duty.to_tables().assignments.into_iter().map(|row| (None, row));
    let of_layers = duty
        .layers()
        .iter()
        .flat_map(|layer| layer.rows.iter().map(|row| (Some(layer.mode.clone()), row.assignment.clone())));
    base.chain(of_layers).collect()
}

fn sides(ledger: &[LedgerRow], after: bool) -> Vec<(Option<String>, AssignmentRow)> {
    let side = |row: &LedgerRow| {
        let item = if after { row.after.clone() } else { row.before.clone() };
        match item {
            Some(LedgerItem::Assignment { row: assignment, .. }) => Some((row.mode.clone(), assignment)),
            _ => None,
        }
    };
    ledger.iter().filter_map(side).collect()
}

/// Nothing is lost in silence, and nothing comes from nowhere.
fn the_books_balance(before: &Responsibility, changed: &Changed) -> Result<(), TestCaseError> {
    let (old, new) = (rows_of(before), rows_of(&changed.duty));
    let (from, to) = (sides(&changed.ledger, false), sides(&changed.ledger, true));
    for row in &old {
        prop_assert!(new.contains(row) || from.contains(row), "lost in silence: {row:?}");
    }
    for row in &new {
        prop_assert!(old.contains(row) || to.contains(row), "from nowhere: {row:?}");
    }
    let people: BTreeSet<&PersonId> = changed.duty.people().iter().collect();
    for person in before.people() {
        let told = from.iter().any(|(_, row)| row.person.as_deref() == Some(person.as_str()));
        prop_assert!(people.contains(person) || told);
    }
    Ok(())
}

fn doubled(duty: &Responsibility) -> Vec<AuditKind> {
    let options = AuditOptions::new().window(gridcore::Interval::ALWAYS);
    let audit = duty.base().audit(&options).expect("a window is given");
    let kinds = audit.rows.iter().map(|row| row.kind);
    kinds
        .filter(|kind| matches!(kind, AuditKind::HeadDoubled | AuditKind::Overlap | AuditKind::Duplicate))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn edits_lose_nobody_and_double_nobody(
        duty in any_duty(),
        seeds in edit_seeds(),
        release in any::<bool>(),
    ) {
        let others = if release { Others::Release } else { Others::Support };
        let options = ChangeOptions { others, ..ChangeOptions::default() };
        prop_assert!(doubled(&duty).is_empty());
        // One by one, so that each has a tree of its own.
        let mut now = duty.clone();
        for edit in edits(duty.tree(), &seeds) {
            match change::apply(&now, &[edit.clone().into()], &options) {
                Ok(changed) => {
                    the_books_balance(&now, &changed)?;
                    prop_assert_eq!(doubled(&changed.duty), vec![]);
                    prop_assert_eq!(&changed.tree, changed.duty.tree());
                    now = changed.duty;
                }
                // Scopes of one mode that have come together in a split and a merge may be refused, never half done.
                Err(error) => prop_assert!(error.list().iter().all(|fault| fault.code() == "already_entered")),
            }
        }
        // And all together.
        let all: Vec<Change> = edits(duty.tree(), &seeds).into_iter().map(Change::from).collect();
        if let Ok(changed) = change::apply(&duty, &all, &options) {
            the_books_balance(&duty, &changed)?;
            prop_assert_eq!(doubled(&changed.duty), vec![]);
        }
    }

    #[test]
    fn every_grid_that_has_one_accountable_keeps_one(duty in any_duty(), seeds in edit_seeds(), at in 0..100_i64) {
        let base = duty.base();
        let all: Vec<Change> = edits(base.tree(), &seeds).into_iter().map(Change::from).collect();
        let changed = change::apply(&base, &all, &ChangeOptions::default()).expect("the edits were tried");
        let held = |duty: &Responsibility, grid: &GridCode| {
            let answer = duty.at(at).accountable(&grid.to_string(), "fire").expect("it is there");
            answer.answer().is_some_and(|answer| answer.from_grid == *grid)
        };
        for grid in base.tree().indices() {
            let code = base.tree().code(grid);
            for new in changed.map.translate(&code) {
                prop_assert!(!held(&base, &code) || held(&changed.duty, &new.code));
            }
        }
    }

    #[test]
    fn a_recode_changes_codes_alone(duty in any_duty(), picks in any::<[Index; 3]>()) {
        let base = duty.base();
        let grid = base.tree().at(picks[0].index(base.tree().len())).expect("it is there");
        let old = base.tree().code(grid);
        let there = Edit::recode(old.clone(), "zz".parse().expect("a code"));
        let back = Edit::recode("zz".parse().expect("a code"), old);
        let changed = change::apply(&duty, &[there.into()], &ChangeOptions::default()).expect("it can be made");
        let again = change::apply(&changed.duty, &[back.into()], &ChangeOptions::default()).expect("it can be made");
        prop_assert_eq!(again.duty.to_json(), duty.to_json());
    }

    #[test]
    fn what_changes_during_war_mode_is_what_would_have_changed_in_peace(
        duty in any_duty(),
        seeds in prop::collection::vec((any::<u8>(), any::<[Index; 3]>(), any::<bool>()), 0..5),
    ) {
        let mut peace = duty.base();
        let mut changes = Vec::new();
        for seed in &seeds {
            let Some(change) = other_change(&peace, seed) else { continue };
            let one = std::slice::from_ref(&change);
            peace = change::apply(&peace, one, &ChangeOptions::default()).expect("it was tried").duty;
            changes.push(change);
        }
        let war = change::apply(&duty, &changes, &ChangeOptions::default()).expect("the base is the same");
        the_books_balance(&duty, &war)?;
        // One list at once is the same as one change after the other, and leaving every mode leaves just that.
        prop_assert_eq!(war.duty.base().to_json(), peace.to_json());
        let leave: Vec<Change> = war.duty.layers().iter()
            .map(|layer| Change::LeaveMode { mode: layer.mode.clone(), scope: layer.scope.clone() })
            .collect();
        let left = change::apply(&war.duty, &leave, &ChangeOptions::default()).expect("they are on");
        prop_assert_eq!(left.duty.to_json(), peace.to_json());
        prop_assert!(left.duty.layers().is_empty());
    }

    #[test]
    fn a_list_with_one_bad_change_does_nothing(duty in any_duty(), seeds in edit_seeds(), place in any::<Index>()) {
        let before = duty.to_json();
        let mut changes: Vec<Change> = edits(duty.tree(), &seeds).into_iter().map(Change::from).collect();
        let bad = Change::Withdraw { row: AssignmentRow::new("g0").person("nobody at all") };
        changes.insert(place.index(changes.len() + 1), bad);
        let error = change::apply(&duty, &changes, &ChangeOptions::default()).expect_err("one is bad");
        prop_assert!(error.list().iter().any(|fault| fault.code() == "row_missing"));
        prop_assert_eq!(duty.to_json(), before);
    }

    #[test]
    fn a_diff_there_is_the_diff_back_the_other_way_round(a in any_duty(), b in any_duty()) {
        prop_assert!(change::diff(&a, &a).is_empty());
        let (there, back) = (change::diff(&a, &b), change::diff(&b, &a));
        let turned: Vec<_> = back.iter().map(|row| {
            let kind = match row.kind {
                DiffKind::Added => DiffKind::Removed,
                DiffKind::Removed => DiffKind::Added,
                DiffKind::Changed => DiffKind::Changed,
            };
            (kind, row.after.clone(), row.before.clone())
        }).collect();
        let there: Vec<_> = there.into_iter().map(|row| (row.kind, row.before, row.after)).collect();
        prop_assert_eq!(&there, &turned);
        // Taking away what went and adding what came leads from one to the other.
        let sorted = |mut rows: Vec<String>| { rows.sort(); rows };
        let text = |row: &AssignmentRow| serde_json::to_string(row).expect("it is plain");
        let mut rows: Vec<String> = a.active_tables().assignments.iter().map(text).collect();
        for (_, before, after) in &there {
            if let Some(before) = before {
                let gone = text(before);
                let place = rows.iter().position(|row| *row == gone);
                rows.remove(place.expect("it was there"));
            }
            rows.extend(after.iter().map(text));
        }
        let wanted = b.active_tables().assignments.iter().map(text).collect();
        prop_assert_eq!(sorted(rows), sorted(wanted));
    }
}
