//! Two staff rosters compared the long way: every grid asked about every person, every post about every other.

use std::collections::BTreeSet;

use gridcore::roster::{StaffCount, StaffRow};
use gridcore::{GridIndex, GridTree};

/// A post: grid and name.
type Seat = (GridIndex, String);

fn seats(
    rows: &[StaffRow],
    person: &str,
    tree: &GridTree,
    within: impl Fn(GridIndex) -> bool,
) -> BTreeSet<Seat> {
    let of = |row: &StaffRow| (tree.find(&row.grid).expect("a grid"), row.post.clone());
    rows.iter().filter(|row| row.person == person).map(of).filter(|seat| within(seat.0)).collect()
}

fn grids(seats: &BTreeSet<Seat>) -> BTreeSet<GridIndex> {
    seats.iter().map(|seat| seat.0).collect()
}

/// The count of the grids that `within` says.
pub(crate) fn count(
    old: &[StaffRow],
    new: &[StaffRow],
    tree: &GridTree,
    within: impl Fn(GridIndex) -> bool + Copy,
) -> StaffCount {
    let mut count = StaffCount::default();
    let people: BTreeSet<&str> = old.iter().chain(new).map(|row| row.person.as_str()).collect();
    for person in people {
        let [before, after] = [old, new].map(|rows| seats(rows, person, tree, within));
        let [was, is] = [old, new].map(|rows| rows.iter().any(|row| row.person == person));
        let (here_before, here_after) = (!before.is_empty(), !after.is_empty());
        count.posts_before += before.len();
        count.posts_after += after.len();
        count.before += usize::from(here_before);
        count.after += usize::from(here_after);
        count.joined += usize::from(here_after && !was);
        count.came += usize::from(here_after && was && !here_before);
        count.left += usize::from(here_before && !is);
        count.went += usize::from(here_before && is && !here_after);
        let stayed = here_before && here_after;
        count.moved += usize::from(stayed && grids(&before) != grids(&after));
        count.post_changed += usize::from(stayed && grids(&before) == grids(&after) && before != after);
    }
    count.orphaned = orphaned(old, new, tree).into_iter().filter(|&grid| within(grid)).count();
    count
}

/// The grids that lost the last of their people.
pub(crate) fn orphaned(old: &[StaffRow], new: &[StaffRow], tree: &GridTree) -> Vec<GridIndex> {
    let held = |rows: &[StaffRow], grid| rows.iter().any(|row| tree.find(&row.grid) == Some(grid));
    tree.indices().filter(|&grid| held(old, grid) && !held(new, grid)).collect()
}
