//! Bids, then shortest augmenting paths: one kernel over rows of listed candidates and over rows of a matrix.

mod bid;
mod paths;
mod scale;

use super::NONE;
use super::halt::Halt;
use super::lane::Lane;
use crate::solve::meter::Meter;
use paths::Paths;

/// Where a kernel reads the candidates of a row, of which it may know only the cheapest.
///
/// While rows look for columns, prices of columns only fall, so what a row's other columns cost less their prices only rises: a
/// bound on it, once known, holds. A row is read in full again only where the bound doesn't decide.
pub(super) trait Rows<L: Lane> {
    /// How often paths may look at as many candidates as there are before better prices are sought.
    fn patience(&self) -> usize;

    /// The known candidates of a row: column and cost.
    fn known(&self, row: u32) -> &[(u32, L)];

    /// What every other candidate of the row costs at least, less its price; the farthest if there is no other.
    fn rest(&self, row: u32) -> L;

    /// Reads a row in full, so that what is cheapest at these prices becomes known.
    fn learn(&mut self, row: u32, prices: &[L]);

    /// Adds every candidate of the row learned last that costs less than `below`, less its price.
    fn found(&self, row: u32, below: L, found: &mut Vec<(u32, L)>);

    /// What a row costs with a column, if the two are a candidate.
    fn cost(&self, row: u32, column: u32) -> Option<L>;

    /// How many candidates a row has.
    fn width(&self, row: u32) -> usize;
}

/// A task half done: at any time no candidate costs less than its two prices, and every pair costs exactly that.
pub(super) struct Kernel<L, R> {
    pub(super) rows: R,
    pub(super) row_price: Vec<L>,
    pub(super) column_price: Vec<L>,
    pub(super) column_of: Vec<u32>,
    pub(super) row_of: Vec<u32>,
}

impl<L: Lane, R: Rows<L>> Kernel<L, R> {
    /// The task at its beginning: no pairs, and these prices of columns.
    pub(super) fn new(rows: R, row_count: usize, column_price: Vec<L>) -> Self {
        Self {
            rows,
            row_price: vec![L::ZERO; row_count],
            column_of: vec![NONE; row_count],
            row_of: vec![NONE; column_price.len()],
            column_price,
        }
    }

    /// Adds rows without a column until there are so many.
    pub(super) fn add_rows(&mut self, row_count: usize) {
        self.row_price.resize(row_count, L::ZERO);
        self.column_of.resize(row_count, NONE);
    }

    /// Bids and finds paths; answers whether every row has a column, or paths turned out so long that better prices are worth it.
    pub(super) fn start(&mut self, meter: &mut Meter<'_, '_>) -> Result<bool, Halt> {
        let all: usize = (0..self.column_of.len() as u32).map(|row| self.rows.width(row)).sum();
        self.bid(meter)?;
        self.keep_cheapest(meter)?;
        self.augment_all(all.saturating_mul(self.rows.patience()), meter)
    }

    /// Finds better prices, then paths; `width` is how far costs lie apart.
    ///
    /// It takes this where each path would pass most rows, as with costs that are products of a row's and a column's size (Machol
    /// and Wien 1976).
    pub(super) fn start_again(&mut self, width: L, meter: &mut Meter<'_, '_>) -> Result<(), Halt> {
        self.scale(width, meter)?;
        self.repair(meter)
    }

    /// Completes the task from any pairs and prices.
    pub(super) fn repair(&mut self, meter: &mut Meter<'_, '_>) -> Result<(), Halt> {
        self.keep_cheapest(meter)?;
        self.augment_all(usize::MAX, meter)?;
        Ok(())
    }

    /// Prices every row at its cheapest candidate, and gives up pairs that are not the cheapest.
    fn keep_cheapest(&mut self, meter: &mut Meter<'_, '_>) -> Result<(), Halt> {
        for row in 0..self.column_of.len() as u32 {
            let (price, column, _) = self.two_cheapest(row, meter)?;
            if column == NONE {
                return Err(Halt::Stuck);
            }
            if !price.is_tame() {
                return Err(Halt::TooWide);
            }
            self.row_price[row as usize] = price;
            let held = self.column_of[row as usize];
            if held != NONE && self.net_cost(row, held) != Some(price) {
                self.part(row, held);
            }
        }
        Ok(())
    }

    /// What a candidate costs less the price of its column.
    #[inline]
    fn net_cost(&self, row: u32, column: u32) -> Option<L> {
        self.rows.cost(row, column).map(|cost| cost - self.column_price[column as usize])
    }

    /// Gives a row a column; who held it has none now, and is answered.
    #[inline]
    fn pair(&mut self, row: u32, column: u32) -> Option<u32> {
        let holder = std::mem::replace(&mut self.row_of[column as usize], row);
        self.column_of[row as usize] = column;
        if holder == NONE {
            return None;
        }
        self.column_of[holder as usize] = NONE;
        Some(holder)
    }

    /// Takes a row's column away.
    fn part(&mut self, row: u32, column: u32) {
        self.column_of[row as usize] = NONE;
        self.row_of[column as usize] = NONE;
    }

    /// Finds a column for every row that has none; answers whether that was done before so many candidates were looked at.
    fn augment_all(&mut self, patience: usize, meter: &mut Meter<'_, '_>) -> Result<bool, Halt> {
        let mut paths = Paths::new(self.row_of.len());
        for row in 0..self.column_of.len() as u32 {
            if self.column_of[row as usize] == NONE {
                if paths.looked_at() > patience {
                    return Ok(false);
                }
                paths.augment(self, row, meter)?;
            }
        }
        Ok(true)
    }
}
