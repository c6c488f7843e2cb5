//! What a table of grids should become, found by looking at every pair of rows.

/// A row as the twin sees it; an empty parent is none.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub code: String,
    pub parent: String,
    pub name: String,
    pub level: Option<u8>,
}

/// The rules that a table is held to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// Whether a child's code begins with its parent's.
    pub nests: bool,
    /// Whether a level may be left out between a grid and its parent.
    pub skips: bool,
}

/// Whether the table makes a tree: one root, every parent there, no ring, and all else in order.
pub(crate) fn is_sound(rows: &[Row], rules: Rules) -> bool {
    let roots = rows.iter().filter(|row| row.parent.is_empty()).count();
    roots == 1 && rows.iter().enumerate().all(|(place, row)| row_is_sound(rows, place, row, rules))
}

fn row_is_sound(rows: &[Row], place: usize, row: &Row, rules: Rules) -> bool {
    let others = || rows.iter().enumerate().filter(|other| other.0 != place).map(|other| other.1);
    let has_own_code = others().all(|other| other.code != row.code);
    let has_own_name = others().all(|other| other.parent != row.parent || other.name != row.name);
    has_own_code && has_own_name && reaches_root(rows, row) && fits_parent(rows, row, rules)
}

fn reaches_root(rows: &[Row], row: &Row) -> bool {
    let mut at = row;
    for _ in 0..rows.len() {
        if at.parent.is_empty() {
            return true;
        }
        match rows.iter().find(|other| other.code == at.parent) {
            Some(parent) => at = parent,
            None => return false,
        }
    }
    false
}

fn fits_parent(rows: &[Row], row: &Row, rules: Rules) -> bool {
    let Some(parent) = rows.iter().find(|other| other.code == row.parent) else { return true };
    let level_fits = match (row.level, parent.level) {
        (Some(level), Some(above)) => level > above && (rules.skips || level == above + 1),
        _ => true,
    };
    let code_fits =
        !rules.nests || (row.code.len() > parent.code.len() && row.code.starts_with(&parent.code));
    level_fits && code_fits
}

/// A grid where the twin puts it: its row, the place of its parent (its own for the root), one past its subtree.
#[derive(Debug, PartialEq)]
pub(crate) struct Placed {
    pub row: usize,
    pub parent: usize,
    pub end: usize,
}

/// A sound table in preorder, siblings by the length of their codes and then by the codes.
pub(crate) fn preorder(rows: &[Row]) -> Vec<Placed> {
    let mut placed = Vec::new();
    let root = rows.iter().position(|row| row.parent.is_empty()).expect("a sound table has a root");
    place(rows, root, 0, &mut placed);
    placed
}

fn place(rows: &[Row], row: usize, parent: usize, placed: &mut Vec<Placed>) {
    let here = placed.len();
    placed.push(Placed { row, parent, end: 0 });
    let mut children: Vec<usize> =
        (0..rows.len()).filter(|&other| rows[other].parent == rows[row].code).collect();
    children.sort_by_key(|&child| (rows[child].code.len(), &rows[child].code));
    for child in children {
        place(rows, child, here, placed);
    }
    placed[here].end = placed.len();
}
