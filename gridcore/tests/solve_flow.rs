//! Laws of the cheapest flow: as cheap as the naive twin's, proven, and failures named.
#[path = "oracle/flow.rs"]
mod oracle;

use gridcore::control::Control;
use gridcore::solve::flow::{Flow, FlowError, Network, min_cost_flow};
use oracle::{Verdict, any_network};
use proptest::prelude::*;

fn solve(network: &Network) -> Result<Flow, FlowError> {
    min_cost_flow(network, &mut Control::free())
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
