//! The counts of events, told one event at a time, under the seven standard stages; written to be read.

use gridcore::responsibility::{EventCounts, EventProfile, EventRow};

/// The time of a stage, if it was known by `now`.
fn known(event: &EventRow, stage: &str, now: i64) -> Option<i64> {
    event.times.get(stage).copied().flatten().filter(|&time| time <= now)
}

/// By when the event is to be closed: its own date, or the earliest deadline of the rules that fit it best.
fn closing(profile: &EventProfile, event: &EventRow, now: i64) -> Option<i64> {
    if event.due.is_some() {
        return event.due;
    }
    let mut earliest: Option<i64> = None;
    for stage in &profile.stages {
        let rules: Vec<_> =
            profile.deadlines.iter().filter(|rule| rule.from == stage.id && rule.to == "closed").collect();
        // From the closest fit to the loosest; the first that is there counts.
        let wanted = [
            (event.kind.clone(), event.priority.clone()),
            (event.kind.clone(), None),
            (None, event.priority.clone()),
            (None, None),
        ];
        let rule = wanted.iter().find_map(|(kind, priority)| {
            rules.iter().find(|rule| rule.kind == *kind && rule.priority == *priority)
        });
        if let (Some(rule), Some(start)) = (rule, known(event, &stage.id, now)) {
            let end = start + rule.seconds;
            earliest = Some(earliest.map_or(end, |other| other.min(end)));
        }
    }
    earliest
}

pub(crate) fn counts<'e>(
    profile: &EventProfile,
    events: impl IntoIterator<Item = &'e EventRow>,
    now: i64,
) -> EventCounts {
    let mut total = EventCounts::default();
    for event in events {
        let Some(received) = known(event, "reported", now) else { continue };
        let dropped = event.dropped.is_some_and(|time| time <= now);
        total.received += 1;
        if dropped {
            total.dropped += 1;
        }
        let Some(filed) = known(event, "filed", now) else { continue };
        let closed = known(event, "closed", now);
        let due = closing(profile, event, now);
        let has_fallen_due = due.is_some_and(|due| due <= now);
        total.filed += 1;
        if event.found_by.as_deref() == Some("patrol") {
            total.by_patrol += 1;
            if let Some(complained) = event.complained.filter(|&time| time <= now) {
                total.with_lead += 1;
                total.lead_seconds += complained - received;
            }
        }
        if let Some(occurred) = event.occurred.filter(|&time| time <= now) {
            total.with_delay += 1;
            total.delay_seconds += received - occurred;
        }
        if let Some(closed) = closed {
            total.handled += 1;
            total.handling_seconds += closed - filed;
            if has_fallen_due {
                total.due += 1;
                total.closed += 1;
                if Some(closed) <= due {
                    total.on_time += 1;
                }
            } else {
                total.closed_ahead += 1;
            }
        } else if !dropped {
            total.open += 1;
            if has_fallen_due {
                total.due += 1;
            }
        }
        if due.is_none() && !dropped {
            total.without_deadline += 1;
        }
    }
    total
}
