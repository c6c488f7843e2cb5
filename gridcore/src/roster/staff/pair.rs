//! One person's posts before and after, paired so that as much as can be stays the same.

use super::{Held, StaffChange, StaffChangeRow};
use crate::tree::GridTree;

/// What the posts of one person say, before and after.
pub(super) fn changes(before: &[Held], after: &[Held], tree: &GridTree, found: &mut Vec<StaffChangeRow>) {
    let start = found.len();
    let (gone, come) = match (before.is_empty(), after.is_empty()) {
        (true, _) => (StaffChange::GaveUp, StaffChange::Joined),
        (_, true) => (StaffChange::Left, StaffChange::TookUp),
        _ => (StaffChange::GaveUp, StaffChange::TookUp),
    };
    let mut old: Vec<&Held> = before.iter().collect();
    let mut new: Vec<&Held> = after.iter().collect();
    take(&mut old, &mut new, |held| (held.seat(), &held.unit));
    let mut tell = |change, pairs: Vec<(&Held, &Held)>| {
        found.extend(pairs.into_iter().map(|(old, new)| row(change, Some(old), Some(new), tree)));
    };
    tell(StaffChange::UnitChanged, take(&mut old, &mut new, Held::seat));
    tell(StaffChange::PostChanged, take(&mut old, &mut new, |held| held.grid));
    tell(StaffChange::Transferred, take(&mut old, &mut new, |held| &held.post));
    tell(StaffChange::Transferred, take(&mut old, &mut new, |_| ()));
    found.extend(old.into_iter().map(|held| row(gone, Some(held), None, tree)));
    found.extend(new.into_iter().map(|held| row(come, None, Some(held), tree)));
    // One order for the posts of a person: the rows' own says nothing.
    found[start..].sort_by(|a, b| {
        let key = |row: &StaffChangeRow| {
            let of = |grid: &Option<_>, post: &Option<_>, unit: &Option<_>| {
                (grid.clone(), post.clone(), unit.clone())
            };
            (
                row.change,
                of(&row.from_grid, &row.from_post, &row.from_unit),
                of(&row.to_grid, &row.to_post, &row.to_unit),
            )
        };
        key(a).cmp(&key(b))
    });
}

/// Takes out of both what agrees in a key, pair by pair.
fn take<'a, K: Ord>(
    old: &mut Vec<&'a Held>,
    new: &mut Vec<&'a Held>,
    key: impl Fn(&'a Held) -> K,
) -> Vec<(&'a Held, &'a Held)> {
    let order = |a: &&'a Held, b: &&'a Held| {
        key(a).cmp(&key(b)).then_with(|| (a.seat(), &a.unit).cmp(&(b.seat(), &b.unit)))
    };
    old.sort_by(order);
    new.sort_by(order);
    let mut pairs = Vec::new();
    let mut rest = Vec::new();
    let mut coming = std::mem::take(new).into_iter().peekable();
    old.retain(|&held| {
        while let Some(early) = coming.next_if(|other| key(other) < key(held)) {
            rest.push(early);
        }
        match coming.next_if(|other| key(other) == key(held)) {
            Some(other) => {
                pairs.push((held, other));
                false
            }
            None => true,
        }
    });
    rest.extend(coming);
    *new = rest;
    pairs
}

fn row(change: StaffChange, old: Option<&Held>, new: Option<&Held>, tree: &GridTree) -> StaffChangeRow {
    let either = new.or(old).expect("a change has a side");
    StaffChangeRow {
        change,
        person: either.person.clone(),
        name: new.and_then(|held| held.name.clone()).or_else(|| old.and_then(|held| held.name.clone())),
        from_grid: old.map(|held| tree.code(held.grid)),
        from_post: old.map(|held| held.post.clone()),
        from_unit: old.and_then(|held| held.unit.clone()),
        to_grid: new.map(|held| tree.code(held.grid)),
        to_post: new.map(|held| held.post.clone()),
        to_unit: new.and_then(|held| held.unit.clone()),
        old_row: old.map(|held| held.row),
        new_row: new.map(|held| held.row),
    }
}
