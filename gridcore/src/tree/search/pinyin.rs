//! Reading a typed text as pinyin, all ways at once.

use std::ops::Range;

use pinyin::ToPinyinMulti;

use super::Match;

/// The most letters a text may have to be read as pinyin: one bit each, and one for the end.
const MOST_LETTERS: usize = 63;
/// The longest syllables are *chuang*, *shuang*, *zhuang*.
const LONGEST: usize = 6;

/// How each symbol of an alphabet is read, by symbol.
pub(super) struct Readings {
    start: Vec<u32>,
    syllables: Vec<Box<[char]>>,
}

impl Readings {
    pub(super) fn new(alphabet: &[char]) -> Self {
        let mut readings = Self { start: vec![0], syllables: Vec::new() };
        for &letter in alphabet {
            let known = readings.syllables.len();
            for reading in letter.to_pinyin_multi().into_iter().flatten() {
                let plain = reading.plain();
                for umlaut in if plain.contains('ü') { &['v', 'u'][..] } else { &['v'][..] } {
                    let syllable: Box<[char]> = plain
                        .chars()
                        .map(|letter| if letter == 'ü' { *umlaut } else { bare(letter) })
                        .collect();
                    if syllable.len() <= LONGEST && !readings.syllables[known..].contains(&syllable) {
                        readings.syllables.push(syllable);
                    }
                }
            }
            readings.start.push(readings.syllables.len() as u32);
        }
        readings
    }

    fn of(&self, symbol: usize) -> &[Box<[char]>] {
        &self.syllables[self.start[symbol] as usize..self.start[symbol + 1] as usize]
    }
}

/// A vowel without its tone.
fn bare(letter: char) -> char {
    match letter {
        'ā' | 'á' | 'ǎ' | 'à' => 'a',
        'ē' | 'é' | 'ě' | 'è' | 'ê' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
        'ń' | 'ň' | 'ǹ' => 'n',
        'ḿ' => 'm',
        _ => letter,
    }
}

/// How syllables may be typed.
#[derive(Clone, Copy)]
enum Style {
    Full = 0,
    Initials = 1,
    Mixed = 2,
}

/// Where in the text one character of a name may stand: bit *p* for "from letter *p* on".
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Moves {
    /// By the number of letters, less one.
    by_length: [u64; LONGEST],
    /// The text ends before the syllable does.
    unfinished: u64,
}

/// One character of a name, against one text.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Step {
    by_style: [Moves; 3],
    /// A space or a mark, which nobody types.
    silent: bool,
}

/// One text to be read as pinyin.
pub(super) struct Reader {
    letters: usize,
    /// By symbol: its place in `steps`; the first of those leads nowhere.
    place: Vec<u32>,
    steps: Vec<Step>,
    /// By symbol: bit *s* if the text may begin with it in style *s*, bit 3 if it is silent.
    begins: Vec<u8>,
}

const SILENT: u8 = 1 << 3;

/// Where the text ended within a name.
struct End {
    symbol: usize,
    finished: bool,
}

impl Reader {
    /// Prepares a folded text; nothing if it can't be pinyin.
    pub(super) fn new(text: &[char], alphabet: &[char], readings: &Readings) -> Option<Self> {
        let mut letters: Vec<char> = Vec::new();
        // Bit p: a syllable ends before letter p.
        let mut cuts = 0_u64;
        for &letter in text {
            if letter.is_alphanumeric() {
                letters.push(bare(letter));
            } else if letters.len() <= MOST_LETTERS {
                cuts |= 1 << letters.len();
            }
        }
        if letters.len() > MOST_LETTERS || !letters.iter().any(char::is_ascii_alphabetic) {
            return None;
        }
        let typed = Typed { letters: &letters, cuts };
        let mut steps = vec![Step::default()];
        let mut place = vec![0; alphabet.len()];
        let mut begins = vec![0; alphabet.len()];
        for (symbol, &letter) in alphabet.iter().enumerate() {
            let step = typed.step(letter, readings.of(symbol));
            if step != steps[0] {
                begins[symbol] = step.begins();
                place[symbol] = steps.len() as u32;
                steps.push(step);
            }
        }
        Some(Self { letters: letters.len(), place, steps, begins })
    }

    /// The best way to read the text in a name, and which characters it covers; only ways better than `worst`.
    pub(super) fn find(&self, name: &[u32], worst: u8) -> Option<(Match, Range<usize>)> {
        use Style::{Full, Initials, Mixed};
        let wanted = |how: Match| (how as u8) < worst;
        if !wanted(Match::PinyinExact) || (wanted(Match::PinyinSubstring) && !self.is_in(name)) {
            return None;
        }
        let first = name.iter().position(|&symbol| self.begins[symbol as usize] & SILENT == 0)?;
        let beginnings =
            [(Full, Match::PinyinPrefix), (Initials, Match::InitialsPrefix), (Mixed, Match::MixedPrefix)];
        for (style, how) in beginnings {
            let Some(end) = self.read(&name[first..], style) else { continue };
            let range = first..first + end.symbol;
            let is_silent = |&symbol: &u32| self.begins[symbol as usize] & SILENT != 0;
            let is_whole =
                how == Match::PinyinPrefix && end.finished && name[range.end..].iter().all(is_silent);
            return Some((if is_whole { Match::PinyinExact } else { how }, range));
        }
        let parts = [
            (Full, Match::PinyinSubstring),
            (Initials, Match::InitialsSubstring),
            (Mixed, Match::MixedSubstring),
        ];
        for (style, how) in parts.into_iter().filter(|part| wanted(part.1)) {
            for start in first + 1..name.len() {
                if self.begins[name[start] as usize] & SILENT == 0
                    && let Some(end) = self.read(&name[start..], style)
                {
                    return Some((how, start..start + end.symbol));
                }
            }
        }
        None
    }

    fn step(&self, symbol: u32) -> &Step {
        &self.steps[self.place[symbol as usize] as usize]
    }

    /// Whether the text can be read anywhere in a name: all starts at once.
    fn is_in(&self, name: &[u32]) -> bool {
        let mut at = 0;
        for &symbol in name {
            let begins = self.begins[symbol as usize];
            if begins == SILENT || (at == 0 && begins == 0) {
                continue;
            }
            let moves = &self.step(symbol).by_style[Style::Mixed as usize];
            at |= 1;
            if at & moves.unfinished != 0 {
                return true;
            }
            at = moves.after(at);
            if at >> self.letters & 1 == 1 {
                return true;
            }
        }
        false
    }

    /// Reads the text from the start of a name on.
    fn read(&self, name: &[u32], style: Style) -> Option<End> {
        if self.begins[*name.first()? as usize] >> style as u8 & 1 == 0 {
            return None;
        }
        let mut at = 1;
        for (symbol, step) in name.iter().map(|&symbol| self.step(symbol)).enumerate() {
            if step.silent {
                continue;
            }
            let moves = &step.by_style[style as usize];
            let next = moves.after(at);
            if next >> self.letters & 1 == 1 {
                return Some(End { symbol: symbol + 1, finished: true });
            }
            if at & moves.unfinished != 0 {
                return Some(End { symbol: symbol + 1, finished: false });
            }
            if next == 0 {
                return None;
            }
            at = next;
        }
        None
    }
}

impl Step {
    fn begins(&self) -> u8 {
        let begins =
            |moves: &Moves| moves.by_length.iter().fold(moves.unfinished, |all, one| all | one) & 1 == 1;
        let styles = self.by_style.iter().zip(0..).map(|(moves, style)| u8::from(begins(moves)) << style);
        styles.fold(if self.silent { SILENT } else { 0 }, |all, one| all | one)
    }
}

impl Moves {
    fn after(&self, at: u64) -> u64 {
        self.by_length.iter().zip(1..).fold(0, |next, (&from, length)| next | (at & from) << length)
    }
}

/// What was typed.
struct Typed<'a> {
    letters: &'a [char],
    cuts: u64,
}

impl Typed<'_> {
    /// Whether a syllable may cover these letters: no cut lies within them.
    fn is_whole(&self, from: usize, length: usize) -> bool {
        (from + 1..from + length).all(|place| self.cuts >> place & 1 == 0)
    }

    fn step(&self, letter: char, readings: &[Box<[char]>]) -> Step {
        let mut step = Step { silent: !letter.is_alphanumeric(), ..Step::default() };
        let mut allow = |styles: &[Style], from: usize, length: usize| {
            for &style in styles {
                step.by_style[style as usize].by_length[length - 1] |= 1 << from;
            }
        };
        for from in 0..self.letters.len() {
            let rest = &self.letters[from..];
            if rest[0] == bare(letter) {
                // A letter or digit is its own reading; a Chinese character typed as such is not pinyin.
                let all = [Style::Full, Style::Initials, Style::Mixed];
                allow(if readings.is_empty() { &all } else { &all[2..] }, from, 1);
            }
            for syllable in readings {
                let first = syllable.first().is_some_and(|first| rest[0] == *first);
                if first {
                    allow(&[Style::Initials, Style::Mixed], from, 1);
                }
                if first
                    && let ['z' | 'c' | 's', 'h', ..] = **syllable
                    && rest.get(1) == Some(&'h')
                    && self.is_whole(from, 2)
                {
                    allow(&[Style::Initials, Style::Mixed], from, 2);
                }
                if rest.starts_with(syllable) && self.is_whole(from, syllable.len()) {
                    allow(&[Style::Full, Style::Mixed], from, syllable.len());
                }
            }
        }
        for from in 0..self.letters.len() {
            let rest = &self.letters[from..];
            let unfinished = |syllable: &[char]| rest.len() < syllable.len() && syllable.starts_with(rest);
            if readings.iter().any(|syllable| unfinished(syllable)) && self.is_whole(from, rest.len()) {
                step.by_style[Style::Full as usize].unfinished |= 1 << from;
                step.by_style[Style::Mixed as usize].unfinished |= 1 << from;
            }
        }
        step
    }
}
