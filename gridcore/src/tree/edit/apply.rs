//! One edit after the other: all its faults are found first, then it is made.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, Id};
use super::fault::EditFaultKind as K;
use super::share::{close, share_out};
use super::{Beneath, Edit, NewGrid, Part};
use crate::id::GridCode;
use crate::tree::CodeScheme;

/// Whether an edit was made; if not, every reason.
type Done = Result<(), Vec<K>>;

impl Draft<'_> {
    /// Makes one edit, or notes why it cannot be made.
    pub(super) fn apply(&mut self, number: usize, edit: &Edit) {
        let (grid, done) = match edit {
            Edit::Rename { grid, name } => (grid, self.rename(number, grid, name)),
            Edit::Recode { codes, descendants } => {
                let Some(first) = codes.keys().next() else { return };
                (first, self.recode(number, codes, *descendants))
            }
            Edit::Move { grid, parent } => (grid, self.move_to(number, grid, parent)),
            Edit::Split { grid, into } => (grid, self.split(number, grid, into)),
            Edit::Merge { grids, into, parent } => {
                (grids.first().unwrap_or(&into.code), self.merge(number, grids, into, parent.as_ref()))
            }
            Edit::Remove { grid, beneath } => (grid, self.remove(number, grid, *beneath)),
            Edit::Insert { grid, parent, level, children } => {
                (&grid.code, self.insert(number, grid, parent, *level, children))
            }
        };
        if let Err(kinds) = done {
            let would_make = match edit {
                Edit::Recode { codes, .. } => codes.values().cloned().collect(),
                Edit::Split { into, .. } => into.iter().map(|part| part.grid.code.clone()).collect(),
                Edit::Merge { into, .. } => vec![into.code.clone()],
                Edit::Insert { grid, .. } => vec![grid.code.clone()],
                Edit::Rename { .. } | Edit::Move { .. } | Edit::Remove { .. } => Vec::new(),
            };
            self.refuse(number, grid, kinds, would_make);
        }
    }

    fn rename(&mut self, edit: usize, grid: &GridCode, name: &str) -> Done {
        let id = self.look_up(grid).map_err(|fault| vec![fault])?;
        let node = self.node(id);
        name.clone_into(&mut node.name);
        node.edit = Some(edit);
        Ok(())
    }

    fn recode(&mut self, edit: usize, codes: &BTreeMap<GridCode, GridCode>, descendants: bool) -> Done {
        let mut faults = Vec::new();
        if descendants && !self.tree.scheme().is_some_and(CodeScheme::nests) {
            faults.push(K::CodesDoNotNest);
        }
        let mut new: BTreeMap<Id, GridCode> = BTreeMap::new();
        for (old, code) in codes {
            match self.look_up(old) {
                Ok(id) => {
                    new.insert(id, code.clone());
                }
                Err(fault) => faults.push(fault),
            }
        }
        if descendants && faults.is_empty() {
            self.recode_beneath(codes, &mut new, &mut faults);
        }
        let mut targets = BTreeSet::new();
        for code in new.values() {
            if !targets.insert(code) {
                faults.push(K::CodeTwice(code.clone()));
            } else if self.find(code).is_some_and(|id| !new.contains_key(&id)) {
                faults.push(K::CodeTaken(code.clone()));
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        for &id in new.keys() {
            let old = self.code(id);
            self.bind(old, None);
        }
        for (id, code) in new {
            self.bind(code.clone(), Some(id));
            let node = self.node(id);
            node.code = code;
            node.edit = Some(edit);
        }
        Ok(())
    }

    /// Adds what lies beneath recoded grids and begins with their codes; the nearest recoded grid above decides.
    fn recode_beneath(
        &self,
        codes: &BTreeMap<GridCode, GridCode>,
        new: &mut BTreeMap<Id, GridCode>,
        faults: &mut Vec<K>,
    ) {
        let named: BTreeSet<Id> = new.keys().copied().collect();
        for (old, code) in codes {
            let mut open: Vec<Id> = self.find(old).map_or_else(Vec::new, |id| self.children(id));
            while let Some(id) = open.pop() {
                if named.contains(&id) {
                    continue;
                }
                open.extend(self.children(id));
                let below = self.code(id).to_string();
                let Some(rest) = old.with_str(|old| below.strip_prefix(old)) else { continue };
                match format!("{code}{rest}").parse() {
                    Ok(code) => {
                        new.insert(id, code);
                    }
                    Err(reason) => faults.push(K::Malformed { grid: self.code(id), reason }),
                }
            }
        }
    }

    fn move_to(&mut self, edit: usize, grid: &GridCode, parent: &GridCode) -> Done {
        let (id, parent_id) = match (self.look_up(grid), self.look_up(parent)) {
            (Ok(id), Ok(parent)) => (id, parent),
            (a, b) => return Err(a.err().into_iter().chain(b.err()).collect()),
        };
        if id == 0 {
            return Err(vec![K::RootStays]);
        }
        if self.is_above(id, parent_id) {
            return Err(vec![K::InsideItself(parent.clone())]);
        }
        if self.parent(id) != parent_id {
            self.attach(id, parent_id, edit);
        }
        Ok(())
    }

    fn split(&mut self, edit: usize, grid: &GridCode, parts: &[Part]) -> Done {
        let id = self.look_up(grid).map_err(|fault| vec![fault])?;
        let mut faults = Vec::new();
        if id == 0 {
            faults.push(K::RootStays);
        }
        if parts.len() < 2 {
            faults.push(K::TooFew { found: parts.len() });
        }
        self.check_new_codes(parts.iter().map(|part| &part.grid.code), &[id], &mut faults);
        let mut left: BTreeSet<Id> = self.children(id).into_iter().collect();
        let mut taken = BTreeSet::new();
        let mut homes: Vec<Vec<Id>> = Vec::new();
        for part in parts {
            homes.push(self.take_children(&part.children, &mut left, &mut taken, &mut faults));
        }
        if !left.is_empty() {
            let mut children: Vec<GridCode> = left.into_iter().map(|child| self.code(child)).collect();
            children.sort_unstable();
            faults.push(K::ChildrenLeft(children));
        }
        let shares = match share_out(&self.node(id).weights, parts) {
            Ok(shares) => shares,
            Err(more) => {
                faults.extend(more);
                Vec::new()
            }
        };
        if !faults.is_empty() {
            return Err(faults);
        }
        let old = self.node(id).clone();
        if !parts.iter().any(|part| part.grid.code == *grid) {
            self.drop_grid(id, edit);
        }
        for ((part, children), (weights, share)) in parts.iter().zip(homes).zip(shares) {
            let new = if part.grid.code == *grid {
                let node = self.node(id);
                node.name.clone_from(&part.grid.name);
                node.kind.clone_from(&part.grid.kind);
                node.footprint.clone_from(&part.grid.footprint);
                node.edit = Some(edit);
                id
            } else {
                self.add(&part.grid, old.parent, old.level, edit)
            };
            let node = self.node(new);
            node.kind = node.kind.take().or_else(|| old.kind.clone());
            node.weights = weights;
            node.from = old.from.iter().map(|(&from, whole)| (from, whole.times(&share))).collect();
            for child in children {
                if self.parent(child) != new {
                    self.attach(child, new, edit);
                }
            }
        }
        Ok(())
    }

    fn merge(&mut self, edit: usize, grids: &[GridCode], into: &NewGrid, parent: Option<&GridCode>) -> Done {
        let mut faults = Vec::new();
        let mut ids: Vec<Id> = Vec::new();
        let mut seen = BTreeSet::new();
        // In the order of codes, so that sums do not depend on the order in which the grids were named.
        let mut sorted: Vec<&GridCode> = grids.iter().collect();
        sorted.sort_unstable();
        for code in sorted {
            match self.look_up(code) {
                Ok(0) => faults.push(K::RootStays),
                Ok(id) if !seen.insert(id) => faults.push(K::GridTwice(code.clone())),
                Ok(id) => ids.push(id),
                Err(fault) => faults.push(fault),
            }
        }
        if grids.len() < 2 {
            faults.push(K::TooFew { found: grids.len() });
        }
        self.check_new_codes([&into.code], &ids, &mut faults);
        let home = self.check_merged(&ids, into, parent, &mut faults);
        let (Some(home), Some(&first), true) = (home, ids.first(), faults.is_empty()) else {
            return Err(faults);
        };
        let level = self.level(first);
        let mut weights: BTreeMap<String, f64> = BTreeMap::new();
        let mut from = BTreeMap::new();
        let mut children = Vec::new();
        for &id in &ids {
            let old = self.node(id).clone();
            for (name, value) in old.weights {
                weights.entry(name).and_modify(|sum| *sum += value).or_insert(value);
            }
            for (grid, share) in old.from {
                from.entry(grid).and_modify(|sum| *sum = share.plus(sum)).or_insert(share);
            }
            children.extend(old.children);
        }
        let kind = into.kind.clone().or_else(|| self.node(first).kind.clone());
        let keeper = ids.iter().copied().find(|&id| self.code(id) == into.code);
        for &id in ids.iter().filter(|&&id| Some(id) != keeper) {
            self.drop_grid(id, edit);
        }
        let new = match keeper {
            Some(id) => {
                self.attach(id, home, edit);
                id
            }
            None => self.add(into, home, level, edit),
        };
        for child in children {
            if self.parent(child) != new {
                self.attach(child, new, edit);
            }
        }
        let node = self.node(new);
        node.name.clone_from(&into.name);
        node.footprint.clone_from(&into.footprint);
        (node.kind, node.weights, node.from) = (kind, weights, from);
        Ok(())
    }

    /// Checks what merged grids must agree on, and finds the parent of the new one.
    fn check_merged(
        &mut self,
        ids: &[Id],
        into: &NewGrid,
        parent: Option<&GridCode>,
        faults: &mut Vec<K>,
    ) -> Option<Id> {
        let &first = ids.first()?;
        let level = self.level(first);
        for &id in &ids[1..] {
            let found = self.level(id);
            if found != level {
                faults.push(K::LevelsDiffer { grid: self.code(id), found, wanted: level });
            }
        }
        let kinds: BTreeSet<Option<String>> = ids.iter().map(|&id| self.node(id).kind.clone()).collect();
        if kinds.len() > 1 && into.kind.is_none() {
            faults.push(K::KindNeeded);
        }
        for (name, &value) in &into.weights {
            let values: Vec<f64> =
                ids.iter().filter_map(|&id| self.get(id)?.weights.get(name).copied()).collect();
            let wanted = (!values.is_empty()).then(|| values.iter().sum());
            if !wanted.is_some_and(|wanted| close(value, wanted)) {
                faults.push(K::WeightsNotConserved { weight: name.clone(), found: value, wanted });
            }
        }
        let Some(parent) = parent else {
            let home = self.parent(first);
            if ids.iter().any(|&id| self.parent(id) != home) {
                faults.push(K::ParentNeeded);
            }
            return Some(home);
        };
        match self.look_up(parent) {
            Ok(home) if ids.iter().any(|&id| self.is_above(id, home)) => {
                faults.push(K::InsideItself(parent.clone()));
                None
            }
            Ok(home) => Some(home),
            Err(fault) => {
                faults.push(fault);
                None
            }
        }
    }

    fn remove(&mut self, edit: usize, grid: &GridCode, beneath: Beneath) -> Done {
        let id = self.look_up(grid).map_err(|fault| vec![fault])?;
        if id == 0 {
            return Err(vec![K::RootStays]);
        }
        let children = self.children(id);
        if beneath == Beneath::None && !children.is_empty() {
            return Err(vec![K::HasChildren { count: children.len() }]);
        }
        let mut gone = vec![id];
        if beneath == Beneath::ToParent {
            let parent = self.parent(id);
            for child in children {
                self.attach(child, parent, edit);
            }
        } else {
            let mut next = 0;
            while let Some(&id) = gone.get(next) {
                gone.extend(self.children(id));
                next += 1;
            }
        }
        for id in gone.into_iter().rev() {
            let from: Vec<Id> = self.node(id).from.keys().copied().collect();
            self.lost.extend(from);
            self.drop_grid(id, edit);
        }
        Ok(())
    }

    fn insert(
        &mut self,
        edit: usize,
        grid: &NewGrid,
        parent: &GridCode,
        level: Option<u8>,
        children: &[GridCode],
    ) -> Done {
        let mut faults = Vec::new();
        self.check_new_codes([&grid.code], &[], &mut faults);
        let home = self.look_up(parent);
        let mut beneath = Vec::new();
        match &home {
            Ok(home) => {
                let mut left = self.children(*home).into_iter().collect();
                beneath = self.take_children(children, &mut left, &mut BTreeSet::new(), &mut faults);
            }
            Err(fault) => faults.push(fault.clone()),
        }
        let (Ok(home), true) = (home, faults.is_empty()) else { return Err(faults) };
        let level = level.map_or_else(|| self.level(home).saturating_add(1), u16::from);
        let new = self.add(grid, home, level, edit);
        for child in beneath {
            self.attach(child, new, edit);
        }
        Ok(())
    }

    /// Checks that codes are free, or those of grids that make room, and none is named twice.
    fn check_new_codes<'a>(
        &self,
        codes: impl IntoIterator<Item = &'a GridCode>,
        room: &[Id],
        faults: &mut Vec<K>,
    ) {
        let mut seen = BTreeSet::new();
        for code in codes {
            if !seen.insert(code) {
                faults.push(K::CodeTwice(code.clone()));
            } else if self.find(code).is_some_and(|id| !room.contains(&id)) {
                faults.push(K::CodeTaken(code.clone()));
            }
        }
    }

    /// Finds named children among those that are left, and takes them from there.
    fn take_children(
        &self,
        named: &[GridCode],
        left: &mut BTreeSet<Id>,
        taken: &mut BTreeSet<Id>,
        faults: &mut Vec<K>,
    ) -> Vec<Id> {
        let mut found = Vec::new();
        for code in named {
            match self.look_up(code) {
                Ok(id) if left.remove(&id) => {
                    taken.insert(id);
                    found.push(id);
                }
                Ok(id) if taken.contains(&id) => faults.push(K::GridTwice(code.clone())),
                Ok(_) => faults.push(K::NotAChild(code.clone())),
                Err(fault) => faults.push(fault),
            }
        }
        found
    }
}
