//! The roster without the rests that reach from one block of slots into another: a minimum-cost flow.
//!
//! A worker sends up to as many units as they may take seats, at most one through each block, and each seat takes what it
//! needs. Seats that nobody can take are served, at a prohibitive cost, by a node of their own.

use super::fault::RosterError;
use super::problem::RosterProblem;
use crate::control::Control;
use crate::solve::flow::{Arc, FlowError, Network, min_cost_flow};

/// The parts of a unit of cost in which tolls are given.
pub(super) const FINE: i64 = 256;

/// Nobody.
pub(super) const NONE: u32 = u32::MAX;

/// Who takes what: for each worker and slot the seat, or [`NONE`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Schedule {
    slots: usize,
    seats: Vec<u32>,
}

impl Schedule {
    pub(super) fn empty(problem: &RosterProblem) -> Self {
        let slots = problem.free.len();
        Self { slots, seats: vec![NONE; slots * problem.most.len()] }
    }

    pub(super) fn of(&self, worker: u32) -> &[u32] {
        &self.seats[worker as usize * self.slots..][..self.slots]
    }

    pub(super) fn set(&mut self, worker: u32, slot: u32, seat: u32) {
        self.seats[worker as usize * self.slots + slot as usize] = seat;
    }

    /// The first two slots of a worker that exclude each other.
    pub(super) fn conflict(&self, problem: &RosterProblem, worker: u32) -> Option<(u32, u32)> {
        let mut last: Option<u32> = None;
        for (slot, &seat) in (0_u32..).zip(self.of(worker)) {
            if seat == NONE {
                continue;
            }
            match last {
                Some(before) if problem.free[before as usize] > slot => return Some((before, slot)),
                _ => last = Some(slot),
            }
        }
        None
    }
}

/// What is asked of a relaxed roster.
pub(super) struct Ask<'a> {
    /// The highest load.
    pub(super) load: u32,
    /// The blocks to be filled anew, beside a schedule that is kept in all others; all blocks if there is none.
    pub(super) within: Option<(&'a [bool], &'a Schedule)>,
    /// Slots that workers leave.
    pub(super) bans: &'a [(u32, u32)],
    /// Whether costs count, or empty seats alone.
    pub(super) costed: bool,
    /// What each slot costs each worker besides, row by worker, in parts of [`FINE`] of a unit.
    pub(super) tolls: Option<&'a [i64]>,
}

/// A relaxed roster.
pub(super) struct Relaxed {
    /// Who takes what, with what was kept.
    pub(super) schedule: Schedule,
    /// The seats left empty, among those to be filled.
    pub(super) empty: u64,
    /// What the seats to be filled cost.
    pub(super) cost: i128,
    /// The price of each seat; 0 where it was not to be filled.
    pub(super) prices: Vec<i64>,
}

/// A seat of a worker in the network.
struct Way {
    arc: u32,
    worker: u32,
    slot: u32,
    seat: u32,
    cost: i64,
}

pub(super) fn relax(
    problem: &RosterProblem,
    ask: &Ask<'_>,
    control: &mut Control<'_>,
) -> Result<Relaxed, RosterError> {
    let workers = problem.workers();
    let seats = problem.seats.len() as u32;
    let (sink, nobody, first_seat) = (workers, workers + 1, workers + 2);
    let wanted =
        |slot: u32| ask.within.is_none_or(|(blocks, _)| blocks[problem.block[slot as usize] as usize]);
    let mut supplies = vec![0_i64; (first_seat + seats) as usize];
    let fine = if ask.tolls.is_some() { FINE } else { 1 };
    let mut arcs = Vec::with_capacity(problem.choices.len() * 2);
    let mut ways = Vec::with_capacity(problem.choices.len());
    let mut banned = vec![false; problem.free.len()];
    let mut schedule = Schedule::empty(problem);
    for worker in 0..workers {
        let mut most = ask.load.min(problem.most[worker as usize]);
        banned.fill(false);
        for &(who, slot) in ask.bans {
            if who == worker {
                banned[slot as usize] = true;
            }
        }
        if let Some((_, kept)) = ask.within {
            for (slot, &seat) in (0_u32..).zip(kept.of(worker)) {
                if seat != NONE && !wanted(slot) {
                    schedule.set(worker, slot, seat);
                    most = most.saturating_sub(1);
                    let until = problem.free[slot as usize];
                    banned[slot as usize..until as usize].fill(true);
                    // Slots before that reach into it.
                    let early = (0..slot).filter(|&before| problem.free[before as usize] > slot);
                    early.for_each(|before| banned[before as usize] = true);
                }
            }
        }
        supplies[worker as usize] = i64::from(most);
        supplies[sink as usize] -= i64::from(most);
        arcs.push(Arc::new(worker, sink));
        let mut open = None;
        for choice in problem.choices_of(worker) {
            if most == 0 || banned[choice.slot as usize] || !wanted(choice.slot) {
                continue;
            }
            let block = problem.block[choice.slot as usize];
            let node = supplies.len() as u32 - 1;
            let node = if open == Some(block) { node } else { node + 1 };
            if open != Some(block) {
                open = Some(block);
                supplies.push(0);
                arcs.push(Arc::new(worker, node).capacity(1));
            }
            let toll = ask
                .tolls
                .map_or(0, |tolls| tolls[worker as usize * problem.free.len() + choice.slot as usize]);
            let cost = if ask.costed { choice.cost * fine + toll } else { 0 };
            ways.push(Way {
                arc: arcs.len() as u32,
                worker,
                slot: choice.slot,
                seat: choice.seat,
                cost: choice.cost,
            });
            arcs.push(Arc::new(node, first_seat + choice.seat).capacity(1).cost(cost));
        }
    }
    arcs.push(Arc::new(nobody, sink));
    let first_empty = arcs.len();
    let prohibitive = if ask.costed { problem.prohibitive * fine } else { 1 };
    for (index, seat) in (0_u32..).zip(&problem.seats) {
        let need = if wanted(seat.slot) { i64::from(seat.need) } else { 0 };
        supplies[(first_seat + index) as usize] = -need;
        supplies[nobody as usize] += need;
        arcs.push(Arc::new(nobody, first_seat + index).cost(prohibitive));
    }
    let network = Network::new(supplies, arcs).map_err(|_| RosterError::Overflow)?;
    let flow = min_cost_flow(&network, control).map_err(|error| match error {
        FlowError::Stopped(stopped) => RosterError::Stopped(stopped),
        _ => RosterError::Overflow,
    })?;
    let mut cost = 0;
    for way in &ways {
        if flow.flows[way.arc as usize] > 0 {
            schedule.set(way.worker, way.slot, way.seat);
            cost += i128::from(way.cost);
        }
    }
    let empty: i64 = flow.flows[first_empty..].iter().sum();
    let base = flow.potentials[sink as usize];
    let price = |seat: usize| {
        let price = flow.potentials[first_seat as usize + seat].saturating_sub(base) / fine;
        price.clamp(-problem.prohibitive, problem.prohibitive)
    };
    let prices = (0..problem.seats.len())
        .map(|seat| if wanted(problem.seats[seat].slot) { price(seat) } else { 0 })
        .collect();
    Ok(Relaxed { schedule, empty: empty.unsigned_abs(), cost, prices })
}
