//! The answer with its proof, and the check of the proof.

use std::fmt;

use super::{Candidates, CostMatrix, NONE};
use crate::error::{Fault, Lang, Problem};

/// A least-cost assignment and the prices that prove it.
///
/// The proof is linear programming's: no candidate costs less than the price of its row and the price of its column together,
/// the pairs of the answer cost exactly that, no column's price is above 0, and the price of a column left over is 0. Then no
/// assignment can cost less than all prices together, and this one costs exactly that.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Assigned {
    /// The column of each row.
    pub columns: Vec<u32>,
    /// What all pairs cost together.
    pub cost: i128,
    /// The price (dual) of each row.
    pub row_duals: Vec<i64>,
    /// The price (dual) of each column: never above 0, and 0 where the column is left over.
    pub column_duals: Vec<i64>,
}

/// What is wrong with an assignment that claims to be the cheapest.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Violation {
    /// It has another number of rows, columns or prices than the task.
    Size,
    /// A row has a column that is not among its candidates.
    NotCandidate {
        /// The row.
        row: u32,
        /// The column.
        column: u32,
    },
    /// Two rows have the same column.
    SharedColumn {
        /// The two rows.
        rows: [u32; 2],
        /// The column.
        column: u32,
    },
    /// The pairs do not cost what the answer says.
    Cost {
        /// What it says.
        stated: i128,
        /// What they cost.
        counted: i128,
    },
    /// A candidate costs less than its two prices together, so a cheaper assignment may exist.
    Underpriced {
        /// The row.
        row: u32,
        /// The column.
        column: u32,
    },
    /// A column's price is above 0, or that of a column left over is below 0.
    ColumnPrice {
        /// The column.
        column: u32,
    },
    /// The pairs cost more than all prices together: the proof has a gap.
    Gap {
        /// What the pairs cost.
        cost: i128,
        /// The sum of all prices.
        bound: i128,
    },
}

impl Assigned {
    /// Checks the answer and its proof against the candidates, in whole numbers and without any of the solver's code.
    ///
    /// ```
    /// use gridcore::control::Control;
    /// use gridcore::solve::assignment::{Candidates, Violation, assign};
    /// let candidates = Candidates::from_arcs(2, 2, &[(0, 0, 1), (0, 1, 5), (1, 0, 4), (1, 1, 9)])?;
    /// let mut answer = assign(&candidates, &mut Control::free())?;
    /// assert_eq!((answer.cost, answer.verify(&candidates)), (9, Ok(())));
    /// (answer.columns, answer.cost) = (vec![0, 1], 10);
    /// assert_eq!(answer.verify(&candidates), Err(Violation::Gap { cost: 10, bound: 9 }));
    /// # Ok::<(), gridcore::solve::assignment::AssignmentError>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// O(rows + columns + arcs) time, O(columns) space.
    ///
    /// # Errors
    ///
    /// The first [`Violation`] found.
    pub fn verify(&self, candidates: &Candidates) -> Result<(), Violation> {
        let cost_of = |row, column| candidates.cost(row, column);
        self.verify_pairs(candidates.rows(), candidates.columns(), cost_of)?;
        for (row, column, cost) in candidates.arcs() {
            self.verify_price(row, column, cost)?;
        }
        self.verify_bound()
    }

    /// Checks the answer and its proof against a matrix of costs, as [`Assigned::verify`] does against candidates.
    ///
    /// # Complexity
    ///
    /// O(rows × columns) time, O(columns) space.
    ///
    /// # Errors
    ///
    /// The first [`Violation`] found.
    pub fn verify_dense(&self, costs: &CostMatrix) -> Result<(), Violation> {
        let cost_of = |row, column: u32| costs.row(row).get(column as usize).copied();
        self.verify_pairs(costs.rows(), costs.columns(), cost_of)?;
        for row in 0..costs.rows() {
            for (column, &cost) in (0..).zip(costs.row(row)) {
                self.verify_price(row, column, cost)?;
            }
        }
        self.verify_bound()
    }

    /// That every row has a column of its own among its candidates, that the cost is right, and the signs of column prices.
    fn verify_pairs(
        &self,
        rows: u32,
        columns: u32,
        cost_of: impl Fn(u32, u32) -> Option<i64>,
    ) -> Result<(), Violation> {
        let (rows, columns) = (rows as usize, columns as usize);
        if self.columns.len() != rows || self.row_duals.len() != rows || self.column_duals.len() != columns {
            return Err(Violation::Size);
        }
        let mut row_of = vec![NONE; columns];
        let mut counted = 0_i128;
        for (row, &column) in (0..).zip(&self.columns) {
            counted += i128::from(cost_of(row, column).ok_or(Violation::NotCandidate { row, column })?);
            let holder = &mut row_of[column as usize];
            if *holder != NONE {
                return Err(Violation::SharedColumn { rows: [*holder, row], column });
            }
            *holder = row;
        }
        if counted != self.cost {
            return Err(Violation::Cost { stated: self.cost, counted });
        }
        for (column, (&price, &row)) in (0..).zip(self.column_duals.iter().zip(&row_of)) {
            if price > 0 || (row == NONE && price != 0) {
                return Err(Violation::ColumnPrice { column });
            }
        }
        Ok(())
    }

    /// That one candidate costs no less than its two prices together.
    fn verify_price(&self, row: u32, column: u32, cost: i64) -> Result<(), Violation> {
        let prices =
            i128::from(self.row_duals[row as usize]) + i128::from(self.column_duals[column as usize]);
        if i128::from(cost) < prices { Err(Violation::Underpriced { row, column }) } else { Ok(()) }
    }

    /// That the pairs cost exactly what all prices make.
    fn verify_bound(&self) -> Result<(), Violation> {
        let bound = self.row_duals.iter().chain(&self.column_duals).map(|&price| i128::from(price)).sum();
        if self.cost == bound { Ok(()) } else { Err(Violation::Gap { cost: self.cost, bound }) }
    }
}

use Violation as V;

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for Violation {}

impl Problem for Violation {
    fn code(&self) -> &'static str {
        match self {
            V::Size => "wrong_size",
            V::NotCandidate { .. } => "not_candidate",
            V::SharedColumn { .. } => "shared_column",
            V::Cost { .. } => "wrong_cost",
            V::Underpriced { .. } => "underpriced",
            V::ColumnPrice { .. } => "wrong_column_price",
            V::Gap { .. } => "proof_gap",
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let (en, zh) = match self {
            V::Size => (
                "the answer has another number of rows, columns or prices than the task".to_owned(),
                "答案的行数、列数或价格数与题目不符".to_owned(),
            ),
            V::NotCandidate { row, column } => (
                format!("row {row} was given column {column}, which is not among its candidates"),
                format!("第 {row} 行得到第 {column} 列，但不在其候选之中"),
            ),
            V::SharedColumn { rows: [a, b], column } => (
                format!("rows {a} and {b} were both given column {column}"),
                format!("第 {a} 行与第 {b} 行都得到第 {column} 列"),
            ),
            V::Cost { stated, counted } => (
                format!("the answer says it costs {stated}, but its pairs cost {counted}"),
                format!("答案声称费用为 {stated}，实际为 {counted}"),
            ),
            V::Underpriced { row, column } => (
                format!("row {row} with column {column} costs less than their two prices"),
                format!("第 {row} 行与第 {column} 列的费用低于两者价格之和"),
            ),
            V::ColumnPrice { column } => (
                format!("the price of column {column} has the wrong sign, or it is left over at a price"),
                format!("第 {column} 列的价格符号有误，或未用之列价格不为零"),
            ),
            V::Gap { cost, bound } => (
                format!("the pairs cost {cost}, but the prices prove only {bound}"),
                format!("费用为 {cost}，而价格只证明 {bound}"),
            ),
        };
        vec![
            Fault::new(self.code())
                .says(en, zh)
                .remedy("solve the task again, for exactly these costs", "请按这些费用重新求解"),
        ]
    }
}
