//! Patterns by number, and how many pairs have each.

use super::super::compare::mixed;
use super::super::pairs::Patterns;

/// Distinct patterns in the order in which they came, found by an open table.
#[derive(Clone, Debug)]
pub(crate) struct Tally {
    pub(crate) levels: Vec<u64>,
    pub(crate) counts: Vec<u64>,
    /// Number + 1 of the pattern that sits there; 0 is free.
    table: Vec<u32>,
}

impl Default for Tally {
    fn default() -> Self {
        Self { levels: Vec::new(), counts: Vec::new(), table: vec![0; 1 << 12] }
    }
}

impl Tally {
    /// The number of a pattern.
    #[inline]
    pub(crate) fn number(&mut self, levels: u64) -> u32 {
        let mask = self.table.len() - 1;
        let mut place = mixed(levels, 0) as usize & mask;
        loop {
            match self.table[place].checked_sub(1) {
                Some(number) if self.levels[number as usize] == levels => return number,
                Some(_) => place = (place + 1) & mask,
                None => return self.add(levels, place),
            }
        }
    }

    #[cold]
    fn add(&mut self, levels: u64, place: usize) -> u32 {
        let number = self.levels.len() as u32;
        self.levels.push(levels);
        self.counts.push(0);
        self.table[place] = number + 1;
        if self.levels.len() * 2 > self.table.len() {
            let size = self.table.len() * 4;
            self.table.clear();
            self.table.resize(size, 0);
            for (number, &levels) in self.levels.iter().enumerate() {
                let mut place = mixed(levels, 0) as usize & (size - 1);
                while self.table[place] != 0 {
                    place = (place + 1) & (size - 1);
                }
                self.table[place] = number as u32 + 1;
            }
        }
        number
    }

    /// Counts one pair more and returns its pattern's number.
    #[inline]
    pub(crate) fn count(&mut self, levels: u64) -> u32 {
        let number = self.number(levels);
        self.counts[number as usize] += 1;
        number
    }

    /// The patterns in ascending order, so that they do not depend on the order in which pairs came.
    pub(crate) fn patterns(&self) -> Patterns {
        let mut both: Vec<(u64, u64)> =
            self.levels.iter().copied().zip(self.counts.iter().copied()).collect();
        both.sort_unstable();
        let (levels, counts) = both.into_iter().unzip();
        Patterns { levels, counts }
    }
}
