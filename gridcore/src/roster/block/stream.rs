//! Every candidate pair once, block by block.

use super::super::compare::{Comparisons, Line, Memo};
use super::super::side::Side;
use super::rule::{Blocking, Seen};
use super::sort::{self, Block, Entry};

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
    /// The atoms beyond the lines, row by row.
    left_beyond: Vec<u32>,
    right_beyond: Vec<u32>,
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
    /// Whether there is one side only.
    inside: bool,
}

impl Sorted {
    /// Two lists that are sorted already.
    pub(super) fn of(left: Vec<Entry>, right: Vec<Entry>) -> Self {
        let mut blocks = Vec::new();
        sort::between(&left, &right, &mut blocks);
        Self { left, right, blocks, inside: false }
    }

    /// How many rows of the left and of the right have a key.
    pub(super) fn rows(&self) -> [u64; 2] {
        [self.left.len() as u64, self.right.len() as u64]
    }

    /// The left rows of a block.
    pub(super) fn left(&self, block: &Block) -> &[Entry] {
        let start = block.left as usize;
        &self.left[start..start + block.left_rows as usize]
    }

    /// The right rows of a block.
    pub(super) fn right(&self, block: &Block) -> &[Entry] {
        let right = if self.inside { &self.left } else { &self.right };
        let start = block.right as usize;
        &right[start..start + block.right_rows as usize]
    }

    /// The key of a block.
    pub(super) fn key(&self, block: &Block) -> u32 {
        sort::key(self.left[block.left as usize])
    }

    /// How many pairs a block has.
    pub(super) fn pairs(&self, block: &Block) -> u64 {
        let (left, right) = (u64::from(block.left_rows), u64::from(block.right_rows));
        if self.inside { left * (left - 1) / 2 } else { left * right }
    }

    /// Parts of the blocks, one block at least in each, that hold about so many pairs; and how many they hold.
    pub(super) fn parts<'p>(
        &'p self,
        mut blocks: &'p [Block],
        most: u64,
    ) -> impl Iterator<Item = (&'p [Block], u64)> + 'p {
        std::iter::from_fn(move || {
            let (mut end, mut pairs) = (0, 0);
            while end < blocks.len() && pairs < most {
                pairs += self.pairs(&blocks[end]);
                end += 1;
            }
            let (part, rest) = blocks.split_at(end);
            blocks = rest;
            (end > 0).then_some((part, pairs))
        })
    }
}

impl<'s> Stream<'s> {
    /// Pairs of a row of the left and one of the right.
    pub(super) fn between(all: &'s Comparisons, blocking: Blocking, left: &'s Side, right: &'s Side) -> Self {
        let cut = vec![Vec::new(); blocking.rules.len()];
        let (left_lines, right_lines) = (all.lines(left), all.lines(right));
        let (left_beyond, right_beyond) = (beyond(all, &blocking, left), beyond(all, &blocking, right));
        let inside = false;
        Self { all, left, right, left_lines, right_lines, left_beyond, right_beyond, inside, blocking, cut }
    }

    /// Pairs inside one side, the earlier row on the left.
    pub(super) fn inside(all: &'s Comparisons, blocking: Blocking, side: &'s Side) -> Self {
        let cut = vec![Vec::new(); blocking.rules.len()];
        let (left_lines, left_beyond) = (all.lines(side), beyond(all, &blocking, side));
        let (right_lines, right_beyond) = (Vec::new(), Vec::new());
        let (left, right, inside) = (side, side, true);
        Self { all, left, right, left_lines, right_lines, left_beyond, right_beyond, inside, blocking, cut }
    }

    /// Frees what pairs are compared by.
    pub(super) fn free(&mut self) {
        (self.left_lines, self.right_lines) = (Vec::new(), Vec::new());
        (self.left_beyond, self.right_beyond) = (Vec::new(), Vec::new());
    }

    /// A row of the left as its keys see it.
    fn seen_left(&self, row: u32) -> Seen<'_> {
        seen(&self.left_lines, &self.left_beyond, self.blocking.atoms.beyond.len(), row)
    }

    /// A row of the right as its keys see it.
    fn seen_right(&self, row: u32) -> Seen<'_> {
        let beyond = if self.inside { &self.left_beyond } else { &self.right_beyond };
        seen(self.right_lines(), beyond, self.blocking.atoms.beyond.len(), row)
    }

    pub(super) fn right_lines(&self) -> &[Line] {
        if self.inside { &self.left_lines } else { &self.right_lines }
    }

    /// Sorts the rows by their keys under a rule.
    pub(super) fn sort(&self, rule: usize, sorted: &mut Sorted) {
        // Neither the blocks nor the room to sort in are there while the other is.
        sorted.blocks = Vec::new();
        sorted.inside = self.inside;
        let mut spare = Vec::new();
        self.entries(rule, self.left.rows, |row| self.seen_left(row), &mut sorted.left);
        sort::sort(&mut sorted.left, &mut spare);
        if self.inside {
            drop(spare);
            sort::within(&sorted.left, &mut sorted.blocks);
        } else {
            self.entries(rule, self.right.rows, |row| self.seen_right(row), &mut sorted.right);
            sort::sort(&mut sorted.right, &mut spare);
            drop(spare);
            sort::between(&sorted.left, &sorted.right, &mut sorted.blocks);
        }
    }

    /// Drops the blocks that are cut.
    pub(super) fn keep_whole(&self, rule: usize, sorted: &mut Sorted) {
        if !self.cut[rule].is_empty() {
            let mut blocks = std::mem::take(&mut sorted.blocks);
            blocks.retain(|block| !self.is_cut(rule, sorted.key(block)));
            sorted.blocks = blocks;
        }
    }

    /// The left rows under their keys, in their own order.
    pub(super) fn left_entries(&self, rule: usize, entries: &mut Vec<Entry>) {
        self.entries(rule, self.left.rows, |row| self.seen_left(row), entries);
    }

    fn entries<'r>(&self, rule: usize, rows: u32, row: impl Fn(u32) -> Seen<'r>, entries: &mut Vec<Entry>) {
        let entry = |at| Some(sort::entry(self.blocking.key(rule, self.all, row(at))?, at));
        entries.clear();
        entries.extend((0..rows).filter_map(entry));
    }

    /// Whether a key's block is cut.
    pub(super) fn is_cut(&self, rule: usize, key: u32) -> bool {
        let cut = &self.cut[rule];
        !cut.is_empty() && cut.binary_search(&key).is_ok()
    }

    /// Adds the pairs of a block to the row of pairs that wait.
    fn wait(
        &self,
        rule: usize,
        sorted: &Sorted,
        block: &Block,
        waiting: &mut Waiting,
        memo: &mut Memo,
        each: &mut impl FnMut(u32, u32, u64),
    ) {
        let rights = sorted.right(block);
        for (turn, &a) in sorted.left(block).iter().enumerate() {
            // Inside one side, a row meets those that come after it.
            let first = if self.inside { turn + 1 } else { 0 };
            for &b in &rights[first..] {
                waiting.pairs[waiting.count] = (a as u32, b as u32);
                waiting.count += 1;
                if waiting.count == WAITING {
                    self.compare(rule, waiting, memo, each);
                }
            }
        }
    }

    /// Compares the pairs that wait and belong to the rule.
    fn compare(
        &self,
        rule: usize,
        waiting: &mut Waiting,
        memo: &mut Memo,
        each: &mut impl FnMut(u32, u32, u64),
    ) {
        let pairs = &waiting.pairs[..waiting.count];
        self.touch(pairs);
        let any_cut = self.any_cut(rule);
        for &(l, r) in pairs {
            if self.belongs(rule, l, r, any_cut) {
                each(l, r, self.levels(l, r, memo));
            }
        }
        waiting.count = 0;
    }

    /// Whether an earlier rule has blocks that are cut.
    pub(super) fn any_cut(&self, rule: usize) -> bool {
        self.cut[..rule].iter().any(|cut| !cut.is_empty())
    }

    /// Whether a pair shares the rule's key, and none of an earlier rule's whole blocks, if any of them are cut.
    #[inline]
    pub(super) fn belongs(&self, rule: usize, l: u32, r: u32, any_cut: bool) -> bool {
        let (x, y) = (self.seen_left(l), self.seen_right(r));
        self.blocking.belongs(rule, x, y, any_cut, |earlier| self.left_is_cut(earlier, x))
    }

    /// Whether a pair is in a block that is compared in full.
    pub(super) fn is_whole(&self, l: u32, r: u32) -> bool {
        let (x, y) = (self.seen_left(l), self.seen_right(r));
        self.blocking.shared(x, y).any(|rule| !self.left_is_cut(rule, x))
    }

    fn left_is_cut(&self, rule: usize, row: Seen<'_>) -> bool {
        !self.cut[rule].is_empty()
            && self.blocking.key(rule, self.all, row).is_some_and(|key| self.is_cut(rule, key))
    }

    /// Reads a bit of every row of some pairs: the processor fetches many lines at once, while a comparison that needs
    /// them one by one would wait for each.
    pub(super) fn touch(&self, pairs: &[(u32, u32)]) {
        let lines = self.right_lines();
        let touched = pairs
            .iter()
            .fold(0, |touched, &(l, r)| touched ^ self.left_lines[l as usize].sex ^ lines[r as usize].sex);
        std::hint::black_box(touched);
    }

    /// Compares the pairs of some blocks, one after the other.
    fn in_turn(
        &self,
        rule: usize,
        sorted: &Sorted,
        blocks: &[Block],
        memo: &mut Memo,
        each: &mut impl FnMut(u32, u32, u64),
    ) {
        let mut waiting = Waiting { pairs: [(0, 0); WAITING], count: 0 };
        for block in blocks {
            self.wait(rule, sorted, block, &mut waiting, memo, each);
        }
        self.compare(rule, &mut waiting, memo, each);
    }

    /// Compares the pairs of some blocks that belong to a rule.
    #[cfg(not(feature = "rayon"))]
    pub(super) fn some_blocks(
        &self,
        rule: usize,
        sorted: &Sorted,
        blocks: &[Block],
        memo: &mut Memo,
        each: &mut impl FnMut(u32, u32, u64),
    ) {
        self.in_turn(rule, sorted, blocks, memo, each);
    }

    /// Compares on several threads, and hands the pairs on in the same order as one thread does.
    #[cfg(feature = "rayon")]
    pub(super) fn some_blocks(
        &self,
        rule: usize,
        sorted: &Sorted,
        blocks: &[Block],
        memo: &mut Memo,
        each: &mut impl FnMut(u32, u32, u64),
    ) {
        use rayon::iter::{IntoParallelIterator, ParallelIterator};

        let parts: Vec<&[Block]> = sorted.parts(blocks, 1 << 16).map(|(part, _)| part).collect();
        if let [only] = parts[..] {
            return self.in_turn(rule, sorted, only, memo, each);
        }
        let compared = parts.into_par_iter().map(|part| {
            let mut pairs = Vec::new();
            self.in_turn(rule, sorted, part, &mut self.all.memo(), &mut |l, r, levels| {
                pairs.push((l, r, levels));
            });
            pairs
        });
        for (l, r, levels) in compared.collect::<Vec<_>>().into_iter().flatten() {
            each(l, r, levels);
        }
    }

    /// The pattern of any pair.
    pub(super) fn levels(&self, l: u32, r: u32, memo: &mut Memo) -> u64 {
        let (x, y) = (&self.left_lines[l as usize], &self.right_lines()[r as usize]);
        self.all.levels_of(self.left, l, x, self.right, r, y, memo)
    }
}

/// Pairs that wait to be compared together.
struct Waiting {
    pairs: [(u32, u32); WAITING],
    count: usize,
}

/// As many as fit the nearest cache with their lines.
const WAITING: usize = 64;

fn seen<'r>(lines: &'r [Line], beyond: &'r [u32], width: usize, row: u32) -> Seen<'r> {
    let row = row as usize;
    Seen { line: &lines[row], beyond: &beyond[row * width..(row + 1) * width] }
}

/// The atoms beyond the lines of all rows of a side.
fn beyond(all: &Comparisons, blocking: &Blocking, side: &Side) -> Vec<u32> {
    let mut values = Vec::with_capacity(side.rows as usize * blocking.atoms.beyond.len());
    for row in 0..side.rows {
        blocking.atoms.fill(all, side, row, &mut values);
    }
    values
}

/// The largest number of pairs that a block may have so that a rule's blocks keep to what it is allowed.
pub(super) fn cap(sorted: &Sorted, allowed: u64, budget: u64) -> u64 {
    // By the power of two: the pairs of blocks of that size.
    let mut sizes = [0_u64; 64];
    for block in &sorted.blocks {
        let pairs = sorted.pairs(block);
        sizes[pairs.ilog2() as usize] += pairs;
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
