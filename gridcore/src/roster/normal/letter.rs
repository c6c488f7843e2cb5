//! One table for all characters of the basic plane: the form that stands for it, and how it sounds.

use std::collections::HashMap;
use std::sync::OnceLock;

use pinyin::ToPinyin;

use super::variant::{COMPOUND, COMPOUND_READINGS, READINGS, VARIANTS};

/// What is known of a character.
#[derive(Clone, Copy, Default)]
pub(crate) struct Letter {
    /// Its simplified form, without variants; itself where it has none; 0 if it is no Chinese character.
    pub(crate) plain: u16,
    /// The number of its syllable without a tone, from 1; the character's own number if no reading is known.
    pub(crate) sound: u16,
    /// The same where it is a surname.
    pub(crate) family: u16,
    /// 1 if a compound surname begins with it.
    pub(crate) compound: u16,
}

/// The table; half a megabyte, of which a roster touches a few pages.
pub(crate) struct Letters {
    table: Vec<Letter>,
    /// Compound surnames as two characters of 16 bits, sorted, with their sounds in the same form.
    compounds: Vec<(u32, u32)>,
}

/// Whether a character is Chinese.
pub(crate) const fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '〇'
        | '\u{20000}'..='\u{323AF}')
}

/// A half-width character for a full-width one.
pub(crate) const fn half_width(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => match char::from_u32(letter as u32 - 0xFEE0) {
            Some(half) => half,
            None => letter,
        },
        '\u{3000}' => ' ',
        _ => letter,
    }
}

impl Letters {
    /// The table, which is made the first time that somebody asks for it.
    pub(crate) fn get() -> &'static Self {
        static TABLE: OnceLock<Letters> = OnceLock::new();
        TABLE.get_or_init(Self::build)
    }

    fn build() -> Self {
        let han: Vec<char> =
            (0_u32..0x1_0000).filter_map(char::from_u32).filter(|&letter| is_han(letter)).collect();
        let variants: HashMap<char, char> = VARIANTS.split_whitespace().filter_map(two).collect();
        // Apart from its neighbours a character has one simplified form; the digit keeps them apart.
        let apart: String = han.iter().flat_map(|&letter| [letter, '0']).collect();
        let simple: HashMap<char, char> = han
            .iter()
            .copied()
            .zip(fast2s::convert(&apart).chars().step_by(2))
            .filter(|(letter, simple)| letter != simple && is_han(*simple))
            .collect();
        let plain = |letter: char| {
            let mut now = letter;
            // Two tables and chains within them: a handful of steps reaches the end, or a ring that is left at its start.
            for _ in 0..4 {
                let next = variants.get(&now).or_else(|| simple.get(&now)).copied().unwrap_or(now);
                if next == letter {
                    return letter;
                }
                now = next;
            }
            now
        };
        let mut syllables: HashMap<&'static str, u16> = HashMap::new();
        let mut table = vec![Letter::default(); 0x1_0000];
        for &letter in &han {
            let form = plain(letter);
            let sound = match form.to_pinyin() {
                Some(reading) => {
                    let next = syllables.len() as u16 + 1;
                    *syllables.entry(reading.plain()).or_insert(next)
                }
                None => form as u16,
            };
            table[letter as usize] = Letter { plain: form as u16, sound, family: sound, compound: 0 };
        }
        for (letter, reading) in READINGS.split_whitespace().filter_map(reading) {
            if let Some(&sound) = syllables.get(reading) {
                table[letter as usize].family = sound;
            }
        }
        let mut compounds: Vec<(u32, u32)> = COMPOUND
            .split_whitespace()
            .filter_map(two)
            .map(|(first, second)| {
                let (one, other) = (table[first as usize], table[second as usize]);
                table[first as usize].compound = 1;
                (pair(one.plain, other.plain), pair(one.sound, other.sound))
            })
            .collect();
        for word in COMPOUND_READINGS.split_whitespace() {
            let Some((first, rest)) = reading(word) else { continue };
            let Some((second, sounds)) = reading(rest) else { continue };
            let Some((one, other)) = sounds.split_once(',') else { continue };
            let (Some(&one), Some(&other)) = (syllables.get(one), syllables.get(other)) else { continue };
            let chars = pair(first as u16, second as u16);
            if let Some(found) = compounds.iter_mut().find(|compound| compound.0 == chars) {
                found.1 = pair(one, other);
            }
        }
        compounds.sort_unstable();
        Self { table, compounds }
    }

    /// What is known of a character; nothing of those outside of the basic plane.
    pub(crate) fn of(&self, letter: char) -> Letter {
        self.table.get(letter as usize).copied().unwrap_or_default()
    }

    /// The sounds of a compound surname, if the two characters (in their plain form) are one.
    pub(crate) fn compound(&self, first: u16, second: u16) -> Option<u32> {
        if self.table[first as usize].compound == 0 {
            return None;
        }
        let chars = pair(first, second);
        self.compounds.binary_search_by_key(&chars, |compound| compound.0).ok().map(|at| self.compounds[at].1)
    }
}

const fn pair(first: u16, second: u16) -> u32 {
    (first as u32) << 16 | second as u32
}

fn two(word: &str) -> Option<(char, char)> {
    let mut letters = word.chars();
    Some((letters.next()?, letters.next()?))
}

/// A character, and the rest of the word.
fn reading(word: &str) -> Option<(char, &str)> {
    let letter = word.chars().next()?;
    Some((letter, &word[letter.len_utf8()..]))
}

#[cfg(test)]
mod tests {
    use super::Letters;

    #[test]
    fn the_plain_form_of_a_plain_form_is_itself() {
        let letters = Letters::get();
        for letter in (0..0x1_0000).filter_map(char::from_u32) {
            let plain = letters.of(letter).plain;
            if plain != 0 {
                assert_eq!(letters.table[plain as usize].plain, plain, "{letter}");
            }
        }
    }

    #[test]
    fn variants_and_traditional_forms_fold_but_surnames_stay() {
        let letters = Letters::get();
        let plain = |letter| letters.of(letter).plain;
        for (one, other) in ["張张", "峯峰", "羣群", "喆哲", "溫温", "靑青", "眞真", "閆闫", "閻阎", "鍾钟"]
            .iter()
            .filter_map(|word| super::two(word))
        {
            assert_eq!(plain(one), plain(other), "{one} {other}");
        }
        for (one, other) in ["闫阎", "付傅", "邱丘"].iter().filter_map(|word| super::two(word)) {
            assert_ne!(plain(one), plain(other), "{one} {other}");
            assert_eq!(letters.of(one).sound, letters.of(other).sound, "{one} {other}");
        }
        assert_eq!(letters.of('单').family, letters.of('山').sound);
        assert_eq!(letters.of('仇').family, letters.of('秋').sound);
        assert_eq!(letters.of('曾').family, letters.of('增').sound);
    }
}
