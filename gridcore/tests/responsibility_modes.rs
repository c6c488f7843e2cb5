//! Modes as layers: entering, leaving, nesting; against a twin that looks row by row.
#![cfg(all(feature = "samples", feature = "serde"))]

#[path = "oracle/city.rs"]
mod city;
#[path = "oracle/modes.rs"]
mod oracle;

use std::collections::BTreeSet;

use gridcore::responsibility::{
    AssignmentRow, DerivedRow, DutyTables, ModeLayer, Responsibility, SurgePairing, TeamRow,
};
use gridcore::{GridIndex, GridTree, Lang, Problem};
use proptest::prelude::*;
use proptest::sample::Index;

fn person(duty: &Responsibility, at: i64, grid: &str) -> Option<String> {
    let verdict = duty.at(at).accountable(grid, "fire").expect("the grid is there");
    verdict.person().map(|person| person.as_str().to_owned())
}

/// g0 over g1 and g3, g1 over g2.
fn four() -> GridTree {
    city::tree_of(&[0, 1, 0])
}

#[test]
fn nested_scopes_are_governed_by_the_innermost_and_leave_no_trace() {
    let tree = four();
    let base = Responsibility::resolve(&tree, [AssignmentRow::new("g0").person("city")]).expect("sound");
    let outer = ModeLayer::new("wartime", "g0")
        .row(AssignmentRow::new("g1").person("outer-1"))
        .row(AssignmentRow::new("g2").person("outer-2"))
        .row(AssignmentRow::new("g3").person("outer-3"));
    let inner =
        ModeLayer::new("wartime", "g1").from(10).until(20).row(AssignmentRow::new("g1").person("inner"));
    let war = base.enter(outer).expect("it fits");
    let both = war.enter(inner).expect("it fits");
    let who =
        |duty: &Responsibility, at| ["g1", "g2", "g3"].map(|grid| person(duty, at, grid).expect("somebody"));
    assert_eq!(who(&both, 9), ["outer-1", "outer-2", "outer-3"]);
    // The inner layer governs g1 and g2 alone: the row for g2 of the outer one does not reach into it.
    assert_eq!(who(&both, 10), ["inner", "inner", "outer-3"]);
    assert_eq!(who(&both, 20), ["outer-1", "outer-2", "outer-3"]);
    assert_eq!(both.leave("wartime", "g1").expect("it is on").to_json(), war.to_json());
    // Left in the order of entering, not in the reverse.
    let inner_alone = both.leave("wartime", "g0").expect("it is on");
    assert_eq!(who(&inner_alone, 10), ["inner", "inner", "city"]);
    let after = inner_alone.leave("wartime", "g1").expect("it is on");
    assert_eq!((after.to_json(), after.layers().len()), (base.to_json(), 0));
}

#[test]
fn of_two_modes_for_one_scope_the_last_entered_is_in_force_and_the_other_can_be_asked_for() {
    let tree = four();
    let base = Responsibility::resolve(&tree, [AssignmentRow::new("g0").person("city")]).expect("sound");
    let duty = base
        .enter(ModeLayer::new("wartime", "g1").row(AssignmentRow::new("g1").person("soldier")))
        .and_then(|duty| {
            duty.enter(ModeLayer::new("lockdown", "g1").row(AssignmentRow::new("g1").person("guard")))
        })
        .expect("both fit");
    assert_eq!(person(&duty, 0, "g2").as_deref(), Some("guard"));
    let asked = duty.at(0).mode("wartime").accountable("g2", "fire").expect("it is there");
    assert_eq!(asked.person().map(gridcore::PersonId::as_str), Some("soldier"));
    assert_eq!(person(&duty.base(), 0, "g2").as_deref(), Some("city"));
    let left = duty.leave("lockdown", "g1").expect("it is on");
    assert_eq!(person(&left, 0, "g2").as_deref(), Some("soldier"));
}

#[test]
fn a_mode_of_the_base_holds_wherever_a_layer_puts_it_in_force() {
    let tree = four();
    let rows =
        [AssignmentRow::new("g0").person("city"), AssignmentRow::new("g0").person("general").mode("wartime")];
    let base = Responsibility::resolve(&tree, rows).expect("sound");
    let war = base.enter(ModeLayer::new("wartime", "g1")).expect("it fits");
    assert_eq!(
        ["g0", "g1", "g2", "g3"].map(|grid| person(&war, 0, grid).expect("somebody")),
        ["city", "general", "general", "city"]
    );
}

#[test]
fn every_surge_team_of_torch_traces_to_a_pairing_and_peace_comes_back_byte_for_byte() {
    let sample = gridcore::samples::zhongshan();
    let (tree, peace) = (sample.tree(), sample.duty());
    let torch = tree.find("442000003").expect("Torch is there");
    // Each level-2 grid of Torch and of its neighbour is paired with a unit.
    let pairings: Vec<SurgePairing> = tree
        .indices()
        .filter(|&grid| tree.level(grid) == 2)
        .enumerate()
        .map(|(number, grid)| {
            let unit = format!("unit-{:02}", number % 83);
            SurgePairing::new(unit.as_str(), tree.code(grid).to_string()).team(format!("surge of {unit}"))
        })
        .collect();
    let mut layer = ModeLayer::new("wartime", "442000003").surge(tree, pairings.clone());
    assert_eq!(layer.rows.len(), 18); // those of Torch alone
    for row in layer.rows.clone() {
        let team = row.assignment.team.expect("a team answers");
        let lead = format!("lead of {team}");
        if !layer.teams.iter().any(|member| member.team == team) {
            layer.teams.push(TeamRow::new(team, lead).lead(true));
        }
    }
    let war = peace.enter(layer).expect("it fits");
    for grid in tree.subtree(torch) {
        let verdict = war.at(0).accountable(&tree.code(grid).to_string(), "epidemic").expect("it is there");
        let answer = verdict.answer().expect("somebody answers");
        if let Some(source) = war.source_of(answer.row) {
            let (unit, paired) =
                source.source.as_deref().and_then(|text| text.split_once('/')).expect("unit/grid");
            assert!(pairings.iter().any(|pairing| pairing.unit == unit && pairing.grid == paired));
            assert!(tree.is_ancestor(tree.find(paired).expect("it is there"), grid));
        } else {
            // Within a level-2 grid somebody nearer answers; above them Torch itself does.
            assert_eq!(answer.team, None);
        }
        if tree.level(grid) == 2 {
            assert!(answer.team.is_some() && answer.person.is_some());
        }
    }
    // The rest of the city is at peace.
    let outside: Vec<GridIndex> = tree.indices().filter(|&grid| !tree.is_ancestor(torch, grid)).collect();
    let who = |duty: &Responsibility| {
        duty.at(0).accountable_at(&outside, "epidemic").expect("they are there").person
    };
    assert_eq!(who(&war), who(&peace));
    assert_ne!(war.to_json(), peace.to_json());
    assert_eq!(war.leave("wartime", "442000003").expect("it is on").to_json(), peace.to_json());
}

#[test]
fn all_faults_stand_in_one_report_and_none_names_a_person() {
    let tree = four();
    let base = Responsibility::resolve(&tree, []).expect("sound");
    let war = base.enter(ModeLayer::new("wartime", "g1")).expect("it fits");
    let bad = ModeLayer::new("wartime", "g1")
        .from(10)
        .until(20)
        .row(AssignmentRow::new("g3").person("秘密"))
        .row(AssignmentRow::new("g9").person("秘密"))
        .row(AssignmentRow::new("g1").person("秘密").mode("lockdown"))
        .row(AssignmentRow::new("g1").person("秘密").from(20))
        .row(AssignmentRow::new("g1").person("秘密").team("t"))
        .row(AssignmentRow::new("g1"))
        .member(TeamRow::new("t", ""));
    let error = war.enter(bad).expect_err("much is wrong");
    let found: Vec<_> = error.list().iter().map(|fault| (fault.layer, fault.row, fault.code())).collect();
    assert_eq!(
        found,
        [
            (1, None, "already_entered"),
            (1, Some(0), "outside_scope"),
            (1, Some(1), "unknown_grid"),
            (1, Some(2), "other_mode"),
            (1, Some(3), "outside_interval"),
            (1, Some(4), "two_parties"),
            (1, Some(5), "no_party"),
            (1, Some(0), "empty_cell"),
        ]
    );
    for lang in [Lang::En, Lang::Zh] {
        assert!(!(error.text(lang) + &format!("{error:?}")).contains("秘密"));
    }
    let error = base.enter(ModeLayer::new("*", "g9").from(5).until(5)).expect_err("three faults");
    let found: Vec<_> = error.list().iter().map(gridcore::responsibility::ModeFault::code).collect();
    assert_eq!(found, ["malformed_mode", "unknown_grid", "empty_interval"]);
    // A grid above or beneath that for which it was entered is another scope.
    for scope in ["g0", "g2"] {
        assert_eq!(
            war.leave("wartime", scope).expect_err("it is not on there").list()[0].code(),
            "not_entered"
        );
    }
    // Two leads of one team, one in the base and one in the layer.
    let teams = vec![TeamRow::new("t", "a").lead(true)];
    let base =
        Responsibility::from_tables(&tree, &DutyTables { teams, ..DutyTables::default() }).expect("sound");
    let layer = ModeLayer::new("wartime", "g1").member(TeamRow::new("t", "b").lead(true));
    assert_eq!(base.enter(layer).expect_err("two leads").list()[0].code(), "two_leads");
}

#[test]
fn a_layer_that_begins_makes_every_question_one_of_time() {
    let tree = four();
    let base = Responsibility::resolve(&tree, [AssignmentRow::new("g0").person("city")]).expect("sound");
    let war = base.enter(ModeLayer::new("wartime", "g1").from(10)).expect("it fits");
    assert!(war.is_timed() && !base.is_timed());
    assert_eq!(war.accountable("g3", "fire").expect_err("when?").code(), "needs_time");
    assert!(war.leave("wartime", "g1").expect("it is on").accountable("g3", "fire").is_ok());
}

const MODES: [&str; 2] = ["wartime", "lockdown"];

type RowSeed = (Index, u8, Option<bool>, Option<bool>, Option<i64>, Option<i64>);

fn row_seed() -> impl Strategy<Value = RowSeed> {
    (
        any::<Index>(),
        0..6_u8,
        prop::option::weighted(0.4, any::<bool>()),
        prop::option::weighted(0.3, any::<bool>()),
        prop::option::weighted(0.3, 0..30_i64),
        prop::option::weighted(0.3, 1..30_i64),
    )
}

fn row(grid: String, (_, who, domain, mode, from, length): &RowSeed, base: bool) -> AssignmentRow {
    let mut row = AssignmentRow::new(grid).person(format!("p{who}"));
    row.domain = domain.map(|fire| if fire { "fire" } else { "flood" }.to_owned());
    row.mode = mode.filter(|_| base).map(|war| MODES[usize::from(war)].to_owned());
    row.from = *from;
    row.until = length.map(|length| from.unwrap_or(0) + length);
    row
}

/// A tree, rows over it, and layers that can be entered one after the other.
fn any_layers() -> impl Strategy<Value = (GridTree, Vec<AssignmentRow>, Vec<ModeLayer>)> {
    let times = (prop::option::weighted(0.4, 0..30_i64), prop::option::weighted(0.4, 1..30_i64));
    let layer = (any::<bool>(), any::<Index>(), times, prop::collection::vec(row_seed(), 0..6));
    (city::any_tree(), prop::collection::vec(row_seed(), 0..12), prop::collection::vec(layer, 0..6)).prop_map(
        |(tree, base, seeds)| {
            let code = |grid: GridIndex| tree.code(grid).to_string();
            let pick = |index: &Index, among: &[GridIndex]| code(*index.get(among));
            let all: Vec<GridIndex> = tree.indices().collect();
            let rows = base.iter().map(|seed| row(pick(&seed.0, &all), seed, true)).collect();
            let mut layers = Vec::new();
            let mut taken = BTreeSet::new();
            for (war, scope, (from, length), rows) in seeds {
                let scope = *scope.get(&all);
                if !taken.insert((war, scope)) {
                    continue;
                }
                let within: Vec<GridIndex> = tree.subtree(scope).collect();
                let mut layer = ModeLayer::new(MODES[usize::from(war)], code(scope));
                layer.from = from;
                layer.until = length.map(|length| from.unwrap_or(0) + length);
                for seed in rows {
                    let row = row(pick(&seed.0, &within), &seed, false);
                    let own = gridcore::Interval::new(row.from, row.until).expect("it is sound");
                    let whole = gridcore::Interval::new(layer.from, layer.until).expect("it is sound");
                    if own.overlaps(whole) {
                        layer.rows.push(DerivedRow::new(row, "a pairing"));
                    }
                }
                layers.push(layer);
            }
            (tree, rows, layers)
        },
    )
}

proptest! {
    #[test]
    fn who_answers_is_whom_the_twin_finds(
        (tree, rows, layers) in any_layers(),
        at in -2..62_i64,
        asked in prop::option::of(any::<bool>()),
    ) {
        let base = Responsibility::resolve(&tree, rows.clone()).expect("the rows are sound");
        let duty = base.with_layers(layers.clone()).expect("the layers fit");
        let asked = asked.map(|war| MODES[usize::from(war)]);
        let ask = duty.ask(Some(at), asked.map(str::to_owned));
        let all = ask.accountable_all("fire").expect("they are there");
        for grid in tree.indices() {
            let code = tree.code(grid).to_string();
            if asked.is_none() {
                let mode = duty.at(at).mode_at(&code).expect("it is there").map(|mode| mode.to_string());
                prop_assert_eq!(mode, oracle::mode(&tree, &layers, grid, at));
            }
            let found = ask.accountable(&code, "fire").expect("it is there");
            let found = found.person().map(|person| person.as_str().to_owned());
            let wanted = oracle::accountable(&tree, &rows, &layers, (grid, "fire", at), asked);
            prop_assert_eq!(&found, &wanted);
            let in_bulk = all.person[grid.get()].as_ref().map(|person| person.as_str().to_owned());
            prop_assert_eq!(in_bulk, wanted);
        }
    }

    #[test]
    fn entering_and_leaving_in_any_order_is_nothing_at_all(
        (tree, rows, layers) in any_layers(),
        order in any::<[Index; 6]>(),
    ) {
        let base = Responsibility::resolve(&tree, rows).expect("the rows are sound");
        let mut duty = base.clone();
        for layer in &layers {
            let entered = duty.enter(layer.clone()).expect("it fits");
            // There and back at once.
            let back = entered.leave(&layer.mode, &layer.scope).expect("it is on");
            prop_assert_eq!(back.to_json(), duty.to_json());
            duty = entered;
        }
        prop_assert_eq!(duty.to_tables(), base.to_tables()); // the base was never touched
        let loaded = Responsibility::from_json(&tree, &duty.to_json()).expect("it was saved");
        prop_assert_eq!(loaded.to_json(), duty.to_json());
        prop_assert_eq!(&loaded, &duty);
        let mut on: Vec<ModeLayer> = layers;
        for pick in order {
            if on.is_empty() {
                break;
            }
            let layer = on.remove(pick.index(on.len()));
            duty = duty.leave(&layer.mode, &layer.scope).expect("it is on");
            prop_assert_eq!(&duty.with_layers(on.clone()).expect("they fit"), &duty);
        }
        prop_assert_eq!(duty.to_json(), base.to_json());
        prop_assert_eq!(duty, base);
    }

    #[test]
    fn every_active_row_is_of_the_base_or_names_its_layer((tree, rows, layers) in any_layers()) {
        let base = Responsibility::resolve(&tree, rows).expect("the rows are sound");
        let duty = base.with_layers(layers.clone()).expect("the layers fit");
        let active = duty.active_tables().assignments;
        let of_base = base.to_tables().assignments;
        prop_assert_eq!(&active[..of_base.len()], &of_base[..]);
        for (number, row) in active.iter().enumerate() {
            let source = duty.source_of(number);
            prop_assert_eq!(source.is_some(), number >= of_base.len());
            let Some(source) = source else { continue };
            let layer = layers.iter().find(|layer| layer.mode == source.mode && layer.scope == source.scope);
            let layer = layer.expect("it is on");
            prop_assert_eq!(row.mode.as_ref(), Some(&layer.mode));
            prop_assert_eq!(&row.grid, &layer.rows[source.row].assignment.grid);
            prop_assert_eq!(source.source.as_deref(), Some("a pairing"));
        }
        prop_assert_eq!(duty.source_of(active.len()), None);
    }
}
