//! The tree straight from the bytes of a CSV file (RFC 4180).

mod cells;
mod encoding;
mod scan;
mod table;

use super::GridTree;
use super::build::{self, Lossy};
use super::builder::GridTreeBuilder;
use super::fault::{BuildError, BuildFault};
use table::Table;

impl GridTreeBuilder {
    /// Builds the tree from the bytes of a CSV file.
    ///
    /// The file is UTF-8, with or without a mark at its front, and follows RFC 4180: commas, quotes where a cell holds
    /// a comma, a quote or a line break, lines that end in LF or CRLF. The first record names the columns: `code`,
    /// `parent`, `name` and, if present, `level`, `kind`, `footprint` and the
    /// [`weights`](GridTreeBuilder::weights); other columns are ignored, and so are empty lines. Row 0 is the first
    /// record after the names.
    ///
    /// ```
    /// use gridcore::{CodeScheme, GridTree, Root};
    /// let csv = "code,parent,name,households\r\n442000001,442000,石岐街道,812\r\n442000002,442000,\"东区, 街道\",\r\n";
    /// let tree = GridTree::builder()
    ///     .scheme(CodeScheme::nbs())
    ///     .root(Root::Named { code: "442000".parse()?, name: "中山市".into() })
    ///     .weights(["households"])
    ///     .from_csv(csv.as_bytes())?;
    /// let first = tree.find("442000001").expect("it is in the file");
    /// assert_eq!((tree.name(first), tree.weight(first, "households")), ("石岐街道", Some(812.0)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`BuildError`] with every fault of every row: besides those of a table a record with too few or too many cells,
    /// quotes that don't pair up, text that is not UTF-8 (with the encoding it looks like), a file of 2 GiB or more.
    ///
    /// # Complexity
    /// O(bytes) to read; 8 bytes for each cell of a column that is used, and a copy of the cells with doubled quotes.
    pub fn from_csv(&self, bytes: &[u8]) -> Result<GridTree, BuildError> {
        let table = match Table::read(bytes, &self.options) {
            Ok(table) => table,
            Err(kind) => return Err(BuildError { faults: vec![BuildFault { row: None, grid: None, kind }] }),
        };
        build::strict(&table.columns(&table.texts()), &self.options, table.faults())
    }

    /// Builds what can be built from the bytes of a CSV file.
    ///
    /// ```
    /// use gridcore::GridTree;
    /// let lossy = GridTree::builder().from_csv_lossy(b"code,parent,name\n1,,city\n11,1\n12,1,south\n");
    /// assert_eq!(lossy.tree.map(|tree| tree.len()), Some(2));
    /// assert_eq!((lossy.faults[0].row, lossy.faults[0].code()), (Some(1), "ragged_row"));
    /// ```
    #[must_use]
    pub fn from_csv_lossy(&self, bytes: &[u8]) -> Lossy {
        let table = match Table::read(bytes, &self.options) {
            Ok(table) => table,
            Err(kind) => {
                let faults = vec![BuildFault { row: None, grid: None, kind }];
                return Lossy { tree: None, faults, rejected: Vec::new() };
            }
        };
        build::lossy(&table.columns(&table.texts()), &self.options, table.faults())
    }
}
