//! Questions and audits are answered as a clerk answers them, who goes through the rows second by second.

#[path = "oracle/any_duty.rs"]
mod any_duty;
#[path = "oracle/duty.rs"]
mod oracle;

use any_duty::{any_small_tree, any_tables};
use gridcore::responsibility::{
    AuditOptions, AuditRow, CoverAbove, DutyTables, Responsibility, Severity, Unanswered,
};
use gridcore::tree::SpanProfile;
use gridcore::{GridTree, Interval};
use oracle::{Clerk, EARLY, Finding, LATE};
use proptest::prelude::*;

fn resolve(tree: &GridTree, tables: &DutyTables) -> Responsibility {
    Responsibility::from_tables(tree, tables).expect("the rows were made to be read")
}

/// A row of an audit as the clerk writes it: once for each domain and mode that it is about.
fn expand(row: &AuditRow, domains: &[String], modes: &[String]) -> Vec<Finding> {
    let severity = match row.severity {
        Severity::Violation => "violation",
        Severity::Warning => "warning",
        Severity::Noted => "noted",
    };
    let above = row.above.map(|above| match above {
        CoverAbove::Throughout => "throughout",
        CoverAbove::Partly => "partly",
        CoverAbove::Never => "never",
    });
    let finding = Finding {
        kind: row.kind.id(),
        severity,
        grid: row.grid.as_ref().map(ToString::to_string),
        domain: row.domain.to_string(),
        mode: row.mode.as_ref().map(ToString::to_string),
        from: row.from.unwrap_or(EARLY),
        until: row.until.unwrap_or(LATE),
        above,
        persons: row.persons.iter().map(|person| person.as_str().to_owned()).collect(),
        table: row.table.id(),
        rows: row.rows.clone(),
        amount: row.amount.map(|amount| (amount * 4.0) as i64),
    };
    if above.is_none() {
        return vec![finding];
    }
    let every = |named: &[String]| if named.is_empty() { vec!["*".to_owned()] } else { named.to_vec() };
    let in_domains = if finding.domain == "*" { every(domains) } else { vec![finding.domain.clone()] };
    let in_modes: Vec<Option<String>> = if finding.mode.as_deref() == Some("*") {
        std::iter::once(None).chain(modes.iter().cloned().map(Some)).collect()
    } else {
        vec![finding.mode.clone()]
    };
    let pairs = in_domains.iter().flat_map(|domain| in_modes.iter().map(move |mode| (domain, mode)));
    pairs
        .map(|(domain, mode)| Finding { domain: domain.clone(), mode: mode.clone(), ..finding.clone() })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn who_is_accountable(tree in any_small_tree(), tables in any_tables(), at in -1..10_i64) {
        let duty = resolve(&tree, &tables);
        let clerk = Clerk { tree: &tree, tables: &tables };
        for domain in ["d0", "d1", "other"] {
            for mode in [None, Some("m0"), Some("m7")] {
                let ask = duty.ask(Some(at), mode.map(str::to_owned));
                let all = ask.accountable_all(domain).expect("a time is given");
                for (place, grid) in tree.indices().enumerate() {
                    let code = tree.code(grid).to_string();
                    let verdict = ask.accountable(&code, domain).expect("a sound question");
                    let expected = clerk.answers(grid, domain, mode, at);
                    prop_assert_eq!(all.row[place], verdict.answer().map(|answer| answer.row));
                    let Some(expected) = expected else {
                        let gap = verdict.gap().expect("the clerk finds nobody");
                        prop_assert_eq!(gap.looked.len(), tree.depth(grid) + 1);
                        for step in &gap.looked {
                            let here = tables.assignments.iter().filter(|row| step.grid == row.grid.as_str());
                            let named = here.filter(|row| oracle::role(row) == "accountable").count();
                            prop_assert_eq!(step.why == Unanswered::NobodyNamed, named == 0);
                            prop_assert_eq!(step.rows.is_empty(), named == 0);
                        }
                        continue;
                    };
                    let answer = verdict.answer().expect("the clerk finds somebody");
                    prop_assert!(expected.rows.contains(&answer.row));
                    let row = &tables.assignments[answer.row];
                    prop_assert_eq!(&answer.from_grid, &tree.code(expected.grid));
                    prop_assert_eq!(answer.inherited, expected.grid != grid);
                    prop_assert_eq!(answer.rule.id(), oracle::rule_name(row));
                    let speaks = expected.deputy.clone().or_else(|| clerk.person_of(row));
                    prop_assert_eq!(answer.person.as_ref().map(|person| person.as_str().to_owned()), speaks);
                    let absent = expected.deputy.and(row.person.clone());
                    prop_assert_eq!(answer.deputy_for.as_ref().map(|person| person.as_str().to_owned()), absent);
                    prop_assert_eq!(&all.person[place], &answer.person);
                    prop_assert_eq!(all.rule[place], Some(answer.rule));
                    prop_assert_eq!(&all.from_grid[place], &Some(answer.from_grid.clone()));
                }
            }
        }
    }

    #[test]
    fn what_an_audit_finds(
        tree in any_small_tree(),
        tables in any_tables(),
        window in (prop::option::of(-1..6_i64), 1..5_i64, any::<bool>()),
        every_level in any::<bool>(),
    ) {
        let (from, long, open) = window;
        let until = if open { None } else { Some(from.unwrap_or(3) + long) };
        let options = AuditOptions {
            window: Some(Interval::new(from, until).expect("it is long enough")),
            span: Some(SpanProfile::new(2, None, 3).expect("in order")),
            every_level,
            ..AuditOptions::default()
        };
        let clerk = Clerk { tree: &tree, tables: &tables };
        let audit = resolve(&tree, &tables).audit(&options).expect("a window is given");
        let (domains, modes) = (clerk.domains(), clerk.modes());
        let mut found: Vec<Finding> = audit.rows.iter().flat_map(|row| expand(row, &domains, &modes)).collect();
        found.sort();
        let expected = clerk.audit((from.unwrap_or(EARLY), until.unwrap_or(LATE)), &options);
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn neither_depends_on_the_order_of_rows(tree in any_small_tree(), tables in any_tables(), turn in 0..20_usize) {
        let mut turned = tables.clone();
        let by = turn % turned.assignments.len().max(1);
        turned.assignments.rotate_left(by);
        turned.assignments.reverse();
        turned.absences.reverse();
        turned.deputies.reverse();
        turned.holdings.reverse();
        turned.rules.reverse();
        turned.teams.reverse();
        turned.people.reverse();
        let (duty, other) = (resolve(&tree, &tables), resolve(&tree, &turned));
        prop_assert_eq!(&duty, &other);
        #[cfg(feature = "serde")]
        {
            prop_assert_eq!(duty.to_json(), other.to_json());
            let loaded = Responsibility::from_json(&tree, &duty.to_json()).expect("it was saved");
            prop_assert_eq!(&loaded, &duty);
            prop_assert_eq!(loaded.to_json(), duty.to_json());
        }
        let options = AuditOptions::new().window(Interval::ALWAYS);
        let shown = |duty: &Responsibility| -> Vec<_> {
            let audit = duty.audit(&options).expect("a window is given");
            audit.rows.iter().map(|row| (row.kind, row.reason.clone(), row.from, row.until)).collect()
        };
        let mut both = [shown(&duty), shown(&other)];
        for rows in &mut both {
            rows.sort();
        }
        prop_assert_eq!(&both[0], &both[1]);
    }
}

/// The laws above would say nothing of a kind that never occurs.
#[test]
fn the_random_duties_have_every_kind_of_finding() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut seen = std::collections::BTreeMap::new();
    for _ in 0..200 {
        let tree = any_small_tree().new_tree(&mut runner).expect("a tree").current();
        let tables = any_tables().new_tree(&mut runner).expect("tables").current();
        let options = AuditOptions {
            window: Some(Interval::new(Some(2), None).expect("it is open")),
            span: Some(SpanProfile::new(2, None, 3).expect("in order")),
            ..AuditOptions::default()
        };
        for count in resolve(&tree, &tables).audit(&options).expect("a window is given").counts() {
            *seen.entry(count.kind.id()).or_insert(0) += count.count;
        }
    }
    assert!(seen.len() == 16 && seen.values().all(|&count| count > 5), "{seen:?}");
}
