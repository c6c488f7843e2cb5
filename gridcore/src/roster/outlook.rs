//! What pairs are worth keeping, by the model and before there is one.

use super::pairs::{Patterns, Scored};
use super::run::floor;
use super::side::Side;
use super::sure::Sure;
use super::weigh::{self, Bounds, Rarity, Weights};
use super::{ComparisonModel, Model, Rules};
use crate::control::{Control, Stopped};

/// What pairs are worth by a model.
pub(crate) struct Worth<'w> {
    weights: Weights,
    sure: Sure,
    rarity: &'w Rarity,
    floor: f64,
}

impl<'w> Worth<'w> {
    pub(crate) fn new(model: &Model, rarity: &'w Rarity, left: &Side, rules: &Rules) -> Self {
        Self { weights: Weights::new(model), sure: Sure::new(model, left), rarity, floor: floor(rules) }
    }

    /// The most that a pair of a pattern weighs, or without end where its weight does not matter.
    fn most(&self, levels: u64) -> f64 {
        if self.sure.agrees(levels) {
            return f64::INFINITY;
        }
        self.weights.weight(levels) + self.rarity.most_of(levels)
    }

    /// What patterns weigh that may be worth keeping, before it is known how rare their values are.
    pub(crate) fn weight(&self) -> impl Fn(u64) -> Option<f64> + '_ {
        |levels| (self.most(levels) >= self.floor).then(|| self.weights.weight(levels))
    }

    /// Whether a pair is worth keeping once its weight is known.
    pub(crate) fn keeps(&self, pair: &Scored, left: &Side) -> bool {
        pair.weight >= self.floor || self.sure.is(pair, left)
    }
}

/// Patterns this much lighter than what is kept, in bits, by a model of some of the pairs, will hardly be heavy enough by that
/// of all.
const FAR: f64 = 4.0;

/// What is known before the model is.
pub(crate) struct Outlook<'o> {
    pub(crate) shape: &'o [ComparisonModel],
    pub(crate) bounds: &'o Bounds,
    pub(crate) rarity: &'o Rarity,
    pub(crate) left: &'o Side,
    pub(crate) rules: &'o Rules,
}

impl Outlook<'_> {
    /// Which patterns are likely to be too light in the end, by the model of the pairs so far.
    pub(crate) fn light(
        &self,
        patterns: &Patterns,
        random: &Patterns,
        control: &mut Control<'_>,
    ) -> Result<Vec<bool>, Stopped> {
        let model = match &self.rules.model {
            // One that does not fit is told when it is needed.
            Some(model) => model.fitted(self.shape).ok(),
            None => Some(weigh::train(self.shape, patterns, random, self.bounds, control)?),
        };
        let worth = model.map(|model| Worth::new(&model, self.rarity, self.left, self.rules));
        let is_light =
            |&levels: &u64| worth.as_ref().is_some_and(|worth| worth.most(levels) + FAR < worth.floor);
        Ok(patterns.levels.iter().map(is_light).collect())
    }
}
