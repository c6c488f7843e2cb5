//! The flat rows of the history: decisions, and the entries of the log.

use std::fmt;

use crate::PersonId;
use crate::roster::outcome::kinds::names;
use crate::roster::outcome::rows::flat_row;

names! {
    /// What somebody decides about a pair (人工判定).
    Decision {
        /// The two rows are of the same person (同一人).
        Same = "same",
        /// They are of different people (不同人).
        Different = "different",
        /// An earlier decision about them is taken back: the weights decide again (撤销判定).
        Open = "open",
    }
}

flat_row! {
    /// One decision about a pair of rows, by their record ids; in the deduplication of one roster both are of the left.
    DecisionRow {
        /// The record id on the left.
        left: String, veiled;
        /// The record id on the right.
        right: String, veiled;
        /// What is decided.
        decision: Decision, shown;
    }
}

impl DecisionRow {
    /// A decision about a pair.
    ///
    /// ```
    /// use gridcore::roster::{Decision, DecisionRow};
    /// let row = DecisionRow::new("r-1", "v-1", Decision::Same);
    /// assert_eq!(row.decision.id(), "same");
    /// assert!(!format!("{row:?}").contains("r-1"));
    /// ```
    #[must_use]
    pub fn new(left: impl Into<String>, right: impl Into<String>, decision: Decision) -> Self {
        Self { left: left.into(), right: right.into(), decision }
    }
}

flat_row! {
    /// A decision that was made at some time, and whether it still holds.
    StandingDecision {
        /// The entry of the log with which it was made.
        seq: usize, shown;
        /// The record id on the left.
        left: String, veiled;
        /// The record id on the right.
        right: String, veiled;
        /// What was decided.
        decision: Decision, shown;
        /// When, in UTC seconds, if the caller said so.
        at: Option<i64>, shown;
        /// By whom, if the caller said so.
        by: Option<PersonId>, shown;
        /// Whether it holds: it was neither taken back nor decided anew.
        holds: bool, shown;
    }
}

/// When a change is made and by whom, as the caller says: the library has no clock.
///
/// ```
/// use gridcore::roster::Stamp;
/// let stamp = Stamp { at: Some(1_700_000_000), by: Some("p-7".parse()?) };
/// assert_eq!(Stamp::default().at, None);
/// # Ok::<(), gridcore::MalformedCode>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Stamp {
    /// When, in UTC seconds since 1970-01-01.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<i64>,
    /// By whom: a token that says nothing of its own, never a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
}

names! {
    /// What an entry of the log is about (操作).
    ChangeKind {
        /// Two rosters were reconciled (核对).
        Reconciled = "reconciled",
        /// One roster was freed of doubles (查重).
        Deduplicated = "deduplicated",
        /// Pairs were decided (判定).
        Decided = "decided",
        /// Rows were added, replaced or removed (更新).
        Updated = "updated",
        /// The last change that held was taken back (撤销).
        Undone = "undone",
    }
}

/// One entry of the log (审计日志): what was changed, what came of it, and the link to the entry before.
///
/// The log is only ever added to. `hash` is the SHA-256 of the entry's [`text`](Self::text), in which `previous`, the hash of
/// the entry before, stands; so no entry can be changed, left out or put in without all later hashes being wrong. Whoever
/// keeps the last hash in another place can show that the log is whole.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogRow {
    /// The entry's number, from 0.
    pub seq: usize,
    /// What it is about.
    pub what: ChangeKind,
    /// When, in UTC seconds, if the caller said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<i64>,
    /// By whom, if the caller said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonId>,
    /// The entry that was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<usize>,
    /// Pairs decided to be the same.
    pub same: usize,
    /// Pairs decided to be different.
    pub different: usize,
    /// Pairs whose decision was taken back.
    pub open: usize,
    /// Rows added to the left.
    pub added_left: usize,
    /// Rows of the left that were replaced.
    pub replaced_left: usize,
    /// Rows removed from the left.
    pub removed_left: usize,
    /// Rows added to the right.
    pub added_right: usize,
    /// Rows of the right that were replaced.
    pub replaced_right: usize,
    /// Rows removed from the right.
    pub removed_right: usize,
    /// Rows of the left afterwards.
    pub left: usize,
    /// Rows of the right afterwards.
    pub right: usize,
    /// Rows matched afterwards, of both sides.
    pub matched: usize,
    /// Rows of the left that are missing on the right, or kept by a deduplication.
    pub missing: usize,
    /// Rows of the right that are missing on the left.
    pub extra: usize,
    /// Doubles, of both sides.
    pub duplicates: usize,
    /// Rows to be looked at, of both sides.
    pub review: usize,
    /// The SHA-256 of what was changed: the decisions, or the record ids of an update.
    pub content: String,
    /// The SHA-256 of all that the answer hangs on afterwards: both rosters, the tree, the rules, the model, the decisions.
    pub fingerprint: String,
    /// The hash of the entry before; 64 zeros for the first.
    pub previous: String,
    /// The hash of this entry.
    pub hash: String,
}

impl LogRow {
    /// The text whose SHA-256 is the entry's hash: `gridcore.roster.log 1`, then one line `name=value` for each field in the
    /// order in which they are declared, without `hash`; nothing behind `=` where a field is empty. Lines end with `\n`.
    #[must_use]
    pub fn text(&self) -> String {
        use std::fmt::Write as _;
        let mut text = String::from("gridcore.roster.log 1\n");
        let mut line = |name: &str, value: &dyn fmt::Display| {
            // Writing to a text does not fail.
            let _ = writeln!(text, "{name}={value}");
        };
        line("seq", &self.seq);
        line("what", &self.what.id());
        line("at", &self.at.map(|at| at.to_string()).unwrap_or_default());
        line("by", &self.by.as_ref().map_or("", PersonId::as_str));
        line("undoes", &self.undoes.map(|seq| seq.to_string()).unwrap_or_default());
        line("same", &self.same);
        line("different", &self.different);
        line("open", &self.open);
        line("added_left", &self.added_left);
        line("replaced_left", &self.replaced_left);
        line("removed_left", &self.removed_left);
        line("added_right", &self.added_right);
        line("replaced_right", &self.replaced_right);
        line("removed_right", &self.removed_right);
        line("left", &self.left);
        line("right", &self.right);
        line("matched", &self.matched);
        line("missing", &self.missing);
        line("extra", &self.extra);
        line("duplicates", &self.duplicates);
        line("review", &self.review);
        line("content", &self.content);
        line("fingerprint", &self.fingerprint);
        line("previous", &self.previous);
        text
    }
}
