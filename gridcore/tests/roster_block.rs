//! Batches that an engine drives: any number of buckets leads to the pairs of one call.

use std::collections::BTreeMap;

use gridcore::Problem;
use gridcore::control::Control;
use gridcore::roster::{
    BatchKernel, BatchKey, BatchPair, Reconciliation, RosterCell, RosterSide, RosterTable, Rules, Settle,
    deduplicate, estimate, reconcile,
};
use proptest::prelude::*;

/// Id, name, phone, birth, grid.
type Row = [String; 5];

const COLUMNS: [&str; 5] = ["rid", "姓名", "电话", "出生日期", "网格"];

fn table<'a>(rows: &'a [&'a Row]) -> RosterTable<'a> {
    COLUMNS.iter().enumerate().fold(RosterTable::new(rows.len()), |table, (place, name)| {
        table.column(*name, move |row| match rows[row][place].as_str() {
            "" => RosterCell::Missing,
            text => RosterCell::Text(text),
        })
    })
}

fn all(rows: &[Row]) -> Vec<&Row> {
    rows.iter().collect()
}

fn side(most: usize) -> impl Strategy<Value = Vec<Row>> {
    let cell = |texts: &'static [&'static str]| proptest::sample::select(texts).prop_map(str::to_owned);
    let row = (
        cell(&["王建国", "王建國", "李敏", "李民", "张伟", "阿卜杜拉·买买提"]),
        cell(&["", "13812345678", "13912345687", "13912345678"]),
        cell(&["", "1990-03-07", "1990-07-03", "1985-04-12"]),
        cell(&["10101010", "10101011", "20101010"]),
    );
    proptest::collection::vec(row, 3..most).prop_map(|rows| {
        let named = rows.into_iter().enumerate();
        named.map(|(at, (name, phone, birth, grid))| [format!("r{at}"), name, phone, birth, grid]).collect()
    })
}

/// A run to freeze: its rows are not those of the batches.
fn frozen() -> Reconciliation {
    let rows: Vec<Row> = (0..40)
        .map(|at| {
            let phone = if at % 3 == 0 { String::new() } else { format!("138{:08}", at * 7919) };
            let name = format!("{}{}", ["王", "李", "张"][at % 3], ["建国", "敏", "伟", "平"][at % 4]);
            [
                format!("s{at}"),
                name,
                phone,
                format!("19{:02}-0{}-15", 50 + at, 1 + at % 9),
                format!("101010{}", 10 + at % 2),
            ]
        })
        .collect();
    let rows = all(&rows);
    reconcile(&table(&rows), &table(&rows), &Rules::default(), None, &mut Control::free())
        .expect("sound rows")
}

/// Sends every row under each of its keys to a bucket, scores each bucket alone, and leads rows back.
fn in_buckets(kernel: &BatchKernel, left: &[Row], right: &[Row], buckets: u64) -> Vec<BatchPair> {
    let sent = |rows: &[Row], side| {
        let mut sent: BTreeMap<u64, BTreeMap<usize, Vec<u64>>> = BTreeMap::new();
        for BatchKey { row, key } in kernel.keys(&table(&all(rows)), side).expect("sound rows") {
            let bucket = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) % buckets;
            sent.entry(bucket).or_default().entry(row).or_default().push(key);
        }
        sent
    };
    let (left_sent, right_sent) = (sent(left, RosterSide::Left), sent(right, RosterSide::Right));
    let mut pairs = Vec::new();
    for (bucket, lefts) in &left_sent {
        let Some(rights) = right_sent.get(bucket) else { continue };
        let part = |sent: &BTreeMap<usize, Vec<u64>>| {
            let rows: Vec<usize> = sent.keys().copied().collect();
            let keys = sent.values().enumerate();
            let keys = keys.flat_map(|(row, keys)| keys.iter().map(move |&key| BatchKey { row, key }));
            (rows, keys.collect::<Vec<_>>())
        };
        let ((left_rows, left_keys), (right_rows, right_keys)) = (part(lefts), part(rights));
        let (lefts, rights): (Vec<&Row>, Vec<&Row>) = (
            left_rows.iter().map(|&row| &left[row]).collect(),
            right_rows.iter().map(|&row| &right[row]).collect(),
        );
        let (a, b) = (table(&lefts), table(&rights));
        let found =
            kernel.score((&a, &left_keys), (&b, &right_keys), &mut Control::free()).expect("sound rows");
        pairs.extend(found.into_iter().map(|pair| BatchPair {
            left: left_rows[pair.left],
            right: right_rows[pair.right],
            ..pair
        }));
    }
    pairs.sort_by_key(|pair| (pair.left, pair.right));
    pairs
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_number_of_buckets_leads_to_the_pairs_of_one_call(left in side(40), right in side(40), buckets in 2_u64..40, cuts in any::<bool>()) {
        let mut kernel = frozen().batch_kernel();
        if cuts {
            // The keys that the first rows have: whatever they are, one call and many agree on them.
            let keys = kernel.keys(&table(&all(&left)), RosterSide::Left).unwrap();
            kernel = kernel.with_cut(keys.iter().take(4).map(|key| key.key));
        }
        let one = in_buckets(&kernel, &left, &right, 1);
        let many = in_buckets(&kernel, &left, &right, buckets);
        prop_assert_eq!(&one, &many);
        prop_assert!(one.windows(2).all(|two| (two[0].left, two[0].right) < (two[1].left, two[1].right)));
    }
}

/// Rules under which some blocks are cut, or none.
fn any_rules() -> impl Strategy<Value = Rules> {
    let settle = prop_oneof![Just(Settle::OneToOne), Just(Settle::OneToMany), Just(Settle::Clusters)];
    (settle, prop_oneof![Just(1), Just(3), Just(50)]).prop_map(|(settle, most)| Rules {
        settle,
        most_candidates_per_row: most,
        ..Rules::default()
    })
}

/// All that an answer says of rows.
fn told(answer: &Reconciliation) -> impl PartialEq + std::fmt::Debug {
    (
        answer.pairs().collect::<Vec<_>>(),
        answer.matched().collect::<Vec<_>>(),
        answer.review().collect::<Vec<_>>(),
        RosterSide::ALL.map(|side| answer.states(side)),
        answer.clusters().map(|row| row.cluster).collect::<Vec<_>>(),
        answer.report(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_number_of_buckets_leads_to_the_answer_of_one_call(
        left in side(40), right in side(40), buckets in 1_u64..40, rules in any_rules(), seed in any::<u64>(),
    ) {
        let (lefts, rights) = (all(&left), all(&right));
        let (a, b) = (table(&lefts), table(&rights));
        let one = reconcile(&a, &b, &rules, None, &mut Control::free()).expect("sound rows");
        let json = one.batch_kernel().to_json();
        let kernel = BatchKernel::from_json(&json).expect("it was saved");
        prop_assert_eq!(&kernel.to_json(), &json);
        let mut pairs = in_buckets(&kernel, &left, &right, buckets);
        // Engines hand pairs over in any order, and some of them twice.
        pairs.sort_by_key(|pair| seed.wrapping_mul(2 * (pair.left * 64 + pair.right) as u64 + 1));
        pairs.extend_from_within(..pairs.len() / 4);
        let many = kernel.settle(&a, Some(&b), &pairs, &mut Control::free()).expect("pairs of these rows");
        prop_assert_eq!(told(&many), told(&one));
    }

    #[test]
    fn an_estimate_is_what_the_run_says_unless_blocks_are_cut(left in side(40), right in side(40), rules in any_rules()) {
        let (lefts, rights) = (all(&left), all(&right));
        let (a, b) = (table(&lefts), table(&rights));
        let before = estimate(&a, Some(&b), &rules, &mut Control::free()).expect("sound rows");
        let run = reconcile(&a, &b, &rules, None, &mut Control::free()).expect("sound rows");
        prop_assert_eq!(&before.columns, run.columns());
        prop_assert!(before.pairs <= before.allowed_pairs);
        for (row, rule) in before.rules.iter().zip(run.blocking()) {
            prop_assert_eq!((&row.rule, row.blocks), (&rule.rule, rule.blocks));
            // Cut or not, a pair in a block is in one of the two sums.
            prop_assert_eq!(row.pairs + row.cut_pairs, rule.estimate + rule.cut_pairs);
        }
        if before.cut.is_empty() {
            prop_assert_eq!(before.pairs, run.estimate());
            prop_assert!(run.cut().is_empty() && run.report().compared_pairs <= before.pairs);
        }
        let alone = estimate(&a, None, &rules, &mut Control::free()).expect("sound rows");
        let run = deduplicate(&a, &rules, None, &mut Control::free()).expect("sound rows");
        prop_assert!(!alone.cut.is_empty() || alone.pairs == run.estimate());
    }
}

/// One roster in buckets: its rows stand on both sides of each.
#[test]
fn a_deduplication_in_buckets_is_that_of_one_call() {
    let rows: Vec<Row> = (0..60_usize)
        .map(|at| {
            let person = at % 45;
            let name =
                format!("{}{}", ["王", "李", "张"][person % 3], ["建国", "敏", "伟", "平"][person % 4]);
            [format!("r{at}"), name, format!("138{:08}", person * 7919), String::new(), "10101010".into()]
        })
        .collect();
    let refs = all(&rows);
    let one = deduplicate(&table(&refs), &Rules::default(), None, &mut Control::free()).expect("sound rows");
    let kernel = one.batch_kernel();
    let pairs = in_buckets(&kernel, &rows, &rows, 7);
    let many = kernel.settle(&table(&refs), None, &pairs, &mut Control::free()).expect("pairs of these rows");
    assert_eq!(told(&many), told(&one));
    assert!(one.duplicates().count() >= 15);
}

#[test]
fn a_kernel_refuses_what_it_can_t_use() {
    let kernel = frozen().batch_kernel();
    let rows = vec![["s0", "王建国", "13800000001", "1950-01-15", "10101010"].map(str::to_owned)];
    let rows = all(&rows);
    let pair = |left, right| BatchPair { left, right, weight: 1.0, probability: 0.5 };
    let error = kernel
        .settle(
            &table(&rows),
            Some(&table(&rows)),
            &[pair(0, 0), pair(0, 7), pair(9, 0)],
            &mut Control::free(),
        )
        .expect_err("two pairs are of no rows");
    let faults: Vec<_> = error.faults().into_iter().map(|fault| (fault.code, fault.row)).collect();
    assert_eq!(faults, [("unknown_pair".into(), Some(2)), ("unknown_pair".into(), Some(1))]);
    let error =
        kernel.settle(&table(&rows), None, &[], &mut Control::free()).expect_err("the right is missing");
    assert_eq!(error.faults()[0].code, "roster_needed");
    let json = kernel.to_json();
    for (text, code) in [
        ("", "bad_field"),
        ("{}", "unknown_format"),
        (&json.replacen("roster_kernel", "tree", 1), "unknown_format"),
        (&json.replacen("\"version\":1", "\"version\":2", 1), "unknown_version"),
        (&json.replacen("\"single\":false", "\"single\":true", 1), "other_settings"),
        (&json.replacen("\"prior\":0.", "\"prior\":0.1", 1), "other_settings"),
        (&json.replacen("\"cut\":[", "\"cut\":[7", 1), "other_settings"),
        (&json[..json.len() - 1], "bad_field"),
    ] {
        let error = BatchKernel::from_json(text).expect_err("it is no kernel");
        assert_eq!(error.code(), code);
    }
}

#[test]
fn a_batch_of_the_rows_of_the_run_has_its_pairs() {
    let run = frozen();
    let kernel = run.batch_kernel();
    assert!(kernel.cut().is_empty());
    let rows: Vec<Row> = vec![
        ["s0".into(), "王建国".into(), "13800000001".into(), "1950-01-15".into(), "10101010".into()],
        ["s1".into(), "李敏".into(), "13800000002".into(), "1960-02-15".into(), "10101010".into()],
    ];
    let pairs = in_buckets(&kernel, &rows, &rows, 5);
    let sure: Vec<(usize, usize)> =
        pairs.iter().filter(|pair| pair.probability > 0.5).map(|pair| (pair.left, pair.right)).collect();
    assert_eq!(sure, [(0, 0), (1, 1)]);
    assert_eq!(format!("{kernel:?}"), "BatchKernel { cut: 0, .. }");
}
