//! Pairing (双联双助): each grid one unit, each unit its quota of grids.

use super::Deployment;
use super::door::{Reader, ordered, places};
use super::fault::{DeployError, DeployFaultKind};
use super::model::{Links, Model, NO_GRID, PlanKind, Sink, Source, Why};
use super::plan::Plan;
use super::rows::{UnitCostRow, UnitRow};
use super::settle::{Settle, settle};
use super::who::Who;
use crate::control::Control;
use crate::id::{GridIndex, UnitId};

/// Units that are to be paired with grids.
///
/// Each grid gets one unit. A unit's quota is its share of the grids, equal or by [`UnitRow::size`]; it gets the floor or the
/// ceiling of it, unless its row sets other bounds: of 287 villages for 83 units 38 get 4 and 45 get 3.
///
/// ```
/// use gridcore::deployment::{Pairing, UnitRow};
/// let pairing = Pairing::new([UnitRow::new("u")]).level(2).distance(1.0);
/// assert_eq!(pairing.level, Some(2));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct Pairing {
    /// The units.
    pub units: Vec<UnitRow>,
    /// The codes of the grids; every grid of the level if left out.
    pub grids: Option<Vec<String>>,
    /// The level of the grids; every leaf if both are left out.
    pub level: Option<u8>,
    /// The grid beneath which they lie; anywhere if left out.
    pub under: Option<String>,
    /// Costs known otherwise than by distance; if there are any, a unit is paired with a grid only where it has a row.
    pub costs: Vec<UnitCostRow>,
    /// The cost of one unit of distance from the unit's seat; 1 if left out and there are no costs.
    pub distance: Option<f64>,
    /// A weight of the tree that says how large a grid is, such as its households.
    pub size: Option<String>,
    /// The cost of one unit by which a grid is larger or smaller than the average grid of the unit's share of `size`.
    pub mismatch: f64,
}

impl Pairing {
    /// Units to be paired with every leaf, the nearest ones.
    #[must_use]
    pub fn new(units: impl IntoIterator<Item = UnitRow>) -> Self {
        Self { units: units.into_iter().collect(), ..Self::default() }
    }

    /// Names the grids.
    #[must_use]
    pub fn grids<S: Into<String>>(mut self, grids: impl IntoIterator<Item = S>) -> Self {
        self.grids = Some(grids.into_iter().map(Into::into).collect());
        self
    }

    /// Takes every grid of a level.
    #[must_use]
    pub fn level(mut self, level: u8) -> Self {
        self.level = Some(level);
        self
    }

    /// Takes only grids beneath this one.
    #[must_use]
    pub fn under(mut self, grid: impl Into<String>) -> Self {
        self.under = Some(grid.into());
        self
    }

    /// Sets costs of pairs.
    #[must_use]
    pub fn costs(mut self, rows: impl IntoIterator<Item = UnitCostRow>) -> Self {
        self.costs = rows.into_iter().collect();
        self
    }

    /// Sets the cost of one unit of distance.
    #[must_use]
    pub fn distance(mut self, cost: f64) -> Self {
        self.distance = Some(cost);
        self
    }

    /// Sets the weight that says how large a grid is, and what a mismatch costs.
    #[must_use]
    pub fn size(mut self, weight: impl Into<String>, mismatch: f64) -> Self {
        (self.size, self.mismatch) = (Some(weight.into()), mismatch);
        self
    }
}

impl Deployment {
    /// Pairs units with grids at the least cost.
    ///
    /// ```
    /// use gridcore::deployment::{Deployment, Pairing, UnitRow};
    /// use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([
    ///     GridRow::new("1", "city"),
    ///     GridRow::new("11", "north").under("1"),
    ///     GridRow::new("111", "mill").under("11"),
    ///     GridRow::new("112", "quay").under("11"),
    ///     GridRow::new("12", "south").under("1"),
    ///     GridRow::new("121", "hill").under("12"),
    /// ])?;
    /// let units = [UnitRow::new("harbour office").home("11"), UnitRow::new("school").home("12")];
    /// let plan = Deployment::new(&tree).pair(&Pairing::new(units))?;
    /// let pairs: Vec<_> = plan.pairs().into_iter().map(|pair| (pair.grid, pair.unit)).collect();
    /// assert_eq!(pairs[2], ("121".to_owned(), "school".to_owned()));
    /// assert_eq!(plan.cost(), 3.0); // one step from each seat
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`assign`](Self::assign).
    ///
    /// # Complexity
    /// One flow over units × grids.
    pub fn pair(&self, pairing: &Pairing) -> Result<Plan, DeployError> {
        self.pair_with(pairing, &mut Control::free())
    }

    /// [`pair`](Self::pair) under a limit or a watch.
    ///
    /// # Errors
    /// As [`assign`](Self::assign), and [`DeployError::Stopped`].
    pub fn pair_with(&self, pairing: &Pairing, control: &mut Control<'_>) -> Result<Plan, DeployError> {
        let mut reader = Reader::new(self);
        let grids = reader.chosen(pairing.grids.as_deref(), pairing.level, pairing.under.as_deref());
        let units = read_units(&mut reader, &pairing.units, grids.len());
        let distance = pairing.distance.unwrap_or(if pairing.costs.is_empty() { 1.0 } else { 0.0 });
        let distance = reader.weight("distance", distance);
        let mismatch = reader.weight("mismatch", pairing.mismatch);
        let size = pairing.size.as_deref().and_then(|name| reader.tree_weight("size", name));
        let joined = reader.joined("units and grids", units.len(), grids.len());
        let given = read_costs(&mut reader, pairing, &units, &grids);
        reader.finish()?;
        let mut links = Links::begin();
        if joined {
            let wanted = size.map(|size| average_sizes(&units, &grids, size));
            let mut given = given.iter().peekable();
            for (sink, &grid) in grids.iter().enumerate() {
                for (place, unit) in units.iter().enumerate() {
                    let mut units = 0;
                    if !pairing.costs.is_empty() {
                        match given.next_if(|cost| (cost.0, cost.1) == (sink as u32, place as u32)) {
                            Some(cost) => units = cost.2,
                            None => continue,
                        }
                    }
                    let mut cost = 0.0;
                    if let Some(home) = unit.home.filter(|_| distance > 0.0) {
                        cost += distance * reader.distance(unit.row, "units.home", home, grid);
                    }
                    if let (Some(size), Some(wanted)) = (size, &wanted) {
                        let size = size[grid.get()];
                        cost += mismatch * if size.is_nan() { 0.0 } else { (size - wanted[place]).abs() };
                    }
                    let cost = reader.cost(unit.row, "units and grids", cost);
                    links.push(place as u32, 1, cost.saturating_add(units), Why::Candidate, NO_GRID);
                }
                links.close();
            }
        }
        reader.finish()?;
        let sink = |&grid: &GridIndex| Sink {
            grid,
            name: None,
            day: None,
            at_least: 1,
            at_most: 1,
            skills: Vec::new(),
        };
        let model = Model {
            tree: self.tree().clone(),
            kind: PlanKind::Pairing,
            decimals: self.decimal_places(),
            sources: units.iter().map(Unit::source).collect(),
            sinks: grids.iter().map(sink).collect(),
            links: links.into(),
            steps: Vec::new(),
            most_load: None,
            before: None,
        };
        settle(model, Settle::default(), None, control)
    }
}

/// A unit as read, in the order of names.
struct Unit {
    name: UnitId,
    row: usize,
    home: Option<GridIndex>,
    size: i64,
    bounds: (i64, i64),
}

impl Unit {
    fn source(&self) -> Source {
        let (at_least, at_most) = self.bounds;
        Source { who: Who::Unit(self.name.clone()), unit: None, day: None, at_least, at_most }
    }
}

fn read_units(reader: &mut Reader<'_>, rows: &[UnitRow], grids: usize) -> Vec<Unit> {
    reader.not_empty("units", rows.len());
    let keys: Vec<Option<UnitId>> =
        rows.iter().enumerate().map(|(at, row)| reader.name(at, "units.unit", &row.unit)).collect();
    let shares = read_shares(reader, rows);
    let all: i128 = shares.iter().map(|&share| i128::from(share)).sum();
    let (order, _) = ordered(reader, "units.unit", &keys);
    let mut read: Vec<Option<Unit>> = Vec::with_capacity(rows.len());
    for (at, (row, key)) in rows.iter().zip(keys).enumerate() {
        let home = reader.grid_or_none(at, "units.home", row.home.as_deref());
        let share = i128::from(shares[at]) * grids as i128;
        let whole = |quota: i128| i64::try_from(quota).unwrap_or(i64::MAX);
        let (floor, ceiling) = match all {
            0 => (0, 0),
            all => (whole(share / all), whole((share + all - 1) / all)),
        };
        let at_least = row.at_least.unwrap_or(row.at_most.map_or(floor, |most| floor.min(most.max(0))));
        let bounds = reader.bounds(at, ["units.at_least", "units.at_most"], at_least, row.at_most, ceiling);
        read.push(key.map(|name| Unit { name, row: at, home, size: shares[at], bounds }));
    }
    order.iter().filter_map(|&row| read[row as usize].take()).collect()
}

/// The share of each unit in all grids: its size, or 1 for each if none has a size. Decimals as for costs.
fn read_shares(reader: &mut Reader<'_>, rows: &[UnitRow]) -> Vec<i64> {
    if rows.iter().all(|row| row.size.is_none()) {
        return vec![1; rows.len()];
    }
    // A size that is missing beside others is no number.
    let sizes = rows.iter().map(|row| row.size.unwrap_or(f64::NAN)).enumerate();
    let shares: Vec<i64> = sizes.map(|(at, size)| reader.cost(at, "units.size", size)).collect();
    if shares.iter().all(|&share| share == 0) {
        reader.note(None, "units.size", DeployFaultKind::EmptyTable);
    }
    shares
}

/// Costs as (grid, unit, units), by grid and unit.
fn read_costs(
    reader: &mut Reader<'_>,
    pairing: &Pairing,
    units: &[Unit],
    grids: &[GridIndex],
) -> Vec<(u32, u32, i64)> {
    let names = places(units.iter().map(|unit| unit.name.as_str()));
    let mut keys = Vec::with_capacity(pairing.costs.len());
    let mut costs = Vec::with_capacity(pairing.costs.len());
    for (at, row) in pairing.costs.iter().enumerate() {
        let unit = names.get(row.unit.as_str()).copied();
        if unit.is_none() {
            reader.note(at, "costs.unit", DeployFaultKind::UnknownName);
        }
        let cost = reader.cost(at, "costs.cost", row.cost);
        let grid = reader.grid(at, "costs.grid", &row.grid);
        let place = grid.and_then(|grid| grids.binary_search(&grid).ok());
        if grid.is_some() && place.is_none() {
            reader.note(at, "costs.grid", DeployFaultKind::UnknownName);
        }
        keys.push(place.zip(unit).map(|(grid, unit)| (grid as u32, unit)));
        costs.push(cost);
    }
    let (order, _) = ordered(reader, "costs.grid", &keys);
    order
        .into_iter()
        .filter_map(|row| keys[row as usize].map(|(grid, unit)| (grid, unit, costs[row as usize])))
        .collect()
}

/// How large the average grid of each unit is, if it gets its share of all sizes.
fn average_sizes(units: &[Unit], grids: &[GridIndex], size: &[f64]) -> Vec<f64> {
    let all: f64 = grids.iter().map(|grid| size[grid.get()]).filter(|size| !size.is_nan()).sum();
    let sizes: i128 = units.iter().map(|unit| i128::from(unit.size)).sum();
    let average = |unit: &Unit| {
        let grids = (unit.bounds.0 + unit.bounds.1) as f64 / 2.0;
        if grids > 0.0 && sizes > 0 { all * unit.size as f64 / sizes as f64 / grids } else { 0.0 }
    };
    units.iter().map(average).collect()
}
