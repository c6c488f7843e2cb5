//! Search finds what people type, in the documented order.
#![cfg(feature = "pinyin")]

#[path = "oracle/search.rs"]
mod oracle;

use gridcore::tree::Match;
use gridcore::{GridRow, GridTree, Search};
use proptest::prelude::*;

/// Places of Zhongshan, with the traps of its register in them.
fn tree() -> GridTree {
    let rows = [
        ("442000", "", "中山市"),
        ("442000001", "442000", "石岐街道"),
        ("442000003", "442000", "中山火炬高技术产业开发区"),
        ("442000118", "442000", "小榄镇"),
        ("442000001007", "442000001", "马安社区"),
        ("442000003001", "442000003", "马安村"),
        ("442000003002", "442000003", "濠涌村"),
        ("442000003003", "442000003", "西安村"),
        ("442000003004", "442000003", "县城村"),
        ("442000118001", "442000118", "新马安社区"),
        ("442000118002", "442000118", "绿荫·Ａ区"),
    ];
    GridTree::from_rows(rows.map(|(code, parent, name)| GridRow::new(code, name).under(parent)))
        .expect("a tree")
}

fn found(search: impl Into<Search>) -> Vec<(String, Match)> {
    let tree = tree();
    tree.search(search).iter().map(|hit| (tree.name(hit.grid).to_owned(), hit.how)).collect()
}

fn names(search: impl Into<Search>) -> Vec<String> {
    found(search).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn codes_come_first_the_exact_one_before_those_it_begins() {
    assert_eq!(
        found("442000003"),
        [
            ("中山火炬高技术产业开发区".to_owned(), Match::CodeExact),
            ("马安村".to_owned(), Match::CodePrefix),
            ("濠涌村".to_owned(), Match::CodePrefix),
            ("西安村".to_owned(), Match::CodePrefix),
            ("县城村".to_owned(), Match::CodePrefix),
        ]
    );
    assert_eq!(names("４４２０００１１８").len(), 3);
    assert_eq!(names("0442"), [""; 0]);
}

#[test]
fn a_name_is_found_whole_by_its_beginning_and_within() {
    assert_eq!(
        found("马安"),
        [
            ("马安村".to_owned(), Match::NamePrefix),
            ("马安社区".to_owned(), Match::NamePrefix),
            ("新马安社区".to_owned(), Match::NameSubstring),
        ]
    );
    assert_eq!(found(" 马安村\u{3000}"), [("马安村".to_owned(), Match::NameExact)]);
    assert_eq!(names("a区"), ["绿荫·Ａ区"]);
}

#[test]
fn pinyin_is_found_full_by_initials_and_mixed() {
    let beginning = ["马安村", "马安社区"].map(str::to_owned);
    for text in ["maan", "ma an", "MA'AN", "ｍａａｎ", "mǎ ān"] {
        let hits = found(text);
        assert_eq!(hits[..2], beginning.clone().map(|name| (name, Match::PinyinPrefix)), "{text}");
        assert_eq!(hits[2], ("新马安社区".to_owned(), Match::PinyinSubstring), "{text}");
    }
    assert_eq!(found("maanshequ")[0], ("马安社区".to_owned(), Match::PinyinExact));
    assert_eq!(found("maanshe")[0], ("马安社区".to_owned(), Match::PinyinPrefix));
    assert_eq!(found("masq")[0], ("马安社区".to_owned(), Match::InitialsPrefix));
    assert_eq!(found("mash")[0], ("马安社区".to_owned(), Match::InitialsPrefix));
    assert_eq!(found("maansq")[0], ("马安社区".to_owned(), Match::MixedPrefix));
    assert_eq!(found("马an")[0], ("马安村".to_owned(), Match::MixedPrefix));
    assert_eq!(found("zshj"), [("中山火炬高技术产业开发区".to_owned(), Match::InitialsPrefix)]);
    assert_eq!(names("lvyina"), ["绿荫·Ａ区"]);
    assert_eq!(names("luyin"), ["绿荫·Ａ区"]);
}

#[test]
fn a_separator_ends_a_syllable() {
    assert_eq!(names("xian"), ["西安村", "县城村"]);
    assert_eq!(names("xi'an"), ["西安村"]);
    assert_eq!(names("xi an cun"), ["西安村"]);
}

#[test]
fn a_character_is_found_by_each_of_its_readings() {
    for text in ["haochong", "haoyong"] {
        assert_eq!(names(text), ["濠涌村"]);
    }
}

#[test]
fn a_search_can_be_narrowed() {
    let tree = tree();
    let torch = tree.find("442000003").expect("it is there");
    assert_eq!(names(Search::new("ma").under(torch)), ["马安村"]);
    assert_eq!(names(Search::new("442000").level(1)).len(), 3);
    assert_eq!(names(Search::new("442000").limit(2)), ["中山市", "小榄镇"]);
    assert_eq!(names(Search::new("442000").limit(0)), [""; 0]);
    for nothing in ["", " ", "\u{3000}", "·", "'"] {
        assert_eq!(names(Search::new(nothing).level(0)), [""; 0], "{nothing:?}");
    }
}

#[test]
fn codes_that_are_texts_are_found_in_either_case() {
    let rows = [("A", "", "top"), ("A-1b", "A", "one"), ("B-2", "A", "two")];
    let tree = GridTree::from_rows(rows.map(|(code, parent, name)| GridRow::new(code, name).under(parent)))
        .expect("a tree");
    let found = |text: &str| -> Vec<_> {
        tree.search(text).iter().map(|hit| (tree.code(hit.grid).to_string(), hit.how)).collect()
    };
    assert_eq!(found("a-1B"), [("A-1b".to_owned(), Match::CodeExact)]);
    assert_eq!(found("a"), [("A".to_owned(), Match::CodeExact), ("A-1b".to_owned(), Match::CodePrefix)]);
}

#[test]
fn very_long_texts_are_refused_quietly() {
    assert_eq!(found("ma".repeat(500_000)), []);
    assert_eq!(found("马".repeat(100_000)), []);
    let name: String = "庄".repeat(10);
    let tree = GridTree::from_rows([GridRow::new("1", name)]).expect("a tree");
    let hits = |letters: usize| tree.search("zhuang".repeat(letters).as_str()).len();
    assert_eq!((hits(9), hits(10)), (1, 1)); // 60 letters
    assert_eq!(tree.search(("zhuang".repeat(10) + "zhua").as_str()), []); // 64
}

fn any_name() -> impl Strategy<Value = String> {
    let letters = prop::sample::select("马安社区西县涌重长绿石岐aＡb1１ ·-".chars().collect::<Vec<_>>());
    prop::collection::vec(letters, 1..6).prop_map(|letters| letters.into_iter().collect())
}

fn any_text() -> impl Strategy<Value = String> {
    let parts = [
        "ma", "an", "m", "a", "s", "sh", "she", "q", "xi", "x", "n", "chong", "zhang", "zh", "lv", "lu",
        "马", "安", "区", "1", "2", "A", "'", " ", "·", "-", "ｑ",
    ];
    prop::collection::vec(prop::sample::select(parts.to_vec()), 1..5).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn search_is_what_spelling_out_every_way_gives(
        names in prop::collection::vec(any_name(), 1..20),
        text in any_text(),
        as_texts in any::<bool>(),
    ) {
        // A chain of two and the rest beneath, so that levels differ; equal names never stand side by side.
        let code = |place: usize| if as_texts { format!("A{place}") } else { format!("1{place}") };
        let rows = names.iter().enumerate().map(|(place, name)| {
            let row = GridRow::new(code(place), name.clone());
            if place == 0 { row } else { row.under(code(place - 1)) }
        });
        let tree = GridTree::from_rows(rows).expect("a chain is a tree");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assume!(!text.is_empty());
        let wanted = oracle::search(&tree, &text);
        let found: Vec<_> = tree
            .search(Search::new(&text).limit(100))
            .into_iter()
            .map(|hit| (hit.grid, hit.how, hit.range.start, hit.range.end))
            .collect();
        prop_assert_eq!(&found, &wanted);
        let first: Vec<_> = tree.search(Search::new(&text).limit(3)).iter().map(|hit| hit.grid).collect();
        prop_assert_eq!(first, wanted.iter().take(3).map(|hit| hit.0).collect::<Vec<_>>());
    }

    #[test]
    fn the_best_of_many_are_the_best_of_all(
        names in prop::collection::btree_set(any_name(), 150..250),
        text in any_text(),
        limit in 1..5_usize,
    ) {
        let rows = names.iter().zip(100..).map(|(name, code)| GridRow::new(code.to_string(), name.clone()).under("1"));
        let tree = GridTree::from_rows(rows.chain([GridRow::new("1", "root")])).expect("a star is a tree");
        let all: Vec<_> = tree.search(Search::new(&text).limit(usize::MAX));
        let best: Vec<_> = tree.search(Search::new(&text).limit(limit));
        prop_assert_eq!(&best[..], &all[..limit.min(all.len())]);
    }

    #[test]
    fn what_is_marked_makes_up_the_text(names in prop::collection::vec(any_name(), 1..5), text in any_text()) {
        for name in names {
            let tree = GridTree::from_rows([GridRow::new("7", name)]).expect("a tree");
            for hit in tree.search(&text) {
                let shown = if hit.how.is_by_code() { "7" } else { tree.name(hit.grid) };
                let (before, matched, after) = hit.marked(shown);
                prop_assert_eq!([before, matched, after].concat(), shown);
                prop_assert_eq!(matched.chars().count(), hit.range.len());
                prop_assert!(!matched.is_empty());
            }
        }
    }
}
