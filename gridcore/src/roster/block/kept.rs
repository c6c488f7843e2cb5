//! The pairs that are kept until they are weighed.

use super::super::pairs::Patterns;
use super::tally::Tally;
use crate::control::{Control, Stopped};

/// Says of patterns, from how many pairs have each so far and how many random ones, which are far too light to be of use in
/// the end. It may be wrong about them: pairs that are missed are found again.
pub(crate) type Foresight<'f> =
    dyn Fn(&Patterns, &Patterns, &mut Control<'_>) -> Result<Vec<bool>, Stopped> + 'f;

/// So often patterns are given up at most.
const MOST_TURNS: u32 = 12;

/// Pairs by left, right and the pattern's number.
pub(super) struct Kept {
    pairs: Vec<(u32, u32, u32)>,
    /// More are too many.
    most: usize,
    /// By number of a pattern: whether its pairs are not kept.
    given_up: Vec<bool>,
    /// Whether all pairs of all other patterns are there.
    whole: bool,
    turns: u32,
}

impl Kept {
    /// No pairs yet.
    pub(super) const fn new(most: usize) -> Self {
        Self { pairs: Vec::new(), most, given_up: Vec::new(), whole: true, turns: 0 }
    }

    /// These pairs and no others.
    pub(super) const fn all(pairs: Vec<(u32, u32, u32)>) -> Self {
        Self { pairs, most: usize::MAX, given_up: Vec::new(), whole: true, turns: 0 }
    }

    #[inline]
    pub(super) fn add(&mut self, left: u32, right: u32, number: u32) {
        if self.whole && !self.given_up.get(number as usize).is_some_and(|gone| *gone) {
            self.pairs.push((left, right, number));
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.whole && self.pairs.len() > self.most
    }

    /// Makes room: gives up the patterns that are too light, or all pairs if that does not help.
    pub(super) fn thin(
        &mut self,
        tally: &Tally,
        random: &Patterns,
        foresight: Option<&Foresight<'_>>,
        control: &mut Control<'_>,
    ) -> Result<(), Stopped> {
        if let Some(foresight) = foresight.filter(|_| self.turns < MOST_TURNS) {
            self.turns += 1;
            let patterns = tally.patterns();
            let light = foresight(&patterns, random, control)?;
            self.given_up.resize(tally.levels.len(), false);
            for (gone, levels) in self.given_up.iter_mut().zip(&tally.levels) {
                // What was given up once is missing from then on.
                *gone |= patterns.levels.binary_search(levels).is_ok_and(|place| light[place]);
            }
            let Self { pairs, given_up, .. } = self;
            pairs.retain(|pair| !given_up[pair.2 as usize]);
        }
        if self.pairs.len() > self.most / 4 * 3 {
            self.whole = false;
            self.pairs = Vec::new();
        }
        Ok(())
    }

    /// The pairs, if none is missing of a pattern that is wanted.
    pub(super) fn if_whole(&self, wanted: impl Fn(usize) -> bool) -> Option<&[(u32, u32, u32)]> {
        let missing = self.given_up.iter().enumerate().any(|(number, gone)| *gone && wanted(number));
        (self.whole && !missing).then_some(&self.pairs)
    }
}
