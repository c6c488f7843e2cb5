//! From the draft to the new tree, held to its rules, and to the map from old codes to new ones.

use std::collections::{BTreeMap, BTreeSet};

use super::Edited;
use super::draft::{Draft, Id, Node};
use super::fault::{EditError, EditFault, EditFaultKind};
use super::map::{EditChange, EditEvent, EditMap, Successor};
use super::share::Share;
use crate::id::{GridCode, GridIndex};
use crate::tree::build;
use crate::tree::builder::{Options, Root, SchemeDoor};
use crate::tree::fault::{BuildFault, BuildFaultKind};
use crate::tree::rows::{Column, GridColumns};
use crate::tree::subtree::{NumberArray, TextArray};

/// What an old grid has become: the new ones by their number, each with its share.
type Successors = BTreeMap<Id, BTreeMap<Id, Share>>;

/// A grid of the draft as the new table reads it.
enum View<'a> {
    Old(GridIndex),
    Touched(&'a Node),
}

impl Draft<'_> {
    /// Builds the new tree and the map, or reports why not.
    pub(super) fn finish(mut self) -> Result<Edited, EditError> {
        if !self.faults.is_empty() {
            return Err(EditError { faults: std::mem::take(&mut self.faults) });
        }
        let (mut rows, mut levels) = self.walk();
        let mut options = Options {
            schema: self.tree.schema().clone(),
            scheme: SchemeDoor(self.tree.scheme().cloned()),
            ..Options::default()
        };
        if self.tree.has_named_root() {
            rows.remove(0);
            levels.remove(0);
            let name = self
                .get(0)
                .map_or_else(|| self.tree.name(self.tree.root()).to_owned(), |node| node.name.clone());
            options.root = Root::Named { code: self.code(0), name };
            options.root_level = Some(self.tree.level(self.tree.root()));
        }
        match self.build(&rows, &levels, &options) {
            Ok(tree) => Ok(Edited { tree, map: self.map() }),
            Err(faults) => {
                let mut faults: Vec<EditFault> =
                    faults.iter().map(|fault| self.blame(&rows, fault)).collect();
                faults.sort_by_key(|fault| (fault.edit.is_none(), fault.edit));
                Err(EditError { faults })
            }
        }
    }

    fn view(&self, id: Id) -> View<'_> {
        match self.get(id) {
            Some(node) => View::Touched(node),
            None => View::Old(GridIndex::new(id as usize)),
        }
    }

    /// All grids in preorder, with their levels.
    fn walk(&self) -> (Vec<Id>, Vec<i64>) {
        let mut order = Vec::with_capacity(self.tree.len());
        let mut levels = Vec::with_capacity(self.tree.len());
        let root = i64::from(self.tree.level(self.tree.root()));
        let mut open = vec![(0, root)];
        while let Some((id, below)) = open.pop() {
            order.push(id);
            let level = match self.view(id) {
                _ if !self.typed => below,
                View::Old(grid) => i64::from(self.tree.level(grid)),
                View::Touched(node) => i64::from(node.level),
            };
            levels.push(level);
            match self.view(id) {
                View::Old(grid) => {
                    open.extend(self.tree.children(grid).map(|child| (child.get() as Id, below + 1)));
                }
                View::Touched(node) => open.extend(node.children.iter().map(|&child| (child, below + 1))),
            }
        }
        (order, levels)
    }

    fn build(
        &self,
        rows: &[Id],
        levels: &Vec<i64>,
        options: &Options,
    ) -> Result<crate::GridTree, Vec<BuildFault>> {
        let array = || TextArray::with_capacity(rows.len());
        let (mut code, mut parent, mut name, mut kind, mut footprint) =
            (array(), array(), array(), array(), array());
        for &id in rows {
            self.code(id).with_str(|text| code.push(Some(text)));
            let above = self.parent(id);
            if above == id {
                parent.push(None);
            } else {
                self.code(above).with_str(|text| parent.push(Some(text)));
            }
            match self.view(id) {
                View::Old(grid) => {
                    name.push(Some(self.tree.name(grid)));
                    kind.push(self.tree.kind(grid));
                    footprint.push(self.tree.footprint(grid));
                }
                View::Touched(node) => {
                    name.push(Some(&node.name));
                    kind.push(node.kind.as_deref());
                    footprint.push(node.footprint.as_deref());
                }
            }
        }
        let new = self.nodes.values().filter(|node| node.alive).flat_map(|node| node.weights.keys());
        let names: BTreeSet<&str> = self.tree.weight_names().chain(new.map(String::as_str)).collect();
        let weights: Vec<(&str, NumberArray)> =
            names.into_iter().map(|name| (name, self.weights(name, rows))).collect();
        let mut columns = GridColumns::new()
            .with("code", Column::Texts(&code))
            .with("parent", Column::Texts(&parent))
            .with("name", Column::Texts(&name))
            .with("level", Column::Integers(levels))
            .with("kind", Column::Texts(&kind))
            .with("footprint", Column::Texts(&footprint));
        for (name, values) in &weights {
            columns = columns.weight(*name, Column::Floats(values));
        }
        build::strict(&columns, options, &[]).map_err(|error| error.faults)
    }

    fn weights(&self, name: &str, rows: &[Id]) -> NumberArray {
        let old = self.tree.weight_column(name);
        let value = |&id: &Id| match self.view(id) {
            View::Old(grid) => old.map(|values| values[grid.get()]).filter(|value| !value.is_nan()),
            View::Touched(node) => node.weights.get(name).copied(),
        };
        rows.iter().map(value).collect()
    }

    /// Finds the edit that led to a fault of the new tree: the last that touched a grid of the fault, or one above.
    fn blame(&self, rows: &[Id], fault: &BuildFault) -> EditFault {
        let touched = |id: Id| self.get(id).and_then(|node| node.edit);
        let id = fault.row.and_then(|row| rows.get(row)).copied();
        let other = match (&fault.kind, id) {
            (BuildFaultKind::DuplicateName { kept }, _) => rows.get(*kept).copied(),
            (
                BuildFaultKind::NotPrefixed { .. }
                | BuildFaultKind::LevelSkip { .. }
                | BuildFaultKind::LevelInversion { .. },
                Some(id),
            ) => Some(self.parent(id)),
            _ => None,
        };
        let mut edit = id.and_then(touched).max(other.and_then(touched));
        let mut at = id.unwrap_or(0);
        while edit.is_none() && at != 0 {
            at = self.parent(at);
            edit = touched(at);
        }
        if id.is_none() {
            edit = self.nodes.values().filter_map(|node| node.edit).max();
        }
        let kind = match (&fault.kind, other) {
            (BuildFaultKind::DuplicateName { .. }, Some(other)) => {
                EditFaultKind::DuplicateName { sibling: self.code(other) }
            }
            (kind, _) => EditFaultKind::Invalid(kind.clone()),
        };
        EditFault { edit, grid: id.map(|id| self.code(id)), kind }
    }

    /// What became of every grid that something happened to.
    fn map(&self) -> EditMap {
        let alive = || self.nodes.iter().filter(|pair| pair.1.alive);
        let mut successors: Successors = BTreeMap::new();
        for (&id, node) in alive() {
            for (&old, share) in &node.from {
                successors.entry(old).or_default().insert(id, share.clone());
            }
        }
        let mut changes: Vec<EditChange> = Vec::new();
        for &old in self.nodes.keys().take_while(|&&id| (id as usize) < self.tree.len()) {
            let none = BTreeMap::new();
            let new = successors.get(&old).unwrap_or(&none);
            let events = self.events(old, new, &successors);
            if !events.is_empty() {
                let whole = new.len() == 1 && !self.lost.contains(&old);
                let share = |share: &Share| if whole { Share::whole() } else { share.clone() };
                let mut new: Vec<Successor> =
                    new.iter().map(|(&id, part)| Successor::new(self.code(id), share(part))).collect();
                new.sort_by(|a, b| a.code.cmp(&b.code));
                changes.push(EditChange { old: Some(self.old_code(old)), new, events });
            }
        }
        for (_, node) in alive().filter(|pair| pair.1.from.is_empty()) {
            let new = vec![Successor::new(node.code.clone(), Share::whole())];
            changes.push(EditChange { old: None, new, events: vec![EditEvent::Inserted] });
        }
        EditMap::new(changes)
    }

    fn old_code(&self, old: Id) -> GridCode {
        self.tree.code(GridIndex::new(old as usize))
    }

    fn events(&self, old: Id, new: &BTreeMap<Id, Share>, successors: &Successors) -> Vec<EditEvent> {
        let lost = self.lost.contains(&old);
        let mut events = BTreeSet::new();
        if new.is_empty() || lost {
            events.insert(EditEvent::Removed);
        }
        if new.len() > 1 || (lost && !new.is_empty()) {
            events.insert(EditEvent::Split);
        }
        if new.keys().any(|&id| self.is_merged(id)) {
            events.insert(EditEvent::Merged);
        }
        let grid = GridIndex::new(old as usize);
        if let (true, Some(node)) = (events.is_empty(), new.keys().next().and_then(|&id| self.get(id))) {
            if node.name != self.tree.name(grid) {
                events.insert(EditEvent::Renamed);
            }
            if node.code != self.tree.code(grid) {
                events.insert(EditEvent::Recoded);
            }
        }
        if let Some(parent) = self.tree.parent(grid) {
            let home = self.continuation(parent.get() as Id, successors);
            if new.keys().any(|&id| Some(self.parent(id)) != home) {
                events.insert(EditEvent::Moved);
            }
        }
        events.into_iter().collect()
    }

    fn is_merged(&self, id: Id) -> bool {
        self.get(id).is_some_and(|node| node.from.len() > 1)
    }

    /// The grid that an old one goes on as: its only successor, if that is nobody else's, or the one with its code.
    fn continuation(&self, old: Id, successors: &Successors) -> Option<Id> {
        if self.get(old).is_none() {
            return Some(old);
        }
        let new = successors.get(&old)?;
        let mut ids = new.keys().copied();
        match (ids.next(), ids.next()) {
            (Some(only), None) if !self.is_merged(only) && !self.lost.contains(&old) => Some(only),
            _ => new.keys().copied().find(|&id| self.code(id) == self.old_code(old)),
        }
    }
}
