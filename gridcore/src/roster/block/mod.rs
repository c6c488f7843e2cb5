//! Which pairs are worth comparing: keys, budgets, caps.

mod atom;
mod candidates;
mod random;
mod rest;
mod rule;
mod sort;
mod stream;
mod tally;

pub use candidates::{BlockingRule, CutBlock};
pub(crate) use candidates::{Candidates, candidates};
pub(crate) use random::random_patterns;
