//! Children a page at a time, for a view that opens a tree as it is clicked.

use super::GridTree;
use crate::id::{GridCode, GridIndex};

/// The children of every grid, one list behind the other; made when first asked for.
pub(super) struct ChildTable {
    start: Vec<u32>,
    child: Vec<u32>,
}

impl ChildTable {
    fn new(parent: &[u32]) -> Self {
        let mut start = vec![0_u32; parent.len() + 1];
        for &parent in parent.iter().skip(1) {
            start[parent as usize + 1] += 1;
        }
        for grid in 0..parent.len() {
            start[grid + 1] += start[grid];
        }
        let mut next = start.clone();
        let mut child = vec![0; parent.len() - 1];
        for (grid, &parent) in parent.iter().enumerate().skip(1) {
            let place = &mut next[parent as usize];
            child[*place as usize] = grid as u32;
            *place += 1;
        }
        Self { start, child }
    }

    fn of(&self, grid: GridIndex) -> &[u32] {
        &self.child[self.start[grid.get()] as usize..self.start[grid.get() + 1] as usize]
    }
}

/// A part of the children of one grid, and how many there are in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ChildPage {
    /// How many children the grid has.
    pub total: usize,
    /// The children on this page, in the order of their codes.
    pub rows: Vec<ChildRow>,
}

/// One child, as a view shows it before it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ChildRow {
    /// Its code.
    pub code: GridCode,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: u8,
    /// Its kind, if it has one.
    pub kind: Option<String>,
    /// How many children it has itself: none, and there is nothing to open.
    pub children: usize,
}

/// Opening a tree bit by bit.
impl GridTree {
    /// A page of the children of a grid: at most `limit`, after the first `offset`.
    ///
    /// ```
    /// use gridcore::{GridRow, GridTree};
    /// let towns = (10..99).map(|town| GridRow::new(town.to_string(), format!("town {town}")).under("1"));
    /// let tree = GridTree::from_rows(towns.chain([GridRow::new("1", "city")]))?;
    /// let page = tree.children_page(tree.root(), 80, 20);
    /// assert_eq!((page.total, page.rows.len()), (89, 9));
    /// assert_eq!(page.rows[0].name, "town 90");
    /// assert_eq!(page.rows[0].children, 0);
    /// # Ok::<(), gridcore::BuildError>(())
    /// ```
    ///
    /// # Complexity
    /// O(`limit`) time, wherever the page begins and however many siblings there are. The first page that is asked
    /// of a tree also lists all children, in O(n) time and 8 bytes a grid.
    #[must_use]
    pub fn children_page(&self, grid: GridIndex, offset: usize, limit: usize) -> ChildPage {
        let table = self.child_table();
        let children = table.of(grid);
        let first = offset.min(children.len());
        let last = first.saturating_add(limit).min(children.len());
        let row = |&child: &u32| {
            let child = GridIndex::new(child as usize);
            ChildRow {
                code: self.code(child),
                name: self.name(child).to_owned(),
                level: self.level(child),
                kind: self.kind(child).map(str::to_owned),
                children: table.of(child).len(),
            }
        };
        ChildPage { total: children.len(), rows: children[first..last].iter().map(row).collect() }
    }

    /// How many children a grid has.
    ///
    /// # Complexity
    /// O(1), after the first such call listed all children.
    #[must_use]
    pub fn child_count(&self, grid: GridIndex) -> usize {
        self.child_table().of(grid).len()
    }

    fn child_table(&self) -> &ChildTable {
        self.inner.children.get_or_init(|| ChildTable::new(&self.inner.parent))
    }
}
