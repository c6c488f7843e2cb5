//! What comes in of a staff roster, and how a comparison of two is asked for.

use std::fmt;

/// One post that one person holds: a row of a staff roster (网格人员名册). A person may have several rows.
///
/// ```
/// use gridcore::roster::StaffRow;
/// let row = StaffRow::new("p-1", "442000118", "网格员").name("张三").unit("u-3");
/// assert_eq!((row.grid.as_str(), row.unit.as_deref()), ("442000118", Some("u-3")));
/// assert!(!format!("{row:?}").contains("张三"));
/// ```
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StaffRow {
    /// The person's token.
    pub person: String,
    /// The code of the grid.
    pub grid: String,
    /// The post (岗位).
    pub post: String,
    /// The person's name, handed back in the office's own lists; no error, log or `Debug` shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The unit (单位) that sends them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

impl StaffRow {
    /// A row with its required cells.
    #[must_use]
    pub fn new(person: impl Into<String>, grid: impl Into<String>, post: impl Into<String>) -> Self {
        Self { person: person.into(), grid: grid.into(), post: post.into(), ..Self::default() }
    }

    /// Sets the person's name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the unit.
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }
}

impl fmt::Debug for StaffRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StaffRow")
            .field("grid", &self.grid)
            .field("post", &self.post)
            .field("unit", &self.unit)
            .finish_non_exhaustive()
    }
}

/// What a comparison of staff rosters has to know about posts.
///
/// ```
/// use gridcore::roster::StaffRules;
/// assert!(StaffRules::default().single.is_empty()); // then the tree's levels say which post is single
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StaffRules {
    /// Posts that one person alone may hold at a grid, beside the post that the tree's level names, in either language;
    /// `*` stands for every post.
    pub single: Vec<String>,
}
