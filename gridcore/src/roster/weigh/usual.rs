//! What is usual: probabilities known before anything is learnt, which rule where pairs are few.
//!
//! A list of a dozen people teaches nothing about how often an identity number is mistyped; other lists have shown it. Each
//! probability is worth so many pairs, as a Dirichlet prior; what is learnt from many pairs leaves it behind.

use super::super::{ComparisonKind, ComparisonModel};

/// How often each level is seen among pairs of the same person, as far as lists of people tell beforehand: names as in
/// household registers, one identity number in 30 with a slip, one phone in six changed, one person in ten moved. Two sound
/// and different identity numbers are almost never of one person.
const fn usual(kind: ComparisonKind) -> &'static [f64] {
    match kind {
        ComparisonKind::Name => &[0.90, 0.04, 0.03, 0.015, 0.01, 0.005],
        ComparisonKind::Names => &[0.72, 0.03, 0.10, 0.04, 0.04, 0.03, 0.03, 0.01],
        ComparisonKind::Id => &[0.9639, 0.03, 0.004, 0.0001, 0.002],
        ComparisonKind::Token => &[0.97, 0.03],
        ComparisonKind::Phone => &[0.80, 0.03, 0.17],
        ComparisonKind::Birth => &[0.94, 0.035, 0.015, 0.01],
        ComparisonKind::Sex => &[0.985, 0.015],
        ComparisonKind::Place => &[0.72, 0.05, 0.04, 0.06, 0.03, 0.03, 0.07],
        ComparisonKind::Text => &[0.75, 0.12, 0.04, 0.02, 0.07],
        ComparisonKind::Exact => &[0.88, 0.12],
    }
}

/// The usual probability of a level, the first being 0, among pairs of the same person.
pub(super) fn same(comparison: &ComparisonModel, at: usize) -> f64 {
    let (usual, count) = (usual(comparison.kind), comparison.levels.len());
    if usual.len() == count {
        return usual[at];
    }
    // Mostly the first level, now and then one between, seldom the last.
    match (at, count) {
        (_, 1) => 1.0,
        (0, _) => 0.85,
        (1, 2) => 0.15,
        _ if at + 1 == count => 0.05,
        _ => 0.10 / (count - 2) as f64,
    }
}

/// How often each level is seen among pairs drawn at random, where that is alike in all lists.
const fn by_chance(kind: ComparisonKind) -> &'static [f64] {
    match kind {
        ComparisonKind::Name => &[0.001, 0.001, 0.006, 0.008, 0.012, 0.972],
        ComparisonKind::Id => &[1e-6, 1e-6, 1e-6, 1e-4, 0.999_897],
        ComparisonKind::Token => &[1e-6, 0.999_999],
        ComparisonKind::Phone => &[0.002, 0.0005, 0.9975],
        ComparisonKind::Birth => &[0.000_1, 0.001, 0.014, 0.984_9],
        ComparisonKind::Sex => &[0.5, 0.5],
        _ => &[],
    }
}

/// The usual probability of a level, the first being 0, among pairs drawn at random; where nothing is known, almost all differ.
pub(super) fn chance(comparison: &ComparisonModel, at: usize) -> f64 {
    let (usual, count) = (by_chance(comparison.kind), comparison.levels.len());
    match at {
        _ if usual.len() == count => usual[at],
        _ if at + 1 == count => 1.0 / (0.1 * count as f64 + 0.9),
        _ => 0.1 / (0.1 * count as f64 + 0.9),
    }
}

/// The pairs drawn at random that this is worth.
pub(super) const WORTH_OF_CHANCE: f64 = 2.0;

/// How many pairs of the same person the usual probabilities of a comparison are worth: what a person is born with is alike
/// in all lists, what stands in a column of any kind is not.
pub(super) const fn worth(kind: ComparisonKind) -> f64 {
    match kind {
        ComparisonKind::Id
        | ComparisonKind::Token
        | ComparisonKind::Name
        | ComparisonKind::Birth
        | ComparisonKind::Sex => 100.0,
        ComparisonKind::Phone | ComparisonKind::Place => 50.0,
        ComparisonKind::Names | ComparisonKind::Text | ComparisonKind::Exact => 20.0,
    }
}

/// The pairs that a kind of others is worth.
pub(super) const WORTH_OF_OTHERS: f64 = 40.0;
/// The pairs that the share of pairs of the same person is worth, and the shares of the kinds of others.
pub(super) const WORTH_OF_SHARES: [f64; 2] = [2.0, 20.0];
/// Among candidates inside one list, so many are usually of the same person.
pub(super) const SHARE_WITHIN: f64 = 0.1;

/// From so many pairs on, what is usual fades.
const MANY: f64 = 300.0;
/// What it is worth in the end.
const LASTING: f64 = 2.0;

/// The pairs that something worth `worth` is still worth beside those seen.
pub(super) fn faded(worth: f64, seen: f64) -> f64 {
    let ratio = seen / MANY;
    LASTING.min(worth) + (worth - LASTING).max(0.0) / (1.0 + ratio * ratio)
}

/// Why different people may have become a candidate pair: one comparison or several that agree.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    /// The part of the others that are usually of this kind; all parts together are not 1.
    pub(super) share: f64,
    /// By comparison: the probabilities of its first level, of all between together, and of its last. What is left out is
    /// as among pairs at random.
    reasons: Vec<(usize, [f64; 3])>,
    /// The comparison of identity numbers, where they are of the same day.
    born: Option<usize>,
}

/// Whether pairs are so few that it is better known beforehand what people under one roof have in common.
pub(super) fn few(pairs: f64) -> bool {
    pairs < 15_000.0
}

/// Two identity numbers of people born on one day: another number of the same birth, seldom a slip in it.
const SAME_DAY: [f64; 5] = [1e-5, 1e-4, 1e-4, 0.95, 0.0498];

impl Kind {
    /// The probability of a level, the first being 0.
    pub(super) fn p(&self, shape: &[ComparisonModel], place: usize, at: usize, chance: &[Vec<f64>]) -> f64 {
        let count = shape[place].levels.len();
        if self.born == Some(place) && count == SAME_DAY.len() {
            return SAME_DAY[at];
        }
        match self.reasons.iter().find(|(reason, _)| *reason == place) {
            Some((_, p)) if count == 2 => {
                if at == 0 {
                    p[0]
                } else {
                    1.0 - p[0]
                }
            }
            Some((_, p)) => match at {
                0 => p[0],
                _ if at + 1 == count => p[2],
                _ => p[1] / (count - 2) as f64,
            },
            None => chance[place][at],
        }
    }
}

/// A kind of pairs that agree by nothing but chance; one for each comparison by which different people may have become a
/// candidate pair; and, among few pairs, two of people under one roof, twins and others. (Among many, kinds that so resemble
/// misspelt names of the same person would take those too, and people under one roof are learnt as they are.)
///
/// There are two for given and family names in columns of their own, since who shares all of the name and who shares one of
/// the two have little else in common. Whole names get one: a kind of names that are almost the same would vie with misspelt
/// names of the same person.
pub(super) fn others(shape: &[ComparisonModel], pairs: f64) -> Vec<Kind> {
    let of = |kind: ComparisonKind| shape.iter().position(|comparison| comparison.kind == kind);
    let id = of(ComparisonKind::Id).filter(|_| few(pairs));
    let mut kinds = vec![Kind { share: 1.0, reasons: Vec::new(), born: None }];
    for (place, comparison) in shape.iter().enumerate().filter(|(_, of)| of.levels.len() > 1) {
        let kind = |p| Kind { share: 1.0, reasons: vec![(place, p)], born: None };
        match comparison.kind {
            ComparisonKind::Id | ComparisonKind::Token | ComparisonKind::Sex => {}
            ComparisonKind::Names => kinds.extend([kind([0.9, 0.07, 0.03]), kind([0.05, 0.85, 0.1])]),
            ComparisonKind::Birth => kinds.push(Kind { born: id, ..kind([0.7, 0.2, 0.1]) }),
            _ => kinds.push(kind([0.7, 0.2, 0.1])),
        }
    }
    let name = of(ComparisonKind::Name).or_else(|| of(ComparisonKind::Names));
    if let (Some(id), Some(name)) = (id, name) {
        let under_one_roof = |birth: Option<[f64; 3]>| {
            let mut reasons = vec![(name, [0.02, 0.6, 0.38])];
            reasons.extend(of(ComparisonKind::Birth).zip(birth));
            for (kind, p) in [
                (ComparisonKind::Place, [0.9, 0.05, 0.05]),
                (ComparisonKind::Phone, [0.5, 0.01, 0.49]),
                (ComparisonKind::Sex, [0.5, 0.0, 0.5]),
            ] {
                reasons.extend(of(kind).map(|place| (place, p)));
            }
            reasons
        };
        let twins = Kind { share: 0.1, reasons: under_one_roof(Some([0.96, 0.02, 0.02])), born: Some(id) };
        kinds.insert(1, twins);
        if of(ComparisonKind::Place).or_else(|| of(ComparisonKind::Phone)).is_some() {
            kinds.insert(2, Kind { share: 0.3, reasons: under_one_roof(None), born: None });
        }
    }
    kinds
}
