//! Code schemes: laws against a naive twin, and the numbers of the known schemes.

use gridcore::{
    Alphabet, CodeScheme, CodeSegment, GridCode, Problem, SchemeDefinition, SchemeFault, SchemeShape,
};
use proptest::prelude::*;

/// Whether a code has the form of a scheme: cut it segment by segment, and see that nothing is left.
fn naive_check(scheme: &SchemeDefinition, code: &str) -> bool {
    let mut rest: Vec<char> = code.chars().collect();
    for (taken, segment) in scheme.segments.iter().enumerate() {
        if rest.is_empty() && taken > 0 && scheme.shape == SchemeShape::Nested {
            return true;
        }
        for _ in 0..segment.width {
            if rest.is_empty() {
                return false;
            }
            let character = rest.remove(0);
            let fits = match segment.alphabet {
                Alphabet::Digits => "0123456789".contains(character),
                _ => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".contains(character),
            };
            if !fits {
                return false;
            }
        }
    }
    rest.is_empty()
}

fn segments() -> impl Strategy<Value = Vec<CodeSegment>> {
    prop::collection::vec((1_u8..=4, any::<bool>()), 1..=5).prop_map(|shapes| {
        let made = shapes.into_iter().enumerate().map(|(position, (width, letters))| {
            let name = format!("s{position}");
            if letters {
                CodeSegment::alphanumeric(&name, "段", width)
            } else {
                CodeSegment::digits(&name, "段", width)
            }
        });
        made.collect()
    })
}

fn schemes() -> impl Strategy<Value = CodeScheme> {
    (segments(), any::<bool>()).prop_map(|(segments, nested)| {
        let start = if nested { SchemeDefinition::nested } else { SchemeDefinition::flat };
        segments
            .into_iter()
            .fold(start("drawn", "试验"), SchemeDefinition::segment)
            .build()
            .expect("it is sound")
    })
}

/// A scheme and a code that it allows.
fn scheme_and_code() -> impl Strategy<Value = (CodeScheme, String)> {
    (schemes(), any::<prop::sample::Index>(), prop::collection::vec(0_usize..36, 20)).prop_map(
        |(scheme, pick, draws)| {
            let lengths = scheme.lengths();
            let length = lengths[pick.index(lengths.len())];
            let alphabets =
                scheme.segments().iter().flat_map(|s| std::iter::repeat_n(s.alphabet, usize::from(s.width)));
            let code = alphabets.zip(draws).take(length).map(|(alphabet, draw)| {
                let size = if alphabet == Alphabet::Digits { 10 } else { 36 };
                char::from(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[draw % size])
            });
            let code = code.collect();
            (scheme, code)
        },
    )
}

proptest! {
    #[test]
    fn check_agrees_with_cutting_by_hand(scheme in schemes(), code in "[0-9]{1,20}|[0-9A-Z]{1,20}|[0-9a中 ]{0,9}") {
        prop_assert_eq!(scheme.check(&code).is_ok(), naive_check(scheme.definition(), &code));
    }

    #[test]
    fn parse_then_format_is_the_code((scheme, code) in scheme_and_code()) {
        prop_assert_eq!(scheme.check(&code), Ok(()));
        let parsed = scheme.parse(&code).unwrap();
        let mut given: Vec<(&str, &str)> =
            parsed.parts().iter().map(|part| (part.segment.as_str(), part.value.as_str())).collect();
        given.reverse(); // the order the segments are given in says nothing
        prop_assert_eq!(&scheme.format(&given).unwrap(), &code.as_str());
        prop_assert_eq!(parsed.code(), &code.as_str());
    }

    #[test]
    fn the_parent_is_the_longest_code_that_the_child_extends((scheme, code) in scheme_and_code()) {
        let child: GridCode = code.parse().unwrap();
        let prefixes = (1..code.len()).map(|length| &code[..length]);
        let above: Vec<&str> = prefixes.filter(|prefix| naive_check(scheme.definition(), prefix)).collect();
        let expected = if scheme.nests() { above.last().copied() } else { None };
        let parent = scheme.parent_of(&child).map(|parent| parent.to_string());
        prop_assert_eq!(parent.as_deref(), expected);
        if scheme.nests() {
            for length in 0..=code.len() {
                prop_assert_eq!(scheme.extends(&code[..length], &code), above.contains(&&code[..length]));
            }
        }
    }

    #[test]
    fn a_code_read_as_a_number_comes_back_padded_to_the_shortest_length(number in any::<u64>(), cut in 0_u32..20) {
        let number = number / 10_u64.pow(cut);
        for scheme in [CodeScheme::nbs(), CodeScheme::beijing_db11(), CodeScheme::cjt_349()] {
            let digits = number.to_string();
            let length = scheme.lengths().into_iter().find(|&length| length >= digits.len());
            let expected = length.map(|length| format!("{}{digits}", "0".repeat(length - digits.len())));
            let code = scheme.from_integer(number).map(|code| code.to_string());
            prop_assert_eq!(&code, &expected);
            if let Some(code) = code {
                prop_assert_eq!(scheme.check(&code), Ok(()));
            }
        }
    }

    #[test]
    fn stripping_undoes_filling_up(code in "[1-9]{2}|[1-9]{4}|[1-9]{6}|[0-9]{8}[1-9]|[0-9]{11}[1-9]") {
        let nbs = CodeScheme::nbs();
        let filled = format!("{code:0<12}");
        prop_assert_eq!(nbs.strip(&filled).unwrap(), code.as_str());
        prop_assert_eq!(nbs.strip(&code).unwrap(), code.as_str());
    }

    #[test]
    fn capacity_is_what_counting_gives(needed in 0_u64..3000, parents in 1_u64..20) {
        for scheme in [CodeScheme::beijing_db11(), CodeScheme::cjt_349()] {
            let width = u32::from(scheme.segments().last().unwrap().width);
            let values = (0..10_u64.pow(width)).filter(|&value| value != 0).count() as u64;
            let most_loaded = (0..needed).filter(|child| child % parents == 0).count() as u64;
            let overflow = scheme.spread_check(needed, parents);
            prop_assert_eq!(overflow.is_some(), most_loaded > values);
            if let Some(overflow) = overflow {
                prop_assert_eq!((overflow.needed, overflow.available), (most_loaded, values));
                let enough = overflow.parents_needed.unwrap();
                prop_assert_eq!(scheme.spread_check(needed, enough), None);
                prop_assert!(scheme.spread_check(needed, enough - 1).is_some());
                let wider = 10_u64.pow(u32::from(overflow.width_needed)) - 1;
                prop_assert!(most_loaded <= wider && most_loaded > wider / 10);
            }
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn a_scheme_survives_being_saved(scheme in schemes()) {
        let saved = serde_json::to_string(&scheme).unwrap();
        prop_assert_eq!(&serde_json::from_str::<CodeScheme>(&saved).unwrap(), &scheme);
    }
}

#[test]
fn torch_overflows_two_digits_and_fits_three() {
    let communities: Vec<(GridCode, u64)> = (1..=7)
        .map(|n| (format!("44200000100{n}").parse().unwrap(), if n <= 5 { 165 } else { 164 }))
        .collect();
    assert_eq!(communities.iter().map(|(_, count)| count).sum::<u64>(), 1153);
    let two = CodeScheme::cjt_349().capacity_check(&communities);
    assert_eq!(two.overflows.len(), 7);
    assert!(two.unknown.is_empty());
    assert_eq!(two.overflows[6].parent.as_ref().unwrap(), &"442000001007");
    assert_eq!((two.overflows[6].needed, two.overflows[6].available), (164, 99));
    assert!(CodeScheme::beijing_db11().capacity_check(&communities).is_enough());
}

#[test]
fn a_parent_below_the_last_segment_or_outside_the_scheme_is_named() {
    let parent = |code: &str, count| (code.parse::<GridCode>().unwrap(), count);
    let report = CodeScheme::nbs().capacity_check(&[
        parent("city", 3),
        parent("442000001007", 2),
        parent("442000001", 600),
        parent("442000001", 400),
        parent("44", 99),
        parent("442000001008", 0),
    ]);
    assert_eq!(report.unknown, ["city"]);
    assert!(!report.is_enough());
    let [town, village] = report.overflows.as_slice() else { panic!("{report:?}") };
    // 600 + 400 of one town are added up.
    assert_eq!(
        (town.needed, town.available, town.width_needed, town.parents_needed),
        (1000, 999, 4, Some(2))
    );
    assert_eq!((village.needed, village.available, village.parents_needed), (2, 0, None));
    assert_eq!(
        village.to_fault().message,
        "442000001007 has 2 children, but the scheme has no segment below it"
    );
}

#[test]
fn every_fault_of_a_definition_is_told() {
    let definition = SchemeDefinition::flat(" ", "")
        .segment(CodeSegment::digits("a", "甲", 0))
        .segment(
            CodeSegment::digits("a", "甲", 100)
                .class("x", "子", 5, 4)
                .class("y", "丑", 4, 9)
                .class("z", "寅", 9, 12),
        )
        .segment(CodeSegment::alphanumeric("", "", 29).class("w", "卯", 1, 2));
    let codes: Vec<String> = definition.build().unwrap_err().faults().into_iter().map(|f| f.code).collect();
    let expected = [
        "scheme_name",
        "segment_width",
        "segment_twice",
        "class_range", // 5..=4 is empty
        "class_range", // 4..=9 begins before 5
        "class_range", // 9..=12 overlaps 4..=9
        "segment_name",
        "class_range", // no ranges of numbers among letters
        "scheme_width",
    ];
    assert_eq!(codes, expected);
}

#[cfg(feature = "serde")]
#[test]
fn a_saved_scheme_is_checked_when_it_is_loaded() {
    for (text, code) in [
        (r#"{"name":"x","name_zh":"","shape":"nested"}"#, "no segments"),
        (
            r#"{"name":"x","name_zh":"","shape":"free_text","segments":[{"name":"a","name_zh":"","width":1,"alphabet":"digits"}]}"#,
            "free text",
        ),
        (r#"{"name":"x","name_zh":"","shape":"round"}"#, "unknown variant"),
        (r#"{"name":"x","name_zh":"","shape":"free_text","widths":[3]}"#, "unknown field"),
    ] {
        let error = serde_json::from_str::<CodeScheme>(text).unwrap_err().to_string();
        assert!(error.contains(code), "{error}");
    }
}

#[test]
fn every_fault_of_given_segments_is_told() {
    let given = [
        ("province", "44"),
        ("province", "44"),
        ("twon", "1"),
        ("county", "123"),
        ("town", "1a"),
        ("village", "x"),
    ];
    let error = CodeScheme::nbs().format(&given).unwrap_err();
    let codes: Vec<String> = error.faults().into_iter().map(|fault| fault.code).collect();
    let expected = [
        "segment_twice",
        "unknown_segment",
        "segment_missing",
        "segment_length",
        "wrong_code_character",
        "wrong_code_character",
    ];
    assert_eq!(codes, expected);
    assert!(CodeScheme::cjt_349().format(&[("class", "1")]).is_err());
    assert!(CodeScheme::nbs().format(&[]).is_err());
    assert_eq!(CodeScheme::free_text().format(&[("text", "东-1")]).unwrap(), "东-1");
    assert_eq!(CodeScheme::free_text().format(&[]).unwrap_err().faults()[0].code, "malformed_code");
}

#[test]
fn a_wrong_character_is_named_before_a_wrong_length() {
    let nbs = CodeScheme::nbs();
    assert!(matches!(nbs.check("４４２０"), Err(SchemeFault::WrongCharacter { at: 0, found: '４', .. })));
    assert!(matches!(nbs.check("44200O001"), Err(SchemeFault::WrongCharacter { at: 5, found: 'O', .. })));
    assert!(matches!(nbs.check("4420000010070"), Err(SchemeFault::WrongLength { found: 13, .. })));
    assert!(matches!(nbs.check(""), Err(SchemeFault::Malformed(_))));
    assert!(matches!(nbs.check(&"4".repeat(1 << 20)), Err(SchemeFault::Malformed(_))));
    for text in ["", " 44", "44 ", "4\u{0}", "中山", "🦀🦀"] {
        let fault = nbs.check(text).unwrap_err().to_fault();
        assert!(!fault.message.is_empty() && !fault.message_zh.is_empty() && !fault.remedy_zh.is_empty());
    }
}
