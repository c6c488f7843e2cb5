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

/// Sorts keys, and tells which place each came from.
///
/// Keys are dealt into at most 4096 buckets by their place between the least and the greatest, and each bucket is
/// sorted by itself, in the cache (Knuth, The Art of Computer Programming, vol. 3, §5.2.5).
///
/// # Complexity
/// O(n) time for keys spread evenly, O(n log n) at worst; 12 bytes a key, and the keys are replaced by theirs.
pub(crate) fn sort_codes(keys: &mut Vec<u64>) -> Vec<u32> {
    let least = keys.iter().min().copied().unwrap_or(0);
    let most = keys.iter().max().copied().unwrap_or(0);
    let width = u64::BITS - (most - least).leading_zeros();
    let buckets = (keys.len() / 256).next_power_of_two().clamp(2, 4096);
    let shift = width.saturating_sub(buckets.trailing_zeros());
    let mut starts = vec![0_u32; buckets + 1];
    for key in keys.iter() {
        starts[((key - least) >> shift) as usize + 1] += 1;
    }
    for bucket in 0..buckets {
        starts[bucket + 1] += starts[bucket];
    }
    let mut next = starts.clone();
    let mut sorted = vec![0; keys.len()];
    let mut items = vec![0; keys.len()];
    for (item, &key) in keys.iter().enumerate() {
        let place = &mut next[((key - least) >> shift) as usize];
        sorted[*place as usize] = key - least;
        items[*place as usize] = item as u32;
        *place += 1;
    }
    *keys = sorted;
    let mut spare = Spare::default();
    for bucket in starts.windows(2) {
        let range = bucket[0] as usize..bucket[1] as usize;
        if range.len() > 1 {
            spare.sort(&mut keys[range.clone()], &mut items[range.clone()], shift);
        }
        keys[range].iter_mut().for_each(|key| *key += least);
    }
    items
}

/// Room to sort one bucket in.
#[derive(Default)]
struct Spare {
    packed: Vec<u64>,
    pairs: Vec<(u64, u32)>,
    items: Vec<u32>,
}

impl Spare {
    /// Sorts keys that differ in their last `width` bits alone, and their items with them.
    fn sort(&mut self, keys: &mut [u64], items: &mut [u32], width: u32) {
        let place_bits = usize::BITS - (keys.len() - 1).leading_zeros();
        if width + place_bits > u64::BITS {
            self.pairs.clear();
            self.pairs.extend(keys.iter().copied().zip(items.iter().copied()));
            self.pairs.sort_unstable();
            for ((key, item), &pair) in keys.iter_mut().zip(items).zip(&self.pairs) {
                (*key, *item) = pair;
            }
            return;
        }
        // The bits that differ and the place fit one word: that sorts faster than pairs do.
        let low = (1_u64 << width) - 1;
        let high = keys[0] & !low;
        self.packed.clear();
        self.packed.extend(keys.iter().zip(0_u64..).map(|(key, place)| (key & low) << place_bits | place));
        self.packed.sort_unstable();
        self.items.clear();
        self.items.extend_from_slice(items);
        for ((key, item), packed) in keys.iter_mut().zip(items).zip(&self.packed) {
            *key = high | packed >> place_bits;
            *item = self.items[(packed & ((1 << place_bits) - 1)) as usize];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{sort_by_key, sort_codes};
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

        #[test]
        fn codes_are_sorted_with_the_places_they_came_from(
            keys in prop::collection::vec(prop_oneof![any::<u64>(), 0..50_u64, Just(u64::MAX)], 0..2000)
        ) {
            let mut sorted = keys.clone();
            let places = sort_codes(&mut sorted);
            prop_assert!(sorted.is_sorted());
            prop_assert!(sorted.iter().zip(&places).all(|(&key, &place)| keys[place as usize] == key));
            let mut places = places;
            places.sort_unstable();
            prop_assert!(places.into_iter().eq(0..keys.len() as u32));
        }
    }
}
