//! Laws of roll-ups, against an oracle that looks at every row once for every grid.
#[path = "oracle/city.rs"]
mod city;
#[path = "oracle/rollup.rs"]
mod oracle;

use city::any_tree;
use gridcore::tree::{How, Measure, MeasureValues, RolledValue};
use gridcore::{GridIndex, GridRow, GridTree, Lang, Problem};
use oracle::beneath;
use proptest::prelude::*;

/// A tree, and rows anywhere in it: a whole number, a multiple of ¼ (sums of which are exact), a weight.
type Rows = (GridTree, Vec<GridIndex>, Vec<Option<i64>>, Vec<Option<f64>>, Vec<f64>);

fn any_rows() -> impl Strategy<Value = Rows> {
    let row = (
        any::<prop::sample::Index>(),
        proptest::option::weighted(0.8, -1000..1000_i64),
        proptest::option::weighted(0.8, (-1000..1000_i32).prop_map(|quarters| f64::from(quarters) / 4.0)),
        (0..8_u8).prop_map(|halves| f64::from(halves) / 2.0),
    );
    let shape = prop_oneof![Just(0), Just(1), Just(2)];
    (any_tree(), proptest::collection::vec(row, 0..80), shape).prop_map(|(tree, rows, shape)| {
        let mut rows: Vec<_> =
            rows.into_iter().map(|(pick, i, f, w)| (pick.index(tree.len()), i, f, w)).collect();
        match shape {
            // Every grid once, in order.
            0 => {
                rows.resize(tree.len(), (0, Some(3), Some(0.25), 1.0));
                rows.iter_mut().enumerate().for_each(|(place, row)| row.0 = place);
            }
            // Each grid at most once, in any order.
            1 => {
                let mut seen = std::collections::BTreeSet::new();
                rows.retain(|row| seen.insert(row.0));
            }
            _ => {}
        }
        let at = rows.iter().map(|row| tree.at(row.0).expect("it is picked from the tree")).collect();
        let integers = rows.iter().map(|row| row.1).collect();
        let floats = rows.iter().map(|row| row.2).collect();
        let weights = rows.iter().map(|row| row.3).collect();
        (tree, at, integers, floats, weights)
    })
}

proptest! {
    #[test]
    fn every_measure_is_what_the_oracle_finds((tree, at, integers, floats, weights) in any_rows()) {
        let nans: Vec<f64> = floats.iter().map(|value| value.unwrap_or(f64::NAN)).collect();
        let whole: Vec<i64> = integers.iter().map(|value| value.unwrap_or(0)).collect();
        let rollup = tree.rollup(&at, &[
            Measure::rows("rows"),
            Measure::count("count", &integers),
            Measure::sum("sum", &integers),
            Measure::sum("whole", &whole),
            Measure::min("min", &integers),
            Measure::max("max", &integers),
            Measure::mean("mean", &integers),
            Measure::sum("float sum", &floats),
            Measure::sum("nan sum", MeasureValues::FloatsOrNan(&nans)),
            Measure::count("float count", &floats),
            Measure::min("float min", &floats),
            Measure::max("float max", &floats),
            Measure::mean("float mean", MeasureValues::FloatsOrNan(&nans)),
            Measure::mean("weighted", &integers).weighted_by(&weights),
        ]).expect("nothing is wrong");
        let products: Vec<Option<f64>> =
            integers.iter().zip(&weights).map(|(value, weight)| value.map(|value| value as f64 * weight)).collect();
        let shares: Vec<Option<f64>> =
            integers.iter().zip(&weights).map(|(value, weight)| value.map(|_| *weight)).collect();
        for grid in tree.indices() {
            let whole = beneath(&tree, &at, &integers, grid);
            let real = beneath(&tree, &at, &floats, grid);
            let everything = at.iter().map(|_| Some(())).collect::<Vec<_>>();
            prop_assert_eq!(rollup.integer("rows", grid), i64::try_from(beneath(&tree, &at, &everything, grid).len()).ok());
            prop_assert_eq!(rollup.integer("count", grid), i64::try_from(whole.len()).ok());
            prop_assert_eq!(rollup.integer("sum", grid), Some(whole.iter().sum()));
            prop_assert_eq!(rollup.integer("whole", grid), Some(whole.iter().sum()));
            prop_assert_eq!(rollup.integer("min", grid), whole.iter().copied().min());
            prop_assert_eq!(rollup.integer("max", grid), whole.iter().copied().max());
            let mean = (!whole.is_empty()).then(|| whole.iter().sum::<i64>() as f64 / whole.len() as f64);
            prop_assert_eq!(rollup.float("mean", grid), mean);
            let sum: f64 = real.iter().sum();
            prop_assert_eq!(rollup.float("float sum", grid), Some(sum));
            prop_assert_eq!(rollup.float("nan sum", grid), Some(sum));
            prop_assert_eq!(rollup.integer("float count", grid), i64::try_from(real.len()).ok());
            prop_assert_eq!(rollup.float("float min", grid), real.iter().copied().reduce(f64::min));
            prop_assert_eq!(rollup.float("float max", grid), real.iter().copied().reduce(f64::max));
            let mean = (!real.is_empty()).then(|| sum / real.len() as f64);
            prop_assert_eq!(rollup.float("float mean", grid), mean);
            let share: f64 = beneath(&tree, &at, &shares, grid).iter().sum();
            let product: f64 = beneath(&tree, &at, &products, grid).iter().sum();
            prop_assert_eq!(rollup.float("weighted", grid), (share > 0.0).then(|| product / share));
        }
    }

    #[test]
    fn the_order_of_rows_changes_no_bit(
        (tree, at, ..) in any_rows(),
        values in proptest::collection::vec(-1e300..1e300_f64, 80),
        turn in 0..80_usize,
    ) {
        let values = &values[..at.len().min(80)];
        let at = &at[..values.len()];
        let (mut turned, mut moved) = (values.to_vec(), at.to_vec());
        if !turned.is_empty() {
            turned.rotate_left(turn % values.len());
            moved.rotate_left(turn % values.len());
            turned.reverse();
            moved.reverse();
        }
        let bits = |at: &[GridIndex], values: &[f64]| {
            let rollup = tree.rollup(at, &[Measure::sum("s", values), Measure::mean("m", values)]).expect("finite");
            tree.indices()
                .map(|grid| (rollup.float("s", grid).map(f64::to_bits), rollup.float("m", grid).map(f64::to_bits)))
                .collect::<Vec<_>>()
        };
        prop_assert_eq!(bits(at, values), bits(&moved, &turned));
    }

    #[test]
    fn large_whole_numbers_are_exact_or_refused((tree, at, ..) in any_rows(), seed in any::<u64>()) {
        let mut state = seed;
        let values: Vec<i64> = at.iter().map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state.cast_signed() >> (state % 3)
        }).collect();
        let present: Vec<Option<i128>> = values.iter().map(|&value| Some(i128::from(value))).collect();
        let truth: Vec<i128> =
            tree.indices().map(|grid| beneath(&tree, &at, &present, grid).iter().sum()).collect();
        let is_bad = |grid: GridIndex| i64::try_from(truth[grid.get()]).is_err();
        match tree.rollup(&at, &[Measure::sum("people", &values)]) {
            Ok(rollup) => for grid in tree.indices() {
                prop_assert_eq!(rollup.integer("people", grid).map(i128::from), Some(truth[grid.get()]));
            },
            Err(error) => {
                let named: Vec<String> =
                    error.list().iter().filter_map(|fault| fault.grid.as_ref().map(ToString::to_string)).collect();
                let lowest: Vec<String> = tree.indices()
                    .filter(|&grid| is_bad(grid) && !tree.descendants(grid).any(is_bad))
                    .map(|grid| tree.code(grid).to_string())
                    .collect();
                prop_assert!(!lowest.is_empty());
                prop_assert_eq!(named, lowest);
            }
        }
    }

    #[test]
    fn a_total_is_the_sum_of_its_children_and_its_own((tree, at, integers, ..) in any_rows()) {
        let rollup = tree.rollup(&at, &[Measure::sum("s", &integers)]).expect("nothing is wrong");
        for grid in tree.indices() {
            let own: i64 = at.iter().zip(&integers).filter(|pair| *pair.0 == grid).filter_map(|pair| *pair.1).sum();
            let below: i64 = tree.children(grid).filter_map(|child| rollup.integer("s", child)).sum();
            prop_assert_eq!(rollup.integer("s", grid), Some(own + below));
        }
    }
}

fn three() -> GridTree {
    GridTree::from_rows([
        GridRow::new("1", "city").weight("area", 0.0),
        GridRow::new("11", "north").under("1").weight("area", 2.5),
        GridRow::new("12", "south").under("1"),
    ])
    .expect("the rows are sound")
}

#[test]
fn all_faults_stand_in_one_report() {
    let tree = three();
    let at = tree.index(["11", "12", "12"]).expect("they are there");
    let values = [1.0, f64::INFINITY, f64::NAN];
    let weights = [Some(-1.0), None, Some(f64::NAN)];
    let error = tree
        .rollup(
            &at,
            &[
                Measure::sum("a", &values),
                Measure::mean("b", &[1, 2, 3]).weighted_by(&weights),
                Measure::mean("c", MeasureValues::FloatsOrNan(&[f64::NAN, 1.0, f64::NEG_INFINITY])),
            ],
        )
        .expect_err("much is wrong");
    let found: Vec<_> =
        error.list().iter().map(|fault| (fault.row, fault.measure.as_deref(), fault.code())).collect();
    assert_eq!(
        found,
        [
            (Some(1), Some("a"), "not_finite"),
            (Some(2), Some("a"), "not_finite"),
            (Some(0), Some("b"), "negative_weight"),
            (Some(1), Some("b"), "missing_weight"),
            (Some(2), Some("b"), "not_finite"),
            (Some(2), Some("c"), "not_finite"),
        ]
    );
    assert_eq!(error.code(), "rollup_error");
    assert!(
        error.text(Lang::Zh).starts_with("6 处错误\n  第 1 行（从 0 起）：指标 \"a\" 的数值为无穷或非数")
    );
}

#[test]
fn faults_of_whole_columns_come_before_any_value_is_read() {
    let tree = three();
    let stranger = city::tree_of(&[0, 0, 0, 0, 0]).index(["g5"]).expect("it is there")[0];
    let error = tree
        .rollup(
            &[tree.root(), stranger],
            &[
                Measure::sum("a", &[1]),
                Measure::sum("a", &[f64::NAN, 0.0]).weighted_by(&[1, 1]),
                Measure::rows(""),
            ],
        )
        .expect_err("much is wrong");
    let codes: Vec<_> = error.list().iter().map(|fault| (fault.row, fault.code())).collect();
    assert_eq!(
        codes,
        [
            (None, "duplicate_name"),
            (None, "empty_name"),
            (None, "column_length"),
            (None, "unwanted_weights"),
            (Some(1), "outside_tree"),
        ]
    );
}

#[test]
fn sums_that_overflow_on_the_way_and_fit_in_the_end_are_right() {
    let tree = three();
    let at = tree.index(["11", "11", "12"]).expect("they are there");
    let rollup = tree.rollup(&at, &[Measure::sum("s", &[i64::MAX, 1, -1])]);
    let error = rollup.expect_err("11 holds one too many");
    assert_eq!(error.list()[0].grid.as_ref().map(ToString::to_string), Some("11".into()));
    let at = tree.index(["11", "12", "1"]).expect("they are there");
    let rollup = tree.rollup(&at, &[Measure::sum("s", &[i64::MAX, 1, -1])]).expect("the city's sum fits");
    assert_eq!(rollup.integer("s", tree.root()), Some(i64::MAX));
    let rollup =
        tree.rollup(&at, &[Measure::mean("m", &[i64::MAX, i64::MAX, i64::MAX])]).expect("a mean fits");
    assert_eq!(rollup.float("m", tree.root()), Some(i64::MAX as f64));
}

#[test]
fn float_totals_too_large_are_refused_with_the_lowest_grid() {
    let tree = three();
    let at = tree.index(["11", "11", "12"]).expect("they are there");
    let error = tree.rollup(&at, &[Measure::sum("s", &[f64::MAX, f64::MAX, 1.0])]).expect_err("11 overflows");
    let [fault] = error.list() else { panic!("one fault: {error}") };
    assert_eq!((fault.code(), fault.measure.as_deref()), ("overflow", Some("s")));
    assert_eq!(fault.grid.as_ref().map(ToString::to_string), Some("11".into()));
    assert_eq!(
        error.to_string(),
        "the total of \"s\" is too large to hold; use a larger unit, or floating-point numbers"
    );
}

#[test]
fn nothing_rolls_up_to_nothing() {
    let tree = three();
    let none: &[f64] = &[];
    let measures = [
        Measure::sum("sum", none),
        Measure::rows("rows"),
        Measure::min("min", none),
        Measure::mean("mean", none),
        Measure::mean("weighted", none).weighted_by(none),
    ];
    let rollup = tree.rollup(&[], &measures).expect("nothing is wrong");
    let values: Vec<_> = measures.iter().map(|measure| rollup.get(measure.name(), tree.root())).collect();
    assert_eq!(values, [Some(RolledValue::Float(0.0)), Some(RolledValue::Integer(0)), None, None, None]);
    assert_eq!(rollup.get("no such measure", tree.root()), None);
}

#[test]
fn the_least_and_greatest_know_the_ends_of_the_scale_from_nothing() {
    let tree = three();
    let at = tree.index(["11", "12"]).expect("they are there");
    for (values, least, greatest) in [
        (
            [Some(i64::MAX), None],
            [Some(i64::MAX), Some(i64::MAX), None],
            [Some(i64::MAX), Some(i64::MAX), None],
        ),
        (
            [Some(i64::MIN), None],
            [Some(i64::MIN), Some(i64::MIN), None],
            [Some(i64::MIN), Some(i64::MIN), None],
        ),
        (
            [Some(i64::MIN), Some(i64::MAX)],
            [Some(i64::MIN), Some(i64::MIN), Some(i64::MAX)],
            [Some(i64::MAX), Some(i64::MIN), Some(i64::MAX)],
        ),
    ] {
        let rollup = tree.rollup(&at, &[Measure::min("min", &values), Measure::max("max", &values)]);
        let rollup = rollup.expect("nothing is wrong");
        for grid in tree.indices() {
            assert_eq!(rollup.integer("min", grid), least[grid.get()]);
            assert_eq!(rollup.integer("max", grid), greatest[grid.get()]);
        }
    }
    let floats = [-0.0, 0.0];
    let rollup = tree.rollup(&at, &[Measure::min("min", &floats), Measure::max("max", &floats)]);
    let rollup = rollup.expect("nothing is wrong");
    let sign = |name| rollup.float(name, tree.root()).map(f64::is_sign_negative);
    assert_eq!((sign("min"), sign("max")), (Some(true), Some(false)));
}

#[test]
fn a_weight_of_the_tree_is_totalled_and_an_unknown_one_refused() {
    let tree = three();
    assert_eq!(tree.total("area").expect("it is there"), [2.5, 2.5, 0.0]);
    let error = tree.total("people").expect_err("it is not there");
    assert_eq!(error.to_string(), "the grids have no weight \"people\"; use one of: area");
}

#[cfg(feature = "serde")]
#[test]
fn rows_come_out_by_code() {
    let tree = three();
    let at: Vec<GridIndex> = tree.indices().collect();
    let rollup = tree.rollup(&at, &[Measure::new("s", How::Sum, &[1, 2, 3])]).expect("nothing is wrong");
    let json = serde_json::to_string(&rollup.rows().collect::<Vec<_>>()).expect("rows are plain");
    assert_eq!(
        json,
        r#"[{"grid":"1","level":0,"values":{"s":6}},{"grid":"11","level":1,"values":{"s":2}},{"grid":"12","level":1,"values":{"s":3}}]"#
    );
}

#[test]
fn ten_thousand_leaves_are_counted_town_by_town() {
    let tree = city::city();
    let leaves: Vec<GridIndex> = tree.leaves(tree.root()).collect();
    let rollup = tree.rollup(&leaves, &[Measure::rows("leaves")]).expect("nothing is wrong");
    let of = |code: &str| rollup.integer("leaves", tree.find(code).expect("it is there"));
    assert_eq!((of("C"), of("T01"), of("T02")), (Some(10117), Some(1153), Some(1307)));
}
