//! Assignment over a list of candidates, cold and from an earlier answer.

mod raise;
mod rows;
mod warm;

use super::halt::Halt;
use super::kernel::Kernel;
use super::lane::{Lane, Spread};
use super::{Assigned, AssignmentError, Candidates, NONE};
use crate::control::Control;
use crate::solve::matching::hall_set;
use crate::solve::meter::Meter;
use rows::Listed;

/// Gives every row a column of its own from its candidates, at the least cost in all.
///
/// The shortest augmenting paths of Jonker and Volgenant (*Computing* 38, 1987) on a list of candidates, as Crouse (*IEEE
/// Transactions on Aerospace and Electronic Systems* 52, 2016) does for more columns than rows: rows first bid for their
/// cheapest columns (Jonker and Volgenant's row reduction, an auction of Bertsekas's without a least step), then each row left
/// over takes the shortest path of exchanges to a free column, by Dijkstra's method over costs less prices. Where paths turn out
/// long, prices are first improved by an auction with scaled steps (Bertsekas, *Annals of Operations Research* 14, 1988).
///
/// ```
/// use gridcore::control::Control;
/// use gridcore::solve::assignment::{Candidates, assign};
/// let candidates = Candidates::from_arcs(2, 2, &[(0, 0, 1), (0, 1, 5), (1, 0, 4), (1, 1, 9)])?;
/// let answer = assign(&candidates, &mut Control::free())?;
/// assert_eq!((answer.columns, answer.cost), (vec![1, 0], 9));
/// # Ok::<(), gridcore::solve::assignment::AssignmentError>(())
/// ```
///
/// # Complexity
///
/// O(rows · arcs · log columns) time at worst; far less in practice, since paths are short. O(rows + columns + arcs) space.
///
/// # Errors
///
/// [`AssignmentError::Unassignable`] with rows that share too few columns; [`AssignmentError::Overflow`] when costs lie more
/// than 2⁶⁰ apart, or the prices do; [`AssignmentError::Stopped`] when `control` says so.
pub fn assign(candidates: &Candidates, control: &mut Control<'_>) -> Result<Assigned, AssignmentError> {
    solve(candidates, None, control)
}

/// The same as [`assign`], from an earlier answer to a like task: far faster when little has changed.
///
/// Rows and columns keep their numbers; candidates may have come, gone or changed their costs, rows and columns may have come at
/// the end or gone from it. Pairs that are no longer candidates or no longer the row's cheapest are given up, prices are
/// repaired, and only rows without a column look for one. The cost is that of [`assign`]; among several cheapest assignments
/// it may be another. The earlier answer need not be sound: it only says where to start.
///
/// ```
/// use gridcore::control::Control;
/// use gridcore::solve::assignment::{Candidates, assign, reassign};
/// let before = Candidates::from_arcs(2, 3, &[(0, 0, 1), (0, 1, 5), (1, 0, 4), (1, 2, 9)])?;
/// let plan = assign(&before, &mut Control::free())?;
/// assert_eq!(plan.columns, [1, 0]);
/// // Column 1 is gone.
/// let now = Candidates::from_arcs(2, 3, &[(0, 0, 1), (1, 0, 4), (1, 2, 9)])?;
/// let repaired = reassign(&now, &plan, &mut Control::free())?;
/// assert_eq!((repaired.columns.as_slice(), repaired.verify(&now)), ([0, 2].as_slice(), Ok(())));
/// # Ok::<(), gridcore::solve::assignment::AssignmentError>(())
/// ```
///
/// # Complexity
///
/// O(rows + columns + arcs) time to take the earlier answer over, then at worst O(arcs · log columns) for each row that lost its
/// column and each column that lost its row.
///
/// # Errors
///
/// As [`assign`].
pub fn reassign(
    candidates: &Candidates,
    from: &Assigned,
    control: &mut Control<'_>,
) -> Result<Assigned, AssignmentError> {
    solve(candidates, Some(from), control)
}

/// Solves in narrow lanes if the costs allow it, and in wide ones if they don't or the prices outgrow the narrow.
fn solve(
    candidates: &Candidates,
    from: Option<&Assigned>,
    control: &mut Control<'_>,
) -> Result<Assigned, AssignmentError> {
    let spread = Spread::of(candidates.costs());
    let mut outcome = Err(Halt::TooWide);
    let narrow =
        from.is_none_or(|from| from.column_duals.iter().all(|&price| price >= -i64::from(i32::LIMIT)));
    if narrow && spread.fits::<i32>() {
        outcome = solve_in::<i32>(candidates, spread, from, control);
    }
    if matches!(outcome, Err(Halt::TooWide)) && spread.fits::<i64>() {
        outcome = solve_in::<i64>(candidates, spread, from, control);
    }
    match outcome {
        Ok(answer) => Ok(answer),
        Err(Halt::TooWide) => Err(AssignmentError::Overflow),
        Err(Halt::Stopped(stopped)) => Err(stopped.into()),
        Err(Halt::Stuck) => Err(AssignmentError::Unassignable(hall_set(candidates, control)?)),
    }
}

/// Solves in lanes of one kind.
fn solve_in<L: Lane>(
    candidates: &Candidates,
    spread: Spread,
    from: Option<&Assigned>,
    control: &mut Control<'_>,
) -> Result<Assigned, Halt> {
    let mut meter = Meter::new(control);
    let rows = Listed::<L>::new(candidates, spread.low);
    let mut kernel =
        Kernel::new(rows, candidates.rows() as usize, vec![L::ZERO; candidates.columns() as usize]);
    if let Some(from) = from {
        kernel.take_over(from);
        kernel.repair(&mut meter)?;
        kernel.raise_all(&mut meter)?;
    } else if !kernel.start(&mut meter)? {
        kernel.start_again(L::narrow(spread.width()), &mut meter)?;
        kernel.raise_all(&mut meter)?;
    }
    meter.book().map_err(Halt::Stopped)?;
    answer(candidates, spread.low, &kernel)
}

/// The answer in the costs of the task.
fn answer<L: Lane>(
    candidates: &Candidates,
    low: i64,
    kernel: &Kernel<L, Listed<'_, L>>,
) -> Result<Assigned, Halt> {
    let columns = kernel.column_of.clone();
    let cost = (0..)
        .zip(&columns)
        .map(|(row, &column)| {
            debug_assert_ne!(column, NONE, "every row is assigned");
            candidates.cost(row, column).map_or(0, i128::from)
        })
        .sum();
    let row_duals = kernel.row_price.iter().map(|price| price.wide().checked_add(low));
    Ok(Assigned {
        columns,
        cost,
        row_duals: row_duals.collect::<Option<_>>().ok_or(Halt::TooWide)?,
        column_duals: kernel.column_price.iter().map(|price| price.wide()).collect(),
    })
}
