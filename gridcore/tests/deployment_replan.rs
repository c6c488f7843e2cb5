//! Laws of re-planning.
#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "numbers are small, and costs are whole or halves, which floats hold exactly"
)]
#[path = "oracle/sending.rs"]
mod sending;

use std::collections::BTreeSet;

use gridcore::control::Control;
use gridcore::deployment::{
    ChangeCost, DemandRow, DeployError, Deployment, NeedRow, PersonRow, Plan, ReplanOptions, Staffing,
};
use gridcore::{GridRow, GridTree, Lang, Problem};
use proptest::prelude::*;
use sending::{Task, any_task, grid, town};

fn solve(task: &Task) -> Result<Plan, DeployError> {
    let staffing = Staffing::new(task.people_rows(), task.need_rows()).candidates(task.candidate_rows());
    Deployment::new(&town()).assign(&staffing)
}

/// Who was sent where.
fn sent(plan: &Plan) -> BTreeSet<(String, Option<String>)> {
    plan.rows().into_iter().map(|row| (row.grid.to_string(), row.who.as_text())).collect()
}

/// The task without some people.
fn without(task: &Task, gone: &[usize]) -> Task {
    let mut left = task.clone();
    for &person in gone {
        left.people[person] = (0, 0);
    }
    left
}

/// Changes and cost of amounts, given who was sent before.
fn weigh(task: &Task, before: &BTreeSet<(String, Option<String>)>, amounts: &[i64]) -> (i64, i64) {
    let new = |&(need, person, _, _): &(usize, usize, i64, i64)| {
        !before.contains(&(grid(need), Some(format!("p{person}"))))
    };
    let changes =
        task.links.iter().zip(amounts).map(|(link, &amount)| if new(link) { amount } else { 0 }).sum();
    (changes, task.cost(amounts))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_warm_start_ends_where_a_cold_one_does(task in any_task(), gone in 0_usize..4, change in 0_u32..12) {
        let Ok(plan) = solve(&task) else { return Ok(()) };
        let gone = gone % task.people.len();
        let replan = plan.without([format!("p{gone}")]);
        let left = without(&task, &[gone]);
        let before = sent(&plan);
        let mut best = None;
        left.each(&mut |amounts| {
            let (changes, cost) = weigh(&left, &before, amounts);
            let sum = cost + changes * i64::from(change);
            best = Some(best.map_or(sum, |best: i64| best.min(sum)));
        });
        match (replan.replan(ChangeCost(change)), best) {
            (Ok(again), Some(best)) => {
                prop_assert_eq!(again.cost_units() + again.changes() * i64::from(change) * 1000, best * 1000);
                prop_assert_eq!(again.verify(), Ok(()));
                prop_assert!(again.certificate().verified);
                let fresh = again.rows().into_iter().filter(|row| !before.contains(&(row.grid.to_string(), row.who.as_text())));
                prop_assert_eq!(again.changes(), fresh.count() as i64);
                // The same from a saved plan, which has no warm start.
                let loaded = Plan::from_json(&town(), &plan.to_json()).expect("it was saved");
                let cold = loaded.without([format!("p{gone}")]).replan(ChangeCost(change)).expect("as before");
                prop_assert_eq!(cold.certificate().primal, again.certificate().primal);
                let saved = Plan::from_json(&town(), &again.to_json()).expect("it was saved");
                prop_assert_eq!(saved.rows(), again.rows());
                prop_assert_eq!(saved.changes(), again.changes());
            }
            (Err(error), None) => prop_assert!(error.infeasible().is_some_and(gridcore::deployment::Infeasible::verify)),
            (found, wanted) => prop_assert!(false, "{found:?} where the oracle says {wanted:?}"),
        }
    }

    #[test]
    fn the_fewest_changes_come_first_and_then_the_cost(task in any_task(), gone in 0_usize..4) {
        let Ok(plan) = solve(&task) else { return Ok(()) };
        let gone = gone % task.people.len();
        let (left, before) = (without(&task, &[gone]), sent(&plan));
        let mut best = None;
        left.each(&mut |amounts| {
            let found = weigh(&left, &before, amounts);
            best = Some(best.map_or(found, |best: (i64, i64)| best.min(found)));
        });
        let again = plan.without([format!("p{gone}")]).fewest_changes();
        match (again, best) {
            (Ok(again), Some((changes, cost))) => {
                prop_assert_eq!((again.changes(), again.cost_units()), (changes, cost * 1000));
                prop_assert!(again.certificate().verified);
            }
            (Err(error), None) => prop_assert!(error.infeasible().is_some_and(gridcore::deployment::Infeasible::verify)),
            (found, wanted) => prop_assert!(false, "{found:?} where the oracle says {wanted:?}"),
        }
    }

    #[test]
    fn other_demand_is_met_at_the_least_cost(task in any_task(), need in 0_usize..3, least in 0_i64..3, more in 0_i64..2) {
        let Ok(plan) = solve(&task) else { return Ok(()) };
        let need = need % task.needs.len();
        let mut other = task.clone();
        other.needs[need] = (least, least + more);
        let replan = plan.with_demand([DemandRow::new(grid(need), least).at_most(least + more)]);
        match (replan.replan(ChangeCost(0)), other.least_cost()) {
            (Ok(again), Some(cost)) => {
                prop_assert_eq!(again.cost_units(), cost * 1000);
                prop_assert_eq!(again.verify(), Ok(()));
            }
            (Err(error), None) => prop_assert!(error.infeasible().is_some_and(gridcore::deployment::Infeasible::verify)),
            (found, wanted) => prop_assert!(false, "{found:?} where the oracle says {wanted:?}"),
        }
    }

    #[test]
    fn with_nothing_changed_nobody_moves(task in any_task(), change in 1_u32..9) {
        let Ok(plan) = solve(&task) else { return Ok(()) };
        let again = plan.again().replan(ChangeCost(change)).expect("it was possible before");
        prop_assert_eq!((again.changes(), again.cost_units()), (0, plan.cost_units()));
        prop_assert_eq!(again.kept(None).expect("no weight").share, 1.0);
    }

    #[test]
    fn gaps_allowed_are_filled_again_when_people_come_back(task in any_task(), gone in 0_usize..4) {
        let mut task = task;
        task.people.iter_mut().for_each(|bounds| bounds.0 = 0);
        let Ok(plan) = solve(&task) else { return Ok(()) };
        let gone = gone % task.people.len();
        let options = ReplanOptions { allow_gaps: true, fewest_changes: true, ..ReplanOptions::default() };
        let replan = plan.without([format!("p{gone}")]);
        let again = replan.replan_with(options, &mut Control::free()).expect("gaps are allowed");
        prop_assert_eq!(again.verify(), Ok(()));
        let left = without(&task, &[gone]);
        let free = Task { needs: left.needs.iter().map(|bounds| (0, bounds.1)).collect(), ..left };
        let before = sent(&plan);
        let mut best = (i64::MAX, i64::MAX, i64::MAX);
        free.each(&mut |amounts| {
            let lack = task.needs.iter().zip(free.taken(amounts)).map(|(need, taken)| (need.0 - taken).max(0)).sum();
            let (changes, cost) = weigh(&free, &before, amounts);
            best = best.min((lack, changes, cost * 1000));
        });
        let missing: i64 = again.by_grid().iter().map(|grid| grid.missing).sum();
        prop_assert_eq!((missing, again.changes(), again.cost_units()), best);
        // Once more, from a plan with gaps.
        let third = again.again().replan_with(options, &mut Control::free()).expect("as before");
        prop_assert_eq!((third.changes(), third.cost_units()), (0, again.cost_units()));
    }
}

#[test]
fn ten_percent_fall_ill() {
    // 200 grids of 10 households each, under 10 districts; 240 people near them.
    let mut rows = vec![GridRow::new("1", "city")];
    for district in 0..10 {
        rows.push(GridRow::new(format!("1{district}"), format!("district {district}")).under("1"));
        for leaf in 0..20 {
            let code = format!("1{district}{leaf:02}");
            rows.push(
                GridRow::new(code, format!("leaf {leaf}"))
                    .under(format!("1{district}"))
                    .weight("households", 10.0),
            );
        }
    }
    let tree = GridTree::from_rows(rows).expect("sound");
    let leaves: Vec<String> = tree.leaves(tree.root()).map(|leaf| tree.code(leaf).to_string()).collect();
    let people: Vec<PersonRow> =
        (0..240).map(|at| PersonRow::new(format!("p{at:03}")).home(leaves[at * 7 % 200].as_str())).collect();
    let weights = gridcore::deployment::StaffWeights { home: 1.0, ..Default::default() };
    let staffing =
        Staffing::new(people, leaves.iter().map(|leaf| NeedRow::new(leaf.as_str()))).weights(weights);
    let plan = Deployment::new(&tree).assign(&staffing).expect("more people than grids");
    let ill: Vec<String> = (0..240).step_by(10).map(|at| format!("p{at:03}")).collect();
    let sent_ill =
        plan.rows().iter().filter(|row| ill.contains(&row.who.as_text().unwrap_or_default())).count() as i64;
    let broken = plan.without(&ill);
    let gaps = broken.gaps();
    assert_eq!((gaps[0].grid.to_string().as_str(), gaps[0].missing, gaps[0].needed), ("1", sent_ill, 200));
    assert_eq!(gaps.iter().filter(|gap| gap.direct).count() as i64, sent_ill);
    let districts: i64 = gaps.iter().filter(|gap| gap.level == 1).map(|gap| gap.missing).sum();
    assert_eq!(districts, sent_ill);
    let repaired = broken.fewest_changes().expect("216 are enough for 200");
    assert_eq!(repaired.changes(), sent_ill);
    let kept = repaired.kept(Some("households")).expect("the tree has households");
    assert_eq!((kept.weight, kept.kept_weight), (2000.0, 2000.0 - 10.0 * sent_ill as f64));
    assert!(repaired.gaps().is_empty());
    let error = repaired.kept(Some("people")).expect_err("no such weight");
    assert_eq!(error.faults()[0].code, "unknown_weight");
    // 50 ill are too many, and the city is named as one set.
    let many: Vec<String> = (0..50).map(|at| format!("p{at:03}")).collect();
    let error = plan.without(&many).replan(ChangeCost(1)).expect_err("190 for 200");
    let causes = error.infeasible().expect("sound tables");
    assert!(causes.verify());
    assert_eq!((causes.causes()[0].needed, causes.causes()[0].available), (200, 190));
}

#[test]
fn unknown_names_and_demands_are_reported_together_and_without_names() {
    let task =
        Task { people: vec![(0, 1)], needs: vec![(1, 1)], links: vec![(0, 0, 1, 4)], steps: Vec::new() };
    let plan = solve(&task).expect("one for one");
    let replan = plan.without(["p0", "13800138000"]).with_demand([
        DemandRow::new("x", 1),
        DemandRow::new(grid(5), 1),
        DemandRow::new(grid(0), -1),
        DemandRow::new(grid(0), 3).at_most(2),
    ]);
    let error = replan.replan(ChangeCost(0)).expect_err("five faults");
    let found: Vec<_> = error
        .faults()
        .into_iter()
        .map(|fault| (fault.column.unwrap_or_default(), fault.row, fault.code))
        .collect();
    let wanted = [
        ("without", Some(1), "unknown_name"),
        ("demand.grid", Some(0), "unknown_grid"),
        ("demand.grid", Some(1), "unknown_name"),
        ("demand.at_least", Some(2), "negative"),
        ("demand.at_least", Some(3), "bounds"),
        ("demand.grid", Some(3), "duplicate"),
    ];
    let wanted: Vec<_> =
        wanted.iter().map(|&(column, row, code)| (column.to_owned(), row, code.to_owned())).collect();
    assert_eq!(found, wanted);
    for text in [error.text(Lang::En), error.text(Lang::Zh), format!("{error:?} {replan:?} {plan:?}")] {
        assert!(!text.contains("138001") && !text.contains("p0"), "{text}");
    }
}

#[test]
fn gaps_of_demand_that_is_no_number_of_people_are_not_counted() {
    let tree = GridTree::from_rows([
        GridRow::new("1", "city"),
        GridRow::new("11", "north").under("1"),
        GridRow::new("12", "south").under("1"),
    ])
    .expect("it is sound");
    let staffing =
        Staffing::new(["a", "b"].map(PersonRow::new), [NeedRow::new("11"), NeedRow::new("12").at_least(1)]);
    let plan = Deployment::new(&tree).assign(&staffing).expect("there is a plan");
    for wild in [i64::MIN, -1, i64::MAX] {
        let again = plan.with_demand([DemandRow::new("11", wild), DemandRow::new("12", wild)]);
        assert_eq!(again.gaps(), []);
        let error = again.replan(ChangeCost(0)).expect_err("both rows are at fault");
        assert_eq!(error.faults().iter().map(|fault| fault.row).collect::<Vec<_>>(), [Some(0), Some(1)]);
    }
}
