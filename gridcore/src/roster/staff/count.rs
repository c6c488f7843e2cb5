//! People and posts counted by grid, with everything beneath it, and by level.

use std::collections::{BTreeMap, BTreeSet};

use super::{Held, StaffCount, StaffDiff, StaffGridRow, StaffLevelRow};
use crate::id::{GridIndex, PostId};
use crate::tree::GridTree;

/// A post at a grid.
type Seat<'a> = (GridIndex, &'a PostId);

#[derive(Default)]
pub(super) struct Counts {
    total: StaffCount,
    by_grid: BTreeMap<GridIndex, StaffCount>,
    by_level: BTreeMap<u8, (StaffCount, BTreeSet<GridIndex>, BTreeSet<GridIndex>)>,
}

/// Each post once, whichever units send somebody for it.
fn seats(posts: &[Held]) -> Vec<Seat<'_>> {
    let mut seats: Vec<Seat<'_>> = posts.iter().map(Held::seat).collect();
    seats.dedup();
    seats
}

impl Counts {
    /// Adds one person: their posts before and after.
    pub(super) fn add(&mut self, before: &[Held], after: &[Held], tree: &GridTree) {
        let (old, new) = (seats(before), seats(after));
        let known = (!old.is_empty(), !new.is_empty());
        add_person(&mut self.total, known, &old, &new);

        let grids = old.iter().chain(&new).map(|seat| seat.0);
        let mut touched: BTreeSet<GridIndex> = BTreeSet::new();
        for grid in grids {
            // Above a grid that was met before, all were met.
            for grid in std::iter::once(grid).chain(tree.ancestors(grid)) {
                if !touched.insert(grid) {
                    break;
                }
            }
        }
        for grid in touched {
            let end = grid.get() + tree.subtree(grid).len();
            let within = |seats: &[Seat<'_>]| {
                let place = |bound| seats.partition_point(|seat| seat.0.get() < bound);
                place(grid.get())..place(end)
            };
            let (old, new) = (&old[within(&old)], &new[within(&new)]);
            add_person(self.by_grid.entry(grid).or_default(), known, old, new);
        }
        let mut levels: BTreeMap<u8, [Vec<Seat<'_>>; 2]> = BTreeMap::new();
        for (side, seats) in [&old, &new].into_iter().enumerate() {
            for &seat in seats {
                levels.entry(tree.level(seat.0)).or_default()[side].push(seat);
            }
        }
        for (level, [old, new]) in levels {
            let (count, held_before, held_after) = self.by_level.entry(level).or_default();
            add_person(count, known, &old, &new);
            held_before.extend(old.iter().map(|seat| seat.0));
            held_after.extend(new.iter().map(|seat| seat.0));
        }
    }

    /// Adds the orphaned grids, and writes the tables.
    pub(super) fn finish(mut self, orphaned: Vec<GridIndex>, tree: &GridTree, diff: &mut StaffDiff) {
        self.total.orphaned = orphaned.len();
        for grid in orphaned {
            for above in std::iter::once(grid).chain(tree.ancestors(grid)) {
                self.by_grid.entry(above).or_default().orphaned += 1;
            }
            self.by_level.entry(tree.level(grid)).or_default().0.orphaned += 1;
        }
        diff.total = self.total;
        diff.by_grid = self
            .by_grid
            .into_iter()
            .map(|(grid, count)| StaffGridRow {
                grid: tree.code(grid),
                name: tree.name(grid).to_owned(),
                level: tree.level(grid),
                count,
            })
            .collect();
        let mut grids: BTreeMap<u8, usize> = BTreeMap::new();
        for grid in tree.indices() {
            *grids.entry(tree.level(grid)).or_default() += 1;
        }
        diff.by_level = grids
            .into_iter()
            .map(|(level, grids)| {
                let (count, before, after) = self.by_level.remove(&level).unwrap_or_default();
                StaffLevelRow { level, grids, held_before: before.len(), held_after: after.len(), count }
            })
            .collect();
    }
}

/// Adds one person to a count, with their posts in it; `known` says whether they are on the rosters at all.
fn add_person(count: &mut StaffCount, known: (bool, bool), old: &[Seat<'_>], new: &[Seat<'_>]) {
    count.posts_before += old.len();
    count.posts_after += new.len();
    count.before += usize::from(!old.is_empty());
    count.after += usize::from(!new.is_empty());
    match (old.is_empty(), new.is_empty()) {
        (true, true) => {}
        (true, false) if known.0 => count.came += 1,
        (true, false) => count.joined += 1,
        (false, true) if known.1 => count.went += 1,
        (false, true) => count.left += 1,
        (false, false) => {
            let grids = |seats: &[Seat<'_>]| {
                let mut grids: Vec<GridIndex> = seats.iter().map(|seat| seat.0).collect();
                grids.dedup();
                grids
            };
            if grids(old) != grids(new) {
                count.moved += 1;
            } else if old != new {
                count.post_changed += 1;
            }
        }
    }
}
