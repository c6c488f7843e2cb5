//! Assignment over a full matrix.

mod kernel;

use super::halt::Halt;
use super::lane::{Lane, Spread};
use super::{Assigned, AssignmentError, CostMatrix};
use crate::control::Control;
use crate::solve::matching::HallSet;
use crate::solve::meter::Meter;
use kernel::Kernel;

/// Gives every row of a matrix a column of its own, at the least cost in all.
///
/// The shortest augmenting paths of Jonker and Volgenant (*Computing* 38, 1987), for more columns than rows as in Crouse (*IEEE
/// Transactions on Aerospace and Electronic Systems* 52, 2016), in loops that a compiler turns into vector instructions.
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
/// O(rows² · columns) time at worst; O(rows · columns) space for a narrow copy of the costs.
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
        outcome = solve_in::<i32>(costs, spread.low, control);
    }
    if matches!(outcome, Err(Halt::TooWide)) && spread.fits::<i64>() {
        outcome = solve_in::<i64>(costs, spread.low, control);
    }
    outcome.map_err(|halt| match halt {
        Halt::Stopped(stopped) => stopped.into(),
        // No row is stuck in a full matrix that is no higher than wide.
        Halt::TooWide | Halt::Stuck => AssignmentError::Overflow,
    })
}

/// Solves in lanes of one kind.
fn solve_in<L: Lane>(costs: &CostMatrix, low: i64, control: &mut Control<'_>) -> Result<Assigned, Halt> {
    let mut meter = Meter::new(control);
    let mut kernel = Kernel::<L>::new(costs, low);
    let free = kernel.bid(&mut meter)?;
    kernel.augment_all(&free, &mut meter)?;
    meter.book().map_err(Halt::Stopped)?;
    // All prices may move together when every column has a row: then let the highest be 0.
    let top = if costs.rows() == costs.columns() {
        kernel.column_price.iter().map(|price| price.wide()).max().unwrap_or(0)
    } else {
        0
    };
    let (mut cost, mut row_duals) = (0_i128, Vec::with_capacity(kernel.column_of.len()));
    for (row, &column) in (0..).zip(&kernel.column_of) {
        let pair = costs.row(row)[column as usize];
        cost += i128::from(pair);
        let price = pair.checked_sub(kernel.column_price[column as usize].wide() - top);
        row_duals.push(price.ok_or(Halt::TooWide)?);
    }
    Ok(Assigned {
        cost,
        row_duals,
        column_duals: kernel.column_price.iter().map(|price| price.wide() - top).collect(),
        columns: kernel.column_of,
    })
}
