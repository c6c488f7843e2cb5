//! Two rosters reconciled, or one freed of doubles.

use gridcore::roster::{
    ByGrid, Masking, Reconciliation as Core, RosterSide, Rules, deduplicate as free_of_doubles,
    reconcile as put_together,
};
use gridcore::control::Control;
use gridcore::{GridTree, Lang};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::argument::{level, present, read, text};
use crate::error::{Answer, refused};
use crate::report::plain;
use crate::roster_table::Roster;
use crate::tree::RawTree;
use crate::watch::Watch;

/// What came of a reconciliation.
#[wasm_bindgen]
pub struct RawReconciliation {
    core: Core,
}

fn rules(value: &JsValue) -> Result<Rules, JsValue> {
    present(value.clone()).map_or_else(|| Ok(Rules::default()), |value| read("rules", &value))
}

fn language(value: &JsValue) -> Result<Lang, JsValue> {
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Name {
        En,
        Zh,
    }
    Ok(match present(value.clone()).map(|value| read("lang", &value)).transpose()? {
        Some(Name::Zh) => Lang::Zh,
        Some(Name::En) | None => Lang::En,
    })
}

fn masking(value: &JsValue) -> Masking {
    if value.is_truthy() { Masking::Shown } else { Masking::Masked }
}

fn side(value: &JsValue) -> Result<RosterSide, JsValue> {
    read("side", value)
}

fn listed<T: Serialize>(rows: impl Iterator<Item = T>) -> Answer {
    plain(&rows.collect::<Vec<T>>())
}

fn put(
    left: &JsValue,
    right: &JsValue,
    rules_: &JsValue,
    tree: Option<&GridTree>,
    watch: &JsValue,
) -> Result<RawReconciliation, JsValue> {
    let (left, right) = (Roster::read("left", left)?, Roster::read("right", right)?);
    let rules = rules(rules_)?;
    let work = |control: &mut Control<'_>| put_together(&left.table(), &right.table(), &rules, tree, control);
    Ok(RawReconciliation { core: Watch::new(watch).run(work)?.map_err(refused)? })
}

fn freed(
    roster: &JsValue,
    rules_: &JsValue,
    tree: Option<&GridTree>,
    watch: &JsValue,
) -> Result<RawReconciliation, JsValue> {
    let roster = Roster::read("roster", roster)?;
    let rules = rules(rules_)?;
    let work = |control: &mut Control<'_>| free_of_doubles(&roster.table(), &rules, tree, control);
    Ok(RawReconciliation { core: Watch::new(watch).run(work)?.map_err(refused)? })
}

/// Reconciles two rosters without a tree.
#[wasm_bindgen]
pub fn reconcile(
    left: &JsValue,
    right: &JsValue,
    rules: &JsValue,
    watch: &JsValue,
) -> Result<RawReconciliation, JsValue> {
    put(left, right, rules, None, watch)
}

/// Frees one roster of doubles without a tree.
#[wasm_bindgen]
pub fn deduplicate(roster: &JsValue, rules: &JsValue, watch: &JsValue) -> Result<RawReconciliation, JsValue> {
    freed(roster, rules, None, watch)
}

#[wasm_bindgen]
impl RawTree {
    /// Reconciles two rosters over the tree.
    pub fn reconcile(
        &self,
        left: &JsValue,
        right: &JsValue,
        rules: &JsValue,
        watch: &JsValue,
    ) -> Result<RawReconciliation, JsValue> {
        put(left, right, rules, Some(&self.core), watch)
    }

    /// Frees one roster of doubles over the tree.
    pub fn deduplicate(
        &self,
        roster: &JsValue,
        rules: &JsValue,
        watch: &JsValue,
    ) -> Result<RawReconciliation, JsValue> {
        freed(roster, rules, Some(&self.core), watch)
    }
}

#[wasm_bindgen]
impl RawReconciliation {
    /// The state of each row of a side.
    pub fn states(&self, side_: &JsValue) -> Answer {
        plain(&self.core.states(side(side_)?))
    }

    /// The pairs of rows of the same person.
    pub fn matched(&self) -> Answer {
        listed(self.core.matched())
    }

    /// The rows of the left without a counterpart.
    pub fn missing(&self) -> Answer {
        listed(self.core.missing())
    }

    /// The rows of the right without a counterpart.
    pub fn extra(&self) -> Answer {
        listed(self.core.extra())
    }

    /// The rows that double another of their side.
    pub fn duplicates(&self) -> Answer {
        listed(self.core.duplicates())
    }

    /// The pairs to be looked at.
    pub fn review(&self) -> Answer {
        listed(self.core.review())
    }

    /// The fields in which matched pairs disagree.
    pub fn conflicts(&self) -> Answer {
        listed(self.core.conflicts())
    }

    /// The matched people whose grids differ.
    pub fn moved(&self) -> Answer {
        listed(self.core.moved())
    }

    /// The households.
    pub fn households(&self) -> Answer {
        listed(self.core.households())
    }

    /// Every row in the cluster of its person.
    pub fn clusters(&self) -> Answer {
        listed(self.core.clusters())
    }

    /// How many rows of each side came to each state.
    pub fn counts(&self) -> Answer {
        plain(&self.core.counts())
    }

    /// What came of the rows of each grid: as rows name them, of one level of the tree, or of all.
    pub fn by(&self, by: &JsValue) -> Answer {
        let by = match by.as_string().as_deref() {
            None => ByGrid::Level(level("by", by)?),
            Some("all") => ByGrid::All,
            Some("grid") => ByGrid::Named,
            Some(_) => {
                let wanted = ("\"grid\", \"all\" or a level", "\"grid\"、\"all\" 或层级");
                return Err(crate::argument::wrong("by", by, wanted));
            }
        };
        plain(&self.core.by(by, None))
    }

    /// Why two rows are held for one person or for two; null if a side has no such record.
    pub fn explain(&self, left: &JsValue, right: &JsValue, shown: &JsValue) -> Answer {
        plain(&self.core.explain(&text("left", left)?, &text("right", right)?, masking(shown)))
    }

    /// The same of two rows of whatever sides.
    #[wasm_bindgen(js_name = explainSides)]
    pub fn explain_sides(
        &self,
        one_side: &JsValue,
        one: &JsValue,
        other_side: &JsValue,
        other: &JsValue,
        shown: &JsValue,
    ) -> Answer {
        let (one, other) = (text("one", one)?, text("other", other)?);
        let (one, other) = ((side(one_side)?, one.as_str()), (side(other_side)?, other.as_str()));
        plain(&self.core.explain_sides(one, other, masking(shown)))
    }

    /// An explanation of a pair as a sentence.
    pub fn sentence(&self, left: &JsValue, right: &JsValue, lang: &JsValue, shown: &JsValue) -> Answer {
        let (left, right) = (text("left", left)?, text("right", right)?);
        let lang = language(lang)?;
        plain(&self.core.explain(&left, &right, masking(shown)).map(|pair| pair.sentence(lang)))
    }

    /// An explanation of a pair as a drawing.
    pub fn waterfall(&self, left: &JsValue, right: &JsValue, lang: &JsValue, shown: &JsValue) -> Answer {
        let (left, right) = (text("left", left)?, text("right", right)?);
        let lang = language(lang)?;
        plain(&self.core.explain(&left, &right, masking(shown)).map(|pair| pair.waterfall(lang)))
    }

    /// Why a row came to its state; null if the side has no such record.
    #[wasm_bindgen(js_name = explainRow)]
    pub fn explain_row(&self, side_: &JsValue, id: &JsValue) -> Answer {
        plain(&self.core.explain_row(side(side_)?, &text("id", id)?))
    }

    /// The same as a sentence.
    #[wasm_bindgen(js_name = rowSentence)]
    pub fn row_sentence(&self, side_: &JsValue, id: &JsValue, lang: &JsValue) -> Answer {
        let lang = language(lang)?;
        plain(&self.core.explain_row(side(side_)?, &text("id", id)?).map(|row| row.sentence(lang)))
    }

    /// What every column was taken for.
    pub fn columns(&self) -> Answer {
        plain(self.core.columns())
    }

    /// What was found wrong in the tables without keeping them from being read.
    pub fn notes(&self) -> Answer {
        plain(self.core.notes())
    }

    /// The rules.
    pub fn rules(&self) -> Answer {
        plain(self.core.rules())
    }

    /// The model by which pairs were weighed.
    pub fn model(&self) -> Answer {
        plain(self.core.model())
    }

    /// The blocking keys, and what became of each.
    pub fn blocking(&self) -> Answer {
        plain(self.core.blocking())
    }

    /// Blocks that were cut.
    pub fn cut(&self) -> Answer {
        plain(self.core.cut())
    }

    /// The pairs that share a key.
    pub fn estimate(&self) -> Answer {
        plain(&self.core.estimate())
    }

    /// By how much the settling may fall short of the best.
    #[must_use]
    pub fn gap(&self) -> f64 {
        self.core.gap()
    }
}
