//! What levels, states and reasons are called in a sentence.

use crate::error::Lang;
use crate::roster::{ComparisonKind, MissReason, RowState};

/// What a level says, in words.
pub(super) fn level(kind: ComparisonKind, level: &str, lang: Lang) -> String {
    let (en, zh) = match (kind, level) {
        (_, "exact") => ("agrees", "一致"),
        (_, "else") => ("differs", "不一致"),
        (_, "missing") => ("is missing", "缺失"),
        (_, "in_id") => ("is said by the identity number", "已由证件号体现"),
        (_, "same_sound") => ("sounds the same", "同音"),
        (_, "one_character") => ("differs in one character", "差一个字"),
        (_, "similar" | "alike") => ("is alike", "相近"),
        (_, "half") => ("agrees by half", "一半相同"),
        (_, "swapped") => ("agrees with given and family name swapped", "姓名颠倒后一致"),
        (_, "one_alike") => ("agrees in one part and is alike in the other", "一部分一致、另一部分相近"),
        (_, "part") => ("is part of the other", "一方包含另一方"),
        (_, "given") => ("agrees in the given name alone", "仅名一致"),
        (_, "family") => ("agrees in the family name alone", "仅姓一致"),
        (_, "one_digit") => ("differs in one digit", "差一位"),
        (_, "two_digits") => ("differs in two digits", "差两位"),
        (_, "same_birth") => ("holds the same date of birth", "所含出生日期一致"),
        (_, "dwelling") => ("is the same dwelling", "同一住所"),
        (_, "household") => ("is the same household", "同一户"),
        (_, "building") => ("is the same building", "同一楼栋"),
        (_, "grid") => ("is the same grid", "同一网格"),
        (_, "neighbour") => ("is the same grid at another address", "同一网格、地址不同"),
        (_, "parent") => ("is a grid under the same one", "上级网格相同"),
        (_, "close" | "near") => ("is nearly the same", "几乎一致"),
        (_, other) => return other.replace('_', " "),
    };
    said(lang, en, zh)
}

pub(super) fn state(state: RowState, lang: Lang) -> String {
    let (en, zh) = match state {
        RowState::Matched => ("matched", "一致"),
        RowState::Missing => ("missing on the other side", "漏登"),
        RowState::Extra => ("extra", "多出"),
        RowState::Duplicate => ("a duplicate", "重复"),
        RowState::Review => ("to be reviewed", "待核"),
        RowState::Kept => ("kept", "保留"),
    };
    said(lang, en, zh)
}

pub(super) fn reason(reason: MissReason, lang: Lang) -> String {
    let (en, zh) = match reason {
        MissReason::NoCandidate => ("no row of the other side came near it", "对方名册中没有相近的行"),
        MissReason::NotCompared => (
            "it was compared with no row: its blocks were too large for the pairs allowed",
            "未参与比较：所在分块过大，超出允许的比对数",
        ),
        MissReason::TooUnlike => ("the nearest row of the other side is too unlike", "最相近的行差别太大"),
        MissReason::Taken => {
            ("the nearest row of the other side belongs to another row", "最相近的行已归另一行")
        }
        MissReason::Decided => {
            ("somebody decided that it is not the nearest row's person", "经人工判定不是同一人")
        }
    };
    said(lang, en, zh)
}

pub(super) fn said(lang: Lang, en: &str, zh: &str) -> String {
    match lang {
        Lang::En => en.to_owned(),
        Lang::Zh => zh.to_owned(),
    }
}

/// Bits with their sign; nothing is no minus.
pub(super) fn signed(bits: f64) -> String {
    let text = format!("{bits:+.1}");
    if text == "-0.0" { "+0.0".to_owned() } else { text }
}

/// A probability in words: never 0 % or 100 %, which nothing is.
pub(super) fn percent(probability: f64) -> String {
    let hundredths = probability * 100.0;
    if hundredths > 99.99 {
        "> 99.99 %".to_owned()
    } else if hundredths < 0.01 {
        "< 0.01 %".to_owned()
    } else {
        format!("{hundredths:.2} %")
    }
}
