//! Pairs that need no model: the same sound identity number under the same name (精确匹配).

use super::normal::identity::is_sound;
use super::outcome::place;
use super::pairs::{Scored, level};
use super::run::Inner;
use super::settle::{self, Settled};
use super::side::{Side, Values};
use super::{ComparisonKind as Kind, Model, Settle};

/// Which pairs these are, read off their levels and the number itself.
pub(crate) struct Sure {
    /// The comparisons of identity numbers, by their place in the model, and the places of their fields.
    ids: Vec<(usize, usize)>,
    /// The comparisons of names.
    names: Vec<usize>,
}

impl Sure {
    /// For the comparisons of a model, which have the identity numbers in the order of the fields.
    pub(crate) fn new(model: &Model, side: &Side) -> Self {
        let of = |kinds: &'static [Kind]| {
            let all = model.comparisons.iter().enumerate();
            all.filter(|(_, of)| kinds.contains(&of.kind)).map(|(place, _)| place)
        };
        let fields = side.columns.iter().enumerate();
        let fields = fields.filter(|(_, values)| matches!(values, Values::Id(_))).map(|(field, _)| field);
        Self { ids: of(&[Kind::Id]).zip(fields).collect(), names: of(&[Kind::Name, Kind::Names]).collect() }
    }

    /// Whether a number and a name agree; the number may be unsound.
    pub(crate) fn agrees(&self, levels: u64) -> bool {
        let same = |place: usize| level(levels, place) == 1;
        self.ids.iter().any(|&(place, _)| same(place)) && self.names.iter().any(|&place| same(place))
    }

    /// Whether a pair is sure, whose left row stands on this side.
    pub(crate) fn is(&self, pair: &Scored, side: &Side) -> bool {
        self.agrees(pair.levels)
            && self.ids.iter().any(|&(place, field)| {
                level(pair.levels, place) == 1
                    && matches!(side.columns.get(field), Some(Values::Id(ids)) if is_sound(ids[pair.left as usize]))
            })
    }
}

/// A pair that is not sure weighs at most so much where sure ones go first, and a sure one at least three times that: it
/// displaces two others at most.
const MOST: f64 = 1024.0;

impl Inner {
    /// Settles the pairs, the sure ones first: no model speaks against them, only somebody's decision does.
    pub(crate) fn settle_pairs(
        &self,
        sure: &Sure,
        control: &mut crate::control::Control<'_>,
    ) -> Result<Settled, crate::control::Stopped> {
        let rows = (self.left.rows, self.right.rows);
        let within: [&[Scored]; 2] = [&self.within[0], &self.within[1]];
        let settled = settle::settle(&self.pairs, within, rows, &self.rules, &self.decisions, control)?;
        // Nearly always a model that was learnt has them first by itself.
        if !self.parts_sure(sure, &settled) {
            return Ok(settled);
        }
        let lifted = |pairs: &[Scored], side: &Side| -> Vec<Scored> {
            let lifted = pairs.iter().map(|pair| {
                let weight = pair.weight.clamp(-MOST / 2.0, MOST / 2.0);
                let weight = if sure.is(pair, side) { settle::SURE + weight } else { pair.weight.min(MOST) };
                Scored { weight, ..*pair }
            });
            lifted.collect()
        };
        let pairs = lifted(&self.pairs, &self.left);
        let within = [lifted(&self.within[0], &self.left), lifted(&self.within[1], &self.right)];
        let within: [&[Scored]; 2] = [&within[0], &within[1]];
        let mut settled = settle::settle(&pairs, within, rows, &self.rules, &self.decisions, control)?;
        for link in &mut settled.links {
            if let Some(pair) = place::scored(&self.pairs, link.left, link.right) {
                link.weight = pair.weight;
            }
        }
        Ok(settled)
    }

    /// Whether some sure pair stands apart while neither of its rows, or in one to many not its right one, has another sure
    /// counterpart or a decided one.
    fn parts_sure(&self, sure: &Sure, settled: &Settled) -> bool {
        let apart = |pair: &&Scored, of: &[u32], ends: [u32; 2], side: &Side| {
            let [a, b] = ends;
            let together = of[(a + pair.left) as usize] == of[(b + pair.right) as usize];
            !together && sure.is(pair, side)
        };
        let open = |pair: &&Scored| sure.agrees(pair.levels) && !self.decisions.differ(pair.left, pair.right);
        if !settled.clusters.is_empty() {
            let (of, right) = (&settled.clusters, if self.single { 0 } else { self.left.rows });
            let main = self.pairs.iter().filter(open).any(|pair| apart(&pair, of, [0, right], &self.left));
            let within = |side: usize, first: u32, rows: &Side| {
                let pairs = self.within[side].iter().filter(|pair| sure.agrees(pair.levels));
                pairs.clone().any(|pair| apart(&pair, of, [first, first], rows))
            };
            return main || within(0, 0, &self.left) || within(1, right, &self.right);
        }
        let links = &settled.links;
        let linked = |pair: &&Scored| {
            links.binary_search_by_key(&(pair.left, pair.right), |link| (link.left, link.right)).is_ok()
        };
        let mut parted = self.pairs.iter().filter(open).filter(|pair| !linked(pair)).peekable();
        if parted.peek().is_none() {
            return false;
        }
        let mut held = [vec![false; self.left.rows as usize], vec![false; self.right.rows as usize]];
        for link in links {
            let pair = place::scored(&self.pairs, link.left, link.right);
            if link.decided || pair.is_some_and(|pair| sure.is(pair, &self.left)) {
                held[0][link.left as usize] = self.rules.settle != Settle::OneToMany;
                held[1][link.right as usize] = true;
            }
        }
        parted.any(|pair| {
            !held[0][pair.left as usize] && !held[1][pair.right as usize] && sure.is(pair, &self.left)
        })
    }
}
