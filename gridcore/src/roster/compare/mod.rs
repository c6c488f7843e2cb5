//! Comparing two rows: a level for each comparison.

mod choose;
mod digits;
mod line;
mod metric;
mod name;
mod names;
mod place;
#[cfg(test)]
mod tests;
mod text;

use std::sync::Arc;

pub(crate) use line::Line;
pub(crate) use name::NameTable;
pub(crate) use text::Memo;

use super::model::ComparisonKind;
use super::normal::identity::is_national;
use super::side::{Fields, Pool, Side, Values};
use crate::GridTree;

/// One comparison, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Comparison {
    /// The name by which it is shown: its field's, or its first field's.
    pub(crate) name: String,
    pub(crate) kind: ComparisonKind,
    /// Level 1 first.
    pub(crate) levels: &'static [&'static str],
    /// Whether a rare value says more than a common one.
    pub(crate) term_frequency: bool,
    /// The fields it looks at, by their place in `Fields`.
    pub(crate) fields: Vec<usize>,
}

/// The columns that a [`Line`] holds, by their place in `Fields`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Core {
    pub(crate) name: Option<usize>,
    pub(crate) id: Option<usize>,
    pub(crate) phone: Option<usize>,
    pub(crate) birth: Option<usize>,
    pub(crate) sex: Option<usize>,
    pub(crate) address: Option<usize>,
    pub(crate) grid: Option<usize>,
    pub(crate) household: Option<usize>,
}

/// Where a comparison of the core stands in a pattern, in bits; one that is not there has level 0, so that its shift is free.
#[derive(Clone, Copy, Debug, Default)]
struct Shifts {
    name: u32,
    id: u32,
    phone: u32,
    birth: u32,
    sex: u32,
    place: u32,
}

/// A comparison beyond the core: it reads its columns where they stand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extra {
    pub(crate) kind: ComparisonKind,
    pub(crate) first: usize,
    /// The family name beside the given one.
    pub(crate) second: usize,
    shift: u32,
}

/// All comparisons of two sides with the same fields.
#[derive(Clone)]
pub(crate) struct Comparisons {
    list: Vec<Comparison>,
    core: Core,
    shifts: Shifts,
    extras: Vec<Extra>,
    /// By field: what name columns need.
    names: Vec<NameTable>,
    /// That of the whole names in the lines.
    core_name: NameTable,
    /// By field: hashes of pooled texts by number, place 0 being no text.
    hashes: Vec<Vec<u64>>,
    pools: Vec<Arc<Pool>>,
    /// By number of a grid: its parent.
    parents: Vec<u32>,
    /// Clears the levels of birth and sex: a national identity number that agrees says them already.
    said_by_id: u64,
}

crate::roster::veil::veiled!(Comparisons);

impl Comparisons {
    /// The comparisons that the fields call for. Pools are those of the two sides; the tree tells which grids lie together.
    pub(crate) fn new(fields: &Fields, left: &Side, right: &Side, tree: Option<&GridTree>) -> Self {
        let count = fields.fields.len();
        let mut new = Self {
            list: Vec::new(),
            core: Core::default(),
            shifts: Shifts::default(),
            extras: Vec::new(),
            names: vec![NameTable::default(); count],
            core_name: NameTable::default(),
            hashes: vec![Vec::new(); count],
            pools: vec![Arc::default(); count],
            parents: Vec::new(),
            said_by_id: u64::MAX,
        };
        new.read_pools(left, right);
        choose::choose(&mut new, fields);
        if let Some(name) = new.core.name {
            new.core_name = new.names[name].clone();
        }
        if let Some(pool) = new.core.grid.map(|grid| &new.pools[grid]) {
            new.parents = place::parents(pool, tree);
        }
        new
    }

    /// Takes the larger of the two sides' pools: pools only grow, and both sides share one.
    fn read_pools(&mut self, left: &Side, right: &Side) {
        for side in [left, right] {
            for (field, values) in side.columns.iter().enumerate() {
                let (Values::Name { pool, .. } | Values::Code { pool, .. } | Values::Text { pool, .. }) =
                    values
                else {
                    continue;
                };
                if self.pools.get(field).is_some_and(|known| pool.texts.len() > known.texts.len()) {
                    self.pools[field] = Arc::clone(pool);
                }
            }
        }
        for (field, pool) in self.pools.iter().enumerate() {
            match left.columns.get(field) {
                Some(Values::Name { .. }) => self.names[field] = NameTable::new(Arc::clone(pool)),
                Some(Values::Code { .. } | Values::Text { .. }) => {
                    self.hashes[field] =
                        std::iter::once(0).chain(pool.texts.iter().map(|text| text_hash(text))).collect();
                }
                _ => {}
            }
        }
    }

    /// The comparisons, in the order of the patterns.
    pub(crate) fn list(&self) -> &[Comparison] {
        &self.list
    }

    pub(crate) fn core(&self) -> &Core {
        &self.core
    }

    pub(crate) fn name_table(&self, field: usize) -> &NameTable {
        &self.names[field]
    }

    /// The hash of a pooled text of a field, by number.
    pub(crate) fn hash(&self, field: usize, number: u32) -> u64 {
        self.hashes[field].get(number as usize).copied().unwrap_or(0)
    }

    /// A memory for a long run, where there is something to remember.
    pub(crate) fn memo(&self) -> Memo {
        let is_slow =
            |kind| matches!(kind, ComparisonKind::Name | ComparisonKind::Names | ComparisonKind::Text);
        if self.extras.iter().any(|extra| is_slow(extra.kind)) { Memo::new() } else { Memo::none() }
    }

    /// The levels of a pair, as a pattern.
    pub(crate) fn levels(&self, left: &Side, l: u32, right: &Side, r: u32) -> u64 {
        self.levels_of(left, l, &self.line(left, l), right, r, &self.line(right, r), &mut Memo::none())
    }

    /// The levels of a pair whose lines are at hand.
    #[expect(clippy::too_many_arguments, reason = "two rows, each with its side and its line")]
    #[inline]
    pub(crate) fn levels_of(
        &self,
        left: &Side,
        l: u32,
        x: &Line,
        right: &Side,
        r: u32,
        y: &Line,
        memo: &mut Memo,
    ) -> u64 {
        let mut levels = self.core_levels(x, y);
        for extra in &self.extras {
            levels |= u64::from(self.extra_level(extra, left, l, right, r, memo)) << extra.shift;
        }
        levels
    }

    /// The levels of the comparisons that two lines hold.
    #[inline]
    pub(crate) fn core_levels(&self, x: &Line, y: &Line) -> u64 {
        let shifts = &self.shifts;
        let id = digits::id_level(x.id, y.id);
        let levels = u64::from(self.core_name.level((x.name, x.sound), (y.name, y.sound))) << shifts.name
            | u64::from(id) << shifts.id
            | u64::from(digits::phone_level(x.phone, y.phone)) << shifts.phone
            | u64::from(digits::birth_level(x.birth, y.birth)) << shifts.birth
            | u64::from(digits::same_level(&x.sex, &y.sex)) << shifts.sex
            | u64::from(place::place_level(x.place(), y.place(), &self.parents)) << shifts.place;
        if id == 1 && is_national(x.id) { levels & self.said_by_id } else { levels }
    }

    fn extra_level(&self, extra: &Extra, left: &Side, l: u32, right: &Side, r: u32, memo: &mut Memo) -> u8 {
        let (l, r) = (l as usize, r as usize);
        let field = extra.first;
        match (&left.columns[field], &right.columns[field]) {
            (Values::Name { .. }, Values::Name { .. }) if extra.kind == ComparisonKind::Names => {
                let (a, b) = (Self::full_name(extra, left, l), Self::full_name(extra, right, r));
                memo.pair(extra.shift, a.key(), b.key(), || self.names_level(extra, &a, &b))
            }
            (Values::Name { .. }, Values::Name { .. }) => {
                let table = &self.names[field];
                let (a, b) = (Self::name_of(field, left, l), Self::name_of(field, right, r));
                memo.pair(extra.shift, a.0, b.0, || table.level(a, b))
            }
            (Values::Id(a), Values::Id(b)) => digits::id_level(a[l], b[r]),
            (Values::Token(a), Values::Token(b)) => digits::same_level(&a[l], &b[r]),
            (Values::Phone(a), Values::Phone(b)) => digits::phone_level(a[l], b[r]),
            (Values::Birth(a), Values::Birth(b)) => digits::birth_level(a[l], b[r]),
            (Values::Sex(a), Values::Sex(b)) => digits::same_level(&a[l], &b[r]),
            (Values::Address(a), Values::Address(b)) => {
                let place = |address| place::Place { address, ..place::Place::default() };
                place::place_level(place(a[l]), place(b[r]), &[])
            }
            (Values::Code { number: a, .. }, Values::Code { number: b, .. }) => {
                digits::same_level(&a[l], &b[r])
            }
            (Values::Text { number: a, .. }, Values::Text { number: b, .. }) => {
                let (a, b) = (a[l], b[r]);
                let pool = &self.pools[field];
                memo.pair(extra.shift, a.into(), b.into(), || text::text_level(pool, a, b))
            }
            _ => 0,
        }
    }

    /// A name column's value in a row, with its sound.
    pub(crate) fn name_of(field: usize, side: &Side, row: usize) -> (u64, u64) {
        match &side.columns[field] {
            Values::Name { chars, sound, .. } => (chars[row], sound[row]),
            _ => (0, 0),
        }
    }

    fn full_name(extra: &Extra, side: &Side, row: usize) -> names::FullName {
        names::FullName {
            given: Self::name_of(extra.first, side, row),
            family: Self::name_of(extra.second, side, row),
        }
    }

    fn names_level(&self, extra: &Extra, a: &names::FullName, b: &names::FullName) -> u8 {
        names::names_level(&self.names[extra.first], &self.names[extra.second], a, b)
    }
}

/// A hash of a text that is the same in every run. FNV-1a, finished so that all bits depend on all characters.
pub(crate) fn text_hash(text: &str) -> u64 {
    let hash = text.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    });
    mixed(hash, 0)
}

/// Two words mixed into one.
#[inline]
pub(crate) const fn mixed(a: u64, b: u64) -> u64 {
    let x = a.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ b.wrapping_add(0x7F4A_7C15_9E37_79B9).rotate_left(31);
    let x = (x ^ x >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x ^ x >> 32
}
