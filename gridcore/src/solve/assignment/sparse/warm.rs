//! What an earlier answer is worth at the start.

use super::rows::Listed;
use crate::solve::assignment::kernel::Kernel;
use crate::solve::assignment::lane::Lane;
use crate::solve::assignment::{Assigned, NONE};

impl<L: Lane> Kernel<L, Listed<'_, L>> {
    /// Takes pairs and column prices over from an earlier answer, as far as they still hold.
    pub(super) fn take_over(&mut self, from: &Assigned) {
        for (price, &before) in self.column_price.iter_mut().zip(&from.column_duals) {
            // Any prices will do to begin with; absurd ones are left out.
            if (-L::LIMIT.wide()..=0).contains(&before) {
                *price = L::narrow(before);
            }
        }
        for (row, &column) in (0..).zip(from.columns.iter().take(self.column_of.len())) {
            if let Some(holder) = self.row_of.get_mut(column as usize)
                && *holder == NONE
            {
                *holder = row;
                self.column_of[row as usize] = column;
            }
        }
    }
}
