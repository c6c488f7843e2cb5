//! Why a text is no claim.

use std::fmt;

use crate::error::{Fault, Lang, Problem, report};

/// Why a text can't be read as a claim about a count.
///
/// The text itself is not repeated: it may come from anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClaimError {
    /// There is nothing in it.
    Empty,
    /// No number stands where one is looked for.
    NoNumber,
    /// The units of the number stand in an order that says nothing.
    Malformed,
    /// The commas in the number don't part thousands.
    Grouping,
    /// The number is larger than 64 bits hold.
    TooLarge,
    /// The number is not whole.
    NotWhole,
    /// Two words bound the number in different ways.
    MixedWords,
    /// The first number of a span is larger than the second.
    RangeInverted,
    /// The words leave no count that would agree: fewer than 0, or 多 after a number without a round place.
    NothingLeft,
    /// Digits follow that belong to no number.
    Leftover,
    /// It speaks of a share and not of a count.
    NotACount,
}

impl ClaimError {
    fn texts(self) -> [&'static str; 4] {
        match self {
            Self::Empty => {
                ["the claim is empty", "说法为空", "write a number with its words", "请写出数量及其修饰词"]
            }
            Self::NoNumber => [
                "no number was found in the claim",
                "说法中没有找到数量",
                "begin with the number or with a word such as over, about, 超过 or 约",
                "请以数量开头，或以“超过”“约”等词开头",
            ],
            Self::Malformed => [
                "the units of the number stand in no order that says anything",
                "数量中的单位次序不成数",
                "write the number in digits",
                "请用数字书写",
            ],
            Self::Grouping => [
                "the commas in the number don't part thousands",
                "数量中的逗号不是千分位",
                "put a comma before each group of three digits, or leave them out",
                "请按三位分节，或去掉逗号",
            ],
            Self::TooLarge => [
                "the number is larger than 64 bits hold",
                "数量超出 64 位整数",
                "correct the number",
                "请更正数量",
            ],
            Self::NotWhole => [
                "the number is not whole, and counts are",
                "数量不是整数，而计数应为整数",
                "write it with fewer decimals or without",
                "请减少或去掉小数",
            ],
            Self::MixedWords => [
                "two words bound the number in different ways",
                "两个修饰词对数量的限定不一致",
                "keep one of them",
                "请只保留一个",
            ],
            Self::RangeInverted => [
                "the first number of the span is larger than the second",
                "区间的前一个数大于后一个数",
                "write the smaller number first, each with its unit",
                "请先写较小的数，并各带单位",
            ],
            Self::NothingLeft => [
                "no count would agree with the claim",
                "没有任何数量能符合这一说法",
                "use a rounder number, or leave the word out",
                "请改用更整的数，或去掉修饰词",
            ],
            Self::Leftover => [
                "digits follow that belong to no number",
                "数量之后还有不成数的数字",
                "write one number, or two with a dash between them",
                "请只写一个数，或用连接号连接两个数",
            ],
            Self::NotACount => [
                "the claim speaks of a share and not of a count",
                "说法讲的是比例而不是数量",
                "multiply the share by its whole",
                "请先将比例换算成数量",
            ],
        }
    }
}

impl Problem for ClaimError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "claim_empty",
            Self::NoNumber => "claim_no_number",
            Self::Malformed => "claim_number",
            Self::Grouping => "claim_grouping",
            Self::TooLarge => "claim_too_large",
            Self::NotWhole => "claim_not_whole",
            Self::MixedWords => "claim_mixed_words",
            Self::RangeInverted => "claim_range_inverted",
            Self::NothingLeft => "claim_nothing_left",
            Self::Leftover => "claim_leftover",
            Self::NotACount => "claim_not_a_count",
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let [en, zh, remedy, remedy_zh] = self.texts();
        vec![Fault::new(self.code()).says(en, zh).remedy(remedy, remedy_zh)]
    }
}

impl fmt::Display for ClaimError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&report(&self.faults(), Lang::En))
    }
}

impl std::error::Error for ClaimError {}
