//! The tree as petgraph sees it: an edge leads from a parent to each child, and bears the child's index.

use fixedbitset::FixedBitSet;
use petgraph::data::DataMap;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{
    Data, EdgeRef, GraphBase, GraphProp, GraphRef, IntoEdgeReferences, IntoEdges, IntoEdgesDirected,
    IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences, NodeCompactIndexable,
    NodeCount, NodeIndexable, VisitMap, Visitable,
};
use petgraph::{Directed, Direction};

use super::walk::{Children, Indices};
use super::{BuildError, GridRow, GridTree};
use crate::id::GridIndex;

/// What petgraph shows as the weight of an edge: nothing.
const NO_WEIGHT: &() = &();

impl GraphBase for GridTree {
    type NodeId = GridIndex;
    type EdgeId = GridIndex;
}

impl GraphProp for GridTree {
    type EdgeType = Directed;
}

impl Data for GridTree {
    /// The level.
    type NodeWeight = u8;
    type EdgeWeight = ();
}

impl DataMap for GridTree {
    fn node_weight(&self, grid: GridIndex) -> Option<&u8> {
        self.inner.level.get(grid.get())
    }

    fn edge_weight(&self, child: GridIndex) -> Option<&()> {
        (child.get() != 0 && child.get() < self.len()).then_some(NO_WEIGHT)
    }
}

impl NodeCount for GridTree {
    fn node_count(&self) -> usize {
        self.len()
    }
}

impl petgraph::visit::EdgeCount for GridTree {
    fn edge_count(&self) -> usize {
        self.len() - 1
    }
}

impl NodeIndexable for GridTree {
    fn node_bound(&self) -> usize {
        self.len()
    }

    fn to_index(&self, grid: GridIndex) -> usize {
        grid.get()
    }

    fn from_index(&self, position: usize) -> GridIndex {
        GridIndex::new(position)
    }
}

impl NodeCompactIndexable for GridTree {}

/// Which grids a walk has seen.
#[derive(Clone, Debug)]
pub struct Visited(FixedBitSet);

impl VisitMap<GridIndex> for Visited {
    fn visit(&mut self, grid: GridIndex) -> bool {
        !self.0.put(grid.get())
    }

    fn is_visited(&self, grid: &GridIndex) -> bool {
        self.0.contains(grid.get())
    }

    fn unvisit(&mut self, grid: GridIndex) -> bool {
        let seen = self.0.contains(grid.get());
        self.0.set(grid.get(), false);
        seen
    }
}

impl Visitable for GridTree {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited(FixedBitSet::with_capacity(self.len()))
    }

    fn reset_map(&self, map: &mut Visited) {
        map.0.clear();
        map.0.grow(self.len());
    }
}

impl<'t> IntoNeighbors for &'t GridTree {
    type Neighbors = Children<'t>;

    fn neighbors(self, grid: GridIndex) -> Children<'t> {
        self.children(grid)
    }
}

/// The neighbours of a grid in one direction: its children, or its parent.
#[derive(Clone, Debug)]
pub struct Neighbors<'t> {
    children: Option<Children<'t>>,
    parent: Option<GridIndex>,
}

impl Iterator for Neighbors<'_> {
    type Item = GridIndex;

    fn next(&mut self) -> Option<GridIndex> {
        match &mut self.children {
            Some(children) => children.next(),
            None => self.parent.take(),
        }
    }
}

impl<'t> IntoNeighborsDirected for &'t GridTree {
    type NeighborsDirected = Neighbors<'t>;

    fn neighbors_directed(self, grid: GridIndex, direction: Direction) -> Neighbors<'t> {
        match direction {
            Direction::Outgoing => Neighbors { children: Some(self.children(grid)), parent: None },
            Direction::Incoming => Neighbors { children: None, parent: self.parent(grid) },
        }
    }
}

/// The edge from a parent to a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    parent: GridIndex,
    child: GridIndex,
}

impl EdgeRef for Edge {
    type NodeId = GridIndex;
    type EdgeId = GridIndex;
    type Weight = ();

    fn source(&self) -> GridIndex {
        self.parent
    }

    fn target(&self) -> GridIndex {
        self.child
    }

    fn weight(&self) -> &() {
        NO_WEIGHT
    }

    fn id(&self) -> GridIndex {
        self.child
    }
}

/// Edges of a tree: all, or those of one grid.
#[derive(Clone, Debug)]
pub struct Edges<'t, I> {
    tree: &'t GridTree,
    children: I,
}

impl<I: Iterator<Item = GridIndex>> Iterator for Edges<'_, I> {
    type Item = Edge;

    fn next(&mut self) -> Option<Edge> {
        let child = self.children.next()?;
        // Only children are handed in, and each has a parent.
        let parent = self.tree.parent(child).unwrap_or(child);
        Some(Edge { parent, child })
    }
}

impl<'t> IntoEdgeReferences for &'t GridTree {
    type EdgeRef = Edge;
    type EdgeReferences = Edges<'t, Indices>;

    fn edge_references(self) -> Self::EdgeReferences {
        Edges { tree: self, children: self.descendants(self.root()) }
    }
}

impl<'t> IntoEdges for &'t GridTree {
    type Edges = Edges<'t, Children<'t>>;

    fn edges(self, grid: GridIndex) -> Self::Edges {
        Edges { tree: self, children: self.children(grid) }
    }
}

impl<'t> IntoEdgesDirected for &'t GridTree {
    type EdgesDirected = Edges<'t, Neighbors<'t>>;

    fn edges_directed(self, grid: GridIndex, direction: Direction) -> Self::EdgesDirected {
        let children = match direction {
            Direction::Outgoing => self.neighbors_directed(grid, direction),
            // The edge from above bears this grid's index; the root has none.
            Direction::Incoming => Neighbors { children: None, parent: self.parent(grid).map(|_| grid) },
        };
        Edges { tree: self, children }
    }
}

impl IntoNodeIdentifiers for &GridTree {
    type NodeIdentifiers = Indices;

    fn node_identifiers(self) -> Indices {
        self.indices()
    }
}

/// All grids with their levels.
#[derive(Clone, Debug)]
pub struct NodeReferences<'t> {
    tree: &'t GridTree,
    grids: Indices,
}

impl<'t> Iterator for NodeReferences<'t> {
    type Item = (GridIndex, &'t u8);

    fn next(&mut self) -> Option<Self::Item> {
        let grid = self.grids.next()?;
        Some((grid, &self.tree.inner.level[grid.get()]))
    }
}

impl<'t> IntoNodeReferences for &'t GridTree {
    type NodeRef = (GridIndex, &'t u8);
    type NodeReferences = NodeReferences<'t>;

    fn node_references(self) -> NodeReferences<'t> {
        NodeReferences { tree: self, grids: self.indices() }
    }
}

impl GridTree {
    /// An owned graph of the same grids, with rows as weights; nodes keep their places.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([GridRow::new("1", "a"), GridRow::new("2", "b").under("1")])?;
    /// let graph = tree.to_graph();
    /// assert_eq!(graph.edge_count(), 1);
    /// assert_eq!(GridTree::try_from(graph)?, tree);
    /// # Ok::<(), gridcore::BuildError>(())
    /// ```
    #[must_use]
    pub fn to_graph(&self) -> DiGraph<GridRow, ()> {
        let mut graph = DiGraph::with_capacity(self.len(), self.len() - 1);
        for grid in self.indices() {
            graph.add_node(self.to_row(grid));
        }
        for grid in self.descendants(self.root()) {
            let parent = self.inner.parent[grid.get()] as usize;
            graph.add_edge(NodeIndex::new(parent), NodeIndex::new(grid.get()), ());
        }
        graph
    }
}

impl TryFrom<DiGraph<GridRow, ()>> for GridTree {
    type Error = BuildError;

    /// Builds a tree from a graph whose edges lead from parents to children; they win over the rows' `parent`.
    ///
    /// The row number in a fault is the index of the node. A node with two parents stands in two rows:
    /// the second is reported as a duplicate.
    fn try_from(graph: DiGraph<GridRow, ()>) -> Result<Self, BuildError> {
        let mut rows: Vec<GridRow> = graph.node_weights().cloned().collect();
        let codes: Vec<_> = rows.iter().map(|row| row.code.clone()).collect();
        let mut seen = vec![false; rows.len()];
        for row in &mut rows {
            row.parent = super::Cell::Missing;
        }
        for edge in graph.edge_references() {
            let (parent, child) = (edge.source().index(), edge.target().index());
            if seen[child] {
                let mut again = rows[child].clone();
                again.parent = codes[parent].clone();
                rows.push(again);
            } else {
                seen[child] = true;
                rows[child].parent = codes[parent].clone();
            }
        }
        Self::from_rows(rows)
    }
}

// petgraph asks for `&GridTree: GraphRef`; every reference to a graph is one.
const _: fn(&GridTree) = |tree| {
    fn is_graph_ref<G: GraphRef>(_: G) {}
    is_graph_ref(tree);
};
