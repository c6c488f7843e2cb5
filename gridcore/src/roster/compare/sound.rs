//! How a name in Latin letters sounds, roughly.

/// The sound of a text in Latin letters: for each word its first letter and then the classes of its consonants, as Soundex
/// has them, but not cut at four. 0 when the text has no Latin letter. Odell & Russell, US patent 1,261,167 (1918).
///
/// # Complexity
///
/// O(n).
pub(crate) fn latin_sound(text: &str) -> u64 {
    let mut code = 0_u64;
    let mut last = 0_u8;
    let mut inside = false;
    for letter in text.chars() {
        if !letter.is_ascii_alphabetic() {
            inside = false;
            continue;
        }
        let letter = (letter as u8).to_ascii_lowercase();
        let class = class(letter);
        if !inside {
            inside = true;
            code = code.rotate_left(5) ^ mixed(u64::from(first(letter)));
        } else if class != 0 && class != last {
            code = code.rotate_left(5) ^ mixed(32 + u64::from(class));
        }
        // h and w do not part two like sounds; vowels do.
        if !matches!(letter, b'h' | b'w') {
            last = class;
        }
    }
    code
}

/// Beginnings that sound alike are one.
const fn first(letter: u8) -> u8 {
    match letter {
        b'c' | b'q' => b'k',
        b'z' => b's',
        b'j' => b'g',
        b'y' => b'i',
        other => other,
    }
}

const fn class(letter: u8) -> u8 {
    match letter {
        b'b' | b'f' | b'p' | b'v' => 1,
        b'c' | b'g' | b'j' | b'k' | b'q' | b's' | b'x' | b'z' => 2,
        b'd' | b't' => 3,
        b'l' => 4,
        b'm' | b'n' => 5,
        b'r' => 6,
        _ => 0,
    }
}

const fn mixed(value: u64) -> u64 {
    (value + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
