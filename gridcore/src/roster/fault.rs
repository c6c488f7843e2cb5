//! What keeps a roster from being read.

use std::fmt;

use super::{FieldKind, RosterSide};
use crate::error::{Fault, Lang, Problem, report, shortened};

/// One fault of a roster; no value of a person is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterFault {
    /// The side.
    pub side: RosterSide,
    /// The column, if it is about one.
    pub column: Option<String>,
    /// The rows, from 0, if it is about some; of very many only the first.
    pub rows: Vec<usize>,
    /// How many rows it is about.
    pub count: usize,
    /// What is wrong.
    pub kind: RosterFaultKind,
}

/// What is wrong with a roster, or worth knowing about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RosterFaultKind {
    /// Several rows have the same record id.
    DuplicateRecord,
    /// Whole numbers stand in floating-point cells beyond 2^53, or in a form like `1.1E+17`, or were rounded to 15 digits.
    PrecisionLost,
    /// Two columns have the same name.
    DuplicateColumn,
    /// The rules name a column that the roster does not have.
    UnknownColumn,
    /// The two rosters share nothing that can be compared.
    NothingToCompare,
    /// A roster has more rows, or longer record ids, than 32 bits count.
    TooLarge,
    /// Most cells of a column are not of the kind that it is said to be.
    NotOfKind(FieldKind),
    /// Rows without a record id in a roster that has them; they are called by their number.
    RecordMissing,
    /// The roster has no rows.
    NoRows,
    /// All cells of a column are empty.
    AllMissing,
    /// A column holds several kinds of value: texts and numbers, or others.
    MixedKinds,
    /// Cells that could not be read as what the column holds; they count as missing.
    Unreadable(FieldKind),
    /// Numbers all of one digit, which somebody wrote because the cell must not be empty; they count as missing.
    Placeholder(FieldKind),
    /// Identity numbers in the form of GB 11643 whose check digit or date is wrong; they are compared as they stand.
    UnsoundId,
    /// Dates that no calendar has; they are compared as they stand.
    ImpossibleDate,
    /// Dates of which only the year, or the year and the month, is known.
    PartialDate,
    /// Dates such as 02/01/2020 of which the column does not tell whether the day comes first; it was taken to.
    DayOrMonth,
    /// A sex of 0 was taken as female, because the column has 0 and 1 alone.
    ZeroIsFemale,
    /// Cells with several phone numbers; the first is compared.
    SeveralPhones,
    /// There are more columns to compare than a comparison holds; the last are left out.
    TooManyColumns,
}

use RosterFaultKind as K;

/// What messages call a side, in Chinese.
const fn side_zh(side: RosterSide) -> &'static str {
    match side {
        RosterSide::Left => "左表",
        RosterSide::Right => "右表",
    }
}

impl RosterFault {
    pub(crate) fn new(side: RosterSide, kind: K) -> Self {
        Self { side, column: None, rows: Vec::new(), count: 0, kind }
    }

    pub(crate) fn in_column(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }

    pub(crate) fn on_rows(mut self, rows: Vec<usize>, count: usize) -> Self {
        (self.rows, self.count) = (rows, count);
        self
    }

    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self.kind {
            K::DuplicateRecord => "duplicate_record",
            K::PrecisionLost => "precision_lost",
            K::DuplicateColumn => "duplicate_column",
            K::UnknownColumn => "unknown_column",
            K::NothingToCompare => "nothing_to_compare",
            K::TooLarge => "too_large",
            K::NotOfKind(_) => "not_of_kind",
            K::RecordMissing => "record_missing",
            K::NoRows => "no_rows",
            K::AllMissing => "all_missing",
            K::MixedKinds => "mixed_kinds",
            K::Unreadable(_) => "unreadable",
            K::Placeholder(_) => "placeholder",
            K::UnsoundId => "unsound_id",
            K::ImpossibleDate => "impossible_date",
            K::PartialDate => "partial_date",
            K::DayOrMonth => "day_or_month",
            K::ZeroIsFemale => "zero_is_female",
            K::SeveralPhones => "several_phones",
            K::TooManyColumns => "too_many_columns",
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let column = self.column.as_deref().map(shortened).unwrap_or_default();
        let mut fault = Fault::new(self.code());
        if let [row, rest @ ..] = &self.rows[..] {
            fault = fault.at(*row);
            fault.related = rest.to_vec();
        }
        if let Some(column) = &self.column {
            fault = fault.in_column(&format!("{}.{}", self.side.id(), shortened(column)));
        }
        let (en, zh) = self.sentence(&column);
        let (remedy, remedy_zh) = self.advice();
        fault.says(en, format!("{}：{zh}", side_zh(self.side))).remedy(remedy, remedy_zh)
    }

    fn sentence(&self, column: &str) -> (String, String) {
        let n = self.count;
        let side = self.side.id();
        match self.kind {
            K::DuplicateRecord => (
                format!("{n} rows of the {side} roster have the same record id"),
                format!("{n} 行的记录编号相同"),
            ),
            K::PrecisionLost => (
                format!("{n} numbers in the column {column} have already lost digits"),
                format!("“{column}”列有 {n} 个数字已丢失精度"),
            ),
            K::DuplicateColumn => (
                format!("two columns of the {side} roster are called {column}"),
                format!("有两列都叫“{column}”"),
            ),
            K::UnknownColumn => (
                format!("the rules name the column {column}, which the {side} roster does not have"),
                format!("规则中的“{column}”列不存在"),
            ),
            K::NothingToCompare => (
                "the rosters have no column in common that can be compared".to_owned(),
                "两份名册没有可比对的共同列".to_owned(),
            ),
            K::TooLarge => {
                (format!("the {side} roster is larger than 32 bits count"), "名册过大，超过 32 位".to_owned())
            }
            K::NotOfKind(kind) => (
                format!("{n} cells of the column {column} can't be read as {}", kind.id()),
                format!("“{column}”列有 {n} 格不是{}", kind.zh()),
            ),
            K::RecordMissing => (
                format!(
                    "{n} rows of the {side} roster have no record id and are called by # and their number"
                ),
                format!("{n} 行没有记录编号，以 # 加行号代替"),
            ),
            K::NoRows => (format!("the {side} roster has no rows"), "名册没有任何行".to_owned()),
            K::AllMissing => {
                (format!("all cells of the column {column} are empty"), format!("“{column}”列全为空"))
            }
            K::MixedKinds => (
                format!("the column {column} holds several kinds of value"),
                format!("“{column}”列混有不同类型的值"),
            ),
            K::Unreadable(kind) => (
                format!(
                    "{n} cells of the column {column} can't be read as {} and count as missing",
                    kind.id()
                ),
                format!("“{column}”列有 {n} 格无法读作{}，按缺失处理", kind.zh()),
            ),
            K::Placeholder(_) => (
                format!("{n} numbers of the column {column} are fillers and count as missing"),
                format!("“{column}”列有 {n} 个占位号码，按缺失处理"),
            ),
            K::UnsoundId => (
                format!("{n} identity numbers of the column {column} have a wrong check digit or date"),
                format!("“{column}”列有 {n} 个身份证号校验位或日期不符"),
            ),
            K::ImpossibleDate => (
                format!("{n} dates of the column {column} are not in the calendar"),
                format!("“{column}”列有 {n} 个不存在的日期"),
            ),
            K::PartialDate => (
                format!("{n} dates of the column {column} lack the day or the month"),
                format!("“{column}”列有 {n} 个日期缺日或月"),
            ),
            K::DayOrMonth => (
                format!(
                    "{n} dates of the column {column} may have the day or the month first; the day was taken"
                ),
                format!("“{column}”列有 {n} 个日期分不清日月先后，按日在前处理"),
            ),
            K::ZeroIsFemale => (
                format!("the column {column} has 0 and 1 alone; {n} cells of 0 were taken as female"),
                format!("“{column}”列只有 0 和 1，{n} 格 0 按女性处理"),
            ),
            K::SeveralPhones => (
                format!("{n} cells of the column {column} hold several phone numbers; the first is compared"),
                format!("“{column}”列有 {n} 格含多个电话，取第一个"),
            ),
            K::TooManyColumns => (
                format!("the column {column} is not compared: there are too many"),
                format!("“{column}”列未比对：列数过多"),
            ),
        }
    }

    const fn advice(&self) -> (&'static str, &'static str) {
        match self.kind {
            K::DuplicateRecord => (
                "give each row its own id, or ignore the column so that rows go by their number",
                "请为每行编不同的编号，或忽略该列（改用行号）",
            ),
            K::PrecisionLost => ("read that column again, as text", "请将该列按文本重新读取"),
            K::DuplicateColumn => ("rename one of them", "请改名"),
            K::UnknownColumn => ("correct the name", "请改正列名"),
            K::NothingToCompare => (
                "say in the rules what the columns are about, and check that it is the right roster",
                "请在规则中说明各列含义，并确认名册无误",
            ),
            K::TooLarge => ("reconcile it in parts", "请分批核对"),
            K::NotOfKind(_) => (
                "say in the rules what the column is about, or ignore it",
                "请在规则中说明该列含义，或忽略该列",
            ),
            K::RecordMissing => ("give each row an id", "请为每行编号"),
            K::NoRows => ("check that it is the right roster", "请确认名册无误"),
            K::AllMissing => ("fill it in, or leave it out", "请填写，或删去该列"),
            K::MixedKinds => ("read that column as text", "请将该列按文本读取"),
            K::Unreadable(_) | K::Placeholder(_) | K::ImpossibleDate | K::PartialDate => {
                ("correct them where that matters", "请视需要改正")
            }
            K::UnsoundId => ("look at the proposed repairs", "请查看修正建议"),
            K::DayOrMonth => ("write dates as 2020-01-31", "请写成 2020-01-31"),
            K::ZeroIsFemale => ("write 1 for male and 2 for female", "请以 1 为男、2 为女"),
            K::SeveralPhones => ("put the others into a column of their own", "其余号码请另列一列"),
            K::TooManyColumns => ("ignore columns that do not matter", "请忽略无关的列"),
        }
    }
}

/// Why rosters are not reconciled: every fault of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterError {
    pub(crate) faults: Vec<RosterFault>,
}

impl RosterError {
    /// Every fault.
    #[must_use]
    pub fn list(&self) -> &[RosterFault] {
        &self.faults
    }
}

impl fmt::Display for RosterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for RosterError {}

impl Problem for RosterError {
    fn code(&self) -> &'static str {
        "roster_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(RosterFault::to_fault).collect()
    }

    fn text(&self, lang: Lang) -> String {
        report(&self.faults(), lang)
    }
}
