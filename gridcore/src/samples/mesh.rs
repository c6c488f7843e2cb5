//! The ground that the footprints are cut from: a mesh of six-sided cells inside an invented outline.
//!
//! Three cells meet in every corner, so the union of cells that touch along edges has no pinched corner, and every
//! border is made of whole edges: neighbours share all their corners exactly. One cell for each leaf.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::rng::mix;

/// No neighbour on this side.
const OUTSIDE: u32 = u32::MAX;
/// Degrees × 100,000 (about a metre) per step of the mesh: a cell is two steps wide, four high, a row three above the next.
const LON_STEP: i64 = 220;
const LAT_STEP: i64 = 118;
/// The middle of the mesh, in the same unit.
const MIDDLE: (i64, i64) = (11_340_000, 2_250_000);
/// How far a corner may stray from its place, in the same unit: a quarter of an edge, so that no cell folds.
const STRAY: i64 = 66;
/// Cells on either side of the middle.
const REACH: (i64, i64) = (180, 100);
/// The invented outline, in thousandths of a degree east of 113° and north of 22°, counter-clockwise around the middle.
const OUTLINE: [(i64, i64); 20] = [
    (655, 530),
    (615, 600),
    (625, 660),
    (540, 710),
    (460, 755),
    (360, 785),
    (270, 765),
    (200, 740),
    (150, 670),
    (130, 610),
    (180, 540),
    (215, 475),
    (250, 410),
    (290, 330),
    (325, 245),
    (410, 200),
    (500, 215),
    (530, 290),
    (570, 360),
    (600, 440),
];

/// The cells, numbered by row and column.
pub(super) struct Mesh {
    /// The middle of each cell; about 8.7 metres a unit, the same both ways.
    pub middle: Vec<(i64, i64)>,
    /// Across each of the six edges, counter-clockwise from the eastern one.
    neighbours: Vec<[u32; 6]>,
    /// The corner where each edge begins.
    corners: Vec<[u32; 6]>,
    /// Where each corner lies: degrees × 100,000, east and north.
    pub points: Vec<(i64, i64)>,
}

/// A place on the mesh in steps: cells stand where both numbers of `(x, y / 3)` are even, or both odd.
type Step = (i64, i64);

const ACROSS: [Step; 6] = [(2, 0), (1, 3), (-1, 3), (-2, 0), (-1, -3), (1, -3)];
const CORNERS: [Step; 6] = [(1, -1), (1, 1), (0, 2), (-1, 1), (-1, -1), (0, -2)];

/// Steps turned into the unit of [`Mesh::middle`]: 26 to 15 is √3 to less than a thousandth.
fn plane((x, y): Step) -> (i64, i64) {
    (26 * x, 15 * y)
}

/// The same for a place given in thousandths of a degree.
fn plane_of((east, north): (i64, i64)) -> (i64, i64) {
    let lon = 11_300_000 + east * 100 - MIDDLE.0;
    let lat = 2_200_000 + north * 100 - MIDDLE.1;
    (26 * lon / LON_STEP, 15 * lat / LAT_STEP)
}

/// Where a town lies that is given in thousandths of a degree east of 113° and north of 22°.
pub(super) fn place(east_north: (i64, i64)) -> (i64, i64) {
    plane_of(east_north)
}

impl Mesh {
    /// Grows `count` cells from the middle outwards, in the shape of the outline.
    pub(super) fn grow(count: usize, seed: u64) -> Self {
        let outline = OUTLINE.map(plane_of);
        let mut chosen: BTreeMap<(i64, i64), u32> = BTreeMap::new();
        let mut reached = std::collections::BTreeSet::from([(0, 0)]);
        let mut frontier = BinaryHeap::from([Reverse((0, (0, 0)))]);
        while chosen.len() < count {
            let Some(Reverse((_, (x, y)))) = frontier.pop() else { break };
            chosen.insert((y, x), 0);
            for (dx, dy) in ACROSS {
                let next = (x + dx, y + dy);
                let inside = next.0.abs() <= 2 * REACH.0 && next.1.abs() <= 3 * REACH.1;
                if inside && reached.insert(next) {
                    let at = plane(next);
                    let coast = noise(mix(seed), at, 900, 1600) + noise(mix(!seed), at, 250, 500);
                    frontier.push(Reverse((depth(&outline, at) + coast, next)));
                }
            }
        }
        for (number, cell) in chosen.values_mut().enumerate() {
            *cell = number as u32;
        }
        Self::build(&chosen, seed)
    }

    fn build(cells: &BTreeMap<(i64, i64), u32>, seed: u64) -> Self {
        let mut known: BTreeMap<Step, u32> = BTreeMap::new();
        let mut mesh =
            Self { middle: Vec::new(), neighbours: Vec::new(), corners: Vec::new(), points: Vec::new() };
        for &(y, x) in cells.keys() {
            mesh.middle.push(plane((x, y)));
            mesh.neighbours
                .push(ACROSS.map(|(dx, dy)| cells.get(&(y + dy, x + dx)).copied().unwrap_or(OUTSIDE)));
            mesh.corners.push(CORNERS.map(|(dx, dy)| {
                let at = (x + dx, y + dy);
                *known.entry(at).or_insert_with(|| {
                    mesh.points.push(point(at, seed));
                    (mesh.points.len() - 1) as u32
                })
            }));
        }
        mesh
    }

    pub(super) fn neighbours(&self, cell: u32) -> impl Iterator<Item = u32> {
        self.neighbours[cell as usize].into_iter().filter(|&next| next != OUTSIDE)
    }

    /// The six edges of a cell, counter-clockwise: the two corners, and the cell across if there is one.
    pub(super) fn edges(&self, cell: u32) -> impl Iterator<Item = (u32, u32, Option<u32>)> {
        let (corners, across) = (self.corners[cell as usize], self.neighbours[cell as usize]);
        (0..6).map(move |edge| {
            (corners[edge], corners[(edge + 1) % 6], Some(across[edge]).filter(|&next| next != OUTSIDE))
        })
    }
}

/// Where a corner lies, after it strayed.
fn point((x, y): Step, seed: u64) -> (i64, i64) {
    let bits = lattice(seed, (x, y));
    let stray = |bits: u64| (bits % (2 * STRAY.unsigned_abs() + 1)).cast_signed() - STRAY;
    (MIDDLE.0 + LON_STEP * x + stray(bits & 0xFFFF_FFFF), MIDDLE.1 + LAT_STEP * y + stray(bits >> 32))
}

/// How far out a place lies, from 0 in the middle to 65,536 on the outline.
fn depth(outline: &[(i64, i64)], place: (i64, i64)) -> i64 {
    let cross = |a: (i64, i64), b: (i64, i64)| a.0 * b.1 - a.1 * b.0;
    let next = outline.iter().cycle().skip(1);
    let mut sides = outline.iter().copied().zip(next.copied());
    sides.find(|&(a, b)| cross(a, place) >= 0 && cross(place, b) > 0).map_or(0, |(a, b)| {
        let side = (b.0 - a.0, b.1 - a.1);
        cross(place, side) * 65_536 / cross(a, side)
    })
}

/// The random bits of a place of a lattice.
fn lattice(seed: u64, (x, y): (i64, i64)) -> u64 {
    mix(mix(seed ^ x.cast_unsigned()).wrapping_add(y.cast_unsigned()))
}

/// Smooth noise from `-height` to `height`: random numbers on a square lattice, straight lines between them.
pub(super) fn noise(seed: u64, (x, y): (i64, i64), spacing: i64, height: i64) -> i64 {
    let corner = |x, y| (lattice(seed, (x, y)) % (2 * height.unsigned_abs() + 1)).cast_signed() - height;
    let (left, low) = (x.div_euclid(spacing), y.div_euclid(spacing));
    let (right_by, up_by) = (x.rem_euclid(spacing), y.rem_euclid(spacing));
    let along = |a: i64, b: i64, by: i64| a * (spacing - by) + b * by;
    let below = along(corner(left, low), corner(left + 1, low), right_by);
    let above = along(corner(left, low + 1), corner(left + 1, low + 1), right_by);
    along(below, above, up_by) / (spacing * spacing)
}
