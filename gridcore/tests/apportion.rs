//! Apportionment: published answers, naive twins, an independent verifier, and the laws of each method.

use std::cmp::Ordering;

use gridcore::{
    Apportion, ApportionCertificate, ApportionFault, ApportionMethod, ApportionParty, Apportionment, Problem,
    scaled_weights,
};
use proptest::prelude::*;

const DIVISOR_METHODS: [ApportionMethod; 3] =
    [ApportionMethod::SainteLague, ApportionMethod::HuntingtonHill, ApportionMethod::DHondt];

/// Apportionment populations and seats of the House of the United States, census of 2020: the Census Bureau's table 1
/// (2020 Census Apportionment Results, published 26 April 2021), in the order of the names of the states.
const HOUSE: [(&str, u64, u64); 50] = [
    ("Alabama", 5_030_053, 7),
    ("Alaska", 736_081, 1),
    ("Arizona", 7_158_923, 9),
    ("Arkansas", 3_013_756, 4),
    ("California", 39_576_757, 52),
    ("Colorado", 5_782_171, 8),
    ("Connecticut", 3_608_298, 5),
    ("Delaware", 990_837, 1),
    ("Florida", 21_570_527, 28),
    ("Georgia", 10_725_274, 14),
    ("Hawaii", 1_460_137, 2),
    ("Idaho", 1_841_377, 2),
    ("Illinois", 12_822_739, 17),
    ("Indiana", 6_790_280, 9),
    ("Iowa", 3_192_406, 4),
    ("Kansas", 2_940_865, 4),
    ("Kentucky", 4_509_342, 6),
    ("Louisiana", 4_661_468, 6),
    ("Maine", 1_363_582, 2),
    ("Maryland", 6_185_278, 8),
    ("Massachusetts", 7_033_469, 9),
    ("Michigan", 10_084_442, 13),
    ("Minnesota", 5_709_752, 8),
    ("Mississippi", 2_963_914, 4),
    ("Missouri", 6_160_281, 8),
    ("Montana", 1_085_407, 2),
    ("Nebraska", 1_963_333, 3),
    ("Nevada", 3_108_462, 4),
    ("New Hampshire", 1_379_089, 2),
    ("New Jersey", 9_294_493, 12),
    ("New Mexico", 2_120_220, 3),
    ("New York", 20_215_751, 26),
    ("North Carolina", 10_453_948, 14),
    ("North Dakota", 779_702, 1),
    ("Ohio", 11_808_848, 15),
    ("Oklahoma", 3_963_516, 5),
    ("Oregon", 4_241_500, 6),
    ("Pennsylvania", 13_011_844, 17),
    ("Rhode Island", 1_098_163, 2),
    ("South Carolina", 5_124_712, 7),
    ("South Dakota", 887_770, 1),
    ("Tennessee", 6_916_897, 9),
    ("Texas", 29_183_290, 38),
    ("Utah", 3_275_252, 4),
    ("Vermont", 643_503, 1),
    ("Virginia", 8_654_542, 11),
    ("Washington", 7_715_946, 10),
    ("West Virginia", 1_795_045, 2),
    ("Wisconsin", 5_897_473, 8),
    ("Wyoming", 577_719, 1),
];

fn house() -> Vec<u64> {
    HOUSE.iter().map(|state| state.1).collect()
}

#[test]
fn the_house_of_2020_is_the_one_that_was_published() {
    let populations = house();
    assert_eq!(populations.iter().sum::<u64>(), 331_108_434);
    let question = Apportion::new(435, ApportionMethod::HuntingtonHill).minimum(1);
    let answer = question.among(&populations).unwrap();
    let published: Vec<u64> = HOUSE.iter().map(|state| state.2).collect();
    assert_eq!(answer.seats, published);
    assert_eq!(answer.tie, None);
    // The Bureau's own list of priority values: seat 435 is Minnesota's eighth, New York's 27th would be next.
    let ApportionCertificate::Divisor { awarded: Some(awarded), refused: Some(refused) } = answer.certificate
    else {
        panic!("{:?}", answer.certificate)
    };
    assert_eq!((HOUSE[awarded.party].0, awarded.seat), ("Minnesota", 8));
    assert_eq!((HOUSE[refused.party].0, refused.seat), ("New York", 27));
    // New York missed the seat by 89 people.
    let new_york = refused.party;
    for (more, seats) in [(88, 26), (89, 27)] {
        let mut populations = populations.clone();
        populations[new_york] += more;
        assert_eq!(question.among(&populations).unwrap().seats[new_york], seats);
    }
}

/// Quotients written out by hand: 100/1 80/1 100/2 80/2 100/3 30/1 80/3 100/4 | 20/1 by D'Hondt, and so on.
#[test]
fn small_examples_worked_by_hand() {
    use ApportionMethod::{DHondt, HuntingtonHill, LargestRemainder, SainteLague};
    for (method, seats, weights, expected) in [
        (DHondt, 8, vec![100, 80, 30, 20], vec![4, 3, 1, 0]),
        (SainteLague, 8, vec![100, 80, 30, 20], vec![3, 3, 1, 1]),
        // 8·100/230 = 3.478, 2.783, 1.043, 0.696: the seats left go to .783 and .696.
        (LargestRemainder, 8, vec![100, 80, 30, 20], vec![3, 3, 1, 1]),
        (LargestRemainder, 10, vec![6, 6, 2], vec![4, 4, 2]),
        (LargestRemainder, 11, vec![6, 6, 2], vec![5, 5, 1]),
        // Each has one; then 100/√2 = 70.7, 80/√2 = 56.6, 100/√6 = 40.8, 80/√6 = 32.7 before 100/√12 = 28.9.
        (HuntingtonHill, 8, vec![100, 80, 30, 20], vec![3, 3, 1, 1]),
        (HuntingtonHill, 4, vec![1000, 1, 1, 1], vec![1, 1, 1, 1]),
        (HuntingtonHill, 2, vec![1, 3, 2], vec![0, 1, 1]), // too few for all: the larger weights come first
        (SainteLague, 0, vec![1, 2], vec![0, 0]),
        (LargestRemainder, 0, vec![1, 2], vec![0, 0]),
        (DHondt, 5, vec![0, 7], vec![0, 5]),
    ] {
        let answer = Apportion::new(seats, method).among(&weights).unwrap();
        assert_eq!(answer.seats, expected, "{method:?} {weights:?}");
        assert_eq!(answer.method, method);
    }
}

#[test]
fn a_tie_goes_to_the_first_and_is_named() {
    for method in ApportionMethod::ALL {
        let answer = Apportion::new(5, method).among(&[7, 7, 7]).unwrap();
        assert_eq!(answer.seats, [2, 2, 1]);
        let tie = answer.tie.expect("three equal claims to two seats");
        assert_eq!((tie.awarded, tie.refused), (vec![0, 1], vec![2]));
        assert_eq!(Apportion::new(6, method).among(&[7, 7, 7]).unwrap().tie, None);
    }
    // 6/3 = 4/2 = 2/1 by D'Hondt, the claims to seats 4 to 6; only one of them is given.
    let answer = Apportion::new(4, ApportionMethod::DHondt).among(&[2, 4, 6]).unwrap();
    assert_eq!(answer.seats, [1, 1, 2]);
    let tie = answer.tie.expect("three equal quotients");
    assert_eq!((tie.awarded, tie.refused), (vec![0], vec![1, 2]));
}

#[test]
fn every_fault_of_a_question_is_told() {
    let party = |weight, minimum, cap| ApportionParty { weight, minimum, cap };
    let ask = |seats, parties: &[ApportionParty]| {
        Apportion::new(seats, ApportionMethod::LargestRemainder).among_parties(parties)
    };
    let faults = |seats, parties: &[ApportionParty]| ask(seats, parties).unwrap_err().list().to_vec();
    assert_eq!(faults(3, &[]), [ApportionFault::NoParties]);
    assert_eq!(faults(3, &[party(0, 0, None)]), [ApportionFault::NoWeight]);
    assert_eq!(
        faults(3, &[party(0, 2, Some(1)), party(0, u64::MAX, None)]),
        [
            ApportionFault::NoWeight,
            ApportionFault::TooFewSeats { seats: 3, minimums: u64::MAX },
            ApportionFault::CapBelowMinimum { party: 0, cap: 1, minimum: 2 },
        ]
    );
    assert_eq!(
        faults(9, &[party(u64::MAX, 0, Some(4)), party(1, 0, Some(3)), party(0, 1, Some(9))]),
        [ApportionFault::WeightsTooLarge, ApportionFault::TooManySeats { seats: 9, most: 8 }]
    );
    let minimum = Apportion::new(5, ApportionMethod::DHondt).minimum(2).among(&[1, 1, 1]);
    assert_eq!(minimum.unwrap_err().list(), [ApportionFault::TooFewSeats { seats: 5, minimums: 6 }]);

    let floats = scaled_weights(&[f64::NAN, 1.5, -0.1, f64::INFINITY, 1e19, 0.004, -0.0], 2).unwrap_err();
    assert_eq!(
        floats.list(),
        [
            ApportionFault::NotFinite { party: 0 },
            ApportionFault::Negative { party: 2 },
            ApportionFault::NotFinite { party: 3 },
            ApportionFault::WeightTooLarge { party: 4 },
            ApportionFault::WeightVanishes { party: 5 },
        ]
    );
    assert_eq!(floats.faults()[1].row, Some(2));
    assert!(scaled_weights(&[1.0], 10).is_err());
    assert_eq!(scaled_weights(&[1.005, 2.5, 0.0], 1).unwrap(), [10, 25, 0]);
    for fault in floats.faults() {
        assert!(!fault.message_zh.is_empty() && !fault.remedy.is_empty() && !fault.remedy_zh.is_empty());
    }
}

#[test]
fn the_largest_numbers_do_not_overflow() {
    let half = u64::MAX / 2;
    for method in ApportionMethod::ALL {
        let answer = Apportion::new(u64::MAX, method).among(&[half, half, 1]).unwrap();
        // The quota of each is its weight.
        assert_eq!(answer.seats, [half, half, 1], "{method:?}");
        let answer = Apportion::new(u64::MAX, method).among(&[1, 1, 1]).unwrap();
        assert_eq!(answer.seats, [u64::MAX / 3; 3], "{method:?}");
        verify(&[1, 1, 1].map(free), u64::MAX, &answer);
    }
}

fn free(weight: u64) -> ApportionParty {
    ApportionParty { weight, ..ApportionParty::default() }
}

/// The quotient of a seat, held as a fraction: weight over divisor (squared for Huntington–Hill); the seat counts from 1.
fn fraction(method: ApportionMethod, weight: u64, seat: u64) -> (u128, u128) {
    let (weight, seat) = (u128::from(weight), u128::from(seat));
    match method {
        ApportionMethod::DHondt => (weight, seat),
        ApportionMethod::SainteLague => (2 * weight, 2 * seat - 1),
        ApportionMethod::HuntingtonHill => (weight * weight, seat * (seat - 1)),
        other => panic!("{other:?} has no divisors"),
    }
}

/// Compares two quotients of small numbers by cross-multiplication; a divisor of 0 comes before all, by weight.
fn compare(a: (u128, u128), b: (u128, u128)) -> Ordering {
    if a.1 == 0 && b.1 == 0 { a.0.cmp(&b.0) } else { (a.0 * b.1).cmp(&(b.0 * a.1)) }
}

/// Gives seats one by one: each to the largest quotient, the first party if several are equal.
fn one_by_one(method: ApportionMethod, seats: u64, parties: &[ApportionParty]) -> Vec<u64> {
    let mut given: Vec<u64> = parties.iter().map(|party| party.minimum).collect();
    while given.iter().sum::<u64>() < seats {
        let mut best: Option<(usize, (u128, u128))> = None;
        for (index, party) in parties.iter().enumerate() {
            if party.weight == 0 || party.cap == Some(given[index]) {
                continue;
            }
            let quotient = fraction(method, party.weight, given[index] + 1);
            if best.is_none_or(|(_, other)| compare(quotient, other).is_gt()) {
                best = Some((index, quotient));
            }
        }
        given[best.expect("the caps leave room").0] += 1;
    }
    given
}

/// Hamilton's method: fix whoever lies outside the bounds, share the rest again, until nobody does; then the remainders.
///
/// Of those below their minimum and those above their cap, the side that is further out is fixed first.
fn hamilton(seats: u64, parties: &[ApportionParty]) -> Vec<u64> {
    let mut fixed: Vec<Option<u64>> =
        parties.iter().map(|party| (party.weight == 0).then_some(party.minimum)).collect();
    loop {
        let left = u128::from(seats - fixed.iter().flatten().sum::<u64>());
        let open: Vec<usize> = (0..parties.len()).filter(|&index| fixed[index].is_none()).collect();
        let weight: u128 = open.iter().map(|&index| u128::from(parties[index].weight)).sum();
        // How far the quota lies outside a bound, times the weight of all.
        let part = |index: usize| left * u128::from(parties[index].weight);
        let below = |index: usize| (u128::from(parties[index].minimum) * weight).saturating_sub(part(index));
        let above = |index: usize| {
            parties[index].cap.map_or(0, |cap| part(index).saturating_sub(u128::from(cap) * weight))
        };
        let too_low: u128 = open.iter().map(|&index| below(index)).sum();
        let too_high: u128 = open.iter().map(|&index| above(index)).sum();
        if too_low == 0 && too_high == 0 {
            let mut given: Vec<u64> = fixed.iter().map(|seats| seats.unwrap_or(0)).collect();
            for &index in &open {
                given[index] = (part(index) / weight) as u64;
            }
            let mut order = open.clone();
            order.sort_by_key(|&index| (std::cmp::Reverse(part(index) % weight), index));
            let rest = seats - given.iter().sum::<u64>();
            for &index in order.iter().take(rest as usize) {
                given[index] += 1;
            }
            return given;
        }
        for &index in &open {
            if too_low >= too_high && below(index) > 0 {
                fixed[index] = Some(parties[index].minimum);
            } else if too_high >= too_low && above(index) > 0 {
                fixed[index] = parties[index].cap;
            }
        }
    }
}

/// Checks an answer by its certificate alone, without the algorithm that made it.
fn verify(parties: &[ApportionParty], seats: u64, answer: &Apportionment) {
    assert_eq!(answer.seats.iter().sum::<u64>(), seats);
    for (party, &given) in parties.iter().zip(&answer.seats) {
        assert!(given >= party.minimum && party.cap.is_none_or(|cap| given <= cap));
    }
    match answer.certificate {
        ApportionCertificate::Divisor { awarded, refused } => {
            let method = answer.method;
            let quotient = |party: usize, seat| fraction(method, parties[party].weight, seat);
            // Claims are what they say: the last seat held, and the next.
            if let Some(claim) = awarded {
                assert_eq!(claim.seat, answer.seats[claim.party]);
            }
            if let Some(claim) = refused {
                assert_eq!(claim.seat, answer.seats[claim.party] + 1);
            }
            for (index, party) in parties.iter().enumerate() {
                let given = answer.seats[index];
                if given > party.minimum {
                    let claim = awarded.expect("a seat beyond a minimum was awarded");
                    assert!(compare(quotient(index, given), quotient(claim.party, claim.seat)).is_ge());
                }
                if party.weight > 0 && party.cap.is_none_or(|cap| given < cap) {
                    let claim = refused.expect("a seat below a cap was refused");
                    assert!(compare(quotient(index, given + 1), quotient(claim.party, claim.seat)).is_le());
                }
            }
            if let (Some(awarded), Some(refused)) = (awarded, refused) {
                let order =
                    compare(quotient(awarded.party, awarded.seat), quotient(refused.party, refused.seat));
                assert!(order.is_ge());
                assert_eq!(order.is_eq(), answer.tie.is_some());
            }
        }
        ApportionCertificate::Quota { seats, weight, awarded, refused } => {
            for claim in awarded.iter().chain(&refused) {
                let share = u128::from(seats) * u128::from(parties[claim.party].weight);
                assert_eq!(u128::from(claim.remainder), share % u128::from(weight));
            }
            if let (Some(awarded), Some(refused)) = (awarded, refused) {
                assert!(awarded.remainder >= refused.remainder);
                assert_eq!(awarded.remainder == refused.remainder, answer.tie.is_some());
            }
            for (party, &given) in parties.iter().zip(&answer.seats) {
                // Everyone is within the quota, held to the bounds.
                let share = u128::from(seats) * u128::from(party.weight);
                let weight = u128::from(weight.max(1));
                let bounded = |quota: u128| {
                    quota.max(party.minimum.into()).min(party.cap.map_or(u128::MAX, u128::from))
                };
                let (floor, ceiling) = (bounded(share / weight), bounded(share.div_ceil(weight)));
                let given = u128::from(given);
                assert!(seats == 0 || party.weight == 0 || floor <= given && given <= ceiling);
            }
        }
        other => panic!("{other:?}"),
    }
}

fn parties() -> impl Strategy<Value = Vec<ApportionParty>> {
    let party = (0_u64..60, 0_u64..4, prop::option::of(0_u64..12)).prop_map(|(weight, minimum, cap)| {
        ApportionParty { weight, minimum, cap: cap.map(|extra| minimum + extra) }
    });
    prop::collection::vec(party, 1..9)
}

fn weights() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(1_u64..500, 1..12)
}

/// A number of seats that the bounds allow, if there is one.
fn seats_within(parties: &[ApportionParty], wish: u64) -> Option<u64> {
    let least: u64 = parties.iter().map(|party| party.minimum).sum();
    let most =
        parties.iter().map(|party| if party.weight == 0 { party.minimum } else { party.cap.unwrap_or(99) });
    let most: u64 = most.sum();
    (parties.iter().any(|party| party.weight > 0)).then(|| least + wish % (most - least + 1))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn divisor_methods_give_what_one_by_one_gives(parties in parties(), wish in 0_u64..200) {
        let Some(seats) = seats_within(&parties, wish) else { return Ok(()) };
        for method in DIVISOR_METHODS {
            let answer = Apportion::new(seats, method).among_parties(&parties).unwrap();
            prop_assert_eq!(&answer.seats, &one_by_one(method, seats, &parties), "{:?}", method);
            verify(&parties, seats, &answer);
        }
    }

    #[test]
    fn largest_remainder_gives_what_fixing_and_sharing_again_gives(parties in parties(), wish in 0_u64..200) {
        let Some(seats) = seats_within(&parties, wish) else { return Ok(()) };
        let answer = Apportion::new(seats, ApportionMethod::LargestRemainder).among_parties(&parties).unwrap();
        prop_assert_eq!(&answer.seats, &hamilton(seats, &parties));
        verify(&parties, seats, &answer);
    }

    #[test]
    fn house_monotonicity_no_one_loses_by_a_further_seat(parties in parties(), wish in 0_u64..200) {
        let Some(seats) = seats_within(&parties, wish) else { return Ok(()) };
        if seats_within(&parties, wish + 1) != Some(seats + 1) { return Ok(()) }
        for method in DIVISOR_METHODS {
            let give = |seats| Apportion::new(seats, method).among_parties(&parties).unwrap().seats;
            prop_assert!(give(seats).iter().zip(give(seats + 1)).all(|(&before, after)| before <= after));
        }
    }

    #[test]
    fn quota_rules(weights in weights(), seats in 0_u64..300) {
        let total: u64 = weights.iter().sum();
        let largest = Apportion::new(seats, ApportionMethod::LargestRemainder).among(&weights).unwrap();
        let lower = Apportion::new(seats, ApportionMethod::DHondt).among(&weights).unwrap();
        for (index, weight) in weights.iter().enumerate() {
            let share = seats * weight;
            prop_assert!(share / total <= largest.seats[index] && largest.seats[index] <= share.div_ceil(total));
            prop_assert!(share / total <= lower.seats[index]);
        }
    }

    #[test]
    fn population_monotonicity_no_one_loses_to_another_by_growing(
        weights in weights(), seats in 1_u64..200, pick in any::<prop::sample::Index>(), more in 1_u64..300,
    ) {
        let grown = pick.index(weights.len());
        for method in DIVISOR_METHODS {
            let before = Apportion::new(seats, method).among(&weights).unwrap().seats;
            let mut weights = weights.clone();
            weights[grown] += more;
            let after = Apportion::new(seats, method).among(&weights).unwrap().seats;
            prop_assert!(after[grown] >= before[grown]);
        }
    }

    #[test]
    fn the_order_of_the_parties_says_nothing_unless_they_tie(
        parties in parties(), wish in 0_u64..200, keys in prop::collection::vec(any::<u32>(), 9),
    ) {
        let Some(seats) = seats_within(&parties, wish) else { return Ok(()) };
        let mut order: Vec<usize> = (0..parties.len()).collect();
        order.sort_by_key(|&index| keys[index]);
        let shuffled: Vec<ApportionParty> = order.iter().map(|&index| parties[index]).collect();
        for method in ApportionMethod::ALL {
            let answer = Apportion::new(seats, method).among_parties(&parties).unwrap();
            let other = Apportion::new(seats, method).among_parties(&shuffled).unwrap();
            prop_assert_eq!(answer.tie.is_some(), other.tie.is_some());
            for (place, &index) in order.iter().enumerate() {
                let tied = answer.tie.as_ref().is_some_and(|tie| tie.awarded.contains(&index) || tie.refused.contains(&index));
                prop_assert!(tied || answer.seats[index] == other.seats[place]);
            }
        }
    }

    #[test]
    fn the_unit_of_weight_says_nothing(weights in weights(), seats in 0_u64..200, unit in 1_u64..1 << 40) {
        let scaled: Vec<u64> = weights.iter().map(|weight| weight * unit).collect();
        for method in ApportionMethod::ALL {
            let question = Apportion::new(seats, method);
            prop_assert_eq!(question.among(&weights).unwrap().seats, question.among(&scaled).unwrap().seats);
        }
    }

    #[test]
    fn any_divisor_between_the_two_gives_the_same_seats(weights in weights(), seats in 1_u64..200) {
        let answer = Apportion::new(seats, ApportionMethod::DHondt).among(&weights).unwrap();
        if answer.tie.is_some() { return Ok(()) }
        let (low, Some(high)) = answer.divisors() else { panic!("seats were awarded") };
        let divisor = f64::midpoint(low, high);
        for (weight, given) in weights.iter().zip(&answer.seats) {
            prop_assert!(((*weight as f64 / divisor).floor() - *given as f64).abs() < 0.5);
        }
    }
}

#[cfg(feature = "serde")]
#[test]
fn an_answer_survives_being_saved() {
    for method in ApportionMethod::ALL {
        let answer = Apportion::new(5, method).among(&[7, 7, 7]).unwrap();
        let saved = serde_json::to_string(&answer).unwrap();
        assert_eq!(serde_json::from_str::<Apportionment>(&saved).unwrap(), answer);
    }
    let party: ApportionParty = serde_json::from_str(r#"{"weight": 3}"#).unwrap();
    assert_eq!(party, free(3));
    let question: Apportion = serde_json::from_str(r#"{"seats": 3, "method": "d_hondt"}"#).unwrap();
    assert_eq!(question, Apportion::new(3, ApportionMethod::DHondt));
}
