//! What keeps decisions and updates from being taken over.

use std::fmt;

use crate::error::{Fault, Lang, Problem, report};
use crate::roster::{ReconcileError, RosterSide};

/// One fault of a change; no record id is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterChangeFault {
    /// The row of what was passed, from 0: a decision, or a record id to remove.
    pub row: Option<usize>,
    /// What is wrong.
    pub kind: RosterChangeFaultKind,
}

/// What is wrong with a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RosterChangeFaultKind {
    /// The roster has no row with this record id.
    UnknownRecord(RosterSide),
    /// A row is paired with itself.
    SameRecord,
    /// The pair is decided the other way, in an earlier row of the same call or before.
    Contradiction {
        /// The earlier row, if it is of the same call.
        with: Option<usize>,
    },
    /// The row is decided to be the same as another, and may have one counterpart only.
    Taken {
        /// The side of the row that has its counterpart already.
        side: RosterSide,
        /// The earlier row, if it is of the same call.
        with: Option<usize>,
    },
    /// Decisions say in several steps that two rows are the same, and in one that they differ.
    Torn,
    /// No decision about the pair could be taken back.
    NotDecided,
    /// A record id stands twice among those to remove.
    RemovedTwice(RosterSide),
    /// A row is to be removed and to be put in.
    RemovedAndGiven(RosterSide),
    /// There is one roster only, and the change is about a second.
    NoRight,
    /// The rosters would become longer than 32 bits count.
    TooLarge,
    /// No change holds that could be taken back.
    NothingToUndo,
    /// The last change was an update before the run was saved, and the rows of that time were not saved.
    NotKept,
}

use RosterChangeFaultKind as K;

impl RosterChangeFault {
    pub(super) fn at(row: usize, kind: K) -> Self {
        Self { row: Some(row), kind }
    }

    pub(super) fn whole(kind: K) -> Self {
        Self { row: None, kind }
    }

    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self.kind {
            K::UnknownRecord(_) => "unknown_record",
            K::SameRecord => "same_record",
            K::Contradiction { .. } => "contradiction",
            K::Taken { .. } => "taken",
            K::Torn => "torn",
            K::NotDecided => "not_decided",
            K::RemovedTwice(_) => "removed_twice",
            K::RemovedAndGiven(_) => "removed_and_given",
            K::NoRight => "no_right",
            K::TooLarge => "too_large",
            K::NothingToUndo => "nothing_to_undo",
            K::NotKept => "not_kept",
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let mut fault = Fault { row: self.row, ..Fault::new(self.code()) };
        if let K::Contradiction { with: Some(with) } | K::Taken { with: Some(with), .. } = self.kind {
            fault.related = vec![with];
        }
        let column = match self.kind {
            K::UnknownRecord(side) | K::Taken { side, .. } => Some(side.id()),
            K::RemovedTwice(RosterSide::Left) | K::RemovedAndGiven(RosterSide::Left) => Some("remove_left"),
            K::RemovedTwice(RosterSide::Right) | K::RemovedAndGiven(RosterSide::Right) => {
                Some("remove_right")
            }
            _ => None,
        };
        if let Some(column) = column {
            fault = fault.in_column(column);
        }
        let (en, zh) = self.sentence();
        let (remedy, remedy_zh) = self.advice();
        fault.says(en, zh).remedy(remedy, remedy_zh)
    }

    fn sentence(&self) -> (String, String) {
        let zh = |side: RosterSide| match side {
            RosterSide::Left => "左表",
            RosterSide::Right => "右表",
        };
        match self.kind {
            K::UnknownRecord(side) => (
                format!("the {} roster has no row with this record id", side.id()),
                format!("{}中没有该记录编号", zh(side)),
            ),
            K::SameRecord => ("a row is paired with itself".into(), "一行与自身配对".into()),
            K::Contradiction { with: Some(with) } => {
                (format!("row {with} decides the pair the other way"), format!("第 {with} 行对该对判定相反"))
            }
            K::Contradiction { with: None } => {
                ("the pair is decided the other way already".into(), "该对已有相反判定".into())
            }
            K::Taken { side, with: Some(with) } => (
                format!("row {with} gives the row of the {} another counterpart", side.id()),
                format!("第 {with} 行已为{}该行判定另一对应行", zh(side)),
            ),
            K::Taken { side, with: None } => (
                format!("the row of the {} is decided to be the same as another already", side.id()),
                format!("{}该行已判定与另一行为同一人", zh(side)),
            ),
            K::Torn => (
                "other decisions together say the opposite of this one".into(),
                "其他判定合起来与此相反".into(),
            ),
            K::NotDecided => ("nothing is decided about the pair".into(), "该对没有可撤销的判定".into()),
            K::RemovedTwice(side) => (
                format!("a record id of the {} is to be removed twice", side.id()),
                format!("{}同一记录编号要求删除两次", zh(side)),
            ),
            K::RemovedAndGiven(side) => (
                format!("a row of the {} is to be removed and is given as well", side.id()),
                format!("{}同一行既要删除又要写入", zh(side)),
            ),
            K::NoRight => ("there is one roster only".into(), "只有一份名册".into()),
            K::TooLarge => {
                ("a roster would have more rows than 32 bits count".into(), "名册行数将超过 32 位".into())
            }
            K::NothingToUndo => ("no change is left to take back".into(), "没有可撤销的操作".into()),
            K::NotKept => (
                "the last change is an update made before the run was saved, and its rows were not saved"
                    .into(),
                "上一操作是保存之前的更新，当时的行未保存".into(),
            ),
        }
    }

    const fn advice(&self) -> (&'static str, &'static str) {
        match self.kind {
            K::UnknownRecord(_) => ("correct the record id", "请改正记录编号"),
            K::SameRecord => ("pass two different rows", "请给出两行"),
            K::Contradiction { .. } | K::Taken { .. } | K::Torn => {
                ("take the other decision back first, with open", "请先以 open 撤销另一判定")
            }
            K::NotDecided => ("look at the list of decisions", "请查看判定列表"),
            K::RemovedTwice(_) | K::RemovedAndGiven(_) => ("keep one of the two", "请只保留其一"),
            K::NoRight => ("pass rows of the left only", "请只给出左表的行"),
            K::TooLarge => ("reconcile in parts", "请分批核对"),
            K::NothingToUndo => ("nothing has to be done", "无需操作"),
            K::NotKept => ("update with the earlier rows instead", "请以原来的行再次更新"),
        }
    }
}

/// Why a change was not made; the reconciliation is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RosterChangeError {
    /// The change does not fit: every fault.
    Faults(Vec<RosterChangeFault>),
    /// The rows can't be read, or the work was stopped.
    Reconcile(ReconcileError),
}

impl RosterChangeError {
    pub(super) fn unless(faults: Vec<RosterChangeFault>) -> Result<(), Self> {
        if faults.is_empty() { Ok(()) } else { Err(Self::Faults(faults)) }
    }

    pub(super) fn one(kind: K) -> Self {
        Self::Faults(vec![RosterChangeFault::whole(kind)])
    }
}

impl<E: Into<ReconcileError>> From<E> for RosterChangeError {
    fn from(error: E) -> Self {
        Self::Reconcile(error.into())
    }
}

impl fmt::Display for RosterChangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for RosterChangeError {}

impl Problem for RosterChangeError {
    fn code(&self) -> &'static str {
        match self {
            Self::Faults(_) => "roster_change_error",
            Self::Reconcile(error) => error.code(),
        }
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Faults(faults) => faults.iter().map(RosterChangeFault::to_fault).collect(),
            Self::Reconcile(error) => error.faults(),
        }
    }

    fn text(&self, lang: Lang) -> String {
        match self {
            Self::Faults(_) => report(&self.faults(), lang),
            Self::Reconcile(error) => error.text(lang),
        }
    }
}
