//! A tree as a map from each code to its parent's, and every question answered the long way round.
use std::collections::BTreeMap;

/// Codes in their order: by length, then by bytes.
pub(crate) fn in_order(mut codes: Vec<String>) -> Vec<String> {
    codes.sort_by_key(|code| (code.len(), code.clone()));
    codes
}

#[derive(Clone, Debug)]
pub(crate) struct Naive {
    pub(crate) parent: BTreeMap<String, Option<String>>,
    /// Levels, where they are not depths.
    pub(crate) level: BTreeMap<String, u8>,
}

impl Naive {
    pub(crate) fn codes(&self) -> Vec<String> {
        self.parent.keys().cloned().collect()
    }

    pub(crate) fn parent(&self, code: &str) -> Option<String> {
        self.parent[code].clone()
    }

    pub(crate) fn children(&self, code: &str) -> Vec<String> {
        in_order(
            self.codes().into_iter().filter(|child| self.parent(child).as_deref() == Some(code)).collect(),
        )
    }

    pub(crate) fn ancestors(&self, code: &str) -> Vec<String> {
        match self.parent(code) {
            None => Vec::new(),
            Some(parent) => [vec![parent.clone()], self.ancestors(&parent)].concat(),
        }
    }

    pub(crate) fn path(&self, code: &str) -> Vec<String> {
        let mut path = [vec![code.to_owned()], self.ancestors(code)].concat();
        path.reverse();
        path
    }

    pub(crate) fn depth(&self, code: &str) -> usize {
        self.path(code).len() - 1
    }

    pub(crate) fn level(&self, code: &str) -> u8 {
        match self.level.get(code) {
            Some(&level) => level,
            None => u8::try_from(self.depth(code)).expect("at most 255 deep"),
        }
    }

    pub(crate) fn ancestor_at(&self, code: &str, level: u8) -> Option<String> {
        self.path(code).into_iter().find(|above| self.level(above) == level)
    }

    pub(crate) fn lca(&self, a: &str, b: &str) -> String {
        let other = self.path(b);
        let mut both = self.path(a).into_iter().rev().filter(|code| other.contains(code));
        both.next().expect("the root is on every path")
    }

    pub(crate) fn is_ancestor(&self, above: &str, below: &str) -> bool {
        self.path(below).contains(&above.to_owned())
    }

    pub(crate) fn distance(&self, a: &str, b: &str) -> usize {
        self.depth(a) + self.depth(b) - 2 * self.depth(&self.lca(a, b))
    }

    pub(crate) fn subtree(&self, code: &str) -> Vec<String> {
        let below = self.children(code).into_iter().flat_map(|child| self.subtree(&child));
        std::iter::once(code.to_owned()).chain(below).collect()
    }

    pub(crate) fn descendants(&self, code: &str) -> Vec<String> {
        self.subtree(code).split_off(1)
    }

    pub(crate) fn descendants_at(&self, code: &str, level: u8) -> Vec<String> {
        self.subtree(code).into_iter().filter(|below| self.level(below) == level).collect()
    }

    pub(crate) fn is_leaf(&self, code: &str) -> bool {
        self.children(code).is_empty()
    }

    pub(crate) fn leaves(&self, code: &str) -> Vec<String> {
        self.subtree(code).into_iter().filter(|below| self.is_leaf(below)).collect()
    }

    pub(crate) fn siblings(&self, code: &str) -> Vec<String> {
        let Some(parent) = self.parent(code) else { return Vec::new() };
        self.children(&parent).into_iter().filter(|sibling| sibling != code).collect()
    }

    pub(crate) fn counts_under(&self, code: &str) -> Vec<usize> {
        let levels: Vec<usize> =
            self.subtree(code).iter().map(|below| usize::from(self.level(below))).collect();
        let deepest = levels.iter().copied().max().expect("at least the grid itself");
        (0..=deepest).map(|level| levels.iter().filter(|&&other| other == level).count()).collect()
    }
}
