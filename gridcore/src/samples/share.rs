//! Sharing whole numbers out so that nothing is lost: largest remainders, each part at least its floor.

use super::sound;
use crate::tree::{Apportion, ApportionMethod, ApportionParty};

/// Shares `total` out by weight; the weights must be above 0, and the floors may add up to `total` at most.
pub(super) fn share(total: u64, weights: &[u64], floors: &[u64]) -> Vec<u64> {
    let party = |(&weight, &minimum): (&u64, &u64)| ApportionParty { weight, minimum, cap: None };
    let parties: Vec<ApportionParty> = weights.iter().zip(floors).map(party).collect();
    let shared = Apportion::new(total, ApportionMethod::LargestRemainder).among_parties(&parties);
    sound(shared, "the plan shares among parts with weights, and out of enough for their floors").seats
}

/// [`share`] with the same floor for every part.
pub(super) fn share_from(total: u64, weights: &[u64], floor: u64) -> Vec<u64> {
    share(total, weights, &vec![floor; weights.len()])
}
