//! Algorithms that know graphs and numbers and no domain: assignment, flow, matching, rosters. Each answer carries its certificate.
//!
//! Rows, columns and nodes are `u32`, costs and capacities `i64`; an objective is an `i128`, which no sum of them can leave.
//! Every optimum says why nothing better exists, by prices (duals) that a separate and simple `verify` checks in whole numbers;
//! every refusal names its cause, a set that anyone can count.

pub mod assignment;
pub mod flow;
pub mod matching;
mod meter;
pub mod roster;
