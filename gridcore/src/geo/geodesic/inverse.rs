//! The inverse geodesic problem: how far are two places apart?
//!
//! After Karney (2013): the problem is brought to a canonical form (first latitude southern and larger), a starting
//! azimuth is guessed (section 5; near the antipode from the astroid), and Newton's method on the longitude that the
//! azimuth leads to (section 4), kept in a bracket that is halved whenever a step leaves it, refines it. All angles are
//! held as sine and cosine.
#![expect(
    clippy::float_cmp,
    reason = "equal latitudes are made equal to the last bit, and are recognised by it"
)]
#![expect(clippy::many_single_char_names, reason = "the names of the paper")]

use std::f64::consts::PI;

use super::series::{N, a1, a2, a3, c1, c2, c3, sine_series};
use super::{AXIS, ECCENTRICITY_SQUARED, FLATTENING, MINOR_AXIS};

const POLAR: f64 = 1.0 - FLATTENING;
/// The second eccentricity squared.
const EP2: f64 = ECCENTRICITY_SQUARED / (POLAR * POLAR);
/// What stands for zero where a sign must be kept: the root of the smallest normal number.
const TINY: f64 = 1.491_668_146_240_041_3e-154;
const TOLERANCE: f64 = f64::EPSILON;
const ROOT_TOLERANCE: f64 = 1.490_116_119_384_765_6e-8;

/// Sine and cosine of an angle, normalised on request.
#[derive(Clone, Copy)]
struct Angle {
    s: f64,
    c: f64,
}

impl Angle {
    fn new(s: f64, c: f64) -> Self {
        let r = libm::hypot(s, c);
        Self { s: s / r, c: c / r }
    }

    /// From degrees, exact at multiples of 90.
    fn degrees(x: f64) -> Self {
        let quarter = libm::round(x / 90.0);
        let (s, c) = libm::sincos((x - 90.0 * quarter).to_radians());
        match (quarter as i64).rem_euclid(4) {
            0 => Self { s, c },
            1 => Self { s: c, c: -s },
            2 => Self { s: -s, c: -c },
            _ => Self { s: -c, c: s },
        }
    }

    /// The angle from `from` to here, between 0 and π.
    fn since(self, from: Self) -> f64 {
        let sine = (from.c * self.s - from.s * self.c).max(0.0) + 0.0; // no −0, whose angle would be −π
        libm::atan2(sine, from.c * self.c + from.s * self.s)
    }
}

/// A reduced latitude β, with √(1 + e′² sin² β).
#[derive(Clone, Copy)]
struct Latitude {
    s: f64,
    c: f64,
    dn: f64,
}

impl Latitude {
    fn degrees(x: f64) -> Self {
        let geographic = Angle::degrees(x);
        let beta = Angle::new(POLAR * geographic.s, geographic.c);
        Self { s: beta.s, c: beta.c.max(TINY), dn: 1.0 }
    }

    fn with_dn(mut self) -> Self {
        self.dn = (1.0 + EP2 * self.s * self.s).sqrt();
        self
    }
}

/// Coarsens angles near zero to multiples of 2⁻⁵⁷ degree, so that no near-singular case arises.
fn rounded(x: f64) -> f64 {
    const Z: f64 = 1.0 / 16.0;
    let y = x.abs();
    let y = if y < Z { Z - (Z - y) } else { y };
    y.copysign(x)
}

/// The difference of two longitudes between −180 and 180 degrees, and its rounding error.
fn longitude_difference(from: f64, to: f64) -> (f64, f64) {
    let sum = to - from;
    let to_part = sum + from;
    let error = (to - to_part) - (from - (to_part - sum));
    let turned = sum - 360.0 * libm::round(sum / 360.0);
    (turned, error)
}

/// The expansion parameter ε for k².
fn epsilon(k2: f64) -> f64 {
    k2 / (2.0 * (1.0 + (1.0 + k2).sqrt()) + k2)
}

/// Distance and reduced length along a geodesic, in units of the semi-minor axis.
fn lengths(eps: f64, sigma: f64, from: (Angle, Latitude), to: (Angle, Latitude)) -> (f64, f64) {
    let ((sigma1, beta1), (sigma2, beta2)) = (from, to);
    let (a1, a2) = (a1(eps), a2(eps));
    let (c1, c2) = (c1(eps), c2(eps));
    let b1 = sine_series(&c1, sigma2.s, sigma2.c) - sine_series(&c1, sigma1.s, sigma1.c);
    let b2 = sine_series(&c2, sigma2.s, sigma2.c) - sine_series(&c2, sigma1.s, sigma1.c);
    let j = (a1 - a2) * sigma + (a1 * b1 - a2 * b2);
    let reduced =
        beta2.dn * (sigma1.c * sigma2.s) - beta1.dn * (sigma1.s * sigma2.c) - sigma1.c * sigma2.c * j;
    (a1 * (sigma + b1), reduced)
}

/// The positive root of the astroid equation (56) for x and y.
fn astroid(x: f64, y: f64) -> f64 {
    let (p, q) = (x * x, y * y);
    let r = (p + q - 1.0) / 6.0;
    if q == 0.0 && r <= 0.0 {
        return 0.0;
    }
    let s = p * q / 4.0;
    let r3 = r * r * r;
    let discriminant = s * (s + 2.0 * r3);
    let mut u = r;
    if discriminant >= 0.0 {
        let cube = s + r3;
        let cube = cube + discriminant.sqrt().copysign(cube);
        let t = libm::cbrt(cube);
        u += t + if t == 0.0 { 0.0 } else { r * r / t };
    } else {
        let angle = libm::atan2((-discriminant).sqrt(), -(s + r3));
        u += 2.0 * r * libm::cos(angle / 3.0);
    }
    let v = (u * u + q).sqrt();
    let uv = if u < 0.0 { q / (v - u) } else { u + v };
    let w = (uv - q) / (2.0 * v);
    uv / ((uv + w * w).sqrt() + w)
}

/// What the first guess yields.
enum Start {
    /// The line is so short that the sphere of the mean latitude answers: σ and the scale of that sphere.
    Short(f64, f64),
    /// An azimuth to begin from.
    Azimuth(Angle),
}

fn start(beta1: Latitude, beta2: Latitude, lambda: f64, turn: Angle) -> Start {
    /// Below this σ the spherical answer is exact to rounding.
    const SHORT: f64 = 0.1 * ROOT_TOLERANCE / 0.040_895; // √(max(f, 0.001) (1 − f/2) / 2)
    let difference = beta2.s * beta1.c - beta2.c * beta1.s;
    let sum = beta2.s * beta1.c + beta2.c * beta1.s;
    let cosine_difference = beta2.c * beta1.c + beta2.s * beta1.s;
    let short = cosine_difference >= 0.0 && difference < 0.5 && beta2.c * lambda < 0.5;
    let (mut omega, mut scale) = (turn, 1.0);
    if short {
        let s2 = (beta1.s + beta2.s) * (beta1.s + beta2.s);
        let mean2 = s2 / (s2 + (beta1.c + beta2.c) * (beta1.c + beta2.c));
        scale = (1.0 + EP2 * mean2).sqrt();
        let (s, c) = libm::sincos(lambda / (POLAR * scale));
        omega = Angle { s, c };
    }
    let mut sine = beta2.c * omega.s;
    let bend = beta2.c * beta1.s * omega.s * omega.s;
    let mut cosine =
        if omega.c >= 0.0 { difference + bend / (1.0 + omega.c) } else { sum - bend / (1.0 - omega.c) };
    let sigma = Angle { s: libm::hypot(sine, cosine), c: beta1.s * beta2.s + beta1.c * beta2.c * omega.c };
    if short && sigma.s < SHORT {
        return Start::Short(libm::atan2(sigma.s, sigma.c), scale);
    }
    let near_antipode = sigma.c < 0.0 && sigma.s < 6.0 * N * PI * beta1.c * beta1.c;
    if near_antipode {
        let eps = epsilon(beta1.s * beta1.s * EP2);
        let unit = FLATTENING * beta1.c * a3(eps) * PI;
        let x = libm::atan2(-turn.s, -turn.c) / unit;
        let y = sum / (unit * beta1.c);
        if y > -200.0 * TOLERANCE && x > -1.0 - 1000.0 * ROOT_TOLERANCE {
            sine = (-x).min(1.0);
            cosine = -(1.0 - sine * sine).sqrt();
        } else {
            let k = astroid(x, y);
            let (s, c) = libm::sincos(unit * -x * k / (1.0 + k));
            sine = beta2.c * s;
            cosine = sum - beta2.c * beta1.s * s * s / (1.0 + c);
        }
    }
    Start::Azimuth(if sine > 0.0 { Angle::new(sine, cosine) } else { Angle { s: 1.0, c: 0.0 } })
}

/// Where a geodesic that leaves with an azimuth crosses the second latitude.
struct Crossing {
    /// How far beyond the wanted longitude, in radians.
    beyond: f64,
    /// How that changes with the azimuth.
    slope: f64,
    sigma: f64,
    sigma1: Angle,
    sigma2: Angle,
    eps: f64,
}

fn cross(beta1: Latitude, beta2: Latitude, azimuth: Angle, turn: Angle) -> Crossing {
    let cosine1 = if beta1.s == 0.0 && azimuth.c == 0.0 { -TINY } else { azimuth.c };
    let s0 = azimuth.s * beta1.c;
    let c0 = libm::hypot(cosine1, azimuth.s * beta1.s);
    let east = cosine1 * beta1.c;
    let cosine2 = if beta2.c != beta1.c || beta2.s.abs() != -beta1.s {
        let gained = if beta1.c < -beta1.s {
            (beta2.c - beta1.c) * (beta1.c + beta2.c)
        } else {
            (beta1.s - beta2.s) * (beta1.s + beta2.s)
        };
        (east * east + gained).max(0.0).sqrt() / beta2.c
    } else {
        cosine1.abs()
    };
    let sigma1 = Angle::new(beta1.s, east);
    let sigma2 = Angle::new(beta2.s, cosine2 * beta2.c);
    let sigma = sigma2.since(sigma1);
    let (omega1, omega2) = ((s0 * beta1.s, east), (s0 * beta2.s, cosine2 * beta2.c));
    let omega = Angle {
        s: (omega1.1 * omega2.0 - omega1.0 * omega2.1).max(0.0),
        c: omega1.1 * omega2.1 + omega1.0 * omega2.0,
    };
    let eta = libm::atan2(omega.s * turn.c - omega.c * turn.s, omega.c * turn.c + omega.s * turn.s);
    let eps = epsilon(c0 * c0 * EP2);
    let c3 = c3(eps);
    let b3 = sine_series(&c3, sigma2.s, sigma2.c) - sine_series(&c3, sigma1.s, sigma1.c);
    let beyond = eta - FLATTENING * a3(eps) * s0 * (sigma + b3);
    let slope = if cosine2 == 0.0 {
        -2.0 * POLAR * beta1.dn / beta1.s
    } else {
        let (_, reduced) = lengths(eps, sigma, (sigma1, beta1), (sigma2, beta2));
        reduced * POLAR / (cosine2 * beta2.c)
    };
    Crossing { beyond, slope, sigma, sigma1, sigma2, eps }
}

/// Newton's method, kept in a bracket of azimuths.
fn solve(beta1: Latitude, beta2: Latitude, mut azimuth: Angle, turn: Angle) -> f64 {
    const NEWTON: u32 = 20;
    const ALL: u32 = NEWTON + 53 + 10;
    let (mut low, mut high) = (Angle { s: TINY, c: 1.0 }, Angle { s: TINY, c: -1.0 });
    let (mut near, mut closed) = (false, false);
    let mut found = cross(beta1, beta2, azimuth, turn);
    for round in 0..ALL {
        let miss = found.beyond;
        let enough = if near { 8.0 } else { 1.0 } * TOLERANCE;
        if closed || miss.abs() < enough {
            break;
        }
        let slope = azimuth.c / azimuth.s;
        if miss > 0.0 && (round > NEWTON || slope > high.c / high.s) {
            high = azimuth;
        } else if miss < 0.0 && (round > NEWTON || slope < low.c / low.s) {
            low = azimuth;
        }
        let step = -miss / found.slope;
        let (s, c) = libm::sincos(step);
        let sine = azimuth.s * c + azimuth.c * s;
        if round < NEWTON && found.slope > 0.0 && sine > 0.0 && step.abs() < PI {
            azimuth = Angle::new(sine, azimuth.c * c - azimuth.s * s);
            near = miss.abs() <= 16.0 * TOLERANCE;
        } else {
            azimuth = Angle::new(f64::midpoint(low.s, high.s), f64::midpoint(low.c, high.c));
            near = false;
            let width = TOLERANCE * ROOT_TOLERANCE;
            closed = (low.s - azimuth.s).abs() + (low.c - azimuth.c) < width
                || (azimuth.s - high.s).abs() + (azimuth.c - high.c) < width;
        }
        found = cross(beta1, beta2, azimuth, turn);
    }
    lengths(found.eps, found.sigma, (found.sigma1, beta1), (found.sigma2, beta2)).0
}

/// The geodesic distance between two places (longitude, latitude in degrees) on WGS-84, in metres.
pub(super) fn distance(from: [f64; 2], to: [f64; 2]) -> f64 {
    let (difference, error) = longitude_difference(from[0], to[0]);
    let sign = if difference >= 0.0 { 1.0 } else { -1.0 };
    let turn_degrees = sign * rounded(difference);
    let from_antipode = rounded((180.0 - turn_degrees) - sign * error);
    let lambda = turn_degrees.to_radians();
    let turn = if turn_degrees > 90.0 {
        let rest = Angle::degrees(from_antipode);
        Angle { s: rest.s, c: -rest.c }
    } else {
        Angle::degrees(turn_degrees)
    };

    let (mut first, mut second) = (rounded(from[1]), rounded(to[1]));
    if first.abs() < second.abs() {
        std::mem::swap(&mut first, &mut second);
    }
    if first > 0.0 {
        (first, second) = (-first, -second);
    }
    let (mut beta1, mut beta2) = (Latitude::degrees(first), Latitude::degrees(second));
    // Equal latitudes must have equal sines and cosines to the last bit.
    if beta1.c < -beta1.s {
        if beta2.c == beta1.c {
            beta2.s = beta1.s.copysign(beta2.s);
        }
    } else if beta2.s.abs() == -beta1.s {
        beta2.c = beta1.c;
    }
    (beta1, beta2) = (beta1.with_dn(), beta2.with_dn());

    if first == -90.0 || turn.s == 0.0 {
        let (sigma1, sigma2) = (Angle { s: beta1.s, c: turn.c * beta1.c }, Angle { s: beta2.s, c: beta2.c });
        let sigma = sigma2.since(sigma1);
        let (length, reduced) = lengths(N, sigma, (sigma1, beta1), (sigma2, beta2));
        if sigma < 1.0 || reduced >= 0.0 {
            return if sigma < 3.0 * TINY { 0.0 } else { length * MINOR_AXIS };
        }
    }
    if beta1.s == 0.0 && from_antipode >= FLATTENING * 180.0 {
        return AXIS * lambda;
    }
    match start(beta1, beta2, lambda, turn) {
        Start::Short(sigma, scale) => sigma * MINOR_AXIS * scale,
        Start::Azimuth(azimuth) => solve(beta1, beta2, azimuth, turn) * MINOR_AXIS,
    }
}
