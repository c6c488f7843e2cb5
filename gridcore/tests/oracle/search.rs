//! Search, written to be read: every way to type every part of a name, spelt out one after the other.
use gridcore::tree::Match;
use gridcore::{GridIndex, GridTree};
use pinyin::ToPinyinMulti;

/// The ways in which a character may be typed: full, by its initial, as itself.
struct Typings {
    full: Vec<String>,
    initials: Vec<String>,
    itself: Option<char>,
}

fn same(letter: char) -> char {
    match letter {
        'Ａ'..='Ｚ' => char::from_u32(letter as u32 - 'Ａ' as u32 + 'a' as u32).expect("a letter"),
        'ａ'..='ｚ' => char::from_u32(letter as u32 - 'ａ' as u32 + 'a' as u32).expect("a letter"),
        '０'..='９' => char::from_u32(letter as u32 - '０' as u32 + '0' as u32).expect("a digit"),
        '\u{3000}' => ' ',
        _ => letter.to_ascii_lowercase(),
    }
}

pub(crate) fn fold(text: &str) -> String {
    text.chars().map(same).collect()
}

fn typings(letter: char) -> Typings {
    let mut full = Vec::new();
    for reading in letter.to_pinyin_multi().into_iter().flatten() {
        full.push(reading.plain().replace('ü', "v"));
        full.push(reading.plain().replace('ü', "u"));
    }
    let mut initials = Vec::new();
    for syllable in &full {
        initials.push(syllable[..1].to_owned());
        if ["zh", "ch", "sh"].contains(&syllable.get(..2).unwrap_or("")) {
            initials.push(syllable[..2].to_owned());
        }
    }
    if full.is_empty() {
        full.push(letter.to_string());
        initials.push(letter.to_string());
    }
    Typings { full, initials, itself: Some(letter) }
}

/// A text to read: letters, and between which two a syllable must end.
#[derive(Clone)]
struct Text {
    letters: Vec<char>,
    cuts: Vec<usize>,
}

fn spell(text: &str) -> Text {
    let (mut letters, mut cuts) = (Vec::new(), Vec::new());
    for letter in text.chars() {
        if letter.is_alphanumeric() { letters.push(letter) } else { cuts.push(letters.len()) }
    }
    Text { letters, cuts }
}

/// Reads `text` from letter `from` on in the characters of a name; says how many characters it took and whether the
/// last one was typed to its end. The fewest characters win, and of those a finished one.
fn read(text: &Text, from: usize, name: &[char], style: &str) -> Option<(usize, bool)> {
    let (&letter, rest) = name.split_first()?;
    if !letter.is_alphanumeric() {
        return read(text, from, rest, style).map(|(taken, done)| (taken + 1, done));
    }
    let ways = typings(letter);
    let mut typed: Vec<String> = Vec::new();
    if style != "initials" {
        typed.extend(ways.full.clone());
    }
    if style != "full" {
        typed.extend(ways.initials);
    }
    if style == "mixed" {
        typed.extend(ways.itself.map(String::from));
    }
    let mut best: Option<(usize, bool)> = None;
    let mut offer = |found: (usize, bool)| {
        if best.is_none_or(|best| (found.0, !found.1) < (best.0, !best.1)) {
            best = Some(found);
        }
    };
    for syllable in typed {
        let syllable: Vec<char> = syllable.chars().collect();
        let end = from + syllable.len();
        let is_cut = |end: usize| text.cuts.iter().any(|&cut| from < cut && cut < end);
        if text.letters[from..].starts_with(&syllable) && !is_cut(end) {
            if end == text.letters.len() {
                offer((1, true));
            } else if let Some((taken, done)) = read(text, end, rest, style) {
                offer((taken + 1, done));
            }
        }
    }
    if style != "initials" {
        for syllable in ways.full {
            let left: String = text.letters[from..].iter().collect();
            let is_cut = text.cuts.iter().any(|&cut| from < cut && cut < text.letters.len());
            if syllable.len() > left.len() && syllable.starts_with(&left) && !is_cut {
                offer((1, false));
            }
        }
    }
    best
}

fn by_pinyin(text: &str, name: &[char]) -> Option<(Match, usize, usize)> {
    let text = spell(text);
    if !text.letters.iter().any(char::is_ascii_alphabetic) {
        return None;
    }
    let starts: Vec<usize> = (0..name.len()).filter(|&start| name[start].is_alphanumeric()).collect();
    let (&first, later) = starts.split_first()?;
    for (style, how) in
        [("full", Match::PinyinPrefix), ("initials", Match::InitialsPrefix), ("mixed", Match::MixedPrefix)]
    {
        if let Some((taken, done)) = read(&text, 0, &name[first..], style) {
            let all = name[first + taken..].iter().all(|letter| !letter.is_alphanumeric());
            let how = if style == "full" && done && all { Match::PinyinExact } else { how };
            return Some((how, first, first + taken));
        }
    }
    for (style, how) in [
        ("full", Match::PinyinSubstring),
        ("initials", Match::InitialsSubstring),
        ("mixed", Match::MixedSubstring),
    ] {
        for &start in later {
            if let Some((taken, _)) = read(&text, 0, &name[start..], style) {
                return Some((how, start, start + taken));
            }
        }
    }
    None
}

fn answer(text: &str, code: &str, name: &str) -> Option<(Match, usize, usize)> {
    let (code, name) = (fold(code), fold(name));
    let letters = text.chars().count();
    if code == text {
        return Some((Match::CodeExact, 0, letters));
    }
    if name == text {
        return Some((Match::NameExact, 0, letters));
    }
    if code.starts_with(text) {
        return Some((Match::CodePrefix, 0, letters));
    }
    if name.starts_with(text) {
        return Some((Match::NamePrefix, 0, letters));
    }
    if let Some(byte) = name.find(text) {
        let start = name[..byte].chars().count();
        return Some((Match::NameSubstring, start, start + letters));
    }
    by_pinyin(text, &name.chars().collect::<Vec<_>>())
}

/// All grids that answer, in the order of the list. The text must be trimmed.
pub(crate) fn search(tree: &GridTree, text: &str) -> Vec<(GridIndex, Match, usize, usize)> {
    let text = fold(text);
    let mut found = Vec::new();
    for grid in tree.indices() {
        if let Some((how, start, end)) = answer(&text, &tree.code(grid).to_string(), tree.name(grid)) {
            found.push((grid, how, start, end));
        }
    }
    found.sort_by_key(|&(grid, how, ..)| {
        (how, tree.level(grid), tree.name(grid).chars().count(), tree.code(grid))
    });
    found
}
