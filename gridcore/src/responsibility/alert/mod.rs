//! Alerts (预警): scales as data, what a level asks of each grid, and what changes from one level to another.
//!
//! - A **scale** is an ordered list of levels, the lowest first: yellow → orange → red and blue → yellow → orange → red
//!   both exist. Each level says in full what it asks for; nothing is taken over from the level below.
//! - A level implies **staffing** (so many people of a role in each grid of a level and kind) and **tasks** (done in each
//!   such grid, every so many seconds). Of two rules for one level of grids, the one that names a grid's kind counts.
//! - An **alert** is a scale, a level, a grid with all beneath it, and an interval. For one scale and grid the later
//!   announcement takes the place of the earlier from its start on, and the earlier does not come back. Where alerts of
//!   one scale for different grids cover a grid, the highest level counts.

mod announce;
mod delta;
mod fault;
mod scale;

pub use announce::{AlertRow, AlertStep, Alerts};
pub use delta::{AlertChange, AlertDeltaRow, AlertItem, AlertNeedRow};
pub use fault::{AlertError, AlertFault, AlertFaultKind};
pub use scale::{AlertLevel, AlertScale, AlertTask, Staffing};
