//! The candidates of rows that come later: as all rows together would have them under the caps of the first run, but only
//! pairs are compared that an earlier run did not have.

use super::super::compare::Comparisons;
use super::super::side::{Fields, Side};
use super::candidates::{Candidates, Caps, Inside, MOST_STORED};
use super::kept::Kept;
use super::rest::Covered;
use super::rule::Blocking;
use super::sort::Block;
use super::stream::{Sorted, Stream};
use crate::control::{Control, Stopped};

/// Where pairs are sought.
#[derive(Clone, Copy)]
pub(crate) enum Where<'c> {
    /// Between the left and the right.
    Between(&'c Side, &'c Side),
    /// Inside one side.
    Inside(&'c Side, Inside),
}

/// Pairs that were found elsewhere, by left and then right, and the keys that were cut there, ascending.
pub(crate) type Elsewhere<'e> = (&'e [(u32, u32)], &'e [u64]);

/// What was found before.
#[derive(Clone, Copy)]
pub(crate) struct Before<'b> {
    /// By rule: the keys of blocks that were cut, ascending.
    pub(crate) cut: &'b [Vec<u32>],
    /// Whether the row at each position is new, of the left and of the right; inside one side the second is not looked at.
    pub(crate) new: [&'b [bool]; 2],
}

fn blocking(fields: &Fields, all: &Comparisons, which: Where<'_>, caps: &Caps) -> Blocking {
    let mut blocking = Blocking::new(fields, all, &caps.telling);
    if matches!(which, Where::Inside(_, Inside::Strict)) {
        blocking.keep_strict();
    }
    blocking
}

/// Whether caps are of these fields.
pub(crate) fn fits(fields: &Fields, all: &Comparisons, which: Where<'_>, caps: &Caps) -> bool {
    caps.telling.len() == fields.fields.len()
        && caps.most.len() == blocking(fields, all, which, caps).rules.len()
}

/// Goes through the rules under given caps: sorts the rows, sets apart the blocks that are not whole, and leaves the rest of
/// the rule to `visit`.
fn by_rule<'c>(
    fields: &Fields,
    all: &'c Comparisons,
    which: Where<'c>,
    caps: &Caps,
    is_whole: impl Fn(usize, &Sorted, &Block) -> bool,
    control: &mut Control<'_>,
    mut visit: impl FnMut(&mut Candidates<'c>, usize, &mut Sorted, &mut Control<'_>) -> Result<(), Stopped>,
) -> Result<(Candidates<'c>, Covered), Stopped> {
    let blocking = blocking(fields, all, which, caps);
    let (stream, rows) = match which {
        Where::Between(left, right) => {
            let rows = u64::from(left.rows) + u64::from(right.rows);
            (Stream::between(all, blocking, left, right), rows)
        }
        Where::Inside(side, _) => (Stream::inside(all, blocking, side), side.rows.into()),
    };
    let mut covered = Covered::new(stream.left.rows, stream.right.rows);
    let mut found = Candidates::none(stream, MOST_STORED);
    found.caps = caps.clone();
    let mut sorted = Sorted::default();
    for rule in 0..found.stream.blocking.rules.len() {
        control.spend(rows, None)?;
        found.stream.sort(rule, &mut sorted);
        found.plan(rule, &sorted, |block| is_whole(rule, &sorted, block), &mut covered);
        visit(&mut found, rule, &mut sorted, control)?;
    }
    Ok((found, covered))
}

/// Whether a block keeps to its rule's cap.
fn under(caps: &Caps) -> impl Fn(usize, &Sorted, &Block) -> bool + '_ {
    |rule, sorted, block| caps.most.get(rule).is_some_and(|&most| sorted.pairs(block) <= most)
}

/// Finds the candidates under given caps.
///
/// # Errors
///
/// [`Stopped`] as the control says.
///
/// # Complexity
///
/// That of [`candidates`](super::candidates).
pub(crate) fn again<'c>(
    fields: &Fields,
    all: &'c Comparisons,
    which: Where<'c>,
    caps: &Caps,
    control: &mut Control<'_>,
) -> Result<Candidates<'c>, Stopped> {
    let count = |found: &mut Candidates<'c>, rule, sorted: &mut Sorted, control: &mut Control<'_>| {
        found.count(rule, sorted, None, control).map(|_| ())
    };
    let (mut found, covered) = by_rule(fields, all, which, caps, under(caps), control, count)?;
    found.finish(&covered, control)?;
    Ok(found)
}

/// Takes for candidates the pairs that were found elsewhere under the same blocks, those with a key of `cut` being cut, and
/// adds those of rows all of whose blocks are cut.
///
/// # Errors
///
/// [`Stopped`] as the control says.
///
/// # Complexity
///
/// O(k·n + p) time for k keys, n rows and p pairs.
pub(crate) fn elsewhere<'c>(
    fields: &Fields,
    all: &'c Comparisons,
    which: Where<'c>,
    caps: &Caps,
    (pairs, cut): Elsewhere<'_>,
    control: &mut Control<'_>,
) -> Result<Candidates<'c>, Stopped> {
    let is_whole = |rule: usize, sorted: &Sorted, block: &Block| {
        cut.binary_search(&((rule as u64) << 32 | u64::from(sorted.key(block)))).is_err()
    };
    let (mut found, covered) = by_rule(fields, all, which, caps, is_whole, control, |_, _, _, _| Ok(()))?;
    let Candidates { stream, tally, .. } = &mut found;
    let mut memo = all.memo();
    let mut stored = Vec::with_capacity(pairs.len());
    for &(l, r) in pairs {
        stored.push((l, r, tally.count(stream.levels(l, r, &mut memo))));
    }
    control.spend(pairs.len() as u64, None)?;
    found.kept = Kept::all(stored);
    found.finish(&covered, control)?;
    Ok(found)
}

/// Finds the candidates under given caps that were none before: those with a new row, and those of blocks that were cut and
/// are not any more. Some others may be among them. What was a candidate before is one still if [`Candidates::holds`].
///
/// # Errors
///
/// [`Stopped`] as the control says.
///
/// # Complexity
///
/// O(k·n + c) time for k keys, n rows and c pairs compared.
pub(crate) fn touched<'c>(
    fields: &Fields,
    all: &'c Comparisons,
    which: Where<'c>,
    caps: &Caps,
    before: &Before<'_>,
    control: &mut Control<'_>,
) -> Result<Candidates<'c>, Stopped> {
    let mut memo = all.memo();
    let mut pairs = Vec::new();
    let seek = |found: &mut Candidates<'c>, rule: usize, sorted: &mut Sorted, control: &mut Control<'_>| {
        let Candidates { stream, tally, .. } = found;
        let any_cut = stream.any_cut(rule);
        let mut done = 0;
        for block in &sorted.blocks {
            let key = sorted.key(block);
            if stream.is_cut(rule, key) {
                continue;
            }
            let was_cut = before.cut.get(rule).is_some_and(|cut| cut.binary_search(&key).is_ok());
            done += some(stream, sorted, block, (!was_cut).then_some(before), |l, r| {
                if stream.belongs(rule, l, r, any_cut) {
                    pairs.push((l, r, tally.count(stream.levels(l, r, &mut memo))));
                }
            });
            if done >= 1 << 18 {
                control.spend(done, None)?;
                done = 0;
            }
        }
        control.spend(done, None)
    };
    let (mut found, covered) = by_rule(fields, all, which, caps, under(caps), control, seek)?;
    found.kept = Kept::all(pairs);
    found.finish(&covered, control)?;
    Ok(found)
}

/// Calls `each` for the pairs of a block, only for those with a new row if it is said which are; returns how many.
fn some(
    stream: &Stream<'_>,
    sorted: &Sorted,
    block: &Block,
    before: Option<&Before<'_>>,
    mut each: impl FnMut(u32, u32),
) -> u64 {
    let (lefts, rights) = (sorted.left(block), sorted.right(block));
    let rows = |entries: &[u64]| entries.iter().map(|&entry| entry as u32).collect::<Vec<u32>>();
    let is_new = |side: usize, row: u32| {
        before.is_none_or(|before| before.new[side].get(row as usize).copied().unwrap_or(true))
    };
    let right_side = usize::from(!stream.inside);
    let rights = rows(rights);
    let new_rights: Vec<u32> = rights.iter().copied().filter(|&r| is_new(right_side, r)).collect();
    let mut count = 0;
    for l in rows(lefts) {
        let others = if is_new(0, l) { &rights } else { &new_rights };
        // Inside one side, a row meets those that come after it; rows of a key stand in order.
        let first = if stream.inside { others.partition_point(|&r| r <= l) } else { 0 };
        for &r in &others[first..] {
            each(l, r);
            count += 1;
        }
    }
    count
}

impl Candidates<'_> {
    /// Whether two rows share a key whose block is compared in full.
    pub(crate) fn holds(&self, l: u32, r: u32) -> bool {
        self.stream.is_whole(l, r)
    }

    /// By rule: the keys of the blocks that are cut.
    pub(crate) fn cut_keys(&self) -> &[Vec<u32>] {
        &self.stream.cut
    }
}
