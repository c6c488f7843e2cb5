//! Rules about posts (岗位规则), by level and kind of grid: data, never constants.

use crate::tree::Label;

/// How a rule binds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Strength {
    /// As a rule (一般): a breach is a warning, and one with a recorded reason is only noted.
    #[default]
    Default,
    /// Without exception: a breach is a violation.
    Strict,
}

/// What the grids under a rule must have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Requires {
    /// A head (网格长): one who is accountable for the whole grid.
    #[default]
    Head,
    /// Somebody named at the grid itself for each domain (直接责任到人); a head is one for all domains.
    Direct,
    /// Nobody: the rule only says which post a head has, if there is one.
    Nobody,
}

/// Who should be head of the grids of one level (岗位规则): 一级网格长一般由镇街党委书记担任.
///
/// Of two rules for one level, the one that names a grid's kind counts.
///
/// ```
/// use gridcore::responsibility::{PostRule, Requires, Strength};
/// let town = PostRule::new(1).post("town_party_secretary", "镇街党委书记", "party secretary of the town");
/// assert_eq!((town.strength, town.requires), (Strength::Default, Requires::Head));
/// let leaf = PostRule::new(4).requires(Requires::Direct);
/// assert_eq!(leaf.post, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct PostRule {
    /// The level of the grids.
    pub level: u8,
    /// Their kind; any, if there is none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub kind: Option<String>,
    /// The post that the head should hold; any named person will do, if there is none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub post: Option<String>,
    /// What the post is called.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub title: Option<Label>,
    /// How the rule about the post binds.
    #[cfg_attr(feature = "serde", serde(default))]
    pub strength: Strength,
    /// What each grid must have.
    #[cfg_attr(feature = "serde", serde(default))]
    pub requires: Requires,
    /// The domains in which [`Requires::Direct`] wants somebody named; every domain, if there are none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub domains: Vec<String>,
}

impl PostRule {
    /// A rule for the grids of a level: they need a head, of any post.
    #[must_use]
    pub fn new(level: u8) -> Self {
        Self { level, ..Self::default() }
    }

    /// Confines the rule to one kind of grid.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    /// Names the post that the head should hold.
    #[must_use]
    pub fn post(mut self, post: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        (self.post, self.title) = (Some(post.into()), Some(Label::new(zh, en)));
        self
    }

    /// Makes the rule about the post strict.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.strength = Strength::Strict;
        self
    }

    /// Sets what each grid must have.
    #[must_use]
    pub fn requires(mut self, requires: Requires) -> Self {
        self.requires = requires;
        self
    }

    /// Adds a domain in which somebody must be named directly.
    #[must_use]
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.domains.push(domain.into());
        self
    }

    /// The rules of the seed's city: party secretaries as heads by default on levels 1 to 3, a named person on level 4.
    ///
    /// ```
    /// use gridcore::responsibility::{PostRule, Requires};
    /// let rules = PostRule::four_level();
    /// assert_eq!(rules.iter().map(|rule| rule.level).collect::<Vec<_>>(), [1, 2, 3, 3, 4]);
    /// assert_eq!(rules[4].requires, Requires::Direct);
    /// ```
    #[must_use]
    pub fn four_level() -> Vec<Self> {
        let group = Self::new(3).kind("group");
        let compound = Self::new(3).kind("compound");
        vec![
            Self::new(1).post(
                "town_party_secretary",
                "镇街党委（党工委）书记",
                "party secretary of the town",
            ),
            Self::new(2).post(
                "community_party_secretary",
                "村（社区）党组织书记",
                "party secretary of the village or community",
            ),
            compound.post(
                "compound_party_secretary",
                "商住小区党支部书记",
                "party secretary of the compound",
            ),
            group.post("group_party_secretary", "村（居）民小组党支部书记", "party secretary of the group"),
            Self::new(4).requires(Requires::Direct),
        ]
    }
}
