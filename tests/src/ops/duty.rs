//! Who answers for what: questions, audits, modes, changes.

use gridcore::change::{self, Change, ChangeOptions};
use gridcore::responsibility::{
    Ask, AssignmentRow, AuditOptions, DutyTables, ModeLayer, Responsibility, SurgePairing,
};
use gridcore::{GridTree, Interval, samples};
use serde_json::{Map, Value, json};

use super::Op;
use crate::input::{json, wrong};
use crate::{Answer, Input, Stop};

pub(super) const OPS: &[(&str, Op)] = &[
    ("duty.tables", |input| {
        let mut tables = json(duty(input)?.to_tables())?;
        if let Some(tables) = tables.as_object_mut() {
            tables.retain(|_, rows| rows.as_array().is_none_or(|rows| !rows.is_empty()));
        }
        Ok(tables)
    }),
    ("duty.lists", |input| {
        let duty = duty(input)?;
        Ok(json!({
            "domains": duty.domains(), "modes": duty.modes(), "people": duty.people(), "is_timed": duty.is_timed(),
        }))
    }),
    ("duty.accountable", |input| {
        let (ask, domain) = ask(input)?;
        if let Some(Value::Array(_)) = input.value("grid") {
            return json(ask.accountable_column(input.get::<Vec<String>>("grid")?, &domain)?);
        }
        json(ask.accountable(&input.get::<String>("grid")?, &domain)?.to_row())
    }),
    ("duty.supporting", |input| {
        let (ask, domain) = ask(input)?;
        json(ask.supporting(&input.get::<String>("grid")?, &domain)?)
    }),
    ("duty.supervising", |input| {
        let (ask, domain) = ask(input)?;
        json(ask.supervising(&input.get::<String>("grid")?, &domain)?)
    }),
    ("duty.chain", |input| {
        let (ask, domain) = ask(input)?;
        json(ask.chain(&input.get::<String>("grid")?, &domain)?)
    }),
    ("duty.headcount", |input| json(asking(input)?.headcount()?)),
    ("duty.mode_at", |input| json(asking(input)?.mode_at(&input.get::<String>("grid")?)?)),
    ("duty.audit", |input| {
        let mut options = AuditOptions {
            domains: input.get::<Option<_>>("domains")?.unwrap_or_default(),
            modes: input.get::<Option<_>>("modes")?.unwrap_or_default(),
            span: input.get("span")?,
            every_level: input.get::<Option<bool>>("every_level")? == Some(true),
            ..AuditOptions::new()
        };
        let (from, until): (Option<i64>, Option<i64>) = (input.get("from")?, input.get("until")?);
        if from.is_some() || until.is_some() || input.get::<Option<bool>>("always")? == Some(true) {
            options = options.window(Interval::new(from, until).map_err(wrong)?);
        }
        if let Some(at) = input.get("at")? {
            options = options.at(at);
        }
        input.picked(json(duty(input)?.audit(&options)?.rows)?)
    }),
    ("duty.enter_leave", |input| {
        let before = duty(input)?;
        let layers: Vec<Layer> = input.get("layers")?;
        let mut inside = before.clone();
        for layer in &layers {
            inside = layer.enter(&inside)?;
        }
        let told = |duty: &Responsibility| -> Result<Value, Stop> {
            let ask = duty.ask(input.get("at")?, None);
            json(ask.accountable(&input.get::<String>("grid")?, &input.get::<String>("domain")?)?.person())
        };
        let mut after = inside.clone();
        for layer in layers.iter().rev() {
            after = after.leave(&layer.mode, &layer.scope)?;
        }
        Ok(json!({
            "before": told(&before)?, "inside": told(&inside)?, "after": told(&after)?,
            "same_bytes": before.to_json() == after.to_json(), "base_is_same": inside.base() == before,
        }))
    }),
    ("duty.to_json", |input| {
        let duty = duty(input)?;
        let text = duty.to_json();
        let loaded = Responsibility::from_json(duty.tree(), &text)?;
        Ok(json!({ "text": text, "same": loaded == duty }))
    }),
    ("change.apply", |input| {
        let options = ChangeOptions {
            undecided: input.get::<Option<_>>("undecided")?.unwrap_or_default(),
            others: input.get::<Option<_>>("others")?.unwrap_or_default(),
            weight: input.get("weight")?,
        };
        let changed = change::apply(&duty(input)?, &input.get::<Vec<Change>>("changes")?, &options)?;
        let codes: Vec<_> = changed.tree.indices().map(|grid| changed.tree.code(grid)).collect();
        Ok(json!({
            "codes": codes,
            "assignments": changed.duty.active_tables().assignments,
            "ledger": changed.ledger,
            "map": changed.map.changes(),
            "needs_holder": changed.needs_holder,
        }))
    }),
    ("change.diff", |input| {
        let before = duty(input)?;
        let after = Responsibility::resolve(before.tree(), input.get::<Vec<AssignmentRow>>("later")?)?;
        json(change::diff(&before, &after))
    }),
];

/// A mode that is entered, with the pairings of a surge.
#[derive(serde::Deserialize)]
struct Layer {
    mode: String,
    scope: String,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

impl Layer {
    fn enter(&self, duty: &Responsibility) -> Result<Responsibility, Stop> {
        let rest = Input::new(&self.rest);
        let mut layer = ModeLayer::new(&self.mode, &self.scope);
        (layer.from, layer.until) = (rest.get("from")?, rest.get("until")?);
        layer.rows = rest.get::<Option<_>>("rows")?.unwrap_or_default();
        layer.teams = rest.get::<Option<_>>("teams")?.unwrap_or_default();
        let pairings: Vec<Map<String, Value>> = rest.get::<Option<_>>("pairings")?.unwrap_or_default();
        let pairing = |row: &Map<String, Value>| -> Result<SurgePairing, Stop> {
            let row = Input::new(row);
            let pairing = SurgePairing::new(row.get::<String>("unit")?, row.get::<String>("grid")?);
            Ok(match row.get::<Option<String>>("team")? {
                Some(team) => pairing.team(team),
                None => pairing,
            })
        };
        let pairings = pairings.iter().map(pairing).collect::<Result<Vec<_>, Stop>>()?;
        Ok(duty.enter(layer.surge(duty.tree(), pairings))?)
    }
}

/// The duties that a vector asks about.
pub(super) fn duty(input: &Input<'_>) -> Result<Responsibility, Stop> {
    let tree = input.tree()?;
    Ok(Responsibility::from_tables(&tree, &tables(input, &tree)?)?)
}

fn tables(input: &Input<'_>, tree: &GridTree) -> Result<DutyTables, Stop> {
    fn some<T: serde::de::DeserializeOwned>(input: &Input<'_>, name: &str) -> Result<Vec<T>, Stop> {
        Ok(input.get::<Option<_>>(name)?.unwrap_or_default())
    }
    let mut tables = if input.value("city").is_some() {
        samples::zhongshan().duty_tables()
    } else {
        DutyTables {
            assignments: some(input, "assignments")?,
            absences: some(input, "absences")?,
            deputies: some(input, "deputies")?,
            holdings: some(input, "holdings")?,
            rules: some(input, "posts")?,
            teams: some(input, "teams")?,
            people: some(input, "people")?,
            chains: some(input, "chains")?,
        }
    };
    if let Some(position) = input.get::<Option<i64>>("without_holders_of_leaf")? {
        let leaf = tree.leaves(tree.root()).nth(usize::try_from(position).map_err(wrong)?);
        let leaf = tree.code(leaf.ok_or_else(|| wrong("no such leaf"))?).to_string();
        tables.assignments.retain(|row| row.grid != leaf);
    }
    Ok(tables)
}

fn asking(input: &Input<'_>) -> Result<Ask, Stop> {
    let mut duty = duty(input)?;
    for layer in input.get::<Option<Vec<Layer>>>("layers")?.unwrap_or_default() {
        duty = layer.enter(&duty)?;
    }
    Ok(duty.ask(input.get("at")?, input.get("mode")?))
}

fn ask(input: &Input<'_>) -> Result<(Ask, String), Stop> {
    Ok((asking(input)?, input.get("domain")?))
}

/// An answer that is refused in the end: its code, and the sets behind it.
pub(super) fn refused(code: &str, causes: impl serde::Serialize) -> Answer {
    Ok(json!({ "code": code, "causes": json(causes)? }))
}
