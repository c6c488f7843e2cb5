//! The outcome as lists of flat rows.

use super::ids::{cluster_id, link_id};
use super::place::{State, scored};
use super::tier::Tiers;
use super::{
    ClusterRow, CountRow, DuplicateRow, MatchRow, MissReason, ReviewRow, RowState, Tier, UnmatchedRow,
};
use crate::roster::normal::hash;
use crate::roster::run::{Inner, Reconciliation};
use crate::roster::side::Side;
use crate::roster::weigh::probability;
use crate::roster::{FieldKind, RosterSide};

impl State {
    /// The state of a row that stands on this side.
    pub(crate) fn shown(self, side: RosterSide, single: bool) -> RowState {
        match (self, side) {
            (Self::Matched(_), _) => RowState::Matched,
            (Self::Duplicate { .. }, _) => RowState::Duplicate,
            (Self::Review(_), _) => RowState::Review,
            (Self::Alone, _) if single => RowState::Kept,
            (Self::Alone, RosterSide::Left) => RowState::Missing,
            (Self::Alone, RosterSide::Right) => RowState::Extra,
        }
    }
}

impl Inner {
    pub(crate) fn states(&self, side: RosterSide) -> &[State] {
        &self.placed.states[side as usize]
    }

    pub(crate) fn state(&self, side: RosterSide, at: u32) -> RowState {
        self.states(side)[at as usize].shown(side, self.single)
    }

    /// The side of the second row of a pair.
    pub(crate) fn second(&self) -> RosterSide {
        if self.single { RosterSide::Left } else { RosterSide::Right }
    }

    /// The record id of a row, and the row in its table.
    pub(crate) fn named(&self, side: RosterSide, at: u32) -> (String, usize) {
        let side = self.side(side);
        (side.id(at).to_owned(), side.row(at))
    }
}

impl Side {
    /// The canonical position of a record id.
    pub(crate) fn find(&self, id: &str) -> Option<u32> {
        let wanted = (hash::of_text(id), id);
        let key = |at: u32| {
            let own = self.id(at);
            (hash::of_text(own), own)
        };
        let (mut start, mut end) = (0, self.rows);
        while start < end {
            let middle = start + (end - start) / 2;
            match key(middle).cmp(&wanted) {
                std::cmp::Ordering::Less => start = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => end = middle,
            }
        }
        None
    }

    /// The table's row at a canonical position.
    pub(crate) fn row(&self, at: u32) -> usize {
        self.order[at as usize] as usize
    }
}

/// The strongest likely pair of each row of a side; ties go to the smaller position.
fn nearest(inner: &Inner, side: RosterSide) -> Vec<Option<(u32, f64)>> {
    let mut nearest: Vec<Option<(u32, f64)>> = vec![None; inner.side(side).rows as usize];
    let mut take = |at: u32, other: u32, weight: f64| {
        let best = &mut nearest[at as usize];
        if best.is_none_or(|(with, most)| weight > most || (weight.total_cmp(&most).is_eq() && other < with))
        {
            *best = Some((other, weight));
        }
    };
    for pair in inner.pairs.iter() {
        match (side, inner.single) {
            (_, true) => {
                take(pair.left, pair.right, pair.weight);
                take(pair.right, pair.left, pair.weight);
            }
            (RosterSide::Left, false) => take(pair.left, pair.right, pair.weight),
            (RosterSide::Right, false) => take(pair.right, pair.left, pair.weight),
        }
    }
    nearest
}

impl Inner {
    /// Why a row stands alone that has these likely pairs: the other row and the weight.
    pub(crate) fn miss_reason(
        &self,
        side: RosterSide,
        at: u32,
        pairs: impl Iterator<Item = (u32, f64)>,
    ) -> MissReason {
        let uncompared = self.blocking.uncompared[side as usize].binary_search(&at).is_ok();
        let mut reason = if uncompared { MissReason::NotCompared } else { MissReason::NoCandidate };
        for (other, weight) in pairs {
            let (left, right) = if side == RosterSide::Left { (at, other) } else { (other, at) };
            reason = match reason {
                _ if probability(weight) < self.rules.review_at => reason.max(MissReason::TooUnlike),
                _ if !self.decisions.differ(left, right) => MissReason::Taken,
                MissReason::Taken => MissReason::Taken,
                _ => MissReason::Decided,
            };
        }
        reason
    }

    fn unmatched(&self, side: RosterSide) -> impl Iterator<Item = UnmatchedRow> + '_ {
        let nearest = nearest(self, side);
        let grids = self.codes(side, FieldKind::Grid);
        let households = self.codes(side, FieldKind::Household);
        let alone = self.states(side).iter().zip(0..).filter(|(state, _)| matches!(state, State::Alone));
        alone.map(move |(_, at)| {
            let (id, row) = self.named(side, at);
            let near = nearest[at as usize];
            let (nearest, nearest_row) = near.map(|(other, _)| self.named(side.other(), other)).unzip();
            UnmatchedRow {
                id,
                row,
                grid: grids.owned(at),
                household: households.owned(at),
                reason: self.miss_reason(side, at, near.into_iter()),
                nearest,
                nearest_row,
                probability: near.map(|(_, weight)| probability(weight)),
            }
        })
    }

    /// The row that stands for a row on its own side.
    pub(crate) fn stands_for(&self, side: RosterSide, at: u32) -> u32 {
        match self.states(side)[at as usize] {
            State::Duplicate { of, .. } => of,
            _ => at,
        }
    }

    /// The row that a row's whole cluster is named by.
    fn head(&self, side: RosterSide, at: u32) -> (RosterSide, u32) {
        let at = self.stands_for(side, at);
        match (side, self.states(side)[at as usize]) {
            (RosterSide::Right, State::Matched(left)) => (RosterSide::Left, left),
            _ => (side, at),
        }
    }

    fn cluster(&self, side: RosterSide, at: u32) -> String {
        let (side, at) = self.head(side, at);
        cluster_id(side, self.side(side).id(at))
    }
}

impl Reconciliation {
    /// What came of each row of a table, by its rows.
    ///
    /// # Complexity
    /// O(n) time and space.
    #[must_use]
    pub fn states(&self, side: RosterSide) -> Vec<RowState> {
        let inner = &*self.inner;
        let mut shown = vec![RowState::Kept; inner.states(side).len()];
        for (state, &row) in inner.states(side).iter().zip(&inner.side(side).order) {
            shown[row as usize] = state.shown(side, inner.single);
        }
        shown
    }

    /// The pairs of rows that are the same person (一致), in the order of their record ids' hashes, each with the
    /// [`Tier`](super::Tier) of what agrees.
    ///
    /// ```
    /// use gridcore::control::Control;
    /// use gridcore::roster::{RosterCell, RosterSide, RosterTable, RowState, Rules, Tier, reconcile};
    /// fn table<'a>(rows: &'a [[&'a str; 4]]) -> RosterTable<'a> {
    ///     let mut table = RosterTable::new(rows.len());
    ///     for (place, name) in ["rid", "姓名", "电话", "网格"].into_iter().enumerate() {
    ///         table = table.column(name, move |row| RosterCell::Text(rows[row][place]));
    ///     }
    ///     table
    /// }
    /// let register = [
    ///     ["r-1", "张三", "13800138000", "442000001"],
    ///     ["r-2", "李四", "13900139000", "442000001"],
    ///     ["r-3", "赵六", "13700137000", "442000002"],
    /// ];
    /// let visits = [
    ///     ["v-1", "張三", "138 0013 8000", "442000002"],
    ///     ["v-2", "李四", "13900139000", "442000001"],
    ///     ["v-3", "王五", "13500135000", "442000002"],
    /// ];
    /// let answer = reconcile(&table(&register), &table(&visits), &Rules::default(), None, &mut Control::free())?;
    /// let tiers: Vec<_> = answer.matched().map(|row| (row.left_row, row.right_row, row.tier)).collect();
    /// assert!(tiers.contains(&(0, 0, Tier::PhoneName)) && tiers.contains(&(1, 1, Tier::PhoneName)));
    /// assert_eq!(answer.missing().map(|row| row.id).collect::<Vec<_>>(), ["r-3"]);
    /// assert_eq!(answer.extra().map(|row| row.id).collect::<Vec<_>>(), ["v-3"]);
    /// assert_eq!((answer.duplicates().count(), answer.review().len()), (0, 0));
    /// assert_eq!(answer.conflicts().map(|row| row.field).collect::<Vec<_>>(), ["网格"]);
    /// assert_eq!(answer.moved().map(|row| row.left).collect::<Vec<_>>(), ["r-1"]);
    /// let count = |of| answer.counts().iter().find(|row| (row.side, row.state) == of).map(|row| row.rows);
    /// assert_eq!(count((RosterSide::Left, RowState::Matched)), Some(2));
    /// assert_eq!(answer.report().left_rows, 3);
    /// assert_eq!(answer.columns()[1].column, "姓名");
    /// assert!(answer.notes().is_empty() && answer.cut().is_empty());
    /// assert_eq!(answer.gap(), Some(0.0)); // the best choice of pairs
    /// # Ok::<(), gridcore::roster::ReconcileError>(())
    /// ```
    ///
    /// # Complexity
    /// O(log p) for each row, p being the pairs that were kept.
    #[must_use]
    pub fn matched(&self) -> impl ExactSizeIterator<Item = MatchRow> + '_ {
        let inner = &*self.inner;
        let tiers = Tiers::new(&inner.model);
        let grids = RosterSide::ALL.map(|side| inner.codes(side, FieldKind::Grid));
        inner.placed.links.iter().map(move |link| {
            let (left, left_row) = inner.named(RosterSide::Left, link.left);
            let (right, right_row) = inner.named(RosterSide::Right, link.right);
            let pair = scored(&inner.pairs, link.left, link.right);
            let tier = match pair {
                _ if link.decided => Tier::Decided,
                Some(pair) => tiers.of(pair.levels),
                None => Tier::Probable,
            };
            MatchRow {
                link: link_id(&left, &right),
                left,
                right,
                left_row,
                right_row,
                weight: link.weight,
                probability: probability(link.weight),
                tier,
                left_grid: grids[0].owned(link.left),
                right_grid: grids[1].owned(link.right),
            }
        })
    }

    /// The rows of the left without a counterpart (漏登), each with the row that came nearest;
    /// [`matched`](Self::matched) has an example of all lists.
    ///
    /// # Complexity
    /// O(n + p) before the first row, for n rows and p pairs that were kept.
    pub fn missing(&self) -> impl Iterator<Item = UnmatchedRow> + '_ {
        // In a deduplication rows without a counterpart are kept, not missed.
        let side = RosterSide::Left;
        (!self.inner.single).then(|| self.inner.unmatched(side)).into_iter().flatten()
    }

    /// The rows of the right without a counterpart (多出), each with the row that came nearest.
    ///
    /// # Complexity
    /// As [`missing`](Self::missing).
    pub fn extra(&self) -> impl Iterator<Item = UnmatchedRow> + '_ {
        (!self.inner.single).then(|| self.inner.unmatched(RosterSide::Right)).into_iter().flatten()
    }

    /// The rows that double another of their side (重复), each with the row that stands for both.
    ///
    /// # Complexity
    /// O(n) for all of n rows; no space beside them.
    pub fn duplicates(&self) -> impl Iterator<Item = DuplicateRow> + '_ {
        let inner = &*self.inner;
        RosterSide::ALL.into_iter().flat_map(move |side| {
            let grids = inner.codes(side, FieldKind::Grid);
            inner.states(side).iter().zip(0..).filter_map(move |(state, at)| {
                let State::Duplicate { of, reason } = *state else { return None };
                let (id, row) = inner.named(side, at);
                let (of_id, of_row) = inner.named(side, of);
                let cluster = inner.cluster(side, at);
                Some(DuplicateRow {
                    side,
                    id,
                    row,
                    of: of_id,
                    of_row,
                    grid: grids.owned(at),
                    reason,
                    cluster,
                })
            })
        })
    }

    /// The pairs that somebody has to look at (待核): each row under review with the likeliest of its counterparts.
    ///
    /// # Complexity
    /// O(1) for each row.
    #[must_use]
    pub fn review(&self) -> impl ExactSizeIterator<Item = ReviewRow> + '_ {
        let inner = &*self.inner;
        let (left_side, right_side) = (RosterSide::Left, inner.second());
        let grids = [left_side, right_side].map(|side| inner.codes(side, FieldKind::Grid));
        inner.placed.doubts.iter().map(move |doubt| {
            let link = doubt.link;
            let (left, left_row) = inner.named(left_side, link.left);
            let (right, right_row) = inner.named(right_side, link.right);
            ReviewRow {
                link: link_id(&left, &right),
                left_side,
                right_side,
                left,
                right,
                left_row,
                right_row,
                weight: link.weight,
                probability: probability(link.weight),
                reason: doubt.reason,
                left_grid: grids[0].owned(link.left),
                right_grid: grids[1].owned(link.right),
            }
        })
    }

    /// Every row in the cluster of its person: counterparts and doubles together.
    ///
    /// # Complexity
    /// O(n) time and space before the first row.
    pub fn clusters(&self) -> impl Iterator<Item = ClusterRow> + '_ {
        let inner = &*self.inner;
        let mut sizes = [&inner.left, &inner.right].map(|side| vec![0_usize; side.rows as usize]);
        for side in RosterSide::ALL {
            for at in 0..inner.states(side).len() as u32 {
                let (of, head) = inner.head(side, at);
                sizes[of as usize][head as usize] += 1;
            }
        }
        RosterSide::ALL.into_iter().flat_map(move |side| {
            let sizes = sizes.clone();
            (0..inner.states(side).len() as u32).map(move |at| {
                let (id, row) = inner.named(side, at);
                let (of, head) = inner.head(side, at);
                ClusterRow {
                    cluster: inner.cluster(side, at),
                    side,
                    id,
                    row,
                    canonical: inner.stands_for(side, at) == at,
                    size: sizes[of as usize][head as usize],
                }
            })
        })
    }

    /// How many rows of each side came to each state (平衡表): every row is counted once.
    ///
    /// # Complexity
    /// O(n) for n rows.
    #[must_use]
    pub fn counts(&self) -> Vec<CountRow> {
        let inner = &*self.inner;
        let mut rows = Vec::new();
        for side in RosterSide::ALL {
            for &state in RowState::ALL {
                let count =
                    inner.states(side).iter().filter(|other| other.shown(side, inner.single) == state);
                let rows_of_state = count.count();
                let stands_alone = State::Alone.shown(side, inner.single);
                // A state that cannot be on this side has no line.
                let possible = match state {
                    RowState::Missing | RowState::Extra | RowState::Kept => state == stands_alone,
                    RowState::Matched => !inner.single,
                    RowState::Duplicate | RowState::Review => true,
                };
                if possible && (side == RosterSide::Left || !inner.single) {
                    rows.push(CountRow { side, state, rows: rows_of_state });
                }
            }
        }
        rows
    }
}
