//! Latin letters: without case and accents, and how a name sounds.

/// Calls `put` with the letters that stand for this one: lower case, without accents, ligatures taken apart.
pub(crate) fn fold(letter: char, put: &mut impl FnMut(char)) {
    if letter.is_ascii() {
        return put(letter.to_ascii_lowercase());
    }
    let letter = super::letter::half_width(letter);
    let text = match letter {
        '\u{0300}'..='\u{036F}' => "",
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' | 'Ǎ' | 'ǎ' | 'Ạ'..='ặ' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ð' | 'ð' | 'Ď'..='đ' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' | 'Ẹ'..='ệ' => "e",
        'Ĝ'..='ģ' => "g",
        'Ĥ'..='ħ' => "h",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' | 'Ǐ' | 'ǐ' | 'Ỉ'..='ị' => "i",
        'Ĵ' | 'ĵ' => "j",
        'Ķ'..='ĸ' => "k",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ŋ' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' | 'Ơ' | 'ơ' | 'Ǒ' | 'ǒ' | 'Ọ'..='ợ' => {
            "o"
        }
        'Œ' | 'œ' => "oe",
        'Ŕ'..='ř' => "r",
        'Ś'..='š' | 'Ș' | 'ș' => "s",
        'ß' | 'ẞ' => "ss",
        'Ţ'..='ŧ' | 'Ț' | 'ț' => "t",
        'Þ' | 'þ' => "th",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' | 'Ư' | 'ư' | 'Ǔ'..='ǜ' | 'Ụ'..='ự' => "u",
        'Ŵ' | 'ŵ' => "w",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' | 'Ỳ'..='ỹ' => "y",
        'Ź'..='ž' => "z",
        _ if letter.is_ascii() => return put(letter.to_ascii_lowercase()),
        _ => {
            let mut lower = letter.to_lowercase();
            return match (lower.next(), lower.next()) {
                (Some(lower), None) => put(lower),
                _ => put(letter),
            };
        }
    };
    text.chars().for_each(put);
}

/// How a folded name sounds, as a hash: the first letter of each word and the classes of its consonants, doubled ones once.
/// After Russell's Soundex (US patent 1,261,167, 1918), without its limit to three classes.
pub(crate) fn sound(folded: &str) -> u64 {
    let mut hash = 0;
    let mut last = 0;
    let mut first = true;
    for letter in folded.bytes() {
        if letter == b' ' {
            (first, last) = (true, 0);
            hash = super::hash::mix(hash, 31);
            continue;
        }
        let class = match letter {
            b'b' | b'f' | b'p' | b'v' => 1,
            b'c' | b'g' | b'j' | b'k' | b'q' | b's' | b'x' | b'z' => 2,
            b'd' | b't' => 3,
            b'l' => 4,
            b'm' | b'n' => 5,
            b'r' => 6,
            b'h' | b'w' => continue,
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' => 0,
            other => u64::from(other),
        };
        if first {
            hash = super::hash::mix(hash, 64 + u64::from(letter));
        } else if class != 0 && class != last {
            hash = super::hash::mix(hash, class);
        }
        (first, last) = (false, class);
    }
    hash | 1
}
