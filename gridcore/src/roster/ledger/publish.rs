//! Which numbers may be published, so that no small cell is shown or can be reckoned from those that are.

use super::{Ledger, LedgerCount, PublishedRow};
use crate::id::GridIndex;
use crate::tree::GridTree;

impl Ledger {
    /// The numbers of all grids, fit to be published: no cell of 1 to `min_cell` − 1 people is shown, nor is it a sum or
    /// difference of numbers that are.
    ///
    /// Two tables are told apart: the excused, and those due, who are told in up to three steps: in all; done and open;
    /// open as refused, unreachable and pending. At each step a grid is shown only if the grid above it is, each of its
    /// cells is 0 or large enough, and so is what remains of the grid above when all that is shown beneath it is taken
    /// away; where that is not so, one more grid beside it is withheld, the one with the smallest such cell that is
    /// large enough. Step by step the shown numbers then say neither more nor less than the cells of those remains,
    /// none of which is small. Zeros are shown. The office's own numbers, [`by_grid`](Self::by_grid), withhold nothing.
    ///
    /// # Complexity
    /// O(n + c²) time for n grids, at worst, where one grid has c children and many of them must be withheld; O(n) where few
    /// are.
    ///
    /// ```
    /// # use gridcore::roster::{EligibilityRow, Ledger, LedgerRule};
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([
    /// #     GridRow::new("1", "town"), GridRow::new("11", "north").under("1"), GridRow::new("12", "south").under("1"),
    /// # ])?;
    /// let row = |n: usize, grid: &str, status: &str| EligibilityRow::new(format!("p-{grid}-{n}"), grid, status);
    /// let north = (0..40).map(|n| row(n, "11", if n < 38 { "done" } else { "refused" }));
    /// let south = (0..60).map(|n| row(n, "12", if n < 50 { "done" } else { "refused" }));
    /// let rows = Ledger::read(north.chain(south), &tree, LedgerRule::Strongest)?.published(5);
    /// assert_eq!((rows[0].due, rows[0].refused), (Some(100), Some(12)));
    /// assert_eq!((rows[1].due, rows[1].done), (Some(40), None)); // 2 open
    /// assert_eq!((rows[2].due, rows[2].done), (Some(60), None)); // else the 2 could be reckoned
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn published(&self, min_cell: usize) -> Vec<PublishedRow> {
        let tree = &self.inner.tree;
        let counts: Vec<LedgerCount> =
            tree.indices().map(|grid| LedgerCount::of(self.states(grid))).collect();
        let all = vec![true; tree.len()];
        let exempt = open(tree, min_cell, &all, |place| [counts[place].exempt]);
        let due = open(tree, min_cell, &all, |place| [counts[place].due]);
        let done = open(tree, min_cell, &due, |place| [counts[place].done, counts[place].open]);
        let parts = open(tree, min_cell, &done, |place| {
            let count = &counts[place];
            [count.done, count.refused, count.unreachable, count.pending]
        });
        let row = |grid: GridIndex| {
            let place = grid.get();
            let count = &counts[place];
            PublishedRow {
                grid: tree.code(grid),
                name: tree.name(grid).to_owned(),
                level: tree.level(grid),
                eligible: (exempt[place] && due[place]).then_some(count.eligible),
                exempt: exempt[place].then_some(count.exempt),
                due: due[place].then_some(count.due),
                done: done[place].then_some(count.done),
                open: done[place].then_some(count.open),
                refused: parts[place].then_some(count.refused),
                unreachable: parts[place].then_some(count.unreachable),
                pending: parts[place].then_some(count.pending),
                coverage: count.coverage.filter(|_| done[place]),
            }
        };
        tree.indices().map(row).collect()
    }
}

/// The grids whose cells may be shown, of those that are allowed; `cells` says them by position, with all beneath.
fn open<const CELLS: usize>(
    tree: &GridTree,
    least: usize,
    allowed: &[bool],
    cells: impl Fn(usize) -> [usize; CELLS],
) -> Vec<bool> {
    let small = |cell: usize| cell > 0 && cell < least;
    let sound = |place: usize| allowed[place] && !cells(place).into_iter().any(small);
    let mut shown = vec![false; tree.len()];
    shown[0] = sound(0);
    for grid in tree.indices().filter(|grid| !tree.is_leaf(*grid)) {
        if !shown[grid.get()] {
            continue;
        }
        let mut beneath: Vec<usize> = Vec::new();
        let mut rest = cells(grid.get());
        for child in tree.children(grid).map(GridIndex::get).filter(|&child| sound(child)) {
            beneath.push(child);
            rest = std::array::from_fn(|cell| rest[cell] - cells(child)[cell]);
        }
        while let Some(cell) = (0..CELLS).find(|&cell| small(rest[cell])) {
            // The cell of the grid itself is large enough, so some grid beneath that is shown has a part in it.
            let next = (0..beneath.len())
                .filter(|&at| cells(beneath[at])[cell] > 0)
                .min_by_key(|&at| (cells(beneath[at])[cell], beneath[at]));
            let Some(next) = next else { break };
            let withheld = beneath.remove(next);
            rest = std::array::from_fn(|cell| rest[cell] + cells(withheld)[cell]);
        }
        for child in beneath {
            shown[child] = true;
        }
    }
    shown
}
