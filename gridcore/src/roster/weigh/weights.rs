//! Weights from a model: log2 of the odds that a pair is of the same person.

use super::super::Model;
use super::super::pairs::level;

/// The probability that belongs to a weight.
pub(crate) fn probability(weight: f64) -> f64 {
    1.0 / (1.0 + libm::exp2(-weight))
}

/// The weight that belongs to a probability; finite for every number.
pub(crate) fn weight_of(probability: f64) -> f64 {
    let p = probability.clamp(1e-300, 1.0 - f64::EPSILON);
    libm::log2(p / (1.0 - p))
}

/// The weights of a model, by comparison and level.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    /// log2 of the odds before anything is compared.
    pub(crate) prior: f64,
    /// log2 (m / u) for each comparison and level; the first, "missing", is 0.
    add: Vec<[f64; 16]>,
    /// For each kind of others, log2 of its share, and log2 (u of the kind / u on average).
    kinds: Vec<(f64, Vec<[f64; 16]>)>,
}

/// What a level of probability 0 is taken for, so that weights stay numbers.
const LEAST: f64 = 1e-300;

impl Weights {
    pub(crate) fn new(model: &Model) -> Self {
        let log = |p: f64| libm::log2(p.max(LEAST));
        let add = model.comparisons.iter().map(|comparison| {
            let mut add = [0.0; 16];
            for (slot, level) in add[1..].iter_mut().zip(&comparison.levels) {
                *slot = log(level.m) - log(level.u);
            }
            add
        });
        let kinds = model.others.iter().map(|kind| {
            let table = model.comparisons.iter().zip(&kind.u).map(|(comparison, u)| {
                let mut table = [0.0; 16];
                for ((slot, level), u) in table[1..].iter_mut().zip(&comparison.levels).zip(u) {
                    *slot = log(*u) - log(level.u);
                }
                table
            });
            (log(kind.share), table.collect())
        });
        let prior = model.prior.clamp(LEAST, 1.0 - f64::EPSILON);
        Self { prior: libm::log2(prior / (1.0 - prior)), add: add.collect(), kinds: kinds.collect() }
    }

    /// What one comparison adds at a level.
    pub(crate) fn of(&self, comparison: usize, level: usize) -> f64 {
        self.add.get(comparison).map_or(0.0, |add| add[level & 15])
    }

    /// What is to be added because the comparisons hang together among different people: the weight of agreement that
    /// comes in company is less than the sum.
    pub(crate) fn together(&self, levels: u64) -> f64 {
        if self.kinds.is_empty() {
            return 0.0;
        }
        let mut most = f64::NEG_INFINITY;
        let mut of_kind = [0.0; 16];
        for (sum, (share, table)) in of_kind.iter_mut().zip(&self.kinds) {
            *sum = table
                .iter()
                .enumerate()
                .fold(*share, |sum, (place, table)| sum + table[level(levels, place)]);
            most = most.max(*sum);
        }
        let sum: f64 =
            of_kind[..self.kinds.len().min(16)].iter().map(|of_kind| libm::exp2(of_kind - most)).sum();
        -(most + libm::log2(sum))
    }

    /// The weight of a pattern, log2 of the odds.
    pub(crate) fn weight(&self, levels: u64) -> f64 {
        let sum =
            self.add.iter().enumerate().fold(self.prior, |sum, (place, add)| sum + add[level(levels, place)]);
        sum + self.together(levels)
    }
}
