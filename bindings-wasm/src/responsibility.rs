//! Duties: who answers for what and why, audits, and the modes laid over them.

use gridcore::responsibility::{
    Ask, AuditOptions, DutyTables, ModeLayer, PostRule, Responsibility as Core, SurgePairing,
};
use wasm_bindgen::prelude::*;

use crate::argument::{Options, present, read, text};
use crate::asked::{Asked, all_there, asked, one};
use crate::error::{Answer, refused};
use crate::report::plain;
use crate::tree::RawTree;
use crate::watch::Watch;

/// The usual rules of post of four levels.
#[wasm_bindgen(js_name = fourLevelRules)]
pub fn four_level_rules() -> Answer {
    plain(&PostRule::four_level())
}

/// Who answers for what over a tree (责任体系).
#[wasm_bindgen]
pub struct RawDuty {
    pub(crate) core: Core,
}

#[wasm_bindgen]
impl RawTree {
    /// Reads the tables of duties.
    pub fn resolve(&self, tables: &JsValue) -> Result<RawDuty, JsValue> {
        let tables: DutyTables = read("tables", tables)?;
        Ok(RawDuty { core: Core::from_tables(&self.core, &tables).map_err(refused)? })
    }

    /// Loads duties that `toJson` saved.
    #[wasm_bindgen(js_name = dutyFromJson)]
    pub fn duty_from_json(&self, json: &JsValue) -> Result<RawDuty, JsValue> {
        Ok(RawDuty { core: Core::from_json(&self.core, &text("json", json)?).map_err(refused)? })
    }
}

impl RawDuty {
    /// The question at a time and in a mode.
    fn ask(&self, options: &JsValue) -> Result<Ask, JsValue> {
        let options = Options::new("options", options, &["at", "mode"])?;
        Ok(self.core.ask(options.seconds("at")?, options.text("mode")?))
    }

    fn grid(&self, grid: &JsValue) -> Result<String, JsValue> {
        let tree = self.core.tree();
        Ok(tree.code(one(tree, "grid", grid)?).to_string())
    }
}

#[wasm_bindgen]
impl RawDuty {
    /// Who is accountable for one grid; or, for a column of grids, columns.
    pub fn accountable(&self, grid: &JsValue, domain: &JsValue, options: &JsValue) -> Answer {
        let (ask, domain) = (self.ask(options)?, text("domain", domain)?);
        let tree = self.core.tree();
        let grids = match asked(tree, "grid", grid)? {
            Asked::One(grid) => {
                let verdict = ask.accountable(&tree.code(grid).to_string(), &domain).map_err(refused)?;
                return plain(&verdict.to_row());
            }
            Asked::Codes(grids) | Asked::Positions(grids) => grids,
        };
        let grids = all_there("grid", grids)?;
        plain(&ask.accountable_at(&grids, &domain).map_err(refused)?)
    }

    /// Who is accountable for every grid, as columns in preorder.
    #[wasm_bindgen(js_name = accountableAll)]
    pub fn accountable_all(&self, domain: &JsValue, options: &JsValue) -> Answer {
        plain(&self.ask(options)?.accountable_all(&text("domain", domain)?).map_err(refused)?)
    }

    /// Who supports.
    pub fn supporting(&self, grid: &JsValue, domain: &JsValue, options: &JsValue) -> Answer {
        let (grid, domain) = (self.grid(grid)?, text("domain", domain)?);
        plain(&self.ask(options)?.supporting(&grid, &domain).map_err(refused)?)
    }

    /// Who supervises.
    pub fn supervising(&self, grid: &JsValue, domain: &JsValue, options: &JsValue) -> Answer {
        let (grid, domain) = (self.grid(grid)?, text("domain", domain)?);
        plain(&self.ask(options)?.supervising(&grid, &domain).map_err(refused)?)
    }

    /// The way up, with whoever answers at each step.
    pub fn chain(&self, grid: &JsValue, domain: &JsValue, options: &JsValue) -> Answer {
        let (grid, domain) = (self.grid(grid)?, text("domain", domain)?);
        plain(&self.ask(options)?.chain(&grid, &domain).map_err(refused)?)
    }

    /// Heads, posts and the people who hold them, counted.
    pub fn headcount(&self, options: &JsValue) -> Answer {
        plain(&self.ask(options)?.headcount().map_err(refused)?)
    }

    /// The mode in force at a grid.
    #[wasm_bindgen(js_name = modeAt)]
    pub fn mode_at(&self, grid: &JsValue, options: &JsValue) -> Answer {
        plain(&self.ask(options)?.mode_at(&self.grid(grid)?).map_err(refused)?)
    }

    /// Everything that does not hold together.
    pub fn audit(&self, options: &JsValue, watch: &JsValue) -> Answer {
        let options: AuditOptions = match present(options.clone()) {
            Some(options) => read("options", &options)?,
            None => AuditOptions::default(),
        };
        let audit = Watch::new(watch).run(|control| self.core.audit_within(&options, control))?;
        plain(&audit.map_err(refused)?)
    }

    /// Enters a mode: the layer is laid over the duties.
    pub fn enter(&self, layer: &JsValue, pairings: &JsValue) -> Result<RawDuty, JsValue> {
        let mut layer: ModeLayer = read("layer", layer)?;
        if let Some(pairings) = present(pairings.clone()) {
            let pairings: Vec<SurgePairing> = read("pairings", &pairings)?;
            layer = layer.surge(self.core.tree(), pairings);
        }
        Ok(Self { core: self.core.enter(layer).map_err(refused)? })
    }

    /// Leaves a mode: the layer is gone without a trace.
    pub fn leave(&self, mode: &JsValue, scope: &JsValue) -> Result<RawDuty, JsValue> {
        Ok(Self { core: self.core.leave(&text("mode", mode)?, &text("scope", scope)?).map_err(refused)? })
    }

    /// The layers that are on.
    pub fn layers(&self) -> Answer {
        plain(self.core.layers())
    }

    /// The duties without any layer.
    #[must_use]
    pub fn base(&self) -> RawDuty {
        Self { core: self.core.base() }
    }

    /// What a row of the duties in force was derived from.
    #[wasm_bindgen(js_name = sourceOf)]
    pub fn source_of(&self, row: &JsValue) -> Answer {
        plain(&self.core.source_of(crate::argument::size("row", row)?))
    }

    /// The tables again.
    pub fn tables(&self) -> Answer {
        plain(&self.core.to_tables())
    }

    /// The tables with the duties of the layers in force.
    #[wasm_bindgen(js_name = activeTables)]
    pub fn active_tables(&self) -> Answer {
        plain(&self.core.active_tables())
    }

    /// Every domain that a row names.
    pub fn domains(&self) -> Answer {
        plain(self.core.domains())
    }

    /// Every mode that a row names.
    pub fn modes(&self) -> Answer {
        plain(self.core.modes())
    }

    /// Every person that a row names.
    pub fn people(&self) -> Answer {
        plain(self.core.people())
    }

    /// Whether answers depend on the time.
    #[wasm_bindgen(js_name = isTimed)]
    #[must_use]
    pub fn is_timed(&self) -> bool {
        self.core.is_timed()
    }

    /// Whether the same rows stand over equal trees.
    #[must_use]
    pub fn equals(&self, other: &RawDuty) -> bool {
        self.core == other.core
    }

    /// The duties as JSON, by code.
    #[wasm_bindgen(js_name = toJson)]
    #[must_use]
    pub fn to_json(&self) -> String {
        self.core.to_json()
    }
}
