//! The check of a plan and of the proof that it is the cheapest: whole numbers only, and none of the solvers' code.

use std::fmt;

use super::model::{Model, Weights};
use crate::error::{Fault, Lang, Problem};

/// What is wrong with a plan that claims to be the cheapest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum PlanViolation {
    /// It has another number of amounts or prices than the problem.
    Size,
    /// An amount is below 0 or above what its link may carry.
    Amount,
    /// Somebody is sent more or less often than they may be.
    Load,
    /// A grid has more or fewer people than its bounds say.
    Demand,
    /// Its cost is not what it says.
    Cost,
    /// The prices prove less than it costs.
    Gap,
}

impl fmt::Display for PlanViolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for PlanViolation {}

impl Problem for PlanViolation {
    fn code(&self) -> &'static str {
        match self {
            Self::Size => "size",
            Self::Amount => "amount",
            Self::Load => "load",
            Self::Demand => "demand",
            Self::Cost => "cost",
            Self::Gap => "gap",
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let (en, zh) = match self {
            Self::Size => ("the plan has another size than its problem", "方案与问题的规模不符"),
            Self::Amount => ("a link carries less than nothing or more than it may", "有派遣数量为负或超限"),
            Self::Load => ("somebody is sent too often or too rarely", "有人承担过多或过少"),
            Self::Demand => ("a grid has too many or too few people", "有网格人数过多或过少"),
            Self::Cost => ("the cost is not what the plan says", "费用与方案所载不符"),
            Self::Gap => ("the prices prove less than the plan costs", "对偶值不足以证明方案最优"),
        };
        vec![
            Fault::new(self.code()).says(en, zh).remedy("plan anew from the same tables", "请用原表重新编排"),
        ]
    }
}

/// Prices of sources and sinks; the hub's is 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Prices {
    pub(super) source: Vec<i64>,
    pub(super) sink: Vec<i64>,
}

/// Checks that a plan keeps every bound.
pub(super) fn check_bounds(model: &Model, amounts: &[i64]) -> Result<(), PlanViolation> {
    if amounts.len() != model.links.len() {
        return Err(PlanViolation::Size);
    }
    if amounts.iter().zip(&model.links.capacity).any(|(amount, most)| !(0..=*most).contains(amount)) {
        return Err(PlanViolation::Amount);
    }
    let mut loads = vec![0_i128; model.sources.len()];
    for (&source, &amount) in model.links.source.iter().zip(amounts) {
        loads[source as usize] += i128::from(amount);
    }
    for (place, (source, load)) in model.sources.iter().zip(loads).enumerate() {
        if load < i128::from(source.at_least) || load > i128::from(model.most(place)) {
            return Err(PlanViolation::Load);
        }
    }
    for (place, sink) in model.sinks.iter().enumerate() {
        let taken: i128 = amounts[model.links.of(place)].iter().map(|&amount| i128::from(amount)).sum();
        if taken < i128::from(sink.at_least) || taken > i128::from(sink.at_most) {
            return Err(PlanViolation::Demand);
        }
    }
    Ok(())
}

/// What no plan can cost less than, by these prices; nothing if it is past all numbers, which saved prices may make of it.
///
/// Around every circle from the hub over a source and a sink back to the hub the prices cancel, so a plan costs the sum of
/// its reduced costs; on each stretch that sum is at least what its better bound gives.
pub(super) fn bound(model: &Model, weights: Weights, prices: &Prices) -> Option<i128> {
    let least = |sum: i128, reduced: i128, fewest: i64, most: i64| {
        sum.checked_add(reduced.checked_mul(i128::from(if reduced > 0 { fewest } else { most }))?)
    };
    let (by_cost, by_change) = (i128::from(weights.cost), i128::from(weights.change));
    let mut sum = 0_i128;
    for (place, &price) in prices.source.iter().enumerate() {
        for (fewest, most, step) in model.load_pieces(place) {
            sum = least(sum, by_cost * i128::from(step) - i128::from(price), fewest, most)?;
        }
    }
    for (place, (sink, &price)) in model.sinks.iter().zip(&prices.sink).enumerate() {
        sum = least(sum, i128::from(price), sink.at_least, sink.at_most)?;
        for link in model.links.of(place) {
            let source = prices.source[model.links.source[link] as usize];
            let reduced =
                by_cost * i128::from(model.links.cost[link]) + i128::from(source) - i128::from(price);
            if model.counts(link) {
                let kept = model.kept_room(link);
                sum = least(sum, reduced, 0, kept)?;
                sum = least(sum, reduced + by_change, 0, model.links.capacity[link] - kept)?;
            } else {
                sum = least(sum, reduced, 0, model.links.capacity[link])?;
            }
        }
    }
    Some(sum)
}

/// What is minimised, for a plan.
pub(super) fn objective(model: &Model, weights: Weights, amounts: &[i64]) -> i128 {
    i128::from(weights.cost) * model.cost(amounts)
        + i128::from(weights.change) * i128::from(model.changes(amounts))
}

/// Checks a plan and its proof.
pub(super) fn verify(
    model: &Model,
    weights: Weights,
    amounts: &[i64],
    prices: &Prices,
) -> Result<(), PlanViolation> {
    if prices.source.len() != model.sources.len() || prices.sink.len() != model.sinks.len() {
        return Err(PlanViolation::Size);
    }
    check_bounds(model, amounts)?;
    let objective = objective(model, weights, amounts);
    if bound(model, weights, prices) == Some(objective) { Ok(()) } else { Err(PlanViolation::Gap) }
}
