//! Rounded claims: the sentences of a newspaper report, the words of two languages, and laws.

use gridcore::{Claim, ClaimRule, ClaimVerdict, Problem};
use proptest::prelude::*;

fn read(text: &str) -> Claim {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn the_claims_of_the_report_agree_with_its_counts() {
    for (claim, count) in [
        ("1万多个四级网格", 10_117),
        ("超万个", 10_117),
        ("超万个基层网格", 10_117),
        ("80多个单位", 83),
        ("1万多人次", 11_300),
        ("11300人次", 11_300),
        ("40—50人", 45),
        ("1500多名", 1_507),
        ("一百多名党员及志愿者", 150),
        ("超过15000名", 15_200),
        ("over 10,000", 10_117),
        ("more than 80 units", 83),
    ] {
        assert!(read(claim).admits(count), "{claim} and {count}");
    }
    assert!(!read("80多个").admits(80) && !read("80多个").admits(90));
    assert!(!read("超过15000名").admits(15_000));
    assert!(!read("11300人次").admits(11_299));
}

/// Text, rule, lowest and highest count, what is counted; worked out by hand from the documented rules.
#[test]
fn each_way_to_say_it_has_its_interval() {
    use ClaimRule::{About, AtLeast, AtMost, Exact, More, Near, Over, Range, Several, Under};
    for (text, rule, low, high, measure) in [
        ("83个", Exact, 83, Some(83), "个"),
        ("１１３００人次", Exact, 11_300, Some(11_300), "人次"),
        ("共83个", Exact, 83, Some(83), "个"),
        ("一百二十三", Exact, 123, Some(123), ""),
        ("三千三百户", Exact, 3300, Some(3300), "户"),
        ("1万多", More, 10_001, Some(19_999), ""),
        ("1.5万多人", More, 15_001, Some(15_999), "人"),
        ("10万多", More, 100_001, Some(109_999), ""),
        ("10多万", More, 100_001, Some(199_999), ""),
        ("100多万人", More, 1_000_001, Some(1_999_999), "人"),
        ("120多万", More, 1_200_001, Some(1_299_999), ""),
        ("一百多名", More, 101, Some(199), "名"),
        ("一千五百余户", More, 1501, Some(1599), "户"),
        ("万余名", More, 10_001, Some(19_999), "名"),
        ("百余", More, 101, Some(199), ""),
        ("两千多", More, 2001, Some(2999), ""),
        ("十多个", More, 11, Some(19), "个"),
        ("30几个", More, 31, Some(39), "个"),
        ("1500人有余", More, 1501, Some(1599), "人"),
        ("1,500-odd volunteers", More, 1501, Some(1599), "volunteers"),
        ("just over 1,500 volunteers", More, 1501, Some(1599), "volunteers"),
        ("约1500多名", More, 1501, Some(1599), "名"),
        ("十几个", Several, 11, Some(19), "个"),
        ("几个", Several, 2, Some(9), "个"),
        ("几十个", Several, 20, Some(99), "个"),
        ("数十", Several, 20, Some(99), ""),
        ("数百名", Several, 200, Some(999), "名"),
        ("几十万人", Several, 200_000, Some(999_999), "人"),
        ("Hundreds of volunteers", Several, 200, Some(999), "volunteers"),
        ("tens of thousands of people", Several, 20_000, Some(99_999), "people"),
        ("超万", Over, 10_001, None, ""),
        ("超过15000名常住居民", Over, 15_001, None, "名常住居民"),
        ("逾三千", Over, 3001, None, ""),
        ("不止80个", Over, 81, None, "个"),
        ("more than 80", Over, 81, None, ""),
        ("over 1.5 million people", Over, 1_500_001, None, "people"),
        ("over a hundred", Over, 101, None, ""),
        ("上万名", AtLeast, 10_000, None, "名"),
        ("至少80个", AtLeast, 80, None, "个"),
        ("80个以上", AtLeast, 80, None, "个"),
        ("八十以上", AtLeast, 80, None, ""),
        ("at least 80", AtLeast, 80, None, ""),
        ("80 or more units", AtLeast, 80, None, "units"),
        ("1500+", AtLeast, 1500, None, ""),
        ("超过1万多人次", AtLeast, 10_001, None, "人次"),
        ("至少几十个", AtLeast, 20, None, "个"),
        ("80个以下", AtMost, 0, Some(80), "个"),
        ("不超过100人", AtMost, 0, Some(100), "人"),
        ("up to 80", AtMost, 0, Some(80), ""),
        ("不足80个", Under, 0, Some(79), "个"),
        ("100人不到", Under, 0, Some(99), "人"),
        ("fewer than 80", Under, 0, Some(79), ""),
        ("近5000", Near, 4500, Some(4999), ""), // half of 1000 is 500, a tenth of 5000 too
        ("近1500", Near, 1450, Some(1499), ""), // half of 100
        ("近万", Near, 9000, Some(9999), ""),   // a tenth
        ("nearly 5,000", Near, 4500, Some(4999), ""),
        ("约1500人", About, 1450, Some(1550), "人"),
        ("1500人左右", About, 1450, Some(1550), "人"),
        ("大约100万左右", About, 900_000, Some(1_100_000), ""),
        ("约83", About, 82, Some(84), ""), // never less than one
        ("about 5,000 people", About, 4500, Some(5500), "people"),
        ("万名党员", About, 9000, Some(11_000), "名党员"),
        ("40—50人的队伍", Range, 40, Some(50), "人的队伍"),
        ("40-50", Range, 40, Some(50), ""),
        ("40～50人", Range, 40, Some(50), "人"),
        ("40人至50人", Range, 40, Some(50), "人"),
        ("约四十到五十人", Range, 40, Some(50), "人"),
        ("1—2万", Range, 10_000, Some(20_000), ""),
        ("5000—1万人", Range, 5000, Some(10_000), "人"),
        ("三四百户", Range, 300, Some(400), "户"),
        ("十七八个", Range, 17, Some(18), "个"),
        ("between 40 and 50 people", Range, 40, Some(50), "people"),
        ("40 to 50 people", Range, 40, Some(50), "people"),
        ("“1万多”", More, 10_001, Some(19_999), ""),
        ("18446744073709551615", Exact, u64::MAX, Some(u64::MAX), ""),
        ("0户", Exact, 0, Some(0), "户"),
    ] {
        let claim = read(text);
        let found = (claim.rule(), claim.low(), claim.high(), claim.measure());
        assert_eq!(found, (rule, low, high, measure), "{text}");
    }
}

#[test]
fn what_is_no_claim_says_why() {
    for (text, code) in [
        ("", "claim_empty"),
        (" 。", "claim_empty"),
        ("许多", "claim_no_number"),
        ("over", "claim_no_number"),
        ("-5", "claim_no_number"),
        ("数量很大", "claim_no_number"),
        ("something 80", "claim_no_number"),
        ("between 40", "claim_no_number"),
        ("百千", "claim_number"),
        ("3多千", "claim_number"),
        ("1,50人", "claim_grouping"),
        ("18446744073709551616", "claim_too_large"),
        ("超过18446744073709551615", "claim_too_large"),
        ("约1.5个", "claim_not_whole"),
        ("近1万多", "claim_mixed_words"),
        ("至少80个以下", "claim_mixed_words"),
        ("不足40—50人", "claim_mixed_words"),
        ("50—40人", "claim_range_inverted"),
        ("不足0", "claim_nothing_left"),
        ("83多个", "claim_nothing_left"),
        ("80 90", "claim_leftover"),
        ("80%", "claim_not_a_count"),
        ("八成", "claim_not_a_count"),
    ] {
        let error = text.parse::<Claim>().expect_err(text);
        assert_eq!(error.code(), code, "{text}");
        let fault = &error.faults()[0];
        assert!(!fault.message_zh.is_empty() && !fault.remedy.is_empty() && !fault.remedy_zh.is_empty());
    }
}

/// A number in Chinese numerals, written out digit by digit as one is taught to at school.
fn in_chinese(number: u64) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    if number >= 100_000_000 {
        let rest = number % 100_000_000;
        let gap = if rest != 0 && rest < 10_000_000 { "零" } else { "" };
        let rest = if rest == 0 { String::new() } else { in_chinese(rest) };
        return format!("{}亿{gap}{rest}", in_chinese(number / 100_000_000));
    }
    if number >= 10_000 {
        let rest = number % 10_000;
        let gap = if rest != 0 && rest < 1000 { "零" } else { "" };
        let rest = if rest == 0 { String::new() } else { in_chinese(rest) };
        return format!("{}万{gap}{rest}", in_chinese(number / 10_000));
    }
    let mut text = String::new();
    let mut gap = false;
    for (place, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = (number / place) % 10;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
            gap = false;
        }
        text.push(DIGITS[digit as usize]);
        text.push_str(unit);
    }
    if text.is_empty() { "零".to_owned() } else { text }
}

fn with_commas(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

proptest! {
    #[test]
    fn a_number_reads_the_same_in_every_script(number in any::<u64>(), cut in 8_u32..20) {
        let number = number / 10_u64.pow(cut);
        let wide: String = number
            .to_string()
            .chars()
            .map(|digit| char::from_u32(u32::from(digit) - u32::from('0') + u32::from('０')).unwrap())
            .collect();
        for text in [number.to_string(), with_commas(number), wide, in_chinese(number)] {
            let claim: Claim = format!("{text}个").parse().unwrap();
            prop_assert_eq!((claim.low(), claim.high()), (number, Some(number)), "{}", text);
        }
    }

    #[test]
    fn the_words_keep_their_order(number in 1_u64..1_000_000_000) {
        let claim = |before: &str, after: &str| format!("{before}{number}{after}").parse::<Claim>().unwrap();
        let (over, least, most, under) = (claim("超过", ""), claim("", "以上"), claim("", "以下"), claim("不足", ""));
        let (near, about) = (claim("近", ""), claim("约", ""));
        for count in [0, number - 1, number, number + 1, number * 2] {
            prop_assert_eq!(over.admits(count), count > number);
            prop_assert_eq!(least.admits(count), count >= number);
            prop_assert_eq!(most.admits(count), count <= number);
            prop_assert_eq!(under.admits(count), count < number);
            // What is near is under, and about.
            prop_assert!(!near.admits(count) || under.admits(count) && about.admits(count));
        }
        prop_assert!(about.admits(number) && near.admits(number - 1) && !near.admits(number));
    }

    #[test]
    fn a_check_says_what_admits_says(text in "(超过|至少|不足|近|约|)[1-9][0-9]{0,6}(多|余|以上|)(名|)", count in 0_u64..20_000_000) {
        if let Ok(claim) = text.parse::<Claim>() {
            let check = claim.check(count);
            prop_assert_eq!(check.verdict == ClaimVerdict::Within, claim.admits(count));
            let above = claim.high().is_some_and(|high| count > high);
            prop_assert_eq!(check.verdict == ClaimVerdict::Above, above);
            prop_assert_eq!(check.verdict == ClaimVerdict::Below, count < claim.low());
        }
    }

    #[test]
    fn no_text_makes_it_stumble(text in "[0-9零一二两三五十百千万亿几数多余约近超上下至到—.,点% a-e]{0,16}|\\PC{0,12}") {
        if let Ok(claim) = text.parse::<Claim>() {
            prop_assert!(claim.high().is_none_or(|high| claim.low() <= high));
            prop_assert_eq!(&claim.text().parse::<Claim>().unwrap(), &claim);
        }
    }
}

#[cfg(feature = "serde")]
#[test]
fn a_claim_is_saved_as_its_text() {
    let claim = read("80多个单位");
    let saved = serde_json::to_string(&claim).unwrap();
    assert_eq!(saved, "\"80多个单位\"");
    assert_eq!(serde_json::from_str::<Claim>(&saved).unwrap(), claim);
    assert!(serde_json::from_str::<Claim>("\"许多\"").is_err());
    let check = serde_json::to_value(claim.check(83)).unwrap();
    let expected =
        serde_json::json!({"count": 83, "low": 81, "high": 89, "rule": "more", "verdict": "within"});
    assert_eq!(check, expected);
}
