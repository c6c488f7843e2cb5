//! The strength map.

use gridcore::Lang;
use gridcore::map::{Breaks, MapArea, MapCells, MapOptions, StrengthMap};
use wasm_bindgen::prelude::*;

use crate::argument::{Options, array, items, number};
use crate::builder::unknown_name;
use crate::error::refused;
use crate::table::Table;
use crate::tree::RawTree;

const WISHES: [&str; 10] =
    ["lang", "title", "role", "level", "all", "area", "classes", "equalBreaks", "size", "minCell"];

/// The wishes for a map.
pub(crate) fn wishes(value: &JsValue) -> Result<MapOptions, JsValue> {
    let wishes = Options::new("options", value, &WISHES)?;
    let mut options = MapOptions::new();
    match wishes.text("lang")?.as_deref() {
        None | Some("en") => {}
        Some("zh") => options = options.lang(Lang::Zh),
        Some(other) => return Err(unknown_name("lang", other, "en, zh")),
    }
    if let Some(title) = wishes.text("title")? {
        options = options.title(title);
    }
    if let Some(role) = wishes.text("role")? {
        options = options.role(role);
    }
    if let Some(level) = wishes.level("level")? {
        options = options.cells(MapCells::Level(level));
    }
    if wishes.flag("all")? == Some(true) {
        options = options.cells(MapCells::All);
    }
    if let Some(weight) = wishes.text("area")? {
        options = options.area(MapArea::Weight(weight));
    }
    if let Some(classes) = wishes.size("classes")? {
        options = options.classes(classes);
    }
    if wishes.flag("equalBreaks")? == Some(true) {
        options = options.breaks(Breaks::Equal);
    }
    if let Some(size) = wishes.get("size")? {
        let sides =
            items(&array("size", &size)?).map(|side| number("size", &side)).collect::<Result<Vec<_>, _>>()?;
        if let [width, height] = sides[..] {
            options = options.size(width, height);
        } else {
            return Err(crate::argument::wrong("size", &size, ("width and height", "宽与高")));
        }
    }
    if let Some(least) = wishes.size("minCell")? {
        options = options.min_cell(least as u64);
    }
    Ok(options)
}

impl RawTree {
    /// Counts people: records or columns of code, role and count.
    pub(crate) fn strength(&self, counts: &JsValue) -> Result<StrengthMap, JsValue> {
        let table = Table::read(counts)?;
        if let Table::Records(rows) = &table
            && rows.length() == 0
        {
            return StrengthMap::new(&self.core, []).map_err(refused);
        }
        let (codes, roles) = (table.texts("code")?, table.texts("role")?);
        let counts = table.values("count")?.into_floats();
        StrengthMap::from_columns(&self.core, &codes, &roles, &counts).map_err(refused)
    }
}

#[wasm_bindgen]
impl RawTree {
    /// The strength map as a treemap in SVG.
    #[wasm_bindgen(js_name = toSvg)]
    pub fn to_svg(&self, counts: &JsValue, options: &JsValue) -> Result<String, JsValue> {
        self.strength(counts)?.to_svg(&wishes(options)?).map_err(refused)
    }
}
