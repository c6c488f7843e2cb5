//! Small steps booked in larger sums, so that the watcher of long work isn't called at each.

use crate::control::{Control, Stopped};

/// Books work with a [`Control`] once enough of it has come together.
pub(in crate::solve) struct Meter<'m, 'c> {
    control: &'m mut Control<'c>,
    pending: u64,
}

impl<'m, 'c> Meter<'m, 'c> {
    /// Units that are booked together: some tenths of a millisecond.
    const SHEAF: u64 = 1 << 18;

    /// A meter that books with this control.
    pub(in crate::solve) fn new(control: &'m mut Control<'c>) -> Self {
        Self { control, pending: 0 }
    }

    /// Adds some units of work: candidates looked at.
    #[inline]
    pub(in crate::solve) fn add(&mut self, units: usize) -> Result<(), Stopped> {
        self.pending += units as u64;
        if self.pending < Self::SHEAF { Ok(()) } else { self.book() }
    }

    /// Books what has come together.
    pub(in crate::solve) fn book(&mut self) -> Result<(), Stopped> {
        let units = std::mem::take(&mut self.pending);
        self.control.spend(units, None)
    }
}
