//! Save and load teams: versioned JSON; what is loaded is read like new tables and counted again.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::fault::TeamsError;
use super::{Inner, TeamTables, TeamViolation, Teams, door, form};
use crate::error::{Fault, Lang, Problem};
use crate::saved::{Envelope, Unread};
use crate::solve::flow::Flow;
use crate::tree::GridTree;

const ENVELOPE: Envelope = Envelope::new("gridcore.teams", 1, "teams", "小组");

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
            Self::BadField { line, column } => ENVELOPE.unreadable(fault, *line, *column),
            Self::UnknownFormat => ENVELOPE.other_format(fault),
            Self::UnknownVersion { found } => ENVELOPE.unknown_version(fault, *found),
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

/// Save and load.
impl Teams {
    /// The teams as JSON: their format and version, the tables, the flow that says who is where, with its prices.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "it would panic on a broken invariant only")]
    pub fn to_json(&self) -> String {
        let inner = &self.inner;
        let Envelope { format, version, .. } = ENVELOPE;
        let out = Out { format, version, most: inner.most, tables: &inner.tables, flow: &inner.flow };
        serde_json::to_string(&out).expect("keys are texts and numbers are whole")
    }

    /// Loads teams that [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    /// [`TeamsLoadError`]: the text is no such JSON, or of a later version; the tables have faults in this tree; the teams
    /// break a rule, or their proof does not hold.
    pub fn from_json(tree: &GridTree, text: &str) -> Result<Self, TeamsLoadError> {
        let In { most, tables, flow, .. } =
            ENVELOPE.read_after_header::<Option<String>, Option<u64>, _>(text).map_err(explain)?;
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

fn explain(unread: Unread) -> TeamsLoadError {
    match unread {
        Unread::Format(_) => TeamsLoadError::UnknownFormat,
        Unread::Version(found) => TeamsLoadError::UnknownVersion { found },
        Unread::At(error) => TeamsLoadError::BadField { line: error.line(), column: error.column() },
    }
}
