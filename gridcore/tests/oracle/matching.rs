//! Matching by trying every choice: slow, and plain to read.

use super::table::Table;

/// The most rows that can each have a column of their own: each row in turn takes any free column, or none.
pub(crate) fn most_pairs(table: &Table) -> u32 {
    fn from(table: &Table, row: usize, taken: &mut Vec<bool>) -> u32 {
        let Some(costs) = table.get(row) else { return 0 };
        let mut best = from(table, row + 1, taken);
        for (column, cost) in costs.iter().enumerate() {
            if cost.is_some() && !taken[column] {
                taken[column] = true;
                best = best.max(1 + from(table, row + 1, taken));
                taken[column] = false;
            }
        }
        best
    }
    let columns = table.first().map_or(0, Vec::len);
    from(table, 0, &mut vec![false; columns])
}
