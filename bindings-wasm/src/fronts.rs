//! Fronts: named overlays over any grids.

use gridcore::tree::{FrontRow, Fronts as Core};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::argument::{array, read, text};
use crate::asked::one;
use crate::error::{Answer, refused};
use crate::report::plain;
use crate::tree::RawTree;

/// Fronts (战线) over a tree: they never count in its totals.
#[wasm_bindgen]
pub struct RawFronts {
    core: Core,
}

#[derive(Serialize)]
struct Membership<'f> {
    front: &'f str,
    grid: gridcore::GridCode,
}

#[wasm_bindgen]
impl RawTree {
    /// Lays fronts over the tree.
    pub fn fronts(&self, rows: &JsValue) -> Result<RawFronts, JsValue> {
        let rows: Vec<FrontRow> = read("rows", &array("rows", rows)?.into())?;
        Ok(RawFronts { core: Core::from_rows(&self.core, rows).map_err(refused)? })
    }
}

#[wasm_bindgen]
impl RawFronts {
    /// The fronts with their members, as rows.
    pub fn rows(&self) -> Answer {
        plain(&self.core.to_rows())
    }

    /// How many grids of each level each front has, directly and in all that it reaches.
    pub fn counts(&self) -> Answer {
        plain(&self.core.count_rows())
    }

    /// The fronts that a grid is in, each with the member that brings it in.
    pub fn of(&self, grid: &JsValue) -> Answer {
        let tree = self.core.tree();
        let found = self.core.of(one(tree, "grid", grid)?);
        let row =
            |found: &gridcore::tree::InFront<'_>| (found.front.code().to_string(), tree.code(found.from));
        let rows: Vec<_> = found.iter().map(row).collect();
        plain(&rows.iter().map(|(front, grid)| Membership { front, grid: grid.clone() }).collect::<Vec<_>>())
    }

    /// The codes of the members of a front; null if there is no such front.
    pub fn members(&self, front: &JsValue) -> Answer {
        let front = self.core.get(&text("front", front)?);
        plain(&front.map(|front| self.core.tree().codes(front.members())))
    }
}
