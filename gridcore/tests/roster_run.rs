//! Whole reconciliations, from tables to the answer.

use gridcore::control::Control;
use gridcore::roster::{RosterCell, RosterTable, Rules, deduplicate, reconcile};

fn table<'a>(names: &'a [&'a str], rows: &'a [Vec<String>]) -> RosterTable<'a> {
    names.iter().enumerate().fold(RosterTable::new(rows.len()), |table, (place, &name)| {
        table.column(name, move |row: usize| match rows[row][place].as_str() {
            "" => RosterCell::Missing,
            text => RosterCell::Text(text),
        })
    })
}

#[test]
fn scratch() {
    let rows: Vec<Vec<String>> = (0..50)
        .map(|row| {
            vec![
                format!("r{row}"),
                format!("张{}", char::from_u32(0x4E00 + row * 7).unwrap_or('一')),
                format!("1380013{row:04}"),
            ]
        })
        .collect();
    let names = ["rid", "姓名", "电话"];
    let answer = reconcile(
        &table(&names, &rows),
        &table(&names, &rows[..40]),
        &Rules::default(),
        None,
        &mut Control::free(),
    );
    println!("{:?}", answer.as_ref().map(|answer| answer.inner_counts()));
}
