//! The dispatch table: from the name of an operation to the call that answers it.

mod build;
mod deploy;
mod duty;
mod events;
mod geo;
mod map;
mod notation;
mod overlay;
mod report;
mod roster;
mod samples;
mod scheme;
mod solve;
mod walk;

use crate::{Answer, Input};

/// One operation.
pub type Op = fn(&Input<'_>) -> Answer;

/// Every operation with its name.
#[must_use]
pub fn table() -> Vec<(&'static str, Op)> {
    [
        build::OPS,
        walk::OPS,
        report::OPS,
        overlay::OPS,
        scheme::OPS,
        notation::OPS,
        geo::OPS,
        map::OPS,
        samples::OPS,
        duty::OPS,
        events::OPS,
        deploy::OPS,
        solve::OPS,
        roster::OPS,
    ]
    .concat()
}
