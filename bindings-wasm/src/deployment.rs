//! Deployment: requests as plain objects in, plans with their proofs out.

use gridcore::deployment::{
    Aid, AttendanceRow, CandidateColumns, CostColumn, DemandRow, DeployError, Deployment, Pairing,
    PersonCount, PersonTimes, PersonTimesOptions, Plan as Core, PositionRow, Replan, ReplanOptions, Spread,
    Staffing, Surge,
};
use js_sys::{Function, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::argument::{present, read, text, wrong};
use crate::error::{Answer, INFEASIBLE, because, refused};
use crate::report::plain;
use crate::tree::RawTree;
use crate::watch::Watch;

/// A plan (方案) with its proof.
#[wasm_bindgen]
pub struct RawPlan {
    core: Core,
}

/// A plan that no longer holds, beside what has changed.
#[wasm_bindgen]
pub struct RawReplan {
    core: Replan,
}

/// What all problems share.
#[derive(Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Shared {
    decimals: Option<u8>,
    positions: Option<Vec<PositionRow>>,
}

fn deployment(tree: &RawTree, shared: &JsValue) -> Result<Deployment, JsValue> {
    let shared: Shared = match present(shared.clone()) {
        Some(shared) => read("options", &shared)?,
        None => Shared::default(),
    };
    let mut deployment = Deployment::new(&tree.core);
    if let Some(decimals) = shared.decimals {
        deployment = deployment.decimals(decimals);
    }
    match shared.positions {
        Some(positions) => deployment.on_plane(&positions).map_err(refused),
        None => Ok(deployment),
    }
}

/// The error; one that names who lacks what is called `Infeasible` and has it as its cause.
fn undone(error: DeployError) -> JsValue {
    match error.infeasible().map(|infeasible| infeasible.causes().to_vec()) {
        Some(causes) => because(INFEASIBLE, error, &causes),
        None => refused(error),
    }
}

type Planned = Result<RawPlan, JsValue>;

fn planned(result: Result<Core, DeployError>) -> Planned {
    result.map(|core| RawPlan { core }).map_err(undone)
}

#[wasm_bindgen]
impl RawTree {
    /// Sends people to grids.
    #[wasm_bindgen(js_name = deployAssign)]
    pub fn deploy_assign(
        &self,
        request: &JsValue,
        columns: &JsValue,
        cost: &JsValue,
        shared: &JsValue,
        watch: &JsValue,
    ) -> Planned {
        let mut staffing: Staffing = read("request", request)?;
        if let Some(columns) = present(columns.clone()) {
            staffing = staffing.columns(candidate_columns(&columns)?);
        }
        let deployment = deployment(self, shared)?;
        if let Some(cost) = present(cost.clone()) {
            return assign_at(&deployment, &staffing, cost);
        }
        planned(Watch::new(watch).run(|control| deployment.assign_with(&staffing, control))?)
    }

    /// Pairs units with grids.
    #[wasm_bindgen(js_name = deployPair)]
    pub fn deploy_pair(&self, request: &JsValue, shared: &JsValue, watch: &JsValue) -> Planned {
        let (request, deployment): (Pairing, _) = (read("request", request)?, deployment(self, shared)?);
        planned(Watch::new(watch).run(|control| deployment.pair_with(&request, control))?)
    }

    /// Sends person-times of units to grids over days.
    #[wasm_bindgen(js_name = deploySurge)]
    pub fn deploy_surge(&self, request: &JsValue, shared: &JsValue, watch: &JsValue) -> Planned {
        let (request, deployment): (Surge, _) = (read("request", request)?, deployment(self, shared)?);
        planned(Watch::new(watch).run(|control| deployment.surge_with(&request, control))?)
    }

    /// Sends spare people to the nearest grids that lack them.
    #[wasm_bindgen(js_name = deployAid)]
    pub fn deploy_aid(&self, request: &JsValue, shared: &JsValue, watch: &JsValue) -> Planned {
        let (request, deployment): (Aid, _) = (read("request", request)?, deployment(self, shared)?);
        planned(Watch::new(watch).run(|control| deployment.aid_with(&request, control))?)
    }

    /// Spreads people evenly.
    #[wasm_bindgen(js_name = deploySpread)]
    pub fn deploy_spread(&self, request: &JsValue, shared: &JsValue, watch: &JsValue) -> Planned {
        let (request, deployment): (Spread, _) = (read("request", request)?, deployment(self, shared)?);
        planned(Watch::new(watch).run(|control| deployment.spread_with(&request, control))?)
    }

    /// Loads a plan that `toJson` saved.
    #[wasm_bindgen(js_name = planFromJson)]
    pub fn plan_from_json(&self, json: &JsValue) -> Planned {
        Ok(RawPlan { core: Core::from_json(&self.core, &text("json", json)?).map_err(refused)? })
    }

    /// Counts person-times against persons.
    #[wasm_bindgen(js_name = personTimes)]
    pub fn person_times(&self, rows: &JsValue, options: &JsValue) -> Answer {
        let rows: Vec<AttendanceRow> = read("rows", &crate::argument::array("rows", rows)?.into())?;
        let options: PersonTimesOptions = match present(options.clone()) {
            Some(options) => read("options", &options)?,
            None => PersonTimesOptions::default(),
        };
        plain(&PersonTimes::count(&self.core, rows, &options).map_err(refused)?)
    }
}

/// Sends people to grids at the costs of a function; what it throws is thrown again.
fn assign_at(deployment: &Deployment, staffing: &Staffing, cost: JsValue) -> Planned {
    let cost: Function = cost.dyn_into().map_err(|value| wrong("cost", &value, ("a function", "函数")))?;
    let mut thrown = None;
    let plan = deployment.assign_at(staffing, |person, need| {
        if thrown.is_some() {
            return None;
        }
        let asked = plain(person).and_then(|person| cost.call2(&JsValue::NULL, &person, &plain(need)?));
        match asked {
            Ok(value) if value.is_null() || value.is_undefined() => None,
            // Not-a-number is for the core to refuse.
            Ok(value) => Some(value.as_f64().unwrap_or(f64::NAN)),
            Err(error) => {
                thrown = Some(error);
                None
            }
        }
    });
    thrown.map_or_else(|| planned(plan), Err)
}

/// How many persons so many person-times can be.
#[wasm_bindgen(js_name = personCount)]
pub fn person_count(person_times: &JsValue, days: &JsValue, most_per_day: &JsValue) -> Answer {
    let whole = |name: &str, value: &JsValue| crate::argument::whole(name, value, crate::argument::COUNT);
    let times = whole("personTimes", person_times)?;
    plain(&PersonCount::of(times, whole("days", days)?, whole("mostPerDay", most_per_day)?))
}

/// Columns of candidates: positions of needs and of people, and costs.
fn candidate_columns(columns: &JsValue) -> Result<CandidateColumns, JsValue> {
    use crate::column::{Held, positions};
    let field = |key: &str| Reflect::get(columns, &JsValue::from_str(key));
    let cost = field("cost")?;
    let cost = match Held::read("cost", &cost)? {
        Held::Floats(numbers) => CostColumn::Decimal(numbers.0),
        // Not-a-number is for the core to refuse, with its row.
        Held::SomeFloats(numbers) => {
            CostColumn::Decimal(numbers.into_iter().map(|number| number.unwrap_or(f64::NAN)).collect())
        }
        _ => CostColumn::Whole(crate::column::whole_numbers("cost", &cost)?),
    };
    Ok(CandidateColumns {
        need: positions("need", &field("need")?)?,
        person: positions("person", &field("person")?)?,
        cost,
    })
}

#[wasm_bindgen]
impl RawPlan {
    /// Which problem it solves.
    pub fn kind(&self) -> Answer {
        plain(&self.core.kind())
    }

    /// What it costs.
    #[must_use]
    pub fn cost(&self) -> f64 {
        self.core.cost()
    }

    /// The same in whole units.
    #[wasm_bindgen(js_name = costUnits)]
    pub fn cost_units(&self) -> Answer {
        plain(&self.core.cost_units())
    }

    /// The decimals to which costs were kept.
    #[must_use]
    pub fn decimals(&self) -> u8 {
        self.core.decimals()
    }

    /// How many are sent where they were not before.
    pub fn changes(&self) -> Answer {
        plain(&self.core.changes())
    }

    /// Who goes where.
    pub fn rows(&self) -> Answer {
        plain(&self.core.rows())
    }

    /// What each grid has.
    #[wasm_bindgen(js_name = byGrid)]
    pub fn by_grid(&self) -> Answer {
        plain(&self.core.by_grid())
    }

    /// What each person or unit has.
    pub fn loads(&self) -> Answer {
        plain(&self.core.loads())
    }

    /// The pairs of a pairing.
    pub fn pairs(&self) -> Answer {
        plain(&self.core.pairs())
    }

    /// The proof.
    pub fn certificate(&self) -> Answer {
        plain(&self.core.certificate())
    }

    /// Checks the proof again; throws what is wrong with it.
    pub fn verify(&self) -> Result<(), JsValue> {
        self.core.verify().map_err(|violation| {
            let message = violation.to_string();
            crate::error::thrown("not_proved", &message, &message, &[])
        })
    }

    /// Where places stay empty.
    pub fn gaps(&self) -> Answer {
        plain(&self.core.gaps())
    }

    /// What was kept of the plan before.
    pub fn kept(&self, weight: &JsValue) -> Answer {
        let weight = present(weight.clone()).map(|weight| text("weight", &weight)).transpose()?;
        plain(&self.core.kept(weight.as_deref()).map_err(undone)?)
    }

    /// The plan without some people or units.
    pub fn without(&self, who: &JsValue) -> Result<RawReplan, JsValue> {
        Ok(RawReplan { core: self.core.without(texts("who", who)?) })
    }

    /// The plan with other demand.
    #[wasm_bindgen(js_name = withDemand)]
    pub fn with_demand(&self, rows: &JsValue) -> Result<RawReplan, JsValue> {
        Ok(RawReplan { core: self.core.with_demand(read::<Vec<DemandRow>>("rows", rows)?) })
    }

    /// The plan as it is, to be made again.
    #[must_use]
    pub fn again(&self) -> RawReplan {
        RawReplan { core: self.core.again() }
    }

    /// Cost against number of changes.
    pub fn frontier(&self, watch: &JsValue) -> Answer {
        plain(&Watch::new(watch).run(|control| self.core.frontier_with(control))?.map_err(undone)?)
    }

    /// The plan as JSON.
    #[wasm_bindgen(js_name = toJson)]
    #[must_use]
    pub fn to_json(&self) -> String {
        self.core.to_json()
    }
}

#[wasm_bindgen]
impl RawReplan {
    /// Without some people or units as well.
    pub fn without(&self, who: &JsValue) -> Result<RawReplan, JsValue> {
        Ok(Self { core: self.core.clone().without(texts("who", who)?) })
    }

    /// With other demand as well.
    #[wasm_bindgen(js_name = withDemand)]
    pub fn with_demand(&self, rows: &JsValue) -> Result<RawReplan, JsValue> {
        Ok(Self { core: self.core.clone().with_demand(read::<Vec<DemandRow>>("rows", rows)?) })
    }

    /// What would stay empty if nothing were done.
    pub fn gaps(&self) -> Answer {
        plain(&self.core.gaps())
    }

    /// The repaired plan.
    pub fn replan(&self, options: &JsValue, watch: &JsValue) -> Planned {
        let options: ReplanOptions = match present(options.clone()) {
            Some(options) => read("options", &options)?,
            None => ReplanOptions::default(),
        };
        planned(Watch::new(watch).run(|control| self.core.replan_with(options, control))?)
    }

    /// Cost against number of changes.
    pub fn frontier(&self, watch: &JsValue) -> Answer {
        plain(&Watch::new(watch).run(|control| self.core.frontier_with(control))?.map_err(undone)?)
    }
}

/// An array of texts.
fn texts(name: &str, values: &JsValue) -> Result<Vec<String>, JsValue> {
    let values = crate::argument::array(name, values)?;
    crate::argument::items(&values).map(|value| text(name, &value)).collect()
}
