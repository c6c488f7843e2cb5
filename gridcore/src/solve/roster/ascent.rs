//! Steeper prices: a seat that too few schedules want gets dearer, one that too many want gets cheaper.
//!
//! Subgradient steps towards a target (Held, Wolfe and Crowder 1974), in whole numbers, so that every platform takes the same.

use super::problem::RosterProblem;
use super::proof::{PRICE_SCALE, needed};
use super::relax::Schedule;
use super::schedule::Scheduler;
use crate::control::{Control, Stopped};

/// Steps.
const STEPS: u32 = 400;
/// Steps after which the schedules that the prices draw are kept, to make rosters of.
const KEPT: [u32; 5] = [10, 40, 100, 200, 350];

/// What is to be raised, and how far.
pub(super) struct Ascent {
    pub(super) load: u32,
    /// Whether costs count, or the vector alone.
    pub(super) costed: bool,
    /// The least and the greatest price.
    pub(super) range: (i64, i64),
    /// The value that can't be passed, or need not.
    pub(super) target: Option<i128>,
}

/// The highest value, its prices, and some of the schedules met, each without the workers who are too many.
type Climbed = (i128, Vec<i64>, Vec<Schedule>);

impl Ascent {
    pub(super) fn run(
        &self,
        problem: &RosterProblem,
        scheduler: &mut Scheduler,
        mut prices: Vec<i64>,
        control: &mut Control<'_>,
    ) -> Result<Climbed, Stopped> {
        let mut best = (i128::MIN, prices.clone());
        let mut starts = Vec::new();
        // The length of a step, in 1024ths of the way to the target.
        let (mut length, mut fruitless) = (1024_i128, 0);
        for step in 0..STEPS {
            let mut wanted: Vec<i64> = problem.seats.iter().map(|seat| i64::from(seat.need)).collect();
            let mut value = needed(problem, &prices);
            let mut kept = KEPT.contains(&step).then(|| Schedule::empty(problem));
            for worker in 0..problem.workers() {
                let gain = scheduler.best(problem, worker, &prices, self.load, self.costed, |slot, seat| {
                    if let Some(kept) = kept.as_mut().filter(|_| wanted[seat as usize] > 0) {
                        kept.set(worker, slot, seat);
                    }
                    wanted[seat as usize] -= 1;
                });
                value += i128::from(gain);
            }
            starts.extend(kept);
            control.spend(u64::from(problem.workers()), None)?;
            if value > best.0 {
                best = (value, prices.clone());
                fruitless = 0;
            } else {
                fruitless += 1;
                if fruitless == 10 {
                    (length, fruitless) = (length / 2, 0);
                    prices.clone_from(&best.1);
                }
            }
            let norm: i128 = wanted.iter().map(|&gap| i128::from(gap) * i128::from(gap)).sum();
            let guess = best.0 + best.0.abs() / 20 + i128::from(PRICE_SCALE);
            let to_go = self.target.unwrap_or(guess) - value;
            if norm == 0 || to_go <= 0 || length == 0 {
                break;
            }
            let (least, most) = self.range;
            for (price, &gap) in prices.iter_mut().zip(&wanted) {
                let step = (i128::from(gap) * to_go * length).div_euclid(norm * 1024);
                let moved = (i128::from(*price) + step).clamp(i128::from(least), i128::from(most));
                *price = i64::try_from(moved).unwrap_or(*price);
            }
        }
        Ok((best.0, best.1, starts))
    }
}
