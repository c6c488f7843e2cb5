//! Saved duties: the same bytes for the same duties, and every way in which a text is none.
#![cfg(feature = "serde")]

use gridcore::responsibility::{
    AbsenceRow, AssignmentRow, AuditOptions, ChainRow, DeputyRow, DutyLoadError, DutyTables, HoldingRow,
    PersonRow, PostRule, Requires, Responsibility, TeamRow,
};
use gridcore::{GridRow, GridTree, Lang, Problem};

fn tree() -> GridTree {
    GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "north").under("1")]).expect("a tree")
}

fn full() -> DutyTables {
    DutyTables {
        assignments: vec![
            AssignmentRow::new("9").person("p-3").reason("no such grid"),
            AssignmentRow::new("11")
                .team("t-1")
                .domain("fire")
                .mode("war")
                .from(-5)
                .until(5)
                .front("f")
                .post("q"),
            AssignmentRow::new("1").person("p-2").role("supporting").share(0.1),
            AssignmentRow::new("1").person("p-1").role("accountable"),
        ],
        absences: vec![AbsenceRow::new("p-1").until(7)],
        deputies: vec![DeputyRow::new("p-2", "p-1").grid("9").domain("fire").order(2).from(1)],
        holdings: vec![HoldingRow::new("p-1", "q", "11").until(9)],
        rules: vec![
            PostRule::new(1).requires(Requires::Direct).domain("fire"),
            PostRule::new(0).kind("k").post("q", "岗", "post").strict(),
        ],
        teams: vec![TeamRow::new("t-1", "p-2"), TeamRow::new("t-1", "p-1").lead(true)],
        people: vec![PersonRow::new("p-2"), PersonRow::new("p-1").capacity(0.5)],
        chains: vec![ChainRow::new("c", "11").parent("1"), ChainRow::new("c", "1").domain("fire")],
    }
}

#[test]
fn the_bytes_are_these() {
    let duty = Responsibility::from_tables(&tree(), &full()).expect("sound rows");
    let text = duty.to_json();
    let expected = concat!(
        r#"{"format":"gridcore.responsibility","version":1,"assignments":["#,
        r#"{"grid":"1","person":"p-1"},"#,
        r#"{"grid":"11","team":"t-1","domain":"fire","mode":"war","from":-5,"until":5,"post":"q","front":"f"},"#,
        r#"{"grid":"1","person":"p-2","role":"supporting","share":0.1},"#,
        r#"{"grid":"9","person":"p-3","reason":"no such grid"}],"#,
        r#""absences":[{"person":"p-1","until":7}],"#,
        r#""deputies":[{"person":"p-2","deputy_of":"p-1","grid":"9","domain":"fire","order":2,"from":1}],"#,
        r#""holdings":[{"person":"p-1","post":"q","grid":"11","until":9}],"#,
        r#""rules":[{"level":0,"kind":"k","post":"q","title":{"zh":"岗","en":"post"},"strength":"strict","requires":"head"},"#,
        r#"{"level":1,"strength":"default","requires":"direct","domains":["fire"]}],"#,
        r#""teams":[{"team":"t-1","person":"p-1","lead":true},{"team":"t-1","person":"p-2"}],"#,
        r#""people":[{"person":"p-1","capacity":0.5},{"person":"p-2"}],"#,
        r#""chains":[{"chain":"c","grid":"1","domain":"fire"},{"chain":"c","grid":"11","parent":"1"}]}"#,
    );
    assert_eq!(text, expected);
    let loaded = Responsibility::from_json(&tree(), &text).expect("it was saved");
    assert_eq!(loaded, duty);
    assert_eq!(loaded.to_json(), text);
    let mut other = full();
    other.absences.clear();
    assert_ne!(Responsibility::from_tables(&tree(), &other).expect("sound rows"), duty);
}

#[test]
fn a_text_that_is_none_says_why_without_what_it_holds() {
    let load = |text: &str| Responsibility::from_json(&tree(), text).expect_err("no saved duties");
    let head = r#""format":"gridcore.responsibility","version":1"#;
    for (text, code) in [
        ("", "not_json"),
        ("[", "not_json"),
        ("{}", "unknown_format"),
        (r#"{"format":"gridcore.tree","version":1,"rows":[]}"#, "unknown_format"),
        (r#"{"format":"gridcore.responsibility","version":7}"#, "unknown_version"),
        (r#"{"format":"gridcore.responsibility"}"#, "bad_field"),
        (&format!(r#"{{{head},"assignment":[]}}"#), "bad_field"),
        (&format!(r#"{{{head},"assignments":[{{"grid":"1","person":13800000000}}]}}"#), "bad_field"),
        (&format!(r#"{{{head},"assignments":[{{"grid":"1","13800000000":"p"}}]}}"#), "bad_field"),
        (&format!(r#"{{{head},"assignments":[{{"grid":"1","from":"13800000000"}}]}}"#), "bad_field"),
        (&format!(r#"{{{head},"rules":[{{"level":13800000000}}]}}"#), "bad_field"),
        (&format!(r#"{{{head},"assignments":[{{"grid":"1"}}]}}"#), "duty_error"),
    ] {
        let error = load(text);
        assert_eq!(error.code(), code, "{text}");
        let shown = format!("{error} {error:?} {}", error.text(Lang::Zh));
        assert!(!shown.contains("13800000000"), "{shown}");
    }
    let error = load(&format!(r#"{{{head},"rules":[{{"level":"four"}}]}}"#));
    let DutyLoadError::BadField { reason, .. } = &error else { panic!("{error}") };
    assert_eq!(reason, "invalid type: string, expected a whole number from 0 to 255");
}

#[test]
fn reports_have_flat_keys() {
    let duty = Responsibility::from_tables(&tree(), &full()).expect("sound rows");
    let value = |value: serde_json::Result<serde_json::Value>| value.expect("it is written");
    let verdict = value(serde_json::to_value(duty.at(10).accountable("11", "flood").expect("a question")));
    assert_eq!(
        verdict["answer"],
        serde_json::json!({
            "grid": "11", "domain": "flood", "mode": null, "person": "p-1", "team": null, "from_grid": "1", "level": 0,
            "rule": "wildcard", "inherited": true, "deputy_for": null, "post": null, "front": null, "row": 3
        })
    );
    let audit = duty.audit(&AuditOptions::new().at(10)).expect("a window is given");
    let rows = value(serde_json::to_value(&audit));
    assert_eq!(rows["rows"][0]["kind"], "no_direct_holder");
    assert_eq!(rows["rows"][0]["path"], serde_json::json!(["1", "11"]));
    let back: gridcore::responsibility::Audit = serde_json::from_value(rows).expect("it was written");
    assert_eq!(back, audit);
    let options: AuditOptions =
        serde_json::from_str(r#"{"window":{"from":0},"span":{"max":7},"domains":["fire"]}"#)
            .expect("options");
    assert_eq!(options.span.map(|profile| profile.most()), Some(7));
    assert!(serde_json::from_str::<AuditOptions>(r#"{"windows":{}}"#).is_err());
}
