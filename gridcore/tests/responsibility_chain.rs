//! Escalation paths: through the territory, or through the chain of a domain.

use gridcore::responsibility::{
    AbsenceRow, AssignmentRow, ChainRow, DeputyRow, DutyTables, Responsibility, Rule,
};
use gridcore::{GridRow, GridTree, PersonId};

/// City 1, town 11 with village 111 and leaf 1111, and a forest farm 12 beside the town.
fn tree() -> GridTree {
    let grids = [("1", ""), ("11", "1"), ("12", "1"), ("111", "11"), ("1111", "111")];
    let rows = grids.map(|(code, parent)| {
        let row = GridRow::new(code, format!("grid {code}"));
        if parent.is_empty() { row } else { row.under(parent) }
    });
    GridTree::from_rows(rows).expect("a tree")
}

fn tables() -> DutyTables {
    DutyTables {
        assignments: vec![
            AssignmentRow::new("1").person("mayor"),
            AssignmentRow::new("11").person("secretary"),
            AssignmentRow::new("12").person("forester").domain("forest_fire"),
            AssignmentRow::new("1111").person("ranger").domain("forest_fire"),
        ],
        chains: vec![
            ChainRow::new("forest_chiefs", "12").domain("forest_fire"),
            ChainRow::new("forest_chiefs", "111").parent("12"),
        ],
        ..DutyTables::default()
    }
}

#[test]
fn the_territory_is_the_chain_by_default() {
    let duty = Responsibility::from_tables(&tree(), &tables()).expect("sound rows");
    let path = duty.chain("1111", "work_safety").expect("a question");
    let shown: Vec<_> = path
        .iter()
        .map(|step| {
            (step.step, step.grid.to_string(), step.level, step.person.as_ref().map(PersonId::as_str))
        })
        .collect();
    assert_eq!(
        shown,
        [
            (0, "1111".into(), 3, None),
            (1, "111".into(), 2, None),
            (2, "11".into(), 1, Some("secretary")),
            (3, "1".into(), 0, Some("mayor")),
        ]
    );
    assert!(path.iter().all(|step| step.chain.is_none()));
}

#[test]
fn a_domain_with_a_chain_turns_off_where_the_chain_begins() {
    let duty = Responsibility::from_tables(&tree(), &tables()).expect("sound rows");
    let path = duty.chain("1111", "forest_fire").expect("a question");
    let shown: Vec<_> = path
        .iter()
        .map(|step| {
            (
                step.grid.to_string(),
                step.chain.as_deref(),
                step.person.as_ref().map(PersonId::as_str),
                step.rule,
                step.row,
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("1111".into(), None, Some("ranger"), Some(Rule::Direct), Some(3)),
            ("111".into(), None, None, None, None),
            ("12".into(), Some("forest_chiefs"), Some("forester"), Some(Rule::Direct), Some(2)),
        ]
    );
    // From outside of the chain the territory leads on.
    let path = duty.chain("11", "forest_fire").expect("a question");
    assert_eq!(path.iter().map(|step| step.grid.to_string()).collect::<Vec<_>>(), ["11", "1"]);
    assert!(duty.chain("2", "forest_fire").is_err());
}

#[test]
fn deputies_speak_on_the_path_as_well() {
    let mut tables = tables();
    tables.absences.push(AbsenceRow::new("secretary").from(0).until(10));
    tables.deputies.push(DeputyRow::new("vice", "secretary"));
    let duty = Responsibility::from_tables(&tree(), &tables).expect("sound rows");
    let path = duty.at(5).chain("111", "work_safety").expect("a question");
    assert_eq!(path[1].person.as_ref().map(PersonId::as_str), Some("vice"));
    assert_eq!(path[1].deputy_for.as_ref().map(PersonId::as_str), Some("secretary"));
    assert!(duty.chain("111", "work_safety").is_err()); // it needs a time
}
