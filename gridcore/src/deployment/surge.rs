//! Surge: person-times of units to grids over days; pairings first, then their neighbours, then anywhere if that is allowed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Deployment;
use super::door::{Reader, ordered};
use super::fault::DeployError;
use super::model::{Links, Model, NO_GRID, PlanKind, Sink, Source, Why};
use super::plan::Plan;
use super::rows::{DemandRow, EdgeRow, PairRow, SupplyRow, UnitRow};
use super::settle::{Settle, settle};
use super::who::Who;
use crate::control::Control;
use crate::id::{GridIndex, UnitId};

/// What units can send and grids ask for, the pairings of peacetime, and the edges along which people may be transferred.
///
/// Pairings come first by their cost, then neighbours, then anywhere: keep the costs farther apart than distances can
/// add up, if a pairing is never to give way to a nearer neighbour.
///
/// ```
/// use gridcore::deployment::{DemandRow, PairRow, Surge, SupplyRow};
/// let surge = Surge::new([SupplyRow::new("u", 5).day(1)], [DemandRow::new("11", 4).day(1)])
///     .pairs([PairRow::new("u", "11")]);
/// assert_eq!(surge.neighbour, 1000.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct Surge {
    /// The person-times of each unit, by day.
    pub supply: Vec<SupplyRow>,
    /// The person-times that each grid asks for, by day.
    pub demand: Vec<DemandRow>,
    /// Which unit is paired with which grid.
    pub pairs: Vec<PairRow>,
    /// The edges along which people may be transferred, in both directions.
    pub edges: Vec<EdgeRow>,
    /// Where units have their seats, for the distance to anywhere; sizes and bounds do not matter here.
    pub units: Vec<UnitRow>,
    /// What a person-time to a paired grid costs.
    pub paired: f64,
    /// What a person-time to a grid costs that an edge joins to a paired one.
    pub neighbour: f64,
    /// What a person-time to any other grid costs; not allowed if left out.
    pub anywhere: Option<f64>,
    /// The cost of one unit of distance: from the paired grid to its neighbour, from the seat to anywhere.
    pub distance: f64,
    /// Whether demand may stay unmet: then as little as can be, and the rest at the least cost.
    pub allow_gaps: bool,
}

impl Default for Surge {
    fn default() -> Self {
        Self {
            supply: Vec::new(),
            demand: Vec::new(),
            pairs: Vec::new(),
            edges: Vec::new(),
            units: Vec::new(),
            paired: 0.0,
            neighbour: 1000.0,
            anywhere: None,
            distance: 0.0,
            allow_gaps: false,
        }
    }
}

impl Surge {
    /// Supply and demand.
    #[must_use]
    pub fn new(
        supply: impl IntoIterator<Item = SupplyRow>,
        demand: impl IntoIterator<Item = DemandRow>,
    ) -> Self {
        Self { supply: supply.into_iter().collect(), demand: demand.into_iter().collect(), ..Self::default() }
    }

    /// Sets the pairings, such as [`Plan::pairs`] of a pairing.
    #[must_use]
    pub fn pairs(mut self, rows: impl IntoIterator<Item = PairRow>) -> Self {
        self.pairs = rows.into_iter().collect();
        self
    }

    /// Sets the edges along which people may be transferred.
    #[must_use]
    pub fn edges(mut self, rows: impl IntoIterator<Item = EdgeRow>) -> Self {
        self.edges = rows.into_iter().collect();
        self
    }

    /// Sets where units have their seats.
    #[must_use]
    pub fn units(mut self, rows: impl IntoIterator<Item = UnitRow>) -> Self {
        self.units = rows.into_iter().collect();
        self
    }

    /// Sets what a person-time to a neighbour of a paired grid costs.
    #[must_use]
    pub fn neighbour(mut self, cost: f64) -> Self {
        self.neighbour = cost;
        self
    }

    /// Allows people to be sent anywhere, at this cost.
    #[must_use]
    pub fn anywhere(mut self, cost: f64) -> Self {
        self.anywhere = Some(cost);
        self
    }

    /// Sets the cost of one unit of distance.
    #[must_use]
    pub fn distance(mut self, cost: f64) -> Self {
        self.distance = cost;
        self
    }

    /// Lets demand stay unmet where supply falls short.
    #[must_use]
    pub fn allow_gaps(mut self) -> Self {
        self.allow_gaps = true;
        self
    }
}

/// The cheapest way from a unit to a grid.
type Way = (i64, Why, u32);

impl Deployment {
    /// Sends person-times of units to grids at the least cost; every row traces to a pairing or a declared edge, unless
    /// people may be sent anywhere.
    ///
    /// ```
    /// use gridcore::deployment::{DemandRow, Deployment, EdgeRow, PairRow, Surge, SupplyRow, Why};
    /// use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([
    ///     GridRow::new("1", "city"),
    ///     GridRow::new("11", "north").under("1"),
    ///     GridRow::new("12", "south").under("1"),
    /// ])?;
    /// let surge = Surge::new(
    ///     [SupplyRow::new("u", 9).day(1)],
    ///     [DemandRow::new("11", 5).day(1), DemandRow::new("12", 3).day(1)],
    /// )
    /// .pairs([PairRow::new("u", "11")])
    /// .edges([EdgeRow::new("11", "12")]);
    /// let plan = Deployment::new(&tree).surge(&surge)?;
    /// let rows = plan.rows();
    /// assert_eq!((rows[0].amount, rows[0].why), (5, Why::Paired));
    /// assert_eq!((rows[1].amount, rows[1].why), (3, Why::Neighbour));
    /// assert_eq!(rows[1].via.as_ref().map(ToString::to_string).as_deref(), Some("11"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`assign`](Self::assign).
    ///
    /// # Complexity
    /// One flow over (unit, day) × (grid, day).
    pub fn surge(&self, surge: &Surge) -> Result<Plan, DeployError> {
        self.surge_with(surge, &mut Control::free())
    }

    /// [`surge`](Self::surge) under a limit or a watch.
    ///
    /// # Errors
    /// As [`assign`](Self::assign), and [`DeployError::Stopped`].
    pub fn surge_with(&self, surge: &Surge, control: &mut Control<'_>) -> Result<Plan, DeployError> {
        let mut reader = Reader::new(self);
        let supply = read_supply(&mut reader, &surge.supply);
        let sinks = read_demand(&mut reader, "demand", &surge.demand);
        reader.joined("supply and demand", supply.len(), sinks.len());
        let edges = read_edges(&mut reader, &surge.edges);
        let costs = [
            reader.cost(None, "paired", surge.paired),
            reader.cost(None, "neighbour", surge.neighbour),
            surge.anywhere.map_or(0, |cost| reader.cost(None, "anywhere", cost)),
        ];
        let distance = reader.weight("distance", surge.distance);
        let names: BTreeSet<UnitId> = supply.iter().map(|(unit, _)| unit.clone()).collect();
        let paired = read_pairs(&mut reader, &surge.pairs);
        let homes = read_homes(&mut reader, &surge.units);
        reader.finish()?;
        let mut ways: BTreeMap<UnitId, BTreeMap<GridIndex, Way>> = BTreeMap::new();
        let wanted: BTreeSet<GridIndex> = sinks.iter().map(|sink| sink.grid).collect();
        let anywhere = surge.anywhere.is_some();
        for unit in names {
            let paired = paired.get(&unit).cloned().unwrap_or_default();
            let home = homes.get(&unit).copied();
            let found = unit_ways(&mut reader, &paired, &edges, &wanted, home, costs, anywhere, distance);
            ways.insert(unit, found);
        }
        reader.finish()?;
        let mut links = Links::begin();
        for sink in &sinks {
            for (place, (unit, source)) in (0..).zip(&supply) {
                let same_day = match (sink.day, source.day) {
                    (Some(a), Some(b)) => a == b,
                    _ => true,
                };
                let way = ways.get(unit).and_then(|ways| ways.get(&sink.grid)).filter(|_| same_day);
                if let Some(&(cost, why, via)) = way {
                    links.push(place, source.at_most.min(sink.at_most), cost, why, via);
                }
            }
            links.close();
        }
        let model = Model {
            tree: self.tree().clone(),
            kind: PlanKind::Surge,
            decimals: self.decimal_places(),
            sources: supply.into_iter().map(|(_, source)| source).collect(),
            sinks,
            links: links.into(),
            steps: Vec::new(),
            most_load: None,
            before: None,
        };
        settle(model, Settle { min_max: false, allow_gaps: surge.allow_gaps }, None, control)
    }
}

/// The cheapest way from one unit to every grid that is asked for: of two equal ones the pairing, then the edge from the
/// first grid in the order of the tree.
#[expect(clippy::too_many_arguments, reason = "one table each")]
fn unit_ways(
    reader: &mut Reader<'_>,
    paired: &BTreeSet<GridIndex>,
    edges: &BTreeMap<GridIndex, BTreeSet<GridIndex>>,
    wanted: &BTreeSet<GridIndex>,
    home: Option<(GridIndex, usize)>,
    costs: [i64; 3],
    anywhere: bool,
    distance: f64,
) -> BTreeMap<GridIndex, Way> {
    let mut ways: BTreeMap<GridIndex, Way> = BTreeMap::new();
    let offer = |ways: &mut BTreeMap<GridIndex, Way>, grid: GridIndex, way: Way| {
        let best = ways.entry(grid).or_insert(way);
        *best = (*best).min(way);
    };
    for &grid in paired {
        offer(&mut ways, grid, (costs[0], Why::Paired, NO_GRID));
        for &next in edges.get(&grid).into_iter().flatten() {
            let far =
                if distance > 0.0 { distance * reader.distance(None, "edges.a", grid, next) } else { 0.0 };
            let cost = costs[1].saturating_add(reader.cost(None, "distance", far));
            offer(&mut ways, next, (cost, Why::Neighbour, grid.get() as u32));
        }
    }
    if anywhere {
        for &grid in wanted {
            let far = match home {
                Some((home, row)) if distance > 0.0 => {
                    distance * reader.distance(row, "units.home", home, grid)
                }
                _ => 0.0,
            };
            let cost = costs[2].saturating_add(reader.cost(None, "distance", far));
            offer(&mut ways, grid, (cost, Why::Anywhere, NO_GRID));
        }
    }
    ways
}

fn read_supply(reader: &mut Reader<'_>, rows: &[SupplyRow]) -> Vec<(UnitId, Source)> {
    reader.not_empty("supply", rows.len());
    let mut keys = Vec::with_capacity(rows.len());
    let mut read = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let unit: Option<UnitId> = reader.name(at, "supply.unit", &row.unit);
        let (at_least, at_most) = reader.bounds(
            at,
            ["supply.at_least", "supply.at_most"],
            row.at_least.unwrap_or(0),
            Some(row.at_most),
            0,
        );
        keys.push(unit.clone().map(|unit| (unit, row.day)));
        read.push(unit.map(|unit| {
            let who = Who::Unit(unit.clone());
            (unit, Source { who, unit: None, day: row.day, at_least, at_most })
        }));
    }
    let (order, _) = ordered(reader, "supply.unit", &keys);
    order.iter().filter_map(|&row| read[row as usize].take()).collect()
}

/// Demand as sinks, in the order of the tree.
pub(super) fn read_demand(reader: &mut Reader<'_>, table: &'static str, rows: &[DemandRow]) -> Vec<Sink> {
    reader.not_empty(table, rows.len());
    let mut keys = Vec::with_capacity(rows.len());
    let mut read = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let grid = reader.grid(at, "demand.grid", &row.grid);
        let columns = ["demand.at_least", "demand.at_most"];
        let (at_least, at_most) = reader.bounds(at, columns, row.at_least, row.at_most, row.at_least.max(0));
        let name: Option<Arc<str>> = row.need.as_deref().map(Arc::from);
        keys.push(grid.map(|grid| (grid, name.clone(), row.day)));
        read.push(grid.map(|grid| Sink { grid, name, day: row.day, at_least, at_most, skills: Vec::new() }));
    }
    let (order, _) = ordered(reader, "demand.grid", &keys);
    order.iter().filter_map(|&row| read[row as usize].take()).collect()
}

/// The neighbours of each grid.
pub(super) fn read_edges(
    reader: &mut Reader<'_>,
    rows: &[EdgeRow],
) -> BTreeMap<GridIndex, BTreeSet<GridIndex>> {
    let mut edges: BTreeMap<GridIndex, BTreeSet<GridIndex>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let a = reader.grid(at, "edges.a", &row.a);
        let b = reader.grid(at, "edges.b", &row.b);
        // An edge named twice, or both ways, says nothing new; one from a grid to itself leads nowhere.
        if let (Some(a), Some(b)) = (a, b)
            && a != b
        {
            edges.entry(a).or_default().insert(b);
            edges.entry(b).or_default().insert(a);
        }
    }
    edges
}

fn read_pairs(reader: &mut Reader<'_>, rows: &[PairRow]) -> BTreeMap<UnitId, BTreeSet<GridIndex>> {
    let mut paired: BTreeMap<UnitId, BTreeSet<GridIndex>> = BTreeMap::new();
    let mut keys = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        // A unit that sends nobody may be paired all the same.
        let unit: Option<UnitId> = reader.name(at, "pairs.unit", &row.unit);
        let key = unit.zip(reader.grid(at, "pairs.grid", &row.grid));
        if let Some((unit, grid)) = &key {
            paired.entry(unit.clone()).or_default().insert(*grid);
        }
        keys.push(key);
    }
    ordered(reader, "pairs.unit", &keys);
    paired
}

fn read_homes(reader: &mut Reader<'_>, rows: &[UnitRow]) -> BTreeMap<UnitId, (GridIndex, usize)> {
    let mut homes = BTreeMap::new();
    let mut keys: Vec<Option<UnitId>> = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let unit: Option<UnitId> = reader.name(at, "units.unit", &row.unit);
        let home = reader.grid_or_none(at, "units.home", row.home.as_deref());
        if let (Some(unit), Some(home)) = (&unit, home) {
            homes.insert(unit.clone(), (home, at));
        }
        keys.push(unit);
    }
    ordered(reader, "units.unit", &keys);
    homes
}
