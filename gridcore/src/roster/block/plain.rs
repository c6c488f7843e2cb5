//! Sides built by hand from plain rows, for tests.

use std::sync::Arc;

use proptest::prelude::*;

use super::super::FieldKind;
use super::super::compare::Comparisons;
use super::super::side::{Field, Fields, Pool, Side, Values};
use oracle::Row;

#[path = "../../../tests/oracle/roster_pairs.rs"]
pub(crate) mod oracle;

const KINDS: [(FieldKind, &str); 8] = [
    (FieldKind::Id, "id"),
    (FieldKind::Name, "name"),
    (FieldKind::Phone, "phone"),
    (FieldKind::Birth, "birth"),
    (FieldKind::Sex, "sex"),
    (FieldKind::Address, "address"),
    (FieldKind::Grid, "grid"),
    (FieldKind::Household, "household"),
];

/// Two sides with the fields of most rosters.
pub(crate) struct Sides {
    pub(crate) fields: Fields,
    pub(crate) left: Side,
    pub(crate) right: Side,
}

impl Sides {
    pub(crate) fn new(left: &[Row], right: &[Row]) -> Self {
        let fields = KINDS.map(|(kind, name)| Field { kind, name: name.to_owned() }).into();
        let pool = |of: fn(&Row) -> &str| {
            let mut texts: Vec<&str> =
                left.iter().chain(right).map(of).filter(|text| !text.is_empty()).collect();
            texts.sort_unstable();
            texts.dedup();
            Arc::new(Pool { texts: texts.into_iter().map(Box::from).collect() })
        };
        let (grids, households) = (pool(|row| &row.grid), pool(|row| &row.household));
        let side = |rows: &[Row]| side(rows, &grids, &households);
        Self { fields: Fields { fields }, left: side(left), right: side(right) }
    }

    pub(crate) fn comparisons(&self) -> Comparisons {
        Comparisons::new(&self.fields, &self.left, &self.right, None)
    }
}

fn nibbles(text: &str) -> u128 {
    text.chars().fold(0, |value, digit| value << 4 | u128::from(digit.to_digit(10).unwrap_or(10)))
}

fn side(rows: &[Row], grids: &Arc<Pool>, households: &Arc<Pool>) -> Side {
    let code = |of: fn(&Row) -> &str, pool: &Arc<Pool>| {
        let number = |row: &Row| {
            pool.texts.iter().position(|text| **text == *of(row)).map_or(0, |place| place as u32 + 1)
        };
        Values::Code { number: rows.iter().map(number).collect(), pool: Arc::clone(pool) }
    };
    let lanes =
        |units: &mut dyn Iterator<Item = u16>| units.fold(0, |word, unit| word << 16 | u64::from(unit));
    let part = |text: &str, bits: u32| {
        if text.is_empty() { 0 } else { (nibbles(text) as u64 + 1) & ((1 << bits) - 1) }
    };
    let columns = vec![
        Values::Id(
            rows.iter().map(|row| if row.id.is_empty() { 0 } else { nibbles(&row.id) | 1 << 127 }).collect(),
        ),
        Values::Name {
            chars: rows.iter().map(|row| lanes(&mut row.name.chars().map(|c| c as u16))).collect(),
            sound: rows.iter().map(|row| lanes(&mut row.sound.iter().copied())).collect(),
            pool: Arc::default(),
        },
        Values::Phone(
            rows.iter()
                .map(|row| if row.phone.is_empty() { 0 } else { nibbles(&format!("1{}", row.phone)) as u64 })
                .collect(),
        ),
        Values::Birth(rows.iter().map(|row| nibbles(&row.birth) as u32).collect()),
        Values::Sex(rows.iter().map(|row| nibbles(&row.sex) as u8).collect()),
        Values::Address(
            rows.iter()
                .map(|row| {
                    let [road, building, room] = &row.address;
                    part(road, 24) << 40 | part(building, 20) << 20 | part(room, 20)
                })
                .collect(),
        ),
        code(|row| &row.grid, grids),
        code(|row| &row.household, households),
    ];
    let ids = (0..rows.len()).fold(String::new(), |ids, row| ids + &format!("r{row:04}"));
    let id_ends = (1..=rows.len() as u32).map(|end| end * 5).collect();
    let count = rows.len() as u32;
    Side { rows: count, order: (0..count).collect(), ids, id_ends, columns, beside: Vec::new() }
}

/// One of a few texts, or none.
fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(texts).prop_map(str::to_owned)
}

/// A row of few values, so that rows often share some.
pub(crate) fn row() -> impl Strategy<Value = Row> {
    const LETTERS: [(char, u16); 5] = [('王', 1), ('建', 2), ('健', 2), ('国', 3), ('平', 4)];
    let name = proptest::collection::vec(proptest::sample::select(&LETTERS[..]), 0..5);
    let id = one_of(&[
        "",
        "11010119900307123X",
        "110101199003071213",
        "110101199003072232",
        "110101199003701213",
        "110101199003071214",
        "310104199003071213",
        "11010119850412321X",
    ]);
    let phone = one_of(&["", "13812345678", "13812345687", "13912345687", "076081234567", "81234567", "110"]);
    let birth = one_of(&["", "19900307", "19900703", "19900308", "19910308", "19850412"]);
    let road = (one_of(&["", "1", "2"]), one_of(&["", "1", "2"]), one_of(&["", "1", "2"]));
    let grid = one_of(&["", "10101010", "10101011", "10101110"]);
    (name, id, phone, birth, one_of(&["", "1", "2"]), grid, road, one_of(&["", "h1", "h2"]), any::<bool>())
        .prop_map(|(name, id, phone, birth, sex, grid, (road, building, room), household, sounds)| Row {
            id,
            name: name.iter().map(|letter| letter.0).collect(),
            sound: if sounds { name.iter().map(|letter| letter.1).collect() } else { Vec::new() },
            phone,
            birth,
            sex,
            grid,
            address: [road, building, room],
            household,
        })
}
