//! Change sets, case by case: merges, splits, removals, people, modes; all or nothing.
#![cfg(feature = "samples")]

#[path = "oracle/city.rs"]
mod city;

use gridcore::change::{
    self, Change, ChangeOptions, Changed, Decision, LedgerAction, LedgerItem, Others, Undecided,
};
use gridcore::responsibility::{
    AssignmentRow, AuditOptions, ChainRow, DeputyRow, DerivedRow, DutyTables, HoldingRow, ModeLayer,
    PersonRow, Responsibility, Severity, TeamRow,
};
use gridcore::tree::{Beneath, Edit, NewGrid, Part};
use gridcore::{GridCode, GridRow, GridTree, Lang, PersonId, Problem};

fn code(text: &str) -> GridCode {
    text.parse().expect("a code")
}

fn token(text: &str) -> PersonId {
    text.parse().expect("a token")
}

/// g0 over g1 (10 households) and g2 (30); g3 and g4 under g1.
fn tree() -> GridTree {
    GridTree::from_rows([
        GridRow::new("g0", "city"),
        GridRow::new("g1", "north").under("g0").weight("households", 10.0),
        GridRow::new("g2", "south").under("g0").weight("households", 30.0),
        GridRow::new("g3", "mill").under("g1"),
        GridRow::new("g4", "ferry").under("g1"),
    ])
    .expect("the rows are sound")
}

fn duty(rows: impl IntoIterator<Item = AssignmentRow>) -> Responsibility {
    Responsibility::resolve(&tree(), rows).expect("the rows are sound")
}

fn apply(duty: &Responsibility, changes: &[Change]) -> Changed {
    change::apply(duty, changes, &ChangeOptions::by_weight("households")).expect("all can be made")
}

fn who(duty: &Responsibility, grid: &str, domain: &str, at: i64) -> String {
    let verdict = duty.at(at).accountable(grid, domain).expect("the grid is there");
    verdict.person().map_or("nobody", PersonId::as_str).to_owned()
}

/// What a ledger says of assignments: action, who and where before, who and where after.
fn told(changed: &Changed) -> Vec<(LedgerAction, String, String)> {
    let shown = |item: &Option<LedgerItem>| match item {
        Some(LedgerItem::Assignment { row, .. }) => {
            format!("{}@{}", row.person.as_deref().or(row.team.as_deref()).unwrap_or("?"), row.grid)
        }
        _ => String::new(),
    };
    let of_assignments = changed.ledger.iter().filter(|row| {
        let item = row.before.as_ref().or(row.after.as_ref());
        matches!(item, Some(LedgerItem::Assignment { .. }))
    });
    of_assignments.map(|row| (row.action, shown(&row.before), shown(&row.after))).collect()
}

fn line(action: LedgerAction, before: &str, after: &str) -> (LedgerAction, String, String) {
    (action, before.to_owned(), after.to_owned())
}

fn merge() -> Edit {
    Edit::merge([code("g1"), code("g2")], NewGrid::new(code("g9"), "old town"))
}

#[test]
fn a_merge_keeps_one_head_by_decision_by_heir_by_weight_or_by_code() {
    let before = duty([AssignmentRow::new("g1").person("n"), AssignmentRow::new("g2").person("s")]);
    let changed = apply(&before, &[merge().into()]);
    assert_eq!(who(&changed.duty, "g9", "fire", 0), "s"); // 30 households against 10
    assert_eq!(
        told(&changed),
        [line(LedgerAction::Moved, "s@g2", "s@g9"), line(LedgerAction::Demoted, "n@g1", "n@g9")]
    );
    assert_eq!(changed.tree.counts(), [1, 1, 2]);
    let helpers = changed.duty.at(0).supporting("g9", "fire").expect("it is there");
    assert_eq!(helpers.len(), 1);
    // Without a weight the first by code.
    let by_code =
        change::apply(&before, &[merge().into()], &ChangeOptions::default()).expect("it can be made");
    assert_eq!(who(&by_code.duty, "g9", "fire", 0), "n");
    // The heir that is named.
    let named = |decision: Decision| Change::Edit { edit: merge(), decisions: vec![decision] };
    let by_heir = apply(&before, &[named(Decision::heir(code("g9"), code("g1")))]);
    assert_eq!(who(&by_heir.duty, "g9", "fire", 0), "n");
    // The person who is named: one of the two, and another.
    let by_name = apply(&before, &[named(Decision::person(code("g9"), token("n")))]);
    assert_eq!(who(&by_name.duty, "g9", "fire", 0), "n");
    assert_eq!(by_name.duty.to_tables().assignments.len(), 2);
    let other = apply(&before, &[named(Decision::person(code("g9"), token("x")))]);
    assert_eq!(who(&other.duty, "g9", "fire", 0), "x");
    assert_eq!(other.duty.at(0).supporting("g9", "fire").expect("it is there").len(), 2);
    // Whoever loses may be released.
    let options = ChangeOptions { others: Others::Release, ..ChangeOptions::default() };
    let released = change::apply(&before, &[merge().into()], &options).expect("it can be made");
    assert_eq!(released.duty.people().len(), 1);
    assert!(told(&released).contains(&line(LedgerAction::Released, "s@g2", "")));
}

#[test]
fn a_merge_settles_each_domain_and_mode_and_stretch_of_time_by_itself() {
    let before = duty([
        AssignmentRow::new("g1").person("n").until(100),
        AssignmentRow::new("g2").person("s").from(50),
        AssignmentRow::new("g1").person("fireman").domain("fire"),
        AssignmentRow::new("g2").person("s").domain("flood"),
        AssignmentRow::new("g1").person("s").domain("flood"),
    ]);
    let changed = apply(&before, &[merge().into()]);
    // Before 50 nobody from the south held it, so whoever did in the north still does.
    assert_eq!([49, 50, 100].map(|at| who(&changed.duty, "g9", "safety", at)), ["n", "s", "s"]);
    assert_eq!(who(&changed.duty, "g9", "fire", 60), "fireman");
    assert_eq!(who(&changed.duty, "g9", "flood", 60), "s");
    // One person with one duty in both is one row.
    let rows = changed.duty.to_tables().assignments;
    assert_eq!(rows.iter().filter(|row| row.domain.as_deref() == Some("flood")).count(), 1);
    assert!(told(&changed).contains(&line(LedgerAction::Joined, "s@g1", "s@g9")));
    let audit = changed.duty.audit(&AuditOptions::new().at(60)).expect("a time is given");
    assert_eq!(audit.violations().count(), 0);
}

#[test]
fn a_split_gives_each_part_its_head_or_says_that_it_needs_one() {
    let before = duty([
        AssignmentRow::new("g1").person("n"),
        AssignmentRow::new("g1").person("h").role("supporting").share(0.5),
    ]);
    let split = |first: &str| {
        Edit::split(
            code("g1"),
            [
                Part::new(NewGrid::new(code(first), "upper")).share(0.5).children([code("g3")]),
                Part::new(NewGrid::new(code("g6"), "lower")).share(0.5).children([code("g4")]),
            ],
        )
    };
    let changed = apply(&before, &[split("g5").into()]);
    assert_eq!(["g5", "g6"].map(|grid| who(&changed.duty, grid, "fire", 0)), ["n", "n"]);
    assert_eq!(changed.needs_holder, [code("g5"), code("g6")]);
    let shares: Vec<Option<f64>> = changed.duty.to_tables().assignments.iter().map(|row| row.share).collect();
    assert_eq!(shares, [None, None, Some(0.25), Some(0.25)]);
    // The part that keeps the code keeps its head.
    let changed = apply(&before, &[split("g1").into()]);
    assert_eq!(changed.needs_holder, [code("g6")]);
    // Named heads: the old one stays with the part that nobody else was named for.
    let decided = Change::Edit {
        edit: split("g5"),
        decisions: vec![Decision::person(code("g6"), token("x")), Decision::heir(code("g5"), code("g1"))],
    };
    let changed = apply(&before, &[decided]);
    assert_eq!(["g5", "g6"].map(|grid| who(&changed.duty, grid, "fire", 0)), ["n", "x"]);
    assert!(changed.needs_holder.is_empty());
    assert_eq!(changed.duty.at(0).supporting("g6", "fire").expect("it is there").len(), 1); // h alone
    // Naming somebody later in the list settles it too.
    let later = [split("g5").into(), Change::Assign { row: AssignmentRow::new("g6").person("x") }];
    assert_eq!(apply(&before, &later).needs_holder, [code("g5")]);
}

#[test]
fn what_is_not_decided_can_be_refused_and_is_named() {
    let before = duty([
        AssignmentRow::new("g1").person("n"),
        AssignmentRow::new("g2").person("s"),
        AssignmentRow::new("g3").person("m"),
        AssignmentRow::new("g4").person("f"),
    ])
    .enter(ModeLayer::new("wartime", "g1"))
    .expect("it fits");
    let strict = ChangeOptions { undecided: Undecided::Refuse, ..ChangeOptions::default() };
    let wanted = [
        Change::from(merge()),
        Edit::remove(code("g3")).into(),
        Edit::split(
            code("g4"),
            [Part::new(NewGrid::new(code("g4"), "quay")), Part::new(NewGrid::new(code("g7"), "pier"))],
        )
        .into(),
    ];
    let error = change::apply(&before, &wanted, &strict).expect_err("four things are open");
    let found: Vec<_> = error.list().iter().map(|fault| (fault.change, fault.code())).collect();
    assert_eq!(
        found,
        [
            (Some(0), "undecided_merge"),
            (Some(0), "undecided_scope"),
            (Some(1), "undecided_removal"),
            (Some(2), "undecided_split"),
        ]
    );
    assert!(error.faults().iter().all(|fault| !fault.remedy.is_empty() && !fault.text(Lang::Zh).is_empty()));
    // Decided, it is made.
    let decided = [
        Change::LeaveMode { mode: "wartime".to_owned(), scope: "g1".to_owned() },
        Change::Depart { person: token("m"), at: None, to: None },
        Change::Edit { edit: merge(), decisions: vec![Decision::heir(code("g9"), code("g1"))] },
        wanted[1].clone(),
        Change::Edit {
            edit: Edit::split(
                code("g4"),
                [Part::new(NewGrid::new(code("g4"), "quay")), Part::new(NewGrid::new(code("g7"), "pier"))],
            ),
            decisions: vec![Decision::person(code("g7"), token("s"))],
        },
    ];
    let changed = change::apply(&before, &decided, &strict).expect("all is decided");
    assert_eq!(["g9", "g4", "g7"].map(|grid| who(&changed.duty, grid, "fire", 0)), ["n", "f", "s"]);
}

#[test]
fn a_removal_releases_duties_and_a_chain_closes_over_the_gap() {
    let tables = DutyTables {
        assignments: vec![AssignmentRow::new("g1").person("n"), AssignmentRow::new("g3").person("m")],
        holdings: vec![HoldingRow::new("n", "secretary", "g1")],
        deputies: vec![DeputyRow::new("d", "n").grid("g1")],
        chains: vec![
            ChainRow::new("forest", "g0").domain("forest"),
            ChainRow::new("forest", "g1").parent("g0"),
            ChainRow::new("forest", "g3").parent("g1"),
        ],
        ..DutyTables::default()
    };
    let before = Responsibility::from_tables(&tree(), &tables).expect("sound");
    let remove = Edit::Remove { grid: code("g1"), beneath: Beneath::ToParent };
    let after = apply(&before, &[remove.into()]).duty.to_tables();
    assert_eq!((after.assignments.len(), after.holdings.len(), after.deputies.len()), (1, 0, 0));
    let links: Vec<_> = after.chains.iter().map(|row| (row.grid.as_str(), row.parent.as_deref())).collect();
    assert_eq!(links, [("g0", None), ("g3", Some("g0"))]);
    // Merged into its parent's neighbour, the chain stands once for the new grid.
    let merged = apply(&before, &[merge().into()]).duty.to_tables();
    let links: Vec<_> = merged.chains.iter().map(|row| (row.grid.as_str(), row.parent.as_deref())).collect();
    assert_eq!(links, [("g0", None), ("g9", Some("g0")), ("g3", Some("g9"))]);
    assert_eq!((merged.holdings[0].grid.as_str(), merged.deputies[0].grid.as_deref()), ("g9", Some("g9")));
}

#[test]
fn a_person_who_leaves_is_gone_from_base_and_layers_and_may_hand_over() {
    let tables = DutyTables {
        assignments: vec![
            AssignmentRow::new("g1").person("n"),
            AssignmentRow::new("g2").person("n").from(100),
            AssignmentRow::new("g3").person("m"),
        ],
        holdings: vec![HoldingRow::new("n", "secretary", "g1")],
        deputies: vec![DeputyRow::new("n", "m")],
        teams: vec![TeamRow::new("t", "n").lead(true), TeamRow::new("t", "m")],
        people: ["n", "m", "x"].map(PersonRow::new).into(),
        ..DutyTables::default()
    };
    let base = Responsibility::from_tables(&tree(), &tables).expect("sound");
    let war = base
        .enter(
            ModeLayer::new("wartime", "g1")
                .row(DerivedRow::new(AssignmentRow::new("g1").person("n"), "u/g1")),
        )
        .expect("it fits");
    let depart = |at, to: Option<&str>| Change::Depart { person: token("n"), at, to: to.map(token) };
    let gone = apply(&war, &[depart(None, None)]).duty;
    assert!(gone.people().iter().all(|person| person.as_str() != "n"));
    // Gone in the base as well, once the mode is left.
    let after = gone.leave("wartime", "g1").expect("it is on");
    assert_eq!(after.to_json(), apply(&base, &[depart(None, None)]).duty.to_json());
    // With a successor every duty, post and place in a team is theirs.
    let handed = apply(&war, &[depart(None, Some("x"))]);
    assert_eq!(["g1", "g2"].map(|grid| who(&handed.duty, grid, "fire", 100)), ["x", "x"]);
    assert!(handed.duty.people().iter().all(|person| person.as_str() != "n"));
    assert_eq!(handed.duty.to_tables().holdings[0].person, "x");
    assert_eq!(handed.duty.to_tables().deputies.len(), 0);
    // From a second on: what was done before stays on record.
    let later = apply(&base, &[depart(Some(50), Some("x"))]).duty;
    assert_eq!([49, 50].map(|at| who(&later, "g1", "fire", at)), ["n", "x"]);
    assert_eq!(who(&later, "g2", "fire", 100), "x");
    assert_eq!(who(&apply(&base, &[depart(Some(50), None)]).duty, "g1", "fire", 50), "nobody");
}

#[test]
fn a_person_joins_and_rows_are_made_replaced_and_withdrawn() {
    let people = ["n"].map(PersonRow::new).into();
    let tables = DutyTables {
        people,
        assignments: vec![AssignmentRow::new("g1").person("n")],
        ..DutyTables::default()
    };
    let base = Responsibility::from_tables(&tree(), &tables).expect("sound");
    let wanted = [
        Change::Join {
            person: PersonRow::new("x").capacity(0.5),
            assignments: vec![AssignmentRow::new("g3")],
            holdings: vec![HoldingRow::new("", "clerk", "g3")],
        },
        Change::Replace {
            row: AssignmentRow::new("g1").person("n"),
            by: AssignmentRow::new("g1").person("x"),
        },
        Change::Assign { row: AssignmentRow::new("g2").person("n").role("accountable").domain("*") },
        Change::Withdraw { row: AssignmentRow::new("g3").person("x") },
    ];
    let changed = apply(&base, &wanted);
    assert_eq!(["g1", "g2", "g3"].map(|grid| who(&changed.duty, grid, "fire", 0)), ["x", "n", "x"]);
    assert_eq!(changed.duty.to_tables().people.len(), 2);
    assert_eq!(changed.ledger.iter().map(|row| row.change).collect::<Vec<_>>(), [0, 0, 0, 1, 2, 3]);
    let kinds: Vec<_> = change::diff(&base, &changed.duty).iter().map(|row| row.kind).collect();
    assert_eq!(kinds, [change::DiffKind::Removed, change::DiffKind::Added, change::DiffKind::Added]);
}

#[test]
fn one_change_that_fails_keeps_all_from_happening_and_every_reason_is_told() {
    let before = duty([AssignmentRow::new("g1").person("秘密")]);
    let saved = before.to_json();
    let wanted = [
        Change::Assign { row: AssignmentRow::new("g2").person("x") }, // it could be made
        Change::Assign { row: AssignmentRow::new("g8").person("秘密") },
        Change::Withdraw { row: AssignmentRow::new("g3").person("秘密") },
        Change::Assign { row: AssignmentRow::new("g1").person("秘密") },
        Change::Depart { person: token("秘密 x"), at: None, to: None },
        Change::LeaveMode { mode: "wartime".to_owned(), scope: "g1".to_owned() },
        Edit::remove(code("g0")).into(),
        Edit::recode(code("g8"), code("g7")).into(),
        Change::Join { person: PersonRow::new("y").capacity(1.0), assignments: vec![], holdings: vec![] },
    ];
    let error = change::apply(&before, &wanted, &ChangeOptions::default()).expect_err("most cannot be made");
    let found: Vec<_> =
        error.list().iter().map(|fault| (fault.change.expect("of one"), fault.code())).collect();
    assert_eq!(
        found,
        [
            (1, "unknown_grid"),
            (2, "row_missing"),
            (3, "row_there"),
            (4, "unknown_person"),
            (5, "not_entered"),
            (6, "root_stays"),
            (7, "unknown_grid"),
            (8, "no_people"),
        ]
    );
    for lang in [Lang::En, Lang::Zh] {
        assert!(!(error.text(lang) + &format!("{error:?} {wanted:?}")).contains("秘密"));
    }
    assert_eq!(before.to_json(), saved);
    // Rows that cannot be read are found where all come in, and decisions where their grid is.
    let late = [Change::Assign { row: AssignmentRow::new("g1").person("x").share(2.0) }];
    let error = change::apply(&before, &late, &ChangeOptions::default()).expect_err("a bad share");
    assert!(error.list().iter().any(|fault| fault.code() == "bad_share" || fault.code() == "share_on_role"));
    let decisions = vec![
        Decision::person(code("g1"), token("x")),
        Decision { grid: code("g9"), person: Some(token("x")), team: None, heir: Some(code("g4")) },
    ];
    let odd = [Change::Edit { edit: merge(), decisions }];
    let error = change::apply(&before, &odd, &ChangeOptions::default()).expect_err("two odd decisions");
    let found: Vec<_> = error.list().iter().map(change::ChangeFault::code).collect();
    assert_eq!(found, ["decision_unknown", "decision_heir"]);
}

#[test]
fn a_mode_follows_its_scope_and_lets_go_of_what_has_moved_out() {
    let base = duty([AssignmentRow::new("g0").person("city")]);
    let layer = ModeLayer::new("wartime", "g1")
        .row(DerivedRow::new(AssignmentRow::new("g3").person("m"), "u-1/g3"))
        .row(DerivedRow::new(AssignmentRow::new("g4").person("f"), "u-2/g4"));
    let war = base.enter(layer).expect("it fits");
    let moved = apply(&war, &[Edit::move_to(code("g4"), code("g2")).into()]);
    assert_eq!(["g3", "g4"].map(|grid| who(&moved.duty, grid, "fire", 0)), ["m", "city"]);
    assert!(told(&moved).contains(&line(LedgerAction::Released, "f@g4", "")));
    // Recoded and split, the mode holds for each part, with the rows that lie in it.
    let split = Edit::split(
        code("g1"),
        [
            Part::new(NewGrid::new(code("g5"), "upper")).share(0.5).children([code("g3")]),
            Part::new(NewGrid::new(code("g6"), "lower")).share(0.5).children([code("g4")]),
        ],
    );
    let parts = apply(&war, &[split.into()]).duty;
    let scopes: Vec<_> =
        parts.layers().iter().map(|layer| (layer.scope.as_str(), layer.rows.len())).collect();
    assert_eq!(scopes, [("g5", 1), ("g6", 1)]);
    assert_eq!(["g3", "g4", "g2"].map(|grid| who(&parts, grid, "fire", 0)), ["m", "f", "city"]);
    // Merged, it holds for the whole; removed, it is over.
    let merged = apply(&war, &[merge().into()]).duty;
    assert_eq!((merged.layers()[0].scope.as_str(), who(&merged, "g3", "fire", 0).as_str()), ("g9", "m"));
    let removed = apply(&war, &[Edit::Remove { grid: code("g1"), beneath: Beneath::Remove }.into()]);
    assert!(removed.duty.layers().is_empty());
    // Two layers that come to one scope must hold at the same time.
    let both = war.enter(ModeLayer::new("wartime", "g2").from(5)).expect("it fits");
    let error = change::apply(&both, &[merge().into()], &ChangeOptions::default()).expect_err("they differ");
    assert_eq!(error.list()[0].code(), "layers_differ");
    let same = war.enter(ModeLayer::new("wartime", "g2")).expect("it fits");
    assert_eq!(apply(&same, &[merge().into()]).duty.layers().len(), 1);
}

#[test]
fn the_sample_city_stays_without_violations_through_merges_splits_and_recodes() {
    let sample = gridcore::samples::zhongshan();
    let before = sample.duty();
    let violations = |duty: &Responsibility| {
        let audit = duty.audit(&AuditOptions::new().at(0)).expect("a time is given");
        audit.rows.iter().filter(|row| row.severity == Severity::Violation).count()
    };
    assert_eq!(violations(&before), 0);
    let tree = sample.tree();
    // In every tenth level-3 grid with two leaves or more the first two become one; in the others the first is recoded.
    let mut wanted: Vec<Change> = Vec::new();
    let mut merged = 0;
    for (number, section) in tree.indices().filter(|&grid| tree.level(grid) == 3).enumerate() {
        let leaves: Vec<GridCode> = tree.children(section).map(|grid| tree.code(grid)).collect();
        if number % 10 != 0 || leaves.len() < 2 {
            continue;
        }
        let into = NewGrid::new(leaves[0].clone(), format!("merged {number}")).kind("leaf");
        wanted.push(Edit::merge(leaves[..2].to_vec(), into).into());
        merged += 1;
    }
    let changed = apply(&before, &wanted);
    assert!(merged > 100);
    assert_eq!(changed.tree.counts()[4], 10_117 - merged);
    assert_eq!(violations(&changed.duty), 0);
    assert_eq!(changed.duty.people(), before.people()); // nobody is lost
    let demoted = changed.ledger.iter().filter(|row| row.action == LedgerAction::Demoted).count();
    let joined = changed.ledger.iter().filter(|row| row.action == LedgerAction::Joined).count();
    assert_eq!(demoted + joined, merged);
}
