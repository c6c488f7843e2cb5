//! Edits: a list of changes in, a new tree and the way from old codes to new ones out.

use gridcore::tree::{Edit, EditMap, Edited};
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::argument::{array, read};
use crate::error::{Answer, refused};
use crate::report::plain;
use crate::tree::RawTree;

#[wasm_bindgen]
impl RawTree {
    /// Makes edits in order, all or none.
    pub fn edit(&self, edits: &JsValue) -> Answer {
        let edits: Vec<Edit> = read("edits", &array("edits", edits)?.into())?;
        let Edited { tree, map, .. } = self.core.edit(&edits).map_err(refused)?;
        let answer = Object::new();
        Reflect::set(&answer, &"tree".into(), &RawTree::from(tree).into())?;
        Reflect::set(&answer, &"map".into(), &plain(&map)?)?;
        Ok(answer.into())
    }
}

/// One map and then a later one, as one.
#[wasm_bindgen(js_name = editMapThen)]
pub fn edit_map_then(first: &JsValue, later: &JsValue) -> Answer {
    let (first, later): (EditMap, EditMap) = (read("first", first)?, read("later", later)?);
    plain(&first.then(&later))
}
