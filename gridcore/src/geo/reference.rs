//! Coordinate references (坐标系) and the conversions between them.
//!
//! Three geographic references are in daily use in China: WGS-84, what a satellite receiver says;
//! GCJ-02, the shifted coordinates every published map must use; BD-09, Baidu's further shift of GCJ-02.
//! A point read in the wrong one lies 50 to 1200 metres away, so every coordinate here carries its reference,
//! two references are never mixed silently, and a conversion happens only on request.
//!
//! The shift formulas are the published, approximate ones (no official text exists); see [`Reference::Gcj02`].

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::position::{Point, Points, PositionError};
use super::shift;

/// What a pair of coordinates is measured in.
///
/// As text: `wgs84`, `gcj02`, `bd09`, `cgcs2000`, or `metres:` and the name of a plane. The register names
/// `EPSG:4326`, `OGC:CRS84` and `EPSG:4490`, also as URNs, are understood too. A bare number such as `EPSG:4547`
/// is not: it does not tell whether its unit is the metre, so it is written `metres:EPSG:4547`.
///
/// ```
/// use gridcore::geo::Reference;
/// let reference: Reference = "urn:ogc:def:crs:OGC:1.3:CRS84".parse()?;
/// assert_eq!(reference, Reference::Wgs84);
/// assert_eq!("metres:EPSG:4547".parse::<Reference>()?.to_string(), "metres:EPSG:4547");
/// assert!("EPSG:4547".parse::<Reference>().is_err());
/// # Ok::<(), gridcore::geo::MalformedReference>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reference {
    /// Degrees east and north on WGS-84.
    #[default]
    Wgs84,
    /// Degrees on China's geodetic system of 2000 (国家大地坐标系); within a metre of WGS-84, so that it converts unchanged.
    Cgcs2000,
    /// Degrees on WGS-84 shifted by the published approximation of GCJ-02 (火星坐标).
    ///
    /// The shift applies from 72.004° to 137.8347° east and from 0.8293° to 55.8271° north, a box that holds all of
    /// China and parts of its neighbours. Outside it WGS-84, GCJ-02 and BD-09 coincide.
    Gcj02,
    /// GCJ-02 shifted once more (百度坐标).
    Bd09,
    /// Metres east and north in a named plane.
    Projected(PlaneName),
}

/// The name of a plane whose unit is the metre, such as `EPSG:4547` or `local`.
///
/// ```
/// use gridcore::geo::PlaneName;
/// assert_eq!("EPSG:4547".parse::<PlaneName>()?.as_str(), "EPSG:4547");
/// assert!("two words".parse::<PlaneName>().is_err());
/// # Ok::<(), gridcore::geo::MalformedReference>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaneName(Arc<str>);

impl PlaneName {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PlaneName {
    type Err = MalformedReference;

    fn from_str(text: &str) -> Result<Self, MalformedReference> {
        const MOST: usize = 64;
        let sound =
            (1..=MOST).contains(&text.len()) && text.chars().all(|c| !c.is_control() && !c.is_whitespace());
        if sound { Ok(Self(text.into())) } else { Err(MalformedReference(())) }
    }
}

/// The text names no coordinate reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedReference(());

impl fmt::Display for MalformedReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a coordinate reference is wgs84, gcj02, bd09, cgcs2000 or metres: and the name of a plane",
        )
    }
}

impl std::error::Error for MalformedReference {}

impl Reference {
    /// Names a plane in metres.
    ///
    /// ```
    /// use gridcore::geo::Reference;
    /// assert!(!Reference::metres("EPSG:4547")?.is_geographic());
    /// # Ok::<(), gridcore::geo::MalformedReference>(())
    /// ```
    ///
    /// # Errors
    /// If the name is empty, longer than 64 bytes, or has white space in it.
    pub fn metres(plane: &str) -> Result<Self, MalformedReference> {
        plane.parse().map(Self::Projected)
    }

    /// Whether the coordinates are degrees, not metres.
    #[must_use]
    pub const fn is_geographic(&self) -> bool {
        !matches!(self, Self::Projected(_))
    }

    /// Whether [`Point::to`] can go from here to `other`.
    #[must_use]
    pub fn converts_to(&self, other: &Self) -> bool {
        self == other || (self.is_geographic() && other.is_geographic())
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wgs84 => f.pad("wgs84"),
            Self::Cgcs2000 => f.pad("cgcs2000"),
            Self::Gcj02 => f.pad("gcj02"),
            Self::Bd09 => f.pad("bd09"),
            Self::Projected(plane) => f.pad(&format!("metres:{}", plane.as_str())),
        }
    }
}

impl FromStr for Reference {
    type Err = MalformedReference;

    fn from_str(text: &str) -> Result<Self, MalformedReference> {
        if let Some(plane) = text.strip_prefix("metres:") {
            return Self::metres(plane);
        }
        let name = text.to_ascii_lowercase();
        match name.as_str() {
            "wgs84"
            | "wgs-84"
            | "epsg:4326"
            | "ogc:crs84"
            | "urn:ogc:def:crs:ogc:1.3:crs84"
            | "urn:ogc:def:crs:ogc::crs84"
            | "urn:ogc:def:crs:epsg::4326" => Ok(Self::Wgs84),
            "cgcs2000" | "epsg:4490" | "urn:ogc:def:crs:epsg::4490" => Ok(Self::Cgcs2000),
            "gcj02" | "gcj-02" => Ok(Self::Gcj02),
            "bd09" | "bd-09" | "bd09ll" => Ok(Self::Bd09),
            _ => Err(MalformedReference(())),
        }
    }
}

impl serde::Serialize for Reference {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Reference {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Converts one position between two geographic references, both known to be geographic.
pub(super) fn convert(from: &Reference, to: &Reference, at: [f64; 2]) -> [f64; 2] {
    use Reference::{Bd09, Cgcs2000, Gcj02, Projected, Wgs84};
    match (from, to) {
        (Wgs84 | Cgcs2000, Wgs84 | Cgcs2000)
        | (Gcj02, Gcj02)
        | (Bd09, Bd09)
        | (Projected(_), _)
        | (_, Projected(_)) => at,
        (Wgs84 | Cgcs2000, Gcj02) => shift::gcj02_of_wgs84(at),
        (Wgs84 | Cgcs2000, Bd09) => shift::bd09_of_gcj02(shift::gcj02_of_wgs84(at)),
        (Gcj02, Wgs84 | Cgcs2000) => shift::wgs84_of_gcj02(at),
        (Gcj02, Bd09) => shift::bd09_of_gcj02(at),
        (Bd09, Gcj02) => shift::gcj02_of_bd09(at),
        (Bd09, Wgs84 | Cgcs2000) => shift::wgs84_of_gcj02(shift::gcj02_of_bd09(at)),
    }
}

impl Point {
    /// The same place in another reference.
    ///
    /// The way back from a shifted reference is found by fixed-point iteration to within 10⁻¹¹ degree, so that a
    /// round trip gives the first coordinates again to within 10⁻⁹ degree, 0.1 mm; the one exception is a strip of a
    /// twentieth of a degree along the edge of the box in which the shift applies, all of it outside China.
    ///
    /// ```
    /// use gridcore::geo::{Point, Reference};
    /// let gate = Point::new(Reference::Wgs84, 116.404, 39.915)?;
    /// let shown = gate.to(&Reference::Gcj02)?;
    /// assert!((shown.x() - 116.410_244_499_169_38).abs() < 1e-9);
    /// assert!((shown.y() - 39.916_404_281_501_64).abs() < 1e-9);
    /// assert!((shown.to(&Reference::Wgs84)?.x() - 116.404).abs() < 1e-9);
    /// # Ok::<(), gridcore::geo::PositionError>(())
    /// ```
    ///
    /// # Errors
    /// [`PositionError::NoConversion`] if either reference is a plane in metres and they differ: a projection
    /// library converts those.
    pub fn to(&self, reference: &Reference) -> Result<Self, PositionError> {
        convertible(self.reference(), reference)?;
        let [x, y] = convert(self.reference(), reference, [self.x(), self.y()]);
        Ok(Self::from_checked(reference.clone(), x, y))
    }
}

impl Points {
    /// The same places in another reference, in the same order; see [`Point::to`].
    ///
    /// ```
    /// use gridcore::geo::{Points, Reference};
    /// let places = Points::new(Reference::Bd09, vec![113.4, 113.5], vec![22.5, 22.6])?;
    /// let places = places.to(&Reference::Wgs84)?;
    /// assert!(places.x()[0] < 113.4 && places.x()[1] < 113.5);
    /// # Ok::<(), gridcore::geo::PositionError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Point::to`].
    ///
    /// # Complexity
    /// O(n) time and space; a handful of iterations a point.
    pub fn to(&self, reference: &Reference) -> Result<Self, PositionError> {
        convertible(self.reference(), reference)?;
        let (mut xs, mut ys) = (self.x().to_vec(), self.y().to_vec());
        if self.reference() != reference {
            for (x, y) in xs.iter_mut().zip(&mut ys) {
                [*x, *y] = convert(self.reference(), reference, [*x, *y]);
            }
        }
        Ok(Self::from_checked(reference.clone(), xs, ys))
    }
}

/// Says no if two references have no conversion.
pub(super) fn convertible(from: &Reference, to: &Reference) -> Result<(), PositionError> {
    if from.converts_to(to) {
        Ok(())
    } else {
        Err(PositionError::NoConversion { from: from.clone(), to: to.clone() })
    }
}
