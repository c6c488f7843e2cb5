//! The outcome by grid, rolled up the tree.

use std::collections::BTreeMap;

use super::{GridCountRow, RowState};
use crate::GridTree;
use crate::roster::run::{Inner, Reconciliation};
use crate::roster::{FieldKind, RosterSide};

/// The grids of a table by grid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ByGrid {
    /// Each grid that a row names, as it names it, with the rows of that grid alone.
    #[default]
    Named,
    /// The grids of one level of the tree, each with all rows beneath it.
    Level(u8),
    /// All grids of the tree, each with all rows beneath it.
    All,
}

/// A grid in the table: the code that rows name, or a grid of the tree; none is "unknown".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place<'a> {
    InTree(usize),
    Named(&'a str),
    Unknown,
}

struct Table<'a> {
    tree: Option<&'a GridTree>,
    by: ByGrid,
    rows: BTreeMap<Place<'a>, GridCountRow>,
}

impl<'a> Table<'a> {
    /// The grids of the table in which a row with this grid counts, deepest first; a code that the tree does not know is
    /// unknown where the tree is asked for.
    fn places(&self, code: Option<&'a str>) -> Vec<Place<'a>> {
        let Some(code) = code else { return vec![Place::Unknown] };
        let found = self.tree.and_then(|tree| Some((tree, tree.find(code)?)));
        match (self.by, found) {
            (ByGrid::Named, Some((_, grid))) => vec![Place::InTree(grid.get())],
            (ByGrid::Named, None) => vec![Place::Named(code)],
            (_, None) => vec![Place::Unknown],
            (ByGrid::Level(level), Some((tree, grid))) => match tree.ancestor_at(grid, level) {
                Some(above) => vec![Place::InTree(above.get())],
                None => vec![Place::Unknown],
            },
            (ByGrid::All, Some((tree, grid))) => {
                let above = tree.ancestors(grid).map(|above| Place::InTree(above.get()));
                std::iter::once(Place::InTree(grid.get())).chain(above).collect()
            }
        }
    }

    fn row(&mut self, place: Place<'a>) -> &mut GridCountRow {
        let tree = self.tree;
        self.rows.entry(place).or_insert_with(|| empty(tree, place))
    }
}

fn empty(tree: Option<&GridTree>, place: Place<'_>) -> GridCountRow {
    let at = |grid: usize| tree.and_then(|tree| Some((tree, tree.at(grid)?)));
    let (grid, name, level) = match place {
        Place::Unknown => (None, None, None),
        Place::Named(code) => (Some(code.to_owned()), None, None),
        Place::InTree(grid) => match at(grid) {
            Some((tree, grid)) => {
                (Some(tree.code(grid).to_string()), Some(tree.name(grid).to_owned()), Some(tree.level(grid)))
            }
            None => (None, None, None),
        },
    };
    GridCountRow {
        grid,
        name,
        level,
        left: 0,
        left_matched: 0,
        missing: 0,
        left_duplicate: 0,
        left_review: 0,
        kept: 0,
        right: 0,
        right_matched: 0,
        extra: 0,
        right_duplicate: 0,
        right_review: 0,
        moved_out: 0,
        moved_in: 0,
    }
}

fn count(row: &mut GridCountRow, side: RosterSide, state: RowState, rows: usize) {
    let (all, cell) = match side {
        RosterSide::Left => {
            let cell = match state {
                RowState::Matched => &mut row.left_matched,
                RowState::Duplicate => &mut row.left_duplicate,
                RowState::Review => &mut row.left_review,
                RowState::Kept => &mut row.kept,
                RowState::Missing | RowState::Extra => &mut row.missing,
            };
            (&mut row.left, cell)
        }
        RosterSide::Right => {
            let cell = match state {
                RowState::Matched => &mut row.right_matched,
                RowState::Duplicate => &mut row.right_duplicate,
                RowState::Review => &mut row.right_review,
                RowState::Extra | RowState::Missing | RowState::Kept => &mut row.extra,
            };
            (&mut row.right, cell)
        }
    };
    *all += rows;
    *cell += rows;
}

impl Inner {
    fn by<'a>(&'a self, by: ByGrid, tree: Option<&'a GridTree>) -> Vec<GridCountRow> {
        let mut table = Table { tree, by, rows: BTreeMap::new() };
        if let (Some(tree), ByGrid::All) = (tree, by) {
            for grid in tree.indices() {
                table.row(Place::InTree(grid.get()));
            }
        }
        if let (Some(tree), ByGrid::Level(level)) = (tree, by) {
            for grid in tree.descendants_at(tree.root(), level) {
                table.row(Place::InTree(grid.get()));
            }
        }
        let grids = RosterSide::ALL.map(|side| self.codes(side, FieldKind::Grid));
        for side in RosterSide::ALL {
            // Count by code first: there are fewer codes than rows.
            let codes = grids[side as usize];
            let mut counts = vec![[0_usize; RowState::ALL.len()]; codes.kinds()];
            for (state, at) in self.states(side).iter().zip(0..) {
                counts[codes.number(at) as usize][state.shown(side, self.single) as usize] += 1;
            }
            for (counts, number) in counts.iter().zip(0..) {
                if counts.iter().all(|&rows| rows == 0) {
                    continue;
                }
                for place in table.places(codes.text(number)) {
                    for (&state, &rows) in RowState::ALL.iter().zip(counts) {
                        count(table.row(place), side, state, rows);
                    }
                }
            }
        }
        let mut moves: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        for link in &self.placed.links {
            let ends = (grids[0].number(link.left), grids[1].number(link.right));
            if grids[0].text(ends.0) != grids[1].text(ends.1) {
                *moves.entry(ends).or_default() += 1;
            }
        }
        for ((from, to), rows) in moves {
            // A move whose start or end is not known is no move.
            let (Some(from), Some(to)) = (grids[0].text(from), grids[1].text(to)) else { continue };
            let (from, to) = (table.places(Some(from)), table.places(Some(to)));
            for &place in from.iter().filter(|place| !to.contains(place)) {
                table.row(place).moved_out += rows;
            }
            for &place in to.iter().filter(|place| !from.contains(place)) {
                table.row(place).moved_in += rows;
            }
        }
        table.rows.into_values().collect()
    }
}

impl Reconciliation {
    /// What came of the rows of each grid: in the order of the tree, then grids that it does not know by their code, and last
    /// the rows without a grid. No row is left out.
    ///
    /// `tree` takes the place of the tree that the reconciliation was made with; without either, [`ByGrid::Level`] and
    /// [`ByGrid::All`] put all rows in the last row.
    ///
    /// # Complexity
    /// O(n + c · h) time for n rows, c codes and a tree of height h.
    #[must_use]
    pub fn by(&self, by: ByGrid, tree: Option<&GridTree>) -> Vec<GridCountRow> {
        self.inner.by(by, tree.or(self.inner.tree.as_ref()))
    }
}
