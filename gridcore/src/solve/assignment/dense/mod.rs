//! Assignment over a full matrix.

mod rows;

use super::halt::Halt;
use super::kernel::Kernel;
use super::lane::{Lane, Spread};
use super::{Assigned, AssignmentError, CostMatrix};
use crate::control::Control;
use crate::solve::matching::HallSet;
use crate::solve::meter::Meter;
use rows::Matrix;

/// Gives every row of a matrix a column of its own, at the least cost in all.
///
/// The shortest augmenting paths of Jonker and Volgenant (*Computing* 38, 1987), for more columns than rows as in Crouse (*IEEE
/// Transactions on Aerospace and Electronic Systems* 52, 2016). Only the cheapest columns of each row are looked at, as in
/// Volgenant's core (*Computers & Operations Research* 23, 1996); a bound on the others says when a row must be read in full again,
/// so that no later check is needed. Where paths turn out long, prices are first improved by an auction with scaled steps (Bertsekas,
/// *Annals of Operations Research* 14, 1988).
///
/// ```
/// use gridcore::control::Control;
/// use gridcore::solve::assignment::{CostMatrix, assign_dense};
/// let costs = CostMatrix::new(2, 3, vec![4, 2, 8, 3, 7, 9])?;
/// let answer = assign_dense(&costs, &mut Control::free())?;
/// assert_eq!((answer.columns.as_slice(), answer.cost), ([1, 0].as_slice(), 5));
/// assert_eq!(answer.verify_dense(&costs), Ok(()));
/// # Ok::<(), gridcore::solve::assignment::AssignmentError>(())
/// ```
///
/// # Complexity
///
/// O(rows² · columns · log columns) time at worst; in practice a few readings of the matrix, up to some dozen where many rows want
/// the same columns. O(rows + columns) space beyond the matrix.
///
/// # Errors
///
/// [`AssignmentError::Unassignable`] when there are more rows than columns; [`AssignmentError::Overflow`] when costs lie more than
/// 2⁶⁰ apart, or the prices do; [`AssignmentError::Stopped`] when `control` says so.
pub fn assign_dense(costs: &CostMatrix, control: &mut Control<'_>) -> Result<Assigned, AssignmentError> {
    let (rows, columns) = (costs.rows(), costs.columns());
    if rows > columns {
        // Any one row more than there are columns is too many; the first are as good as others.
        let hall = HallSet { rows: (0..=columns).collect(), columns: (0..columns).collect() };
        return Err(AssignmentError::Unassignable(hall));
    }
    let spread = Spread::of(costs.costs());
    let mut outcome = Err(Halt::TooWide);
    if spread.fits::<i32>() {
        outcome = solve_in::<i32>(costs, spread, control);
    }
    if matches!(outcome, Err(Halt::TooWide)) && spread.fits::<i64>() {
        outcome = solve_in::<i64>(costs, spread, control);
    }
    outcome.map_err(|halt| match halt {
        Halt::Stopped(stopped) => stopped.into(),
        // No row is stuck in a full matrix that is no higher than wide.
        Halt::TooWide | Halt::Stuck => AssignmentError::Overflow,
    })
}

/// Solves in lanes of one kind.
fn solve_in<L: Lane>(
    costs: &CostMatrix,
    spread: Spread,
    control: &mut Control<'_>,
) -> Result<Assigned, Halt> {
    let mut meter = Meter::new(control);
    let prices = first_prices::<L>(costs, spread.low);
    let rows = Matrix::new(costs, spread.low, &prices);
    let mut kernel = Kernel::new(rows, costs.rows() as usize, prices);
    let mut is_square = costs.rows() == costs.columns();
    if !kernel.start(&mut meter)? {
        is_square = true;
        kernel.rows.make_square(&kernel.column_price);
        kernel.add_rows(costs.columns() as usize);
        kernel.start_again(L::narrow(spread.width()), &mut meter)?;
    }
    meter.book().map_err(Halt::Stopped)?;
    // All prices may move together when every column has a row: then let the highest be 0.
    let top = kernel.column_price.iter().map(|price| price.wide()).max().filter(|_| is_square).unwrap_or(0);
    let column_duals: Vec<i64> = kernel.column_price.iter().map(|price| price.wide() - top).collect();
    let mut columns = kernel.column_of;
    columns.truncate(costs.rows() as usize);
    let (mut cost, mut row_duals) = (0_i128, Vec::with_capacity(columns.len()));
    for (row, &column) in (0..).zip(&columns) {
        let pair = costs.row(row)[column as usize];
        cost += i128::from(pair);
        row_duals.push(pair.checked_sub(column_duals[column as usize]).ok_or(Halt::TooWide)?);
    }
    Ok(Assigned { columns, cost, row_duals, column_duals })
}

/// The prices of columns at the start.
///
/// With as many rows as columns every column will be taken, so each may start at its cheapest cost; else all start at 0, the price
/// of a column left over.
fn first_prices<L: Lane>(costs: &CostMatrix, low: i64) -> Vec<L> {
    let width = costs.columns() as usize;
    if costs.rows() != costs.columns() || width == 0 {
        return vec![L::ZERO; width];
    }
    let mut prices = vec![L::FAR; width];
    for row in costs.costs().chunks_exact(width) {
        for (price, &cost) in prices.iter_mut().zip(row) {
            *price = (*price).min(L::narrow(cost - low));
        }
    }
    prices
}
