//! What a question brings: an answer, or a gap that explains itself; one at a time or as columns.

use std::fmt;

use crate::error::Lang;
use crate::id::{Domain, GridCode, Mode, PersonId, PostId, TeamId};
use crate::tree::FrontCode;

/// What decided, within the grid that answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Rule {
    /// The assignment names the mode.
    ModeSpecific,
    /// The assignment names the domain.
    Direct,
    /// The assignment was made through a front (战线).
    Front,
    /// The assignment is for every domain: its holder is the head of the grid.
    Wildcard,
}

impl Rule {
    /// The stable name.
    ///
    /// ```
    /// assert_eq!(gridcore::responsibility::Rule::ModeSpecific.id(), "mode_specific");
    /// ```
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::ModeSpecific => "mode_specific",
            Self::Direct => "direct",
            Self::Front => "front",
            Self::Wildcard => "wildcard",
        }
    }

    /// The rule of an assignment of this rank.
    pub(super) const fn of(rank: u8) -> Self {
        match rank {
            0..=3 => Self::ModeSpecific,
            4 => Self::Direct,
            5 | 6 => Self::Front,
            _ => Self::Wildcard,
        }
    }
}

/// Who answers for a grid, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Answer {
    /// The grid that was asked about.
    pub grid: GridCode,
    /// The domain; none where the whole grid was asked about.
    pub domain: Option<Domain>,
    /// The mode; none outside of any.
    pub mode: Option<Mode>,
    /// Who answers: the holder, the lead of the team, or the deputy; none for a team without a lead.
    pub person: Option<PersonId>,
    /// The team that holds the duty, if it is one.
    pub team: Option<TeamId>,
    /// The grid that it came from: the one asked about, or the nearest above it.
    pub from_grid: GridCode,
    /// Its level.
    pub level: u8,
    /// What decided there.
    pub rule: Rule,
    /// Whether it came from above (属地兜底).
    pub inherited: bool,
    /// The holder who is absent, if a deputy answers.
    pub deputy_for: Option<PersonId>,
    /// The post in virtue of which the holder has the duty.
    pub post: Option<PostId>,
    /// The front through which the duty was made.
    pub front: Option<FrontCode>,
    /// The row of the assignment, from 0.
    pub row: usize,
}

/// Why no assignment at one grid answered: how far the nearest came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Unanswered {
    /// Nobody is accountable for anything there.
    NobodyNamed,
    /// Somebody is, but for other domains.
    OtherDomains,
    /// Somebody is, but in other modes.
    OtherModes,
    /// Somebody was or will be.
    NotInForce,
    /// Somebody is, but absent without a deputy who is there.
    Absent,
}

/// A grid on the way to the root, and why nobody there answered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GapStep {
    /// The grid.
    pub grid: GridCode,
    /// Its level.
    pub level: u8,
    /// Why nobody answered.
    pub why: Unanswered,
    /// The assignments that came so far, by their rows, ascending.
    pub rows: Vec<usize>,
}

/// Nobody answers, from the grid up to the root: a value that says where it looked.
///
/// ```
/// # use gridcore::{GridRow, GridTree};
/// use gridcore::responsibility::{AssignmentRow, Responsibility, Unanswered};
/// let tree = GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "north").under("1")])?;
/// let duty = Responsibility::resolve(&tree, [AssignmentRow::new("1").person("p-1").domain("fire")])?;
/// let verdict = duty.accountable("11", "flood")?;
/// let gap = verdict.gap().expect("the city answers for fire alone");
/// assert_eq!(gap.looked[1].why, Unanswered::OtherDomains);
/// assert_eq!(gap.to_string(), "nobody answers for 11 in flood: at 11 nobody is named; at 1 only for other domains");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Gap {
    /// The grid that was asked about.
    pub grid: GridCode,
    /// The domain; none where the whole grid was asked about.
    pub domain: Option<Domain>,
    /// The mode; none outside of any.
    pub mode: Option<Mode>,
    /// The time, in UTC seconds; none if no interval is bounded.
    pub at: Option<i64>,
    /// The grids that were looked at, from the one asked about up to the root.
    pub looked: Vec<GapStep>,
}

impl Gap {
    /// The gap in words.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let Self { grid, domain, mode, .. } = self;
        let steps = self.looked.iter().map(|step| {
            let GapStep { grid, why, .. } = step;
            match (lang, why) {
                (Lang::En, Unanswered::NobodyNamed) => format!("at {grid} nobody is named"),
                (Lang::En, Unanswered::OtherDomains) => format!("at {grid} only for other domains"),
                (Lang::En, Unanswered::OtherModes) => format!("at {grid} only in other modes"),
                (Lang::En, Unanswered::NotInForce) => format!("at {grid} not at this time"),
                (Lang::En, Unanswered::Absent) => format!("at {grid} the holder is absent without a deputy"),
                (Lang::Zh, Unanswered::NobodyNamed) => format!("{grid} 无人被指定"),
                (Lang::Zh, Unanswered::OtherDomains) => format!("{grid} 仅有其他领域"),
                (Lang::Zh, Unanswered::OtherModes) => format!("{grid} 仅有其他模式"),
                (Lang::Zh, Unanswered::NotInForce) => format!("{grid} 此时无效"),
                (Lang::Zh, Unanswered::Absent) => format!("{grid} 责任人缺勤且无代理人"),
            }
        });
        let steps: Vec<String> = steps.collect();
        match lang {
            Lang::En => {
                let domain = domain.as_ref().map_or(String::new(), |domain| format!(" in {domain}"));
                let mode = mode.as_ref().map_or(String::new(), |mode| format!(" ({mode})"));
                format!("nobody answers for {grid}{domain}{mode}: {}", steps.join("; "))
            }
            Lang::Zh => {
                let domain = domain.as_ref().map_or(String::new(), |domain| format!("的 {domain}"));
                let mode = mode.as_ref().map_or(String::new(), |mode| format!("（{mode}）"));
                format!("{grid} {domain}{mode}无人负责：{}", steps.join("；"))
            }
        }
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

/// What a question brings.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Verdict {
    /// Somebody answers.
    Answer(Answer),
    /// Nobody does.
    Gap(Gap),
}

impl Verdict {
    /// The answer, if there is one.
    #[must_use]
    pub fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Answer(answer) => Some(answer),
            Self::Gap(_) => None,
        }
    }

    /// The person who answers, if one does.
    #[must_use]
    pub fn person(&self) -> Option<&PersonId> {
        self.answer().and_then(|answer| answer.person.as_ref())
    }

    /// The gap, if nobody answers.
    #[must_use]
    pub fn gap(&self) -> Option<&Gap> {
        match self {
            Self::Answer(_) => None,
            Self::Gap(gap) => Some(gap),
        }
    }

    /// The verdict as one flat row.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "north").under("1")])?;
    /// use gridcore::responsibility::{AssignmentRow, Responsibility};
    /// let duty = Responsibility::resolve(&tree, [AssignmentRow::new("11").person("p-1")])?;
    /// let row = duty.accountable("11", "fire")?.to_row();
    /// assert_eq!((row.from_grid, row.gap), (Some("11".parse()?), None));
    /// let nobody = duty.accountable("1", "fire")?.to_row();
    /// assert_eq!((nobody.person, nobody.gap.map(|gap| gap.looked.len())), (None, Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_row(&self) -> AccountableRow {
        match self.clone() {
            Self::Answer(answer) => AccountableRow {
                grid: answer.grid,
                domain: answer.domain,
                mode: answer.mode,
                person: answer.person,
                team: answer.team,
                from_grid: Some(answer.from_grid),
                level: Some(answer.level),
                rule: Some(answer.rule),
                inherited: Some(answer.inherited),
                deputy_for: answer.deputy_for,
                post: answer.post,
                front: answer.front,
                row: Some(answer.row),
                gap: None,
            },
            Self::Gap(gap) => {
                let (reason, reason_zh) = (gap.text(Lang::En), gap.text(Lang::Zh));
                let Gap { grid, domain, mode, at, looked } = gap;
                AccountableRow {
                    grid,
                    domain,
                    mode,
                    person: None,
                    team: None,
                    from_grid: None,
                    level: None,
                    rule: None,
                    inherited: None,
                    deputy_for: None,
                    post: None,
                    front: None,
                    row: None,
                    gap: Some(GapReason { at, looked, reason, reason_zh }),
                }
            }
        }
    }
}

/// Who is accountable and why, or why nobody is: one flat row of the same keys for both.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct AccountableRow {
    /// The grid that was asked about.
    pub grid: GridCode,
    /// The domain; none where the whole grid was asked about.
    pub domain: Option<Domain>,
    /// The mode; none outside of any.
    pub mode: Option<Mode>,
    /// The person; none in a gap, and for a team without a lead.
    pub person: Option<PersonId>,
    /// The team, if it is one.
    pub team: Option<TeamId>,
    /// The grid whose duty it is; none in a gap, as all that follow.
    pub from_grid: Option<GridCode>,
    /// Its level.
    pub level: Option<u8>,
    /// What decided.
    pub rule: Option<Rule>,
    /// Whether it came from above.
    pub inherited: Option<bool>,
    /// The holder who is absent, if a deputy answers.
    pub deputy_for: Option<PersonId>,
    /// The post in virtue of which they have it.
    pub post: Option<PostId>,
    /// The front through which it was made.
    pub front: Option<FrontCode>,
    /// The row of the assignment, from 0.
    pub row: Option<usize>,
    /// Why nobody answers; none if somebody does.
    pub gap: Option<GapReason>,
}

/// Why nobody answers, in data and in words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GapReason {
    /// The time, in UTC seconds; none if no interval is bounded.
    pub at: Option<i64>,
    /// The grids that were looked at, from the one asked about up to the root.
    pub looked: Vec<GapStep>,
    /// The same in one sentence, in English.
    pub reason: String,
    /// The same in Chinese.
    pub reason_zh: String,
}

/// Who answers for each of many grids: one entry of each column for each grid, none where there is a gap.
///
/// ```
/// # use gridcore::{GridRow, GridTree};
/// use gridcore::responsibility::{AssignmentRow, Responsibility};
/// let tree = GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "north").under("1")])?;
/// let duty = Responsibility::resolve(&tree, [AssignmentRow::new("11").person("p-1")])?;
/// let answers = duty.at(0).accountable_all("fire")?;
/// assert_eq!((answers.len(), answers.row), (2, vec![None, Some(0)]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Answers {
    /// The grid that was asked about.
    pub grid: Vec<GridCode>,
    /// Who answers: the holder, the lead of the team, or the deputy.
    pub person: Vec<Option<PersonId>>,
    /// The team that holds the duty, if it is one.
    pub team: Vec<Option<TeamId>>,
    /// The grid that it came from.
    pub from_grid: Vec<Option<GridCode>>,
    /// Its level.
    pub level: Vec<Option<u8>>,
    /// What decided there.
    pub rule: Vec<Option<Rule>>,
    /// Whether it came from above.
    pub inherited: Vec<bool>,
    /// The holder who is absent, if a deputy answers.
    pub deputy_for: Vec<Option<PersonId>>,
    /// The row of the assignment, from 0.
    pub row: Vec<Option<usize>>,
}

impl Answers {
    /// How many grids were asked about.
    #[must_use]
    pub fn len(&self) -> usize {
        self.grid.len()
    }

    /// Whether none was.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.grid.is_empty()
    }

    /// The grids that nobody answers for.
    pub fn gaps(&self) -> impl Iterator<Item = &GridCode> {
        self.grid.iter().zip(&self.row).filter(|(_, row)| row.is_none()).map(|(grid, _)| grid)
    }
}
