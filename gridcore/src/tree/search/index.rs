//! Names as rows of symbols, and one query against them.

use std::collections::HashMap;
use std::ops::Range;

use super::Match;
use super::fold::{fold, fold_query};
#[cfg(feature = "pinyin")]
use super::pinyin::{Reader, Readings};
use crate::id::pack;
use crate::tree::GridTree;
use crate::tree::intake::{TextStore, Texts};

/// The number of no symbol.
const NONE: u32 = u32::MAX;

/// A number for each character that stands in a name, in the order in which they first appear.
struct Alphabet {
    /// By character, folded or not, for those of the basic plane.
    basic: Vec<u32>,
    rare: HashMap<char, u32>,
    letters: Vec<char>,
}

impl Alphabet {
    fn get(&self, letter: char) -> Option<u32> {
        let symbol = match self.basic.get(letter as usize) {
            Some(&symbol) => symbol,
            None => self.rare.get(&letter).copied().unwrap_or(NONE),
        };
        (symbol != NONE).then_some(symbol)
    }

    /// The symbol of a letter as it stands in a name; folded only when it is first seen.
    fn add(&mut self, letter: char) -> u32 {
        if let Some(symbol) = self.get(letter) {
            return symbol;
        }
        let folded = fold(letter);
        let symbol = self.get(folded).unwrap_or_else(|| {
            self.letters.push(folded);
            let symbol = self.letters.len() as u32 - 1;
            self.set(folded, symbol);
            symbol
        });
        self.set(letter, symbol);
        symbol
    }

    fn set(&mut self, letter: char, symbol: u32) {
        match self.basic.get_mut(letter as usize) {
            Some(place) => *place = symbol,
            None => _ = self.rare.insert(letter, symbol),
        }
    }
}

/// The names of a tree by position, folded, each character a symbol; made when first searched.
pub(in crate::tree) struct NameIndex {
    alphabet: Alphabet,
    symbols: Vec<u32>,
    /// Where each name begins, and where the last ends.
    start: Vec<u32>,
    /// Of each name, which symbols stand in it: bit *s* for those that leave *s* when divided by 64.
    traces: Vec<u64>,
    /// Folded codes, unless all codes are digits.
    codes: Option<TextStore>,
    #[cfg(feature = "pinyin")]
    readings: Readings,
}

impl NameIndex {
    /// Reads all names of a tree.
    ///
    /// # Complexity
    /// O(characters) time and space.
    pub(super) fn new(tree: &GridTree) -> Self {
        let basic = vec![NONE; 1 << 16];
        let mut alphabet = Alphabet { basic, rare: HashMap::new(), letters: Vec::new() };
        let mut symbols = Vec::with_capacity(tree.len() * 4);
        let mut start = Vec::with_capacity(tree.len() + 1);
        let mut traces = Vec::with_capacity(tree.len());
        for grid in tree.indices() {
            let first = symbols.len();
            start.push(first as u32);
            symbols.extend(tree.name(grid).chars().map(|letter| alphabet.add(letter)));
            traces.push(trace(&symbols[first..]));
        }
        start.push(symbols.len() as u32);
        let codes = matches!(tree.inner.texts, Texts::Ranked(_)).then(|| {
            let mut store = TextStore::default();
            for grid in tree.indices() {
                store.push(&tree.code(grid).with_str(|code| code.chars().map(fold).collect::<String>()));
            }
            store
        });
        Self {
            #[cfg(feature = "pinyin")]
            readings: Readings::new(&alphabet.letters),
            alphabet,
            symbols,
            start,
            traces,
            codes,
        }
    }

    /// The symbols of the name at a position.
    pub(super) fn name(&self, position: usize) -> &[u32] {
        &self.symbols[self.start[position] as usize..self.start[position + 1] as usize]
    }
}

fn trace(symbols: &[u32]) -> u64 {
    symbols.iter().fold(0, |trace, symbol| trace | 1 << (symbol % u64::BITS))
}

/// The digits that begin a packed code.
struct Digits {
    packed: u64,
    count: u32,
}

/// One text to be looked for.
pub(super) struct Query {
    letters: usize,
    digits: Option<Digits>,
    /// The folded text, where codes are texts.
    code: Option<String>,
    /// The text as symbols; none if one of its characters stands in no name.
    symbols: Option<Vec<u32>>,
    trace: u64,
    #[cfg(feature = "pinyin")]
    reader: Option<Reader>,
}

impl Query {
    pub(super) fn new(text: &str, index: &NameIndex) -> Self {
        let letters = fold_query(text);
        let text: String = letters.iter().collect();
        let digits = match &index.codes {
            None => pack(&text).map(|packed| Digits { packed, count: packed.ilog10() }),
            Some(_) => None,
        };
        let symbols: Option<Vec<u32>> = letters.iter().map(|&letter| index.alphabet.get(letter)).collect();
        Self {
            letters: letters.len(),
            digits,
            trace: symbols.as_deref().map_or(0, trace),
            symbols,
            #[cfg(feature = "pinyin")]
            reader: Reader::new(&letters, &index.alphabet.letters, &index.readings),
            code: index.codes.is_some().then_some(text),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.letters == 0
    }

    /// The best way in which a grid answers, and which characters of its code or name do.
    ///
    /// Ways that are not better than `worst` may be passed over.
    pub(super) fn find(
        &self,
        index: &NameIndex,
        position: usize,
        key: u64,
        worst: u8,
    ) -> Option<(Match, Range<usize>)> {
        let by_code = self.find_code(index, position, key);
        if by_code == Some(Match::CodeExact) {
            return Some((Match::CodeExact, 0..self.letters));
        }
        let name = index.name(position);
        let by_name =
            if index.traces[position] & self.trace == self.trace { self.find_name(name) } else { None };
        if let Some(how) = by_code
            && by_name.as_ref().is_none_or(|(other, _)| how < *other)
        {
            return Some((how, 0..self.letters));
        }
        #[cfg(feature = "pinyin")]
        let by_name = by_name.or_else(|| self.reader.as_ref().and_then(|reader| reader.find(name, worst)));
        by_name.filter(|(how, _)| (*how as u8) < worst)
    }

    fn find_code(&self, index: &NameIndex, position: usize, key: u64) -> Option<Match> {
        let (begins, same) = match (&self.digits, &self.code, &index.codes) {
            (Some(digits), _, _) => {
                // A packed code has a leading one before its digits: cut off the last, and see what is left.
                let more = key.ilog10().checked_sub(digits.count)?;
                (key / 10_u64.pow(more) == digits.packed, more == 0)
            }
            (None, Some(text), Some(codes)) => {
                let code = codes.get(position);
                (code.starts_with(text.as_str()), code.len() == text.len())
            }
            _ => return None,
        };
        begins.then_some(if same { Match::CodeExact } else { Match::CodePrefix })
    }

    fn find_name(&self, name: &[u32]) -> Option<(Match, Range<usize>)> {
        let wanted = self.symbols.as_deref()?;
        let first = *wanted.first()?;
        let last = name.len().checked_sub(wanted.len())?;
        let starts = |&start: &usize| name[start] == first && name[start..start + wanted.len()] == *wanted;
        let start = (0..=last).find(starts)?;
        let how = match (start, last) {
            (0, 0) => Match::NameExact,
            (0, _) => Match::NamePrefix,
            _ => Match::NameSubstring,
        };
        Some((how, start..start + wanted.len()))
    }
}
