//! Pairs whose answer is known before anything is learnt: they keep the two classes from changing places.

use super::super::pairs::{Patterns, level};
use super::super::{ComparisonKind, ComparisonModel};
use super::em::Bounds;
use super::usual;

/// What is known of the pairs of one pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// Nothing.
    Open,
    /// They are of the same person.
    Same,
    /// They are of different people.
    Different,
}

/// Fewer trusted pairs than this anchor nothing.
const FEWEST: u64 = 20;

/// The levels of two identity numbers of which one has a slip, and of two that have but the day of birth in common; the last
/// level of names that agree.
const ONE_DIGIT: usize = 2;
const SAME_BIRTH: usize = 4;
const SAME_SOUND: usize = 2;

/// What is known of each pattern.
///
/// Trusted for the same person are, whichever comes first with enough pairs: agreement on an identity number or token that
/// the name does not contradict; on phone and name that birth and sex do not contradict; on so much that chance would not
/// bring it about once in all pairs of rows. An identity number wholly different stands for different people unless name or
/// birth agrees in some way.
///
/// Among few pairs each of these counts, however seldom, and a number with a slip under one name as well; and there a number
/// wholly different stands for different people whatever agrees: a handful of twins would pass for people whose number is
/// seldom right. Without `chance`, what might be chance anchors nothing.
pub(super) fn known(
    shape: &[ComparisonModel],
    patterns: &Patterns,
    chance: &[Vec<f64>],
    bounds: &Bounds,
) -> Vec<Known> {
    let few = usual::few(patterns.counts.iter().fold(0, |sum: u64, &count| sum.saturating_add(count)) as f64);
    let rules: [&dyn Fn(u64) -> bool; 3] =
        [&|levels| by_number(shape, levels), &|levels| by_phone(shape, levels), &|levels| {
            beyond_chance(shape, levels, chance, bounds)
        }];
    if few {
        let same = |levels: u64| {
            let name = names(shape, levels);
            by_number(shape, levels)
                || by_phone(shape, levels)
                || name != Some(false) && beyond_chance(shape, levels, chance, bounds)
                || name == Some(true) && number(shape, levels) == Some(ONE_DIGIT)
        };
        let verdict = |&levels: &u64| match (same(levels), number(shape, levels)) {
            (_, Some(SAME_BIRTH..)) => Known::Different,
            (true, _) => Known::Same,
            _ => Known::Open,
        };
        return patterns.levels.iter().map(verdict).collect();
    }
    for rule in rules {
        let same: u64 = patterns
            .levels
            .iter()
            .zip(&patterns.counts)
            .filter(|(levels, _)| rule(**levels))
            .fold(0, |sum, (_, count)| sum.saturating_add(*count));
        if same >= FEWEST {
            return patterns.levels.iter().map(|&levels| verdict(shape, levels, rule(levels))).collect();
        }
    }
    patterns.levels.iter().map(|&levels| verdict(shape, levels, false)).collect()
}

fn verdict(shape: &[ComparisonModel], levels: u64, same: bool) -> Known {
    if same {
        return Known::Same;
    }
    let (mut number, mut person) = (false, false);
    for (place, comparison) in shape.iter().enumerate() {
        let at = level(levels, place);
        let differs = at == comparison.levels.len();
        match comparison.kind {
            ComparisonKind::Id => number |= differs,
            ComparisonKind::Birth => person |= at > 0 && !differs,
            kind if is_name(kind) => person |= at > 0 && !differs,
            _ => {}
        }
    }
    if number && !person { Known::Different } else { Known::Open }
}

/// The level of the identity numbers, if both are there.
fn number(shape: &[ComparisonModel], levels: u64) -> Option<usize> {
    let place = shape.iter().position(|comparison| comparison.kind == ComparisonKind::Id)?;
    Some(level(levels, place)).filter(|&at| at > 0)
}

/// Whether the names agree, to the letter or the sound, if both are there.
fn names(shape: &[ComparisonModel], levels: u64) -> Option<bool> {
    let place = shape.iter().position(|comparison| is_name(comparison.kind))?;
    Some(level(levels, place)).filter(|&at| at > 0).map(|at| at <= SAME_SOUND)
}

fn is_name(kind: ComparisonKind) -> bool {
    matches!(kind, ComparisonKind::Name | ComparisonKind::Names)
}

fn by_number(shape: &[ComparisonModel], levels: u64) -> bool {
    let mut agrees = false;
    for (place, comparison) in shape.iter().enumerate() {
        let at = level(levels, place);
        let last = at == comparison.levels.len();
        match comparison.kind {
            ComparisonKind::Id | ComparisonKind::Token => agrees |= at == 1,
            kind if is_name(kind) && last => return false,
            _ => {}
        }
    }
    agrees
}

fn by_phone(shape: &[ComparisonModel], levels: u64) -> bool {
    let (mut phone, mut name) = (false, false);
    for (place, comparison) in shape.iter().enumerate() {
        let at = level(levels, place);
        let last = at == comparison.levels.len();
        match comparison.kind {
            ComparisonKind::Phone => phone |= at == 1,
            ComparisonKind::Id if at >= SAME_BIRTH => return false,
            ComparisonKind::Birth | ComparisonKind::Sex if last => return false,
            kind if is_name(kind) => name |= at == 1,
            _ => {}
        }
    }
    phone && name
}

/// Bits by which trusted agreement must exceed those that tell one pair among all.
const BITS_TO_SPARE: f64 = 7.0;

fn beyond_chance(shape: &[ComparisonModel], levels: u64, chance: &[Vec<f64>], bounds: &Bounds) -> bool {
    if chance.len() < shape.len() {
        return false;
    }
    let (mut bits, mut personal) = (0.0, 0);
    for (place, comparison) in shape.iter().enumerate() {
        let at = level(levels, place);
        if at == 0 {
            continue;
        }
        if at == comparison.levels.len() || comparison.kind == ComparisonKind::Id && at >= SAME_BIRTH {
            return false;
        }
        if at == 1 {
            bits -= libm::log2(chance[place][0]);
            personal += u32::from(!matches!(comparison.kind, ComparisonKind::Place | ComparisonKind::Sex));
        }
    }
    personal >= 2 && bits >= libm::log2(bounds.possible.max(1.0)) + BITS_TO_SPARE
}
