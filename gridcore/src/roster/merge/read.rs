//! The rows of all lists, end to end, and their columns by name.

use super::{MergeRules, SourceList};
use crate::roster::list::{ListFault, ListFaultKind as K};
use crate::roster::normal::date;
use crate::roster::normal::missing::present;
use crate::roster::{FieldKind, RosterCell, RosterColumn, canonical, door};

/// All lists.
pub(super) struct Sources<'l, 'a> {
    pub(super) lists: &'l [SourceList<'a>],
    /// The number of rows before each list, and of all.
    starts: Vec<usize>,
    /// Columns in the order in which they first occur.
    pub(super) columns: Vec<Source<'l, 'a>>,
}

/// One column of that name in each list, where it has one.
pub(super) struct Source<'l, 'a> {
    pub(super) name: String,
    pub(super) kind: FieldKind,
    in_lists: Vec<Option<&'l RosterColumn<'a>>>,
}

/// From here on floating point leaves whole numbers out.
const FLOAT_LIMIT: f64 = 9_007_199_254_740_992.0;

impl<'l, 'a> Sources<'l, 'a> {
    pub(super) fn new(lists: &'l [SourceList<'a>], rules: &MergeRules, faults: &mut Vec<ListFault>) -> Self {
        let mut starts = vec![0_usize];
        let mut columns: Vec<Source<'l, 'a>> = Vec::new();
        for (at, list) in lists.iter().enumerate() {
            let name = Some(list.name.as_str());
            if list.name.trim().is_empty() {
                faults.push(ListFault::of(None, K::UnnamedList));
            }
            if lists[..at].iter().any(|other| other.name == list.name) {
                faults.push(ListFault::of(name, K::SameName));
            }
            for column in list.table.columns() {
                let place = columns.iter().position(|other| other.name == column.name());
                let place = place.unwrap_or_else(|| {
                    columns.push(Source {
                        name: column.name().to_owned(),
                        kind: kind(column.name(), rules),
                        in_lists: vec![None; lists.len()],
                    });
                    columns.len() - 1
                });
                if columns[place].in_lists[at].replace(column).is_some() {
                    faults.push(ListFault::of(name, K::SameColumn { column: column.name().to_owned() }));
                }
            }
            let keys = &rules.keys;
            // A list of nothing, such as `[]`, has no columns either.
            let bare = list.table.rows() == 0 && list.table.columns().is_empty();
            if !keys.is_empty()
                && !bare
                && !list.table.columns().iter().any(|column| keys.iter().any(|key| key == column.name()))
            {
                faults.push(ListFault::of(name, K::NoKeyColumn { wanted: keys.clone() }));
            }
            starts.push(starts[at].saturating_add(list.table.rows()));
        }
        if u32::try_from(starts[lists.len()]).is_err() {
            faults.push(ListFault::of(None, K::TooManyRows));
        }
        let sources = Self { lists, starts, columns };
        sources.check(&rules.keys, faults);
        sources
    }

    /// The number of rows of all lists.
    pub(super) fn rows(&self) -> usize {
        self.starts[self.lists.len()]
    }

    /// The list of a row, and its row there.
    pub(super) fn place(&self, at: usize) -> (usize, usize) {
        let list = self.starts.partition_point(|&start| start <= at) - 1;
        (list, at - self.starts[list])
    }

    /// The cell of a row.
    pub(super) fn cell(&self, column: &Source<'l, 'a>, at: usize) -> RosterCell<'a> {
        let (list, row) = self.place(at);
        column.in_lists[list].map_or(RosterCell::Missing, |column| column.cell(row))
    }

    /// What is wrong with cells: of faults of one kind in a column of a list the first row is told.
    fn check(&self, keys: &[String], faults: &mut Vec<ListFault>) {
        for column in &self.columns {
            let telling = matches!(column.kind, FieldKind::Id | FieldKind::Phone | FieldKind::Record)
                || keys.contains(&column.name);
            for (list, source) in self.lists.iter().zip(&column.in_lists) {
                let Some(source) = source else { continue };
                let mut told: Vec<K> = Vec::new();
                for row in 0..list.table.rows() {
                    if let Some(kind) = fault(source.cell(row), column, telling)
                        && !told.contains(&kind)
                    {
                        faults.push(ListFault::at(Some(&list.name), row, kind.clone()));
                        told.push(kind);
                    }
                }
            }
        }
    }

    /// The texts of a column, row by row; none where a cell says nothing.
    pub(super) fn texts(&self, column: &Source<'l, 'a>) -> Vec<Option<String>> {
        (0..self.rows()).map(|at| text(self.cell(column, at))).collect()
    }
}

/// What a column is about.
fn kind(name: &str, rules: &MergeRules) -> FieldKind {
    let told = rules.rules.left.get(name).copied();
    told.or_else(|| door::kind_of_header(name)).unwrap_or(FieldKind::Text)
}

/// What is wrong with a cell. A column that is telling is one by whose numbers people are told apart.
fn fault(cell: RosterCell<'_>, column: &Source<'_, '_>, telling: bool) -> Option<K> {
    let shown = || column.name.clone();
    match cell {
        RosterCell::Other(found) => Some(K::UnreadableCell { column: shown(), found: found.to_owned() }),
        RosterCell::Float(number) if telling && number.abs() >= FLOAT_LIMIT => {
            Some(K::LostDigits { column: shown() })
        }
        _ => None,
    }
}

/// The text of a cell as it stands.
fn text(cell: RosterCell<'_>) -> Option<String> {
    match cell {
        RosterCell::Missing | RosterCell::Other(_) => None,
        RosterCell::Text(text) => present(text).map(str::to_owned),
        RosterCell::Integer(number) => Some(number.to_string()),
        RosterCell::Float(number) => Some(number.to_string()).filter(|_| !number.is_nan()),
        RosterCell::Day(day) => date::of_day(day).map(|packed| {
            let (year, month, day) = date::parts(packed);
            format!("{year:04}-{month:02}-{day:02}")
        }),
    }
}

/// The form in which two values are compared: what is no value of its kind is compared as a text.
pub(super) fn plain(kind: FieldKind, text: &str) -> String {
    canonical(kind, text).or_else(|| canonical(FieldKind::Text, text)).unwrap_or_else(|| text.to_owned())
}
