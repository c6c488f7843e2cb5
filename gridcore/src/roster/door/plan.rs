//! Which columns of the two rosters are compared with each other.

use std::collections::BTreeMap;

use super::cell::Table;
use super::header;
use super::looks::{self, Looks};
use super::rows::ColumnHow;
use crate::roster::FieldKind as F;
use crate::roster::RosterSide;
use crate::roster::fault::{RosterFault, RosterFaultKind as K};
use crate::roster::side::Field;

/// A column, and what is thought of it.
pub(super) struct Column {
    /// Its place in the table.
    pub(super) place: usize,
    pub(super) name: String,
    pub(super) folded: String,
    pub(super) kind: Option<F>,
    pub(super) how: ColumnHow,
    pub(super) ignored: bool,
}

/// The columns of a side by rules and headers alone, and what is wrong with them.
pub(super) fn columns(
    table: &Table<'_>,
    side: RosterSide,
    rules: &BTreeMap<String, F>,
    ignore: &[String],
    faults: &mut Vec<RosterFault>,
) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (place, column) in table.columns.iter().enumerate() {
        let name = column.name().to_owned();
        if columns.iter().any(|other| other.name == name) {
            faults.push(RosterFault::new(side, K::DuplicateColumn).in_column(&name));
        }
        let folded = header::fold(&name);
        let ignored = ignore.contains(&name);
        let (kind, how) = match rules.get(&name) {
            _ if ignored => (None, ColumnHow::Rule),
            Some(&kind) => (Some(kind), ColumnHow::Rule),
            None => match header::kind(&folded) {
                Some(kind) => (Some(kind), ColumnHow::Header),
                None => (None, ColumnHow::Unknown),
            },
        };
        columns.push(Column { place, name, folded, kind, how, ignored });
    }
    for name in rules.keys().filter(|name| columns.iter().all(|column| column.name != **name)) {
        faults.push(RosterFault::new(side, K::UnknownColumn).in_column(name));
    }
    columns
}

/// The column of the record ids: the first that is said to be, or whose header may say so and whose values all differ.
/// A numbering that the other roster has as well, such as that of a pass, is rather compared.
pub(super) fn record(table: &Table<'_>, columns: &mut [Column], other: &[String]) -> Option<usize> {
    if let Some(at) =
        columns.iter().position(|column| column.kind == Some(F::Record) && column.how == ColumnHow::Rule)
    {
        return Some(at);
    }
    if let Some(at) = columns.iter().position(|column| column.kind == Some(F::Record)) {
        return Some(at);
    }
    let open = |column: &Column| column.kind.is_none() && !column.ignored;
    let numbers = |column: &Column, whole| looks::number_rows(table.columns[column.place], table.rows, whole);
    let ambiguous =
        |column: &Column| open(column) && header::is_ambiguous(&column.folded) && numbers(column, false);
    let numbering = |column: &Column| {
        open(column)
            && header::is_numbering(&column.folded)
            && !header::is_of_another(&column.folded)
            && !other.contains(&column.folded)
            && numbers(column, true)
    };
    let at = columns.iter().position(ambiguous).or_else(|| columns.iter().position(numbering))?;
    (columns[at].kind, columns[at].how) = (Some(F::Record), ColumnHow::Header);
    Some(at)
}

/// Lets the values speak where rules and headers do not.
pub(super) fn by_values(table: &Table<'_>, columns: &mut [Column], order: &[u32]) {
    for at in 0..columns.len() {
        let column = &columns[at];
        let values = table.columns[column.place];
        if column.how != ColumnHow::Rule && header::is_of_another(&column.folded) {
            continue;
        }
        // Tokens stand in the place of a number, a phone or a name, whose header they keep.
        let kept = matches!(column.kind, Some(F::Record | F::Grid | F::Household | F::Token));
        if column.how != ColumnHow::Rule && !column.ignored && !kept && looks::are_tokens(values, order) {
            (columns[at].kind, columns[at].how) = (Some(F::Token), ColumnHow::Values);
            continue;
        }
        if column.kind.is_none() && !column.ignored {
            let kind = Looks::of(values, order).kind();
            // A second column that only looks like a name, a sex or a birth is about somebody or something else.
            let known = columns.iter().any(|other| other.kind == kind);
            if kind.is_some() && !(known && matches!(kind, Some(F::Name | F::Sex | F::Birth | F::Address))) {
                (columns[at].kind, columns[at].how) = (kind, ColumnHow::Values);
            }
        } else if column.kind == Some(F::Address)
            && column.how == ColumnHow::Header
            && !Looks::of(values, order).are_han()
        {
            columns[at].kind = Some(F::Text);
        }
    }
}

/// One field: its place among the columns of either side; two places where a name is made of family and given name.
pub(super) struct Pairing {
    pub(super) field: Field,
    pub(super) left: Vec<usize>,
    pub(super) right: Vec<usize>,
}

/// The fields for two sides.
pub(super) fn pair(left: &[Column], right: &[Column], extra: impl Fn(usize, usize) -> F) -> Vec<Pairing> {
    let mut pairs: Vec<Pairing> = Vec::new();
    let mut taken = (vec![false; left.len()], vec![false; right.len()]);
    let mut join = |kind: F, l: &[usize], r: &[usize], taken: &mut (Vec<bool>, Vec<bool>)| {
        for &at in l {
            taken.0[at] = true;
        }
        for &at in r {
            taken.1[at] = true;
        }
        let name = left[l[0]].name.clone();
        pairs.push(Pairing { field: Field { kind, name }, left: l.to_vec(), right: r.to_vec() });
    };
    let has = |columns: &[Column], kind| columns.iter().position(|column| column.kind == Some(kind));
    let parts = |columns: &[Column]| Some([has(columns, F::Family)?, has(columns, F::Given)?]);
    // One side has whole names, the other their parts.
    match (has(left, F::Name), has(right, F::Name), parts(left), parts(right)) {
        (Some(name), None, _, Some(parts)) => join(F::Name, &[name], &parts, &mut taken),
        (None, Some(name), Some(parts), _) => join(F::Name, &parts, &[name], &mut taken),
        _ => {}
    }
    for kind in F::ALL {
        if kind == F::Record {
            continue;
        }
        for by_name in [true, false] {
            for (at, column) in left.iter().enumerate() {
                if taken.0[at] || column.kind != Some(kind) {
                    continue;
                }
                // Tokens of numbers are not held against tokens of phones.
                let meant = |column: &Column| header::kind(&column.folded).filter(|_| kind == F::Token);
                let other = (0..right.len()).find(|&other| {
                    let (l, r) = (column, &right[other]);
                    let (meant_l, meant_r) = (meant(l), meant(r));
                    let fits = if by_name {
                        r.folded == l.folded || (meant_l.is_some() && meant_l == meant_r)
                    } else {
                        meant_l.is_none() || meant_r.is_none() || meant_l == meant_r
                    };
                    !taken.1[other] && r.kind == Some(kind) && fits
                });
                if let Some(other) = other {
                    join(kind, &[at], &[other], &mut taken);
                }
            }
        }
    }
    for (at, own) in left.iter().enumerate() {
        let open = |column: &Column| {
            !column.ignored
                && (column.kind.is_none() || column.kind == Some(F::Text) || column.how == ColumnHow::Values)
        };
        if taken.0[at] || !open(own) {
            continue;
        }
        let other = (0..right.len())
            .find(|&other| !taken.1[other] && open(&right[other]) && right[other].folded == own.folded);
        if let Some(other) = other {
            join(extra(at, other), &[at], &[other], &mut taken);
        }
    }
    // In the order of the left roster's columns.
    pairs.sort_by_key(|pair| left[pair.left[0]].place);
    pairs
}

/// Columns of tokens that stand beside a column of the same name or meaning without tokens: they can't agree, and neither
/// is compared. The surest column would be gone without a word.
pub(super) fn tokens_on_one_side(left: &[Column], right: &[Column], pairs: &[Pairing]) -> Vec<RosterFault> {
    let compared = |side: RosterSide, at: usize| {
        pairs.iter().any(|pair| if side == RosterSide::Left { &pair.left } else { &pair.right }.contains(&at))
    };
    let meant = |column: &Column| match column.kind {
        Some(F::Token) => header::kind(&column.folded).filter(|kind| *kind != F::Token),
        kind => kind,
    };
    let mut notes = Vec::new();
    for (side, columns, others) in [(RosterSide::Left, left, right), (RosterSide::Right, right, left)] {
        for (at, tokens) in columns.iter().enumerate() {
            if tokens.kind != Some(F::Token) || compared(side, at) {
                continue;
            }
            let plain = others.iter().enumerate().any(|(other, plain)| {
                plain.kind != Some(F::Token)
                    && !plain.ignored
                    && !compared(side.other(), other)
                    && (plain.folded == tokens.folded
                        || meant(tokens).is_some() && meant(tokens) == meant(plain))
            });
            if plain {
                notes.push(RosterFault::new(side, K::TokensOnOneSide).in_column(&tokens.name));
            }
        }
    }
    notes
}

/// The fields of one side alone, when it is held against itself.
pub(super) fn alone(columns: &[Column], extra: impl Fn(usize) -> F) -> Vec<Pairing> {
    let field = |at: usize, kind| Pairing {
        field: Field { kind, name: columns[at].name.clone() },
        left: vec![at],
        right: Vec::new(),
    };
    (0..columns.len())
        .filter(|&at| !columns[at].ignored)
        .filter_map(|at| match columns[at].kind {
            Some(F::Record) => None,
            Some(kind) => Some(field(at, kind)),
            None => Some(field(at, extra(at))),
        })
        .collect()
}
