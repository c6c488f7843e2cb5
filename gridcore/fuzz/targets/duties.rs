//! Tables of duties and requests of deployment as JSON: whatever is read is asked, audited, planned and saved again.
#![no_main]

use gridcore::control::Control;
use gridcore::deployment::{Deployment, ShiftRoster, ShiftRules, ShiftTables, Staffing, Surge};
use gridcore::responsibility::{AuditOptions, DutyTables, EventProfile, EventRow, Events, Responsibility};
use gridcore::{GridRow, GridTree};
use libfuzzer_sys::fuzz_target;

/// Units of work: a hostile table may ask for much.
const LIMIT: u64 = 200_000;

fuzz_target!(|bytes: &[u8]| {
    let rows = [
        GridRow::new("1", "city"),
        GridRow::new("11", "north").under("1"),
        GridRow::new("12", "south").under("1"),
        GridRow::new("111", "mill street").under("11"),
    ];
    let tree = GridTree::from_rows(rows).expect("four sound rows");
    let Some((&door, text)) = bytes.split_first() else { return };
    match door % 5 {
        0 => {
            let Ok(tables) = serde_json::from_slice::<DutyTables>(text) else { return };
            match Responsibility::from_tables(&tree, &tables) {
                Ok(duty) => {
                    let saved = duty.to_json();
                    let again = Responsibility::from_json(&tree, &saved).expect("what was saved");
                    assert_eq!(again.to_json(), saved);
                    let _ = duty.at(0).accountable("111", "fire");
                    let window = gridcore::Interval::ALWAYS;
                    let options = AuditOptions::new().window(window);
                    let _ = duty.audit_within(&options, &mut Control::limited(LIMIT));
                }
                Err(error) => gridcore_fuzz::explains_itself(&error),
            }
        }
        1 => {
            let Ok(rows) = serde_json::from_slice::<Vec<EventRow>>(text) else { return };
            if let Ok(events) = Events::from_rows(&tree, &EventProfile::standard(), rows) {
                let _ = events.breaches(0, i64::MAX);
                let saved = events.to_json();
                Events::from_json(&tree, &saved).expect("what was saved");
            }
        }
        2 => {
            let Ok(staffing) = serde_json::from_slice::<Staffing>(text) else { return };
            if let Ok(plan) = Deployment::new(&tree).assign_with(&staffing, &mut Control::limited(LIMIT)) {
                plan.verify().expect("a plan is proved");
            }
        }
        3 => {
            let Ok(surge) = serde_json::from_slice::<Surge>(text) else { return };
            if let Ok(plan) = Deployment::new(&tree).surge_with(&surge, &mut Control::limited(LIMIT)) {
                plan.verify().expect("a plan is proved");
            }
        }
        _ => {
            let Ok((tables, rules)) = serde_json::from_slice::<(ShiftTables, ShiftRules)>(text) else {
                return;
            };
            if let Ok(roster) = ShiftRoster::plan(&tree, &tables, &rules, &mut Control::limited(LIMIT)) {
                roster.verify().expect("a roster is proved");
            }
        }
    }
});
