//! Events: counts, rates, deadlines, faults; the figures of Tianmen (天门) and a twin that counts one by one.
#![cfg(feature = "serde")]

#[path = "oracle/city.rs"]
mod city;
#[path = "oracle/events.rs"]
mod oracle;

use gridcore::responsibility::{Deadline, EventProfile, EventRow, EventStage, EventWindow, Events, Rate};
use gridcore::{GridRow, GridTree, Interval, Lang, Problem};
use proptest::prelude::*;

const DAY: i64 = 86_400;
/// The end of 2016.
const NEW_YEAR: i64 = 1_483_228_800;

fn two_streets() -> GridTree {
    GridTree::from_rows([
        GridRow::new("1", "city"),
        GridRow::new("11", "north").under("1"),
        GridRow::new("111", "mill street").under("11"),
        GridRow::new("12", "south").under("1"),
    ])
    .expect("the rows are sound")
}

/// The table of a city that received 1054 events in 2016, told by what became of them.
fn tianmen() -> Vec<EventRow> {
    // How many, filed or not, the days from filing to closing (none: open), and the days before new year of filing.
    let fates: [(usize, bool, Option<i64>, i64); 5] = [
        (58, false, None, 30),    // not filed: 1054 − 996
        (737, true, Some(5), 30), // on time
        (174, true, Some(9), 30), // late: 911 − 737
        (61, true, None, 30),     // due and open: 972 − 911
        (24, true, None, 3),      // not due yet: 996 − 972
    ];
    let mut rows = Vec::new();
    for (count, filed, closed, before) in fates {
        for _ in 0..count {
            let number = rows.len();
            let filed_at = NEW_YEAR - before * DAY;
            // 953 of the 996 filed events; none of the others.
            let how = if (58..58 + 953).contains(&number) { "patrol" } else { "hotline" };
            let mut row = EventRow::new(format!("e{number:04}"), if number % 2 == 0 { "111" } else { "12" })
                .found_by(how)
                .at("reported", filed_at - 600);
            if filed {
                row = row.at("filed", filed_at);
            }
            if let Some(days) = closed {
                row = row.at("closed", filed_at + days * DAY);
            }
            rows.push(row);
        }
    }
    rows
}

fn week() -> EventProfile {
    EventProfile::standard().deadline(Deadline::new("filed", "closed", 7 * DAY))
}

#[test]
fn the_figures_of_tianmen_in_2016_are_reproduced() {
    let events = Events::from_rows(&two_streets(), &week(), tianmen()).expect("the rows are sound");
    let year = Interval::new(Some(1_451_606_400), Some(NEW_YEAR)).expect("a year");
    let counts = events.totals(&EventWindow::as_of(NEW_YEAR).received(year));
    assert_eq!((counts.received, counts.filed, counts.due), (1054, 996, 972));
    assert_eq!((counts.closed, counts.on_time, counts.by_patrol), (911, 737, 953));
    assert_eq!(counts.closing_rate(), Rate { part: 911, whole: 972 });
    assert_eq!(counts.closing_rate().percent(), Some(93.72));
    assert_eq!(counts.on_time_rate().percent(), Some(75.82));
    assert_eq!(counts.patrol_rate().percent(), Some(95.68));
    assert_eq!(counts.filing_rate().percent(), Some(94.5));
    assert_eq!(counts.open, 85);
    // The root of the report is the city.
    let rows = events.report(&EventWindow::as_of(NEW_YEAR));
    assert_eq!((rows[0].grid.to_string().as_str(), rows[0].totals.counts), ("1", counts));
    assert_eq!(rows[0].totals.closing_percent, Some(93.72));
    // Before the year there was nothing, and an interval without events has no rate.
    let none = events.totals(&EventWindow::as_of(0));
    assert_eq!((none.received, none.closing_rate().percent()), (0, None));
}

#[test]
fn a_percentage_is_rounded_half_up_in_whole_numbers() {
    let percent = |part, whole| Rate { part, whole }.hundredths();
    assert_eq!(percent(1, 3), Some(3333));
    assert_eq!(percent(2, 3), Some(6667));
    assert_eq!(percent(1, 20_000), Some(1)); // exactly half a hundredth
    assert_eq!(percent(1, 20_001), Some(0));
    assert_eq!(percent(u64::MAX, u64::MAX), Some(10_000));
    assert_eq!(percent(u64::MAX, 1), None); // no such percentage fits
}

#[test]
fn closing_in_the_second_of_the_deadline_is_on_time_and_the_next_is_late() {
    let tree = two_streets();
    let row =
        |id: &str, closed| EventRow::new(id, "11").at("reported", 0).at("filed", 0).at("closed", closed);
    let events =
        Events::from_rows(&tree, &week(), [row("a", 7 * DAY), row("b", 7 * DAY + 1)]).expect("sound");
    let counts = events.totals(&EventWindow::as_of(8 * DAY));
    assert_eq!((counts.due, counts.closed, counts.on_time), (2, 2, 1));
    // One second before the deadline nothing is due; what is not closed yet is open.
    let counts = events.totals(&EventWindow::as_of(7 * DAY - 1));
    assert_eq!((counts.due, counts.open), (0, 2));
}

#[test]
fn the_rule_that_fits_best_counts_and_a_date_of_the_event_above_all() {
    let profile = EventProfile::standard()
        .deadline(Deadline::new("filed", "closed", 100))
        .deadline(Deadline::new("filed", "closed", 80).priority("urgent"))
        .deadline(Deadline::new("filed", "closed", 60).kind("fire"))
        .deadline(Deadline::new("filed", "closed", 40).kind("fire").priority("urgent"));
    let row = |id: &str| EventRow::new(id, "11").at("reported", 0).at("filed", 0);
    let rows = [
        row("a"),
        row("b").priority("urgent"),
        row("c").kind("fire").priority("calm"),
        row("d").kind("fire").priority("urgent"),
        row("e").kind("fire").priority("urgent").due(500),
    ];
    let events = Events::from_rows(&two_streets(), &profile, rows).expect("sound");
    let due: Vec<_> =
        events.breaches(0, 1000).iter().map(|row| (row.event.as_str().to_owned(), row.due)).collect();
    let wanted = [("d", 40), ("c", 60), ("b", 80), ("a", 100), ("e", 500)];
    assert_eq!(due, wanted.map(|(event, due)| (event.to_owned(), due)));
}

#[test]
fn a_delay_goes_up_the_path_step_by_step() {
    let profile = EventProfile::standard()
        .deadline(Deadline::new("reported", "accepted", 60))
        .deadline(Deadline::new("accepted", "handled", 600))
        .escalate_after([0, 100, 200, 300]);
    let rows = [
        EventRow::new("a", "111").domain("fire").at("reported", 0),
        EventRow::new("b", "111").at("reported", 0).at("accepted", 10),
        EventRow::new("c", "111").at("reported", 0).at("accepted", 10).at("closed", 700), // handled was left out
        EventRow::new("d", "111").at("reported", 0).dropped(20),
    ];
    let profile = EventProfile { filing: "closed".to_owned(), ..profile };
    let mut profile = profile;
    profile.stages[2].required = false;
    let events = Events::from_rows(&two_streets(), &profile, rows).expect("sound");
    let at = |now: i64, within: i64| -> Vec<(String, String, i64, usize, String)> {
        let rows = events.breaches(now, within);
        let row = |row: &gridcore::responsibility::BreachRow| {
            (
                row.event.as_str().to_owned(),
                row.stage.clone(),
                row.seconds_left,
                row.steps,
                row.escalated_to.to_string(),
            )
        };
        rows.iter().map(row).collect()
    };
    let row = |event: &str, stage: &str, left, steps, to: &str| {
        (event.to_owned(), stage.to_owned(), left, steps, to.to_owned())
    };
    assert_eq!(at(-1, DAY), []);
    assert_eq!(
        at(0, 60),
        [
            row("a", "accepted", 60, 0, "111"),
            row("b", "accepted", 60, 0, "111"),
            row("c", "accepted", 60, 0, "111"),
            row("d", "accepted", 60, 0, "111")
        ]
    );
    assert_eq!(at(60, 0), [row("a", "accepted", 0, 0, "111")]); // due, but not overdue
    assert_eq!(at(61, 0), [row("a", "accepted", -1, 1, "11")]);
    assert_eq!(at(160, 0), [row("a", "accepted", -100, 2, "1")]);
    // The path ends at the city, however late it is.
    assert_eq!(
        at(610, 0),
        [
            row("a", "accepted", -550, 4, "1"),
            row("b", "handled", 0, 0, "111"),
            row("c", "handled", 0, 0, "111")
        ]
    );
    assert_eq!(at(700, 0), [row("a", "accepted", -640, 4, "1"), row("b", "handled", -90, 1, "11")]);
}

#[test]
fn all_faults_stand_in_one_report_and_none_names_an_event() {
    let rows = [
        EventRow::new("秘密", "11").at("reported", 5).at("filed", 4),
        EventRow::new("秘密", "99").at("reported", 5).at("closed", 9),
        EventRow::new("", "11").domain(" fire").at("filed", 1),
        EventRow::new("x", "11").at("reported", 1).at("filled", 2),
        EventRow::new("y", "11").at("reported", 1).at("filed", i64::MAX),
        EventRow::new("z", "11").at("reported", 1).at("filed", 9).dropped(8),
    ];
    let error =
        Events::from_rows(&two_streets(), &EventProfile::standard(), rows).expect_err("much is wrong");
    let found: Vec<_> = error.list().iter().map(|fault| (fault.row, fault.code())).collect();
    assert_eq!(
        found,
        [
            (Some(0), "stage_order"),
            (Some(1), "duplicate_event"),
            (Some(1), "unknown_grid"),
            (Some(1), "skipped_stage"),
            (Some(2), "malformed_event"),
            (Some(2), "malformed_domain"),
            (Some(2), "never_received"),
            (Some(3), "unknown_stage"),
            (Some(4), "time_out_of_range"),
            (Some(5), "after_drop"),
        ]
    );
    assert_eq!(error.code(), "events_error");
    for lang in [Lang::En, Lang::Zh] {
        let said = error.text(lang) + &format!("{error:?}");
        assert!(!said.contains("秘密"));
    }
    assert_eq!(
        error.faults()[0].text(Lang::Zh),
        "第 0 行（从 0 起）：环节 \"filed\" 早于 \"reported\"；请改正其中一个时间"
    );
}

#[test]
fn a_profile_is_held_to_its_own_rules() {
    let mut profile = EventProfile::standard()
        .deadline(Deadline::new("closed", "filed", 5))
        .deadline(Deadline::new("filed", "close", 0))
        .deadline(Deadline::new("closed", "filed", 6))
        .escalate_after([5, 5, -1]);
    profile.stages.push(EventStage::new("filed", "立案", "filed"));
    profile.stages.push(EventStage::new("grid", "网格", "grid"));
    profile.filing = "accepted".to_owned();
    let error = Events::from_rows(&two_streets(), &profile, []).expect_err("much is wrong");
    let found: Vec<_> =
        error.list().iter().map(|fault| (fault.column.as_str(), fault.row, fault.code())).collect();
    assert_eq!(
        found,
        [
            ("profile.stages", Some(7), "duplicate_stage"),
            ("profile.stages", Some(8), "malformed_stage"),
            ("profile.filing", None, "optional_filing"),
            ("profile.deadlines", Some(0), "backward_deadline"),
            ("profile.deadlines", Some(1), "unknown_stage"),
            ("profile.deadlines", Some(1), "seconds_out_of_range"),
            ("profile.deadlines", Some(2), "backward_deadline"),
            ("profile.deadlines", Some(2), "duplicate_deadline"),
            ("profile.escalation", Some(1), "escalation_order"),
            ("profile.escalation", Some(2), "escalation_order"),
        ]
    );
    let empty = EventProfile { stages: vec![], ..EventProfile::standard() };
    let error = Events::from_rows(&two_streets(), &empty, []).expect_err("no stages");
    assert_eq!(error.list()[0].code(), "too_few_stages");
}

/// Any events over a tree, in any state, with times that fit their stages.
fn any_events() -> impl Strategy<Value = (GridTree, Vec<EventRow>)> {
    let steps = prop::collection::vec(prop::option::weighted(0.7, 0..50_i64), 7);
    let event = (
        any::<prop::sample::Index>(),
        steps,
        prop::option::of(0..300_i64),
        prop::option::weighted(0.2, 0..500_i64),
        (prop::option::of(0..2_u8), prop::option::of(0..2_u8), prop::option::of(0..2_u8)),
        (prop::option::of(-50..50_i64), prop::option::of(0..300_i64), any::<bool>()),
    );
    (city::any_tree(), prop::collection::vec(event, 0..30)).prop_map(|(tree, seeds)| {
        let mut rows = Vec::new();
        for (number, (pick, steps, due, dropped, (domain, kind, priority), (occurred, complained, patrol))) in
            seeds.into_iter().enumerate()
        {
            let grid = tree.at(pick.index(tree.len())).expect("it is in the tree");
            let mut row = EventRow::new(format!("e{number}"), tree.code(grid).to_string());
            row.domain = domain.map(|one| format!("domain {one}"));
            row.kind = kind.map(|one| format!("kind {one}"));
            row.priority = priority.map(|one| format!("priority {one}"));
            row.found_by = Some(if patrol { "patrol" } else { "hotline" }.to_owned());
            (row.occurred, row.complained) = (occurred, complained);
            row.due = due.filter(|due| due % 3 == 0);
            let mut time = 0;
            let mut filed = false;
            let profile = EventProfile::standard();
            for (stage, step) in profile.stages.iter().zip(steps) {
                let needed = stage.id == "reported";
                let Some(step) = step.or(needed.then_some(0)) else {
                    if stage.id == "filed" {
                        break;
                    }
                    continue;
                };
                time += step;
                filed |= stage.id == "filed";
                row = row.at(stage.id.as_str(), time);
            }
            if let Some(wait) = dropped {
                row = row.dropped(time + wait);
            }
            assert!(filed || !row.times.contains_key("closed"));
            rows.push(row);
        }
        (tree, rows)
    })
}

fn rules() -> EventProfile {
    EventProfile::standard()
        .deadline(Deadline::new("reported", "closed", 220).priority("priority 0"))
        .deadline(Deadline::new("filed", "closed", 90))
        .deadline(Deadline::new("filed", "closed", 50).kind("kind 0"))
        .deadline(Deadline::new("filed", "closed", 70).priority("priority 1"))
        .deadline(Deadline::new("filed", "closed", 20).kind("kind 0").priority("priority 1"))
        .escalate_after([0, 10, 100])
}

proptest! {
    #[test]
    fn counts_are_those_of_the_twin_for_each_grid_and_domain((tree, rows) in any_events(), now in -10..400_i64) {
        let profile = rules();
        let events = Events::from_rows(&tree, &profile, rows.clone()).expect("the rows were made to fit");
        let window = EventWindow::as_of(now);
        prop_assert_eq!(events.totals(&window), oracle::counts(&profile, &rows, now));
        for row in events.report(&window) {
            let grid = tree.find(&row.grid.to_string()).expect("it is in the tree");
            let here = rows.iter().filter(|event| {
                let own = tree.find(&event.grid).expect("it is in the tree");
                let domain = row.domain.as_ref().map(gridcore::Domain::as_str);
                (own == grid || tree.is_ancestor(grid, own))
                    && (domain.is_none() || event.domain.as_deref() == domain)
            });
            let counts = oracle::counts(&profile, here, now);
            prop_assert!(counts.received > 0);
            prop_assert_eq!(row.totals.counts, counts);
        }
    }

    #[test]
    fn every_part_is_within_its_whole((tree, rows) in any_events(), now in -10..400_i64) {
        let counts = Events::from_rows(&tree, &rules(), rows).expect("sound").totals(&EventWindow::as_of(now));
        prop_assert!(counts.filed <= counts.received && counts.by_patrol <= counts.filed);
        prop_assert!(counts.on_time <= counts.closed && counts.closed <= counts.due && counts.due <= counts.filed);
        prop_assert_eq!(counts.handled, counts.closed + counts.closed_ahead);
    }

    #[test]
    fn what_is_due_and_open_is_in_the_list_of_breaches((tree, rows) in any_events(), now in -10..400_i64) {
        let events = Events::from_rows(&tree, &rules(), rows).expect("sound");
        let counts = events.totals(&EventWindow::as_of(now));
        let late = events.breaches(now, 0);
        prop_assert!(late.iter().all(|row| row.stage == "closed" && row.seconds_left <= 0));
        let filed = |event: &str| {
            let row = events.to_rows().into_iter().find(|row| row.id == event).expect("it is there");
            row.times.get("filed").copied().flatten().is_some_and(|time| time <= now)
        };
        let late = late.iter().filter(|row| filed(row.event.as_str())).count() as u64;
        prop_assert_eq!(late, counts.due - counts.closed);
    }

    #[test]
    fn the_order_of_rows_means_nothing_and_saving_keeps_all((tree, rows) in any_events(), now in -10..400_i64) {
        let events = Events::from_rows(&tree, &rules(), rows.clone()).expect("sound");
        let other = Events::from_rows(&tree, &rules(), rows.into_iter().rev()).expect("sound");
        prop_assert_eq!(events.to_json(), other.to_json());
        let loaded = Events::from_json(&tree, &events.to_json()).expect("it was saved");
        prop_assert_eq!(loaded.to_json(), events.to_json());
        prop_assert_eq!(loaded.breaches(now, 60), events.breaches(now, 60));
    }
}
