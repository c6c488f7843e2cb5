//! The primal network simplex.
//!
//! A basis is a spanning tree; every other arc is empty or full. A full arc is kept turned round with its cost negated, so that
//! each arc outside the tree is empty in the direction in which it is written and enters the tree if its reduced cost is negative.
//! Arcs of the tree have reduced cost 0 and so never look tempting. The tree stays strongly feasible (from every node something
//! can go to the root), which keeps degenerate steps from going round for ever.

mod start;
mod tree;

pub(super) use self::start::Start;

use self::tree::{NONE, Stem, Tree};
use super::plain::{ENDLESS, Plain};
use crate::control::{Control, Stopped};
use crate::solve::meter::Meter;

/// An arc in the direction in which it is empty, or in which it stands in the tree.
#[derive(Clone, Copy)]
struct Way {
    tail: u32,
    head: u32,
    cost: i64,
}

/// How a run ended.
pub(super) enum Outcome {
    /// No arc is tempting any more.
    Optimal,
    /// These arcs of the plain network form a ring that gains without limit.
    Endless(Vec<u32>),
}

/// How many arcs to look at before the most tempting of them is taken: a small multiple of √arcs (Király and Kovács, 2012).
///
/// Looking at more arcs saves exchanges. That pays where an exchange moves long branches; where most arcs carry one unit, branches
/// are short and exchanges cheap.
fn block(plain: &Plain) -> usize {
    let arcs = plain.arcs.len();
    let single = plain.arcs.iter().filter(|arc| arc.capacity <= 1).count();
    (arcs.isqrt() * if 2 * single > arcs { 1 } else { 3 }).max(10)
}

/// The state of the simplex on a plain network.
pub(super) struct Simplex {
    /// Arcs in the order in which they are looked at; after them one artificial arc a node, between it and the root.
    ways: Vec<Way>,
    capacities: Vec<i64>,
    /// Whether the arc is written against its direction in the plain network.
    turned: Vec<bool>,
    /// Where each arc of the plain network stands in `ways`.
    places: Vec<u32>,
    potentials: Vec<i64>,
    tree: Tree,
    /// The node of the plain network behind each node here; they are numbered anew now and then.
    names: Vec<u32>,
    next: usize,
    /// How many arcs are looked at before the most tempting of them is taken.
    block: usize,
}

impl Simplex {
    /// The basis of artificial arcs.
    pub(super) fn new(plain: &Plain) -> Self {
        let (nodes, arcs) = (plain.nodes(), plain.arcs.len());
        let root = nodes as u32;
        let mut ways = Vec::with_capacity(arcs + nodes);
        let mut capacities = Vec::with_capacity(arcs);
        let mut places = vec![0; arcs];
        // Arcs of one node stand together in the list and tempt together. With steps longer than a block has arcs, each block looks over
        // the whole list, and the best of it is good anywhere: this alone spares two exchanges of three.
        let step = (2 * arcs.isqrt()).max(1);
        for start in 0..step.min(arcs) {
            for arc in (start..arcs).step_by(step) {
                places[arc] = ways.len() as u32;
                let from = &plain.arcs[arc];
                ways.push(Way { tail: from.tail, head: from.head, cost: from.cost });
                capacities.push(from.capacity);
            }
        }
        // Twice this is more than any path of real arcs: artificial arcs are used only where nothing else serves.
        let dear = plain.dearest_path / 2 + 1;
        let mut potentials = vec![0; nodes + 1];
        let mut stems = Vec::with_capacity(nodes + 1);
        for (node, &supply) in plain.supplies.iter().enumerate() {
            let arc = ways.len() as u32;
            let (up, down, rises) = if supply >= 0 {
                (ENDLESS - supply, supply, true)
            } else {
                (-supply, ENDLESS + supply, false)
            };
            stems.push(Stem { parent: root, arc, rises, up, down });
            potentials[node] = if rises { -dear } else { dear };
            let (tail, head) = if rises { (node as u32, root) } else { (root, node as u32) };
            ways.push(Way { tail, head, cost: dear });
        }
        Self {
            ways,
            capacities,
            turned: vec![false; arcs],
            places,
            potentials,
            tree: Tree::star(stems),
            names: (0..=root).collect(),
            next: 0,
            block: block(plain),
        }
    }

    /// Exchanges arcs until none is tempting.
    pub(super) fn run(&mut self, control: &mut Control<'_>) -> Result<Outcome, Stopped> {
        /// So many nodes are touched for each arc before the nodes are numbered anew.
        const WANDERINGS: usize = 10;
        let patience = WANDERINGS * self.ways.len();
        let mut meter = Meter::new(control);
        let mut wandered = 0;
        loop {
            let (entering, looked) = self.price();
            meter.add(looked)?;
            let Some(entering) = entering else { break };
            let Some(touched) = self.pivot(entering, 0) else {
                return Ok(Outcome::Endless(self.ring(entering)));
            };
            meter.add(touched)?;
            wandered += touched;
            if wandered > patience {
                meter.add(self.ways.len())?;
                self.renumber();
                wandered = 0;
            }
        }
        meter.book()?;
        Ok(Outcome::Optimal)
    }

    /// Numbers the nodes in the order of the tree, so that what is walked together lies together in memory.
    ///
    /// Nothing else changes; on a large network the walks take half the time.
    fn renumber(&mut self) {
        let order = self.tree.order();
        let mut places = vec![0; order.len()];
        for (&old, new) in order.iter().zip(0..) {
            places[old as usize] = new;
        }
        self.tree.renumber(&order, &places);
        self.potentials = order.iter().map(|&old| self.potentials[old as usize]).collect();
        self.names = order.iter().map(|&old| self.names[old as usize]).collect();
        for way in &mut self.ways {
            (way.tail, way.head) = (places[way.tail as usize], places[way.head as usize]);
        }
    }

    fn reduced(&self, way: Way) -> i64 {
        way.cost + self.potentials[way.tail as usize] - self.potentials[way.head as usize]
    }

    /// The most tempting arc of the next block that has one, and how many were looked at.
    fn price(&mut self) -> (Option<u32>, usize) {
        let arcs = self.capacities.len();
        let block = self.block;
        let mut looked = 0;
        while looked < arcs {
            let start = self.next;
            let end = (start + block).min(arcs);
            let (mut least, mut best) = (0, NONE);
            for (way, arc) in self.ways[start..end].iter().zip(start as u32..) {
                let reduced = self.reduced(*way);
                if reduced < least {
                    (least, best) = (reduced, arc);
                }
            }
            looked += end - start;
            self.next = if end == arcs { 0 } else { end };
            if best != NONE {
                return (Some(best), looked);
            }
        }
        (None, looked)
    }

    /// Brings an arc into the tree, or fills it; `None` if nothing limits it. Else how many nodes were touched.
    ///
    /// `carried` is what flows along it already.
    fn pivot(&mut self, entering: u32, carried: i64) -> Option<usize> {
        let way = self.ways[entering as usize];
        let capacity = self.capacities[entering as usize];
        let meet = self.tree.meet(way.tail, way.head);
        // Of the arcs that limit the step, the last one on the way round from the meeting leaves: this keeps the tree strongly feasible.
        let (mut amount, mut out, mut from_tail) = (capacity - carried, NONE, false);
        let mut node = way.tail;
        let mut length = 0;
        while node != meet {
            let stem = &self.tree.stems[node as usize];
            if stem.down < amount {
                (amount, out, from_tail) = (stem.down, node, true);
            }
            node = stem.parent;
            length += 1;
        }
        node = way.head;
        while node != meet {
            let stem = &self.tree.stems[node as usize];
            if stem.up <= amount {
                (amount, out, from_tail) = (stem.up, node, false);
            }
            node = stem.parent;
            length += 1;
        }
        if amount >= ENDLESS / 2 {
            return None;
        }
        if amount > 0 {
            self.push(way, meet, amount);
        }
        if out == NONE {
            self.turn(entering);
            return Some(length);
        }
        let reduced = self.reduced(way);
        let carried = carried + amount;
        let rest = capacity - carried;
        let (node, shift, stem) = if from_tail {
            (
                way.tail,
                -reduced,
                Stem { parent: way.head, arc: entering, rises: true, up: rest, down: carried },
            )
        } else {
            (
                way.head,
                reduced,
                Stem { parent: way.tail, arc: entering, rises: false, up: carried, down: rest },
            )
        };
        let left = self.tree.rehang(out, node, stem);
        // It leaves empty or full; a full one is turned. Artificial arcs leave for good.
        let empty = if left.rises { left.down } else { left.up } == 0;
        if !empty && (left.arc as usize) < self.capacities.len() {
            self.turn(left.arc);
        }
        let potentials = &mut self.potentials;
        let moved = self.tree.walk(node, |node| potentials[node as usize] += shift);
        Some(length + moved)
    }

    /// Sends an amount along the arc and back through the tree.
    fn push(&mut self, way: Way, meet: u32, amount: i64) {
        let mut node = way.tail;
        while node != meet {
            let stem = &mut self.tree.stems[node as usize];
            (stem.down, stem.up) = (stem.down - amount, stem.up + amount);
            node = stem.parent;
        }
        node = way.head;
        while node != meet {
            let stem = &mut self.tree.stems[node as usize];
            (stem.down, stem.up) = (stem.down + amount, stem.up - amount);
            node = stem.parent;
        }
    }

    fn turn(&mut self, arc: u32) {
        let way = &mut self.ways[arc as usize];
        *way = Way { tail: way.head, head: way.tail, cost: -way.cost };
        self.turned[arc as usize] = !self.turned[arc as usize];
    }

    /// The arcs of the ring that an entering arc closes, in their order, as arcs of the plain network.
    fn ring(&self, entering: u32) -> Vec<u32> {
        let way = self.ways[entering as usize];
        let meet = self.tree.meet(way.tail, way.head);
        let climb = |mut node: u32| {
            let mut path = Vec::new();
            while node != meet {
                path.push(self.tree.stems[node as usize].arc);
                node = self.tree.stems[node as usize].parent;
            }
            path
        };
        let mut ring = climb(way.tail);
        ring.reverse();
        ring.push(entering);
        ring.extend(climb(way.head));
        let plain = self.plain_arcs();
        ring.into_iter().map(|place| plain[place as usize]).collect()
    }

    /// What flows along each arc of the plain network, in its order.
    pub(super) fn flows(&self) -> Vec<i64> {
        let mut flows: Vec<i64> = self
            .turned
            .iter()
            .zip(&self.capacities)
            .map(|(&turned, &capacity)| if turned { capacity } else { 0 })
            .collect();
        for stem in &self.tree.stems {
            let Some(&turned) = self.turned.get(stem.arc as usize) else { continue };
            // What flows along the arc as it is written is what could be taken back.
            flows[stem.arc as usize] = if stem.rises == turned { stem.up } else { stem.down };
        }
        self.places.iter().map(|&place| flows[place as usize]).collect()
    }

    /// The nodes of the plain network with their stems.
    fn stems(&self) -> impl Iterator<Item = (usize, &Stem)> {
        let root = self.names.len() - 1;
        self.names[..root].iter().map(|&name| name as usize).zip(&self.tree.stems)
    }

    /// The price of a unit at each node.
    pub(super) fn potentials(&self) -> Vec<i64> {
        let mut potentials = vec![0; self.names.len() - 1];
        for ((name, _), &potential) in self.stems().zip(&self.potentials) {
            potentials[name] = potential;
        }
        potentials
    }

    /// For each node the arc of the plain network above it in the tree; `NONE` at the root.
    pub(super) fn basis(&self) -> Vec<u32> {
        let plain = self.plain_arcs();
        let mut basis = vec![NONE; self.names.len() - 1];
        for (name, stem) in self.stems() {
            basis[name] = plain.get(stem.arc as usize).copied().unwrap_or(NONE);
        }
        basis
    }

    /// The arc of the plain network at each place.
    fn plain_arcs(&self) -> Vec<u32> {
        let mut plain = vec![NONE; self.capacities.len()];
        for (arc, &place) in self.places.iter().enumerate() {
            plain[place as usize] = arc as u32;
        }
        plain
    }

    /// The nodes that could not send everything they have.
    pub(super) fn left(&self) -> Vec<u32> {
        let artificial = self.stems().filter(|(_, stem)| stem.arc as usize >= self.capacities.len());
        let mut left: Vec<u32> =
            artificial.filter(|(_, stem)| stem.rises && stem.down > 0).map(|(name, _)| name as u32).collect();
        left.sort_unstable();
        left
    }
}
