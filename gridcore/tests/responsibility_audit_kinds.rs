//! One made example for each kind of finding, with its words.

use gridcore::control::Control;
use gridcore::responsibility::{
    AbsenceRow, AssignmentRow, Audit, AuditKind, AuditOptions, CoverAbove, DeputyRow, DutyTables, HoldingRow,
    PersonRow, PostRule, Requires, Responsibility, Severity, TeamRow,
};
use gridcore::tree::SpanProfile;
use gridcore::{GridRow, GridTree, Interval, Lang, PersonId, Problem};

/// City 1, towns 11 and 12, villages 111 and 112.
fn tree() -> GridTree {
    GridTree::from_rows([
        GridRow::new("1", "city"),
        GridRow::new("11", "north").under("1"),
        GridRow::new("12", "south").under("1").kind("islands"),
        GridRow::new("111", "mill").under("11"),
        GridRow::new("112", "ferry").under("11"),
    ])
    .expect("a tree")
}

fn audit(tables: &DutyTables, options: &AuditOptions) -> Audit {
    Responsibility::from_tables(&tree(), tables)
        .expect("sound rows")
        .audit(options)
        .expect("a sound question")
}

/// The window from 100 to 200.
fn window() -> AuditOptions {
    AuditOptions::new().window(Interval::new(Some(100), Some(200)).expect("a window"))
}

/// Kind, grid, domain, mode, from, until, rows.
fn shown(audit: &Audit) -> Vec<String> {
    let show = |bound: Option<i64>| bound.map_or("…".to_owned(), |at| at.to_string());
    let row = |row: &gridcore::responsibility::AuditRow| {
        format!(
            "{} {} {} {} {}-{} {:?}",
            row.kind.id(),
            row.grid.as_ref().map_or("-".to_owned(), ToString::to_string),
            row.domain,
            row.mode.as_ref().map_or("-".to_owned(), ToString::to_string),
            show(row.from),
            show(row.until),
            row.rows
        )
    };
    audit.rows.iter().map(row).collect()
}

fn head(grid: &str, person: &str) -> AssignmentRow {
    AssignmentRow::new(grid).person(person)
}

fn with(assignments: Vec<AssignmentRow>) -> DutyTables {
    DutyTables { assignments, ..DutyTables::default() }
}

#[test]
fn gaps_at_leaves_and_where_asked_for() {
    let tables = with(vec![
        head("11", "p-1").until(150),
        head("12", "p-2").domain("fire"),
        head("111", "p-3").mode("war"),
    ]);
    let found = audit(&tables, &window());
    assert_eq!(
        shown(&found),
        ["gap 111 * - 150-200 []", "gap 112 * * 150-200 []",].map(str::to_owned).to_vec()
    );
    // With a second domain named anywhere, the south lacks it; and on every level the city lacks all.
    let mut tables = tables;
    tables.assignments.push(head("112", "p-4").domain("flood").from(120).until(130));
    let every = audit(&tables, &window().every_level());
    assert_eq!(
        shown(&every),
        [
            "gap 1 * * 100-200 []",
            "gap 11 * * 150-200 []",
            "gap 111 * - 150-200 []",
            "gap 112 * * 150-200 []",
            "gap 12 flood * 100-200 []",
        ]
        .map(str::to_owned)
        .to_vec()
    );
    assert_eq!(every.rows[4].text(Lang::En), "nobody answers for 12 in flood, up to the root");
    assert_eq!(every.rows[4].text(Lang::Zh), "12 flood 直至根网格无人负责");
    assert_eq!(every.gaps().count(), 5);
    let one = audit(&tables, &window().domain("flood").mode("other"));
    assert_eq!(shown(&one)[0], "gap 111 * * 150-200 []");
}

#[test]
fn direct_holders_in_the_domains_of_the_rule() {
    let mut tables =
        with(vec![head("1", "p-1"), head("111", "p-2").domain("fire"), head("112", "p-3").domain("flood")]);
    tables.rules = vec![PostRule::new(2).requires(Requires::Direct).domain("fire")];
    let found = audit(&tables, &AuditOptions::new());
    assert_eq!(shown(&found), ["no_direct_holder 112 fire * …-… []"]);
    assert_eq!(
        (found.rows[0].above, found.rows[0].severity),
        (Some(CoverAbove::Throughout), Severity::Violation)
    );
    tables.rules[0].domains.clear();
    let found = audit(&tables, &AuditOptions::new());
    assert_eq!(shown(&found), ["no_direct_holder 111 flood * …-… []", "no_direct_holder 112 fire * …-… []"]);
}

#[test]
fn a_missing_head_is_one_finding_and_no_gap() {
    let mut tables = with(vec![head("111", "p-1"), head("112", "p-2"), head("12", "p-3").from(130)]);
    tables.rules = vec![PostRule::new(1), PostRule::new(2)];
    let found = audit(&tables, &window());
    assert_eq!(shown(&found), ["head_missing 11 * * 100-200 []", "head_missing 12 * * 100-130 []"]);
    assert_eq!(found.rows[0].text(Lang::Zh), "11 没有网格长");
}

#[test]
fn heads_doubled_overlaps_and_duplicates() {
    let tables = with(vec![
        head("11", "p-1").until(160),
        head("11", "p-2").from(140).until(150),
        head("11", "p-3").from(150).until(170),
        head("11", "p-3").from(165),
        head("12", "p-1"),
        head("12", "p-2").domain("fire"), // of another rank: no overlap
        head("12", "p-3").domain("fire").front("f"),
        head("12", "p-4").domain("fire").front("g"),
        head("12", "p-5").mode("war").until(100), // ends as the window begins
        head("12", "p-6").mode("war"),
        head("1", "p-1"),
    ]);
    let found = audit(&tables, &window());
    assert_eq!(
        shown(&found),
        [
            "head_doubled 11 * * 140-160 [0, 1, 2]",
            "duplicate 11 * * 165-170 [2, 3]",
            "overlap 12 fire * 100-200 [6, 7]",
        ]
        .map(str::to_owned)
        .to_vec()
    );
    let persons: Vec<_> = found.rows[0].persons.iter().map(PersonId::as_str).collect();
    assert_eq!(persons, ["p-1", "p-2", "p-3"]);
    assert_eq!(found.rows[1].severity, Severity::Warning);
    assert!(!found.is_clean());
}

#[test]
fn what_ran_out_without_a_successor() {
    let tables = with(vec![
        head("1", "p-1"),
        head("11", "p-1").until(50),
        head("11", "p-2").from(50).until(100),
        head("12", "p-1").until(50),
        head("12", "p-2").from(300), // one is to come
    ]);
    let found = audit(&tables, &window());
    assert_eq!(shown(&found), ["expired 11 * * 50-100 [2]"]);
    assert_eq!((found.is_clean(), found.rows[0].severity), (true, Severity::Warning));
}

#[test]
fn absent_holders_without_deputies() {
    let mut tables = with(vec![head("1", "p-1"), head("111", "p-2"), head("112", "p-2").domain("fire")]);
    tables.absences = vec![AbsenceRow::new("p-2").from(120).until(160)];
    tables.deputies = vec![
        DeputyRow::new("p-3", "p-2").grid("112").until(150),
        DeputyRow::new("p-4", "p-2").domain("flood"),
    ];
    let found = audit(&tables, &window().domain("fire"));
    assert_eq!(
        shown(&found),
        ["absent_without_deputy 111 * * 120-160 [1]", "absent_without_deputy 112 * * 150-160 [2]"]
    );
    assert!(found.rows.iter().all(|row| row.severity == Severity::Warning));
    tables.rules = vec![PostRule::new(2).requires(Requires::Direct)];
    let found = audit(&tables, &window().domain("fire"));
    assert!(found.rows.iter().all(|row| row.severity == Severity::Violation));
    assert_eq!(found.rows.len(), 2);
}

#[test]
fn posts_strict_by_default_and_with_a_reason() {
    let rule = PostRule::new(1).post("secretary", "书记", "secretary");
    let mut tables = with(vec![
        head("11", "p-1").post("secretary"),
        head("12", "p-2").reason("the secretary was elected elsewhere"),
        head("111", "p-3"),
        head("112", "p-3"),
        head("1", "p-9"),
    ]);
    tables.rules = vec![rule.clone(), rule.clone().kind("islands").strict()];
    let breach = |tables: &DutyTables| {
        let found = audit(tables, &window());
        let rows =
            found.rows.iter().map(|row| (row.kind.id(), row.severity, row.from, row.until, row.rows.clone()));
        rows.collect::<Vec<_>>()
    };
    assert_eq!(breach(&tables), [("post_breach", Severity::Violation, Some(100), Some(200), vec![1])]);
    tables.rules = vec![rule];
    assert_eq!(breach(&tables), [("post_breach", Severity::Noted, Some(100), Some(200), vec![1])]);
    tables.assignments[1].reason = None;
    assert_eq!(breach(&tables), [("post_breach", Severity::Warning, Some(100), Some(200), vec![1])]);
    // Held for a time, and at this grid only.
    tables.holdings = vec![
        HoldingRow::new("p-1", "secretary", "11"),
        HoldingRow::new("p-2", "secretary", "12").from(150),
        HoldingRow::new("p-2", "secretary", "11").until(120),
    ];
    assert_eq!(breach(&tables), [("post_breach", Severity::Warning, Some(100), Some(150), vec![1])]);
    // Whoever names a post must hold it, somewhere.
    tables.assignments[2].post = Some("secretary".to_owned());
    tables.assignments[1].post = Some("secretary".to_owned());
    assert_eq!(
        breach(&tables),
        [
            ("post_not_held", Severity::Violation, Some(100), Some(200), vec![2]),
            ("post_not_held", Severity::Violation, Some(120), Some(150), vec![1]),
        ]
    );
}

#[test]
fn shares_beyond_capacity() {
    let support = |grid: &str, share: f64| head(grid, "p-1").role("supporting").share(share);
    let mut tables = with(vec![head("1", "p-9")]);
    // Ten tenths are one, whatever floats say.
    tables.assignments.extend((0..10).map(|_| support("11", 0.1)));
    assert_eq!(shown(&audit(&tables, &window())), [""; 0]);
    tables.assignments.push(support("12", 0.5).from(150));
    tables.assignments.push(support("12", 0.1).mode("war").from(120).until(180));
    let found = audit(&tables, &window());
    let all = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]";
    let with_war = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]";
    assert_eq!(
        shown(&found),
        [format!("over_capacity - * * 150-200 {all}"), format!("over_capacity - * war 120-150 {with_war}")]
    );
    assert_eq!((found.rows[0].amount, found.rows[0].limit), (Some(1.5), Some(1.0)));
    assert_eq!(found.rows[0].text(Lang::En), "somebody's shares add up to 1.5, more than 1");
    tables.people = vec![PersonRow::new("p-1").capacity(2.0), PersonRow::new("p-9")];
    assert_eq!(shown(&audit(&tables, &window())), [""; 0]);
}

#[test]
fn spans_of_heads_not_of_grids() {
    let tables = with(vec![head("1", "p-1"), head("11", "p-2"), head("12", "p-1").from(150)]);
    let narrow = SpanProfile::new(2, None, 2).expect("in order");
    // From 150 on the head of the city heads one of its two towns: one grid beneath is another's.
    let found = audit(&tables, &window().span(narrow));
    assert_eq!(shown(&found), ["span 1 * * 150-200 [0, 2]"]);
    assert_eq!(found.rows[0].text(Lang::Zh), "1 的网格长直接下辖 1 个网格，少于 2 个");
    let wide = SpanProfile::new(None, None, 1).expect("in order");
    assert_eq!(
        shown(&audit(&tables, &window().span(wide))),
        ["span 1 * * 100-150 [0]", "span 11 * * 100-200 [1]"]
    );
}

#[test]
fn what_nobody_knows() {
    let mut tables = with(vec![
        head("1", "p-1"),
        head("13", "p-2").until(150),
        AssignmentRow::new("11").team("t-1"),
        AssignmentRow::new("12").team("t-2").role("supporting"),
    ]);
    tables.people = vec![PersonRow::new("p-1")];
    tables.teams = vec![TeamRow::new("t-1", "p-1"), TeamRow::new("t-1", "p-5")];
    tables.deputies = vec![DeputyRow::new("p-1", "p-6").grid("14")];
    tables.holdings = vec![HoldingRow::new("p-1", "q", "15").until(90)]; // before the window
    let found = audit(&tables, &window());
    assert_eq!(
        shown(&found),
        [
            "no_lead 11 * * 100-200 [2]",
            "unknown_team 12 * * 100-200 [3]",
            "unknown_grid 13 * * 100-150 [1]",
            "unknown_person 13 * * 100-150 [1]",
            "unknown_grid 14 * * 100-200 [0]",
            "unknown_person - * * 100-200 [0]",
            "unknown_person - * * 100-200 [1]",
        ]
        .map(str::to_owned)
        .to_vec()
    );
    let tables: Vec<_> = found.rows.iter().map(|row| row.table.id()).collect();
    assert_eq!(tables[4..], ["deputies", "deputies", "teams"]);
    assert!(found.rows[2].path.is_empty());
    for row in &found.rows {
        assert!(!row.reason.contains("p-") && !row.reason_zh.contains("p-"), "{}", row.reason);
    }
}

#[test]
fn a_window_is_needed_and_work_is_limited() {
    let duty =
        Responsibility::from_tables(&tree(), &with(vec![head("1", "p-1").from(5)])).expect("sound rows");
    assert_eq!(duty.audit(&AuditOptions::new()).expect_err("no window").code(), "needs_time");
    assert!(duty.audit(&AuditOptions::new().at(i64::MAX)).is_ok());
    assert_eq!(
        duty.audit(&AuditOptions::new().at(1).domain("")).expect_err("no domain").code(),
        "malformed_domain"
    );
    assert_eq!(
        duty.audit(&AuditOptions::new().at(1).mode("")).expect_err("no mode").code(),
        "malformed_mode"
    );
    let error =
        duty.audit_within(&AuditOptions::new().at(1), &mut Control::limited(4)).expect_err("five grids");
    assert_eq!(error.code(), "work_limit");
    assert!(duty.audit_within(&AuditOptions::new().at(1), &mut Control::limited(5)).is_ok());
    // All of time is a window as well; its ends are open.
    let found = duty.audit(&AuditOptions::new().window(Interval::ALWAYS)).expect("a window");
    assert_eq!(shown(&found), ["gap 111 * * …-5 []", "gap 112 * * …-5 []", "gap 12 * * …-5 []"]);
}

#[test]
fn the_last_second_of_all_is_a_window_too() {
    let duty =
        Responsibility::from_tables(&tree(), &with(vec![head("1", "p-1").until(5)])).expect("sound rows");
    let found = duty.audit(&AuditOptions::new().at(i64::MAX)).expect("a window");
    assert_eq!(found.of(AuditKind::Gap).count(), 3);
    let never = Interval::new(None, Some(i64::MIN)).expect("it has no start");
    assert!(duty.audit(&AuditOptions::new().window(never)).expect("a window").is_clean());
}
