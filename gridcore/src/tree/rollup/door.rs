//! What comes in to be rolled up: one measure for each column.

use std::borrow::Cow;

use super::super::rows::Numbers;
use super::super::schema::Label;

/// How the values beneath a grid become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum How {
    /// Their sum (合计); 0 of nothing.
    Sum,
    /// How many there are (计数).
    Count,
    /// The least (最小值); nothing of nothing.
    Min,
    /// The greatest (最大值); nothing of nothing.
    Max,
    /// Their mean (平均值), weighted if the measure has weights; nothing of nothing, or of weights that add up to 0.
    Mean,
}

impl How {
    /// What it is called.
    ///
    /// ```
    /// use gridcore::tree::How;
    /// assert_eq!(How::Sum.label().zh, "合计");
    /// ```
    #[must_use]
    pub fn label(self) -> Label {
        match self {
            Self::Sum => Label::new("合计", "sum"),
            Self::Count => Label::new("计数", "count"),
            Self::Min => Label::new("最小值", "minimum"),
            Self::Max => Label::new("最大值", "maximum"),
            Self::Mean => Label::new("平均值", "mean"),
        }
    }
}

/// A column of numbers to roll up, held by the caller.
///
/// Slices are read as they lie in memory; the other two are asked value by value and may have gaps.
///
/// ```
/// use gridcore::tree::MeasureValues;
/// assert_eq!(MeasureValues::from(&[1, 2, 3]).rows(), 3);
/// assert!(matches!(MeasureValues::from(&[Some(1.0), None]), MeasureValues::SomeFloats(_)));
/// ```
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum MeasureValues<'a> {
    /// Whole numbers, none missing.
    Integers(&'a [i64]),
    /// Floating-point numbers, none missing: not-a-number is a fault.
    Floats(&'a [f64]),
    /// Floating-point numbers where not-a-number stands for a missing one.
    FloatsOrNan(&'a [f64]),
    /// Whole numbers, some of them missing.
    SomeIntegers(&'a dyn Numbers<i64>),
    /// Floating-point numbers, some of them missing; not-a-number is a fault.
    SomeFloats(&'a dyn Numbers<f64>),
}

impl<'a> MeasureValues<'a> {
    /// How many rows it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        match self {
            Self::Integers(values) => values.len(),
            Self::Floats(values) | Self::FloatsOrNan(values) => values.len(),
            Self::SomeIntegers(values) => values.rows(),
            Self::SomeFloats(values) => values.rows(),
        }
    }

    /// Whether each row has a value.
    pub(super) fn present(self) -> impl Fn(usize) -> bool {
        move |row| match self {
            Self::Integers(_) | Self::Floats(_) => true,
            Self::FloatsOrNan(values) => !values[row].is_nan(),
            Self::SomeIntegers(values) => values.number(row).is_some(),
            Self::SomeFloats(values) => values.number(row).is_some(),
        }
    }

    /// Whether a quick look finds that no value is infinite, or not a number where that is a fault.
    pub(super) fn are_all_finite(&self) -> bool {
        match self {
            Self::Integers(_) | Self::SomeIntegers(_) => true,
            Self::Floats(values) => values.iter().fold(true, |finite, value| finite & value.is_finite()),
            Self::FloatsOrNan(values) => {
                values.iter().fold(true, |finite, value| finite & !value.is_infinite())
            }
            Self::SomeFloats(_) => false,
        }
    }

    /// Whether a quick look finds that every row has a finite value of 0 or more.
    pub(super) fn are_all_weights(&self) -> bool {
        match self {
            Self::Integers(values) => values.iter().fold(0, |bits, value| bits | value) >= 0,
            Self::Floats(values) | Self::FloatsOrNan(values) => {
                values.iter().fold(true, |good, &value| good & (0.0..f64::INFINITY).contains(&value))
            }
            Self::SomeIntegers(_) | Self::SomeFloats(_) => false,
        }
    }

    /// The value in a row as a floating-point number.
    pub(super) fn float(&self, row: usize) -> Option<f64> {
        match self {
            Self::Integers(values) => Some(values[row] as f64),
            Self::Floats(values) => Some(values[row]),
            Self::FloatsOrNan(values) => (!values[row].is_nan()).then_some(values[row]),
            Self::SomeIntegers(values) => values.number(row).map(|value| value as f64),
            Self::SomeFloats(values) => values.number(row),
        }
    }

    /// All values as floating-point numbers, not-a-number where one is missing.
    pub(super) fn floats(&self) -> Cow<'a, [f64]> {
        match self {
            Self::Integers(values) => values.iter().map(|&value| value as f64).collect(),
            Self::Floats(values) | Self::FloatsOrNan(values) => Cow::Borrowed(values),
            Self::SomeIntegers(_) | Self::SomeFloats(_) => {
                (0..self.rows()).map(|row| self.float(row).unwrap_or(f64::NAN)).collect()
            }
        }
    }

    /// All values as whole numbers, if they are such, with a stand-in where one is missing.
    pub(super) fn integers(&self, missing: i64) -> Option<Cow<'a, [i64]>> {
        match self {
            Self::Integers(values) => Some(Cow::Borrowed(values)),
            Self::SomeIntegers(values) => {
                Some((0..values.rows()).map(|row| values.number(row).unwrap_or(missing)).collect())
            }
            Self::Floats(_) | Self::FloatsOrNan(_) | Self::SomeFloats(_) => None,
        }
    }
}

impl<'a> From<&'a [i64]> for MeasureValues<'a> {
    fn from(values: &'a [i64]) -> Self {
        Self::Integers(values)
    }
}

impl<'a> From<&'a [f64]> for MeasureValues<'a> {
    fn from(values: &'a [f64]) -> Self {
        Self::Floats(values)
    }
}

impl<'a> From<&'a Vec<i64>> for MeasureValues<'a> {
    fn from(values: &'a Vec<i64>) -> Self {
        Self::Integers(values)
    }
}

impl<'a> From<&'a Vec<f64>> for MeasureValues<'a> {
    fn from(values: &'a Vec<f64>) -> Self {
        Self::Floats(values)
    }
}

impl<'a, const ROWS: usize> From<&'a [i64; ROWS]> for MeasureValues<'a> {
    fn from(values: &'a [i64; ROWS]) -> Self {
        Self::Integers(values)
    }
}

impl<'a, const ROWS: usize> From<&'a [f64; ROWS]> for MeasureValues<'a> {
    fn from(values: &'a [f64; ROWS]) -> Self {
        Self::Floats(values)
    }
}

impl<'a> From<&'a Vec<Option<i64>>> for MeasureValues<'a> {
    fn from(values: &'a Vec<Option<i64>>) -> Self {
        Self::SomeIntegers(values)
    }
}

impl<'a> From<&'a Vec<Option<f64>>> for MeasureValues<'a> {
    fn from(values: &'a Vec<Option<f64>>) -> Self {
        Self::SomeFloats(values)
    }
}

impl<'a, const ROWS: usize> From<&'a [Option<i64>; ROWS]> for MeasureValues<'a> {
    fn from(values: &'a [Option<i64>; ROWS]) -> Self {
        Self::SomeIntegers(values)
    }
}

impl<'a, const ROWS: usize> From<&'a [Option<f64>; ROWS]> for MeasureValues<'a> {
    fn from(values: &'a [Option<f64>; ROWS]) -> Self {
        Self::SomeFloats(values)
    }
}

/// One thing to roll up: a name, how, and the values, one for each row.
///
/// ```
/// use gridcore::tree::Measure;
/// let visits = [3, 0, 5];
/// let area = [0.5, 1.5, 2.0];
/// let measures = [Measure::sum("visits", &visits), Measure::mean("visits per km2", &visits).weighted_by(&area)];
/// assert_eq!(measures[1].name(), "visits per km2");
/// ```
#[derive(Clone)]
pub struct Measure<'a> {
    pub(super) name: String,
    pub(super) how: How,
    pub(super) values: Option<MeasureValues<'a>>,
    pub(super) weights: Option<MeasureValues<'a>>,
}

impl<'a> Measure<'a> {
    /// A measure with values.
    #[must_use]
    pub fn new(name: impl Into<String>, how: How, values: impl Into<MeasureValues<'a>>) -> Self {
        Self { name: name.into(), how, values: Some(values.into()), weights: None }
    }

    /// The sum of the values that are present; of whole numbers a whole number.
    #[must_use]
    pub fn sum(name: impl Into<String>, values: impl Into<MeasureValues<'a>>) -> Self {
        Self::new(name, How::Sum, values)
    }

    /// The number of rows: visits, persons, whatever a row stands for.
    #[must_use]
    pub fn rows(name: impl Into<String>) -> Self {
        Self { name: name.into(), how: How::Count, values: None, weights: None }
    }

    /// The number of values that are present.
    #[must_use]
    pub fn count(name: impl Into<String>, values: impl Into<MeasureValues<'a>>) -> Self {
        Self::new(name, How::Count, values)
    }

    /// The least value.
    #[must_use]
    pub fn min(name: impl Into<String>, values: impl Into<MeasureValues<'a>>) -> Self {
        Self::new(name, How::Min, values)
    }

    /// The greatest value.
    #[must_use]
    pub fn max(name: impl Into<String>, values: impl Into<MeasureValues<'a>>) -> Self {
        Self::new(name, How::Max, values)
    }

    /// The mean of the values that are present, each row with the same weight unless weights follow.
    #[must_use]
    pub fn mean(name: impl Into<String>, values: impl Into<MeasureValues<'a>>) -> Self {
        Self::new(name, How::Mean, values)
    }

    /// Sets the weights of a mean: not negative, one for each value that is present.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([
    /// #     GridRow::new("1", "city"),
    /// #     GridRow::new("11", "north").under("1"),
    /// #     GridRow::new("12", "south").under("1"),
    /// # ])?;
    /// use gridcore::tree::Measure;
    /// let at = tree.index(["11", "12"])?;
    /// let measure = Measure::mean("age", &[40.0, 50.0]).weighted_by(&[300, 100]);
    /// assert_eq!(tree.rollup(&at, &[measure])?.float("age", tree.root()), Some(42.5));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn weighted_by(mut self, weights: impl Into<MeasureValues<'a>>) -> Self {
        self.weights = Some(weights.into());
        self
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How the values become one.
    #[must_use]
    pub fn how(&self) -> How {
        self.how
    }
}
