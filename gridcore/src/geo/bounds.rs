//! Rectangles around outlines.

/// A rectangle along the axes: degrees or metres, as the reference says.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Bounds {
    /// The least x.
    pub west: f64,
    /// The least y.
    pub south: f64,
    /// The greatest x.
    pub east: f64,
    /// The greatest y.
    pub north: f64,
}

impl Bounds {
    /// The rectangle that holds nothing; any [`Bounds::with`] or [`Bounds::join`] grows it.
    pub(super) const NOTHING: Self =
        Self { west: f64::INFINITY, south: f64::INFINITY, east: f64::NEG_INFINITY, north: f64::NEG_INFINITY };

    pub(super) fn with(self, [x, y]: [f64; 2]) -> Self {
        Self {
            west: self.west.min(x),
            south: self.south.min(y),
            east: self.east.max(x),
            north: self.north.max(y),
        }
    }

    pub(super) fn join(self, other: Self) -> Self {
        self.with([other.west, other.south]).with([other.east, other.north])
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.west <= other.east
            && other.west <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }
}
