//! Reads tables: every cell once, every fault noted with its row.

use std::collections::{HashMap, HashSet};
use std::str::FromStr;

use super::Deployment;
use super::fault::{DeployError, DeployFault, DeployFaultKind, Refused};
use crate::id::{GridIndex, MalformedCode};

/// The most people a bound may name; sums of 2²² such bounds stay below 2⁶³.
pub(super) const MOST_PEOPLE: i64 = 1 << 40;
/// Past this a float has no room for every whole number.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// The most candidates that rows for every need of their grid may stand for together.
pub(super) const MOST_CANDIDATES: usize = 1 << 25;
/// The most links that are made by joining two tables.
pub(super) const MOST_JOINED: u64 = 1 << 22;

/// Reads on behalf of a deployment and collects faults.
pub(super) struct Reader<'d> {
    pub(super) deployment: &'d Deployment,
    faults: Vec<DeployFault>,
    scale: f64,
}

impl<'d> Reader<'d> {
    pub(super) fn new(deployment: &'d Deployment) -> Self {
        Self { deployment, faults: Vec::new(), scale: deployment.scale() as f64 }
    }

    pub(super) fn note(
        &mut self,
        row: impl Into<Option<usize>>,
        column: &'static str,
        kind: DeployFaultKind,
    ) {
        self.faults.push(DeployFault { row: row.into(), column, kind });
    }

    /// Whether nothing is wrong so far; else everything that is.
    pub(super) fn finish(&mut self) -> Result<(), DeployError> {
        if self.faults.is_empty() {
            return Ok(());
        }
        let mut faults = std::mem::take(&mut self.faults);
        // A row that is looked at for every grid is told once.
        let mut told = HashSet::new();
        faults.retain(|fault| told.insert(fault.clone()));
        Err(DeployError::Refused(Refused { faults }))
    }

    pub(super) fn grid(&mut self, row: usize, column: &'static str, code: &str) -> Option<GridIndex> {
        let found = self.deployment.tree().find(code);
        if found.is_none() {
            self.note(row, column, DeployFaultKind::UnknownGrid { code: code.to_owned() });
        }
        found
    }

    pub(super) fn grid_or_none(
        &mut self,
        row: usize,
        column: &'static str,
        code: Option<&str>,
    ) -> Option<GridIndex> {
        self.grid(row, column, code?)
    }

    pub(super) fn name<T>(&mut self, row: usize, column: &'static str, text: &str) -> Option<T>
    where
        T: FromStr<Err = MalformedCode>,
    {
        let name = text.parse().ok();
        if name.is_none() {
            self.note(row, column, DeployFaultKind::MalformedName);
        }
        name
    }

    /// A number of people or places.
    pub(super) fn amount(&mut self, row: usize, column: &'static str, amount: i64) -> i64 {
        if amount < 0 {
            self.note(row, column, DeployFaultKind::Negative);
        } else if amount > MOST_PEOPLE {
            self.note(row, column, DeployFaultKind::TooLarge);
        }
        amount.clamp(0, MOST_PEOPLE)
    }

    /// Two bounds, each with what holds if it is left out.
    pub(super) fn bounds(
        &mut self,
        row: usize,
        columns: [&'static str; 2],
        at_least: i64,
        at_most: Option<i64>,
        default_most: i64,
    ) -> (i64, i64) {
        let least = self.amount(row, columns[0], at_least);
        let most = at_most.map_or(default_most.max(least), |most| self.amount(row, columns[1], most));
        if at_least >= 0 && at_most.is_some_and(|most| most >= 0) && least > most {
            self.note(row, columns[0], DeployFaultKind::Bounds { at_least: least, at_most: most });
        }
        (least, most.max(least))
    }

    /// A cost in whole units: rounded to the deployment's decimals, half away from zero.
    pub(super) fn cost(&mut self, row: impl Into<Option<usize>>, column: &'static str, cost: f64) -> i64 {
        match self.units(cost) {
            Ok(units) => units,
            Err(kind) => {
                self.note(row, column, kind);
                0
            }
        }
    }

    pub(super) fn units(&self, cost: f64) -> Result<i64, DeployFaultKind> {
        let scaled = (cost * self.scale).round();
        if !cost.is_finite() {
            Err(DeployFaultKind::NotFinite)
        } else if cost < 0.0 {
            Err(DeployFaultKind::Negative)
        } else if scaled >= EXACT {
            Err(DeployFaultKind::TooLarge)
        } else {
            Ok(scaled as i64)
        }
    }

    /// A weight among the options: finite, not below 0.
    pub(super) fn weight(&mut self, column: &'static str, weight: f64) -> f64 {
        if !weight.is_finite() {
            self.note(None, column, DeployFaultKind::NotFinite);
        } else if weight < 0.0 {
            self.note(None, column, DeployFaultKind::Negative);
        } else {
            return weight;
        }
        0.0
    }

    /// The column of a weight of the tree.
    pub(super) fn tree_weight(&mut self, column: &'static str, name: &str) -> Option<&'d [f64]> {
        let found = self.deployment.tree().weight_column(name);
        if found.is_none() {
            let known = self.deployment.tree().weight_names().map(str::to_owned).collect();
            self.note(None, column, DeployFaultKind::UnknownWeight { known });
        }
        found
    }

    /// How far it is from one grid to the other.
    pub(super) fn distance(
        &mut self,
        row: impl Into<Option<usize>>,
        column: &'static str,
        from: GridIndex,
        to: GridIndex,
    ) -> f64 {
        match self.deployment.distance(from, to) {
            Ok(distance) => distance,
            Err(missing) => {
                let code = self.deployment.tree().code(missing).to_string();
                self.note(row, column, DeployFaultKind::NoPosition { code });
                0.0
            }
        }
    }

    pub(super) fn not_empty(&mut self, table: &'static str, rows: usize) {
        if rows == 0 {
            self.note(None, table, DeployFaultKind::EmptyTable);
        }
    }

    pub(super) fn joined(&mut self, table: &'static str, a: usize, b: usize) -> bool {
        let found = (a as u64).saturating_mul(b as u64);
        if found > MOST_JOINED {
            self.note(None, table, DeployFaultKind::TooMany { found, most: MOST_JOINED });
        }
        found <= MOST_JOINED
    }
}

/// The order of rows by a key, and the place of each row in it; rows with equal keys are faults.
pub(super) fn ordered<K: Ord>(
    reader: &mut Reader<'_>,
    column: &'static str,
    keys: &[Option<K>],
) -> (Vec<u32>, Vec<u32>) {
    let mut order: Vec<u32> = (0..keys.len() as u32).filter(|&row| keys[row as usize].is_some()).collect();
    order.sort_by(|&a, &b| keys[a as usize].cmp(&keys[b as usize]));
    let mut first = 0;
    let mut twice = Vec::new();
    for at in 1..order.len() {
        if keys[order[at] as usize] == keys[order[first] as usize] {
            twice.push((order[at] as usize, order[first] as usize));
        } else {
            first = at;
        }
    }
    twice.sort_unstable();
    for (row, first) in twice {
        reader.note(row, column, DeployFaultKind::Duplicate { first });
    }
    let mut place = vec![u32::MAX; keys.len()];
    for (at, &row) in order.iter().enumerate() {
        place[row as usize] = at as u32;
    }
    (order, place)
}

/// Where each name stands; looked up only, so that the order of the table never shows.
pub(super) fn places<'n>(names: impl Iterator<Item = &'n str>) -> HashMap<&'n str, u32> {
    names.zip(0..).collect()
}

/// Choosing grids.
impl Reader<'_> {
    /// The grids that are named, or those of a level (or the leaves) beneath a grid; in the order of the tree.
    pub(super) fn chosen(
        &mut self,
        codes: Option<&[String]>,
        level: Option<u8>,
        under: Option<&str>,
    ) -> Vec<GridIndex> {
        let tree = self.deployment.tree();
        let Some(top) = under.map_or(Some(tree.root()), |code| tree.find(code)) else {
            let code = under.unwrap_or_default().to_owned();
            self.note(None, "under", DeployFaultKind::UnknownGrid { code });
            return Vec::new();
        };
        let Some(codes) = codes else {
            let grids: Vec<GridIndex> = match level {
                None => tree.leaves(top).collect(),
                Some(level) => tree.descendants_at(top, level).collect(),
            };
            if grids.is_empty() {
                self.note(None, "level", DeployFaultKind::EmptyLevel);
            }
            return grids;
        };
        self.not_empty("grids", codes.len());
        let keys: Vec<Option<GridIndex>> =
            codes.iter().enumerate().map(|(at, code)| self.grid(at, "grids", code)).collect();
        let (order, _) = ordered(self, "grids", &keys);
        order.into_iter().filter_map(|row| keys[row as usize]).collect()
    }
}
