//! Laws of the ledger of eligibility.
#![cfg(feature = "roster")]

use std::collections::{BTreeMap, BTreeSet};

use gridcore::roster::{
    EligibilityRow, Ledger, LedgerCount, LedgerNumber, LedgerRule, LedgerState, PublishedRow,
};
use gridcore::{GridRow, GridTree, Lang, Problem};
use proptest::prelude::*;

#[path = "oracle/reckon.rs"]
mod oracle;

const STATUSES: [&str; 5] = ["eligible", "unreachable", "refused", "done", "exempt"];

/// A tree in which each grid but the first stands under an earlier one.
fn tree(parents: &[usize]) -> GridTree {
    let rows = (0..=parents.len()).map(|grid| {
        let row = GridRow::new(format!("g{grid}"), format!("grid {grid}"));
        grid.checked_sub(1).map_or(row.clone(), |before| row.under(format!("g{}", parents[before] % grid)))
    });
    GridTree::from_rows(rows).expect("it is sound")
}

/// Rows of people who each stay at one grid.
fn any_rows() -> impl Strategy<Value = Vec<EligibilityRow>> {
    let row = (0..8_u8, 0..5_usize, prop::option::of(0..3_i64), prop::option::of(0..2_u8));
    prop::collection::vec(row, 0..24).prop_map(|rows| {
        let row = |(person, status, day, reason): (u8, usize, Option<i64>, Option<u8>)| {
            let mut row =
                EligibilityRow::new(format!("p-{person}"), format!("g{}", person % 4), STATUSES[status]);
            (row.day, row.reason) = (day, reason.map(|reason| format!("reason {reason}")));
            row
        };
        rows.into_iter().map(row).collect()
    })
}

/// Where everybody stands, by looking through all rows for each question in its order.
fn states(rows: &[EligibilityRow], rule: LedgerRule) -> BTreeMap<String, LedgerState> {
    let people: BTreeSet<&str> = rows.iter().map(|row| row.person.as_str()).collect();
    let state = |person: &str| {
        let own = || rows.iter().filter(|row| row.person == person);
        let latest = own().map(|row| row.day).max().expect("there is a row");
        let says = |status| {
            own().any(|row| row.status == status && (rule == LedgerRule::Strongest || row.day == latest))
        };
        if says("exempt") {
            LedgerState::Exempt
        } else if says("done") {
            LedgerState::Done
        } else if says("refused") {
            LedgerState::Refused
        } else if says("unreachable") {
            LedgerState::Unreachable
        } else {
            LedgerState::Pending
        }
    };
    people.into_iter().map(|person| (person.to_owned(), state(person))).collect()
}

fn number(count: &LedgerCount, number: LedgerNumber) -> usize {
    match number {
        LedgerNumber::Eligible => count.eligible,
        LedgerNumber::Exempt => count.exempt,
        LedgerNumber::Due => count.due,
        LedgerNumber::Done => count.done,
        LedgerNumber::Open => count.open,
        LedgerNumber::Refused => count.refused,
        LedgerNumber::Unreachable => count.unreachable,
        LedgerNumber::Pending => count.pending,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Everybody stands in exactly one state, the one that the long way finds; the names behind a number are as many as
    /// it says, at its grid or beneath; numbers add up.
    #[test]
    fn each_person_is_counted_once(rows in any_rows(), parents in prop::array::uniform3(0..9_usize)) {
        let tree = tree(&parents);
        for rule in [LedgerRule::Strongest, LedgerRule::Latest] {
            let ledger = Ledger::read(rows.clone(), &tree, rule).expect("the rows are sound");
            let told: BTreeMap<String, LedgerState> =
                ledger.rows().into_iter().map(|row| (row.person.as_str().to_owned(), row.state)).collect();
            prop_assert_eq!(told.len(), ledger.rows().len());
            prop_assert_eq!(&told, &states(&rows, rule));
            for row in ledger.rows() {
                // The row that decided says so itself.
                let decided = &rows[row.row];
                prop_assert_eq!((&decided.person[..], decided.day, &decided.reason), (row.person.as_str(), row.day, &row.reason));
            }
            for grid in tree.indices() {
                let code = tree.code(grid).to_string();
                let count = ledger.count(&code).expect("a grid");
                for which in LedgerNumber::ALL {
                    let behind = ledger.behind(&code, which).expect("a grid");
                    prop_assert_eq!(behind.len(), number(&count, which));
                    for row in behind {
                        let at = row.grid.with_str(|code| tree.find(code)).expect("a grid");
                        prop_assert!(at == grid || tree.is_ancestor(grid, at));
                        prop_assert!(which.counts(row.state));
                    }
                }
                prop_assert_eq!(count.eligible, count.exempt + count.due);
                prop_assert_eq!(count.due, count.done + count.open);
                prop_assert_eq!(count.coverage, (count.due > 0).then(|| count.done as f64 / count.due as f64));
            }
            prop_assert_eq!(ledger.total().eligible, told.len());
        }
    }

    /// The order of rows has no meaning.
    #[test]
    fn order_of_rows_has_no_meaning(
        (rows, shuffled) in any_rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        let tree = tree(&[0, 0, 0]);
        let told = |rows: Vec<EligibilityRow>| {
            let mut told = Ledger::read(rows, &tree, LedgerRule::Strongest).expect("the rows are sound").rows();
            for row in &mut told {
                row.row = 0;
            }
            told
        };
        prop_assert_eq!(told(rows), told(shuffled));
    }
}

/// What is published of a state of affairs: people at each grid in each of the states that `statuses` names.
fn published(tree: &GridTree, people: &[Vec<usize>], statuses: &[&str], least: usize) -> Vec<PublishedRow> {
    let mut rows = Vec::new();
    for (grid, states) in people.iter().enumerate() {
        for (status, &count) in statuses.iter().zip(states) {
            let row = |n| EligibilityRow::new(format!("{grid}-{status}-{n}"), format!("g{grid}"), *status);
            rows.extend((0..count).map(row));
        }
    }
    Ledger::read(rows, tree, LedgerRule::Strongest).expect("the rows are sound").published(least)
}

/// The smallest sum of people that can be reckoned from what is published.
fn reckoned(tree: &GridTree, people: &[Vec<usize>], statuses: &[&str], least: usize) -> Option<usize> {
    let rows = published(tree, people, statuses, least);
    let mut sets = Vec::new();
    for (row, grid) in rows.iter().zip(tree.indices()) {
        let cells = |wanted: &[&str]| {
            let mut set = 0_u32;
            for other in 0..people.len() {
                let at = tree.find(&format!("g{other}")).expect("a grid");
                if at == grid || tree.is_ancestor(grid, at) {
                    for (place, status) in statuses.iter().enumerate() {
                        set |= u32::from(wanted.contains(status)) << (other * statuses.len() + place);
                    }
                }
            }
            set
        };
        sets.extend(row.eligible.map(|_| cells(&STATUSES)));
        sets.extend(row.exempt.map(|_| cells(&["exempt"])));
        sets.extend(row.due.map(|_| cells(&["eligible", "unreachable", "refused", "done"])));
        sets.extend(row.done.map(|_| cells(&["done"])));
        sets.extend(row.open.map(|_| cells(&["eligible", "unreachable", "refused"])));
        sets.extend(row.refused.map(|_| cells(&["refused"])));
        sets.extend(row.unreachable.map(|_| cells(&["unreachable"])));
        sets.extend(row.pending.map(|_| cells(&["eligible"])));
    }
    oracle::smallest(&people.concat(), &sets)
}

fn any_people(grids: usize, states: usize) -> impl Strategy<Value = Vec<Vec<usize>>> {
    let cell = prop_oneof![2 => Just(0_usize), 3 => 1..5_usize, 4 => 5..12_usize];
    prop::collection::vec(prop::collection::vec(cell, states), grids)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// No sum or difference of published numbers is a small number of people: three grids in all states.
    #[test]
    fn no_small_cell_can_be_reckoned(people in any_people(3, 5), parents in prop::array::uniform2(0..9_usize)) {
        let smallest = reckoned(&tree(&parents), &people, &STATUSES, 5);
        prop_assert!(smallest.is_none_or(|sum| sum >= 5), "{smallest:?}");
    }

    /// The same of more grids and fewer states.
    #[test]
    fn no_small_cell_can_be_reckoned_of_many_grids(
        people in any_people(7, 2),
        parents in prop::array::uniform6(0..9_usize),
    ) {
        let smallest = reckoned(&tree(&parents), &people, &["refused", "done"], 5);
        prop_assert!(smallest.is_none_or(|sum| sum >= 5), "{smallest:?}");
    }

    /// What is published is true; without a least size it is everything, and a larger size never shows more of the whole.
    #[test]
    fn published_numbers_are_true(people in any_people(4, 5), parents in prop::array::uniform3(0..9_usize)) {
        let tree = tree(&parents);
        let everything = published(&tree, &people, &STATUSES, 0);
        prop_assert!(everything.iter().all(|row| row.eligible.is_some() && row.pending.is_some()));
        for (row, truth) in published(&tree, &people, &STATUSES, 5).iter().zip(&everything) {
            prop_assert!(row.due.is_none() || row.due == truth.due);
            prop_assert!(row.exempt.is_none() || row.exempt == truth.exempt);
            prop_assert!(row.done.is_none() || row.done == truth.done && row.coverage == truth.coverage);
            prop_assert!(row.done.is_some() || row.coverage.is_none() && row.refused.is_none());
            prop_assert!(row.refused.is_none() || row.refused == truth.refused);
        }
        let whole = &everything[0];
        let large = |cell: Option<usize>| cell.is_some_and(|cell| cell == 0 || cell >= 5);
        prop_assert_eq!(published(&tree, &people, &STATUSES, 5)[0].due.is_some(), large(whole.due));
    }
}

#[test]
fn all_faults_at_once_and_nobody_named() {
    let rows = [
        EligibilityRow::new("secret", "g0", "done"),
        EligibilityRow::new("secret", "g1", "done"),
        EligibilityRow::new("secret", "g9", "perhaps"),
        EligibilityRow::new("", "", ""),
    ];
    let error = Ledger::read(rows, &tree(&[0]), LedgerRule::Strongest).expect_err("six faults");
    let told: Vec<_> = error
        .faults()
        .into_iter()
        .map(|fault| (fault.row.unwrap_or(99), fault.code, fault.related))
        .collect();
    let fault = |row, code: &str, related: &[usize]| (row, code.to_owned(), related.to_vec());
    assert_eq!(
        told,
        [
            fault(1, "several_grids", &[0]),
            fault(2, "unknown_grid", &[]),
            fault(2, "unknown_status", &[]),
            fault(3, "empty_cell", &[]),
            fault(3, "empty_cell", &[]),
            fault(3, "empty_cell", &[]),
        ]
    );
    for lang in [Lang::En, Lang::Zh] {
        assert!(!error.text(lang).contains("secret") && !error.text(lang).contains("perhaps"));
    }
}

#[test]
fn nobody_due_has_no_coverage_and_contradictions_are_told() {
    let rows = [
        EligibilityRow::new("p-1", "g1", "exempt").day(3).reason("newborn"),
        EligibilityRow::new("p-1", "g1", "done").day(4),
    ];
    let ledger = Ledger::read(rows.clone(), &tree(&[0]), LedgerRule::Strongest).expect("the rows are sound");
    assert_eq!((ledger.total().coverage, ledger.total().exempt), (None, 1));
    let row = &ledger.rows()[0];
    assert_eq!((row.exempt_yet_done, row.day, row.reason.as_deref()), (true, Some(3), Some("newborn")));
    assert!(!format!("{row:?}{ledger:?}").contains("p-1"));
    let latest = Ledger::read(rows, &tree(&[0]), LedgerRule::Latest).expect("the rows are sound");
    assert_eq!(latest.total().coverage, Some(1.0));
    assert!(ledger.count("g7").is_err());
}
