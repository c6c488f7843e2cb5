//! Roster reconciliation (名册核对): a register against visits, tenants or tests, every row accounted for, every decision explained.

mod batch;
mod block;
mod compare;
mod door;
mod estimate;
mod explain;
mod fault;
mod field;
mod gather;
mod history;
mod households;
mod ledger;
mod list;
mod merge;
mod model;
mod normal;
mod outcome;
mod outlook;
mod pair_row;
mod pairs;
mod rules;
mod run;
mod run_fault;
mod settle;
mod side;
mod staff;
mod sure;
mod table;
mod tokens;
mod veil;
mod weigh;

pub use batch::{BatchKernel, BatchKey, BatchPair, KernelLoadError};
pub use block::{BlockingRule, CutBlock};
pub use door::{ColumnHow, ColumnUse};
pub use estimate::{EstimateRow, RosterEstimate, estimate};
pub use explain::{CandidateRow, Explanation, Masking, RowExplanation, Step};
pub use fault::{RosterError, RosterFault, RosterFaultKind};
pub use field::FieldKind;
pub use history::{
    BrokenLink, BrokenLinkKind, ChangeKind, Decision, DecisionRow, LogRow, RosterChangeError,
    RosterChangeFault, RosterChangeFaultKind, RosterLoadError, RosterMismatch, Stamp, StandingDecision,
    Update, verify_log,
};
pub use households::{HouseholdMatch, HouseholdRow, HouseholdStatus, ToldBy};
pub use model::{ComparisonKind, ComparisonModel, LevelModel, Model, OtherKind};
pub use normal::canonical;
pub use outcome::{
    ByGrid, ClusterRow, ConflictRow, CountRow, DoubleReason, DuplicateRow, GridCountRow, MatchRow,
    MissReason, MovedRow, ReconciliationReport, RepairRow, ReviewReason, ReviewRow, RowState, Tier,
    UnmatchedRow,
};
pub use pair_row::PairRow;
pub use rules::{Rules, Settle};
pub use run::{Reconciliation, deduplicate, reconcile};
pub use run_fault::ReconcileError;
pub use side::RosterSide;
pub use table::{RosterCell, RosterColumn, RosterTable};
pub use weigh::ModelError;

pub use ledger::{
    EligibilityRow, EligibilityStatus, Ledger, LedgerCount, LedgerGridRow, LedgerNumber, LedgerRow,
    LedgerRule, LedgerState, PublishedRow,
};
pub use list::{ListError, ListFault, ListFaultKind};
pub use merge::{
    MergeConflict, MergeDoubt, MergeError, MergeListRow, MergeOverlap, MergeRules, MergedPerson,
    MergedRoster, MergedSource, MergedValue, SourceList, merge,
};
pub use staff::{
    DoublePostRow, OrphanedGridRow, RepeatedRow, StaffChange, StaffChangeRow, StaffCount, StaffDiff,
    StaffGridRow, StaffLevelRow, StaffRow, StaffRules, VacatedPostRow, staff_diff,
};
pub use tokens::{MalformedToken, Token, TokenAlgorithm, TokenColumn, TokenKey, TokenKeyError};
