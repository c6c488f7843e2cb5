//! Responsibility (责任): who answers for a grid, in a domain, at an hour, and why.
//!
//! Rows go in ([`AssignmentRow`] and the other tables of [`DutyTables`]), an immutable [`Responsibility`] stands in the
//! middle, and answers come out: who is accountable ([`Ask::accountable`]), or a [`Gap`] that explains itself.
//!
//! # Who answers
//!
//! The nearest grid wins: the grid itself first, then the grid above it, up to the root (属地兜底). Within one grid the
//! most specific assignment wins:
//!
//! | | mode (平时/战时) | domain (领域) | through a front (战线) | [`Rule`] |
//! |---|---|---|---|---|
//! | 1 | named | named | no | `mode_specific` |
//! | 2 | named | named | yes | `mode_specific` |
//! | 3 | named | every | yes | `mode_specific` |
//! | 4 | named | every | no | `mode_specific` |
//! | 5 | every | named | no | `direct` |
//! | 6 | every | named | yes | `front` |
//! | 7 | every | every | yes | `front` |
//! | 8 | every | every | no | `wildcard` |
//!
//! Row 8 is the head (网格长) of the grid: whoever is accountable for the whole of it. Two assignments of one rank that
//! are in force at once are an overlap; a question is still answered, by the one that started last, then by the first
//! in the order of tokens.
//!
//! While a holder is absent a deputy answers. An assignment whose holder is absent and has no deputy who is there is
//! passed over, and the next in order answers. A team is never absent.
//!
//! # What is refused, and what is audited
//!
//! Rows that cannot be read are refused at the door, all of them at once: codes that are no codes, intervals that hold
//! no second, shares outside of 0 to 1, chains of command with rings. What can be read but does not hold together,
//! such as a grid the tree does not have, two heads, a gap, is left for the audit, so that the rest can be asked.

mod alert;
mod answer;
mod ask;
mod audit;
mod beside;
mod chains;
mod door;
mod events;
mod fault;
mod names;
mod numbering;

mod headcount;
mod modes;
mod rows;
mod rules;
#[cfg(feature = "serde")]
mod save;
mod store;

use std::fmt;
use std::sync::Arc;

use crate::id::{Domain, Mode, PersonId};
use crate::tree::GridTree;

pub use alert::{
    AlertChange, AlertDeltaRow, AlertError, AlertFault, AlertFaultKind, AlertItem, AlertLevel, AlertNeedRow,
    AlertRow, AlertScale, AlertStep, AlertTask, Alerts, Staffing,
};
pub use answer::{AccountableRow, Answer, Answers, Gap, GapReason, GapStep, Rule, Unanswered, Verdict};
pub use ask::{Ask, AskError};
pub use audit::{Audit, AuditCount, AuditKind, AuditOptions, AuditRow, CoverAbove, Severity};
pub use beside::RoleHolder;
pub use chains::ChainStep;
#[cfg(feature = "serde")]
pub use events::EventsLoadError;
pub use events::{
    BreachRow, Deadline, EscalationRow, EventCounts, EventFault, EventFaultKind, EventId, EventProfile,
    EventReportRow, EventRow, EventStage, EventTotals, EventWindow, Events, EventsError, Rate,
};
pub use fault::{DutyError, DutyFault, DutyFaultKind, DutyTable};
pub use headcount::{Headcount, LevelHeads};
pub use modes::{DerivedRow, DutySource, ModeError, ModeFault, ModeFaultKind, ModeLayer, SurgePairing};
pub use rows::{
    AbsenceRow, AssignmentRow, ChainRow, DeputyRow, DutyTables, HoldingRow, PersonRow, Role, TeamRow,
};
pub use rules::{PostRule, Requires, Strength};
#[cfg(feature = "serde")]
pub use save::DutyLoadError;

use modes::Layered;
use store::Store;

/// Who answers for what over a tree (责任体系): immutable, cheap to clone.
///
/// ```
/// use gridcore::responsibility::{AssignmentRow, Responsibility, Rule};
/// use gridcore::{GridRow, GridTree};
///
/// let tree = GridTree::from_rows([
///     GridRow::new("1", "city"),
///     GridRow::new("11", "north").under("1"),
///     GridRow::new("111", "mill street").under("11"),
/// ])?;
/// let duty = Responsibility::resolve(&tree, [
///     AssignmentRow::new("11").person("p-1"),
///     AssignmentRow::new("111").person("p-2").domain("forest_fire"),
/// ])?;
/// let fire = duty.accountable("111", "forest_fire")?;
/// assert_eq!(fire.person().map(|person| person.as_str()), Some("p-2"));
/// let safety = duty.accountable("111", "work_safety")?;
/// let answer = safety.answer().expect("the town answers");
/// assert_eq!((answer.rule, answer.inherited), (Rule::Wildcard, true));
/// assert_eq!(answer.from_grid, "11");
/// assert!(duty.accountable("1", "work_safety")?.gap().is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Responsibility {
    store: Arc<Store>,
    /// The base and the layers over it, while a mode is on.
    layered: Option<Arc<Layered>>,
}

impl Responsibility {
    /// Reads assignments, in any order.
    ///
    /// # Errors
    /// [`DutyError`] with every fault of every row.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// use gridcore::responsibility::{AssignmentRow, Responsibility};
    /// let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
    /// let error = Responsibility::resolve(&tree, [
    ///     AssignmentRow::new("1"),
    ///     AssignmentRow::new("1").person("p-1").team("t-1"),
    ///     AssignmentRow::new("1").person("p-1").from(10).until(10),
    /// ]).expect_err("three rows are at fault");
    /// let codes: Vec<_> = error.list().iter().map(|fault| (fault.row, fault.code())).collect();
    /// assert_eq!(codes, [(0, "no_party"), (1, "two_parties"), (2, "empty_interval")]);
    /// # Ok::<(), gridcore::BuildError>(())
    /// ```
    ///
    /// # Complexity
    /// O(r log r) time for r rows, O(n + r) space for n grids.
    pub fn resolve(
        tree: &GridTree,
        assignments: impl IntoIterator<Item = AssignmentRow>,
    ) -> Result<Self, DutyError> {
        Self::from_tables(
            tree,
            &DutyTables { assignments: assignments.into_iter().collect(), ..DutyTables::default() },
        )
    }

    /// Reads all tables: assignments, absences, deputies, posts and the rules for them, teams, people, chains.
    ///
    /// # Errors
    /// [`DutyError`] with every fault of every row of every table.
    ///
    /// # Complexity
    /// That of [`resolve`](Self::resolve), for the rows of all tables.
    pub fn from_tables(tree: &GridTree, tables: &DutyTables) -> Result<Self, DutyError> {
        Ok(Self { store: Arc::new(door::read(tree, tables)?), layered: None })
    }

    /// The tree beneath the duties.
    #[must_use]
    pub fn tree(&self) -> &GridTree {
        &self.store.tree
    }

    /// Every domain that a row names, in order.
    #[must_use]
    pub fn domains(&self) -> &[Domain] {
        &self.store.domains
    }

    /// Every mode that a row names, in order.
    #[must_use]
    pub fn modes(&self) -> &[Mode] {
        &self.store.modes
    }

    /// Every person that a row of any table names, in the order of their tokens.
    #[must_use]
    pub fn people(&self) -> &[PersonId] {
        &self.store.people
    }

    /// Whether an answer depends on the time: some interval has a bound.
    #[must_use]
    pub fn is_timed(&self) -> bool {
        self.store.timed || self.layered.as_ref().is_some_and(|layered| layered.timed)
    }

    /// All tables of the base again, without those of [`layers`](Self::layers), their rows in one order whatever order they came in: [`from_tables`](Self::from_tables)
    /// makes the same of them.
    #[must_use]
    pub fn to_tables(&self) -> DutyTables {
        self.layered.as_ref().map_or(&self.store, |layered| &layered.base).to_tables()
    }
}

impl PartialEq for Responsibility {
    /// Equal if the same rows stand over equal trees, whatever order they came in.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.store, &other.store)
            || (self.tree() == other.tree()
                && self.to_tables() == other.to_tables()
                && self.layers() == other.layers())
    }
}

impl fmt::Debug for Responsibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Responsibility")
            .field("tree", self.tree())
            .field("assignments", &self.store.assignments())
            .field("people", &self.people().len())
            .finish_non_exhaustive()
    }
}
