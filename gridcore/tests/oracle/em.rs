//! EM for a Fellegi–Sunter model with two classes, straight over pairs.

/// A prior, and m and u by comparison and level.
pub(super) struct Learnt {
    pub(super) prior: f64,
    pub(super) m: Vec<Vec<f64>>,
    pub(super) u: Vec<Vec<f64>>,
}

/// So many rounds over `pairs`, each the level of every comparison (0 is missing), from the starting values `start_m` and with
/// the smoothing of two pairs' worth of the starting values.
pub(super) fn rounds(start_m: &[Vec<f64>], pairs: &[Vec<usize>], rounds: usize) -> Learnt {
    let start_u: Vec<Vec<f64>> = start_m.iter().map(|m| vec![1.0 / m.len() as f64; m.len()]).collect();
    let mut now = Learnt { prior: 0.3, m: start_m.to_vec(), u: start_u.clone() };
    for _ in 0..rounds {
        if pairs.is_empty() {
            break;
        }
        let mut same = Vec::new();
        for pair in pairs {
            let of = |table: &[Vec<f64>]| -> f64 {
                pair.iter()
                    .zip(table)
                    .filter(|(level, _)| **level > 0)
                    .map(|(level, p)| p[level - 1])
                    .product()
            };
            let (m, u) = (now.prior * of(&now.m), (1.0 - now.prior) * of(&now.u));
            same.push(m / (m + u));
        }
        let table = |start: &[Vec<f64>], weight: &dyn Fn(usize) -> f64, least: f64| -> Vec<Vec<f64>> {
            let level = |place: usize, at: usize, p: f64| {
                let sum = |wanted: &dyn Fn(usize) -> bool| -> f64 {
                    (0..pairs.len()).filter(|&pair| wanted(pairs[pair][place])).map(weight).sum()
                };
                ((sum(&|level| level == at + 1) + 2.0 * p) / (sum(&|level| level > 0) + 2.0)).max(least)
            };
            let of = |(place, p): (usize, &Vec<f64>)| {
                p.iter().enumerate().map(|(at, &p)| level(place, at, p)).collect()
            };
            start.iter().enumerate().map(of).collect()
        };
        now = Learnt {
            prior: same.iter().sum::<f64>() / pairs.len() as f64,
            m: table(start_m, &|pair| same[pair], 1e-5),
            u: table(&start_u, &|pair| 1.0 - same[pair], 1e-7),
        };
    }
    now
}
