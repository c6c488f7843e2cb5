//! Settling against the best of all choices, tried one by one.

use proptest::prelude::*;

use super::{Decisions, Link, Settled, settle};
use crate::control::Control;
use crate::roster::pairs::Scored;
use crate::roster::{Rules, Settle};

#[path = "../../../tests/oracle/roster_settle.rs"]
mod oracle;

fn scored(pairs: &[(u32, u32, f64)]) -> Vec<Scored> {
    pairs.iter().map(|&(left, right, weight)| Scored { left, right, levels: 0, weight }).collect()
}

fn settled(pairs: &[Scored], rows: (u32, u32), how: Settle, decisions: &Decisions) -> Settled {
    let rules = Rules { settle: how, ..Rules::default() };
    settle(pairs, [&[], &[]], rows, &rules, decisions, &mut Control::free()).expect("nobody stops it")
}

fn ends(links: &[Link]) -> Vec<(u32, u32)> {
    links.iter().map(|link| (link.left, link.right)).collect()
}

/// Pairs of up to 8 by 8 rows, in order, with weights in eighths.
fn pairs() -> impl Strategy<Value = Vec<(u32, u32, f64)>> {
    let pair = ((0..8_u32, 0..8_u32), -40..200_i32);
    proptest::collection::btree_map(pair.0, pair.1, 0..40)
        .prop_map(|pairs| pairs.into_iter().map(|((l, r), w)| (l, r, f64::from(w) / 8.0)).collect())
}

proptest! {
    #[test]
    fn one_to_one_is_the_heaviest_of_all_matchings(pairs in pairs()) {
        let answer = settled(&scored(&pairs), (8, 8), Settle::OneToOne, &Decisions::default());
        let mut used = ([false; 8], [false; 8]);
        for link in &answer.links {
            prop_assert!(!used.0[link.left as usize] && !used.1[link.right as usize]);
            (used.0[link.left as usize], used.1[link.right as usize]) = (true, true);
            prop_assert!(link.weight >= 0.0);
        }
        let sum: f64 = answer.links.iter().map(|link| link.weight).sum();
        prop_assert!((sum - oracle::heaviest(&pairs)).abs() < 1e-3);
        prop_assert_eq!(answer.gap(), Some(0.0));
    }

    #[test]
    fn decisions_are_kept(pairs in pairs(), same in (0..8_u32, 0..8_u32), different in (0..8_u32, 0..8_u32)) {
        prop_assume!(same != different);
        let decisions = Decisions { same: vec![same], different: vec![different] };
        for how in [Settle::OneToOne, Settle::OneToMany] {
            let answer = settled(&scored(&pairs), (8, 8), how, &decisions);
            prop_assert!(ends(&answer.links).contains(&same));
            prop_assert!(!ends(&answer.links).contains(&different));
        }
        let clusters = settled(&scored(&pairs), (8, 8), Settle::Clusters, &decisions).clusters;
        let of = |pair: (u32, u32)| (clusters[pair.0 as usize], clusters[8 + pair.1 as usize]);
        prop_assert_eq!(of(same).0, of(same).1);
        prop_assert_ne!(of(different).0, of(different).1);
    }

    #[test]
    fn one_to_many_takes_the_best_left_row_of_each_right_row(pairs in pairs()) {
        let answer = settled(&scored(&pairs), (8, 8), Settle::OneToMany, &Decisions::default());
        for right in 0..8 {
            let best = pairs.iter().filter(|pair| pair.1 == right && pair.2 >= 0.0);
            let best = best.fold(None, |best: Option<&(u32, u32, f64)>, pair| match best {
                Some(best) if best.2 >= pair.2 => Some(best),
                _ => Some(pair),
            });
            let found = answer.links.iter().find(|link| link.right == right);
            prop_assert_eq!(found.map(|link| link.left), best.map(|pair| pair.0));
        }
    }

    #[test]
    fn every_cluster_hangs_together_by_likely_pairs(pairs in pairs()) {
        let clusters = settled(&scored(&pairs), (8, 8), Settle::Clusters, &Decisions::default()).clusters;
        let closure = oracle::closure(8, 8, &pairs);
        for a in 0..16 {
            for b in 0..16 {
                prop_assert!(clusters[a] != clusters[b] || closure[a] == closure[b]);
            }
        }
    }
}

#[test]
fn two_strong_clusters_are_not_joined_by_one_weak_pair() {
    let strong = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)].map(|(a, b)| (a, b, 15.0));
    let mut pairs = strong.to_vec();
    pairs.push((2, 3, 1.0));
    pairs.sort_by_key(|pair| (pair.0, pair.1));
    let clusters = settled(&scored(&pairs), (6, 0), Settle::Clusters, &Decisions::default()).clusters;
    assert_eq!(clusters, [0, 0, 0, 1, 1, 1]);
    // Were that pair as sure as the others, all would be one.
    let pairs: Vec<_> = pairs.into_iter().map(|(a, b, _)| (a, b, 23.0)).chain([(2, 4, 23.0)]).collect();
    let mut pairs = pairs;
    pairs.sort_by_key(|pair| (pair.0, pair.1));
    let closure = oracle::closure(6, 0, &pairs);
    assert!(closure.iter().all(|&root| root == 0));
}

#[test]
fn a_group_past_the_limit_is_settled_greedily_and_says_how_far_off_it_may_be() {
    // 460 rows a side that all look alike, but for each row's own pair.
    let mut pairs = Vec::new();
    for left in 0..460 {
        for right in 0..460 {
            pairs.push((left, right, if left == right { 9.0 } else { 8.0 }));
        }
    }
    let answer = settled(&scored(&pairs), (460, 460), Settle::OneToOne, &Decisions::default());
    assert_eq!((answer.cut, answer.links.len()), (1, 460));
    assert!(answer.gain <= answer.bound && answer.gap().is_some_and(|gap| gap < 1e-6));
}

#[test]
fn a_group_too_large_for_averages_heeds_what_is_decided() {
    let pairs: Vec<_> = (0..150).flat_map(|left| (0..150).map(move |right| (left, right, 9.0))).collect();
    let decisions = Decisions { same: Vec::new(), different: vec![(0, 0)] };
    let answer = settled(&scored(&pairs), (150, 150), Settle::Clusters, &decisions);
    assert_eq!(answer.cut, 1);
    assert_ne!(answer.clusters[0], answer.clusters[150]);
    assert_eq!(answer.gap(), None, "nothing is proved of clusters");
}

/// The table is what `SciPy` 1.17 finds (`benches/peers/scipy_values.py`).
#[test]
fn large_groups_are_settled_as_heavily_as_by_scipy() {
    let (mut bests, mut groups) = (Vec::new(), Vec::<Vec<(u32, u32, f64)>>::new());
    for line in include_str!("scipy.csv").lines().skip(1) {
        let numbers: Vec<u32> = line.split(',').map(|number| number.parse().expect("a number")).collect();
        let [group, best, left, right, weight] = numbers[..] else { panic!("five columns: {line}") };
        if groups.len() == group as usize {
            bests.push(f64::from(best) / 16.0);
            groups.push(Vec::new());
        }
        groups[group as usize].push((left, right, f64::from(weight) / 16.0));
    }
    assert_eq!(groups.len(), 12);
    for (best, pairs) in bests.into_iter().zip(groups) {
        let answer = settled(&scored(&pairs), (40, 40), Settle::OneToOne, &Decisions::default());
        let sum: f64 = answer.links.iter().map(|link| link.weight).sum();
        assert!((sum - best).abs() < 1e-9, "{sum} is not {best}");
        assert_eq!(answer.gap(), Some(0.0));
    }
}
