//! The search for a roster: one highest load after the other, the most promising first, each between a bound and a roster.

use super::Roster;
use super::ascent::Ascent;
use super::fault::RosterError;
use super::problem::RosterProblem;
use super::proof::{PRICE_SCALE, Proof, Shortage, Step, bounds_of, needed};
use super::relax::{Ask, NONE, Relaxed, Schedule, relax};
use super::repair::{Worth, repair, worth};
use super::schedule::Scheduler;
use super::tolls::with_rests;
use crate::control::{Control, Stopped};

/// Trials of single seats that a shortage may not need.
const TRIALS: usize = 500;
/// Branches for one highest load, and candidates that all of them together may look at.
const BRANCHES: usize = 2000;
const BRANCHED: usize = 1 << 21;
/// So many candidates make a small problem.
const SMALL: usize = 1 << 14;
/// Weights that show a shortage are whole numbers up to this.
const HEAVIEST: i64 = 64;

/// What is known for one highest load.
struct Load {
    /// No roster has lower costs (without the load's own); `None` if there is no roster.
    bound: Option<i128>,
    steps: Vec<Step>,
    /// Everything was tried.
    closed: bool,
}

struct Search<'p> {
    problem: &'p RosterProblem,
    scheduler: Scheduler,
    vectors: Vec<Vec<i64>>,
    loads: Vec<Load>,
    best: Option<(i128, Schedule)>,
    attempt: Option<(Worth, Schedule)>,
}

pub(super) fn run(problem: &RosterProblem, control: &mut Control<'_>) -> Result<Roster, RosterError> {
    let mut search = Search::new(problem);
    let stopped = match search.climb(control) {
        Ok(()) => None,
        Err(RosterError::Stopped(stopped)) => Some(stopped),
        Err(other) => return Err(other),
    };
    search.finish(stopped)
}

impl<'p> Search<'p> {
    fn new(problem: &'p RosterProblem) -> Self {
        let loads =
            (0..=problem.longest).map(|_| Load { bound: Some(i128::MIN), steps: Vec::new(), closed: false });
        let mut search = Self {
            problem,
            scheduler: Scheduler::default(),
            vectors: Vec::new(),
            loads: loads.collect(),
            best: None,
            attempt: None,
        };
        search.learn_prices(vec![0; problem.seats.len()]);
        search.learn_weights(vec![1; problem.seats.len()]);
        search
    }

    fn fixed(&self, load: usize) -> i128 {
        i128::from(self.problem.load_weight) * load as i128
    }

    /// The least cost of a roster of that load as far as is known; nothing if there is none.
    fn floor(&self, load: usize) -> Option<i128> {
        self.loads[load].bound.map(|bound| bound + self.fixed(load))
    }

    /// Whether a load can hold something better than the best roster.
    fn promising(&self, load: usize) -> Option<i128> {
        self.floor(load).filter(|&floor| self.best.as_ref().is_none_or(|(best, _)| floor < *best))
    }

    fn climb(&mut self, control: &mut Control<'_>) -> Result<(), RosterError> {
        loop {
            let open = (0..self.loads.len()).filter(|&load| !self.loads[load].closed);
            let next = open.filter_map(|load| Some((self.promising(load)?, std::cmp::Reverse(load)))).min();
            let Some((_, std::cmp::Reverse(load))) = next else { return Ok(()) };
            self.try_load(load, control)?;
            self.loads[load].closed = true;
        }
    }

    fn try_load(&mut self, load: usize, control: &mut Control<'_>) -> Result<(), RosterError> {
        let problem = self.problem;
        let ask = Ask { load: load as u32, within: None, bans: &[], costed: true, tolls: None };
        let relaxed = relax(problem, &ask, control)?;
        if relaxed.empty > 0 {
            let weights = self.weights(&ask, control)?;
            self.keep(&relaxed.schedule);
            self.learn_weights(weights);
            return Ok(());
        }
        self.learn_prices(scaled(&relaxed.prices));
        let enough = self.loads[load].bound;
        let schedule = with_rests(problem, load as u32, &relaxed.schedule, control)?;
        let (value, schedule) = repair(problem, load as u32, schedule, enough, control)?;
        self.offer(value, schedule);
        if value.0 > 0 {
            self.exclude(load, control)?;
        }
        // Without any roster there is little to close in on, and in large problems little hope to meet one by branching.
        let worthwhile = self.best.is_some() || problem.choices.len() <= SMALL;
        if worthwhile && self.promising(load).is_some() {
            self.ascend(load, &relaxed.prices, control)?;
        }
        if worthwhile && self.promising(load).is_some() {
            self.branch(load, control)?;
        }
        Ok(())
    }

    /// Weights of seats that show why some stay empty.
    fn weights(&self, ask: &Ask<'_>, control: &mut Control<'_>) -> Result<Vec<i64>, RosterError> {
        let bare = Ask { costed: false, tolls: None, ..*ask };
        let Relaxed { prices, .. } = relax(self.problem, &bare, control)?;
        Ok(prices.into_iter().map(|price| price.clamp(0, 1)).collect())
    }

    /// Keeps a schedule with broken rests as an attempt, without them.
    fn keep(&mut self, schedule: &Schedule) {
        let mut schedule = schedule.clone();
        for worker in 0..self.problem.workers() {
            while let Some((_, second)) = schedule.conflict(self.problem, worker) {
                schedule.set(worker, second, NONE);
            }
        }
        let value = worth(self.problem, &schedule);
        self.offer(value, schedule);
    }

    /// Takes a schedule that keeps every rest, if it is better than what there is.
    fn offer(&mut self, value: Worth, schedule: Schedule) {
        if value.0 == 0 {
            let cost = value.1 + self.fixed(busiest(self.problem, &schedule) as usize);
            if self.best.as_ref().is_none_or(|(best, _)| cost < *best) {
                self.best = Some((cost, schedule));
            }
        } else if self.attempt.as_ref().is_none_or(|(best, _)| value < *best) {
            self.attempt = Some((value, schedule));
        }
    }

    /// Uses prices (scaled) for every load.
    fn learn_prices(&mut self, prices: Vec<i64>) {
        let bounds = bounds_of(self.problem, &mut self.scheduler, &prices, &[]);
        let step = Step::Priced { prices: self.vectors.len() as u32 };
        let mut used = false;
        for (load, bound) in self.loads.iter_mut().zip(bounds) {
            if load.bound.is_some_and(|known| bound > known) {
                (load.bound, load.steps, used) = (Some(bound), vec![step.clone()], true);
            }
        }
        if used {
            self.vectors.push(prices);
        }
    }

    /// Uses weights for every load.
    fn learn_weights(&mut self, weights: Vec<i64>) {
        let need = needed(self.problem, &weights);
        let given = self.scheduler.totals(self.problem, &weights, &[], false);
        let step = Step::Short { weights: self.vectors.len() as u32 };
        let mut used = false;
        for (load, given) in self.loads.iter_mut().zip(given) {
            if load.bound.is_some() && need > -given {
                (load.bound, load.steps, load.closed, used) = (None, vec![step.clone()], true, true);
            }
        }
        if used {
            self.vectors.push(weights);
        }
    }

    /// Makes prices steeper for one load, and tries rosters that follow from them.
    fn ascend(&mut self, load: usize, from: &[i64], control: &mut Control<'_>) -> Result<(), RosterError> {
        let scale = i128::from(PRICE_SCALE);
        let target = self.best.as_ref().map(|(cost, _)| (cost - self.fixed(load)) * scale);
        let most = self.problem.prohibitive.saturating_mul(PRICE_SCALE);
        let ascent = Ascent { load: load as u32, costed: true, range: (-most, most), target };
        let (_, prices, starts) = ascent.run(self.problem, &mut self.scheduler, scaled(from), control)?;
        self.learn_prices(prices);
        for start in starts {
            if self.promising(load).is_some() {
                let enough = self.loads[load].bound;
                let (value, schedule) = repair(self.problem, load as u32, start, enough, control)?;
                self.offer(value, schedule);
            }
        }
        Ok(())
    }

    /// Looks for weights that show that some seats must stay empty because of the rests.
    fn exclude(&mut self, load: usize, control: &mut Control<'_>) -> Result<(), RosterError> {
        // What is short under the highest load of all is short under each; then the rest is settled at once.
        for tried in [self.loads.len() - 1, load] {
            let ascent = Ascent { load: tried as u32, costed: false, range: (0, HEAVIEST), target: Some(1) };
            let from = vec![HEAVIEST / 2; self.problem.seats.len()];
            let (value, weights, starts) = ascent.run(self.problem, &mut self.scheduler, from, control)?;
            if value > 0 {
                self.learn_weights(weights);
                return Ok(());
            }
            for start in starts {
                if tried == load && self.best.is_none() {
                    let (value, schedule) = repair(self.problem, load as u32, start, None, control)?;
                    self.offer(value, schedule);
                }
            }
            if tried == load {
                break;
            }
        }
        Ok(())
    }

    /// Tries every way out of a broken rest, depth first, up to a number of branches.
    fn branch(&mut self, load: usize, control: &mut Control<'_>) -> Result<(), RosterError> {
        let problem = self.problem;
        let mut steps = Vec::new();
        let mut least: Option<i128> = None;
        let most = BRANCHES.min(BRANCHED / problem.choices.len().max(1));
        let mut open: Vec<Vec<(u32, u32)>> = vec![Vec::new()];
        while let Some(bans) = open.pop() {
            let ask = Ask { load: load as u32, within: None, bans: &bans, costed: true, tolls: None };
            let relaxed = relax(problem, &ask, control)?;
            if relaxed.empty > 0 {
                self.keep(&relaxed.schedule);
                let weights = self.weights(&ask, control)?;
                let given = -self.scheduler.totals(problem, &weights, &bans, false)[load];
                if needed(problem, &weights) > given {
                    steps.push(Step::Short { weights: self.vectors.len() as u32 });
                    self.vectors.push(weights);
                    continue;
                }
            }
            let prices = scaled(&relaxed.prices);
            let bound = bounds_of(problem, &mut self.scheduler, &prices, &bans)[load];
            let conflict = (0..problem.workers())
                .find_map(|worker| Some((worker, relaxed.schedule.conflict(problem, worker)?)));
            if conflict.is_none() && relaxed.empty == 0 {
                self.offer((0, relaxed.cost), relaxed.schedule);
            }
            let floor = bound + self.fixed(load);
            let hopeless = self.best.as_ref().is_some_and(|(best, _)| floor >= *best);
            match conflict {
                Some((worker, (first, second))) if !hopeless && steps.len() < most => {
                    steps.push(Step::Split { worker, first, second });
                    for slot in [second, first] {
                        let mut more = bans.clone();
                        more.push((worker, slot));
                        open.push(more);
                    }
                }
                _ => {
                    least = Some(least.map_or(bound, |least| least.min(bound)));
                    steps.push(Step::Priced { prices: self.vectors.len() as u32 });
                    self.vectors.push(prices);
                }
            }
        }
        let better = match (least, self.loads[load].bound) {
            (Some(new), Some(old)) => new > old,
            (None, Some(_)) => true,
            _ => false,
        };
        if better {
            (self.loads[load].bound, self.loads[load].steps) = (least, steps);
        }
        Ok(())
    }

    fn finish(mut self, stopped: Option<Stopped>) -> Result<Roster, RosterError> {
        let problem = self.problem;
        let bound = (0..self.loads.len()).filter_map(|load| self.floor(load)).min();
        let Some(bound) = bound else {
            return Err(match self.loads.last().map(|load| load.steps.as_slice()) {
                Some([Step::Short { weights }]) => RosterError::Impossible(self.shortage(*weights as usize)),
                _ => RosterError::Exhausted,
            });
        };
        let proof = self.proof();
        let (schedule, empty) = match (self.best.take(), stopped, self.attempt.take()) {
            (Some((_, schedule)), _, _) => (schedule, 0),
            (None, Some(stopped), _) => return Err(RosterError::Stopped(stopped)),
            (None, None, Some((value, schedule))) => (schedule, value.0),
            (None, None, None) => (Schedule::empty(problem), problem.need),
        };
        let takes = (0..problem.workers())
            .flat_map(|worker| {
                schedule.of(worker).iter().filter(|&&seat| seat != NONE).map(move |&seat| (worker, seat))
            })
            .collect();
        let busiest = busiest(problem, &schedule);
        let cost = worth(problem, &schedule).1 + self.fixed(busiest as usize);
        let roster = Roster { takes, cost, busiest, empty, bound, proof };
        if empty == 0 { Ok(roster) } else { Err(RosterError::Undecided(Box::new(roster))) }
    }

    /// The steps of every load, with the vectors that they use alone.
    fn proof(&mut self) -> Proof {
        let mut vectors: Vec<Vec<i64>> = Vec::new();
        let mut place = vec![u32::MAX; self.vectors.len()];
        let mut loads: Vec<Vec<Step>> = self.loads.iter().map(|load| load.steps.clone()).collect();
        for step in loads.iter_mut().flatten() {
            let (Step::Priced { prices: vector } | Step::Short { weights: vector }) = step else { continue };
            let old = *vector as usize;
            if place[old] == u32::MAX {
                place[old] = vectors.len() as u32;
                vectors.push(std::mem::take(&mut self.vectors[old]));
            }
            *vector = place[old];
        }
        Proof { vectors, loads }
    }

    /// The seats of a shortage, as few as some trials find: one slot or block alone, else without what it does not need.
    fn shortage(&mut self, vector: usize) -> Shortage {
        let problem = self.problem;
        let mut weights = std::mem::take(&mut self.vectors[vector]);
        let longest = problem.longest as usize;
        let scheduler = &mut self.scheduler;
        let mut short = |weights: &[i64]| {
            let given = -scheduler.totals(problem, weights, &[], false)[longest];
            (needed(problem, weights) > given).then_some(given)
        };
        let only = |weights: &[i64], keep: &dyn Fn(usize) -> bool| -> Vec<i64> {
            (0..weights.len()).map(|seat| if keep(seat) { weights[seat] } else { 0 }).collect()
        };
        let slot_of = |seat: usize| problem.seats[seat].slot;
        let block_of = |seat: usize| problem.block[slot_of(seat) as usize];
        let slots = (0..problem.slots()).map(|slot| only(&weights, &|seat| slot_of(seat) == slot));
        let blocks = (0..problem.blocks).map(|block| only(&weights, &|seat| block_of(seat) == block));
        let found = slots
            .chain(blocks)
            .filter(|weights| weights.iter().any(|&weight| weight > 0))
            .find(|weights| short(weights).is_some());
        if let Some(found) = found {
            weights = found;
        }
        for block in 0..problem.blocks {
            let fewer = only(&weights, &|seat| block_of(seat) != block);
            if short(&fewer).is_some() {
                weights = fewer;
            }
        }
        for slot in 0..problem.slots() {
            let fewer = only(&weights, &|seat| slot_of(seat) != slot);
            if short(&fewer).is_some() {
                weights = fewer;
            }
        }
        let named: Vec<usize> = (0..weights.len()).filter(|&seat| weights[seat] > 0).take(TRIALS).collect();
        for one in named {
            let fewer = only(&weights, &|seat| seat != one);
            if short(&fewer).is_some() {
                weights = fewer;
            }
        }
        let supply = short(&weights).unwrap_or_default();
        Shortage::of(problem, &weights, supply)
    }
}

fn scaled(prices: &[i64]) -> Vec<i64> {
    prices.iter().map(|price| price.saturating_mul(PRICE_SCALE)).collect()
}

fn busiest(problem: &RosterProblem, schedule: &Schedule) -> u32 {
    let load = |worker| schedule.of(worker).iter().filter(|&&seat| seat != NONE).count() as u32;
    (0..problem.workers()).map(load).max().unwrap_or(0)
}
