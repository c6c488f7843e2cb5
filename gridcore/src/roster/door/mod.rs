//! From a table to a side: which column is what, and every fault of the cells.

mod beside;
mod cell;
mod fill;
mod header;
mod looks;
mod order;
mod plan;
mod pool;
mod rows;
mod tally;
mod tokens;
mod watch;

use std::sync::Arc;

use self::cell::Table;
use self::fill::{Raw, Source};
use self::order::Order;
use self::plan::{Column, Pairing};
use self::pool::{Growing, Renumber};
use self::tally::Tally;
use super::fault::{RosterError, RosterFault, RosterFaultKind as K};
use super::normal::identity;
use super::pairs::MOST_COMPARISONS;
use super::side::{Field, Fields, LONG_NAME, Pool, Side, Values};
use super::{FieldKind, RosterCell, RosterSide, RosterTable, Rules};
use crate::error::Fault;

pub(crate) use self::fill::Habits;
pub(crate) use self::rows::IdRepair;
pub use self::rows::{ColumnHow, ColumnUse};
pub(crate) use self::watch::Watch;

/// What comes through the door.
pub(crate) struct Door {
    pub(crate) fields: Fields,
    pub(crate) left: Side,
    /// Empty if there is one roster alone.
    pub(crate) right: Side,
    /// What became of each column, the left's first.
    pub(crate) columns: Vec<ColumnUse>,
    /// What is worth knowing and kept nothing from being read.
    pub(crate) notes: Vec<Fault>,
    pub(crate) repairs: Vec<IdRepair>,
    pub(crate) known: Known,
}

/// How the columns were read, for later rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Known {
    pub(crate) kinds: Vec<FieldKind>,
    pub(crate) left: KnownSide,
    pub(crate) right: KnownSide,
}

/// How the columns of one side were read.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct KnownSide {
    /// The column of the record ids.
    pub(crate) record: Option<String>,
    /// For each field its columns: one, or family and given name.
    pub(crate) columns: Vec<Vec<String>>,
    pub(crate) habits: Vec<Habits>,
    /// The columns that this side alone has and that are kept all the same.
    #[serde(default)]
    pub(crate) beside: Vec<(FieldKind, String)>,
}

impl KnownSide {
    /// A table with these columns, and without rows.
    fn empty<'a>(&self) -> RosterTable<'a> {
        let beside = self.beside.iter().map(|(_, name)| name);
        let names = self.record.iter().chain(self.columns.iter().flatten()).chain(beside);
        names.fold(RosterTable::new(0), |table, name| table.column(name, |_| RosterCell::Missing))
    }
}

/// What a column is about by its header alone.
pub(crate) fn kind_of_header(name: &str) -> Option<FieldKind> {
    header::kind(&header::fold(name))
}

/// Reads two rosters, or one that is held against itself.
///
/// # Errors
///
/// Every fault of both.
///
/// # Complexity
///
/// O(cells) time; beside the result one column of each side at a time.
pub(crate) fn read(
    left: &RosterTable<'_>,
    right: Option<&RosterTable<'_>>,
    rules: &Rules,
) -> Result<Door, RosterError> {
    let (mut faults, mut notes) = (rules.faults(), Vec::new());
    let left = &Table::of(left);
    let alone = right.is_none();
    let other = &right.map(Table::of).unwrap_or_default();
    // A list of nothing, such as `[]`, has no columns either: it is taken to have those of the other.
    let bare = [left, other].map(|table| !alone && table.rows == 0 && table.columns.is_empty());
    let mut columns = |table: &Table<'_>, side: RosterSide, kinds| {
        if bare[side as usize] || (alone && side == RosterSide::Right) {
            return Vec::new();
        }
        plan::columns(table, side, kinds, &rules.ignore, &mut faults)
    };
    let mut left_columns = columns(left, RosterSide::Left, &rules.left);
    let mut right_columns = columns(other, RosterSide::Right, &rules.right);
    if bare == [false; 2] {
        let unknown =
            |name: &&String| left_columns.iter().chain(&right_columns).all(|column| column.name != **name);
        for name in rules.ignore.iter().filter(unknown) {
            faults.push(RosterFault::new(RosterSide::Left, K::UnknownIgnored).in_column(name));
        }
    }
    if let Err(fault) = sizes([left, other], alone, &mut notes) {
        faults.push(fault);
        return Err(RosterError { faults });
    }
    let headers = [&left_columns, &right_columns]
        .map(|columns| columns.iter().map(|column| column.folded.clone()).collect::<Vec<_>>());
    let mut orders = Vec::new();
    for (table, columns, side) in
        [(left, &mut left_columns, RosterSide::Left), (other, &mut right_columns, RosterSide::Right)]
    {
        let record = plan::record(table, columns, &headers[side.other() as usize]);
        let column = record.map(|at| table.columns[columns[at].place]);
        let mut order = order::read(table, column, side);
        if let Some(column) = column.filter(|column| looks::Looks::of(*column, &order.rows).are_personal()) {
            notes.push(RosterFault::new(side, K::PersonalRecord).in_column(column.name()));
        }
        faults.append(&mut order.faults);
        notes.append(&mut order.notes);
        plan::by_values(table, columns, &order.rows);
        orders.push((order, record.map(|at| columns[at].name.clone())));
    }
    let (right_order, right_record) = orders.pop().unwrap_or_default();
    let (left_order, left_record) = orders.pop().unwrap_or_default();
    let looks = |table: &Table<'_>, column: &Column, order: &Order| {
        looks::Looks::of(table.columns[column.place], &order.rows)
    };
    let mut pairs = if alone || bare[1] {
        plan::alone(&left_columns, |at| looks(left, &left_columns[at], &left_order).extra())
    } else if bare[0] {
        let mut pairs =
            plan::alone(&right_columns, |at| looks(other, &right_columns[at], &right_order).extra());
        for pair in &mut pairs {
            std::mem::swap(&mut pair.left, &mut pair.right);
        }
        pairs
    } else {
        plan::pair(&left_columns, &right_columns, |l, r| {
            let here = looks(left, &left_columns[l], &left_order);
            here.with(looks(other, &right_columns[r], &right_order)).extra()
        })
    };
    for extra in pairs.split_off(pairs.len().min(MOST_COMPARISONS)) {
        notes.push(RosterFault::new(RosterSide::Left, K::TooManyColumns).in_column(&extra.field.name));
    }
    notes.extend(plan::tokens_on_one_side(&left_columns, &right_columns, &pairs));
    if pairs.is_empty() {
        faults.push(RosterFault::new(RosterSide::Left, K::NothingToCompare));
    }
    let columns = uses(&left_columns, &right_columns, &pairs);
    let mut inputs = [
        Input::new(left, RosterSide::Left, left_order, left_record),
        Input::new(other, RosterSide::Right, right_order, right_record),
    ];
    let place = |columns: &[Column], at: &[usize]| at.iter().map(|&at| columns[at].place).collect::<Vec<_>>();
    let places: Vec<[Vec<usize>; 2]> = pairs
        .iter()
        .map(|pair| [place(&left_columns, &pair.left), place(&right_columns, &pair.right)])
        .collect();
    let kinds: Vec<FieldKind> = pairs.iter().map(|pair| pair.field.kind).collect();
    let pools = fill_all(&mut inputs, &kinds, &places, Vec::new(), &mut faults, &mut notes);
    tokens::compare(&inputs, &kinds, &mut faults, &mut notes);
    if !faults.is_empty() {
        return Err(RosterError { faults });
    }
    if let Some(side) = RosterSide::ALL.into_iter().find(|side| bare[*side as usize]) {
        inputs[side as usize].known = inputs[side.other() as usize].known.clone();
    }
    if !alone {
        for (input, columns) in inputs.iter_mut().zip([&left_columns, &right_columns]) {
            input.known.beside = beside::columns(columns, &pairs);
            input.beside = beside::read(input.table, &input.order.rows, &input.known.beside, &[]);
        }
    }
    let fields = Fields { fields: pairs.into_iter().map(|pair| pair.field).collect() };
    let [left, right] = inputs.map(|input| input.finish(&kinds, &pools));
    let mut repairs = repairs(&kinds, &left.0, RosterSide::Left);
    repairs.append(&mut self::repairs(&kinds, &right.0, RosterSide::Right));
    let notes = notes.iter().map(RosterFault::to_fault).collect();
    let known = Known { kinds, left: left.1, right: right.1 };
    Ok(Door { fields, left: left.0, right: right.0, columns, notes, repairs, known })
}

/// Whether the rows can be counted; rosters without any are noted.
fn sizes(tables: [&Table<'_>; 2], alone: bool, notes: &mut Vec<RosterFault>) -> Result<(), RosterFault> {
    // The highest position is kept free for "none".
    let fits = |rows: u64| rows < u64::from(u32::MAX);
    for (table, side) in tables.into_iter().zip(RosterSide::ALL) {
        if !fits(table.rows as u64) {
            return Err(RosterFault::new(side, K::TooLarge));
        }
        if table.rows == 0 && !(alone && side == RosterSide::Right) {
            notes.push(RosterFault::new(side, K::NoRows));
        }
    }
    let all = tables.iter().map(|table| table.rows as u64).sum();
    if fits(all) { Ok(()) } else { Err(RosterFault::new(RosterSide::Right, K::TooLargeTogether)) }
}

/// Reads later rows of a side with the columns that are known. `like` is what the side has so far: its pools grow, their
/// numbers stay.
///
/// # Errors
///
/// Every fault of the rows; a column that is known and not there is one.
pub(crate) fn extend(
    known: &Known,
    like: &Side,
    table: &RosterTable<'_>,
    side: RosterSide,
) -> Result<(Side, Vec<Fault>), RosterError> {
    read_more(known, like, table, side, true)
}

/// Reads rows that stand beside earlier ones, and replace those whose record id they have.
///
/// # Errors
///
/// As [`extend`]; a row without a record id is a fault, since its number says nothing about the earlier rows.
pub(crate) fn read_later(
    known: &Known,
    like: &Side,
    table: &RosterTable<'_>,
    side: RosterSide,
) -> Result<(Side, Vec<Fault>), RosterError> {
    read_more(known, like, table, side, false)
}

/// `whole` says that the rows are all of the side.
fn read_more(
    known: &Known,
    like: &Side,
    table: &RosterTable<'_>,
    side: RosterSide,
    whole: bool,
) -> Result<(Side, Vec<Fault>), RosterError> {
    let (mut faults, mut notes) = (Vec::new(), Vec::new());
    let known_side = match side {
        RosterSide::Left => &known.left,
        RosterSide::Right => &known.right,
    };
    // A list of nothing, such as `[]`, has no columns either: it is taken to have those that are known.
    let bare = (table.rows() == 0 && table.columns().is_empty()).then(|| known_side.empty());
    let table = &Table::of(bare.as_ref().unwrap_or(table));
    if table.rows >= u32::MAX as usize {
        return Err(RosterError { faults: vec![RosterFault::new(side, K::TooLarge)] });
    }
    let mut find = |name: &String| {
        let place = table.columns.iter().position(|column| column.name() == name);
        if place.is_none() {
            faults.push(RosterFault::new(side, K::ColumnNeeded).in_column(name));
        }
        place
    };
    let record = known_side.record.as_ref().and_then(&mut find);
    let places: Vec<[Vec<usize>; 2]> = known_side
        .columns
        .iter()
        .map(|names| [names.iter().filter_map(&mut find).collect(), Vec::new()])
        .collect();
    if !faults.is_empty() {
        return Err(RosterError { faults });
    }
    let mut order = order::read(table, record.map(|place| table.columns[place]), side);
    faults.append(&mut order.faults);
    if whole {
        notes.append(&mut order.notes);
    } else {
        faults.extend(order.without_id(table.rows, record.is_some(), side));
    }
    let mut input = Input::new(table, side, order, known_side.record.clone());
    input.known.columns.clone_from(&known_side.columns);
    input.habits = Some(known_side.habits.clone());
    let pools =
        like.columns.iter().map(|values| values.pool().map(|pool| Pool::clone(pool)).unwrap_or_default());
    let mut inputs = [input];
    let pools = fill_all(&mut inputs, &known.kinds, &places, pools.collect(), &mut faults, &mut notes);
    tokens::agree(&inputs[0], &known.kinds, &known_side.habits, &mut faults);
    if !faults.is_empty() {
        return Err(RosterError { faults });
    }
    let [mut input] = inputs;
    input.beside = beside::read(input.table, &input.order.rows, &known_side.beside, &like.beside);
    Ok((input.finish(&known.kinds, &pools).0, notes.iter().map(RosterFault::to_fault).collect()))
}

/// One roster while it is read.
struct Input<'t> {
    table: &'t Table<'t>,
    side: RosterSide,
    order: Order,
    /// Those of earlier rows.
    habits: Option<Vec<Habits>>,
    known: KnownSide,
    raw: Vec<Raw>,
    beside: Vec<(Field, Values)>,
}

impl<'t> Input<'t> {
    fn new(table: &'t Table<'t>, side: RosterSide, order: Order, record: Option<String>) -> Self {
        let known = KnownSide { record, ..KnownSide::default() };
        Self { table, side, order, habits: None, known, raw: Vec::new(), beside: Vec::new() }
    }

    /// Reads one field's column and puts it into canonical order.
    fn fill(
        &mut self,
        field: usize,
        kind: FieldKind,
        places: &[usize],
        pool: &mut Growing,
        faults: &mut Vec<RosterFault>,
        notes: &mut Vec<RosterFault>,
    ) {
        let columns = &self.table.columns;
        let source = match *places {
            [one] => Source::One(columns[one]),
            [family, given] => Source::Names { family: columns[family], given: columns[given] },
            _ => return self.raw.push(nothing(kind)),
        };
        let mut tally = Tally::default();
        let habits = self.habits.as_ref().map(|habits| habits.get(field).copied().unwrap_or_default());
        let (raw, habits) = fill::read(source, kind, self.table.rows, pool, habits, &mut tally);
        tally.report(self.side, columns[places[0]].name(), kind, self.table.rows, faults, notes);
        if self.habits.is_none() {
            self.known.columns.push(places.iter().map(|&place| columns[place].name().to_owned()).collect());
        }
        self.known.habits.push(habits);
        self.raw.push(in_order(raw, &self.order.rows));
    }

    fn finish(self, kinds: &[FieldKind], pools: &[Arc<Pool>]) -> (Side, KnownSide) {
        let columns = self.raw.into_iter().zip(kinds).zip(pools).map(|((raw, kind), pool)| {
            let pool = Arc::clone(pool);
            match (raw, kind) {
                (Raw::Wide(values), FieldKind::Token) => Values::Token(values),
                (Raw::Wide(values), _) => Values::Id(values),
                (Raw::Names(chars, sound), _) => Values::Name { chars, sound, pool },
                (Raw::Long(values), FieldKind::Phone) => Values::Phone(values),
                (Raw::Long(values), _) => Values::Address(values),
                (Raw::Short(values), FieldKind::Birth) => Values::Birth(values),
                (Raw::Short(number), FieldKind::Text) => Values::Text { number, pool },
                (Raw::Short(number), _) => Values::Code { number, pool },
                (Raw::Tiny(values), _) => Values::Sex(values),
            }
        });
        let side = Side {
            rows: self.table.rows as u32,
            columns: columns.collect(),
            beside: self.beside,
            order: self.order.rows,
            ids: self.order.ids,
            id_ends: self.order.id_ends,
        };
        (side, self.known)
    }
}

/// Reads all fields of all inputs; returns the pools. All fields of names share one pool, so that a family name can be held
/// against a given name.
fn fill_all(
    inputs: &mut [Input<'_>],
    kinds: &[FieldKind],
    places: &[[Vec<usize>; 2]],
    mut before: Vec<Pool>,
    faults: &mut Vec<RosterFault>,
    notes: &mut Vec<RosterFault>,
) -> Vec<Arc<Pool>> {
    before.resize_with(kinds.len(), Pool::default);
    let first_name = kinds.iter().position(|&kind| is_name(kind));
    let mut names: Option<(Growing, usize)> = None;
    let mut pools: Vec<Arc<Pool>> = Vec::new();
    for (field, (&kind, places)) in kinds.iter().zip(places).enumerate() {
        if is_name(kind) {
            let (pool, _) = names.get_or_insert_with(|| {
                let pool = std::mem::take(&mut before[first_name.unwrap_or(field)]);
                let kept = pool.texts.len();
                (Growing::new(pool), kept)
            });
            for (input, places) in inputs.iter_mut().zip(places) {
                input.fill(field, kind, places, pool, faults, notes);
            }
            pools.push(Arc::default());
            continue;
        }
        let pool = std::mem::take(&mut before[field]);
        let kept = pool.texts.len();
        let mut pool = Growing::new(pool);
        for (input, places) in inputs.iter_mut().zip(places) {
            input.fill(field, kind, places, &mut pool, faults, notes);
        }
        let mut renumber = Renumber::new(kept, pool.pool.texts.len());
        if matches!(kind, FieldKind::Grid | FieldKind::Household | FieldKind::Exact | FieldKind::Text) {
            for input in inputs.iter_mut() {
                if let Some(Raw::Short(numbers)) = input.raw.get_mut(field) {
                    for number in numbers.iter_mut() {
                        *number = renumber.ask(*number);
                    }
                }
            }
        }
        pools.push(Arc::new(renumber.finish(pool.pool)));
    }
    if let Some((pool, kept)) = names {
        let mut renumber = Renumber::new(kept, pool.pool.texts.len());
        for input in inputs.iter_mut() {
            for (raw, _) in input.raw.iter_mut().zip(kinds).filter(|(_, kind)| is_name(**kind)) {
                let Raw::Names(chars, _) = raw else { continue };
                for chars in chars.iter_mut().filter(|chars| **chars >= LONG_NAME) {
                    *chars = LONG_NAME | u64::from(renumber.ask(*chars as u32));
                }
            }
        }
        let pool = Arc::new(renumber.finish(pool.pool));
        for (slot, _) in pools.iter_mut().zip(kinds).filter(|(_, kind)| is_name(**kind)) {
            *slot = Arc::clone(&pool);
        }
    }
    pools
}

const fn is_name(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Name | FieldKind::Given | FieldKind::Family)
}

/// A column without rows.
fn nothing(kind: FieldKind) -> Raw {
    match kind {
        FieldKind::Id | FieldKind::Token => Raw::Wide(Vec::new()),
        FieldKind::Name | FieldKind::Given | FieldKind::Family => Raw::Names(Vec::new(), Vec::new()),
        FieldKind::Phone | FieldKind::Address => Raw::Long(Vec::new()),
        FieldKind::Sex => Raw::Tiny(Vec::new()),
        _ => Raw::Short(Vec::new()),
    }
}

fn in_order(raw: Raw, order: &[u32]) -> Raw {
    fn gather<T: Copy>(values: &[T], order: &[u32]) -> Vec<T> {
        order.iter().map(|&row| values[row as usize]).collect()
    }
    match raw {
        Raw::Wide(values) => Raw::Wide(gather(&values, order)),
        Raw::Names(chars, sounds) => Raw::Names(gather(&chars, order), gather(&sounds, order)),
        Raw::Long(values) => Raw::Long(gather(&values, order)),
        Raw::Short(values) => Raw::Short(gather(&values, order)),
        Raw::Tiny(values) => Raw::Tiny(gather(&values, order)),
    }
}

/// What became of each column.
fn uses(left: &[Column], right: &[Column], pairs: &[Pairing]) -> Vec<ColumnUse> {
    let mut uses = Vec::new();
    for (side, columns) in [(RosterSide::Left, left), (RosterSide::Right, right)] {
        for (at, column) in columns.iter().enumerate() {
            let pair = pairs.iter().find(|pair| match side {
                RosterSide::Left => pair.left.contains(&at),
                RosterSide::Right => pair.right.contains(&at),
            });
            // A part of a name keeps its own kind.
            let kind = match (pair, column.kind) {
                (Some(pair), kind) if !(pair.field.kind == FieldKind::Name && kind.is_some()) => {
                    Some(pair.field.kind)
                }
                (_, kind) => kind,
            };
            let how = match (pair, column.how) {
                (Some(_), ColumnHow::Unknown) => ColumnHow::SameName,
                (_, how) => how,
            };
            let field = pair.map(|pair| pair.field.name.clone());
            uses.push(ColumnUse { side, column: column.name.clone(), kind, how, field });
        }
    }
    uses
}

/// What the identity numbers of both sides with a wrong check digit could have been.
pub(crate) fn all_repairs(known: &Known, left: &Side, right: &Side) -> Vec<IdRepair> {
    let mut all = repairs(&known.kinds, left, RosterSide::Left);
    all.append(&mut repairs(&known.kinds, right, RosterSide::Right));
    all
}

/// What the identity numbers with a wrong check digit could have been.
fn repairs(kinds: &[FieldKind], side: &Side, of: RosterSide) -> Vec<IdRepair> {
    let place = |kind| kinds.iter().position(|other| *other == kind);
    let column = |kind| place(kind).and_then(|field| side.columns.get(field));
    let births = match column(FieldKind::Birth) {
        Some(Values::Birth(births)) => &births[..],
        _ => &[],
    };
    let sexes = match column(FieldKind::Sex) {
        Some(Values::Sex(sexes)) => &sexes[..],
        _ => &[],
    };
    let mut repairs = Vec::new();
    for (field, values) in side.columns.iter().enumerate() {
        let Values::Id(ids) = values else { continue };
        for (at, &id) in ids.iter().enumerate() {
            if !identity::is_national(id) || identity::is_sound(id) {
                continue;
            }
            let born = births.get(at).copied().unwrap_or_default();
            // Without the birth nearly every place could be the wrong one.
            if born == 0 {
                continue;
            }
            let proposals = identity::repairs(id, born, sexes.get(at).copied().unwrap_or_default());
            if !proposals.is_empty() {
                repairs.push(IdRepair { side: of, at: at as u32, field, proposals });
            }
        }
    }
    repairs
}
