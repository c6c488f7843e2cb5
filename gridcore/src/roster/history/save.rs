//! Save and load: versioned JSON without the rows; whoever loads passes the same tables again.

use std::sync::{Arc, OnceLock};

use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};

use super::decide::content;
use super::load_fault::{RosterLoadError, RosterMismatch, explain};
use super::log::{BrokenLink, BrokenLinkKind, verify_log};
use super::rows::{ChangeKind, DecisionRow, LogRow};
use super::settings::{Settings, check};
use super::state::{Change, History};
use crate::GridTree;
use crate::control::Control;
use crate::roster::door::ColumnUse;
use crate::roster::run::Reconciliation;
use crate::roster::{RosterSide, RosterTable};
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

impl Reconciliation {
    /// The run as JSON: format and version, the fingerprints of both rosters and of the tree, the columns, the rules, the
    /// model, the tables of frequency, the caps of blocks, the decisions and the log, but not the rows.
    ///
    /// Of persons there are the record ids of decisions, and the tables of frequency: for each name, or other value for which
    /// rarity counts, that stands in two rows or more of both sides together, its hash and in how many. Whoever is on both
    /// rosters under one name is so among them, and names are few enough to be tried out one by one against such hashes: the
    /// text tells who tries it whether somebody of a name was there twice. It is to be kept as the rosters are. They can't be
    /// left out: later rows would be weighed otherwise. What may be handed on is the [`model`](Self::model), which holds
    /// probabilities of levels alone, and serves other runs as [`Rules::model`](crate::roster::Rules::model).
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
        let other = || RosterLoadError::Mismatch(vec![RosterMismatch::Settings]);
        let mut inner = settings.start(columns, tree.cloned()).ok_or_else(other)?;
        inner.history = history;
        let mut mismatches = Vec::new();
        if inner.print_of_tree().as_deref() != saved.tree.as_deref() {
            mismatches.push(RosterMismatch::Tree);
        }
        if right.is_some() == inner.single || saved.right.is_some() == inner.single {
            mismatches.push(RosterMismatch::Rosters);
            return Err(RosterLoadError::Mismatch(mismatches));
        }
        inner.read(left, right, control).map_err(RosterLoadError::Reconcile)?;
        for (side, input) in RosterSide::ALL.into_iter().zip([Some(&saved.left), saved.right.as_ref()]) {
            let Some(input) = input else { continue };
            let rows = inner.side(side).rows as usize;
            if *input.fingerprint != *inner.print_of(side as usize) {
                mismatches.push(RosterMismatch::Rows { side, rows, saved: input.rows });
            } else if input.rows != rows && !mismatches.contains(&RosterMismatch::Settings) {
                mismatches.push(RosterMismatch::Settings);
            }
        }
        if !mismatches.is_empty() {
            return Err(RosterLoadError::Mismatch(mismatches));
        }
        check(&inner)
            .map_err(|error| error.map_or_else(other, |error| RosterLoadError::Reconcile(error.into())))?;
        let standing = inner.decisions_of(&inner.held());
        if inner.log().last().is_none_or(|last| last.fingerprint != inner.fingerprint(&standing)) {
            return Err(other());
        }
        inner.seek(None, control).map_err(RosterLoadError::Reconcile)?;
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
