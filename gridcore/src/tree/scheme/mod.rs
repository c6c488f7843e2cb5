//! Code schemes (编码方案) as data: named segments, nested by prefix or not.

mod builtin;
mod capacity;
mod define;
mod fault;
mod parts;

use std::fmt;
use std::sync::Arc;

use crate::id::{GridCode, MAX_CODE_BYTES, MalformedCode};

pub use capacity::{SchemeCapacity, SchemeOverflow};
pub use define::{Alphabet, CodeSegment, SchemeDefinition, SchemeShape, SegmentClass};
pub use fault::{CodeFormatError, CodeFormatFault, DefinitionFault, SchemeError, SchemeFault};
pub use parts::{CodePart, ParsedCode};

/// How the codes of a tree are made (编码方案): named segments of fixed width, or free text.
///
/// A scheme is a value checked once, when it is made; a copy costs nothing. Four are built in; others are
/// data: see [`SchemeDefinition`].
///
/// ```
/// use gridcore::CodeScheme;
/// let nbs = CodeScheme::nbs();
/// assert!(nbs.check("442000001007").is_ok());
/// assert!(nbs.check("4420000010").is_err()); // no code has ten digits
/// assert_eq!(nbs.parent_of(&"442000001007".parse()?).unwrap(), "442000001");
/// assert!(nbs.extends("442000", "442000001"));
/// # Ok::<(), gridcore::MalformedCode>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "SchemeDefinition", into = "SchemeDefinition"))]
pub struct CodeScheme(Arc<Inner>);

#[derive(PartialEq, Eq)]
struct Inner {
    definition: SchemeDefinition,
    /// Bit `n - 1` is set if a code may have `n` bytes; no bit is set for free text.
    lengths: u128,
    /// Whether every segment is of digits: then one pass over the bytes, without a look at the segments, is enough.
    digits: bool,
}

impl CodeScheme {
    /// Wraps a definition whose faults were looked for and not found.
    fn from_sound(definition: SchemeDefinition) -> Self {
        let mut lengths = 0_u128;
        let mut end = 0;
        for segment in &definition.segments {
            end += usize::from(segment.width);
            if definition.shape == SchemeShape::Nested {
                lengths |= bit(end);
            }
        }
        if definition.shape == SchemeShape::Flat {
            lengths = bit(end);
        }
        let digits = definition.shape != SchemeShape::FreeText
            && definition.segments.iter().all(|segment| segment.alphabet == Alphabet::Digits);
        Self(Arc::new(Inner { definition, lengths, digits }))
    }

    /// The definition behind the scheme.
    ///
    /// ```
    /// assert_eq!(gridcore::CodeScheme::nbs().definition().name, "nbs");
    /// ```
    #[must_use]
    pub fn definition(&self) -> &SchemeDefinition {
        &self.0.definition
    }

    /// The name of the scheme.
    ///
    /// ```
    /// assert_eq!(gridcore::CodeScheme::cjt_349().name(), "cjt_349");
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.definition.name
    }

    /// The segments from left to right; none for free text.
    ///
    /// ```
    /// let widths: Vec<u8> = gridcore::CodeScheme::nbs().segments().iter().map(|s| s.width).collect();
    /// assert_eq!(widths, [2, 2, 2, 3, 3]);
    /// ```
    #[must_use]
    pub fn segments(&self) -> &[CodeSegment] {
        &self.0.definition.segments
    }

    /// The lengths a code may have, in characters, ascending; none for free text, which may have any.
    ///
    /// ```
    /// use gridcore::CodeScheme;
    /// assert_eq!(CodeScheme::nbs().lengths(), [2, 4, 6, 9, 12]);
    /// assert_eq!(CodeScheme::beijing_db11().lengths(), [6, 9, 12, 15]);
    /// assert_eq!(CodeScheme::cjt_349().lengths(), [20]);
    /// ```
    #[must_use]
    pub fn lengths(&self) -> Vec<usize> {
        (1..=MAX_CODE_BYTES).filter(|&length| self.0.lengths & bit(length) != 0).collect()
    }

    /// Whether a child's code begins with its parent's.
    ///
    /// ```
    /// use gridcore::CodeScheme;
    /// assert!(CodeScheme::nbs().nests());
    /// assert!(!CodeScheme::cjt_349().nests());
    /// ```
    #[must_use]
    pub fn nests(&self) -> bool {
        self.0.definition.shape == SchemeShape::Nested
    }

    /// Whether a number can be read as a code: every segment is of digits, and has its width.
    ///
    /// ```
    /// use gridcore::CodeScheme;
    /// assert!(CodeScheme::nbs().takes_integers());
    /// assert!(!CodeScheme::free_text().takes_integers());
    /// ```
    #[must_use]
    pub fn takes_integers(&self) -> bool {
        self.0.digits
    }

    /// Checks that a text is a code of this scheme; nothing is allocated if it is.
    ///
    /// Only the form is checked: that a code stands in a register is for a register to say.
    ///
    /// ```
    /// use gridcore::{CodeScheme, SchemeFault};
    /// let nbs = CodeScheme::nbs();
    /// assert_eq!(nbs.check("442000001"), Ok(()));
    /// assert!(matches!(nbs.check("44200000"), Err(SchemeFault::WrongLength { found: 8, .. })));
    /// assert!(matches!(nbs.check("44200000A"), Err(SchemeFault::WrongCharacter { at: 8, .. })));
    /// ```
    ///
    /// # Errors
    /// [`SchemeFault`]: the text is no code at all, has a length the scheme doesn't know, or a character its segment doesn't take.
    ///
    /// # Complexity
    /// One pass over the text.
    #[inline]
    pub fn check(&self, code: &str) -> Result<(), SchemeFault> {
        if self.0.digits && self.knows_length(code.len()) && code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(());
        }
        self.check_slowly(code)
    }

    fn check_slowly(&self, code: &str) -> Result<(), SchemeFault> {
        if let Some(reason) = MalformedCode::of(code) {
            return Err(SchemeFault::Malformed(reason));
        }
        if self.0.definition.shape == SchemeShape::FreeText {
            return Ok(());
        }
        // Characters first: ten Chinese characters have no length in a scheme of ASCII, and the character is the fault.
        let mut ends = self.0.definition.segments.iter().scan(0, |end, segment| {
            *end += usize::from(segment.width);
            Some((*end, segment))
        });
        let mut current = ends.next();
        for (at, found) in code.chars().enumerate() {
            while current.is_some_and(|(end, _)| at >= end) {
                current = ends.next();
            }
            let Some((_, segment)) = current else { break };
            if !segment.alphabet.holds(found) {
                return Err(SchemeFault::WrongCharacter {
                    at,
                    found,
                    segment: segment.name.clone(),
                    segment_zh: segment.name_zh.clone(),
                    wanted: segment.alphabet,
                });
            }
        }
        let found = code.chars().count();
        if found != code.len() || !self.knows_length(found) {
            return Err(SchemeFault::WrongLength { found, wanted: self.lengths() });
        }
        Ok(())
    }

    fn knows_length(&self, length: usize) -> bool {
        (1..=MAX_CODE_BYTES).contains(&length) && self.0.lengths & bit(length) != 0
    }

    /// Whether the scheme lets a grid with the code `child` stand under one with the code `parent`.
    ///
    /// In a scheme that nests: whether `parent` is a proper prefix of `child` and ends where a segment ends, at
    /// any level above. In one that doesn't nest codes say nothing about parents, so nothing forbids it: true.
    ///
    /// ```
    /// use gridcore::CodeScheme;
    /// let nbs = CodeScheme::nbs();
    /// assert!(nbs.extends("442000001", "442000001007"));
    /// assert!(nbs.extends("44", "442000001007"));
    /// assert!(!nbs.extends("442000002", "442000001007"));
    /// assert!(!nbs.extends("4420000", "442000001007")); // no segment ends after seven digits
    /// assert!(CodeScheme::free_text().extends("east", "west-1"));
    /// ```
    #[must_use]
    #[inline]
    pub fn extends(&self, parent: &str, child: &str) -> bool {
        !self.nests()
            || (parent.len() < child.len() && self.knows_length(parent.len()) && child.starts_with(parent))
    }

    /// The code of the parent that a nested code names: the code without its last segment.
    ///
    /// None for the shortest codes, for a text that is no code of this scheme, and where codes don't nest.
    ///
    /// ```
    /// use gridcore::CodeScheme;
    /// let nbs = CodeScheme::nbs();
    /// assert_eq!(nbs.parent_of(&"442000001007".parse()?).unwrap(), "442000001");
    /// assert_eq!(nbs.parent_of(&"44".parse()?), None);
    /// assert_eq!(nbs.parent_of(&"4420000010".parse()?), None);
    /// # Ok::<(), gridcore::MalformedCode>(())
    /// ```
    #[must_use]
    pub fn parent_of(&self, code: &GridCode) -> Option<GridCode> {
        if !self.nests() {
            return None;
        }
        code.with_str(|text| {
            self.check(text).ok()?;
            let above = (1..text.len()).rev().find(|&length| self.knows_length(length))?;
            text[..above].parse().ok()
        })
    }

    /// The code behind a number: zeros are put before it up to the shortest length of the scheme that holds it.
    ///
    /// Tables often read codes as numbers and lose zeros on the left. None where the number has more digits than
    /// the longest code, and where a segment takes letters or the scheme is free text: there a number is no code.
    ///
    /// ```
    /// use gridcore::CodeScheme;
    /// let db11 = CodeScheme::beijing_db11();
    /// assert_eq!(db11.from_integer(110_105_001).unwrap(), "110105001");
    /// assert_eq!(db11.from_integer(1_001).unwrap(), "001001");
    /// assert_eq!(CodeScheme::nbs().from_integer(1_000_000_000_000), None); // 13 digits
    /// assert_eq!(CodeScheme::free_text().from_integer(7), None);
    /// ```
    #[must_use]
    pub fn from_integer(&self, number: u64) -> Option<GridCode> {
        if !self.0.digits {
            return None;
        }
        let digits = number.checked_ilog10().map_or(1, |log| log as usize + 1);
        let length = (digits..=MAX_CODE_BYTES).find(|&length| self.knows_length(length))?;
        if length <= 18 {
            return Some(GridCode::from_packed(10_u64.pow(length as u32) + number));
        }
        format!("{number:0length$}").parse().ok()
    }

    /// The code without the zeros that fill it up to full length, as the statistics bureau publishes it.
    ///
    /// Only a code of full length in a nested scheme of digits is shortened: to the shortest length after which all
    /// segments are zero. Any other code comes back as it is: `442000` is itself a county-level code there.
    /// A filled-up code can't tell a city without counties from the single "county" that stands for it:
    /// `442000000000` gives `4420`, though the same tables also write Zhongshan (中山) as `442000`.
    ///
    /// ```
    /// use gridcore::CodeScheme;
    /// let nbs = CodeScheme::nbs();
    /// assert_eq!(nbs.strip("442000001000")?, "442000001");
    /// assert_eq!(nbs.strip("442000001007")?, "442000001007");
    /// assert_eq!(nbs.strip("440000000000")?, "44");
    /// assert_eq!(nbs.strip("442000")?, "442000");
    /// # Ok::<(), gridcore::SchemeFault>(())
    /// ```
    ///
    /// # Errors
    /// [`SchemeFault`] as from [`check`](Self::check).
    pub fn strip(&self, code: &str) -> Result<GridCode, SchemeFault> {
        self.check(code)?;
        let full: usize = self.segments().iter().map(|segment| usize::from(segment.width)).sum();
        let mut length = code.len();
        if self.nests() && self.0.digits && length == full {
            let significant = code.trim_end_matches('0').len();
            length = (significant..=full).find(|&length| self.knows_length(length)).unwrap_or(full);
        }
        code[..length].parse().map_err(SchemeFault::Malformed)
    }
}

/// The bit of a length of 1 to 128; none for any other.
const fn bit(length: usize) -> u128 {
    if length == 0 || length > MAX_CODE_BYTES { 0 } else { 1 << (length - 1) }
}

impl fmt::Debug for CodeScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CodeScheme({}", self.name())?;
        for segment in self.segments() {
            write!(f, " {}:{}", segment.name, segment.width)?;
        }
        f.write_str(")")
    }
}

impl TryFrom<SchemeDefinition> for CodeScheme {
    type Error = SchemeError;

    fn try_from(definition: SchemeDefinition) -> Result<Self, SchemeError> {
        definition.build()
    }
}

impl From<CodeScheme> for SchemeDefinition {
    fn from(scheme: CodeScheme) -> Self {
        scheme.definition().clone()
    }
}
