//! Learning the model from the counts of patterns.

use super::super::pairs::{MOST_COMPARISONS, Patterns, level};
use super::super::{ComparisonKind, ComparisonModel, Model, OtherKind};
use super::anchor::{Known, known};
use super::expect::{Expected, SLOTS, Seen, expect};
use super::usual::{self, faded};
use crate::control::{Control, Stopped};

/// What is known about the pairs beside their patterns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// All pairs of rows there are, candidates or not.
    pub(crate) possible: f64,
    /// The most pairs of the same person there may be.
    pub(crate) most_same: f64,
}

const MOST_ROUNDS: usize = 300;
/// The learning ends when no probability moves by more.
const STILL: f64 = 1e-5;
/// No level is rarer than this among pairs of the same person, and among others.
const LEAST_M: f64 = 1e-5;
const LEAST_U: f64 = 1e-7;
/// No more kinds are told apart.
const MOST_KINDS: usize = 12;
/// A kind with a smaller share is given up.
const LEAST_SHARE: f64 = 1e-4;

/// How long to learn, and what.
struct Effort {
    rounds: usize,
    still: f64,
    /// Only the shares of the classes are learnt.
    fixed: bool,
    /// What part of the pairs are usually of the same person.
    share: f64,
    /// The pairs that this part is worth, and the parts of the kinds of others.
    worth: [f64; 2],
}

impl Effort {
    const fn full(share: f64) -> Self {
        Self { rounds: MOST_ROUNDS, still: STILL, fixed: false, share, worth: usual::WORTH_OF_SHARES }
    }
}

/// One class of pairs.
#[derive(Clone)]
struct Class {
    share: f64,
    /// The probability of each slot.
    p: Vec<f64>,
    /// What the smoothing draws to.
    start: Vec<f64>,
    /// By comparison: how many pairs that is worth while few are seen.
    worth: Vec<f64>,
    least: f64,
}

/// Learns a model: `shape` says what is compared, with any m and u; `patterns` are the candidates', `random` those of pairs
/// drawn at random, which are of different people but for a few.
///
/// # Complexity
///
/// O(rounds · patterns · comparisons · kinds) time, at most 300 rounds; O(patterns) space.
///
/// # Errors
///
/// [`Stopped`] as the control says, which is asked once a round.
pub(crate) fn train(
    shape: &[ComparisonModel],
    patterns: &Patterns,
    random: &Patterns,
    bounds: &Bounds,
    control: &mut Control<'_>,
) -> Result<Model, Stopped> {
    let patterns = gathered(patterns);
    let chance = frequencies(shape, random, bounds);
    let known = known(shape, &patterns, &chance, bounds);
    let rows = seen(shape, &patterns, known.into_iter());
    let total: f64 = rows.iter().map(|row| row.count).sum();
    let sure: f64 = rows.iter().filter(|row| row.known == Known::Same).map(|row| row.count).sum();
    // Nothing to trust: about half of the rows may have a counterpart.
    let likely = if sure > 0.0 { 1.5 * sure } else { 0.4 * bounds.most_same };
    let prior = if total > 0.0 { (likely / total).clamp(0.001, 0.5) } else { 0.5 };
    let same = start_same(shape, prior);
    let others = start_others(shape, &chance, total, 1.0 - prior);
    let most = if total > 0.0 { (bounds.most_same / total).clamp(0.0, 1.0) } else { 1.0 };
    let effort = Effort::full(prior);
    let classes = learn(&rows, shape.len(), (same, others), most, &effort, control)?;
    Ok(model(shape, &classes))
}

/// The model for other candidates of the same lists, such as pairs within one: what each level says stays as it is, how many
/// pairs are of the same person, and how many others of each kind, is learnt anew.
///
/// # Errors
///
/// As [`train`].
pub(crate) fn retrain(
    model: &Model,
    patterns: &Patterns,
    bounds: &Bounds,
    control: &mut Control<'_>,
) -> Result<Model, Stopped> {
    let shape = &model.comparisons;
    let patterns = gathered(patterns);
    let known = known(shape, &patterns, &[], bounds);
    let rows = seen(shape, &patterns, known.into_iter());
    let total: f64 = rows.iter().map(|row| row.count).sum();
    if total <= 0.0 {
        return Ok(model.clone());
    }
    let class = |share: f64, p: Vec<f64>| Class {
        share,
        start: p.clone(),
        p,
        worth: vec![0.0; shape.len()],
        least: 0.0,
    };
    let mut classes = vec![class(model.prior, table(shape, |place, at| shape[place].levels[at].m))];
    if model.others.is_empty() {
        classes.push(class(1.0 - model.prior, table(shape, |place, at| shape[place].levels[at].u)));
    }
    for kind in &model.others {
        classes.push(class((1.0 - model.prior) * kind.share, table(shape, |place, at| kind.u[place][at])));
    }
    let most = (bounds.most_same / total).clamp(0.0, 1.0);
    let others = classes.split_off(1);
    let same = classes.remove(0);
    let effort = Effort { fixed: true, ..Effort::full(usual::SHARE_WITHIN) };
    Ok(self::model(shape, &learn(&rows, shape.len(), (same, others), most, &effort, control)?))
}

/// So many rounds with one kind of others, nothing known and little usual, for the direct implementation to compare with.
#[cfg(test)]
pub(super) fn rounds(shape: &[ComparisonModel], patterns: &Patterns, rounds: usize) -> Model {
    let rows = seen(shape, &gathered(patterns), std::iter::repeat(Known::Open));
    let even =
        |comparison: &ComparisonModel| vec![1.0 / comparison.levels.len() as f64; comparison.levels.len()];
    let mut others = start_others(shape, &shape.iter().map(even).collect::<Vec<_>>(), 0.0, 0.7);
    others.truncate(1);
    let mut same = start_same(shape, 0.3);
    for class in &mut others {
        class.share = 0.7;
        class.worth.fill(2.0);
    }
    same.worth.fill(2.0);
    let effort = Effort { rounds, still: 0.0, fixed: false, share: 0.3, worth: [0.0; 2] };
    let learnt = learn(&rows, shape.len(), (same, others), 1.0, &effort, &mut Control::free());
    model(shape, &learnt.expect("nobody stops it"))
}

fn seen(shape: &[ComparisonModel], patterns: &Patterns, known: impl Iterator<Item = Known>) -> Vec<Seen> {
    let counted = patterns.levels.iter().zip(&patterns.counts);
    let row = |((&levels, &count), known): ((&u64, &u64), Known)| Seen {
        slots: slots(shape, levels),
        count: count as f64,
        known,
    };
    counted.zip(known).map(row).collect()
}

/// Patterns in order, each once, so that sums do not hang on the order in which pairs were met.
fn gathered(patterns: &Patterns) -> Patterns {
    let mut all: Vec<(u64, u64)> = patterns
        .levels
        .iter()
        .copied()
        .zip(patterns.counts.iter().copied())
        .filter(|&(_, n)| n > 0)
        .collect();
    all.sort_unstable();
    let mut gathered = Patterns::default();
    for (levels, count) in all {
        if gathered.levels.last() == Some(&levels) {
            if let Some(last) = gathered.counts.last_mut() {
                *last = last.saturating_add(count);
            }
        } else {
            gathered.levels.push(levels);
            gathered.counts.push(count);
        }
    }
    gathered
}

fn slots(shape: &[ComparisonModel], levels: u64) -> [u8; MOST_COMPARISONS] {
    std::array::from_fn(|place| {
        let at = shape.get(place).map_or(0, |comparison| level(levels, place).min(comparison.levels.len()));
        (16 * place + at) as u8
    })
}

/// How often each level is seen among pairs at random, a missing value aside; never 0. In short lists some of these pairs are
/// of the same person: as many as there may be are taken away where all agrees.
fn frequencies(shape: &[ComparisonModel], random: &Patterns, bounds: &Bounds) -> Vec<Vec<f64>> {
    let same = if bounds.possible > 0.0 { (bounds.most_same / bounds.possible).min(1.0) } else { 0.0 };
    let mut seen: Vec<Vec<f64>> = shape.iter().map(|comparison| vec![0.0; comparison.levels.len()]).collect();
    for (&levels, &count) in random.levels.iter().zip(&random.counts) {
        for (place, seen) in seen.iter_mut().enumerate() {
            if let Some(seen) = level(levels, place).checked_sub(1).and_then(|at| seen.get_mut(at)) {
                *seen += count as f64;
            }
        }
    }
    for (seen, comparison) in seen.iter_mut().zip(shape) {
        let last = comparison.levels.len().saturating_sub(1);
        let drawn: f64 = seen.iter().sum();
        // An identity number that has but a slip is the same person's as well.
        let agree = if comparison.kind == ComparisonKind::Id { 3 } else { 1 };
        let mut known = same * drawn;
        for seen in seen[..last].iter_mut().take(agree) {
            let taken = known.min(*seen);
            (*seen, known) = (*seen - taken, known - taken);
        }
        let total: f64 = seen.iter().sum();
        for (at, seen) in seen.iter_mut().enumerate() {
            let usual = usual::WORTH_OF_CHANCE * usual::chance(comparison, at);
            *seen = ((*seen + usual) / (total + usual::WORTH_OF_CHANCE)).max(LEAST_U);
        }
    }
    seen
}

fn table(shape: &[ComparisonModel], mut p: impl FnMut(usize, usize) -> f64) -> Vec<f64> {
    let mut table = vec![1.0; SLOTS];
    for (place, comparison) in shape.iter().enumerate() {
        for at in 0..comparison.levels.len() {
            table[16 * place + at + 1] = p(place, at);
        }
    }
    table
}

/// What is usual among pairs of the same person.
fn start_same(shape: &[ComparisonModel], prior: f64) -> Class {
    let p = table(shape, |place, at| usual::same(&shape[place], at));
    let worth = shape.iter().map(|comparison| usual::worth(comparison.kind)).collect();
    Class { share: prior, start: p.clone(), p, worth, least: LEAST_M }
}

/// The usual kinds of others, among so many pairs.
fn start_others(shape: &[ComparisonModel], chance: &[Vec<f64>], pairs: f64, rest: f64) -> Vec<Class> {
    let mut kinds = usual::others(shape, pairs);
    kinds.truncate(MOST_KINDS);
    let all: f64 = kinds.iter().map(|kind| kind.share).sum();
    let class = |kind: &usual::Kind| {
        let p = table(shape, |place, at| kind.p(shape, place, at, chance));
        let worth = vec![usual::WORTH_OF_OTHERS; shape.len()];
        Class { share: rest * kind.share / all, start: p.clone(), p, worth, least: LEAST_U }
    };
    kinds.iter().map(class).collect()
}

/// Rounds of expectation and maximisation until nothing moves; the first class is that of the same person.
fn learn(
    rows: &[Seen],
    places: usize,
    (same, others): (Class, Vec<Class>),
    most: f64,
    effort: &Effort,
    control: &mut Control<'_>,
) -> Result<Vec<Class>, Stopped> {
    let mut classes = vec![same];
    classes.extend(others);
    let all: f64 = classes[1..].iter().map(|class| class.share).sum();
    let usual_shares: Vec<f64> =
        classes[1..].iter().map(|class| class.share / all.max(f64::MIN_POSITIVE)).collect();
    for _ in 0..effort.rounds {
        control.spend(0, None)?;
        let Expected { sums, weight } =
            expect(rows, places, classes.iter().map(|class| (class.share, &*class.p)));
        let total: f64 = weight.iter().sum();
        if total <= 0.0 {
            break;
        }
        let mut moved: f64 = 0.0;
        let same = weight[0];
        let of_share = faded(effort.worth[0], total);
        let of_kinds = faded(effort.worth[1], total - same);
        let share = (same + of_share * effort.share) / (total + of_share);
        for (turn, ((class, sums), weight)) in classes.iter_mut().zip(&sums).zip(&weight).enumerate() {
            let new = if turn == 0 {
                share
            } else {
                let part = (weight + of_kinds * usual_shares[turn - 1])
                    / (total - same + of_kinds).max(f64::MIN_POSITIVE);
                (1.0 - share) * part
            };
            moved = moved.max((class.share - new).abs());
            class.share = new;
            if !effort.fixed {
                moved = moved.max(maximise(class, sums, places));
            }
        }
        bound(&mut classes, most);
        if moved < effort.still {
            break;
        }
    }
    let share = classes[0].share;
    let mut first = true;
    // Where all pairs are of the same person nothing is learnt of others, and what is usual of them stays.
    classes.retain(|class| std::mem::take(&mut first) || class.share >= LEAST_SHARE * (1.0 - share));
    Ok(classes)
}

/// New probabilities from the pairs seen in each slot; how far the farthest moved, of those that matter.
fn maximise(class: &mut Class, sums: &[f64], places: usize) -> f64 {
    let mut moved: f64 = 0.0;
    for place in 0..places {
        let slots = 16 * place + 1..16 * place + 16;
        let seen: f64 = sums[slots.clone()].iter().sum();
        let worth = faded(class.worth[place], seen);
        for slot in slots {
            // Slots past the last level start at 1 and are never looked at.
            let p = ((sums[slot] + worth * class.start[slot]) / (seen + worth)).max(class.least);
            moved = moved.max(class.share * (p - class.p[slot]).abs());
            class.p[slot] = p;
        }
    }
    moved
}

/// There are no more pairs of the same person than rows allow.
fn bound(classes: &mut [Class], most: f64) {
    let share = classes[0].share;
    if share > most && share > 0.0 {
        let rest = 1.0 - share;
        classes[0].share = most;
        for class in &mut classes[1..] {
            class.share = if rest > 0.0 { class.share / rest * (1.0 - most) } else { 1.0 - most };
        }
    }
}

fn model(shape: &[ComparisonModel], classes: &[Class]) -> Model {
    let (same, others) = (&classes[0], &classes[1..]);
    let rest: f64 = others.iter().map(|class| class.share).sum();
    let shares: Vec<f64> = if rest > 0.0 {
        others.iter().map(|class| class.share / rest).collect()
    } else {
        vec![1.0 / others.len().max(1) as f64; others.len()]
    };
    let mut comparisons = shape.to_vec();
    for (place, comparison) in comparisons.iter_mut().enumerate() {
        for (at, level) in comparison.levels.iter_mut().enumerate() {
            let slot = 16 * place + at + 1;
            level.m = same.p[slot];
            level.u = others.iter().zip(&shares).map(|(class, share)| class.p[slot] * share).sum();
        }
    }
    let kinds = |class: &Class| {
        let levels = |(place, comparison): (usize, &ComparisonModel)| {
            (0..comparison.levels.len()).map(|at| class.p[16 * place + at + 1]).collect()
        };
        shape.iter().enumerate().map(levels).collect()
    };
    let others = if others.len() < 2 {
        Vec::new()
    } else {
        others.iter().zip(&shares).map(|(class, &share)| OtherKind { share, u: kinds(class) }).collect()
    };
    Model { prior: same.share.clamp(1e-9, 1.0 - 1e-9), comparisons, others }
}
