//! Laws of shift rosters: checkpoints staffed, rests kept across midnight, calendars, and counts of why it can't be.
use std::collections::BTreeMap;

use gridcore::control::Control;
use gridcore::deployment::{
    CheckpointRow, ShiftPersonRow, ShiftRoster, ShiftRow, ShiftRules, ShiftTables, ShiftsError, WishRow,
};
use gridcore::{GridRow, GridTree, Lang, Problem};

const HOUR: i64 = 3600;
/// 3 April 2022.
const APRIL_3: i64 = 19_085;

fn tree() -> GridTree {
    GridTree::from_rows([
        GridRow::new("1", "city"),
        GridRow::new("11", "north").under("1"),
        GridRow::new("12", "south").under("1"),
    ])
    .expect("it is sound")
}

fn two_shifts() -> Vec<ShiftRow> {
    vec![ShiftRow::new("day", 8 * HOUR, 20 * HOUR), ShiftRow::new("night", 20 * HOUR, 32 * HOUR)]
}

fn people(count: usize) -> Vec<ShiftPersonRow> {
    (0..count).map(|number| ShiftPersonRow::new(format!("p-{number:03}"))).collect()
}

fn plan(tables: &ShiftTables, rules: &ShiftRules) -> Result<ShiftRoster, ShiftsError> {
    ShiftRoster::plan(&tree(), tables, rules, &mut Control::free())
}

/// Every duty against every rule, by the rows alone.
fn check(roster: &ShiftRoster, tables: &ShiftTables, rules: &ShiftRules) {
    assert_eq!(roster.verify(), Ok(()));
    let mut staffed: BTreeMap<(i64, &str, &str), u32> = BTreeMap::new();
    let mut by_person: BTreeMap<&str, Vec<(i64, i64, i64)>> = BTreeMap::new();
    for duty in roster.duties() {
        *staffed.entry((duty.day, &duty.shift, &duty.checkpoint)).or_default() += 1;
        by_person.entry(duty.person.as_str()).or_default().push((duty.from, duty.until, duty.day));
        let shift =
            tables.shifts.iter().find(|row| row.shift == duty.shift).expect("it is one of the shifts");
        assert_eq!(duty.from, duty.day * 86_400 + shift.from - rules.utc_offset);
        assert_eq!(duty.until - duty.from, shift.until - shift.from);
        let person = tables
            .people
            .iter()
            .find(|row| row.person == duty.person.as_str())
            .expect("it is one of the people");
        assert!(!person.absent.contains(&duty.day));
        assert!(person.days.is_empty() || person.days.contains(&duty.day));
        assert!(person.shifts.is_empty() || person.shifts.contains(&duty.shift));
    }
    for checkpoint in &tables.checkpoints {
        for &day in &rules.days {
            for shift in &tables.shifts {
                let wanted: u32 = tables
                    .checkpoints
                    .iter()
                    .filter(|row| row.checkpoint == checkpoint.checkpoint)
                    .filter(|row| row.shifts.is_empty() || row.shifts.contains(&shift.shift))
                    .filter(|row| row.days.is_empty() || row.days.contains(&day))
                    .map(|row| row.staff)
                    .sum();
                let got = staffed.get(&(day, shift.shift.as_str(), checkpoint.checkpoint.as_str()));
                assert_eq!(got.copied().unwrap_or(0), wanted);
            }
        }
    }
    for (person, mut duties) in by_person {
        duties.sort_unstable();
        let row = tables.people.iter().find(|row| row.person == person).expect("it is one of the people");
        let most = row.most_shifts.into_iter().chain(rules.most_shifts).min();
        assert!(most.is_none_or(|most| duties.len() <= most as usize));
        for pair in duties.windows(2) {
            assert!(pair[1].0 - pair[0].1 >= rules.rest, "rest of {} s", pair[1].0 - pair[0].1);
            assert!(!rules.one_a_day || pair[0].2 != pair[1].2);
        }
    }
}

fn posts(count: usize, staff: u32) -> Vec<CheckpointRow> {
    (0..count).map(|number| CheckpointRow::new(format!("c-{number:02}"), staff)).collect()
}

#[test]
fn twenty_five_posts_in_two_shifts_from_a_team_of_fifty() {
    // One person a post and shift, three days, 12 hours of rest: 50 duties a day for 50 people, with no slack at all.
    let rules =
        ShiftRules { rest: 12 * HOUR, utc_offset: 8 * HOUR, load_weight: 10, ..ShiftRules::days(APRIL_3, 3) };
    let mut tables =
        ShiftTables { shifts: two_shifts(), checkpoints: posts(25, 1), people: people(50), wishes: vec![] };
    let roster = plan(&tables, &rules).expect("fifty are enough");
    check(&roster, &tables, &rules);
    let report = roster.report();
    assert_eq!((report.cost, report.busiest, report.optimal, report.duties), (30, 3, true, 150));

    // One less, and a day is short: 50 duties on it, 49 people.
    tables.people.pop();
    let Err(ShiftsError::Impossible(shortage)) = plan(&tables, &rules) else { panic!("49 are too few") };
    assert!(shortage.need > shortage.available);
    let needed: u32 = shortage.rows.iter().map(|row| row.need).sum();
    assert_eq!(i128::from(needed), shortage.need);
    assert_eq!((shortage.need, shortage.available), (50, 49));
    assert!(shortage.rows.iter().all(|row| row.day == shortage.rows[0].day));
}

#[test]
fn a_shortage_names_the_day_the_shift_and_the_posts() {
    let rules = ShiftRules::days(APRIL_3, 3);
    let mut checkpoints = posts(4, 1);
    checkpoints[1] = checkpoints[1].clone().skill("police");
    checkpoints[2] = CheckpointRow::new("c-02", 2).skill("police").grid("11");
    let mut staff = people(12);
    for person in &mut staff[..4] {
        person.skills.push("police".to_owned());
    }
    // Of four with the skill, one can't do nights and one is away on the second day: then two stand against three.
    staff[0].shifts.push("day".to_owned());
    staff[1].absent.push(APRIL_3 + 1);
    let tables =
        ShiftTables { shifts: two_shifts()[1..].to_vec(), checkpoints, people: staff, wishes: vec![] };
    let mut tables = tables;
    tables.people[0].shifts.clear();
    tables.people[0].absent.push(APRIL_3 + 1);
    let error = plan(&tables, &rules).expect_err("it is impossible");
    let ShiftsError::Impossible(shortage) = &error else { panic!("{error}") };
    assert_eq!((shortage.need, shortage.available), (3, 2));
    let names: Vec<_> =
        shortage.rows.iter().map(|row| (row.day, row.shift.as_str(), row.checkpoint.as_str())).collect();
    assert_eq!(names, [(APRIL_3 + 1, "night", "c-01"), (APRIL_3 + 1, "night", "c-02")]);
    assert!(error.text(Lang::En).contains("need 3, but only 2"), "{error}");
}

#[test]
fn nights_are_followed_by_rest_across_midnight() {
    // One post, a night and a morning: 9 hours of rest keep a night's person from the next morning but not from the next night.
    let shifts =
        vec![ShiftRow::new("morning", 6 * HOUR, 14 * HOUR), ShiftRow::new("night", 22 * HOUR, 30 * HOUR)];
    let rules = ShiftRules { rest: 9 * HOUR, ..ShiftRules::days(APRIL_3, 4) };
    let tables = ShiftTables { shifts, checkpoints: posts(1, 1), people: people(2), wishes: vec![] };
    let roster = plan(&tables, &rules).expect("one for the mornings, one for the nights");
    check(&roster, &tables, &rules);
    // Without the rule on days alone the first could do both shifts of a day, with 8 hours between: too few.
    let alone = ShiftTables { people: people(1), ..tables.clone() };
    let free = ShiftRules { one_a_day: false, ..rules.clone() };
    assert!(matches!(plan(&alone, &free), Err(ShiftsError::Impossible(_) | ShiftsError::Exhausted)));
    let tired = ShiftRules { rest: 0, ..free };
    check(&plan(&alone, &tired).expect("no rest at all"), &alone, &tired);
}

#[test]
fn calendars_gaps_and_wishes_count() {
    let mut rules = ShiftRules::days(APRIL_3, 3);
    rules.days = vec![APRIL_3 + 5, APRIL_3, APRIL_3 + 1]; // any order, with a gap
    rules.most_shifts = Some(2);
    rules.load_weight = 0;
    let mut tables = ShiftTables {
        shifts: two_shifts(),
        checkpoints: vec![
            CheckpointRow::new("gate", 1).grid("11").shift("day"),
            CheckpointRow::new("gate", 1).grid("11").skill("police").shift("night").day(APRIL_3 + 5),
            CheckpointRow::new("road", 1).grid("12").day(APRIL_3 + 1),
        ],
        people: people(4),
        wishes: vec![WishRow::new("p-000", 7), WishRow::new("p-001", -2).checkpoint("road").shift("day")],
    };
    tables.people[2] = ShiftPersonRow::new("p-002").skill("police").absent(APRIL_3);
    tables.people[3] = ShiftPersonRow::new("p-003").day(APRIL_3).day(APRIL_3 + 1).most_shifts(1);
    let roster = plan(&tables, &rules).expect("four are enough");
    check(&roster, &tables, &rules);
    // Six duties: three days of the gate, a police night, a day and a night on the road. Two shifts each at most, the last one
    // once: one of them falls to the dear first.
    assert_eq!(roster.duties().len(), 6);
    assert_eq!((roster.report().cost, roster.report().bound), (5, 5)); // 7 - 2
    assert_eq!(roster.loads().iter().map(|load| load.shifts).sum::<u32>(), 6);
    let rows: Vec<_> = roster.duties().iter().map(|duty| duty.from).collect();
    assert!(rows.is_sorted());
}

#[test]
fn home_draws_people_to_near_checkpoints() {
    let rules = ShiftRules { distance_weight: 3, ..ShiftRules::days(APRIL_3, 1) };
    let mut staff = people(2);
    (staff[0].home, staff[1].home) = (Some("12".to_owned()), Some("11".to_owned()));
    let tables = ShiftTables {
        shifts: vec![two_shifts().remove(0)],
        checkpoints: vec![CheckpointRow::new("a", 1).grid("11"), CheckpointRow::new("b", 1).grid("12")],
        people: staff,
        wishes: vec![],
    };
    let roster = plan(&tables, &rules).expect("two are enough");
    let who: Vec<_> =
        roster.duties().iter().map(|duty| (duty.checkpoint.as_str(), duty.person.as_str())).collect();
    assert_eq!(who, [("a", "p-001"), ("b", "p-000")]);
    assert_eq!(roster.report().cost, 0);
}

#[test]
fn the_order_of_rows_says_nothing_and_a_roster_is_saved_whole() {
    let rules = ShiftRules { rest: 11 * HOUR, load_weight: 100, ..ShiftRules::days(APRIL_3, 5) };
    let mut tables =
        ShiftTables { shifts: two_shifts(), checkpoints: posts(3, 2), people: people(16), wishes: vec![] };
    for (number, cost) in (0..16).zip([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3]) {
        tables.wishes.push(WishRow::new(format!("p-{number:03}"), cost).shift("night"));
    }
    let roster = plan(&tables, &rules).expect("sixteen are enough");
    check(&roster, &tables, &rules);
    assert!(roster.report().optimal, "{:?}", roster.report());
    let mut turned = tables.clone();
    turned.people.reverse();
    turned.wishes.reverse();
    assert_eq!(plan(&turned, &rules).expect("the same").duties(), roster.duties());

    let text = roster.to_json();
    let loaded = ShiftRoster::from_json(&tree(), &text).expect("it was saved");
    assert_eq!(
        (loaded.duties(), loaded.report(), loaded.to_json()),
        (roster.duties(), roster.report(), text.clone())
    );
    assert_eq!(loaded.prices(), roster.prices());
    let forged = text.replacen("\"bound\":", "\"bound\":1", 1);
    assert_eq!(ShiftRoster::from_json(&tree(), &forged).expect_err("it does not hold").code(), "unproven");
    let other = text.replacen("gridcore.shift_roster", "gridcore.tree", 1);
    assert_eq!(
        ShiftRoster::from_json(&tree(), &other).expect_err("it is no roster").code(),
        "unknown_format"
    );
}

#[test]
fn every_fault_of_every_table_is_told_and_nobody_is_named() {
    let rules = ShiftRules { rest: -1, days: vec![1, 1], ..ShiftRules::default() };
    let tables = ShiftTables {
        shifts: vec![ShiftRow::new("a", -1, 10), ShiftRow::new("a", 5, 5)],
        checkpoints: vec![
            CheckpointRow::new("", 1).grid("99").skill(" x"),
            CheckpointRow::new("c", 1).shift("z").day(7),
            CheckpointRow::new("d", 1),
            CheckpointRow::new("d", 2),
        ],
        people: vec![
            ShiftPersonRow::new("李四 "),
            ShiftPersonRow::new("p").home("98").shift("z").checkpoint("z"),
            ShiftPersonRow::new("p"),
        ],
        wishes: vec![WishRow::new("王五", i64::MAX).shift("q").checkpoint("q")],
    };
    let error = plan(&tables, &rules).expect_err("much is wrong");
    let found: Vec<_> = error
        .faults()
        .iter()
        .map(|fault| (fault.row, fault.code.clone(), fault.column.clone().unwrap_or_default()))
        .collect();
    let expected = [
        (None, "duplicate_day", "rules.days"),
        (None, "out_of_range", "rules.rest"),
        (Some(0), "out_of_range", "shifts.from"),
        (Some(1), "duplicate", "shifts.shift"),
        (Some(1), "out_of_range", "shifts.until"),
        (Some(0), "malformed", "checkpoints.checkpoint"),
        (Some(0), "malformed", "checkpoints.skills"),
        (Some(0), "unknown_grid", "checkpoints.grid"),
        (Some(1), "unknown_day", "checkpoints.days"),
        (Some(1), "unknown_name", "checkpoints.shifts"),
        (Some(3), "duplicate", "checkpoints.checkpoint"),
        (Some(0), "malformed", "people.person"),
        (Some(1), "unknown_grid", "people.home"),
        (Some(1), "unknown_name", "people.shifts"),
        (Some(1), "unknown_name", "people.checkpoints"),
        (Some(2), "duplicate", "people.person"),
        (Some(0), "unknown_name", "wishes.person"),
        (Some(0), "unknown_name", "wishes.checkpoint"),
        (Some(0), "unknown_name", "wishes.shift"),
        (Some(0), "out_of_range", "wishes.cost"),
    ];
    let expected: Vec<_> =
        expected.iter().map(|&(row, code, column)| (row, code.to_owned(), column.to_owned())).collect();
    assert_eq!(found, expected);
    let text = error.text(Lang::En) + &error.text(Lang::Zh) + &format!("{error:?}{tables:?}");
    assert!(!text.contains("李四") && !text.contains("王五"), "{text}");
}

#[test]
fn numbers_at_their_limits_are_faults() {
    let tables = ShiftTables {
        shifts: two_shifts(),
        checkpoints: posts(1, u32::MAX),
        people: people(2),
        wishes: vec![WishRow::new("p-000", i64::MIN), WishRow::new("p-001", i64::MAX)],
    };
    for wild in [i64::MIN, i64::MAX] {
        let rules = ShiftRules {
            days: vec![wild],
            utc_offset: wild,
            rest: wild,
            load_weight: wild,
            distance_weight: wild,
            ..ShiftRules::default()
        };
        let faults = plan(&tables, &rules).expect_err("nothing of it can be read").faults();
        assert_eq!(faults.len(), 7);
        assert!(faults.iter().all(|fault| fault.code == "out_of_range"));
    }
    // So many people as no table could name: a shortage, and no table of that size.
    let sound = ShiftTables { wishes: Vec::new(), ..tables };
    assert!(plan(&sound, &ShiftRules::days(APRIL_3, 1)).is_err());
    // A year of days in a hundred shifts each.
    let hours = (0..100).map(|shift| ShiftRow::new(format!("s{shift}"), 60 * shift, 60 * shift + 60));
    let long = ShiftTables { shifts: hours.collect(), checkpoints: posts(1, 1), ..sound };
    assert_eq!(plan(&long, &ShiftRules::days(APRIL_3, 365)).expect_err("too large").code(), "too_large");
}
