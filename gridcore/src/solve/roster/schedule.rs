//! The best schedule of one worker against prices of seats: which slots, with rest between them and no more than so many.

use super::problem::RosterProblem;

/// No schedule.
const NEVER: i64 = i64::MAX;

/// Room for the schedules of one worker after the other.
#[derive(Debug, Default)]
pub(super) struct Scheduler {
    gains: Vec<i64>,
    seats: Vec<u32>,
    /// Row by slot: the least cost from that slot on with at most 0, 1, … seats.
    table: Vec<i64>,
    totals: Vec<i128>,
}

impl Scheduler {
    /// The best seat of each slot for a worker: cost (as parts of a unit) less price.
    fn fill(
        &mut self,
        problem: &RosterProblem,
        worker: u32,
        prices: &[i64],
        bans: &[(u32, u32)],
        scale: i64,
    ) {
        let slots = problem.free.len();
        self.gains.clear();
        self.gains.resize(slots, NEVER);
        self.seats.resize(slots, 0);
        for choice in problem.choices_of(worker) {
            let gain = choice.cost * scale - prices[choice.seat as usize];
            let slot = choice.slot as usize;
            if gain < self.gains[slot] {
                (self.gains[slot], self.seats[slot]) = (gain, choice.seat);
            }
        }
        for &(banned, slot) in bans {
            if banned == worker {
                self.gains[slot as usize] = NEVER;
            }
        }
    }

    /// Fills the table from the last slot to the first.
    fn plan(&mut self, problem: &RosterProblem, most: usize) {
        let (slots, wide) = (problem.free.len(), most + 1);
        self.table.clear();
        self.table.resize((slots + 1) * wide, 0);
        for slot in (0..slots).rev() {
            let gain = self.gains[slot];
            let (head, tail) = self.table.split_at_mut((slot + 1) * wide);
            let here = &mut head[slot * wide..];
            here.copy_from_slice(&tail[..wide]);
            if gain >= 0 {
                continue;
            }
            let after = (problem.free[slot] as usize - slot - 1) * wide;
            let after = &tail[after..after + wide];
            for (place, &rest) in here[1..].iter_mut().zip(after) {
                *place = (*place).min(gain + rest);
            }
        }
    }

    /// The sum over all workers of their best schedules, for a highest load of 0, 1, … up to the longest there is.
    ///
    /// With `costed` the costs count, in parts of a unit; without, the vector alone.
    pub(super) fn totals(
        &mut self,
        problem: &RosterProblem,
        prices: &[i64],
        bans: &[(u32, u32)],
        costed: bool,
    ) -> &[i128] {
        let scale = if costed { super::proof::PRICE_SCALE } else { 0 };
        let longest = problem.longest as usize;
        self.totals.clear();
        self.totals.resize(longest + 1, 0);
        for worker in 0..problem.workers() {
            let most = longest.min(problem.most[worker as usize] as usize);
            self.fill(problem, worker, prices, bans, scale);
            self.plan(problem, most);
            for load in 0..=longest {
                self.totals[load] += i128::from(self.table[load.min(most)]);
            }
        }
        &self.totals
    }

    /// Calls `take` with each slot and seat of a best schedule of the worker with at most `load` seats; of equal ones the latest begins.
    pub(super) fn best(
        &mut self,
        problem: &RosterProblem,
        worker: u32,
        prices: &[i64],
        load: u32,
        costed: bool,
        mut take: impl FnMut(u32, u32),
    ) -> i64 {
        let most = load.min(problem.most[worker as usize]) as usize;
        self.fill(problem, worker, prices, &[], if costed { super::proof::PRICE_SCALE } else { 0 });
        self.plan(problem, most);
        let wide = most + 1;
        let (mut slot, mut left) = (0, most);
        while slot < problem.free.len() && left > 0 {
            if self.table[slot * wide + left] == self.table[(slot + 1) * wide + left] {
                slot += 1;
            } else {
                take(slot as u32, self.seats[slot]);
                (slot, left) = (problem.free[slot] as usize, left - 1);
            }
        }
        self.table[most]
    }
}

/// The sum over all workers of their cheapest schedules with at most `load` seats: the plain way, for verifiers.
///
/// cheapest(slot, left) = min(cheapest(slot + 1, left), best seat of the slot or none + cheapest(free again, left − 1)); to take
/// none and use up one of `left` is never better than to go on.
pub(super) fn plain_schedules(
    problem: &RosterProblem,
    prices: &[i64],
    bans: &[(u32, u32)],
    load: u32,
    costed: bool,
) -> i128 {
    let scale = if costed { i128::from(super::proof::PRICE_SCALE) } else { 0 };
    let slots = problem.free.len();
    let mut sum = 0;
    for worker in 0..problem.workers() {
        let most = load.min(problem.most[worker as usize]);
        let mut cheapest = vec![0_i128; slots];
        for choice in problem.choices_of(worker) {
            let cost = i128::from(choice.cost) * scale - i128::from(prices[choice.seat as usize]);
            let place = &mut cheapest[choice.slot as usize];
            *place = (*place).min(cost);
        }
        for &(banned, slot) in bans {
            if banned == worker {
                cheapest[slot as usize] = 0;
            }
        }
        let mut fewer = vec![0_i128; slots + 1];
        for _ in 0..most {
            let mut now = vec![0_i128; slots + 1];
            for slot in (0..slots).rev() {
                now[slot] = now[slot + 1].min(cheapest[slot] + fewer[problem.free[slot] as usize]);
            }
            fewer = now;
        }
        sum += fewer[0];
    }
    sum
}
