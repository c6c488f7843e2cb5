//! Record ids, and the canonical order that follows from them.

use super::cell::{Cell, Cells, Table, look};
use super::tally::MOST_ROWS;
use crate::roster::RosterSide;
use crate::roster::fault::{RosterFault, RosterFaultKind};
use crate::roster::normal::hash;

/// The rows of a table in canonical order, with their ids end to end.
#[derive(Default)]
pub(super) struct Order {
    pub(super) rows: Vec<u32>,
    pub(super) ids: String,
    pub(super) id_ends: Vec<u32>,
    /// What was found, fatal or not.
    pub(super) faults: Vec<RosterFault>,
    pub(super) notes: Vec<RosterFault>,
}

impl Order {
    /// The rows that have no record id, as a fault.
    pub(super) fn without_id(
        &mut self,
        rows: usize,
        has_column: bool,
        side: RosterSide,
    ) -> Option<RosterFault> {
        if has_column {
            let fault = self.notes.drain(..).find(|note| note.kind == RosterFaultKind::RecordMissing)?;
            return Some(RosterFault { kind: RosterFaultKind::RecordNeeded, ..fault });
        }
        let first = (0..rows.min(MOST_ROWS)).collect();
        (rows > 0).then(|| RosterFault::new(side, RosterFaultKind::RecordNeeded).on_rows(first, rows))
    }
}

/// Reads the record ids (the rows' numbers if there is no such column) and sorts by their hash, then by themselves.
///
/// # Complexity
///
/// O(rows): a radix sort by the hash.
pub(super) fn read(table: &Table<'_>, column: Option<&dyn Cells>, side: RosterSide) -> Order {
    use std::fmt::Write as _;
    let rows = table.rows;
    let mut result = Order::default();
    let mut ids = String::new();
    let mut ends = Vec::with_capacity(rows);
    let mut missing = (Vec::new(), 0);
    let mut rounded = (Vec::new(), 0);
    let mut scratch = String::new();
    for row in 0..rows {
        let cell = column.map_or(Cell::Missing, |column| look(column, row));
        match (cell.text(&mut scratch), column) {
            (Some(text), _) => ids.push_str(text),
            (None, None) => {
                let _ = write!(ids, "{row}");
            }
            (None, Some(_)) => {
                let _ = write!(ids, "#{row}");
                note(if cell == Cell::Rounded { &mut rounded } else { &mut missing }, row);
            }
        }
        ends.push(ids.len() as u32);
    }
    if ids.len() > u32::MAX as usize {
        result.faults.push(RosterFault::new(side, RosterFaultKind::TooLarge));
        return result;
    }
    let name = column.map_or("", Cells::name);
    let fault = |kind, (rows, count)| RosterFault::new(side, kind).in_column(name).on_rows(rows, count);
    if rounded.1 > 0 {
        result.faults.push(fault(RosterFaultKind::PrecisionLost, rounded));
    }
    if missing.1 > 0 {
        result.notes.push(fault(RosterFaultKind::RecordMissing, missing));
    }
    let id = |row: u32| {
        let row = row as usize;
        let start = row.checked_sub(1).map_or(0, |before| ends[before] as usize);
        &ids[start..ends[row] as usize]
    };
    let mut keys: Vec<(u64, u32)> = (0..rows as u32).map(|row| (hash::of_text(id(row)), row)).collect();
    sort(&mut keys);
    // Equal hashes stand together: equal ids are a fault, others (one in 2^64) are put in the order of their texts.
    let mut at = 0;
    while at < keys.len() {
        let run = at + keys[at..].iter().take_while(|key| key.0 == keys[at].0).count();
        if run - at > 1 {
            keys[at..run].sort_by(|one, other| id(one.1).cmp(id(other.1)).then(one.1.cmp(&other.1)));
            for same in
                keys[at..run].chunk_by(|one, other| id(one.1) == id(other.1)).filter(|same| same.len() > 1)
            {
                let rows = same.iter().map(|key| key.1 as usize).collect();
                result.faults.push(fault(RosterFaultKind::DuplicateRecord, (rows, same.len())));
            }
        }
        at = run;
    }
    result.faults.sort_by(|one, other| one.rows.cmp(&other.rows));
    result.ids.reserve_exact(ids.len());
    result.id_ends.reserve_exact(rows);
    for &(_, row) in &keys {
        result.ids.push_str(id(row));
        result.id_ends.push(result.ids.len() as u32);
    }
    result.rows = keys.into_iter().map(|key| key.1).collect();
    result
}

fn note((rows, count): &mut (Vec<usize>, usize), row: usize) {
    if rows.len() < MOST_ROWS {
        rows.push(row);
    }
    *count += 1;
}

/// Sorts by the hash: a radix sort by its highest 33 bits, then what they leave open.
fn sort(keys: &mut Vec<(u64, u32)>) {
    const BITS: u32 = 11;
    if keys.len() < 4096 {
        return keys.sort_unstable();
    }
    let mut other = vec![(0, 0); keys.len()];
    for pass in 0..3 {
        let shift = 64 - BITS * (3 - pass);
        let digit = |key: u64| (key >> shift) as usize & ((1 << BITS) - 1);
        let mut starts = vec![0_u32; 1 << BITS];
        for key in keys.iter() {
            starts[digit(key.0)] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            (*start, sum) = (sum, sum + *start);
        }
        for &key in keys.iter() {
            let place = &mut starts[digit(key.0)];
            other[*place as usize] = key;
            *place += 1;
        }
        std::mem::swap(keys, &mut other);
    }
    for run in keys.chunk_by_mut(|one, other| one.0 >> 31 == other.0 >> 31).filter(|run| run.len() > 1) {
        run.sort_unstable();
    }
}

#[cfg(test)]
mod tests {
    use super::sort;
    use crate::roster::normal::hash::mix;

    #[test]
    fn the_radix_sort_sorts() {
        let mut keys: Vec<(u64, u32)> =
            (0..10_000_u32).map(|at| (mix(u64::from(at % 5000), 1), at)).collect();
        let mut expected = keys.clone();
        expected.sort_unstable();
        sort(&mut keys);
        assert_eq!(keys, expected);
    }
}
