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
use crate::error::{Fault, Lang, Problem, shortened};
use crate::tree::GridTree;

const FORMAT: &str = "gridcore.responsibility";
const VERSION: u64 = 1;

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
            Self::NotJson { line, column } => fault
                .found(format!("line {line}, column {column}"), "JSON")
                .says(
                    format!("the text is not JSON from line {line}, column {column} on"),
                    format!("文本自第 {line} 行第 {column} 列起不是 JSON"),
                )
                .remedy("check that the file is whole", "请检查文件是否完整"),
            Self::UnknownFormat { found } => {
                let found = found.as_deref().map_or("nothing".to_owned(), shortened);
                fault
                    .found(&found, FORMAT)
                    .says(
                        format!("the format is {found:?}, not {FORMAT:?}"),
                        format!("格式是 {found:?}，不是 {FORMAT:?}"),
                    )
                    .remedy("pass duties that were saved by this library", "请传入由本库保存的责任体系")
            }
            Self::UnknownVersion { found } => fault
                .found(found, VERSION)
                .says(
                    format!("the duties were saved in version {found} of the format"),
                    format!("责任体系以第 {found} 版格式保存"),
                )
                .remedy(
                    format!("save them in version {VERSION}, or load them with a later release"),
                    format!("请以第 {VERSION} 版保存，或用更新的版本读取"),
                ),
            Self::BadField { line, column, reason } => fault
                .found(reason, "saved duties")
                .says(
                    format!("the saved duties are wrong at line {line}, column {column}: {reason}"),
                    format!("保存的责任体系在第 {line} 行第 {column} 列有误：{reason}"),
                )
                .remedy("save them again, or correct the field", "请重新保存，或改正该字段"),
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
    #[serde(rename = "format")]
    _format: Format,
    #[serde(rename = "version")]
    _version: Version,
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

struct Format;

impl<'de> Deserialize<'de> for Format {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = String::deserialize(deserializer)?;
        if found == FORMAT { Ok(Self) } else { Err(D::Error::custom("another format")) }
    }
}

struct Version;

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = u64::deserialize(deserializer)?;
        if found == VERSION { Ok(Self) } else { Err(D::Error::custom("another version")) }
    }
}

/// Just enough of a text to say which format it is.
#[derive(Deserialize)]
struct Header {
    #[serde(default)]
    format: Option<String>,
    #[serde(default)]
    version: Option<u64>,
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
        let (tables, layers) = (self.to_tables(), self.layers());
        serde_json::to_string(&Out { format: FORMAT, version: VERSION, tables, layers })
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
        let saved: In = serde_json::from_str(text).map_err(|error| explain(text, &error))?;
        let In { assignments, absences, deputies, holdings, rules, teams, people, chains, layers, .. } =
            saved;
        let tables = DutyTables { assignments, absences, deputies, holdings, rules, teams, people, chains };
        let base = Self::from_tables(tree, &tables).map_err(DutyLoadError::Duty)?;
        base.with_layers(layers).map_err(DutyLoadError::Modes)
    }
}

/// Says what is wrong with a text that was not read: the format first, then the version, then the place.
fn explain(text: &str, error: &serde_json::Error) -> DutyLoadError {
    let (line, column) = (error.line(), error.column());
    if error.classify() != serde_json::error::Category::Data {
        return DutyLoadError::NotJson { line, column };
    }
    match serde_json::from_str::<Header>(text) {
        Ok(Header { format, .. }) if format.as_deref() != Some(FORMAT) => {
            DutyLoadError::UnknownFormat { found: format }
        }
        Ok(Header { version: Some(found), .. }) if found != VERSION => {
            DutyLoadError::UnknownVersion { found }
        }
        _ => DutyLoadError::BadField { line, column, reason: without_values(&error.to_string()) },
    }
}

/// The reason without its place and without any value or unknown name, which may be about a person.
fn without_values(reason: &str) -> String {
    const KINDS: [(&str, &str); 4] = [
        ("i64", "a whole number"),
        ("u32", "a whole number from 0 on"),
        ("u8", "a whole number from 0 to 255"),
        ("f64", "a number"),
    ];
    let reason = reason.rsplit_once(" at line ").map_or(reason, |(reason, _)| reason);
    let (what, expected) = match reason.rsplit_once(", expected ") {
        Some((what, expected)) => (what, Some(expected)),
        None => (reason, None),
    };
    let missing = what.starts_with("missing field");
    let kept = what.find(['"', '`']).filter(|_| !missing).map_or(what, |quote| what[..quote].trim_end());
    let Some(expected) = expected else { return kept.to_owned() };
    let expected = KINDS.iter().find(|(kind, _)| *kind == expected).map_or(expected, |(_, words)| words);
    format!("{kept}, expected {expected}")
}
