//! How much a comparison's outcome says: a Fellegi–Sunter model, learnt without labels, and the weights it gives.
//!
//! Fellegi & Sunter, "A Theory for Record Linkage", JASA 64 (1969); learnt by EM on the counts of patterns as Winkler, "Using
//! the EM Algorithm for Weight Computation in the Fellegi–Sunter Model" (1988), with pairs of different people as a mixture of
//! kinds (latent classes, Winkler 1989; Larsen & Rubin, JASA 96, 2001), and anchored on keys that can be trusted.

mod anchor;
mod em;
mod expect;
mod rarity;
mod splink;
mod usual;
mod weights;

#[cfg(test)]
mod tests;

pub(crate) use em::{Bounds, retrain, train};
pub(crate) use rarity::{Rarity, SavedTable, Table};
pub use splink::ModelError;
pub(crate) use weights::{Weights, probability, weight_of};
