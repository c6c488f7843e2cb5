//! What a run has learnt, and how it reads rows, as it is saved.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::log::sha256;
use super::state::History;
use crate::GridTree;
use crate::roster::block::{self, Caps};
use crate::roster::compare::Comparisons;
use crate::roster::door::{ColumnUse, Known, KnownSide};
use crate::roster::outcome::place::Placed;
use crate::roster::pairs::MOST_COMPARISONS;
use crate::roster::run::{self, Asked, Blocking, Blocks, Inner, SOUGHT};
use crate::roster::settle::{Decisions, Settled};
use crate::roster::side::{Field, Fields, Side};
use crate::roster::weigh::{Rarity, SavedTable, Table};
use crate::roster::{FieldKind, Model, ModelError, Rules, Settle};

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SavedField {
    name: String,
    kind: FieldKind,
}

/// What was learnt, and how rows are read: all that the answer hangs on besides rows and decisions.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    pub(super) single: bool,
    rules: Rules,
    fields: Vec<SavedField>,
    known: Known,
    model: Model,
    within_models: [Model; 2],
    rarity: Vec<SavedTable>,
    caps: [Caps; 3],
}

impl Settings {
    pub(crate) fn of(inner: &Inner) -> Self {
        let field = |field: &Field| SavedField { name: field.name.clone(), kind: field.kind };
        Self {
            single: inner.single,
            rules: inner.rules.clone(),
            fields: inner.fields.fields.iter().map(field).collect(),
            known: inner.known.clone(),
            model: inner.model.clone(),
            within_models: inner.within_models.clone(),
            rarity: inner.rarity.tables.iter().map(Table::save).collect(),
            caps: [0, 1, 2].map(|sought: usize| inner.blocks[sought].caps.clone()),
        }
    }

    /// A run without rows; none if the parts don't belong together.
    pub(crate) fn start(self, columns: Vec<ColumnUse>, tree: Option<GridTree>) -> Option<Inner> {
        let Self { single, rules, fields, known, model, within_models, rarity, caps } = self;
        let count = fields.len();
        let sound = |side: &KnownSide, there: bool| {
            let each = side.columns.iter().zip(&fields);
            let columns = |(columns, field): (&Vec<String>, &SavedField)| {
                columns.len() == 1 || columns.len() == 2 && field.kind == FieldKind::Name
            };
            let wanted = if there { count } else { 0 };
            side.columns.len() == wanted && side.habits.len() == wanted && each.into_iter().all(columns)
        };
        let fits = count > 0
            && count <= MOST_COMPARISONS
            && known.kinds.iter().copied().eq(fields.iter().map(|field| field.kind))
            && sound(&known.left, true)
            && sound(&known.right, !single)
            && (!single || rules.settle == Settle::Clusters);
        if !fits {
            return None;
        }
        let fields = fields.into_iter().map(|field| Field { kind: field.kind, name: field.name }).collect();
        let tables = rarity.iter().map(Table::load).collect();
        Some(Inner {
            rules,
            fields: Fields { fields },
            columns,
            notes: Vec::new(),
            repairs: Vec::new(),
            known,
            left: Arc::default(),
            right: Arc::default(),
            model,
            within_models,
            rarity: Arc::new(Rarity { tables }),
            pairs: Arc::default(),
            within: [Arc::default(), Arc::default()],
            blocks: caps.map(|caps| Blocks { caps, cut: Arc::default() }),
            decisions: Decisions::default(),
            settled: Settled::default(),
            placed: Placed::default(),
            blocking: Blocking::default(),
            tree,
            single,
            history: History::default(),
            asked: Asked::default(),
        })
    }
}

/// The fingerprint of the settings, and of what is told of the columns.
pub(super) fn print_of_settings(inner: &Inner) -> String {
    // Keys are texts and numbers are finite, so that it can be written.
    sha256(serde_json::to_string(&(Settings::of(inner), &inner.columns)).unwrap_or_default().as_bytes())
}

/// Whether what was learnt is of the fields that there are.
///
/// # Errors
///
/// A model that does not fit, or else something that does not: nothing is said of it.
pub(crate) fn check(inner: &Inner) -> Result<(), Option<ModelError>> {
    let second: &Side = if inner.single { &inner.left } else { &inner.right };
    let comparisons = Comparisons::new(&inner.fields, &inner.left, second, inner.tree.as_ref());
    let shape = run::shape(&comparisons);
    for model in [&inner.model, &inner.within_models[0], &inner.within_models[1]] {
        model.fitted(&shape).map_err(Some)?;
        let alike = model.comparisons.iter().zip(&shape).all(|(own, wanted)| {
            (&own.name, own.kind, own.levels.len()) == (&wanted.name, wanted.kind, wanted.levels.len())
        });
        if !alike || model.comparisons.len() != shape.len() {
            return Err(None);
        }
    }
    let caps = SOUGHT.into_iter().all(|sought| {
        sought.sides(&inner.rules, inner.single, &inner.left, &inner.right).is_none_or(|which| {
            block::fits(&inner.fields, &comparisons, which, &inner.blocks[sought as usize].caps)
        })
    });
    let tables = inner
        .rarity
        .tables
        .iter()
        .all(|table| table.comparison < shape.len() && table.field < inner.fields.fields.len());
    if caps && tables { Ok(()) } else { Err(None) }
}
