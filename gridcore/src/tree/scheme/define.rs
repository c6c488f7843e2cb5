//! What a scheme is defined by, and what may be wrong with that.

use super::{CodeScheme, DefinitionFault, SchemeError};
use crate::id::MAX_CODE_BYTES;

/// The characters a segment is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Alphabet {
    /// The digits 0 to 9.
    Digits,
    /// The digits and the capital letters A to Z.
    Alphanumeric,
}

impl Alphabet {
    /// Whether a character belongs to the alphabet.
    ///
    /// ```
    /// use gridcore::Alphabet;
    /// assert!(Alphabet::Alphanumeric.holds('K'));
    /// assert!(!Alphabet::Alphanumeric.holds('k'));
    /// assert!(!Alphabet::Digits.holds('７')); // a full-width digit is another character
    /// ```
    #[must_use]
    pub const fn holds(self, character: char) -> bool {
        character.is_ascii_digit() || (matches!(self, Self::Alphanumeric) && character.is_ascii_uppercase())
    }

    /// How many characters it has: 10 or 36.
    pub(super) const fn size(self) -> u64 {
        match self {
            Self::Digits => 10,
            Self::Alphanumeric => 36,
        }
    }
}

/// A range of numbers within a segment that has a meaning of its own, such as 100–199 for towns (镇).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct SegmentClass {
    /// The name in English.
    pub name: String,
    /// The name in Chinese.
    pub name_zh: String,
    /// The first number.
    pub first: u64,
    /// The last number.
    pub last: u64,
}

/// One segment (码段) of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct CodeSegment {
    /// The name, unique within the scheme.
    pub name: String,
    /// The name in Chinese.
    pub name_zh: String,
    /// How many characters it has.
    pub width: u8,
    /// The characters it is made of.
    pub alphabet: Alphabet,
    /// Ranges with a meaning of their own, ascending; numbers may belong to none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub classes: Vec<SegmentClass>,
}

impl CodeSegment {
    /// A segment of `width` digits.
    ///
    /// ```
    /// let street = gridcore::CodeSegment::digits("street", "街道", 3);
    /// assert_eq!(street.capacity(), 999);
    /// ```
    #[must_use]
    pub fn digits(name: &str, name_zh: &str, width: u8) -> Self {
        let (name, name_zh) = (name.to_owned(), name_zh.to_owned());
        Self { name, name_zh, width, alphabet: Alphabet::Digits, classes: Vec::new() }
    }

    /// A segment of `width` digits or capital letters.
    ///
    /// ```
    /// let block = gridcore::CodeSegment::alphanumeric("block", "地块", 2);
    /// assert_eq!(block.capacity(), 36 * 36 - 1);
    /// ```
    #[must_use]
    pub fn alphanumeric(name: &str, name_zh: &str, width: u8) -> Self {
        Self { alphabet: Alphabet::Alphanumeric, ..Self::digits(name, name_zh, width) }
    }

    /// Adds a range with a meaning of its own.
    ///
    /// ```
    /// use gridcore::CodeSegment;
    /// let town = CodeSegment::digits("town", "镇街", 3).class("street", "街道", 1, 99).class("town", "镇", 100, 199);
    /// assert_eq!(town.class_of("118").unwrap().name_zh, "镇");
    /// ```
    #[must_use]
    pub fn class(mut self, name: &str, name_zh: &str, first: u64, last: u64) -> Self {
        self.classes.push(SegmentClass { name: name.to_owned(), name_zh: name_zh.to_owned(), first, last });
        self
    }

    /// The class a value of this segment belongs to, if any.
    ///
    /// ```
    /// let nbs = gridcore::CodeScheme::nbs();
    /// let town = &nbs.segments()[3];
    /// assert_eq!(town.class_of("007").unwrap().name_zh, "街道");
    /// assert!(town.class_of("999").is_none());
    /// ```
    #[must_use]
    pub fn class_of(&self, value: &str) -> Option<&SegmentClass> {
        if !value.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number: u64 = value.parse().ok()?;
        self.classes.iter().find(|class| (class.first..=class.last).contains(&number))
    }

    /// How many values can be given out: all but the one of zeros only, which stands for "none".
    ///
    /// At most [`u64::MAX`], where more would fit.
    ///
    /// ```
    /// assert_eq!(gridcore::CodeSegment::digits("sequence", "顺序", 2).capacity(), 99);
    /// ```
    #[must_use]
    pub fn capacity(&self) -> u64 {
        self.alphabet.size().checked_pow(u32::from(self.width)).map_or(u64::MAX, |all| all - 1)
    }
}

/// How the segments of a scheme make a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum SchemeShape {
    /// A code may end after any segment, and a child's code begins with its parent's (逐级嵌套).
    Nested,
    /// A code always has all segments, and says nothing about its parent (定长不嵌套).
    Flat,
    /// There are no segments: any text is a code (自由文本).
    FreeText,
}

/// A scheme as data, to be checked by [`build`](Self::build).
///
/// ```
/// use gridcore::{CodeScheme, SchemeDefinition, CodeSegment};
/// let scheme: CodeScheme = SchemeDefinition::nested("park", "园区")
///     .segment(CodeSegment::alphanumeric("park", "园区", 4))
///     .segment(CodeSegment::digits("plot", "地块", 3))
///     .build()?;
/// assert!(scheme.extends("KJY1", "KJY1042"));
/// # Ok::<(), gridcore::SchemeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct SchemeDefinition {
    /// The name of the scheme.
    pub name: String,
    /// The name in Chinese.
    pub name_zh: String,
    /// How the segments make a code.
    pub shape: SchemeShape,
    /// The segments from left to right; none for free text.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub segments: Vec<CodeSegment>,
}

impl SchemeDefinition {
    fn new(name: &str, name_zh: &str, shape: SchemeShape) -> Self {
        Self { name: name.to_owned(), name_zh: name_zh.to_owned(), shape, segments: Vec::new() }
    }

    /// Starts a scheme whose codes nest by prefix.
    ///
    /// ```
    /// use gridcore::{SchemeDefinition, CodeSegment};
    /// let scheme = SchemeDefinition::nested("ward", "片区").segment(CodeSegment::digits("ward", "片区", 2)).build()?;
    /// assert!(scheme.nests());
    /// # Ok::<(), gridcore::SchemeError>(())
    /// ```
    #[must_use]
    pub fn nested(name: &str, name_zh: &str) -> Self {
        Self::new(name, name_zh, SchemeShape::Nested)
    }

    /// Starts a scheme whose codes all have every segment.
    ///
    /// ```
    /// use gridcore::{SchemeDefinition, CodeSegment};
    /// let scheme = SchemeDefinition::flat("pole", "灯杆")
    ///     .segment(CodeSegment::digits("kind", "类别", 2))
    ///     .segment(CodeSegment::digits("number", "编号", 4))
    ///     .build()?;
    /// assert_eq!(scheme.lengths(), [6]);
    /// # Ok::<(), gridcore::SchemeError>(())
    /// ```
    #[must_use]
    pub fn flat(name: &str, name_zh: &str) -> Self {
        Self::new(name, name_zh, SchemeShape::Flat)
    }

    /// Starts a scheme without segments.
    ///
    /// ```
    /// let scheme = gridcore::SchemeDefinition::free_text("names", "名称").build()?;
    /// assert!(scheme.check("east-3").is_ok());
    /// # Ok::<(), gridcore::SchemeError>(())
    /// ```
    #[must_use]
    pub fn free_text(name: &str, name_zh: &str) -> Self {
        Self::new(name, name_zh, SchemeShape::FreeText)
    }

    /// Adds a segment on the right.
    ///
    /// ```
    /// use gridcore::{SchemeDefinition, CodeSegment};
    /// let definition = SchemeDefinition::nested("ward", "片区").segment(CodeSegment::digits("ward", "片区", 2));
    /// assert_eq!(definition.segments.len(), 1);
    /// ```
    #[must_use]
    pub fn segment(mut self, segment: CodeSegment) -> Self {
        self.segments.push(segment);
        self
    }

    /// Checks the definition and makes the scheme.
    ///
    /// ```
    /// use gridcore::{Problem, SchemeDefinition, CodeSegment};
    /// let twice = SchemeDefinition::nested("x", "试")
    ///     .segment(CodeSegment::digits("town", "镇", 3))
    ///     .segment(CodeSegment::digits("town", "镇", 0));
    /// let error = twice.build().unwrap_err();
    /// let codes: Vec<String> = error.faults().into_iter().map(|fault| fault.code).collect();
    /// assert_eq!(codes, ["segment_twice", "segment_width"]);
    /// ```
    ///
    /// # Errors
    /// [`SchemeError`] with every fault: no segments (or segments in free text), an empty name, a name used twice, a
    /// width of 0, more than 128 characters in all, classes that are empty, overlap, or don't fit the segment.
    pub fn build(self) -> Result<CodeScheme, SchemeError> {
        let faults = self.faults();
        if faults.is_empty() { Ok(CodeScheme::from_sound(self)) } else { Err(SchemeError { faults }) }
    }

    fn faults(&self) -> Vec<DefinitionFault> {
        let mut faults = Vec::new();
        if self.name.trim().is_empty() {
            faults.push(DefinitionFault::NoName);
        }
        match (self.shape, self.segments.len()) {
            (SchemeShape::FreeText, 1..) => faults.push(DefinitionFault::SegmentsInFreeText),
            (SchemeShape::Nested | SchemeShape::Flat, 0) => faults.push(DefinitionFault::NoSegments),
            _ => {}
        }
        let mut names = std::collections::BTreeSet::new();
        for (position, segment) in self.segments.iter().enumerate() {
            let name = || segment.name.clone();
            if segment.name.trim().is_empty() {
                faults.push(DefinitionFault::SegmentWithoutName { position });
            } else if !names.insert(&segment.name) {
                faults.push(DefinitionFault::SegmentTwice { segment: name() });
            }
            if segment.width == 0 {
                faults.push(DefinitionFault::SegmentWidth { segment: name() });
            }
            let mut free = 0;
            for class in &segment.classes {
                let fits = segment.alphabet == Alphabet::Digits && class.last <= segment.capacity();
                if class.first > class.last || class.first < free || !fits {
                    faults.push(DefinitionFault::ClassRange { segment: name(), class: class.name.clone() });
                }
                free = free.max(class.last.saturating_add(1));
            }
        }
        let width: usize = self.segments.iter().map(|segment| usize::from(segment.width)).sum();
        if width > MAX_CODE_BYTES {
            faults.push(DefinitionFault::TooWide { width });
        }
        faults
    }
}
