//! Events in their time, and what alerts ask for.

use gridcore::responsibility::{
    AlertRow, AlertScale, Alerts, EventProfile, EventRow, EventTotals, EventWindow, Events,
};
use gridcore::{GridTree, Interval};
use serde_json::json;

use super::Op;
use super::duty::duty;
use crate::input::{json, wrong};
use crate::{Input, Stop};

pub(super) const OPS: &[(&str, Op)] = &[
    ("events.totals", |input| json(EventTotals::from(events(input)?.totals(&window(input)?)))),
    ("events.report", |input| input.picked(json(events(input)?.report(&window(input)?))?)),
    ("events.breaches", |input| {
        json(events(input)?.breaches(input.get("now")?, input.get::<Option<_>>("within")?.unwrap_or(0)))
    }),
    ("events.escalations", |input| {
        let within = input.get::<Option<_>>("within")?.unwrap_or(0);
        json(events(input)?.escalations(&duty(input)?, input.get("now")?, within)?)
    }),
    ("alert.needs", |input| {
        let (tree, scale) = (input.tree()?, input.get::<AlertScale>("scale")?);
        json(scale.needs(&tree, &input.get::<String>("grid")?, &input.get::<String>("level")?)?)
    }),
    ("alert.delta", |input| {
        let (tree, scale) = (input.tree()?, input.get::<AlertScale>("scale")?);
        let (before, after): (Option<String>, Option<String>) = (input.get("before")?, input.get("after")?);
        json(scale.delta(&tree, &input.get::<String>("grid")?, before.as_deref(), after.as_deref())?)
    }),
    ("alert.steps", |input| {
        let (tree, scale) = (input.tree()?, input.get::<AlertScale>("scale")?);
        let name = scale.name.clone();
        let alerts = Alerts::from_rows(&tree, &[scale], input.get::<Vec<AlertRow>>("alerts")?)?;
        let grid = input.grid(&tree, "grid")?;
        let level = alerts.level(&name, grid, input.get("at")?);
        Ok(json!({ "level": level, "steps": alerts.steps(&name, grid) }))
    }),
];

/// So many events that are alike.
#[derive(serde::Deserialize)]
struct Group {
    count: usize,
    event: EventRow,
}

fn events(input: &Input<'_>) -> Result<Events, Stop> {
    let tree: GridTree = input.tree()?;
    let profile = input.get::<Option<EventProfile>>("profile")?.unwrap_or_else(EventProfile::standard);
    let mut rows = input.get::<Option<Vec<EventRow>>>("events")?.unwrap_or_default();
    for Group { count, event } in input.get::<Option<Vec<Group>>>("groups")?.unwrap_or_default() {
        for _ in 0..count {
            let id = format!("g{}", rows.len());
            rows.push(EventRow { id, ..event.clone() });
        }
    }
    Ok(Events::from_rows(&tree, &profile, rows)?)
}

fn window(input: &Input<'_>) -> Result<EventWindow, Stop> {
    let received = Interval::new(input.get("received_from")?, input.get("received_until")?);
    Ok(EventWindow { now: input.get("now")?, received: received.map_err(wrong)? })
}
