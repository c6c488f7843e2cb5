//! Two aims, one strictly before the other, as one cost.

use super::Flow;
use super::fault::FlowError;
use super::network::Network;

/// A network whose cost is a first aim, and its old cost only where the first aim is tied.
///
/// ```
/// use gridcore::control::Control;
/// use gridcore::solve::flow::{Arc, Network, Ranked, min_cost_flow};
/// // Two ways to send 2 units: the cheap one changes what is there, the dear one keeps it.
/// let arcs = vec![Arc::new(0, 1).cost(1), Arc::new(0, 1).cost(90).capacity(1)];
/// let network = Network::new(vec![2, -2], arcs)?;
/// let ranked = Ranked::new(network, vec![1, 0])?; // fewest changes first
/// let flow = min_cost_flow(ranked.network(), &mut Control::free())?;
/// assert_eq!(flow.flows, [1, 1]);
/// assert_eq!(ranked.costs(&flow), Some((1, 91)));
/// # Ok::<(), gridcore::solve::flow::FlowError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    network: Network,
    first: Vec<i64>,
    second: Vec<i64>,
    scale: i64,
}

impl Ranked {
    /// Puts the costs `first` before those of the network.
    ///
    /// Each cost becomes `first · scale + second`, where `scale` is more than the second cost of any ring without repeated nodes.
    /// A flow is cheapest if no ring of remaining room gains; a ring that gains by the first cost then gains in sum whatever its second
    /// cost is, so the order is strict, whatever the capacities.
    ///
    /// # Errors
    ///
    /// [`FlowError::Lengths`] if there is not one cost for each arc; [`FlowError::Overflow`] if a combined cost does not fit.
    ///
    /// # Complexity
    ///
    /// O(arcs).
    pub fn new(network: Network, first: Vec<i64>) -> Result<Self, FlowError> {
        if first.len() != network.arcs().len() {
            return Err(FlowError::Lengths { costs: first.len(), arcs: network.arcs().len() });
        }
        let second: Vec<i64> = network.arcs().iter().map(|arc| arc.cost).collect();
        let amounts = || second.iter().map(|cost| i128::from(cost.unsigned_abs()));
        let ring = amounts().sum::<i128>().min(amounts().max().unwrap_or(0) * network.nodes() as i128);
        let scale = i64::try_from(ring + 1).map_err(|_| FlowError::Overflow)?;
        let (supplies, mut arcs) = network.into_parts();
        for (arc, first) in arcs.iter_mut().zip(&first) {
            let combined = first.checked_mul(scale).and_then(|cost| cost.checked_add(arc.cost));
            arc.cost = combined.ok_or(FlowError::Overflow)?;
        }
        Ok(Self { network: Network::new(supplies, arcs)?, first, second, scale })
    }

    /// The network with the combined cost.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// What one unit of the first cost weighs in units of the second.
    #[must_use]
    pub fn scale(&self) -> i64 {
        self.scale
    }

    /// What a flow costs by the first aim, and by the second; `None` if the flow is of another network or a sum does not fit.
    #[must_use]
    pub fn costs(&self, flow: &Flow) -> Option<(i128, i128)> {
        let sum = |costs: &[i64]| {
            costs.iter().zip(&flow.flows).try_fold(0_i128, |sum, (&cost, &units)| {
                sum.checked_add(i128::from(cost) * i128::from(units))
            })
        };
        if flow.flows.len() != self.first.len() {
            return None;
        }
        Some((sum(&self.first)?, sum(&self.second)?))
    }
}
