//! Changes to a tree: a list of edits in, a new tree and the way from old codes to new ones out.
//!
//! What an edit means where a table of changes is silent:
//!
//! - **Codes** in an edit are those that hold when its turn comes, so a later edit names a grid by the code that
//!   an earlier one gave it.
//! - **Only the result** is held to the rules of the tree: a merge may leave villages whose codes do not yet
//!   begin with the new town's, if recodes later in the list put that right.
//! - **Levels**: in a tree where each grid stands one level below its parent, levels follow; a branch that moves
//!   one step down is one level deeper. In a tree with gaps between levels, and as soon as one insert names a
//!   level, a level is a type and stays with its grid.
//! - **Weights** are a grid's own. A split shares them out, a merge adds them up (in the order of codes); moved
//!   children bring their own along. Shares are of every weight; the last part that has one takes what rounding
//!   leaves. A weight that counts, such as households, is better split by values than by shares.
//! - **A part or a merged grid may keep an old code**: then it is the old grid that goes on under it, and the
//!   children that stay beneath it have not moved.
//! - **Footprints** of parts and merged grids are those given; an old one is not guessed from.

mod apply;
mod draft;
mod fault;
mod finish;
mod map;
mod share;

use std::collections::BTreeMap;

use super::GridTree;
use crate::id::GridCode;
use draft::Draft;

pub use fault::{EditError, EditFault, EditFaultKind};
pub use map::{EditChange, EditEvent, EditMap, Successor};

/// A grid that an edit makes.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct NewGrid {
    /// Its code.
    pub code: GridCode,
    /// Its name.
    pub name: String,
    /// Its kind; if there is none, a part or a merged grid has the kind of the old ones.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub kind: Option<String>,
    /// Its footprint: a `GeoJSON` geometry as a text.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub footprint: Option<String>,
    /// Its weights. In a split and in a merge they must add up to the old ones.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "BTreeMap::is_empty"))]
    pub weights: BTreeMap<String, f64>,
}

impl NewGrid {
    /// A grid with a code and a name.
    ///
    /// ```
    /// use gridcore::tree::NewGrid;
    /// let grid = NewGrid::new("442000118".parse()?, "小榄镇").kind("town").weight("villages", 34.0);
    /// assert_eq!(grid.weights["villages"], 34.0);
    /// # Ok::<(), gridcore::MalformedCode>(())
    /// ```
    #[must_use]
    pub fn new(code: GridCode, name: impl Into<String>) -> Self {
        Self { code, name: name.into(), kind: None, footprint: None, weights: BTreeMap::new() }
    }

    /// Sets the kind.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    /// Sets the footprint.
    #[must_use]
    pub fn footprint(mut self, geometry: impl Into<String>) -> Self {
        self.footprint = Some(geometry.into());
        self
    }

    /// Sets one weight.
    #[must_use]
    pub fn weight(mut self, name: impl Into<String>, value: f64) -> Self {
        self.weights.insert(name.into(), value);
        self
    }
}

/// One of the grids that a grid is split into.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Part {
    /// The grid; its code may be that of the old one.
    pub grid: NewGrid,
    /// How much of the old grid it takes, from 0 to 1: of each weight that no part names a value of.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub share: Option<f64>,
    /// The children that go to it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub children: Vec<GridCode>,
}

impl Part {
    /// A part without children and without a share.
    ///
    /// ```
    /// use gridcore::tree::{NewGrid, Part};
    /// let part = Part::new(NewGrid::new("11".parse()?, "north")).share(0.4).children(["111".parse()?]);
    /// assert_eq!(part.share, Some(0.4));
    /// # Ok::<(), gridcore::MalformedCode>(())
    /// ```
    #[must_use]
    pub fn new(grid: NewGrid) -> Self {
        Self { grid, share: None, children: Vec::new() }
    }

    /// Sets how much of the old grid it takes, from 0 to 1.
    #[must_use]
    pub fn share(mut self, share: f64) -> Self {
        self.share = Some(share);
        self
    }

    /// Sets the children that go to it.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = GridCode>) -> Self {
        self.children = children.into_iter().collect();
        self
    }
}

/// What becomes of the grids beneath one that is removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Beneath {
    /// There must be none.
    #[default]
    None,
    /// They are removed too.
    Remove,
    /// The children go to the parent, with all that is beneath them.
    ToParent,
}

/// One change (变更) to a tree.
///
/// As a row it has its kind under `op`:
///
/// ```
/// # #[cfg(feature = "serde")] {
/// use gridcore::tree::{Beneath, Edit};
/// let edit: Edit = serde_json::from_str(r#"{"op": "remove", "grid": "11", "beneath": "to_parent"}"#)?;
/// assert_eq!(edit, Edit::Remove { grid: "11".parse()?, beneath: Beneath::ToParent });
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "op", rename_all = "snake_case", deny_unknown_fields))]
#[non_exhaustive]
pub enum Edit {
    /// Gives a grid another name (更名).
    Rename {
        /// The grid.
        grid: GridCode,
        /// Its new name.
        name: String,
    },
    /// Gives grids other codes (变更编码), all at once: two may swap.
    Recode {
        /// From old codes to new ones.
        codes: BTreeMap<GridCode, GridCode>,
        /// Whether the codes beneath that begin with the old code get the new beginning; the scheme must nest.
        #[cfg_attr(feature = "serde", serde(default))]
        descendants: bool,
    },
    /// Puts a grid, with all beneath it, under another parent (划转).
    Move {
        /// The grid.
        grid: GridCode,
        /// The new parent.
        parent: GridCode,
    },
    /// Makes several grids of one (拆分).
    Split {
        /// The grid.
        grid: GridCode,
        /// At least two parts; each child goes to one.
        into: Vec<Part>,
    },
    /// Makes one grid of several on one level (合并); their children move to it, their weights are added up.
    Merge {
        /// At least two grids.
        grids: Vec<GridCode>,
        /// The grid they become; its code may be that of one of them.
        into: NewGrid,
        /// The parent of the new grid, where the old ones have different parents.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        parent: Option<GridCode>,
    },
    /// Takes a grid away (撤销), and its own weights with it.
    Remove {
        /// The grid.
        grid: GridCode,
        /// What becomes of the grids beneath it.
        #[cfg_attr(feature = "serde", serde(default))]
        beneath: Beneath,
    },
    /// Adds a grid (新设), as a leaf or between a grid and some of its children.
    Insert {
        /// The new grid.
        grid: NewGrid,
        /// Its parent.
        parent: GridCode,
        /// Its level, where levels are types; without, one below the parent's.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        level: Option<u8>,
        /// Those children of the parent that go beneath the new grid.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
        children: Vec<GridCode>,
    },
}

impl Edit {
    /// Gives a grid another name.
    #[must_use]
    pub fn rename(grid: GridCode, name: impl Into<String>) -> Self {
        Self::Rename { grid, name: name.into() }
    }

    /// Gives a grid another code; those beneath keep theirs.
    #[must_use]
    pub fn recode(old: GridCode, new: GridCode) -> Self {
        Self::recode_all([(old, new)])
    }

    /// Gives a grid another code, and the codes beneath that begin with the old one the new beginning.
    #[must_use]
    pub fn recode_branch(old: GridCode, new: GridCode) -> Self {
        Self::Recode { codes: BTreeMap::from([(old, new)]), descendants: true }
    }

    /// Gives grids other codes, all at once.
    #[must_use]
    pub fn recode_all(codes: impl IntoIterator<Item = (GridCode, GridCode)>) -> Self {
        Self::Recode { codes: codes.into_iter().collect(), descendants: false }
    }

    /// Puts a grid under another parent. (`move` is a word of the language.)
    #[must_use]
    pub fn move_to(grid: GridCode, parent: GridCode) -> Self {
        Self::Move { grid, parent }
    }

    /// Makes several grids of one.
    #[must_use]
    pub fn split(grid: GridCode, into: impl IntoIterator<Item = Part>) -> Self {
        Self::Split { grid, into: into.into_iter().collect() }
    }

    /// Makes one grid of several siblings.
    #[must_use]
    pub fn merge(grids: impl IntoIterator<Item = GridCode>, into: NewGrid) -> Self {
        Self::Merge { grids: grids.into_iter().collect(), into, parent: None }
    }

    /// Takes a leaf away.
    #[must_use]
    pub fn remove(grid: GridCode) -> Self {
        Self::Remove { grid, beneath: Beneath::None }
    }

    /// Adds a leaf.
    #[must_use]
    pub fn insert(grid: NewGrid, parent: GridCode) -> Self {
        Self::Insert { grid, parent, level: None, children: Vec::new() }
    }
}

/// A tree after its edits, and the way there.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Edited {
    /// The new tree.
    pub tree: GridTree,
    /// From the codes of the old tree to those of the new one.
    pub map: EditMap,
}

/// Edits.
impl GridTree {
    /// Makes a list of edits, in order, all or none.
    ///
    /// In 2021 Zhongshan (中山) merged the towns 小榄 (code 100) and 东升 (104) into a town 118, and the villages
    /// got codes that begin with the new one:
    ///
    /// ```
    /// use gridcore::tree::{Edit, EditEvent, NewGrid};
    /// use gridcore::{CodeScheme, GridCode, GridRow, GridTree};
    ///
    /// let tree = GridTree::builder().scheme(CodeScheme::nbs()).from_rows([
    ///     GridRow::new("442000", "中山市"),
    ///     GridRow::new("442000100", "小榄镇").under("442000"),
    ///     GridRow::new("442000100001", "新市社区").under("442000100"),
    ///     GridRow::new("442000104", "东升镇").under("442000"),
    ///     GridRow::new("442000104001", "东升社区").under("442000104"),
    /// ])?;
    /// let code = |text: &str| text.parse::<GridCode>();
    /// let edited = tree.edit(&[
    ///     Edit::merge([code("442000100")?, code("442000104")?], NewGrid::new(code("442000118")?, "小榄镇")),
    ///     Edit::recode_all([
    ///         (code("442000100001")?, code("442000118001")?),
    ///         (code("442000104001")?, code("442000118016")?),
    ///     ]),
    /// ])?;
    /// assert_eq!(edited.tree.counts(), [1, 1, 2]);
    /// assert_eq!(edited.map.translate(&code("442000104001")?)[0].code, "442000118016");
    /// let town = edited.map.get(&code("442000104")?).expect("it was merged");
    /// assert_eq!(town.events, [EditEvent::Merged]);
    /// // The city itself is the same, so nothing is said about it.
    /// assert!(edited.map.get(&code("442000")?).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`EditError`] with every edit that cannot be made: its number, the code of the fault, the remedy. If all
    /// can be made, with every fault of the tree that results, each with the edit that led to it:
    ///
    /// ```
    /// # use gridcore::tree::Edit;
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([
    /// #     GridRow::new("1", "city"), GridRow::new("11", "north").under("1"), GridRow::new("12", "south").under("1"),
    /// # ])?;
    /// let error = tree.edit(&[
    ///     Edit::rename("11".parse()?, "upper"),
    ///     Edit::rename("12".parse()?, "upper"),
    /// ]).expect_err("two siblings have one name");
    /// assert_eq!(error.list()[0].edit, Some(1));
    /// assert_eq!(error.list()[0].code(), "duplicate_name");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    /// O(k log k) for k grids that the edits touch, and one build of the new tree.
    pub fn edit(&self, edits: &[Edit]) -> Result<Edited, EditError> {
        let mut draft = Draft::new(self, edits);
        for (number, edit) in edits.iter().enumerate() {
            draft.apply(number, edit);
        }
        draft.finish()
    }
}
