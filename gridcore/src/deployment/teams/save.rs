//! Save and load teams: versioned JSON; what is loaded is read like new tables and counted again.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::fault::TeamsError;
use super::{Inner, TeamTables, TeamViolation, Teams, door, form};
use crate::error::{Fault, Lang, Problem};
use crate::solve::flow::Flow;
use crate::tree::GridTree;

const FORMAT: &str = "gridcore.teams";
const VERSION: u64 = 1;

/// Why a text is no saved teams.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TeamsLoadError {
    /// The text is not JSON, or a field is missing, unknown or does not fit.
    BadField {
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
    },
    /// The text is JSON, but of another format.
    UnknownFormat,
    /// The teams were saved by a later version.
    UnknownVersion {
        /// The version they were saved by.
        found: u64,
    },
    /// Their tables have faults in this tree.
    Rows(TeamsError),
    /// They break a rule, or their proof does not hold.
    Unproven(TeamViolation),
}

impl fmt::Display for TeamsLoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for TeamsLoadError {}

impl Problem for TeamsLoadError {
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
            Self::BadField { line, column } => fault
                .found(format!("line {line}, column {column}"), "saved teams")
                .says(
                    format!("the text is no saved teams from line {line}, column {column} on"),
                    format!("文本自第 {line} 行第 {column} 列起不是保存的小组"),
                )
                .remedy("check that the file is whole", "请检查文件是否完整"),
            Self::UnknownFormat => fault
                .found("another format", FORMAT)
                .says("the text is no saved teams", "文本不是保存的小组")
                .remedy("pass teams that were saved by this library", "请传入由本库保存的小组"),
            Self::UnknownVersion { found } => fault
                .found(found, VERSION)
                .says(
                    format!("the teams were saved in version {found} of the format"),
                    format!("小组以第 {found} 版格式保存"),
                )
                .remedy(
                    format!("save them in version {VERSION}, or load them with a later release"),
                    format!("请以第 {VERSION} 版保存，或用更新的版本读取"),
                ),
            Self::Rows(error) => return error.faults(),
            Self::Unproven(violation) => fault
                .says(format!("the saved teams do not hold: {violation}"), "保存的小组核验不通过")
                .remedy("form them anew", "请重新组队"),
        }]
    }
}

#[derive(Serialize)]
struct Out<'a> {
    format: &'static str,
    version: u64,
    most: bool,
    tables: &'a TeamTables,
    flow: &'a Flow,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct In {
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "version")]
    _version: u64,
    most: bool,
    tables: TeamTables,
    flow: Flow,
}

#[derive(Deserialize)]
struct Header {
    #[serde(default)]
    format: Option<String>,
    #[serde(default)]
    version: Option<u64>,
}

/// Save and load.
impl Teams {
    /// The teams as JSON: their format and version, the tables, the flow that says who is where, with its prices.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "it would panic on a broken invariant only")]
    pub fn to_json(&self) -> String {
        let inner = &self.inner;
        let (format, version) = (FORMAT, VERSION);
        let out = Out { format, version, most: inner.most, tables: &inner.tables, flow: &inner.flow };
        serde_json::to_string(&out).expect("keys are texts and numbers are whole")
    }

    /// Loads teams that [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    /// [`TeamsLoadError`]: the text is no such JSON, or of a later version; the tables have faults in this tree; the teams
    /// break a rule, or their proof does not hold.
    pub fn from_json(tree: &GridTree, text: &str) -> Result<Self, TeamsLoadError> {
        let bad = |error: &serde_json::Error| TeamsLoadError::BadField {
            line: error.line(),
            column: error.column(),
        };
        let header: Header = serde_json::from_str(text).map_err(|error| bad(&error))?;
        if header.format.as_deref() != Some(FORMAT) {
            return Err(TeamsLoadError::UnknownFormat);
        }
        if let Some(found) = header.version.filter(|&found| found != VERSION) {
            return Err(TeamsLoadError::UnknownVersion { found });
        }
        let In { most, tables, flow, .. } = serde_json::from_str(text).map_err(|error| bad(&error))?;
        let model =
            door::read(tree, &tables.people, &tables.rules, &tables.teams).map_err(TeamsLoadError::Rows)?;
        let drawn = form::draw(tree, &model, tables.fill).map_err(TeamsLoadError::Rows)?;
        // Only a flow that fits the network can say who is where; the most is asked for by one rule.
        if flow.verify(&drawn.network).is_err() || (most && model.rules.len() != 1) {
            return Err(TeamsLoadError::Unproven(TeamViolation::Distance));
        }
        let members = form::members(tree, &model, &drawn, &flow);
        let tree = tree.clone();
        let teams = Self { inner: Arc::new(Inner { tree, tables, most, model, flow, members }) };
        teams.verify().map_err(TeamsLoadError::Unproven)?;
        Ok(teams)
    }
}
