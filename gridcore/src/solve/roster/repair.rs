//! A roster with rest out of one without: some blocks are filled anew, exactly, beside all others, until nothing gets cheaper.

use super::fault::RosterError;
use super::problem::RosterProblem;
use super::relax::{Ask, NONE, Schedule, relax};
use crate::control::Control;

/// How good a schedule is: empty seats first, then the cost.
pub(super) type Worth = (u64, i128);

/// Empty seats and cost of a schedule, without its highest load.
pub(super) fn worth(problem: &RosterProblem, schedule: &Schedule) -> Worth {
    let (mut taken, mut cost) = (0_u64, 0_i128);
    for worker in 0..problem.workers() {
        let mine = schedule.of(worker);
        for choice in problem.choices_of(worker) {
            if mine[choice.slot as usize] == choice.seat {
                taken += 1;
                cost += i128::from(choice.cost);
            }
        }
    }
    (problem.need - taken, cost)
}

/// A small generator of numbers, the same on every platform (xorshift: Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

/// Lets go of seats until every rest is kept, then fills sets of blocks that do not reach into each other.
///
/// Stops at `good_enough` or when nothing has become better for a while.
pub(super) fn repair(
    problem: &RosterProblem,
    load: u32,
    mut schedule: Schedule,
    good_enough: Option<i128>,
    control: &mut Control<'_>,
) -> Result<(Worth, Schedule), RosterError> {
    /// Rounds of blocks drawn by chance without gain before giving up.
    const PATIENCE: u32 = 12;
    for worker in 0..problem.workers() {
        while let Some((_, second)) = schedule.conflict(problem, worker) {
            schedule.set(worker, second, NONE);
        }
    }
    let mut best = worth(problem, &schedule);
    let colours = problem.reach + 1;
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let (mut turn, mut fruitless) = (0, 0);
    let done = |best: Worth| best.0 == 0 && good_enough.is_some_and(|enough| best.1 <= enough);
    while !done(best) && fruitless < colours + PATIENCE {
        let blocks = if fruitless < colours {
            (0..problem.blocks).map(|block| block % colours == turn % colours).collect()
        } else {
            drawn(problem, &mut dice)
        };
        turn += 1;
        let ask = Ask { load, within: Some((&blocks, &schedule)), bans: &[], costed: true, tolls: None };
        let filled = relax(problem, &ask, control)?.schedule;
        let now = worth(problem, &filled);
        if now < best {
            (best, fruitless) = (now, 0);
        } else {
            fruitless += 1;
        }
        // An equal schedule is another place to go on from.
        if now <= best {
            schedule = filled;
        }
    }
    Ok((best, schedule))
}

/// Blocks drawn by chance, none of which reaches into another.
fn drawn(problem: &RosterProblem, dice: &mut Dice) -> Vec<bool> {
    let mut chosen = vec![false; problem.blocks as usize];
    let mut next = dice.roll() % u64::from(problem.reach + 1);
    while next < u64::from(problem.blocks) {
        chosen[next as usize] = true;
        next += u64::from(problem.reach) + 1 + dice.roll() % 2;
    }
    chosen
}
