//! Laws of declared counts held against registered ones, and the report's own figures.
#[path = "oracle/city.rs"]
mod city;

use city::any_tree;
use gridcore::tree::{DeclaredPart, DeclaredRow, DeclaredVerdict};
use gridcore::{Claim, GridTree, Lang, Problem};
use proptest::prelude::*;

fn claim(text: &str) -> Claim {
    text.parse().expect("it is a claim")
}

/// What the report says, with the codes of Torch and Cuiheng in a tree.
fn report(torch: &str, cuiheng: &str) -> Vec<DeclaredRow> {
    let figures = [(2, 18, 26, 287), (3, 99, 307, 3300), (4, 1153, 1307, 10117)];
    let rows = figures.iter().flat_map(|&(level, in_torch, in_cuiheng, total)| {
        [
            DeclaredRow::part([torch], level, in_torch),
            DeclaredRow::part([cuiheng], level, in_cuiheng),
            DeclaredRow::total(level, total),
        ]
    });
    rows.collect()
}

#[cfg(feature = "samples")]
#[test]
fn the_register_knows_other_level_2_grids_than_the_report() {
    let register = gridcore::samples::register(2023).expect("there is such an edition");
    let rows = report("442000003", "442000008").into_iter().filter(|row| row.level == 2);
    let table = register.declared(rows).expect("the rows are sound");
    let found: Vec<_> =
        table.lines().iter().map(|line| (line.part, line.low, line.registered, line.difference)).collect();
    assert_eq!(
        found,
        [
            (DeclaredPart::Part, 18, 7, -11),
            (DeclaredPart::Part, 26, 17, -9),
            (DeclaredPart::Rest, 243, 263, 20),
            (DeclaredPart::Total, 287, 287, 0),
        ]
    );
    assert_eq!(
        table.to_markdown(Lang::Zh),
        "\
| 层级 | 部分 | 申报 | 登记 | 差额 | 结论 |
|---|---|---|---|---|---|
| 2 | 中山港街道 | 18 | 7 | -11 | 登记偏少 |
| 2 | 南朗街道 | 26 | 17 | -9 | 登记偏少 |
| 2 | 其余 | 243 | 263 | +20 | 登记偏多 |
| 2 | 合计 | 287 | 287 | 0 | 相符 |
"
    );
}

#[test]
fn the_residuals_of_the_report_are_the_other_towns() {
    let tree = city::city();
    let table = tree.declared(report("T01", "T02")).expect("the rows are sound");
    let rest = |level: u8| table.rest(level).map(|line| (line.low, line.high, line.registered));
    assert_eq!(rest(2), Some((243, Some(243), 243)));
    assert_eq!(rest(3), Some((2894, Some(2894), 2894)));
    assert_eq!(rest(4), Some((7657, Some(7657), 7657)));
    assert_eq!(table.mismatches().count(), 0);
}

#[test]
fn rounded_claims_leave_an_interval_for_the_rest() {
    let tree = city::city();
    let rows = [
        DeclaredRow::part(["T01"], 4, claim("1100多个")),
        DeclaredRow::part(["T02"], 4, claim("超过1300个")),
        DeclaredRow::total(4, claim("1万多个")),
    ];
    let table = tree.declared(rows).expect("the rows are sound");
    // 1100多 is 1101–1199, 超过1300 is 1301 and more, 1万多 is 10001–19999.
    let rest = table.rest(4).expect("there is one");
    assert_eq!((rest.low, rest.high, rest.registered), (0, Some(19999 - 1101 - 1301), 7657));
    assert_eq!(table.mismatches().count(), 0);
    let rows = [DeclaredRow::part(["T01"], 4, claim("不足1000个"))];
    let table = tree.declared(rows).expect("the rows are sound");
    let part = &table.lines()[0];
    assert_eq!((part.verdict, part.difference), (DeclaredVerdict::More, 1153 - 999));
    assert_eq!(table.lines()[1].part, DeclaredPart::Sum);
}

#[test]
fn parts_beyond_the_total_are_found_out() {
    let tree = city::city();
    let rows = [DeclaredRow::part(["T01", "T02"], 2, 300), DeclaredRow::total(2, 287)];
    let table = tree.declared(rows).expect("the rows are sound");
    let rest = table.rest(2).expect("there is one");
    assert_eq!((rest.verdict, rest.low, rest.registered), (DeclaredVerdict::PartsExceedTotal, 0, 243));
    assert_eq!(table.lines()[0].label.en, "T01, T02");
    assert_eq!(table.lines()[0].registered, 44);
}

#[test]
fn the_largest_numbers_bound_what_they_can() {
    let tree = city::city();
    let rows = [
        DeclaredRow::part(["T01"], 2, u64::MAX),
        DeclaredRow::part(["T02"], 2, u64::MAX),
        DeclaredRow::total(2, u64::MAX),
    ];
    let table = tree.declared(rows).expect("the rows are sound");
    assert_eq!(table.lines()[0].difference, i64::MIN);
    assert_eq!(table.rest(2).map(|line| line.low), Some(0));
}

#[test]
fn all_faults_stand_in_one_report() {
    let tree = GridTree::builder()
        .schema(gridcore::LevelSchema::national())
        .from_rows([
            gridcore::GridRow::new("1", "country"),
            gridcore::GridRow::new("11", "province").under("1"),
            gridcore::GridRow::new("111", "city").under("11"),
        ])
        .expect("the rows are sound");
    let rows = [
        DeclaredRow::part(["111"], 2, 1),
        DeclaredRow::part(["11"], 2, 1),
        DeclaredRow::part(["111"], 1, 1),
        DeclaredRow::part(["nowhere"], 2, 1),
        DeclaredRow::total(2, 1),
        DeclaredRow::total(2, 1),
        DeclaredRow::total(9, 1),
        DeclaredRow::part(["1", "1"], 3, 1),
    ];
    let error = tree.declared(rows).expect_err("much is wrong");
    let found: Vec<_> = error.list().iter().map(|fault| (fault.row, fault.code())).collect();
    assert_eq!(
        found,
        [
            (1, "overlap"),
            (2, "level_above_grid"),
            (3, "unknown_grid"),
            (5, "second_total"),
            (6, "unknown_level"),
            (7, "overlap"),
        ]
    );
    assert_eq!(error.code(), "declared_error");
    let first = error.faults()[0].text(Lang::En);
    assert_eq!(
        first,
        "row 1: 11 and 111 of row 0 share grids, which would count twice; name each part of the territory once for a level"
    );
}

#[cfg(feature = "serde")]
#[test]
fn rows_are_plain_json() {
    let json = r#"[{"grids":["T01"],"level":2,"declared":18},{"level":2,"declared":"280多个"}]"#;
    let rows: Vec<DeclaredRow> = serde_json::from_str(json).expect("the rows are sound");
    assert_eq!(rows, [DeclaredRow::part(["T01"], 2, 18), DeclaredRow::total(2, claim("280多个"))]);
    let table = city::city().declared(rows).expect("the rows are sound");
    let line = serde_json::to_string(&table.lines()[2]).expect("a line is plain");
    assert_eq!(
        line,
        r#"{"part":"total","level":2,"grids":[],"label":{"zh":"合计","en":"total"},"low":281,"high":289,"registered":287,"difference":0,"verdict":"agrees"}"#
    );
}

proptest! {
    /// Whatever was declared, the parts and the rest add up: registered to registered, exact counts to exact counts.
    #[test]
    fn parts_and_rest_make_the_total(
        tree in any_tree(),
        level in 1..4_u8,
        picks in proptest::collection::vec(any::<bool>(), 40),
        counts in proptest::collection::vec(0..9_u64, 40),
        total in 0..400_u64,
    ) {
        let parts = tree.children(tree.root()).zip(picks).filter(|pair| pair.1).zip(counts);
        let mut rows: Vec<DeclaredRow> = parts
            .map(|((grid, _), count)| DeclaredRow::part([tree.code(grid).to_string()], level, count))
            .collect();
        rows.push(DeclaredRow::total(level, total));
        let table = tree.declared(rows).expect("the rows are sound");
        let parts: Vec<_> = table.lines().iter().filter(|line| line.part == DeclaredPart::Part).collect();
        let whole = table.lines().last().expect("the total stands last");
        let on_level = tree.indices().filter(|&grid| tree.level(grid) == level).count();
        prop_assert_eq!(whole.registered, on_level as u64);
        let registered: u64 = parts.iter().map(|line| line.registered).sum();
        let declared: u64 = parts.iter().map(|line| line.low).sum();
        match table.rest(level) {
            None => prop_assert!(parts.is_empty()),
            Some(rest) => {
                prop_assert_eq!(registered + rest.registered, whole.registered);
                if declared <= total {
                    prop_assert_eq!((rest.low, rest.high), (total - declared, Some(total - declared)));
                    let difference: i64 = parts.iter().map(|line| line.difference).sum();
                    prop_assert_eq!(difference + rest.difference, whole.difference);
                } else {
                    prop_assert_eq!(rest.verdict, DeclaredVerdict::PartsExceedTotal);
                }
            }
        }
        for line in table.lines() {
            let agrees = line.low <= line.registered && line.high.is_none_or(|high| line.registered <= high);
            let excess = line.verdict == DeclaredVerdict::PartsExceedTotal;
            prop_assert!(excess || agrees == (line.verdict == DeclaredVerdict::Agrees));
        }
    }
}
