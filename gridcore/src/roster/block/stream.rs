//! Every candidate pair once, block by block.

use super::super::compare::{Comparisons, Line, Memo};
use super::super::side::Side;
use super::rule::Blocking;
use super::sort::{self, Block, Entry};
use crate::control::{Control, Stopped};

/// The most pairs of one block in a roster of any size; large rosters may have larger blocks.
const SMALL_BLOCK: u64 = 20_000;

/// All that is needed to go through the pairs.
pub(super) struct Stream<'s> {
    pub(super) all: &'s Comparisons,
    pub(super) left: &'s Side,
    pub(super) right: &'s Side,
    pub(super) left_lines: Vec<Line>,
    /// Empty when there is one side only.
    right_lines: Vec<Line>,
    /// Whether pairs are sought inside one side, which is both left and right then.
    pub(super) inside: bool,
    pub(super) blocking: Blocking,
    /// By rule: the keys whose blocks are cut, ascending.
    pub(super) cut: Vec<Vec<u32>>,
}

/// The rows of one rule under their keys.
#[derive(Default)]
pub(super) struct Sorted {
    pub(super) left: Vec<Entry>,
    /// Empty when there is one side only.
    right: Vec<Entry>,
    pub(super) blocks: Vec<Block>,
    spare: Vec<Entry>,
}

impl Sorted {
    /// The left rows of a block.
    pub(super) fn left(&self, block: &Block) -> &[Entry] {
        &self.left[block.left.0 as usize..block.left.1 as usize]
    }

    /// The right rows of a block.
    pub(super) fn right(&self, block: &Block) -> &[Entry] {
        let right = if self.right.is_empty() { &self.left } else { &self.right };
        &right[block.right.0 as usize..block.right.1 as usize]
    }
}

impl<'s> Stream<'s> {
    /// Pairs of a row of the left and one of the right.
    pub(super) fn between(all: &'s Comparisons, blocking: Blocking, left: &'s Side, right: &'s Side) -> Self {
        let cut = vec![Vec::new(); blocking.rules.len()];
        let (left_lines, right_lines) = (all.lines(left), all.lines(right));
        Self { all, left, right, left_lines, right_lines, inside: false, blocking, cut }
    }

    /// Pairs inside one side, the earlier row on the left.
    pub(super) fn inside(all: &'s Comparisons, blocking: Blocking, side: &'s Side) -> Self {
        let cut = vec![Vec::new(); blocking.rules.len()];
        let left_lines = all.lines(side);
        Self {
            all,
            left: side,
            right: side,
            left_lines,
            right_lines: Vec::new(),
            inside: true,
            blocking,
            cut,
        }
    }

    pub(super) fn right_lines(&self) -> &[Line] {
        if self.inside { &self.left_lines } else { &self.right_lines }
    }

    pub(super) fn left_line(&self, row: u32) -> &Line {
        &self.left_lines[row as usize]
    }

    pub(super) fn right_line(&self, row: u32) -> &Line {
        &self.right_lines()[row as usize]
    }

    /// Sorts the rows by their keys under a rule.
    pub(super) fn sort(&self, rule: usize, sorted: &mut Sorted) {
        self.entries(rule, self.left, &self.left_lines, &mut sorted.left);
        sort::sort(&mut sorted.left, &mut sorted.spare);
        if self.inside {
            sort::within(&sorted.left, &mut sorted.blocks);
        } else {
            self.entries(rule, self.right, &self.right_lines, &mut sorted.right);
            sort::sort(&mut sorted.right, &mut sorted.spare);
            sort::between(&sorted.left, &sorted.right, &mut sorted.blocks);
        }
    }

    fn entries(&self, rule: usize, side: &Side, lines: &[Line], entries: &mut Vec<Entry>) {
        entries.clear();
        entries.extend(lines.iter().zip(0..).filter_map(|(line, row)| {
            Some(sort::entry(self.blocking.key(rule, self.all, side, row, line)?, row))
        }));
    }

    /// Whether a key's block is cut.
    pub(super) fn is_cut(&self, rule: usize, key: u32) -> bool {
        let cut = &self.cut[rule];
        !cut.is_empty() && cut.binary_search(&key).is_ok()
    }

    /// Compares the pairs of a block that belong to this rule: that share no earlier key whose block is whole.
    pub(super) fn pairs(
        &self,
        rule: usize,
        sorted: &Sorted,
        block: &Block,
        memo: &mut Memo,
        each: &mut impl FnMut(u32, u32, u64),
    ) {
        let (rights, lines) = (sorted.right(block), self.right_lines());
        for (turn, &a) in sorted.left(block).iter().enumerate() {
            let l = a as u32;
            let x = self.left_lines[l as usize];
            // Inside one side, a row meets those that come after it.
            let first = if self.inside { turn + 1 } else { 0 };
            for &b in &rights[first..] {
                let r = b as u32;
                let y = &lines[r as usize];
                if self.belongs(rule, l, &x, r, y) {
                    each(l, r, self.all.levels_of(self.left, l, &x, self.right, r, y, memo));
                }
            }
        }
    }

    /// Compares all pairs of a rule, but those of cut blocks.
    pub(super) fn whole_blocks(
        &self,
        rule: usize,
        sorted: &Sorted,
        memo: &mut Memo,
        control: &mut Control<'_>,
        mut each: impl FnMut(u32, u32, u64),
    ) -> Result<(), Stopped> {
        // Blocks between two looks at the reins hold about so many pairs.
        const STRIDE: u64 = 1 << 18;
        let mut done = 0;
        for block in &sorted.blocks {
            if self.is_cut(rule, block.key) {
                continue;
            }
            self.pairs(rule, sorted, block, memo, &mut each);
            done += block.pairs;
            if done >= STRIDE {
                control.spend(done, None)?;
                done = 0;
            }
        }
        control.spend(done, None)
    }

    /// The pattern of any pair.
    pub(super) fn levels(&self, l: u32, r: u32, memo: &mut Memo) -> u64 {
        let (x, y) = (&self.left_lines[l as usize], &self.right_lines()[r as usize]);
        self.all.levels_of(self.left, l, x, self.right, r, y, memo)
    }

    /// Whether a pair shares the rule's key, and none of an earlier rule's whole blocks.
    #[inline]
    pub(super) fn belongs(&self, rule: usize, l: u32, x: &Line, r: u32, y: &Line) -> bool {
        let shared = self.blocking.shared(self.all, (self.left, l, x), (self.right, r, y));
        let has = |rule: usize| {
            let mask = self.blocking.rules[rule].mask;
            shared & mask == mask
        };
        has(rule) && !(0..rule).any(|earlier| has(earlier) && !self.left_is_cut(earlier, l, x))
    }

    #[inline]
    pub(super) fn left_is_cut(&self, rule: usize, l: u32, x: &Line) -> bool {
        !self.cut[rule].is_empty()
            && self.blocking.key(rule, self.all, self.left, l, x).is_some_and(|key| self.is_cut(rule, key))
    }
}

/// The largest number of pairs that a block may have so that a rule's blocks keep to what it is allowed.
pub(super) fn cap(blocks: &[Block], allowed: u64, budget: u64) -> u64 {
    // By the power of two: the pairs of blocks of that size.
    let mut sizes = [0_u64; 64];
    for block in blocks {
        sizes[block.pairs.ilog2() as usize] += block.pairs;
    }
    let largest = SMALL_BLOCK.max(budget / 256);
    let mut sum = 0_u64;
    for (power, size) in sizes.iter().enumerate() {
        sum = sum.saturating_add(*size);
        if sum > allowed {
            return largest.min((1 << power) - 1);
        }
    }
    largest
}
