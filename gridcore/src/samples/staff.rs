//! Who works where: an invented roster of opaque tokens.

use std::collections::BTreeMap;
use std::slice;

use super::code;
use super::plan::{CUIHENG, Leaf, Town, leaves, sections};
use super::rng::{Rng, mix};
use super::share::share_from;
use crate::id::GridCode;
use crate::map::CountRow;
use crate::tree::Label;

/// What a member of the staff does in a leaf (角色).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum StaffRole {
    /// Head of the level-3 grid, directly responsible for this leaf of it as well.
    Head,
    /// Grid worker: the first one is directly responsible for the leaf, unless the head is.
    Worker,
    /// Volunteer.
    Volunteer,
}

impl StaffRole {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Head, Self::Worker, Self::Volunteer];

    /// The stable name.
    ///
    /// ```
    /// assert_eq!(gridcore::samples::StaffRole::Worker.id(), "worker");
    /// ```
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Worker => "worker",
            Self::Volunteer => "volunteer",
        }
    }

    /// The name in Chinese and English.
    ///
    /// ```
    /// assert_eq!(gridcore::samples::StaffRole::Head.label().zh, "网格长");
    /// ```
    #[must_use]
    pub fn label(self) -> Label {
        match self {
            Self::Head => Label::new("网格长", "grid head"),
            Self::Worker => Label::new("网格员", "grid worker"),
            Self::Volunteer => Label::new("志愿者", "volunteer"),
        }
    }
}

/// One member of the staff: a person, what they do, and the leaf where they do it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct StaffRow {
    /// An opaque token; nobody stands behind it.
    pub person: String,
    /// What they do.
    pub role: StaffRole,
    /// The leaf.
    pub grid: GridCode,
}

/// Volunteers of Cuiheng: with one person per leaf they make the 1500 that the district reports.
const CUIHENG_VOLUNTEERS: u64 = 193;
/// Second workers and volunteers of the other towns: invented.
const OTHER_WORKERS: u64 = 2000;
const OTHER_VOLUNTEERS: u64 = 3000;

/// Draws the roster, by leaf and role.
pub(super) fn staff(city: &[Town], seed: u64) -> Vec<StaffRow> {
    let mut rng = Rng::new(seed, "staff");
    let mut counts: BTreeMap<(&str, StaffRole), u64> = BTreeMap::new();
    for section in sections(city) {
        let with_head = rng.below(section.leaves.len() as u64) as usize;
        for (place, leaf) in section.leaves.iter().enumerate() {
            let role = if place == with_head { StaffRole::Head } else { StaffRole::Worker };
            counts.insert((&leaf.code, role), 1);
        }
    }
    // By town first: most leaves would get less than one each, and largest remainders would pass over thin towns.
    let towns = |inside: bool| -> Vec<Vec<&Leaf>> {
        let towns = city.iter().filter(|town| (town.code == CUIHENG) == inside);
        towns.map(|town| leaves(slice::from_ref(town)).collect()).collect()
    };
    let mut add = |inside: bool, role: StaffRole, total: u64| {
        let leaves = towns(inside);
        let people: Vec<u64> = leaves.iter().map(|town| town.iter().map(|leaf| leaf.people).sum()).collect();
        for (town, total) in leaves.iter().zip(share_from(total, &people, 0)) {
            let weights: Vec<u64> = town.iter().map(|leaf| leaf.people * rng.between(1, 400)).collect();
            for (leaf, more) in town.iter().zip(share_from(total, &weights, 0)) {
                if more > 0 {
                    *counts.entry((&leaf.code, role)).or_default() += more;
                }
            }
        }
    };
    add(true, StaffRole::Volunteer, CUIHENG_VOLUNTEERS);
    add(false, StaffRole::Worker, OTHER_WORKERS);
    add(false, StaffRole::Volunteer, OTHER_VOLUNTEERS);

    let mut rows = Vec::new();
    for ((leaf, role), count) in counts {
        let grid = code(leaf);
        for _ in 0..count {
            // `mix` gives no two numbers the same result, so no two people the same token.
            let person = format!("p-{:016x}", mix(seed.wrapping_add(rows.len() as u64)));
            rows.push(StaffRow { person, role, grid: grid.clone() });
        }
    }
    rows
}

/// Counts the roster per leaf and role, in the order of the rows.
pub(super) fn strength(staff: &[StaffRow]) -> Vec<CountRow> {
    let same = |a: &StaffRow, b: &StaffRow| a.grid == b.grid && a.role == b.role;
    let count = |members: &[StaffRow]| {
        CountRow::new(members[0].grid.to_string(), members[0].role.id(), members.len() as f64)
    };
    staff.chunk_by(same).map(count).collect()
}
