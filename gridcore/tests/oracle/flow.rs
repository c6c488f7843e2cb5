//! Naive twins of the cheapest flow, written to be read: fill any way at all, then cancel rings that gain; and count every cut.

use gridcore::solve::flow::{Arc, Network, UNLIMITED};
use proptest::prelude::*;

/// What a network comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The cheapest flow costs this.
    Cost(i128),
    /// The supplies can't be served.
    Infeasible,
    /// A ring gains for ever, if the supplies can be served.
    Unbounded,
}

/// One way a unit could go: along an arc with room, or back along one with flow.
#[derive(Clone, Copy)]
struct Step {
    from: usize,
    to: usize,
    arc: usize,
    sign: i64,
    room: i64,
    cost: i64,
}

fn steps(arcs: &[Arc], flows: &[i64]) -> Vec<Step> {
    let mut steps = Vec::new();
    for (arc, (terms, &flow)) in arcs.iter().zip(flows).enumerate() {
        let (tail, head) = (terms.tail as usize, terms.head as usize);
        let room = if terms.capacity == UNLIMITED { UNLIMITED } else { terms.capacity - flow };
        if room > 0 {
            steps.push(Step { from: tail, to: head, arc, sign: 1, room, cost: terms.cost });
        }
        if flow > terms.lower {
            steps.push(Step {
                from: head,
                to: tail,
                arc,
                sign: -1,
                room: flow - terms.lower,
                cost: -terms.cost,
            });
        }
    }
    steps
}

/// A path from a node with something left to one that still wants, by as many rounds as there are nodes.
fn path(steps: &[Step], left: &[i64]) -> Option<Vec<Step>> {
    let mut by: Vec<Option<Step>> = vec![None; left.len()];
    let mut reached: Vec<bool> = left.iter().map(|&left| left > 0).collect();
    for _ in left {
        for step in steps {
            if reached[step.from] && !reached[step.to] {
                reached[step.to] = true;
                by[step.to] = Some(*step);
            }
        }
    }
    let mut node = (0..left.len()).find(|&node| reached[node] && left[node] < 0)?;
    let mut path = Vec::new();
    while let Some(step) = by[node] {
        path.push(step);
        node = step.from;
    }
    Some(path)
}

/// A ring that gains, by Bellman and Ford.
fn ring(nodes: usize, steps: &[Step]) -> Option<Vec<Step>> {
    let mut price = vec![0_i64; nodes];
    let mut by: Vec<Option<Step>> = vec![None; nodes];
    let mut last = None;
    for _ in 0..=nodes {
        last = None;
        for step in steps {
            if price[step.from] + step.cost < price[step.to] {
                price[step.to] = price[step.from] + step.cost;
                by[step.to] = Some(*step);
                last = Some(step.to);
            }
        }
    }
    // Whoever still falls hangs on a ring; going back often enough leads into it.
    let mut node = last?;
    for _ in 0..nodes {
        node = by[node].expect("it fell").from;
    }
    let start = node;
    let mut ring = Vec::new();
    loop {
        let step = by[node].expect("it fell");
        ring.push(step);
        node = step.from;
        if node == start {
            return Some(ring);
        }
    }
}

fn send(steps: &[Step], amount: i64, flows: &mut [i64]) {
    for step in steps {
        flows[step.arc] += step.sign * amount;
    }
}

/// The cheapest flow's cost, by filling and cancelling.
pub(crate) fn cheapest(network: &Network) -> Verdict {
    let arcs = network.arcs();
    let mut flows: Vec<i64> = arcs.iter().map(|arc| arc.lower).collect();
    let mut left = network.supplies().to_vec();
    for (arc, flow) in arcs.iter().zip(&flows) {
        left[arc.tail as usize] -= flow;
        left[arc.head as usize] += flow;
    }
    while let Some(path) = path(&steps(arcs, &flows), &left) {
        let (from, to) = (path.last().expect("not empty").from, path[0].to);
        let room = path.iter().map(|step| step.room).min().expect("not empty");
        let amount = room.min(left[from]).min(-left[to]);
        send(&path, amount, &mut flows);
        left[from] -= amount;
        left[to] += amount;
    }
    if left.iter().any(|&left| left != 0) {
        return Verdict::Infeasible;
    }
    while let Some(ring) = ring(left.len(), &steps(arcs, &flows)) {
        let room = ring.iter().map(|step| step.room).min().expect("not empty");
        if room == UNLIMITED {
            return Verdict::Unbounded;
        }
        send(&ring, room, &mut flows);
    }
    Verdict::Cost(arcs.iter().zip(&flows).map(|(arc, &flow)| i128::from(arc.cost) * i128::from(flow)).sum())
}

/// Whether every set of nodes can be served: what it sends can leave, for each of the 2ⁿ sets.
pub(crate) fn every_set_can_be_served(network: &Network) -> bool {
    let total: i64 = network.supplies().iter().sum();
    let sets = 0_u32..1 << network.nodes();
    total == 0
        && sets.into_iter().all(|set| {
            let inside = |node: u32| set >> node & 1 == 1;
            let supply: i64 = (0..network.nodes() as u32)
                .filter(|&node| inside(node))
                .map(|node| network.supplies()[node as usize])
                .sum();
            let mut room = 0;
            for arc in network.arcs() {
                match (inside(arc.tail), inside(arc.head)) {
                    (true, false) if arc.capacity == UNLIMITED => return true,
                    (true, false) => room += arc.capacity,
                    (false, true) => room -= arc.lower,
                    _ => {}
                }
            }
            supply <= room
        })
}

/// Any arc of a small network: parallel arcs, loops, negative costs and bounds below zero included.
pub(crate) fn any_arc(nodes: u32) -> impl Strategy<Value = Arc> {
    let capacity = prop_oneof![3 => 0_i64..8, 1 => Just(UNLIMITED)];
    (0..nodes, 0..nodes, -2_i64..4, capacity, -4_i64..12).prop_map(|(tail, head, lower, capacity, cost)| {
        let lower = if lower < 2 { lower.min(0) } else { lower - 1 };
        Arc { tail, head, lower: lower.min(capacity), capacity, cost }
    })
}

/// A network of at most six nodes; three in four are balanced.
pub(crate) fn any_network() -> impl Strategy<Value = Network> {
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
