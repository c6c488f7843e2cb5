//! Teams from a pool of people, by rules of composition.

use gridcore::deployment::{PersonRow, TeamRule, TeamTables, Teams as Core, TeamsError};
use wasm_bindgen::prelude::*;

use crate::argument::{read, text};
use crate::error::{Answer, INFEASIBLE, because, refused, thrown};
use crate::report::plain;
use crate::tree::RawTree;
use crate::watch::Watch;

/// Teams (小组) and their members.
#[wasm_bindgen]
pub struct RawTeams {
    core: Core,
}

fn formed(teams: Result<Core, TeamsError>) -> Result<RawTeams, JsValue> {
    match teams {
        Ok(core) => Ok(RawTeams { core }),
        Err(TeamsError::Impossible(short)) => {
            let causes = short.clone();
            Err(because(INFEASIBLE, TeamsError::Impossible(short), &causes))
        }
        Err(error) => Err(refused(error)),
    }
}

#[wasm_bindgen]
impl RawTree {
    /// Forms the teams that are wanted.
    #[wasm_bindgen(js_name = deployTeams)]
    pub fn deploy_teams(&self, tables: &JsValue, watch: &JsValue) -> Result<RawTeams, JsValue> {
        let tables: TeamTables = read("tables", tables)?;
        formed(Watch::new(watch).run(|control| Core::form(&self.core, &tables, control))?)
    }

    /// Forms as many teams of one rule as there can be.
    #[wasm_bindgen(js_name = deployMostTeams)]
    pub fn deploy_most_teams(
        &self,
        people: &JsValue,
        rule: &JsValue,
        watch: &JsValue,
    ) -> Result<RawTeams, JsValue> {
        let (people, rule): (Vec<PersonRow>, TeamRule) = (read("people", people)?, read("rule", rule)?);
        formed(Watch::new(watch).run(|control| Core::most(&self.core, &people, &rule, control))?)
    }

    /// Loads teams that `toJson` saved.
    #[wasm_bindgen(js_name = teamsFromJson)]
    pub fn teams_from_json(&self, json: &JsValue) -> Result<RawTeams, JsValue> {
        Ok(RawTeams { core: Core::from_json(&self.core, &text("json", json)?).map_err(refused)? })
    }
}

#[wasm_bindgen]
impl RawTeams {
    /// Who is in which team.
    pub fn members(&self) -> Answer {
        plain(&self.core.members())
    }

    /// How many teams, members and spare people there are, and what forbids one more team.
    pub fn report(&self) -> Answer {
        plain(&self.core.report())
    }

    /// Throws what is wrong with the teams.
    pub fn verify(&self) -> Result<(), JsValue> {
        self.core.verify().map_err(|violation| {
            let message = violation.to_string();
            thrown("not_proved", &message, &message, &[])
        })
    }

    /// The teams as JSON.
    #[wasm_bindgen(js_name = toJson)]
    #[must_use]
    pub fn to_json(&self) -> String {
        self.core.to_json()
    }
}
