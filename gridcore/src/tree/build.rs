//! From columns to a tree: every fault found, nothing repaired in silence.

use super::builder::{Options, Root};
use super::fault::{BuildError, BuildFault, BuildFaultKind};
use super::forest::{Forest, LOST, NO_PARENT};
use super::intake::{Intake, NO_VALUE};
use super::rows::GridColumns;
use super::straight;
use super::{GridTree, Inner};
use crate::id::GridCode;

/// What could be built from a table that has faults, and what became of every other row.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Lossy {
    /// The valid tree under the largest root; none if no row is left.
    pub tree: Option<GridTree>,
    /// Every fault, as a strict build reports it.
    pub faults: Vec<BuildFault>,
    /// Every row that is not in the tree, ascending.
    pub rejected: Vec<Rejected>,
}

/// A row that is not in a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Rejected {
    /// The row.
    pub row: usize,
    /// The row that is to blame: itself, or the nearest above it with a fault, or the root that was not chosen.
    pub cause: usize,
}

/// What is wrong with the file behind a table, with its row.
pub(super) type FileFault = (Option<usize>, BuildFaultKind);

/// A tree, or every fault.
pub(super) fn strict(
    columns: &GridColumns<'_>,
    options: &Options,
    file: &[FileFault],
) -> Result<GridTree, BuildError> {
    let mut draft = match begin(columns, options, file) {
        Ok(tree) => return Ok(tree),
        Err(intake) => Draft::new(*intake, options, file),
    };
    if draft.intake.faults.is_empty() && draft.walks.len() == 1 {
        let (_, walk) = draft.walks.swap_remove(0);
        return Ok(draft.assemble(walk));
    }
    Err(BuildError { faults: draft.into_faults() })
}

/// The largest tree, every fault, every rejected row.
pub(super) fn lossy(columns: &GridColumns<'_>, options: &Options, file: &[FileFault]) -> Lossy {
    let draft = match begin(columns, options, file) {
        Ok(tree) => return Lossy { tree: Some(tree), faults: Vec::new(), rejected: Vec::new() },
        Err(intake) => Draft::new(*intake, options, file),
    };
    if draft.forest.is_none() {
        let rejected = (0..draft.intake.rows).map(|row| Rejected { row, cause: row }).collect();
        return Lossy { tree: None, faults: draft.into_faults(), rejected };
    }
    let bad = draft.bad_rows();
    let best = draft.best_walk(&bad);
    let rejected = draft.rejected(best.as_ref(), &bad);
    let faults = draft.sorted_faults();
    let tree = best.map(|walk| draft.assemble(walk));
    Lossy { tree, faults, rejected }
}

/// Reads the table, and makes the tree at once if it can be seen that nothing is wrong.
fn begin(columns: &GridColumns<'_>, options: &Options, file: &[FileFault]) -> Result<GridTree, Box<Intake>> {
    let mut intake = Intake::read(columns, options);
    if file.is_empty() {
        return straight::build(intake, options);
    }
    for (_, kind) in file.iter().filter(|fault| fault.0.is_none()) {
        intake.fault(None, kind.clone());
    }
    Err(Box::new(intake))
}

/// A walk over one tree in preorder.
#[derive(Clone, Debug, Default)]
pub(super) struct Walk {
    /// The rank at each position.
    rank: Vec<u32>,
    /// The position of the parent; the root's own for the root.
    parent: Vec<u32>,
    /// One past the last position of the subtree.
    end: Vec<u32>,
    /// How far below the root.
    depth: Vec<u8>,
    /// Ranks one deeper than is allowed; they and what lies beneath them are left out.
    too_deep: Vec<u32>,
}

impl Walk {
    /// Walks from a root down in preorder, without recursion: one place is kept for each depth.
    fn new(forest: &Forest, root: u32, deepest: u8, skip: impl Fn(u32) -> bool) -> Self {
        let mut walk = Self::default();
        if skip(root) {
            return walk;
        }
        walk.rank.reserve(forest.row.len() + 1);
        walk.parent.reserve(forest.row.len() + 1);
        walk.end.reserve(forest.row.len() + 1);
        walk.depth.reserve(forest.row.len() + 1);
        let mut open: Vec<(u32, std::slice::Iter<'_, u32>)> = Vec::with_capacity(256);
        walk.enter(root, 0, 0);
        open.push((0, forest.children(root).iter()));
        while let Some((position, children)) = open.last_mut() {
            let Some(&child) = children.next() else {
                walk.end[*position as usize] = walk.rank.len() as u32;
                open.pop();
                continue;
            };
            // A root that was chosen out of a ring is among its own descendants.
            if child == root || skip(child) {
                continue;
            }
            let parent = *position;
            if open.len() > usize::from(deepest) {
                walk.too_deep.push(child);
                continue;
            }
            let place = walk.rank.len() as u32;
            walk.enter(child, parent, open.len() as u8);
            let children = forest.children(child);
            if children.is_empty() {
                walk.end[place as usize] = place + 1;
            } else {
                open.push((place, children.iter()));
            }
        }
        walk
    }

    fn enter(&mut self, rank: u32, parent: u32, depth: u8) {
        self.rank.push(rank);
        self.parent.push(parent);
        self.end.push(0);
        self.depth.push(depth);
    }
}

/// A tree in the making.
struct Draft<'a> {
    options: &'a Options,
    intake: Intake,
    forest: Option<Forest>,
    /// The roots there are, each with the walk from it.
    walks: Vec<(u32, Walk)>,
    rings: Vec<Vec<u32>>,
}

impl<'a> Draft<'a> {
    fn new(intake: Intake, options: &'a Options, file: &[FileFault]) -> Self {
        let mut draft = Self { options, intake, forest: None, walks: Vec::new(), rings: Vec::new() };
        if draft.intake.faults.iter().all(|fault| fault.row.is_some()) {
            let forest = Forest::join(&mut draft.intake, options);
            draft.check_names(&forest);
            draft.check_pairs(&forest);
            let roots = draft.find_roots(&forest);
            draft.walk(&forest, &roots);
            draft.check_kinds(&forest);
            draft.forest = Some(forest);
        }
        draft.blame_file(file);
        draft
    }

    /// Adds what is wrong with rows of the file; such a row has no other fault, unless it is part of a ring.
    ///
    /// What a row says that was torn apart tells nothing: an empty name is then no fault of its own.
    fn blame_file(&mut self, file: &[FileFault]) {
        let mut torn: Vec<usize> = file.iter().filter_map(|fault| fault.0).collect();
        if torn.is_empty() {
            return;
        }
        torn.sort_unstable();
        self.intake.faults.retain(|fault| {
            matches!(fault.kind, BuildFaultKind::Cycle { .. })
                || fault.row.is_none_or(|row| torn.binary_search(&row).is_err())
        });
        for (row, kind) in file.iter().filter(|fault| fault.0.is_some()) {
            self.intake.fault(*row, kind.clone());
        }
    }

    fn code(&self, forest: &Forest, rank: u32) -> GridCode {
        match forest.key.get(rank as usize) {
            Some(&key) => self.intake.texts.code(key),
            None => self.options.root.code().cloned().expect("only a named root stands behind the rows"),
        }
    }

    fn fault(&mut self, forest: &Forest, rank: u32, kind: BuildFaultKind) {
        let row = forest.row[rank as usize] as usize;
        self.intake.fault(Some(row), kind);
    }

    /// Finds siblings of the same name.
    fn check_names(&mut self, forest: &Forest) {
        let mut faults = Vec::new();
        let mut named: Vec<(u64, u32)> = Vec::new();
        let name = |rank: u32| self.intake.name.get(forest.row[rank as usize] as usize);
        for parent in 0..=forest.row.len() as u32 {
            let children = forest.children(parent);
            if children.len() < 2 {
                continue;
            }
            named.clear();
            named.extend(children.iter().map(|&rank| (hash(name(rank)), rank)));
            named.sort_unstable();
            for same_hash in named.chunk_by_mut(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
                same_hash.sort_unstable_by(|a, b| name(a.1).cmp(name(b.1)).then(a.1.cmp(&b.1)));
                for same in same_hash.chunk_by(|a, b| name(a.1) == name(b.1)) {
                    if !name(same[0].1).is_empty() {
                        faults.extend(same[1..].iter().map(|&(_, rank)| (rank, same[0].1)));
                    }
                }
            }
        }
        for (rank, kept) in faults {
            let kept = forest.row[kept as usize] as usize;
            self.fault(forest, rank, BuildFaultKind::DuplicateName { kept });
        }
    }

    /// Checks what a grid and its parent must agree on: levels, and the beginning of the code.
    fn check_pairs(&mut self, forest: &Forest) {
        let scheme = &self.options.scheme;
        let nests = scheme.nests();
        if self.intake.level.is_none() && !nests {
            return;
        }
        let base = self.root_level(forest);
        let mut faults = Vec::new();
        for (rank, &parent) in forest.parent.iter().enumerate().filter(|pair| *pair.1 < LOST) {
            let (rank, is_row) = (rank as u32, (parent as usize) < forest.row.len());
            if let Some(levels) = &self.intake.level {
                let level = levels[forest.row[rank as usize] as usize];
                let above = if is_row { levels[forest.row[parent as usize] as usize] } else { base };
                if level != NO_VALUE && above != NO_VALUE {
                    let (level, parent) = (level as u8, above as u8);
                    if level <= parent {
                        faults.push((rank, BuildFaultKind::LevelInversion { level, parent }));
                    } else if level - parent > 1 && !self.options.schema.skips() {
                        faults.push((rank, BuildFaultKind::LevelSkip { level, parent }));
                    }
                }
            }
            if nests && is_row {
                let (code, above) = (self.code(forest, rank), self.code(forest, parent));
                if !above.with_str(|above| code.with_str(|code| scheme.extends(above, code))) {
                    faults.push((rank, BuildFaultKind::NotPrefixed { parent: above }));
                }
            }
        }
        for (rank, kind) in faults {
            self.fault(forest, rank, kind);
        }
    }

    /// The level of a root that is no row: one above its highest child.
    fn root_level(&self, forest: &Forest) -> u32 {
        let Some(levels) = &self.intake.level else { return 0 };
        if let Some(level) = self.options.root_level {
            return u32::from(level);
        }
        let children = forest.children(forest.row.len() as u32).iter();
        let levels = children.map(|&rank| levels[forest.row[rank as usize] as usize]);
        levels.filter(|&level| level != NO_VALUE).min().map_or(0, |level| level.saturating_sub(1))
    }

    fn find_roots(&mut self, forest: &Forest) -> Vec<u32> {
        let mut tops: Vec<u32> =
            (0..forest.row.len() as u32).filter(|&rank| forest.parent[rank as usize] == NO_PARENT).collect();
        let place = self.intake.root.and_then(|key| forest.key.binary_search(&key).ok());
        let chosen = match &self.options.root {
            Root::Only if tops.is_empty() => {
                let shared = self.shared_parent(forest);
                self.intake.fault(None, BuildFaultKind::NoRoot { shared });
                return tops;
            }
            Root::Only if tops.len() == 1 => return tops,
            Root::Only => None,
            Root::Named { .. } => {
                if let Some(rank) = place {
                    self.fault(forest, rank as u32, BuildFaultKind::RootIsARow);
                }
                return vec![forest.row.len() as u32];
            }
            Root::Existing(code) => {
                let Some(rank) = place else {
                    let kind = BuildFaultKind::UnknownRoot(code.clone());
                    self.intake.fault(None, kind);
                    return tops;
                };
                let parent = forest.parent[rank];
                if parent < LOST {
                    let parent = self.code(forest, parent);
                    self.fault(forest, rank as u32, BuildFaultKind::RootHasParent(parent));
                    tops.push(rank as u32);
                }
                Some(rank as u32)
            }
        };
        let count = tops.len();
        for &rank in tops.iter().filter(|&&rank| Some(rank) != chosen) {
            self.fault(forest, rank, BuildFaultKind::SeveralRoots { count });
        }
        chosen.map_or(tops, |rank| vec![rank])
    }

    /// The unlisted parent that the most rows name; the smallest of those.
    fn shared_parent(&self, forest: &Forest) -> Option<GridCode> {
        let mut named: Vec<u64> = (0..forest.row.len())
            .filter(|&rank| forest.parent[rank] == LOST)
            .map(|rank| self.intake.parent[forest.row[rank] as usize])
            .filter(|&key| key != super::intake::BAD_KEY)
            .collect();
        named.sort_unstable();
        let groups = named.chunk_by(|a, b| a == b);
        let most = groups.min_by_key(|group| (std::cmp::Reverse(group.len()), group[0]))?;
        Some(self.intake.texts.code(most[0]))
    }

    fn walk(&mut self, forest: &Forest, roots: &[u32]) {
        // Without a column of levels the level is the depth, and the schema bounds it.
        let deepest = if self.intake.level.is_none() { self.options.schema.deepest() } else { u8::MAX };
        let mut reached = 0;
        let mut too_deep = Vec::new();
        for &root in roots {
            let walk = Walk::new(forest, root, deepest, |_| false);
            reached += walk.rank.len();
            too_deep.extend_from_slice(&walk.too_deep);
            self.walks.push((root, walk));
        }
        for rank in too_deep {
            let kind = if deepest == u8::MAX {
                BuildFaultKind::TooDeep
            } else {
                BuildFaultKind::UnknownLevel { level: i64::from(deepest) + 1, deepest }
            };
            self.fault(forest, rank, kind);
        }
        let all = forest.row.len() + usize::from(matches!(self.options.root, Root::Named { .. }));
        let may_be_in_ring =
            |&root: &u32| forest.parent.get(root as usize).is_some_and(|&parent| parent < LOST);
        if reached < all || roots.iter().any(may_be_in_ring) {
            self.rings = forest.rings();
            for ring in self.rings.clone() {
                let members = ring.iter().map(|&rank| self.code(forest, rank)).collect();
                let rows = ring.iter().map(|&rank| forest.row[rank as usize] as usize).collect();
                self.fault(forest, ring[0], BuildFaultKind::Cycle { members, rows });
            }
        }
    }

    /// Checks that each level allows the kinds on it.
    fn check_kinds(&mut self, forest: &Forest) {
        let Some(kinds) = &self.intake.kind else { return };
        let schema = &self.options.schema;
        if schema.levels().iter().all(|level| level.kinds.is_empty()) {
            return;
        }
        // A root may come without a kind, as one that was named beside the rows does.
        let root = match &self.walks[..] {
            [(root, _)] => forest.row.get(*root as usize).map(|&row| row as usize),
            _ => None,
        };
        let mut faults = Vec::new();
        let mut check = |row: usize, level: u8| {
            let Some(allowed) = schema.level(level) else { return };
            let kind = self.intake.kind_names.get(kinds[row] as usize);
            if kind.is_none() && Some(row) == root {
                return;
            }
            if !kind.map_or(allowed.kinds.is_empty(), |kind| allowed.allows(kind)) {
                let kind = kind.cloned();
                let allowed = allowed.kinds.iter().map(|kind| kind.id.clone()).collect();
                faults.push((row, BuildFaultKind::ForbiddenKind { kind, level, allowed }));
            }
        };
        if let Some(levels) = &self.intake.level {
            for (row, &level) in levels.iter().enumerate().filter(|pair| *pair.1 != NO_VALUE) {
                check(row, level as u8);
            }
        } else {
            for (_, walk) in &self.walks {
                for (&rank, &depth) in walk.rank.iter().zip(&walk.depth) {
                    if let Some(&row) = forest.row.get(rank as usize) {
                        check(row as usize, depth);
                    }
                }
            }
        }
        for (row, kind) in faults {
            self.intake.fault(Some(row), kind);
        }
    }

    fn sorted_faults(&self) -> Vec<BuildFault> {
        let mut faults = self.intake.faults.clone();
        faults.sort_by(|a, b| (a.row.is_some(), a.row, a.code()).cmp(&(b.row.is_some(), b.row, b.code())));
        faults
    }

    fn into_faults(self) -> Vec<BuildFault> {
        self.sorted_faults()
    }

    /// Which rows have a fault of their own. To be one of several roots is none: the largest may stay.
    fn bad_rows(&self) -> Vec<bool> {
        let mut bad = vec![false; self.intake.rows];
        for fault in &self.intake.faults {
            match &fault.kind {
                BuildFaultKind::SeveralRoots { .. } => {}
                BuildFaultKind::Cycle { rows, .. } => rows.iter().for_each(|&row| bad[row] = true),
                _ => fault.row.into_iter().for_each(|row| bad[row] = true),
            }
        }
        bad
    }

    fn best_walk(&self, bad: &[bool]) -> Option<Walk> {
        let forest = self.forest.as_ref()?;
        let skip = |rank: u32| forest.row.get(rank as usize).is_some_and(|&row| bad[row as usize]);
        let mut best: Option<Walk> = None;
        for &(root, _) in &self.walks {
            let walk = Walk::new(forest, root, u8::MAX, skip);
            if walk.rank.len() > best.as_ref().map_or(0, |best| best.rank.len()) {
                best = Some(walk);
            }
        }
        // A root that is no row makes no tree by itself.
        best.filter(|walk| walk.rank.iter().any(|&rank| (rank as usize) < forest.row.len()))
    }

    fn rejected(&self, best: Option<&Walk>, bad: &[bool]) -> Vec<Rejected> {
        const UNKNOWN: u32 = u32::MAX;
        let Some(forest) = &self.forest else { return Vec::new() };
        let mut kept = vec![false; self.intake.rows];
        for &rank in best.iter().flat_map(|walk| &walk.rank) {
            if let Some(&row) = forest.row.get(rank as usize) {
                kept[row as usize] = true;
            }
        }
        // The nearest row above that has a fault, or the top; climbed once, then remembered along the way.
        let mut cause = vec![UNKNOWN; self.intake.rows];
        let mut way = Vec::new();
        for rank in 0..forest.row.len() as u32 {
            let mut at = rank;
            let found = loop {
                let row = forest.row[at as usize];
                let parent = forest.parent[at as usize];
                if cause[row as usize] != UNKNOWN {
                    break cause[row as usize];
                }
                way.push(row);
                if bad[row as usize] || parent as usize >= forest.row.len() {
                    break row;
                }
                at = parent;
            };
            for row in way.drain(..) {
                cause[row as usize] = found;
            }
        }
        let cause = |row: usize| if cause[row] == UNKNOWN { row } else { cause[row] as usize };
        (0..self.intake.rows)
            .filter(|&row| !kept[row])
            .map(|row| Rejected { row, cause: cause(row) })
            .collect()
    }

    fn assemble(self, walk: Walk) -> GridTree {
        let base = self.forest.as_ref().map_or(0, |forest| self.root_level(forest));
        let Self { options, intake, forest, .. } = self;
        let forest = forest.expect("a walk was made over it");
        let row: Vec<u32> = walk
            .rank
            .iter()
            .map(|&rank| forest.row.get(rank as usize).copied().unwrap_or(intake.rows as u32))
            .collect();
        let mut name = intake.name;
        if let Root::Named { name: root_name, .. } = &options.root {
            name.push(root_name);
        }
        let key = |rank: &u32| {
            forest.key.get(*rank as usize).copied().or(intake.root).expect("a named root has a key")
        };
        let gather = |values: &Vec<u32>| -> Vec<u32> {
            row.iter().map(|&row| values.get(row as usize).copied().unwrap_or(NO_VALUE)).collect()
        };
        let level = match &intake.level {
            Some(levels) => {
                row.iter().map(|&row| levels.get(row as usize).map_or(base, |&level| level) as u8).collect()
            }
            None => walk.depth.clone(),
        };
        let weight = |values: &Vec<f64>| -> Vec<f64> {
            row.iter().map(|&row| values.get(row as usize).copied().unwrap_or(f64::NAN)).collect()
        };
        GridTree::new(Inner {
            key: walk.rank.iter().map(key).collect(),
            parent: walk.parent,
            end: walk.end,
            level,
            kind: intake.kind.as_ref().map(gather),
            kind_names: intake.kind_names,
            name,
            footprint: intake.footprint,
            weights: intake.weights.iter().map(|(name, values)| (name.clone(), weight(values))).collect(),
            row,
            rows: intake.rows,
            texts: intake.texts,
            schema: options.schema.clone(),
            scheme: options.scheme.0.clone(),
            lookup: std::sync::OnceLock::new(),
            names: std::sync::OnceLock::new(),
            children: std::sync::OnceLock::new(),
        })
    }
}

/// A hash of a name; only ever compared within one build.
fn hash(text: &str) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = text.len() as u64;
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    for word in words {
        state = (state.rotate_left(23) ^ u64::from_le_bytes(*word)).wrapping_mul(FACTOR);
    }
    for &byte in rest {
        state = (state.rotate_left(23) ^ u64::from(byte)).wrapping_mul(FACTOR);
    }
    state
}
