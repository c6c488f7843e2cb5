//! Hashes that are the same on every platform and in every version: values are stored by them.

/// Joins two numbers into one that spreads over all 64 bits (the finaliser of splitmix64, Steele, Lea & Flood 2014).
#[must_use]
pub(crate) const fn mix(a: u64, b: u64) -> u64 {
    let mut x = a.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ b.rotate_left(32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// The hash of a text, eight bytes at a time.
#[must_use]
pub(crate) fn of_text(text: &str) -> u64 {
    let mut bytes = text.as_bytes();
    let mut hash = bytes.len() as u64;
    while let Some((chunk, rest)) = bytes.split_first_chunk::<8>() {
        hash = mix(hash, u64::from_le_bytes(*chunk));
        bytes = rest;
    }
    let mut last = 0_u64;
    for &byte in bytes {
        last = last << 8 | u64::from(byte);
    }
    mix(hash, last)
}

/// Bytes as hexadecimal digits in small letters.
#[must_use]
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
