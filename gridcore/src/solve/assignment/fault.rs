//! What can keep an assignment from being made.

use std::fmt;

use crate::control::Stopped;
use crate::error::{Fault, Lang, Problem};
use crate::solve::matching::HallSet;

/// One fault of a list of candidates or of a matrix of costs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AssignmentFault {
    /// A candidate names a row past the last.
    RowOutOfRange {
        /// The place of the candidate in the list, from 0.
        arc: usize,
        /// The row it names.
        row: u32,
        /// How many rows there are.
        rows: u32,
    },
    /// A candidate names a column past the last.
    ColumnOutOfRange {
        /// The place of the candidate in the list, from 0.
        arc: usize,
        /// The column it names.
        column: u32,
        /// How many columns there are.
        columns: u32,
    },
    /// An edge of a graph joins two rows or two columns.
    OneSidedEdge {
        /// The place of the edge in the graph, from 0.
        arc: usize,
    },
    /// There are more candidates than 32 bits can number, or more than 2²⁶ rows or columns.
    TooMany,
    /// A matrix has another number of cells than its rows and columns make.
    WrongLength {
        /// The cells it has.
        found: usize,
        /// The cells it should have.
        wanted: u64,
    },
}

use AssignmentFault as F;

impl AssignmentFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            F::RowOutOfRange { .. } => "row_out_of_range",
            F::ColumnOutOfRange { .. } => "column_out_of_range",
            F::OneSidedEdge { .. } => "one_sided_edge",
            F::TooMany => "too_many_candidates",
            F::WrongLength { .. } => "wrong_length",
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let fault = Fault::new(self.code());
        match self {
            F::RowOutOfRange { arc, row, rows } => fault
                .at(*arc)
                .in_column("row")
                .found(row, format!("less than {rows}"))
                .says(
                    format!("the candidate names row {row}, but there are {rows} rows"),
                    format!("候选指向第 {row} 行，但共有 {rows} 行"),
                )
                .remedy("number the rows from 0", "行号须从 0 起"),
            F::ColumnOutOfRange { arc, column, columns } => fault
                .at(*arc)
                .in_column("column")
                .found(column, format!("less than {columns}"))
                .says(
                    format!("the candidate names column {column}, but there are {columns} columns"),
                    format!("候选指向第 {column} 列，但共有 {columns} 列"),
                )
                .remedy("number the columns from 0", "列号须从 0 起"),
            F::OneSidedEdge { arc } => fault
                .at(*arc)
                .says("the edge joins two nodes of the same side", "该边连接同侧的两个节点")
                .remedy("let every edge join a row and a column", "每条边须连接一行与一列"),
            F::TooMany => fault
                .says(
                    "there are more than 2^32 candidates, or more than 2^26 rows or columns",
                    "候选数超过 2^32，或行数、列数超过 2^26",
                )
                .remedy(
                    "divide the task, or list fewer candidates of each row",
                    "请拆分任务，或减少每行的候选",
                ),
            F::WrongLength { found, wanted } => fault
                .found(found, wanted)
                .says(
                    format!("the matrix has {found} cells where its rows and columns make {wanted}"),
                    format!("矩阵有 {found} 个数，行列之积应为 {wanted}"),
                )
                .remedy("give one cost for each row and column, row by row", "请逐行给出每行每列的费用"),
        }
    }
}

/// Why no assignment was made.
///
/// ```
/// use gridcore::control::Control;
/// use gridcore::solve::assignment::{AssignmentError, Candidates, assign};
/// // Rows 0 and 2 have nothing but column 1.
/// let candidates = Candidates::from_arcs(3, 3, &[(0, 1, 5), (1, 0, 1), (1, 2, 1), (2, 1, 6)])?;
/// let Err(AssignmentError::Unassignable(hall)) = assign(&candidates, &mut Control::free()) else { panic!() };
/// assert_eq!((hall.rows, hall.columns), (vec![0, 2], vec![1]));
/// # Ok::<(), AssignmentError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AssignmentError {
    /// Some rows share fewer columns than they are; the set says which.
    Unassignable(HallSet),
    /// The costs lie so far apart that sums of them could pass 64 bits.
    Overflow,
    /// The candidates or the matrix are malformed: every fault.
    Malformed(Vec<AssignmentFault>),
    /// The work was stopped before its end.
    Stopped(Stopped),
}

impl AssignmentError {
    /// Every fault of malformed input; empty when the cause is another.
    #[must_use]
    pub fn list(&self) -> &[AssignmentFault] {
        match self {
            Self::Malformed(faults) => faults,
            _ => &[],
        }
    }
}

impl From<Stopped> for AssignmentError {
    fn from(stopped: Stopped) -> Self {
        Self::Stopped(stopped)
    }
}

impl fmt::Display for AssignmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for AssignmentError {}

impl Problem for AssignmentError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unassignable(_) => "unassignable",
            Self::Overflow => "overflow",
            Self::Malformed(_) => "malformed_candidates",
            Self::Stopped(stopped) => stopped.code(),
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let fault = Fault::new(self.code());
        match self {
            Self::Unassignable(hall) => vec![hall.to_fault()],
            Self::Overflow => vec![
                fault
                    .says(
                        "the costs lie so far apart that their sums pass 64 bits",
                        "费用相差过大，其和超出 64 位整数",
                    )
                    .remedy(
                        "measure costs in a larger unit, or leave impossible pairs out instead of making them dear",
                        "请改用较大的费用单位；不可行的配对应删去，而非赋以极大费用",
                    ),
            ],
            Self::Malformed(faults) => faults.iter().map(AssignmentFault::to_fault).collect(),
            Self::Stopped(stopped) => vec![
                fault
                    .says(stopped.to_string(), "计算已中止")
                    .remedy("allow more work, or let it run to its end", "请放宽工作量上限，或等待计算完成"),
            ],
        }
    }
}
