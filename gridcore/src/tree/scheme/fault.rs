//! What may be wrong with a code, with the segments of one, or with the definition of a scheme.

use std::fmt;

use super::Alphabet;
use crate::error::{Fault, Lang, Problem, report};
use crate::id::MalformedCode;

/// The characters of an alphabet in words.
const fn words(alphabet: Alphabet) -> (&'static str, &'static str) {
    match alphabet {
        Alphabet::Digits => ("digits", "数字"),
        Alphabet::Alphanumeric => ("digits and capital letters", "数字和大写字母"),
    }
}

fn malformed(reason: MalformedCode) -> Fault {
    let (zh, remedy, remedy_zh) = match reason {
        MalformedCode::Empty => ("编码为空", "give each grid a code", "请为每个网格填写编码"),
        MalformedCode::TooLong => ("编码超过 128 字节", "shorten the code", "请缩短编码"),
        MalformedCode::Padded => ("编码首尾有空白", "remove the white space", "请去掉空白"),
        MalformedCode::Control => ("编码含控制字符", "remove the control characters", "请去掉控制字符"),
    };
    Fault::new("malformed_code").says(reason.to_string(), zh).remedy(remedy, remedy_zh)
}

/// Why a text is no code of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeFault {
    /// It is no code in any scheme.
    Malformed(MalformedCode),
    /// No code of the scheme has this many characters.
    WrongLength {
        /// How many it has.
        found: usize,
        /// How many a code may have.
        wanted: Vec<usize>,
    },
    /// A character is not of its segment's alphabet.
    WrongCharacter {
        /// Its place, in characters from 0.
        at: usize,
        /// The character.
        found: char,
        /// The segment it stands in.
        segment: String,
        /// The segment in Chinese.
        segment_zh: String,
        /// The alphabet of the segment.
        wanted: Alphabet,
    },
}

impl SchemeFault {
    /// The fault as a flat record with its texts in both languages.
    ///
    /// ```
    /// let fault = gridcore::CodeScheme::nbs().check("44200").unwrap_err().to_fault();
    /// assert_eq!(fault.message, "the code has 5 characters, not 2, 4, 6, 9 or 12");
    /// assert_eq!(fault.message_zh, "编码有 5 位，应为 2、4、6、9 或 12 位");
    /// ```
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let fault = Fault::new(self.code());
        match self {
            Self::Malformed(reason) => malformed(*reason),
            Self::WrongLength { found, wanted } => {
                let (en, zh) = (one_of(wanted, ", ", " or "), one_of(wanted, "、", " 或 "));
                fault
                    .found(found, &en)
                    .says(
                        format!("the code has {found} characters, not {en}"),
                        format!("编码有 {found} 位，应为 {zh} 位"),
                    )
                    .remedy(
                        "restore the lost characters, or name the scheme the codes follow",
                        "请补全丢失的字符，或指明编码所用的方案",
                    )
            }
            Self::WrongCharacter { at, found, segment, segment_zh, wanted } => {
                let (en, zh) = words(*wanted);
                let place = at + 1;
                fault
                    .found(found.escape_debug(), en)
                    .says(
                        format!("character {place} of the code, in the segment {segment}, is not one of the {en}"),
                        format!("编码第 {place} 位（码段“{segment_zh}”）不是{zh}"),
                    )
                    .remedy(
                        "write the code in half-width characters of its scheme, or name the scheme it follows",
                        "请用半角字符按方案书写编码，或指明编码所用的方案",
                    )
            }
        }
    }
}

/// `2, 4 or 6`.
fn one_of(numbers: &[usize], comma: &str, or: &str) -> String {
    let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    match texts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{}{or}{last}", rest.join(comma)),
        _ => texts.concat(),
    }
}

impl Problem for SchemeFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed_code",
            Self::WrongLength { .. } => "wrong_code_length",
            Self::WrongCharacter { .. } => "wrong_code_character",
        }
    }

    fn faults(&self) -> Vec<Fault> {
        vec![self.to_fault()]
    }
}

/// One thing wrong with the segments a code is put together from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CodeFormatFault {
    /// The scheme has no segment of this name.
    UnknownSegment {
        /// The name.
        segment: String,
    },
    /// A segment was given twice.
    GivenTwice {
        /// The segment.
        segment: String,
    },
    /// A segment is missing.
    LeftOut {
        /// The segment.
        segment: String,
    },
    /// A value has too many characters, or too few of an alphabet that can't be filled up.
    WrongWidth {
        /// The segment.
        segment: String,
        /// How many characters were given.
        found: usize,
        /// How many the segment has.
        wanted: usize,
    },
    /// A value has a character that is not of its segment's alphabet.
    WrongCharacter {
        /// The segment.
        segment: String,
        /// The character.
        found: char,
        /// The alphabet of the segment.
        wanted: Alphabet,
    },
    /// The whole is no code.
    Malformed(MalformedCode),
}

impl CodeFormatFault {
    fn to_fault(&self) -> Fault {
        match self {
            Self::UnknownSegment { segment } => Fault::new("unknown_segment")
                .says(format!("the scheme has no segment {segment}"), format!("编码方案没有码段“{segment}”"))
                .remedy("use the names of the scheme's segments", "请使用方案中码段的名称"),
            Self::GivenTwice { segment } => Fault::new("segment_twice")
                .says(format!("the segment {segment} is given twice"), format!("码段“{segment}”给了两次"))
                .remedy("give it once", "请只给一次"),
            Self::LeftOut { segment } => Fault::new("segment_missing")
                .says(format!("the segment {segment} is missing"), format!("缺少码段“{segment}”"))
                .remedy("give it a value", "请给出它的值"),
            Self::WrongWidth { segment, found, wanted } => Fault::new("segment_length")
                .found(found, wanted)
                .says(
                    format!("the segment {segment} has {wanted} characters, and {found} were given"),
                    format!("码段“{segment}”为 {wanted} 位，给了 {found} 位"),
                )
                .remedy("give as many characters as the segment has", "请按码段的位数给出"),
            Self::WrongCharacter { segment, found, wanted } => {
                let (en, zh) = words(*wanted);
                Fault::new("wrong_code_character")
                    .found(found.escape_debug(), en)
                    .says(
                        format!("the segment {segment} is made of {en}"),
                        format!("码段“{segment}”只能用{zh}"),
                    )
                    .remedy("write it in half-width characters", "请用半角字符书写")
            }
            Self::Malformed(reason) => malformed(*reason),
        }
    }
}

/// Why no code could be put together: every fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeFormatError {
    pub(super) faults: Vec<CodeFormatFault>,
}

impl CodeFormatError {
    /// The faults as values, in the order the segments were given and then of the scheme.
    ///
    /// ```
    /// use gridcore::{CodeFormatFault, CodeScheme};
    /// let error = CodeScheme::nbs().format(&[("town", "1")]).unwrap_err();
    /// assert_eq!(error.list()[0], CodeFormatFault::LeftOut { segment: "province".to_owned() });
    /// ```
    #[must_use]
    pub fn list(&self) -> &[CodeFormatFault] {
        &self.faults
    }
}

/// One thing wrong with the definition of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DefinitionFault {
    /// The scheme has no name.
    NoName,
    /// The scheme has no segments, and is not free text.
    NoSegments,
    /// Free text was given segments.
    SegmentsInFreeText,
    /// A segment has no name.
    SegmentWithoutName {
        /// Its place from 0.
        position: usize,
    },
    /// Two segments have one name.
    SegmentTwice {
        /// The name.
        segment: String,
    },
    /// A segment has no characters.
    SegmentWidth {
        /// The segment.
        segment: String,
    },
    /// A class of a segment is empty, overlaps the one before, or doesn't fit the segment.
    ClassRange {
        /// The segment.
        segment: String,
        /// The class.
        class: String,
    },
    /// The segments have more characters than a code may.
    TooWide {
        /// How many they have.
        width: usize,
    },
}

impl DefinitionFault {
    fn to_fault(&self) -> Fault {
        let (code, en, zh, remedy, remedy_zh) = match self {
            Self::NoName => {
                let (en, zh) = ("the scheme has no name", "编码方案没有名称");
                ("scheme_name", en.to_owned(), zh.to_owned(), "give it a name", "请给出名称")
            }
            Self::NoSegments => {
                let (en, zh) = ("the scheme has no segments", "编码方案没有码段");
                let remedy = "add segments, or define it as free text";
                ("scheme_empty", en.to_owned(), zh.to_owned(), remedy, "请增加码段，或定义为自由文本")
            }
            Self::SegmentsInFreeText => {
                let (en, zh) = ("a scheme of free text has segments", "自由文本方案不应有码段");
                let remedy = "remove the segments, or define it as nested or flat";
                ("scheme_shape", en.to_owned(), zh.to_owned(), remedy, "请去掉码段，或定义为嵌套或定长")
            }
            Self::SegmentWithoutName { position } => (
                "segment_name",
                format!("the segment at place {position}, from 0, has no name"),
                format!("第 {position} 个码段（从 0 起）没有名称"),
                "give it a name",
                "请给出名称",
            ),
            Self::SegmentTwice { segment } => (
                "segment_twice",
                format!("two segments have the name {segment}"),
                format!("有两个码段都叫“{segment}”"),
                "give each segment a name of its own",
                "请使每个码段的名称各不相同",
            ),
            Self::SegmentWidth { segment } => (
                "segment_width",
                format!("the segment {segment} has a width of 0"),
                format!("码段“{segment}”的宽度为 0"),
                "give it a width of at least 1",
                "宽度至少为 1",
            ),
            Self::ClassRange { segment, class } => (
                "class_range",
                format!(
                    "the class {class} of the segment {segment} is empty, overlaps the one before or doesn't fit"
                ),
                format!("码段“{segment}”的类别“{class}”为空、与前一类重叠或超出码段"),
                "give ascending ranges of numbers within a segment of digits",
                "请在数字码段内按升序给出号段",
            ),
            Self::TooWide { width } => (
                "scheme_width",
                format!("the segments have {width} characters in all, more than 128"),
                format!("各码段共 {width} 位，超过 128 位"),
                "make the segments narrower",
                "请缩短码段",
            ),
        };
        Fault::new(code).says(en, zh).remedy(remedy, remedy_zh)
    }
}

/// Why a definition makes no scheme: every fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemeError {
    pub(super) faults: Vec<DefinitionFault>,
}

impl SchemeError {
    /// The faults as values: of the scheme, then of its segments from left to right.
    ///
    /// ```
    /// use gridcore::{DefinitionFault, SchemeDefinition};
    /// let error = SchemeDefinition::nested("empty", "空").build().unwrap_err();
    /// assert_eq!(error.list(), [DefinitionFault::NoSegments]);
    /// ```
    #[must_use]
    pub fn list(&self) -> &[DefinitionFault] {
        &self.faults
    }
}

impl Problem for CodeFormatError {
    fn code(&self) -> &'static str {
        "code_format_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(CodeFormatFault::to_fault).collect()
    }
}

impl Problem for SchemeError {
    fn code(&self) -> &'static str {
        "scheme_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(DefinitionFault::to_fault).collect()
    }
}

macro_rules! shown_as_its_faults {
    ($($error:ty),+) => {$(
        impl fmt::Display for $error {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&report(&self.faults(), Lang::En))
            }
        }

        impl std::error::Error for $error {}
    )+};
}

shown_as_its_faults!(SchemeFault, CodeFormatError, SchemeError);
