//! Numbers held as nibbles: identity numbers, phones, dates.

use crate::roster::normal::identity::is_national;

const LOW: u128 = 0x1111_1111_1111_1111_1111_1111_1111_1111;

/// One bit for each nibble in which two numbers differ, at the nibble's lowest bit.
const fn differing(a: u128, b: u128) -> u128 {
    let x = a ^ b;
    (x | x >> 1 | x >> 2 | x >> 3) & LOW
}

/// Whether two numbers differ in one digit alone, or in two neighbours that are swapped.
fn one_digit(a: u128, b: u128, differing: u128) -> bool {
    if differing & differing.wrapping_sub(1) == 0 {
        return true;
    }
    let low = differing.trailing_zeros();
    differing == 0b1_0001 << low
        && a >> low & 15 == b >> (low + 4) & 15
        && a >> (low + 4) & 15 == b >> low & 15
}

/// Identity numbers: 1 exact, 2 one digit, 3 two digits, 4 the same birth in another number, 5 else.
///
/// Two numbers that are both valid and differ in two digits are of two people (twins have neighbouring numbers), so that
/// the third level asks for a number that fails its check.
pub(crate) fn id_level(a: u128, b: u128) -> u8 {
    if a == 0 || b == 0 {
        return 0;
    }
    if a == b {
        return 1;
    }
    let differ = differing(a, b);
    if one_digit(a, b, differ) {
        return 2;
    }
    if differ.count_ones() == 2 && !(is_national(a & b) && is_valid(a) && is_valid(b)) {
        return 3;
    }
    if (differ >> 16) as u32 == 0 && is_national(a & b) { 4 } else { 5 }
}

/// Whether the last digit is the check digit of the others (GB 11643, ISO 7064 MOD 11-2).
fn is_valid(id: u128) -> bool {
    let mut sum = 0_u32;
    let mut weight = 1_u32;
    for place in 0..18 {
        sum += (id >> (4 * place)) as u32 % 16 * weight;
        weight = weight * 2 % 11;
    }
    sum % 11 == 1
}

/// The last seven digits of a phone.
const TAIL: u64 = 0xFFF_FFFF;

/// Phones: 1 exact, 2 one digit, or the same last seven digits in numbers of different lengths, 3 else.
pub(crate) fn phone_level(a: u64, b: u64) -> u8 {
    if a == 0 || b == 0 {
        return 0;
    }
    if a == b {
        return 1;
    }
    if a.leading_zeros() == b.leading_zeros() {
        let (a, b) = (u128::from(a), u128::from(b));
        return if one_digit(a, b, differing(a, b)) { 2 } else { 3 };
    }
    if (a ^ b) & TAIL == 0 && a > TAIL && b > TAIL { 2 } else { 3 }
}

/// Dates of birth: 1 exact, 2 one digit, or day and month swapped, 3 two digits, or nothing that speaks against it
/// where the day or the month is not known, 4 else.
pub(crate) fn birth_level(a: u32, b: u32) -> u8 {
    if a == 0 || b == 0 {
        return 0;
    }
    let is_partial = |date: u32| date as u8 == 0 || (date >> 8) as u8 == 0;
    if is_partial(a) || is_partial(b) {
        // What both know has to agree.
        let fits = |shift: u32| {
            let (a, b) = ((a >> shift) as u8, (b >> shift) as u8);
            a == 0 || b == 0 || a == b
        };
        return if a >> 16 == b >> 16 && fits(8) && fits(0) { 3 } else { 4 };
    }
    if a == b {
        return 1;
    }
    let swapped = (b & 0xFFFF_0000) | (b & 0xFF) << 8 | b >> 8 & 0xFF;
    if a == swapped {
        return 2;
    }
    let differ = differing(u128::from(a), u128::from(b));
    if one_digit(u128::from(a), u128::from(b), differ) {
        return 2;
    }
    if differ.count_ones() == 2 { 3 } else { 4 }
}

/// Values that agree or do not: 1 the same, 2 another.
pub(crate) fn same_level<T: PartialEq + Default>(a: &T, b: &T) -> u8 {
    let missing = T::default();
    if *a == missing || *b == missing {
        0
    } else if a == b {
        1
    } else {
        2
    }
}

#[cfg(test)]
mod tests {
    use super::birth_level;

    #[test]
    fn what_is_known_of_dates_has_to_agree() {
        for (a, b, level) in [
            (0x1950_0000, 0x1950_0000, 3),
            (0x1950_0500, 0x1950_0500, 3),
            (0x1950_0500, 0x1950_0000, 3),
            (0x1950_0500, 0x1950_0512, 3),
            (0x1950_0500, 0x1950_0600, 4),
            (0x1950_0500, 0x1950_0612, 4),
            (0x1950_0000, 0x1951_0000, 4),
            (0x1950_0512, 0x1950_0512, 1),
        ] {
            assert_eq!((birth_level(a, b), birth_level(b, a)), (level, level), "{a:x} {b:x}");
        }
    }
}
