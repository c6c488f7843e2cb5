//! The history of a reconciliation: decisions, later rows, what was taken back, and the log of it all; save and load.

mod apply;
mod decide;
mod fault;
mod load_fault;
mod log;
mod print;
mod rerun;
mod rows;
mod save;
mod settings;
mod splice;
mod state;
mod undo;
mod update;

pub use fault::{RosterChangeError, RosterChangeFault, RosterChangeFaultKind};
pub use load_fault::{RosterLoadError, RosterMismatch};
pub use log::{BrokenLink, BrokenLinkKind, verify_log};
pub use rows::{ChangeKind, Decision, DecisionRow, LogRow, Stamp, StandingDecision};
pub(crate) use settings::{Settings, check};
pub(crate) use state::History;
pub use update::Update;
