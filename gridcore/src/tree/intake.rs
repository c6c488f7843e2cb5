//! From the caller's columns to plain arrays: every cell read once, every fault of a cell noted.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::builder::Options;
use super::bulk;
use super::fault::{BuildFault, BuildFaultKind, MAX_NAME_BYTES};
use super::rows::{Cell, Column, GridColumns};
use crate::id::{GridCode, MalformedCode, pack};

/// The key of "no parent", and of a code that could not be read.
pub(super) const NO_KEY: u64 = 0;
/// The key of a parent that could not be read.
pub(super) const BAD_KEY: u64 = u64::MAX;
/// No level, no kind.
pub(super) const NO_VALUE: u32 = u32::MAX;

/// Texts one behind the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextStore {
    bytes: String,
    ends: Vec<u32>,
}

impl TextStore {
    pub(super) fn with_capacity(rows: usize, bytes: usize) -> Self {
        Self { bytes: String::with_capacity(bytes), ends: Vec::with_capacity(rows) }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len() as u32);
    }

    pub(super) fn fits(&self, more: usize) -> bool {
        self.bytes.len() + more < u32::MAX as usize
    }

    pub(crate) fn get(&self, place: usize) -> &str {
        let start = if place == 0 { 0 } else { self.ends[place - 1] as usize };
        &self.bytes[start..self.ends[place] as usize]
    }
}

/// How the keys of a tree stand for codes.
#[derive(Clone, Debug)]
pub(crate) enum Texts {
    /// A key is a packed code.
    Packed,
    /// A key is a place in this sorted list, plus one.
    Ranked(Vec<Arc<str>>),
}

impl Texts {
    pub(super) fn code(&self, key: u64) -> GridCode {
        match self {
            Self::Packed => GridCode::from_packed(key),
            Self::Ranked(texts) => GridCode::from_checked(Arc::clone(&texts[key as usize - 1])),
        }
    }
}

/// A table as plain arrays, one entry a row.
pub(super) struct Intake {
    pub rows: usize,
    pub code: Vec<u64>,
    pub parent: Vec<u64>,
    pub root: Option<u64>,
    pub texts: Texts,
    pub name: TextStore,
    pub name_hash: Vec<u32>,
    pub level: Option<Vec<u32>>,
    pub kind: Option<Vec<u32>>,
    pub kind_names: Vec<String>,
    pub footprint: Option<TextStore>,
    pub weights: Vec<(String, Vec<f64>)>,
    pub faults: Vec<BuildFault>,
}

/// What one cell of a code column holds.
enum Read<'a> {
    Missing,
    Text(&'a str),
    Code(GridCode),
    Bad(BuildFaultKind),
}

const CODE_KINDS: &str = "text, or whole numbers under a code scheme with fixed widths";

impl Intake {
    /// Reads a table.
    pub(super) fn read(columns: &GridColumns<'_>, options: &Options) -> Self {
        let mut intake = Self {
            rows: columns
                .column("code")
                .or(columns.columns.first().map(|(_, column)| column))
                .map_or(0, Column::rows),
            code: Vec::new(),
            parent: Vec::new(),
            root: None,
            texts: Texts::Packed,
            name: TextStore::default(),
            name_hash: Vec::new(),
            level: None,
            kind: None,
            kind_names: Vec::new(),
            footprint: None,
            weights: Vec::new(),
            faults: Vec::new(),
        };
        intake.check_shape(columns, options);
        if intake.faults.is_empty() {
            intake.read_codes(columns, options);
            intake.read_names(columns);
            intake.read_levels(columns, options);
            intake.read_kinds(columns);
            intake.read_footprints(columns);
            intake.read_weights(columns, options);
        }
        intake
    }

    pub(super) fn fault(&mut self, row: Option<usize>, kind: BuildFaultKind) {
        let grid = row
            .and_then(|row| self.code.get(row))
            .filter(|&&key| key != NO_KEY)
            .map(|&key| self.texts.code(key));
        self.faults.push(BuildFault { row, grid, kind });
    }

    fn check_shape(&mut self, columns: &GridColumns<'_>, options: &Options) {
        for name in ["code", "parent", "name"] {
            if columns.column(name).is_none() {
                self.fault(None, BuildFaultKind::MissingColumn(name));
            }
        }
        for column in options.weights.iter().filter(|name| columns.column(name).is_none()) {
            self.fault(None, BuildFaultKind::MissingWeight { column: column.clone() });
        }
        if columns.column("code").is_some() {
            if self.rows == 0 {
                self.fault(None, BuildFaultKind::EmptyTable);
            } else if self.rows >= u32::MAX as usize - 1 {
                self.fault(None, BuildFaultKind::TooManyRows(self.rows));
            }
            for (name, column) in &columns.columns {
                if column.rows() != self.rows {
                    let (found, wanted) = (column.rows(), self.rows);
                    self.fault(None, BuildFaultKind::ColumnLength { column: name.clone(), found, wanted });
                }
            }
        }
        let known = |name: &str| match name {
            "code" | "parent" => Some(CODE_KINDS),
            "name" | "kind" | "footprint" => Some("text"),
            "level" => Some("whole numbers"),
            _ => columns
                .weights
                .iter()
                .chain(&options.weights)
                .any(|weight| weight == name)
                .then_some("numbers"),
        };
        for (name, column) in &columns.columns {
            let Some(wanted) = known(name) else { continue };
            let fits = match column {
                Column::Cells(_) => true,
                Column::Texts(_) => wanted == CODE_KINDS || wanted == "text",
                Column::Integers(_) | Column::Floats(_) => wanted != "text",
                Column::Other { .. } => false,
            };
            if !fits {
                let (column, found) = (name.clone(), column.kind().to_owned());
                self.fault(None, BuildFaultKind::WrongKind { column, found, wanted });
            }
        }
    }

    fn read_codes(&mut self, columns: &GridColumns<'_>, options: &Options) {
        let (Some(code), Some(parent)) = (columns.column("code"), columns.column("parent")) else { return };
        for (name, column) in [("code", code), ("parent", parent)] {
            if !options.scheme.takes_integers() && matches!(column, Column::Integers(_) | Column::Floats(_)) {
                self.fault(None, BuildFaultKind::NumericCode { column: name });
            }
        }
        if !self.faults.is_empty() {
            self.code = vec![NO_KEY; self.rows];
            self.parent = vec![BAD_KEY; self.rows];
            return;
        }
        let root = options.root.code();
        self.root = root.and_then(GridCode::packed);
        if root.is_some() && self.root.is_none() || !self.read_packed(code, parent, options) {
            self.read_ranked(code, parent, options);
        }
    }

    /// Reads codes that are digits; says whether all are.
    fn read_packed(&mut self, code: &Column<'_>, parent: &Column<'_>, options: &Options) -> bool {
        if let Some(codes) = bulk::keys(code, true, self.rows, options)
            && let Some(parents) = bulk::keys(parent, false, self.rows, options)
        {
            (self.code, self.parent) = (codes, parents);
            return true;
        }
        let mut key = |text: &str| match pack(text) {
            Some(key) => Key::Fits(key),
            None => MalformedCode::of(text).map_or(Key::NoDigits, Key::Malformed),
        };
        let (Some(codes), Some(parents)) = (
            read_keys(code, "code", self.rows, options, &mut key),
            read_keys(parent, "parent", self.rows, options, &mut key),
        ) else {
            return false;
        };
        (self.code, self.parent) = (codes.keys, parents.keys);
        self.note(codes.faults);
        self.note(parents.faults);
        true
    }

    /// Reads codes of any kind: each distinct one gets its place in the order of codes as its key.
    fn read_ranked(&mut self, code: &Column<'_>, parent: &Column<'_>, options: &Options) {
        let mut ids: HashMap<Arc<str>, u64> = HashMap::new();
        let mut distinct: Vec<Arc<str>> = Vec::new();
        let mut key = |text: &str| {
            if let Some(&id) = ids.get(text) {
                return Key::Fits(id);
            }
            if let Some(reason) = MalformedCode::of(text) {
                return Key::Malformed(reason);
            }
            let text: Arc<str> = text.into();
            distinct.push(Arc::clone(&text));
            ids.insert(text, distinct.len() as u64);
            Key::Fits(distinct.len() as u64)
        };
        let (Some(codes), Some(parents)) = (
            read_keys(code, "code", self.rows, options, &mut key),
            read_keys(parent, "parent", self.rows, options, &mut key),
        ) else {
            return;
        };
        let root = options.root.code().map(|root| match root.with_str(&mut key) {
            Key::Fits(id) => id,
            Key::Malformed(_) | Key::NoDigits => NO_KEY,
        });
        let mut order: Vec<u64> = (1..=distinct.len() as u64).collect();
        order.sort_unstable_by(|&a, &b| {
            let (a, b) = (&distinct[a as usize - 1], &distinct[b as usize - 1]);
            a.len().cmp(&b.len()).then_with(|| a.cmp(b))
        });
        let mut rank = vec![NO_KEY; distinct.len() + 1];
        for (place, &id) in order.iter().enumerate() {
            rank[id as usize] = place as u64 + 1;
        }
        let ranked = |id: u64| if id == BAD_KEY { id } else { rank[id as usize] };
        self.code = codes.keys.into_iter().map(ranked).collect();
        self.parent = parents.keys.into_iter().map(ranked).collect();
        self.root = root.map(ranked);
        self.texts = Texts::Ranked(order.iter().map(|&id| Arc::clone(&distinct[id as usize - 1])).collect());
        self.note(codes.faults);
        self.note(parents.faults);
    }

    fn read_names(&mut self, columns: &GridColumns<'_>) {
        let Some(column) = columns.column("name") else { return };
        if let Some((store, hashes)) = bulk::texts(column, true, self.rows) {
            (self.name, self.name_hash) = (store, hashes);
            return;
        }
        let (store, faults) = read_texts(column, "name", self.rows, true);
        self.name_hash = (0..self.rows).map(|row| bulk::hash(store.get(row))).collect();
        self.name = store;
        self.note(faults);
    }

    fn read_footprints(&mut self, columns: &GridColumns<'_>) {
        let Some(column) = columns.column("footprint") else { return };
        let (store, faults) = match bulk::texts(column, false, self.rows) {
            Some((store, _)) => (store, Vec::new()),
            None => read_texts(column, "footprint", self.rows, false),
        };
        if !store.bytes.is_empty() {
            self.footprint = Some(store);
        }
        self.note(faults);
    }

    fn note(&mut self, faults: Vec<(usize, BuildFaultKind)>) {
        for (row, kind) in faults {
            self.fault(Some(row), kind);
        }
    }

    fn read_levels(&mut self, columns: &GridColumns<'_>, options: &Options) {
        let Some(column) = columns.column("level") else { return };
        let deepest = options.schema.deepest();
        if let Some(levels) = bulk::levels(column, self.rows, deepest) {
            self.level = Some(levels);
            return;
        }
        let mut levels = vec![NO_VALUE; self.rows];
        let mut faults = Vec::new();
        let mut missing = Vec::new();
        for (row, level) in levels.iter_mut().enumerate() {
            match whole_number(column, row) {
                Ok(Some(number)) if (0..=i64::from(deepest)).contains(&number) => {
                    *level = number.unsigned_abs() as u32;
                }
                Ok(Some(level)) => faults.push((row, BuildFaultKind::UnknownLevel { level, deepest })),
                Ok(None) => missing.push((row, BuildFaultKind::NoLevel)),
                Err(found) => faults.push((row, wrong_kind("level", found, "a whole number"))),
            }
        }
        if missing.len() == self.rows {
            return; // a column that is there and empty says nothing
        }
        self.level = Some(levels);
        faults.append(&mut missing);
        self.note(faults);
    }

    fn read_kinds(&mut self, columns: &GridColumns<'_>) {
        let Some(column) = columns.column("kind") else { return };
        let mut faults = Vec::new();
        let mut names = BTreeSet::new();
        let mut last = "";
        for row in 0..self.rows {
            match text_cell(column, row) {
                Ok(Some(text)) if text.len() > MAX_NAME_BYTES => {
                    faults.push((row, BuildFaultKind::TooLong { column: "kind", bytes: text.len() }));
                }
                Ok(Some(text)) if text != last => {
                    names.insert(text);
                    last = text;
                }
                Ok(_) => {}
                Err(found) => faults.push((row, wrong_kind("kind", found, "text"))),
            }
        }
        names.remove("");
        if !names.is_empty() {
            let names: Vec<&str> = names.into_iter().collect();
            let kind = |row| match text_cell(column, row) {
                Ok(Some(text)) => names.binary_search(&text).map_or(NO_VALUE, |place| place as u32),
                _ => NO_VALUE,
            };
            self.kind = Some((0..self.rows).map(kind).collect());
            self.kind_names = names.into_iter().map(str::to_owned).collect();
        }
        self.note(faults);
    }

    fn read_weights(&mut self, columns: &GridColumns<'_>, options: &Options) {
        let names: BTreeSet<&String> = columns.weights.iter().chain(&options.weights).collect();
        for name in names {
            let Some(column) = columns.column(name) else { continue };
            if let Some(values) = bulk::weights(column, self.rows) {
                self.weights.push((name.clone(), values));
                continue;
            }
            let mut values = vec![f64::NAN; self.rows];
            let mut faults = Vec::new();
            for (row, value) in values.iter_mut().enumerate() {
                let number = match column {
                    Column::Integers(numbers) => Ok(numbers.number(row).map(|number| number as f64)),
                    Column::Floats(numbers) => Ok(numbers.number(row)),
                    Column::Cells(cells) => match &cells[row] {
                        Cell::Missing => Ok(None),
                        Cell::Integer(number) => Ok(Some(*number as f64)),
                        Cell::Float(number) => Ok(Some(*number)),
                        other => Err(other.kind()),
                    },
                    other => Err(other.kind()),
                };
                match number {
                    Ok(Some(number)) if number.is_finite() => *value = number,
                    Ok(Some(_)) => faults.push((row, BuildFaultKind::NotFinite { column: name.clone() })),
                    Ok(None) => {}
                    Err(found) => faults.push((row, wrong_kind(name, found, "a number"))),
                }
            }
            self.weights.push((name.clone(), values));
            self.note(faults);
        }
    }
}

/// What a text is as a key.
enum Key {
    Fits(u64),
    Malformed(MalformedCode),
    NoDigits,
}

/// One column of codes, read.
struct Keys {
    keys: Vec<u64>,
    faults: Vec<(usize, BuildFaultKind)>,
}

/// Reads a column of codes; nothing if `key` says of one that it is no digits.
fn read_keys(
    column: &Column<'_>,
    name: &'static str,
    rows: usize,
    options: &Options,
    key: &mut dyn FnMut(&str) -> Key,
) -> Option<Keys> {
    let is_code = name == "code";
    let bad = if is_code { NO_KEY } else { BAD_KEY };
    let mut keys = Vec::with_capacity(rows);
    let mut faults = Vec::new();
    for row in 0..rows {
        let read = match read_cell(column, row, name, options) {
            Read::Code(code) => code.with_str(&mut *key),
            Read::Text(text) if !text.is_empty() => {
                if is_code && let Some(reason) = options.scheme.fault(text) {
                    faults.push((row, BuildFaultKind::OutsideScheme(reason)));
                }
                key(text)
            }
            Read::Text(_) | Read::Missing => {
                if is_code {
                    faults.push((row, BuildFaultKind::EmptyCode));
                }
                keys.push(NO_KEY);
                continue;
            }
            Read::Bad(kind) => {
                faults.push((row, kind));
                keys.push(bad);
                continue;
            }
        };
        keys.push(match read {
            Key::Fits(key) => key,
            Key::NoDigits => return None,
            Key::Malformed(reason) => {
                faults.push((row, BuildFaultKind::MalformedCode { column: name, reason }));
                bad
            }
        });
    }
    Some(Keys { keys, faults })
}

fn wrong_kind(column: &str, found: &str, wanted: &'static str) -> BuildFaultKind {
    BuildFaultKind::WrongKind { column: column.to_owned(), found: found.to_owned(), wanted }
}

fn read_cell<'a>(column: &'a Column<'_>, row: usize, name: &'static str, options: &Options) -> Read<'a> {
    let number = |number: Option<u64>| match number.and_then(|number| options.scheme.code_of(number)) {
        Some(code) => Read::Code(code),
        None if options.scheme.takes_integers() => Read::Bad(BuildFaultKind::BadNumber { column: name }),
        None => Read::Bad(BuildFaultKind::NumericCode { column: name }),
    };
    match column {
        Column::Texts(texts) => texts.text(row).map_or(Read::Missing, Read::Text),
        Column::Integers(numbers) => {
            numbers.number(row).map_or(Read::Missing, |value| number(u64::try_from(value).ok()))
        }
        Column::Floats(numbers) => match numbers.number(row) {
            Some(value) if !value.is_nan() => number(integral(value)),
            _ => Read::Missing,
        },
        Column::Cells(cells) => match &cells[row] {
            Cell::Missing => Read::Missing,
            Cell::Text(text) => Read::Text(text),
            Cell::Integer(value) => number(u64::try_from(*value).ok()),
            Cell::Float(value) if value.is_nan() => Read::Missing,
            Cell::Float(value) => number(integral(*value)),
            Cell::Other(kind) => Read::Bad(wrong_kind(name, kind, CODE_KINDS)),
        },
        Column::Other { kind, .. } => Read::Bad(wrong_kind(name, kind, CODE_KINDS)),
    }
}

/// A float that is a whole number below 2⁵³, where floats still tell neighbours apart.
fn integral(value: f64) -> Option<u64> {
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_sign_loss, reason = "the range is checked on the same line")]
    ((0.0..LIMIT).contains(&value) && value.fract() == 0.0).then_some(value as u64)
}

fn whole_number<'a>(column: &'a Column<'_>, row: usize) -> Result<Option<i64>, &'a str> {
    let whole = |value: f64| {
        if value.is_nan() {
            Ok(None)
        } else if value.fract() == 0.0 && value.abs() < 1e9 {
            Ok(Some(value as i64))
        } else {
            Err("a number with a fraction")
        }
    };
    match column {
        Column::Integers(numbers) => Ok(numbers.number(row)),
        Column::Floats(numbers) => numbers.number(row).map_or(Ok(None), whole),
        Column::Cells(cells) => match &cells[row] {
            Cell::Missing => Ok(None),
            Cell::Integer(number) => Ok(Some(*number)),
            Cell::Float(number) => whole(*number),
            other => Err(other.kind()),
        },
        other => Err(other.kind()),
    }
}

fn text_cell<'a>(column: &'a Column<'_>, row: usize) -> Result<Option<&'a str>, &'a str> {
    match column {
        Column::Texts(texts) => Ok(texts.text(row)),
        Column::Cells(cells) => match &cells[row] {
            Cell::Missing => Ok(None),
            Cell::Text(text) => Ok(Some(text)),
            other => Err(other.kind()),
        },
        other => Err(other.kind()),
    }
}

fn read_texts(
    column: &Column<'_>,
    name: &'static str,
    rows: usize,
    is_name: bool,
) -> (TextStore, Vec<(usize, BuildFaultKind)>) {
    let mut store = TextStore::with_capacity(rows, if is_name { rows * 24 } else { 0 });
    let mut faults = Vec::new();
    for row in 0..rows {
        let text = match text_cell(column, row) {
            Ok(Some(text)) if (is_name && text.len() > MAX_NAME_BYTES) || !store.fits(text.len()) => {
                faults.push((row, BuildFaultKind::TooLong { column: name, bytes: text.len() }));
                ""
            }
            Ok(Some(text)) if !text.is_empty() => text,
            Ok(_) => {
                if is_name {
                    faults.push((row, BuildFaultKind::EmptyName));
                }
                ""
            }
            Err(found) => {
                faults.push((row, wrong_kind(name, found, "text")));
                ""
            }
        };
        store.push(text);
    }
    (store, faults)
}
