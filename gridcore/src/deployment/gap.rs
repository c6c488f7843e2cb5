//! Where people are missing, rolled up the tree; and who keeps their worker.

use super::fault::{DeployError, DeployFaultKind};
use super::model::Model;
use super::plan::Plan;
use super::who::Who;
use crate::id::{GridCode, GridIndex};

/// What a grid lacks, with everything beneath it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct GapRow {
    /// The grid.
    pub grid: GridCode,
    /// Its level.
    pub level: u8,
    /// Whether it lacks people itself, and not only beneath it.
    pub direct: bool,
    /// How many people are missing, here and beneath.
    pub missing: i64,
    /// How many needs, here and beneath, have too few people.
    pub uncovered: i64,
    /// How many people are needed, here and beneath.
    pub needed: i64,
}

/// What is missing when these amounts are sent: every grid that lacks people and every grid above one, in preorder.
pub(super) fn gaps(model: &Model, amounts: &[i64]) -> Vec<GapRow> {
    let mut missing = vec![0_i64; model.tree.len()];
    let mut uncovered = missing.clone();
    let mut needed = missing.clone();
    let mut direct = vec![false; model.tree.len()];
    for (place, sink) in model.sinks.iter().enumerate() {
        let real = |link: &usize| model.sources[model.links.source[*link] as usize].who != Who::Nobody;
        let amount: i64 = model.links.of(place).filter(real).map(|link| amounts[link]).sum();
        let grid = sink.grid.get();
        needed[grid] += sink.at_least;
        if amount < sink.at_least {
            missing[grid] += sink.at_least - amount;
            uncovered[grid] += 1;
            direct[grid] = true;
        }
    }
    // Children stand after their parents.
    for at in (1..model.tree.len()).rev() {
        let Some(parent) = model.tree.parent(GridIndex::new(at)) else { continue };
        missing[parent.get()] += missing[at];
        uncovered[parent.get()] += uncovered[at];
        needed[parent.get()] += needed[at];
    }
    let lacking = model.tree.indices().filter(|grid| missing[grid.get()] > 0);
    let row = |grid: GridIndex| GapRow {
        grid: model.tree.code(grid),
        level: model.tree.level(grid),
        direct: direct[grid.get()],
        missing: missing[grid.get()],
        uncovered: uncovered[grid.get()],
        needed: needed[grid.get()],
    };
    lacking.map(row).collect()
}

/// What a re-plan keeps of the plan before.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Kept {
    /// How many were sent before.
    pub before: i64,
    /// How many of them are sent to the same place again.
    pub kept: i64,
    /// How many are sent where they were not before.
    pub changed: i64,
    /// The weight, such as the households, of all grids that had somebody.
    pub weight: f64,
    /// The part of it that keeps its worker; a grid that keeps one of two counts half.
    pub kept_weight: f64,
    /// `kept_weight` as a share of `weight`, from 0 to 1; 1 where nobody was sent before.
    pub share: f64,
}

/// What is missing, and what is kept.
impl Plan {
    /// Where places stay empty: every grid that lacks people and every grid above one, in preorder.
    ///
    /// ```
    /// use gridcore::deployment::{Deployment, NeedRow, PersonRow, Staffing};
    /// use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([
    ///     GridRow::new("1", "city"),
    ///     GridRow::new("11", "north").under("1"),
    ///     GridRow::new("12", "south").under("1"),
    /// ])?;
    /// let staffing = Staffing::new([PersonRow::new("a")], [NeedRow::new("11"), NeedRow::new("12")]);
    /// let plan = Deployment::new(&tree).assign(&staffing.allow_gaps())?;
    /// let gaps = plan.gaps();
    /// assert_eq!(gaps[0].grid, "1");
    /// assert_eq!((gaps[0].missing, gaps[0].needed, gaps[0].direct), (1, 2, false));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn gaps(&self) -> Vec<GapRow> {
        gaps(self.model(), self.amounts())
    }

    /// How much of the plan before a re-plan keeps, weighted by a weight of the tree such as its households.
    ///
    /// In a first plan nothing was sent before. A grid without the weight counts nothing.
    ///
    /// # Errors
    /// [`DeployError::Refused`] if the tree has no such weight.
    pub fn kept(&self, weight: Option<&str>) -> Result<Kept, DeployError> {
        let model = &**self.model();
        let column = match weight {
            None => None,
            Some(name) => Some(model.tree.weight_column(name).ok_or_else(|| {
                let known = model.tree.weight_names().map(str::to_owned).collect();
                DeployError::one(None, "weight", DeployFaultKind::UnknownWeight { known })
            })?),
        };
        let mut total =
            Kept { before: 0, kept: 0, changed: self.changes(), weight: 0.0, kept_weight: 0.0, share: 1.0 };
        let mut at = 0;
        while at < model.sinks.len() {
            // A grid's needs and days stand together.
            let grid = model.sinks[at].grid;
            let (mut before, mut kept) = (0, 0);
            while at < model.sinks.len() && model.sinks[at].grid == grid {
                for link in model.links.of(at).filter(|&link| model.counts(link)) {
                    let old = model.before.as_ref().map_or(0, |before| before[link]);
                    before += old;
                    kept += old.min(self.amounts()[link]);
                }
                at += 1;
            }
            if before > 0 {
                let weight = column.map_or(1.0, |column| column[grid.get()]);
                if !weight.is_nan() {
                    total.weight += weight;
                    total.kept_weight += weight * kept as f64 / before as f64;
                }
            }
            total.before += before;
            total.kept += kept;
        }
        if total.weight > 0.0 {
            total.share = total.kept_weight / total.weight;
        }
        Ok(total)
    }
}
