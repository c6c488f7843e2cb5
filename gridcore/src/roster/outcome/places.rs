//! Where rows say that somebody is: grid, household, address, of the fields of both sides or of one side alone.

use crate::roster::run::Inner;
use crate::roster::side::{Field, Pool, Side, Values};
use crate::roster::{FieldKind, RosterSide};

impl Inner {
    pub(crate) fn side(&self, side: RosterSide) -> &Side {
        match side {
            RosterSide::Left => &self.left,
            RosterSide::Right => &self.right,
        }
    }

    /// The column of a kind: a field's, else one that this side alone has.
    pub(crate) fn column(&self, side: RosterSide, kind: FieldKind) -> Option<&Values> {
        let of_kind = |field: &Field| field.kind == kind;
        let side = self.side(side);
        let shared = self.fields.fields.iter().position(of_kind).and_then(|place| side.columns.get(place));
        shared.or_else(|| side.beside.iter().find(|(field, _)| of_kind(field)).map(|(_, values)| values))
    }

    /// The codes of a kind.
    pub(crate) fn codes(&self, side: RosterSide, kind: FieldKind) -> Codes<'_> {
        match self.column(side, kind) {
            Some(Values::Code { number, pool }) => Codes { numbers: number, pool: Some(pool) },
            _ => Codes { numbers: &[], pool: None },
        }
    }
}

/// A column of codes; or none, which has no code for any row.
#[derive(Clone, Copy)]
pub(crate) struct Codes<'a> {
    numbers: &'a [u32],
    pool: Option<&'a Pool>,
}

impl<'a> Codes<'a> {
    /// The number of a row's code in its pool; 0 is none.
    pub(crate) fn number(&self, at: u32) -> u32 {
        self.numbers.get(at as usize).copied().unwrap_or(0)
    }

    /// The code with a number.
    pub(crate) fn text(&self, number: u32) -> Option<&'a str> {
        match self.pool {
            Some(pool) if number > 0 => Some(pool.text(number)),
            _ => None,
        }
    }

    pub(crate) fn of(&self, at: u32) -> Option<&'a str> {
        self.text(self.number(at))
    }

    pub(crate) fn owned(&self, at: u32) -> Option<String> {
        self.of(at).map(str::to_owned)
    }

    /// How many numbers the pool has, with 0 for none.
    pub(crate) fn kinds(&self) -> usize {
        self.pool.map_or(1, |pool| pool.texts.len() + 1)
    }
}
