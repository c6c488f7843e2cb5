//! People sent: the city staffed, 83 units paired and surging, one in ten ill and the plan repaired, checkpoints in shifts.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::time::Instant;

use gridcore::control::Control;
use gridcore::deployment::{
    ChangeCost, CheckpointRow, Deployment, PairRow, Pairing, PersonCount, Plan, ReplanOptions,
    ShiftPersonRow, ShiftRoster, ShiftRow, ShiftRules, ShiftTables, ShiftsError, Spread, StaffWeights,
    Staffing, Surge, Why,
};
use gridcore::samples::Sample;
use gridcore::{GridTree, Lang, Problem as _};

use crate::heading;
use crate::table::{Table, grouped};

/// The strength of each leaf, in order, at a moment.
pub(crate) struct Moment {
    pub(crate) id: &'static str,
    pub(crate) zh: &'static str,
    pub(crate) en: &'static str,
    pub(crate) strength: Vec<u64>,
}

/// What is sent, and what the page shows of it.
pub(crate) struct Sent {
    pub(crate) pairs: Vec<PairRow>,
    pub(crate) moments: Vec<Moment>,
}

/// Runs all of it.
pub(crate) fn send(city: &Sample) -> Result<Sent, Box<dyn Error>> {
    let deployment = Deployment::new(city.tree()).decimals(0).on_plane(&city.positions())?;
    let staffed = staff(city, &deployment)?;
    let (pairs, helpers) = surge(city, &deployment)?;
    let (ill, repaired) = repair(city, &staffed)?;
    checkpoints(city.tree())?;
    let moment = |id, zh, en, strength| Moment { id, zh, en, strength };
    let at_war: Vec<u64> = strength(city, Some(&staffed), &BTreeSet::new())
        .into_iter()
        .zip(&helpers)
        .map(|(own, more)| own + more)
        .collect();
    let moments = vec![
        moment("peace", "平时（名册）", "peacetime (roster)", strength(city, None, &BTreeSet::new())),
        moment("war", "战时（单位下沉）", "wartime (units sent)", at_war),
        moment("ill", "减员一成", "one in ten ill", strength(city, Some(&staffed), &ill)),
        moment("repaired", "修复后", "repaired", strength(city, Some(&repaired), &ill)),
    ];
    Ok(Sent { pairs, moments })
}

/// One person for each of 10,117 leaves, as near to home as can be.
fn staff(city: &Sample, deployment: &Deployment) -> Result<Plan, Box<dyn Error>> {
    heading("The city staffed", "全市排人");
    let weights = StaffWeights { language_miss: Some(2000.0), ..StaffWeights::default() };
    let staffing =
        Staffing::new(city.people(), city.needs()).candidates(city.candidates(20)).weights(weights);
    let start = Instant::now();
    let plan = deployment.assign(&staffing)?;
    let took = start.elapsed().as_secs_f64();
    let proof = plan.certificate();
    println!(
        "  {} people for {} leaves from {} candidates in {took:.2} s: {} metres in all",
        grouped(plan.rows().len()),
        grouped(city.needs().len()),
        grouped(city.needs().len() * 20),
        grouped(plan.cost_units()),
    );
    println!(
        "  proof: no plan is below {}; checked in whole numbers without the solver: {}",
        grouped(proof.bound),
        proof.verified
    );
    Ok(plan)
}

/// 83 units paired with 287 grids, and their person-times over three days; then spread over the leaves.
fn surge(city: &Sample, deployment: &Deployment) -> Result<(Vec<PairRow>, Vec<u64>), Box<dyn Error>> {
    heading("83 units sent", "八十三个单位下沉（双联双助）");
    let mut units = city.units();
    for unit in &mut units {
        unit.size = None; // each three or four grids, whatever its size
    }
    let pairing = deployment.pair(&Pairing::new(units.clone()).level(2))?;
    let loads = pairing.loads();
    let with = |grids| loads.iter().filter(|load| load.amount == grids).count();
    println!("  pairing: {} units have three grids, {} have four", with(3), with(4));
    let pairs = pairing.pairs();
    let surge = Surge::new(city.supply(), city.demand())
        .pairs(pairs.iter().cloned())
        .edges(city.edges())
        .units(units)
        .anywhere(100_000.0)
        .distance(1.0);
    let plan = deployment.surge(&surge)?;
    let (rows, offered) = (plan.rows(), city.supply().iter().map(|row| row.at_most).sum::<i64>());
    let sum = |why| grouped(rows.iter().filter(|row| row.why == why).map(|row| row.amount).sum::<i64>());
    println!(
        "  {} person-times of {} asked for on three days: {} by pairing, {} to neighbours, {} elsewhere",
        grouped(rows.iter().map(|row| row.amount).sum::<i64>()),
        grouped(offered),
        sum(Why::Paired),
        sum(Why::Neighbour),
        sum(Why::Anywhere),
    );
    if let Some(count) = PersonCount::of(offered.unsigned_abs(), 3, 1) {
        println!(
            "  {} person-times over three days are {} to {} persons",
            grouped(offered),
            grouped(count.least),
            grouped(count.most)
        );
    }
    Ok((pairs, over_leaves(city.tree(), deployment, &plan)?))
}

/// Those of the first day, spread evenly over the leaves of each grid.
fn over_leaves(tree: &GridTree, deployment: &Deployment, plan: &Plan) -> Result<Vec<u64>, Box<dyn Error>> {
    let rows = plan.rows();
    let first = rows.iter().filter_map(|row| row.day).min();
    let mut sent: BTreeMap<String, i64> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.day == first) {
        *sent.entry(row.grid.to_string()).or_default() += row.amount;
    }
    let mut leaves: BTreeMap<String, u64> = BTreeMap::new();
    for (grid, count) in sent {
        for load in deployment.spread(&Spread::of(count).level(4).under(grid))?.by_grid() {
            *leaves.entry(load.grid.to_string()).or_default() += load.amount.unsigned_abs();
        }
    }
    let of = |leaf| leaves.get(&tree.code(leaf).to_string()).copied().unwrap_or_default();
    Ok(tree.leaves(tree.root()).map(of).collect())
}

/// One in ten falls ill: what is uncovered, and two ways to repair it.
fn repair(city: &Sample, plan: &Plan) -> Result<(BTreeSet<String>, Plan), Box<dyn Error>> {
    heading("One in ten falls ill", "减员一成与最少变动修复");
    let staff = city.staff();
    let ill: BTreeSet<String> =
        staff.iter().skip(3).step_by(10).map(|member| member.person.clone()).collect();
    let left = plan.without(&ill);
    let gaps = left.gaps();
    let missing = gaps.first().map_or(0, |gap| gap.missing);
    println!(
        "  {} of {} are ill: {} leaves have nobody",
        grouped(ill.len()),
        grouped(staff.len()),
        grouped(missing)
    );
    let cheapest = ReplanOptions { allow_gaps: true, ..ReplanOptions::default() };
    let stable = ReplanOptions { change_cost: ChangeCost(1000), ..cheapest };
    let fewest = ReplanOptions { fewest_changes: true, ..cheapest };
    let mut table =
        Table::new(["repair", "changes", "metres", "still empty", "households that keep their worker", "s"]);
    let mut chosen = None;
    for (name, options) in [("cheapest", cheapest), ("1000 m a change", stable), ("fewest changes", fewest)] {
        let start = Instant::now();
        let repaired = left.replan_with(options, &mut Control::free())?;
        let took = start.elapsed().as_secs_f64();
        let kept = repaired.kept(Some("households"))?;
        table.row([
            name.to_owned(),
            grouped(repaired.changes()),
            grouped(repaired.cost_units()),
            grouped(repaired.gaps().first().map_or(0, |gap| gap.missing)),
            format!("{:.1} %", 100.0 * kept.share),
            format!("{took:.2}"),
        ]);
        chosen = Some(repaired);
    }
    table.print();
    Ok((ill, chosen.ok_or("three ways were tried")?))
}

/// 25 checkpoints in two shifts: who can do it, and why fewer can't.
fn checkpoints(tree: &GridTree) -> Result<(), Box<dyn Error>> {
    heading("25 checkpoints, two shifts", "二十五个卡点两班倒");
    let rules = ShiftRules { utc_offset: 28_800, rest: 11 * 3600, ..ShiftRules::days(19_085, 3) };
    for people in [50, 45] {
        let tables = ShiftTables {
            shifts: vec![
                ShiftRow::new("day", 8 * 3600, 20 * 3600),
                ShiftRow::new("night", 20 * 3600, 32 * 3600),
            ],
            checkpoints: (1..=25).map(|post| CheckpointRow::new(format!("c-{post:02}"), 1)).collect(),
            people: (1..=people).map(|person| ShiftPersonRow::new(format!("p-{person:02}"))).collect(),
            ..ShiftTables::default()
        };
        match ShiftRoster::plan(tree, &tables, &rules, &mut Control::free()) {
            Ok(roster) => {
                let report = roster.report();
                println!(
                    "  {people} people: {} duties in three days, {} at most for anybody, proved the best: {}",
                    report.duties, report.busiest, report.optimal
                );
            }
            Err(error @ ShiftsError::Impossible(_)) => {
                println!("  {people} people: {}", error.text(Lang::En));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// How many of the roster stand in each leaf: where the plan has them, or where they work; the ill nowhere.
fn strength(city: &Sample, plan: Option<&Plan>, ill: &BTreeSet<String>) -> Vec<u64> {
    let tree = city.tree();
    let mut sent: BTreeMap<String, String> = BTreeMap::new();
    for row in plan.map(Plan::rows).unwrap_or_default() {
        if let Some(person) = row.who.as_text() {
            sent.insert(person, row.grid.to_string());
        }
    }
    let mut at = vec![0; tree.len()];
    for member in city.staff().iter().filter(|member| !ill.contains(&member.person)) {
        let grid = sent.get(&member.person).map_or_else(|| member.grid.to_string(), Clone::clone);
        if let Some(leaf) = tree.find(&grid) {
            at[leaf.get()] += 1;
        }
    }
    tree.leaves(tree.root()).map(|leaf| at[leaf.get()]).collect()
}
