//! Building, saving, editing: a tree comes out, shown as its table.

use gridcore::tree::{Edit, EditMap};
use gridcore::{GridCode, GridIndex, GridTree};
use serde_json::{Map, Value, json};

use super::Op;
use crate::input::json;
use crate::{Answer, Input, Stop};

pub(super) const OPS: &[(&str, Op)] = &[
    ("grid_code", |input| {
        json(
            input
                .get::<String>("text")?
                .parse::<GridCode>()
                .map_err(|_| Stop::Refused { code: "malformed_code".to_owned(), faults: Vec::new() })?,
        )
    }),
    ("tree.from_table", built),
    ("tree.from_columns", built),
    ("tree.from_csv", built),
    ("tree.from_json", built),
    ("tree.from_table_lossy", lossy),
    ("tree.from_csv_lossy", lossy),
    ("tree.to_table", |input| {
        let tree = input.tree()?;
        table_of(&tree, input.grid(&tree, "grid")?)
    }),
    ("tree.extract", |input| {
        let tree = input.tree()?;
        let part = tree.extract(input.grid(&tree, "grid")?);
        table_of(&part, part.root())
    }),
    ("tree.row", |input| {
        let tree = input.tree()?;
        json(tree.to_row(input.grid(&tree, "grid")?))
    }),
    ("tree.to_json", |input| json(input.tree()?.to_json())),
    ("tree.about", |input| {
        let tree = input.tree()?;
        let weights: Vec<_> = tree.weight_names().collect();
        Ok(json!({ "schema": tree.schema(), "code_scheme": tree.scheme(), "weights": weights }))
    }),
    ("tree.edit", |input| {
        let edited = input.tree()?.edit(&input.get::<Vec<Edit>>("edits")?)?;
        let table = table_of(&edited.tree, edited.tree.root())?;
        Ok(json!({ "tree": table, "map": edited.map.changes() }))
    }),
    ("edit_map_then", |input| json(input.get::<EditMap>("first")?.then(&input.get::<EditMap>("later")?))),
];

fn lossy(input: &Input<'_>) -> Answer {
    let lossy = input.lossy()?;
    let faults: Vec<_> = lossy.faults.iter().map(|fault| (fault.row, fault.to_fault().code)).collect();
    let tree = lossy.tree.map(|tree| table_of(&tree, tree.root())).transpose()?;
    Ok(json!({ "tree": tree, "faults": faults, "rejected": json(&lossy.rejected)? }))
}

fn built(input: &Input<'_>) -> Answer {
    let tree = input.tree()?;
    table_of(&tree, tree.root())
}

/// The table of a grid and everything beneath it.
fn table_of(tree: &GridTree, grid: GridIndex) -> Answer {
    let table = tree.subtree_table(grid);
    let mut rows = Vec::with_capacity(table.len());
    let has_footprints = table.footprint.iter().any(|text| text.is_some());
    for row in 0..table.len() {
        let mut record = Map::new();
        let mut put = |name: &str, value: Value| record.insert(name.to_owned(), value);
        put("code", json(table.code.get(row))?);
        put("parent", json(table.parent.get(row))?);
        put("name", json(table.name.get(row))?);
        put("level", json(table.level[row])?);
        put("kind", json(table.kind.get(row))?);
        if has_footprints {
            put("footprint", json(table.footprint.get(row))?);
        }
        for (name, values) in &table.weights {
            put(name, json(values.get(row))?);
        }
        rows.push(Value::Object(record));
    }
    Ok(Value::Array(rows))
}
