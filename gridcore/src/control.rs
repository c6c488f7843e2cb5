//! What long work takes: a limit in units of work, and a callback that hears of progress and may stop it.

use std::fmt;
use std::ops::ControlFlow;

use crate::error::{Fault, Problem};

/// How far long work has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Progress {
    /// Units of work done.
    pub done: u64,
    /// Units of work in all, where that is known.
    pub total: Option<u64>,
}

/// Why work ended before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Stopped {
    /// It used up its limit of work units; the same input ends at the same place again.
    Limit,
    /// The callback asked for it.
    Asked,
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Limit => "the work reached its limit",
            Self::Asked => "the work was stopped",
        })
    }
}

impl std::error::Error for Stopped {}

impl Problem for Stopped {
    fn code(&self) -> &'static str {
        match self {
            Self::Limit => "work_limit",
            Self::Asked => "stopped",
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let zh = match self {
            Self::Limit => "计算量达到上限",
            Self::Asked => "计算被中止",
        };
        let fault = Fault::new(self.code()).says(self.to_string(), zh);
        vec![fault.remedy("raise the limit or ask for less", "请提高上限或缩小问题")]
    }
}

/// The reins of long work: a limit in units of work, which is deterministic, and a callback, which need not be.
///
/// ```
/// use gridcore::control::{Control, Stopped};
/// let mut control = Control::limited(10);
/// assert_eq!(control.spend(10, None), Ok(()));
/// assert_eq!(control.spend(1, None), Err(Stopped::Limit));
/// ```
#[derive(Default)]
pub struct Control<'c> {
    limit: Option<u64>,
    done: u64,
    watch: Option<&'c mut dyn FnMut(Progress) -> ControlFlow<()>>,
}

impl fmt::Debug for Control<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Control")
            .field("limit", &self.limit)
            .field("done", &self.done)
            .finish_non_exhaustive()
    }
}

impl<'c> Control<'c> {
    /// No limit and nobody who watches.
    #[must_use]
    pub fn free() -> Self {
        Self::default()
    }

    /// At most `units` of work.
    #[must_use]
    pub fn limited(units: u64) -> Self {
        Self { limit: Some(units), ..Self::default() }
    }

    /// Calls `watch` now and then; the work stops when it breaks.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use gridcore::control::{Control, Stopped};
    /// let mut calls = 0;
    /// let mut watch = |_| { calls += 1; ControlFlow::Break(()) };
    /// assert_eq!(Control::free().watched(&mut watch).spend(1, None), Err(Stopped::Asked));
    /// assert_eq!(calls, 1);
    /// ```
    #[must_use]
    pub fn watched(mut self, watch: &'c mut dyn FnMut(Progress) -> ControlFlow<()>) -> Self {
        self.watch = Some(watch);
        self
    }

    /// The units of work done so far.
    #[must_use]
    pub const fn done(&self) -> u64 {
        self.done
    }

    /// Books `units` of work; whoever works calls it a few times a second at least.
    ///
    /// # Errors
    ///
    /// [`Stopped`] when the limit is passed or the callback breaks.
    pub fn spend(&mut self, units: u64, total: Option<u64>) -> Result<(), Stopped> {
        self.done = self.done.saturating_add(units);
        if self.limit.is_some_and(|limit| self.done > limit) {
            return Err(Stopped::Limit);
        }
        let Some(watch) = &mut self.watch else { return Ok(()) };
        match watch(Progress { done: self.done, total }) {
            ControlFlow::Break(()) => Err(Stopped::Asked),
            ControlFlow::Continue(()) => Ok(()),
        }
    }
}
