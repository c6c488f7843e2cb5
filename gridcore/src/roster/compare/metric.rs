//! How alike two texts are: Jaro–Winkler, and edits with neighbours swapped.

/// The most characters of a text that are looked at, so that a text of any length costs a bounded time.
pub(crate) const MOST_CHARACTERS: usize = 128;

/// The Jaro similarity, 0 to 1. Jaro, "Advances in Record-Linkage Methodology", JASA 84 (1989).
///
/// # Complexity
///
/// O(n·w) with a window of w = half the longer length.
pub(crate) fn jaro(a: &[char], b: &[char]) -> f64 {
    let (a, b) = (&a[..a.len().min(MOST_CHARACTERS)], &b[..b.len().min(MOST_CHARACTERS)]);
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let window = (a.len().max(b.len()) / 2).saturating_sub(1);
    // One bit for each character that has found its like.
    let (mut of_a, mut of_b) = (0_u128, 0_u128);
    for (i, x) in a.iter().enumerate() {
        let end = (i + window + 1).min(b.len());
        for (j, y) in b.iter().enumerate().take(end).skip(i.saturating_sub(window)) {
            if of_b >> j & 1 == 0 && x == y {
                of_a |= 1 << i;
                of_b |= 1 << j;
                break;
            }
        }
    }
    let common = of_a.count_ones();
    if common == 0 {
        return 0.0;
    }
    let (mut left, mut right, mut moved) = (of_a, of_b, 0_u32);
    while left != 0 {
        moved += u32::from(a[left.trailing_zeros() as usize] != b[right.trailing_zeros() as usize]);
        left &= left - 1;
        right &= right - 1;
    }
    let shared = f64::from(common);
    let transposed = f64::from(moved / 2);
    (shared / a.len() as f64 + shared / b.len() as f64 + (shared - transposed) / shared) / 3.0
}

/// The Jaro–Winkler similarity: a shared beginning of up to four characters counts more, once the Jaro similarity is
/// above 0.7. Winkler, "String Comparator Metrics and Enhanced Decision Rules" (1990).
///
/// # Complexity
///
/// That of [`jaro`].
pub(crate) fn jaro_winkler(a: &[char], b: &[char]) -> f64 {
    let plain = jaro(a, b);
    if plain <= 0.7 {
        return plain;
    }
    let prefix = a.iter().zip(b).take(4).take_while(|(x, y)| x == y).count();
    plain + prefix as f64 * 0.1 * (1.0 - plain)
}

/// Whether one edit at most leads from one text to the other: a character replaced, dropped or added, or two neighbours
/// swapped (optimal string alignment). Damerau, "A technique for computer detection and correction of spelling errors",
/// CACM 7 (1964).
///
/// # Complexity
///
/// O(n).
pub(crate) fn within_one_edit<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let head = short.iter().zip(long).take_while(|both| both.0 == both.1).count();
    let (short, long) = (&short[head..], &long[head..]);
    let tail = short.iter().rev().zip(long.iter().rev()).take_while(|both| both.0 == both.1).count();
    let (short, long) = (&short[..short.len() - tail], &long[..long.len() - tail]);
    match (short, long) {
        ([], [] | [_]) | ([_], [_]) => true,
        ([one, two], [first, second]) => one == second && two == first,
        _ => false,
    }
}
