//! The short way to a tree, for a table without a fault whose codes tell parents before children.
//!
//! Most registers are like that: a code is longer than its parent's and begins with it. Then the order of codes has
//! every parent before its children and the children of one parent side by side, and a few passes over plain arrays
//! make the tree. At the first doubt the table goes back to [`build`](super::build), which finds every fault; nothing
//! is decided here but that there is none.

use std::sync::OnceLock;

use super::builder::{Options, Root};
use super::intake::{BAD_KEY, Intake, NO_KEY, NO_VALUE, Texts};
use super::order::sort_codes;
use super::{GridTree, Inner};

/// Which row stands at each rank.
enum Rows {
    /// The one of the same number: the table was in the order of its codes.
    Same,
    Listed(Vec<u32>),
}

impl Rows {
    fn of(&self, rank: usize) -> usize {
        match self {
            Self::Same => rank,
            Self::Listed(rows) => rows[rank] as usize,
        }
    }

    /// Hands over the values of a column in the order of ranks until one is refused; says whether none was.
    ///
    /// Values are fetched by the block: so the misses of a block overlap, whatever is done with each value.
    fn all<T: Copy + Default>(&self, column: &[T], mut take: impl FnMut(T) -> bool) -> bool {
        const BLOCK: usize = 128;
        let Self::Listed(rows) = self else { return column.iter().all(|&value| take(value)) };
        let mut block = [T::default(); BLOCK];
        rows.chunks(BLOCK).all(|rows| {
            for (value, &row) in block.iter_mut().zip(rows) {
                *value = column[row as usize];
            }
            block[..rows.len()].iter().all(|&value| take(value))
        })
    }
}

/// Builds the tree, or gives the table back as it was.
///
/// # Complexity
/// O(n) time for a sorted table, one sort of the codes more for any other; beside the tree and the columns that were
/// read at most 20 bytes a row.
pub(super) fn build(mut intake: Intake, options: &Options) -> Result<GridTree, Box<Intake>> {
    if !intake.faults.is_empty() || intake.rows == 0 {
        return Err(Box::new(intake));
    }
    let rows = if intake.code.is_sorted_by(|a, b| a < b) {
        Rows::Same
    } else {
        Rows::Listed(sort_codes(&mut intake.code))
    };
    let Some((up, level)) = check(&intake, &rows, options) else {
        if let Rows::Listed(rows) = rows {
            let mut code = vec![NO_KEY; rows.len()];
            for (&row, &key) in rows.iter().zip(&intake.code) {
                code[row as usize] = key;
            }
            intake.code = code;
        }
        return Err(Box::new(intake));
    };
    intake.parent = Vec::new();
    intake.level = None;
    let spare = std::mem::take(&mut intake.name_hash);
    Ok(lay_out(intake, rows, up, level, spare, options))
}

/// The parent and the level of each grid in the order of codes; nothing at the first doubt.
fn check(intake: &Intake, rows: &Rows, options: &Options) -> Option<(Vec<u32>, Vec<u8>)> {
    let up = join(intake, rows, options)?;
    let level = levels(intake, rows, &up, options)?;
    let fits = kinds_fit(intake, rows, &level, options)
        && codes_extend(intake, &up, options)
        && siblings_differ(intake, rows, &up, options);
    fits.then_some((up, level))
}

/// How many grids stand before the first row: the root that was named beside the rows, if one was.
fn extra(options: &Options) -> usize {
    usize::from(matches!(options.root, Root::Named { .. }))
}

/// The parent of each grid in the order of codes, a named root before all; nothing unless parents ascend with their
/// children and stand before them.
fn join(intake: &Intake, rows: &Rows, options: &Options) -> Option<Vec<u32>> {
    let extra = extra(options);
    let key = &intake.code;
    let mut up = Vec::with_capacity(key.len() + extra);
    up.push(0);
    if extra == 0 {
        // The first code is the root's, whose parent is none or, if it was named as the root, in another table.
        let parent = intake.parent[rows.of(0)];
        let is_root = match options.root {
            Root::Existing(_) => {
                intake.root == Some(key[0]) && parent != BAD_KEY && key.binary_search(&parent).is_err()
            }
            _ => parent == NO_KEY,
        };
        if !is_root {
            return None;
        }
    } else if intake.root.is_none_or(|root| key.binary_search(&root).is_ok()) {
        return None;
    }
    let (mut rank, mut at, mut last) = (0, 0, NO_KEY);
    let joined = rows.all(&intake.parent, |parent| {
        let here = key[rank];
        let is_fresh = here != NO_KEY && (rank == 0 || here != key[rank - 1]);
        rank += 1;
        if extra == 0 && rank == 1 {
            return is_fresh; // the root, whose parent was looked at
        }
        let wanted = if extra == 1 && Some(parent) == intake.root { NO_KEY } else { parent };
        let ascends = is_fresh && wanted >= last;
        last = wanted;
        if wanted == NO_KEY {
            up.push(0);
            return ascends && extra == 1; // else a second root
        }
        while at + 1 < rank && key[at] < wanted {
            at += 1;
        }
        up.push((at + extra) as u32);
        ascends && at + 1 < rank && key[at] == wanted
    });
    joined.then_some(up)
}

/// The level of each grid, as the rows say or, where they don't, its depth; nothing unless the schema allows them all.
fn levels(intake: &Intake, rows: &Rows, up: &[u32], options: &Options) -> Option<Vec<u8>> {
    let extra = extra(options);
    let mut level = Vec::with_capacity(up.len());
    let Some(given) = &intake.level else {
        let deepest = options.schema.deepest();
        level.push(0);
        for &parent in &up[1..] {
            let above = level[parent as usize];
            if above >= deepest {
                return None;
            }
            level.push(above + 1);
        }
        return Some(level);
    };
    let ranks = 0..intake.code.len();
    if extra == 1 {
        let tops = up[1..].iter().take_while(|&&parent| parent == 0).count();
        let highest = ranks.clone().take(tops).map(|rank| given[rows.of(rank)]).min().unwrap_or(0);
        level.push(options.root_level.unwrap_or(highest.saturating_sub(1) as u8));
    }
    level.extend(ranks.map(|rank| given[rows.of(rank)] as u8));
    let most = if options.schema.skips() { u8::MAX } else { 1 };
    let fits = level[1..].iter().zip(&up[1..]).all(|(&level_here, &parent)| {
        let above = level[parent as usize];
        above < level_here && level_here - above <= most
    });
    fits.then_some(level)
}

/// Whether each level allows the kinds on it.
fn kinds_fit(intake: &Intake, rows: &Rows, level: &[u8], options: &Options) -> bool {
    let levels = options.schema.levels();
    let Some(kinds) = intake.kind.as_ref().filter(|_| levels.iter().any(|level| !level.kinds.is_empty()))
    else {
        return true;
    };
    let names = &intake.kind_names;
    let allowed: Vec<Vec<bool>> = levels
        .iter()
        .map(|level| names.iter().map(|kind| level.allows(kind)).chain([level.kinds.is_empty()]).collect())
        .collect();
    level[extra(options)..].iter().enumerate().all(|(rank, &level)| {
        let kind = (kinds[rows.of(rank)] as usize).min(names.len());
        allowed.get(usize::from(level)).is_none_or(|allowed| allowed[kind])
    })
}

/// Whether each code begins with its parent's, if the scheme wants it. A root that is no row is exempt.
fn codes_extend(intake: &Intake, up: &[u32], options: &Options) -> bool {
    if !options.scheme.nests() {
        return true;
    }
    let (key, extra) = (&intake.code, extra(options));
    let is_packed = matches!(intake.texts, Texts::Packed);
    let mut last = 0;
    let (mut from, mut to) = (0, 0);
    (1 - extra..key.len()).all(|rank| {
        let Some(parent) = (up[rank + extra] as usize).checked_sub(extra) else { return true };
        if !is_packed {
            let (above, code) = (intake.texts.code(key[parent]), intake.texts.code(key[rank]));
            return code.with_str(|code| above.with_str(|above| options.scheme.extends(above, code)));
        }
        // A code of d digits is packed as 10^d and its value: it begins with another one if that, times a power of
        // ten, is the last such multiple that is not above it.
        if key[parent] != last {
            last = key[parent];
            (from, to) = (last, last + 1);
        }
        while to <= key[rank] {
            (from, to) = (from.saturating_mul(10), to.saturating_mul(10));
        }
        from <= key[rank]
    })
}

/// Whether siblings have names of their own.
fn siblings_differ(intake: &Intake, rows: &Rows, up: &[u32], options: &Options) -> bool {
    let mut sizes = up[1..].chunk_by(|a, b| a == b).map(<[u32]>::len);
    let mut names = NameSet::default();
    let mut left = 1 - extra(options); // the root, if it is a row, has no siblings
    names.begin(left);
    rows.all(&intake.name_hash, |hash| {
        if left == 0 {
            left = sizes.next().unwrap_or(1);
            names.begin(left);
        }
        left -= 1;
        names.insert(hash)
    })
}

/// Hashes of the names of siblings, in a table that is never cleared: an entry of other siblings counts as empty.
#[derive(Default)]
struct NameSet {
    entries: Vec<u64>,
    /// The number of these siblings, in the upper half of a word.
    group: u64,
    mask: usize,
}

impl NameSet {
    /// Names made to crowd one place are left to the sort of the long way.
    const MOST_TRIES: u32 = 128;

    /// Starts on the next siblings.
    fn begin(&mut self, siblings: usize) {
        self.group += 1 << 32;
        self.mask = (siblings * 4).next_power_of_two() - 1;
        if self.entries.len() <= self.mask {
            self.entries.resize(self.mask + 1, 0);
        }
    }

    /// Puts a hash in; says whether none of these siblings has it, as far as can be told at once.
    fn insert(&mut self, hash: u32) -> bool {
        let entry = self.group | u64::from(hash);
        let mut slot = hash as usize & self.mask;
        for _ in 0..Self::MOST_TRIES {
            let there = self.entries[slot];
            if there >> 32 != self.group >> 32 {
                self.entries[slot] = entry;
                return true;
            }
            if there == entry {
                return false;
            }
            slot = (slot + 1) & self.mask;
        }
        false
    }
}

/// Lays the grids out in preorder.
///
/// Sizes come from one pass backwards, as parents stand before their children; a grid's place is then its parent's
/// and the sizes of its elder siblings. Each array goes as soon as it has served; `spare` is room to begin with.
fn lay_out(
    intake: Intake,
    rows: Rows,
    up: Vec<u32>,
    level: Vec<u8>,
    spare: Vec<u32>,
    options: &Options,
) -> GridTree {
    let Intake { rows: count, code, root, texts, mut name, kind, kind_names, footprint, weights, .. } =
        intake;
    let (extra, grids) = (extra(options), up.len());
    let mut size = spare;
    size.clear();
    size.resize(grids, 1_u32);
    for grid in (1..grids).rev() {
        size[up[grid] as usize] += size[grid];
    }
    let mut place = Vec::with_capacity(grids);
    place.push(0);
    let (mut last, mut next) = (0, 1);
    for grid in 1..grids {
        if up[grid] != last {
            last = up[grid];
            next = place[last as usize] + 1;
        }
        place.push(next);
        next += size[grid];
    }
    let mut end = vec![0; grids];
    for (&place, &size) in place.iter().zip(&size) {
        end[place as usize] = place + size;
    }
    // Every place is written to, so that a column that has served can be the next one's room.
    let mut parent = size;
    for (&at, &up) in place.iter().zip(&up) {
        parent[at as usize] = place[up as usize];
    }
    let mut levels = vec![0; grids];
    for (&place, level) in place.iter().zip(level) {
        levels[place as usize] = level;
    }
    let mut row = up;
    row[0] = count as u32;
    for (rank, &place) in place[extra..].iter().enumerate() {
        row[place as usize] = rows.of(rank) as u32;
    }
    drop(rows);
    let mut key = vec![root.unwrap_or(NO_KEY); grids];
    for (&place, code) in place[extra..].iter().zip(code) {
        key[place as usize] = code;
    }
    drop(place);
    if let Root::Named { name: root_name, .. } = &options.root {
        name.push(root_name);
    }
    let kind = kind
        .map(|kinds| row.iter().map(|&row| kinds.get(row as usize).copied().unwrap_or(NO_VALUE)).collect());
    let by_place = |values: Vec<f64>| {
        row.iter().map(|&row| values.get(row as usize).copied().unwrap_or(f64::NAN)).collect()
    };
    let weights = weights.into_iter().map(|(name, values)| (name, by_place(values))).collect();
    GridTree::new(Inner {
        key,
        parent,
        end,
        level: levels,
        kind,
        kind_names,
        name,
        footprint,
        weights,
        row,
        rows: count,
        texts,
        schema: options.schema.clone(),
        scheme: options.scheme.0.clone(),
        lookup: OnceLock::new(),
        names: OnceLock::new(),
        children: OnceLock::new(),
    })
}
