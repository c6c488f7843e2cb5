//! Later rows: added, replaced, removed.

use std::fmt;
use std::sync::Arc;

use super::apply::{Applied, apply};
use super::fault::{RosterChangeError, RosterChangeFault, RosterChangeFaultKind as K};
use super::print::Print;
use super::rows::{ChangeKind, Stamp};
use super::splice::Numbering;
use super::state::Change;
use crate::control::Control;
use crate::error::Fault;
use crate::roster::door::Watch;
use crate::roster::run::{Inner, Reconciliation};
use crate::roster::side::Side;
use crate::roster::{RosterError, RosterSide, RosterTable, door};

/// Rows that come later (增量更新): a row whose record id is known replaces that row, another is added.
///
/// ```
/// use gridcore::roster::{RosterCell, RosterTable, Update};
/// let later = RosterTable::new(1).column("rid", |_| RosterCell::Text("v-9"));
/// let update = Update { right: Some(later), remove_left: vec!["r-1".to_owned()], ..Update::default() };
/// assert!(update.left.is_none());
/// ```
#[derive(Default)]
pub struct Update<'l, 'r> {
    /// Rows of the left to add or to replace.
    pub left: Option<RosterTable<'l>>,
    /// Rows of the right to add or to replace.
    pub right: Option<RosterTable<'r>>,
    /// Record ids of the left to remove.
    pub remove_left: Vec<String>,
    /// Record ids of the right to remove.
    pub remove_right: Vec<String>,
}

impl fmt::Debug for Update<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Update")
            .field("left", &self.left.as_ref().map_or(0, RosterTable::rows))
            .field("right", &self.right.as_ref().map_or(0, RosterTable::rows))
            .field("remove_left", &self.remove_left.len())
            .field("remove_right", &self.remove_right.len())
            .finish()
    }
}

impl Reconciliation {
    /// Adds, replaces and removes rows, by record id; the outcome is that of all rows together under what this run has
    /// learnt: the model, the tables of frequency, the columns and the caps of blocks stay as they are.
    ///
    /// Only pairs with a changed row are compared, and those of blocks that a change brought back under their cap. In tables
    /// rows are numbered as the caller's table would be after the same change: a row that replaces another has its number,
    /// the rest closes up where rows went, and rows that are new stand behind, in their own order. Rows without a record id
    /// are refused: nothing would tell which rows they replace.
    ///
    /// ```
    /// use gridcore::control::Control;
    /// use gridcore::roster::{RosterCell, RosterTable, Rules, Stamp, Update, reconcile};
    /// fn table<'a>(rows: &'a [(&'a str, &'a str, &'a str)]) -> RosterTable<'a> {
    ///     RosterTable::new(rows.len())
    ///         .column("rid", |row| RosterCell::Text(rows[row].0))
    ///         .column("姓名", |row| RosterCell::Text(rows[row].1))
    ///         .column("电话", |row| RosterCell::Text(rows[row].2))
    /// }
    /// let register = [("r-1", "张三", "13800138000"), ("r-2", "李四", "13900139000")];
    /// let visits = [("v-1", "张三", "13800138000")];
    /// let answer = reconcile(&table(&register), &table(&visits), &Rules::default(), None, &mut Control::free())?;
    /// assert_eq!(answer.missing().count(), 1);
    /// let late = [("v-2", "李四", "13900139000")];
    /// let update = Update { right: Some(table(&late)), ..Update::default() };
    /// let answer = answer.update(&update, &Stamp::default(), &mut Control::free())?;
    /// assert_eq!((answer.missing().count(), answer.log()[1].added_right), (0, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`RosterChangeError`] with every fault: ids to remove that are unknown, named twice, or given as well; rows that can't
    /// be read; or when `control` stops the work.
    ///
    /// # Complexity
    ///
    /// O(k·n + c) time for k keys, n rows and c pairs with a changed row, besides settling all pairs.
    pub fn update(
        &self,
        update: &Update<'_, '_>,
        stamp: &Stamp,
        control: &mut Control<'_>,
    ) -> Result<Self, RosterChangeError> {
        let inner = &*self.inner;
        if inner.single && (update.right.is_some() || !update.remove_right.is_empty()) {
            return Err(RosterChangeError::one(K::NoRight));
        }
        let watch = Watch::new(control);
        let read = |table: &RosterTable<'_>, side| read_later(inner, &watch.table(table), side);
        let given = [
            update.left.as_ref().map(|table| read(table, RosterSide::Left)),
            update.right.as_ref().map(|table| read(table, RosterSide::Right)),
        ];
        watch.end()?;
        let remove = [&update.remove_left, &update.remove_right];
        let mut faults = Vec::new();
        let mut more = [Side::default(), Side::default()];
        let mut notes = Vec::new();
        let mut unread: Option<RosterError> = None;
        for (more, given) in more.iter_mut().zip(given) {
            match given {
                None => {}
                Some(Ok((rows, of_rows))) => {
                    *more = rows;
                    notes.extend(of_rows);
                }
                Some(Err(error)) => match &mut unread {
                    Some(all) => all.faults.extend(error.faults),
                    None => unread = Some(error),
                },
            }
        }
        let gone = RosterSide::ALL.map(|side| {
            let more = &more[side as usize];
            positions(inner.side(side), more, remove[side as usize], side, &mut faults)
        });
        if let Some(error) = unread {
            return Err(error.into());
        }
        RosterChangeError::unless(faults)?;
        let Applied { mut next, delta, added, replaced } =
            apply(inner, [&gone[0], &gone[1]], [&more[0], &more[1]], &Numbering::Behind, control)?;
        next.notes = notes;
        let standing = inner.decisions_of(&inner.held());
        next.set_decisions(&standing);
        next.settle(control)?;
        let mut entry = next.entry(ChangeKind::Updated, stamp, &standing);
        (entry.added_left, entry.added_right) = (added[0], added[1]);
        (entry.replaced_left, entry.replaced_right) = (replaced[0], replaced[1]);
        (entry.removed_left, entry.removed_right) = (gone[0].len(), gone[1].len());
        // Record ids alone: a hash of the values of one row could be tried out. The fingerprints of both sides hold all rows.
        let mut content = Print::of("gridcore.roster.update 2");
        for side in RosterSide::ALL {
            let given = &more[side as usize];
            content.number(given.rows.into());
            for at in 0..given.rows {
                content.text(given.id(at));
            }
            content.number(gone[side as usize].len() as u64);
            for &position in &gone[side as usize] {
                content.text(inner.side(side).id(position));
            }
        }
        entry.content = content.finish();
        next.record(inner, entry, Change::Updated(Some(Arc::new(delta))));
        Ok(Self { inner: Arc::new(next) })
    }
}

/// The positions of rows to remove, ascending, beside `more` rows that come.
fn positions(
    old: &Side,
    more: &Side,
    ids: &[String],
    side: RosterSide,
    faults: &mut Vec<RosterChangeFault>,
) -> Vec<u32> {
    let mut gone = Vec::with_capacity(ids.len());
    for (at, id) in ids.iter().enumerate() {
        match old.find(id) {
            None => faults.push(RosterChangeFault::at(at, K::UnknownRecord(side))),
            Some(_) if more.find(id).is_some() => {
                faults.push(RosterChangeFault::at(at, K::RemovedAndGiven(side)));
            }
            Some(position) => gone.push((position, at)),
        }
    }
    gone.sort_unstable();
    for two in gone.windows(2).filter(|two| two[0].0 == two[1].0) {
        faults.push(RosterChangeFault::at(two[1].1, K::RemovedTwice(side)));
    }
    let bytes = old.ids.len() as u64 + more.ids.len() as u64;
    if bytes.max(u64::from(old.rows) + u64::from(more.rows)) >= u64::from(u32::MAX) {
        faults.push(RosterChangeFault::whole(K::TooLarge));
    }
    gone.into_iter().map(|(position, _)| position).collect()
}

/// Reads rows of a side that come beside those it has.
fn read_later(
    inner: &Inner,
    table: &RosterTable<'_>,
    side: RosterSide,
) -> Result<(Side, Vec<Fault>), RosterError> {
    door::read_later(&inner.known, &Side::default(), table, side)
}

/// Reads all rows of a side.
pub(super) fn read(
    inner: &Inner,
    table: &RosterTable<'_>,
    side: RosterSide,
) -> Result<(Side, Vec<Fault>), RosterError> {
    door::extend(&inner.known, &Side::default(), table, side)
}
