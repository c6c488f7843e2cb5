//! The envelope of what is saved: format and version stand before the rest, and a text that was not read is told by them.

use serde::Deserialize;
use serde_json::{Error, from_str};

use crate::error::{Fault, shortened};

/// How one kind of saved JSON is marked, and what it is called.
pub(crate) struct Envelope {
    pub(crate) format: &'static str,
    pub(crate) version: u64,
    /// In English, in full: the last word is the name in short, a plural if it ends in s.
    en: &'static str,
    zh: &'static str,
}

/// Why a text was not read.
pub(crate) enum Unread {
    /// It is of another format, or of none.
    Format(Option<String>),
    /// It is of another version.
    Version(u64),
    /// It is no JSON, or a field does not fit.
    At(Error),
}

/// Just enough of a text to say which format it is.
#[derive(Deserialize)]
struct Header<F, V> {
    #[serde(default)]
    format: F,
    #[serde(default)]
    version: V,
}

/// Reading.
impl Envelope {
    pub(crate) const fn new(format: &'static str, version: u64, en: &'static str, zh: &'static str) -> Self {
        Self { format, version, en, zh }
    }

    pub(crate) fn check_format(&self, found: Option<String>) -> Result<(), Unread> {
        if found.as_deref() == Some(self.format) { Ok(()) } else { Err(Unread::Format(found)) }
    }

    pub(crate) fn check_version(&self, found: u64) -> Result<(), Unread> {
        if found == self.version { Ok(()) } else { Err(Unread::Version(found)) }
    }

    /// A version that is missing is missed later, as a field.
    fn check(&self, format: Option<String>, version: Option<u64>) -> Result<(), Unread> {
        self.check_format(format)?;
        version.map_or(Ok(()), |found| self.check_version(found))
    }

    /// Says why a text was not read: its format first, then its version, then the place of the error.
    pub(crate) fn explain(&self, text: &str, error: Error) -> Unread {
        match from_str(text).map(|Header { format, version }| self.check(format, version)) {
            Ok(Err(unread)) => unread,
            _ => Unread::At(error),
        }
    }

    /// Reads a text in one pass. One that is no JSON has no format either.
    pub(crate) fn read<'a, T: Deserialize<'a>>(&self, text: &'a str) -> Result<T, Unread> {
        from_str(text).map_err(
            |error| {
                if error.is_data() { self.explain(text, error) } else { Unread::At(error) }
            },
        )
    }

    /// Reads format and version, as an `F` and a `V`, before anything else.
    pub(crate) fn read_after_header<'a, F, V, T>(&self, text: &'a str) -> Result<T, Unread>
    where
        F: Deserialize<'a> + Default + Into<Option<String>>,
        V: Deserialize<'a> + Default + Into<Option<u64>>,
        T: Deserialize<'a>,
    {
        let Header::<F, V> { format, version } = from_str(text).map_err(Unread::At)?;
        self.check(format.into(), version.into())?;
        from_str(text).map_err(Unread::At)
    }
}

/// What the faults say.
impl Envelope {
    /// The name in short, and the article, verbs and pronoun that go with it.
    fn words(&self) -> [&'static str; 5] {
        let name = self.en.rsplit(' ').next().unwrap_or(self.en);
        if name.ends_with('s') { [name, "", "were", "are", "them"] } else { [name, "a ", "was", "is", "it"] }
    }

    /// No JSON, or a field does not fit: which of them is not told.
    pub(crate) fn unreadable(&self, fault: Fault, line: usize, column: usize) -> Fault {
        let (Self { en, zh, .. }, [_, a, ..]) = (self, self.words());
        whole(fault, line, column, &format!("{a}saved {en}")).says(
            format!("the text is no saved {en} from line {line}, column {column} on"),
            format!("文本自第 {line} 行第 {column} 列起不是保存的{zh}"),
        )
    }

    pub(crate) fn bad_field(&self, fault: Fault, line: usize, column: usize, reason: &str) -> Fault {
        let (Self { en, zh, .. }, [_, a, _, is, it]) = (self, self.words());
        let again = if it == "it" { format!("the {en}") } else { it.to_owned() };
        fault
            .found(reason, format!("{a}saved {en}"))
            .says(
                format!("the saved {en} {is} wrong at line {line}, column {column}: {reason}"),
                format!("保存的{zh}在第 {line} 行第 {column} 列有误：{reason}"),
            )
            .remedy(format!("save {again} again, or correct the field"), "请重新保存，或改正该字段")
    }

    /// Another format, by its name.
    pub(crate) fn unknown_format(&self, fault: Fault, found: Option<&str>) -> Fault {
        let (found, wanted) = (found.map_or("nothing".to_owned(), shortened), self.format);
        let (en, zh) = (
            format!("the format is {found:?}, not {wanted:?}"),
            format!("格式是 {found:?}，不是 {wanted:?}"),
        );
        self.ask(fault.found(found, wanted).says(en, zh))
    }

    /// Another format, without its name.
    pub(crate) fn other_format(&self, fault: Fault) -> Fault {
        let Self { format, en, zh, .. } = self;
        let fault = fault.found("another format", format);
        self.ask(fault.says(format!("the text is no saved {en}"), format!("文本不是保存的{zh}")))
    }

    /// Adds the advice to pass what was saved.
    pub(crate) fn ask(&self, fault: Fault) -> Fault {
        let (zh, [name, a, was, ..]) = (self.zh, self.words());
        fault.remedy(
            format!("pass {a}{name} that {was} saved by this library"),
            format!("请传入由本库保存的{zh}"),
        )
    }

    pub(crate) fn unknown_version(&self, fault: Fault, found: u64) -> Fault {
        let (Self { version, zh, .. }, [name, _, was, _, it]) = (self, self.words());
        fault
            .found(found, version)
            .says(
                format!("the {name} {was} saved in version {found} of the format"),
                format!("{zh}以第 {found} 版格式保存"),
            )
            .remedy(
                format!("save {it} in version {version}, or load {it} with a later release"),
                format!("请以第 {version} 版保存，或用更新的版本读取"),
            )
    }
}

pub(crate) fn not_json(fault: Fault, line: usize, column: usize) -> Fault {
    whole(fault, line, column, "JSON").says(
        format!("the text is not JSON from line {line}, column {column} on"),
        format!("文本自第 {line} 行第 {column} 列起不是 JSON"),
    )
}

/// A text that may be only a part of what is wanted.
fn whole(fault: Fault, line: usize, column: usize, wanted: &str) -> Fault {
    fault
        .found(format!("line {line}, column {column}"), wanted)
        .remedy("check that the file is whole", "请检查文件是否完整")
}

/// The reason of an error without its place, which stands in fields of its own, and without names of types: `kinds` has
/// words for them. `scrub` takes the values out of what was found, told whether anything is named that was expected.
pub(crate) fn in_plain_words(error: &Error, kinds: &[(&str, &str)], scrub: fn(&str, bool) -> &str) -> String {
    let reason = error.to_string();
    let reason = reason.rsplit_once(" at line ").map_or(&*reason, |(reason, _)| reason);
    let Some((what, expected)) = reason.rsplit_once(", expected ") else {
        return scrub(reason, false).to_owned();
    };
    let expected = kinds.iter().find(|(kind, _)| *kind == expected).map_or(expected, |(_, words)| words);
    format!("{}, expected {expected}", scrub(what, true))
}
