//! Laws of mutual aid.
#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "numbers are small, and costs are whole or halves, which floats hold exactly"
)]
#[path = "oracle/sending.rs"]
mod sending;

use gridcore::Problem;
use gridcore::deployment::{Aid, DemandRow, Deployment, EdgeRow, PositionRow, SpareRow, Why};
use proptest::prelude::*;
use sending::{Task, grid, town};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_aid_is_nearer(
        spares in prop::collection::vec(0_i64..4, 1..4),
        demand in prop::collection::vec(0_i64..4, 1..3),
        at in prop::collection::vec(0_i32..20, 10),
    ) {
        // Spares at the grids 10, 11, …, demand at the grids 15, 16, …, all on a line.
        let far = |a: usize, b: usize| i64::from((at[a] - at[b]).abs());
        let links = (0..demand.len()).flat_map(|need| (0..spares.len()).map(move |spare| (need, spare)));
        let task = Task {
            people: spares.iter().map(|&most| (0, most)).collect(),
            needs: demand.iter().map(|&want| (want, want)).collect(),
            links: links.map(|(need, spare)| (need, spare, demand[need].min(spares[spare]), far(spare, 5 + need))).collect(),
            steps: Vec::new(),
        };
        let positions: Vec<_> =
            at.iter().enumerate().map(|(place, &x)| PositionRow::new(grid(place), f64::from(x), 0.0)).collect();
        let deployment = Deployment::new(&town()).on_plane(&positions).expect("sound");
        let aid = Aid::new(
            spares.iter().enumerate().map(|(place, &spare)| SpareRow::new(grid(place), spare)),
            demand.iter().enumerate().map(|(place, &want)| DemandRow::new(grid(5 + place), want)),
        );
        match (deployment.aid(&aid), task.least_cost()) {
            (Ok(plan), Some(least)) => {
                prop_assert_eq!(plan.cost_units(), least * 1000);
                prop_assert!(plan.certificate().verified);
            }
            (Err(error), None) => prop_assert!(error.infeasible().is_some_and(gridcore::deployment::Infeasible::verify)),
            (found, wanted) => prop_assert!(false, "{found:?} where the oracle says {wanted:?}"),
        }
    }
}

#[test]
fn along_edges_only_neighbours_help() {
    let aid = Aid::new([SpareRow::new(grid(0), 9), SpareRow::new(grid(2), 1)], [DemandRow::new(grid(1), 3)]);
    let plan =
        Deployment::new(&town()).aid(&aid.clone().edges([EdgeRow::new(grid(1), grid(0))])).expect("nine");
    let rows: Vec<_> =
        plan.rows().into_iter().map(|row| (row.who.to_string(), row.amount, row.why)).collect();
    assert_eq!(rows, [(grid(0), 3, Why::Neighbour)]);
    let error = Deployment::new(&town())
        .aid(&aid.edges([EdgeRow::new(grid(1), grid(2))]))
        .expect_err("one for three");
    let cause = &error.infeasible().expect("sound tables").causes()[0];
    assert_eq!((cause.needed, cause.available), (3, 1));
    assert_eq!(
        error.to_string(),
        "the grid 11 needs 3 and has only 1 grid nearby; \
         find more candidates for it, or lower its need"
    );
}

#[test]
fn a_grid_without_a_position_is_a_fault() {
    let deployment =
        Deployment::new(&town()).on_plane(&[PositionRow::new(grid(0), 0.0, 0.0)]).expect("sound");
    let error = deployment
        .aid(&Aid::new([SpareRow::new(grid(0), 1)], [DemandRow::new(grid(1), 1)]))
        .expect_err("where is it");
    let fault = &error.faults()[0];
    assert_eq!((fault.code.as_str(), fault.grid.as_deref()), ("no_position", Some("11")));
    let twice = [PositionRow::new(grid(0), 0.0, 0.0), PositionRow::new(grid(0), f64::NAN, 0.0)];
    let error = Deployment::new(&town()).on_plane(&twice).expect_err("two faults");
    let codes: Vec<_> = error.faults().into_iter().map(|fault| (fault.row, fault.code)).collect();
    assert_eq!(codes, [(Some(1), "not_finite".to_owned()), (Some(1), "duplicate".to_owned())]);
}
