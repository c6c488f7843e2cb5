//! The model of a reconciliation: how often each level of each comparison is seen among matches (m) and others (u).

/// What a comparison looks at: one field, or several that hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ComparisonKind {
    /// Whole names.
    Name,
    /// Given and family names in columns of their own, which may be swapped.
    Names,
    /// Identity numbers.
    Id,
    /// Tokens.
    Token,
    /// Phones.
    Phone,
    /// Dates of birth.
    Birth,
    /// Sexes.
    Sex,
    /// Where somebody lives: address, household and grid together, because they hang together.
    Place,
    /// A text by its likeness.
    Text,
    /// A value that agrees or does not.
    Exact,
}

/// One level of a comparison.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelModel {
    /// What the level means, a stable `snake_case` name such as `exact`, `same_sound`, `one_digit`, `else`.
    pub level: String,
    /// The probability of this level among pairs of the same person.
    pub m: f64,
    /// The probability of this level among pairs of different people.
    pub u: f64,
}

/// One comparison.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComparisonModel {
    /// The name by which it is shown, unique in the model.
    pub name: String,
    /// What it looks at.
    pub kind: ComparisonKind,
    /// Level 1, the strongest agreement, comes first; the last is "anything else". A missing value has no level.
    pub levels: Vec<LevelModel>,
    /// Whether agreement on a rare value weighs more than on a common one.
    pub term_frequency: bool,
}

/// A Fellegi–Sunter model. Fellegi & Sunter, "A Theory for Record Linkage", JASA 64 (1969).
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// The probability that a candidate pair is of the same person, before anything is compared.
    pub prior: f64,
    /// The comparisons, in the order of the patterns.
    pub comparisons: Vec<ComparisonModel>,
    /// The kinds of pairs of different people, when more than one was told apart; `u` is their average. Empty: there is
    /// one kind, and the comparisons' weights simply add up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<OtherKind>,
}

/// One kind of pairs of different people: members of a household, namesakes, people born on one day.
///
/// Different people become a candidate pair because something agrees, and what else agrees then hangs on what that was:
/// whoever shares a dwelling shares a surname and a phone more often. Within one kind the comparisons are independent.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherKind {
    /// The part of the pairs of different people that are of this kind; all parts make 1.
    pub share: f64,
    /// The probability of each level of each comparison in this kind, as `comparisons` and their levels are ordered.
    pub u: Vec<Vec<f64>>,
}
