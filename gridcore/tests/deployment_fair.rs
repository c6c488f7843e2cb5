//! Laws of fair loads.
#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "numbers are small, and costs are whole or halves, which floats hold exactly"
)]
#[path = "oracle/sending.rs"]
mod sending;

use gridcore::Problem;
use gridcore::deployment::{Deployment, Fair, NeedRow, PersonRow, Staffing};
use proptest::prelude::*;
use sending::{Task, any_task, grid, town};

fn with(task: &Task, fair: Fair) -> Staffing {
    Staffing::new(task.people_rows(), task.need_rows()).candidates(task.candidate_rows()).fair(fair)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn steps_are_counted_for_every_place(task in any_task(), mut steps in prop::collection::vec(0_i64..15, 0..4)) {
        steps.sort_unstable();
        let task = Task { steps: steps.clone(), ..task };
        let fair = Fair::Steps(steps.iter().map(|&step| step as f64).collect());
        match (Deployment::new(&town()).assign(&with(&task, fair)), task.least_cost()) {
            (Ok(plan), Some(least)) => {
                prop_assert_eq!(plan.cost_units(), least * 1000);
                prop_assert_eq!(plan.verify(), Ok(()));
            }
            (Err(error), None) => prop_assert!(error.infeasible().is_some_and(gridcore::deployment::Infeasible::verify)),
            (found, wanted) => prop_assert!(false, "{found:?} where the oracle says {wanted:?}"),
        }
    }

    #[test]
    fn the_greatest_load_is_least_and_then_the_cost(task in any_task()) {
        let mut best = None;
        task.each(&mut |amounts| {
            let load = task.loads(amounts).into_iter().max().unwrap_or(0);
            let found = (load, task.cost(amounts));
            best = Some(best.map_or(found, |best: (i64, i64)| best.min(found)));
        });
        match (Deployment::new(&town()).assign(&with(&task, Fair::MinMax)), best) {
            (Ok(plan), Some((load, cost))) => {
                let greatest = plan.loads().iter().map(|load| load.amount).max().unwrap_or(0);
                prop_assert_eq!((greatest, plan.cost_units()), (load, cost * 1000));
                let certificate = plan.certificate();
                prop_assert!(certificate.verified);
                prop_assert_eq!(certificate.greatest_load, Some(load));
                // A smaller load is forbidden by a set that can be counted, or by somebody's own bound.
                let forced = task.people.iter().map(|bounds| bounds.0).max().unwrap_or(0);
                prop_assert_eq!(certificate.load_bound.is_empty(), load == forced);
                prop_assert_eq!(plan.verify(), Ok(()));
            }
            (Err(error), None) => prop_assert!(error.infeasible().is_some_and(gridcore::deployment::Infeasible::verify)),
            (found, wanted) => prop_assert!(false, "{found:?} where the oracle says {wanted:?}"),
        }
    }
}

#[test]
fn a_step_that_falls_is_a_fault() {
    let staffing = Staffing::new([PersonRow::new("a")], [NeedRow::new(grid(0))]);
    let error =
        Deployment::new(&town()).assign(&staffing.fair(Fair::Steps(vec![5.0, 4.0]))).expect_err("4 after 5");
    let fault = &error.faults()[0];
    assert_eq!((fault.row, fault.code.as_str()), (Some(1), "falling_step"));
}

#[test]
fn dear_second_places_are_taken_only_where_they_must_be() {
    // a is close to both grids, b is far from both.
    let people = [PersonRow::new("a").at_most(2), PersonRow::new("b").at_most(2)];
    let needs = [NeedRow::new(grid(0)), NeedRow::new(grid(1))];
    let plan = |second: f64| {
        Deployment::new(&town())
            .assign_at(
                &Staffing::new(people.clone(), needs.clone()).fair(Fair::Steps(vec![0.0, second])),
                |person, _| Some(if person.person == "a" { 1.0 } else { 10.0 }),
            )
            .expect("there are enough")
    };
    let loads = |second| plan(second).loads().iter().map(|load| load.amount).collect::<Vec<_>>();
    assert_eq!(loads(8.0), [2, 0]); // 1 + 1 + 8 < 1 + 10
    assert_eq!(loads(10.0), [1, 1]); // 1 + 10 < 1 + 1 + 10
}
