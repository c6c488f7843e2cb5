//! Dates of birth in the ways people write them.

use super::letter::half_width;

/// What came of reading a date: 8 nibbles `YYYYMMDD`, a part that is not known is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Date {
    /// There is no date in it.
    Nothing,
    /// A date, which may be an impossible one.
    Read(u32),
    /// A date whose day and month may be the other way round: the first number, the second, the year.
    Either(u8, u8, u16),
}

/// The day count of 1970-01-01 in a spreadsheet.
const EPOCH_OF_SHEETS: i64 = 25_569;

/// Days of each month of a leap year.
const DAYS: [u8; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Packs a date.
pub(crate) const fn pack(year: u32, month: u32, day: u32) -> u32 {
    const fn nibbles(mut number: u32) -> u32 {
        let (mut packed, mut shift) = (0, 0);
        while shift < 16 {
            packed |= (number % 10) << shift;
            number /= 10;
            shift += 4;
        }
        packed
    }
    nibbles(year) << 16 | nibbles(month) << 8 | nibbles(day)
}

const fn two_digits(packed: u32) -> u32 {
    (packed >> 4 & 15) * 10 + (packed & 15)
}

/// Year, month and day of a packed date.
pub(crate) const fn parts(packed: u32) -> (u32, u32, u32) {
    (two_digits(packed >> 24) * 100 + two_digits(packed >> 16), two_digits(packed >> 8), two_digits(packed))
}

/// Whether a packed date is a day of the calendar, from 1800 to 2199.
pub(crate) fn is_possible(packed: u32) -> bool {
    let (year, month, day) = parts(packed);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let Some(&most) = (month as usize).checked_sub(1).and_then(|month| DAYS.get(month)) else { return false };
    (1800..2200).contains(&year) && day >= 1 && day <= u32::from(most) && (leap || month != 2 || day < 29)
}

/// Whether only the month or the day is not known.
pub(crate) const fn is_partial(packed: u32) -> bool {
    two_digits(packed) == 0 || two_digits(packed >> 8) == 0
}

/// The date of a day counted from 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms", 2013).
pub(crate) fn of_day(day: i64) -> Option<u32> {
    // 1800 to 2199 and some more; anything else is no birth.
    if !(-100_000..100_000).contains(&day) {
        return None;
    }
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some(pack(u32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?))
}

/// The date that a whole number stands for: `YYYYMMDD`, or the day of a spreadsheet.
pub(crate) fn of_number(number: i64) -> Date {
    let small = u32::try_from(number).unwrap_or(0);
    match small {
        10_000_000..=99_999_999 => {
            let number = small;
            Date::Read(pack(number / 10_000, number / 100 % 100, number % 100))
        }
        1..=100_000 => of_day(number - EPOCH_OF_SHEETS).map_or(Date::Nothing, Date::Read),
        100_001..=999_999 => {
            let number = small;
            Date::Read(pack(full_year(number / 10_000), number / 100 % 100, number % 100))
        }
        _ => Date::Nothing,
    }
}

/// The year of two digits: the last century from 30 on.
const fn full_year(year: u32) -> u32 {
    match year {
        0..30 => 2000 + year,
        30..100 => 1900 + year,
        _ => year,
    }
}

/// Reads a date.
pub(crate) fn read(text: &str) -> Date {
    if let Some(packed) = eight_digits(text.as_bytes()) {
        return Date::Read(packed);
    }
    let mut numbers = [(0_u32, 0_u8); 3];
    let mut found = 0;
    let mut month = None;
    let mut inside = false;
    let mut word = [0_u8; 3];
    let mut letters = 0;
    let mut chinese_year = false;
    for letter in text.chars().map(half_width).chain([' ']) {
        if let Some(digit) = letter.to_digit(10) {
            if !inside {
                // What follows the third number is a time of day.
                if found == 3 || (found == 2 && month.is_some()) {
                    break;
                }
                numbers[found] = (0, 0);
                found += 1;
                inside = true;
            }
            let number = &mut numbers[found - 1];
            *number = (number.0.saturating_mul(10).saturating_add(digit), number.1.saturating_add(1));
            continue;
        }
        inside = false;
        chinese_year |= letter == '年';
        if letter.is_ascii_alphabetic() {
            if let Some(place) = word.get_mut(letters) {
                *place = letter.to_ascii_lowercase() as u8;
            }
            letters += 1;
        } else {
            if letters >= 3 && month.is_none() {
                month = month_name(word);
            }
            letters = 0;
        }
    }
    if letters >= 3 && month.is_none() {
        month = month_name(word);
    }
    let numbers = &numbers[..found];
    if let Some(month) = month {
        return match *numbers {
            [(year, 4)] => Date::Read(pack(year, month, 0)),
            [(year, 4), (day, 1..=2)] | [(day, 1..=2), (year, 4)] => Date::Read(pack(year, month, day)),
            [(day, 1..=2), (year, 2)] => Date::Read(pack(full_year(year), month, day)),
            _ => Date::Nothing,
        };
    }
    match *numbers {
        [(number, 5 | 6 | 8)] => of_number(i64::from(number)),
        [(year, 4)] => Date::Read(pack(year, 0, 0)),
        [(year, 4), (month, 1..=2)] => Date::Read(pack(year, month, 0)),
        [(year, 4), (month, 1..=2), (day, 1..=2)] => Date::Read(pack(year, month, day)),
        [(year, 2), (month, 1..=2), (day, 1..=2)] if chinese_year => {
            Date::Read(pack(full_year(year), month, day))
        }
        [(first, 1..=2), (second, 1..=2), (year, 4)] => Date::Either(first as u8, second as u8, year as u16),
        [(first, 1..=2), (second, 1..=2), (year, 2)] => {
            Date::Either(first as u8, second as u8, full_year(year) as u16)
        }
        _ => Date::Nothing,
    }
}

/// Eight ASCII digits, which most columns hold.
fn eight_digits(bytes: &[u8]) -> Option<u32> {
    let bytes: &[u8; 8] = bytes.try_into().ok()?;
    let mut packed = 0;
    for &byte in bytes {
        if !byte.is_ascii_digit() {
            return None;
        }
        packed = packed << 4 | u32::from(byte & 15);
    }
    Some(packed)
}

/// The month whose English name begins so; March has a German one that differs.
fn month_name(word: [u8; 3]) -> Option<u32> {
    const NAMES: [&[u8; 3]; 12] =
        [b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];
    match &word {
        b"mai" => Some(5),
        b"okt" => Some(10),
        b"dez" => Some(12),
        _ => NAMES.iter().position(|name| **name == word).map(|at| at as u32 + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, is_possible, of_day, of_number, pack, read};

    #[test]
    fn writings_of_one_day_are_one() {
        let day = Date::Read(0x2020_0102);
        for text in [
            "20200102",
            "2020-01-02",
            "2020/1/2",
            "2020年1月2日",
            "2020.01.02",
            "２０２０－０１－０２",
            "2020-01-02 00:00:00",
            "2020-01-02T08:30:00Z",
            "2 Jan 2020",
            "January 2, 2020",
            "02-JAN-20",
            "43832",
        ] {
            assert_eq!(read(text), day, "{text}");
        }
        for text in ["02.01.2020", "2/1/2020", "02-01-20"] {
            assert_eq!(read(text), Date::Either(2, 1, 2020), "{text}");
        }
        assert_eq!([of_number(20_200_102), of_number(43_832)], [day, day]);
        assert_eq!(of_day(18_263), Some(0x2020_0102));
        assert_eq!(
            [read("1950年"), read("1950-07"), read("someday")],
            [Date::Read(0x1950_0000), Date::Read(0x1950_0700), Date::Nothing]
        );
    }

    #[test]
    fn the_calendar() {
        for day in [-62_000_i64, -1, 0, 11_016, 80_000] {
            let packed = of_day(day).expect("a day of two centuries");
            assert!(is_possible(packed), "{packed:x}");
        }
        for (year, month, day, possible) in [
            (2000, 2, 29, true),
            (1900, 2, 29, false),
            (2023, 4, 31, false),
            (1955, 13, 1, false),
            (1955, 0, 1, false),
        ] {
            assert_eq!(is_possible(pack(year, month, day)), possible, "{year} {month} {day}");
        }
    }
}
