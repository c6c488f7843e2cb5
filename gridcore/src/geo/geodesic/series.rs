//! The series of Karney (2013) to sixth order in the expansion parameter ε, fixed to WGS-84.

use super::FLATTENING;

/// The third flattening.
pub(super) const N: f64 = FLATTENING / (2.0 - FLATTENING);

/// A1 of equation 17.
pub(super) fn a1(eps: f64) -> f64 {
    let e2 = eps * eps;
    (1.0 + e2 * (1.0 / 4.0 + e2 * (1.0 / 64.0 + e2 / 256.0))) / (1.0 - eps)
}

/// A2 of equation 42.
pub(super) fn a2(eps: f64) -> f64 {
    let e2 = eps * eps;
    (1.0 + e2 * (1.0 / 4.0 + e2 * (9.0 / 64.0 + e2 * (25.0 / 256.0)))) * (1.0 - eps)
}

/// A3 of equation 24.
pub(super) fn a3(eps: f64) -> f64 {
    const C: [f64; 5] = [
        -(1.0 - N) / 2.0,
        -(2.0 + N - 3.0 * N * N) / 8.0,
        -(1.0 + 3.0 * N + N * N) / 16.0,
        -(3.0 + 2.0 * N) / 64.0,
        -3.0 / 128.0,
    ];
    1.0 + eps * (C[0] + eps * (C[1] + eps * (C[2] + eps * (C[3] + eps * C[4]))))
}

/// Multiplies the k-th coefficient by the k-th power of ε.
fn scaled<const K: usize>(mut coefficients: [f64; K], eps: f64) -> [f64; K] {
    let mut power = 1.0;
    for coefficient in &mut coefficients {
        power *= eps;
        *coefficient *= power;
    }
    coefficients
}

/// C1 of equation 18.
pub(super) fn c1(eps: f64) -> [f64; 6] {
    let e2 = eps * eps;
    scaled(
        [
            -1.0 / 2.0 + e2 * (3.0 / 16.0 - e2 / 32.0),
            -1.0 / 16.0 + e2 * (1.0 / 32.0 - e2 * (9.0 / 2048.0)),
            -1.0 / 48.0 + e2 * (3.0 / 256.0),
            -5.0 / 512.0 + e2 * (3.0 / 512.0),
            -7.0 / 1280.0,
            -7.0 / 2048.0,
        ],
        eps,
    )
}

/// C2 of equation 43.
pub(super) fn c2(eps: f64) -> [f64; 6] {
    let e2 = eps * eps;
    scaled(
        [
            1.0 / 2.0 + e2 * (1.0 / 16.0 + e2 / 32.0),
            3.0 / 16.0 + e2 * (1.0 / 32.0 + e2 * (35.0 / 2048.0)),
            5.0 / 48.0 + e2 * (5.0 / 256.0),
            35.0 / 512.0 + e2 * (7.0 / 512.0),
            63.0 / 1280.0,
            77.0 / 2048.0,
        ],
        eps,
    )
}

/// C3 of equation 25.
pub(super) fn c3(eps: f64) -> [f64; 5] {
    const N2: f64 = N * N;
    let first = (1.0 - N) / 4.0
        + eps
            * ((1.0 - N2) / 8.0
                + eps
                    * ((3.0 + 3.0 * N - N2) / 64.0 + eps * ((5.0 + 2.0 * N) / 128.0 + eps * (3.0 / 128.0))));
    let second = (2.0 - 3.0 * N + N2) / 32.0
        + eps * ((3.0 - 2.0 * N - 3.0 * N2) / 64.0 + eps * ((3.0 + N) / 128.0 + eps * (5.0 / 256.0)));
    let third = (5.0 - 9.0 * N + 5.0 * N2) / 192.0 + eps * ((9.0 - 10.0 * N) / 384.0 + eps * (7.0 / 512.0));
    let fourth = (7.0 - 14.0 * N) / 512.0 + eps * (7.0 / 512.0);
    scaled([first, second, third, fourth, 21.0 / 2560.0], eps)
}

/// Σ cₖ sin 2kσ by Clenshaw's recurrence, from the sine and cosine of σ.
pub(super) fn sine_series(coefficients: &[f64], sine: f64, cosine: f64) -> f64 {
    let twice_cosine = 2.0 * (cosine - sine) * (cosine + sine); // 2 cos 2σ
    let (mut next, mut after) = (0.0, 0.0);
    for &coefficient in coefficients.iter().rev() {
        (next, after) = (twice_cosine * next - after + coefficient, next);
    }
    2.0 * sine * cosine * next
}
