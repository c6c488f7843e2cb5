//! Hopcroft and Karp's matching in phases.

use super::Matching;
use super::cover::cover_of;
use super::hall::smallest_hall_set;
use crate::control::{Control, Stopped};
use crate::solve::assignment::{Candidates, NONE};
use crate::solve::meter::Meter;

/// Gives as many rows as possible a column of their own; costs play no part.
///
/// The algorithm of Hopcroft and Karp (*SIAM Journal on Computing* 2, 1973), from a greedy start. The answer proves itself by a
/// cover (König 1931): some rows and columns, as many as the matching has pairs, that touch every candidate. When rows are
/// left over it also says why for one of them: a [`HallSet`](super::HallSet).
///
/// Which of several largest matchings is answered depends on the set of candidates alone.
///
/// ```
/// use gridcore::control::Control;
/// use gridcore::solve::{assignment::Candidates, matching::maximum_matching};
/// let candidates = Candidates::from_arcs(2, 2, &[(0, 0, 7), (0, 1, 7), (1, 0, 7)])?;
/// let matching = maximum_matching(&candidates, &mut Control::free()).expect("nothing stops it");
/// assert_eq!((matching.columns, matching.size, matching.hall), (vec![Some(1), Some(0)], 2, None));
/// # Ok::<(), gridcore::solve::assignment::AssignmentError>(())
/// ```
///
/// # Complexity
///
/// O(arcs · √(rows + columns)) time, O(rows + columns) space.
///
/// # Errors
///
/// [`Stopped`] when `control` says so.
pub fn maximum_matching(candidates: &Candidates, control: &mut Control<'_>) -> Result<Matching, Stopped> {
    let mut meter = Meter::new(control);
    let pairs = Pairs::largest(candidates, &mut meter)?;
    let cover = cover_of(candidates, &pairs, &mut meter)?;
    let hall = smallest_hall_set(candidates, &pairs, &mut meter)?;
    meter.book()?;
    Ok(Matching {
        size: pairs.column_of.iter().filter(|&&column| column != NONE).count() as u32,
        columns: pairs.column_of.iter().map(|&column| (column != NONE).then_some(column)).collect(),
        hall,
        cover,
    })
}

/// Pairs of rows and columns, from both sides.
pub(super) struct Pairs {
    pub(super) column_of: Vec<u32>,
    pub(super) row_of: Vec<u32>,
}

impl Pairs {
    /// A matching of the largest size.
    pub(super) fn largest(candidates: &Candidates, meter: &mut Meter<'_, '_>) -> Result<Self, Stopped> {
        let mut pairs = Self {
            column_of: vec![NONE; candidates.rows() as usize],
            row_of: vec![NONE; candidates.columns() as usize],
        };
        pairs.take_greedily(candidates);
        meter.add(candidates.arc_count())?;
        let mut phase = Phase::new(candidates.rows() as usize);
        while phase.layer(candidates, &pairs, meter)? {
            for row in 0..candidates.rows() {
                if pairs.column_of[row as usize] == NONE {
                    phase.augment(candidates, &mut pairs, row, meter)?;
                }
            }
        }
        Ok(pairs)
    }

    /// Each row takes its first column that is free.
    fn take_greedily(&mut self, candidates: &Candidates) {
        for row in 0..candidates.rows() {
            let free = candidates.row(row).0.iter().find(|&&column| self.row_of[column as usize] == NONE);
            if let Some(&column) = free {
                self.row_of[column as usize] = row;
                self.column_of[row as usize] = column;
            }
        }
    }
}

/// One phase: rows in layers by their distance from rows without a column, and how far each has looked for a way on.
struct Phase {
    layer: Vec<u32>,
    next: Vec<u32>,
    queue: Vec<u32>,
    path: Vec<u32>,
}

impl Phase {
    fn new(rows: usize) -> Self {
        Self { layer: vec![NONE; rows], next: vec![0; rows], queue: Vec::new(), path: Vec::new() }
    }

    /// Lays rows in layers, up to the first that touches a free column; whether there is one.
    fn layer(
        &mut self,
        candidates: &Candidates,
        pairs: &Pairs,
        meter: &mut Meter<'_, '_>,
    ) -> Result<bool, Stopped> {
        self.next.fill(0);
        self.layer.fill(NONE);
        self.queue.clear();
        for row in 0..candidates.rows() {
            if pairs.column_of[row as usize] == NONE {
                self.layer[row as usize] = 0;
                self.queue.push(row);
            }
        }
        let (mut at, mut last) = (0, NONE);
        while let Some(&row) = self.queue.get(at) {
            at += 1;
            let layer = self.layer[row as usize];
            if layer >= last {
                break;
            }
            let heads = candidates.row(row).0;
            meter.add(heads.len())?;
            for &column in heads {
                let holder = pairs.row_of[column as usize];
                if holder == NONE {
                    last = layer + 1;
                } else if self.layer[holder as usize] == NONE {
                    self.layer[holder as usize] = layer + 1;
                    self.queue.push(holder);
                }
            }
        }
        Ok(last != NONE)
    }

    /// Looks for a path down the layers from one row to a free column, without going the same way twice in a phase.
    fn augment(
        &mut self,
        candidates: &Candidates,
        pairs: &mut Pairs,
        searcher: u32,
        meter: &mut Meter<'_, '_>,
    ) -> Result<(), Stopped> {
        self.path.clear();
        self.path.push(searcher);
        while let Some(&row) = self.path.last() {
            let heads = candidates.row(row).0;
            let Some(&column) = heads.get(self.next[row as usize] as usize) else {
                self.path.pop();
                continue;
            };
            self.next[row as usize] += 1;
            meter.add(1)?;
            let holder = pairs.row_of[column as usize];
            if holder == NONE {
                self.carry_out(candidates, pairs);
                break;
            }
            if self.layer[holder as usize] == self.layer[row as usize] + 1 {
                self.path.push(holder);
            }
        }
        Ok(())
    }

    /// Gives each row on the path the column it looked at last.
    fn carry_out(&self, candidates: &Candidates, pairs: &mut Pairs) {
        for &row in &self.path {
            let column = candidates.row(row).0[self.next[row as usize] as usize - 1];
            pairs.column_of[row as usize] = column;
            pairs.row_of[column as usize] = row;
        }
    }
}
