//! The grid tree (网格体系): built from rows with every fault reported, then immutable.
//!
//! Underneath stand plain arrays in preorder, so that a subtree is a range of positions:
//!
//! ```text
//! position  0      1      2       3       4
//! grid      city   town   village village town
//! parent    0      0      1       1       0
//! end       5      4      3       4       5      one past the subtree
//! ```

mod apportion;
mod build;
mod builder;
mod bulk;
mod claim;
#[cfg(feature = "csv")]
mod csv;
mod declared;
mod edit;
mod fault;
mod forest;
mod fronts;
mod graph;
mod intake;
mod layout;
mod numeral;
mod order;
mod page;
mod ragged;
mod rollup;
mod rows;
#[cfg(feature = "serde")]
mod save;
mod schema;
mod scheme;
mod search;
mod spans;
mod straight;
mod subtree;
mod supervisors;
mod walk;

use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::id::{GridCode, GridIndex, pack};
use intake::{NO_VALUE, TextStore, Texts};

pub use apportion::{
    Apportion, ApportionCertificate, ApportionError, ApportionFault, ApportionMethod, ApportionParty,
    ApportionTie, Apportionment, RemainderClaim, SeatClaim, scaled_weights,
};
pub use build::{Lossy, Rejected};
pub use builder::{GridTreeBuilder, Root};
pub use claim::{Claim, ClaimCheck, ClaimError, ClaimRule, ClaimVerdict};
pub use declared::{
    DeclaredCount, DeclaredError, DeclaredFault, DeclaredFaultKind, DeclaredLine, DeclaredPart, DeclaredRow,
    DeclaredTable, DeclaredVerdict,
};
pub use edit::{
    Beneath, Edit, EditChange, EditError, EditEvent, EditFault, EditFaultKind, EditMap, Edited, NewGrid,
    Part, Successor,
};
pub use fault::{BuildError, BuildFault, BuildFaultKind};
pub use fronts::{
    Front, FrontCode, FrontCount, FrontFault, FrontFaultKind, FrontRow, Fronts, FrontsError, InFront,
};
pub use graph::{Edge, Edges, Neighbors, NodeReferences, Visited};
pub use layout::{Layout, LayoutError, LayoutFault, LayoutMismatch};
pub use page::{ChildPage, ChildRow};
pub use ragged::{Ragged, TooManyValues};
pub use rollup::{
    How, Measure, MeasureValues, RolledColumn, RolledValue, RolledValues, Rollup, RollupError, RollupFault,
    RollupFaultKind, RollupRow,
};
pub use rows::{Cell, Column, GridColumns, GridRow, NumberItem, Numbers, TextItem, Texts as TextColumn};
#[cfg(feature = "serde")]
pub use save::LoadError;
pub use schema::{Kind, Label, Level, LevelSchema, LevelSchemaError, LevelSchemaFault};
pub use scheme::{
    Alphabet, CodeFormatError, CodeFormatFault, CodePart, CodeScheme, CodeSegment, DefinitionFault,
    ParsedCode, SchemeCapacity, SchemeDefinition, SchemeError, SchemeFault, SchemeOverflow, SchemeShape,
    SegmentClass,
};
pub use search::{Hit, HitRow, Match, Search};
pub use spans::{
    LevelSpan, SpanBreach, SpanCount, SpanOffender, SpanOffenderRow, SpanProfile, SpanProfileError, Spans,
};
pub use subtree::{GridTable, NumberArray, TextArray};
pub use supervisors::{
    GridSupervision, Supervisor, SupervisorCertificate, SupervisorPlan, SupervisorRow, SupervisorsError,
};
pub use walk::{Ancestors, Children, Indices, UnknownGrids};

/// The tree of grids (网格体系): validated, immutable, cheap to clone.
///
/// Siblings stand in the order of their codes, whatever order the rows had.
///
/// ```
/// use gridcore::{GridRow, GridTree};
/// let tree = GridTree::from_rows([
///     GridRow::new("1", "city"),
///     GridRow::new("11", "north").under("1"),
///     GridRow::new("111", "mill street").under("11"),
/// ])?;
/// let mill = tree.find("111").expect("it is in the tree");
/// assert_eq!(tree.name(mill), "mill street");
/// assert_eq!(tree.counts(), [1, 1, 1]);
/// # Ok::<(), gridcore::BuildError>(())
/// ```
#[derive(Clone)]
pub struct GridTree {
    inner: Arc<Inner>,
}

/// The arrays of a tree, by position in preorder unless said otherwise.
struct Inner {
    key: Vec<u64>,
    parent: Vec<u32>,
    end: Vec<u32>,
    level: Vec<u8>,
    kind: Option<Vec<u32>>,
    kind_names: Vec<String>,
    /// By row.
    name: TextStore,
    /// By row.
    footprint: Option<TextStore>,
    weights: Vec<(String, Vec<f64>)>,
    /// The row of each position; `rows` for a root that is no row.
    row: Vec<u32>,
    rows: usize,
    texts: Texts,
    schema: LevelSchema,
    scheme: Option<CodeScheme>,
    /// From a key to its position; made when first asked for.
    lookup: OnceLock<Lookup>,
    /// Names to search; read when first asked for.
    names: OnceLock<search::NameIndex>,
    /// Children as lists; made when a page of them is first asked for.
    children: OnceLock<page::ChildTable>,
}

/// Keys in ascending order beside their positions, with an open-addressing table over them.
struct Lookup {
    slots: Vec<u32>,
    shift: u32,
}

const EMPTY: u32 = u32::MAX;

impl Lookup {
    fn new(keys: &[u64]) -> Self {
        let bits = (keys.len() * 2).next_power_of_two().trailing_zeros().max(1);
        let mut slots = vec![EMPTY; 1 << bits];
        let shift = u64::BITS - bits;
        for (position, &key) in keys.iter().enumerate() {
            let mut slot = Self::slot(key, shift);
            while slots[slot] != EMPTY {
                slot = (slot + 1) & (slots.len() - 1);
            }
            slots[slot] = position as u32;
        }
        Self { slots, shift }
    }

    fn slot(key: u64, shift: u32) -> usize {
        (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> shift) as usize
    }

    fn get(&self, key: u64, keys: &[u64]) -> Option<u32> {
        let mut slot = Self::slot(key, self.shift);
        loop {
            let position = self.slots[slot];
            if position == EMPTY {
                return None;
            }
            if keys[position as usize] == key {
                return Some(position);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }
}

impl GridTree {
    fn new(inner: Inner) -> Self {
        Self { inner: Arc::new(inner) }
    }

    /// Whether the root was named beside the rows.
    fn has_named_root(&self) -> bool {
        self.row(self.root()).is_none()
    }

    /// Starts a builder, to set a schema, a code scheme or a root.
    #[must_use]
    pub fn builder() -> GridTreeBuilder {
        GridTreeBuilder::new()
    }

    /// Builds a tree from rows: any depth, any kind, the only row without a parent is the root.
    ///
    /// # Errors
    /// [`BuildError`] with every fault of every row:
    ///
    /// ```
    /// use gridcore::{GridRow, GridTree};
    /// let error = GridTree::from_rows([
    ///     GridRow::new("1", "city"),
    ///     GridRow::new("11", "north").under("2"),
    ///     GridRow::new("1", "another city"),
    /// ]).expect_err("two rows are at fault");
    /// let codes: Vec<_> = error.list().iter().map(|fault| (fault.row, fault.code())).collect();
    /// assert_eq!(codes, [(Some(0), "duplicate_code"), (Some(1), "unknown_parent")]);
    /// ```
    pub fn from_rows(rows: impl IntoIterator<Item = GridRow>) -> Result<Self, BuildError> {
        Self::builder().from_rows(rows)
    }

    /// Builds a tree from columns, without a copy for each row.
    ///
    /// # Errors
    /// [`BuildError`] with every fault of every row and column.
    pub fn from_columns(columns: &GridColumns<'_>) -> Result<Self, BuildError> {
        Self::builder().from_columns(columns)
    }

    /// How many grids there are, the root among them.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a tree has a root, it is never empty")]
    pub fn len(&self) -> usize {
        self.inner.parent.len()
    }

    /// The schema that the tree was built with.
    #[must_use]
    pub fn schema(&self) -> &LevelSchema {
        &self.inner.schema
    }

    /// The code scheme that the tree was built with, if any.
    #[must_use]
    pub fn scheme(&self) -> Option<&CodeScheme> {
        self.inner.scheme.as_ref()
    }

    /// The number of grids on each level, from level 0.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([GridRow::new("1", "a"), GridRow::new("2", "b").under("1")])?;
    /// assert_eq!(tree.counts(), [1, 1]);
    /// # Ok::<(), gridcore::BuildError>(())
    /// ```
    #[must_use]
    pub fn counts(&self) -> Vec<usize> {
        self.counts_under(self.root())
    }

    /// The position with this code, if the tree has it.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<GridIndex> {
        let inner = &*self.inner;
        let key = match &inner.texts {
            Texts::Packed => pack(code)?,
            Texts::Ranked(texts) => {
                let order = |other: &Arc<str>| other.len().cmp(&code.len()).then_with(|| (**other).cmp(code));
                texts.binary_search_by(order).ok()? as u64 + 1
            }
        };
        let lookup = inner.lookup.get_or_init(|| Lookup::new(&inner.key));
        lookup.get(key, &inner.key).map(|position| GridIndex::new(position as usize))
    }

    /// The grid at a place in preorder, if there are that many.
    #[must_use]
    pub fn at(&self, position: usize) -> Option<GridIndex> {
        (position < self.len()).then(|| GridIndex::new(position))
    }

    /// The code of a grid.
    ///
    /// # Panics
    /// Like every question about an index, if the index comes from a larger tree.
    #[must_use]
    pub fn code(&self, grid: GridIndex) -> GridCode {
        self.inner.texts.code(self.inner.key[grid.get()])
    }

    /// The name of a grid.
    #[must_use]
    pub fn name(&self, grid: GridIndex) -> &str {
        self.inner.name.get(self.inner.row[grid.get()] as usize)
    }

    /// The level of a grid: its depth, unless the rows said otherwise.
    #[must_use]
    pub fn level(&self, grid: GridIndex) -> u8 {
        self.inner.level[grid.get()]
    }

    /// The kind of a grid, if it has one.
    #[must_use]
    pub fn kind(&self, grid: GridIndex) -> Option<&str> {
        let kinds = self.inner.kind.as_ref()?;
        match kinds[grid.get()] {
            NO_VALUE => None,
            kind => self.inner.kind_names.get(kind as usize).map(String::as_str),
        }
    }

    /// The row that the grid came from; none for a root that was named beside the rows.
    #[must_use]
    pub fn row(&self, grid: GridIndex) -> Option<usize> {
        let row = self.inner.row[grid.get()] as usize;
        (row < self.inner.rows).then_some(row)
    }

    /// The footprint of a grid as it came in: a `GeoJSON` geometry.
    #[must_use]
    pub fn footprint(&self, grid: GridIndex) -> Option<&str> {
        let row = self.row(grid)?;
        let text = self.inner.footprint.as_ref()?.get(row);
        (!text.is_empty()).then_some(text)
    }

    /// The names of the weights, in order.
    pub fn weight_names(&self) -> impl Iterator<Item = &str> {
        self.inner.weights.iter().map(|(name, _)| name.as_str())
    }

    /// A weight of a grid, if it has one.
    #[must_use]
    pub fn weight(&self, grid: GridIndex, name: &str) -> Option<f64> {
        let value = self.weight_column(name)?[grid.get()];
        (!value.is_nan()).then_some(value)
    }

    /// A weight of all grids by position; not-a-number where a grid has none.
    pub(crate) fn weight_column(&self, name: &str) -> Option<&[f64]> {
        let weights = &self.inner.weights;
        let place = weights.binary_search_by(|(other, _)| other.as_str().cmp(name)).ok()?;
        Some(&weights[place].1)
    }

    /// A grid as a row again.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// let row = GridRow::new("1", "city").kind("city").weight("households", 3.0);
    /// let tree = GridTree::from_rows([row.clone()])?;
    /// assert_eq!(tree.to_row(tree.root()), row.level(0));
    /// # Ok::<(), gridcore::BuildError>(())
    /// ```
    #[must_use]
    pub fn to_row(&self, grid: GridIndex) -> GridRow {
        let mut row = GridRow::new(self.code(grid), self.name(grid)).level(self.level(grid));
        row.parent = self.parent(grid).map(|parent| self.code(parent)).into();
        row.kind = self.kind(grid).into();
        row.footprint = self.footprint(grid).into();
        for (name, values) in &self.inner.weights {
            if !values[grid.get()].is_nan() {
                row.weights.insert(name.clone(), values[grid.get()]);
            }
        }
        row
    }

    /// All grids as rows, in preorder: [`from_rows`](Self::from_rows) makes the same tree of them.
    pub fn to_rows(&self) -> impl Iterator<Item = GridRow> {
        self.indices().map(|grid| self.to_row(grid))
    }
}

impl PartialEq for GridTree {
    /// Equal if the same grids stand in the same places under the same rules, whatever rows they came from.
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && self.inner.schema == other.inner.schema
            && self.inner.scheme == other.inner.scheme
            && self.has_named_root() == other.has_named_root()
            && self.inner.parent == other.inner.parent
            && self.inner.level == other.inner.level
            && self.to_rows().eq(other.to_rows())
    }
}

impl fmt::Debug for GridTree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GridTree")
            .field("root", &self.code(self.root()))
            .field("counts", &self.counts())
            .finish_non_exhaustive()
    }
}
