//! What a shift roster is made from: shifts of a day, checkpoints, people, wishes.

use std::fmt;

/// One shift of the day.
///
/// ```
/// use gridcore::deployment::ShiftRow;
/// let night = ShiftRow::new("night", 20 * 3600, 32 * 3600); // 20:00 to 08:00 of the next day
/// assert_eq!(night.until - night.from, 12 * 3600);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct ShiftRow {
    /// The name of the shift (班次).
    pub shift: String,
    /// Its start, in seconds after local midnight: 0 to 86,399.
    pub from: i64,
    /// Its end, in seconds after the same midnight; past 86,400 on the next day.
    pub until: i64,
}

impl ShiftRow {
    /// A shift from one second of the day to another.
    #[must_use]
    pub fn new(shift: impl Into<String>, from: i64, until: i64) -> Self {
        Self { shift: shift.into(), from, until }
    }
}

/// How many people of one kind a checkpoint (卡点) needs in each shift; another kind stands in a row of its own.
///
/// ```
/// use gridcore::deployment::CheckpointRow;
/// let gate = CheckpointRow::new("gate-1", 2).grid("44200001").skill("police");
/// assert_eq!((gate.staff, gate.skills.len()), (2, 1));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct CheckpointRow {
    /// The code of the checkpoint.
    pub checkpoint: String,
    /// How many people it needs in a shift.
    pub staff: u32,
    /// The code of the grid where it stands.
    #[cfg_attr(feature = "serde", serde(default))]
    pub grid: Option<String>,
    /// The skills that each of these people must have.
    #[cfg_attr(feature = "serde", serde(default))]
    pub skills: Vec<String>,
    /// The shifts in which it is staffed; all, if none is named.
    #[cfg_attr(feature = "serde", serde(default))]
    pub shifts: Vec<String>,
    /// The days on which it is staffed; all days of the roster, if none is named.
    #[cfg_attr(feature = "serde", serde(default))]
    pub days: Vec<i64>,
}

impl CheckpointRow {
    /// A checkpoint that needs so many people in each shift.
    #[must_use]
    pub fn new(checkpoint: impl Into<String>, staff: u32) -> Self {
        Self { checkpoint: checkpoint.into(), staff, ..Self::default() }
    }

    /// Sets the grid.
    #[must_use]
    pub fn grid(mut self, code: impl Into<String>) -> Self {
        self.grid = Some(code.into());
        self
    }

    /// Adds a skill that each of these people must have.
    #[must_use]
    pub fn skill(mut self, skill: impl Into<String>) -> Self {
        self.skills.push(skill.into());
        self
    }

    /// Adds a shift in which it is staffed.
    #[must_use]
    pub fn shift(mut self, shift: impl Into<String>) -> Self {
        self.shifts.push(shift.into());
        self
    }

    /// Adds a day on which it is staffed.
    #[must_use]
    pub fn day(mut self, day: i64) -> Self {
        self.days.push(day);
        self
    }
}

/// A person who can stand at checkpoints; `Debug` does not show the token.
///
/// ```
/// use gridcore::deployment::ShiftPersonRow;
/// let person = ShiftPersonRow::new("p-1").skill("police").home("44200001").absent(19_085);
/// assert_eq!(person.absent, [19_085]);
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct ShiftPersonRow {
    /// The person, as a token.
    pub person: String,
    /// What the person can do.
    #[cfg_attr(feature = "serde", serde(default))]
    pub skills: Vec<String>,
    /// The code of the home grid.
    #[cfg_attr(feature = "serde", serde(default))]
    pub home: Option<String>,
    /// The days on which the person can work; all but the absent ones, if none is named.
    #[cfg_attr(feature = "serde", serde(default))]
    pub days: Vec<i64>,
    /// Days on which the person can't work.
    #[cfg_attr(feature = "serde", serde(default))]
    pub absent: Vec<i64>,
    /// The shifts that the person can work; all, if none is named.
    #[cfg_attr(feature = "serde", serde(default))]
    pub shifts: Vec<String>,
    /// The checkpoints at which the person can stand; all whose skills they have, if none is named.
    #[cfg_attr(feature = "serde", serde(default))]
    pub checkpoints: Vec<String>,
    /// The most shifts in the whole roster, if fewer than for everybody.
    #[cfg_attr(feature = "serde", serde(default))]
    pub most_shifts: Option<u32>,
}

impl fmt::Debug for ShiftPersonRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShiftPersonRow")
            .field("skills", &self.skills)
            .field("days", &self.days)
            .field("absent", &self.absent)
            .field("shifts", &self.shifts)
            .field("checkpoints", &self.checkpoints)
            .field("most_shifts", &self.most_shifts)
            .finish_non_exhaustive()
    }
}

impl ShiftPersonRow {
    /// A person.
    #[must_use]
    pub fn new(person: impl Into<String>) -> Self {
        Self { person: person.into(), ..Self::default() }
    }

    /// Adds a skill.
    #[must_use]
    pub fn skill(mut self, skill: impl Into<String>) -> Self {
        self.skills.push(skill.into());
        self
    }

    /// Sets the home grid.
    #[must_use]
    pub fn home(mut self, code: impl Into<String>) -> Self {
        self.home = Some(code.into());
        self
    }

    /// Adds a day on which the person can work, so that all others are free.
    #[must_use]
    pub fn day(mut self, day: i64) -> Self {
        self.days.push(day);
        self
    }

    /// Adds a day on which the person can't work.
    #[must_use]
    pub fn absent(mut self, day: i64) -> Self {
        self.absent.push(day);
        self
    }

    /// Adds a shift that the person can work.
    #[must_use]
    pub fn shift(mut self, shift: impl Into<String>) -> Self {
        self.shifts.push(shift.into());
        self
    }

    /// Adds a checkpoint at which the person can stand.
    #[must_use]
    pub fn checkpoint(mut self, checkpoint: impl Into<String>) -> Self {
        self.checkpoints.push(checkpoint.into());
        self
    }

    /// Sets the most shifts of this person.
    #[must_use]
    pub fn most_shifts(mut self, most: u32) -> Self {
        self.most_shifts = Some(most);
        self
    }
}

/// What a duty costs a person more, or less if negative; costs of several wishes about one duty are added.
///
/// ```
/// use gridcore::deployment::WishRow;
/// let wish = WishRow::new("p-1", 5).shift("night");
/// assert_eq!((wish.cost, wish.checkpoint), (5, None));
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct WishRow {
    /// The person; everybody, if left out.
    #[cfg_attr(feature = "serde", serde(default))]
    pub person: Option<String>,
    /// At this checkpoint, or at any.
    #[cfg_attr(feature = "serde", serde(default))]
    pub checkpoint: Option<String>,
    /// In this shift, or in any.
    #[cfg_attr(feature = "serde", serde(default))]
    pub shift: Option<String>,
    /// On this day, or on any.
    #[cfg_attr(feature = "serde", serde(default))]
    pub day: Option<i64>,
    /// The cost of each such duty.
    pub cost: i64,
}

impl fmt::Debug for WishRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WishRow")
            .field("checkpoint", &self.checkpoint)
            .field("shift", &self.shift)
            .field("day", &self.day)
            .field("cost", &self.cost)
            .finish_non_exhaustive()
    }
}

impl WishRow {
    /// A wish of one person about all duties, until it is narrowed down.
    #[must_use]
    pub fn new(person: impl Into<String>, cost: i64) -> Self {
        Self { person: Some(person.into()), cost, ..Self::default() }
    }

    /// Narrows it down to a checkpoint.
    #[must_use]
    pub fn checkpoint(mut self, checkpoint: impl Into<String>) -> Self {
        self.checkpoint = Some(checkpoint.into());
        self
    }

    /// Narrows it down to a shift.
    #[must_use]
    pub fn shift(mut self, shift: impl Into<String>) -> Self {
        self.shift = Some(shift.into());
        self
    }

    /// Narrows it down to a day.
    #[must_use]
    pub fn day(mut self, day: i64) -> Self {
        self.day = Some(day);
        self
    }
}

/// The four tables of a shift roster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
pub struct ShiftTables {
    /// The shifts of a day.
    pub shifts: Vec<ShiftRow>,
    /// The checkpoints.
    pub checkpoints: Vec<CheckpointRow>,
    /// The people.
    pub people: Vec<ShiftPersonRow>,
    /// Their wishes.
    pub wishes: Vec<WishRow>,
}

/// The rules of a shift roster.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
pub struct ShiftRules {
    /// The local days of the roster, each counted from 1970-01-01, in any order.
    pub days: Vec<i64>,
    /// How far local time is ahead of UTC, in seconds (China: 28,800).
    pub utc_offset: i64,
    /// The least rest between two shifts of a person, in seconds.
    pub rest: i64,
    /// Whether nobody has two shifts that begin on the same day.
    pub one_a_day: bool,
    /// The most shifts of a person in the whole roster.
    pub most_shifts: Option<u32>,
    /// What each shift of the person with the most shifts costs: fairness against wishes.
    pub load_weight: i64,
    /// What each step in the tree between home and checkpoint costs.
    pub distance_weight: i64,
}

impl Default for ShiftRules {
    fn default() -> Self {
        Self {
            days: Vec::new(),
            utc_offset: 0,
            rest: 0,
            one_a_day: true,
            most_shifts: None,
            load_weight: 0,
            distance_weight: 0,
        }
    }
}

impl ShiftRules {
    /// Rules for so many days from `first` on, with one shift a day and nothing else.
    ///
    /// ```
    /// use gridcore::deployment::ShiftRules;
    /// let rules = ShiftRules::days(19_085, 3); // 3 to 5 April 2022
    /// assert_eq!(rules.days, [19_085, 19_086, 19_087]);
    /// ```
    #[must_use]
    pub fn days(first: i64, count: u32) -> Self {
        let days = (0..i64::from(count)).map(|day| first.saturating_add(day)).collect();
        Self { days, ..Self::default() }
    }
}
