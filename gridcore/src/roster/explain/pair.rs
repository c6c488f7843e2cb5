//! Why two rows are held for the same person, or for two.

use super::{Explanation, Masking, Step, value};
use crate::roster::compare::{Comparison, Comparisons};
use crate::roster::outcome::place::scored;
use crate::roster::pairs::level;
use crate::roster::run::{self, Inner, Reconciliation};
use crate::roster::side::Field;
use crate::roster::weigh::{Weights, probability};
use crate::roster::{ComparisonKind as Kind, Model, RosterSide};

/// Two rows, by side and canonical position.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) sides: [RosterSide; 2],
    pub(super) rows: [u32; 2],
}

impl Inner {
    /// What the sides are compared by.
    pub(crate) fn comparisons(&self) -> Comparisons {
        let right = if self.single { &self.left } else { &self.right };
        Comparisons::new(&self.fields, &self.left, right, self.tree.as_ref())
    }

    /// The same, made once for all that is asked of this run.
    fn kept_comparisons(&self) -> &Comparisons {
        self.asked.0.get_or_init(|| self.comparisons())
    }

    /// The model by which pairs of these sides are weighed.
    fn model_of(&self, sides: [RosterSide; 2]) -> &Model {
        match sides {
            [one, other] if one == other && !self.single => &self.within_models[one as usize],
            _ => &self.model,
        }
    }

    /// The levels of a pair, as it was weighed or as it would be.
    fn levels(&self, pair: Pair, comparisons: &Comparisons) -> u64 {
        let [l, r] = pair.rows;
        let known = match pair.sides {
            [one, other] if one == other && !self.single => &self.within[one as usize],
            _ => &self.pairs,
        };
        let [left, right] = pair.sides.map(|side| self.side(side));
        scored(known, l, r).map_or_else(|| comparisons.levels(left, l, right, r), |pair| pair.levels)
    }

    /// What a pattern and the rarity of what the pair shares weigh together.
    pub(super) fn weigh(&self, weights: &Weights, levels: u64, side: RosterSide, at: u32) -> f64 {
        weights.weight(levels) + self.rarity.bits(levels, |field| run::value(self.side(side), field, at))
    }

    pub(super) fn explain(&self, pair: Pair, comparisons: &Comparisons, masking: Masking) -> Explanation {
        let model = self.model_of(pair.sides);
        let weights = Weights::new(model);
        let levels = self.levels(pair, comparisons);
        let [l, r] = pair.rows;
        let weight = self.weigh(&weights, levels, pair.sides[0], l);
        let steps = comparisons.list().iter().enumerate();
        let steps = steps.map(|(place, of)| self.step(pair, (place, of), levels, (model, &weights), masking));
        let (left, left_row) = self.named(pair.sides[0], l);
        let (right, right_row) = self.named(pair.sides[1], r);
        let (linked, decided) = self.together(pair);
        Explanation {
            left_side: pair.sides[0],
            right_side: pair.sides[1],
            left,
            right,
            left_row,
            right_row,
            left_state: self.state(pair.sides[0], l),
            right_state: self.state(pair.sides[1], r),
            linked,
            decided,
            prior: weights.prior,
            steps: steps.collect(),
            // What is taken off may be nothing, which would be written -0.
            company: weights.together(levels) + 0.0,
            weight,
            probability: probability(weight),
        }
    }

    fn step(
        &self,
        pair: Pair,
        (place, comparison): (usize, &Comparison),
        levels: u64,
        (model, weights): (&Model, &Weights),
        masking: Masking,
    ) -> Step {
        let level = level(levels, place);
        let fields: Vec<(&Field, usize)> =
            comparison.fields.iter().map(|&field| (&self.fields.fields[field], field)).collect();
        let [left_value, right_value] = [0, 1]
            .map(|end: usize| value::values(&fields, self.side(pair.sides[end]), pair.rows[end], masking));
        let of_model = model.comparisons.get(place).and_then(|of| of.levels.get(level.checked_sub(1)?));
        let both = left_value.is_some() && right_value.is_some();
        let left = self.side(pair.sides[0]);
        let tables = self.rarity.tables.iter().filter(|table| table.comparison == place && level == 1);
        let rare = tables.map(|table| table.bits(run::value(left, table.field, pair.rows[0])));
        Step {
            comparison: comparison.name.clone(),
            kind: comparison.kind,
            level: match of_model {
                Some(level) => level.level.clone(),
                // An identity number that agrees has said it.
                None if both && level == 0 && matches!(comparison.kind, Kind::Birth | Kind::Sex) => {
                    "in_id".to_owned()
                }
                None => "missing".to_owned(),
            },
            left_value,
            right_value,
            m: of_model.map(|level| level.m),
            u: of_model.map(|level| level.u),
            weight: weights.of(place, level),
            // An empty sum is -0, which would be written so.
            term_frequency: rare.fold(0.0, |sum, bits| sum + bits),
        }
    }

    /// Whether the two rows were put together, and whether somebody decided about them.
    fn together(&self, pair: Pair) -> (bool, bool) {
        let [l, r] = pair.rows;
        if pair.sides[0] == pair.sides[1] {
            let side = pair.sides[0];
            let linked = self.stands_for(side, l) == self.stands_for(side, r);
            let decided = self.single && self.decided(l, r);
            return (linked, decided);
        }
        let links = &self.placed.links;
        let linked = links.binary_search_by_key(&(l, r), |link| (link.left, link.right)).is_ok();
        let doubles = [RosterSide::Left, RosterSide::Right].map(|side| {
            let at = pair.rows[side as usize];
            self.stands_for(side, at)
        });
        // A double belongs to the counterpart of the row that stands for it.
        let through =
            links.binary_search_by_key(&(doubles[0], doubles[1]), |link| (link.left, link.right)).is_ok();
        (linked || through, self.decided(l, r))
    }

    fn decided(&self, left: u32, right: u32) -> bool {
        let decisions = &self.decisions;
        [&decisions.same, &decisions.different].iter().any(|list| list.binary_search(&(left, right)).is_ok())
    }
}

impl Reconciliation {
    /// Why two rows are held for the same person, or for two, whether they were put together or not: what each comparison
    /// says, the prior, the sum; by record id, values masked unless asked for otherwise. None if a side has no such record.
    ///
    /// In a deduplication both rows are of the one roster.
    ///
    /// # Complexity
    /// O(log n); the first time also O(d) for the d different texts of the columns.
    #[must_use]
    pub fn explain(&self, left: &str, right: &str, masking: Masking) -> Option<Explanation> {
        self.explain_sides((RosterSide::Left, left), (self.inner.second(), right), masking)
    }

    /// The same of any two rows, also of two of one side, which may double each other.
    #[must_use]
    pub fn explain_sides(
        &self,
        one: (RosterSide, &str),
        other: (RosterSide, &str),
        masking: Masking,
    ) -> Option<Explanation> {
        let inner = &*self.inner;
        let (one, other) = match (one.0, other.0) {
            (RosterSide::Right, RosterSide::Left) => (other, one),
            _ => (one, other),
        };
        let mut rows = [inner.side(one.0).find(one.1)?, inner.side(other.0).find(other.1)?];
        let sides = [one.0, other.0];
        if sides[0] == sides[1] {
            rows.sort_unstable();
        }
        Some(inner.explain(Pair { sides, rows }, inner.kept_comparisons(), masking))
    }
}
