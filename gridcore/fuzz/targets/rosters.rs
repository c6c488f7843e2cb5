//! Rosters with anything in their cells: every row is accounted for, later rows lead where all at once would have led, and a
//! run comes back as it was saved.
#![no_main]

use std::collections::BTreeSet;

use gridcore::control::Control;
use gridcore::roster::{
    ReconcileError, Reconciliation, RosterSide, RosterTable, RowState, Rules, Settle, Stamp, Update,
    deduplicate, reconcile,
};
use gridcore::tree::{Cell, Column};
use gridcore::{GridRow, GridTree};
use gridcore_fuzz::{Choices, explains_itself};
use libfuzzer_sys::fuzz_target;

/// Units of work: a hostile table may ask for much.
const LIMIT: u64 = 200_000;

/// A value that no message may repeat.
const CANARY: &str = "金丝雀Canary";

/// Headings, and what mostly stands under them.
const COLUMNS: &[(&str, &[&str])] = &[
    ("姓名", &["张三", "張三", "章三", "欧阳娜娜", "阿依古丽·买买提", "Ann O'Brien", "😀", "无", CANARY]),
    ("身份证号", &["11010519491231002X", "440524188001010014", "110105491231002", "1101051949123100", "0"]),
    ("联系电话", &["13800138000", "+86 138 0013 8000", "0760-88880000", "13800138001;13900139000", "-"]),
    ("出生日期", &["1949-12-31", "19491231", "1949/12/31", "31.12.1949", "1949", "1949-02-30", "12/11/1949"]),
    ("性别", &["男", "女", "M", "0", "1", "2"]),
    ("住址", &["中山路1号3栋2单元501室", "中山路1号3-2-501", "中山路1号3幢2单元501", "中山路"]),
    ("网格", &["111", "12", "11", "999"]),
    ("户号", &["1", "2", "1e3"]),
    ("备注", &["a", "b", CANARY]),
];

/// The cells of a roster, column by column.
struct Cells {
    rows: usize,
    columns: Vec<(String, Vec<Cell>)>,
}

impl Cells {
    fn drawn(choices: &mut Choices<'_>, kept: u8, ids: u8, side: char) -> Self {
        let rows = usize::from(choices.byte() % 48);
        let mut columns = Vec::new();
        if !ids.is_multiple_of(3) {
            let id = |row: usize, choices: &mut Choices<'_>| match ids % 3 {
                1 => Cell::Text(format!("{side}-{row}")),
                _ => choices.cell(&["1", "2", "r-1", "r-1 "]),
            };
            columns.push(("rid".to_owned(), (0..rows).map(|row| id(row, choices)).collect()));
        }
        for (place, (heading, usual)) in COLUMNS.iter().enumerate() {
            // One column is always there.
            if place == 0 || kept >> (place % 8) & 1 == 1 {
                columns.push(((*heading).to_owned(), (0..rows).map(|_| choices.cell(usual)).collect()));
            }
        }
        Self { rows, columns }
    }

    /// Its first rows, or all after them.
    fn part(&self, from: usize, to: usize) -> RosterTable<'_> {
        self.columns.iter().fold(RosterTable::new(to - from), |table, (heading, cells)| {
            table.with(heading, Column::Cells(&cells[from..to]))
        })
    }

    fn table(&self) -> RosterTable<'_> {
        self.part(0, self.rows)
    }
}

fn tree() -> GridTree {
    let rows = [
        GridRow::new("1", "city"),
        GridRow::new("11", "north").under("1"),
        GridRow::new("12", "south").under("1"),
        GridRow::new("111", "mill street").under("11"),
    ];
    GridTree::from_rows(rows).expect("four sound rows")
}

/// Checks that each row has one state, and that the lists are of those states.
fn accounts_for_all(answer: &Reconciliation, left: usize, right: Option<usize>, settle: Settle) {
    let counts = answer.counts();
    let mut states = Vec::new();
    for (side, rows) in [(RosterSide::Left, left), (RosterSide::Right, right.unwrap_or(0))] {
        let of_side = answer.states(side);
        assert_eq!(of_side.len(), rows);
        let of_state = |state| of_side.iter().filter(|&&other| other == state).count();
        let counted: Vec<_> = counts.iter().filter(|row| row.side == side).collect();
        assert_eq!(counted.iter().map(|row| row.rows).sum::<usize>(), rows);
        assert!(counted.iter().all(|row| row.rows == of_state(row.state)));
        states.push(of_side);
    }
    let rows_in = |side: usize, state| states[side].iter().filter(|&&other| other == state).count();
    assert_eq!(answer.missing().count(), rows_in(0, RowState::Missing));
    assert_eq!(answer.extra().count(), rows_in(1, RowState::Extra));
    let doubles = answer.duplicates().count();
    assert_eq!(doubles, rows_in(0, RowState::Duplicate) + rows_in(1, RowState::Duplicate));
    let mut seen = [BTreeSet::new(), BTreeSet::new()];
    for pair in answer.matched() {
        assert_eq!(states[0][pair.left_row], RowState::Matched);
        assert_eq!(states[1][pair.right_row], RowState::Matched);
        assert!((0.0..=1.0).contains(&pair.probability));
        seen[0].insert(pair.left_row);
        assert!(seen[1].insert(pair.right_row), "a row of the right belongs to two of the left");
    }
    assert_eq!(seen.each_ref().map(BTreeSet::len), [0, 1].map(|side| rows_in(side, RowState::Matched)));
    assert!(settle == Settle::OneToMany || seen[0].len() == seen[1].len());
    for row in answer.review() {
        assert_eq!(states[row.left_side as usize][row.left_row], RowState::Review);
    }
    let households: usize = answer.households().map(|household| household.members).sum();
    assert!(households <= left + right.unwrap_or(0));
    assert!(!format!("{answer:?}").contains(CANARY));
}

/// Checks that a refusal explains itself without repeating a value.
fn explains(error: &ReconcileError) {
    if !matches!(error, ReconcileError::Stopped(_)) {
        explains_itself(error);
    }
    assert!(!format!("{error} {error:?}").contains(CANARY));
}

fuzz_target!(|bytes: &[u8]| {
    let mut choices = Choices(bytes);
    let [door, kept, ids, settle] = [(); 4].map(|()| choices.byte());
    let settle = [Settle::OneToOne, Settle::OneToMany, Settle::Clusters][usize::from(settle % 3)];
    let rules = Rules { settle, ..Rules::default() };
    let tree = tree();
    let left = Cells::drawn(&mut choices, kept, ids, 'l');
    let limited = &mut Control::limited(LIMIT);
    if door.is_multiple_of(4) {
        match deduplicate(&left.table(), &rules, Some(&tree), limited) {
            Ok(answer) => accounts_for_all(&answer, left.rows, None, Settle::Clusters),
            Err(error) => explains(&error),
        }
        return;
    }
    let right = Cells::drawn(&mut choices, kept, ids, 'r');
    let answer = match reconcile(&left.table(), &right.table(), &rules, Some(&tree), limited) {
        Ok(answer) => answer,
        Err(error) => return explains(&error),
    };
    accounts_for_all(&answer, left.rows, Some(right.rows), settle);
    let saved = answer.to_json();
    assert!(!saved.contains(CANARY));
    let control = &mut Control::free();
    let again = Reconciliation::load(&saved, &left.table(), Some(&right.table()), Some(&tree), control);
    let again = again.expect("what is saved can be loaded");
    assert_eq!(again.to_json(), saved);
    assert!(RosterSide::ALL.into_iter().all(|side| again.states(side) == answer.states(side)));
    if ids % 3 != 1 {
        return;
    }
    // The ids are sound: some rows go and come back, as an update.
    let half = right.rows / 2;
    let gone: Vec<String> = (half..right.rows).map(|row| format!("r-{row}")).collect();
    let less = answer.update(&Update { remove_right: gone, ..Update::default() }, &Stamp::default(), control);
    let less = less.expect("rows that are there can go");
    accounts_for_all(&less, left.rows, Some(half), settle);
    let back = Update { right: Some(right.part(half, right.rows)), ..Update::default() };
    match less.update(&back, &Stamp::default(), control) {
        Ok(whole) => {
            accounts_for_all(&whole, left.rows, Some(right.rows), settle);
            assert!(RosterSide::ALL.into_iter().all(|side| whole.states(side) == answer.states(side)));
        }
        // What stood among the others may be refused where it stands with few: such as a column that is of another kind there.
        Err(error) => {
            explains_itself(&error);
            assert!(!format!("{error} {error:?}").contains(CANARY));
        }
    }
});
