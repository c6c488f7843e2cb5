//! A CSV file as a table: the columns that a tree uses, and every flaw of the file with its row.

use std::borrow::Cow;

use super::cells::{NumberCells, TextCells};
use super::encoding::{UNKNOWN, looks_like, marked, readable, without_mark};
use super::scan::{Flaw, MAX_BYTES, Record, Scanner, Span};
use crate::tree::builder::Options;
use crate::tree::fault::BuildFaultKind;
use crate::tree::rows::{Column, GridColumns};

/// The columns that a tree knows by name.
const KNOWN: [&str; 6] = ["code", "parent", "name", "level", "kind", "footprint"];

/// A fault of the file, with its row.
pub(super) type RowFault = (Option<usize>, BuildFaultKind);

/// A file that was read.
pub(super) struct Table<'f> {
    text: Cow<'f, str>,
    rewritten: String,
    columns: Vec<FileColumn>,
    faults: Vec<RowFault>,
}

/// A column that is used, in the order of the file.
struct FileColumn {
    name: String,
    is_weight: bool,
    /// Where the cells stand; none if they were read as numbers at once.
    cells: Vec<Span>,
    numbers: Option<NumberCells>,
}

impl FileColumn {
    fn is_number(&self) -> bool {
        self.is_weight || self.name == "level"
    }

    fn start(&mut self, as_numbers: bool, rows: usize) {
        (self.cells, self.numbers) = (Vec::new(), None);
        if as_numbers && self.is_number() {
            self.numbers = Some(NumberCells::start(self.is_weight, rows));
        } else {
            self.cells.reserve_exact(rows);
        }
    }

    /// Keeps a cell; says whether it is a number, where one is wanted.
    #[inline]
    fn keep(&mut self, span: Span, file: &str) -> bool {
        let Some(numbers) = &mut self.numbers else {
            self.cells.push(span);
            return true;
        };
        span.range().is_some_and(|range| numbers.push(&file[range]))
    }

    fn rows(&self) -> usize {
        self.numbers.as_ref().map_or(self.cells.len(), NumberCells::rows)
    }
}

impl<'f> Table<'f> {
    /// Reads a file; the fault, if it has one that leaves no table to look at.
    pub(super) fn read(file: &'f [u8], options: &Options) -> Result<Self, BuildFaultKind> {
        if let Some(looks_like) = marked(file) {
            return Err(BuildFaultKind::NotUtf8 { column: String::new(), looks_like });
        }
        if file.len() > MAX_BYTES {
            return Err(BuildFaultKind::TooManyBytes(file.len()));
        }
        let file = without_mark(file);
        let (text, broken) = readable(file);
        let mut scanner = Scanner::new(&text);
        let mut names = Vec::new();
        let Some(header) = scanner.record(|_, span| names.push(span)) else {
            return Err(BuildFaultKind::EmptyTable);
        };
        let names: Vec<&str> = names.iter().map(|span| span.text(&text, &scanner.rewritten)).collect();
        let mut faults: Vec<RowFault> = quote_fault(&header).map(|kind| (None, kind)).into_iter().collect();
        let (mut columns, slots) = choose(&names, options, &mut faults);
        let width = names.len();
        let known = faults.len();
        let mut reader = Reader { slots, width, columns: &mut columns, faults: &mut faults };
        let mut starts = Vec::new();
        // Numbers are read on the way, unless there is something to say of one: then all cells are kept, to say it.
        if !broken.is_empty() || !reader.read(&text, &mut scanner, None) {
            reader.faults.truncate(known);
            scanner = Scanner::new(&text);
            scanner.record(|_, _| ());
            reader.read(&text, &mut scanner, Some(&mut starts));
        }
        let rewritten = scanner.rewritten;
        list_broken(file, &broken, &starts, &columns, &mut faults);
        for column in columns.iter_mut().filter(|column| column.is_number() && column.numbers.is_none()) {
            let texts = TextCells { cells: &column.cells, file: &text, rewritten: &rewritten };
            column.numbers = Some(NumberCells::read(column.is_weight, &texts));
            column.cells = Vec::new();
        }
        Ok(Self { text, rewritten, columns, faults })
    }

    /// The columns of texts, for [`columns`](Self::columns) to borrow.
    pub(super) fn texts(&self) -> Vec<TextCells<'_>> {
        let (file, rewritten) = (&*self.text, &*self.rewritten);
        self.columns.iter().map(|column| TextCells { cells: &column.cells, file, rewritten }).collect()
    }

    /// The table as columns.
    pub(super) fn columns<'t>(&'t self, texts: &'t [TextCells<'t>]) -> GridColumns<'t> {
        let mut table = GridColumns::new();
        for (column, texts) in self.columns.iter().zip(texts) {
            let values = column.numbers.as_ref().map_or(Column::Texts(texts), NumberCells::column);
            let name = column.name.clone();
            table = if column.is_weight { table.weight(name, values) } else { table.with(name, values) };
        }
        table
    }

    /// What is wrong with the file itself.
    pub(super) fn faults(&self) -> &[RowFault] {
        &self.faults
    }
}

/// The columns to keep, and for each column of the file its place among them.
fn choose(
    names: &[&str],
    options: &Options,
    faults: &mut Vec<RowFault>,
) -> (Vec<FileColumn>, Vec<Option<usize>>) {
    let mut columns: Vec<FileColumn> = Vec::new();
    let mut slots = Vec::with_capacity(names.len());
    for &name in names {
        let is_weight = options.weights.iter().any(|weight| weight == name);
        let is_used = is_weight || KNOWN.contains(&name);
        let is_repeated = columns.iter().any(|column| column.name == name);
        if is_used && is_repeated {
            faults.push((None, BuildFaultKind::RepeatedColumn { column: name.to_owned() }));
        }
        slots.push((is_used && !is_repeated).then_some(columns.len()));
        if is_used && !is_repeated {
            let name = name.to_owned();
            columns.push(FileColumn { name, is_weight, cells: Vec::new(), numbers: None });
        }
    }
    (columns, slots)
}

/// What the records after the first are read into.
struct Reader<'r> {
    slots: Vec<Option<usize>>,
    width: usize,
    columns: &'r mut [FileColumn],
    faults: &'r mut Vec<RowFault>,
}

impl Reader<'_> {
    /// Reads every record; with `starts` where each begins and all cells as they stand, without it numbers at once.
    ///
    /// Stops and says no at the first cell that should be a number and is none.
    fn read(&mut self, file: &str, scanner: &mut Scanner<'_>, mut starts: Option<&mut Vec<usize>>) -> bool {
        let expected = scanner.lines_ahead();
        for column in self.columns.iter_mut() {
            column.start(starts.is_none(), expected);
        }
        let mut unread_parents = Vec::new();
        for row in 0.. {
            let start = scanner.position();
            let mut fits = true;
            let keep = |place: usize, span| {
                if let Some(Some(slot)) = self.slots.get(place) {
                    fits &= self.columns[*slot].keep(span, file);
                }
            };
            let Some(record) = scanner.record(keep) else { break };
            if !fits {
                return false;
            }
            if let Some(starts) = &mut starts {
                starts.push(start);
            }
            if record.cells == self.width && record.flaw.is_none() {
                continue;
            }
            for column in self.columns.iter_mut().filter(|column| column.rows() == row) {
                column.keep(Span::default(), file);
                if column.name == "parent" {
                    unread_parents.push(row);
                }
            }
            let (found, wanted) = (record.cells, self.width);
            let kind = quote_fault(&record).unwrap_or(BuildFaultKind::RaggedRow { found, wanted });
            self.faults.push((Some(row), kind));
        }
        // A parent that is not there is unknown, which differs from none: a blank is no code, so it is lost to the join.
        if let Some(column) = self.columns.iter_mut().find(|column| column.name == "parent") {
            for row in unread_parents {
                column.cells[row] = scanner.rewrite(" ");
            }
        }
        true
    }
}

fn quote_fault(record: &Record) -> Option<BuildFaultKind> {
    record.flaw.map(|flaw| match flaw {
        Flaw::Unclosed => BuildFaultKind::UnclosedQuote,
        Flaw::Stray => BuildFaultKind::StrayQuote,
    })
}

/// Names the row and the column of every byte that is not UTF-8, once for each cell.
fn list_broken(
    file: &[u8],
    broken: &[usize],
    starts: &[usize],
    columns: &[FileColumn],
    faults: &mut Vec<RowFault>,
) {
    if broken.is_empty() {
        return;
    }
    let whole = looks_like(file);
    let mut last = None;
    for &place in broken {
        let row = starts.partition_point(|&start| start <= place).checked_sub(1);
        let holds = |column: &&FileColumn| {
            let cell = row.and_then(|row| column.cells[row].range());
            cell.is_some_and(|cell| cell.contains(&place))
        };
        let column = columns.iter().position(|column| holds(&column));
        if last == Some((row, column)) {
            continue;
        }
        last = Some((row, column));
        let from = row.map_or(0, |row| starts[row]);
        let to = starts.get(row.map_or(0, |row| row + 1)).copied().unwrap_or(file.len());
        let looks_like = if whole == UNKNOWN { looks_like(&file[from..to]) } else { whole };
        let column = column.map_or_else(String::new, |column| columns[column].name.clone());
        faults.push((row, BuildFaultKind::NotUtf8 { column, looks_like }));
    }
}
