//! The sparse city: cold, and again after 100 people have left, at several prices of a change.

use std::iter;
use std::path::Path;

use gridcore::control::Control;
use gridcore::deployment::{
    CandidateColumns, ChangeCost, CostColumn, Deployment, NeedRow, PersonRow, Staffing,
};
use gridcore::solve::assignment::{Candidates, assign, reassign};
use gridcore::{GridRow, GridTree};
use gridcore_benches::cpu;
use gridcore_benches::instances::City;

use crate::{Done, say};

const PRICES: [i64; 3] = [200, 1000, 1_000_000];
const RUNS: usize = 9;

pub(crate) fn measure(folder: &Path) -> Done {
    let city = City::read(folder)?;
    let build = |arcs: &[_]| Candidates::from_arcs(city.rows, city.columns, arcs);
    let (seconds, found) = cpu::best(RUNS, || assign(&build(&city.arcs)?, &mut Control::free()));
    let before = found?;
    let candidates = build(&city.arcs)?;
    before.verify(&candidates)?;
    say("gridcore, Rust", "city", seconds, before.cost);
    let (seconds, _) = cpu::best(RUNS, || assign(&candidates, &mut Control::free()));
    say("gridcore, candidates ready", "city", seconds, before.cost);

    let arcs = city.without_leavers();
    let left = build(&arcs)?;
    let (seconds, found) = cpu::best(RUNS, || reassign(&left, &before, &mut Control::free()));
    let found = found?;
    found.verify(&left)?;
    say("gridcore, Rust", "city, 100 left", seconds, found.cost);
    let (seconds, _) = cpu::best(RUNS, || reassign(&build(&arcs)?, &before, &mut Control::free()));
    say("gridcore, from arcs", "city, 100 left", seconds, found.cost);
    let (seconds, cold) = cpu::best(RUNS, || assign(&left, &mut Control::free()));
    say("gridcore, cold", "city, 100 left", seconds, cold?.cost);

    for price in PRICES {
        let change = |&(row, column, cost): &(u32, u32, i64)| {
            (row, column, cost + if city.before[row as usize] == column { 0 } else { price })
        };
        let priced = build(&arcs.iter().map(change).collect::<Vec<_>>())?;
        let job = format!("city, 100 left, {price} a change");
        let (seconds, found) = cpu::best(RUNS, || reassign(&priced, &before, &mut Control::free()));
        let found = found?;
        found.verify(&priced)?;
        say("gridcore, Rust", &job, seconds, found.cost);
        let (seconds, cold) = cpu::best(RUNS, || assign(&priced, &mut Control::free()));
        say("gridcore, cold", &job, seconds, cold?.cost);
    }
    deploy(&city)
}

/// The same through the door of the domain: grids with codes, people with tokens, a plan with its certificate.
fn deploy(city: &City) -> Done {
    let code = |grid: u32| format!("1{grid:05}");
    let grids = (0..city.rows).map(|grid| GridRow::new(code(grid), format!("第{grid}号网格")).under("1"));
    let tree = GridTree::from_rows(iter::once(GridRow::new("1", "城市")).chain(grids))?;
    let token = |person: u32| format!("p-{person:05}");
    let deployment = Deployment::new(&tree).decimals(0);
    let needs = (0..city.rows).map(|grid| NeedRow::new(code(grid)));
    let staffing = Staffing::new((0..city.columns).map(|person| PersonRow::new(token(person))), needs)
        .columns(CandidateColumns {
            need: city.arcs.iter().map(|arc| arc.0).collect(),
            person: city.arcs.iter().map(|arc| arc.1).collect(),
            cost: CostColumn::Whole(city.arcs.iter().map(|arc| arc.2).collect()),
        });
    let (seconds, plan) = cpu::best(RUNS, || deployment.assign(&staffing));
    let plan = plan?;
    say("gridcore, Deployment", "city", seconds, plan.cost_units().into());
    let ill: Vec<_> = city.leavers.iter().map(|&person| token(person)).collect();
    let (seconds, repaired) = cpu::best(RUNS, || plan.without(&ill).replan(ChangeCost(0)));
    say("gridcore, Deployment", "city, 100 left", seconds, repaired?.cost_units().into());
    let (seconds, frontier) = cpu::best(1, || plan.without(&ill).frontier());
    eprintln!("the frontier of cost and changes has {} corners, found in {seconds:.3} s", frontier?.len());
    Ok(())
}
