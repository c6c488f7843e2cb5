//! One row's most telling values in one cache line: reaching a row is what costs, not comparing it.

use super::place::Place;
use super::{Comparisons, Core};
use crate::roster::side::{Side, Values};

/// The values of a row that most rosters have, 64 bytes; 0 is missing everywhere.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
#[repr(align(64))]
pub(crate) struct Line {
    pub(crate) id: u128,
    pub(crate) name: u64,
    pub(crate) sound: u64,
    pub(crate) phone: u64,
    pub(crate) address: u64,
    pub(crate) birth: u32,
    pub(crate) grid: u32,
    pub(crate) household: u32,
    pub(crate) sex: u8,
}

crate::roster::veil::veiled!(Line);

impl Line {
    #[inline]
    pub(super) const fn place(&self) -> Place {
        Place { address: self.address, household: self.household, grid: self.grid }
    }
}

impl Comparisons {
    /// The line of a row.
    pub(crate) fn line(&self, side: &Side, row: u32) -> Line {
        let row = row as usize;
        let Core { name, id, phone, birth, sex, address, grid, household } = self.core;
        let column = |field: Option<usize>| field.and_then(|field| side.columns.get(field));
        let code = |field| match column(field) {
            Some(Values::Code { number, .. }) => number[row],
            _ => 0,
        };
        let (chars, sound) = name.map_or((0, 0), |field| Self::name_of(field, side, row));
        Line {
            id: if let Some(Values::Id(ids)) = column(id) { ids[row] } else { 0 },
            name: chars,
            sound,
            phone: if let Some(Values::Phone(phones)) = column(phone) { phones[row] } else { 0 },
            address: if let Some(Values::Address(addresses)) = column(address) { addresses[row] } else { 0 },
            birth: if let Some(Values::Birth(births)) = column(birth) { births[row] } else { 0 },
            grid: code(grid),
            household: code(household),
            sex: if let Some(Values::Sex(sexes)) = column(sex) { sexes[row] } else { 0 },
        }
    }

    /// The lines of a side.
    pub(crate) fn lines(&self, side: &Side) -> Vec<Line> {
        (0..side.rows).map(|row| self.line(side, row)).collect()
    }
}
