//! Save and load a shift roster: versioned JSON; what is loaded is read like new tables and counted again.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ShiftRoster;
use super::door;
use super::fault::ShiftsError;
use super::rows::{ShiftRules, ShiftTables};
use crate::error::{Fault, Lang, Problem};
use crate::saved::{Envelope, Unread};
use crate::solve::roster::{Roster, Violation};
use crate::tree::GridTree;

const ENVELOPE: Envelope = Envelope::new("gridcore.shift_roster", 1, "shift roster", "排班");

/// Why a text is no saved shift roster.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShiftLoadError {
    /// The text is not JSON, or a field is missing, unknown or does not fit.
    BadField {
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
    },
    /// The text is JSON, but of another format.
    UnknownFormat,
    /// The roster was saved by a later version.
    UnknownVersion {
        /// The version it was saved by.
        found: u64,
    },
    /// Its tables have faults in this tree.
    Rows(ShiftsError),
    /// It breaks a rule, or its bound does not hold.
    Unproven(Violation),
}

impl fmt::Display for ShiftLoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for ShiftLoadError {}

impl Problem for ShiftLoadError {
    fn code(&self) -> &'static str {
        match self {
            Self::BadField { .. } => "bad_field",
            Self::UnknownFormat => "unknown_format",
            Self::UnknownVersion { .. } => "unknown_version",
            Self::Rows(error) => error.code(),
            Self::Unproven(_) => "unproven",
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let fault = Fault::new(self.code());
        vec![match self {
            Self::BadField { line, column } => ENVELOPE.unreadable(fault, *line, *column),
            Self::UnknownFormat => ENVELOPE.other_format(fault),
            Self::UnknownVersion { found } => ENVELOPE.unknown_version(fault, *found),
            Self::Rows(error) => return error.faults(),
            Self::Unproven(violation) => fault
                .says(format!("the saved roster does not hold: {violation}"), "保存的排班核验不通过")
                .remedy("plan it anew", "请重新排班"),
        }]
    }
}

#[derive(Serialize)]
struct Out<'a> {
    format: &'static str,
    version: u64,
    rules: &'a ShiftRules,
    tables: &'a ShiftTables,
    roster: &'a Roster,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct In {
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "version")]
    _version: u64,
    rules: ShiftRules,
    tables: ShiftTables,
    roster: Roster,
}

/// Save and load.
impl ShiftRoster {
    /// The roster as JSON: its format and version, the rules, the tables, who takes what with its proof.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "it would panic on a broken invariant only")]
    pub fn to_json(&self) -> String {
        let inner = &self.inner;
        let Envelope { format, version, .. } = ENVELOPE;
        let out = Out { format, version, rules: &inner.rules, tables: &inner.tables, roster: &inner.roster };
        serde_json::to_string(&out).expect("keys are texts and numbers are whole")
    }

    /// Loads a roster that [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    /// [`ShiftLoadError`]: the text is no such JSON, or of a later version; the tables have faults in this tree; the roster
    /// breaks a rule, or its bound does not hold.
    pub fn from_json(tree: &GridTree, text: &str) -> Result<Self, ShiftLoadError> {
        let saved: In =
            ENVELOPE.read_after_header::<Option<String>, Option<u64>, _>(text).map_err(explain)?;
        let model = door::read(tree, &saved.tables, &saved.rules).map_err(ShiftLoadError::Rows)?;
        saved.roster.verify(&model.problem).map_err(ShiftLoadError::Unproven)?;
        if saved.roster.empty > 0 {
            return Err(ShiftLoadError::Unproven(Violation::Need));
        }
        Ok(Self::of(tree, saved.tables, saved.rules, model, saved.roster))
    }
}

fn explain(unread: Unread) -> ShiftLoadError {
    match unread {
        Unread::Format(_) => ShiftLoadError::UnknownFormat,
        Unread::Version(found) => ShiftLoadError::UnknownVersion { found },
        Unread::At(error) => ShiftLoadError::BadField { line: error.line(), column: error.column() },
    }
}
