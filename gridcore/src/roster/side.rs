//! One side of a reconciliation, normalised: a column of packed values for each field, 0 where a value is missing.
//!
//! Rows stand in canonical order, by the hash of their record id and then by the id, so that no result depends on the order
//! in which a table came; `order` leads back to the table's rows.

use super::FieldKind;

/// A side of a reconciliation (左/右).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RosterSide {
    /// The first roster: the register, or the only roster there is.
    Left,
    /// The second roster: visits, tenants, tests.
    Right,
}

impl RosterSide {
    /// Both sides.
    pub const ALL: [Self; 2] = [Self::Left, Self::Right];

    /// The stable name, as tables have it.
    ///
    /// ```
    /// assert_eq!(gridcore::roster::RosterSide::Left.id(), "left");
    /// ```
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
        }
    }

    /// The other side.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

/// The fields that both sides have, in the order in which each side's columns stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields {
    pub(crate) fields: Vec<Field>,
}

/// One field: its kind, and the name by which it is shown (the left column's name).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) kind: FieldKind,
    pub(crate) name: String,
}

/// Texts that both sides share, by number from 1; 0 is no text.
#[derive(Clone, Default)]
pub(crate) struct Pool {
    pub(crate) texts: Vec<Box<str>>,
}

super::veil::veiled!(Pool);

impl Pool {
    pub(crate) fn text(&self, number: u32) -> &str {
        number.checked_sub(1).map_or("", |place| &self.texts[place as usize])
    }
}

/// One field's values, in canonical order; 0 is a missing value everywhere.
#[derive(Clone)]
pub(crate) enum Values {
    /// Identity numbers. The highest nibble says the form, so that values of different forms never agree: 8 is GB 11643,
    /// 18 nibbles, the first digit highest, 10 for X; 4 is up to 29 other digits as nibbles below a leading nibble 1; 2 is
    /// up to 15 letters and digits of 8 bits; 1 is the hash of anything else.
    Id(Vec<u128>),
    /// Tokens: the first 128 bits.
    Token(Vec<u128>),
    /// Names, whole, given or family. `chars`: up to 4 simplified characters, 16 bits each, the last lowest; or
    /// `LONG_NAME | number` in the pool, which all fields of names share. `sound`: as many syllables (numbers from 1),
    /// 16 bits each; of a name that is not packed a hash of its sounds.
    Name { chars: Vec<u64>, sound: Vec<u64>, pool: std::sync::Arc<Pool> },
    /// Phones: up to 15 nibbles below a leading 1.
    Phone(Vec<u64>),
    /// Days: 8 nibbles `YYYYMMDD`, as they were written, also where no calendar has them; a day or month that is not known
    /// is 00.
    Birth(Vec<u32>),
    /// 1 is male, 2 is female.
    Sex(Vec<u8>),
    /// Addresses: hash of the road's or compound's name and the house number (24 bits) | building (20) | unit (6) and room
    /// (14); a part that is missing is 0.
    Address(Vec<u64>),
    /// Numbers of codes in the pool: a grid, a household, an exact value.
    Code { number: Vec<u32>, pool: std::sync::Arc<Pool> },
    /// Numbers of normalised texts in the pool, compared by likeness.
    Text { number: Vec<u32>, pool: std::sync::Arc<Pool> },
}

impl Values {
    /// The pool of texts, of a field that has one.
    pub(crate) fn pool(&self) -> Option<&std::sync::Arc<Pool>> {
        match self {
            Self::Name { pool, .. } | Self::Code { pool, .. } | Self::Text { pool, .. } => Some(pool),
            _ => None,
        }
    }
}

/// Marks a name that is not packed: the number in the pool stands in the low 32 bits.
pub(crate) const LONG_NAME: u64 = 0xFFFF << 48;

/// One side.
#[derive(Clone, Default)]
pub(crate) struct Side {
    /// Number of rows.
    pub(crate) rows: u32,
    /// The table's row of each canonical position.
    pub(crate) order: Vec<u32>,
    /// The record ids in canonical order, end to end, and where each ends.
    pub(crate) ids: String,
    pub(crate) id_ends: Vec<u32>,
    /// One for each of `Fields`.
    pub(crate) columns: Vec<Values>,
    /// Grids, households and addresses that this side alone has: nothing to compare them with, but tables by grid and
    /// households need them.
    pub(crate) beside: Vec<(Field, Values)>,
}

impl Side {
    /// The canonical position of each row of the table.
    pub(crate) fn places(&self) -> Vec<u32> {
        let mut places = vec![0; self.order.len()];
        for (&row, at) in self.order.iter().zip(0..) {
            if let Some(place) = places.get_mut(row as usize) {
                *place = at;
            }
        }
        places
    }

    /// The record id at a canonical position.
    pub(crate) fn id(&self, at: u32) -> &str {
        let at = at as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.id_ends[before] as usize);
        &self.ids[start..self.id_ends[at] as usize]
    }
}
