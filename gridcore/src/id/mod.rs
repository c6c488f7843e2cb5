//! Validated names of things: a [`GridCode`] outside, a [`GridIndex`] inside; tokens for people, units, domains, modes.

mod grid;
mod name;

pub use grid::{GridCode, GridIndex, MalformedCode};
pub(crate) use grid::{MAX_CODE_BYTES, pack};
pub use name::{Domain, Mode, PersonId, PostId, Skill, TeamId, UnitId};
