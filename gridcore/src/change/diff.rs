//! Before and after: two states of duties compared row by row.

use std::collections::BTreeMap;

use super::state::plain;
use crate::responsibility::{AssignmentRow, Responsibility, Role};

/// What is different about an assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum DiffKind {
    /// It is there after, not before.
    Added,
    /// It was there before, and is no more.
    Removed,
    /// It is there on both sides with other cells beside its key.
    Changed,
}

/// One difference between two states of duties; a row of a table.
///
/// The key of a row is its party, grid, domain, mode, role and start.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DutyDiffRow {
    /// What is different.
    pub kind: DiffKind,
    /// The row before.
    pub before: Option<AssignmentRow>,
    /// The row after.
    pub after: Option<AssignmentRow>,
}

/// Party, grid, domain, mode, role, start.
type Key = (Option<String>, Option<String>, String, Option<String>, Option<String>, Role, Option<i64>);

fn keyed(duty: &Responsibility) -> BTreeMap<Key, Vec<AssignmentRow>> {
    let mut rows: BTreeMap<Key, Vec<AssignmentRow>> = BTreeMap::new();
    for row in duty.active_tables().assignments {
        let row = plain(&row);
        let role = row.role.as_deref().and_then(Role::of).unwrap_or_default();
        let key = (
            row.person.clone(),
            row.team.clone(),
            row.grid.clone(),
            row.domain.clone(),
            row.mode.clone(),
            role,
            row.from,
        );
        rows.entry(key).or_default().push(row);
    }
    rows
}

/// What is different between two states of duties, with the layers that are on: by party, grid, domain, mode, role and
/// start.
///
/// Rows with one key on both sides are paired in their order; those that are equal are not listed.
///
/// ```
/// use gridcore::change::{DiffKind, diff};
/// use gridcore::responsibility::{AssignmentRow, Responsibility};
/// use gridcore::{GridRow, GridTree};
/// let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
/// let row = AssignmentRow::new("1").person("p-1").from(0);
/// let before = Responsibility::resolve(&tree, [row.clone()])?;
/// let after = Responsibility::resolve(&tree, [row.until(10), AssignmentRow::new("1").person("p-2").from(10)])?;
/// let kinds: Vec<DiffKind> = diff(&before, &after).iter().map(|row| row.kind).collect();
/// assert_eq!(kinds, [DiffKind::Changed, DiffKind::Added]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Complexity
/// O(r log r) time for r rows on both sides.
#[must_use]
pub fn diff(before: &Responsibility, after: &Responsibility) -> Vec<DutyDiffRow> {
    let mut sides: BTreeMap<Key, [Vec<AssignmentRow>; 2]> = BTreeMap::new();
    for (side, duty) in [before, after].into_iter().enumerate() {
        for (key, rows) in keyed(duty) {
            sides.entry(key).or_default()[side] = rows;
        }
    }
    let mut found = Vec::new();
    for [before, after] in sides.into_values() {
        // Equal rows on both sides cancel out first, so that one more of them is one more and no change of another.
        let mut rest = after;
        let mut gone = Vec::new();
        for row in before {
            match rest.iter().position(|other| *other == row) {
                Some(place) => drop(rest.remove(place)),
                None => gone.push(row),
            }
        }
        let (mut gone, mut come) = (gone.into_iter(), rest.into_iter());
        loop {
            let (before, after) = (gone.next(), come.next());
            let kind = match (&before, &after) {
                (None, None) => break,
                (None, Some(_)) => DiffKind::Added,
                (Some(_), None) => DiffKind::Removed,
                (Some(_), Some(_)) => DiffKind::Changed,
            };
            found.push(DutyDiffRow { kind, before, after });
        }
    }
    found
}
