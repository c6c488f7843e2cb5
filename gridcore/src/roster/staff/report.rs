//! What comes of a comparison of staff rosters: flat rows in a stable order.

use std::fmt;

use crate::id::{GridCode, PersonId, PostId, UnitId};

/// What happened to a post that a person holds, or held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum StaffChange {
    /// The person was on no row before (新到岗); one row for each post.
    Joined,
    /// The person is on no row any more (离岗); one row for each post.
    Left,
    /// The post went from one grid to another (调动).
    Transferred,
    /// Another post at the same grid (换岗).
    PostChanged,
    /// The same post at the same grid, sent by another unit.
    UnitChanged,
    /// One post more than before (兼任).
    TookUp,
    /// One post fewer than before (卸任).
    GaveUp,
}

impl StaffChange {
    /// All kinds of change.
    pub const ALL: [Self; 7] = [
        Self::Joined,
        Self::Left,
        Self::Transferred,
        Self::PostChanged,
        Self::UnitChanged,
        Self::TookUp,
        Self::GaveUp,
    ];

    /// The stable name.
    ///
    /// ```
    /// assert_eq!(gridcore::roster::StaffChange::TookUp.id(), "took_up");
    /// ```
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Joined => "joined",
            Self::Left => "left",
            Self::Transferred => "transferred",
            Self::PostChanged => "post_changed",
            Self::UnitChanged => "unit_changed",
            Self::TookUp => "took_up",
            Self::GaveUp => "gave_up",
        }
    }
}

/// One change; `Debug` does not show whose.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StaffChangeRow {
    /// What happened.
    pub change: StaffChange,
    /// The person.
    pub person: PersonId,
    /// Their name, if a row has it.
    pub name: Option<String>,
    /// The grid before.
    pub from_grid: Option<GridCode>,
    /// The post before.
    pub from_post: Option<PostId>,
    /// The unit before.
    pub from_unit: Option<UnitId>,
    /// The grid after.
    pub to_grid: Option<GridCode>,
    /// The post after.
    pub to_post: Option<PostId>,
    /// The unit after.
    pub to_unit: Option<UnitId>,
    /// The row of the old roster, from 0.
    pub old_row: Option<usize>,
    /// The row of the new roster, from 0.
    pub new_row: Option<usize>,
}

impl fmt::Debug for StaffChangeRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StaffChangeRow")
            .field("change", &self.change)
            .field("from_grid", &self.from_grid)
            .field("from_post", &self.from_post)
            .field("to_grid", &self.to_grid)
            .field("to_post", &self.to_post)
            .field("old_row", &self.old_row)
            .field("new_row", &self.new_row)
            .finish_non_exhaustive()
    }
}

/// A grid where somebody held a post and nobody does any more (无人负责的网格).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct OrphanedGridRow {
    /// The grid.
    pub grid: GridCode,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: u8,
    /// The grids from the root down to it.
    pub path: Vec<GridCode>,
    /// The nearest grid above where somebody holds a post (属地兜底); none if there is none up to the root.
    pub nearest_held: Option<GridCode>,
    /// How many people held a post there.
    pub persons_before: usize,
    /// The rows of the old roster that were about it, ascending.
    pub old_rows: Vec<usize>,
}

/// A post that somebody held at a grid and nobody holds there any more (空缺岗位).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct VacatedPostRow {
    /// The grid.
    pub grid: GridCode,
    /// The post.
    pub post: PostId,
    /// Whether nobody is left at the grid at all.
    pub orphaned: bool,
    /// The rows of the old roster that were about it, ascending.
    pub old_rows: Vec<usize>,
}

/// One post of the new roster that is one of several of a person, or that several people hold; `Debug` does not show whose.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DoublePostRow {
    /// The person.
    pub person: PersonId,
    /// Their name, if a row has it.
    pub name: Option<String>,
    /// The grid.
    pub grid: GridCode,
    /// The post.
    pub post: PostId,
    /// How many posts the person holds, or how many people hold the post.
    pub of: usize,
    /// The row of the new roster, from 0.
    pub new_row: usize,
}

impl fmt::Debug for DoublePostRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DoublePostRow")
            .field("grid", &self.grid)
            .field("post", &self.post)
            .field("of", &self.of)
            .field("new_row", &self.new_row)
            .finish_non_exhaustive()
    }
}

/// A row that says what another of its roster says: it was counted once.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RepeatedRow {
    /// The roster: `old` or `new`.
    pub list: String,
    /// The row, from 0.
    pub row: usize,
    /// The row that stands for both.
    pub same_as: usize,
}

/// Heads counted: `before + joined + came = after + left + went`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StaffCount {
    /// People before, each once.
    pub before: usize,
    /// People after, each once.
    pub after: usize,
    /// People who were on no row before.
    pub joined: usize,
    /// People who are on no row any more.
    pub left: usize,
    /// People who were elsewhere before and are here now.
    pub came: usize,
    /// People who were here before and are elsewhere now.
    pub went: usize,
    /// People here before and after whose grids are not the same as before.
    pub moved: usize,
    /// People here before and after at the same grids, with other posts.
    pub post_changed: usize,
    /// Posts held before; more than people where somebody holds several.
    pub posts_before: usize,
    /// Posts held after.
    pub posts_after: usize,
    /// Grids that somebody held before and nobody holds after.
    pub orphaned: usize,
}

/// The count of one grid with everything beneath it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StaffGridRow {
    /// The grid.
    pub grid: GridCode,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: u8,
    /// Its count.
    #[serde(flatten)]
    pub count: StaffCount,
}

/// The count of the grids of one level, without what lies beneath them.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StaffLevelRow {
    /// The level.
    pub level: u8,
    /// How many grids it has.
    pub grids: usize,
    /// How many of them somebody held before.
    pub held_before: usize,
    /// How many of them somebody holds after.
    pub held_after: usize,
    /// The people at them; somebody who went to another level has gone.
    #[serde(flatten)]
    pub count: StaffCount,
}

/// Two staff rosters compared (名册变动).
///
/// People come in the order of their tokens, grids in the tree's order.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StaffDiff {
    /// Every change, by kind and then by person.
    pub changes: Vec<StaffChangeRow>,
    /// Grids that lost the last of their people.
    pub orphaned: Vec<OrphanedGridRow>,
    /// Posts that lost the last of their people.
    pub vacated: Vec<VacatedPostRow>,
    /// Posts of people who hold several (一人多岗).
    pub several_posts: Vec<DoublePostRow>,
    /// Single posts that several people hold (一岗多人).
    pub shared_posts: Vec<DoublePostRow>,
    /// Rows that say what another says.
    pub repeated: Vec<RepeatedRow>,
    /// Both rosters in all.
    pub total: StaffCount,
    /// Each level that has grids, from the highest.
    pub by_level: Vec<StaffLevelRow>,
    /// Each grid that somebody held, before or after, there or beneath.
    pub by_grid: Vec<StaffGridRow>,
}

impl StaffDiff {
    /// The changes of one kind, by person.
    ///
    /// ```
    /// use gridcore::roster::{StaffChange, StaffDiff};
    /// assert_eq!(StaffDiff::default().of(StaffChange::Joined).count(), 0);
    /// ```
    pub fn of(&self, change: StaffChange) -> impl Iterator<Item = &StaffChangeRow> {
        self.changes.iter().filter(move |row| row.change == change)
    }
}
