//! The tree in the making: only grids that an edit touches are held, all others are read from the old tree.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::{EditFault, EditFaultKind};
use super::share::Share;
use super::{Edit, NewGrid};
use crate::GridTree;
use crate::id::{GridCode, GridIndex};

/// A grid of the draft: its position in the old tree, or a number past all of those.
pub(super) type Id = u32;

/// A grid that an edit has touched.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub code: GridCode,
    pub name: String,
    pub kind: Option<String>,
    pub footprint: Option<String>,
    pub weights: BTreeMap<String, f64>,
    pub level: u16,
    /// The root's own for the root.
    pub parent: Id,
    pub children: BTreeSet<Id>,
    /// The old grids that it is made of.
    pub from: BTreeMap<Id, Share>,
    /// The last edit that gave it a code, a name, a parent or itself.
    pub edit: Option<usize>,
    pub alive: bool,
}

/// A tree under its edits.
pub(super) struct Draft<'t> {
    pub tree: &'t GridTree,
    pub nodes: BTreeMap<Id, Node>,
    next: Id,
    /// Codes that stand for another grid than in the old tree, or for none.
    codes: BTreeMap<GridCode, Option<Id>>,
    /// Old grids of which a part was removed.
    pub lost: BTreeSet<Id>,
    /// Whether levels stay with their grids.
    pub typed: bool,
    pub faults: Vec<EditFault>,
    /// Codes that edits would have made that could not be made.
    promised: BTreeMap<GridCode, usize>,
}

impl<'t> Draft<'t> {
    pub(super) fn new(tree: &'t GridTree, edits: &[Edit]) -> Self {
        let one_below = |grid: GridIndex| {
            tree.parent(grid).is_none_or(|parent| tree.level(grid) == tree.level(parent).saturating_add(1))
        };
        let names_a_level = edits.iter().any(|edit| matches!(edit, Edit::Insert { level: Some(_), .. }));
        Self {
            tree,
            nodes: BTreeMap::new(),
            next: tree.len() as Id,
            codes: BTreeMap::new(),
            lost: BTreeSet::new(),
            typed: names_a_level || !tree.indices().all(one_below),
            faults: Vec::new(),
            promised: BTreeMap::new(),
        }
    }

    /// The place of a grid in the old tree, if nothing has touched it.
    fn untouched(&self, id: Id) -> Option<GridIndex> {
        if self.nodes.contains_key(&id) { None } else { self.tree.at(id as usize) }
    }

    pub(super) fn get(&self, id: Id) -> Option<&Node> {
        self.nodes.get(&id)
    }

    /// A grid to change.
    pub(super) fn node(&mut self, id: Id) -> &mut Node {
        let tree = self.tree;
        self.nodes.entry(id).or_insert_with(|| {
            let grid = tree.at(id as usize).expect("every number past the old tree's is held");
            Node {
                code: tree.code(grid),
                name: tree.name(grid).to_owned(),
                kind: tree.kind(grid).map(str::to_owned),
                footprint: tree.footprint(grid).map(str::to_owned),
                weights: tree
                    .weight_names()
                    .filter_map(|name| Some((name.to_owned(), tree.weight(grid, name)?)))
                    .collect(),
                level: u16::from(tree.level(grid)),
                parent: tree.parent(grid).map_or(id, |parent| parent.get() as Id),
                children: tree.children(grid).map(|child| child.get() as Id).collect(),
                from: BTreeMap::from([(id, Share::whole())]),
                edit: None,
                alive: true,
            }
        })
    }

    /// Adds a grid under a parent, with a code that is free.
    pub(super) fn add(&mut self, grid: &NewGrid, parent: Id, level: u16, edit: usize) -> Id {
        let id = self.next;
        self.next += 1;
        let node = Node {
            code: grid.code.clone(),
            name: grid.name.clone(),
            kind: grid.kind.clone(),
            footprint: grid.footprint.clone(),
            weights: grid.weights.clone(),
            level,
            parent,
            children: BTreeSet::new(),
            from: BTreeMap::new(),
            edit: Some(edit),
            alive: true,
        };
        self.nodes.insert(id, node);
        self.codes.insert(grid.code.clone(), Some(id));
        self.node(parent).children.insert(id);
        id
    }

    pub(super) fn code(&self, id: Id) -> GridCode {
        self.untouched(id).map_or_else(|| self.nodes[&id].code.clone(), |grid| self.tree.code(grid))
    }

    pub(super) fn parent(&self, id: Id) -> Id {
        match self.untouched(id) {
            Some(grid) => self.tree.parent(grid).map_or(id, |parent| parent.get() as Id),
            None => self.nodes[&id].parent,
        }
    }

    pub(super) fn children(&self, id: Id) -> Vec<Id> {
        match self.untouched(id) {
            Some(grid) => self.tree.children(grid).map(|child| child.get() as Id).collect(),
            None => self.nodes[&id].children.iter().copied().collect(),
        }
    }

    /// The level of a grid: its own where levels are types, else how far it lies below the root.
    pub(super) fn level(&self, id: Id) -> u16 {
        if self.typed {
            return self
                .untouched(id)
                .map_or_else(|| self.nodes[&id].level, |grid| u16::from(self.tree.level(grid)));
        }
        let mut level = u16::from(self.tree.level(self.tree.root()));
        let mut at = id;
        while at != 0 {
            level = level.saturating_add(1);
            at = self.parent(at);
        }
        level
    }

    /// Whether the first is the second or lies above it.
    pub(super) fn is_above(&self, above: Id, below: Id) -> bool {
        let mut at = below;
        while at != above && at != 0 {
            at = self.parent(at);
        }
        at == above
    }

    /// The grid that has a code now.
    pub(super) fn find(&self, code: &GridCode) -> Option<Id> {
        match self.codes.get(code) {
            Some(found) => *found,
            None => code.with_str(|code| self.tree.find(code)).map(|grid| grid.get() as Id),
        }
    }

    /// The grid that has a code now, or the fault that there is none.
    pub(super) fn look_up(&self, code: &GridCode) -> Result<Id, EditFaultKind> {
        self.find(code).ok_or_else(|| match self.promised.get(code) {
            Some(&edit) => EditFaultKind::AwaitsEdit { grid: code.clone(), edit },
            None => EditFaultKind::UnknownGrid(code.clone()),
        })
    }

    /// Lets a code stand for a grid, or for none.
    pub(super) fn bind(&mut self, code: GridCode, id: Option<Id>) {
        self.codes.insert(code, id);
    }

    /// Puts a grid under another parent.
    pub(super) fn attach(&mut self, id: Id, parent: Id, edit: usize) {
        let old = self.parent(id);
        if old != parent {
            self.node(old).children.remove(&id);
            self.node(parent).children.insert(id);
        }
        let node = self.node(id);
        node.parent = parent;
        node.edit = Some(edit);
    }

    /// Takes a grid out of the tree; its children are another's by now, or are taken out too.
    pub(super) fn drop_grid(&mut self, id: Id, edit: usize) {
        let parent = self.parent(id);
        self.node(parent).children.remove(&id);
        let node = self.node(id);
        node.alive = false;
        node.edit = Some(edit);
        node.from.clear();
        let code = node.code.clone();
        self.codes.insert(code, None);
    }

    /// Notes why an edit cannot be made, and which codes later edits will miss.
    pub(super) fn refuse(
        &mut self,
        edit: usize,
        grid: &GridCode,
        kinds: Vec<EditFaultKind>,
        would_make: Vec<GridCode>,
    ) {
        let fault = |kind| EditFault { edit: Some(edit), grid: Some(grid.clone()), kind };
        self.faults.extend(kinds.into_iter().map(fault));
        for code in would_make {
            self.promised.entry(code).or_insert(edit);
        }
    }
}
