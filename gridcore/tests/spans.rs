//! Laws of spans of control, and the figures of the report.
#[path = "oracle/city.rs"]
mod city;

use city::{any_tree, tree_of};
use gridcore::tree::{SpanBreach, SpanCount, SpanProfile};
use gridcore::{Lang, Problem};
use proptest::prelude::*;

fn close(found: Option<f64>, wanted: f64) -> bool {
    found.is_some_and(|found| (found - wanted).abs() < 0.0005)
}

#[test]
fn the_city_has_the_spans_of_the_report() {
    let tree = city::city();
    let spans = tree.spans(&SpanProfile::ics());
    let ratios: Vec<(usize, usize)> =
        spans.levels().iter().map(|level| (level.children, level.heads)).collect();
    assert_eq!(ratios, [(23, 1), (287, 23), (3300, 287), (10117, 3300), (0, 0)]);
    let mean = |level: u8| spans.level(level).and_then(|level| level.mean);
    assert!(
        close(mean(0), 23.0) && close(mean(1), 12.478) && close(mean(2), 11.498) && close(mean(3), 3.066)
    );
    assert_eq!(mean(4), None);
    let offender = spans.offenders()[0];
    assert_eq!((offender.grid, offender.span, offender.bound), (tree.root(), 23, 7));
    assert_eq!(offender.breach, SpanBreach::TooWide);
    let torch = tree.spans_under(tree.find("T01").expect("it is there"), &SpanProfile::ics());
    let torch: Vec<(usize, usize)> =
        torch.levels().iter().map(|level| (level.children, level.heads)).collect();
    assert_eq!(torch, [(18, 1), (99, 18), (1153, 99), (0, 0)]);
}

#[test]
fn the_distribution_counts_only_grids_with_others_beneath_them() {
    // g0 over g1, g2, g3; g1 over four, g2 over one, g3 over none.
    let tree = tree_of(&[0, 0, 0, 1, 1, 1, 1, 2]);
    let spans = tree.spans(&SpanProfile::ics());
    let level = spans.level(1).expect("it is there");
    assert_eq!((level.heads, level.leaves, level.children), (2, 1, 5));
    assert_eq!((level.min, level.median, level.max, level.mean), (Some(1), Some(2.5), Some(4), Some(2.5)));
    assert_eq!(level.histogram, [SpanCount { span: 1, grids: 1 }, SpanCount { span: 4, grids: 1 }]);
    assert_eq!((level.too_wide, level.too_narrow), (0, 1));
    let rows: Vec<_> = spans.offender_rows().collect();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].text(Lang::En), "g2 has 1 grids directly beneath it, fewer than 3");
    assert_eq!(rows[0].text(Lang::Zh), "g2 直接下辖 1 个网格，少于 3 个");
}

#[test]
fn a_profile_out_of_order_is_refused() {
    for (min, best, max) in [(Some(8), None, 7), (None, Some(8), 7), (Some(5), Some(4), 7), (None, None, 0)] {
        let error = SpanProfile::new(min, best, max).expect_err("it is out of order");
        assert_eq!(error.code(), "bad_span_profile");
    }
    assert!(SpanProfile::new(3, 3, 3).is_ok());
}

#[cfg(feature = "serde")]
#[test]
fn a_profile_is_checked_when_it_is_read() {
    let read: SpanProfile = serde_json::from_str(r#"{"max":7,"min":3,"best":5}"#).expect("it is sound");
    assert_eq!(read, SpanProfile::ics());
    let error = serde_json::from_str::<SpanProfile>(r#"{"max":0}"#).expect_err("it is not");
    assert!(error.to_string().contains("not in ascending order"));
}

proptest! {
    #[test]
    fn every_level_is_what_the_oracle_counts(tree in any_tree(), min in 1..4_usize, more in 0..4_usize) {
        let profile = SpanProfile::new(min, None, min + more).expect("it is in order");
        let spans = tree.spans(&profile);
        let mut offenders = Vec::new();
        for level in spans.levels() {
            let grids: Vec<_> = tree.indices().filter(|&grid| tree.level(grid) == level.level).collect();
            let mut found: Vec<usize> =
                grids.iter().map(|&grid| tree.indices().filter(|&below| tree.parent(below) == Some(grid)).count()).collect();
            found.retain(|&span| span > 0);
            found.sort_unstable();
            prop_assert_eq!(level.heads, found.len());
            prop_assert_eq!(level.leaves, grids.len() - found.len());
            prop_assert_eq!(level.children, found.iter().sum::<usize>());
            prop_assert_eq!((level.min, level.max), (found.first().copied(), found.last().copied()));
            let median = match found.len() {
                0 => None,
                odd if odd % 2 == 1 => Some(found[odd / 2] as f64),
                even => Some((found[even / 2 - 1] + found[even / 2]) as f64 / 2.0),
            };
            prop_assert_eq!(level.median, median);
            for count in &level.histogram {
                prop_assert_eq!(count.grids, found.iter().filter(|&&span| span == count.span).count());
            }
            prop_assert_eq!(level.histogram.iter().map(|count| count.grids).sum::<usize>(), found.len());
            prop_assert_eq!(level.too_wide, found.iter().filter(|&&span| span > min + more).count());
            prop_assert_eq!(level.too_narrow, found.iter().filter(|&&span| span < min).count());
        }
        for grid in tree.indices() {
            let span = tree.span(grid);
            if span > 0 && !(min..=min + more).contains(&span) {
                offenders.push((grid, span));
            }
        }
        prop_assert_eq!(spans.levels().iter().map(|level| level.heads + level.leaves).sum::<usize>(), tree.len());
        prop_assert_eq!(spans.offenders().iter().map(|one| (one.grid, one.span)).collect::<Vec<_>>(), offenders);
    }
}
