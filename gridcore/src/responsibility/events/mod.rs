//! Events (事件): reported in a grid, filed, assigned, handled and closed, each in its time.

mod breach;
mod fault;
mod profile;
mod report;
mod rows;
#[cfg(feature = "serde")]
mod save;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::GridTree;
use crate::id::{Domain, GridIndex, MalformedCode};

pub use breach::{BreachRow, EscalationRow};
pub use fault::{EventFault, EventFaultKind, EventsError};
pub use profile::{Deadline, EventProfile, EventStage};
pub use report::{EventCounts, EventReportRow, EventTotals, EventWindow, Rate};
pub use rows::{EventId, EventRow};
#[cfg(feature = "serde")]
pub use save::EventsLoadError;

use EventFaultKind as K;

/// The furthest second from 1970 that calendars reach, in either direction; sums of a few of them fit an `i64`.
pub(super) const LONGEST: i64 = 8_640_000_000_000;

fn malformed(text: &str) -> bool {
    MalformedCode::of(text).is_some()
}

/// The events of a city under one profile: immutable, cheap to clone, in the order of their names.
///
/// # What is counted, and against what
///
/// - An event is **received** at the first stage, **filed** at the stage that the profile names, **closed** at the last.
/// - It is to be closed by the earliest deadline that ends at the last stage, or by the time set for it alone. A filed
///   event is **due** (应结案) once that time has come. Closed and **on time** count among the due, so that no rate
///   passes one whole: what was closed before its time had come stands in `closed_ahead`, and counts when it falls due.
/// - The rates: filing = filed ÷ received (立案率), closing = closed ÷ due (结案率), on time = on time ÷ due (按时结案率),
///   patrol = found by patrol ÷ filed (主动发现率). Closing in the second of the deadline is on time.
/// - A report of a time is what could be known then: times after it are not there yet.
/// - An event that was dropped is due and overdue no more; it stays received, and filed if it was.
///
/// ```
/// use gridcore::responsibility::{Deadline, EventProfile, EventRow, EventWindow, Events};
/// use gridcore::{GridRow, GridTree};
///
/// let tree = GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "north").under("1")])?;
/// let profile = EventProfile::standard().deadline(Deadline::new("filed", "closed", 3600));
/// let events = Events::from_rows(&tree, &profile, [
///     EventRow::new("a", "11").found_by("patrol").at("reported", 0).at("filed", 60).at("closed", 600),
///     EventRow::new("b", "11").found_by("hotline").at("reported", 0).at("filed", 90),
/// ])?;
/// let counts = events.totals(&EventWindow::as_of(7200));
/// assert_eq!((counts.received, counts.filed, counts.due, counts.closed), (2, 2, 2, 1));
/// assert_eq!(counts.closing_rate().percent(), Some(50.0));
/// let late = events.breaches(7200, 86_400);
/// assert_eq!((late[0].event.as_str(), late[0].seconds_left), ("b", 90 + 3600 - 7200));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Events {
    tree: GridTree,
    profile: Arc<EventProfile>,
    list: Arc<[Event]>,
}

/// One event, checked.
#[derive(Debug)]
struct Event {
    id: EventId,
    grid: GridIndex,
    domain: Option<Domain>,
    /// One place for each stage.
    times: Box<[Option<i64>]>,
    row: EventRow,
}

impl Event {
    /// When a stage had been reached as it was known at `now`.
    fn time(&self, stage: usize, now: i64) -> Option<i64> {
        self.times[stage].filter(|&time| time <= now)
    }

    /// Whether a stage or a later one had been reached at `now`.
    fn passed(&self, stage: usize, now: i64) -> bool {
        self.times[stage..].iter().flatten().any(|&time| time <= now)
    }

    fn dropped(&self, now: i64) -> bool {
        self.row.dropped.is_some_and(|time| time <= now)
    }

    fn by_patrol(&self, profile: &EventProfile) -> bool {
        self.row.found_by.as_ref().is_some_and(|how| profile.patrol.contains(how))
    }
}

/// A deadline with the places of its stages.
struct Limit<'p> {
    from: usize,
    to: usize,
    rule: &'p Deadline,
}

impl Events {
    /// Builds the events from rows, in any order.
    ///
    /// # Errors
    /// [`EventsError`] with every fault of the profile and of every row: names that are missing or doubled, grids that
    /// the tree does not have, stages that are unknown, missing, or out of order.
    ///
    /// # Complexity
    /// O(e log e · s) time for e events of s stages, O(e · s) space.
    pub fn from_rows(
        tree: &GridTree,
        profile: &EventProfile,
        rows: impl IntoIterator<Item = EventRow>,
    ) -> Result<Self, EventsError> {
        let mut faults = profile.faults();
        let sound = faults.is_empty();
        let mut list = Vec::new();
        let mut seen: BTreeMap<EventId, usize> = BTreeMap::new();
        for (number, mut row) in rows.into_iter().enumerate() {
            // A column of a table that is empty in this row says nothing.
            row.times.retain(|_, time| time.is_some());
            let before = faults.len();
            let mut report = |column: &str, kind: K| {
                faults.push(EventFault { row: Some(number), column: column.to_owned(), kind });
            };
            let id = if let Ok(id) = row.id.parse::<EventId>() {
                if let Some(&first) = seen.get(&id) {
                    report("id", K::DuplicateEvent { first });
                } else {
                    seen.insert(id.clone(), number);
                }
                Some(id)
            } else {
                report("id", K::MalformedEvent);
                None
            };
            let grid = tree.find(&row.grid);
            if grid.is_none() {
                report("grid", K::UnknownGrid { code: row.grid.clone() });
            }
            let domain = row.domain.as_deref().filter(|domain| !domain.is_empty()).map(str::parse::<Domain>);
            let domain = domain.transpose().unwrap_or_else(|_| {
                report("domain", K::MalformedDomain);
                None
            });
            check_times(profile, sound, &row, &mut report);
            if let (true, Some(id), Some(grid)) = (faults.len() == before, id, grid) {
                let time = |stage: &EventStage| row.times.get(&stage.id).copied().flatten();
                let times = profile.stages.iter().map(time).collect();
                list.push(Event { id, grid, domain, times, row });
            }
        }
        if !faults.is_empty() {
            return Err(EventsError { faults });
        }
        list.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(Self { tree: tree.clone(), profile: Arc::new(profile.clone()), list: list.into() })
    }

    /// The tree beneath the events.
    #[must_use]
    pub fn tree(&self) -> &GridTree {
        &self.tree
    }

    /// The profile they run by.
    #[must_use]
    pub fn profile(&self) -> &EventProfile {
        &self.profile
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The events as rows again, in the order of their names: [`from_rows`](Self::from_rows) makes the same of them.
    ///
    /// ```
    /// # use gridcore::responsibility::{EventProfile, EventRow, Events};
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
    /// let row = EventRow::new("a", "1").at("reported", 5);
    /// let events = Events::from_rows(&tree, &EventProfile::standard(), [row.clone()])?;
    /// assert_eq!(events.to_rows(), [row]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_rows(&self) -> Vec<EventRow> {
        self.list.iter().map(|event| event.row.clone()).collect()
    }

    /// The deadlines with the places of their stages.
    fn limits(&self) -> Vec<Limit<'_>> {
        let limit = |rule: &'_ Deadline| -> Option<(usize, usize)> {
            Some((self.profile.place(&rule.from)?, self.profile.place(&rule.to)?))
        };
        let rules = self.profile.deadlines.iter();
        rules.filter_map(|rule| limit(rule).map(|(from, to)| Limit { from, to, rule })).collect()
    }

    /// The deadlines that count for an event, one for each pair of stages: the rule that fits best.
    fn limits_of<'l, 'p>(event: &Event, limits: &'l [Limit<'p>]) -> Vec<&'l Limit<'p>> {
        let (kind, priority) = (event.row.kind.as_deref(), event.row.priority.as_deref());
        let mut best: Vec<(u8, &Limit<'_>)> = Vec::new();
        for limit in limits {
            let Some(fit) = limit.rule.fit(kind, priority) else { continue };
            match best.iter_mut().find(|(_, other)| (other.from, other.to) == (limit.from, limit.to)) {
                Some(other) if other.0 < fit => *other = (fit, limit),
                Some(_) => {}
                None => best.push((fit, limit)),
            }
        }
        best.into_iter().map(|(_, limit)| limit).collect()
    }

    /// When an event is to be closed as it was known at `now`.
    fn due(&self, event: &Event, limits: &[Limit<'_>], now: i64) -> Option<i64> {
        let last = self.profile.stages.len() - 1;
        event.row.due.or_else(|| {
            let closing = Self::limits_of(event, limits).into_iter().filter(|limit| limit.to == last);
            closing.filter_map(|limit| Some(event.time(limit.from, now)? + limit.rule.seconds)).min()
        })
    }
}

/// Checks the times of an event; their order only where the profile itself is sound.
fn check_times(profile: &EventProfile, sound: bool, row: &EventRow, report: &mut impl FnMut(&str, K)) {
    let single = [
        ("occurred", row.occurred),
        ("complained", row.complained),
        ("due", row.due),
        ("dropped", row.dropped),
    ];
    let stages = row.times.iter().map(|(stage, &time)| (stage.as_str(), time));
    for (column, time) in single.into_iter().chain(stages) {
        if time.is_some_and(|time| !(-LONGEST..=LONGEST).contains(&time)) {
            report(column, K::TimeOutOfRange);
        }
    }
    for stage in row.times.keys() {
        if profile.place(stage).is_none() {
            report(stage, K::UnknownStage { stage: stage.clone() });
        }
    }
    if !sound {
        return;
    }
    let time = |stage: &EventStage| row.times.get(&stage.id).copied().flatten();
    let last = profile.stages.iter().rposition(|stage| time(stage).is_some());
    let mut latest: Option<(i64, &str)> = None;
    for (place, stage) in profile.stages.iter().enumerate() {
        match (time(stage), latest) {
            (None, _) if place == 0 => report(&stage.id, K::NeverReceived { stage: stage.id.clone() }),
            (None, _) if stage.required && last.is_some_and(|last| place < last) => {
                report(&stage.id, K::SkippedStage { stage: stage.id.clone() });
            }
            (None, _) => {}
            (Some(time), Some((before, earlier))) if time < before => {
                let (stage, earlier) = (stage.id.clone(), earlier.to_owned());
                report(&stage, K::StageOrder { stage: stage.clone(), earlier });
            }
            (Some(time), _) => {
                latest = Some((time, &stage.id));
                if row.dropped.is_some_and(|dropped| dropped < time) {
                    report(&stage.id, K::AfterDrop { stage: stage.id.clone() });
                }
            }
        }
    }
}
