//! Values in one form: every way to write the same value gives the same, and nothing anybody types makes it fall over.
#![cfg(feature = "roster")]

use gridcore::roster::{FieldKind as F, canonical};
use proptest::prelude::*;

/// The check digit as the standard words it: the weighted sum of all 18, the last weighing 1, leaves 1 when divided by 11.
fn with_check_digit(body: &str) -> String {
    let sum = |last: u32| -> u32 {
        body.chars()
            .chain(['0'])
            .enumerate()
            .map(|(at, digit)| {
                let value = if at == 17 { last } else { digit.to_digit(10).expect("a digit") };
                value * (2_u32.pow(17 - at as u32) % 11)
            })
            .sum()
    };
    let check = (0..=10).find(|&last| sum(last) % 11 == 1).expect("one of eleven");
    format!("{body}{}", if check == 10 { "X".to_owned() } else { check.to_string() })
}

fn full_width(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '!'..='~' => char::from_u32(letter as u32 + 0xFEE0).unwrap_or(letter),
            _ => letter,
        })
        .collect()
}

/// A person's birth: a year, a month, a day that the month has.
fn born() -> impl Strategy<Value = (u32, u32, u32)> {
    (1900_u32..2030, 1_u32..=12).prop_flat_map(|(year, month)| {
        let days = match month {
            2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31_u32,
        };
        (Just(year), Just(month), 1..=days)
    })
}

/// Days since 1970, by counting them.
fn day_number(year: u32, month: u32, day: u32) -> i64 {
    let leap = |year: u32| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let of_year = |year| if leap(year) { 366 } else { 365 };
    let months = [31, if leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let before: i64 =
        if year >= 1970 { (1970..year).map(of_year).sum() } else { -(year..1970).map(of_year).sum::<i64>() };
    before + months[..month as usize - 1].iter().sum::<i64>() + i64::from(day) - 1
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What people and programs type: Chinese of both scripts, Latin, digits of both widths, marks, emoji.
fn typed() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            proptest::char::range('\u{4E00}', '\u{9FFF}'),
            proptest::char::range('0', 'z'),
            proptest::sample::select(
                "·•‧・.,，()（）[【】 \u{3000}-—/'’#号栋单元室楼年月日转@😀𠮷éßøĐ０９Ａ先生女士欧阳尉迟无null\u{301}\u{feff}\t".chars().collect::<Vec<_>>()
            ),
            any::<char>(),
        ],
        0..24,
    )
    .prop_map(|letters| letters.into_iter().collect())
}

proptest! {
    #[test]
    fn doing_it_twice_changes_nothing(text in typed()) {
        for kind in F::ALL.into_iter().filter(|kind| *kind != F::Address) {
            if let Some(once) = canonical(kind, &text) {
                let twice = canonical(kind, &once);
                prop_assert_eq!(twice, Some(once), "{:?} of {:?}", kind, text);
            }
        }
        let _ = canonical(F::Address, &text);
    }

    #[test]
    fn doing_it_twice_changes_nothing_of_a_long_text(text in typed(), times in 8_usize..40) {
        let long = text.repeat(times);
        for kind in F::ALL.into_iter().filter(|kind| *kind != F::Address) {
            if let Some(once) = canonical(kind, &long) {
                prop_assert!(once.chars().count() <= 120, "{:?} of {:?}", kind, long);
                prop_assert_eq!(canonical(kind, &once), Some(once.clone()), "{:?} of {:?}", kind, long);
            }
        }
    }

    #[test]
    fn every_way_to_write_a_day_is_the_same((year, month, day) in born()) {
        let expected = format!("{year:04}{month:02}{day:02}");
        let name = MONTHS[month as usize - 1];
        let sheet = day_number(year, month, day) + 25_569;
        for text in [
            expected.clone(),
            format!("{year}-{month:02}-{day:02}"),
            format!("{year}/{month}/{day}"),
            format!("{year}.{month:02}.{day:02}"),
            format!("{year}年{month}月{day}日"),
            format!("{day:02}.{month:02}.{year}"),
            format!("{day} {name} {year}"),
            format!("{name} {day}, {year}"),
            format!("{day:02}-{}-{year}", name[..3].to_uppercase()),
            format!("{year}-{month:02}-{day:02} 00:00:00"),
            full_width(&format!("{year}-{month:02}-{day:02}")),
        ] {
            prop_assert_eq!(canonical(F::Birth, &text), Some(expected.clone()), "{}", text);
        }
        if (10_000..=99_999).contains(&sheet) {
            prop_assert_eq!(canonical(F::Birth, &sheet.to_string()), Some(expected));
        }
    }

    #[test]
    fn every_way_to_write_an_identity_number_is_the_same(
        area in 110_000_u32..660_000, (year, month, day) in born(), order in 1_u32..999
    ) {
        let number = with_check_digit(&format!("{area}{year:04}{month:02}{day:02}{order:03}"));
        let spaced = format!(" {} {} {}", &number[..6], &number[6..14], &number[14..]);
        for text in [number.clone(), number.to_lowercase(), full_width(&number), spaced, format!("'{number}")] {
            prop_assert_eq!(canonical(F::Id, &text), Some(number.clone()), "{}", text);
        }
        if (1900..2000).contains(&year) {
            let short = format!("{}{}", &number[..6], &number[8..17]);
            prop_assert_eq!(canonical(F::Id, &short), Some(number));
        }
    }

    #[test]
    fn every_way_to_write_an_address_is_the_same_and_any_other_part_is_not(
        road in proptest::sample::select(vec!["人民", "中山", "解放", "翠湖", "光明"]),
        house in 1_u32..400, building in 1_u32..60, unit in 1_u32..9, room in 101_u32..3000,
    ) {
        let of = |text: &str| canonical(F::Address, text).expect("it says where");
        let plain = format!("{road}路{house}号{building}栋{unit}单元{room}室");
        for text in [
            format!("{road}路{house}号{building}-{unit}-{room}"),
            format!("{road}大道{house}号{building}幢{unit}单元{room}"),
            format!("{road}路{house}号{building}号楼{unit}门{room}室"),
            format!("中山市石岐街道{road}路{house}号{building}座{unit}单元{room}房"),
            format!("{road}路 {house} 号 {building} 棟 {unit} 單元 {room} 室"),
            full_width(&plain),
        ] {
            prop_assert_eq!(of(&text), of(&plain), "{}", text);
        }
        for other in [
            format!("青年路{house}号{building}栋{unit}单元{room}室"),
            format!("{road}路{}号{building}栋{unit}单元{room}室", house + 1),
            format!("{road}路{house}号{}栋{unit}单元{room}室", building + 1),
            format!("{road}路{house}号{building}栋{}单元{room}室", unit + 1),
            format!("{road}路{house}号{building}栋{unit}单元{}室", room + 1),
        ] {
            prop_assert_ne!(of(&other), of(&plain), "{}", other);
        }
    }

    #[test]
    fn every_way_to_write_a_phone_is_the_same(head in 130_u32..200, middle in 0_u32..10_000, tail in 1_u32..10_000) {
        let number = format!("{head}{middle:04}{tail:04}");
        for text in [
            format!("+86 {head} {middle:04} {tail:04}"),
            format!("0086-{head}-{middle:04}-{tail:04}"),
            format!("({head}){middle:04}-{tail:04}"),
            format!("{number}/0760-88881234"),
            full_width(&number),
        ] {
            prop_assert_eq!(canonical(F::Phone, &text), Some(number.clone()), "{}", text);
        }
    }
}

#[test]
fn both_scripts_variants_dots_and_titles_are_one_name() {
    for (plain, others) in [
        ("张伟", &["張偉", "张 伟", "张伟（户主）", "張偉先生", "张伟女士", "张伟2"][..]),
        ("欧阳建国", &["歐陽建國", "欧阳 建国", "欧阳建国 【已搬】"]),
        ("王小峰", &["王小峯"]),
        ("李群喆", &["李羣喆", "李群哲"]),
        ("温青真", &["溫靑眞"]),
        ("闫晓东", &["閆曉東"]),
        (
            "买买提艾力",
            &["买买提·艾力", "買買提•艾力", "买买提‧艾力", "买买提・艾力", "买买提.艾力", "买买提 艾力"],
        ),
        ("jose obrien", &["José O'Brien", "O’BRIEN, José", "JOSE  OBRIEN"]),
        ("muller ludenscheid", &["Müller-Lüdenscheid", "Ｍüller Lüdenscheid"]),
    ] {
        let one = canonical(F::Name, plain);
        assert!(one.is_some(), "{plain}");
        for other in others {
            assert_eq!(canonical(F::Name, other), one, "{other}");
        }
    }
    // Other surnames, though they sound the same or were once written for each other.
    for (one, other) in [("闫伟", "阎伟"), ("付伟", "傅伟"), ("肖伟", "萧伟"), ("邱伟", "丘伟")]
    {
        assert_ne!(canonical(F::Name, one), canonical(F::Name, other));
    }
}
