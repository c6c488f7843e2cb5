//! Stages, deadlines and escalation as data: a profile that an office writes, never constants.

use std::collections::BTreeSet;

use super::fault::{EventFault, EventFaultKind as K};
use super::{LONGEST, malformed};
use crate::tree::Label;

/// One stage (环节) on the way of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct EventStage {
    /// The name of the stage, which is the column of its time in a row.
    pub id: String,
    /// The name in Chinese and English.
    pub label: Label,
    /// Whether no later stage may be reached without it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub required: bool,
}

impl EventStage {
    /// A stage that may be left out.
    ///
    /// ```
    /// use gridcore::responsibility::EventStage;
    /// assert!(EventStage::new("filed", "立案", "filed").required(true).required);
    /// ```
    #[must_use]
    pub fn new(id: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { id: id.into(), label: Label::new(zh, en), required: false }
    }

    /// Sets whether no later stage may be reached without it.
    #[must_use]
    pub fn required(mut self, required: bool) -> Self {
        self.required = required;
        self
    }
}

/// How long it may take from one stage to a later one (时限).
///
/// A deadline without a kind or a priority holds for all of them. Where several of the same two stages fit an event,
/// the one that names kind and priority counts, then the one that names the kind, then the priority, then neither.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Deadline {
    /// The kind of event it is for; all, if none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub kind: Option<String>,
    /// The priority it is for; all, if none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub priority: Option<String>,
    /// The stage that starts the clock.
    pub from: String,
    /// The stage that must be reached in time.
    pub to: String,
    /// The time allowed, in seconds.
    pub seconds: i64,
}

impl Deadline {
    /// A deadline for all events, in seconds.
    ///
    /// ```
    /// use gridcore::responsibility::Deadline;
    /// let urgent = Deadline::new("filed", "closed", 4 * 3600).kind("fire").priority("urgent");
    /// assert_eq!(urgent.seconds, 14_400);
    /// ```
    #[must_use]
    pub fn new(from: impl Into<String>, to: impl Into<String>, seconds: i64) -> Self {
        Self { kind: None, priority: None, from: from.into(), to: to.into(), seconds }
    }

    /// Sets the kind of event it is for.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    /// Sets the priority it is for.
    #[must_use]
    pub fn priority(mut self, priority: impl Into<String>) -> Self {
        self.priority = Some(priority.into());
        self
    }

    /// How closely it fits an event, or nothing if it does not.
    pub(super) fn fit(&self, kind: Option<&str>, priority: Option<&str>) -> Option<u8> {
        let fits = |wanted: &Option<String>, found: Option<&str>| match wanted {
            None => Some(0),
            Some(wanted) => (Some(wanted.as_str()) == found).then_some(1),
        };
        Some(fits(&self.kind, kind)? * 2 + fits(&self.priority, priority)?)
    }
}

/// How events run: their stages, deadlines, who counts as a patrol, and when a delay goes up (事件处置规则).
///
/// ```
/// use gridcore::responsibility::{Deadline, EventProfile};
/// let profile = EventProfile::standard().deadline(Deadline::new("filed", "closed", 7 * 86_400));
/// assert_eq!(profile.stages.len(), 7);
/// assert_eq!(profile.filing, "filed");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct EventProfile {
    /// The stages in their order. An event is received at the first and closed at the last.
    pub stages: Vec<EventStage>,
    /// The stage at which an event is filed (立案), which makes it count for the rates.
    pub filing: String,
    /// The deadlines, in any order.
    #[cfg_attr(feature = "serde", serde(default))]
    pub deadlines: Vec<Deadline>,
    /// What `found_by` says where the office found the event itself.
    #[cfg_attr(feature = "serde", serde(default))]
    pub patrol: BTreeSet<String>,
    /// For how many seconds an event is overdue when the first, the second, … grid above hears of it: ascending.
    #[cfg_attr(feature = "serde", serde(default))]
    pub escalation: Vec<i64>,
}

impl EventProfile {
    /// The seven stages reported 上报, accepted 受理, filed 立案, assigned 派遣, handled 处置, verified 核查, closed 结案;
    /// patrols say `patrol`; no deadlines, and no delay goes up.
    ///
    /// Reported and filed are required. Deadlines are an office's own, so there are none that could be taken for a rule.
    #[must_use]
    pub fn standard() -> Self {
        let stages = [
            EventStage::new("reported", "上报", "reported").required(true),
            EventStage::new("accepted", "受理", "accepted"),
            EventStage::new("filed", "立案", "filed").required(true),
            EventStage::new("assigned", "派遣", "assigned"),
            EventStage::new("handled", "处置", "handled"),
            EventStage::new("verified", "核查", "verified"),
            EventStage::new("closed", "结案", "closed"),
        ];
        Self {
            stages: stages.into(),
            filing: "filed".to_owned(),
            deadlines: Vec::new(),
            patrol: BTreeSet::from(["patrol".to_owned()]),
            escalation: Vec::new(),
        }
    }

    /// Adds a deadline.
    #[must_use]
    pub fn deadline(mut self, deadline: Deadline) -> Self {
        self.deadlines.push(deadline);
        self
    }

    /// Sets for how many seconds an event is overdue when the first, the second, … grid above hears of it.
    ///
    /// ```
    /// use gridcore::responsibility::EventProfile;
    /// let profile = EventProfile::standard().escalate_after([0, 86_400]);
    /// assert_eq!(profile.escalation, [0, 86_400]);
    /// ```
    #[must_use]
    pub fn escalate_after(mut self, seconds: impl IntoIterator<Item = i64>) -> Self {
        self.escalation = seconds.into_iter().collect();
        self
    }

    /// The place of a stage.
    pub(super) fn place(&self, stage: &str) -> Option<usize> {
        self.stages.iter().position(|known| known.id == stage)
    }

    /// Everything that is wrong with it; rows are places in the list that the column names.
    pub(super) fn faults(&self) -> Vec<EventFault> {
        let mut faults = Vec::new();
        let mut report = |row: Option<usize>, column: &str, kind: K| {
            faults.push(EventFault { row, column: column.to_owned(), kind });
        };
        if self.stages.len() < 2 {
            report(None, "profile.stages", K::TooFewStages);
        }
        for (place, stage) in self.stages.iter().enumerate() {
            if malformed(&stage.id) || RESERVED.contains(&stage.id.as_str()) {
                report(Some(place), "profile.stages", K::MalformedStage);
            }
            if let Some(first) = self.stages[..place].iter().position(|other| other.id == stage.id) {
                report(Some(place), "profile.stages", K::DuplicateStage { first });
            }
        }
        match self.place(&self.filing) {
            None => report(None, "profile.filing", K::UnknownStage { stage: self.filing.clone() }),
            // Without this an event could be closed that was never filed, and a rate pass one whole.
            Some(place) if !self.stages[place].required && place + 1 < self.stages.len() => {
                report(None, "profile.filing", K::OptionalFiling { stage: self.filing.clone() });
            }
            Some(_) => {}
        }
        for (place, deadline) in self.deadlines.iter().enumerate() {
            let ends = [&deadline.from, &deadline.to].map(|stage| (stage, self.place(stage)));
            for (stage, found) in ends {
                if found.is_none() {
                    let kind = K::UnknownStage { stage: stage.clone() };
                    report(Some(place), "profile.deadlines", kind);
                }
            }
            if let [(_, Some(from)), (_, Some(to))] = ends
                && from >= to
            {
                report(Some(place), "profile.deadlines", K::BackwardDeadline);
            }
            if !(1..=LONGEST).contains(&deadline.seconds) {
                report(Some(place), "profile.deadlines", K::SecondsOutOfRange);
            }
            let same = |other: &Deadline| {
                (&other.from, &other.to, &other.kind, &other.priority)
                    == (&deadline.from, &deadline.to, &deadline.kind, &deadline.priority)
            };
            if let Some(first) = self.deadlines[..place].iter().position(same) {
                report(Some(place), "profile.deadlines", K::DuplicateDeadline { first });
            }
        }
        for (place, &seconds) in self.escalation.iter().enumerate() {
            let before = place.checked_sub(1).map_or(-1, |before| self.escalation[before]);
            if !(0..=LONGEST).contains(&seconds) || seconds <= before {
                report(Some(place), "profile.escalation", K::EscalationOrder);
            }
        }
        faults
    }
}

/// Columns of a row that no stage may be called.
const RESERVED: [&str; 10] =
    ["id", "grid", "domain", "kind", "priority", "found_by", "occurred", "complained", "due", "dropped"];
