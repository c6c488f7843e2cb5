//! What a level asks of each grid, and what changes from one level to another.

use std::collections::BTreeMap;

use super::fault::AlertError;
use super::scale::{AlertLevel, AlertScale, scope};
use crate::GridTree;
use crate::id::GridCode;

/// What an alert asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum AlertItem {
    /// People of a role.
    Staffing,
    /// A task.
    Task,
}

/// What becomes of something that an alert asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum AlertChange {
    /// The new level asks for it, the old one did not.
    Added,
    /// The old level asked for it, the new one does not.
    Removed,
    /// Both ask for it, in another measure.
    Changed,
}

/// One thing that changes from one level of alert to another, for the grids of one level and kind; a row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct AlertDeltaRow {
    /// People or a task.
    pub item: AlertItem,
    /// The role or the name of the task.
    pub name: String,
    /// Added, removed or changed.
    pub change: AlertChange,
    /// The level of the grids.
    pub level: u8,
    /// Their kind.
    pub kind: Option<String>,
    /// How many such grids there are.
    pub grids: u64,
    /// What each grid was asked for: people, or seconds from one time to the next; none where it was not asked for, or
    /// where a task was to be done once.
    pub before: Option<i64>,
    /// What each grid is asked for now.
    pub after: Option<i64>,
    /// People in all such grids before; 0 for tasks.
    pub total_before: u64,
    /// People in all such grids now; 0 for tasks.
    pub total_after: u64,
}

/// What an alert asks of one grid; a row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct AlertNeedRow {
    /// The grid.
    pub grid: GridCode,
    /// People or a task.
    pub item: AlertItem,
    /// The role or the name of the task.
    pub name: String,
    /// How many people; none for a task.
    pub count: Option<u32>,
    /// How often a task is to be done: every so many seconds; none for people and for a task done once.
    pub every_seconds: Option<i64>,
}

/// How much of each thing a level asks for in a grid of a level and kind.
type Asked<'s> = BTreeMap<(AlertItem, &'s str), Option<i64>>;

fn asked<'s>(alert: Option<&'s AlertLevel>, level: u8, kind: Option<&str>) -> Asked<'s> {
    let mut all = BTreeMap::new();
    let Some(alert) = alert else { return all };
    for one in alert.staffing_of(level, kind).into_iter().filter(|one| one.count > 0) {
        all.insert((AlertItem::Staffing, one.role.as_str()), Some(i64::from(one.count)));
    }
    for one in alert.tasks_of(level, kind) {
        all.insert((AlertItem::Task, one.id.as_str()), one.every_seconds);
    }
    all
}

/// Levels compared.
impl AlertScale {
    /// What changes in a grid and all beneath it from one level to another; no level is no alert.
    ///
    /// By level and kind of grid, then people before tasks, then by name. What stays the same is not listed.
    ///
    /// On 4 April 2022, at ten in the morning, yellow became orange:
    ///
    /// ```
    /// use gridcore::responsibility::{AlertChange, AlertScale, AlertTask, Staffing};
    /// use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([
    ///     GridRow::new("1", "city"), GridRow::new("11", "north").under("1"), GridRow::new("12", "south").under("1"),
    /// ])?;
    /// let mut scale = AlertScale::three_levels("forest_fire");
    /// scale.levels[0].staffing = vec![Staffing::new(1, "guard", 2)];
    /// scale.levels[1].staffing = vec![Staffing::new(1, "guard", 5)];
    /// scale.levels[1].tasks = vec![AlertTask::new("patrol", "巡山", "patrol the hill", 1).every(7200)];
    /// let delta = scale.delta(&tree, "1", Some("yellow"), Some("orange"))?;
    /// let guards = (delta[0].before, delta[0].after, delta[0].total_before, delta[0].total_after);
    /// assert_eq!((delta[0].change, guards), (AlertChange::Changed, (Some(2), Some(5), 4, 10)));
    /// assert_eq!((delta[1].name.as_str(), delta[1].change, delta[1].grids), ("patrol", AlertChange::Added, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`AlertError`] with every fault of the scale, a level it does not have, or a grid the tree does not have.
    ///
    /// # Complexity
    /// O(g log k + k · r²) time for g grids of k levels and kinds, and r rules of a level of alert.
    pub fn delta(
        &self,
        tree: &GridTree,
        grid: &str,
        from: Option<&str>,
        to: Option<&str>,
    ) -> Result<Vec<AlertDeltaRow>, AlertError> {
        let mut faults = self.faults();
        let scope = scope(tree, grid, &mut faults);
        let (from, to) = (self.level("from", from, &mut faults), self.level("to", to, &mut faults));
        AlertError::of(faults)?;
        let mut classes: BTreeMap<(u8, Option<&str>), u64> = BTreeMap::new();
        for grid in scope.into_iter().flat_map(|scope| tree.subtree(scope)) {
            *classes.entry((tree.level(grid), tree.kind(grid))).or_default() += 1;
        }
        let mut rows = Vec::new();
        for ((level, kind), grids) in classes {
            let (before, after) = (asked(from, level, kind), asked(to, level, kind));
            let mut keys: Vec<_> = before.keys().chain(after.keys()).collect();
            keys.sort_unstable();
            keys.dedup();
            for key @ &(item, name) in keys {
                let change = match (before.get(key), after.get(key)) {
                    (None, _) => AlertChange::Added,
                    (_, None) => AlertChange::Removed,
                    (old, new) if old == new => continue,
                    _ => AlertChange::Changed,
                };
                let (old, new) = (before.get(key).copied().flatten(), after.get(key).copied().flatten());
                let people = |count: Option<i64>| match item {
                    AlertItem::Staffing => count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0),
                    AlertItem::Task => 0,
                };
                rows.push(AlertDeltaRow {
                    item,
                    name: name.to_owned(),
                    change,
                    level,
                    kind: kind.map(str::to_owned),
                    grids,
                    before: old,
                    after: new,
                    // Fewer than 2^32 grids of fewer than 2^32 people each.
                    total_before: people(old) * grids,
                    total_after: people(new) * grids,
                });
            }
        }
        Ok(rows)
    }

    /// What a level asks of each grid in a subtree, in preorder: people before tasks, then by name.
    ///
    /// ```
    /// # use gridcore::responsibility::{AlertScale, Staffing};
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "north").under("1")])?;
    /// let mut scale = AlertScale::three_levels("forest_fire");
    /// scale.levels[2].staffing = vec![Staffing::new(1, "guard", 9)];
    /// let needs = scale.needs(&tree, "1", "red")?;
    /// assert_eq!((needs.len(), needs[0].grid.to_string().as_str(), needs[0].count), (1, "11", Some(9)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`AlertError`] with every fault of the scale, a level it does not have, or a grid the tree does not have.
    ///
    /// # Complexity
    /// O(g · r log r) time for g grids and r rules of the level.
    pub fn needs(&self, tree: &GridTree, grid: &str, level: &str) -> Result<Vec<AlertNeedRow>, AlertError> {
        let mut faults = self.faults();
        let scope = scope(tree, grid, &mut faults);
        let alert = self.level("level", Some(level), &mut faults);
        AlertError::of(faults)?;
        let mut rows = Vec::new();
        for grid in scope.into_iter().flat_map(|scope| tree.subtree(scope)) {
            let code = tree.code(grid);
            for ((item, name), measure) in asked(alert, tree.level(grid), tree.kind(grid)) {
                let (count, every_seconds) = match item {
                    AlertItem::Staffing => (measure.and_then(|count| u32::try_from(count).ok()), None),
                    AlertItem::Task => (None, measure),
                };
                let (grid, name) = (code.clone(), name.to_owned());
                rows.push(AlertNeedRow { grid, item, name, count, every_seconds });
            }
        }
        Ok(rows)
    }
}
