//! The sex (性别), in words and in the codes of GB/T 2261.1 and ISO/IEC 5218: 1 is male, 2 is female.

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sex {
    /// It does not say, or in words unknown here.
    Nothing,
    /// It says that it is not known: 0 or 9.
    Unknown,
    /// 1 is male, 2 is female.
    Read(u8),
}

/// Reads a sex.
pub(crate) fn read(text: &str) -> Sex {
    match text {
        "男" => return Sex::Read(1),
        "女" => return Sex::Read(2),
        _ => {}
    }
    let mut letters = text.chars().map(super::letter::half_width).filter(|letter| !letter.is_whitespace());
    let (first, rest) = (letters.next(), letters.clone().count());
    match (first.map(|letter| letter.to_ascii_lowercase()), rest) {
        (Some('男'), _) | (Some('1' | 'm' | '♂'), 0) => Sex::Read(1),
        (Some('女'), _) | (Some('2' | 'f' | 'w' | '♀'), 0) => Sex::Read(2),
        (Some('0' | '9' | 'u' | 'x'), 0) => Sex::Unknown,
        (Some('m'), _) if is(text, &["male", "man", "m.", "mr", "mr.", "masculine"]) => Sex::Read(1),
        (Some('f' | 'w'), _) if is(text, &["female", "woman", "f.", "feminine"]) => Sex::Read(2),
        (Some('m'), _) if is(text, &["ms", "mrs", "ms.", "mrs."]) => Sex::Read(2),
        _ => Sex::Nothing,
    }
}

fn is(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.trim().eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::{Sex, read};

    #[test]
    fn words_and_codes() {
        for text in ["男", "男性", "M", "male", "１", " m "] {
            assert_eq!(read(text), Sex::Read(1), "{text}");
        }
        for text in ["女", "女性", "F", "Female", "2"] {
            assert_eq!(read(text), Sex::Read(2), "{text}");
        }
        assert_eq!([read("0"), read("9"), read("maybe")], [Sex::Unknown, Sex::Unknown, Sex::Nothing]);
    }
}
