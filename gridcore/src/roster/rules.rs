//! How a reconciliation is to be done: nothing has to be said.

use std::collections::BTreeMap;

use super::fault::{RosterFault, RosterFaultKind as K};
use super::{FieldKind, Model, RosterSide};

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

impl Rules {
    /// What is wrong with the rules whatever the rosters are.
    pub(crate) fn faults(&self) -> Vec<RosterFault> {
        let fault = |kind, rule| RosterFault::new(RosterSide::Left, kind).in_column(rule);
        let mut faults = Vec::new();
        for (rule, probability) in [("match_at", self.match_at), ("review_at", self.review_at)] {
            if !(0.0..=1.0).contains(&probability) {
                faults.push(fault(K::NoProbability, rule));
            }
        }
        if faults.is_empty() && self.review_at > self.match_at {
            faults.push(fault(K::ReviewAboveMatch, "review_at"));
        }
        if self.most_candidates_per_row == 0 {
            faults.push(fault(K::NoCandidates, "most_candidates_per_row"));
        }
        faults
    }

    /// For two rosters on which a person stands once at most (居民名册), such as a register and a census: the default.
    ///
    /// ```
    /// use gridcore::roster::Rules;
    /// assert_eq!(Rules::residents(), Rules::default());
    /// ```
    #[must_use]
    pub fn residents() -> Self {
        Self::default()
    }

    /// For a register on the left and visits, tests or payments on the right, of which a person may have several (走访).
    ///
    /// ```
    /// use gridcore::roster::{Rules, Settle};
    /// assert_eq!(Rules::visits().settle, Settle::OneToMany);
    /// ```
    #[must_use]
    pub fn visits() -> Self {
        Self { settle: Settle::OneToMany, ..Self::default() }
    }

    /// For lists on which a person may stand several times, on either side (多源名单): all rows of a person are gathered.
    ///
    /// ```
    /// use gridcore::roster::{Rules, Settle};
    /// assert_eq!(Rules::lists().settle, Settle::Clusters);
    /// ```
    #[must_use]
    pub fn lists() -> Self {
        Self { settle: Settle::Clusters, ..Self::default() }
    }
}
