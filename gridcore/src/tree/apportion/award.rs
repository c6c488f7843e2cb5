//! Gives out whole seats, from the quotas on.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::exact::Quotient;
use super::share::Shares;
use super::{
    ApportionCertificate, ApportionMethod, ApportionParty, ApportionTie, Apportionment, RemainderClaim,
    SeatClaim,
};

/// Rounds the largest remainders up.
pub(super) fn by_remainder(seats: u64, shares: &Shares) -> Apportionment {
    let mut given = shares.whole.clone();
    let open = seats - given.iter().sum::<u64>();
    let mut claims: Vec<RemainderClaim> = shares
        .remainder
        .iter()
        .enumerate()
        .filter_map(|(party, remainder)| remainder.map(|remainder| RemainderClaim { party, remainder }))
        .collect();
    claims.sort_by(|a, b| b.remainder.cmp(&a.remainder).then(a.party.cmp(&b.party)));
    // There are fewer open seats than remainders above 0: the remainders add up to the open seats.
    let (awarded, refused) = claims.split_at((open as usize).min(claims.len()));
    for claim in awarded {
        given[claim.party] += 1;
    }
    let tie = match (awarded.last(), refused.first()) {
        (Some(last), Some(next)) if last.remainder == next.remainder => {
            let equal = |claims: &[RemainderClaim]| {
                claims
                    .iter()
                    .filter(|claim| claim.remainder == last.remainder)
                    .map(|claim| claim.party)
                    .collect()
            };
            Some(ApportionTie { awarded: equal(awarded), refused: equal(refused) })
        }
        _ => None,
    };
    let certificate = ApportionCertificate::Quota {
        seats: shares.seats,
        weight: shares.weight,
        awarded: awarded.last().copied(),
        refused: refused.first().copied(),
    };
    Apportionment { method: ApportionMethod::LargestRemainder, seats: given, certificate, tie }
}

/// A seat in the order in which seats are given: larger quotients first, then the party given first.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Turn {
    quotient: Quotient,
    party: usize,
}

impl Ord for Turn {
    fn cmp(&self, other: &Self) -> Ordering {
        other.quotient.cmp(&self.quotient).then(self.party.cmp(&other.party))
    }
}

impl PartialOrd for Turn {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The seats on both sides of the cut, one of each party.
struct Cut<'a> {
    method: ApportionMethod,
    parties: &'a [ApportionParty],
    given: Vec<u64>,
    /// The last seat of each party, if it is beyond the minimum.
    last: BTreeSet<Turn>,
    /// The next seat of each party, if it is below the cap.
    next: BTreeSet<Turn>,
}

impl Cut<'_> {
    fn turn(&self, party: usize, held: u64) -> Turn {
        Turn { quotient: Quotient::next(self.method, self.parties[party].weight, held), party }
    }

    fn last_turn(&self, party: usize) -> Option<Turn> {
        let held = self.given[party];
        (held > self.parties[party].minimum).then(|| self.turn(party, held - 1))
    }

    fn next_turn(&self, party: usize) -> Option<Turn> {
        let ApportionParty { weight, cap, .. } = self.parties[party];
        let held = self.given[party];
        (weight > 0 && cap.is_none_or(|cap| held < cap)).then(|| self.turn(party, held))
    }

    fn set(&mut self, party: usize, seats: u64) {
        if let Some(turn) = self.last_turn(party) {
            self.last.remove(&turn);
        }
        if let Some(turn) = self.next_turn(party) {
            self.next.remove(&turn);
        }
        self.given[party] = seats;
        self.last.extend(self.last_turn(party));
        self.next.extend(self.next_turn(party));
    }

    fn claim(&self, turn: Turn, seat: u64) -> SeatClaim {
        SeatClaim { party: turn.party, seat, quotient: turn.quotient.value(self.method) }
    }
}

/// Gives the seats with the largest quotients.
///
/// From the whole parts of the quotas, which are near, seats are added and then moved until no refused seat comes
/// before an awarded one; the answer is that of giving them one by one.
pub(super) fn by_quotient(
    seats: u64,
    method: ApportionMethod,
    parties: &[ApportionParty],
    shares: &Shares,
) -> Apportionment {
    let given = shares.whole.clone();
    let mut open = seats - given.iter().sum::<u64>();
    let mut cut = Cut { method, parties, given, last: BTreeSet::new(), next: BTreeSet::new() };
    cut.last = (0..parties.len()).filter_map(|party| cut.last_turn(party)).collect();
    cut.next = (0..parties.len()).filter_map(|party| cut.next_turn(party)).collect();
    while let Some(&next) = cut.next.first() {
        if open > 0 {
            open -= 1;
        } else {
            match cut.last.last() {
                Some(&last) if next < last => cut.set(last.party, cut.given[last.party] - 1),
                _ => break,
            }
        }
        cut.set(next.party, cut.given[next.party] + 1);
    }
    let last = cut.last.last().copied();
    let next = cut.next.first().copied();
    let tie = match (last, next) {
        (Some(last), Some(next)) if last.quotient == next.quotient => {
            let mut awarded: Vec<usize> = cut
                .last
                .iter()
                .rev()
                .take_while(|turn| turn.quotient == last.quotient)
                .map(|turn| turn.party)
                .collect();
            awarded.reverse();
            let refused = cut
                .next
                .iter()
                .take_while(|turn| turn.quotient == last.quotient)
                .map(|turn| turn.party)
                .collect();
            Some(ApportionTie { awarded, refused })
        }
        _ => None,
    };
    let certificate = ApportionCertificate::Divisor {
        awarded: last.map(|turn| cut.claim(turn, cut.given[turn.party])),
        refused: next.map(|turn| cut.claim(turn, cut.given[turn.party] + 1)),
    };
    Apportionment { method, seats: cut.given, certificate, tie }
}
