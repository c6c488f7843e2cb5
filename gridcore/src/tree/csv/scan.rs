//! From bytes to records after RFC 4180: where each cell begins and ends.

/// Marks a cell whose text had to be rewritten and stands in [`Scanner::rewritten`].
const REWRITTEN: u32 = 1 << 31;
/// The most bytes that a file may have, so that a place in it fits beside that mark.
pub(super) const MAX_BYTES: usize = (1 << 31) - 1;

/// Where a cell stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Span {
    start: u32,
    length: u32,
}

impl Span {
    fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, length: (end - start) as u32 }
    }

    /// The bytes of the file that the cell takes up; none for a rewritten one.
    pub(super) fn range(self) -> Option<std::ops::Range<usize>> {
        let start = self.start as usize;
        (self.start & REWRITTEN == 0).then_some(start..start + self.length as usize)
    }

    /// The text of the cell.
    pub(super) fn text<'t>(self, file: &'t str, rewritten: &'t str) -> &'t str {
        let start = (self.start & !REWRITTEN) as usize;
        let store = if self.start & REWRITTEN == 0 { file } else { rewritten };
        &store[start..start + self.length as usize]
    }
}

/// What is wrong with the quotes of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// A quote is opened and never closed; the cell was taken to end with its line.
    Unclosed,
    /// Text follows a closing quote; the cell was taken as it stands, quotes and all.
    Stray,
}

/// A record that was read.
pub(super) struct Record {
    /// How many cells it has.
    pub cells: usize,
    pub flaw: Option<Flaw>,
}

/// Walks over a file record by record.
///
/// Separators are found 64 bytes at a time: each word of eight bytes is compared with a comma, a line feed and a
/// quote at once, by exact zero-byte detection (Warren, Hacker's Delight, §6-1), and gives eight bits of a mask.
pub(super) struct Scanner<'a> {
    text: &'a str,
    /// The first byte of the block that `mask` is about.
    block: usize,
    /// The separators of the block that are still ahead.
    mask: u64,
    /// Where the next cell begins.
    start: usize,
    /// Cells that had doubled quotes in them, without the doubling.
    pub rewritten: String,
}

const BLOCK: usize = 64;

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut scanner = Self { text, block: 0, mask: 0, start: 0, rewritten: String::new() };
        scanner.seek(0);
        scanner
    }

    /// How many bytes are behind.
    pub(super) fn position(&self) -> usize {
        self.start
    }

    /// About how many lines lie ahead, from the length of those in the first 64 KiB of them.
    pub(super) fn lines_ahead(&self) -> usize {
        let ahead = self.text.as_bytes().get(self.start..).unwrap_or_default();
        let sample = &ahead[..ahead.len().min(1 << 16)];
        let lines = sample.split(|&byte| byte == b'\n').count();
        ahead.len() / (sample.len() / lines).max(1) / 32 * 33 + lines
    }

    /// Puts a text among the rewritten ones.
    pub(super) fn rewrite(&mut self, text: &str) -> Span {
        let start = self.rewritten.len() as u32;
        self.rewritten.push_str(text);
        Span { start: start | REWRITTEN, length: text.len() as u32 }
    }

    /// Reads the next record that is not an empty line, and hands over each of its cells with its number.
    ///
    /// # Complexity
    /// O(bytes) over all records: at most one quote of a file is unclosed, for it takes every later quote with it.
    #[inline]
    pub(super) fn record(&mut self, mut cell: impl FnMut(usize, Span)) -> Option<Record> {
        let bytes = self.text.as_bytes();
        let mut cells = 0;
        let mut flaw = None;
        let mut quoted = None;
        loop {
            if self.start >= bytes.len() && cells == 0 {
                return None;
            }
            let at = self.next_separator().unwrap_or(bytes.len());
            let sort = bytes.get(at).copied().unwrap_or(b'\n');
            if sort == b'"' {
                if at == self.start && quoted.is_none() {
                    let (span, found) = self.quoted(at);
                    quoted = Some(span);
                    flaw = flaw.or(found);
                }
                continue; // a quote in the midst of a cell is a character like any other
            }
            let ends = sort == b'\n';
            let end = if ends && at > self.start && bytes[at - 1] == b'\r' { at - 1 } else { at };
            let span = match quoted.take() {
                Some((span, after)) if after == end => span,
                Some((_, after)) => {
                    flaw = flaw.or((after < end).then_some(Flaw::Stray));
                    Span::new(self.start, end)
                }
                None => Span::new(self.start, end),
            };
            let is_blank = ends && cells == 0 && end == self.start;
            self.start = at + 1;
            if is_blank {
                continue;
            }
            cell(cells, span);
            cells += 1;
            if ends {
                return Some(Record { cells, flaw });
            }
        }
    }

    /// Reads a quoted cell from its opening quote on: its span, the place after its closing quote, a flaw.
    fn quoted(&mut self, open: usize) -> ((Span, usize), Option<Flaw>) {
        let bytes = self.text.as_bytes();
        let find = |byte: u8, from: usize| {
            bytes[from..].iter().position(|&other| other == byte).map(|place| from + place)
        };
        let from = self.rewritten.len();
        let mut copied = open + 1;
        let mut at = open + 1;
        loop {
            let Some(quote) = find(b'"', at) else {
                self.rewritten.truncate(from);
                let line = find(b'\n', open).unwrap_or(bytes.len());
                let end = if bytes[line - 1] == b'\r' { line - 1 } else { line };
                self.seek(line);
                return ((Span::new(open + 1, end), end), Some(Flaw::Unclosed));
            };
            if bytes.get(quote + 1) == Some(&b'"') {
                self.rewritten.push_str(&self.text[copied..=quote]);
                (copied, at) = (quote + 2, quote + 2);
                continue;
            }
            self.seek(quote + 1);
            let span = if copied == open + 1 {
                Span::new(copied, quote)
            } else {
                self.rewritten.push_str(&self.text[copied..quote]);
                let span = Span::new(from, self.rewritten.len());
                Span { start: span.start | REWRITTEN, ..span }
            };
            return ((span, quote + 1), None);
        }
    }

    /// The next comma, line feed or quote.
    #[inline]
    fn next_separator(&mut self) -> Option<usize> {
        while self.mask == 0 {
            self.block += BLOCK;
            if self.block >= self.text.len() {
                return None;
            }
            self.mask = separators(&self.text.as_bytes()[self.block..]);
        }
        let at = self.block + self.mask.trailing_zeros() as usize;
        self.mask &= self.mask - 1;
        Some(at)
    }

    /// Goes on at a place; what lies before it counts as read.
    fn seek(&mut self, at: usize) {
        self.block = at - at % BLOCK;
        self.mask = separators(self.text.as_bytes().get(self.block..).unwrap_or_default());
        self.mask &= u64::MAX << (at % BLOCK);
    }
}

/// A bit for each of the first 64 bytes that is a comma, a line feed or a quote.
#[inline]
fn separators(bytes: &[u8]) -> u64 {
    if let Some(block) = bytes.first_chunk::<BLOCK>() {
        return mask(block);
    }
    let mut block = [0; BLOCK];
    block[..bytes.len()].copy_from_slice(bytes);
    mask(&block)
}

#[inline]
fn mask(block: &[u8; BLOCK]) -> u64 {
    let (words, _) = block.as_chunks::<8>();
    let mut mask = 0;
    for (place, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = zero_bytes(word ^ repeat(b','))
            | zero_bytes(word ^ repeat(b'\n'))
            | zero_bytes(word ^ repeat(b'"'));
        // The high bit of each byte, gathered into one byte.
        let bits = (found >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        mask |= bits << (8 * place);
    }
    mask
}

/// The high bit of each byte that is zero.
const fn zero_bytes(word: u64) -> u64 {
    const LOW: u64 = repeat(0x7F);
    !(((word & LOW) + LOW) | word | LOW)
}

const fn repeat(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, mask, separators};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_mask_has_a_bit_for_each_separator(bytes in prop::collection::vec(any::<u8>(), BLOCK)) {
            let block: [u8; BLOCK] = bytes.as_slice().try_into().unwrap();
            for (place, byte) in block.iter().enumerate() {
                prop_assert_eq!(mask(&block) >> place & 1 == 1, matches!(byte, b',' | b'\n' | b'"'));
            }
        }
    }

    #[test]
    fn every_byte_value_is_told_apart() {
        for byte in 0..=u8::MAX {
            let bytes = [b'a', byte, b'b'];
            assert_eq!(separators(&bytes) != 0, matches!(byte, b',' | b'\n' | b'"'), "{byte}");
        }
    }
}
