//! The door: every fault of every row at once, and nothing about a person in any of them.

use gridcore::responsibility::{
    AbsenceRow, AssignmentRow, ChainRow, DeputyRow, DutyTable, DutyTables, HoldingRow, PersonRow, PostRule,
    Responsibility, Role, TeamRow,
};
use gridcore::{DutyError, GridRow, GridTree, Lang, Problem};

const SECRET: &str = "张三 13800000000";

fn tree() -> GridTree {
    GridTree::from_rows([
        GridRow::new("1", "city"),
        GridRow::new("11", "north").under("1"),
        GridRow::new("12", "south").under("1"),
    ])
    .expect("a tree")
}

fn refused(tables: &DutyTables) -> DutyError {
    Responsibility::from_tables(&tree(), tables).expect_err("something is at fault")
}

fn listed(error: &DutyError) -> Vec<(DutyTable, usize, &'static str)> {
    error.list().iter().map(|fault| (fault.table, fault.row, fault.code())).collect()
}

#[test]
fn every_fault_of_every_table_is_told_at_once() {
    let bad = "x\u{7}";
    let tables = DutyTables {
        assignments: vec![
            AssignmentRow::new("").person("p-1"),
            AssignmentRow::new("1").person("p-1").domain(" fire").mode(bad).post(bad).front(bad),
            AssignmentRow::new("1").person(format!("{SECRET} ")).role(SECRET),
            AssignmentRow::new("1").person("p-1").share(0.5),
            AssignmentRow::new("1").person("p-1").role("supporting").share(f64::NAN),
            AssignmentRow::new("1").person("p-1").role("supporting").share(0.0),
            AssignmentRow::new("1").person("p-1").role("supporting").share(1.5),
            AssignmentRow::new("1").person("p-1").from(i64::MAX),
            AssignmentRow::new("1").person("p-1").until(-(1 << 53)),
            AssignmentRow::new("1").person("").team(""),
            AssignmentRow::new("1").person("p-1").role("supporting").share(1.0), // sound
            AssignmentRow::new("9").person("p-1"),                               // the audit's matter
        ],
        absences: vec![AbsenceRow::new(""), AbsenceRow::new("p-1").from(3).until(2)],
        deputies: vec![DeputyRow::new("p-1", "p-1"), DeputyRow::new("", "p-1").grid(bad)],
        holdings: vec![HoldingRow::new("p-1", "", "")],
        rules: vec![
            PostRule::new(1),
            PostRule::new(1).kind("town"),
            PostRule::new(1).kind(""),
            PostRule::new(2).domain(""),
        ],
        teams: vec![
            TeamRow::new("t-1", "p-1").lead(true),
            TeamRow::new("t-1", "p-2").lead(true),
            TeamRow::new("t-1", "p-1"),
        ],
        people: vec![PersonRow::new("p-1").capacity(-1.0), PersonRow::new("p-1").capacity(f64::INFINITY)],
        chains: vec![ChainRow::new("", "1"), ChainRow::new("c", "9").parent("8")],
    };
    let error = refused(&tables);
    assert_eq!(
        listed(&error),
        [
            (DutyTable::Assignments, 0, "empty_cell"),
            (DutyTable::Assignments, 1, "malformed_cell"),
            (DutyTable::Assignments, 1, "malformed_cell"),
            (DutyTable::Assignments, 1, "malformed_cell"),
            (DutyTable::Assignments, 1, "malformed_cell"),
            (DutyTable::Assignments, 2, "malformed_cell"),
            (DutyTable::Assignments, 2, "unknown_role"),
            (DutyTable::Assignments, 3, "share_on_role"),
            (DutyTable::Assignments, 4, "bad_share"),
            (DutyTable::Assignments, 5, "bad_share"),
            (DutyTable::Assignments, 6, "bad_share"),
            (DutyTable::Assignments, 7, "time_out_of_range"),
            (DutyTable::Assignments, 8, "time_out_of_range"),
            (DutyTable::Assignments, 9, "no_party"),
            (DutyTable::Absences, 0, "empty_cell"),
            (DutyTable::Absences, 1, "empty_interval"),
            (DutyTable::Deputies, 0, "own_deputy"),
            (DutyTable::Deputies, 1, "empty_cell"),
            (DutyTable::Deputies, 1, "malformed_cell"),
            (DutyTable::Holdings, 0, "empty_cell"),
            (DutyTable::Holdings, 0, "empty_cell"),
            (DutyTable::Rules, 2, "duplicate_row"),
            (DutyTable::Rules, 3, "empty_cell"),
            (DutyTable::Teams, 1, "two_leads"),
            (DutyTable::Teams, 2, "duplicate_row"),
            (DutyTable::People, 0, "bad_capacity"),
            (DutyTable::People, 1, "duplicate_row"),
            (DutyTable::People, 1, "bad_capacity"),
            (DutyTable::Chains, 0, "empty_cell"),
            (DutyTable::Chains, 1, "unknown_grid"),
            (DutyTable::Chains, 1, "unknown_grid"),
        ]
    );
    assert_eq!(error.code(), "duty_error");
    let columns: Vec<_> =
        error.faults()[1..5].iter().map(|fault| fault.column.clone().unwrap_or_default()).collect();
    assert_eq!(columns, ["assignments.domain", "assignments.mode", "assignments.post", "assignments.front"]);
    for fault in error.faults() {
        assert!(!fault.message.is_empty() && !fault.message_zh.is_empty() && !fault.remedy.is_empty());
        assert!(fault.message.chars().next().is_some_and(char::is_lowercase), "{}", fault.message);
        assert!(!fault.message.ends_with('.'));
    }
    let text = error.text(Lang::Zh);
    assert!(
        text.starts_with("31 处错误\n  assignments 第 0 行（从 0 起）：责任分配表：grid 列为空；请填写"),
        "{text}"
    );
    let rows = format!("{:?}", AssignmentRow::new("1").person(SECRET).reason(SECRET));
    for shown in [format!("{error:?}"), format!("{error}"), text, rows, format!("{:?}", error.faults())] {
        assert!(!shown.contains("13800000000") && !shown.contains("张三"), "{shown}");
    }
}

#[test]
fn a_chain_is_checked_like_a_tree() {
    let link = |grid: &str, parent: &str| ChainRow::new("chiefs", grid).parent(parent);
    let with = |chains: Vec<ChainRow>| DutyTables { chains, ..DutyTables::default() };
    // A ring of two, and a grid that hangs on it.
    let error = refused(&with(vec![link("12", "11"), link("11", "1"), link("1", "11")]));
    assert_eq!(listed(&error), [(DutyTable::Chains, 1, "ring")]);
    assert_eq!(error.faults()[0].related, [1, 2]);
    assert_eq!(
        error.faults()[0].text(Lang::En),
        "row 1 of chains: the chain above 11 leads back to it; give one of the ring another parent, or none"
    );
    let error = refused(&with(vec![link("11", "11")]));
    assert_eq!(
        (listed(&error), &error.faults()[0].related[..]),
        (vec![(DutyTable::Chains, 0, "ring")], &[0_usize][..])
    );
    let error = refused(&with(vec![link("11", "1"), ChainRow::new("chiefs", "1"), link("11", "12")]));
    assert_eq!(listed(&error), [(DutyTable::Chains, 2, "duplicate_row")]);
    let error = refused(&with(vec![link("11", "12")]));
    assert_eq!(listed(&error), [(DutyTable::Chains, 0, "parent_not_in_chain")]);
    let error = refused(&with(vec![
        ChainRow::new("a", "1").domain("fire"),
        ChainRow::new("b", "1").domain("fire"),
        ChainRow::new("b", "1").domain("flood"),
    ]));
    assert_eq!(listed(&error), [(DutyTable::Chains, 1, "domain_taken")]);
    // Several tops, and one row more for one domain more, are sound.
    let sound = with(vec![
        ChainRow::new("a", "11").domain("fire"),
        ChainRow::new("a", "12"),
        ChainRow::new("a", "12").domain("flood"),
        ChainRow::new("a", "12").domain("frost"),
    ]);
    let duty = Responsibility::from_tables(&tree(), &sound).expect("a sound chain");
    let again = Responsibility::from_tables(&tree(), &duty.to_tables()).expect("its own rows");
    assert_eq!(again, duty);
    assert_eq!(again.to_tables().chains.iter().filter(|row| row.domain.is_some()).count(), 3);
}

#[test]
fn empty_cells_and_stars_are_none() {
    let row = AssignmentRow {
        person: Some("p-1".into()),
        team: Some(String::new()),
        domain: Some("*".into()),
        mode: Some(String::new()),
        role: Some(String::new()),
        post: Some(String::new()),
        front: Some(String::new()),
        reason: Some(String::new()),
        ..AssignmentRow::new("11")
    };
    let duty = Responsibility::resolve(&tree(), [row]).expect("a sound row");
    assert_eq!(duty.to_tables().assignments, [AssignmentRow::new("11").person("p-1")]);
    assert_eq!(Role::of("supervising"), Some(Role::Supervising));
}

#[test]
fn no_rows_at_all_are_sound() {
    let duty = Responsibility::resolve(&tree(), []).expect("nothing is at fault");
    assert!(duty.people().is_empty() && duty.modes().is_empty() && !duty.is_timed());
    assert_eq!(
        duty.accountable("11", "fire").expect("a question").gap().map(|gap| gap.looked.len()),
        Some(2)
    );
}
