//! Shift rosters (排班): checkpoints (卡点) staffed in every shift by people who rest in between, or the count of why it can't be.

mod door;
mod fault;
mod rows;
#[cfg(feature = "serde")]
mod save;

use std::sync::Arc;

use crate::control::Control;
use crate::error::Fault;
use crate::id::{GridCode, PersonId};
use crate::solve::roster::{self, PRICE_SCALE, Roster, RosterError, Violation};
use crate::tree::GridTree;
use door::Model;

pub use fault::{ShiftFault, ShiftFaultKind, ShiftTable, ShiftsError};
pub use rows::{CheckpointRow, ShiftPersonRow, ShiftRow, ShiftRules, ShiftTables, WishRow};
#[cfg(feature = "serde")]
pub use save::ShiftLoadError;

/// Who stands where, on which day, in which shift.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DutyRow {
    /// The local day, counted from 1970-01-01.
    pub day: i64,
    /// The shift.
    pub shift: String,
    /// The checkpoint.
    pub checkpoint: String,
    /// The grid where it stands.
    pub grid: Option<GridCode>,
    /// The person.
    pub person: PersonId,
    /// The start, in UTC seconds.
    pub from: i64,
    /// The end, in UTC seconds.
    pub until: i64,
}

/// How many shifts a person has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ShiftLoad {
    /// The person.
    pub person: PersonId,
    /// Shifts in the whole roster.
    pub shifts: u32,
}

/// A checkpoint in a shift of a day that is short of people, with others.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ShortRow {
    /// The local day, counted from 1970-01-01.
    pub day: i64,
    /// The shift.
    pub shift: String,
    /// The checkpoint.
    pub checkpoint: String,
    /// How many people it needs.
    pub need: u32,
    /// How much one of them counts: 1 unless only a mixture shows the shortage.
    pub weight: i64,
}

/// Checkpoints and shifts that together need more than all people can give: whoever counts each person's best schedule sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ShiftShortage {
    /// What they need together.
    pub need: i128,
    /// What the people can give them at most.
    pub available: i128,
    /// Each of them, by day, shift and checkpoint.
    pub rows: Vec<ShortRow>,
}

impl ShiftShortage {
    fn describe(&self, fault: Fault) -> Fault {
        let Self { need, available, rows } = self;
        let fault = fault.found(available, need);
        let mut names: Vec<&str> = rows.iter().map(|row| row.checkpoint.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let count = names.len();
        let mut list = names.iter().take(5).copied().collect::<Vec<_>>().join(", ");
        if count > 5 {
            list.push_str(", …");
        }
        let one = rows
            .first()
            .filter(|first| rows.iter().all(|row| (row.day, &row.shift) == (first.day, &first.shift)));
        let fault = if let Some(ShortRow { day, shift, .. }) = one {
            fault.says(
                format!("on day {day}, shift {shift}, the checkpoints {list} ({count}) need {need}, but only {available} can be there"),
                format!("第 {day} 日 {shift} 班，卡点 {list}（共 {count} 个）需 {need} 人，只有 {available} 人可到岗"),
            )
        } else {
            let weighed = rows.iter().any(|row| row.weight != 1);
            let (en, zh) = if weighed { (", each by its weight", "（按权重计）") } else { ("", "") };
            let shifts = rows.len();
            fault.says(
                format!("{shifts} shifts of the checkpoints {list} ({count}) need {need} together{en}, but all people can give {available} at most"),
                format!("卡点 {list}（共 {count} 个）的 {shifts} 个班次合计{zh}需 {need}，全部人员最多提供 {available}"),
            )
        };
        fault.remedy(
            "add people with the skills, raise the most shifts, shorten the rest, or need fewer",
            "请增加有相应技能的人员、提高班次上限、缩短休息，或减少需求",
        )
    }
}

/// The price that one more person at a checkpoint has: part of what proves the bound.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ShiftPrice {
    /// The local day, counted from 1970-01-01.
    pub day: i64,
    /// The shift.
    pub shift: String,
    /// The checkpoint.
    pub checkpoint: String,
    /// The price, in parts of [`PRICE_SCALE`] of a unit of cost.
    pub price: i64,
}

/// What a roster costs and what it must cost, in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ShiftReport {
    /// Wishes, distances and the weight of the highest load.
    pub cost: i128,
    /// No roster costs less.
    pub bound: i128,
    /// Cost less bound.
    pub gap: i128,
    /// Whether the roster is proved to be the best.
    pub optimal: bool,
    /// The most shifts that anybody has.
    pub busiest: u32,
    /// How many duties there are.
    pub duties: usize,
}

/// A shift roster with its bound: immutable, cheap to clone.
///
/// ```
/// use gridcore::control::Control;
/// use gridcore::deployment::{CheckpointRow, ShiftPersonRow, ShiftRoster, ShiftRow, ShiftRules, ShiftTables, WishRow};
/// use gridcore::{GridRow, GridTree};
/// let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
/// let tables = ShiftTables {
///     shifts: vec![ShiftRow::new("day", 8 * 3600, 20 * 3600), ShiftRow::new("night", 20 * 3600, 32 * 3600)],
///     checkpoints: vec![CheckpointRow::new("gate-1", 1).grid("1")],
///     people: ["p-1", "p-2", "p-3"].map(ShiftPersonRow::new).to_vec(),
///     wishes: vec![WishRow::new("p-1", 4).shift("night")],
/// };
/// // Two days; 24 hours of rest; each shift of the busiest costs 10.
/// let rules = ShiftRules { rest: 86_400, load_weight: 10, ..ShiftRules::days(19_085, 2) };
/// let roster = ShiftRoster::plan(&tree, &tables, &rules, &mut Control::free())?;
/// assert_eq!(roster.duties().len(), 4);
/// assert_eq!(roster.report().busiest, 2); // four duties, three people
/// assert!(roster.report().optimal);
/// assert_eq!(roster.verify(), Ok(()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ShiftRoster {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    #[cfg_attr(
        not(feature = "serde"),
        expect(dead_code, reason = "only what is saved needs the rules again")
    )]
    rules: ShiftRules,
    tables: ShiftTables,
    model: Model,
    roster: Roster,
    duties: Vec<DutyRow>,
}

impl ShiftRoster {
    /// Makes a roster: every checkpoint has the people it needs, with their skills, in each of its shifts; nobody works on a
    /// day off, at two places at once, without the rest, or too often.
    ///
    /// It is as cheap as the search finds within fixed limits and those of `control`, and carries a bound below every roster.
    ///
    /// # Errors
    /// [`ShiftsError`]: every fault of every table; the checkpoints and shifts that need more than there can be; or nothing found
    /// and nothing excluded.
    ///
    /// # Complexity
    /// People × (checkpoints · shifts · days) to read; then as [`roster`](crate::solve::roster::roster).
    pub fn plan(
        tree: &GridTree,
        tables: &ShiftTables,
        rules: &ShiftRules,
        control: &mut Control<'_>,
    ) -> Result<Self, ShiftsError> {
        let model = door::read(tree, tables, rules)?;
        match roster::roster(&model.problem, control) {
            Ok(roster) => Ok(Self::of(tree, tables.clone(), rules.clone(), model, roster)),
            Err(RosterError::Impossible(shortage)) => {
                let named = shortage.seats.iter().zip(&shortage.weights);
                let rows = named.map(|(&seat, &weight)| short_row(tables, &model, seat as usize, weight));
                let rows = rows.collect();
                Err(ShiftsError::Impossible(ShiftShortage {
                    need: shortage.need,
                    available: shortage.supply,
                    rows,
                }))
            }
            Err(RosterError::Exhausted) => Err(ShiftsError::Exhausted),
            Err(RosterError::Undecided(best)) => Err(ShiftsError::Undecided { empty: best.empty }),
            Err(RosterError::Stopped(stopped)) => Err(ShiftsError::Stopped(stopped)),
            Err(_) => Err(ShiftsError::Overflow),
        }
    }

    fn of(tree: &GridTree, tables: ShiftTables, rules: ShiftRules, model: Model, roster: Roster) -> Self {
        let duty = |&(worker, seat): &(u32, u32)| {
            let slot = model.slots[model.problem.seats()[seat as usize].slot as usize];
            let checkpoint = &tables.checkpoints[model.seat_rows[seat as usize]];
            let grid = checkpoint.grid.as_deref().and_then(|code| tree.find(code));
            DutyRow {
                day: slot.day,
                shift: tables.shifts[slot.shift].shift.clone(),
                checkpoint: checkpoint.checkpoint.clone(),
                grid: grid.map(|grid| tree.code(grid)),
                person: model.people[worker as usize].0.clone(),
                from: slot.from,
                until: slot.until,
            }
        };
        let mut duties: Vec<DutyRow> = roster.takes.iter().map(duty).collect();
        duties.sort_by(|a, b| {
            (a.from, a.until, &a.checkpoint, &a.person).cmp(&(b.from, b.until, &b.checkpoint, &b.person))
        });
        Self { inner: Arc::new(Inner { rules, tables, model, roster, duties }) }
    }

    /// Every duty, by start, end, checkpoint and person.
    #[must_use]
    pub fn duties(&self) -> &[DutyRow] {
        &self.inner.duties
    }

    /// How many shifts each person has, by token; those with none too.
    #[must_use]
    pub fn loads(&self) -> Vec<ShiftLoad> {
        let mut loads: Vec<ShiftLoad> = self
            .inner
            .model
            .people
            .iter()
            .map(|(person, _)| ShiftLoad { person: person.clone(), shifts: 0 })
            .collect();
        self.inner.roster.takes.iter().for_each(|&(worker, _)| loads[worker as usize].shifts += 1);
        loads
    }

    /// Cost, bound and whether the two meet.
    #[must_use]
    pub fn report(&self) -> ShiftReport {
        let roster = &self.inner.roster;
        ShiftReport {
            cost: roster.cost,
            bound: roster.bound,
            gap: roster.cost - roster.bound,
            optimal: roster.is_optimal(),
            busiest: roster.busiest,
            duties: roster.takes.len(),
        }
    }

    /// The prices that prove the bound for the highest load there is in the roster; none where branching proved it.
    ///
    /// Against them, the sum of the prices of all places and the cheapest schedules of all people is below every roster in
    /// which nobody has more shifts.
    #[must_use]
    pub fn prices(&self) -> Vec<ShiftPrice> {
        let (model, proof) = (&self.inner.model, &self.inner.roster.proof);
        let steps = proof.loads.get(self.inner.roster.busiest as usize).map(Vec::as_slice);
        let Some([roster::Step::Priced { prices }]) = steps else { return Vec::new() };
        let prices = proof.vectors.get(*prices as usize).into_iter().flatten().enumerate();
        let row = |(seat, &price): (usize, &i64)| {
            let ShortRow { day, shift, checkpoint, .. } = short_row(&self.inner.tables, model, seat, 1);
            ShiftPrice { day, shift, checkpoint, price }
        };
        prices.map(row).collect()
    }

    /// Counts the roster again: every rule, the cost, and the bound from its prices.
    ///
    /// # Errors
    /// The first [`Violation`].
    pub fn verify(&self) -> Result<(), Violation> {
        self.inner.roster.verify(&self.inner.model.problem)
    }
}

fn short_row(tables: &ShiftTables, model: &Model, seat: usize, weight: i64) -> ShortRow {
    let given = model.problem.seats()[seat];
    let slot = model.slots[given.slot as usize];
    ShortRow {
        day: slot.day,
        shift: tables.shifts[slot.shift].shift.clone(),
        checkpoint: tables.checkpoints[model.seat_rows[seat]].checkpoint.clone(),
        need: given.need,
        weight,
    }
}

/// Prices are given in parts of this of a unit of cost.
pub const SHIFT_PRICE_SCALE: i64 = PRICE_SCALE;
