//! The roster: 200 volunteers, 15 sites, 14 days of three shifts, rest after a night, the busiest as free as can be.

use std::path::Path;

use gridcore::control::Control;
use gridcore::solve::roster::{Candidate, RosterProblem, Seat, roster};
use gridcore_benches::cpu;
use gridcore_benches::instances::Roster;

use crate::Done;

const SHIFTS: usize = 3;
/// What each seat of the busiest costs.
const LOAD: i64 = 1000;

pub(crate) fn measure(folder: &Path) -> Done {
    let given = Roster::read(folder)?;
    let (seconds, found) = cpu::best(1, || roster(&problem(&given)?, &mut Control::free()));
    let found = found?;
    found.verify(&problem(&given)?)?;
    println!(
        r#"{{"who":"gridcore, Rust","job":"roster","cpu":{seconds},"memory":null,"check":{},"bound":{}}}"#,
        found.cost, found.bound
    );
    Ok(())
}

fn problem(given: &Roster) -> Result<RosterProblem, gridcore::solve::roster::RosterError> {
    let number = |place: usize| u32::try_from(place).expect("there are few");
    let slots = given.days * SHIFTS;
    // One shift a day; after the last one of a day the first of the next is too early.
    let free = (0..slots).map(|slot| {
        let tomorrow = (slot / SHIFTS + 1) * SHIFTS;
        number(slots.min(if slot % SHIFTS == SHIFTS - 1 { tomorrow + 1 } else { tomorrow }))
    });
    let seat = |site: usize, slot: usize| site * slots + slot;
    let seats =
        (0..given.sites).flat_map(|site| (0..slots).map(move |slot| (slot, given.demand[seat(site, slot)])));
    let seats =
        seats.map(|(slot, need)| Seat { slot: number(slot), need: need.try_into().unwrap_or_default() });
    let mut candidates = Vec::new();
    for worker in 0..given.people {
        for site in (0..given.sites).filter(|site| given.eligible[worker * given.sites + site]) {
            let cost = given.dislike[worker * given.sites + site];
            for slot in (0..slots).filter(|slot| given.available[worker * given.days + slot / SHIFTS]) {
                candidates.push(Candidate { worker: number(worker), seat: number(seat(site, slot)), cost });
            }
        }
    }
    let most = vec![number(given.days); given.people];
    RosterProblem::new(free.collect(), most, seats.collect(), &candidates, LOAD)
}
