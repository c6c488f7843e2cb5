//! What teams are made from: rules of composition, and the teams wanted.

/// How many members of a team have a role.
///
/// ```
/// use gridcore::deployment::RoleBand;
/// let medics = RoleBand::new("medic").at_least(1).at_most(2);
/// assert_eq!((medics.at_least, medics.at_most), (1, Some(2)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct RoleBand {
    /// The role: a skill that its members have.
    pub role: String,
    /// The fewest members with it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub at_least: u32,
    /// The most members with it; as many as the team has room for, if left out.
    #[cfg_attr(feature = "serde", serde(default))]
    pub at_most: Option<u32>,
}

impl RoleBand {
    /// Any number of members with a role.
    #[must_use]
    pub fn new(role: impl Into<String>) -> Self {
        Self { role: role.into(), ..Self::default() }
    }

    /// Sets the fewest.
    #[must_use]
    pub fn at_least(mut self, count: u32) -> Self {
        self.at_least = count;
        self
    }

    /// Sets the most.
    #[must_use]
    pub fn at_most(mut self, count: u32) -> Self {
        self.at_most = Some(count);
        self
    }
}

/// What a team is made of: each member takes one role of the rule.
///
/// ```
/// use gridcore::deployment::{RoleBand, TeamRule};
/// let three = TeamRule::of_one_each("three", ["medic", "police", "community_worker"]);
/// let troop = TeamRule::new("troop").size(40, 50).role(RoleBand::new("medic").at_least(2)).role(RoleBand::new("cadre"));
/// assert_eq!((three.roles.len(), troop.size_at_least), (3, Some(40)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct TeamRule {
    /// The name of the rule.
    pub rule: String,
    /// The roles.
    pub roles: Vec<RoleBand>,
    /// The fewest members; as many as the roles need, if left out.
    #[cfg_attr(feature = "serde", serde(default))]
    pub size_at_least: Option<u32>,
    /// The most members; no limit, if left out.
    #[cfg_attr(feature = "serde", serde(default))]
    pub size_at_most: Option<u32>,
}

impl TeamRule {
    /// A rule without roles yet.
    #[must_use]
    pub fn new(rule: impl Into<String>) -> Self {
        Self { rule: rule.into(), ..Self::default() }
    }

    /// Exactly one member of each role (三人小组: a medic, a police officer, a community worker).
    #[must_use]
    pub fn of_one_each<S: Into<String>>(rule: impl Into<String>, roles: impl IntoIterator<Item = S>) -> Self {
        let roles = roles.into_iter().map(|role| RoleBand::new(role).at_least(1).at_most(1)).collect();
        Self { roles, ..Self::new(rule) }
    }

    /// Adds a role.
    #[must_use]
    pub fn role(mut self, role: RoleBand) -> Self {
        self.roles.push(role);
        self
    }

    /// Sets the fewest and the most members.
    #[must_use]
    pub fn size(mut self, at_least: u32, at_most: u32) -> Self {
        (self.size_at_least, self.size_at_most) = (Some(at_least), Some(at_most));
        self
    }
}

/// A team that is wanted.
///
/// ```
/// use gridcore::deployment::TeamRow;
/// assert_eq!(TeamRow::new("t-1", "three").grid("44200001").grid.as_deref(), Some("44200001"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct TeamRow {
    /// The name of the team.
    pub team: String,
    /// The rule it follows.
    pub rule: String,
    /// The code of the grid it goes to.
    #[cfg_attr(feature = "serde", serde(default))]
    pub grid: Option<String>,
}

impl TeamRow {
    /// A team by a rule.
    #[must_use]
    pub fn new(team: impl Into<String>, rule: impl Into<String>) -> Self {
        Self { team: team.into(), rule: rule.into(), grid: None }
    }

    /// Sets the grid it goes to.
    #[must_use]
    pub fn grid(mut self, code: impl Into<String>) -> Self {
        self.grid = Some(code.into());
        self
    }
}
