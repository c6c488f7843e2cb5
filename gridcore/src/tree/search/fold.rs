//! Letters that count as the same.

/// The character that stands for this one and its like: lower case, half width, one kind of space.
///
/// One character goes to one character, so that places in the folded text are places in the text.
pub(super) fn fold(letter: char) -> char {
    let letter = match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(letter as u32 - 0xFEE0).unwrap_or(letter),
        _ if letter.is_whitespace() => ' ',
        _ => letter,
    };
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) => lower,
        _ => letter,
    }
}

/// A text as it is looked for: folded, without white space at its ends or doubled within.
pub(super) fn fold_query(text: &str) -> Vec<char> {
    let mut folded: Vec<char> = Vec::new();
    for letter in text.chars().map(fold) {
        if letter != ' ' || folded.last().is_some_and(|&last| last != ' ') {
            folded.push(letter);
        }
    }
    if folded.last() == Some(&' ') {
        folded.pop();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_query};

    #[test]
    fn folding_twice_is_folding_once() {
        for letter in (0..=char::MAX as u32).filter_map(char::from_u32) {
            assert_eq!(fold(fold(letter)), fold(letter), "{letter:?}");
        }
    }

    #[test]
    fn width_case_and_space_do_not_count() {
        assert_eq!(fold_query(" \u{3000}Ａb１ \t 马 ").into_iter().collect::<String>(), "ab1 马");
        assert_eq!(fold_query(" \u{3000} "), []);
    }
}
