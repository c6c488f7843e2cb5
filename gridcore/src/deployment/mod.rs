//! Deployment (力量下沉): people and units sent to grids, each plan with its certificate or the named cause of failure.

mod person_times;

pub use person_times::{
    AttendanceRow, PersonCount, PersonTimes, PersonTimesError, PersonTimesFault, PersonTimesFaultKind,
    PersonTimesOptions, PersonTimesRow,
};
