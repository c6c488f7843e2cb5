//! Places, footprints and what can be asked of them.

use gridcore::geo::{
    AdjacencyOptions, Contiguity, FootprintOptions, Footprints as Core, Points, Reference, TilingFaultKind,
};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::report::{or_refuse, to_json};
use crate::tree::{Tree, pack_options};

/// A column of floats as packed 64-bit numbers.
type Floats<'py> = Bound<'py, PyBytes>;

/// Converts columns of coordinates from one reference to another.
#[pyfunction]
pub(crate) fn convert<'py>(
    py: Python<'py>,
    x: &[u8],
    y: &[u8],
    source: &str,
    target: &str,
) -> PyResult<(Floats<'py>, Floats<'py>)> {
    let points = or_refuse(py, points(x, y, source)?.to(&reference(target)?))?;
    Ok((pack_floats(py, points.x()), pack_floats(py, points.y())))
}

/// Distances in metres between columns of places, each of the first to its counterpart.
#[pyfunction]
pub(crate) fn distances<'py>(
    py: Python<'py>,
    origin: (&[u8], &[u8]),
    to: (&[u8], &[u8]),
    crs: &str,
) -> PyResult<Floats<'py>> {
    let (origin, to) = (points(origin.0, origin.1, crs)?, points(to.0, to.1, crs)?);
    Ok(pack_floats(py, &or_refuse(py, origin.distances_m(&to))?))
}

/// The area in square metres of the ring that places are the corners of.
#[pyfunction]
pub(crate) fn area(x: &[u8], y: &[u8], crs: &str) -> PyResult<f64> {
    Ok(points(x, y, crs)?.ring_area_m2())
}

/// Outlines of grids, beside their tree.
#[pyclass(frozen, module = "gridcore._gridcore")]
pub(crate) struct Footprints {
    pub(crate) core: Core,
}

#[pymethods]
impl Tree {
    /// Reads outlines from GeoJSON, or from the tree's own footprints if there is no text.
    #[pyo3(signature = (text, code_property, crs, invented, close_rings = false))]
    fn footprints(
        &self,
        py: Python<'_>,
        text: Option<&str>,
        code_property: Option<String>,
        crs: Option<&str>,
        invented: bool,
        close_rings: bool,
    ) -> PyResult<Footprints> {
        let mut options = FootprintOptions::new().invented(invented).close_rings(close_rings);
        if let Some(name) = code_property {
            options = options.code_property(name);
        }
        if let Some(crs) = crs {
            options = options.reference(reference(crs)?);
        }
        let read = py.detach(|| match text {
            Some(text) => Core::from_geojson(&self.core, text, &options),
            None => Core::from_tree(&self.core, &options),
        });
        Ok(Footprints { core: or_refuse(py, read)? })
    }
}

#[pymethods]
impl Footprints {
    /// How many grids have an outline.
    fn __len__(&self) -> usize {
        self.core.len()
    }

    /// What the coordinates are measured in.
    fn crs(&self) -> String {
        self.core.reference().to_string()
    }

    /// Whether the outlines are invented.
    fn invented(&self) -> bool {
        self.core.is_invented()
    }

    /// The outlines as a GeoJSON text.
    fn to_geojson(&self, py: Python<'_>) -> String {
        py.detach(|| self.core.to_geojson())
    }

    /// The rectangle around all outlines, as JSON; null if there is none.
    fn bounds(&self) -> PyResult<String> {
        to_json(&self.core.bounds())
    }

    /// The same outlines in another reference.
    fn to(&self, py: Python<'_>, crs: &str) -> PyResult<Self> {
        Ok(Self { core: or_refuse(py, self.core.to(&reference(crs)?))? })
    }

    /// The areas in square metres by position; None without an outline.
    fn areas(&self, py: Python<'_>) -> Vec<Option<f64>> {
        py.detach(|| self.core.areas_m2())
    }

    /// The positions of the grids that places lie in: on a level, or the lowest there are.
    #[pyo3(signature = (x, y, crs = None, level = None))]
    fn locate<'py>(
        &self,
        py: Python<'py>,
        x: &[u8],
        y: &[u8],
        crs: Option<&str>,
        level: Option<u8>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let crs = crs.map_or_else(|| self.crs(), str::to_owned);
        let points = points(x, y, &crs)?;
        let found = or_refuse(py, py.detach(|| self.core.locator(level).locate_all(&points)))?;
        Ok(pack_options(py, found.into_iter()))
    }

    /// Which grids of a level touch, with the length of their border in metres, as JSON.
    #[pyo3(signature = (level, queen = false, tolerance_m = None, least_border_m = None))]
    fn adjacency(
        &self,
        py: Python<'_>,
        level: u8,
        queen: bool,
        tolerance_m: Option<f64>,
        least_border_m: Option<f64>,
    ) -> PyResult<String> {
        #[derive(serde::Serialize)]
        #[expect(clippy::struct_field_names, reason = "the unit belongs to the name of a column")]
        struct Border {
            a: String,
            b: String,
            border_m: f64,
        }
        #[derive(serde::Serialize)]
        struct Report {
            borders: Vec<Border>,
            islands: Vec<String>,
            without_outline: Vec<String>,
        }
        let mut options = AdjacencyOptions::new();
        if queen {
            options = options.contiguity(Contiguity::Queen);
        }
        if let Some(metres) = tolerance_m {
            options = options.tolerance_m(metres);
        }
        if let Some(metres) = least_border_m {
            options = options.least_border_m(metres);
        }
        let found = py.detach(|| self.core.adjacency(level, &options));
        let code = |grid| self.core.tree().code(grid).to_string();
        to_json(&Report {
            borders: found
                .borders()
                .map(|(a, b, border_m)| Border { a: code(a), b: code(b), border_m })
                .collect(),
            islands: found.islands().map(code).collect(),
            without_outline: found.without_outline().iter().map(|&grid| code(grid)).collect(),
        })
    }

    /// Overlaps, holes and overhangs among the outlines, as JSON rows.
    fn check_tiling(&self, py: Python<'_>, tolerance_m2: f64) -> PyResult<String> {
        #[derive(serde::Serialize)]
        struct Row {
            kind: &'static str,
            grid: String,
            other: Option<String>,
            area_m2: f64,
            bounds: gridcore::geo::Bounds,
        }
        let report = py.detach(|| self.core.check_tiling(tolerance_m2));
        let code = |grid| self.core.tree().code(grid).to_string();
        let mut rows = Vec::new();
        for fault in report.faults() {
            let (kind, grid, other) = match fault.kind {
                TilingFaultKind::Overlap { one, other } => ("overlap", one, Some(other)),
                TilingFaultKind::Hole { parent } => ("hole", parent, None),
                TilingFaultKind::Overhang { child, parent } => ("overhang", child, Some(parent)),
                _ => continue,
            };
            let other = other.map(code);
            rows.push(Row { kind, grid: code(grid), other, area_m2: fault.area_m2, bounds: fault.bounds });
        }
        to_json(&rows)
    }
}

pub(crate) fn reference(name: &str) -> PyResult<Reference> {
    name.parse().map_err(|error: gridcore::geo::MalformedReference| PyValueError::new_err(error.to_string()))
}

fn points(x: &[u8], y: &[u8], crs: &str) -> PyResult<Points> {
    let points = Points::new(reference(crs)?, unpack_floats(x)?, unpack_floats(y)?);
    Python::attach(|py| or_refuse(py, points))
}

fn unpack_floats(bytes: &[u8]) -> PyResult<Vec<f64>> {
    let (words, rest) = bytes.as_chunks::<8>();
    if !rest.is_empty() {
        return Err(PyValueError::new_err("coordinates are 64-bit numbers"));
    }
    Ok(words.iter().map(|word| f64::from_le_bytes(*word)).collect())
}

fn pack_floats<'py>(py: Python<'py>, values: &[f64]) -> Bound<'py, PyBytes> {
    let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    PyBytes::new(py, &bytes)
}
