//! The rows of a list of candidates, all of them known.

use crate::solve::assignment::Candidates;
use crate::solve::assignment::kernel::Rows;
use crate::solve::assignment::lane::Lane;

/// Listed candidates in lanes: column and cost side by side, since they are read together.
pub(super) struct Listed<'c, L> {
    candidates: &'c Candidates,
    arcs: Vec<(u32, L)>,
    /// Where each column begins in `by_column`; empty until it is asked for.
    column_starts: Vec<u32>,
    /// Row and cost, column by column.
    by_column: Vec<(u32, L)>,
}

impl<'c, L: Lane> Listed<'c, L> {
    /// The candidates, with costs above the lowest.
    pub(super) fn new(candidates: &'c Candidates, low: i64) -> Self {
        let costs = candidates.costs().iter().map(|&cost| L::narrow(cost - low));
        let arcs = candidates.heads().iter().copied().zip(costs).collect();
        Self { candidates, arcs, column_starts: Vec::new(), by_column: Vec::new() }
    }
}

impl<L: Lane> Rows<L> for Listed<'_, L> {
    fn patience(&self) -> usize {
        100
    }

    #[inline]
    fn known(&self, row: u32) -> &[(u32, L)] {
        let starts = self.candidates.starts();
        &self.arcs[starts[row as usize] as usize..starts[row as usize + 1] as usize]
    }

    #[inline]
    fn rest(&self, _: u32) -> L {
        L::FAR
    }

    fn learn(&mut self, _: u32, _: &[L]) {}

    fn found(&self, _: u32, _: L, _: &mut Vec<(u32, L)>) {}

    #[inline]
    fn cost(&self, row: u32, column: u32) -> Option<L> {
        let known = self.known(row);
        known.binary_search_by_key(&column, |&(column, _)| column).ok().map(|at| known[at].1)
    }

    fn width(&self, row: u32) -> usize {
        self.known(row).len()
    }
}

impl<L: Lane> Listed<'_, L> {
    /// Prepares for [`Listed::column`].
    pub(super) fn sort_by_column(&mut self) {
        let mut starts = vec![0_u32; self.candidates.columns() as usize + 1];
        for &(column, _) in &self.arcs {
            starts[column as usize + 1] += 1;
        }
        for column in 1..starts.len() {
            starts[column] += starts[column - 1];
        }
        let mut place = starts.clone();
        let mut by_column = vec![(0, L::ZERO); self.arcs.len()];
        for row in 0..self.candidates.rows() {
            for &(column, cost) in self.known(row) {
                let at = &mut place[column as usize];
                by_column[*at as usize] = (row, cost);
                *at += 1;
            }
        }
        (self.column_starts, self.by_column) = (starts, by_column);
    }

    /// The rows that have a column as a candidate, and what it costs them.
    pub(super) fn column(&self, column: u32) -> &[(u32, L)] {
        let starts = &self.column_starts;
        &self.by_column[starts[column as usize] as usize..starts[column as usize + 1] as usize]
    }
}
