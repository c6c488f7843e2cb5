//! Change sets: all effects with a ledger, or none with the reasons.

use gridcore::change::{self, Change, ChangeOptions};
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::argument::{array, present, read};
use crate::error::{Answer, refused};
use crate::report::plain;
use crate::responsibility::RawDuty;
use crate::tree::RawTree;

#[wasm_bindgen]
impl RawDuty {
    /// Applies changes to the duties and the tree beneath them.
    #[wasm_bindgen(js_name = applyChanges)]
    pub fn apply_changes(&self, changes: &JsValue, options: &JsValue) -> Answer {
        let changes: Vec<Change> = read("changes", &array("changes", changes)?.into())?;
        let options: ChangeOptions = match present(options.clone()) {
            Some(options) => read("options", &options)?,
            None => ChangeOptions::default(),
        };
        let done = change::apply(&self.core, &changes, &options).map_err(refused)?;
        let answer = Object::new();
        let fields: [(&str, JsValue); 5] = [
            ("ledger", plain(&done.ledger)?),
            ("map", plain(&done.map)?),
            ("needs_holder", plain(&done.needs_holder)?),
            ("tree", RawTree::from(done.tree).into()),
            ("duty", RawDuty { core: done.duty }.into()),
        ];
        for (key, value) in fields {
            Reflect::set(&answer, &key.into(), &value)?;
        }
        Ok(answer.into())
    }

    /// What differs between these duties and later ones.
    pub fn diff(&self, after: &RawDuty) -> Answer {
        plain(&change::diff(&self.core, &after.core))
    }

    /// The tree beneath the duties.
    #[must_use]
    pub fn tree(&self) -> RawTree {
        RawTree::from(self.core.tree().clone())
    }
}
