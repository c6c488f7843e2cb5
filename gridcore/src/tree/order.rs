//! Sorting rows by a 64-bit key, in time linear in their number.

const DIGIT_BITS: u32 = 11;
const BUCKETS: usize = 1 << DIGIT_BITS;

/// Sorts `(key, item)` pairs by key, keeping the order of equal keys.
///
/// Least-significant-digit radix sort that passes over only the bits in which keys differ
/// (Knuth, The Art of Computer Programming, vol. 3, §5.2.5).
///
/// # Complexity
/// O(n · d) time for d digits of 11 bits that vary, O(n) space; O(n) when already sorted.
pub(crate) fn sort_by_key(pairs: &mut Vec<(u64, u32)>) {
    if pairs.is_sorted_by_key(|pair| pair.0) {
        return;
    }
    let first = pairs[0].0;
    let varying = pairs.iter().fold(0, |bits, pair| bits | (pair.0 ^ first));
    let mut spare = vec![(0, 0); pairs.len()];
    let mut shift = varying.trailing_zeros();
    while shift < u64::BITS && varying >> shift != 0 {
        let mut starts = [0_usize; BUCKETS];
        for pair in pairs.iter() {
            starts[digit(pair.0, shift)] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        for &pair in pairs.iter() {
            let start = &mut starts[digit(pair.0, shift)];
            spare[*start] = pair;
            *start += 1;
        }
        std::mem::swap(pairs, &mut spare);
        shift += DIGIT_BITS;
    }
}

fn digit(key: u64, shift: u32) -> usize {
    (key >> shift) as usize & (BUCKETS - 1)
}

#[cfg(test)]
mod tests {
    use super::sort_by_key;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(
            keys in prop::collection::vec(prop_oneof![any::<u64>(), 0..50_u64, Just(u64::MAX)], 0..200)
        ) {
            let mut pairs: Vec<(u64, u32)> = keys.into_iter().zip(0..).collect();
            let mut wanted = pairs.clone();
            wanted.sort_by_key(|pair| pair.0);
            sort_by_key(&mut pairs);
            prop_assert_eq!(pairs, wanted);
        }
    }
}
