//! Laws of merging overlapping lists.
#![cfg(feature = "roster")]

use std::collections::{BTreeMap, BTreeSet};

use gridcore::control::Control;
use gridcore::roster::{MergeError, MergeRules, MergedRoster, RosterCell, RosterTable, SourceList, merge};
use gridcore::{Lang, Problem};
use proptest::prelude::*;

#[path = "oracle/merge.rs"]
mod oracle;
use oracle::Row;

const NAMES: [&str; 3] = ["机关干部", "志愿者", "学校老师"];
const COLUMNS: [&str; 4] = ["token", "phone", "skill", "note"];

fn merged(lists: &[Vec<Row>], keys: usize) -> MergedRoster {
    let lists: Vec<SourceList<'_>> =
        lists.iter().zip(NAMES).map(|(rows, name)| SourceList::new(name, table(rows))).collect();
    let rules = MergeRules {
        keys: COLUMNS[..keys].iter().map(ToString::to_string).collect(),
        ..MergeRules::default()
    };
    merge(&lists, &rules, None, &mut Control::free()).expect("the lists are sound")
}

fn table(rows: &[Row]) -> RosterTable<'_> {
    (0..COLUMNS.len()).fold(RosterTable::new(rows.len()), |table, column| {
        table.column(COLUMNS[column], move |row| RosterCell::from(rows[row][column].as_deref()))
    })
}

fn any_lists() -> impl Strategy<Value = Vec<Vec<Row>>> {
    let cell = |prefix: &'static str, most: u8| {
        prop::option::weighted(0.7, (0..most).prop_map(move |n| format!("{prefix}{n}")))
    };
    let row = (cell("tok", 5), cell("1380013800", 5), cell("skill ", 3), cell("", 9))
        .prop_map(|(token, phone, skill, note)| vec![token, phone, skill, note]);
    prop::collection::vec(prop::collection::vec(row, 0..7), 3)
}

/// The rows of each person, each as its place among all rows.
fn people(roster: &MergedRoster, lists: &[Vec<Row>]) -> Vec<BTreeSet<usize>> {
    let mut people = vec![BTreeSet::new(); roster.len()];
    for source in roster.sources() {
        let list = NAMES.iter().position(|name| *name == source.list).expect("a list");
        let before: usize = lists[..list].iter().map(Vec::len).sum();
        assert!(people[source.person].insert(before + source.row));
    }
    people
}

/// What is told of each person by the cells of their rows, whatever the numbers of people and rows.
fn told(roster: &MergedRoster, lists: &[Vec<Row>]) -> BTreeMap<Vec<(usize, Row)>, Vec<Option<String>>> {
    let list_of = |at: usize| {
        (0..lists.len())
            .rfind(|&list| lists[..list].iter().map(Vec::len).sum::<usize>() <= at)
            .expect("a list")
    };
    let rows: Vec<&Row> = lists.iter().flatten().collect();
    let mut told = BTreeMap::new();
    let columns: Vec<Vec<Option<&str>>> =
        COLUMNS.iter().map(|column| roster.column(column).collect()).collect();
    for (person, own) in people(roster, lists).into_iter().enumerate() {
        let mut cells: Vec<(usize, Row)> =
            own.into_iter().map(|at| (list_of(at), rows[at].clone())).collect();
        cells.sort();
        let values = columns.iter().map(|column| column[person].map(str::to_owned)).collect();
        told.insert(cells, values);
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Every row is one person's, and the people are those that the long way finds.
    #[test]
    fn people_are_those_of_the_long_way(lists in any_lists(), keys in 1..3_usize) {
        let roster = merged(&lists, keys);
        let rows: Vec<Row> = lists.concat();
        let mut found = people(&roster, &lists);
        prop_assert_eq!(found.iter().map(BTreeSet::len).sum::<usize>(), rows.len());
        found.sort();
        prop_assert_eq!(found, oracle::groups(&rows, keys));
        let without: Vec<_> = roster.without_key().collect();
        prop_assert_eq!(without.len(), rows.iter().filter(|row| row[..keys].iter().all(Option::is_none)).count());
        for doubt in roster.doubts() {
            prop_assert!(doubt.person < doubt.other && doubt.key.as_deref() == Some("phone"));
        }
    }

    /// A value that was kept stands in the first list that has one; every other row agrees with it or is a conflict.
    #[test]
    fn values_come_from_the_first_list(lists in any_lists()) {
        let roster = merged(&lists, 1);
        let list = |name: &str| NAMES.iter().position(|other| other == &name).expect("a list");
        let cell = |column: &str, name: &str, row: usize| {
            let column = COLUMNS.iter().position(|other| *other == column).expect("a column");
            lists[list(name)][row][column].clone()
        };
        let mut kept = BTreeMap::new();
        for value in roster.values() {
            prop_assert_eq!(cell(&value.column, &value.list, value.row), Some(value.value.clone()));
            kept.insert((value.person, value.column.clone()), value);
        }
        let mut conflicts: BTreeSet<(usize, String, String, usize)> = BTreeSet::new();
        for conflict in roster.conflicts() {
            let value = &kept[&(conflict.person, conflict.column.clone())];
            prop_assert_eq!((&conflict.kept, &conflict.kept_list, conflict.kept_row), (&value.value, &value.list, value.row));
            prop_assert_eq!(cell(&conflict.column, &conflict.other_list, conflict.other_row), Some(conflict.other.clone()));
            prop_assert!(conflicts.insert((conflict.person, conflict.column, conflict.other_list, conflict.other_row)));
        }
        for source in roster.sources() {
            for column in COLUMNS {
                let Some(text) = cell(column, &source.list, source.row) else { continue };
                let value = &kept[&(source.person, column.to_owned())];
                prop_assert!(list(&value.list) <= list(&source.list));
                let key = (source.person, column.to_owned(), source.list.clone(), source.row);
                prop_assert_eq!(conflicts.contains(&key), text != value.value);
            }
        }
        for (person, row) in roster.people().enumerate() {
            let own = conflicts.iter().filter(|conflict| conflict.0 == person).count();
            prop_assert_eq!((row.person, row.conflicts), (person, own));
        }
    }

    /// Lists and their overlaps are counted as sets of people are.
    #[test]
    fn lists_overlap_in_people(lists in any_lists()) {
        let roster = merged(&lists, 2);
        let mut named = vec![BTreeSet::new(); NAMES.len()];
        for source in roster.sources() {
            named[NAMES.iter().position(|name| *name == source.list).expect("a list")].insert(source.person);
        }
        for (at, row) in roster.by_list().into_iter().enumerate() {
            let others: BTreeSet<_> = (0..3).filter(|&other| other != at).flat_map(|other| named[other].clone()).collect();
            let counted = (row.rows, row.persons, row.only_here);
            prop_assert_eq!(counted, (lists[at].len(), named[at].len(), named[at].difference(&others).count()));
        }
        for (pair, overlap) in [(0, 1), (0, 2), (1, 2)].into_iter().zip(roster.overlaps()) {
            prop_assert_eq!(overlap.persons, named[pair.0].intersection(&named[pair.1]).count());
        }
    }

    /// The order of the rows of a list has no meaning.
    #[test]
    fn order_of_rows_has_no_meaning(
        (lists, shuffled) in any_lists().prop_flat_map(|lists| {
            let shuffled: Vec<_> = lists.iter().map(|rows| Just(rows.clone()).prop_shuffle()).collect();
            (Just(lists), shuffled)
        }),
    ) {
        prop_assert_eq!(told(&merged(&lists, 2), &lists), told(&merged(&shuffled, 2), &shuffled));
    }
}

fn texts<'a>(columns: &[&str], rows: &'a [Vec<&'a str>]) -> RosterTable<'a> {
    columns.iter().enumerate().fold(RosterTable::new(rows.len()), |table, (column, name)| {
        table.column(*name, move |row| RosterCell::Text(rows[row][column]))
    })
}

#[test]
fn without_keys_people_are_found_by_all_that_is_said_of_them() {
    let columns = ["姓名", "电话", "身份证号", "序号"];
    let numbers: Vec<String> = (1..=100).map(|n| n.to_string()).collect();
    let surnames = ["张", "李", "王", "陈", "黄", "周", "吴", "徐", "孙", "马"];
    let given = ["伟", "芳", "秀英", "敏", "静", "丽", "强", "磊", "军", "洋"];
    // A hundred cadres; every third is a volunteer too, with a phone written another way.
    let cadre = |n: usize| {
        let name = format!("{}{}", surnames[n / 10], given[n % 10]);
        (
            name,
            format!("138{:08}", 10_007 * n + 21),
            format!("4420001990{:02}{:02}{:04}", n % 12 + 1, n % 28 + 1, 7 * n + 100),
        )
    };
    let people: Vec<_> = (0..100).map(cadre).collect();
    let cadres: Vec<Vec<&str>> = people
        .iter()
        .zip(&numbers)
        .map(|((name, phone, id), number)| vec![&name[..], phone, id, number])
        .collect();
    let written: Vec<String> =
        people.iter().map(|(_, phone, _)| format!("+86 {} {}", &phone[..3], &phone[3..])).collect();
    let volunteers: Vec<Vec<&str>> =
        (0..100).step_by(3).map(|n| vec![&people[n].0[..], &written[n], "", &numbers[n / 3]]).collect();
    let lists = [
        SourceList::new("机关干部", texts(&columns, &cadres)),
        SourceList::new("志愿者", texts(&columns, &volunteers)),
    ];
    let roster =
        merge(&lists, &MergeRules::default(), None, &mut Control::free()).expect("the lists are sound");
    assert_eq!((roster.len(), roster.sources().len()), (100, 134));
    assert_eq!(roster.overlaps()[0].persons, 34);
    // Another writing of the same phone is no conflict, nor is another number of a row.
    assert_eq!(roster.conflicts().count(), 0);
    assert!(!format!("{roster:?}{:?}", roster.people().next()).contains('张'));
}

#[test]
fn a_shared_phone_joins_no_two_identity_numbers() {
    let rows =
        vec![vec!["t1", "13800138000"], vec!["t2", "13800138000"], vec!["", "13800138000"], vec!["t1", ""]];
    let lists = [SourceList::new("a", texts(&["token", "phone"], &rows))];
    let rules = MergeRules { keys: vec!["token".to_owned(), "phone".to_owned()], ..MergeRules::default() };
    let roster = merge(&lists, &rules, None, &mut Control::free()).expect("the list is sound");
    assert_eq!(roster.sources().map(|source| source.person).collect::<Vec<_>>(), [0, 0, 1, 2]);
    assert_eq!(
        roster.doubts().iter().map(|doubt| (doubt.person, doubt.other)).collect::<Vec<_>>(),
        [(0, 1), (0, 2)]
    );
}

#[test]
fn a_list_of_nothing_adds_nobody() {
    let rows = vec![vec!["p-1"], vec!["p-2"]];
    let rules = MergeRules { keys: vec!["person".to_owned()], ..MergeRules::default() };
    let lists = [SourceList::new("a", RosterTable::new(0)), SourceList::new("b", texts(&["person"], &rows))];
    let both = merge(&lists, &rules, None, &mut Control::free()).expect("nothing is wrong");
    let none = merge(&lists[..1], &rules, None, &mut Control::free()).expect("nothing is wrong");
    assert_eq!((both.len(), none.len()), (2, 0));
}

#[test]
fn all_faults_at_once_and_nobody_named() {
    let rows = vec![vec!["secret", "secret"]];
    let floats = RosterTable::new(1)
        .column("身份证号", |_| RosterCell::Float(4.4e17))
        .column("x", |_| RosterCell::Other("list"));
    let rules = MergeRules { keys: vec!["身份证号".to_owned()], ..MergeRules::default() };
    let faults = |lists: &[SourceList<'_>]| {
        let error = merge(lists, &rules, None, &mut Control::free()).expect_err("the lists are faulty");
        assert!(matches!(error, MergeError::Lists(_)) && !error.text(Lang::Zh).contains("secret"));
        error.faults().into_iter().map(|fault| (fault.code, fault.column)).collect::<Vec<_>>()
    };
    let fault = |code: &str, column: Option<&str>| (code.to_owned(), column.map(str::to_owned));
    let lists = [
        SourceList::new("a", texts(&["身份证号", "身份证号"], &rows)),
        SourceList::new("a", texts(&["token", "phone"], &rows)),
        SourceList::new(" ", texts(&["身份证号", "phone"], &rows)),
    ];
    assert_eq!(
        faults(&lists),
        [
            fault("same_column", Some("a.身份证号")),
            fault("same_name", Some("a")),
            fault("no_key_column", Some("a")),
            fault("unnamed_list", None),
        ]
    );
    assert_eq!(
        faults(&[SourceList::new("b", floats)]),
        [fault("lost_digits", Some("b.身份证号")), fault("unreadable_cell", Some("b.x")),]
    );
    // Whatever a key is called, by numbers that lost digits nobody is told apart.
    let rules = MergeRules { keys: vec!["person".to_owned()], ..rules };
    let floats = RosterTable::new(1).column("person", |_| RosterCell::Float(1.1e17));
    let error = merge(&[SourceList::new("b", floats)], &rules, None, &mut Control::free());
    assert_eq!(error.expect_err("the key has lost digits").faults()[0].code, "lost_digits");
    let nobody = merge(&[], &rules, None, &mut Control::free()).expect("no lists, no people");
    assert!(nobody.is_empty());
}
