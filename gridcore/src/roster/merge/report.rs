//! The merged roster, and what it knows about where each value comes from.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::group::Groups;
use super::read::{Sources, plain};

/// One roster made of several lists; people are numbered from 0 by where they first occur. Cheap to clone.
#[derive(Clone)]
pub struct MergedRoster {
    inner: Arc<Inner>,
}

struct Inner {
    lists: Vec<String>,
    /// Each row of all lists, by person, list and row.
    rows: Vec<Row>,
    /// Where the rows of each person end.
    ends: Vec<u32>,
    columns: Vec<Column>,
    doubts: Vec<MergeDoubt>,
    without_key: Vec<(u32, u32)>,
}

#[derive(Clone, Copy)]
struct Row {
    person: u32,
    list: u32,
    row: u32,
}

struct Column {
    name: String,
    /// The value of each person, and the place among `rows` that it comes from.
    kept: Vec<Option<(Box<str>, u32)>>,
    /// Values that disagree: the place among `rows`, and the text.
    others: Vec<(u32, Box<str>)>,
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

/// The lists, people and values.
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
    pub fn without_key(&self) -> impl ExactSizeIterator<Item = MergedSource> {
        self.inner.without_key.iter().map(|&(person, at)| {
            debug_assert_eq!(self.inner.rows[at as usize].person, person);
            self.inner.source(self.inner.rows[at as usize])
        })
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
    fn of(&self, person: usize) -> &[Row] {
        let start = person.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.rows[start as usize..self.ends[person] as usize]
    }

    fn list(&self, row: Row) -> String {
        self.lists[row.list as usize].clone()
    }

    fn source(&self, row: Row) -> MergedSource {
        MergedSource { person: row.person as usize, list: self.list(row), row: row.row as usize }
    }
}

/// Numbers the people, and keeps one value of each column for each.
pub(super) fn settle(sources: &Sources<'_, '_>, groups: Groups) -> MergedRoster {
    let Groups { first, without_key, doubts } = groups;
    let mut order: Vec<u32> = (0..first.len() as u32).collect();
    // Groups are called by their first row: a stable sort leaves each in the order of lists and rows.
    order.sort_by_key(|&at| first[at as usize]);
    let mut rows: Vec<Row> = Vec::with_capacity(order.len());
    let mut ends = Vec::new();
    let mut place_of = vec![0_u32; order.len()];
    for group in order.chunk_by(|&a, &b| first[a as usize] == first[b as usize]) {
        for &at in group {
            place_of[at as usize] = rows.len() as u32;
            let (list, row) = sources.place(at as usize);
            rows.push(Row { person: ends.len() as u32, list: list as u32, row: row as u32 });
        }
        ends.push(rows.len() as u32);
    }
    let person_of = |at: u32| rows[place_of[at as usize] as usize].person;

    let mut columns = Vec::new();
    for source in &sources.columns {
        let mut texts = sources.texts(source);
        let mut column =
            Column { name: source.name.clone(), kept: Vec::with_capacity(ends.len()), others: Vec::new() };
        let mut start = 0;
        for &end in &ends {
            let values: Vec<Value> = (start..end)
                .filter_map(|at| {
                    let text = texts[order[at as usize] as usize].take()?;
                    // Somebody on one row agrees with themselves.
                    let plain = if end - start > 1 { plain(source.kind, &text) } else { String::new() };
                    Some(Value { at, list: rows[at as usize].list, plain, text })
                })
                .collect();
            start = end;
            let Some(kept) = keep(&values) else {
                column.kept.push(None);
                continue;
            };
            let others = values.iter().filter(|value| value.plain != values[kept].plain);
            column.others.extend(others.map(|value| (value.at, value.text.as_str().into())));
            column.kept.push(Some((values[kept].text.as_str().into(), values[kept].at)));
        }
        columns.push(column);
    }
    let mut doubts: Vec<MergeDoubt> = doubts
        .into_iter()
        .map(|doubt| {
            let [a, b] = doubt.rows.map(|at| person_of(at) as usize);
            MergeDoubt { person: a.min(b), other: a.max(b), key: doubt.key, probability: doubt.probability }
        })
        .filter(|doubt| doubt.person != doubt.other)
        .collect();
    doubts.sort_by(|a, b| (a.person, a.other, &a.key).cmp(&(b.person, b.other, &b.key)));
    doubts.dedup_by(|a, b| (a.person, a.other, &a.key) == (b.person, b.other, &b.key));
    let mut without_key: Vec<(u32, u32)> =
        without_key.into_iter().map(|at| (person_of(at), place_of[at as usize])).collect();
    without_key.sort_unstable();
    let lists = sources.lists.iter().map(|list| list.name.clone()).collect();
    MergedRoster { inner: Arc::new(Inner { lists, rows, ends, columns, doubts, without_key }) }
}

/// What one row of a person says in a column.
struct Value {
    /// The row's place among all.
    at: u32,
    list: u32,
    plain: String,
    text: String,
}

/// The value that is kept: of the first list that has one, what most rows say, then the first in the order of texts.
fn keep(values: &[Value]) -> Option<usize> {
    let list = values.first()?.list;
    let of_list = || values.iter().enumerate().take_while(|(_, value)| value.list == list);
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, value) in of_list() {
        *votes.entry(&value.plain).or_default() += 1;
    }
    let order = |value: &'_ Value| std::cmp::Reverse(votes[value.plain.as_str()]);
    of_list()
        .min_by(|(_, a), (_, b)| {
            (order(a), &a.plain, &a.text, a.at).cmp(&(order(b), &b.plain, &b.text, b.at))
        })
        .map(|(place, _)| place)
}
