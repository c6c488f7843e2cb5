//! One reconciliation from tables to the answer.

use std::sync::Arc;

use super::outcome::place::Placed;
use super::pairs::Scored;
use super::side::{Fields, Side};
use super::{Model, Rules};
use crate::GridTree;

/// What came of a reconciliation. Cheap to clone; owns all it needs.
#[derive(Clone)]
pub struct Reconciliation {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) rules: Rules,
    pub(crate) fields: Fields,
    pub(crate) left: Side,
    pub(crate) right: Side,
    pub(crate) model: Model,
    /// Candidates above the floor, by left and then right.
    pub(crate) pairs: Vec<Scored>,
    /// Where every row went, see `outcome::place`.
    pub(crate) placed: Placed,
    /// The tree of the grids, if one was given.
    pub(crate) tree: Option<GridTree>,
    /// Whether one roster was freed of doubles: then there is no right side.
    pub(crate) single: bool,
}

impl std::fmt::Debug for Reconciliation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reconciliation")
            .field("left", &self.inner.left.rows)
            .field("right", &self.inner.right.rows)
            .finish_non_exhaustive()
    }
}
