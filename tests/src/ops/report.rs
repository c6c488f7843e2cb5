//! What the tree reports: search, roll-ups, spans, supervisors, declared counts.

use std::collections::BTreeMap;

use gridcore::tree::{GridSupervision, How, MeasureValues, RolledValue};
use gridcore::{DeclaredRow, GridTree, Measure, Search, SpanProfile};
use serde_json::{Map, Value, json};

use super::Op;
use crate::input::{json, wrong};
use crate::{Answer, Input, Stop};

pub(super) const OPS: &[(&str, Op)] = &[
    ("tree.search", |input| {
        let tree = input.tree()?;
        let mut search = Search::new(input.get::<String>("text")?);
        if let Some(limit) = input.get("limit")? {
            search = search.limit(limit);
        }
        if let Some(level) = input.get("level")? {
            search = search.level(level);
        }
        if input.value("under").is_some() {
            search = search.under(input.grid(&tree, "under")?);
        }
        json(tree.hit_rows(&tree.search(search)))
    }),
    ("tree.spans", |input| {
        let tree = input.tree()?;
        let profile = input.get::<Option<SpanProfile>>("profile")?.unwrap_or_else(SpanProfile::ics);
        let spans = tree.spans_under(input.grid(&tree, "grid")?, &profile);
        let offenders: Vec<_> = spans.offender_rows().collect();
        Ok(json!({ "profile": spans.profile(), "levels": spans.levels(), "offenders": offenders }))
    }),
    ("tree.supervisors", |input| {
        let tree = input.tree()?;
        let plan = tree.supervisors_under(input.grid(&tree, "grid")?, input.get("bound")?)?;
        let rows: Vec<_> = plan.rows().collect();
        let grid = |plan: &GridSupervision| {
            json!({
                "grid": tree.code(plan.grid()),
                "span": plan.span(),
                "extra": plan.extra(),
                "new_span": plan.new_span(),
                "direct": tree.codes(plan.direct()),
                "certificate": plan.certificate(),
            })
        };
        let grids: Vec<_> = plan.grids().iter().map(grid).collect();
        Ok(json!({ "bound": plan.bound(), "total": plan.total(), "grids": grids, "rows": rows }))
    }),
    ("tree.declared", |input| {
        json(input.tree()?.declared(input.get::<Vec<DeclaredRow>>("declared")?)?.lines())
    }),
    ("tree.rollup", rollup),
    ("tree.total", |input| {
        let (tree, weight) = (input.tree()?, input.get::<String>("weight")?);
        let totals = tree.total(&weight)?;
        Ok(records(&tree, [(weight, totals.into_iter().map(|total| json!(total)).collect())]))
    }),
];

/// A column of numbers of a table of records.
enum Numbers {
    Whole(Vec<Option<i64>>),
    Any(Vec<Option<f64>>),
}

impl Numbers {
    fn read(table: &[Map<String, Value>], name: &str) -> Result<Self, Stop> {
        let values = || table.iter().map(|row| row.get(name).unwrap_or(&Value::Null));
        if !values().all(|value| value.is_number() || value.is_null()) {
            return Err(wrong(format!("{name} is no column of numbers")));
        }
        Ok(if values().all(|value| value.is_i64() || value.is_null()) {
            Self::Whole(values().map(Value::as_i64).collect())
        } else {
            Self::Any(values().map(Value::as_f64).collect())
        })
    }

    fn values(&self) -> MeasureValues<'_> {
        match self {
            Self::Whole(numbers) => MeasureValues::SomeIntegers(numbers),
            Self::Any(numbers) => MeasureValues::SomeFloats(numbers),
        }
    }
}

fn rollup(input: &Input<'_>) -> Answer {
    let tree = input.tree()?;
    let table: Vec<Map<String, Value>> = input.get("table")?;
    let by = input.get::<Option<String>>("by")?.unwrap_or_else(|| "code".to_owned());
    let at = tree.index(table.iter().map(|row| row.get(&by).and_then(Value::as_str).unwrap_or_default()))?;
    let wishes: BTreeMap<String, Value> = input.get("how")?;
    let mut read = Vec::new();
    for (name, wish) in &wishes {
        let (how, weights) = match wish {
            Value::Array(pair) if pair.len() == 2 => (&pair[0], pair[1].as_str()),
            how => (how, None),
        };
        let how: How = serde_json::from_value(how.clone()).map_err(wrong)?;
        let weights = weights.map(|weights| Numbers::read(&table, weights)).transpose()?;
        read.push((name, how, Numbers::read(&table, name)?, weights));
    }
    let measures: Vec<Measure<'_>> = read
        .iter()
        .map(|(name, how, numbers, weights)| {
            let measure = Measure::new(name.as_str(), *how, numbers.values());
            match weights {
                Some(weights) => measure.weighted_by(weights.values()),
                None => measure,
            }
        })
        .collect();
    let rolled = tree.rollup(&at, &measures)?;
    let column = |name: &str| {
        let value = |grid| match rolled.get(name, grid) {
            Some(RolledValue::Integer(value)) => json!(value),
            Some(RolledValue::Float(value)) => json!(value),
            _ => Value::Null,
        };
        (name.to_owned(), tree.indices().map(value).collect::<Vec<_>>())
    };
    Ok(records(&tree, wishes.keys().map(|name| column(name))))
}

/// One record for each grid: its code, and the columns.
fn records(tree: &GridTree, columns: impl IntoIterator<Item = (String, Vec<Value>)>) -> Value {
    let mut rows: Vec<Map<String, Value>> =
        tree.indices().map(|grid| Map::from_iter([("code".to_owned(), json!(tree.code(grid)))])).collect();
    for (name, values) in columns {
        for (row, value) in rows.iter_mut().zip(values) {
            row.insert(name.clone(), value);
        }
    }
    rows.into_iter().map(Value::Object).collect()
}
