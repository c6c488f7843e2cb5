//! Names: Chinese ones packed into a word, others as folded texts.

use super::hash::mix;
use super::letter::{Letters, half_width, is_han};
use super::variant::TITLES;
use super::{latin, text};

/// What part of a name a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    Family,
    Given,
}

/// A name as it is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Name {
    /// There is no letter in it.
    Nothing,
    /// Up to four Chinese characters, 16 bits each, the last lowest, and as many syllables.
    Packed { chars: u64, sound: u64 },
    /// Any other; its text is in the buffer, `sound` a hash of its sounds.
    Long { sound: u64 },
}

crate::roster::veil::veiled!(Name);

/// The most characters of a packed name.
const MOST: u32 = 4;

/// Reads a name; the text of a long one is written to `out`.
pub(crate) fn read(name: &str, part: Part, out: &mut String) -> Name {
    let letters = Letters::get();
    let mut chars = 0_u64;
    let mut count = 0;
    for letter in name.chars() {
        let plain = letters.of(letter).plain;
        if plain == 0 || count == MOST {
            return read_slowly(name, part, out);
        }
        chars = chars << 16 | u64::from(plain);
        count += 1;
    }
    finish(chars, count, part)
}

/// The number of characters of a packed name.
pub(crate) const fn length(chars: u64) -> u32 {
    (64 - chars.leading_zeros()).div_ceil(16)
}

/// The characters of a packed name.
pub(crate) fn text(chars: u64) -> String {
    (0..length(chars))
        .rev()
        .filter_map(|place| char::from_u32((chars >> (16 * place)) as u32 & 0xFFFF))
        .collect()
}

/// Strips a form of address and looks the sounds up.
fn finish(mut chars: u64, mut count: u32, part: Part) -> Name {
    if count > 2 && is_title(chars as u32) {
        chars >>= 32;
        count -= 2;
    }
    if count == 0 {
        return Name::Nothing;
    }
    let letters = Letters::get();
    let at = |place: u32| (chars >> (16 * (count - 1 - place))) as u16;
    let mut sound = 0;
    for place in 0..count {
        let letter = letters.of(char::from_u32(u32::from(at(place))).unwrap_or_default());
        let family = place == 0 && part != Part::Given && (count > 1 || part == Part::Family);
        sound = sound << 16 | u64::from(if family { letter.family } else { letter.sound });
    }
    let compound = match part {
        Part::Whole => count > 2,
        Part::Family => count == 2,
        Part::Given => false,
    };
    if let Some(sounds) = compound.then(|| letters.compound(at(0), at(1))).flatten() {
        let below = 16 * (count - 2);
        sound = u64::from(sounds) << below | (sound & ((1 << below) - 1));
    }
    Name::Packed { chars, sound }
}

fn is_title(last_two: u32) -> bool {
    TITLES.iter().any(|title| (title[0] as u32) << 16 | title[1] as u32 == last_two)
}

/// The most characters of a name without a letter.
const MOST_MARKS: usize = 40;

/// Names with anything beside a few Chinese characters: dots, spaces, notes in brackets, other scripts.
#[cold]
fn read_slowly(name: &str, part: Part, out: &mut String) -> Name {
    clean(name, true, out);
    if out.is_empty() {
        // Everything stands in brackets, or is no letter: what there is has to do.
        clean(name, false, out);
        if out.is_empty() {
            // Too short to be cut, since the letters of a hash would be all that is read the next time.
            let head: String = name.chars().take(MOST_MARKS).collect();
            text::fold(&head, out);
            if out.is_empty() {
                return Name::Nothing;
            }
        }
    }
    if part == Part::Whole {
        turn(out);
    }
    out.retain(|letter| letter != ',');
    while out.ends_with(' ') {
        out.pop();
    }
    if out.is_empty() {
        return Name::Nothing;
    }
    if !out.chars().all(is_han) {
        text::shorten(out);
        return Name::Long { sound: latin_sound(out) };
    }
    let count = out.chars().count();
    if count > 2 && TITLES.iter().any(|title| out.chars().skip(count - 2).eq(*title)) {
        out.truncate(out.len() - 6);
    }
    let letters = Letters::get();
    let plain = out.chars().all(|letter| letters.of(letter).plain != 0);
    let count = out.chars().count() as u32;
    if plain && count <= MOST {
        let chars = out.chars().fold(0, |chars, letter| chars << 16 | letter as u64);
        return finish(chars, count, part);
    }
    let sound = out.chars().fold(7, |sound, letter| match letters.of(letter).sound {
        0 => mix(sound, letter as u64),
        syllable => mix(sound, u64::from(syllable)),
    });
    text::shorten(out);
    Name::Long { sound: sound | 1 }
}

/// The sound of a name in another script, or of one of several scripts.
fn latin_sound(folded: &str) -> u64 {
    latin::sound(folded)
}

/// Writes the letters of a name: Chinese ones simplified and side by side, words of others with one space between; a comma
/// stays. What stands in brackets is left out if `outside`.
fn clean(name: &str, outside: bool, out: &mut String) {
    out.clear();
    let letters = Letters::get();
    let mut depth = 0_u32;
    let mut space = false;
    for letter in name.chars().map(half_width) {
        match letter {
            '(' | '[' | '{' | '【' | '〔' | '<' | '《' | '「' => depth += 1,
            ')' | ']' | '}' | '】' | '〕' | '>' | '》' | '」' => depth = depth.saturating_sub(1),
            _ if depth > 0 && outside => {}
            ',' | '、' | '،' => {
                if !out.is_empty() && !out.contains(',') {
                    out.push(',');
                }
                space = false;
            }
            '\'' | '’' | '‘' | '`' | 'ʼ' | '\u{0300}'..='\u{036F}' => {}
            _ if is_han(letter) => {
                space = false;
                let plain = letters.of(letter).plain;
                out.push(char::from_u32(u32::from(plain)).filter(|_| plain != 0).unwrap_or(letter));
            }
            _ if letter.is_alphabetic() => {
                if space && out.chars().next_back().is_some_and(|last| !is_han(last) && last != ',') {
                    out.push(' ');
                }
                space = false;
                latin::fold(letter, &mut |letter| out.push(letter));
            }
            _ => space = true,
        }
    }
}

/// `family, given` becomes `given family`; a Chinese name is only joined.
fn turn(name: &mut String) {
    let Some((family, given)) = name.split_once(',') else { return };
    let (family, given) = (family.trim(), given.trim());
    if family.is_empty() || given.is_empty() || name.chars().any(is_han) {
        return;
    }
    *name = format!("{given} {family}");
}

#[cfg(test)]
mod tests {
    use super::{Name, Part, read};

    fn of(name: &str) -> (Name, String) {
        let mut out = String::new();
        let read = read(name, Part::Whole, &mut out);
        if !matches!(read, Name::Long { .. }) {
            out.clear();
        }
        (read, out)
    }

    fn sound(name: &str) -> u64 {
        match of(name).0 {
            Name::Packed { sound, .. } | Name::Long { sound } => sound,
            Name::Nothing => panic!("nothing"),
        }
    }

    #[test]
    fn writings_of_one_name_are_one() {
        for (one, other) in [
            ("张伟", "張偉"),
            ("张伟", "张 伟"),
            ("张伟", "张　伟（户主）"),
            ("张伟", "張偉先生"),
            ("王小峰", "王小峯"),
            ("张伟", "张伟1"),
            ("张伟", "(张伟)"),
            ("买买提·艾力", "买买提艾力"),
            ("买买提•艾力", "買買提・艾力"),
            ("买买提‧艾力", "买买提 . 艾力"),
            ("O'Brien, José", "JOSE OBRIEN"),
            ("Müller-Lüdenscheidt", "muller ludenscheidt"),
        ] {
            assert_eq!(of(one), of(other), "{one} {other}");
        }
    }

    #[test]
    fn surnames_sound_as_surnames() {
        assert_eq!(sound("单伟"), sound("山伟"));
        assert_ne!(sound("伟单"), sound("伟山"));
        assert_eq!(sound("尉迟恭"), sound("玉池恭"));
        assert_eq!(sound("诸葛明"), sound("朱阁明"));
        assert_eq!(sound("张文华"), sound("章雯骅"));
        assert_eq!(sound("smith"), sound("Smyth"));
    }

    #[test]
    fn nothing_is_lost() {
        assert_eq!(of("").0, Name::Nothing);
        assert!(matches!(of("😀").0, Name::Long { .. }));
        assert!(matches!(of("𠮷田").0, Name::Long { .. }));
        let long = "张".repeat(10_000);
        assert!(of(&long).1.chars().count() < 150);
        assert_ne!(of(&long).1, of(&format!("{long}三")).1);
    }
}
