//! Tables that look at the reins while they are read: a large roster takes a while at the door as well.

use std::cell::{Cell, RefCell};

use crate::control::{Control, Stopped};
use crate::roster::{RosterCell, RosterColumn, RosterTable};

/// So many cells are read between two looks at the reins.
const EVERY: u32 = 1 << 12;

/// The reins, held by the tables that are read.
pub(crate) struct Watch<'w, 'c> {
    control: RefCell<&'w mut Control<'c>>,
    read: Cell<u32>,
    stopped: Cell<Option<Stopped>>,
}

impl<'w, 'c> Watch<'w, 'c> {
    pub(crate) const fn new(control: &'w mut Control<'c>) -> Self {
        Self { control: RefCell::new(control), read: Cell::new(0), stopped: Cell::new(None) }
    }

    /// The same table. Once the work is stopped its cells are empty, so that whoever reads them comes to an end soon.
    pub(crate) fn table<'t>(&'t self, table: &'t RosterTable<'_>) -> RosterTable<'t> {
        table.columns().iter().fold(RosterTable::new(table.rows()), |watched, column| {
            watched.column(column.name(), move |row| self.cell(column, row))
        })
    }

    /// Asked before what was made of the tables is used.
    ///
    /// # Errors
    ///
    /// [`Stopped`] if the work was stopped meanwhile: then what was read means nothing.
    pub(crate) fn end(self) -> Result<(), Stopped> {
        self.stopped.get().map_or(Ok(()), Err)
    }

    fn cell<'t>(&self, column: &'t RosterColumn<'_>, row: usize) -> RosterCell<'t> {
        self.read.set(self.read.get() + 1);
        if self.read.get() == EVERY {
            self.read.set(0);
            if self.stopped.get().is_none() {
                self.stopped.set(self.control.borrow_mut().spend(0, None).err());
            }
        }
        if self.stopped.get().is_some() { RosterCell::Missing } else { column.cell(row) }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::ops::ControlFlow;

    use crate::control::{Control, Stopped};
    use crate::roster::{ReconcileError, RosterCell, RosterTable, Rules, reconcile};

    #[test]
    fn a_stop_is_heard_while_tables_are_read() {
        const ROWS: usize = 100_000;
        let read = Cell::new(0);
        let table = || {
            RosterTable::new(ROWS).column("name", |_| {
                read.set(read.get() + 1);
                RosterCell::Text("Zhang San")
            })
        };
        let mut stop = |_| ControlFlow::Break(());
        let control = &mut Control::free().watched(&mut stop);
        let answer = reconcile(&table(), &table(), &Rules::default(), None, control);
        assert!(matches!(answer, Err(ReconcileError::Stopped(Stopped::Asked))));
        assert!(read.get() < ROWS);
    }
}
