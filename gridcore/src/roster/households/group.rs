//! Rows of one side gathered into households.

use super::ToldBy;
use crate::roster::outcome::places::Codes;
use crate::roster::run::Inner;
use crate::roster::side::{Side, Values};
use crate::roster::{FieldKind, RosterSide};

/// The part of an address that names the road and house, see `side::Values::Address`.
const LOCALITY: u64 = 0xFF_FFFF << 40;
const ROOM: u64 = 0xF_FFFF;

/// Where somebody lives: the address within the grid, as far as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Dwelling {
    pub(super) grid: u32,
    pub(super) address: u64,
}

impl Dwelling {
    /// Whether it says which dwelling: without a road, building and room do so only within a grid.
    pub(super) fn is_known(self) -> bool {
        self.address != 0 && (self.grid != 0 || self.address & LOCALITY != 0)
    }

    /// Whether the two can't be one: a part that both have differs.
    pub(super) fn differs(self, other: Self) -> bool {
        let unlike = |mask: u64| {
            let (a, b) = (self.address & mask, other.address & mask);
            a != 0 && b != 0 && a != b
        };
        let grids = self.grid != 0 && other.grid != 0 && self.grid != other.grid;
        grids || unlike(LOCALITY) || unlike(!(LOCALITY | ROOM)) || unlike(ROOM)
    }
}

/// The households of one side.
pub(super) struct Households {
    /// The household of each row.
    pub(super) of: Vec<u32>,
    /// Where each row lives.
    pub(super) dwellings: Vec<Dwelling>,
    /// How each household was told from others.
    pub(super) told_by: Vec<ToldBy>,
    /// The rows of all households, one after the other, each by position; and where each household ends.
    rows: Vec<u32>,
    ends: Vec<u32>,
}

impl Households {
    /// Gathers rows by household number, else by dwelling, else each for itself; households stand in the order of their
    /// first rows. A number that several grids use for different addresses is counted by each grid for itself.
    pub(super) fn new(inner: &Inner, side: RosterSide) -> Self {
        let count = inner.side(side).rows;
        let numbers = inner.codes(side, FieldKind::Household);
        let grids = inner.codes(side, FieldKind::Grid);
        let dwellings = dwellings(inner, side);
        let local = local_numbers(count, &numbers, &grids, &dwellings);
        let mut keyed: Vec<(ToldBy, u64, Dwelling, u32)> = (0..count)
            .map(|at| {
                let dwelling = dwellings[at as usize];
                match numbers.number(at) {
                    0 if dwelling.is_known() => (ToldBy::Dwelling, 0, dwelling, at),
                    0 => (ToldBy::Row, u64::from(at), Dwelling::default(), at),
                    number => {
                        let grid = if local[number as usize] { grids.number(at) } else { 0 };
                        (ToldBy::Number, u64::from(number), Dwelling { grid, address: 0 }, at)
                    }
                }
            })
            .collect();
        keyed.sort_unstable();
        // The first row of a group comes first in it, as rows are the last part of the key.
        let mut groups: Vec<&[(ToldBy, u64, Dwelling, u32)]> =
            keyed.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)).collect();
        groups.sort_unstable_by_key(|group| group[0].3);
        let mut households = Self {
            of: vec![0; count as usize],
            dwellings,
            told_by: Vec::with_capacity(groups.len()),
            rows: Vec::with_capacity(count as usize),
            ends: Vec::with_capacity(groups.len()),
        };
        for (group, number) in groups.into_iter().zip(0..) {
            for &(_, _, _, at) in group {
                households.of[at as usize] = number;
                households.rows.push(at);
            }
            households.told_by.push(group[0].0);
            households.ends.push(households.rows.len() as u32);
        }
        households
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The rows of a household.
    pub(super) fn rows(&self, household: u32) -> &[u32] {
        let start = household.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.rows[start as usize..self.ends[household as usize] as usize]
    }

    /// Where most rows of a household live, of those that say so; ties go to the smaller.
    pub(super) fn dwelling(&self, household: u32) -> Option<Dwelling> {
        let mut known: Vec<Dwelling> =
            self.rows(household).iter().map(|&at| self.dwellings[at as usize]).collect();
        known.retain(|dwelling| dwelling.is_known());
        most_common(known)
    }
}

/// By household number: whether rows of several grids have it, and their addresses don't agree.
fn local_numbers(count: u32, numbers: &Codes<'_>, grids: &Codes<'_>, dwellings: &[Dwelling]) -> Vec<bool> {
    let mut local = vec![false; numbers.kinds()];
    let mut first: Vec<Option<u32>> = vec![None; numbers.kinds()];
    for at in (0..count).filter(|&at| numbers.number(at) != 0 && grids.number(at) != 0) {
        let number = numbers.number(at) as usize;
        let first = *first[number].get_or_insert(at);
        let (here, there) = (dwellings[at as usize], dwellings[first as usize]);
        let same = here.address & LOCALITY != 0 && here.address == there.address;
        local[number] |= grids.number(at) != grids.number(first) && !same;
    }
    local
}

/// The value that is there most often; ties go to the smaller.
pub(super) fn most_common<T: Ord + Copy>(mut values: Vec<T>) -> Option<T> {
    values.sort_unstable();
    let groups = values.chunk_by(PartialEq::eq);
    // The last of equals wins, so the groups are looked at from the end.
    groups.rev().max_by_key(|group| group.len()).map(|group| group[0])
}

/// Where each row of a side lives. Grids count where both sides have them, so that their numbers are the same.
fn dwellings(inner: &Inner, side: RosterSide) -> Vec<Dwelling> {
    let rows: &Side = inner.side(side);
    let shared = inner.fields.fields.iter().position(|field| field.kind == FieldKind::Grid);
    let grids = match shared.and_then(|place| rows.columns.get(place)) {
        Some(Values::Code { number, .. }) => number.as_slice(),
        _ => &[],
    };
    let addresses = match inner.column(side, FieldKind::Address) {
        Some(Values::Address(addresses)) => addresses.as_slice(),
        _ => &[],
    };
    (0..rows.rows as usize)
        .map(|at| Dwelling {
            grid: grids.get(at).copied().unwrap_or(0),
            address: addresses.get(at).copied().unwrap_or(0),
        })
        .collect()
}
