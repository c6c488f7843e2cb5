//! Where somebody lives: address, household and grid as one comparison, because they hang together.

use crate::GridTree;
use crate::roster::side::Pool;

/// The levels of a place.
pub(crate) const PLACE_LEVELS: [&str; 7] =
    ["dwelling", "household", "building", "grid", "neighbour", "parent", "else"];

/// How two addresses stand to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Addresses {
    Unknown,
    SameDwelling,
    SameBuilding,
    Others,
}

const LOCALITY: u64 = 0xFF_FFFF << 40;
const BUILDING: u64 = 0xF_FFFF << 20;
const ROOM: u64 = 0xF_FFFF;

/// Compares two addresses, given whether their grids are the same.
fn addresses(a: u64, b: u64, same_grid: bool) -> Addresses {
    if a == 0 || b == 0 {
        return Addresses::Unknown;
    }
    let of = |part: u64| (a & part, b & part);
    let ((place_a, place_b), (building_a, building_b), (room_a, room_b)) =
        (of(LOCALITY), of(BUILDING), of(ROOM));
    if place_a == 0 || place_b == 0 {
        // Without a road, building and room say something only inside one grid.
        let inside =
            same_grid && building_a != 0 && building_a == building_b && room_a != 0 && room_a == room_b;
        return if inside { Addresses::SameDwelling } else { Addresses::Unknown };
    }
    if place_a != place_b {
        return Addresses::Others;
    }
    if a == b && (room_a != 0 || building_a == 0) {
        return Addresses::SameDwelling;
    }
    if building_a == building_b || building_a == 0 || building_b == 0 {
        Addresses::SameBuilding
    } else {
        Addresses::Others
    }
}

/// The address, household and grid of a row; 0 is missing.
#[derive(Clone, Copy, Default)]
pub(crate) struct Place {
    pub(crate) address: u64,
    pub(crate) household: u32,
    pub(crate) grid: u32,
}

/// The level of two places: 1 the same dwelling, 2 the same household number, unless address and grid are both others, 3 the same building, 4 the same grid while an address
/// is unknown, 5 the same grid but another address, 6 grids under the same parent, 7 else. `parents` has the parent of each
/// grid by its number.
#[inline]
pub(crate) fn place_level(a: Place, b: Place, parents: &[u32]) -> u8 {
    let grids_known = a.grid != 0 && b.grid != 0;
    let same_grid = grids_known && a.grid == b.grid;
    let address = addresses(a.address, b.address, same_grid);
    let households_known = a.household != 0 && b.household != 0;
    // A number that is counted anew in every grid says nothing at another address of another grid.
    let elsewhere = grids_known && !same_grid && address == Addresses::Others;
    if address == Addresses::SameDwelling {
        1
    } else if households_known && a.household == b.household && !elsewhere {
        2
    } else if address == Addresses::SameBuilding {
        3
    } else if same_grid {
        if address == Addresses::Unknown { 4 } else { 5 }
    } else if grids_known && parents.get(a.grid as usize) == parents.get(b.grid as usize) {
        6
    } else if grids_known || address == Addresses::Others || households_known {
        7
    } else {
        0
    }
}

/// The parent of each grid of a pool, by the grid's number (place 0 is no grid): a number that only says "the same" or
/// "another". The tree knows it, or else the code does.
pub(crate) fn parents(pool: &Pool, tree: Option<&GridTree>) -> Vec<u32> {
    let mut numbers = std::collections::BTreeMap::new();
    let mut parents = vec![0];
    for code in &pool.texts {
        let known = tree.and_then(|tree| Some(tree.code(tree.parent(tree.find(code)?)?).to_string()));
        let parent = known.unwrap_or_else(|| prefix(code).to_owned());
        let next = numbers.len() as u32 + 1;
        parents.push(*numbers.entry(parent).or_insert(next));
    }
    parents
}

/// The code above a code: up to its last separator, or by the lengths of national codes (province 2, city 4, county 6,
/// township 9, village 12), or else without its last two digits.
fn prefix(code: &str) -> &str {
    if let Some(end) = code.rfind(['-', '/', '.', '_']) {
        return &code[..end];
    }
    let end = match code.len() {
        length @ 13.. => (length - 1) / 3 * 3,
        10..=12 => 9,
        9 => 6,
        length => length.saturating_sub(2),
    };
    code.get(..end).unwrap_or(code)
}
