//! Any other text, and codes.

use super::hash;
use super::letter::{Letters, half_width, is_han};

/// The most characters of a text that are kept and compared; what is longer ends in its hash, within these.
pub(crate) const MOST_CHARS: usize = 120;

/// Writes the text as it is compared into `out`: simplified characters, half width, lower case, without accents; words
/// with one space between.
pub(crate) fn fold(text: &str, out: &mut String) {
    out.clear();
    let letters = Letters::get();
    let mut space = false;
    for letter in text.chars().map(half_width) {
        // An accent of its own: the letter before it stays.
        if matches!(letter, '\u{0300}'..='\u{036F}') {
            continue;
        }
        let plain = letters.of(letter).plain;
        if plain != 0 || is_han(letter) {
            gap(&mut space, out);
            out.push(char::from_u32(u32::from(plain)).filter(|_| plain != 0).unwrap_or(letter));
        } else if letter.is_alphanumeric()
            || !(letter.is_ascii() || letter.is_whitespace() || is_mark(letter))
        {
            gap(&mut space, out);
            super::latin::fold(letter, &mut |letter| out.push(letter));
        } else if letter != '\'' && letter != '’' {
            space = true;
        }
    }
    shorten(out);
}

/// Writes the code of a place or household into `out`: half width, without white space. Its capitals stay, since trees of
/// grids and the caller's own tables tell codes apart by them.
pub(crate) fn tidy_code(text: &str, out: &mut String) {
    out.clear();
    out.extend(text.chars().map(half_width).filter(|letter| !letter.is_whitespace()));
    shorten(out);
}

/// Writes a code into `out`: half width, without white space, capitals as small letters.
pub(crate) fn fold_code(text: &str, out: &mut String) {
    out.clear();
    for letter in text.chars().map(half_width).filter(|letter| !letter.is_whitespace()) {
        if letter.is_ascii() {
            out.push(letter.to_ascii_lowercase());
        } else {
            out.extend(letter.to_lowercase());
        }
    }
    shorten(out);
}

fn gap(space: &mut bool, out: &mut String) {
    if *space && !out.is_empty() {
        out.push(' ');
    }
    *space = false;
}

/// Marks outside of ASCII that only part words.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{2000}'..='\u{206F}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{00A0}'..='\u{00BF}' | '・')
}

/// Cuts a very long text, so that comparing two of them stays cheap; the hash of the whole keeps different ones apart.
pub(crate) fn shorten(text: &mut String) {
    const LETTERS: u8 = 16;
    if text.len() <= MOST_CHARS || text.chars().nth(MOST_CHARS).is_none() {
        return;
    }
    let whole = hash::of_text(text);
    let cut = text.char_indices().nth(MOST_CHARS - usize::from(LETTERS)).map_or(text.len(), |(cut, _)| cut);
    text.truncate(cut);
    // Letters alone, since names leave digits and marks out: what is short enough stays as it is when it is read again.
    text.extend((0..LETTERS).map(|place| char::from(b'a' + (whole >> (4 * place) & 15) as u8)));
}
