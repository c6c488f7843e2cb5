//! Invented footprints that tile: children fill their parent exactly, corner by corner.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::divide::{Share, Waves, divide};
use super::mesh::{Mesh, place};
use super::plan::{Town, leaves};

/// About where the towns lie, in thousandths of a degree east of 113° and north of 22°.
const TOWNS: [(&str, (i64, i64)); 23] = [
    ("442000001", (380, 530)),
    ("442000002", (410, 510)),
    ("442000003", (480, 570)),
    ("442000004", (345, 545)),
    ("442000005", (365, 480)),
    ("442000006", (430, 440)),
    ("442000007", (500, 640)),
    ("442000008", (545, 490)),
    ("442000101", (340, 725)),
    ("442000103", (260, 700)),
    ("442000105", (180, 610)),
    ("442000106", (310, 520)),
    ("442000107", (470, 270)),
    ("442000108", (385, 585)),
    ("442000109", (430, 685)),
    ("442000110", (240, 550)),
    ("442000111", (295, 720)),
    ("442000112", (350, 660)),
    ("442000114", (440, 350)),
    ("442000115", (310, 420)),
    ("442000116", (290, 475)),
    ("442000117", (360, 300)),
    ("442000118", (245, 655)),
];

/// Centimetres in one unit of the mesh's middles.
const UNIT: i64 = 870;

/// The footprints of a city: `GeoJSON` geometries by code, in WGS-84 degrees; and what follows from the cells.
pub(super) struct Ground {
    pub city: String,
    pub grids: BTreeMap<String, String>,
    /// Where each leaf lies, in whole metres to the east and north.
    pub places: BTreeMap<String, (i64, i64)>,
    /// The level-2 grids that share a border, each pair once, the lesser code first.
    pub borders: Vec<(String, String)>,
}

/// Lays the ground for a city: one cell of a mesh for each leaf.
pub(super) fn lay(city: &[Town], seed: u64) -> Ground {
    let mesh = Mesh::grow(leaves(city).count(), seed);
    let all: Vec<u32> = (0..mesh.middle.len() as u32).collect();
    let mut grids = BTreeMap::new();
    let mut places = BTreeMap::new();
    let mut community_of: Vec<&str> = vec![""; mesh.middle.len()];
    let mut owner = vec![false; mesh.middle.len()];
    let mut shape = |cells: &[u32]| geometry(&mesh, cells, &mut owner);
    let outline = shape(&all);

    let sizes = city.iter().map(|town| (leaves(std::slice::from_ref(town)).count(), place_of(&town.code)));
    let waves = |length, height| Waves { length, height };
    let towns = divide(&mesh, &all, &shares(sizes), waves(500, 170), seed);
    for (town, cells) in city.iter().zip(towns) {
        grids.insert(town.code.clone(), shape(&cells));
        let sizes = town.communities.iter().map(|one| {
            let leaves = one.sections.iter().map(|section| section.leaves.len()).sum();
            (leaves, None)
        });
        let parts = divide(&mesh, &cells, &shares(sizes), waves(300, 80), seed);
        for (community, cells) in town.communities.iter().zip(parts) {
            grids.insert(community.code.clone(), shape(&cells));
            for &cell in &cells {
                community_of[cell as usize] = &community.code;
            }
            let sizes = community.sections.iter().map(|section| (section.leaves.len(), None));
            let parts = divide(&mesh, &cells, &shares(sizes), waves(200, 30), seed);
            for (section, mut cells) in community.sections.iter().zip(parts) {
                cells.sort_unstable();
                grids.insert(section.code.clone(), shape(&cells));
                for (leaf, cell) in section.leaves.iter().zip(cells) {
                    grids.insert(leaf.code.clone(), shape(&[cell]));
                    let (east, north) = mesh.middle[cell as usize];
                    places.insert(leaf.code.clone(), (east * UNIT / 100, north * UNIT / 100));
                }
            }
        }
    }
    Ground { city: outline, grids, places, borders: borders(&mesh, &community_of) }
}

/// The pairs of owners whose cells touch.
fn borders(mesh: &Mesh, owner: &[&str]) -> Vec<(String, String)> {
    let touching = (0..owner.len() as u32).flat_map(|cell| {
        let own = owner[cell as usize];
        mesh.neighbours(cell).map(move |beside| (own, owner[beside as usize])).filter(|(a, b)| a < b)
    });
    let pairs: std::collections::BTreeSet<(&str, &str)> = touching.collect();
    pairs.into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
}

fn place_of(town: &str) -> Option<(i64, i64)> {
    TOWNS.iter().find(|(code, _)| *code == town).map(|&(_, at)| place(at))
}

fn shares(sizes: impl Iterator<Item = (usize, Option<(i64, i64)>)>) -> Vec<Share> {
    sizes.enumerate().map(|(child, (cells, place))| Share { child, cells, place }).collect()
}

/// The union of cells as a `GeoJSON` geometry: a polygon, or several where the cells are in pieces.
fn geometry(mesh: &Mesh, cells: &[u32], inside: &mut [bool]) -> String {
    for &cell in cells {
        inside[cell as usize] = true;
    }
    let mut polygons = Vec::new();
    for piece in pieces(mesh, cells) {
        polygons.push(rings(mesh, &piece, inside));
    }
    for &cell in cells {
        inside[cell as usize] = false;
    }
    if let [polygon] = &polygons[..] {
        format!(r#"{{"type":"Polygon","coordinates":{polygon},"invented":true}}"#)
    } else {
        format!(r#"{{"type":"MultiPolygon","coordinates":[{}],"invented":true}}"#, polygons.join(","))
    }
}

/// The cells by piece, each in the order of its numbers.
fn pieces(mesh: &Mesh, cells: &[u32]) -> Vec<Vec<u32>> {
    let mut left: std::collections::BTreeSet<u32> = cells.iter().copied().collect();
    let mut pieces = Vec::new();
    while let Some(first) = left.pop_first() {
        let mut piece = vec![first];
        let mut next = 0;
        while let Some(&cell) = piece.get(next) {
            next += 1;
            piece.extend(mesh.neighbours(cell).filter(|beside| left.remove(beside)));
        }
        piece.sort_unstable();
        pieces.push(piece);
    }
    pieces
}

/// The rings of a piece as `GeoJSON` coordinates: the outer one counter-clockwise and first, then the holes.
fn rings(mesh: &Mesh, piece: &[u32], inside: &[bool]) -> String {
    // Three edges meet in a corner, so at most one border edge of a piece begins there.
    let border = piece.iter().flat_map(|&cell| mesh.edges(cell));
    let open = border.filter(|(_, _, across)| across.is_none_or(|next| !inside[next as usize]));
    let mut next: BTreeMap<u32, u32> = open.map(|(from, to, _)| (from, to)).collect();
    let mut rings: Vec<(i64, String)> = Vec::new();
    while let Some((first, mut at)) = next.pop_first() {
        let mut ring = vec![mesh.points[first as usize]];
        while let Some(to) = next.remove(&at) {
            ring.push(mesh.points[at as usize]);
            at = to;
        }
        let doubled: i64 = edges_of(&ring).map(|((ax, ay), (bx, by))| ax * by - bx * ay).sum();
        rings.push((doubled, write_ring(&ring)));
    }
    rings.sort_by_key(|(doubled, _)| *doubled < 0);
    let texts: Vec<String> = rings.into_iter().map(|(_, text)| text).collect();
    format!("[{}]", texts.join(","))
}

/// The edges of a ring, seen from its first corner so that the numbers stay small.
fn edges_of(ring: &[(i64, i64)]) -> impl Iterator<Item = ((i64, i64), (i64, i64))> {
    let (x, y) = ring.first().copied().unwrap_or_default();
    let near = move |&(px, py): &(i64, i64)| (px - x, py - y);
    ring.iter().zip(ring.iter().cycle().skip(1)).map(move |(a, b)| (near(a), near(b)))
}

/// A ring as `GeoJSON`: five decimals of a degree, about a metre; the first corner again at the end.
fn write_ring(ring: &[(i64, i64)]) -> String {
    let mut text = String::from("[");
    for (place, (lon, lat)) in ring.iter().chain(ring.first()).enumerate() {
        let comma = if place == 0 { "" } else { "," };
        let degree = |value: &i64| (value / 100_000, value % 100_000);
        let ((lon, lon_part), (lat, lat_part)) = (degree(lon), degree(lat));
        let _ = write!(text, "{comma}[{lon}.{lon_part:05},{lat}.{lat_part:05}]");
    }
    text.push(']');
    text
}
