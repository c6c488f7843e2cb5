//! Roll-ups (汇总): what is known of grids anywhere in the tree, told of every grid above them.

mod door;
mod fault;
mod kernel;
mod rolled;

use std::collections::BTreeSet;

use super::GridTree;
use crate::id::GridIndex;
use kernel::{NONE, Places, ordered};

pub use door::{How, Measure, MeasureValues};
pub use fault::{RollupError, RollupFault, RollupFaultKind};
pub use rolled::{RolledColumn, RolledValue, RolledValues, Rollup, RollupRow};

impl GridTree {
    /// Rolls any number of columns up the tree at once (汇总): for every grid, what lies in it or beneath it.
    ///
    /// Row `i` of each measure belongs to `at[i]`: a grid anywhere in the tree, and a grid may have several rows
    /// (visits, persons) or none. A missing value is skipped; nothing is lost or counted twice on the way up.
    /// Whole numbers are summed exactly. Floating-point numbers are added in one fixed order, whatever the order of
    /// rows and the machine: the values of a grid from the least to the greatest, then its children's sums from the
    /// last child to the first.
    ///
    /// ```
    /// use gridcore::tree::Measure;
    /// use gridcore::{GridRow, GridTree};
    ///
    /// let tree = GridTree::from_rows([
    ///     GridRow::new("1", "city"),
    ///     GridRow::new("11", "north").under("1"),
    ///     GridRow::new("12", "south").under("1"),
    /// ])?;
    /// let at = tree.index(["11", "12", "12"])?;
    /// let visits = tree.rollup(&at, &[Measure::rows("visits"), Measure::max("floor", &[Some(6), None, Some(2)])])?;
    /// assert_eq!(visits.column("visits").and_then(|column| column.integers()), Some(&[3, 1, 2][..]));
    /// assert_eq!(visits.integer("floor", at[1]), Some(2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`RollupError`] with every fault of every row and column, and with the lowest grids whose total is too large.
    ///
    /// # Complexity
    /// O(grids + rows) time and space for each measure; floating-point values of one grid are sorted among themselves.
    /// Whole-number sums are differences of running sums, the others one pass from the last position to the first.
    pub fn rollup(&self, at: &[GridIndex], measures: &[Measure<'_>]) -> Result<Rollup, RollupError> {
        let mut faults = check_names(measures);
        for measure in measures {
            check_lengths(measure, at.len(), &mut faults);
        }
        // Nearly always there is nothing to find, and the plain loop finds that in no time.
        let places = Places::new(at, self.len());
        if !places.are_inside() {
            let outside = at.iter().enumerate().filter(|(_, grid)| grid.get() >= self.len());
            faults.extend(outside.map(|(row, grid)| RollupFault {
                row: Some(row),
                measure: None,
                grid: None,
                kind: RollupFaultKind::OutsideTree { position: grid.get() },
            }));
        }
        if !faults.is_empty() {
            return Err(RollupError { faults });
        }
        for measure in measures {
            check_values(measure, at, self, &mut faults);
        }
        if !faults.is_empty() {
            return Err(RollupError { faults });
        }
        let mut columns = Vec::with_capacity(measures.len());
        for measure in measures {
            match self.roll(measure, at.len(), &places) {
                Ok(values) => {
                    columns.push(RolledColumn { name: measure.name.clone(), how: measure.how, values });
                }
                Err(positions) => faults.extend(self.overflows(&measure.name, &positions)),
            }
        }
        if faults.is_empty() {
            Ok(Rollup { tree: self.clone(), columns: columns.into() })
        } else {
            Err(RollupError { faults })
        }
    }

    /// The totals of a weight that the tree carries, by position: for every grid, the sum over it and all beneath it.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([
    ///     GridRow::new("1", "city"),
    ///     GridRow::new("11", "north").under("1").weight("households", 300.0),
    ///     GridRow::new("12", "south").under("1").weight("households", 420.0),
    /// ])?;
    /// assert_eq!(tree.total("households")?, [720.0, 300.0, 420.0]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`RollupError`] if the tree has no weight of that name, or a total is too large.
    ///
    /// # Complexity
    /// O(grids) time and space.
    pub fn total(&self, weight: &str) -> Result<Vec<f64>, RollupError> {
        let Some(values) = self.weight_column(weight) else {
            let known = self.weight_names().map(str::to_owned).collect();
            let kind = RollupFaultKind::UnknownWeight { known };
            let fault = RollupFault { row: None, measure: Some(weight.to_owned()), grid: None, kind };
            return Err(RollupError { faults: vec![fault] });
        };
        let all: Vec<GridIndex> = self.indices().collect();
        kernel::sum_floats(&self.inner.parent, &self.inner.end, &Places::new(&all, self.len()), values)
            .map_err(|positions| RollupError { faults: self.overflows(weight, &positions).collect() })
    }

    fn overflows(&self, measure: &str, positions: &[usize]) -> impl Iterator<Item = RollupFault> {
        positions.iter().map(move |&position| RollupFault {
            row: None,
            measure: Some(measure.to_owned()),
            grid: Some(self.code(GridIndex::new(position))),
            kind: RollupFaultKind::Overflow,
        })
    }

    /// Rolls one checked measure up; the positions of totals that are too large otherwise.
    fn roll(
        &self,
        measure: &Measure<'_>,
        rows: usize,
        places: &Places<'_>,
    ) -> Result<RolledValues, Vec<usize>> {
        let (parent, end) = (&self.inner.parent[..], &self.inner.end[..]);
        let Some(values) = measure.values else {
            return Ok(RolledValues::Integers(kernel::count(parent, places, (0..rows).map(|_| true))));
        };
        let count = || kernel::count(parent, places, (0..rows).map(values.present()));
        match measure.how {
            How::Count => Ok(RolledValues::Integers(count())),
            How::Sum => match values.integers(0) {
                Some(values) => {
                    kernel::sum_integers(parent, end, places, &values).map(RolledValues::Integers)
                }
                None => kernel::sum_floats(parent, end, places, &values.floats()).map(RolledValues::Floats),
            },
            How::Min => Ok(least(parent, places, values, count, |value| value)),
            // To turn all bits round reverses the order, without the overflow that a change of sign has.
            How::Max => Ok(least(parent, places, values, count, |value| !value)),
            How::Mean => {
                let counts = || count().into_iter().map(|count| count as f64);
                let means = if let Some(weights) = measure.weights {
                    let (values, weights) = (values.floats(), weights.floats());
                    let pairs = || values.iter().zip(weights.iter());
                    let products: Vec<f64> = pairs().map(|(value, weight)| value * weight).collect();
                    // A value that is missing leaves its weight out as well.
                    let shares: Vec<f64> = pairs()
                        .map(|(value, &weight)| if value.is_nan() { f64::NAN } else { weight })
                        .collect();
                    let products = kernel::sum_floats(parent, end, places, &products)?;
                    let shares = kernel::sum_floats(parent, end, places, &shares)?;
                    products.into_iter().zip(shares).map(mean).collect()
                } else if let Some(values) = values.integers(0) {
                    // Exact until the division, so that the order of adding has no part in it.
                    let sums = kernel::wide_sums(parent, places, &values).into_iter();
                    sums.map(|sum| sum as f64).zip(counts()).map(mean).collect()
                } else {
                    let sums = kernel::sum_floats(parent, end, places, &values.floats())?;
                    sums.into_iter().zip(counts()).map(mean).collect()
                };
                Ok(RolledValues::SomeFloats(means))
            }
        }
    }
}

fn mean((sum, share): (f64, f64)) -> Option<f64> {
    (share > 0.0).then(|| sum / share)
}

/// The least value by an order that `turn` makes of the usual one, and undoes.
fn least(
    parent: &[u32],
    places: &Places<'_>,
    values: MeasureValues<'_>,
    count: impl Fn() -> Vec<i64>,
    turn: impl Fn(i64) -> i64,
) -> RolledValues {
    let Some(integers) = values.integers(turn(NONE)) else {
        // What stands for nothing is no finite number's place in the order.
        let floats = values.floats();
        let key = |&value: &f64| {
            if value.is_nan() { NONE } else { turn(ordered(value.to_bits().cast_signed())) }
        };
        let found = kernel::least(parent, places, floats.iter().map(key)).into_iter();
        let value = |key: i64| (key != NONE).then(|| f64::from_bits(ordered(turn(key)).cast_unsigned()));
        return RolledValues::SomeFloats(found.map(value).collect());
    };
    let found = kernel::least(parent, places, integers.iter().map(|&value| turn(value)));
    // The number that stands for nothing may also be a value: then only the count can tell.
    let counts = if found.contains(&NONE) { count() } else { Vec::new() };
    let value = |(position, key): (usize, i64)| (key != NONE || counts[position] > 0).then(|| turn(key));
    RolledValues::SomeIntegers(found.into_iter().enumerate().map(value).collect())
}

fn fault(measure: &Measure<'_>, kind: RollupFaultKind) -> RollupFault {
    RollupFault { row: None, measure: Some(measure.name.clone()), grid: None, kind }
}

fn check_names(measures: &[Measure<'_>]) -> Vec<RollupFault> {
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for measure in measures {
        if measure.name.is_empty() {
            faults.push(fault(measure, RollupFaultKind::EmptyName));
        } else if !seen.insert(measure.name.as_str()) {
            faults.push(fault(measure, RollupFaultKind::DuplicateName));
        }
    }
    faults
}

fn check_lengths(measure: &Measure<'_>, wanted: usize, faults: &mut Vec<RollupFault>) {
    for (column, weights) in [(measure.values, false), (measure.weights, true)] {
        if let Some(found) = column.map(|column| column.rows()).filter(|&rows| rows != wanted) {
            faults.push(fault(measure, RollupFaultKind::ColumnLength { weights, found, wanted }));
        }
    }
    if measure.weights.is_some() && measure.how != How::Mean {
        faults.push(fault(measure, RollupFaultKind::UnwantedWeights));
    }
}

/// Finds every value that is not finite, and every weight that does not go with its value.
fn check_values(measure: &Measure<'_>, at: &[GridIndex], tree: &GridTree, faults: &mut Vec<RollupFault>) {
    let mut report = |row: usize, kind: RollupFaultKind| {
        let grid = Some(tree.code(at[row]));
        faults.push(RollupFault { row: Some(row), measure: Some(measure.name.clone()), grid, kind });
    };
    let Some(values) = measure.values else { return };
    let rows = at.len();
    if !values.are_all_finite() {
        let is_bad = |row: usize| values.float(row).is_some_and(|value| !value.is_finite());
        for row in (0..rows).filter(|&row| is_bad(row)) {
            report(row, RollupFaultKind::NotFinite { weight: false });
        }
    }
    let Some(weights) = measure.weights else { return };
    if weights.are_all_weights() {
        return;
    }
    for row in (0..rows).filter(|&row| values.float(row).is_some()) {
        match weights.float(row) {
            None => report(row, RollupFaultKind::MissingWeight),
            Some(weight) if !weight.is_finite() => report(row, RollupFaultKind::NotFinite { weight: true }),
            Some(weight) if weight < 0.0 => report(row, RollupFaultKind::NegativeWeight),
            Some(_) => {}
        }
    }
}
