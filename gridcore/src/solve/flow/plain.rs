//! A network made plain: nothing must flow, no loops, no arc that gains except where it has no limit.
//!
//! Lower bounds are sent ahead, loops are decided at once, and an arc with a negative cost and a capacity is filled and turned
//! round: what then flows along it is what is taken back. So the engines see costs of 0 and more, start at zero flow, and
//! need no capacity above the sum of supplies (a flow that is larger somewhere goes round in a ring, which can't gain).

use super::Flow;
use super::fault::FlowError;
use super::infeasible::Cycle;
use super::network::{Network, UNLIMITED};
use super::simplex::Start;

/// Where an arc of the plain network comes from.
#[derive(Clone, Copy)]
pub(super) struct Origin {
    doubled: u32,
}

impl Origin {
    fn new(arc: usize, turned: bool) -> Self {
        Self { doubled: (arc as u32) << 1 | u32::from(turned) }
    }

    /// The arc of the network.
    pub(super) fn arc(self) -> usize {
        (self.doubled >> 1) as usize
    }

    /// Whether it was filled and turned round.
    pub(super) fn turned(self) -> bool {
        self.doubled & 1 == 1
    }
}

/// One arc of the plain network.
#[derive(Clone, Copy)]
pub(super) struct PlainArc {
    pub(super) tail: u32,
    pub(super) head: u32,
    pub(super) capacity: i64,
    pub(super) cost: i64,
}

/// The plain network.
pub(super) struct Plain {
    /// What each node sends, after what had to flow has flowed.
    pub(super) supplies: Vec<i64>,
    pub(super) arcs: Vec<PlainArc>,
    pub(super) origins: Vec<Origin>,
    /// What flows along each arc of the network when nothing flows in the plain one.
    pub(super) base: Vec<i64>,
    /// No path costs more than this, forwards or backwards.
    pub(super) dearest_path: i64,
}

/// Capacity without limit in the plain network: more than any sum of flows, and a sum of two still fits.
pub(super) const ENDLESS: i64 = 1 << 62;

/// Sums of amounts and of costs stay below this, so that sums of a few of them fit 64 bits.
const MOST: i128 = 1 << 60;

impl Plain {
    /// Makes a network plain, and checks that no sum can overflow later.
    ///
    /// # Errors
    ///
    /// `Overflow`, or `Unbounded` for a loop that gains without limit.
    pub(super) fn new(network: &Network) -> Result<Self, FlowError> {
        let mut supplies: Vec<i128> = network.supplies().iter().map(|&supply| i128::from(supply)).collect();
        let (mut arcs, mut origins) =
            (Vec::with_capacity(network.arcs().len()), Vec::with_capacity(network.arcs().len()));
        let mut base = Vec::with_capacity(network.arcs().len());
        let (mut dearest_arc, mut costs) = (0_u64, 0_i128);
        let (mut gains, mut finite) = (false, 0_i128);
        for (index, arc) in network.arcs().iter().enumerate() {
            let (unlimited, gaining) = (arc.capacity == UNLIMITED, arc.cost < 0);
            if arc.tail == arc.head {
                if gaining && unlimited {
                    return Err(FlowError::Unbounded(Cycle { arcs: vec![index as u32], cost: arc.cost }));
                }
                base.push(if gaining { arc.capacity } else { arc.lower });
                continue;
            }
            let filled = gaining && !unlimited;
            let start = if filled { arc.capacity } else { arc.lower };
            base.push(start);
            supplies[arc.tail as usize] -= i128::from(start);
            supplies[arc.head as usize] += i128::from(start);
            let room = if unlimited {
                i128::from(ENDLESS)
            } else {
                i128::from(arc.capacity) - i128::from(arc.lower)
            };
            if room == 0 {
                continue;
            }
            gains |= gaining && unlimited;
            finite += if unlimited { 0 } else { room };
            dearest_arc = dearest_arc.max(arc.cost.unsigned_abs());
            costs += i128::from(arc.cost.unsigned_abs());
            let (tail, head) = if filled { (arc.head, arc.tail) } else { (arc.tail, arc.head) };
            let capacity = room.min(i128::from(ENDLESS)) as i64;
            let cost = if filled { i128::from(arc.cost.unsigned_abs()) } else { i128::from(arc.cost) };
            if cost >= MOST || cost <= -MOST {
                return Err(FlowError::Overflow);
            }
            arcs.push(PlainArc { tail, head, capacity, cost: cost as i64 });
            origins.push(Origin::new(index, filled));
        }
        let hops = network.nodes().saturating_sub(1) as i128;
        let dearest_path = costs.min(hops * i128::from(dearest_arc));
        let sent: i128 = supplies.iter().filter(|&&supply| supply > 0).sum();
        let taken: i128 = -supplies.iter().filter(|&&supply| supply < 0).sum::<i128>();
        let most = sent.max(taken);
        // A ring that gains may run through every finite arc; without one, nothing exceeds what is sent.
        if dearest_path >= MOST || most + if gains { finite } else { 0 } >= MOST {
            return Err(FlowError::Overflow);
        }
        if !gains {
            let most = most as i64 + 1;
            for arc in &mut arcs {
                arc.capacity = arc.capacity.min(most);
            }
        }
        Ok(Self {
            supplies: supplies.into_iter().map(|supply| supply as i64).collect(),
            arcs,
            origins,
            base,
            dearest_path: dearest_path as i64,
        })
    }

    pub(super) fn nodes(&self) -> usize {
        self.supplies.len()
    }

    /// The flow of the network, given that of the plain one.
    pub(super) fn restore(&self, flows: impl Iterator<Item = i64>) -> Vec<i64> {
        let mut restored = self.base.clone();
        for (origin, flow) in self.origins.iter().zip(flows) {
            let amount = &mut restored[origin.arc()];
            *amount = if origin.turned() { *amount - flow } else { *amount + flow };
        }
        restored
    }

    /// What an old flow tells of this network: cut down to its bounds, with the tree that it had.
    pub(super) fn start(&self, network: &Network, from: &Flow) -> Start {
        let nodes = self.nodes() as u32;
        let flows = self.arcs.iter().zip(&self.origins).map(|(arc, origin)| {
            let Some(&flow) = from.flows.get(origin.arc()) else { return 0 };
            let base = i128::from(self.base[origin.arc()]);
            let ahead = if origin.turned() { base - i128::from(flow) } else { i128::from(flow) - base };
            ahead.clamp(0, i128::from(arc.capacity)) as i64
        });
        let flows = flows.collect();
        if from.basis.is_empty() {
            let price = |node: u32| i128::from(from.potentials.get(node as usize).copied().unwrap_or(0));
            let tight = |arc: &PlainArc| i128::from(arc.cost) + price(arc.tail) == price(arc.head);
            let wanted = (0..).zip(&self.arcs).filter(|(_, arc)| tight(arc)).map(|(arc, _)| arc).collect();
            return Start { flows, wanted, tops: Vec::new() };
        }
        let mut places = vec![u32::MAX; network.arcs().len()];
        for (origin, place) in self.origins.iter().zip(0..) {
            places[origin.arc()] = place;
        }
        let basis = from.basis.iter().filter_map(|&arc| places.get(arc as usize).copied());
        let wanted = basis.filter(|&place| place != u32::MAX).collect();
        let tops = from.basis.iter().zip(0..nodes).filter(|&(&arc, _)| arc == u32::MAX).map(|(_, node)| node);
        Start { flows, wanted, tops: tops.collect() }
    }

    /// The error that names a ring of plain arcs that gains for ever.
    pub(super) fn endless(&self, network: &Network, ring: &[u32]) -> FlowError {
        let arcs: Vec<u32> = ring.iter().map(|&arc| self.origins[arc as usize].arc() as u32).collect();
        let cost = arcs.iter().map(|&arc| i128::from(network.arcs()[arc as usize].cost)).sum::<i128>();
        match cost.try_into() {
            Ok(cost) => FlowError::Unbounded(Cycle { arcs, cost }),
            Err(_) => FlowError::Overflow,
        }
    }
}
