//! Laws of placing rows, and its naive twin.

use proptest::prelude::*;

use super::DoubleReason;
use super::place::{Bond, Evidence, Placed, State, place, place_alone};
use crate::control::Control;
use crate::roster::Settle;
use crate::roster::pairs::Scored;

#[path = "../../../tests/oracle/roster_outcome.rs"]
mod oracle;

use oracle::{Case, Fate, Pair};

const MATCH_AT: f64 = 4.0;
const REVIEW_AT: f64 = 2.0;

/// Pairs, each once, in order; weights from a short list, so that ties are common.
fn any_pairs(left: u32, right: u32, within: bool) -> impl Strategy<Value = Vec<Pair>> {
    let pair = (0..left, 0..right, 0..9_u8);
    proptest::collection::vec(pair, 0..40).prop_map(move |mut pairs| {
        pairs.retain(|&(l, r, _)| !within || l < r);
        pairs.sort_unstable();
        pairs.dedup_by_key(|pair| (pair.0, pair.1));
        pairs.into_iter().map(|(l, r, weight)| (l, r, f64::from(weight) - 1.0)).collect()
    })
}

/// Settled pairs of likely ones: each row at most once, or each right row.
fn settled(pairs: &[Pair], picks: &[bool], one_to_many: bool) -> Vec<Pair> {
    let mut links: Vec<Pair> = Vec::new();
    for (pair, _) in pairs.iter().zip(picks).filter(|(pair, pick)| pair.2 >= MATCH_AT && **pick) {
        let clash = |link: &Pair| link.1 == pair.1 || (!one_to_many && link.0 == pair.0);
        if !links.iter().any(clash) {
            links.push(*pair);
        }
    }
    links
}

fn any_case() -> impl Strategy<Value = Case> {
    let rows = (1..9_u32, 1..9_u32, any::<bool>());
    rows.prop_flat_map(|(left, right, one_to_many)| {
        let sides = (any_pairs(left, left, true), any_pairs(right, right, true));
        // Doubles within a side are rare: a few pairs of each list are enough to make chains.
        let few = sides.prop_map(|(mut a, mut b)| {
            a.truncate(3);
            b.truncate(3);
            [a, b]
        });
        let picks = proptest::collection::vec(any::<bool>(), 40);
        (any_pairs(left, right, false), few, picks).prop_map(move |(pairs, within, picks)| Case {
            rows: [left, right],
            links: settled(&pairs, &picks, one_to_many),
            pairs,
            within,
            match_at: MATCH_AT,
            review_at: REVIEW_AT,
            one_to_many,
        })
    })
}

fn scored(pairs: &[Pair]) -> Vec<Scored> {
    pairs.iter().map(|&(left, right, weight)| Scored { left, right, levels: 0, weight }).collect()
}

fn bonds(pairs: &[Pair]) -> Vec<Bond> {
    pairs.iter().map(|&(left, right, weight)| Bond { left, right, weight, decided: false }).collect()
}

/// Cells of `place` for a case.
struct Held {
    links: Vec<Bond>,
    pairs: Vec<Scored>,
    within: [Vec<Scored>; 2],
}

impl Held {
    fn new(case: &Case) -> Self {
        let within = [scored(&case.within[0]), scored(&case.within[1])];
        Self { links: bonds(&case.links), pairs: scored(&case.pairs), within }
    }

    fn evidence(&self, rows: [u32; 2], settle: Settle) -> Evidence<'_> {
        Evidence {
            rows,
            links: &self.links,
            clusters: &[],
            pairs: &self.pairs,
            different: &[],
            within: [&self.within[0], &self.within[1]],
            match_at: MATCH_AT,
            review_at: REVIEW_AT,
            settle,
            unlike: &oracle::unlike,
            sure_link: &|_| false,
            sure_double: &|_, _| false,
        }
    }
}

fn fate(state: State) -> Fate {
    match state {
        State::Matched(with) => Fate::Matched(with),
        State::Alone => Fate::Alone,
        State::Duplicate { of, .. } => Fate::DoubleOf(of),
        State::Review(with) => Fate::Review(with),
    }
}

/// What holds of every placing, whatever it was made from.
fn assert_whole(placed: &Placed, rows: [u32; 2], single: bool) {
    for side in 0..2 {
        let (own, other) = (&placed.states[side], &placed.states[if single { side } else { 1 - side }]);
        assert_eq!(own.len(), rows[side] as usize, "every row has one state");
        for (state, row) in own.iter().zip(0..) {
            match *state {
                State::Matched(with) => {
                    assert!(matches!(other[with as usize], State::Matched(_)), "counterparts are matched");
                    let linked = |link: &Bond| [link.left, link.right][side] == row;
                    assert!(placed.links.iter().any(linked), "a matched row has a link");
                }
                State::Duplicate { of, .. } => {
                    assert_ne!(of, row);
                    assert!(!matches!(own[of as usize], State::Duplicate { .. }), "chains end at once");
                }
                State::Review(with) => {
                    assert!(matches!(other[with as usize], State::Review(_)), "both rows are under review");
                    let (left, right) = if side == 0 { (row, with) } else { (with, row) };
                    let named =
                        |&(a, b): &(u32, u32)| (a, b) == (left, right) || (single && (b, a) == (left, right));
                    let doubts: Vec<_> =
                        placed.doubts.iter().map(|doubt| (doubt.link.left, doubt.link.right)).collect();
                    assert!(doubts.iter().any(named), "a doubt is listed");
                }
                State::Alone => {}
            }
        }
    }
    for link in &placed.links {
        assert!(matches!(placed.states[0][link.left as usize], State::Matched(_)));
        assert_eq!(placed.states[1][link.right as usize], State::Matched(link.left));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn rows_go_where_the_definition_says(case in any_case()) {
        let settle = if case.one_to_many { Settle::OneToMany } else { Settle::OneToOne };
        let held = Held::new(&case);
        let placed = place(&held.evidence(case.rows, settle), &mut Control::free()).expect("nobody stops it");
        assert_whole(&placed, case.rows, false);
        let found = [0, 1].map(|side: usize| placed.states[side].iter().copied().map(fate).collect::<Vec<_>>());
        prop_assert_eq!(found, oracle::place(&case));
    }

    #[test]
    fn a_cluster_keeps_one_row_of_each_side((case, numbers) in any_case().prop_flat_map(|case| {
        let rows = (case.rows[0] + case.rows[1]) as usize;
        (Just(case), proptest::collection::vec(0..rows as u32, rows))
    })) {
        let mut held = Held::new(&case);
        let number = |side: usize, row: u32| numbers[(case.rows[0] * side as u32 + row) as usize];
        held.links = bonds(&case.pairs);
        held.links.retain(|link| number(0, link.left) == number(1, link.right));
        held.within = [Vec::new(), Vec::new()];
        let mut evidence = held.evidence(case.rows, Settle::Clusters);
        evidence.clusters = &numbers;
        let placed = place(&evidence, &mut Control::free()).expect("nobody stops it");
        assert_whole(&placed, case.rows, false);
        for side in 0..2 {
            for (row, state) in placed.states[side].iter().enumerate() {
                let alike = (0..case.rows[side]).filter(|&other| number(side, other) == number(side, row as u32));
                let heads = alike.filter(|&other| !matches!(placed.states[side][other as usize], State::Duplicate { .. }));
                prop_assert_eq!(heads.count(), 1, "one row of a side stands for its cluster");
                if let State::Duplicate { of, reason } = *state {
                    prop_assert_eq!((number(side, of), reason), (number(side, row as u32), DoubleReason::SameSide));
                }
            }
        }
        // The same numbers for one roster.
        evidence.pairs = &held.within[0];
        evidence.rows = [case.rows[0], 0];
        evidence.clusters = &numbers[..case.rows[0] as usize];
        let pairs = scored(&case.within[0]);
        evidence.pairs = &pairs;
        let alone = place_alone(&evidence);
        assert_whole(&alone, evidence.rows, true);
        let kept = alone.states[0].iter().filter(|state| !matches!(state, State::Duplicate { .. })).count();
        let mut different = numbers[..case.rows[0] as usize].to_vec();
        different.sort_unstable();
        different.dedup();
        prop_assert_eq!(kept, different.len());
    }
}
