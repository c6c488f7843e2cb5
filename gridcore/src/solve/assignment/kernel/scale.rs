//! Bids in rounds of ever smaller steps.

use super::{Kernel, Rows};
use crate::solve::assignment::NONE;
use crate::solve::assignment::halt::Halt;
use crate::solve::assignment::lane::Lane;
use crate::solve::meter::Meter;

impl<L: Lane, R: Rows<L>> Kernel<L, R> {
    /// Finds good prices by an auction with scaled steps (Bertsekas, *Annals of Operations Research* 14, 1988): each bid goes
    /// a step beyond the second choice, so that no war of bids is long, and each round's prices start the next with smaller steps.
    ///
    /// The pairs are only nearly the cheapest; paths finish the task exactly, so the last step need not be small.
    pub(super) fn scale(&mut self, width: L, meter: &mut Meter<'_, '_>) -> Result<(), Halt> {
        const FIRST: i64 = 32;
        const FACTOR: i64 = 5;
        const LAST: i64 = 64;
        let rows = i64::try_from(self.column_of.len()).unwrap_or(i64::MAX);
        let last = (width.wide() / rows.saturating_mul(LAST).max(1)).max(1);
        let mut step = (width.wide() / FIRST).max(1);
        loop {
            self.round(L::narrow(step), meter)?;
            if step <= last {
                return Ok(());
            }
            step = (step / FACTOR).max(last);
        }
    }

    /// One round: pairs within a step of the cheapest stay, every other row bids.
    fn round(&mut self, step: L, meter: &mut Meter<'_, '_>) -> Result<(), Halt> {
        /// Where there is no way to give every row a column, bids would never end.
        const BIDS_PER_ROW: usize = 64;
        let mut waiting: Vec<u32> = Vec::new();
        for row in (0..self.column_of.len() as u32).rev() {
            let (first, ..) = self.two_cheapest(row, meter)?;
            let held = self.column_of[row as usize];
            if held != NONE {
                if self.net_cost(row, held).is_some_and(|net| net - first <= step) {
                    continue;
                }
                self.part(row, held);
            }
            waiting.push(row);
        }
        let mut bids = self.column_of.len() * BIDS_PER_ROW;
        while let Some(row) = waiting.pop()
            && bids > 0
        {
            bids -= 1;
            let (first, column, second) = self.two_cheapest(row, meter)?;
            if column == NONE {
                return Err(Halt::Stuck);
            }
            let lead = if second == L::FAR { L::ZERO } else { second - first };
            self.lower(column, lead + step)?;
            waiting.extend(self.pair(row, column));
        }
        Ok(())
    }
}
