//! Candidates against a quadratic twin.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::super::Rules;
use super::super::pairs::Patterns;
use super::candidates::find;
use super::kept::Foresight;
use super::plain::{self, Sides, oracle};
use super::rule::Blocking;
use super::stream::Stream;
use super::{Candidates, Inside, candidates, within};
use crate::control::{Control, Stopped};
use oracle::Row;

fn rows(most: usize) -> impl Strategy<Value = Vec<Row>> {
    proptest::collection::vec(plain::row(), 0..most)
}

fn rules(most: u32) -> Rules {
    Rules { most_candidates_per_row: most, ..Rules::default() }
}

/// Holds no pattern for light.
const FORGET: fn(&Patterns, &Patterns, &mut Control<'_>) -> Result<Vec<bool>, Stopped> =
    |patterns, _, _| Ok(vec![false; patterns.levels.len()]);

/// Pairs and patterns of all candidates.
fn all_of(found: &Candidates<'_>) -> Vec<(u32, u32, u64)> {
    let pairs = found.score(&|_| Some(0.0), &mut Control::free()).expect("nobody stops it");
    pairs.into_iter().map(|pair| (pair.left, pair.right, pair.levels)).collect()
}

/// The pairs that share a key whose block is not cut, from rules by name and plain texts.
fn twin(found: &Candidates<'_>, left: &[Row], right: &[Row], inside: bool) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for rule in &found.by_rule {
        let mut blocks: BTreeMap<String, (Vec<u32>, Vec<u32>)> = BTreeMap::new();
        for (row, at) in left.iter().zip(0..) {
            if let Some(key) = oracle::key(&rule.rule, row) {
                blocks.entry(key).or_default().0.push(at);
            }
        }
        for (row, at) in right.iter().zip(0..) {
            if let Some(key) = oracle::key(&rule.rule, row) {
                blocks.entry(key).or_default().1.push(at);
            }
        }
        let of = |(a, b): &(Vec<u32>, Vec<u32>)| {
            let both = a.iter().flat_map(|&l| b.iter().map(move |&r| (l, r)));
            both.filter(|(l, r)| !inside || l < r).collect::<Vec<_>>()
        };
        let mut blocks: Vec<Vec<(u32, u32)>> =
            blocks.values().map(of).filter(|block| !block.is_empty()).collect();
        // The largest are cut, so many as the report says.
        blocks.sort_by_key(Vec::len);
        let whole = blocks.len() - rule.cut_blocks as usize;
        assert_eq!(rule.blocks, blocks.len() as u64, "{}", rule.rule);
        assert_eq!(rule.cut_pairs, blocks[whole..].iter().map(|block| block.len() as u64).sum::<u64>());
        pairs.extend(blocks.into_iter().take(whole).flatten());
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_pair_is_found_once_if_and_only_if_it_shares_a_whole_block(
        left in rows(120), right in rows(120), most in prop_oneof![Just(1_u32), Just(8), Just(50), Just(100_000)],
    ) {
        let sides = Sides::new(&left, &right);
        let all = sides.comparisons();
        let found =
            candidates(&sides.fields, &all, &sides.left, &sides.right, &rules(most), &FORGET, &mut Control::free()).unwrap();
        let pairs = all_of(&found);
        let main: Vec<(u32, u32)> = pairs
            .iter()
            .map(|&(l, r, _)| (l, r))
            .filter(|pair| !found.rest.contains(pair))
            .collect();
        prop_assert_eq!(&main, &twin(&found, &left, &right, false));
        for &(l, r, levels) in &pairs {
            prop_assert_eq!(levels, all.levels(&sides.left, l, &sides.right, r));
        }
        prop_assert_eq!(found.patterns.counts.iter().sum::<u64>(), pairs.len() as u64);
        prop_assert!(pairs.len() as u64 <= u64::from(most) * (left.len() + right.len()) as u64);
    }

    #[test]
    fn pairs_that_are_not_kept_are_found_again(left in rows(60), right in rows(60), kept in 0_usize..40) {
        let sides = Sides::new(&left, &right);
        let all = sides.comparisons();
        let stream = || {
            let blocking = Blocking::new(&sides.fields, &all, &super::rule::telling(&sides.fields, &sides.left));
            Stream::between(&all, blocking, &sides.left, &sides.right)
        };
        let wrong: &Foresight<'_> =
            &|patterns, _, _| Ok(patterns.levels.iter().map(|levels| levels % 3 > 0).collect());
        let every = find(stream(), &rules(50), usize::MAX, None, &mut Control::free()).unwrap();
        for foresight in [None, Some(wrong)] {
            let some = find(stream(), &rules(50), kept, foresight, &mut Control::free()).unwrap();
            prop_assert_eq!(all_of(&some), all_of(&every));
            prop_assert_eq!(&some.patterns.levels, &every.patterns.levels);
            // What was foreseen in truth is left out, whether the rest was kept or not.
            let heavy = |levels: u64| levels.is_multiple_of(3).then_some(0.0);
            let of = |found: &Candidates<'_>| found.score(&heavy, &mut Control::free()).unwrap();
            prop_assert_eq!(of(&some), of(&every));
        }
    }

    #[test]
    fn inside_one_side_every_pair_is_found_once_with_the_earlier_row_on_the_left(rows in rows(100)) {
        let sides = Sides::new(&rows, &[]);
        let all = sides.comparisons();
        for which in [Inside::All, Inside::Strict] {
            let found =
                within(&sides.fields, &all, &sides.left, which, &rules(1000), None, &mut Control::free()).unwrap();
            let pairs: Vec<(u32, u32)> = all_of(&found).into_iter().map(|(l, r, _)| (l, r)).collect();
            prop_assert_eq!(pairs, twin(&found, &rows, &rows, true));
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(left in rows(60), right in rows(60), most in 1_u32..20) {
        let turned: Vec<Row> = left.iter().rev().cloned().collect();
        let found = |left: &[Row]| {
            let sides = Sides::new(left, &right);
            let all = sides.comparisons();
            let found =
                candidates(&sides.fields, &all, &sides.left, &sides.right, &rules(most), &FORGET, &mut Control::free()).unwrap();
            let mut pairs = all_of(&found);
            pairs.retain(|&(l, r, _)| !found.rest.contains(&(l, r)));
            (pairs, found.by_rule)
        };
        let (straight, back) = (found(&left), found(&turned));
        let mut renamed: Vec<(u32, u32, u64)> =
            back.0.into_iter().map(|(l, r, levels)| (left.len() as u32 - 1 - l, r, levels)).collect();
        renamed.sort_unstable();
        prop_assert_eq!(straight.0, renamed);
        prop_assert_eq!(straight.1, back.1);
    }
}

#[test]
fn rows_that_are_all_the_same_cost_a_bounded_number_of_pairs_and_each_still_meets_some() {
    let same = Row { name: "王平".to_owned(), birth: "19900307".to_owned(), ..Row::default() };
    let rows = vec![same; 3000];
    let sides = Sides::new(&rows, &rows);
    let all = sides.comparisons();
    let found = candidates(
        &sides.fields,
        &all,
        &sides.left,
        &sides.right,
        &Rules::default(),
        &FORGET,
        &mut Control::free(),
    )
    .unwrap();
    let pairs = all_of(&found);
    assert!(pairs.len() <= 6000 * 50);
    let mut met = [vec![false; 3000], vec![false; 3000]];
    for (l, r, _) in pairs {
        (met[0][l as usize], met[1][r as usize]) = (true, true);
    }
    assert!(met.iter().flatten().all(|&met| met), "no row goes uncompared");
    let cut = found.cut.first().expect("blocks were cut");
    assert_eq!((cut.left, cut.right, cut.pairs), (3000, 3000, 9_000_000));
    // One pair for each row is enough for all of them; none is not, and that is told.
    for (most, met) in [(1, 3000), (0, 0)] {
        let found = candidates(
            &sides.fields,
            &all,
            &sides.left,
            &sides.right,
            &rules(most),
            &FORGET,
            &mut Control::free(),
        );
        let found = found.expect("nobody stops it");
        for (side, missed) in found.uncompared.iter().enumerate() {
            let compared: BTreeSet<u32> = found.rest.iter().map(|&(l, r)| [l, r][side]).collect();
            assert_eq!((compared.len(), missed.len()), (met, 3000 - met));
        }
    }
}

#[test]
fn the_work_stops_when_it_is_told_to() {
    let same = Row { name: "王平".to_owned(), birth: "19900307".to_owned(), ..Row::default() };
    let rows = vec![same; 100];
    let sides = Sides::new(&rows, &rows);
    let all = sides.comparisons();
    let mut control = Control::limited(10);
    let stopped =
        candidates(&sides.fields, &all, &sides.left, &sides.right, &Rules::default(), &FORGET, &mut control);
    assert_eq!(stopped.err(), Some(Stopped::Limit));
}
