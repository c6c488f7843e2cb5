//! A basis made from a flow: the tree that fits what already flows, so that little is left to exchange.

use super::super::plain::{ENDLESS, Plain};
use super::tree::{NONE, Stem, Tree};
use super::{Outcome, Simplex};
use crate::control::{Control, Stopped};

/// What is known of a flow before the simplex starts.
pub(in super::super) struct Start {
    /// What flows along each arc of the plain network, within its bounds; supplies need not be met.
    pub(in super::super) flows: Vec<i64>,
    /// Arcs that should stand in the tree if they can, the best first.
    pub(in super::super) wanted: Vec<u32>,
    /// Nodes that should hang at the root if there is a choice, in ascending order.
    pub(in super::super) tops: Vec<u32>,
}

/// Which nodes a forest joins already.
struct Joined(Vec<u32>);

impl Joined {
    fn top(&mut self, mut node: u32) -> u32 {
        while self.0[node as usize] != node {
            let above = self.0[self.0[node as usize] as usize];
            self.0[node as usize] = above;
            node = above;
        }
        node
    }

    /// Joins two nodes, if they are not yet.
    fn join(&mut self, one: u32, other: u32) -> bool {
        let (one, other) = (self.top(one), self.top(other));
        self.0[one.max(other) as usize] = one.min(other);
        one != other
    }
}

impl Simplex {
    /// Starts from a flow: arcs between their bounds stand in the tree, nodes with something left hang at the root.
    ///
    /// An arc between its bounds that would close a ring is pushed along that ring, the way that does not cost more, until one of
    /// its arcs is empty or full.
    pub(in super::super) fn resume(
        plain: &Plain,
        start: &Start,
        control: &mut Control<'_>,
    ) -> Result<(Self, Option<Outcome>), Stopped> {
        let mut simplex = Self::new(plain);
        let (nodes, arcs) = (plain.nodes(), plain.arcs.len());
        let root = nodes as u32;
        let mut left = plain.supplies.clone();
        for (arc, &flow) in plain.arcs.iter().zip(&start.flows) {
            left[arc.tail as usize] -= flow;
            left[arc.head as usize] += flow;
        }
        let mut joined = Joined((0..=root).collect());
        for node in (0..root).filter(|&node| left[node as usize] != 0) {
            joined.join(node, root);
        }
        let free = |arc: u32| {
            0 < start.flows[arc as usize] && start.flows[arc as usize] < plain.arcs[arc as usize].capacity
        };
        let (mut chosen, mut spare) = (Vec::with_capacity(nodes), Vec::new());
        for arc in (0..arcs as u32).filter(|&arc| free(arc)) {
            let ends = plain.arcs[arc as usize];
            if joined.join(ends.tail, ends.head) { chosen.push(arc) } else { spare.push(arc) }
        }
        for &arc in start.wanted.iter().filter(|&&arc| !free(arc)) {
            let ends = plain.arcs[arc as usize];
            if joined.join(ends.tail, ends.head) {
                chosen.push(arc);
            }
        }
        for (arc, &flow) in start.flows.iter().enumerate() {
            if flow == plain.arcs[arc].capacity {
                simplex.turn(simplex.places[arc]);
            }
        }
        simplex.grow(plain, start, &left, &chosen);
        for arc in spare {
            let (place, flow) = (simplex.places[arc as usize], start.flows[arc as usize]);
            let carried = if simplex.reduced(simplex.ways[place as usize]) < 0 {
                flow
            } else {
                simplex.turn(place);
                plain.arcs[arc as usize].capacity - flow
            };
            if simplex.pivot(place, carried).is_none() {
                let ring = simplex.ring(place);
                return Ok((simplex, Some(Outcome::Endless(ring))));
            }
        }
        control.spend((nodes + arcs) as u64, None)?;
        Ok((simplex, None))
    }

    /// Hangs up the tree of the chosen arcs, from the root down.
    ///
    /// An arc without room towards the root can't stand above a node in a strongly feasible tree: that node is reached otherwise or
    /// hangs at the root.
    fn grow(&mut self, plain: &Plain, start: &Start, left: &[i64], chosen: &[u32]) {
        let (nodes, arcs) = (plain.nodes(), plain.arcs.len());
        let root = nodes as u32;
        let mut starts = vec![0; nodes + 2];
        let ends = |arc: u32| (plain.arcs[arc as usize].tail, plain.arcs[arc as usize].head);
        for &arc in chosen {
            let (tail, head) = ends(arc);
            starts[tail as usize + 2] += 1;
            starts[head as usize + 2] += 1;
        }
        for node in 0..=nodes {
            starts[node + 1] += starts[node];
        }
        let mut around = vec![NONE; 2 * chosen.len()];
        for &arc in chosen {
            for node in [ends(arc).0, ends(arc).1] {
                around[starts[node as usize + 1]] = arc;
                starts[node as usize + 1] += 1;
            }
        }
        let dear = plain.dearest_path / 2 + 1;
        let unset = Stem { parent: NONE, arc: NONE, rises: true, up: 0, down: 0 };
        let mut stems = vec![unset; nodes];
        let mut order = Vec::with_capacity(nodes);
        let holding = (0..root).filter(|&node| left[node as usize] != 0);
        for top in holding.chain(start.tops.iter().copied()).chain(0..root) {
            if stems[top as usize].parent != NONE {
                continue;
            }
            let amount = left[top as usize];
            let (arc, rises) = (arcs as u32 + top, amount >= 0);
            let (carried, spare) = (amount.abs(), ENDLESS - amount.abs());
            let (up, down) = if rises { (spare, carried) } else { (carried, spare) };
            stems[top as usize] = Stem { parent: root, arc, rises, up, down };
            self.potentials[top as usize] = if rises { -dear } else { dear };
            let mut next = order.len();
            order.push(top);
            while next < order.len() {
                let node = order[next];
                next += 1;
                for &arc in &around[starts[node as usize]..starts[node as usize + 1]] {
                    let (tail, head) = ends(arc);
                    let child = if tail == node { head } else { tail };
                    if stems[child as usize].parent != NONE {
                        continue;
                    }
                    let rises = tail == child;
                    let (flow, from) = (start.flows[arc as usize], plain.arcs[arc as usize]);
                    let (up, down) =
                        if rises { (from.capacity - flow, flow) } else { (flow, from.capacity - flow) };
                    if up == 0 {
                        continue;
                    }
                    let place = self.places[arc as usize];
                    if flow == from.capacity {
                        self.turn(place);
                    }
                    stems[child as usize] = Stem { parent: node, arc: place, rises, up, down };
                    let price = self.potentials[node as usize];
                    self.potentials[child as usize] =
                        if rises { price - from.cost } else { price + from.cost };
                    order.push(child);
                }
            }
        }
        for (node, stem) in stems.iter().enumerate().filter(|(_, stem)| stem.parent == root) {
            let (tail, head) = if stem.rises { (node as u32, root) } else { (root, node as u32) };
            let way = &mut self.ways[arcs + node];
            (way.tail, way.head) = (tail, head);
        }
        self.tree = Tree::grown(stems, &order);
    }
}
