//! The spanning tree of the simplex: who hangs under whom, and how much room each arc of the tree has both ways.

/// No node.
pub(super) const NONE: u32 = u32::MAX;

/// A node as seen on the way up: its parent, the arc between them, and its room.
#[derive(Clone, Copy)]
pub(super) struct Stem {
    pub(super) parent: u32,
    /// The arc to the parent.
    pub(super) arc: u32,
    /// Whether the arc leads from this node to its parent.
    pub(super) rises: bool,
    /// How much more could go from this node to its parent, and from the parent to this node.
    pub(super) up: i64,
    pub(super) down: i64,
}

/// A node as seen on the way down: its first child and its neighbours among siblings.
#[derive(Clone, Copy)]
struct Hang {
    child: u32,
    next: u32,
    previous: u32,
    depth: u32,
}

/// A rooted spanning tree. The root is the last node.
pub(super) struct Tree {
    pub(super) stems: Vec<Stem>,
    hangs: Vec<Hang>,
    /// Nodes still to visit while a subtree is walked; kept to spare allocations.
    waiting: Vec<u32>,
}

impl Tree {
    /// A star: each node hangs directly under the root by the stem given.
    pub(super) fn star(stems: Vec<Stem>) -> Self {
        let root = stems.len() as u32;
        let mut hangs: Vec<_> = (0..root)
            .map(|node| Hang {
                child: NONE,
                next: if node + 1 < root { node + 1 } else { NONE },
                previous: if node > 0 { node - 1 } else { NONE },
                depth: 1,
            })
            .collect();
        hangs.push(Hang { child: if root > 0 { 0 } else { NONE }, next: NONE, previous: NONE, depth: 0 });
        let mut stems = stems;
        stems.push(Stem { parent: NONE, arc: NONE, rises: false, up: 0, down: 0 });
        Self { stems, hangs, waiting: Vec::new() }
    }

    /// A tree of the stems given; `order` names every node but the root, parents before children.
    pub(super) fn grown(mut stems: Vec<Stem>, order: &[u32]) -> Self {
        let nodes = stems.len() + 1;
        stems.push(Stem { parent: NONE, arc: NONE, rises: false, up: 0, down: 0 });
        let hangs = vec![Hang { child: NONE, next: NONE, previous: NONE, depth: 0 }; nodes];
        let mut tree = Self { stems, hangs, waiting: Vec::new() };
        for &node in order {
            let parent = tree.stems[node as usize].parent;
            tree.hang(node, parent);
            tree.hangs[node as usize].depth = tree.hangs[parent as usize].depth + 1;
        }
        tree
    }

    /// The lowest node that is above both, or one of them.
    pub(super) fn meet(&self, mut one: u32, mut other: u32) -> u32 {
        let depth = |node: u32| self.hangs[node as usize].depth;
        let (mut low, mut high) = (depth(one), depth(other));
        while low > high {
            one = self.stems[one as usize].parent;
            low -= 1;
        }
        while high > low {
            other = self.stems[other as usize].parent;
            high -= 1;
        }
        while one != other {
            one = self.stems[one as usize].parent;
            other = self.stems[other as usize].parent;
        }
        one
    }

    /// Cuts the arc above `out`, turns its subtree so that `node` is on top, and hangs it up by `stem`.
    ///
    /// Returns what was the stem of `out`.
    pub(super) fn rehang(&mut self, out: u32, node: u32, stem: Stem) -> Stem {
        let (mut node, mut stem) = (node, stem);
        loop {
            self.take(node);
            let old = std::mem::replace(&mut self.stems[node as usize], stem);
            self.hang(node, stem.parent);
            if node == out {
                return old;
            }
            stem = Stem { parent: node, arc: old.arc, rises: !old.rises, up: old.down, down: old.up };
            node = old.parent;
        }
    }

    fn take(&mut self, node: u32) {
        let Hang { next, previous, .. } = self.hangs[node as usize];
        match previous {
            NONE => self.hangs[self.stems[node as usize].parent as usize].child = next,
            _ => self.hangs[previous as usize].next = next,
        }
        if next != NONE {
            self.hangs[next as usize].previous = previous;
        }
    }

    fn hang(&mut self, node: u32, parent: u32) {
        let next = std::mem::replace(&mut self.hangs[parent as usize].child, node);
        if next != NONE {
            self.hangs[next as usize].previous = node;
        }
        let hang = &mut self.hangs[node as usize];
        (hang.next, hang.previous) = (next, NONE);
    }

    /// Visits `top` and every node under it, tells each its depth, and returns how many there were.
    pub(super) fn walk(&mut self, top: u32, mut visit: impl FnMut(u32)) -> usize {
        self.hangs[top as usize].depth = self.hangs[self.stems[top as usize].parent as usize].depth + 1;
        visit(top);
        self.waiting.push(top);
        let mut count = 1;
        while let Some(node) = self.waiting.pop() {
            let Hang { mut child, depth, .. } = self.hangs[node as usize];
            while child != NONE {
                let hang = &mut self.hangs[child as usize];
                hang.depth = depth + 1;
                let next = hang.next;
                if hang.child != NONE {
                    self.waiting.push(child);
                }
                visit(child);
                count += 1;
                child = next;
            }
        }
        count
    }

    /// Every node in the order in which `walk` would visit them, the root last.
    pub(super) fn order(&mut self) -> Vec<u32> {
        let root = self.stems.len() - 1;
        let mut order = Vec::with_capacity(root + 1);
        let mut top = self.hangs[root].child;
        while top != NONE {
            self.walk(top, |node| order.push(node));
            top = self.hangs[top as usize].next;
        }
        order.push(root as u32);
        order
    }

    /// Numbers the nodes anew: `order` has the old numbers in their new order, `places` the new number of each old one.
    pub(super) fn renumber(&mut self, order: &[u32], places: &[u32]) {
        let new = |node: u32| if node == NONE { NONE } else { places[node as usize] };
        let stems = order.iter().map(|&node| self.stems[node as usize]);
        self.stems = stems.map(|stem| Stem { parent: new(stem.parent), ..stem }).collect();
        let hangs = order.iter().map(|&node| self.hangs[node as usize]);
        self.hangs = hangs
            .map(|Hang { child, next, previous, depth }| Hang {
                child: new(child),
                next: new(next),
                previous: new(previous),
                depth,
            })
            .collect();
    }
}
