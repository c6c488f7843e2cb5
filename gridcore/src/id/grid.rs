//! Validated names of things: a [`GridCode`] outside, a [`GridIndex`] inside.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// The most bytes a code may have.
pub(crate) const MAX_CODE_BYTES: usize = 128;
/// The most digits that fit beside their count in 63 bits.
const MAX_PACKED_DIGITS: usize = 18;

/// The code (编码) of a grid: a value in a scheme, never the identity over time.
///
/// 1 to 128 bytes of UTF-8, without control characters and without white space at either end.
/// Codes of up to 18 digits are kept as a number, so that a copy costs nothing.
/// The order is by length, then by bytes: `A2` stands before `A10`.
///
/// ```
/// use gridcore::GridCode;
/// let code: GridCode = "442000001".parse()?;
/// assert_eq!(code.to_string(), "442000001");
/// assert!(code < "442000001007".parse()?);
/// assert!(" 442000001".parse::<GridCode>().is_err());
/// # Ok::<(), gridcore::MalformedCode>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct GridCode(Repr);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Digits(u64),
    Text(Arc<str>),
}

/// `10^digits + value`: one number for each digit string of up to 18 digits, ordered by length, then value.
pub(crate) fn pack(text: &str) -> Option<u64> {
    let mut bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > MAX_PACKED_DIGITS {
        return None;
    }
    let mut packed = 1_u64;
    while let Some((chunk, rest)) = bytes.split_first_chunk::<8>() {
        packed = packed * 100_000_000 + eight_digits(*chunk)?;
        bytes = rest;
    }
    if let Some((chunk, rest)) = bytes.split_first_chunk::<4>() {
        let [a, b, c, d] = *chunk;
        packed = packed * 10_000 + eight_digits([b'0', b'0', b'0', b'0', a, b, c, d])?;
        bytes = rest;
    }
    for &byte in bytes {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        packed = packed * 10 + u64::from(digit);
    }
    Some(packed)
}

/// The value of eight digits, two neighbours joined at a time (Lemire, Number parsing at a gigabyte per second, §4).
fn eight_digits(bytes: [u8; 8]) -> Option<u64> {
    const ZEROS: u64 = 0x3030_3030_3030_3030;
    const HIGH: u64 = 0xF0F0_F0F0_F0F0_F0F0;
    let word = u64::from_le_bytes(bytes);
    // A digit has the high half 3, and keeps it when 6 is added.
    if word & HIGH != ZEROS || (word + 0x0606_0606_0606_0606) & HIGH != ZEROS {
        return None;
    }
    let word = word - ZEROS;
    let pairs = (word * 10 + (word >> 8)) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
    Some((fours * 10_000 + (fours >> 32)) & 0xFFFF_FFFF)
}

/// Writes the digits of a packed code and returns them.
pub(crate) fn unpack(packed: u64, buffer: &mut [u8; 24]) -> &str {
    const EIGHT: u64 = 100_000_000;
    const WIDE: usize = 16;
    // The first digit of all only keeps zeros on the left.
    let digits = packed.checked_ilog10().unwrap_or(0) as usize;
    let word = |number| u128::from(u64::from_le_bytes(digits_of_eight(number)));
    let (high, low) = (packed / EIGHT, packed % EIGHT);
    let above = digits.saturating_sub(WIDE);
    if above > 0 {
        buffer[..8].copy_from_slice(&digits_of_eight(high / EIGHT));
        buffer.copy_within(8 - above..8, 0);
    }
    // Shifted in a register: to write the digits and read them from their middle would have to wait for the writing.
    let last = (word(high % EIGHT) | (word(low) << 64)) >> (8 * (WIDE + above - digits)).min(127);
    buffer[above..above + WIDE].copy_from_slice(&last.to_le_bytes());
    std::str::from_utf8(&buffer[..digits]).expect("digits are UTF-8")
}

/// The digits of a number below 10^8, all halves of it at a time; what [`eight_digits`] reads.
fn digits_of_eight(number: u64) -> [u8; 8] {
    let fours = (number / 10_000) | ((number % 10_000) << 32);
    let hundreds = ((fours * 10_486) >> 20) & 0x0000_007F_0000_007F;
    let pairs = hundreds | ((fours - hundreds * 100) << 16);
    let tens = ((pairs * 103) >> 10) & 0x000F_000F_000F_000F;
    let ones = tens | ((pairs - tens * 10) << 8);
    (ones + 0x3030_3030_3030_3030).to_le_bytes()
}

impl GridCode {
    pub(crate) fn from_packed(packed: u64) -> Self {
        Self(Repr::Digits(packed))
    }

    pub(crate) fn from_checked(text: Arc<str>) -> Self {
        match pack(&text) {
            Some(packed) => Self(Repr::Digits(packed)),
            None => Self(Repr::Text(text)),
        }
    }

    pub(crate) fn packed(&self) -> Option<u64> {
        match self.0 {
            Repr::Digits(packed) => Some(packed),
            Repr::Text(_) => None,
        }
    }

    /// Calls `f` with the text of the code, without allocating.
    ///
    /// ```
    /// # use gridcore::GridCode;
    /// let code: GridCode = "0442".parse()?;
    /// assert!(code.with_str(|text| text.starts_with('0')));
    /// # Ok::<(), gridcore::MalformedCode>(())
    /// ```
    pub fn with_str<T>(&self, f: impl FnOnce(&str) -> T) -> T {
        match &self.0 {
            Repr::Digits(packed) => f(unpack(*packed, &mut [0; 24])),
            Repr::Text(text) => f(text),
        }
    }
}

/// Why a text is no [`GridCode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MalformedCode {
    /// There is nothing in it.
    Empty,
    /// It has more than 128 bytes.
    TooLong,
    /// It begins or ends with white space.
    Padded,
    /// It has a control character.
    Control,
}

impl MalformedCode {
    /// Finds the reason, if there is one, why `text` is no code.
    pub(crate) fn of(text: &str) -> Option<Self> {
        if text.is_empty() {
            Some(Self::Empty)
        } else if text.len() > MAX_CODE_BYTES {
            Some(Self::TooLong)
        } else if text.trim().len() != text.len() {
            Some(Self::Padded)
        } else if text.chars().any(char::is_control) {
            Some(Self::Control)
        } else {
            None
        }
    }
}

impl fmt::Display for MalformedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the code is empty",
            Self::TooLong => "the code has more than 128 bytes",
            Self::Padded => "the code begins or ends with white space",
            Self::Control => "the code has a control character",
        })
    }
}

impl std::error::Error for MalformedCode {}

impl FromStr for GridCode {
    type Err = MalformedCode;

    fn from_str(text: &str) -> Result<Self, MalformedCode> {
        match pack(text) {
            Some(packed) => Ok(Self(Repr::Digits(packed))),
            None => match MalformedCode::of(text) {
                Some(reason) => Err(reason),
                None => Ok(Self(Repr::Text(text.into()))),
            },
        }
    }
}

impl TryFrom<&str> for GridCode {
    type Error = MalformedCode;

    fn try_from(text: &str) -> Result<Self, MalformedCode> {
        text.parse()
    }
}

impl fmt::Display for GridCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_str(|text| f.pad(text))
    }
}

impl fmt::Debug for GridCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_str(|text| write!(f, "{text:?}"))
    }
}

impl PartialEq<str> for GridCode {
    fn eq(&self, other: &str) -> bool {
        self.with_str(|text| text == other)
    }
}

impl PartialEq<&str> for GridCode {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl Ord for GridCode {
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Repr::Digits(a), Repr::Digits(b)) = (&self.0, &other.0) {
            return a.cmp(b);
        }
        self.with_str(|a| other.with_str(|b| a.len().cmp(&b.len()).then_with(|| a.cmp(b))))
    }
}

impl PartialOrd for GridCode {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for GridCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.with_str(|text| serializer.serialize_str(text))
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for GridCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The position of a grid in one [`GridTree`](crate::GridTree): its place in preorder.
///
/// It means nothing in another tree and is never saved; codes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GridIndex(u32);

impl GridIndex {
    pub(crate) const fn new(position: usize) -> Self {
        Self(position as u32)
    }

    /// The place in preorder, from 0 (the root).
    #[must_use]
    pub const fn get(self) -> usize {
        self.0 as usize
    }
}

impl Default for GridIndex {
    /// The root.
    fn default() -> Self {
        Self(0)
    }
}

#[cfg(test)]
mod tests {
    use super::{digits_of_eight, eight_digits, pack, unpack};
    use proptest::prelude::*;

    #[test]
    fn every_four_digits_are_written_and_read_as_the_standard_library_does() {
        for high in 0..10_000_u64 {
            for number in [high * 10_000 + 9_999 - high, high] {
                let text = format!("{number:08}");
                assert_eq!(digits_of_eight(number), text.as_bytes());
                assert_eq!(eight_digits(digits_of_eight(number)), Some(number));
            }
        }
    }

    proptest! {
        #[test]
        fn a_code_of_digits_is_packed_and_unpacked(text in "[0-9]{1,18}") {
            let packed = pack(&text).expect("it is short and all digits");
            prop_assert_eq!(packed, format!("1{text}").parse::<u64>().unwrap());
            let mut buffer = [0; 24];
            prop_assert_eq!(unpack(packed, &mut buffer), text);
        }

        #[test]
        fn any_other_text_is_not_packed(text in "[0-9/:a]{0,20}|\\PC{0,20}") {
            let fits = (1..=18).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            prop_assert_eq!(pack(&text).is_some(), fits);
        }
    }
}
