//! Causes of failure are named, complete and countable.
#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "numbers are small, and costs are whole or halves, which floats hold exactly"
)]
#[path = "oracle/sending.rs"]
mod sending;

use gridcore::deployment::{CandidateRow, Deployment, NeedRow, PersonRow, ShortageKind, Staffing};
use gridcore::{GridRow, GridTree, Lang, Problem};
use proptest::prelude::*;
use sending::{any_task, grid, town};

#[test]
fn twelve_grids_share_only_nine_people_with_the_skill() {
    let mut rows = vec![GridRow::new("1", "city")];
    rows.extend((0..40).map(|at| GridRow::new(format!("{}", 100 + at), format!("leaf {at}")).under("1")));
    let tree = GridTree::from_rows(rows).expect("sound");
    let people = (0..60).map(|at| {
        let person = PersonRow::new(format!("secret-{at}"));
        if at < 9 { person.skill("medic") } else { person }
    });
    let needs = (0..40).map(|at| {
        let need = NeedRow::new(format!("{}", 100 + at));
        if at % 10 < 3 { need.skill("medic") } else { need }
    });
    let error = Deployment::new(&tree).assign(&Staffing::new(people, needs)).expect_err("nine for twelve");
    let causes = error.infeasible().expect("sound tables");
    let cause = &causes.causes()[0];
    assert_eq!((causes.causes().len(), cause.kind), (1, ShortageKind::TooFewPeople));
    assert_eq!((cause.needed, cause.available, cause.missing()), (12, 9, 3));
    assert_eq!(
        cause.grids.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["100", "101", "102", "110", "111", "112", "120", "121", "122", "130", "131", "132"]
    );
    assert_eq!(cause.who.len(), 9);
    assert!(cause.who.iter().all(|who| who.as_text().is_some_and(|who| who.as_str() < "secret-9")));
    assert!(causes.verify());
    assert!(
        error.text(Lang::En).starts_with(
            "12 grids (100 and others) need 12 and share only 9 people with the skill \"medic\""
        )
    );
    assert!(
        error.text(Lang::Zh).starts_with("100 等 12 个网格共需 12，而具备技能 \"medic\" 的可派者只有 9 人")
    );
    for text in [error.text(Lang::En), error.text(Lang::Zh), format!("{error:?}"), format!("{causes}")] {
        assert!(!text.contains("secret"), "{text}");
    }
}

#[test]
fn independent_causes_are_all_named() {
    // 10 and 11 share p0; 12 has nobody; 13 is well served; 14 and 15 and 16 share p2 and p3.
    let pairs = [(0, 0), (1, 0), (3, 1), (4, 2), (5, 2), (5, 3), (6, 3)];
    let staffing = Staffing::new(
        (0..4).map(|at| PersonRow::new(format!("p{at}"))),
        (0..7).map(|at| NeedRow::new(grid(at))),
    )
    .candidates(pairs.map(|(at, person)| CandidateRow::new(grid(at), format!("p{person}"), 1.0)));
    let error = Deployment::new(&town()).assign(&staffing).expect_err("three causes");
    let causes = error.infeasible().expect("sound tables");
    assert!(causes.verify());
    let found: Vec<_> = causes
        .causes()
        .iter()
        .map(|cause| (cause.code(), cause.grids.len(), cause.needed, cause.available))
        .collect();
    assert_eq!(found, [("too_few_people", 2, 2, 1), ("no_candidates", 1, 1, 0), ("too_few_people", 3, 3, 2)]);
    let faults = error.faults();
    assert_eq!(faults[1].grid.as_deref(), Some("12"));
    assert_eq!(
        faults[1].text(Lang::En),
        "the grid 12 needs 1, and nobody may be sent there; name candidates, or lower the need"
    );
}

#[test]
fn people_who_must_take_more_places_than_there_are_get_named() {
    let people = [PersonRow::new("a").at_least(2).at_most(3), PersonRow::new("b").at_least(1)];
    let needs = [NeedRow::new(grid(0)), NeedRow::new(grid(1)).at_least(0).at_most(1)];
    let error = Deployment::new(&town()).assign(&Staffing::new(people, needs)).expect_err("three for two");
    let causes = error.infeasible().expect("sound tables");
    let cause = &causes.causes()[0];
    assert_eq!((cause.kind, cause.needed, cause.available), (ShortageKind::TooFewPlaces, 3, 2));
    assert!(causes.verify());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn causes_are_given_exactly_when_no_way_exists(task in any_task()) {
        let staffing = Staffing::new(task.people_rows(), task.need_rows()).candidates(task.candidate_rows());
        let found = Deployment::new(&town()).assign(&staffing);
        let mut possible = false;
        task.each(&mut |_| possible = true);
        prop_assert_eq!(found.is_ok(), possible);
        if let Err(error) = found {
            let causes = error.infeasible().expect("sound tables");
            prop_assert!(causes.verify());
            for cause in causes.causes() {
                prop_assert!(cause.needed > cause.available);
                if cause.kind == ShortageKind::TooFewPlaces {
                    continue;
                }
                // Counted again by the plainest means: what each person can do for these grids.
                let inside = |need: usize| cause.grids.iter().any(|code| *code == grid(need).as_str());
                let needed: i64 = (0..task.needs.len()).filter(|&need| inside(need)).map(|need| task.needs[need].0).sum();
                let offers = (0..task.people.len()).map(|person| {
                    let links = task.links.iter().filter(|link| link.1 == person && inside(link.0));
                    let places = links.map(|link| link.2.min(task.needs[link.0].1)).sum::<i64>();
                    places.min(task.people[person].1)
                });
                prop_assert_eq!((cause.needed, cause.available), (needed, offers.sum::<i64>()));
            }
        }
    }
}
