//! The parts of which blocking keys are made: values of a row that two rows share or not.

use super::super::FieldKind;
use super::super::compare::{Comparisons, Line, mixed};
use super::super::normal::identity::is_national;
use super::super::side::{Fields, Side, Values};

/// One bit for each atom; those of the lines come first, the others are listed in [`Atoms`].
pub(crate) const ID: u32 = 0;
pub(crate) const ID_HEAD: u32 = 1;
pub(crate) const ID_TAIL: u32 = 2;
pub(crate) const ID_END: u32 = 3;
pub(crate) const PHONE: u32 = 4;
pub(crate) const PHONE_END: u32 = 5;
pub(crate) const NAME: u32 = 6;
pub(crate) const SOUND: u32 = 7;
pub(crate) const SURNAME: u32 = 8;
pub(crate) const BIRTH: u32 = 9;
pub(crate) const SEX: u32 = 10;
pub(crate) const GRID: u32 = 11;
pub(crate) const ADDRESS: u32 = 12;
pub(crate) const HOUSEHOLD: u32 = 13;
/// The first atom that is not in the lines.
pub(crate) const BEYOND: u32 = 14;
/// The most atoms.
pub(crate) const MOST: u32 = 64;

/// What an atom beyond the lines takes of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Take {
    /// The whole value.
    Whole,
    /// How a name sounds.
    Sound,
    /// Two names whichever way round: the second field.
    Either(usize),
}

/// The atoms beyond the lines: field, and what is taken of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Atoms {
    pub(crate) beyond: Vec<(usize, Take)>,
}

impl Atoms {
    /// The atom's bit, added if it is new; nothing when there are too many.
    pub(crate) fn bit(&mut self, field: usize, take: Take) -> Option<u32> {
        let place = self.beyond.iter().position(|atom| *atom == (field, take)).unwrap_or(self.beyond.len());
        let bit = BEYOND + place as u32;
        if bit >= MOST {
            return None;
        }
        if place == self.beyond.len() {
            self.beyond.push((field, take));
        }
        Some(bit)
    }

    /// The values of the atoms beyond the lines in a row, 32 bits of hash for each; 0 is missing.
    pub(crate) fn fill(&self, all: &Comparisons, side: &Side, row: u32, values: &mut Vec<u32>) {
        values.extend(self.beyond.iter().map(|&(field, take)| {
            let value = beyond_value(field, take, all, side, row as usize);
            if value == 0 { 0 } else { (mixed(value, 0) >> 32) as u32 | 1 }
        }));
    }

    /// The atoms beyond the lines that two rows share.
    pub(crate) fn shared(left: &[u32], right: &[u32]) -> u64 {
        let pairs = left.iter().zip(right).zip(BEYOND..);
        pairs.fold(0, |bits, ((&a, &b), atom)| bits | u64::from(a != 0 && a == b) << atom)
    }
}

/// The date of birth, or else that in the identity number.
#[inline]
const fn birth(line: &Line) -> u32 {
    if line.birth == 0 && is_national(line.id) { (line.id >> 16) as u32 } else { line.birth }
}

/// The sex, or else that in the identity number.
#[inline]
const fn sex(line: &Line) -> u8 {
    if line.sex == 0 && is_national(line.id) { 2 - (line.id >> 4) as u8 % 2 } else { line.sex }
}

/// The first syllable of a name; the whole sound when it is not made of syllables.
#[inline]
const fn surname(sound: u64) -> u64 {
    if sound == 0 { 0 } else { sound >> (sound.ilog2() / 16 * 16) }
}

/// The parts of identity numbers: all digits but the last four, the last twelve, the last four. The first two are of national
/// numbers alone, of which one knows what stands where.
const HEAD: u32 = 16;
const TAIL: u128 = (1 << 48) - 1;
const END: u128 = 0xFFFF;

pub(crate) fn line_value(atom: u32, all: &Comparisons, line: &Line) -> u64 {
    let known = |value: u64| if line.id == 0 { 0 } else { value | 1 << 63 };
    let core = all.core();
    match atom {
        ID => known(mixed(line.id as u64, (line.id >> 64) as u64)),
        ID_HEAD if is_national(line.id) => known((line.id >> HEAD) as u64),
        ID_TAIL if is_national(line.id) => known((line.id & TAIL) as u64),
        ID_END => known((line.id & END) as u64),
        PHONE => line.phone,
        PHONE_END if line.phone > 0xFFFF => line.phone & 0xFFFF | 1 << 63,
        NAME => core.name.map_or(0, |field| all.name_table(field).hash(line.name)),
        SOUND => line.sound,
        SURNAME => surname(line.sound),
        BIRTH => birth(line).into(),
        SEX => sex(line).into(),
        GRID => core.grid.map_or(0, |field| all.hash(field, line.grid)),
        ADDRESS => line.address,
        HOUSEHOLD => core.household.map_or(0, |field| all.hash(field, line.household)),
        _ => 0,
    }
}

/// The atoms of the lines that two of them share.
#[inline]
pub(crate) fn line_shared(x: &Line, y: &Line) -> u64 {
    let ids = x.id != 0 && y.id != 0;
    let id = x.id ^ y.id;
    let nationals = is_national(x.id & y.id);
    let phones = x.phone != 0 && y.phone != 0;
    let bit = |atom: u32, shared: bool| u64::from(shared) << atom;
    bit(ID, ids && id == 0)
        | bit(ID_HEAD, nationals && (id >> HEAD) as u64 == 0)
        | bit(ID_TAIL, nationals && id & TAIL == 0)
        | bit(ID_END, ids && id & END == 0)
        | bit(PHONE, phones && x.phone == y.phone)
        | bit(PHONE_END, x.phone > 0xFFFF && y.phone > 0xFFFF && (x.phone ^ y.phone) as u16 == 0)
        | bit(NAME, x.name != 0 && x.name == y.name)
        | bit(SOUND, x.sound != 0 && x.sound == y.sound)
        | bit(SURNAME, x.sound != 0 && y.sound != 0 && surname(x.sound) == surname(y.sound))
        | bit(BIRTH, birth(x) != 0 && birth(x) == birth(y))
        | bit(SEX, sex(x) != 0 && sex(x) == sex(y))
        | bit(GRID, x.grid != 0 && x.grid == y.grid)
        | bit(ADDRESS, x.address != 0 && x.address == y.address)
        | bit(HOUSEHOLD, x.household != 0 && x.household == y.household)
}

fn beyond_value(field: usize, take: Take, all: &Comparisons, side: &Side, row: usize) -> u64 {
    match (&side.columns[field], take) {
        (Values::Name { chars, .. }, Take::Whole) => all.name_table(field).hash(chars[row]),
        (Values::Name { .. }, Take::Sound) => Comparisons::name_of(field, side, row).1,
        (Values::Name { .. }, Take::Either(second)) => {
            let (one, other) = (
                beyond_value(field, Take::Whole, all, side, row),
                beyond_value(second, Take::Whole, all, side, row),
            );
            if one == 0 || other == 0 { 0 } else { mixed(one.min(other), one.max(other)) }
        }
        (Values::Id(ids) | Values::Token(ids), _) if ids[row] != 0 => {
            mixed(ids[row] as u64, (ids[row] >> 64) as u64)
        }
        (Values::Phone(phones), _) => phones[row],
        (Values::Birth(births), _) => births[row].into(),
        (Values::Sex(sexes), _) => sexes[row].into(),
        (Values::Address(addresses), _) => addresses[row],
        (Values::Code { number, .. } | Values::Text { number, .. }, _) => all.hash(field, number[row]),
        _ => 0,
    }
}

/// The fields of a kind, by place.
pub(crate) fn of(fields: &Fields, kind: FieldKind) -> impl Iterator<Item = usize> + '_ {
    (0..fields.fields.len()).filter(move |&place| fields.fields[place].kind == kind)
}
