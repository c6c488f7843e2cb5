//! Fronts (战线): named overlays, by function or domain, over grids anywhere in the tree.
//!
//! A front is no grid: it stands beside the territory, a grid may be in several, and no total ever counts one.

mod fault;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::{GridTree, Label};
use crate::id::{GridCode, GridIndex, MalformedCode};

pub use fault::{FrontFault, FrontFaultKind, FrontsError};

/// The code of a front (战线): 1 to 128 bytes, without control characters and without white space at either end.
///
/// ```
/// use gridcore::tree::FrontCode;
/// let code: FrontCode = "forest_fire".parse()?;
/// assert_eq!(code.as_str(), "forest_fire");
/// assert!("".parse::<FrontCode>().is_err());
/// # Ok::<(), gridcore::MalformedCode>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
pub struct FrontCode(Arc<str>);

impl FrontCode {
    /// The code as a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FrontCode {
    type Err = MalformedCode;

    fn from_str(text: &str) -> Result<Self, MalformedCode> {
        match MalformedCode::of(text) {
            Some(reason) => Err(reason),
            None => Ok(Self(text.into())),
        }
    }
}

impl TryFrom<String> for FrontCode {
    type Error = MalformedCode;

    fn try_from(text: String) -> Result<Self, MalformedCode> {
        text.parse()
    }
}

impl From<FrontCode> for String {
    fn from(code: FrontCode) -> Self {
        code.0.as_ref().to_owned()
    }
}

impl std::borrow::Borrow<str> for FrontCode {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FrontCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// One member of a front; or a front without one, where the grid is missing.
///
/// The name must stand in one row of each front at least; where one language is missing, the other's name serves.
///
/// ```
/// use gridcore::tree::FrontRow;
/// let row = FrontRow::new("forest_fire").zh("森林防火战线").en("forest fire prevention").grid("44200011807");
/// assert_eq!(row.grid.as_deref(), Some("44200011807"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct FrontRow {
    /// The code of the front.
    pub front: String,
    /// Its name in Chinese.
    pub zh: Option<String>,
    /// Its name in English.
    pub en: Option<String>,
    /// The code of a grid that is a member.
    pub grid: Option<String>,
}

impl FrontRow {
    /// A row of a front.
    #[must_use]
    pub fn new(front: impl Into<String>) -> Self {
        Self { front: front.into(), ..Self::default() }
    }

    /// Sets the name in Chinese.
    #[must_use]
    pub fn zh(mut self, name: impl Into<String>) -> Self {
        self.zh = Some(name.into());
        self
    }

    /// Sets the name in English.
    #[must_use]
    pub fn en(mut self, name: impl Into<String>) -> Self {
        self.en = Some(name.into());
        self
    }

    /// Sets the member.
    #[must_use]
    pub fn grid(mut self, code: impl Into<String>) -> Self {
        self.grid = Some(code.into());
        self
    }

    /// The rows of a whole front: one for each member, or one without, if it has none.
    ///
    /// ```
    /// use gridcore::tree::{FrontRow, Label};
    /// let label = Label::new("森林防火战线", "forest fire prevention");
    /// assert_eq!(FrontRow::members("forest_fire", &label, ["11", "12"]).len(), 2);
    /// ```
    #[must_use]
    pub fn members(
        front: &str,
        label: &Label,
        grids: impl IntoIterator<Item = impl fmt::Display>,
    ) -> Vec<Self> {
        let bare = Self::new(front).zh(label.zh.as_str()).en(label.en.as_str());
        let mut rows: Vec<Self> = grids.into_iter().map(|grid| bare.clone().grid(grid.to_string())).collect();
        if rows.is_empty() {
            rows.push(bare);
        }
        rows
    }
}

/// One front: its name and its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Front {
    code: FrontCode,
    label: Label,
    members: Vec<GridIndex>,
}

impl Front {
    /// The code.
    #[must_use]
    pub fn code(&self) -> &FrontCode {
        &self.code
    }

    /// The name in both languages.
    #[must_use]
    pub fn label(&self) -> &Label {
        &self.label
    }

    /// The grids that were named as members, in preorder.
    #[must_use]
    pub fn members(&self) -> &[GridIndex] {
        &self.members
    }
}

/// A front that a grid is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InFront<'f> {
    /// The front.
    pub front: &'f Front,
    /// The member that brings the grid in: the grid itself, or the nearest above it.
    pub from: GridIndex,
}

/// How many grids of a level a front has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FrontCount {
    /// The code of the front.
    pub front: FrontCode,
    /// The level.
    pub level: u8,
    /// Grids of the level that were named as members.
    pub members: usize,
    /// Grids of the level that are members or lie beneath one, each once.
    pub reached: usize,
}

/// The fronts (战线) over a tree: immutable, cheap to clone; in the order of their codes, whatever order the rows had.
///
/// ```
/// use gridcore::tree::{FrontRow, Fronts};
/// use gridcore::{GridRow, GridTree};
///
/// let tree = GridTree::from_rows([
///     GridRow::new("1", "city"),
///     GridRow::new("11", "north").under("1"),
///     GridRow::new("111", "mill street").under("11"),
///     GridRow::new("12", "south").under("1"),
/// ])?;
/// let fronts = Fronts::from_rows(&tree, [
///     FrontRow::new("fire").zh("森林防火战线").en("forest fires").grid("11"),
///     FrontRow::new("fire").grid("12"),
///     FrontRow::new("shops").zh("市场战线").en("markets").grid("111"),
/// ])?;
/// let mill = tree.find("111").expect("it is in the tree");
/// let of_mill: Vec<&str> = fronts.of(mill).iter().map(|one| one.front.code().as_str()).collect();
/// assert_eq!(of_mill, ["fire", "shops"]);
/// assert_eq!(fronts.reached_counts("fire"), Some(vec![0, 2, 1]));
/// assert_eq!(tree.counts(), [1, 2, 1]); // the territory counts no front
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Fronts {
    tree: GridTree,
    list: Arc<[Front]>,
    /// Each member with the place of its front, ascending.
    by_grid: Arc<[(GridIndex, u32)]>,
}

/// A front while its rows are read.
#[derive(Default)]
struct Draft {
    first: usize,
    zh: Option<(String, usize)>,
    en: Option<(String, usize)>,
    members: BTreeMap<GridIndex, usize>,
}

impl Fronts {
    /// Builds the fronts from rows, in any order.
    ///
    /// # Errors
    /// [`FrontsError`] with every fault of every row: a front without a code or a name, with two names, a grid that
    /// the tree does not have or that is named twice.
    ///
    /// # Complexity
    /// O(r log r) time for r rows, O(r) space.
    pub fn from_rows(tree: &GridTree, rows: impl IntoIterator<Item = FrontRow>) -> Result<Self, FrontsError> {
        let mut faults = Vec::new();
        let mut drafts: BTreeMap<String, Draft> = BTreeMap::new();
        for (row, FrontRow { front, zh, en, grid }) in rows.into_iter().enumerate() {
            let mut report =
                |kind: FrontFaultKind| faults.push(FrontFault { row, front: front.clone(), kind });
            match MalformedCode::of(&front) {
                None => {}
                Some(MalformedCode::Empty) => report(FrontFaultKind::EmptyFront),
                Some(_) => report(FrontFaultKind::MalformedFront),
            }
            let draft =
                drafts.entry(front.clone()).or_insert_with(|| Draft { first: row, ..Draft::default() });
            let mut conflict = None;
            for (given, kept) in [(zh, &mut draft.zh), (en, &mut draft.en)] {
                let Some(given) = given.filter(|name| !name.trim().is_empty()) else { continue };
                match kept {
                    None => *kept = Some((given, row)),
                    Some((name, first)) if *name != given => conflict = Some(*first),
                    Some(_) => {}
                }
            }
            if let Some(first) = conflict {
                report(FrontFaultKind::ConflictingName { first });
            }
            let Some(code) = grid.filter(|code| !code.is_empty()) else { continue };
            match tree.find(&code).map(|grid| draft.members.entry(grid)) {
                None => report(FrontFaultKind::UnknownGrid { code }),
                Some(Entry::Occupied(first)) => {
                    report(FrontFaultKind::DuplicateMember { first: *first.get(), code });
                }
                Some(Entry::Vacant(place)) => {
                    place.insert(row);
                }
            }
        }
        let mut fronts = Vec::with_capacity(drafts.len());
        for (text, draft) in drafts {
            let names = (draft.zh.map(|name| name.0), draft.en.map(|name| name.0));
            let label = match names {
                (Some(zh), Some(en)) => Label { zh, en },
                (Some(name), None) | (None, Some(name)) => Label { zh: name.clone(), en: name },
                (None, None) => {
                    // A front without a code is already a fault.
                    if !text.is_empty() {
                        let kind = FrontFaultKind::EmptyName;
                        faults.push(FrontFault { row: draft.first, front: text, kind });
                    }
                    continue;
                }
            };
            if let Ok(code) = text.parse() {
                fronts.push(Front { code, label, members: draft.members.into_keys().collect() });
            }
        }
        if !faults.is_empty() {
            faults.sort_by(|a, b| (a.row, a.code()).cmp(&(b.row, b.code())));
            return Err(FrontsError { faults });
        }
        let places = fronts.iter().zip(0_u32..);
        let members = places.flat_map(|(front, place)| front.members.iter().map(move |&grid| (grid, place)));
        let mut by_grid: Vec<(GridIndex, u32)> = members.collect();
        by_grid.sort_unstable();
        Ok(Self { tree: tree.clone(), list: fronts.into(), by_grid: by_grid.into() })
    }

    /// The tree beneath the fronts.
    #[must_use]
    pub fn tree(&self) -> &GridTree {
        &self.tree
    }

    /// All fronts, in the order of their codes.
    #[must_use]
    pub fn all(&self) -> &[Front] {
        &self.list
    }

    /// One front, if there is one of that code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Front> {
        let place = self.list.binary_search_by(|front| front.code.as_str().cmp(code)).ok()?;
        self.list.get(place)
    }

    /// The fronts that name a grid as a member, in the order of their codes.
    pub fn direct(&self, grid: GridIndex) -> impl Iterator<Item = &Front> {
        let from = self.by_grid.partition_point(|&(other, _)| other < grid);
        let here = self.by_grid[from..].iter().take_while(move |&&(other, _)| other == grid);
        here.map(|&(_, place)| &self.list[place as usize])
    }

    /// The fronts that a grid is in, itself or through a grid above it; each once, in the order of their codes.
    ///
    /// # Complexity
    /// O(d log m + f log f) time for depth d, m memberships and f fronts found.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([
    /// #     GridRow::new("1", "city"),
    /// #     GridRow::new("11", "north").under("1"),
    /// #     GridRow::new("12", "south").under("1"),
    /// # ])?;
    /// use gridcore::tree::{FrontRow, Fronts};
    /// let fronts = Fronts::from_rows(&tree, [FrontRow::new("fire").zh("森林防火战线").grid("1")])?;
    /// let north = tree.find("11").expect("it is in the tree");
    /// assert_eq!(fronts.direct(north).count(), 0);
    /// assert_eq!(fronts.of(north)[0].from, tree.root()); // through the city
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of(&self, grid: GridIndex) -> Vec<InFront<'_>> {
        let mut found = Vec::new();
        for from in std::iter::once(grid).chain(self.tree.ancestors(grid)) {
            found.extend(self.direct(from).map(|front| InFront { front, from }));
        }
        // The nearest member was found first, and the order among equals is kept.
        found.sort_by(|a, b| a.front.code.cmp(&b.front.code));
        found.dedup_by(|later, earlier| later.front.code == earlier.front.code);
        found
    }

    /// How many members a front has on each level, from level 0; nothing if there is no such front.
    #[must_use]
    pub fn member_counts(&self, code: &str) -> Option<Vec<usize>> {
        let front = self.get(code)?;
        let mut counts = Vec::new();
        for &member in &front.members {
            let level = usize::from(self.tree.level(member));
            counts.resize(counts.len().max(level + 1), 0);
            counts[level] += 1;
        }
        Some(counts)
    }

    /// How many grids of each level are members of a front or lie beneath one, each once; nothing if there is no such
    /// front.
    ///
    /// # Complexity
    /// O(m + g) time for m members with g grids beneath them.
    #[must_use]
    pub fn reached_counts(&self, code: &str) -> Option<Vec<usize>> {
        let front = self.get(code)?;
        let mut counts: Vec<usize> = Vec::new();
        let mut reached = 0;
        for &member in &front.members {
            // A member beneath another is reached already: in preorder it lies in the other's range.
            if member.get() < reached {
                continue;
            }
            reached = self.tree.inner.end[member.get()] as usize;
            let beneath = self.tree.counts_under(member);
            counts.resize(counts.len().max(beneath.len()), 0);
            counts.iter_mut().zip(beneath).for_each(|(count, beneath)| *count += beneath);
        }
        Some(counts)
    }

    /// The counts of all fronts as rows: one for each front and level that it has grids on.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([
    /// #     GridRow::new("1", "city"),
    /// #     GridRow::new("11", "north").under("1"),
    /// #     GridRow::new("12", "south").under("1"),
    /// # ])?;
    /// use gridcore::tree::{FrontRow, Fronts};
    /// let fronts = Fronts::from_rows(&tree, [FrontRow::new("fire").zh("森林防火战线").grid("1")])?;
    /// let counts: Vec<_> = fronts.count_rows().iter().map(|row| (row.level, row.members, row.reached)).collect();
    /// assert_eq!(counts, [(0, 1, 1), (1, 0, 2)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn count_rows(&self) -> Vec<FrontCount> {
        let mut rows = Vec::new();
        for front in &*self.list {
            let code = front.code.as_str();
            let members = self.member_counts(code).unwrap_or_default();
            let reached = self.reached_counts(code).unwrap_or_default();
            let at = |level: u8| members.get(usize::from(level)).copied().unwrap_or(0);
            let levels = (0_u8..=u8::MAX).zip(reached).filter(|&(_, reached)| reached > 0);
            rows.extend(levels.map(|(level, reached)| FrontCount {
                front: front.code.clone(),
                level,
                members: at(level),
                reached,
            }));
        }
        rows
    }

    /// The fronts as rows again: [`from_rows`](Self::from_rows) makes the same of them.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([
    /// #     GridRow::new("1", "city"),
    /// #     GridRow::new("11", "north").under("1"),
    /// #     GridRow::new("12", "south").under("1"),
    /// # ])?;
    /// use gridcore::tree::{FrontRow, Fronts};
    /// let fronts = Fronts::from_rows(&tree, [FrontRow::new("fire").zh("森林防火战线").grid("1")])?;
    /// assert_eq!(Fronts::from_rows(&tree, fronts.to_rows())?.all(), fronts.all());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_rows(&self) -> Vec<FrontRow> {
        let rows = |front: &Front| {
            let codes: Vec<GridCode> = front.members.iter().map(|&grid| self.tree.code(grid)).collect();
            FrontRow::members(front.code.as_str(), &front.label, codes)
        };
        self.list.iter().flat_map(rows).collect()
    }
}
