//! What the door tells of what it did.

use crate::roster::FieldKind;
use crate::roster::RosterSide;
use crate::roster::normal::identity::Slip;

/// How it was found out what a column is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ColumnHow {
    /// The rules say it.
    Rule,
    /// The header says it.
    Header,
    /// The values tell it.
    Values,
    /// The other roster has a column of the same name.
    SameName,
    /// Nothing tells it.
    #[default]
    Unknown,
}

/// What became of one column of a roster.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ColumnUse {
    /// The side.
    pub side: RosterSide,
    /// The column's name.
    pub column: String,
    /// What it is about, if that could be told.
    pub kind: Option<FieldKind>,
    /// How that was told.
    pub how: ColumnHow,
    /// The field in which it is compared; none if it is not.
    pub field: Option<String>,
}

/// An identity number with a wrong check digit, and the sound ones that differ from it by one slip and agree with the
/// row's birth and sex. Only proposed: the row is compared as it stands.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct IdRepair {
    pub(crate) side: RosterSide,
    /// The canonical position.
    pub(crate) at: u32,
    /// The place in `Fields`.
    pub(crate) field: usize,
    pub(crate) proposals: Vec<(u128, Slip)>,
}
