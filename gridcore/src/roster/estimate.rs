//! What a run would cost, before it is made.

use super::block::{self, BlockingRule, CutBlock, Inside, Where};
use super::compare::Comparisons;
use super::door::{self, Watch};
use super::{ColumnUse, ReconcileError, RosterTable, Rules, Settle};
use crate::control::Control;

/// What one blocking key would lead to (预估).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct EstimateRow {
    /// The names of its parts, joined by `+`.
    pub rule: String,
    /// The rows of the left that have it.
    pub left_rows: u64,
    /// The rows of the right that have it; none where there is one roster.
    pub right_rows: u64,
    /// The blocks with rows of both sides.
    pub blocks: u64,
    /// The pairs in those that are compared in full.
    pub pairs: u64,
    /// The blocks that are too large.
    pub cut_blocks: u64,
    /// The pairs in those.
    pub cut_pairs: u64,
}

/// What a run would cost (运行前预估).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RosterEstimate {
    /// What every column would be taken for.
    pub columns: Vec<ColumnUse>,
    /// Rows of the left.
    pub left_rows: u64,
    /// Rows of the right.
    pub right_rows: u64,
    /// The pairs that would be compared at most; one that shares several keys is counted under each.
    pub pairs: u64,
    /// The pairs that the rules allow.
    pub allowed_pairs: u64,
    /// The pairs in blocks that would be cut; those that share another key are compared all the same.
    pub cut_pairs: u64,
    /// The blocking keys, in order.
    pub rules: Vec<EstimateRow>,
    /// The largest blocks that would be cut.
    pub cut: Vec<CutBlock>,
}

/// What [`reconcile`](super::reconcile), or [`deduplicate`](super::deduplicate) where there is one roster, would compare, and
/// what would be cut, without comparing: rows are read and sorted by their keys. Pairs within either of two rosters are not
/// among them; they are few.
///
/// A run sees which pairs share several keys, and has more left for later keys: where blocks are cut it may cut less than is
/// said here. Where none is cut its own [`estimate`](super::Reconciliation::estimate) is the same.
///
/// ```
/// use gridcore::control::Control;
/// use gridcore::roster::{RosterCell, RosterTable, Rules, estimate};
/// let phones = ["13800138000", "13900139000", "13800138000"];
/// let table = RosterTable::new(3).column("电话", |row| RosterCell::Text(phones[row]));
/// let estimate = estimate(&table, Some(&table), &Rules::default(), &mut Control::free())?;
/// let phone = &estimate.rules[0];
/// assert_eq!((phone.rule.as_str(), phone.left_rows, phone.blocks, phone.pairs), ("phone", 3, 2, 5));
/// assert!(estimate.cut.is_empty() && estimate.pairs <= estimate.allowed_pairs);
/// # Ok::<(), gridcore::roster::ReconcileError>(())
/// ```
///
/// # Errors
///
/// As [`reconcile`](super::reconcile), but that a model in the rules is not looked at.
///
/// # Complexity
///
/// O(k·n) time for n rows and k blocking keys, and O(n) space.
pub fn estimate(
    left: &RosterTable<'_>,
    right: Option<&RosterTable<'_>>,
    rules: &Rules,
    control: &mut Control<'_>,
) -> Result<RosterEstimate, ReconcileError> {
    let single = right.is_none();
    let settle = if single { Settle::Clusters } else { rules.settle };
    let rules = Rules { settle, ..rules.clone() };
    let watch = Watch::new(control);
    let (left, right) = (watch.table(left), right.map(|right| watch.table(right)));
    let door = door::read(&left, right.as_ref(), &rules);
    drop((left, right));
    watch.end()?;
    let door = door?;
    let (left, right) = (&door.left, &door.right);
    let (second, which) =
        if single { (left, Where::Inside(left, Inside::All)) } else { (right, Where::Between(left, right)) };
    let comparisons = Comparisons::new(&door.fields, left, second, None);
    let (found, keyed) = block::estimate(&door.fields, &comparisons, which, &rules, control)?;
    let (left_rows, right_rows) = (u64::from(left.rows), u64::from(right.rows));
    let row = |(rule, [left_rows, right_rows]): (&BlockingRule, [u64; 2])| EstimateRow {
        rule: rule.rule.clone(),
        left_rows,
        right_rows,
        blocks: rule.blocks,
        pairs: rule.estimate,
        cut_blocks: rule.cut_blocks,
        cut_pairs: rule.cut_pairs,
    };
    let rows: Vec<EstimateRow> = found.by_rule.iter().zip(keyed).map(row).collect();
    let allowed = (left_rows + right_rows).saturating_mul(rules.most_candidates_per_row.into());
    let cut_pairs = rows.iter().fold(0_u64, |sum, row| sum.saturating_add(row.cut_pairs));
    let (pairs, cut) = (found.estimate, found.cut.clone());
    drop(found);
    Ok(RosterEstimate {
        columns: door.columns,
        left_rows,
        right_rows,
        pairs,
        allowed_pairs: allowed,
        cut_pairs,
        rules: rows,
        cut,
    })
}
