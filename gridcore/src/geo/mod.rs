//! Where grids lie: coordinate references, distances, footprints, point lookup, adjacency, tiling, maps.

mod adjacency;
mod bounds;
mod footprint;
mod geodesic;
mod lookup;
mod plane;
mod position;
mod reference;
mod shift;
mod strength;
mod tiling;

pub use adjacency::{Adjacency, AdjacencyOptions, Contiguity};
pub use bounds::Bounds;
pub use footprint::{
    Footprint, FootprintError, FootprintFault, FootprintFaultKind, FootprintOptions, Footprints,
};
pub use lookup::Locator;
pub use position::{Axis, BadCoordinate, Point, Points, PositionError};
pub use reference::{MalformedReference, PlaneName, Reference};
pub use tiling::{TilingFault, TilingFaultKind, TilingReport};
