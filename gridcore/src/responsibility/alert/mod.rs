//! Alerts (预警): scales as data, what a level asks of each grid, and what changes from one level to another.

mod announce;
mod delta;
mod fault;
mod scale;

pub use announce::{AlertRow, AlertStep, Alerts};
pub use delta::{AlertChange, AlertDeltaRow, AlertItem, AlertNeedRow};
pub use fault::{AlertError, AlertFault, AlertFaultKind};
pub use scale::{AlertLevel, AlertScale, AlertTask, Staffing};
