//! A full matrix of costs.

use super::{AssignmentError, AssignmentFault, Candidates, MOST_SIDE};

/// The cost of every row with every column.
///
/// ```
/// use gridcore::solve::assignment::CostMatrix;
/// let costs = CostMatrix::new(2, 3, vec![4, 2, 8, 3, 7, 9])?;
/// assert_eq!((costs.rows(), costs.columns(), costs.row(1)), (2, 3, [3, 7, 9].as_slice()));
/// # Ok::<(), gridcore::solve::assignment::AssignmentError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CostMatrix {
    rows: u32,
    columns: u32,
    /// Row by row.
    costs: Vec<i64>,
}

impl CostMatrix {
    /// A matrix from its costs, row by row.
    ///
    /// # Errors
    ///
    /// [`AssignmentError::Malformed`] when there are not `rows` × `columns` costs, or more than 2²⁶ rows or columns.
    pub fn new(rows: u32, columns: u32, costs: Vec<i64>) -> Result<Self, AssignmentError> {
        let wanted = u64::from(rows) * u64::from(columns);
        if rows > MOST_SIDE || columns > MOST_SIDE {
            return Err(AssignmentError::Malformed(vec![AssignmentFault::TooMany]));
        }
        if costs.len() as u64 != wanted {
            let fault = AssignmentFault::WrongLength { found: costs.len(), wanted };
            return Err(AssignmentError::Malformed(vec![fault]));
        }
        Ok(Self { rows, columns, costs })
    }

    /// How many rows there are.
    #[must_use]
    pub const fn rows(&self) -> u32 {
        self.rows
    }

    /// How many columns there are.
    #[must_use]
    pub const fn columns(&self) -> u32 {
        self.columns
    }

    /// The costs of one row, column by column; empty past the last row.
    #[must_use]
    pub fn row(&self, row: u32) -> &[i64] {
        let width = self.columns as usize;
        if row >= self.rows { &[] } else { &self.costs[row as usize * width..][..width] }
    }

    /// All costs, row by row.
    #[must_use]
    pub fn costs(&self) -> &[i64] {
        &self.costs
    }

    /// The same costs as a list of candidates: every row with every column.
    ///
    /// # Errors
    ///
    /// [`AssignmentError::Malformed`] when there are more cells than 32 bits can number.
    pub fn to_candidates(&self) -> Result<Candidates, AssignmentError> {
        Candidates::complete(self)
    }
}
