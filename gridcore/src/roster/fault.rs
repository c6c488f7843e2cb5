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
    /// Both rosters together have more rows than 32 bits count.
    TooLargeTogether,
    /// A probability of the rules is no number from 0 to 1.
    NoProbability,
    /// The rules ask for pairs to be looked at from a higher probability on than that of a match.
    ReviewAboveMatch,
    /// The rules allow no candidate at all.
    NoCandidates,
    /// The rules ignore a column that no roster has.
    UnknownIgnored,
    /// Later rows without a record id: nothing tells whether they replace earlier ones.
    RecordNeeded,
    /// Tokens of different algorithms, which never agree.
    MixedTokens,
    /// Tokens of which none is on the other side: most likely they were made with another key.
    NoTokenShared,
    /// A column of tokens whose like on the other side holds plain values; neither is compared.
    TokensOnOneSide,
    /// Rows that lack a column with which the run was made.
    ColumnNeeded,
    /// The roster is not there, and the run was of two.
    RosterNeeded,
    /// The record ids look like identity numbers or phones, and stand as they are in answers and in what is saved.
    PersonalRecord,
    /// Pairs of rows that the roster does not have; the rows are those of the list of pairs.
    UnknownPair,
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
            K::TooLargeTogether => "too_large_together",
            K::NoProbability => "no_probability",
            K::ReviewAboveMatch => "review_above_match",
            K::NoCandidates => "no_candidates",
            K::UnknownIgnored => "unknown_ignored",
            K::RecordNeeded => "record_needed",
            K::MixedTokens => "mixed_tokens",
            K::NoTokenShared => "no_token_shared",
            K::TokensOnOneSide => "tokens_on_one_side",
            K::ColumnNeeded => "column_needed",
            K::RosterNeeded => "roster_needed",
            K::PersonalRecord => "personal_record",
            K::UnknownPair => "unknown_pair",
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
            let of = if self.is_of_rules() { "rules" } else { self.side.id() };
            fault = fault.in_column(&format!("{of}.{}", shortened(column)));
        }
        let (en, zh) = self.sentence(&column);
        let (remedy, remedy_zh) = self.advice();
        let zh = if self.is_of_rules() { zh } else { format!("{}：{zh}", side_zh(self.side)) };
        fault.says(en, zh).remedy(remedy, remedy_zh)
    }

    /// Whether the rules are wrong, and no roster; the column is the rule then.
    const fn is_of_rules(&self) -> bool {
        matches!(self.kind, K::NoProbability | K::ReviewAboveMatch | K::NoCandidates | K::UnknownIgnored)
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
            _ => self.rare_sentence(column),
        }
    }

    /// What is said of rules, sizes, tokens and record ids.
    fn rare_sentence(&self, column: &str) -> (String, String) {
        let n = self.count;
        let side = self.side.id();
        match self.kind {
            K::TooLargeTogether => (
                "both rosters together have more rows than 32 bits count".to_owned(),
                "两份名册合计行数超过 32 位".to_owned(),
            ),
            K::NoProbability => (
                format!("the rule {column} is no number from 0 to 1"),
                format!("规则 {column} 不是 0 到 1 之间的数"),
            ),
            K::ReviewAboveMatch => {
                ("the rule review_at is above match_at".to_owned(), "规则 review_at 高于 match_at".to_owned())
            }
            K::NoCandidates => {
                ("the rules allow no candidate pair at all".to_owned(), "规则不允许任何候选对".to_owned())
            }
            K::UnknownIgnored => (
                format!("the rules ignore the column {column}, which no roster has"),
                format!("规则忽略的“{column}”列不存在"),
            ),
            K::RecordNeeded => (
                format!(
                    "{n} later rows of the {side} roster have no record id, so that nothing tells which rows they replace"
                ),
                format!("{n} 行后续数据没有记录编号，无法判断替换哪一行"),
            ),
            K::MixedTokens => (
                format!(
                    "the column {column} has tokens of another algorithm than those it would be held against"
                ),
                format!("“{column}”列的令牌与对方所用算法不同"),
            ),
            K::NoTokenShared => (
                format!("no token of the column {column} is on the other side"),
                format!("“{column}”列没有一个令牌与对方相同"),
            ),
            K::TokensOnOneSide => (
                format!(
                    "the column {column} holds tokens, the other roster plain values; they are not compared"
                ),
                format!("“{column}”列为令牌，对方为明文，未比对"),
            ),
            K::ColumnNeeded => (
                format!("the {side} roster lacks the column {column}, with which the run was made"),
                format!("缺少核对时所用的“{column}”列"),
            ),
            K::RosterNeeded => (
                format!("the run was of two rosters, and the {side} one is not given"),
                "原为两份名册的核对，未传入该表".to_owned(),
            ),
            K::PersonalRecord => (
                format!(
                    "the record ids in the column {column} look like identity numbers or phones; they stand as they are in answers and in what is saved"
                ),
                format!("“{column}”列的记录编号像身份证号或电话，将原样出现在结果和存档中"),
            ),
            K::UnknownPair => (
                format!("{n} pairs are of rows that the {side} roster does not have"),
                format!("有 {n} 对的行号不存在"),
            ),
            _ => (self.code().to_owned(), self.code().to_owned()),
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
            K::TooLargeTogether => ("reconcile them in parts", "请分批核对"),
            K::NoProbability => ("give a probability, such as 0.5", "请给出概率，如 0.5"),
            K::ReviewAboveMatch => ("lower review_at, or raise match_at", "请调低 review_at 或调高 match_at"),
            K::NoCandidates => ("allow one or more; 50 is usual", "请允许至少一个，通常为 50"),
            K::UnknownIgnored => ("correct the name, or leave it out", "请改正列名，或删去"),
            K::RecordNeeded => ("give each row an id and reconcile anew", "请为每行编号后重新核对"),
            K::MixedTokens => (
                "make the tokens of both rosters with one algorithm and one key",
                "请以同一算法、同一密钥生成双方令牌",
            ),
            K::NoTokenShared => ("check that both were made with the same key", "请确认双方使用同一密钥"),
            K::TokensOnOneSide => ("make tokens of both rosters, with one key", "请以同一密钥为双方生成令牌"),
            K::ColumnNeeded => (
                "pass the rows with all columns of the run; cells may be empty",
                "请传入核对时的全部列，单元格可为空",
            ),
            K::RosterNeeded => ("pass both rosters; one may be empty", "请传入两份名册，可为空表"),
            K::PersonalRecord => (
                "name another column as record in the rules, or ignore this one",
                "请在规则中另行指定记录编号列，或忽略该列",
            ),
            K::UnknownPair => (
                "lead the rows of each batch back to those of the whole rosters",
                "请将各批次的行号换回整份名册的行号",
            ),
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
