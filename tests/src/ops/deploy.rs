//! Plans: who goes where, what becomes of a plan when people fall out, teams, rosters, counts.

use std::collections::BTreeMap;

use gridcore::control::Control;
use gridcore::deployment::{
    Aid, ChangeCost, DemandRow, DeployError, Deployment, Fair, Pairing, PersonCount, PersonTimes,
    PersonTimesOptions, Plan, Replan, ReplanOptions, ShiftRoster, ShiftRules, ShiftTables, ShiftsError,
    Spread, StaffWeights, Staffing, Surge, TeamRule, TeamTables, Teams, TeamsError, UnitRow,
};
use gridcore::{Problem, samples};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Op;
use super::duty::refused;
use crate::input::{json, wrong};
use crate::{Answer, Input, Stop};

pub(super) const OPS: &[(&str, Op)] = &[
    ("deploy.assign", |input| shown(input, &plan(input, "assign")?)),
    ("deploy.pair", |input| shown(input, &plan(input, "pair")?)),
    ("deploy.surge", |input| shown(input, &plan(input, "surge")?)),
    ("deploy.aid", |input| shown(input, &plan(input, "aid")?)),
    ("deploy.spread", |input| shown(input, &plan(input, "spread")?)),
    ("deploy.replan", |input| {
        let options = ReplanOptions {
            change_cost: ChangeCost(input.get::<Option<_>>("change_cost")?.unwrap_or(0)),
            fewest_changes: input.get::<Option<bool>>("fewest_changes")? == Some(true),
            ..ReplanOptions::default()
        };
        let again = again(input)?;
        let plan = again.replan_with(options, &mut Control::free())?;
        let missing: i64 = again.gaps().iter().filter(|row| row.level == 0).map(|row| row.missing).sum();
        let mut answer = shown(input, &plan)?;
        answer["missing_before"] = json!(missing);
        answer["kept"] = json(plan.kept(input.get::<Option<String>>("weight")?.as_deref())?)?;
        Ok(answer)
    }),
    ("deploy.frontier", |input| json(again(input)?.frontier()?)),
    ("deploy.gaps", |input| json(plan(input, &input.get::<String>("problem")?)?.gaps())),
    ("deploy.to_json", |input| {
        let plan = plan(input, &input.get::<String>("problem")?)?;
        let loaded = Plan::from_json(plan.tree(), &plan.to_json())?;
        loaded.verify().map_err(wrong)?;
        Ok(json!(loaded.to_json() == plan.to_json()))
    }),
    ("deploy.infeasible", infeasible),
    ("deploy.person_times", |input| {
        let mut options = PersonTimesOptions::default();
        options.days = input.get("days")?;
        options.most_per_day = input.get::<Option<_>>("most_per_day")?.unwrap_or(options.most_per_day);
        json(PersonTimes::count(&input.tree()?, input.get::<Vec<_>>("attendance")?, &options)?)
    }),
    ("deploy.person_count", |input| {
        let most = input.get::<Option<_>>("most_per_day")?.unwrap_or(1);
        json(PersonCount::of(input.get("person_times")?, input.get("days")?, most))
    }),
    ("deploy.teams", |input| {
        let teams = Teams::form(&input.tree()?, &team_tables(input)?, &mut Control::free())?;
        teams.verify().map_err(wrong)?;
        Ok(json!({ "table": teams.members(), "certificate": teams.report() }))
    }),
    ("deploy.most_teams", |input| {
        let (people, rule): (Vec<_>, TeamRule) = (input.get("people")?, input.get("rule")?);
        let teams = Teams::most(&input.tree()?, &people, &rule, &mut Control::free())?;
        teams.verify().map_err(wrong)?;
        Ok(json!({ "table": teams.members(), "certificate": teams.report() }))
    }),
    ("deploy.shifts", |input| {
        let (tables, rules) = shift_tables(input)?;
        let roster = ShiftRoster::plan(&input.tree()?, &tables, &rules, &mut Control::free())?;
        roster.verify().map_err(wrong)?;
        Ok(json!({ "table": roster.duties(), "loads": roster.loads(), "certificate": roster.report() }))
    }),
];

/// An option, or what the core takes without.
fn or_default<T: DeserializeOwned + Default>(input: &Input<'_>, name: &str) -> Result<T, Stop> {
    Ok(input.get::<Option<T>>(name)?.unwrap_or_default())
}

/// The request of a problem from those arguments that it has, so that the core's own defaults serve.
fn request<T: DeserializeOwned>(input: &Input<'_>, names: &[&str]) -> Result<T, Stop> {
    let given = names.iter().filter_map(|name| Some(((*name).to_owned(), input.value(name)?.clone())));
    serde_json::from_value(Value::Object(given.collect())).map_err(wrong)
}

fn plan(input: &Input<'_>, problem: &str) -> Result<Plan, Stop> {
    Ok(planned(input, problem)??)
}

fn planned(input: &Input<'_>, problem: &str) -> Result<Result<Plan, DeployError>, Stop> {
    let mut deployment = Deployment::new(&input.tree()?);
    if let Some(decimals) = input.get("decimals")? {
        deployment = deployment.decimals(decimals);
    }
    if let Some(positions) = input.get::<Option<Vec<_>>>("positions")? {
        deployment = deployment.on_plane(&positions)?;
    }
    let city = input.value("city").is_some();
    Ok(match problem {
        "assign" => deployment.assign(&Staffing {
            people: input.get("people")?,
            needs: input.get("needs")?,
            candidates: input.get("candidates")?,
            columns: input.get("candidate_columns")?,
            weights: request::<StaffWeights>(
                input,
                &["home", "work", "skill_miss", "language_miss", "reach"],
            )?,
            fair: match input.value("fair") {
                Some(Value::Array(_)) => Fair::Steps(input.get("fair")?),
                _ => or_default(input, "fair")?,
            },
            allow_gaps: or_default(input, "allow_gaps")?,
        }),
        "pair" => {
            let names = ["grids", "level", "under", "costs", "distance", "size", "mismatch"];
            let mut pairing: Pairing = request(input, &names)?;
            pairing.units = if city {
                let seat = |unit: UnitRow| UnitRow { unit: unit.unit, home: unit.home, ..UnitRow::default() };
                samples::zhongshan().units().into_iter().map(seat).collect()
            } else {
                input.get("units")?
            };
            deployment.pair(&pairing)
        }
        "surge" => {
            let names =
                ["pairs", "edges", "units", "paired", "neighbour", "anywhere", "distance", "allow_gaps"];
            let mut surge: Surge = request(input, &names)?;
            (surge.supply, surge.demand) = if city {
                (samples::zhongshan().supply(), samples::zhongshan().demand())
            } else {
                (input.get("supply")?, input.get("demand")?)
            };
            deployment.surge(&surge)
        }
        "aid" => {
            deployment.aid(&request::<Aid>(input, &["spares", "demand", "edges", "distance", "allow_gaps"])?)
        }
        "spread" => {
            let names = ["people", "count", "grids", "level", "under", "size", "home"];
            deployment.spread(&request::<Spread>(input, &names)?)
        }
        other => return Err(wrong(format!("no problem has the name {other}"))),
    })
}

fn again(input: &Input<'_>) -> Result<Replan, Stop> {
    let plan = plan(input, &input.get::<String>("problem")?)?;
    let again = plan.without(or_default::<Vec<String>>(input, "without")?);
    Ok(match input.get::<Option<Vec<DemandRow>>>("later_demand")? {
        Some(rows) => again.with_demand(rows),
        None => again,
    })
}

/// A plan: its rows, its loads as `[amount, how many]`, its cost and the bound that proves it.
fn shown(input: &Input<'_>, plan: &Plan) -> Answer {
    plan.verify().map_err(wrong)?;
    let mut loads: BTreeMap<i64, usize> = BTreeMap::new();
    for load in plan.loads() {
        *loads.entry(load.amount).or_default() += 1;
    }
    let mut by_grid: BTreeMap<i64, usize> = BTreeMap::new();
    for load in plan.by_grid() {
        *by_grid.entry(load.amount).or_default() += 1;
    }
    let certificate = plan.certificate();
    let mut answer = json!({
        "kind": plan.kind(),
        "cost": plan.cost(),
        "cost_units": plan.cost_units(),
        "changes": plan.changes(),
        "bound": certificate.bound,
        "verified": certificate.verified,
        "loads": loads.into_iter().collect::<Vec<_>>(),
        "by_grid": by_grid.into_iter().collect::<Vec<_>>(),
    });
    if input.value("keys") != Some(&json!([])) {
        answer["table"] = input.picked(json(plan.rows())?)?;
    }
    Ok(answer)
}

fn infeasible(input: &Input<'_>) -> Answer {
    let problem: String = input.get("problem")?;
    let tree = input.tree()?;
    match problem.as_str() {
        "teams" => match Teams::form(&tree, &team_tables(input)?, &mut Control::free()) {
            Err(error @ TeamsError::Impossible(_)) => {
                let TeamsError::Impossible(causes) = &error else { return Err(wrong("another error")) };
                refused(error.code(), causes)
            }
            other => Err(wrong(format!("not infeasible: {other:?}"))),
        },
        "shifts" => {
            let (tables, rules) = shift_tables(input)?;
            match ShiftRoster::plan(&tree, &tables, &rules, &mut Control::free()) {
                Err(ShiftsError::Impossible(cause)) => {
                    let (need, available) = (cause.need as i64, cause.available as i64);
                    refused(
                        "impossible",
                        [json!({ "need": need, "available": available, "rows": cause.rows })],
                    )
                }
                Err(ShiftsError::Exhausted) => refused("exhausted", Vec::<Value>::new()),
                other => Err(wrong(format!("not infeasible: {other:?}"))),
            }
        }
        problem => match planned(input, problem)? {
            Err(error) => {
                let Some(short) = error.infeasible() else { return Err(error.into()) };
                if !short.verify() {
                    return Err(wrong("the causes are not proved"));
                }
                refused(error.code(), short.causes())
            }
            Ok(plan) => Err(wrong(format!("a plan at {}", plan.cost()))),
        },
    }
}

fn team_tables(input: &Input<'_>) -> Result<TeamTables, Stop> {
    Ok(TeamTables {
        people: input.get("people")?,
        rules: input.get("rules")?,
        teams: input.get("teams")?,
        fill: or_default(input, "fill")?,
    })
}

fn shift_tables(input: &Input<'_>) -> Result<(ShiftTables, ShiftRules), Stop> {
    let tables = request(input, &["shifts", "checkpoints", "people", "wishes"])?;
    let names = ["days", "utc_offset", "rest", "one_a_day", "most_shifts", "load_weight", "distance_weight"];
    Ok((tables, request(input, &names)?))
}
