//! Search by code, by name, by pinyin.

use gridcore::Search;
use wasm_bindgen::prelude::*;

use crate::argument::{Options, text};
use crate::asked::one;
use crate::error::Answer;
use crate::report::plain;
use crate::tree::RawTree;

#[wasm_bindgen]
impl RawTree {
    /// The grids that a text may mean, the best first.
    pub fn search(&self, query: &JsValue, options: &JsValue) -> Answer {
        let options = Options::new("options", options, &["limit", "level", "under"])?;
        let mut search = Search::new(text("text", query)?);
        if let Some(limit) = options.size("limit")? {
            search = search.limit(limit);
        }
        if let Some(level) = options.level("level")? {
            search = search.level(level);
        }
        if let Some(under) = options.get("under")? {
            search = search.under(one(&self.core, "under", &under)?);
        }
        plain(&self.core.hit_rows(&self.core.search(search)))
    }
}
