//! Distances and areas on the earth, in metres and square metres.
//!
//! A distance is the length of the shortest line on the WGS-84 ellipsoid, after C. F. F. Karney, "Algorithms for
//! geodesics", Journal of Geodesy 87 (2013); it is right to a few nanometres, for antipodal places too.
//! An area is that of a ring whose edges are straight in longitude and latitude, as RFC 7946 says of `GeoJSON`, on the
//! same ellipsoid. Such areas add up: the parts of a grid have together exactly its area, which areas between
//! geodesics would not. In a plane both are Euclidean.

mod area;
mod inverse;
mod series;

use super::position::{Point, Points, PositionError, same};
use super::reference::{Reference, convert};

pub(super) use area::signed_area_m2;

/// The semi-major axis of WGS-84, in metres.
const AXIS: f64 = 6_378_137.0;
/// The flattening of WGS-84.
const FLATTENING: f64 = 1.0 / 298.257_223_563;
/// The semi-minor axis, in metres.
const MINOR_AXIS: f64 = AXIS * (1.0 - FLATTENING);
/// The first eccentricity squared.
const ECCENTRICITY_SQUARED: f64 = FLATTENING * (2.0 - FLATTENING);

/// The distance between two positions of one reference, in metres.
pub(super) fn distance_m(reference: &Reference, from: [f64; 2], to: [f64; 2]) -> f64 {
    if reference.is_geographic() {
        let on_earth = |at| convert(reference, &Reference::Wgs84, at);
        inverse::distance(on_earth(from), on_earth(to))
    } else {
        libm::hypot(to[0] - from[0], to[1] - from[1])
    }
}

impl Point {
    /// The distance to another point, in metres: geodesic, or Euclidean in a plane.
    ///
    /// Points in GCJ-02 or BD-09 are taken back to WGS-84 first: the shift distorts lengths.
    ///
    /// ```
    /// use gridcore::geo::{Point, Reference};
    /// // Karney's paper, table 5: nearly antipodal, where iterations in longitude fail.
    /// let here = Point::new(Reference::Wgs84, 0.0, -30.0)?;
    /// let there = Point::new(Reference::Wgs84, 179.8, 29.9)?;
    /// assert!((here.distance_m(&there)? - 19_989_832.827_610).abs() < 1e-6);
    /// # Ok::<(), gridcore::geo::PositionError>(())
    /// ```
    ///
    /// # Errors
    /// [`PositionError::Mixed`] if the references differ.
    pub fn distance_m(&self, to: &Self) -> Result<f64, PositionError> {
        same(to.reference(), self.reference())?;
        Ok(distance_m(self.reference(), [self.x(), self.y()], [to.x(), to.y()]))
    }
}

impl Points {
    /// The distance from each place to the place of the same row in `to`, in metres; see [`Point::distance_m`].
    ///
    /// ```
    /// use gridcore::geo::{Points, Reference};
    /// let from = Points::new(Reference::Wgs84, vec![0.0, 113.0], vec![0.0, 22.5])?;
    /// let to = Points::new(Reference::Wgs84, vec![1.0, 113.0], vec![0.0, 22.5])?;
    /// let metres = from.distances_m(&to)?;
    /// assert!((metres[0] - 111_319.490_793).abs() < 1e-6); // one degree of the equator
    /// assert_eq!(metres[1], 0.0);
    /// # Ok::<(), gridcore::geo::PositionError>(())
    /// ```
    ///
    /// # Errors
    /// [`PositionError::Mixed`] if the references differ, [`PositionError::Columns`] if the lengths do.
    ///
    /// # Complexity
    /// O(n) time and space; about a microsecond a pair.
    pub fn distances_m(&self, to: &Self) -> Result<Vec<f64>, PositionError> {
        same(to.reference(), self.reference())?;
        if self.len() != to.len() {
            return Err(PositionError::Columns { x: self.len(), y: to.len() });
        }
        let ends = to.x().iter().zip(to.y());
        let pairs = self.x().iter().zip(self.y()).zip(ends);
        Ok(pairs.map(|((&x1, &y1), (&x2, &y2))| distance_m(self.reference(), [x1, y1], [x2, y2])).collect())
    }

    /// The area of the ring that these places are the corners of, in square metres.
    ///
    /// The ring may be closed or not and run either way round; it must not cross itself or the 180th meridian
    /// (RFC 7946 has such rings cut). Its edges are straight in longitude and latitude. The error is below 10⁻¹⁰ of
    /// the area, or a square millimetre for grids smaller than a city.
    ///
    /// ```
    /// use gridcore::geo::{Points, Reference};
    /// let octant = Points::new(Reference::Wgs84, vec![0.0, 90.0, 90.0, 0.0], vec![0.0, 0.0, 90.0, 90.0])?;
    /// assert!((octant.ring_area_m2() * 8.0 - 510_065_621_724_088.4).abs() < 1e3); // the whole earth
    /// let square = Points::new(Reference::metres("local")?, vec![0.0, 5.0, 5.0, 0.0], vec![0.0, 0.0, 5.0, 5.0])?;
    /// assert_eq!(square.ring_area_m2(), 25.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    /// O(n) time.
    #[must_use]
    pub fn ring_area_m2(&self) -> f64 {
        let ring: Vec<[f64; 2]> = self.x().iter().zip(self.y()).map(|(&x, &y)| [x, y]).collect();
        signed_area_m2(self.reference(), &ring).abs()
    }
}
