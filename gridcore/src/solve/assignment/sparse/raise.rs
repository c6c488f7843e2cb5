//! A column may be left over at a price below 0; its price must rise, or another must be left over instead.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::rows::Listed;
use crate::solve::assignment::NONE;
use crate::solve::assignment::halt::Halt;
use crate::solve::assignment::kernel::Kernel;
use crate::solve::assignment::lane::Lane;
use crate::solve::meter::Meter;

impl<L: Lane> Kernel<L, Listed<'_, L>> {
    /// Brings the price of every column left over to 0, once every row has a column.
    pub(super) fn raise_all(&mut self, meter: &mut Meter<'_, '_>) -> Result<(), Halt> {
        let low = (0..self.row_of.len() as u32).filter(|&column| {
            self.row_of[column as usize] == NONE && self.column_price[column as usize] < L::ZERO
        });
        let low: Vec<u32> = low.collect();
        if low.is_empty() {
            return Ok(());
        }
        self.rows.sort_by_column();
        let mut distance = vec![L::FAR; self.row_of.len()];
        let mut before = vec![NONE; self.row_of.len()];
        for column in low {
            self.raise(column, &mut distance, &mut before, meter)?;
        }
        Ok(())
    }

    /// Raises the price of one column left over, by Dijkstra's method from that column: a row that it would undercut gives up
    /// price, so the row's own column gains as much, until one of these columns reaches 0 and is left over instead.
    fn raise(
        &mut self,
        riser: u32,
        distance: &mut [L],
        before: &mut [u32],
        meter: &mut Meter<'_, '_>,
    ) -> Result<(), Halt> {
        let mut heap = BinaryHeap::new();
        let (mut settled, mut touched) = (Vec::new(), vec![riser]);
        let (mut column, mut base) = (riser, L::ZERO);
        distance[riser as usize] = base;
        let (mut end, mut end_distance) = (riser, L::ZERO - self.column_price[riser as usize]);
        loop {
            settled.push((column, base));
            let offset = base - self.column_price[column as usize];
            meter.add(self.rows.column(column).len())?;
            for &(row, cost) in self.rows.column(column) {
                let next = self.column_of[row as usize];
                let reach = offset + cost - self.row_price[row as usize];
                if reach < distance[next as usize] && reach < end_distance {
                    if distance[next as usize] == L::FAR {
                        touched.push(next);
                    }
                    distance[next as usize] = reach;
                    before[next as usize] = column;
                    heap.push(Reverse((reach, next)));
                    let at_zero = reach - self.column_price[next as usize];
                    if at_zero < end_distance {
                        (end, end_distance) = (next, at_zero);
                    }
                }
            }
            let nearest = loop {
                match heap.pop() {
                    Some(Reverse((reach, next))) if reach == distance[next as usize] => {
                        break Some((next, reach));
                    }
                    Some(_) => {}
                    None => break None,
                }
            };
            match nearest.filter(|&(_, reach)| reach < end_distance) {
                Some((next, reach)) if reach.is_tame() => (column, base) = (next, reach),
                Some(_) => return Err(Halt::TooWide),
                None => break,
            }
        }
        let mut tame = end_distance.is_tame();
        for (column, reach) in settled {
            let gain = end_distance - reach;
            self.column_price[column as usize] += gain;
            if column != riser {
                let row = self.row_of[column as usize] as usize;
                self.row_price[row] -= gain;
                tame &= self.row_price[row].is_tame();
            }
        }
        for column in touched {
            distance[column as usize] = L::FAR;
        }
        self.leave_over(riser, end, before);
        if tame { Ok(()) } else { Err(Halt::TooWide) }
    }

    /// Frees the column at the end of a path by giving each row on it the column before.
    fn leave_over(&mut self, riser: u32, end: u32, before: &[u32]) {
        let mut column = end;
        let mut row = self.row_of[column as usize];
        if column != riser {
            self.row_of[column as usize] = NONE;
        }
        while column != riser {
            let earlier = before[column as usize];
            let next_row = std::mem::replace(&mut self.row_of[earlier as usize], row);
            self.column_of[row as usize] = earlier;
            (column, row) = (earlier, next_row);
        }
    }
}
