//! One reconciliation from tables to the answer.

use std::sync::Arc;

use super::block::{self, BlockingRule, Candidates, CutBlock};
use super::compare::{Comparison, Comparisons};
use super::door::{self, ColumnUse, Door, IdRepair, Known};
use super::outcome::place::{self, Bond, Evidence, Placed};
use super::pairs::{Patterns, Scored};
use super::settle::{self, Decisions, Settled};
use super::side::{Fields, Side, Values};
use super::weigh::{self, Bounds, Rarity, Weights};
use super::{ComparisonModel, LevelModel, Model, ReconcileError, RosterTable, Rules, Settle};
use crate::GridTree;
use crate::control::Control;
use crate::error::Fault;

/// What came of a reconciliation. Cheap to clone; owns all it needs.
#[derive(Clone)]
pub struct Reconciliation {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) rules: Rules,
    pub(crate) fields: Fields,
    /// How each column was read, and what was noted.
    pub(crate) columns: Vec<ColumnUse>,
    pub(crate) notes: Vec<Fault>,
    pub(crate) repairs: Vec<IdRepair>,
    /// What the door learnt, for rows that come later.
    pub(crate) known: Known,
    pub(crate) left: Side,
    pub(crate) right: Side,
    pub(crate) model: Model,
    /// The models of pairs within the left and within the right.
    pub(crate) within_models: [Model; 2],
    /// How often each name occurs on both sides.
    pub(crate) rarity: Rarity,
    /// Candidates above the floor, by left and then right; in a deduplication both are of the left.
    pub(crate) pairs: Vec<Scored>,
    /// Candidates within the left and within the right.
    pub(crate) within: [Vec<Scored>; 2],
    /// What somebody has decided.
    pub(crate) decisions: Decisions,
    /// How pairs were settled.
    pub(crate) settled: Settled,
    /// Where every row went, see `outcome::place`.
    pub(crate) placed: Placed,
    /// What the blocks cost, and what was cut.
    pub(crate) blocking: Blocking,
    /// The tree of the grids, if one was given.
    pub(crate) tree: Option<GridTree>,
    /// Whether one roster was freed of doubles: then there is no right side.
    pub(crate) single: bool,
}

/// How many candidates there were, and what was cut.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blocking {
    pub(crate) estimate: u64,
    pub(crate) by_rule: Vec<BlockingRule>,
    pub(crate) cut: Vec<CutBlock>,
}

impl std::fmt::Debug for Reconciliation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reconciliation")
            .field("left", &self.inner.left.rows)
            .field("right", &self.inner.right.rows)
            .finish_non_exhaustive()
    }
}

impl Reconciliation {
    /// The rules, with the defaults that applied.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.inner.rules
    }

    /// What every column was taken for, on either side.
    #[must_use]
    pub fn columns(&self) -> &[ColumnUse] {
        &self.inner.columns
    }

    /// What was found wrong in the tables without keeping them from being read.
    #[must_use]
    pub fn notes(&self) -> &[Fault] {
        &self.inner.notes
    }

    /// The model by which pairs were weighed.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.inner.model
    }

    /// The blocking keys, in order, and what became of each.
    #[must_use]
    pub fn blocking(&self) -> &[BlockingRule] {
        &self.inner.blocking.by_rule
    }

    /// The pairs that share a key, known before any is compared; a pair counts under each key that it shares.
    #[must_use]
    pub fn estimate(&self) -> u64 {
        self.inner.blocking.estimate
    }

    /// Blocks that were too large, largest first: their pairs are compared only where they share another key.
    #[must_use]
    pub fn cut(&self) -> &[CutBlock] {
        &self.inner.blocking.cut
    }

    /// By how much the settling may fall short of the best, as a part of it; 0 when the best was found.
    #[must_use]
    pub fn gap(&self) -> f64 {
        self.inner.settled.gap()
    }
}

/// Pairs weigh at least as much as this below the odds from which on they are looked at, or they are not kept.
const BELOW_REVIEW: f64 = 6.0;

/// Reconciles two rosters: every row of either ends in exactly one state.
///
/// Columns are recognised; candidates are chosen, compared and weighed by a model that is learnt from the two rosters
/// themselves, or by the one in `rules`; pairs are settled as `rules.settle` says. Progress is counted in candidate pairs.
///
/// ```
/// use gridcore::control::Control;
/// use gridcore::roster::{RosterCell, RosterTable, Rules, reconcile};
/// let register = [("r-1", "张三", "13800138000"), ("r-2", "李四", "13900139000")];
/// let visits = [("v-1", "張三", "138 0013 8000"), ("v-2", "王五", "")];
/// fn table<'a>(rows: &'a [(&'a str, &'a str, &'a str)]) -> RosterTable<'a> {
///     RosterTable::new(rows.len())
///         .column("rid", |row| RosterCell::Text(rows[row].0))
///         .column("姓名", |row| RosterCell::Text(rows[row].1))
///         .column("电话", |row| RosterCell::Text(rows[row].2))
/// }
/// let answer = reconcile(&table(&register), &table(&visits), &Rules::default(), None, &mut Control::free())?;
/// assert_eq!(answer.matched().len(), 1);
/// # Ok::<(), gridcore::roster::ReconcileError>(())
/// ```
///
/// # Errors
///
/// [`ReconcileError`] with every fault of the tables, for a model that does not fit them, or when `control` stops the work.
///
/// # Complexity
///
/// O(n log n + c) time for n rows and c candidates, and O(n + c) space; see [`Rules::most_candidates_per_row`].
pub fn reconcile(
    left: &RosterTable<'_>,
    right: &RosterTable<'_>,
    rules: &Rules,
    tree: Option<&GridTree>,
    control: &mut Control<'_>,
) -> Result<Reconciliation, ReconcileError> {
    let Door { fields, left, right, columns, notes, repairs, known } = door::read(left, Some(right), rules)?;
    let comparisons = Comparisons::new(&fields, &left, &right, tree);
    let found = block::candidates(&fields, &comparisons, &left, &right, rules, control)?;
    let rarity = rarity(&comparisons, &left, &right);
    let possible = f64::from(left.rows) * f64::from(right.rows);
    let bounds = Bounds { possible, most_same: 1.2 * f64::from(left.rows.min(right.rows)) };
    let model = model(&comparisons, &found, rules, &bounds)?;
    let pairs = scored(&found, &model, &rarity, &left, rules);
    let blocking =
        Blocking { estimate: found.estimate, by_rule: found.by_rule.clone(), cut: found.cut.clone() };
    drop(found);
    let mut within = [Vec::new(), Vec::new()];
    let mut within_models = [model.clone(), model.clone()];
    for (at, side) in [&left, &right].into_iter().enumerate() {
        if rules.settle == Settle::Clusters || (at == 1 && rules.settle == Settle::OneToMany) {
            continue;
        }
        let found = block::candidates(&fields, &comparisons, side, side, rules, control)?;
        let rows = f64::from(side.rows);
        let bounds = Bounds { possible: rows * rows / 2.0, most_same: rows };
        if rules.model.is_none() {
            within_models[at] = weigh::retrain(&model, &one_way(&found), &bounds);
        }
        within[at] = scored(&found, &within_models[at], &rarity, side, rules);
        within[at].retain(|pair| pair.left < pair.right);
    }
    let decisions = Decisions::default();
    let settled = settle::settle(&pairs, (left.rows, right.rows), rules, &decisions, control)?;
    let placed = placed(rules, false, (left.rows, right.rows), &pairs, &within, &decisions, &settled);
    drop(comparisons);
    let inner = Inner {
        rules: rules.clone(),
        fields,
        columns,
        notes,
        repairs,
        known,
        left,
        right,
        model,
        within_models,
        rarity,
        pairs,
        within,
        decisions,
        settled: Settled { links: Vec::new(), ..settled },
        placed,
        blocking,
        tree: tree.cloned(),
        single: false,
    };
    Ok(Reconciliation { inner: Arc::new(inner) })
}

/// Finds the rows of one roster that stand for the same person: one of each is kept.
///
/// # Errors
///
/// As [`reconcile`].
///
/// # Complexity
///
/// As [`reconcile`].
pub fn deduplicate(
    roster: &RosterTable<'_>,
    rules: &Rules,
    tree: Option<&GridTree>,
    control: &mut Control<'_>,
) -> Result<Reconciliation, ReconcileError> {
    let rules = Rules { settle: Settle::Clusters, ..rules.clone() };
    let Door { fields, left, right, columns, notes, repairs, known } = door::read(roster, None, &rules)?;
    let comparisons = Comparisons::new(&fields, &left, &left, tree);
    let mut found = block::candidates(&fields, &comparisons, &left, &left, &rules, control)?;
    found.patterns = one_way(&found);
    let rarity = rarity(&comparisons, &left, &right);
    let rows = f64::from(left.rows);
    let bounds = Bounds { possible: rows * rows / 2.0, most_same: 3.0 * rows };
    let model = model(&comparisons, &found, &rules, &bounds)?;
    let mut pairs = scored(&found, &model, &rarity, &left, &rules);
    pairs.retain(|pair| pair.left < pair.right);
    let blocking =
        Blocking { estimate: found.estimate, by_rule: found.by_rule.clone(), cut: found.cut.clone() };
    drop(found);
    let decisions = Decisions::default();
    let settled = settle::settle(&pairs, (left.rows, 0), &rules, &decisions, control)?;
    let within = [Vec::new(), Vec::new()];
    let placed = placed(&rules, true, (left.rows, 0), &pairs, &within, &decisions, &settled);
    drop(comparisons);
    let inner = Inner {
        rules,
        fields,
        columns,
        notes,
        repairs,
        known,
        left,
        right,
        within_models: [model.clone(), model.clone()],
        model,
        rarity,
        pairs,
        within,
        decisions,
        settled: Settled { links: Vec::new(), ..settled },
        placed,
        blocking,
        tree: tree.cloned(),
        single: true,
    };
    Ok(Reconciliation { inner: Arc::new(inner) })
}

/// The patterns of a side's candidates within itself, each pair once and no row with itself.
fn one_way(found: &Candidates<'_>) -> Patterns {
    let mut counts = std::collections::BTreeMap::new();
    for pair in found.score(&|_| 0.0, 0.0).iter().filter(|pair| pair.left < pair.right) {
        *counts.entry(pair.levels).or_insert(0) += 1;
    }
    Patterns { levels: counts.keys().copied().collect(), counts: counts.into_values().collect() }
}

/// What is compared, as a model without numbers.
pub(crate) fn shape(comparisons: &Comparisons) -> Vec<ComparisonModel> {
    let of = |comparison: &Comparison| ComparisonModel {
        name: comparison.name.clone(),
        kind: comparison.kind,
        levels: comparison
            .levels
            .iter()
            .map(|&level| LevelModel { level: level.to_owned(), m: 0.0, u: 0.0 })
            .collect(),
        term_frequency: comparison.term_frequency,
    };
    comparisons.list().iter().map(of).collect()
}

/// The model that the rules give, or one that is learnt.
fn model(
    comparisons: &Comparisons,
    found: &Candidates<'_>,
    rules: &Rules,
    bounds: &Bounds,
) -> Result<Model, ReconcileError> {
    let shape = shape(comparisons);
    match &rules.model {
        Some(model) => Ok(model.fitted(&shape)?),
        None => Ok(weigh::train(&shape, &found.patterns, &found.random, bounds)),
    }
}

/// How often each value occurs, for the comparisons that ask for it.
fn rarity(comparisons: &Comparisons, left: &Side, right: &Side) -> Rarity {
    let mut tables = Vec::new();
    for (place, comparison) in comparisons.list().iter().enumerate().filter(|(_, of)| of.term_frequency) {
        for &field in &comparison.fields {
            let values = |side: &'_ Side| {
                let rows = 0..side.rows;
                rows.map(|row| value(side, field, row)).collect::<Vec<u64>>()
            };
            let all = values(left).into_iter().chain(values(right));
            tables.push(weigh::Table::new(place, field, all));
        }
    }
    Rarity { tables }
}

/// A row's value of a field as one number, 0 where it is missing.
pub(crate) fn value(side: &Side, field: usize, row: u32) -> u64 {
    let row = row as usize;
    match side.columns.get(field) {
        Some(Values::Name { chars, .. }) => chars[row],
        Some(Values::Code { number, .. } | Values::Text { number, .. }) => number[row].into(),
        Some(Values::Birth(days)) => days[row].into(),
        Some(Values::Phone(phones)) => phones[row],
        Some(Values::Address(addresses)) => addresses[row],
        _ => 0,
    }
}

/// The candidates that are worth keeping, with their weights, by left and then right.
fn scored(found: &Candidates<'_>, model: &Model, rarity: &Rarity, left: &Side, rules: &Rules) -> Vec<Scored> {
    let weights = Weights::new(model);
    let floor = floor(rules);
    let mut pairs = found.score(&|levels| weights.weight(levels), floor - rarity.most());
    for pair in &mut pairs {
        pair.weight += rarity.bits(pair.levels, |field| value(left, field, pair.left));
    }
    pairs.retain(|pair| pair.weight >= floor);
    pairs
}

/// The weight below which no pair is kept.
pub(crate) fn floor(rules: &Rules) -> f64 {
    weigh::weight_of(rules.review_at.min(rules.match_at)).min(0.0) - BELOW_REVIEW
}

/// Where every row goes.
pub(crate) fn placed(
    rules: &Rules,
    single: bool,
    (left, right): (u32, u32),
    pairs: &[Scored],
    within: &[Vec<Scored>; 2],
    decisions: &Decisions,
    settled: &Settled,
) -> Placed {
    // Links stand as `place` wants them.
    let bond = |link: &settle::Link| Bond {
        left: link.left,
        right: link.right,
        weight: link.weight,
        decided: link.decided,
    };
    let links: Vec<Bond> = settled.links.iter().map(bond).collect();
    let evidence = Evidence {
        rows: [left, right],
        links: &links,
        clusters: &settled.clusters,
        pairs,
        different: &decisions.different,
        within: [&within[0], &within[1]],
        match_at: weigh::weight_of(rules.match_at),
        review_at: weigh::weight_of(rules.review_at),
        settle: rules.settle,
    };
    if single { place::place_alone(&evidence) } else { place::place(&evidence) }
}
