//! Who was to be reached, who was, and who is behind each number (应检尽检).

mod publish;
mod rows;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::list::{ListError, ListFault, ListFaultKind, RowReader};
use crate::id::{GridIndex, PersonId};
use crate::tree::{GridTree, UnknownGrids};

pub use rows::{
    EligibilityRow, EligibilityStatus, LedgerCount, LedgerGridRow, LedgerNumber, LedgerRow, LedgerRule,
    LedgerState, PublishedRow,
};

/// A ledger of eligibility (应检台账): each person in exactly one state at exactly one grid. Cheap to clone.
///
/// Everybody whom a row names is eligible. Of several rows of a person, one that says exempt decides, then one that says
/// done, then refused, then unreachable, then eligible, which leaves them pending; of rows that say the same the latest.
/// So no later call at a closed door undoes a test, and the excused are out of the denominator whatever else happened.
/// [`LedgerRule::Latest`] listens to the latest day alone.
///
/// ```
/// use gridcore::roster::{EligibilityRow, Ledger, LedgerNumber, LedgerRule};
/// use gridcore::{GridRow, GridTree};
/// let tree = GridTree::from_rows([GridRow::new("1", "town"), GridRow::new("11", "north").under("1")])?;
/// let rows = [
///     EligibilityRow::new("p-1", "11", "refused").day(1),
///     EligibilityRow::new("p-1", "11", "done").day(2),
///     EligibilityRow::new("p-2", "11", "eligible"),
///     EligibilityRow::new("p-3", "1", "exempt").reason("abroad"),
/// ];
/// let ledger = Ledger::read(rows, &tree, LedgerRule::Strongest)?;
/// let town = ledger.count("1")?;
/// assert_eq!((town.eligible, town.exempt, town.done, town.pending), (3, 1, 1, 1));
/// assert_eq!(town.coverage, Some(0.5));
/// assert_eq!(ledger.behind("1", LedgerNumber::Open)?[0].person.as_str(), "p-2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Ledger {
    inner: Arc<Inner>,
}

struct Inner {
    tree: GridTree,
    /// By grid, then by person: the people of a subtree are a range.
    people: Vec<Entry>,
    /// People by state at the grids before each position of the tree, and at all.
    before: Vec<[usize; 5]>,
}

struct Entry {
    person: PersonId,
    grid: GridIndex,
    state: LedgerState,
    day: Option<i64>,
    reason: Option<String>,
    row: usize,
    exempt_yet_done: bool,
}

/// A row that passed the door.
struct Seen {
    grid: GridIndex,
    status: EligibilityStatus,
    day: Option<i64>,
    reason: Option<String>,
    row: usize,
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger").field("people", &self.inner.people.len()).finish_non_exhaustive()
    }
}

impl Ledger {
    /// Reads a ledger; rows in another order give the same one.
    ///
    /// # Errors
    /// [`ListError`] with every fault of every row: an empty or malformed cell, a grid that the tree does not have, a
    /// status that is none, a person at two grids.
    ///
    /// # Complexity
    /// O(n + r log r) time for r rows in a tree of n grids.
    pub fn read(
        rows: impl IntoIterator<Item = EligibilityRow>,
        tree: &GridTree,
        rule: LedgerRule,
    ) -> Result<Self, ListError> {
        let mut people = Vec::new();
        for (person, seen) in read(rows, tree)? {
            people.push(decide(person, seen, rule));
        }
        people.sort_by(|a, b| (a.grid, &a.person).cmp(&(b.grid, &b.person)));
        let mut here = vec![[0; 5]; tree.len()];
        for one in &people {
            here[one.grid.get()][one.state as usize] += 1;
        }
        let mut before = vec![[0_usize; 5]];
        for states in here {
            let last = before[before.len() - 1];
            before.push(std::array::from_fn(|state| last[state] + states[state]));
        }
        Ok(Self { inner: Arc::new(Inner { tree: tree.clone(), people, before }) })
    }

    /// The numbers of a grid with everything beneath it.
    ///
    /// # Errors
    /// [`UnknownGrids`] if the tree has no such grid.
    ///
    /// # Complexity
    /// O(1) beside finding the grid.
    pub fn count(&self, grid: &str) -> Result<LedgerCount, UnknownGrids> {
        Ok(LedgerCount::of(self.states(self.find(grid)?)))
    }

    /// The numbers of all.
    ///
    /// # Complexity
    /// O(1).
    #[must_use]
    pub fn total(&self) -> LedgerCount {
        LedgerCount::of(self.states(self.inner.tree.root()))
    }

    /// The numbers of each grid at or beneath which somebody is, in the tree's order.
    ///
    /// # Complexity
    /// O(n) for n grids.
    #[must_use]
    pub fn by_grid(&self) -> Vec<LedgerGridRow> {
        let tree = &self.inner.tree;
        let row = |grid| LedgerGridRow {
            grid: tree.code(grid),
            name: tree.name(grid).to_owned(),
            level: tree.level(grid),
            count: LedgerCount::of(self.states(grid)),
        };
        tree.indices().map(row).filter(|row| row.count.eligible > 0).collect()
    }

    /// The people behind a number of a grid, with everything beneath it: by grid, then by token.
    ///
    /// # Errors
    /// [`UnknownGrids`] if the tree has no such grid.
    ///
    /// # Complexity
    /// O(log p + q) for p people, q of them in the grid.
    pub fn behind(&self, grid: &str, number: LedgerNumber) -> Result<Vec<LedgerRow>, UnknownGrids> {
        let grid = self.find(grid)?;
        let end = grid.get() + self.inner.tree.subtree(grid).len();
        let place = |bound| self.inner.people.partition_point(|one| one.grid.get() < bound);
        let people = &self.inner.people[place(grid.get())..place(end)];
        Ok(people.iter().filter(|one| number.counts(one.state)).map(|one| self.row(one)).collect())
    }

    /// Everybody: by grid in the tree's order, then by token.
    ///
    /// # Complexity
    /// O(p) for p people.
    #[must_use]
    pub fn rows(&self) -> Vec<LedgerRow> {
        self.inner.people.iter().map(|one| self.row(one)).collect()
    }

    fn row(&self, one: &Entry) -> LedgerRow {
        LedgerRow {
            person: one.person.clone(),
            grid: self.inner.tree.code(one.grid),
            state: one.state,
            day: one.day,
            reason: one.reason.clone(),
            row: one.row,
            exempt_yet_done: one.exempt_yet_done,
        }
    }

    fn find(&self, grid: &str) -> Result<GridIndex, UnknownGrids> {
        Ok(self.inner.tree.index([grid])?[0])
    }

    /// The people of a grid with everything beneath it, by state.
    fn states(&self, grid: GridIndex) -> [usize; 5] {
        let end = grid.get() + self.inner.tree.subtree(grid).len();
        let (before, after) = (self.inner.before[grid.get()], self.inner.before[end]);
        std::array::from_fn(|state| after[state] - before[state])
    }
}

/// Reads the rows of each person.
fn read(
    rows: impl IntoIterator<Item = EligibilityRow>,
    tree: &GridTree,
) -> Result<BTreeMap<PersonId, Vec<Seen>>, ListError> {
    let mut faults = Vec::new();
    let mut people: BTreeMap<PersonId, Vec<Seen>> = BTreeMap::new();
    for (row, EligibilityRow { person, grid, status, day, reason }) in rows.into_iter().enumerate() {
        let mut reader = RowReader { list: None, row, faults: &mut faults };
        let person = reader.name("person", &person);
        let grid = reader.grid(tree, &grid);
        let known = EligibilityStatus::of(&status);
        if known.is_none() {
            reader.fault(if status.is_empty() {
                ListFaultKind::EmptyCell { column: "status" }
            } else {
                ListFaultKind::UnknownStatus
            });
        }
        let (Some(person), Some(grid)) = (person, grid) else { continue };
        let seen = people.entry(person).or_default();
        if let Some(first) = seen.first().filter(|first| first.grid != grid) {
            faults.push(ListFault::at(None, row, ListFaultKind::SeveralGrids { first: first.row }));
        }
        let reason = reason.filter(|reason| !reason.is_empty());
        // A row without a status is at fault already; its grid still says where the person is.
        seen.push(Seen { grid, status: known.unwrap_or(EligibilityStatus::Eligible), day, reason, row });
    }
    ListError::unless(faults)?;
    Ok(people)
}

/// Where a person stands, by the rule.
fn decide(person: PersonId, mut seen: Vec<Seen>, rule: LedgerRule) -> Entry {
    if rule == LedgerRule::Latest {
        let latest = seen.iter().map(|one| one.day).max().flatten();
        seen.retain(|one| one.day == latest);
    }
    let says = |status| seen.iter().any(|one| one.status == status);
    let exempt_yet_done = says(EligibilityStatus::Exempt) && says(EligibilityStatus::Done);
    // The statuses stand in the order in which they decide. Of rows that say the same, the first in the table comes last
    // in question, so that only its number hangs on the order.
    let place = |one: &Seen| (one.status, one.day, one.reason.clone(), std::cmp::Reverse(one.row));
    let one = seen.into_iter().max_by_key(place).expect("whoever is in the ledger has a row");
    Entry {
        person,
        grid: one.grid,
        state: LedgerState::from_status(one.status),
        day: one.day,
        reason: one.reason,
        row: one.row,
        exempt_yet_done,
    }
}
