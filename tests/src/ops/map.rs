//! The strength map.

use gridcore::Lang;
use gridcore::map::{Breaks, CountRow, MapArea, MapCells, MapOptions, StrengthMap};
use serde::Deserialize;
use serde_json::json;

use super::Op;
use super::geo::parsed;
use crate::{Input, Stop};

pub(super) const OPS: &[(&str, Op)] = &[
    ("tree.to_svg", |input| {
        let (map, options) = strength(input)?;
        let svg = match input.value("footprints") {
            Some(_) => map.to_svg_over(&input.footprints(map.tree())?, &options)?,
            None => map.to_svg(&options)?,
        };
        Ok(json!(fnv1a(&svg)))
    }),
    ("tree.to_geojson", |input| {
        let (map, options) = strength(input)?;
        parsed(&map.to_geojson(&input.footprints(map.tree())?, &options)?)
    }),
];

/// The wishes for a map, under the names that callers use.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wishes {
    lang: Option<String>,
    title: Option<String>,
    role: Option<String>,
    level: Option<u8>,
    all: bool,
    area: Option<String>,
    classes: Option<usize>,
    equal_breaks: bool,
    size: Option<(f64, f64)>,
    min_cell: Option<u64>,
}

fn strength(input: &Input<'_>) -> Result<(StrengthMap, MapOptions), Stop> {
    let map = StrengthMap::new(&input.tree()?, input.get::<Vec<CountRow>>("counts")?)?;
    let wishes = input.get::<Option<Wishes>>("wishes")?.unwrap_or_default();
    let mut options = MapOptions::new();
    if wishes.lang.as_deref() == Some("zh") {
        options = options.lang(Lang::Zh);
    }
    if let Some(title) = wishes.title {
        options = options.title(title);
    }
    if let Some(role) = wishes.role {
        options = options.role(role);
    }
    if let Some(level) = wishes.level {
        options = options.cells(MapCells::Level(level));
    }
    if wishes.all {
        options = options.cells(MapCells::All);
    }
    if let Some(weight) = wishes.area {
        options = options.area(MapArea::Weight(weight));
    }
    if let Some(classes) = wishes.classes {
        options = options.classes(classes);
    }
    if wishes.equal_breaks {
        options = options.breaks(Breaks::Equal);
    }
    if let Some((width, height)) = wishes.size {
        options = options.size(width, height);
    }
    if let Some(least) = wishes.min_cell {
        options = options.min_cell(least);
    }
    Ok((map, options))
}

/// The 64-bit FNV-1a hash of a text, in hexadecimal: long texts are compared by it.
pub(super) fn fnv1a(text: &str) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}
