//! gridcore in Python: each function converts, calls the core and converts back.

mod alert;
mod arrow;
mod batch;
mod change;
mod columns;
mod control;
mod deployment;
mod error;
mod events;
mod flat;
mod fronts;
mod geo;
mod history;
mod id;
mod ledger;
mod map;
mod merge;
mod modes;
mod notation;
mod numbers;
mod person_times;
mod report;
mod reports;
mod responsibility;
mod rollup;
mod roster;
mod roster_table;
mod rows;
mod samples;
mod scheme;
mod shifts;
mod solve;
mod staff;
mod teams;
mod tokens;
mod tree;
mod walk;
mod wall;

use pyo3::pymodule;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[pymodule]
mod _gridcore {
    #[pymodule_export]
    use super::alert::{Alerts, alert_scale, check_alert_scale};
    #[pymodule_export]
    use super::arrow::Table;
    #[pymodule_export]
    use super::batch::BatchKernel;
    #[pymodule_export]
    use super::change::{apply_changes, diff_duties};
    #[pymodule_export]
    use super::deployment::{Plan, Replan};
    #[pymodule_export]
    use super::error::{BuildError, GridcoreError, Infeasible};
    #[pymodule_export]
    use super::events::{Events, standard_event_profile};
    #[pymodule_export]
    use super::fronts::Fronts;
    #[pymodule_export]
    use super::geo::{Footprints, area, convert, distances};
    #[pymodule_export]
    use super::history::{load_reconciliation, verify_roster_log};
    #[pymodule_export]
    use super::id::{grid_code, version};
    #[pymodule_export]
    use super::ledger::Ledger;
    #[pymodule_export]
    use super::merge::{MergedRoster, merge_rosters};
    #[pymodule_export]
    use super::notation::{
        apportion, check_claim, check_layout, layout_of_counts, layout_of_text, read_claim, scaled_weights,
    };
    #[pymodule_export]
    use super::person_times::person_count;
    #[pymodule_export]
    use super::responsibility::{Duty, four_level_rules};
    #[pymodule_export]
    use super::roster::{
        Reconciliation, deduplicate_roster, estimate_rosters, model_from_splink, model_to_splink,
        model_weight, reconcile_rosters, roster_rules,
    };
    #[pymodule_export]
    use super::samples::{
        register, register_csv, register_editions, zhongshan, zhongshan_deployment, zhongshan_duty,
        zhongshan_visits,
    };
    #[pymodule_export]
    use super::scheme::Scheme;
    #[pymodule_export]
    use super::shifts::ShiftRoster;
    #[pymodule_export]
    use super::solve::{
        Flow, assign, assign_dense, maximum_matching, min_cost_flow, pack_integers, verify_assigned,
        verify_dense, verify_flow, verify_matching,
    };
    #[pymodule_export]
    use super::staff::StaffDiff;
    #[pymodule_export]
    use super::teams::Teams;
    #[pymodule_export]
    use super::tokens::TokenKey;
    #[pymodule_export]
    use super::tree::Tree;
}
