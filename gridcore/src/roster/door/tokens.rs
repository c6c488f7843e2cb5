//! Whether tokens can agree at all.

use super::Input;
use super::fill::{Habits, Raw};
use crate::roster::FieldKind;
use crate::roster::fault::{RosterFault, RosterFaultKind as K};

/// Holds the token columns of two sides against each other: those of different algorithms can't agree, and those that share
/// nothing were hardly made with one key.
///
/// # Complexity
///
/// O(n log n) time for n tokens.
pub(super) fn compare(
    inputs: &[Input<'_>; 2],
    kinds: &[FieldKind],
    faults: &mut Vec<RosterFault>,
    notes: &mut Vec<RosterFault>,
) {
    let [left, right] = inputs;
    for field in (0..kinds.len()).filter(|&field| kinds[field] == FieldKind::Token) {
        let (Some(one), Some(other)) = (left.known.habits.get(field), right.known.habits.get(field)) else {
            continue;
        };
        let fault = |kind| new(right, field, kind);
        if differ(*one, *other) {
            faults.push(fault(K::MixedTokens));
            continue;
        }
        let (Some(Raw::Wide(ours)), Some(Raw::Wide(theirs))) = (left.raw.get(field), right.raw.get(field))
        else {
            continue;
        };
        let mut ours: Vec<u128> = ours.iter().copied().filter(|token| *token != 0).collect();
        ours.sort_unstable();
        let mut theirs = theirs.iter().filter(|token| **token != 0).peekable();
        if !ours.is_empty()
            && theirs.peek().is_some()
            && theirs.all(|token| ours.binary_search(token).is_err())
        {
            notes.push(fault(K::NoTokenShared));
        }
    }
}

/// Whether later rows have tokens of the algorithm of the earlier ones.
pub(super) fn agree(
    later: &Input<'_>,
    kinds: &[FieldKind],
    before: &[Habits],
    faults: &mut Vec<RosterFault>,
) {
    for field in (0..kinds.len()).filter(|&field| kinds[field] == FieldKind::Token) {
        if let (Some(one), Some(other)) = (before.get(field), later.known.habits.get(field))
            && differ(*one, *other)
        {
            faults.push(new(later, field, K::MixedTokens));
        }
    }
}

fn differ(one: Habits, other: Habits) -> bool {
    matches!((one.tokens, other.tokens), (Some(one), Some(other)) if one != other)
}

fn new(input: &Input<'_>, field: usize, kind: K) -> RosterFault {
    let name = input.known.columns.get(field).and_then(|names| names.first());
    RosterFault::new(input.side, kind).in_column(name.map_or("", String::as_str))
}
