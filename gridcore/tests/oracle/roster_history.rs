//! Rosters as plain lists of rows, changed the plain way, and the picture of an answer by which answers are compared.

use gridcore::roster::{ByGrid, Reconciliation, RosterCell, RosterSide, RosterTable};

/// A person's row: the record id, and a cell for each of [`COLUMNS`], empty where it is missing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) cells: Vec<String>,
}

/// The column that stands last is on the left alone.
pub(crate) const COLUMNS: [&str; 7] = ["姓名", "电话", "出生日期", "网格", "户号", "备注", "住址"];

/// A roster; the right one has a column less.
pub(crate) fn table(rows: &[Row], side: RosterSide) -> RosterTable<'_> {
    let columns = if side == RosterSide::Left { &COLUMNS[..] } else { &COLUMNS[..6] };
    let table = RosterTable::new(rows.len()).column("rid", |row| RosterCell::Text(&rows[row].id));
    columns.iter().enumerate().fold(table, |table, (place, &name)| {
        table.column(name, move |row: usize| match rows[row].cells[place].as_str() {
            "" => RosterCell::Missing,
            text => RosterCell::Text(text),
        })
    })
}

/// What an update does to a list: rows with a known id take that row's place, others go behind; what is removed leaves no gap.
pub(crate) fn change(rows: &mut Vec<Row>, given: &[Row], removed: &[String]) {
    for row in given {
        match rows.iter_mut().find(|old| old.id == row.id) {
            Some(old) => *old = row.clone(),
            None => rows.push(row.clone()),
        }
    }
    rows.retain(|row| !removed.contains(&row.id));
}

/// All that an answer says, table by table.
pub(crate) fn picture(answer: &Reconciliation) -> Vec<(&'static str, String)> {
    fn rows<T: serde::Serialize>(rows: impl IntoIterator<Item = T>) -> String {
        let lines: Vec<String> =
            rows.into_iter().map(|row| serde_json::to_string(&row).expect("rows are plain")).collect();
        lines.join("\n")
    }
    vec![
        ("counts", rows(answer.counts())),
        ("matched", rows(answer.matched())),
        ("missing", rows(answer.missing())),
        ("extra", rows(answer.extra())),
        ("duplicates", rows(answer.duplicates())),
        ("review", rows(answer.review())),
        ("clusters", rows(answer.clusters())),
        ("left", rows(answer.states(RosterSide::Left))),
        (
            "right",
            rows(if answer.counts().len() > 3 { answer.states(RosterSide::Right) } else { Vec::new() }),
        ),
        ("conflicts", rows(answer.conflicts())),
        ("moved", rows(answer.moved())),
        ("households", rows(answer.households())),
        ("by", rows(answer.by(ByGrid::Named, None))),
        ("blocking", rows(answer.blocking())),
        ("cut", rows(answer.cut())),
        ("estimate", answer.estimate().to_string()),
        ("gap", answer.gap().map_or(String::new(), |gap| gap.to_bits().to_string())),
        ("saved", without_history(answer)),
    ]
}

/// The saved run without its log and its decisions.
pub(crate) fn without_history(answer: &Reconciliation) -> String {
    let mut saved: serde_json::Value = serde_json::from_str(&answer.to_json()).expect("it is JSON");
    let parts = saved.as_object_mut().expect("it is an object");
    assert!(parts.remove("log").is_some() && parts.remove("decisions").is_some());
    saved.to_string()
}
