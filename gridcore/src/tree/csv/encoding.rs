//! Which encoding a file has: UTF-8 is read, any other is named.

use std::borrow::Cow;

/// What a file that is not UTF-8 looks like where nothing better can be said.
pub(super) const UNKNOWN: &str = "an unknown encoding";

/// Takes a UTF-8 mark off the front.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// The encoding that a mark at the front declares, if it is none that can be read.
pub(super) fn marked(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, ..] => Some("UTF-16LE"),
        [0xFE, 0xFF, ..] => Some("UTF-16BE"),
        _ => None,
    }
}

/// The file as UTF-8: each byte that is none becomes a question mark, and its place is listed.
///
/// Nothing is copied if all bytes are UTF-8.
pub(super) fn readable(bytes: &[u8]) -> (Cow<'_, str>, Vec<usize>) {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut text = String::with_capacity(bytes.len());
    let mut places = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for _ in chunk.invalid() {
            places.push(text.len());
            text.push('?');
        }
    }
    (Cow::Owned(text), places)
}

/// The encoding that bytes look like which are not UTF-8.
pub(super) fn looks_like(bytes: &[u8]) -> &'static str {
    match chinese(bytes) {
        Some(true) => "GB18030",
        Some(false) => "GBK",
        None => UNKNOWN,
    }
}

/// Whether bytes are text in GBK (false) or need its extension GB 18030 (true); nothing if neither fits.
fn chinese(mut bytes: &[u8]) -> Option<bool> {
    let mut extended = false;
    loop {
        bytes = match bytes {
            [] => return Some(extended),
            [0..=0x7F, rest @ ..] | [0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE, rest @ ..] => rest,
            [0x81..=0xFE, b'0'..=b'9', 0x81..=0xFE, b'0'..=b'9', rest @ ..] => {
                extended = true;
                rest
            }
            _ => return None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::{looks_like, readable};

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(looks_like(b"1,,\xD6\xD0\xC9\xBD\xCA\xD0\n"), "GBK"); // 中山市
        assert_eq!(looks_like(b"\x81\x39\xEE\x39"), "GB18030"); // 㐀
        assert_eq!(looks_like(b"caf\xE9"), "an unknown encoding"); // Latin-1
    }

    #[test]
    fn a_byte_that_is_none_keeps_its_place() {
        let (text, places) = readable(b"a\xFFb\xC9\xBD");
        assert_eq!((&*text, places), ("a?bɽ", vec![1]));
        assert_eq!(readable("中".as_bytes()), ("中".into(), vec![]));
    }
}
