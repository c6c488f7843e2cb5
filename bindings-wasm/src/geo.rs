//! Places, the references they are measured in, and the outlines of grids.

use gridcore::geo::{
    AdjacencyOptions, Contiguity, FootprintOptions, Footprints as Core, Points, Reference, TilingFaultKind,
};
use gridcore::{Fault, GridCode};
use js_sys::{Float64Array, Object, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::argument::{JSON_TEXT, Options, level, number, present, text, wrong};
use crate::asked::{codes_of, positions_of};
use crate::error::{Answer, faulty, refused};
use crate::map::wishes;
use crate::report::plain;
use crate::table::Values;
use crate::tree::RawTree;

fn reference(name: &str, value: &JsValue) -> Result<Reference, JsValue> {
    text(name, value)?.parse().map_err(|error: gridcore::geo::MalformedReference| {
        faulty(Fault {
            code: "malformed_reference".to_owned(),
            column: Some(name.to_owned()),
            message: error.to_string(),
            message_zh: "坐标参考应为 wgs84、gcj02、bd09、cgcs2000 或 metres: 加平面名称".to_owned(),
            ..Fault::default()
        })
    })
}

/// A number as a column of one, or a column.
fn axis(name: &str, value: &JsValue) -> Result<Vec<f64>, JsValue> {
    match value.as_f64() {
        Some(number) => Ok(vec![number]),
        None => Ok(Values::read(name, value)?.into_floats()),
    }
}

/// A column as it came: a number for a number, a typed array for a column.
fn answer(values: &[f64], like: &JsValue) -> JsValue {
    match (values, like.as_f64()) {
        (&[only], Some(_)) => only.into(),
        _ => Float64Array::from(values).into(),
    }
}

fn points(reference: Reference, x: &JsValue, y: &JsValue) -> Result<Points, JsValue> {
    Points::new(reference, axis("x", x)?, axis("y", y)?).map_err(refused)
}

/// Converts places from one reference to another.
#[wasm_bindgen(js_name = geoConvert)]
pub fn convert(x: &JsValue, y: &JsValue, from: &JsValue, to: &JsValue) -> Answer {
    let found = points(reference("from", from)?, x, y)?.to(&reference("to", to)?).map_err(refused)?;
    let out = Object::new();
    Reflect::set(&out, &"x".into(), &answer(found.x(), x))?;
    Reflect::set(&out, &"y".into(), &answer(found.y(), x))?;
    Ok(out.into())
}

/// Distances in metres.
#[wasm_bindgen(js_name = geoDistance)]
pub fn distance(x1: &JsValue, y1: &JsValue, x2: &JsValue, y2: &JsValue, crs: &JsValue) -> Answer {
    let crs = present(crs.clone()).map_or(Ok(Reference::Wgs84), |crs| reference("crs", &crs))?;
    let from = points(crs.clone(), x1, y1)?;
    Ok(answer(&from.distances_m(&points(crs, x2, y2)?).map_err(refused)?, x1))
}

/// The area of a ring in square metres.
#[wasm_bindgen(js_name = geoArea)]
pub fn area(x: &JsValue, y: &JsValue, crs: &JsValue) -> Result<f64, JsValue> {
    let crs = present(crs.clone()).map_or(Ok(Reference::Wgs84), |crs| reference("crs", &crs))?;
    Ok(points(crs, x, y)?.ring_area_m2())
}

/// Outlines of grids beside their tree.
#[wasm_bindgen]
pub struct RawFootprints {
    core: Core,
}

#[derive(Serialize)]
struct Touch {
    a: GridCode,
    b: GridCode,
    border_m: f64,
}

#[derive(Serialize)]
struct Adjacency {
    borders: Vec<Touch>,
    islands: Vec<GridCode>,
    without_outline: Vec<GridCode>,
}

#[derive(Serialize)]
struct Misfit {
    kind: &'static str,
    grid: GridCode,
    other: Option<GridCode>,
    area_m2: f64,
    bounds: gridcore::geo::Bounds,
}

#[derive(Serialize)]
struct Tiling {
    checked: usize,
    faults: Vec<Misfit>,
    without_outline: Vec<GridCode>,
}

#[wasm_bindgen]
impl RawTree {
    /// Outlines from `GeoJSON`, or from the tree's own footprints.
    pub fn footprints(&self, geojson: &JsValue, options: &JsValue) -> Result<RawFootprints, JsValue> {
        let wanted = Options::new("options", options, &["codeProperty", "crs", "invented", "closeRings"])?;
        let mut options = FootprintOptions::new();
        if let Some(name) = wanted.text("codeProperty")? {
            options = options.code_property(name);
        }
        if let Some(crs) = wanted.get("crs")? {
            options = options.reference(reference("crs", &crs)?);
        }
        options = options.invented(wanted.flag("invented")?.unwrap_or(false));
        options = options.close_rings(wanted.flag("closeRings")?.unwrap_or(false));
        let core = match present(geojson.clone()) {
            None => Core::from_tree(&self.core, &options),
            Some(value) => {
                let text = match value.as_string() {
                    Some(text) => text,
                    None if value.is_object() => js_sys::JSON::stringify(&value)
                        .ok()
                        .and_then(|text| text.as_string())
                        .ok_or_else(|| wrong("geojson", &value, JSON_TEXT))?,
                    None => return Err(wrong("geojson", &value, JSON_TEXT)),
                };
                Core::from_geojson(&self.core, &text, &options)
            }
        };
        Ok(RawFootprints { core: core.map_err(refused)? })
    }

    /// The strength map over outlines, in SVG.
    #[wasm_bindgen(js_name = toSvgOver)]
    pub fn to_svg_over(
        &self,
        counts: &JsValue,
        over: &RawFootprints,
        options: &JsValue,
    ) -> Result<String, JsValue> {
        self.strength(counts)?.to_svg_over(&over.core, &wishes(options)?).map_err(refused)
    }

    /// The strength map as `GeoJSON`.
    #[wasm_bindgen(js_name = toGeojson)]
    pub fn to_geojson(
        &self,
        counts: &JsValue,
        over: &RawFootprints,
        options: &JsValue,
    ) -> Result<String, JsValue> {
        self.strength(counts)?.to_geojson(&over.core, &wishes(options)?).map_err(refused)
    }
}

#[wasm_bindgen]
impl RawFootprints {
    /// How many grids have an outline.
    #[must_use]
    pub fn size(&self) -> usize {
        self.core.len()
    }

    /// What the coordinates are measured in.
    #[must_use]
    pub fn crs(&self) -> String {
        self.core.reference().to_string()
    }

    /// Whether the outlines are invented.
    #[must_use]
    pub fn invented(&self) -> bool {
        self.core.is_invented()
    }

    /// The same outlines in another reference.
    pub fn to(&self, crs: &JsValue) -> Result<RawFootprints, JsValue> {
        Ok(Self { core: self.core.to(&reference("crs", crs)?).map_err(refused)? })
    }

    /// The outlines as `GeoJSON`.
    #[wasm_bindgen(js_name = toGeojson)]
    #[must_use]
    pub fn to_geojson(&self) -> String {
        self.core.to_geojson()
    }

    /// The rectangle around all outlines; null if there is none.
    pub fn bounds(&self) -> Answer {
        plain(&self.core.bounds())
    }

    /// The areas in square metres, by position; not-a-number without an outline.
    #[must_use]
    pub fn areas(&self) -> Float64Array {
        let areas: Vec<f64> = self.core.areas_m2().into_iter().map(|area| area.unwrap_or(f64::NAN)).collect();
        Float64Array::from(&areas[..])
    }

    /// The grids that places lie in: a code for a place, positions for columns.
    pub fn locate(&self, x: &JsValue, y: &JsValue, options: &JsValue) -> Answer {
        let options = Options::new("options", options, &["crs", "level"])?;
        let crs = options.get("crs")?.map(|crs| reference("crs", &crs)).transpose()?;
        let at = points(crs.unwrap_or_else(|| self.core.reference().clone()), x, y)?;
        let locator = self.core.locator(options.level("level")?);
        let found = locator.locate_all(&at).map_err(refused)?;
        if x.as_f64().is_some() {
            return Ok(codes_of(self.core.tree(), found).get(0));
        }
        Ok(positions_of(found).into())
    }

    /// Which grids of a level touch.
    pub fn adjacency(&self, at: &JsValue, options: &JsValue) -> Answer {
        let at = level("level", at)?;
        let wanted = Options::new("options", options, &["queen", "toleranceM", "leastBorderM"])?;
        let mut options = AdjacencyOptions::new();
        if wanted.flag("queen")? == Some(true) {
            options = options.contiguity(Contiguity::Queen);
        }
        if let Some(metres) = wanted.number("toleranceM")? {
            options = options.tolerance_m(metres);
        }
        if let Some(metres) = wanted.number("leastBorderM")? {
            options = options.least_border_m(metres);
        }
        let tree = self.core.tree();
        let found = self.core.adjacency(at, &options);
        plain(&Adjacency {
            borders: found
                .borders()
                .map(|(a, b, border_m)| Touch { a: tree.code(a), b: tree.code(b), border_m })
                .collect(),
            islands: found.islands().map(|grid| tree.code(grid)).collect(),
            without_outline: tree.codes(found.without_outline()),
        })
    }

    /// Overlaps, holes and overhangs that are larger than a tolerance.
    #[wasm_bindgen(js_name = checkTiling)]
    pub fn check_tiling(&self, tolerance_m2: &JsValue) -> Answer {
        let report = self.core.check_tiling(number("toleranceM2", tolerance_m2)?);
        let tree = self.core.tree();
        let misfit = |fault: &gridcore::geo::TilingFault| {
            let (kind, grid, other) = match fault.kind {
                TilingFaultKind::Overlap { one, other } => ("overlap", one, Some(other)),
                TilingFaultKind::Hole { parent } => ("hole", parent, None),
                TilingFaultKind::Overhang { child, parent } => ("overhang", child, Some(parent)),
                _ => return None,
            };
            let (grid, other) = (tree.code(grid), other.map(|other| tree.code(other)));
            Some(Misfit { kind, grid, other, area_m2: fault.area_m2, bounds: fault.bounds })
        };
        plain(&Tiling {
            checked: report.checked(),
            faults: report.faults().iter().filter_map(misfit).collect(),
            without_outline: tree.codes(report.without_outline()),
        })
    }
}
