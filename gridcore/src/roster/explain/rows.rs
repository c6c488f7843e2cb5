//! Explanations as data.

use std::fmt;

use crate::roster::outcome::rows::flat_row;
use crate::roster::{ComparisonKind, MissReason, RosterSide, RowState};

flat_row! {
    /// What one comparison of a pair says.
    Step {
        /// The comparison, by its name in the model.
        comparison: String, shown;
        /// What it looks at.
        kind: ComparisonKind, shown;
        /// The level of agreement; `missing` where a value is missing, which says nothing; `in_id` where an identity number
        /// that agrees has said it already.
        level: String, shown;
        /// The value on the left, masked unless asked for otherwise.
        left_value: Option<String>, veiled;
        /// The value on the right.
        right_value: Option<String>, veiled;
        /// The probability of the level among pairs of the same person; none where a value is missing.
        m: Option<f64>, shown;
        /// The probability of the level among pairs of different people.
        u: Option<f64>, shown;
        /// log2(m/u): how many bits it speaks for the same person.
        weight: f64, shown;
        /// How many bits more, because the value they share is rare, or fewer, because it is common.
        term_frequency: f64, shown;
    }
}

flat_row! {
    /// Why a pair is held for the same person, or for two.
    Explanation {
        /// The side of the first row.
        left_side: RosterSide, shown;
        /// The side of the second row: the same where doubles of one side are explained.
        right_side: RosterSide, shown;
        /// The record id of the first.
        left: String, veiled;
        /// The record id of the second.
        right: String, veiled;
        /// The first row of its table.
        left_row: usize, shown;
        /// The second row of its table.
        right_row: usize, shown;
        /// What came of the first.
        left_state: RowState, shown;
        /// What came of the second.
        right_state: RowState, shown;
        /// Whether the two were put together: as counterparts, or as doubles.
        linked: bool, shown;
        /// Whether somebody decided it, whatever the weights say.
        decided: bool, shown;
        /// log2 of the odds before anything is compared.
        prior: f64, shown;
        /// What each comparison says.
        steps: Vec<Step>, shown;
        /// What is added, or taken off, because the fields hang together among different people: those of one household share
        /// several, and then each says less.
        company: f64, shown;
        /// The sum: log2 of the odds that they are the same person.
        weight: f64, shown;
        /// The probability of the same.
        probability: f64, shown;
    }
}

flat_row! {
    /// A row of the other side that a row might have belonged to.
    CandidateRow {
        /// The record id.
        id: String, veiled;
        /// The row of its table.
        row: usize, shown;
        /// log2 of the odds that they are the same person.
        weight: f64, shown;
        /// The probability of the same.
        probability: f64, shown;
        /// What came of it.
        state: RowState, shown;
        /// The record id of the row that it was put together with.
        with: Option<String>, veiled;
    }
}

flat_row! {
    /// Why a row came to its state.
    RowExplanation {
        /// The side.
        side: RosterSide, shown;
        /// The record id.
        id: String, veiled;
        /// The row of its table.
        row: usize, shown;
        /// What came of it.
        state: RowState, shown;
        /// The record id of the row that it was put with: its counterpart, the row it doubles, the row it is to be looked at with.
        with: Option<String>, veiled;
        /// Why it stands alone, if it does.
        reason: Option<MissReason>, shown;
        /// The rows of the other side that come nearest, the nearest first.
        candidates: Vec<CandidateRow>, shown;
    }
}
