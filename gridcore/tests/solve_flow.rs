//! Laws of the cheapest flow: as cheap as the naive twin's, proven, and failures named.
#[path = "oracle/flow.rs"]
mod oracle;

use gridcore::control::Control;
use gridcore::solve::flow::{Arc, Flow, FlowError, Network, UNLIMITED, min_cost_flow};
use oracle::Verdict;
use proptest::prelude::*;

fn solve(network: &Network) -> Result<Flow, FlowError> {
    min_cost_flow(network, &mut Control::free())
}

/// Any arc of a small network: parallel arcs, loops, negative costs and bounds below zero included.
fn any_arc(nodes: u32) -> impl Strategy<Value = Arc> {
    let capacity = prop_oneof![3 => 0_i64..8, 1 => Just(UNLIMITED)];
    (0..nodes, 0..nodes, -2_i64..4, capacity, -4_i64..12).prop_map(|(tail, head, lower, capacity, cost)| {
        let lower = if lower < 2 { lower.min(0) } else { lower - 1 };
        Arc { tail, head, lower: lower.min(capacity), capacity, cost }
    })
}

/// A network of at most six nodes; three in four are balanced.
fn any_network() -> impl Strategy<Value = Network> {
    (1_u32..=6).prop_flat_map(|nodes| {
        let supplies = prop::collection::vec(-4_i64..5, nodes as usize);
        let arcs = prop::collection::vec(any_arc(nodes), 0..14);
        (supplies, arcs, 0..4).prop_map(|(mut supplies, arcs, balance)| {
            if balance > 0 {
                let rest: i64 = supplies.iter().sum();
                supplies[0] -= rest;
            }
            Network::new(supplies, arcs).expect("the arcs are sound")
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn the_cheapest_flow_is_as_cheap_as_the_naive_one_and_proven(network in any_network()) {
        let feasible = oracle::every_set_can_be_served(&network);
        match (oracle::cheapest(&network), solve(&network)) {
            (Verdict::Cost(cost), Ok(flow)) => {
                prop_assert!(feasible);
                prop_assert_eq!(flow.cost, cost);
                prop_assert_eq!(flow.verify(&network), Ok(()));
            }
            (Verdict::Infeasible, Err(FlowError::Infeasible(cut))) => {
                prop_assert!(!feasible);
                prop_assert_eq!(cut.verify(&network), Ok(()));
            }
            // A network may fail for both reasons; either is a proof.
            (Verdict::Infeasible | Verdict::Unbounded, Err(FlowError::Unbounded(ring))) => {
                prop_assert_eq!(ring.verify(&network), Ok(()));
            }
            (wanted, found) => prop_assert!(false, "{wanted:?} but {found:?}"),
        }
    }
}
