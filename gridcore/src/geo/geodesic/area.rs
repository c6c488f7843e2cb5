//! The area of a ring with edges straight in longitude and latitude.

use super::super::reference::{Reference, convert};
use super::{ECCENTRICITY_SQUARED, MINOR_AXIS};

/// The nodes of Gauss–Legendre quadrature of order five on [−1, 1], and their weights.
const NODES: [(f64, f64); 5] = [
    (-0.906_179_845_938_664, 0.236_926_885_056_189_1),
    (-0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
    (0.0, 0.568_888_888_888_888_9),
    (0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
    (0.906_179_845_938_664, 0.236_926_885_056_189_1),
];
/// The longest piece of an edge that one quadrature covers, in degrees of latitude.
const PIECE: f64 = 3.0;

/// The area between the equator and a latitude, for one radian of longitude: the closed form behind the authalic latitude.
fn below(latitude: f64) -> f64 {
    let eccentricity = ECCENTRICITY_SQUARED.sqrt();
    let sine = libm::sin(latitude.to_radians());
    let half = MINOR_AXIS * MINOR_AXIS / 2.0;
    half * (sine / (1.0 - ECCENTRICITY_SQUARED * sine * sine)
        + libm::atanh(eccentricity * sine) / eccentricity)
}

/// The mean of [`below`], less `base`, along an edge between two latitudes.
fn mean_below(from: f64, to: f64, base: f64) -> f64 {
    let pieces = ((to - from).abs() / PIECE).ceil().max(1.0);
    let step = (to - from) / pieces;
    let mut sum = 0.0;
    let mut piece = 0.5;
    while piece < pieces {
        let middle = from + step * piece;
        piece += 1.0;
        for (node, weight) in NODES {
            sum += weight * (below(middle + step / 2.0 * node) - base);
        }
    }
    sum / (2.0 * pieces)
}

/// The area of a ring in square metres: positive if it runs against the clock.
///
/// The area below each edge is integrated over its longitude, reckoned from the latitude of the first corner, so that
/// small rings lose nothing to cancellation. The ring may be closed or not.
pub(in super::super) fn signed_area_m2(reference: &Reference, ring: &[[f64; 2]]) -> f64 {
    let Some((&first, rest)) = ring.split_first() else { return 0.0 };
    if !reference.is_geographic() {
        let mut doubled = 0.0;
        for pair in rest.windows(2) {
            let ([ax, ay], [bx, by]) = (pair[0], pair[1]);
            doubled += (ax - first[0]) * (by - first[1]) - (bx - first[0]) * (ay - first[1]);
        }
        return doubled / 2.0;
    }
    let on_earth = |&at: &[f64; 2]| convert(reference, &Reference::Wgs84, at);
    let start = on_earth(&first);
    let base = below(start[1]);
    let mut area = 0.0;
    let mut from = start;
    for to in rest.iter().map(on_earth).chain([start]) {
        let width = (from[0] - to[0]).to_radians();
        if width != 0.0 {
            area += width * mean_below(from[1], to[1], base);
        }
        from = to;
    }
    area
}
