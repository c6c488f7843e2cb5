//! Rows joined to their parents: distinct codes in order, each with its parent's place and its children.

use std::cmp::Ordering;

use super::builder::{Options, Root};
use super::fault::BuildFaultKind;
use super::intake::{BAD_KEY, Intake, NO_KEY};
use super::order::sort_by_key;

/// The place of "no parent".
pub(super) const NO_PARENT: u32 = u32::MAX;
/// The place of a parent that no row has, or that could not be read.
pub(super) const LOST: u32 = u32::MAX - 1;

/// Distinct codes in ascending order (their place is their *rank*), with parents and children as ranks.
///
/// A root that is no row stands behind all others, at rank [`rows`](Self::row)`.len()`.
pub(super) struct Forest {
    /// The row of each rank.
    pub row: Vec<u32>,
    /// The key of each rank.
    pub key: Vec<u64>,
    /// The parent of each rank.
    pub parent: Vec<u32>,
    /// Where the children of each rank begin in `child`.
    start: Vec<u32>,
    /// Children, ascending within a parent.
    child: Vec<u32>,
}

impl Forest {
    /// Sorts the codes, sets duplicates aside, finds every parent.
    ///
    /// # Complexity
    /// O(n) for packed codes: two radix sorts and a merge.
    pub(super) fn join(intake: &mut Intake, options: &Options) -> Self {
        let mut codes: Vec<(u64, u32)> =
            intake.code.iter().copied().zip(0..).filter(|&(key, _)| key != NO_KEY).collect();
        sort_by_key(&mut codes);
        set_duplicates_aside(intake, &mut codes);
        let key: Vec<u64> = codes.iter().map(|pair| pair.0).collect();
        let row: Vec<u32> = codes.iter().map(|pair| pair.1).collect();
        drop(codes);
        let parent = find_parents(intake, options, &key, &row);
        let (start, child) = list_children(&parent, row.len());
        Self { row, key, parent, start, child }
    }

    /// The children of a rank, ascending.
    pub(super) fn children(&self, rank: u32) -> &[u32] {
        &self.child[self.start[rank as usize] as usize..self.start[rank as usize + 1] as usize]
    }

    /// Every ring of parents: each from its smallest member on, in the direction of parents.
    ///
    /// # Complexity
    /// O(n) time and space: each rank is walked over once.
    pub(super) fn rings(&self) -> Vec<Vec<u32>> {
        const NEW: u32 = u32::MAX;
        let mut seen_by = vec![NEW; self.parent.len()];
        let mut rings = Vec::new();
        for first in 0..self.parent.len() as u32 {
            let mut at = first;
            while (at as usize) < self.parent.len() && seen_by[at as usize] == NEW {
                seen_by[at as usize] = first;
                at = self.parent[at as usize];
            }
            if (at as usize) < self.parent.len() && seen_by[at as usize] == first {
                let mut ring = vec![at];
                let mut next = self.parent[at as usize];
                while next != at {
                    ring.push(next);
                    next = self.parent[next as usize];
                }
                let smallest = ring.iter().enumerate().min_by_key(|pair| pair.1).map_or(0, |pair| pair.0);
                ring.rotate_left(smallest);
                rings.push(ring);
            }
        }
        rings.sort_unstable();
        rings
    }
}

/// Keeps one row of each code, chosen by what it says and not by where it stands.
fn set_duplicates_aside(intake: &mut Intake, codes: &mut Vec<(u64, u32)>) {
    if codes.windows(2).all(|pair| pair[0].0 != pair[1].0) {
        return;
    }
    let mut kept: Vec<(u64, u32)> = Vec::with_capacity(codes.len());
    let mut faults = Vec::new();
    let complaints = Complaints::new(intake);
    let order = |a: u32, b: u32| {
        compare_content(intake, a, b).then_with(|| complaints.compare(a, b)).then_with(|| a.cmp(&b))
    };
    for group in codes.chunk_by(|a, b| a.0 == b.0) {
        let Some(&best) = group.iter().min_by(|a, b| order(a.1, b.1)) else { continue };
        for &(_, row) in group.iter().filter(|pair| pair.1 != best.1) {
            faults.push((row as usize, best.1 as usize));
        }
        kept.push(best);
    }
    for (row, kept) in faults {
        intake.fault(Some(row), BuildFaultKind::DuplicateCode { kept });
    }
    *codes = kept;
}

fn compare_content(intake: &Intake, a: u32, b: u32) -> Ordering {
    let (one, other) = (a as usize, b as usize);
    let by = |values: &Option<Vec<u32>>| {
        values.as_ref().map_or(Ordering::Equal, |values| values[one].cmp(&values[other]))
    };
    let by_weights = || {
        let mut order = Ordering::Equal;
        for (_, values) in &intake.weights {
            order = order.then_with(|| values[one].total_cmp(&values[other]));
        }
        order
    };
    let by_footprint =
        || intake.footprint.as_ref().map_or(Ordering::Equal, |store| store.get(one).cmp(store.get(other)));
    (intake.parent[one].cmp(&intake.parent[other]))
        .then_with(|| intake.name.get(one).cmp(intake.name.get(other)))
        .then_with(|| by(&intake.level))
        .then_with(|| by(&intake.kind))
        .then_with(by_weights)
        .then_with(by_footprint)
}

/// What is wrong with the cells of each row: cells that can't be read count as empty, and tell rows apart only by this.
struct Complaints<'i> {
    by_row: Vec<(usize, &'i BuildFaultKind)>,
}

impl<'i> Complaints<'i> {
    fn new(intake: &'i Intake) -> Self {
        let of_rows = intake.faults.iter().filter_map(|fault| Some((fault.row?, &fault.kind)));
        let mut by_row: Vec<_> = of_rows.collect();
        by_row.sort_by_key(|fault| fault.0);
        Self { by_row }
    }

    fn of(&self, row: u32) -> &[(usize, &'i BuildFaultKind)] {
        let row = row as usize;
        let first = self.by_row.partition_point(|fault| fault.0 < row);
        let length = self.by_row[first..].partition_point(|fault| fault.0 == row);
        &self.by_row[first..first + length]
    }

    /// A row without faults comes first.
    fn compare(&self, a: u32, b: u32) -> Ordering {
        let says = |fault: &(usize, &BuildFaultKind)| format!("{:?}", fault.1);
        self.of(a).iter().map(says).cmp(self.of(b).iter().map(says))
    }
}

fn find_parents(intake: &mut Intake, options: &Options, key: &[u64], row: &[u32]) -> Vec<u32> {
    let mut wanted: Vec<(u64, u32)> =
        row.iter().zip(0..).map(|(&row, rank)| (intake.parent[row as usize], rank)).collect();
    sort_by_key(&mut wanted);
    let above_all = match options.root {
        Root::Named { .. } => Some(row.len() as u32),
        _ => None,
    };
    let existing = match options.root {
        Root::Existing(_) => intake.root,
        _ => None,
    };
    let mut parent = vec![NO_PARENT; row.len()];
    let mut faults = Vec::new();
    let mut at = 0;
    for (parent_key, rank) in wanted {
        while at < key.len() && key[at] < parent_key {
            at += 1;
        }
        parent[rank as usize] = if parent_key == NO_KEY {
            above_all.unwrap_or(NO_PARENT)
        } else if above_all.is_some() && intake.root == Some(parent_key) {
            row.len() as u32
        } else if at < key.len() && key[at] == parent_key {
            at as u32
        } else if existing.is_some() && existing == Some(key[rank as usize]) {
            NO_PARENT
        } else {
            if parent_key != BAD_KEY {
                faults.push((row[rank as usize] as usize, parent_key));
            }
            LOST
        };
    }
    for (row, parent_key) in faults {
        let parent = intake.texts.code(parent_key);
        intake.fault(Some(row), BuildFaultKind::UnknownParent(parent));
    }
    parent
}

fn list_children(parent: &[u32], rows: usize) -> (Vec<u32>, Vec<u32>) {
    let mut start = vec![0_u32; rows + 2];
    for &parent in parent.iter().filter(|&&parent| parent < LOST) {
        start[parent as usize + 1] += 1;
    }
    for rank in 0..=rows {
        start[rank + 1] += start[rank];
    }
    let mut child = vec![0_u32; start[rows + 1] as usize];
    let mut next = start.clone();
    for (rank, &parent) in parent.iter().enumerate() {
        if parent < LOST {
            let place = &mut next[parent as usize];
            child[*place as usize] = rank as u32;
            *place += 1;
        }
    }
    (start, child)
}
