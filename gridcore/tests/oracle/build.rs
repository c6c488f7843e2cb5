//! A validator of tables that looks at every row beside every other one.
use std::collections::{BTreeMap, BTreeSet};

use gridcore::tree::Level;
use gridcore::{LevelSchema, Root};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) code: String,
    pub(crate) parent: String,
    pub(crate) name: String,
    pub(crate) level: Option<i64>,
    pub(crate) kind: Option<String>,
    pub(crate) weight: Option<f64>,
}

/// What stands above a row.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Above {
    Nothing,
    NamedRoot,
    Row(usize),
    Unknown,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Verdict {
    /// Row and name of each fault, those of the table first.
    pub(crate) faults: Vec<(Option<usize>, String)>,
    /// The rows of the largest valid tree.
    pub(crate) kept: BTreeSet<usize>,
    /// All other rows, each with the row that is to blame.
    pub(crate) rejected: Vec<(usize, usize)>,
}

fn is_malformed(code: &str) -> bool {
    code.len() > 128 || code.trim() != code || code.chars().any(char::is_control)
}

fn is_code(code: &str) -> bool {
    !code.is_empty() && !is_malformed(code)
}

/// Codes are ordered by length, then by bytes.
fn order(code: &str) -> (usize, String) {
    (code.len(), code.to_owned())
}

struct Table<'t> {
    rows: &'t [Row],
    root: &'t Root,
    schema: &'t LevelSchema,
    /// The row that stands for each code.
    stays: BTreeMap<String, usize>,
    has_levels: bool,
    has_kinds: bool,
}

impl Table<'_> {
    fn root_code(&self) -> Option<String> {
        match self.root {
            Root::Existing(code) | Root::Named { code, .. } => Some(code.to_string()),
            _ => None,
        }
    }

    fn level(&self, row: usize) -> Option<u8> {
        let level = self.rows[row].level.filter(|_| self.has_levels)?;
        u8::try_from(level).ok().filter(|&level| level <= self.schema.deepest())
    }

    fn above(&self, row: usize) -> Above {
        let parent = &self.rows[row].parent;
        let is_named = matches!(self.root, Root::Named { .. });
        let is_the_root = matches!(self.root, Root::Existing(code) if *code == self.rows[row].code.as_str());
        match self.stays.get(parent) {
            _ if parent.is_empty() && is_named => Above::NamedRoot,
            _ if parent.is_empty() => Above::Nothing,
            _ if is_malformed(parent) => Above::Unknown,
            _ if is_named && self.root_code().as_ref() == Some(parent) => Above::NamedRoot,
            Some(&above) => Above::Row(above),
            None if is_the_root => Above::Nothing,
            None => Above::Unknown,
        }
    }

    /// The rows from this one up, until they end or come round.
    fn way_up(&self, row: usize) -> Vec<usize> {
        let mut way = vec![row];
        while let Above::Row(above) = self.above(way[way.len() - 1])
            && !way.contains(&above)
        {
            way.push(above);
        }
        way
    }

    fn is_in_ring(&self, row: usize) -> bool {
        let way = self.way_up(row);
        self.above(way[way.len() - 1]) == Above::Row(row)
    }

    /// The rows without a parent, or those that are taken for the root.
    fn tops(&self) -> Vec<usize> {
        let mut tops: Vec<usize> =
            self.stays.values().copied().filter(|&row| self.above(row) == Above::Nothing).collect();
        tops.sort_by_key(|&row| order(&self.rows[row].code));
        tops
    }

    /// How far a row lies below a root; none if it does not.
    fn depth_below(&self, row: usize, root: Option<usize>) -> Option<usize> {
        let way = self.way_up(row);
        match root {
            Some(root) => way.iter().position(|&above| above == root),
            None => (self.above(way[way.len() - 1]) == Above::NamedRoot).then_some(way.len()),
        }
    }
}

/// Every fault of a table, and what of it can be kept.
pub(crate) fn validate(rows: &[Row], schema: &LevelSchema, root: &Root) -> Verdict {
    let stays = BTreeMap::new();
    let has_levels = rows.iter().any(|row| row.level.is_some());
    let has_kinds = rows.iter().any(|row| row.kind.as_ref().is_some_and(|kind| !kind.is_empty()));
    let mut table = Table { rows, root, schema, stays, has_levels, has_kinds };
    let mut faults = faults_of_cells(&table);
    faults.extend(set_duplicates_aside(&mut table));
    faults.extend(faults_of_names(&table));
    faults.extend(faults_of_levels(&table));
    let (roots, found) = faults_of_roots(&table);
    faults.extend(found);
    faults.extend(faults_of_depth(&table, &roots));
    let (rings, found) = faults_of_rings(&table);
    faults.extend(found);
    faults.extend(faults_of_kinds(&table, &roots));
    let mut bad: BTreeSet<usize> = rings;
    bad.extend(faults.iter().filter(|fault| fault.1 != "several_roots").filter_map(|fault| fault.0));
    let kept = largest(&table, &roots, &bad);
    let rejected =
        (0..rows.len()).filter(|row| !kept.contains(row)).map(|row| (row, blame(&table, row, &bad)));
    let rejected = rejected.collect();
    faults.sort();
    let faults = faults.into_iter().map(|(row, code)| (row, code.to_owned())).collect();
    Verdict { faults, kept, rejected }
}

type Found = Vec<(Option<usize>, &'static str)>;

fn faults_of_cells(table: &Table<'_>) -> Found {
    let mut found = Vec::new();
    for (number, row) in table.rows.iter().enumerate() {
        let mut fault = |code| found.push((Some(number), code));
        if row.code.is_empty() {
            fault("empty_code");
        } else if is_malformed(&row.code) {
            fault("malformed_code");
        }
        if is_malformed(&row.parent) {
            fault("malformed_code");
        }
        if row.name.is_empty() {
            fault("empty_name");
        }
        if row.weight.is_some_and(|weight| !weight.is_finite()) {
            fault("not_finite");
        }
        if table.has_levels && row.level.is_none() {
            fault("no_level");
        } else if table.has_levels && table.level(number).is_none() {
            fault("unknown_level");
        }
    }
    found
}

/// Of the rows with one code, the one that says the smallest things stays.
fn set_duplicates_aside(table: &mut Table<'_>) -> Found {
    let mut found = Vec::new();
    for (number, row) in table.rows.iter().enumerate().filter(|(_, row)| is_code(&row.code)) {
        let says = |number: usize| {
            let row = &table.rows[number];
            let parent = if is_malformed(&row.parent) { (2, order("")) } else { (1, order(&row.parent)) };
            let level = table.level(number).map_or(u32::MAX, u32::from);
            let kind = row.kind.clone().filter(|kind| !kind.is_empty());
            (parent, row.name.clone(), level, (kind.is_none(), kind), number)
        };
        let weight =
            |number: usize| table.rows[number].weight.filter(|weight| weight.is_finite()).unwrap_or(f64::NAN);
        // Cells that can't be read count as empty; rows that differ in nothing else are told apart by what is wrong.
        let complaints = |number: usize| {
            let row = &table.rows[number];
            let about_level = match (table.has_levels, row.level) {
                (true, None) => "no".to_owned(),
                (true, Some(level)) if table.level(number).is_none() => format!("unknown {level},"),
                _ => String::new(),
            };
            (about_level, row.weight.is_some_and(|weight| !weight.is_finite()))
        };
        let comes_first = |other: usize| {
            let (a, b) = (says(other), says(number));
            (a.0, a.1, a.2, a.3)
                .cmp(&(b.0, b.1, b.2, b.3))
                .then(weight(other).total_cmp(&weight(number)))
                .then(complaints(other).cmp(&complaints(number)))
                .then(a.4.cmp(&b.4))
                .is_lt()
        };
        let mut same =
            (0..table.rows.len()).filter(|&other| other != number && table.rows[other].code == row.code);
        if same.any(comes_first) {
            found.push((Some(number), "duplicate_code"));
        } else {
            table.stays.insert(row.code.clone(), number);
        }
    }
    for &row in table.stays.values() {
        if table.above(row) == Above::Unknown && !is_malformed(&table.rows[row].parent) {
            found.push((Some(row), "unknown_parent"));
        }
    }
    found
}

fn faults_of_names(table: &Table<'_>) -> Found {
    let mut found = Vec::new();
    for (code, &row) in &table.stays {
        let is_earlier_twin = |(other_code, &other): (&String, &usize)| {
            let siblings = table.above(row) == table.above(other)
                && matches!(table.above(row), Above::Row(_) | Above::NamedRoot);
            siblings && order(other_code) < order(code) && table.rows[other].name == table.rows[row].name
        };
        if !table.rows[row].name.is_empty() && table.stays.iter().any(is_earlier_twin) {
            found.push((Some(row), "duplicate_name"));
        }
    }
    found
}

fn faults_of_levels(table: &Table<'_>) -> Found {
    let mut found = Vec::new();
    let beneath_the_root = || {
        table
            .stays
            .values()
            .filter(|&&row| table.above(row) == Above::NamedRoot)
            .filter_map(|&row| table.level(row))
    };
    for &row in table.stays.values() {
        let above = match table.above(row) {
            Above::Row(above) => table.level(above),
            Above::NamedRoot => Some(beneath_the_root().min().map_or(0, |level| level.saturating_sub(1))),
            Above::Nothing | Above::Unknown => None,
        };
        if let (Some(level), Some(above)) = (table.level(row), above) {
            if level <= above {
                found.push((Some(row), "level_inversion"));
            } else if level > above + 1 && !table.schema.skips() {
                found.push((Some(row), "level_skip"));
            }
        }
    }
    found
}

/// The roots that trees grow from (none: the named one), and what is wrong with them.
fn faults_of_roots(table: &Table<'_>) -> (Vec<Option<usize>>, Found) {
    let mut tops = table.tops();
    let place = table.root_code().and_then(|code| table.stays.get(&code).copied());
    let mut found = Vec::new();
    let chosen = match (table.root, place) {
        (Root::Named { .. }, _) => {
            found.extend(place.map(|row| (Some(row), "root_is_a_row")));
            return (vec![None], found);
        }
        (Root::Existing(_), None) => {
            found.push((None, "unknown_root"));
            return (tops.into_iter().map(Some).collect(), found);
        }
        (Root::Existing(_), Some(row)) => {
            if matches!(table.above(row), Above::Row(_)) {
                found.push((Some(row), "root_has_parent"));
                tops.push(row);
            }
            Some(row)
        }
        _ if tops.is_empty() => {
            found.push((None, "no_root"));
            None
        }
        _ if tops.len() == 1 => None,
        _ => {
            found.extend(tops.iter().map(|&row| (Some(row), "several_roots")));
            None
        }
    };
    if let Some(chosen) = chosen {
        found.extend(tops.iter().filter(|&&row| row != chosen).map(|&row| (Some(row), "several_roots")));
        tops = vec![chosen];
    }
    (tops.into_iter().map(Some).collect(), found)
}

fn faults_of_depth(table: &Table<'_>, roots: &[Option<usize>]) -> Found {
    if table.has_levels {
        return Vec::new();
    }
    let deepest = usize::from(table.schema.deepest());
    let name = if deepest == 255 { "too_deep" } else { "unknown_level" };
    let is_one_too_deep =
        |row: usize| roots.iter().any(|&root| table.depth_below(row, root) == Some(deepest + 1));
    table.stays.values().filter(|&&row| is_one_too_deep(row)).map(|&row| (Some(row), name)).collect()
}

fn faults_of_rings(table: &Table<'_>) -> (BTreeSet<usize>, Found) {
    let members: BTreeSet<usize> =
        table.stays.values().copied().filter(|&row| table.is_in_ring(row)).collect();
    let is_smallest = |row: usize| {
        let smallest = table.way_up(row).into_iter().min_by_key(|&member| order(&table.rows[member].code));
        smallest == Some(row)
    };
    let found = members.iter().filter(|&&row| is_smallest(row)).map(|&row| (Some(row), "cycle")).collect();
    (members, found)
}

fn faults_of_kinds(table: &Table<'_>, roots: &[Option<usize>]) -> Found {
    if !table.has_kinds {
        return Vec::new();
    }
    let deepest = usize::from(table.schema.deepest());
    let level = |row: usize| {
        if table.has_levels {
            return table.level(row).map(usize::from);
        }
        let is_here = table.stays.get(&table.rows[row].code) == Some(&row);
        let mut depths = roots.iter().filter_map(|&root| table.depth_below(row, root));
        depths.next().filter(|&depth| is_here && depth <= deepest)
    };
    let is_forbidden = |row: &usize| {
        let Some(rule) = level(*row).and_then(|level| table.schema.levels().get(level)) else { return false };
        match table.rows[*row].kind.as_deref() {
            None | Some("") if roots == [Some(*row)] => false,
            None | Some("") => !rule.kinds.is_empty(),
            Some(kind) => !allows(rule, kind),
        }
    };
    (0..table.rows.len()).filter(is_forbidden).map(|row| (Some(row), "forbidden_kind")).collect()
}

fn allows(rule: &Level, kind: &str) -> bool {
    rule.kinds.is_empty() || rule.kinds.iter().any(|allowed| allowed.id == kind)
}

/// The largest tree of good rows that hang together; of equals, the one whose root has the smallest code.
fn largest(table: &Table<'_>, roots: &[Option<usize>], bad: &BTreeSet<usize>) -> BTreeSet<usize> {
    let mut best = BTreeSet::new();
    for &root in roots {
        let hangs_on = |row: usize| {
            let Some(depth) = table.depth_below(row, root) else { return false };
            let way = table.way_up(row);
            way.iter().take(depth + 1).all(|above| !bad.contains(above))
        };
        let tree: BTreeSet<usize> = table.stays.values().copied().filter(|&row| hangs_on(row)).collect();
        if tree.len() > best.len() {
            best = tree;
        }
    }
    best
}

/// The nearest bad row on the way up, or the top of the way.
fn blame(table: &Table<'_>, row: usize, bad: &BTreeSet<usize>) -> usize {
    if table.stays.get(&table.rows[row].code) != Some(&row) {
        return row;
    }
    let way = table.way_up(row);
    way.iter().copied().find(|above| bad.contains(above)).unwrap_or(way[way.len() - 1])
}
