//! Even spread: people over the grids of a subtree, so that no grid has two more than another.

use super::Deployment;
use super::assign::read_sources;
use super::door::Reader;
use super::fault::DeployError;
use super::model::{Links, Model, NO_GRID, PlanKind, Sink, Source, Why};
use super::plan::Plan;
use super::rows::PersonRow;
use super::settle::{Settle, settle};
use super::who::Who;
use crate::control::Control;
use crate::id::GridIndex;

/// People to be spread evenly over grids.
///
/// Each grid gets the floor or the ceiling of the average. Who is named and has a home goes as near to it as evenness
/// allows; otherwise the first grids in the order of the tree, or the largest, get the one more.
///
/// ```
/// use gridcore::deployment::Spread;
/// let spread = Spread::of(100).under("442000118").level(3);
/// assert_eq!(spread.count, Some(100));
/// ```
#[derive(Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct Spread {
    /// The people, each of whom gets one grid; those who may take none stay out.
    pub people: Option<Vec<PersonRow>>,
    /// How many people, if they are not told apart.
    pub count: Option<i64>,
    /// The codes of the grids; every grid of the level if left out.
    pub grids: Option<Vec<String>>,
    /// The level of the grids; every leaf if both are left out.
    pub level: Option<u8>,
    /// The grid beneath which they lie; anywhere if left out.
    pub under: Option<String>,
    /// A weight of the tree: the grids with the most of it get the one more.
    pub size: Option<String>,
    /// The cost of one unit of distance from home.
    pub home: f64,
}

impl std::fmt::Debug for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Spread")
            .field("people", &self.people.as_ref().map(Vec::len))
            .field("count", &self.count)
            .field("level", &self.level)
            .field("under", &self.under)
            .finish_non_exhaustive()
    }
}

impl Spread {
    /// So many people, not told apart.
    #[must_use]
    pub fn of(count: i64) -> Self {
        Self { count: Some(count), ..Self::default() }
    }

    /// These people.
    #[must_use]
    pub fn people(rows: impl IntoIterator<Item = PersonRow>) -> Self {
        Self { people: Some(rows.into_iter().collect()), ..Self::default() }
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

    /// Gives the one more to the grids with the most of this weight.
    #[must_use]
    pub fn size(mut self, weight: impl Into<String>) -> Self {
        self.size = Some(weight.into());
        self
    }

    /// Sets the cost of one unit of distance from home.
    #[must_use]
    pub fn home(mut self, cost: f64) -> Self {
        self.home = cost;
        self
    }
}

impl Deployment {
    /// Spreads people evenly over grids: no grid gets two more than another.
    ///
    /// ```
    /// use gridcore::deployment::{Deployment, Spread};
    /// use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([
    ///     GridRow::new("1", "city"),
    ///     GridRow::new("11", "north").under("1"),
    ///     GridRow::new("12", "south").under("1"),
    /// ])?;
    /// let plan = Deployment::new(&tree).spread(&Spread::of(7))?;
    /// assert_eq!(plan.by_grid().iter().map(|grid| grid.amount).collect::<Vec<_>>(), [4, 3]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`assign`](Self::assign).
    ///
    /// # Complexity
    /// O(grids · log grids) for a count; one flow over people × grids for people with homes.
    pub fn spread(&self, spread: &Spread) -> Result<Plan, DeployError> {
        self.spread_with(spread, &mut Control::free())
    }

    /// [`spread`](Self::spread) under a limit or a watch.
    ///
    /// # Errors
    /// As [`assign`](Self::assign), and [`DeployError::Stopped`].
    pub fn spread_with(&self, spread: &Spread, control: &mut Control<'_>) -> Result<Plan, DeployError> {
        let mut reader = Reader::new(self);
        let grids = reader.chosen(spread.grids.as_deref(), spread.level, spread.under.as_deref());
        let size = spread.size.as_deref().and_then(|name| reader.tree_weight("size", name));
        let home = reader.weight("home", spread.home);
        let (sources, homes) = read(&mut reader, spread);
        reader.joined("people and grids", sources.len(), grids.len());
        reader.finish()?;
        let people: i64 = sources.iter().map(|source| source.at_most).sum();
        let free = home > 0.0 && homes.iter().any(|(home, _)| home.is_some());
        let sinks = even(&grids, people, size, free);
        let mut links = Links::begin();
        for sink in &sinks {
            for (place, source) in (0..).zip(&sources) {
                let (at, row) = homes.get(place as usize).copied().unwrap_or((None, 0));
                let far = match at {
                    Some(at) if home > 0.0 => home * reader.distance(row, "people.home", at, sink.grid),
                    _ => 0.0,
                };
                let cost = reader.cost(row, "home", far);
                links.push(place, source.at_most.min(sink.at_most), cost, Why::Even, NO_GRID);
            }
            links.close();
        }
        reader.finish()?;
        let model = Model {
            tree: self.tree().clone(),
            kind: PlanKind::Spread,
            decimals: self.decimal_places(),
            sources,
            sinks,
            links: links.into(),
            steps: Vec::new(),
            most_load: None,
            before: None,
        };
        settle(model, Settle::default(), None, control)
    }
}

/// Who is spread, and where each of them lives with the row that says so.
fn read(reader: &mut Reader<'_>, spread: &Spread) -> (Vec<Source>, Vec<(Option<GridIndex>, usize)>) {
    let Some(people) = &spread.people else {
        reader.not_empty("count", usize::from(spread.count.is_some()));
        let count = reader.amount(0, "count", spread.count.unwrap_or(0));
        let pool = Source { who: Who::Anyone, unit: None, day: None, at_least: count, at_most: count };
        return (vec![pool], Vec::new());
    };
    let (mut sources, _, order) = read_sources(reader, people, 1);
    let homes = order.iter().map(|&row| {
        let row = row as usize;
        (reader.grid_or_none(row, "people.home", people[row].home.as_deref()), row)
    });
    let homes = homes.collect();
    for source in &mut sources {
        source.at_most = source.at_most.min(1);
        source.at_least = source.at_most;
    }
    (sources, homes)
}

/// The floor or the ceiling of the average for each grid: free to be either, or the ceiling for the first or the largest.
fn even(grids: &[GridIndex], people: i64, size: Option<&[f64]>, free: bool) -> Vec<Sink> {
    let count = i64::try_from(grids.len()).unwrap_or(i64::MAX).max(1);
    let (floor, over) = (people / count, people % count);
    let mut order: Vec<usize> = (0..grids.len()).collect();
    if let Some(size) = size {
        let of = |place: usize| size[grids[place].get()];
        let of = |place: usize| if of(place).is_nan() { f64::NEG_INFINITY } else { of(place) };
        order.sort_by(|&a, &b| of(b).total_cmp(&of(a)));
    }
    let mut more = vec![false; grids.len()];
    for (&place, _) in order.iter().zip(0..over) {
        more[place] = true;
    }
    let sink = |(&grid, more): (&GridIndex, bool)| {
        let (at_least, at_most) = match (free && size.is_none(), more) {
            (true, _) => (floor, floor + i64::from(over > 0)),
            (false, more) => (floor + i64::from(more), floor + i64::from(more)),
        };
        Sink { grid, name: None, day: None, at_least, at_most, skills: Vec::new() }
    };
    grids.iter().zip(more).map(sink).collect()
}
