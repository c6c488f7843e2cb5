//! Person-times against persons (人次与人数): exact where people are named, bounds where they are only counted.

mod fault;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::id::{GridCode, GridIndex, MalformedCode, PersonId, UnitId};
use crate::tree::GridTree;

pub use fault::{PersonTimesError, PersonTimesFault, PersonTimesFaultKind};

/// One line of an attendance list: a person who was there on a day, or a number of people whom nobody named; `Debug` does not
/// show the token.
///
/// ```
/// use gridcore::deployment::AttendanceRow;
/// let named = AttendanceRow::of("p-1").day(19_085).unit("u-3").grid("44200001");
/// let counted = AttendanceRow::counted(120).day(19_085).unit("u-3");
/// assert_eq!((named.person_times, counted.person_times), (1, 120));
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct AttendanceRow {
    /// The person, if named: a token.
    #[cfg_attr(feature = "serde", serde(default))]
    pub person: Option<String>,
    /// The local day, counted from 1970-01-01, if known.
    #[cfg_attr(feature = "serde", serde(default))]
    pub day: Option<i64>,
    /// The unit (单位) that sent them.
    #[cfg_attr(feature = "serde", serde(default))]
    pub unit: Option<String>,
    /// The code of the grid where they were.
    #[cfg_attr(feature = "serde", serde(default))]
    pub grid: Option<String>,
    /// How many person-times (人次) the row stands for: 1 unless told, and always 1 beside a person.
    #[cfg_attr(feature = "serde", serde(default = "one"))]
    pub person_times: u64,
}

impl fmt::Debug for AttendanceRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttendanceRow")
            .field("day", &self.day)
            .field("unit", &self.unit)
            .field("grid", &self.grid)
            .field("person_times", &self.person_times)
            .finish_non_exhaustive()
    }
}

#[cfg(feature = "serde")]
const fn one() -> u64 {
    1
}

impl AttendanceRow {
    /// A named person who was there once.
    #[must_use]
    pub fn of(person: impl Into<String>) -> Self {
        Self { person: Some(person.into()), ..Self::counted(1) }
    }

    /// A number of person-times without names.
    #[must_use]
    pub fn counted(person_times: u64) -> Self {
        Self { person_times, ..Self::default() }
    }

    /// Sets the local day, counted from 1970-01-01.
    #[must_use]
    pub fn day(mut self, day: i64) -> Self {
        self.day = Some(day);
        self
    }

    /// Sets the unit.
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// Sets the code of the grid.
    #[must_use]
    pub fn grid(mut self, code: impl Into<String>) -> Self {
        self.grid = Some(code.into());
        self
    }
}

/// What is known about the counting of an attendance list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
pub struct PersonTimesOptions {
    /// How often one person is counted on one day at most: 1 unless told.
    pub most_per_day: u64,
    /// Over how many days the list runs; needed where a row has no day, else the days that occur.
    pub days: Option<u64>,
}

impl Default for PersonTimesOptions {
    fn default() -> Self {
        Self { most_per_day: 1, days: None }
    }
}

/// How many person-times, and how many distinct persons they were: between `least` and `most`.
///
/// ```
/// use gridcore::deployment::PersonCount;
/// let sent = PersonCount::of(11_300, 3, 1).expect("three days can hold them");
/// assert_eq!((sent.least, sent.most, sent.exact), (3767, 11_300, false));
/// assert_eq!(PersonCount::of(11_300, 0, 1), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PersonCount {
    /// Person-times (人次) in all.
    pub person_times: u64,
    /// Person-times with a name among them.
    pub named_times: u64,
    /// Distinct persons among the named.
    pub known: u64,
    /// Fewest distinct persons there can have been, the known among them.
    pub least: u64,
    /// Most distinct persons there can have been.
    pub most: u64,
    /// Whether the two agree.
    pub exact: bool,
}

impl PersonCount {
    /// The bounds of a bare total over a number of days, with each person counted at most `most_per_day` times a day.
    ///
    /// Nothing if no day can hold the total.
    #[must_use]
    pub fn of(person_times: u64, days: u64, most_per_day: u64) -> Option<Self> {
        let each = u128::from(days) * u128::from(most_per_day);
        if each == 0 && person_times > 0 {
            return None;
        }
        let tally = Tally { loose: u128::from(person_times), ..Tally::default() };
        Some(tally.count(days.max(1), most_per_day.max(1)))
    }
}

/// The count of one day, one unit or one grid.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PersonTimesRow<K> {
    /// The day, the unit or the grid; nothing stands for the rows that name none.
    pub of: Option<K>,
    /// Its count.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub count: PersonCount,
}

/// An attendance list counted: in all, and by day, unit and grid.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PersonTimes {
    /// The whole list.
    pub total: PersonCount,
    /// Each day, ascending; rows without a day first.
    pub by_day: Vec<PersonTimesRow<i64>>,
    /// Each unit, ascending; rows without a unit first. A person sent by two units stands in both.
    pub by_unit: Vec<PersonTimesRow<UnitId>>,
    /// Each grid with everything beneath it, in the tree's order; rows without a grid first.
    pub by_grid: Vec<PersonTimesRow<GridCode>>,
    /// Rows that name a person once more than the limit allows: they were left out of every count.
    pub repeated: Vec<usize>,
}

/// A row that passed the door.
struct Seen {
    row: usize,
    person: Option<u32>,
    day: Option<i64>,
    unit: Option<UnitId>,
    grid: Option<GridIndex>,
    times: u64,
}

/// What a group of rows adds up to.
#[derive(Default)]
struct Tally {
    by_day: BTreeMap<i64, u128>,
    loose: u128,
    named: u128,
    people: BTreeSet<u32>,
}

impl Tally {
    fn add(&mut self, seen: &Seen) {
        let times = u128::from(seen.times);
        match seen.day {
            Some(day) => *self.by_day.entry(day).or_default() += times,
            None => self.loose += times,
        }
        if let Some(person) = seen.person {
            self.named += times;
            self.people.insert(person);
        }
    }

    /// With P persons a day holds P·m person-times and n days hold P·m·n: the fewest P that hold them all.
    fn count(&self, days: u64, most_per_day: u64) -> PersonCount {
        let (days, most_per_day) = (u128::from(days), u128::from(most_per_day));
        let all = self.by_day.values().sum::<u128>() + self.loose;
        let known = self.people.len() as u128;
        let fullest = self.by_day.values().copied().max().unwrap_or(0).div_ceil(most_per_day);
        let least = known.max(fullest).max(all.div_ceil(days * most_per_day));
        let most = known + (all - self.named);
        // The door keeps the sum of a list within 64 bits, and no other figure is larger.
        let small = |number: u128| u64::try_from(number).unwrap_or(u64::MAX);
        PersonCount {
            person_times: small(all),
            named_times: small(self.named),
            known: small(known),
            least: small(least),
            most: small(most),
            exact: least == most,
        }
    }
}

impl PersonTimes {
    /// Counts an attendance list.
    ///
    /// Where everybody is named the persons are counted exactly. Where some are not, at least as many persons were
    /// there as the fullest day needs, as all days together need, and as are known by name; at most the known and one
    /// more for each person-time without a name. The lower bound is met by some attendance whenever every named row
    /// has a day.
    ///
    /// # Errors
    /// [`PersonTimesError`] with every fault of every row: a malformed name, a grid that the tree does not have,
    /// nobody counted, more days than the list runs, a row without a day where nobody says over how many days.
    ///
    /// # Complexity
    /// O(r·d log r) time for r rows in a tree of depth d.
    ///
    /// ```
    /// use gridcore::deployment::{AttendanceRow, PersonTimes, PersonTimesOptions};
    /// use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
    /// let rows = [
    ///     AttendanceRow::of("p-1").day(1).grid("1"),
    ///     AttendanceRow::of("p-1").day(2).grid("1"),
    ///     AttendanceRow::of("p-2").day(2),
    ///     AttendanceRow::counted(4).day(2),
    /// ];
    /// let seen = PersonTimes::count(&tree, rows, &PersonTimesOptions::default())?.total;
    /// assert_eq!((seen.person_times, seen.known), (7, 2));
    /// assert_eq!((seen.least, seen.most), (6, 6)); // the second day alone had six, and nobody else can have been there
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn count(
        tree: &GridTree,
        rows: impl IntoIterator<Item = AttendanceRow>,
        options: &PersonTimesOptions,
    ) -> Result<Self, PersonTimesError> {
        let mut seen = read(tree, rows, options)?;
        let dated: BTreeSet<i64> = seen.iter().filter_map(|one| one.day).collect();
        let days = options.days.unwrap_or(dated.len() as u64).max(1);
        let repeated = drop_repeated(&mut seen, days, options.most_per_day);

        let mut total = Tally::default();
        let mut by_day: BTreeMap<Option<i64>, Tally> = BTreeMap::new();
        let mut by_unit: BTreeMap<Option<UnitId>, Tally> = BTreeMap::new();
        let mut by_grid: BTreeMap<Option<GridIndex>, Tally> = BTreeMap::new();
        for one in &seen {
            total.add(one);
            by_day.entry(one.day).or_default().add(one);
            by_unit.entry(one.unit.clone()).or_default().add(one);
            match one.grid {
                None => by_grid.entry(None).or_default().add(one),
                Some(grid) => {
                    for grid in std::iter::once(grid).chain(tree.ancestors(grid)) {
                        by_grid.entry(Some(grid)).or_default().add(one);
                    }
                }
            }
        }
        Ok(Self {
            total: total.count(days, options.most_per_day),
            by_day: rows_of(by_day, |day| day, days, options),
            by_unit: rows_of(by_unit, |unit| unit, days, options),
            by_grid: rows_of(by_grid, |grid| tree.code(grid), days, options),
            repeated,
        })
    }
}

fn rows_of<K, T>(
    tallies: BTreeMap<Option<K>, Tally>,
    name: impl Fn(K) -> T,
    days: u64,
    options: &PersonTimesOptions,
) -> Vec<PersonTimesRow<T>> {
    let row = |(of, tally): (Option<K>, Tally)| PersonTimesRow {
        of: of.map(&name),
        count: tally.count(days, options.most_per_day),
    };
    tallies.into_iter().map(row).collect()
}

/// Reads the rows; every fault of every row, or all rows.
fn read(
    tree: &GridTree,
    rows: impl IntoIterator<Item = AttendanceRow>,
    options: &PersonTimesOptions,
) -> Result<Vec<Seen>, PersonTimesError> {
    use PersonTimesFaultKind as K;
    let mut faults = Vec::new();
    let mut seen = Vec::new();
    let mut people: BTreeMap<PersonId, u32> = BTreeMap::new();
    let mut dated = BTreeSet::new();
    let mut sum = 0_u64;
    for kind in [
        (options.most_per_day == 0).then_some(K::ZeroOption { option: "most_per_day" }),
        (options.days == Some(0)).then_some(K::ZeroOption { option: "days" }),
    ] {
        faults.extend(kind.map(|kind| PersonTimesFault { row: None, kind }));
    }
    for (row, AttendanceRow { person, day, unit, grid, person_times: times }) in rows.into_iter().enumerate()
    {
        let mut report = |kind| faults.push(PersonTimesFault { row: Some(row), kind });
        let person = person.and_then(|text| match text.parse::<PersonId>() {
            Ok(person) => {
                let next = people.len() as u32;
                Some(*people.entry(person).or_insert(next))
            }
            Err(reason) => {
                report(K::MalformedPerson { reason });
                None
            }
        });
        let unit = unit.and_then(|text| match MalformedCode::of(&text) {
            Some(reason) => {
                report(K::MalformedUnit { reason });
                None
            }
            None => text.parse().ok(),
        });
        let grid = grid.and_then(|code| {
            let found = tree.find(&code);
            if found.is_none() {
                report(K::UnknownGrid { code });
            }
            found
        });
        match times {
            0 => report(K::Nobody),
            1 => {}
            _ if person.is_some() => report(K::NamedMany),
            _ => {}
        }
        match sum.checked_add(times) {
            Some(more) => sum = more,
            None => report(K::Overflow),
        }
        let fresh = day.is_some_and(|day| dated.insert(day));
        match options.days {
            Some(days) if fresh && dated.len() as u64 > days => report(K::TooManyDays { days }),
            None if day.is_none() => report(K::UnknownDay),
            _ => {}
        }
        seen.push(Seen { row, person, day, unit, grid, times });
    }
    if faults.is_empty() { Ok(seen) } else { Err(PersonTimesError { faults }) }
}

/// Leaves out what names a person more often than the limit allows; what the rows say decides which stay, not their order.
fn drop_repeated(seen: &mut Vec<Seen>, days: u64, most_per_day: u64) -> Vec<usize> {
    // Rows with a day stand before those without, which take what days are left.
    seen.sort_by(|a, b| {
        (a.person, a.day.is_none(), a.day, &a.unit, a.grid, a.row).cmp(&(
            b.person,
            b.day.is_none(),
            b.day,
            &b.unit,
            b.grid,
            b.row,
        ))
    });
    let all_days = days.saturating_mul(most_per_day);
    let (mut last, mut on_day, mut in_all) = ((None, None), 0_u64, 0_u64);
    let mut repeated = Vec::new();
    seen.retain(|one| {
        if one.person.is_none() {
            return true;
        }
        if last.0 != one.person {
            in_all = 0;
        }
        if last != (one.person, one.day) {
            on_day = 0;
        }
        last = (one.person, one.day);
        let fits = in_all < all_days && (one.day.is_none() || on_day < most_per_day);
        if fits {
            (on_day, in_all) = (on_day + 1, in_all + 1);
        } else {
            repeated.push(one.row);
        }
        fits
    });
    repeated.sort_unstable();
    repeated
}
