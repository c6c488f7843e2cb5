//! The pairs that may be, with their costs.

use petgraph::visit::{EdgeRef, IntoEdgeReferences, IntoNodeIdentifiers, NodeIndexable};

use super::{AssignmentError, AssignmentFault, CostMatrix, MOST_SIDE, NONE};

/// The pairs of a row and a column that may be, with their costs.
///
/// Kept row by row in ascending order of columns, so that the order in which candidates were listed leaves no trace.
///
/// ```
/// use gridcore::solve::assignment::Candidates;
/// let candidates = Candidates::from_arcs(2, 3, &[(1, 0, 3), (0, 2, 8), (0, 1, 2), (0, 1, 6)])?;
/// assert_eq!(candidates.arcs().collect::<Vec<_>>(), [(0, 1, 2), (0, 2, 8), (1, 0, 3)]);
/// # Ok::<(), gridcore::solve::assignment::AssignmentError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidates {
    rows: u32,
    columns: u32,
    /// Where each row begins in `heads` and `costs`; one more than there are rows.
    starts: Vec<u32>,
    heads: Vec<u32>,
    costs: Vec<i64>,
}

/// The candidates of a graph, with the nodes that its rows and columns stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphCandidates<N> {
    /// The candidates.
    pub candidates: Candidates,
    /// The node of each row.
    pub rows: Vec<N>,
    /// The node of each column.
    pub columns: Vec<N>,
}

impl Candidates {
    /// Candidates from a list of (row, column, cost), in any order; of several for one pair the cheapest counts.
    ///
    /// # Complexity
    ///
    /// O(rows + arcs) time and space when each row lists its columns in ascending order; sorting a row costs O(k log k) otherwise.
    ///
    /// # Errors
    ///
    /// [`AssignmentError::Malformed`] with every candidate whose row or column does not exist, or for more than 2²⁶ rows or columns.
    pub fn from_arcs(rows: u32, columns: u32, arcs: &[(u32, u32, i64)]) -> Result<Self, AssignmentError> {
        if rows > MOST_SIDE || columns > MOST_SIDE || u32::try_from(arcs.len()).is_err() {
            return Err(AssignmentError::Malformed(vec![AssignmentFault::TooMany]));
        }
        if arcs.iter().any(|&(row, column, _)| row >= rows || column >= columns) {
            return Err(AssignmentError::Malformed(out_of_range(rows, columns, arcs)));
        }
        let mut starts = vec![0_u32; rows as usize + 1];
        for &(row, ..) in arcs {
            starts[row as usize + 1] += 1;
        }
        for row in 0..rows as usize {
            starts[row + 1] += starts[row];
        }
        let mut place = starts.clone();
        let mut heads = vec![0_u32; arcs.len()];
        let mut costs = vec![0_i64; arcs.len()];
        for &(row, column, cost) in arcs {
            let at = place[row as usize] as usize;
            place[row as usize] += 1;
            (heads[at], costs[at]) = (column, cost);
        }
        let mut candidates = Self { rows, columns, starts, heads, costs };
        candidates.put_in_order();
        Ok(candidates)
    }

    /// Sorts each row by column and keeps the cheapest of several for one pair.
    fn put_in_order(&mut self) {
        let (mut kept, mut begin) = (0_usize, 0_usize);
        let mut row_arcs: Vec<(u32, i64)> = Vec::new();
        for row in 0..self.rows as usize {
            let end = self.starts[row + 1] as usize;
            if self.heads[begin..end].is_sorted_by(|a, b| a < b) {
                if kept < begin {
                    self.heads.copy_within(begin..end, kept);
                    self.costs.copy_within(begin..end, kept);
                }
                kept += end - begin;
            } else {
                row_arcs.clear();
                row_arcs.extend(
                    self.heads[begin..end].iter().copied().zip(self.costs[begin..end].iter().copied()),
                );
                row_arcs.sort_unstable();
                row_arcs.dedup_by_key(|arc| arc.0);
                for &(column, cost) in &row_arcs {
                    (self.heads[kept], self.costs[kept]) = (column, cost);
                    kept += 1;
                }
            }
            begin = end;
            self.starts[row + 1] = kept as u32;
        }
        self.heads.truncate(kept);
        self.costs.truncate(kept);
    }

    /// Every row of a matrix with every column.
    pub(super) fn complete(costs: &CostMatrix) -> Result<Self, AssignmentError> {
        let (rows, columns) = (costs.rows(), costs.columns());
        if u32::try_from(costs.costs().len()).is_err() {
            return Err(AssignmentError::Malformed(vec![AssignmentFault::TooMany]));
        }
        Ok(Self {
            rows,
            columns,
            starts: (0..=rows).map(|row| row * columns).collect(),
            heads: (0..rows).flat_map(|_| 0..columns).collect(),
            costs: costs.costs().to_vec(),
        })
    }

    /// Candidates from a petgraph graph: `is_row` tells which nodes are rows, `cost` what an edge costs.
    ///
    /// Rows and columns are numbered in the order in which the graph names its nodes; the direction of an edge does not matter.
    ///
    /// ```
    /// use gridcore::petgraph::graph::UnGraph;
    /// use gridcore::solve::assignment::Candidates;
    /// let mut graph = UnGraph::<&str, i64>::new_undirected();
    /// let (a, x, y) = (graph.add_node("row"), graph.add_node("column"), graph.add_node("column"));
    /// graph.extend_with_edges([(a, x, 5), (y, a, 3)]);
    /// let made = Candidates::from_graph(&graph, |node| graph[node] == "row", |edge| *edge.weight())?;
    /// assert_eq!(made.candidates.arcs().collect::<Vec<_>>(), [(0, 0, 5), (0, 1, 3)]);
    /// assert_eq!((made.rows, made.columns), (vec![a], vec![x, y]));
    /// # Ok::<(), gridcore::solve::assignment::AssignmentError>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// As [`Candidates::from_arcs`], over the nodes and edges of the graph.
    ///
    /// # Errors
    ///
    /// [`AssignmentError::Malformed`] with every edge that joins two rows or two columns.
    pub fn from_graph<G>(
        graph: G,
        mut is_row: impl FnMut(G::NodeId) -> bool,
        mut cost: impl FnMut(G::EdgeRef) -> i64,
    ) -> Result<GraphCandidates<G::NodeId>, AssignmentError>
    where
        G: IntoEdgeReferences + IntoNodeIdentifiers + NodeIndexable,
    {
        let (mut rows, mut columns) = (Vec::new(), Vec::new());
        let mut side = vec![(false, NONE); graph.node_bound()];
        for node in graph.node_identifiers() {
            let row = is_row(node);
            let list = if row { &mut rows } else { &mut columns };
            let Ok(number) = u32::try_from(list.len()) else {
                return Err(AssignmentError::Malformed(vec![AssignmentFault::TooMany]));
            };
            side[graph.to_index(node)] = (row, number);
            list.push(node);
        }
        if rows.len().max(columns.len()) > MOST_SIDE as usize {
            return Err(AssignmentError::Malformed(vec![AssignmentFault::TooMany]));
        }
        let (mut arcs, mut faults) = (Vec::new(), Vec::new());
        for (arc, edge) in graph.edge_references().enumerate() {
            match (side[graph.to_index(edge.source())], side[graph.to_index(edge.target())]) {
                ((true, row), (false, column)) | ((false, column), (true, row)) => {
                    arcs.push((row, column, cost(edge)));
                }
                _ => faults.push(AssignmentFault::OneSidedEdge { arc }),
            }
        }
        if !faults.is_empty() {
            return Err(AssignmentError::Malformed(faults));
        }
        let candidates = Self::from_arcs(rows.len() as u32, columns.len() as u32, &arcs)?;
        Ok(GraphCandidates { candidates, rows, columns })
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

    /// How many candidates there are.
    #[must_use]
    pub fn arc_count(&self) -> usize {
        self.heads.len()
    }

    /// The columns of one row, ascending, and their costs; empty past the last row.
    #[must_use]
    pub fn row(&self, row: u32) -> (&[u32], &[i64]) {
        if row >= self.rows {
            return (&[], &[]);
        }
        let span = self.starts[row as usize] as usize..self.starts[row as usize + 1] as usize;
        (&self.heads[span.clone()], &self.costs[span])
    }

    /// What one row costs with one column, if the two are a candidate.
    #[must_use]
    pub fn cost(&self, row: u32, column: u32) -> Option<i64> {
        let (heads, costs) = self.row(row);
        heads.binary_search(&column).ok().map(|at| costs[at])
    }

    /// Every candidate as (row, column, cost), by row and column.
    pub fn arcs(&self) -> impl Iterator<Item = (u32, u32, i64)> + '_ {
        (0..self.rows).flat_map(|row| {
            let (heads, costs) = self.row(row);
            heads.iter().zip(costs).map(move |(&column, &cost)| (row, column, cost))
        })
    }

    /// Where each row begins; the solvers' view.
    pub(in crate::solve) fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// The columns of all rows; the solvers' view.
    pub(in crate::solve) fn heads(&self) -> &[u32] {
        &self.heads
    }

    /// The costs of all rows; the solvers' view.
    pub(in crate::solve) fn costs(&self) -> &[i64] {
        &self.costs
    }
}

/// Every candidate whose row or column does not exist.
fn out_of_range(rows: u32, columns: u32, arcs: &[(u32, u32, i64)]) -> Vec<AssignmentFault> {
    let mut faults = Vec::new();
    for (arc, &(row, column, _)) in arcs.iter().enumerate() {
        if row >= rows {
            faults.push(AssignmentFault::RowOutOfRange { arc, row, rows });
        }
        if column >= columns {
            faults.push(AssignmentFault::ColumnOutOfRange { arc, column, columns });
        }
    }
    faults
}
