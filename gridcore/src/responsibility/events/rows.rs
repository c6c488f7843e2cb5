//! Events as rows.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::id::MalformedCode;

/// The name of an event (事件编号): 1 to 128 bytes, without control characters and without white space at either end.
///
/// Messages never show it, since a caller may have put more into it.
///
/// ```
/// use gridcore::responsibility::EventId;
/// assert_eq!("e-1".parse::<EventId>()?.as_str(), "e-1");
/// assert!("".parse::<EventId>().is_err());
/// # Ok::<(), gridcore::MalformedCode>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
pub struct EventId(Arc<str>);

impl EventId {
    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventId(…)")
    }
}

impl FromStr for EventId {
    type Err = MalformedCode;

    fn from_str(text: &str) -> Result<Self, MalformedCode> {
        match MalformedCode::of(text) {
            Some(reason) => Err(reason),
            None => Ok(Self(text.into())),
        }
    }
}

impl TryFrom<String> for EventId {
    type Error = MalformedCode;

    fn try_from(text: String) -> Result<Self, MalformedCode> {
        text.parse()
    }
}

impl From<EventId> for String {
    fn from(id: EventId) -> Self {
        id.0.as_ref().to_owned()
    }
}

/// One event (事件): where it is, what it is, and when it reached which stage. Times are UTC seconds.
///
/// As a row, each stage is a column of its own: `{"id": "e1", "grid": "11", "reported": 0, "filed": 60}`.
///
/// ```
/// use gridcore::responsibility::EventRow;
/// let event = EventRow::new("e-1", "442000008").domain("forest_fire").found_by("patrol").at("reported", 0).at("filed", 60);
/// assert_eq!(event.times["filed"], Some(60));
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct EventRow {
    /// The name of the event.
    #[cfg_attr(feature = "serde", serde(default))]
    pub id: String,
    /// The code of its grid.
    #[cfg_attr(feature = "serde", serde(default))]
    pub grid: String,
    /// Its domain.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub domain: Option<String>,
    /// Its kind, which deadlines may depend on.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub kind: Option<String>,
    /// Its priority, which deadlines may depend on.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub priority: Option<String>,
    /// How it was found: `patrol`, `report`, `hotline`, …
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub found_by: Option<String>,
    /// When it began, where that is known.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub occurred: Option<i64>,
    /// When the first resident complained of it, where one did.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub complained: Option<i64>,
    /// By when it is to be closed, where that was set for this event alone, an extension for one.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub due: Option<i64>,
    /// When it was dropped (不予立案, 作废): it is neither due nor overdue from then on.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub dropped: Option<i64>,
    /// When it reached each stage, by the name of the stage.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub times: BTreeMap<String, Option<i64>>,
}

impl fmt::Debug for EventRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventRow")
            .field("grid", &self.grid)
            .field("times", &self.times)
            .finish_non_exhaustive()
    }
}

impl EventRow {
    /// An event in a grid that has reached no stage yet.
    #[must_use]
    pub fn new(id: impl Into<String>, grid: impl Into<String>) -> Self {
        Self { id: id.into(), grid: grid.into(), ..Self::default() }
    }

    /// Sets the domain.
    #[must_use]
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.domain = Some(domain.into());
        self
    }

    /// Sets the kind.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    /// Sets the priority.
    #[must_use]
    pub fn priority(mut self, priority: impl Into<String>) -> Self {
        self.priority = Some(priority.into());
        self
    }

    /// Sets how it was found.
    #[must_use]
    pub fn found_by(mut self, how: impl Into<String>) -> Self {
        self.found_by = Some(how.into());
        self
    }

    /// Sets when it reached a stage, in UTC seconds.
    #[must_use]
    pub fn at(mut self, stage: impl Into<String>, time: i64) -> Self {
        self.times.insert(stage.into(), Some(time));
        self
    }

    /// Sets when it began, in UTC seconds.
    #[must_use]
    pub fn occurred(mut self, time: i64) -> Self {
        self.occurred = Some(time);
        self
    }

    /// Sets when the first resident complained of it, in UTC seconds.
    #[must_use]
    pub fn complained(mut self, time: i64) -> Self {
        self.complained = Some(time);
        self
    }

    /// Sets by when this event is to be closed, in UTC seconds.
    #[must_use]
    pub fn due(mut self, time: i64) -> Self {
        self.due = Some(time);
        self
    }

    /// Sets when it was dropped, in UTC seconds.
    #[must_use]
    pub fn dropped(mut self, time: i64) -> Self {
        self.dropped = Some(time);
        self
    }
}
