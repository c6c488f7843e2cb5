//! What can be reckoned from published sums: every set of cells whose sum is a combination of them.

/// A prime: combinations are looked for among the remainders, where a set that has one over the fractions has one too.
const PRIME: i64 = 1_000_003;

fn power(base: i64, mut exponent: i64) -> i64 {
    let (mut base, mut result) = (base.rem_euclid(PRIME), 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}

/// Sums, brought into rows with a leading 1 in a column of its own.
struct Echelon {
    rows: Vec<(usize, Vec<i64>)>,
}

impl Echelon {
    fn reduce(&self, mut row: Vec<i64>) -> Vec<i64> {
        for (lead, known) in &self.rows {
            let factor = row[*lead];
            if factor != 0 {
                row.iter_mut().zip(known).for_each(|(to, by)| *to = (*to - factor * by).rem_euclid(PRIME));
            }
        }
        row
    }

    fn add(&mut self, row: Vec<i64>) {
        let mut row = self.reduce(row);
        if let Some(lead) = row.iter().position(|&value| value != 0) {
            let inverse = power(row[lead], PRIME - 2);
            for value in &mut row {
                *value = *value * inverse % PRIME;
            }
            self.rows.push((lead, row));
        }
    }

    fn holds(&self, set: u32, cells: usize) -> bool {
        self.reduce(indicator(set, cells)).into_iter().all(|value| value == 0)
    }
}

fn indicator(set: u32, cells: usize) -> Vec<i64> {
    (0..cells).map(|cell| i64::from(set >> cell & 1)).collect()
}

/// The smallest sum above 0 of any set of cells that can be reckoned from the published sets. Whoever reckons also knows
/// that no cell is negative: all cells of a sum of 0 are 0.
pub(crate) fn smallest(cells: &[usize], published: &[u32]) -> Option<usize> {
    let mut echelon = Echelon { rows: Vec::new() };
    for &set in published {
        echelon.add(indicator(set, cells.len()));
    }
    let sum = |set: u32| (0..cells.len()).filter(|cell| set >> cell & 1 == 1).map(|cell| cells[cell]).sum();
    loop {
        let all = 1..1_u32 << cells.len();
        let known: Vec<(u32, usize)> =
            all.filter(|&set| echelon.holds(set, cells.len())).map(|set| (set, sum(set))).collect();
        let before = echelon.rows.len();
        for (set, _) in known.iter().filter(|known| known.1 == 0) {
            for cell in (0..cells.len()).filter(|cell| set >> cell & 1 == 1) {
                echelon.add(indicator(1 << cell, cells.len()));
            }
        }
        if echelon.rows.len() == before {
            return known.into_iter().map(|known| known.1).filter(|&sum| sum > 0).min();
        }
    }
}
