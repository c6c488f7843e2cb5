//! A warm start finds what a cold one finds, whatever changed.
#[path = "oracle/flow.rs"]
mod oracle;

use gridcore::control::Control;
use gridcore::solve::flow::{Arc, Flow, FlowError, Network, UNLIMITED, min_cost_flow, reflow};
use oracle::{Verdict, any_arc, any_network};
use proptest::prelude::*;

/// One change of a network; positions wrap round.
#[derive(Clone, Debug)]
enum Change {
    Cost(usize, i64),
    Capacity(usize, i64),
    Send(usize, usize, i64),
    Pop,
    Push(Arc),
    Node,
}

fn any_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => (any::<usize>(), -4_i64..12).prop_map(|(arc, cost)| Change::Cost(arc, cost)),
        2 => (any::<usize>(), prop_oneof![0_i64..8, Just(UNLIMITED)]).prop_map(|(arc, most)| Change::Capacity(arc, most)),
        2 => (any::<usize>(), any::<usize>(), 1_i64..4).prop_map(|(from, to, units)| Change::Send(from, to, units)),
        1 => Just(Change::Pop),
        1 => any_arc(6).prop_map(Change::Push),
        1 => Just(Change::Node),
    ]
}

fn changed(network: &Network, changes: &[Change]) -> Network {
    let (mut supplies, mut arcs) = network.clone().into_parts();
    for change in changes {
        let (nodes, count) = (supplies.len(), arcs.len());
        match *change {
            Change::Cost(arc, cost) if count > 0 => arcs[arc % count].cost = cost,
            Change::Capacity(arc, most) if count > 0 => {
                let arc = &mut arcs[arc % count];
                arc.capacity = most.max(arc.lower);
            }
            Change::Send(from, to, units) => {
                supplies[from % nodes] += units;
                supplies[to % nodes] -= units;
            }
            Change::Pop => drop(arcs.pop()),
            Change::Push(arc) => {
                arcs.push(Arc { tail: arc.tail % nodes as u32, head: arc.head % nodes as u32, ..arc });
            }
            Change::Node => supplies.push(0),
            Change::Cost(..) | Change::Capacity(..) => {}
        }
    }
    Network::new(supplies, arcs).expect("the changes are sound")
}

/// The same flow as if it had been saved and loaded: without its tree.
fn loaded(flow: &Flow) -> Flow {
    let text = serde_json::to_string(&(&flow.flows, &flow.potentials)).expect("it is written");
    let (flows, potentials): (Vec<i64>, Vec<i64>) = serde_json::from_str(&text).expect("it is read");
    let json = serde_json::json!({ "flows": flows, "potentials": potentials, "cost": i64::try_from(flow.cost).expect("small") });
    serde_json::from_value(json).expect("it is a flow")
}

fn agrees(network: &Network, warm: Result<Flow, FlowError>) -> Result<(), TestCaseError> {
    prop_assert!(oracle::every_set_can_be_served(network) || warm.is_err());
    match (oracle::cheapest(network), warm) {
        (Verdict::Cost(cost), Ok(flow)) => {
            prop_assert_eq!(flow.cost, cost);
            prop_assert_eq!(flow.verify(network), Ok(()));
        }
        (Verdict::Infeasible, Err(FlowError::Infeasible(cut))) => {
            prop_assert_eq!(cut.verify(network), Ok(()));
        }
        (Verdict::Infeasible | Verdict::Unbounded, Err(FlowError::Unbounded(ring))) => {
            prop_assert_eq!(ring.verify(network), Ok(()));
        }
        (wanted, found) => prop_assert!(false, "{wanted:?} but {found:?}"),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn a_warm_start_costs_what_a_cold_one_costs(
        network in any_network(),
        changes in prop::collection::vec(any_change(), 0..6),
    ) {
        let Ok(before) = min_cost_flow(&network, &mut Control::free()) else { return Ok(()) };
        let after = changed(&network, &changes);
        agrees(&after, reflow(&after, &before, &mut Control::free()))?;
        agrees(&after, reflow(&after, &loaded(&before), &mut Control::free()))?;
    }

    #[test]
    fn nothing_changed_gives_the_same_flow_back(network in any_network()) {
        let Ok(before) = min_cost_flow(&network, &mut Control::free()) else { return Ok(()) };
        let after = reflow(&network, &before, &mut Control::free()).expect("it was solved before");
        prop_assert_eq!(after, before);
    }
}
