//! People are numbered, and one value of each column is kept for each.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::group::Groups;
use super::read::{Sources, plain};
use super::report::{Column, Inner, MergeDoubt, MergedRoster, Place};
use crate::roster::FieldKind;

/// Numbers the people, and keeps one value of each column for each.
pub(super) fn settle(sources: &Sources<'_, '_>, groups: Groups) -> MergedRoster {
    let Groups { first, without_key, doubts } = groups;
    let mut order: Vec<u32> = (0..first.len() as u32).collect();
    // Groups are called by their first row: a stable sort leaves each in the order of lists and rows.
    order.sort_by_key(|&at| first[at as usize]);
    let mut rows: Vec<Place> = Vec::with_capacity(order.len());
    let mut ends = Vec::new();
    let mut place_of = vec![0_u32; order.len()];
    for group in order.chunk_by(|&a, &b| first[a as usize] == first[b as usize]) {
        for &at in group {
            place_of[at as usize] = rows.len() as u32;
            let (list, row) = sources.place(at as usize);
            rows.push(Place { person: ends.len() as u32, list: list as u32, row: row as u32 });
        }
        ends.push(rows.len() as u32);
    }
    let person_of = |at: u32| rows[place_of[at as usize] as usize].person;

    let mut columns = Vec::new();
    for source in &sources.columns {
        let mut texts = sources.texts(source);
        let mut column =
            Column { name: source.name.clone(), kept: Vec::with_capacity(ends.len()), others: Vec::new() };
        let mut start = 0;
        for &end in &ends {
            let values: Vec<Value> = (start..end)
                .filter_map(|at| {
                    let text = texts[order[at as usize] as usize].take()?;
                    // Somebody on one row agrees with themselves, and each list numbers its rows for itself.
                    let compared = end - start > 1 && source.kind != FieldKind::Record;
                    let plain = if compared { plain(source.kind, &text) } else { String::new() };
                    Some(Value { at, list: rows[at as usize].list, plain, text })
                })
                .collect();
            start = end;
            let Some(kept) = keep(&values) else {
                column.kept.push(None);
                continue;
            };
            let others = values.iter().filter(|value| value.plain != values[kept].plain);
            column.others.extend(others.map(|value| (value.at, value.text.as_str().into())));
            column.kept.push(Some((values[kept].text.as_str().into(), values[kept].at)));
        }
        columns.push(column);
    }
    let mut doubts: Vec<MergeDoubt> = doubts
        .into_iter()
        .map(|doubt| {
            let [a, b] = doubt.rows.map(|at| person_of(at) as usize);
            MergeDoubt { person: a.min(b), other: a.max(b), key: doubt.key, probability: doubt.probability }
        })
        .filter(|doubt| doubt.person != doubt.other)
        .collect();
    doubts.sort_by(|a, b| (a.person, a.other, &a.key).cmp(&(b.person, b.other, &b.key)));
    doubts.dedup_by(|a, b| (a.person, a.other, &a.key) == (b.person, b.other, &b.key));
    let mut without_key: Vec<u32> = without_key.into_iter().map(|at| place_of[at as usize]).collect();
    without_key.sort_unstable();
    let lists = sources.lists.iter().map(|list| list.name.clone()).collect();
    MergedRoster { inner: Arc::new(Inner { lists, rows, ends, columns, doubts, without_key }) }
}

/// What one row of a person says in a column.
struct Value {
    /// The row's place among all.
    at: u32,
    list: u32,
    plain: String,
    text: String,
}

/// The value that is kept: of the first list that has one, what most rows say, then the first in the order of texts.
fn keep(values: &[Value]) -> Option<usize> {
    let list = values.first()?.list;
    let of_list = || values.iter().enumerate().take_while(|(_, value)| value.list == list);
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, value) in of_list() {
        *votes.entry(&value.plain).or_default() += 1;
    }
    let order = |value: &'_ Value| std::cmp::Reverse(votes[value.plain.as_str()]);
    of_list()
        .min_by(|(_, a), (_, b)| {
            (order(a), &a.plain, &a.text, a.at).cmp(&(order(b), &b.plain, &b.text, b.at))
        })
        .map(|(place, _)| place)
}
