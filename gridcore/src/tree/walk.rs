//! Questions about places in the tree: up, down, across; one at a time and by the column.

use std::fmt;

use super::GridTree;
use crate::error::{Fault, Lang, Problem, shortened};
use crate::id::GridIndex;

/// Grids of a range of positions, in preorder.
#[derive(Clone, Debug)]
pub struct Indices {
    range: std::ops::Range<usize>,
}

impl Iterator for Indices {
    type Item = GridIndex;

    fn next(&mut self) -> Option<GridIndex> {
        self.range.next().map(GridIndex::new)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.range.size_hint()
    }
}

impl DoubleEndedIterator for Indices {
    fn next_back(&mut self) -> Option<GridIndex> {
        self.range.next_back().map(GridIndex::new)
    }
}

impl ExactSizeIterator for Indices {}

/// The children of a grid, in the order of their codes.
#[derive(Clone, Debug)]
pub struct Children<'t> {
    ends: &'t [u32],
    next: usize,
    stop: usize,
}

impl Iterator for Children<'_> {
    type Item = GridIndex;

    fn next(&mut self) -> Option<GridIndex> {
        if self.next >= self.stop {
            return None;
        }
        let child = self.next;
        self.next = self.ends[child] as usize;
        Some(GridIndex::new(child))
    }
}

/// The grids above a grid, from its parent to the root.
#[derive(Clone, Debug)]
pub struct Ancestors<'t> {
    parents: &'t [u32],
    at: usize,
}

impl Iterator for Ancestors<'_> {
    type Item = GridIndex;

    fn next(&mut self) -> Option<GridIndex> {
        if self.at == 0 {
            return None;
        }
        self.at = self.parents[self.at] as usize;
        Some(GridIndex::new(self.at))
    }
}

/// Codes that are not in the tree: every one, with its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownGrids {
    unknown: Vec<(usize, String)>,
}

impl UnknownGrids {
    /// The rows and what stood in them.
    #[must_use]
    pub fn rows(&self) -> &[(usize, String)] {
        &self.unknown
    }
}

impl fmt::Display for UnknownGrids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for UnknownGrids {}

impl Problem for UnknownGrids {
    fn code(&self) -> &'static str {
        "unknown_grid"
    }

    fn faults(&self) -> Vec<Fault> {
        let fault = |(row, code): &(usize, String)| {
            let code = shortened(code);
            Fault::new("unknown_grid")
                .at(*row)
                .on(&code)
                .says(format!("the tree has no grid {code:?}"), format!("网格体系中没有 {code:?}"))
                .remedy(
                    "correct the code, or translate it to this edition of the tree",
                    "请改正编码，或换算到本版网格体系",
                )
        };
        self.unknown.iter().map(fault).collect()
    }
}

/// One question about single grids.
impl GridTree {
    /// The root.
    #[must_use]
    pub fn root(&self) -> GridIndex {
        GridIndex::new(0)
    }

    /// All grids in preorder: parents before children, siblings in the order of their codes.
    #[must_use]
    pub fn indices(&self) -> Indices {
        Indices { range: 0..self.len() }
    }

    /// The grid above; none above the root.
    #[must_use]
    pub fn parent(&self, grid: GridIndex) -> Option<GridIndex> {
        (grid.get() != 0).then(|| GridIndex::new(self.inner.parent[grid.get()] as usize))
    }

    /// The grids directly beneath, in the order of their codes.
    ///
    /// A page of a long list is better asked of [`children_page`](Self::children_page).
    #[must_use]
    pub fn children(&self, grid: GridIndex) -> Children<'_> {
        Children { ends: &self.inner.end, next: grid.get() + 1, stop: self.inner.end[grid.get()] as usize }
    }

    /// The grids above, from the parent to the root.
    #[must_use]
    pub fn ancestors(&self, grid: GridIndex) -> Ancestors<'_> {
        Ancestors { parents: &self.inner.parent, at: grid.get() }
    }

    /// The way from the root to a grid, both among it.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// # let rows = [GridRow::new("1", "a"), GridRow::new("11", "b").under("1"), GridRow::new("111", "c").under("11")];
    /// let tree = GridTree::from_rows(rows)?;
    /// let path = tree.path(tree.find("111").expect("it is there"));
    /// assert_eq!(path.iter().map(|&grid| tree.name(grid)).collect::<Vec<_>>(), ["a", "b", "c"]);
    /// # Ok::<(), gridcore::BuildError>(())
    /// ```
    #[must_use]
    pub fn path(&self, grid: GridIndex) -> Vec<GridIndex> {
        let mut path: Vec<GridIndex> = std::iter::once(grid).chain(self.ancestors(grid)).collect();
        path.reverse();
        path
    }

    /// How many steps a grid lies below the root.
    #[must_use]
    pub fn depth(&self, grid: GridIndex) -> usize {
        self.ancestors(grid).count()
    }

    /// The grid on this level that a grid lies in (itself, if it is on it); none if its path has none.
    #[must_use]
    pub fn ancestor_at(&self, grid: GridIndex, level: u8) -> Option<GridIndex> {
        let mut at = grid.get();
        while at != 0 && self.inner.level[at] > level {
            at = self.inner.parent[at] as usize;
        }
        (self.inner.level[at] == level).then(|| GridIndex::new(at))
    }

    /// The lowest grid that both lie in; one of the two, if it lies in the other.
    ///
    /// # Complexity
    /// O(depth) time: in preorder the later of two positions is never above the earlier, so it climbs.
    #[must_use]
    pub fn lca(&self, a: GridIndex, b: GridIndex) -> GridIndex {
        let (mut a, mut b) = (a.get(), b.get());
        while a != b {
            if a > b {
                a = self.inner.parent[a] as usize;
            } else {
                b = self.inner.parent[b] as usize;
            }
        }
        GridIndex::new(a)
    }

    /// Whether the first is the second or lies above it.
    #[must_use]
    pub fn is_ancestor(&self, above: GridIndex, below: GridIndex) -> bool {
        above <= below && below.get() < self.inner.end[above.get()] as usize
    }

    /// How many steps up and down lead from one to the other.
    #[must_use]
    pub fn distance(&self, a: GridIndex, b: GridIndex) -> usize {
        let meet = self.lca(a, b);
        let climb = |from: GridIndex| {
            let mut steps = 0;
            let mut at = from;
            while at != meet {
                at = GridIndex::new(self.inner.parent[at.get()] as usize);
                steps += 1;
            }
            steps
        };
        climb(a) + climb(b)
    }

    /// A grid and everything beneath it, in preorder.
    #[must_use]
    pub fn subtree(&self, grid: GridIndex) -> Indices {
        Indices { range: grid.get()..self.inner.end[grid.get()] as usize }
    }

    /// Everything beneath a grid, in preorder.
    #[must_use]
    pub fn descendants(&self, grid: GridIndex) -> Indices {
        Indices { range: grid.get() + 1..self.inner.end[grid.get()] as usize }
    }

    /// What lies on one level beneath a grid (the grid itself, if it is on it).
    pub fn descendants_at(&self, grid: GridIndex, level: u8) -> impl Iterator<Item = GridIndex> {
        self.subtree(grid).filter(move |&below| self.level(below) == level)
    }

    /// Whether nothing lies beneath a grid.
    #[must_use]
    pub fn is_leaf(&self, grid: GridIndex) -> bool {
        self.inner.end[grid.get()] as usize == grid.get() + 1
    }

    /// The grids beneath which nothing lies, in the subtree of a grid.
    pub fn leaves(&self, grid: GridIndex) -> impl Iterator<Item = GridIndex> {
        self.subtree(grid).filter(|&below| self.is_leaf(below))
    }

    /// The other children of a grid's parent.
    pub fn siblings(&self, grid: GridIndex) -> impl Iterator<Item = GridIndex> {
        let children = self.parent(grid).map(|parent| self.children(parent));
        children.into_iter().flatten().filter(move |&sibling| sibling != grid)
    }

    /// The number of grids on each level of a subtree, from level 0.
    #[must_use]
    pub fn counts_under(&self, grid: GridIndex) -> Vec<usize> {
        let mut counts = [0_usize; 256];
        for &level in &self.inner.level[grid.get()..self.inner.end[grid.get()] as usize] {
            counts[usize::from(level)] += 1;
        }
        let levels = counts.iter().rposition(|&count| count > 0).map_or(0, |deepest| deepest + 1);
        counts[..levels].to_vec()
    }
}

/// One question about columns of grids: a column in, a column out.
impl GridTree {
    /// The positions of a column of codes.
    ///
    /// # Errors
    /// [`UnknownGrids`] with every row whose code the tree does not have.
    pub fn index<S: AsRef<str>>(
        &self,
        codes: impl IntoIterator<Item = S>,
    ) -> Result<Vec<GridIndex>, UnknownGrids> {
        let mut unknown = Vec::new();
        let mut found = Vec::new();
        for (row, code) in codes.into_iter().enumerate() {
            let code = code.as_ref();
            match self.find(code) {
                Some(grid) => found.push(grid),
                None => unknown.push((row, shortened(code))),
            }
        }
        if unknown.is_empty() { Ok(found) } else { Err(UnknownGrids { unknown }) }
    }

    /// [`parent`](Self::parent) of each.
    #[must_use]
    pub fn parents(&self, grids: &[GridIndex]) -> Vec<Option<GridIndex>> {
        grids.iter().map(|&grid| self.parent(grid)).collect()
    }

    /// [`ancestor_at`](Self::ancestor_at) of each.
    #[must_use]
    pub fn ancestors_at(&self, grids: &[GridIndex], level: u8) -> Vec<Option<GridIndex>> {
        grids.iter().map(|&grid| self.ancestor_at(grid, level)).collect()
    }

    /// [`lca`](Self::lca) of each pair; as many as the shorter column has.
    ///
    /// Pairs climb side by side, so that waiting for the parent of one overlaps with that of the others.
    #[must_use]
    pub fn lcas(&self, a: &[GridIndex], b: &[GridIndex]) -> Vec<GridIndex> {
        const SIDE_BY_SIDE: usize = 16;
        let parent = &self.inner.parent[..];
        let pairs = a.len().min(b.len());
        let mut met = Vec::with_capacity(pairs);
        for (a, b) in a[..pairs].chunks(SIDE_BY_SIDE).zip(b[..pairs].chunks(SIDE_BY_SIDE)) {
            let (mut low, mut high) = ([0_u32; SIDE_BY_SIDE], [0_u32; SIDE_BY_SIDE]);
            for (place, (a, b)) in a.iter().zip(b).enumerate() {
                (low[place], high[place]) = (a.min(b).get() as u32, a.max(b).get() as u32);
            }
            let mut apart = true;
            while apart {
                apart = false;
                for (low, high) in low.iter_mut().zip(&mut high) {
                    let above = parent[*high as usize];
                    let above = if low == high { *high } else { above };
                    (*low, *high) = (above.min(*low), above.max(*low));
                    apart |= low != high;
                }
            }
            met.extend(low[..a.len()].iter().map(|&low| GridIndex::new(low as usize)));
        }
        met
    }

    /// [`is_ancestor`](Self::is_ancestor) of each pair; as many as the shorter column has.
    #[must_use]
    pub fn are_ancestors(&self, above: &[GridIndex], below: &[GridIndex]) -> Vec<bool> {
        above.iter().zip(below).map(|(&above, &below)| self.is_ancestor(above, below)).collect()
    }

    /// [`distance`](Self::distance) of each pair; as many as the shorter column has.
    #[must_use]
    pub fn distances(&self, a: &[GridIndex], b: &[GridIndex]) -> Vec<usize> {
        a.iter().zip(b).map(|(&a, &b)| self.distance(a, b)).collect()
    }
}
