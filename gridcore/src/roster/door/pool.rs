//! Numbers for texts.

use crate::roster::normal::hash;
use crate::roster::side::Pool;

/// A pool that grows, and finds the number of a text it has.
pub(super) struct Growing {
    pub(super) pool: Pool,
    /// Numbers by hash, open addressing, 0 is free; a power of two long and at most half full.
    slots: Vec<u32>,
}

impl Growing {
    pub(super) fn new(pool: Pool) -> Self {
        let mut growing = Self { pool, slots: Vec::new() };
        growing.spread();
        growing
    }

    /// The number of a text, which is taken in if it is new.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        let mask = self.slots.len() - 1;
        let mut slot = hash::of_text(text) as usize & mask;
        while let Some(known) = self.slots[slot].checked_sub(1) {
            if *self.pool.texts[known as usize] == *text {
                return known + 1;
            }
            slot = (slot + 1) & mask;
        }
        self.pool.texts.push(text.into());
        let number = self.pool.texts.len() as u32;
        self.slots[slot] = number;
        if self.pool.texts.len() * 2 > self.slots.len() {
            self.spread();
        }
        number
    }

    fn spread(&mut self) {
        let size = (self.pool.texts.len() * 4).next_power_of_two().max(64);
        self.slots = vec![0; size];
        for (place, text) in self.pool.texts.iter().enumerate() {
            let mut slot = hash::of_text(text) as usize & (size - 1);
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = place as u32 + 1;
        }
    }
}

/// New numbers for the texts of a pool, so that they do not depend on the order in which rows came: those up to `kept`
/// stay, the others follow in the order in which `ask` meets them.
pub(super) struct Renumber {
    new: Vec<u32>,
    kept: u32,
    order: Vec<u32>,
}

impl Renumber {
    pub(super) fn new(kept: usize, all: usize) -> Self {
        Self { new: vec![0; all + 1], kept: kept as u32, order: Vec::new() }
    }

    /// The new number of an old one.
    pub(super) fn ask(&mut self, old: u32) -> u32 {
        if old <= self.kept {
            return old;
        }
        let slot = &mut self.new[old as usize];
        if *slot == 0 {
            self.order.push(old);
            *slot = self.kept + self.order.len() as u32;
        }
        *slot
    }

    /// The pool in its new order.
    pub(super) fn finish(self, pool: Pool) -> Pool {
        let mut texts = pool.texts;
        let mut late: Vec<Option<Box<str>>> = texts.drain(self.kept as usize..).map(Some).collect();
        for old in self.order {
            if let Some(text) = late[(old - self.kept - 1) as usize].take() {
                texts.push(text);
            }
        }
        Pool { texts }
    }
}
