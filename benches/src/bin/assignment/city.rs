//! The sparse city: cold, and again after 100 people have left, at several prices of a change.

use std::path::Path;

use gridcore::control::Control;
use gridcore::solve::assignment::{Candidates, assign, reassign};
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
    Ok(())
}
