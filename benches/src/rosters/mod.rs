//! Two rosters of a community that say nearly the same, with who is who: what the suites and the peers reconcile.
//!
//! Two generators draw them, each with its own people and its own errors, so that no figure hangs on one author's idea of
//! what goes wrong: [`hard`] has what a list of doorsteps looks like, [`odd`] what registers and clerks do to people.
//! Everybody is invented; the districts of the identity numbers are not in use.

mod draw;
mod hard;
mod odd;
mod people;
mod words;

pub use hard::hard;
pub use odd::odd;

use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// The headings of a roster beside the record's id and the truth.
pub const COLUMNS: [&str; 7] = ["name", "idno", "phone", "birth", "sex", "grid", "addr"];

/// A row of a roster.
#[derive(Clone, Debug)]
pub struct Row {
    /// The id of the row in its list.
    pub record: String,
    /// Who it is of: not for matching.
    pub person: u32,
    /// One for each of [`COLUMNS`]; an empty one is missing.
    pub cells: [String; COLUMNS.len()],
}

/// A register and a list that is held against it.
#[derive(Clone, Debug, Default)]
pub struct Rosters {
    /// The register.
    pub left: Vec<Row>,
    /// The list.
    pub right: Vec<Row>,
}

impl Rosters {
    /// Reads `A.csv` and `B.csv` of a folder.
    ///
    /// # Errors
    /// If a file can't be read, or has not the headings that [`write`](Self::write) gives it.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let read = |name: &str| rows(&std::fs::read_to_string(folder.join(name))?);
        Ok(Self { left: read("A.csv")?, right: read("B.csv")? })
    }

    /// Writes `A.csv` and `B.csv` into a folder: `rid,truth_id` and the [`COLUMNS`].
    ///
    /// # Errors
    /// If a file can't be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        std::fs::create_dir_all(folder)?;
        for (name, rows) in [("A.csv", &self.left), ("B.csv", &self.right)] {
            let mut text = format!("rid,truth_id,{}\n", COLUMNS.join(","));
            for row in rows {
                // Writing to a text cannot fail.
                let _ = writeln!(text, "{},{},{}", row.record, row.person, row.cells.join(","));
            }
            std::fs::write(folder.join(name), text)?;
        }
        Ok(())
    }
}

/// The rows of a file without quotes, whose headings may stand in any order, with others between them.
fn rows(file: &str) -> io::Result<Vec<Row>> {
    let missing =
        |name: &str| io::Error::new(io::ErrorKind::InvalidData, format!("there is no column {name}"));
    let mut lines = file.lines();
    let headings: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let place =
        |name: &str| headings.iter().position(|&heading| heading == name).ok_or_else(|| missing(name));
    let (record, person) = (place("rid")?, place("truth_id")?);
    let mut places = [0; COLUMNS.len()];
    for (at, name) in places.iter_mut().zip(COLUMNS) {
        *at = place(name)?;
    }
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let person = cell(person).parse().map_err(|_| missing("truth_id"))?;
        Ok(Row { record: cell(record).to_owned(), person, cells: places.map(|at| cell(at).to_owned()) })
    };
    lines.map(row).collect()
}
