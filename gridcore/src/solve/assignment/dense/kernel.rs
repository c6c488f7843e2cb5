//! Bids, then shortest augmenting paths, over full rows.

use crate::solve::assignment::halt::Halt;
use crate::solve::assignment::lane::Lane;
use crate::solve::assignment::{CostMatrix, NONE};
use crate::solve::meter::Meter;

/// A task half done: at any time every pair is among the cheapest of its row, costs less prices.
pub(super) struct Kernel<L> {
    width: usize,
    /// Costs above the cheapest of all, row by row.
    costs: Vec<L>,
    pub(super) column_price: Vec<L>,
    pub(super) column_of: Vec<u32>,
    row_of: Vec<u32>,
}

impl<L: Lane> Kernel<L> {
    /// The task at its beginning.
    ///
    /// With as many rows as columns every column will be taken, so each may start at its cheapest cost; else all start at 0,
    /// the price of a column left over.
    pub(super) fn new(matrix: &CostMatrix, low: i64) -> Self {
        let (rows, width) = (matrix.rows() as usize, matrix.columns() as usize);
        let costs: Vec<L> = matrix.costs().iter().map(|&cost| L::narrow(cost - low)).collect();
        let mut column_price = vec![L::ZERO; width];
        if rows == width && width > 0 {
            column_price.fill(L::FAR);
            for row in costs.chunks_exact(width) {
                for (price, &cost) in column_price.iter_mut().zip(row) {
                    *price = (*price).min(cost);
                }
            }
        }
        Self { width, costs, column_price, column_of: vec![NONE; rows], row_of: vec![NONE; width] }
    }

    fn row(&self, row: u32) -> &[L] {
        &self.costs[row as usize * self.width..][..self.width]
    }

    /// Lets rows bid for their cheapest column, up to their second choice, and push its holder out; answers the rows left over.
    pub(super) fn bid(&mut self, meter: &mut Meter<'_, '_>) -> Result<Vec<u32>, Halt> {
        const PASSES: usize = 2;
        const BIDS_PER_ROW: usize = 4;
        let mut waiting: Vec<u32> = (0..self.column_of.len() as u32).rev().collect();
        for _ in 0..PASSES {
            let mut put_by = Vec::new();
            let mut bids = self.width * BIDS_PER_ROW;
            while let Some(row) = waiting.pop() {
                if bids == 0 {
                    put_by.push(row);
                    continue;
                }
                bids -= 1;
                meter.add(self.width)?;
                let (first, column, second) = two_cheapest(self.row(row), &self.column_price);
                let holder = self.row_of[column];
                if holder != NONE {
                    if second == L::FAR || first == second {
                        put_by.push(row);
                        continue;
                    }
                    self.column_price[column] -= second - first;
                    if !self.column_price[column].is_tame() {
                        return Err(Halt::TooWide);
                    }
                    self.column_of[holder as usize] = NONE;
                    waiting.push(holder);
                }
                self.row_of[column] = row;
                self.column_of[row as usize] = column as u32;
            }
            put_by.sort_unstable_by(|a, b| b.cmp(a));
            waiting = put_by;
        }
        waiting.reverse();
        Ok(waiting)
    }

    /// Finds a column for every row that has none, by shortest paths of exchanges.
    pub(super) fn augment_all(&mut self, free: &[u32], meter: &mut Meter<'_, '_>) -> Result<(), Halt> {
        let mut distance = vec![L::FAR; self.width];
        let mut before = vec![NONE; self.width];
        let mut settled: Vec<(u32, L)> = Vec::new();
        for &searcher in free {
            for (far, (&cost, &price)) in
                distance.iter_mut().zip(self.row(searcher).iter().zip(&self.column_price))
            {
                *far = cost - price;
            }
            before.fill(searcher);
            settled.clear();
            let (end, end_distance) = loop {
                let (nearest, free_column) = self.nearest(&distance);
                if let Some(column) = free_column {
                    break (column, nearest);
                }
                let first_new = settled.len();
                for (column, far) in (0..).zip(&mut distance) {
                    if *far == nearest {
                        settled.push((column, nearest));
                        *far = L::NEAR;
                    }
                }
                for &(column, _) in &settled[first_new..] {
                    let row = self.row_of[column as usize];
                    let costs = &self.costs[row as usize * self.width..][..self.width];
                    let offset = nearest - (costs[column as usize] - self.column_price[column as usize]);
                    meter.add(self.width)?;
                    relax(costs, &self.column_price, offset, row, &mut distance, &mut before);
                }
            };
            for &(column, far) in &settled {
                self.column_price[column as usize] += far - end_distance;
                if !self.column_price[column as usize].is_tame() {
                    return Err(Halt::TooWide);
                }
            }
            self.exchange(searcher, end, &before);
        }
        Ok(())
    }

    /// The least distance of columns not settled yet, and the first free column at it.
    fn nearest(&self, distance: &[L]) -> (L, Option<u32>) {
        let nearest =
            distance.iter().fold(L::FAR, |least, &far| if far == L::NEAR { least } else { least.min(far) });
        let free = (0..).zip(distance.iter().zip(&self.row_of));
        let mut free = free.filter(|&(_, (&far, &row))| far == nearest && row == NONE);
        (nearest, free.next().map(|(column, _)| column))
    }

    /// Gives each row on the path the column after it.
    fn exchange(&mut self, searcher: u32, end: u32, before: &[u32]) {
        let mut column = end;
        loop {
            let row = before[column as usize];
            self.row_of[column as usize] = row;
            let given_up = std::mem::replace(&mut self.column_of[row as usize], column);
            if row == searcher {
                break;
            }
            column = given_up;
        }
    }
}

/// The lowest cost less price, its column, and the second lowest.
fn two_cheapest<L: Lane>(costs: &[L], prices: &[L]) -> (L, usize, L) {
    let (mut first, mut best, mut second) = (L::FAR, 0, L::FAR);
    for (column, (&cost, &price)) in costs.iter().zip(prices).enumerate() {
        let net = cost - price;
        if net < first {
            (second, first, best) = (first, net, column);
        } else if net < second {
            second = net;
        }
    }
    (first, best, second)
}

/// Shortens the distances of columns by way of one row.
fn relax<L: Lane>(costs: &[L], prices: &[L], offset: L, row: u32, distance: &mut [L], before: &mut [u32]) {
    for ((&cost, &price), (far, before)) in
        costs.iter().zip(prices).zip(distance.iter_mut().zip(before.iter_mut()))
    {
        let by_row = offset + (cost - price);
        let nearer = by_row < *far;
        *far = if nearer { by_row } else { *far };
        *before = if nearer { row } else { *before };
    }
}
