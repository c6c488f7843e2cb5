//! Matching against trying every choice, its cover, and sets of rows with too few columns.

#[path = "oracle/matching.rs"]
mod oracle;
#[path = "oracle/table.rs"]
mod table;

use gridcore::control::{Control, Stopped};
use gridcore::solve::assignment::Candidates;
use gridcore::solve::matching::{HallViolation, Matching, MatchingViolation, maximum_matching};
use proptest::prelude::*;
use table::Table;

fn matching(candidates: &Candidates) -> Matching {
    maximum_matching(candidates, &mut Control::free()).expect("nothing stops it")
}

fn tables(most: usize) -> impl Strategy<Value = (Table, usize)> {
    (0..=most, 0..=most, 1..=10_u32).prop_flat_map(|(rows, columns, tenths)| {
        let cell = (0..10_u32).prop_map(move |dice| (dice < tenths).then_some(1));
        (prop::collection::vec(prop::collection::vec(cell, columns), rows), Just(columns))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// The size is that of trying every choice; the cover and the set of rows with too few columns hold by counting.
    #[test]
    fn size_is_the_most_of_all((table, columns) in tables(7)) {
        let candidates = Candidates::from_arcs(table.len() as u32, columns as u32, &table::arcs(&table)).unwrap();
        let matching = matching(&candidates);
        prop_assert_eq!(matching.size, oracle::most_pairs(&table));
        prop_assert_eq!(matching.verify(&candidates), Ok(()));
        prop_assert_eq!(matching.hall.is_none(), matching.size == candidates.rows());
    }

    /// Without any one of its rows, the others of a Hall set can all have a column.
    #[test]
    fn hall_sets_are_minimal((table, columns) in tables(7)) {
        let candidates = Candidates::from_arcs(table.len() as u32, columns as u32, &table::arcs(&table)).unwrap();
        if let Some(hall) = matching(&candidates).hall {
            prop_assert_eq!(hall.columns.len() + 1, hall.rows.len());
            for out in &hall.rows {
                let others = hall.rows.iter().filter(|&row| row != out);
                let others: Table = others.map(|&row| table[row as usize].clone()).collect();
                prop_assert_eq!(oracle::most_pairs(&others) as usize, others.len());
            }
        }
    }

    /// Larger tasks: the proof holds, so that the size is the largest.
    #[test]
    fn larger_matchings_prove_themselves(arcs in prop::collection::vec((0..60_u32, 0..60_u32, 0..9_i64), 0..240)) {
        let candidates = Candidates::from_arcs(60, 60, &arcs).unwrap();
        prop_assert_eq!(matching(&candidates).verify(&candidates), Ok(()));
    }
}

#[test]
fn the_smallest_of_several_sets_is_named() {
    // Rows 0, 1, 2 share two columns; rows 3 and 4 share one.
    let arcs = [(0, 0, 0), (0, 1, 0), (1, 0, 0), (1, 1, 0), (2, 0, 0), (2, 1, 0), (3, 2, 0), (4, 2, 0)];
    let candidates = Candidates::from_arcs(5, 9, &arcs).unwrap();
    let hall = matching(&candidates).hall.unwrap();
    assert_eq!((hall.rows, hall.columns), (vec![3, 4], vec![2]));
}

#[test]
fn tampered_matchings_are_refused() {
    let candidates = Candidates::from_arcs(3, 3, &[(0, 1, 0), (1, 0, 0), (1, 2, 0), (2, 1, 0)]).unwrap();
    let sound = matching(&candidates);
    let refused = |change: &dyn Fn(&mut Matching)| {
        let mut wrong = sound.clone();
        change(&mut wrong);
        wrong.verify(&candidates).unwrap_err()
    };
    assert_eq!(refused(&|m| m.columns.truncate(2)), MatchingViolation::Size);
    assert_eq!(refused(&|m| m.columns[0] = Some(2)), MatchingViolation::NotCandidate { row: 0, column: 2 });
    assert_eq!(refused(&|m| m.columns[2] = Some(1)), MatchingViolation::SharedColumn { column: 1 });
    assert_eq!(refused(&|m| m.cover.columns.clear()), MatchingViolation::Uncovered { row: 0, column: 1 });
    assert_eq!(refused(&|m| m.size = 3), MatchingViolation::Count { pairs: 2, stated: 3, cover: 2 });
    assert_eq!(refused(&|m| m.columns[1] = None), MatchingViolation::Count { pairs: 1, stated: 2, cover: 2 });
    assert_eq!(refused(&|m| m.hall = None), MatchingViolation::Hall(None));
    let twice = |m: &mut Matching| m.hall.as_mut().unwrap().rows = vec![0, 0];
    assert_eq!(refused(&twice), MatchingViolation::Hall(Some(HallViolation::Row { row: 0 })));
    let too_many = |m: &mut Matching| m.hall.as_mut().unwrap().columns = vec![0, 1];
    assert_eq!(refused(&too_many), MatchingViolation::Hall(Some(HallViolation::Enough)));
}

#[test]
fn a_million_candidates_are_refused_without_a_search_for_each_row() {
    // 100 000 rows, 10 candidates each, all among 50 000 columns.
    let arcs: Vec<(u32, u32, i64)> =
        (0..1_000_000_u32).map(|at| (at / 10, (at.wrapping_mul(2_654_435_761) >> 8) % 50_000, 1)).collect();
    let candidates = Candidates::from_arcs(100_000, 50_000, &arcs).unwrap();
    let mut control = Control::free();
    let matching = maximum_matching(&candidates, &mut control).unwrap();
    assert_eq!(matching.verify(&candidates), Ok(()));
    assert!(matching.size < 100_000);
    assert!(control.done() < 40 * 1_000_000, "{} candidates looked at", control.done());
}

#[test]
fn work_can_be_limited() {
    let arcs: Vec<(u32, u32, i64)> = (0..300_000_u32).map(|at| (at / 10, at * 7 % 30_000, 1)).collect();
    let candidates = Candidates::from_arcs(30_000, 30_000, &arcs).unwrap();
    assert_eq!(maximum_matching(&candidates, &mut Control::limited(10)), Err(Stopped::Limit));
}
