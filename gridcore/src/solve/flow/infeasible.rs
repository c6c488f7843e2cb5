//! The named causes of failure: a set of nodes that holds too much, a ring that never stops gaining.

use std::collections::VecDeque;

use super::network::{Network, UNLIMITED};
use super::verify::Violation;
use crate::error::Fault;

/// Nodes that can't get rid of what they hold, or can't get what they want.
///
/// What leaves a set of nodes less what enters it must be what they supply. Here it can't be: either `supply` is above
/// `capacity`, and at most `capacity` can leave; or `supply` is below `capacity`, and at least that much must leave (below 0: at
/// most its amount can enter).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Cut {
    /// The nodes, in ascending order.
    pub nodes: Vec<u32>,
    /// What they send in sum, negative if they take.
    pub supply: i64,
    /// What can leave them in sum, less what must enter; negative if it enters.
    pub capacity: i64,
}

impl Cut {
    /// Counts again, arc by arc, that no flow can serve these nodes.
    ///
    /// # Errors
    ///
    /// [`Violation::Cut`] if the nodes repeat, do not exist, do not add up to these numbers, or could be served after all.
    pub fn verify(&self, network: &Network) -> Result<(), Violation> {
        let mut inside = vec![false; network.nodes()];
        for &node in &self.nodes {
            match inside.get_mut(node as usize) {
                Some(seen) if !*seen => *seen = true,
                _ => return Err(Violation::Cut),
            }
        }
        let (supply, least, most) = count(network, &inside);
        let capacity = i128::from(self.capacity);
        let broken = (supply > most && capacity == most) || (supply < least && capacity == least);
        if broken && supply == i128::from(self.supply) { Ok(()) } else { Err(Violation::Cut) }
    }

    /// The nodes marked, with their numbers; `None` if a number has no room in 64 bits.
    pub(super) fn of(network: &Network, inside: &[bool]) -> Option<Self> {
        let (supply, least, most) = count(network, inside);
        let capacity = if supply < least { least } else { most };
        let nodes = (0..network.nodes() as u32).filter(|&node| inside[node as usize]).collect();
        Some(Self { nodes, supply: supply.try_into().ok()?, capacity: capacity.try_into().ok()? })
    }

    pub(super) fn describe(&self, fault: Fault) -> Fault {
        let nodes = self.nodes.len();
        let (supply, capacity) = (self.supply, self.capacity);
        let (sends, leaves) = (supply.unsigned_abs(), capacity.unsigned_abs());
        let fault = fault.found(supply, capacity);
        match (supply < capacity, capacity < 0) {
            (false, false) => fault
                .says(
                    format!("{nodes} nodes send {sends} together, but only {leaves} can leave them"),
                    format!("{nodes} 个节点共送出 {sends}，但最多只能离开 {leaves}"),
                )
                .remedy("lower their supply, or add arcs that lead out of them", "请减少其供给，或增加从它们出发的弧"),
            (true, true) => fault
                .says(
                    format!("{nodes} nodes take {sends} together, but only {leaves} can reach them"),
                    format!("{nodes} 个节点共需 {sends}，但最多只能到达 {leaves}"),
                )
                .remedy("lower their demand, or add arcs that lead to them", "请减少其需求，或增加通向它们的弧"),
            (above, _) => fault
                .says(
                    format!(
                        "{nodes} nodes send {supply} in sum, but the bounds of their arcs let {} {capacity} leave",
                        if above { "at least" } else { "at most" }
                    ),
                    format!(
                        "{nodes} 个节点净送出 {supply}，但弧的上下限只允许净流出{} {capacity}",
                        if above { "至少" } else { "至多" }
                    ),
                )
                .remedy("correct their supplies, or the bounds of the arcs around them", "请改正供给量，或其周围弧的上下限"),
        }
    }
}

/// What the nodes marked send, and the least and the most that can leave them less what enters.
///
/// An arc without limit counts as more than any sum of finite ones.
fn count(network: &Network, inside: &[bool]) -> (i128, i128, i128) {
    let marked = |node: u32| inside[node as usize];
    let supplies = network.supplies().iter().zip(inside).filter(|&(_, &inside)| inside);
    let supply = supplies.map(|(&supply, _)| i128::from(supply)).sum();
    let (mut least, mut most) = (0, 0);
    for arc in network.arcs() {
        let capacity = if arc.capacity == UNLIMITED { i128::MAX >> 33 } else { i128::from(arc.capacity) };
        match (marked(arc.tail), marked(arc.head)) {
            (true, false) => (least, most) = (least + i128::from(arc.lower), most + capacity),
            (false, true) => (least, most) = (least - capacity, most - i128::from(arc.lower)),
            _ => {}
        }
    }
    (supply, least, most)
}

/// The smallest cut found from the nodes where something is left over, given what flows.
///
/// From one such node follow every arc with room and, backwards, every arc that carries more than it must. What is reached can
/// send nothing further, whatever flows elsewhere.
pub(super) fn cut(network: &Network, flows: &[i64], left: &[u32]) -> Option<Cut> {
    /// More starts give smaller cuts, but each costs a search.
    const STARTS: usize = 32;
    let ways = Ways::new(network, flows);
    let mut best: Option<Vec<bool>> = None;
    let mut fewest = usize::MAX;
    for &start in left.iter().take(STARTS) {
        let mut inside = vec![false; network.nodes()];
        inside[start as usize] = true;
        let mut queue = VecDeque::from([start]);
        let mut reached = 1;
        while let Some(node) = queue.pop_front() {
            for &next in ways.from(node) {
                if !inside[next as usize] {
                    inside[next as usize] = true;
                    reached += 1;
                    queue.push_back(next);
                }
            }
        }
        if reached < fewest {
            fewest = reached;
            best = Some(inside);
        }
    }
    Cut::of(network, &best?)
}

/// Where one more unit could go from each node.
struct Ways {
    starts: Vec<usize>,
    ends: Vec<u32>,
}

impl Ways {
    fn new(network: &Network, flows: &[i64]) -> Self {
        let open = || {
            network.arcs().iter().zip(flows).flat_map(|(arc, &flow)| {
                let along = (flow < arc.capacity).then_some((arc.tail, arc.head));
                let back = (flow > arc.lower).then_some((arc.head, arc.tail));
                along.into_iter().chain(back)
            })
        };
        let mut starts = vec![0; network.nodes() + 1];
        for (from, _) in open() {
            starts[from as usize + 1] += 1;
        }
        for node in 0..network.nodes() {
            starts[node + 1] += starts[node];
        }
        let mut ends = vec![0; starts[network.nodes()]];
        let mut place = starts.clone();
        for (from, to) in open() {
            ends[place[from as usize]] = to;
            place[from as usize] += 1;
        }
        Self { starts, ends }
    }

    fn from(&self, node: u32) -> &[u32] {
        &self.ends[self.starts[node as usize]..self.starts[node as usize + 1]]
    }
}

/// A ring of unlimited arcs whose costs add up to less than nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Cycle {
    /// The arcs, each leaving the node that the one before enters; the last leads back to the first.
    pub arcs: Vec<u32>,
    /// What one unit costs that goes round: less than 0.
    pub cost: i64,
}

impl Cycle {
    /// Walks the ring again.
    ///
    /// # Errors
    ///
    /// [`Violation::Cycle`] if the arcs are no ring, have a limit, or do not gain what is said.
    pub fn verify(&self, network: &Network) -> Result<(), Violation> {
        let arcs: Option<Vec<_>> = self.arcs.iter().map(|&arc| network.arcs().get(arc as usize)).collect();
        let arcs = arcs.ok_or(Violation::Cycle)?;
        let follows = arcs.iter().zip(arcs.iter().cycle().skip(1)).all(|(arc, next)| arc.head == next.tail);
        let unlimited = arcs.iter().all(|arc| arc.capacity == UNLIMITED);
        let cost: i128 = arcs.iter().map(|arc| i128::from(arc.cost)).sum();
        if follows && unlimited && cost < 0 && cost == i128::from(self.cost) {
            Ok(())
        } else {
            Err(Violation::Cycle)
        }
    }

    pub(super) fn describe(&self, fault: Fault) -> Fault {
        let (arcs, cost) = (self.arcs.len(), self.cost);
        let first = self.arcs.iter().take(10).map(u32::to_string).collect::<Vec<_>>().join(", ");
        fault
            .says(
                format!("a ring of {arcs} arcs without limit ({first}) costs {cost} a unit, so that no flow is cheapest"),
                format!("{arcs} 条无容量限制的弧（{first}）构成回路，每单位费用 {cost}，最小费用不存在"),
            )
            .remedy("give one of the arcs a capacity, or correct its cost", "请给其中一条弧设定容量，或改正费用")
    }
}
