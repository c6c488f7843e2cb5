//! What flows where: nodes with supplies, arcs with bounds and costs.

use petgraph::visit::{EdgeRef, IntoEdgeReferences, IntoNodeReferences, NodeIndexable, NodeRef};

use super::fault::{ArcFault, ArcFaultKind, FlowError};

/// The capacity that stands for no limit.
pub const UNLIMITED: i64 = i64::MAX;

/// An arc from one node to another: how much must and may flow along it, and what each unit costs.
///
/// ```
/// use gridcore::solve::flow::{Arc, UNLIMITED};
/// let arc = Arc::new(0, 1).cost(250).capacity(3);
/// assert_eq!((arc.tail, arc.head, arc.lower, arc.capacity, arc.cost), (0, 1, 0, 3, 250));
/// assert_eq!(Arc::new(0, 1).capacity, UNLIMITED);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Arc {
    /// The node it leaves.
    pub tail: u32,
    /// The node it enters.
    pub head: u32,
    /// The least that must flow.
    pub lower: i64,
    /// The most that may flow; [`UNLIMITED`] for no limit.
    pub capacity: i64,
    /// The cost of each unit, negative for a gain.
    pub cost: i64,
}

impl Arc {
    /// An arc that costs nothing and has no limit.
    #[must_use]
    pub const fn new(tail: u32, head: u32) -> Self {
        Self { tail, head, lower: 0, capacity: UNLIMITED, cost: 0 }
    }

    /// Sets what each unit costs.
    #[must_use]
    pub const fn cost(mut self, cost: i64) -> Self {
        self.cost = cost;
        self
    }

    /// Sets the most that may flow.
    #[must_use]
    pub const fn capacity(mut self, capacity: i64) -> Self {
        self.capacity = capacity;
        self
    }

    /// Sets the least that must flow.
    #[must_use]
    pub const fn lower(mut self, lower: i64) -> Self {
        self.lower = lower;
        self
    }
}

/// A network: what each node sends or takes, and the arcs between them. Parallel arcs and loops are welcome.
///
/// ```
/// use gridcore::solve::flow::{Arc, Network};
/// let network = Network::new(vec![3, 0, -3], vec![Arc::new(0, 1).cost(2), Arc::new(1, 2).cost(1)])?;
/// assert_eq!((network.nodes(), network.arcs().len()), (3, 2));
/// # Ok::<(), gridcore::solve::flow::FlowError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    supplies: Vec<i64>,
    arcs: Vec<Arc>,
}

impl Network {
    /// Checks the arcs and makes a network of them; a positive supply sends, a negative one takes.
    ///
    /// ```
    /// use gridcore::solve::flow::{Arc, FlowError, Network};
    /// let arcs = vec![Arc::new(0, 7), Arc::new(0, 1).lower(5).capacity(4)];
    /// let Err(FlowError::Malformed(faults)) = Network::new(vec![1, -1], arcs) else { panic!("two faults") };
    /// let codes: Vec<_> = faults.iter().map(|fault| (fault.arc, fault.code())).collect();
    /// assert_eq!(codes, [(0, "unknown_head"), (1, "lower_above_capacity")]);
    /// ```
    ///
    /// # Errors
    ///
    /// [`FlowError::Malformed`] with every fault of every arc; [`FlowError::TooLarge`] past 2³² − 2 nodes or 2³¹ − 1 arcs.
    pub fn new(supplies: Vec<i64>, arcs: Vec<Arc>) -> Result<Self, FlowError> {
        if supplies.len() >= u32::MAX as usize || arcs.len() > (u32::MAX >> 1) as usize {
            return Err(FlowError::TooLarge);
        }
        let mut faults = Vec::new();
        for (index, arc) in arcs.iter().enumerate() {
            let mut note = |kind| faults.push(ArcFault { arc: index as u32, kind });
            if arc.tail as usize >= supplies.len() {
                note(ArcFaultKind::UnknownTail { node: arc.tail });
            }
            if arc.head as usize >= supplies.len() {
                note(ArcFaultKind::UnknownHead { node: arc.head });
            }
            if arc.lower > arc.capacity {
                note(ArcFaultKind::LowerAboveCapacity { lower: arc.lower, capacity: arc.capacity });
            }
        }
        if faults.is_empty() { Ok(Self { supplies, arcs }) } else { Err(FlowError::Malformed(faults)) }
    }

    /// Reads a network from a petgraph graph: `supply` tells what a node sends, `arc` the terms of an edge.
    ///
    /// `arc` gets the edge and an [`Arc`] that joins its ends, without limit or cost. Nodes are numbered by the graph's own
    /// [`NodeIndexable`]; arcs in the order in which the graph lists its edges.
    ///
    /// ```
    /// use gridcore::petgraph::graph::DiGraph;
    /// use gridcore::petgraph::visit::EdgeRef;
    /// use gridcore::solve::flow::Network;
    ///
    /// let mut streets = DiGraph::new();
    /// let (depot, school) = (streets.add_node(4), streets.add_node(-4));
    /// streets.add_edge(depot, school, 120);
    /// let network = Network::from_graph(&streets, |(_, supply)| *supply, |edge, arc| arc.cost(*edge.weight()))?;
    /// assert_eq!((network.supplies(), network.arcs()[0].cost), (&[4, -4][..], 120));
    /// # Ok::<(), gridcore::solve::flow::FlowError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Network::new`].
    ///
    /// # Complexity
    ///
    /// Time and space O(nodes + edges).
    pub fn from_graph<G>(
        graph: G,
        mut supply: impl FnMut(G::NodeRef) -> i64,
        mut arc: impl FnMut(G::EdgeRef, Arc) -> Arc,
    ) -> Result<Self, FlowError>
    where
        G: IntoNodeReferences + IntoEdgeReferences + NodeIndexable,
    {
        if graph.node_bound() >= u32::MAX as usize {
            return Err(FlowError::TooLarge);
        }
        let mut supplies = vec![0; graph.node_bound()];
        for node in graph.node_references() {
            supplies[graph.to_index(node.id())] = supply(node);
        }
        let arcs = graph.edge_references().map(|edge| {
            let (tail, head) = (graph.to_index(edge.source()) as u32, graph.to_index(edge.target()) as u32);
            arc(edge, Arc::new(tail, head))
        });
        let arcs = arcs.collect();
        Self::new(supplies, arcs)
    }

    /// How many nodes there are.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.supplies.len()
    }

    /// What each node sends (positive) or takes (negative).
    #[must_use]
    pub fn supplies(&self) -> &[i64] {
        &self.supplies
    }

    /// The arcs, in the order given.
    #[must_use]
    pub fn arcs(&self) -> &[Arc] {
        &self.arcs
    }

    /// Gives the supplies and the arcs back, to change them and make another network.
    ///
    /// ```
    /// use gridcore::solve::flow::{Arc, Network};
    /// let (supplies, mut arcs) = Network::new(vec![1, -1], vec![Arc::new(0, 1)])?.into_parts();
    /// arcs.push(Arc::new(0, 1).cost(-1));
    /// assert_eq!(Network::new(supplies, arcs)?.arcs().len(), 2);
    /// # Ok::<(), gridcore::solve::flow::FlowError>(())
    /// ```
    #[must_use]
    pub fn into_parts(self) -> (Vec<i64>, Vec<Arc>) {
        (self.supplies, self.arcs)
    }
}
