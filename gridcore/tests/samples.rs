//! The register's editions and the sample city, held against counts that were published.
#![cfg(feature = "samples")]
#![expect(clippy::float_cmp, reason = "counts of people are whole numbers, exact in a float")]

use std::collections::{BTreeMap, BTreeSet};

use gridcore::samples::{self, StaffRole};
use gridcore::{GridIndex, GridTree, Problem as _};
use proptest::prelude::*;

#[test]
fn six_editions_of_the_register() {
    let counts: Vec<Vec<usize>> =
        samples::EDITIONS.iter().map(|&year| samples::register(year).unwrap().counts()).collect();
    assert_eq!(counts[2..], [[1, 24, 277], [1, 23, 279], [1, 23, 286], [1, 23, 287]]);
    assert_eq!(samples::register(2018).unwrap_err().code(), "unknown_edition");
}

/// What the register itself tells of its changes, counted here from the rows alone.
#[test]
fn recoded_villages_keep_their_names() {
    let names = |year| -> BTreeMap<String, String> {
        let rows = samples::register_csv(year).unwrap().lines().skip(1);
        rows.map(|line| line.split(',').collect::<Vec<_>>())
            .map(|cells| (cells[0].to_owned(), cells[3].to_owned()))
            .collect()
    };
    let (before, after) = (names(2020), names(2021));
    let gone = |code: &&String| !after.contains_key(*code);
    let towns: Vec<&String> = before.keys().filter(gone).filter(|code| code.len() == 9).collect();
    assert_eq!(towns, ["442000100", "442000102", "442000104", "442000113"]);
    assert_eq!(before.keys().filter(gone).filter(|code| code.len() == 12).count(), 63);
    assert_eq!(names(2017)["442000003"], "火炬开发区街道办事处");
    assert_eq!(names(2019)["442000003"], "中山港街道");
}

fn find(tree: &GridTree, code: &str) -> GridIndex {
    tree.find(code).expect("a grid of the sample")
}

#[test]
fn the_counts_of_the_report() {
    let city = samples::zhongshan();
    let tree = city.tree();
    assert_eq!(tree.counts(), [1, 23, 287, 3300, 10_117]);
    assert_eq!(tree.counts_under(find(tree, "442000003")), [0, 1, 18, 99, 1153]);
    assert_eq!(tree.counts_under(find(tree, "442000008")), [0, 1, 26, 307, 1307]);
    assert_eq!((tree.code(tree.root()).to_string(), tree.name(tree.root())), ("442000".into(), "中山市"));
    let fronts = city.fronts();
    assert_eq!(fronts.all().len(), 9);
    assert!(fronts.all().iter().all(|front| front.members().len() == 2));
}

#[test]
fn people_and_households_come_out_exactly() {
    let city = samples::zhongshan();
    let tree = city.tree();
    let under =
        |grid, weight| -> f64 { tree.leaves(grid).filter_map(|leaf| tree.weight(leaf, weight)).sum() };
    assert_eq!(under(tree.root(), "people"), 4_431_100.0);
    assert_eq!(under(tree.root(), "households"), 1_697_001.0);
    for (town, people) in [
        ("442000118", 774_539.0),
        ("442000107", 374_498.0),
        ("442000003", 288_982.0),
        ("442000001", 255_033.0),
        ("442000114", 228_946.0),
        ("442000007", 119_776.0),
        ("442000008", 114_049.0),
    ] {
        assert_eq!(under(find(tree, town), "people"), people, "{town}");
    }
    assert!(tree.leaves(tree.root()).all(|leaf| tree.weight(leaf, "households").is_some_and(|n| n >= 1.0)));
    assert!(
        tree.indices().filter(|&grid| !tree.is_leaf(grid)).all(|grid| tree.weight(grid, "people").is_none())
    );
}

/// The laws that hold for the city of any seed.
fn check(seed: u64) {
    let city = samples::zhongshan_with(seed);
    let tree = city.tree();
    let register = samples::register(2023).expect("an edition");
    assert_eq!(tree.counts(), [1, 23, 287, 3300, 10_117]);
    assert_eq!(tree.counts_under(find(tree, "442000003")), [0, 1, 18, 99, 1153]);
    assert_eq!(tree.counts_under(find(tree, "442000008")), [0, 1, 26, 307, 1307]);

    // The cover: every village whole, in one town, in order; no code of a grid is a village's.
    let mut people: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut grids: BTreeMap<String, u64> = BTreeMap::new();
    for row in city.cover() {
        let entry = people.entry(row.village.to_string()).or_insert((0, row.village_people));
        assert_eq!(entry.1, row.village_people);
        entry.0 += row.people;
        *grids.entry(row.grid.to_string()).or_default() += row.people;
        assert_eq!(row.grid.to_string()[..9], row.village.to_string()[..9]);
        assert!(row.share() > 0.0 && row.share() <= 1.0);
    }
    assert_eq!(people.len(), 287);
    assert!(people.values().all(|(covered, all)| covered == all));
    assert!(people.keys().all(|village| register.find(village).is_some()));
    assert_eq!(grids.len(), 287);
    for (grid, people) in &grids {
        assert!(register.find(grid).is_none());
        let leaves = tree.leaves(find(tree, grid)).filter_map(|leaf| tree.weight(leaf, "people"));
        assert_eq!(leaves.sum::<f64>(), *people as f64);
    }
    let others = city.cover().iter().filter(|row| !["003", "008"].contains(&&row.grid.to_string()[6..9]));
    assert_eq!(others.clone().count(), 263);
    assert_eq!(others.map(|row| row.grid.to_string()).collect::<BTreeSet<_>>().len(), 243);

    // Both kinds on level 3; more groups in villages, more compounds in communities.
    let share = |upper: &str| {
        let above = |&grid: &GridIndex| tree.parent(grid).and_then(|parent| tree.kind(parent)) == Some(upper);
        let here: Vec<GridIndex> =
            tree.indices().filter(|&grid| tree.level(grid) == 3).filter(above).collect();
        let groups = here.iter().filter(|&&grid| tree.kind(grid) == Some("group")).count();
        groups as f64 / here.len() as f64
    };
    assert!(share("village") > 0.7 && share("community") < 0.3);

    // The roster: whoever works, works in a leaf; every leaf has somebody; no token twice.
    let staff = city.staff();
    assert_eq!(staff.len(), 15_310);
    assert_eq!(staff.iter().map(|member| &member.person).collect::<BTreeSet<_>>().len(), staff.len());
    assert_eq!(staff.iter().filter(|member| member.role == StaffRole::Head).count(), 3300);
    let direct: BTreeSet<String> = staff
        .iter()
        .filter(|member| member.role != StaffRole::Volunteer)
        .map(|member| member.grid.to_string())
        .collect();
    assert_eq!(direct.len(), 10_117);
    assert!(direct.iter().all(|code| tree.is_leaf(find(tree, code))));
    let strength = city.strength();
    assert_eq!(strength.roster_size(), 15_310);
    assert_eq!(strength.total(find(tree, "442000008"), None), 1500);
    assert!(tree.leaves(tree.root()).all(|leaf| strength.own(leaf, None) > 0));
}

#[test]
fn the_default_city_keeps_the_laws() {
    check(samples::DEFAULT_SEED);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn every_seed_keeps_the_laws(seed in any::<u64>()) {
        check(seed);
    }
}

#[test]
fn the_same_seed_draws_the_same_city() {
    let (one, other) = (samples::zhongshan_with(5), samples::zhongshan_with(5));
    assert_eq!(one.tree(), other.tree());
    assert_eq!(one.staff(), other.staff());
    assert_eq!(one.cover(), other.cover());
}
