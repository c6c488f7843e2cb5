//! The frontier of cost against number of changes.

use super::fault::DeployError;
use super::model::Weights;
use super::plan::Plan;
use super::replan::Replan;
use super::settle::Settled;
use crate::control::Control;

/// One point of the frontier: the least cost for its number of changes, and the costs per change for which it is best.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct FrontierRow {
    /// How many are sent where they were not before.
    pub changes: i64,
    /// What the plan costs, changes not counted.
    pub cost: f64,
    /// The same in whole units, exactly.
    pub cost_units: i64,
    /// From this cost per change on (the higher, the fewer changes) it is the best plan.
    pub change_cost_from: f64,
    /// Up to this one; without end for the fewest changes.
    pub change_cost_until: Option<f64>,
}

/// The frontier.
impl Replan {
    /// Cost against number of changes: every corner of the lower convex hull of what is possible, exactly.
    ///
    /// The first row is the least cost (with the fewest changes at that cost), the last the fewest changes (at their least
    /// cost). Each row is a plan that [`replan`](Replan::replan) finds at a cost per change from its range. What lies
    /// between two rows is never below the straight line that joins them; a plan of such a number of changes may cost
    /// more than the line, and to find the least of those is a problem without a known polynomial algorithm (exact matching).
    ///
    /// ```
    /// use gridcore::deployment::{CandidateRow, Deployment, NeedRow, PersonRow, Staffing};
    /// use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([
    ///     GridRow::new("1", "city"),
    ///     GridRow::new("11", "north").under("1"),
    ///     GridRow::new("12", "south").under("1"),
    /// ])?;
    /// let costs = [("11", "a", 1.0), ("12", "b", 1.0), ("11", "b", 2.0), ("11", "c", 9.0), ("12", "c", 3.0)];
    /// let plan = Deployment::new(&tree).assign(
    ///     &Staffing::new(["a", "b", "c"].map(PersonRow::new), [NeedRow::new("11"), NeedRow::new("12")])
    ///         .candidates(costs.map(|(grid, person, cost)| CandidateRow::new(grid, person, cost))),
    /// )?;
    /// let rows = plan.without(["a"]).frontier()?;
    /// let points: Vec<_> = rows.iter().map(|row| (row.changes, row.cost, row.change_cost_from)).collect();
    /// assert_eq!(points, [(2, 5.0, 0.0), (1, 10.0, 5.0)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`replan`](Replan::replan).
    ///
    /// # Complexity
    /// Two solves for each row, from a warm start (Y. P. Aneja and K. P. K. Nair, Bicriteria transportation problem, 1979).
    pub fn frontier(&self) -> Result<Vec<FrontierRow>, DeployError> {
        self.frontier_with(&mut Control::free())
    }

    /// [`frontier`](Self::frontier) under a limit or a watch.
    ///
    /// # Errors
    /// As [`replan`](Replan::replan), and [`DeployError::Stopped`].
    pub fn frontier_with(&self, control: &mut Control<'_>) -> Result<Vec<FrontierRow>, DeployError> {
        self.prepare(false, control)?.frontier(control)
    }
}

impl Settled {
    fn frontier(&self, control: &mut Control<'_>) -> Result<Vec<FrontierRow>, DeployError> {
        let cheapest = self.cheapest(control)?;
        let fewest = self.fewest(control)?;
        let mut points = vec![Point::of(&cheapest)];
        if points[0] != Point::of(&fewest) {
            points.push(Point::of(&fewest));
            let mut open = vec![(points[0], points[1])];
            while let Some((dear, steady)) = open.pop() {
                if let Some(between) = self.below(dear, steady, control)? {
                    points.push(between);
                    open.push((dear, between));
                    open.push((between, steady));
                }
            }
        }
        points.sort_unstable_by_key(|point| (-point.changes, point.cost));
        Ok(rows(&cheapest, &corners(points)))
    }

    /// A point below the line through two, if there is one.
    fn below(
        &self,
        dear: Point,
        steady: Point,
        control: &mut Control<'_>,
    ) -> Result<Option<Point>, DeployError> {
        let (cost, change) = (dear.changes - steady.changes, steady.cost - dear.cost);
        let shared = divisor(cost, change).max(1);
        let weights = Weights { cost: cost / shared, change: change / shared };
        let found = Point::of(&self.weighted(weights, control)?);
        Ok((found.weighed(weights) < dear.weighed(weights)).then_some(found))
    }
}

impl Plan {
    /// The frontier of the re-plan that this plan came from, or of this plan when nothing has changed.
    ///
    /// # Errors
    /// As [`Replan::replan`].
    pub fn frontier(&self) -> Result<Vec<FrontierRow>, DeployError> {
        self.frontier_with(&mut Control::free())
    }

    /// [`frontier`](Self::frontier) under a limit or a watch.
    ///
    /// # Errors
    /// As [`Replan::replan`], and [`DeployError::Stopped`].
    pub fn frontier_with(&self, control: &mut Control<'_>) -> Result<Vec<FrontierRow>, DeployError> {
        if self.model().before.is_none() {
            return self.again().frontier_with(control);
        }
        let (model, load_bound) = (self.model().clone(), self.load_bound().cloned());
        Settled { model, load_bound, warm: self.warm().cloned() }.frontier(control)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Point {
    changes: i64,
    cost: i64,
}

impl Point {
    fn of(plan: &Plan) -> Self {
        Self { changes: plan.changes(), cost: plan.cost_units() }
    }

    fn weighed(self, weights: Weights) -> i128 {
        i128::from(weights.cost) * i128::from(self.cost)
            + i128::from(weights.change) * i128::from(self.changes)
    }
}

fn divisor(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The points where the hull turns; those on the way between two others are left out.
fn corners(points: Vec<Point>) -> Vec<Point> {
    let mut hull: Vec<Point> = Vec::new();
    for point in points {
        while let [.., a, b] = hull[..] {
            let run = |from: Point, to: Point| i128::from(from.changes - to.changes);
            let rise = |from: Point, to: Point| i128::from(to.cost - from.cost);
            if rise(a, b) * run(b, point) < rise(b, point) * run(a, b) {
                break;
            }
            hull.pop();
        }
        hull.push(point);
    }
    hull
}

fn rows(plan: &Plan, corners: &[Point]) -> Vec<FrontierRow> {
    let scale = super::scale_of(plan.decimals()) as f64;
    let slope = |a: Point, b: Point| (b.cost - a.cost) as f64 / (a.changes - b.changes) as f64 / scale;
    let mut rows = Vec::with_capacity(corners.len());
    for (at, &point) in corners.iter().enumerate() {
        rows.push(FrontierRow {
            changes: point.changes,
            cost: plan.in_tables(point.cost),
            cost_units: point.cost,
            change_cost_from: if at == 0 { 0.0 } else { slope(corners[at - 1], point) },
            change_cost_until: corners.get(at + 1).map(|&next| slope(point, next)),
        });
    }
    rows
}
