//! One to one, and one to many.

use super::super::pairs::Scored;
use super::component::components;
use super::{Decisions, Link, Settled, weight};
use crate::control::{Control, Stopped};
use crate::solve::assignment::{Candidates, assign};

/// Whole numbers to a bit of weight.
const FINE: f64 = 1_048_576.0;
/// No weight counts for more, in bits: all candidates' costs together stay far from the end of 64 bits.
const HEAVIEST: f64 = 4096.0;
/// Units of work after which a group is settled greedily instead.
const MOST_WORK: u64 = 2_000_000;
/// Work goes up faster than the pairs of a group: larger groups are not tried.
const MOST_PAIRS: usize = 200_000;

/// Each row at most once, so that the weights sum up to the most.
pub(super) fn to_one(
    pairs: &[Scored],
    (left, right): (u32, u32),
    from: f64,
    decisions: &Decisions,
    control: &mut Control<'_>,
) -> Result<Settled, Stopped> {
    let mut taken_left = vec![false; left as usize];
    let mut taken_right = vec![false; right as usize];
    let mut settled = Settled::default();
    for &(l, r) in &decisions.same {
        let (a, b) = (l as usize, r as usize);
        if a < taken_left.len() && b < taken_right.len() && !taken_left[a] && !taken_right[b] {
            (taken_left[a], taken_right[b]) = (true, true);
            settled.links.push(Link { left: l, right: r, weight: weight(pairs, l, r), decided: true });
        }
    }
    let open: Vec<&Scored> = pairs
        .iter()
        .filter(|pair| {
            pair.weight >= from && !taken_left[pair.left as usize] && !taken_right[pair.right as usize]
        })
        .filter(|pair| !decisions.differ(pair.left, pair.right))
        .collect();
    let ends: Vec<(u32, u32)> = open.iter().map(|pair| (pair.left, left + pair.right)).collect();
    let (places, stops) = components(left as usize + right as usize, &ends);
    // A pair whose odds are less than even still counts for something, where the rules ask for it.
    let base = from.min(0.0);
    let gain = |pair: &Scored| ((pair.weight - base).clamp(0.0, HEAVIEST) * FINE) as i64 + 1;
    let mut start = 0;
    let (mut won, mut bound) = (0_i128, 0_i128);
    for (group, &stop) in stops.iter().enumerate() {
        let group_pairs: Vec<&Scored> =
            places[start..stop as usize].iter().map(|&place| open[place as usize]).collect();
        let count = group_pairs.len();
        start = stop as usize;
        settled.components += 1;
        settled.largest = settled.largest.max(count as u32);
        let gains: Vec<i64> = group_pairs.iter().map(|pair| gain(pair)).collect();
        let chosen = match count {
            1 => Some(vec![0]),
            _ => best(&group_pairs, &gains),
        };
        let sum = |chosen: &[usize]| chosen.iter().map(|&at| i128::from(gains[at])).sum::<i128>();
        let chosen = if let Some(chosen) = chosen {
            bound += sum(&chosen);
            chosen
        } else {
            settled.cut += 1;
            bound += most(&group_pairs, &gains);
            greedy(&group_pairs)
        };
        won += sum(&chosen);
        let link = |&at: &usize| (group_pairs[at].left, group_pairs[at].right, group_pairs[at].weight);
        settled.links.extend(chosen.iter().map(link).map(|(left, right, weight)| Link {
            left,
            right,
            weight,
            decided: false,
        }));
        if group % 4096 == 0 {
            control.spend(0, None)?;
        }
    }
    settled.links.sort_unstable_by_key(|link| (link.left, link.right));
    (settled.gain, settled.bound) = (won as f64 / FINE, bound as f64 / FINE);
    Ok(settled)
}

/// The numbers of rows in order, each once.
fn numbered(rows: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut rows: Vec<u32> = rows.collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// The best choice of a group's pairs, by an exact assignment in which each left row may also stay alone, at a column of its
/// own; `None` when that takes too much work.
fn best(pairs: &[&Scored], gains: &[i64]) -> Option<Vec<usize>> {
    if pairs.len() > MOST_PAIRS {
        return None;
    }
    let lefts = numbered(pairs.iter().map(|pair| pair.left));
    let rights = numbered(pairs.iter().map(|pair| pair.right));
    if lefts.len() == 1 || rights.len() == 1 {
        // The first of the heaviest.
        let at = gains.iter().enumerate().max_by_key(|&(at, &gain)| (gain, std::cmp::Reverse(at)))?.0;
        return Some(vec![at]);
    }
    let place = |rows: &[u32], row: u32| rows.binary_search(&row).ok().map(|at| at as u32);
    let mut arcs = Vec::with_capacity(pairs.len() + lefts.len());
    for (pair, gain) in pairs.iter().zip(gains) {
        arcs.push((place(&lefts, pair.left)?, place(&rights, pair.right)?, -gain));
    }
    let (rows, columns) = (lefts.len() as u32, rights.len() as u32);
    arcs.extend((0..rows).map(|row| (row, columns + row, 0)));
    let candidates = Candidates::from_arcs(rows, columns + rows, &arcs).ok()?;
    let answer = assign(&candidates, &mut Control::limited(MOST_WORK)).ok()?;
    let mut chosen = Vec::new();
    for (at, (row, column, _)) in arcs[..pairs.len()].iter().enumerate() {
        if answer.columns[*row as usize] == *column {
            chosen.push(at);
        }
    }
    Some(chosen)
}

/// The heaviest pair first, then the next that its rows allow.
fn greedy(pairs: &[&Scored]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by(|&a, &b| pairs[b].weight.total_cmp(&pairs[a].weight).then(a.cmp(&b)));
    let lefts = numbered(pairs.iter().map(|pair| pair.left));
    let rights = numbered(pairs.iter().map(|pair| pair.right));
    let (mut used_left, mut used_right) = (vec![false; lefts.len()], vec![false; rights.len()]);
    order.retain(|&at| {
        let l = lefts.partition_point(|&row| row < pairs[at].left);
        let r = rights.partition_point(|&row| row < pairs[at].right);
        let free = !used_left[l] && !used_right[r];
        if free {
            (used_left[l], used_right[r]) = (true, true);
        }
        free
    });
    order.sort_unstable();
    order
}

/// What no choice exceeds: each row's best, summed over the side where that is less.
fn most(pairs: &[&Scored], gains: &[i64]) -> i128 {
    let side = |row: &dyn Fn(&Scored) -> u32| {
        let rows = numbered(pairs.iter().map(|pair| row(pair)));
        let mut best = vec![0_i64; rows.len()];
        for (pair, &gain) in pairs.iter().zip(gains) {
            let at = rows.partition_point(|&other| other < row(pair));
            best[at] = best[at].max(gain);
        }
        best.iter().map(|&gain| i128::from(gain)).sum::<i128>()
    };
    side(&|pair| pair.left).min(side(&|pair| pair.right))
}

/// Each row of the right to its best row of the left.
pub(super) fn to_many(pairs: &[Scored], right: u32, from: f64, decisions: &Decisions) -> Settled {
    let mut best: Vec<Option<Link>> = vec![None; right as usize];
    for &(l, r) in &decisions.same {
        if let Some(best) = best.get_mut(r as usize).filter(|best| best.is_none()) {
            *best = Some(Link { left: l, right: r, weight: weight(pairs, l, r), decided: true });
        }
    }
    for pair in pairs.iter().filter(|pair| pair.weight >= from && !decisions.differ(pair.left, pair.right)) {
        let best = &mut best[pair.right as usize];
        if best.is_none_or(|best| !best.decided && pair.weight > best.weight) {
            *best = Some(Link { left: pair.left, right: pair.right, weight: pair.weight, decided: false });
        }
    }
    let mut links: Vec<Link> = best.into_iter().flatten().collect();
    links.sort_unstable_by_key(|link| (link.left, link.right));
    let gain = links.iter().filter(|link| !link.decided).map(|link| link.weight).sum();
    Settled { links, gain, bound: gain, ..Settled::default() }
}
