//! Which grids are neighbours, and how long is their common border?

use std::collections::BTreeMap;

use geo_index::rtree::sort::HilbertSort;
use geo_index::rtree::{RTreeBuilder, RTreeIndex};
use petgraph::graph::{NodeIndex, UnGraph};

use crate::id::GridIndex;

use super::bounds::Bounds;
use super::footprint::Footprints;
use super::geodesic::distance_m;
use super::reference::Reference;

/// What makes two grids neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Contiguity {
    /// A common border.
    #[default]
    Rook,
    /// A common border or a common point.
    Queen,
}

/// How neighbours are found.
///
/// ```
/// use gridcore::geo::{AdjacencyOptions, Contiguity};
/// let options = AdjacencyOptions::new().contiguity(Contiguity::Queen).tolerance_m(0.5);
/// assert_ne!(options, AdjacencyOptions::new());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdjacencyOptions {
    contiguity: Contiguity,
    tolerance_m: f64,
    least_border_m: f64,
}

impl Default for AdjacencyOptions {
    fn default() -> Self {
        Self { contiguity: Contiguity::Rook, tolerance_m: 0.01, least_border_m: 0.0 }
    }
}

impl AdjacencyOptions {
    /// Common borders of any length, with a tolerance of a centimetre.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Says what makes two grids neighbours.
    #[must_use]
    pub fn contiguity(mut self, contiguity: Contiguity) -> Self {
        self.contiguity = contiguity;
        self
    }

    /// How far apart two edges may run and still be one border, in metres; from 0 to 100, and 0.01 unasked.
    ///
    /// Shorter common stretches than this count as points.
    #[must_use]
    pub fn tolerance_m(mut self, metres: f64) -> Self {
        self.tolerance_m = if metres.is_nan() { 0.0 } else { metres.clamp(0.0, 100.0) };
        self
    }

    /// How long a common border must at least be, in metres; 0 unasked.
    #[must_use]
    pub fn least_border_m(mut self, metres: f64) -> Self {
        self.least_border_m = if metres.is_nan() { 0.0 } else { metres.max(0.0) };
        self
    }
}

/// The neighbourhood of the grids of one level, as a graph that petgraph's algorithms run on.
///
/// ```
/// # use gridcore::geo::{AdjacencyOptions, FootprintOptions, Footprints, Reference};
/// # use gridcore::{GridRow, GridTree};
/// # let square = |x: u8| format!(r#"{{"type":"Polygon","coordinates":[[[{x},0],[{0},0],[{0},1],[{x},1],[{x},0]]]}}"#, x + 1);
/// # let row = |code: &'static str, x: u8| GridRow::new(code, code).under("1").footprint(square(x));
/// # let tree = GridTree::from_rows([GridRow::new("1", "city"), row("11", 0), row("12", 1), row("13", 5)])?;
/// # let metres = FootprintOptions::new().reference(Reference::metres("local")?);
/// # let footprints = Footprints::from_tree(&tree, &metres)?;
/// let adjacency = footprints.adjacency(1, &AdjacencyOptions::new());
/// let pieces = gridcore::petgraph::algo::connected_components(adjacency.graph());
/// assert_eq!((pieces, adjacency.islands().count()), (2, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Adjacency {
    graph: UnGraph<GridIndex, f64>,
    without_outline: Vec<GridIndex>,
}

impl Adjacency {
    /// The graph: its nodes are the grids with an outline in preorder, its edges weigh the length of the common border in
    /// metres, 0 for a common point.
    #[must_use]
    pub fn graph(&self) -> &UnGraph<GridIndex, f64> {
        &self.graph
    }

    /// Every pair of neighbours with the length of their common border in metres; the earlier in preorder first, sorted.
    pub fn borders(&self) -> impl Iterator<Item = (GridIndex, GridIndex, f64)> + '_ {
        self.graph.edge_indices().filter_map(|edge| {
            let (a, b) = self.graph.edge_endpoints(edge)?;
            Some((self.graph[a], self.graph[b], self.graph[edge]))
        })
    }

    /// The neighbours of a grid, in preorder; none for a grid of another level.
    ///
    /// # Complexity
    /// O(log n + k log k) time for k neighbours.
    #[must_use]
    pub fn neighbours(&self, grid: GridIndex) -> Vec<GridIndex> {
        let grids = self.graph.raw_nodes();
        let Ok(node) = grids.binary_search_by(|node| node.weight.cmp(&grid)) else { return Vec::new() };
        let mut found: Vec<_> =
            self.graph.neighbors(NodeIndex::new(node)).map(|other| self.graph[other]).collect();
        found.sort_unstable();
        found
    }

    /// The grids that have an outline and no neighbour, in preorder.
    pub fn islands(&self) -> impl Iterator<Item = GridIndex> + '_ {
        let lonely = |&node: &NodeIndex| self.graph.neighbors(node).next().is_none();
        self.graph.node_indices().filter(lonely).map(|node| self.graph[node])
    }

    /// The grids of the level that have no outline, so that nothing is known of their neighbours.
    #[must_use]
    pub fn without_outline(&self) -> &[GridIndex] {
        &self.without_outline
    }
}

/// One edge of an outline.
#[derive(Clone, Copy)]
struct Edge {
    from: [f64; 2],
    to: [f64; 2],
    node: u32,
}

/// Metres per unit east and north around a place, good enough to compare with a tolerance.
fn scale(reference: &Reference, latitude: f64) -> [f64; 2] {
    const DEGREE: f64 = 111_320.0;
    if reference.is_geographic() {
        [DEGREE * libm::cos(latitude.to_radians()).max(1e-6), DEGREE]
    } else {
        [1.0, 1.0]
    }
}

impl Edge {
    fn bounds(&self) -> Bounds {
        Bounds::NOTHING.with(self.from).with(self.to)
    }

    /// Where a place lies beside the edge: metres along it and metres off it.
    fn beside(&self, length: f64, [east, north]: [f64; 2], at: [f64; 2]) -> [f64; 2] {
        let u = [(self.to[0] - self.from[0]) * east / length, (self.to[1] - self.from[1]) * north / length];
        let v = [(at[0] - self.from[0]) * east, (at[1] - self.from[1]) * north];
        [v[0] * u[0] + v[1] * u[1], (v[0] * u[1] - v[1] * u[0]).abs()]
    }

    fn length(&self, [east, north]: [f64; 2]) -> f64 {
        libm::hypot((self.to[0] - self.from[0]) * east, (self.to[1] - self.from[1]) * north)
    }
}

/// How two edges meet: nothing, or the length of what they share, 0 for a point.
fn meeting(reference: &Reference, tolerance: f64, one: &Edge, other: &Edge) -> Option<f64> {
    let scale = scale(reference, one.from[1]);
    let (a, b) = (one.length(scale), other.length(scale));
    let (long, length, short) = if a >= b { (one, a, other) } else { (other, b, one) };
    if length == 0.0 {
        return None;
    }
    let along = |at: [f64; 2]| (long.beside(length, scale, at), at);
    let (mut first, mut last) = (along(short.from), along(short.to));
    if first.0[0] > last.0[0] {
        (first, last) = (last, first);
    }
    // The stretch ends in corners, so that its length is measured between places as they were given.
    let (low, start) = if first.0[0] > 0.0 { (first.0[0], first.1) } else { (0.0, long.from) };
    let (high, end) = if last.0[0] < length { (last.0[0], last.1) } else { (length, long.to) };
    if first.0[1] <= tolerance && last.0[1] <= tolerance && high - low > tolerance {
        return Some(distance_m(reference, start, end));
    }
    let near = |edge: &Edge, length: f64, at: [f64; 2]| {
        length > 0.0 && {
            let [along, off] = edge.beside(length, scale, at);
            libm::hypot(off, along - along.clamp(0.0, length)) <= tolerance
        }
    };
    let (l, s) = (length, short.length(scale));
    let touch = near(long, l, short.from)
        || near(long, l, short.to)
        || near(short, s, long.from)
        || near(short, s, long.to);
    (touch || crosses(one, other)).then_some(0.0)
}

/// Whether two edges cross in a point inner to both, as those of overlapping outlines do.
fn crosses(one: &Edge, other: &Edge) -> bool {
    let side = |edge: &Edge, at: [f64; 2]| {
        (edge.to[0] - edge.from[0]) * (at[1] - edge.from[1])
            - (edge.to[1] - edge.from[1]) * (at[0] - edge.from[0])
    };
    side(one, other.from) * side(one, other.to) < 0.0 && side(other, one.from) * side(other, one.to) < 0.0
}

impl Footprints {
    /// Finds the neighbours among the grids of a level.
    ///
    /// Two edges share what the shorter one covers of the longer one, if both its ends lie within the tolerance of the
    /// line through the longer one: equal edges, and corners of one outline on an edge of the other. The length of a
    /// border is that of all shared stretches, geodesic on WGS-84 or Euclidean in a plane.
    ///
    /// ```
    /// use gridcore::geo::{AdjacencyOptions, FootprintOptions, Footprints, Reference};
    /// use gridcore::{GridRow, GridTree};
    /// // ┌───┬───┐
    /// // │11 │12 │   and 13 far away
    /// // └───┴───┘
    /// let square = |x: u8| format!(r#"{{"type":"Polygon","coordinates":[[[{x},0],[{0},0],[{0},1],[{x},1],[{x},0]]]}}"#, x + 1);
    /// let tree = GridTree::from_rows([
    ///     GridRow::new("1", "city"),
    ///     GridRow::new("11", "west").under("1").footprint(square(0)),
    ///     GridRow::new("12", "east").under("1").footprint(square(1)),
    ///     GridRow::new("13", "isle").under("1").footprint(square(7)),
    /// ])?;
    /// let metres = FootprintOptions::new().reference(Reference::metres("local")?);
    /// let adjacency = Footprints::from_tree(&tree, &metres)?.adjacency(1, &AdjacencyOptions::new());
    /// let (west, east) = (tree.find("11").expect("a grid"), tree.find("12").expect("a grid"));
    /// assert_eq!(adjacency.borders().collect::<Vec<_>>(), [(west, east, 1.0)]);
    /// assert_eq!(adjacency.islands().collect::<Vec<_>>(), [tree.find("13").expect("a grid")]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    /// O(n log n + k) time and O(n + k) space for n edges of outlines and k pairs of edges whose rectangles meet.
    #[must_use]
    pub fn adjacency(&self, level: u8, options: &AdjacencyOptions) -> Adjacency {
        let (tree, shapes, reference) = (self.tree(), &self.inner.shapes, self.reference());
        let mut graph = UnGraph::default();
        let mut without_outline = Vec::new();
        let mut edges = Vec::new();
        for grid in tree.indices().filter(|&grid| tree.level(grid) == level) {
            let Some(slot) = shapes.slot(grid) else {
                without_outline.push(grid);
                continue;
            };
            let node = graph.add_node(grid).index() as u32;
            for ring in shapes.all_rings(slot) {
                edges.extend(ring.windows(2).map(|pair| Edge { from: pair[0], to: pair[1], node }));
            }
        }
        for ((a, b), metres) in borders(reference, options, &edges) {
            let neighbours = match options.contiguity {
                Contiguity::Rook => metres > 0.0 && metres >= options.least_border_m,
                Contiguity::Queen => true,
            };
            if neighbours {
                graph.add_edge(NodeIndex::new(a as usize), NodeIndex::new(b as usize), metres);
            }
        }
        Adjacency { graph, without_outline }
    }
}

/// The length of what each pair of nodes shares, 0 where they only touch.
fn borders(reference: &Reference, options: &AdjacencyOptions, edges: &[Edge]) -> BTreeMap<(u32, u32), f64> {
    let mut borders = BTreeMap::new();
    if edges.is_empty() {
        return borders;
    }
    let mut builder = RTreeBuilder::new(edges.len() as u32);
    for edge in edges {
        let bounds = edge.bounds();
        builder.add(bounds.west, bounds.south, bounds.east, bounds.north);
    }
    let index = builder.finish::<HilbertSort>();
    for (i, edge) in edges.iter().enumerate() {
        let [east, north] = scale(reference, edge.from[1].abs().max(edge.to[1].abs()));
        // Twice the tolerance: the scale is a rough one.
        let (x, y) = (2.0 * options.tolerance_m / east, 2.0 * options.tolerance_m / north);
        let bounds = edge.bounds();
        let mut near = index.search(bounds.west - x, bounds.south - y, bounds.east + x, bounds.north + y);
        near.sort_unstable(); // the lengths are added up in one order
        for j in near {
            let other = &edges[j as usize];
            if j as usize <= i || other.node == edge.node {
                continue;
            }
            if let Some(metres) = meeting(reference, options.tolerance_m, edge, other) {
                *borders.entry((edge.node, other.node)).or_insert(0.0) += metres;
            }
        }
    }
    borders
}
