//! Which comparisons a set of fields calls for.

use super::name::NAME_LEVELS;
use super::names::NAMES_LEVELS;
use super::place::PLACE_LEVELS;
use super::text::TEXT_LEVELS;
use super::{Comparison, Comparisons, Extra};
use crate::roster::FieldKind;
use crate::roster::model::ComparisonKind;
use crate::roster::pairs::MOST_COMPARISONS;
use crate::roster::side::Fields;

const EXACT_LEVELS: [&str; 2] = ["exact", "else"];
const ID_LEVELS: [&str; 5] = ["exact", "one_digit", "two_digits", "same_birth", "else"];
const PHONE_LEVELS: [&str; 3] = ["exact", "one_digit", "else"];
const BIRTH_LEVELS: [&str; 4] = ["exact", "one_digit", "two_digits", "else"];

/// The names of a comparison's levels, and whether rare values count for more.
const fn levels_of(kind: ComparisonKind) -> (&'static [&'static str], bool) {
    match kind {
        ComparisonKind::Name => (&NAME_LEVELS, true),
        ComparisonKind::Names => (&NAMES_LEVELS, true),
        ComparisonKind::Id => (&ID_LEVELS, false),
        ComparisonKind::Phone => (&PHONE_LEVELS, false),
        ComparisonKind::Birth => (&BIRTH_LEVELS, false),
        ComparisonKind::Place => (&PLACE_LEVELS, false),
        ComparisonKind::Text => (&TEXT_LEVELS, true),
        ComparisonKind::Exact => (&EXACT_LEVELS, true),
        ComparisonKind::Token | ComparisonKind::Sex => (&EXACT_LEVELS, false),
    }
}

/// Makes the list of comparisons; what tells most comes first, so that it is never what does not fit.
pub(super) fn choose(all: &mut Comparisons, fields: &Fields) {
    let of = |kind: FieldKind| -> Vec<usize> {
        (0..fields.fields.len()).filter(|&place| fields.fields[place].kind == kind).collect()
    };
    let mut chosen = Chosen { all, fields };
    for place in of(FieldKind::Name) {
        chosen.single(ComparisonKind::Name, place);
    }
    let (given, family) = (of(FieldKind::Given), of(FieldKind::Family));
    for turn in 0..given.len().max(family.len()) {
        match (given.get(turn), family.get(turn)) {
            (Some(&given), Some(&family)) => chosen.names(given, family),
            (Some(&alone), None) | (None, Some(&alone)) => chosen.extra(ComparisonKind::Name, alone),
            (None, None) => {}
        }
    }
    for (field, kind) in [
        (FieldKind::Id, ComparisonKind::Id),
        (FieldKind::Token, ComparisonKind::Token),
        (FieldKind::Phone, ComparisonKind::Phone),
        (FieldKind::Birth, ComparisonKind::Birth),
        (FieldKind::Sex, ComparisonKind::Sex),
    ] {
        for place in of(field) {
            chosen.single(kind, place);
        }
    }
    let (addresses, households, grids) =
        (of(FieldKind::Address), of(FieldKind::Household), of(FieldKind::Grid));
    chosen.place(addresses.first().copied(), households.first().copied(), grids.first().copied());
    for &place in addresses.iter().skip(1) {
        chosen.extra(ComparisonKind::Place, place);
    }
    for &place in households.iter().skip(1).chain(grids.iter().skip(1)) {
        chosen.extra(ComparisonKind::Exact, place);
    }
    for place in of(FieldKind::Text) {
        chosen.extra(ComparisonKind::Text, place);
    }
    for place in of(FieldKind::Exact) {
        chosen.extra(ComparisonKind::Exact, place);
    }
}

struct Chosen<'c> {
    all: &'c mut Comparisons,
    fields: &'c Fields,
}

impl Chosen<'_> {
    /// Adds a comparison to the list and returns where it stands in a pattern.
    fn add(&mut self, kind: ComparisonKind, fields: Vec<usize>) -> Option<u32> {
        let place = self.all.list.len();
        if place == MOST_COMPARISONS {
            return None;
        }
        let (levels, term_frequency) = levels_of(kind);
        let labels: Vec<&str> = fields.iter().map(|&field| self.fields.fields[field].name.as_str()).collect();
        self.all.list.push(Comparison { name: labels.join("+"), kind, levels, term_frequency, fields });
        Some(4 * place as u32)
    }

    /// A comparison of one field: in the line if its place there is free.
    fn single(&mut self, kind: ComparisonKind, place: usize) {
        let Some(shift) = self.add(kind, vec![place]) else { return };
        let (core, shifts) = (&mut self.all.core, &mut self.all.shifts);
        let slot = match kind {
            ComparisonKind::Name => Some((&mut core.name, &mut shifts.name)),
            ComparisonKind::Id => Some((&mut core.id, &mut shifts.id)),
            ComparisonKind::Phone => Some((&mut core.phone, &mut shifts.phone)),
            ComparisonKind::Birth => Some((&mut core.birth, &mut shifts.birth)),
            ComparisonKind::Sex => Some((&mut core.sex, &mut shifts.sex)),
            _ => None,
        };
        match slot {
            Some((column, bits)) if column.is_none() => (*column, *bits) = (Some(place), shift),
            _ => self.all.extras.push(Extra { kind, first: place, second: place, shift }),
        }
        if matches!(kind, ComparisonKind::Birth | ComparisonKind::Sex) {
            self.all.said_by_id &= !(15 << shift);
        }
    }

    fn extra(&mut self, kind: ComparisonKind, place: usize) {
        if let Some(shift) = self.add(kind, vec![place]) {
            self.all.extras.push(Extra { kind, first: place, second: place, shift });
        }
    }

    fn names(&mut self, given: usize, family: usize) {
        if let Some(shift) = self.add(ComparisonKind::Names, vec![given, family]) {
            let kind = ComparisonKind::Names;
            self.all.extras.push(Extra { kind, first: given, second: family, shift });
        }
    }

    fn place(&mut self, address: Option<usize>, household: Option<usize>, grid: Option<usize>) {
        let fields: Vec<usize> = [address, household, grid].into_iter().flatten().collect();
        if fields.is_empty() {
            return;
        }
        if let Some(shift) = self.add(ComparisonKind::Place, fields) {
            self.all.shifts.place = shift;
            let core = &mut self.all.core;
            (core.address, core.household, core.grid) = (address, household, grid);
        }
    }
}
