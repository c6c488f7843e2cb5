//! Points that carry their coordinate reference, and what can be wrong with them.

use std::fmt;

use crate::error::{Fault, Lang, Problem, report};

use super::reference::Reference;

/// One place: a reference and two coordinates, checked.
///
/// `x` is degrees east (longitude) or metres east, `y` degrees north (latitude) or metres north.
///
/// ```
/// use gridcore::geo::{Point, Reference};
/// let office = Point::new(Reference::Wgs84, 113.3926, 22.5176)?;
/// assert_eq!((office.x(), office.y()), (113.3926, 22.5176));
/// assert!(Point::new(Reference::Wgs84, 22.5176, 113.3926).is_err()); // no latitude is 113°
/// # Ok::<(), gridcore::geo::PositionError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    reference: Reference,
    at: [f64; 2],
}

impl Point {
    /// Checks two coordinates and joins them to their reference.
    ///
    /// # Errors
    /// [`PositionError::Positions`] if a coordinate is not finite, or a longitude lies beyond ±180°, a latitude beyond
    /// ±90°, or a coordinate in metres beyond 10⁹.
    pub fn new(reference: Reference, x: f64, y: f64) -> Result<Self, PositionError> {
        let faults = check(&reference, &[x], &[y]);
        if faults.is_empty() {
            Ok(Self { reference, at: [x, y] })
        } else {
            Err(PositionError::Positions(faults))
        }
    }

    pub(super) fn from_checked(reference: Reference, x: f64, y: f64) -> Self {
        Self { reference, at: [x, y] }
    }

    /// What the coordinates are measured in.
    #[must_use]
    pub fn reference(&self) -> &Reference {
        &self.reference
    }

    /// Degrees east, or metres east.
    #[must_use]
    pub fn x(&self) -> f64 {
        self.at[0]
    }

    /// Degrees north, or metres north.
    #[must_use]
    pub fn y(&self) -> f64 {
        self.at[1]
    }
}

/// Many places in one reference, as two columns, checked.
///
/// ```
/// use gridcore::{Problem, geo::{Points, Reference}};
/// let wrong = Points::new(Reference::Wgs84, vec![113.4, f64::NAN], vec![122.5, 22.6]);
/// let faults = wrong.expect_err("two coordinates are wrong").faults();
/// assert_eq!(faults.len(), 2);
/// assert_eq!((faults[0].row, faults[1].row), (Some(0), Some(1)));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    reference: Reference,
    xs: Vec<f64>,
    ys: Vec<f64>,
}

impl Points {
    /// Checks two columns of coordinates and joins them to their reference.
    ///
    /// # Errors
    /// [`PositionError::Columns`] if the columns differ in length; [`PositionError::Positions`] with every coordinate
    /// that is not finite or out of range.
    ///
    /// # Complexity
    /// O(n) time.
    pub fn new(reference: Reference, xs: Vec<f64>, ys: Vec<f64>) -> Result<Self, PositionError> {
        if xs.len() != ys.len() {
            return Err(PositionError::Columns { x: xs.len(), y: ys.len() });
        }
        let faults = check(&reference, &xs, &ys);
        if faults.is_empty() { Ok(Self { reference, xs, ys }) } else { Err(PositionError::Positions(faults)) }
    }

    pub(super) fn from_checked(reference: Reference, xs: Vec<f64>, ys: Vec<f64>) -> Self {
        Self { reference, xs, ys }
    }

    /// What the coordinates are measured in.
    #[must_use]
    pub fn reference(&self) -> &Reference {
        &self.reference
    }

    /// Degrees east, or metres east.
    #[must_use]
    pub fn x(&self) -> &[f64] {
        &self.xs
    }

    /// Degrees north, or metres north.
    #[must_use]
    pub fn y(&self) -> &[f64] {
        &self.ys
    }

    /// How many places there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.xs.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.xs.is_empty()
    }
}

/// Which coordinate of a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// East: longitude, or metres.
    X,
    /// North: latitude, or metres.
    Y,
}

/// What is wrong with one coordinate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadCoordinate {
    /// Not a number, or infinite.
    NotFinite,
    /// A longitude beyond ±180°, a latitude beyond ±90°, or further than 10⁹ metres from the origin of a plane.
    OutOfRange,
}

impl BadCoordinate {
    /// Finds the fault of one coordinate, if it has one.
    pub(super) fn of(reference: &Reference, axis: Axis, value: f64) -> Option<Self> {
        let most = match axis {
            _ if !reference.is_geographic() => 1e9,
            Axis::X => 180.0,
            Axis::Y => 90.0,
        };
        if !value.is_finite() {
            Some(Self::NotFinite)
        } else if value.abs() > most {
            Some(Self::OutOfRange)
        } else {
            None
        }
    }

    /// The stable name of the fault.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::NotFinite => "not_finite",
            Self::OutOfRange => "out_of_range",
        }
    }

    /// What it is and what to do, in English and Chinese.
    pub(super) fn texts(self, axis: Axis) -> [&'static str; 4] {
        match (self, axis) {
            (Self::NotFinite, _) => [
                "a coordinate is not a finite number",
                "坐标不是有限数",
                "leave out rows without a place",
                "请去掉没有位置的行",
            ],
            (Self::OutOfRange, Axis::X) => [
                "a longitude lies beyond 180°, or a coordinate in metres beyond 10⁹",
                "经度超出 ±180°，或以米计的坐标超出 10⁹",
                "say metres: and the plane if the coordinates are projected",
                "如为投影坐标，请注明 metres: 与平面名称",
            ],
            (Self::OutOfRange, Axis::Y) => [
                "a latitude lies beyond 90°, or a coordinate in metres beyond 10⁹",
                "纬度超出 ±90°，或以米计的坐标超出 10⁹",
                "the order is longitude, then latitude; projected coordinates need metres: and the plane",
                "顺序为先经度、后纬度；投影坐标请注明 metres: 与平面名称",
            ],
        }
    }
}

/// Why coordinates could not be taken, converted or measured.
///
/// ```
/// use gridcore::{Lang, Problem, geo::{Point, Reference}};
/// let error = Point::new(Reference::Wgs84, 200.0, 22.5).expect_err("too far east");
/// assert_eq!(error.code(), "bad_positions");
/// assert!(error.text(Lang::Zh).contains("经度超出 ±180°"));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PositionError {
    /// The two sides are in different references.
    Mixed {
        /// The reference that came second.
        found: Reference,
        /// The reference it was to match.
        wanted: Reference,
    },
    /// No conversion is known between the two references.
    NoConversion {
        /// Where the coordinates are.
        from: Reference,
        /// Where they were to go.
        to: Reference,
    },
    /// Two columns that belong together differ in length.
    Columns {
        /// The length of the first.
        x: usize,
        /// The length of the second.
        y: usize,
    },
    /// Coordinates that are not finite or out of range: row, axis, fault.
    Positions(Vec<(usize, Axis, BadCoordinate)>),
}

fn check(reference: &Reference, xs: &[f64], ys: &[f64]) -> Vec<(usize, Axis, BadCoordinate)> {
    let mut faults = Vec::new();
    for (row, (&x, &y)) in xs.iter().zip(ys).enumerate() {
        for (axis, value) in [(Axis::X, x), (Axis::Y, y)] {
            if let Some(fault) = BadCoordinate::of(reference, axis, value) {
                faults.push((row, axis, fault));
            }
        }
    }
    faults
}

/// Says no if two things that must share a reference do not.
pub(super) fn same(found: &Reference, wanted: &Reference) -> Result<(), PositionError> {
    if found == wanted {
        Ok(())
    } else {
        Err(PositionError::Mixed { found: found.clone(), wanted: wanted.clone() })
    }
}

impl Problem for PositionError {
    fn code(&self) -> &'static str {
        match self {
            Self::Mixed { .. } => "mixed_references",
            Self::NoConversion { .. } => "no_conversion",
            Self::Columns { .. } => "column_lengths",
            Self::Positions(_) => "bad_positions",
        }
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Mixed { found, wanted } => vec![
                Fault::new(self.code())
                    .found(found, wanted)
                    .says(
                        format!("coordinates in {found} meet coordinates in {wanted}"),
                        format!("{found} 坐标与 {wanted} 坐标混用"),
                    )
                    .remedy("convert one side first", "请先转换其中一方"),
            ],
            Self::NoConversion { from, to } => vec![
                Fault::new(self.code())
                    .found(from, to)
                    .says(
                        format!("there is no conversion from {from} to {to}"),
                        format!("无法从 {from} 转换到 {to}"),
                    )
                    .remedy("use a projection library first", "请先用投影库转换"),
            ],
            Self::Columns { x, y } => vec![
                Fault::new(self.code())
                    .found(y, x)
                    .says(
                        format!("one column has {x} rows, the other {y}"),
                        format!("两列长度不同：{x} 与 {y}"),
                    )
                    .remedy("give one x and one y for each place", "每个位置应各有一个 x 与 y"),
            ],
            Self::Positions(faults) => faults
                .iter()
                .map(|&(row, axis, fault)| {
                    let [en, zh, remedy, remedy_zh] = fault.texts(axis);
                    let column = if axis == Axis::X { "x" } else { "y" };
                    Fault::new(fault.code()).at(row).in_column(column).says(en, zh).remedy(remedy, remedy_zh)
                })
                .collect(),
        }
    }
}

impl fmt::Display for PositionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&report(&self.faults(), Lang::En))
    }
}

impl std::error::Error for PositionError {}
