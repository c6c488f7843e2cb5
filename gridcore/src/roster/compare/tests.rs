//! The packed comparisons against plain texts.

use proptest::prelude::*;

use super::metric::{jaro, jaro_winkler, likeness, within_one_edit};
use super::name::text_level;
use crate::roster::block::plain::{self, oracle};
use crate::roster::pairs::level;

fn text() -> impl Strategy<Value = Vec<char>> {
    proptest::collection::vec(prop_oneof![Just('a'), Just('b'), Just('c'), Just('王')], 0..8)
}

proptest! {
    #[test]
    fn one_edit_is_what_the_matrix_says(a in text(), b in text()) {
        prop_assert_eq!(within_one_edit(&a, &b), oracle::edits(&a, &b) <= 1);
    }

    #[test]
    fn jaro_is_what_the_definition_says(a in text(), b in text()) {
        prop_assert!((jaro(&a, &b) - oracle::jaro(&a, &b)).abs() < 1e-12);
    }

    #[test]
    fn texts_are_as_alike_as_their_characters(a in "[a-d ]{0,80}", b in "[a-d ]{0,80}", short in 0..20_usize) {
        for (a, b) in [(&*a, &*b), (&a[..short.min(a.len())], &b[..short.min(b.len())])] {
            let characters = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(likeness(a, b).to_bits(), jaro_winkler(&characters(a), &characters(b)).to_bits());
        }
    }

    #[test]
    fn every_level_is_what_the_definition_says(a in plain::row(), b in plain::row()) {
        let sides = plain::Sides::new(std::slice::from_ref(&a), std::slice::from_ref(&b));
        let all = sides.comparisons();
        let levels = all.levels(&sides.left, 0, &sides.right, 0);
        let names: Vec<&str> = all.list().iter().map(|comparison| comparison.name.as_str()).collect();
        prop_assert_eq!(names, ["name", "id", "phone", "birth", "sex", "address+household+grid"]);
        let id = oracle::id_level(&a.id, &b.id);
        let said = |level: u8| if id == 1 { 0 } else { level };
        let wanted = [
            oracle::name_level(&a, &b),
            id,
            oracle::phone_level(&a.phone, &b.phone),
            said(oracle::birth_level(&a.birth, &b.birth)),
            said(oracle::same_level(&a.sex, &b.sex)),
            oracle::place_level(&a, &b),
        ];
        for (place, &wanted) in wanted.iter().enumerate() {
            prop_assert_eq!(level(levels, place), usize::from(wanted), "comparison {}", place);
        }
        prop_assert_eq!(all.levels(&sides.right, 0, &sides.left, 0), levels, "it does not matter which is left");
    }
}

#[test]
fn jaro_winkler_has_the_values_of_its_paper() {
    let of = |a: &str, b: &str| jaro_winkler(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
    for (a, b, wanted) in [
        ("MARTHA", "MARHTA", 0.961_111),
        ("DIXON", "DICKSONX", 0.813_333),
        ("DWAYNE", "DUANE", 0.84),
        ("JELLYFISH", "SMELLYFISH", 0.896_296),
        ("", "", 1.0),
        ("", "A", 0.0),
    ] {
        assert!((of(a, b) - wanted).abs() < 1e-6, "{a} {b} {}", of(a, b));
    }
    let long = "a".repeat(10_000);
    assert!((of(&long, &long) - 1.0).abs() < 1e-12, "a long name takes a bounded time");
}

/// The table is what `RapidFuzz` 3.14 says (`benches/peers/rapidfuzz_values.py`).
#[test]
fn metrics_are_those_of_rapidfuzz() {
    let characters = |text: &str| text.chars().collect::<Vec<_>>();
    let lines = include_str!("rapidfuzz.csv").lines().skip(1);
    let mut close = 0;
    for line in lines {
        let [a, b, plain, winkler, edits] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("five columns: {line}")
        };
        let (a, b) = (characters(a), characters(b));
        let value = |text: &str| text.parse::<f64>().expect("a number");
        assert!((jaro(&a, &b) - value(plain)).abs() < 1e-12, "{line}");
        assert!((jaro_winkler(&a, &b) - value(winkler)).abs() < 1e-12, "{line}");
        assert_eq!(within_one_edit(&a, &b), edits == "0" || edits == "1", "{line}");
        close += usize::from(edits == "1");
    }
    assert!(close > 50, "the table has texts of one edit");
}

#[test]
fn long_names_agree_in_parts_and_in_another_order() {
    for (a, b, wanted) in [
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提", 1),
        ("阿卜杜拉·买买提", "阿卜杜勒·买买提", 3),
        ("阿卜杜拉·买买提", "买买提", 4),
        ("maria garcia", "garcia maria", 4),
        ("catherine", "katherine", 3),
        ("jonathan", "elizabeth", 6),
    ] {
        assert_eq!(text_level(a, b), wanted, "{a} {b}");
        assert_eq!(text_level(b, a), wanted, "{b} {a}");
    }
}
