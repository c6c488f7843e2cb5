//! Declared counts beside registered ones.

use gridcore::tree::DeclaredRow;
use wasm_bindgen::prelude::*;

use crate::argument::{array, read};
use crate::error::{Answer, refused};
use crate::report::plain;
use crate::tree::RawTree;

#[wasm_bindgen]
impl RawTree {
    /// Holds declared counts against those of the tree.
    pub fn declared(&self, rows: &JsValue) -> Answer {
        let rows: Vec<DeclaredRow> = read("rows", &array("rows", rows)?.into())?;
        plain(self.core.declared(rows).map_err(refused)?.lines())
    }
}
