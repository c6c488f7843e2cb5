//! Who joined, left and moved between two staff rosters, and which grids nobody holds any more.

mod count;
mod pair;
mod report;
mod rows;

use std::collections::{BTreeMap, BTreeSet};

use super::list::{ListError, ListFault, ListFaultKind, RowReader};
use crate::id::{GridIndex, PersonId, PostId, UnitId};
use crate::tree::GridTree;

use count::Counts;
pub use report::{
    DoublePostRow, OrphanedGridRow, RepeatedRow, StaffChange, StaffChangeRow, StaffCount, StaffDiff,
    StaffGridRow, StaffLevelRow, VacatedPostRow,
};
pub use rows::{StaffRow, StaffRules};

/// A row that passed the door.
struct Held {
    person: PersonId,
    grid: GridIndex,
    post: PostId,
    unit: Option<UnitId>,
    name: Option<String>,
    row: usize,
}

impl Held {
    /// What makes it another post of the same person.
    fn seat(&self) -> (GridIndex, &PostId) {
        (self.grid, &self.post)
    }
}

/// Compares two staff rosters (名册变动): who joined, left, was transferred or changed posts, which grids and posts were
/// left without anybody, who holds several posts, which single post several people hold, and all of it counted by grid
/// and level.
///
/// A person's posts on both sides are paired so that as much as can be stays the same: first posts of the same grid,
/// name and unit, which did not change; then those of the same grid and name; then of the same grid; then of the same
/// name; then any. What is left over was taken up or given up. Rows in another order give the same result.
///
/// # Errors
/// [`ListError`] with every fault of every row of both rosters: an empty or malformed cell, a grid that the tree does not
/// have.
///
/// # Complexity
/// O(r·d log r) time for r rows in a tree of depth d.
///
/// ```
/// use gridcore::roster::{StaffChange, StaffRow, StaffRules, staff_diff};
/// use gridcore::{GridRow, GridTree};
/// let tree = GridTree::from_rows([
///     GridRow::new("1", "town"),
///     GridRow::new("11", "north").under("1"),
///     GridRow::new("12", "south").under("1"),
/// ])?;
/// let old = [StaffRow::new("p-1", "11", "worker"), StaffRow::new("p-2", "12", "worker")];
/// let new = [StaffRow::new("p-1", "12", "worker"), StaffRow::new("p-3", "12", "worker")];
/// let diff = staff_diff(old, new, &tree, &StaffRules::default())?;
/// let changes: Vec<_> = diff.changes.iter().map(|row| (row.change, row.person.as_str())).collect();
/// assert_eq!(changes, [
///     (StaffChange::Joined, "p-3"),
///     (StaffChange::Left, "p-2"),
///     (StaffChange::Transferred, "p-1"),
/// ]);
/// assert_eq!(diff.orphaned[0].grid.to_string(), "11"); // nobody followed p-1 there
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn staff_diff(
    old: impl IntoIterator<Item = StaffRow>,
    new: impl IntoIterator<Item = StaffRow>,
    tree: &GridTree,
    rules: &StaffRules,
) -> Result<StaffDiff, ListError> {
    let mut faults = Vec::new();
    let mut diff = StaffDiff::default();
    let old = read("old", old, tree, &mut faults, &mut diff.repeated);
    let new = read("new", new, tree, &mut faults, &mut diff.repeated);
    ListError::unless(faults)?;

    let mut counts = Counts::default();
    let mut new_people = new.chunk_by(|a, b| a.person == b.person).peekable();
    let mut old_people = old.chunk_by(|a, b| a.person == b.person).peekable();
    loop {
        // Whoever comes first in the order of tokens, on either side or both.
        let (before, after) = match (old_people.peek(), new_people.peek()) {
            (None, None) => break,
            (Some(before), Some(after)) if before[0].person == after[0].person => {
                (old_people.next(), new_people.next())
            }
            (Some(before), Some(after)) if before[0].person > after[0].person => (None, new_people.next()),
            (Some(_), _) => (old_people.next(), None),
            (None, Some(_)) => (None, new_people.next()),
        };
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        pair::changes(before, after, tree, &mut diff.changes);
        several(after, tree, &mut diff.several_posts);
        counts.add(before, after, tree);
    }
    // A stable sort: within a kind, people stay in the order of their tokens.
    diff.changes.sort_by_key(|row| row.change);
    vacancies(&old, &new, tree, &mut diff);
    shared(&new, tree, rules, &mut diff.shared_posts);
    let orphaned = diff.orphaned.iter().filter_map(|row| row.grid.with_str(|code| tree.find(code)));
    counts.finish(orphaned.collect(), tree, &mut diff);
    Ok(diff)
}

/// Reads a roster: its posts by person, grid, post and unit, each once.
fn read(
    list: &'static str,
    rows: impl IntoIterator<Item = StaffRow>,
    tree: &GridTree,
    faults: &mut Vec<ListFault>,
    repeated: &mut Vec<RepeatedRow>,
) -> Vec<Held> {
    let mut held = Vec::new();
    for (row, StaffRow { person, grid, post, name, unit }) in rows.into_iter().enumerate() {
        if u32::try_from(row).is_err() {
            faults.push(ListFault::of(Some(list), ListFaultKind::TooManyRows));
            break;
        }
        let mut reader = RowReader { list: Some(list), row, faults };
        let person = reader.name("person", &person);
        let grid = reader.grid(tree, &grid);
        let post = reader.name("post", &post);
        let unit = unit.filter(|unit| !unit.is_empty()).map(|unit| reader.name("unit", &unit));
        let name = name.filter(|name| !name.is_empty());
        if let (Some(person), Some(grid), Some(post)) = (person, grid, post) {
            held.push(Held { person, grid, post, unit: unit.flatten(), name, row });
        }
    }
    // Of rows that say the same, one with a name stands for all.
    held.sort_by(|a, b| {
        (&a.person, a.seat(), &a.unit, a.name.is_none(), &a.name, a.row).cmp(&(
            &b.person,
            b.seat(),
            &b.unit,
            b.name.is_none(),
            &b.name,
            b.row,
        ))
    });
    held.dedup_by(|next, kept| {
        let same = next.person == kept.person && next.seat() == kept.seat() && next.unit == kept.unit;
        if same {
            repeated.push(RepeatedRow { list: list.to_owned(), row: next.row, same_as: kept.row });
        }
        same
    });
    held
}

/// The posts of a person who holds several.
fn several(posts: &[Held], tree: &GridTree, found: &mut Vec<DoublePostRow>) {
    let seats = || posts.chunk_by(|a, b| a.seat() == b.seat());
    let of = seats().count();
    if of > 1 {
        found.extend(seats().map(|seat| double(&seat[0], of, tree)));
    }
}

/// The single posts that several people hold.
fn shared(new: &[Held], tree: &GridTree, rules: &StaffRules, found: &mut Vec<DoublePostRow>) {
    let mut by_seat: Vec<&Held> = new.iter().filter(|held| is_single(held, tree, rules)).collect();
    by_seat.sort_by(|a, b| (a.seat(), &a.person).cmp(&(b.seat(), &b.person)));
    by_seat.dedup_by(|a, b| a.seat() == b.seat() && a.person == b.person);
    for seat in by_seat.chunk_by(|a, b| a.seat() == b.seat()).filter(|seat| seat.len() > 1) {
        found.extend(seat.iter().map(|held| double(held, seat.len(), tree)));
    }
}

fn is_single(held: &Held, tree: &GridTree, rules: &StaffRules) -> bool {
    let post = held.post.as_str();
    let named = tree.schema().level(tree.level(held.grid)).and_then(|level| level.post.as_ref());
    named.is_some_and(|label| label.zh == post || label.en == post)
        || rules.single.iter().any(|single| single == post || single == "*")
}

fn double(held: &Held, of: usize, tree: &GridTree) -> DoublePostRow {
    DoublePostRow {
        person: held.person.clone(),
        name: held.name.clone(),
        grid: tree.code(held.grid),
        post: held.post.clone(),
        of,
        new_row: held.row,
    }
}

/// The grids and posts that lost the last of their people.
fn vacancies(old: &[Held], new: &[Held], tree: &GridTree, diff: &mut StaffDiff) {
    let held_grids: BTreeSet<GridIndex> = new.iter().map(|held| held.grid).collect();
    let held_seats: BTreeSet<(GridIndex, &PostId)> = new.iter().map(Held::seat).collect();
    let mut grids: BTreeMap<GridIndex, (Vec<usize>, BTreeSet<&PersonId>)> = BTreeMap::new();
    let mut seats: BTreeMap<(GridIndex, &PostId), Vec<usize>> = BTreeMap::new();
    for held in old {
        if !held_grids.contains(&held.grid) {
            let (rows, people) = grids.entry(held.grid).or_default();
            rows.push(held.row);
            people.insert(&held.person);
        }
        if !held_seats.contains(&held.seat()) {
            seats.entry(held.seat()).or_default().push(held.row);
        }
    }
    let sorted = |mut rows: Vec<usize>| {
        rows.sort_unstable();
        rows
    };
    diff.orphaned = grids
        .into_iter()
        .map(|(grid, (rows, people))| OrphanedGridRow {
            grid: tree.code(grid),
            name: tree.name(grid).to_owned(),
            level: tree.level(grid),
            path: tree.path(grid).into_iter().map(|grid| tree.code(grid)).collect(),
            nearest_held: tree
                .ancestors(grid)
                .find(|above| held_grids.contains(above))
                .map(|grid| tree.code(grid)),
            persons_before: people.len(),
            old_rows: sorted(rows),
        })
        .collect();
    diff.vacated = seats
        .into_iter()
        .map(|((grid, post), rows)| VacatedPostRow {
            grid: tree.code(grid),
            post: post.clone(),
            orphaned: !held_grids.contains(&grid),
            old_rows: sorted(rows),
        })
        .collect();
}
