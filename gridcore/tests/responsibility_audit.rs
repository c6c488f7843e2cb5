//! The audit of the sample city, and one made example for each kind of finding.
#![cfg(feature = "samples")]

use std::collections::BTreeSet;

use gridcore::responsibility::{
    AssignmentRow, Audit, AuditKind, AuditOptions, CoverAbove, DutyTables, PostRule, Responsibility, Severity,
};
use gridcore::{GridTree, Lang, Mode};

const DOMAINS: [&str; 4] = ["epidemic_control", "forest_fire", "work_safety", "policy_outreach"];

/// A head for every grid below the city, as the report counts them; each holds the post that its rule wants.
fn heads(tree: &GridTree) -> Vec<AssignmentRow> {
    let rules = PostRule::four_level();
    let grids = tree.indices().skip(1).map(|grid| {
        let mut of_level = rules.iter().filter(|rule| rule.level == tree.level(grid));
        let rule = of_level.rfind(|rule| rule.kind.is_none() || rule.kind.as_deref() == tree.kind(grid));
        let row = AssignmentRow::new(tree.code(grid).to_string()).person(format!("p-{}", grid.get()));
        match rule.and_then(|rule| rule.post.clone()) {
            Some(post) => row.post(post),
            None => row,
        }
    });
    grids.collect()
}

fn city_with(assignments: Vec<AssignmentRow>) -> Responsibility {
    let city = gridcore::samples::zhongshan();
    let tables = DutyTables { assignments, rules: PostRule::four_level(), ..DutyTables::default() };
    Responsibility::from_tables(city.tree(), &tables).expect("sound rows")
}

fn codes(audit: &Audit) -> Vec<(&'static str, Option<String>)> {
    audit.rows.iter().map(|row| (row.kind.id(), row.grid.as_ref().map(ToString::to_string))).collect()
}

#[test]
fn a_city_with_every_head_is_clean() {
    let city = gridcore::samples::zhongshan();
    let rows = heads(city.tree());
    let counts = (1..=4).map(|level| {
        let of_level = |row: &&AssignmentRow| {
            city.tree().find(&row.grid).map(|grid| city.tree().level(grid)) == Some(level)
        };
        rows.iter().filter(of_level).count()
    });
    assert_eq!(counts.collect::<Vec<_>>(), [23, 287, 3300, 10_117]);
    let audit = city_with(rows).audit(&AuditOptions::new()).expect("nothing is bounded");
    assert_eq!(audit.rows, []);
    assert!(audit.is_clean());
}

#[test]
fn one_missing_leaf_is_one_violation_with_its_path() {
    let city = gridcore::samples::zhongshan();
    let tree = city.tree();
    let leaves: Vec<_> = tree.leaves(tree.root()).collect();
    for place in [0, 1234, 10_116] {
        let code = tree.code(leaves[place]).to_string();
        let mut rows = heads(tree);
        rows.retain(|row| row.grid != code);
        let audit = city_with(rows).audit(&AuditOptions::new()).expect("nothing is bounded");
        let [row] = &audit.rows[..] else { panic!("{:?}", codes(&audit)) };
        assert_eq!((row.kind, row.severity), (AuditKind::NoDirectHolder, Severity::Violation));
        assert_eq!((row.domain.as_str(), row.mode.as_ref().map(Mode::as_str)), ("*", Some("*")));
        assert_eq!(
            row.path,
            tree.path(leaves[place]).iter().map(|&grid| tree.code(grid)).collect::<Vec<_>>()
        );
        assert_eq!((row.path.len(), row.level), (5, Some(4)));
        assert_eq!(row.above, Some(CoverAbove::Throughout));
        assert_eq!(row.text(Lang::Zh), format!("{code} 未直接责任到人，由上级网格兜底"));
    }
}

#[test]
fn one_missing_leaf_of_a_bare_list_of_leaves_is_one_violation_too() {
    let city = gridcore::samples::zhongshan();
    let tree = city.tree();
    let leaves = tree.leaves(tree.root()).skip(1);
    let rows = leaves.map(|leaf| AssignmentRow::new(tree.code(leaf).to_string()).person("p-1")).collect();
    let tables = DutyTables {
        assignments: rows,
        rules: PostRule::four_level().into_iter().filter(|rule| rule.level == 4).collect(),
        ..DutyTables::default()
    };
    let duty = Responsibility::from_tables(tree, &tables).expect("sound rows");
    let audit = duty.audit(&AuditOptions::new()).expect("nothing is bounded");
    assert_eq!(
        codes(&audit),
        [("no_direct_holder", Some(tree.code(tree.leaves(tree.root()).next().unwrap()).to_string()))]
    );
    assert_eq!(audit.rows[0].above, Some(CoverAbove::Never));
    assert_eq!(audit.gaps().count(), 1);
}

#[test]
fn each_domain_of_each_leaf_is_looked_at() {
    let city = gridcore::samples::zhongshan();
    let tree = city.tree();
    let mut rows: Vec<AssignmentRow> = heads(tree);
    rows.retain(|row| tree.find(&row.grid).is_some_and(|grid| tree.level(grid) < 4));
    for leaf in tree.leaves(tree.root()) {
        let code = tree.code(leaf).to_string();
        rows.extend(
            DOMAINS
                .map(|domain| AssignmentRow::new(&*code).domain(domain).person(format!("p-{domain}-{code}"))),
        );
    }
    assert_eq!(rows.len(), 23 + 287 + 3300 + 4 * 10_117);
    let dropped = rows.swap_remove(23 + 287 + 3300 + 4 * 5000 + 2);
    let audit = city_with(rows).audit(&AuditOptions::new()).expect("nothing is bounded");
    let [row] = &audit.rows[..] else { panic!("{:?}", codes(&audit)) };
    assert_eq!((row.kind, row.domain.as_str()), (AuditKind::NoDirectHolder, "work_safety"));
    assert_eq!(row.grid.as_ref().map(ToString::to_string), Some(dropped.grid));
}

#[test]
fn nobody_at_all_is_one_finding_for_each_grid() {
    let audit = city_with(Vec::new()).audit(&AuditOptions::new()).expect("nothing is bounded");
    let kinds: Vec<_> = audit.counts().iter().map(|count| (count.kind.id(), count.count)).collect();
    assert_eq!(kinds, [("no_direct_holder", 10_117), ("head_missing", 23 + 287 + 3300)]);
    let grids: BTreeSet<_> = audit.rows.iter().map(|row| row.grid.clone()).collect();
    assert_eq!(grids.len(), 13_727);
}

#[test]
fn the_duties_of_the_sample_hold_together() {
    let city = gridcore::samples::zhongshan();
    let duty = city.duty();
    let audit = duty.audit(&AuditOptions::new()).expect("nothing is bounded");
    assert_eq!(codes(&audit), []);
    let count = duty.headcount().expect("nothing is bounded");
    let headed: Vec<_> = count.levels.iter().map(|level| (level.grids, level.headed)).collect();
    assert_eq!(headed, [(1, 0), (23, 23), (287, 287), (3300, 3300), (10_117, 10_117)]);
    assert_eq!(count.headed, 13_727);
    assert!(count.persons < count.posts && count.several > 0, "{count:?}");
    let ask = duty.at(0);
    let all = ask.accountable_all("work_safety").expect("a time is given");
    assert_eq!((all.len(), all.gaps().count()), (13_728, 1)); // the city itself has no head
    let leaf = city.tree().leaves(city.tree().root()).next().expect("there are leaves");
    let code = city.tree().code(leaf).to_string();
    let fire = ask.chain(&code, "forest_fire").expect("a known grid");
    assert_eq!(fire.last().map(|step| step.grid.to_string()).as_deref(), Some("442000"));
}
