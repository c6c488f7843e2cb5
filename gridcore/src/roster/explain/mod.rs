//! Why a pair is what it is, and why a row stands alone: as data, as a sentence, as a picture.

mod rows;

pub use rows::{CandidateRow, Explanation, RowExplanation, Step};
