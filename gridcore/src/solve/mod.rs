//! Algorithms that know graphs and numbers and no domain: assignment, flow, matching. Each answer carries its certificate.

pub mod flow;
