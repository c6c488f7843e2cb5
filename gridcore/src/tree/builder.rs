//! How a tree is to be built: the schema, the code scheme, the root.

use super::GridTree;
use super::build::{self, Lossy};
use super::bulk::length_bits;
use super::fault::BuildError;
use super::rows::{GridColumns, GridRow, RowStore};
use super::schema::LevelSchema;
use super::scheme::{Alphabet, CodeScheme, SchemeFault};
use crate::id::GridCode;

/// Which grid is the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Root {
    /// The only row without a parent.
    #[default]
    Only,
    /// The row with this code; it may name a parent that is not in the table.
    Existing(GridCode),
    /// No row: a grid named here, above the rows that have no parent or name this code as theirs.
    ///
    /// Its code need not follow the scheme, and no code must begin with it.
    Named {
        /// Its code.
        code: GridCode,
        /// Its name.
        name: String,
    },
}

impl Root {
    pub(super) fn code(&self) -> Option<&GridCode> {
        match self {
            Self::Only => None,
            Self::Existing(code) | Self::Named { code, .. } => Some(code),
        }
    }
}

/// The code scheme as the build asks it; without one, every code fits and none comes as a number.
#[derive(Clone, Debug, Default)]
pub(super) struct SchemeDoor(pub Option<CodeScheme>);

impl SchemeDoor {
    pub(super) fn takes_integers(&self) -> bool {
        self.0.as_ref().is_some_and(CodeScheme::takes_integers)
    }

    pub(super) fn code_of(&self, number: u64) -> Option<GridCode> {
        self.0.as_ref()?.from_integer(number)
    }

    pub(super) fn fault(&self, code: &str) -> Option<SchemeFault> {
        self.0.as_ref()?.check(code).err()
    }

    /// A bit for each length that a code of digits may have; nothing if some codes must not be digits alone.
    pub(super) fn digit_lengths(&self) -> Option<u32> {
        let Some(scheme) = &self.0 else { return Some(u32::MAX) };
        let is_digits = scheme.segments().iter().all(|segment| segment.alphabet == Alphabet::Digits);
        match scheme.lengths() {
            lengths if lengths.is_empty() => Some(u32::MAX), // free text
            lengths => is_digits.then(|| length_bits(lengths)),
        }
    }

    pub(super) fn nests(&self) -> bool {
        self.0.as_ref().is_some_and(CodeScheme::nests)
    }

    pub(super) fn extends(&self, parent: &str, child: &str) -> bool {
        self.0.as_ref().is_none_or(|scheme| scheme.extends(parent, child))
    }
}

/// What [`GridTreeBuilder`] was told.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    pub schema: LevelSchema,
    pub scheme: SchemeDoor,
    pub root: Root,
    /// Names of columns to keep as weights.
    pub weights: Vec<String>,
    /// The level of a root that is no row, where it is known and not to be told from its children.
    pub root_level: Option<u8>,
}

/// Builds a [`GridTree`] with a schema, a code scheme and a root.
///
/// ```
/// use gridcore::{GridRow, GridTree, LevelSchema, Root};
///
/// let tree = GridTree::builder()
///     .schema(LevelSchema::four_level())
///     .root(Root::Named { code: "442000".parse()?, name: "中山市".into() })
///     .from_rows([GridRow::new("442000001", "石岐街道").under("442000").kind("street")])?;
/// assert_eq!(tree.counts(), [1, 1]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct GridTreeBuilder {
    pub(super) options: Options,
}

impl GridTreeBuilder {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Sets the levels; without, any depth and any kind will do.
    #[must_use]
    pub fn schema(mut self, schema: LevelSchema) -> Self {
        self.options.schema = schema;
        self
    }

    /// Sets the code scheme; codes may then come as numbers, if its widths are fixed.
    #[must_use]
    pub fn scheme(mut self, scheme: CodeScheme) -> Self {
        self.options.scheme = SchemeDoor(Some(scheme));
        self
    }

    /// Sets the root; without, it is the only row that has no parent.
    #[must_use]
    pub fn root(mut self, root: Root) -> Self {
        self.options.root = root;
        self
    }

    /// Names columns to keep as weights: numbers to roll up or to share by.
    ///
    /// A file can't say which of its columns these are; rows and columns can, and need not be named here again.
    #[must_use]
    pub fn weights<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.options.weights = names.into_iter().map(Into::into).collect();
        self
    }

    /// Builds the tree from rows.
    ///
    /// # Errors
    /// [`BuildError`] with every fault of every row.
    pub fn from_rows(&self, rows: impl IntoIterator<Item = GridRow>) -> Result<GridTree, BuildError> {
        build::strict(&RowStore::new(rows).columns(), &self.options, &[])
    }

    /// Builds the tree from columns.
    ///
    /// # Errors
    /// [`BuildError`] with every fault of every row and column.
    pub fn from_columns(&self, columns: &GridColumns<'_>) -> Result<GridTree, BuildError> {
        build::strict(columns, &self.options, &[])
    }

    /// Builds what can be built from rows: the valid tree under the largest root, the faults, the rejected rows.
    #[must_use]
    pub fn from_rows_lossy(&self, rows: impl IntoIterator<Item = GridRow>) -> Lossy {
        build::lossy(&RowStore::new(rows).columns(), &self.options, &[])
    }

    /// Builds what can be built from columns.
    #[must_use]
    pub fn from_columns_lossy(&self, columns: &GridColumns<'_>) -> Lossy {
        build::lossy(columns, &self.options, &[])
    }
}
