//! The history of a reconciliation: decisions, later rows, what was taken back, and the log of it all; save and load.

mod fault;
mod log;
mod print;
mod rows;
mod splice;
mod update;

pub use fault::{RosterChangeError, RosterChangeFault, RosterChangeFaultKind};
pub use log::{BrokenLink, BrokenLinkKind, verify_log};
pub use rows::{ChangeKind, Decision, DecisionRow, LogRow, Stamp, StandingDecision};
pub use update::Update;
