//! The strength map (网格人员力量分布图): how many people stand in each grid, counted and drawn.
//!
//! [`StrengthMap`] takes counts per grid and role and adds them up the tree; it draws itself as a treemap, or with
//! the feature `geo` over footprints, and writes itself as `GeoJSON`.

mod classes;
mod fault;
mod options;
mod picture;
mod strength;
mod svg;
mod treemap;
mod values;

pub use fault::{MapOptionFault, MapOptionsError, StrengthError, StrengthFault, StrengthFaultKind};
pub use options::{Breaks, MapArea, MapCells, MapOptions};
pub use strength::{CountRow, StrengthMap};

#[cfg(feature = "geo")]
pub(crate) use picture::{Drawing, Shape, draw};
#[cfg(feature = "roster")]
pub(crate) use svg::{escaped, numbers};
#[cfg(any(feature = "geo", feature = "roster"))]
pub(crate) use svg::{number, width};
#[cfg(feature = "geo")]
pub(crate) use values::{Value, Values};
