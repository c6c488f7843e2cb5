//! A code taken apart into its segments, and put together again.

use super::{CodeFormatError, CodeFormatFault, CodeScheme, SchemeFault, SchemeShape};
use crate::error::shortened;
use crate::id::GridCode;

/// One segment of a parsed code.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CodePart {
    /// The name of the segment.
    pub segment: String,
    /// Its name in Chinese.
    pub segment_zh: String,
    /// Its characters in this code.
    pub value: String,
    /// The class the value belongs to, if any.
    pub class: Option<String>,
    /// The class in Chinese.
    pub class_zh: Option<String>,
}

/// A code (编码) taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ParsedCode {
    code: GridCode,
    parts: Vec<CodePart>,
}

impl ParsedCode {
    /// The whole code.
    ///
    /// ```
    /// assert_eq!(*gridcore::CodeScheme::nbs().parse("4420")?.code(), "4420");
    /// # Ok::<(), gridcore::SchemeFault>(())
    /// ```
    #[must_use]
    pub fn code(&self) -> &GridCode {
        &self.code
    }

    /// The segments it has, from left to right; for free text one, named `text`.
    ///
    /// ```
    /// let parsed = gridcore::CodeScheme::nbs().parse("442000")?;
    /// let names: Vec<&str> = parsed.parts().iter().map(|part| part.segment.as_str()).collect();
    /// assert_eq!(names, ["province", "prefecture", "county"]);
    /// # Ok::<(), gridcore::SchemeFault>(())
    /// ```
    #[must_use]
    pub fn parts(&self) -> &[CodePart] {
        &self.parts
    }

    /// One segment by its name, if the code has it.
    ///
    /// ```
    /// let parsed = gridcore::CodeScheme::nbs().parse("442000007")?;
    /// assert_eq!(parsed.part("town").unwrap().class.as_deref(), Some("street"));
    /// # Ok::<(), gridcore::SchemeFault>(())
    /// ```
    #[must_use]
    pub fn part(&self, segment: &str) -> Option<&CodePart> {
        self.parts.iter().find(|part| part.segment == segment)
    }

    /// The characters of one segment, if the code has it.
    ///
    /// ```
    /// let parsed = gridcore::CodeScheme::nbs().parse("442000007")?;
    /// assert_eq!((parsed.get("town"), parsed.get("village")), (Some("007"), None));
    /// # Ok::<(), gridcore::SchemeFault>(())
    /// ```
    #[must_use]
    pub fn get(&self, segment: &str) -> Option<&str> {
        self.part(segment).map(|part| part.value.as_str())
    }
}

impl CodeScheme {
    /// Takes a code apart into its segments.
    ///
    /// ```
    /// let parsed = gridcore::CodeScheme::nbs().parse("442000001007")?;
    /// assert_eq!(parsed.get("village"), Some("007"));
    /// # Ok::<(), gridcore::SchemeFault>(())
    /// ```
    ///
    /// # Errors
    /// [`SchemeFault`] as from [`check`](Self::check).
    pub fn parse(&self, code: &str) -> Result<ParsedCode, SchemeFault> {
        self.check(code)?;
        let whole: GridCode = code.parse().map_err(SchemeFault::Malformed)?;
        if self.definition().shape == SchemeShape::FreeText {
            let part = CodePart {
                segment: "text".to_owned(),
                segment_zh: "文本".to_owned(),
                value: code.to_owned(),
                class: None,
                class_zh: None,
            };
            return Ok(ParsedCode { code: whole, parts: vec![part] });
        }
        let mut parts = Vec::new();
        let mut rest = code;
        for segment in self.segments() {
            // A code that passed the check is ASCII and ends where a segment ends.
            let Some((value, after)) = rest.split_at_checked(usize::from(segment.width)) else { break };
            rest = after;
            let class = segment.class_of(value);
            parts.push(CodePart {
                segment: segment.name.clone(),
                segment_zh: segment.name_zh.clone(),
                value: value.to_owned(),
                class: class.map(|class| class.name.clone()),
                class_zh: class.map(|class| class.name_zh.clone()),
            });
        }
        Ok(ParsedCode { code: whole, parts })
    }

    /// Puts a code together from named segments, in any order.
    ///
    /// Digits that are too few get zeros on the left: `7` becomes `007`. In a nested scheme the last segments may
    /// be left out; in a flat one none may. Free text has one segment, named `text`.
    ///
    /// ```
    /// use gridcore::CodeScheme;
    /// let county = [("province", "44"), ("prefecture", "20"), ("county", "0")];
    /// assert_eq!(CodeScheme::nbs().format(&county)?, "442000");
    /// # Ok::<(), gridcore::CodeFormatError>(())
    /// ```
    ///
    /// # Errors
    /// [`CodeFormatError`] with every fault: a segment the scheme doesn't have, given twice, left out before another,
    /// too long, or with a character its alphabet doesn't hold.
    pub fn format(&self, segments: &[(&str, &str)]) -> Result<GridCode, CodeFormatError> {
        let mut faults = Vec::new();
        let known = |name: &str| self.segments().iter().position(|segment| segment.name == name);
        let mut values: Vec<Option<&str>> = vec![None; self.segments().len().max(1)];
        let free = self.definition().shape == SchemeShape::FreeText;
        for &(name, value) in segments {
            let position = if free { (name == "text").then_some(0) } else { known(name) };
            match position {
                None => faults.push(CodeFormatFault::UnknownSegment { segment: shortened(name) }),
                Some(position) if values[position].is_some() => {
                    faults.push(CodeFormatFault::GivenTwice { segment: shortened(name) });
                }
                Some(position) => values[position] = Some(value),
            }
        }
        if free {
            return finish(values[0].unwrap_or_default(), faults);
        }
        let wanted = match values.iter().rposition(Option::is_some) {
            Some(last) if self.nests() => last + 1,
            None if self.nests() => 1,
            _ => values.len(),
        };
        let mut code = String::new();
        for (segment, value) in self.segments().iter().zip(values).take(wanted) {
            let width = usize::from(segment.width);
            let Some(value) = value else {
                faults.push(CodeFormatFault::LeftOut { segment: segment.name.clone() });
                continue;
            };
            let length = value.chars().count();
            let pads = segment.alphabet == super::Alphabet::Digits && (1..=width).contains(&length);
            if !pads && length != width {
                faults.push(CodeFormatFault::WrongWidth {
                    segment: segment.name.clone(),
                    found: length,
                    wanted: width,
                });
            } else if let Some(found) = value.chars().find(|&character| !segment.alphabet.holds(character)) {
                faults.push(CodeFormatFault::WrongCharacter {
                    segment: segment.name.clone(),
                    found,
                    wanted: segment.alphabet,
                });
            } else {
                code.extend(std::iter::repeat_n('0', width - length));
                code.push_str(value);
            }
        }
        finish(&code, faults)
    }
}

/// The code, unless there are faults in it.
fn finish(code: &str, mut faults: Vec<CodeFormatFault>) -> Result<GridCode, CodeFormatError> {
    if faults.is_empty() {
        match code.parse() {
            Ok(code) => return Ok(code),
            Err(reason) => faults.push(CodeFormatFault::Malformed(reason)),
        }
    }
    Err(CodeFormatError { faults })
}
