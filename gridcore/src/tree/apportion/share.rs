//! Quotas within bounds: what each party would get if seats could be cut.

use super::ApportionParty;
use super::exact::compare;

/// The quotas of all parties.
pub(super) struct Shares {
    /// The whole part of each quota.
    pub(super) whole: Vec<u64>,
    /// The remainder of each quota, in parts of `weight`; none for a party at a bound.
    pub(super) remainder: Vec<Option<u64>>,
    /// The seats shared by the parties that are at no bound.
    pub(super) seats: u64,
    /// The weight of these parties.
    pub(super) weight: u64,
}

/// A bound of one party, and the number of seats per weight at which it is reached: `seats ÷ weight`.
struct Bound {
    party: usize,
    seats: u64,
    weight: u64,
    /// Whether the party is released here from its minimum, and not stopped by its cap.
    lower: bool,
}

/// Finds the rate λ of seats per weight at which the bounded quotas, λ·weight held between minimum and cap, add up to
/// the seats.
///
/// Their sum grows with λ and bends only where a party leaves its minimum or meets its cap, so one pass over these
/// places in order finds λ. The parties have been checked: there is one answer, up to λ where all stand at bounds.
pub(super) fn bounded(seats: u64, parties: &[ApportionParty]) -> Shares {
    let mut bounds: Vec<Bound> = Vec::with_capacity(2 * parties.len());
    for (party, of) in parties.iter().enumerate().filter(|(_, of)| of.weight > 0) {
        bounds.push(Bound { party, seats: of.minimum, weight: of.weight, lower: true });
        bounds.extend(of.cap.map(|cap| Bound { party, seats: cap, weight: of.weight, lower: false }));
    }
    bounds.sort_by(|a, b| {
        compare(a.seats.into(), a.weight.into(), b.seats.into(), b.weight.into())
            .then(a.party.cmp(&b.party))
            .then(b.lower.cmp(&a.lower)) // a party whose bounds are equal is released before it is stopped
    });
    let mut fixed: u64 = parties.iter().map(|of| of.minimum).sum(); // at most `seats`, by the check
    let mut weight = 0_u64; // at most the total weight, which was checked
    let mut free = vec![false; parties.len()];
    let mut whole: Vec<u64> = parties.iter().map(|of| of.minimum).collect();
    for bound in bounds {
        // The sum reaches the seats before this bound does.
        let left = u128::from(seats - fixed);
        let reached =
            weight > 0 && compare(left, weight.into(), bound.seats.into(), bound.weight.into()).is_le();
        if reached || left == 0 && weight == 0 {
            break;
        }
        if bound.lower {
            (fixed, weight) = (fixed - bound.seats, weight + bound.weight);
        } else {
            (fixed, weight) = (fixed + bound.seats, weight - bound.weight);
            whole[bound.party] = bound.seats;
        }
        free[bound.party] = bound.lower;
    }
    let left = seats - fixed;
    let mut remainder = vec![None; parties.len()];
    for (party, of) in parties.iter().enumerate().filter(|&(party, _)| free[party]) {
        let share = u128::from(left) * u128::from(of.weight);
        // Both fit: a share of the seats is no larger than these, and a remainder is less than the weight.
        whole[party] = (share / u128::from(weight)) as u64;
        remainder[party] = Some((share % u128::from(weight)) as u64);
    }
    Shares { whole, remainder, seats: left, weight }
}
