//! Alerts: what changes from one level to another, and which level holds where and when.

#[path = "oracle/city.rs"]
mod city;

use std::collections::BTreeMap;

use gridcore::responsibility::{AlertChange, AlertItem, AlertRow, AlertScale, AlertTask, Alerts, Staffing};
use gridcore::{GridIndex, GridRow, GridTree, Lang, Problem};
use proptest::prelude::*;

/// 2022-04-04T10:00+08:00, when yellow became orange.
const TEN: i64 = 1_649_037_600;

/// A scale of forest fires; the numbers are invented.
fn forest_fire() -> AlertScale {
    let mut scale = AlertScale::three_levels("forest_fire");
    let patrol = |seconds| AlertTask::new("patrol", "巡山", "patrol the hill", 4).every(seconds);
    scale.levels[0].staffing = vec![Staffing::new(2, "head", 1), Staffing::new(4, "guard", 1)];
    scale.levels[0].tasks = vec![patrol(6 * 3600), AlertTask::new("notice", "张贴公告", "put up notices", 3)];
    scale.levels[1].staffing =
        vec![Staffing::new(2, "head", 1), Staffing::new(2, "fire_team", 8), Staffing::new(4, "guard", 2)];
    scale.levels[1].tasks = vec![patrol(2 * 3600)];
    scale
}

#[test]
fn from_yellow_to_orange_the_whole_city_needs_so_many_more() {
    let tree = city::city();
    let delta =
        forest_fire().delta(&tree, "C", Some("yellow"), Some("orange")).expect("both levels are there");
    let rows: Vec<_> = delta
        .iter()
        .map(|row| (row.level, row.name.as_str(), row.change, row.grids, row.before, row.after))
        .collect();
    assert_eq!(
        rows,
        [
            (2, "fire_team", AlertChange::Added, 287, None, Some(8)),
            (3, "notice", AlertChange::Removed, 3300, None, None),
            (4, "guard", AlertChange::Changed, 10_117, Some(1), Some(2)),
            (4, "patrol", AlertChange::Changed, 10_117, Some(21_600), Some(7200)),
        ]
    );
    let people: Vec<_> = delta.iter().map(|row| (row.total_before, row.total_after)).collect();
    assert_eq!(people, [(0, 2296), (0, 0), (10_117, 20_234), (0, 0)]);
    // In Torch alone: 18 and 1153.
    let torch = forest_fire().delta(&tree, "T01", Some("yellow"), Some("orange")).expect("the grid is there");
    assert_eq!(torch.iter().map(|row| row.grids).collect::<Vec<_>>(), [18, 99, 1153, 1153]);
    // There and back is nothing; from nothing all is added, and to nothing all is removed.
    assert_eq!(forest_fire().delta(&tree, "C", Some("orange"), Some("orange")), Ok(vec![]));
    let begun = forest_fire().delta(&tree, "C", None, Some("orange")).expect("it is there");
    assert!(begun.len() == 4 && begun.iter().all(|row| row.change == AlertChange::Added));
    let ended = forest_fire().delta(&tree, "C", Some("orange"), None).expect("it is there");
    assert!(ended.len() == 4 && ended.iter().all(|row| row.change == AlertChange::Removed));
}

#[test]
fn a_rule_for_a_kind_takes_the_place_of_the_rule_for_all_and_may_ask_for_nobody() {
    let tree = GridTree::from_rows([
        GridRow::new("1", "city"),
        GridRow::new("11", "hill").under("1").kind("forest"),
        GridRow::new("12", "mall").under("1").kind("compound"),
        GridRow::new("13", "shore").under("1"),
    ])
    .expect("the rows are sound");
    let mut scale = AlertScale::four_levels("typhoon");
    scale.levels[0].staffing = vec![
        Staffing::new(1, "guard", 1),
        Staffing::new(1, "guard", 5).kind("forest"),
        Staffing::new(1, "guard", 0).kind("compound"),
    ];
    let needs = scale.needs(&tree, "1", "blue").expect("the level is there");
    let found: Vec<_> = needs.iter().map(|need| (need.grid.to_string(), need.count)).collect();
    assert_eq!(found, [("11".to_owned(), Some(5)), ("13".to_owned(), Some(1))]);
}

#[test]
fn a_later_announcement_takes_the_place_of_an_earlier_one_which_does_not_come_back() {
    let tree = city::tree_of(&[0, 1]);
    let rows = [
        AlertRow::new("forest_fire", "yellow", "g0").from(TEN - 86_400),
        AlertRow::new("forest_fire", "orange", "g0").from(TEN).until(TEN + 100),
        AlertRow::new("forest_fire", "yellow", "g1").from(TEN + 50).until(TEN + 150),
        AlertRow::new("forest_fire", "red", "g2").from(TEN + 200),
    ];
    let alerts = Alerts::from_rows(&tree, &[forest_fire()], rows).expect("the rows are sound");
    let leaf = tree.find("g2").expect("it is there");
    let steps: Vec<_> = alerts
        .steps("forest_fire", leaf)
        .into_iter()
        .map(|step| (step.at - TEN, step.before.unwrap_or_default(), step.after.unwrap_or_default()))
        .collect();
    let step = |at, before: &str, after: &str| (at, before.to_owned(), after.to_owned());
    assert_eq!(
        steps,
        [
            step(-86_400, "", "yellow"),
            step(0, "yellow", "orange"),
            step(100, "orange", "yellow"), // that of the town alone
            step(150, "yellow", ""),
            step(200, "", "red"),
        ]
    );
    assert_eq!(alerts.level("typhoon", leaf, TEN), None);
}

#[test]
fn all_faults_stand_in_one_report() {
    let tree = city::tree_of(&[0]);
    let mut scale = forest_fire();
    scale.levels[1].id = "yellow".to_owned();
    scale.levels[0].staffing.push(Staffing::new(4, "guard", 7));
    scale.levels[2].tasks.push(AlertTask::new(" patrol", "巡", "patrol", 4).every(0));
    let rows = [
        AlertRow::new("forest_fire", "yellow", "g0").from(5).until(5),
        AlertRow::new("forest_fire", "purple", "g9"),
        AlertRow::new("typhoon", "red", "g1"),
        AlertRow::new("forest_fire", "red", "g0").from(5),
    ];
    let error = Alerts::from_rows(&tree, &[scale.clone(), scale], rows).expect_err("much is wrong");
    let found: Vec<_> =
        error.list().iter().map(|fault| (fault.column.as_str(), fault.row, fault.code())).collect();
    let of_scale = |place: usize| {
        [
            (format!("scales.{place}.levels.0.staffing"), Some(2), "duplicate_rule"),
            (format!("scales.{place}.levels"), Some(1), "duplicate_level"),
            (format!("scales.{place}.levels.2.tasks"), Some(0), "malformed_name"),
            (format!("scales.{place}.levels.2.tasks"), Some(0), "no_seconds"),
        ]
    };
    let (first, second) = (of_scale(0), of_scale(1));
    let view = |fault: &'_ (String, Option<usize>, &'static str)| (fault.0.clone(), fault.1, fault.2);
    let mut wanted: Vec<_> = first.iter().map(view).collect();
    wanted.push(("scales".to_owned(), Some(1), "duplicate_scale"));
    wanted.extend(second.iter().map(view));
    wanted.extend([
        ("until".to_owned(), Some(0), "empty_interval"),
        ("level".to_owned(), Some(1), "unknown_level"),
        ("grid".to_owned(), Some(1), "unknown_grid"),
        ("scale".to_owned(), Some(2), "unknown_scale"),
        ("from".to_owned(), Some(3), "duplicate_alert"),
    ]);
    let found: Vec<_> = found.into_iter().map(|(column, row, code)| (column.to_owned(), row, code)).collect();
    assert_eq!(found, wanted);
    assert!(error.faults().iter().all(|fault| !fault.text(Lang::Zh).is_empty() && !fault.remedy.is_empty()));
    let question = forest_fire().delta(&tree, "g7", Some("blue"), Some("red")).expect_err("two are unknown");
    let found: Vec<_> = question.list().iter().map(|fault| (fault.column.as_str(), fault.code())).collect();
    assert_eq!(found, [("grid", "unknown_grid"), ("from", "unknown_level")]);
}

/// A scale with up to twelve rules on each level, none of them twice.
fn any_scale() -> impl Strategy<Value = AlertScale> {
    let rule = (0..3_u8, 0..6_u8, any::<bool>(), 0..5_u32);
    prop::collection::vec(prop::collection::vec(rule, 0..12), 3).prop_map(|levels| {
        let mut scale = AlertScale::three_levels("any");
        for (level, rules) in scale.levels.iter_mut().zip(levels) {
            let rules: BTreeMap<_, u32> =
                rules.into_iter().map(|(name, depth, kind, count)| ((name, depth, kind), count)).collect();
            for ((name, depth, kind), count) in rules {
                if name < 2 {
                    let mut one = Staffing::new(depth, format!("role {name}"), count);
                    one.kind = kind.then(|| "even".to_owned());
                    level.staffing.push(one);
                } else {
                    let mut one = AlertTask::new("task", "任务", "task", depth);
                    one.every_seconds = Some(i64::from(count)).filter(|&seconds| seconds > 0);
                    one.kind = kind.then(|| "even".to_owned());
                    level.tasks.push(one);
                }
            }
        }
        scale
    })
}

/// Any tree, in which every second grid is of a kind.
fn any_kinds() -> impl Strategy<Value = GridTree> {
    city::any_tree().prop_map(|tree| {
        let rows = tree
            .to_rows()
            .enumerate()
            .map(|(number, row)| if number % 2 == 0 { row.kind("even") } else { row });
        GridTree::from_rows(rows).expect("the rows made a tree before")
    })
}

/// By level, kind, item and name: each grid with its measure.
type Needs = BTreeMap<(u8, Option<String>, AlertItem, String), Vec<(String, Option<i64>)>>;

proptest! {
    #[test]
    fn a_delta_is_the_difference_of_what_each_grid_needs(
        tree in any_kinds(),
        scale in any_scale(),
        pick in any::<prop::sample::Index>(),
        (from, to) in (0..3_usize, 0..3_usize),
    ) {
        let scope = tree.code(tree.at(pick.index(tree.len())).expect("it is there")).to_string();
        let (from, to) = (scale.levels[from].id.clone(), scale.levels[to].id.clone());
        // What each grid needs under each level, grid by grid.
        let needs = |level: &str| {
            let mut all: Needs = BTreeMap::new();
            for need in scale.needs(&tree, &scope, level).expect("the level is there") {
                let grid = tree.find(&need.grid.to_string()).expect("it is there");
                let key = (tree.level(grid), tree.kind(grid).map(str::to_owned), need.item, need.name);
                let measure = need.count.map(i64::from).or(need.every_seconds);
                all.entry(key).or_default().push((need.grid.to_string(), measure));
            }
            all
        };
        let (before, after) = (needs(&from), needs(&to));
        let delta = scale.delta(&tree, &scope, Some(&from), Some(&to)).expect("the levels are there");
        let mut keys: Vec<_> = before.keys().chain(after.keys()).cloned().collect();
        keys.sort();
        keys.dedup();
        keys.retain(|key| before.get(key) != after.get(key));
        let found: Vec<_> =
            delta.iter().map(|row| (row.level, row.kind.clone(), row.item, row.name.clone())).collect();
        prop_assert_eq!(&found, &keys);
        for (row, key) in delta.iter().zip(&keys) {
            let people = |needs: &Needs| -> u64 {
                let list = needs.get(key).into_iter().flatten();
                list.filter_map(|(_, measure)| measure.and_then(|one| u64::try_from(one).ok())).sum()
            };
            if row.item == AlertItem::Staffing {
                prop_assert_eq!((row.total_before, row.total_after), (people(&before), people(&after)));
            }
            let one = after.get(key).or(before.get(key)).expect("it is in one of them");
            prop_assert_eq!(row.grids, one.len() as u64);
        }
        // The way back is the same with the ends exchanged.
        let back = scale.delta(&tree, &scope, Some(&to), Some(&from)).expect("the levels are there");
        let ends: Vec<_> = delta.iter().map(|row| (row.after, row.before)).collect();
        prop_assert_eq!(back.iter().map(|row| (row.before, row.after)).collect::<Vec<_>>(), ends);
    }

    #[test]
    fn the_level_that_holds_is_that_of_a_list_read_from_the_end(
        tree in city::any_tree(),
        seeds in prop::collection::vec(
            (any::<prop::sample::Index>(), 0..3_usize, prop::option::of(0..40_i64), prop::option::of(1..40_i64)), 0..12),
        at in -5..90_i64,
    ) {
        let scale = AlertScale::three_levels("any");
        let mut rows: Vec<AlertRow> = Vec::new();
        for (pick, level, from, length) in seeds {
            let grid = tree.code(tree.at(pick.index(tree.len())).expect("it is there")).to_string();
            let mut row = AlertRow::new("any", scale.levels[level].id.as_str(), grid);
            row.from = from;
            row.until = length.map(|length| from.unwrap_or(0) + length);
            if !rows.iter().any(|other| (&other.grid, other.from) == (&row.grid, row.from)) {
                rows.push(row);
            }
        }
        let alerts = Alerts::from_rows(&tree, std::slice::from_ref(&scale), rows.clone()).expect("the rows are sound");
        for grid in tree.indices() {
            let mut highest: Option<usize> = None;
            for above in std::iter::once(grid).chain(tree.ancestors(grid)) {
                let code = tree.code(above).to_string();
                let mut here: Vec<_> = rows
                    .iter()
                    .filter(|row| row.grid == code && row.from.is_none_or(|from| from <= at))
                    .collect();
                here.sort_by_key(|row| row.from);
                let last = here.pop().filter(|row| row.until.is_none_or(|until| at < until));
                highest = highest.max(last.and_then(|row| scale.rank(&row.level)));
            }
            let wanted = highest.map(|rank| scale.levels[rank].id.clone());
            prop_assert_eq!(alerts.level("any", grid, at), wanted);
            // The last step up to then says the same.
            let step = alerts.steps("any", grid).into_iter().take_while(|step| step.at <= at).last();
            let always = |grid: GridIndex| alerts.level("any", grid, i64::MIN);
            prop_assert_eq!(step.map_or_else(|| always(grid), |step| step.after), alerts.level("any", grid, at));
        }
    }
}
