//! One reconciliation from tables to the answer.

use std::sync::{Arc, OnceLock};

use super::block::{self, BlockingRule, Candidates, Caps, CutBlock, Inside, Where};
use super::compare::{Comparison, Comparisons, text_hash};
use super::door::{self, ColumnUse, Door, IdRepair, Known, Watch};
use super::history::History;
use super::outcome::place::{self, Evidence, Placed};
use super::outlook::{Outlook, Worth};
use super::pairs::{Patterns, Scored};
use super::settle::{Decisions, Link, Settled};
use super::side::{Fields, LONG_NAME, Side, Values};
use super::sure::Sure;
use super::weigh::{self, Bounds, Rarity, Weights};
use super::{ComparisonModel, LevelModel, Model, ReconcileError, RosterTable, Rules, Settle};
use crate::GridTree;
use crate::control::{Control, Stopped};
use crate::error::Fault;

/// What came of a reconciliation. Cheap to clone; owns all it needs.
#[derive(Clone)]
pub struct Reconciliation {
    pub(crate) inner: Arc<Inner>,
}

#[derive(Clone)]
pub(crate) struct Inner {
    pub(crate) rules: Rules,
    pub(crate) fields: Fields,
    /// How each column was read, and what was noted.
    pub(crate) columns: Vec<ColumnUse>,
    pub(crate) notes: Vec<Fault>,
    pub(crate) repairs: Vec<IdRepair>,
    /// What the door learnt, for rows that come later.
    pub(crate) known: Known,
    pub(crate) left: Arc<Side>,
    pub(crate) right: Arc<Side>,
    pub(crate) model: Model,
    /// The models of pairs within the left and within the right.
    pub(crate) within_models: [Model; 2],
    /// How often each name occurs on both sides.
    pub(crate) rarity: Arc<Rarity>,
    /// Candidates above the floor, by left and then right; in a deduplication both are of the left.
    pub(crate) pairs: Arc<Vec<Scored>>,
    /// Candidates within the left and within the right.
    pub(crate) within: [Arc<Vec<Scored>>; 2],
    /// Which blocks were cut in each of [`SOUGHT`], and what later rows are held to.
    pub(crate) blocks: [Blocks; 3],
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
    /// What was changed since.
    pub(crate) history: History,
    /// What pairs are compared by, once somebody asks.
    pub(crate) asked: Asked,
}

/// Comparisons made for questions. A copy has none: it is made to change its rows.
#[derive(Default)]
pub(crate) struct Asked(pub(crate) OnceLock<Comparisons>);

impl Clone for Asked {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// The blocks of one search for pairs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blocks {
    pub(crate) caps: Caps,
    /// By rule: the keys of the blocks that were cut, ascending.
    pub(crate) cut: Arc<Vec<Vec<u32>>>,
}

/// Where pairs are sought: between both sides or inside the only one, inside the left, inside the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sought {
    Main,
    InLeft,
    InRight,
}

/// All places where pairs are sought.
pub(crate) const SOUGHT: [Sought; 3] = [Sought::Main, Sought::InLeft, Sought::InRight];

impl Sought {
    /// The sides of the pairs, if pairs are sought there at all.
    pub(crate) fn sides<'c>(
        self,
        rules: &Rules,
        single: bool,
        left: &'c Side,
        right: &'c Side,
    ) -> Option<Where<'c>> {
        match self {
            Self::Main if single => Some(Where::Inside(left, Inside::All)),
            Self::Main => Some(Where::Between(left, right)),
            _ if single => None,
            Self::InLeft => Some(Where::Inside(left, Inside::Strict)),
            Self::InRight if rules.settle == Settle::OneToMany => None,
            Self::InRight => Some(Where::Inside(right, Inside::Strict)),
        }
    }
}

/// How many candidates there were, and what was cut.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blocking {
    pub(crate) estimate: u64,
    /// Not known yet where only some pairs were compared.
    pub(crate) by_rule: OnceLock<Vec<BlockingRule>>,
    pub(crate) cut: Vec<CutBlock>,
    /// Rows of the left and of the right that were compared with none, ascending.
    pub(crate) uncompared: [Vec<u32>; 2],
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

    /// What every column was taken for, on either side; [`matched`](Self::matched) has an example.
    #[must_use]
    pub fn columns(&self) -> &[ColumnUse] {
        &self.inner.columns
    }

    /// What was found wrong in the tables without keeping them from being read, by code:
    /// `record_missing`, `no_rows`, `all_missing`, `mixed_kinds`, `unreadable`, `placeholder`, `unsound_id`,
    /// `impossible_date`, `partial_date`, `day_or_month`, `zero_is_female`, `several_phones`, `too_many_columns`,
    /// `no_token_shared`, `tokens_on_one_side`, `personal_record`; and of a model that the rules give `model_sum`.
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
        self.inner.blocking.by_rule.get_or_init(|| self.inner.rules_again())
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

    /// By how much the settling may fall short of the best, as a part of it; 0 when the best was found. None of clusters:
    /// they are gathered step by step, and nothing is proved of the whole.
    #[must_use]
    pub fn gap(&self) -> Option<f64> {
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
    let watch = Watch::new(control);
    let door = door::read(&watch.table(left), Some(&watch.table(right)), rules);
    watch.end()?;
    run(door?, rules, false, tree, control)
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
    let watch = Watch::new(control);
    let door = door::read(&watch.table(roster), None, &rules);
    watch.end()?;
    run(door?, &rules, true, tree, control)
}

/// From what came through the door to the answer.
fn run(
    door: Door,
    rules: &Rules,
    single: bool,
    tree: Option<&GridTree>,
    control: &mut Control<'_>,
) -> Result<Reconciliation, ReconcileError> {
    let Door { fields, left, right, columns, mut notes, repairs, known } = door;
    notes.extend(rules.model.iter().flat_map(Model::notes));
    let comparisons = Comparisons::new(&fields, &left, if single { &left } else { &right }, tree);
    let rarity = rarity(&comparisons, &left, &right);
    control.spend(0, None)?;
    let rows = [f64::from(left.rows), f64::from(right.rows)];
    let bounds = bounds(rows, rules.settle, single);
    let shape = shape(&comparisons);
    let outlook = Outlook { shape: &shape, bounds: &bounds, rarity: &rarity, left: &left, rules };
    let light = |patterns: &Patterns, random: &Patterns, control: &mut Control<'_>| {
        outlook.light(patterns, random, control)
    };
    let mut found = if single {
        block::within(&fields, &comparisons, &left, Inside::All, rules, Some(&light), control)?
    } else {
        block::candidates(&fields, &comparisons, &left, &right, rules, &light, control)?
    };
    control.spend(0, None)?;
    let model = model(&shape, &found, rules, &bounds, control)?;
    let blocking = Blocking::of(&found);
    let mut blocks = [Blocks::of(&found), Blocks::default(), Blocks::default()];
    found.free(&Worth::new(&model, &rarity, &left, rules).weight());
    let pairs = scored(&found, &model, &rarity, &left, rules, control)?;
    control.spend(0, None)?;
    drop(found);
    let mut within = [Arc::default(), Arc::default()];
    let mut within_models = [model.clone(), model.clone()];
    for (at, (sought, side)) in [(Sought::InLeft, &left), (Sought::InRight, &right)].into_iter().enumerate() {
        let Some(Where::Inside(_, which)) = sought.sides(rules, single, &left, &right) else { continue };
        let found = block::within(&fields, &comparisons, side, which, rules, None, control)?;
        let bounds = Bounds { possible: rows[at] * rows[at] / 2.0, most_same: rows[at] };
        if rules.model.is_none() {
            within_models[at] = weigh::retrain(&model, &found.patterns, &bounds, control)?;
        }
        within[at] = Arc::new(scored(&found, &within_models[at], &rarity, side, rules, control)?);
        blocks[sought as usize] = Blocks::of(&found);
    }
    drop(comparisons);
    let mut inner = Inner {
        rules: rules.clone(),
        fields,
        columns,
        notes,
        repairs,
        known,
        left: Arc::new(left),
        right: Arc::new(right),
        model,
        within_models,
        rarity: Arc::new(rarity),
        pairs: Arc::new(pairs),
        within,
        blocks,
        decisions: Decisions::default(),
        settled: Settled::default(),
        placed: Placed::default(),
        blocking,
        tree: tree.cloned(),
        single,
        history: History::default(),
        asked: Asked::default(),
    };
    inner.settle(control)?;
    Ok(Reconciliation { inner: Arc::new(inner) })
}

impl Blocks {
    /// What later rows are held to.
    pub(crate) fn of(found: &Candidates<'_>) -> Self {
        Self { caps: found.caps.clone(), cut: Arc::new(found.cut_keys().to_vec()) }
    }
}

impl Blocking {
    pub(crate) fn of(found: &Candidates<'_>) -> Self {
        Self {
            estimate: found.estimate,
            by_rule: OnceLock::from(found.by_rule.clone()),
            cut: found.cut.clone(),
            uncompared: found.uncompared.clone(),
        }
    }
}

impl Inner {
    /// What becomes of each key among all rows.
    fn rules_again(&self) -> Vec<BlockingRule> {
        let comparisons = self.comparisons();
        let caps = &self.blocks[Sought::Main as usize].caps;
        let which = Sought::Main.sides(&self.rules, self.single, &self.left, &self.right);
        let control = &mut Control::free();
        // Free reins never stop.
        let found = which.map(|which| block::again(&self.fields, &comparisons, which, caps, control));
        found.and_then(Result::ok).map(|found| found.by_rule).unwrap_or_default()
    }

    /// Settles the pairs, under the decisions, and places every row.
    pub(crate) fn settle(&mut self, control: &mut Control<'_>) -> Result<(), Stopped> {
        let sure = Sure::new(&self.model, &self.left);
        let settled = self.settle_pairs(&sure, control)?;
        control.spend(0, None)?;
        self.placed = self.place(&settled, &sure, control)?;
        self.settled = Settled { links: Vec::new(), ..settled };
        Ok(())
    }

    /// Where every row goes.
    fn place(&self, settled: &Settled, sure: &Sure, control: &mut Control<'_>) -> Result<Placed, Stopped> {
        // Few rows are asked about, often none.
        let tools = OnceLock::new();
        let unlike = |side: usize, a: u32, b: u32| {
            let (comparisons, weights) =
                tools.get_or_init(|| (self.comparisons(), Weights::new(&self.model)));
            let rows = [&self.left, &self.right][side];
            weights.weight(comparisons.levels(rows, a, rows, b)) < weights.prior
        };
        let sure_link = |link: &Link| {
            let pair = place::scored(&self.pairs, link.left, link.right);
            pair.is_some_and(|pair| sure.is(pair, &self.left))
        };
        let sure_double = |side: usize, pair: &Scored| sure.is(pair, [&self.left, &self.right][side]);
        // Clusters have heeded the pairs within either side already.
        let clustered = self.rules.settle == Settle::Clusters;
        let within: [&[Scored]; 2] = if clustered { [&[], &[]] } else { [&self.within[0], &self.within[1]] };
        let evidence = Evidence {
            rows: [self.left.rows, self.right.rows],
            links: &settled.links,
            clusters: &settled.clusters,
            pairs: &self.pairs,
            different: &self.decisions.different,
            within,
            match_at: weigh::weight_of(self.rules.match_at),
            review_at: weigh::weight_of(self.rules.review_at),
            settle: self.rules.settle,
            unlike: &unlike,
            sure_link: &sure_link,
            sure_double: &sure_double,
        };
        if self.single { Ok(place::place_alone(&evidence)) } else { place::place(&evidence, control) }
    }
}

/// How many pairs there are, and how many of them may be of the same person.
fn bounds(rows: [f64; 2], settle: Settle, single: bool) -> Bounds {
    if single {
        return Bounds { possible: rows[0] * rows[0] / 2.0, most_same: 3.0 * rows[0] };
    }
    let most_same = match settle {
        // Doubles on either side make a few pairs more.
        Settle::OneToOne => 1.2 * rows[0].min(rows[1]),
        // Every visit is somebody's.
        Settle::OneToMany => rows[1],
        // As if everybody stood twice on either side.
        Settle::Clusters => rows[0] + rows[1],
    };
    Bounds { possible: rows[0] * rows[1], most_same }
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
    shape: &[ComparisonModel],
    found: &Candidates<'_>,
    rules: &Rules,
    bounds: &Bounds,
    control: &mut Control<'_>,
) -> Result<Model, ReconcileError> {
    match &rules.model {
        Some(model) => Ok(model.fitted(shape)?),
        None => Ok(weigh::train(shape, &found.patterns, found.random(), bounds, control)?),
    }
}

/// How often each value occurs, for the comparisons that ask for it.
fn rarity(comparisons: &Comparisons, left: &Side, right: &Side) -> Rarity {
    let mut tables = Vec::new();
    for (place, comparison) in comparisons.list().iter().enumerate().filter(|(_, of)| of.term_frequency) {
        for &field in &comparison.fields {
            let left = (0..left.rows).map(|row| value(left, field, row));
            let right = (0..right.rows).map(|row| value(right, field, row));
            tables.push(weigh::Table::new(place, field, left.chain(right)));
        }
    }
    Rarity { tables }
}

/// A row's value of a field as one number, 0 where it is missing; it does not hang on the other rows of its side.
pub(crate) fn value(side: &Side, field: usize, row: u32) -> u64 {
    let row = row as usize;
    match side.columns.get(field) {
        Some(Values::Name { chars, pool, .. }) if chars[row] >= LONG_NAME => {
            LONG_NAME | text_hash(pool.text(chars[row] as u32)) >> 16
        }
        Some(Values::Name { chars, .. }) => chars[row],
        Some(Values::Code { number, pool } | Values::Text { number, pool }) if number[row] != 0 => {
            text_hash(pool.text(number[row])).max(1)
        }
        Some(Values::Birth(days)) => days[row].into(),
        Some(Values::Phone(phones)) => phones[row],
        Some(Values::Address(addresses)) => addresses[row],
        _ => 0,
    }
}

/// The candidates that are worth keeping, with their weights, by left and then right: those that weigh enough, and those that
/// are sure.
pub(crate) fn scored(
    found: &Candidates<'_>,
    model: &Model,
    rarity: &Rarity,
    left: &Side,
    rules: &Rules,
    control: &mut Control<'_>,
) -> Result<Vec<Scored>, Stopped> {
    let worth = Worth::new(model, rarity, left, rules);
    let mut pairs = found.score(&worth.weight(), control)?;
    for pair in &mut pairs {
        pair.weight += rarity.bits(pair.levels, |field| value(left, field, pair.left));
    }
    pairs.retain(|pair| worth.keeps(pair, left));
    Ok(pairs)
}

/// The weight below which no pair is kept.
pub(crate) fn floor(rules: &Rules) -> f64 {
    weigh::weight_of(rules.review_at.min(rules.match_at)).min(0.0) - BELOW_REVIEW
}
