//! Why a pair is what it is, and why a row stands alone: as data, as a sentence, as a picture.

mod mask;
mod pair;
mod row;
mod rows;
mod sentence;
mod value;
mod waterfall;
mod words;

pub use mask::Masking;
pub use rows::{CandidateRow, Explanation, RowExplanation, Step};
pub(crate) use value::value;
