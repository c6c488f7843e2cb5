//! The published formulas of the GCJ-02 and BD-09 shifts, and their inverses.
//!
//! The series and its constants are those of the open converters (eviltransform, coordtransform, `PRCoords`); the inverse
//! by fixed-point iteration is the one that `PRCoords` credits to Cai Jun. All transcendental functions come from `libm`, so that every platform agrees bit for bit.

use std::f64::consts::PI;

/// The semi-major axis of the Krasovsky 1940 ellipsoid, in metres.
const AXIS: f64 = 6_378_245.0;
/// The squared eccentricity of the Krasovsky 1940 ellipsoid.
const ECCENTRICITY_SQUARED: f64 = 0.006_693_421_622_965_943;
/// What turns degrees into the phase of Baidu's ripple.
const RIPPLE: f64 = PI * 3000.0 / 180.0;

/// Whether the shift applies at a place.
fn is_shifted([lon, lat]: [f64; 2]) -> bool {
    (72.004..=137.8347).contains(&lon) && (0.8293..=55.8271).contains(&lat)
}

/// Two waves that both axes share, in metres.
fn common_waves(x: f64) -> f64 {
    (20.0 * libm::sin(6.0 * x * PI) + 20.0 * libm::sin(2.0 * x * PI)) * (2.0 / 3.0)
}

/// A wave over `t` with three periods, in metres.
fn wave(t: f64, terms: [(f64, f64); 2]) -> f64 {
    terms.iter().map(|(amplitude, period)| amplitude * libm::sin(t / period * PI)).sum::<f64>() * (2.0 / 3.0)
}

/// The shift from WGS-84 to GCJ-02 at a place, in degrees, whether or not it applies there.
fn offset([lon, lat]: [f64; 2]) -> [f64; 2] {
    let (x, y) = (lon - 105.0, lat - 35.0);
    let root = x.abs().sqrt();
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + common_waves(x)
        + wave(y, [(20.0, 1.0), (40.0, 3.0)])
        + wave(y, [(160.0, 12.0), (320.0, 30.0)]);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + common_waves(x)
        + wave(x, [(20.0, 1.0), (40.0, 3.0)])
        + wave(x, [(150.0, 12.0), (300.0, 30.0)]);
    let (sine, cosine) = libm::sincos(lat / 180.0 * PI);
    let w2 = 1.0 - ECCENTRICITY_SQUARED * sine * sine;
    let w = w2.sqrt();
    let meridian_radius = AXIS * (1.0 - ECCENTRICITY_SQUARED) / (w2 * w);
    let parallel_radius = AXIS / w * cosine;
    [east * 180.0 / (parallel_radius * PI), north * 180.0 / (meridian_radius * PI)]
}

/// Solves `at = known − shift(at)`, whose right side shrinks distances to a hundredth, until it stands still.
fn settle(known: [f64; 2], shift: impl Fn([f64; 2]) -> [f64; 2]) -> [f64; 2] {
    const ROUNDS: usize = 30;
    const STILL: f64 = 1e-12;
    let mut at = known;
    for _ in 0..ROUNDS {
        let [east, north] = shift(at);
        let next = [known[0] - east, known[1] - north];
        let moved = (next[0] - at[0]).abs().max((next[1] - at[1]).abs());
        at = next;
        if moved < STILL {
            break;
        }
    }
    at
}

pub(super) fn gcj02_of_wgs84(at: [f64; 2]) -> [f64; 2] {
    if !is_shifted(at) {
        return at;
    }
    let [east, north] = offset(at);
    [at[0] + east, at[1] + north]
}

pub(super) fn wgs84_of_gcj02(at: [f64; 2]) -> [f64; 2] {
    if is_shifted(at) { settle(at, offset) } else { at }
}

/// The shift from GCJ-02 to BD-09 at a place, in degrees.
fn baidu_offset([lon, lat]: [f64; 2]) -> [f64; 2] {
    let radius = libm::hypot(lon, lat) + 0.000_02 * libm::sin(lat * RIPPLE);
    let angle = libm::atan2(lat, lon) + 0.000_003 * libm::cos(lon * RIPPLE);
    let (sine, cosine) = libm::sincos(angle);
    [radius * cosine + 0.0065 - lon, radius * sine + 0.006 - lat]
}

pub(super) fn bd09_of_gcj02(at: [f64; 2]) -> [f64; 2] {
    if !is_shifted(at) {
        return at;
    }
    let [east, north] = baidu_offset(at);
    [at[0] + east, at[1] + north]
}

pub(super) fn gcj02_of_bd09(at: [f64; 2]) -> [f64; 2] {
    if is_shifted(at) { settle(at, baidu_offset) } else { at }
}
