//! Fair loads: a place costs the more the more places somebody has, or the greatest load is as small as it can be.

use std::sync::Arc;

use super::door::Reader;
use super::fault::{DeployError, DeployFaultKind};
use super::infeasible::Infeasible;
use super::model::{Model, Weights};
use super::run::solve_once;
use super::who::Who;
use crate::control::Control;

/// How the loads of people who may take several places are made fair.
///
/// ```
/// use gridcore::deployment::{Deployment, Fair, NeedRow, PersonRow, Staffing};
/// use gridcore::{GridRow, GridTree};
/// let tree = GridTree::from_rows([
///     GridRow::new("1", "city"),
///     GridRow::new("11", "north").under("1"),
///     GridRow::new("12", "south").under("1"),
/// ])?;
/// let people = [PersonRow::new("a").at_most(2), PersonRow::new("b").at_most(2)];
/// let staffing = Staffing::new(people, [NeedRow::new("11"), NeedRow::new("12")]).fair(Fair::MinMax);
/// let plan = Deployment::new(&tree).assign(&staffing)?;
/// assert!(plan.loads().iter().all(|load| load.amount == 1));
/// assert_eq!(plan.certificate().greatest_load, Some(1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Fair {
    /// Loads do not matter.
    #[default]
    None,
    /// What the first, second, … place of a person costs besides; the last holds for all further ones. Never falling.
    Steps(Vec<f64>),
    /// The greatest load is as small as it can be; then the cost.
    MinMax,
}

impl Fair {
    /// The steps in units.
    pub(super) fn steps(&self, reader: &mut Reader<'_>) -> Vec<i64> {
        let Self::Steps(steps) = self else { return Vec::new() };
        let steps: Vec<i64> =
            steps.iter().enumerate().map(|(at, &step)| reader.cost(at, "fair.steps", step)).collect();
        for at in 1..steps.len() {
            if steps[at] < steps[at - 1] {
                reader.note(at, "fair.steps", DeployFaultKind::FallingStep);
            }
        }
        steps
    }
}

/// Makes the greatest load as small as it can be; the sets that forbid a smaller one, unless no bound below exists.
///
/// # Complexity
/// One flow for each halving of the range of loads.
pub(super) fn least_greatest_load(
    model: &Model,
    control: &mut Control<'_>,
) -> Result<(i64, Option<Infeasible>), DeployError> {
    let real = || model.sources.iter().filter(|source| source.who != Who::Nobody);
    let forced = model.forced_load();
    let mut high = real().map(|source| source.at_most).max().unwrap_or(0);
    let all: i64 = model.sinks.iter().fold(0, |sum, sink| sum.saturating_add(sink.at_least));
    high = high.min(all.max(forced));
    let mut low = forced;
    let mut proof = None;
    // `high` is possible: without a bound on loads there is a plan, and it needs no more than it must send.
    while low < high {
        let middle = low + (high - low) / 2;
        match why_not(model, middle, control)? {
            None => high = middle,
            Some(causes) => (low, proof) = (middle + 1, Some(causes)),
        }
    }
    Ok((low, proof))
}

/// Why nobody can do with a greatest load this small, if that is so.
pub(super) fn why_not(
    model: &Model,
    load: i64,
    control: &mut Control<'_>,
) -> Result<Option<Infeasible>, DeployError> {
    let tried = Arc::new(Model { most_load: Some(load), ..model.clone() });
    match solve_once(&tried, Weights { cost: 0, change: 0 }, None, control) {
        Ok(_) => Ok(None),
        Err(DeployError::Infeasible(causes)) => Ok(Some(causes)),
        Err(error) => Err(error),
    }
}
