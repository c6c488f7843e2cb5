//! Which pairs are worth comparing: keys, budgets, caps.

mod atom;
mod batch;
mod candidates;
mod kept;
mod later;
#[cfg(test)]
pub(crate) mod plain;
mod random;
mod rest;
mod rule;
mod sort;
mod stream;
mod tally;
#[cfg(test)]
mod tests;

pub(crate) use batch::{Batch, BatchRow};
pub use candidates::{BlockingRule, CutBlock};
pub(crate) use candidates::{Candidates, Caps, Inside, candidates, estimate, within};
pub(crate) use later::{Before, Elsewhere, Where, again, elsewhere, fits, touched};
