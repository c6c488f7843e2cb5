//! Texts by their likeness, and a memory of what was compared lately.

use super::metric::likeness;
use super::mixed;
use crate::roster::side::Pool;

/// The levels of a text.
pub(crate) const TEXT_LEVELS: [&str; 5] = ["exact", "close", "near", "alike", "else"];

/// The level of two pooled texts: 1 exact, 2 to 4 by Jaro–Winkler (0.95, 0.88, 0.8), 5 else.
pub(super) fn text_level(pool: &Pool, a: u32, b: u32) -> u8 {
    if a == 0 || b == 0 {
        return 0;
    }
    if a == b {
        return 1;
    }
    let alike = likeness(pool.text(a), pool.text(b));
    if alike >= 0.95 {
        2
    } else if alike >= 0.88 {
        3
    } else if alike >= 0.8 {
        4
    } else {
        5
    }
}

/// Levels of texts that were compared lately: a pair's place follows from its hash, and a newcomer takes it.
#[derive(Clone, Debug)]
pub(crate) struct Memo {
    slots: Vec<(u64, u64, u32, u8)>,
}

impl Memo {
    /// No memory.
    pub(crate) const fn none() -> Self {
        Self { slots: Vec::new() }
    }

    /// A memory for a long run.
    pub(crate) fn new() -> Self {
        Self { slots: vec![(0, 0, 0, 0); 1 << 15] }
    }

    /// The level of two values of one comparison, told by its shift.
    #[inline]
    pub(super) fn pair(&mut self, shift: u32, a: u64, b: u64, level: impl FnOnce() -> u8) -> u8 {
        if a == 0 || b == 0 || a == b || self.slots.is_empty() {
            return level();
        }
        let place = mixed(mixed(a, b), u64::from(shift)) as usize & (self.slots.len() - 1);
        let slot = &mut self.slots[place];
        if (slot.0, slot.1, slot.2) != (a, b, shift) {
            *slot = (a, b, shift, level());
        }
        slot.3
    }
}
