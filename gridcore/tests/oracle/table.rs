//! A task as a table.

/// The cost of each row with each column, where the two may be together.
pub(crate) type Table = Vec<Vec<Option<i64>>>;

/// The candidates of a table, row by row.
pub(crate) fn arcs(table: &Table) -> Vec<(u32, u32, i64)> {
    let mut arcs = Vec::new();
    for (row, costs) in (0..).zip(table) {
        for (column, cost) in (0..).zip(costs) {
            arcs.extend(cost.map(|cost| (row, column, cost)));
        }
    }
    arcs
}
