//! The kernel as text, for workers elsewhere.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::BatchKernel;
use crate::GridTree;
use crate::error::{Fault, Lang, Problem, report};
use crate::roster::ColumnUse;
use crate::roster::history::{Settings, check};
use crate::saved::{Envelope, Unread};

const ENVELOPE: Envelope = Envelope::new("gridcore.roster_kernel", 1, "roster kernel", "核对内核");

/// Why a text is no saved [`BatchKernel`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KernelLoadError {
    /// The text is not JSON, or a field is missing, unknown or does not fit.
    BadField {
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
    },
    /// The text is JSON, but of another format.
    UnknownFormat,
    /// It was saved by a later version.
    UnknownVersion {
        /// The version it was saved by.
        found: u64,
    },
    /// Its parts don't belong together.
    OtherSettings,
}

impl fmt::Display for KernelLoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for KernelLoadError {}

impl Problem for KernelLoadError {
    fn code(&self) -> &'static str {
        match self {
            Self::BadField { .. } => "bad_field",
            Self::UnknownFormat => "unknown_format",
            Self::UnknownVersion { .. } => "unknown_version",
            Self::OtherSettings => "other_settings",
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let fault = Fault::new(self.code());
        vec![match self {
            Self::BadField { line, column } => ENVELOPE.unreadable(fault, *line, *column),
            Self::UnknownFormat => ENVELOPE.other_format(fault),
            Self::UnknownVersion { found } => ENVELOPE.unknown_version(fault, *found),
            Self::OtherSettings => ENVELOPE.ask(fault.says(
                "parts of the saved roster kernel don't belong together",
                "保存的核对内核前后不符，可能被改动过",
            )),
        }]
    }

    fn text(&self, lang: Lang) -> String {
        report(&self.faults(), lang)
    }
}

#[derive(Serialize)]
struct Out<'a> {
    format: &'static str,
    version: u64,
    columns: &'a [ColumnUse],
    settings: Settings,
    cut: &'a [u64],
    fingerprint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    tree: Option<&'a GridTree>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct In {
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "version")]
    _version: u64,
    columns: Vec<ColumnUse>,
    settings: Settings,
    cut: Vec<u64>,
    fingerprint: String,
    #[serde(default)]
    tree: Option<GridTree>,
}

/// Save and load.
impl BatchKernel {
    /// The kernel as JSON: format and version, the columns, the rules, the model, the tables of frequency, the caps of blocks,
    /// the keys that are cut, the tree, and a fingerprint of all of them, but no rows.
    ///
    /// The tables of frequency and the keys are about people, as those of [`Reconciliation::to_json`] are: the text is to be
    /// kept as the rosters are. [`Reconciliation::model`] alone has neither.
    ///
    /// # Complexity
    ///
    /// O(s) time and space for a text of s bytes.
    ///
    /// [`Reconciliation::to_json`]: crate::roster::Reconciliation::to_json
    /// [`Reconciliation::model`]: crate::roster::Reconciliation::model
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "it would panic on a broken invariant only")]
    pub fn to_json(&self) -> String {
        let inner = &*self.inner;
        let out = Out {
            format: ENVELOPE.format,
            version: ENVELOPE.version,
            columns: &inner.columns,
            settings: Settings::of(inner),
            cut: &self.cut,
            fingerprint: inner.print_of_kernel(&self.cut),
            tree: inner.tree.as_ref(),
        };
        serde_json::to_string(&out).expect("keys are texts and numbers are finite")
    }

    /// Loads a kernel that [`to_json`](Self::to_json) wrote: it scores and settles as the first one does, bit for bit.
    ///
    /// # Errors
    ///
    /// [`KernelLoadError`]: the text is no saved kernel, or its parts were changed.
    ///
    /// # Complexity
    ///
    /// O(s log s) time for a text of s bytes.
    pub fn from_json(json: &str) -> Result<Self, KernelLoadError> {
        let saved: In =
            ENVELOPE.read_after_header::<Option<String>, Option<u64>, _>(json).map_err(explain)?;
        let inner = saved.settings.start(saved.columns, saved.tree).ok_or(KernelLoadError::OtherSettings)?;
        check(&inner).map_err(|_| KernelLoadError::OtherSettings)?;
        if inner.print_of_kernel(&saved.cut) != saved.fingerprint {
            return Err(KernelLoadError::OtherSettings);
        }
        Ok(Self { inner: Arc::new(inner), cut: Vec::new() }.with_cut(saved.cut))
    }
}

fn explain(unread: Unread) -> KernelLoadError {
    match unread {
        Unread::Format(_) => KernelLoadError::UnknownFormat,
        Unread::Version(found) => KernelLoadError::UnknownVersion { found },
        Unread::At(error) => KernelLoadError::BadField { line: error.line(), column: error.column() },
    }
}
