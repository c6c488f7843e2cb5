//! Rows bid for columns.

use super::{Kernel, Rows};
use crate::solve::assignment::NONE;
use crate::solve::assignment::halt::Halt;
use crate::solve::assignment::lane::Lane;
use crate::solve::meter::Meter;

impl<L: Lane, R: Rows<L>> Kernel<L, R> {
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
                let (first, column, second) = self.two_cheapest(row, meter)?;
                if column == NONE {
                    return Err(Halt::Stuck);
                }
                if self.row_of[column as usize] != NONE {
                    if second == L::FAR || first == second {
                        put_by.push(row);
                        continue;
                    }
                    self.lower(column, second - first)?;
                }
                waiting.extend(self.pair(row, column));
            }
            put_by.sort_unstable_by(|a, b| b.cmp(a));
            waiting = put_by;
        }
        Ok(())
    }

    /// Lowers the price of a column.
    #[inline]
    pub(super) fn lower(&mut self, column: u32, by: L) -> Result<(), Halt> {
        let price = &mut self.column_price[column as usize];
        *price -= by;
        if price.is_tame() { Ok(()) } else { Err(Halt::TooWide) }
    }

    /// The lowest cost less price in a row, its column, and the second lowest; the row is read anew if what is known of it
    /// doesn't decide.
    #[inline]
    pub(super) fn two_cheapest(&mut self, row: u32, meter: &mut Meter<'_, '_>) -> Result<(L, u32, L), Halt> {
        loop {
            let (mut first, mut best, mut second) = (L::FAR, NONE, L::FAR);
            let known = self.rows.known(row);
            meter.add(known.len())?;
            for &(column, cost) in known {
                let net = cost - self.column_price[column as usize];
                if net < first {
                    (second, first, best) = (first, net, column);
                } else if net < second {
                    second = net;
                }
            }
            if second <= self.rows.rest(row) {
                return Ok((first, best, second));
            }
            meter.add(self.rows.width(row))?;
            self.rows.learn(row, &self.column_price);
        }
    }
}
