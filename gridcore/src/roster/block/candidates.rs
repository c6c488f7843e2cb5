//! The candidates of a reconciliation: how many of each pattern, and the pairs themselves.

use std::cell::OnceCell;

use super::super::Rules;
use super::super::compare::{Comparisons, Memo};
use super::super::pairs::{Patterns, Scored};
use super::super::side::{Fields, Side};
use super::kept::{Foresight, Kept};
use super::later::Where;
use super::rest;
use super::rule::{Blocking, telling};
use super::sort::Block;
use super::stream::{Sorted, Stream, cap};
use super::tally::Tally;
use crate::control::{Control, Stopped};

/// A block that was too large to be compared in full (被截断的块).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CutBlock {
    /// The blocking key: the names of its parts, joined by `+`.
    pub rule: String,
    /// The rows of the left in it.
    pub left: u32,
    /// The rows of the right in it.
    pub right: u32,
    /// Its pairs. Those that share another key are compared all the same.
    pub pairs: u64,
}

/// What became of one blocking key (分块规则).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct BlockingRule {
    /// The names of its parts, joined by `+`.
    pub rule: String,
    /// The blocks with rows of both sides.
    pub blocks: u64,
    /// The pairs in them, known before any is compared.
    pub estimate: u64,
    /// The pairs that were compared under this key, being under no earlier one.
    pub pairs: u64,
    /// The blocks that were too large.
    pub cut_blocks: u64,
    /// The pairs in those.
    pub cut_pairs: u64,
}

/// The most cut blocks that are listed, largest first.
const MOST_LISTED: usize = 1000;

/// The most pairs that are kept; beyond it those that are too light are given up, or else all are found a second time when
/// they are scored.
pub(super) const MOST_STORED: usize = 24_000_000;

/// Pairs compared between two looks at the reins and at what is kept.
const PART: u64 = 1 << 20;

/// This part of the pairs allowed is kept for rows all of whose blocks are cut.
const RESERVED: u64 = 8;

/// What was decided about the blocks of a run from all its rows, and holds for later rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Caps {
    /// Of each field whether sharing a value says something.
    pub(crate) telling: Vec<bool>,
    /// Of each key the most pairs of a block that is compared in full.
    pub(crate) most: Vec<u64>,
    /// The most pairs of rows all of whose blocks are cut.
    pub(crate) rest: u64,
}

/// The candidates.
pub(crate) struct Candidates<'c> {
    /// How many candidate pairs have each pattern.
    pub(crate) patterns: Patterns,
    /// Pairs in blocks that are not cut, a pair counted under each key that it shares: known before any is compared.
    pub(crate) estimate: u64,
    /// The largest blocks that were cut.
    pub(crate) cut: Vec<CutBlock>,
    pub(crate) by_rule: Vec<BlockingRule>,
    /// What later rows are held to.
    pub(crate) caps: Caps,
    pub(super) stream: Stream<'c>,
    pub(super) tally: Tally,
    pub(super) kept: Kept,
    /// Pairs of rows all of whose blocks were cut, and the numbers of their patterns.
    pub(super) rest: Vec<(u32, u32)>,
    rest_numbers: Vec<u32>,
    random: OnceCell<Patterns>,
    /// Rows of the left and of the right for which not even those pairs were allowed, ascending.
    pub(crate) uncompared: [Vec<u32>; 2],
}

/// Finds the candidates of two sides: pairs that share a blocking key.
///
/// # Errors
///
/// [`Stopped`] as the control says.
///
/// # Complexity
///
/// O(k·n + c) time for k keys, n rows and c candidates, of which there are at most `most_candidates_per_row` for each row.
pub(crate) fn candidates<'c>(
    fields: &Fields,
    all: &'c Comparisons,
    left: &'c Side,
    right: &'c Side,
    rules: &Rules,
    foresight: &Foresight<'_>,
    control: &mut Control<'_>,
) -> Result<Candidates<'c>, Stopped> {
    let telling = telling(fields, left);
    let stream = Stream::between(all, Blocking::new(fields, all, &telling), left, right);
    let mut found = find(stream, rules, MOST_STORED, Some(foresight), control)?;
    found.caps.telling = telling;
    Ok(found)
}

/// Which keys are used inside one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inside {
    /// Those that find a second row of the same person in a list that should have none.
    Strict,
    /// All, where finding duplicates is the whole job.
    All,
}

/// Finds candidates inside one side: the left of a pair is the row that comes first.
///
/// # Errors
///
/// [`Stopped`] as the control says.
///
/// # Complexity
///
/// That of [`candidates`].
pub(crate) fn within<'c>(
    fields: &Fields,
    all: &'c Comparisons,
    side: &'c Side,
    which: Inside,
    rules: &Rules,
    foresight: Option<&Foresight<'_>>,
    control: &mut Control<'_>,
) -> Result<Candidates<'c>, Stopped> {
    let telling = telling(fields, side);
    let mut blocking = Blocking::new(fields, all, &telling);
    if which == Inside::Strict {
        blocking.keep_strict();
    }
    let mut found = find(Stream::inside(all, blocking, side), rules, MOST_STORED, foresight, control)?;
    found.caps.telling = telling;
    Ok(found)
}

/// Goes through all rules once; not many more than `most_stored` pairs are kept.
pub(super) fn find<'c>(
    stream: Stream<'c>,
    rules: &Rules,
    most_stored: usize,
    foresight: Option<&Foresight<'_>>,
    control: &mut Control<'_>,
) -> Result<Candidates<'c>, Stopped> {
    let found = Candidates::none(stream, most_stored);
    let (mut found, covered) = by_rule(found, rules, control, |found, rule, sorted, control| {
        found.count(rule, sorted, foresight, control)
    })?;
    found.finish(&covered, control)?;
    Ok(found)
}

/// What the rules would compare, without comparing: of each rule also the rows of the left and of the right that have its
/// key. As no pair is looked at, one that shares several keys is counted under each of them.
///
/// # Errors
///
/// [`Stopped`] as the control says.
///
/// # Complexity
///
/// O(k·n) time for k keys and n rows.
pub(crate) fn estimate<'c>(
    fields: &Fields,
    all: &'c Comparisons,
    which: Where<'c>,
    rules: &Rules,
    control: &mut Control<'_>,
) -> Result<(Candidates<'c>, Vec<[u64; 2]>), Stopped> {
    let mut keyed = Vec::new();
    let stream = match which {
        Where::Between(left, right) => {
            Stream::between(all, Blocking::new(fields, all, &telling(fields, left)), left, right)
        }
        Where::Inside(side, _) => {
            Stream::inside(all, Blocking::new(fields, all, &telling(fields, side)), side)
        }
    };
    let found = Candidates::none(stream, 0);
    let (mut found, _) = by_rule(found, rules, control, |found, rule, sorted, _| {
        keyed.push(sorted.rows());
        Ok(found.by_rule[rule].estimate)
    })?;
    found.list_largest();
    Ok((found, keyed))
}

/// Goes through all rules; `count` says how many pairs each of them takes of what is allowed.
fn by_rule<'c>(
    mut found: Candidates<'c>,
    rules: &Rules,
    control: &mut Control<'_>,
    mut count: impl FnMut(&mut Candidates<'c>, usize, &mut Sorted, &mut Control<'_>) -> Result<u64, Stopped>,
) -> Result<(Candidates<'c>, rest::Covered), Stopped> {
    let stream = &found.stream;
    let rows = u64::from(stream.left.rows) + if stream.inside { 0 } else { u64::from(stream.right.rows) };
    let budget = rows.saturating_mul(rules.most_candidates_per_row.into());
    let mut covered = rest::Covered::new(stream.left.rows, stream.right.rows);
    // Something is left for rows all of whose blocks are cut.
    let reserved = budget / RESERVED;
    let mut remaining = budget - reserved;
    let mut sorted = Sorted::default();
    for rule in 0..found.stream.blocking.rules.len() {
        control.spend(rows, None)?;
        found.stream.sort(rule, &mut sorted);
        // Every rule may use half of what is left: the strict ones come first and use little.
        let most = cap(&sorted, remaining / 2, budget);
        found.caps.most.push(most);
        found.plan(rule, &sorted, |block| sorted.pairs(block) <= most, &mut covered);
        let compared = count(&mut found, rule, &mut sorted, control)?;
        remaining = remaining.saturating_sub(compared);
    }
    found.caps.rest = remaining + reserved;
    Ok((found, covered))
}

impl<'c> Candidates<'c> {
    /// The patterns of random pairs of the same rows.
    pub(crate) fn random(&self) -> &Patterns {
        self.random.get_or_init(|| super::random::of_lines(&self.stream))
    }

    /// No candidates yet, and room for some pairs.
    pub(super) fn none(stream: Stream<'c>, most_stored: usize) -> Self {
        Self {
            patterns: Patterns::default(),
            estimate: 0,
            cut: Vec::new(),
            by_rule: Vec::with_capacity(stream.blocking.rules.len()),
            caps: Caps::default(),
            stream,
            tally: Tally::default(),
            kept: Kept::new(most_stored),
            rest: Vec::new(),
            rest_numbers: Vec::new(),
            random: OnceCell::new(),
            uncompared: [Vec::new(), Vec::new()],
        }
    }

    /// Adds the pairs of rows all of whose blocks were cut, and sums up.
    ///
    /// # Errors
    ///
    /// [`Stopped`] as the control says.
    pub(super) fn finish(
        &mut self,
        covered: &rest::Covered,
        control: &mut Control<'_>,
    ) -> Result<(), Stopped> {
        (self.rest, self.uncompared) = rest::pairs(&self.stream, covered, self.caps.rest, control)?;
        for &(l, r) in &self.rest {
            let levels = self.stream.levels(l, r, &mut Memo::none());
            self.rest_numbers.push(self.tally.count(levels));
        }
        self.patterns = self.tally.patterns();
        self.list_largest();
        Ok(())
    }

    /// Puts the blocks that were cut in order, the largest first, and forgets the smaller of many.
    fn list_largest(&mut self) {
        self.cut
            .sort_by(|a, b| b.pairs.cmp(&a.pairs).then_with(|| (&a.rule, a.left).cmp(&(&b.rule, b.left))));
        self.cut.truncate(MOST_LISTED);
    }

    /// Sets apart the blocks that are too large, and marks the rows of the others.
    pub(super) fn plan(
        &mut self,
        rule: usize,
        sorted: &Sorted,
        is_whole: impl Fn(&Block) -> bool,
        covered: &mut rest::Covered,
    ) {
        let name = &self.stream.blocking.rules[rule].name;
        let mut of_rule = BlockingRule {
            rule: name.clone(),
            blocks: sorted.blocks.len() as u64,
            estimate: 0,
            pairs: 0,
            cut_blocks: 0,
            cut_pairs: 0,
        };
        for block in &sorted.blocks {
            let pairs = sorted.pairs(block);
            if is_whole(block) {
                of_rule.estimate += pairs;
                covered.mark(sorted, block);
                continue;
            }
            self.stream.cut[rule].push(sorted.key(block));
            of_rule.cut_blocks += 1;
            of_rule.cut_pairs = of_rule.cut_pairs.saturating_add(pairs);
            let (left, right) = (block.left_rows, block.right_rows);
            self.cut.push(CutBlock { rule: name.clone(), left, right, pairs });
        }
        self.estimate += of_rule.estimate;
        self.by_rule.push(of_rule);
    }

    /// Compares the pairs of a rule's whole blocks; returns how many belong to it. Only those blocks stay in `sorted`.
    pub(super) fn count(
        &mut self,
        rule: usize,
        sorted: &mut Sorted,
        foresight: Option<&Foresight<'_>>,
        control: &mut Control<'_>,
    ) -> Result<u64, Stopped> {
        self.stream.keep_whole(rule, sorted);
        let mut compared = 0_u64;
        let mut memo = self.stream.all.memo();
        for (part, pairs) in sorted.parts(&sorted.blocks, PART) {
            control.spend(pairs, None)?;
            let Self { stream, tally, kept, .. } = self;
            stream.some_blocks(rule, sorted, part, &mut memo, &mut |l, r, levels| {
                kept.add(l, r, tally.count(levels));
                compared += 1;
            });
            if self.kept.is_full() {
                self.random();
                let random = self.random.get_or_init(Patterns::default);
                self.kept.thin(&self.tally, random, foresight, control)?;
            }
        }
        self.by_rule[rule].pairs = compared;
        Ok(compared)
    }

    /// What each pattern weighs, by number.
    fn weigh(&self, weight: &dyn Fn(u64) -> Option<f64>) -> Vec<Option<f64>> {
        self.tally.levels.iter().map(|&levels| weight(levels)).collect()
    }

    /// Frees what only finding pairs a second time would need, if [`score`](Self::score) by the same weights does not: then
    /// nothing can be asked about other pairs any more.
    pub(crate) fn free(&mut self, weight: &dyn Fn(u64) -> Option<f64>) {
        let weights = self.weigh(weight);
        if self.kept.if_whole(|number| weights[number].is_some()).is_some() {
            self.stream.free();
        }
    }

    /// The pairs whose pattern has a weight, by left and then right.
    ///
    /// # Errors
    ///
    /// [`Stopped`] as the control says, where pairs are found a second time.
    pub(crate) fn score(
        &self,
        weight: &dyn Fn(u64) -> Option<f64>,
        control: &mut Control<'_>,
    ) -> Result<Vec<Scored>, Stopped> {
        let weights = self.weigh(weight);
        let mut scored = Vec::new();
        let mut take = |left: u32, right: u32, number: u32| {
            if let Some(weight) = weights[number as usize] {
                scored.push(Scored { left, right, levels: self.tally.levels[number as usize], weight });
            }
        };
        if let Some(pairs) = self.kept.if_whole(|number| weights[number].is_some()) {
            for &(l, r, number) in pairs {
                take(l, r, number);
            }
        } else {
            let mut sorted = Sorted::default();
            let mut memo = self.stream.all.memo();
            let mut tally = self.tally.clone();
            for rule in 0..self.stream.blocking.rules.len() {
                self.stream.sort(rule, &mut sorted);
                self.stream.keep_whole(rule, &mut sorted);
                for (part, pairs) in sorted.parts(&sorted.blocks, PART) {
                    control.spend(pairs, None)?;
                    let mut each = |l, r, levels| take(l, r, tally.number(levels));
                    self.stream.some_blocks(rule, &sorted, part, &mut memo, &mut each);
                }
            }
        }
        for (&(l, r), &number) in self.rest.iter().zip(&self.rest_numbers) {
            take(l, r, number);
        }
        Ok(by_rows(scored, self.stream.left.rows))
    }
}

/// Sorts pairs by left and then right: those of one left row are few, so that they are put beside each other first.
fn by_rows(pairs: Vec<Scored>, rows: u32) -> Vec<Scored> {
    if pairs.len() < rows as usize / 8 {
        let mut pairs = pairs;
        pairs.sort_unstable_by_key(|pair| (pair.left, pair.right));
        return pairs;
    }
    let mut ends = vec![0_u32; rows as usize + 1];
    for pair in &pairs {
        ends[pair.left as usize + 1] += 1;
    }
    for row in 0..rows as usize {
        ends[row + 1] += ends[row];
    }
    let Some(&first) = pairs.first() else { return pairs };
    let mut sorted = vec![first; pairs.len()];
    let mut places = ends.clone();
    for pair in pairs {
        let place = &mut places[pair.left as usize];
        sorted[*place as usize] = pair;
        *place += 1;
    }
    for row in ends.windows(2) {
        sorted[row[0] as usize..row[1] as usize].sort_unstable_by_key(|pair| pair.right);
    }
    sorted
}
