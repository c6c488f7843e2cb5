//! What came of every row: exactly one state each, and the tables beside it.

mod by;
mod conflicts;
pub(crate) mod ids;
pub(crate) mod kinds;
mod lists;
mod moved;
pub(crate) mod place;
pub(crate) mod places;
mod repairs;
mod report;
pub(crate) mod rows;
mod tier;

#[cfg(test)]
mod tests;

pub use by::ByGrid;
pub use kinds::{DoubleReason, MissReason, ReviewReason, RowState, Tier};
pub use report::ReconciliationReport;
pub use rows::{
    ClusterRow, ConflictRow, CountRow, DuplicateRow, GridCountRow, MatchRow, MovedRow, RepairRow, ReviewRow,
    UnmatchedRow,
};
