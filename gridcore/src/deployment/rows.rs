//! What comes in at the door of deployment: one row struct for each kind of table.
//!
//! Numbers are `i64` and names plain texts here, so that the door can report every bad one with its row.

use std::fmt;

/// Declares setters of one field each.
macro_rules! setters {
    ($($(#[$doc:meta])* $field:ident: $kind:ty,)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $field(mut self, $field: $kind) -> Self {
            self.$field = Some($field);
            self
        }
    )*};
}

/// A person (人员) who may be sent, as an opaque token.
///
/// `Debug` does not show the token.
///
/// ```
/// use gridcore::deployment::PersonRow;
/// let row = PersonRow::new("p-7f3a").skill("medic").language("cantonese").home("442000118007").at_most(2);
/// assert_eq!(row.skills, ["medic"]);
/// assert!(!format!("{row:?}").contains("7f3a"));
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct PersonRow {
    /// The token of the person.
    pub person: String,
    /// The skills they bring.
    pub skills: Vec<String>,
    /// The languages they speak.
    pub languages: Vec<String>,
    /// The code of the grid where they live.
    pub home: Option<String>,
    /// The code of the grid where they work.
    pub work: Option<String>,
    /// The unit that sends them.
    pub unit: Option<String>,
    /// The fewest places they must take; 0 if left out.
    pub at_least: Option<i64>,
    /// The most places they may take; 1 if left out. A person with 0 is not available, and that is no fault.
    pub at_most: Option<i64>,
}

impl fmt::Debug for PersonRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PersonRow")
            .field("skills", &self.skills)
            .field("at_least", &self.at_least)
            .field("at_most", &self.at_most)
            .finish_non_exhaustive()
    }
}

impl PersonRow {
    /// A person of whom nothing but the token is known.
    #[must_use]
    pub fn new(person: impl Into<String>) -> Self {
        Self { person: person.into(), ..Self::default() }
    }

    /// Adds a skill.
    #[must_use]
    pub fn skill(mut self, skill: impl Into<String>) -> Self {
        self.skills.push(skill.into());
        self
    }

    /// Adds a language.
    #[must_use]
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.languages.push(language.into());
        self
    }

    /// Sets the grid where they live.
    #[must_use]
    pub fn home(mut self, grid: impl Into<String>) -> Self {
        self.home = Some(grid.into());
        self
    }

    /// Sets the grid where they work.
    #[must_use]
    pub fn work(mut self, grid: impl Into<String>) -> Self {
        self.work = Some(grid.into());
        self
    }

    /// Sets the unit that sends them.
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    setters! {
        /// Sets the fewest places they must take.
        at_least: i64,
        /// Sets the most places they may take.
        at_most: i64,
    }
}

/// What a grid needs: how many people, and what they must bring.
///
/// A grid may have several needs, each with a name of its own; a person who takes two of them takes two places.
///
/// ```
/// use gridcore::deployment::NeedRow;
/// let row = NeedRow::new("442000118007").name("medic").skill("medic").at_least(2);
/// assert_eq!((row.at_least, row.at_most), (Some(2), None));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct NeedRow {
    /// The code of the grid.
    pub grid: String,
    /// The name of the need, where the grid has several.
    pub name: Option<String>,
    /// The skills that each person sent must have, all of them.
    pub skills: Vec<String>,
    /// The language that each person sent should speak.
    pub language: Option<String>,
    /// The fewest people; 1 if left out.
    pub at_least: Option<i64>,
    /// The most people; as many as the fewest if left out.
    pub at_most: Option<i64>,
}

impl NeedRow {
    /// One person for a grid.
    #[must_use]
    pub fn new(grid: impl Into<String>) -> Self {
        Self { grid: grid.into(), ..Self::default() }
    }

    /// Names the need.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Adds a skill that everybody sent must have.
    #[must_use]
    pub fn skill(mut self, skill: impl Into<String>) -> Self {
        self.skills.push(skill.into());
        self
    }

    /// Sets the language.
    #[must_use]
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.language = Some(language.into());
        self
    }

    setters! {
        /// Sets the fewest people.
        at_least: i64,
        /// Sets the most people.
        at_most: i64,
    }
}

/// A person who may be sent to a grid, and what that costs.
///
/// `Debug` does not show the token.
///
/// ```
/// use gridcore::deployment::CandidateRow;
/// let row = CandidateRow::new("442000118007", "p-7f3a", 1250.0);
/// assert_eq!(row.cost, Some(1250.0));
/// ```
#[derive(Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct CandidateRow {
    /// The code of the grid.
    pub grid: String,
    /// The name of the need; every need of the grid if left out.
    pub need: Option<String>,
    /// The token of the person.
    pub person: String,
    /// The cost, 0 or more; 0 if left out. What the weights of the request say is added.
    pub cost: Option<f64>,
}

impl fmt::Debug for CandidateRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CandidateRow")
            .field("grid", &self.grid)
            .field("need", &self.need)
            .field("cost", &self.cost)
            .finish_non_exhaustive()
    }
}

impl CandidateRow {
    /// A candidate with its cost.
    #[must_use]
    pub fn new(grid: impl Into<String>, person: impl Into<String>, cost: f64) -> Self {
        Self { grid: grid.into(), person: person.into(), cost: Some(cost), need: None }
    }

    /// Limits the row to one need of the grid.
    #[must_use]
    pub fn need(mut self, name: impl Into<String>) -> Self {
        self.need = Some(name.into());
        self
    }
}

/// A unit (单位) that is to be paired with grids.
///
/// ```
/// use gridcore::deployment::UnitRow;
/// let row = UnitRow::new("u-12").home("442000001").size(140.0);
/// assert_eq!(row.size, Some(140.0));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct UnitRow {
    /// The name of the unit.
    pub unit: String,
    /// The code of the grid where it has its seat.
    pub home: Option<String>,
    /// Its size, such as its staff; quotas of grids are proportional to it.
    pub size: Option<f64>,
    /// The fewest grids; the floor of its quota if left out.
    pub at_least: Option<i64>,
    /// The most grids; the ceiling of its quota if left out.
    pub at_most: Option<i64>,
}

impl UnitRow {
    /// A unit.
    #[must_use]
    pub fn new(unit: impl Into<String>) -> Self {
        Self { unit: unit.into(), ..Self::default() }
    }

    /// Sets the grid of its seat.
    #[must_use]
    pub fn home(mut self, grid: impl Into<String>) -> Self {
        self.home = Some(grid.into());
        self
    }

    setters! {
        /// Sets the size.
        size: f64,
        /// Sets the fewest grids.
        at_least: i64,
        /// Sets the most grids.
        at_most: i64,
    }
}

/// A cost between a unit and a grid, where it is known otherwise than by distance.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct UnitCostRow {
    /// The name of the unit.
    pub unit: String,
    /// The code of the grid.
    pub grid: String,
    /// The cost, 0 or more.
    pub cost: f64,
}

impl UnitCostRow {
    /// A cost between a unit and a grid.
    ///
    /// ```
    /// assert_eq!(gridcore::deployment::UnitCostRow::new("u-12", "442000001", 2.5).cost, 2.5);
    /// ```
    #[must_use]
    pub fn new(unit: impl Into<String>, grid: impl Into<String>, cost: f64) -> Self {
        Self { unit: unit.into(), grid: grid.into(), cost }
    }
}

/// A unit beside a grid it is paired with (双联双助).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct PairRow {
    /// The name of the unit.
    pub unit: String,
    /// The code of the grid.
    pub grid: String,
}

impl PairRow {
    /// A pairing.
    ///
    /// ```
    /// assert_eq!(gridcore::deployment::PairRow::new("u-12", "442000001").unit, "u-12");
    /// ```
    #[must_use]
    pub fn new(unit: impl Into<String>, grid: impl Into<String>) -> Self {
        Self { unit: unit.into(), grid: grid.into() }
    }
}

/// The person-times that a unit can send, on one day or on all days together.
///
/// ```
/// use gridcore::deployment::SupplyRow;
/// assert_eq!(SupplyRow::new("u-12", 136).day(3).day, Some(3));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct SupplyRow {
    /// The name of the unit.
    pub unit: String,
    /// The day, in the caller's own count; usable on any day if left out.
    pub day: Option<i64>,
    /// The fewest person-times; 0 if left out.
    pub at_least: Option<i64>,
    /// The most person-times.
    pub at_most: i64,
}

impl SupplyRow {
    /// The person-times of a unit.
    #[must_use]
    pub fn new(unit: impl Into<String>, at_most: i64) -> Self {
        Self { unit: unit.into(), at_most, ..Self::default() }
    }

    setters! {
        /// Sets the day.
        day: i64,
        /// Sets the fewest person-times.
        at_least: i64,
    }
}

/// How many people a grid asks for: person-times on a day, or people for a need.
///
/// ```
/// use gridcore::deployment::DemandRow;
/// assert_eq!(DemandRow::new("442000118007", 40).day(3).at_most(50).at_least, 40);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct DemandRow {
    /// The code of the grid.
    pub grid: String,
    /// The name of the need, where the grid has several.
    pub need: Option<String>,
    /// The day, in the caller's own count.
    pub day: Option<i64>,
    /// The fewest people.
    pub at_least: i64,
    /// The most people; as many as the fewest if left out.
    pub at_most: Option<i64>,
}

impl DemandRow {
    /// The demand of a grid.
    #[must_use]
    pub fn new(grid: impl Into<String>, at_least: i64) -> Self {
        Self { grid: grid.into(), at_least, ..Self::default() }
    }

    /// Names the need.
    #[must_use]
    pub fn need(mut self, name: impl Into<String>) -> Self {
        self.need = Some(name.into());
        self
    }

    setters! {
        /// Sets the day.
        day: i64,
        /// Sets the most people.
        at_most: i64,
    }
}

/// Two grids between which people may be transferred, in both directions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct EdgeRow {
    /// The code of one grid.
    pub a: String,
    /// The code of the other.
    pub b: String,
}

impl EdgeRow {
    /// An edge between two grids.
    ///
    /// ```
    /// assert_eq!(gridcore::deployment::EdgeRow::new("11", "12").b, "12");
    /// ```
    #[must_use]
    pub fn new(a: impl Into<String>, b: impl Into<String>) -> Self {
        Self { a: a.into(), b: b.into() }
    }
}

/// What a grid can spare for others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct SpareRow {
    /// The code of the grid.
    pub grid: String,
    /// How many people it can spare; 0 is no fault.
    pub spare: i64,
}

impl SpareRow {
    /// The spare people of a grid.
    ///
    /// ```
    /// assert_eq!(gridcore::deployment::SpareRow::new("11", 4).spare, 4);
    /// ```
    #[must_use]
    pub fn new(grid: impl Into<String>, spare: i64) -> Self {
        Self { grid: grid.into(), spare }
    }
}

/// Where a grid lies on a plane, in metres.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct PositionRow {
    /// The code of the grid.
    pub grid: String,
    /// Metres to the east.
    pub x: f64,
    /// Metres to the north.
    pub y: f64,
}

impl PositionRow {
    /// The position of a grid.
    ///
    /// ```
    /// assert_eq!(gridcore::deployment::PositionRow::new("11", 120.0, -40.0).y, -40.0);
    /// ```
    #[must_use]
    pub fn new(grid: impl Into<String>, x: f64, y: f64) -> Self {
        Self { grid: grid.into(), x, y }
    }
}
