//! Laws of a surge, and the figures of the report: 83 units, 287 communities, 11,300 person-times.
#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "numbers are small, and costs are whole or halves, which floats hold exactly"
)]
#![cfg(feature = "samples")]
#[path = "oracle/sending.rs"]
mod sending;

use std::collections::BTreeSet;

use gridcore::deployment::{
    ChangeCost, DemandRow, Deployment, EdgeRow, PairRow, Pairing, SupplyRow, Surge, UnitRow, Why,
};
use gridcore::{GridTree, Problem};
use proptest::prelude::*;
use sending::{Task, grid, town};

/// Villages of the same town, each joined to the next.
fn edges(tree: &GridTree) -> Vec<EdgeRow> {
    let mut edges = Vec::new();
    for town in tree.descendants_at(tree.root(), 1) {
        let villages: Vec<_> = tree.descendants_at(town, 2).collect();
        for pair in villages.windows(2) {
            edges.push(EdgeRow::new(tree.code(pair[0]).to_string(), tree.code(pair[1]).to_string()));
        }
    }
    edges
}

#[test]
fn eleven_thousand_person_times_trace_to_pairings_or_edges() {
    let sample = gridcore::samples::zhongshan();
    let tree = sample.tree();
    let deployment = Deployment::new(tree);
    let units: Vec<UnitRow> = (0..83).map(|at| UnitRow::new(format!("unit {at:02}"))).collect();
    let pairs = deployment.pair(&Pairing::new(units).level(2)).expect("287 for 83").pairs();
    // 11,300 person-times over three days: 12 units send 46 on the first day and 71 send 45, and so on.
    let mut supply = Vec::new();
    let mut sent = 0;
    for day in 1..=3 {
        for unit in 0..83 {
            let many = (11_300 - sent) / (249 - (day - 1) * 83 - unit);
            sent += many;
            supply.push(SupplyRow::new(format!("unit {unit:02}"), many).day(day));
        }
    }
    assert_eq!(supply.iter().map(|row| row.at_most).sum::<i64>(), 11_300);
    let villages: Vec<String> =
        tree.descendants_at(tree.root(), 2).map(|grid| tree.code(grid).to_string()).collect();
    let demand: Vec<DemandRow> = (1..=3)
        .flat_map(|day| villages.iter().enumerate().map(move |(at, code)| (day, at, code)))
        .map(|(day, at, code)| DemandRow::new(code.as_str(), 10 + (at * 5 % 4) as i64).day(day))
        .collect();
    let wanted: i64 = demand.iter().map(|row| row.at_least).sum();
    let edges = edges(tree);
    let joined: BTreeSet<(String, String)> = edges
        .iter()
        .flat_map(|edge| [(edge.a.clone(), edge.b.clone()), (edge.b.clone(), edge.a.clone())])
        .collect();
    let surge = Surge::new(supply, demand).pairs(pairs.clone()).edges(edges).anywhere(1_000_000.0);
    let plan = deployment.surge(&surge).expect("there is enough of everything");
    assert!(plan.certificate().verified);
    let rows = plan.rows();
    assert_eq!(rows.iter().map(|row| row.amount).sum::<i64>(), wanted);
    assert!(plan.loads().iter().all(|load| load.amount <= load.at_most));
    let paired = |unit: &str, grid: &str| pairs.contains(&PairRow::new(unit, grid));
    for row in &rows {
        let (unit, grid) = (row.who.as_text().expect("a unit"), row.grid.to_string());
        match (row.why, row.via.as_ref().map(ToString::to_string)) {
            (Why::Paired, None) => assert!(paired(&unit, &grid)),
            (Why::Neighbour, Some(via)) => {
                assert!(!paired(&unit, &grid) && paired(&unit, &via));
                assert!(joined.contains(&(via, grid)));
            }
            (Why::Anywhere, None) => assert_eq!(row.cost, row.amount as f64 * 1_000_000.0),
            (why, via) => panic!("{why:?} via {via:?}"),
        }
    }
    // A unit falls out: the rest covers what it did, and most rows stay.
    let repaired = plan.without(["unit 07"]).replan(ChangeCost(10)).expect("there is some to spare");
    assert_eq!(repaired.verify(), Ok(()));
    assert!(repaired.rows().iter().all(|row| row.who.as_text().as_deref() != Some("unit 07")));
    let lost: i64 =
        rows.iter().filter(|row| row.who.as_text().as_deref() == Some("unit 07")).map(|row| row.amount).sum();
    assert!(repaired.changes() >= lost && lost > 0);
    let kept = repaired.kept(None).expect("no weight is asked for");
    assert_eq!((kept.before, kept.changed), (wanted, repaired.changes()));
    assert_eq!(kept.kept + kept.changed, wanted);
}

#[test]
fn without_leave_to_go_anywhere_what_no_pairing_reaches_is_named() {
    let surge = Surge::new(
        [SupplyRow::new("u", 5).day(1), SupplyRow::new("u", 50).day(2)],
        [
            DemandRow::new(grid(0), 4).day(1),
            DemandRow::new(grid(1), 2).day(1),
            DemandRow::new(grid(2), 1).day(1),
        ],
    )
    .pairs([PairRow::new("u", grid(0))])
    .edges([EdgeRow::new(grid(1), grid(0))]);
    let error = Deployment::new(&town()).surge(&surge).expect_err("6 are wanted on day 1, and 5 are there");
    let causes = error.infeasible().expect("the tables are sound");
    assert!(causes.verify());
    let found: Vec<_> = causes
        .causes()
        .iter()
        .map(|cause| (cause.code(), cause.grids.len(), cause.needed, cause.available, cause.days.clone()))
        .collect();
    assert_eq!(found, [("too_few_people", 2, 6, 5, vec![1]), ("no_candidates", 1, 1, 0, vec![1])]);
    let plan = Deployment::new(&town()).surge(&surge.allow_gaps()).expect("gaps are allowed");
    assert_eq!(plan.by_grid().iter().map(|grid| grid.missing).sum::<i64>(), 2);
    assert_eq!(plan.by_grid()[0].missing, 0); // the paired grid is the cheapest
}

#[test]
fn supply_without_a_day_serves_any_day() {
    let surge = Surge::new(
        [SupplyRow::new("u", 5)],
        [DemandRow::new(grid(0), 2).day(1), DemandRow::new(grid(0), 3).day(2)],
    )
    .pairs([PairRow::new("u", grid(0))]);
    let plan = Deployment::new(&town()).surge(&surge).expect("five for five");
    let rows: Vec<_> = plan.rows().iter().map(|row| (row.day, row.amount)).collect();
    assert_eq!(rows, [(Some(1), 2), (Some(2), 3)]);
}

#[test]
fn faults_of_a_surge_are_reported_at_once() {
    let surge = Surge {
        paired: f64::NAN,
        distance: -1.0,
        ..Surge::new(
            [SupplyRow::new("u", -5).day(1), SupplyRow::new("u", 5).day(1)],
            [DemandRow::new("x", 2), DemandRow::new(grid(0), 5).at_most(4)],
        )
        .pairs([PairRow::new("", grid(0)), PairRow::new("u", "y")])
        .edges([EdgeRow::new(grid(0), "z")])
    };
    let error = Deployment::new(&town()).surge(&surge).expect_err("all wrong");
    let found: Vec<_> = error
        .faults()
        .into_iter()
        .map(|fault| (fault.column.unwrap_or_default(), fault.row, fault.code))
        .collect();
    let wanted = [
        ("supply.at_most", Some(0), "negative"),
        ("supply.unit", Some(1), "duplicate"),
        ("demand.grid", Some(0), "unknown_grid"),
        ("demand.at_least", Some(1), "bounds"),
        ("edges.b", Some(0), "unknown_grid"),
        ("paired", None, "not_finite"),
        ("distance", None, "negative"),
        ("pairs.unit", Some(0), "malformed_name"),
        ("pairs.grid", Some(1), "unknown_grid"),
    ];
    let wanted: Vec<_> =
        wanted.iter().map(|&(column, row, code)| (column.to_owned(), row, code.to_owned())).collect();
    assert_eq!(found, wanted);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_way_is_cheaper(
        supply in prop::collection::vec(0_i64..4, 1..4),
        demand in prop::collection::vec(0_i64..3, 1..4),
        paired in prop::collection::vec(any::<bool>(), 9),
        joined in prop::collection::vec(any::<bool>(), 3),
        anywhere in prop::option::of(5_i64..9),
    ) {
        let is_paired = |unit: usize, at: usize| paired[unit * 3 + at];
        // The edges that may be there join 0–1, 1–2 and 0–2.
        let ends = [(0, 1), (1, 2), (0, 2)];
        let is_joined = |a: usize, b: usize| {
            (0..3).any(|at| joined[at] && (ends[at] == (a, b) || ends[at] == (b, a)))
        };
        let mut links = Vec::new();
        for (at, &want) in demand.iter().enumerate() {
            for (unit, &most) in supply.iter().enumerate() {
                let beside = (0..3).any(|other| is_paired(unit, other) && is_joined(other, at));
                let ways = [is_paired(unit, at).then_some(0), beside.then_some(3), anywhere];
                if let Some(cost) = ways.into_iter().flatten().min() {
                    links.push((at, unit, most.min(want), cost));
                }
            }
        }
        let task = Task {
            people: supply.iter().map(|&most| (0, most)).collect(),
            needs: demand.iter().map(|&want| (want, want)).collect(),
            links,
            steps: Vec::new(),
        };
        let pairs = (0..supply.len()).flat_map(|unit| (0..3).map(move |at| (unit, at)));
        let pairs = pairs.filter(|&(unit, at)| is_paired(unit, at));
        let surge = Surge {
            anywhere: anywhere.map(|cost| cost as f64),
            ..Surge::new(
                supply.iter().enumerate().map(|(unit, &most)| SupplyRow::new(format!("p{unit}"), most)),
                demand.iter().enumerate().map(|(at, &want)| DemandRow::new(grid(at), want)),
            )
            .pairs(pairs.map(|(unit, at)| PairRow::new(format!("p{unit}"), grid(at))))
            .edges((0..3).filter(|&at| joined[at]).map(|at| EdgeRow::new(grid(ends[at].0), grid(ends[at].1))))
            .neighbour(3.0)
        };
        match (Deployment::new(&town()).surge(&surge), task.least_cost()) {
            (Ok(plan), Some(least)) => {
                prop_assert_eq!(plan.cost_units(), least * 1000);
                prop_assert!(plan.certificate().verified);
            }
            (Err(error), None) => prop_assert!(error.infeasible().is_some_and(gridcore::deployment::Infeasible::verify)),
            (found, wanted) => prop_assert!(false, "{found:?} where the oracle says {wanted:?}"),
        }
    }
}
