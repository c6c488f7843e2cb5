//! Laws of keyed tokens.
#![cfg(feature = "roster")]

use std::collections::HashSet;

use gridcore::control::Control;
use gridcore::roster::{
    FieldKind, RosterCell, RosterTable, Rules, Token, TokenAlgorithm, TokenColumn, TokenKey, TokenKeyError,
    reconcile,
};
use gridcore::{Lang, Problem};
use proptest::prelude::*;

fn key(text: &str) -> TokenKey {
    TokenKey::new(text.as_bytes()).expect("it is long enough")
}

/// The message is `gridcore:KIND:VALUE`: what any other implementation has to hash. The digests are those of OpenSSL 3.0.19:
/// `printf 'gridcore:id:11010519491231002X' | openssl dgst -sha256 -hmac 'sixteen bytes or more'`, and the same with `-sm3`.
#[test]
fn known_answers_of_whole_tokens() {
    let key = key("sixteen bytes or more");
    let token = |text, kind, algorithm| key.tokenize(text, kind, algorithm).expect("it is a value").to_text();
    for (algorithm, kind, text, wanted) in [
        (
            TokenAlgorithm::HmacSha256,
            FieldKind::Id,
            "11010519491231002x",
            "hs256:4fa50592d6adb4d663d5196ba2d2a4d31c5abd44fc949103c86129bd4d8c58bb",
        ),
        (
            TokenAlgorithm::HmacSm3,
            FieldKind::Id,
            "１１０１０５１９４９１２３１００２Ｘ",
            "hsm3:8275733f7d44cf3062e8a642fee81031703f9495b58f257a301864dc4a58b238",
        ),
        (
            TokenAlgorithm::HmacSha256,
            FieldKind::Phone,
            "+86 138 0013 8000",
            "hs256:1bec3a0198bfa2646ad984488c73fdd0f429c4f9bde7e52b9d8d448379719b32",
        ),
        (
            TokenAlgorithm::HmacSm3,
            FieldKind::Name,
            "張 三",
            "hsm3:5c0b1c941b5ae704ea9f2216b8c5974f2349c4cf185c3cf14626fedac49da7f0",
        ),
    ] {
        assert_eq!(token(text, kind, algorithm), wanted);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Tokens agree exactly if key, kind, algorithm and value do.
    #[test]
    fn tokens_tell_values_kinds_keys_and_algorithms_apart(numbers in prop::collection::hash_set(13_000_000_000_u64..19_999_999_999, 2..8)) {
        let keys = [key("an office's own secret"), key("another office's secret")];
        let mut seen = HashSet::new();
        for (key, kind, algorithm, number) in all_of(&keys, &numbers) {
            let token = key.tokenize(&number.to_string(), kind, algorithm).expect("it is a value");
            prop_assert_eq!(token.algorithm(), algorithm);
            prop_assert_eq!(token.to_text().parse::<Token>(), Ok(token.clone()));
            prop_assert_eq!(key.tokenize(&format!(" {number}"), kind, algorithm), Some(token.clone()));
            prop_assert!(seen.insert(token));
        }
        prop_assert_eq!(seen.len(), keys.len() * 2 * 2 * numbers.len());
    }

    /// A column says for each row what the value alone says, and accounts for every row.
    #[test]
    fn a_column_is_its_cells(texts in prop::collection::vec("[0-9Xx ]{0,20}|无|1\\.1E\\+17", 0..20)) {
        let key = key("an office's own secret");
        let cells = texts.iter().map(|text| RosterCell::Text(text));
        let column = key.tokenize_column(cells, FieldKind::Id, TokenAlgorithm::HmacSm3);
        prop_assert_eq!(column.tokens.len(), texts.len());
        for (row, text) in texts.iter().enumerate() {
            prop_assert_eq!(&column.tokens[row], &key.tokenize(text, FieldKind::Id, TokenAlgorithm::HmacSm3));
            let told = [&column.unreadable, &column.lost_digits].map(|rows| rows.contains(&row));
            prop_assert!(usize::from(told[0]) + usize::from(told[1]) + usize::from(column.tokens[row].is_some()) <= 1);
        }
        let text = serde_json::to_string(&column).expect("it is data");
        prop_assert_eq!(serde_json::from_str::<TokenColumn>(&text).expect("it is ours"), column);
    }
}

fn all_of<'a>(
    keys: &'a [TokenKey],
    numbers: &'a HashSet<u64>,
) -> impl Iterator<Item = (&'a TokenKey, FieldKind, TokenAlgorithm, u64)> {
    keys.iter().flat_map(move |key| {
        [FieldKind::Id, FieldKind::Phone].into_iter().flat_map(move |kind| {
            TokenAlgorithm::ALL
                .into_iter()
                .flat_map(move |algorithm| numbers.iter().map(move |&number| (key, kind, algorithm, number)))
        })
    })
}

#[test]
fn weak_keys_are_refused_and_no_secret_is_shown() {
    assert_eq!(TokenKey::new(b"").err(), Some(TokenKeyError::TooShort { bytes: 0 }));
    let error = TokenKey::new(b"fifteen-secrets").expect_err("one too few");
    assert_eq!((error.code(), error.faults()[0].found.as_deref()), ("key_too_short", Some("15 bytes")));
    assert!(!error.text(Lang::Zh).contains("secrets"));
    assert_eq!(TokenKey::new(&[0; 32]).err(), Some(TokenKeyError::OneByte));
    let key = key("an office's own secret");
    let token = key.tokenize("13800138000", FieldKind::Phone, TokenAlgorithm::HmacSm3);
    assert_eq!(format!("{key:?} {token:?}"), "TokenKey(…) Some(Token(…))");
    assert_eq!(key.check_value().len(), 16);
}

#[test]
fn texts_that_are_no_tokens() {
    let digits = "0a".repeat(32);
    let token = format!("hs256:{digits}");
    // A spreadsheet may have made capitals of it; it is the same token.
    for text in [token.clone(), token.to_uppercase(), format!("hs256:{}", digits.to_uppercase())] {
        assert_eq!(text.parse::<Token>().map(|read| read.to_text()), Ok(token.clone()), "{text}");
    }
    for text in [
        digits.clone(),
        format!("sha256:{digits}"),
        format!("hsm3:{digits}0"),
        format!("hsm3:{}", &digits[1..]),
        format!("hsm3: {digits}"),
        format!("hsm3:{}", "é".repeat(32)),
    ] {
        assert!(text.parse::<Token>().is_err(), "{text}");
    }
}

/// A roster of which nothing but tokens is shown.
fn office(
    key: &TokenKey,
    people: impl Iterator<Item = usize>,
    headers: [&str; 2],
) -> (Vec<String>, Vec<Vec<Option<String>>>) {
    let number = |n: usize| format!("4420001980{:02}{:02}{:04}", n % 12 + 1, n % 28 + 1, n);
    let people: Vec<usize> = people.collect();
    let column = |kind, text: &dyn Fn(usize) -> String| {
        let texts: Vec<String> = people.iter().map(|&n| text(n)).collect();
        let cells = texts.iter().map(|text| RosterCell::Text(text));
        let tokens = key.tokenize_column(cells, kind, TokenAlgorithm::HmacSm3).tokens;
        tokens.into_iter().map(|token| token.map(|token| token.to_text())).collect::<Vec<_>>()
    };
    let columns = vec![
        people.iter().map(|n| Some(format!("row-{n}"))).collect(),
        column(FieldKind::Phone, &|n| format!("138{:08}", 7 * n + 1)),
        column(FieldKind::Id, &number),
    ];
    (vec!["rid".to_owned(), headers[0].to_owned(), headers[1].to_owned()], columns)
}

fn table(office: &(Vec<String>, Vec<Vec<Option<String>>>)) -> RosterTable<'_> {
    let (headers, columns) = office;
    headers.iter().zip(columns).fold(RosterTable::new(columns[0].len()), |table, (header, cells)| {
        table.column(header.as_str(), move |row| RosterCell::from(cells[row].as_deref()))
    })
}

/// Two offices find the people whom both know by tokens alone, under one key; under two keys nobody.
#[test]
fn two_offices_reconcile_by_tokens_alone() {
    let (ours, theirs) = (key("a secret of both offices"), key("another secret entirely"));
    let left = office(&ours, 0..300, ["手机", "身份证号"]);
    // The columns of the other office stand under other headers.
    let mut right = office(&ours, (0..400).step_by(2), ["联系电话", "证件号码"]);
    let answer = reconcile(&table(&left), &table(&right), &Rules::default(), None, &mut Control::free())
        .expect("the rosters are sound");
    let columns: Vec<_> = answer.columns().iter().filter_map(|column| column.kind).collect();
    assert_eq!(columns.iter().filter(|kind| **kind == FieldKind::Token).count(), 4, "{columns:?}");
    let mut matched: Vec<_> = answer.matched().map(|row| (row.left, row.right)).collect();
    matched.sort();
    let mut both: Vec<_> = (0..300).step_by(2).map(|n| (format!("row-{n}"), format!("row-{n}"))).collect();
    both.sort();
    assert_eq!(matched, both);
    assert_eq!((answer.missing().count(), answer.extra().count()), (150, 50));

    right = office(&theirs, (0..400).step_by(2), ["联系电话", "证件号码"]);
    let answer = reconcile(&table(&left), &table(&right), &Rules::default(), None, &mut Control::free())
        .expect("the rosters are sound");
    assert_eq!((answer.matched().count(), answer.review().count()), (0, 0));
    assert_eq!((answer.missing().count(), answer.extra().count()), (300, 200));
}
