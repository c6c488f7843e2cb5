//! Pairs that hang together by their rows.

/// A forest of rows: each row's root is the lowest row that it hangs together with.
pub(super) struct Forest {
    above: Vec<u32>,
}

impl Forest {
    pub(super) fn new(rows: usize) -> Self {
        Self { above: (0..rows as u32).collect() }
    }

    pub(super) fn root(&mut self, row: u32) -> u32 {
        let mut row = row as usize;
        while self.above[row] as usize != row {
            let up = self.above[row] as usize;
            self.above[row] = self.above[up];
            row = up;
        }
        row as u32
    }

    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        self.above[high as usize] = low;
    }
}

/// Gathers `pairs` of rows into groups that hang together: the places of the pairs, group by group, each in order, and where
/// each group ends. Groups go up with their lowest row.
///
/// # Complexity
///
/// O(rows + pairs log pairs) time, O(rows + pairs) space.
pub(super) fn components(rows: usize, pairs: &[(u32, u32)]) -> (Vec<u32>, Vec<u32>) {
    let mut forest = Forest::new(rows);
    for &(a, b) in pairs {
        forest.join(a, b);
    }
    let roots: Vec<u32> = pairs.iter().map(|&(a, _)| forest.root(a)).collect();
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
