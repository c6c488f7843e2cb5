//! Texts that say that there is nothing.

/// What people write into a cell that must not be empty, and what programs leave there. Words that are names in another
/// case, such as Nan, are here in the programs' case alone.
const WORDS: [&str; 27] = [
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
    "NULL",
    "Null",
    "none",
    "None",
    "NONE",
    "NaN",
    "NaT",
    "n/a",
    "N/A",
    "#N/A",
    "NA",
    "unknown",
    "Unknown",
    "UNKNOWN",
    "<NA>",
];

/// The most bytes of such a word.
const LONGEST: usize = 9;

/// The text without white space and invisible marks at its ends, or nothing if it says that there is nothing.
#[must_use]
pub(crate) fn present(text: &str) -> Option<&str> {
    let text = if is_bare(text.as_bytes()) {
        text
    } else {
        text.trim_matches(|letter: char| {
            letter.is_whitespace()
                || letter.is_control()
                || matches!(letter, '\u{FEFF}' | '\u{200B}'..='\u{200F}')
        })
    };
    if text.is_empty() || (text.len() <= LONGEST && says_nothing(text)) { None } else { Some(text) }
}

/// Whether there is nothing to trim, as far as the first and the last bytes tell: white space and invisible marks have the
/// lead bytes below in UTF-8.
fn is_bare(bytes: &[u8]) -> bool {
    let is_suspect = |lead: u8| lead <= b' ' || matches!(lead, 0x7F | 0xC2 | 0xE1 | 0xE2 | 0xE3 | 0xEF);
    let last = match bytes {
        [.., lead @ 0xE0..=0xEF, _, _] | [.., lead @ 0xC0..=0xDF, _] | [.., lead] => *lead,
        [] => return false,
    };
    !is_suspect(bytes[0]) && !is_suspect(last)
}

fn says_nothing(text: &str) -> bool {
    match text.as_bytes()[0] {
        byte if byte.is_ascii_digit() => false,
        b'-' | b'/' | b'.' | b'*' | b'?' | b'\\' | b'_'
            if text.bytes().all(|byte| matches!(byte, b'-' | b'/' | b'.' | b'*' | b'?' | b'\\' | b'_')) =>
        {
            true
        }
        b'n' | b'N' | b'u' | b'U' | b'#' | b'<' => WORDS.contains(&text),
        0x80.. => match text.chars().next() {
            Some('无' | '無' | '空' | '暂' | '没' | '不' | '未') => WORDS.contains(&text),
            Some('—' | '－' | '？' | '／') => {
                text.chars().all(|letter| matches!(letter, '—' | '－' | '？' | '／'))
            }
            _ => false,
        },
        _ => false,
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
        assert_eq!((present("Na"), present("Nan")), (Some("Na"), Some("Nan")));
    }
}
