//! What is to be staffed, by whom: slots in time, seats in slots, workers who can take them.

use super::fault::{RosterError, RosterFault};

/// The most places that a table of one for each slot and worker, or each slot and load, may have.
const MOST_PLACES: u64 = 1 << 26;

/// Places to fill in one slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Seat {
    /// The slot.
    pub slot: u32,
    /// How many workers are needed, exactly.
    pub need: u32,
}

/// A worker who can take a seat, at a cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Candidate {
    /// The worker.
    pub worker: u32,
    /// The seat.
    pub seat: u32,
    /// What it costs, negative for a gain.
    pub cost: i64,
}

/// A roster to be found: who takes which seat in which slot.
///
/// Slots are numbered in the order in which they begin. Whoever works slot `t` is free again for slot `free[t]` and every
/// later one: that says overlaps, rest and "at most one a day" in one number. Every seat needs so many workers exactly, a
/// worker takes at most one seat of a slot and at most `most[worker]` seats in all. The cost of a roster is the sum of the
/// costs of its candidates, and `load_weight` times the seats of the busiest worker.
///
/// ```
/// use gridcore::control::Control;
/// use gridcore::solve::roster::{Candidate, RosterProblem, Seat, roster};
/// // A day and a night, one seat each; nobody can do both.
/// let seats = vec![Seat { slot: 0, need: 1 }, Seat { slot: 1, need: 1 }];
/// let candidates: Vec<Candidate> = [(0, 0, 1), (0, 1, 0), (1, 0, 5), (1, 1, 1)]
///     .map(|(worker, seat, cost)| Candidate { worker, seat, cost })
///     .to_vec();
/// let problem = RosterProblem::new(vec![2, 2], vec![2, 2], seats, &candidates, 10)?;
/// let best = roster(&problem, &mut Control::free())?;
/// assert_eq!((best.cost, best.bound), (12, 12)); // 1 + 1, and ten for a busiest worker with one seat
/// assert_eq!(best.takes, [(0, 0), (1, 1)]);
/// assert_eq!(best.verify(&problem), Ok(()));
/// # Ok::<(), gridcore::solve::roster::RosterError>(())
/// ```
#[derive(Clone, Debug)]
pub struct RosterProblem {
    /// The first slot after each slot that the same worker can take.
    pub(super) free: Vec<u32>,
    pub(super) most: Vec<u32>,
    pub(super) seats: Vec<Seat>,
    /// The choices of each worker, by slot, then by seat.
    pub(super) starts: Vec<u32>,
    pub(super) choices: Vec<Choice>,
    pub(super) load_weight: i64,
    /// The slots in blocks of which a worker can take one slot only: the block of each slot.
    pub(super) block: Vec<u32>,
    pub(super) blocks: u32,
    /// How many blocks after its own a slot may keep a worker from.
    pub(super) reach: u32,
    /// How many workers are needed in all.
    pub(super) need: u64,
    /// The most seats that any worker can take.
    pub(super) longest: u32,
    /// A cost that no saving elsewhere makes up for.
    pub(super) prohibitive: i64,
}

/// One seat that a worker can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Choice {
    pub(super) slot: u32,
    pub(super) seat: u32,
    pub(super) cost: i64,
}

impl RosterProblem {
    /// Checks the numbers and makes a problem of them: `free` for each slot, `most` for each worker.
    ///
    /// Of several candidates for the same worker and seat the cheapest counts.
    ///
    /// # Errors
    /// [`RosterError::Malformed`] with every fault; [`RosterError::Overflow`] if the costs are too large to be added up
    /// exactly, or more than 2²⁶ slots times workers, or slots times seats of one worker, would have to be kept.
    pub fn new(
        free: Vec<u32>,
        most: Vec<u32>,
        seats: Vec<Seat>,
        candidates: &[Candidate],
        load_weight: i64,
    ) -> Result<Self, RosterError> {
        let mut faults = Vec::new();
        let slots = free.len();
        for (slot, &next) in free.iter().enumerate() {
            if (next as usize) <= slot || next as usize > slots {
                faults.push(RosterFault::BadFree { slot: slot as u32 });
            }
        }
        for (seat, &Seat { slot, .. }) in seats.iter().enumerate() {
            if slot as usize >= slots {
                faults.push(RosterFault::UnknownSlot { seat: seat as u32 });
            }
        }
        for (index, candidate) in candidates.iter().enumerate() {
            if candidate.worker as usize >= most.len() {
                faults.push(RosterFault::UnknownWorker { candidate: index });
            }
            if candidate.seat as usize >= seats.len() {
                faults.push(RosterFault::UnknownSeat { candidate: index });
            }
        }
        if load_weight < 0 {
            faults.push(RosterFault::NegativeLoadWeight);
        }
        if !faults.is_empty() {
            return Err(RosterError::Malformed(faults));
        }
        let (starts, choices) = sorted(most.len(), &seats, candidates);
        let need: u64 = seats.iter().map(|seat| u64::from(seat.need)).sum();
        let (block, blocks) = in_blocks(&free);
        let reach =
            free.iter().zip(&block).map(|(&next, &own)| block[next as usize - 1] - own).max().unwrap_or(0);
        let mut problem = Self {
            free,
            most,
            seats,
            starts,
            choices,
            load_weight,
            block,
            blocks,
            reach,
            need,
            longest: 0,
            prohibitive: 0,
        };
        // Schedules are kept slot by worker, and each worker's best ones slot by load.
        if (slots as u64).saturating_mul(problem.most.len() as u64) > MOST_PLACES {
            return Err(RosterError::Overflow);
        }
        problem.longest = (0..problem.workers()).map(|worker| problem.longest_of(worker)).max().unwrap_or(0);
        let dearest = problem.choices.iter().map(|choice| choice.cost.unsigned_abs()).max().unwrap_or(0);
        let load = u128::from(load_weight.unsigned_abs()) * u128::from(problem.longest);
        // Whatever an exchange along a chain of seats saves, one seat left empty must cost more.
        let prohibitive = (u128::from(dearest) + 1) * (2 * u128::from(need) + 4);
        if prohibitive >= 1 << 44
            || prohibitive * 256 * (problem.seats.len() as u128 + 1) >= 1 << 59
            || load >= 1 << 62
            || need >= 1 << 31
            || (slots as u64).saturating_mul(u64::from(problem.longest)) > MOST_PLACES
        {
            return Err(RosterError::Overflow);
        }
        problem.prohibitive = i64::try_from(prohibitive).map_err(|_| RosterError::Overflow)?;
        Ok(problem)
    }

    /// How many workers there are.
    #[must_use]
    pub fn workers(&self) -> u32 {
        self.most.len() as u32
    }

    /// How many slots there are.
    #[must_use]
    pub fn slots(&self) -> u32 {
        self.free.len() as u32
    }

    /// The seats.
    #[must_use]
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// How many workers are needed over all seats.
    #[must_use]
    pub fn need(&self) -> u64 {
        self.need
    }

    /// Whether a worker can take both slots.
    #[must_use]
    pub fn compatible(&self, a: u32, b: u32) -> bool {
        let (first, second) = (a.min(b), a.max(b));
        self.free.get(first as usize).is_some_and(|&next| next <= second)
    }

    pub(super) fn choices_of(&self, worker: u32) -> &[Choice] {
        &self.choices[self.starts[worker as usize] as usize..self.starts[worker as usize + 1] as usize]
    }

    /// The most slots that a worker can take one after the other.
    fn longest_of(&self, worker: u32) -> u32 {
        let slots = self.free.len();
        let mut able = vec![false; slots];
        self.choices_of(worker).iter().for_each(|choice| able[choice.slot as usize] = true);
        let mut chain = vec![0_u32; slots + 1];
        for slot in (0..slots).rev() {
            chain[slot] = chain[slot + 1];
            if able[slot] {
                chain[slot] = chain[slot].max(1 + chain[self.free[slot] as usize]);
            }
        }
        chain[0].min(self.most[worker as usize])
    }
}

fn sorted(workers: usize, seats: &[Seat], candidates: &[Candidate]) -> (Vec<u32>, Vec<Choice>) {
    let mut all: Vec<(u32, Choice)> = candidates
        .iter()
        .map(|&Candidate { worker, seat, cost }| {
            (worker, Choice { slot: seats[seat as usize].slot, seat, cost })
        })
        .collect();
    all.sort_unstable();
    all.dedup_by_key(|(worker, choice)| (*worker, choice.seat));
    let mut starts = vec![0_u32; workers + 1];
    for (worker, _) in &all {
        starts[*worker as usize + 1] += 1;
    }
    for worker in 0..workers {
        starts[worker + 1] += starts[worker];
    }
    (starts, all.into_iter().map(|(_, choice)| choice).collect())
}

/// Cuts the slots into blocks, each as long as may be, of which any two slots exclude each other.
fn in_blocks(free: &[u32]) -> (Vec<u32>, u32) {
    let (mut block, mut count) = (Vec::with_capacity(free.len()), 0_u32);
    let mut soonest = 0;
    for (slot, &next) in (0_u32..).zip(free) {
        if slot >= soonest {
            count += 1;
            soonest = u32::MAX;
        }
        soonest = soonest.min(next);
        block.push(count - 1);
    }
    (block, count)
}
