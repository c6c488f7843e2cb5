//! The numbers of the cells, and which of them are withheld.

use crate::id::GridIndex;

use super::options::{MapCells, MapOptions};
use super::strength::StrengthMap;

/// The number of one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Shown(u64),
    Withheld,
}

/// The cells of a map with their numbers.
pub(crate) struct Values {
    /// In preorder.
    pub(crate) cells: Vec<(GridIndex, Value)>,
    /// The people of the role in all.
    pub(crate) roster: u64,
    /// Those at grids above the cells.
    pub(crate) above: u64,
}

impl Values {
    /// Finds the cells of a map and their numbers; no cell holds another one, unless all grids are asked for.
    pub(crate) fn new(map: &StrengthMap, options: &MapOptions, all: bool) -> Self {
        let (tree, role) = (map.tree(), options.role.as_deref());
        let roster = map.total(tree.root(), role);
        let is_cell = |&grid: &GridIndex| match options.cells {
            MapCells::All if all => true,
            MapCells::All | MapCells::Leaves => tree.is_leaf(grid),
            MapCells::Level(level) => {
                tree.level(grid) == level || (tree.level(grid) < level && tree.is_leaf(grid))
            }
        };
        let grids: Vec<GridIndex> = tree.indices().filter(is_cell).collect();
        let numbers: Vec<u64> = grids.iter().map(|&grid| map.total(grid, role)).collect();
        let above =
            if all && options.cells == MapCells::All { 0 } else { roster - numbers.iter().sum::<u64>() };
        let withheld = withheld(&numbers, options.min_cell);
        let value =
            |(number, withheld): (u64, bool)| if withheld { Value::Withheld } else { Value::Shown(number) };
        let values = numbers.into_iter().zip(withheld).map(value);
        Self { cells: grids.into_iter().zip(values).collect(), roster, above }
    }
}

/// Says which numbers are withheld: those from 1 to `least − 1`, and one more if that is a single one.
fn withheld(numbers: &[u64], least: u64) -> Vec<bool> {
    let mut withheld: Vec<bool> = numbers.iter().map(|&number| number > 0 && number < least).collect();
    if withheld.iter().filter(|&&withheld| withheld).count() == 1 {
        let others = numbers.iter().enumerate().filter(|&(cell, &number)| number > 0 && !withheld[cell]);
        if let Some((next, _)) = others.min_by_key(|&(cell, &number)| (number, cell)) {
            withheld[next] = true;
        }
    }
    withheld
}

#[cfg(test)]
mod tests {
    use super::withheld;

    #[test]
    fn one_withheld_number_takes_another_with_it() {
        assert_eq!(withheld(&[0, 3, 9, 12, 9], 5), [false, true, true, false, false]);
        assert_eq!(withheld(&[0, 3, 4, 9], 5), [false, true, true, false]);
        assert_eq!(withheld(&[0, 7, 9], 5), [false; 3]);
        assert_eq!(withheld(&[0, 0, 3], 5), [false, false, true]);
        assert_eq!(withheld(&[1, 2, 3], 0), [false; 3]);
    }
}
