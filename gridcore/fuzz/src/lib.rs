//! What must hold of every tree and every error, whatever bytes they came from.

use std::collections::BTreeSet;

use gridcore::tree::{BuildFault, Cell};
use gridcore::{BuildError, GridIndex, GridRow, GridTree, Lang, Lossy, Problem, Search};

/// Checks that an error explains itself in few words.
pub fn explains_itself(error: &dyn Problem) {
    let faults = error.faults();
    assert!(!faults.is_empty());
    for fault in faults.iter().take(50) {
        for lang in [Lang::En, Lang::Zh] {
            assert!(fault.text(lang).chars().count() < 600, "{}", fault.text(lang));
        }
    }
    assert!(error.to_string().chars().count() < 7_000);
}

/// Checks that both builds say the same, and that no row is lost or counted twice.
///
/// `rows` is their number, if it is known.
pub fn agree(strict: &Result<GridTree, BuildError>, lossy: &Lossy, rows: Option<usize>) {
    match strict {
        Ok(tree) => {
            assert_eq!(lossy.tree.as_ref(), Some(tree));
            assert!(lossy.faults.is_empty() && lossy.rejected.is_empty());
        }
        Err(error) => {
            // Numbers that are none are not even themselves.
            let names = |faults: &[BuildFault]| -> Vec<_> {
                faults.iter().map(|fault| (fault.row, fault.code())).collect()
            };
            assert_eq!(names(error.list()), names(&lossy.faults));
            explains_itself(error);
        }
    }
    let tree = lossy.tree.as_ref();
    let kept: BTreeSet<usize> =
        tree.into_iter().flat_map(|tree| tree.indices().filter_map(|grid| tree.row(grid))).collect();
    let rejected: BTreeSet<usize> = lossy.rejected.iter().map(|row| row.row).collect();
    assert_eq!(rejected.len(), lossy.rejected.len());
    assert!(kept.is_disjoint(&rejected));
    if let Some(rows) = rows {
        assert_eq!(kept.len() + rejected.len(), rows);
    }
    if let Some(tree) = tree {
        holds_together(tree);
    }
}

/// Checks what holds of every tree: that it is one, and that it comes back as it was saved.
pub fn holds_together(tree: &GridTree) {
    assert_eq!(tree.counts().iter().sum::<usize>(), tree.len());
    let mut names: BTreeSet<(GridIndex, &str)> = BTreeSet::new();
    for grid in tree.indices() {
        let code = tree.code(grid);
        assert_eq!(code.with_str(|code| tree.find(code)), Some(grid));
        if let Some(parent) = tree.parent(grid) {
            assert!(parent < grid && tree.level(parent) < tree.level(grid));
            assert!(tree.is_ancestor(parent, grid) && !tree.is_ancestor(grid, parent));
            assert!(names.insert((parent, tree.name(grid))), "two siblings have one name");
        }
    }
    for grid in tree.indices().take(20) {
        assert_eq!(tree.path(grid).len(), tree.depth(grid) + 1);
        assert_eq!(tree.children(grid).count(), tree.children_page(grid, 0, usize::MAX).rows.len());
        let hits = tree.search(Search::new(tree.name(grid)).limit(usize::MAX));
        let nothing_to_look_for = tree.name(grid).chars().all(char::is_whitespace);
        let is_plain = tree.name(grid).split_whitespace().collect::<Vec<_>>().join(" ") == tree.name(grid);
        assert!(nothing_to_look_for || !is_plain || hits.iter().any(|hit| hit.grid == grid));
    }
    let saved = tree.to_json();
    let again = GridTree::from_json(&saved).expect("what is saved can be loaded");
    assert_eq!(&again, tree);
    assert_eq!(again.to_json(), saved);
}

/// Bytes that are spent on small choices; when they are gone, every choice is the first.
pub struct Choices<'b>(pub &'b [u8]);

impl Choices<'_> {
    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        let Some((&first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        first
    }

    /// One of several.
    pub fn one_of<'c, T>(&mut self, choices: &'c [T]) -> &'c T {
        &choices[usize::from(self.byte()) % choices.len()]
    }

    /// A code: mostly digits, mostly short, sometimes anything.
    fn code(&mut self) -> Cell {
        let byte = self.byte();
        match byte {
            0..=159 => Cell::Text((byte % 40).to_string()),
            160..=199 => Cell::Text(format!("{}{}", byte % 7 + 1, self.byte())),
            200..=219 => Cell::Text(self.text()),
            220..=229 => Cell::Integer(i64::from(self.byte())),
            230..=239 => Cell::Float(f64::from(self.byte()) / 2.0),
            240..=249 => Cell::Missing,
            _ => Cell::Other("list".to_owned()),
        }
    }

    /// A text of up to 16 bytes of the rest.
    fn text(&mut self) -> String {
        let length = usize::from(self.byte() % 17).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    /// A cell of a roster: mostly one of the usual texts, sometimes anything.
    pub fn cell(&mut self, usual: &[&str]) -> Cell {
        match self.byte() {
            byte @ 0..=199 => Cell::Text(usual[usize::from(byte) % usual.len()].to_owned()),
            200..=209 => Cell::Text(self.text()),
            210..=214 => Cell::Text(self.text().repeat(700)),
            215..=224 => Cell::Integer(i64::from(self.byte()) * 12_345_678_901),
            225..=229 => Cell::Float(1.101_051_949_123_1e17 + f64::from(self.byte())),
            230..=234 => Cell::Float(f64::NAN),
            235..=239 => Cell::Other("list".to_owned()),
            _ => Cell::Missing,
        }
    }

    /// A row with anything in it.
    pub fn row(&mut self) -> GridRow {
        let mut row = GridRow::new(self.code(), Cell::Missing);
        row.parent = self.code();
        row.name = match self.byte() {
            0..=199 => Cell::Text(format!("n{}", self.byte())),
            200..=239 => Cell::Text(self.text()),
            _ => Cell::Missing,
        };
        let extras = self.byte();
        if extras & 1 == 1 {
            row.level = match self.byte() {
                level @ 0..=199 => Cell::Integer(i64::from(level % 8)),
                200..=229 => Cell::Float(f64::from(self.byte()) / 2.0),
                _ => Cell::Text(self.text()),
            };
        }
        if extras & 2 == 2 {
            row.kind = (*self.one_of(&["city", "town", "village", "group", "leaf", "ship"])).into();
        }
        if extras & 4 == 4 {
            row.footprint = Cell::Text(self.text());
        }
        if extras & 8 == 8 {
            let weight = *self.one_of(&[1.0, 0.0, -2.5, 1e300, f64::MIN_POSITIVE, f64::NAN, f64::INFINITY]);
            row = row.weight("households", weight);
        }
        row
    }
}
