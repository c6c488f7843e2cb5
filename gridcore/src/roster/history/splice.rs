//! Rows of a side put together anew: some stay, some go, some come.
//!
//! What comes out is what the door would have made of all rows at once: canonical order by record id, and pools that hold
//! the texts of these rows alone, numbered as the rows ask for them. So nothing of a row that is gone stays behind, and no
//! result can hang on the way that led here.

use std::collections::HashMap;
use std::sync::Arc;

use crate::roster::normal::hash;
use crate::roster::side::{Field, LONG_NAME, Pool, Side, Values};

/// No position.
pub(super) const NONE: u32 = u32::MAX;

/// What a side is made of: the row of a part at each new position.
pub(super) struct Plan<'s> {
    parts: Vec<&'s Side>,
    rows: Vec<(usize, u32)>,
    /// The row of the table at each new position.
    order: Vec<u32>,
    /// By position of the first part: where the row stands now, if it is the same row still.
    pub(super) moved: Vec<u32>,
    /// Whether the row at each new position is not one of the first part.
    pub(super) new: Vec<bool>,
    /// Positions of the first part whose rows gave way to others, in order.
    pub(super) replaced: Vec<u32>,
    /// Positions of the second part whose rows replace none, in order.
    pub(super) added: Vec<u32>,
}

/// How the rows that come are numbered in the table.
pub(super) enum Numbering {
    /// In the place of the row that they replace, else behind all others in their own order.
    Behind,
    /// As their own order says; the others fill what is left.
    AsTheyStand,
}

impl<'s> Plan<'s> {
    /// The rows of one part at some of its positions, ascending.
    pub(super) fn some(part: &'s Side, rows: &[u32]) -> Self {
        Self {
            parts: vec![part],
            rows: rows.iter().map(|&row| (0, row)).collect(),
            order: rows.iter().map(|&row| part.order[row as usize]).collect(),
            moved: Vec::new(),
            new: Vec::new(),
            replaced: Vec::new(),
            added: Vec::new(),
        }
    }

    /// `base` without the rows at the positions `gone`, ascending, and with the rows of `more`.
    pub(super) fn new(base: &'s Side, gone: &[u32], more: &'s Side, numbering: &Numbering) -> Self {
        let count = base.rows as usize + more.rows as usize;
        let mut plan = Self {
            parts: vec![base, more],
            rows: Vec::with_capacity(count),
            order: Vec::with_capacity(count),
            moved: vec![NONE; base.rows as usize],
            new: Vec::with_capacity(count),
            replaced: Vec::new(),
            added: Vec::new(),
        };
        let key =
            |side: &'s Side, at: u32| (at < side.rows).then(|| (hash::of_text(side.id(at)), side.id(at)));
        let (mut i, mut j) = (0, 0);
        let mut gone = gone.iter().copied().peekable();
        // By new position: the old table row that it takes over, if any.
        let mut table: Vec<u32> = Vec::with_capacity(count);
        loop {
            let (a, b) = (key(base, i), key(more, j));
            match (a, b) {
                (None, None) => break,
                (Some(a), Some(b)) if a == b => {
                    plan.push(1, j);
                    plan.replaced.push(i);
                    table.push(base.order[i as usize]);
                    (i, j) = (i + 1, j + 1);
                    gone.next_if(|&at| at < i);
                }
                (a, b) if b.is_none() || a.is_some() && a < b => {
                    if gone.next_if_eq(&i).is_none() {
                        plan.moved[i as usize] = plan.rows.len() as u32;
                        plan.push(0, i);
                        table.push(base.order[i as usize]);
                    }
                    i += 1;
                }
                _ => {
                    plan.added.push(j);
                    plan.push(1, j);
                    table.push(NONE);
                    j += 1;
                }
            }
        }
        plan.number(&table, numbering);
        plan
    }

    fn push(&mut self, part: usize, row: u32) {
        self.rows.push((part, row));
        self.new.push(part != 0);
    }

    /// Numbers the rows of the table that the new side stands for.
    fn number(&mut self, table: &[u32], numbering: &Numbering) {
        let rows = self.rows.len();
        self.order = vec![NONE; rows];
        // Positions in the order in which they take the free numbers.
        let mut wait: Vec<(bool, u32, usize)> = Vec::with_capacity(rows);
        let mut taken = vec![false; rows];
        for (at, (&(part, row), &old)) in self.rows.iter().zip(table).enumerate() {
            let own = self.parts[part].order[row as usize];
            match numbering {
                Numbering::AsTheyStand if part == 1 && (own as usize) < rows => {
                    self.order[at] = own;
                    taken[own as usize] = true;
                }
                _ if old == NONE => wait.push((true, own, at)),
                _ => wait.push((false, old, at)),
            }
        }
        wait.sort_unstable();
        let mut free = (0..rows).filter(|&number| !taken[number]);
        for (_, _, at) in wait {
            if let Some(number) = free.next() {
                self.order[at] = number as u32;
            }
        }
    }
}

/// Makes the two sides of their plans.
///
/// # Complexity
///
/// O(rows and texts) time and space.
pub(super) fn sides(plans: [&Plan<'_>; 2]) -> [Side; 2] {
    let mut made = plans.map(ids);
    let fields = plans.iter().flat_map(|plan| &plan.parts).map(|part| part.columns.len()).max().unwrap_or(0);
    let is_name = |field: usize| {
        let column = plans.iter().flat_map(|plan| &plan.parts).find_map(|part| part.columns.get(field));
        matches!(column, Some(Values::Name { .. }))
    };
    // All names share one pool, and take their numbers side by side, then field by field.
    let names: Vec<usize> = (0..fields).filter(|&field| is_name(field)).collect();
    let mut columns: [Vec<Option<Values>>; 2] = [vec![None; fields], vec![None; fields]];
    let mut group = |group: &[usize]| {
        let mut pool = Texts::default();
        for (plan, columns) in plans.iter().zip(&mut columns) {
            for &field in group {
                let parts: Vec<Option<&Values>> =
                    plan.parts.iter().map(|part| part.columns.get(field)).collect();
                columns[field] = gathered(&plan.rows, &parts, &mut pool);
            }
        }
        let pool = Arc::new(Pool { texts: pool.texts });
        for columns in &mut columns {
            for &field in group {
                if let Some(values) = &mut columns[field] {
                    set_pool(values, &pool);
                }
            }
        }
    };
    group(&names);
    for field in (0..fields).filter(|&field| !is_name(field)) {
        group(&[field]);
    }
    for ((side, columns), plan) in made.iter_mut().zip(columns).zip(plans) {
        side.columns = columns.into_iter().flatten().collect();
        let mut fields: Vec<&Field> = Vec::new();
        for (field, _) in plan.parts.iter().flat_map(|part| &part.beside) {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        for field in fields {
            let of = |part: &&'_ Side| part.beside.iter().position(|(known, _)| known == field);
            let parts: Vec<Option<&Values>> =
                plan.parts.iter().map(|part| of(part).map(|place| &part.beside[place].1)).collect();
            let mut texts = Texts::default();
            if let Some(mut values) = gathered(&plan.rows, &parts, &mut texts) {
                set_pool(&mut values, &Arc::new(Pool { texts: texts.texts }));
                side.beside.push((field.clone(), values));
            }
        }
    }
    made
}

/// The record ids and the order of a plan.
fn ids(plan: &Plan<'_>) -> Side {
    let mut side = Side { rows: plan.rows.len() as u32, order: plan.order.clone(), ..Side::default() };
    for &(part, row) in &plan.rows {
        side.ids.push_str(plan.parts[part].id(row));
        side.id_ends.push(side.ids.len() as u32);
    }
    side
}

/// Texts by number, each once.
#[derive(Default)]
struct Texts<'t> {
    numbers: HashMap<&'t str, u32>,
    texts: Vec<Box<str>>,
}

impl<'t> Texts<'t> {
    fn number(&mut self, text: &'t str) -> u32 {
        let next = self.texts.len() as u32 + 1;
        let number = *self.numbers.entry(text).or_insert(next);
        if number == next {
            self.texts.push(text.into());
        }
        number
    }
}

/// The values of a column, from the parts that have it; a part that lacks it has none.
fn gathered<'t>(rows: &[(usize, u32)], parts: &[Option<&'t Values>], pool: &mut Texts<'t>) -> Option<Values> {
    macro_rules! plain {
        ($kind:ident) => {
            Values::$kind(
                rows.iter()
                    .map(|&(part, row)| match parts[part] {
                        Some(Values::$kind(values)) => values[row as usize],
                        _ => 0,
                    })
                    .collect(),
            )
        };
    }
    // By part and old number: the new number, once it was asked for.
    let mut known: Vec<Vec<u32>> = parts
        .iter()
        .map(|part| part.and_then(Values::pool).map_or(0, |pool| pool.texts.len() + 1))
        .map(|texts| vec![0; texts])
        .collect();
    let mut renumbered = |part: usize, old: u32, of: &'t Pool| {
        if old == 0 {
            return 0;
        }
        let slot = &mut known[part][old as usize];
        if *slot == 0 {
            *slot = pool.number(of.text(old));
        }
        *slot
    };
    let mut numbers = || -> Vec<u32> {
        let number = |&(part, row): &(usize, u32)| match parts[part] {
            Some(Values::Code { number, pool } | Values::Text { number, pool }) => {
                renumbered(part, number[row as usize], pool)
            }
            _ => 0,
        };
        rows.iter().map(number).collect()
    };
    Some(match parts.iter().flatten().next()? {
        Values::Id(_) => plain!(Id),
        Values::Token(_) => plain!(Token),
        Values::Phone(_) => plain!(Phone),
        Values::Birth(_) => plain!(Birth),
        Values::Sex(_) => plain!(Sex),
        Values::Address(_) => plain!(Address),
        Values::Code { .. } => Values::Code { number: numbers(), pool: Arc::default() },
        Values::Text { .. } => Values::Text { number: numbers(), pool: Arc::default() },
        Values::Name { .. } => {
            let (mut all, mut sounds) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
            for &(part, row) in rows {
                let Some(Values::Name { chars, sound, pool }) = parts[part] else {
                    all.push(0);
                    sounds.push(0);
                    continue;
                };
                let name = chars[row as usize];
                sounds.push(sound[row as usize]);
                all.push(if name >= LONG_NAME {
                    LONG_NAME | u64::from(renumbered(part, name as u32, pool))
                } else {
                    name
                });
            }
            Values::Name { chars: all, sound: sounds, pool: Arc::default() }
        }
    })
}

fn set_pool(values: &mut Values, to: &Arc<Pool>) {
    if let Values::Name { pool, .. } | Values::Code { pool, .. } | Values::Text { pool, .. } = values {
        *pool = Arc::clone(to);
    }
}
