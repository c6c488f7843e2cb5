//! Save and load: versioned JSON; what is loaded comes in through the same door as rows.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{EventProfile, EventRow, Events, EventsError};
use crate::GridTree;
use crate::error::{Fault, Lang, Problem};
use crate::saved::{Envelope, Unread};

const ENVELOPE: Envelope = Envelope::new("gridcore.events", 1, "events", "事件");

/// Why a text holds no saved events.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventsLoadError {
    /// The text is not JSON, or a field is missing, unknown, or holds something that does not fit.
    Malformed {
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
    },
    /// The text is JSON, but of another format.
    UnknownFormat {
        /// The format it names.
        found: String,
    },
    /// The events were saved by a later version.
    UnknownVersion {
        /// The version they were saved by.
        found: u64,
    },
    /// The rows make no events over this tree.
    Events(EventsError),
}

impl fmt::Display for EventsLoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for EventsLoadError {}

impl Problem for EventsLoadError {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "malformed_json",
            Self::UnknownFormat { .. } => "unknown_format",
            Self::UnknownVersion { .. } => "unknown_version",
            Self::Events(error) => error.code(),
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let fault = Fault::new(self.code());
        vec![match self {
            Self::Malformed { line, column } => fault
                .says(
                    format!("the text does not read as saved events from line {line}, column {column} on"),
                    format!("文本自第 {line} 行第 {column} 列起无法按已保存的事件读取"),
                )
                .remedy(
                    "check that the file is whole, or save the events again",
                    "请检查文件是否完整，或重新保存",
                ),
            Self::UnknownFormat { found } => ENVELOPE.unknown_format(fault, Some(found)),
            Self::UnknownVersion { found } => ENVELOPE.unknown_version(fault, *found),
            Self::Events(error) => return error.faults(),
        }]
    }
}

#[derive(Serialize)]
struct Out<'a> {
    format: &'static str,
    version: u64,
    profile: &'a EventProfile,
    rows: Vec<&'a EventRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct In {
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "version")]
    _version: u64,
    profile: EventProfile,
    rows: Vec<EventRow>,
}

/// Save and load.
impl Events {
    /// The events as JSON: format and version, the profile, the rows by name. The tree is saved apart.
    ///
    /// ```
    /// # use gridcore::responsibility::{EventProfile, EventRow, Events};
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
    /// let row = EventRow::new("a", "1").at("reported", 5);
    /// let events = Events::from_rows(&tree, &EventProfile::standard(), [row.clone()])?;
    /// let saved = events.to_json();
    /// assert_eq!(Events::from_json(&tree, &saved)?.to_json(), saved);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "it would panic on a broken invariant only")]
    pub fn to_json(&self) -> String {
        let rows = self.list.iter().map(|event| &event.row).collect();
        let Envelope { format, version, .. } = ENVELOPE;
        let out = Out { format, version, profile: &self.profile, rows };
        serde_json::to_string(&out).expect("keys are texts and numbers are whole")
    }

    /// Loads events over a tree from JSON that [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    /// [`EventsLoadError`]: the text is no JSON, of another format or a later version, a field does not fit, or the rows
    /// are no events of the tree; then with every fault.
    pub fn from_json(tree: &GridTree, text: &str) -> Result<Self, EventsLoadError> {
        let saved: In = ENVELOPE.read_after_header::<String, u64, _>(text).map_err(explain)?;
        Self::from_rows(tree, &saved.profile, saved.rows).map_err(EventsLoadError::Events)
    }
}

fn explain(unread: Unread) -> EventsLoadError {
    match unread {
        Unread::Format(found) => EventsLoadError::UnknownFormat { found: found.unwrap_or_default() },
        Unread::Version(found) => EventsLoadError::UnknownVersion { found },
        Unread::At(error) => EventsLoadError::Malformed { line: error.line(), column: error.column() },
    }
}
