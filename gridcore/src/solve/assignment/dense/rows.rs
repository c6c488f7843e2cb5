//! The rows of a matrix, of which only the cheapest columns are known.

use crate::solve::assignment::CostMatrix;
use crate::solve::assignment::kernel::Rows;
use crate::solve::assignment::lane::Lane;

/// How many columns of each row are known at once: enough that few rows are read again, few enough to pass them fast.
const KNOWN: usize = 24;

/// Columns are read in classes, by the remainder of this division, so that vector instructions find the least of each class.
const CLASSES: usize = 256;

/// Beyond as many columns for each row, rows are not added for the columns left over.
const MOST_COLUMNS_PER_ROW: u32 = 8;

/// The rows of a matrix.
pub(super) struct Matrix<'c, L> {
    costs: &'c CostMatrix,
    /// What to take off each cost.
    low: i64,
    /// The known columns of each row and their costs, `KNOWN` for each row or all.
    known: Vec<(u32, L)>,
    known_per_row: usize,
    /// What the other columns cost at least, less their prices.
    rest: Vec<L>,
    /// Costs less prices of the row that was read last.
    nets: Vec<L>,
    nearest: Vec<(L, u32)>,
    /// The costs of a row that only takes columns that are left over; empty until there are such rows.
    indifferent: Vec<i64>,
}

impl<'c, L: Lane> Matrix<'c, L> {
    /// Reads every row at these prices.
    pub(super) fn new(costs: &'c CostMatrix, low: i64, prices: &[L]) -> Self {
        let (rows, columns) = (costs.rows() as usize, costs.columns() as usize);
        let known_per_row = KNOWN.min(columns);
        let mut matrix = Self {
            costs,
            low,
            known: vec![(0, L::ZERO); rows * known_per_row],
            known_per_row,
            rest: vec![L::FAR; rows],
            nets: vec![L::ZERO; columns],
            nearest: Vec::new(),
            indifferent: Vec::new(),
        };
        for row in 0..costs.rows() {
            matrix.find_cheapest(row, prices);
        }
        matrix
    }

    /// Whether rows that take the columns left over would not be too many.
    fn can_be_square(&self) -> bool {
        self.costs.columns() / MOST_COLUMNS_PER_ROW <= self.costs.rows()
    }

    /// Adds rows that take the columns left over at no cost, until there are as many rows as columns.
    ///
    /// Then every column is taken at the end and prices may start anywhere; the columns that such rows take all have the
    /// highest price.
    pub(super) fn make_square(&mut self, prices: &[L]) {
        let (rows, columns) = (self.costs.rows(), self.costs.columns());
        self.indifferent = vec![self.low; columns as usize];
        self.known.resize(columns as usize * self.known_per_row, (0, L::ZERO));
        self.rest.resize(columns as usize, L::FAR);
        for row in rows..columns {
            self.find_cheapest(row, prices);
        }
    }

    /// The costs of a row.
    fn costs_of(&self, row: u32) -> &[i64] {
        if row < self.costs.rows() { self.costs.row(row) } else { &self.indifferent }
    }

    /// Finds the cheapest columns of a row.
    fn find_cheapest(&mut self, row: u32, prices: &[L]) {
        let costs = if row < self.costs.rows() { self.costs.row(row) } else { &self.indifferent };
        let mut least = [L::FAR; CLASSES];
        let low = self.low;
        for ((nets, costs), prices) in
            self.nets.chunks_mut(CLASSES).zip(costs.chunks(CLASSES)).zip(prices.chunks(CLASSES))
        {
            for (((net, &cost), &price), least) in nets.iter_mut().zip(costs).zip(prices).zip(&mut least) {
                *net = L::narrow(cost - low) - price;
                *least = (*least).min(*net);
            }
        }
        self.nearest.clear();
        if self.nets.len() <= self.known_per_row {
            self.nearest.extend(self.nets.iter().copied().zip(0..));
        } else {
            // As many classes have a column at or below the bound as are to be known, and one more.
            let mut sorted = least;
            let bound =
                if self.nets.len() <= CLASSES { L::FAR } else { *sorted.select_nth_unstable(KNOWN).1 };
            for (class, &least) in least.iter().enumerate() {
                if least <= bound {
                    for column in (class..self.nets.len()).step_by(CLASSES) {
                        if self.nets[column] <= bound {
                            self.nearest.push((self.nets[column], column as u32));
                        }
                    }
                }
            }
            let (_, &mut (rest, _), _) = self.nearest.select_nth_unstable(KNOWN);
            self.rest[row as usize] = rest;
            self.nearest.truncate(KNOWN);
        }
        let known = &mut self.known[row as usize * self.known_per_row..][..self.known_per_row];
        for (known, &(_, column)) in known.iter_mut().zip(&self.nearest) {
            *known = (column, L::narrow(costs[column as usize] - low));
        }
    }
}

impl<L: Lane> Rows<L> for Matrix<'_, L> {
    fn patience(&self) -> usize {
        if self.can_be_square() { 1 } else { usize::MAX }
    }

    #[inline]
    fn known(&self, row: u32) -> &[(u32, L)] {
        &self.known[row as usize * self.known_per_row..][..self.known_per_row]
    }

    #[inline]
    fn rest(&self, row: u32) -> L {
        self.rest[row as usize]
    }

    /// Keeps the known columns and the costs less prices of the whole row.
    fn learn(&mut self, row: u32, prices: &[L]) {
        self.find_cheapest(row, prices);
    }

    fn found(&self, row: u32, below: L, found: &mut Vec<(u32, L)>) {
        let costs = self.costs_of(row);
        for (column, (&net, &cost)) in (0..).zip(self.nets.iter().zip(costs)) {
            if net < below {
                found.push((column, L::narrow(cost - self.low)));
            }
        }
    }

    #[inline]
    fn cost(&self, row: u32, column: u32) -> Option<L> {
        self.costs_of(row).get(column as usize).map(|&cost| L::narrow(cost - self.low))
    }

    fn width(&self, _: u32) -> usize {
        self.costs.columns() as usize
    }
}
