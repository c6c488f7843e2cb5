//! Bids, then shortest augmenting paths, over rows of candidates.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::solve::assignment::halt::Halt;
use crate::solve::assignment::lane::Lane;
use crate::solve::assignment::{Assigned, Candidates, NONE};
use crate::solve::meter::Meter;

/// A task half done: at any time no candidate costs less than its two prices, and every pair costs exactly that.
pub(super) struct Kernel<'c, L> {
    /// Where each row begins in `arcs`; one more than there are rows.
    pub(super) starts: &'c [u32],
    /// The column and the cost above the cheapest of all, row by row: side by side, since they are read together.
    pub(super) arcs: Vec<(u32, L)>,
    pub(super) row_price: Vec<L>,
    pub(super) column_price: Vec<L>,
    pub(super) column_of: Vec<u32>,
    pub(super) row_of: Vec<u32>,
}

impl<'c, L: Lane> Kernel<'c, L> {
    /// The task at its beginning: no pairs, and no column has a price.
    pub(super) fn new(candidates: &'c Candidates, low: i64) -> Self {
        let (rows, columns) = (candidates.rows() as usize, candidates.columns() as usize);
        let costs = candidates.costs().iter().map(|&cost| L::narrow(cost - low));
        Self {
            starts: candidates.starts(),
            arcs: candidates.heads().iter().copied().zip(costs).collect(),
            row_price: vec![L::ZERO; rows],
            column_price: vec![L::ZERO; columns],
            column_of: vec![NONE; rows],
            row_of: vec![NONE; columns],
        }
    }

    /// The candidates of one row.
    #[inline]
    pub(super) fn row(&self, row: u32) -> &[(u32, L)] {
        &self.arcs[self.starts[row as usize] as usize..self.starts[row as usize + 1] as usize]
    }

    /// Lets rows bid for their cheapest column, up to their second choice, and push its holder out.
    ///
    /// A tie for the first choice moves no price, so the row is put by for a path instead of a war of bids.
    pub(super) fn bid(&mut self, meter: &mut Meter<'_, '_>) -> Result<(), Halt> {
        const PASSES: usize = 3;
        const BIDS_PER_ROW: usize = 8;
        let mut waiting: Vec<u32> = (0..self.column_of.len() as u32).rev().collect();
        for _ in 0..PASSES {
            let mut put_by = Vec::new();
            let mut bids = waiting.len() * BIDS_PER_ROW;
            while let Some(row) = waiting.pop() {
                if bids == 0 {
                    put_by.push(row);
                    continue;
                }
                bids -= 1;
                let (first, column, second) = self.two_cheapest(row);
                meter.add(self.row(row).len())?;
                if column == NONE {
                    return Err(Halt::Stuck);
                }
                let holder = self.row_of[column as usize];
                if holder != NONE {
                    if second == L::FAR || first == second {
                        put_by.push(row);
                        continue;
                    }
                    self.column_price[column as usize] -= second - first;
                    if !self.column_price[column as usize].is_tame() {
                        return Err(Halt::TooWide);
                    }
                    self.column_of[holder as usize] = NONE;
                    waiting.push(holder);
                }
                self.row_of[column as usize] = row;
                self.column_of[row as usize] = column;
            }
            put_by.sort_unstable_by(|a, b| b.cmp(a));
            waiting = put_by;
        }
        Ok(())
    }

    /// The lowest cost less price in a row, its column, and the second lowest.
    #[inline]
    fn two_cheapest(&self, row: u32) -> (L, u32, L) {
        let (mut first, mut best, mut second) = (L::FAR, NONE, L::FAR);
        for &(column, cost) in self.row(row) {
            let net = cost - self.column_price[column as usize];
            if net < first {
                (second, first, best) = (first, net, column);
            } else if net < second {
                second = net;
            }
        }
        (first, best, second)
    }

    /// Prices every row at its cheapest candidate, and gives up pairs that are not the cheapest.
    pub(super) fn price_rows(&mut self) -> Result<(), Halt> {
        for row in 0..self.column_of.len() as u32 {
            let holds = self.column_of[row as usize];
            let (mut price, mut held) = (L::FAR, L::FAR);
            for &(column, cost) in self.row(row) {
                let net = cost - self.column_price[column as usize];
                price = price.min(net);
                if column == holds {
                    held = net;
                }
            }
            if price == L::FAR {
                return Err(Halt::Stuck);
            }
            if !price.is_tame() {
                return Err(Halt::TooWide);
            }
            self.row_price[row as usize] = price;
            if holds != NONE && held != price {
                self.column_of[row as usize] = NONE;
                self.row_of[holds as usize] = NONE;
            }
        }
        Ok(())
    }

    /// Takes pairs and column prices over from an earlier answer, as far as they still hold.
    pub(super) fn take_over(&mut self, from: &Assigned) -> Result<(), Halt> {
        for (price, &before) in self.column_price.iter_mut().zip(&from.column_duals) {
            // Any prices will do to begin with; absurd ones are left out.
            if (-L::LIMIT.wide()..=0).contains(&before) {
                *price = L::narrow(before);
            }
        }
        for (row, &column) in (0..).zip(from.columns.iter().take(self.column_of.len())) {
            if let Some(holder) = self.row_of.get_mut(column as usize)
                && *holder == NONE
            {
                *holder = row;
                self.column_of[row as usize] = column;
            }
        }
        self.price_rows()
    }

    /// Finds a column for every row that has none.
    pub(super) fn augment_all(&mut self, meter: &mut Meter<'_, '_>) -> Result<(), Halt> {
        let mut paths = Paths::new(self.row_of.len());
        for row in 0..self.column_of.len() as u32 {
            if self.column_of[row as usize] == NONE {
                paths.augment(self, row, meter)?;
            }
        }
        Ok(())
    }
}

/// What one search for a shortest path notes; kept for the next.
struct Paths<L> {
    /// How far each column is from the row that searches.
    distance: Vec<L>,
    /// The row before each column.
    before: Vec<u32>,
    /// Columns whose distance is known to be the least, with that distance.
    settled: Vec<(u32, L)>,
    /// Columns with a distance at all.
    touched: Vec<u32>,
    heap: BinaryHeap<Reverse<(L, u32)>>,
}

impl<L: Lane> Paths<L> {
    fn new(columns: usize) -> Self {
        Self {
            distance: vec![L::FAR; columns],
            before: vec![NONE; columns],
            settled: Vec::new(),
            touched: Vec::new(),
            heap: BinaryHeap::new(),
        }
    }

    /// Searches the shortest path of exchanges from a row to a free column and carries it out.
    fn augment(
        &mut self,
        kernel: &mut Kernel<'_, L>,
        searcher: u32,
        meter: &mut Meter<'_, '_>,
    ) -> Result<(), Halt> {
        let (mut row, mut base) = (searcher, L::ZERO);
        // The nearest free column so far: nothing at its distance or beyond can matter.
        let (mut end, mut end_distance) = (NONE, L::FAR);
        loop {
            let offset = base - kernel.row_price[row as usize];
            meter.add(kernel.row(row).len())?;
            for &(column, cost) in kernel.row(row) {
                let at = column as usize;
                let distance = offset + cost - kernel.column_price[at];
                if distance < self.distance[at] && distance < end_distance {
                    if self.distance[at] == L::FAR {
                        self.touched.push(column);
                    }
                    self.distance[at] = distance;
                    self.before[at] = row;
                    if kernel.row_of[at] == NONE {
                        (end, end_distance) = (column, distance);
                    } else {
                        self.heap.push(Reverse((distance, column)));
                    }
                }
            }
            let nearest = loop {
                match self.heap.pop() {
                    Some(Reverse((distance, column))) if distance == self.distance[column as usize] => {
                        break Some((column, distance)).filter(|_| distance < end_distance);
                    }
                    Some(_) => {}
                    None => break None,
                }
            };
            let Some((column, distance)) = nearest else { break };
            if !distance.is_tame() {
                return Err(Halt::TooWide);
            }
            self.settled.push((column, distance));
            (row, base) = (kernel.row_of[column as usize], distance);
        }
        if end == NONE {
            return Err(Halt::Stuck);
        }
        self.reprice(kernel, searcher, end_distance)?;
        self.exchange(kernel, searcher, end);
        Ok(())
    }

    /// Moves the prices so that the path costs nothing beyond them, and forgets the search.
    fn reprice(&mut self, kernel: &mut Kernel<'_, L>, searcher: u32, end: L) -> Result<(), Halt> {
        kernel.row_price[searcher as usize] += end;
        let mut tame = end.is_tame() && kernel.row_price[searcher as usize].is_tame();
        for (column, distance) in self.settled.drain(..) {
            let (row, gain) = (kernel.row_of[column as usize] as usize, end - distance);
            kernel.column_price[column as usize] -= gain;
            kernel.row_price[row] += gain;
            tame &= kernel.column_price[column as usize].is_tame() && kernel.row_price[row].is_tame();
        }
        for column in self.touched.drain(..) {
            self.distance[column as usize] = L::FAR;
        }
        self.heap.clear();
        if tame { Ok(()) } else { Err(Halt::TooWide) }
    }

    /// Gives each row on the path the column after it.
    fn exchange(&self, kernel: &mut Kernel<'_, L>, searcher: u32, end: u32) {
        let mut column = end;
        loop {
            let row = self.before[column as usize];
            let given_up = std::mem::replace(&mut kernel.column_of[row as usize], column);
            kernel.row_of[column as usize] = row;
            if row == searcher {
                break;
            }
            column = given_up;
        }
    }
}
