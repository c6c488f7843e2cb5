//! What keeps a list of people from being read: the rows of staff, of those to be tested, of several sources.

use std::fmt;

use crate::error::{Fault, Lang, Problem, report, shortened};
use crate::id::{GridIndex, MalformedCode};
use crate::tree::GridTree;

/// One fault of a list of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListFault {
    /// The list, where several came in: `old`, `new`, or the name of a source.
    pub list: Option<String>,
    /// The row in it, from 0; none where the list as a whole is at fault.
    pub row: Option<usize>,
    /// What is wrong.
    pub kind: ListFaultKind,
}

/// What is wrong with a row of a list of people, or with the list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListFaultKind {
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
    /// The tree has no such grid.
    UnknownGrid {
        /// Its code, as the row has it.
        code: String,
    },
    /// The status is none of the five.
    UnknownStatus,
    /// The person stands at another grid in an earlier row.
    SeveralGrids {
        /// The first row that names the person.
        first: usize,
    },
    /// A cell holds no text, number or day.
    UnreadableCell {
        /// Its column.
        column: String,
        /// The kind of value.
        found: String,
    },
    /// An identity number or phone came as a floating-point number, which can't hold it: digits are lost.
    LostDigits {
        /// Its column.
        column: String,
    },
    /// The list has no name.
    UnnamedList,
    /// An earlier list has the same name.
    SameName,
    /// The list has two columns of one name.
    SameColumn {
        /// The name.
        column: String,
    },
    /// The list has none of the columns by which people are told apart.
    NoKeyColumn {
        /// The columns that were looked for.
        wanted: Vec<String>,
    },
    /// Nothing says by which columns people are told apart.
    NoKeys,
    /// There are more rows than 32 bits count.
    TooManyRows,
}

use ListFaultKind as K;

impl ListFault {
    /// A fault of a row.
    pub(super) fn at(list: Option<&str>, row: usize, kind: K) -> Self {
        Self { list: list.map(str::to_owned), row: Some(row), kind }
    }

    /// A fault of a list, or of all.
    pub(super) fn of(list: Option<&str>, kind: K) -> Self {
        Self { list: list.map(str::to_owned), row: None, kind }
    }

    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            K::EmptyCell { .. } => "empty_cell",
            K::MalformedCell { .. } => "malformed_cell",
            K::UnknownGrid { .. } => "unknown_grid",
            K::UnknownStatus => "unknown_status",
            K::SeveralGrids { .. } => "several_grids",
            K::UnreadableCell { .. } => "unreadable_cell",
            K::LostDigits { .. } => "lost_digits",
            K::UnnamedList => "unnamed_list",
            K::SameName => "same_name",
            K::SameColumn { .. } => "same_column",
            K::NoKeyColumn { .. } => "no_key_column",
            K::NoKeys => "no_keys",
            K::TooManyRows => "too_many_rows",
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of fault")]
    pub fn to_fault(&self) -> Fault {
        let fault = Fault { row: self.row, ..Fault::new(self.code()) };
        // `new.grid`: where several lists come in, the column says which.
        let list = self.list.as_deref().map(shortened);
        let column = |fault: Fault, column: &str| match &list {
            Some(list) => fault.in_column(&format!("{list}.{column}")),
            None => fault.in_column(column),
        };
        let whole = |fault: Fault| match &list {
            Some(list) => fault.in_column(list),
            None => fault,
        };
        match &self.kind {
            K::EmptyCell { column: name } => column(fault, name)
                .found("nothing", "a value")
                .says(format!("the column {name} is empty"), format!("{name} 列为空"))
                .remedy("fill it in", "请填写"),
            K::MalformedCell { column: name } => column(fault, name)
                .found("a malformed text", "a code or token")
                .says(format!("the column {name} holds no code"), format!("{name} 列不是编码"))
                .remedy(
                    "a code has 1 to 128 bytes, no control characters, and no white space at its ends",
                    "编码为 1 至 128 字节，不含控制字符，首尾无空白",
                ),
            K::UnknownGrid { code } => {
                let code = shortened(code);
                column(fault, "grid")
                    .on(&code)
                    .says(format!("the tree has no grid {code:?}"), format!("网格体系中没有 {code:?}"))
                    .remedy(
                        "correct the code, or translate it to this edition of the tree",
                        "请改正编码，或换算到本版网格体系",
                    )
            }
            K::UnknownStatus => column(fault, "status")
                .found("another text", "eligible, exempt, done, refused or unreachable")
                .says("the column status holds no status", "status 列不是状态")
                .remedy(
                    "write eligible, exempt, done, refused or unreachable",
                    "请写 eligible（应检）、exempt（免检）、done（已检）、refused（拒检）或 unreachable（联系不上）",
                ),
            K::SeveralGrids { first } => {
                let mut fault = column(fault, "grid").says(
                    format!("the person stands at another grid in row {first}"),
                    format!("该人员在第 {first} 行属于另一网格"),
                );
                fault.related = vec![*first];
                fault.remedy(
                    "put each person at one grid, the one that answers for them",
                    "每人只归一个网格，即对其负责的网格",
                )
            }
            K::UnreadableCell { column: name, found } => {
                let name = shortened(name);
                column(fault, &name)
                    .found(found, "a text, a number or a day")
                    .says(
                        format!("the column {name} holds {found}, no text, number or day"),
                        format!("{name} 列是 {found}，不是文本、数字或日期"),
                    )
                    .remedy("turn the column into text", "请将该列转为文本")
            }
            K::LostDigits { column: name } => {
                let name = shortened(name);
                column(fault, &name)
                    .found("a floating-point number", "a text")
                    .says(
                        format!("the column {name} was read as floating-point numbers: digits are lost already"),
                        format!("{name} 列被读成浮点数，末位数字已丢失"),
                    )
                    .remedy("read the column again, as text", "请将该列按文本重新读取")
            }
            K::UnnamedList => fault
                .found("nothing", "a name")
                .says("a list has no name", "有名单没有名称")
                .remedy("name each list after where it comes from", "请以来源为每份名单命名"),
            K::SameName => whole(fault)
                .says("two lists have the same name", "两份名单同名")
                .remedy("give each list a name of its own", "请为每份名单各取一名"),
            K::SameColumn { column: name } => {
                let name = shortened(name);
                column(fault, &name)
                    .says(
                        format!("the list has two columns named {name}"),
                        format!("名单中有两列都叫 {name}"),
                    )
                    .remedy("rename one of them, or leave it out", "请将其一改名或删去")
            }
            K::NoKeyColumn { wanted } => {
                let wanted = wanted.iter().map(|name| shortened(name)).collect::<Vec<_>>().join(", ");
                whole(fault)
                    .found("none of them", &wanted)
                    .says(
                        format!("the list has no column by which people are told apart: {wanted}"),
                        format!("名单中没有用来辨认人员的列：{wanted}"),
                    )
                    .remedy("add the column, or name another key", "请补上该列，或另指定关键列")
            }
            K::NoKeys => fault
                .found("nothing", "the name of a column")
                .says(
                    "nothing says by which columns people are told apart",
                    "未写明以哪些列辨认人员",
                )
                .remedy("name a column with a token or identity number", "请指定含令牌或身份证号的列"),
            K::TooManyRows => whole(fault)
                .says("the lists have more rows than 32 bits count", "名单行数超出 32 位")
                .remedy("pass fewer rows at a time", "请减少每次传入的行数"),
        }
    }
}

/// Why a list of people can't be read: every fault, by list and row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListError {
    pub(super) faults: Vec<ListFault>,
}

impl ListError {
    /// All went well, unless there are faults.
    pub(super) fn unless(faults: Vec<ListFault>) -> Result<(), Self> {
        if faults.is_empty() { Ok(()) } else { Err(Self { faults }) }
    }

    /// Every fault.
    #[must_use]
    pub fn list(&self) -> &[ListFault] {
        &self.faults
    }
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for ListError {}

impl Problem for ListError {
    fn code(&self) -> &'static str {
        "list_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(ListFault::to_fault).collect()
    }

    fn text(&self, lang: Lang) -> String {
        report(&self.faults(), lang)
    }
}

/// Reads the cells of one row; what is wrong with them goes to the faults.
pub(super) struct RowReader<'a> {
    pub(super) list: Option<&'a str>,
    pub(super) row: usize,
    pub(super) faults: &'a mut Vec<ListFault>,
}

impl RowReader<'_> {
    pub(super) fn fault(&mut self, kind: K) {
        self.faults.push(ListFault::at(self.list, self.row, kind));
    }

    /// A code or token.
    pub(super) fn name<T: for<'t> TryFrom<&'t str, Error = MalformedCode>>(
        &mut self,
        column: &'static str,
        text: &str,
    ) -> Option<T> {
        match T::try_from(text) {
            Ok(name) => Some(name),
            Err(MalformedCode::Empty) => {
                self.fault(K::EmptyCell { column });
                None
            }
            Err(_) => {
                self.fault(K::MalformedCell { column });
                None
            }
        }
    }

    /// A grid of the tree.
    pub(super) fn grid(&mut self, tree: &GridTree, code: &str) -> Option<GridIndex> {
        let found = tree.find(code);
        if found.is_none() {
            self.fault(if code.is_empty() {
                K::EmptyCell { column: "grid" }
            } else {
                K::UnknownGrid { code: code.to_owned() }
            });
        }
        found
    }
}
