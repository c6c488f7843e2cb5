//! Ids of pairs and clusters: of record ids alone, so that they are the same in every run.

use crate::roster::RosterSide;
use crate::roster::normal::hash::{mix, of_text};

/// The id of a pair.
pub(crate) fn link_id(left: &str, right: &str) -> String {
    format!("{:016x}", mix(of_text(left), of_text(right)))
}

/// The id of a cluster, by the record that stands for it.
pub(crate) fn cluster_id(side: RosterSide, id: &str) -> String {
    format!("{:016x}", mix(of_text(id), side as u64 + 1))
}
