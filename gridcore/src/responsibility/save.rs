//! Save and load: versioned JSON, by code; what is loaded comes in through the same door as rows.

use std::fmt;

use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};

use super::Responsibility;
use super::fault::DutyError;
use super::modes::{ModeError, ModeLayer};
use super::rows::{
    AbsenceRow, AssignmentRow, ChainRow, DeputyRow, DutyTables, HoldingRow, PersonRow, TeamRow,
};
use super::rules::PostRule;
use crate::error::{Fault, Lang, Problem};
use crate::saved::{self, Envelope, Unread};
use crate::tree::GridTree;

const ENVELOPE: Envelope = Envelope::new("gridcore.responsibility", 1, "duties", "责任体系");

/// Why a text is no saved [`Responsibility`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum DutyLoadError {
    /// The text is not JSON.
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
    },
    /// The text is JSON, but of another format.
    UnknownFormat {
        /// The format it names, if it names one.
        found: Option<String>,
    },
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
    /// The rows cannot be read.
    Duty(DutyError),
    /// The layers don't fit over the rest.
    Modes(ModeError),
}

impl fmt::Display for DutyLoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for DutyLoadError {}

impl Problem for DutyLoadError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "not_json",
            Self::UnknownFormat { .. } => "unknown_format",
            Self::UnknownVersion { .. } => "unknown_version",
            Self::BadField { .. } => "bad_field",
            Self::Duty(error) => error.code(),
            Self::Modes(error) => error.code(),
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let fault = Fault::new(self.code());
        vec![match self {
            Self::NotJson { line, column } => saved::not_json(fault, *line, *column),
            Self::UnknownFormat { found } => ENVELOPE.unknown_format(fault, found.as_deref()),
            Self::UnknownVersion { found } => ENVELOPE.unknown_version(fault, *found),
            Self::BadField { line, column, reason } => ENVELOPE.bad_field(fault, *line, *column, reason),
            Self::Duty(error) => return error.faults(),
            Self::Modes(error) => return error.faults(),
        }]
    }
}

/// Duties on their way out: format and version first, then the tables.
#[derive(Serialize)]
struct Out<'a> {
    format: &'static str,
    version: u64,
    #[serde(flatten)]
    tables: DutyTables,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    layers: &'a [ModeLayer],
}

/// Saved duties as they come in. Each table by name, since a flattened one would lose the place of what is wrong.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "saved duties")]
struct In {
    #[serde(rename = "format", deserialize_with = "format")]
    _format: (),
    #[serde(rename = "version", deserialize_with = "version")]
    _version: (),
    #[serde(default)]
    assignments: Vec<AssignmentRow>,
    #[serde(default)]
    absences: Vec<AbsenceRow>,
    #[serde(default)]
    deputies: Vec<DeputyRow>,
    #[serde(default)]
    holdings: Vec<HoldingRow>,
    #[serde(default)]
    rules: Vec<PostRule>,
    #[serde(default)]
    teams: Vec<TeamRow>,
    #[serde(default)]
    people: Vec<PersonRow>,
    #[serde(default)]
    chains: Vec<ChainRow>,
    #[serde(default)]
    layers: Vec<ModeLayer>,
}

fn format<'de, D: Deserializer<'de>>(field: D) -> Result<(), D::Error> {
    let found = String::deserialize(field)?;
    ENVELOPE.check_format(Some(found)).map_err(|_| D::Error::custom("another format"))
}

fn version<'de, D: Deserializer<'de>>(field: D) -> Result<(), D::Error> {
    let found = u64::deserialize(field)?;
    ENVELOPE.check_version(found).map_err(|_| D::Error::custom("another version"))
}

impl Responsibility {
    /// The duties as JSON: format and version, then each table, its rows in one order, and the layers of modes that are on;
    /// without the tree.
    ///
    /// Equal duties are written byte for byte alike, whatever order their rows came in.
    ///
    /// ```
    /// use gridcore::responsibility::{AssignmentRow, Responsibility};
    /// use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([GridRow::new("1", "中山市")])?;
    /// let duty = Responsibility::resolve(&tree, [AssignmentRow::new("1").person("p-1")])?;
    /// assert_eq!(
    ///     duty.to_json(),
    ///     r#"{"format":"gridcore.responsibility","version":1,"assignments":[{"grid":"1","person":"p-1"}],"#.to_owned()
    ///         + r#""absences":[],"deputies":[],"holdings":[],"rules":[],"teams":[],"people":[],"chains":[]}"#
    /// );
    /// assert_eq!(Responsibility::from_json(&tree, &duty.to_json())?, duty);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "it would panic on a broken invariant only")]
    pub fn to_json(&self) -> String {
        let Envelope { format, version, .. } = ENVELOPE;
        let (tables, layers) = (self.to_tables(), self.layers());
        serde_json::to_string(&Out { format, version, tables, layers })
            .expect("keys are texts and numbers are finite")
    }

    /// Loads duties over a tree from JSON that [`to_json`](Self::to_json) wrote, or a person after its example.
    ///
    /// # Errors
    /// [`DutyLoadError`]: the text is no JSON, of another format or a later version, a field does not fit, or the rows
    /// cannot be read; then with every fault, as [`from_tables`](Self::from_tables) reports it.
    ///
    /// ```
    /// use gridcore::responsibility::Responsibility;
    /// use gridcore::{GridRow, GridTree, Problem};
    /// let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
    /// let error = Responsibility::from_json(&tree, r#"{"format":"gridcore.responsibility","version":2}"#).unwrap_err();
    /// assert_eq!(error.code(), "unknown_version");
    /// # Ok::<(), gridcore::BuildError>(())
    /// ```
    pub fn from_json(tree: &GridTree, text: &str) -> Result<Self, DutyLoadError> {
        let In { assignments, absences, deputies, holdings, rules, teams, people, chains, layers, .. } =
            ENVELOPE.read(text).map_err(explain)?;
        let tables = DutyTables { assignments, absences, deputies, holdings, rules, teams, people, chains };
        let base = Self::from_tables(tree, &tables).map_err(DutyLoadError::Duty)?;
        base.with_layers(layers).map_err(DutyLoadError::Modes)
    }
}

/// Says what is wrong with a text that was not read.
fn explain(unread: Unread) -> DutyLoadError {
    match unread {
        Unread::Format(found) => DutyLoadError::UnknownFormat { found },
        Unread::Version(found) => DutyLoadError::UnknownVersion { found },
        Unread::At(error) if error.is_data() => {
            let reason = without_values(&error);
            DutyLoadError::BadField { line: error.line(), column: error.column(), reason }
        }
        Unread::At(error) => DutyLoadError::NotJson { line: error.line(), column: error.column() },
    }
}

/// The reason without any value or unknown name, which may be about a person.
fn without_values(error: &serde_json::Error) -> String {
    const KINDS: [(&str, &str); 4] = [
        ("i64", "a whole number"),
        ("u32", "a whole number from 0 on"),
        ("u8", "a whole number from 0 to 255"),
        ("f64", "a number"),
    ];
    saved::in_plain_words(error, &KINDS, |what, _| match what.find(['"', '`']) {
        Some(quote) if !what.starts_with("missing field") => what[..quote].trim_end(),
        _ => what,
    })
}
