//! Later rows: added, replaced, removed.

use std::fmt;

use crate::roster::RosterTable;

/// Rows that come later (增量更新): a row whose record id is known replaces that row, another is added.
///
/// ```
/// use gridcore::roster::{RosterCell, RosterTable, Update};
/// let later = RosterTable::new(1).column("rid", |_| RosterCell::Text("v-9"));
/// let update = Update { right: Some(later), remove_left: vec!["r-1".to_owned()], ..Update::default() };
/// assert!(update.left.is_none());
/// ```
#[derive(Default)]
pub struct Update<'l, 'r> {
    /// Rows of the left to add or to replace.
    pub left: Option<RosterTable<'l>>,
    /// Rows of the right to add or to replace.
    pub right: Option<RosterTable<'r>>,
    /// Record ids of the left to remove.
    pub remove_left: Vec<String>,
    /// Record ids of the right to remove.
    pub remove_right: Vec<String>,
}

impl fmt::Debug for Update<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Update")
            .field("left", &self.left.as_ref().map_or(0, RosterTable::rows))
            .field("right", &self.right.as_ref().map_or(0, RosterTable::rows))
            .field("remove_left", &self.remove_left.len())
            .field("remove_right", &self.remove_right.len())
            .finish()
    }
}
