//! The merged roster, and what it knows about where each value comes from.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// One roster made of several lists; people are numbered from 0 by where they first occur. Cheap to clone.
#[derive(Clone)]
pub struct MergedRoster {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) lists: Vec<String>,
    /// Each row of all lists, by person, list and row.
    pub(super) rows: Vec<Place>,
    /// Where the rows of each person end.
    pub(super) ends: Vec<u32>,
    pub(super) columns: Vec<Column>,
    pub(super) doubts: Vec<MergeDoubt>,
    /// The places among `rows` of those without a key.
    pub(super) without_key: Vec<u32>,
}

/// A row of a list, and whose it is.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) person: u32,
    pub(super) list: u32,
    pub(super) row: u32,
}

pub(super) struct Column {
    pub(super) name: String,
    /// The value of each person, and the place among `rows` that it comes from.
    pub(super) kept: Vec<Option<(Box<str>, u32)>>,
    /// Values that disagree: the place among `rows`, and the text.
    pub(super) others: Vec<(u32, Box<str>)>,
}

/// Declares a flat row about people: `Debug` shows only what the list after the colon names.
macro_rules! merged_row {
    ($(#[$doc:meta])* $row:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* } shows $($shown:ident)*) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $row {
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl fmt::Debug for $row {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($row))$(.field(stringify!($shown), &self.$shown))*.finish_non_exhaustive()
            }
        }
    };
}

merged_row! {
    /// One person of a merged roster.
    MergedPerson {
        /// Their number, from 0.
        person: usize,
        /// How many lists name them.
        lists: usize,
        /// How many rows of all lists are theirs.
        rows: usize,
        /// The first list that names them.
        first_list: String,
        /// How many values of their rows disagree with those kept.
        conflicts: usize,
    }
    shows person lists rows
}

merged_row! {
    /// One row of a list, and whose it is.
    MergedSource {
        /// The number of the person.
        person: usize,
        /// The name of the list.
        list: String,
        /// The row in it, from 0.
        row: usize,
    }
    shows person list row
}

merged_row! {
    /// A value that was kept, and where it comes from.
    MergedValue {
        /// The number of the person.
        person: usize,
        /// The column.
        column: String,
        /// The value, as it stands there.
        value: String,
        /// The list that it comes from.
        list: String,
        /// The row in it, from 0.
        row: usize,
    }
    shows person column list row
}

merged_row! {
    /// A value that disagrees with the one that was kept.
    MergeConflict {
        /// The number of the person.
        person: usize,
        /// The column.
        column: String,
        /// The value that was kept.
        kept: String,
        /// The list that it comes from.
        kept_list: String,
        /// The row in it, from 0.
        kept_row: usize,
        /// The value that disagrees.
        other: String,
        /// The list that has it.
        other_list: String,
        /// The row in it, from 0.
        other_row: usize,
    }
    shows person column kept_list kept_row other_list other_row
}

merged_row! {
    /// Two people who may be one.
    MergeDoubt {
        /// The number of the first.
        person: usize,
        /// The number of the second.
        other: usize,
        /// The key in which they agree while a surer one tells them apart.
        key: Option<String>,
        /// The probability that they are one, where likeness was weighed.
        probability: Option<f64>,
    }
    shows person other key probability
}

/// One list, counted.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct MergeListRow {
    /// The name of the list.
    pub list: String,
    /// Its rows.
    pub rows: usize,
    /// The people whom they name, each once.
    pub persons: usize,
    /// Those whom no other list names.
    pub only_here: usize,
}

/// Two lists and how many people both of them name (名单重叠).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct MergeOverlap {
    /// The first list.
    pub list: String,
    /// The second.
    pub other: String,
    /// The people whom both name.
    pub persons: usize,
}

impl fmt::Debug for MergedRoster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MergedRoster")
            .field("lists", &self.inner.lists)
            .field("persons", &self.len())
            .finish_non_exhaustive()
    }
}

/// The lists, people and values: each takes O(1) for a row that it leads to, unless it says otherwise;
/// [`merge`](super::merge) has an example.
impl MergedRoster {
    /// The number of people.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inner.ends.len()
    }

    /// Whether there are no people.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inner.ends.is_empty()
    }

    /// The names of the lists, in their order.
    #[must_use]
    pub fn lists(&self) -> &[String] {
        &self.inner.lists
    }

    /// The names of the columns, in the order in which they first occur.
    #[must_use]
    pub fn columns(&self) -> impl ExactSizeIterator<Item = &str> {
        self.inner.columns.iter().map(|column| column.name.as_str())
    }

    /// The values that were kept of a column, person by person; of a column that no list has none at all.
    pub fn column(&self, name: &str) -> impl Iterator<Item = Option<&str>> {
        let column = self.inner.columns.iter().find(|column| column.name == name);
        let kept = column.into_iter().flat_map(|column| &column.kept);
        kept.map(|kept| kept.as_ref().map(|(text, _)| &**text))
    }

    /// Everybody.
    ///
    /// # Complexity
    /// O(p + c) before the first, for p people and c values that disagree.
    #[must_use]
    pub fn people(&self) -> impl ExactSizeIterator<Item = MergedPerson> {
        let mut conflicts = vec![0; self.len()];
        for (at, _) in self.inner.columns.iter().flat_map(|column| &column.others) {
            conflicts[self.inner.rows[*at as usize].person as usize] += 1;
        }
        conflicts.into_iter().enumerate().map(|(person, conflicts)| {
            let rows = self.inner.of(person);
            MergedPerson {
                person,
                lists: rows.chunk_by(|a, b| a.list == b.list).count(),
                rows: rows.len(),
                first_list: self.inner.list(rows[0]),
                conflicts,
            }
        })
    }

    /// Every row of every list, and whose it is: each row once, by person, list and row.
    #[must_use]
    pub fn sources(&self) -> impl ExactSizeIterator<Item = MergedSource> {
        self.inner.rows.iter().map(|&row| self.inner.source(row))
    }

    /// Every value that was kept, and where it comes from: by column and person.
    pub fn values(&self) -> impl Iterator<Item = MergedValue> {
        self.inner.columns.iter().flat_map(|column| {
            column.kept.iter().enumerate().filter_map(|(person, kept)| {
                let (value, at) = kept.as_ref()?;
                let MergedSource { list, row, .. } = self.inner.source(self.inner.rows[*at as usize]);
                Some(MergedValue { person, column: column.name.clone(), value: value.to_string(), list, row })
            })
        })
    }

    /// Every value that disagrees with the one that was kept: by column, person, list and row.
    pub fn conflicts(&self) -> impl Iterator<Item = MergeConflict> {
        let inner = &*self.inner;
        inner.columns.iter().flat_map(move |column| {
            column.others.iter().filter_map(move |(at, other)| {
                let source = inner.source(inner.rows[*at as usize]);
                let (kept, kept_at) = column.kept[source.person].as_ref()?;
                let kept_source = inner.source(inner.rows[*kept_at as usize]);
                Some(MergeConflict {
                    person: source.person,
                    column: column.name.clone(),
                    kept: kept.to_string(),
                    kept_list: kept_source.list,
                    kept_row: kept_source.row,
                    other: other.to_string(),
                    other_list: source.list,
                    other_row: source.row,
                })
            })
        })
    }

    /// Pairs of people who may be one, by their numbers.
    #[must_use]
    pub fn doubts(&self) -> &[MergeDoubt] {
        &self.inner.doubts
    }

    /// The rows without a value in any key, each of them a person of its own.
    #[must_use]
    pub fn without_key(&self) -> impl ExactSizeIterator<Item = MergedSource> {
        self.inner.without_key.iter().map(|&at| self.inner.source(self.inner.rows[at as usize]))
    }

    /// Each list, counted.
    ///
    /// # Complexity
    /// O(r) time for r rows.
    #[must_use]
    pub fn by_list(&self) -> Vec<MergeListRow> {
        let row = |list: &String| MergeListRow { list: list.clone(), rows: 0, persons: 0, only_here: 0 };
        let mut counts: Vec<MergeListRow> = self.inner.lists.iter().map(row).collect();
        for person in 0..self.len() {
            let rows = self.inner.of(person);
            let mut lists = rows.chunk_by(|a, b| a.list == b.list).peekable();
            while let Some(of_list) = lists.next() {
                let count = &mut counts[of_list[0].list as usize];
                count.rows += of_list.len();
                count.persons += 1;
                count.only_here += usize::from(of_list.len() == rows.len() && lists.peek().is_none());
            }
        }
        counts
    }

    /// How many people each two lists have in common, in the order of the lists.
    ///
    /// # Complexity
    /// O(r·l + l²) time for r rows of l lists.
    #[must_use]
    pub fn overlaps(&self) -> Vec<MergeOverlap> {
        let mut common: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        let lists = self.inner.lists.len() as u32;
        for a in 0..lists {
            for b in a + 1..lists {
                common.insert((a, b), 0);
            }
        }
        for person in 0..self.len() {
            let lists: Vec<u32> =
                self.inner.of(person).chunk_by(|a, b| a.list == b.list).map(|rows| rows[0].list).collect();
            for (at, &a) in lists.iter().enumerate() {
                for &b in &lists[at + 1..] {
                    *common.entry((a, b)).or_default() += 1;
                }
            }
        }
        let name = |list: u32| self.inner.lists[list as usize].clone();
        common
            .into_iter()
            .map(|((a, b), persons)| MergeOverlap { list: name(a), other: name(b), persons })
            .collect()
    }
}

impl Inner {
    /// The rows of a person.
    fn of(&self, person: usize) -> &[Place] {
        let start = person.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.rows[start as usize..self.ends[person] as usize]
    }

    fn list(&self, row: Place) -> String {
        self.lists[row.list as usize].clone()
    }

    fn source(&self, row: Place) -> MergedSource {
        MergedSource { person: row.person as usize, list: self.list(row), row: row.row as usize }
    }
}
