//! What comes in of a ledger, and the flat rows that go out.

use std::fmt;

use crate::id::{GridCode, PersonId};

/// What one row says of a person who is to be tested, vaccinated or visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EligibilityStatus {
    /// On the list of those to be reached (应检).
    Eligible,
    /// Could not be reached (联系不上).
    Unreachable,
    /// Reached, and said no (拒检).
    Refused,
    /// Done (已检).
    Done,
    /// Excused (免检), and so out of the denominator.
    Exempt,
}

impl EligibilityStatus {
    /// All statuses, the one that says least first.
    pub const ALL: [Self; 5] = [Self::Eligible, Self::Unreachable, Self::Refused, Self::Done, Self::Exempt];

    /// The value in the `status` column.
    ///
    /// ```
    /// assert_eq!(gridcore::roster::EligibilityStatus::Unreachable.id(), "unreachable");
    /// ```
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::Unreachable => "unreachable",
            Self::Refused => "refused",
            Self::Done => "done",
            Self::Exempt => "exempt",
        }
    }

    /// The status with this value.
    ///
    /// ```
    /// use gridcore::roster::EligibilityStatus;
    /// assert_eq!(EligibilityStatus::of("done"), Some(EligibilityStatus::Done));
    /// assert_eq!(EligibilityStatus::of("almost"), None);
    /// ```
    #[must_use]
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.id() == id)
    }
}

/// One row of a ledger; a person may have several, all at one grid. `Debug` does not show the person or the reason.
///
/// ```
/// use gridcore::roster::EligibilityRow;
/// let row = EligibilityRow::new("p-1", "442000118", "exempt").day(19_085).reason("newborn");
/// assert!(!format!("{row:?}").contains("newborn"));
/// ```
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EligibilityRow {
    /// The person's token.
    pub person: String,
    /// The code of the grid that answers for them.
    pub grid: String,
    /// The status, as [`EligibilityStatus::id`] has it.
    pub status: String,
    /// The local day on which it was so, counted from 1970-01-01, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<i64>,
    /// Why, handed back in the office's own lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl EligibilityRow {
    /// A row with its required cells.
    #[must_use]
    pub fn new(person: impl Into<String>, grid: impl Into<String>, status: impl Into<String>) -> Self {
        Self { person: person.into(), grid: grid.into(), status: status.into(), ..Self::default() }
    }

    /// Sets the local day, counted from 1970-01-01.
    #[must_use]
    pub fn day(mut self, day: i64) -> Self {
        self.day = Some(day);
        self
    }

    /// Sets the reason.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

impl fmt::Debug for EligibilityRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EligibilityRow")
            .field("grid", &self.grid)
            .field("status", &self.status)
            .field("day", &self.day)
            .finish_non_exhaustive()
    }
}

/// Which of a person's rows decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LedgerRule {
    /// All: exempt before done before refused before unreachable, whatever the days.
    #[default]
    Strongest,
    /// Those of the latest day alone, and among them the same order; rows without a day are older than any.
    Latest,
}

/// Where a person stands in a ledger: each in exactly one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedgerState {
    /// Excused (免检).
    Exempt,
    /// Done (已检).
    Done,
    /// Said no (拒检).
    Refused,
    /// Could not be reached (联系不上).
    Unreachable,
    /// Nothing was tried, or nothing came of it yet (待检).
    Pending,
}

impl LedgerState {
    /// All states.
    pub const ALL: [Self; 5] = [Self::Exempt, Self::Done, Self::Refused, Self::Unreachable, Self::Pending];

    /// The stable name.
    ///
    /// ```
    /// assert_eq!(gridcore::roster::LedgerState::Pending.id(), "pending");
    /// ```
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Exempt => "exempt",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
            Self::Pending => "pending",
        }
    }

    pub(super) const fn from_status(status: EligibilityStatus) -> Self {
        match status {
            EligibilityStatus::Eligible => Self::Pending,
            EligibilityStatus::Unreachable => Self::Unreachable,
            EligibilityStatus::Refused => Self::Refused,
            EligibilityStatus::Done => Self::Done,
            EligibilityStatus::Exempt => Self::Exempt,
        }
    }
}

/// A number of a ledger, behind which there are people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedgerNumber {
    /// Everybody in it (应检底数).
    Eligible,
    /// The excused.
    Exempt,
    /// Everybody who is not excused (应检): the denominator.
    Due,
    /// Those done.
    Done,
    /// Those due and not done (未检): refused, unreachable and pending.
    Open,
    /// Those who said no.
    Refused,
    /// Those who could not be reached.
    Unreachable,
    /// The others.
    Pending,
}

impl LedgerNumber {
    /// All numbers.
    pub const ALL: [Self; 8] = [
        Self::Eligible,
        Self::Exempt,
        Self::Due,
        Self::Done,
        Self::Open,
        Self::Refused,
        Self::Unreachable,
        Self::Pending,
    ];

    /// The stable name.
    ///
    /// ```
    /// assert_eq!(gridcore::roster::LedgerNumber::Open.id(), "open");
    /// ```
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::Exempt => "exempt",
            Self::Due => "due",
            Self::Done => "done",
            Self::Open => "open",
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
            Self::Pending => "pending",
        }
    }

    /// Whether people in a state are behind the number.
    ///
    /// ```
    /// use gridcore::roster::{LedgerNumber, LedgerState};
    /// assert!(LedgerNumber::Open.counts(LedgerState::Refused) && !LedgerNumber::Due.counts(LedgerState::Exempt));
    /// ```
    #[must_use]
    pub const fn counts(self, state: LedgerState) -> bool {
        match self {
            Self::Eligible => true,
            Self::Exempt => matches!(state, LedgerState::Exempt),
            Self::Due => !matches!(state, LedgerState::Exempt),
            Self::Done => matches!(state, LedgerState::Done),
            Self::Open => !matches!(state, LedgerState::Exempt | LedgerState::Done),
            Self::Refused => matches!(state, LedgerState::Refused),
            Self::Unreachable => matches!(state, LedgerState::Unreachable),
            Self::Pending => matches!(state, LedgerState::Pending),
        }
    }
}

/// One person of a ledger; `Debug` does not show whom.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LedgerRow {
    /// The person.
    pub person: PersonId,
    /// The grid that answers for them.
    pub grid: GridCode,
    /// Where they stand.
    pub state: LedgerState,
    /// The day of the row that decided.
    pub day: Option<i64>,
    /// The reason that it gives.
    pub reason: Option<String>,
    /// The row that decided, from 0.
    pub row: usize,
    /// Whether one row says exempt and another done: the person is counted as exempt, and one of the two is wrong.
    pub exempt_yet_done: bool,
}

impl fmt::Debug for LedgerRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LedgerRow").field("grid", &self.grid).field("row", &self.row).finish_non_exhaustive()
    }
}

/// The numbers of a ledger: `eligible = exempt + due`, `due = done + open`, `open = refused + unreachable + pending`.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LedgerCount {
    /// Everybody.
    pub eligible: usize,
    /// The excused.
    pub exempt: usize,
    /// Everybody but the excused: the denominator.
    pub due: usize,
    /// Those done.
    pub done: usize,
    /// Those due and not done.
    pub open: usize,
    /// Those who said no.
    pub refused: usize,
    /// Those who could not be reached.
    pub unreachable: usize,
    /// The others.
    pub pending: usize,
    /// `done ÷ due`; none where nobody is due.
    pub coverage: Option<f64>,
}

impl LedgerCount {
    /// From the number of people in each of [`LedgerState::ALL`].
    pub(super) fn of(states: [usize; 5]) -> Self {
        let [exempt, done, refused, unreachable, pending] = states;
        let open = refused + unreachable + pending;
        let due = done + open;
        Self {
            eligible: exempt + due,
            exempt,
            due,
            done,
            open,
            refused,
            unreachable,
            pending,
            coverage: (due > 0).then(|| done as f64 / due as f64),
        }
    }
}

/// The numbers of one grid with everything beneath it.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LedgerGridRow {
    /// The grid.
    pub grid: GridCode,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: u8,
    /// Its numbers.
    #[serde(flatten)]
    pub count: LedgerCount,
}

/// The numbers of one grid, fit to be published: none stands for a number that is withheld.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PublishedRow {
    /// The grid.
    pub grid: GridCode,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: u8,
    /// Everybody; where both parts are published.
    pub eligible: Option<usize>,
    /// The excused.
    pub exempt: Option<usize>,
    /// Everybody but the excused.
    pub due: Option<usize>,
    /// Those done.
    pub done: Option<usize>,
    /// Those due and not done.
    pub open: Option<usize>,
    /// Those who said no.
    pub refused: Option<usize>,
    /// Those who could not be reached.
    pub unreachable: Option<usize>,
    /// The others.
    pub pending: Option<usize>,
    /// `done ÷ due`; none also where nobody is due.
    pub coverage: Option<f64>,
}
