//! What came of every row: exactly one state each, and the tables beside it.

mod gather;
pub(crate) mod kinds;
pub(crate) mod place;
pub(crate) mod rows;

pub use kinds::{DoubleReason, MissReason, ReviewReason, RowState, Tier};
pub use rows::{
    ClusterRow, ConflictRow, CountRow, DuplicateRow, GridCountRow, MatchRow, MovedRow, ReviewRow,
    UnmatchedRow,
};
