//! Candidate pairs, and what their comparison says.

/// The most comparisons of a pair: 4 bits each.
pub(crate) const MOST_COMPARISONS: usize = 16;

/// The kinds of outcome of the comparisons, each once: `levels` holds 4 bits for each comparison, the first lowest; level 0
/// is "a value is missing", 1 the strongest agreement, the comparison's last level "anything else".
#[derive(Clone, Debug, Default)]
pub(crate) struct Patterns {
    pub(crate) levels: Vec<u64>,
    /// How many candidate pairs have it.
    pub(crate) counts: Vec<u64>,
}

/// The level of one comparison in a pattern.
pub(crate) fn level(levels: u64, comparison: usize) -> usize {
    ((levels >> (4 * comparison)) & 15) as usize
}

/// A candidate pair that is worth keeping: canonical positions, the pattern's levels, and the weight, log2 of the odds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scored {
    pub(crate) left: u32,
    pub(crate) right: u32,
    pub(crate) levels: u64,
    pub(crate) weight: f64,
}
