//! The check of an answer: separate from every algorithm, simple, in exact integers.

use std::fmt;

use super::Flow;
use super::network::{Network, UNLIMITED};

/// What a check found wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Violation {
    /// The answer has another number of arcs or nodes than the network.
    Shape,
    /// An arc carries less than it must or more than it may.
    Bounds {
        /// The arc.
        arc: u32,
    },
    /// A node does not send what it has, or take what it wants.
    Conservation {
        /// The node.
        node: u32,
    },
    /// An arc with room is cheap enough to be used more, or one in use dear enough to be used less.
    ReducedCost {
        /// The arc.
        arc: u32,
    },
    /// The cost is not what the flows cost.
    Cost,
    /// The bound that the potentials prove is not the cost.
    Bound,
    /// The sums are too large to be checked.
    Overflow,
    /// The set of nodes proves nothing.
    Cut,
    /// The ring of arcs proves nothing.
    Cycle,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape => write!(f, "the answer has another number of arcs or nodes than the network"),
            Self::Bounds { arc } => write!(f, "arc {arc} carries less than it must or more than it may"),
            Self::Conservation { node } => {
                write!(f, "node {node} does not send what it has or take what it wants")
            }
            Self::ReducedCost { arc } => {
                write!(f, "the potentials say that arc {arc} should carry more or less")
            }
            Self::Cost => write!(f, "the cost is not what the flows cost"),
            Self::Bound => write!(f, "the potentials prove another bound than the cost"),
            Self::Overflow => write!(f, "the sums are too large to be checked"),
            Self::Cut => write!(f, "the set of nodes proves nothing"),
            Self::Cycle => write!(f, "the ring of arcs proves nothing"),
        }
    }
}

impl std::error::Error for Violation {}

/// Checks bounds, conservation, complementary slackness, and that the flows cost what the potentials prove.
pub(super) fn verify(network: &Network, flow: &Flow) -> Result<(), Violation> {
    let arcs = network.arcs();
    if flow.flows.len() != arcs.len() || flow.potentials.len() != network.nodes() {
        return Err(Violation::Shape);
    }
    let mut left: Vec<i128> = network.supplies().iter().map(|&supply| i128::from(supply)).collect();
    let (mut primal, mut dual) = (0_i128, 0_i128);
    let add = |sum: &mut i128, amount: i128, price: i128| {
        *sum = amount.checked_mul(price).and_then(|term| sum.checked_add(term)).ok_or(Violation::Overflow)?;
        Ok(())
    };
    for (index, (arc, &amount)) in arcs.iter().zip(&flow.flows).enumerate() {
        let index = index as u32;
        if amount < arc.lower || amount > arc.capacity {
            return Err(Violation::Bounds { arc: index });
        }
        left[arc.tail as usize] -= i128::from(amount);
        left[arc.head as usize] += i128::from(amount);
        add(&mut primal, amount.into(), arc.cost.into())?;
        let price = |node: u32| i128::from(flow.potentials[node as usize]);
        let reduced = i128::from(arc.cost) + price(arc.tail) - price(arc.head);
        let more_would_pay = reduced < 0 && (amount < arc.capacity || arc.capacity == UNLIMITED);
        if more_would_pay || (reduced > 0 && amount > arc.lower) {
            return Err(Violation::ReducedCost { arc: index });
        }
        let bound = if reduced < 0 { arc.capacity } else { arc.lower };
        if reduced != 0 {
            add(&mut dual, bound.into(), reduced)?;
        }
    }
    if let Some(node) = left.iter().position(|&left| left != 0) {
        return Err(Violation::Conservation { node: node as u32 });
    }
    for (&supply, &price) in network.supplies().iter().zip(&flow.potentials) {
        add(&mut dual, -i128::from(supply), price.into())?;
    }
    if primal != flow.cost {
        return Err(Violation::Cost);
    }
    if dual == primal { Ok(()) } else { Err(Violation::Bound) }
}
