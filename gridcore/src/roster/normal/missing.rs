//! Texts that say that there is nothing.

/// What people write into a cell that must not be empty.
const WORDS: [&str; 22] = [
    "无",
    "無",
    "空",
    "暂无",
    "没有",
    "不详",
    "不祥",
    "未知",
    "不明",
    "未填",
    "未登记",
    "null",
    "none",
    "nan",
    "nat",
    "n/a",
    "#n/a",
    "na",
    "nil",
    "unknown",
    "undefined",
    "<na>",
];

/// The most bytes of such a word.
const LONGEST: usize = 9;

/// The text without white space and invisible marks at its ends, or nothing if it says that there is nothing.
#[must_use]
pub(crate) fn present(text: &str) -> Option<&str> {
    let first = text.bytes().next()?;
    let last = text.as_bytes()[text.len() - 1];
    // Only white space and marks outside of ASCII need the slow way.
    let text = if first <= b' ' || last <= b' ' || first >= 0xC2 || last >= 0x80 {
        text.trim_matches(|letter: char| {
            letter.is_whitespace()
                || letter.is_control()
                || matches!(letter, '\u{FEFF}' | '\u{200B}'..='\u{200F}')
        })
    } else {
        text
    };
    if text.is_empty() || (text.len() <= LONGEST && says_nothing(text)) { None } else { Some(text) }
}

fn says_nothing(text: &str) -> bool {
    // "na" alone may be somebody's name in pinyin, but not in capitals or with a stroke.
    if text.bytes().all(|byte| matches!(byte, b'-' | b'/' | b'.' | b'*' | b'?' | b'\\' | b'_')) {
        return true;
    }
    match text {
        "Na" => false,
        "—" | "——" | "－" | "？" | "／" => true,
        _ => WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)),
    }
}

#[cfg(test)]
mod tests {
    use super::present;

    #[test]
    fn nothing_in_many_words() {
        for text in ["", " ", "\u{3000}", "-", "--", "N/A", "NULL", "无", " 不详 ", "\u{FEFF}", "NaN", "？"]
        {
            assert_eq!(present(text), None, "{text:?}");
        }
        assert_eq!(present("\u{3000}张三 "), Some("张三"));
        assert_eq!(present("Na"), Some("Na"));
    }
}
