//! Who belongs to whom, from the weights of pairs: one to one, one to many, or in clusters.

mod cluster;
mod component;
mod one;

#[cfg(test)]
mod tests;

use super::pairs::Scored;
use super::{Rules, Settle};
use crate::control::{Control, Stopped};

/// A pair that is taken for one person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Link {
    pub(crate) left: u32,
    pub(crate) right: u32,
    pub(crate) weight: f64,
    /// Somebody said so.
    pub(crate) decided: bool,
}

/// Pairs of canonical positions that somebody has decided, each list in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Decisions {
    pub(crate) same: Vec<(u32, u32)>,
    pub(crate) different: Vec<(u32, u32)>,
}

impl Decisions {
    pub(crate) fn differ(&self, left: u32, right: u32) -> bool {
        self.different.binary_search(&(left, right)).is_ok()
    }
}

/// What was settled.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Settled {
    /// The links, by left and then right.
    pub(crate) links: Vec<Link>,
    /// For clusters: the number of each row's cluster, left rows first, then right; a row alone has one of its own. Numbers
    /// go up with the first row of a cluster.
    pub(crate) clusters: Vec<u32>,
    /// Rows that some match may join, in how many groups.
    pub(crate) components: u32,
    /// The pairs of the largest group.
    pub(crate) largest: u32,
    /// Groups that were too large for the best choice to be found in the time given.
    pub(crate) cut: u32,
    /// The sum of the weights chosen, and one that no choice exceeds: equal where every group was settled for the best.
    pub(crate) gain: f64,
    pub(crate) bound: f64,
}

/// What is added to the weight of a sure pair: it goes before all others, which weigh less than half of this.
pub(crate) const SURE: f64 = 3584.0;

impl Settled {
    /// By how much, as a part of the best, the choice may fall short at most; nothing is proved of clusters.
    pub(crate) fn gap(&self) -> Option<f64> {
        let gap = || if self.bound > self.gain { (self.bound - self.gain) / self.bound } else { 0.0 };
        self.clusters.is_empty().then(gap)
    }
}

/// Settles `pairs`, by left and then right, each pair once. With `right` 0 both ends of a pair are rows of the left. Clusters
/// also heed the pairs `within` the left and within the right.
///
/// A pair counts for its weight, log2 of its odds, from `rules.match_at` on; a pair decided to be the same is taken whatever
/// it weighs, and one decided to be different never. Ties go to the lower canonical positions.
///
/// # Complexity
///
/// O(pairs log pairs) besides the groups of pairs that hang together, each O(rows · pairs · log rows), up to a limit of work
/// past which it is settled greedily.
///
/// # Errors
///
/// [`Stopped`] when `control` says so.
pub(crate) fn settle(
    pairs: &[Scored],
    within: [&[Scored]; 2],
    (left, right): (u32, u32),
    rules: &Rules,
    decisions: &Decisions,
    control: &mut Control<'_>,
) -> Result<Settled, Stopped> {
    let from = super::weigh::weight_of(rules.match_at);
    match rules.settle {
        Settle::OneToOne if right > 0 => one::to_one(pairs, (left, right), from, decisions, control),
        Settle::OneToMany if right > 0 => Ok(one::to_many(pairs, right, from, decisions)),
        _ => cluster::clusters(pairs, within, (left, right), from, decisions, control),
    }
}

/// The weight of a pair among `pairs`; a pair that was never a candidate has none.
fn weight(pairs: &[Scored], left: u32, right: u32) -> f64 {
    let at = pairs.binary_search_by_key(&(left, right), |pair| (pair.left, pair.right));
    at.map_or(0.0, |at| pairs[at].weight)
}
