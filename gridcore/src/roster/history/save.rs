//! Save and load: versioned JSON without the rows; whoever loads passes the same tables again.

use std::sync::{Arc, OnceLock};

use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};

use super::decide::content;
use super::load_fault::{RosterLoadError, RosterMismatch, explain};
use super::log::{BrokenLink, BrokenLinkKind, sha256, verify_log};
use super::rows::{ChangeKind, DecisionRow, LogRow};
use super::state::{Change, History};
use crate::GridTree;
use crate::control::Control;
use crate::roster::block::{self, Caps};
use crate::roster::compare::Comparisons;
use crate::roster::door::{ColumnUse, Known, KnownSide};
use crate::roster::outcome::place::Placed;
use crate::roster::pairs::MOST_COMPARISONS;
use crate::roster::run::{self, Asked, Blocking, Blocks, Inner, Reconciliation, SOUGHT};
use crate::roster::settle::{Decisions, Settled};
use crate::roster::side::{Field, Fields, Side};
use crate::roster::weigh::{Rarity, SavedTable, Table};
use crate::roster::{FieldKind, Model, RosterSide, RosterTable, Rules, Settle};
use crate::saved::Envelope;

pub(super) const ENVELOPE: Envelope =
    Envelope::new("gridcore.reconciliation", 1, "reconciliation", "核对结果");

/// One roster that was read.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    rows: usize,
    fingerprint: String,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedField {
    name: String,
    kind: FieldKind,
}

/// What was learnt, and how rows are read: all that the answer hangs on besides rows and decisions.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    single: bool,
    rules: Rules,
    fields: Vec<SavedField>,
    known: Known,
    model: Model,
    within_models: [Model; 2],
    rarity: Vec<SavedTable>,
    caps: [Caps; 3],
}

/// The decisions of one entry of the log.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedDecisions {
    seq: usize,
    pairs: Vec<DecisionRow>,
}

#[derive(Serialize)]
struct Out<'a> {
    format: &'static str,
    version: u64,
    left: Input,
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<Input>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tree: Option<&'a str>,
    columns: &'a [ColumnUse],
    settings: Settings,
    decisions: Vec<SavedDecisions>,
    log: &'a [LogRow],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a saved reconciliation")]
struct In {
    #[serde(rename = "format", deserialize_with = "format")]
    _format: (),
    #[serde(rename = "version", deserialize_with = "version")]
    _version: (),
    left: Input,
    #[serde(default)]
    right: Option<Input>,
    #[serde(default)]
    tree: Option<String>,
    columns: Vec<ColumnUse>,
    settings: Settings,
    decisions: Vec<SavedDecisions>,
    log: Vec<LogRow>,
}

fn format<'de, D: Deserializer<'de>>(field: D) -> Result<(), D::Error> {
    let found = String::deserialize(field)?;
    ENVELOPE.check_format(Some(found)).map_err(|_| D::Error::custom("another format"))
}

fn version<'de, D: Deserializer<'de>>(field: D) -> Result<(), D::Error> {
    let found = u64::deserialize(field)?;
    ENVELOPE.check_version(found).map_err(|_| D::Error::custom("another version"))
}

impl Settings {
    fn of(inner: &Inner) -> Self {
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
}

/// The fingerprint of the settings.
pub(super) fn print_of_settings(inner: &Inner) -> String {
    // Keys are texts and numbers are finite, so that it can be written.
    sha256(serde_json::to_string(&Settings::of(inner)).unwrap_or_default().as_bytes())
}

impl Reconciliation {
    /// The run as JSON: format and version, the fingerprints of both rosters and of the tree, the columns, the rules, the
    /// model, the tables of frequency, the caps of blocks, the decisions and the log, but not the rows.
    ///
    /// Of persons there are the record ids of decisions, and the tables of frequency: for each name, or other value for which
    /// rarity counts, that stands in two rows or more of both sides together, its hash and in how many. Whoever is on both
    /// rosters under one name is so among them, and names are few enough to be tried out one by one against such hashes: the
    /// text tells who tries it whether somebody of a name was there twice. It is to be kept as the rosters are.
    ///
    /// # Complexity
    ///
    /// O(cells) time for the fingerprints, unless the log was asked for before.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "it would panic on a broken invariant only")]
    pub fn to_json(&self) -> String {
        let inner = &*self.inner;
        let input = |side: RosterSide| Input {
            rows: inner.side(side).rows as usize,
            fingerprint: inner.print_of(side as usize).as_ref().to_owned(),
        };
        let decisions = inner.history.changes.iter().enumerate().filter_map(|(seq, change)| match change {
            Change::Decided(pairs) => Some(SavedDecisions { seq, pairs: pairs.to_vec() }),
            _ => None,
        });
        let tree = inner.print_of_tree();
        let out = Out {
            format: ENVELOPE.format,
            version: ENVELOPE.version,
            left: input(RosterSide::Left),
            right: (!inner.single).then(|| input(RosterSide::Right)),
            tree: tree.as_deref(),
            columns: &inner.columns,
            settings: Settings::of(inner),
            decisions: decisions.collect(),
            log: inner.log(),
        };
        serde_json::to_string(&out).expect("keys are texts and numbers are finite")
    }

    /// Loads a run that [`to_json`](Self::to_json) wrote, with the tables of that time, in any order of their rows, and the
    /// tree: fingerprints tell whether they are the same. The answer is the same bit for bit.
    ///
    /// After updates the tables are those that the updates led to. Decisions can be undone further; an update can not, since
    /// the rows of before were not saved.
    ///
    /// # Errors
    ///
    /// [`RosterLoadError`]: the text is no saved run, the log or the decisions were changed, or the tables or the tree are not
    /// those of the run; then with every mismatch.
    ///
    /// # Complexity
    ///
    /// As [`reconcile`](super::super::reconcile), without learning.
    ///
    /// ```
    /// use gridcore::control::Control;
    /// use gridcore::roster::{Reconciliation, RosterCell, RosterTable, Rules, reconcile};
    /// let table = |name| RosterTable::new(1).column("rid", |_| RosterCell::Text("1")).column("姓名", move |_| RosterCell::Text(name));
    /// let (left, right) = (table("李四"), table("李四"));
    /// let answer = reconcile(&left, &right, &Rules::default(), None, &mut Control::free())?;
    /// let json = answer.to_json();
    /// assert!(!json.contains("李四"));
    /// let again = Reconciliation::load(&json, &left, Some(&right), None, &mut Control::free())?;
    /// assert_eq!(again.to_json(), json);
    /// let other = Reconciliation::load(&json, &left, Some(&table("王五")), None, &mut Control::free());
    /// assert!(other.is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn load(
        json: &str,
        left: &RosterTable<'_>,
        right: Option<&RosterTable<'_>>,
        tree: Option<&GridTree>,
        control: &mut Control<'_>,
    ) -> Result<Self, RosterLoadError> {
        let saved: In = ENVELOPE.read(json).map_err(explain)?;
        let (history, columns, settings) = (history(&saved)?, saved.columns, saved.settings);
        let mut inner = start(settings, columns, tree)?;
        inner.history = history;
        let mut mismatches = Vec::new();
        if inner.print_of_tree().as_deref() != saved.tree.as_deref() {
            mismatches.push(RosterMismatch::Tree);
        }
        if right.is_some() == inner.single || saved.right.is_some() == inner.single {
            mismatches.push(RosterMismatch::Rosters);
            return Err(RosterLoadError::Mismatch(mismatches));
        }
        inner.read(left, right).map_err(|error| RosterLoadError::Reconcile(error.into()))?;
        for (side, input) in RosterSide::ALL.into_iter().zip([Some(&saved.left), saved.right.as_ref()]) {
            let Some(input) = input else { continue };
            if *input.fingerprint != *inner.print_of(side as usize) {
                let rows = inner.side(side).rows as usize;
                mismatches.push(RosterMismatch::Rows { side, rows, saved: input.rows });
            }
        }
        if !mismatches.is_empty() {
            return Err(RosterLoadError::Mismatch(mismatches));
        }
        check(&inner)?;
        let standing = inner.decisions_of(&inner.held());
        if inner.log().last().is_none_or(|last| last.fingerprint != inner.fingerprint(&standing)) {
            return Err(RosterLoadError::Mismatch(vec![RosterMismatch::Settings]));
        }
        inner.seek(control).map_err(RosterLoadError::Reconcile)?;
        inner.set_decisions(&standing);
        inner.settle(control).map_err(|stopped| RosterLoadError::Reconcile(stopped.into()))?;
        Ok(Self { inner: Arc::new(inner) })
    }
}

/// The log with its decisions, if neither was changed.
fn history(saved: &In) -> Result<History, RosterLoadError> {
    verify_log(&saved.log).map_err(RosterLoadError::Log)?;
    let first = if saved.settings.single { ChangeKind::Deduplicated } else { ChangeKind::Reconciled };
    let broken = |at| RosterLoadError::Log(BrokenLink { at, kind: BrokenLinkKind::Content });
    if saved.log.first().is_none_or(|entry| entry.what != first) {
        return Err(broken(0));
    }
    let mut changes = vec![Change::Plain; saved.log.len()];
    let mut decisions = saved.decisions.iter();
    for (at, entry) in saved.log.iter().enumerate() {
        changes[at] = match entry.what {
            ChangeKind::Decided => match decisions.next() {
                Some(decided) if decided.seq == at && content(&decided.pairs) == entry.content => {
                    Change::Decided(decided.pairs.clone().into())
                }
                _ => return Err(broken(at)),
            },
            ChangeKind::Updated => Change::Updated(None),
            _ => Change::Plain,
        };
    }
    if decisions.next().is_some() {
        return Err(broken(saved.log.len()));
    }
    Ok(History { log: OnceLock::from(Arc::new(saved.log.clone())), changes, ..History::default() })
}

/// A run without rows.
fn start(
    settings: Settings,
    columns: Vec<ColumnUse>,
    tree: Option<&GridTree>,
) -> Result<Inner, RosterLoadError> {
    let Settings { single, rules, fields, known, model, within_models, rarity, caps } = settings;
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
        return Err(RosterLoadError::Mismatch(vec![RosterMismatch::Settings]));
    }
    let fields = fields.into_iter().map(|field| Field { kind: field.kind, name: field.name }).collect();
    let tables = rarity.iter().map(Table::load).collect();
    Ok(Inner {
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
        tree: tree.cloned(),
        single,
        history: History::default(),
        asked: Asked::default(),
    })
}

/// Whether what was learnt is of the fields that there are.
fn check(inner: &Inner) -> Result<(), RosterLoadError> {
    let second: &Side = if inner.single { &inner.left } else { &inner.right };
    let comparisons = Comparisons::new(&inner.fields, &inner.left, second, inner.tree.as_ref());
    let shape = run::shape(&comparisons);
    for model in [&inner.model, &inner.within_models[0], &inner.within_models[1]] {
        model.fitted(&shape).map_err(|error| RosterLoadError::Reconcile(error.into()))?;
        let alike = model.comparisons.iter().zip(&shape).all(|(own, wanted)| {
            (&own.name, own.kind, own.levels.len()) == (&wanted.name, wanted.kind, wanted.levels.len())
        });
        if !alike || model.comparisons.len() != shape.len() {
            return Err(RosterLoadError::Mismatch(vec![RosterMismatch::Settings]));
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
    if caps && tables { Ok(()) } else { Err(RosterLoadError::Mismatch(vec![RosterMismatch::Settings])) }
}
