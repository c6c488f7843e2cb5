//! Laws of person-times and persons: the bounds hold every attendance that fits the list, and are met by one.
use std::collections::BTreeSet;

use gridcore::deployment::{AttendanceRow, PersonCount, PersonTimes, PersonTimesOptions};
use gridcore::{GridRow, GridTree, Lang, Problem};
use proptest::prelude::*;

fn tree() -> GridTree {
    GridTree::from_rows([
        GridRow::new("1", "city"),
        GridRow::new("11", "north").under("1"),
        GridRow::new("12", "south").under("1"),
    ])
    .expect("it is sound")
}

fn count(rows: Vec<AttendanceRow>, most_per_day: u64, days: Option<u64>) -> PersonTimes {
    PersonTimes::count(&tree(), rows, &PersonTimesOptions { most_per_day, days }).expect("the rows are sound")
}

#[test]
fn eleven_thousand_three_hundred_over_three_days() {
    let bounds = PersonCount::of(11_300, 3, 1).expect("it fits");
    assert_eq!((bounds.least, bounds.most, bounds.exact), (3767, 11_300, false));
    // The same as one row; and with the days told apart, the fullest day counts.
    let row = count(vec![AttendanceRow::counted(11_300)], 1, Some(3)).total;
    assert_eq!(row, bounds);
    let daily = [(1, 3000), (2, 5300), (3, 3000)];
    let rows = daily.map(|(day, times)| AttendanceRow::counted(times).day(day));
    let bounds = count(rows.to_vec(), 1, None).total;
    assert_eq!((bounds.person_times, bounds.least, bounds.most), (11_300, 5300, 11_300));
    // Twice a day halves what is needed.
    assert_eq!(count(rows.to_vec(), 2, None).total.least, 2650);
}

#[test]
fn named_people_are_counted_once_and_by_day_unit_and_grid() {
    let rows = vec![
        AttendanceRow::of("a").day(1).unit("u1").grid("11"),
        AttendanceRow::of("a").day(2).unit("u1").grid("12"),
        AttendanceRow::of("b").day(2).unit("u2").grid("12"),
        AttendanceRow::of("b").day(2).unit("u3").grid("12"), // a second time on the same day
        AttendanceRow::counted(3).day(1).grid("12"),
    ];
    let seen = count(rows, 1, None);
    assert_eq!(seen.repeated, [3]);
    let total = seen.total;
    assert_eq!((total.person_times, total.named_times, total.known), (6, 3, 2));
    assert_eq!((total.least, total.most), (4, 5)); // four on the first day; one of the three may be the second named
    let days: Vec<_> = seen.by_day.iter().map(|row| (row.of, row.count.least, row.count.most)).collect();
    assert_eq!(days, [(Some(1), 4, 4), (Some(2), 2, 2)]);
    let units: Vec<_> = seen.by_unit.iter().map(|row| row.of.as_ref().map(ToString::to_string)).collect();
    assert_eq!(units, [None, Some("u1".to_owned()), Some("u2".to_owned())]);
    let grids: Vec<_> =
        seen.by_grid.iter().map(|row| (row.of.as_ref().map(ToString::to_string), row.count.known)).collect();
    assert_eq!(grids, [(Some("1".to_owned()), 2), (Some("11".to_owned()), 1), (Some("12".to_owned()), 2)]);
}

#[test]
fn faults_name_rows_and_never_people() {
    let rows = [
        AttendanceRow::of(" 张三 13800000000").day(1),
        AttendanceRow { person_times: 2, ..AttendanceRow::of("p").day(1) },
        AttendanceRow::counted(u64::MAX).day(2).unit(""),
        AttendanceRow::counted(1).day(3),
    ];
    let options = PersonTimesOptions { most_per_day: 0, days: Some(2) };
    let error = PersonTimes::count(&tree(), rows, &options).expect_err("much is wrong");
    let found: Vec<_> = error.list().iter().map(|fault| (fault.row, fault.code())).collect();
    let expected = [
        (None, "zero_option"),
        (Some(0), "malformed_person"),
        (Some(1), "named_many"),
        (Some(2), "malformed_unit"),
        (Some(2), "overflow"),
        (Some(3), "too_many_days"),
    ];
    assert_eq!(found, expected);
    let text = error.text(Lang::Zh) + &format!("{error:?}{error}");
    assert!(!text.contains("张三") && !text.contains("138"), "{text}");
}

/// The fewest persons by trying: greedy filling of each day from a pool of P people, the least booked first.
fn fits(people: u64, known_by_day: &[BTreeSet<u8>], anonymous: &[u64]) -> bool {
    let known: BTreeSet<u8> = known_by_day.iter().flatten().copied().collect();
    people >= known.len() as u64
        && known_by_day.iter().zip(anonymous).all(|(named, &others)| named.len() as u64 + others <= people)
}

proptest! {
    /// The lower bound is the fewest people that can have stood there, the upper bound the most.
    #[test]
    fn bounds_are_met(
        named in proptest::collection::vec(proptest::collection::btree_set(0_u8..6, 0..5), 1..4),
        anonymous in proptest::collection::vec(0_u64..6, 3),
        order in any::<u64>(),
    ) {
        let mut rows = Vec::new();
        for (day, (people, &others)) in (0..).zip(named.iter().zip(&anonymous)) {
            rows.extend(people.iter().map(|person| AttendanceRow::of(format!("p{person}")).day(day)));
            if others > 0 {
                rows.push(AttendanceRow::counted(others).day(day));
            }
        }
        prop_assume!(!rows.is_empty());
        let shift = order as usize % rows.len();
        let straight = count(rows.clone(), 1, None);
        rows.rotate_left(shift);
        prop_assert_eq!(&straight, &count(rows, 1, None));
        let anonymous = &anonymous[..named.len()];
        let least = (0..100).find(|&people| fits(people, &named, anonymous)).expect("a hundred are enough");
        let known = named.iter().flatten().collect::<BTreeSet<_>>().len() as u64;
        prop_assert_eq!(straight.total.least, least);
        prop_assert_eq!(straight.total.most, known + anonymous.iter().sum::<u64>());
        prop_assert_eq!(straight.total.exact, least == straight.total.most);
    }
}
