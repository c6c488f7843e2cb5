//! Decisions, updates, what is taken back, saved and loaded: always the answer of all rows at once.

use gridcore::control::Control;
use gridcore::roster::{
    BrokenLinkKind, ChangeKind, Decision, DecisionRow, Reconciliation, RosterCell, RosterChangeError,
    RosterChangeFaultKind as K, RosterLoadError, RosterMismatch, RosterSide, RosterTable, Rules, Settle,
    Stamp, Tier, Update, deduplicate, reconcile, verify_log,
};
use gridcore::{GridRow, GridTree, Problem};
use proptest::prelude::*;

#[path = "oracle/roster_history.rs"]
mod oracle;
use oracle::{Row, change, picture, table, without_history};

const LEFT: RosterSide = RosterSide::Left;
const RIGHT: RosterSide = RosterSide::Right;

fn free() -> Control<'static> {
    Control::free()
}

/// People of a small town: much agrees by chance, some names are too long to be packed.
fn row() -> impl Strategy<Value = Row> {
    let names =
        ["王伟", "王芳", "李娜", "李娜娜", "张三丰", "欧阳修", "Maria del Carmen", "阿卜杜拉·买买提", ""];
    let phones = ["13800138000", "13900139000", "13700137000", "13600136000", ""];
    let births = ["1980-01-02", "1980-02-01", "1975-12-31", "2001-05-05", ""];
    let notes = ["租户", "独居老人", "楼长", ""];
    (
        0..40_u8,
        proptest::sample::select(names.to_vec()),
        proptest::sample::select(phones.to_vec()),
        proptest::sample::select(births.to_vec()),
        0..4_u8,
        1..5_u8,
        proptest::sample::select(notes.to_vec()),
    )
        .prop_map(|(id, name, phone, birth, grid, household, note)| {
            let grid = if grid == 3 { String::new() } else { format!("g-{grid}") };
            let household = format!("h{household}");
            let home = format!("幸福路{household}号2栋1单元30{id}", household = &household[1..]);
            let texts = [name, phone, birth, &grid, &household, note, &home];
            Row { id: format!("r{id}"), cells: texts.iter().map(|text| (*text).to_owned()).collect() }
        })
}

/// Rows with different ids.
fn rows(most: usize) -> impl Strategy<Value = Vec<Row>> {
    proptest::collection::vec(row(), 0..most).prop_map(|all| {
        let mut rows: Vec<Row> = Vec::new();
        for row in all {
            if rows.iter().all(|other| other.id != row.id) {
                rows.push(row);
            }
        }
        rows
    })
}

/// One change of both sides: rows that come, and of the rows that are there, which go.
#[derive(Clone, Debug)]
struct Step {
    given: [Vec<Row>; 2],
    removed: [Vec<prop::sample::Index>; 2],
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (rows(6), rows(6), proptest::collection::vec(any::<prop::sample::Index>(), 0..3)).prop_map(
        |(left, right, removed)| Step { given: [left, right], removed: [removed.clone(), removed] },
    );
    proptest::collection::vec(step, 1..4)
}

fn tree() -> GridTree {
    let grids = ["g-0", "g-1", "g-2"].map(|code| GridRow::new(code, code).under("g"));
    GridTree::from_rows([GridRow::new("g", "镇")].into_iter().chain(grids)).expect("a tree")
}

/// Rules of all kinds; with few candidates blocks are cut.
fn rules() -> impl Strategy<Value = Rules> {
    let settle = prop_oneof![Just(Settle::OneToOne), Just(Settle::OneToMany), Just(Settle::Clusters)];
    (settle, prop_oneof![Just(1_u32), Just(3), Just(50)]).prop_map(|(settle, most)| Rules {
        settle,
        most_candidates_per_row: most,
        ..Rules::default()
    })
}

fn run(lists: &[Vec<Row>; 2], rules: &Rules, single: bool) -> Reconciliation {
    let (left, right) = (table(&lists[0], LEFT), table(&lists[1], RIGHT));
    if single {
        deduplicate(&left, rules, None, &mut free()).expect("a sound roster")
    } else {
        reconcile(&left, &right, rules, Some(&tree()), &mut free()).expect("sound rosters")
    }
}

fn rerun(base: &Reconciliation, lists: &[Vec<Row>; 2], single: bool) -> Reconciliation {
    let right = table(&lists[1], RIGHT);
    base.rerun(&table(&lists[0], LEFT), (!single).then_some(&right), &mut free()).expect("the same columns")
}

/// Takes a step on the answer and on the plain lists.
fn take(answer: &Reconciliation, lists: &mut [Vec<Row>; 2], step: &Step, single: bool) -> Reconciliation {
    let sides = if single { 1 } else { 2 };
    let mut removed = [Vec::new(), Vec::new()];
    for side in 0..sides {
        let stays = |row: &&Row| step.given[side].iter().all(|given| given.id != row.id);
        let open: Vec<&Row> = lists[side].iter().filter(stays).collect();
        if !open.is_empty() {
            removed[side] = step.removed[side].iter().map(|at| at.get(&open).id.clone()).collect();
            removed[side].sort();
            removed[side].dedup();
        }
    }
    let update = Update {
        left: Some(table(&step.given[0], LEFT)),
        right: (!single).then(|| table(&step.given[1], RIGHT)),
        remove_left: removed[0].clone(),
        remove_right: removed[1].clone(),
    };
    let next = answer.update(&update, &Stamp::default(), &mut free()).expect("a sound update");
    for side in 0..sides {
        change(&mut lists[side], &step.given[side], &removed[side]);
    }
    next
}

fn same(one: &Reconciliation, other: &Reconciliation) -> Result<(), TestCaseError> {
    for ((name, one), (_, other)) in picture(one).iter().zip(picture(other)) {
        prop_assert_eq!(one, &other, "{}", name);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Law: a run under what it has learnt itself is the run.
    /// Law: updates, however the rows are split, lead to the answer of all rows under what the first run has learnt.
    /// Law: taking everything back leads to the first answer again.
    /// Law: what is saved and loaded is the same.
    #[test]
    fn updates_lead_to_the_answer_of_all_rows(
        left in rows(30), right in rows(30), steps in steps(), rules in rules(), single in any::<bool>(),
    ) {
        let first = [left, right];
        let mut lists = first.clone();
        let base = run(&lists, &rules, single);
        same(&base, &rerun(&base, &lists, single))?;
        let mut answer = base.clone();
        for step in &steps {
            answer = take(&answer, &mut lists, step, single);
        }
        same(&answer, &rerun(&base, &lists, single))?;

        let json = answer.to_json();
        let right = table(&lists[1], RIGHT);
        let right = (!single).then_some(&right);
        let town = tree();
        let town = (!single).then_some(&town);
        let loaded = Reconciliation::load(&json, &table(&lists[0], LEFT), right, town, &mut free()).expect("the same tables");
        same(&answer, &loaded)?;
        prop_assert_eq!(loaded.to_json(), json);
        let error = loaded.undo(&Stamp::default(), &mut free()).expect_err("rows are not saved");
        prop_assert_eq!(&error.faults()[0].code, "not_kept");

        for _ in &steps {
            answer = answer.undo(&Stamp::default(), &mut free()).expect("an update");
        }
        same(&answer, &base)?;
        prop_assert_eq!(answer.log().len(), 1 + 2 * steps.len());
        prop_assert_eq!(verify_log(answer.log()), Ok(()));
        prop_assert!(answer.undo(&Stamp::default(), &mut free()).is_err());
    }

    /// Law: decisions hold, whatever the weights say, and whatever comes and goes; taken back, they leave nothing.
    #[test]
    fn decisions_hold(
        left in rows(20), right in rows(20), step in steps(), rules in rules(),
        pairs in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>()), 1..5),
    ) {
        prop_assume!(!left.is_empty() && !right.is_empty());
        let mut lists = [left, right];
        let base = run(&lists, &rules, false);
        let mut answer = base.clone();
        let mut made = Vec::new();
        for (l, r, is_same) in &pairs {
            let (l, r) = (l.get(&lists[0]).id.clone(), r.get(&lists[1]).id.clone());
            let decision = if *is_same { Decision::Same } else { Decision::Different };
            match answer.decide(&[DecisionRow::new(&*l, &*r, decision)], &Stamp::default(), &mut free()) {
                Ok(next) => {
                    answer = next;
                    made.push((l, r, decision));
                }
                Err(error) => prop_assert!(matches!(error, RosterChangeError::Faults(_))),
            }
        }
        let decided = answer.clone();
        for step in &step {
            answer = take(&answer, &mut lists, step, false);
        }
        let there = |side: usize, id: &str| lists[side].iter().any(|row| row.id == *id);
        for (l, r, decision) in made.iter().filter(|(l, r, _)| there(0, l) && there(1, r)) {
            let is = |left: &str, right: &str| left == l && right == r;
            let found = answer.matched().find(|pair| is(&pair.left, &pair.right));
            if *decision == Decision::Different {
                prop_assert!(found.is_none() || rules.settle == Settle::Clusters);
                prop_assert!(answer.review().all(|pair| !is(&pair.left, &pair.right)));
            } else if let Some(found) = found {
                prop_assert_eq!(found.tier, Tier::Decided);
            } else {
                // A row that doubles another of its side leaves the link to that one.
                let double = |id: &str| answer.duplicates().any(|double| double.id == *id || double.of == *id);
                prop_assert!(double(l) || double(r));
            }
        }
        prop_assert_eq!(decided.decisions().iter().filter(|row| row.holds).count(), {
            let mut pairs: Vec<_> = made.iter().map(|(l, r, _)| (l, r)).collect();
            pairs.sort();
            pairs.dedup();
            pairs.len()
        });
        let open: Vec<_> = made.iter().map(|(l, r, _)| DecisionRow::new(&**l, &**r, Decision::Open)).collect();
        let opened = decided.decide(&open, &Stamp::default(), &mut free()).expect("all were decided");
        same(&opened, &base)?;
        prop_assert!(opened.decisions().iter().all(|row| !row.holds));
    }

    /// Law: no text makes loading panic, and none but the true one is loaded.
    #[test]
    fn no_text_is_loaded_but_the_true_one(at in any::<prop::sample::Index>(), with in "[0-9a-z\"\\[\\]{}:,.-]", cut in any::<bool>()) {
        let (lists, answer) = small();
        let mut json = answer.to_json();
        let at = at.index(json.len());
        prop_assume!(json.is_char_boundary(at) && json.is_char_boundary(at + 1));
        let old = json[at..=at].to_owned();
        prop_assume!(old != with);
        if cut { json.truncate(at) } else { json.replace_range(at..=at, &with) }
        let loaded = Reconciliation::load(&json, &table(&lists[0], LEFT), Some(&table(&lists[1], RIGHT)), None, &mut free());
        if let Ok(loaded) = loaded {
            // A number may be written in two ways.
            let [new, old] = [&loaded, &answer].map(picture);
            prop_assert_eq!(&new[..new.len() - 1], &old[..old.len() - 1]);
        }
    }
}

fn person(id: &str, name: &str, phone: &str) -> Row {
    let texts = [name, phone, "1980-01-02", "g-0", "h1", "", ""];
    Row { id: id.to_owned(), cells: texts.iter().map(|text| (*text).to_owned()).collect() }
}

/// Two of three people are on both sides.
fn small() -> ([Vec<Row>; 2], Reconciliation) {
    let left = vec![
        person("a", "王伟", "13800138000"),
        person("b", "李娜", "13900139000"),
        person("c", "Maria del Carmen", ""),
    ];
    let right = vec![
        person("x", "王伟", "13800138000"),
        person("y", "李娜", "13900139000"),
        person("z", "张三丰", "13700137000"),
    ];
    let lists = [left, right];
    let answer =
        reconcile(&table(&lists[0], LEFT), &table(&lists[1], RIGHT), &Rules::default(), None, &mut free())
            .expect("sound rosters");
    (lists, answer)
}

fn kinds(error: RosterChangeError) -> Vec<(Option<usize>, K)> {
    match error {
        RosterChangeError::Faults(faults) => {
            faults.into_iter().map(|fault| (fault.row, fault.kind)).collect()
        }
        other => panic!("another error: {other}"),
    }
}

#[test]
fn all_faults_of_decisions_are_told_at_once_and_without_ids() {
    let (_, answer) = small();
    let decide =
        |answer: &Reconciliation, rows: &[DecisionRow]| answer.decide(rows, &Stamp::default(), &mut free());
    let rows = [
        DecisionRow::new("secret", "nobody", Decision::Same),
        DecisionRow::new("c", "z", Decision::Same),
        DecisionRow::new("c", "x", Decision::Same),
        DecisionRow::new("a", "z", Decision::Same),
        DecisionRow::new("c", "z", Decision::Different),
        DecisionRow::new("c", "z", Decision::Same),
        DecisionRow::new("b", "y", Decision::Open),
    ];
    let error = decide(&answer, &rows).expect_err("faults");
    assert!(!format!("{error} {error:?} {rows:?}").contains("secret"));
    assert_eq!(error.code(), "roster_change_error");
    let taken = |side| K::Taken { side, with: Some(1) };
    let expected = vec![
        (Some(0), K::UnknownRecord(LEFT)),
        (Some(0), K::UnknownRecord(RIGHT)),
        (Some(2), taken(LEFT)),
        (Some(3), taken(RIGHT)),
        (Some(4), K::Contradiction { with: Some(1) }),
        (Some(6), K::NotDecided),
    ];
    assert_eq!(kinds(error), expected);

    let decided = decide(&answer, &rows[1..2]).expect("a sound decision");
    let error = decide(&decided, &rows[2..5]).expect_err("faults");
    let before = |side| K::Taken { side, with: None };
    assert_eq!(
        kinds(error),
        [(Some(0), before(LEFT)), (Some(1), before(RIGHT)), (Some(2), K::Contradiction { with: None })]
    );
    // What is taken back in the same call makes room.
    let moved = [DecisionRow::new("c", "z", Decision::Open), DecisionRow::new("c", "x", Decision::Same)];
    let moved = decide(&decided, &moved).expect("room was made");
    assert!(moved.matched().any(|pair| (&*pair.left, &*pair.right) == ("c", "x")));
}

#[test]
fn clusters_are_not_torn() {
    let (lists, _) = small();
    let answer =
        deduplicate(&table(&lists[0], LEFT), &Rules::default(), None, &mut free()).expect("a roster");
    let decide = |rows: &[DecisionRow]| answer.decide(rows, &Stamp::default(), &mut free());
    let same = |a, b| DecisionRow::new(a, b, Decision::Same);
    let torn = decide(&[
        same("a", "b"),
        same("c", "b"),
        DecisionRow::new("c", "a", Decision::Different),
        same("a", "a"),
    ]);
    let torn = kinds(torn.expect_err("a and c are the same by b"));
    assert_eq!(torn, [(Some(0), K::Torn), (Some(1), K::Torn), (Some(2), K::Torn), (Some(3), K::SameRecord)]);
    let one = decide(&[same("a", "b"), same("c", "b")]).expect("sound decisions");
    assert_eq!(one.duplicates().count(), 2);
    let update = Update { right: Some(table(&lists[1], RIGHT)), ..Update::default() };
    assert_eq!(
        kinds(answer.update(&update, &Stamp::default(), &mut free()).expect_err("one roster")),
        [(None, K::NoRight)]
    );
}

#[test]
fn all_faults_of_an_update_are_told_at_once() {
    let (lists, answer) = small();
    let update = Update {
        left: Some(table(&lists[0][..1], LEFT)),
        remove_left: ["a", "secret", "b", "b"].map(str::to_owned).to_vec(),
        remove_right: vec!["nobody".to_owned()],
        ..Update::default()
    };
    assert!(!format!("{update:?}").contains("secret"));
    let error = answer.update(&update, &Stamp::default(), &mut free()).expect_err("faults");
    assert!(!format!("{error}").contains("secret"));
    let expected = [
        (Some(0), K::RemovedAndGiven(LEFT)),
        (Some(1), K::UnknownRecord(LEFT)),
        (Some(3), K::RemovedTwice(LEFT)),
        (Some(0), K::UnknownRecord(RIGHT)),
    ];
    assert_eq!(kinds(error), expected);
    // Rows without a column that was compared, or with the same id twice, are no rows of this roster.
    let twice = [person("q", "王伟", ""), person("q", "王伟", "")];
    let update =
        Update { left: Some(table(&twice, LEFT)), right: Some(table(&twice, RIGHT)), ..Update::default() };
    let error = answer.update(&update, &Stamp::default(), &mut free()).expect_err("faults");
    let found: Vec<String> = error.faults().into_iter().map(|fault| fault.code).collect();
    assert_eq!(found, ["duplicate_record", "duplicate_record"]);
    // A row's number says nothing about the rows of an earlier table.
    let nameless = [person("", "赵敏", "")];
    let update = Update { left: Some(table(&nameless, LEFT)), ..Update::default() };
    let error = answer.update(&update, &Stamp::default(), &mut free()).expect_err("no record id");
    assert_eq!(error.faults()[0].code, "record_needed");
    let unnumbered = || {
        RosterTable::new(1)
            .column("姓名", |_| RosterCell::Text("赵敏"))
            .column("电话", |_| RosterCell::Text("13800138000"))
    };
    let done = deduplicate(&unnumbered(), &Rules::default(), None, &mut free()).expect("a roster");
    let update = Update { left: Some(unnumbered()), ..Update::default() };
    let error = done.update(&update, &Stamp::default(), &mut free()).expect_err("no column of record ids");
    assert_eq!(
        (error.faults().len(), &*error.faults()[0].code, error.faults()[0].row),
        (1, "record_needed", Some(0))
    );
}

#[test]
fn the_log_tells_every_change_and_no_entry_can_be_changed() {
    let (lists, answer) = small();
    let stamp = Stamp { at: Some(1_700_000_000), by: Some("p-7".parse().expect("a token")) };
    let decided =
        answer.decide(&[DecisionRow::new("c", "z", Decision::Same)], &stamp, &mut free()).expect("sound");
    let update = Update {
        right: Some(table(&lists[0][..2], RIGHT)),
        remove_right: vec!["x".to_owned()],
        ..Update::default()
    };
    let updated = decided.update(&update, &stamp, &mut free()).expect("sound");
    let undone = updated.undo(&Stamp::default(), &mut free()).expect("an update");
    let log = undone.log();
    let what: Vec<ChangeKind> = log.iter().map(|row| row.what).collect();
    assert_eq!(what, [ChangeKind::Reconciled, ChangeKind::Decided, ChangeKind::Updated, ChangeKind::Undone]);
    assert_eq!((log[1].same, log[1].at), (1, Some(1_700_000_000)));
    assert_eq!(log[1].matched, log[0].matched + 2);
    assert_eq!((log[2].added_right, log[2].removed_right, log[2].right), (2, 1, 4));
    assert_eq!((log[3].undoes, log[3].fingerprint == log[1].fingerprint), (Some(2), true));
    assert!(
        log[1]
            .text()
            .starts_with("gridcore.roster.log 1\nseq=1\nwhat=decided\nat=1700000000\nby=p-7\nundoes=\n")
    );
    assert_eq!(verify_log(log), Ok(()));

    let broken = |change: &dyn Fn(&mut Vec<gridcore::roster::LogRow>)| {
        let mut log = log.to_vec();
        change(&mut log);
        verify_log(&log).map_err(|link| (link.at, link.kind))
    };
    assert_eq!(broken(&|log| log[1].at = None), Err((1, BrokenLinkKind::Hash)));
    assert_eq!(broken(&|log| log[2].matched += 1), Err((2, BrokenLinkKind::Hash)));
    assert_eq!(broken(&|log| drop(log.remove(1))), Err((1, BrokenLinkKind::Number)));
    assert_eq!(broken(&|log| log[2].previous = log[0].hash.clone()), Err((2, BrokenLinkKind::Previous)));
    assert_eq!(broken(&|log| log.truncate(2)), Ok(())); // only the last hash, kept elsewhere, tells
    let mut other = undone.decisions();
    assert!(other.pop().is_some_and(|row| row.holds && row.seq == 1 && row.at == stamp.at));
}

#[test]
fn decisions_are_taken_back_after_loading_and_mismatches_are_named() {
    let (lists, answer) = small();
    let decided = answer
        .decide(&[DecisionRow::new("a", "x", Decision::Different)], &Stamp::default(), &mut free())
        .expect("sound");
    let json = decided.to_json();
    assert!(!json.contains("王伟") && !json.contains("13800138000"));
    let load = |json: &str, left: &[Row], right: &[Row], tree: Option<&GridTree>| {
        Reconciliation::load(json, &table(left, LEFT), Some(&table(right, RIGHT)), tree, &mut free())
    };
    let mut turned = lists.clone();
    turned[1].reverse();
    let loaded = load(&json, &turned[0], &turned[1], None).expect("the same rows in another order");
    assert_eq!(loaded.to_json(), json);
    let opened = loaded.undo(&Stamp::default(), &mut free()).expect("a decision");
    assert_eq!(without_history(&opened), without_history(&answer));
    assert_eq!(opened.counts(), answer.counts());

    let error = load(&json, &lists[0][1..], &lists[0], Some(&tree())).expect_err("other rows");
    let RosterLoadError::Mismatch(all) = &error else { panic!("another error: {error}") };
    assert_eq!(
        all[..],
        [
            RosterMismatch::Tree,
            RosterMismatch::Rows { side: LEFT, rows: 2, saved: 3 },
            RosterMismatch::Rows { side: RIGHT, rows: 3, saved: 3 },
        ]
    );
    assert_eq!(error.faults().len(), 3);
    let alone = Reconciliation::load(&json, &table(&lists[0], LEFT), None, None, &mut free());
    assert_eq!(alone.expect_err("two rosters").faults()[0].code, "other_rosters");

    let code =
        |json: &str| load(json, &lists[0], &lists[1], None).expect_err("no saved run").code().to_owned();
    assert_eq!(code("{"), "not_json");
    assert_eq!(code("{}"), "unknown_format");
    assert_eq!(code(r#"{"format":"gridcore.reconciliation","version":2}"#), "unknown_version");
    assert_eq!(code(r#"{"format":"gridcore.reconciliation","version":1}"#), "bad_field");
    assert_eq!(code(&json.replacen(r#""decision":"different""#, r#""decision":"same""#, 1)), "log_content");
    let other = |from: &str, to: &str| code(&json.replacen(from, to, 1));
    assert_eq!(other(r#""match_at":0.5"#, r#""match_at":0.25"#), "roster_mismatch");
    // What is only shown is not changed unseen either.
    assert_eq!(other(r#""left":{"rows":3"#, r#""left":{"rows":4"#), "roster_mismatch");
    assert_eq!(other(r#""column":""#, r#""column":"x"#), "roster_mismatch");
}
