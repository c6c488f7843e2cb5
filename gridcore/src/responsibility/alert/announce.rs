//! Alerts as they are announced: which level holds where and when.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::fault::{AlertError, AlertFault, AlertFaultKind as K};
use super::scale::AlertScale;
use crate::id::{GridCode, GridIndex};
use crate::{GridTree, Interval};

/// One alert (预警): a level of a scale, for a grid and all beneath it, in an interval of UTC seconds.
///
/// ```
/// use gridcore::responsibility::AlertRow;
/// // 2022-04-04T10:00+08:00
/// let alert = AlertRow::new("forest_fire", "orange", "442000").from(1_649_037_600);
/// assert_eq!(alert.until, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct AlertRow {
    /// The name of the scale.
    pub scale: String,
    /// The level.
    pub level: String,
    /// The code of the grid.
    pub grid: String,
    /// The first second of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub from: Option<i64>,
    /// The first second after it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub until: Option<i64>,
}

impl AlertRow {
    /// An alert that holds at all times.
    #[must_use]
    pub fn new(scale: impl Into<String>, level: impl Into<String>, grid: impl Into<String>) -> Self {
        Self { scale: scale.into(), level: level.into(), grid: grid.into(), from: None, until: None }
    }

    /// Sets the first second of it, in UTC seconds.
    #[must_use]
    pub fn from(mut self, from: i64) -> Self {
        self.from = Some(from);
        self
    }

    /// Sets the first second after it, in UTC seconds.
    #[must_use]
    pub fn until(mut self, until: i64) -> Self {
        self.until = Some(until);
        self
    }
}

/// A change of the level of alert in a grid; a row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct AlertStep {
    /// When, in UTC seconds.
    pub at: i64,
    /// The grid.
    pub grid: GridCode,
    /// The level before; none, if there was no alert.
    pub before: Option<String>,
    /// The level from then on.
    pub after: Option<String>,
}

/// One announcement, checked.
#[derive(Debug)]
struct Announced {
    rank: usize,
    interval: Interval,
}

/// All alerts over a tree: immutable, cheap to clone.
///
/// ```
/// use gridcore::responsibility::{AlertRow, AlertScale, Alerts};
/// use gridcore::{GridRow, GridTree};
/// let tree = GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "north").under("1")])?;
/// let (ten, noon) = (1_649_037_600, 1_649_044_800); // 4 April 2022 in Zhongshan
/// let alerts = Alerts::from_rows(&tree, &[AlertScale::three_levels("forest_fire")], [
///     AlertRow::new("forest_fire", "yellow", "1").from(ten - 86_400),
///     AlertRow::new("forest_fire", "orange", "1").from(ten),
///     AlertRow::new("forest_fire", "red", "11").from(noon),
/// ])?;
/// let (city, north) = (tree.root(), tree.find("11").expect("it is in the tree"));
/// assert_eq!(alerts.level("forest_fire", north, ten - 1).as_deref(), Some("yellow"));
/// assert_eq!(alerts.level("forest_fire", north, ten).as_deref(), Some("orange"));
/// assert_eq!(alerts.level("forest_fire", north, noon).as_deref(), Some("red"));
/// assert_eq!(alerts.level("forest_fire", city, noon).as_deref(), Some("orange"));
/// assert_eq!(alerts.steps("forest_fire", north).len(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Alerts {
    tree: GridTree,
    scales: Arc<[AlertScale]>,
    /// By place of the scale and grid: ascending by start.
    announced: Arc<BTreeMap<(usize, GridIndex), Vec<Announced>>>,
}

impl Alerts {
    /// Reads alerts, in any order.
    ///
    /// # Errors
    /// [`AlertError`] with every fault of every scale and row.
    ///
    /// # Complexity
    /// O(r log r) time for r rows.
    pub fn from_rows(
        tree: &GridTree,
        scales: &[AlertScale],
        rows: impl IntoIterator<Item = AlertRow>,
    ) -> Result<Self, AlertError> {
        let mut faults = Vec::new();
        for (place, scale) in scales.iter().enumerate() {
            if let Some(first) = scales[..place].iter().position(|other| other.name == scale.name) {
                let kind = K::DuplicateScale { first };
                faults.push(AlertFault { row: Some(place), column: "scales".to_owned(), kind });
            }
            faults.extend(
                scale
                    .faults()
                    .into_iter()
                    .map(|fault| AlertFault { column: format!("scales.{place}.{}", fault.column), ..fault }),
            );
        }
        let mut announced: BTreeMap<(usize, GridIndex), Vec<Announced>> = BTreeMap::new();
        let mut starts: BTreeMap<(usize, GridIndex, Option<i64>), usize> = BTreeMap::new();
        for (row, AlertRow { scale: name, level, grid: code, from, until }) in rows.into_iter().enumerate() {
            let mut report = |column: &str, kind: K| {
                faults.push(AlertFault { row: Some(row), column: column.to_owned(), kind });
            };
            let scale = scales.iter().position(|scale| scale.name == name);
            let rank = scale.map(|place| scales[place].rank(&level));
            match rank {
                None => report("scale", K::UnknownScale { scale: name }),
                Some(None) => report("level", K::UnknownLevel { level }),
                Some(Some(_)) => {}
            }
            let grid = tree.find(&code);
            if grid.is_none() {
                report("grid", K::UnknownGrid { code });
            }
            let interval = Interval::new(from, until);
            if interval.is_err() {
                report("until", K::EmptyInterval);
            }
            if let (Some(scale), Some(grid)) = (scale, grid) {
                let first = *starts.entry((scale, grid, from)).or_insert(row);
                if first != row {
                    report("from", K::DuplicateAlert { first });
                }
                if let (Some(Some(rank)), Ok(interval)) = (rank, interval) {
                    announced.entry((scale, grid)).or_default().push(Announced { rank, interval });
                }
            }
        }
        AlertError::of(faults)?;
        for list in announced.values_mut() {
            list.sort_by_key(|one| one.interval.from());
        }
        Ok(Self { tree: tree.clone(), scales: scales.into(), announced: Arc::new(announced) })
    }

    /// The tree beneath the alerts.
    #[must_use]
    pub fn tree(&self) -> &GridTree {
        &self.tree
    }

    /// The scales.
    #[must_use]
    pub fn scales(&self) -> &[AlertScale] {
        &self.scales
    }

    /// The rank of the level that holds in a grid at a time.
    fn rank(&self, scale: usize, grid: GridIndex, at: i64) -> Option<usize> {
        let of = |grid: GridIndex| {
            let known = self.announced.get(&(scale, grid))?;
            let begun = known.partition_point(|one| one.interval.from().is_none_or(|from| from <= at));
            // The last announcement counts, and when it is over there is no alert.
            let last = known.get(begun.checked_sub(1)?)?;
            last.interval.contains(at).then_some(last.rank)
        };
        std::iter::once(grid).chain(self.tree.ancestors(grid)).filter_map(of).max()
    }

    /// The level of a scale that holds in a grid at a time, in UTC seconds; none, if there is no alert.
    ///
    /// # Complexity
    /// O(d log r) time for depth d and r alerts.
    #[must_use]
    pub fn level(&self, scale: &str, grid: GridIndex, at: i64) -> Option<String> {
        let place = self.scales.iter().position(|known| known.name == scale)?;
        self.rank(place, grid, at).map(|rank| self.scales[place].levels[rank].id.clone())
    }

    /// Every change of the level of a scale in a grid, in the order of time.
    ///
    /// # Complexity
    /// O(a · d log r) time for a alerts that cover the grid, depth d and r alerts in all.
    #[must_use]
    pub fn steps(&self, scale: &str, grid: GridIndex) -> Vec<AlertStep> {
        let Some(place) = self.scales.iter().position(|known| known.name == scale) else { return Vec::new() };
        let covering = std::iter::once(grid).chain(self.tree.ancestors(grid));
        let lists = covering.filter_map(|grid| self.announced.get(&(place, grid)));
        let bounds = |one: &Announced| [one.interval.from(), one.interval.until()];
        let times: BTreeSet<i64> = lists.flatten().flat_map(bounds).flatten().collect();
        let name = |rank: Option<usize>| rank.map(|rank| self.scales[place].levels[rank].id.clone());
        let mut steps = Vec::new();
        // The level can change at these seconds only, so that between two of them it is that of the earlier.
        let mut before = match times.first().map(|first| first.checked_sub(1)) {
            Some(Some(earlier)) => self.rank(place, grid, earlier),
            Some(None) | None => None,
        };
        for at in times {
            let after = self.rank(place, grid, at);
            if before != after {
                let (before, after) = (name(before), name(after));
                steps.push(AlertStep { at, grid: self.tree.code(grid), before, after });
            }
            before = after;
        }
        steps
    }
}
