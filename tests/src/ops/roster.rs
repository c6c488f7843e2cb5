//! Rosters: reconciled, explained, changed; staff, merged lists, ledgers, tokens.

use gridcore::GridTree;
use gridcore::control::Control;
use gridcore::roster::{
    ByGrid, DecisionRow, EligibilityRow, FieldKind, Ledger, LedgerNumber, LedgerRule, Masking, MergeRules,
    Model, Reconciliation, RosterCell, RosterSide, RosterTable, Rules, SourceList, StaffRow, StaffRules,
    Stamp, TokenAlgorithm, TokenKey, Update, deduplicate, merge, reconcile, staff_diff, verify_log,
};
use serde_json::{Map, Value, json};

use super::Op;
use crate::input::{json as out, wrong};
use crate::{Answer, Input, Stop};

pub(super) const OPS: &[(&str, Op)] = &[
    ("roster.reconcile", |input| told(input, &run(input)?)),
    ("roster.by", |input| {
        let by = match input.value("by") {
            Some(Value::Number(level)) => {
                ByGrid::Level(level.as_u64().and_then(|level| u8::try_from(level).ok()).unwrap_or(u8::MAX))
            }
            Some(Value::String(all)) if all == "all" => ByGrid::All,
            _ => ByGrid::Named,
        };
        input.picked(out(run(input)?.by(by, None))?)
    }),
    ("roster.explain", |input| {
        let (answer, pair) = (run(input)?, input.get::<[String; 2]>("pair")?);
        let shown = input.get::<Option<bool>>("shown")? == Some(true);
        let masking = if shown { Masking::Shown } else { Masking::Masked };
        let found = answer.explain(&pair[0], &pair[1], masking).ok_or_else(|| wrong("no such pair"))?;
        let sentences = languages().map(|lang| found.sentence(lang));
        let hashes = languages().map(|lang| super::map::fnv1a(&found.waterfall(lang)));
        Ok(json!({ "found": found, "sentences": sentences, "waterfalls": hashes }))
    }),
    ("roster.explain_row", |input| {
        let side = input.get::<RosterSide>("side")?;
        let found = run(input)?.explain_row(side, &input.get::<String>("id")?);
        let found = found.ok_or_else(|| wrong("no such row"))?;
        Ok(json!({ "sentences": languages().map(|lang| found.sentence(lang)), "found": found }))
    }),
    ("roster.history", history),
    ("roster.model", |input| {
        let model = Model::from_splink(&input.get::<Value>("splink")?.to_string())?;
        let levels = input.get::<Option<Vec<Vec<usize>>>>("levels")?.unwrap_or_default();
        let weights: Vec<Option<f64>> = levels.iter().map(|levels| model.weight(levels)).collect();
        let splink: Value = serde_json::from_str(&model.to_splink()).map_err(wrong)?;
        Ok(json!({ "weights": weights, "splink": splink, "model": model }))
    }),
    ("roster.staff_diff", |input| {
        let rules = input.get::<Option<StaffRules>>("rules")?.unwrap_or_default();
        let (old, new): (Vec<StaffRow>, Vec<StaffRow>) = (input.get("old")?, input.get("new")?);
        out(staff_diff(old, new, &input.tree()?, &rules)?)
    }),
    ("roster.ledger", |input| {
        let rule = input.get::<Option<LedgerRule>>("rule")?.unwrap_or_default();
        let ledger = Ledger::read(input.get::<Vec<EligibilityRow>>("ledger")?, &input.tree()?, rule)?;
        let behind = ledger.behind(&input.get::<String>("grid")?, input.get::<LedgerNumber>("number")?)?;
        let published = ledger.published(input.get("min_cell")?);
        Ok(
            json!({ "total": ledger.total(), "by_grid": ledger.by_grid(), "behind": behind, "published": published }),
        )
    }),
    ("roster.merge", |input| {
        let names: Vec<String> = input.get("names")?;
        let held: Vec<Records> = input.get("lists")?;
        let lists: Vec<SourceList<'_>> =
            names.iter().zip(&held).map(|(name, list)| SourceList::new(name, list.table())).collect();
        let keys = input.get::<Option<Vec<String>>>("keys")?.unwrap_or_default();
        let rules = MergeRules { keys, ..MergeRules::default() };
        let merged = merge(&lists, &rules, tree(input)?.as_ref(), &mut Control::free())?;
        Ok(json!({
            "people": merged.people().collect::<Vec<_>>(),
            "sources": merged.sources().collect::<Vec<_>>(),
            "values": merged.values().collect::<Vec<_>>(),
            "conflicts": merged.conflicts().collect::<Vec<_>>(),
            "doubts": merged.doubts(),
            "without_key": merged.without_key().collect::<Vec<_>>(),
            "by_list": merged.by_list(),
            "overlaps": merged.overlaps(),
        }))
    }),
    ("roster.tokens", |input| {
        let key = TokenKey::new(input.get::<String>("key")?.as_bytes())?;
        let algorithm = input.get::<Option<TokenAlgorithm>>("algorithm")?.unwrap_or_default();
        let column: Vec<Value> = input.get("column")?;
        let found = key.tokenize_column(column.iter().map(cell), input.get::<FieldKind>("kind")?, algorithm);
        let mut found = out(found)?;
        found["check_value"] = json!(key.check_value());
        Ok(found)
    }),
];

fn languages() -> [gridcore::Lang; 2] {
    [gridcore::Lang::En, gridcore::Lang::Zh]
}

/// A roster as records.
#[derive(serde::Deserialize)]
struct Records(Vec<Map<String, Value>>);

impl Records {
    /// Columns in the order in which keys first occur.
    fn table(&self) -> RosterTable<'_> {
        let mut names: Vec<&str> = Vec::new();
        for name in self.0.iter().flat_map(Map::keys) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names.into_iter().fold(RosterTable::new(self.0.len()), |table, name| {
            table.column(name, |row| self.0[row].get(name).map_or(RosterCell::Missing, cell))
        })
    }
}

fn cell(value: &Value) -> RosterCell<'_> {
    match value {
        Value::Null => RosterCell::Missing,
        Value::String(text) => RosterCell::Text(text),
        Value::Bool(flag) => RosterCell::Text(if *flag { "true" } else { "false" }),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => RosterCell::Integer(whole),
            None => RosterCell::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Value::Array(_) | Value::Object(_) => RosterCell::Other("list"),
    }
}

/// The tree, if the vector has one.
fn tree(input: &Input<'_>) -> Result<Option<GridTree>, Stop> {
    let there = input.value("rows").is_some() || input.value("city").is_some();
    there.then(|| input.tree()).transpose()
}

fn run(input: &Input<'_>) -> Result<Reconciliation, Stop> {
    let (left, right): (Records, Option<Records>) = (input.get("left")?, input.get("right")?);
    let rules = input.get::<Option<Rules>>("rules")?.unwrap_or_default();
    let tree = tree(input)?;
    let mut control = Control::free();
    Ok(match &right {
        Some(right) => reconcile(&left.table(), &right.table(), &rules, tree.as_ref(), &mut control)?,
        None => deduplicate(&left.table(), &rules, tree.as_ref(), &mut control)?,
    })
}

/// The tables that the vector asks for.
fn told(input: &Input<'_>, answer: &Reconciliation) -> Answer {
    let mut found = Map::new();
    for name in input.get::<Vec<String>>("ask")? {
        let table = match name.as_str() {
            "matched" => out(answer.matched().collect::<Vec<_>>())?,
            "missing" => out(answer.missing().collect::<Vec<_>>())?,
            "extra" => out(answer.extra().collect::<Vec<_>>())?,
            "duplicates" => out(answer.duplicates().collect::<Vec<_>>())?,
            "review" => out(answer.review().collect::<Vec<_>>())?,
            "conflicts" => out(answer.conflicts().collect::<Vec<_>>())?,
            "moved" => out(answer.moved().collect::<Vec<_>>())?,
            "households" => out(answer.households().collect::<Vec<_>>())?,
            "clusters" => out(answer.clusters().collect::<Vec<_>>())?,
            "counts" => out(answer.counts())?,
            "columns" => out(answer.columns())?,
            "model" => out(answer.model())?,
            "log" => out(answer.log())?,
            "decisions" => out(answer.decisions())?,
            "states" => json!(RosterSide::ALL.map(|side| answer.states(side))),
            _ => return Err(wrong("no such table")),
        };
        found.insert(name, table);
    }
    Ok(Value::Object(found))
}

/// One change of a run.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Change {
    decide: Vec<DecisionRow>,
    left: Option<Records>,
    right: Option<Records>,
    remove_left: Vec<String>,
    remove_right: Vec<String>,
    undo: bool,
    at: Option<i64>,
    by: Option<gridcore::PersonId>,
}

/// A run, changed step by step; saved and loaded with the tables of the beginning if no step was an update.
fn history(input: &Input<'_>) -> Answer {
    let mut answer = run(input)?;
    let steps: Vec<Change> = input.get("steps")?;
    let updated = steps.iter().any(|step| step.decide.is_empty() && !step.undo);
    for step in &steps {
        let stamp = Stamp { at: step.at, by: step.by.clone() };
        let mut control = Control::free();
        answer = if step.undo {
            answer.undo(&stamp, &mut control)?
        } else if step.decide.is_empty() {
            let update = Update {
                left: step.left.as_ref().map(Records::table),
                right: step.right.as_ref().map(Records::table),
                remove_left: step.remove_left.clone(),
                remove_right: step.remove_right.clone(),
            };
            answer.update(&update, &stamp, &mut control)?
        } else {
            answer.decide(&step.decide, &stamp, &mut control)?
        };
    }
    verify_log(answer.log())?;
    let mut found = told(input, &answer)?;
    if !updated {
        let (left, right): (Records, Option<Records>) = (input.get("left")?, input.get("right")?);
        let (json, right) = (answer.to_json(), right.as_ref().map(Records::table));
        let tree = tree(input)?;
        let again =
            Reconciliation::load(&json, &left.table(), right.as_ref(), tree.as_ref(), &mut Control::free())?;
        found["saved"] = json!(again.to_json() == json);
    }
    Ok(found)
}
