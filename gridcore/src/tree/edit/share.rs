//! How much of an old grid a new one has, and how a split shares weights out.

use std::collections::BTreeMap;

use super::Part;
use super::fault::EditFaultKind;

/// By how much sums may differ that should be equal, in relation to their size.
const TOLERANCE: f64 = 1e-9;

/// How much of an old grid a new one has.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Share {
    /// Of everything, where it is known.
    pub all: Option<f64>,
    /// Of single weights, where they were split by values.
    pub by_weight: BTreeMap<String, f64>,
}

impl Share {
    pub(super) fn whole() -> Self {
        Self { all: Some(1.0), by_weight: BTreeMap::new() }
    }

    fn of(&self, weight: &str) -> Option<f64> {
        self.by_weight.get(weight).copied().or(self.all)
    }

    /// A share of a share, or two shares together.
    fn combine(&self, other: &Self, how: impl Fn(f64, f64) -> f64) -> Self {
        let both = |a: Option<f64>, b: Option<f64>| Some(how(a?, b?));
        let names = self.by_weight.keys().chain(other.by_weight.keys());
        let by_weight =
            names.filter_map(|name| Some((name.clone(), both(self.of(name), other.of(name))?))).collect();
        Self { all: both(self.all, other.all), by_weight }
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a * b)
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a + b)
    }
}

/// What a part gets: its weights, and its share of the old grid.
pub(super) type Portion = (BTreeMap<String, f64>, Share);

/// Whether two sums that should be equal are.
pub(super) fn close(found: f64, wanted: f64) -> bool {
    (found - wanted).abs() <= TOLERANCE * found.abs().max(wanted.abs())
}

/// Shares the weights of a grid out among its parts: the weights and the share of each part.
pub(super) fn share_out(
    weights: &BTreeMap<String, f64>,
    parts: &[Part],
) -> Result<Vec<Portion>, Vec<EditFaultKind>> {
    let mut faults = Vec::new();
    check_shares(parts, &mut faults);
    let has_values = |weight: &str| parts.iter().any(|part| part.grid.weights.contains_key(weight));
    let all_shared = parts.iter().all(|part| part.share.is_some());
    let mut out: Vec<Portion> = parts
        .iter()
        .map(|part| {
            let weights = part.grid.weights.clone();
            (weights, Share { all: part.share.filter(|_| all_shared), by_weight: BTreeMap::new() })
        })
        .collect();
    let new =
        parts.iter().flat_map(|part| part.grid.weights.keys()).filter(|name| !weights.contains_key(*name));
    let mut names: Vec<&String> = weights.keys().chain(new).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let total = weights.get(name).copied();
        if has_values(name) {
            let sum: f64 = parts.iter().filter_map(|part| part.grid.weights.get(name)).sum();
            if !total.is_some_and(|total| close(sum, total)) {
                faults.push(EditFaultKind::WeightsNotConserved {
                    weight: name.clone(),
                    found: sum,
                    wanted: total,
                });
            }
            let Some(total) = total.filter(|&total| total != 0.0) else { continue };
            for ((values, share), _) in out.iter_mut().zip(parts) {
                let value = values.get(name).copied().unwrap_or(0.0);
                share.by_weight.insert(name.clone(), value / total);
            }
        } else if all_shared {
            let Some(total) = total else { continue };
            let last = parts.iter().rposition(|part| part.share != Some(0.0)).unwrap_or(0);
            let mut rest = total;
            for (place, (values, share)) in out.iter_mut().enumerate() {
                let value = share.all.map_or(0.0, |share| total * share);
                if place != last {
                    rest -= value;
                    values.insert(name.clone(), value);
                }
            }
            out[last].0.insert(name.clone(), rest);
        } else {
            faults.push(EditFaultKind::NoShare { weight: name.clone() });
        }
    }
    if faults.is_empty() { Ok(out) } else { Err(faults) }
}

/// Checks that shares, if all parts have one, are none below 0 and add up to 1.
fn check_shares(parts: &[Part], faults: &mut Vec<EditFaultKind>) {
    let shares: Vec<f64> = parts.iter().filter_map(|part| part.share).collect();
    for part in parts {
        if let Some(share) = part.share
            && !(0.0..=1.0).contains(&share)
        {
            faults.push(EditFaultKind::BadShare { part: part.grid.code.clone(), share });
        }
    }
    let sum: f64 = shares.iter().sum();
    if shares.len() == parts.len() && !shares.is_empty() && faults.is_empty() && !close(sum, 1.0) {
        faults.push(EditFaultKind::SharesNotOne { sum });
    }
    if !shares.is_empty() && shares.len() < parts.len() {
        faults.push(EditFaultKind::SharesMissing { found: shares.len(), wanted: parts.len() });
    }
}
