//! Places and footprints.

use gridcore::GridIndex;
use gridcore::geo::{AdjacencyOptions, Contiguity, Footprints, Points, TilingFaultKind};
use serde_json::{Value, json};

use super::Op;
use crate::input::{json, reference, wrong};
use crate::{Answer, Input, Stop};

pub(super) const OPS: &[(&str, Op)] = &[
    ("geo.convert", |input| {
        let points = points(input, "points", &input.get::<String>("source")?)?;
        let found = points.to(&reference(&input.get::<String>("target")?)?)?;
        json(found.x().iter().zip(found.y()).collect::<Vec<_>>())
    }),
    ("geo.distance", |input| {
        let crs = input.get::<Option<String>>("crs")?.unwrap_or_else(|| "wgs84".to_owned());
        json(points(input, "a", &crs)?.distances_m(&points(input, "b", &crs)?)?)
    }),
    ("geo.area", |input| {
        let crs = input.get::<Option<String>>("crs")?.unwrap_or_else(|| "wgs84".to_owned());
        json(points(input, "points", &crs)?.ring_area_m2())
    }),
    ("footprints.read", |input| {
        let found = footprints(input)?;
        let crs = found.reference().to_string();
        Ok(json!({ "len": found.len(), "crs": crs, "invented": found.is_invented() }))
    }),
    ("footprints.to_geojson", |input| parsed(&footprints(input)?.to_geojson())),
    ("footprints.to", |input| {
        parsed(&footprints(input)?.to(&reference(&input.get::<String>("to")?)?)?.to_geojson())
    }),
    ("footprints.bounds", |input| json(footprints(input)?.bounds())),
    ("footprints.areas", |input| json(footprints(input)?.areas_m2())),
    ("footprints.locate", |input| {
        let found = footprints(input)?;
        let crs = input.get::<Option<String>>("points_crs")?.unwrap_or_else(|| found.reference().to_string());
        let points = points(input, "points", &crs)?;
        let grids = found.locator(input.get("level")?).locate_all(&points)?;
        json(grids.into_iter().map(|grid| grid.map(|grid| found.tree().code(grid))).collect::<Vec<_>>())
    }),
    ("footprints.adjacency", |input| {
        let found = footprints(input)?;
        let mut options = AdjacencyOptions::new();
        if input.get::<Option<bool>>("queen")? == Some(true) {
            options = options.contiguity(Contiguity::Queen);
        }
        if let Some(metres) = input.get("tolerance_m")? {
            options = options.tolerance_m(metres);
        }
        if let Some(metres) = input.get("least_border_m")? {
            options = options.least_border_m(metres);
        }
        let touching = found.adjacency(input.get("level")?, &options);
        let code = |grid: GridIndex| found.tree().code(grid).to_string();
        let border = |(a, b, border_m)| json!({ "a": code(a), "b": code(b), "border_m": border_m });
        Ok(json!({
            "borders": touching.borders().map(border).collect::<Vec<Value>>(),
            "islands": touching.islands().map(code).collect::<Vec<_>>(),
            "without_outline": touching.without_outline().iter().map(|&grid| code(grid)).collect::<Vec<_>>(),
        }))
    }),
    ("footprints.check_tiling", |input| {
        let found = footprints(input)?;
        let code = |grid: GridIndex| found.tree().code(grid).to_string();
        let mut rows = Vec::new();
        for fault in found.check_tiling(input.get("tolerance_m2")?).faults() {
            let (kind, grid, other) = match fault.kind {
                TilingFaultKind::Overlap { one, other } => ("overlap", one, Some(other)),
                TilingFaultKind::Hole { parent } => ("hole", parent, None),
                TilingFaultKind::Overhang { child, parent } => ("overhang", child, Some(parent)),
                _ => return Err(wrong("a kind of fault that this version does not know")),
            };
            let (grid, other, area_m2, bounds) = (code(grid), other.map(code), fault.area_m2, fault.bounds);
            rows.push(
                json!({ "kind": kind, "grid": grid, "other": other, "area_m2": area_m2, "bounds": bounds }),
            );
        }
        Ok(rows.into())
    }),
];

fn points(input: &Input<'_>, name: &str, crs: &str) -> Result<Points, Stop> {
    let (xs, ys) = input.get::<Vec<(f64, f64)>>(name)?.into_iter().unzip();
    Ok(Points::new(reference(crs)?, xs, ys)?)
}

fn footprints(input: &Input<'_>) -> Result<Footprints, Stop> {
    input.footprints(&input.tree()?)
}

/// A JSON text as its value.
pub(super) fn parsed(text: &str) -> Answer {
    serde_json::from_str(text).map_err(wrong)
}
