//! Learning against a direct implementation over pairs, and on lists whose truth is known.

use proptest::prelude::*;

use super::super::pairs::Patterns;
use super::em::{self, Bounds};
use super::weights::{Weights, probability, weight_of};
use crate::control::Control;
use crate::roster::{ComparisonKind, ComparisonModel, LevelModel, Model};

#[path = "../../../tests/oracle/em.rs"]
mod oracle;

fn comparison(name: &str, kind: ComparisonKind, levels: usize) -> ComparisonModel {
    let level = |at| LevelModel { level: format!("level_{at}"), m: 0.0, u: 0.0 };
    ComparisonModel {
        name: name.into(),
        kind,
        levels: (0..levels).map(level).collect(),
        term_frequency: false,
    }
}

fn shape() -> Vec<ComparisonModel> {
    vec![
        comparison("name", ComparisonKind::Name, 3),
        comparison("birth", ComparisonKind::Birth, 3),
        comparison("place", ComparisonKind::Place, 2),
        comparison("sex", ComparisonKind::Sex, 2),
    ]
}

/// Numbers from a seed, in order, each in 0..1.
fn dice(mut seed: u64) -> impl FnMut() -> f64 {
    move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((seed >> 11) as f64) / ((1_u64 << 53) as f64)
    }
}

fn draw(dice: &mut impl FnMut() -> f64, p: &[f64]) -> u64 {
    let mut rest = dice();
    for (at, p) in p.iter().enumerate() {
        rest -= p;
        if rest < 0.0 {
            return at as u64;
        }
    }
    p.len() as u64 - 1
}

const SAME: [&[f64]; 4] =
    [&[0.0, 0.85, 0.1, 0.05], &[0.2, 0.7, 0.08, 0.02], &[0.0, 0.8, 0.2], &[0.0, 0.98, 0.02]];
const HOUSEHOLD: [&[f64]; 4] =
    [&[0.0, 0.0, 0.3, 0.7], &[0.2, 0.0, 0.02, 0.78], &[0.0, 0.95, 0.05], &[0.0, 0.45, 0.55]];
const NAMESAKES: [&[f64]; 4] =
    [&[0.0, 0.9, 0.05, 0.05], &[0.2, 0.0, 0.03, 0.77], &[0.0, 0.02, 0.98], &[0.0, 0.7, 0.3]];
const CHANCE: [&[f64]; 4] =
    [&[0.0, 0.001, 0.009, 0.99], &[0.2, 0.0, 0.01, 0.79], &[0.0, 0.001, 0.999], &[0.0, 0.5, 0.5]];

fn pattern(dice: &mut impl FnMut() -> f64, of: &[&[f64]; 4]) -> u64 {
    of.iter().enumerate().fold(0, |levels, (place, p)| levels | draw(dice, p) << (4 * place))
}

fn train(shape: &[ComparisonModel], patterns: &Patterns, random: &Patterns, bounds: &Bounds) -> Model {
    em::train(shape, patterns, random, bounds, &mut Control::free()).expect("nobody stops it")
}

fn counted(pairs: &[u64]) -> Patterns {
    Patterns { levels: pairs.to_vec(), counts: vec![1; pairs.len()] }
}

/// Households twenty times as many as the pairs to be found: the larger classes must not take their place.
#[test]
fn household_pairs_do_not_swamp_the_matches() {
    let mut dice = dice(7);
    let mut pairs = Vec::new();
    let mut truth = Vec::new();
    for (count, of) in [(3_000, &SAME), (60_000, &HOUSEHOLD), (20_000, &NAMESAKES)] {
        for _ in 0..count {
            pairs.push(pattern(&mut dice, of));
            truth.push(std::ptr::eq(of, &SAME));
        }
    }
    let random: Vec<u64> = (0..50_000).map(|_| pattern(&mut dice, &CHANCE)).collect();
    let bounds = Bounds { possible: 1e7, most_same: 4_000.0 };
    let model = train(&shape(), &counted(&pairs), &counted(&random), &bounds);
    let weights = Weights::new(&model);
    let taken: Vec<bool> = pairs.iter().map(|&levels| weights.weight(levels) >= 0.0).collect();
    let both = taken.iter().zip(&truth).filter(|(taken, truth)| **taken && **truth).count() as f64;
    let f1 = 2.0 * both / (taken.iter().filter(|taken| **taken).count() as f64 + 3_000.0);
    // Whoever knows the tables gets 0.930.
    assert!(f1 > 0.925, "F1 {f1}");
    // In every tenth of probability that holds enough pairs, that part is true.
    for tenth in 0..10 {
        let [from, to] = [tenth, tenth + 1].map(|tenths| f64::from(tenths) / 10.0);
        let within = |levels: u64| {
            let p = probability(weights.weight(levels));
            p >= from && (p < to || tenth == 9)
        };
        let of: Vec<usize> = (0..pairs.len()).filter(|&at| within(pairs[at])).collect();
        if of.len() >= 1000 {
            let said: f64 =
                of.iter().map(|&at| probability(weights.weight(pairs[at]))).sum::<f64>() / of.len() as f64;
            let is = of.iter().filter(|&&at| truth[at]).count() as f64 / of.len() as f64;
            assert!((said - is).abs() < 0.05, "said {said}, is {is}, of {}", of.len());
        }
    }
}

#[test]
fn nothing_and_all_alike_are_no_trouble() {
    let bounds = Bounds { possible: 0.0, most_same: 0.0 };
    let none = train(&shape(), &Patterns::default(), &Patterns::default(), &bounds);
    assert_eq!(none.check(), Ok(()));
    for levels in [0x1111, 0x0000, 0x2233, 0x0101] {
        let alike = Patterns { levels: vec![levels; 3], counts: vec![1 << 40, u64::MAX, 0] };
        let bounds = Bounds { possible: 1e12, most_same: 1e6 };
        let model = train(&shape(), &alike, &alike, &bounds);
        assert_eq!(model.check(), Ok(()));
        assert!(Weights::new(&model).weight(levels).is_finite());
    }
    let nothing = train(&[], &counted(&[0]), &counted(&[0]), &bounds);
    assert!(nothing.comparisons.is_empty());
}

fn any_patterns() -> impl Strategy<Value = Vec<u64>> {
    let pair = (0..4_u64, 0..4_u64, 0..3_u64, 0..3_u64);
    proptest::collection::vec(pair.prop_map(|(a, b, c, d)| a | b << 4 | c << 8 | d << 12), 0..200)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_model_does_not_hang_on_the_order_of_the_patterns(pairs in any_patterns(), seed: u64) {
        let bounds = Bounds { possible: 1e6, most_same: 100.0 };
        let mut other = pairs.clone();
        let mut dice = dice(seed);
        for at in (1..other.len()).rev() {
            other.swap(at, ((dice() * (at + 1) as f64) as i64).unsigned_abs() as usize);
        }
        let model = |pairs: &[u64]| train(&shape(), &counted(pairs), &counted(pairs), &bounds);
        let (one, two) = (model(&pairs), model(&other));
        prop_assert_eq!(one.check(), Ok(()));
        prop_assert_eq!(one, two);
    }

    #[test]
    fn a_step_on_counts_is_a_step_on_pairs(pairs in any_patterns()) {
        let shape = shape();
        let by_counts = em::rounds(&shape, &counted(&pairs), 5);
        let levels: Vec<Vec<usize>> = pairs.iter().map(|p| (0..4).map(|at| (p >> (4 * at) & 15) as usize).collect()).collect();
        let start = [&[0.85, 0.1, 0.05][..], &[0.85, 0.1, 0.05], &[0.85, 0.15], &[0.985, 0.015]];
        let direct = oracle::rounds(&start.map(<[f64]>::to_vec), &levels, 5);
        prop_assert!((by_counts.prior - direct.prior).abs() < 1e-9);
        for (of, (m, u)) in by_counts.comparisons.iter().zip(direct.m.iter().zip(&direct.u)) {
            for (level, (m, u)) in of.levels.iter().zip(m.iter().zip(u)) {
                prop_assert!((level.m - m).abs() < 1e-9 && (level.u - u).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn weights_and_probabilities_lead_back_to_each_other(weight in -40.0..40.0_f64) {
        prop_assert!((weight_of(probability(weight)) - weight).abs() < 1e-2);
    }
}

/// What kinds of others add up to is the weight of their mixture.
#[test]
fn together_is_the_mixture() {
    let mut dice = dice(3);
    let mut pairs: Vec<u64> = (0..4_000).map(|_| pattern(&mut dice, &HOUSEHOLD)).collect();
    pairs.extend((0..4_000).map(|_| pattern(&mut dice, &NAMESAKES)));
    let bounds = Bounds { possible: 1e7, most_same: 1_000.0 };
    let model: Model = train(&shape(), &counted(&pairs), &counted(&pairs), &bounds);
    assert!(model.others.len() > 1);
    let weights = Weights::new(&model);
    for &levels in &pairs[..50] {
        let at = |place: usize| ((levels >> (4 * place)) & 15) as usize;
        let p = |p: &dyn Fn(usize, usize) -> f64| {
            (0..4).filter(|&place| at(place) > 0).map(|place| p(place, at(place) - 1)).product::<f64>()
        };
        let m = model.prior * p(&|place, at| model.comparisons[place].levels[at].m);
        let u: f64 = model.others.iter().map(|kind| kind.share * p(&|place, at| kind.u[place][at])).sum();
        let direct = libm::log2(m / ((1.0 - model.prior) * u));
        assert!((weights.weight(levels) - direct).abs() < 1e-9);
    }
}
