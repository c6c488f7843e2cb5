//! Rosters as they come: columns are recognised, everything odd is told with its rows, no value of a person is.
#![cfg(feature = "roster")]

use std::collections::BTreeSet;

use gridcore::control::Control;
use gridcore::roster::{
    ColumnHow, FieldKind as F, ReconcileError, Reconciliation, RosterCell as C, RosterSide, RosterTable,
    Rules, Stamp, Update, deduplicate, reconcile,
};
use gridcore::{Fault, Lang, Problem};

type Table = (Vec<&'static str>, Vec<Vec<C<'static>>>);

fn table((header, rows): &Table) -> RosterTable<'_> {
    header
        .iter()
        .enumerate()
        .fold(RosterTable::new(rows.len()), |table, (at, name)| table.column(*name, move |row| rows[row][at]))
}

/// A table of texts; an empty one is missing.
fn texts(header: &[&'static str], rows: &[&[&'static str]]) -> Table {
    let cell = |text: &&'static str| if text.is_empty() { C::Missing } else { C::Text(text) };
    (header.to_vec(), rows.iter().map(|row| row.iter().map(cell).collect()).collect())
}

fn run(left: &Table, right: &Table, rules: &Rules) -> Result<Reconciliation, ReconcileError> {
    reconcile(&table(left), &table(right), rules, None, &mut Control::free())
}

fn faults(left: &Table, right: &Table, rules: &Rules) -> Vec<Fault> {
    run(left, right, rules).expect_err("there are faults").faults()
}

fn codes(faults: &[Fault]) -> Vec<&str> {
    faults.iter().map(|fault| fault.code.as_str()).collect()
}

const HEADER: [&str; 5] = ["rid", "姓名", "身份证号", "电话", "出生日期"];

/// A sound roster of eight.
fn people() -> Table {
    texts(
        &HEADER,
        &[
            &["a0", "张伟", "11010519491231002X", "13800000001", "1949-12-31"],
            &["a1", "王芳", "440524188001010014", "13800000012", "1880-01-01"],
            &["a2", "李娜", "", "13800000123", "1990-05-06"],
            &["a3", "刘洋", "", "13800001234", "1985-02-11"],
            &["a4", "陈静", "", "13800012345", "1979-07-30"],
            &["a5", "杨磊", "", "13800123456", "2001-11-02"],
            &["a6", "赵敏", "", "13801234567", "1966-09-19"],
            &["a7", "黄强", "", "13812345678", "1958-03-08"],
        ],
    )
}

/// The sound roster with one column replaced.
fn with_column(name: &'static str, cells: impl Fn(usize) -> C<'static>) -> Table {
    let (mut header, mut rows) = people();
    let at = header.iter().position(|known| *known == name).unwrap_or_else(|| {
        header.push(name);
        header.len() - 1
    });
    for (number, row) in rows.iter_mut().enumerate() {
        row.resize(header.len(), C::Missing);
        row[at] = cells(number);
    }
    (header, rows)
}

#[test]
fn columns_are_recognised_by_header_by_values_and_by_rules() {
    let left = with_column("备注", |row| C::Text(["住院", "外出", "在家"][row % 3]));
    let values = [
        "18000000001",
        "18000000012",
        "18000000123",
        "18000001234",
        "18000012345",
        "18000123456",
        "18001234567",
        "18012345678",
    ];
    let right = texts(
        &["编号", "full_name", "c1", "c2", "备注", "left out", "only here"],
        &std::array::from_fn::<Vec<&'static str>, 8, _>(|row| {
            let name = ["张偉", "王芳", "李娜", "刘洋", "陈静", "杨磊", "赵敏", "黄强"][row];
            let day = [
                "1949/12/31",
                "1880/1/1",
                "1990/5/6",
                "1985/2/11",
                "1979/7/30",
                "2001/11/2",
                "1966/9/19",
                "1958/3/8",
            ][row];
            let number = ["0", "1", "2", "3", "4", "5", "6", "7"][row];
            vec![number, name, values[row], day, "在家", "x", "y"]
        })
        .each_ref()
        .map(Vec::as_slice),
    );
    let rules = Rules { ignore: vec!["left out".to_owned()], ..Rules::default() };
    let done = run(&left, &right, &rules).expect("nothing is wrong");
    let of = |side, name: &str| {
        let found = done.columns().iter().find(|column| column.side == side && column.column == name);
        found.map(|column| (column.kind, column.how, column.field.clone())).expect("every column is told of")
    };
    let (l, r) = (RosterSide::Left, RosterSide::Right);
    assert_eq!(of(l, "rid"), (Some(F::Record), ColumnHow::Header, None));
    assert_eq!(of(r, "编号"), (Some(F::Record), ColumnHow::Header, None));
    assert_eq!(of(r, "full_name"), (Some(F::Name), ColumnHow::Header, Some("姓名".to_owned())));
    assert_eq!(of(r, "c1"), (Some(F::Phone), ColumnHow::Values, Some("电话".to_owned())));
    assert_eq!(of(r, "c2"), (Some(F::Birth), ColumnHow::Values, Some("出生日期".to_owned())));
    assert_eq!(of(l, "身份证号"), (Some(F::Id), ColumnHow::Header, None));
    assert_eq!(of(r, "备注").1, ColumnHow::SameName);
    assert_eq!(of(r, "left out"), (None, ColumnHow::Rule, None));
    assert_eq!(of(r, "only here"), (None, ColumnHow::Unknown, None));

    let rules = Rules { right: [("c1".to_owned(), F::Exact)].into(), ..Rules::default() };
    let done = run(&left, &right, &rules).expect("nothing is wrong");
    let c1 = done.columns().iter().find(|column| column.column == "c1").expect("it is told of");
    assert_eq!((c1.kind, c1.how, &c1.field), (Some(F::Exact), ColumnHow::Rule, &None));
}

#[test]
fn rosters_that_can_not_be_read_are_refused_with_all_that_is_wrong() {
    let good = people();
    let all = Rules::default();
    let twice = with_column("rid", |row| C::Text(["a", "b", "a", "c", "b", "a", "d", "e"][row]));
    let found = faults(&twice, &good, &all);
    assert_eq!(codes(&found), ["duplicate_record", "duplicate_record"]);
    assert_eq!((found[0].row, &found[0].related[..]), (Some(0), &[2, 5][..]));
    assert_eq!((found[1].row, &found[1].related[..]), (Some(1), &[4][..]));

    // Read as floating point, in the notation of a spreadsheet, rounded by it to 15 digits.
    let float = with_column("身份证号", |row| C::Float(1.1e17 + row as f64 * 1e10));
    let notation = with_column("身份证号", |_| C::Text("1.10105E+17"));
    let zeros = ["110105194912310000", "440524188001010000", "110101199003070000", "110101199103070000"];
    let zeros = with_column("身份证号", move |row| C::Text(zeros[row % 4]));
    let phones = with_column("电话", |_| C::Text("1.38E+10"));
    for (lost, column) in
        [(&float, "身份证号"), (&notation, "身份证号"), (&zeros, "身份证号"), (&phones, "电话")]
    {
        let found = faults(lost, &good, &all);
        assert_eq!(codes(&found), ["precision_lost"]);
        assert_eq!(found[0].column, Some(format!("left.{column}")));
        assert!(found[0].remedy.contains("as text"));
    }

    // Words in a column of dates, and names in a column of phones: a column of another roster.
    let other = with_column("出生日期", |row| C::Text(["red", "green", "blue"][row % 3]));
    let names = with_column("电话", |_| C::Text("王芳芳"));
    assert_eq!(codes(&faults(&good, &other, &all)), ["not_of_kind"]);
    assert_eq!(codes(&faults(&good, &names, &all)), ["not_of_kind"]);

    let stranger = texts(&["colour", "size"], &[&["red", "1"], &["blue", "2"]]);
    assert_eq!(codes(&faults(&good, &stranger, &all)), ["nothing_to_compare"]);
    let wrong = Rules { left: [("nmae".to_owned(), F::Name)].into(), ..Rules::default() };
    assert_eq!(codes(&faults(&good, &good, &wrong)), ["unknown_column"]);
    let same = texts(&["name", "name"], &[&["a", "b"]]);
    assert!(codes(&faults(&same, &same, &all)).contains(&"duplicate_column"));

    // All at once, of both sides.
    let (_, rows) = &twice;
    let both = (HEADER.to_vec(), rows.clone());
    let mut found =
        codes(&faults(&both, &other, &all)).iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    found.sort();
    assert_eq!(found, ["duplicate_record", "duplicate_record", "not_of_kind"]);
}

#[test]
fn rules_that_can_not_be_meant_are_refused() {
    let good = people();
    let default = Rules::default();
    for (wrong, expected) in [
        (Rules { match_at: f64::NAN, review_at: -0.1, ..default.clone() }, &["no_probability"; 2][..]),
        (
            Rules { review_at: 0.6, most_candidates_per_row: 0, ..default.clone() },
            &["review_above_match", "no_candidates"],
        ),
        (Rules { ignore: vec!["truth_di".to_owned()], ..default.clone() }, &["unknown_ignored"]),
    ] {
        let found = faults(&good, &good, &wrong);
        assert_eq!(codes(&found), expected);
        assert!(
            found.iter().all(|fault| fault.column.as_deref().is_some_and(|rule| rule.starts_with("rules.")))
        );
        let alone =
            deduplicate(&table(&good), &wrong, None, &mut Control::free()).expect_err("the same faults");
        assert_eq!(codes(&alone.faults()), expected);
    }
    let huge = || RosterTable::new(2_200_000_000).column("name", |_| C::Missing);
    let error = reconcile(&huge(), &huge(), &default, None, &mut Control::free()).expect_err("too many rows");
    assert_eq!(codes(&error.faults()), ["too_large_together"]);
}

#[test]
fn the_head_of_a_household_is_not_the_person_of_the_row() {
    let family = |rid: [&'static str; 2]| {
        texts(
            &["rid", "姓名", "出生日期", "户主身份证号", "户主姓名"],
            &[
                &[rid[0], "王小明", "2012-03-04", "11010519491231002X", "王伟"],
                &[rid[1], "王小红", "2015-06-07", "11010519491231002X", "王伟"],
            ],
        )
    };
    let done = run(&family(["a", "b"]), &family(["c", "d"]), &Rules::default()).expect("nothing is wrong");
    for column in done.columns() {
        let other = column.column.starts_with("户主");
        assert!(!other || !matches!(column.kind, Some(F::Id | F::Name)), "{column:?}");
    }
    // Also where the values would tell.
    let numbers = with_column("户主身份证号", |_| C::Text("11010519491231002X"));
    let done = run(&numbers, &people(), &Rules::default()).expect("nothing is wrong");
    let head = done.columns().iter().find(|column| column.column == "户主身份证号");
    assert_eq!(head.and_then(|column| column.kind), None);
}

#[test]
fn a_numbering_is_the_record_id_whatever_the_order_of_rows() {
    let numbered = |header: &'static str, reversed: bool| {
        let ids: Vec<String> = (0..1100).map(|row: usize| row.saturating_sub(1).to_string()).collect();
        let names = people();
        let rows = if reversed { (0..1100).rev().collect::<Vec<usize>>() } else { (0..1100).collect() };
        let roster = RosterTable::new(1100)
            .column(header, |row| C::Text(&ids[rows[row]]))
            .column("姓名", |row| names.1[rows[row] % 8][1]);
        let done = deduplicate(&roster, &Rules::default(), None, &mut Control::free()).expect("only odd");
        done.columns()[0].kind
    };
    // The first two rows have one number.
    assert_eq!([numbered("id", false), numbered("id", true)], [Some(F::Exact); 2]);
    let good = people();
    for header in ["走访编号", "申请表编号", "id"] {
        let mut visits = people();
        visits.0[0] = header;
        let done = run(&good, &visits, &Rules::default()).expect("nothing is wrong");
        assert_eq!(done.matched().map(|row| row.right).min().as_deref(), Some("a0"), "{header}");
    }
    // Whoever takes numbers of people for record ids is told that they are shown and saved.
    let phones = people();
    let phones = with_column("rid", move |row| phones.1[row][3]);
    let done = run(&phones, &good, &Rules::default()).expect("only odd");
    assert_eq!(codes(done.notes()), ["personal_record"]);
    // One that both sides have is compared.
    let pass = with_column("通行证编号", |row| C::Text(["1", "2", "3", "4", "5", "6", "7", "8"][row]));
    let done = run(&pass, &pass, &Rules::default()).expect("nothing is wrong");
    assert!(done.columns().iter().any(|column| column.column == "通行证编号" && column.field.is_some()));
}

#[test]
fn a_list_of_nothing_leaves_everybody_without_a_counterpart() {
    let (good, nothing) = (people(), (Vec::new(), Vec::new()));
    let rules = Rules { right: [("电话".to_owned(), F::Phone)].into(), ..Rules::default() };
    let done = run(&good, &nothing, &rules).expect("it is a roster");
    assert_eq!((done.missing().count(), codes(done.notes())), (8, vec!["no_rows"]));
    let other = run(&nothing, &good, &Rules::default()).expect("it is a roster");
    assert_eq!((other.extra().count(), codes(other.notes())), (8, vec!["no_rows"]));
    // Rows that come later have the columns of the other.
    let later = Update { right: Some(table(&good)), ..Update::default() };
    let later = done.update(&later, &Stamp::default(), &mut Control::free()).expect("the same columns");
    assert_eq!((later.matched().count(), later.missing().count()), (8, 0));
    assert_eq!(codes(&faults(&nothing, &nothing, &Rules::default())), ["nothing_to_compare"]);
    // Wherever a table is asked for, a list of nothing is one.
    let free = || Control::free();
    let right = Some(table(&nothing));
    let same = done.update(&Update { right, ..Update::default() }, &Stamp::default(), &mut free());
    assert_eq!(same.expect("nothing comes").missing().count(), 8);
    let ids = (0..8).map(|row| format!("a{row}")).collect();
    let gone =
        later.update(&Update { remove_left: ids, ..Update::default() }, &Stamp::default(), &mut free());
    let gone = gone.expect("all go");
    let (empty, full) = (table(&nothing), table(&good));
    let loaded = Reconciliation::load(&gone.to_json(), &empty, Some(&full), None, &mut free());
    assert_eq!(loaded.expect("the rows that are left").extra().count(), 8);
    assert_eq!(later.rerun(&full, Some(&empty), &mut free()).expect("it is a roster").missing().count(), 8);
}

#[test]
fn a_column_of_the_run_that_is_gone_is_told_as_such() {
    let good = people();
    let done = run(&good, &good, &Rules::default()).expect("nothing is wrong");
    let mut less = good.clone();
    less.0.truncate(3);
    let error =
        done.rerun(&table(&less), Some(&table(&good)), &mut Control::free()).expect_err("two are gone");
    assert_eq!(codes(&error.faults()), ["column_needed"; 2]);
    let found: Vec<_> = error.faults().into_iter().filter_map(|fault| fault.column).collect();
    assert_eq!(found, ["left.电话", "left.出生日期"]);
    let text = error.text(Lang::En);
    assert!(text.contains("with which the run was made") && !text.contains("rules"), "{text}");
}

#[test]
fn tokens_that_can_not_agree_are_told() {
    let column = |prefix: &'static str, first: usize| {
        with_column("身份证号", move |row| {
            let digest: &'static str = Box::leak(format!("{prefix}{:064x}", first + row).into_boxed_str());
            C::Text(digest)
        })
    };
    let all = Rules::default();
    let (ours, theirs) = (column("hs256:", 1), column("hsm3:", 1));
    assert_eq!(codes(&faults(&ours, &theirs, &all)), ["mixed_tokens"]);
    let mut mixed = column("hs256:", 1);
    mixed.1[3][2] = theirs.1[3][2];
    let found = faults(&ours, &mixed, &all);
    assert_eq!((codes(&found), found[0].row), (vec!["mixed_tokens"], Some(3)));
    let spread = column("hs256:", 0x1_0000);
    // Their heads are the same: what follows is not looked at.
    assert!(run(&ours, &spread, &all).is_ok());
    let other_key = with_column("身份证号", |row| {
        let digest: &'static str = Box::leak(format!("hs256:{:032x}{:032x}", row + 9, row).into_boxed_str());
        C::Text(digest)
    });
    assert_eq!(codes(run(&ours, &other_key, &all).expect("only odd").notes()), ["no_token_shared"]);
    let done = run(&ours, &ours, &all).expect("nothing is wrong");
    let later = Update { right: Some(table(&theirs)), ..Update::default() };
    let error = done.update(&later, &Stamp::default(), &mut Control::free()).expect_err("another algorithm");
    assert_eq!(codes(&error.faults()), ["mixed_tokens"]);
    // Tokens on one side alone are compared with nothing, which is said; letters may be capitals.
    let sides = [(people(), ours.clone()), (ours.clone(), people())];
    for ((left, right), side) in sides.into_iter().zip(["right", "left"]) {
        let done = run(&left, &right, &all).expect("only odd");
        assert_eq!(codes(done.notes()), ["tokens_on_one_side"]);
        assert_eq!(done.notes()[0].column.as_deref(), Some(&*format!("{side}.身份证号")));
    }
    let capitals = with_column("身份证号", |row| {
        let digest: &'static str = Box::leak(format!("HS256:{:064X}", 1 + row).into_boxed_str());
        C::Text(digest)
    });
    assert_eq!(codes(run(&ours, &capitals, &all).expect("nothing is wrong").notes()), [""; 0]);
}

#[test]
fn what_is_only_odd_is_noted_and_no_row_is_lost() {
    let good = people();
    let note = |odd: &Table| -> Vec<(String, Vec<usize>)> {
        let done = run(odd, &good, &Rules::default()).expect("it is only odd");
        assert_eq!(counted(&done, RosterSide::Left), odd.1.len());
        assert_eq!(counted(&done, RosterSide::Right), good.1.len());
        let rows = |note: &Fault| note.row.into_iter().chain(note.related.iter().copied()).collect();
        done.notes().iter().filter(|note| is_left(note)).map(|note| (note.code.clone(), rows(note))).collect()
    };
    let cells = |name, odd: &'static [(usize, &'static str)]| {
        let (header, rows) = people();
        let at = header.iter().position(|known| *known == name).expect("a column of the header");
        with_column(name, move |row| {
            odd.iter().find(|odd| odd.0 == row).map_or(rows[row][at], |odd| C::Text(odd.1))
        })
    };
    let noted = |code: &str, rows: &[usize]| (code.to_owned(), rows.to_vec());
    assert_eq!(note(&cells("出生日期", &[(2, "1990-02-30")])), [noted("impossible_date", &[2])]);
    assert_eq!(
        note(&cells("出生日期", &[(3, "1990年"), (5, "soon")])),
        [noted("unreadable", &[5]), noted("partial_date", &[3])]
    );
    assert_eq!(
        note(&cells("身份证号", &[(0, "110105194912310021"), (4, "000000000000000000")])),
        [noted("placeholder", &[4]), noted("unsound_id", &[0])]
    );
    assert_eq!(
        note(&cells("电话", &[(1, "13800000012/13900000000"), (2, "无"), (6, "00000000000")])),
        [noted("placeholder", &[6]), noted("several_phones", &[1])]
    );
    assert_eq!(note(&cells("rid", &[(7, "")])), [noted("record_missing", &[7])]);
    assert_eq!(note(&cells("姓名", &[(0, "😀"), (1, "𠮷田"), (2, "张·三（户主）")])), []);
    let long: &'static str = Box::leak("张".repeat(10_000).into_boxed_str());
    assert_eq!(note(&with_column("姓名", move |_| C::Text(long))), []);
    assert_eq!(note(&with_column("电话", |_| C::Missing)), [noted("all_missing", &[])]);
    let mixed =
        with_column(
            "电话",
            |row| if row % 2 == 0 { C::Integer(13_800_000_001) } else { C::Text("13900000001") },
        );
    assert_eq!(note(&mixed), [noted("mixed_kinds", &[])]);
    let days = with_column("出生日期", |row| C::Text(["01/02/1990", "03/04/1985"][row % 2]));
    assert_eq!(note(&days).first().map(|note| note.0.as_str()), Some("day_or_month"));
    assert_eq!(note(&(HEADER.to_vec(), Vec::new())), [noted("no_rows", &[])]);
}

#[test]
fn numbers_and_days_say_the_same_as_texts() {
    let good = people();
    let numbers = with_column("电话", |row| {
        C::Integer(
            [
                13_800_000_001,
                13_800_000_012,
                13_800_000_123,
                13_800_001_234,
                13_800_012_345,
                13_800_123_456,
                13_801_234_567,
                13_812_345_678,
            ][row],
        )
    });
    let floats = with_column("电话", |row| {
        C::Float(
            [
                13_800_000_001.0,
                13_800_000_012.0,
                13_800_000_123.0,
                13_800_001_234.0,
                13_800_012_345.0,
                13_800_123_456.0,
                13_801_234_567.0,
                13_812_345_678.0,
            ][row],
        )
    });
    let days = with_column("出生日期", |row| {
        C::Day([-7306, -32_872, 7430, 5520, 3497, 11_628, -1200, -4317][row])
    });
    let matched = |done: &Reconciliation| done.matched().collect::<Vec<_>>();
    let expected = matched(&run(&good, &good, &Rules::default()).expect("nothing is wrong"));
    assert_eq!(expected.len(), 8);
    for other in [&numbers, &floats, &days] {
        let done = run(&good, other, &Rules::default()).expect("nothing is wrong");
        assert_eq!(matched(&done), expected);
        assert_eq!(done.notes(), []);
    }
}

#[test]
fn the_order_of_rows_has_no_meaning() {
    let good = people();
    let pairs = |table: &Table| -> BTreeSet<(String, String)> {
        let done = run(table, &people(), &Rules::default()).expect("nothing is wrong");
        done.matched().map(|row| (row.left, row.right)).collect()
    };
    let mut turned = good.clone();
    turned.1.reverse();
    assert_eq!(pairs(&turned), pairs(&good));
}

#[test]
fn a_thousand_rows_that_are_the_same_end_somewhere() {
    let ids: Vec<String> = (0..1000).map(|row| format!("r{row}")).collect();
    let roster = || {
        RosterTable::new(1000)
            .column("rid", |row| C::Text(&ids[row]))
            .column("name", |_| C::Text("张伟"))
            .column("phone", |_| C::Text("13800000001"))
    };
    let done =
        reconcile(&roster(), &roster(), &Rules::default(), None, &mut Control::free()).expect("odd, no more");
    assert_eq!((counted(&done, RosterSide::Left), counted(&done, RosterSide::Right)), (1000, 1000));
    let alone = deduplicate(&roster(), &Rules::default(), None, &mut Control::free()).expect("odd, no more");
    assert_eq!(counted(&alone, RosterSide::Left), 1000);
}

#[test]
fn no_value_of_a_person_is_in_an_error_a_note_or_a_debug() {
    const SECRETS: [&str; 3] = ["张秘密", "110105194912310021", "13987654321"];
    let secret = texts(
        &["rid", "name", "idno", "phone", "birth"],
        &[
            &["id-7781", SECRETS[0], SECRETS[1], SECRETS[2], "sometime"],
            &["id-7781", SECRETS[0], SECRETS[1], SECRETS[2], "sometime"],
            &["id-7782", SECRETS[0], SECRETS[1], SECRETS[2], "sometime"],
        ],
    );
    let error = run(&secret, &people(), &Rules::default()).expect_err("ids are doubled, dates are none");
    let open = texts(&["rid", "name", "idno"], &[&["a", SECRETS[0], SECRETS[1]], &["b", "王芳", "x"]]);
    let done = run(&open, &people(), &Rules::default()).expect("only odd");
    let said = [
        format!("{error} {error:?} {} {}", error.text(Lang::En), error.text(Lang::Zh)),
        format!("{:?} {done:?} {:?} {:?}", error.faults(), done.notes(), table(&secret)),
    ];
    for text in said {
        for value in SECRETS.iter().chain(&["id-778", "sometime"]) {
            assert!(!text.contains(value), "{value} is told");
        }
    }
}

fn is_left(note: &Fault) -> bool {
    note.message_zh.starts_with("左表")
}

/// How many rows of a side are somewhere.
fn counted(done: &Reconciliation, side: RosterSide) -> usize {
    let rows = match side {
        RosterSide::Left => done.matched().count() + done.missing().count(),
        RosterSide::Right => done.matched().count() + done.extra().count(),
    };
    let doubled = done.duplicates().filter(|row| row.side == side).count();
    let review: BTreeSet<usize> = done
        .review()
        .flat_map(|row| [(row.left_side, row.left_row), (row.right_side, row.right_row)])
        .filter(|row| row.0 == side)
        .map(|row| row.1)
        .collect();
    rows + doubled + review.len()
}
