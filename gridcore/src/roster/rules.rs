//! How a reconciliation is to be done: nothing has to be said.

use std::collections::BTreeMap;

use super::{FieldKind, Model};

/// How many counterparts a row may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Settle {
    /// At most one on either side.
    #[default]
    OneToOne,
    /// A row of the left may have several on the right (one person, several visits).
    OneToMany,
    /// Rows of both sides, or of one, gather in clusters.
    Clusters,
}

/// The rules of a reconciliation.
///
/// ```
/// use gridcore::roster::Rules;
/// assert_eq!(Rules::default().match_at, 0.5);
/// ```
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// What columns of the left are about, by name, where that is not to be found out.
    pub left: BTreeMap<String, FieldKind>,
    /// The same of the right.
    pub right: BTreeMap<String, FieldKind>,
    /// Columns to leave out, by name, on either side.
    pub ignore: Vec<String>,
    /// How many counterparts a row may have.
    pub settle: Settle,
    /// The probability from which on a pair is a match.
    pub match_at: f64,
    /// The probability from which on a pair that is no match is to be looked at.
    pub review_at: f64,
    /// The most candidate pairs to compare, for each row of both sides; large blocks are cut, and that is reported.
    pub most_candidates_per_row: u32,
    /// A model to use as it is, instead of training one.
    pub model: Option<Model>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            left: BTreeMap::new(),
            right: BTreeMap::new(),
            ignore: Vec::new(),
            settle: Settle::OneToOne,
            match_at: 0.5,
            review_at: 0.05,
            most_candidates_per_row: 50,
            model: None,
        }
    }
}
