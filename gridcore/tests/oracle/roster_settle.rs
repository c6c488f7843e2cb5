//! Who belongs to whom, by trying everything.

/// The most that links can weigh together when each row has at most one; pairs below 0 are no links.
pub(crate) fn heaviest(pairs: &[(u32, u32, f64)]) -> f64 {
    // For each set of right rows already taken (at most 8 of them), the best so far.
    let mut best = vec![f64::NEG_INFINITY; 1 << 8];
    best[0] = 0.0;
    for left in 0..8 {
        let before = best.clone();
        for &(_, right, weight) in pairs.iter().filter(|pair| pair.0 == left && pair.2 >= 0.0) {
            for taken in 0..best.len() {
                if taken & (1 << right) == 0 {
                    let with = before[taken] + weight;
                    best[taken | (1 << right)] = best[taken | (1 << right)].max(with);
                }
            }
        }
    }
    best.into_iter().fold(0.0, f64::max)
}

/// The lowest row that each row hangs together with by pairs from 0 on; left rows first, then right. Without right rows both
/// ends of a pair are left rows.
pub(crate) fn closure(left: usize, right: usize, pairs: &[(u32, u32, f64)]) -> Vec<usize> {
    let mut root: Vec<usize> = (0..left + right).collect();
    loop {
        let before = root.clone();
        for &(a, b, weight) in pairs.iter().filter(|pair| pair.2 >= 0.0) {
            let (a, b) = (a as usize, if right == 0 { b as usize } else { left + b as usize });
            debug_assert!(weight >= 0.0);
            let low = root[a].min(root[b]);
            (root[a], root[b]) = (low, low);
        }
        if root == before {
            return root;
        }
    }
}
