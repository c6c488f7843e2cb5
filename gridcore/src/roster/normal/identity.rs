//! Identity numbers: GB 11643 (身份证号) of 18 and 15 digits, and any other number or code of a person.
//!
//! The packed form says in its highest nibble what it is, so that values of different forms never agree:
//! 8: 18 nibbles of a GB 11643 number, the first digit highest, 10 for X;
//! 4: up to 29 digits below a leading nibble 1; 2: up to 15 ASCII characters, 8 bits each; 1: the hash of anything else.

use super::date;
use super::hash;
use super::letter::half_width;
use super::sheet::{self, is_rounded};

/// Marks a number in the form of GB 11643.
pub(crate) const NATIONAL: u128 = 1 << 127;
const DIGITS: u128 = 4 << 124;
const CODE: u128 = 2 << 124;
const HASHED: u128 = 1 << 124;

/// The check digit's weights (GB 11643-1999, 6.2), the first digit's first.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check digit for each remainder; 10 is X.
const CHECK: [u8; 11] = [1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2];

/// What came of reading an identity number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Id {
    /// There is no digit in it: nothing, or a word such as 待补 in a cell that waits for its number.
    Nothing,
    /// All digits are the same: somebody filled the cell because it must not be empty.
    Placeholder,
    /// A number such as `1.1E+17`: a spreadsheet has rounded it.
    Rounded,
    /// A number or code.
    Read(u128),
}

crate::roster::veil::veiled!(Id);

/// Reads an identity number.
pub(crate) fn read(text: &str) -> Id {
    // As nearly all stand in a register: 18 digits, or 17 and X.
    if let Ok(bytes) = <&[u8; 18]>::try_from(text.as_bytes())
        && bytes[..17].iter().all(u8::is_ascii_digit)
        && bytes[1..17].iter().any(|byte| *byte != bytes[0])
    {
        match bytes[17] {
            b'0'..=b'9' => return Id::Read(NATIONAL | nibbles(bytes)),
            b'X' | b'x' => return Id::Read(NATIONAL | nibbles(&bytes[..17]) << 4 | 0xA),
            _ => {}
        }
    }
    read_slowly(text)
}

/// Numbers with anything else in or about them, and others.
fn read_slowly(text: &str) -> Id {
    let text = sheet::whole(text);
    let mut kept = [0_u8; 32];
    let mut count = 0;
    let mut simple = true;
    let mut marked = false;
    for letter in text.chars() {
        let letter = half_width(letter).to_ascii_uppercase();
        match letter {
            '0'..='9' | 'A'..='Z' => {
                if let Some(place) = kept.get_mut(count) {
                    *place = letter as u8;
                }
                count += 1;
            }
            '\'' | '-' | '.' | '+' | '\u{2010}'..='\u{2015}' => marked |= letter == '.' || letter == '+',
            _ if letter.is_whitespace() || letter.is_control() => {}
            _ => simple = false,
        }
    }
    if marked && is_rounded(text) {
        return Id::Rounded;
    }
    if !simple || count > 29 {
        let folded: String = text
            .chars()
            .map(half_width)
            .filter(|letter| letter.is_alphanumeric() || *letter == '*')
            .collect();
        let numbered = folded.chars().any(char::is_numeric);
        return if numbered { Id::Read(hashed(&folded.to_uppercase())) } else { Id::Nothing };
    }
    let kept = &kept[..count];
    let [first, ..] = kept else { return Id::Nothing };
    if !kept.iter().any(u8::is_ascii_digit) {
        return Id::Nothing;
    }
    let digits = kept.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == count {
        if count > 3 && kept.iter().all(|byte| byte == first) {
            return Id::Placeholder;
        }
        return Id::Read(match count {
            18 => NATIONAL | nibbles(kept),
            15 => longer(kept).unwrap_or(DIGITS | 1 << 60 | nibbles(kept)),
            _ => DIGITS | 1 << (4 * count) | nibbles(kept),
        });
    }
    if count == 18 && digits == 17 && kept[17] == b'X' {
        return Id::Read(NATIONAL | nibbles(&kept[..17]) << 4 | 0xA);
    }
    if count <= 15 {
        return Id::Read(CODE | kept.iter().fold(0, |code, &byte| code << 8 | u128::from(byte)));
    }
    // Longer codes of letters and digits.
    Id::Read(hashed(std::str::from_utf8(kept).unwrap_or_default()))
}

/// The form of anything that is no number.
pub(crate) fn hashed(text: &str) -> u128 {
    let low = hash::of_text(text);
    HASHED | u128::from(hash::mix(low, 1) >> 8) << 64 | u128::from(low)
}

fn nibbles(digits: &[u8]) -> u128 {
    digits.iter().fold(0, |number, &byte| number << 4 | u128::from(byte & 15))
}

/// The number of 18 digits of one of 15, which leaves out the century and the check digit, if its date is one.
fn longer(digits: &[u8]) -> Option<u128> {
    let (area, rest) = digits.split_at(6);
    let body = nibbles(area) << 44 | 0x19 << 36 | nibbles(rest);
    let packed = NATIONAL | body << 4;
    date::is_possible(birth(packed)?).then(|| packed | u128::from(check_digit(packed)))
}

/// One digit of a number, by its place from the first.
const fn digit(id: u128, place: usize) -> u8 {
    (id >> (4 * (17 - place))) as u8 & 15
}

fn check_digit(id: u128) -> u8 {
    let (mut rest, mut sum) = (id >> 4, 0);
    for weight in WEIGHTS.iter().rev() {
        sum += weight * (rest as u32 & 15);
        rest >>= 4;
    }
    CHECK[(sum % 11) as usize]
}

/// Whether a number has the form of GB 11643.
pub(crate) const fn is_national(id: u128) -> bool {
    id & NATIONAL != 0
}

/// Whether the check digit is right and the date of birth is one.
pub(crate) fn is_sound(id: u128) -> bool {
    is_national(id)
        && digit(id, 0) != 0
        && check_digit(id) == digit(id, 17)
        && birth(id).is_some_and(date::is_possible)
}

/// The date of birth inside a number, as 8 nibbles.
pub(crate) fn birth(id: u128) -> Option<u32> {
    is_national(id).then_some((id >> 16) as u32)
}

/// The sex inside a number: 1 is male, 2 is female.
pub(crate) fn sex(id: u128) -> Option<u8> {
    is_national(id).then(|| if digit(id, 16) % 2 == 1 { 1 } else { 2 })
}

/// The text of a number in the form of GB 11643, or of digits.
pub(crate) fn text(id: u128) -> Option<String> {
    let mut text = String::new();
    if is_national(id) {
        for place in 0..18 {
            text.push(char::from_digit(u32::from(digit(id, place)), 10).unwrap_or('X'));
        }
        return Some(text);
    }
    if id >> 124 == 4 {
        let below = id & !(15 << 124);
        let count = below.max(1).ilog2() / 4;
        for place in (0..count).rev() {
            text.push(char::from_digit((below >> (4 * place)) as u32 & 15, 10)?);
        }
        return Some(text);
    }
    (id >> 124 == 2).then(|| {
        (0..15)
            .rev()
            .map(|place| (id >> (8 * place)) as u8)
            .skip_while(|byte| *byte == 0 || *byte == 32)
            .map(char::from)
            .collect()
    })
}

/// How a proposed number differs from the one that was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slip {
    /// This digit, from 1, was another.
    Digit(u8),
    /// This digit, from 1, and the next stood the other way round.
    Swapped(u8),
}

/// The sound numbers that differ from an unsound one by one digit, or by two neighbours swapped, and that agree with the
/// date of birth and the sex where these are known (0 where not).
///
/// Nobody is given another number by this: it only says what could have been meant.
///
/// # Complexity
///
/// O(1): 187 numbers are tried.
pub(crate) fn repairs(id: u128, born: u32, sex_known: u8) -> Vec<(u128, Slip)> {
    let mut found = Vec::new();
    if !is_national(id) || is_sound(id) {
        return found;
    }
    let mut propose = |candidate: u128, slip| {
        if is_sound(candidate)
            && (born == 0 || birth(candidate) == Some(born))
            && (sex_known == 0 || sex(candidate) == Some(sex_known))
        {
            found.push((candidate, slip));
        }
    };
    for place in 0..18_usize {
        let shift = 4 * (17 - place);
        let rest = id & !(15 << shift);
        let most = if place == 17 { 10 } else { 9 };
        for other in (0..=most).filter(|&other| other != digit(id, place)) {
            propose(rest | u128::from(other) << shift, Slip::Digit(place as u8 + 1));
        }
        if place < 17 && digit(id, place) != digit(id, place + 1) && digit(id, place + 1) < 10 {
            let rest = rest & !(15 << (shift - 4));
            let swapped = rest
                | u128::from(digit(id, place + 1)) << shift
                | u128::from(digit(id, place)) << (shift - 4);
            propose(swapped, Slip::Swapped(place as u8 + 1));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Id, Slip, birth, is_sound, read, repairs, sex, text};

    fn id(text: &str) -> u128 {
        match read(text) {
            Id::Read(id) => id,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_vectors_of_the_standard() {
        for number in ["11010519491231002X", "440524188001010014"] {
            assert!(is_sound(id(number)));
            assert_eq!(text(id(number)).as_deref(), Some(number));
        }
        assert_eq!(
            (birth(id("11010519491231002X")), sex(id("11010519491231002X"))),
            (Some(0x1949_1231), Some(2))
        );
        assert!(!is_sound(id("110105194912310021")));
    }

    #[test]
    fn writings_of_one_number_are_one() {
        let number = id("11010519491231002X");
        for other in [
            "11010519491231002x",
            "１１０１０５１９４９１２３１００２Ｘ",
            " 110105 19491231 002X ",
            "'11010519491231002X",
            "110105491231002",
        ] {
            assert_eq!(id(other), number, "{other}");
        }
    }

    #[test]
    fn other_numbers_keep_their_digits() {
        assert_eq!(text(id("0012345")).as_deref(), Some("0012345"));
        assert_ne!(id("0012345"), id("12345"));
        assert_eq!(text(id("0012345.0")).as_deref(), Some("0012345"));
        assert_eq!(id("110105194912310021.0"), id("110105194912310021"));
        assert_eq!(text(id("e12345678")).as_deref(), Some("E12345678"));
        assert_eq!((id("1234567") ^ id("1234467")).count_ones(), 1);
        assert_eq!(
            [read("000000000000000000"), read("1.10105E+17"), read("--")],
            [Id::Placeholder, Id::Rounded, Id::Nothing]
        );
        for word in ["待补", "新生儿", "X", "n.a.", "foreign"] {
            assert!(read(word) == Id::Nothing, "{word}");
        }
        assert_ne!(id("军字第1234567号"), id("军字第1234568号"));
    }

    #[test]
    fn a_slip_is_found_by_birth_and_sex() {
        let right = id("11010519491231002X");
        for (wrong, slip) in
            [("11010519491232002X", Slip::Digit(14)), ("11010519492131002X", Slip::Swapped(11))]
        {
            assert!(repairs(id(wrong), 0x1949_1231, 2).contains(&(right, slip)), "{wrong}");
        }
        assert!(repairs(right, 0, 0).is_empty());
    }
}
