//! Rests kept by small tolls: among relaxed rosters that cost the same, or nearly so, one is sought that breaks fewer rests.
//!
//! Most broken rests are ties: two workers could as well exchange slots. A toll of a small part of a unit makes each worker
//! keep to late slots or to early ones, and where a rest is still broken both its slots get dearer for that worker.

use super::fault::RosterError;
use super::problem::RosterProblem;
use super::relax::{Ask, NONE, Schedule, relax};
use crate::control::Control;

/// Rounds of tolls.
const ROUNDS: u32 = 10;

/// The schedule with the fewest broken rests among some relaxed rosters, beginning with `schedule`.
pub(super) fn with_rests(
    problem: &RosterProblem,
    load: u32,
    schedule: &Schedule,
    control: &mut Control<'_>,
) -> Result<Schedule, RosterError> {
    let slots = problem.free.len();
    let mut broken = broken_rests(problem, schedule);
    let (mut fewest, mut best) = (broken.len(), schedule.clone());
    let mut tolls = leanings(problem, schedule);
    for _ in 0..ROUNDS {
        if fewest == 0 {
            break;
        }
        let ask = Ask { load, within: None, bans: &[], costed: true, tolls: Some(&tolls) };
        let relaxed = relax(problem, &ask, control)?;
        broken = broken_rests(problem, &relaxed.schedule);
        for &(worker, first, second) in &broken {
            for slot in [first, second] {
                tolls[worker as usize * slots + slot as usize] += 4;
            }
        }
        if broken.len() < fewest {
            (fewest, best) = (broken.len(), relaxed.schedule);
        }
    }
    Ok(best)
}

/// A small toll on early slots for whoever works late more often, and on late slots for the others.
fn leanings(problem: &RosterProblem, schedule: &Schedule) -> Vec<i64> {
    let slots = problem.free.len();
    let (mut early, mut late) = (vec![false; slots], vec![false; slots]);
    for (slot, &next) in problem.free.iter().enumerate() {
        let beyond = problem.block.partition_point(|&block| block <= problem.block[slot]);
        if beyond < next as usize {
            late[slot] = true;
            early[beyond..next as usize].fill(true);
        }
    }
    // As many workers keep to late slots, in proportion, as late slots need; those who work late most often first.
    let needed = |kind: &[bool]| -> u64 {
        problem.seats.iter().filter(|seat| kind[seat.slot as usize]).map(|seat| u64::from(seat.need)).sum()
    };
    let (nights, mornings) = (needed(&late), needed(&early));
    let owls = u64::from(problem.workers()) * nights / (nights + mornings).max(1);
    let mut order: Vec<(i64, u32)> = (0..problem.workers())
        .map(|worker| {
            let mine =
                schedule.of(worker).iter().zip(early.iter().zip(&late)).filter(|&(&seat, _)| seat != NONE);
            (mine.map(|(_, (&early, &late))| i64::from(early) - i64::from(late)).sum(), worker)
        })
        .collect();
    order.sort_unstable();
    let mut tolls = vec![0; slots * problem.most.len()];
    for (&(_, worker), rank) in order.iter().zip(0_u64..) {
        let avoided = if rank < owls { &early } else { &late };
        let mine = &mut tolls[worker as usize * slots..][..slots];
        for (toll, _) in mine.iter_mut().zip(avoided).filter(|&(_, &is)| is) {
            *toll = 1;
        }
    }
    tolls
}

/// Worker and both slots of every rest that is broken between neighbours in a worker's schedule.
fn broken_rests(problem: &RosterProblem, schedule: &Schedule) -> Vec<(u32, u32, u32)> {
    let mut broken = Vec::new();
    for worker in 0..problem.workers() {
        let mut last: Option<u32> = None;
        for (slot, _) in (0_u32..).zip(schedule.of(worker)).filter(|&(_, &seat)| seat != NONE) {
            if let Some(before) = last.filter(|&before| problem.free[before as usize] > slot) {
                broken.push((worker, before, slot));
            }
            last = Some(slot);
        }
    }
    broken
}
