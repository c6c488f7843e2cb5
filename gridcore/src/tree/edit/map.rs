//! From the codes of one tree to those of the next.

use std::collections::{BTreeMap, BTreeSet};

use super::share::Share;
use crate::id::GridCode;

/// What happened to a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum EditEvent {
    /// It has another name.
    Renamed,
    /// It has another code.
    Recoded,
    /// It has another parent, which is more than the old one under another code.
    Moved,
    /// It has become several, or only a part of it is left.
    Split,
    /// It is one with others.
    Merged,
    /// It is no more, or a part of it is no more.
    Removed,
    /// It is new.
    Inserted,
}

/// A grid that an old one has become, or become part of.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Successor {
    /// Its code in the new tree.
    pub code: GridCode,
    /// How much of the old grid it has, from 0 to 1, where that is known.
    pub share: Option<f64>,
    /// How much of single weights of the old grid it has, where those were split by values.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "BTreeMap::is_empty"))]
    pub by_weight: BTreeMap<String, f64>,
}

impl Successor {
    pub(super) fn new(code: GridCode, share: Share) -> Self {
        Self { code, share: share.all, by_weight: share.by_weight }
    }

    /// How much of one weight of the old grid it has, where that is known.
    ///
    /// ```
    /// # use gridcore::tree::EditMap;
    /// # let code: gridcore::GridCode = "1".parse()?;
    /// let map = EditMap::default();
    /// assert_eq!(map.translate(&code)[0].share_of("households"), Some(1.0));
    /// # Ok::<(), gridcore::MalformedCode>(())
    /// ```
    #[must_use]
    pub fn share_of(&self, weight: &str) -> Option<f64> {
        self.by_weight.get(weight).copied().or(self.share)
    }

    fn as_share(&self) -> Share {
        Share { all: self.share, by_weight: self.by_weight.clone() }
    }
}

/// What became of one grid.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct EditChange {
    /// Its code in the old tree; none for a new grid.
    pub old: Option<GridCode>,
    /// What it is in the new tree, by code; nothing if it is no more.
    pub new: Vec<Successor>,
    /// What happened to it, each once, in the order of [`EditEvent`].
    pub events: Vec<EditEvent>,
}

/// From the codes of a tree to those of the tree after its edits (新旧编码对照).
///
/// Only grids that something happened to are listed; every other code stands for itself.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(from = "Vec<EditChange>", into = "Vec<EditChange>"))]
pub struct EditMap {
    /// Ascending by old code, then the new grids by code.
    changes: Vec<EditChange>,
}

impl From<Vec<EditChange>> for EditMap {
    fn from(changes: Vec<EditChange>) -> Self {
        Self::new(changes)
    }
}

impl From<EditMap> for Vec<EditChange> {
    fn from(map: EditMap) -> Self {
        map.changes
    }
}

impl EditMap {
    pub(super) fn new(mut changes: Vec<EditChange>) -> Self {
        changes.sort_by(|a, b| {
            let first = |change: &EditChange| change.new.first().map(|new| new.code.clone());
            (a.old.is_none(), &a.old).cmp(&(b.old.is_none(), &b.old)).then_with(|| first(a).cmp(&first(b)))
        });
        Self { changes }
    }

    /// Everything that happened: ascending by old code, then the new grids.
    #[must_use]
    pub fn changes(&self) -> &[EditChange] {
        &self.changes
    }

    /// Whether nothing happened to any grid.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// What became of the grid with this old code, if anything did.
    #[must_use]
    pub fn get(&self, old: &GridCode) -> Option<&EditChange> {
        let listed = self.changes.partition_point(|change| change.old.is_some());
        let place = self.changes[..listed].binary_search_by(|change| change.old.as_ref().cmp(&Some(old)));
        self.changes.get(place.ok()?)
    }

    /// The codes that an old code has become: itself where nothing happened, none where the grid is no more.
    ///
    /// Whether the old tree had the code is for that tree to say.
    ///
    /// ```
    /// # use gridcore::tree::Edit;
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "north").under("1")])?;
    /// let edited = tree.edit(&[Edit::recode("11".parse()?, "19".parse()?)])?;
    /// assert_eq!(edited.map.translate(&"11".parse()?)[0].code, "19");
    /// assert_eq!(edited.map.translate(&"1".parse()?)[0].code, "1");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn translate(&self, old: &GridCode) -> Vec<Successor> {
        match self.get(old) {
            Some(change) => change.new.clone(),
            None => vec![Successor::new(old.clone(), Share::whole())],
        }
    }

    /// This map and then a later one, as one: from the codes before both to those after both.
    ///
    /// Shares of shares are multiplied. What the events were is told by both; a name that was changed and
    /// changed back still counts as changed, since a map knows codes only.
    ///
    /// ```
    /// # use gridcore::tree::Edit;
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "north").under("1")])?;
    /// let first = tree.edit(&[Edit::recode("11".parse()?, "19".parse()?)])?;
    /// let second = first.tree.edit(&[Edit::remove("19".parse()?)])?;
    /// assert!(first.map.then(&second.map).translate(&"11".parse()?).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn then(&self, later: &Self) -> Self {
        let mut changes = Vec::new();
        let mut made: BTreeSet<&GridCode> = BTreeSet::new();
        let mut reached: BTreeSet<GridCode> = BTreeSet::new();
        for change in self.changes.iter().filter(|change| change.old.is_some()) {
            let mut new: BTreeMap<GridCode, Share> = BTreeMap::new();
            let mut events: BTreeSet<EditEvent> = change.events.iter().copied().collect();
            for between in &change.new {
                made.insert(&between.code);
                events.extend(later.get(&between.code).into_iter().flat_map(|change| change.events.iter()));
                for last in later.translate(&between.code) {
                    let share = between.as_share().times(&last.as_share());
                    let share = new.get(&last.code).map_or_else(|| share.clone(), |other| other.plus(&share));
                    new.insert(last.code, share);
                }
            }
            if new.is_empty() {
                events = BTreeSet::from([EditEvent::Removed]);
            } else if new.len() == 1 && !events.contains(&EditEvent::Removed) {
                for share in new.values_mut() {
                    *share = Share::whole();
                }
            }
            let same = new.len() == 1 && new.keys().next() == change.old.as_ref();
            if same && events.iter().all(|event| *event == EditEvent::Recoded) {
                continue;
            }
            reached.extend(new.keys().cloned());
            let new = new.into_iter().map(|(code, share)| Successor::new(code, share)).collect();
            changes.push(EditChange { old: change.old.clone(), new, events: events.into_iter().collect() });
        }
        let inserted =
            || self.changes.iter().filter(|change| change.old.is_none()).flat_map(|change| &change.new);
        made.extend(inserted().map(|new| &new.code));
        for change in
            later.changes.iter().filter(|change| change.old.as_ref().is_some_and(|old| !made.contains(old)))
        {
            reached.extend(change.new.iter().map(|new| new.code.clone()));
            changes.push(change.clone());
        }
        // A new grid that was merged into an old one since is not new any more.
        let last = inserted().flat_map(|new| later.translate(&new.code).into_iter().map(|new| new.code));
        let new = later.changes.iter().filter(|change| change.old.is_none()).flat_map(|change| &change.new);
        let new: BTreeSet<GridCode> = last.chain(new.map(|new| new.code.clone())).collect();
        for code in new.into_iter().filter(|code| !reached.contains(code)) {
            let new = vec![Successor::new(code, Share::whole())];
            changes.push(EditChange { old: None, new, events: vec![EditEvent::Inserted] });
        }
        Self::new(changes)
    }
}
