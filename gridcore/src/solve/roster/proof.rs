//! Bounds that anybody can count again: prices of seats, and each worker's best schedule against them.

use super::problem::RosterProblem;
use super::schedule::{Scheduler, plain_schedules};
use super::{Roster, Violation};

/// Fractions of a unit of cost in which prices are given.
pub const PRICE_SCALE: i64 = 64;

/// The most slots left one after the other in a proof: far more than any search takes, and few enough to keep them all.
const MOST_BANS: usize = 4096;

/// Seats that together need more than the workers can give.
///
/// Each seat has a weight of 1 or more. Everybody who takes a set of seats gives the sum of their weights; no worker has a
/// schedule that gives more than their part of `supply`, and the seats need more.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Shortage {
    /// The seats, ascending.
    pub seats: Vec<u32>,
    /// The weight of each of them: all 1 unless only a mixture shows the shortage.
    pub weights: Vec<i64>,
    /// What they need, by weight.
    pub need: i128,
    /// What the workers can give, by weight.
    pub supply: i128,
}

impl Shortage {
    /// Counts again, worker by worker, that the seats can't all be filled.
    ///
    /// # Errors
    /// [`Violation::Shortage`] if the seats do not exist or the numbers are others.
    ///
    /// # Complexity
    /// O(candidates + workers · slots · most seats of a worker).
    pub fn verify(&self, problem: &RosterProblem) -> Result<(), Violation> {
        let mut weights = vec![0; problem.seats.len()];
        if self.seats.len() != self.weights.len() {
            return Err(Violation::Shortage);
        }
        for (&seat, &weight) in self.seats.iter().zip(&self.weights) {
            match weights.get_mut(seat as usize) {
                Some(place) if *place == 0 && weight > 0 => *place = weight,
                _ => return Err(Violation::Shortage),
            }
        }
        let (need, supply) =
            (needed(problem, &weights), -plain_schedules(problem, &weights, &[], problem.longest, false));
        let told = need == self.need && supply == self.supply;
        if told && need > supply { Ok(()) } else { Err(Violation::Shortage) }
    }

    pub(super) fn of(problem: &RosterProblem, weights: &[i64], supply: i128) -> Self {
        let named = || weights.iter().enumerate().filter(|&(_, &weight)| weight > 0);
        Self {
            seats: named().map(|(seat, _)| seat as u32).collect(),
            weights: named().map(|(_, &weight)| weight).collect(),
            need: needed(problem, weights),
            supply,
        }
    }
}

/// One step of a proof, in the order in which a traveller who always keeps left meets them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Step {
    /// Nobody takes both of two slots that exclude each other: either the worker leaves the first, or the second. Two proofs follow.
    Split {
        /// The worker.
        worker: u32,
        /// The slot left in the first proof that follows.
        first: u32,
        /// The slot left in the second.
        second: u32,
    },
    /// With these prices no roster is cheaper than their sum over the seats and what each worker's best schedule gains by them.
    Priced {
        /// The position of the prices.
        prices: u32,
    },
    /// With these weights the seats need more than the workers can give.
    Short {
        /// The position of the weights.
        weights: u32,
    },
}

/// Why no roster can be cheaper than its bound: for each highest load a proof of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Proof {
    /// Prices (in parts of [`PRICE_SCALE`]) and weights of all seats.
    pub vectors: Vec<Vec<i64>>,
    /// The steps for a highest load of 0, 1, … seats.
    pub loads: Vec<Vec<Step>>,
}

/// What a vector says about a highest load, with slots that some workers leave.
pub(super) fn needed(problem: &RosterProblem, vector: &[i64]) -> i128 {
    problem.seats.iter().zip(vector).map(|(seat, &price)| i128::from(seat.need) * i128::from(price)).sum()
}

/// The bound of prices for each highest load: whole units, rounded up, since costs are whole.
pub(super) fn bounds_of(
    problem: &RosterProblem,
    scheduler: &mut Scheduler,
    prices: &[i64],
    bans: &[(u32, u32)],
) -> Vec<i128> {
    let need = needed(problem, prices);
    let scale = i128::from(PRICE_SCALE);
    scheduler
        .totals(problem, prices, bans, true)
        .iter()
        .map(|gain| -((-(need + gain)).div_euclid(scale)))
        .collect()
}

impl Proof {
    /// The bound that the proof holds, counted anew; `None` if it proves that there is no roster at all.
    ///
    /// # Errors
    /// [`Violation::Proof`] if the steps do not fit together or a weight proves nothing.
    ///
    /// # Complexity
    /// O(steps · (candidates + workers · slots · most seats of a worker)).
    pub fn bound(&self, problem: &RosterProblem) -> Result<Option<i128>, Violation> {
        if self.loads.len() != problem.longest as usize + 1
            || self.vectors.iter().any(|vector| vector.len() != problem.seats.len())
        {
            return Err(Violation::Proof);
        }
        let mut least: Option<i128> = None;
        for (load, steps) in (0_u32..).zip(&self.loads) {
            let fixed = i128::from(load) * i128::from(problem.load_weight);
            if let Some(bound) = self.bound_of_load(problem, load, steps)? {
                least = Some(least.map_or(fixed + bound, |least| least.min(fixed + bound)));
            }
        }
        Ok(least)
    }

    fn bound_of_load(
        &self,
        problem: &RosterProblem,
        load: u32,
        steps: &[Step],
    ) -> Result<Option<i128>, Violation> {
        let mut least: Option<i128> = None;
        // The bans under which the coming proofs stand, the next one last.
        let mut open: Vec<Vec<(u32, u32)>> = vec![Vec::new()];
        for step in steps {
            let bans = open.pop().ok_or(Violation::Proof)?;
            let vector = |index: u32| self.vectors.get(index as usize).ok_or(Violation::Proof);
            match *step {
                Step::Split { worker, first, second } => {
                    if worker >= problem.workers()
                        || first >= second
                        || second >= problem.slots()
                        || problem.compatible(first, second)
                        || bans.len() >= MOST_BANS
                    {
                        return Err(Violation::Proof);
                    }
                    for slot in [second, first] {
                        let mut more = bans.clone();
                        more.push((worker, slot));
                        open.push(more);
                    }
                }
                Step::Priced { prices } => {
                    let prices = vector(prices)?;
                    let sum = needed(problem, prices) + plain_schedules(problem, prices, &bans, load, true);
                    let bound = -((-sum).div_euclid(i128::from(PRICE_SCALE)));
                    least = Some(least.map_or(bound, |least| least.min(bound)));
                }
                Step::Short { weights } => {
                    let weights = vector(weights)?;
                    let supply = -plain_schedules(problem, weights, &bans, load, false);
                    if weights.iter().any(|&weight| weight < 0) || needed(problem, weights) <= supply {
                        return Err(Violation::Proof);
                    }
                }
            }
        }
        if open.is_empty() { Ok(least) } else { Err(Violation::Proof) }
    }
}

impl Roster {
    /// Checks in exact integers that the roster keeps every rule, costs what it says, and can't cost less than its bound.
    ///
    /// # Errors
    /// The first [`Violation`].
    ///
    /// # Complexity
    /// As [`Proof::bound`].
    pub fn verify(&self, problem: &RosterProblem) -> Result<(), Violation> {
        let mut staffed = vec![0_u32; problem.seats.len()];
        let mut slots_of: Vec<Vec<u32>> = vec![Vec::new(); problem.workers() as usize];
        let mut cost = 0_i128;
        for &(worker, seat) in &self.takes {
            if worker >= problem.workers() || seat as usize >= staffed.len() {
                return Err(Violation::NoCandidate);
            }
            let choice = problem.choices_of(worker).iter().find(|choice| choice.seat == seat);
            let choice = choice.ok_or(Violation::NoCandidate)?;
            cost += i128::from(choice.cost);
            staffed[seat as usize] += 1;
            slots_of[worker as usize].push(choice.slot);
        }
        let mut busiest = 0;
        for (slots, &most) in slots_of.iter_mut().zip(&problem.most) {
            slots.sort_unstable();
            busiest = busiest.max(slots.len() as u32);
            if slots.len() as u32 > most {
                return Err(Violation::TooMany);
            }
            if slots.windows(2).any(|pair| !problem.compatible(pair[0], pair[1])) {
                return Err(Violation::NoRest);
            }
        }
        let empty: i64 = problem
            .seats
            .iter()
            .zip(&staffed)
            .map(|(seat, &got)| i64::from(seat.need) - i64::from(got))
            .sum();
        let over = problem.seats.iter().zip(&staffed).any(|(seat, &got)| got > seat.need);
        if over || u64::try_from(empty) != Ok(self.empty) {
            return Err(Violation::Need);
        }
        cost += i128::from(busiest) * i128::from(problem.load_weight);
        if cost != self.cost || busiest != self.busiest {
            return Err(Violation::Cost);
        }
        match self.proof.bound(problem)? {
            Some(bound) if bound == self.bound && (self.empty > 0 || bound <= cost) => Ok(()),
            _ => Err(Violation::Bound),
        }
    }
}
