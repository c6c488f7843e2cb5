//! Masks over what is about a person (脱敏): enough to find the row again, too little to read it.

use crate::roster::FieldKind;

/// Whether values about people are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Masking {
    /// Masked (脱敏): the default everywhere.
    #[default]
    Masked,
    /// Shown in full, in the form in which they were compared: only where somebody asks for it.
    Shown,
}

/// No mask has more stars than this, so that a long value's length is not told.
const MOST: usize = 8;

impl Masking {
    /// A value of some kind as it may be shown. Grids are places and stay as they are.
    ///
    /// ```
    /// use gridcore::roster::{FieldKind, Masking};
    /// let masked = |kind, text| Masking::Masked.show(kind, text);
    /// assert_eq!(masked(FieldKind::Name, "张小三"), "张*三");
    /// assert_eq!(masked(FieldKind::Id, "11010119900307123X"), "110101********123X");
    /// assert_eq!(masked(FieldKind::Phone, "13812345678"), "138****5678");
    /// assert_eq!(masked(FieldKind::Birth, "1990-03-07"), "1990-**-**");
    /// assert_eq!(masked(FieldKind::Grid, "442000001"), "442000001");
    /// assert_eq!(Masking::Shown.show(FieldKind::Name, "张小三"), "张小三");
    /// ```
    #[must_use]
    pub fn show(self, kind: FieldKind, text: &str) -> String {
        match (self, kind) {
            (Self::Shown, _) | (_, FieldKind::Grid) => text.to_owned(),
            (_, FieldKind::Name) => name(text, true),
            (_, FieldKind::Given) => given(text),
            (_, FieldKind::Family) => family(text),
            (_, FieldKind::Id) => ends(text, 18, 6, 4),
            (_, FieldKind::Phone) => ends(text, 11, 3, 4),
            (_, FieldKind::Birth) => birth(text),
            (_, FieldKind::Household) => ends(text, usize::MAX, 0, 2),
            (_, FieldKind::Record | FieldKind::Token) => ends(text, usize::MAX, 2, 0),
            (_, FieldKind::Text | FieldKind::Exact) => ends(text, usize::MAX, 1, 0),
            (_, FieldKind::Sex | FieldKind::Address) => {
                if text.is_empty() {
                    String::new()
                } else {
                    stars(3)
                }
            }
        }
    }
}

fn stars(count: usize) -> String {
    "*".repeat(count.clamp(1, MOST))
}

/// Keeps the first and last characters of a text of `full` characters; of a shorter one at most `least` at either end, and
/// never more than a quarter of it.
fn ends(text: &str, full: usize, first: usize, last: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    let count = chars.len();
    if count == 0 {
        return String::new();
    }
    let quarter = count / 4;
    let (first, last) = if count == full {
        (first, last)
    } else {
        // An unknown form gives away a quarter at most, split over both ends.
        let last = last.min(quarter.div_ceil(2)).min(2);
        (first.min(quarter - last).min(2), last)
    };
    let mut masked: String = chars[..first].iter().collect();
    masked.push_str(&stars(count - first - last));
    masked.extend(&chars[count - last..]);
    masked
}

/// Whether a character separates the parts of a name.
fn parts_name(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '·' | '・' | '•' | '‧' | '.' | '-' | ',' | '，' | '\'')
}

/// The first character of each part that has more; the last one of the only part too, if one between stays hidden.
fn name(text: &str, keep_last: bool) -> String {
    let mut masked = String::new();
    let mut parts = text.split(parts_name).filter(|part| !part.is_empty()).take(MOST).peekable();
    let mut only = true;
    while let Some(part) = parts.next() {
        only &= parts.peek().is_none();
        if !masked.is_empty() {
            masked.push('·');
        }
        let count = part.chars().count();
        let mut letters = part.chars();
        let (Some(first), last) = (letters.next(), letters.next_back()) else { continue };
        match (count, last) {
            (1, _) => masked.push('*'),
            _ if first.is_ascii() => {
                masked.push(first);
                masked.push_str(&stars(3));
            }
            (3.., Some(last)) if only && keep_last && count <= 4 => {
                masked.push(first);
                masked.push_str(&stars(count - 2));
                masked.push(last);
            }
            _ => {
                masked.push(first);
                masked.push_str(&stars(count - 1));
            }
        }
    }
    masked
}

/// Of a given name of Chinese characters its last, if there is another; else as a name.
fn given(text: &str) -> String {
    let text = text.trim();
    match (text.chars().count(), text.chars().next_back()) {
        (2..=3, Some(last)) if !last.is_ascii() => {
            let mut masked = stars(text.chars().count() - 1);
            masked.push(last);
            masked
        }
        _ => name(text, false),
    }
}

/// The first character: a family name is shown as far as a whole name shows it.
fn family(text: &str) -> String {
    match text.trim().chars().next() {
        Some(first) if first.is_ascii() => format!("{first}***"),
        Some(first) => format!("{first}*"),
        None => String::new(),
    }
}

/// The year of a date that begins with it.
fn birth(text: &str) -> String {
    let year: String = text.chars().take(4).collect();
    match year.len() == 4 && year.bytes().all(|digit| digit.is_ascii_digit()) && text.len() > 4 {
        true => format!("{year}-**-**"),
        false if text.is_empty() => String::new(),
        false => stars(MOST),
    }
}
