//! A roll-up by looking at every row once for every grid.

use gridcore::{GridIndex, GridTree};

/// The present values of all rows that lie in a grid or beneath it.
pub(crate) fn beneath<T: Copy>(
    tree: &GridTree,
    at: &[GridIndex],
    values: &[Option<T>],
    grid: GridIndex,
) -> Vec<T> {
    let lies_in = |row: usize| tree.path(at[row]).contains(&grid);
    (0..at.len()).filter(|&row| lies_in(row)).filter_map(|row| values[row]).collect()
}
