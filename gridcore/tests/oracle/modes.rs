//! Who answers while layers are on, looked up row by row; written to be read.
#![allow(dead_code, reason = "each test takes what it needs")]

use gridcore::responsibility::{AssignmentRow, ModeLayer};
use gridcore::{GridIndex, GridTree, Interval};

fn holds(from: Option<i64>, until: Option<i64>, at: i64) -> bool {
    Interval::new(from, until).expect("it is sound").contains(at)
}

fn scope(tree: &GridTree, layer: &ModeLayer) -> GridIndex {
    tree.find(&layer.scope).expect("it is in the tree")
}

/// The layers that cover a grid at a time: the innermost last, of equals the last entered last.
fn covering<'l>(tree: &GridTree, layers: &'l [ModeLayer], grid: GridIndex, at: i64) -> Vec<&'l ModeLayer> {
    let mut found: Vec<&ModeLayer> = layers
        .iter()
        .filter(|layer| holds(layer.from, layer.until, at) && tree.is_ancestor(scope(tree, layer), grid))
        .collect();
    found.sort_by_key(|layer| tree.depth(scope(tree, layer)));
    found
}

pub(crate) fn mode(tree: &GridTree, layers: &[ModeLayer], grid: GridIndex, at: i64) -> Option<String> {
    covering(tree, layers, grid, at).last().map(|layer| layer.mode.clone())
}

/// Who is accountable for a grid in a domain, in the mode in force there or in the one that was asked about.
pub(crate) fn accountable(
    tree: &GridTree,
    base: &[AssignmentRow],
    layers: &[ModeLayer],
    (grid, domain, at): (GridIndex, &str, i64),
    asked: Option<&str>,
) -> Option<String> {
    let mode = asked.map(str::to_owned).or_else(|| mode(tree, layers, grid, at));
    for here in std::iter::once(grid).chain(tree.ancestors(grid)) {
        let code = tree.code(here).to_string();
        // The rows that may answer here, each with the second at which it began to hold.
        let mut rows: Vec<(AssignmentRow, Option<i64>)> =
            base.iter().map(|row| (row.clone(), row.from)).collect();
        let of_mode: Vec<&ModeLayer> = covering(tree, layers, here, at)
            .into_iter()
            .filter(|layer| Some(&layer.mode) == mode.as_ref())
            .collect();
        if let Some(layer) = of_mode.last() {
            // An inner layer of the same mode that has ended lets the outer one in again.
            let since = layers
                .iter()
                .filter(|inner| inner.mode == layer.mode && inner.scope != layer.scope)
                .filter(|inner| {
                    let inner = scope(tree, inner);
                    tree.is_ancestor(scope(tree, layer), inner) && tree.is_ancestor(inner, here)
                })
                .filter_map(|inner| inner.until.filter(|&until| until <= at))
                .max();
            for row in &layer.rows {
                let row = AssignmentRow { mode: Some(layer.mode.clone()), ..row.assignment.clone() };
                let from = row.from.max(layer.from).max(since);
                rows.push((row, from));
            }
        }
        rows.retain(|(row, _)| {
            row.grid == code
                && holds(row.from, row.until, at)
                && (row.domain.is_none() || row.domain.as_deref() == Some(domain))
                && (row.mode.is_none() || row.mode == mode)
        });
        // Mode before domain, then the one that began last, then the first token.
        rows.sort_by(|(a, a_from), (b, b_from)| {
            (a.mode.is_none(), a.domain.is_none())
                .cmp(&(b.mode.is_none(), b.domain.is_none()))
                .then(b_from.cmp(a_from))
                .then(a.person.cmp(&b.person))
        });
        if let Some((row, _)) = rows.first() {
            return row.person.clone();
        }
    }
    None
}
