//! Laws of the outcome's tables: every row is accounted for, once, in every table.
#[path = "oracle/roster_town.rs"]
mod town;

use std::collections::{BTreeMap, BTreeSet};

use gridcore::control::Control;
use gridcore::roster::{
    ByGrid, GridCountRow, Masking, MissReason, Model, Reconciliation, RepairRow, RosterCell, RosterSide,
    RosterTable, RowState, Rules, Settle, Tier, deduplicate, reconcile,
};
use proptest::prelude::*;
use town::{Columns, Row, any_town, table, tree};

const ALL: Columns = Columns { grid: true, address: true, household: true };

fn reconciled(left: &[Row], right: &[Row], settle: Settle) -> Option<Reconciliation> {
    let rules = Rules { settle, ..Rules::default() };
    let tables = (table(left, ALL), table(right, ALL));
    reconcile(&tables.0, &tables.1, &rules, Some(&tree()), &mut Control::free()).ok()
}

fn any_settle() -> impl Strategy<Value = Settle> {
    prop_oneof![Just(Settle::OneToOne), Just(Settle::OneToMany), Just(Settle::Clusters)]
}

/// How many rows each state has, looked up row by row in the lists.
fn listed(answer: &Reconciliation) -> BTreeMap<(RosterSide, RowState), BTreeSet<usize>> {
    let mut rows: BTreeMap<(RosterSide, RowState), BTreeSet<usize>> = BTreeMap::new();
    let mut put = |side, state, row| {
        rows.entry((side, state)).or_default().insert(row);
    };
    for pair in answer.matched() {
        put(RosterSide::Left, RowState::Matched, pair.left_row);
        put(RosterSide::Right, RowState::Matched, pair.right_row);
    }
    answer.missing().for_each(|row| put(RosterSide::Left, RowState::Missing, row.row));
    answer.extra().for_each(|row| put(RosterSide::Right, RowState::Extra, row.row));
    answer.duplicates().for_each(|row| put(row.side, RowState::Duplicate, row.row));
    for pair in answer.review() {
        put(pair.left_side, RowState::Review, pair.left_row);
        put(pair.right_side, RowState::Review, pair.right_row);
    }
    rows
}

/// The table by grid, reckoned by asking for each grid which rows lie in it.
fn by_naively(answer: &Reconciliation, left: &[Row], right: &[Row]) -> Vec<GridCountRow> {
    let tree = tree();
    let states = RosterSide::ALL.map(|side| answer.states(side));
    let known = |row: &Row| tree.find(&row.grid);
    let mut table = Vec::new();
    for place in tree.indices().map(Some).chain([None]) {
        let inside = |row: &Row| match (place, known(row)) {
            (Some(place), Some(grid)) => tree.path(grid).contains(&place),
            (None, grid) => grid.is_none(),
            (Some(_), None) => false,
        };
        let count = |side: usize, state: Option<RowState>| {
            let rows = [left, right][side];
            let of_state = |at: &usize| state.is_none_or(|state| states[side][*at] == state);
            (0..rows.len()).filter(of_state).filter(|&at| inside(&rows[at])).count()
        };
        let moves = |out: bool| {
            let moved = |left: &Row, right: &Row| {
                let (from, to) = (inside(left), inside(right));
                let named = !left.grid.is_empty() && !right.grid.is_empty();
                named && (if out { from && !to } else { to && !from })
            };
            answer.matched().filter(|pair| moved(&left[pair.left_row], &right[pair.right_row])).count()
        };
        let row = GridCountRow {
            grid: place.map(|place| tree.code(place).to_string()),
            name: place.map(|place| tree.name(place).to_owned()),
            level: place.map(|place| tree.level(place)),
            left: count(0, None),
            left_matched: count(0, Some(RowState::Matched)),
            missing: count(0, Some(RowState::Missing)),
            left_duplicate: count(0, Some(RowState::Duplicate)),
            left_review: count(0, Some(RowState::Review)),
            kept: 0,
            right: count(1, None),
            right_matched: count(1, Some(RowState::Matched)),
            extra: count(1, Some(RowState::Extra)),
            right_duplicate: count(1, Some(RowState::Duplicate)),
            right_review: count(1, Some(RowState::Review)),
            moved_out: moves(true),
            moved_in: moves(false),
        };
        if place.is_some() || row.left + row.right + row.moved_in + row.moved_out > 0 {
            table.push(row);
        }
    }
    table
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_row_is_in_one_list_and_counted_once((left, right) in any_town(), settle in any_settle()) {
        let Some(answer) = reconciled(&left, &right, settle) else { return Ok(()) };
        let listed = listed(&answer);
        for (side, rows) in [(RosterSide::Left, left.len()), (RosterSide::Right, right.len())] {
            let all: Vec<usize> =
                listed.iter().filter(|(key, _)| key.0 == side).flat_map(|(_, rows)| rows.iter().copied()).collect();
            prop_assert_eq!(all.len(), rows, "no row is in two lists");
            prop_assert_eq!(all.into_iter().collect::<BTreeSet<_>>().len(), rows, "every row is in a list");
            let states = answer.states(side);
            for ((_, state), rows) in listed.iter().filter(|(key, _)| key.0 == side) {
                prop_assert!(rows.iter().all(|&row| states[row] == *state));
            }
            prop_assert_eq!(answer.counts().iter().filter(|row| row.side == side).map(|row| row.rows).sum::<usize>(), rows);
        }
        for row in answer.counts() {
            prop_assert_eq!(row.rows, listed.get(&(row.side, row.state)).map_or(0, BTreeSet::len));
        }
        // Clusters: counterparts and doubles are in the cluster of the row they go with, and sizes add up.
        let clusters: Vec<_> = answer.clusters().collect();
        prop_assert_eq!(clusters.len(), left.len() + right.len());
        let of: BTreeMap<_, _> = clusters.iter().map(|row| ((row.side, row.row), row)).collect();
        for pair in answer.matched() {
            let (a, b) = (of[&(RosterSide::Left, pair.left_row)], of[&(RosterSide::Right, pair.right_row)]);
            prop_assert_eq!(&a.cluster, &b.cluster);
        }
        for row in answer.duplicates() {
            let (own, stands) = (of[&(row.side, row.row)], of[&(row.side, row.of_row)]);
            prop_assert_eq!((&own.cluster, own.canonical, stands.canonical), (&stands.cluster, false, true));
        }
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &clusters {
            *sizes.entry(&row.cluster).or_default() += 1;
        }
        prop_assert!(clusters.iter().all(|row| sizes[row.cluster.as_str()] == row.size));
    }

    #[test]
    fn the_table_by_grid_is_what_the_definition_says((left, right) in any_town(), settle in any_settle()) {
        let Some(answer) = reconciled(&left, &right, settle) else { return Ok(()) };
        let naive = by_naively(&answer, &left, &right);
        prop_assert_eq!(&answer.by(ByGrid::All, None), &naive);
        // One level: its grids, and with no grid all rows above it or unknown; nothing is lost.
        for level in 0..3 {
            let rows = answer.by(ByGrid::Level(level), None);
            let of_level: Vec<_> = naive.iter().filter(|row| row.level == Some(level)).cloned().collect();
            let own: Vec<_> = rows.iter().filter(|row| row.grid.is_some()).cloned().collect();
            prop_assert_eq!(own, of_level);
        }
        for by in [ByGrid::Named, ByGrid::Level(0), ByGrid::Level(1), ByGrid::Level(2)] {
            let rows = answer.by(by, None);
            prop_assert_eq!(rows.iter().map(|row| row.left).sum::<usize>(), left.len());
            prop_assert_eq!(rows.iter().map(|row| row.right).sum::<usize>(), right.len());
            for row in rows {
                prop_assert_eq!(row.left, row.left_matched + row.missing + row.left_duplicate + row.left_review);
                prop_assert_eq!(row.right, row.right_matched + row.extra + row.right_duplicate + row.right_review);
            }
        }
        // Moves are between two known grids; the deepest grid that holds both is above each.
        let tree = tree();
        for row in answer.moved() {
            prop_assert_ne!(&row.from, &row.to);
            prop_assert_eq!((&row.from, &row.to), (&left[row.left_row].grid, &right[row.right_row].grid));
            let ends = (tree.find(&row.from), tree.find(&row.to));
            let common = match ends {
                (Some(from), Some(to)) => Some(tree.code(tree.lca(from, to)).to_string()),
                _ => None,
            };
            prop_assert_eq!(row.common, common);
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing_but_their_numbers((left, right) in any_town(), settle in any_settle()) {
        let Some(answer) = reconciled(&left, &right, settle) else { return Ok(()) };
        let turned = |rows: &[Row]| rows.iter().rev().cloned().collect::<Vec<_>>();
        let (left_turned, right_turned) = (turned(&left), turned(&right));
        let again = reconciled(&left_turned, &right_turned, settle).expect("the same rows");
        let mut states = again.states(RosterSide::Left);
        states.reverse();
        prop_assert_eq!(answer.states(RosterSide::Left), states);
        let ids = |answer: &Reconciliation| -> Vec<(String, u64)> {
            answer.matched().map(|pair| (pair.link, pair.weight.to_bits())).collect()
        };
        prop_assert_eq!(ids(&answer), ids(&again));
        let households = |answer: &Reconciliation| -> Vec<_> { answer.households().collect() };
        prop_assert_eq!(households(&answer), households(&again));
        prop_assert_eq!(answer.by(ByGrid::All, None), again.by(ByGrid::All, None));
    }

    #[test]
    fn a_deduplication_keeps_one_row_of_each_cluster((left, _) in any_town()) {
        let Ok(answer) = deduplicate(&table(&left, ALL), &Rules::default(), None, &mut Control::free()) else {
            return Ok(());
        };
        let states = answer.states(RosterSide::Left);
        prop_assert_eq!(states.len(), left.len());
        prop_assert_eq!(answer.counts().iter().map(|row| row.rows).sum::<usize>(), left.len());
        let clusters: BTreeSet<String> = answer.clusters().map(|row| row.cluster).collect();
        let doubles = states.iter().filter(|state| **state == RowState::Duplicate).count();
        prop_assert_eq!(clusters.len(), left.len() - doubles);
        prop_assert_eq!(answer.missing().count() + answer.extra().count() + answer.matched().count(), 0);
        prop_assert_eq!(answer.households().count(), 0);
    }
}

/// A matched pair that disagrees about its identity number, of which one is unsound: the number that was meant is proposed.
#[test]
fn a_slip_in_an_identity_number_is_mended_on_paper() {
    let left: Vec<Row> = (0..40).map(|number| town::person(number, number / 3)).collect();
    let mut right = left.clone();
    for row in &mut right {
        row.record = row.record.replace('p', "v");
    }
    let sound = right[7].id.clone();
    let wrong = if sound.as_bytes()[15] == b'9' { "1" } else { "9" };
    right[7].id.replace_range(15..16, wrong);
    let answer = reconciled(&left, &right, Settle::OneToOne).expect("it can be read");
    assert_eq!(answer.matched().len(), 40);
    let conflicts: Vec<_> = answer.conflicts().collect();
    assert_eq!(conflicts.len(), 1);
    let conflict = &conflicts[0];
    assert_eq!((conflict.field.as_str(), conflict.level.as_str()), ("身份证号", "one_digit"));
    assert_eq!(conflict.repair_side, Some(RosterSide::Right));
    let masked = format!("{}********{}", &sound[..6], &sound[14..]);
    assert_eq!(conflict.repair.as_deref(), Some(masked.as_str()));
    assert_ne!(conflict.left_value, conflict.right_value);
    // A list of its own, beside the pairs; a slip in the birth is told by the birth alone, matched or not.
    let alone = |row: RepairRow| (row.side, row.row, row.repair, row.digit, row.confirmed);
    let repairs: Vec<_> = answer.repairs(Masking::Shown).map(alone).collect();
    assert_eq!(repairs, [(RosterSide::Right, 7, sound.clone(), 16, true)]);
    let mut missing = left.clone();
    let digit = if sound.as_bytes()[13] == b'9' { "1" } else { "9" };
    missing[7].id.replace_range(13..14, digit);
    let none = reconciled(&missing, &right[20..], Settle::OneToOne).expect("it can be read");
    let repairs: Vec<_> = none.repairs(Masking::Shown).map(alone).collect();
    assert_eq!(repairs, [(RosterSide::Left, 7, sound.clone(), 14, false)]);
    assert!(none.repairs(Masking::Masked).all(|row| row.value.contains('*') && row.repair == masked));
    let shown = serde_json::to_string(&conflicts).expect("rows are plain");
    assert!(!shown.contains(&sound) && !shown.contains(&right[7].id), "no number is shown");
}

/// Many of one name, and pairs allowed for some of them only: whoever was compared with nobody is told from whoever nobody
/// comes near.
#[test]
fn rows_that_no_pair_was_left_for_say_so() {
    // Seven names that ten bear on either side use up pairs first; what is left goes to the name that 1600 bear.
    let names = |many: usize| -> Vec<String> {
        let few = "甲乙丙丁戊己庚".chars().flat_map(|letter| vec![format!("赵{letter}"); 10]);
        few.chain(vec!["王伟".to_owned(); many]).collect()
    };
    let (left, right) = (names(1600), names(10));
    let reconciled = |most| {
        fn name(names: &[String]) -> RosterTable<'_> {
            RosterTable::new(names.len()).column("姓名", |row| RosterCell::Text(&names[row]))
        }
        let rules = Rules { most_candidates_per_row: most, ..Rules::default() };
        reconcile(&name(&left), &name(&right), &rules, None, &mut Control::free()).expect("they can be read")
    };
    let (scarce, plenty) = (reconciled(1), reconciled(50));
    let unmet = |answer: &Reconciliation| {
        let rows = answer.missing().chain(answer.extra());
        rows.filter(|row| row.reason == MissReason::NotCompared).count()
    };
    assert_eq!((unmet(&plenty), plenty.report().uncompared_rows), (0, 0));
    assert!(unmet(&scarce) > 100, "{}", unmet(&scarce));
    assert_eq!(unmet(&scarce), scarce.report().uncompared_rows);
    let row = scarce.missing().find(|row| row.reason == MissReason::NotCompared).expect("there are many");
    assert_eq!((row.row >= 70, row.nearest, row.probability), (true, None, None));
    let why = scarce.explain_row(RosterSide::Left, &row.id).expect("it is there");
    assert_eq!(why.reason, Some(MissReason::NotCompared));
}

/// What models make of agreement, right or wrong.
fn any_model(learnt: Model) -> impl Strategy<Value = Model> {
    let levels: usize = learnt.comparisons.iter().map(|of| of.levels.len()).sum();
    let odds = proptest::collection::vec((1e-6..1.0, 1e-6..1.0), levels);
    (odds, 1e-9..0.9).prop_map(move |(odds, prior)| {
        let mut model = Model { prior, others: Vec::new(), ..learnt.clone() };
        let levels = model.comparisons.iter_mut().flat_map(|of| &mut of.levels);
        for (level, (m, u)) in levels.zip(odds) {
            (level.m, level.u) = (m, u);
        }
        model
    })
}

fn people(numbers: std::ops::Range<usize>, list: &str) -> Vec<Row> {
    let person =
        |number: usize| Row { record: format!("{list}{number}"), ..town::person(number, number / 3) };
    numbers.map(person).collect()
}

fn learnt() -> Model {
    let answer =
        reconciled(&people(0..40, "a"), &people(10..50, "b"), Settle::OneToOne).expect("it can be read");
    answer.model().clone()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever a model thinks: people who have their number and name on both rosters are matched with themselves.
    #[test]
    fn a_sound_number_under_one_name_is_matched_under_any_model(
        model in any_model(learnt()),
        settle in any_settle(),
        slips in proptest::collection::vec(0..5_u8, 30),
        match_at in 0.1..0.999,
    ) {
        let (left, mut right) = (people(0..25, "a"), people(5..30, "b"));
        for (row, slip) in right.iter_mut().zip(slips) {
            match slip {
                // Somebody else's phone, birth and address speak against it, or all else is missing.
                0 => *row = Row { record: row.record.clone(), name: row.name.clone(), id: row.id.clone(), ..left[0].clone() },
                1 => *row = Row { record: row.record.clone(), name: row.name.clone(), id: row.id.clone(), ..Row::default() },
                // These are not sure.
                2 => row.id.clear(),
                3 => left[1].name.clone_into(&mut row.name),
                _ => {}
            }
        }
        let rules = Rules { settle, match_at, review_at: 0.05, model: Some(model), ..Rules::default() };
        let tables = (table(&left, ALL), table(&right, ALL));
        let answer = reconcile(&tables.0, &tables.1, &rules, Some(&tree()), &mut Control::free()).expect("it can be read");
        let matched: BTreeMap<(usize, usize), Tier> =
            answer.matched().map(|row| ((row.left_row, row.right_row), row.tier)).collect();
        for (l, one) in left.iter().enumerate() {
            for (r, other) in right.iter().enumerate() {
                if one.id != other.id || one.name != other.name {
                    continue;
                }
                if settle == Settle::Clusters {
                    // A cluster may hold others as well, one of which stands for it.
                    let cluster = |side, row| answer.clusters().find(|of| of.side == side && of.row == row).map(|of| of.cluster);
                    prop_assert_eq!(cluster(RosterSide::Left, l), cluster(RosterSide::Right, r));
                } else {
                    prop_assert_eq!(matched.get(&(l, r)), Some(&Tier::Id));
                }
            }
        }
    }
}

#[test]
fn debug_shows_nobody() {
    let left: Vec<Row> = (0..30).map(|number| town::person(number, number / 3)).collect();
    let right: Vec<Row> = left[..20].to_vec();
    let answer = reconciled(&left, &right, Settle::OneToOne).expect("it can be read");
    let all = format!(
        "{:?}{:?}{:?}{:?}{:?}",
        answer,
        answer.matched().collect::<Vec<_>>(),
        answer.missing().collect::<Vec<_>>(),
        answer.households().collect::<Vec<_>>(),
        answer.clusters().collect::<Vec<_>>(),
    );
    for row in &left {
        for value in [&row.record, &row.name, &row.id, &row.phone, &row.birth, &row.household] {
            assert!(!all.contains(&format!("\"{value}\"")), "a value is shown");
        }
    }
}
