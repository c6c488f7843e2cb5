//! The same blocks, but rows and keys come from outside.

use super::super::compare::Comparisons;
use super::super::side::{Fields, Side};
use super::candidates::{Candidates, Caps};
use super::rest::Covered;
use super::rule::Blocking;
use super::sort;
use super::stream::{Sorted, Stream};
use crate::control::{Control, Stopped};

/// A row, by canonical position, under a key: the rule above the 32 bits of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BatchRow {
    pub(crate) row: u32,
    pub(crate) key: u64,
}

/// A batch of rows under the keys of an earlier run.
pub(crate) struct Batch<'c> {
    stream: Stream<'c>,
}

impl<'c> Batch<'c> {
    pub(crate) fn new(
        fields: &Fields,
        all: &'c Comparisons,
        left: &'c Side,
        right: &'c Side,
        caps: &Caps,
    ) -> Self {
        Self { stream: Stream::between(all, Blocking::new(fields, all, &caps.telling), left, right) }
    }

    /// The keys of the left rows.
    pub(crate) fn keys(&self) -> Vec<BatchRow> {
        let mut keys = Vec::new();
        let mut entries = Vec::new();
        for (rule, number) in (0..self.stream.blocking.rules.len()).zip(0_u64..) {
            self.stream.left_entries(rule, &mut entries);
            let row = |&entry: &u64| BatchRow { row: entry as u32, key: number << 32 | entry >> 32 };
            keys.extend(entries.iter().map(row));
        }
        keys
    }

    /// Compares the pairs under the keys given that belong to them, but under none of `cut`.
    ///
    /// # Errors
    ///
    /// [`Stopped`] as the control says.
    pub(crate) fn find(
        mut self,
        left: &[BatchRow],
        right: &[BatchRow],
        cut: &[u64],
        control: &mut Control<'_>,
    ) -> Result<Candidates<'c>, Stopped> {
        let count = self.stream.blocking.rules.len();
        let (left, right) = (by_rule(left, count), by_rule(right, count));
        for &key in cut {
            if let Some(cut) = self.stream.cut.get_mut((key >> 32) as usize) {
                cut.push(key as u32);
            }
        }
        self.stream.cut.iter_mut().for_each(|keys| keys.sort_unstable());
        let mut covered = Covered::new(self.stream.left.rows, self.stream.right.rows);
        let mut found = Candidates::none(self.stream, usize::MAX);
        for (rule, (left, right)) in left.into_iter().zip(right).enumerate() {
            control.spend((left.len() + right.len()) as u64, None)?;
            let mut sorted = Sorted::of(left, right);
            found.plan(rule, &sorted, |_| true, &mut covered);
            found.count(rule, &mut sorted, None, control)?;
        }
        Ok(found)
    }
}

/// Rows of each rule, sorted by key.
fn by_rule(rows: &[BatchRow], rules: usize) -> Vec<Vec<sort::Entry>> {
    let mut lists = vec![Vec::new(); rules];
    for row in rows {
        if let Some(list) = lists.get_mut((row.key >> 32) as usize) {
            list.push(sort::entry(row.key as u32, row.row));
        }
    }
    for list in &mut lists {
        list.sort_unstable();
        list.dedup();
    }
    lists
}
