//! Laws of spreading people evenly.
#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "numbers are small, and costs are whole or halves, which floats hold exactly"
)]
#[path = "oracle/sending.rs"]
mod sending;

use gridcore::Problem;
use gridcore::deployment::{Deployment, PersonRow, Spread};
use proptest::prelude::*;
use sending::{Task, grid, town};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_grid_has_two_more_than_another(count in 0_i64..100_000, grids in 1_usize..10) {
        let plan = Deployment::new(&town()).spread(&Spread::of(count).grids((0..grids).map(grid))).expect("sound");
        let amounts: Vec<i64> = plan.by_grid().iter().map(|grid| grid.amount).collect();
        prop_assert_eq!(amounts.iter().sum::<i64>(), count);
        // The first grids get the one more.
        prop_assert!(amounts.is_sorted_by(|a, b| a >= b));
        prop_assert!(amounts[0] - amounts[grids - 1] <= 1);
        prop_assert!(plan.certificate().verified);
    }

    #[test]
    fn people_stay_as_near_home_as_evenness_allows(homes in prop::collection::vec(0_usize..10, 1..5), grids in 1_usize..4) {
        let people = homes.len() as i64;
        let (floor, ceiling) = (people / grids as i64, (people + grids as i64 - 1) / grids as i64);
        let tree = town();
        let mut links = Vec::new();
        for at in 0..grids {
            for (person, &home) in homes.iter().enumerate() {
                links.push((at, person, 1, if home == at { 0 } else { 2 })); // over the city: two steps
            }
        }
        let task = Task { people: vec![(1, 1); homes.len()], needs: vec![(floor, ceiling); grids], links, steps: Vec::new() };
        let rows = homes.iter().enumerate().map(|(at, &home)| PersonRow::new(format!("p{at}")).home(grid(home)));
        let plan = Deployment::new(&tree).spread(&Spread::people(rows).grids((0..grids).map(grid)).home(1.0));
        let plan = plan.expect("everybody finds a grid");
        prop_assert_eq!(Some(plan.cost_units()), task.least_cost().map(|least| least * 1000));
        prop_assert!(plan.loads().iter().all(|load| load.amount == 1));
    }
}

#[test]
#[cfg(feature = "samples")]
fn a_hundred_go_to_the_grids_of_torch() {
    let sample = gridcore::samples::zhongshan();
    let tree = sample.tree();
    // 18 level-2 grids: 10 get 6 and 8 get 5.
    let torch = tree
        .descendants_at(tree.root(), 1)
        .find(|&town| tree.descendants_at(town, 4).count() == 1153)
        .map(|town| tree.code(town).to_string())
        .expect("Torch has 1153 leaves");
    let plan = Deployment::new(tree).spread(&Spread::of(100).under(torch).level(2)).expect("sound");
    let amounts: Vec<i64> = plan.by_grid().iter().map(|grid| grid.amount).collect();
    assert_eq!(amounts, [[6].repeat(10), [5].repeat(8)].concat());
}

#[test]
fn what_can_not_be_spread_is_a_fault() {
    let spread = |spread: Spread| {
        let error = Deployment::new(&town()).spread(&spread).map(|_| ()).expect_err("a fault");
        error
            .faults()
            .into_iter()
            .map(|fault| (fault.column.unwrap_or_default(), fault.code))
            .collect::<Vec<_>>()
    };
    let one = |column: &str, code: &str| vec![(column.to_owned(), code.to_owned())];
    assert_eq!(spread(Spread::of(5).level(7)), one("level", "empty_level"));
    assert_eq!(spread(Spread::of(5).under("x")), one("under", "unknown_grid"));
    assert_eq!(spread(Spread::of(-5)), one("count", "negative"));
    assert_eq!(spread(Spread::of(5).size("people")), one("size", "unknown_weight"));
    assert_eq!(spread(Spread::people([])), one("people", "empty_table"));
    assert_eq!(spread(Spread::default()), one("count", "empty_table"));
}
