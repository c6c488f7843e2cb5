//! Why a text is no saved run, or not of these tables.

use std::fmt;

use super::log::BrokenLink;
use super::save::ENVELOPE;
use crate::error::{Fault, Lang, Problem, report};
use crate::roster::{ReconcileError, RosterSide};
use crate::saved::{self, Unread};

/// Something that is not as it was when the run was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RosterMismatch {
    /// The rows of a side are others, or have other values in the columns that are compared.
    Rows {
        /// The side.
        side: RosterSide,
        /// The rows that were passed.
        rows: usize,
        /// The rows that were saved.
        saved: usize,
    },
    /// One roster was passed and there were two, or the other way round.
    Rosters,
    /// The tree is another, is missing, or there was none.
    Tree,
    /// The rules, the model, or another part of what was saved was changed since.
    Settings,
}

impl RosterMismatch {
    /// The stable name, in `snake_case`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Rows { .. } => "other_rows",
            Self::Rosters => "other_rosters",
            Self::Tree => "other_tree",
            Self::Settings => "other_settings",
        }
    }

    fn to_fault(self) -> Fault {
        let fault = Fault::new(self.code());
        match self {
            Self::Rows { side, rows, saved } => fault
                .in_column(side.id())
                .found(format!("{rows} rows"), format!("the {saved} rows of the saved run"))
                .says(
                    format!("the {} roster is not the one of the saved run", side.id()),
                    format!("{}与保存时不同", if side == RosterSide::Left { "左表" } else { "右表" }),
                )
                .remedy(
                    "pass the roster as it was, or update the run after loading",
                    "请传入保存时的名册，读取后再更新",
                ),
            Self::Rosters => fault
                .says(
                    "the saved run has another number of rosters than was passed",
                    "传入的名册份数与保存时不同",
                )
                .remedy(
                    "pass two rosters for a reconciliation, one for a deduplication",
                    "核对需两份名册，查重需一份",
                ),
            Self::Tree => {
                fault.says("the tree is not the one of the saved run", "网格体系与保存时不同").remedy(
                    "pass the tree of that time, or none if there was none",
                    "请传入当时的网格体系；当时没有则不传",
                )
            }
            Self::Settings => ENVELOPE.ask(
                fault
                    .says("parts of the saved run don't belong together", "保存的内容前后不符，可能被改动过"),
            ),
        }
    }
}

/// Why a saved run was not loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RosterLoadError {
    /// The text is not JSON.
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
    },
    /// The text is JSON, but of another format.
    UnknownFormat,
    /// It was saved by a later version.
    UnknownVersion {
        /// The version it was saved by.
        found: u64,
    },
    /// A field is missing, unknown, or holds something that does not fit.
    BadField {
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
        /// What is wrong with it, in English, without the value.
        reason: String,
    },
    /// The log is broken.
    Log(BrokenLink),
    /// The tables, the tree or the parts of the run are not those that were saved: every mismatch.
    Mismatch(Vec<RosterMismatch>),
    /// The tables can't be read, the model does not fit, or the work was stopped.
    Reconcile(ReconcileError),
}

impl fmt::Display for RosterLoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for RosterLoadError {}

impl Problem for RosterLoadError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "not_json",
            Self::UnknownFormat => "unknown_format",
            Self::UnknownVersion { .. } => "unknown_version",
            Self::BadField { .. } => "bad_field",
            Self::Log(error) => error.code(),
            Self::Mismatch(_) => "roster_mismatch",
            Self::Reconcile(error) => error.code(),
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let fault = Fault::new(self.code());
        vec![match self {
            Self::NotJson { line, column } => saved::not_json(fault, *line, *column),
            Self::UnknownFormat => ENVELOPE.other_format(fault),
            Self::UnknownVersion { found } => ENVELOPE.unknown_version(fault, *found),
            Self::BadField { line, column, reason } => ENVELOPE.bad_field(fault, *line, *column, reason),
            Self::Log(error) => return error.faults(),
            Self::Mismatch(all) => return all.iter().map(|mismatch| mismatch.to_fault()).collect(),
            Self::Reconcile(error) => return error.faults(),
        }]
    }

    fn text(&self, lang: Lang) -> String {
        match self {
            Self::Reconcile(error) => error.text(lang),
            _ => report(&self.faults(), lang),
        }
    }
}

/// Says what is wrong with a text that was not read.
pub(super) fn explain(unread: Unread) -> RosterLoadError {
    match unread {
        Unread::Format(_) => RosterLoadError::UnknownFormat,
        Unread::Version(found) => RosterLoadError::UnknownVersion { found },
        Unread::At(error) if error.is_data() => {
            let reason = without_values(&error);
            RosterLoadError::BadField { line: error.line(), column: error.column(), reason }
        }
        Unread::At(error) => RosterLoadError::NotJson { line: error.line(), column: error.column() },
    }
}

/// The reason without any value or unknown name, which may be about a person.
fn without_values(error: &serde_json::Error) -> String {
    const KINDS: [(&str, &str); 6] = [
        ("i64", "a whole number"),
        ("u64", "a whole number from 0 on"),
        ("u32", "a whole number from 0 on"),
        ("u8", "a whole number from 0 to 255"),
        ("usize", "a whole number from 0 on"),
        ("f64", "a number"),
    ];
    saved::in_plain_words(error, &KINDS, |what, _| match what.find(['"', '`']) {
        Some(quote) if !what.starts_with("missing field") => what[..quote].trim_end(),
        _ => what,
    })
}
