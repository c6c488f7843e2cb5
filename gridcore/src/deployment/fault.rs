//! What can be wrong with the tables of a deployment, and why there is no plan.

use std::fmt;

use super::infeasible::Infeasible;
use crate::control::Stopped;
use crate::error::{Fault, Lang, Problem, report, shortened};

/// One fault of a table, or of the options beside the tables.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DeployFault {
    /// The row, from 0, if one is at fault.
    pub row: Option<usize>,
    /// The table and the column, as in `needs.grid`; an option by its name.
    pub column: &'static str,
    /// What is wrong.
    pub kind: DeployFaultKind,
}

/// What is wrong with a row or an option.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeployFaultKind {
    /// A name or a token is empty, too long, padded, or has a control character.
    MalformedName,
    /// The tree has no such grid.
    UnknownGrid {
        /// Its code, as the row has it.
        code: String,
    },
    /// Another table has no such person, unit or need.
    UnknownName,
    /// An earlier row says the same.
    Duplicate {
        /// That row.
        first: usize,
    },
    /// A number is infinite or not a number.
    NotFinite,
    /// A number is below 0.
    Negative,
    /// A number is too large to be kept exactly with the decimals asked for.
    TooLarge,
    /// The fewest are more than the most.
    Bounds {
        /// The fewest.
        at_least: i64,
        /// The most.
        at_most: i64,
    },
    /// A column has another number of rows than its table.
    ColumnLength {
        /// The rows it has.
        found: usize,
        /// The rows there are.
        wanted: usize,
    },
    /// A position is past the end of the table it points into.
    OutsideTable {
        /// The position.
        position: u32,
        /// The rows of that table.
        rows: usize,
    },
    /// The tree has no weight of that name.
    UnknownWeight {
        /// The names it has.
        known: Vec<String>,
    },
    /// The tree has no level of that number beneath the grid.
    EmptyLevel,
    /// Distances on the plane are asked for, and the grid has no position.
    NoPosition {
        /// The code of the grid.
        code: String,
    },
    /// A step of a load costs less than the one before.
    FallingStep,
    /// The table has no rows.
    EmptyTable,
    /// The tables join into more candidates than fit.
    TooMany {
        /// The candidates.
        found: u64,
        /// The most.
        most: u64,
    },
    /// The costs together are too large to be added up exactly.
    Overflow,
}

use DeployFaultKind as K;

impl DeployFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            K::MalformedName => "malformed_name",
            K::UnknownGrid { .. } => "unknown_grid",
            K::UnknownName => "unknown_name",
            K::Duplicate { .. } => "duplicate",
            K::NotFinite => "not_finite",
            K::Negative => "negative",
            K::TooLarge => "too_large",
            K::Bounds { .. } => "bounds",
            K::ColumnLength { .. } => "column_length",
            K::OutsideTable { .. } => "outside_table",
            K::UnknownWeight { .. } => "unknown_weight",
            K::EmptyLevel => "empty_level",
            K::NoPosition { .. } => "no_position",
            K::FallingStep => "falling_step",
            K::EmptyTable => "empty_table",
            K::TooMany { .. } => "too_many",
            K::Overflow => "overflow",
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one arm a fault, each a text in two languages")]
    pub fn to_fault(&self) -> Fault {
        let column = self.column;
        let mut fault = Fault::new(self.code()).in_column(column);
        fault.row = self.row;
        match &self.kind {
            K::MalformedName => {
                fault.says(format!("{column} has no usable name"), format!("{column} 中的名称不可用")).remedy(
                    "a name has 1 to 128 bytes, no control characters, and no white space at its ends",
                    "名称为 1 至 128 字节，不含控制字符，首尾无空白",
                )
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
            K::UnknownName => fault
                .says(
                    format!("{column} names what no row of its own table declares"),
                    format!("{column} 所指在其名单中不存在"),
                )
                .remedy("add it to its table, or remove the row", "请补入名单，或删去该行"),
            K::Duplicate { first } => {
                fault.related = vec![*first];
                fault
                    .says(
                        format!("row {first} says the same in {column} already"),
                        format!("第 {first} 行的 {column} 与此相同"),
                    )
                    .remedy("remove one of the two", "请删去其一")
            }
            K::NotFinite => fault
                .found("not a finite number", "a number")
                .says(format!("{column} is infinite or not a number"), format!("{column} 为无穷或不是数值"))
                .remedy("give a finite number, or leave the row out", "请给出有限的数值，或删去该行"),
            K::Negative => fault
                .found("a number below 0", "0 or more")
                .says(format!("{column} is below 0"), format!("{column} 小于 0"))
                .remedy("give 0 or more", "请给出不小于 0 的数"),
            K::TooLarge => fault
                .says(
                    format!("{column} is too large to be kept exactly with these decimals"),
                    format!("{column} 过大，以此小数位数不能精确表示"),
                )
                .remedy("use fewer decimals or a larger unit", "请减少小数位数，或改用更大的单位"),
            K::Bounds { at_least, at_most } => fault
                .found(format!("{at_least} to {at_most}"), "at least ≤ at most")
                .says(
                    format!("at least {at_least} and at most {at_most} leave nothing between"),
                    format!("下限 {at_least} 大于上限 {at_most}"),
                )
                .remedy("exchange or correct the two", "请对调或改正"),
            K::ColumnLength { found, wanted } => fault
                .found(format!("{found} rows"), format!("{wanted} rows"))
                .says(
                    format!("{column} has {found} rows where the table has {wanted}"),
                    format!("{column} 有 {found} 行，而表有 {wanted} 行"),
                )
                .remedy("give the columns the same length", "各列行数须一致"),
            K::OutsideTable { position, rows } => fault
                .found(format!("position {position}"), format!("less than {rows}"))
                .says(
                    format!("{column} points at row {position} of a table of {rows}"),
                    format!("{column} 指向第 {position} 行，而该表只有 {rows} 行"),
                )
                .remedy("count rows from 0", "行号从 0 起"),
            K::UnknownWeight { known } => fault
                .found("another name", known.join(", "))
                .says("the tree has no weight of that name", "网格体系没有这个权重")
                .remedy("use a weight that the tree has", "请使用网格体系已有的权重"),
            K::EmptyLevel => fault
                .says("no grid of that level lies beneath", "其下没有这一级的网格")
                .remedy("choose a level that the tree has there", "请选择该处存在的层级"),
            K::NoPosition { code } => {
                let code = shortened(code);
                fault
                    .on(&code)
                    .says(format!("the grid {code} has no position"), format!("网格 {code} 没有位置"))
                    .remedy(
                        "give its position, or measure along the tree",
                        "请补充位置，或按网格体系计算距离",
                    )
            }
            K::FallingStep => {
                fault.says("a step costs less than the one before", "后一级的费用低于前一级").remedy(
                    "let the cost of a further place never fall, or the loads are not fair",
                    "每增加一处的费用不应下降，否则负担不均",
                )
            }
            K::EmptyTable => fault
                .found("no rows", "at least one")
                .says(format!("the table {column} has no rows"), format!("{column} 表没有任何行"))
                .remedy("pass its rows", "请传入各行"),
            K::TooMany { found, most } => fault
                .found(found, format!("at most {most}"))
                .says(
                    format!("the tables join into {found} candidates, more than {most}"),
                    format!("两表相配得 {found} 个候选，超过 {most}"),
                )
                .remedy(
                    "name the candidates, or plan one part of the city at a time",
                    "请列明候选，或分片编排",
                ),
            K::Overflow => fault
                .says("the costs together are too large to be added up exactly", "费用总和过大，不能精确相加")
                .remedy("use fewer decimals or a larger unit", "请减少小数位数，或改用更大的单位"),
        }
    }
}

/// Every fault of the tables, by table and row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub(super) faults: Vec<DeployFault>,
}

impl Refused {
    /// Every fault.
    #[must_use]
    pub fn list(&self) -> &[DeployFault] {
        &self.faults
    }
}

/// Why there is no plan.
///
/// ```
/// use gridcore::deployment::{Deployment, DeployError, NeedRow, PersonRow, Staffing};
/// use gridcore::{GridRow, GridTree, Problem};
/// let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
/// let error = Deployment::new(&tree)
///     .assign(&Staffing::new([PersonRow::new("p")], [NeedRow::new("2").at_least(-1)]))
///     .expect_err("two faults");
/// assert!(matches!(error, DeployError::Refused(_)));
/// let codes: Vec<_> = error.faults().into_iter().map(|fault| (fault.row, fault.code)).collect();
/// assert_eq!(codes, [(Some(0), "unknown_grid".to_owned()), (Some(0), "negative".to_owned())]);
/// # Ok::<(), gridcore::BuildError>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum DeployError {
    /// The tables have faults.
    Refused(Refused),
    /// No plan meets every bound; the causes are named.
    Infeasible(Infeasible),
    /// The work was stopped.
    Stopped(Stopped),
}

impl DeployError {
    pub(super) fn one(row: Option<usize>, column: &'static str, kind: DeployFaultKind) -> Self {
        Self::Refused(Refused { faults: vec![DeployFault { row, column, kind }] })
    }

    /// The named causes, if it is that no plan meets every bound.
    #[must_use]
    pub fn infeasible(&self) -> Option<&Infeasible> {
        match self {
            Self::Infeasible(causes) => Some(causes),
            _ => None,
        }
    }
}

impl From<Stopped> for DeployError {
    fn from(stopped: Stopped) -> Self {
        Self::Stopped(stopped)
    }
}

impl fmt::Display for DeployError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for DeployError {}

impl Problem for DeployError {
    fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::Infeasible(_) => "infeasible",
            Self::Stopped(stopped) => stopped.code(),
        }
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Refused(refused) => refused.faults.iter().map(DeployFault::to_fault).collect(),
            Self::Infeasible(causes) => causes.causes().iter().map(super::Shortage::to_fault).collect(),
            Self::Stopped(stopped) => {
                let (en, zh) = match stopped {
                    Stopped::Asked => ("the work was stopped", "计算已被中止"),
                    Stopped::Limit => ("the work reached its limit", "计算量已达上限"),
                };
                vec![
                    Fault::new(self.code())
                        .says(en, zh)
                        .remedy("raise the limit, or plan a smaller part", "请提高上限，或缩小范围"),
                ]
            }
        }
    }

    fn text(&self, lang: Lang) -> String {
        report(&self.faults(), lang)
    }
}
