//! Reads the tables of a shift roster: every fault of every row, or a problem of seats and slots.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::{ShiftFault, ShiftFaultKind as K, ShiftTable, ShiftsError};
use super::rows::{CheckpointRow, ShiftPersonRow, ShiftRow, ShiftRules, ShiftTables, WishRow};
use crate::id::{GridIndex, MalformedCode, PersonId};
use crate::solve::roster::{Candidate, RosterError, RosterProblem, Seat};
use crate::tree::GridTree;

/// A day has so many seconds.
const DAY: i64 = 86_400;
/// Further from 1970 no day is meant: some ten million years.
const MOST_DAYS: i64 = 1 << 32;
/// The most pairs of a person and a place to fill.
const MOST_CANDIDATES: usize = 1 << 24;
/// The most slots: schedules are kept for each load in each of them.
const MOST_SLOTS: usize = 1 << 12;
/// The most places that a table of one row for each slot and person, or each slot and checkpoint, may have.
const MOST_PLACES: usize = 1 << 25;

/// One shift on one day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) day: i64,
    pub(super) shift: usize,
    /// UTC seconds.
    pub(super) from: i64,
    pub(super) until: i64,
}

/// What the tables say, with the kernel's problem.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) slots: Vec<Slot>,
    /// The row of the checkpoint of each seat.
    pub(super) seat_rows: Vec<usize>,
    /// The people in the order of their tokens: the row of each.
    pub(super) people: Vec<(PersonId, usize)>,
    pub(super) problem: RosterProblem,
}

/// Collects faults.
struct Report<'t> {
    tree: &'t GridTree,
    faults: Vec<ShiftFault>,
}

impl Report<'_> {
    fn note(&mut self, table: ShiftTable, row: usize, kind: K) {
        self.faults.push(ShiftFault { table, row: Some(row), kind });
    }

    fn rule(&mut self, column: &'static str, kind: K) {
        let _ = column;
        self.faults.push(ShiftFault { table: ShiftTable::Rules, row: None, kind });
    }

    fn grid(
        &mut self,
        table: ShiftTable,
        row: usize,
        column: &'static str,
        code: Option<&String>,
    ) -> Option<GridIndex> {
        let code = code?;
        let found = self.tree.find(code);
        if found.is_none() {
            self.note(table, row, K::UnknownGrid { column, code: code.clone() });
        }
        found
    }

    fn skills<'s>(&mut self, table: ShiftTable, row: usize, skills: &'s [String]) -> BTreeSet<&'s str> {
        for skill in skills {
            if let Some(reason) = MalformedCode::of(skill) {
                self.note(table, row, K::Malformed { column: "skills", reason });
            }
        }
        skills.iter().map(String::as_str).collect()
    }

    fn known(
        &mut self,
        table: ShiftTable,
        row: usize,
        column: &'static str,
        names: &[String],
        of: &BTreeMap<&str, usize>,
    ) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for name in names {
            match of.get(name.as_str()) {
                Some(&place) => {
                    found.insert(place);
                }
                None => self.note(table, row, K::UnknownName { column }),
            }
        }
        found
    }
}

#[expect(clippy::too_many_lines, reason = "one pass from the tables to the problem, told in its order")]
pub(super) fn read(tree: &GridTree, tables: &ShiftTables, rules: &ShiftRules) -> Result<Model, ShiftsError> {
    let mut report = Report { tree, faults: Vec::new() };
    let days = read_rules(&mut report, rules);
    let shifts = read_shifts(&mut report, &tables.shifts);
    let checkpoints = read_checkpoints(&mut report, &tables.checkpoints, &shifts, &days);
    let names: BTreeMap<&str, usize> =
        tables.checkpoints.iter().map(|row| row.checkpoint.as_str()).zip(0..).collect();
    // The rows of a checkpoint share a number: that of its last row.
    let number = |row: &CheckpointRow| names.get(row.checkpoint.as_str()).copied();
    let people = read_people(&mut report, &tables.people, &shifts, &names);
    let by_token: BTreeMap<&str, usize> =
        tables.people.iter().map(|row| row.person.as_str()).zip(0..).collect();
    let wishes = read_wishes(&mut report, &tables.wishes, &by_token, &shifts, &names);
    if !report.faults.is_empty() {
        return Err(ShiftsError::Rows(report.faults));
    }
    // Tables of modest length make large products.
    let count = days.len().saturating_mul(tables.shifts.len());
    let widest = tables.people.len().max(tables.checkpoints.len());
    if count > MOST_SLOTS || count.saturating_mul(widest) > MOST_PLACES {
        return Err(ShiftsError::TooLarge);
    }

    let mut slots: Vec<Slot> = days
        .iter()
        .flat_map(|&day| {
            tables.shifts.iter().enumerate().map(move |(shift, row)| {
                let midnight = day * DAY - rules.utc_offset;
                Slot { day, shift, from: midnight + row.from, until: midnight + row.until }
            })
        })
        .collect();
    slots.sort_by_key(|slot| (slot.from, slot.until, slot.shift));
    let free = (0..slots.len())
        .map(|at| {
            let Slot { day, until, .. } = slots[at];
            let ready = |next: &Slot| next.from >= until + rules.rest && (!rules.one_a_day || next.day > day);
            let later = slots[at + 1..].iter().position(ready).map_or(slots.len(), |gap| at + 1 + gap);
            later as u32
        })
        .collect();
    let (mut seats, mut seat_rows) = (Vec::new(), Vec::new());
    for (at, slot) in (0_u32..).zip(&slots) {
        for (row, checkpoint) in checkpoints.iter().enumerate() {
            let open = |named: bool, here: bool| !named || here;
            let row_given = &tables.checkpoints[row];
            if row_given.staff > 0
                && open(!row_given.shifts.is_empty(), checkpoint.shifts.contains(&slot.shift))
                && open(!row_given.days.is_empty(), row_given.days.contains(&slot.day))
            {
                seats.push(Seat { slot: at, need: row_given.staff });
                seat_rows.push(row);
            }
        }
    }
    let mut order: Vec<(PersonId, usize)> = people.iter().map(|person| person.id.clone()).zip(0..).collect();
    order.sort();
    let mut candidates = Vec::new();
    for (worker, &(_, row)) in (0_u32..).zip(&order) {
        let (given, person) = (&tables.people[row], &people[row]);
        for (seat, (&Seat { slot, .. }, &place)) in (0_u32..).zip(seats.iter().zip(&seat_rows)) {
            let slot = slots[slot as usize];
            let (row_given, checkpoint) = (&tables.checkpoints[place], &checkpoints[place]);
            let fits = (given.days.is_empty() || given.days.contains(&slot.day))
                && !given.absent.contains(&slot.day)
                && (given.shifts.is_empty() || person.shifts.contains(&slot.shift))
                && (given.checkpoints.is_empty()
                    || number(row_given).is_some_and(|number| person.checkpoints.contains(&number)))
                && checkpoint.skills.is_subset(&person.skills);
            if !fits {
                continue;
            }
            if candidates.len() == MOST_CANDIDATES {
                return Err(ShiftsError::TooLarge);
            }
            let mut cost = match (person.home, checkpoint.grid) {
                (Some(home), Some(grid)) => {
                    i128::from(rules.distance_weight) * tree.distance(home, grid) as i128
                }
                _ => 0,
            };
            for wish in wishes.by_person[row].iter().chain(&wishes.for_all) {
                if wish.checkpoint.is_none_or(|wanted| number(row_given) == Some(wanted))
                    && wish.shift.is_none_or(|wanted| wanted == slot.shift)
                    && wish.day.is_none_or(|wanted| wanted == slot.day)
                {
                    cost += i128::from(wish.cost);
                }
            }
            let cost = i64::try_from(cost).map_err(|_| ShiftsError::Overflow)?;
            candidates.push(Candidate { worker, seat, cost });
        }
    }
    let most_of = |row: usize| {
        let most = [rules.most_shifts, tables.people[row].most_shifts];
        most.into_iter().flatten().min().unwrap_or(u32::MAX).min(slots.len() as u32)
    };
    let most = order.iter().map(|&(_, row)| most_of(row)).collect();
    let problem =
        RosterProblem::new(free, most, seats, &candidates, rules.load_weight).map_err(
            |error| match error {
                RosterError::Overflow => ShiftsError::Overflow,
                _ => ShiftsError::TooLarge,
            },
        )?;
    Ok(Model { slots, seat_rows, people: order, problem })
}

fn read_rules(report: &mut Report<'_>, rules: &ShiftRules) -> Vec<i64> {
    let days: BTreeSet<i64> = rules.days.iter().copied().collect();
    if days.is_empty() {
        report.rule("days", K::NoDays);
    }
    if days.len() < rules.days.len() {
        report.rule("days", K::DuplicateDay);
    }
    if days.iter().any(|day| !(-MOST_DAYS..=MOST_DAYS).contains(day)) {
        report.rule("days", K::OutOfRange { column: "days" });
    }
    for (column, value, most) in [
        ("rest", rules.rest, 366 * DAY),
        ("load_weight", rules.load_weight, 1 << 40),
        ("distance_weight", rules.distance_weight, 1 << 40),
    ] {
        if !(0..=most).contains(&value) {
            report.rule(column, K::OutOfRange { column });
        }
    }
    if !(-DAY..=DAY).contains(&rules.utc_offset) {
        report.rule("utc_offset", K::OutOfRange { column: "utc_offset" });
    }
    days.into_iter().collect()
}

fn read_shifts<'r>(report: &mut Report<'_>, rows: &'r [ShiftRow]) -> BTreeMap<&'r str, usize> {
    let table = ShiftTable::Shifts;
    let mut names = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        if let Some(reason) = MalformedCode::of(&row.shift) {
            report.note(table, at, K::Malformed { column: "shift", reason });
        }
        if let Some(&first) = names.get(row.shift.as_str()) {
            report.note(table, at, K::Duplicate { column: "shift", first });
        } else {
            names.insert(row.shift.as_str(), at);
        }
        if !(0..DAY).contains(&row.from) {
            report.note(table, at, K::OutOfRange { column: "from" });
        }
        if row.until <= row.from || row.until.saturating_sub(row.from) > 2 * DAY {
            report.note(table, at, K::OutOfRange { column: "until" });
        }
    }
    if rows.is_empty() {
        report.faults.push(ShiftFault { table, row: None, kind: K::NoShifts });
    }
    names
}

struct Checkpoint<'r> {
    grid: Option<GridIndex>,
    skills: BTreeSet<&'r str>,
    shifts: BTreeSet<usize>,
}

fn read_checkpoints<'r>(
    report: &mut Report<'_>,
    rows: &'r [CheckpointRow],
    shifts: &BTreeMap<&str, usize>,
    days: &[i64],
) -> Vec<Checkpoint<'r>> {
    let table = ShiftTable::Checkpoints;
    let mut seen: BTreeMap<(&str, BTreeSet<&str>), usize> = BTreeMap::new();
    let mut checkpoints = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        if let Some(reason) = MalformedCode::of(&row.checkpoint) {
            report.note(table, at, K::Malformed { column: "checkpoint", reason });
        }
        let skills = report.skills(table, at, &row.skills);
        // The same kind of people in other shifts or on other days is another need, not a duplicate.
        if row.shifts.is_empty() && row.days.is_empty() {
            match seen.get(&(row.checkpoint.as_str(), skills.clone())) {
                Some(&first) => report.note(table, at, K::Duplicate { column: "checkpoint", first }),
                None => {
                    seen.insert((row.checkpoint.as_str(), skills.clone()), at);
                }
            }
        }
        if row.days.iter().any(|day| days.binary_search(day).is_err()) {
            report.note(table, at, K::UnknownDay { column: "days" });
        }
        checkpoints.push(Checkpoint {
            grid: report.grid(table, at, "grid", row.grid.as_ref()),
            shifts: report.known(table, at, "shifts", &row.shifts, shifts),
            skills,
        });
    }
    checkpoints
}

struct Person<'r> {
    id: PersonId,
    home: Option<GridIndex>,
    skills: BTreeSet<&'r str>,
    shifts: BTreeSet<usize>,
    checkpoints: BTreeSet<usize>,
}

fn read_people<'r>(
    report: &mut Report<'_>,
    rows: &'r [ShiftPersonRow],
    shifts: &BTreeMap<&str, usize>,
    checkpoints: &BTreeMap<&str, usize>,
) -> Vec<Person<'r>> {
    let table = ShiftTable::People;
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut people = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        if let Some(&first) = seen.get(row.person.as_str()) {
            report.note(table, at, K::Duplicate { column: "person", first });
        } else {
            seen.insert(row.person.as_str(), at);
        }
        let skills = report.skills(table, at, &row.skills);
        let home = report.grid(table, at, "home", row.home.as_ref());
        let shifts = report.known(table, at, "shifts", &row.shifts, shifts);
        let checkpoints = report.known(table, at, "checkpoints", &row.checkpoints, checkpoints);
        match row.person.parse::<PersonId>() {
            Ok(id) => people.push(Person { id, home, skills, shifts, checkpoints }),
            Err(reason) => report.note(table, at, K::Malformed { column: "person", reason }),
        }
    }
    people
}

struct Wish {
    checkpoint: Option<usize>,
    shift: Option<usize>,
    day: Option<i64>,
    cost: i64,
}

struct Wishes {
    by_person: Vec<Vec<Wish>>,
    for_all: Vec<Wish>,
}

fn read_wishes(
    report: &mut Report<'_>,
    rows: &[WishRow],
    people: &BTreeMap<&str, usize>,
    shifts: &BTreeMap<&str, usize>,
    checkpoints: &BTreeMap<&str, usize>,
) -> Wishes {
    /// Wishes are added up, so that each keeps far from the limits.
    const MOST: i64 = 1 << 40;
    let table = ShiftTable::Wishes;
    let mut by_person: Vec<Vec<Wish>> = people.iter().map(|_| Vec::new()).collect();
    by_person.resize_with(people.values().max().map_or(0, |most| most + 1), Vec::new);
    let mut wishes = Wishes { by_person, for_all: Vec::new() };
    for (at, row) in rows.iter().enumerate() {
        let mut name = |column, name: Option<&String>, of: &BTreeMap<&str, usize>| {
            let found = name.map(|name| of.get(name.as_str()).copied());
            if found == Some(None) {
                report.note(table, at, K::UnknownName { column });
            }
            found.flatten()
        };
        let person = name("person", row.person.as_ref(), people);
        let checkpoint = name("checkpoint", row.checkpoint.as_ref(), checkpoints);
        let shift = name("shift", row.shift.as_ref(), shifts);
        if !(-MOST..=MOST).contains(&row.cost) {
            report.note(table, at, K::OutOfRange { column: "cost" });
        }
        let wish = Wish { checkpoint, shift, day: row.day, cost: row.cost };
        match (person, &row.person) {
            (Some(person), _) => wishes.by_person[person].push(wish),
            (None, None) => wishes.for_all.push(wish),
            (None, Some(_)) => {}
        }
    }
    wishes
}
