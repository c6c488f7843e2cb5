//! Fields in which matched pairs disagree.

use super::ConflictRow;
use super::place::{Bond, scored};
use crate::roster::compare::Comparisons;
use crate::roster::explain::{Masking, value};
use crate::roster::normal::identity;
use crate::roster::pairs::level;
use crate::roster::run::{Inner, Reconciliation};
use crate::roster::side::{Field, Side, Values};
use crate::roster::{FieldKind, RosterSide};

/// Whether two values are there and differ.
fn differ(left: &Values, l: u32, right: &Values, r: u32) -> bool {
    fn unlike<T: PartialEq + Default>(left: &[T], l: u32, right: &[T], r: u32) -> bool {
        match (left.get(l as usize), right.get(r as usize)) {
            (Some(l), Some(r)) => *l != T::default() && *r != T::default() && l != r,
            _ => false,
        }
    }
    match (left, right) {
        (Values::Id(left), Values::Id(right)) | (Values::Token(left), Values::Token(right)) => {
            unlike(left, l, right, r)
        }
        (Values::Name { chars: left, .. }, Values::Name { chars: right, .. })
        | (Values::Phone(left), Values::Phone(right))
        | (Values::Address(left), Values::Address(right)) => unlike(left, l, right, r),
        (Values::Birth(left), Values::Birth(right)) => unlike(left, l, right, r),
        (Values::Sex(left), Values::Sex(right)) => unlike(left, l, right, r),
        (Values::Code { number: left, .. }, Values::Code { number: right, .. })
        | (Values::Text { number: left, .. }, Values::Text { number: right, .. }) => {
            unlike(left, l, right, r)
        }
        _ => false,
    }
}

/// An identity number that could have been meant by an unsound one: what the other side has, if that is one slip away, else
/// the only one that agrees with what is known of birth and sex.
fn repair(id: u128, other: u128, born: u32, sex: u8) -> Option<u128> {
    let proposals = |born, sex| identity::repairs(id, born, sex).into_iter().map(|proposal| proposal.0);
    proposals(0, 0).find(|&proposal| proposal == other).or_else(|| {
        let mut agreeing = proposals(born, sex);
        agreeing.next().filter(|_| born != 0 && agreeing.next().is_none())
    })
}

struct Finder<'a> {
    inner: &'a Inner,
    comparisons: Comparisons,
    /// By field: the comparison that looks at it.
    of_field: Vec<Option<usize>>,
    /// The fields that are looked at.
    looked_at: Vec<bool>,
}

impl<'a> Finder<'a> {
    fn new(inner: &'a Inner) -> Self {
        let comparisons = inner.comparisons();
        let of_field = (0..inner.fields.fields.len())
            .map(|field| comparisons.list().iter().position(|of| of.fields.contains(&field)))
            .collect();
        let looked_at = (0..inner.fields.fields.len()).map(|field| has_one_meaning(inner, field)).collect();
        Self { inner, comparisons, of_field, looked_at }
    }

    fn column(&self, side: RosterSide, kind: FieldKind) -> Option<&'a Values> {
        let place = self.inner.fields.fields.iter().position(|field| field.kind == kind)?;
        self.inner.side(side).columns.get(place)
    }

    fn birth(&self, side: RosterSide, at: u32) -> u32 {
        match self.column(side, FieldKind::Birth) {
            Some(Values::Birth(days)) => days.get(at as usize).copied().unwrap_or(0),
            _ => 0,
        }
    }

    fn sex(&self, side: RosterSide, at: u32) -> u8 {
        match self.column(side, FieldKind::Sex) {
            Some(Values::Sex(sexes)) => sexes.get(at as usize).copied().unwrap_or(0),
            _ => 0,
        }
    }

    /// The side whose number could be mended, and the mended number.
    fn repair(&self, link: &Bond, field: usize) -> Option<(RosterSide, String)> {
        let rows = [link.left, link.right];
        let ids = RosterSide::ALL.map(|side| match self.inner.side(side).columns.get(field) {
            Some(Values::Id(ids)) => ids.get(rows[side as usize] as usize).copied().unwrap_or(0),
            _ => 0,
        });
        // What either row says of the person helps: they are the same.
        let either = |one: u32, other: u32| if one == 0 { other } else { one };
        let births = RosterSide::ALL.map(|side| self.birth(side, rows[side as usize]));
        let sexes = RosterSide::ALL.map(|side| u32::from(self.sex(side, rows[side as usize])));
        RosterSide::ALL.into_iter().find_map(|side| {
            let (own, other) = (side as usize, side.other() as usize);
            let born = either(births[own], births[other]);
            let sex = either(sexes[own], sexes[other]) as u8;
            let mended = repair(ids[own], ids[other], born, sex)?;
            Some((side, identity::text(mended)?))
        })
    }

    fn row(&self, link: &Bond, field: usize) -> Option<ConflictRow> {
        let inner = self.inner;
        let (left, right): (&Side, &Side) = (&inner.left, &inner.right);
        let (l, r) = (left.columns.get(field)?, right.columns.get(field)?);
        if !self.looked_at[field] || !differ(l, link.left, r, link.right) {
            return None;
        }
        let own: &Field = &inner.fields.fields[field];
        let levels = scored(&inner.pairs, link.left, link.right)
            .map_or_else(|| self.comparisons.levels(left, link.left, right, link.right), |pair| pair.levels);
        let at = self.of_field[field].map(|place| (place, level(levels, place)));
        let level = at
            .and_then(|(place, level)| inner.model.comparisons.get(place)?.levels.get(level.checked_sub(1)?));
        let repair = if own.kind == FieldKind::Id { self.repair(link, field) } else { None };
        let (repair_side, repair) = repair.unzip();
        let (left_id, left_row) = inner.named(RosterSide::Left, link.left);
        let (right_id, right_row) = inner.named(RosterSide::Right, link.right);
        Some(ConflictRow {
            left: left_id,
            right: right_id,
            left_row,
            right_row,
            field: own.name.clone(),
            level: level.map_or_else(|| "else".to_owned(), |level| level.level.clone()),
            left_value: value(own, l, link.left, Masking::Masked).unwrap_or_default(),
            right_value: value(own, r, link.right, Masking::Masked).unwrap_or_default(),
            repair_side,
            repair: repair.map(|repair| Masking::Masked.show(FieldKind::Id, &repair)),
        })
    }
}

/// Whether a field means the same on both sides. Household numbers of two lists are often numbered apart: then hardly any
/// matched pair agrees, and that is no conflict of rows.
fn has_one_meaning(inner: &Inner, field: usize) -> bool {
    if inner.fields.fields[field].kind != FieldKind::Household {
        return true;
    }
    let (Some(left), Some(right)) = (inner.left.columns.get(field), inner.right.columns.get(field)) else {
        return false;
    };
    let unlike = inner.placed.links.iter().filter(|link| differ(left, link.left, right, link.right)).count();
    2 * unlike <= inner.placed.links.len()
}

impl Reconciliation {
    /// The fields in which matched pairs disagree, values masked; for identity numbers with a wrong check digit the number
    /// that was probably meant, proposed and never put in.
    ///
    /// Values that only one side has are no conflict; nor are household numbers that most pairs disagree about, since then
    /// the two lists number their households apart. Grids that differ stand here and, with their common grid, in
    /// [`Self::moved`].
    ///
    /// A row's `level` is that of the comparison: `same_sound` or `one_character` of a name, `one_digit`, `two_digits` or
    /// `same_birth` of a number, `else` where nothing is alike; [`Model::comparisons`](crate::roster::Model::comparisons)
    /// lists those of each field.
    ///
    /// # Complexity
    /// O(f·m) for f fields and m matched pairs; before the first row also O(d) for the d different texts of the columns.
    pub fn conflicts(&self) -> impl Iterator<Item = ConflictRow> + '_ {
        let finder = Finder::new(&self.inner);
        self.inner.placed.links.iter().flat_map(move |link| {
            let rows = (0..finder.of_field.len()).filter_map(|field| finder.row(link, field));
            rows.collect::<Vec<_>>()
        })
    }
}
