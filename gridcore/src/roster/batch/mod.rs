//! A run's kernel over batches of rows, so that an engine that holds the rows in partitions can drive it: rows go where
//! their keys go, each batch is scored alone, and the scored pairs of all batches are those of one call.

mod save;
mod settle;

use std::sync::Arc;

use super::block::{Batch, BatchRow};
use super::compare::Comparisons;
use super::door::{self, Watch};
use super::run::{Inner, Reconciliation, scored};
use super::side::Side;
use super::{ReconcileError, RosterError, RosterSide, RosterTable, weigh};
use crate::control::Control;

pub use save::KernelLoadError;

/// A row under one of its keys (分区键): rows of both sides that share a key belong in the same batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BatchKey {
    /// The row of the table.
    pub row: usize,
    /// The key, below 2⁴⁰: a number that floating-point cells hold exactly.
    ///
    /// It is personal data. A key is a hash without a secret of what its rows share, such as a phone or an identity number:
    /// who has a list of these, or tries them all, finds out which one a key may stand for, and equal keys tell that rows may
    /// be of one person. Keys belong where the rows themselves may be, and not in logs.
    pub key: u64,
}

/// A pair of rows and its weight. Weight and probability may be left out where it is [settled](BatchKernel::settle): it is
/// weighed again there.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BatchPair {
    /// The row of the left table.
    pub left: usize,
    /// The row of the right table.
    pub right: usize,
    /// The weight, log2 of the odds that both are the same person.
    #[serde(default)]
    pub weight: f64,
    /// The probability that both are the same person.
    #[serde(default)]
    pub probability: f64,
}

/// What a run has learnt, frozen: its columns, keys, blocks that are cut, model and tables of frequency.
///
/// An engine asks for the [`keys`](Self::keys) of all rows, sends each row under each of its keys to the bucket of that key,
/// has every bucket [scored](Self::score), and the pairs of all buckets [settled](Self::settle). Any number of buckets leads to
/// the same pairs, each of them once, and to the same answer. Workers get the kernel [as text](Self::to_json).
///
/// ```
/// use gridcore::control::Control;
/// use gridcore::roster::{BatchKernel, BatchPair, RosterCell, RosterSide, RosterTable, Rules, reconcile};
/// fn table<'a>(rows: &'a [(&'a str, &'a str, &'a str)]) -> RosterTable<'a> {
///     RosterTable::new(rows.len())
///         .column("rid", |row| RosterCell::Text(rows[row].0))
///         .column("姓名", |row| RosterCell::Text(rows[row].1))
///         .column("电话", |row| RosterCell::Text(rows[row].2))
/// }
/// let register = [("r-1", "张三", "13800138000"), ("r-2", "李四", "13900139000")];
/// let visits = [("v-1", "張三", "138 0013 8000"), ("v-2", "王五", "")];
/// let (left, right) = (table(&register), table(&visits));
/// let run = reconcile(&left, &right, &Rules::default(), None, &mut Control::free())?;
/// let kernel = BatchKernel::from_json(&run.batch_kernel().to_json())?;
/// assert!(kernel.cut().is_empty());
/// let kernel = kernel.with_cut([]);
/// let (left_keys, right_keys) = (kernel.keys(&left, RosterSide::Left)?, kernel.keys(&right, RosterSide::Right)?);
/// let mut pairs: Vec<BatchPair> = Vec::new();
/// for bucket in 0..2 {
///     let of = |keys: &[_]| keys.iter().copied().filter(|key: &gridcore::roster::BatchKey| key.key % 2 == bucket).collect::<Vec<_>>();
///     // Whole tables with a part of the keys: an engine has parts of the rows as well.
///     pairs.extend(kernel.score((&left, &of(&left_keys)), (&right, &of(&right_keys)), &mut Control::free())?);
/// }
/// let answer = kernel.settle(&left, Some(&right), &pairs, &mut Control::free())?;
/// assert_eq!(answer.matched().collect::<Vec<_>>(), run.matched().collect::<Vec<_>>());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct BatchKernel {
    inner: Arc<Inner>,
    cut: Vec<u64>,
}

impl std::fmt::Debug for BatchKernel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BatchKernel").field("cut", &self.cut.len()).finish_non_exhaustive()
    }
}

impl Reconciliation {
    /// The kernel of this run, to score other rows in batches. The run may be one of a sample; [`BatchKernel`] has an example.
    ///
    /// # Complexity
    ///
    /// O(c) for c keys whose blocks are cut.
    #[must_use]
    pub fn batch_kernel(&self) -> BatchKernel {
        let inner = Arc::clone(&self.inner);
        let by_rule = inner.blocks[0].cut.iter().zip(0_u64..);
        let cut = by_rule.flat_map(|(keys, rule)| keys.iter().map(move |&key| rule << 32 | u64::from(key)));
        let cut = cut.collect();
        BatchKernel { inner, cut }
    }
}

impl BatchKernel {
    /// The keys whose blocks are cut: no pair is sought under them. Ascending.
    ///
    /// # Complexity
    ///
    /// O(1).
    #[must_use]
    pub fn cut(&self) -> &[u64] {
        &self.cut
    }

    /// Cuts these keys instead: those of which the engine has counted too many rows.
    ///
    /// # Complexity
    ///
    /// O(c log c) for c keys.
    #[must_use]
    pub fn with_cut(mut self, keys: impl IntoIterator<Item = u64>) -> Self {
        self.cut = keys.into_iter().collect();
        self.cut.sort_unstable();
        self.cut.dedup();
        self
    }

    /// The side whose columns are known for rows of a side: a deduplication has the left alone.
    fn known_side(&self, side: RosterSide) -> RosterSide {
        if self.inner.single { RosterSide::Left } else { side }
    }

    /// The keys of all rows, by row and then key. In a deduplication the keys are the same on either side.
    ///
    /// # Errors
    ///
    /// [`RosterError`] with every fault of the table; one is a column that the run had and the table has not.
    ///
    /// # Complexity
    ///
    /// O(k·n) for n rows and k blocking keys.
    pub fn keys(&self, table: &RosterTable<'_>, side: RosterSide) -> Result<Vec<BatchKey>, RosterError> {
        let (rows, _) = door::extend(&self.inner.known, &Side::default(), table, self.known_side(side))?;
        let none = Side::default();
        let inner = &*self.inner;
        let all = Comparisons::new(&inner.fields, &rows, &none, inner.tree.as_ref());
        let batch = Batch::new(&inner.fields, &all, &rows, &none, &inner.blocks[0].caps);
        let mut keys: Vec<BatchKey> = batch
            .keys()
            .into_iter()
            .map(|BatchRow { row, key }| BatchKey { row: rows.order[row as usize] as usize, key })
            .collect();
        keys.sort_unstable();
        Ok(keys)
    }

    /// Scores the pairs of a batch: those that share one of the keys given, have it as the first of all keys that they share
    /// and that are not cut, and weigh enough to be looked at. By left row and then right.
    ///
    /// The keys of either side are those of the batch's rows that belong in this bucket, from [`Self::keys`] and renumbered
    /// to the rows of the tables given here; one that names no row is passed over.
    ///
    /// # Errors
    ///
    /// [`ReconcileError`] with every fault of the tables, or when `control` stops the work.
    ///
    /// # Complexity
    ///
    /// O(n + c) for n rows and keys and c pairs that share one.
    pub fn score(
        &self,
        (left, left_keys): (&RosterTable<'_>, &[BatchKey]),
        (right, right_keys): (&RosterTable<'_>, &[BatchKey]),
        control: &mut Control<'_>,
    ) -> Result<Vec<BatchPair>, ReconcileError> {
        let inner = &*self.inner;
        let watch = Watch::new(control);
        let left = door::extend(&inner.known, &Side::default(), &watch.table(left), RosterSide::Left);
        // The right's pools grow from the left's, so that a text has one number.
        let columns = left.as_ref().map_or_else(|_| Vec::new(), |(left, _)| left.columns.clone());
        let like = Side { columns, ..Side::default() };
        let right =
            door::extend(&inner.known, &like, &watch.table(right), self.known_side(RosterSide::Right));
        watch.end()?;
        let ((left, _), (right, _)) = (left?, right?);
        let all = Comparisons::new(&inner.fields, &left, &right, inner.tree.as_ref());
        let batch = Batch::new(&inner.fields, &all, &left, &right, &inner.blocks[0].caps);
        let found = batch.find(&placed(&left, left_keys), &placed(&right, right_keys), &self.cut, control)?;
        let pairs = scored(&found, &inner.model, &inner.rarity, &left, &inner.rules, control)?;
        let mut pairs: Vec<BatchPair> = pairs
            .into_iter()
            .map(|pair| BatchPair {
                left: left.order[pair.left as usize] as usize,
                right: right.order[pair.right as usize] as usize,
                weight: pair.weight,
                probability: weigh::probability(pair.weight),
            })
            .collect();
        pairs.sort_unstable_by_key(|pair| (pair.left, pair.right));
        Ok(pairs)
    }
}

/// Keys by canonical position instead of the table's row.
fn placed(side: &Side, keys: &[BatchKey]) -> Vec<BatchRow> {
    let places = side.places();
    let row = |key: &BatchKey| Some(BatchRow { row: *places.get(key.row)?, key: key.key });
    keys.iter().filter_map(row).collect()
}
