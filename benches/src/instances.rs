//! The instances that `peers/assignment_data.py` draws, read from its files of whole numbers.

use std::io::{Error, Result};
use std::path::Path;

use gridcore::solve::flow::Arc;

/// A dense matrix, row by row, and its side.
///
/// # Errors
/// If there is no such file.
pub fn dense(folder: &Path, kind: &str, size: u32) -> Result<Vec<i64>> {
    let bytes = std::fs::read(folder.join(format!("dense_{kind}_{size}.i32")))?;
    let (numbers, _) = bytes.as_chunks();
    Ok(numbers.iter().map(|&number| i64::from(i32::from_le_bytes(number))).collect())
}

/// A file of 64-bit whole numbers.
///
/// # Errors
/// If there is no such file.
pub fn numbers(folder: &Path, name: &str) -> Result<Vec<i64>> {
    let bytes = std::fs::read(folder.join(name))?;
    let (numbers, _) = bytes.as_chunks();
    Ok(numbers.iter().map(|&number| i64::from_le_bytes(number)).collect())
}

/// Who can serve which grid, and at what cost.
pub struct City {
    /// Grids.
    pub rows: u32,
    /// People.
    pub columns: u32,
    /// Grid, person, cost.
    pub arcs: Vec<(u32, u32, i64)>,
    /// The person of each grid in an optimal assignment.
    pub before: Vec<u32>,
    /// Those of them who leave.
    pub leavers: Vec<u32>,
}

impl City {
    /// Reads the city.
    ///
    /// # Errors
    /// If a file is not there or not what was written.
    pub fn read(folder: &Path) -> Result<Self> {
        let given = numbers(folder, "city.i64")?;
        let arcs = given[3..]
            .chunks_exact(3)
            .map(|arc| Ok((narrow(arc[0])?, narrow(arc[1])?, arc[2])))
            .collect::<Result<_>>()?;
        let people = |name| numbers(folder, name)?.into_iter().map(narrow).collect::<Result<_>>();
        let (before, leavers) = (people("before.i64")?, people("leavers.i64")?);
        Ok(Self { rows: narrow(given[0])?, columns: narrow(given[1])?, arcs, before, leavers })
    }

    /// The arcs without those of the people who leave.
    #[must_use]
    pub fn without_leavers(&self) -> Vec<(u32, u32, i64)> {
        self.arcs.iter().filter(|arc| self.leavers.binary_search(&arc.1).is_err()).copied().collect()
    }
}

/// What each node sends, and the arcs.
///
/// # Errors
/// If the file is not there or not what was written.
pub fn flow(folder: &Path, name: &str) -> Result<(Vec<i64>, Vec<Arc>)> {
    let given = numbers(folder, &format!("{name}.flow"))?;
    let end = 2 + 4 * narrow(given[1])? as usize;
    let arcs = given[2..end]
        .chunks_exact(4)
        .map(|arc| {
            Ok(Arc { tail: narrow(arc[0])?, head: narrow(arc[1])?, lower: 0, capacity: arc[2], cost: arc[3] })
        })
        .collect::<Result<_>>()?;
    Ok((given[end..].to_vec(), arcs))
}

/// People, sites and days of three shifts.
pub struct Roster {
    /// People.
    pub people: usize,
    /// Sites.
    pub sites: usize,
    /// Days.
    pub days: usize,
    /// How many people each site wants in each shift of each day.
    pub demand: Vec<i64>,
    /// Whether each person can stand at each site.
    pub eligible: Vec<bool>,
    /// How each person dislikes each site, from 0 to 9.
    pub dislike: Vec<i64>,
    /// Whether each person has time on each day.
    pub available: Vec<bool>,
}

impl Roster {
    /// Reads the roster.
    ///
    /// # Errors
    /// If the file is not there or not what was written.
    pub fn read(folder: &Path) -> Result<Self> {
        let given = numbers(folder, "roster.i64")?;
        let [people, sites, days] =
            [given[0], given[1], given[2]].map(|size| narrow(size).map(|size| size as usize));
        let (people, sites, days) = (people?, sites?, days?);
        let mut rest = &given[3..];
        let mut take = |count: usize| {
            let (first, left) = rest.split_at(count);
            rest = left;
            first.to_vec()
        };
        let demand = take(sites * days * 3);
        let eligible = take(people * sites).iter().map(|&able| able == 1).collect();
        let dislike = take(people * sites);
        let available = take(people * days).iter().map(|&free| free == 1).collect();
        Ok(Self { people, sites, days, demand, eligible, dislike, available })
    }
}

fn narrow(number: i64) -> Result<u32> {
    u32::try_from(number).map_err(Error::other)
}
