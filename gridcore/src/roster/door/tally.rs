//! What was met while a column was read.

use crate::roster::FieldKind;
use crate::roster::RosterSide;
use crate::roster::TokenAlgorithm;
use crate::roster::fault::{RosterFault, RosterFaultKind as K};

/// The most rows that a note names.
pub(super) const MOST_ROWS: usize = 10;

/// How many cells had something, and the first rows of them.
#[derive(Default)]
pub(super) struct Met {
    pub(super) count: usize,
    rows: Vec<usize>,
}

impl Met {
    pub(super) fn at(&mut self, row: usize) {
        if self.rows.len() < MOST_ROWS {
            self.rows.push(row);
        }
        self.count += 1;
    }
}

/// The cells of a column, counted.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) texts: usize,
    pub(super) numbers: usize,
    pub(super) days: usize,
    pub(super) others: usize,
    pub(super) rounded: Met,
    pub(super) unreadable: Met,
    pub(super) placeholder: Met,
    pub(super) unsound: Met,
    pub(super) impossible: Met,
    pub(super) partial: Met,
    pub(super) day_or_month: Met,
    pub(super) zero_female: Met,
    pub(super) several: Met,
    /// Tokens by the place of their algorithm among all.
    pub(super) tokens: [Met; TokenAlgorithm::ALL.len()],
    /// Identity numbers of 18 digits, and how many of them end in 000, as a spreadsheet leaves them.
    pub(super) long_ids: usize,
    pub(super) zeros: Met,
}

impl Tally {
    /// The cells that are not missing.
    pub(super) fn seen(&self) -> usize {
        self.texts + self.numbers + self.days + self.others + self.rounded.count
    }

    /// What to say about the column: faults that end the run, and notes.
    pub(super) fn report(
        self,
        side: RosterSide,
        column: &str,
        kind: FieldKind,
        rows: usize,
        faults: &mut Vec<RosterFault>,
        notes: &mut Vec<RosterFault>,
    ) {
        let seen = self.seen();
        let kinds =
            [self.texts, self.numbers, self.days, self.others].iter().filter(|count| **count > 0).count();
        let new =
            |kind, met: Met| RosterFault::new(side, kind).in_column(column).on_rows(met.rows, met.count);
        if self.rounded.count > 0 {
            faults.push(new(K::PrecisionLost, self.rounded));
        } else if self.zeros.count >= 3 && self.zeros.count * 2 > self.long_ids {
            faults.push(new(K::PrecisionLost, self.zeros));
        } else if self.unreadable.count >= 3 && self.unreadable.count * 2 > seen {
            faults.push(new(K::NotOfKind(kind), self.unreadable));
            return;
        }
        let [hashed, other] = self.tokens;
        if hashed.count > 0 && other.count > 0 {
            faults.push(new(K::MixedTokens, if hashed.count < other.count { hashed } else { other }));
        }
        if seen == 0 && rows > 0 {
            notes.push(new(K::AllMissing, Met::default()));
        }
        if kinds > 1 {
            notes.push(new(K::MixedKinds, Met::default()));
        }
        for (kind, met) in [
            (K::Unreadable(kind), self.unreadable),
            (K::Placeholder(kind), self.placeholder),
            (K::UnsoundId, self.unsound),
            (K::ImpossibleDate, self.impossible),
            (K::PartialDate, self.partial),
            (K::DayOrMonth, self.day_or_month),
            (K::ZeroIsFemale, self.zero_female),
            (K::SeveralPhones, self.several),
        ] {
            if met.count > 0 {
                notes.push(new(kind, met));
            }
        }
    }
}
