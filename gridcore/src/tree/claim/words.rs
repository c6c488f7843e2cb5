//! The words that turn a number into a claim, in Chinese and English.

use super::ClaimRule::{self, About, AtLeast, AtMost, Exact, Near, Over, Under};

/// Words before the number.
const BEFORE: &[(&str, ClaimRule)] = &[
    ("共", Exact),
    ("共有", Exact),
    ("共计", Exact),
    ("合计", Exact),
    ("总计", Exact),
    ("达", Exact),
    ("达到", Exact),
    ("多达", Exact),
    ("有", Exact),
    ("正好", Exact),
    ("恰好", Exact),
    ("exactly", Exact),
    ("超", Over),
    ("超过", Over),
    ("超出", Over),
    ("已超", Over),
    ("已超过", Over),
    ("逾", Over),
    ("多于", Over),
    ("大于", Over),
    ("高于", Over),
    ("不止", Over),
    ("突破", Over),
    (">", Over),
    ("over", Over),
    ("more than", Over),
    ("greater than", Over),
    ("above", Over),
    ("exceeding", Over),
    ("in excess of", Over),
    ("upward of", Over),
    ("upwards of", Over),
    ("至少", AtLeast),
    ("最少", AtLeast),
    ("起码", AtLeast),
    ("不少于", AtLeast),
    ("不低于", AtLeast),
    ("不小于", AtLeast),
    ("不下", AtLeast),
    ("不下于", AtLeast),
    ("上", AtLeast),
    ("≥", AtLeast),
    (">=", AtLeast),
    ("at least", AtLeast),
    ("no fewer than", AtLeast),
    ("no less than", AtLeast),
    ("not fewer than", AtLeast),
    ("not less than", AtLeast),
    ("至多", AtMost),
    ("最多", AtMost),
    ("顶多", AtMost),
    ("不超过", AtMost),
    ("未超过", AtMost),
    ("不多于", AtMost),
    ("不高于", AtMost),
    ("不大于", AtMost),
    ("≤", AtMost),
    ("<=", AtMost),
    ("up to", AtMost),
    ("at most", AtMost),
    ("no more than", AtMost),
    ("not more than", AtMost),
    ("不足", Under),
    ("不到", Under),
    ("不满", Under),
    ("未满", Under),
    ("少于", Under),
    ("低于", Under),
    ("小于", Under),
    ("<", Under),
    ("fewer than", Under),
    ("less than", Under),
    ("under", Under),
    ("below", Under),
    ("近", Near),
    ("将近", Near),
    ("接近", Near),
    ("nearly", Near),
    ("almost", Near),
    ("close to", Near),
    ("just under", Near),
    ("approaching", Near),
    ("约", About),
    ("约有", About),
    ("约为", About),
    ("大约", About),
    ("大概", About),
    ("差不多", About),
    ("≈", About),
    ("~", About),
    ("about", About),
    ("around", About),
    ("approximately", About),
    ("roughly", About),
    ("some", About),
    ("circa", About),
    ("just over", ClaimRule::More),
];

/// Words after the number, or after what is counted.
const AFTER: &[(&str, ClaimRule)] = &[
    ("以上", AtLeast),
    ("及以上", AtLeast),
    ("或以上", AtLeast),
    ("+", AtLeast),
    ("or more", AtLeast),
    ("or above", AtLeast),
    ("and above", AtLeast),
    ("以下", AtMost),
    ("及以下", AtMost),
    ("以内", AtMost),
    ("之内", AtMost),
    ("or fewer", AtMost),
    ("or less", AtMost),
    ("以外", Over),
    ("开外", Over),
    ("不止", Over),
    ("不到", Under),
    ("不足", Under),
    ("不满", Under),
    ("左右", About),
    ("上下", About),
    ("or so", About),
    ("有余", ClaimRule::More),
];

/// Words between a number and what is counted that say it was rounded down.
pub(super) const ODD: &[&str] = &["多", "余", "几", "有余", "-odd", " odd"];

/// Words between the two numbers of a span.
pub(super) const SPAN: &[&str] =
    &["—", "——", "–", "-", "--", "~", "~~", "至", "到", " to ", " and ", " - ", " — ", " – "];

/// Spans of an open English digit: the unit that the digit counts.
pub(super) const OPEN: &[(&str, u64)] = &[
    ("tens of", 10),
    ("hundreds of", 100),
    ("thousands of", 1_000),
    ("tens of thousands of", 10_000),
    ("hundreds of thousands of", 100_000),
    ("millions of", 1_000_000),
];

/// Whether a text begins with a word; an English word has to end there too.
pub(super) fn begins(text: &[char], word: &str) -> Option<usize> {
    let mut used = 0;
    for wanted in word.chars() {
        if text.get(used) != Some(&wanted) {
            return None;
        }
        used += 1;
    }
    let joined = |at: usize| text.get(at).is_some_and(char::is_ascii_alphabetic);
    (used > 0 && !(joined(used - 1) && joined(used))).then_some(used)
}

/// The longest word of a list at the head of a text.
fn longest<T: Copy>(text: &[char], words: &[(&str, T)]) -> Option<(T, usize)> {
    let found = words.iter().filter_map(|&(word, meaning)| begins(text, word).map(|used| (meaning, used)));
    found.max_by_key(|&(_, used)| used)
}

/// The rule of the word before a number, and how many characters it takes.
pub(super) fn before(text: &[char]) -> Option<(ClaimRule, usize)> {
    longest(text, BEFORE)
}

/// The rule of the word after a number, and how many characters it takes.
pub(super) fn after(text: &[char]) -> Option<(ClaimRule, usize)> {
    longest(text, AFTER)
}

/// The unit of an open English digit, and how many characters its words take.
pub(super) fn open(text: &[char]) -> Option<(u64, usize)> {
    longest(text, OPEN)
}

/// The rule of the word that ends a text, and how many characters it takes.
pub(super) fn ending(text: &[char]) -> Option<(ClaimRule, usize)> {
    let ends = |word: &str| {
        let length = word.chars().count();
        let start = text.len().checked_sub(length)?;
        let whole = start == 0 || !text[start].is_ascii_alphabetic() || text[start - 1] == ' ';
        (whole && begins(&text[start..], word).is_some()).then_some(length)
    };
    let found = AFTER.iter().filter_map(|&(word, rule)| ends(word).map(|length| (rule, length)));
    found.max_by_key(|&(_, length)| length)
}

/// The longest word of a list without meanings at the head of a text.
pub(super) fn any(text: &[char], words: &[&str]) -> Option<usize> {
    words.iter().filter_map(|word| begins(text, word)).max()
}
