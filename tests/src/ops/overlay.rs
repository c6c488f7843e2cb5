//! Fronts over a tree.

use gridcore::{FrontRow, Fronts};
use serde_json::{Value, json};

use super::Op;
use crate::input::{json, wrong};
use crate::{Input, Stop};

pub(super) const OPS: &[(&str, Op)] = &[
    ("fronts.rows", |input| json(fronts(input)?.to_rows())),
    ("fronts.counts", |input| json(fronts(input)?.count_rows())),
    ("fronts.of", |input| {
        let fronts = fronts(input)?;
        let tree = fronts.tree();
        let row = |found: gridcore::tree::InFront<'_>| json!({ "front": found.front.code(), "grid": tree.code(found.from) });
        Ok(fronts.of(input.grid(tree, "grid")?).into_iter().map(row).collect::<Vec<Value>>().into())
    }),
    ("fronts.members", |input| {
        let fronts = fronts(input)?;
        let front = fronts.get(&input.get::<String>("front")?).ok_or_else(|| wrong("no such front"))?;
        json(front.members().iter().map(|&grid| fronts.tree().code(grid)).collect::<Vec<_>>())
    }),
];

fn fronts(input: &Input<'_>) -> Result<Fronts, Stop> {
    Ok(Fronts::from_rows(&input.tree()?, input.get::<Vec<FrontRow>>("fronts")?)?)
}
