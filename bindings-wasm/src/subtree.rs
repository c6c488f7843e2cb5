//! A part of a tree as a tree of its own, and a tree as a table.

use gridcore::GridRow;
use gridcore::tree::TextArray;
use js_sys::{Array, Float64Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::asked::one;
use crate::error::Answer;
use crate::report::plain;
use crate::tree::RawTree;

#[wasm_bindgen]
impl RawTree {
    /// A grid and everything beneath it as a tree of its own.
    pub fn extract(&self, grid: &JsValue) -> Result<RawTree, JsValue> {
        Ok(self.core.extract(one(&self.core, "grid", grid)?).into())
    }

    /// All grids, or those of a subtree, as records.
    #[wasm_bindgen(js_name = toRecords)]
    pub fn to_records(&self, grid: &JsValue) -> Answer {
        let grid = self.grid_or_root(grid)?;
        let rows: Vec<GridRow> = self.core.subtree(grid).map(|grid| self.core.to_row(grid)).collect();
        plain(&rows)
    }

    /// All grids, or those of a subtree, as columns.
    #[wasm_bindgen(js_name = toColumns)]
    pub fn to_columns(&self, grid: &JsValue) -> Answer {
        let table = self.core.subtree_table(self.grid_or_root(grid)?);
        let weights = Object::new();
        for (name, values) in &table.weights {
            Reflect::set(&weights, &name.into(), &Float64Array::from(values.values()))?;
        }
        let columns = Object::new();
        for (name, texts) in [
            ("code", &table.code),
            ("parent", &table.parent),
            ("name", &table.name),
            ("kind", &table.kind),
            ("footprint", &table.footprint),
        ] {
            Reflect::set(&columns, &name.into(), &list(texts))?;
        }
        Reflect::set(&columns, &"level".into(), &Uint8Array::from(&table.level[..]))?;
        Reflect::set(&columns, &"weights".into(), &weights)?;
        Ok(columns.into())
    }
}

fn list(texts: &TextArray) -> Array {
    texts.iter().map(|text| text.map_or(JsValue::NULL, JsValue::from_str)).collect()
}
