//! Deployment (力量下沉): people and units sent to grids, each plan with its certificate or the named cause of failure.
//!
//! One handle, several problems, one kind of answer:
//!
//! ```
//! use gridcore::deployment::{ChangeCost, Deployment, NeedRow, PersonRow, Staffing};
//! use gridcore::{GridRow, GridTree};
//!
//! let tree = GridTree::from_rows([
//!     GridRow::new("1", "city"),
//!     GridRow::new("11", "north").under("1"),
//!     GridRow::new("12", "south").under("1"),
//! ])?;
//! let people = ["a", "b", "c"].map(PersonRow::new);
//! let plan = Deployment::new(&tree).assign(&Staffing::new(people, [NeedRow::new("11"), NeedRow::new("12")]))?;
//! assert!(plan.certificate().verified);
//! let ill = plan.rows()[0].who.as_text();
//! let repaired = plan.without(ill).replan(ChangeCost(1000))?;
//! assert_eq!(repaired.changes(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | problem | request | who |
//! |---|---|---|
//! | [`assign`](Deployment::assign) | [`Staffing`] | people to grids: candidates or a cost, skills, languages, bounds, fair loads |
//! | [`pair`](Deployment::pair) | [`Pairing`] | units paired with grids (双联双助) |
//! | [`surge`](Deployment::surge) | [`Surge`] | person-times of units to grids over days |
//! | [`aid`](Deployment::aid) | [`Aid`] | spare people of grids to the nearest that lack them |
//! | [`spread`](Deployment::spread) | [`Spread`] | people spread evenly over a subtree |
//!
//! Costs are kept as whole numbers: each is rounded once, at the door, to [`decimals`](Deployment::decimals) places, so that
//! every sum, bound and comparison after that is exact.

mod aid;
mod assign;
mod door;
mod fair;
mod fault;
mod frontier;
mod gap;
mod infeasible;
mod model;
mod pair;
mod person_times;
mod plan;
mod proof;
mod replan;
mod rows;
mod run;
#[cfg(feature = "serde")]
mod save;
mod settle;
mod shifts;
mod spread;
mod surge;
mod teams;
mod who;

use std::sync::Arc;

use crate::id::GridIndex;
use crate::tree::GridTree;
use door::Reader;

pub use aid::Aid;
pub use assign::{CandidateColumns, CostColumn, StaffWeights, Staffing};
pub use fair::Fair;
pub use fault::{DeployError, DeployFault, DeployFaultKind, Refused};
pub use frontier::FrontierRow;
pub use gap::{GapRow, Kept};
pub use infeasible::{Infeasible, Shortage, ShortageKind};
pub use model::{PlanKind, Why};
pub use pair::Pairing;
pub use person_times::{
    AttendanceRow, PersonCount, PersonTimes, PersonTimesError, PersonTimesFault, PersonTimesFaultKind,
    PersonTimesOptions, PersonTimesRow,
};
pub use plan::{GridLoad, Plan, PlanCertificate, PlanRow, PriceRow, SourceLoad};
pub use proof::PlanViolation;
pub use replan::{ChangeCost, Replan, ReplanOptions};
pub use rows::{
    CandidateRow, DemandRow, EdgeRow, NeedRow, PairRow, PersonRow, PositionRow, SpareRow, SupplyRow,
    UnitCostRow, UnitRow,
};
#[cfg(feature = "serde")]
pub use save::PlanLoadError;
#[cfg(feature = "serde")]
pub use shifts::ShiftLoadError;
pub use shifts::{
    CheckpointRow, DutyRow, SHIFT_PRICE_SCALE, ShiftFault, ShiftFaultKind, ShiftLoad, ShiftPersonRow,
    ShiftPrice, ShiftReport, ShiftRoster, ShiftRow, ShiftRules, ShiftShortage, ShiftTable, ShiftTables,
    ShiftsError, ShortRow, WishRow,
};
pub use spread::Spread;
pub use surge::Surge;
#[cfg(feature = "serde")]
pub use teams::TeamsLoadError;
pub use teams::{
    MemberRow, RoleBand, TeamFault, TeamFaultKind, TeamLimit, TeamRow, TeamRule, TeamShortage, TeamTable,
    TeamTables, TeamViolation, Teams, TeamsError, TeamsReport,
};
pub use who::Who;

/// Metres to the east and to the north, where they are known.
type Position = Option<(f64, f64)>;

/// The most decimals that costs are kept to.
const MOST_DECIMALS: u8 = 9;

/// How many units make 1 of a table's cost.
const fn scale_of(decimals: u8) -> i64 {
    10_i64.pow(decimals as u32)
}

/// Deployment over a tree: what all its problems share.
///
/// ```
/// use gridcore::deployment::{Deployment, PositionRow};
/// use gridcore::{GridRow, GridTree};
/// let tree = GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "north").under("1")])?;
/// let deployment = Deployment::new(&tree)
///     .decimals(0)
///     .on_plane(&[PositionRow::new("1", 0.0, 0.0), PositionRow::new("11", 30.0, 40.0)])?;
/// assert_eq!(deployment.decimal_places(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Deployment {
    tree: GridTree,
    decimals: u8,
    /// Metres to the east and north by position in the tree; steps along the tree if there is none.
    plane: Option<Arc<[Position]>>,
}

impl Deployment {
    /// Deployment over a tree, with costs kept to 3 decimals and distances counted in steps along the tree.
    #[must_use]
    pub fn new(tree: &GridTree) -> Self {
        Self { tree: tree.clone(), decimals: 3, plane: None }
    }

    /// Keeps costs to that many decimals, 9 at the most; 0 for whole numbers.
    #[must_use]
    pub fn decimals(mut self, decimals: u8) -> Self {
        self.decimals = decimals.min(MOST_DECIMALS);
        self
    }

    /// Measures distances between positions on a plane, in metres, instead of steps along the tree.
    ///
    /// Distances are square roots of sums of squares, which are the same to the last bit everywhere.
    ///
    /// # Errors
    /// [`DeployError::Refused`] with every row whose grid is unknown or named twice, or whose position is not finite.
    pub fn on_plane(mut self, positions: &[PositionRow]) -> Result<Self, DeployError> {
        let mut reader = Reader::new(&self);
        let mut plane = vec![None; self.tree.len()];
        let mut keys = Vec::with_capacity(positions.len());
        for (at, row) in positions.iter().enumerate() {
            let grid = reader.grid(at, "positions.grid", &row.grid);
            for (column, metres) in [("positions.x", row.x), ("positions.y", row.y)] {
                if !metres.is_finite() {
                    reader.note(at, column, DeployFaultKind::NotFinite);
                }
            }
            if let Some(grid) = grid {
                plane[grid.get()] = Some((row.x, row.y));
            }
            keys.push(grid);
        }
        door::ordered(&mut reader, "positions.grid", &keys);
        reader.finish()?;
        self.plane = Some(plane.into());
        Ok(self)
    }

    /// The tree.
    #[must_use]
    pub fn tree(&self) -> &GridTree {
        &self.tree
    }

    /// The decimals to which costs are kept.
    #[must_use]
    pub fn decimal_places(&self) -> u8 {
        self.decimals
    }

    fn scale(&self) -> i64 {
        scale_of(self.decimals)
    }

    /// How far it is from one grid to another; the grid without a position, if there is one.
    fn distance(&self, a: GridIndex, b: GridIndex) -> Result<f64, GridIndex> {
        let Some(plane) = &self.plane else { return Ok(self.tree.distance(a, b) as f64) };
        let (xa, ya) = plane[a.get()].ok_or(a)?;
        let (xb, yb) = plane[b.get()].ok_or(b)?;
        let (east, north) = (xa - xb, ya - yb);
        Ok((east * east + north * north).sqrt())
    }
}
