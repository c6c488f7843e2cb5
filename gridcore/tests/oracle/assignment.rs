//! Assignment by trying every one: slow, and plain to read.

use super::table::Table;

/// The least cost at which every row gets a column of its own; none if no assignment exists.
pub(crate) fn least_cost(table: &Table) -> Option<i128> {
    fn from(table: &Table, row: usize, taken: &mut Vec<bool>) -> Option<i128> {
        let Some(costs) = table.get(row) else { return Some(0) };
        let mut best = None;
        for (column, cost) in costs.iter().enumerate() {
            let (Some(cost), false) = (cost, taken[column]) else { continue };
            taken[column] = true;
            let total = from(table, row + 1, taken).map(|rest| rest + i128::from(*cost));
            taken[column] = false;
            best = [best, total].into_iter().flatten().min();
        }
        best
    }
    let columns = table.first().map_or(0, Vec::len);
    from(table, 0, &mut vec![false; columns])
}
