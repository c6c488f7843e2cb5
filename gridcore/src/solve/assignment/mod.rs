//! Assignment: every row gets a column of its own, at the least cost in all.
//!
//! ```text
//!            columns 0   1   2            row 0 → column 1   2
//!   row 0 (      4   2   8 )              row 1 → column 0   3
//!   row 1 (      3   7   – )                                 ―
//!                                                            5
//! ```
//!
//! [`assign_dense`] takes a full matrix, [`assign`] a list of the pairs that may be; [`reassign`] starts from an earlier
//! answer when little has changed. All three find the same least cost, and all three prove it: an [`Assigned`] carries a
//! price for every row and column, and [`Assigned::verify`] checks in whole numbers that no pair is cheaper than its two
//! prices together, which no cheaper assignment could survive.
//!
//! ```
//! use gridcore::control::Control;
//! use gridcore::solve::assignment::{Candidates, assign};
//!
//! let candidates = Candidates::from_arcs(2, 3, &[(0, 0, 4), (0, 1, 2), (0, 2, 8), (1, 0, 3), (1, 1, 7)])?;
//! let answer = assign(&candidates, &mut Control::free())?;
//! assert_eq!((answer.columns.as_slice(), answer.cost), ([1, 0].as_slice(), 5));
//! assert_eq!(answer.verify(&candidates), Ok(()));
//! # Ok::<(), gridcore::solve::assignment::AssignmentError>(())
//! ```
//!
//! # Ties
//!
//! Several assignments may cost the same least sum. Which of them is answered depends on the set of candidates alone, never on
//! the order in which they were listed; [`reassign`] may answer another of them than [`assign`], at the same cost.

mod answer;
mod candidates;
mod dense;
mod fault;
mod halt;
mod kernel;
mod lane;
mod matrix;
mod sparse;

pub use answer::{Assigned, Violation};
pub use candidates::{Candidates, GraphCandidates};
pub use dense::assign_dense;
pub use fault::{AssignmentError, AssignmentFault};
pub use matrix::CostMatrix;
pub use sparse::{assign, reassign};

/// No row or no column.
pub(in crate::solve) const NONE: u32 = u32::MAX;

/// The most rows and the most columns: their prices are kept whether or not there are candidates, so that a number alone
/// could ask for all memory.
const MOST_SIDE: u32 = 1 << 26;
