//! Laws of sending people to grids.
#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "numbers are small, and costs are whole or halves, which floats hold exactly"
)]
#[path = "oracle/sending.rs"]
mod sending;

use gridcore::deployment::{
    CandidateColumns, CandidateRow, CostColumn, DeployError, Deployment, NeedRow, PersonRow, Plan,
    PositionRow, StaffWeights, Staffing,
};
use gridcore::{GridRow, GridTree, Lang, Problem};
use proptest::prelude::*;
use sending::{Task, any_task, grid, town};

fn staffing(task: &Task) -> Staffing {
    Staffing::new(task.people_rows(), task.need_rows()).candidates(task.candidate_rows())
}

fn solve(tree: &GridTree, task: &Task) -> Result<Plan, DeployError> {
    Deployment::new(tree).assign(&staffing(task))
}

/// The rows of a plan as (grid, person, amount).
fn sent(plan: &Plan) -> Vec<(String, String, i64)> {
    let rows = plan.rows().into_iter();
    rows.map(|row| (row.grid.to_string(), row.who.as_text().unwrap_or_default(), row.amount)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_way_is_cheaper_and_what_is_impossible_is_named(task in any_task()) {
        match (solve(&town(), &task), task.least_cost()) {
            (Ok(plan), Some(least)) => {
                prop_assert_eq!(plan.cost_units(), least * 1000);
                prop_assert_eq!(plan.verify(), Ok(()));
                let certificate = plan.certificate();
                prop_assert!(certificate.verified);
                prop_assert_eq!(certificate.primal, certificate.bound);
                // The rows say the same as the loads on both sides.
                let rows: i64 = plan.rows().iter().map(|row| row.amount).sum();
                prop_assert_eq!(rows, plan.loads().iter().map(|load| load.amount).sum::<i64>());
                prop_assert_eq!(rows, plan.by_grid().iter().map(|load| load.amount).sum::<i64>());
                let costs: f64 = plan.rows().iter().map(|row| row.cost).sum();
                prop_assert_eq!(costs, plan.cost());
            }
            (Err(error), None) => {
                let causes = error.infeasible().expect("the tables are sound");
                prop_assert!(causes.verify());
            }
            (found, wanted) => prop_assert!(false, "{found:?} where the oracle says {wanted:?}"),
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(task in any_task(), turn in 0_usize..7) {
        let one = solve(&town(), &task);
        let mut staffing = staffing(&task);
        staffing.people.reverse();
        staffing.needs.reverse();
        let candidates = staffing.candidates.as_mut().expect("they are set");
        if !candidates.is_empty() {
            let turn = turn % candidates.len();
            candidates.rotate_left(turn);
        }
        match (one, Deployment::new(&town()).assign(&staffing)) {
            (Ok(one), Ok(other)) => {
                prop_assert_eq!(one.rows(), other.rows());
                prop_assert_eq!(one.certificate(), other.certificate());
                prop_assert_eq!(one.to_json(), other.to_json());
            }
            (Err(one), Err(other)) => prop_assert_eq!(one.text(Lang::Zh), other.text(Lang::Zh)),
            (one, other) => prop_assert!(false, "{one:?} and {other:?}"),
        }
    }

    #[test]
    fn columns_say_the_same_as_rows(task in any_task()) {
        let columns = CandidateColumns {
            need: task.links.iter().map(|link| link.0 as u32).collect(),
            person: task.links.iter().map(|link| link.1 as u32).collect(),
            cost: CostColumn::Whole(task.links.iter().map(|link| link.3).collect()),
        };
        let by_columns =
            Deployment::new(&town()).assign(&Staffing::new(task.people_rows(), task.need_rows()).columns(columns));
        match (solve(&town(), &task), by_columns) {
            (Ok(one), Ok(other)) => prop_assert_eq!(one.to_json(), other.to_json()),
            (Err(one), Err(other)) => prop_assert_eq!(one.to_string(), other.to_string()),
            (one, other) => prop_assert!(false, "{one:?} and {other:?}"),
        }
    }

    #[test]
    fn a_saved_plan_is_the_same_plan_and_a_changed_one_is_refused(task in any_task()) {
        let tree = town();
        if let Ok(plan) = solve(&tree, &task) {
            let text = plan.to_json();
            let loaded = Plan::from_json(&tree, &text).expect("it was saved");
            prop_assert_eq!(loaded.rows(), plan.rows());
            prop_assert!(loaded.to_json() == text);
            let mut value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
            if let Some(link) = value["links"].as_array_mut().and_then(|links| links.first_mut()) {
                link[4] = serde_json::json!(5); // a link carries one at most
                let error = Plan::from_json(&tree, &value.to_string()).expect_err("a bound is broken");
                prop_assert_eq!(error.code(), "unproven");
            }
            value["version"] = serde_json::json!(2);
            let error = Plan::from_json(&tree, &value.to_string()).expect_err("a later version");
            prop_assert_eq!(error.code(), "unknown_version");
        }
    }

    #[test]
    fn gaps_are_as_few_as_can_be(task in any_task()) {
        // Nobody must be sent, so that only the grids can lack.
        let mut task = task;
        task.people.iter_mut().for_each(|bounds| bounds.0 = 0);
        let plan = Deployment::new(&town()).assign(&staffing(&task).allow_gaps()).expect("gaps are allowed");
        let free = Task { needs: task.needs.iter().map(|bounds| (0, bounds.1)).collect(), ..task.clone() };
        let mut best = (i64::MAX, i64::MAX);
        free.each(&mut |amounts| {
            let lack = task.needs.iter().zip(free.taken(amounts)).map(|(need, taken)| (need.0 - taken).max(0));
            best = best.min((lack.sum(), free.cost(amounts) * 1000));
        });
        let missing: i64 = plan.by_grid().iter().map(|grid| grid.missing).sum();
        prop_assert_eq!((missing, plan.cost_units()), best);
        prop_assert_eq!(plan.verify(), Ok(()));
        let root = plan.gaps().first().map_or(0, |gap| gap.missing);
        prop_assert_eq!(root, missing);
        let tree = town();
        let loaded = Plan::from_json(&tree, &plan.to_json()).expect("it was saved");
        prop_assert_eq!(loaded.gaps(), plan.gaps());
    }
}

#[test]
fn skills_and_languages_are_required_unless_their_lack_has_a_price() {
    let tree = town();
    let people = [
        PersonRow::new("a").skill("medic").language("cantonese"),
        PersonRow::new("b").skill("medic"),
        PersonRow::new("c"),
    ];
    let need = NeedRow::new(grid(0)).skill("medic").language("cantonese").at_least(2);
    let staffing = Staffing::new(people, [need]);
    let error = Deployment::new(&tree).assign(&staffing).expect_err("one of three brings both");
    let cause = &error.infeasible().expect("nothing else is wrong").causes()[0];
    assert_eq!((cause.needed, cause.available, cause.code()), (2, 1, "too_few_people"));
    assert_eq!(cause.skills.iter().map(gridcore::Skill::as_str).collect::<Vec<_>>(), ["medic"]);
    let weights =
        StaffWeights { skill_miss: Some(30.0), language_miss: Some(2.5), ..StaffWeights::default() };
    let plan = Deployment::new(&tree).assign(&staffing.weights(weights)).expect("a lack has a price");
    assert_eq!(sent(&plan).into_iter().map(|row| row.1).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(plan.cost(), 2.5);
}

#[test]
fn distances_follow_the_tree_or_the_plane_and_reach_limits_them() {
    let tree = town();
    let staffing = Staffing::new(
        [PersonRow::new("a").home(grid(0)), PersonRow::new("b").home(grid(1)).work(grid(0))],
        [NeedRow::new(grid(0))],
    );
    let near = |home, work| StaffWeights { home, work, ..StaffWeights::default() };
    let by_home = Deployment::new(&tree).assign(&staffing.clone().weights(near(1.0, 0.0))).expect("sound");
    assert_eq!((sent(&by_home)[0].1.as_str(), by_home.cost()), ("a", 0.0));
    let plane = [PositionRow::new(grid(0), 0.0, 0.0), PositionRow::new(grid(1), 30.0, 40.0)];
    let plane = Deployment::new(&tree).on_plane(&plane).expect("sound");
    let only_b = Staffing::new([PersonRow::new("b").home(grid(1))], [NeedRow::new(grid(0))]);
    let plan = plane.assign(&only_b.clone().weights(near(0.5, 0.0))).expect("sound");
    assert_eq!(plan.cost(), 25.0); // half of fifty metres
    let short = StaffWeights { reach: Some(49.0), ..StaffWeights::default() };
    let error = plane.assign(&only_b.weights(short)).expect_err("fifty metres are too far");
    assert_eq!(error.faults()[0].code, "no_candidates");
}

#[test]
fn a_cost_of_the_callers_own_is_asked_for_each_pair() {
    let tree = town();
    let people = [PersonRow::new("a"), PersonRow::new("b"), PersonRow::new("c")];
    let staffing = Staffing::new(people, [NeedRow::new(grid(0)), NeedRow::new(grid(1))]);
    let plan = Deployment::new(&tree).assign_at(&staffing, |person, need| {
        (person.person != "a").then_some(if (person.person == "b") == (need.grid == grid(1)) {
            1.0
        } else {
            7.0
        })
    });
    let plan = plan.expect("b and c are enough");
    assert_eq!(sent(&plan), [(grid(0), "c".into(), 1), (grid(1), "b".into(), 1)]);
    assert_eq!(plan.cost(), 2.0);
    let error = Deployment::new(&tree).assign_at(&staffing, |_, _| Some(f64::NAN)).expect_err("no number");
    assert_eq!(error.faults()[0].code, "not_finite");
}

#[test]
fn every_fault_is_reported_at_once_and_nobody_is_named() {
    let secret = "13800138000";
    let staffing = Staffing::new(
        [
            PersonRow::new(secret),
            PersonRow::new(secret),
            PersonRow::new(" "),
            PersonRow::new("b").home("nowhere").at_least(3).at_most(2),
            PersonRow::new("c").skill("").at_most(-1),
        ],
        [NeedRow::new(grid(0)), NeedRow::new(grid(0)), NeedRow::new("x"), NeedRow::new(grid(1)).at_least(-4)],
    )
    .candidates([
        CandidateRow::new(grid(0), secret, f64::NAN),
        CandidateRow::new(grid(0), "nobody known", 1.0),
        CandidateRow::new(grid(5), "b", -1.0),
        CandidateRow::new(grid(0), "b", 1e300),
        CandidateRow::new(grid(0), "b", f64::INFINITY).need("medic"),
    ])
    .weights(StaffWeights { home: f64::NAN, work: -1.0, ..StaffWeights::default() });
    let error = Deployment::new(&town()).assign(&staffing).expect_err("nearly everything is wrong");
    assert_eq!(error.code(), "refused");
    let faults: Vec<_> = error
        .faults()
        .into_iter()
        .map(|fault| (fault.column.unwrap_or_default(), fault.row, fault.code))
        .collect();
    let wanted = [
        ("people.person", Some(2), "malformed_name"),
        ("people.at_least", Some(3), "bounds"),
        ("people.at_most", Some(4), "negative"),
        ("people.person", Some(1), "duplicate"),
        ("people.home", Some(3), "unknown_grid"),
        ("people.skills", Some(4), "malformed_name"),
        ("needs.grid", Some(2), "unknown_grid"),
        ("needs.at_least", Some(3), "negative"),
        ("needs.grid", Some(1), "duplicate"),
        ("weights.home", None, "not_finite"),
        ("weights.work", None, "negative"),
        ("candidates.cost", Some(0), "not_finite"),
        ("candidates.person", Some(1), "unknown_name"),
        ("candidates.cost", Some(2), "negative"),
        ("candidates.grid", Some(2), "unknown_name"),
        ("candidates.cost", Some(3), "too_large"),
        ("candidates.cost", Some(4), "not_finite"),
        ("candidates.need", Some(4), "unknown_name"),
    ];
    let wanted: Vec<_> =
        wanted.iter().map(|&(column, row, code)| (column.to_owned(), row, code.to_owned())).collect();
    assert_eq!(faults, wanted);
    for text in [error.text(Lang::En), error.text(Lang::Zh), format!("{error:?}"), format!("{staffing:?}")] {
        assert!(!text.contains(secret), "{text}");
    }
    let rows = format!("{:?}{:?}", staffing.people, staffing.candidates);
    assert!(!rows.contains(secret), "{rows}");
}

#[test]
fn a_candidate_twice_is_a_fault_of_the_later_row() {
    let staffing = Staffing::new([PersonRow::new("a")], [NeedRow::new(grid(0))])
        .candidates([CandidateRow::new(grid(0), "a", 1.0), CandidateRow::new(grid(0), "a", 1.0)]);
    let error = Deployment::new(&town()).assign(&staffing).expect_err("twice the same");
    let fault = &error.faults()[0];
    assert_eq!((fault.row, fault.related.as_slice(), fault.code.as_str()), (Some(1), &[0][..], "duplicate"));
}

#[test]
fn columns_of_other_lengths_and_positions_past_the_end_are_faults() {
    let columns = CandidateColumns {
        need: vec![0, 9, 0],
        person: vec![0, 0, 7],
        cost: CostColumn::Whole(vec![1, i64::MAX]),
    };
    let staffing = Staffing::new([PersonRow::new("a")], [NeedRow::new(grid(0))]).columns(columns);
    let error = Deployment::new(&town()).assign(&staffing).expect_err("three faults");
    let codes: Vec<_> = error.faults().into_iter().map(|fault| (fault.row, fault.code)).collect();
    let wanted = [
        (None, "column_length".to_owned()),
        (Some(1), "too_large".to_owned()),
        (Some(1), "outside_table".to_owned()),
    ];
    assert_eq!(codes, wanted);
}

#[test]
fn costs_near_the_limits_are_exact_or_refused() {
    let tree = town();
    let staffing = |costs: [i64; 2]| {
        Staffing::new(
            [PersonRow::new("a"), PersonRow::new("b")],
            [NeedRow::new(grid(0)), NeedRow::new(grid(1))],
        )
        .columns(CandidateColumns {
            need: vec![0, 1],
            person: vec![0, 1],
            cost: CostColumn::Whole(costs.to_vec()),
        })
    };
    let whole = Deployment::new(&tree).decimals(0);
    let large = 1_i64 << 58;
    assert_eq!(
        whole.assign(&staffing([large, large - 1])).map(|plan| plan.cost_units()).ok(),
        Some(2 * large - 1)
    );
    let error = whole.assign(&staffing([i64::MAX, i64::MAX])).expect_err("their sum has no room");
    assert_eq!(error.faults()[0].code, "overflow");
}

#[test]
fn empty_tables_are_faults_and_people_with_no_places_stay_out() {
    let error = Deployment::new(&town()).assign(&Staffing::default()).expect_err("nothing to plan");
    let codes: Vec<_> = error.faults().into_iter().map(|fault| (fault.column, fault.code)).collect();
    let empty = |table: &str| (Some(table.to_owned()), "empty_table".to_owned());
    assert_eq!(codes, [empty("people"), empty("needs")]);
    let people = [PersonRow::new("a").at_most(0), PersonRow::new("b")];
    let plan =
        Deployment::new(&town()).assign(&Staffing::new(people, [NeedRow::new(grid(0))])).expect("b can");
    assert_eq!(sent(&plan), [(grid(0), "b".into(), 1)]);
}

#[test]
fn too_many_pairs_are_refused_before_they_are_made() {
    let people = (0..3000).map(|at| PersonRow::new(format!("p{at}")));
    let needs = (0..2000).map(|at| NeedRow::new(grid(at % 10)).name(format!("n{at}")));
    let error =
        Deployment::new(&town()).assign(&Staffing::new(people, needs)).expect_err("six million pairs");
    assert_eq!(error.faults()[0].code, "too_many");
}

#[test]
fn work_can_be_limited() {
    let task = Task {
        people: vec![(0, 1); 40],
        needs: vec![(1, 1); 10],
        links: (0..400).map(|link| (link % 10, link / 10, 1, (link * 7919 % 101) as i64)).collect(),
        steps: Vec::new(),
    };
    let mut control = gridcore::control::Control::limited(1);
    let error = Deployment::new(&town()).assign_with(&staffing(&task), &mut control);
    assert_eq!(error.map(|_| ()).map_err(|error| error.code()), Err("work_limit"));
}

#[test]
fn a_million_candidates_come_in_as_columns() {
    let count = 1000_u32;
    let rows = std::iter::once(GridRow::new("1", "city")).chain(
        (0..count).map(|at| GridRow::new(format!("{}", 10_000 + at), format!("leaf {at}")).under("1")),
    );
    let tree = GridTree::from_rows(rows).expect("a sound tree");
    let people = (0..count).map(|at| PersonRow::new(format!("p{at:04}")));
    let needs = (0..count).map(|at| NeedRow::new(format!("{}", 10_000 + at)));
    let pairs = || (0..count).flat_map(|need| (0..count).map(move |person| (need, person)));
    // A grid's own person costs nothing, and everybody else something: the answer is known.
    let own = |need: u32| (need * 7 + 3) % count;
    let columns = CandidateColumns {
        need: pairs().map(|pair| pair.0).collect(),
        person: pairs().map(|pair| pair.1).collect(),
        cost: CostColumn::Whole(
            pairs().map(|(need, person)| i64::from((person + count - own(need)) % count)).collect(),
        ),
    };
    let plan = Deployment::new(&tree).assign(&Staffing::new(people, needs).columns(columns)).expect("sound");
    assert_eq!((plan.cost_units(), plan.verify()), (0, Ok(())));
    let rows = plan.rows();
    assert!((0..count).zip(&rows).all(|(need, row)| row.who.as_text() == Some(format!("p{:04}", own(need)))));
}

#[test]
fn a_row_that_is_looked_at_for_every_grid_is_told_once() {
    use gridcore::deployment::{Deployment, NeedRow, PersonRow, PositionRow, StaffWeights, Staffing};
    let tree = GridTree::from_rows([
        GridRow::new("1", "city"),
        GridRow::new("11", "north").under("1"),
        GridRow::new("12", "south").under("1"),
    ])
    .expect("it is sound");
    let deployment = Deployment::new(&tree)
        .on_plane(&[PositionRow::new("11", 0.0, 0.0), PositionRow::new("12", 1.0, 0.0)])
        .expect("both are in the tree");
    let staffing = Staffing::new([PersonRow::new("a").home("1")], [NeedRow::new("11"), NeedRow::new("12")])
        .weights(StaffWeights { home: 1.0, ..StaffWeights::default() });
    let error = deployment.assign(&staffing).expect_err("the home has no position");
    assert_eq!(error.faults().len(), 1);
}
