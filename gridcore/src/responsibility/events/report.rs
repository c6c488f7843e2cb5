//! How many events were received, filed, closed and closed on time, by grid and domain.

use std::collections::BTreeMap;

use super::{Event, Events, Limit};
use crate::Interval;
use crate::id::{Domain, GridCode};

/// A rate as an exact fraction.
///
/// ```
/// use gridcore::responsibility::Rate;
/// let rate = Rate { part: 911, whole: 972 };
/// assert_eq!(rate.percent(), Some(93.72));
/// assert_eq!(Rate { part: 0, whole: 0 }.percent(), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Rate {
    /// How many.
    pub part: u64,
    /// Of how many.
    pub whole: u64,
}

impl Rate {
    /// The rate in hundredths of a percent, rounded half up in whole numbers; none of nothing.
    #[must_use]
    pub fn hundredths(self) -> Option<u64> {
        let whole = u128::from(self.whole);
        let rounded = (u128::from(self.part) * 20_000 + whole).checked_div(whole * 2)?;
        u64::try_from(rounded).ok()
    }

    /// The rate in percent with two decimals, the nearest to [`hundredths`](Self::hundredths); none of nothing.
    #[must_use]
    pub fn percent(self) -> Option<f64> {
        Some(self.hundredths()? as f64 / 100.0)
    }
}

/// Which events a report is of, and as of when.
///
/// ```
/// use gridcore::Interval;
/// use gridcore::responsibility::EventWindow;
/// let of_2016 = EventWindow::as_of(1_483_228_800).received(Interval::new(Some(1_451_606_400), Some(1_483_228_800))?);
/// assert_eq!(of_2016.now, 1_483_228_800);
/// # Ok::<(), gridcore::EmptyInterval>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct EventWindow {
    /// The time of the report, in UTC seconds: what came later was not known.
    pub now: i64,
    /// When the events were received.
    #[cfg_attr(feature = "serde", serde(default))]
    pub received: Interval,
}

impl EventWindow {
    /// All events as they were known at a time, in UTC seconds.
    #[must_use]
    pub const fn as_of(now: i64) -> Self {
        Self { now, received: Interval::ALWAYS }
    }

    /// Only events that were received in an interval.
    #[must_use]
    pub const fn received(mut self, interval: Interval) -> Self {
        self.received = interval;
        self
    }
}

/// Counts of events. All but `received` and `dropped` are of filed events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct EventCounts {
    /// Received (收到).
    pub received: u64,
    /// Dropped (作废), filed or not.
    pub dropped: u64,
    /// Filed (立案).
    pub filed: u64,
    /// To be closed by now (应结案).
    pub due: u64,
    /// Closed (结案), of those that are due.
    pub closed: u64,
    /// Closed on time (按时结案), of those that are due.
    pub on_time: u64,
    /// Closed though not due yet, or without a deadline.
    pub closed_ahead: u64,
    /// Neither closed nor dropped.
    pub open: u64,
    /// Found by patrol (巡查发现).
    pub by_patrol: u64,
    /// Without a time to be closed by, and not dropped.
    pub without_deadline: u64,
    /// Found by patrol, with a complaint to compare with: what `lead_seconds` is summed over.
    pub with_lead: u64,
    /// How long before the first complaint (negative: after it) the patrol had found them, in seconds, added up.
    pub lead_seconds: i64,
    /// With a time at which they began: what `delay_seconds` is summed over.
    pub with_delay: u64,
    /// How long after they began they were received, in seconds, added up.
    pub delay_seconds: i64,
    /// Closed at all: what `handling_seconds` is summed over.
    pub handled: u64,
    /// How long from filing to closing, in seconds, added up.
    pub handling_seconds: i64,
}

impl EventCounts {
    /// Filed ÷ received (立案率).
    #[must_use]
    pub const fn filing_rate(&self) -> Rate {
        Rate { part: self.filed, whole: self.received }
    }

    /// Closed ÷ due (结案率).
    #[must_use]
    pub const fn closing_rate(&self) -> Rate {
        Rate { part: self.closed, whole: self.due }
    }

    /// On time ÷ due (按时结案率).
    #[must_use]
    pub const fn on_time_rate(&self) -> Rate {
        Rate { part: self.on_time, whole: self.due }
    }

    /// Found by patrol ÷ filed (主动发现率).
    #[must_use]
    pub const fn patrol_rate(&self) -> Rate {
        Rate { part: self.by_patrol, whole: self.filed }
    }

    /// How long before the first complaint the patrol had found an event, on average, in seconds rounded down.
    #[must_use]
    pub fn mean_lead(&self) -> Option<i64> {
        mean(self.lead_seconds, self.with_lead)
    }

    /// How long after it began an event was received, on average, in seconds rounded down.
    #[must_use]
    pub fn mean_delay(&self) -> Option<i64> {
        mean(self.delay_seconds, self.with_delay)
    }

    /// How long from filing to closing, on average, in seconds rounded down.
    #[must_use]
    pub fn mean_handling(&self) -> Option<i64> {
        mean(self.handling_seconds, self.handled)
    }

    fn add(&mut self, other: &Self) {
        self.received += other.received;
        self.dropped += other.dropped;
        self.filed += other.filed;
        self.due += other.due;
        self.closed += other.closed;
        self.on_time += other.on_time;
        self.closed_ahead += other.closed_ahead;
        self.open += other.open;
        self.by_patrol += other.by_patrol;
        self.without_deadline += other.without_deadline;
        self.with_lead += other.with_lead;
        self.lead_seconds = self.lead_seconds.saturating_add(other.lead_seconds);
        self.with_delay += other.with_delay;
        self.delay_seconds = self.delay_seconds.saturating_add(other.delay_seconds);
        self.handled += other.handled;
        self.handling_seconds = self.handling_seconds.saturating_add(other.handling_seconds);
    }
}

fn mean(sum: i64, count: u64) -> Option<i64> {
    let count = i64::try_from(count).ok().filter(|&count| count > 0)?;
    Some(sum.div_euclid(count))
}

/// Counts, and what they come to: one flat row.
///
/// ```
/// use gridcore::responsibility::{EventCounts, EventTotals};
/// let totals = EventTotals::from(EventCounts { received: 1054, filed: 996, by_patrol: 953, ..EventCounts::default() });
/// assert_eq!((totals.patrol_percent, totals.closing_percent), (Some(95.68), None)); // nothing was due
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct EventTotals {
    /// The counts.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub counts: EventCounts,
    /// Filed ÷ received, in percent with two decimals; none without a denominator, as for the others.
    pub filing_percent: Option<f64>,
    /// Closed ÷ due, in percent with two decimals.
    pub closing_percent: Option<f64>,
    /// On time ÷ due, in percent with two decimals.
    pub on_time_percent: Option<f64>,
    /// Found by patrol ÷ filed, in percent with two decimals.
    pub patrol_percent: Option<f64>,
    /// The average lead over the first complaint, in seconds.
    pub mean_lead_seconds: Option<i64>,
    /// The average time from beginning to receipt, in seconds.
    pub mean_delay_seconds: Option<i64>,
    /// The average time from filing to closing, in seconds.
    pub mean_handling_seconds: Option<i64>,
}

impl From<EventCounts> for EventTotals {
    fn from(counts: EventCounts) -> Self {
        Self {
            counts,
            filing_percent: counts.filing_rate().percent(),
            closing_percent: counts.closing_rate().percent(),
            on_time_percent: counts.on_time_rate().percent(),
            patrol_percent: counts.patrol_rate().percent(),
            mean_lead_seconds: counts.mean_lead(),
            mean_delay_seconds: counts.mean_delay(),
            mean_handling_seconds: counts.mean_handling(),
        }
    }
}

/// The totals of a grid with all beneath it, in one domain or in all; a row of a table.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct EventReportRow {
    /// The grid.
    pub grid: GridCode,
    /// The domain; all of them together, and events without one, if none.
    pub domain: Option<Domain>,
    /// The counts, and what they come to.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub totals: EventTotals,
}

/// Counts and rates.
impl Events {
    /// What one event adds to the counts.
    fn count(&self, event: &Event, limits: &[Limit<'_>], window: &EventWindow) -> Option<EventCounts> {
        let now = window.now;
        let received = event.time(0, now).filter(|&time| window.received.contains(time))?;
        let dropped = event.dropped(now);
        let mut counts = EventCounts { received: 1, dropped: u64::from(dropped), ..EventCounts::default() };
        let filing = self.profile.place(&self.profile.filing)?;
        let Some(filed) = event.time(filing, now) else { return Some(counts) };
        counts.filed = 1;
        let patrol = event.by_patrol(&self.profile);
        counts.by_patrol = u64::from(patrol);
        // Complaints count like stages: one that came later was not known.
        if let (true, Some(complained)) = (patrol, event.row.complained.filter(|&time| time <= now)) {
            (counts.with_lead, counts.lead_seconds) = (1, complained - received);
        }
        if let Some(occurred) = event.row.occurred.filter(|&time| time <= now) {
            (counts.with_delay, counts.delay_seconds) = (1, received - occurred);
        }
        let closed = event.time(self.profile.stages.len() - 1, now);
        if let Some(closed) = closed {
            (counts.handled, counts.handling_seconds) = (1, closed - filed);
        }
        counts.open = u64::from(closed.is_none() && !dropped);
        let due = self.due(event, limits, now);
        counts.without_deadline = u64::from(due.is_none() && !dropped);
        match (due.filter(|&due| due <= now), closed) {
            (Some(due), Some(closed)) => {
                (counts.due, counts.closed, counts.on_time) = (1, 1, u64::from(closed <= due));
            }
            (Some(_), None) => counts.due = u64::from(!dropped),
            (None, Some(_)) => counts.closed_ahead = 1,
            (None, None) => {}
        }
        Some(counts)
    }

    /// The counts of the whole city.
    ///
    /// # Complexity
    /// O(e · d) time for e events and d deadlines.
    #[must_use]
    pub fn totals(&self, window: &EventWindow) -> EventCounts {
        let limits = self.limits();
        let mut total = EventCounts::default();
        for event in &*self.list {
            if let Some(counts) = self.count(event, &limits, window) {
                total.add(&counts);
            }
        }
        total
    }

    /// The counts of each grid that has events beneath it, in preorder: all domains together first, then each domain.
    ///
    /// # Complexity
    /// O(e · (d + h)) time for e events, d deadlines and height h of the tree.
    ///
    /// ```
    /// # use gridcore::responsibility::{EventProfile, EventRow, EventWindow, Events};
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "north").under("1")])?;
    /// let event = EventRow::new("a", "11").domain("fire").at("reported", 0);
    /// let events = Events::from_rows(&tree, &EventProfile::standard(), [event])?;
    /// let rows = events.report(&EventWindow::as_of(10));
    /// let shown: Vec<_> = rows.iter().map(|row| (row.grid.to_string(), row.domain.is_some(), row.totals.counts.received)).collect();
    /// let row = |grid: &str, domain| (grid.to_owned(), domain, 1);
    /// assert_eq!(shown, [row("1", false), row("1", true), row("11", false), row("11", true)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn report(&self, window: &EventWindow) -> Vec<EventReportRow> {
        let limits = self.limits();
        let mut cells: BTreeMap<_, EventCounts> = BTreeMap::new();
        for event in &*self.list {
            let Some(counts) = self.count(event, &limits, window) else { continue };
            for grid in std::iter::once(event.grid).chain(self.tree.ancestors(event.grid)) {
                cells.entry((grid, None)).or_default().add(&counts);
                if let Some(domain) = &event.domain {
                    cells.entry((grid, Some(domain))).or_default().add(&counts);
                }
            }
        }
        let row = |((grid, domain), counts): ((_, Option<&Domain>), EventCounts)| {
            let totals = EventTotals::from(counts);
            EventReportRow { grid: self.tree.code(grid), domain: domain.cloned(), totals }
        };
        cells.into_iter().map(row).collect()
    }
}
