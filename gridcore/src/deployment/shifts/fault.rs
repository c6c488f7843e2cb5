//! Why there is no shift roster.

use std::fmt;

use super::ShiftShortage;
use crate::control::Stopped;
use crate::error::{Fault, Lang, Problem, shortened};
use crate::id::MalformedCode;

/// A table of a shift roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShiftTable {
    /// The rules.
    Rules,
    /// The shifts.
    Shifts,
    /// The checkpoints.
    Checkpoints,
    /// The people.
    People,
    /// The wishes.
    Wishes,
}

impl ShiftTable {
    /// Its name in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Shifts => "shifts",
            Self::Checkpoints => "checkpoints",
            Self::People => "people",
            Self::Wishes => "wishes",
        }
    }
}

/// One fault of the tables of a shift roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShiftFault {
    /// The table.
    pub table: ShiftTable,
    /// The row of the table, from 0; nothing where the table or a rule is at fault.
    pub row: Option<usize>,
    /// What is wrong.
    pub kind: ShiftFaultKind,
}

/// What is wrong with a row or a rule of a shift roster.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShiftFaultKind {
    /// A name or token has no proper form.
    Malformed {
        /// Its column.
        column: &'static str,
        /// Why not.
        reason: MalformedCode,
    },
    /// An earlier row says the same.
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
    /// A shift, a checkpoint or a person is named that no row declares.
    UnknownName {
        /// The column.
        column: &'static str,
    },
    /// A day is named that the roster does not have.
    UnknownDay {
        /// The column.
        column: &'static str,
    },
    /// A number is too small or too large.
    OutOfRange {
        /// The column.
        column: &'static str,
    },
    /// The roster has no days.
    NoDays,
    /// A day is named twice.
    DuplicateDay,
    /// The roster has no shifts.
    NoShifts,
}

use ShiftFaultKind as K;

impl ShiftFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            K::Malformed { .. } => "malformed",
            K::Duplicate { .. } => "duplicate",
            K::UnknownGrid { .. } => "unknown_grid",
            K::UnknownName { .. } => "unknown_name",
            K::UnknownDay { .. } => "unknown_day",
            K::OutOfRange { .. } => "out_of_range",
            K::NoDays => "no_days",
            K::DuplicateDay => "duplicate_day",
            K::NoShifts => "no_shifts",
        }
    }

    /// The fault as a flat record with its texts; the column bears the name of its table.
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let fault = Fault { row: self.row, ..Fault::new(self.code()) };
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
            K::UnknownName { column } => fault
                .in_column(&of(column))
                .says(
                    format!("{} names something that no row declares", of(column)),
                    format!("{} 所指内容未在任何行中声明", of(column)),
                )
                .remedy("correct the name, or add its row", "请改正名称，或增加相应的行"),
            K::UnknownDay { column } => fault
                .in_column(&of(column))
                .says("the roster does not have that day", "排班不含该日")
                .remedy("correct the day, or add it to the days of the roster", "请改正日期，或加入排班日期"),
            K::OutOfRange { column } => fault
                .in_column(&of(column))
                .says(format!("{} is too small or too large", of(column)), format!("{} 超出范围", of(column)))
                .remedy(
                    "seconds of a day begin at 0; a shift ends after its start; weights and rests are not negative",
                    "一日的秒数从 0 起；班次结束晚于开始；权重与休息时间不为负",
                ),
            K::NoDays => fault
                .in_column(&of("days"))
                .says("the roster has no days", "排班没有日期")
                .remedy("name the days", "请写明日期"),
            K::DuplicateDay => fault
                .in_column(&of("days"))
                .says("a day is named twice", "有日期重复")
                .remedy("name each day once", "每个日期只写一次"),
            K::NoShifts => fault
                .in_column(&of("shift"))
                .says("the roster has no shifts", "排班没有班次")
                .remedy("name one shift at least", "请至少写明一个班次"),
        }
    }
}

/// Why there is no shift roster.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShiftsError {
    /// The tables have faults: every one.
    Rows(Vec<ShiftFault>),
    /// Some checkpoints and shifts together need more people than there can be.
    Impossible(ShiftShortage),
    /// No roster keeps all rules, as a search through all of them showed; no single set of checkpoints and shifts shows it.
    Exhausted,
    /// No roster was found, and none was excluded.
    Undecided {
        /// How many places the best attempt left empty.
        empty: u64,
    },
    /// There are more pairs of people and places than fit.
    TooLarge,
    /// The costs are too large to be added up exactly.
    Overflow,
    /// The work was stopped before any roster was found.
    Stopped(Stopped),
}

impl fmt::Display for ShiftsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for ShiftsError {}

impl Problem for ShiftsError {
    fn code(&self) -> &'static str {
        match self {
            Self::Rows(_) => "shifts_error",
            Self::Impossible(_) => "impossible",
            Self::Exhausted => "exhausted",
            Self::Undecided { .. } => "undecided",
            Self::TooLarge => "too_large",
            Self::Overflow => "overflow",
            Self::Stopped(Stopped::Limit) => "work_limit",
            Self::Stopped(Stopped::Asked) => "stopped",
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let fault = Fault::new(self.code());
        vec![match self {
            Self::Rows(faults) => return faults.iter().map(ShiftFault::to_fault).collect(),
            Self::Impossible(shortage) => shortage.describe(fault),
            Self::Exhausted => fault.says("no roster keeps all rules", "没有满足全部规则的排班").remedy(
                "shorten the rest, raise the most shifts, or add people",
                "请缩短休息、提高班次上限或增加人员",
            ),
            Self::Undecided { empty } => fault
                .found(empty, 0)
                .says(
                    format!(
                        "no roster was found and none excluded; the best attempt leaves {empty} places empty"
                    ),
                    format!("未找到也未排除可行排班；最佳尝试空缺 {empty} 个岗位"),
                )
                .remedy("add people, or need fewer", "请增加人员，或减少需求"),
            Self::TooLarge => fault
                .says("there are too many pairs of people and places", "人员与岗位的组合过多")
                .remedy("split the roster into parts", "请分成几部分排班"),
            Self::Overflow => fault
                .says("the costs are too large to be added up exactly", "费用过大，无法精确求和")
                .remedy("use smaller costs", "请使用较小的费用"),
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
