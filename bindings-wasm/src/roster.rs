//! Two rosters reconciled, or one freed of doubles.

use gridcore::control::Control;
use gridcore::roster::{
    ByGrid, DecisionRow, Explanation, LogRow, Masking, Model, Reconciliation as Core, RosterSide,
    RowExplanation, Rules, Stamp, Update, deduplicate as free_of_doubles, estimate,
    reconcile as put_together, verify_log,
};
use gridcore::{Fault, GridTree, Lang};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::argument::{array, level, present, read, text, wrong};
use crate::error::{Answer, faulty, refused};
use crate::report::plain;
use crate::roster_table::Roster;
use crate::tree::RawTree;
use crate::watch::Watch;

/// What came of a reconciliation.
#[wasm_bindgen]
pub struct RawReconciliation {
    pub(crate) core: Core,
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

fn grids(by: &JsValue) -> Result<ByGrid, JsValue> {
    let Some(word) = by.as_string() else { return Ok(ByGrid::Level(level("by", by)?)) };
    match word.as_str() {
        "all" => Ok(ByGrid::All),
        "grid" => Ok(ByGrid::Named),
        _ => Err(wrong("by", by, ("\"grid\", \"all\" or a level", "\"grid\"、\"all\" 或层级"))),
    }
}

/// The error of a record id that no row has; it does not show the id.
fn unknown_record() -> JsValue {
    faulty(Fault {
        code: "unknown_record".to_owned(),
        message: "there is no row with this record id".to_owned(),
        message_zh: "没有该记录编号的行".to_owned(),
        remedy: "use a record id as the run's tables show it".to_owned(),
        remedy_zh: "请使用结果表中所示的记录编号".to_owned(),
        ..Fault::default()
    })
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

/// What a run would compare and cut; of one roster alone what freeing it of doubles would.
#[wasm_bindgen(js_name = estimateRosters)]
pub fn estimate_rosters(left: &JsValue, right: &JsValue, rules_: &JsValue, watch: &JsValue) -> Answer {
    let (left, right) = (Roster::read("left", left)?, given("right", right)?);
    let (right, rules) = (right.as_ref().map(Roster::table), rules(rules_)?);
    let found = Watch::new(watch).run(|control| estimate(&left.table(), right.as_ref(), &rules, control))?;
    plain(&found.map_err(refused)?)
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

    /// What came of the rows of each grid of this tree, in the place of the one that the run was made with.
    #[wasm_bindgen(js_name = rosterBy)]
    pub fn roster_by(&self, run: &RawReconciliation, by: &JsValue) -> Answer {
        plain(&run.core.by(grids(by)?, Some(&self.core)))
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

    /// The identity numbers that could be mended.
    pub fn repairs(&self, shown: &JsValue) -> Answer {
        listed(self.core.repairs(masking(shown)))
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
        plain(&self.core.by(grids(by)?, None))
    }

    /// Why two rows are held for one person or for two.
    pub fn explain(&self, left: &JsValue, right: &JsValue, shown: &JsValue) -> Answer {
        plain(&self.explained(left, right, shown)?)
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
        plain(&self.core.explain_sides(one, other, masking(shown)).ok_or_else(unknown_record)?)
    }

    /// An explanation of a pair as a sentence.
    pub fn sentence(&self, left: &JsValue, right: &JsValue, lang: &JsValue, shown: &JsValue) -> Answer {
        let lang = language(lang)?;
        plain(&self.explained(left, right, shown)?.sentence(lang))
    }

    /// An explanation of a pair as a drawing.
    pub fn waterfall(&self, left: &JsValue, right: &JsValue, lang: &JsValue, shown: &JsValue) -> Answer {
        let lang = language(lang)?;
        plain(&self.explained(left, right, shown)?.waterfall(lang))
    }

    /// Why a row came to its state.
    #[wasm_bindgen(js_name = explainRow)]
    pub fn explain_row(&self, side_: &JsValue, id: &JsValue) -> Answer {
        plain(&self.explained_row(side_, id)?)
    }

    /// The same as a sentence.
    #[wasm_bindgen(js_name = rowSentence)]
    pub fn row_sentence(&self, side_: &JsValue, id: &JsValue, lang: &JsValue) -> Answer {
        let lang = language(lang)?;
        plain(&self.explained_row(side_, id)?.sentence(lang))
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

    /// What was compared, cut and settled, in figures.
    pub fn report(&self) -> Answer {
        plain(&self.core.report())
    }
}

impl RawReconciliation {
    fn explained(&self, left: &JsValue, right: &JsValue, shown: &JsValue) -> Result<Explanation, JsValue> {
        let (left, right) = (text("left", left)?, text("right", right)?);
        self.core.explain(&left, &right, masking(shown)).ok_or_else(unknown_record)
    }

    fn explained_row(&self, side_: &JsValue, id: &JsValue) -> Result<RowExplanation, JsValue> {
        self.core.explain_row(side(side_)?, &text("id", id)?).ok_or_else(unknown_record)
    }
}

#[wasm_bindgen]
impl RawReconciliation {
    /// Takes decisions about pairs over.
    pub fn decide(&self, rows: &JsValue, stamp_: &JsValue, watch: &JsValue) -> Result<Self, JsValue> {
        let rows: Vec<DecisionRow> = read("decisions", &array("decisions", rows)?.into())?;
        let stamp = stamp(stamp_)?;
        let core = Watch::new(watch).run(|control| self.core.decide(&rows, &stamp, control))?;
        Ok(Self { core: core.map_err(refused)? })
    }

    /// Adds, replaces and removes rows.
    pub fn update(
        &self,
        left: &JsValue,
        right: &JsValue,
        remove_left: &JsValue,
        remove_right: &JsValue,
        stamp_: &JsValue,
        watch: &JsValue,
    ) -> Result<Self, JsValue> {
        let (left, right) = (given("left", left)?, given("right", right)?);
        let removed = |name: &str, ids: &JsValue| -> Result<Vec<String>, JsValue> {
            present(ids.clone()).map_or_else(|| Ok(Vec::new()), |ids| read(name, &array(name, &ids)?.into()))
        };
        let stamp = stamp(stamp_)?;
        let update = Update {
            left: left.as_ref().map(Roster::table),
            right: right.as_ref().map(Roster::table),
            remove_left: removed("removeLeft", remove_left)?,
            remove_right: removed("removeRight", remove_right)?,
        };
        let core = Watch::new(watch).run(|control| self.core.update(&update, &stamp, control))?;
        Ok(Self { core: core.map_err(refused)? })
    }

    /// Takes the last change that holds back.
    pub fn undo(&self, stamp_: &JsValue, watch: &JsValue) -> Result<Self, JsValue> {
        let stamp = stamp(stamp_)?;
        let core = Watch::new(watch).run(|control| self.core.undo(&stamp, control))?;
        Ok(Self { core: core.map_err(refused)? })
    }

    /// Reconciles other rosters under what this run has learnt.
    pub fn rerun(&self, left: &JsValue, right: &JsValue, watch: &JsValue) -> Result<Self, JsValue> {
        let (left, right) = (Roster::read("left", left)?, given("right", right)?);
        let right = right.as_ref().map(Roster::table);
        let core =
            Watch::new(watch).run(|control| self.core.rerun(&left.table(), right.as_ref(), control))?;
        Ok(Self { core: core.map_err(refused)? })
    }

    /// The log.
    pub fn log(&self) -> Answer {
        plain(self.core.log())
    }

    /// Every decision that was ever made.
    pub fn decisions(&self) -> Answer {
        plain(&self.core.decisions())
    }

    /// The run as JSON, without its rows.
    #[wasm_bindgen(js_name = toJson)]
    #[must_use]
    pub fn to_json(&self) -> String {
        self.core.to_json()
    }
}

pub(crate) fn given(name: &str, value: &JsValue) -> Result<Option<Roster>, JsValue> {
    present(value.clone()).map(|value| Roster::read(name, &value)).transpose()
}

fn stamp(value: &JsValue) -> Result<Stamp, JsValue> {
    present(value.clone()).map_or_else(|| Ok(Stamp::default()), |value| read("stamp", &value))
}

fn loaded(
    json: &JsValue,
    left: &JsValue,
    right: &JsValue,
    tree: Option<&GridTree>,
    watch: &JsValue,
) -> Result<RawReconciliation, JsValue> {
    let json = text("json", json)?;
    let (left, right) = (Roster::read("left", left)?, given("right", right)?);
    let right = right.as_ref().map(Roster::table);
    let work = |control: &mut Control<'_>| Core::load(&json, &left.table(), right.as_ref(), tree, control);
    Ok(RawReconciliation { core: Watch::new(watch).run(work)?.map_err(refused)? })
}

/// Loads a run that `toJson` saved, with its rosters.
#[wasm_bindgen(js_name = loadReconciliation)]
pub fn load_reconciliation(
    json: &JsValue,
    left: &JsValue,
    right: &JsValue,
    watch: &JsValue,
) -> Result<RawReconciliation, JsValue> {
    loaded(json, left, right, None, watch)
}

#[wasm_bindgen]
impl RawTree {
    /// Loads a run that was made over the tree.
    #[wasm_bindgen(js_name = loadReconciliation)]
    pub fn load_reconciliation(
        &self,
        json: &JsValue,
        left: &JsValue,
        right: &JsValue,
        watch: &JsValue,
    ) -> Result<RawReconciliation, JsValue> {
        loaded(json, left, right, Some(&self.core), watch)
    }
}

/// Checks a log from its first entry on.
#[wasm_bindgen(js_name = verifyLog)]
pub fn check_log(log: &JsValue) -> Result<(), JsValue> {
    let log: Vec<LogRow> = read("log", &array("log", log)?.into())?;
    verify_log(&log).map_err(refused)
}

/// The rules of a preset, by its name.
#[wasm_bindgen(js_name = rosterRules)]
pub fn roster_rules(name: &str) -> Answer {
    plain(&match name {
        "visits" => Rules::visits(),
        "lists" => Rules::lists(),
        _ => Rules::residents(),
    })
}

/// A model from the settings of Splink.
#[wasm_bindgen(js_name = modelFromSplink)]
pub fn model_from_splink(settings: &JsValue) -> Answer {
    plain(&Model::from_splink(&text("settings", settings)?).map_err(refused)?)
}

/// A model as settings of Splink.
#[wasm_bindgen(js_name = modelToSplink)]
pub fn model_to_splink(model: &JsValue) -> Result<String, JsValue> {
    let model: Model = read("model", model)?;
    model.check().map_err(refused)?;
    Ok(model.to_splink())
}

/// The weight of a pair under a model; null unless there is a level for each comparison.
#[wasm_bindgen(js_name = modelWeight)]
pub fn model_weight(model: &JsValue, levels: &JsValue) -> Answer {
    let model: Model = read("model", model)?;
    model.check().map_err(refused)?;
    let levels: Vec<usize> = read("levels", &array("levels", levels)?.into())?;
    plain(&model.weight(&levels))
}
