//! Flows: the transport of units to communities, drawn networks, fair loads, and the city once more as a flow.

use std::path::Path;

use gridcore::control::Control;
use gridcore::solve::flow::{Network, min_cost_flow};
use gridcore_benches::{cpu, instances};

use crate::{Done, say};

const INSTANCES: [&str; 7] =
    ["transport", "network_10000", "network_30000", "network_100000", "network_400000", "fair", "city"];

pub(crate) fn measure(folder: &Path) -> Done {
    for name in INSTANCES {
        let (supplies, arcs) = instances::flow(folder, name)?;
        let runs = if arcs.len() > 300_000 { 2 } else { 7 };
        // Both are handed over, so each run has its own; what is copied counts too.
        let build = || Network::new(supplies.clone(), arcs.clone());
        let (seconds, found) = cpu::best(runs, || min_cost_flow(&build()?, &mut Control::free()));
        let found = found?;
        found.verify(&build()?)?;
        let who = if name == "city" { "gridcore, as a flow" } else { "gridcore, Rust" };
        say(who, name, seconds, found.cost);
    }
    Ok(())
}
