//! Why there are no teams.

use std::fmt;

use super::{TeamShortage, TeamViolation};
use crate::control::Stopped;
use crate::error::{Fault, Lang, Problem, shortened};
use crate::id::MalformedCode;

/// A table that teams are made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TeamTable {
    /// The people.
    People,
    /// The rules.
    Rules,
    /// The teams wanted.
    Teams,
}

impl TeamTable {
    /// Its name in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Rules => "rules",
            Self::Teams => "teams",
        }
    }
}

/// One fault of the tables that teams are made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamFault {
    /// The table.
    pub table: TeamTable,
    /// The row of the table, from 0.
    pub row: usize,
    /// What is wrong.
    pub kind: TeamFaultKind,
}

/// What is wrong with a row that teams are made from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TeamFaultKind {
    /// A name or token has no proper form.
    Malformed {
        /// Its column.
        column: &'static str,
        /// Why not.
        reason: MalformedCode,
    },
    /// An earlier row, or the rule itself, says the same.
    Duplicate {
        /// The column.
        column: &'static str,
        /// That row.
        first: usize,
    },
    /// The tree has no such grid.
    UnknownGrid {
        /// The column.
        column: &'static str,
        /// Its code, as the row has it.
        code: String,
    },
    /// No row declares the rule.
    UnknownRule,
    /// The most of a role or of the team is less than the fewest, or more than the roles can fill.
    EmptyBand {
        /// The column.
        column: &'static str,
        /// The fewest.
        at_least: u64,
        /// The most.
        at_most: u64,
    },
    /// A team by the rule needs nobody.
    NobodyNeeded,
    /// All rules together name more roles than can be weighed against each other.
    TooManyRoles {
        /// How many they name.
        roles: usize,
    },
}

use TeamFaultKind as K;

impl TeamFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            K::Malformed { .. } => "malformed",
            K::Duplicate { .. } => "duplicate",
            K::UnknownGrid { .. } => "unknown_grid",
            K::UnknownRule => "unknown_rule",
            K::EmptyBand { .. } => "empty_band",
            K::NobodyNeeded => "nobody_needed",
            K::TooManyRoles { .. } => "too_many_roles",
        }
    }

    /// The fault as a flat record with its texts; the column bears the name of its table.
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let fault = Fault::new(self.code()).at(self.row);
        let of = |column: &str| format!("{}.{column}", self.table.name());
        match &self.kind {
            K::Malformed { column, reason } => fault
                .in_column(&of(column))
                .found(reason, "a name")
                .says(format!("{} holds no proper name", of(column)), format!("{} 的名称无效", of(column)))
                .remedy(
                    "a name has 1 to 128 bytes, no control characters, and no white space at its ends",
                    "名称为 1 至 128 字节，不含控制字符，首尾无空白",
                ),
            K::Duplicate { column, first } => Fault { related: vec![*first], ..fault }
                .in_column(&of(column))
                .says(
                    format!("row {first} of the same table says the same"),
                    format!("同表第 {first} 行已有相同内容"),
                )
                .remedy("remove one of the two", "请删去其一"),
            K::UnknownGrid { column, code } => {
                let code = shortened(code);
                fault
                    .in_column(&of(column))
                    .on(&code)
                    .says(format!("the tree has no grid {code:?}"), format!("网格体系中没有 {code:?}"))
                    .remedy(
                        "correct the code, or translate it to this edition of the tree",
                        "请改正编码，或换算到本版网格体系",
                    )
            }
            K::UnknownRule => fault
                .in_column(&of("rule"))
                .says("the team follows a rule that no row declares", "小组所依规则未声明")
                .remedy("correct the name, or add the rule", "请改正名称，或增加该规则"),
            K::EmptyBand { column, at_least, at_most } => fault
                .in_column(&of(column))
                .found(at_most, format!("at least {at_least}"))
                .says(
                    format!("at least {at_least} are asked for, but at most {at_most} are possible"),
                    format!("至少要 {at_least} 人，但至多只能有 {at_most} 人"),
                )
                .remedy("lower the one or raise the other", "请降低下限或提高上限"),
            K::NobodyNeeded => fault
                .in_column(&of("roles"))
                .found(0, "1 or more")
                .says("a team by this rule needs nobody", "按该规则的小组不需要任何人")
                .remedy("ask for one member at least", "请至少要求一名成员"),
            K::TooManyRoles { roles } => fault
                .in_column(&of("roles"))
                .found(roles, format!("at most {}", super::MOST_ROLES))
                .says(format!("the rules name {roles} roles"), format!("规则共有 {roles} 种角色"))
                .remedy("join roles that the same people take", "请合并由同类人员担任的角色"),
        }
    }
}

/// Why there are no teams.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TeamsError {
    /// The tables have faults: every one.
    Rows(Vec<TeamFault>),
    /// Some roles have too few people between them: each such set of roles of which no part is short already.
    Impossible(Vec<TeamShortage>),
    /// There are more combinations of people and teams than fit.
    TooLarge,
    /// The work was stopped.
    Stopped(Stopped),
}

impl fmt::Display for TeamsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for TeamsError {}

impl Problem for TeamsError {
    fn code(&self) -> &'static str {
        match self {
            Self::Rows(_) => "teams_error",
            Self::Impossible(_) => "impossible",
            Self::TooLarge => "too_large",
            Self::Stopped(Stopped::Limit) => "work_limit",
            Self::Stopped(Stopped::Asked) => "stopped",
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let fault = Fault::new(self.code());
        vec![match self {
            Self::Rows(faults) => return faults.iter().map(TeamFault::to_fault).collect(),
            Self::Impossible(shortages) => {
                return shortages.iter().map(|shortage| shortage.describe(fault.clone())).collect();
            }
            Self::TooLarge => fault
                .says("there are too many combinations of people and teams", "人员与小组的组合过多")
                .remedy("form the teams of one part of the city at a time", "请分区域组队"),
            Self::Stopped(stopped) => fault
                .says(
                    stopped.to_string(),
                    match stopped {
                        Stopped::Limit => "计算量达到上限",
                        Stopped::Asked => "计算被中止",
                    },
                )
                .remedy("raise the limit or ask for less", "请提高上限或缩小问题"),
        }]
    }
}

impl fmt::Display for TeamViolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words().1)
    }
}

impl std::error::Error for TeamViolation {}

impl TeamViolation {
    /// The stable name, and what is wrong in English and Chinese.
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Member => (
                "member",
                "a member is not among the people, or lacks the role",
                "有成员不在名单中，或不具备该角色",
            ),
            Self::Twice => ("twice", "a person is in two teams", "有人同时在两个小组"),
            Self::Band => ("band", "a team has not as many members as its rule says", "有小组人数与规则不符"),
            Self::Distance => (
                "distance",
                "other teams would be nearer to their members' homes",
                "另有离成员住处更近的编组",
            ),
            Self::Limit => {
                ("limit", "the count that excludes one more team is another", "不能再多一组的计数不符")
            }
        }
    }
}

impl Problem for TeamViolation {
    fn code(&self) -> &'static str {
        self.words().0
    }

    fn faults(&self) -> Vec<Fault> {
        let (code, en, zh) = self.words();
        vec![
            Fault::new(code)
                .says(en, zh)
                .remedy("form the teams anew from the same tables", "请用原表重新组队"),
        ]
    }
}
