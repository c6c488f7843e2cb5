//! Change sets (变更): edits of the tree, people who come and go, assignments and modes, all or nothing.
//!
//! [`apply`] works through a list in order, on a copy. If one change fails nothing happens, and the reasons of all that
//! fail are told; else a new tree and new duties come back, with a ledger of every effect.
//!
//! What an edit of the tree does to duties:
//!
//! - Neighbouring edits in the list are made together, as one list of [`Edit`]s: only their result must be a tree.
//! - **A new code, another parent**: duties go with the grid. A row of a mode whose grid has moved out of the mode's scope
//!   is released.
//! - **A merge** keeps one who is accountable for each domain and mode at a time. It is who the [`Decision`] names; else
//!   the one from the grid that it names as heir; else from the largest of the old grids by the weight of the options
//!   (with all beneath, before the change), the first by code among equals. Whoever loses supports from then on, or is
//!   released, as the options say. Where two held their duties at different times, both keep them.
//! - **A split** gives each part whoever the decision names; else a copy of the duties of the old grid, and the part is
//!   listed in [`Changed::needs_holder`], unless it is the one that keeps the old code. A share of somebody's time is
//!   shared out equally between the parts.
//! - **A removal** releases the duties of the grid. Its place in a chain of command falls to those beneath it.
//! - **A mode** holds for whatever its scope has become: for every part of it, for the whole that it was merged into.
//!   Rows of layers are moved by the rules above. Two layers of one mode that become one must agree in their interval.
//! - With [`Undecided::Refuse`] every merge, split, removal and widened mode that touches duties and that no decision
//!   settles is refused, and named.

mod carry;
mod diff;
mod fault;
mod ledger;
mod people;
mod state;
mod transfer;

use crate::id::{GridCode, PersonId, TeamId};
use crate::responsibility::{AssignmentRow, HoldingRow, ModeLayer, PersonRow, Responsibility};
use crate::tree::{Edit, EditMap, GridTree};
use state::State;

pub use diff::{DiffKind, DutyDiffRow, diff};
pub use fault::{ChangeError, ChangeFault, ChangeFaultKind};
pub use ledger::{LedgerAction, LedgerItem, LedgerRow};

/// Who is to be accountable for a grid that a merge or a split makes.
///
/// ```
/// use gridcore::change::Decision;
/// let decision = Decision::person("442000118".parse()?, "p-7f3a".parse()?);
/// assert!(decision.team.is_none());
/// # Ok::<(), gridcore::MalformedCode>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Decision {
    /// The grid, by the code that it has after the edits.
    pub grid: GridCode,
    /// The person who heads it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub person: Option<PersonId>,
    /// The team that heads it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub team: Option<TeamId>,
    /// The old grid whose duties come before those of the others.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub heir: Option<GridCode>,
}

impl Decision {
    /// A person heads the grid.
    #[must_use]
    pub fn person(grid: GridCode, person: PersonId) -> Self {
        Self { grid, person: Some(person), team: None, heir: None }
    }

    /// A team heads the grid.
    #[must_use]
    pub fn team(grid: GridCode, team: TeamId) -> Self {
        Self { grid, person: None, team: Some(team), heir: None }
    }

    /// The duties of this old grid come before those of the others.
    #[must_use]
    pub fn heir(grid: GridCode, heir: GridCode) -> Self {
        Self { grid, person: None, team: None, heir: Some(heir) }
    }
}

/// One change of a change set. Its kind stands under `op`.
///
/// ```
/// # #[cfg(feature = "serde")] {
/// use gridcore::change::Change;
/// let change: Change = serde_json::from_str(r#"{"op": "depart", "person": "p-1", "to": "p-2"}"#)?;
/// assert_eq!(change, Change::Depart { person: "p-1".parse()?, at: None, to: Some("p-2".parse()?) });
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "op", rename_all = "snake_case", deny_unknown_fields))]
#[non_exhaustive]
#[expect(clippy::large_enum_variant, reason = "lists of changes are short")]
pub enum Change {
    /// An edit of the tree, and who is accountable for what it makes.
    Edit {
        /// The edit.
        edit: Edit,
        /// Who is accountable for grids that it makes.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
        decisions: Vec<Decision>,
    },
    /// A person joins (入职).
    Join {
        /// The person.
        person: PersonRow,
        /// Their duties; rows that name no party are theirs.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
        assignments: Vec<AssignmentRow>,
        /// Their posts.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
        holdings: Vec<HoldingRow>,
    },
    /// A person leaves (离职): from the base and from every layer.
    Depart {
        /// The person.
        person: PersonId,
        /// The first second without them, in UTC seconds: what they did before stays on record, and so do their place in
        /// a team and in the list of people. Without it they are removed altogether.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        at: Option<i64>,
        /// Who takes over their duties, posts and places in teams; nobody, if there is none.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        to: Option<PersonId>,
    },
    /// An assignment is made.
    Assign {
        /// The assignment.
        row: AssignmentRow,
    },
    /// An assignment of the base is taken away.
    Withdraw {
        /// The assignment, all of its cells.
        row: AssignmentRow,
    },
    /// An assignment of the base gives way to another.
    Replace {
        /// The old one, all of its cells.
        row: AssignmentRow,
        /// The new one.
        by: AssignmentRow,
    },
    /// A mode is entered.
    EnterMode {
        /// The layer.
        layer: ModeLayer,
    },
    /// A mode is left.
    LeaveMode {
        /// The mode.
        mode: String,
        /// The code of the scope for which it was entered.
        scope: String,
    },
}

impl Change {
    /// What ledgers call it.
    #[must_use]
    pub const fn op(&self) -> &'static str {
        match self {
            Self::Edit { edit, .. } => match edit {
                Edit::Rename { .. } => "rename",
                Edit::Recode { .. } => "recode",
                Edit::Move { .. } => "move",
                Edit::Split { .. } => "split",
                Edit::Merge { .. } => "merge",
                Edit::Remove { .. } => "remove",
                Edit::Insert { .. } => "insert",
            },
            Self::Join { .. } => "join",
            Self::Depart { .. } => "depart",
            Self::Assign { .. } => "assign",
            Self::Withdraw { .. } => "withdraw",
            Self::Replace { .. } => "replace",
            Self::EnterMode { .. } => "enter_mode",
            Self::LeaveMode { .. } => "leave_mode",
        }
    }
}

impl From<Edit> for Change {
    fn from(edit: Edit) -> Self {
        Self::Edit { edit, decisions: Vec::new() }
    }
}

/// What happens where an edit touches duties and no decision settles it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Undecided {
    /// The rules of this room hold, and the ledger says what they did.
    #[default]
    Default,
    /// The whole change set is refused.
    Refuse,
}

/// What becomes of somebody who was accountable for a grid that was merged, and is not any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Others {
    /// They support.
    #[default]
    Support,
    /// They are released.
    Release,
}

/// How a change set is applied.
///
/// ```
/// use gridcore::change::{ChangeOptions, Undecided};
/// let options = ChangeOptions { undecided: Undecided::Refuse, ..ChangeOptions::by_weight("households") };
/// assert_eq!(options.weight.as_deref(), Some("households"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct ChangeOptions {
    /// What happens where no decision settles who is accountable.
    pub undecided: Undecided,
    /// What becomes of those whom a merge leaves without their duty.
    pub others: Others,
    /// The weight by which the largest of merged grids is found; the first by code, if there is none.
    pub weight: Option<String>,
}

impl ChangeOptions {
    /// The largest of merged grids is that with most of this weight.
    #[must_use]
    pub fn by_weight(weight: impl Into<String>) -> Self {
        Self { weight: Some(weight.into()), ..Self::default() }
    }
}

/// What a change set has led to.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Changed {
    /// The new tree.
    pub tree: GridTree,
    /// The duties over it.
    pub duty: Responsibility,
    /// Every effect, in the order in which it happened.
    pub ledger: Vec<LedgerRow>,
    /// From the old codes to the new ones.
    pub map: EditMap,
    /// Grids whose accountable was taken over from a grid that was split, until somebody is named: ascending.
    pub needs_holder: Vec<GridCode>,
}

/// Applies a list of changes to duties and the tree beneath them, all or nothing.
///
/// Two towns with a head each become one, which keeps one head:
///
/// ```
/// use gridcore::change::{self, Change, ChangeOptions, LedgerAction};
/// use gridcore::responsibility::{AssignmentRow, Responsibility};
/// use gridcore::tree::{Edit, NewGrid};
/// use gridcore::{GridRow, GridTree};
///
/// let tree = GridTree::from_rows([
///     GridRow::new("1", "city"),
///     GridRow::new("11", "north").under("1").weight("households", 10.0),
///     GridRow::new("12", "south").under("1").weight("households", 30.0),
/// ])?;
/// let duty = Responsibility::resolve(&tree, [
///     AssignmentRow::new("11").person("p-1"),
///     AssignmentRow::new("12").person("p-2"),
/// ])?;
/// let merge = Edit::merge(["11".parse()?, "12".parse()?], NewGrid::new("13".parse()?, "old town"));
/// let changed = change::apply(&duty, &[merge.into()], &ChangeOptions::by_weight("households"))?;
/// let who = changed.duty.accountable("13", "fire")?;
/// assert_eq!(who.person().map(|person| person.as_str()), Some("p-2")); // from the larger
/// assert!(changed.ledger.iter().any(|row| row.action == LedgerAction::Demoted));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ChangeError`] with every reason of every change that cannot be made; then nothing has happened.
///
/// # Complexity
/// O(c · r) time for c changes and r rows, and one build of the tree for each run of edits.
pub fn apply(
    duty: &Responsibility,
    changes: &[Change],
    options: &ChangeOptions,
) -> Result<Changed, ChangeError> {
    let mut state = State::new(duty, options);
    let mut next = 0;
    while next < changes.len() {
        let run = changes[next..].iter().take_while(|change| matches!(change, Change::Edit { .. })).count();
        if run > 0 {
            state.edit(next, &changes[next..next + run]);
            next += run;
        } else {
            state.one(next, &changes[next]);
            next += 1;
        }
    }
    state.finish(duty)
}
