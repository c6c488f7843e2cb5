//! What can be wrong with a table of grids: every fault as a value that explains itself.

use std::fmt;

use super::scheme::SchemeFault;
use crate::error::{Fault, Lang, Problem, report, shortened};
use crate::id::{GridCode, MalformedCode};

/// One fault found while a tree was built.
#[derive(Clone, Debug, PartialEq)]
pub struct BuildFault {
    /// The row, from 0; none where the whole table or a whole column is at fault.
    pub row: Option<usize>,
    /// The code in that row, if it could be read.
    pub grid: Option<GridCode>,
    /// What is wrong.
    pub kind: BuildFaultKind,
}

/// What is wrong with a row or a column.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum BuildFaultKind {
    /// The table has no row.
    EmptyTable,
    /// The table has more rows than a tree can hold (2³² − 2).
    TooManyRows(usize),
    /// A column that a tree needs is not there.
    MissingColumn(&'static str),
    /// A column has another number of rows than `code`.
    ColumnLength {
        /// The column.
        column: String,
        /// Its rows.
        found: usize,
        /// The rows of `code`.
        wanted: usize,
    },
    /// A value, or a whole column, has a kind that does not fit.
    WrongKind {
        /// The column.
        column: String,
        /// The kind it has.
        found: String,
        /// The kinds that fit.
        wanted: &'static str,
    },
    /// A column that was named as a weight is not there.
    MissingWeight {
        /// The column.
        column: String,
    },
    /// Two columns of a file have the same name.
    RepeatedColumn {
        /// The name.
        column: String,
    },
    /// A file has 2 GiB or more.
    TooManyBytes(usize),
    /// A text is not UTF-8.
    NotUtf8 {
        /// The column; empty where the whole file or a column that is not used is at fault.
        column: String,
        /// The encoding it seems to be.
        looks_like: &'static str,
    },
    /// A row of a file has another number of cells than there are columns.
    RaggedRow {
        /// Its cells.
        found: usize,
        /// The columns.
        wanted: usize,
    },
    /// A quote is opened in the row and never closed.
    UnclosedQuote,
    /// Text follows a closing quote in the row.
    StrayQuote,
    /// A text is longer than a name may be.
    TooLong {
        /// The column.
        column: &'static str,
        /// Its bytes.
        bytes: usize,
    },
    /// The row has no code.
    EmptyCode,
    /// The code, or the parent's code, is none.
    MalformedCode {
        /// The column: `code` or `parent`.
        column: &'static str,
        /// Why.
        reason: MalformedCode,
    },
    /// The code does not fit the code scheme.
    OutsideScheme(SchemeFault),
    /// Codes came as numbers, and no scheme says how wide they are.
    NumericCode {
        /// The column: `code` or `parent`.
        column: &'static str,
    },
    /// A number that should be a code has a fraction, is negative, too large, or fits no width of the scheme.
    BadNumber {
        /// The column: `code` or `parent`.
        column: &'static str,
    },
    /// The row has no name.
    EmptyName,
    /// Another row has the same code, and stays.
    DuplicateCode {
        /// The row that stays.
        kept: usize,
    },
    /// No row has the parent's code.
    UnknownParent(GridCode),
    /// The row stands in a ring: each is the parent of the next.
    Cycle {
        /// The codes of the ring, from the smallest on, each the parent of the one before it.
        members: Vec<GridCode>,
        /// Their rows.
        rows: Vec<usize>,
    },
    /// No row is without a parent.
    NoRoot {
        /// The unlisted code that the most rows name as their parent.
        shared: Option<GridCode>,
    },
    /// The row has no parent, and is not the only one.
    SeveralRoots {
        /// How many there are.
        count: usize,
    },
    /// The row named as the root is not there.
    UnknownRoot(GridCode),
    /// The root that was named with a name of its own is also a row.
    RootIsARow,
    /// The row named as the root has a parent in the table.
    RootHasParent(GridCode),
    /// The level is deeper than the schema's deepest.
    UnknownLevel {
        /// The level.
        level: i64,
        /// The deepest.
        deepest: u8,
    },
    /// The row has no level, while others have one.
    NoLevel,
    /// The level is more than one below the parent's.
    LevelSkip {
        /// The level.
        level: u8,
        /// The parent's.
        parent: u8,
    },
    /// The level is not below the parent's.
    LevelInversion {
        /// The level.
        level: u8,
        /// The parent's.
        parent: u8,
    },
    /// The grid lies deeper than 255 below the root.
    TooDeep,
    /// The level does not allow the kind.
    ForbiddenKind {
        /// The kind; none where the row has none.
        kind: Option<String>,
        /// The level.
        level: u8,
        /// The kinds that the level allows.
        allowed: Vec<String>,
    },
    /// A sibling has the same name, and stays.
    DuplicateName {
        /// The row of that sibling.
        kept: usize,
    },
    /// The code does not begin with the parent's code, as the scheme demands.
    NotPrefixed {
        /// The parent's code.
        parent: GridCode,
    },
    /// A weight is infinite or not a number.
    NotFinite {
        /// The weight.
        column: String,
    },
}

use BuildFaultKind as K;

impl BuildFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match &self.kind {
            K::EmptyTable => "empty_table",
            K::TooManyRows(_) => "too_many_rows",
            K::MissingColumn(_) | K::MissingWeight { .. } => "missing_column",
            K::RepeatedColumn { .. } => "repeated_column",
            K::TooManyBytes(_) => "too_many_bytes",
            K::RaggedRow { .. } => "ragged_row",
            K::UnclosedQuote => "unclosed_quote",
            K::StrayQuote => "stray_quote",
            K::ColumnLength { .. } => "column_length",
            K::WrongKind { .. } => "wrong_kind",
            K::NotUtf8 { .. } => "not_utf8",
            K::TooLong { .. } => "too_long",
            K::EmptyCode => "empty_code",
            K::MalformedCode { .. } => "malformed_code",
            K::OutsideScheme(_) => "outside_scheme",
            K::NumericCode { .. } => "numeric_code",
            K::BadNumber { .. } => "bad_number",
            K::EmptyName => "empty_name",
            K::DuplicateCode { .. } => "duplicate_code",
            K::UnknownParent(_) => "unknown_parent",
            K::Cycle { .. } => "cycle",
            K::NoRoot { .. } => "no_root",
            K::SeveralRoots { .. } => "several_roots",
            K::UnknownRoot(_) => "unknown_root",
            K::RootIsARow => "root_is_a_row",
            K::RootHasParent(_) => "root_has_parent",
            K::UnknownLevel { .. } => "unknown_level",
            K::NoLevel => "no_level",
            K::LevelSkip { .. } => "level_skip",
            K::LevelInversion { .. } => "level_inversion",
            K::TooDeep => "too_deep",
            K::ForbiddenKind { .. } => "forbidden_kind",
            K::DuplicateName { .. } => "duplicate_name",
            K::NotPrefixed { .. } => "not_prefixed",
            K::NotFinite { .. } => "not_finite",
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one arm for each fault, so that its texts stand together")]
    pub fn to_fault(&self) -> Fault {
        let mut fault = Fault::new(self.code());
        fault.row = self.row;
        if let Some(grid) = &self.grid {
            fault = fault.on(grid);
        }
        match &self.kind {
            K::EmptyTable => fault
                .found("0 rows", "at least one row")
                .says("the table has no row", "表中没有任何行")
                .remedy("pass the rows of the register", "请传入网格表的行"),
            K::TooManyRows(rows) => fault
                .found(format!("{rows} rows"), "at most 4294967294 rows")
                .says(format!("the table has {rows} rows"), format!("表有 {rows} 行，超出上限"))
                .remedy("build a tree for each part", "请分块建树"),
            K::MissingColumn(column) => fault
                .in_column(column)
                .found("no such column", *column)
                .says(format!("the column {column:?} is missing"), format!("缺少列 {column:?}"))
                .remedy(format!("add it, or rename the one that holds it to {column:?}"), format!("请添加该列，或把相应列改名为 {column:?}")),
            K::ColumnLength { column, found, wanted } => {
                let column = &shortened(column);
                fault
                    .in_column(column)
                    .found(format!("{found} rows"), format!("{wanted} rows"))
                    .says(
                        format!("the column {column:?} has {found} rows and \"code\" has {wanted}"),
                        format!("列 {column:?} 有 {found} 行，而 \"code\" 有 {wanted} 行"),
                    )
                    .remedy("give all columns the same number of rows", "各列行数须一致")
            }
            K::WrongKind { column, found, wanted } => {
                let (column, found) = (&shortened(column), &shortened(found));
                fault
                    .in_column(column)
                    .found(found, wanted)
                    .says(
                        format!("the column {column:?} holds {found} where {wanted} is wanted"),
                        format!("列 {column:?} 的值类型是 {found}，应为 {wanted}"),
                    )
                    .remedy(format!("convert it to {wanted}"), format!("请转换为 {wanted}"))
            }
            K::MissingWeight { column } => fault
                .in_column(&shortened(column))
                .found("no such column", shortened(column))
                .says(
                    format!("the column {:?}, named as a weight, is missing", shortened(column)),
                    format!("缺少指定为权重的列 {:?}", shortened(column)),
                )
                .remedy("add it, or name the column that holds it", "请添加该列，或改为指定实有的列"),
            K::RepeatedColumn { column } => {
                let column = &shortened(column);
                fault
                    .in_column(column)
                    .found("two columns", "one")
                    .says(format!("two columns have the name {column:?}"), format!("有两列同名 {column:?}"))
                    .remedy("rename or remove one of them", "请改名或删去其一")
            }
            K::TooManyBytes(bytes) => fault
                .found(format!("{bytes} bytes"), "less than 2 GiB")
                .says(format!("the file has {bytes} bytes"), format!("文件有 {bytes} 字节，过大"))
                .remedy(
                    "read it into columns and pass those, or build a tree for each part",
                    "请先读成列再传入，或分块建树",
                ),
            K::NotUtf8 { column, looks_like } => {
                if !column.is_empty() {
                    fault = fault.in_column(column);
                }
                let fault = fault.found(looks_like, "UTF-8").says(
                    format!("the text is not UTF-8; it looks like {looks_like}"),
                    format!("文本不是 UTF-8，看来是 {looks_like}"),
                );
                if looks_like.contains(' ') {
                    // No encoding is known by such a name.
                    fault.remedy("save the file as UTF-8, or repair the bytes", "请另存为 UTF-8，或修复这些字节")
                } else {
                    fault.remedy(
                        format!("read the file as {looks_like} and pass UTF-8"),
                        format!("请按 {looks_like} 读取后转为 UTF-8"),
                    )
                }
            }
            K::RaggedRow { found, wanted } => fault
                .found(format!("{found} cells"), format!("{wanted} cells"))
                .says(
                    format!("the row has {found} cells and there are {wanted} columns"),
                    format!("该行有 {found} 个单元格，而表有 {wanted} 列"),
                )
                .remedy(
                    "correct the row; a comma in a cell needs quotes around the cell",
                    "请改正该行；单元格内含逗号时须用引号括起",
                ),
            K::UnclosedQuote => fault
                .found("an opening quote alone", "quotes in pairs")
                .says("a quote is opened and never closed", "引号有开无合")
                .remedy(
                    "close it; a quote inside a quoted cell is written twice",
                    "请补上右引号；引号内的引号须写两遍",
                ),
            K::StrayQuote => fault
                .found("text after a closing quote", "a comma or the end of the line")
                .says("text follows a closing quote", "右引号之后还有文字")
                .remedy(
                    "quote the whole cell, and write a quote inside it twice",
                    "请把整个单元格括起，其中的引号写两遍",
                ),
            K::TooLong { column, bytes } => fault
                .in_column(column)
                .found(format!("{bytes} bytes"), format!("at most {MAX_NAME_BYTES} bytes"))
                .says(format!("the {column} has {bytes} bytes"), format!("{column} 有 {bytes} 字节，过长"))
                .remedy(
                    format!("shorten it to at most {MAX_NAME_BYTES} bytes; a shifted delimiter is a common cause"),
                    format!("请缩短到 {MAX_NAME_BYTES} 字节以内；常见原因是分隔符错位"),
                ),
            K::EmptyCode => fault
                .in_column("code")
                .found("nothing", "a code")
                .says("the row has no code", "该行没有编码")
                .remedy("give it a code", "请补上编码"),
            K::MalformedCode { column, reason } => fault
                .in_column(column)
                .found(reason, "a code")
                .says(
                    format!("the column {column:?} holds no code: {reason}"),
                    format!("列 {column:?} 的值不是编码：{}", malformed_zh(*reason)),
                )
                .remedy(
                    "a code has 1 to 128 bytes, no control characters, and no white space at its ends",
                    "编码为 1 至 128 字节，不含控制字符，首尾无空白",
                ),
            K::OutsideScheme(reason) => {
                let reason = reason.to_fault();
                Fault { row: self.row, column: Some("code".to_owned()), grid: fault.grid, code: fault.code, ..reason }
            }
            K::NumericCode { column } => fault
                .in_column(column)
                .found("numbers", "text")
                .says(
                    format!("the column {column:?} holds numbers, which lose leading zeros"),
                    format!("列 {column:?} 是数值，前导零会丢失"),
                )
                .remedy(
                    "read the column as text, or set a code scheme with fixed widths",
                    "请按文本读取该列，或指定定长的编码方案",
                ),
            K::BadNumber { column } => fault
                .in_column(column)
                .found("a number that is no code", "a whole number below 2^53 that fits a width of the scheme")
                .says(
                    format!("the number in {column:?} is no code: it has a fraction, is negative, too large, or fits no width of the scheme"),
                    format!("{column:?} 中的数不是编码：带小数、为负、过大，或不符合方案的任何位数"),
                )
                .remedy("read the column as text", "请按文本读取该列"),
            K::EmptyName => fault
                .in_column("name")
                .found("nothing", "a name")
                .says("the grid has no name", "该网格没有名称")
                .remedy("give it a name; its code will do", "请补上名称，可用编码代替"),
            K::DuplicateCode { kept } => {
                fault.related = vec![*kept];
                fault
                    .in_column("code")
                    .says(format!("row {kept} has the same code"), format!("第 {kept} 行的编码与之相同"))
                    .remedy("remove one of the two, or give it a code of its own", "请删去其一，或另编一个编码")
            }
            K::UnknownParent(parent) => fault
                .in_column("parent")
                .found(parent, "the code of a row")
                .says(format!("no row has the parent's code {parent}"), format!("没有编码为 {parent} 的上级行"))
                .remedy(
                    format!("add the row {parent}, or name it as the root with a name of its own"),
                    format!("请补上 {parent} 这一行，或把它指定为根并给出名称"),
                ),
            K::Cycle { members, rows } => {
                fault.related.clone_from(rows);
                let ring = ring_text(members);
                fault
                    .in_column("parent")
                    .found(&ring, "a way up to the root")
                    .says(
                        format!("{} rows form a ring: {ring}", members.len()),
                        format!("{} 行互为上下级，成环：{ring}", members.len()),
                    )
                    .remedy("correct the parent of one of them", "请改正其中一行的上级")
            }
            K::NoRoot { shared } => {
                let fault = fault.in_column("parent").found("no row without a parent", "one root");
                match shared {
                    Some(code) => fault
                        .says(
                            format!("no row is the root: the rows share the unlisted parent {code}"),
                            format!("没有根：各行共有一个未列出的上级 {code}"),
                        )
                        .remedy(
                            format!("name the root: code {code} and its name"),
                            format!("请指定根：编码 {code} 及其名称"),
                        ),
                    None => fault
                        .says("no row is without a parent", "没有任何一行是根")
                        .remedy("leave the root's parent empty", "请把根的上级留空"),
                }
            }
            K::SeveralRoots { count } => fault
                .in_column("parent")
                .found(format!("{count} rows without a parent"), "one root")
                .says(
                    format!("the row has no parent, as one of {count} rows"),
                    format!("没有上级的行共有 {count} 行，该行是其一"),
                )
                .remedy(
                    "name the root: one of these rows, or a code and a name above them all",
                    "请指定根：其中一行，或在其上另立一个编码和名称",
                ),
            K::UnknownRoot(code) => fault
                .found(code, "the code of a row")
                .says(format!("no row has the root's code {code}"), format!("没有编码为 {code} 的根"))
                .remedy("name a row, or give the root a name of its own", "请指定已有的行，或给根一个名称"),
            K::RootIsARow => fault
                .says("the root that was named is also a row", "指定的根同时也是表中的一行")
                .remedy("name the row as the root, without a name of its own", "请直接把该行指定为根，不再另给名称"),
            K::RootHasParent(parent) => fault
                .in_column("parent")
                .found(parent, "no parent")
                .says(
                    format!("the row named as the root has the parent {parent}"),
                    format!("指定为根的行有上级 {parent}"),
                )
                .remedy("build the whole tree and take the subtree", "请先建整棵树，再取子树"),
            K::UnknownLevel { level, deepest } => fault
                .in_column("level")
                .found(level, format!("0 to {deepest}"))
                .says(format!("level {level} is none of the schema's"), format!("层级 {level} 不在方案之内"))
                .remedy(
                    format!("use a level from 0 to {deepest}, or a schema with more levels"),
                    format!("请用 0 至 {deepest}，或换用层级更多的方案"),
                ),
            K::NoLevel => fault
                .in_column("level")
                .found("nothing", "a level")
                .says("the row has no level, while others have one", "该行没有层级，而其他行有")
                .remedy("give every row a level, or none", "要么每行都写层级，要么都不写"),
            K::LevelSkip { level, parent } => fault
                .in_column("level")
                .found(level, u16::from(*parent) + 1)
                .says(
                    format!("level {level} stands directly under level {parent}"),
                    format!("第 {level} 级直接位于第 {parent} 级之下"),
                )
                .remedy(
                    "add the grid between them, or allow skips in the schema",
                    "请补上中间的网格，或在方案中允许跳级",
                ),
            K::LevelInversion { level, parent } => fault
                .in_column("level")
                .found(level, format!("more than {parent}"))
                .says(
                    format!("level {level} stands under level {parent}"),
                    format!("第 {level} 级位于第 {parent} 级之下，上下颠倒"),
                )
                .remedy("correct the level or the parent", "请改正层级或上级"),
            K::TooDeep => fault
                .found("more than 255 levels below the root", "at most 255")
                .says("the grid lies deeper than 255 below the root", "该网格在根之下超过 255 层")
                .remedy("correct the parents; a chain this long is seldom meant", "请改正上级，这么长的链多半不是本意"),
            K::ForbiddenKind { kind, level, allowed } => {
                let found = kind.as_deref().unwrap_or("nothing");
                let allowed = allowed.join(", ");
                let found = shortened(found);
                fault
                    .in_column("kind")
                    .found(&found, &allowed)
                    .says(
                        format!("level {level} does not allow the kind {found:?}"),
                        format!("第 {level} 级不允许类型 {found:?}"),
                    )
                    .remedy(format!("use one of: {allowed}"), format!("请用其中之一：{allowed}"))
            }
            K::DuplicateName { kept } => {
                fault.related = vec![*kept];
                fault
                    .in_column("name")
                    .says(
                        format!("row {kept}, a sibling, has the same name"),
                        format!("同级的第 {kept} 行名称相同"),
                    )
                    .remedy("tell the two apart by name, or remove one", "请用名称区分，或删去其一")
            }
            K::NotPrefixed { parent } => fault
                .in_column("code")
                .found("another beginning", format!("a code that begins with {parent}"))
                .says(
                    format!("the code does not begin with its parent's, {parent}"),
                    format!("编码不以上级编码 {parent} 开头"),
                )
                .remedy("correct the code or the parent", "请改正编码或上级"),
            K::NotFinite { column } => {
                let column = &shortened(column);
                fault
                    .in_column(column)
                    .found("infinite or not a number", "a finite number, or nothing")
                    .says(
                        format!("the weight {column:?} is infinite or not a number"),
                        format!("权重 {column:?} 为无穷或非数"),
                    )
                    .remedy("correct it, or leave it out", "请改正或留空")
            }
        }
    }
}

/// The most bytes that a name, a kind or a code cell may have.
pub(crate) const MAX_NAME_BYTES: usize = 4096;

fn malformed_zh(reason: MalformedCode) -> &'static str {
    match reason {
        MalformedCode::Empty => "为空",
        MalformedCode::TooLong => "超过 128 字节",
        MalformedCode::Padded => "首尾有空白",
        MalformedCode::Control => "含控制字符",
    }
}

fn ring_text(members: &[GridCode]) -> String {
    const MOST: usize = 6;
    let mut text =
        members.iter().take(MOST).map(|code| shortened(&code.to_string())).collect::<Vec<_>>().join(" → ");
    if members.len() > MOST {
        text.push_str(" → …");
    } else if let Some(first) = members.first() {
        text.push_str(" → ");
        text.push_str(&shortened(&first.to_string()));
    }
    text
}

/// Why a table makes no tree: every fault, in the order of rows.
#[derive(Clone, Debug, PartialEq)]
pub struct BuildError {
    pub(crate) faults: Vec<BuildFault>,
}

impl BuildError {
    /// Every fault: those of the table first, then by row.
    #[must_use]
    pub fn list(&self) -> &[BuildFault] {
        &self.faults
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for BuildError {}

impl Problem for BuildError {
    fn code(&self) -> &'static str {
        "build_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(BuildFault::to_fault).collect()
    }

    fn text(&self, lang: Lang) -> String {
        // A report shows ten: there is no need to write out a million.
        let mut first: Vec<Fault> = self.faults.iter().take(11).map(BuildFault::to_fault).collect();
        let more = self.faults.len().saturating_sub(first.len());
        first.resize(first.len() + more, Fault::default());
        report(&first, lang)
    }
}
