//! Laws of teams: formed whenever there is a way, nearest to home, as many as there can be, and a shortage that anyone can count.
use std::collections::{BTreeMap, BTreeSet};

use gridcore::control::Control;
use gridcore::deployment::{
    PersonRow, RoleBand, TeamRow, TeamRule, TeamShortage, TeamTables, Teams, TeamsError,
};
use gridcore::{GridRow, GridTree, Lang, Problem};
use proptest::prelude::*;

fn tree() -> GridTree {
    GridTree::from_rows([
        GridRow::new("1", "city"),
        GridRow::new("11", "north").under("1"),
        GridRow::new("12", "south").under("1"),
        GridRow::new("111", "mill street").under("11"),
    ])
    .expect("it is sound")
}

const ROLES: [&str; 3] = ["community_worker", "medic", "police"];
const GRIDS: [&str; 4] = ["1", "11", "12", "111"];

fn form(tables: &TeamTables) -> Result<Teams, TeamsError> {
    Teams::form(&tree(), tables, &mut Control::free())
}

fn most(people: &[PersonRow], rule: &TeamRule) -> Teams {
    Teams::most(&tree(), people, rule, &mut Control::free()).expect("the rows are sound")
}

fn people(count: usize, skills: &[&str], prefix: &str) -> Vec<PersonRow> {
    let person = |number| {
        let person = PersonRow::new(format!("{prefix}-{number:03}"));
        skills.iter().fold(person, |person, skill| person.skill(*skill))
    };
    (0..count).map(person).collect()
}

/// The members against the rows alone.
fn check(teams: &Teams, tables: &TeamTables) {
    assert_eq!(teams.verify(), Ok(()));
    let mut seen = BTreeSet::new();
    let mut counts: BTreeMap<&str, BTreeMap<&str, u32>> = BTreeMap::new();
    for member in teams.members() {
        assert!(seen.insert(member.person.as_str()));
        let person =
            tables.people.iter().find(|row| row.person == member.person.as_str()).expect("it is one of them");
        assert!(person.skills.iter().any(|skill| skill == member.role.as_str()) && person.at_most != Some(0));
        *counts.entry(&member.team).or_default().entry(member.role.as_str()).or_default() += 1;
    }
    assert_eq!(counts.len(), tables.teams.len());
    for team in &tables.teams {
        let rule = tables.rules.iter().find(|rule| rule.rule == team.rule).expect("it is one of them");
        let here = &counts[team.team.as_str()];
        let size: u32 = here.values().sum();
        assert!(
            rule.size_at_least.is_none_or(|least| size >= least)
                && rule.size_at_most.is_none_or(|most| size <= most)
        );
        for band in &rule.roles {
            let count = here.get(band.role.as_str()).copied().unwrap_or(0);
            assert!(count >= band.at_least && band.at_most.is_none_or(|most| count <= most));
        }
    }
}

/// A shortage counted from the rows alone, for rules whose sizes are the sums of their roles.
fn counted(shortage: &TeamShortage, tables: &TeamTables) {
    let of = |role: &String| shortage.roles.iter().any(|one| one.as_str() == role);
    let people = tables
        .people
        .iter()
        .filter(|person| person.at_most != Some(0) && person.skills.iter().any(of))
        .count();
    assert_eq!(people as u64, shortage.people);
    assert!(shortage.needed > shortage.people);
}

#[test]
fn three_person_teams_from_people_with_several_roles() {
    // 4 who are medic and police, 6 community workers: two teams, since medic and police share only 4.
    let mut pool = people(4, &["medic", "police"], "a");
    pool.extend(people(6, &["community_worker"], "b"));
    let three = TeamRule::of_one_each("three", ["medic", "police", "community_worker"]);
    let teams = most(&pool, &three);
    let report = teams.report();
    assert_eq!((report.teams, report.members, report.spare), (2, 6, 4));
    assert_eq!(report.limits.len(), 1);
    let limit = &report.limits[0];
    let roles: Vec<_> = limit.roles.iter().map(ToString::to_string).collect();
    assert_eq!((roles, limit.people, limit.per_team), (vec!["medic".to_owned(), "police".to_owned()], 4, 2));

    let wanted = ["t1", "t2", "t3"].map(|team| TeamRow::new(team, "three")).to_vec();
    let tables = TeamTables { people: pool, rules: vec![three], teams: wanted, fill: false };
    let error = form(&tables).expect_err("a third is impossible");
    assert!(
        error.text(Lang::En).contains("the roles medic, police share only 4 people, 6 are needed"),
        "{error}"
    );
    let TeamsError::Impossible(shortages) = error else { panic!("it is impossible") };
    counted(&shortages[0], &tables);
}

#[test]
fn twenty_seven_teams_for_three_days() {
    let mut pool = people(30, &["medic"], "m");
    pool.extend(people(27, &["police"], "p"));
    pool.extend(people(40, &["community_worker", "medic"], "c"));
    let three = TeamRule::of_one_each("three", ROLES);
    let teams = most(&pool, &three);
    assert_eq!((teams.report().teams, teams.report().members), (27, 81));
    assert_eq!(teams.verify(), Ok(()));
}

#[test]
fn a_troop_of_forty_to_fifty_with_a_mix() {
    let troop = TeamRule::new("troop")
        .size(40, 50)
        .role(RoleBand::new("medic").at_least(2).at_most(5))
        .role(RoleBand::new("police").at_least(5).at_most(10))
        .role(RoleBand::new("cadre"));
    let mut pool = people(7, &["medic"], "m");
    pool.extend(people(14, &["police", "medic"], "p"));
    pool.extend(people(110, &["cadre"], "c"));
    let wanted = ["east", "west"].map(|team| TeamRow::new(team, "troop").grid("12")).to_vec();
    let mut tables =
        TeamTables { people: pool.clone(), rules: vec![troop.clone()], teams: wanted, fill: false };
    let teams = form(&tables).expect("there are enough");
    check(&teams, &tables);
    assert_eq!((teams.report().members, teams.report().spare), (80, 51));
    tables.fill = true;
    let full = form(&tables).expect("there are enough");
    check(&full, &tables);
    assert_eq!((full.report().members, full.report().spare), (100, 31));
    // 131 people make three troops of 40, but 14 police only two with five each.
    let limit = most(&pool, &troop).report();
    assert_eq!(limit.teams, 2);
    assert_eq!(
        (limit.limits[0].roles[0].as_str(), limit.limits[0].people, limit.limits[0].per_team),
        ("police", 14, 5)
    );
    // With 30 cadres the size is short: at most 21 others, 51 in all.
    tables.people.truncate(7 + 14 + 30);
    let Err(TeamsError::Impossible(short)) = form(&tables) else { panic!("51 are not 80") };
    // Cadres alone: two troops need 2 · (40 − 5 − 10) of them.
    assert_eq!((short[0].roles[0].as_str(), short[0].people, short[0].needed), ("cadre", 30, 50));
}

#[test]
fn the_nearest_join_and_who_may_take_no_place_does_not() {
    let mut pool = people(4, &["medic"], "m");
    for (person, home) in pool.iter_mut().zip(["12", "111", "11", "12"]) {
        person.home = Some(home.to_owned());
    }
    pool[0].at_most = Some(0);
    let alone = TeamRule::of_one_each("alone", ["medic"]);
    let wanted = vec![TeamRow::new("s", "alone").grid("12"), TeamRow::new("n", "alone").grid("11")];
    let tables = TeamTables { people: pool, rules: vec![alone], teams: wanted, fill: false };
    let teams = form(&tables).expect("there are enough");
    check(&teams, &tables);
    let who: Vec<_> =
        teams.members().iter().map(|member| (member.team.as_str(), member.person.as_str())).collect();
    assert_eq!(who, [("n", "m-002"), ("s", "m-003")]);
    assert_eq!(teams.report().distance, 0);
    let text = teams.to_json();
    let loaded = Teams::from_json(&tree(), &text).expect("it was saved");
    assert_eq!(
        (loaded.members(), loaded.report(), loaded.to_json()),
        (teams.members(), teams.report(), text.clone())
    );
    let other = text.replacen("gridcore.teams", "gridcore.tree", 1);
    assert_eq!(Teams::from_json(&tree(), &other).expect_err("no teams").code(), "unknown_format");
    let forged = text.replacen("\"cost\":0", "\"cost\":1", 1);
    assert_eq!(Teams::from_json(&tree(), &forged).expect_err("it does not hold").code(), "unproven");
}

#[test]
fn every_fault_is_told_and_nobody_is_named() {
    let tables = TeamTables {
        people: vec![PersonRow::new("李四 ").home("9"), PersonRow::new("p").skill(""), PersonRow::new("p")],
        rules: vec![
            TeamRule::new("").role(RoleBand::new("a").at_least(3).at_most(1)),
            TeamRule::new("none"),
            TeamRule::new("wide").size(9, 4).role(RoleBand::new("a")).role(RoleBand::new("a")),
            TeamRule::new("none").role(RoleBand::new("a").at_least(1)),
        ],
        teams: vec![TeamRow::new("t", "no such").grid("8"), TeamRow::new("t", "wide")],
        fill: false,
    };
    let error = form(&tables).expect_err("much is wrong");
    let found: Vec<_> =
        error.faults().iter().map(|fault| (fault.row, fault.code.clone(), fault.column.clone())).collect();
    let expected = [
        (0, "unknown_grid", "people.home"),
        (0, "malformed", "people.person"),
        (1, "malformed", "people.skills"),
        (2, "duplicate", "people.person"),
        (0, "malformed", "rules.rule"),
        (0, "empty_band", "rules.roles"),
        (0, "empty_band", "rules.size_at_most"),
        (1, "nobody_needed", "rules.roles"),
        (2, "duplicate", "rules.roles"),
        (2, "empty_band", "rules.size_at_most"),
        (3, "duplicate", "rules.rule"),
        (0, "unknown_grid", "teams.grid"),
        (0, "unknown_rule", "teams.rule"),
        (1, "duplicate", "teams.team"),
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|&(row, code, column)| (Some(row), code.to_owned(), Some(column.to_owned())))
        .collect();
    assert_eq!(found, expected);
    let text = error.text(Lang::En) + &error.text(Lang::Zh) + &format!("{error:?}{tables:?}");
    assert!(!text.contains("李四"), "{text}");
    let many = (0..17)
        .fold(TeamRule::new("many"), |rule, role| rule.role(RoleBand::new(format!("r{role}")).at_least(1)));
    let error = Teams::most(&tree(), &[], &many, &mut Control::free()).expect_err("too many roles");
    assert_eq!(error.faults()[0].code, "too_many_roles");
}

/// The least distance of all wanted teams by trying everything, if they can be formed.
fn nearest(tables: &TeamTables) -> Option<u64> {
    fn fits(tables: &TeamTables, counts: &[Vec<u32>]) -> bool {
        tables.teams.iter().zip(counts).all(|(team, counts)| {
            let rule = tables.rules.iter().find(|rule| rule.rule == team.rule).expect("it is one of them");
            let size: u32 = counts.iter().sum();
            let known = ROLES.iter().zip(counts).all(|(role, &count)| {
                match rule.roles.iter().find(|band| band.role == *role) {
                    Some(band) => count >= band.at_least && band.at_most.is_none_or(|most| count <= most),
                    None => count == 0,
                }
            });
            known
                && rule.size_at_least.is_none_or(|least| size >= least)
                && rule.size_at_most.is_none_or(|most| size <= most)
        })
    }
    fn go(
        tables: &TeamTables,
        tree: &GridTree,
        at: usize,
        counts: &mut Vec<Vec<u32>>,
        cost: u64,
        best: &mut Option<u64>,
    ) {
        let Some(person) = tables.people.get(at) else {
            if fits(tables, counts) {
                *best = Some(best.map_or(cost, |best| best.min(cost)));
            }
            return;
        };
        go(tables, tree, at + 1, counts, cost, best);
        let find = |code: &Option<String>| code.as_deref().and_then(|code| tree.find(code));
        for team in 0..tables.teams.len() {
            for role in
                (0..ROLES.len()).filter(|&role| person.skills.iter().any(|skill| skill == ROLES[role]))
            {
                let way = find(&person.home).zip(find(&tables.teams[team].grid));
                let steps = way.map_or(0, |(home, grid)| tree.distance(home, grid) as u64);
                counts[team][role] += 1;
                go(tables, tree, at + 1, counts, cost + steps, best);
                counts[team][role] -= 1;
            }
        }
    }
    let mut best = None;
    go(tables, &tree(), 0, &mut vec![vec![0; ROLES.len()]; tables.teams.len()], 0, &mut best);
    best
}

fn pool() -> impl Strategy<Value = Vec<PersonRow>> {
    let person = (proptest::collection::btree_set(0_usize..3, 0..3), proptest::option::of(0_usize..4));
    proptest::collection::vec(person, 0..7).prop_map(|list| {
        let row = |(number, (roles, home)): (usize, (BTreeSet<usize>, Option<usize>))| {
            let person = roles
                .into_iter()
                .fold(PersonRow::new(format!("p{number}")), |person, role| person.skill(ROLES[role]));
            PersonRow { home: home.map(|home| GRIDS[home].to_owned()), ..person }
        };
        list.into_iter().enumerate().map(row).collect()
    })
}

fn rule() -> impl Strategy<Value = TeamRule> {
    let band = (0_u32..3, proptest::option::of(0_u32..2));
    (proptest::collection::vec(proptest::option::weighted(0.8, band), 3), 0_u32..4, 0_u32..2).prop_filter_map(
        "a team needs somebody, and its bands are not empty",
        |(bands, size, room)| {
            let roles: Vec<RoleBand> = (0..3)
                .zip(bands)
                .filter_map(|(role, band)| {
                    let (at_least, more) = band?;
                    Some(RoleBand {
                        role: ROLES[role].to_owned(),
                        at_least,
                        at_most: more.map(|more| at_least + more),
                    })
                })
                .collect();
            let fewest: u32 = roles.iter().map(|band| band.at_least).sum();
            let most: u32 = roles.iter().map(|band| band.at_most.unwrap_or(99)).sum();
            let size = size.max(fewest);
            (size > 0 && size <= most)
                .then(|| TeamRule { roles, ..TeamRule::new("rule").size(size, size + room) })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn formed_whenever_there_is_a_way_and_nearest(
        people in pool(), rules in (rule(), rule()), grids in proptest::collection::vec(proptest::option::of(0_usize..4), 1..3),
    ) {
        let rules = vec![TeamRule { rule: "a".to_owned(), ..rules.0 }, TeamRule { rule: "b".to_owned(), ..rules.1 }];
        let teams = grids.iter().zip(["a", "b"]).map(|(grid, name)| TeamRow {
            grid: grid.map(|grid| GRIDS[grid].to_owned()), ..TeamRow::new(name, name)
        });
        let tables = TeamTables { people, rules, teams: teams.collect(), fill: false };
        match (form(&tables), nearest(&tables)) {
            (Ok(teams), Some(least)) => {
                check(&teams, &tables);
                prop_assert_eq!(teams.report().distance, least);
                let mut turned = tables.clone();
                turned.people.reverse();
                turned.rules.reverse();
                turned.teams.reverse();
                let again = form(&turned).expect("the same");
                prop_assert_eq!(teams.members(), again.members());
            }
            (Err(TeamsError::Impossible(short)), None) => {
                prop_assert!(!short.is_empty());
                for shortage in &short {
                    counted(shortage, &tables);
                }
            }
            (formed, least) => prop_assert!(false, "{:?} where {:?} is right", formed.map(|teams| teams.report()), least),
        }
    }

    #[test]
    fn as_many_as_there_can_be(people in pool(), rule in rule()) {
        let teams = most(&people, &rule);
        prop_assert_eq!(teams.verify(), Ok(()));
        let count = teams.report().teams;
        let tables = |count: usize| TeamTables {
            people: people.clone(),
            rules: vec![rule.clone()],
            teams: (0..count).map(|team| TeamRow::new(format!("{team}"), "rule")).collect(),
            fill: false,
        };
        prop_assert!(nearest(&tables(count)).is_some());
        // More than three teams make the search through everything long; the law then rests on the count of roles.
        if count < 3 {
            prop_assert_eq!(nearest(&tables(count + 1)), None);
        }
        prop_assert!(!teams.report().limits.is_empty());
    }
}

#[test]
fn too_many_roles_are_no_fault_of_the_teams() {
    use gridcore::control::Control;
    use gridcore::deployment::{PersonRow, TeamRow, TeamRule, TeamTables, Teams};
    let tree = GridTree::from_rows([GridRow::new("1", "city")]).expect("it is sound");
    let tables = TeamTables {
        people: vec![PersonRow::new("p")],
        rules: vec![TeamRule::of_one_each("all", (0..17).map(|role| format!("r{role}")))],
        teams: vec![TeamRow::new("t", "all")],
        fill: false,
    };
    let error = Teams::form(&tree, &tables, &mut Control::free()).expect_err("17 roles");
    let codes: Vec<String> = error.faults().into_iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["too_many_roles"]);
}
