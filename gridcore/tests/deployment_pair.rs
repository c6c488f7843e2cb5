//! Laws of pairing units with grids, and the figures of the report.
#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "numbers are small, and costs are whole or halves, which floats hold exactly"
)]
#![cfg(feature = "samples")]
#[path = "oracle/sending.rs"]
mod sending;

use std::collections::BTreeMap;

use gridcore::deployment::{Deployment, Pairing, UnitCostRow, UnitRow};
use gridcore::{GridRow, GridTree, Problem};
use proptest::prelude::*;
use sending::{Task, grid, town};

/// 83 units, with seats all over the towns.
fn units(tree: &GridTree) -> Vec<UnitRow> {
    let towns: Vec<String> =
        tree.descendants_at(tree.root(), 1).map(|town| tree.code(town).to_string()).collect();
    (0..83)
        .map(|at| UnitRow::new(format!("unit {at:02}")).home(towns[at * 7 % towns.len()].as_str()))
        .collect()
}

#[test]
fn each_of_83_units_gets_3_or_4_of_287_villages() {
    let sample = gridcore::samples::zhongshan();
    let tree = sample.tree();
    let plan =
        Deployment::new(tree).pair(&Pairing::new(units(tree)).level(2)).expect("there are enough grids");
    let mut loads = BTreeMap::new();
    for load in plan.loads() {
        *loads.entry(load.amount).or_insert(0) += 1;
    }
    assert_eq!(loads, BTreeMap::from([(3, 45), (4, 38)])); // 287 = 45 × 3 + 38 × 4
    assert!(plan.by_grid().iter().all(|grid| grid.amount == 1));
    assert_eq!(plan.pairs().len(), 287);
    assert!(plan.certificate().verified);
    assert_eq!(plan.verify(), Ok(()));
}

#[test]
fn quotas_follow_the_size_of_units() {
    // 10 grids, sizes 1 : 1 : 3 give quotas 2, 2 and 6.
    let units = [("a", 10.0), ("b", 10.0), ("c", 30.0)].map(|(name, size)| UnitRow::new(name).size(size));
    let plan = Deployment::new(&town()).pair(&Pairing::new(units)).expect("the quotas fit");
    assert_eq!(plan.loads().iter().map(|load| load.amount).collect::<Vec<_>>(), [2, 2, 6]);
}

#[test]
fn larger_units_get_larger_grids_if_a_mismatch_costs() {
    let sizes = [10.0, 100.0, 12.0, 90.0];
    let grids = sizes.iter().enumerate().map(|(at, &size)| {
        GridRow::new(grid(at), format!("district {at}")).under("1").weight("households", size)
    });
    let tree = GridTree::from_rows(std::iter::once(GridRow::new("1", "city")).chain(grids)).expect("sound");
    let unit = |name: &str, size| UnitRow::new(name).size(size).at_least(2).at_most(2);
    let pairing = Pairing::new([unit("large", 190.0), unit("small", 22.0)]).size("households", 1.0);
    let plan = Deployment::new(&tree).pair(&pairing).expect("two and two");
    let pairs: Vec<_> = plan.pairs().into_iter().map(|pair| (pair.grid, pair.unit)).collect();
    let wanted = ["small", "large", "small", "large"];
    let wanted: Vec<_> = wanted.iter().enumerate().map(|(at, unit)| (grid(at), (*unit).to_owned())).collect();
    assert_eq!(pairs, wanted);
    // Large grids should be 95 each and small ones 11.
    assert_eq!(plan.cost(), 5.0 + 5.0 + 1.0 + 1.0);
    let error = Deployment::new(&tree).pair(&pairing.size("people", 1.0)).expect_err("no such weight");
    assert_eq!(error.faults()[0].code, "unknown_weight");
}

#[test]
fn faults_of_units_are_reported_at_once() {
    let units =
        [UnitRow::new("a").home("x"), UnitRow::new("a").size(-1.0), UnitRow::new("").at_least(2).at_most(1)];
    let pairing = Pairing::new(units)
        .costs([UnitCostRow::new("z", grid(0), 1.0), UnitCostRow::new("a", "1", f64::NAN)])
        .distance(f64::INFINITY);
    let error = Deployment::new(&town()).pair(&pairing).expect_err("all wrong");
    let mut codes: Vec<_> = error
        .faults()
        .into_iter()
        .map(|fault| (fault.column.unwrap_or_default(), fault.row, fault.code))
        .collect();
    codes.sort();
    let wanted = [
        ("costs.cost", Some(1), "not_finite"),
        ("costs.grid", Some(1), "unknown_name"),
        ("costs.unit", Some(0), "unknown_name"),
        ("distance", None, "not_finite"),
        ("units.at_least", Some(2), "bounds"),
        ("units.home", Some(0), "unknown_grid"),
        ("units.size", Some(0), "not_finite"),
        ("units.size", Some(1), "negative"),
        ("units.size", Some(2), "not_finite"),
        ("units.unit", Some(1), "duplicate"),
        ("units.unit", Some(2), "malformed_name"),
    ];
    let wanted: Vec<_> =
        wanted.iter().map(|&(column, row, code)| (column.to_owned(), row, code.to_owned())).collect();
    let missing: Vec<_> = wanted.iter().filter(|fault| !codes.contains(fault)).collect();
    assert!(missing.is_empty(), "{missing:?} not among {codes:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_pairing_is_cheaper(units in 1_usize..4, grids in 1_usize..5, costs in prop::collection::vec(0_i64..50, 12)) {
        let quota = (grids / units) as i64..=grids.div_ceil(units) as i64;
        let task = Task {
            people: vec![(*quota.start(), *quota.end()); units],
            needs: vec![(1, 1); grids],
            links: (0..grids * units).map(|at| (at / units, at % units, 1, costs[at])).collect(),
            steps: Vec::new(),
        };
        let pairing = Pairing::new((0..units).map(|at| UnitRow::new(format!("p{at}"))))
            .grids((0..grids).map(grid))
            .costs(task.links.iter().map(|&(at, unit, _, cost)| {
                UnitCostRow::new(format!("p{unit}"), grid(at), cost as f64)
            }));
        let plan = Deployment::new(&town()).pair(&pairing).expect("quotas always fit");
        prop_assert_eq!(Some(plan.cost_units()), task.least_cost().map(|least| least * 1000));
        prop_assert!(plan.certificate().verified);
    }
}
