//! Dividing the cells of a grid among its children: by halves, each half in one piece.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::mesh::{Mesh, noise};
use super::rng::mix;

/// Directions to cut along, every 22.5 degrees, of nearly the same length.
const DIRECTIONS: [(i64, i64); 16] = [
    (1000, 0),
    (924, 383),
    (707, 707),
    (383, 924),
    (0, 1000),
    (-383, 924),
    (-707, 707),
    (-924, 383),
    (-1000, 0),
    (-924, -383),
    (-707, -707),
    (-383, -924),
    (0, -1000),
    (383, -924),
    (707, -707),
    (924, -383),
];

/// One child that wants cells.
#[derive(Clone, Copy)]
pub(super) struct Share {
    /// Its place in the answer.
    pub child: usize,
    /// How many cells it gets.
    pub cells: usize,
    /// Where it should lie, if that is known; otherwise the children lie in their order.
    pub place: Option<(i64, i64)>,
}

/// How wavy the cuts are: the length of a wave and its height, in the unit of [`Mesh::middle`].
#[derive(Clone, Copy)]
pub(super) struct Waves {
    pub length: i64,
    pub height: i64,
}

/// Divides cells among children, as many to each as it wants; the numbers must add up.
///
/// Halves again and again, across the longest extent at first: one half grows from its end, so that it is in one
/// piece; a cut that would leave the other in pieces is tried in another direction, then with care for the other half
/// at each step. Where nothing will do, all is begun anew with other waves; only if that is in vain, too, a child is
/// in several pieces.
///
/// # Complexity
/// O(n log n) for each level of halving and each direction tried, with n cells; O(n²) for a careful cut.
pub(super) fn divide(mesh: &Mesh, cells: &[u32], shares: &[Share], waves: Waves, seed: u64) -> Vec<Vec<u32>> {
    const ATTEMPTS: u64 = 64;
    let attempt = |number: u64| {
        // Shorter and higher waves make other cuts even of a few cells.
        let length = if number == 0 { waves.length } else { 60 };
        let waves = Waves { length, height: waves.height + 2 * number.cast_signed() };
        divide_once(mesh, cells, shares, waves, mix(seed.wrapping_add(number)))
    };
    let mut best = attempt(0);
    for number in 1..ATTEMPTS {
        if best.1 == 0 {
            break;
        }
        let other = attempt(number);
        if other.1 < best.1 {
            best = other;
        }
    }
    best.0
}

/// One attempt: the parts, and how many cuts left pieces.
fn divide_once(
    mesh: &Mesh,
    cells: &[u32],
    shares: &[Share],
    waves: Waves,
    seed: u64,
) -> (Vec<Vec<u32>>, usize) {
    let mut parts = vec![Vec::new(); shares.len()];
    let mut inside = vec![false; mesh.middle.len()];
    let mut rough = vec![0; mesh.middle.len()];
    for &cell in cells {
        rough[cell as usize] = noise(seed, mesh.middle[cell as usize], waves.length, waves.height) * 1000;
    }
    let mut jobs = vec![(cells.to_vec(), shares.to_vec())];
    let mut broken = 0;
    while let Some((cells, shares)) = jobs.pop() {
        if let [only] = shares[..] {
            parts[only.child] = cells;
            continue;
        }
        set(&mut inside, &cells, true);
        let (split, whole) = halve(mesh, &cells, &shares, &mut inside, &rough);
        set(&mut inside, &cells, false);
        broken += usize::from(!whole);
        jobs.extend(split);
    }
    (parts, broken)
}

/// Some cells, and the children that want them.
type Job = (Vec<u32>, Vec<Share>);

/// Cuts one job in two, and says whether both halves are in one piece; `inside` is true for its cells, and comes back so.
fn halve(
    mesh: &Mesh,
    cells: &[u32],
    shares: &[Share],
    inside: &mut [bool],
    rough: &[i64],
) -> ([Job; 2], bool) {
    let directions = directions(mesh, cells);
    let mut first_try = None;
    for careful in [false, true] {
        for &direction in &directions {
            let ordered = order(shares, direction);
            let (near, far) = ordered.split_at(halfway(&ordered));
            let wanted = near.iter().map(|share| share.cells).sum();
            let key = |cell: u32| along(mesh.middle[cell as usize], direction) + rough[cell as usize];
            let half = grow(mesh, cells, inside, wanted, careful, key);
            let rest: Vec<u32> = cells.iter().copied().filter(|&cell| inside[cell as usize]).collect();
            let mut whole = is_connected(mesh, &rest, inside);
            set(inside, &rest, false);
            set(inside, &half, true);
            whole &= is_connected(mesh, &half, inside);
            set(inside, &rest, true);
            let split = [(half, near.to_vec()), (rest, far.to_vec())];
            if whole {
                return (split, true);
            }
            first_try.get_or_insert(split);
        }
    }
    (first_try.expect("there are directions to try"), false)
}

fn set(inside: &mut [bool], cells: &[u32], value: bool) {
    for &cell in cells {
        inside[cell as usize] = value;
    }
}

fn along((x, y): (i64, i64), (dx, dy): (i64, i64)) -> i64 {
    x * dx + y * dy
}

/// The directions, those of the longest extent first.
fn directions(mesh: &Mesh, cells: &[u32]) -> Vec<(i64, i64)> {
    let extent = |direction| {
        let places = || cells.iter().map(|&cell| along(mesh.middle[cell as usize], direction));
        places().max().unwrap_or_default() - places().min().unwrap_or_default()
    };
    let mut directions = DIRECTIONS.to_vec();
    directions.sort_by_cached_key(|&direction| Reverse(extent(direction)));
    directions
}

/// The children along a direction, if it is known where they should lie.
fn order(shares: &[Share], direction: (i64, i64)) -> Vec<Share> {
    let mut ordered = shares.to_vec();
    ordered.sort_by_key(|share| share.place.map(|place| along(place, direction)));
    ordered
}

/// After how many children about half of the cells are given out; at least one, and not all.
fn halfway(shares: &[Share]) -> usize {
    let total: usize = shares.iter().map(|share| share.cells).sum();
    let mut given = 0;
    let cuts = shares.iter().enumerate().map(|(place, share)| {
        given += share.cells;
        (total.abs_diff(2 * given), place + 1)
    });
    cuts.filter(|&(_, cut)| cut < shares.len()).min().map_or(1, |(_, cut)| cut)
}

/// Takes `wanted` cells out of those inside, from the lowest key on, each touching one before it.
///
/// A careful growth passes over a cell, for the time being, that would leave those inside in pieces.
fn grow(
    mesh: &Mesh,
    cells: &[u32],
    inside: &mut [bool],
    wanted: usize,
    careful: bool,
    key: impl Fn(u32) -> i64,
) -> Vec<u32> {
    let mut half: Vec<u32> = Vec::with_capacity(wanted);
    let mut frontier: BTreeSet<(i64, u32)> = BTreeSet::new();
    while half.len() < wanted {
        let next =
            frontier.iter().copied().find(|&(_, cell)| !careful || is_spare(mesh, cells, inside, cell));
        let Some((_, cell)) = next.or_else(|| {
            // At the start, where the cells were in pieces, and where care found no way on.
            cells.iter().filter(|&&cell| inside[cell as usize]).map(|&cell| (key(cell), cell)).min()
        }) else {
            break;
        };
        frontier.remove(&(key(cell), cell));
        inside[cell as usize] = false;
        half.push(cell);
        let beside = mesh.neighbours(cell).filter(|&cell| inside[cell as usize]);
        frontier.extend(beside.map(|cell| (key(cell), cell)));
    }
    half
}

/// Whether the other cells inside are in one piece.
fn is_spare(mesh: &Mesh, cells: &[u32], inside: &mut [bool], cell: u32) -> bool {
    inside[cell as usize] = false;
    let rest: Vec<u32> = cells.iter().copied().filter(|&cell| inside[cell as usize]).collect();
    let whole = rest.is_empty() || is_connected(mesh, &rest, inside);
    inside[cell as usize] = true;
    whole
}

/// Whether cells are in one piece; they must be the ones inside.
fn is_connected(mesh: &Mesh, cells: &[u32], inside: &mut [bool]) -> bool {
    let Some(&first) = cells.first() else { return false };
    let mut reached = vec![first];
    inside[first as usize] = false;
    let mut next = 0;
    while let Some(&cell) = reached.get(next) {
        next += 1;
        for beside in mesh.neighbours(cell) {
            if std::mem::take(&mut inside[beside as usize]) {
                reached.push(beside);
            }
        }
    }
    set(inside, cells, true);
    reached.len() == cells.len()
}
