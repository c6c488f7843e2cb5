//! Saved plans that somebody has tampered with: whatever a number says, the plan is refused or it is right.

use gridcore::deployment::{
    DemandRow, Deployment, Fair, NeedRow, PairRow, PersonRow, Plan, Staffing, SupplyRow, Surge,
};
use gridcore::{GridRow, GridTree};
use serde_json::Value;

fn tree() -> GridTree {
    GridTree::from_rows([
        GridRow::new("1", "city"),
        GridRow::new("11", "north").under("1"),
        GridRow::new("12", "south").under("1"),
        GridRow::new("13", "west").under("1"),
    ])
    .expect("it is sound")
}

fn fair(fair: Fair) -> Plan {
    let people = [PersonRow::new("a").at_most(3), PersonRow::new("b").at_most(3)];
    let needs = ["11", "12", "13"].map(NeedRow::new);
    Deployment::new(&tree()).assign(&Staffing::new(people, needs).fair(fair)).expect("there is a plan")
}

/// One of each kind: an assignment by steps, one by the least greatest load, a re-plan, a surge that leaves places empty.
fn plans() -> Vec<Plan> {
    let steps = fair(Fair::Steps(vec![0.0, 1.0]));
    let again = steps.without(["a"]).fewest_changes().expect("b can take all");
    let surge = Surge::new([SupplyRow::new("u", 5)], [DemandRow::new("11", 4), DemandRow::new("12", 4)])
        .pairs([PairRow::new("u", "11"), PairRow::new("u", "12")])
        .allow_gaps();
    let surge = Deployment::new(&tree()).surge(&surge).expect("places may stay empty");
    vec![steps, fair(Fair::MinMax), again, surge]
}

/// The ways to every number in a value.
fn numbers(value: &Value, way: &str, found: &mut Vec<String>) {
    match value {
        Value::Number(_) => found.push(way.to_owned()),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, one)| numbers(one, &format!("{way}/{at}"), found));
        }
        Value::Object(map) => map.iter().for_each(|(key, one)| numbers(one, &format!("{way}/{key}"), found)),
        _ => {}
    }
}

#[test]
fn no_number_of_a_saved_plan_breaks_the_check() {
    for plan in plans() {
        let saved: Value = serde_json::from_str(&plan.to_json()).expect("it is JSON");
        let mut ways = Vec::new();
        numbers(&saved, "", &mut ways);
        for one in &ways {
            for number in [i64::MIN, -1, 0, 1, 1 << 40, 1 << 62, i64::MAX] {
                let mut forged = saved.clone();
                *forged.pointer_mut(one).expect("it was found there") = number.into();
                // Prices and weights at their limits together.
                for other in ways.iter().filter(|way| way.ends_with("price") || way.ends_with("most_load")) {
                    let mut both = forged.clone();
                    *both.pointer_mut(other).expect("it was found there") = i64::MIN.into();
                    assert!(Plan::from_json(&tree(), &both.to_string()).is_err() || one == other);
                }
                if let Ok(loaded) = Plan::from_json(&tree(), &forged.to_string()) {
                    assert_eq!(loaded.verify(), Ok(()));
                    assert!(loaded.certificate().verified);
                }
            }
        }
    }
}

#[test]
fn why_the_greatest_load_is_no_smaller_is_proved_anew() {
    let plan = fair(Fair::MinMax);
    let before = plan.certificate();
    assert_eq!((before.greatest_load, before.load_bound.len()), (Some(2), 1)); // three places, two people
    let loaded = Plan::from_json(&tree(), &plan.to_json()).expect("it was saved");
    assert_eq!(loaded.certificate(), before);
    // The same plan does not show that three places are needed of somebody.
    let forged = plan.to_json().replace("\"most_load\":2", "\"most_load\":3");
    assert_eq!(
        Plan::from_json(&tree(), &forged).expect_err("two are enough").to_string(),
        "the prices prove less than the plan costs; plan anew from the same tables"
    );
}
