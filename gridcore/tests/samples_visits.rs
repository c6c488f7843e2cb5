//! The sample's register of residents and its visits: sound people in real leaves, and a truth that holds.
#![cfg(all(feature = "samples", feature = "roster"))]

use std::collections::{BTreeMap, BTreeSet};

use gridcore::roster::{RosterCell, RosterTable};
use gridcore::samples::{self, Residents, Visits};

const PEOPLE: usize = 20_000;

fn lists() -> (Residents, Visits) {
    let register = samples::zhongshan().residents(PEOPLE, 7);
    let visits = register.visits(8);
    (register, visits)
}

fn text<'a>(table: &RosterTable<'a>, column: usize, row: usize) -> &'a str {
    match table.columns()[column].cell(row) {
        RosterCell::Text(text) => text,
        _ => "",
    }
}

/// All cells in a row of bytes, hashed (FNV-1a).
fn fingerprint(table: &RosterTable<'_>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for &byte in bytes.iter().chain(&[0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for row in 0..table.rows() {
        for column in table.columns() {
            match column.cell(row) {
                RosterCell::Text(text) => add(text.as_bytes()),
                RosterCell::Integer(number) | RosterCell::Day(number) => add(&number.to_le_bytes()),
                _ => add(&[]),
            }
        }
    }
    hash
}

#[test]
fn a_seed_gives_the_same_lists_on_every_platform() {
    let (register, visits) = lists();
    let (again, visited_again) = lists();
    assert_eq!(fingerprint(&register.table()), fingerprint(&again.table()));
    assert_eq!(fingerprint(&visits.table()), fingerprint(&visited_again.table()));
    assert_ne!(fingerprint(&register.visits(9).table()), fingerprint(&visits.table()));
    let drawn = [fingerprint(&register.table()), fingerprint(&visits.table())];
    assert_eq!(drawn, [4_731_933_870_604_241_407, 10_827_286_545_078_836_885]);
}

#[test]
fn identity_numbers_are_sound_and_nobody_has_anothers() {
    let (register, _) = lists();
    let table = register.table();
    let mut seen = BTreeSet::new();
    for row in 0..table.rows() {
        let id = text(&table, 2, row);
        let digits: Vec<usize> =
            id.chars().map(|digit| digit.to_digit(10).map_or(10, |digit| digit as usize)).collect();
        // The weight of a place is a power of two modulo 11, and a sound number sums to 1 (ISO 7064 MOD 11-2).
        let sum: usize =
            digits.iter().rev().enumerate().map(|(place, digit)| digit * ((1 << place) % 11)).sum();
        assert_eq!((digits.len(), sum % 11), (18, 1));
        assert_eq!(digits[16] % 2 == 1, text(&table, 5, row) == "男");
        assert!(seen.insert(id));
    }
}

#[test]
fn residents_fill_leaves_of_the_city() {
    let (register, visits) = lists();
    let city = samples::zhongshan();
    let tree = city.tree();
    let mut people: BTreeMap<&str, f64> = BTreeMap::new();
    let table = register.table();
    for row in 0..table.rows() {
        *people.entry(text(&table, 7, row)).or_default() += 1.0;
    }
    let room = |code: &str| tree.find(code).and_then(|leaf| tree.weight(leaf, "people")).unwrap_or_default();
    let full = people.iter().filter(|&(code, count)| (room(code) - count).abs() < 0.5).count();
    assert!(full + 1 >= people.len(), "all but the last leaf are full");
    let seen = visits.table();
    assert!((0..seen.rows()).all(|row| people.contains_key(text(&seen, 7, row))));
    assert!(samples::zhongshan().residents(0, 1).visits(1).is_empty());
}

#[test]
fn the_truth_holds_and_its_rates_are_those_that_are_told() {
    let (register, visits) = lists();
    let (known, seen) = (register.table(), visits.table());
    let share = |count: usize, of: usize| count as f64 / of as f64;
    let mut met = vec![0_usize; register.len()];
    let (mut same_name, mut same_id, mut rows) = (0, 0, 0);
    for (row, resident) in visits.truth().iter().enumerate() {
        let Some(resident) = *resident else { continue };
        let resident = resident as usize;
        met[resident] += 1;
        rows += 1;
        same_name += usize::from(text(&known, 1, resident) == text(&seen, 1, row));
        same_id += usize::from(text(&known, 2, resident) == text(&seen, 2, row));
        let moved = text(&known, 7, resident) != text(&seen, 7, row);
        assert_eq!(moved, visits.moved()[row]);
        assert_eq!(text(&known, 5, resident), text(&seen, 5, row));
    }
    let near = |what: f64, told: f64| assert!((what - told).abs() < 0.015, "{what} is not near {told}");
    near(share(met.iter().filter(|&&times| times == 0).count(), met.len()), 0.06);
    near(share(met.iter().filter(|&&times| times == 2).count(), met.len()), 0.02);
    near(share(visits.len() - rows, register.len()), 0.04);
    near(share(same_name, rows), 0.91);
    near(share(same_id, rows), 0.70 * 0.95);
    near(share(visits.moved().iter().filter(|&&moved| moved).count(), rows), 0.06);
}

#[test]
fn nobody_is_shown() {
    let (register, visits) = lists();
    assert_eq!(format!("{register:?}"), "Residents { people: 20000, seed: 7 }");
    assert_eq!(format!("{visits:?}"), format!("Visits {{ rows: {}, .. }}", visits.len()));
}
