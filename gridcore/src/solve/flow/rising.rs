//! Costs that rise with the amount: convex loads as parallel arcs.

use super::fault::{ArcFault, ArcFaultKind, FlowError};
use super::network::Arc;

/// So many units at one cost each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Step {
    /// How many units the step has.
    pub units: i64,
    /// What each of them costs.
    pub cost: i64,
}

/// An arc whose units get dearer, as parallel arcs, one a step.
///
/// A cheapest flow fills the cheap steps first by itself, as long as no step is cheaper than the one before. Fair loads are written
/// so: the first grid of a person costs nothing more, the second 3000, the third 9000.
///
/// ```
/// use gridcore::control::Control;
/// use gridcore::solve::flow::{Arc, Network, Step, min_cost_flow, rising};
/// // Nodes 0 and 1 are people, node 2 sends 4 grids; the direct way to person 0 is cheaper, but the load weighs on it.
/// let mut arcs = vec![Arc::new(2, 0).cost(1), Arc::new(2, 1).cost(5)];
/// for person in [0, 1] {
///     let steps = [Step { units: 1, cost: 0 }, Step { units: 1, cost: 10 }, Step { units: 2, cost: 30 }];
///     arcs.extend(rising(person, 3, &steps)?);
/// }
/// let network = Network::new(vec![0, 0, 4, -4], arcs)?;
/// let flow = min_cost_flow(&network, &mut Control::free())?;
/// assert_eq!(flow.flows[..2], [2, 2]); // two each: 1 + 11 + 5 + 15
/// assert_eq!(flow.cost, 32);
/// # Ok::<(), gridcore::solve::flow::FlowError>(())
/// ```
///
/// # Errors
///
/// [`FlowError::Malformed`] with every step that is cheaper than the one before it or has less than no units; the faults count steps, not arcs.
///
/// # Complexity
///
/// O(steps).
pub fn rising(tail: u32, head: u32, steps: &[Step]) -> Result<Vec<Arc>, FlowError> {
    let mut faults = Vec::new();
    let mut before: Option<i64> = None;
    for (step, index) in steps.iter().zip(0..) {
        if step.units < 0 {
            faults.push(ArcFault { arc: index, kind: ArcFaultKind::NegativeUnits { units: step.units } });
        }
        if let Some(before) = before.filter(|&before| step.cost < before) {
            faults.push(ArcFault { arc: index, kind: ArcFaultKind::FallingCost { cost: step.cost, before } });
        }
        before = Some(step.cost);
    }
    if !faults.is_empty() {
        return Err(FlowError::Malformed(faults));
    }
    Ok(steps.iter().map(|step| Arc::new(tail, head).capacity(step.units).cost(step.cost)).collect())
}
