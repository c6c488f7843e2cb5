//! Why some rows can't all have a column: together they have too few.

use std::fmt;

use super::cover::members;
use super::hopcroft_karp::Pairs;
use crate::control::{Control, Stopped};
use crate::error::{Fault, Lang, Problem};
use crate::solve::assignment::{Candidates, NONE};
use crate::solve::meter::Meter;

/// Rows that share only these columns, which are fewer than the rows (Hall 1935): so they can't all have one.
///
/// The set is minimal: without any one of its rows, the others could all have a column.
///
/// ```
/// use gridcore::solve::{assignment::Candidates, matching::{HallSet, HallViolation}};
/// let candidates = Candidates::from_arcs(3, 3, &[(0, 1, 5), (1, 0, 1), (1, 2, 1), (2, 1, 6)])?;
/// let hall = HallSet { rows: vec![0, 2], columns: vec![1] };
/// assert_eq!(hall.verify(&candidates), Ok(()));
/// let wrong = HallSet { rows: vec![0, 1], columns: vec![1] };
/// assert_eq!(wrong.verify(&candidates), Err(HallViolation::AnotherColumn { row: 1, column: 0 }));
/// # Ok::<(), gridcore::solve::assignment::AssignmentError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct HallSet {
    /// The rows, ascending.
    pub rows: Vec<u32>,
    /// Every column that is a candidate of one of the rows, ascending.
    pub columns: Vec<u32>,
}

/// What is wrong with a set of rows that claims to share too few columns.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HallViolation {
    /// There are at least as many columns as rows.
    Enough,
    /// The list of rows names one twice, or one that does not exist.
    Row {
        /// The row.
        row: u32,
    },
    /// A row has a candidate that is not among the columns.
    AnotherColumn {
        /// The row.
        row: u32,
        /// The column.
        column: u32,
    },
}

impl HallSet {
    /// Checks the set against the candidates by counting.
    ///
    /// # Complexity
    ///
    /// O(rows + columns + arcs of the rows) time, O(rows + columns) space.
    ///
    /// # Errors
    ///
    /// The first [`HallViolation`] found.
    pub fn verify(&self, candidates: &Candidates) -> Result<(), HallViolation> {
        if self.columns.len() >= self.rows.len() {
            return Err(HallViolation::Enough);
        }
        let is_shared = members(&self.columns, candidates.columns());
        let mut seen = vec![false; candidates.rows() as usize];
        for &row in &self.rows {
            match seen.get_mut(row as usize) {
                Some(seen) if !*seen => *seen = true,
                _ => return Err(HallViolation::Row { row }),
            }
            let heads = candidates.row(row).0;
            if let Some(&column) = heads.iter().find(|&&column| !is_shared[column as usize]) {
                return Err(HallViolation::AnotherColumn { row, column });
            }
        }
        Ok(())
    }

    /// The set as a flat record with its texts.
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let (rows, columns) = (self.rows.len(), self.columns.len());
        let mut fault = Fault::new("unassignable").found(columns, format!("at least {rows}"));
        fault.related = self.rows.iter().map(|&row| row as usize).collect();
        fault
            .says(
                format!("{rows} rows share only {columns} columns"),
                format!("{rows} 行合计只有 {columns} 列可用"),
            )
            .remedy(
                "give these rows more candidates, or leave some of them out",
                "请为这些行增加候选，或去掉其中若干行",
            )
    }
}

/// Some rows that share too few columns, when it is known that there are such.
pub(in crate::solve) fn hall_set(
    candidates: &Candidates,
    control: &mut Control<'_>,
) -> Result<HallSet, Stopped> {
    let mut meter = Meter::new(control);
    let pairs = Pairs::largest(candidates, &mut meter)?;
    let found = smallest_hall_set(candidates, &pairs, &mut meter)?;
    meter.book()?;
    Ok(found.expect("rows that can't all have a column leave one without"))
}

/// The rows and columns that a row without a column reaches by exchanges, for the row that reaches the fewest (of equals the
/// first); none if every row has a column. Rows are tried while work lasts, so that many of them don't cost a search each.
///
/// Minimal: a smaller set would have to contain the row without a column, for all others have one; and with a row it must
/// contain the holders of that row's columns, so everything that was reached.
pub(super) fn smallest_hall_set(
    candidates: &Candidates,
    pairs: &Pairs,
    meter: &mut Meter<'_, '_>,
) -> Result<Option<HallSet>, Stopped> {
    const WORK_PER_ARC: usize = 8;
    let mut allowance = (candidates.arc_count() + candidates.rows() as usize).saturating_mul(WORK_PER_ARC);
    let mut best: Option<Vec<u32>> = None;
    let mut seen = vec![NONE; candidates.rows() as usize];
    for searcher in 0..candidates.rows() {
        if pairs.column_of[searcher as usize] != NONE {
            continue;
        }
        let most = best.as_ref().map_or(usize::MAX, Vec::len);
        if best.is_some() && (allowance == 0 || most == 1) {
            break;
        }
        let mut reached = vec![searcher];
        seen[searcher as usize] = searcher;
        let mut at = 0;
        while at < reached.len() && reached.len() < most {
            let heads = candidates.row(reached[at]).0;
            at += 1;
            meter.add(heads.len() + 1)?;
            allowance = allowance.saturating_sub(heads.len() + 1);
            for &column in heads {
                let holder = pairs.row_of[column as usize];
                if std::mem::replace(&mut seen[holder as usize], searcher) != searcher {
                    reached.push(holder);
                }
            }
        }
        if reached.len() < most {
            best = Some(reached);
        }
    }
    Ok(best.map(|mut rows| {
        rows.sort_unstable();
        let mut columns: Vec<u32> =
            rows.iter().map(|&row| pairs.column_of[row as usize]).filter(|&column| column != NONE).collect();
        columns.sort_unstable();
        HallSet { rows, columns }
    }))
}

impl fmt::Display for HallViolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for HallViolation {}

impl Problem for HallViolation {
    fn code(&self) -> &'static str {
        match self {
            Self::Enough => "enough_columns",
            Self::Row { .. } => "wrong_row",
            Self::AnotherColumn { .. } => "another_column",
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let (en, zh) = match self {
            Self::Enough => (
                "the rows share at least as many columns as they are".to_owned(),
                "列数不少于行数".to_owned(),
            ),
            Self::Row { row } => {
                (format!("row {row} is named twice or does not exist"), format!("第 {row} 行重复或不存在"))
            }
            Self::AnotherColumn { row, column } => {
                (format!("row {row} also has column {column}"), format!("第 {row} 行还有第 {column} 列可用"))
            }
        };
        vec![
            Fault::new(self.code())
                .says(en, zh)
                .remedy("match again, for exactly these candidates", "请按这些候选重新匹配"),
        ]
    }
}
