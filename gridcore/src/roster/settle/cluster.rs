//! Clusters: all rows of one person, on one side or on both.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::super::gather::Gathering;
use super::super::pairs::Scored;
use super::component::components;
use super::{Decisions, Link, SURE, Settled};
use crate::control::{Control, Stopped};

/// What a pair that was no candidate, or was not worth keeping, weighs: it speaks against, but not as loudly as a clear
/// difference would, since blocks may have missed it.
const UNSEEN: f64 = -4.0;
/// No pair speaks louder, in bits, so that one mistaken number can't outvote a whole cluster.
const LOUDEST: f64 = 24.0;
/// What a sure pair weighs: more than all others but decisions.
const LOUDER: f64 = 1e6;
/// What a decision weighs: more than all other pairs of a cluster.
const DECIDED: f64 = 1e9;
/// Larger groups are joined without looking at averages.
const MOST_PAIRS: usize = 20_000;

/// Merges rows while the pairs between two clusters, taken together, speak for it: the best average weight first.
///
/// The average link (Sokal & Michener, 1958) over log-odds: two clusters merge while all pairs across them together are more
/// likely of one person than not, so that a weak chain does not join two large clusters.
///
/// # Complexity
///
/// O(pairs · log² pairs) time, O(rows + pairs) space.
pub(super) fn clusters(
    pairs: &[Scored],
    within: [&[Scored]; 2],
    (left, right): (u32, u32),
    from: f64,
    decisions: &Decisions,
    control: &mut Control<'_>,
) -> Result<Settled, Stopped> {
    let rows = left as usize + right as usize;
    let other = |row: u32| if right == 0 { row } else { left + row };
    let weight = |pair: &Scored| {
        if pair.weight >= SURE / 2.0 { LOUDER } else { (pair.weight - from).clamp(-LOUDEST, LOUDEST) }
    };
    let mut all: Vec<(u32, u32, f64)> =
        pairs.iter().map(|pair| (pair.left, other(pair.right), weight(pair))).collect();
    for (within, first) in within.into_iter().zip([0, left]) {
        all.extend(within.iter().map(|pair| (first + pair.left, first + pair.right, weight(pair))));
    }
    all.extend(decisions.same.iter().map(|&(l, r)| (l, other(r), DECIDED)));
    // Pairs decided to be different speak against a merge, candidates or not.
    all.extend(decisions.different.iter().map(|&(l, r)| (l, other(r), -DECIDED)));
    all.retain(|&(a, b, _)| a != b && (b as usize) < rows);
    // A decision stands after what it overrules, and takes its place.
    all.sort_by_key(|&(a, b, _)| (a, b));
    all.dedup_by(|next, kept| {
        let again = (next.0, next.1) == (kept.0, kept.1);
        if again {
            kept.2 = next.2;
        }
        again
    });
    let likely: Vec<(u32, u32)> =
        all.iter().filter(|&&(_, _, weight)| weight >= 0.0).map(|&(a, b, _)| (a, b)).collect();
    let mut settled = Settled::default();
    let mut forest = Gathering::new(rows as u32);
    let mut group = Gathering::new(rows as u32);
    for &(a, b) in &likely {
        group.join(a, b);
    }
    let within: Vec<(u32, u32, f64)> =
        all.into_iter().filter(|&(a, b, _)| group.find(a) == group.find(b)).collect();
    let ends: Vec<(u32, u32)> = within.iter().map(|&(a, b, _)| (a, b)).collect();
    let (places, stops) = components(rows, &ends);
    let mut start = 0;
    for (at, &stop) in stops.iter().enumerate() {
        let group: Vec<(u32, u32, f64)> =
            places[start..stop as usize].iter().map(|&place| within[place as usize]).collect();
        start = stop as usize;
        settled.components += 1;
        settled.largest = settled.largest.max(group.len() as u32);
        if group.len() > MOST_PAIRS {
            settled.cut += 1;
            chain(&group, &mut forest);
        } else {
            merge(&group, &mut forest);
        }
        if at % 1024 == 0 {
            control.spend(0, None)?;
        }
    }
    let mut number = vec![u32::MAX; rows];
    let mut next = 0;
    for row in 0..rows as u32 {
        let root = forest.find(row) as usize;
        if number[root] == u32::MAX {
            number[root] = next;
            next += 1;
        }
        settled.clusters.push(number[root]);
    }
    for pair in pairs {
        if forest.find(pair.left) == forest.find(other(pair.right)) {
            settled.links.push(Link {
                left: pair.left,
                right: pair.right,
                weight: pair.weight,
                decided: decisions.same.binary_search(&(pair.left, pair.right)).is_ok(),
            });
        }
    }
    // A pair decided to be the same may never have been a candidate.
    for &(left, right) in &decisions.same {
        let unseen = pairs.binary_search_by_key(&(left, right), |pair| (pair.left, pair.right)).is_err();
        let there = (left as usize) < rows && (other(right) as usize) < rows;
        if unseen && there && forest.find(left) == forest.find(other(right)) {
            settled.links.push(Link { left, right, weight: 0.0, decided: true });
        }
    }
    settled.links.sort_unstable_by_key(|link| (link.left, link.right));
    Ok(settled)
}

/// Joins what hangs together by likely pairs, the strongest first, but nothing that was decided to be apart: what is left
/// where a group is too large to look at averages.
fn chain(pairs: &[(u32, u32, f64)], forest: &mut Gathering) {
    let mut likely: Vec<&(u32, u32, f64)> = pairs.iter().filter(|pair| pair.2 >= 0.0).collect();
    likely.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    // By root: the roots that it is to stay apart from.
    let mut apart: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for &(a, b, _) in pairs.iter().filter(|pair| pair.2 <= -DECIDED) {
        apart.entry(a).or_default().insert(b);
        apart.entry(b).or_default().insert(a);
    }
    for &&(a, b, _) in &likely {
        let (a, b) = (forest.find(a), forest.find(b));
        if a == b || apart.get(&a).is_some_and(|apart| apart.contains(&b)) {
            continue;
        }
        forest.join(a, b);
        let (stays, gone) = (a.min(b), a.max(b));
        for other in apart.remove(&gone).unwrap_or_default() {
            if let Some(others) = apart.get_mut(&other) {
                others.remove(&gone);
                others.insert(stays);
            }
            apart.entry(stays).or_default().insert(other);
        }
    }
}

/// Two clusters that may merge, by how well.
#[derive(PartialEq)]
struct Chance {
    average: f64,
    a: u32,
    b: u32,
    /// How many rows the two had when this was reckoned: an older chance is void.
    rows: u64,
}

impl Eq for Chance {}

impl Ord for Chance {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.average.total_cmp(&other.average).then((other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Chance {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[derive(Clone, Default)]
struct Cluster {
    rows: u64,
    /// The clusters beside it: the sum of the weights across, and how many pairs that are.
    beside: BTreeMap<u32, (f64, u64)>,
}

fn merge(pairs: &[(u32, u32, f64)], forest: &mut Gathering) {
    let mut clusters: BTreeMap<u32, Cluster> = BTreeMap::new();
    for &(a, b, weight) in pairs {
        for (a, b) in [(a, b), (b, a)] {
            let cluster = clusters.entry(a).or_default();
            cluster.rows = 1;
            cluster.beside.insert(b, (weight, 1));
        }
    }
    let mut chances: BinaryHeap<Chance> = BinaryHeap::new();
    let chance = |clusters: &BTreeMap<u32, Cluster>, a: u32, b: u32| {
        let (low, high) = (a.min(b), a.max(b));
        let (one, two) = (clusters.get(&low)?, clusters.get(&high)?);
        let &(sum, count) = one.beside.get(&high)?;
        let all = one.rows * two.rows;
        let average = (sum + UNSEEN * all.saturating_sub(count) as f64) / all as f64;
        (average >= 0.0).then_some(Chance { average, a: low, b: high, rows: one.rows + two.rows })
    };
    for (&a, cluster) in &clusters {
        chances.extend(cluster.beside.range(a + 1..).filter_map(|(&b, _)| chance(&clusters, a, b)));
    }
    while let Some(best) = chances.pop() {
        let rows = |of: u32| clusters.get(&of).map(|cluster| cluster.rows);
        let (Some(one), Some(two)) = (rows(best.a), rows(best.b)) else { continue };
        if one + two != best.rows {
            continue;
        }
        forest.join(best.a, best.b);
        // The one with fewer neighbours goes into the other; the lower number stays, which is the forest's root.
        let (Some(mut one), Some(mut two)) = (clusters.remove(&best.a), clusters.remove(&best.b)) else {
            continue;
        };
        let gone = best.b;
        let stays = best.a;
        if one.beside.len() < two.beside.len() {
            std::mem::swap(&mut one, &mut two);
        }
        one.rows += two.rows;
        for (other, (sum, count)) in two.beside {
            let beside = one.beside.entry(other).or_default();
            *beside = (beside.0 + sum, beside.1 + count);
        }
        one.beside.remove(&stays);
        one.beside.remove(&gone);
        for (&other, &across) in &one.beside {
            if let Some(neighbour) = clusters.get_mut(&other) {
                neighbour.beside.remove(&gone);
                neighbour.beside.insert(stays, across);
            }
        }
        let others: Vec<u32> = one.beside.keys().copied().collect();
        clusters.insert(stays, one);
        chances.extend(others.into_iter().filter_map(|other| chance(&clusters, stays, other)));
    }
}
