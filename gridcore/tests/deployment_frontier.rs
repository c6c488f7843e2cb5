//! Laws of the frontier of cost against changes.
#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "numbers are small, and costs are whole or halves, which floats hold exactly"
)]
#[path = "oracle/sending.rs"]
mod sending;

use std::collections::BTreeSet;

use gridcore::deployment::{ChangeCost, Deployment, Staffing};
use proptest::prelude::*;
use sending::{Task, any_task, grid, town};

/// The corners of the lower hull of points (changes, cost), dearest first, by the plainest means: a point is a corner if some
/// line leaves every other point strictly above it.
fn hull(points: &BTreeSet<(i64, i64)>) -> Vec<(i64, i64)> {
    // The cheapest of each number of changes, and only those that are cheaper than all with fewer.
    let mut steady: Vec<(i64, i64)> = Vec::new();
    for &(changes, cost) in points {
        if steady.iter().all(|other| cost < other.1) {
            steady.push((changes, cost));
        }
    }
    let corner = |&(at, &(changes, cost)): &(usize, &(i64, i64))| {
        // Below the line through any earlier and any later one.
        steady[..at].iter().all(|a| {
            steady[at + 1..].iter().all(|b| (cost - a.1) * (b.0 - a.0) < (b.1 - a.1) * (changes - a.0))
        })
    };
    let mut corners: Vec<(i64, i64)> =
        steady.iter().enumerate().filter(corner).map(|(_, &point)| point).collect();
    corners.reverse();
    corners
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_corner_is_found_and_none_invented(task in any_task(), gone in 0_usize..4) {
        let staffing = Staffing::new(task.people_rows(), task.need_rows()).candidates(task.candidate_rows());
        let Ok(plan) = Deployment::new(&town()).assign(&staffing) else { return Ok(()) };
        let gone = gone % task.people.len();
        let before: BTreeSet<_> = plan.rows().into_iter().map(|row| (row.grid.to_string(), row.who.as_text())).collect();
        let mut left: Task = task.clone();
        left.people[gone] = (0, 0);
        let mut points = BTreeSet::new();
        left.each(&mut |amounts| {
            let new = |link: &(usize, usize, i64, i64)| !before.contains(&(grid(link.0), Some(format!("p{}", link.1))));
            let changes: i64 = left.links.iter().zip(amounts).map(|(link, &amount)| if new(link) { amount } else { 0 }).sum();
            points.insert((changes, left.cost(amounts)));
        });
        let replan = plan.without([format!("p{gone}")]);
        if points.is_empty() {
            prop_assert!(replan.frontier().is_err());
            return Ok(());
        }
        let rows = replan.frontier().expect("it is possible");
        let found: Vec<_> = rows.iter().map(|row| (row.changes, row.cost_units / 1000)).collect();
        prop_assert_eq!(found, hull(&points));
        // The ranges of costs per change follow one another, and a cost within a range finds the row's plan.
        prop_assert_eq!(rows[0].change_cost_from, 0.0);
        for pair in rows.windows(2) {
            prop_assert_eq!(pair[0].change_cost_until, Some(pair[1].change_cost_from));
        }
        prop_assert_eq!(rows.last().and_then(|row| row.change_cost_until), None);
        for row in &rows {
            let inside = row.change_cost_from.floor() + 1.0;
            if row.change_cost_until.is_none_or(|until| inside < until) {
                let found = replan.replan(ChangeCost(inside as u32)).expect("it is possible");
                prop_assert_eq!((found.changes(), found.cost_units()), (row.changes, row.cost_units));
            }
        }
        // The plan that came from a re-plan knows the same frontier.
        let again = replan.replan(ChangeCost(3)).expect("it is possible");
        prop_assert_eq!(again.frontier().expect("it is possible"), rows);
    }
}

#[test]
fn an_undisturbed_plan_has_one_point() {
    let task = Task {
        people: vec![(0, 1), (0, 1)],
        needs: vec![(1, 1)],
        links: vec![(0, 0, 1, 4), (0, 1, 1, 3)],
        steps: Vec::new(),
    };
    let staffing = Staffing::new(task.people_rows(), task.need_rows()).candidates(task.candidate_rows());
    let plan = Deployment::new(&town()).assign(&staffing).expect("sound");
    let rows = plan.frontier().expect("sound");
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].changes, rows[0].cost, rows[0].change_cost_until), (0, 3.0, None));
}
