//! Rosters: seats in slots of time, workers who need rest between them, preferences, and the load of the busiest worker.
//!
//! Without the rests that reach from one block of slots into the next, a roster is a minimum-cost flow; that gives prices of
//! seats. Against prices every worker's best schedule is found alone, rest and all, by dynamic programming, and the prices of all
//! seats with the gains of all workers are a bound that anybody can count again (Lagrangian relaxation: Geoffrion 1974). A roster
//! with rest is made of the relaxed one by filling some blocks anew, exactly, beside all others; what gap is left is closed by
//! steeper prices (subgradients: Held, Wolfe and Crowder 1974) and, in small problems, by branching on a rest that is broken.

mod ascent;
mod fault;
mod problem;
mod proof;
mod relax;
mod repair;
mod schedule;
mod search;
mod tolls;

pub use fault::{RosterError, RosterFault};
pub use problem::{Candidate, RosterProblem, Seat};
pub use proof::{PRICE_SCALE, Proof, Shortage, Step};

use crate::control::Control;

/// A roster with its bound.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Roster {
    /// Worker and seat, ascending.
    pub takes: Vec<(u32, u32)>,
    /// The costs of all of them and `load_weight` times the busiest worker's seats.
    pub cost: i128,
    /// How many seats the busiest worker has.
    pub busiest: u32,
    /// How many workers are missing: 0 in every roster but the best attempt of [`RosterError::Undecided`].
    pub empty: u64,
    /// No roster costs less.
    pub bound: i128,
    /// Why not.
    pub proof: Proof,
}

impl Roster {
    /// Whether no roster is cheaper, as proved.
    #[must_use]
    pub fn is_optimal(&self) -> bool {
        self.empty == 0 && self.cost == self.bound
    }
}

/// What a [`Roster`], a [`Proof`] or a [`Shortage`] gets wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Violation {
    /// Somebody takes a seat for which they are no candidate.
    NoCandidate,
    /// A worker takes more seats than they may.
    TooMany,
    /// A worker takes two slots that exclude each other.
    NoRest,
    /// A seat has more workers than it needs, or the empty ones are miscounted.
    Need,
    /// The cost or the load of the busiest is another.
    Cost,
    /// The proof holds another bound, or one above the cost.
    Bound,
    /// The steps of the proof do not fit together.
    Proof,
    /// The seats are not short, or not by these numbers.
    Shortage,
}

/// A cheap roster, with a bound below every roster; the same problem gives the same roster.
///
/// # Errors
/// [`RosterError::Impossible`] with the seats that need too much, [`RosterError::Exhausted`] where only a search shows that
/// there is no roster, [`RosterError::Undecided`] with the best attempt, [`RosterError::Stopped`] if `control` ends the work
/// before a roster was found; later it returns the best so far with its bound.
///
/// # Complexity
/// A minimum-cost flow with a node for each worker and block and an arc for each candidate, for each highest load that the bound
/// does not exclude; then O(candidates + workers · slots · load) for each step of the prices. Closing the last gap is exponential;
/// it is tried up to a fixed number of branches.
pub fn roster(problem: &RosterProblem, control: &mut Control<'_>) -> Result<Roster, RosterError> {
    search::run(problem, control)
}
