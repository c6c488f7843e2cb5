//! How good an answer is, by who is who.

use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::path::Path;

use gridcore::roster::{Reconciliation, RosterSide};
use serde_json::{Value, json};

use crate::list::List;

/// Bins of the probability.
pub(crate) const BINS: usize = 20;
/// The probability from which on a pair is a match by default.
const MATCH_AT: f64 = 0.5;

/// Precision, recall and F1.
pub(crate) fn scores(hit: usize, said: usize, all: usize) -> Value {
    let (precision, recall) = (hit as f64 / said.max(1) as f64, hit as f64 / all.max(1) as f64);
    json!({ "precision": precision, "recall": recall, "f1": 2.0 * hit as f64 / (said + all).max(1) as f64 })
}

/// What came of the rows, on both sides together.
pub(crate) fn states(answer: &Reconciliation, sides: &[RosterSide]) -> Value {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for side in sides {
        for state in answer.states(*side) {
            *counts.entry(state.id()).or_default() += 1;
        }
    }
    json!(counts)
}

/// The bin of a probability.
fn bin_of(probability: f64) -> usize {
    (1..BINS).rev().find(|&bin| probability >= bin as f64 / BINS as f64).unwrap_or(0)
}

/// For each bin: how many pairs, what was said on average, how many were true.
pub(crate) fn bins(answer: &Reconciliation, same: impl Fn(usize, usize) -> bool) -> Value {
    let mut bins = [(0_usize, 0.0, 0_usize); BINS];
    for pair in answer.pairs() {
        let bin = &mut bins[bin_of(pair.probability)];
        *bin =
            (bin.0 + 1, bin.1 + pair.probability, bin.2 + usize::from(same(pair.left_row, pair.right_row)));
    }
    let filled = bins.iter().enumerate().filter(|(_, (count, ..))| *count > 0);
    let row = |(bin, &(count, said, hit)): (usize, &(usize, f64, usize))| {
        json!([bin, count, said / count as f64, hit as f64 / count as f64])
    };
    filled.map(row).collect()
}

pub(crate) fn judge(
    answer: &Reconciliation,
    folder: &Path,
    left: &List,
    right: Option<&List>,
) -> Result<Value, Box<dyn Error>> {
    let Some(right) = right else { return alone(answer, folder) };
    if folder.join("truth.csv").exists() {
        linked(answer, folder, left, right)
    } else {
        people(answer, left, right)
    }
}

/// Rosters whose rows say who they are of.
fn people(answer: &Reconciliation, left: &List, right: &List) -> Result<Value, Box<dyn Error>> {
    let truth = |list: &List| -> Result<Vec<u32>, Box<dyn Error>> {
        let column = list.column("truth_id").ok_or("there is no column truth_id")?;
        column.into_iter().map(|number| Ok(number.parse()?)).collect()
    };
    let (left, right) = (truth(left)?, truth(right)?);
    Ok(of_people(answer, |row| Some(left[row]), |row| Some(right[row]), &left, &right))
}

/// The same where some may be nobody on the other list.
pub(crate) fn of_people(
    answer: &Reconciliation,
    left: impl Fn(usize) -> Option<u32>,
    right: impl Fn(usize) -> Option<u32>,
    all_left: &[u32],
    all_right: &[u32],
) -> Value {
    let mut rows: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for person in all_left {
        rows.entry(*person).or_default().0 += 1;
    }
    for person in all_right {
        rows.entry(*person).or_default().1 += 1;
    }
    let true_pairs = rows.values().map(|(left, right)| left * right).sum();
    let both = rows.values().filter(|(left, right)| *left > 0 && *right > 0).count();
    let same = |one: usize, other: usize| left(one).is_some() && left(one) == right(other);
    let (mut hit, mut said) = (0, 0);
    for pair in answer.pairs().filter(|pair| pair.probability >= MATCH_AT) {
        said += 1;
        hit += usize::from(same(pair.left_row, pair.right_row));
    }
    let (mut found, mut matched) = (HashSet::new(), 0);
    for pair in answer.matched() {
        matched += 1;
        if same(pair.left_row, pair.right_row) {
            found.insert(left(pair.left_row));
        }
    }
    json!({
        "pairs": scores(hit, said, true_pairs),
        "people": scores(found.len(), matched, both),
        "bins": bins(answer, same),
        "states": states(answer, &RosterSide::ALL),
    })
}

fn links(folder: &Path) -> Result<HashSet<(String, String)>, Box<dyn Error>> {
    let file = std::fs::read_to_string(folder.join("truth.csv"))?;
    let pair = |line: &str| line.split_once(',').map(|(one, other)| (one.to_owned(), other.to_owned()));
    Ok(file.lines().skip(1).filter_map(pair).collect())
}

/// Two rosters with their true pairs beside them.
fn linked(
    answer: &Reconciliation,
    folder: &Path,
    left: &List,
    right: &List,
) -> Result<Value, Box<dyn Error>> {
    let truth = links(folder)?;
    let ids = |list: &List| -> Vec<String> {
        list.column("rec_id").unwrap_or_default().into_iter().map(str::to_owned).collect()
    };
    let (left, right) = (ids(left), ids(right));
    let same = |one: usize, other: usize| truth.contains(&(left[one].clone(), right[other].clone()));
    let sure: Vec<_> = answer.pairs().filter(|pair| pair.probability >= MATCH_AT).collect();
    let hit = sure.iter().filter(|pair| same(pair.left_row, pair.right_row)).count();
    let found = answer.matched().filter(|pair| same(pair.left_row, pair.right_row)).count();
    Ok(json!({
        "pairs": scores(hit, sure.len(), truth.len()),
        "one": scores(found, answer.matched().len(), truth.len()),
        "bins": bins(answer, same),
        "states": states(answer, &RosterSide::ALL),
    }))
}

/// One roster, whose clusters are closed.
fn alone(answer: &Reconciliation, folder: &Path) -> Result<Value, Box<dyn Error>> {
    let truth = links(folder)?;
    let mut clusters: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in answer.clusters() {
        clusters.entry(row.cluster).or_default().push(row.id);
    }
    let (mut hit, mut said) = (0, 0);
    for members in clusters.values() {
        for (place, one) in members.iter().enumerate() {
            for other in &members[..place] {
                said += 1;
                let ways = [(one.clone(), other.clone()), (other.clone(), one.clone())];
                hit += usize::from(ways.iter().any(|pair| truth.contains(pair)));
            }
        }
    }
    Ok(json!({ "pairs": scores(hit, said, truth.len()), "states": states(answer, &[RosterSide::Left]) }))
}
