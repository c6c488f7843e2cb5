//! Sharing whole numbers out so that nothing is lost.

/// Shares `total` out by weight, each part at least its floor: largest remainders (Hare, Hamilton).
///
/// A part whose quota lies below its floor gets the floor and leaves the sharing; equal remainders go to the
/// earlier part. The floors must add up to `total` at most, and a weight must be above 0.
///
/// # Complexity
/// O(n log n) a round, with as many rounds as it takes until no part falls below its floor: at most n.
pub(super) fn share(total: u64, weights: &[u64], floors: &[u64]) -> Vec<u64> {
    debug_assert!(floors.iter().sum::<u64>() <= total);
    let mut parts = floors.to_vec();
    let mut open: Vec<usize> = (0..weights.len()).collect();
    let (mut rest, mut weight) = (total, weights.iter().sum::<u64>());
    loop {
        let below = |&part: &usize| wide(weights[part], rest) < wide(floors[part], weight);
        let (fixed, still): (Vec<usize>, Vec<usize>) = open.iter().copied().partition(below);
        if fixed.is_empty() {
            break;
        }
        for part in fixed {
            rest -= floors[part];
            weight -= weights[part];
        }
        open = still;
        // The quotas of the next round are those of the open parts alone.
    }
    let mut left = rest;
    for &part in &open {
        parts[part] = (wide(weights[part], rest) / u128::from(weight)) as u64;
        left -= parts[part];
    }
    open.sort_by_key(|&part| (std::cmp::Reverse(wide(weights[part], rest) % u128::from(weight)), part));
    for &part in open.iter().take(left as usize) {
        parts[part] += 1;
    }
    parts
}

/// [`share`] with the same floor for every part.
pub(super) fn share_from(total: u64, weights: &[u64], floor: u64) -> Vec<u64> {
    share(total, weights, &vec![floor; weights.len()])
}

fn wide(a: u64, b: u64) -> u128 {
    u128::from(a) * u128::from(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_by_hand() {
        assert_eq!(share_from(10, &[1, 1, 1], 0), [4, 3, 3]);
        assert_eq!(share_from(10, &[6, 3, 1], 0), [6, 3, 1]);
        assert_eq!(share_from(5, &[47, 16, 15, 12, 10], 0), [2, 1, 1, 1, 0]);
        assert_eq!(share_from(6, &[100, 1, 1], 1), [4, 1, 1]);
        assert_eq!(share(9, &[10, 1, 10], &[0, 5, 0]), [2, 5, 2]);
        assert_eq!(share_from(0, &[], 0), [0_u64; 0]);
    }
}
