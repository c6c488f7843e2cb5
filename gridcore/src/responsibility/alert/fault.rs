//! What can be wrong with scales and alerts.

use std::fmt;

use crate::error::{Fault, Lang, Problem, report, shortened};

/// One fault of a scale, of a table of alerts, or of a question about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertFault {
    /// The row, from 0: of the table, or in the list of a scale that the column names.
    pub row: Option<usize>,
    /// The column, or the list of the scale.
    pub column: String,
    /// What is wrong.
    pub kind: AlertFaultKind,
}

/// What is wrong with a scale or an alert.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AlertFaultKind {
    /// The scale has no levels.
    NoLevels,
    /// The name is empty, too long, padded, or has a control character.
    MalformedName,
    /// A lower level has the same name.
    DuplicateLevel {
        /// Its place.
        first: usize,
    },
    /// An earlier rule is for the same level and kind of grid and the same role or task.
    DuplicateRule {
        /// Its place.
        first: usize,
    },
    /// A task is to be done every so many seconds, and they are none.
    NoSeconds,
    /// The scale has no such level.
    UnknownLevel {
        /// Its name.
        level: String,
    },
    /// There is no such scale.
    UnknownScale {
        /// Its name.
        scale: String,
    },
    /// Two scales have the same name.
    DuplicateScale {
        /// The place of the first.
        first: usize,
    },
    /// The tree has no such grid.
    UnknownGrid {
        /// Its code.
        code: String,
    },
    /// The alert ends before it holds for a second.
    EmptyInterval,
    /// An earlier row announces an alert of the same scale for the same grid from the same second on.
    DuplicateAlert {
        /// That row.
        first: usize,
    },
}

use AlertFaultKind as K;

impl AlertFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            K::NoLevels => "no_levels",
            K::MalformedName => "malformed_name",
            K::DuplicateLevel { .. } => "duplicate_level",
            K::DuplicateRule { .. } => "duplicate_rule",
            K::NoSeconds => "no_seconds",
            K::UnknownLevel { .. } => "unknown_level",
            K::UnknownScale { .. } => "unknown_scale",
            K::DuplicateScale { .. } => "duplicate_scale",
            K::UnknownGrid { .. } => "unknown_grid",
            K::EmptyInterval => "empty_interval",
            K::DuplicateAlert { .. } => "duplicate_alert",
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let mut fault = Fault::new(self.code()).in_column(&self.column);
        fault.row = self.row;
        match &self.kind {
            K::NoLevels => fault
                .says("the scale has no levels", "预警等级体系没有等级")
                .remedy("name its levels, the lowest first", "请从低到高写明各等级"),
            K::MalformedName => fault.says("the name is no name", "名称不合格式").remedy(
                "a name has 1 to 128 bytes, no control characters, and no white space at its ends",
                "名称为 1 至 128 字节，不含控制字符，首尾无空白",
            ),
            K::DuplicateLevel { first } => {
                fault.related = vec![*first];
                fault
                    .says(format!("level {first} has the same name"), format!("第 {first} 级同名"))
                    .remedy("give each level a name of its own", "各等级须有各自的名称")
            }
            K::DuplicateRule { first } => {
                fault.related = vec![*first];
                fault
                    .says(
                        format!("rule {first} is for the same grids and the same role or task"),
                        format!("第 {first} 条针对同样的网格和同样的角色或任务"),
                    )
                    .remedy("keep one of the two", "只保留其一")
            }
            K::NoSeconds => fault
                .says("the task is to be done every 0 seconds or fewer", "任务的间隔秒数不是正数")
                .remedy(
                    "give a whole number from 1 on, or none for a task done once",
                    "请写不小于 1 的整数；只做一次则不写",
                ),
            K::UnknownLevel { level } => {
                let level = shortened(level);
                fault
                    .found(&level, "a level of the scale")
                    .says(format!("the scale has no level {level:?}"), format!("该体系没有等级 {level:?}"))
                    .remedy(
                        "correct the name, or add the level to the scale",
                        "请改正名称，或在体系中加上该等级",
                    )
            }
            K::UnknownScale { scale } => {
                let scale = shortened(scale);
                fault
                    .found(&scale, "the name of a scale")
                    .says(format!("there is no scale {scale:?}"), format!("没有预警等级体系 {scale:?}"))
                    .remedy("correct the name, or pass the scale as well", "请改正名称，或同时传入该体系")
            }
            K::DuplicateScale { first } => {
                fault.related = vec![*first];
                fault
                    .says(format!("scale {first} has the same name"), format!("第 {first} 个体系同名"))
                    .remedy("pass each scale once", "每个体系只传一次")
            }
            K::UnknownGrid { code } => {
                let code = shortened(code);
                fault
                    .on(&code)
                    .says(format!("the tree has no grid {code:?}"), format!("网格体系中没有 {code:?}"))
                    .remedy(
                        "correct the code, or translate it to this edition of the tree",
                        "请改正编码，或换算到本版网格体系",
                    )
            }
            K::EmptyInterval => fault
                .says("the alert ends before it holds for a second", "预警的结束时间不晚于开始时间")
                .remedy("let it end after its start, or leave the end out", "结束须晚于开始，或不写结束时间"),
            K::DuplicateAlert { first } => {
                fault.related = vec![*first];
                fault
                    .says(
                        format!("row {first} announces an alert of this scale for this grid from the same second on"),
                        format!("第 {first} 行同一时刻已为该网格发布同一体系的预警"),
                    )
                    .remedy("keep one of the two", "只保留其一")
            }
        }
    }
}

/// Why scales or alerts can't be used: every fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertError {
    faults: Vec<AlertFault>,
}

impl AlertError {
    /// An error, if there are faults.
    pub(super) fn of(faults: Vec<AlertFault>) -> Result<(), Self> {
        if faults.is_empty() { Ok(()) } else { Err(Self { faults }) }
    }

    /// Every fault.
    #[must_use]
    pub fn list(&self) -> &[AlertFault] {
        &self.faults
    }
}

impl fmt::Display for AlertError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for AlertError {}

impl Problem for AlertError {
    fn code(&self) -> &'static str {
        "alert_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(AlertFault::to_fault).collect()
    }

    fn text(&self, lang: Lang) -> String {
        report(&self.faults(), lang)
    }
}
