//! The shortest path of exchanges from a row to a free column.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Kernel, Rows};
use crate::solve::assignment::NONE;
use crate::solve::assignment::halt::Halt;
use crate::solve::assignment::lane::Lane;
use crate::solve::meter::Meter;

/// What one search for a shortest path notes; kept for the next.
pub(super) struct Paths<L> {
    /// How far each column is from the row that searches.
    distance: Vec<L>,
    /// The row before each column.
    before: Vec<u32>,
    /// Columns whose distance is known to be the least, with that distance.
    settled: Vec<(u32, L)>,
    /// Columns with a distance at all.
    touched: Vec<u32>,
    /// Columns by their distance so far.
    columns: BinaryHeap<Reverse<(L, u32)>>,
    /// Rows by the distance from which on their unknown candidates may matter.
    unread: BinaryHeap<Reverse<(L, u32)>>,
    /// The nearest free column so far: nothing at its distance or beyond can matter.
    end: u32,
    end_distance: L,
    found: Vec<(u32, L)>,
    /// How many candidates all searches have looked at.
    looked_at: usize,
}

impl<L: Lane> Paths<L> {
    pub(super) fn new(columns: usize) -> Self {
        Self {
            distance: vec![L::FAR; columns],
            before: vec![NONE; columns],
            settled: Vec::new(),
            touched: Vec::new(),
            columns: BinaryHeap::new(),
            unread: BinaryHeap::new(),
            end: NONE,
            end_distance: L::FAR,
            found: Vec::new(),
            looked_at: 0,
        }
    }

    /// How many candidates all searches have looked at.
    pub(super) fn looked_at(&self) -> usize {
        self.looked_at
    }

    /// Books candidates that are looked at.
    #[inline]
    fn look_at(&mut self, candidates: usize, meter: &mut Meter<'_, '_>) -> Result<(), Halt> {
        self.looked_at = self.looked_at.saturating_add(candidates);
        Ok(meter.add(candidates)?)
    }

    /// Searches the shortest path of exchanges from a row to a free column, by Dijkstra's method, and carries it out.
    pub(super) fn augment<R: Rows<L>>(
        &mut self,
        kernel: &mut Kernel<L, R>,
        searcher: u32,
        meter: &mut Meter<'_, '_>,
    ) -> Result<(), Halt> {
        (self.end, self.end_distance) = (NONE, L::FAR);
        let (mut row, mut base) = (searcher, L::ZERO);
        loop {
            let offset = base - kernel.row_price[row as usize];
            let known = kernel.rows.known(row);
            self.look_at(known.len(), meter)?;
            self.relax(known, row, offset, &kernel.column_price, &kernel.row_of);
            let rest = kernel.rows.rest(row);
            if rest != L::FAR && offset + rest < self.end_distance {
                self.unread.push(Reverse((offset + rest, row)));
            }
            let nearest = loop {
                let nearest = self.nearest();
                match self.unread.peek() {
                    Some(&Reverse((reach, row)))
                        if reach < nearest.map_or(self.end_distance, |(_, distance)| distance) =>
                    {
                        self.unread.pop();
                        self.look_at(kernel.rows.width(row), meter)?;
                        self.read(kernel, searcher, row);
                    }
                    _ => break nearest,
                }
            };
            let Some((column, distance)) = nearest else { break };
            if !distance.is_tame() {
                return Err(Halt::TooWide);
            }
            self.columns.pop();
            self.settled.push((column, distance));
            (row, base) = (kernel.row_of[column as usize], distance);
        }
        if self.end == NONE {
            return Err(Halt::Stuck);
        }
        self.reprice(kernel, searcher)?;
        self.exchange(kernel, searcher);
        Ok(())
    }

    /// The nearest column that is not settled yet and nearer than the nearest free one; it stays on the heap.
    #[inline]
    fn nearest(&mut self) -> Option<(u32, L)> {
        while let Some(&Reverse((distance, column))) = self.columns.peek() {
            if distance >= self.end_distance {
                return None;
            }
            if distance == self.distance[column as usize] {
                return Some((column, distance));
            }
            self.columns.pop();
        }
        None
    }

    /// Shortens the distances of columns by way of one row.
    #[inline]
    fn relax(&mut self, candidates: &[(u32, L)], row: u32, offset: L, prices: &[L], row_of: &[u32]) {
        for &(column, cost) in candidates {
            let at = column as usize;
            let distance = offset + cost - prices[at];
            if distance < self.distance[at] && distance < self.end_distance {
                if self.distance[at] == L::FAR {
                    self.touched.push(column);
                }
                self.distance[at] = distance;
                self.before[at] = row;
                if row_of[at] == NONE {
                    (self.end, self.end_distance) = (column, distance);
                } else {
                    self.columns.push(Reverse((distance, column)));
                }
            }
        }
    }

    /// Reads a row in full that was passed with its known candidates only.
    fn read<R: Rows<L>>(&mut self, kernel: &mut Kernel<L, R>, searcher: u32, row: u32) {
        let base =
            if row == searcher { L::ZERO } else { self.distance[kernel.column_of[row as usize] as usize] };
        let offset = base - kernel.row_price[row as usize];
        let below = if self.end == NONE { L::FAR } else { self.end_distance - offset };
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        kernel.rows.learn(row, &kernel.column_price);
        kernel.rows.found(row, below, &mut found);
        self.relax(&found, row, offset, &kernel.column_price, &kernel.row_of);
        self.found = found;
    }

    /// Moves the prices so that the path costs nothing beyond them, and forgets the search.
    fn reprice<R>(&mut self, kernel: &mut Kernel<L, R>, searcher: u32) -> Result<(), Halt> {
        let end = self.end_distance;
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
        self.columns.clear();
        self.unread.clear();
        if tame { Ok(()) } else { Err(Halt::TooWide) }
    }

    /// Gives each row on the path the column after it.
    fn exchange<R>(&self, kernel: &mut Kernel<L, R>, searcher: u32) {
        let mut column = self.end;
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
