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
    similarity(common, moved, a.len(), b.len())
}

/// The Jaro similarity of two texts of these lengths with so many characters in `common`, of which `moved` stand in another
/// order.
fn similarity(common: u32, moved: u32, a: usize, b: usize) -> f64 {
    let shared = f64::from(common);
    let transposed = f64::from(moved / 2);
    (shared / a as f64 + shared / b as f64 + (shared - transposed) / shared) / 3.0
}

/// The most characters of texts whose places fit one word.
const WORD: usize = 64;

/// [`jaro`] of two ASCII texts of up to [`WORD`] characters: where each character stands is looked up, not searched.
///
/// # Complexity
///
/// O(n).
fn jaro_in_words(a: &[u8], b: &[u8]) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let window = (a.len().max(b.len()) / 2).saturating_sub(1);
    let mut places = [0_u64; 128];
    for (j, y) in b.iter().enumerate() {
        places[usize::from(y & 127)] |= 1 << j;
    }
    let below = |end: usize| if end < WORD { (1_u64 << end) - 1 } else { u64::MAX };
    let (mut of_b, mut common, mut matched) = (0_u64, 0, [0_u8; WORD]);
    for (i, x) in a.iter().enumerate() {
        let near = below(i + window + 1) & !below(i.saturating_sub(window));
        let found = places[usize::from(x & 127)] & near & !of_b;
        if found != 0 {
            of_b |= found & found.wrapping_neg();
            matched[common] = *x;
            common += 1;
        }
    }
    if common == 0 {
        return 0.0;
    }
    let (mut right, mut moved) = (of_b, 0_u32);
    for x in &matched[..common] {
        moved += u32::from(*x != b[right.trailing_zeros() as usize]);
        right &= right - 1;
    }
    similarity(common as u32, moved, a.len(), b.len())
}

/// The Jaro–Winkler similarity: a shared beginning of up to four characters counts more, once the Jaro similarity is
/// above 0.7. Winkler, "String Comparator Metrics and Enhanced Decision Rules" (1990).
///
/// # Complexity
///
/// That of [`jaro`].
pub(crate) fn jaro_winkler(a: &[char], b: &[char]) -> f64 {
    with_beginning(jaro(a, b), a, b)
}

fn with_beginning<T: PartialEq>(plain: f64, a: &[T], b: &[T]) -> f64 {
    if plain <= 0.7 {
        return plain;
    }
    let prefix = a.iter().zip(b).take(4).take_while(|(x, y)| x == y).count();
    plain + prefix as f64 * 0.1 * (1.0 - plain)
}

/// The bytes of two texts that are short and ASCII both: each is a character.
pub(crate) fn plain_bytes<'t>(a: &'t str, b: &'t str) -> Option<(&'t [u8], &'t [u8])> {
    let is_plain = |text: &str| text.len() <= WORD && text.is_ascii();
    (is_plain(a) && is_plain(b)).then_some((a.as_bytes(), b.as_bytes()))
}

/// The Jaro–Winkler similarity of two texts.
///
/// # Complexity
///
/// That of [`jaro`]; O(n) for short ASCII texts.
pub(crate) fn likeness(a: &str, b: &str) -> f64 {
    if let Some((a, b)) = plain_bytes(a, b) {
        return with_beginning(jaro_in_words(a, b), a, b);
    }
    let characters = |text: &str| text.chars().take(MOST_CHARACTERS).collect::<Vec<_>>();
    jaro_winkler(&characters(a), &characters(b))
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
