//! Responsibility (责任): who answers for a grid, in a domain, at an hour, and why.

mod events;

#[cfg(feature = "serde")]
pub use events::EventsLoadError;
pub use events::{
    BreachRow, Deadline, EventCounts, EventFault, EventFaultKind, EventId, EventProfile, EventReportRow,
    EventRow, EventStage, EventWindow, Events, EventsError, Rate,
};
