//! Which rows of the lists are the same person.

use std::collections::BTreeSet;

use super::read::Sources;
use super::{MergeError, MergeRules};
use crate::control::Control;
use crate::roster::gather::Gathering;
use crate::roster::{FieldKind, RosterCell, RosterTable, Rules, canonical, deduplicate};
use crate::tree::GridTree;

/// Rows in groups: the first row of its group for each, and what was left open.
pub(super) struct Groups {
    pub(super) first: Vec<u32>,
    /// Rows without any key.
    pub(super) without_key: Vec<u32>,
    pub(super) doubts: Vec<Doubt>,
}

/// Two rows that may be of one person, and were not joined.
pub(super) struct Doubt {
    pub(super) rows: [u32; 2],
    /// The key in which they agree.
    pub(super) key: Option<String>,
    pub(super) probability: Option<f64>,
}

/// Joins rows that agree in a key, unless a surer key tells them apart.
pub(super) fn by_keys(sources: &Sources<'_, '_>, rules: &MergeRules) -> Groups {
    let rows = sources.rows();
    let mut sets = Gathering::new(rows as u32);
    let mut doubts = Vec::new();
    let mut keyed = vec![false; rows];
    // What each group says in the keys so far, by its first row.
    let mut said: Vec<Vec<BTreeSet<u32>>> = Vec::new();
    for key in &rules.keys {
        let Some(column) = sources.columns.iter().find(|column| column.name == *key) else { continue };
        // A key is a code: of an unknown column it is not compared as a text is.
        let kind = if column.kind == FieldKind::Text { FieldKind::Exact } else { column.kind };
        let mut values: Vec<(String, u32)> = Vec::new();
        for (row, text) in sources.texts(column).into_iter().enumerate() {
            values.extend(text.and_then(|text| canonical(kind, &text)).map(|value| (value, row as u32)));
        }
        values.sort_unstable();
        let mut says: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); rows];
        let classes = || values.chunk_by(|a, b| a.0 == b.0);
        for (number, class) in classes().enumerate() {
            for (_, row) in class {
                keyed[*row as usize] = true;
                says[sets.find(*row) as usize].insert(number as u32);
            }
        }
        said.push(says);
        for class in classes() {
            let groups: BTreeSet<u32> = class.iter().map(|(_, row)| sets.find(*row)).collect();
            let Some(&first) = groups.first() else { continue };
            let surer = said.len() - 1;
            if said[..surer].iter().all(|says| agree(&groups, says)) {
                for &group in groups.iter().skip(1) {
                    sets.join(first, group);
                    for says in &mut said {
                        let (mut few, mut many) = (
                            std::mem::take(&mut says[group as usize]),
                            std::mem::take(&mut says[first as usize]),
                        );
                        if few.len() > many.len() {
                            std::mem::swap(&mut few, &mut many);
                        }
                        many.extend(few);
                        says[first as usize] = many;
                    }
                }
            } else {
                let doubt =
                    |&group: &u32| Doubt { rows: [first, group], key: Some(key.clone()), probability: None };
                doubts.extend(groups.iter().skip(1).map(doubt));
            }
        }
    }
    let without_key = (0..rows as u32).filter(|&row| !keyed[row as usize]).collect();
    Groups { first: firsts(sets, rows), without_key, doubts }
}

/// Whether all groups that say something in a key say one thing in common.
fn agree(groups: &BTreeSet<u32>, says: &[BTreeSet<u32>]) -> bool {
    let mut speaking = groups.iter().map(|&group| &says[group as usize]).filter(|says| !says.is_empty());
    let Some(first) = speaking.next() else { return true };
    let mut common = first.clone();
    speaking.for_each(|says| common.retain(|value| says.contains(value)));
    !common.is_empty()
}

/// Joins the rows that are likely the same person.
pub(super) fn by_likeness(
    sources: &Sources<'_, '_>,
    rules: &MergeRules,
    tree: Option<&GridTree>,
    control: &mut Control<'_>,
) -> Result<Groups, MergeError> {
    let rows = sources.rows();
    let mut sets = Gathering::new(rows as u32);
    let mut doubts = Vec::new();
    if rows > 0 {
        // Lists count their rows each for itself; here a row is called by its list and its number.
        let ids: Vec<String> = (0..rows)
            .map(|at| {
                let (list, row) = sources.place(at);
                format!("{list}-{row}")
            })
            .collect();
        let name = record_name(sources);
        let mut table = RosterTable::new(rows).column(name.clone(), |row| RosterCell::Text(&ids[row]));
        for column in &sources.columns {
            table = table.column(column.name.clone(), |row| sources.cell(column, row));
        }
        let mut rules: Rules = rules.rules.clone();
        rules.left.insert(name, FieldKind::Record);
        let found = deduplicate(&table, &rules, tree, control)?;
        let mut clusters: Vec<(String, usize)> = found.clusters().map(|row| (row.cluster, row.row)).collect();
        clusters.sort_unstable();
        for pair in clusters.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            sets.join(pair[0].1 as u32, pair[1].1 as u32);
        }
        doubts = found
            .review()
            .map(|row| Doubt {
                rows: [row.left_row as u32, row.right_row as u32],
                key: None,
                probability: Some(row.probability),
            })
            .collect();
    }
    Ok(Groups { first: firsts(sets, rows), without_key: Vec::new(), doubts })
}

/// The first row of each row's group.
fn firsts(mut sets: Gathering, rows: usize) -> Vec<u32> {
    (0..rows as u32).map(|row| sets.find(row)).collect()
}

/// A name that no column has.
fn record_name(sources: &Sources<'_, '_>) -> String {
    let mut name = "list and row".to_owned();
    while sources.columns.iter().any(|column| column.name == name) {
        name.push('\'');
    }
    name
}
