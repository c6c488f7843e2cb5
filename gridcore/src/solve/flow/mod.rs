//! Minimum-cost flow: what nodes send reaches those that take it, along arcs with bounds and costs, as cheaply as possible.
//!
//! Transport from units to grids, spare capacity to where it is short, loads that get dearer the higher they are: all of them are
//! flows. An answer carries the potentials (shadow prices) that prove it cheapest; a network without an answer names the cause.
//!
//! ```
//! use gridcore::control::Control;
//! use gridcore::solve::flow::{Arc, Network, min_cost_flow};
//! //        4 a unit
//! //   0 ───────────────▶ 2      node 0 sends 3, node 2 takes 3
//! //   └──▶ 1 ──▶─────────┘
//! //    1, at most 2;  1 a unit
//! let arcs = vec![Arc::new(0, 2).cost(4), Arc::new(0, 1).cost(1).capacity(2), Arc::new(1, 2).cost(1)];
//! let network = Network::new(vec![3, 0, -3], arcs)?;
//! let flow = min_cost_flow(&network, &mut Control::free())?;
//! assert_eq!((flow.flows.as_slice(), flow.cost), (&[1, 2, 2][..], 8));
//! assert_eq!(flow.verify(&network), Ok(()));
//! # Ok::<(), gridcore::solve::flow::FlowError>(())
//! ```

mod fault;
mod infeasible;
mod network;
mod plain;
mod ranked;
mod rising;
mod simplex;
mod verify;

pub use fault::{ArcFault, ArcFaultKind, FlowError};
pub use infeasible::{Cut, Cycle};
pub use network::{Arc, Network, UNLIMITED};
pub use ranked::Ranked;
pub use rising::{Step, rising};
pub use verify::Violation;

use self::plain::Plain;
use self::simplex::{Outcome, Simplex};
use crate::control::Control;

/// A cheapest flow with its proof.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Flow {
    /// What flows along each arc, in the order of the network.
    pub flows: Vec<i64>,
    /// The price of a unit at each node: along an arc it rises by no more than the arc's cost where there is room, and by no
    /// less where more flows than must.
    pub potentials: Vec<i64>,
    /// What it all costs.
    pub cost: i128,
    /// For each node the arc above it in the last tree, for the next start; not part of the answer, nor saved.
    #[cfg_attr(feature = "serde", serde(skip))]
    basis: Vec<u32>,
}

impl PartialEq for Flow {
    fn eq(&self, other: &Self) -> bool {
        (&self.flows, &self.potentials, self.cost) == (&other.flows, &other.potentials, other.cost)
    }
}

impl Eq for Flow {}

impl Flow {
    /// A flow from its parts, for whoever has kept them: [`verify`](Self::verify) says whether they fit a network.
    ///
    /// ```
    /// use gridcore::solve::flow::{Arc, Flow, Network};
    /// let network = Network::new(vec![2, -2], vec![Arc::new(0, 1).cost(3)])?;
    /// assert_eq!(Flow::from_parts(vec![2], vec![0, 3], 6).verify(&network), Ok(()));
    /// # Ok::<(), gridcore::solve::flow::FlowError>(())
    /// ```
    #[must_use]
    pub fn from_parts(flows: Vec<i64>, potentials: Vec<i64>, cost: i128) -> Self {
        Self { flows, potentials, cost, basis: Vec::new() }
    }

    /// Checks in exact integers that the flow keeps to the bounds and supplies, and that no flow is cheaper.
    ///
    /// The potentials must leave no arc that should carry more or less (complementary slackness), and the bound they prove
    /// must be the cost (primal = dual).
    ///
    /// # Errors
    ///
    /// The first [`Violation`].
    ///
    /// # Complexity
    ///
    /// O(nodes + arcs).
    pub fn verify(&self, network: &Network) -> Result<(), Violation> {
        verify::verify(network, self)
    }
}

/// The cheapest flow.
///
/// The same network gives the same flow; of several cheapest flows, which one is a matter of the order of nodes and arcs.
///
/// # Errors
///
/// [`FlowError::Infeasible`] with the nodes that can't be served, [`FlowError::Unbounded`] with the ring that gains for ever,
/// [`FlowError::Overflow`] if the numbers are too large for an exact answer, [`FlowError::Stopped`]. Too large is, from 2⁶⁰, the sum
/// of supplies after lower bounds and gaining arcs have been served, the cost of the dearest path that the network could
/// have, and, if an arc gains without limit, the sum of all capacities. A network that fails twice names one of the causes.
///
/// # Complexity
///
/// Primal network simplex on strongly feasible trees (Cunningham 1976; Ahuja, Magnanti and Orlin, *Network Flows*, 1993, chapter 11)
/// with block search (Király and Kovács 2012) over a list in which distant arcs stand together. Space O(nodes + arcs);
/// time exponential at worst, in practice a few times nodes · √arcs plus the branches that the exchanges move. A cut
/// is read off the ways still open (Hoffman 1960) in O(nodes + arcs).
pub fn min_cost_flow(network: &Network, control: &mut Control<'_>) -> Result<Flow, FlowError> {
    let plain = balanced(network)?;
    let simplex = Simplex::new(&plain);
    finish(network, &plain, simplex, control)
}

/// The cheapest flow of a network that is close to one already solved: changed costs, supplies and bounds, arcs and nodes added or
/// removed at the end of their lists.
///
/// The old flow is cut down to the new bounds and the old tree set up again where it still stands, so that only what changed is
/// worked on. The answer costs exactly what [`min_cost_flow`] finds; of several cheapest flows it may be another one, most often
/// closer to the old. A flow that was saved and loaded has no tree any more; then arcs that its potentials find tight
/// take its place.
///
/// ```
/// use gridcore::control::Control;
/// use gridcore::solve::flow::{Arc, Network, min_cost_flow, reflow};
/// let arcs = vec![Arc::new(0, 1).cost(1).capacity(2), Arc::new(0, 1).cost(4)];
/// let before = min_cost_flow(&Network::new(vec![3, -3], arcs.clone())?, &mut Control::free())?;
/// let more = Network::new(vec![5, -5], arcs)?;
/// let after = reflow(&more, &before, &mut Control::free())?;
/// assert_eq!((before.cost, after.cost), (6, 14));
/// assert_eq!(after.verify(&more), Ok(()));
/// # Ok::<(), gridcore::solve::flow::FlowError>(())
/// ```
///
/// # Errors
///
/// As [`min_cost_flow`].
///
/// # Complexity
///
/// O(nodes + arcs) to set up, then as [`min_cost_flow`] for what is left to exchange.
pub fn reflow(network: &Network, from: &Flow, control: &mut Control<'_>) -> Result<Flow, FlowError> {
    let plain = balanced(network)?;
    let start = plain.start(network, from);
    let (simplex, outcome) = Simplex::resume(&plain, &start, control)?;
    if let Some(Outcome::Endless(ring)) = outcome {
        return Err(plain.endless(network, &ring));
    }
    finish(network, &plain, simplex, control)
}

/// The plain network, if what is sent is taken.
fn balanced(network: &Network) -> Result<Plain, FlowError> {
    let balance: i128 = network.supplies().iter().map(|&supply| i128::from(supply)).sum();
    if balance != 0 {
        let all = vec![true; network.nodes()];
        return Err(Cut::of(network, &all).map_or(FlowError::Overflow, FlowError::Infeasible));
    }
    Plain::new(network)
}

/// Runs the simplex to its end and reads the answer off its tree.
fn finish(
    network: &Network,
    plain: &Plain,
    mut simplex: Simplex,
    control: &mut Control<'_>,
) -> Result<Flow, FlowError> {
    if let Outcome::Endless(ring) = simplex.run(control)? {
        return Err(plain.endless(network, &ring));
    }
    let flows = plain.restore(simplex.flows().into_iter());
    let left = simplex.left();
    if !left.is_empty() {
        let cut = infeasible::cut(network, &flows, &left);
        return Err(cut.map_or(FlowError::Overflow, FlowError::Infeasible));
    }
    let mut cost = 0_i128;
    for (arc, &flow) in network.arcs().iter().zip(&flows) {
        let term = i128::from(arc.cost) * i128::from(flow);
        cost = cost.checked_add(term).ok_or(FlowError::Overflow)?;
    }
    let basis = simplex.basis().into_iter();
    let basis =
        basis.map(|arc| plain.origins.get(arc as usize).map_or(u32::MAX, |origin| origin.arc() as u32));
    Ok(Flow { flows, potentials: simplex.potentials(), cost, basis: basis.collect() })
}
