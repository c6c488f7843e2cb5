//! The strength map.

use gridcore::Lang;
use gridcore::map::{Breaks, CountRow, MapArea, MapCells, MapOptions, StrengthMap};
use pyo3::prelude::*;

use crate::geo::Footprints;
use crate::report::{from_json, or_refuse};
use crate::tree::Tree;

/// The wishes for a map, as the package hands them over.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Wishes {
    lang: Option<String>,
    title: Option<String>,
    role: Option<String>,
    level: Option<u8>,
    all: Option<bool>,
    area: Option<String>,
    classes: Option<usize>,
    equal_breaks: Option<bool>,
    size: Option<(f64, f64)>,
    min_cell: Option<u64>,
}

impl Wishes {
    fn options(self) -> MapOptions {
        let mut options = MapOptions::new();
        if self.lang.as_deref() == Some("zh") {
            options = options.lang(Lang::Zh);
        }
        if let Some(title) = self.title {
            options = options.title(title);
        }
        if let Some(role) = self.role {
            options = options.role(role);
        }
        if let Some(level) = self.level {
            options = options.cells(MapCells::Level(level));
        }
        if self.all == Some(true) {
            options = options.cells(MapCells::All);
        }
        if let Some(weight) = self.area {
            options = options.area(MapArea::Weight(weight));
        }
        if let Some(classes) = self.classes {
            options = options.classes(classes);
        }
        if self.equal_breaks == Some(true) {
            options = options.breaks(Breaks::Equal);
        }
        if let Some((width, height)) = self.size {
            options = options.size(width, height);
        }
        if let Some(least) = self.min_cell {
            options = options.min_cell(least);
        }
        options
    }
}

#[pymethods]
impl Tree {
    /// The strength map in SVG: over outlines if there are any, else a treemap. Counts and options are JSON.
    fn to_svg(
        &self,
        py: Python<'_>,
        counts: &str,
        options: &str,
        footprints: &Footprints,
    ) -> PyResult<String> {
        let (map, options) = self.strength(py, counts, options)?;
        or_refuse(py, py.detach(|| map.to_svg_over(&footprints.core, &options)))
    }

    /// The strength map as GeoJSON, over outlines. Counts and options are JSON.
    fn to_geojson(
        &self,
        py: Python<'_>,
        counts: &str,
        options: &str,
        footprints: &Footprints,
    ) -> PyResult<String> {
        let (map, options) = self.strength(py, counts, options)?;
        or_refuse(py, py.detach(|| map.to_geojson(&footprints.core, &options)))
    }
}

impl Tree {
    fn strength(&self, py: Python<'_>, counts: &str, options: &str) -> PyResult<(StrengthMap, MapOptions)> {
        let rows: Vec<CountRow> = from_json("counts", counts)?;
        let options = from_json::<Wishes>("options", options)?.options();
        Ok((or_refuse(py, StrengthMap::new(&self.core, rows))?, options))
    }
}
