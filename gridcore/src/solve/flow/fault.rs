//! Why a network has no cheapest flow.

use std::fmt;

use super::infeasible::{Cut, Cycle};
use crate::control::Stopped;
use crate::error::{Fault, Lang, Problem};

/// One fault of one arc.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArcFault {
    /// The arc, from 0.
    pub arc: u32,
    /// What is wrong with it.
    pub kind: ArcFaultKind,
}

/// What is wrong with an arc.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ArcFaultKind {
    /// It leaves a node that does not exist.
    UnknownTail {
        /// That node.
        node: u32,
    },
    /// It enters a node that does not exist.
    UnknownHead {
        /// That node.
        node: u32,
    },
    /// More must flow than may.
    LowerAboveCapacity {
        /// What must flow.
        lower: i64,
        /// What may.
        capacity: i64,
    },
    /// A step of a rising cost has less than no units.
    NegativeUnits {
        /// Its units.
        units: i64,
    },
    /// A step of a rising cost is cheaper than the step before it.
    FallingCost {
        /// Its cost.
        cost: i64,
        /// The cost of the step before.
        before: i64,
    },
}

impl ArcFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            ArcFaultKind::UnknownTail { .. } => "unknown_tail",
            ArcFaultKind::UnknownHead { .. } => "unknown_head",
            ArcFaultKind::LowerAboveCapacity { .. } => "lower_above_capacity",
            ArcFaultKind::NegativeUnits { .. } => "negative_units",
            ArcFaultKind::FallingCost { .. } => "falling_cost",
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let fault = Fault::new(self.code()).at(self.arc as usize);
        match self.kind {
            ArcFaultKind::UnknownTail { node } => fault
                .in_column("tail")
                .found(node, "a node of the network")
                .says(
                    format!("the arc leaves node {node}, which does not exist"),
                    format!("弧的起点 {node} 不存在"),
                )
                .remedy(
                    "number the nodes from 0, one supply for each",
                    "节点从 0 起编号，每个节点给出一个供给量",
                ),
            ArcFaultKind::UnknownHead { node } => fault
                .in_column("head")
                .found(node, "a node of the network")
                .says(
                    format!("the arc enters node {node}, which does not exist"),
                    format!("弧的终点 {node} 不存在"),
                )
                .remedy(
                    "number the nodes from 0, one supply for each",
                    "节点从 0 起编号，每个节点给出一个供给量",
                ),
            ArcFaultKind::LowerAboveCapacity { lower, capacity } => fault
                .in_column("lower")
                .found(lower, format!("at most {capacity}"))
                .says(
                    format!("at least {lower} must flow along the arc, but at most {capacity} may"),
                    format!("弧上流量下限 {lower} 高于容量 {capacity}"),
                )
                .remedy("lower the one or raise the other", "请降低下限或提高容量"),
            ArcFaultKind::NegativeUnits { units } => fault
                .in_column("units")
                .found(units, "0 or more")
                .says(format!("a step has {units} units"), format!("某一级的数量为 {units}"))
                .remedy("give it 0 units or more", "数量不得小于 0"),
            ArcFaultKind::FallingCost { cost, before } => fault
                .in_column("cost")
                .found(cost, format!("at least {before}"))
                .says(
                    format!("a unit of the step costs {cost}, less than {before} in the step before"),
                    format!("该级单位费用 {cost} 低于上一级的 {before}"),
                )
                .remedy("costs must not fall from step to step", "各级单位费用不得递减"),
        }
    }
}

/// Why a network has no cheapest flow.
///
/// ```
/// use gridcore::Problem;
/// use gridcore::control::Control;
/// use gridcore::solve::flow::{Arc, FlowError, Network, min_cost_flow};
/// let network = Network::new(vec![5, -5], vec![Arc::new(0, 1).capacity(3)])?;
/// let error = min_cost_flow(&network, &mut Control::free()).expect_err("five want to leave, three may");
/// let FlowError::Infeasible(cut) = &error else { panic!("it is the cut") };
/// assert_eq!((cut.nodes.as_slice(), cut.supply, cut.capacity), (&[0][..], 5, 3));
/// assert_eq!(cut.verify(&network), Ok(()));
/// assert_eq!(error.code(), "infeasible");
/// # Ok::<(), FlowError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FlowError {
    /// Some nodes hold more than can leave them, or want more than can reach them.
    Infeasible(Cut),
    /// A ring of arcs without limit gains with every unit sent round.
    Unbounded(Cycle),
    /// The numbers are too large to be sure of an exact answer.
    Overflow,
    /// Arcs that make no network: every fault.
    Malformed(Vec<ArcFault>),
    /// Not one cost for each arc.
    Lengths {
        /// How many costs there are.
        costs: usize,
        /// How many arcs.
        arcs: usize,
    },
    /// More nodes or arcs than 32-bit positions can name.
    TooLarge,
    /// The work was stopped before its end.
    Stopped(Stopped),
}

impl From<Stopped> for FlowError {
    fn from(stopped: Stopped) -> Self {
        Self::Stopped(stopped)
    }
}

impl fmt::Display for FlowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for FlowError {}

impl Problem for FlowError {
    fn code(&self) -> &'static str {
        match self {
            Self::Infeasible(_) => "infeasible",
            Self::Unbounded(_) => "unbounded",
            Self::Overflow => "overflow",
            Self::Malformed(_) => "malformed",
            Self::Lengths { .. } => "lengths",
            Self::TooLarge => "too_large",
            Self::Stopped(Stopped::Limit) => "work_limit",
            Self::Stopped(Stopped::Asked) => "stopped",
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let fault = Fault::new(self.code());
        let fault = match self {
            Self::Malformed(faults) => return faults.iter().map(ArcFault::to_fault).collect(),
            Self::Infeasible(cut) => cut.describe(fault),
            Self::Unbounded(cycle) => cycle.describe(fault),
            Self::Overflow => fault
                .says("costs or amounts are too large to add up exactly", "费用或数量过大，无法精确求和")
                .remedy(
                    "use coarser units, or lower the largest numbers",
                    "请改用更粗的单位，或减小最大的数",
                ),
            Self::Lengths { costs, arcs } => fault
                .in_column("first")
                .found(costs, arcs)
                .says(
                    format!("there are {costs} costs for {arcs} arcs"),
                    format!("{arcs} 条弧却有 {costs} 个费用"),
                )
                .remedy("give each arc its cost", "请为每条弧给出费用"),
            Self::TooLarge => fault
                .says("the network has too many nodes or arcs", "网络的节点或弧过多")
                .remedy("split it into parts", "请分成几部分"),
            Self::Stopped(stopped) => fault
                .says(
                    stopped.to_string(),
                    match stopped {
                        Stopped::Limit => "计算量达到上限",
                        Stopped::Asked => "计算被中止",
                    },
                )
                .remedy("raise the limit or ask for less", "请提高上限或缩小问题"),
        };
        vec![fault]
    }
}
