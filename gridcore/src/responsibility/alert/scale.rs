//! Scales of alert levels as data.

use super::fault::{AlertError, AlertFault, AlertFaultKind as K};
use crate::GridTree;
use crate::id::{GridIndex, MalformedCode};
use crate::tree::Label;

/// People that a level of alert asks for in each grid of a level, and of a kind if it names one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Staffing {
    /// The level of the grids.
    pub level: u8,
    /// Their kind; any, if there is none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub kind: Option<String>,
    /// What the people are there as.
    pub role: String,
    /// How many for each grid.
    pub count: u32,
}

impl Staffing {
    /// So many people of a role in each grid of a level.
    ///
    /// ```
    /// use gridcore::responsibility::Staffing;
    /// let guards = Staffing::new(4, "forest_guard", 2).kind("leaf");
    /// assert_eq!((guards.level, guards.count), (4, 2));
    /// ```
    #[must_use]
    pub fn new(level: u8, role: impl Into<String>, count: u32) -> Self {
        Self { level, kind: None, role: role.into(), count }
    }

    /// Confines it to one kind of grid.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self
    }
}

/// A task that a level of alert asks for in each grid of a level, and of a kind if it names one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct AlertTask {
    /// The name of the task.
    pub id: String,
    /// What it is called.
    pub label: Label,
    /// The level of the grids.
    pub level: u8,
    /// Their kind; any, if there is none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub kind: Option<String>,
    /// How often it is to be done: every so many seconds; once, if there is none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub every_seconds: Option<i64>,
}

impl AlertTask {
    /// A task to be done once in each grid of a level.
    ///
    /// ```
    /// use gridcore::responsibility::AlertTask;
    /// let patrol = AlertTask::new("patrol", "巡山", "patrol the hill", 4).every(2 * 3600);
    /// assert_eq!(patrol.every_seconds, Some(7200));
    /// ```
    #[must_use]
    pub fn new(id: impl Into<String>, zh: impl Into<String>, en: impl Into<String>, level: u8) -> Self {
        Self { id: id.into(), label: Label::new(zh, en), level, kind: None, every_seconds: None }
    }

    /// Confines it to one kind of grid.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    /// Sets how often it is to be done, in seconds.
    #[must_use]
    pub fn every(mut self, seconds: i64) -> Self {
        self.every_seconds = Some(seconds);
        self
    }
}

/// One level (预警等级) of a scale and all that it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct AlertLevel {
    /// The name of the level.
    pub id: String,
    /// What it is called.
    pub label: Label,
    /// The people it asks for.
    #[cfg_attr(feature = "serde", serde(default))]
    pub staffing: Vec<Staffing>,
    /// The tasks it asks for.
    #[cfg_attr(feature = "serde", serde(default))]
    pub tasks: Vec<AlertTask>,
}

impl AlertLevel {
    /// A level that asks for nothing yet.
    #[must_use]
    pub fn new(id: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { id: id.into(), label: Label::new(zh, en), staffing: Vec::new(), tasks: Vec::new() }
    }

    /// Adds people.
    #[must_use]
    pub fn staffing(mut self, staffing: Staffing) -> Self {
        self.staffing.push(staffing);
        self
    }

    /// Adds a task.
    #[must_use]
    pub fn task(mut self, task: AlertTask) -> Self {
        self.tasks.push(task);
        self
    }

    /// The people it asks for in a grid: by role, in order.
    pub(super) fn staffing_of(&self, level: u8, kind: Option<&str>) -> Vec<&Staffing> {
        best(&self.staffing, level, kind, |one| (one.level, one.kind.as_deref(), &one.role))
    }

    /// The tasks it asks for in a grid: by name, in order.
    pub(super) fn tasks_of(&self, level: u8, kind: Option<&str>) -> Vec<&AlertTask> {
        best(&self.tasks, level, kind, |one| (one.level, one.kind.as_deref(), &one.id))
    }
}

/// The rules that fit grids of a level and kind, by name: of two with one name, that which names the kind.
fn best<'r, R>(
    rules: &'r [R],
    level: u8,
    kind: Option<&str>,
    key: impl Fn(&R) -> (u8, Option<&str>, &String),
) -> Vec<&'r R> {
    let fits = |rule: &&R| {
        let (of_level, of_kind, _) = key(rule);
        of_level == level && (of_kind.is_none() || of_kind == kind)
    };
    let mut found: Vec<&R> = rules.iter().filter(fits).collect();
    found.sort_by(|a, b| {
        let (a, b) = (key(a), key(b));
        (a.2, a.1.is_none()).cmp(&(b.2, b.1.is_none()))
    });
    found.dedup_by(|later, earlier| key(later).2 == key(earlier).2);
    found
}

/// A scale of alert levels (预警等级体系), the lowest first.
///
/// - A **scale** is an ordered list of levels, the lowest first: yellow → orange → red and blue → yellow → orange → red
///   both exist. Each level says in full what it asks for; nothing is taken over from the level below.
/// - A level implies **staffing** (so many people of a role in each grid of a level and kind) and **tasks** (done in each
///   such grid, every so many seconds). Of two rules for one level of grids, the one that names a grid's kind counts.
/// - An **alert** is a scale, a level, a grid with all beneath it, and an interval. For one scale and grid the later
///   announcement takes the place of the earlier from its start on, and the earlier does not come back. Where alerts of
///   one scale for different grids cover a grid, the highest level counts.
///
/// ```
/// use gridcore::responsibility::{AlertScale, Staffing};
/// let mut scale = AlertScale::three_levels("forest_fire");
/// scale.levels[1].staffing.push(Staffing::new(4, "forest_guard", 2));
/// let names: Vec<&str> = scale.levels.iter().map(|level| level.id.as_str()).collect();
/// assert_eq!(names, ["yellow", "orange", "red"]);
/// assert_eq!(AlertScale::four_levels("typhoon").levels[0].label.zh, "蓝色");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct AlertScale {
    /// The name of the scale.
    pub name: String,
    /// The levels, the lowest first.
    pub levels: Vec<AlertLevel>,
}

impl AlertScale {
    /// A scale of these levels, the lowest first.
    #[must_use]
    pub fn new(name: impl Into<String>, levels: impl IntoIterator<Item = AlertLevel>) -> Self {
        Self { name: name.into(), levels: levels.into_iter().collect() }
    }

    /// Yellow 黄色, orange 橙色, red 红色, which ask for nothing until an office says so.
    #[must_use]
    pub fn three_levels(name: impl Into<String>) -> Self {
        Self::new(
            name,
            [
                AlertLevel::new("yellow", "黄色", "yellow"),
                AlertLevel::new("orange", "橙色", "orange"),
                AlertLevel::new("red", "红色", "red"),
            ],
        )
    }

    /// Blue 蓝色, yellow 黄色, orange 橙色, red 红色, which ask for nothing until an office says so.
    #[must_use]
    pub fn four_levels(name: impl Into<String>) -> Self {
        let mut scale = Self::three_levels(name);
        scale.levels.insert(0, AlertLevel::new("blue", "蓝色", "blue"));
        scale
    }

    /// The place of a level on the scale, from 0.
    #[must_use]
    pub fn rank(&self, level: &str) -> Option<usize> {
        self.levels.iter().position(|known| known.id == level)
    }

    /// Checks the scale: it has levels, each with a name of its own, and no two rules for the same.
    ///
    /// # Errors
    /// [`AlertError`] with every fault.
    ///
    /// ```
    /// use gridcore::responsibility::AlertScale;
    /// assert!(AlertScale::four_levels("typhoon").check().is_ok());
    /// assert_eq!(AlertScale::new("typhoon", []).check().unwrap_err().list()[0].code(), "no_levels");
    /// ```
    pub fn check(&self) -> Result<(), AlertError> {
        AlertError::of(self.faults())
    }

    pub(super) fn faults(&self) -> Vec<AlertFault> {
        let mut faults = Vec::new();
        let mut report = |row: Option<usize>, column: &str, kind: K| {
            faults.push(AlertFault { row, column: column.to_owned(), kind });
        };
        if MalformedCode::of(&self.name).is_some() {
            report(None, "scale", K::MalformedName);
        }
        if self.levels.is_empty() {
            report(None, "levels", K::NoLevels);
        }
        for (place, level) in self.levels.iter().enumerate() {
            if MalformedCode::of(&level.id).is_some() {
                report(Some(place), "levels", K::MalformedName);
            }
            if let Some(first) = self.levels[..place].iter().position(|other| other.id == level.id) {
                report(Some(place), "levels", K::DuplicateLevel { first });
            }
            let column = format!("levels.{place}.staffing");
            for (number, one) in level.staffing.iter().enumerate() {
                if MalformedCode::of(&one.role).is_some() {
                    report(Some(number), &column, K::MalformedName);
                }
                let same = |other: &Staffing| {
                    (other.level, &other.kind, &other.role) == (one.level, &one.kind, &one.role)
                };
                if let Some(first) = level.staffing[..number].iter().position(same) {
                    report(Some(number), &column, K::DuplicateRule { first });
                }
            }
            let column = format!("levels.{place}.tasks");
            for (number, one) in level.tasks.iter().enumerate() {
                if MalformedCode::of(&one.id).is_some() {
                    report(Some(number), &column, K::MalformedName);
                }
                if one.every_seconds.is_some_and(|seconds| seconds < 1) {
                    report(Some(number), &column, K::NoSeconds);
                }
                let same = |other: &AlertTask| {
                    (other.level, &other.kind, &other.id) == (one.level, &one.kind, &one.id)
                };
                if let Some(first) = level.tasks[..number].iter().position(same) {
                    report(Some(number), &column, K::DuplicateRule { first });
                }
            }
        }
        faults
    }

    /// A level by name; an absent name is no alert at all.
    pub(super) fn level(
        &self,
        column: &str,
        name: Option<&str>,
        faults: &mut Vec<AlertFault>,
    ) -> Option<&AlertLevel> {
        let name = name?;
        let found = self.levels.iter().find(|level| level.id == name);
        if found.is_none() {
            let kind = K::UnknownLevel { level: name.to_owned() };
            faults.push(AlertFault { row: None, column: column.to_owned(), kind });
        }
        found
    }
}

/// A grid by code.
pub(super) fn scope(tree: &GridTree, code: &str, faults: &mut Vec<AlertFault>) -> Option<GridIndex> {
    let found = tree.find(code);
    if found.is_none() {
        let kind = K::UnknownGrid { code: code.to_owned() };
        faults.push(AlertFault { row: None, column: "grid".to_owned(), kind });
    }
    found
}
