//! Whom the sample city can send and where they are needed: invented homes, skills, units, supply and demand.

use std::collections::BTreeMap;

use super::rng::Rng;
use super::share::share_from;
use super::staff::{StaffRole, StaffRow};
use super::{Sample, sound};
use crate::deployment::{CandidateRow, DemandRow, NeedRow, PersonRow, SupplyRow, UnitRow};
use crate::id::GridIndex;
use crate::tree::GridTree;

/// The units (单位) that the city reported.
const UNITS: u64 = 83;
/// The person-times (人次) that they sent, as reported.
const PERSON_TIMES: u64 = 11_300;
/// The person-times that the level-2 grids ask for: invented.
const ASKED: u64 = 10_500;
/// 3 to 5 April 2022, as days since 1970-01-01.
const DAYS: [i64; 3] = [19_085, 19_086, 19_087];
/// Metres along a side of the squares that people are looked up by.
const SQUARE: i64 = 1000;

/// What people may bring, and how many in a hundred do.
const SKILLS: [(&str, u64); 4] = [("medic", 6), ("police", 4), ("driver", 25), ("data_entry", 30)];
/// The languages of the city beside Mandarin, likewise.
const LANGUAGES: [(&str, u64); 3] = [("cantonese", 75), ("hakka", 12), ("min", 10)];

/// The staff as people who may be sent: each lives in some leaf of the town where they work.
pub(super) fn people(tree: &GridTree, staff: &[StaffRow], seed: u64) -> Vec<PersonRow> {
    let mut rng = Rng::new(seed, "people");
    let row = |member: &StaffRow| {
        let mut row = PersonRow::new(&member.person).work(member.grid.to_string());
        if let Some(home) = home(tree, member, &mut rng) {
            row = row.home(tree.code(home).to_string());
        }
        if member.role != StaffRole::Volunteer {
            row = row.skill("grid_work");
        }
        for (skill, _) in SKILLS.iter().filter(|(_, percent)| rng.chance(*percent)) {
            row = row.skill(*skill);
        }
        row = row.language("mandarin");
        for (language, _) in LANGUAGES.iter().filter(|(_, percent)| rng.chance(*percent)) {
            row = row.language(*language);
        }
        row
    };
    staff.iter().map(row).collect()
}

/// A leaf of the town, one as likely as another.
fn home(tree: &GridTree, member: &StaffRow, rng: &mut Rng) -> Option<GridIndex> {
    let town = tree.ancestor_at(member.grid.with_str(|code| tree.find(code))?, 1)?;
    // Leaves are not counted anywhere: draw grids beneath the town until one is a leaf.
    let (first, all) = (town.get() as u64 + 1, tree.subtree(town).len() as u64 - 1);
    (0..64).find_map(|_| {
        let grid = tree.at((first + rng.below(all)) as usize)?;
        tree.is_leaf(grid).then_some(grid)
    })
}

/// One person for each leaf; in one of twenty they should speak a language of the place.
pub(super) fn needs(tree: &GridTree, seed: u64) -> Vec<NeedRow> {
    let mut rng = Rng::new(seed, "needs");
    let need = |leaf| {
        let row = NeedRow::new(tree.code(leaf).to_string());
        match rng.below(60) {
            0 => row.language("hakka"),
            1 => row.language("min"),
            2 => row.language("cantonese"),
            _ => row,
        }
    };
    tree.leaves(tree.root()).map(need).collect()
}

/// For each leaf the people who live nearest to it, and the one who works there first: at a cost of metres from home.
pub(super) fn candidates(city: &Sample, people: &[PersonRow], nearest: usize) -> Vec<CandidateRow> {
    let tree = city.tree();
    let at = |code: &str| tree.find(code).and_then(|grid| city.place(grid));
    let homes: Vec<Option<(i64, i64)>> = people.iter().map(|row| row.home.as_deref().and_then(at)).collect();
    let mut squares: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    for (person, home) in homes.iter().enumerate() {
        if let Some((x, y)) = home {
            squares.entry((x.div_euclid(SQUARE), y.div_euclid(SQUARE))).or_default().push(person);
        }
    }
    // The roster has the one who is directly responsible for a leaf first.
    let mut holders: BTreeMap<&str, usize> = BTreeMap::new();
    for (person, row) in people.iter().enumerate() {
        if let Some(work) = row.work.as_deref() {
            holders.entry(work).or_insert(person);
        }
    }
    let mut rows = Vec::new();
    for leaf in tree.leaves(tree.root()) {
        let Some(place) = city.place(leaf) else { continue };
        let code = tree.code(leaf).to_string();
        let mut found = around(&squares, &homes, place, nearest);
        if let Some(&holder) = holders.get(code.as_str()) {
            let metres = homes[holder].map_or(0, |home| metres(place, home));
            found.retain(|&(_, person)| person != holder);
            found.insert(0, (metres, holder));
            found.truncate(nearest.max(1));
        }
        let row =
            |(metres, person): (i64, usize)| CandidateRow::new(&code, &people[person].person, metres as f64);
        rows.extend(found.into_iter().map(row));
    }
    rows
}

/// The nearest people to a place, ring by ring of squares: metres and place in the list.
fn around(
    squares: &BTreeMap<(i64, i64), Vec<usize>>,
    homes: &[Option<(i64, i64)>],
    place: (i64, i64),
    nearest: usize,
) -> Vec<(i64, usize)> {
    const RINGS: i64 = 100;
    let (column, row) = (place.0.div_euclid(SQUARE), place.1.div_euclid(SQUARE));
    let mut found: Vec<(i64, usize)> = Vec::new();
    for ring in 0..RINGS {
        for (x, y) in (-ring..=ring).flat_map(|x| (-ring..=ring).map(move |y| (x, y))) {
            if x.abs().max(y.abs()) == ring {
                let inside = squares.get(&(column + x, row + y)).into_iter().flatten();
                found.extend(inside.filter_map(|&one| Some((metres(place, homes[one]?), one))));
            }
        }
        found.sort_unstable();
        // Whoever stands in a later ring is at least so many squares away.
        if found.get(nearest.saturating_sub(1)).is_some_and(|&(far, _)| far <= ring * SQUARE) {
            break;
        }
    }
    found.truncate(nearest);
    found
}

/// The distance in whole metres.
fn metres((ax, ay): (i64, i64), (bx, by): (i64, i64)) -> i64 {
    let (east, north) = ((ax - bx).unsigned_abs(), (ay - by).unsigned_abs());
    (east * east + north * north).isqrt().cast_signed()
}

/// The units: each has its seat in a level-2 grid, and as its size the person-times it can send.
pub(super) fn units(tree: &GridTree, seed: u64) -> Vec<UnitRow> {
    let mut rng = Rng::new(seed, "units");
    let seats: Vec<GridIndex> = tree.descendants_at(tree.root(), 2).collect();
    let weights: Vec<u64> = (0..UNITS).map(|_| rng.between(40, 400)).collect();
    let sizes = share_from(PERSON_TIMES, &weights, 1);
    let row = |(number, size): (usize, u64)| {
        let seat = seats[rng.below(seats.len() as u64) as usize];
        UnitRow::new(format!("u-{:02}", number + 1)).home(tree.code(seat).to_string()).size(size as f64)
    };
    sizes.into_iter().enumerate().map(row).collect()
}

/// What the units can send on each of the three days.
pub(super) fn supply(units: &[UnitRow]) -> Vec<SupplyRow> {
    let rows = units.iter().flat_map(|unit| {
        let size = unit.size.map_or(0, |size| (size as i64).unsigned_abs());
        let days = share_from(size, &[1, 1, 1], 0);
        DAYS.into_iter().zip(days).map(|(day, most)| SupplyRow::new(&unit.unit, most.cast_signed()).day(day))
    });
    rows.collect()
}

/// What the level-2 grids ask for on each of the three days, by their people.
pub(super) fn demand(tree: &GridTree) -> Vec<DemandRow> {
    let people = sound(tree.total("people"), "the leaves of the sample carry their people");
    let grids: Vec<GridIndex> = tree.descendants_at(tree.root(), 2).collect();
    let weights: Vec<u64> = grids.iter().map(|grid| (people[grid.get()] as i64).unsigned_abs()).collect();
    let days = share_from(ASKED, &[1, 1, 1], 0).into_iter().zip(DAYS);
    let rows = days.flat_map(|(asked, day)| {
        let shares = share_from(asked, &weights, 1);
        let rows: Vec<DemandRow> = grids
            .iter()
            .zip(shares)
            .map(|(&grid, share)| DemandRow::new(tree.code(grid).to_string(), share.cast_signed()).day(day))
            .collect();
        rows
    });
    rows.collect()
}
