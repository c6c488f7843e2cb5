//! The ledger (台账): every effect of a change set.

use crate::id::GridCode;
use crate::responsibility::{AbsenceRow, AssignmentRow, ChainRow, DeputyRow, HoldingRow, PersonRow, TeamRow};

/// What happened to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum LedgerAction {
    /// It is new.
    Added,
    /// It was taken away by name.
    Removed,
    /// It was changed by name, or holds for another time.
    Changed,
    /// It went along with its grid.
    Moved,
    /// A part of a grid has it from the whole.
    Inherited,
    /// It was accountable and supports now.
    Demoted,
    /// It ended, since nothing of its grid, person or layer is left to have it.
    Released,
    /// It is one with another row now.
    Joined,
}

/// A row of some table, or a grid.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "table", rename_all = "snake_case"))]
#[non_exhaustive]
pub enum LedgerItem {
    /// A grid.
    Grid {
        /// Its code.
        code: GridCode,
    },
    /// An assignment, of the base or of a layer.
    Assignment {
        /// The assignment.
        row: AssignmentRow,
        /// What it was derived from.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        source: Option<String>,
    },
    /// A post that somebody holds.
    Holding {
        /// The row.
        row: HoldingRow,
    },
    /// A deputy.
    Deputy {
        /// The row.
        row: DeputyRow,
    },
    /// A member of a team.
    Member {
        /// The row.
        row: TeamRow,
    },
    /// A person.
    Person {
        /// The row.
        row: PersonRow,
    },
    /// An absence.
    Absence {
        /// The row.
        row: AbsenceRow,
    },
    /// A grid's place in a chain of command.
    Link {
        /// The row.
        row: ChainRow,
    },
    /// A mode for a scope.
    Layer {
        /// The mode.
        mode: String,
        /// The code of the scope.
        scope: String,
    },
}

/// One effect of a change; a row of a table.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LedgerRow {
    /// The change that caused it, by its place in the list, from 0.
    pub change: usize,
    /// What kind of change that is, as [`Change::op`](super::Change::op) has it.
    pub cause: String,
    /// What happened.
    pub action: LedgerAction,
    /// The mode of the layer that the row stands in; none for the base.
    pub mode: Option<String>,
    /// What was there before.
    pub before: Option<LedgerItem>,
    /// What is there now.
    pub after: Option<LedgerItem>,
}
