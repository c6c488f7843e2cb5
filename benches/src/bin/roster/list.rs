//! A CSV file without quotes as a roster; the columns that tell the truth are kept apart.

use std::error::Error;
use std::path::Path;

use gridcore::roster::{RosterCell, RosterTable};

/// Headings of columns that a matcher must not see.
const HIDDEN: [&str; 2] = ["truth_id", "moved_truth"];

pub(crate) struct List {
    headings: Vec<String>,
    text: String,
    /// Where each cell begins and ends, row by row.
    cells: Vec<(u32, u32)>,
}

impl List {
    pub(crate) fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let text = std::fs::read_to_string(path)?;
        let headings: Vec<String> =
            text.lines().next().unwrap_or_default().split(',').map(str::to_owned).collect();
        let mut cells = Vec::new();
        for line in text.lines().skip(1) {
            let mut at = line.as_ptr() as usize - text.as_ptr() as usize;
            let before = cells.len();
            for cell in line.split(',') {
                cells.push((u32::try_from(at)?, u32::try_from(at + cell.len())?));
                at += cell.len() + 1;
            }
            if cells.len() - before != headings.len() {
                return Err(format!(
                    "a row of {} has not as many cells as there are headings",
                    path.display()
                )
                .into());
            }
        }
        Ok(Self { headings, text, cells })
    }

    pub(crate) fn rows(&self) -> usize {
        self.cells.len() / self.headings.len()
    }

    fn cell(&self, column: usize, row: usize) -> &str {
        let (start, end) = self.cells[row * self.headings.len() + column];
        &self.text[start as usize..end as usize]
    }

    /// All cells of a column.
    pub(crate) fn column(&self, name: &str) -> Option<Vec<&str>> {
        let column = self.headings.iter().position(|heading| heading == name)?;
        Some((0..self.rows()).map(|row| self.cell(column, row)).collect())
    }

    pub(crate) fn table(&self) -> RosterTable<'_> {
        let shown = self.headings.iter().enumerate().filter(|(_, name)| !HIDDEN.contains(&name.as_str()));
        shown.fold(RosterTable::new(self.rows()), |table, (column, name)| {
            table.column(name, move |row| match self.cell(column, row) {
                "" => RosterCell::Missing,
                text => RosterCell::Text(text),
            })
        })
    }
}
