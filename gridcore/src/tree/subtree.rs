//! A part of a tree as a tree of its own, and a tree as columns.

use std::sync::{Arc, OnceLock};

use super::intake::{TextStore, Texts};
use super::rows::{Column, GridColumns, NumberItem, Numbers, Texts as TextColumn};
use super::{GridTree, Inner};
use crate::id::GridIndex;

/// A column of texts in two buffers: the texts one behind the other, and where each begins.
///
/// The layout is that of Arrow's `LargeUtf8`: text `n` is `bytes[offsets[n]..offsets[n + 1]]`.
///
/// ```
/// use gridcore::tree::TextArray;
/// let names: TextArray = [Some("north"), None, Some("south")].into_iter().collect();
/// assert_eq!(names.get(2), Some("south"));
/// assert_eq!(names.get(1), None);
/// assert_eq!(names.offsets(), [0, 5, 5, 10]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextArray {
    text: String,
    offsets: Vec<i64>,
    missing: usize,
    /// Whether there is a text, by row; empty as long as there is one in each.
    present: Vec<bool>,
}

impl Default for TextArray {
    /// No row.
    fn default() -> Self {
        Self { text: String::new(), offsets: vec![0], missing: 0, present: Vec::new() }
    }
}

impl TextArray {
    pub(super) fn with_capacity(rows: usize) -> Self {
        let mut offsets = Vec::with_capacity(rows + 1);
        offsets.push(0);
        Self { offsets, ..Self::default() }
    }

    pub(super) fn push(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text.push_str(text),
            None if self.present.is_empty() => self.present = vec![true; self.len()],
            None => {}
        }
        if text.is_none() {
            self.missing += 1;
        }
        if self.missing > 0 {
            self.present.push(text.is_some());
        }
        self.offsets.push(i64::try_from(self.text.len()).unwrap_or(i64::MAX));
    }

    /// How many rows it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Whether it has no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text in a row, if there is such a row and a text in it.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        let (&[start, end], true) = (self.offsets.get(row..row + 2)?, self.present.get(row) != Some(&false))
        else {
            return None;
        };
        self.text.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
    }

    /// All texts, one behind the other.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// Where each text begins, and behind the last where it ends: one more than there are rows.
    #[must_use]
    pub fn offsets(&self) -> &[i64] {
        &self.offsets
    }

    /// Whether there is a text, row by row; nothing if there is one in every row.
    #[must_use]
    pub fn present(&self) -> Option<&[bool]> {
        (self.missing > 0).then_some(&self.present)
    }

    /// The buffers: texts, offsets, and which rows have a text (nothing if all have).
    #[must_use]
    pub fn into_parts(self) -> (Vec<u8>, Vec<i64>, Option<Vec<bool>>) {
        let present = (self.missing > 0).then_some(self.present);
        (self.text.into_bytes(), self.offsets, present)
    }

    /// The rows in order.
    pub fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        (0..self.len()).map(|row| self.get(row))
    }
}

impl<'a> FromIterator<Option<&'a str>> for TextArray {
    fn from_iter<I: IntoIterator<Item = Option<&'a str>>>(texts: I) -> Self {
        let mut array = Self::default();
        for text in texts {
            array.push(text);
        }
        array
    }
}

impl TextColumn for TextArray {
    fn rows(&self) -> usize {
        self.len()
    }
    fn text(&self, row: usize) -> Option<&str> {
        self.get(row)
    }
}

/// A column of numbers; not-a-number stands for none.
///
/// ```
/// use gridcore::tree::NumberArray;
/// let households: NumberArray = [Some(812.0), None].into_iter().collect();
/// assert_eq!((households.get(0), households.get(1)), (Some(812.0), None));
/// assert!(households.values()[1].is_nan());
/// ```
#[derive(Clone, Debug, Default)]
pub struct NumberArray {
    values: Vec<f64>,
}

impl NumberArray {
    /// The number in a row, if there is such a row and a number in it.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<f64> {
        self.values.get(row).copied().filter(|value| !value.is_nan())
    }

    /// All numbers; not-a-number where there is none.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// All numbers, as a vector of the caller's own.
    #[must_use]
    pub fn into_values(self) -> Vec<f64> {
        self.values
    }
}

impl PartialEq for NumberArray {
    /// Equal if the same rows have the same numbers; none equals none.
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&f64, &f64)| a == b || (a.is_nan() && b.is_nan());
        self.values.len() == other.values.len() && self.values.iter().zip(&other.values).all(same)
    }
}

impl FromIterator<Option<f64>> for NumberArray {
    fn from_iter<I: IntoIterator<Item = Option<f64>>>(values: I) -> Self {
        Self { values: values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect() }
    }
}

impl Numbers<f64> for NumberArray {
    fn rows(&self) -> usize {
        self.values.len()
    }
    fn number(&self, row: usize) -> Option<f64> {
        self.get(row)
    }
}

impl NumberItem<i64> for u8 {
    fn as_number(&self) -> Option<i64> {
        Some(i64::from(*self))
    }
}

/// A tree, or a part of one, as columns: one row a grid, in preorder.
///
/// The names of the fields are the names that [`GridColumns`] knows the columns by.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct GridTable {
    /// The code of each grid.
    pub code: TextArray,
    /// The code of its parent; none for the first row.
    pub parent: TextArray,
    /// Its name.
    pub name: TextArray,
    /// Its level.
    pub level: Vec<u8>,
    /// Its kind, if it has one.
    pub kind: TextArray,
    /// Its footprint, if it has one: a `GeoJSON` geometry.
    pub footprint: TextArray,
    /// Its weights, each with its name, in the order of names.
    pub weights: Vec<(String, NumberArray)>,
}

impl GridTable {
    /// How many grids there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.level.len()
    }

    /// Whether there is no grid; a table made from a tree has at least one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.level.is_empty()
    }

    /// The table as it can come in again.
    ///
    /// A root that was named beside the rows is a row here: name it again and leave the first row out, or let
    /// it be a row, if its code fits the scheme.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([
    ///     GridRow::new("1", "city"),
    ///     GridRow::new("11", "north").under("1").weight("households", 812.0),
    /// ])?;
    /// assert_eq!(GridTree::from_columns(&tree.to_table().columns())?, tree);
    /// # Ok::<(), gridcore::BuildError>(())
    /// ```
    #[must_use]
    pub fn columns(&self) -> GridColumns<'_> {
        let mut columns = GridColumns::new()
            .with("code", Column::Texts(&self.code))
            .with("parent", Column::Texts(&self.parent))
            .with("name", Column::Texts(&self.name))
            .with("level", Column::Integers(&self.level))
            .with("kind", Column::Texts(&self.kind))
            .with("footprint", Column::Texts(&self.footprint));
        for (name, values) in &self.weights {
            columns = columns.weight(name.clone(), Column::Floats(values));
        }
        columns
    }
}

/// Parts of a tree, and a tree as a table.
impl GridTree {
    /// A grid and everything beneath it as a tree of its own.
    ///
    /// Levels, kinds, weights, footprints, the schema and the code scheme stay as they are, so the new root
    /// stands on the level it had. [`row`](Self::row) counts in preorder from the new root.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([
    ///     GridRow::new("1", "city"),
    ///     GridRow::new("11", "north").under("1"),
    ///     GridRow::new("111", "mill street").under("11"),
    ///     GridRow::new("12", "south").under("1"),
    /// ])?;
    /// let north = tree.extract(tree.find("11").expect("it is there"));
    /// assert_eq!(north.counts(), [0, 1, 1]); // nothing on level 0
    /// assert_eq!(north.name(north.root()), "north");
    /// # Ok::<(), gridcore::BuildError>(())
    /// ```
    ///
    /// # Complexity
    /// O(k) time and space for a part of k grids with packed codes, O(k log k) with others.
    #[must_use]
    pub fn extract(&self, grid: GridIndex) -> Self {
        if grid == self.root() {
            return self.clone();
        }
        let inner = &*self.inner;
        let from = grid.get();
        let range = from..inner.end[from] as usize;
        let shift = |place: &u32| place.saturating_sub(from as u32);
        let (key, texts) = match &inner.texts {
            Texts::Packed => (inner.key[range.clone()].to_vec(), Texts::Packed),
            Texts::Ranked(texts) => {
                let mut used = inner.key[range.clone()].to_vec();
                used.sort_unstable();
                let rank = |key: &u64| used.partition_point(|other| other < key) as u64 + 1;
                let key = inner.key[range.clone()].iter().map(rank).collect();
                (key, Texts::Ranked(used.iter().map(|&key| Arc::clone(&texts[key as usize - 1])).collect()))
            }
        };
        let gather = |store: &TextStore| {
            let mut texts = TextStore::with_capacity(range.len(), 0);
            for &row in &inner.row[range.clone()] {
                texts.push(store.get(row as usize));
            }
            texts
        };
        let weight = |(name, values): &(String, Vec<f64>)| (name.clone(), values[range.clone()].to_vec());
        Self::new(Inner {
            key,
            parent: inner.parent[range.clone()].iter().map(shift).collect(),
            end: inner.end[range.clone()].iter().map(shift).collect(),
            level: inner.level[range.clone()].to_vec(),
            kind: inner.kind.as_ref().map(|kinds| kinds[range.clone()].to_vec()),
            kind_names: inner.kind_names.clone(),
            name: gather(&inner.name),
            footprint: inner.footprint.as_ref().map(gather),
            weights: inner.weights.iter().map(weight).collect(),
            row: (0..range.len() as u32).collect(),
            rows: range.len(),
            texts,
            schema: inner.schema.clone(),
            scheme: inner.scheme.clone(),
            lookup: OnceLock::new(),
            names: OnceLock::new(),
            children: OnceLock::new(),
        })
    }

    /// The whole tree as columns.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "north").under("1")])?;
    /// let table = tree.to_table();
    /// assert_eq!(table.code.iter().collect::<Vec<_>>(), [Some("1"), Some("11")]);
    /// assert_eq!(table.parent.iter().collect::<Vec<_>>(), [None, Some("1")]);
    /// assert_eq!(table.level, [0, 1]);
    /// # Ok::<(), gridcore::BuildError>(())
    /// ```
    #[must_use]
    pub fn to_table(&self) -> GridTable {
        self.subtree_table(self.root())
    }

    /// A grid and everything beneath it as columns; its own parent is left out.
    ///
    /// # Complexity
    /// O(k) time for k grids, without an allocation of its own for a row.
    #[must_use]
    pub fn subtree_table(&self, grid: GridIndex) -> GridTable {
        let inner = &*self.inner;
        let range = grid.get()..inner.end[grid.get()] as usize;
        let array = || TextArray::with_capacity(range.len());
        let mut table = GridTable {
            code: array(),
            parent: array(),
            name: array(),
            level: inner.level[range.clone()].to_vec(),
            kind: array(),
            footprint: array(),
            weights: Vec::with_capacity(inner.weights.len()),
        };
        for below in self.subtree(grid) {
            self.code(below).with_str(|code| table.code.push(Some(code)));
            match self.parent(below).filter(|_| below != grid) {
                Some(parent) => self.code(parent).with_str(|code| table.parent.push(Some(code))),
                None => table.parent.push(None),
            }
            table.name.push(Some(self.name(below)));
            table.kind.push(self.kind(below));
            table.footprint.push(self.footprint(below));
        }
        for (name, values) in &inner.weights {
            table.weights.push((name.clone(), NumberArray { values: values[range.clone()].to_vec() }));
        }
        table
    }
}
