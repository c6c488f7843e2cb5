//! Overlapping lists as one roster.

use gridcore::GridTree;
use gridcore::control::Control;
use gridcore::roster::{MergeRules, MergedRoster as Core, SourceList, merge};
use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::argument::{array, items, present, read, text};
use crate::error::{Answer, refused};
use crate::report::plain;
use crate::roster_table::Roster;
use crate::tree::RawTree;
use crate::watch::Watch;

/// One roster made of several lists.
#[wasm_bindgen]
pub struct RawMergedRoster {
    core: Core,
}

/// `lists`: pairs of a name and a table.
fn merged(
    lists: &JsValue,
    rules: &JsValue,
    tree: Option<&GridTree>,
    watch: &JsValue,
) -> Result<RawMergedRoster, JsValue> {
    let mut held = Vec::new();
    for list in items(&array("lists", lists)?) {
        let list: &Array = list.unchecked_ref();
        let name = text("lists", &list.get(0))?;
        let table = Roster::read(&name, &list.get(1))?;
        held.push((name, table));
    }
    let rules: MergeRules =
        present(rules.clone()).map_or_else(|| Ok(MergeRules::default()), |rules| read("rules", &rules))?;
    let lists: Vec<SourceList<'_>> =
        held.iter().map(|(name, table)| SourceList::new(name.clone(), table.table())).collect();
    let work = |control: &mut Control<'_>| merge(&lists, &rules, tree, control);
    Ok(RawMergedRoster { core: Watch::new(watch).run(work)?.map_err(refused)? })
}

/// Merges lists without a tree.
#[wasm_bindgen(js_name = mergeRosters)]
pub fn merge_rosters(lists: &JsValue, rules: &JsValue, watch: &JsValue) -> Result<RawMergedRoster, JsValue> {
    merged(lists, rules, None, watch)
}

#[wasm_bindgen]
impl RawTree {
    /// Merges lists over the tree.
    #[wasm_bindgen(js_name = mergeRosters)]
    pub fn merge_rosters(
        &self,
        lists: &JsValue,
        rules: &JsValue,
        watch: &JsValue,
    ) -> Result<RawMergedRoster, JsValue> {
        merged(lists, rules, Some(&self.core), watch)
    }
}

fn listed<T: Serialize>(rows: impl Iterator<Item = T>) -> Answer {
    plain(&rows.collect::<Vec<T>>())
}

#[wasm_bindgen]
impl RawMergedRoster {
    /// The number of people.
    #[must_use]
    pub fn size(&self) -> usize {
        self.core.len()
    }

    /// The names of the lists.
    pub fn lists(&self) -> Answer {
        plain(self.core.lists())
    }

    /// The names of the columns.
    pub fn columns(&self) -> Answer {
        listed(self.core.columns())
    }

    /// A column by its name: the value kept of each person.
    pub fn column(&self, name: &JsValue) -> Answer {
        let name = text("name", name)?;
        listed(self.core.column(&name))
    }

    /// The people.
    pub fn people(&self) -> Answer {
        listed(self.core.people())
    }

    /// Each row of all lists, and whose it is.
    pub fn sources(&self) -> Answer {
        listed(self.core.sources())
    }

    /// Each value that was kept, and where it comes from.
    pub fn values(&self) -> Answer {
        listed(self.core.values())
    }

    /// Values that disagree with those that were kept.
    pub fn conflicts(&self) -> Answer {
        listed(self.core.conflicts())
    }

    /// People who may be one.
    pub fn doubts(&self) -> Answer {
        plain(self.core.doubts())
    }

    /// Rows without any key.
    #[wasm_bindgen(js_name = withoutKey)]
    pub fn without_key(&self) -> Answer {
        listed(self.core.without_key())
    }

    /// Each list, counted.
    #[wasm_bindgen(js_name = byList)]
    pub fn by_list(&self) -> Answer {
        plain(&self.core.by_list())
    }

    /// How many people two lists both name.
    pub fn overlaps(&self) -> Answer {
        plain(&self.core.overlaps())
    }
}
