//! What keeps a reconciliation from being made.

use std::fmt;

use super::{ModelError, RosterError};
use crate::control::Stopped;
use crate::error::{Fault, Lang, Problem};

/// Why a reconciliation was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReconcileError {
    /// The rosters can't be read: every fault of both.
    Rosters(RosterError),
    /// The model in the rules does not fit.
    Model(ModelError),
    /// The work ended before its time.
    Stopped(Stopped),
}

impl ReconcileError {
    fn inner(&self) -> &dyn Problem {
        match self {
            Self::Rosters(error) => error,
            Self::Model(error) => error,
            Self::Stopped(error) => error,
        }
    }
}

impl From<RosterError> for ReconcileError {
    fn from(error: RosterError) -> Self {
        Self::Rosters(error)
    }
}

impl From<ModelError> for ReconcileError {
    fn from(error: ModelError) -> Self {
        Self::Model(error)
    }
}

impl From<Stopped> for ReconcileError {
    fn from(error: Stopped) -> Self {
        Self::Stopped(error)
    }
}

impl fmt::Display for ReconcileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rosters(error) => error.fmt(f),
            Self::Model(error) => error.fmt(f),
            Self::Stopped(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ReconcileError {}

impl Problem for ReconcileError {
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
