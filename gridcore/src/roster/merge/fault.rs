//! Why lists are not merged.

use std::fmt;

use crate::error::{Fault, Lang, Problem};
use crate::roster::{ListError, ReconcileError};

/// Why lists are not merged.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MergeError {
    /// The lists can't be read: every fault of each.
    Lists(ListError),
    /// They could not be freed of doubles.
    Reconcile(ReconcileError),
}

impl MergeError {
    fn inner(&self) -> &dyn Problem {
        match self {
            Self::Lists(error) => error,
            Self::Reconcile(error) => error,
        }
    }
}

impl From<ListError> for MergeError {
    fn from(error: ListError) -> Self {
        Self::Lists(error)
    }
}

impl From<ReconcileError> for MergeError {
    fn from(error: ReconcileError) -> Self {
        Self::Reconcile(error)
    }
}

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for MergeError {}

impl Problem for MergeError {
    fn code(&self) -> &'static str {
        self.inner().code()
    }

    fn faults(&self) -> Vec<Fault> {
        self.inner().faults()
    }

    fn text(&self, lang: Lang) -> String {
        self.inner().text(lang)
    }
}
