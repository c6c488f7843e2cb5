//! Grids, households and addresses that one side alone has.

use std::sync::Arc;

use super::cell::Table;
use super::fill::{self, Raw, Source};
use super::in_order;
use super::plan::{Column, Pairing};
use super::pool::{Growing, Renumber};
use super::tally::Tally;
use crate::roster::FieldKind as F;
use crate::roster::side::{Field, Pool, Values};

/// The columns of a side that are worth keeping though the other side has nothing like them: the first of each kind.
pub(super) fn columns(columns: &[Column], pairs: &[Pairing]) -> Vec<(F, String)> {
    [F::Grid, F::Household, F::Address]
        .into_iter()
        .filter(|kind| pairs.iter().all(|pair| pair.field.kind != *kind))
        .filter_map(|kind| {
            let own = columns.iter().find(|column| column.kind == Some(kind) && !column.ignored)?;
            Some((kind, own.name.clone()))
        })
        .collect()
}

/// Reads them in canonical order. `like` is what the side has so far: its pools grow, their numbers stay.
pub(super) fn read(
    table: &Table<'_>,
    order: &[u32],
    wanted: &[(F, String)],
    like: &[(Field, Values)],
) -> Vec<(Field, Values)> {
    let mut beside = Vec::new();
    for (kind, name) in wanted {
        let Some(&column) = table.columns.iter().find(|column| column.name() == name.as_str()) else {
            continue;
        };
        let field = Field { kind: *kind, name: name.clone() };
        let before = like.iter().find(|(known, _)| *known == field).and_then(|(_, values)| values.pool());
        let pool = before.map(|pool| Pool::clone(pool)).unwrap_or_default();
        let kept = pool.texts.len();
        let mut pool = Growing::new(pool);
        let mut tally = Tally::default();
        let (raw, _) = fill::read(Source::One(column), *kind, table.rows, &mut pool, None, &mut tally);
        let values = match in_order(raw, order) {
            Raw::Long(addresses) => Values::Address(addresses),
            Raw::Short(mut number) => {
                let mut renumber = Renumber::new(kept, pool.pool.texts.len());
                for number in &mut number {
                    *number = renumber.ask(*number);
                }
                Values::Code { number, pool: Arc::new(renumber.finish(pool.pool)) }
            }
            _ => continue,
        };
        beside.push((field, values));
    }
    beside
}
