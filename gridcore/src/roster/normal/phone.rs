//! Phone numbers (电话).

use super::letter::half_width;
use super::sheet;

/// What came of reading a phone number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phone {
    /// There is no number in it.
    Nothing,
    /// All its digits are the same, or it has too few: somebody filled the cell because it must not be empty.
    Placeholder,
    /// The number, and whether others followed it.
    Read(u64, bool),
    /// A number such as `1.38E+10`: a spreadsheet has rounded it.
    Rounded,
}

crate::roster::veil::veiled!(Phone);

/// The most digits of a number (ITU-T E.164).
const MOST: usize = 15;
/// The fewest digits of a number that may have come as floating point.
const LEAST_WHOLE: usize = 7;

/// Reads a phone number: digits as nibbles below a leading 1, without the country code 86, an extension or a second number.
pub(crate) fn read(text: &str) -> Phone {
    let text = match sheet::whole(text) {
        // Shorter ones may have the dot for a dash: `010.0000`.
        whole if whole.len() >= LEAST_WHOLE => whole,
        _ => text,
    };
    // One digit, a dot, others and the power; `88881234e12` has an extension.
    if text.as_bytes().get(1) == Some(&b'.') && sheet::is_rounded(text) {
        return Phone::Rounded;
    }
    let mut digits = [0_u8; MOST];
    let mut count = 0;
    let mut several = false;
    for letter in text.chars() {
        match half_width(letter) {
            digit @ '0'..='9' => {
                if count < MOST {
                    digits[count] = digit as u8 & 15;
                }
                count += 1;
            }
            ',' | ';' | '/' | '、' | '|' | '或' | '&' | '\n' if count > 6 => {
                several = true;
                break;
            }
            '转' | '轉' | 'x' | 'X' | '#' | 'e' if count > 6 => break,
            _ => {}
        }
    }
    // Two numbers run together by a space, the first a mobile one.
    if count > MOST {
        several = true;
        count = if digits[0] == 1 { 11 } else { MOST };
    }
    let mut digits: &[u8] = &digits[..count];
    if let [0, 0, 8, 6, rest @ ..] | [8, 6, rest @ ..] = digits
        && (10..=12).contains(&rest.len())
    {
        digits = rest;
    }
    // A zero before a mobile number, as long-distance calls had it.
    if let [0, rest @ ..] = digits
        && matches!(rest, [1, 3..=9, ..])
        && rest.len() == 11
    {
        digits = rest;
    }
    match digits {
        [] => Phone::Nothing,
        [first, rest @ ..] if rest.len() < 2 || rest.iter().all(|digit| digit == first) => Phone::Placeholder,
        _ => Phone::Read(digits.iter().fold(1, |number, &digit| number << 4 | u64::from(digit)), several),
    }
}

/// The digits of a packed number.
pub(crate) fn text(phone: u64) -> String {
    let count = phone.max(1).ilog2() / 4;
    (0..count).rev().filter_map(|place| char::from_digit((phone >> (4 * place)) as u32 & 15, 10)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Phone, read, text};

    #[test]
    fn writings_of_one_number_are_one() {
        for other in [
            "13812345678",
            "+86 138 1234 5678",
            "0086-138-1234-5678",
            "８６１３８１２３４５６７８",
            "013812345678",
            "(138)12345678",
        ] {
            assert_eq!(read(other), Phone::Read(0x1138_1234_5678, false), "{other}");
        }
        assert_eq!(read("0760-88881234转12"), Phone::Read(0x0001_0760_8888_1234, false));
        assert_eq!(read("13812345678/0760-88881234"), Phone::Read(0x1138_1234_5678, true));
        assert_eq!([read("00000000000"), read("没有号码")], [Phone::Placeholder, Phone::Nothing]);
        assert_eq!(read("13812345678.0"), Phone::Read(0x1138_1234_5678, false));
        assert_eq!(read("138.1234.5678"), Phone::Read(0x1138_1234_5678, false));
        assert_eq!([read("1.38E+10"), read("1.3812345678e10")], [Phone::Rounded; 2]);
        assert_eq!(text(0x0001_0760_8888_1234), "076088881234");
    }
}
