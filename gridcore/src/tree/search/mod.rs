//! Looking grids up as people type: by code, by name, by pinyin (拼音).

mod fold;
mod index;
#[cfg(feature = "pinyin")]
mod pinyin;

use std::ops::Range;

use super::GridTree;
use crate::id::{GridCode, GridIndex};
use index::Query;

pub(super) use index::NameIndex;

/// What to look for, and where.
///
/// ```
/// use gridcore::{GridRow, GridTree, Search};
/// let tree = GridTree::from_rows([
///     GridRow::new("442000", "中山市"),
///     GridRow::new("442000001", "马安社区").under("442000"),
///     GridRow::new("442000002", "沙涌村").under("442000"),
/// ])?;
/// let hits = tree.search(Search::new("sha").level(1).limit(5));
/// assert_eq!(tree.name(hits[0].grid), "沙涌村");
/// # Ok::<(), gridcore::BuildError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    text: String,
    limit: usize,
    level: Option<u8>,
    under: Option<GridIndex>,
}

impl Search {
    /// A search for a text: the best 20 of the whole tree.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), limit: 20, level: None, under: None }
    }

    /// Sets the most hits there may be.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Looks only at the grids of one level.
    #[must_use]
    pub fn level(mut self, level: u8) -> Self {
        self.level = Some(level);
        self
    }

    /// Looks only at a grid and what lies beneath it.
    #[must_use]
    pub fn under(mut self, grid: GridIndex) -> Self {
        self.under = Some(grid);
        self
    }
}

impl From<&str> for Search {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Search {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&String> for Search {
    fn from(text: &String) -> Self {
        Self::new(text.as_str())
    }
}

/// How a grid answers a search, the best way first.
///
/// *Full* means that every syllable is typed out (`maanshequ`), though the last may be unfinished (`maansh`);
/// *initials*, that each is typed as its first letter, or as `zh`, `ch`, `sh` (`masq`, `mash`);
/// *mixed*, that some are the one, some the other, and some the character itself (`maansq`, `马an`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Match {
    /// The text is the code.
    CodeExact,
    /// The text is the name.
    NameExact,
    /// The code begins with the text.
    CodePrefix,
    /// The name begins with the text.
    NamePrefix,
    /// The text stands in the name.
    NameSubstring,
    /// The text is the full pinyin of the name.
    PinyinExact,
    /// The full pinyin of the name begins with the text.
    PinyinPrefix,
    /// The initials of the name begin with the text.
    InitialsPrefix,
    /// The name begins with the text, read as a mixture.
    MixedPrefix,
    /// The text is the full pinyin of a part of the name.
    PinyinSubstring,
    /// The text is the initials of a part of the name.
    InitialsSubstring,
    /// The text is a part of the name, read as a mixture.
    MixedSubstring,
}

impl Match {
    /// Whether the code was matched, and not the name.
    #[must_use]
    pub fn is_by_code(self) -> bool {
        matches!(self, Self::CodeExact | Self::CodePrefix)
    }
}

/// One grid that answers a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The grid.
    pub grid: GridIndex,
    /// How it matched.
    pub how: Match,
    /// Which part matched, to be highlighted: characters (not bytes) of the code or the name, from 0.
    pub range: Range<usize>,
}

impl Hit {
    /// Cuts a text into what stands before the match, the match, and what stands after it.
    ///
    /// Pass the code or the name, as [`Match::is_by_code`] says.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([GridRow::new("1", "中山马安社区")])?;
    /// let hits = tree.search("maan");
    /// assert_eq!(hits[0].marked(tree.name(hits[0].grid)), ("中山", "马安", "社区"));
    /// # Ok::<(), gridcore::BuildError>(())
    /// ```
    #[must_use]
    pub fn marked<'t>(&self, text: &'t str) -> (&'t str, &'t str, &'t str) {
        let byte = |place: usize| text.char_indices().nth(place).map_or(text.len(), |(byte, _)| byte);
        let (before, rest) = text.split_at(byte(self.range.start));
        let (matched, after) = rest.split_at(byte(self.range.end) - before.len());
        (before, matched, after)
    }
}

/// A [`Hit`] as a row: by code, as it is shown, saved and passed on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct HitRow {
    /// The code of the grid.
    pub code: GridCode,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: u8,
    /// How it matched.
    pub how: Match,
    /// The first character that matched, from 0: of the code for the two matches by code, else of the name.
    pub start: usize,
    /// One past the last character that matched.
    pub end: usize,
}

/// A hit on its way into the list, in the order of the list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Ranked {
    how: Match,
    level: u8,
    name_length: u32,
    key: u64,
    position: u32,
    start: u32,
    end: u32,
}

/// Looking grids up.
impl GridTree {
    /// The grids that answer a text as people type it, the best first.
    ///
    /// The text is looked for in codes, in names, and in the pinyin of names, full and by initials. Capital letters,
    /// full-width forms (`ＡＢ１２`) and white space at the ends make no difference; in pinyin, a space or an
    /// apostrophe separates syllables (`xi'an` is not `xian`), tones are ignored, and `v` or `u` stands for `ü`.
    /// A character with several readings (多音字) is found by any of them: 沙涌 by `shayong` and by `shachong`.
    /// Without the feature `pinyin`, codes and names are still searched.
    ///
    /// A grid is listed once, by the best [`Match`]; equals are ordered by level (the shallower first), length of
    /// the name, and code. A pinyin text of more than 63 letters finds nothing.
    ///
    /// ```
    /// use gridcore::tree::Match;
    /// use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([
    ///     GridRow::new("442000", "中山市"),
    ///     GridRow::new("442000001", "马安社区").under("442000"),
    ///     GridRow::new("442000002", "马安村").under("442000"),
    /// ])?;
    /// let found = |text: &str| -> Vec<_> {
    ///     tree.search(text).iter().map(|hit| (tree.name(hit.grid).to_owned(), hit.how)).collect()
    /// };
    /// assert_eq!(found("马安村"), [("马安村".to_owned(), Match::NameExact)]);
    /// assert_eq!(found("maan")[0], ("马安村".to_owned(), Match::PinyinPrefix));
    /// assert_eq!(found("masq"), [("马安社区".to_owned(), Match::InitialsPrefix)]);
    /// # Ok::<(), gridcore::BuildError>(())
    /// ```
    ///
    /// # Complexity
    /// O(characters of all names looked at) time, once through; the first search also reads every name into an index
    /// of 4 bytes a character, which stays with the tree. Pinyin is matched by running all ways to read the text
    /// side by side as bits of one word (Baeza-Yates and Gonnet, "A new approach to text searching", 1992).
    #[must_use]
    pub fn search(&self, search: impl Into<Search>) -> Vec<Hit> {
        let search = search.into();
        let index = self.inner.names.get_or_init(|| NameIndex::new(self));
        let query = Query::new(&search.text, index);
        if query.is_empty() || search.limit == 0 {
            return Vec::new();
        }
        let mut ranked: Vec<Ranked> = Vec::new();
        // The last of the best so far: whatever does not come before it need not be looked at closely.
        let mut last: Option<Ranked> = None;
        let enough = search.limit.saturating_mul(2).saturating_add(64);
        for grid in self.subtree(search.under.unwrap_or(self.root())) {
            let level = self.level(grid);
            if search.level.is_some_and(|wanted| wanted != level) {
                continue;
            }
            let key = self.inner.key[grid.get()];
            let name_length = index.name(grid.get()).len() as u32;
            let worst = last.map_or(u8::MAX, |last| {
                let wins_a_tie = (level, name_length, key) < (last.level, last.name_length, last.key);
                last.how as u8 + u8::from(wins_a_tie)
            });
            let Some((how, range)) = query.find(index, grid.get(), key, worst) else { continue };
            let (position, start, end) = (grid.get() as u32, range.start as u32, range.end as u32);
            ranked.push(Ranked { how, level, name_length, key, position, start, end });
            if ranked.len() >= enough {
                keep_best(&mut ranked, search.limit);
                last = ranked.last().copied();
            }
        }
        keep_best(&mut ranked, search.limit);
        ranked.sort_unstable();
        let hit = |hit: Ranked| Hit {
            grid: GridIndex::new(hit.position as usize),
            how: hit.how,
            range: hit.start as usize..hit.end as usize,
        };
        ranked.into_iter().map(hit).collect()
    }

    /// Hits as rows.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([GridRow::new("442000", "中山市")])?;
    /// let rows = tree.hit_rows(&tree.search("442"));
    /// assert_eq!((rows[0].name.as_str(), rows[0].start, rows[0].end), ("中山市", 0, 3));
    /// # Ok::<(), gridcore::BuildError>(())
    /// ```
    #[must_use]
    pub fn hit_rows(&self, hits: &[Hit]) -> Vec<HitRow> {
        let row = |hit: &Hit| HitRow {
            code: self.code(hit.grid),
            name: self.name(hit.grid).to_owned(),
            level: self.level(hit.grid),
            how: hit.how,
            start: hit.range.start,
            end: hit.range.end,
        };
        hits.iter().map(row).collect()
    }
}

/// Cuts a list down to the best, with the last of them at its end.
fn keep_best(ranked: &mut Vec<Ranked>, limit: usize) {
    if ranked.len() > limit {
        ranked.select_nth_unstable(limit - 1);
        ranked.truncate(limit);
    }
}
