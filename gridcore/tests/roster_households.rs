//! Households: every one has one status, by its definition.
#[path = "oracle/roster_town.rs"]
mod town;

use std::collections::BTreeMap;

use gridcore::control::Control;
use gridcore::roster::{
    HouseholdMatch, HouseholdRow, HouseholdStatus, Reconciliation, RosterSide, RowState, Rules, Settle,
    ToldBy, reconcile,
};
use proptest::prelude::*;
use town::{Columns, Row, any_town, person, table, tree};

const ALL: Columns = Columns { grid: true, address: true, household: true };

fn reconciled(left: (&[Row], Columns), right: (&[Row], Columns), settle: Settle) -> Option<Reconciliation> {
    let rules = Rules { settle, ..Rules::default() };
    let tables = (table(left.0, left.1), table(right.0, right.1));
    reconcile(&tables.0, &tables.1, &rules, Some(&tree()), &mut Control::free()).ok()
}

fn any_columns() -> impl Strategy<Value = Columns> {
    (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(grid, address, household)| Columns {
        grid,
        address,
        household,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_row_is_a_member_once_and_every_household_has_a_line(
        (left, right) in any_town(),
        columns in (any_columns(), any_columns()),
        one_to_many in any::<bool>(),
    ) {
        let settle = if one_to_many { Settle::OneToMany } else { Settle::OneToOne };
        let Some(answer) = reconciled((&left, columns.0), (&right, columns.1), settle) else { return Ok(()) };
        let rows: Vec<HouseholdRow> = answer.households().collect();
        let of = |side| rows.iter().filter(move |row| row.side == side);
        prop_assert_eq!(of(RosterSide::Left).map(|row| row.members).sum::<usize>(), left.len());
        for row in &rows {
            prop_assert_eq!(row.members, row.matched + row.unmatched + row.duplicate + row.review);
            prop_assert!(row.members > 0);
        }
        let states = answer.states(RosterSide::Left);
        let count = |state| states.iter().filter(|own| **own == state).count();
        prop_assert_eq!(of(RosterSide::Left).map(|row| row.matched).sum::<usize>(), count(RowState::Matched));
        prop_assert_eq!(of(RosterSide::Left).map(|row| row.unmatched).sum::<usize>(), count(RowState::Missing));
        if columns.0.household {
            // The households by number are those that the rows name.
            let mut named: BTreeMap<&str, usize> = BTreeMap::new();
            for row in left.iter().filter(|row| !row.household.is_empty()) {
                *named.entry(&row.household).or_default() += 1;
            }
            let mut listed: BTreeMap<&str, usize> = BTreeMap::new();
            for row in of(RosterSide::Left).filter(|row| row.told_by == ToldBy::Number) {
                *listed.entry(row.household.as_str()).or_default() += row.members;
            }
            prop_assert_eq!(listed, named);
        } else {
            prop_assert!(of(RosterSide::Left).all(|row| row.told_by != ToldBy::Number));
        }
        for row in of(RosterSide::Left) {
            let nowhere = row.found == HouseholdMatch::None;
            prop_assert_eq!(nowhere, row.counterparts.is_empty());
            let found = matches!(row.status, HouseholdStatus::LivesHere | HouseholdStatus::RegisteredElsewhere);
            prop_assert_eq!(found, !nowhere);
            prop_assert!(row.status != HouseholdStatus::Unregistered);
            prop_assert!(!nowhere || row.matched == 0);
            if row.review > 0 && nowhere {
                prop_assert_eq!(row.status, HouseholdStatus::Undecided);
            }
            if row.found == HouseholdMatch::Split {
                prop_assert!(row.counterparts.len() > 1);
            }
        }
        for row in of(RosterSide::Right) {
            prop_assert_eq!((row.matched, row.found), (0, HouseholdMatch::None));
            let status = if row.review > 0 { HouseholdStatus::Undecided } else { HouseholdStatus::Unregistered };
            prop_assert_eq!(row.status, status);
        }
        // Extra rows are members of households that nobody reaches, or of one that somebody does.
        let reached: usize = of(RosterSide::Right).map(|row| row.unmatched).sum();
        prop_assert!(reached <= answer.extra().count());
    }
}

/// Eight households of three; what became of each is set up by hand.
#[test]
fn each_status_by_its_definition() {
    let mut left: Vec<Row> = (0..24).map(|number| person(number, number / 3)).collect();
    for at in 12..15 {
        left[at].grid = left[9].grid.clone();
    }
    let mut right = left.clone();
    for row in &mut right {
        row.record = row.record.replace('p', "v");
    }
    let everyone = |household: usize| household * 3..household * 3 + 3;
    // 1 was found elsewhere, all of it together.
    for at in everyone(1) {
        right[at].address = "解放街99号9栋9单元909室".to_owned();
        right[at].household = "H9001".to_owned();
    }
    // 2 was split: one member stayed.
    for at in everyone(2).skip(1) {
        right[at].address = "解放街98号8栋8单元808室".to_owned();
        right[at].household = "H9002".to_owned();
    }
    // 3 and 4, of one grid, were written down as one household.
    for at in everyone(3).chain(everyone(4)) {
        right[at].household = "H0003".to_owned();
    }
    // At 5 others were found, at 6 nobody.
    let strangers: Vec<Row> = (0..2)
        .map(|number| {
            let stranger = person(301 + 7 * number, 5);
            Row { record: format!("x{number}"), household: "H9005".to_owned(), ..stranger }
        })
        .collect();
    let mut right: Vec<Row> = right
        .into_iter()
        .enumerate()
        .filter(|(at, _)| !everyone(5).contains(at) && !everyone(6).contains(at))
        .map(|(_, row)| row)
        .collect();
    right.extend(strangers);
    let answer = reconciled((&left, ALL), (&right, ALL), Settle::OneToOne).expect("it can be read");
    assert_eq!(answer.matched().len(), 18);
    let mut found: Vec<(String, HouseholdMatch, HouseholdStatus)> =
        answer.households().map(|row| (row.household, row.found, row.status)).collect();
    found.sort();
    let wanted = [
        ("H0000", HouseholdMatch::Matched, HouseholdStatus::LivesHere),
        ("H0001", HouseholdMatch::Moved, HouseholdStatus::RegisteredElsewhere),
        ("H0002", HouseholdMatch::Split, HouseholdStatus::LivesHere),
        ("H0003", HouseholdMatch::Merged, HouseholdStatus::LivesHere),
        ("H0004", HouseholdMatch::Merged, HouseholdStatus::LivesHere),
        ("H0005", HouseholdMatch::None, HouseholdStatus::PaperOnly),
        ("H0006", HouseholdMatch::None, HouseholdStatus::Vacant),
        ("H0007", HouseholdMatch::Matched, HouseholdStatus::LivesHere),
        ("H9005", HouseholdMatch::None, HouseholdStatus::Unregistered),
    ];
    assert_eq!(found, wanted.map(|(number, found, status)| (number.to_owned(), found, status)));
}

/// Two grids that both count their households from 1: a number alone is no household, and its bearers no relatives.
#[test]
fn numbers_that_each_grid_counts_for_itself_are_households_of_that_grid() {
    let mut left: Vec<Row> = (0..24).map(|number| person(number, number / 3)).collect();
    for (at, row) in left.iter_mut().enumerate() {
        let household = at / 3;
        row.grid = town::GRIDS[household / 4].to_owned();
        row.household = format!("A{}", household % 4);
    }
    // One household lies on the border: its members name one address in two grids.
    left[..3].iter_mut().for_each(|row| row.household = "B".to_owned());
    left[1].grid = town::GRIDS[1].to_owned();
    let mut right = left.clone();
    for row in &mut right {
        row.record = row.record.replace('p', "v");
    }
    let answer = reconciled((&left, ALL), (&right, ALL), Settle::OneToOne).expect("it can be read");
    let mut found: Vec<(String, Option<String>, usize)> =
        answer.households().map(|row| (row.household, row.grid, row.members)).collect();
    found.sort();
    let [one, two] = [town::GRIDS[0], town::GRIDS[1]];
    let wanted = [
        ("A0", two, 3),
        ("A1", one, 3),
        ("A1", two, 3),
        ("A2", one, 3),
        ("A2", two, 3),
        ("A3", one, 3),
        ("A3", two, 3),
        ("B", one, 3),
    ];
    assert_eq!(
        found,
        wanted.map(|(number, grid, members)| (number.to_owned(), Some(grid.to_owned()), members))
    );
    assert!(answer.households().all(|row| row.found == HouseholdMatch::Matched));
}

/// A list of visits has no household numbers: its households are told by their dwellings, those of the register by number.
#[test]
fn a_side_without_numbers_is_told_by_dwellings() {
    let left: Vec<Row> = (0..24).map(|number| person(number, number / 3)).collect();
    let mut right = left[..21].to_vec();
    for row in &mut right {
        row.record = row.record.replace('p', "v");
    }
    let columns = Columns { household: false, ..ALL };
    let answer = reconciled((&left, ALL), (&right, columns), Settle::OneToOne).expect("it can be read");
    let rows: Vec<HouseholdRow> = answer.households().collect();
    assert_eq!(rows.len(), 8);
    for row in &rows {
        assert_eq!((row.side, row.told_by, row.members), (RosterSide::Left, ToldBy::Number, 3));
        let gone = row.household == "H0007";
        let wanted = if gone {
            (HouseholdMatch::None, HouseholdStatus::Vacant, 0)
        } else {
            (HouseholdMatch::Matched, HouseholdStatus::LivesHere, 1)
        };
        assert_eq!((row.found, row.status, row.counterparts.len()), wanted);
    }
}
