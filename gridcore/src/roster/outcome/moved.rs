//! Matched people whose grids differ.

use super::MovedRow;
use crate::roster::run::Reconciliation;
use crate::roster::weigh::probability;
use crate::roster::{FieldKind, RosterSide};

impl Reconciliation {
    /// The matched pairs whose two grids are known and differ; with the tree, the deepest grid that holds both.
    ///
    /// # Complexity
    /// O(m) for m matched pairs and trees of a fixed depth.
    pub fn moved(&self) -> impl Iterator<Item = MovedRow> + '_ {
        let inner = &*self.inner;
        let grids = RosterSide::ALL.map(|side| inner.codes(side, FieldKind::Grid));
        inner.placed.links.iter().filter_map(move |link| {
            let (from, to) = (grids[0].of(link.left)?, grids[1].of(link.right)?);
            if from == to {
                return None;
            }
            let common = inner.tree.as_ref().and_then(|tree| {
                let common = tree.lca(tree.find(from)?, tree.find(to)?);
                Some((tree.code(common).to_string(), tree.level(common)))
            });
            let (left, left_row) = inner.named(RosterSide::Left, link.left);
            let (right, right_row) = inner.named(RosterSide::Right, link.right);
            let (common, common_level) = common.unzip();
            Some(MovedRow {
                left,
                right,
                left_row,
                right_row,
                from: from.to_owned(),
                to: to.to_owned(),
                common,
                common_level,
                probability: probability(link.weight),
            })
        })
    }
}
