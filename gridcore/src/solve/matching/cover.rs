//! The answer with its proof, a cover, and the check of the proof.

use std::fmt;

use super::hopcroft_karp::Pairs;
use super::{HallSet, HallViolation};
use crate::control::Stopped;
use crate::error::{Fault, Lang, Problem};
use crate::solve::assignment::{Candidates, NONE};
use crate::solve::meter::Meter;

/// Rows and columns that touch every candidate: no matching can have more pairs than the cover has members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Cover {
    /// The rows, ascending.
    pub rows: Vec<u32>,
    /// The columns, ascending.
    pub columns: Vec<u32>,
}

/// A largest matching and its proof.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Matching {
    /// The column of each row that has one.
    pub columns: Vec<Option<u32>>,
    /// How many rows have a column.
    pub size: u32,
    /// Rows that share too few columns; none when every row has a column.
    pub hall: Option<HallSet>,
    /// As many rows and columns as there are pairs, that touch every candidate.
    pub cover: Cover,
}

/// What is wrong with a matching that claims to be the largest.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MatchingViolation {
    /// It has another number of rows than the task.
    Size,
    /// A row has a column that is not among its candidates.
    NotCandidate {
        /// The row.
        row: u32,
        /// The column.
        column: u32,
    },
    /// Two rows have the same column.
    SharedColumn {
        /// The column.
        column: u32,
    },
    /// A candidate is touched by no member of the cover.
    Uncovered {
        /// Its row.
        row: u32,
        /// Its column.
        column: u32,
    },
    /// The number of pairs, the stated size and the cover do not agree.
    Count {
        /// The pairs.
        pairs: u64,
        /// The stated size.
        stated: u32,
        /// The members of the cover.
        cover: u64,
    },
    /// The set of rows that explains what is missing is wrong, or there is one where nothing is missing, or none where it is.
    Hall(Option<HallViolation>),
}

use MatchingViolation as V;

impl Matching {
    /// Checks the matching and its proof against the candidates, without any of the solver's code.
    ///
    /// ```
    /// use gridcore::control::Control;
    /// use gridcore::solve::assignment::Candidates;
    /// use gridcore::solve::matching::{MatchingViolation, maximum_matching};
    /// let candidates = Candidates::from_arcs(2, 2, &[(0, 0, 7), (0, 1, 7), (1, 0, 7)])?;
    /// let mut matching = maximum_matching(&candidates, &mut Control::free()).expect("nothing stops it");
    /// assert_eq!(matching.verify(&candidates), Ok(()));
    /// matching.columns = vec![Some(0), Some(0)];
    /// assert_eq!(matching.verify(&candidates), Err(MatchingViolation::SharedColumn { column: 0 }));
    /// # Ok::<(), gridcore::solve::assignment::AssignmentError>(())
    /// ```
    ///
    /// # Complexity
    ///
    /// O(rows + columns + arcs) time, O(rows + columns) space.
    ///
    /// # Errors
    ///
    /// The first [`MatchingViolation`] found.
    pub fn verify(&self, candidates: &Candidates) -> Result<(), MatchingViolation> {
        if self.columns.len() != candidates.rows() as usize {
            return Err(V::Size);
        }
        let mut taken = vec![false; candidates.columns() as usize];
        for (row, column) in (0..).zip(&self.columns) {
            let Some(column) = *column else { continue };
            if candidates.cost(row, column).is_none() {
                return Err(V::NotCandidate { row, column });
            }
            if std::mem::replace(&mut taken[column as usize], true) {
                return Err(V::SharedColumn { column });
            }
        }
        let in_rows = members(&self.cover.rows, candidates.rows());
        let in_columns = members(&self.cover.columns, candidates.columns());
        for (row, column, _) in candidates.arcs() {
            if !in_rows[row as usize] && !in_columns[column as usize] {
                return Err(V::Uncovered { row, column });
            }
        }
        let pairs = self.columns.iter().flatten().count() as u64;
        let cover = self.cover.rows.len() as u64 + self.cover.columns.len() as u64;
        if pairs != u64::from(self.size) || pairs != cover {
            return Err(V::Count { pairs, stated: self.size, cover });
        }
        match &self.hall {
            None if pairs == u64::from(candidates.rows()) => Ok(()),
            Some(hall) if pairs < u64::from(candidates.rows()) => {
                hall.verify(candidates).map_err(|violation| V::Hall(Some(violation)))
            }
            _ => Err(V::Hall(None)),
        }
    }
}

/// Which of so many numbers are in a list.
pub(super) fn members(list: &[u32], count: u32) -> Vec<bool> {
    let mut is_member = vec![false; count as usize];
    for &member in list {
        if let Some(flag) = is_member.get_mut(member as usize) {
            *flag = true;
        }
    }
    is_member
}

/// König's cover: the rows that no row without a column reaches by exchanges, and the columns that one does.
pub(super) fn cover_of(
    candidates: &Candidates,
    pairs: &Pairs,
    meter: &mut Meter<'_, '_>,
) -> Result<Cover, Stopped> {
    let mut row_reached: Vec<bool> = pairs.column_of.iter().map(|&column| column == NONE).collect();
    let mut column_reached = vec![false; candidates.columns() as usize];
    let mut queue: Vec<u32> = (0..candidates.rows()).filter(|&row| row_reached[row as usize]).collect();
    while let Some(row) = queue.pop() {
        let heads = candidates.row(row).0;
        meter.add(heads.len())?;
        for &column in heads {
            if !std::mem::replace(&mut column_reached[column as usize], true) {
                let holder = pairs.row_of[column as usize] as usize;
                if !std::mem::replace(&mut row_reached[holder], true) {
                    queue.push(holder as u32);
                }
            }
        }
    }
    Ok(Cover {
        rows: (0..candidates.rows()).filter(|&row| !row_reached[row as usize]).collect(),
        columns: (0..candidates.columns()).filter(|&column| column_reached[column as usize]).collect(),
    })
}

impl fmt::Display for MatchingViolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for MatchingViolation {}

impl Problem for MatchingViolation {
    fn code(&self) -> &'static str {
        match self {
            V::Size => "wrong_size",
            V::NotCandidate { .. } => "not_candidate",
            V::SharedColumn { .. } => "shared_column",
            V::Uncovered { .. } => "uncovered",
            V::Count { .. } => "wrong_count",
            V::Hall(_) => "wrong_hall_set",
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let (en, zh) = match self {
            V::Size => (
                "the matching has another number of rows than the task".to_owned(),
                "匹配的行数与题目不符".to_owned(),
            ),
            V::NotCandidate { row, column } => (
                format!("row {row} was given column {column}, which is not among its candidates"),
                format!("第 {row} 行得到第 {column} 列，但不在其候选之中"),
            ),
            V::SharedColumn { column } => {
                (format!("two rows were both given column {column}"), format!("有两行都得到第 {column} 列"))
            }
            V::Uncovered { row, column } => (
                format!("row {row} with column {column} is touched by no member of the cover"),
                format!("第 {row} 行与第 {column} 列未被覆盖"),
            ),
            V::Count { pairs, stated, cover } => (
                format!(
                    "{pairs} pairs, a stated size of {stated} and a cover of {cover} should be the same number"
                ),
                format!("配对数 {pairs}、声称的大小 {stated} 与覆盖数 {cover} 应当相等"),
            ),
            V::Hall(Some(violation)) => return violation.faults(),
            V::Hall(None) => (
                "rows are left over without an explanation, or explained where none is left over".to_owned(),
                "有行未配对而无说明，或无行未配对而有说明".to_owned(),
            ),
        };
        vec![
            Fault::new(self.code())
                .says(en, zh)
                .remedy("match again, for exactly these candidates", "请按这些候选重新匹配"),
        ]
    }
}
