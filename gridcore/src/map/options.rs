//! The wishes for a map.

use crate::error::Lang;
use crate::tree::GridTree;

use super::fault::{MapOptionFault, MapOptionsError};
use super::strength::StrengthMap;

/// Which grids become the cells of a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum MapCells {
    /// The leaves of the tree.
    #[default]
    Leaves,
    /// The grids of a level, and leaves above it where the tree ends earlier.
    Level(u8),
    /// Every grid: one feature each; a picture draws the leaves.
    All,
}

/// How numbers are put into classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Breaks {
    /// As many cells in each class as equal numbers allow (nearest rank).
    #[default]
    Quantile,
    /// Ranges of equal width.
    Equal,
}

/// What the area of a cell in a treemap stands for. It is never the number of people, or grids without any would vanish.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum MapArea {
    /// The number of leaves.
    #[default]
    Leaves,
    /// The sum of a weight of the tree over the leaves, such as households; a leaf without it is left out.
    Weight(String),
}

/// The wishes for a map: which grids and people, in which language, how large, in which classes.
///
/// ```
/// use gridcore::Lang;
/// use gridcore::map::{Breaks, MapCells, MapOptions};
/// let options = MapOptions::new().lang(Lang::Zh).cells(MapCells::Level(2)).breaks(Breaks::Equal).size(800.0, 600.0);
/// assert_ne!(options, MapOptions::new());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct MapOptions {
    pub(crate) lang: Lang,
    pub(crate) title: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) cells: MapCells,
    pub(crate) area: MapArea,
    pub(crate) classes: usize,
    pub(crate) breaks: Breaks,
    pub(crate) size: [f64; 2],
    pub(crate) min_cell: u64,
}

impl Default for MapOptions {
    fn default() -> Self {
        Self {
            lang: Lang::En,
            title: None,
            role: None,
            cells: MapCells::Leaves,
            area: MapArea::Leaves,
            classes: 5,
            breaks: Breaks::Quantile,
            size: [1200.0, 800.0],
            min_cell: 0,
        }
    }
}

impl MapOptions {
    /// All people at the leaves, in English, in five classes of quantiles, 1200 × 800, nothing withheld.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the language of title, legend and notes.
    #[must_use]
    pub fn lang(mut self, lang: Lang) -> Self {
        self.lang = lang;
        self
    }

    /// Sets the title.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Counts the people of one role only.
    #[must_use]
    pub fn role(mut self, role: impl Into<String>) -> Self {
        self.role = Some(role.into());
        self
    }

    /// Chooses the grids that become cells.
    #[must_use]
    pub fn cells(mut self, cells: MapCells) -> Self {
        self.cells = cells;
        self
    }

    /// Chooses what the area of a cell in a treemap stands for.
    #[must_use]
    pub fn area(mut self, area: MapArea) -> Self {
        self.area = area;
        self
    }

    /// Sets how many classes numbers above zero are put in, from 2 to 9.
    #[must_use]
    pub fn classes(mut self, classes: usize) -> Self {
        self.classes = classes;
        self
    }

    /// Sets how numbers are put into classes.
    #[must_use]
    pub fn breaks(mut self, breaks: Breaks) -> Self {
        self.breaks = breaks;
        self
    }

    /// Sets width and height, from 100 to 20,000.
    #[must_use]
    pub fn size(mut self, width: f64, height: f64) -> Self {
        self.size = [width, height];
        self
    }

    /// Withholds numbers from 1 to `least − 1`; where that leaves one single cell withheld, the next larger too, since the
    /// sum would give the one away.
    ///
    /// For numbers of residents; numbers of staff need it not. A withheld cell is hatched and says so. With it a feature
    /// has its total alone, without own and by-role numbers, and [`MapCells::All`] stands for the leaves.
    #[must_use]
    pub fn min_cell(mut self, least: u64) -> Self {
        self.min_cell = least;
        self
    }

    /// Finds every wish that cannot be met.
    pub(crate) fn check(&self, map: &StrengthMap) -> Result<(), MapOptionsError> {
        let tree: &GridTree = map.tree();
        let mut faults = Vec::new();
        if self.role.as_ref().is_some_and(|role| !map.roles().contains(role)) {
            faults.push(MapOptionFault::UnknownRole);
        }
        if let MapCells::Level(level) = self.cells
            && !tree.indices().any(|grid| tree.level(grid) == level)
        {
            faults.push(MapOptionFault::UnknownLevel(level));
        }
        if let MapArea::Weight(name) = &self.area
            && !tree.weight_names().any(|other| other == name)
        {
            faults.push(MapOptionFault::UnknownWeight(name.clone()));
        }
        if !self.size.iter().all(|side| (100.0..=20_000.0).contains(side)) {
            faults.push(MapOptionFault::Size);
        }
        if !(2..=9).contains(&self.classes) {
            faults.push(MapOptionFault::Classes(self.classes));
        }
        if faults.is_empty() { Ok(()) } else { Err(MapOptionsError { faults }) }
    }
}
