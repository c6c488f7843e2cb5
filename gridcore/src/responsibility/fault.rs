//! What keeps a table of duties from being read.

use std::fmt;

use crate::error::{Fault, Lang, Problem, report, shortened};
use crate::id::MalformedCode;

/// A table of [`DutyTables`](super::DutyTables).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum DutyTable {
    /// Assignments.
    Assignments,
    /// Absences.
    Absences,
    /// Deputies.
    Deputies,
    /// Posts held.
    Holdings,
    /// Rules about posts.
    Rules,
    /// Members of teams.
    Teams,
    /// People.
    People,
    /// Chains of command.
    Chains,
}

impl DutyTable {
    /// The stable name.
    ///
    /// ```
    /// assert_eq!(gridcore::responsibility::DutyTable::Holdings.id(), "holdings");
    /// ```
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Assignments => "assignments",
            Self::Absences => "absences",
            Self::Deputies => "deputies",
            Self::Holdings => "holdings",
            Self::Rules => "rules",
            Self::Teams => "teams",
            Self::People => "people",
            Self::Chains => "chains",
        }
    }

    /// What messages call it, in Chinese.
    const fn zh(self) -> &'static str {
        match self {
            Self::Assignments => "责任分配表",
            Self::Absences => "缺勤表",
            Self::Deputies => "代理表",
            Self::Holdings => "任职表",
            Self::Rules => "岗位规则表",
            Self::Teams => "小组表",
            Self::People => "人员表",
            Self::Chains => "责任链表",
        }
    }
}

/// One fault of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyFault {
    /// The table.
    pub table: DutyTable,
    /// The row in it, from 0.
    pub row: usize,
    /// What is wrong.
    pub kind: DutyFaultKind,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DutyFaultKind {
    /// A cell that must be filled is empty.
    EmptyCell {
        /// Its column.
        column: &'static str,
    },
    /// A cell is no code or token: too long, padded, or with a control character.
    MalformedCell {
        /// Its column.
        column: &'static str,
    },
    /// The row names neither a person nor a team.
    NoParty,
    /// The row names a person and a team.
    TwoParties,
    /// The role is none of the three.
    UnknownRole,
    /// The interval holds no second.
    EmptyInterval,
    /// A time is further than 2^53 seconds from 1970, which not every language can hold.
    TimeOutOfRange {
        /// Its column.
        column: &'static str,
    },
    /// The share is not more than 0 and at most 1.
    BadShare,
    /// A share stands on a role that is not supporting.
    ShareOnRole,
    /// The capacity is negative or not a finite number.
    BadCapacity,
    /// The deputy and the holder are the same person.
    OwnDeputy,
    /// An earlier row says the same: a member of a team, a person, a rule for the level and kind, a grid of the chain.
    Duplicate {
        /// That row.
        first: usize,
        /// The code of the grid, in a chain.
        grid: Option<String>,
    },
    /// An earlier row names another lead of the team.
    TwoLeads {
        /// That row.
        first: usize,
    },
    /// Another chain serves the domain.
    DomainTaken {
        /// The row that says so.
        first: usize,
        /// The domain.
        domain: String,
    },
    /// The tree does not have a grid of the chain.
    UnknownGrid {
        /// The column, `grid` or `parent`.
        column: &'static str,
        /// The code.
        code: String,
    },
    /// No row of the chain has its parent as a grid.
    ParentNotInChain {
        /// The code of the parent.
        code: String,
    },
    /// The chain runs in a ring.
    Ring {
        /// The code of the row's grid.
        grid: String,
        /// The rows of the ring.
        rows: Vec<usize>,
    },
    /// A table has more rows than 32 bits count.
    TooManyRows,
}

use DutyFaultKind as K;

impl K {
    /// The fault of a text that is no code.
    pub(super) fn of(reason: MalformedCode, column: &'static str) -> Self {
        match reason {
            MalformedCode::Empty => Self::EmptyCell { column },
            _ => Self::MalformedCell { column },
        }
    }
}

impl DutyFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            K::EmptyCell { .. } => "empty_cell",
            K::MalformedCell { .. } => "malformed_cell",
            K::NoParty => "no_party",
            K::TwoParties => "two_parties",
            K::UnknownRole => "unknown_role",
            K::EmptyInterval => "empty_interval",
            K::TimeOutOfRange { .. } => "time_out_of_range",
            K::BadShare => "bad_share",
            K::ShareOnRole => "share_on_role",
            K::BadCapacity => "bad_capacity",
            K::OwnDeputy => "own_deputy",
            K::Duplicate { .. } => "duplicate_row",
            K::TwoLeads { .. } => "two_leads",
            K::DomainTaken { .. } => "domain_taken",
            K::UnknownGrid { .. } => "unknown_grid",
            K::ParentNotInChain { .. } => "parent_not_in_chain",
            K::Ring { .. } => "ring",
            K::TooManyRows => "too_many_rows",
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of fault")]
    pub fn to_fault(&self) -> Fault {
        let mut fault = Fault::new(self.code()).at(self.row);
        let fault = match &self.kind {
            K::EmptyCell { column } => fault
                .in_column(column)
                .found("nothing", "a value")
                .says(format!("the column {column} is empty"), format!("{column} 列为空"))
                .remedy("fill it in", "请填写"),
            K::MalformedCell { column } => fault
                .in_column(column)
                .found("a malformed text", "a code")
                .says(format!("the column {column} holds no code"), format!("{column} 列不是编码"))
                .remedy(
                    "a code has 1 to 128 bytes, no control characters, and no white space at its ends",
                    "编码为 1 至 128 字节，不含控制字符，首尾无空白",
                ),
            K::NoParty => fault
                .in_column("person")
                .found("nothing", "a person or a team")
                .says("the row names neither a person nor a team", "该行未写明人员或小组")
                .remedy("name one of them", "请写明其一"),
            K::TwoParties => fault
                .in_column("team")
                .found("a person and a team", "one of them")
                .says("the row names both a person and a team", "该行同时写了人员和小组")
                .remedy("make it two rows, or leave one out", "请分成两行，或删去其一"),
            K::UnknownRole => fault
                .in_column("role")
                .found("another text", "accountable, supporting or supervising")
                .says("the column role holds no role", "role 列不是责任类别")
                .remedy(
                    "write accountable, supporting or supervising",
                    "请写 accountable（责任）、supporting（协助）或 supervising（督导）",
                ),
            K::EmptyInterval => fault
                .in_column("until")
                .says("the interval ends before it starts, or as it starts", "时段的结束不晚于开始")
                .remedy("let until be later than from", "until 须晚于 from"),
            K::TimeOutOfRange { column } => fault
                .in_column(column)
                .found("a time too far off", "UTC seconds within 2^53 of 1970")
                .says(
                    format!("the time in the column {column} is too far off"),
                    format!("{column} 列的时间超出范围"),
                )
                .remedy(
                    "write seconds, not milliseconds or nanoseconds; leave an open bound empty",
                    "请以秒计，勿用毫秒或纳秒；无界则留空",
                ),
            K::BadShare => fault
                .in_column("share")
                .found("another number", "more than 0, at most 1")
                .says("the share is not between 0 and 1", "份额不在 0 与 1 之间")
                .remedy("write a share above 0 and up to 1, or none", "请写大于 0 且不超过 1 的份额，或留空"),
            K::ShareOnRole => fault
                .in_column("share")
                .found("a share", "none")
                .says(
                    "only a supporting role has a share; whoever is accountable or supervises is so wholly",
                    "只有协助可分份额；责任与督导不可分",
                )
                .remedy("leave the share out, or make the role supporting", "请删去份额，或改为 supporting"),
            K::BadCapacity => fault
                .in_column("capacity")
                .found("another number", "0 or more")
                .says("the capacity is negative or no finite number", "容量为负或不是有限数")
                .remedy("write 0 or more, or leave it out for 1", "请写不小于 0 的数，或留空（即 1）"),
            K::OwnDeputy => fault
                .in_column("deputy_of")
                .says("somebody is named as their own deputy", "代理人与被代理人是同一人")
                .remedy("name another deputy", "请另定代理人"),
            K::Duplicate { first, grid } => {
                fault.related = vec![*first];
                if let Some(grid) = grid {
                    fault = fault.on(shortened(grid));
                }
                fault
                    .says(format!("row {first} says the same already"), format!("与第 {first} 行重复"))
                    .remedy("remove one of the two", "请删去其一")
            }
            K::TwoLeads { first } => {
                fault.related = vec![*first];
                fault
                    .in_column("lead")
                    .says(
                        format!("row {first} names another lead of the team"),
                        format!("第 {first} 行已给该小组指定组长"),
                    )
                    .remedy("let one member lead", "组长只能有一人")
            }
            K::DomainTaken { first, domain } => {
                let domain = shortened(domain);
                fault.related = vec![*first];
                fault
                    .in_column("domain")
                    .says(
                        format!("the chain of row {first} serves the domain {domain:?} already"),
                        format!("第 {first} 行的责任链已负责领域 {domain:?}"),
                    )
                    .remedy("let one chain serve each domain", "每个领域只能有一条责任链")
            }
            K::UnknownGrid { column, code } => {
                let code = shortened(code);
                fault
                    .in_column(column)
                    .on(&code)
                    .says(format!("the tree has no grid {code:?}"), format!("网格体系中没有 {code:?}"))
                    .remedy(
                        "correct the code, or translate it to this edition of the tree",
                        "请改正编码，或换算到本版网格体系",
                    )
            }
            K::ParentNotInChain { code } => {
                let code = shortened(code);
                fault
                    .in_column("parent")
                    .on(&code)
                    .says(
                        format!("no row of the chain has the grid {code:?}"),
                        format!("该责任链中没有网格 {code:?} 的行"),
                    )
                    .remedy("add a row for it, or name another parent", "请补上该行，或改用其他上级")
            }
            K::Ring { grid, rows } => {
                fault.related.clone_from(rows);
                let grid = shortened(grid);
                fault
                    .in_column("parent")
                    .on(&grid)
                    .says(format!("the chain above {grid} leads back to it"), format!("{grid} 的责任链成环"))
                    .remedy(
                        "give one of the ring another parent, or none",
                        "请给环中一行另定上级，或去掉上级",
                    )
            }
            K::TooManyRows => fault
                .says(
                    format!("the table {} has more rows than 32 bits count", self.table.id()),
                    "行数超过 32 位",
                )
                .remedy("split the table", "请分表"),
        };
        self.name_table(fault)
    }

    /// Says which table it is: by its name in the column, and in Chinese by what it is called.
    fn name_table(&self, mut fault: Fault) -> Fault {
        fault.column = fault.column.map(|column| format!("{}.{column}", self.table.id()));
        fault.message_zh = format!("{}：{}", self.table.zh(), fault.message_zh);
        fault
    }
}

/// Why tables make no [`Responsibility`](super::Responsibility): every fault, by table and row.
///
/// ```
/// use gridcore::responsibility::{AbsenceRow, AssignmentRow, DutyTable, DutyTables, Responsibility};
/// use gridcore::{GridRow, GridTree, Lang, Problem};
/// let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
/// let tables = DutyTables {
///     assignments: vec![AssignmentRow::new("1").person("p-1").share(0.5)],
///     absences: vec![AbsenceRow::new("p-1").from(9).until(9)],
///     ..DutyTables::default()
/// };
/// let error = Responsibility::from_tables(&tree, &tables).expect_err("two rows are at fault");
/// let codes: Vec<_> = error.list().iter().map(|fault| (fault.table, fault.row, fault.code())).collect();
/// assert_eq!(codes, [(DutyTable::Assignments, 0, "share_on_role"), (DutyTable::Absences, 0, "empty_interval")]);
/// assert!(error.text(Lang::Zh).contains("缺勤表"));
/// # Ok::<(), gridcore::BuildError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyError {
    pub(super) faults: Vec<DutyFault>,
}

impl DutyError {
    /// Every fault.
    #[must_use]
    pub fn list(&self) -> &[DutyFault] {
        &self.faults
    }
}

impl fmt::Display for DutyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for DutyError {}

impl Problem for DutyError {
    fn code(&self) -> &'static str {
        "duty_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(DutyFault::to_fault).collect()
    }

    fn text(&self, lang: Lang) -> String {
        report(&self.faults(), lang)
    }
}
