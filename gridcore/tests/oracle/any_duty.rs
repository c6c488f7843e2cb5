//! Random duties over small trees: few names and few seconds, so that rows meet.

use gridcore::responsibility::{
    AbsenceRow, AssignmentRow, ChainRow, DeputyRow, DutyTables, HoldingRow, PersonRow, PostRule, Requires,
    Role, Strength, TeamRow,
};
use gridcore::{GridRow, GridTree};
use proptest::prelude::*;

pub(crate) type Bounds = (Option<i64>, Option<i64>);

fn names(prefix: &'static str, most: usize) -> impl Strategy<Value = String> {
    (0..most).prop_map(move |number| format!("{prefix}{number}"))
}

fn bounds() -> impl Strategy<Value = Bounds> {
    prop_oneof![
        3 => Just((None, None)),
        1 => (0..8_i64).prop_map(|from| (Some(from), None)),
        1 => (0..=8_i64).prop_map(|until| (None, Some(until))),
        3 => (0..8_i64, 1..5_i64).prop_map(|(from, long)| (Some(from), Some((from + long).min(8).max(from + 1)))),
    ]
}

/// Codes of up to nine grids, and one that the tree does not have.
fn grid() -> impl Strategy<Value = String> {
    let code = |number: usize| format!("{}", 10 + number);
    prop_oneof![
        8 => (0..9_usize).prop_map(code),
        10 => (0..3_usize).prop_map(code),
        1 => Just("99".to_owned()),
    ]
}

pub(crate) fn any_small_tree() -> impl Strategy<Value = GridTree> {
    prop::collection::vec((any::<prop::sample::Index>(), 0..3_u8), 9).prop_map(|picks| {
        let rows = picks.iter().enumerate().map(|(number, (pick, kind))| {
            let row = GridRow::new(format!("{}", 10 + number), format!("grid {number}"));
            let row = if *kind > 0 { row.kind(format!("k{kind}")) } else { row };
            if number == 0 { row } else { row.under(format!("{}", 10 + pick.index(number))) }
        });
        GridTree::from_rows(rows).expect("each hangs under one before it")
    })
}

fn assignment() -> impl Strategy<Value = AssignmentRow> {
    let party = prop_oneof![5 => names("p", 5), 1 => names("t", 3)];
    let domain = prop::option::weighted(0.5, names("d", 2));
    let mode = prop::option::weighted(0.3, names("m", 2));
    let role =
        prop_oneof![4 => Just(Role::Accountable), 2 => Just(Role::Supporting), 1 => Just(Role::Supervising)];
    let extras = (
        prop::option::weighted(0.3, names("q", 2)),
        prop::option::weighted(0.2, names("f", 2)),
        prop::option::weighted(0.2, Just("by election".to_owned())),
        prop::option::of(1..=4_u8),
    );
    (grid(), party, domain, mode, bounds(), role, extras).prop_map(
        |(grid, party, domain, mode, (from, until), role, (post, front, reason, share))| {
            let mut row = AssignmentRow::new(grid);
            if party.starts_with('t') {
                row.team = Some(party);
            } else {
                row.person = Some(party);
            }
            (row.domain, row.mode, row.from, row.until) = (domain, mode, from, until);
            (row.post, row.front, row.reason) = (post, front, reason);
            if role != Role::Accountable {
                row.role = Some(role.id().to_owned());
            }
            if role == Role::Supporting {
                row.share = share.map(|quarters| f64::from(quarters) / 4.0);
            }
            row
        },
    )
}

fn rule() -> impl Strategy<Value = PostRule> {
    let requires = prop_oneof![Just(Requires::Head), Just(Requires::Direct), Just(Requires::Nobody)];
    let strength = prop_oneof![Just(Strength::Default), Just(Strength::Strict)];
    let kind = prop::option::of((1..3_u8).prop_map(|kind| format!("k{kind}")));
    let domains = prop_oneof![3 => Just(Vec::new()), 1 => names("d", 3).prop_map(|name| vec![name])];
    (0..4_u8, kind, prop::option::of(names("q", 2)), strength, requires, domains).prop_map(
        |(level, kind, post, strength, requires, domains)| PostRule {
            level,
            kind,
            post,
            title: None,
            strength,
            requires,
            domains,
        },
    )
}

fn deputy() -> impl Strategy<Value = DeputyRow> {
    let people = (0..5_usize, 1..5_usize).prop_map(|(holder, other)| (holder, (holder + other) % 5));
    (
        people,
        prop::option::of(grid()),
        prop::option::weighted(0.3, names("d", 2)),
        prop::option::of(0..2_u32),
        bounds(),
    )
        .prop_map(|((holder, deputy), grid, domain, order, (from, until))| DeputyRow {
            person: format!("p{deputy}"),
            deputy_of: format!("p{holder}"),
            grid,
            domain,
            order,
            from,
            until,
        })
}

/// Tables that the door takes.
pub(crate) fn any_tables() -> impl Strategy<Value = DutyTables> {
    let absence =
        (names("p", 5), bounds()).prop_map(|(person, (from, until))| AbsenceRow { person, from, until });
    let holding = (names("p", 5), names("q", 2), grid(), bounds())
        .prop_map(|(person, post, grid, (from, until))| HoldingRow { person, post, grid, from, until });
    let team = (names("t", 2), names("p", 5), any::<bool>()).prop_map(|(team, person, lead)| TeamRow {
        team,
        person,
        lead: Some(lead),
    });
    let person = (names("p", 5), prop::option::of(0..8_u8)).prop_map(|(person, quarters)| PersonRow {
        person,
        capacity: quarters.map(|most| f64::from(most) / 4.0),
    });
    let rows = prop::collection::vec(assignment(), 0..26);
    let rules = prop::collection::vec(rule(), 0..5);
    (
        rows,
        prop::collection::vec(absence, 0..4),
        prop::collection::vec(deputy(), 0..4),
        prop::collection::vec(holding, 0..4),
        rules,
        prop::collection::vec(team, 0..4),
        prop::collection::vec(person, 0..5),
    )
        .prop_map(|(assignments, absences, deputies, holdings, mut rules, mut teams, mut people)| {
            // What the door refuses is not the matter here.
            let mut seen = std::collections::BTreeSet::new();
            rules.retain(|rule| seen.insert((rule.level, rule.kind.clone())));
            let mut seen = std::collections::BTreeSet::new();
            teams.retain(|row| seen.insert((row.team.clone(), row.person.clone())));
            let mut led = std::collections::BTreeSet::new();
            for row in teams.iter_mut().filter(|row| row.lead == Some(true)) {
                if !led.insert(row.team.clone()) {
                    row.lead = None;
                }
            }
            let mut seen = std::collections::BTreeSet::new();
            people.retain(|row| seen.insert(row.person.clone()));
            DutyTables {
                assignments,
                absences,
                deputies,
                holdings,
                rules,
                teams,
                people,
                chains: Vec::<ChainRow>::new(),
            }
        })
}
