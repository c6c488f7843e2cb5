//! Pairs that hang together by their rows.

use super::super::gather::Gathering;

/// Gathers `pairs` of rows into groups that hang together: the places of the pairs, group by group, each in order, and where
/// each group ends. Groups go up with their lowest row.
///
/// # Complexity
///
/// O(rows + pairs log pairs) time, O(rows + pairs) space.
pub(super) fn components(rows: usize, pairs: &[(u32, u32)]) -> (Vec<u32>, Vec<u32>) {
    let mut forest = Gathering::new(rows as u32);
    for &(a, b) in pairs {
        forest.join(a, b);
    }
    let roots: Vec<u32> = pairs.iter().map(|&(a, _)| forest.find(a)).collect();
    let mut places: Vec<u32> = (0..pairs.len() as u32).collect();
    places.sort_by_key(|&place| roots[place as usize]);
    let mut ends = Vec::new();
    for (at, &place) in places.iter().enumerate() {
        let next = places.get(at + 1).map(|&next| roots[next as usize]);
        if next != Some(roots[place as usize]) {
            ends.push(at as u32 + 1);
        }
    }
    (places, ends)
}
