//! Which blocking keys a set of fields calls for.

use super::super::FieldKind;
use super::super::compare::{Comparisons, Line, mixed};
use super::super::side::{Fields, Side, Values};
use super::atom::{self, Atoms, Take};

/// A blocking key: atoms that two rows must share all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// The names of its parts, joined by `+`.
    pub(crate) name: String,
    /// Its atoms, a bit for each.
    pub(crate) mask: u64,
    /// Whether it is of use inside one side, to find a row twice in a list that should have it once.
    pub(crate) strict: bool,
}

/// The blocking keys of a reconciliation, the strictest first; a pair belongs to the first that it shares.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blocking {
    pub(crate) rules: Vec<Rule>,
    pub(crate) atoms: Atoms,
    /// For each set of atoms of the lines: the first rule that it fulfils, or [`NONE`].
    first: Vec<u8>,
    /// How many rules ask for atoms of the lines alone; they come first.
    lines: usize,
}

/// No rule.
const NONE: u8 = u8::MAX;

/// A row as its keys see it: its line, and its atoms beyond.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'r> {
    pub(crate) line: &'r Line,
    pub(crate) beyond: &'r [u32],
}

impl Blocking {
    /// The keys that the fields call for; `telling` says of each field whether sharing a value says something.
    pub(crate) fn new(fields: &Fields, all: &Comparisons, telling: &[bool]) -> Self {
        let mut new = Self::default();
        let core = *all.core();
        let mut present = 0_u64;
        let has = |field: Option<usize>, atoms: &[u32]| {
            if field.is_some() { atoms.iter().fold(0, |bits, atom| bits | 1 << atom) } else { 0_u64 }
        };
        present |=
            has(core.id, &[atom::ID, atom::ID_HEAD, atom::ID_TAIL, atom::ID_END, atom::BIRTH, atom::SEX]);
        present |= has(core.phone, &[atom::PHONE, atom::PHONE_END]);
        present |= has(core.name, &[atom::NAME, atom::SOUND, atom::SURNAME]);
        present |= has(core.birth, &[atom::BIRTH]) | has(core.sex, &[atom::SEX]);
        present |= has(core.grid, &[atom::GRID]) | has(core.address, &[atom::ADDRESS]);
        present |= has(core.household, &[atom::HOUSEHOLD]);
        let mut line = |name: &str, atoms: &[u32], strict: bool| {
            let mask = atoms.iter().fold(0, |bits, atom| bits | 1 << atom);
            if mask & present == mask {
                new.add(name, mask, strict);
            }
        };
        line("id", &[atom::ID], true);
        line("phone", &[atom::PHONE], false);
        line("name+birth", &[atom::NAME, atom::BIRTH], true);
        line("birth+grid", &[atom::BIRTH, atom::GRID], false);
        line("name+grid", &[atom::NAME, atom::GRID], true);
        line("address", &[atom::ADDRESS], false);
        line("sound+birth", &[atom::SOUND, atom::BIRTH], true);
        line("sound+grid", &[atom::SOUND, atom::GRID], false);
        line("id_head", &[atom::ID_HEAD], false);
        line("id_tail", &[atom::ID_TAIL], false);
        line("surname+birth+sex", &[atom::SURNAME, atom::BIRTH, atom::SEX], false);
        line("sound+phone_end", &[atom::SOUND, atom::PHONE_END], true);
        line("sound+id_end", &[atom::SOUND, atom::ID_END], false);
        if core.grid.is_some() {
            line("household+grid", &[atom::HOUSEHOLD, atom::GRID], false);
        } else {
            line("household", &[atom::HOUSEHOLD], false);
            line("name", &[atom::NAME], false);
            line("sound", &[atom::SOUND], false);
            if core.sex.is_some() {
                line("birth+sex", &[atom::BIRTH, atom::SEX], false);
            } else {
                line("birth", &[atom::BIRTH], false);
            }
        }
        new.add_beyond(fields, telling, core.name.is_some(), present);
        if new.rules.is_empty() {
            // Nothing better than what there is: each atom alone.
            for atom in (0..64).filter(|atom| present >> atom & 1 == 1) {
                new.add("any", 1 << atom, true);
            }
        }
        new.prepare();
        new
    }

    /// The keys of columns that are not in the lines: names in two columns, texts and other values.
    fn add_beyond(&mut self, fields: &Fields, telling: &[bool], named: bool, present: u64) {
        let of = |kind| atom::of(fields, kind).collect::<Vec<_>>();
        let label = |place: usize| fields.fields[place].name.as_str();
        for place in of(FieldKind::Token) {
            self.join(label(place), &[(place, Take::Whole)], 0, true);
        }
        let (given, family) = (of(FieldKind::Given), of(FieldKind::Family));
        let birth = present & 1 << atom::BIRTH;
        let mut parts_of_names: Vec<usize> = given.iter().chain(&family).copied().collect();
        if let (Some(&given), Some(&family)) = (given.first(), family.first()) {
            self.join("given+family", &[(given, Take::Whole), (family, Take::Whole)], 0, true);
            self.join("names_swapped", &[(given, Take::Either(family))], 0, true);
            self.join("given_sound+family_sound", &[(given, Take::Sound), (family, Take::Sound)], 0, true);
        }
        if birth != 0 {
            for &name in &parts_of_names {
                self.join(&format!("{}+birth", label(name)), &[(name, Take::Whole)], birth, true);
                self.join(&format!("{}_sound+birth", label(name)), &[(name, Take::Sound)], birth, true);
            }
        }
        parts_of_names.extend(of(FieldKind::Name).first().filter(|_| named));
        let others: Vec<usize> = of(FieldKind::Text).into_iter().chain(of(FieldKind::Exact)).collect();
        for &other in &others {
            if telling.get(other).copied().unwrap_or(false) {
                self.join(label(other), &[(other, Take::Whole)], 0, true);
            }
            for &name in &parts_of_names {
                let parts = [(other, Take::Whole), (name, Take::Sound)];
                self.join(&format!("{}+{}_sound", label(other), label(name)), &parts, 0, false);
            }
            if birth != 0 {
                self.join(&format!("{}+birth", label(other)), &[(other, Take::Whole)], birth, false);
            }
        }
    }

    /// Adds a rule of atoms beyond the lines and `more` of theirs.
    fn join(&mut self, name: &str, parts: &[(usize, Take)], more: u64, strict: bool) {
        let bits = parts
            .iter()
            .try_fold(more, |bits, &(field, take)| Some(bits | 1 << self.atoms.bit(field, take)?));
        if let Some(mask) = bits {
            self.add(name, mask, strict);
        }
    }

    fn add(&mut self, name: &str, mask: u64, strict: bool) {
        let room = self.rules.len() < usize::from(NONE);
        if room && self.rules.iter().all(|rule| rule.mask != mask) {
            self.rules.push(Rule { name: name.to_owned(), mask, strict });
        }
    }

    /// Keeps the rules that are of use inside one side.
    pub(crate) fn keep_strict(&mut self) {
        self.rules.retain(|rule| rule.strict);
        self.prepare();
    }

    /// Looks ahead which rule comes first for every set of atoms of the lines.
    fn prepare(&mut self) {
        let of_lines = |rule: &Rule| rule.mask >> atom::BEYOND == 0;
        self.lines = self.rules.iter().take_while(|rule| of_lines(rule)).count();
        let first =
            |shared: u64| self.rules[..self.lines].iter().position(|rule| shared & rule.mask == rule.mask);
        self.first =
            (0..1 << atom::BEYOND).map(|shared| first(shared).map_or(NONE, |rule| rule as u8)).collect();
    }

    /// A row's key under a rule, 32 bits; nothing when one of its parts is missing.
    pub(crate) fn key(&self, rule: usize, all: &Comparisons, row: Seen<'_>) -> Option<u32> {
        let mut rest = self.rules[rule].mask;
        let mut key = 0x5EED;
        while rest != 0 {
            let atom = rest.trailing_zeros();
            rest &= rest - 1;
            let value = match atom.checked_sub(atom::BEYOND) {
                Some(place) => u64::from(row.beyond[place as usize]),
                None => atom::line_value(atom, all, row.line),
            };
            if value == 0 {
                return None;
            }
            key = mixed(key, value);
        }
        Some((key >> 32) as u32)
    }

    /// Whether a pair shares a rule's key, and no key of an earlier rule; of those that `is_cut` says it does not matter.
    #[inline]
    pub(crate) fn belongs(
        &self,
        rule: usize,
        left: Seen<'_>,
        right: Seen<'_>,
        any_cut: bool,
        is_cut: impl Fn(usize) -> bool,
    ) -> bool {
        let of_lines = atom::line_shared(left.line, right.line);
        let first = usize::from(self.first[of_lines as usize]);
        if rule < self.lines {
            if first >= rule || !any_cut {
                return first == rule;
            }
        } else if first < self.lines && !any_cut {
            return false;
        }
        let shared = of_lines | Atoms::shared(left.beyond, right.beyond);
        self.has(rule, shared) && !(0..rule).any(|earlier| self.has(earlier, shared) && !is_cut(earlier))
    }

    /// The rules whose keys two rows share.
    pub(crate) fn shared(&self, left: Seen<'_>, right: Seen<'_>) -> impl Iterator<Item = usize> + '_ {
        let shared = atom::line_shared(left.line, right.line) | Atoms::shared(left.beyond, right.beyond);
        (0..self.rules.len()).filter(move |&rule| self.has(rule, shared))
    }

    fn has(&self, rule: usize, shared: u64) -> bool {
        let mask = self.rules[rule].mask;
        shared & mask == mask
    }
}

/// Of each field whether sharing a value says something.
pub(crate) fn telling(fields: &Fields, side: &Side) -> Vec<bool> {
    (0..fields.fields.len()).map(|field| is_telling(side, field)).collect()
}

/// Whether a column has so many values that sharing one says something.
fn is_telling(side: &Side, field: usize) -> bool {
    match &side.columns[field] {
        Values::Code { number, pool } | Values::Text { number, pool } => {
            let known = number.iter().filter(|number| **number != 0).count();
            known <= pool.texts.len().saturating_mul(50)
        }
        _ => true,
    }
}
