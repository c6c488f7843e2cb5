//! Why a solver's kernel ends without an answer.

use crate::control::Stopped;

/// Why a kernel ended without an answer.
pub(super) enum Halt {
    /// A number left the bounds of the lanes; wider ones may hold it.
    TooWide,
    /// The work was stopped.
    Stopped(Stopped),
    /// A row can reach no free column.
    Stuck,
}

impl From<Stopped> for Halt {
    fn from(stopped: Stopped) -> Self {
        Self::Stopped(stopped)
    }
}
