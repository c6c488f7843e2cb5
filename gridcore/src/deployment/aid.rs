//! Mutual aid: what some grids can spare goes to the nearest that lack it.

use super::Deployment;
use super::door::{Reader, ordered};
use super::fault::DeployError;
use super::model::{Links, Model, NO_GRID, PlanKind, Source, Why};
use super::plan::Plan;
use super::rows::{DemandRow, EdgeRow, SpareRow};
use super::settle::{Settle, settle};
use super::surge::{read_demand, read_edges};
use super::who::Who;
use crate::control::Control;
use crate::id::GridIndex;

/// What grids can spare and what others lack.
///
/// ```
/// use gridcore::deployment::{Aid, DemandRow, SpareRow};
/// let aid = Aid::new([SpareRow::new("11", 4)], [DemandRow::new("12", 2)]);
/// assert_eq!(aid.distance, 1.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct Aid {
    /// What each grid can spare.
    pub spares: Vec<SpareRow>,
    /// What each grid lacks.
    pub demand: Vec<DemandRow>,
    /// The edges along which people may be lent, in both directions; from anywhere if left out.
    pub edges: Option<Vec<EdgeRow>>,
    /// The cost of one unit of distance.
    pub distance: f64,
    /// Whether demand may stay unmet: then as little as can be, and the rest at the least cost.
    pub allow_gaps: bool,
}

impl Default for Aid {
    fn default() -> Self {
        Self { spares: Vec::new(), demand: Vec::new(), edges: None, distance: 1.0, allow_gaps: false }
    }
}

impl Aid {
    /// Spares and demand; from anywhere, the nearest first.
    #[must_use]
    pub fn new(
        spares: impl IntoIterator<Item = SpareRow>,
        demand: impl IntoIterator<Item = DemandRow>,
    ) -> Self {
        Self { spares: spares.into_iter().collect(), demand: demand.into_iter().collect(), ..Self::default() }
    }

    /// Lets people be lent along these edges only.
    #[must_use]
    pub fn edges(mut self, rows: impl IntoIterator<Item = EdgeRow>) -> Self {
        self.edges = Some(rows.into_iter().collect());
        self
    }

    /// Sets the cost of one unit of distance.
    #[must_use]
    pub fn distance(mut self, cost: f64) -> Self {
        self.distance = cost;
        self
    }

    /// Lets demand stay unmet where there is too little to spare.
    #[must_use]
    pub fn allow_gaps(mut self) -> Self {
        self.allow_gaps = true;
        self
    }
}

impl Deployment {
    /// Sends spare people to the grids that lack them, over the shortest ways in all.
    ///
    /// ```
    /// use gridcore::deployment::{Aid, DemandRow, Deployment, SpareRow};
    /// use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([
    ///     GridRow::new("1", "city"),
    ///     GridRow::new("11", "north").under("1"),
    ///     GridRow::new("111", "mill").under("11"),
    ///     GridRow::new("112", "quay").under("11"),
    ///     GridRow::new("12", "south").under("1"),
    /// ])?;
    /// let aid = Aid::new(
    ///     [SpareRow::new("111", 1), SpareRow::new("12", 5)],
    ///     [DemandRow::new("112", 2)],
    /// );
    /// let plan = Deployment::new(&tree).aid(&aid)?;
    /// let rows: Vec<_> = plan.rows().into_iter().map(|row| (row.who.to_string(), row.amount, row.cost)).collect();
    /// assert_eq!(rows, [("12".to_owned(), 1, 3.0), ("111".to_owned(), 1, 2.0)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`assign`](Self::assign).
    ///
    /// # Complexity
    /// One flow over spares × demand, or over the edges.
    pub fn aid(&self, aid: &Aid) -> Result<Plan, DeployError> {
        self.aid_with(aid, &mut Control::free())
    }

    /// [`aid`](Self::aid) under a limit or a watch.
    ///
    /// # Errors
    /// As [`assign`](Self::assign), and [`DeployError::Stopped`].
    pub fn aid_with(&self, aid: &Aid, control: &mut Control<'_>) -> Result<Plan, DeployError> {
        let mut reader = Reader::new(self);
        let spares = read_spares(&mut reader, &aid.spares);
        let sinks = read_demand(&mut reader, "demand", &aid.demand);
        let edges = aid.edges.as_deref().map(|rows| read_edges(&mut reader, rows));
        let distance = reader.weight("distance", aid.distance);
        reader.joined("spares and demand", spares.len(), sinks.len());
        reader.finish()?;
        let mut links = Links::begin();
        for sink in &sinks {
            for (place, &(grid, spare, row)) in (0..).zip(&spares) {
                let joined = |(a, b): (GridIndex, GridIndex)| match &edges {
                    Some(edges) => a == b || edges.get(&a).is_some_and(|next| next.contains(&b)),
                    None => true,
                };
                if !joined((grid, sink.grid)) {
                    continue;
                }
                let far = if distance > 0.0 {
                    distance * reader.distance(row, "spares.grid", grid, sink.grid)
                } else {
                    0.0
                };
                let cost = reader.cost(row, "distance", far);
                let why = if edges.is_some() && grid != sink.grid { Why::Neighbour } else { Why::Spare };
                links.push(place, spare.min(sink.at_most), cost, why, NO_GRID);
            }
            links.close();
        }
        reader.finish()?;
        let source = |(grid, spare, _): (GridIndex, i64, usize)| Source {
            who: Who::Grid(self.tree().code(grid)),
            unit: None,
            day: None,
            at_least: 0,
            at_most: spare,
        };
        let model = Model {
            tree: self.tree().clone(),
            kind: PlanKind::Aid,
            decimals: self.decimal_places(),
            sources: spares.into_iter().map(source).collect(),
            sinks,
            links: links.into(),
            steps: Vec::new(),
            most_load: None,
            before: None,
        };
        settle(model, Settle { min_max: false, allow_gaps: aid.allow_gaps }, None, control)
    }
}

/// Spares as (grid, people, row), by code.
fn read_spares(reader: &mut Reader<'_>, rows: &[SpareRow]) -> Vec<(GridIndex, i64, usize)> {
    reader.not_empty("spares", rows.len());
    let mut keys = Vec::with_capacity(rows.len());
    let mut read = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let grid = reader.grid(at, "spares.grid", &row.grid);
        let spare = reader.amount(at, "spares.spare", row.spare);
        keys.push(grid.map(|grid| reader.deployment.tree().code(grid)));
        read.push(grid.map(|grid| (grid, spare, at)));
    }
    let (order, _) = ordered(reader, "spares.grid", &keys);
    order.iter().filter_map(|&row| read[row as usize].take()).collect()
}
