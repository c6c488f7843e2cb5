//! Small towns of random people, and two rosters of them that say nearly the same.

use gridcore::roster::{RosterCell, RosterTable};
use proptest::prelude::*;

/// A row; an empty cell is missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Row {
    pub(crate) record: String,
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) phone: String,
    pub(crate) birth: String,
    pub(crate) sex: String,
    pub(crate) grid: String,
    pub(crate) address: String,
    pub(crate) household: String,
}

/// Which columns a roster has beside names and the like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Columns {
    pub(crate) grid: bool,
    pub(crate) address: bool,
    pub(crate) household: bool,
}

pub(crate) fn table(rows: &[Row], columns: Columns) -> RosterTable<'_> {
    fn add<'a>(table: RosterTable<'a>, name: &str, rows: &'a [Row], of: fn(&Row) -> &str) -> RosterTable<'a> {
        table.column(name, move |row| match of(&rows[row]) {
            "" => RosterCell::Missing,
            text => RosterCell::Text(text),
        })
    }
    let mut table = RosterTable::new(rows.len());
    table = add(table, "rid", rows, |row| &row.record);
    table = add(table, "姓名", rows, |row| &row.name);
    table = add(table, "身份证号", rows, |row| &row.id);
    table = add(table, "电话", rows, |row| &row.phone);
    table = add(table, "出生日期", rows, |row| &row.birth);
    table = add(table, "性别", rows, |row| &row.sex);
    if columns.grid {
        table = add(table, "网格", rows, |row| &row.grid);
    }
    if columns.address {
        table = add(table, "住址", rows, |row| &row.address);
    }
    if columns.household {
        table = add(table, "户号", rows, |row| &row.household);
    }
    table
}

/// The check digit of GB 11643.
fn check_digit(body: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        body.chars().zip(WEIGHTS).map(|(digit, weight)| digit.to_digit(10).unwrap_or(0) * weight).sum();
    ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize]
}

const FAMILIES: [&str; 6] = ["张", "王", "李", "欧阳", "陈", "赵"];
const GIVEN: [&str; 8] = ["伟", "芳", "小平", "建国", "梓涵", "志强", "丽华", "雨桐"];
const ROADS: [&str; 3] = ["人民路", "中山大道", "解放街"];

/// The grids that people live in: leaves of [`tree`], and one that it does not know.
pub(crate) const GRIDS: [&str; 5] =
    ["442000001001", "442000001002", "442000002001", "442000002002", "999999999999"];

/// A city, two towns, two villages each.
pub(crate) fn tree() -> gridcore::GridTree {
    use gridcore::GridRow;
    let mut rows = vec![GridRow::new("442000", "中山市")];
    for town in ["442000001", "442000002"] {
        rows.push(GridRow::new(town, format!("镇{town}")).under("442000"));
        for village in ["001", "002"] {
            let code = format!("{town}{village}");
            rows.push(GridRow::new(code.as_str(), format!("村{code}")).under(town));
        }
    }
    gridcore::GridTree::from_rows(rows).expect("it is a tree")
}

/// Person `number` of household `household`, as the register has them.
pub(crate) fn person(number: usize, household: usize) -> Row {
    let birth = 1950 + number % 60;
    let (month, day) = (1 + number % 12, 1 + number % 28);
    let body = format!("44200{}{birth}{month:02}{day:02}{:03}", number % 10, 100 + number % 800);
    Row {
        record: format!("p{number}"),
        name: format!("{}{}", FAMILIES[(household + number / 3) % 6], GIVEN[number % 8]),
        id: format!("{body}{}", check_digit(&body)),
        phone: format!("1380000{:04}", number * 37 % 10_000),
        birth: format!("{birth}-{month:02}-{day:02}"),
        sex: if number % 2 == 1 { "男" } else { "女" }.to_owned(),
        grid: GRIDS[household % 5].to_owned(),
        address: format!(
            "{}{}号{}栋{}单元{}室",
            ROADS[household % 3],
            1 + household % 7,
            1 + household % 4,
            1 + household % 2,
            101 + household
        ),
        household: format!("H{household:04}"),
    }
}

/// What happens to a person's row on the way into a roster: each bit of `slips` is one slip.
fn slipped(mut row: Row, slips: u16, household: usize) -> Row {
    let slip = |bit: u16| slips >> bit & 1 == 1;
    if slip(0) {
        row.id.clear();
    } else if slip(1) {
        let digit = if row.id.ends_with('1') { "2" } else { "1" };
        row.id.replace_range(17..18, digit);
    }
    if slip(2) {
        row.phone.clear();
    }
    if slip(3) {
        row.birth.clear();
    }
    if slip(4) {
        row.name.pop();
    }
    if slip(5) {
        GRIDS[(household + 1) % 5].clone_into(&mut row.grid);
        row.address = format!("{}9号9栋9单元901室", ROADS[(household + 1) % 3]);
    }
    if slip(6) {
        row.address.clear();
    }
    if slip(7) {
        row.household.clear();
    }
    if slip(8) {
        row.grid.clear();
    }
    row
}

/// Two rosters of a small town; rows of the same person have the same number after the first letters of their record ids.
pub(crate) fn any_town() -> impl Strategy<Value = (Vec<Row>, Vec<Row>)> {
    // For each person: how many rows on the left and on the right, the household, and the slips of each row.
    let person_rows = (0..3_usize, 0..3_usize, 0..6_usize, proptest::collection::vec(any_slips(), 4));
    proptest::collection::vec(person_rows, 1..16).prop_map(|people| {
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for (number, (on_left, on_right, household, slips)) in people.into_iter().enumerate() {
            let row = |list: &str, copy: usize, slips: u16| {
                let mut row = slipped(person(number, household), slips, household);
                row.record = format!("{list}{copy}-{number}");
                row
            };
            (0..on_left).for_each(|copy| left.push(row("a", copy, if copy == 0 { 0 } else { slips[copy] })));
            (0..on_right).for_each(|copy| right.push(row("b", copy, slips[2 + copy])));
        }
        (left, right)
    })
}

/// Mostly few slips.
fn any_slips() -> impl Strategy<Value = u16> {
    (any::<u16>(), any::<u16>(), any::<u16>()).prop_map(|(a, b, c)| a & b & c)
}
