//! Edits as an office would make them in a plain list of rows, with no thought of speed.
//!
//! Levels are depths here, and no code scheme is set.

use std::collections::{BTreeMap, BTreeSet};

use gridcore::tree::{Beneath, Edit, NewGrid, Part};
use gridcore::{GridCode, GridRow, GridTree};

#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) parent: Option<GridCode>,
    pub(crate) name: String,
    pub(crate) kind: Option<String>,
    pub(crate) footprint: Option<String>,
    pub(crate) weights: BTreeMap<String, f64>,
    /// The old codes that it goes back to.
    pub(crate) origins: BTreeSet<GridCode>,
}

#[derive(Clone, Debug)]
pub(crate) struct Rows(pub(crate) BTreeMap<GridCode, Row>);

impl Rows {
    pub(crate) fn of(tree: &GridTree) -> Self {
        let row = |grid| {
            let row = Row {
                parent: tree.parent(grid).map(|parent| tree.code(parent)),
                name: tree.name(grid).to_owned(),
                kind: tree.kind(grid).map(str::to_owned),
                footprint: tree.footprint(grid).map(str::to_owned),
                weights: tree
                    .weight_names()
                    .filter_map(|name| Some((name.to_owned(), tree.weight(grid, name)?)))
                    .collect(),
                origins: BTreeSet::from([tree.code(grid)]),
            };
            (tree.code(grid), row)
        };
        Self(tree.indices().map(row).collect())
    }

    /// The tree of the rows, if they make one.
    pub(crate) fn tree(&self) -> Option<GridTree> {
        let row = |(code, row): (&GridCode, &Row)| {
            let mut out = GridRow::new(code, row.name.as_str());
            out.parent = row.parent.as_ref().into();
            out.kind = row.kind.as_deref().into();
            out.footprint = row.footprint.as_deref().into();
            out.weights.clone_from(&row.weights);
            out
        };
        GridTree::from_rows(self.0.iter().map(row)).ok()
    }

    /// The codes that an old code has become.
    pub(crate) fn successors(&self, old: &GridCode) -> Vec<GridCode> {
        self.0.iter().filter(|(_, row)| row.origins.contains(old)).map(|(code, _)| code.clone()).collect()
    }

    pub(crate) fn children(&self, code: &GridCode) -> Vec<GridCode> {
        self.0
            .iter()
            .filter(|(_, row)| row.parent.as_ref() == Some(code))
            .map(|(code, _)| code.clone())
            .collect()
    }

    fn beneath(&self, code: &GridCode) -> BTreeSet<GridCode> {
        let mut all = BTreeSet::new();
        let mut open = vec![code.clone()];
        while let Some(code) = open.pop() {
            open.extend(self.children(&code));
            all.insert(code);
        }
        all
    }

    fn depth(&self, code: &GridCode) -> usize {
        let mut depth = 0;
        let mut at = code;
        while let Some(parent) = &self.0[at].parent {
            depth += 1;
            at = parent;
        }
        depth
    }

    fn is_root(&self, code: &GridCode) -> bool {
        self.0[code].parent.is_none()
    }

    fn reparent(&mut self, from: &GridCode, to: Option<&GridCode>) {
        for row in self.0.values_mut().filter(|row| row.parent.as_ref() == Some(from)) {
            row.parent = to.cloned();
        }
    }

    /// Makes one edit; nothing comes back if it cannot be made.
    pub(crate) fn apply(&self, edit: &Edit) -> Option<Self> {
        let mut new = self.clone();
        match edit {
            Edit::Rename { grid, name } => new.0.get_mut(grid)?.name.clone_from(name),
            Edit::Recode { codes, descendants: false } => new.recode(codes)?,
            Edit::Move { grid, parent } => {
                let allowed = self.0.contains_key(parent) && self.0.contains_key(grid) && !self.is_root(grid);
                if !allowed || self.beneath(grid).contains(parent) {
                    return None;
                }
                new.0.get_mut(grid)?.parent = Some(parent.clone());
            }
            Edit::Split { grid, into } => new.split(grid, into)?,
            Edit::Merge { grids, into, parent } => new.merge(grids, into, parent.as_ref())?,
            Edit::Remove { grid, beneath } => {
                let parent = self.0.get(grid)?.parent.clone()?;
                match beneath {
                    Beneath::None if !self.children(grid).is_empty() => return None,
                    Beneath::ToParent => new.reparent(grid, Some(&parent)),
                    _ => {}
                }
                for code in new.beneath(grid) {
                    new.0.remove(&code);
                }
            }
            Edit::Insert { grid, parent, level: None, children } => {
                let distinct: BTreeSet<_> = children.iter().collect();
                let are_children = children.iter().all(|child| self.children(parent).contains(child));
                if self.0.contains_key(&grid.code)
                    || !self.0.contains_key(parent)
                    || !are_children
                    || distinct.len() < children.len()
                {
                    return None;
                }
                for child in children {
                    new.0.get_mut(child)?.parent = Some(grid.code.clone());
                }
                let row = Row::new(grid, Some(parent), grid.weights.clone(), BTreeSet::new());
                new.0.insert(grid.code.clone(), row);
            }
            other => unreachable!("the tests make no such edit: {other:?}"),
        }
        Some(new)
    }

    fn recode(&mut self, codes: &BTreeMap<GridCode, GridCode>) -> Option<()> {
        if codes.keys().any(|old| !self.0.contains_key(old)) {
            return None;
        }
        let now = |code: &GridCode| codes.get(code).unwrap_or(code).clone();
        let count = self.0.len();
        let rows = std::mem::take(&mut self.0);
        for (code, mut row) in rows {
            row.parent = row.parent.as_ref().map(now);
            self.0.insert(now(&code), row);
        }
        (self.0.len() == count).then_some(())
    }

    fn split(&mut self, grid: &GridCode, parts: &[Part]) -> Option<()> {
        let old = self.0.get(grid)?.clone();
        let parent = old.parent.clone()?;
        let mut children = self.children(grid);
        let mut assigned: Vec<GridCode> = parts.iter().flat_map(|part| part.children.clone()).collect();
        children.sort();
        assigned.sort();
        let shares: Vec<f64> = parts.iter().filter_map(|part| part.share).collect();
        let all_share = shares.len() == parts.len() && (shares.iter().sum::<f64>() - 1.0).abs() < 1e-9;
        if parts.len() < 2
            || children != assigned
            || !(all_share || shares.is_empty())
            || shares.iter().any(|share| *share < 0.0)
        {
            return None;
        }
        self.0.remove(grid);
        let mut rows = Vec::new();
        for part in parts {
            let mut row = Row::new(&part.grid, Some(&parent), part.grid.weights.clone(), old.origins.clone());
            row.kind = row.kind.or_else(|| old.kind.clone());
            rows.push(row);
        }
        let mut names: BTreeSet<&String> = old.weights.keys().collect();
        names.extend(parts.iter().flat_map(|part| part.grid.weights.keys()));
        for name in names {
            let values: Vec<f64> =
                parts.iter().filter_map(|part| part.grid.weights.get(name).copied()).collect();
            let total = *old.weights.get(name)?;
            if values.is_empty() {
                if !all_share {
                    return None;
                }
                // The tests choose numbers for which no rounding takes place.
                for (row, share) in rows.iter_mut().zip(&shares) {
                    row.weights.insert(name.clone(), total * share);
                }
            } else if (values.iter().sum::<f64>() - total).abs() > 1e-9 * total.abs() {
                return None;
            }
        }
        for (part, row) in parts.iter().zip(rows) {
            for child in &part.children {
                self.0.get_mut(child)?.parent = Some(part.grid.code.clone());
            }
            if self.0.insert(part.grid.code.clone(), row).is_some() {
                return None;
            }
        }
        Some(())
    }

    fn merge(&mut self, grids: &[GridCode], into: &NewGrid, parent: Option<&GridCode>) -> Option<()> {
        let distinct: BTreeSet<&GridCode> = grids.iter().collect();
        if distinct.len() < 2
            || distinct.len() < grids.len()
            || grids.iter().any(|grid| !self.0.contains_key(grid))
        {
            return None;
        }
        let depths: BTreeSet<usize> = grids.iter().map(|grid| self.depth(grid)).collect();
        let parents: BTreeSet<Option<GridCode>> =
            grids.iter().map(|grid| self.0[grid].parent.clone()).collect();
        let kinds: BTreeSet<Option<String>> = grids.iter().map(|grid| self.0[grid].kind.clone()).collect();
        let home = match parent {
            Some(parent) => parent.clone(),
            None if parents.len() == 1 => parents.into_iter().next()??,
            None => return None,
        };
        let inside = grids.iter().any(|grid| self.beneath(grid).contains(&home));
        if depths.len() > 1 || depths.contains(&0) || !self.0.contains_key(&home) || inside {
            return None;
        }
        let kind = match &into.kind {
            Some(kind) => Some(kind.clone()),
            None if kinds.len() == 1 => kinds.into_iter().next()?,
            None => return None,
        };
        let mut weights: BTreeMap<String, f64> = BTreeMap::new();
        let mut origins = BTreeSet::new();
        for grid in grids {
            let old = self.0.remove(grid)?;
            for (name, value) in old.weights {
                *weights.entry(name).or_insert(0.0) += value;
            }
            origins.extend(old.origins);
        }
        for (name, value) in &into.weights {
            if (weights.get(name)? - value).abs() > 1e-9 * value.abs() {
                return None;
            }
        }
        for grid in grids {
            self.reparent(grid, Some(&into.code));
        }
        let row = Row { kind, ..Row::new(into, Some(&home), weights, origins) };
        self.0.insert(into.code.clone(), row).is_none().then_some(())
    }
}

impl Row {
    fn new(
        grid: &NewGrid,
        parent: Option<&GridCode>,
        weights: BTreeMap<String, f64>,
        origins: BTreeSet<GridCode>,
    ) -> Self {
        Self {
            parent: parent.cloned(),
            name: grid.name.clone(),
            kind: grid.kind.clone(),
            footprint: grid.footprint.clone(),
            weights,
            origins,
        }
    }
}
