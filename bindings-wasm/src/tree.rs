//! The tree: what it holds, what it counts, how it is saved.

use gridcore::{GridIndex, GridTree as Core, Layout};
use wasm_bindgen::prelude::*;

use crate::argument::{present, size, text};
use crate::asked::one;
use crate::error::{Answer, refused};
use crate::report::plain;

/// The tree of grids (网格体系): validated, immutable.
#[wasm_bindgen]
pub struct RawTree {
    pub(crate) core: Core,
}

impl From<Core> for RawTree {
    fn from(core: Core) -> Self {
        Self { core }
    }
}

impl RawTree {
    /// The grid that a caller names; the root if it names none.
    pub(crate) fn grid_or_root(&self, grid: &JsValue) -> Result<GridIndex, JsValue> {
        match present(grid.clone()) {
            Some(grid) => one(&self.core, "grid", &grid),
            None => Ok(self.core.root()),
        }
    }
}

#[wasm_bindgen]
impl RawTree {
    /// How many grids there are.
    #[must_use]
    pub fn size(&self) -> usize {
        self.core.len()
    }

    /// Whether the tree has a grid of this code.
    pub fn has(&self, code: &JsValue) -> Result<bool, JsValue> {
        Ok(self.core.find(&text("code", code)?).is_some())
    }

    /// The code of the root.
    #[must_use]
    pub fn root(&self) -> String {
        self.core.code(self.core.root()).to_string()
    }

    /// The number of grids on each level, of the tree or beneath a grid.
    pub fn counts(&self, grid: &JsValue) -> Answer {
        plain(&self.core.counts_under(self.grid_or_root(grid)?))
    }

    /// The counts from a grid's own level down, in layout notation.
    pub fn layout(&self, grid: &JsValue) -> Result<String, JsValue> {
        let grid = self.grid_or_root(grid)?;
        let counts = self.core.counts_under(grid).into_iter().map(|count| count as u64);
        let below: Vec<u64> = counts.skip(usize::from(self.core.level(grid))).collect();
        Ok(Layout::new(below).map_err(refused)?.to_string())
    }

    /// The schema, as its definition.
    pub fn schema(&self) -> Answer {
        plain(self.core.schema())
    }

    /// The code scheme, as its definition; null without one.
    #[wasm_bindgen(js_name = codeScheme)]
    pub fn code_scheme(&self) -> Answer {
        plain(&self.core.scheme())
    }

    /// The names of the weights.
    pub fn weights(&self) -> Answer {
        plain(&self.core.weight_names().collect::<Vec<_>>())
    }

    /// A grid as a record.
    pub fn row(&self, grid: &JsValue) -> Answer {
        plain(&self.core.to_row(one(&self.core, "grid", grid)?))
    }

    /// A page of the children of a grid.
    #[wasm_bindgen(js_name = childrenPage)]
    pub fn children_page(&self, grid: &JsValue, offset: &JsValue, limit: &JsValue) -> Answer {
        let grid = self.grid_or_root(grid)?;
        plain(&self.core.children_page(grid, size("offset", offset)?, size("limit", limit)?))
    }

    /// The tree as JSON, by code.
    #[wasm_bindgen(js_name = toJson)]
    #[must_use]
    pub fn to_json(&self) -> String {
        self.core.to_json()
    }

    /// Loads a tree from its JSON.
    #[wasm_bindgen(js_name = fromJson)]
    pub fn from_json(json: &JsValue) -> Result<RawTree, JsValue> {
        Core::from_json(&text("json", json)?).map(Self::from).map_err(refused)
    }

    /// Whether both are the same tree, whatever rows they came from.
    #[must_use]
    pub fn equals(&self, other: &RawTree) -> bool {
        self.core == other.core
    }
}
