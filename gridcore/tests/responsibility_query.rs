//! Who answers, rule by rule: made by hand.

use gridcore::responsibility::{
    AbsenceRow, AskError, AssignmentRow, DeputyRow, DutyTables, Responsibility, Role, Rule, TeamRow,
    Unanswered,
};
use gridcore::{Domain, GridRow, GridTree, Lang, PersonId, Problem, TeamId};

/// City 1, towns 11 and 12, villages 111 and 112, leaf 1111.
fn tree() -> GridTree {
    let grids = [("1", ""), ("11", "1"), ("12", "1"), ("111", "11"), ("112", "11"), ("1111", "111")];
    let rows = grids.map(|(code, parent)| {
        let row = GridRow::new(code, format!("grid {code}"));
        if parent.is_empty() { row } else { row.under(parent) }
    });
    GridTree::from_rows(rows).expect("a tree")
}

fn duty(rows: impl IntoIterator<Item = AssignmentRow>) -> Responsibility {
    Responsibility::resolve(&tree(), rows).expect("sound rows")
}

fn person(verdict: &gridcore::Verdict) -> Option<&str> {
    verdict.person().map(PersonId::as_str)
}

#[test]
fn within_one_grid_the_most_specific_wins() {
    // From the weakest to the strongest; each is added to those before it.
    let ladder = [
        (AssignmentRow::new("111").person("head"), Rule::Wildcard),
        (AssignmentRow::new("111").person("front lead").front("forest"), Rule::Front),
        (AssignmentRow::new("111").person("front fire").front("forest").domain("fire"), Rule::Front),
        (AssignmentRow::new("111").person("fire").domain("fire"), Rule::Direct),
        (AssignmentRow::new("111").person("war").mode("war"), Rule::ModeSpecific),
        (AssignmentRow::new("111").person("war front").mode("war").front("forest"), Rule::ModeSpecific),
        (
            AssignmentRow::new("111").person("war front fire").mode("war").front("forest").domain("fire"),
            Rule::ModeSpecific,
        ),
        (AssignmentRow::new("111").person("war fire").mode("war").domain("fire"), Rule::ModeSpecific),
    ];
    for steps in 1..=ladder.len() {
        let duty = duty(ladder[..steps].iter().map(|(row, _)| row.clone()));
        let verdict = duty.mode("war").accountable("111", "fire").expect("a question");
        let answer = verdict.answer().expect("somebody");
        let (row, rule) = &ladder[steps - 1];
        assert_eq!(
            (answer.person.as_ref().map(PersonId::as_str), answer.rule),
            (row.person.as_deref(), *rule)
        );
        assert_eq!((answer.row, answer.inherited), (steps - 1, false));
        // At peace the rows of the mode say nothing.
        let at_peace = duty.accountable("111", "fire").expect("a question");
        assert_eq!(person(&at_peace), ladder[steps.min(4) - 1].0.person.as_deref());
    }
}

#[test]
fn the_nearest_grid_wins_over_any_rank_above() {
    let duty = duty([
        AssignmentRow::new("11").person("p-1").domain("fire").mode("war"),
        AssignmentRow::new("111").person("p-2"),
    ]);
    let verdict = duty.mode("war").accountable("1111", "fire").expect("a question");
    let answer = verdict.answer().expect("somebody");
    assert_eq!((person(&verdict), answer.rule, answer.inherited), (Some("p-2"), Rule::Wildcard, true));
    assert_eq!(
        (answer.grid.to_string(), answer.from_grid.to_string(), answer.level),
        ("1111".into(), "111".into(), 2)
    );
    let beside = duty.mode("war").accountable("112", "fire").expect("a question");
    assert_eq!(
        (person(&beside), beside.answer().map(|answer| answer.rule)),
        (Some("p-1"), Some(Rule::ModeSpecific))
    );
}

#[test]
fn a_gap_says_where_it_looked_and_why() {
    let duty = duty([
        AssignmentRow::new("1").person("p-1").domain("fire"),
        AssignmentRow::new("11").person("p-2").domain("safety").mode("war"),
        AssignmentRow::new("111").person("p-3").until(100),
        AssignmentRow::new("111").person("p-4").until(200).domain("safety"),
        AssignmentRow::new("111").person("p-5").role(Role::Supporting.id()),
    ]);
    let verdict = duty.at(500).accountable("1111", "safety").expect("a question");
    let gap = verdict.gap().expect("nobody");
    let steps: Vec<_> =
        gap.looked.iter().map(|step| (step.grid.to_string(), step.why, step.rows.clone())).collect();
    assert_eq!(
        steps,
        [
            ("1111".to_owned(), Unanswered::NobodyNamed, vec![]),
            ("111".to_owned(), Unanswered::NotInForce, vec![2, 3]),
            ("11".to_owned(), Unanswered::OtherModes, vec![1]),
            ("1".to_owned(), Unanswered::OtherDomains, vec![0]),
        ]
    );
    assert_eq!(
        gap.text(Lang::En),
        "nobody answers for 1111 in safety: at 1111 nobody is named; at 111 not at this time; \
         at 11 only in other modes; at 1 only for other domains"
    );
    assert!(gap.text(Lang::Zh).starts_with("1111 的 safety无人负责：1111 无人被指定；111 此时无效；"));
    assert!(!format!("{gap:?}").contains("p-3"));
}

#[test]
fn intervals_are_half_open_and_need_a_time() {
    let duty = duty([
        AssignmentRow::new("111").person("p-1").until(100),
        AssignmentRow::new("111").person("p-2").from(100).until(200),
    ]);
    assert!(duty.is_timed());
    let error = duty.accountable("111", "fire").expect_err("no time");
    assert_eq!((error.code(), error.clone()), ("needs_time", AskError::NeedsTime));
    assert_eq!(error.faults()[0].column.as_deref(), Some("at"));
    for (at, who) in
        [(i64::MIN, Some("p-1")), (99, Some("p-1")), (100, Some("p-2")), (199, Some("p-2")), (200, None)]
    {
        assert_eq!(person(&duty.at(at).accountable("111", "fire").expect("a question")), who, "at {at}");
    }
    assert!(duty.mode("war").accountable("111", "fire").is_err());
    assert!(duty.mode("war").at(5).accountable("111", "fire").is_ok());
    assert!(duty.headcount().is_err());
    // Without a bound no time is needed; an absence is a bound.
    let open = self::duty([AssignmentRow::new("111").person("p-1")]);
    assert!(open.accountable("111", "fire").is_ok());
    let tables = DutyTables { absences: vec![AbsenceRow::new("p-1").from(5)], ..open.to_tables() };
    let away = Responsibility::from_tables(&tree(), &tables).expect("sound rows");
    assert_eq!(away.accountable("111", "fire").expect_err("no time").code(), "needs_time");
}

#[test]
fn the_last_to_start_answers_where_two_overlap() {
    let rows = [
        AssignmentRow::new("111").person("p-b").from(0),
        AssignmentRow::new("111").person("p-c").from(50),
        AssignmentRow::new("111").person("p-a").from(50),
        AssignmentRow::new("111").person("p-0"),
    ];
    let who = |at: i64| {
        person(&duty(rows.clone()).at(at).accountable("111", "x").expect("a question")).map(str::to_owned)
    };
    assert_eq!([who(-1), who(0), who(50)], ["p-0", "p-b", "p-a"].map(|one| Some(one.to_owned())));
}

#[test]
fn a_deputy_answers_while_the_holder_is_absent() {
    let tables = DutyTables {
        assignments: vec![
            AssignmentRow::new("1").person("mayor"),
            AssignmentRow::new("11").person("chief"),
            AssignmentRow::new("111").person("chief").domain("fire"),
        ],
        absences: vec![
            AbsenceRow::new("chief").from(100).until(200),
            AbsenceRow::new("chief").from(150).until(300),
            AbsenceRow::new("second").from(250).until(260),
            AbsenceRow::new("fire second").from(120).until(130),
            AbsenceRow::new("mayor").from(290),
        ],
        deputies: vec![
            DeputyRow::new("second", "chief"),
            DeputyRow::new("fire second", "chief").grid("11").domain("fire"),
            DeputyRow::new("third", "chief").order(1).until(255),
        ],
        ..DutyTables::default()
    };
    let duty = Responsibility::from_tables(&tree(), &tables).expect("sound rows");
    let who = |at: i64, grid: &str, domain: &str| {
        let verdict = duty.at(at).accountable(grid, domain).expect("a question");
        let answer = verdict.answer().map(|answer| {
            let name = |person: &Option<PersonId>| person.as_ref().map(|one| one.as_str().to_owned());
            (name(&answer.person).unwrap_or_default(), name(&answer.deputy_for))
        });
        answer.unwrap_or_default()
    };
    let chief = || Some("chief".to_owned());
    assert_eq!(who(99, "1111", "fire"), ("chief".to_owned(), None));
    assert_eq!(who(100, "1111", "fire"), ("fire second".to_owned(), chief())); // named for the town above
    assert_eq!(who(100, "1111", "flood"), ("second".to_owned(), chief()));
    assert_eq!(who(125, "1111", "fire"), ("second".to_owned(), chief())); // the first is absent too
    assert_eq!(who(252, "112", "flood"), ("third".to_owned(), chief()));
    // Nobody stands in: the grid above answers, until its holder goes as well.
    assert_eq!(who(257, "112", "flood"), ("mayor".to_owned(), None));
    assert_eq!(who(299, "112", "flood"), ("second".to_owned(), chief()));
    assert_eq!(who(300, "112", "flood"), ("chief".to_owned(), None));
    let verdict = duty.at(400).accountable("12", "flood").expect("a question");
    let last = verdict.gap().and_then(|gap| gap.looked.last().cloned()).expect("nobody");
    assert_eq!((last.why, last.rows), (Unanswered::Absent, vec![0]));
}

#[test]
fn a_team_answers_through_its_lead() {
    let tables = DutyTables {
        assignments: vec![AssignmentRow::new("11").team("t-1"), AssignmentRow::new("12").team("t-2")],
        teams: vec![TeamRow::new("t-1", "p-1"), TeamRow::new("t-1", "p-2").lead(true)],
        ..DutyTables::default()
    };
    let duty = Responsibility::from_tables(&tree(), &tables).expect("sound rows");
    let first = duty.accountable("111", "fire").expect("a question");
    assert_eq!(person(&first), Some("p-2"));
    assert_eq!(first.answer().and_then(|answer| answer.team.as_ref()).map(TeamId::as_str), Some("t-1"));
    let second = duty.accountable("12", "fire").expect("a question");
    assert_eq!((person(&second), second.answer().is_some()), (None, true));
}

#[test]
fn supporters_and_supervisors_stand_beside() {
    let tables = DutyTables {
        assignments: vec![
            AssignmentRow::new("1").person("p-9").role("supervising"),
            AssignmentRow::new("11").person("p-2").role("supporting").share(0.5).domain("fire"),
            AssignmentRow::new("111").person("p-3").role("supporting").share(0.25),
            AssignmentRow::new("111").person("p-1").role("supporting").mode("war"),
            AssignmentRow::new("112").person("p-4").role("supporting"),
        ],
        absences: vec![AbsenceRow::new("p-3"), AbsenceRow::new("p-2")],
        deputies: vec![DeputyRow::new("p-7", "p-2")],
        ..DutyTables::default()
    };
    let duty = Responsibility::from_tables(&tree(), &tables).expect("sound rows");
    let list = duty.mode("war").supporting("1111", "fire").expect("a question");
    let shown: Vec<_> = list
        .iter()
        .map(|one| {
            (one.person.as_ref().map(PersonId::as_str), one.from_grid.to_string(), one.share, one.absent)
        })
        .collect();
    assert_eq!(
        shown,
        [
            (Some("p-1"), "111".to_owned(), None, false),
            (Some("p-3"), "111".to_owned(), Some(0.25), true),
            (Some("p-7"), "11".to_owned(), Some(0.5), false),
        ]
    );
    assert_eq!(duty.mode("peace").supporting("1111", "flood").expect("a question").len(), 1);
    assert_eq!(
        duty.mode("peace").supervising("1111", "flood").expect("a question")[0].role,
        Role::Supervising
    );
}

#[test]
fn a_column_of_grids_is_answered_as_each_of_them() {
    let duty = duty([
        AssignmentRow::new("11").person("p-1"),
        AssignmentRow::new("111").person("p-2").domain("fire"),
    ]);
    let ask = duty.at(0);
    let table = ask.accountable_column(["1111", "12", "11", "1111"], "fire").expect("known grids");
    let people: Vec<_> = table.person.iter().map(|one| one.as_ref().map(PersonId::as_str)).collect();
    assert_eq!(people, [Some("p-2"), None, Some("p-1"), Some("p-2")]);
    assert_eq!(table.gaps().map(ToString::to_string).collect::<Vec<_>>(), ["12"]);
    assert_eq!((table.len(), table.inherited), (4, vec![true, false, false, true]));
    let error = ask.accountable_column(["x", "11", "y"], "fire").expect_err("two unknown grids");
    let rows: Vec<_> = error.faults().iter().map(|fault| fault.row).collect();
    assert_eq!((error.code(), rows), ("unknown_grid", vec![Some(0), Some(2)]));
    assert_eq!(ask.accountable("11", "").expect_err("no domain").code(), "malformed_domain");
    assert_eq!(duty.mode(" war").accountable("11", "fire").expect_err("no mode").code(), "malformed_mode");
    assert!(ask.accountable_column(Vec::<String>::new(), "fire").expect("no grids").is_empty());
}

#[test]
fn a_star_asks_for_the_head() {
    let duty = duty([
        AssignmentRow::new("111").person("p-1").domain("*").mode("*"),
        AssignmentRow::new("111").person("p-2").domain("fire"),
    ]);
    assert_eq!(person(&duty.accountable("111", "*").expect("a question")), Some("p-1"));
    assert_eq!(duty.domains().iter().map(Domain::as_str).collect::<Vec<_>>(), ["fire"]);
}

#[test]
fn one_person_with_several_posts_is_counted_once() {
    // 冯月南: the community's party secretary, and its grid head.
    let feng = || AssignmentRow::new("111").person("feng").post("community_party_secretary");
    let duty = duty([
        feng(),
        AssignmentRow::new("112").person("feng"),
        AssignmentRow::new("11").person("p-1"),
        feng(),
    ]);
    let count = duty.headcount().expect("nothing is bounded");
    assert_eq!((count.headed, count.posts, count.persons, count.several), (3, 4, 2, 1));
    let levels: Vec<_> =
        count.levels.iter().map(|level| (level.level, level.grids, level.headed, level.persons)).collect();
    assert_eq!(levels, [(0, 1, 0, 0), (1, 2, 1, 1), (2, 2, 2, 1), (3, 1, 0, 0)]);
}

#[test]
fn who_answers_without_end_answers_in_the_last_second_and_in_the_first() {
    let duty = duty([AssignmentRow::new("1").person("p-1"), AssignmentRow::new("11").person("p-2").from(0)]);
    for (at, expected) in [(i64::MAX, "p-2"), (i64::MIN, "p-1")] {
        let verdict = duty.at(at).accountable("11", "fire").expect("a question");
        assert_eq!(person(&verdict), Some(expected));
    }
}
