//! Overlapping lists as one roster, with provenance.

mod fault;
mod group;
mod read;
mod report;
mod settle;

use std::fmt;

use super::list::ListError;
use super::{RosterTable, Rules};
use crate::control::Control;
use crate::tree::GridTree;

pub use fault::MergeError;
pub use report::{
    MergeConflict, MergeDoubt, MergeListRow, MergeOverlap, MergedPerson, MergedRoster, MergedSource,
    MergedValue,
};

/// One of several overlapping lists (机关干部, 志愿者, 共青团员, 学校老师): its name and its table.
pub struct SourceList<'a> {
    name: String,
    table: RosterTable<'a>,
}

impl<'a> SourceList<'a> {
    /// A list and what it is called.
    #[must_use]
    pub fn new(name: impl Into<String>, table: RosterTable<'a>) -> Self {
        Self { name: name.into(), table }
    }
}

impl fmt::Debug for SourceList<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SourceList").field("name", &self.name).field("rows", &self.table.rows()).finish()
    }
}

/// How lists are merged.
///
/// ```
/// use gridcore::roster::MergeRules;
/// let rules = MergeRules { keys: vec!["token".to_owned(), "phone".to_owned()], ..MergeRules::default() };
/// assert!(MergeRules::default().keys.is_empty()); // then people are found by all that the lists say of them
/// # drop(rules);
/// ```
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MergeRules {
    /// Columns by which people are told apart, the surest first: a token, an identity number, a phone. If there is none,
    /// the lists are freed of doubles as [`deduplicate`](super::deduplicate) does.
    pub keys: Vec<String>,
    /// What columns are about, by name, in `left`; and all else about freeing lists of doubles.
    pub rules: Rules,
}

/// Merges overlapping lists into one roster: one row for each person, with all rows that they come from, the value kept
/// of each column and from where, and every value that disagrees.
///
/// Columns of the same name are the same. Of several values of a person the first list that has one decides; within a
/// list the value of most of the person's rows, then the first in the order of texts. A list's own numbers of rows never
/// disagree.
///
/// With keys, rows that agree in the first key are one person; then those that agree in the second, unless the first says
/// that they are several; and so on. A key whose people are told apart by a surer one joins nobody, and is listed among
/// the doubts: a family shares a phone. Rows without any key each stay a person of their own. Without keys, everything
/// that the lists say of people is weighed, and doubtful pairs are listed.
///
/// # Errors
/// [`MergeError`] with every fault of every list, or of the reconciliation.
///
/// # Complexity
/// O(c log c) time for c cells, and what [`deduplicate`](super::deduplicate) takes if there are no keys.
///
/// ```
/// use gridcore::control::Control;
/// use gridcore::deployment::{AttendanceRow, PersonTimes, PersonTimesOptions};
/// use gridcore::roster::{MergeRules, RosterCell, RosterTable, SourceList, merge};
/// use gridcore::{GridRow, GridTree};
/// let table = |rows: &'static [(&str, &str)]| {
///     RosterTable::new(rows.len())
///         .column("person", |row| RosterCell::Text(rows[row].0))
///         .column("phone", |row| RosterCell::Text(rows[row].1))
/// };
/// let lists = [
///     SourceList::new("volunteers", table(&[("p-1", "13800138000"), ("p-2", "")])),
///     SourceList::new("teachers", table(&[("p-2", "13900139000"), ("p-1", "13700137000")])),
/// ];
/// let rules = MergeRules { keys: vec!["person".to_owned()], ..MergeRules::default() };
/// let roster = merge(&lists, &rules, None, &mut Control::free())?;
/// assert_eq!(roster.len(), 2);
/// assert_eq!(roster.column("phone").collect::<Vec<_>>(), [Some("13800138000"), Some("13900139000")]);
/// let conflict = roster.conflicts().next().expect("p-1 has two phones");
/// assert_eq!((conflict.kept_list.as_str(), conflict.other_list.as_str()), ("volunteers", "teachers"));
///
/// // Attendance: each person of the roster was there once, on one day.
/// let tree = GridTree::from_rows([GridRow::new("1", "town")])?;
/// let there = roster.column("person").flatten().map(|person| AttendanceRow::of(person).day(19_085).grid("1"));
/// let seen = PersonTimes::count(&tree, there, &PersonTimesOptions::default())?.total;
/// assert_eq!((seen.person_times, seen.known), (2, 2)); // four rows on two lists, two people
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn merge(
    lists: &[SourceList<'_>],
    rules: &MergeRules,
    tree: Option<&GridTree>,
    control: &mut Control<'_>,
) -> Result<MergedRoster, MergeError> {
    let mut faults = Vec::new();
    let sources = read::Sources::new(lists, rules, &mut faults);
    ListError::unless(faults)?;
    let groups = if rules.keys.is_empty() {
        group::by_likeness(&sources, rules, tree, control)?
    } else {
        group::by_keys(&sources, rules)
    };
    Ok(settle::settle(&sources, groups))
}
