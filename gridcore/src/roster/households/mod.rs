//! Households (户): which household's members were found where, and what that says about it.

mod group;
mod rows;
mod status;

pub use rows::{HouseholdMatch, HouseholdRow, HouseholdStatus, ToldBy};
