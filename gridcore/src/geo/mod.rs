//! Where grids lie: coordinate references, distances, footprints, point lookup, adjacency, tiling, maps.

mod geodesic;
mod position;
mod reference;
mod shift;

pub use position::{Axis, BadCoordinate, Point, Points, PositionError};
pub use reference::{MalformedReference, PlaneName, Reference};
